//! Reading users and their sign-ins.

use domain::{SignInId, Timestamp, TokenHash, UserId};
use sqlx::sqlite::{SqlitePool, SqliteRow};
use sqlx::{Row as _, query};

use crate::StoreError;
use crate::accounts::{IdentityRecord, PreviousToken, SignInRecord, UserRecord};
use crate::sqlite::parse;

pub(super) async fn user(db: &SqlitePool, id: UserId) -> Result<Option<UserRecord>, StoreError> {
    let row = query("SELECT *, id AS user_id FROM users WHERE id = ? AND email IS NOT NULL")
        .bind(id.to_string())
        .fetch_optional(db)
        .await?;
    row.as_ref().map(user_record).transpose()
}

pub(super) async fn user_by_email(db: &SqlitePool, email: &str) -> Result<Option<UserRecord>, StoreError> {
    let row =
        query("SELECT *, id AS user_id FROM users WHERE email = ?").bind(email).fetch_optional(db).await?;
    row.as_ref().map(user_record).transpose()
}

pub(super) async fn user_by_identity(
    db: &SqlitePool,
    identity: &IdentityRecord,
) -> Result<Option<UserRecord>, StoreError> {
    let row = query(
        "SELECT users.*, users.id AS user_id FROM identities JOIN users ON users.id = identities.user_id
         WHERE issuer = ? AND subject = ? AND email IS NOT NULL",
    )
    .bind(&identity.issuer)
    .bind(&identity.subject)
    .fetch_optional(db)
    .await?;
    row.as_ref().map(user_record).transpose()
}

pub(super) async fn has_sign_in(db: &SqlitePool, id: SignInId) -> Result<bool, StoreError> {
    let row = query("SELECT 1 FROM sign_ins WHERE id = ?").bind(id.to_string()).fetch_optional(db).await?;
    Ok(row.is_some())
}

pub(super) async fn sign_in(
    db: &SqlitePool,
    token: &TokenHash,
) -> Result<Option<(SignInRecord, UserRecord)>, StoreError> {
    let row = query(
        "SELECT users.*, sign_ins.*, sign_ins.id AS sign_in_id
         FROM sign_ins JOIN users ON users.id = sign_ins.user_id
         WHERE (token_hash = ?1 OR previous_hash = ?1) AND email IS NOT NULL",
    )
    .bind(token.as_str())
    .fetch_optional(db)
    .await?;
    row.as_ref().map(|row| Ok((sign_in_record(row)?, user_record(row)?))).transpose()
}

fn user_record(row: &SqliteRow) -> Result<UserRecord, StoreError> {
    Ok(UserRecord {
        id: parse("users", row.try_get("user_id")?)?,
        email: row.try_get("email")?,
        name: row.try_get("name")?,
        password_hash: row.try_get("password_hash")?,
        is_admin: row.try_get("is_admin")?,
        default_provider: row.try_get("default_provider")?,
        theme: row.try_get("theme")?,
        created_at: Timestamp::from_unix_ms(row.try_get("created_at_ms")?),
    })
}

fn sign_in_record(row: &SqliteRow) -> Result<SignInRecord, StoreError> {
    let moment = |column: &str| row.try_get(column).map(Timestamp::from_unix_ms);
    let hash = |text: String| {
        let corrupt =
            |error: domain::IdError| StoreError::Corrupt { table: "sign_ins", reason: error.to_string() };
        TokenHash::try_from(text).map_err(corrupt)
    };
    let until = row.try_get::<Option<i64>, _>("previous_until_ms")?.map(Timestamp::from_unix_ms);
    let previous = row.try_get::<Option<String>, _>("previous_hash")?.map(hash).transpose()?;
    Ok(SignInRecord {
        id: parse("sign_ins", row.try_get("sign_in_id")?)?,
        user_id: parse("sign_ins", row.try_get("user_id")?)?,
        token_hash: hash(row.try_get("token_hash")?)?,
        previous: previous.map(|token_hash| PreviousToken { token_hash, until }),
        began_at: moment("began_at_ms")?,
        rotated_at: moment("rotated_at_ms")?,
        used_at: moment("used_at_ms")?,
    })
}
