//! Versions in words, and where undo and redo lead.

use domain::{BlobHash, PromptView, VersionCause, VersionView};

use super::waiting::counted;

/// Where undo and redo lead from the present: versions to bring back.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Steps {
    /// One step back.
    pub(crate) undo: Option<u32>,
    /// One step forth.
    pub(crate) redo: Option<u32>,
}

/// The steps from here. `edited`: whether files changed since the newest version; undo takes that back first.
///
/// Bringing back a whole version moves along the line of versions; whatever else makes a version cuts off what lay ahead. That a
/// version was brought back whole is known by its tree.
pub(crate) fn steps(versions: &[VersionView], edited: bool) -> Steps {
    let mut line: Vec<(u32, &BlobHash)> = Vec::new();
    let mut here = 0;
    for view in versions {
        let version = &view.version;
        let back =
            (version.cause == VersionCause::Restore).then(|| nearest(&line, here, &version.tree)).flatten();
        if let Some(place) = back {
            here = place;
        } else {
            line.truncate(here + 1);
            line.push((version.version, &version.tree));
            here = line.len() - 1;
        }
    }
    let at = |place: usize| line.get(place).map(|(version, _)| *version);
    if edited {
        return Steps { undo: at(here), redo: None };
    }
    Steps { undo: here.checked_sub(1).and_then(at), redo: at(here + 1) }
}

fn nearest(line: &[(u32, &BlobHash)], here: usize, tree: &BlobHash) -> Option<usize> {
    let same = line.iter().enumerate().filter(|(_, (_, held))| *held == tree).map(|(place, _)| place);
    same.min_by_key(|place| place.abs_diff(here))
}

/// What a version is, in a few words.
pub(crate) fn title(view: &VersionView, prompts: &[PromptView]) -> String {
    let version = &view.version;
    match version.cause {
        VersionCause::Start => "What it began with".into(),
        VersionCause::Edits => "Edits by hand".into(),
        VersionCause::Restore => match version.restored {
            Some(restored) => format!("Back to version {restored}"),
            None => "Brought back".into(),
        },
        VersionCause::Prompt => prompts
            .iter()
            .find(|prompt| Some(prompt.prompt_id) == version.prompt_id)
            .map_or_else(|| "A prompt".into(), |prompt| prompt.text.clone()),
    }
}

/// `3 files`, `Nothing changed`.
pub(crate) fn extent(view: &VersionView) -> String {
    match (view.version.cause, view.version.files.len()) {
        (VersionCause::Start, _) => "The template".into(),
        (_, 0) => "Nothing changed".into(),
        (_, files) => counted(files as u64, "file"),
    }
}

#[cfg(test)]
mod tests {
    use domain::{Timestamp, Version};

    use super::*;

    fn line(kinds: &[(VersionCause, u8)]) -> Vec<VersionView> {
        let version = |(index, (cause, tree)): (usize, &(VersionCause, u8))| VersionView {
            at: Timestamp::from_unix_ms(0),
            version: Version {
                version: u32::try_from(index).unwrap() + 1,
                cause: *cause,
                prompt_id: None,
                restored: None,
                files: vec![],
                tree: BlobHash::from_digest(&[*tree; 32]),
            },
            build: None,
            console: None,
        };
        kinds.iter().enumerate().map(version).collect()
    }

    /// D5
    #[test]
    fn undo_and_redo_walk_along_the_versions_and_back() {
        use VersionCause::{Prompt, Restore, Start};
        let walk = [(Start, 0), (Prompt, 1), (Prompt, 2)];
        let after = |more: &[(VersionCause, u8)], edited| steps(&line(&[&walk, more].concat()), edited);
        let to = |undo, redo| Steps { undo, redo };
        assert_eq!(after(&[], false), to(Some(2), None));
        assert_eq!(after(&[(Restore, 1)], false), to(Some(1), Some(3)));
        assert_eq!(after(&[(Restore, 1), (Restore, 0)], false), to(None, Some(2)));
        assert_eq!(after(&[(Restore, 1), (Restore, 2)], false), to(Some(2), None));
        assert_eq!(
            after(&[(Restore, 1), (Prompt, 7)], false),
            to(Some(2), None),
            "what lay ahead is cut off"
        );
    }

    /// D5
    #[test]
    fn edits_are_taken_back_before_the_version_they_were_made_on() {
        use VersionCause::{Prompt, Restore, Start};
        assert_eq!(steps(&line(&[(Start, 0), (Prompt, 1)]), true), Steps { undo: Some(2), redo: None });
        assert_eq!(steps(&[], true), Steps::default());
        let one_file_back = line(&[(Start, 0), (Prompt, 1), (Restore, 9)]);
        assert_eq!(steps(&one_file_back, false), Steps { undo: Some(2), redo: None });
    }
}
