//! The world's events in the order of virtual time, and the pool's looks between them.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::time::Duration;

use domain::{ManualClock, SandboxId, SeededEntropy, TemplateHash, Timestamp};

use super::arrivals::uniform;
use super::report::{Outcome, Report, Windows};
use super::{Arrivals, Settings, World};
use crate::caps::Room;
use crate::circuit::{Circuit, ms};
use crate::demand::DemandBook;
use crate::inventory::{Question, unclaimable_since};
use crate::planner::rests_for;
use crate::table::Table;
use crate::{Action, Member, MemberState, OnEmpty, PoolState, Supply, plan};

const DAY: Duration = Duration::from_secs(86_400);

/// Something that happens in the world.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    /// A sandbox is made; a visitor may have been waiting for it.
    Made(SandboxId, bool),
    /// A session is over.
    Ended(SandboxId),
    /// Somebody comes.
    Arrival,
    /// The pool looks by itself.
    Look,
}

/// The pool and the world around it.
struct Simulation<'a> {
    world: &'a World,
    settings: &'a Settings,
    events: BinaryHeap<Reverse<(Timestamp, Event)>>,
    table: Table,
    demand: DemandBook,
    making: u32,
    alive: usize,
    acquires: u32,
    next_look: Timestamp,
    hash: TemplateHash,
    random: SeededEntropy,
    windows: Windows,
}

/// Lets visitors come to a pool with these settings, and says what came of it.
pub fn simulate(arrivals: &Arrivals, settings: &Settings, world: &World) -> Outcome {
    let counted_from = world.start.plus_ms(ms(world.learning));
    let end = counted_from.plus_ms(ms(world.counted));
    let report = || Report::new(world.hour_micro_dollars);
    let mut simulation = Simulation {
        world,
        settings,
        events: arrivals.moments().iter().map(|at| Reverse((*at, Event::Arrival))).collect(),
        table: Table::default(),
        demand: DemandBook::default(),
        making: 0,
        alive: 0,
        acquires: 0,
        next_look: world.start,
        hash: TemplateHash::new(""),
        random: SeededEntropy::new(world.seed),
        windows: Windows {
            outcome: Outcome { first_day: report(), counted: report() },
            first_day_ends: world.start.plus_ms(ms(DAY)).min(end),
            counted_from,
        },
    };
    simulation.events.push(Reverse((world.start, Event::Look)));
    simulation.run(end);
    simulation.windows.outcome
}

impl Simulation<'_> {
    fn run(&mut self, end: Timestamp) {
        let mut before = self.world.start;
        while let Some(Reverse((now, event))) = self.events.pop() {
            if now >= end {
                self.pass(before, end);
                return;
            }
            self.pass(before, now);
            before = before.max(now);
            match event {
                Event::Arrival => self.arrive(now),
                Event::Made(id, awaited) => self.made(id, awaited, now),
                Event::Ended(id) => self.remove(id),
                Event::Look if now < self.next_look => continue,
                Event::Look => {}
            }
            self.look(now);
        }
        self.pass(before, end);
    }

    /// Nothing happens from one moment to the other; what waits and what lives costs.
    fn pass(&mut self, from: Timestamp, to: Timestamp) {
        let idle = self.ready(from);
        let alive = self.alive;
        self.windows.at(from, |report| report.passed(to.ms_since(from), idle, alive));
    }

    fn ready(&self, now: Timestamp) -> u32 {
        let inventory = self.table.look(&self.question(now, u32::MAX));
        inventory.fresh + inventory.worn
    }

    fn arrive(&mut self, now: Timestamp) {
        let too_old = unclaimable_since(now, &self.settings.pool);
        while let Some(member) = self.table.take(&self.hash) {
            if member.ready_at <= Some(too_old) {
                self.remove(member.id);
                continue;
            }
            self.acquires += 1;
            self.windows.at(now, |report| {
                report.warm += 1;
                report.served(Duration::ZERO);
            });
            return self.begin_session(member.id, now);
        }
        let room = self.room();
        match self.settings.pool.on_empty {
            OnEmpty::Create if room.total > 0 && room.creates > 0 => {
                self.acquires += 1;
                let took = self.create(MemberState::Claimed, now);
                self.windows.at(now, |report| {
                    report.cold += 1;
                    report.served(took);
                });
            }
            OnEmpty::Create | OnEmpty::Fail => self.windows.at(now, |report| report.refused += 1),
        }
    }

    fn made(&mut self, id: SandboxId, awaited: bool, now: Timestamp) {
        self.making -= 1;
        self.table.made(id, now);
        if awaited {
            self.begin_session(id, now);
        }
    }

    fn begin_session(&mut self, id: SandboxId, now: Timestamp) {
        self.events.push(Reverse((now.plus_ms(ms(self.world.session)), Event::Ended(id))));
    }

    /// Begins a sandbox and says how long it will take.
    fn create(&mut self, state: MemberState, now: Timestamp) -> Duration {
        let spread = self.world.create_jitter * (2.0 * uniform(&self.random) - 1.0);
        let took = self.world.create.mul_f64((1.0 + spread).max(0.0));
        let id = SandboxId::generate(&ManualClock::new(now), &self.random);
        let template_hash = self.hash.clone();
        self.table.insert(Member {
            id,
            state,
            template_hash,
            created_at: now,
            ready_at: None,
            checked_at: None,
        });
        self.making += 1;
        self.alive += 1;
        let awaited = state == MemberState::Claimed;
        self.events.push(Reverse((now.plus_ms(ms(took)), Event::Made(id, awaited))));
        took
    }

    fn remove(&mut self, id: SandboxId) {
        self.table.remove(id);
        self.alive -= 1;
    }

    fn look(&mut self, now: Timestamp) {
        let config = &self.settings.pool;
        self.demand.observe(std::mem::take(&mut self.acquires), now, config);
        let demand = self.demand.demand(now, config, &self.supply(), None);
        let state = PoolState {
            inventory: self.table.look(&self.question(now, demand.wanted)),
            template_ready: true,
            circuit: Circuit::default(),
            room: self.room(),
            checking: false,
        };
        for action in plan(now, &state, config, &demand) {
            match action {
                Action::Create => {
                    self.create(MemberState::Creating, now);
                }
                Action::Destroy(id, _) => self.remove(id),
                Action::Check(id) => self.table.checked(id, now),
            }
        }
        let rest = rests_for(now, &state, config, &demand, self.demand.falls_at(now, config));
        self.next_look = now.plus_ms(ms(rest).max(1));
        self.events.push(Reverse((self.next_look, Event::Look)));
    }

    fn question(&self, now: Timestamp, wanted: u32) -> Question<'_> {
        Question::at(now, Some(&self.hash), wanted, &self.settings.pool, &self.supply())
    }

    fn supply(&self) -> Supply {
        let Settings { pool, caps } = self.settings;
        Supply {
            refill: self.world.create + pool.replenish_delay,
            creates_at_once: pool.warm_creates_max.min(caps.max_concurrent_creates),
        }
    }

    fn room(&self) -> Room {
        let caps = self.settings.caps;
        let alive = u32::try_from(self.alive).unwrap_or(u32::MAX);
        Room {
            total: caps.max_total_sandboxes.saturating_sub(alive),
            creates: caps.max_concurrent_creates.saturating_sub(self.making),
        }
    }
}

#[cfg(test)]
mod tests;
