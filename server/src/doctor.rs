//! `sandglass doctor`: what isolates sandboxes on this host, what is missing, and how to get it (I5). Found by making a
//! sandbox; this room only says it. And whether the configured models answer (G3).

mod models;

use std::fmt::Write as _;
use std::process::ExitCode;

use sandbox::local::{Feature, Inspection};
use sandbox::{Isolation, Provider as _};
use serde::Serialize;

use crate::config::Config;
use crate::start;
use models::ModelCheck;

/// How wide a line of text may be.
const LINE_CHARS_MAX: usize = 100;

/// What the doctor found.
#[derive(Debug, Serialize)]
pub struct Report {
    verdict: Verdict,
    /// Sandboxes that the server would not give to anybody, each with the reason.
    refused: Vec<String>,
    #[serde(flatten)]
    inspection: Inspection,
    models: Vec<ModelCheck>,
}

/// The report in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Verdict {
    /// Every feature is there.
    Complete,
    /// Sandboxes can be made; something is missing.
    Weaker,
    /// No sandbox can be made.
    Impossible,
}

/// Tries out what `config` would run sandboxes with on this host.
///
/// # Errors
/// When a folder of the configuration can't be used.
pub async fn examine(config: &Config) -> anyhow::Result<Report> {
    let provider = start::local_provider(config).await?;
    let (inspection, models) = tokio::join!(provider.inspect(), models::ask_all(config));
    Ok(Report::of(inspection, &provider.isolation(), config.sandbox.allow_weak_isolation, models))
}

impl Report {
    fn of(inspection: Inspection, isolation: &Isolation, allow_weak: bool, models: Vec<ModelCheck>) -> Self {
        let verdict = if inspection.failure.is_some() {
            Verdict::Impossible
        } else if inspection.features.iter().all(|feature| feature.present) {
            Verdict::Complete
        } else {
            Verdict::Weaker
        };
        let refused = match (&inspection.failure, isolation) {
            (Some(_), _) => vec!["all sandboxes: none can be made".to_owned()],
            (None, Isolation::Weak { .. }) if !allow_weak => vec![
                "demos for anonymous people: there are no control groups, and sandbox.allow_weak_isolation is not set"
                    .to_owned(),
            ],
            (None, Isolation::Weak { .. } | Isolation::Strong) => Vec::new(),
        };
        Self { verdict, refused, inspection, models }
    }

    /// The report for scripts.
    ///
    /// # Errors
    /// None that is known: it is made of texts and truth values.
    pub fn json(&self) -> anyhow::Result<String> {
        Ok(format!("{}\n", serde_json::to_string_pretty(self)?))
    }

    /// The report for people.
    pub fn text(&self) -> String {
        let mut text = match (self.verdict, &self.inspection.failure) {
            (Verdict::Impossible, failure) => {
                let reason = failure.as_deref().unwrap_or_default();
                wrapped(&format!("No sandbox can be made here: {reason}"), "")
            }
            (Verdict::Complete, _) => "Sandboxes are isolated by everything there is.\n".to_owned(),
            (Verdict::Weaker, _) => "Sandboxes can be made, and could be isolated better.\n".to_owned(),
        };
        text.push('\n');
        for feature in &self.inspection.features {
            describe(feature, &mut text);
        }
        if !self.refused.is_empty() {
            text.push('\n');
        }
        for refused in &self.refused {
            text.push_str(&wrapped(&format!("Refused are {refused}."), ""));
        }
        self.describe_models(&mut text);
        text
    }

    fn describe_models(&self, text: &mut String) {
        if !self.models.is_empty() {
            text.push_str("\nModels:\n\n");
        }
        for model in &self.models {
            let mark = if model.answers { "yes" } else { " no" };
            // Writing to a text can't fail.
            let _ = writeln!(text, "{mark}  {:<20} {}", model.name, model.found);
            if !model.answers {
                let remedy = "How to get it: check base_url, model and key of this entry of models, and that this host reaches its server.";
                text.push_str(&wrapped(remedy, "     "));
            }
        }
    }

    /// 0 when everything is there, 1 when something is missing or a model does not answer, 2 when no sandbox can be made.
    pub fn exit_code(&self) -> ExitCode {
        let all_answer = self.models.iter().all(|model| model.answers);
        ExitCode::from(match self.verdict {
            Verdict::Complete if all_answer => 0,
            Verdict::Complete | Verdict::Weaker => 1,
            Verdict::Impossible => 2,
        })
    }
}

fn describe(feature: &Feature, text: &mut String) {
    let mark = if feature.present { "yes" } else { " no" };
    // Writing to a text can't fail.
    let _ = writeln!(text, "{mark}  {:<20} {}", feature.name, feature.found);
    if !feature.present {
        text.push_str(&wrapped(&format!("What it is for: {}.", feature.meaning), "     "));
        text.push_str(&wrapped(&format!("How to get it: {}.", feature.remedy), "     "));
    }
}

/// A paragraph in lines of [`LINE_CHARS_MAX`], each after `margin`.
fn wrapped(paragraph: &str, margin: &str) -> String {
    let mut lines = vec![margin.to_owned()];
    for word in paragraph.split_whitespace() {
        let line = lines.last().map_or(0, |line| line.chars().count());
        if line > margin.len() && line + 1 + word.chars().count() > LINE_CHARS_MAX {
            lines.push(margin.to_owned());
        }
        if let Some(line) = lines.last_mut() {
            if line.len() > margin.len() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn feature(name: &'static str, present: bool) -> Feature {
        Feature {
            name,
            present,
            found: if present { "in force" } else { "version 2: it is not mounted" }.to_owned(),
            meaning: "a sandbox can't slow down its neighbours, and whatever it does ends with it, its processes and \
                      its memory included",
            remedy: "run as a systemd service with Delegate=yes",
        }
    }

    fn report(failure: Option<&str>, features: [bool; 2], allow_weak: bool) -> Report {
        let [first, second] = features;
        let isolation =
            if second { Isolation::Strong } else { Isolation::Weak { because: "no groups".to_owned() } };
        let inspection = Inspection {
            failure: failure.map(str::to_owned),
            features: vec![feature("namespaces", first), feature("control groups", second)],
        };
        Report::of(inspection, &isolation, allow_weak, Vec::new())
    }

    /// I5
    #[test]
    fn people_are_told_what_is_missing_what_it_means_and_how_to_get_it() {
        let reports = [
            report(None, [true, true], false),
            report(None, [true, false], false),
            report(Some("user namespaces are switched off"), [false, true], false),
        ];
        insta::assert_snapshot!(reports.each_ref().map(Report::text).join("---\n"));
    }

    /// I5
    #[test]
    fn scripts_get_a_code_and_the_same_as_json() {
        let code = |report: &Report| (report.verdict, report.exit_code());
        assert_eq!(code(&report(None, [true, true], false)), (Verdict::Complete, ExitCode::from(0)));
        assert_eq!(code(&report(None, [true, false], true)), (Verdict::Weaker, ExitCode::from(1)));
        assert_eq!(code(&report(Some("x"), [true, true], false)), (Verdict::Impossible, ExitCode::from(2)));
        let json: serde_json::Value =
            serde_json::from_str(&report(None, [true, false], false).json().unwrap()).unwrap();
        assert_eq!(json["verdict"], "weaker");
        assert_eq!(json["features"][1]["present"], false);
        assert_eq!(json["refused"].as_array().unwrap().len(), 1);
    }

    /// J1: what is allowed by a setting is not refused.
    #[test]
    fn weak_isolation_refuses_nobody_once_it_is_allowed() {
        assert_eq!(report(None, [true, false], true).refused, Vec::<String>::new());
    }
}
