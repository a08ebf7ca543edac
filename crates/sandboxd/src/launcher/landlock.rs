//! A second wall behind the mounts, where the kernel has Landlock: what may be read, run and written, whatever a mistake
//! in the mounts would let through.

use std::io;

use landlock::{
    ABI, Access, AccessFs, CompatLevel, Compatible, Ruleset, RulesetAttr, RulesetCreatedAttr, RulesetError,
    Scope, path_beneath_rules,
};
use sandboxd::launch::WORKSPACE;

use super::{During, LaunchError};

/// The newest rights that are asked for; an older kernel gives those it knows.
const FILE_RIGHTS: ABI = ABI::V5;
const SCOPES: ABI = ABI::V6;

/// Programs, libraries and what they look up. Missing ones are left out.
const RUNNABLE: [&str; 8] = ["/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/opt"];
const READABLE: [&str; 2] = ["/etc", "/dev"];

/// Where files may be made, changed and run. Processes write about themselves in `/proc`.
const WRITABLE: [&str; 4] = [WORKSPACE, "/tmp", "/dev/shm", "/proc"];

/// Devices that take input. `random` and `urandom` do so too, and nobody inside needs it.
const WRITABLE_DEVICES: [&str; 3] = ["/dev/null", "/dev/zero", "/dev/full"];

/// The sandbox's terminals, and what each process knows its own by.
const TERMINALS: [&str; 2] = ["/dev/pts", "/dev/tty"];

/// Restricts this process and all that follow. Does nothing on a kernel without Landlock, or with its first version
/// only, which forbids moving files between directories.
pub(super) fn apply() -> Result<(), LaunchError> {
    let required = Ruleset::default().set_compatibility(CompatLevel::HardRequirement);
    let Ok(required) = required.handle_access(AccessFs::Refer) else {
        return Ok(());
    };
    restrict(required.set_compatibility(CompatLevel::BestEffort))
        .map_err(io::Error::other)
        .during("restrict the file system by Landlock")
}

fn restrict(ruleset: Ruleset) -> Result<(), RulesetError> {
    let (read, all) = (AccessFs::from_read(FILE_RIGHTS), AccessFs::from_all(FILE_RIGHTS));
    let use_device = AccessFs::ReadFile | AccessFs::WriteFile;
    ruleset
        .handle_access(all)?
        .scope(Scope::from_all(SCOPES))?
        .create()?
        .add_rules(path_beneath_rules(["/"], AccessFs::ReadDir))?
        .add_rules(path_beneath_rules(RUNNABLE, read))?
        .add_rules(path_beneath_rules(READABLE, AccessFs::ReadFile | AccessFs::ReadDir))?
        .add_rules(path_beneath_rules(WRITABLE, all))?
        .add_rules(path_beneath_rules(WRITABLE_DEVICES, use_device))?
        .add_rules(path_beneath_rules(TERMINALS, use_device | AccessFs::IoctlDev))?
        .restrict_self()
        .map(drop)
}
