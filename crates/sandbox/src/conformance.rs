//! What every provider must do, as a list of checks that can be run against any of them: by tests, and by operators
//! as `sandglass doctor --provider NAME` (E1).
//!
//! The checks make sandboxes of their own and destroy them; others that the provider has are left alone.

mod exec;
mod files;
mod life;
mod screenshots;
mod terminals;

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use domain::{Clock, Entropy, SandboxId, TemplateName, WorkspacePath};
use futures::future::BoxFuture;
use tokio::time::{Instant, timeout};

use crate::{Capabilities, CreateSpec, Provider, Sandbox, SandboxError};

/// How long one check may take, in milliseconds.
const CHECK_TIMEOUT_MS: u64 = 60_000;

/// The suite for one provider and one template.
pub struct Suite {
    provider: Arc<dyn Provider>,
    template: TemplateName,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    made: Mutex<Vec<SandboxId>>,
}

/// How the provider did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The provider's name.
    pub provider: &'static str,
    /// Every check, in the order in which they ran.
    pub results: Vec<CheckResult>,
}

/// How one check went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckResult {
    /// What must hold, as a sentence.
    pub name: &'static str,
    /// Whether it does.
    pub outcome: Outcome,
    /// How long it took, in milliseconds.
    pub duration_ms: u64,
}

/// Whether what must hold does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It does.
    Passed,
    /// The provider says beforehand that it lacks what this needs.
    Skipped,
    /// It does not, and how that shows.
    Failed(String),
}

impl Report {
    /// Whether no check failed.
    pub fn passed(&self) -> bool {
        self.results.iter().all(|result| !matches!(result.outcome, Outcome::Failed(_)))
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for result in &self.results {
            let (mark, detail) = match &result.outcome {
                Outcome::Passed => ("ok     ", String::new()),
                Outcome::Skipped => ("skipped", String::new()),
                Outcome::Failed(reason) => ("FAILED ", format!(": {reason}")),
            };
            writeln!(f, "{mark} {} ({} ms){detail}", result.name, result.duration_ms)?;
        }
        Ok(())
    }
}

/// What did not hold.
#[derive(Debug)]
struct Failure(String);

impl From<SandboxError> for Failure {
    fn from(error: SandboxError) -> Self {
        let mut text = error.to_string();
        let mut cause = std::error::Error::source(&error);
        while let Some(error) = cause {
            text = format!("{text}: {error}");
            cause = error.source();
        }
        Self(text)
    }
}

type Checked = Result<(), Failure>;

/// One check: what must hold, what it needs, and how to see it.
struct Check {
    name: &'static str,
    needs: fn(&Capabilities) -> bool,
    run: for<'a> fn(&'a Suite) -> BoxFuture<'a, Checked>,
}

/// A check of an `async fn(&Suite) -> Checked`.
macro_rules! check {
    ($name:literal, $function:path) => {
        crate::conformance::check!($name, |_| true, $function)
    };
    ($name:literal, $needs:expr, $function:path) => {
        crate::conformance::Check { name: $name, needs: $needs, run: |suite| Box::pin($function(suite)) }
    };
}
use check;

/// Fails the check unless the condition holds.
macro_rules! ensure {
    ($condition:expr, $($reason:tt)+) => {
        if !$condition {
            return Err(crate::conformance::Failure(format!($($reason)+)));
        }
    };
}
use ensure;

/// Fails the check unless the result is the error that is expected.
macro_rules! ensure_error {
    ($result:expr, $pattern:pat) => {
        match $result {
            Err($pattern) => {}
            Err(error) => {
                let failure = crate::conformance::Failure::from(error);
                let text = format!("{}: {}", stringify!($result), failure.0);
                return Err(crate::conformance::Failure(text));
            }
            Ok(_) => {
                let text = format!("{} was accepted", stringify!($result));
                return Err(crate::conformance::Failure(text));
            }
        }
    };
}
use ensure_error;

impl Suite {
    /// A suite that makes its sandboxes from `template`.
    pub fn new(
        provider: Arc<dyn Provider>,
        template: TemplateName,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
    ) -> Self {
        Self { provider, template, clock, entropy, made: Mutex::default() }
    }

    /// Runs every check, one after the other.
    pub async fn run(&self) -> Report {
        let capabilities = self.provider.capabilities();
        let mut results = Vec::new();
        let checks = [life::CHECKS, files::CHECKS, exec::CHECKS, screenshots::CHECKS, terminals::CHECKS];
        for check in checks.into_iter().flatten() {
            let started = Instant::now();
            let outcome =
                if (check.needs)(&capabilities) { self.outcome_of(check).await } else { Outcome::Skipped };
            results.push(CheckResult {
                name: check.name,
                outcome,
                duration_ms: u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
            });
        }
        Report { provider: self.provider.name(), results }
    }

    async fn outcome_of(&self, check: &Check) -> Outcome {
        let limit = Duration::from_millis(CHECK_TIMEOUT_MS);
        let checked = timeout(limit, (check.run)(self)).await;
        let checked =
            checked.unwrap_or_else(|_| Err(Failure(format!("it took longer than {CHECK_TIMEOUT_MS} ms"))));
        match checked.and(self.destroy_all().await) {
            Ok(()) => Outcome::Passed,
            Err(Failure(reason)) => Outcome::Failed(reason),
        }
    }

    /// Destroys what a check made and sees to it that nothing is left.
    async fn destroy_all(&self) -> Checked {
        let made = std::mem::take(&mut *self.made.lock().unwrap_or_else(PoisonError::into_inner));
        for id in &made {
            self.provider.destroy(*id).await?;
        }
        let left = self.provider.list().await?;
        ensure!(made.iter().all(|id| !left.contains(id)), "a destroyed sandbox is still listed");
        Ok(())
    }

    /// What to make next; destroyed after the check, whatever becomes of it.
    fn spec(&self) -> CreateSpec {
        let id = SandboxId::generate(&*self.clock, &*self.entropy);
        self.made.lock().unwrap_or_else(PoisonError::into_inner).push(id);
        CreateSpec { id, template: self.template.clone(), awaited: true }
    }

    async fn sandbox(&self) -> Result<Arc<dyn Sandbox>, Failure> {
        Ok(self.provider.create(self.spec()).await?)
    }
}

/// A path that is known to be one.
fn path(text: &str) -> Result<WorkspacePath, Failure> {
    text.parse().map_err(|error| Failure(format!("{text:?}: {error}")))
}
