//! The files of the host that the sandbox is built from, and how an unprivileged launcher gets at them.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd};
use std::path::{Path, PathBuf};

use nix::fcntl::{OFlag, open};
use nix::mount::{MsFlags, mount};
use nix::sched::{CloneFlags, unshare};
use nix::sys::stat::Mode;
use sandboxd::launch::{LaunchSpec, Workspace};

use super::mapping::{self, Owners};
use super::{During, LaunchError};

/// Where the sources are put together while still root, and where the new root is built afterwards.
pub(super) const STAGE: &str = "/tmp";

/// Paths of the host, by what they are for.
pub(super) struct Sources {
    workspace: PathBuf,
    /// Whose the workspace's files are to become, where they are somebody else's.
    owners: Option<Owners>,
    node_prefix: Option<PathBuf>,
    own_files: BTreeMap<String, PathBuf>,
}

/// The same, held open: mounting the new root may hide their paths.
pub(super) struct Open {
    pub(super) workspace: Held,
    pub(super) node_prefix: Option<Held>,
    pub(super) own_files: BTreeMap<String, Held>,
}

/// A file or directory of the host that is held open.
pub(super) struct Held(OwnedFd);

impl AsFd for Held {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.0.as_fd()
    }
}

impl Held {
    fn open(path: &Path) -> Result<Self, LaunchError> {
        open(path, OFlag::O_PATH | OFlag::O_CLOEXEC, Mode::empty())
            .map(Self)
            .during(format!("open {}", path.display()))
    }

    /// A path to it that no mount hides.
    pub(super) fn path(&self) -> PathBuf {
        format!("/proc/self/fd/{}", self.0.as_raw_fd()).into()
    }
}

impl Sources {
    /// What the spec names, and the program that is running.
    pub(super) fn of(spec: &LaunchSpec) -> std::io::Result<Self> {
        let (workspace, owner) = match &spec.workspace {
            Workspace::Overlay { lower, owner } => (lower, *owner),
            Workspace::Writable { dir } => (dir, None),
        };
        let owners = owner
            .filter(|owner| *owner != spec.uid_outside)
            .map(|on_disk| Owners { on_disk, shown: spec.uid_outside });
        let mut own_files = spec.own_files.clone();
        own_files.insert("sandboxd".to_owned(), std::env::current_exe()?);
        Ok(Self { workspace: workspace.clone(), owners, node_prefix: spec.node_prefix.clone(), own_files })
    }

    /// As root: shows every source at a path that anybody may reach, in a mount namespace of our own. The user we are
    /// about to become may not be able to reach them where they are, below somebody's home for example.
    pub(super) fn stage(self) -> Result<Self, LaunchError> {
        unshare(CloneFlags::CLONE_NEWNS).during("enter a mount namespace as root")?;
        let private = MsFlags::MS_REC | MsFlags::MS_PRIVATE;
        mount(None::<&str>, "/", None::<&str>, private, None::<&str>).during("keep mounts private")?;
        let held = self.open()?;
        let flags = MsFlags::MS_NOSUID | MsFlags::MS_NODEV;
        mount(Some("tmpfs"), STAGE, Some("tmpfs"), flags, Some("size=64k,mode=755"))
            .during("mount the stage")?;
        Ok(Self {
            workspace: match self.owners {
                Some(owners) => show_mapped(&held.workspace, "workspace", owners)?,
                None => show(&held.workspace, "workspace")?,
            },
            owners: None,
            node_prefix: held.node_prefix.as_ref().map(|held| show(held, "node")).transpose()?,
            own_files: held
                .own_files
                .iter()
                .map(|(name, held)| Ok((name.clone(), show(held, &format!("own-{name}"))?)))
                .collect::<Result<_, LaunchError>>()?,
        })
    }

    /// Holds every source open. Must happen in the mount namespace in which it will be mounted.
    pub(super) fn open(&self) -> Result<Open, LaunchError> {
        Ok(Open {
            workspace: Held::open(&self.workspace)?,
            node_prefix: self.node_prefix.as_deref().map(Held::open).transpose()?,
            own_files: self
                .own_files
                .iter()
                .map(|(name, path)| Ok((name.clone(), Held::open(path)?)))
                .collect::<Result<_, LaunchError>>()?,
        })
    }
}

fn show(held: &Held, name: &str) -> Result<PathBuf, LaunchError> {
    let target = Path::new(STAGE).join(name);
    bind(&held.path(), &target)?;
    Ok(target)
}

fn show_mapped(held: &Held, name: &str, owners: Owners) -> Result<PathBuf, LaunchError> {
    let target = Path::new(STAGE).join(name);
    fs::create_dir(&target).during(format!("make {}", target.display()))?;
    mapping::show(held, &target, owners)?;
    Ok(target)
}

/// Makes `target` and shows `source` there, with all that is mounted below it.
pub(super) fn bind(source: &Path, target: &Path) -> Result<(), LaunchError> {
    let step = || format!("show {} as {}", source.display(), target.display());
    if fs::metadata(source).during(step())?.is_dir() {
        fs::create_dir_all(target).during(step())?;
    } else {
        File::create(target).during(step())?;
    }
    let flags = MsFlags::MS_BIND | MsFlags::MS_REC;
    mount(Some(source), target, None::<&str>, flags, None::<&str>).during(step())
}
