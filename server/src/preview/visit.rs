//! Who looks at a preview, and whether they are warned first (J2). Decided from what the browser says of the request: a page
//! can't forge `Sec-Fetch-…`.

use axum::http::HeaderMap;
use domain::Standing;

/// How a preview is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Visit {
    /// As a page of its own: somebody followed a link, or typed the address. So is a frame that some other page led here.
    Page,
    /// As a page of its own, by a link on one of the app's pages: those lead to a visitor's own preview alone.
    FromApp,
    /// As a frame that the app or the preview itself led here. Only the app may frame a preview, so this is its holder.
    Frame,
    /// As part of a page that was let in: a script, an image, a call, a WebSocket.
    Part,
    /// As a service worker.
    Worker,
    /// By something that does not say: no browser, or one from before 2023.
    Unsaid,
}

/// What becomes of a visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Admission {
    /// The sandbox answers.
    Enter,
    /// The visitor is told first what this is.
    Warn,
    /// Nobody but the holder sees it.
    Closed,
    /// The link does not work any more.
    Withdrawn,
    /// A service worker would outlive the sandbox, and stand between its visitors and the warning.
    NoWorkers,
}

impl Visit {
    /// `websocket`: whether one is asked for; browsers that say nothing of those still name the page's origin.
    pub(super) fn of(headers: &HeaderMap, websocket: bool, app_origins: &[String]) -> Self {
        let word = |name: &str| headers.get(name).map(|value| value.as_bytes());
        if word("service-worker").is_some() {
            return Self::Worker;
        }
        let from_app = word("referer").is_some_and(|page| is_on(page, app_origins));
        match word("sec-fetch-dest") {
            Some(b"document") if from_app => Self::FromApp,
            Some(b"document") => Self::Page,
            Some(b"iframe" | b"frame" | b"embed" | b"object" | b"fencedframe") => {
                // Another preview in the app's frame may lead it here, and then this one is not its visitor's.
                let by_itself = matches!(word("sec-fetch-site"), Some(b"same-origin"));
                if from_app || by_itself { Self::Frame } else { Self::Page }
            }
            Some(b"serviceworker") => Self::Worker,
            Some(_) => Self::Part,
            None if websocket && word("origin").is_some() => Self::Part,
            None => Self::Unsaid,
        }
    }

    /// What becomes of it. `shared`: by a share link; `warned`: the visitor was told and went on.
    pub(super) fn admission(self, standing: Standing, shared: bool, warned: bool) -> Admission {
        if self == Self::Worker {
            return Admission::NoWorkers;
        }
        match standing {
            Standing::Flagged | Standing::Closed if shared => Admission::Withdrawn,
            Standing::Closed if matches!(self, Self::Page | Self::Unsaid) => Admission::Closed,
            Standing::Good | Standing::Flagged | Standing::Closed if self == Self::Page && !warned => {
                Admission::Warn
            }
            Standing::Good | Standing::Flagged | Standing::Closed => Admission::Enter,
        }
    }
}

/// Whether a page's address is on one of these origins.
fn is_on(page: &[u8], origins: &[String]) -> bool {
    let rest = |origin: &String| page.strip_prefix(origin.as_bytes());
    origins.iter().filter_map(rest).any(|rest| rest.first().is_none_or(|next| *next == b'/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn visit(pairs: &[(&'static str, &'static str)]) -> Visit {
        let headers = pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()));
        Visit::of(&headers.collect(), false, &["http://127.0.0.1:3000".into()])
    }

    /// J2
    #[test]
    fn a_visit_is_known_by_what_the_browser_wants_it_for() {
        for (dest, expected) in [
            ("document", Visit::Page),
            ("iframe", Visit::Page),
            ("object", Visit::Page),
            ("script", Visit::Part),
            ("empty", Visit::Part),
            ("websocket", Visit::Part),
            ("serviceworker", Visit::Worker),
            ("something-new", Visit::Part),
        ] {
            assert_eq!(visit(&[("sec-fetch-dest", dest)]), expected, "{dest}");
        }
        assert_eq!(visit(&[("service-worker", "script"), ("sec-fetch-dest", "empty")]), Visit::Worker);
        assert_eq!(visit(&[("accept", "text/html")]), Visit::Unsaid);
        let headers = HeaderMap::from_iter([(axum::http::header::ORIGIN, "http://x".parse().unwrap())]);
        assert_eq!(Visit::of(&headers, true, &[]), Visit::Part);
        for (referer, expected) in [
            ("http://127.0.0.1:3000/", Visit::FromApp),
            ("http://127.0.0.1:3000", Visit::FromApp),
            ("http://127.0.0.1:30001/", Visit::Page),
            ("http://127.0.0.1:3000.evil.example/", Visit::Page),
            ("http://abc.preview.localhost:3000/", Visit::Page),
        ] {
            assert_eq!(visit(&[("sec-fetch-dest", "document"), ("referer", referer)]), expected, "{referer}");
        }
    }

    /// J2: a preview that leads the app's frame to another one shows it to nobody unwarned.
    #[test]
    fn a_frame_is_the_holders_when_the_app_or_the_preview_itself_led_there() {
        let (app, other) = ("http://127.0.0.1:3000/", "http://abc.preview.localhost:3000/");
        for (site, referer, expected) in [
            ("cross-site", app, Visit::Frame),
            ("same-site", app, Visit::Frame),
            ("same-origin", "", Visit::Frame),
            ("same-site", "", Visit::Page),
            ("cross-site", "", Visit::Page),
            ("same-site", other, Visit::Page),
        ] {
            let became =
                visit(&[("sec-fetch-dest", "iframe"), ("sec-fetch-site", site), ("referer", referer)]);
            assert_eq!(became, expected, "{site} {referer}");
        }
    }

    /// J2, D7
    #[test]
    fn strangers_are_warned_once_and_the_holder_never() {
        use Admission::{Closed, Enter, NoWorkers, Warn, Withdrawn};
        for (standing, shared, warned, [page, frame, part, unsaid]) in [
            (Standing::Good, false, false, [Warn, Enter, Enter, Enter]),
            (Standing::Good, false, true, [Enter, Enter, Enter, Enter]),
            (Standing::Good, true, false, [Warn, Enter, Enter, Enter]),
            (Standing::Good, true, true, [Enter, Enter, Enter, Enter]),
            (Standing::Flagged, false, false, [Warn, Enter, Enter, Enter]),
            (Standing::Flagged, false, true, [Enter, Enter, Enter, Enter]),
            (Standing::Flagged, true, true, [Withdrawn, Withdrawn, Withdrawn, Withdrawn]),
            (Standing::Closed, false, false, [Closed, Enter, Enter, Closed]),
            (Standing::Closed, false, true, [Closed, Enter, Enter, Closed]),
            (Standing::Closed, true, true, [Withdrawn, Withdrawn, Withdrawn, Withdrawn]),
        ] {
            let became = [Visit::Page, Visit::Frame, Visit::Part, Visit::Unsaid]
                .map(|visit| visit.admission(standing, shared, warned));
            assert_eq!(became, [page, frame, part, unsaid], "{standing:?} shared {shared} warned {warned}");
            assert_eq!(Visit::FromApp.admission(standing, shared, warned), frame);
            assert_eq!(Visit::Worker.admission(standing, shared, warned), NoWorkers);
        }
    }
}
