//! `[try]` and `[workspace]`: sessions beside the demo (B4, D2).

use std::time::Duration;

use ::sessions::Rules;
use egress::AllowList;
use serde::Deserialize;

use super::{ChallengeChoice, Config, ConfigError, checks};

/// `[try]`: the public prototype workspace.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TrySection {
    /// Whether there is one. Default true.
    pub enabled: bool,
    /// Templates to choose from; the first is the default. Default `react-vite`, `vue-vite`, `svelte-vite`, `vanilla-vite`.
    pub frameworks: Vec<String>,
    /// Seconds a session lasts. Default 900.
    pub max_session_duration: u64,
    /// Prompts a session may use. Default 3.
    pub max_prompts: u32,
    /// Sessions at once. Default 50.
    pub max_concurrent: u32,
    /// Sessions a network may begin within an hour; 0 is no limit. Default 3.
    pub sessions_per_network_per_hour: u32,
    /// Seconds after its last sign of life at which a session is taken to be left. Default 300.
    pub away_after: u64,
    /// What must be solved first: `proof_of_work`, `turnstile`, `hcaptcha` or `none`. Default `proof_of_work`.
    pub challenge: ChallengeChoice,
    /// How many zero bits a proof of work needs; each one doubles the work. Default 18: about a second on a phone.
    pub challenge_difficulty_bits: u8,
    /// As whom a hosted service knows this site; pages show it.
    pub challenge_site_key: String,
    /// What this server shows a hosted service. `SANDGLASS__TRY__CHALLENGE_SECRET` keeps it out of the file.
    pub challenge_secret: String,
    /// Where a hosted service is asked. Default: its public address.
    pub challenge_verify_url: Option<String>,
}

impl Default for TrySection {
    fn default() -> Self {
        Self {
            enabled: true,
            frameworks: ["react-vite", "vue-vite", "svelte-vite", "vanilla-vite"].map(Into::into).to_vec(),
            max_session_duration: 900,
            max_prompts: 3,
            max_concurrent: 50,
            sessions_per_network_per_hour: 3,
            away_after: 300,
            challenge: ChallengeChoice::ProofOfWork,
            challenge_difficulty_bits: 18,
            challenge_site_key: String::new(),
            challenge_secret: String::new(),
            challenge_verify_url: None,
        }
    }
}

/// `[workspace]`: for people who stay.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WorkspaceSection {
    /// Whether there are any. Default true.
    pub enabled: bool,
    /// The template when nobody says. Default `blank`.
    pub template: String,
    /// Warm sandboxes of that template to keep ready, unless its pool says otherwise. Default 1.
    pub pool_size: u32,
    /// Seconds a session lasts. Default 1,800.
    pub max_session_duration: u64,
    /// Prompts a session may use. Default 500.
    pub max_prompts: u32,
    /// Prompts that may wait while the agent works on another one; 0: none. Default 5.
    pub queue_max: u32,
    /// Sessions at once. Default 50.
    pub max_concurrent: u32,
    /// Sessions of one person at once: one more takes the place of the one they left longest ago. 0 is no limit. Default 3.
    pub max_concurrent_per_person: u32,
    /// Seconds after its last sign of life at which one is taken to be left; 0: it waits for its end. Default 1,800.
    pub away_after: u64,
    /// Sessions a network may begin within an hour; 0 is no limit. Default 60.
    pub sessions_per_network_per_hour: u32,
    /// Names that programs may reach over HTTPS, such as `registry.npmjs.org` or `*.example.com`; none: no network. Default none.
    pub egress_hosts: Vec<String>,
    /// Bytes that one session may carry to and from these names. Default 256 MiB.
    pub egress_bytes_max: u64,
    /// How large a download of a workspace may be, in bytes, compressed; also a demo's. Default 100,000,000.
    pub archive_bytes_max: u64,
}

impl Default for WorkspaceSection {
    fn default() -> Self {
        Self {
            enabled: true,
            template: "blank".into(),
            pool_size: 1,
            max_session_duration: 1_800,
            max_prompts: 500,
            queue_max: 5,
            max_concurrent: 50,
            max_concurrent_per_person: 3,
            away_after: 1_800,
            sessions_per_network_per_hour: 60,
            egress_hosts: Vec::new(),
            egress_bytes_max: 256 * 1024 * 1024,
            archive_bytes_max: 100_000_000,
        }
    }
}

impl TrySection {
    pub(crate) fn rules(&self) -> Rules {
        Rules {
            enabled: self.enabled,
            duration: Duration::from_secs(self.max_session_duration),
            max_prompts: self.max_prompts,
            max_concurrent: self.max_concurrent,
            per_network_per_hour: self.sessions_per_network_per_hour,
            away_after: Some(Duration::from_secs(self.away_after)),
            ..Rules::PROTOTYPE
        }
    }
}

impl WorkspaceSection {
    pub(crate) fn rules(&self) -> Rules {
        Rules {
            enabled: self.enabled,
            duration: Duration::from_secs(self.max_session_duration),
            max_prompts: self.max_prompts,
            queue_max: self.queue_max,
            max_concurrent: self.max_concurrent,
            max_concurrent_per_holder: self.max_concurrent_per_person,
            per_network_per_hour: self.sessions_per_network_per_hour,
            away_after: Some(self.away_after).filter(|after| *after > 0).map(Duration::from_secs),
            ..Rules::WORKSPACE
        }
    }
}

impl Config {
    pub(super) fn check_kinds(&self) -> Result<(), ConfigError> {
        let (prototype, workspace) = (&self.r#try, &self.workspace);
        checks::at_least_one("try.max_session_duration", prototype.max_session_duration)?;
        checks::at_least_one("try.max_prompts", prototype.max_prompts.into())?;
        checks::at_least_one("try.max_concurrent", prototype.max_concurrent.into())?;
        checks::at_least_one("try.away_after", prototype.away_after)?;
        checks::at_least_one("try.frameworks", prototype.frameworks.len() as u64)?;
        for name in &prototype.frameworks {
            checks::template("try.frameworks", name)?;
        }
        self.check_challenge()?;
        checks::at_least_one("workspace.max_session_duration", workspace.max_session_duration)?;
        checks::at_least_one("workspace.max_prompts", workspace.max_prompts.into())?;
        checks::at_least_one("workspace.max_concurrent", workspace.max_concurrent.into())?;
        checks::at_least_one("workspace.egress_bytes_max", workspace.egress_bytes_max)?;
        if let Err(error) = AllowList::new(workspace.egress_hosts.iter().map(String::as_str)) {
            return Err(ConfigError::Value {
                key: "workspace.egress_hosts",
                value: format!("{:?}", workspace.egress_hosts),
                fix: format!("{error}"),
            });
        }
        checks::at_least_one("workspace.archive_bytes_max", workspace.archive_bytes_max)?;
        checks::template("workspace.template", &workspace.template)
    }
}
