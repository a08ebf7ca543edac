//! Who sends a request: their address, and the token they show.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap, HeaderValue, StatusCode, header};
use domain::{SessionId, SessionToken};

use super::AppState;
use super::problem::ProblemResponse;

/// The cookie that carries a page's session token. Over TLS its name has browsers refuse it from any other host, such as
/// a preview that shares our domain.
pub(crate) const fn session_cookie(secure: bool) -> &'static str {
    if secure { "__Host-sandglass_session" } else { "sandglass_session" }
}

/// The cookie that carries the token of one session: a browser may have several at once, and a demo beside them.
pub(crate) fn cookie_of(session: SessionId, secure: bool) -> String {
    format!("{}_{session}", session_cookie(secure))
}

/// The cookie that carries a user's token, named like [`session_cookie`].
pub(crate) const fn user_cookie(secure: bool) -> &'static str {
    if secure { "__Host-sandglass_user" } else { "sandglass_user" }
}

/// What a request shows for one session.
#[derive(Debug)]
pub(crate) enum Shown {
    /// Neither token.
    Nothing,
    /// `Authorization: Bearer`, which stands above cookies.
    Bearer(SessionToken),
    /// The session's own cookie, else the demo's.
    Cookie(SessionToken),
}

/// What a request shows for one session.
pub(crate) fn shown_for(headers: &HeaderMap, session: SessionId, secure: bool) -> Shown {
    let bearer = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).and_then(|value| {
        let (scheme, token) = value.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
    });
    if let Some(token) = bearer {
        return Shown::Bearer(SessionToken::presented(token));
    }
    let own = cookie(headers, &cookie_of(session, secure));
    match own.or_else(|| cookie(headers, session_cookie(secure))) {
        Some(token) => Shown::Cookie(SessionToken::presented(token)),
        None => Shown::Nothing,
    }
}

/// The token of the demo that a page holds.
pub(crate) fn demo_token(headers: &HeaderMap, secure: bool) -> Option<SessionToken> {
    cookie(headers, session_cookie(secure)).map(SessionToken::presented)
}

/// How many sessions a browser keeps the tokens of; more would make its requests too long.
pub(crate) const HELD_MAX: usize = 20;

/// Every session whose cookie a request shows, with its token; the first ones of too many.
pub(crate) fn held(headers: &HeaderMap, secure: bool) -> Vec<(SessionId, SessionToken)> {
    let prefix = format!("{}_", session_cookie(secure));
    let named = cookies(headers).filter_map(|(name, token)| {
        let session = name.strip_prefix(&prefix)?.parse().ok()?;
        Some((session, SessionToken::presented(token)))
    });
    named.take(HELD_MAX).collect()
}

/// What makes a browser keep a session's token under `name`, out of scripts' reach, for this host and its pages alone.
///
/// # Errors
/// When the token can't be in a header.
pub(crate) fn keep_token(
    name: &str,
    token: &SessionToken,
    seconds: u64,
    secure: bool,
) -> Result<HeaderValue, ProblemResponse> {
    let secure = if secure { "; Secure" } else { "" };
    let token = token.reveal();
    let text = format!("{name}={token}; Path=/; HttpOnly; SameSite=Strict; Max-Age={seconds}{secure}");
    HeaderValue::from_str(&text).map_err(|_| {
        ProblemResponse::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "The token can't be sent.")
    })
}

/// The value of one cookie.
pub(crate) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    cookies(headers).find(|(one, _)| *one == name).map(|(_, value)| value)
}

fn cookies(headers: &HeaderMap) -> impl Iterator<Item = (&str, &str)> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    lines.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='))
}

/// The address of whoever sends the request, as far as it can be believed.
pub(crate) struct ClientAddress(pub(crate) IpAddr);

impl FromRequestParts<AppState> for ClientAddress {
    type Rejection = ProblemResponse;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ProblemResponse> {
        let address = address_in(&parts.extensions, &parts.headers, state.surface.trusted_proxy_hops);
        address.map(Self).ok_or_else(|| {
            let detail = "The connection has no address.";
            ProblemResponse::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", detail)
        })
    }
}

/// The address of whoever sends the request, as far as it can be believed; `None` where the connection has none.
pub(crate) fn address(request: &Request, hops: u32) -> Option<IpAddr> {
    address_in(request.extensions(), request.headers(), hops)
}

fn address_in(extensions: &Extensions, headers: &HeaderMap, hops: u32) -> Option<IpAddr> {
    let peer = extensions.get::<ConnectInfo<SocketAddr>>()?.0.ip();
    Some(believed(peer, headers, hops))
}

/// The address that the outermost trusted proxy saw: the `hops`-th entry of `X-Forwarded-For` from the right. Entries
/// further left were written by the client and are not believed.
fn believed(peer: IpAddr, headers: &HeaderMap, hops: u32) -> IpAddr {
    let Some(skip) = hops.checked_sub(1) else { return peer };
    // By bytes: what a client wrote further left must not hide what the proxy wrote on the same line.
    let lines = headers.get_all("x-forwarded-for").iter();
    let forwarded: Vec<&[u8]> = lines.flat_map(|line| line.as_bytes().split(|byte| *byte == b',')).collect();
    let entry = forwarded.iter().rev().nth(skip as usize).or(forwarded.first());
    entry.and_then(|entry| forwarded_address(entry)).unwrap_or(peer)
}

/// One entry: an address, with or without the port that some proxies add.
fn forwarded_address(entry: &[u8]) -> Option<IpAddr> {
    let text = std::str::from_utf8(entry).ok()?.trim();
    let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    let with_port = || text.parse::<SocketAddr>().ok().map(|address| address.ip());
    bare.parse().ok().or_else(with_port)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    /// A6
    #[test]
    fn only_what_trusted_proxies_wrote_is_believed() {
        let peer: IpAddr = "10.0.0.1".parse().unwrap();
        let forged = headers(&[("x-forwarded-for", "1.1.1.1, 2.2.2.2, 3.3.3.3")]);
        let seen = |hops| believed(peer, &forged, hops).to_string();
        assert_eq!([seen(0), seen(1), seen(2)], ["10.0.0.1", "3.3.3.3", "2.2.2.2"]);
        assert_eq!(believed(peer, &HeaderMap::new(), 1), peer);
        assert_eq!(believed(peer, &headers(&[("x-forwarded-for", "nonsense")]), 1), peer);
        for written in ["198.51.100.7", "198.51.100.7:4711", "1.2.3.4, 198.51.100.7", "[::1], 198.51.100.7:1"]
        {
            let told = headers(&[("x-forwarded-for", written)]);
            assert_eq!(believed(peer, &told, 1).to_string(), "198.51.100.7", "{written}");
        }
        for written in ["2001:db8::7", "[2001:db8::7]", "[2001:db8::7]:4711"] {
            let told = headers(&[("x-forwarded-for", written)]);
            assert_eq!(believed(peer, &told, 1).to_string(), "2001:db8::7", "{written}");
        }
        let mut hidden = HeaderMap::new();
        let line = axum::http::HeaderValue::from_bytes(b"\xff, 198.51.100.7").unwrap();
        hidden.insert("x-forwarded-for", line);
        assert_eq!(believed(peer, &hidden, 1).to_string(), "198.51.100.7", "a client's bytes hide nothing");
    }

    fn revealed(shown: &Shown) -> Option<String> {
        match shown {
            Shown::Nothing => None,
            Shown::Bearer(token) | Shown::Cookie(token) => Some(token.reveal().to_owned()),
        }
    }

    /// J4
    #[test]
    fn a_bearer_token_stands_above_the_cookie() {
        let id: SessionId = "01890a5d-ac96-774b-bcce-b302099a8057".parse().unwrap();
        let shown = |pairs: &[(&'static str, &'static str)]| revealed(&shown_for(&headers(pairs), id, false));
        let cookie = ("cookie", "theme=dark; sandglass_session=abc");
        assert_eq!(shown(&[]), None);
        assert_eq!(shown(&[cookie]).as_deref(), Some("abc"));
        assert_eq!(shown(&[cookie, ("authorization", "bearer xyz")]).as_deref(), Some("xyz"));
        assert_eq!(shown(&[("authorization", "Basic xyz")]), None);
        let own =
            ("cookie", "sandglass_session=abc; sandglass_session_01890a5d-ac96-774b-bcce-b302099a8057=own");
        assert_eq!(shown(&[own]).as_deref(), Some("own"), "a session's own cookie stands above the demo's");
        let over_tls =
            |pairs: &[(&'static str, &'static str)]| revealed(&shown_for(&headers(pairs), id, true));
        assert_eq!(over_tls(&[cookie]), None, "a neighbour below our domain may have set it");
        assert_eq!(over_tls(&[("cookie", "__Host-sandglass_session=abc")]).as_deref(), Some("abc"));
    }
}
