//! One request to our own server, and its answer.

use domain::Timestamp;
use domain::wire::Problem;
use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Request, RequestInit, Response};

/// A request that has no answer after this many milliseconds is given up.
const ANSWER_MS_MAX: u32 = 20_000;

/// What the client has is still true.
pub(crate) const NOT_MODIFIED: u16 = 304;

/// A good answer.
#[derive(Clone)]
pub(crate) struct Reply {
    /// Its body.
    pub(crate) body: String,
    /// The server's time when it answered, cut to the second.
    pub(crate) server_time: Option<Timestamp>,
}

/// Why there is no good answer, in words for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Failure {
    /// The HTTP status; 0 when the server was not reached.
    pub(crate) status: u16,
    /// What happened and what to do.
    pub(crate) detail: String,
    /// Seconds until it may work.
    pub(crate) retry_after_seconds: Option<u64>,
    /// Which field of the request is at fault.
    pub(crate) field: Option<String>,
}

impl Failure {
    /// The server was not reached, or did not answer in time.
    pub(super) fn unreachable() -> Self {
        Self {
            status: 0,
            detail: "The server could not be reached. Check your connection and try again.".into(),
            retry_after_seconds: None,
            field: None,
        }
    }

    /// The server answered something that this page can't read.
    pub(crate) fn unreadable(status: u16) -> Self {
        Self {
            status,
            detail: "The server gave an answer this page does not understand. Reload the page and try again."
                .into(),
            retry_after_seconds: None,
            field: None,
        }
    }

    /// What an error answer says: its problem document, or that there was none.
    fn from_answer(status: u16, body: &str, retry_after: Option<&str>) -> Self {
        let stated = retry_after.and_then(|seconds| seconds.parse().ok());
        match serde_json::from_str::<Problem>(body) {
            Ok(problem) => Self {
                status,
                detail: problem.detail,
                retry_after_seconds: problem.retry_after_seconds.or(stated),
                field: problem.field,
            },
            Err(_) => Self { retry_after_seconds: stated, ..Self::unreadable(status) },
        }
    }

    /// Whether the server says that what was asked for is not there, or not ours, any more.
    pub(crate) const fn is_gone(&self) -> bool {
        matches!(self.status, 401 | 403 | 404 | 410)
    }
}

/// Sends a request with an optional JSON body. It outlives the page, so that closing a tab still releases a sandbox.
///
/// # Errors
/// [`Failure`] when the server can't be reached or answers with an error.
pub(crate) async fn send(method: &str, url: &str, json: Option<&str>) -> Result<Reply, Failure> {
    let response = fetch(method, url, json).await.map_err(|_| Failure::unreachable())?;
    let header = |name| response.headers().get(name).ok().flatten();
    let body = body_of(&response).await.map_err(|_| Failure::unreachable())?;
    if !response.ok() {
        let retry_after = header("retry-after");
        return Err(Failure::from_answer(response.status(), &body, retry_after.as_deref()));
    }
    let server_time = header("date").and_then(|date| http_date(&date));
    Ok(Reply { body, server_time })
}

/// A good answer in bytes, or that there is nothing new.
pub(crate) struct BytesReply {
    /// 304 when what the client has is still true.
    pub(crate) status: u16,
    /// What names this content.
    pub(crate) etag: Option<String>,
    /// Its body.
    pub(crate) bytes: Vec<u8>,
}

/// Sends and fetches bytes: contents of files, of any size the server takes.
///
/// # Errors
/// [`Failure`] when the server can't be reached or answers with an error.
pub(crate) async fn exchange(
    method: &str,
    url: &str,
    headers: &[(&str, &str)],
    body: Option<&JsValue>,
) -> Result<BytesReply, Failure> {
    let init = RequestInit::new();
    init.set_method(method);
    init.set_signal(Some(&AbortSignal::timeout_with_u32(ANSWER_MS_MAX)));
    if let Some(body) = body {
        init.set_body(body);
    }
    let response = ask(url, &init, headers).await.map_err(|_| Failure::unreachable())?;
    let header = |name| response.headers().get(name).ok().flatten();
    let status = response.status();
    if !response.ok() && status != NOT_MODIFIED {
        let text = body_of(&response).await.map_err(|_| Failure::unreachable())?;
        return Err(Failure::from_answer(status, &text, header("retry-after").as_deref()));
    }
    let bytes = bytes_of(&response).await.map_err(|_| Failure::unreachable())?;
    Ok(BytesReply { status, etag: header("etag"), bytes })
}

async fn fetch(method: &str, url: &str, json: Option<&str>) -> Result<Response, JsValue> {
    let init = RequestInit::new();
    init.set_method(method);
    init.set_signal(Some(&AbortSignal::timeout_with_u32(ANSWER_MS_MAX)));
    if let Some(json) = json {
        init.set_body(&JsValue::from_str(json));
    }
    js_sys::Reflect::set(&init, &"keepalive".into(), &JsValue::TRUE)?;
    let headers: &[_] = if json.is_some() { &[("content-type", "application/json")] } else { &[] };
    ask(url, &init, headers).await
}

async fn ask(url: &str, init: &RequestInit, headers: &[(&str, &str)]) -> Result<Response, JsValue> {
    let request = Request::new_with_str_and_init(url, init)?;
    for (name, value) in headers {
        request.headers().set(name, value)?;
    }
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    JsFuture::from(window.fetch_with_request(&request)).await?.dyn_into()
}

async fn bytes_of(response: &Response) -> Result<Vec<u8>, JsValue> {
    let buffer = JsFuture::from(response.array_buffer()?).await?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

async fn body_of(response: &Response) -> Result<String, JsValue> {
    let text = JsFuture::from(response.text()?).await?;
    Ok(text.as_string().unwrap_or_default())
}

fn http_date(text: &str) -> Option<Timestamp> {
    let unix_ms = js_sys::Date::parse(text);
    #[expect(clippy::cast_possible_truncation, reason = "a date in milliseconds fits by far")]
    unix_ms.is_finite().then(|| Timestamp::from_unix_ms(unix_ms as i64))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A6: over a limit, the page shows the server's sentence and when it works again.
    #[test]
    fn a_problem_document_is_shown_in_its_own_words() {
        let body = r#"{"type":"/problems/rate-limited","title":"Too many demos","status":429,
            "detail":"One demo per hour. The next one is possible soon."}"#;
        let expected = Failure {
            status: 429,
            detail: "One demo per hour. The next one is possible soon.".into(),
            retry_after_seconds: Some(1_260),
            field: None,
        };
        assert_eq!(Failure::from_answer(429, body, Some("1260")), expected);
    }

    #[test]
    fn an_answer_from_something_in_between_is_not_shown_raw() {
        let failure = Failure::from_answer(502, "<html>Bad gateway</html>", None);
        assert_eq!(failure, Failure::unreadable(502));
        assert!(!failure.is_gone());
    }
}
