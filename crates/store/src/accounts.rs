//! Where people with an account are kept: the trait [`AccountStore`] and its rows as values (J3).

use async_trait::async_trait;
use domain::{SignInId, Timestamp, TokenHash, UserId};

use crate::StoreError;

/// Browsers that one user may be signed in with; a further one signs out the one that was unused for longest.
pub const SIGN_INS_PER_USER_MAX: u32 = 20;

/// One user.
#[derive(Clone, PartialEq, Eq)]
pub struct UserRecord {
    /// The user.
    pub id: UserId,
    /// Their address, in lower case.
    pub email: String,
    /// What they want to be called; may be empty.
    pub name: String,
    /// Their password's hash as a PHC string; `None` for those who sign in with a provider.
    pub password_hash: Option<String>,
    /// Whether they were the first ever.
    pub is_admin: bool,
    /// Who makes their sandboxes unless they say otherwise.
    pub default_provider: Option<String>,
    /// `light` or `dark`; `None` follows the system.
    pub theme: Option<String>,
    /// When they signed up.
    pub created_at: Timestamp,
}

/// Neither an address nor a hash shows in a log.
impl std::fmt::Debug for UserRecord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("UserRecord").field("id", &self.id).finish_non_exhaustive()
    }
}

/// By what a provider knows a user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentityRecord {
    /// The provider's address.
    pub issuer: String,
    /// What it calls the user, which never changes.
    pub subject: String,
}

/// One browser that is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignInRecord {
    /// The sign-in.
    pub id: SignInId,
    /// Whose.
    pub user_id: UserId,
    /// SHA-256 of the token in force.
    pub token_hash: TokenHash,
    /// The token before it, as long as it may still be shown.
    pub previous: Option<PreviousToken>,
    /// When the user signed in.
    pub began_at: Timestamp,
    /// When the token in force was made.
    pub rotated_at: Timestamp,
    /// When it was last used, to within minutes.
    pub used_at: Timestamp,
}

/// The token before the one in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviousToken {
    /// SHA-256 of it.
    pub token_hash: TokenHash,
    /// How long it holds; `None` as long as nobody has shown the newer one, which may not have arrived.
    pub until: Option<Timestamp>,
}

/// Which sign-ins of a user end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// One of them.
    One(SignInId),
    /// All but one of them.
    Others(SignInId),
    /// All of them.
    All,
}

/// Keeps users and their sign-ins. Every call is atomic, and durable against the death of this process once it answers.
#[async_trait]
pub trait AccountStore: Send + Sync + 'static {
    /// Adds a user, with an identity if they came by a provider; `false`, and nothing is added, when the address or the
    /// identity is somebody's. `is_admin` is kept only for the first user ever.
    async fn add_user(
        &self,
        user: &UserRecord,
        identity: Option<&IdentityRecord>,
    ) -> Result<bool, StoreError>;

    /// A user who has not left.
    async fn user(&self, id: UserId) -> Result<Option<UserRecord>, StoreError>;

    /// A user by their address in lower case.
    async fn user_by_email(&self, email: &str) -> Result<Option<UserRecord>, StoreError>;

    /// A user by what a provider knows them by.
    async fn user_by_identity(&self, identity: &IdentityRecord) -> Result<Option<UserRecord>, StoreError>;

    /// Keeps what a user may change of themselves: name, default provider and theme. `false` when they have left.
    async fn update_user(&self, user: &UserRecord) -> Result<bool, StoreError>;

    /// Replaces a password's hash, if it is still `before`. With `keep`, every other sign-in ends.
    async fn set_password(
        &self,
        id: UserId,
        before: Option<&str>,
        after: &str,
        keep: Option<SignInId>,
    ) -> Result<bool, StoreError>;

    /// Forgets everything about a user but that there was one, their sign-ins included; `false` when they have left.
    async fn remove_user(&self, id: UserId) -> Result<bool, StoreError>;

    /// Adds a sign-in; beyond [`SIGN_INS_PER_USER_MAX`], the one that was unused for longest ends. `false` when the user has
    /// left.
    async fn add_sign_in(&self, sign_in: &SignInRecord) -> Result<bool, StoreError>;

    /// A sign-in by its token or the one before, and whose it is.
    async fn sign_in(&self, token: &TokenHash) -> Result<Option<(SignInRecord, UserRecord)>, StoreError>;

    /// Whether a sign-in still lasts.
    async fn has_sign_in(&self, id: SignInId) -> Result<bool, StoreError>;

    /// Keeps a sign-in's tokens and moments, if its token is still `before`.
    async fn update_sign_in(&self, before: &TokenHash, after: &SignInRecord) -> Result<bool, StoreError>;

    /// Ends sign-ins; `false` when there were none.
    async fn end_sign_ins(&self, user: UserId, which: Ending) -> Result<bool, StoreError>;

    /// Forgets sign-ins that began before one moment, or were last used before another.
    async fn forget_sign_ins(
        &self,
        began_before: Timestamp,
        used_before: Timestamp,
    ) -> Result<(), StoreError>;
}
