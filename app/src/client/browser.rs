//! Small questions to the browser, and timers that stop when they are dropped.

use domain::Timestamp;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// What this browser's clock shows.
pub(crate) fn local_time() -> Timestamp {
    #[expect(clippy::cast_possible_truncation, reason = "a date in milliseconds fits by far")]
    Timestamp::from_unix_ms(js_sys::Date::now() as i64)
}

/// Whether the tab is in front.
pub(crate) fn is_visible() -> bool {
    web_sys::window().and_then(|window| window.document()).is_some_and(|document| !document.hidden())
}

/// Whether the primary pointer is a mouse or a trackpad, so that focusing a text field opens no on-screen keyboard.
pub(crate) fn has_fine_pointer() -> bool {
    web_sys::window()
        .and_then(|window| window.match_media("(pointer: fine)").ok().flatten())
        .is_some_and(|query| query.matches())
}

/// The document's root element.
pub(crate) fn root() -> Option<web_sys::Element> {
    web_sys::window()?.document()?.document_element()
}

/// Something that happens again and again until it is dropped.
pub(crate) struct Ticker {
    id: i32,
    _work: Closure<dyn FnMut()>,
}

impl Ticker {
    /// Does `work` every `period_ms` milliseconds.
    pub(crate) fn every(period_ms: i32, work: impl FnMut() + 'static) -> Option<Self> {
        let work = Closure::<dyn FnMut()>::new(work);
        let id = web_sys::window()?
            .set_interval_with_callback_and_timeout_and_arguments_0(work.as_ref().unchecked_ref(), period_ms)
            .ok()?;
        Some(Self { id, _work: work })
    }
}

impl Drop for Ticker {
    fn drop(&mut self) {
        if let Some(window) = web_sys::window() {
            window.clear_interval_with_handle(self.id);
        }
    }
}

/// Does `work` once, after `delay_ms` milliseconds.
pub(crate) fn after(delay_ms: i32, work: impl FnOnce() + 'static) {
    let work = Closure::once_into_js(work);
    if let Some(window) = web_sys::window() {
        // Without timers there is no page to be late on.
        let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(work.unchecked_ref(), delay_ms);
    }
}

/// Lets the page draw and react, then goes on.
pub(crate) async fn next_task() {
    let waited = js_sys::Promise::new(&mut |resolve, _| {
        after(0, move || {
            let _ = resolve.call0(&wasm_bindgen::JsValue::NULL);
        });
    });
    // It is never refused.
    let _ = wasm_bindgen_futures::JsFuture::from(waited).await;
}
