//! Opening a prototype: solving what the server asks for first, then asking for the sandbox (B1, B4).

use domain::wire::{ChallengeAnswer, ChallengeJson, OpenKind, OpenRequest};
use leptos::prelude::*;
use leptos::task::spawn_local;
use sha2::{Digest as _, Sha256};
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
    let begun = Sha256::new_with_prefix(token);
    let mut nonce = 0;
    loop {
        opening.set(Opening::Proving { tried: nonce });
        let since = local_time();
        while local_time().ms_since(since) < SEARCH_MS {
            for _ in 0..TRIES_PER_LOOK {
                if solves(&begun, nonce, difficulty_bits) {
                    return nonce;
                }
                nonce += 1;
            }
        }
        next_task().await;
    }
}

/// Whether SHA-256 of what `begun` has taken, followed by the number in decimal digits, begins with that many zero bits.
fn solves(begun: &Sha256, nonce: u64, difficulty_bits: u8) -> bool {
    let (digits, from) = decimal(nonce);
    let mut hash = begun.clone();
    hash.update(&digits[from..]);
    zero_bits(&hash.finalize()) >= u32::from(difficulty_bits)
}

/// A number's decimal digits, right-aligned, and where they begin.
fn decimal(mut number: u64) -> ([u8; 20], usize) {
    let (mut digits, mut from) = ([b'0'; 20], 20);
    loop {
        from -= 1;
        digits[from] = b"0123456789"[(number % 10) as usize];
        number /= 10;
        if number == 0 {
            return (digits, from);
        }
    }
}

fn zero_bits(bytes: &[u8]) -> u32 {
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    let partial = bytes.get(zeros).map_or(0, |byte| byte.leading_zeros());
    u32::try_from(zeros).unwrap_or(u32::MAX) * 8 + partial
}

#[cfg(test)]
mod tests {
    use super::*;

    /// B4: what the page finds is what the server looks for, digit by digit.
    #[test]
    fn a_number_solves_when_its_hash_begins_with_enough_zero_bits() {
        let token = "t".repeat(64);
        let begun = Sha256::new_with_prefix(&token);
        let first = (0..).find(|nonce| solves(&begun, *nonce, 10)).unwrap();
        assert!(zero_bits(&Sha256::digest(format!("{token}{first}"))) >= 10);
        assert!((0..first).all(|nonce| zero_bits(&Sha256::digest(format!("{token}{nonce}"))) < 10));
    }

    #[test]
    fn zero_bits_are_counted_across_bytes() {
        assert_eq!(zero_bits(&[0, 0b0001_0000, 0]), 11);
        assert_eq!(zero_bits(&[0xff]), 0);
        assert_eq!(zero_bits(&[0, 0]), 16);
    }

    #[test]
    fn numbers_are_written_as_people_write_them() {
        for number in [0, 9, 10, 4_096, u64::MAX] {
            let (digits, from) = decimal(number);
            assert_eq!(std::str::from_utf8(&digits[from..]).unwrap(), number.to_string());
        }
    }
}
