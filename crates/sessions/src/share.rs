//! Share links: names below the preview domain that are signed, expire, and can be revoked (D7).
//!
//! A link's name says everything: whose preview, until when, of which generation, and that we said so. Nothing is stored.
//! Whoever gets it does not learn the preview's own name, so revoking it really takes it back.

use data_encoding::BASE32_NOPAD;
use domain::wire::{ShareRequest, ShareResponse};
use domain::{Doing, EventKind, SessionId, Standing, Timestamp};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use crate::live::LiveSession;
use crate::{Access, LivePreview, SessionError, Sessions};

/// Bytes of a signature that are kept: 128 bits, as unguessable as a preview's own name.
const SIGNATURE_BYTES: usize = 16;
/// Bytes of what is signed: a session, seconds since 1970, a generation.
const SIGNED_BYTES: usize = 16 + 4 + 2;
/// The buttons of a warning work in the hour in which it was shown and in the next.
const TICKET_PERIOD_MS: i64 = 3_600_000;

/// What a share link says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ShareLabel {
    pub(crate) session: SessionId,
    /// In whole seconds.
    pub(crate) expires_at: Timestamp,
    pub(crate) generation: u16,
}

impl ShareLabel {
    /// The link's name: 61 letters and digits, and a host's label may have 63.
    fn encode(&self, key: &[u8; 32]) -> String {
        let mut bytes = self.signed_part().to_vec();
        bytes.extend_from_slice(&sign(key, b"share", &bytes).finalize().into_bytes()[..SIGNATURE_BYTES]);
        BASE32_NOPAD.encode(&bytes).to_ascii_lowercase()
    }

    /// What a name says; `None` when we did not.
    pub(crate) fn decode(label: &str, key: &[u8; 32]) -> Option<Self> {
        if label.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return None;
        }
        let bytes = BASE32_NOPAD.decode(label.to_ascii_uppercase().as_bytes()).ok()?;
        if bytes.len() != SIGNED_BYTES + SIGNATURE_BYTES {
            return None;
        }
        let (signed, signature) = bytes.split_at(SIGNED_BYTES);
        sign(key, b"share", signed).verify_truncated_left(signature).ok()?;
        let (session, rest) = signed.split_first_chunk::<16>()?;
        let (seconds, rest) = rest.split_first_chunk::<4>()?;
        let (generation, _) = rest.split_first_chunk::<2>()?;
        Some(Self {
            session: SessionId::from_bytes(*session),
            expires_at: Timestamp::from_unix_ms(i64::from(u32::from_be_bytes(*seconds)) * 1_000),
            generation: u16::from_be_bytes(*generation),
        })
    }

    /// Whether the link has expired or was revoked. `live`: its session.
    pub(crate) fn is_void(&self, live: &LiveSession, now: Timestamp) -> bool {
        self.expires_at <= now || self.generation != live.look(|view| view.oversight.shares_revoked)
    }

    fn signed_part(&self) -> [u8; SIGNED_BYTES] {
        let seconds = u32::try_from(self.expires_at.unix_ms() / 1_000).unwrap_or(0);
        let mut bytes = [0; SIGNED_BYTES];
        bytes[..16].copy_from_slice(self.session.as_bytes());
        bytes[16..20].copy_from_slice(&seconds.to_be_bytes());
        bytes[20..].copy_from_slice(&self.generation.to_be_bytes());
        bytes
    }
}

/// `purpose` keeps one kind of signature from being taken for another.
fn sign(key: &[u8; 32], purpose: &[u8], what: &[u8]) -> Hmac<Sha256> {
    Hmac::<Sha256>::new_from_slice(key)
        .expect("HMAC takes keys of any length")
        .chain_update(purpose)
        .chain_update(what)
}

impl Sessions {
    /// Makes a link by which somebody else sees the session's preview. Its files are looked through first: in a workspace, people
    /// write them, too.
    ///
    /// # Errors
    /// [`SessionError::Ended`] or [`SessionError::NotShareable`].
    pub async fn share(&self, access: &Access, request: ShareRequest) -> Result<ShareResponse, SessionError> {
        let live = access.live()?;
        if let Some(sandbox) = live.sandbox.get()
            && live.look(|view| view.kind.allows(Doing::WriteFiles) && !view.oversight.paused)
        {
            self.review(live, &**sandbox).await;
        }
        let (deadline, oversight) = live.look(|view| (view.lifetime.deadline, view.oversight));
        if oversight.standing != Standing::Good {
            return Err(SessionError::NotShareable);
        }
        let wanted = request
            .expires_in_seconds
            .map(|seconds| self.inner.clock.now().plus_ms(i64::from(seconds) * 1_000));
        let expires_at = wanted.unwrap_or(deadline).min(deadline);
        let expires_at = Timestamp::from_unix_ms(expires_at.unix_ms() / 1_000 * 1_000);
        let label = ShareLabel { session: live.record.id, expires_at, generation: oversight.shares_revoked };
        let config = &self.inner.config;
        Ok(ShareResponse { share_url: config.preview.named(&label.encode(&config.share_key)), expires_at })
    }

    /// Makes every link of the session void that was made so far.
    ///
    /// # Errors
    /// [`SessionError::Ended`] or [`SessionError::Store`].
    pub async fn revoke_shares(&self, access: &Access) -> Result<(), SessionError> {
        access.live()?.record(|_| Ok(vec![EventKind::SharesRevoked])).await
    }

    /// What a browser keeps to say that its visitor was warned of this preview, under this name, as it stands now.
    pub fn visit_pass(&self, preview: &LivePreview) -> String {
        self.vouch(preview, b"visit", b"")
    }

    /// What the buttons of a preview's warning send along, so that nobody presses them who was not shown the warning.
    pub fn warning_ticket(&self, preview: &LivePreview) -> String {
        self.ticket_of_period(preview, self.ticket_period())
    }

    /// Whether a ticket is from a warning of this preview as it stands now, shown an hour or so ago at most.
    pub fn is_warning_ticket(&self, preview: &LivePreview, ticket: &str) -> bool {
        let period = self.ticket_period();
        [period, period - 1].into_iter().any(|period| self.ticket_of_period(preview, period) == ticket)
    }

    fn ticket_period(&self) -> i64 {
        self.inner.clock.now().unix_ms() / TICKET_PERIOD_MS
    }

    fn ticket_of_period(&self, preview: &LivePreview, period: i64) -> String {
        self.vouch(preview, b"warning", &period.to_be_bytes())
    }

    /// A signature for a preview under its name, as it stands now.
    fn vouch(&self, preview: &LivePreview, purpose: &[u8], more: &[u8]) -> String {
        let standing: &[u8] = match preview.standing() {
            Standing::Good => b"good",
            Standing::Flagged => b"flagged",
            Standing::Closed => b"closed",
        };
        let what = [standing, b" ", preview.name().as_bytes(), more].concat();
        let signature = sign(&self.inner.config.share_key, purpose, &what).finalize().into_bytes();
        BASE32_NOPAD.encode(&signature[..SIGNATURE_BYTES]).to_ascii_lowercase()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: [u8; 32] = [7; 32];

    fn label() -> ShareLabel {
        let session = SessionId::from_bytes([3; 16]);
        ShareLabel { session, expires_at: Timestamp::from_unix_ms(1_795_000_000_000), generation: 2 }
    }

    /// D7
    #[test]
    fn a_link_says_what_was_signed_and_nothing_else_is_believed() {
        let name = label().encode(&KEY);
        assert!(name.len() <= 63, "{name}");
        assert_eq!(ShareLabel::decode(&name, &KEY), Some(label()));
        assert_eq!(ShareLabel::decode(&name, &[8; 32]), None, "another server's");
        assert_eq!(ShareLabel::decode(&name.to_ascii_uppercase(), &KEY), None, "one name has one spelling");
        for at in 0..name.len() - 1 {
            let mut forged = name.clone().into_bytes();
            forged[at] = if forged[at] == b'a' { b'b' } else { b'a' };
            let forged = String::from_utf8(forged).unwrap();
            assert_eq!(ShareLabel::decode(&forged, &KEY), None, "{forged}");
        }
        for nonsense in ["", "a", &name[1..], &format!("{name}a"), "../x"] {
            assert_eq!(ShareLabel::decode(nonsense, &KEY), None, "{nonsense}");
        }
    }
}
