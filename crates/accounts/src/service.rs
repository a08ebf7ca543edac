//! The use cases of accounts. Who is signed in, and for how long: [`crate::sign_ins`].

use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use domain::wire::account::{NAME_CHARS_MAX, ProfileRequest, SignUpRequest, ThemeChoice, UserJson};
use domain::{Clock, Entropy, Timestamp, UserId};
use store::{AccountStore, Ending, IdentityRecord, UserRecord};
use tokio::sync::watch;

use crate::attempts::{Attempts, Counted, TooOften};
use crate::hashing::{Hasher, Verdict};
use crate::identity::Providers;
use crate::password::Password;
use crate::{AccountError, AccountsConfig, Email, Person, SignInToken, SignUpPolicy, SignedIn};

/// How young a sign-in has to be to stand for the password of somebody who has none.
const FRESH_MS: u64 = 10 * 60_000;

/// What the service is made of.
pub struct Parts {
    /// Where users are kept.
    pub store: Arc<dyn AccountStore>,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Where randomness comes from.
    pub entropy: Arc<dyn Entropy>,
    /// Settings.
    pub config: AccountsConfig,
    /// Signs what a browser carries to a provider and back.
    pub flow_key: [u8; 32],
}

/// The use cases. Cheap to clone; all clones are the same service.
#[derive(Clone)]
pub struct Accounts {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) store: Arc<dyn AccountStore>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
    pub(crate) config: AccountsConfig,
    pub(crate) providers: Providers,
    hasher: Hasher,
    attempts: Mutex<Attempts>,
    /// Raised when sign-ins have ended in this process.
    pub(crate) endings: watch::Sender<()>,
    pub(crate) swept_at: Mutex<Option<Timestamp>>,
}

impl Accounts {
    /// The service over a store.
    ///
    /// # Errors
    /// When hashing or the connection to providers can't be set up as configured.
    pub fn new(parts: Parts) -> Result<Self, AccountError> {
        let Parts { store, clock, entropy, config, flow_key } = parts;
        let inner = Inner {
            hasher: Hasher::new(&config.hashing, Arc::clone(&entropy))?,
            providers: Providers::new(&config.providers, flow_key)?,
            attempts: Mutex::new(Attempts::new(config.limits)),
            endings: watch::Sender::default(),
            swept_at: Mutex::new(None),
            store,
            clock,
            entropy,
            config,
        };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Whether there are accounts.
    pub fn enabled(&self) -> bool {
        self.inner.config.enabled
    }

    /// Whether new ones may be made.
    pub fn takes_sign_ups(&self) -> bool {
        self.enabled() && self.inner.config.sign_up == SignUpPolicy::Open
    }

    /// Which sandbox providers a user may choose from.
    pub fn sandbox_providers(&self) -> &[String] {
        &self.inner.config.sandbox_providers
    }

    /// Makes an account and signs in.
    ///
    /// That an address is taken is told: without mail there is no other way to say why nothing happens. How often a network
    /// may ask is bounded, so that nobody learns many addresses.
    ///
    /// # Errors
    /// What [`AccountError`] says of addresses, passwords, names and limits.
    pub async fn sign_up(&self, request: &SignUpRequest, network: IpAddr) -> Result<SignedIn, AccountError> {
        self.check_sign_up()?;
        let email: Email = request.email.parse()?;
        let password = Password::chosen(&request.password, &email)?;
        let name = name(request.name.as_deref().unwrap_or_default())?;
        self.count_sign_up(network)?;
        let hash = self.inner.hasher.hash(password).await?;
        let user = self.new_user(&email, name, Some(hash));
        self.add(user, None, AccountError::EmailTaken).await
    }

    /// Signs in with a password. An address that nobody has takes as long as a wrong password, and is answered the same.
    ///
    /// # Errors
    /// [`AccountError::WrongCredentials`], [`AccountError::TooOften`], [`AccountError::Busy`].
    pub async fn sign_in(
        &self,
        email: &str,
        password: &str,
        network: IpAddr,
    ) -> Result<SignedIn, AccountError> {
        self.check_enabled()?;
        let email: Email = email.parse().map_err(|_| AccountError::WrongCredentials)?;
        let password = Password::shown(password).ok_or(AccountError::WrongCredentials)?;
        let counted = self.count_password(&email, network)?;
        let user = self.inner.store.user_by_email(email.as_str()).await?;
        let right = self.is_right(user.as_ref(), password, counted).await?;
        match user {
            Some(user) if right => self.begin_sign_in(user).await,
            Some(_) | None => Err(AccountError::WrongCredentials),
        }
    }

    /// Changes the password. Every other browser is signed out, and this one gets a new token.
    ///
    /// # Errors
    /// [`AccountError::WrongPassword`], [`AccountError::SignInAgain`], and what is said of the new one.
    pub async fn change_password(
        &self,
        person: &Person,
        current: Option<&str>,
        new: &str,
        network: IpAddr,
    ) -> Result<SignInToken, AccountError> {
        let new = Password::chosen(new, &address(&person.user)?)?;
        self.check_again(person, current, network).await?;
        let hash = self.inner.hasher.hash(new).await?;
        // Read again: a successful check may have hashed the password anew.
        let before = self.inner.store.user(person.user.id).await?.ok_or(AccountError::NotSignedIn)?;
        // The new sign-in is there before the others end, so that whatever goes wrong leaves somebody signed in.
        let (sign_in, token) = self.new_sign_in(before.id).await?;
        let (id, kept) = (before.id, before.password_hash.as_deref());
        if !self.inner.store.set_password(id, kept, &hash, Some(sign_in)).await? {
            self.end_sign_ins(id, Ending::One(sign_in)).await?;
            return Err(AccountError::WrongPassword);
        }
        self.inner.endings.send_replace(());
        Ok(token)
    }

    /// Changes what a user may change of themselves.
    ///
    /// # Errors
    /// [`AccountError::Name`], [`AccountError::SandboxProvider`].
    pub async fn update(&self, person: &Person, request: &ProfileRequest) -> Result<UserJson, AccountError> {
        let mut user = person.user.clone();
        if let Some(chosen) = &request.name {
            user.name = name(chosen)?;
        }
        if let Some(provider) = &request.default_provider {
            let known = self.inner.config.sandbox_providers.contains(provider);
            if !known && !provider.is_empty() {
                return Err(AccountError::SandboxProvider);
            }
            user.default_provider = Some(provider.clone()).filter(|_| known);
        }
        if let Some(theme) = request.theme {
            user.theme = theme.word().map(str::to_owned);
        }
        if !self.inner.store.update_user(&user).await? {
            return Err(AccountError::NotSignedIn);
        }
        Ok(to_json(&user, person.is_admin))
    }

    /// Ends the account: every sign-in is over at once, and nothing is kept but that there was one.
    ///
    /// # Errors
    /// [`AccountError::WrongPassword`], [`AccountError::SignInAgain`].
    pub async fn leave(
        &self,
        person: &Person,
        password: Option<&str>,
        network: IpAddr,
    ) -> Result<(), AccountError> {
        self.check_again(person, password, network).await?;
        self.inner.store.remove_user(person.user.id).await?;
        self.inner.endings.send_replace(());
        Ok(())
    }

    pub(crate) fn check_enabled(&self) -> Result<(), AccountError> {
        if self.enabled() { Ok(()) } else { Err(AccountError::Disabled) }
    }

    pub(crate) fn check_sign_up(&self) -> Result<(), AccountError> {
        self.check_enabled()?;
        if self.takes_sign_ups() { Ok(()) } else { Err(AccountError::SignUpClosed) }
    }

    pub(crate) fn new_user(&self, email: &Email, name: String, password_hash: Option<String>) -> UserRecord {
        UserRecord {
            id: UserId::generate(&*self.inner.clock, &*self.inner.entropy),
            email: email.as_str().to_owned(),
            name,
            password_hash,
            // The store keeps it for the first user ever.
            is_admin: true,
            default_provider: None,
            theme: None,
            created_at: self.inner.clock.now(),
        }
    }

    /// Adds a user and signs in; `taken` is what is said when somebody has the address.
    pub(crate) async fn add(
        &self,
        user: UserRecord,
        identity: Option<&IdentityRecord>,
        taken: AccountError,
    ) -> Result<SignedIn, AccountError> {
        if !self.inner.store.add_user(&user, identity).await? {
            return Err(taken);
        }
        let added = self.inner.store.user(user.id).await?.ok_or(AccountError::NotSignedIn)?;
        tracing::info!(user.id = %added.id, "somebody signed up");
        self.begin_sign_in(added).await
    }

    pub(crate) fn count_sign_up(&self, network: IpAddr) -> Result<(), AccountError> {
        let now = self.inner.clock.now();
        self.attempts(|attempts| attempts.sign_up(network, now))
    }

    fn count_password(&self, email: &Email, network: IpAddr) -> Result<Counted, AccountError> {
        let now = self.inner.clock.now();
        self.attempts(|attempts| attempts.password(email, network, now))
    }

    fn attempts<T>(&self, ask: impl FnOnce(&mut Attempts) -> Result<T, TooOften>) -> Result<T, AccountError> {
        let mut attempts = self.inner.attempts.lock().unwrap_or_else(PoisonError::into_inner);
        ask(&mut attempts).map_err(|refused| {
            let wait_ms = refused.free_at.ms_since(self.inner.clock.now());
            AccountError::TooOften { retry_after_seconds: wait_ms.div_ceil(1_000).max(1) }
        })
    }

    /// Whether a password is the user's. Without a user it takes as long.
    async fn is_right(
        &self,
        user: Option<&UserRecord>,
        password: Password,
        counted: Counted,
    ) -> Result<bool, AccountError> {
        let kept = user.and_then(|user| user.password_hash.clone());
        let verdict = self.inner.hasher.verify(password, kept).await?;
        if verdict == Verdict::Wrong {
            return Ok(false);
        }
        self.attempts(|attempts| {
            attempts.was_right(counted);
            Ok(())
        })?;
        if let (Verdict::RightOutdated(hash), Some(user)) = (&verdict, user) {
            // Whoever changed the password meanwhile has the newer word.
            self.inner.store.set_password(user.id, user.password_hash.as_deref(), hash, None).await?;
        }
        Ok(true)
    }

    /// Asks again for the password, or for a fresh sign-in where there is none.
    async fn check_again(
        &self,
        person: &Person,
        password: Option<&str>,
        network: IpAddr,
    ) -> Result<(), AccountError> {
        if person.user.password_hash.is_none() {
            let age_ms = self.inner.clock.now().ms_since(person.sign_in.began_at);
            return if age_ms < FRESH_MS { Ok(()) } else { Err(AccountError::SignInAgain) };
        }
        let password = password.and_then(Password::shown).ok_or(AccountError::WrongPassword)?;
        let counted = self.count_password(&address(&person.user)?, network)?;
        let right = self.is_right(Some(&person.user), password, counted).await?;
        if right { Ok(()) } else { Err(AccountError::WrongPassword) }
    }

    pub(crate) fn is_admin(&self, user: &UserRecord) -> bool {
        let named = &self.inner.config.admins;
        if named.is_empty() { user.is_admin } else { named.iter().any(|admin| admin.as_str() == user.email) }
    }
}

fn address(user: &UserRecord) -> Result<Email, AccountError> {
    Ok(user.email.parse()?)
}

pub(crate) fn name(text: &str) -> Result<String, AccountError> {
    let text = text.trim();
    // Marks that turn the direction of writing would reach beyond the name.
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let fits = text.chars().count() <= NAME_CHARS_MAX && !text.chars().any(|c| c.is_control() || turns(c));
    if fits { Ok(text.to_owned()) } else { Err(AccountError::Name) }
}

pub(crate) fn to_json(user: &UserRecord, is_admin: bool) -> UserJson {
    UserJson {
        user_id: user.id,
        email: user.email.clone(),
        name: user.name.clone(),
        is_admin,
        has_password: user.password_hash.is_some(),
        default_provider: user.default_provider.clone(),
        theme: ThemeChoice::of_word(user.theme.as_deref()),
        created_at: user.created_at,
    }
}
