//! A session's journal as a whole: reading all of it, and how long it may get.

use domain::{Event, EventKind, SessionId, VersionCause};
use store::{Store, StoreError};

/// Events after which a session begins nothing new. What is under way still ends, so a journal may get a little longer.
pub(crate) const EVENTS_MAX: u64 = 10_000;
/// How many events are read at once.
const EVENTS_READ_MAX: u32 = 1_000;

/// Every event of a session, however many there are.
pub(crate) async fn whole(store: &dyn Store, session: SessionId) -> Result<Vec<Event>, StoreError> {
    let mut journal: Vec<Event> = Vec::new();
    loop {
        let after = journal.last().map_or(0, |event| event.seq);
        let more = store.events(session, after, EVENTS_READ_MAX).await?;
        if more.is_empty() {
            return Ok(journal);
        }
        journal.extend(more);
    }
}

/// Whether an event is there because its holder asked for something, which they can do as often as they like.
pub(crate) fn is_asked_for(kind: &EventKind) -> bool {
    match kind {
        EventKind::PromptSubmitted { .. }
        | EventKind::QueueAdded { .. }
        | EventKind::QueueEdited { .. }
        | EventKind::ConversationReset
        | EventKind::ModelChosen { .. }
        | EventKind::SharesRevoked
        | EventKind::SessionResumed
        | EventKind::FileSaved { .. }
        | EventKind::FileMoved { .. }
        | EventKind::CommandStarted { .. }
        | EventKind::TerminalOpened { .. } => true,
        EventKind::VersionMade { version } => version.cause == VersionCause::Restore,
        EventKind::SessionClaimed { .. }
        | EventKind::SessionReady { .. }
        | EventKind::LifetimeChanged { .. }
        | EventKind::HandedOver { .. }
        | EventKind::CommandOutput { .. }
        | EventKind::CommandFinished { .. }
        | EventKind::TerminalClosed { .. }
        | EventKind::DownloadOffered { .. }
        | EventKind::AgentSaid { .. }
        | EventKind::AgentStepped { .. }
        | EventKind::ModelUsed { .. }
        | EventKind::ConversationCompacted { .. }
        | EventKind::QueueRemoved { .. }
        | EventKind::RepairStarted { .. }
        | EventKind::RepairFinished { .. }
        | EventKind::RepairRestored { .. }
        | EventKind::VersionChecked { .. }
        | EventKind::FileRead { .. }
        | EventKind::PageSeen { .. }
        | EventKind::FileChanged { .. }
        | EventKind::PromptUndone { .. }
        | EventKind::PromptFinished { .. }
        | EventKind::SessionPaused
        | EventKind::PreviewFlagged { .. }
        | EventKind::PreviewClosed { .. }
        | EventKind::SessionEnded { .. } => false,
    }
}
