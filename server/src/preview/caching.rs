//! How long a browser keeps what a sandbox says: no page without asking again, and nothing for longer than the session (J2).
//! What was kept would be shown without a warning, and after the sandbox is gone.

use std::time::Duration;

use axum::http::{HeaderMap, HeaderValue, header};

use super::visit::Visit;

/// How long a part of a page is kept at most without asking again.
const KEPT_MAX: Duration = Duration::from_secs(300);

/// Bounds how long an answer is kept. `remaining`: how long the session lasts.
pub(super) fn bound(headers: &mut HeaderMap, visit: Visit, remaining: Duration) {
    let said = headers.get_all(header::CACHE_CONTROL).iter().filter_map(|value| value.to_str().ok());
    let said = said.collect::<Vec<_>>().join(",").to_ascii_lowercase();
    let kept = match visit {
        Visit::Part => kept_seconds(&said).map(|seconds| seconds.min(KEPT_MAX.min(remaining).as_secs())),
        Visit::Page | Visit::FromApp | Visit::Frame | Visit::Worker | Visit::Unsaid => None,
    };
    headers.remove(header::EXPIRES);
    headers.remove(header::PRAGMA);
    let kept = kept.map_or(HeaderValue::from_static("no-store"), |seconds| {
        HeaderValue::try_from(format!("private, max-age={seconds}")).expect("digits may be part of a header")
    });
    headers.insert(header::CACHE_CONTROL, kept);
}

/// For how many seconds a part may be kept, by what the sandbox says; 0 when it is to be asked for again each time, `None` when
/// it is not to be kept at all.
fn kept_seconds(said: &str) -> Option<u64> {
    let directives = || said.split(',').map(str::trim);
    if directives().any(|directive| directive == "no-store") {
        return None;
    }
    // Its arguments name headers, not paths: any form of it is taken for the whole.
    if directives().any(|directive| directive.starts_with("no-cache")) {
        return Some(0);
    }
    // Browsers keep what says nothing for as long as they like.
    let age = directives().find_map(|directive| directive.strip_prefix("max-age="));
    Some(age.and_then(|age| age.parse().ok()).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(visit: Visit, remaining_seconds: u64, said: &[&'static str]) -> String {
        let said = said.iter().map(|value| (header::CACHE_CONTROL, HeaderValue::from_static(value)));
        let mut headers = HeaderMap::from_iter([(header::EXPIRES, HeaderValue::from_static("0"))]);
        headers.extend(said);
        bound(&mut headers, visit, Duration::from_secs(remaining_seconds));
        assert_eq!(headers.len(), 1, "{headers:?}");
        headers[header::CACHE_CONTROL].to_str().unwrap().to_owned()
    }

    /// J2
    #[test]
    fn a_page_is_never_kept() {
        for visit in [Visit::Page, Visit::FromApp, Visit::Frame, Visit::Unsaid] {
            assert_eq!(kept(visit, 1_000, &["public, max-age=31536000, immutable"]), "no-store", "{visit:?}");
        }
    }

    /// J2: a dev server's dependencies are kept within the session, and nothing beyond it.
    #[test]
    fn a_part_is_kept_for_a_while_and_not_beyond_the_session() {
        for (said, expected) in [
            (&["max-age=31536000,immutable"][..], "private, max-age=300"),
            (&["Public, S-MaxAge=9999, Max-Age=20"], "private, max-age=20"),
            (&["no-cache"], "private, max-age=0"),
            (&["max-age=600", "no-cache=\"x\""], "private, max-age=0"),
            (&["max-age=600", "No-Store"], "no-store"),
            (&["max-age=-1"], "private, max-age=0"),
            (&["stale-while-revalidate=9999"], "private, max-age=0"),
            (&[], "private, max-age=0"),
        ] {
            assert_eq!(kept(Visit::Part, 1_000, said), expected, "{said:?}");
        }
        assert_eq!(kept(Visit::Part, 7, &["max-age=600"]), "private, max-age=7");
    }
}
