//! A sandbox that attacks, a neighbour, and a host that is looked at after each attack.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use sandbox::local::{Limits, LocalConfig};
use sandbox::{Provider, Sandbox, SandboxError};

use crate::support::{Fixture, Output, path, react, shell, template_cache, try_shell};

/// What Python attacks begin with: `call` makes a system call by its number on x86-64 and on aarch64, `attempt` calls a
/// function; both print `done` or the name of the error.
const PYTHON: &str = r"
import ctypes, errno, fcntl, mmap, os, platform, resource, signal, socket, struct, sys, termios, threading, time
libc = ctypes.CDLL(None, use_errno=True)
X86 = platform.machine() == 'x86_64'
def call(x86, arm, *arguments):
    wide = [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]
    result = libc.syscall(ctypes.c_long(x86 if X86 else arm), *wide)
    print('done' if result >= 0 else errno.errorcode[ctypes.get_errno()], flush=True)
def attempt(function, *arguments):
    try:
        function(*arguments)
        print('done', flush=True)
    except OSError as error:
        print(errno.errorcode[error.errno], flush=True)
";

/// One attack: its name, the program, and all that the program may have to say about it.
pub struct Attack {
    pub name: &'static str,
    pub program: Program,
    pub says: String,
}

pub enum Program {
    Shell(&'static str),
    Python(&'static str),
}

pub fn sh(name: &'static str, script: &'static str, says: impl Into<String>) -> Attack {
    Attack { name, program: Program::Shell(script), says: says.into() }
}

pub fn python(name: &'static str, program: &'static str, says: impl Into<String>) -> Attack {
    Attack { name, program: Program::Python(program), says: says.into() }
}

pub struct Arena {
    pub fixture: Fixture,
    pub attacker: Arc<dyn Sandbox>,
    pub neighbour: Arc<dyn Sandbox>,
    /// A folder of the host that anybody may write to, with one file.
    pub bait: tempfile::TempDir,
    limits: Limits,
    template: BTreeMap<PathBuf, (u64, i64, u32)>,
}

impl Arena {
    pub async fn new() -> Self {
        Self::with(|_| {}).await
    }

    pub async fn with(change: impl FnOnce(&mut LocalConfig)) -> Self {
        let mut limits = Limits::default();
        let changed = |config: &mut LocalConfig| {
            change(config);
            limits = config.limits;
        };
        let fixture = Fixture::with(changed).await;
        let (attacker, neighbour) = (fixture.sandbox().await, fixture.sandbox().await);
        neighbour.write(&path("kept.txt"), Bytes::from("kept")).await.unwrap();
        attacker.write(&path("attack.py"), Bytes::from(PYTHON)).await.unwrap();
        let bait = tempfile::tempdir().unwrap();
        fs::write(bait.path().join("bait"), "untouched").unwrap();
        for (at, mode) in [("bait", 0o666), ("", 0o777)] {
            fs::set_permissions(bait.path().join(at), fs::Permissions::from_mode(mode)).unwrap();
        }
        let template = fingerprint(&template_of(&fixture));
        Self { fixture, attacker, neighbour, bait, limits, template }
    }

    /// Runs each attack and sees that it was contained.
    pub async fn contains(&self, attacks: &[Attack]) {
        for attack in attacks {
            let output = self.run(&attack.program).await;
            assert!(!output.timed_out, "{}: it was ended for taking too long: {output:?}", attack.name);
            assert_eq!(output.text, attack.says, "{}", attack.name);
            self.assert_unharmed(attack.name).await;
        }
    }

    pub async fn run(&self, program: &Program) -> Output {
        match program {
            Program::Shell(script) => shell(&*self.attacker, script).await,
            Program::Python(program) => self.python(program).await,
        }
    }

    /// Runs a Python program after [`PYTHON`].
    pub async fn python(&self, program: &str) -> Output {
        self.try_python(program).await.unwrap()
    }

    /// Runs a Python program that may take the attacker's sandbox along.
    pub async fn try_python(&self, program: &str) -> Result<Output, SandboxError> {
        let whole = format!("from attack import *\n{program}");
        self.attacker.write(&path("program.py"), Bytes::from(whole)).await.unwrap();
        try_shell(&*self.attacker, "PYTHONDONTWRITEBYTECODE=1 python3 program.py").await
    }

    /// The attacker's dev server answers, and everybody else is as before.
    pub async fn assert_unharmed(&self, attack: &str) {
        if let Err(error) = self.attacker.probe().await {
            panic!("{attack}: the attacker's own dev server: {error}");
        }
        self.assert_others_unharmed(attack).await;
    }

    /// The neighbour answers and has its files; template, host and limits are as they were.
    pub async fn assert_others_unharmed(&self, attack: &str) {
        if let Err(error) = self.neighbour.probe().await {
            panic!("{attack}: the neighbour's dev server: {error}");
        }
        assert_eq!(self.neighbour.read(&path("kept.txt")).await.unwrap(), "kept", "{attack}");
        assert_eq!(fingerprint(&template_of(&self.fixture)), self.template, "{attack}: the template changed");
        let bait: Vec<_> =
            fs::read_dir(self.bait.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(bait, ["bait"], "{attack}: files appeared on the host");
        assert_eq!(fs::read_to_string(self.bait.path().join("bait")).unwrap(), "untouched", "{attack}");
        // Where nothing counts there is nothing to see.
        if let Ok(stats) = self.attacker.stats().await {
            assert!(stats.memory_bytes <= self.limits.memory_bytes_max, "{attack}: {stats:?}");
            assert!(stats.tasks <= self.limits.tasks_max, "{attack}: {stats:?}");
        }
    }
}

/// The baked template on the host.
fn template_of(fixture: &Fixture) -> PathBuf {
    let hash = fixture.provider.template_hash(&react()).unwrap();
    template_cache().join("react-vite").join(hash.as_str())
}

/// Size, time of change and owner of every file below a folder.
fn fingerprint(folder: &Path) -> BTreeMap<PathBuf, (u64, i64, u32)> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let meta = entry.metadata().unwrap();
            if meta.is_dir() {
                folders.push(entry.path());
            }
            found.insert(entry.path(), (meta.size(), meta.mtime_nsec() + meta.mtime(), meta.uid()));
        }
    }
    found
}
