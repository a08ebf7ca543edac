//! What visitors report: kept, counted by network, and enough of it closes a preview (J2).

use domain::{EventKind, Standing};
use store::ReportRecord;

use crate::tally::Watched;
use crate::{SessionError, Sessions, Visitor};

/// The longest reason, in characters.
pub const REPORT_CHARS_MAX: usize = 500;

impl Sessions {
    /// Notes that somebody should look at the preview of this name. A network counts once; when enough of them have reported
    /// it, nobody but its holder sees it any more.
    ///
    /// # Errors
    /// [`SessionError::Unknown`], [`SessionError::ReportReason`] or [`SessionError::Store`].
    pub async fn report(&self, name: &str, visitor: &Visitor, reason: &str) -> Result<(), SessionError> {
        if reason.chars().count() > REPORT_CHARS_MAX {
            return Err(SessionError::ReportReason { max: REPORT_CHARS_MAX });
        }
        let inner = &self.inner;
        let session_id = self.session_named(name).await?;
        let report = ReportRecord {
            session_id,
            network: visitor.network_hash(&inner.config.visitor_key),
            reason: reason.to_owned(),
            at: inner.clock.now(),
        };
        let networks = inner.store.add_report(&report).await?;
        inner.tally.watched(Watched::Reported);
        tracing::warn!(session.id = %session_id, networks, "a preview was reported");
        let Some(live) = inner.live.by_id(session_id) else { return Ok(()) };
        let mut closed = false;
        let recorded = live
            .record(|view| {
                closed = networks >= inner.config.abuse.reports_to_close
                    && view.oversight.standing != Standing::Closed;
                Ok(closed.then_some(EventKind::PreviewClosed { reports: networks }).into_iter().collect())
            })
            .await;
        match recorded {
            Ok(()) if closed => {
                inner.tally.watched(Watched::Closed);
                tracing::warn!(session.id = %session_id, networks, "a preview was closed to everybody but its holder");
                Ok(())
            }
            // Whose session has ended has no preview to close.
            Ok(()) | Err(SessionError::Ended) => Ok(()),
            Err(error) => Err(error),
        }
    }
}
