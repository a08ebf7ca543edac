//! What configuration is taken, and what is said of the rest (I1).

use figment::Figment;
use figment::providers::{Format, Toml};

use super::*;

fn read(toml: &str) -> Result<Config, String> {
    Config::read(&Figment::new().merge(Toml::string(toml))).map_err(|error| error.to_string())
}

#[test]
fn without_any_setting_the_defaults_of_the_requirements_hold() {
    let config = read("").unwrap();
    assert_eq!(config, Config::default());
    assert_eq!(config.server.addr.to_string(), "127.0.0.1:3000");
    assert_eq!(
        (config.demo.pool_size, config.demo.max_session_duration, config.demo.max_prompts),
        (5, 300, 3)
    );
    assert_eq!((config.demo.daily_cost_cap, config.cost.time_zone.as_str()), (50.0, "UTC"));
}

#[test]
fn an_error_names_the_key_and_what_is_wrong() {
    for (toml, named) in [
        ("[demo]\npool_size = -1", "demo.pool_size"),
        ("[demo]\npool_size = \"many\"", "demo.pool_size"),
        ("[demo]\npool_sise = 3", "pool_sise"),
        ("[server]\naddr = \"here\"", "server.addr"),
        ("[sandbox]\nprovider = \"magic\"", "sandbox.provider"),
        ("[demo]\nmax_prompts = 0", "demo.max_prompts"),
        ("[demo]\npool_size = 51", "pool.max_total_sandboxes"),
        ("[demo]\nframework = \"../x\"", "demo.framework"),
        ("[demo]\ndaily_cost_cap = -1.0", "demo.daily_cost_cap is -1: use an amount"),
        ("[demo]\ndaily_cost_cap = inf", "demo.daily_cost_cap"),
        ("[cost]\nsandbox_hour = nan", "cost.sandbox_hour"),
        ("[cost]\ntime_zone = \"Europe/Atlantis\"", "cost.time_zone"),
        ("[server]\npreview_domain = \"http://x\"", "server.preview_domain"),
        ("[server]\npublic_origins = [\"https://x/y\"]", "server.public_origins"),
    ] {
        let error = read(toml).expect_err(toml);
        assert!(error.contains(named), "{toml:?} gave {error:?}");
    }
}

/// H1, H2: every name of the requirements is taken, and the ones that do nothing yet are named.
#[test]
fn a_setting_that_does_nothing_yet_is_taken_and_named() {
    let config = read("[pool]\non_empty = \"fail\"\n[demo]\nidle_timeout = 900").unwrap();
    assert_eq!(config.not_in_force(), ["pool.on_empty", "demo.idle_timeout"]);
    assert_eq!(Config::default().not_in_force(), Vec::<&str>::new());
}

#[test]
#[expect(clippy::result_large_err, reason = "figment's own test harness asks for it")]
fn the_environment_stands_above_the_file() {
    figment::Jail::expect_with(|jail| {
        jail.create_file("sandglass.toml", "[demo]\npool_size = 2\nmax_prompts = 7")?;
        jail.set_env("SANDGLASS__DEMO__POOL_SIZE", "4");
        jail.set_env("SANDGLASS__SERVER__ADDR", "127.0.0.1:4000");
        let config = Config::load().unwrap();
        assert_eq!((config.demo.pool_size, config.demo.max_prompts), (4, 7));
        assert_eq!(config.server.addr.port(), 4000);
        Ok(())
    });
}
