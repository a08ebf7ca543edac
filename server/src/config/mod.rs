//! Configuration: `sandglass.toml` below the environment (`SANDGLASS__SECTION__KEY`), checked at start (I1).
//!
//! The only room that reads the environment.

mod abuse;
mod accounts;
mod challenge;
mod checks;
mod kinds;
mod limits;
mod models;
mod pool;
mod preview;

use std::net::SocketAddr;
use std::path::PathBuf;

use figment::Figment;
use figment::providers::{Env, Format, Toml};
use serde::Deserialize;

use ::pool::SettingError;
pub use abuse::AbuseSection;
pub use accounts::{AccountsSection, ProviderKindChoice, ProviderSection, SignUpChoice};
pub use challenge::ChallengeChoice;
pub use kinds::{TrySection, WorkspaceSection};
pub use limits::LimitsSection;
pub use models::{AgentsSection, ModelBudgetSection, ModelKeys, ModelKindChoice, ModelSection};
pub use pool::{PoolOverrides, PoolSection};
pub use preview::PreviewSection;

/// The file that is read when it is there.
const FILE: &str = "sandglass.toml";

/// Everything that can be set. Durations are whole seconds.
#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Where and how HTTP is served.
    pub server: ServerConfig,
    /// Where state is kept.
    pub data: DataConfig,
    /// Who makes sandboxes.
    pub sandbox: SandboxConfig,
    /// Pools of warm sandboxes.
    pub pool: PoolSection,
    /// The live demo.
    pub demo: DemoSection,
    /// The public prototype workspace.
    pub r#try: TrySection,
    /// Workspaces of people who stay.
    pub workspace: WorkspaceSection,
    /// What previews may take of this server.
    pub preview: PreviewSection,
    /// How often one network may ask.
    pub limits: LimitsSection,
    /// What is watched for.
    pub abuse: AbuseSection,
    /// The models there are.
    pub models: Vec<ModelSection>,
    /// Their keys.
    pub model_keys: ModelKeys,
    /// Who answers prompts.
    pub agents: AgentsSection,
    /// How much models may consume.
    pub model_budget: ModelBudgetSection,
    /// Who may have an account.
    pub accounts: AccountsSection,
    /// What sandboxes cost.
    pub cost: CostSection,
    /// What is logged.
    pub log: LogConfig,
}

/// `[server]`
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ServerConfig {
    /// The address to listen on. Default `127.0.0.1:3000`.
    pub addr: SocketAddr,
    /// How many reverse proxies stand in front; 0 believes no `X-Forwarded-For`. Default 0.
    pub trusted_proxy_hops: u32,
    /// The domain below which each preview has a name. Default `preview.localhost`.
    pub preview_domain: String,
    /// Origins the app is reached at, such as `https://sandglass.example`, when a proxy stands in front; the first gives
    /// previews their scheme and port. Default: the address itself and `localhost` with its port.
    pub public_origins: Vec<String>,
    /// The folder the built site is in. Default `target/site`.
    pub site_dir: PathBuf,
    /// What becomes of living sessions at SIGTERM or SIGINT: `end` tells their visitors, `keep` leaves their sandboxes running for
    /// the next server to take up. Default `end`.
    pub on_shutdown: ShutdownChoice,
}

/// What becomes of living sessions when the server is told to stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ShutdownChoice {
    /// They end.
    End,
    /// They go on with the next server.
    Keep,
}

impl Default for ServerConfig {
    fn default() -> Self {
        Self {
            addr: SocketAddr::from(([127, 0, 0, 1], 3000)),
            trusted_proxy_hops: 0,
            preview_domain: "preview.localhost".into(),
            public_origins: Vec::new(),
            site_dir: "target/site".into(),
            on_shutdown: ShutdownChoice::End,
        }
    }
}

/// `[data]`
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DataConfig {
    /// The folder for the database and running sandboxes. Default `./data`.
    pub dir: PathBuf,
}

impl Default for DataConfig {
    fn default() -> Self {
        Self { dir: "data".into() }
    }
}

/// `[sandbox]`
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SandboxConfig {
    /// Who makes sandboxes. Default `local`.
    pub provider: ProviderName,
    /// The folder with the templates' sources. Default `templates`.
    pub template_dir: PathBuf,
    /// The folder for templates made ready to start from. Default `.cache/templates`.
    pub template_cache_dir: PathBuf,
    /// The `sandboxd` program. Default: beside this program.
    pub sandboxd: Option<PathBuf>,
    /// The `node` program for templates that need it. Default: the first on `PATH`.
    pub node: Option<PathBuf>,
    /// The browser that takes screenshots for agents in workspaces: a program below `/usr` that takes Chromium's options, such as
    /// `/usr/bin/chromium-headless-shell`. It runs in the sandbox whose page it shows. Default: none, and no screenshots.
    pub browser: Option<PathBuf>,
    /// Whether anonymous people get sandboxes that are isolated weakly, without control groups. Default false.
    pub allow_weak_isolation: bool,
    /// Whether control groups bound sandboxes where there are any. Default true.
    pub control_groups: bool,
    /// The first of the users that sandboxes are when the server runs as root; it owns the templates. Default 61000.
    pub uid_first: u32,
    /// How many users there are, of which each living sandbox takes one. Default 184, as many as systemd leaves free there.
    pub uid_count: u32,
}

impl Default for SandboxConfig {
    fn default() -> Self {
        Self {
            provider: ProviderName::Local,
            template_dir: "templates".into(),
            template_cache_dir: ".cache/templates".into(),
            sandboxd: None,
            node: None,
            browser: None,
            allow_weak_isolation: false,
            control_groups: true,
            uid_first: 61_000,
            uid_count: 184,
        }
    }
}

/// The providers there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ProviderName {
    /// Linux namespaces on this machine.
    Local,
    /// Simulated in this process: for tests and machines that can't isolate.
    Sim,
}

impl ProviderName {
    /// Its name in settings, sessions and pages.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Local => "local",
            Self::Sim => "sim",
        }
    }
}

/// `[demo]`: H2's and A6's names and defaults, as far as they are in force.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DemoSection {
    /// Whether there is a demo. Default true.
    pub enabled: bool,
    /// Warm sandboxes to keep ready, where `pool.target_ready` does not say. Default 5.
    pub pool_size: u32,
    /// The template. Default `react-vite`.
    pub framework: String,
    /// Seconds a session lasts. Default 300.
    pub max_session_duration: u64,
    /// Prompts a session may use. Default 3.
    pub max_prompts: u32,
    /// Demos at once. Default 10.
    pub max_concurrent_demos: u32,
    /// Demos a visitor may claim within an hour; 0 is no limit. Default 1.
    pub sessions_per_visitor_per_hour: u32,
    /// Demos that one network may claim within an hour, whatever its browsers say they are; 0 is no limit, and without a
    /// limit per visitor there is none either. Default 30.
    pub sessions_per_network_per_hour: u32,
    /// Seconds the result of the last prompt can be looked at. Default 90.
    pub review_duration: u64,
    /// Seconds after its last sign of life at which a session is taken to be left. Default 30.
    pub away_after: u64,
    /// The most seconds between two looks at the pool. Default 30.
    pub replenish_interval: u64,
    /// Seconds without a claim after which the demo's pool begins to shrink to `pool_size`, unless `pool.idle_timeout` is set.
    /// Default 900.
    pub idle_timeout: u64,
    /// Dollars that may be spent on one day; 0: nothing may. Default 50.
    pub daily_cost_cap: f64,
}

impl Default for DemoSection {
    fn default() -> Self {
        Self {
            enabled: true,
            pool_size: 5,
            framework: "react-vite".into(),
            max_session_duration: 300,
            max_prompts: 3,
            max_concurrent_demos: 10,
            sessions_per_visitor_per_hour: 1,
            sessions_per_network_per_hour: 30,
            review_duration: 90,
            away_after: 30,
            replenish_interval: 30,
            idle_timeout: 900,
            daily_cost_cap: 50.0,
        }
    }
}

/// `[cost]`
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CostSection {
    /// Dollars that one sandbox costs an hour, warm or claimed, whoever makes it. Default 0.05: a small machine's share.
    pub sandbox_hour: f64,
    /// The time zone whose midnight begins a new day, and budget, as in `Europe/Berlin`. Default `UTC`.
    pub time_zone: String,
}

impl Default for CostSection {
    fn default() -> Self {
        Self { sandbox_hour: 0.05, time_zone: "UTC".into() }
    }
}

/// `[log]`
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LogConfig {
    /// What is logged, as `tracing`'s filter has it. Default `info`.
    pub filter: String,
}

impl Default for LogConfig {
    fn default() -> Self {
        Self { filter: "info".into() }
    }
}

/// The configuration can't be used: which key, what is wrong, what to do.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A value is of the wrong kind, or a key is unknown.
    #[error("{0}")]
    Read(Box<figment::Error>),
    /// A value is of the right kind and makes no sense.
    #[error("{key} is {value}: {fix}")]
    Value {
        /// The key, as in `demo.pool_size`.
        key: &'static str,
        /// What it is.
        value: String,
        /// What it should be.
        fix: String,
    },
    /// A pool's setting makes no sense.
    #[error("{table}.{setting}")]
    Pool {
        /// The table it is in, such as `pool` or `pool.templates.react-vite`.
        table: String,
        /// Which setting, what it is, and what it should be.
        setting: SettingError,
    },
}

impl Config {
    /// Reads `sandglass.toml` in the present folder, then the environment, and checks the whole.
    ///
    /// # Errors
    /// [`ConfigError`], which names the key and the fix.
    pub fn load() -> Result<Self, ConfigError> {
        let config = Self::read(&Figment::new().merge(Toml::file(FILE)).merge(environment()))?;
        Ok(Self { sandbox: config.sandbox.found(), ..config })
    }

    /// From any source; tests use it.
    ///
    /// # Errors
    /// [`ConfigError`], which names the key and the fix.
    pub fn read(source: &Figment) -> Result<Self, ConfigError> {
        let config: Self = source.extract().map_err(|error| ConfigError::Read(Box::new(error)))?;
        config.check()?;
        Ok(config)
    }
}

fn environment() -> Env {
    Env::prefixed("SANDGLASS__").split("__")
}

impl SandboxConfig {
    /// With the programs that were not named looked up where they usually are.
    #[expect(clippy::disallowed_methods, reason = "this is the door that the rule speaks of")]
    fn found(self) -> Self {
        let beside = std::env::current_exe().ok().map(|exe| exe.with_file_name("sandboxd"));
        let path = std::env::var_os("PATH").unwrap_or_default();
        let on_path = || std::env::split_paths(&path).map(|dir| dir.join("node")).find(|file| file.is_file());
        Self { sandboxd: self.sandboxd.or(beside), node: self.node.or_else(on_path), ..self }
    }
}

#[cfg(test)]
mod tests;
