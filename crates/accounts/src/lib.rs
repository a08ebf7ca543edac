//! Accounts: who signs up, who signs in, and who somebody is (J3).
//!
//! The use cases are methods of [`Accounts`]. This room knows no cookies, no HTTP surface and no SQL; of sessions and sandboxes it
//! knows nothing at all.

mod attempts;
mod config;
mod email;
mod error;
mod hashing;
mod identity;
mod life;
mod password;
mod service;
mod sign_ins;
mod token;

pub use attempts::{AttemptLimits, Window};
pub use config::{AccountsConfig, SignUpPolicy};
pub use email::Email;
pub use error::AccountError;
pub use hashing::HashingConfig;
pub use identity::{Begun, Finished, ProviderConfig, ProviderKind, Returned};
pub use life::IDLE_DAYS_MAX;
pub use password::PasswordError;
pub use service::{Accounts, Parts};
pub use sign_ins::{Person, SignedIn};
pub use token::SignInToken;
