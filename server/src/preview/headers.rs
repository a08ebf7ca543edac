//! Which headers pass between a browser and a sandbox.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

/// Cookies whose name begins so are ours and never reach a sandbox, nor come from one.
const OUR_COOKIES: [&str; 2] = ["sandglass_", "__Host-sandglass_"];

/// Headers that concern one connection only (RFC 9110, 7.6.1), beside those that `Connection` names.
const HOP_BY_HOP: [&str; 10] = [
    "connection",
    "expect",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// What says who the visitor is and where they come from, and what could be taken for our word inside.
const PRIVATE: [&str; 21] = [
    "authorization",
    "cf-access-jwt-assertion",
    "cf-connecting-ip",
    "cf-connecting-ipv6",
    "cf-ipcountry",
    "client-ip",
    "fastly-client-ip",
    "fly-client-ip",
    "forwarded",
    "proxy",
    "remote-user",
    "true-client-ip",
    "via",
    "x-azure-clientip",
    "x-client-ip",
    "x-cluster-client-ip",
    "x-envoy-external-address",
    "x-goog-iap-jwt-assertion",
    "x-original-forwarded-for",
    "x-real-ip",
    "x-remote-user",
];

/// Beginnings of more such headers: by these, proxies and those who sign people in say whom they let through.
const PRIVATE_BEGINNINGS: [&str; 4] =
    ["x-amzn-oidc-", "x-auth-request-", "x-forwarded-", "x-goog-authenticated-user-"];

/// What a sandbox must not say, because it would outlive the answer, reach beyond its origin, or be obeyed by a proxy.
const NOT_FOR_SANDBOXES: [&str; 32] = [
    // Reach beyond the origin's own path, or the origin.
    "clear-site-data",
    "expect-ct",
    "public-key-pins",
    "public-key-pins-report-only",
    "service-worker-allowed",
    "strict-transport-security",
    // Send the browser, or its reports, elsewhere for longer than the page lives.
    "accept-ch",
    "alt-svc",
    "critical-ch",
    "nel",
    "report-to",
    "reporting-endpoints",
    "speculation-rules",
    "supports-loading-mode",
    // Speak to the browser's own user interface and accounts.
    "activate-storage-access",
    "attribution-reporting-register-source",
    "attribution-reporting-register-trigger",
    "observe-browsing-topics",
    "set-login",
    // Opens the browser's own dialog for a name and a password.
    "www-authenticate",
    // Who may frame it, and what it may ask the visitor for, is said by us.
    "feature-policy",
    "permissions-policy",
    "x-frame-options",
    // Orders to proxies and caches in front of us, up to sending files of theirs.
    "cache-tag",
    "cdn-cache-control",
    "edge-control",
    "surrogate-control",
    "surrogate-key",
    "x-lighttpd-send-file",
    "x-lighttpd-send-tempfile",
    "x-reproxy-url",
    "x-sendfile",
];

/// What a preview may not ask its visitor for.
const PERMISSIONS: &str = "camera=(), microphone=(), geolocation=(), display-capture=(), fullscreen=(), clipboard-read=(), \
     payment=(), usb=(), serial=(), hid=(), midi=(), identity-credentials-get=(), otp-credentials=(), \
     publickey-credentials-get=(), publickey-credentials-create=()";

/// Takes away what the sandbox must not see: connection headers, our cookies, credentials, who the visitor is.
pub(super) fn clean_request(headers: &mut HeaderMap) {
    remove_hop_by_hop(headers);
    remove_all(headers, &PRIVATE);
    remove_where(headers, |name| PRIVATE_BEGINNINGS.iter().any(|beginning| name.starts_with(beginning)));
    let kept = without_our_cookies(headers);
    headers.remove(header::COOKIE);
    if let Some(kept) = kept {
        headers.insert(header::COOKIE, kept);
    }
}

/// Takes away what a sandbox must not say: connection headers, what [`NOT_FOR_SANDBOXES`] lists, cookies for other hosts or
/// in our name.
pub(super) fn clean_response(headers: &mut HeaderMap) {
    remove_hop_by_hop(headers);
    remove_all(headers, &NOT_FOR_SANDBOXES);
    remove_where(headers, |name| {
        name.starts_with("x-accel-")
            || name.starts_with("x-litespeed-")
            || name.ends_with("-cdn-cache-control")
    });
    let own: Vec<HeaderValue> = headers
        .get_all(header::SET_COOKIE)
        .iter()
        .filter(|cookie| {
            let cookie = cookie.as_bytes();
            has_name(cookie) && !names_a_domain(cookie) && !is_ours(cookie)
        })
        .cloned()
        .collect();
    headers.remove(header::SET_COOKIE);
    own.into_iter().for_each(|cookie| {
        headers.append(header::SET_COOKIE, cookie);
    });
}

/// Adds what holds for every answer of a preview: who may frame it, that its name is nobody else's business, that it shares
/// nothing with other previews, and that it is no answer to who asks in another way.
pub(super) fn protect(headers: &mut HeaderMap, frame_ancestors: &HeaderValue) {
    headers.append(header::CONTENT_SECURITY_POLICY, frame_ancestors.clone());
    headers.append(header::VARY, HeaderValue::from_static("sec-fetch-dest, cookie"));
    for (name, value) in [
        ("origin-agent-cluster", "?1"),
        ("permissions-policy", PERMISSIONS),
        ("referrer-policy", "no-referrer"),
        ("x-content-type-options", "nosniff"),
        ("x-robots-tag", "noindex"),
    ] {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
}

fn remove_hop_by_hop(headers: &mut HeaderMap) {
    let named: Vec<HeaderName> = headers
        .get_all(header::CONNECTION)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|name| name.trim().parse().ok())
        // A connection can't do without these, whatever it says of itself.
        .filter(|name| *name != header::HOST && *name != header::CONTENT_LENGTH)
        .collect();
    for name in &named {
        headers.remove(name);
    }
    remove_all(headers, &HOP_BY_HOP);
}

fn remove_all(headers: &mut HeaderMap, names: &[&str]) {
    for name in names {
        headers.remove(*name);
    }
}

fn remove_where(headers: &mut HeaderMap, unwanted: impl Fn(&str) -> bool) {
    let named: Vec<HeaderName> = headers.keys().filter(|name| unwanted(name.as_str())).cloned().collect();
    for name in named {
        headers.remove(name);
    }
}

fn without_our_cookies(headers: &HeaderMap) -> Option<HeaderValue> {
    let pairs: Vec<&str> = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .map(str::trim)
        .filter(|pair| !pair.is_empty() && !is_ours(pair.as_bytes()))
        .collect();
    if pairs.is_empty() { None } else { HeaderValue::from_str(&pairs.join("; ")).ok() }
}

/// Browsers send a cookie without a name as its bare value, which may look like another cookie, such as ours.
fn has_name(cookie: &[u8]) -> bool {
    let pair = cookie.split(|&byte| byte == b';').next().unwrap_or_default();
    pair.iter().position(|&byte| byte == b'=').is_some_and(|at| !pair[..at].trim_ascii().is_empty())
}

/// Browsers match these beginnings without regard to case where they enforce them.
fn is_ours(cookie: &[u8]) -> bool {
    let cookie = cookie.trim_ascii_start();
    let begins =
        |with: &str| cookie.get(..with.len()).is_some_and(|name| name.eq_ignore_ascii_case(with.as_bytes()));
    OUR_COOKIES.into_iter().any(begins)
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
    fn our_cookies_credentials_and_who_the_visitor_is_never_reach_a_sandbox() {
        let mut headers = map(&[
            ("cookie", "a=1; sandglass_session=secret; __Host-sandglass_visit=secret; b=2"),
            ("authorization", "Bearer secret"),
            ("x-forwarded-for", "192.0.2.1"),
            ("x-forwarded-host", "elsewhere"),
            ("x-real-ip", "192.0.2.1"),
            ("forwarded", "for=192.0.2.1"),
            ("via", "1.1 proxy"),
            ("cf-access-jwt-assertion", "secret"),
            ("x-amzn-oidc-data", "secret"),
            ("x-auth-request-email", "somebody"),
            ("x-original-forwarded-for", "192.0.2.1"),
        ]);
        clean_request(&mut headers);
        assert_eq!(headers, map(&[("cookie", "a=1; b=2")]));
        let mut only_ours = map(&[("cookie", "sandglass_session=secret")]);
        clean_request(&mut only_ours);
        assert_eq!(only_ours, HeaderMap::new());
    }

    /// J2
    #[test]
    fn a_sandbox_sets_its_own_cookies_and_nobody_elses() {
        let mut headers = HeaderMap::new();
        for cookie in [
            "mine=1; Path=/",
            "yours=1; DOMAIN=localhost",
            "yours=2; Domain = .localhost",
            "sandglass_visit=forged; Path=/",
            "=sandglass_visit=forged; Path=/",
            " = sandglass_visit=forged; Path=/",
            "sandglass_visit; Path=/",
            "",
            "__host-Sandglass_visit=forged; Path=/; Secure",
        ] {
            headers.append("set-cookie", HeaderValue::from_static(cookie));
        }
        clean_response(&mut headers);
        assert_eq!(headers, map(&[("set-cookie", "mine=1; Path=/")]));
    }

    /// J2: everything that would reach beyond the answer is gone; CORS is the sandbox's own business.
    #[test]
    fn what_a_sandbox_must_not_say_is_left_out() {
        let mut headers: HeaderMap = NOT_FOR_SANDBOXES
            .into_iter()
            .chain(["x-accel-redirect", "x-accel-buffering", "x-litespeed-cache", "vercel-cdn-cache-control"])
            .map(|name| (HeaderName::from_static(name), HeaderValue::from_static("1")))
            .collect();
        let own = [("access-control-allow-origin", "*"), ("cache-control", "no-cache"), ("etag", "x")];
        headers.extend(map(&own));
        clean_response(&mut headers);
        assert_eq!(headers, map(&own));
    }

    /// J2
    #[test]
    fn headers_of_one_connection_stay_on_it() {
        let pairs = [
            ("connection", "close, x-private, host, content-length"),
            ("x-private", "1"),
            ("te", "trailers"),
            ("expect", "100-continue"),
            ("keep-alive", "timeout=5"),
            ("host", "a"),
            ("content-length", "1"),
            ("x", "2"),
        ];
        let kept = map(&[("host", "a"), ("content-length", "1"), ("x", "2")]);
        let (mut request, mut response) = (map(&pairs), map(&pairs));
        clean_request(&mut request);
        clean_response(&mut response);
        assert_eq!((request, response), (kept.clone(), kept));
    }
}
