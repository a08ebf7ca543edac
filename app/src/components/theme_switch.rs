//! Light, dark or as the system says; remembered in this browser.

use leptos::prelude::*;

use super::icon::{Icon, IconView};
use crate::client::browser::root;

/// Where the choice is remembered; the document's head reads it before the first paint.
pub(crate) const STORAGE_KEY: &str = "sandglass-theme";

/// A theme that can be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Theme {
    System,
    Light,
    Dark,
}

impl Theme {
    const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    const fn icon(self) -> Icon {
        match self {
            Self::System => Icon::Monitor,
            Self::Light => Icon::Sun,
            Self::Dark => Icon::Moon,
        }
    }

    const fn label(self) -> &'static str {
        match self {
            Self::System => "System theme",
            Self::Light => "Light theme",
            Self::Dark => "Dark theme",
        }
    }

    /// The value of `data-theme` and in storage; the system's theme has none.
    const fn value(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }

    fn of_value(value: Option<&str>) -> Self {
        Self::ALL.into_iter().find(|theme| theme.value() == value).unwrap_or(Self::System)
    }
}

/// Three buttons of which one is pressed.
#[island]
pub fn ThemeSwitch() -> impl IntoView {
    let chosen = RwSignal::new(Theme::System);
    Effect::new(move |_| {
        let value = root().and_then(|root| root.get_attribute("data-theme"));
        chosen.set(Theme::of_value(value.as_deref()));
    });
    let choose = move |theme: Theme| {
        chosen.set(theme);
        apply(theme);
    };
    let buttons = Theme::ALL.map(|theme| {
        view! {
            <button
                type="button"
                class="theme-choice"
                title=theme.label()
                aria-label=theme.label()
                aria-pressed=move || (chosen.get() == theme).to_string()
                on:click=move |_| choose(theme)
            >
                <IconView icon=theme.icon() />
            </button>
        }
    });
    view! {
        <div class="theme-switch" role="group" aria-label="Theme">
            {buttons}
        </div>
    }
}

/// Shows and remembers what a setting calls `system`, `light` or `dark`.
pub(crate) fn apply_word(word: &str) {
    apply(Theme::of_value(Some(word)));
}

/// Shows and remembers the theme. A browser that forbids storage shows it until the page is left.
fn apply(theme: Theme) {
    let storage = window().local_storage().ok().flatten();
    let root = root();
    let _ = match theme.value() {
        Some(value) => {
            let _ = root.map(|root| root.set_attribute("data-theme", value));
            storage.map(|storage| storage.set_item(STORAGE_KEY, value))
        }
        None => {
            let _ = root.map(|root| root.remove_attribute("data-theme"));
            storage.map(|storage| storage.remove_item(STORAGE_KEY))
        }
    };
}

#[cfg(test)]
mod tests {
    use super::Theme;

    #[test]
    fn a_remembered_theme_is_recognised_and_anything_else_follows_the_system() {
        for theme in Theme::ALL {
            assert_eq!(Theme::of_value(theme.value()), theme);
        }
        assert_eq!(Theme::of_value(Some("neon")), Theme::System);
    }
}
