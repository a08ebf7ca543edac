//! What of the workspace is shown, and how large: remembered by the browser.

use leptos::prelude::*;

use super::memory::{recall, remember};

/// What a narrow screen shows one at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pane {
    /// The conversation, or the versions.
    Chat,
    /// The files and the editor.
    Files,
    /// The terminals.
    Terminal,
    /// The running app.
    Preview,
}

impl Pane {
    pub(crate) const ALL: [Self; 4] = [Self::Chat, Self::Files, Self::Terminal, Self::Preview];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Chat => "Chat",
            Self::Files => "Files",
            Self::Terminal => "Terminal",
            Self::Preview => "Preview",
        }
    }
}

/// A size that can be changed by dragging or by keys.
#[derive(Clone, Copy)]
pub(crate) struct Size {
    /// Under which name it is remembered, and the CSS variable that carries it.
    pub(crate) name: &'static str,
    /// Now, in pixels.
    pub(crate) px: RwSignal<f64>,
    /// As it is at first.
    pub(crate) usual_px: f64,
    /// Bounds, in pixels.
    pub(crate) min_px: f64,
    pub(crate) max_px: f64,
}

impl Size {
    fn remembered(name: &'static str, usual_px: f64, min_px: f64, max_px: f64) -> Self {
        let kept = recall(name).and_then(|text| text.parse().ok()).unwrap_or(usual_px);
        Self { name, px: RwSignal::new(kept.clamp(min_px, max_px)), usual_px, min_px, max_px }
    }

    /// Changes it, within its bounds, and remembers it.
    pub(crate) fn set(self, px: f64) {
        let px = px.clamp(self.min_px, self.max_px).round();
        self.px.set(px);
        remember(self.name, &px.to_string());
    }
}

/// What is where.
#[derive(Clone, Copy)]
pub(crate) struct Layout {
    /// What a narrow screen shows.
    pub(crate) pane: RwSignal<Pane>,
    /// How wide the conversation is.
    pub(crate) chat: Size,
    /// How wide the tree is.
    pub(crate) tree: Size,
    /// How wide the preview is.
    pub(crate) preview: Size,
    /// How high the terminals are.
    pub(crate) terminal: Size,
    /// Whether the terminals are open, where there is room for all panes.
    pub(crate) terminal_open: RwSignal<bool>,
    /// Whether files and terminals are shown beside the preview.
    pub(crate) code_open: RwSignal<bool>,
    /// Whether the versions stand in the conversation's place.
    pub(crate) history: RwSignal<bool>,
}

impl Layout {
    /// As it was left.
    pub(crate) fn remembered() -> Self {
        Self {
            pane: RwSignal::new(Pane::Chat),
            chat: Size::remembered("chat", 352.0, 272.0, 640.0),
            tree: Size::remembered("tree", 208.0, 144.0, 480.0),
            preview: Size::remembered("preview", 480.0, 280.0, 1_600.0),
            terminal: Size::remembered("terminal", 260.0, 120.0, 800.0),
            terminal_open: RwSignal::new(recall("terminal-open").as_deref() == Some("true")),
            code_open: RwSignal::new(recall("code-open").as_deref() != Some("false")),
            history: RwSignal::new(false),
        }
    }

    /// Brings a pane to sight, whatever the screen.
    pub(crate) fn show(self, pane: Pane) {
        self.pane.set(pane);
        match pane {
            Pane::Chat => self.history.set(false),
            Pane::Files => self.show_code(true),
            Pane::Terminal => {
                self.show_code(true);
                self.show_terminal(true);
            }
            Pane::Preview => {}
        }
    }

    /// Shows files and terminals beside the preview, or leaves it the room.
    pub(crate) fn show_code(self, open: bool) {
        self.code_open.set(open);
        remember("code-open", &open.to_string());
    }

    /// Opens or folds the terminals.
    pub(crate) fn show_terminal(self, open: bool) {
        self.terminal_open.set(open);
        remember("terminal-open", &open.to_string());
    }
}
