//! What an operator can set about sessions (H2, A6).

use std::time::Duration;

use domain::{MicroDollars, PreviewId, SessionKind, TemplateName};

use crate::ModelBudgets;

/// Settings of every kind of session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionsConfig {
    /// The live demo.
    pub demo: DemoConfig,
    /// The public prototype workspace (B4).
    pub prototype: Rules,
    /// Workspaces of people who stay (D2).
    pub workspace: Rules,
    /// What a workspace starts from when nobody says.
    pub workspace_template: TemplateName,
    /// How large an archive of a workspace may be, in bytes, compressed (D9: 100 MB).
    pub archive_bytes_max: u64,
    /// Where previews are served.
    pub preview: PreviewUrls,
    /// Mixed into the hash that tells visitors apart, so that it can't be undone by trying every address.
    pub visitor_key: [u8; 32],
    /// Signs share links; whoever has it can make them.
    pub share_key: [u8; 32],
    /// What is watched for.
    pub abuse: AbuseConfig,
    /// How much language models may consume (H9).
    pub model_budgets: ModelBudgets,
}

/// What is watched for, and what follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AbuseConfig {
    /// How much of a processor a sandbox may use for how long; `None`: as much as its limits allow.
    pub processor: Option<ProcessorLimit>,
    /// How often a sandbox's use is looked at. Default 5 s.
    pub processor_interval: Duration,
    /// From how many networks a preview must be reported to be closed. Default 3.
    pub reports_to_close: u32,
}

/// Use of a processor that is too much when it lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProcessorLimit {
    /// Of one processor. Default 90.
    pub percent: u32,
    /// Default 60 s.
    pub lasting: Duration,
}

impl Default for AbuseConfig {
    fn default() -> Self {
        Self {
            processor: Some(ProcessorLimit { percent: 90, lasting: Duration::from_secs(60) }),
            processor_interval: Duration::from_secs(5),
            reports_to_close: 3,
        }
    }
}

/// Settings of the live demo, with the names of H2.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoConfig {
    /// Whether there is a demo at all. Default true.
    pub enabled: bool,
    /// Whether sandboxes are kept apart well enough for strangers, or that is not asked for; without it nobody gets one who
    /// did not sign in.
    pub isolated: bool,
    /// How long a session lasts. Default 300 s.
    pub max_session_duration: Duration,
    /// Prompts a session may use. Default 3.
    pub max_prompts: u32,
    /// Demos at once. Default 10.
    pub max_concurrent_demos: u32,
    /// Demos a visitor may claim within an hour; 0 is no limit. Default 1.
    pub sessions_per_visitor_per_hour: u32,
    /// Demos a network may claim within an hour, whatever its browsers say they are; 0 is no limit, and without a limit
    /// per visitor there is none either. Default 30.
    pub sessions_per_network_per_hour: u32,
    /// What may be spent on one day; with nothing, nothing is. Default $50.
    pub daily_cost_cap: MicroDollars,
    /// How long the result of the last prompt can be looked at before the session ends. Default 90 s.
    pub review_duration: Duration,
    /// How long after its last sign of life a session is taken to be left. Default 30 s.
    pub away_after: Duration,
    /// Prompts offered to the visitor.
    pub chips: Vec<String>,
}

/// What holds for every session of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// Whether there are such sessions at all.
    pub enabled: bool,
    /// How long one lasts.
    pub duration: Duration,
    /// Prompts one may use.
    pub max_prompts: u32,
    /// How many prompts may wait while another one is worked on; 0: none, who asks is told to wait.
    pub queue_max: u32,
    /// How many may live at once.
    pub max_concurrent: u32,
    /// How many of one holder may live at once; 0 is no limit.
    pub max_concurrent_per_holder: u32,
    /// How many a visitor may begin within an hour; 0 is no limit.
    pub per_visitor_per_hour: u32,
    /// How many a network may begin within an hour, whatever its browsers say they are; 0 is no limit.
    pub per_network_per_hour: u32,
    /// How long the result of the last prompt can be looked at before the session ends; `None`: as long as it lasts.
    pub review_duration: Option<Duration>,
    /// How long after its last sign of life one is taken to be left; `None`: it waits.
    pub away_after: Option<Duration>,
}

impl Rules {
    /// The prototype workspace as B4 has it: 3 prompts, 15 min, 3 an hour for each network, 50 at once.
    pub const PROTOTYPE: Self = Self {
        enabled: true,
        duration: Duration::from_secs(900),
        max_prompts: 3,
        queue_max: 0,
        max_concurrent: 50,
        max_concurrent_per_holder: 0,
        per_visitor_per_hour: 0,
        per_network_per_hour: 3,
        review_duration: None,
        away_after: Some(Duration::from_secs(300)),
    };

    /// The workspace as D2 and G1 have it: 30 min, and given back when it was left for as long; 3 for each holder, 50 at once.
    pub const WORKSPACE: Self = Self {
        enabled: true,
        duration: Duration::from_secs(1_800),
        max_prompts: 500,
        queue_max: 5,
        max_concurrent: 50,
        max_concurrent_per_holder: 3,
        per_visitor_per_hour: 0,
        per_network_per_hour: 60,
        review_duration: None,
        away_after: Some(Duration::from_secs(1_800)),
    };
}

impl SessionsConfig {
    /// What holds for sessions of this kind.
    pub fn rules(&self, kind: SessionKind) -> Rules {
        match kind {
            SessionKind::Demo => self.demo.rules(),
            SessionKind::Try => self.prototype,
            SessionKind::Workspace => self.workspace,
        }
    }
}

impl DemoConfig {
    fn rules(&self) -> Rules {
        let per_visitor = self.sessions_per_visitor_per_hour;
        Rules {
            enabled: self.enabled,
            duration: self.max_session_duration,
            max_prompts: self.max_prompts,
            queue_max: 0,
            max_concurrent: self.max_concurrent_demos,
            max_concurrent_per_holder: 0,
            per_visitor_per_hour: per_visitor,
            per_network_per_hour: if per_visitor == 0 { 0 } else { self.sessions_per_network_per_hour },
            review_duration: Some(self.review_duration),
            away_after: Some(self.away_after),
        }
    }
}

/// Where previews are served: `{scheme}://{preview_id}.{domain}[:{port}]/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewUrls {
    /// `http` or `https`.
    pub scheme: String,
    /// The domain below which each preview has a name, such as `preview.localhost`.
    pub domain: String,
    /// The port that browsers use; `None` for the scheme's own.
    pub port: Option<u16>,
}

impl PreviewUrls {
    /// The address of one preview.
    pub fn of(&self, preview: &PreviewId) -> String {
        self.named(preview.as_str())
    }

    /// The address of one name below the domain.
    pub(crate) fn named(&self, name: &str) -> String {
        let Self { scheme, domain, port } = self;
        match port {
            Some(port) => format!("{scheme}://{name}.{domain}:{port}/"),
            None => format!("{scheme}://{name}.{domain}/"),
        }
    }
}
