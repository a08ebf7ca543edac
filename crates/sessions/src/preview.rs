//! Which sandbox a name below the preview domain leads to.

use std::sync::Arc;
use std::time::Duration;

use domain::{Clock, PreviewId, SessionId, Standing};
use sandbox::Sandbox;
use tokio::time::Instant;

use crate::live::LiveSession;
use crate::share::ShareLabel;
use crate::{OpenConnection, SessionError, Sessions, TrafficLimits, TrafficSpent};

/// What is behind a preview's name.
pub enum Preview {
    /// A sandbox that serves.
    Live(LivePreview),
    /// A sandbox that is still being made.
    Starting,
    /// A sandbox that is stopped until its holder lets it go on.
    Paused,
    /// A session that is over.
    Ended,
    /// A share link that has expired or was revoked.
    Withdrawn,
    /// Nothing, now or ever.
    Unknown,
}

/// The preview of a session that lives, under one of its names.
#[derive(Clone)]
pub struct LivePreview {
    /// What serves it.
    pub sandbox: Arc<dyn Sandbox>,
    /// How long the session lasts from now on, as things are.
    pub remaining: Duration,
    name: String,
    live: Arc<LiveSession>,
    link: Option<ShareLabel>,
    clock: Arc<dyn Clock>,
}

impl LivePreview {
    /// The name by which it was asked for.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether the name is a share link's.
    pub fn is_shared(&self) -> bool {
        self.link.is_some()
    }

    /// Waits until nobody may see it under this name any more: its session is over or, for a share link, the link is void or
    /// the preview not in good standing.
    pub async fn withdrawn(&self) {
        let Some(link) = &self.link else { return self.live.ended.cancelled().await };
        let mut changes = self.live.watch();
        loop {
            let now = self.clock.now();
            if link.is_void(&self.live, now) || self.standing() != Standing::Good {
                return;
            }
            tokio::select! {
                () = self.live.ended.cancelled() => return,
                _ = changes.changed() => {}
                () = tokio::time::sleep(Duration::from_millis(link.expires_at.ms_since(now))) => {}
            }
        }
    }

    /// How it stands with people who did not make it.
    pub fn standing(&self) -> Standing {
        self.live.look(|view| view.oversight.standing)
    }

    /// A place for one more connection; `None` when all are taken.
    pub fn open(&self, limits: &TrafficLimits) -> Option<OpenConnection> {
        self.live.traffic.open(limits, self.is_shared())
    }

    /// Counts `bytes` that are about to pass, in or out, and answers how long they have to wait.
    ///
    /// # Errors
    /// [`TrafficSpent`] when they are too many for the session.
    pub fn pass(&self, bytes: u64, limits: &TrafficLimits) -> Result<Duration, TrafficSpent> {
        self.live.traffic.take(bytes, limits, Instant::now())
    }
}

impl Sessions {
    /// What is behind a name below the preview domain: a preview's own, or a share link's.
    ///
    /// # Errors
    /// [`SessionError::Store`].
    pub async fn preview(&self, name: &str) -> Result<Preview, SessionError> {
        let inner = &self.inner;
        if let Ok(id) = name.parse::<PreviewId>() {
            return Ok(match inner.live.by_preview(&id) {
                Some(live) => self.preview_of(live, name, None),
                None if inner.store.session_by_preview(&id).await?.is_some() => Preview::Ended,
                None => Preview::Unknown,
            });
        }
        let Some(link) = ShareLabel::decode(name, &inner.config.share_key) else {
            return Ok(Preview::Unknown);
        };
        let Some(live) = inner.live.by_id(link.session) else { return Ok(Preview::Ended) };
        let void = link.is_void(&live, inner.clock.now());
        Ok(if void { Preview::Withdrawn } else { self.preview_of(live, name, Some(link)) })
    }

    fn preview_of(&self, live: Arc<LiveSession>, name: &str, link: Option<ShareLabel>) -> Preview {
        if live.ended.is_cancelled() {
            return Preview::Ended;
        }
        let Some(sandbox) = live.sandbox.get().cloned() else { return Preview::Starting };
        let (paused, deadline) = live.look(|view| (view.oversight.paused, view.lifetime.deadline));
        if paused {
            return Preview::Paused;
        }
        let clock = Arc::clone(&self.inner.clock);
        let remaining = Duration::from_millis(deadline.ms_since(clock.now()));
        Preview::Live(LivePreview { sandbox, remaining, name: name.to_owned(), live, link, clock })
    }

    /// The session that a name below the preview domain belongs to, living or not. A link is one's as long as it works.
    pub(crate) async fn session_named(&self, name: &str) -> Result<SessionId, SessionError> {
        let inner = &self.inner;
        let known = match name.parse::<PreviewId>() {
            Ok(id) => match inner.live.by_preview(&id) {
                Some(live) => Some(live.record.id),
                None => inner.store.session_by_preview(&id).await?.map(|record| record.id),
            },
            Err(_) => ShareLabel::decode(name, &inner.config.share_key)
                .and_then(|link| Some((link, inner.live.by_id(link.session)?)))
                .filter(|(link, live)| !link.is_void(live, inner.clock.now()))
                .map(|(link, _)| link.session),
        };
        known.ok_or(SessionError::Unknown)
    }
}
