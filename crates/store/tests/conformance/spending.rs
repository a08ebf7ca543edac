//! What sandboxes' time costs (H9).

use std::sync::Arc;

use domain::{Calendar, Day, MicroDollars, Timestamp, UtcCalendar};
use store::{Purpose, SandboxRecordState, SpentTime, Store, Tariff};

use crate::support::{at, hash, pool, priced};

const DAY_MS: i64 = 86_400_000;

/// One micro-dollar a millisecond, so that costs can be read off.
const HOUR: MicroDollars = MicroDollars::new(3_600_000);

fn tariff() -> Tariff {
    Tariff { sandbox_hour: HOUR, calendar: Arc::new(UtcCalendar) }
}

fn day(moment: Timestamp) -> Day {
    UtcCalendar.day(moment)
}

fn spent(purpose: Purpose, sandbox_ms: u64) -> SpentTime {
    SpentTime { pool: pool(), purpose, sandbox_hour: HOUR, sandbox_ms }
}

/// H9: a sandbox is paid for from the moment its making began, and by its session from the claim on.
#[tokio::test]
async fn time_is_warm_until_the_claim_and_the_sessions_after_it() {
    let fixture = priced(tariff()).await;
    let store = &fixture.store;
    let today = day(at(1));
    fixture.sandbox(SandboxRecordState::Ready, Some(10)).await;
    assert_eq!(store.spent_on(&today, at(101)).await.unwrap(), [spent(Purpose::Warm, 100)]);
    let taken = store.take_sandbox(&pool(), &hash(), at(201)).await.unwrap().unwrap();
    let (mut session, event) = fixture.claimed(201);
    session.sandbox_id = taken.id;
    store.insert_session(&session, &[event]).await.unwrap();
    let expected = [spent(Purpose::Warm, 200), spent(Purpose::Session, 300)];
    assert_eq!(store.spent_on(&today, at(501)).await.unwrap(), expected);
    assert_eq!(store.session_cost(session.id).await.unwrap(), None, "it still runs");

    store.condemn_sandbox(taken.id).await.unwrap();
    store.remove_sandbox(taken.id, at(501)).await.unwrap();
    let mut kept = store.spent_on(&today, at(9_000)).await.unwrap();
    kept.sort_by_key(|time| time.purpose);
    assert_eq!(kept, expected, "what is gone costs nothing more");
    assert_eq!(store.session_cost(session.id).await.unwrap(), Some(MicroDollars::new(300)));
}

/// H9, H11: accruing moves time from the meters to the table and changes no sum, whatever dies in between.
#[tokio::test]
async fn accruing_again_and_restarting_counts_nothing_twice() {
    let fixture = priced(tariff()).await;
    let made = fixture.sandbox(SandboxRecordState::Creating, None).await;
    for until in [101, 101, 50, 201] {
        fixture.store.accrue(at(until)).await.unwrap();
    }
    let store = fixture.reopened(tariff()).await;
    let total = async |moment| -> u64 {
        let spent = store.spent_on(&day(at(1)), at(moment)).await.unwrap();
        spent.iter().map(|time| time.sandbox_ms).sum()
    };
    assert_eq!(total(201).await, 200);
    assert_eq!(total(301).await, 300);
    assert_eq!(total(101).await, 200, "a clock that was set back takes nothing away");
    store.remove_sandbox(made.id, at(301)).await.unwrap();
    store.remove_sandbox(made.id, at(401)).await.unwrap();
    assert_eq!(total(1_000).await, 300);
}

/// H9: a day's budget is not charged for another day.
#[tokio::test]
async fn time_over_midnight_is_split_there() {
    let fixture = priced(tariff()).await;
    let made = fixture.sandbox(SandboxRecordState::Creating, None).await;
    let until = at(DAY_MS + 500);
    let on = async |moment| fixture.store.spent_on(&day(moment), until).await.unwrap();
    let first = [spent(Purpose::Warm, DAY_MS.unsigned_abs() - 1)];
    let second = [spent(Purpose::Warm, 500)];
    assert_eq!((on(at(1)).await, on(until).await), (first.to_vec(), second.to_vec()));
    fixture.store.remove_sandbox(made.id, until).await.unwrap();
    assert_eq!((on(at(1)).await, on(until).await), (first.to_vec(), second.to_vec()));
}

/// H9: a new price is for new time.
#[tokio::test]
async fn time_keeps_the_price_it_was_lived_at() {
    let fixture = priced(tariff()).await;
    fixture.sandbox(SandboxRecordState::Creating, None).await;
    fixture.store.accrue(at(101)).await.unwrap();
    let dearer = Tariff { sandbox_hour: MicroDollars::new(7_200_000), calendar: Arc::new(UtcCalendar) };
    let store = fixture.reopened(dearer).await;
    let spent = store.spent_on(&day(at(1)), at(201)).await.unwrap();
    let cost: MicroDollars = spent.iter().map(SpentTime::cost).sum();
    assert_eq!(cost, MicroDollars::new(100 + 200));
}
