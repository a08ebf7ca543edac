//! The planner's promises, for every state that proptest can think of.

use domain::{ManualClock, SeededEntropy};
use proptest::prelude::*;

use super::*;

const NOW: Timestamp = Timestamp::from_unix_ms(100_000_000);

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

fn state(members: Vec<Member>) -> PoolState {
    PoolState { members, template_hash: Some(TemplateHash::new("new")), backoff: Backoff::default() }
}

fn config(target_ready: u32) -> PoolConfig {
    PoolConfig { target_ready, warm_creates_max: 10, ..PoolConfig::default() }
}

fn creates(actions: &[Action]) -> usize {
    actions.iter().filter(|action| **action == Action::Create).count()
}

/// H1
#[test]
fn an_empty_pool_is_filled_at_once_without_waiting_for_the_first_claim() {
    assert_eq!(plan(NOW, &state(vec![]), &config(3)), vec![Action::Create; 3]);
}

/// H1: creates in flight are counted.
#[test]
fn sandboxes_in_the_making_are_not_made_again() {
    let making = (0..3).map(|n| member(n, MemberState::Creating, 0, false)).collect();
    assert_eq!(plan(NOW, &state(making), &config(3)), vec![]);
}

/// H3
#[test]
fn a_claimed_sandbox_does_not_count_as_warm() {
    let claimed = state(vec![member(1, MemberState::Claimed, 0, false)]);
    assert_eq!(creates(&plan(NOW, &claimed, &config(1))), 1);
}

/// H1: max_warm_age, make before break.
#[test]
fn an_old_sandbox_is_replaced_first_and_removed_then() {
    let old = member(1, MemberState::Ready, 2_000, false);
    let before = plan(NOW, &state(vec![old.clone()]), &config(1));
    assert_eq!(before, vec![Action::Create]);
    let after = plan(NOW, &state(vec![old.clone(), member(2, MemberState::Ready, 1, false)]), &config(1));
    assert_eq!(after, vec![Action::Destroy(old.id, DestroyReason::Old)]);
}

/// H1: the pool rolls to a changed template.
#[test]
fn a_changed_template_rolls_the_pool() {
    let outdated = member(1, MemberState::Ready, 1, true);
    assert_eq!(plan(NOW, &state(vec![outdated.clone()]), &config(1)), vec![Action::Create]);
    let both = state(vec![outdated.clone(), member(2, MemberState::Ready, 1, false)]);
    assert_eq!(plan(NOW, &both, &config(1)), vec![Action::Destroy(outdated.id, DestroyReason::Outdated)]);
}

/// H6
#[test]
fn while_creation_fails_one_try_at_a_time_is_made_and_none_before_its_time() {
    let mut failing = state(vec![]);
    failing.backoff = Backoff::default().failed(NOW);
    assert_eq!(plan(NOW, &failing, &config(5)), vec![]);
    assert_eq!(plan(NOW.plus_ms(500), &failing, &config(5)), vec![Action::Create]);
    failing.members.push(member(1, MemberState::Creating, 0, false));
    assert_eq!(plan(NOW.plus_ms(500), &failing, &config(5)), vec![]);
}

/// H6
#[test]
fn the_wait_after_failures_grows_to_a_minute_and_no_further() {
    let mut backoff = Backoff::default();
    let waits: Vec<u64> = (0..9)
        .map(|_| {
            backoff = backoff.failed(NOW);
            backoff.retry_at.unwrap().ms_since(NOW)
        })
        .collect();
    assert_eq!(waits, [500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
}

/// H7
#[test]
fn a_warm_sandbox_is_probed_when_its_last_probe_is_a_minute_old() {
    let (due, not_due) = (member(1, MemberState::Ready, 60, false), member(2, MemberState::Ready, 59, false));
    assert_eq!(plan(NOW, &state(vec![due.clone(), not_due]), &config(2)), vec![Action::Check(due.id)]);
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

prop_compose! {
    fn any_state()(members in prop::collection::vec(any_member(), 0..30), failures in 0u32..3) -> PoolState {
        let members = members.into_iter().zip(0..).map(|((s, age, outdated), n)| member(n, s, age, outdated));
        let mut state = state(members.collect());
        state.backoff.failures = failures;
        state
    }
}

prop_compose! {
    fn any_config()(
        target_ready in 0u32..12, max_total_sandboxes in 1u32..30, max_concurrent_creates in 1u32..8,
        warm_creates_max in 1u32..8,
    ) -> PoolConfig {
        let fixed = PoolConfig::default();
        PoolConfig { target_ready, max_total_sandboxes, max_concurrent_creates, warm_creates_max, ..fixed }
    }
}

/// What the world looks like when every action has worked, `later_s` seconds from now.
fn carried_out(mut state: PoolState, actions: &[Action], round: u64) -> PoolState {
    for (action, number) in actions.iter().zip(1_000 * round..) {
        match action {
            Action::Create => state.members.push(member(number, MemberState::Ready, 0, false)),
            Action::Destroy(id, _) => state.members.retain(|member| member.id != *id),
            Action::Check(id) => {
                let checked = state.members.iter_mut().filter(|member| member.id == *id);
                checked.for_each(|member| member.checked_at = Some(NOW));
            }
        }
    }
    state.members.iter_mut().filter(|m| m.state == MemberState::Creating).for_each(|m| {
        (m.state, m.ready_at, m.checked_at) = (MemberState::Ready, Some(NOW), Some(NOW));
    });
    state.backoff = Backoff::default();
    state
}

proptest! {
    /// H1
    #[test]
    fn the_caps_hold_whatever_the_state(state in any_state(), config in any_config()) {
        let new = creates(&plan(NOW, &state, &config));
        let making = state.members.iter().filter(|m| m.in_the_making()).count();
        if new > 0 {
            prop_assert!(state.members.len() + new <= config.max_total_sandboxes as usize);
            prop_assert!(making + new <= config.max_concurrent_creates as usize);
        }
    }

    /// H3, H7
    #[test]
    fn nothing_that_belongs_to_a_session_is_touched(state in any_state(), config in any_config()) {
        for action in plan(NOW, &state, &config) {
            if let Action::Destroy(id, _) | Action::Check(id) = action {
                let touched = state.members.iter().find(|m| m.id == id).map(|m| m.state);
                prop_assert_ne!(touched, Some(MemberState::Claimed));
                prop_assert_ne!(touched, Some(MemberState::Creating));
            }
        }
    }

    /// H1: make before break.
    #[test]
    fn removals_never_leave_fewer_warm_ones_than_wanted(state in any_state(), config in any_config()) {
        let warm = state.members.iter().filter(|m| m.state == MemberState::Ready).count();
        let removed = plan(NOW, &state, &config).iter().filter(|action| {
            matches!(action, Action::Destroy(_, reason) if *reason != DestroyReason::Released)
        }).count();
        prop_assert!(removed == 0 || warm - removed >= config.target_ready as usize);
    }

    /// H5: converges, no oscillation.
    #[test]
    fn a_pool_whose_actions_work_comes_to_rest(state in any_state(), config in any_config()) {
        let mut state = state;
        for round in 1..64 {
            let actions = plan(NOW, &state, &config);
            if actions.is_empty() {
                return Ok(());
            }
            state = carried_out(state, &actions, round);
        }
        prop_assert!(false, "still busy after 63 rounds: {:?}", plan(NOW, &state, &config));
    }
}
