//! The form that the server rendered: which framework, and what to ask first.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlElement, HtmlFormElement, HtmlInputElement, HtmlTextAreaElement};

/// What somebody wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wish {
    /// What to build on.
    pub(super) template: String,
    /// What to ask once the app runs; empty when nothing.
    pub(super) prompt: String,
}

/// Calls `start` whenever the form is sent; also for the time before this code was here.
pub(super) fn listen(start: impl Fn(Wish) + Copy + Send + Sync + 'static) {
    let document = document();
    let Some(form) = form(&document) else { return };
    window_event_listener(ev::submit, move |event| {
        if is_the_form(event.target()) {
            event.prevent_default();
            start(wish());
        }
    });
    window_event_listener(ev::change, move |event| {
        if let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok())
            && input.name() == "framework"
        {
            show_chips_of(&input.value());
        }
    });
    window_event_listener(ev::click, move |event| {
        let target = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
        if let Some(chip) = target.filter(|target| target.has_attribute("data-chip"))
            && let Some(field) = field(&leptos::prelude::document())
        {
            field.set_value(chip.text_content().unwrap_or_default().trim());
            let _ = field.focus();
        }
    });
    let early = form.has_attribute("data-early");
    // From here on the document's head leaves it alone.
    let _ = form.remove_attribute("data-live").and_then(|()| form.remove_attribute("data-early"));
    show_chips_of(&wish().template);
    if early {
        start(wish());
    }
}

/// Shows what was opened in the form's place, or the form again.
pub(super) fn hide(hidden: bool) {
    if let Some(page) = document().get_element_by_id("try") {
        let _ = page.class_list().toggle_with_force("is-open", hidden);
    }
}

fn form(document: &Document) -> Option<HtmlFormElement> {
    document.get_element_by_id("try-form")?.dyn_into().ok()
}

fn field(document: &Document) -> Option<HtmlTextAreaElement> {
    document.get_element_by_id("try-prompt")?.dyn_into().ok()
}

fn is_the_form(target: Option<web_sys::EventTarget>) -> bool {
    target
        .and_then(|target| target.dyn_into::<Element>().ok())
        .is_some_and(|element| element.id() == "try-form")
}

/// What the form says now. A browser that comes back to the page may have filled it in by itself.
pub(super) fn wish() -> Wish {
    let document = document();
    let chosen = document.query_selector("#try-form [name=framework]:checked").ok().flatten();
    let template =
        chosen.and_then(|input| input.dyn_into::<HtmlInputElement>().ok()).map(|input| input.value());
    let prompt = field(&document).map(|field| field.value()).unwrap_or_default();
    Wish { template: template.unwrap_or_default(), prompt: prompt.trim().to_owned() }
}

fn show_chips_of(template: &str) {
    let Ok(lists) = document().query_selector_all("#try-form [data-for]") else { return };
    for place in 0..lists.length() {
        if let Some(list) = lists.item(place).and_then(|list| list.dyn_into::<HtmlElement>().ok()) {
            list.set_hidden(list.get_attribute("data-for").as_deref() != Some(template));
        }
    }
}
