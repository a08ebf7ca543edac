//! Keys that work anywhere in the workspace.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::desk::Desk;
use super::history::{redo, undo};
use super::layout::Pane;

/// Every shortcut as the sheet lists it: its keys, and what they do.
pub(crate) const SHORTCUTS: [(&[&str], &str); 14] = [
    (&["?"], "This sheet"),
    (&["/"], "Write to the agent"),
    (&["Alt", "1"], "Chat"),
    (&["Alt", "2"], "Files"),
    (&["Alt", "3"], "Terminal"),
    (&["Alt", "4"], "Preview"),
    (&["Alt", "0"], "Show or hide files and terminals"),
    (&["Alt", "H"], "Versions"),
    (&["Alt", "Z"], "Undo: one version back"),
    (&["Alt", "Shift", "Z"], "Redo: one version forth"),
    (&["Ctrl / ⌘", "S"], "Save the file"),
    (&["Ctrl / ⌘", "F"], "Find in the file"),
    (&["F2"], "Rename, in the tree"),
    (&["Delete"], "Delete, in the tree"),
];

/// What keys ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wish {
    Help,
    Compose,
    Show(Pane),
    ToggleCode,
    History,
    Undo,
    Redo,
}

/// What a key asks for. `code` names the key by its place, as Option changes the letter on a Mac; `typing`: in a text field.
fn wish(key: &str, code: &str, alt: bool, shift: bool, typing: bool) -> Option<Wish> {
    match (alt, key, code) {
        (false, "?", _) if !typing => Some(Wish::Help),
        (false, "/", _) if !typing => Some(Wish::Compose),
        (true, _, "Digit0") => Some(Wish::ToggleCode),
        (true, _, "Digit1") => Some(Wish::Show(Pane::Chat)),
        (true, _, "Digit2") => Some(Wish::Show(Pane::Files)),
        (true, _, "Digit3") => Some(Wish::Show(Pane::Terminal)),
        (true, _, "Digit4") => Some(Wish::Show(Pane::Preview)),
        (true, _, "KeyH") => Some(Wish::History),
        (true, _, "KeyZ") if shift => Some(Wish::Redo),
        (true, _, "KeyZ") => Some(Wish::Undo),
        _ => None,
    }
}

/// Listens as long as the page lives.
pub(crate) fn listen(desk: Desk) {
    let handle = window_event_listener(ev::keydown, move |event| {
        if event.default_prevented() || event.is_composing() {
            return;
        }
        if event.ctrl_key() || event.meta_key() {
            // Not only in the editor: nobody means to save the page itself.
            if event.key() == "s" {
                event.prevent_default();
                desk.files.shown().into_iter().for_each(|file| file.save(desk));
            }
            return;
        }
        let typing = is_typing(&event);
        let Some(wish) = wish(&event.key(), &event.code(), event.alt_key(), event.shift_key(), typing) else {
            return;
        };
        event.prevent_default();
        grant(desk, wish);
    });
    on_cleanup(move || handle.remove());
}

fn grant(desk: Desk, wish: Wish) {
    let layout = desk.layout;
    match wish {
        Wish::Help => desk.help.set(true),
        Wish::Compose => {
            layout.show(Pane::Chat);
            focus(".chat textarea");
        }
        Wish::Show(pane) => {
            layout.show(pane);
            focus(match pane {
                Pane::Chat => ".chat textarea",
                Pane::Files => "[role=tree] [tabindex='0']",
                Pane::Terminal => ".terminal-stage:not([hidden]) textarea, .terminal-empty button",
                Pane::Preview => ".preview-bar button",
            });
        }
        Wish::ToggleCode => layout.show_code(!layout.code_open.get_untracked()),
        Wish::History => {
            layout.pane.set(Pane::Chat);
            layout.history.update(|history| *history = !*history);
        }
        Wish::Undo => undo(desk),
        Wish::Redo => redo(desk),
    }
}

/// Moves the focus to what the selector names first, once it is drawn.
pub(crate) fn focus(selector: &'static str) {
    request_animation_frame(move || {
        let found = document().query_selector(selector).ok().flatten();
        if let Some(element) = found.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
            let _ = element.focus();
        }
    });
}

/// Whether the key was pressed where people write.
fn is_typing(event: &ev::KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|element| {
        element.closest("input, textarea, [contenteditable=true], dialog").is_ok_and(|found| found.is_some())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// D10: a question mark in a prompt is a question mark.
    #[test]
    fn keys_mean_themselves_where_people_write() {
        assert_eq!(wish("?", "Slash", false, true, false), Some(Wish::Help));
        assert_eq!(wish("?", "Slash", false, true, true), None);
        assert_eq!(wish("/", "Slash", false, false, true), None);
        assert_eq!(wish("z", "KeyZ", false, false, false), None);
    }

    /// D10: with Option a Mac's keyboard types another letter; the key is the same.
    #[test]
    fn keys_with_alt_work_everywhere_and_on_every_keyboard() {
        assert_eq!(wish("¡", "Digit1", true, false, true), Some(Wish::Show(Pane::Chat)));
        assert_eq!(wish("Ω", "KeyZ", true, false, true), Some(Wish::Undo));
        assert_eq!(wish("¸", "KeyZ", true, true, true), Some(Wish::Redo));
    }
}
