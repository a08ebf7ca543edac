//! What holds for every answer, and who may use the API.

use std::net::IpAddr;

use axum::extract::{Request, State};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use super::AppState;
use super::problem::ProblemResponse;

/// What no page of ours asks a visitor for.
const PERMISSIONS: &str = "camera=(), microphone=(), geolocation=(), display-capture=(), payment=(), usb=(), serial=(), \
     hid=(), midi=()";

/// Refuses what a browser asks of the API on behalf of another site's page, previews included, and every write from there:
/// the cookie would ride along.
pub(super) async fn own_pages_only(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let path = request.uri().path();
    let harmless = reads && (!path.starts_with("/api/v1/") || is_way_back(path));
    if !harmless && !is_own(request.headers(), &state.surface.origins) {
        let detail = "This request came from a page of another site, or by a name that is not this server's \
                      (server.public_origins).";
        return ProblemResponse::new(StatusCode::FORBIDDEN, "other-site", detail).into_response();
    }
    next.run(request).await
}

/// Whether somebody comes back from a provider that said who they are. What they carry shows that they went there from here.
fn is_way_back(path: &str) -> bool {
    path.strip_prefix("/api/v1/account/oidc/").is_some_and(|rest| rest.ends_with("/callback"))
}

/// Whether a page of ours sends the request, or no page at all. Browsers say which it is by `Sec-Fetch-Site`, and where they
/// don't, by `Origin`; no page can forge either.
///
/// A name that the server is not known by may be somebody else's that leads here: its pages would be of one origin with ours.
fn is_own(headers: &HeaderMap, origins: &[String]) -> bool {
    let from_page = headers.contains_key("sec-fetch-site") || headers.contains_key(header::ORIGIN);
    if from_page && !is_known(headers, origins) {
        return false;
    }
    if let Some(site) = headers.get("sec-fetch-site") {
        return matches!(site.as_bytes(), b"same-origin" | b"none");
    }
    let Some(origin) = headers.get(header::ORIGIN) else { return true };
    let Ok(origin) = origin.to_str() else { return false };
    let own_host = || headers.get(header::HOST).and_then(|host| host.to_str().ok());
    origins.iter().any(|own| own == origin)
        || origin.split_once("://").is_some_and(|(_, host)| own_host() == Some(host))
}

/// Whether `Host` names this server: an address, `localhost`, or a host of `origins`.
fn is_known(headers: &HeaderMap, origins: &[String]) -> bool {
    let Some(host) = headers.get(header::HOST).and_then(|host| host.to_str().ok()) else { return false };
    let Ok(authority) = host.parse::<Authority>() else { return false };
    let name = authority.host();
    let bare = name.trim_start_matches('[').trim_end_matches(']');
    let configured = |origin: &String| origin.split_once("://").is_some_and(|(_, own)| own == host);
    bare.parse::<IpAddr>().is_ok() || name.eq_ignore_ascii_case("localhost") || origins.iter().any(configured)
}

/// Headers that harm no answer and protect all.
pub(super) async fn headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in [
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("permissions-policy", PERMISSIONS),
        ("referrer-policy", "same-origin"),
        ("x-content-type-options", "nosniff"),
    ] {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    if !headers.contains_key(header::CONTENT_SECURITY_POLICY) {
        let nothing = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(nothing));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    /// J3
    #[test]
    fn a_page_of_another_site_is_known_by_what_its_browser_says() {
        let own = ["https://sandglass.example".to_owned()];
        let is_own = |pairs: &[(&'static str, &'static str)]| {
            let headers = pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()));
            is_own(&headers.collect(), &own)
        };
        let host = ("host", "127.0.0.1:3000");
        assert!(is_own(&[host]), "no page at all");
        assert!(is_own(&[host, ("sec-fetch-site", "same-origin")]));
        assert!(is_own(&[host, ("origin", "https://sandglass.example")]));
        assert!(is_own(&[host, ("origin", "http://127.0.0.1:3000")]));
        let rebound = ("host", "evil.example");
        assert!(is_own(&[rebound]), "no page at all");
        assert!(!is_own(&[rebound, ("sec-fetch-site", "same-origin")]));
        assert!(!is_own(&[rebound, ("origin", "http://evil.example")]));
        let own_name = ("host", "sandglass.example");
        assert!(is_own(&[own_name, ("sec-fetch-site", "same-origin")]));
        for other in ["cross-site", "same-site", ""] {
            assert!(
                !is_own(&[host, ("sec-fetch-site", other), ("origin", "http://127.0.0.1:3000")]),
                "{other}"
            );
        }
        for other in [
            "null",
            "https://evil.example",
            "http://x.preview.localhost:3000",
            "https://sandglass.example.evil",
        ] {
            assert!(!is_own(&[host, ("origin", other)]), "{other}");
        }
    }
}
