//! Giving a file a name, in its place in the tree.

use domain::WorkspacePath;
use leptos::html;
use leptos::prelude::*;

use super::actions::{create, rename};
use crate::wording::tree::parent;
use crate::workspace::desk::Desk;

/// What is being given a name.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Naming {
    /// A new file in this folder; empty for the workspace.
    New {
        /// The folder.
        folder: String,
    },
    /// What is at this path.
    Rename {
        /// Where it is.
        path: String,
    },
}

impl Naming {
    /// What the field holds at first.
    fn begin(&self) -> &str {
        match self {
            Self::New { .. } => "",
            Self::Rename { path } => path.rsplit('/').next().unwrap_or(path),
        }
    }

    /// The path that a name makes. A slash in it leads into folders, which are made as needed.
    fn path(&self, name: &str) -> Result<WorkspacePath, String> {
        let folder = match self {
            Self::New { folder } => folder,
            Self::Rename { path } => parent(path),
        };
        let name = name.trim();
        let path = if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
        path.parse().map_err(|error: domain::PathError| format!("Not a name for a file: {error}."))
    }
}

/// The field. Enter gives the name, Escape leaves things as they were.
#[component]
pub(super) fn NameField(
    /// The page.
    desk: Desk,
    /// What is being given a name.
    naming: Naming,
) -> impl IntoView {
    let field = NodeRef::<html::Input>::new();
    let wrong = RwSignal::new(None::<String>);
    let begin = naming.begin().to_owned();
    let stem_chars = begin.rfind('.').filter(|dot| *dot > 0).unwrap_or(begin.len());
    field.on_load(move |field| {
        let _ = field.focus();
        // The ending mostly stays.
        let _ = field.set_selection_range(0, u32::try_from(stem_chars).unwrap_or(0));
    });
    let done = move || desk.files.naming.set(None);
    let given = StoredValue::new(naming);
    let give = move || {
        let Some(name) = field.get_untracked().map(|field| field.value()) else { return };
        let naming = given.get_value();
        if name.trim().is_empty() || name == naming.begin() {
            return done();
        }
        match naming.path(&name) {
            Err(why) => wrong.set(Some(why)),
            Ok(path) if desk.files.entry(path.as_str()).is_some() => {
                wrong.set(Some(format!("{path} is there already.")));
            }
            Ok(path) => {
                done();
                match naming {
                    Naming::New { .. } => create(desk, path),
                    Naming::Rename { path: from } => rename(desk, &from, &path),
                }
            }
        }
    };
    view! {
        <div class="name-field">
            <input
                type="text"
                aria-label="Name"
                aria-invalid=move || wrong.with(Option::is_some).to_string()
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                value=begin
                node_ref=field
                on:blur=move |_| done()
                on:keydown=move |event| {
                    event.stop_propagation();
                    match event.key().as_str() {
                        "Enter" => give(),
                        "Escape" => done(),
                        _ => {}
                    }
                }
            />
            <p role="alert">{wrong}</p>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// D5
    #[test]
    fn a_name_becomes_a_path_in_its_folder() {
        let new = Naming::New { folder: "src".into() };
        assert_eq!(new.path(" a.css ").unwrap().as_str(), "src/a.css");
        assert_eq!(new.path("parts/a.css").unwrap().as_str(), "src/parts/a.css");
        assert!(new.path("../a.css").is_err());
        let rename = Naming::Rename { path: "src/App.jsx".into() };
        assert_eq!(rename.begin(), "App.jsx");
        assert_eq!(rename.path("Main.jsx").unwrap().as_str(), "src/Main.jsx");
    }
}
