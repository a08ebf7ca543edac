//! What unpacks equals what was there, and nothing hostile comes through (D9).

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::{self, File};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::os::unix::fs::{FileExt, MetadataExt, PermissionsExt, symlink};
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use flate2::read::GzDecoder;
use nix::sys::stat::{Mode, SFlag, makedev, mknod};
use nix::unistd::mkfifo;
use proptest::prelude::*;
use sandboxd::frame::Decoder;

use super::*;

/// What is somewhere: the same as what is elsewhere when both are equal.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Node {
    File(Vec<u8>, u32),
    Directory(u32),
    Link(PathBuf),
}

/// Everything below a folder, by its path.
fn tree(root: &Path) -> BTreeMap<PathBuf, Node> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let meta = fs::symlink_metadata(&path).unwrap();
            let mode = meta.mode() & 0o7777;
            let node = if meta.is_symlink() {
                Node::Link(fs::read_link(&path).unwrap())
            } else if meta.is_dir() {
                folders.push(path.clone());
                Node::Directory(mode)
            } else {
                Node::File(fs::read(&path).unwrap(), mode)
            };
            found.insert(path.strip_prefix(root).unwrap().to_owned(), node);
        }
    }
    found
}

fn at(path: &str) -> PathBuf {
    path.into()
}

/// The compressed bytes of a folder's archive, and how it ended.
fn archive_within(folder: &Path, bytes_max: u64) -> (Vec<u8>, Exit) {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let files = Files::open(folder.to_str().unwrap()).unwrap();
        let mut frames = Archives::default().start(&files, bytes_max).unwrap();
        let (mut bytes, mut decoder) = (Vec::new(), Decoder::default());
        while let Some(frame) = frames.recv().await {
            decoder.feed(&frame);
            match decoder.next_frame().unwrap().unwrap() {
                Frame::Stdout(piece) => bytes.extend_from_slice(&piece),
                Frame::Exit(exit) => return (bytes, exit),
                Frame::Stderr(_) => panic!("an archive has no standard error"),
            }
        }
        panic!("the end was not told");
    })
}

fn archive(folder: &Path) -> Vec<u8> {
    let (bytes, exit) = archive_within(folder, 1 << 30);
    assert_eq!(exit, Exit { code: 0, truncated: false, timed_out: false });
    bytes
}

/// What is there once it is unpacked by the real `tar`, with all that it would restore for root.
fn unpacked(archive: &[u8]) -> (tempfile::TempDir, BTreeMap<PathBuf, Node>) {
    let target = tempfile::tempdir().unwrap();
    let mut tar = Command::new("tar")
        .args(["--extract", "--gzip", "--preserve-permissions", "--file=-", "--directory"])
        .arg(target.path())
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    tar.stdin.take().unwrap().write_all(archive).unwrap();
    let output = tar.wait_with_output().unwrap();
    assert_eq!((output.status.success(), String::from_utf8_lossy(&output.stderr).as_ref()), (true, ""));
    let found = tree(target.path());
    (target, found)
}

fn left_out(found: &BTreeMap<PathBuf, Node>) -> String {
    match found.get(Path::new("LEFT_OUT.txt")) {
        Some(Node::File(text, _)) => String::from_utf8(text.clone()).unwrap(),
        other => panic!("{other:?}"),
    }
}

/// A megabyte that can't be compressed: more than the buffers hold, so that making its archive waits for the client.
fn noise() -> Vec<u8> {
    let next = |state: &mut u32, _| {
        *state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        Some((*state >> 24) as u8)
    };
    (0..1 << 20).scan(1, next).collect()
}

/// A name that a file system takes, however odd.
fn names() -> impl Strategy<Value = OsString> {
    let bytes = prop_oneof![
        4 => "[a-z]{1,8}".prop_map(String::into_bytes),
        1 => "\\PC{1,12}".prop_map(String::into_bytes),
        1 => proptest::collection::vec(1_u8..=255, 1..20),
        1 => proptest::collection::vec(b'a'..=b'z', 90..=130),
    ];
    bytes.prop_filter_map("not a name", |mut bytes| {
        bytes.retain(|byte| *byte != b'/');
        let never = walk_leaves_out(&bytes) || bytes.is_empty() || bytes == b"." || bytes == b"..";
        (!never).then(|| OsString::from_vec(bytes))
    })
}

fn walk_leaves_out(name: &[u8]) -> bool {
    let generated: [&[u8]; 6] = [b".git", b"node_modules", b"__pycache__", b".venv", b"dist", b"build"];
    generated.contains(&name)
}

#[derive(Debug, Clone)]
enum Made {
    File(Vec<u8>, u32),
    Link(OsString),
    Directory(BTreeMap<OsString, Made>),
}

fn trees() -> impl Strategy<Value = BTreeMap<OsString, Made>> {
    let content = proptest::collection::vec(any::<u8>(), 0..2_000);
    let leaf = prop_oneof![
        3 => (content, 0_u32..0o400).prop_map(|(content, mode)| Made::File(content, mode | 0o400)),
        1 => names().prop_map(Made::Link),
    ];
    let made = leaf.prop_recursive(4, 40, 6, |inner| {
        proptest::collection::btree_map(names(), inner, 0..6).prop_map(Made::Directory)
    });
    proptest::collection::btree_map(names(), made, 0..8)
}

fn make(folder: &Path, tree: &BTreeMap<OsString, Made>) {
    for (name, made) in tree {
        let path = folder.join(name);
        match made {
            Made::File(content, mode) => {
                fs::write(&path, content).unwrap();
                fs::set_permissions(&path, fs::Permissions::from_mode(*mode)).unwrap();
            }
            Made::Link(target) => symlink(target, &path).unwrap(),
            Made::Directory(inner) => {
                fs::create_dir(&path).unwrap();
                make(&path, inner);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// D9
    #[test]
    fn what_unpacks_equals_what_was_there(tree_made in trees()) {
        let folder = tempfile::tempdir().unwrap();
        make(folder.path(), &tree_made);
        let (_target, found) = unpacked(&archive(folder.path()));
        prop_assert_eq!(found, tree(folder.path()));
    }

    /// D9: a limit is never passed, and never taken for a good end.
    #[test]
    fn an_archive_is_whole_or_said_not_to_be(size in 0_usize..3_000, bytes_max in 0_u64..4_000) {
        let folder = tempfile::tempdir().unwrap();
        let content: Vec<u8> = (0..size).map(|n| (n * n * 31 % 251) as u8).collect();
        fs::write(folder.path().join("file"), content).unwrap();
        let whole = archive(folder.path());
        let (bytes, exit) = archive_within(folder.path(), bytes_max);
        prop_assert!(bytes.len() as u64 <= bytes_max);
        let fits = whole.len() as u64 <= bytes_max;
        prop_assert_eq!((exit.code, exit.truncated), (i32::from(!fits), !fits));
        prop_assert_eq!(bytes == whole, fits);
    }
}

/// D9
#[test]
fn what_is_made_from_the_rest_is_not_in_it_at_any_depth() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    for name in [".git", "node_modules", "__pycache__", ".venv", "dist", "build"] {
        fs::create_dir_all(root.join("a/b").join(name)).unwrap();
        fs::write(root.join("a/b").join(name).join("x"), "x").unwrap();
    }
    symlink("/usr/lib/node_modules", root.join("node_modules")).unwrap();
    fs::write(root.join("build"), "a script of that name").unwrap();
    fs::write(root.join("a/.sandglass-7.swp"), "half a file").unwrap();
    let (_target, found) = unpacked(&archive(root));
    assert_eq!(found.keys().cloned().collect::<Vec<_>>(), [at("a"), at("a/b"), at("build")]);
}

/// D9, J1
#[test]
fn links_stay_within_and_devices_sockets_and_pipes_stay_out() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    fs::create_dir(root.join("d")).unwrap();
    for (name, target) in [
        ("in", "d/file"),
        ("d/up", "../in"),
        ("absolute", "/etc/passwd"),
        ("out", "../elsewhere"),
        ("d/out", "../../elsewhere"),
        ("here", "."),
        // Within by its letters, and out by way of the link before it.
        ("by-way-of", "d/top/../secret"),
        ("d/top", ".."),
        ("circle", "circle"),
    ] {
        symlink(target, root.join(name)).unwrap();
    }
    mkfifo(&root.join("pipe"), Mode::S_IRWXU).unwrap();
    let _listener = UnixListener::bind(root.join("socket")).unwrap();
    // Only root can make one; where nobody can there is nothing to leave out.
    let device = mknod(&root.join("device"), SFlag::S_IFCHR, Mode::S_IRWXU, makedev(1, 3)).is_ok();
    let (_target, found) = unpacked(&archive(root));
    let kept: Vec<_> = found.keys().cloned().collect();
    assert_eq!(kept, ["LEFT_OUT.txt", "circle", "d", "d/top", "d/up", "here", "in"].map(at));
    let elsewhere = "it is a link that may lead elsewhere";
    let mut expected = vec![
        format!("absolute: {elsewhere}"),
        format!("by-way-of: {elsewhere}"),
        format!("d/out: {elsewhere}"),
        format!("out: {elsewhere}"),
        "pipe: it is a pipe".to_owned(),
        "socket: it is a socket".to_owned(),
    ];
    if device {
        expected.insert(2, "device: it is a device".to_owned());
    }
    let text = left_out(&found);
    let mut said: Vec<_> = text.lines().skip(2).map(str::to_owned).collect();
    said.sort_unstable();
    expected.sort_unstable();
    assert_eq!(said, expected);
}

/// D9, J1
#[test]
fn nothing_that_gives_rights_is_in_it_and_nobody_owns_it() {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("program");
    fs::write(&program, "#!/bin/sh\n").unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o6755)).unwrap();
    let changed_at = fs::metadata(&program).unwrap().mtime();
    let bytes = archive(folder.path());
    let mut read = tar::Archive::new(GzDecoder::new(bytes.as_slice()));
    let header = read.entries().unwrap().next().unwrap().unwrap().header().clone();
    let told =
        (header.mode().unwrap(), header.uid().unwrap(), header.gid().unwrap(), header.mtime().unwrap());
    assert_eq!(told, (0o755, 0, 0, changed_at.cast_unsigned()));
}

/// D9: names that no terminal should see come back as they were, and none of them leads anywhere.
#[test]
fn odd_names_come_back_byte_for_byte() {
    let folder = tempfile::tempdir().unwrap();
    let long = "l".repeat(255);
    let names: [&[u8]; 9] = [
        b"two\nlines",
        b"\xff\xfe",
        b"\x1b[2J",
        b"-rf",
        b" ",
        b"...",
        b"back\\slash",
        b"C:x",
        long.as_bytes(),
    ];
    let deep = folder.path().join(&long).join(&long);
    fs::create_dir_all(&deep).unwrap();
    for (folder, name) in
        names[..8].iter().map(|name| (folder.path(), name)).chain(names.iter().map(|name| (&*deep, name)))
    {
        fs::write(folder.join(std::ffi::OsStr::from_bytes(name)), name).unwrap();
    }
    symlink(format!("{long}/{long}/{long}"), folder.path().join("link")).unwrap();
    let (_target, found) = unpacked(&archive(folder.path()));
    assert_eq!(found, tree(folder.path()));
}

/// D9
#[test]
fn what_can_not_be_read_or_reached_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let mut deep = folder.path().to_owned();
    for _ in 0..260 {
        deep.push("d");
    }
    fs::create_dir_all(&deep).unwrap();
    fs::write(folder.path().join("LEFT_OUT.txt"), "mine").unwrap();
    let bytes = archive(folder.path());
    let (_target, found) = unpacked(&bytes);
    assert_eq!(found[&at("LEFT_OUT.txt")], Node::File(b"mine".to_vec(), 0o644));
    let Node::File(text, _) = &found[&at("LEFT_OUT-2.txt")] else { panic!("{:?}", found.keys().last()) };
    let text = String::from_utf8_lossy(text);
    assert!(
        text.ends_with("d/d: directories are nested too deeply\n") && text.lines().count() == 3,
        "{text}"
    );
}

/// D9: files that are all hole take no room here, and would take all of it where they are unpacked.
#[test]
fn an_archive_unpacks_to_no_more_than_its_bound() {
    let folder = tempfile::tempdir().unwrap();
    for n in 0..5 {
        File::create(folder.path().join(format!("hole-{n}"))).unwrap().set_len(300).unwrap();
    }
    let root = Files::open(folder.path().to_str().unwrap()).unwrap().root().unwrap();
    let mut bytes = Vec::new();
    pack(root, &mut bytes, 1_000).unwrap();
    let (_target, found) = unpacked(&bytes);
    let kept: Vec<_> = found.keys().cloned().collect();
    assert_eq!(kept, ["LEFT_OUT.txt", "hole-0", "hole-1", "hole-2"].map(at));
    assert!(left_out(&found).ends_with("hole-4: all files together are too large\n"));
}

/// D9: a file that changes while it is read has the size that its header says, and the archive goes on behind it.
#[test]
fn a_file_that_grows_or_shrinks_damages_nothing_else() {
    for changed_to in [10_u64, 3 << 20] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        let content = noise();
        fs::write(&path, &content).unwrap();
        fs::write(folder.path().join("b"), "behind it").unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let bytes = runtime.block_on(async {
            let files = Files::open(folder.path().to_str().unwrap()).unwrap();
            let mut frames = Archives::default().start(&files, 1 << 30).unwrap();
            let (mut bytes, mut decoder) = (Vec::new(), Decoder::default());
            while let Some(frame) = frames.recv().await {
                if bytes.is_empty() {
                    let file = File::options().write(true).open(&path).unwrap();
                    file.set_len(changed_to).unwrap();
                    // A file that has grown ends in something.
                    file.write_all_at(b"x", changed_to - 1).unwrap();
                }
                decoder.feed(&frame);
                if let Frame::Stdout(piece) = decoder.next_frame().unwrap().unwrap() {
                    bytes.extend_from_slice(&piece);
                }
            }
            bytes
        });
        let (_target, found) = unpacked(&bytes);
        let Node::File(kept, _) = &found[&at("a")] else { panic!("{:?}", found.keys()) };
        assert_eq!(kept.len(), content.len());
        assert_eq!(found[&at("b")], Node::File(b"behind it".to_vec(), 0o644));
        assert!(left_out(&found).contains("a: it changed while it was read"));
    }
}

/// D9
#[tokio::test]
async fn a_size_counts_what_would_be_in_it() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("dist")).unwrap();
    for (name, size) in [("a", 7), ("dist/b", 100), ("c", 5)] {
        fs::write(folder.path().join(name), vec![0; size]).unwrap();
    }
    let files = Files::open(folder.path().to_str().unwrap()).unwrap();
    assert_eq!(Archives::default().size(&files).await.unwrap(), ArchiveSize { bytes: 12 });
}

/// D9
#[tokio::test]
async fn so_many_are_made_at_once_and_one_that_nobody_takes_makes_room() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a"), noise()).unwrap();
    let files = Files::open(folder.path().to_str().unwrap()).unwrap();
    let archives = Archives::default();
    let both = [(); 2].map(|()| archives.start(&files, 1 << 30).unwrap());
    assert!(archives.start(&files, 1 << 30).is_err());
    drop(both);
    let _permits = archives.permits.acquire_many(2).await.unwrap();
}
