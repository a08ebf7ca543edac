//! What an operator can set about sessions (H2, A6).

use std::time::Duration;

use domain::{MicroDollars, PreviewId, TemplateName};

/// Settings of every kind of session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionsConfig {
    /// The live demo.
    pub demo: DemoConfig,
    /// Where previews are served.
    pub preview: PreviewUrls,
    /// Mixed into the hash that tells visitors apart, so that it can't be undone by trying every address.
    pub visitor_key: [u8; 32],
}

/// Settings of the live demo, with the names of H2.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoConfig {
    /// Whether there is a demo at all. Default true.
    pub enabled: bool,
    /// Whether sandboxes are kept apart well enough for strangers, or that is not asked for; without it there is no demo.
    pub isolated: bool,
    /// What its workspace starts from. Default `react-vite`.
    pub template: TemplateName,
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
        let Self { scheme, domain, port } = self;
        match port {
            Some(port) => format!("{scheme}://{preview}.{domain}:{port}/"),
            None => format!("{scheme}://{preview}.{domain}/"),
        }
    }
}
