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

/// One identity provider with these settings beside what every one has.
fn provider(settings: &str) -> String {
    format!("[[accounts.providers]]\nkind = \"oidc\"\nclient_id = \"us\"\n{settings}")
}

/// One model with these settings beside what every one has.
fn model(settings: &str) -> String {
    format!("[[models]]\nkind = \"anthropic\"\nmodel = \"m\"\n{settings}")
}

/// G3, J5: keys may stay out of the file, are shown to nobody, and visitors are not answered at the operator's cost unless
/// that is set.
#[test]
#[expect(clippy::result_large_err, reason = "figment's own test harness asks for it")]
fn a_models_key_may_come_from_the_environment() {
    figment::Jail::expect_with(|jail| {
        jail.create_file("sandglass.toml", &model("name = \"claude\""))?;
        jail.set_env("SANDGLASS__MODEL_KEYS__CLAUDE", "a secret");
        let config = Config::load().unwrap();
        assert_eq!(config.answering(), ("built-in", "claude"));
        let hosted = config.hosted("claude").unwrap();
        assert_eq!(hosted.base_url, "https://api.anthropic.com/v1");
        assert_eq!(hosted.api_key, Some(agent::ApiKey::new("a secret".into())));
        assert!(!format!("{config:?} {hosted:?}").contains("a secret"));
        assert_eq!(Config::default().answering(), ("built-in", "built-in"));
        Ok(())
    });
}

/// J3, J5: secrets may stay out of the file.
#[test]
#[expect(clippy::result_large_err, reason = "figment's own test harness asks for it")]
fn a_providers_secret_may_come_from_the_environment() {
    figment::Jail::expect_with(|jail| {
        let github = "[[accounts.providers]]\nname = \"github\"\nkind = \"github\"\nclient_id = \"us\"";
        jail.create_file("sandglass.toml", github)?;
        jail.set_env("SANDGLASS__ACCOUNTS__CLIENT_SECRETS__GITHUB", "a secret");
        let accounts = Config::load().unwrap().accounts().unwrap();
        let provider = &accounts.providers[0];
        assert_eq!(
            [&provider.label, &provider.issuer, &provider.client_secret],
            ["GitHub", "https://github.com", "a secret"]
        );
        assert!(!format!("{accounts:?}").contains("a secret"));
        Ok(())
    });
}

#[test]
fn an_error_names_the_key_and_what_is_wrong() {
    for (toml, named) in [
        ("[demo]\npool_size = -1", "demo.pool_size"),
        ("[demo]\npool_size = \"many\"", "demo.pool_size"),
        ("[demo]\npool_sise = 3", "pool_sise"),
        ("[server]\naddr = \"here\"", "server.addr"),
        ("[sandbox]\nprovider = \"magic\"", "sandbox.provider"),
        ("[sandbox]\nuid_first = 0", "sandbox.uid_first is 0: it must be at least 10000"),
        ("[sandbox]\nuid_count = 1", "sandbox.uid_count is 1: it must be at least 2"),
        ("[demo]\nmax_prompts = 0", "demo.max_prompts"),
        ("[demo]\npool_size = 51", "pool.max_total_sandboxes"),
        (
            "[pool]\ntarget_ready = 11\nmax_ready = 10",
            "pool.target_ready is 11: it must not be larger than max_ready (10)",
        ),
        ("[pool]\nmax_ready = 4", "pool.target_ready is 5: it must not be larger than max_ready (4)"),
        ("[pool]\ntarget_ready = 51\nmax_ready = 60", "pool.target_ready is 51"),
        ("[pool]\nscale_down_delay = 0", "pool.scale_down_delay is 0: it must be at least 1 second"),
        ("[pool]\nmax_warm_age = -1", "pool.max_warm_age"),
        ("[pool]\non_empty = \"panic\"", "pool.on_empty"),
        ("[pool]\nmax_redy = 3", "max_redy"),
        ("[pool]\nmax_concurrent_creates = 0", "pool.max_concurrent_creates is 0: it must be at least 1"),
        ("[pool.templates.vue-vite]\nhit_rate_goal = 2", "pool.templates.vue-vite.hit_rate_goal is 2"),
        ("[pool.templates.vue-vite]\nsize = 2", "size"),
        (
            "[pool.templates.vue-vite]\ntarget_ready = 46",
            "pool.max_total_sandboxes is 50: the pools' target_ready add up to 52; raise it or lower those",
        ),
        ("[demo]\nframework = \"../x\"", "demo.framework"),
        ("[demo]\ndaily_cost_cap = -1.0", "demo.daily_cost_cap is -1: use an amount"),
        ("[demo]\ndaily_cost_cap = inf", "demo.daily_cost_cap"),
        ("[cost]\nsandbox_hour = nan", "cost.sandbox_hour"),
        ("[cost]\ntime_zone = \"Europe/Atlantis\"", "cost.time_zone"),
        ("[server]\npreview_domain = \"http://x\"", "server.preview_domain"),
        ("[preview]\nbytes_per_second = 0", "preview.bytes_per_second is 0: it must be at least 1"),
        ("[abuse]\nreports_to_close = 0", "abuse.reports_to_close is 0: it must be at least 1"),
        ("[limits]\nrequests_per_minute = 1", "requests_per_minute"),
        ("[accounts]\nsign_up = \"maybe\"", "accounts.sign_up"),
        ("[accounts]\nadmins = [\"ada\"]", "accounts.admins is \"ada\": use addresses"),
        (
            "[accounts.client_secrets]\ngithub = \"x\"",
            "accounts.client_secrets is \"github\": it must be the name of",
        ),
        (&provider("name = \"My Company\""), "accounts.providers.name is \"My Company\": use up to 32"),
        (
            &provider("name = \"a\"\nissuer = \"http://a.example\""),
            "accounts.providers.issuer is \"http://a.example\"",
        ),
        (&provider("name = \"a\""), "accounts.providers.issuer is \"\""),
        (
            &provider("name = \"a\"\nissuer = \"https://a.example\""),
            "accounts.providers.client_secret is \"a\": set it, or",
        ),
        (
            &model("name = \"a\"\nbase_url = \"http://a.example/v1\"\napi_key = \"k\""),
            "models.base_url is \"http://a.example/v1\"",
        ),
        (&model("name = \"A b\""), "models.name is \"A b\": use up to 32"),
        ("[agents]\nvisitors = \"gpt\"", "agents.visitors is \"gpt\": it must be the name of one of models"),
        (&model("name = \"a\"\ninput_price = -1.0"), "models.input_price is \"-1\": it must be an amount"),
        ("[model_budget]\nday_cost_max = inf", "model_budget.day_cost_max is \"inf\": it must be an amount"),
        (
            "[agents]\nmoderator = \"built-in\"",
            "agents.moderator is \"built-in\": it must be the name of one of models",
        ),
        ("[model_keys]\nclaude = \"k\"", "model_keys is \"claude\": it must be the name of one of models"),
        ("[server]\npublic_origins = [\"https://x/y\"]", "server.public_origins"),
    ] {
        let error = read(toml).expect_err(toml);
        assert!(error.contains(named), "{toml:?} gave {error:?}");
    }
}

/// H1: each table makes a pool beside the demo's, which comes first.
#[test]
fn every_template_that_is_named_has_a_pool() {
    let names = |toml: &str| {
        let templates = read(toml).unwrap().templates().unwrap();
        templates.into_iter().map(|(name, _)| name.to_string()).collect::<Vec<_>>()
    };
    let all = ["react-vite", "vue-vite", "svelte-vite", "vanilla-vite", "blank"];
    assert_eq!(names(""), all);
    assert_eq!(names("[pool.templates.react-vite]\ntarget_ready = 1"), all);
    let two = "[pool.templates.vue-vite]\ntarget_ready = 1\n[demo]\nframework = \"svelte-vite\"\n\
               [workspace]\ntemplate = \"react-vite\"\n[try]\nframeworks = [\"vue-vite\", \"vanilla-vite\"]";
    assert_eq!(names(two), ["svelte-vite", "vue-vite", "vanilla-vite", "react-vite"]);
    let off = "[workspace]\nenabled = false\ntemplate = \"blank\"\n[try]\nenabled = false\nframeworks = [\"vue-vite\"]";
    assert_eq!(names(off), ["react-vite"]);
}

/// H1, H2: the demo's size is its pool's target unless the pool says otherwise, and a template may differ from the rest.
#[test]
fn a_pool_is_set_by_its_template_then_by_what_holds_for_each_then_by_the_demo() {
    let pool_of = |toml: &str, template: &str| {
        let pool = read(toml).unwrap().pool_of(&template.parse().unwrap());
        (pool.target_ready, pool.max_ready, pool.max_warm_age.as_secs())
    };
    assert_eq!(pool_of("", "react-vite"), (5, 10, 1_800));
    assert_eq!(pool_of("", "vue-vite"), (0, 10, 1_800));
    assert_eq!(pool_of("[demo]\npool_size = 20", "react-vite"), (20, 20, 1_800));
    assert_eq!(pool_of("[demo]\nenabled = false", "react-vite").0, 0);
    let toml = "[pool]\ntarget_ready = 2\nmax_warm_age = 60\n[pool.templates.vue-vite]\ntarget_ready = 3";
    assert_eq!([pool_of(toml, "react-vite"), pool_of(toml, "vue-vite")], [(2, 10, 60), (3, 10, 60)]);
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
