//! Builds what the configuration asks for: store, provider, agent, sessions.

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt as _;
use std::sync::Arc;
use std::time::Duration;

use accounts::Accounts;
use agent::BUILT_IN;
use anyhow::Context as _;
use app::FrameworkFacts;
use domain::{Clock, Entropy, MicroDollars, TemplateName};
use egress::{AllowList, SystemNetwork};
use pool::Caps;
use sandbox::local::{LocalConfig, LocalProvider, UidRange};
use sandbox::sim::{SimConfig, SimProvider};
use sandbox::{Isolation, Provider, TemplateManifest, Templates};
use sessions::{
    Challenge, DemoConfig, Parts, PreviewUrls, ProofOfWork, Sessions, SessionsConfig, TemplateParts, WayOut,
};
use store::{SqliteStore, Tariff};
use tokio::io::AsyncWriteExt as _;

use crate::agents::{self, Models};
use crate::calendar::ZonedCalendar;
use crate::config::{ChallengeChoice, Config, DemoSection, ProviderName};
use crate::siteverify::SiteVerify;
use crate::system::{SystemClock, SystemEntropy, own_addresses};

/// The provider that the configuration names, not yet prepared.
pub(crate) enum ChosenProvider {
    Local(Arc<LocalProvider>),
    Sim(Arc<SimProvider>),
}

impl ChosenProvider {
    pub(crate) async fn build(config: &Config) -> anyhow::Result<Self> {
        let templates = config.sandbox.template_dir.clone();
        Ok(match config.sandbox.provider {
            ProviderName::Sim => Self::Sim(Arc::new(SimProvider::new(SimConfig::new(templates))?)),
            ProviderName::Local => Self::Local(Arc::new(local_provider(config).await?)),
        })
    }

    pub(crate) fn provider(&self) -> Arc<dyn Provider> {
        match self {
            Self::Local(local) => Arc::clone(local) as _,
            Self::Sim(sim) => Arc::clone(sim) as _,
        }
    }

    /// Makes a template ready to start from; quick when it is.
    pub(crate) async fn prepare(&self, template: &TemplateName) -> anyhow::Result<()> {
        match self {
            Self::Local(local) => Ok(local.prepare(template).await?),
            Self::Sim(_) => Ok(()),
        }
    }
}

/// The provider for this machine as configured, whichever is in use.
pub(crate) async fn local_provider(config: &Config) -> anyhow::Result<LocalProvider> {
    let sandbox = &config.sandbox;
    let sandboxd = sandbox.sandboxd.clone().context("sandbox.sandboxd is not set")?;
    let local = LocalConfig {
        node_path: sandbox.node.clone(),
        browser: sandbox.browser.clone(),
        control_groups: sandbox.control_groups,
        uids_when_root: UidRange { first: sandbox.uid_first, count: sandbox.uid_count },
        ..LocalConfig::new(
            sandboxd,
            config.data.dir.join("sandboxes"),
            sandbox.template_dir.clone(),
            sandbox.template_cache_dir.clone(),
        )
    };
    Ok(LocalProvider::new(local).await?)
}

/// Whether sandboxes are kept apart well enough for people who did not say who they are.
fn lets_strangers_in(config: &Config, isolation: &Isolation) -> bool {
    match isolation {
        Isolation::Strong => true,
        Isolation::Weak { .. } => config.sandbox.allow_weak_isolation,
    }
}

/// Without the demo where strangers could harm each other, unless that is allowed: `config` as it is to be in force.
pub(crate) fn with_demo_only_if_isolated(config: Config, isolation: &Isolation) -> Config {
    let Isolation::Weak { because } = isolation else {
        return config;
    };
    if lets_strangers_in(&config, isolation) || !config.demo.enabled {
        return config;
    }
    tracing::error!(
        reason = because,
        "the demo is off: sandboxes are not isolated well enough for strangers; `sandglass doctor` says how to mend it, and \
         sandbox.allow_weak_isolation = true does without"
    );
    Config { demo: DemoSection { enabled: false, ..config.demo }, ..config }
}

/// The store in the data folder, which is made when it is missing.
pub(crate) async fn store(config: &Config) -> anyhow::Result<SqliteStore> {
    let dir = &config.data.dir;
    let made = tokio::fs::DirBuilder::new().recursive(true).mode(0o700).create(dir).await;
    made.with_context(|| format!("data.dir is {}", dir.display()))?;
    let file = dir.join("sandglass.db");
    let store = SqliteStore::open(&file, tariff(config)?).await;
    store.with_context(|| format!("opening {}", file.display()))
}

/// The accounts service as configured.
pub(crate) async fn accounts(config: &Config, store: SqliteStore) -> anyhow::Result<Accounts> {
    let entropy: Arc<dyn Entropy> = Arc::new(SystemEntropy);
    let parts = accounts::Parts {
        store: Arc::new(store),
        clock: Arc::new(SystemClock),
        config: config.accounts()?,
        flow_key: key(config, "sign-in.key", &*entropy).await?,
        entropy,
    };
    Ok(Accounts::new(parts)?)
}

/// The sessions service as configured, with `port` in the previews' addresses, for an app that is reached at `origins`.
pub(crate) async fn sessions(
    config: &Config,
    provider: &ChosenProvider,
    store: SqliteStore,
    port: u16,
    origins: &[String],
) -> anyhow::Result<Sessions> {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let entropy: Arc<dyn Entropy> = Arc::new(SystemEntropy);
    let templates = Templates::load(&config.sandbox.template_dir)?;
    let models = Models::of(config)?;
    let (visitors, workspaces) = config.answering();
    tracing::info!(
        visitors,
        workspaces,
        "prompts are answered by these models; {BUILT_IN} is no language model"
    );
    let mut parts = Vec::new();
    for (name, key) in config.templates()? {
        let template = templates.get(&name).with_context(|| {
            format!("{key} is {name}: there is no such template in {}", config.sandbox.template_dir.display())
        })?;
        parts.push((
            template_parts(config, name, &template.manifest, &models)?,
            template.manifest.chips.clone(),
        ));
    }
    let mut parts = parts.into_iter();
    let (demo_parts, chips) = parts.next().context("demo.framework names no template")?;
    let others = parts.map(|(parts, _)| parts).collect();
    let parts = Parts {
        store: Arc::new(store),
        provider: provider.provider(),
        config: SessionsConfig {
            demo: demo(config, chips, lets_strangers_in(config, &provider.provider().isolation()))?,
            prototype: config.r#try.rules(),
            workspace: config.workspace.rules(),
            workspace_template: config.workspace.template.parse()?,
            archive_bytes_max: config.workspace.archive_bytes_max,
            preview: preview_urls(config, port),
            visitor_key: key(config, "visitor.key", &*entropy).await?,
            share_key: key(config, "share.key", &*entropy).await?,
            abuse: config.abuse.watch(),
            model_budgets: agents::budgets(config),
        },
        challenge: challenge(config, origins, &*entropy).await?,
        clock,
        entropy,
        demo: demo_parts,
        others,
        caps: Caps::new(config.caps()),
        tariff: tariff(config)?,
        way_out: way_out(config)?,
    };
    Sessions::start(parts).await.map_err(|error| anyhow::anyhow!(error))
}

/// What workspaces may reach; `None` where they may reach nothing.
fn way_out(config: &Config) -> anyhow::Result<Option<WayOut>> {
    let workspace = &config.workspace;
    let allowed = AllowList::new(workspace.egress_hosts.iter().map(String::as_str));
    let allowed = allowed.context("workspace.egress_hosts")?;
    if allowed.is_empty() {
        return Ok(None);
    }
    let own = own_addresses().context("asking for this machine's addresses, which no sandbox may reach")?;
    Ok(Some(WayOut {
        allowed: Arc::new(allowed),
        session_bytes_max: workspace.egress_bytes_max,
        network: Arc::new(SystemNetwork::new(own)),
    }))
}

/// What must be solved before a prototype is opened.
async fn challenge(config: &Config, origins: &[String], entropy: &dyn Entropy) -> anyhow::Result<Challenge> {
    Ok(match config.r#try.challenge {
        ChallengeChoice::None => Challenge::None,
        ChallengeChoice::ProofOfWork => {
            let key = key(config, "challenge.key", entropy).await?;
            Challenge::ProofOfWork(ProofOfWork::new(key, config.r#try.challenge_difficulty_bits))
        }
        ChallengeChoice::Turnstile | ChallengeChoice::Hcaptcha => {
            Challenge::Hosted(Arc::new(SiteVerify::new(config, origins)?))
        }
    })
}

/// What sessions of one template need.
fn template_parts(
    config: &Config,
    name: TemplateName,
    manifest: &TemplateManifest,
    models: &Models<'_>,
) -> anyhow::Result<TemplateParts> {
    let agents = models.agents(manifest).with_context(|| format!("template {name}"))?;
    Ok(TemplateParts { pool: config.pool_of(&name), name, agents })
}

/// What a sandbox's time costs, and where days begin.
fn tariff(config: &Config) -> anyhow::Result<Tariff> {
    let cost = &config.cost;
    let calendar = ZonedCalendar::new(&cost.time_zone).context("cost.time_zone is no time zone")?;
    let sandbox_hour =
        MicroDollars::from_dollars(cost.sandbox_hour).context("cost.sandbox_hour is no amount")?;
    Ok(Tariff { sandbox_hour, calendar: Arc::new(calendar) })
}

/// What prototypes can be built on, with what to ask for first (B2).
pub(crate) fn frameworks(config: &Config) -> anyhow::Result<Vec<FrameworkFacts>> {
    let templates = Templates::load(&config.sandbox.template_dir)?;
    let facts = |name: &String| {
        let template: TemplateName = name.parse()?;
        let known = templates.get(&template).with_context(|| {
            let folder = config.sandbox.template_dir.display();
            format!("try.frameworks names {template}: there is no such template in {folder}")
        })?;
        Ok(FrameworkFacts { chips: known.manifest.chips.clone(), template })
    };
    config.r#try.frameworks.iter().filter(|_| config.r#try.enabled).map(facts).collect()
}

fn demo(config: &Config, chips: Vec<String>, isolated: bool) -> anyhow::Result<DemoConfig> {
    let demo = &config.demo;
    let daily_cost_cap =
        MicroDollars::from_dollars(demo.daily_cost_cap).context("demo.daily_cost_cap is no amount")?;
    Ok(DemoConfig {
        enabled: demo.enabled,
        isolated,
        max_session_duration: Duration::from_secs(demo.max_session_duration),
        max_prompts: demo.max_prompts,
        max_concurrent_demos: demo.max_concurrent_demos,
        sessions_per_visitor_per_hour: demo.sessions_per_visitor_per_hour,
        sessions_per_network_per_hour: demo.sessions_per_network_per_hour,
        daily_cost_cap,
        review_duration: Duration::from_secs(demo.review_duration),
        away_after: Duration::from_secs(demo.away_after),
        chips,
    })
}

/// Scheme and port of the first public origin, else plain HTTP on the port that is listened on.
fn preview_urls(config: &Config, port: u16) -> PreviewUrls {
    let domain = config.server.preview_domain.clone();
    match config.server.public_origins.first().and_then(|origin| origin.split_once("://")) {
        Some((scheme, host)) => {
            let port = host.rsplit_once(':').and_then(|(_, port)| port.parse().ok());
            PreviewUrls { scheme: scheme.to_owned(), domain, port }
        }
        None => PreviewUrls { scheme: "http".into(), domain, port: Some(port) },
    }
}

/// What pages may frame: every name below the preview domain.
pub(crate) fn preview_source(config: &Config, port: u16) -> String {
    let PreviewUrls { scheme, domain, port } = preview_urls(config, port);
    port.map_or(format!("{scheme}://*.{domain}"), |port| format!("{scheme}://*.{domain}:{port}"))
}

/// A key of the server's own: made once, kept beside the database, readable for its user alone.
async fn key(config: &Config, name: &str, entropy: &dyn Entropy) -> anyhow::Result<[u8; 32]> {
    let file = config.data.dir.join(name);
    match tokio::fs::read(&file).await {
        Ok(kept) => {
            let private = tokio::fs::set_permissions(&file, Permissions::from_mode(0o600)).await;
            private.with_context(|| format!("making {} private", file.display()))?;
            return kept.try_into().map_err(|_| {
                anyhow::anyhow!("{} is no key: remove it, and a new one is made", file.display())
            });
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        Err(error) => return Err(error).with_context(|| format!("reading {}", file.display())),
    }
    let mut key = [0; 32];
    entropy.fill(&mut key);
    let write = async {
        let mut options = tokio::fs::OpenOptions::new();
        let mut opened = options.write(true).create(true).truncate(true).mode(0o600).open(&file).await?;
        opened.write_all(&key).await?;
        opened.flush().await
    };
    write.await.with_context(|| format!("writing {}", file.display()))?;
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// J1
    #[test]
    fn strangers_are_let_in_where_isolation_is_strong_or_weakness_is_allowed() {
        let weak = Isolation::Weak { because: "there are no control groups".to_owned() };
        let enabled = |isolation: &Isolation, allow: bool| {
            let mut config = Config::default();
            config.sandbox.allow_weak_isolation = allow;
            with_demo_only_if_isolated(config, isolation).demo.enabled
        };
        assert!(enabled(&Isolation::Strong, false));
        assert!(!enabled(&weak, false));
        assert!(enabled(&weak, true));
    }
}
