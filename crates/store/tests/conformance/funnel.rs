//! How far visitors came (A10).

use store::{FunnelCount, FunnelStep, Store, Tariff};

use crate::support::fixture;

/// A10: what was counted is there after a restart, all days together.
#[tokio::test]
async fn steps_are_counted_by_variant_and_kept() {
    let fixture = fixture().await;
    let step = |step, variant: &str, count| FunnelCount { step, variant: variant.into(), count };
    for (date, count) in [
        ("2026-11-20", step(FunnelStep::Viewed, "a", 2)),
        ("2026-11-21", step(FunnelStep::Viewed, "a", 3)),
        ("2026-11-21", step(FunnelStep::Viewed, "b", 1)),
        ("2026-11-21", step(FunnelStep::Claimed, "a", 1)),
    ] {
        fixture.store.count_step(date, count).await.unwrap();
    }
    let totals = fixture.reopened(Tariff::free()).await.funnel().await.unwrap();
    assert_eq!(
        totals,
        [
            step(FunnelStep::Claimed, "a", 1),
            step(FunnelStep::Viewed, "a", 5),
            step(FunnelStep::Viewed, "b", 1)
        ]
    );
}
