//! Whom a request is for: the app, or one preview. Strictly read, because whoever reads a name in two ways can be made to
//! answer for somebody else (J2).

use axum::http::{HeaderMap, Uri, header};

/// The longest `Host`: a name of 253 characters, a dot, a port.
const HOST_BYTES_MAX: usize = 260;

/// The names below one domain.
#[derive(Debug, Clone)]
pub(crate) struct Host {
    /// `.preview.localhost`
    suffix: String,
}

/// Whom a request is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Destination {
    /// The app: every name that is not below the preview domain.
    App,
    /// What stands before the preview domain. One that names no preview is still one, so that the app never answers there.
    Preview(String),
}

/// A request does not say plainly whom it is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum HostError {
    #[error("The request has no `Host` header.")]
    Missing,
    #[error("The request has more than one `Host` header.")]
    Several,
    #[error("The request's `Host` header is no host name with an optional port.")]
    NoName,
    #[error("The request's target names another host than its `Host` header.")]
    Contradiction,
}

impl Host {
    pub(crate) fn below(domain: &str) -> Self {
        Self { suffix: format!(".{domain}") }
    }

    /// Whom a request is for. Its port is read and not looked at: behind a forwarder it is another one, and it names no
    /// other sandbox.
    ///
    /// # Errors
    /// [`HostError`] when it does not say so, or not plainly.
    pub(crate) fn destination(&self, uri: &Uri, headers: &HeaderMap) -> Result<Destination, HostError> {
        let mut hosts = headers.get_all(header::HOST).iter();
        let host = hosts.next().ok_or(HostError::Missing)?;
        if hosts.next().is_some() {
            return Err(HostError::Several);
        }
        let host = host.to_str().map_err(|_| HostError::NoName)?;
        if uri.authority().is_some_and(|target| !target.as_str().eq_ignore_ascii_case(host)) {
            return Err(HostError::Contradiction);
        }
        let name = name(host).ok_or(HostError::NoName)?.to_ascii_lowercase();
        if name == self.suffix[1..] {
            return Ok(Destination::Preview(String::new()));
        }
        let label = name.strip_suffix(&self.suffix);
        Ok(label.map_or(Destination::App, |label| Destination::Preview(label.to_owned())))
    }
}

/// The name in `name`, `name:port`, `[v6]` or `[v6]:port`, without the dot that makes it fully qualified.
fn name(host: &str) -> Option<&str> {
    if host.len() > HOST_BYTES_MAX {
        return None;
    }
    let (name, port) = match host.strip_prefix('[') {
        Some(rest) => {
            let (address, port) = rest.split_once(']')?;
            address.parse::<std::net::Ipv6Addr>().ok()?;
            (address, port.strip_prefix(':').or_else(|| port.is_empty().then_some("0"))?)
        }
        None => {
            let (name, port) = host.split_once(':').unwrap_or((host, "0"));
            let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
            (name.bytes().all(plain).then_some(name)?, port)
        }
    };
    let is_port = port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok();
    let name = name.strip_suffix('.').unwrap_or(name);
    // A name with an empty label is none, and others may take it for the one without.
    (is_port && !name.split('.').any(str::is_empty)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn destination(target: &str, hosts: &[&[u8]]) -> Result<Destination, HostError> {
        let mut headers = HeaderMap::new();
        for host in hosts {
            headers.append(header::HOST, axum::http::HeaderValue::from_bytes(host).unwrap());
        }
        Host::below("preview.localhost").destination(&target.parse().unwrap(), &headers)
    }

    fn of(host: &str) -> Result<Destination, HostError> {
        destination("/", &[host.as_bytes()])
    }

    /// J2
    #[test]
    fn everything_below_the_preview_domain_is_a_preview_and_nothing_else_is() {
        for (host, label) in [
            ("abc.preview.localhost:3000", "abc"),
            ("ABC.Preview.Localhost", "abc"),
            ("abc.preview.localhost.:3000", "abc"),
            ("abc.preview.localhost:9999", "abc"),
            ("a.b.preview.localhost", "a.b"),
            ("preview.localhost:3000", ""),
            ("xn--bcher-kva.preview.localhost", "xn--bcher-kva"),
        ] {
            assert_eq!(of(host), Ok(Destination::Preview(label.into())), "{host}");
        }
        for other in [
            "localhost:3000",
            "127.0.0.1:3000",
            "[::1]:3000",
            "[::1]",
            "preview.localhost.evil.example",
            "xpreview.localhost",
        ] {
            assert_eq!(of(other), Ok(Destination::App), "{other}");
        }
    }

    /// J2
    #[test]
    fn a_host_that_can_be_read_in_two_ways_is_refused() {
        for host in [
            "",
            ".",
            ":3000",
            ".preview.localhost",
            "abc.preview.localhost..",
            "abc.preview.localhost..:3000",
            "abc..preview.localhost",
            "localhost..",
            "abc.preview.localhost:",
            "abc.preview.localhost:x",
            "abc.preview.localhost:99999",
            "abc.preview.localhost:+80",
            "user@abc.preview.localhost",
            "abc.preview.localhost/evil",
            "abc.preview.localhost, localhost",
            "abc.preview.localhost:1:2",
            "[::1",
            "[nonsense]",
            "[::1]x",
            "a b",
        ] {
            assert_eq!(of(host), Err(HostError::NoName), "{host}");
        }
        assert_eq!(destination("/", &["bücher.preview.localhost".as_bytes()]), Err(HostError::NoName));
        assert_eq!(of(&"a".repeat(8_192)), Err(HostError::NoName));
        assert_eq!(destination("/", &[]), Err(HostError::Missing));
        assert_eq!(destination("/", &[b"a", b"a"]), Err(HostError::Several));
    }

    /// J2
    #[test]
    fn a_target_that_names_a_host_names_the_same_one() {
        let app: &[&[u8]] = &[b"localhost:3000"];
        assert_eq!(destination("http://LOCALHOST:3000/", app), Ok(Destination::App));
        for target in ["http://abc.preview.localhost/", "http://localhost/", "http://u@localhost:3000/"] {
            assert_eq!(destination(target, app), Err(HostError::Contradiction), "{target}");
        }
    }
}
