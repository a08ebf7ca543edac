//! A service over simulated sandboxes, in a folder of its own, whose clock is moved by hand.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use agent::{Agent, BuiltinModel, RuleModerator, ToolPolicy};
use domain::wire::{Availability, ClaimRequest, ClaimResponse};
use domain::{Clock as _, ManualClock, MicroDollars, SeededEntropy, Tier, Timestamp, UtcCalendar};
use pool::{Caps, CapsConfig, PoolConfig};
use sandbox::sim::{SimConfig, SimControl, SimProvider};
use sessions::{DemoConfig, Parts, PreviewUrls, SessionError, Sessions, SessionsConfig, Visitor};
use store::{SqliteStore, Tariff};

/// Noon, so that no test runs over midnight unless it means to.
pub const NOON_MS: i64 = 43_200_000;

pub struct World {
    pub sessions: Sessions,
    pub clock: Arc<ManualClock>,
    pub sim: SimControl,
    pub caps: Arc<Caps>,
    folder: tempfile::TempDir,
}

/// What a test may change before the service starts.
pub struct Settings {
    pub demo: DemoConfig,
    pub pool: PoolConfig,
    pub caps: CapsConfig,
    pub tariff: Tariff,
    pub now: Timestamp,
}

impl World {
    /// Two warm sandboxes that cost nothing, no limit per visitor.
    pub async fn start(change: impl FnOnce(&mut Settings)) -> Self {
        Self::start_in(tempfile::tempdir().unwrap(), SeededEntropy::new(1), change).await
    }

    /// A later run over the same data.
    pub async fn restart(self, change: impl FnOnce(&mut Settings)) -> Self {
        self.sessions.shutdown(sessions::OnShutdown::End).await;
        let now = self.clock.now();
        Self::start_in(self.folder, SeededEntropy::new(2), |settings| {
            settings.now = now;
            change(settings);
        })
        .await
    }

    async fn start_in(
        folder: tempfile::TempDir,
        entropy: SeededEntropy,
        change: impl FnOnce(&mut Settings),
    ) -> Self {
        let mut settings = Settings {
            demo: demo(),
            pool: PoolConfig { target_ready: 2, warm_creates_max: 10, ..PoolConfig::default() },
            caps: CapsConfig::default(),
            tariff: Tariff { sandbox_hour: MicroDollars::ZERO, calendar: Arc::new(UtcCalendar) },
            now: Timestamp::from_unix_ms(NOON_MS),
        };
        change(&mut settings);
        let provider = Arc::new(SimProvider::new(SimConfig::new(templates())).unwrap());
        let sim = provider.control();
        let clock = Arc::new(ManualClock::new(settings.now));
        let caps = Caps::new(settings.caps);
        let store = SqliteStore::open(&folder.path().join("sandglass.db"), settings.tariff.clone()).await;
        let parts = Parts {
            store: Arc::new(store.unwrap()),
            provider,
            agent: agent(),
            clock: Arc::clone(&clock) as _,
            entropy: Arc::new(entropy),
            config: SessionsConfig {
                demo: settings.demo,
                preview: PreviewUrls {
                    scheme: "http".into(),
                    domain: "preview.localhost".into(),
                    port: None,
                },
                visitor_key: [1; 32],
            },
            pool: settings.pool,
            caps: Arc::clone(&caps),
            tariff: settings.tariff,
        };
        Self { sessions: Sessions::start(parts).await.unwrap(), clock, sim, caps, folder }
    }

    pub async fn claim(&self, visitor: Visitor) -> Result<ClaimResponse, SessionError> {
        self.sessions.claim(ClaimRequest::default(), visitor).await
    }

    pub async fn close(&self, claimed: &ClaimResponse) {
        let token = &claimed.session_token;
        let access = self.sessions.authorize(claimed.session.session_id, Some(token)).await.unwrap();
        self.sessions.close(&access).await.unwrap();
    }

    /// Waits, as an open page does, until the offer is as wanted.
    pub async fn offered(&self, wanted: impl Fn(&Availability) -> bool) -> Availability {
        let mut offer = self.sessions.availability();
        let offer =
            tokio::time::timeout(Duration::from_secs(20), offer.wait_for(|offer| wanted(offer))).await;
        offer.expect("the offer did not come").unwrap().clone()
    }

    /// Waits until every sandbox is gone: one that is still being destroyed costs time.
    pub async fn emptied(&self) {
        // What the pool tells its watchers may be ten milliseconds old.
        while self.caps.total() > 0 {
            tokio::task::yield_now().await;
        }
    }

    pub async fn tier(&self, tier: Tier) -> Availability {
        self.offered(|offer| offer.tier == tier).await
    }
}

/// A visitor from 192.0.2.0/24 and beyond.
pub fn visitor(number: u32) -> Visitor {
    let address = std::net::Ipv4Addr::from_bits(0xC000_0200 + number);
    Visitor { address: address.into(), fingerprint: None }
}

fn demo() -> DemoConfig {
    DemoConfig {
        enabled: true,
        isolated: true,
        template: "react-vite".parse().unwrap(),
        max_session_duration: Duration::from_secs(300),
        max_prompts: 3,
        max_concurrent_demos: 10,
        sessions_per_visitor_per_hour: 0,
        sessions_per_network_per_hour: 30,
        daily_cost_cap: MicroDollars::new(50_000_000),
        review_duration: Duration::from_secs(90),
        away_after: Duration::from_secs(30),
        chips: Vec::new(),
    }
}

fn agent() -> Agent {
    let policy = ToolPolicy::demo(["src/**"]).unwrap();
    Agent::new(Arc::new(BuiltinModel), Arc::new(RuleModerator), policy)
}

fn templates() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../templates")
}
