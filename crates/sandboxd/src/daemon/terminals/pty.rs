//! The daemon's end of one pseudo-terminal.

use std::io;
use std::os::fd::OwnedFd;

use rustix::pty::{OpenptFlags, ioctl_tiocgptpeer, openpt, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};
use sandboxd::wire::TerminalSize;
use tokio::net::unix::pipe::{Receiver, Sender};

/// The end that shows what programs write, and takes what people type. Tokio has no type for it, and what it needs of one
/// is what it needs of a pipe.
pub(super) struct Pty {
    shown: Receiver,
    typed: Sender,
}

impl Pty {
    /// A new pseudo-terminal: this end of it, and the end that programs have.
    pub(super) fn open(size: TerminalSize) -> io::Result<(Self, OwnedFd)> {
        let flags = OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC;
        let ours = openpt(flags)?;
        unlockpt(&ours)?;
        // Not by its path, which somebody else's end could be at by now.
        let theirs = ioctl_tiocgptpeer(&ours, flags)?;
        rustix::io::ioctl_fionbio(&ours, true)?;
        let shown = Receiver::from_owned_fd_unchecked(ours.try_clone()?)?;
        let pty = Self { shown, typed: Sender::from_owned_fd_unchecked(ours)? };
        pty.resize(size)?;
        Ok((pty, theirs))
    }

    /// Makes it as large as that, and tells the program in it.
    pub(super) fn resize(&self, size: TerminalSize) -> io::Result<()> {
        let TerminalSize { columns, rows } = size;
        let size = Winsize { ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 };
        Ok(tcsetwinsize(&self.typed, size)?)
    }

    /// Reads what is there, once there is something. Loses nothing when it is dropped.
    ///
    /// # Errors
    /// When no process has the other end open any more.
    pub(super) async fn read(&self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            self.shown.readable().await?;
            match self.shown.try_read(buffer) {
                Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                read => return read,
            }
        }
    }

    /// Writes all of it, once there is room: whoever does not read what is typed makes its writer wait.
    ///
    /// # Errors
    /// When no process has the other end open any more.
    pub(super) async fn write_all(&self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            self.typed.writable().await?;
            match self.typed.try_write(bytes) {
                Ok(count) => bytes = &bytes[count..],
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}
