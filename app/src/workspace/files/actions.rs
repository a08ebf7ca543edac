//! Making, moving and deleting files, each with a way back (D5).

use domain::WorkspacePath;
use domain::wire::FileEntryKind;
use js_sys::Uint8Array;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsValue;

use crate::client::files::{self, CHANGED_MEANWHILE, Expect, FILE_BYTES_MAX};
use crate::client::http::Failure;
use crate::workspace::desk::Desk;

/// A folder with more files than this is not deleted here: the way back would be too long.
const UNDO_FILES_MAX: usize = 100;

/// Makes an empty file and opens it.
pub(super) fn create(desk: Desk, path: WorkspacePath) {
    spawn_local(async move {
        match files::write(desk.id, &path, &JsValue::from_str(""), Expect::Nothing).await {
            Ok(_) => {
                desk.files.cursor.set(path.to_string());
                desk.files.look_again(desk);
                desk.files.open(desk, &path);
            }
            // Somebody made it while this page did not look. What they wrote stays, and is shown.
            Err(failure) if failure.status == CHANGED_MEANWHILE => {
                desk.files.look_again(desk);
                let words = format!("{path} is there already, so nothing was changed.");
                desk.toasts.ask(words, "Open it", Callback::new(move |()| desk.files.open(desk, &path)));
            }
            Err(failure) => desk.toasts.fail(&format!("{path} could not be made."), &failure),
        }
    });
}

/// Moves a file or folder.
pub(super) fn rename(desk: Desk, from: &str, to: &WorkspacePath) {
    let Ok(from) = from.parse::<WorkspacePath>() else { return };
    let to = to.clone();
    spawn_local(async move {
        let _alone = desk.files.alone().await;
        match files::rename(desk.id, &from, &to).await {
            Ok(()) => {
                desk.files.follow_move(desk, from.as_str(), to.as_str());
                desk.files.cursor.set(to.to_string());
                desk.files.look_again(desk);
                let words = format!("{} is called {} now.", from.file_name(), to.file_name());
                let back = Callback::new(move |()| rename(desk, to.as_str(), &from));
                desk.toasts.offer_undo(words, back);
            }
            Err(failure) => desk.toasts.fail(&format!("{from} could not be renamed."), &failure),
        }
    });
}

/// Deletes a file, or a folder with all in it. What was in it is read before, so that it can be put back.
pub(super) fn delete(desk: Desk, path: &str) {
    let Some(entry) = desk.files.entry(path) else { return };
    let path = entry.path;
    let inside = files_in(desk, &path);
    let too_much = inside.len() > UNDO_FILES_MAX || inside.iter().any(|(_, size)| *size > FILE_BYTES_MAX);
    if too_much {
        let words =
            format!("{path} holds more than could be put back. The terminal deletes it: rm -r {path}");
        return desk.toasts.refuse(words);
    }
    spawn_local(async move {
        let _alone = desk.files.alone().await;
        match take_away(desk, &path, inside).await {
            Ok(held) => {
                desk.files.look_again(desk);
                let words = format!("{} is deleted.", path.file_name());
                let held = StoredValue::new(held);
                desk.toasts.offer_undo(words, Callback::new(move |()| put_back(desk, held.get_value())));
            }
            Err(failure) => desk.toasts.fail(&format!("{path} could not be deleted."), &failure),
        }
    });
}

/// Files and what they held.
type Held = Vec<(WorkspacePath, Vec<u8>)>;

/// The path itself if it is a file, else all files below it, with their sizes in bytes.
fn files_in(desk: Desk, path: &WorkspacePath) -> Vec<(WorkspacePath, u64)> {
    let below = format!("{path}/");
    desk.files.entries.with_untracked(|entries| {
        let files = entries.iter().filter(|entry| entry.kind == FileEntryKind::File);
        let inside = files.filter(|entry| entry.path == *path || entry.path.as_str().starts_with(&below));
        inside.map(|entry| (entry.path.clone(), entry.size_bytes)).collect()
    })
}

async fn take_away(
    desk: Desk,
    path: &WorkspacePath,
    inside: Vec<(WorkspacePath, u64)>,
) -> Result<Held, Failure> {
    let mut held = Vec::new();
    for (file, _) in inside {
        if let Some(content) = files::read(desk.id, &file, None).await? {
            held.push((file, content.bytes));
        }
    }
    files::remove(desk.id, path).await?;
    Ok(held)
}

fn put_back(desk: Desk, held: Held) {
    spawn_local(async move {
        for (path, bytes) in held {
            let body = Uint8Array::from(&bytes[..]).into();
            if let Err(failure) = files::write(desk.id, &path, &body, Expect::Anything).await {
                return desk.toasts.fail(&format!("{path} could not be put back."), &failure);
            }
        }
        desk.files.look_again(desk);
    });
}
