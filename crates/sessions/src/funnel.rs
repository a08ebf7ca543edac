//! How far visitors come, counted by day and kept (A10). Nothing about who they are.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use store::{FunnelCount, FunnelStep, StoreError};

use crate::Sessions;
use crate::service::Inner;

/// The demo as everybody sees it; experiments (A11) will name others.
const VARIANT: &str = "default";

/// Views that are not yet in the store. They are many and cheap, so they are written together with the next reading of the
/// meters; a crash loses the last seconds of them. Every other step is written when it is taken.
#[derive(Default)]
pub(crate) struct Views(AtomicU64);

impl Sessions {
    /// Counts a view of the landing page.
    pub fn viewed(&self) {
        self.inner.views.0.fetch_add(1, Ordering::Relaxed);
    }

    /// How many visitors came to each step, on all days together; views of the last seconds may be missing.
    ///
    /// # Errors
    /// [`StoreError`] when the store can't be read.
    pub async fn funnel(&self) -> Result<Vec<FunnelCount>, StoreError> {
        self.inner.store.funnel().await
    }

    /// Counts a step that a session has taken. Not waited for: no visitor should.
    pub(crate) fn count_step(&self, step: FunnelStep) {
        let inner = Arc::clone(&self.inner);
        self.inner.tasks.spawn(async move { inner.count(step, 1).await });
    }
}

impl Inner {
    /// Writes the views that were counted since the last time.
    pub(crate) async fn write_views(&self) {
        let views = self.views.0.swap(0, Ordering::Relaxed);
        if views > 0 {
            self.count(FunnelStep::Viewed, views).await;
        }
    }

    async fn count(&self, step: FunnelStep, count: u64) {
        let date = self.budget.date(self.clock.now());
        let counted = FunnelCount { step, variant: VARIANT.into(), count };
        if let Err(error) = self.store.count_step(&date, counted).await {
            tracing::warn!(error = %error, step = step.word(), count, "a step of the funnel could not be counted");
        }
    }
}
