//! Bringing files along: dropped or chosen, one after the other (D5).

use domain::WorkspacePath;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsValue;
use web_sys::{File, FileList};

use super::Files;
use crate::client::files::{FILE_BYTES_MAX, write};
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
    spawn_local(async move {
        let mut brought = 0;
        for (done, file) in files.into_iter().enumerate() {
            desk.files.uploading.set(Some(Progress { done, of }));
            match bring(desk, &folder, &file).await {
                Ok(()) => brought += 1,
                Err(why) => desk.toasts.refuse(why),
            }
        }
        desk.files.uploading.set(None);
        if brought > 0 {
            desk.files.unfold(&folder);
            desk.files.look_again(desk);
            desk.toasts.say(format!("{} uploaded.", counted(brought, "file")));
        }
    });
}

async fn bring(desk: Desk, folder: &str, file: &File) -> Result<(), String> {
    let name = file.name();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a size in whole bytes")]
    let size_bytes = file.size() as u64;
    if size_bytes > FILE_BYTES_MAX {
        return Err(too_large(&name, size_bytes));
    }
    let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
    let path: WorkspacePath = path.parse().map_err(|error| format!("{name} can't be uploaded: {error}."))?;
    let body: &JsValue = file.as_ref();
    let written = write(desk.id, &path, body, None).await;
    written.map(drop).map_err(|failure| format!("{name} could not be uploaded. {}", failure.detail))
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
    use super::too_large;

    /// D5
    #[test]
    fn a_file_that_is_too_large_is_named_with_its_size() {
        assert_eq!(too_large("a.mp4", 5_100_000), "a.mp4 has 5.1 MB; a file may have up to 2.1 MB.");
    }
}
