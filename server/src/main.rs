//! `sandglass`: the command line.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use server::config::Config;
use server::{bake, serve};
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
}

fn main() -> ExitCode {
    let cli = Cli::parse();
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
    let done = match cli.command {
        Command::Serve => runtime.block_on(serve::until_signalled(config)),
        Command::Bake => runtime.block_on(bake::all(&config)),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&error),
    }
}

fn fail(error: &anyhow::Error) -> ExitCode {
    eprintln!("sandglass: {error:#}");
    ExitCode::FAILURE
}
