//! Bringing files along: dropped or chosen, one after the other (D5).

use domain::WorkspacePath;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsValue;
use web_sys::{File, FileList};

use super::Files;
use crate::client::files::{CHANGED_MEANWHILE, Expect, FILE_BYTES_MAX, write};
use crate::wording::tree::size_text;
use crate::wording::waiting::counted;
use crate::workspace::desk::Desk;

/// So many files are taken at once.
const FILES_MAX: usize = 200;

/// How far an upload is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Progress {
    done: usize,
    of: usize,
}

/// Uploads files into the folder that the keyboard is on. Those that are too large are named.
pub(super) fn upload(desk: Desk, list: &FileList) {
    let folder = desk.files.folder_in_focus();
    let files: Vec<File> = (0..list.length()).filter_map(|index| list.get(index)).collect();
    let of = files.len();
    if of > FILES_MAX {
        return desk.toasts.refuse(format!("{of} files are too many at once; up to {FILES_MAX} are taken."));
    }
    bring_all(desk, folder, files, Expect::Nothing);
}

/// Brings the files one after the other. Where something is there already, it asks before that is replaced.
fn bring_all(desk: Desk, folder: String, files: Vec<File>, expected: Expect<'static>) {
    let of = files.len();
    spawn_local(async move {
        let mut brought = 0;
        let mut taken = Vec::new();
        for (done, file) in files.into_iter().enumerate() {
            desk.files.uploading.set(Some(Progress { done, of }));
            match bring(desk, &folder, &file, expected).await {
                Ok(()) => brought += 1,
                Err(Unbrought::IsThere) => taken.push(file),
                Err(Unbrought::Because(why)) => desk.toasts.refuse(why),
            }
        }
        desk.files.uploading.set(None);
        if brought > 0 {
            desk.files.unfold(&folder);
            desk.files.look_again(desk);
            desk.toasts.say(format!("{} uploaded.", counted(brought, "file")));
        }
        if !taken.is_empty() {
            let words = there_already(&taken.iter().map(File::name).collect::<Vec<_>>());
            let taken = StoredValue::new_local(taken);
            let replace =
                Callback::new(move |()| bring_all(desk, folder.clone(), taken.get_value(), Expect::Anything));
            desk.toasts.ask(words, "Replace", replace);
        }
    });
}

/// Why a file was not brought.
enum Unbrought {
    /// Something is at its place.
    IsThere,
    /// Anything else, in words.
    Because(String),
}

async fn bring(desk: Desk, folder: &str, file: &File, expected: Expect<'static>) -> Result<(), Unbrought> {
    let name = file.name();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a size in whole bytes")]
    let size_bytes = file.size() as u64;
    if size_bytes > FILE_BYTES_MAX {
        return Err(Unbrought::Because(too_large(&name, size_bytes)));
    }
    let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
    let path: WorkspacePath =
        path.parse().map_err(|error| Unbrought::Because(format!("{name} can't be uploaded: {error}.")))?;
    let body: &JsValue = file.as_ref();
    let written = write(desk.id, &path, body, expected).await;
    written.map(drop).map_err(|failure| match failure.status {
        CHANGED_MEANWHILE => Unbrought::IsThere,
        _ => Unbrought::Because(format!("{name} could not be uploaded. {}", failure.detail)),
    })
}

/// `a.txt is there already.`, `a.txt and 2 others are there already.`
fn there_already(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [name] => format!("{name} is there already."),
        [name, others @ ..] => {
            format!("{name} and {} are there already.", counted(others.len() as u64, "other"))
        }
    }
}

fn too_large(name: &str, size_bytes: u64) -> String {
    format!("{name} has {}; a file may have up to {}.", size_text(size_bytes), size_text(FILE_BYTES_MAX))
}

/// How far the upload is, while there is one.
#[component]
pub(super) fn UploadProgress(
    /// The page's files.
    files: Files,
) -> impl IntoView {
    move || {
        files.uploading.get().map(|Progress { done, of }| {
            view! {
                <p class="upload" role="status">
                    <progress max=of.to_string() value=done.to_string() aria-label="Upload"></progress>
                    {format!("Uploading {} of {of}", done + 1)}
                </p>
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{there_already, too_large};

    /// D5
    #[test]
    fn a_file_that_is_too_large_is_named_with_its_size() {
        assert_eq!(too_large("a.mp4", 5_100_000), "a.mp4 has 5.1 MB; a file may have up to 2.1 MB.");
    }

    /// F5
    #[test]
    fn what_an_upload_would_replace_is_named() {
        let names = ["a.txt", "b.txt", "c.txt"].map(str::to_owned);
        assert_eq!(there_already(&names[..1]), "a.txt is there already.");
        assert_eq!(there_already(&names), "a.txt and 2 others are there already.");
    }
}
