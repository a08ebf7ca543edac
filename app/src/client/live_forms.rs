//! What forms do when they are sent: ask the server, show its answer beside the fields, and go on.

use leptos::task::spawn_local;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use serde_json::{Map, Value};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Document, Element, Event, EventTarget, HtmlElement, HtmlFormElement, HtmlInputElement};

use super::fingerprint::fingerprint;
use super::http::{self, Failure};
use crate::components::theme_switch::apply_word;

/// Makes every form with an empty `data-live` work, in code of its own that is loaded by the first call.
///
/// # Errors
/// [`SplitLoaderError`] when the code can't be loaded.
#[wasm_split(forms, wasm_split_path = leptos::wasm_split, fallible)]
pub(crate) fn bind_forms() -> Result<(), SplitLoaderError> {
    let Some(document) = document() else { return Ok(()) };
    if let Some(window) = web_sys::window() {
        on(&window, "pageshow", |_| wake());
    }
    for button in all::<HtmlElement>(&document, "[data-reveal]") {
        on(&button.clone(), "click", move |_| reveal(&button));
    }
    for form in all::<HtmlFormElement>(&document, "form[data-live='']") {
        for field in all_in::<HtmlInputElement>(&form, "[data-fingerprint]") {
            field.set_value(&fingerprint().unwrap_or_default());
        }
        let sent = form.clone();
        on(&form, "submit", move |event| {
            event.prevent_default();
            send(&sent);
        });
        let early = form.has_attribute("data-early");
        // From here on the document's head leaves it alone.
        let _ = form.remove_attribute("data-live").and_then(|()| form.remove_attribute("data-early"));
        if early {
            send(&form);
        }
    }
    Ok(())
}

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

fn all<T: JsCast>(document: &Document, selector: &str) -> Vec<T> {
    let found = document.query_selector_all(selector).ok();
    found.map(items).unwrap_or_default()
}

fn all_in<T: JsCast>(element: &Element, selector: &str) -> Vec<T> {
    let found = element.query_selector_all(selector).ok();
    found.map(items).unwrap_or_default()
}

fn items<T: JsCast>(list: web_sys::NodeList) -> Vec<T> {
    // A list or a button among the fields has the same properties as far as they are used here.
    (0..list.length()).filter_map(|place| list.item(place)).map(JsCast::unchecked_into).collect()
}

/// Listens for as long as the page lives.
fn on(target: &EventTarget, event: &str, act: impl FnMut(Event) + 'static) {
    let act = Closure::<dyn FnMut(Event)>::new(act);
    // It fails only without a listener, and there is one.
    let _ = target.add_event_listener_with_callback(event, act.as_ref().unchecked_ref());
    act.forget();
}

/// Lets forms be sent again on a page that was left and that the browser shows again as it was.
fn wake() {
    let Some(document) = document() else { return };
    for form in all::<HtmlFormElement>(&document, "form[aria-busy]") {
        let _ = form.remove_attribute("aria-busy");
    }
}

/// Shows a password, or hides it again.
fn reveal(button: &HtmlElement) {
    let id = button.get_attribute("data-reveal").unwrap_or_default();
    let Some(field) = document().and_then(|document| document.get_element_by_id(&id)) else { return };
    let field: HtmlInputElement = field.unchecked_into();
    let shown = field.type_() == "text";
    field.set_type(if shown { "password" } else { "text" });
    // The name says what the button does, pressed or not.
    let _ = button.set_attribute("aria-pressed", if shown { "false" } else { "true" });
}

fn send(form: &HtmlFormElement) {
    if form.has_attribute("aria-busy") {
        return;
    }
    clear(form);
    let fields = all_in::<HtmlInputElement>(form, "[name]");
    let missing = fields.iter().find(|field| is_missing(field));
    if let Some(field) = missing {
        return fail_at(form, field, "Please fill this in.");
    }
    let body = Value::Object(body(&fields)).to_string();
    let form = form.clone();
    let _ = form.set_attribute("aria-busy", "true");
    spawn_local(async move {
        match ask(&form, &body).await {
            Ok(answer) => done(&form, &answer, &body),
            Err(failure) => failed(&form, &failure),
        }
    });
}

/// The request, and the one after it.
async fn ask(form: &HtmlFormElement, body: &str) -> Result<Value, Failure> {
    let method = form.get_attribute("data-method").unwrap_or_default();
    let action = form.get_attribute("action").unwrap_or_default();
    // What was done is done; only what came after it is asked again.
    let asks_again = form.has_attribute("data-half-done");
    let answer = match asks_again {
        true => Value::Null,
        false => {
            serde_json::from_str(&http::send(&method, &action, Some(body)).await?.body).unwrap_or_default()
        }
    };
    if let Some(then) = form.get_attribute("data-then")
        && let Err(mut failure) = http::send("POST", &then, None).await
    {
        let half_done = form.get_attribute("data-half-done-note").unwrap_or_default();
        settle_first_half(form);
        failure.detail = format!("{half_done} {}", failure.detail);
        failure.field = None;
        return Err(failure);
    }
    Ok(answer)
}

/// The first of two requests is done: its fields are not asked for again.
fn settle_first_half(form: &HtmlFormElement) {
    let _ = form.set_attribute("data-half-done", "");
    for field in all_in::<HtmlElement>(form, ".field") {
        field.set_hidden(true);
    }
    if let (Ok(Some(button)), Some(label)) =
        (form.query_selector("[type=submit]"), form.get_attribute("data-half-done-button"))
    {
        button.set_text_content(Some(&label));
    }
}

fn is_missing(field: &HtmlInputElement) -> bool {
    let typed = matches!(field.type_().as_str(), "text" | "email" | "password");
    typed && !field.has_attribute("data-optional") && field.value().is_empty()
}

fn body(fields: &[HtmlInputElement]) -> Map<String, Value> {
    let mut body = Map::new();
    for field in fields {
        let value = match field.type_().as_str() {
            "radio" if !field.checked() => continue,
            "checkbox" => Value::Bool(field.checked()),
            _ if field.has_attribute("data-flag") => Value::Bool(true),
            _ => Value::String(field.value()),
        };
        body.insert(field.name(), value);
    }
    body
}

fn done(form: &HtmlFormElement, answer: &Value, sent: &str) {
    if let Some(next) = form.get_attribute("data-next") {
        if let Some(window) = web_sys::window() {
            // The form stays busy until the page is gone.
            let _ = window.location().assign(&filled(&next, answer));
        }
        return;
    }
    let _ = form.remove_attribute("aria-busy");
    say(form, "[data-done-note]", &form.get_attribute("data-done").unwrap_or_default());
    for field in all_in::<HtmlInputElement>(form, "[autocomplete$=password]") {
        field.set_value("");
    }
    let sent: Value = serde_json::from_str(sent).unwrap_or_default();
    if let Some(theme) = sent["theme"].as_str() {
        apply_word(theme);
    }
    if let (Some(name), Some(document)) =
        (answer["user"]["name"].as_str().filter(|name| !name.is_empty()), document())
    {
        for shown in all::<HtmlElement>(&document, "[data-user-name]") {
            shown.set_text_content(Some(name));
        }
    }
}

/// The address with the answer's texts in the places of their names.
fn filled(next: &str, answer: &Value) -> String {
    let texts = answer.as_object().into_iter().flatten();
    texts
        .filter_map(|(name, value)| Some((name, value.as_str()?)))
        .fold(next.to_owned(), |next, (name, value)| next.replace(&format!("{{{name}}}"), value))
}

fn failed(form: &HtmlFormElement, failure: &Failure) {
    let _ = form.remove_attribute("aria-busy");
    let fields = all_in::<HtmlInputElement>(form, "[name]");
    let at = failure.field.as_ref().and_then(|name| fields.iter().find(|field| field.name() == *name));
    match at.filter(|field| field.type_() != "hidden") {
        Some(field) => fail_at(form, field, &failure.detail),
        None => say(form, "[data-problem]", &failure.detail),
    }
}

/// Shows what is wrong beside the field, and goes there.
fn fail_at(form: &HtmlFormElement, field: &HtmlInputElement, text: &str) {
    let _ = field.set_attribute("aria-invalid", "true");
    say(form, &format!("[data-error-for='{}']", field.name()), text);
    let _ = field.focus();
}

fn clear(form: &HtmlFormElement) {
    for field in all_in::<HtmlInputElement>(form, "[aria-invalid]") {
        let _ = field.remove_attribute("aria-invalid");
    }
    for note in all_in::<HtmlElement>(form, "[data-error-for], [data-problem], [data-done-note]") {
        note.set_text_content(None);
    }
}

fn say(form: &HtmlFormElement, place: &str, text: &str) {
    if let Ok(Some(place)) = form.query_selector(place) {
        place.set_text_content(Some(text));
    }
}

#[cfg(test)]
mod tests {
    use super::filled;
    use serde_json::json;

    /// D1
    #[test]
    fn the_way_on_is_filled_with_the_answers_texts() {
        let answer = json!({ "session_id": "0190-7", "warm": true });
        assert_eq!(filled("/sessions/{session_id}", &answer), "/sessions/0190-7");
        assert_eq!(filled("/projects", &answer), "/projects");
    }
}
