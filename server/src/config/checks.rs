//! Values that are of the right kind and still make no sense.

use super::{Config, ConfigError};

/// Systems and people are users below it.
const UID_FIRST_MIN: u32 = 10_000;

impl Config {
    /// Refuses what can't work, naming the key, the value and the fix.
    pub(super) fn check(&self) -> Result<(), ConfigError> {
        let (demo, pool) = (&self.demo, &self.pool);
        at_least_one("demo.max_session_duration", demo.max_session_duration)?;
        at_least_one("demo.max_prompts", demo.max_prompts.into())?;
        at_least_one("demo.max_concurrent_demos", demo.max_concurrent_demos.into())?;
        at_least_one("demo.away_after", demo.away_after)?;
        at_least_one("demo.replenish_interval", demo.replenish_interval)?;
        if demo.pool_size > pool.max_total_sandboxes {
            return Err(ConfigError::Value {
                key: "demo.pool_size",
                value: demo.pool_size.to_string(),
                fix: format!(
                    "it must not be larger than pool.max_total_sandboxes ({}); lower it or raise that",
                    pool.max_total_sandboxes
                ),
            });
        }
        self.check_users()?;
        self.check_browser()?;
        self.check_pools()?;
        template("demo.framework", &demo.framework)?;
        self.check_kinds()?;
        money("demo.daily_cost_cap", demo.daily_cost_cap)?;
        money("cost.sandbox_hour", self.cost.sandbox_hour)?;
        if crate::calendar::ZonedCalendar::new(&self.cost.time_zone).is_none() {
            return Err(ConfigError::Value {
                key: "cost.time_zone",
                value: format!("{:?}", self.cost.time_zone),
                fix: "use a name of the IANA time zone database, such as Europe/Berlin or UTC".into(),
            });
        }
        self.check_preview()?;
        self.check_abuse()?;
        self.check_models()?;
        self.check_accounts()?;
        self.check_origins()
    }

    fn check_users(&self) -> Result<(), ConfigError> {
        let sandbox = &self.sandbox;
        if sandbox.uid_first < UID_FIRST_MIN {
            return Err(ConfigError::Value {
                key: "sandbox.uid_first",
                value: sandbox.uid_first.to_string(),
                fix: format!("it must be at least {UID_FIRST_MIN}: users below may be somebody"),
            });
        }
        if sandbox.uid_count < 2 || sandbox.uid_first.checked_add(sandbox.uid_count).is_none() {
            return Err(ConfigError::Value {
                key: "sandbox.uid_count",
                value: sandbox.uid_count.to_string(),
                fix: "it must be at least 2, one for templates and one for a sandbox, and not beyond all numbers".into(),
            });
        }
        Ok(())
    }

    /// Of the host, sandboxes see `/usr` alone.
    fn check_browser(&self) -> Result<(), ConfigError> {
        match &self.sandbox.browser {
            Some(browser) if !browser.starts_with("/usr") || !browser.is_file() => Err(ConfigError::Value {
                key: "sandbox.browser",
                value: format!("{:?}", browser.display().to_string()),
                fix: "name a program below /usr that is there, such as /usr/bin/chromium-headless-shell"
                    .into(),
            }),
            Some(_) | None => Ok(()),
        }
    }

    fn check_origins(&self) -> Result<(), ConfigError> {
        let domain = &self.server.preview_domain;
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-');
        if domain.is_empty() || !domain.chars().all(plain) || domain.starts_with('.') || domain.ends_with('.')
        {
            return Err(ConfigError::Value {
                key: "server.preview_domain",
                value: format!("{domain:?}"),
                fix: "use a lower-case domain name without scheme or port, such as preview.localhost".into(),
            });
        }
        for origin in &self.server.public_origins {
            let rest = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
            if rest.is_none_or(|rest| rest.is_empty() || rest.contains(['/', ' ', ';', ',', '\''])) {
                return Err(ConfigError::Value {
                    key: "server.public_origins",
                    value: format!("{origin:?}"),
                    fix: "use scheme and host only, such as https://sandglass.example".into(),
                });
            }
        }
        Ok(())
    }
}

/// Refuses what can't be a template's name.
pub(super) fn template(key: &'static str, name: &str) -> Result<(), ConfigError> {
    match name.parse::<domain::TemplateName>() {
        Ok(_) => Ok(()),
        Err(error) => Err(ConfigError::Value {
            key,
            value: format!("{name:?}"),
            fix: format!("{error}, such as react-vite"),
        }),
    }
}

pub(super) fn at_least_one(key: &'static str, value: u64) -> Result<(), ConfigError> {
    if value > 0 {
        return Ok(());
    }
    Err(ConfigError::Value { key, value: value.to_string(), fix: "it must be at least 1".into() })
}

fn money(key: &'static str, dollars: f64) -> Result<(), ConfigError> {
    if domain::MicroDollars::from_dollars(dollars).is_some() {
        return Ok(());
    }
    let fix = "use an amount of dollars that is not negative, such as 50.0".into();
    Err(ConfigError::Value { key, value: dollars.to_string(), fix })
}
