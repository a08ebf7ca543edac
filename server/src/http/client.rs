//! Who sends a request: their address, and the token they show.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use domain::SessionToken;

use super::AppState;
use super::problem::ProblemResponse;

/// The cookie that carries a page's session token.
pub(crate) const COOKIE: &str = "sandglass_session";

/// The token a request shows: `Authorization: Bearer` first, then the page's cookie.
pub(crate) struct ShownToken(pub(crate) Option<SessionToken>);

impl<S: Send + Sync> FromRequestParts<S> for ShownToken {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(shown_token(&parts.headers)))
    }
}

pub(crate) fn shown_token(headers: &HeaderMap) -> Option<SessionToken> {
    let bearer = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).and_then(|value| {
        let (scheme, token) = value.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
    });
    bearer.or_else(|| cookie(headers)).map(SessionToken::presented)
}

fn cookie(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == COOKIE).map(|(_, value)| value)
}

/// The address of whoever sends the request, as far as it can be believed.
pub(crate) struct ClientAddress(pub(crate) IpAddr);

impl FromRequestParts<AppState> for ClientAddress {
    type Rejection = ProblemResponse;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ProblemResponse> {
        let peer =
            parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip()).ok_or_else(|| {
                ProblemResponse::new(
                    StatusCode::INTERNAL_SERVER_ERROR,
                    "internal",
                    "The connection has no address.",
                )
            })?;
        Ok(Self(believed(peer, &parts.headers, state.surface.trusted_proxy_hops)))
    }
}

/// The address that the outermost trusted proxy saw: the `hops`-th entry of `X-Forwarded-For` from the right. Entries
/// further left were written by the client and are not believed.
fn believed(peer: IpAddr, headers: &HeaderMap, hops: u32) -> IpAddr {
    let Some(skip) = hops.checked_sub(1) else { return peer };
    let forwarded: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .collect();
    let entry = forwarded.iter().rev().nth(skip as usize).or(forwarded.first());
    entry.and_then(|text| text.parse().ok()).unwrap_or(peer)
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
    }

    /// J4
    #[test]
    fn a_bearer_token_stands_above_the_cookie() {
        let shown = |pairs: &[(&'static str, &'static str)]| {
            shown_token(&headers(pairs)).map(|token| token.reveal().to_owned())
        };
        let cookie = ("cookie", "theme=dark; sandglass_session=abc");
        assert_eq!(shown(&[]), None);
        assert_eq!(shown(&[cookie]).as_deref(), Some("abc"));
        assert_eq!(shown(&[cookie, ("authorization", "bearer xyz")]).as_deref(), Some("xyz"));
        assert_eq!(shown(&[("authorization", "Basic xyz")]), None);
    }
}
