//! Users and their sign-ins in SQLite. Writes are rare, so each is run by itself within the batch.

mod reads;

use async_trait::async_trait;
use domain::{SignInId, Timestamp, TokenHash, UserId};
use sqlx::query;
use sqlx::sqlite::SqliteConnection;

use super::SqliteStore;
use super::writer::{Asked, Batch, Books, Group};
use crate::StoreError;
use crate::accounts::{
    AccountStore, Ending, IdentityRecord, SIGN_INS_PER_USER_MAX, SignInRecord, UserRecord,
};

/// One change. Each answers whether there was anything to change.
pub(super) enum Change {
    AddUser { user: UserRecord, identity: Option<IdentityRecord> },
    UpdateUser(UserRecord),
    SetPassword { id: UserId, before: Option<String>, after: String, keep: Option<SignInId> },
    RemoveUser(UserId),
    AddSignIn(SignInRecord),
    UpdateSignIn { before: TokenHash, after: SignInRecord },
    EndSignIns { user: UserId, which: Ending },
    ForgetSignIns { began_before: Timestamp, used_before: Timestamp },
}

impl Group for Change {
    type Answer = bool;
    const ONE_STATEMENT: bool = false;

    fn of(batch: &mut Batch) -> &mut Vec<Asked<Self>> {
        &mut batch.accounts
    }

    async fn run(
        connection: &mut SqliteConnection,
        _: &Books,
        all: &[Self],
    ) -> Result<Vec<bool>, StoreError> {
        let mut done = Vec::with_capacity(all.len());
        for change in all {
            done.push(change.run_one(&mut *connection).await?);
        }
        Ok(done)
    }
}

impl Change {
    async fn run_one(&self, connection: &mut SqliteConnection) -> Result<bool, StoreError> {
        match self {
            Self::AddUser { user, identity } => add_user(connection, user, identity.as_ref()).await,
            Self::UpdateUser(user) => update_user(connection, user).await,
            Self::SetPassword { id, before, after, keep } => {
                set_password(connection, *id, before.as_deref(), after, *keep).await
            }
            Self::RemoveUser(id) => remove_user(connection, *id).await,
            Self::AddSignIn(sign_in) => add_sign_in(connection, sign_in).await,
            Self::UpdateSignIn { before, after } => update_sign_in(connection, before, after).await,
            Self::EndSignIns { user, which } => end_sign_ins(connection, *user, *which).await,
            Self::ForgetSignIns { began_before, used_before } => {
                forget_sign_ins(connection, *began_before, *used_before).await
            }
        }
    }
}

async fn add_user(
    connection: &mut SqliteConnection,
    user: &UserRecord,
    identity: Option<&IdentityRecord>,
) -> Result<bool, StoreError> {
    // Both are asked first, so that nothing is left of a user whose identity is somebody's.
    let issuer = identity.map(|identity| identity.issuer.as_str());
    let subject = identity.map(|identity| identity.subject.as_str());
    let added = query(
        "INSERT INTO users (id, email, name, password_hash, is_admin, default_provider, theme, created_at_ms)
         SELECT ?, ?, ?, ?, ? AND NOT EXISTS (SELECT 1 FROM users), ?, ?, ?
         WHERE NOT EXISTS (SELECT 1 FROM identities WHERE issuer = ? AND subject = ?)
         ON CONFLICT DO NOTHING",
    )
    .bind(user.id.to_string())
    .bind(&user.email)
    .bind(&user.name)
    .bind(&user.password_hash)
    .bind(user.is_admin)
    .bind(&user.default_provider)
    .bind(&user.theme)
    .bind(user.created_at.unix_ms())
    .bind(issuer)
    .bind(subject)
    .execute(&mut *connection)
    .await?
    .rows_affected()
        > 0;
    if let (true, Some(identity)) = (added, identity) {
        query("INSERT INTO identities (issuer, subject, user_id, linked_at_ms) VALUES (?, ?, ?, ?)")
            .bind(&identity.issuer)
            .bind(&identity.subject)
            .bind(user.id.to_string())
            .bind(user.created_at.unix_ms())
            .execute(connection)
            .await?;
    }
    Ok(added)
}

async fn update_user(connection: &mut SqliteConnection, user: &UserRecord) -> Result<bool, StoreError> {
    let updated = query(
        "UPDATE users SET name = ?, default_provider = ?, theme = ? WHERE id = ? AND email IS NOT NULL",
    )
    .bind(&user.name)
    .bind(&user.default_provider)
    .bind(&user.theme)
    .bind(user.id.to_string())
    .execute(connection)
    .await?;
    Ok(updated.rows_affected() > 0)
}

async fn set_password(
    connection: &mut SqliteConnection,
    id: UserId,
    before: Option<&str>,
    after: &str,
    keep: Option<SignInId>,
) -> Result<bool, StoreError> {
    let set =
        query("UPDATE users SET password_hash = ? WHERE id = ? AND password_hash IS ? AND email IS NOT NULL")
            .bind(after)
            .bind(id.to_string())
            .bind(before)
            .execute(&mut *connection)
            .await?;
    let set = set.rows_affected() > 0;
    if let (true, Some(keep)) = (set, keep) {
        end_sign_ins(connection, id, Ending::Others(keep)).await?;
    }
    Ok(set)
}

async fn remove_user(connection: &mut SqliteConnection, id: UserId) -> Result<bool, StoreError> {
    end_sign_ins(&mut *connection, id, Ending::All).await?;
    query("DELETE FROM identities WHERE user_id = ?").bind(id.to_string()).execute(&mut *connection).await?;
    let removed = query(
        "UPDATE users SET email = NULL, name = '', password_hash = NULL, is_admin = FALSE, default_provider = NULL, \
         theme = NULL WHERE id = ? AND email IS NOT NULL",
    )
    .bind(id.to_string())
    .execute(connection)
    .await?;
    Ok(removed.rows_affected() > 0)
}

async fn add_sign_in(connection: &mut SqliteConnection, new: &SignInRecord) -> Result<bool, StoreError> {
    let added = query(
        "INSERT INTO sign_ins (id, user_id, token_hash, began_at_ms, rotated_at_ms, used_at_ms)
         SELECT ?, id, ?, ?, ?, ? FROM users WHERE id = ? AND email IS NOT NULL",
    )
    .bind(new.id.to_string())
    .bind(new.token_hash.as_str())
    .bind(new.began_at.unix_ms())
    .bind(new.rotated_at.unix_ms())
    .bind(new.used_at.unix_ms())
    .bind(new.user_id.to_string())
    .execute(&mut *connection)
    .await?;
    query(
        "DELETE FROM sign_ins WHERE id IN
         (SELECT id FROM sign_ins WHERE user_id = ? ORDER BY used_at_ms DESC, id DESC LIMIT -1 OFFSET ?)",
    )
    .bind(new.user_id.to_string())
    .bind(SIGN_INS_PER_USER_MAX)
    .execute(connection)
    .await?;
    Ok(added.rows_affected() > 0)
}

async fn update_sign_in(
    connection: &mut SqliteConnection,
    before: &TokenHash,
    after: &SignInRecord,
) -> Result<bool, StoreError> {
    let previous = after.previous.as_ref();
    let updated = query(
        "UPDATE sign_ins SET token_hash = ?, previous_hash = ?, previous_until_ms = ?, rotated_at_ms = ?, used_at_ms = ?
         WHERE id = ? AND token_hash = ?",
    )
    .bind(after.token_hash.as_str())
    .bind(previous.map(|previous| previous.token_hash.as_str()))
    .bind(previous.and_then(|previous| previous.until).map(Timestamp::unix_ms))
    .bind(after.rotated_at.unix_ms())
    .bind(after.used_at.unix_ms())
    .bind(after.id.to_string())
    .bind(before.as_str())
    .execute(connection)
    .await?;
    Ok(updated.rows_affected() > 0)
}

async fn end_sign_ins(
    connection: &mut SqliteConnection,
    user: UserId,
    which: Ending,
) -> Result<bool, StoreError> {
    let (only, but) = match which {
        Ending::One(id) => (Some(id.to_string()), None),
        Ending::Others(id) => (None, Some(id.to_string())),
        Ending::All => (None, None),
    };
    let ended = query("DELETE FROM sign_ins WHERE user_id = ? AND id = coalesce(?, id) AND id IS NOT ?")
        .bind(user.to_string())
        .bind(only)
        .bind(but)
        .execute(connection)
        .await?;
    Ok(ended.rows_affected() > 0)
}

async fn forget_sign_ins(
    connection: &mut SqliteConnection,
    began_before: Timestamp,
    used_before: Timestamp,
) -> Result<bool, StoreError> {
    let forgotten = query("DELETE FROM sign_ins WHERE began_at_ms < ? OR used_at_ms < ?")
        .bind(began_before.unix_ms())
        .bind(used_before.unix_ms())
        .execute(connection)
        .await?;
    Ok(forgotten.rows_affected() > 0)
}

#[async_trait]
impl AccountStore for SqliteStore {
    async fn add_user(
        &self,
        user: &UserRecord,
        identity: Option<&IdentityRecord>,
    ) -> Result<bool, StoreError> {
        self.writer.write(Change::AddUser { user: user.clone(), identity: identity.cloned() }).await
    }

    async fn user(&self, id: UserId) -> Result<Option<UserRecord>, StoreError> {
        reads::user(&self.readers, id).await
    }

    async fn user_by_email(&self, email: &str) -> Result<Option<UserRecord>, StoreError> {
        reads::user_by_email(&self.readers, email).await
    }

    async fn user_by_identity(&self, identity: &IdentityRecord) -> Result<Option<UserRecord>, StoreError> {
        reads::user_by_identity(&self.readers, identity).await
    }

    async fn update_user(&self, user: &UserRecord) -> Result<bool, StoreError> {
        self.writer.write(Change::UpdateUser(user.clone())).await
    }

    async fn set_password(
        &self,
        id: UserId,
        before: Option<&str>,
        after: &str,
        keep: Option<SignInId>,
    ) -> Result<bool, StoreError> {
        let (before, after) = (before.map(str::to_owned), after.to_owned());
        self.writer.write(Change::SetPassword { id, before, after, keep }).await
    }

    async fn remove_user(&self, id: UserId) -> Result<bool, StoreError> {
        self.writer.write(Change::RemoveUser(id)).await
    }

    async fn add_sign_in(&self, sign_in: &SignInRecord) -> Result<bool, StoreError> {
        self.writer.write(Change::AddSignIn(sign_in.clone())).await
    }

    async fn sign_in(&self, token: &TokenHash) -> Result<Option<(SignInRecord, UserRecord)>, StoreError> {
        reads::sign_in(&self.readers, token).await
    }

    async fn has_sign_in(&self, id: SignInId) -> Result<bool, StoreError> {
        reads::has_sign_in(&self.readers, id).await
    }

    async fn update_sign_in(&self, before: &TokenHash, after: &SignInRecord) -> Result<bool, StoreError> {
        self.writer.write(Change::UpdateSignIn { before: before.clone(), after: after.clone() }).await
    }

    async fn end_sign_ins(&self, user: UserId, which: Ending) -> Result<bool, StoreError> {
        self.writer.write(Change::EndSignIns { user, which }).await
    }

    async fn forget_sign_ins(
        &self,
        began_before: Timestamp,
        used_before: Timestamp,
    ) -> Result<(), StoreError> {
        self.writer.write(Change::ForgetSignIns { began_before, used_before }).await.map(drop)
    }
}
