//! Which headers pass between a browser and a sandbox.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

/// Cookies whose name begins so belong to the app and never reach a sandbox.
const APP_COOKIES: &str = "sandglass_";

/// Headers that concern one connection only (RFC 9110, 7.6.1), beside those that `Connection` names.
const HOP_BY_HOP: [HeaderName; 7] = [
    header::CONNECTION,
    header::PROXY_AUTHENTICATE,
    header::PROXY_AUTHORIZATION,
    header::TE,
    header::TRAILER,
    header::TRANSFER_ENCODING,
    header::UPGRADE,
];

/// Takes away what the sandbox must not see: connection headers, the app's cookie, any credentials for the app.
pub(super) fn clean_request(headers: &mut HeaderMap) {
    remove_hop_by_hop(headers);
    headers.remove(header::AUTHORIZATION);
    let kept = without_app_cookies(headers);
    headers.remove(header::COOKIE);
    if let Some(kept) = kept {
        headers.insert(header::COOKIE, kept);
    }
}

/// Takes away what a sandbox must not say: connection headers, cookies for other hosts, wider service workers, its own
/// idea of who may frame it.
pub(super) fn clean_response(headers: &mut HeaderMap) {
    remove_hop_by_hop(headers);
    headers.remove("service-worker-allowed");
    headers.remove(header::X_FRAME_OPTIONS);
    headers.remove(header::STRICT_TRANSPORT_SECURITY);
    headers.remove("clear-site-data");
    let own: Vec<HeaderValue> = headers
        .get_all(header::SET_COOKIE)
        .iter()
        .filter(|cookie| !names_a_domain(cookie.as_bytes()))
        .cloned()
        .collect();
    headers.remove(header::SET_COOKIE);
    own.into_iter().for_each(|cookie| {
        headers.append(header::SET_COOKIE, cookie);
    });
}

fn remove_hop_by_hop(headers: &mut HeaderMap) {
    let named: Vec<HeaderName> = headers
        .get_all(header::CONNECTION)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|name| name.trim().parse().ok())
        .collect();
    for name in named.iter().chain(&HOP_BY_HOP) {
        headers.remove(name);
    }
    headers.remove("keep-alive");
    headers.remove("proxy-connection");
}

fn without_app_cookies(headers: &HeaderMap) -> Option<HeaderValue> {
    let pairs: Vec<&str> = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .map(str::trim)
        .filter(|pair| !pair.is_empty() && !pair.starts_with(APP_COOKIES))
        .collect();
    if pairs.is_empty() { None } else { HeaderValue::from_str(&pairs.join("; ")).ok() }
}

fn names_a_domain(cookie: &[u8]) -> bool {
    let attributes = cookie.split(|&byte| byte == b';').skip(1);
    attributes
        .map(<[u8]>::trim_ascii_start)
        .any(|attribute| attribute.len() >= 6 && attribute[..6].eq_ignore_ascii_case(b"domain"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    /// J2
    #[test]
    fn the_apps_cookie_and_credentials_never_reach_a_sandbox() {
        let mut headers =
            map(&[("cookie", "a=1; sandglass_session=secret; b=2"), ("authorization", "Bearer secret")]);
        clean_request(&mut headers);
        assert_eq!(headers, map(&[("cookie", "a=1; b=2")]));
        let mut only_ours = map(&[("cookie", "sandglass_session=secret")]);
        clean_request(&mut only_ours);
        assert_eq!(only_ours, HeaderMap::new());
    }

    /// J2
    #[test]
    fn a_sandbox_sets_no_cookie_for_other_hosts_and_no_policy_of_ours() {
        let mut headers = HeaderMap::new();
        headers.append("set-cookie", HeaderValue::from_static("mine=1; Path=/"));
        headers.append("set-cookie", HeaderValue::from_static("yours=1; DOMAIN=localhost"));
        headers.append("x-frame-options", HeaderValue::from_static("ALLOWALL"));
        headers.append("service-worker-allowed", HeaderValue::from_static("/"));
        clean_response(&mut headers);
        assert_eq!(headers, map(&[("set-cookie", "mine=1; Path=/")]));
    }

    #[test]
    fn headers_of_one_connection_stay_on_it() {
        let mut headers =
            map(&[("connection", "close, x-private"), ("x-private", "1"), ("te", "trailers"), ("x", "2")]);
        clean_request(&mut headers);
        assert_eq!(headers, map(&[("x", "2")]));
    }
}
