//! Which preview a `Host` header names, strictly read.

use axum::http::{HeaderMap, header};

/// The names below one domain.
#[derive(Debug, Clone)]
pub(crate) struct Host {
    /// `.preview.localhost`
    suffix: String,
}

impl Host {
    pub(crate) fn below(domain: &str) -> Self {
        Self { suffix: format!(".{domain}") }
    }

    /// The label before the domain. `None` when the request is for another host; a label that names no preview is
    /// still one, so that the app never answers below the preview domain.
    pub(crate) fn label(&self, headers: &HeaderMap) -> Option<String> {
        let host = headers.get(header::HOST)?.to_str().ok()?.to_ascii_lowercase();
        let name = match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
            Some(_) | None => &host,
        };
        // A trailing dot names the same host, fully qualified.
        let name = name.strip_suffix('.').unwrap_or(name);
        if name == &self.suffix[1..] {
            return Some(String::new());
        }
        name.strip_suffix(&self.suffix).map(str::to_owned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(host: &str) -> Option<String> {
        let headers = HeaderMap::from_iter([(header::HOST, host.parse().unwrap())]);
        Host::below("preview.localhost").label(&headers)
    }

    /// J2
    #[test]
    fn everything_below_the_preview_domain_is_a_preview_and_nothing_else_is() {
        assert_eq!(label("abc.preview.localhost:3000").as_deref(), Some("abc"));
        assert_eq!(label("ABC.Preview.Localhost").as_deref(), Some("abc"));
        assert_eq!(label("abc.preview.localhost.:3000").as_deref(), Some("abc"));
        assert_eq!(label("a.b.preview.localhost").as_deref(), Some("a.b"));
        assert_eq!(label("preview.localhost:3000").as_deref(), Some(""));
        for other in
            ["localhost:3000", "127.0.0.1:3000", "preview.localhost.evil.example", "xpreview.localhost"]
        {
            assert_eq!(label(other), None, "{other}");
        }
    }
}
