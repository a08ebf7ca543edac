//! Every provider passes the same suite (E1).

use std::path::Path;
use std::sync::Arc;

use crate::support::{BROWSER, Fixture, react};
use domain::{ManualClock, SeededEntropy, Timestamp};
use sandbox::Provider;
use sandbox::conformance::{Outcome, Report, Suite};
use sandbox::sim::{SimConfig, SimProvider};

async fn report(provider: Arc<dyn Provider>) -> Report {
    let clock = Arc::new(ManualClock::new(Timestamp::from_unix_ms(7)));
    Suite::new(provider, react(), clock, Arc::new(SeededEntropy::new(7))).run().await
}

/// E1, E2
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_local_provider_conforms() {
    let fixture = Fixture::with(|config| config.browser = Some(BROWSER.into())).await;
    let report = report(fixture.provider.clone()).await;
    assert!(report.passed(), "\n{report}");
}

/// E1
#[tokio::test(start_paused = true)]
async fn the_simulated_provider_conforms() {
    let templates = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../templates");
    let report = report(Arc::new(SimProvider::new(SimConfig::new(templates)).unwrap())).await;
    assert!(report.passed(), "\n{report}");
    let skipped = report.results.iter().filter(|result| result.outcome == Outcome::Skipped).count();
    assert_eq!(
        skipped, 12,
        "only what needs commands or a browser, and what checks for no terminals, is skipped\n{report}"
    );
}
