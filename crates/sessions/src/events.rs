//! A session's journal as a stream: what was, then what comes.

use std::sync::Arc;

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
