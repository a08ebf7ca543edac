//! `sandglass eval`: how well an agent serves prompts, each tried in a real sandbox of its own (G3).
//!
//! The same service, sandboxes, guard and budgets as in a workspace, on data of its own that are gone afterwards.

mod prompts;
mod report;

use std::path::PathBuf;
use std::time::Duration;

use anyhow::Context as _;
use clap::Args;
use domain::wire::{ClaimResponse, ExecRequest, OpenKind, OpenRequest, PromptOutcome};
use domain::{PromptStatus, SessionState, TemplateName};
use futures::{StreamExt as _, stream};
use sessions::{Access, OnShutdown, Sessions, Visitor};
use tokio::time::Instant;

use crate::config::Config;
use crate::start::{self, ChosenProvider};
use prompts::Conversation;
use report::{Report, Tried};

/// Says whether the project builds; exits with 3 where there is nothing that builds it.
const BUILD: &str = "test -e node_modules/.bin/vite || exit 3; node_modules/.bin/vite build --logLevel error --outDir /tmp/built";
/// What [`BUILD`] exits with where nothing builds.
const NOTHING_BUILDS: i32 = 3;
/// How long a build may take, in seconds.
const BUILD_SECONDS: u32 = 120;
/// How long a sandbox may take to be ready.
const READY_TIMEOUT: Duration = Duration::from_secs(60);

/// Which prompts, and who answers them.
#[derive(Args, Debug, Clone)]
pub struct EvalArgs {
    /// The prompts, one a line; `#` begins a remark. A line that begins with `+` goes on with the conversation above it
    prompts: PathBuf,
    /// Who answers: a name among `models`, or `built-in` [default: whoever does in workspaces]
    #[arg(long)]
    model: Option<String>,
    /// What the sandboxes start from, unless the file says `[template=NAME]`
    #[arg(long, default_value = "react-vite")]
    template: String,
    /// How many conversations are tried at once
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u8).range(1..=16))]
    at_once: u8,
    /// As JSON, a line for each prompt
    #[arg(long)]
    json: bool,
    /// Exit with 1 when fewer prompts are served, in percent, or one that changed something does not build
    #[arg(long, value_name = "PERCENT", default_value_t = 0)]
    served_min: u32,
}

/// Tries every prompt. `line` is called with each line of the answer as soon as it is known; gives whether the agent was good enough.
///
/// # Errors
/// When the prompts can't be read, or no sandbox can be made.
pub async fn run(mut config: Config, args: &EvalArgs, mut line: impl FnMut(&str)) -> anyhow::Result<bool> {
    let shown = args.prompts.display();
    let text =
        std::fs::read_to_string(&args.prompts).with_context(|| format!("{shown} could not be read"))?;
    let conversations = prompts::parse(&text).with_context(|| format!("{shown} can't be used"))?;
    let folder = tempfile::tempdir().context("making a folder for the data")?;
    adapt(&mut config, args, folder.path().to_owned());
    let provider = ChosenProvider::build(&config).await?;
    for (template, _) in config.templates()? {
        provider.prepare(&template).await?;
    }
    let store = start::store(&config).await?;
    let sessions = start::sessions(&config, &provider, store, config.server.addr.port(), &[]).await?;
    sessions.nudge_pools();
    let mut report = Report::new(args.json);
    let tried: Vec<anyhow::Result<Vec<Tried>>> = {
        let each = conversations.iter().map(|one| converse(&sessions, args, one));
        let mut running = stream::iter(each).buffered(args.at_once.into());
        let mut all = Vec::with_capacity(conversations.len());
        while let Some(tried) = running.next().await {
            tried.iter().flatten().for_each(|one| line(&report.line(one)));
            all.push(tried);
        }
        all
    };
    sessions.shutdown(OnShutdown::End).await;
    let tried: Vec<Tried> =
        tried.into_iter().collect::<anyhow::Result<Vec<_>>>()?.into_iter().flatten().collect();
    report.sum(&tried).iter().for_each(|sum| line(sum));
    Ok(report::is_good(&tried, args.served_min))
}

/// Nobody else is there: no limits, no demo, and sandboxes however they are isolated here.
fn adapt(config: &mut Config, args: &EvalArgs, data: PathBuf) {
    config.data.dir = data;
    config.sandbox.allow_weak_isolation = true;
    config.demo.pool_size = 0;
    config.workspace.enabled = true;
    config.workspace.template.clone_from(&args.template);
    config.workspace.pool_size = args.at_once.into();
    config.workspace.max_concurrent = u32::from(args.at_once) * 2;
    config.workspace.max_concurrent_per_person = 0;
    config.workspace.sessions_per_network_per_hour = 0;
    config.accounts.enabled = false;
    if let Some(model) = &args.model {
        config.agents.workspaces = Some(model.clone());
    }
}

/// One conversation in a sandbox of its own.
async fn converse(
    sessions: &Sessions,
    args: &EvalArgs,
    conversation: &Conversation,
) -> anyhow::Result<Vec<Tried>> {
    let Conversation { template, prompts } = conversation;
    let template = template.as_ref().map_or(args.template.as_str(), TemplateName::as_str);
    let request = OpenRequest {
        kind: OpenKind::Workspace,
        template: Some(template.to_owned()),
        provider: None,
        fingerprint: None,
        challenge: None,
    };
    let visitor = Visitor { address: std::net::Ipv4Addr::LOCALHOST.into(), fingerprint: None };
    let ClaimResponse { session, session_token } =
        sessions.open(request, visitor, None).await.context("opening a sandbox")?;
    let access = sessions.authorize(session.session_id, Some(&session_token), None).await?;
    ready(sessions, &access).await?;
    let mut tried = Vec::with_capacity(prompts.len());
    for prompt in prompts {
        tried.push(ask(sessions, &access, prompt).await?);
    }
    sessions.close(&access).await?;
    Ok(tried)
}

/// Waits until the sandbox serves.
async fn ready(sessions: &Sessions, access: &Access) -> anyhow::Result<()> {
    let mut events = sessions.events(access, 0);
    let served = async {
        while sessions.status(access).await?.state == SessionState::Starting && events.next().await.is_some()
        {
        }
        anyhow::Ok(())
    };
    tokio::time::timeout(READY_TIMEOUT, served).await.context("the sandbox did not become ready")?
}

async fn ask(sessions: &Sessions, access: &Access, prompt: &str) -> anyhow::Result<Tried> {
    let begun = Instant::now();
    let used_before = sessions.status(access).await?.model_use;
    let accepted = sessions.prompt(access, prompt).await.with_context(|| format!("asking {prompt:?}"))?;
    let outcome = sessions.outcome(access, accepted.prompt_id).await?;
    let took = begun.elapsed();
    let used = sessions.status(access).await?.model_use;
    let PromptOutcome { status, summary, files, .. } = outcome;
    let is_served = status == PromptStatus::Completed;
    Ok(Tried {
        prompt: prompt.to_owned(),
        status,
        summary,
        changed: files.len(),
        builds: if is_served { builds(sessions, access).await? } else { None },
        took_ms: u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
        tokens: used.tokens().saturating_sub(used_before.tokens()),
        cost: used.cost.minus(used_before.cost),
    })
}

/// Whether the whole project builds; `None` where there is nothing that builds it.
async fn builds(sessions: &Sessions, access: &Access) -> anyhow::Result<Option<bool>> {
    let request = ExecRequest { command: BUILD.into(), cwd: None, timeout_seconds: Some(BUILD_SECONDS) };
    let (_, stderr, exit) = sessions.exec(access, request).await?.finished().await?;
    if !matches!(exit.exit_code, 0 | NOTHING_BUILDS) {
        tracing::warn!(exit = ?exit, stderr, "a project does not build");
    }
    Ok((exit.exit_code != NOTHING_BUILDS).then_some(exit.exit_code == 0))
}
