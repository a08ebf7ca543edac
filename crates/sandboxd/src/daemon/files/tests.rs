//! File work against a real directory; the ways to trick it are tried by the conformance suite, too.

use std::os::unix::fs::{PermissionsExt, symlink};

use sandboxd::wire::EntryKind;

use super::*;

fn workspace() -> (tempfile::TempDir, Files) {
    let directory = tempfile::tempdir().unwrap();
    let files = Files::open(directory.path().to_str().unwrap()).unwrap();
    (directory, files)
}

fn path(text: &str) -> WorkspacePath {
    text.parse().unwrap()
}

fn reason(error: WireError) -> String {
    error.to_string()
}

#[test]
fn a_written_file_is_read_back_and_nothing_unfinished_is_left() {
    let (directory, files) = workspace();
    files.write(&path("a/b/c.txt"), b"one").unwrap();
    files.write(&path("a/b/c.txt"), b"two").unwrap();
    assert_eq!(files.read(&path("a/b/c.txt")).unwrap(), "two");
    assert_eq!(std::fs::read_dir(directory.path().join("a/b")).unwrap().count(), 1);
}

#[test]
fn rewriting_a_script_leaves_it_executable() {
    let (directory, files) = workspace();
    files.write(&path("run.sh"), b"one").unwrap();
    let script = directory.path().join("run.sh");
    std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o755)).unwrap();
    files.write(&path("run.sh"), b"two").unwrap();
    assert_eq!(std::fs::metadata(script).unwrap().permissions().mode() & 0o777, 0o755);
}

/// J1
#[test]
fn no_link_is_followed_for_reading_writing_or_as_a_directory_on_the_way() {
    let (directory, files) = workspace();
    let outside = tempfile::tempdir().unwrap();
    std::fs::write(outside.path().join("secret"), "s").unwrap();
    symlink(outside.path().join("secret"), directory.path().join("link")).unwrap();
    symlink(outside.path(), directory.path().join("way")).unwrap();
    let link_in_the_way = "a symbolic link is in the way";
    assert_eq!(reason(files.read(&path("link")).unwrap_err()), link_in_the_way);
    assert_eq!(reason(files.read(&path("way/secret")).unwrap_err()), link_in_the_way);
    assert_eq!(reason(files.write(&path("way/new"), b"x").unwrap_err()), link_in_the_way);
    assert!(files.write(&path("link"), b"x").is_err());
    files.remove(&path("way")).unwrap();
    files.remove(&path("link")).unwrap();
    assert_eq!(std::fs::read_to_string(outside.path().join("secret")).unwrap(), "s");
    assert_eq!(std::fs::read_dir(outside.path()).unwrap().count(), 1);
}

#[test]
fn a_listing_is_sorted_and_leaves_packages_and_history_out() {
    let (directory, files) = workspace();
    for name in ["src/b.js", "src/a.js", "node_modules/x/y.js", ".git/HEAD", "src/.vite/z"] {
        files.write(&path(name), b"12").unwrap();
    }
    symlink("/", directory.path().join("root")).unwrap();
    let listed: Vec<_> = files
        .list()
        .unwrap()
        .into_iter()
        .map(|entry| (entry.path.to_string(), entry.kind, entry.size_bytes))
        .collect();
    let expected = [
        ("root", EntryKind::Other, 0),
        ("src", EntryKind::Directory, 0),
        ("src/a.js", EntryKind::File, 2),
        ("src/b.js", EntryKind::File, 2),
    ];
    assert_eq!(listed, expected.map(|(path, kind, size)| (path.to_owned(), kind, size)));
}

#[test]
fn moving_makes_the_way_and_replaces_nothing() {
    let (_directory, files) = workspace();
    files.write(&path("a"), b"a").unwrap();
    files.write(&path("b"), b"b").unwrap();
    assert_eq!(reason(files.rename(&path("a"), &path("b")).unwrap_err()), "something is already there");
    files.rename(&path("a"), &path("new/place/a")).unwrap();
    assert_eq!(files.read(&path("new/place/a")).unwrap(), "a");
    assert_eq!(files.rename(&path("a"), &path("c")).unwrap_err(), WireError::NoSuchFile);
}

#[test]
fn a_directory_can_be_carried_piece_by_piece() {
    let (_directory, files) = workspace();
    files.write(&path("from/x"), b"x").unwrap();
    files.write(&path("from/deep/y"), b"y").unwrap();
    let (parent, _) = files.parent(&path("from")).unwrap();
    tree::carry(&parent, "from", &parent, "to").unwrap();
    assert_eq!(files.read(&path("to/deep/y")).unwrap(), "y");
    assert_eq!(files.read(&path("from/x")).unwrap_err(), WireError::NoSuchFile);
}

#[test]
fn a_pipe_that_nobody_writes_to_holds_nothing_up() {
    let (directory, files) = workspace();
    nix::unistd::mkfifo(&directory.path().join("pipe"), Mode::S_IRWXU).unwrap();
    assert_eq!(reason(files.read(&path("pipe")).unwrap_err()), "it is not a regular file");
}

/// J1
#[test]
fn what_is_too_large_is_neither_read_nor_written() {
    let (directory, files) = workspace();
    let too_large = WireError::TooLarge { max: FILE_BYTES_MAX };
    let content = vec![0; FILE_BYTES_MAX as usize + 1];
    std::fs::write(directory.path().join("large"), &content).unwrap();
    assert_eq!(files.read(&path("large")).unwrap_err(), too_large);
    assert_eq!(files.write(&path("other"), &content).unwrap_err(), too_large);
}
