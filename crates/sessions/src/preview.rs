//! Which sandbox a preview's name leads to.

use std::sync::Arc;

use domain::PreviewId;
use sandbox::Sandbox;

use crate::{SessionError, Sessions};

/// What is behind a preview's name.
pub enum Preview {
    /// A sandbox that serves.
    Live(Arc<dyn Sandbox>),
    /// A sandbox that is still being made.
    Starting,
    /// A session that is over.
    Ended,
    /// Nothing, now or ever.
    Unknown,
}

impl Sessions {
    /// What is behind a preview's name.
    ///
    /// # Errors
    /// [`SessionError::Store`].
    pub async fn preview(&self, id: &PreviewId) -> Result<Preview, SessionError> {
        match self.inner.live.by_preview(id) {
            Some(live) if live.ended.is_cancelled() => Ok(Preview::Ended),
            Some(live) => {
                Ok(live.sandbox.get().map_or(Preview::Starting, |sandbox| Preview::Live(sandbox.clone())))
            }
            None => {
                let known = self.inner.store.session_by_preview(id).await?.is_some();
                Ok(if known { Preview::Ended } else { Preview::Unknown })
            }
        }
    }
}
