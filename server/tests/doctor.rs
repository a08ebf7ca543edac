//! `sandglass doctor` on the machine that runs the tests (I5).
#![expect(clippy::unwrap_used, reason = "a test that can't go on stops where it is")]

use std::path::Path;
use std::process::{Command, Output};

fn doctor(data: &Path, arguments: &[&str], settings: &[(&str, &str)]) -> Output {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    Command::new(env!("CARGO_BIN_EXE_sandglass"))
        .arg("doctor")
        .args(arguments)
        .current_dir(data)
        .env("SANDGLASS__DATA__DIR", data)
        .env("SANDGLASS__SANDBOX__TEMPLATE_DIR", root.join("templates"))
        .env("SANDGLASS__SANDBOX__TEMPLATE_CACHE_DIR", data.join("templates"))
        .envs(settings.iter().copied())
        .output()
        .unwrap()
}

/// I5
#[test]
fn a_real_host_is_examined_by_making_a_sandbox() {
    let data = tempfile::tempdir().unwrap();
    let output = doctor(data.path(), &["--json"], &[]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["failure"], serde_json::Value::Null, "{report}");
    let features = report["features"].as_array().unwrap();
    let all = features.iter().all(|feature| feature["present"] == true);
    let (verdict, code) = if all { ("complete", 0) } else { ("weaker", 1) };
    assert_eq!((report["verdict"].as_str(), output.status.code()), (Some(verdict), Some(code)));
    let left: Vec<_> = std::fs::read_dir(data.path().join("sandboxes")).unwrap().collect();
    assert!(left.is_empty(), "{left:?}");
}

/// I5, J1
#[test]
fn without_control_groups_strangers_are_refused_and_it_is_said() {
    let data = tempfile::tempdir().unwrap();
    let output = doctor(data.path(), &[], &[("SANDGLASS__SANDBOX__CONTROL_GROUPS", "false")]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("Refused are demos for anonymous people"), "{text}");
    assert_eq!(output.status.code(), Some(1));
}

/// I5
#[test]
fn a_host_without_the_launcher_can_make_no_sandbox() {
    let data = tempfile::tempdir().unwrap();
    let output = doctor(data.path(), &[], &[("SANDGLASS__SANDBOX__SANDBOXD", "/nowhere/sandboxd")]);
    assert!(output.stdout.starts_with(b"No sandbox can be made here: /nowhere/sandboxd is missing"));
    assert_eq!(output.status.code(), Some(2));
}
