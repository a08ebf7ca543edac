//! The planner's promises, for every state that proptest can think of.

use domain::{ManualClock, SeededEntropy, TemplateHash};
use proptest::prelude::*;

use super::*;
use crate::inventory::Question;
use crate::{Member, MemberState, Supply};

const NOW: Timestamp = Timestamp::from_unix_ms(100_000_000);
const SUPPLY: Supply = Supply { refill: Duration::from_secs(1), creates_at_once: 1 };
const PLENTY: Room = Room { total: 50, creates: 10 };

fn member(number: u64, state: MemberState, age_s: i64, outdated: bool) -> Member {
    let since = NOW.plus_ms(-age_s * 1_000);
    let made = !matches!(state, MemberState::Creating);
    Member {
        id: SandboxId::generate(&ManualClock::new(NOW), &SeededEntropy::new(number)),
        state,
        template_hash: TemplateHash::new(if outdated { "old" } else { "new" }),
        created_at: since,
        ready_at: made.then_some(since),
        checked_at: made.then_some(since),
    }
}

fn config() -> PoolConfig {
    PoolConfig { warm_creates_max: 10, ..PoolConfig::default() }
}

fn state(members: &[Member], config: &PoolConfig, wanted: u32, room: Room) -> PoolState {
    let hash = TemplateHash::new("new");
    let question = Question::at(NOW, Some(&hash), wanted, config, &SUPPLY);
    PoolState {
        inventory: Inventory::of(members.to_vec(), &question),
        template_ready: true,
        circuit: Circuit::default(),
        room,
        checking: false,
    }
}

fn planned(members: &[Member], wanted: u32) -> Vec<Action> {
    let config = config();
    plan(NOW, &state(members, &config, wanted, PLENTY), &config, &Demand { wanted, ..Demand::default() })
}

fn creates(actions: &[Action]) -> usize {
    actions.iter().filter(|action| **action == Action::Create).count()
}

/// H1
#[test]
fn an_empty_pool_is_filled_at_once_without_waiting_for_the_first_claim() {
    assert_eq!(planned(&[], 3), vec![Action::Create; 3]);
}

/// H1: creates in flight are counted.
#[test]
fn sandboxes_in_the_making_are_not_made_again() {
    let making: Vec<Member> = (0..3).map(|n| member(n, MemberState::Creating, 0, false)).collect();
    assert_eq!(planned(&making, 3), vec![]);
}

/// H3
#[test]
fn a_claimed_sandbox_does_not_count_as_warm() {
    assert_eq!(planned(&[member(1, MemberState::Claimed, 0, false)], 1), vec![Action::Create]);
}

/// H1: max_warm_age, make before break.
#[test]
fn an_old_sandbox_is_replaced_first_and_removed_then() {
    let mut old = member(1, MemberState::Ready, 2_000, false);
    old.checked_at = Some(NOW);
    assert_eq!(planned(std::slice::from_ref(&old), 1), vec![Action::Create]);
    let both = [old.clone(), member(2, MemberState::Ready, 1, false)];
    assert_eq!(planned(&both, 1), vec![Action::Destroy(old.id, DestroyReason::Old)]);
}

/// H1: where a session must not outlast its sandbox, the replacement is there when the old one can't be claimed any more.
#[test]
fn a_sandbox_that_will_soon_be_too_old_for_a_session_is_replaced_one_refill_ahead() {
    let config = PoolConfig { claim_age_left: Duration::from_secs(300), ..config() };
    let demand = Demand { wanted: 1, ..Demand::default() };
    for (age_s, claimable, actions) in [(1_498, 1, 0), (1_499, 1, 1), (1_500, 0, 1)] {
        let mut aging = member(1, MemberState::Ready, age_s, false);
        aging.checked_at = Some(NOW);
        let state = state(&[aging], &config, 1, PLENTY);
        assert_eq!(state.inventory.claimable, claimable, "at {age_s} s");
        assert_eq!(plan(NOW, &state, &config, &demand), vec![Action::Create; actions], "at {age_s} s");
    }
}

/// H1: the pool rolls to a changed template.
#[test]
fn a_changed_template_rolls_the_pool() {
    let outdated = member(1, MemberState::Ready, 1, true);
    assert_eq!(planned(std::slice::from_ref(&outdated), 1), vec![Action::Create]);
    let both = [outdated.clone(), member(2, MemberState::Ready, 1, false)];
    assert_eq!(planned(&both, 1), vec![Action::Destroy(outdated.id, DestroyReason::Outdated)]);
}

/// H6
#[test]
fn while_creation_fails_one_try_at_a_time_is_made_and_none_before_its_time() {
    let config = config();
    let demand = Demand { wanted: 5, ..Demand::default() };
    let mut failing = state(&[], &config, 5, PLENTY);
    failing.circuit = Circuit::default().failed(NOW, 1.0, &config);
    assert_eq!(plan(NOW, &failing, &config, &demand), vec![]);
    assert_eq!(plan(NOW.plus_ms(500), &failing, &config, &demand), vec![Action::Create]);
    failing.inventory.creating = 1;
    assert_eq!(plan(NOW.plus_ms(500), &failing, &config, &demand), vec![]);
}

/// H5: replenish_delay.
#[test]
fn refilling_stands_back_after_an_acquire_but_never_leaves_nothing() {
    let config = PoolConfig { replenish_delay: Duration::from_secs(5), ..config() };
    let demand = Demand { wanted: 2, last_acquire_at: Some(NOW) };
    let one_left = state(&[member(1, MemberState::Ready, 1, false)], &config, 2, PLENTY);
    assert_eq!(plan(NOW.plus_ms(4_999), &one_left, &config, &demand), vec![]);
    assert_eq!(plan(NOW.plus_ms(5_000), &one_left, &config, &demand), vec![Action::Create]);
    let none_left = state(&[], &config, 2, PLENTY);
    assert_eq!(plan(NOW, &none_left, &config, &demand), vec![Action::Create; 2]);
}

/// H7: one at a time, the one that waits for longest.
#[test]
fn a_warm_sandbox_is_probed_when_its_last_probe_is_a_minute_old() {
    let members = [60, 61, 59].map(|age_s| member(age_s, MemberState::Ready, age_s.cast_signed(), false));
    assert_eq!(planned(&members, 3), vec![Action::Check(members[1].id)]);
    let config = config();
    let checking = PoolState { checking: true, ..state(&members, &config, 3, PLENTY) };
    assert_eq!(plan(NOW, &checking, &config, &Demand { wanted: 3, ..Demand::default() }), vec![]);
}

prop_compose! {
    fn any_member()(
        state in prop::sample::select(vec![
            MemberState::Creating, MemberState::Ready, MemberState::Claimed, MemberState::Destroying,
        ]),
        age_s in 0i64..4_000,
        outdated in any::<bool>(),
    ) -> (MemberState, i64, bool) { (state, age_s, outdated) }
}

fn any_members() -> impl Strategy<Value = Vec<Member>> {
    prop::collection::vec(any_member(), 0..30).prop_map(|members| {
        let numbered = members.into_iter().zip(0..);
        numbered.map(|((state, age_s, outdated), n)| member(n, state, age_s, outdated)).collect()
    })
}

prop_compose! {
    fn any_room()(total in 0u32..30, creates in 0u32..8) -> Room { Room { total, creates } }
}

/// What the world looks like when every action has worked.
fn carried_out(mut members: Vec<Member>, actions: &[Action], round: u64) -> Vec<Member> {
    for (action, number) in actions.iter().zip(1_000 * round..) {
        match action {
            Action::Create => members.push(member(number, MemberState::Ready, 0, false)),
            Action::Destroy(id, _) => members.retain(|member| member.id != *id),
            Action::Check(id) => {
                let checked = members.iter_mut().filter(|member| member.id == *id);
                checked.for_each(|member| member.checked_at = Some(NOW));
            }
        }
    }
    members.iter_mut().filter(|m| m.state == MemberState::Creating).for_each(|m| {
        (m.state, m.ready_at, m.checked_at) = (MemberState::Ready, Some(NOW), Some(NOW));
    });
    members
}

proptest! {
    /// H1
    #[test]
    fn the_caps_hold_whatever_the_state(members in any_members(), wanted in 0u32..12, room in any_room()) {
        let config = config();
        let state = state(&members, &config, wanted, room);
        let new = creates(&plan(NOW, &state, &config, &Demand { wanted, ..Demand::default() }));
        prop_assert!(new <= room.total.min(room.creates) as usize);
    }

    /// H1: never over-creates with creates in flight.
    #[test]
    fn no_more_are_begun_than_are_missing(members in any_members(), wanted in 0u32..12) {
        let inventory = state(&members, &config(), wanted, PLENTY).inventory;
        let new = creates(&planned(&members, wanted));
        let coming = inventory.fresh as usize + inventory.creating as usize + new;
        prop_assert!(new == 0 || coming <= wanted as usize);
    }

    /// H3, H7
    #[test]
    fn nothing_that_belongs_to_a_session_is_touched(members in any_members(), wanted in 0u32..12) {
        for action in planned(&members, wanted) {
            if let Action::Destroy(id, _) | Action::Check(id) = action {
                let touched = members.iter().find(|m| m.id == id).map(|m| m.state);
                prop_assert_ne!(touched, Some(MemberState::Claimed));
                prop_assert_ne!(touched, Some(MemberState::Creating));
            }
        }
    }

    /// H1: make before break.
    #[test]
    fn removals_never_leave_fewer_warm_ones_than_wanted(members in any_members(), wanted in 0u32..12) {
        let warm = members.iter().filter(|m| m.state == MemberState::Ready).count();
        let removed = planned(&members, wanted).iter().filter(|action| {
            matches!(action, Action::Destroy(_, reason) if *reason != DestroyReason::Released)
        }).count();
        prop_assert!(removed == 0 || warm - removed >= wanted as usize);
    }

    /// H5: converges, no oscillation.
    #[test]
    fn a_pool_whose_actions_work_comes_to_rest(members in any_members(), wanted in 0u32..12) {
        let mut members = members;
        for round in 1..64 {
            let actions = planned(&members, wanted);
            if actions.is_empty() {
                let warm = |m: &&Member| matches!(m.state, MemberState::Ready | MemberState::Creating);
                prop_assert!(members.iter().filter(warm).count() >= wanted as usize);
                return Ok(());
            }
            members = carried_out(members, &actions, round);
        }
        prop_assert!(false, "still busy after 63 rounds: {:?}", planned(&members, wanted));
    }
}
