//! Reports of previews.

use domain::SessionId;
use store::{ReportRecord, Store, Tariff};

use crate::support::{at, fixture};

/// J2: a network counts once for a session, also after a restart.
#[tokio::test]
async fn a_network_counts_once_for_a_session() {
    let fixture = fixture().await;
    let (record, _) = fixture.session(1).await;
    let report = |session_id: SessionId, network: &str| ReportRecord {
        session_id,
        network: network.into(),
        reason: "It asks for my password.".into(),
        at: at(2),
    };
    assert_eq!(fixture.store.add_report(&report(record.id, "a")).await.unwrap(), 1);
    assert_eq!(fixture.store.add_report(&report(record.id, "a")).await.unwrap(), 1);
    let store = fixture.reopened(Tariff::free()).await;
    assert_eq!(store.add_report(&report(record.id, "b")).await.unwrap(), 2);
}
