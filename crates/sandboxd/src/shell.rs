//! `sandboxd shell PROGRAM…`: what the daemon starts in each terminal. It makes the terminal its own and becomes the
//! program. A process of its own, because only a new process can lead a session.

use std::io;
use std::os::unix::process::CommandExt;
use std::process::Command;

use nix::unistd::setsid;

/// Leads a session of its own with standard input as its terminal, and executes the program; returns only when that fails.
pub(crate) fn become_program(program: &str, arguments: impl Iterator<Item = String>) -> io::Result<()> {
    setsid()?;
    rustix::process::ioctl_tiocsctty(io::stdin())?;
    // What loses its parent in here stays here, and is not taken for what another command left behind.
    nix::sys::prctl::set_child_subreaper(true)?;
    Err(Command::new(program).args(arguments).exec())
}
