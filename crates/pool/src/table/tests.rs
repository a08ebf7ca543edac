//! The indexes answer what a look at every row would.

use domain::{ManualClock, SeededEntropy};
use proptest::prelude::*;

use super::*;

const NOW_MS: i64 = 10_000;

fn at(ms: i64) -> Timestamp {
    Timestamp::from_unix_ms(ms)
}

fn member(number: u64, state: MemberState, since_ms: i64, hash: &str) -> Member {
    let made = (state != MemberState::Creating).then_some(at(since_ms));
    Member {
        id: SandboxId::generate(&ManualClock::new(at(1)), &SeededEntropy::new(number)),
        state,
        template_hash: TemplateHash::new(hash),
        created_at: at(since_ms),
        ready_at: made,
        checked_at: made,
    }
}

/// H3
#[test]
fn the_oldest_ready_one_of_the_right_template_is_taken_first_and_only_once() {
    let mut table = Table::default();
    let younger = member(1, MemberState::Ready, 20, "new");
    let older = member(2, MemberState::Ready, 10, "new");
    for row in [
        &younger,
        &older,
        &member(3, MemberState::Ready, 5, "old"),
        &member(4, MemberState::Creating, 1, "new"),
    ] {
        table.insert(row.clone());
    }
    let hash = TemplateHash::new("new");
    let claimed = |row: &Member| Some(Member { state: MemberState::Claimed, ..row.clone() });
    assert_eq!(table.take(&hash), claimed(&older));
    assert_eq!(table.take(&hash), claimed(&younger));
    assert_eq!(table.take(&hash), None);
}

/// H3: the states go one way.
#[test]
fn what_is_claimed_or_condemned_never_becomes_ready_again() {
    let mut table = Table::default();
    let row = member(1, MemberState::Ready, 1, "new");
    table.insert(row.clone());
    table.take(&row.template_hash);
    assert!(!table.retire(row.id), "only a ready one is retired");
    assert!(table.made(row.id, at(5)), "a cold one is made while it is claimed");
    assert_eq!(table.state(row.id), Some(MemberState::Claimed));
    table.condemn(row.id);
    assert!(!table.made(row.id, at(6)));
    assert_eq!(table.state(row.id), Some(MemberState::Destroying));
    table.remove(row.id);
    assert_eq!(table.state(row.id), None);
}

#[derive(Debug, Clone)]
enum Change {
    Insert(u64, MemberState, i64, bool),
    Made(u64, i64),
    Take,
    Checked(u64, i64),
    Retire(u64),
    Condemn(u64),
    Remove(u64),
}

fn any_change() -> impl Strategy<Value = Change> {
    let (number, since) = (0u64..12, 0i64..NOW_MS);
    let state = prop::sample::select(vec![
        MemberState::Creating,
        MemberState::Ready,
        MemberState::Claimed,
        MemberState::Destroying,
    ]);
    prop_oneof![
        3 => (number.clone(), state, since.clone(), any::<bool>()).prop_map(|(n, s, t, o)| Change::Insert(n, s, t, o)),
        1 => (number.clone(), since.clone()).prop_map(|(n, t)| Change::Made(n, t)),
        1 => Just(Change::Take),
        1 => (number.clone(), since).prop_map(|(n, t)| Change::Checked(n, t)),
        1 => number.clone().prop_map(Change::Retire),
        1 => number.clone().prop_map(Change::Condemn),
        1 => number.prop_map(Change::Remove),
    ]
}

fn id(number: u64) -> SandboxId {
    member(number, MemberState::Ready, 0, "").id
}

proptest! {
    /// H1
    #[test]
    fn a_look_says_what_counting_every_row_says(
        changes in prop::collection::vec(any_change(), 0..60), worn_ms in 0i64..NOW_MS, due_ms in 0i64..NOW_MS, wanted in 0u32..5,
    ) {
        let mut table = Table::default();
        let hash = TemplateHash::new("new");
        for change in changes {
            match change {
                Change::Insert(n, state, since_ms, outdated) => {
                    table.insert(member(n, state, since_ms, if outdated { "old" } else { "new" }));
                }
                Change::Made(n, ms) => { table.made(id(n), at(ms)); }
                Change::Take => { table.take(&hash); }
                Change::Checked(n, ms) => table.checked(id(n), at(ms)),
                Change::Retire(n) => { table.retire(id(n)); }
                Change::Condemn(n) => table.condemn(id(n)),
                Change::Remove(n) => table.remove(id(n)),
            }
        }
        let question = Question {
            template_hash: Some(&hash),
            worn_since: at(worn_ms),
            unclaimable_since: at(worn_ms / 2),
            due_since: at(due_ms),
            wanted,
        };
        let sorted = |mut inventory: Inventory| {
            inventory.worn_listed.sort_unstable();
            inventory.destroying_listed.sort_unstable();
            inventory
        };
        prop_assert_eq!(sorted(table.look(&question)), sorted(Inventory::of(table.all(), &question)));
    }
}
