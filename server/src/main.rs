//! `sandglass`: the command line.

use std::io::Write as _;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use server::config::Config;
use server::eval::EvalArgs;
use server::simulate::SimulateArgs;
use server::{bake, doctor, eval, serve, simulate};
use tracing_subscriber::EnvFilter;

/// Live, isolated sandboxes behind one click.
#[derive(Parser)]
#[command(version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the site, the API and the previews until told to stop.
    Serve,
    /// Prepare the sandbox templates, so that the first start finds them ready.
    Bake,
    /// Say what isolates sandboxes on this host, what is missing, and how to get it, and whether the configured models answer;
    /// exits with 0, 1 (something is missing, or a model does not answer) or 2 (no sandbox can be made).
    Doctor {
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Try a pool's settings on recorded or drawn arrivals, in virtual time.
    Simulate(Box<SimulateArgs>),
    /// Try prompts in real sandboxes, and print of each whether it was served and builds, its time and its cost.
    Eval(EvalArgs),
}

/// What a command answers when its input can't be used, as clap does.
const BAD_INPUT: u8 = 2;

fn main() -> ExitCode {
    match Cli::parse().command {
        Command::Serve => {
            run(async |config| serve::until_signalled(config).await.map(|()| ExitCode::SUCCESS))
        }
        Command::Bake => run(async |config| bake::all(&config).await.map(|()| ExitCode::SUCCESS)),
        Command::Doctor { json } => run(async |config| examined(&config, json).await),
        Command::Simulate(args) => simulated(&args),
        Command::Eval(args) => run(async |config| evaluated(config, &args).await),
    }
}

/// Does a command's work with the configuration and a runtime.
fn run(work: impl AsyncFnOnce(Config) -> anyhow::Result<ExitCode>) -> ExitCode {
    let config = match Config::load() {
        Ok(config) => config,
        Err(error) => return fail(&error.into()),
    };
    let filter = EnvFilter::try_new(&config.log.filter).unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_target(false).init();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&error.into()),
    };
    match runtime.block_on(work(config)) {
        Ok(code) => code,
        Err(error) => fail(&error),
    }
}

/// Prints what isolates sandboxes here.
async fn examined(config: &Config, json: bool) -> anyhow::Result<ExitCode> {
    let report = doctor::examine(config).await?;
    let said = if json { report.json()? } else { report.text() };
    std::io::stdout().write_all(said.as_bytes())?;
    Ok(report.exit_code())
}

/// Prints what an evaluation found, as it goes on.
async fn evaluated(config: Config, args: &EvalArgs) -> anyhow::Result<ExitCode> {
    let mut said = std::io::stdout();
    let mut broken = Ok(());
    let line = |line: &str| {
        if broken.is_ok() {
            broken = writeln!(said, "{line}");
        }
    };
    let good = eval::run(config, args, line).await?;
    broken?;
    Ok(if good { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Prints what a simulation brought.
fn simulated(args: &SimulateArgs) -> ExitCode {
    match simulate::table(args) {
        Ok(table) => match std::io::stdout().write_all(table.as_bytes()) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => fail(&error.into()),
        },
        Err(sentence) => {
            eprintln!("sandglass: {sentence}");
            ExitCode::from(BAD_INPUT)
        }
    }
}

fn fail(error: &anyhow::Error) -> ExitCode {
    eprintln!("sandglass: {error:#}");
    ExitCode::FAILURE
}
