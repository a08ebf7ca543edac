//! Who is signed in, and for how long.

use std::sync::PoisonError;
use std::time::Duration;

use domain::wire::account::UserJson;
use domain::{SignInId, UserId};
use store::{Ending, SignInRecord, UserRecord};

use crate::life::{self, Course};
use crate::service::to_json;
use crate::{AccountError, Accounts, SignInToken};

/// How often what is over by age is looked for.
const SWEEP_EVERY_MS: u64 = 24 * 60 * 60_000;

/// How often it is looked whether a sign-in still lasts: another process may have ended it.
const LOOK_AGAIN: Duration = Duration::from_secs(15);

/// Somebody who is signed in, as one request shows.
#[derive(Debug, Clone)]
pub struct Person {
    pub(crate) user: UserRecord,
    pub(crate) sign_in: SignInRecord,
    pub(crate) is_admin: bool,
    /// The token to show from now on, when it was changed.
    pub renewed: Option<SignInToken>,
}

impl Person {
    /// Who it is.
    pub fn id(&self) -> UserId {
        self.user.id
    }

    /// What they see of themselves.
    pub fn to_json(&self) -> UserJson {
        to_json(&self.user, self.is_admin)
    }
}

/// Somebody who has just signed in, and what to show from now on.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// Who it is.
    pub user: UserJson,
    /// Their token.
    pub token: SignInToken,
}

impl Accounts {
    /// Who shows this token; `None` when it is nobody's, or over.
    ///
    /// # Errors
    /// [`AccountError::Store`].
    pub async fn who(&self, token: &SignInToken) -> Result<Option<Person>, AccountError> {
        if !self.enabled() {
            return Ok(None);
        }
        let shown = token.hash();
        let Some((sign_in, user)) = self.inner.store.sign_in(&shown).await? else { return Ok(None) };
        let now = self.inner.clock.now();
        let mut renewed = None;
        let sign_in = match life::course(&sign_in, &shown, now) {
            Course::Good => sign_in,
            Course::Keep(kept) => {
                // Whoever was faster kept the same, or something newer.
                self.inner.store.update_sign_in(&sign_in.token_hash, &kept).await?;
                kept
            }
            Course::Rotate => {
                let token = SignInToken::generate(&*self.inner.entropy);
                let rotated = life::rotated(&sign_in, &shown, token.hash(), now);
                // Of two requests at once one changes it; the other goes on with what it showed.
                if self.inner.store.update_sign_in(&sign_in.token_hash, &rotated).await? {
                    renewed = Some(token);
                }
                sign_in
            }
            Course::Over => return Ok(None),
            Course::Copied => {
                tracing::warn!(user.id = %user.id, "a sign-in ended: a token was shown that was changed before");
                self.end_sign_ins(user.id, Ending::One(sign_in.id)).await?;
                return Ok(None);
            }
        };
        let is_admin = self.is_admin(&user);
        Ok(Some(Person { user, sign_in, is_admin, renewed }))
    }

    /// Signs out of this browser, or of all.
    ///
    /// # Errors
    /// [`AccountError::Store`].
    pub async fn sign_out(&self, person: &Person, everywhere: bool) -> Result<(), AccountError> {
        let which = if everywhere { Ending::All } else { Ending::One(person.sign_in.id) };
        self.end_sign_ins(person.user.id, which).await
    }

    /// Returns once this sign-in is over, however it ends: at once when it ends in this process, else within a quarter of a minute.
    /// What was opened with it ends then, too. Does not use the sign-in, so it grows old as if nobody were there.
    pub async fn until_over(&self, person: &Person) {
        let mut endings = self.inner.endings.subscribe();
        // While the store can't be asked nobody is signed out: the next look tells.
        while self.inner.store.has_sign_in(person.sign_in.id).await.unwrap_or(true) {
            // The sender lives as long as `self`.
            let _ = tokio::time::timeout(LOOK_AGAIN, endings.changed()).await;
        }
    }

    pub(crate) async fn end_sign_ins(&self, user: UserId, which: Ending) -> Result<(), AccountError> {
        self.inner.store.end_sign_ins(user, which).await?;
        self.inner.endings.send_replace(());
        Ok(())
    }

    pub(crate) async fn begin_sign_in(&self, user: UserRecord) -> Result<SignedIn, AccountError> {
        let (_, token) = self.new_sign_in(user.id).await?;
        let is_admin = self.is_admin(&user);
        Ok(SignedIn { user: to_json(&user, is_admin), token })
    }

    pub(crate) async fn new_sign_in(&self, user_id: UserId) -> Result<(SignInId, SignInToken), AccountError> {
        self.sweep().await?;
        let now = self.inner.clock.now();
        let token = SignInToken::generate(&*self.inner.entropy);
        let sign_in = SignInRecord {
            id: SignInId::generate(&*self.inner.clock, &*self.inner.entropy),
            user_id,
            token_hash: token.hash(),
            previous: None,
            began_at: now,
            rotated_at: now,
            used_at: now,
        };
        if !self.inner.store.add_sign_in(&sign_in).await? {
            return Err(AccountError::WrongCredentials);
        }
        Ok((sign_in.id, token))
    }

    /// Forgets sign-ins that are over, once a day.
    async fn sweep(&self) -> Result<(), AccountError> {
        let now = self.inner.clock.now();
        let due = {
            let mut swept_at = self.inner.swept_at.lock().unwrap_or_else(PoisonError::into_inner);
            let due = swept_at.is_none_or(|at| now.ms_since(at) >= SWEEP_EVERY_MS);
            if due {
                *swept_at = Some(now);
            }
            due
        };
        if due {
            let (began_before, used_before) = life::horizon(now);
            self.inner.store.forget_sign_ins(began_before, used_before).await?;
        }
        Ok(())
    }
}
