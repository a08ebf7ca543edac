//! The shapes of `/api/v1/account` (J3).

use serde::{Deserialize, Serialize};

use crate::{Timestamp, UserId};

/// The fewest characters of a password.
pub const PASSWORD_CHARS_MIN: usize = 10;
/// The longest password, in bytes.
pub const PASSWORD_BYTES_MAX: usize = 256;
/// The longest name, in characters.
pub const NAME_CHARS_MAX: usize = 60;

/// A user as they see themselves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UserJson {
    /// The user.
    pub user_id: UserId,
    /// Their address, in lower case.
    pub email: String,
    /// What they want to be called; may be empty.
    pub name: String,
    /// Whether they run this server.
    pub is_admin: bool,
    /// Whether they sign in with a password, and not with a provider alone.
    pub has_password: bool,
    /// Who makes their sandboxes unless they say otherwise; the server's default when absent.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub default_provider: Option<String>,
    /// How pages look to them.
    #[serde(default)]
    pub theme: ThemeChoice,
    /// When they signed up.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = "date-time"))]
    pub created_at: Timestamp,
}

/// How pages look.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum ThemeChoice {
    /// As the system says.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl ThemeChoice {
    /// Every choice.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The word for it where there is a choice; the system's theme has none.
    pub const fn word(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }

    /// What [`Self::word`] gave; anything else follows the system.
    pub fn of_word(word: Option<&str>) -> Self {
        Self::ALL.into_iter().find(|choice| choice.word() == word).unwrap_or_default()
    }
}

/// Whose account it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountJson {
    /// The user.
    pub user: UserJson,
}

/// Asks for an account: `POST /api/v1/account/sign-up`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SignUpRequest {
    /// An address that nobody else has signed up with.
    #[cfg_attr(feature = "openapi", schema(example = "ada@example.com"))]
    pub email: String,
    /// 10 characters to 256 bytes, none of the most common ones.
    pub password: String,
    /// What to be called, in up to 60 characters.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub name: Option<String>,
}

/// Shows who one is: `POST /api/v1/account/sign-in`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SignInRequest {
    /// The address one signed up with.
    pub email: String,
    /// The password.
    pub password: String,
}

/// Signs out: `POST /api/v1/account/sign-out`. The body may be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SignOutRequest {
    /// Whether every browser is signed out, and not this one alone.
    #[serde(default)]
    pub everywhere: bool,
}

/// Changes the password: `POST /api/v1/account/password`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PasswordRequest {
    /// The password in force; leave it out where there is none and the sign-in is younger than ten minutes.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub current: Option<String>,
    /// The one to come.
    pub new: String,
}

/// Ends the account: `DELETE /api/v1/account`.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LeaveRequest {
    /// The password; leave it out where there is none and the sign-in is younger than ten minutes.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub password: Option<String>,
}

/// Changes what a user may change of themselves: `PATCH /api/v1/account`. What is left out stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ProfileRequest {
    /// What to be called, in up to 60 characters.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub name: Option<String>,
    /// Who makes sandboxes; empty for the server's default.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub default_provider: Option<String>,
    /// How pages look.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub theme: Option<ThemeChoice>,
}

/// Somebody else who says who people are: `GET /api/v1/account/providers`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IdentityProviderJson {
    /// Its name in addresses.
    #[cfg_attr(feature = "openapi", schema(example = "github"))]
    pub name: String,
    /// Its name for people.
    #[cfg_attr(feature = "openapi", schema(example = "GitHub"))]
    pub label: String,
}

macro_rules! keeps_secrets {
    ($($name:ident),*) => {
        $(
            /// Passwords never show in a log.
            impl std::fmt::Debug for $name {
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    f.write_str(concat!(stringify!($name), "(…)"))
                }
            }
        )*
    };
}

keeps_secrets!(SignUpRequest, SignInRequest, PasswordRequest, LeaveRequest);
