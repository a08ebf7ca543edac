//! What an evaluation says: a line for each prompt, and what they come to.

use domain::{MicroDollars, PromptStatus};
use serde_json::json;

/// One prompt, tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tried {
    pub(super) prompt: String,
    pub(super) status: PromptStatus,
    pub(super) summary: String,
    /// How many files it changed.
    pub(super) changed: usize,
    /// Whether the project builds afterwards; `None` where it was not tried or nothing builds it.
    pub(super) builds: Option<bool>,
    pub(super) took_ms: u64,
    /// What the model read and wrote.
    pub(super) tokens: u64,
    pub(super) cost: MicroDollars,
}

impl Tried {
    /// Whether it did what it was asked, as far as a program can tell: it said so, something changed, and that builds.
    fn is_served(&self) -> bool {
        self.status == PromptStatus::Completed && self.changed > 0 && self.builds != Some(false)
    }
}

/// Whether enough prompts were served, and everything that changed something builds.
pub(super) fn is_good(tried: &[Tried], served_min_percent: u32) -> bool {
    let served = tried.iter().filter(|one| one.is_served()).count();
    let enough = served * 100 >= tried.len() * usize::try_from(served_min_percent).unwrap_or(usize::MAX);
    served_min_percent == 0 || (enough && tried.iter().all(|one| one.builds != Some(false)))
}

/// Writes lines, with their heading above the first.
pub(super) struct Report {
    json: bool,
    is_headed: bool,
}

impl Report {
    pub(super) const fn new(json: bool) -> Self {
        Self { json, is_headed: false }
    }

    pub(super) fn line(&mut self, tried: &Tried) -> String {
        if self.json {
            let line = json!({
                "prompt": tried.prompt,
                "served": tried.is_served(),
                "status": tried.status,
                "summary": tried.summary,
                "changed": tried.changed,
                "builds": tried.builds,
                "took_ms": tried.took_ms,
                "tokens": tried.tokens,
                "cost_micro_dollars": tried.cost,
            });
            return line.to_string();
        }
        let heading =
            if self.is_headed { "" } else { "served  builds  files    time   tokens     cost  prompt\n" };
        self.is_headed = true;
        let yes = |yes: bool| if yes { "yes" } else { "NO" };
        format!(
            "{heading}{:<6}  {:<6}  {:>5}  {:>6}  {:>7}  {:>7}  {}",
            yes(tried.is_served()),
            tried.builds.map_or("-", yes),
            tried.changed,
            seconds(tried.took_ms),
            tried.tokens,
            tried.cost.to_string(),
            tried.prompt,
        )
    }

    /// What they come to: empty as JSON, where each line stands for itself.
    pub(super) fn sum(&self, all: &[Tried]) -> Vec<String> {
        if self.json {
            return Vec::new();
        }
        let count = |of: fn(&Tried) -> bool| all.iter().filter(|one| of(one)).count();
        let served = count(Tried::is_served);
        let mut times: Vec<u64> = all.iter().map(|one| one.took_ms).collect();
        times.sort_unstable();
        let median = times.get(times.len() / 2).copied().unwrap_or_default();
        let cost: MicroDollars = all.iter().map(|one| one.cost).sum();
        let tokens: u64 = all.iter().map(|one| one.tokens).sum();
        vec![
            String::new(),
            format!("served {served} of {} ({} %)", all.len(), served * 100 / all.len().max(1)),
            format!(
                "built {} of {} that were built",
                count(|one| one.builds == Some(true)),
                count(|one| one.builds.is_some())
            ),
            format!(
                "declined {}, failed {}",
                count(|one| one.status == PromptStatus::Refused),
                count(|one| one.status == PromptStatus::Failed)
            ),
            format!(
                "time p50 {}, worst {}",
                seconds(median),
                seconds(times.last().copied().unwrap_or_default())
            ),
            format!("{tokens} tokens, {cost}"),
        ]
    }
}

fn seconds(ms: u64) -> String {
    format!("{}.{:02} s", ms / 1_000, ms % 1_000 / 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tried(status: PromptStatus, changed: usize, builds: Option<bool>) -> Tried {
        Tried {
            prompt: "Add a counter".into(),
            status,
            summary: String::new(),
            changed,
            builds,
            took_ms: 1_234,
            tokens: 0,
            cost: MicroDollars::ZERO,
        }
    }

    /// G3: served is what was said to be done, changed something and builds.
    #[test]
    fn what_was_only_said_is_not_served() {
        let all = [
            tried(PromptStatus::Completed, 2, Some(true)),
            tried(PromptStatus::Completed, 1, None),
            tried(PromptStatus::Completed, 0, Some(true)),
            tried(PromptStatus::Refused, 0, None),
        ];
        let mut report = Report::new(false);
        let expected = "\
served  builds  files    time   tokens     cost  prompt
yes     yes         2  1.23 s        0    $0.00  Add a counter";
        assert_eq!(report.line(&all[0]), expected);
        assert_eq!(report.line(&all[2]), "NO      yes         0  1.23 s        0    $0.00  Add a counter");
        assert_eq!(
            report.sum(&all),
            [
                "",
                "served 2 of 4 (50 %)",
                "built 2 of 2 that were built",
                "declined 1, failed 0",
                "time p50 1.23 s, worst 1.23 s",
                "0 tokens, $0.00"
            ]
        );
        assert!(is_good(&all, 50) && !is_good(&all, 51));
        let broken = [tried(PromptStatus::Completed, 1, Some(false))];
        assert!(!is_good(&broken, 1) && is_good(&broken, 0));
    }
}
