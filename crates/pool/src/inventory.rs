//! What a pool holds, in numbers and short lists: all that a look at it needs, however many sandboxes there are.

use domain::{SandboxId, TemplateHash, Timestamp};

use crate::circuit::ms;
use crate::{DestroyReason, Member, MemberState, PoolConfig, Supply};

/// The longest list in an [`Inventory`]; what is beyond it is seen at the next look.
pub const LISTED_MAX: usize = 1_024;

/// What a look wants to know.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// The template's present content; `None` while nothing can be made from it, and then nothing counts as outdated.
    pub template_hash: Option<&'a TemplateHash>,
    /// Ready at this moment or before means worn.
    pub worn_since: Timestamp,
    /// Ready at this moment or before means that it can't be given away any more.
    pub unclaimable_since: Timestamp,
    /// Probed at this moment or before means that a probe is due.
    pub due_since: Timestamp,
    /// How many fresh ones are wanted: only those beyond are listed.
    pub wanted: u32,
}

/// What a pool holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Inventory {
    /// Warm, of today's template, and young enough to stay.
    pub fresh: u32,
    /// Warm, but too old or of another template.
    pub worn: u32,
    /// Warm ones that a claim would get: fresh ones, and old ones that are still good for a session.
    pub claimable: u32,
    /// In the making ahead of demand.
    pub creating: u32,
    /// In the making for a claim.
    pub claimed_making: u32,
    /// Belonging to sessions, those in the making included.
    pub claimed: u32,
    /// Being removed.
    pub destroying: u32,
    /// Since when the oldest warm one has been ready.
    pub oldest_ready_at: Option<Timestamp>,
    /// The first of the worn, oldest first.
    pub worn_listed: Vec<(SandboxId, DestroyReason)>,
    /// The oldest of the fresh, as many as there are beyond what is wanted.
    pub surplus_listed: Vec<SandboxId>,
    /// The first of those being removed.
    pub destroying_listed: Vec<SandboxId>,
    /// Of the warm ones whose probe is due, the one that waits for longest.
    pub due: Option<SandboxId>,
    /// When the warm one that was probed longest ago was probed.
    pub next_checked_at: Option<Timestamp>,
}

impl Inventory {
    /// From every member, for rows that can't answer more cheaply.
    pub fn of(mut members: Vec<Member>, question: &Question<'_>) -> Self {
        members.sort_unstable_by_key(|member| (member.ready_at, member.id));
        let mut inventory = Self::default();
        for member in &members {
            match member.state {
                MemberState::Creating => inventory.creating += 1,
                MemberState::Claimed => {
                    inventory.claimed += 1;
                    inventory.claimed_making += u32::from(member.ready_at.is_none());
                }
                MemberState::Destroying => {
                    inventory.destroying += 1;
                    push(&mut inventory.destroying_listed, member.id);
                }
                MemberState::Ready => inventory.count_ready(member, question),
            }
        }
        let fresh = members.iter().filter(|member| member.state == MemberState::Ready);
        let fresh = fresh.filter(|member| question.worn_by(member).is_none()).map(|member| member.id);
        inventory.surplus_listed = fresh.take(surplus(inventory.fresh, question)).collect();
        let ready = members.iter().filter(|member| member.state == MemberState::Ready);
        let longest_ago = ready.min_by_key(|member| (member.checked_at, member.id));
        inventory.next_checked_at = longest_ago.and_then(|member| member.checked_at);
        inventory.due =
            longest_ago.filter(|m| m.checked_at.is_none_or(|at| at <= question.due_since)).map(|m| m.id);
        inventory
    }

    fn count_ready(&mut self, member: &Member, question: &Question<'_>) {
        self.oldest_ready_at = self.oldest_ready_at.or(member.ready_at);
        let reason = question.worn_by(member);
        match reason {
            None => self.fresh += 1,
            Some(reason) => {
                self.worn += 1;
                push(&mut self.worn_listed, (member.id, reason));
            }
        }
        let claimable = member.ready_at > Some(question.unclaimable_since);
        self.claimable += u32::from(claimable && reason != Some(DestroyReason::Outdated));
    }
}

impl<'a> Question<'a> {
    /// What a look at this moment asks. Where an old one can't be given away, its replacement begins one refill earlier.
    pub(crate) fn at(
        now: Timestamp,
        template_hash: Option<&'a TemplateHash>,
        wanted: u32,
        config: &PoolConfig,
        supply: &Supply,
    ) -> Self {
        let last_claim_ms = ms(config.max_warm_age.saturating_sub(config.claim_age_left));
        let lead_ms = if config.claim_age_left.is_zero() { 0 } else { ms(supply.refill) };
        Self {
            template_hash,
            worn_since: now.plus_ms(-last_claim_ms.saturating_sub(lead_ms)),
            unclaimable_since: unclaimable_since(now, config),
            due_since: now.plus_ms(-ms(config.health_check_interval)),
            wanted,
        }
    }

    /// Why a warm one should be replaced; `None` when it is fresh.
    fn worn_by(&self, member: &Member) -> Option<DestroyReason> {
        if self.template_hash.is_some_and(|hash| *hash != member.template_hash) {
            return Some(DestroyReason::Outdated);
        }
        (member.ready_at <= Some(self.worn_since)).then_some(DestroyReason::Old)
    }
}

/// A warm one that was ready at this moment or before is too old for a session.
pub(crate) fn unclaimable_since(now: Timestamp, config: &PoolConfig) -> Timestamp {
    if config.claim_age_left.is_zero() {
        return Timestamp::from_unix_ms(i64::MIN);
    }
    now.plus_ms(-ms(config.max_warm_age.saturating_sub(config.claim_age_left)))
}

/// How many of the fresh are listed as surplus.
pub(crate) fn surplus(fresh: u32, question: &Question<'_>) -> usize {
    (fresh.saturating_sub(question.wanted) as usize).min(LISTED_MAX)
}

fn push<T>(list: &mut Vec<T>, item: T) {
    if list.len() < LISTED_MAX {
        list.push(item);
    }
}
