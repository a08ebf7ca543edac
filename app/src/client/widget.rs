//! The widget of a hosted challenge: loaded from its service when one is asked for, and never before (B4).

use domain::wire::ChallengeJson;
use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlElement, HtmlScriptElement};

use super::http::Failure;

/// Whose widget.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Service {
    /// Cloudflare Turnstile.
    Turnstile,
    /// hCaptcha.
    Hcaptcha,
}

impl Service {
    /// Its script; both draw nothing until they are told where.
    const fn script(self) -> &'static str {
        match self {
            Self::Turnstile => "https://challenges.cloudflare.com/turnstile/v0/api.js?render=explicit",
            Self::Hcaptcha => "https://js.hcaptcha.com/1/api.js?render=explicit",
        }
    }

    /// What its script defines. Both have `render(place, {sitekey, action, callback, "error-callback"})`.
    const fn global(self) -> &'static str {
        match self {
            Self::Turnstile => "turnstile",
            Self::Hcaptcha => "hcaptcha",
        }
    }
}

/// Shows the widget in `place`; gives what it says once it is content with the visitor.
///
/// # Errors
/// [`Failure`] when the service can't be reached or gives up.
pub(crate) async fn response(
    service: Service,
    site_key: &str,
    place: &HtmlElement,
) -> Result<String, Failure> {
    let told = async {
        load(service).await?;
        let widget = Reflect::get(&js_sys::global(), &service.global().into())?;
        JsFuture::from(rendered(&widget, site_key, place)).await
    };
    told.await.ok().and_then(|text| text.as_string()).ok_or_else(unavailable)
}

fn unavailable() -> Failure {
    Failure {
        status: 0,
        detail:
            "The check that this page needs could not be done. A content blocker may keep it away. Try again."
                .into(),
        retry_after_seconds: None,
        field: None,
    }
}

/// Loads the service's script, once.
async fn load(service: Service) -> Result<(), JsValue> {
    if Reflect::has(&js_sys::global(), &service.global().into())? {
        return Ok(());
    }
    let document = web_sys::window().and_then(|window| window.document()).ok_or(JsValue::NULL)?;
    let script: HtmlScriptElement = document.create_element("script")?.unchecked_into();
    script.set_src(service.script());
    let arrived = Promise::new(&mut |resolve, reject| {
        script.set_onload(Some(&resolve));
        script.set_onerror(Some(&reject));
    });
    document.head().ok_or(JsValue::NULL)?.append_child(&script)?;
    JsFuture::from(arrived).await.map(drop)
}

/// Lets the service draw its widget.
fn rendered(widget: &JsValue, site_key: &str, place: &HtmlElement) -> Promise {
    Promise::new(&mut |resolve, reject| {
        // The service calls one of the two, and maybe again when its answer has grown old.
        let gave_up = reject.clone();
        let failed = Closure::<dyn FnMut(JsValue)>::new(move |why: JsValue| {
            let _ = gave_up.call1(&JsValue::NULL, &why);
        });
        let options = Object::new();
        let entries: [(&str, &JsValue); 4] = [
            ("sitekey", &site_key.into()),
            ("action", &ChallengeJson::ACTION.into()),
            ("callback", resolve.as_ref()),
            ("error-callback", failed.as_ref()),
        ];
        let set = entries
            .iter()
            .try_for_each(|(name, value)| Reflect::set(&options, &(*name).into(), value).map(drop));
        let drawn = set.and_then(|()| {
            let render: Function = Reflect::get(widget, &"render".into())?.dyn_into()?;
            render.call2(widget, place, &options)
        });
        failed.forget();
        if let Err(why) = drawn {
            let _ = reject.call1(&JsValue::NULL, &why);
        }
    })
}
