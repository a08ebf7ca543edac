//! Opening a prototype: solving what the server asks for first, then asking for the sandbox (B1, B4).

use domain::proof_of_work::Search;
use domain::wire::{ChallengeAnswer, ChallengeJson, OpenKind, OpenRequest};
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::HtmlElement;

use super::browser::{local_time, next_task};
use super::fingerprint::fingerprint;
use super::http::{self, Failure, Reply};
use super::session::{Answer, Phase, Session};
use super::widget::{Service, response};

/// How long the search keeps the page from drawing, in milliseconds, before it lets it.
const SEARCH_MS: u64 = 20;
/// Between two looks at the clock this many numbers are tried.
const TRIES_PER_LOOK: u64 = 256;

/// How far the opening of a prototype is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Opening {
    /// The server is asked what has to be solved.
    AskingForCheck,
    /// The proof of work is being searched for.
    Proving {
        /// Numbers tried so far.
        tried: u64,
    },
    /// A hosted service's widget is shown.
    Widget,
    /// The sandbox was asked for.
    AskingForSandbox {
        /// How long the check took, in milliseconds; `None` when there was none.
        solved_ms: Option<u64>,
    },
}

impl Session {
    /// Asks for a prototype. How far it is goes to `opening`; a hosted challenge is shown in `place`.
    pub(crate) fn open_prototype(self, template: String, opening: RwSignal<Opening>, place: HtmlElement) {
        self.forget();
        opening.set(Opening::AskingForCheck);
        self.phase.set(Phase::Claiming);
        let claim = self.claim.get_value();
        spawn_local(async move {
            let result = open(template, opening, &place).await;
            place.set_text_content(None);
            self.answer.set(Some(Answer { claim, result }));
        });
    }
}

async fn open(template: String, opening: RwSignal<Opening>, place: &HtmlElement) -> Result<Reply, Failure> {
    let asked = http::send("GET", "/api/v1/challenge", None).await?;
    let challenge = serde_json::from_str(&asked.body).map_err(|_| Failure::unreadable(200))?;
    let began = local_time();
    let challenge = match challenge {
        ChallengeJson::None => None,
        ChallengeJson::ProofOfWork { token, difficulty_bits, .. } => {
            let nonce = prove(&token, difficulty_bits, opening).await;
            Some(ChallengeAnswer::ProofOfWork { token, nonce })
        }
        ChallengeJson::Turnstile { site_key } => {
            opening.set(Opening::Widget);
            Some(ChallengeAnswer::Hosted { response: response(Service::Turnstile, &site_key, place).await? })
        }
        ChallengeJson::Hcaptcha { site_key } => {
            opening.set(Opening::Widget);
            Some(ChallengeAnswer::Hosted { response: response(Service::Hcaptcha, &site_key, place).await? })
        }
    };
    let solved_ms = challenge.is_some().then(|| local_time().ms_since(began));
    opening.set(Opening::AskingForSandbox { solved_ms });
    let request = OpenRequest {
        kind: OpenKind::Try,
        template: Some(template),
        provider: None,
        fingerprint: fingerprint(),
        challenge,
    };
    http::send("POST", "/api/v1/sessions", Some(&serde_json::to_string(&request).unwrap_or_default())).await
}

/// Searches for the number, and lets the page draw in between.
async fn prove(token: &str, difficulty_bits: u8, opening: RwSignal<Opening>) -> u64 {
    let mut search = Search::new(token, difficulty_bits);
    let mut tried = 0;
    loop {
        opening.set(Opening::Proving { tried });
        let since = local_time();
        while local_time().ms_since(since) < SEARCH_MS {
            if let Some(nonce) = search.next_of(TRIES_PER_LOOK) {
                return nonce;
            }
            tried += TRIES_PER_LOOK;
        }
        next_task().await;
    }
}
