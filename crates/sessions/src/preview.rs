//! Which sandbox a preview's name leads to.

use std::sync::Arc;
use std::time::Duration;

use domain::PreviewId;
use sandbox::Sandbox;
use tokio::time::Instant;

use crate::live::LiveSession;
use crate::{OpenConnection, SessionError, Sessions, TrafficLimits, TrafficSpent};

/// What is behind a preview's name.
pub enum Preview {
    /// A sandbox that serves.
    Live(LivePreview),
    /// A sandbox that is still being made.
    Starting,
    /// A session that is over.
    Ended,
    /// Nothing, now or ever.
    Unknown,
}

/// The preview of a session that lives.
#[derive(Clone)]
pub struct LivePreview {
    /// What serves it.
    pub sandbox: Arc<dyn Sandbox>,
    live: Arc<LiveSession>,
}

impl LivePreview {
    /// A place for one more connection; `None` when all are taken.
    pub fn open(&self, limits: &TrafficLimits) -> Option<OpenConnection> {
        self.live.traffic.open(limits)
    }

    /// Counts `bytes` that are about to be sent, and answers how long they have to wait.
    ///
    /// # Errors
    /// [`TrafficSpent`] when they are too many for the session.
    pub fn send(&self, bytes: u64, limits: &TrafficLimits) -> Result<Duration, TrafficSpent> {
        self.live.traffic.take(bytes, limits, Instant::now())
    }
}

impl Sessions {
    /// What is behind a preview's name.
    ///
    /// # Errors
    /// [`SessionError::Store`].
    pub async fn preview(&self, id: &PreviewId) -> Result<Preview, SessionError> {
        match self.inner.live.by_preview(id) {
            Some(live) => Ok(preview_of(live)),
            None => {
                let known = self.inner.store.session_by_preview(id).await?.is_some();
                Ok(if known { Preview::Ended } else { Preview::Unknown })
            }
        }
    }
}

fn preview_of(live: Arc<LiveSession>) -> Preview {
    if live.ended.is_cancelled() {
        return Preview::Ended;
    }
    match live.sandbox.get().cloned() {
        Some(sandbox) => Preview::Live(LivePreview { sandbox, live }),
        None => Preview::Starting,
    }
}
