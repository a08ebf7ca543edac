//! Editor and terminal: JavaScript modules of their own (scripts/site/browser), loaded when somebody needs them.

use js_sys::{Object, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlElement;

#[wasm_bindgen(module = "/src/workspace/parts.js")]
extern "C" {
    #[wasm_bindgen(js_name = loadEditor, catch)]
    async fn load_editor() -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = loadTerminal, catch)]
    async fn load_terminal() -> Result<JsValue, JsValue>;
}

#[wasm_bindgen]
extern "C" {
    type EditorModule;
    #[wasm_bindgen(method, js_name = createEditor)]
    fn create_editor(this: &EditorModule, parent: &HtmlElement, options: &Object) -> EditorHandle;
    #[wasm_bindgen(method, js_name = createComparison)]
    fn create_comparison(this: &EditorModule, parent: &HtmlElement, options: &Object) -> ComparisonHandle;

    type EditorHandle;
    #[wasm_bindgen(method)]
    fn text(this: &EditorHandle) -> String;
    #[wasm_bindgen(method)]
    fn replace(this: &EditorHandle, text: &str);
    #[wasm_bindgen(method)]
    fn find(this: &EditorHandle);
    #[wasm_bindgen(method)]
    fn focus(this: &EditorHandle);
    #[wasm_bindgen(method)]
    fn destroy(this: &EditorHandle);

    type ComparisonHandle;
    #[wasm_bindgen(method)]
    fn destroy(this: &ComparisonHandle);

    type TerminalModule;
    #[wasm_bindgen(method, js_name = createTerminal)]
    fn create_terminal(this: &TerminalModule, parent: &HtmlElement, options: &Object) -> TerminalHandle;

    type TerminalHandle;
    #[wasm_bindgen(method)]
    fn write(this: &TerminalHandle, bytes: &[u8]);
    #[wasm_bindgen(method)]
    fn reset(this: &TerminalHandle);
    #[wasm_bindgen(method)]
    fn focus(this: &TerminalHandle);
    #[wasm_bindgen(method)]
    fn columns(this: &TerminalHandle) -> u32;
    #[wasm_bindgen(method)]
    fn rows(this: &TerminalHandle) -> u32;
    #[wasm_bindgen(method)]
    fn destroy(this: &TerminalHandle);
}

/// A part could not be loaded: no network, or a new version of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NotLoaded;

/// A text that is being edited. Gone when dropped.
pub(crate) struct Editor {
    handle: EditorHandle,
    _on_change: Closure<dyn FnMut()>,
    _on_save: Closure<dyn FnMut()>,
}

/// What an editor begins with.
pub(crate) struct EditorOptions<'a> {
    /// By its name the language is chosen.
    pub(crate) path: &'a str,
    /// What it holds.
    pub(crate) text: &'a str,
    /// Whether it is for reading only.
    pub(crate) read_only: bool,
}

impl Editor {
    /// An editor in `parent`.
    ///
    /// # Errors
    /// [`NotLoaded`]; trying again may help.
    pub(crate) async fn open(
        parent: &HtmlElement,
        options: EditorOptions<'_>,
        on_change: impl FnMut() + 'static,
        on_save: impl FnMut() + 'static,
    ) -> Result<Self, NotLoaded> {
        let module: EditorModule = load_editor().await.map_err(|_| NotLoaded)?.unchecked_into();
        let on_change = Closure::<dyn FnMut()>::new(on_change);
        let on_save = Closure::<dyn FnMut()>::new(on_save);
        let handle = module.create_editor(
            parent,
            &object(&[
                ("path", options.path.into()),
                ("text", options.text.into()),
                ("label", options.path.into()),
                ("nonce", nonce()),
                ("readOnly", options.read_only.into()),
                ("onChange", on_change.as_ref().clone()),
                ("onSave", on_save.as_ref().clone()),
            ]),
        );
        Ok(Self { handle, _on_change: on_change, _on_save: on_save })
    }

    /// What it holds now.
    pub(crate) fn text(&self) -> String {
        self.handle.text()
    }

    /// Puts another text in its place, as a step that can be undone.
    pub(crate) fn replace(&self, text: &str) {
        self.handle.replace(text);
    }

    /// Opens the search panel.
    pub(crate) fn find(&self) {
        self.handle.find();
    }

    /// Takes the focus.
    pub(crate) fn focus(&self) {
        self.handle.focus();
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        self.handle.destroy();
    }
}

/// Two texts, compared. Gone when dropped.
pub(crate) struct Comparison(ComparisonHandle);

impl Comparison {
    /// A comparison in `parent`.
    ///
    /// # Errors
    /// [`NotLoaded`]; trying again may help.
    pub(crate) async fn open(
        parent: &HtmlElement,
        path: &str,
        before: &str,
        after: &str,
    ) -> Result<Self, NotLoaded> {
        let module: EditorModule = load_editor().await.map_err(|_| NotLoaded)?.unchecked_into();
        let label = format!("Difference in {path}");
        Ok(Self(module.create_comparison(
            parent,
            &object(&[
                ("path", path.into()),
                ("before", before.into()),
                ("after", after.into()),
                ("label", label.into()),
                ("nonce", nonce()),
            ]),
        )))
    }
}

impl Drop for Comparison {
    fn drop(&mut self) {
        self.0.destroy();
    }
}

/// A terminal on the page. Gone when dropped.
pub(crate) struct Screen {
    handle: TerminalHandle,
    _on_input: Closure<dyn FnMut(Vec<u8>)>,
    _on_resize: Closure<dyn FnMut(u32, u32)>,
}

impl Screen {
    /// A terminal in `parent`.
    ///
    /// # Errors
    /// [`NotLoaded`]; trying again may help.
    pub(crate) async fn open(
        parent: &HtmlElement,
        label: &str,
        on_input: impl FnMut(Vec<u8>) + 'static,
        on_resize: impl FnMut(u32, u32) + 'static,
    ) -> Result<Self, NotLoaded> {
        let module: TerminalModule = load_terminal().await.map_err(|_| NotLoaded)?.unchecked_into();
        let on_input = Closure::<dyn FnMut(Vec<u8>)>::new(on_input);
        let on_resize = Closure::<dyn FnMut(u32, u32)>::new(on_resize);
        let handle = module.create_terminal(
            parent,
            &object(&[
                ("label", label.into()),
                ("nonce", nonce()),
                ("onInput", on_input.as_ref().clone()),
                ("onResize", on_resize.as_ref().clone()),
            ]),
        );
        Ok(Self { handle, _on_input: on_input, _on_resize: on_resize })
    }

    /// What a program wrote.
    pub(crate) fn write(&self, bytes: &[u8]) {
        self.handle.write(bytes);
    }

    /// Empties it, before its whole scrollback comes again.
    pub(crate) fn reset(&self) {
        self.handle.reset();
    }

    /// Takes the focus.
    pub(crate) fn focus(&self) {
        self.handle.focus();
    }

    /// Columns and rows.
    pub(crate) fn size(&self) -> (u32, u32) {
        (self.handle.columns(), self.handle.rows())
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        self.handle.destroy();
    }
}

fn object(fields: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in fields {
        // Setting a field of a plain object can't fail.
        let _ = Reflect::set(&object, &JsValue::from_str(name), value);
    }
    object
}

/// What the page's policy lets style elements in by: the nonce of the page's own scripts.
fn nonce() -> JsValue {
    let script = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.query_selector("script[nonce]").ok().flatten());
    script.and_then(|script| Reflect::get(&script, &"nonce".into()).ok()).unwrap_or_default()
}
