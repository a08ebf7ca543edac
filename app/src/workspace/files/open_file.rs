//! One open file: what it holds, whether that is saved, and what somebody else made of it meanwhile (F5).

use domain::{SessionId, WorkspacePath};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsValue;

use super::state::moved;
use crate::client::files::{CHANGED_MEANWHILE, Content, Expect, FILE_BYTES_MAX, read, write};
use crate::client::http::Failure;
use crate::workspace::desk::Desk;
use crate::workspace::memory::{drop_kept, keep, kept};
use crate::workspace::parts::Editor;

/// Longer unsaved texts are not kept over a refresh, in bytes: a browser's storage is small.
const DRAFT_BYTES_MAX: usize = 256 * 1024;

/// What can be shown of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shown {
    /// It is on its way.
    Loading,
    /// A text.
    Text,
    /// A picture, as an address that holds it whole: the server hands out bytes, and no browser takes those for a picture.
    Picture(String),
    /// Neither, of so many bytes.
    Binary(u64),
    /// More than can be read, of so many bytes.
    TooLarge(u64),
    /// It was deleted.
    Gone,
    /// It could not be read, and why.
    Failed(String),
}

/// What somebody else made of a file that has unsaved changes here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Theirs {
    /// What it holds now; `None` when it was deleted.
    pub(super) text: Option<String>,
    etag: Option<String>,
}

/// An open file; copies are the same one.
#[derive(Clone, Copy)]
pub(crate) struct OpenFile {
    /// Tells open files apart.
    pub(super) number: u32,
    /// Where it is.
    pub(super) path: RwSignal<WorkspacePath>,
    /// What can be shown of it.
    pub(super) shown: RwSignal<Shown>,
    /// What its editor begins with: what it holds, or what was not saved yet.
    pub(super) begin: StoredValue<String>,
    /// Whether the editor holds something else than the file.
    pub(super) unsaved: RwSignal<bool>,
    /// Whether it is being saved.
    pub(super) saving: RwSignal<bool>,
    /// What somebody else made of it.
    pub(super) theirs: RwSignal<Option<Theirs>>,
    /// Its editor, once that is there.
    pub(super) editor: StoredValue<Option<Editor>, LocalStorage>,
    saved: StoredValue<String>,
    etag: StoredValue<Option<String>>,
}

impl OpenFile {
    pub(super) fn new(number: u32, path: WorkspacePath) -> Self {
        Self {
            number,
            path: RwSignal::new(path),
            shown: RwSignal::new(Shown::Loading),
            begin: StoredValue::new(String::new()),
            unsaved: RwSignal::new(false),
            saving: RwSignal::new(false),
            theirs: RwSignal::new(None),
            editor: StoredValue::new_local(None),
            saved: StoredValue::new(String::new()),
            etag: StoredValue::new(None),
        }
    }

    /// Reads it for the first time.
    pub(super) fn load(self, desk: Desk) {
        let path = self.path.get_untracked();
        if let Some(size_bytes) = desk.files.entry(path.as_str()).map(|entry| entry.size_bytes)
            && size_bytes > FILE_BYTES_MAX
        {
            self.shown.set(Shown::TooLarge(size_bytes));
            return;
        }
        self.shown.set(Shown::Loading);
        spawn_local(async move {
            match read(desk.id, &path, None).await {
                Ok(Some(content)) => self.take(desk.id, content),
                Ok(None) => {}
                Err(failure) => self.shown.set(not_read(failure)),
            }
        });
    }

    fn take(self, id: SessionId, content: Content) {
        let size_bytes = content.bytes.len() as u64;
        self.etag.set_value(content.etag);
        if let Some(kind) = self.path.with_untracked(picture_type) {
            self.shown.set(picture(kind, &content.bytes));
            return;
        }
        let Some(text) = text_of(content.bytes) else {
            self.shown.set(Shown::Binary(size_bytes));
            return;
        };
        let draft = kept(&self.draft_name(id)).filter(|draft| *draft != text);
        self.unsaved.set(draft.is_some());
        self.begin.set_value(draft.unwrap_or_else(|| text.clone()));
        self.saved.set_value(text);
        self.shown.set(Shown::Text);
    }

    /// The editor's text changed.
    pub(super) fn changed(self, id: SessionId) {
        let Some(text) = self.text() else { return };
        let unsaved = self.saved.with_value(|saved| *saved != text);
        if self.unsaved.get_untracked() != unsaved {
            self.unsaved.set(unsaved);
        }
        if unsaved && text.len() <= DRAFT_BYTES_MAX {
            keep(&self.draft_name(id), &text);
        } else {
            drop_kept(&self.draft_name(id));
        }
    }

    /// What the editor holds.
    pub(super) fn text(self) -> Option<String> {
        self.editor.with_value(|editor| editor.as_ref().map(Editor::text))
    }

    /// Writes it, unless somebody else changed it since it was read.
    pub(crate) fn save(self, desk: Desk) {
        let Some(text) = self.text() else { return };
        if self.saving.get_untracked() || self.theirs.with_untracked(Option::is_some) {
            return;
        }
        self.saving.set(true);
        let path = self.path.get_untracked();
        spawn_local(async move {
            let expected = self.etag.get_value();
            match write(
                desk.id,
                &path,
                &JsValue::from_str(&text),
                expected.as_deref().map_or(Expect::Anything, Expect::Content),
            )
            .await
            {
                Ok(etag) => {
                    self.etag.set_value(Some(etag));
                    self.saved.set_value(text);
                    self.changed(desk.id);
                }
                Err(failure) if failure.status == CHANGED_MEANWHILE => self.look_again(desk).await,
                Err(failure) => desk.toasts.fail(&format!("{} is not saved.", path.file_name()), &failure),
            }
            self.saving.set(false);
        });
    }

    /// Looks whether the file is still what is shown.
    pub(super) async fn look_again(self, desk: Desk) {
        let path = self.path.get_untracked();
        match self.shown.get_untracked() {
            Shown::Text | Shown::Picture(_) | Shown::Binary(_) => {}
            Shown::Gone if desk.files.entry(path.as_str()).is_none() => return,
            Shown::Gone | Shown::TooLarge(_) | Shown::Failed(_) => return self.load(desk),
            Shown::Loading => return,
        }
        if desk.files.entry(path.as_str()).is_none() {
            return self.vanish();
        }
        let known = self.etag.get_value();
        match read(desk.id, &path, known.as_deref()).await {
            Ok(Some(content)) => self.compare(desk.id, content),
            Err(failure) if failure.status == 404 => self.vanish(),
            // What is shown stays, unless it is known to be wrong.
            Ok(None) | Err(_) => {}
        }
    }

    /// It was deleted. What is not saved stays, until somebody decides.
    fn vanish(self) {
        if self.unsaved.get_untracked() {
            self.theirs.set(Some(Theirs { text: None, etag: None }));
        } else {
            self.shown.set(Shown::Gone);
        }
    }

    /// What to do with a content that is not the one that was read.
    fn compare(self, id: SessionId, content: Content) {
        if self.shown.get_untracked() != Shown::Text {
            return self.take(id, content);
        }
        let etag = content.etag.clone();
        let Some(text) = text_of(content.bytes.clone()) else { return self.take(id, content) };
        let same = self.text().is_none_or(|mine| mine == text);
        if !same && self.unsaved.get_untracked() {
            self.theirs.set(Some(Theirs { text: Some(text), etag }));
            return;
        }
        self.settle(id, text, etag);
    }

    /// The file holds this text, and so does the editor from now on.
    fn settle(self, id: SessionId, text: String, etag: Option<String>) {
        self.etag.set_value(etag);
        self.saved.set_value(text.clone());
        self.editor.with_value(|editor| {
            if let Some(editor) = editor {
                editor.replace(&text);
            }
        });
        self.changed(id);
    }

    /// Writes what is here over what somebody else wrote.
    pub(super) fn keep_mine(self, desk: Desk) {
        let Some(theirs) = self.theirs.get_untracked() else { return };
        self.theirs.set(None);
        self.etag.set_value(theirs.etag);
        self.save(desk);
    }

    /// Gives up what is here for what somebody else wrote.
    pub(super) fn take_theirs(self, desk: Desk) {
        let Some(theirs) = self.theirs.get_untracked() else { return };
        self.theirs.set(None);
        match theirs.text {
            Some(text) => self.settle(desk.id, text, theirs.etag),
            None => {
                self.unsaved.set(false);
                drop_kept(&self.draft_name(desk.id));
                self.shown.set(Shown::Gone);
            }
        }
    }

    pub(super) fn follow_move(self, id: SessionId, from: &str, to: &str) {
        let before = self.draft_name(id);
        let new_path = self.path.with_untracked(|path| moved(path.as_str(), from, to));
        let Some(new_path) = new_path.and_then(|path| path.parse().ok()) else { return };
        self.path.set(new_path);
        if let Some(draft) = kept(&before) {
            drop_kept(&before);
            keep(&self.draft_name(id), &draft);
        }
    }

    fn draft_name(self, id: SessionId) -> String {
        self.path.with_untracked(|path| format!("{id}.draft.{path}"))
    }
}

fn not_read(failure: Failure) -> Shown {
    match failure.status {
        404 => Shown::Gone,
        413 => Shown::TooLarge(0),
        _ => Shown::Failed(failure.detail),
    }
}

/// The bytes as text; `None` when they are none.
fn text_of(bytes: Vec<u8>) -> Option<String> {
    if bytes.contains(&0) {
        return None;
    }
    String::from_utf8(bytes).ok()
}

/// The media type of files that browsers show as pictures. SVG is text as well, and shown as such.
fn picture_type(path: &WorkspacePath) -> Option<&'static str> {
    Some(match path.extension()?.to_lowercase().as_str() {
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "bmp" => "image/bmp",
        _ => return None,
    })
}

fn picture(kind: &str, bytes: &[u8]) -> Shown {
    // One byte a character, as `btoa` takes it.
    let text: String = bytes.iter().map(|byte| char::from(*byte)).collect();
    match window().btoa(&text) {
        Ok(base64) => Shown::Picture(format!("data:{kind};base64,{base64}")),
        Err(_) => Shown::Binary(bytes.len() as u64),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// D5
    #[test]
    fn texts_pictures_and_the_rest_are_told_apart() {
        assert_eq!(text_of("näh\n".into()).as_deref(), Some("näh\n"));
        assert_eq!(text_of(vec![0, 1]), None);
        assert_eq!(text_of(vec![0xff, 0xfe]), None);
        assert_eq!(picture_type(&"public/Logo.PNG".parse().unwrap()), Some("image/png"));
        assert_eq!(picture_type(&"public/logo.svg".parse().unwrap()), None);
    }
}
