//! What keeps programs from using prototypes up: a challenge, checked before anything is spent (B4).

mod proof_of_work;

use std::net::IpAddr;
use std::sync::Arc;

use async_trait::async_trait;
use domain::wire::{ChallengeAnswer, ChallengeJson};

use crate::{Sessions, Visitor};
pub use proof_of_work::ProofOfWork;

/// The longest text of a hosted service's widget, in bytes.
const RESPONSE_BYTES_MAX: usize = 16 * 1024;

/// What must be solved before a prototype is opened.
pub enum Challenge {
    /// Nothing.
    None,
    /// A piece of work for the visitor's processor.
    ProofOfWork(ProofOfWork),
    /// Whatever a service elsewhere asks.
    Hosted(Arc<dyn HostedCheck>),
}

/// A service elsewhere that tells people from programs.
#[async_trait]
pub trait HostedCheck: Send + Sync + 'static {
    /// What pages need to show its widget.
    fn offer(&self) -> ChallengeJson;

    /// Whether the service takes what its widget gave for a person's.
    ///
    /// # Errors
    /// When the service can't be asked, or its answer can't be understood.
    async fn passes(&self, response: &str, address: IpAddr) -> Result<bool, HostedCheckError>;
}

/// Why a service could not be asked.
pub type HostedCheckError = Box<dyn std::error::Error + Send + Sync>;

/// Why a solution is not taken. `Display` is the sentence that people get.
#[derive(Debug, thiserror::Error)]
pub enum ChallengeError {
    /// None was sent.
    #[error(
        "This needs a solved challenge: ask for one at `GET /api/v1/challenge` and send the solution as `challenge`."
    )]
    Missing,
    /// It is of another kind than what is asked for.
    #[error("This server asks for another kind of challenge; `GET /api/v1/challenge` says which.")]
    OtherKind,
    /// The token was not made here, or for another network.
    #[error("This challenge was not given to you by this server. Please try again.")]
    NotOurs,
    /// The token is too old.
    #[error("The check took too long. Please try again.")]
    Expired,
    /// The token was used before.
    #[error("This challenge was used before. Please try again.")]
    Used,
    /// The number does not solve it, or the service takes the visitor for a program.
    #[error("The check was not passed. Please try again.")]
    Failed,
    /// The service could not be asked.
    #[error("The check could not be done right now. Please try again shortly.")]
    Unanswered(#[source] HostedCheckError),
}

impl Sessions {
    /// What this visitor must solve before a prototype is opened.
    pub fn challenge(&self, visitor: &Visitor) -> ChallengeJson {
        let inner = &self.inner;
        match &inner.challenge {
            Challenge::None => ChallengeJson::None,
            Challenge::ProofOfWork(work) => work.give(visitor.network(), inner.clock.now(), &*inner.entropy),
            Challenge::Hosted(service) => service.offer(),
        }
    }

    /// Takes a solution, once.
    pub(crate) async fn check_challenge(
        &self,
        answer: Option<&ChallengeAnswer>,
        visitor: &Visitor,
    ) -> Result<(), ChallengeError> {
        match (&self.inner.challenge, answer) {
            (Challenge::None, _) => Ok(()),
            (Challenge::ProofOfWork(_) | Challenge::Hosted(_), None) => Err(ChallengeError::Missing),
            (Challenge::ProofOfWork(work), Some(ChallengeAnswer::ProofOfWork { token, nonce })) => {
                work.take(token, *nonce, visitor.network(), self.inner.clock.now())
            }
            (Challenge::Hosted(service), Some(ChallengeAnswer::Hosted { response })) => {
                if response.is_empty() || response.len() > RESPONSE_BYTES_MAX {
                    return Err(ChallengeError::Failed);
                }
                let passes = service.passes(response, visitor.address).await;
                let passes = passes.map_err(ChallengeError::Unanswered)?;
                passes.then_some(()).ok_or(ChallengeError::Failed)
            }
            (Challenge::ProofOfWork(_), Some(ChallengeAnswer::Hosted { .. }))
            | (Challenge::Hosted(_), Some(ChallengeAnswer::ProofOfWork { .. })) => {
                Err(ChallengeError::OtherKind)
            }
        }
    }
}
