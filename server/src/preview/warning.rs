//! The page that a preview's visitors see first, and what its buttons do. These are the only addresses of ours on a preview's
//! origin, all below `/.sandglass/`.

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse as _, Response};
use domain::Standing;
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

const PAGE: &str = include_str!("warning.html");

/// What is ours on a preview's origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ours {
    /// The visitor was told and goes on.
    Visit,
    /// The visitor reports the preview.
    Report,
    /// Nothing that there is.
    Nothing,
}

/// What a request asks of us; `None` when it is the sandbox's.
pub(super) fn ours(request: &Request) -> Option<Ours> {
    let rest = request.uri().path().strip_prefix("/.sandglass/")?;
    Some(match (request.method(), rest) {
        (&Method::POST, "visit") if is_from_own_page(request.headers()) => Ours::Visit,
        (&Method::POST, "report") if is_from_own_page(request.headers()) => Ours::Report,
        _ => Ours::Nothing,
    })
}

/// Whether a page of the preview's own origin asks, such as the warning. Otherwise another site could press its buttons.
fn is_from_own_page(headers: &HeaderMap) -> bool {
    if let Some(site) = headers.get("sec-fetch-site") {
        return site.as_bytes() == b"same-origin";
    }
    let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    text(header::ORIGIN)
        .is_none_or(|origin| origin.split_once("://").map(|(_, host)| host) == text(header::HOST))
}

/// The name of the cookie by which a browser is known whose visitor was warned.
pub(super) const fn cookie_name(secure: bool) -> &'static str {
    if secure { "__Host-sandglass_visit" } else { "sandglass_visit" }
}

/// Tells what this is.
pub(super) fn page(standing: Standing, uri: &Uri) -> Response {
    let (title, what) = match standing {
        Standing::Good => (
            "Demo preview",
            "Somebody made this page in a live demo, in a few minutes and without an account. It runs in a sandbox and is \
             gone when the demo ends. Nobody has checked it.",
        ),
        Standing::Flagged | Standing::Closed => (
            "This demo preview may be a trap",
            "Somebody made this page in a live demo, and it looks like one that asks people for their secrets in somebody \
             else's name. It belongs to none of the companies it may name.",
        ),
    };
    let to = uri.path_and_query().map_or("/", |path| path.as_str());
    let to = utf8_percent_encode(to, NON_ALPHANUMERIC).to_string();
    let page = PAGE.replace("{title}", title).replace("{what}", what).replace("{to}", &to);
    guarded(StatusCode::OK, page)
}

/// Thanks for a report.
pub(super) fn thanks() -> Response {
    let page = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Thank you</title>\
                <p>Thank you. Somebody will look at this preview. You can close this page.</p></html>";
    guarded(StatusCode::OK, page.to_owned())
}

/// The cookie that holds a pass, for this name only and out of scripts' reach.
pub(super) fn cookie(pass: &str, remaining_seconds: u64, secure: bool) -> Option<HeaderValue> {
    let name = cookie_name(secure);
    let secure = if secure { "; Secure" } else { "" };
    let cookie =
        format!("{name}={pass}; Path=/; HttpOnly; SameSite=Lax; Max-Age={remaining_seconds}{secure}");
    HeaderValue::from_str(&cookie).ok()
}

/// Lets a warned visitor in, to where they wanted to go.
pub(super) fn let_in(uri: &Uri, pass: Option<HeaderValue>) -> Response {
    let wanted = HeaderValue::from_str(&wanted(uri)).unwrap_or(HeaderValue::from_static("/"));
    let mut response = StatusCode::SEE_OTHER.into_response();
    let headers = response.headers_mut();
    headers.insert(header::LOCATION, wanted);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.extend(pass.map(|pass| (header::SET_COOKIE, pass)));
    response
}

/// The path that `to` names, on this origin and no other.
fn wanted(uri: &Uri) -> String {
    let to = uri.query().and_then(|query| query.split('&').find_map(|pair| pair.strip_prefix("to=")));
    let to = percent_decode_str(to.unwrap_or_default()).decode_utf8_lossy().into_owned();
    let is_path =
        to.starts_with('/') && !to[1..].starts_with(['/', '\\']) && !to.chars().any(char::is_control);
    if is_path { to } else { "/".to_owned() }
}

fn guarded(status: StatusCode, page: String) -> Response {
    let policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    let headers = [
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy)),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (status, headers, Html(page)).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// J2: the way on stays on the preview's origin, whatever the link says.
    #[test]
    fn going_on_leads_nowhere_else() {
        let wanted = |to: &str| {
            let to = utf8_percent_encode(to, NON_ALPHANUMERIC);
            wanted(&format!("/.sandglass/visit?to={to}").parse().unwrap())
        };
        assert_eq!(wanted("/a?b=c"), "/a?b=c");
        for elsewhere in
            ["", "//evil.example", "/\\evil.example", "https://evil.example", "/a\r\nSet-Cookie: x=1"]
        {
            assert_eq!(wanted(elsewhere), "/", "{elsewhere}");
        }
    }

    /// J2: what the address holds is never part of the warning's markup.
    #[tokio::test]
    async fn an_address_does_not_get_into_the_page() {
        let uri =
            "/\"'><script>alert(1)</script>".replace('<', "%3C").replace('>', "%3E").replace('"', "%22");
        let page = page(Standing::Good, &uri.parse().unwrap());
        let body = axum::body::to_bytes(page.into_body(), 100_000).await.unwrap();
        let text = String::from_utf8_lossy(&body);
        assert!(!text.contains("script") || !text.contains("alert(1)"), "{text}");
        assert!(text.contains("Demo preview") && text.contains("Go on") && text.contains("Report"));
    }
}
