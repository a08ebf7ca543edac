//! The lines of the file tree, from a flat listing.

use std::collections::BTreeSet;

use domain::wire::{FileEntryJson, FileEntryKind};

/// One line of the tree.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Row {
    /// Where it leads, relative to the workspace.
    pub(crate) path: String,
    /// 1 for what lies in the workspace itself.
    pub(crate) level: usize,
    /// Whether it is a folder, and if so, whether it is open.
    pub(crate) folder: Option<bool>,
    /// Whether it can be opened: links, sockets and devices can't.
    pub(crate) plain: bool,
    /// Its place among its folder's entries, from 1, and how many they are.
    pub(crate) place: (usize, usize),
}

impl Row {
    /// What stands on the line.
    pub(crate) fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }
}

/// The folder that a path lies in; empty for the workspace.
pub(crate) fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The lines that are shown when these folders are open: folders first, then files, each in the order of the alphabet.
pub(crate) fn rows(entries: &[FileEntryJson], open: &BTreeSet<String>) -> Vec<Row> {
    let mut shown = Vec::new();
    add_folder(entries, open, "", 1, &mut shown);
    shown
}

fn add_folder(
    entries: &[FileEntryJson],
    open: &BTreeSet<String>,
    folder: &str,
    level: usize,
    shown: &mut Vec<Row>,
) {
    let mut inside: Vec<&FileEntryJson> =
        entries.iter().filter(|entry| parent(entry.path.as_str()) == folder).collect();
    inside.sort_by_key(|entry| (entry.kind != FileEntryKind::Directory, entry.path.as_str().to_lowercase()));
    let count = inside.len();
    for (index, entry) in inside.into_iter().enumerate() {
        let path = entry.path.as_str();
        let is_open = open.contains(path);
        let is_folder = entry.kind == FileEntryKind::Directory;
        shown.push(Row {
            path: path.to_owned(),
            level,
            folder: is_folder.then_some(is_open),
            plain: entry.kind != FileEntryKind::Other,
            place: (index + 1, count),
        });
        if is_folder && is_open {
            add_folder(entries, open, path, level + 1, shown);
        }
    }
}

/// Every folder on the way to a path.
pub(crate) fn folders_to(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

/// `340 B`, `12.4 KB`, `1.9 MB`.
#[expect(clippy::cast_precision_loss, reason = "one digit after the point is shown")]
pub(crate) fn size_text(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{:.1} KB", bytes as f64 / 1e3),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(path: &str, kind: FileEntryKind) -> FileEntryJson {
        FileEntryJson { path: path.parse().unwrap(), kind, size_bytes: 1 }
    }

    fn entries() -> Vec<FileEntryJson> {
        vec![
            entry("index.html", FileEntryKind::File),
            entry("src", FileEntryKind::Directory),
            entry("src/App.jsx", FileEntryKind::File),
            entry("src/parts", FileEntryKind::Directory),
            entry("src/parts/a.css", FileEntryKind::File),
            entry("link", FileEntryKind::Other),
        ]
    }

    /// D5
    #[test]
    fn an_open_folder_shows_what_is_in_it_and_a_closed_one_does_not() {
        let lines = |open: &[&str]| {
            let open = open.iter().map(|path| (*path).to_owned()).collect();
            rows(&entries(), &open)
                .iter()
                .map(|row| format!("{} {}", row.level, row.path))
                .collect::<Vec<_>>()
        };
        assert_eq!(lines(&[]), ["1 src", "1 index.html", "1 link"]);
        assert_eq!(lines(&["src"]), ["1 src", "2 src/parts", "2 src/App.jsx", "1 index.html", "1 link"]);
        assert_eq!(lines(&["src/parts"]), ["1 src", "1 index.html", "1 link"]);
    }

    /// D5: screen readers hear where a line stands.
    #[test]
    fn each_line_knows_its_place_and_what_it_is() {
        let shown = rows(&entries(), &BTreeSet::from(["src".to_owned()]));
        let expected = Row { path: "src/App.jsx".into(), level: 2, folder: None, plain: true, place: (2, 2) };
        assert_eq!(shown[2], expected);
        assert_eq!(shown[2].name(), "App.jsx");
        assert!(!shown[4].plain);
        assert_eq!(folders_to("a/b/c.js").collect::<Vec<_>>(), ["a", "a/b"]);
    }

    #[test]
    fn sizes_are_short() {
        assert_eq!([340, 12_400, 1_900_000].map(size_text), ["340 B", "12.4 KB", "1.9 MB"]);
    }
}
