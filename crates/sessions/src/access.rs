//! Who may do what: the token is the authority, the id alone is none (J4).

use std::sync::Arc;

use domain::wire::SessionJson;
use domain::{Doing, SessionId, SessionKind, SessionToken, SessionView, TokenHash, UserId};
use sandbox::Sandbox;
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

    /// The session while it lives, if its kind lets its holder do this.
    pub(crate) fn to(&self, doing: Doing) -> Result<&Arc<LiveSession>, SessionError> {
        let live = self.live()?;
        let kind = live.look(|view| view.kind);
        if kind.allows(doing) { Ok(live) } else { Err(SessionError::Forbidden { kind, doing }) }
    }

    /// Its sandbox while it lives, if its kind lets its holder do this.
    pub(crate) fn sandbox_to(
        &self,
        doing: Doing,
    ) -> Result<(&Arc<LiveSession>, Arc<dyn Sandbox>), SessionError> {
        let live = self.to(doing)?;
        let sandbox = live.sandbox.get().cloned().ok_or(SessionError::Starting)?;
        Ok((live, sandbox))
    }

    /// The session, for as long as it lives.
    pub(crate) fn live(&self) -> Result<&Arc<LiveSession>, SessionError> {
        self.live.as_ref().filter(|live| !live.ended.is_cancelled()).ok_or(SessionError::Ended)
    }
}

/// Who shows a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum By {
    /// A program, which was given it.
    Client,
    /// A browser, whoever sits at it.
    Browser,
}

pub(crate) fn token_hash(token: &SessionToken) -> TokenHash {
    TokenHash::from_digest(&Sha256::digest(token.reveal()).into())
}

impl Sessions {
    /// Opens a session to whoever shows its token or is its owner, and notes that somebody is there.
    ///
    /// # Errors
    /// [`SessionError::NoToken`], [`SessionError::Unknown`], [`SessionError::NotYours`] or [`SessionError::Store`].
    pub async fn authorize(
        &self,
        id: SessionId,
        token: Option<&SessionToken>,
        user: Option<UserId>,
    ) -> Result<Access, SessionError> {
        let access = self.find(id, token, user, By::Client).await?;
        if let Some(live) = &access.live {
            live.seen();
        }
        Ok(access)
    }

    /// The same for a browser, which keeps tokens in cookies, whoever sits at it: once a session has an owner, its cookie opens it
    /// to nobody else.
    ///
    /// # Errors
    /// Those of [`Sessions::authorize`].
    pub async fn authorize_browser(
        &self,
        id: SessionId,
        token: Option<&SessionToken>,
        user: Option<UserId>,
    ) -> Result<Access, SessionError> {
        let access = self.find(id, token, user, By::Browser).await?;
        if let Some(live) = &access.live {
            live.seen();
        }
        Ok(access)
    }

    /// The same without noting that somebody is there.
    pub(crate) async fn find(
        &self,
        id: SessionId,
        token: Option<&SessionToken>,
        user: Option<UserId>,
        by: By,
    ) -> Result<Access, SessionError> {
        if token.is_none() && user.is_none() {
            return Err(SessionError::NoToken);
        }
        let live = self.inner.live.by_id(id);
        let record = match &live {
            Some(live) => live.record.clone(),
            None => self.inner.store.session(id).await?.ok_or(SessionError::Unknown)?,
        };
        let owner = live.as_ref().map_or(record.owner, |live| live.owner());
        let has_token = token.is_some_and(|token| record.token_hash == token_hash(token));
        let is_owner = user.is_some() && user == owner;
        let by_token = has_token && (owner.is_none() || by == By::Client);
        if !by_token && !is_owner {
            return Err(SessionError::NotYours);
        }
        Ok(Access { record, live })
    }

    /// The live demo that a token belongs to, so that a reloaded page finds back to it.
    ///
    /// # Errors
    /// [`SessionError::Store`].
    pub async fn current(&self, token: &SessionToken) -> Result<Option<SessionJson>, SessionError> {
        let Some(record) = self.inner.store.session_by_token(&token_hash(token)).await? else {
            return Ok(None);
        };
        let live = self.inner.live.by_id(record.id);
        let is_demo = |live: &Arc<LiveSession>| live.look(|view| view.kind == SessionKind::Demo);
        Ok(live
            .filter(|live| !live.ended.is_cancelled() && is_demo(live))
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
