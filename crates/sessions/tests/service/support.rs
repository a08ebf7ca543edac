//! A service over simulated sandboxes, in a folder of its own, whose clock is moved by hand.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use agent::{Agent, BuiltinModel, Model, RuleModerator, ToolPolicy};
use domain::wire::{Availability, ClaimRequest, ClaimResponse, OpenKind, OpenRequest, PromptOutcome};
use domain::{
    Clock as _, EventKind, ManualClock, MicroDollars, SandboxId, SeededEntropy, TemplateName, Tier,
    Timestamp, TokenPrice, UserId, UtcCalendar,
};
use futures::StreamExt as _;
use pool::{Caps, CapsConfig, PoolConfig, PoolMetrics};
use sandbox::Provider as _;
use sandbox::sim::{SimConfig, SimControl, SimProvider};
use sessions::{
    AbuseConfig, Access, Agents, Challenge, DemoConfig, ModelBudgets, OnShutdown, Parts, PreviewUrls, Rules,
    SessionError, Sessions, SessionsConfig, TemplateParts, Visitor,
};
use store::{SqliteStore, Tariff};

/// Noon, so that no test runs over midnight unless it means to.
pub const NOON_MS: i64 = 43_200_000;

/// How long anything may take before a test is given up; nothing here measures time.
const PATIENCE: Duration = Duration::from_secs(20);

pub struct World {
    pub sessions: Sessions,
    pub clock: Arc<ManualClock>,
    pub sim: SimControl,
    pub caps: Arc<Caps>,
    provider: Arc<SimProvider>,
    folder: tempfile::TempDir,
}

/// What a test may change before the service starts.
pub struct Settings {
    pub demo: DemoConfig,
    pub prototype: Rules,
    pub workspace: Rules,
    pub model: Arc<dyn Model>,
    /// What its tokens cost.
    pub price: TokenPrice,
    /// Who may be chosen in its place, by their names.
    pub to_choose: Vec<(&'static str, Arc<dyn Model>)>,
    pub model_budgets: ModelBudgets,
    pub abuse: AbuseConfig,
    /// The demo's pool.
    pub pool: PoolConfig,
    /// Pools of further templates.
    pub others: Vec<(&'static str, PoolConfig)>,
    pub caps: CapsConfig,
    pub tariff: Tariff,
    pub now: Timestamp,
}

impl World {
    /// Two warm sandboxes that cost nothing, no limit per visitor.
    pub async fn start(change: impl FnOnce(&mut Settings)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let provider = sim(&templates(folder.path()));
        Self::start_in(folder, provider, SeededEntropy::new(1), change).await
    }

    /// A later run over the same data.
    pub async fn restart(self, change: impl FnOnce(&mut Settings)) -> Self {
        self.sessions.shutdown(OnShutdown::End).await;
        let provider = sim(&templates(self.folder.path()));
        self.later(provider, change).await
    }

    /// A later run over the same data and the same sandboxes, which had stayed.
    pub async fn take_over(self, change: impl FnOnce(&mut Settings)) -> Self {
        self.sessions.shutdown(OnShutdown::Keep).await;
        let provider = Arc::clone(&self.provider);
        self.later(provider, change).await
    }

    async fn later(self, provider: Arc<SimProvider>, change: impl FnOnce(&mut Settings)) -> Self {
        let now = self.clock.now();
        Self::start_in(self.folder, provider, SeededEntropy::new(2), |settings| {
            settings.now = now;
            change(settings);
        })
        .await
    }

    async fn start_in(
        folder: tempfile::TempDir,
        provider: Arc<SimProvider>,
        entropy: SeededEntropy,
        change: impl FnOnce(&mut Settings),
    ) -> Self {
        let mut settings = Settings {
            demo: demo(),
            prototype: Rules::PROTOTYPE,
            workspace: Rules::WORKSPACE,
            model: Arc::new(BuiltinModel),
            price: TokenPrice::default(),
            to_choose: Vec::new(),
            model_budgets: ModelBudgets::default(),
            abuse: AbuseConfig::default(),
            pool: PoolConfig { target_ready: 2, warm_creates_max: 10, ..PoolConfig::default() },
            others: Vec::new(),
            caps: CapsConfig::default(),
            tariff: Tariff { sandbox_hour: MicroDollars::ZERO, calendar: Arc::new(UtcCalendar) },
            now: Timestamp::from_unix_ms(NOON_MS),
        };
        change(&mut settings);
        let sim = provider.control();
        let clock = Arc::new(ManualClock::new(settings.now));
        let caps = Caps::new(settings.caps);
        let store = SqliteStore::open(&folder.path().join("sandglass.db"), settings.tariff.clone()).await;
        let template = |name: &str, pool| TemplateParts {
            name: name.parse().unwrap(),
            pool,
            agents: agents(&settings.model, settings.price, &settings.to_choose),
        };
        let others = settings.others.into_iter().map(|(name, pool)| template(name, pool)).collect();
        let parts = Parts {
            store: Arc::new(store.unwrap()),
            provider: Arc::clone(&provider) as _,
            clock: Arc::clone(&clock) as _,
            entropy: Arc::new(entropy),
            config: SessionsConfig {
                demo: settings.demo,
                prototype: settings.prototype,
                workspace: settings.workspace,
                workspace_template: "react-vite".parse().unwrap(),
                archive_bytes_max: 100_000_000,
                preview: PreviewUrls {
                    scheme: "http".into(),
                    domain: "preview.localhost".into(),
                    port: None,
                },
                visitor_key: [1; 32],
                share_key: [2; 32],
                abuse: settings.abuse,
                model_budgets: settings.model_budgets,
            },
            demo: template("react-vite", settings.pool),
            others,
            challenge: Challenge::None,
            caps: Arc::clone(&caps),
            tariff: settings.tariff,
            way_out: None,
        };
        Self { sessions: Sessions::start(parts).await.unwrap(), clock, sim, caps, provider, folder }
    }

    pub async fn claim(&self, visitor: Visitor) -> Result<ClaimResponse, SessionError> {
        self.sessions.claim(ClaimRequest::default(), visitor).await
    }

    /// Claims a sandbox of one template.
    pub async fn claim_of(&self, template: &str, visitor: Visitor) -> Result<ClaimResponse, SessionError> {
        let request = ClaimRequest { template: Some(template.into()), fingerprint: None };
        self.sessions.claim(request, visitor).await
    }

    /// The ids of all sandboxes, the oldest first.
    pub async fn sandboxes(&self) -> Vec<SandboxId> {
        self.provider.list().await.unwrap()
    }

    /// What one pool counts.
    pub fn pool(&self, template: &str) -> PoolMetrics {
        let of_pool =
            |(name, metrics): (TemplateName, PoolMetrics)| (name.as_str() == template).then_some(metrics);
        self.sessions.pool_metrics().into_iter().find_map(of_pool).unwrap()
    }

    /// Waits until pools are as wanted.
    pub async fn settled(&self, wanted: impl Fn(&Self) -> bool) {
        let settled = async {
            // What the pool tells its watchers may be ten milliseconds old.
            while !wanted(self) {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(PATIENCE, settled).await.expect("the pools did not get there");
    }

    pub async fn close(&self, claimed: &ClaimResponse) {
        let token = &claimed.session_token;
        let access = self.sessions.authorize(claimed.session.session_id, Some(token), None).await.unwrap();
        self.sessions.close(&access).await.unwrap();
    }

    /// Waits, as an open page does, until the offer is as wanted.
    pub async fn offered(&self, wanted: impl Fn(&Availability) -> bool) -> Availability {
        let mut offer = self.sessions.availability();
        let offer = tokio::time::timeout(PATIENCE, offer.wait_for(|offer| wanted(offer))).await;
        offer.expect("the offer did not come").unwrap().clone()
    }

    /// Waits until every sandbox is gone: one that is still being destroyed costs time.
    pub async fn emptied(&self) {
        self.settled(|world| world.caps.total() == 0).await;
    }

    pub async fn tier(&self, tier: Tier) -> Availability {
        self.offered(|offer| offer.tier == tier).await
    }
}

impl World {
    /// Somebody who is signed in.
    pub fn user(&self, number: u64) -> UserId {
        UserId::generate(&*self.clock, &SeededEntropy::new(number))
    }

    /// A demo, and what its visitor may do.
    pub async fn demo(&self) -> (ClaimResponse, Access) {
        self.offered(|offer| offer.warm > 0).await;
        let claimed = self.claim(visitor(1)).await.unwrap();
        let access = self.shown(&claimed).await;
        (claimed, access)
    }

    /// A workspace of somebody who is not signed in, and what they may do.
    pub async fn workspace(&self) -> Access {
        self.shown(&self.open_workspace().await).await
    }

    /// A workspace of somebody who is not signed in, and the authority over it.
    pub async fn open_workspace(&self) -> ClaimResponse {
        self.offered(|offer| offer.warm > 0).await;
        self.try_open_workspace(None).await.unwrap()
    }

    /// Asks for a workspace for `user`, or for somebody who is not signed in.
    pub async fn try_open_workspace(&self, user: Option<UserId>) -> Result<ClaimResponse, SessionError> {
        let request = OpenRequest {
            kind: OpenKind::Workspace,
            template: None,
            provider: None,
            fingerprint: None,
            challenge: None,
        };
        self.sessions.open(request, visitor(1), user).await
    }

    /// What whoever shows the session's token may do.
    pub async fn shown(&self, claimed: &ClaimResponse) -> Access {
        let (id, token) = (claimed.session.session_id, Some(&claimed.session_token));
        self.sessions.authorize(id, token, None).await.unwrap()
    }

    /// Every event so far, as words.
    pub async fn told(&self, access: &Access, mut until: impl FnMut(&EventKind) -> bool) -> Vec<EventKind> {
        let mut events = self.sessions.events(access, 0);
        let mut told = Vec::new();
        let read = async {
            while let Some(event) = events.next().await {
                told.push(event.unwrap().kind);
                if told.last().is_some_and(&mut until) {
                    return;
                }
            }
        };
        tokio::time::timeout(PATIENCE, read).await.expect("what was waited for did not come");
        told
    }

    /// Asks for a change and waits until the agent is done.
    pub async fn asked(&self, access: &Access, text: &str) -> PromptOutcome {
        let accepted = self.sessions.prompt(access, text).await.unwrap();
        let outcome = self.sessions.outcome(access, accepted.prompt_id);
        tokio::time::timeout(PATIENCE, outcome).await.expect("the agent is not done").unwrap()
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

/// Everybody by the name of `model`, but those who may be chosen by theirs.
fn agents(model: &Arc<dyn Model>, price: TokenPrice, to_choose: &[(&'static str, Arc<dyn Model>)]) -> Agents {
    let agent = |model: &Arc<dyn Model>, policy| {
        Agent::new(Arc::clone(model), Arc::new(RuleModerator), policy).named("model", price)
    };
    let chosen = to_choose
        .iter()
        .map(|(name, model)| agent(model, ToolPolicy::workspace()).named(name, TokenPrice::default()));
    Agents {
        visitors: Some(agent(model, ToolPolicy::demo(["src/**"]).unwrap())),
        workspaces: agent(model, ToolPolicy::workspace()),
        to_choose: chosen.collect(),
    }
}

fn sim(templates: &Path) -> Arc<SimProvider> {
    Arc::new(SimProvider::new(SimConfig::new(templates.to_owned())).unwrap())
}

/// The real template, and the same under another name.
fn templates(folder: &Path) -> PathBuf {
    let real = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../templates");
    let copy = folder.join("templates");
    if copy.exists() {
        return copy;
    }
    let manifest = fs::read_to_string(real.join("react-vite/template.toml")).unwrap();
    for name in ["react-vite", "other-vite"] {
        fs::create_dir_all(copy.join(name)).unwrap();
        fs::write(copy.join(name).join("template.toml"), manifest.replace("react-vite", name)).unwrap();
        symlink(real.join("react-vite/workspace"), copy.join(name).join("workspace")).unwrap();
    }
    fs::copy(real.join("vite-dev-server.mjs"), copy.join("vite-dev-server.mjs")).unwrap();
    copy
}
