//! The day's budget is never passed (H9).

use domain::{MicroDollars, Tier};
use futures::future::join_all;
use sessions::{SessionError, Spending};

use crate::support::{NOON_MS, Settings, World, visitor};

/// A dollar a second: a session of 300 s and the 10 s of its ending cost 310 dollars at most.
const HOUR: MicroDollars = MicroDollars::new(3_600_000_000);

fn dollars(dollars: u64) -> MicroDollars {
    MicroDollars::new(dollars * 1_000_000)
}

fn budget(cap: u64) -> impl Fn(&mut Settings) {
    move |settings| {
        settings.tariff.sandbox_hour = HOUR;
        settings.demo.daily_cost_cap = dollars(cap);
        settings.pool.target_ready = 0;
        settings.demo.max_concurrent_demos = 50;
    }
}

/// H9: exact under concurrency. Time stands still, so that only what sessions may come to cost is in the way.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn as_many_are_let_in_at_once_as_the_budget_reaches_for() {
    let world = World::start(budget(3 * 310 + 309)).await;
    let claims = (0..100).map(|number| {
        let sessions = world.sessions.clone();
        tokio::spawn(async move { sessions.claim(Default::default(), visitor(number)).await.map(drop) })
    });
    let outcomes: Vec<_> = join_all(claims).await.into_iter().map(Result::unwrap).collect();
    let refused: Vec<_> = outcomes.iter().filter_map(|outcome| outcome.as_ref().err()).collect();
    assert_eq!(refused.len(), 97);
    for error in refused {
        assert!(matches!(error, SessionError::BudgetSpent { retry_after_seconds: 43_200, .. }), "{error:?}");
        assert_eq!(
            error.to_string(),
            "Today's budget for live demos is used up. It starts again at 00:00 (UTC)."
        );
    }
    world.tier(Tier::Replay).await;
    world.sessions.shutdown(sessions::OnShutdown::End).await;
}

/// H9: what a session did not use, another may; what it used is gone until midnight, whoever restarts in between.
#[tokio::test]
async fn what_was_spent_is_spent_until_midnight() {
    let world = World::start(budget(600)).await;
    let first = world.claim(visitor(1)).await.unwrap();
    assert!(world.claim(visitor(2)).await.is_err(), "310 and 310 are more than 600");
    world.clock.advance_ms(100_000);
    world.close(&first).await;
    world.emptied().await;

    let world = world.restart(budget(600)).await;
    let spending = world.sessions.spending();
    let expected = Spending {
        day: "1970-01-01".into(),
        spent: dollars(100),
        cap: dollars(600),
        resets_at: domain::Timestamp::from_unix_ms(2 * NOON_MS),
    };
    assert_eq!(spending, expected);
    let second = world.claim(visitor(2)).await.unwrap();
    world.clock.advance_ms(200_000);
    world.close(&second).await;
    world.emptied().await;
    let refused = world.claim(visitor(3)).await.unwrap_err();
    assert!(matches!(refused, SessionError::BudgetSpent { .. }), "300 are left of 600: {refused:?}");

    world.clock.advance_ms(NOON_MS);
    world.claim(visitor(3)).await.unwrap();
    world.sessions.shutdown(sessions::OnShutdown::End).await;
}

/// H9: with a cap of nothing, nothing is spent on demos.
#[tokio::test]
async fn without_a_budget_there_is_no_demo() {
    let world = World::start(budget(0)).await;
    world.tier(Tier::Replay).await;
    assert!(matches!(world.claim(visitor(1)).await, Err(SessionError::BudgetSpent { .. })));
    world.sessions.shutdown(sessions::OnShutdown::End).await;
}
