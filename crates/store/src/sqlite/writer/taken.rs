//! A taken sandbox on its way to whoever asked for it.

use domain::SandboxId;
use tokio::sync::mpsc;

use crate::SandboxRecord;

/// Where sandboxes go whose takers went away before they were told.
///
/// Not bounded, because dropping can't wait; what is in it was taken by a caller of the bounded queue.
#[derive(Clone)]
pub(in crate::sqlite) struct PutBack(mpsc::UnboundedSender<SandboxId>);

impl PutBack {
    pub(super) fn channel() -> (Self, mpsc::UnboundedReceiver<SandboxId>) {
        let (sender, receiver) = mpsc::unbounded_channel();
        (Self(sender), receiver)
    }
}

/// A sandbox that was taken. Dropped before it was accepted, it becomes ready again: nobody has seen it.
pub(in crate::sqlite) struct Taken {
    record: Option<SandboxRecord>,
    put_back: PutBack,
}

impl Taken {
    pub(in crate::sqlite) fn new(record: SandboxRecord, put_back: &PutBack) -> Self {
        Self { record: Some(record), put_back: put_back.clone() }
    }

    /// The sandbox is the caller's from now on.
    pub(in crate::sqlite) fn accept(mut self) -> Option<SandboxRecord> {
        self.record.take()
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        if let Some(record) = &self.record {
            // The writer has gone: the next start finds a claimed row without a session, and removes it.
            let _ = self.put_back.0.send(record.id);
        }
    }
}
