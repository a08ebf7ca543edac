//! Stories of accounts over a real store, with a clock that is moved by hand (J3).
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::net::IpAddr;
use std::sync::Arc;

use accounts::{
    AccountError, Accounts, AccountsConfig, HashingConfig, Parts, SignInToken, SignUpPolicy, SignedIn,
};
use domain::wire::account::{ProfileRequest, SignUpRequest};
use domain::{ManualClock, SeededEntropy, Timestamp};
use store::{AccountStore as _, SqliteStore, Tariff};

const MINUTE_MS: i64 = 60_000;
const DAY_MS: i64 = 24 * 60 * MINUTE_MS;
const PASSWORD: &str = "correct horse";
/// Hashing is tested where it is; here it has to be quick.
const QUICK: HashingConfig =
    HashingConfig { memory_kib: 64, passes: 1, lanes: 1, at_once_max: 2, waiting_max: 64 };

struct Fixture {
    accounts: Accounts,
    clock: Arc<ManualClock>,
    store: SqliteStore,
    _folder: tempfile::TempDir,
}

async fn fixture(change: impl FnOnce(&mut AccountsConfig)) -> Fixture {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&folder.path().join("sandglass.db"), Tariff::free()).await.unwrap();
    let clock = Arc::new(ManualClock::new(Timestamp::from_unix_ms(1_000 * DAY_MS)));
    let mut config = AccountsConfig {
        hashing: QUICK,
        sandbox_providers: vec!["local".into()],
        ..AccountsConfig::default()
    };
    change(&mut config);
    let accounts = opened(&store, &clock, config, 1);
    Fixture { accounts, clock, store, _folder: folder }
}

fn opened(store: &SqliteStore, clock: &Arc<ManualClock>, config: AccountsConfig, seed: u64) -> Accounts {
    let (store, clock) = (Arc::new(store.clone()), Arc::clone(clock));
    let entropy = Arc::new(SeededEntropy::new(seed));
    Accounts::new(Parts { store, clock, entropy, config, flow_key: [1; 32] }).unwrap()
}

fn network() -> IpAddr {
    IpAddr::from([192, 0, 2, 1])
}

impl Fixture {
    async fn sign_up(&self, email: &str) -> Result<SignedIn, AccountError> {
        let request = SignUpRequest { email: email.into(), password: PASSWORD.into(), name: None };
        self.accounts.sign_up(&request, network()).await
    }

    async fn sign_in(&self, password: &str) -> Result<SignedIn, AccountError> {
        self.accounts.sign_in("ada@example.com", password, network()).await
    }

    /// The token to show after showing this one; `None` when it is nobody's.
    async fn shown(&self, token: &SignInToken) -> Option<SignInToken> {
        let person = self.accounts.who(token).await.unwrap()?;
        Some(person.renewed.unwrap_or_else(|| token.clone()))
    }
}

/// J3: a token changes once a day, and neither two requests at once nor a lost answer sign anybody out.
#[tokio::test]
async fn a_token_changes_without_signing_anybody_out() {
    let fixture = fixture(|_| {}).await;
    let first = fixture.sign_up("ada@example.com").await.unwrap().token;
    fixture.clock.advance_ms(DAY_MS);
    let both = futures_of(&fixture, &first).await;
    let changed: Vec<_> = both.iter().filter(|token| **token != first).collect();
    assert_eq!(changed.len(), 1, "one of two requests at once changes it");
    // The answer that carried it is lost; what the browser has still holds, and gets another.
    fixture.clock.advance_ms(MINUTE_MS);
    let second = fixture.shown(&first).await.unwrap();
    assert_ne!(second, first);
    assert!(fixture.shown(changed[0]).await.is_none(), "nobody ever had it");
    assert_eq!(fixture.shown(&second).await, Some(second.clone()));
    fixture.clock.advance_ms(MINUTE_MS - 1);
    assert_eq!(fixture.shown(&first).await, Some(first.clone()), "a request that was under way");
    fixture.clock.advance_ms(1);
    assert!(fixture.shown(&first).await.is_none(), "a copy");
    assert!(fixture.shown(&second).await.is_none(), "and nobody knows who has which");
}

/// What two requests at once get for one token.
async fn futures_of(fixture: &Fixture, token: &SignInToken) -> [SignInToken; 2] {
    let (one, other) = tokio::join!(fixture.shown(token), fixture.shown(token));
    [one.unwrap(), other.unwrap()]
}

/// J3
#[tokio::test]
async fn a_sign_in_that_nobody_uses_for_a_month_is_over_and_forgotten() {
    let fixture = fixture(|_| {}).await;
    let old = fixture.sign_up("ada@example.com").await.unwrap().token;
    fixture.clock.advance_ms(30 * DAY_MS);
    assert!(fixture.shown(&old).await.is_none());
    let new = fixture.sign_in(PASSWORD).await.unwrap().token;
    assert!(fixture.shown(&new).await.is_some());
}

/// J3: ten wrong passwords, whoever tries; the right ones before are not counted.
#[tokio::test]
async fn guessing_is_stopped_and_may_go_on_after_a_while() {
    let fixture = fixture(|_| {}).await;
    fixture.sign_up("ada@example.com").await.unwrap();
    for _ in 0..20 {
        fixture.sign_in(PASSWORD).await.unwrap();
    }
    for _ in 0..10 {
        assert!(matches!(fixture.sign_in("wrong horse").await, Err(AccountError::WrongCredentials)));
    }
    let refused = fixture.sign_in(PASSWORD).await.unwrap_err();
    assert!(matches!(refused, AccountError::TooOften { retry_after_seconds: 900 }), "{refused:?}");
    fixture.clock.advance_ms(15 * MINUTE_MS);
    assert!(fixture.sign_in(PASSWORD).await.is_ok());
}

/// J3: what other parameters made is made anew, and the password stays what it was.
#[tokio::test]
async fn a_hash_is_renewed_when_its_owner_signs_in() {
    let fixture = fixture(|_| {}).await;
    fixture.sign_up("ada@example.com").await.unwrap();
    let hash = async || {
        fixture.store.user_by_email("ada@example.com").await.unwrap().unwrap().password_hash.unwrap()
    };
    let before = hash().await;
    let hashing = HashingConfig { passes: 2, ..QUICK };
    let config = AccountsConfig { hashing, ..AccountsConfig::default() };
    let later = opened(&fixture.store, &fixture.clock, config, 2);
    assert!(later.sign_in("ada@example.com", "wrong horse", network()).await.is_err());
    assert_eq!(hash().await, before);
    later.sign_in("ada@example.com", PASSWORD, network()).await.unwrap();
    assert!(hash().await.starts_with("$argon2id$v=19$m=64,t=2,p=1$"), "{}", hash().await);
    later.sign_in("ada@example.com", PASSWORD, network()).await.unwrap();
}

/// J3
#[tokio::test]
async fn the_first_user_runs_the_server_unless_the_configuration_names_somebody() {
    let first_come = fixture(|_| {}).await;
    let mut admins = Vec::new();
    for email in ["ada@example.com", "bob@example.com"] {
        admins.push(first_come.sign_up(email).await.unwrap().user.is_admin);
    }
    let named = fixture(|config| config.admins = vec!["Bob@Example.com".parse().unwrap()]).await;
    for email in ["ada@example.com", "bob@example.com"] {
        admins.push(named.sign_up(email).await.unwrap().user.is_admin);
    }
    assert_eq!(admins, [true, false, false, true]);
}

/// J3
#[tokio::test]
async fn what_is_switched_off_is_off() {
    let closed = fixture(|config| config.sign_up = SignUpPolicy::Closed).await;
    assert!(matches!(closed.sign_up("ada@example.com").await, Err(AccountError::SignUpClosed)));
    let off = fixture(|config| config.enabled = false).await;
    assert!(matches!(off.sign_up("ada@example.com").await, Err(AccountError::Disabled)));
    assert!(matches!(off.sign_in(PASSWORD).await, Err(AccountError::Disabled)));
    assert!(off.accounts.who(&SignInToken::presented("any")).await.unwrap().is_none());
}

/// E6: only a provider that is there can be chosen.
#[tokio::test]
async fn a_profile_takes_what_there_is() {
    let fixture = fixture(|_| {}).await;
    let token = fixture.sign_up("ada@example.com").await.unwrap().token;
    let person = fixture.accounts.who(&token).await.unwrap().unwrap();
    let update = async |request: ProfileRequest| fixture.accounts.update(&person, &request).await;
    let provider =
        |name: &str| ProfileRequest { default_provider: Some(name.into()), ..ProfileRequest::default() };
    let chosen = update(provider("local")).await.unwrap();
    assert_eq!(chosen.default_provider.as_deref(), Some("local"));
    assert!(matches!(update(provider("magic")).await, Err(AccountError::SandboxProvider)));
    assert_eq!(update(provider("")).await.unwrap().default_provider, None);
    let name = |name: String| ProfileRequest { name: Some(name), ..ProfileRequest::default() };
    assert_eq!(update(name(" Ada <b>&amp; Co ".into())).await.unwrap().name, "Ada <b>&amp; Co");
    for bad in ["a\nb".to_owned(), "evil\u{202e}eman".to_owned(), "a".repeat(61)] {
        assert!(matches!(update(name(bad)).await, Err(AccountError::Name)));
    }
}
