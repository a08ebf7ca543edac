//! Passwords' hashes: argon2id, off the async threads, and never more at once than there is memory for.

use std::sync::Arc;

use argon2::password_hash::{PasswordHash, PasswordHasher as _, PasswordVerifier as _, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use domain::Entropy;
use tokio::sync::Semaphore;

use crate::AccountError;
use crate::password::Password;

/// What a password costs to hash.
///
/// The defaults are the first choice of OWASP's Password Storage Cheat Sheet for argon2id: 19 MiB, 2 passes, 1 lane.
#[derive(Debug, Clone, Copy)]
pub struct HashingConfig {
    /// Memory of one hash, in KiB. Default 19,456.
    pub memory_kib: u32,
    /// Passes over it. Default 2.
    pub passes: u32,
    /// Lanes. Default 1.
    pub lanes: u32,
    /// Hashes worked on at once: with their memory, what hashing takes at most. Default 2.
    pub at_once_max: usize,
    /// Hashes that may wait; whoever comes then is told to come back. Default 64, some two seconds' worth.
    pub waiting_max: usize,
}

impl Default for HashingConfig {
    fn default() -> Self {
        Self { memory_kib: 19_456, passes: 2, lanes: 1, at_once_max: 2, waiting_max: 64 }
    }
}

/// What came of comparing a password with a hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It is another one.
    Wrong,
    /// It is the one.
    Right,
    /// It is the one, and this is its hash by the parameters in force, as the kept one is not.
    RightOutdated(String),
}

/// Hashes and compares.
pub(crate) struct Hasher {
    argon2: Argon2<'static>,
    at_once: Arc<Semaphore>,
    /// Those at work and those that wait.
    admitted: Arc<Semaphore>,
    entropy: Arc<dyn Entropy>,
}

impl Hasher {
    /// # Errors
    /// [`AccountError::Hashing`] when argon2 does not work with these parameters.
    pub(crate) fn new(config: &HashingConfig, entropy: Arc<dyn Entropy>) -> Result<Self, AccountError> {
        let params = Params::new(config.memory_kib, config.passes, config.lanes, None)
            .map_err(|error| AccountError::Hashing(error.into()))?;
        Ok(Self {
            argon2: Argon2::new(Algorithm::Argon2id, Version::V0x13, params),
            at_once: Arc::new(Semaphore::new(config.at_once_max)),
            admitted: Arc::new(Semaphore::new(config.at_once_max + config.waiting_max)),
            entropy,
        })
    }

    /// A new hash, as a PHC string.
    pub(crate) async fn hash(&self, password: Password) -> Result<String, AccountError> {
        let (argon2, salt) = (self.argon2.clone(), self.salt()?);
        self.work(move || hash(&argon2, &password, &salt)).await
    }

    /// Compares. Without a hash to compare with it takes as long, and the password is wrong.
    pub(crate) async fn verify(
        &self,
        password: Password,
        kept: Option<String>,
    ) -> Result<Verdict, AccountError> {
        let (argon2, salt) = (self.argon2.clone(), self.salt()?);
        self.work(move || {
            let Some(kept) = kept else { return hash(&argon2, &password, &salt).map(|_| Verdict::Wrong) };
            let kept = PasswordHash::new(&kept)?;
            match argon2.verify_password(password.as_bytes(), &kept) {
                Ok(()) if is_current(&argon2, &kept) => Ok(Verdict::Right),
                Ok(()) => hash(&argon2, &password, &salt).map(Verdict::RightOutdated),
                Err(argon2::password_hash::Error::Password) => Ok(Verdict::Wrong),
                Err(error) => Err(error),
            }
        })
        .await
    }

    fn salt(&self) -> Result<SaltString, AccountError> {
        let mut salt = [0; 16];
        self.entropy.fill(&mut salt);
        SaltString::encode_b64(&salt).map_err(AccountError::Hashing)
    }

    /// On a thread that may be kept busy. Who goes away leaves the work to be finished, and its place taken until then.
    async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, argon2::password_hash::Error> + Send + 'static,
    ) -> Result<T, AccountError> {
        let admitted = Arc::clone(&self.admitted).try_acquire_owned().map_err(|_| AccountError::Busy)?;
        let place = Arc::clone(&self.at_once).acquire_owned().await.map_err(|_| AccountError::Busy)?;
        let done = tokio::task::spawn_blocking(move || {
            let done = work();
            drop((place, admitted));
            done
        });
        done.await.map_err(|_| AccountError::Busy)?.map_err(AccountError::Hashing)
    }
}

fn hash(
    argon2: &Argon2<'_>,
    password: &Password,
    salt: &SaltString,
) -> Result<String, argon2::password_hash::Error> {
    Ok(argon2.hash_password(password.as_bytes(), salt)?.to_string())
}

/// Whether a hash was made by the parameters in force.
fn is_current(argon2: &Argon2<'_>, kept: &PasswordHash<'_>) -> bool {
    let ours = argon2.params();
    let algorithm =
        kept.algorithm == Algorithm::Argon2id.ident() && kept.version == Some(Version::V0x13.into());
    let same = |kept: Params| {
        [kept.m_cost(), kept.t_cost(), kept.p_cost()] == [ours.m_cost(), ours.t_cost(), ours.p_cost()]
    };
    algorithm && Params::try_from(kept).is_ok_and(same)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::SeededEntropy;

    const SMALL: HashingConfig =
        HashingConfig { memory_kib: 64, passes: 1, lanes: 1, at_once_max: 1, waiting_max: 2 };

    fn hasher(config: HashingConfig) -> Hasher {
        Hasher::new(&config, Arc::new(SeededEntropy::new(1))).unwrap()
    }

    fn password(text: &str) -> Password {
        Password::shown(text).unwrap()
    }

    /// J3
    #[tokio::test]
    async fn a_hash_says_how_it_was_made_and_is_another_each_time() {
        let hasher = hasher(HashingConfig::default());
        let (one, other) =
            (hasher.hash(password("correct horse")).await, hasher.hash(password("correct horse")).await);
        let (one, other) = (one.unwrap(), other.unwrap());
        assert!(one.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{one}");
        assert_ne!(one, other);
        assert_eq!(
            hasher.verify(password("correct horse"), Some(one.clone())).await.unwrap(),
            Verdict::Right
        );
        assert_eq!(hasher.verify(password("wrong horse"), Some(one)).await.unwrap(), Verdict::Wrong);
        assert_eq!(hasher.verify(password("correct horse"), None).await.unwrap(), Verdict::Wrong);
    }

    /// J3
    #[tokio::test]
    async fn a_hash_of_other_parameters_is_made_anew_once_the_password_is_known() {
        let before = hasher(SMALL).hash(password("correct horse")).await.unwrap();
        let hasher = hasher(HashingConfig { passes: 2, ..SMALL });
        let verdict = hasher.verify(password("correct horse"), Some(before.clone())).await.unwrap();
        let Verdict::RightOutdated(after) = verdict else { panic!("{verdict:?}") };
        assert_eq!(hasher.verify(password("correct horse"), Some(after)).await.unwrap(), Verdict::Right);
        assert_eq!(hasher.verify(password("wrong horse"), Some(before)).await.unwrap(), Verdict::Wrong);
    }

    /// J3: memory is bounded by how many are worked on, and so is the queue before them.
    #[tokio::test]
    async fn who_comes_when_too_many_wait_is_told_to_come_back() {
        let hasher = Arc::new(hasher(SMALL));
        let place = Arc::clone(&hasher.at_once).acquire_owned().await.unwrap();
        let waiting: Vec<_> = (0..3)
            .map(|_| {
                let hasher = Arc::clone(&hasher);
                tokio::spawn(async move { hasher.hash(password("correct horse")).await })
            })
            .collect();
        while hasher.admitted.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        let refused = hasher.hash(password("correct horse")).await;
        assert!(matches!(refused, Err(AccountError::Busy)), "{refused:?}");
        drop(place);
        for one in waiting {
            assert!(one.await.unwrap().is_ok());
        }
        assert!(hasher.hash(password("correct horse")).await.is_ok());
    }
}
