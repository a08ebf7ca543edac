//! Marks the document once every island before it is live.

use leptos::prelude::*;

use crate::client::browser::root;

/// Sets `data-hydrated` on `<html>`. Islands come alive in the order of the document, so it stands last; tests wait for
/// the mark, and clicks before it are remembered for the demo button.
#[island]
pub fn HydratedMark() -> impl IntoView {
    Effect::new(|_| {
        if let Some(root) = root() {
            // An attribute name that is valid can't be refused.
            let _ = root.set_attribute("data-hydrated", "");
        }
    });
}
