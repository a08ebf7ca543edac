//! `sandglass doctor` asks the configured models (G3).

use std::process::Command;

use serde_json::{Value, json};

use crate::model::{Answer, ModelServer};

/// G3: each model is asked; one that does not answer is told with the reason and without its key.
#[tokio::test(flavor = "multi_thread")]
async fn models_are_asked_whether_they_answer() {
    let here = ModelServer::start(|_| Answer::Say("ready".into())).await;
    let data = tempfile::tempdir().unwrap();
    let settings = format!(
        r#"models = [
            {{ name = "here", kind = "openai", base_url = "{}", model = "small" }},
            {{ name = "nowhere", kind = "openai", base_url = "http://127.0.0.1:9/v1", model = "small", api_key = "a-secret" }},
        ]"#,
        here.url
    );
    std::fs::write(data.path().join("sandglass.toml"), settings).unwrap();
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    let doctor = move |arguments: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_sandglass"))
            .arg("doctor")
            .args(arguments)
            .current_dir(data.path())
            .env("SANDGLASS__DATA__DIR", data.path())
            .env("SANDGLASS__SANDBOX__TEMPLATE_DIR", format!("{root}/templates"))
            .env("SANDGLASS__SANDBOX__TEMPLATE_CACHE_DIR", data.path().join("templates"))
            .output()
            .unwrap()
    };
    let outputs = tokio::task::spawn_blocking(move || (doctor(&["--json"]), doctor(&[])));
    let (machine, people) = outputs.await.unwrap();
    let report: Value = serde_json::from_slice(&machine.stdout).unwrap();
    let answers: Vec<_> =
        report["models"].as_array().unwrap().iter().map(|model| &model["answers"]).collect();
    assert_eq!(answers, [&json!(true), &json!(false)], "{report}");
    assert_eq!((machine.status.code(), people.status.code()), (Some(1), Some(1)));
    let text = String::from_utf8(people.stdout).unwrap();
    assert!(text.contains("yes  here                 answered in "), "{text}");
    assert!(text.contains(" no  nowhere              "), "{text}");
    assert!(!text.contains("a-secret") && !report.to_string().contains("a-secret"), "{text}");
    assert_eq!(here.requests().len(), 2);
}
