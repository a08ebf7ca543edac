//! Unix sockets at paths of any length: an address holds 107 bytes, a folder named by its open descriptor fits always.

use std::fs::File;
use std::os::fd::AsRawFd as _;
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::{fs, io};

use tokio::net::UnixStream;

/// Listens at `path`, whose folder exists.
pub(super) fn listen(path: &Path) -> io::Result<UnixListener> {
    let (_folder, short) = short(path)?;
    UnixListener::bind(short)
}

/// Connects to the socket at `path`.
pub(super) async fn connect(path: &Path) -> io::Result<UnixStream> {
    let (_folder, short) = short(path)?;
    UnixStream::connect(short).await
}

/// Another path to the same place, good as long as the folder is held open.
fn short(path: &Path) -> io::Result<(File, PathBuf)> {
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
        return Err(io::ErrorKind::InvalidInput.into());
    };
    let folder = fs::File::open(folder)?;
    let short = PathBuf::from(format!("/proc/self/fd/{}", folder.as_raw_fd())).join(name);
    Ok((folder, short))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_socket_is_reached_however_long_its_path_is() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("a".repeat(200));
        fs::create_dir(&folder).unwrap();
        let path = folder.join("control.sock");
        let _listener = listen(&path).unwrap();
        connect(&path).await.unwrap();
        assert!(path.exists());
    }
}
