//! What language models consumed (H9).

use domain::{MicroDollars, ModelUse};
use store::{Store, Tariff};

use crate::support::fixture;

/// H9: sums by day and by model, also of those that are added at once, and also after a restart.
#[tokio::test]
async fn what_models_consumed_is_summed_up_by_day_and_by_model() {
    let fixture = fixture().await;
    let used = |input_tokens, output_tokens, cost| ModelUse {
        input_tokens,
        output_tokens,
        cost: MicroDollars::new(cost),
    };
    let store = &fixture.store;
    let (today, tomorrow) = ("2026-11-20", "2026-11-21");
    let added = tokio::join!(
        store.add_model_use(today, "a", used(1, 2, 3)),
        store.add_model_use(today, "a", used(10, 20, 30)),
        store.add_model_use(today, "b", used(100, 200, 300)),
        store.add_model_use(tomorrow, "a", used(1_000, 2_000, 3_000)),
    );
    added.0.and(added.1).and(added.2).and(added.3).unwrap();
    let store = fixture.reopened(Tariff::free()).await;
    assert_eq!(store.model_use_on(today).await.unwrap(), used(111, 222, 333));
    assert_eq!(store.model_use_on("2026-11-22").await.unwrap(), ModelUse::default());
    let by_model = [("a".to_owned(), used(1_011, 2_022, 3_033)), ("b".to_owned(), used(100, 200, 300))];
    assert_eq!(store.model_use().await.unwrap(), by_model);
}
