//! The page that a preview's visitors see first, and what its buttons do. These are the only addresses of ours on a preview's
//! origin, all below `/.sandglass/`.

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse as _, Response};
use domain::Standing;
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

const PAGE: &str = include_str!("warning.html");

/// The buttons, for those who came from elsewhere.
const BUTTONS: &str = "\
<form method=\"post\" action=\"/.sandglass/visit?to={to}&amp;ticket={ticket}\"><button>Go on</button></form>
<form method=\"post\" action=\"/.sandglass/report?to={to}&amp;ticket={ticket}\"><button>Report</button></form>";

/// What stands in their place when the preview itself led here.
const NO_BUTTONS: &str = "\
<p>A page of this preview led here. To go on, follow the link that you were given, or type its address.</p>";

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
        (&Method::POST, "visit") if is_pressed_on_own_page(request.headers()) => Ours::Visit,
        (&Method::POST, "report") if is_pressed_on_own_page(request.headers()) => Ours::Report,
        _ => Ours::Nothing,
    })
}

/// Whether somebody pressed a button on a page of the preview's own origin, such as the warning. Otherwise another site, or a
/// script of the preview's own, could press the warning's.
fn is_pressed_on_own_page(headers: &HeaderMap) -> bool {
    if headers.contains_key("sec-fetch-site") {
        return [
            ("sec-fetch-site", "same-origin"),
            ("sec-fetch-mode", "navigate"),
            ("sec-fetch-dest", "document"),
            ("sec-fetch-user", "?1"),
        ]
        .into_iter()
        .all(|(name, wanted)| headers.get(name).is_some_and(|value| value == wanted));
    }
    let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    text(header::ORIGIN)
        .is_none_or(|origin| origin.split_once("://").map(|(_, host)| host) == text(header::HOST))
}

/// The name of the cookie by which a browser is known whose visitor was warned.
pub(super) const fn cookie_name(secure: bool) -> &'static str {
    if secure { "__Host-sandglass_visit" } else { "sandglass_visit" }
}

/// Tells what this is. `to`: where its visitor wanted to go; `ticket`: what the buttons send along, `None` when a page of the
/// preview led here. Such a page could press them: it may have opened this one, and then reads it.
pub(super) fn page(standing: Standing, to: &str, ticket: Option<&str>) -> Response {
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
    let to = utf8_percent_encode(to, NON_ALPHANUMERIC).to_string();
    let ways = match ticket {
        Some(ticket) => BUTTONS.replace("{to}", &to).replace("{ticket}", ticket),
        None => NO_BUTTONS.to_owned(),
    };
    let page = PAGE.replace("{title}", title).replace("{what}", what).replace("{ways}", &ways);
    let mut response = guarded(StatusCode::OK, page);
    if ticket.is_some() {
        // Whoever opened it, by however many detours, gets no hold of it. Frames of ours are sandboxed, and a sandboxed
        // frame's popups can't show a page with this header: another reason to leave it out where there is nothing to press.
        let alone = HeaderValue::from_static("same-origin");
        response.headers_mut().insert("cross-origin-opener-policy", alone);
    }
    response
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
pub(super) fn let_in(to: &str, pass: Option<HeaderValue>) -> Response {
    let wanted = HeaderValue::from_str(to).unwrap_or(HeaderValue::from_static("/"));
    let mut response = StatusCode::SEE_OTHER.into_response();
    let headers = response.headers_mut();
    headers.insert(header::LOCATION, wanted);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.extend(pass.map(|pass| (header::SET_COOKIE, pass)));
    response
}

/// The ticket that a button sent along.
pub(super) fn ticket(uri: &Uri) -> &str {
    said(uri, "ticket=").unwrap_or_default()
}

fn said<'uri>(uri: &'uri Uri, name: &str) -> Option<&'uri str> {
    uri.query()?.split('&').find_map(|pair| pair.strip_prefix(name))
}

/// The path that `to` names, on this origin and no other.
pub(super) fn wanted(uri: &Uri) -> String {
    let to = said(uri, "to=");
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

    /// J2: a script of the preview's own presses no button, nor does a page that nobody touched.
    #[test]
    fn only_a_person_on_a_page_of_its_own_presses_a_button() {
        let pressed = |site: &str, mode: &str, dest: &str, user: &str| {
            let said = [("sec-fetch-site", site), ("sec-fetch-mode", mode), ("sec-fetch-dest", dest)];
            let mut headers = HeaderMap::new();
            for (name, value) in said.into_iter().chain([("sec-fetch-user", user)]) {
                headers.insert(name, value.parse().unwrap());
            }
            is_pressed_on_own_page(&headers)
        };
        assert!(pressed("same-origin", "navigate", "document", "?1"));
        assert!(!pressed("same-origin", "navigate", "document", ""), "a form that a script sends");
        assert!(!pressed("same-origin", "cors", "empty", "?1"), "a script's call");
        assert!(!pressed("same-origin", "navigate", "iframe", "?1"));
        for other in ["same-site", "cross-site", "none"] {
            assert!(!pressed(other, "navigate", "document", "?1"), "{other}");
        }
    }

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
        let page = page(Standing::Good, &uri, Some("ticket"));
        let body = axum::body::to_bytes(page.into_body(), 100_000).await.unwrap();
        let text = String::from_utf8_lossy(&body);
        assert!(!text.contains("script") || !text.contains("alert(1)"), "{text}");
        assert!(text.contains("Demo preview") && text.contains("Go on") && text.contains("Report"));
    }
}
