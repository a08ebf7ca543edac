//! What a preview's address answers when there is no preview: one calm page, or plain text for anything but a browser.

use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{Html, IntoResponse as _, Response};

const PAGE: &str = include_str!("page.html");

/// Why there is no preview.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reason {
    /// There never was one at this address.
    Unknown,
    /// Its session is over.
    Ended,
    /// Its sandbox is still being made.
    Starting,
    /// Its sandbox is stopped.
    Paused,
    /// The share link has expired or was revoked.
    Withdrawn,
    /// It was closed to all but its holder.
    Closed,
    /// It asked for a service worker.
    NoWorkers,
    /// Its sandbox does not answer.
    Silent,
    /// Its sandbox takes too long.
    Late,
    /// The request is larger than one may be.
    TooLarge,
    /// Another site's page asked for a WebSocket.
    Stranger,
    /// More is open at once than may be.
    Crowded,
    /// It has sent and received all that it may.
    Spent,
}

impl Reason {
    const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Unknown => ("No preview here", "There is no sandbox at this address."),
            Self::Ended => {
                ("This sandbox has ended", "Its time was over or it was closed. Its files are gone.")
            }
            Self::Starting => ("Starting", "The sandbox is being made. This page looks again by itself."),
            Self::Silent => (
                "Nothing answers here yet",
                "No server runs in this sandbox, or it is busy. This page looks again by itself.",
            ),
            Self::Late => {
                ("The preview takes too long", "The dev server in this sandbox did not answer in time.")
            }
            Self::TooLarge => ("Too large", "This is more than one request to a preview may hold."),
            Self::Paused => (
                "This sandbox is paused",
                "It kept a whole processor busy. Whoever made it can let it go on from the demo's page.",
            ),
            Self::Withdrawn => ("This link does not work any more", "It has expired, or it was taken back."),
            Self::Closed => ("This preview is closed", "Several people reported it."),
            Self::NoWorkers => ("No service worker here", "It would outlive the sandbox it came from."),
            Self::Stranger => ("Not from here", "Only the preview's own pages may open a WebSocket to it."),
            Self::Crowded => {
                ("Too much at once", "This preview is asked for more than it may serve at once.")
            }
            Self::Spent => {
                ("This preview has sent too much", "It has used up what one sandbox may send and receive.")
            }
        }
    }

    /// After how many seconds the page looks again by itself, where it may be different then.
    const fn again_seconds(self) -> Option<u32> {
        match self {
            Self::Starting => Some(1),
            Self::Silent => Some(2),
            Self::Unknown
            | Self::Ended
            | Self::Paused
            | Self::Withdrawn
            | Self::Closed
            | Self::NoWorkers
            | Self::Late
            | Self::TooLarge
            | Self::Stranger
            | Self::Crowded
            | Self::Spent => None,
        }
    }
}

/// Whether the client would show a page.
pub(super) fn wanted(headers: &HeaderMap) -> bool {
    let accepts = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accepts.contains("text/html")
}

/// The answer, as a page or as text.
pub(super) fn response(why: Reason, wants_page: bool) -> Response {
    let (title, sentence) = why.words();
    let mut response = if wants_page {
        let again = match why.again_seconds() {
            Some(seconds) => format!("<meta http-equiv=\"refresh\" content=\"{seconds}\">"),
            None => String::new(),
        };
        let page = PAGE.replace("{again}", &again).replace("{title}", title).replace("{sentence}", sentence);
        (why.status(), Html(page)).into_response()
    } else {
        (why.status(), format!("{title}. {sentence}\n")).into_response()
    };
    let headers = response.headers_mut();
    let policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if matches!(why, Reason::Starting | Reason::Crowded) {
        headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
    }
    response
}
