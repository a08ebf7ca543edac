//! What this process knows of its sandboxes beyond their rows: who is at work on which, and who is to go.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::sync::Mutex;

use domain::SandboxId;
use tokio_util::sync::CancellationToken;

use crate::caps::Place;
use crate::lock;

/// The books of one pool.
#[derive(Debug, Default)]
pub(crate) struct Books {
    entries: Mutex<Entries>,
    /// Warm ones that a task may be about to freeze, and whether a claim has taken them meanwhile.
    freezing: Mutex<HashMap<SandboxId, bool>>,
}

#[derive(Debug, Default)]
struct Entries {
    places: HashMap<SandboxId, Place>,
    making: HashMap<SandboxId, CancellationToken>,
    abandoned: HashSet<SandboxId>,
    removing: HashSet<SandboxId>,
}

impl Books {
    /// Notes the place that a sandbox holds among all.
    pub(crate) fn hold(&self, id: SandboxId, place: Place) {
        lock(&self.entries).places.insert(id, place);
    }

    /// Notes that nobody wants a sandbox any more. Needs no answer from anywhere, so a `Drop` can do it.
    pub(crate) fn abandon(&self, id: SandboxId) {
        lock(&self.entries).abandoned.insert(id);
    }

    /// Those that nobody wants and nobody removes yet.
    pub(crate) fn abandoned(&self) -> Vec<SandboxId> {
        let entries = lock(&self.entries);
        entries.abandoned.difference(&entries.removing).copied().collect()
    }

    /// Begins the making of a sandbox, which the answer's token ends early.
    pub(crate) fn begin_making(&self, id: SandboxId, stop: &CancellationToken) -> Making<'_> {
        let token = stop.child_token();
        lock(&self.entries).making.insert(id, token.clone());
        Making { books: self, id, given_up: token }
    }

    /// How many are in the making in this process.
    pub(crate) fn making(&self) -> usize {
        lock(&self.entries).making.len()
    }

    /// Begins a removal. `false` when it has to wait for its making or its freezing to end, or is under way.
    pub(crate) fn begin_removing(&self, id: SandboxId) -> bool {
        if lock(&self.freezing).contains_key(&id) {
            return false;
        }
        let mut entries = lock(&self.entries);
        if let Some(making) = entries.making.get(&id) {
            making.cancel();
            return false;
        }
        entries.removing.insert(id)
    }

    /// Ends a removal: one that worked gives the sandbox's place back.
    pub(crate) fn end_removing(&self, id: SandboxId, gone: bool) {
        let place = {
            let mut entries = lock(&self.entries);
            entries.removing.remove(&id);
            if gone {
                entries.abandoned.remove(&id);
                entries.places.remove(&id)
            } else {
                None
            }
        };
        drop(place);
    }

    /// Announces that a warm one may be frozen. Whoever claims it from now on is noticed. `None` while another task is
    /// about to freeze it.
    pub(crate) fn begin_freezing(&self, id: SandboxId) -> Option<Freezing<'_>> {
        match lock(&self.freezing).entry(id) {
            Entry::Occupied(_) => None,
            Entry::Vacant(vacant) => {
                vacant.insert(false);
                Some(Freezing { books: self, id })
            }
        }
    }

    /// Notes that a claim has taken a sandbox: whoever was about to freeze it leaves it awake.
    pub(crate) fn note_claim(&self, id: SandboxId) {
        if let Some(claimed) = lock(&self.freezing).get_mut(&id) {
            *claimed = true;
        }
    }
}

/// A sandbox in the making, until dropped.
pub(crate) struct Making<'a> {
    books: &'a Books,
    id: SandboxId,
    /// Cancelled when its row was given up or the pool stops.
    pub(crate) given_up: CancellationToken,
}

impl Drop for Making<'_> {
    fn drop(&mut self) {
        lock(&self.books.entries).making.remove(&self.id);
    }
}

/// A warm sandbox that may be frozen, until dropped.
pub(crate) struct Freezing<'a> {
    books: &'a Books,
    id: SandboxId,
}

impl Freezing<'_> {
    /// Whether a claim has taken it since.
    pub(crate) fn claimed(&self) -> bool {
        lock(&self.books.freezing).get(&self.id).copied().unwrap_or(false)
    }
}

impl Drop for Freezing<'_> {
    fn drop(&mut self) {
        lock(&self.books.freezing).remove(&self.id);
    }
}
