//! Addresses on this server that a person may be sent on to.

/// The longest path that is followed, in bytes.
const OWN_PATH_BYTES_MAX: usize = 512;

/// `text`, if a browser that follows it stays on this server's pages: a plain absolute path, with or without a query.
///
/// What a browser would read as another host is none: `//host`, `/\host`, or either with white space in between.
pub fn own_path(text: &str) -> Option<&str> {
    let plain = text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    let is_own = text.starts_with('/') && !text.contains("//") && !text.starts_with("/api/");
    (plain && is_own && text.len() <= OWN_PATH_BYTES_MAX).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::own_path;

    /// J3
    #[test]
    fn nobody_is_sent_on_to_another_host() {
        for own in ["/", "/projects", "/sign-up?adopt=1&return_to=/projects", "/sessions/0190"] {
            assert_eq!(own_path(own), Some(own));
        }
        let long = format!("/{}", "a".repeat(512));
        for other in [
            "",
            "projects",
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "/\t/evil.example",
            "/ /evil.example",
            "\\\\evil.example",
            "/.//evil.example",
            "javascript:alert(1)",
            "/api/v1/account/sign-out",
            "/ä",
            "/\r\nset-cookie: a=b",
            long.as_str(),
        ] {
            assert_eq!(own_path(other), None, "{other:?}");
        }
    }
}
