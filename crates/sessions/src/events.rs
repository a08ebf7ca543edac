//! A session's journal as a stream: what was, then what comes.

use std::sync::Arc;
use std::time::Duration;

use domain::wire::WordsJson;
use domain::{Event, EventKind, SessionId};
use futures::stream::{self, BoxStream, StreamExt};
use store::Store;
use tokio::sync::watch;

use crate::live::PresenceGuard;
use crate::{Access, SessionError, Sessions};

/// How many events are read from the store at once.
const EVENTS_READ_MAX: u32 = 256;

/// Events in order, without gaps; ends after `session.ended`.
pub type EventStream = BoxStream<'static, Result<Event, SessionError>>;

/// How long new words wait for more of them.
const WORDS_PAUSE: Duration = Duration::from_millis(50);

/// What the agent is saying, over and over with more words; none of it is kept. Ends with the session.
pub type WordStream = BoxStream<'static, WordsJson>;

struct Reader {
    store: Arc<dyn Store>,
    session: SessionId,
    after: u64,
    read: std::vec::IntoIter<Event>,
    /// `None` for a session that has ended: nothing more will come.
    news: Option<(watch::Receiver<u64>, PresenceGuard)>,
    over: bool,
}

impl Sessions {
    /// Every event with a number above `after`, as they come. The caller counts as present while the stream lives.
    pub fn events(&self, access: &Access, after: u64) -> EventStream {
        let reader = Reader {
            store: Arc::clone(&self.inner.store),
            session: access.record.id,
            after,
            read: Vec::new().into_iter(),
            news: access.live.as_ref().map(|live| (live.watch(), live.arrive())),
            over: false,
        };
        stream::unfold(reader, next).boxed()
    }

    /// The words of the answer that is being made, from those that have come on. Empty words mean that they are over: they are in the
    /// journal then, or were given up.
    pub fn words(&self, access: &Access) -> WordStream {
        let Some(live) = access.live.clone() else { return stream::empty().boxed() };
        let mut news = live.words.subscribe();
        if news.borrow().is_some() {
            news.mark_changed();
        }
        let ended = live.ended.clone().cancelled_owned();
        let words = stream::unfold((news, live, None), |(mut news, live, mut heard)| async move {
            let words = loop {
                news.changed().await.ok()?;
                tokio::time::sleep(WORDS_PAUSE).await;
                let now = news.borrow_and_update().clone();
                let over = |prompt_id| WordsJson { prompt_id, text: String::new() };
                if let Some(words) = now.or_else(|| heard.map(over)) {
                    break words;
                }
            };
            heard = Some(words.prompt_id).filter(|_| !words.text.is_empty());
            Some((words, (news, live, heard)))
        });
        words.take_until(ended).boxed()
    }
}

async fn next(mut reader: Reader) -> Option<(Result<Event, SessionError>, Reader)> {
    loop {
        if reader.over {
            return None;
        }
        if let Some(event) = reader.read.next() {
            reader.after = event.seq;
            reader.over = matches!(event.kind, EventKind::SessionEnded { .. });
            return Some((Ok(event), reader));
        }
        // Never ahead of the fold: who acts on what they read must meet a service that knows it, too.
        let known = reader.news.as_mut().map(|(news, _)| *news.borrow_and_update());
        let unread = known.map_or(u64::from(EVENTS_READ_MAX), |known| known.saturating_sub(reader.after));
        let count = u32::try_from(unread).unwrap_or(EVENTS_READ_MAX).min(EVENTS_READ_MAX);
        match reader.store.events(reader.session, reader.after, count).await {
            Ok(events) if events.is_empty() => match &mut reader.news {
                Some((news, _)) => news.changed().await.ok()?,
                None => return None,
            },
            Ok(events) => reader.read = events.into_iter(),
            Err(error) => {
                reader.over = true;
                return Some((Err(error.into()), reader));
            }
        }
    }
}
