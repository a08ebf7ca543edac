//! File work: that it does what it says, and that it cannot be led out of the workspace.

use std::collections::BTreeMap;
use std::io::Read;

use bytes::Bytes;
use flate2::read::GzDecoder;
use futures::TryStreamExt;

use super::{Check, Checked, Failure, Suite, check, ensure, ensure_error, exec, path};
use crate::{FileKind, Sandbox, SandboxError};

/// What one file may hold, in bytes; the trait's promise.
const FILE_BYTES_MAX: usize = 2 * 1024 * 1024;

pub(super) const CHECKS: &[Check] = &[
    check!("a file is written, read, listed, moved and removed", round_trip),
    check!("any bytes come back as they were", bytes_come_back),
    check!("what does not exist is said not to", missing),
    check!("a directory is moved and removed with all it holds", directories),
    check!("files and directories do not take each other's place", in_the_way),
    check!("strange names are names like others", strange_names),
    check!("a file that is too large is refused and the old one stays", too_large),
    check!("no link is followed", |can| can.exec, links),
    check!("an archive holds the workspace and nothing that is made from it", archive),
    check!("an archive that is larger than asked for ends with an error", archive_bound),
];

async fn round_trip(suite: &Suite) -> Checked {
    let sandbox = suite.sandbox().await?;
    let (old, new) = (path("notes/today/a.md")?, path("archive/2026/b.md")?);
    sandbox.write(&old, Bytes::from("one")).await?;
    sandbox.write(&old, Bytes::from("four")).await?;
    ensure!(sandbox.read(&old).await? == "four", "the newest content was not read");
    let entry = find(&*sandbox, "notes/today/a.md").await?;
    ensure!(entry == Some((FileKind::File, 4)), "it is listed as {entry:?}");
    let listed = sandbox.list().await?;
    ensure!(listed.is_sorted_by(|a, b| a.path < b.path), "the list is not sorted");
    let packages = listed.iter().any(|entry| entry.path.as_str().starts_with("node_modules"));
    ensure!(!packages, "installed packages are listed");
    sandbox.rename(&old, &new).await?;
    ensure_error!(sandbox.read(&old).await, SandboxError::NoSuchFile(_));
    ensure!(sandbox.read(&new).await? == "four", "moving changed the content");
    sandbox.remove(&new).await?;
    ensure_error!(sandbox.read(&new).await, SandboxError::NoSuchFile(_));
    Ok(())
}

/// What a path is listed as; `None` when it is not listed.
async fn find(sandbox: &dyn Sandbox, wanted: &str) -> Result<Option<(FileKind, u64)>, Failure> {
    let listed = sandbox.list().await?;
    let entry = listed.into_iter().find(|entry| entry.path.as_str() == wanted);
    Ok(entry.map(|entry| (entry.kind, entry.size_bytes)))
}

async fn bytes_come_back(suite: &Suite) -> Checked {
    let sandbox = suite.sandbox().await?;
    let all: Vec<u8> = (0..=255).cycle().take(100_000).collect();
    for content in [Bytes::new(), Bytes::from("\r\n\0"), Bytes::from(all)] {
        sandbox.write(&path("bytes")?, content.clone()).await?;
        let read = sandbox.read(&path("bytes")?).await?;
        ensure!(read == content, "{} bytes came back as {} others", content.len(), read.len());
    }
    Ok(())
}

async fn missing(suite: &Suite) -> Checked {
    let sandbox = suite.sandbox().await?;
    let nowhere = path("no/such.file")?;
    ensure_error!(sandbox.read(&nowhere).await, SandboxError::NoSuchFile(_));
    ensure_error!(sandbox.remove(&nowhere).await, SandboxError::NoSuchFile(_));
    ensure_error!(sandbox.rename(&nowhere, &path("x")?).await, SandboxError::NoSuchFile(_));
    Ok(())
}

async fn directories(suite: &Suite) -> Checked {
    let sandbox = suite.sandbox().await?;
    // A directory of the template, which some file systems can only move piece by piece.
    let before = sandbox.list().await?;
    let first = before.iter().find(|entry| entry.path.as_str().contains('/') && entry.kind == FileKind::File);
    let Some(file) = first.map(|entry| entry.path.clone()) else {
        return Err(Failure("the template has no directory".to_owned()));
    };
    let folder = path(file.segments().next().unwrap_or_default())?;
    let content = sandbox.read(&file).await?;
    sandbox.write(&path(&format!("{folder}/deep/er/new.txt"))?, Bytes::from("new")).await?;
    sandbox.rename(&folder, &path("moved/there")?).await?;
    let rest = &file.as_str()[folder.as_str().len()..];
    ensure!(
        sandbox.read(&path(&format!("moved/there{rest}"))?).await? == content,
        "a file of the moved directory changed"
    );
    ensure!(
        sandbox.read(&path("moved/there/deep/er/new.txt")?).await? == "new",
        "a new file did not move along"
    );
    ensure!(find(&*sandbox, folder.as_str()).await?.is_none(), "the moved directory is still there");
    ensure_error!(
        sandbox.rename(&path("moved")?, &path("moved/there/again")?).await,
        SandboxError::File { .. }
    );
    sandbox.remove(&path("moved")?).await?;
    let left = sandbox.list().await?;
    ensure!(left.iter().all(|entry| !entry.path.as_str().starts_with("moved")), "some of it is left");
    Ok(())
}

async fn in_the_way(suite: &Suite) -> Checked {
    let sandbox = suite.sandbox().await?;
    sandbox.write(&path("folder/file")?, Bytes::from("1")).await?;
    sandbox.write(&path("other")?, Bytes::from("2")).await?;
    let x = || Bytes::from("x");
    ensure_error!(sandbox.read(&path("folder")?).await, SandboxError::File { .. });
    ensure_error!(sandbox.write(&path("folder")?, x()).await, SandboxError::File { .. });
    ensure_error!(sandbox.write(&path("folder/file/below")?, x()).await, SandboxError::File { .. });
    ensure_error!(sandbox.rename(&path("other")?, &path("folder/file")?).await, SandboxError::File { .. });
    ensure_error!(sandbox.rename(&path("other")?, &path("folder")?).await, SandboxError::File { .. });
    ensure!(sandbox.read(&path("folder/file")?).await? == "1", "a refused request changed a file");
    ensure!(sandbox.read(&path("other")?).await? == "2", "a refused request changed a file");
    Ok(())
}

async fn strange_names(suite: &Suite) -> Checked {
    let sandbox = suite.sandbox().await?;
    let long = "n".repeat(255);
    let names = [
        "with space.txt",
        "-rf",
        "--help",
        "ünïcödé/日本語 🏖.md",
        "a+b&c=d?e#f%2e%2e.txt",
        "\"quoted\" 'name'",
        "$HOME `id` ;ls|cat",
        "...",
        ".hidden/.file",
        "*",
        long.as_str(),
    ];
    for name in names {
        let at = path(name)?;
        sandbox.write(&at, Bytes::from(name.to_owned())).await?;
        let content = sandbox.read(&at).await?;
        ensure!(content == name, "{name:?} held {content:?}");
        ensure!(find(&*sandbox, name).await?.is_some(), "{name:?} is not listed");
    }
    for name in names {
        sandbox.remove(&path(name)?).await?;
        ensure!(find(&*sandbox, name).await?.is_none(), "{name:?} is still listed");
    }
    ensure_error!(sandbox.write(&path(&"n".repeat(256))?, Bytes::new()).await, SandboxError::File { .. });
    Ok(())
}

async fn too_large(suite: &Suite) -> Checked {
    let sandbox = suite.sandbox().await?;
    let at = path("large.bin")?;
    let fits = Bytes::from(vec![7; FILE_BYTES_MAX]);
    sandbox.write(&at, fits.clone()).await?;
    let too_large = Bytes::from(vec![8; FILE_BYTES_MAX + 1]);
    ensure_error!(sandbox.write(&at, too_large).await, SandboxError::TooLarge { .. });
    ensure!(sandbox.read(&at).await? == fits, "the old content did not stay");
    Ok(())
}

async fn links(suite: &Suite) -> Checked {
    let sandbox = suite.sandbox().await?;
    exec::shell(
        &*sandbox,
        "ln -s /etc/passwd link; ln -s /tmp way; ln -s src inside; ln -s loop loop; mkfifo pipe",
    )
    .await?;
    let x = || Bytes::from("x");
    ensure_error!(sandbox.read(&path("link")?).await, SandboxError::File { .. });
    ensure_error!(sandbox.read(&path("loop")?).await, SandboxError::File { .. });
    ensure_error!(sandbox.read(&path("pipe")?).await, SandboxError::File { .. });
    ensure_error!(sandbox.read(&path("inside/App.jsx")?).await, SandboxError::File { .. });
    ensure_error!(sandbox.write(&path("link")?, x()).await, SandboxError::File { .. });
    ensure_error!(sandbox.write(&path("way/new")?, x()).await, SandboxError::File { .. });
    ensure_error!(sandbox.remove(&path("way/new")?).await, SandboxError::File { .. });
    ensure_error!(sandbox.rename(&path("index.html")?, &path("way/page")?).await, SandboxError::File { .. });
    let entry = find(&*sandbox, "way").await?;
    ensure!(entry == Some((FileKind::Other, 0)), "a link is listed as {entry:?}");
    sandbox.remove(&path("way")?).await?;
    let left = exec::shell(&*sandbox, "test -d /tmp && ls /tmp | wc -l").await?;
    ensure!(left.text.trim() == "0", "something came through a link: {}", left.text);
    Ok(())
}

/// The whole archive.
async fn packed(sandbox: &dyn Sandbox, bytes_max: u64) -> Result<Vec<u8>, SandboxError> {
    let pieces: Vec<Bytes> = sandbox.archive(bytes_max).await?.try_collect().await?;
    Ok(pieces.concat())
}

/// What is in an archive, files by their content.
fn unpacked(archive: &[u8]) -> std::io::Result<BTreeMap<String, Vec<u8>>> {
    let mut found = BTreeMap::new();
    for entry in tar::Archive::new(GzDecoder::new(archive)).entries()? {
        let mut entry = entry?;
        let mut content = Vec::new();
        entry.read_to_end(&mut content)?;
        found.insert(String::from_utf8_lossy(&entry.path_bytes()).trim_end_matches('/').to_owned(), content);
    }
    Ok(found)
}

async fn archive(suite: &Suite) -> Checked {
    let sandbox = suite.sandbox().await?;
    let (kept, odd) = (path("src/deep/kept.txt")?, path("odd/-rf größe 日本.txt")?);
    sandbox.write(&kept, Bytes::from("kept")).await?;
    sandbox.write(&odd, Bytes::from_static(&[0, 255, 10])).await?;
    for made in ["dist/x", "a/__pycache__/x", "a/.venv/x", ".git/x", "node_modules/x/y", "a/build/x"] {
        sandbox.write(&path(made)?, Bytes::from("made from the rest")).await?;
    }
    let archive = packed(&*sandbox, 1024 * 1024).await?;
    let found = unpacked(&archive).map_err(|error| Failure(format!("it can't be unpacked: {error}")))?;
    let listed = sandbox.list().await?;
    for entry in &listed {
        let name = entry.path.as_str();
        let made = ["dist", "__pycache__", ".venv", "build"].iter().any(|made| name.contains(made));
        ensure!(
            found.contains_key(name) != made,
            "{name} is made from the rest: {made}, and in it: {}",
            !made
        );
    }
    let beyond: Vec<_> =
        found.keys().filter(|name| listed.iter().all(|entry| entry.path.as_str() != *name)).collect();
    ensure!(beyond.is_empty(), "it holds {beyond:?}, too");
    ensure!(
        found[kept.as_str()] == b"kept" && found[odd.as_str()] == [0, 255, 10],
        "a file's content differs"
    );
    let bytes: usize = found.values().map(Vec::len).sum();
    let told = sandbox.archive_size().await?;
    ensure!(told == bytes as u64, "it holds {bytes} bytes, and {told} were told");
    Ok(())
}

async fn archive_bound(suite: &Suite) -> Checked {
    let sandbox = suite.sandbox().await?;
    let whole = packed(&*sandbox, 1024 * 1024).await?;
    ensure!(packed(&*sandbox, whole.len() as u64).await? == whole, "one that just fits is another one");
    ensure_error!(packed(&*sandbox, whole.len() as u64 - 1).await, SandboxError::TooLarge { .. });
    ensure_error!(packed(&*sandbox, 0).await, SandboxError::TooLarge { .. });
    sandbox.probe().await?;
    Ok(())
}
