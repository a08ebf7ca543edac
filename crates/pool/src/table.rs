//! A pool's rows as a plain value, indexed so that no question costs more than a logarithm of how many there are.
//!
//! [`MemoryRows`](crate::MemoryRows) keeps one behind a lock, the simulator keeps one by itself.

use std::collections::{BTreeSet, HashMap};

use domain::{SandboxId, TemplateHash, Timestamp};

use crate::inventory::{Inventory, LISTED_MAX, Question, surplus};
use crate::{DestroyReason, Member, MemberState};

/// Ready sandboxes in the order in which they are given away, or in which they are probed.
type Queue = BTreeSet<(Option<Timestamp>, SandboxId)>;

/// Every row of a pool.
#[derive(Debug, Default)]
pub(crate) struct Table {
    members: HashMap<SandboxId, Member>,
    ready: Vec<(TemplateHash, Queue)>,
    checks: Queue,
    destroying: BTreeSet<SandboxId>,
    creating: u32,
    claimed: u32,
    claimed_making: u32,
}

impl Table {
    pub(crate) fn all(&self) -> Vec<Member> {
        self.members.values().cloned().collect()
    }

    pub(crate) fn state(&self, id: SandboxId) -> Option<MemberState> {
        self.members.get(&id).map(|member| member.state)
    }

    pub(crate) fn insert(&mut self, member: Member) {
        self.remove(member.id);
        self.index(&member);
        self.members.insert(member.id, member);
    }

    pub(crate) fn made(&mut self, id: SandboxId, at: Timestamp) -> bool {
        self.change(id, &[MemberState::Creating, MemberState::Claimed], |member| {
            if member.state == MemberState::Creating {
                member.state = MemberState::Ready;
            }
            (member.ready_at, member.checked_at) = (Some(at), Some(at));
        })
    }

    /// The oldest ready one of a template's content becomes `claimed`.
    pub(crate) fn take(&mut self, hash: &TemplateHash) -> Option<Member> {
        let (_, queue) = self.ready.iter_mut().find(|(of, _)| of == hash)?;
        let (_, id) = queue.pop_first()?;
        let member = self.members.get_mut(&id)?;
        self.checks.remove(&(member.checked_at, id));
        member.state = MemberState::Claimed;
        self.claimed += 1;
        Some(member.clone())
    }

    pub(crate) fn checked(&mut self, id: SandboxId, at: Timestamp) {
        self.change(id, &[MemberState::Ready], |member| member.checked_at = Some(at));
    }

    pub(crate) fn retire(&mut self, id: SandboxId) -> bool {
        self.change(id, &[MemberState::Ready], |member| member.state = MemberState::Destroying)
    }

    pub(crate) fn condemn(&mut self, id: SandboxId) {
        use MemberState::{Claimed, Creating, Destroying, Ready};
        self.change(id, &[Creating, Ready, Claimed], |member| member.state = Destroying);
    }

    pub(crate) fn remove(&mut self, id: SandboxId) {
        if let Some(member) = self.members.remove(&id) {
            self.forget(&member);
        }
    }

    pub(crate) fn look(&self, question: &Question<'_>) -> Inventory {
        let mut inventory = Inventory {
            creating: self.creating,
            claimed: self.claimed,
            claimed_making: self.claimed_making,
            destroying: u32::try_from(self.destroying.len()).unwrap_or(u32::MAX),
            destroying_listed: self.destroying.iter().take(LISTED_MAX).copied().collect(),
            ..Inventory::default()
        };
        for (hash, queue) in &self.ready {
            let oldest = queue.first().and_then(|(ready_at, _)| *ready_at);
            inventory.oldest_ready_at = [inventory.oldest_ready_at, oldest].into_iter().flatten().min();
            if question.template_hash.is_none_or(|wanted| wanted == hash) {
                count_current(&mut inventory, queue, question);
            } else {
                inventory.worn += u32::try_from(queue.len()).unwrap_or(u32::MAX);
                let listed = queue.iter().take(LISTED_MAX).map(|(_, id)| (*id, DestroyReason::Outdated));
                inventory.worn_listed.extend(listed);
            }
        }
        inventory.worn_listed.truncate(LISTED_MAX);
        if let Some((checked_at, id)) = self.checks.first() {
            inventory.next_checked_at = *checked_at;
            inventory.due = (*checked_at <= Some(question.due_since)).then_some(*id);
        }
        inventory
    }

    fn change(&mut self, id: SandboxId, from: &[MemberState], change: impl FnOnce(&mut Member)) -> bool {
        let Some(mut member) = self.members.remove(&id) else { return false };
        let changes = from.contains(&member.state);
        if changes {
            self.forget(&member);
            change(&mut member);
            self.index(&member);
        }
        self.members.insert(id, member);
        changes
    }

    fn index(&mut self, member: &Member) {
        match member.state {
            MemberState::Creating => self.creating += 1,
            MemberState::Ready => {
                let entry = (member.ready_at, member.id);
                match self.ready.iter_mut().find(|(hash, _)| *hash == member.template_hash) {
                    Some((_, queue)) => {
                        queue.insert(entry);
                    }
                    None => self.ready.push((member.template_hash.clone(), Queue::from([entry]))),
                }
                self.checks.insert((member.checked_at, member.id));
            }
            MemberState::Claimed => {
                self.claimed += 1;
                self.claimed_making += u32::from(member.ready_at.is_none());
            }
            MemberState::Destroying => {
                self.destroying.insert(member.id);
            }
        }
    }

    fn forget(&mut self, member: &Member) {
        match member.state {
            MemberState::Creating => self.creating -= 1,
            MemberState::Ready => {
                for (_, queue) in &mut self.ready {
                    queue.remove(&(member.ready_at, member.id));
                }
                self.ready.retain(|(_, queue)| !queue.is_empty());
                self.checks.remove(&(member.checked_at, member.id));
            }
            MemberState::Claimed => {
                self.claimed -= 1;
                self.claimed_making -= u32::from(member.ready_at.is_none());
            }
            MemberState::Destroying => {
                self.destroying.remove(&member.id);
            }
        }
    }
}

/// Warm ones of today's template: the old ones come first in the queue, the rest is fresh.
fn count_current(inventory: &mut Inventory, queue: &Queue, question: &Question<'_>) {
    let mut old = 0;
    let mut unclaimable = 0;
    for (ready_at, id) in queue.iter().take_while(|(ready_at, _)| *ready_at <= Some(question.worn_since)) {
        old += 1;
        unclaimable += u32::from(*ready_at <= Some(question.unclaimable_since));
        if inventory.worn_listed.len() < LISTED_MAX {
            inventory.worn_listed.push((*id, DestroyReason::Old));
        }
    }
    let all = u32::try_from(queue.len()).unwrap_or(u32::MAX);
    inventory.worn += old;
    inventory.fresh += all - old;
    inventory.claimable += all - unclaimable;
    let beyond = surplus(all - old, question);
    inventory.surplus_listed.extend(queue.iter().skip(old as usize).take(beyond).map(|(_, id)| *id));
}

#[cfg(test)]
mod tests;
