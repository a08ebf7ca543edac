//! Who may do what: the token is the authority, the id alone is none (J4).

use std::sync::Arc;

use domain::wire::SessionJson;
use domain::{SessionId, SessionToken, SessionView, TokenHash};
use sha2::{Digest, Sha256};
use store::SessionRecord;

use crate::live::LiveSession;
use crate::{SessionError, Sessions, journal};

/// A session to which the caller has shown the right token.
pub struct Access {
    pub(crate) record: SessionRecord,
    pub(crate) live: Option<Arc<LiveSession>>,
}

impl Access {
    /// Whether the session is over.
    pub fn has_ended(&self) -> bool {
        self.live().is_err()
    }

    /// The session, for as long as it lives.
    pub(crate) fn live(&self) -> Result<&Arc<LiveSession>, SessionError> {
        self.live.as_ref().filter(|live| !live.ended.is_cancelled()).ok_or(SessionError::Ended)
    }
}

pub(crate) fn token_hash(token: &SessionToken) -> TokenHash {
    TokenHash::from_digest(&Sha256::digest(token.reveal()).into())
}

impl Sessions {
    /// Opens a session to whoever shows its token, and notes that somebody is there.
    ///
    /// # Errors
    /// [`SessionError::NoToken`], [`SessionError::Unknown`], [`SessionError::NotYours`] or [`SessionError::Store`].
    pub async fn authorize(
        &self,
        id: SessionId,
        token: Option<&SessionToken>,
    ) -> Result<Access, SessionError> {
        let token = token.ok_or(SessionError::NoToken)?;
        let live = self.inner.live.by_id(id);
        let record = match &live {
            Some(live) => live.record.clone(),
            None => self.inner.store.session(id).await?.ok_or(SessionError::Unknown)?,
        };
        if record.token_hash != token_hash(token) {
            return Err(SessionError::NotYours);
        }
        if let Some(live) = &live {
            live.seen();
        }
        Ok(Access { record, live })
    }

    /// The live session that a token belongs to, so that a reloaded page finds back to it.
    ///
    /// # Errors
    /// [`SessionError::Store`].
    pub async fn current(&self, token: &SessionToken) -> Result<Option<SessionJson>, SessionError> {
        let Some(record) = self.inner.store.session_by_token(&token_hash(token)).await? else {
            return Ok(None);
        };
        let live = self.inner.live.by_id(record.id);
        Ok(live
            .filter(|live| !live.ended.is_cancelled())
            .map(|live| live.look(|view| SessionJson::from(view))))
    }

    /// Where a session stands.
    ///
    /// # Errors
    /// [`SessionError::Store`].
    pub async fn status(&self, access: &Access) -> Result<SessionJson, SessionError> {
        if let Some(live) = &access.live {
            return Ok(live.look(|view| SessionJson::from(view)));
        }
        let journal = journal::whole(&*self.inner.store, access.record.id).await?;
        SessionView::of(&journal).as_ref().map(SessionJson::from).ok_or(SessionError::Unknown)
    }
}
