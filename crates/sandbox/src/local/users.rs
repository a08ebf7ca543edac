//! Who sandboxes are on this machine. Started as root, each living one is an unprivileged user that no other is: what the
//! kernel counts for a user (watches, pipes, signals) then belongs to one sandbox, and so does what it may touch.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::{fs, io};

use super::config::UidRange;
use super::place::Place;

/// Whose processes and files sandboxes are.
#[derive(Debug)]
pub(super) enum Users {
    /// Those of whoever runs this process, who is not root.
    Own,
    /// All sandboxes are the user that owns the templates, because files can't be shown as somebody else's here.
    Shared {
        /// The user.
        uid: u32,
        /// Why not.
        reason: String,
    },
    /// Each is a user of its own; templates belong to the first of the range.
    Each {
        /// The users.
        uids: UidRange,
        /// Held while one chooses, until the choice is on record.
        choosing: Mutex<()>,
    },
}

impl Users {
    /// A user for each, as far as is known before it was tried.
    pub(super) fn each(uids: UidRange) -> Self {
        Self::Each { uids, choosing: Mutex::default() }
    }

    /// Who owns templates on disk, when that is not who runs this process.
    pub(super) fn template_owner(&self) -> Option<u32> {
        match self {
            Self::Own => None,
            Self::Shared { uid, .. } => Some(*uid),
            Self::Each { uids, .. } => Some(uids.first),
        }
    }

    /// Who a sandbox that is only made to try is. The last of the range, as the first ones are those in use.
    pub(super) fn for_trial(&self) -> Option<u32> {
        match self {
            Self::Own => None,
            Self::Shared { uid, .. } => Some(*uid),
            Self::Each { uids, .. } => uids.of_sandboxes().last(),
        }
    }

    /// Chooses who a new sandbox is, and has `keep` put that on record in `runtime_dir` before anybody else chooses. What
    /// lives is read from the records, so that it is right after a restart.
    pub(super) fn choose<T>(
        &self,
        runtime_dir: &Path,
        keep: impl FnOnce(Option<u32>) -> io::Result<T>,
    ) -> io::Result<(Option<u32>, T)> {
        let (uids, choosing) = match self {
            Self::Own => return keep(None).map(|kept| (None, kept)),
            Self::Shared { uid, .. } => return keep(Some(*uid)).map(|kept| (Some(*uid), kept)),
            Self::Each { uids, choosing } => (uids, choosing),
        };
        let _choosing = choosing.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = taken(runtime_dir)?;
        let free = uids.of_sandboxes().find(|uid| !taken.contains(uid));
        let uid = free.ok_or_else(|| {
            let max = uids.of_sandboxes().count();
            io::Error::other(format!("all {max} users of sandboxes are taken: raise `sandbox.uid_count`"))
        })?;
        keep(Some(uid)).map(|kept| (Some(uid), kept))
    }
}

/// The users of all sandboxes of which anything is left. One of an earlier version has none on record.
fn taken(runtime_dir: &Path) -> io::Result<BTreeSet<u32>> {
    let mut taken = BTreeSet::new();
    for entry in fs::read_dir(runtime_dir)? {
        let name = entry?.file_name();
        if let Some(name) = name.to_str() {
            taken.extend(Place::new(runtime_dir, name).record().ok().and_then(|record| record.uid));
        }
    }
    Ok(taken)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::local::place::Record;

    fn record(uid: Option<u32>) -> Record {
        Record {
            template: "t".parse().unwrap(),
            template_hash: domain::TemplateHash::new("h".to_owned()),
            cgroups: Vec::new(),
            uid,
        }
    }

    /// J1, H11
    #[test]
    fn no_two_living_sandboxes_are_the_same_user_also_after_a_restart() {
        let runtime = tempfile::tempdir().unwrap();
        let make = |users: &Users, name: &str| {
            let keep = |uid| Place::new(runtime.path(), name).create(&record(uid));
            users.choose(runtime.path(), keep).map(|(uid, _)| uid)
        };
        let uids = UidRange { first: 61_000, count: 4 };
        let (before, after) = (Users::each(uids), Users::each(uids));
        assert_eq!(make(&before, "a").unwrap(), Some(61_001));
        assert_eq!(make(&before, "b").unwrap(), Some(61_002));
        assert_eq!(make(&after, "c").unwrap(), Some(61_003));
        let error = make(&after, "d").unwrap_err().to_string();
        assert_eq!(error, "all 3 users of sandboxes are taken: raise `sandbox.uid_count`");
        Place::new(runtime.path(), "b").remove().unwrap();
        assert_eq!(make(&after, "d").unwrap(), Some(61_002));
    }

    /// H11
    #[test]
    fn a_record_of_an_earlier_version_names_no_user_and_is_understood() {
        let runtime = tempfile::tempdir().unwrap();
        let place = Place::new(runtime.path(), "old");
        fs::create_dir(runtime.path().join("old")).unwrap();
        let json = r#"{"template":"t","template_hash":"h","cgroups":[]}"#;
        fs::write(runtime.path().join("old/sandbox.json"), json).unwrap();
        assert_eq!(place.record().unwrap(), record(None));
        assert_eq!(taken(runtime.path()).unwrap(), BTreeSet::new());
    }
}
