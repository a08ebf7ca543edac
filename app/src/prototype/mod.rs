//! The prototype of `/try`: its opening, the conversation and the preview (B).
//!
//! None of this is in what other pages load: it comes with `/try`. The form on top of the page is the server's plain HTML; this
//! room listens to it (`form`) and draws what comes after.

mod body;
mod form;
mod header;
mod history;
mod stage;

use domain::SessionId;
use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use web_sys::HtmlElement;

use crate::PrototypeFacts;
use body::Body;

/// What the page gives the prototype.
#[derive(Clone, Copy)]
pub(crate) struct PrototypeProps {
    /// The rules, and what can be built on.
    pub(crate) facts: StoredValue<PrototypeFacts>,
    /// The agent: what it is called, and what it can't do.
    pub(crate) agent: StoredValue<(String, String)>,
    /// Whether one can sign up here.
    pub(crate) takes_sign_ups: bool,
    /// The session that the address names.
    pub(crate) held: Option<SessionId>,
}

/// The same as the page carries it: its text is read here, so that no other page loads what reads it.
pub(crate) struct Given {
    /// The rules and the agent, as JSON.
    pub(crate) facts: String,
    /// Whether one can sign up here.
    pub(crate) takes_sign_ups: bool,
    /// The session that the address names.
    pub(crate) held: Option<SessionId>,
}

/// Makes the form work, and puts what it opens into `place`, for as long as the page lives.
///
/// # Errors
/// [`SplitLoaderError`] when the code can't be loaded.
#[wasm_split(prototype, wasm_split_path = leptos::wasm_split, fallible)]
pub(crate) fn mount_prototype(place: HtmlElement, given: Given) -> Result<(), SplitLoaderError> {
    let (facts, agent) = serde_json::from_str(&given.facts).expect("the page is of the same build");
    let props = PrototypeProps {
        facts: StoredValue::new(facts),
        agent: StoredValue::new(agent),
        takes_sign_ups: given.takes_sign_ups,
        held: given.held,
    };
    mount_to(place, move || view! { <Body props /> }).forget();
    Ok(())
}
