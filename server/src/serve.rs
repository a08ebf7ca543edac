//! `sandglass serve`: listens, serves, and leaves nothing behind when it is told to stop.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use domain::TemplateName;
use leptos::config::LeptosOptions;
use sandbox::sim::SimControl;
use sessions::{OnShutdown, Sessions};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::config::{Config, ProviderName, ShutdownChoice};
use crate::connections::{self, Bounds};
use crate::http::{self, AppParts, AppState, Surface};
use crate::preview::Gateway;
use crate::start::{self, ChosenProvider};

/// How long open connections may go on after the server was told to stop.
const DRAIN_TIMEOUT: Duration = Duration::from_secs(5);
/// How long to wait before a template that could not be prepared is tried again.
const PREPARE_RETRY: Duration = Duration::from_secs(30);

/// A server that runs.
pub struct Running {
    /// Where it listens.
    pub addr: SocketAddr,
    sessions: Sessions,
    on_shutdown: OnShutdown,
    stopping: CancellationToken,
    serving: JoinHandle<()>,
    sim: Option<SimControl>,
}

impl Running {
    /// What scripts the sandboxes where they are simulated.
    pub fn sim(&self) -> Option<&SimControl> {
        self.sim.as_ref()
    }

    /// Stops taking claims, ends or keeps the sessions as `server.on_shutdown` says, destroys every other sandbox, closes what is
    /// open.
    ///
    /// # Errors
    /// When serving had failed.
    pub async fn stop(self) -> anyhow::Result<()> {
        self.stopping.cancel();
        self.sessions.shutdown(self.on_shutdown).await;
        let abort = self.serving.abort_handle();
        match tokio::time::timeout(DRAIN_TIMEOUT, self.serving).await {
            Ok(served) => Ok(served?),
            Err(_) => {
                tracing::info!("closing connections that are still open");
                abort.abort();
                Ok(())
            }
        }
    }
}

/// Serves until SIGINT or SIGTERM.
///
/// # Errors
/// When the server can't be started, or serving fails.
pub async fn until_signalled(config: Config) -> anyhow::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let running = start(config).await?;
    tracing::info!(addr = %running.addr, "serving on http://{}", running.addr);
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    tracing::info!("stopping");
    running.stop().await
}

/// Starts serving.
///
/// # Errors
/// When the address can't be listened on, or a part of the configuration can't be brought to life.
pub async fn start(config: Config) -> anyhow::Result<Running> {
    let listener = TcpListener::bind(config.server.addr).await;
    let listener = listener.with_context(|| format!("server.addr is {}", config.server.addr))?;
    let addr = listener.local_addr()?;
    let provider = Arc::new(ChosenProvider::build(&config).await?);
    let sim = match &*provider {
        ChosenProvider::Sim(sim) => Some(sim.control()),
        ChosenProvider::Local(_) => None,
    };
    let config = start::with_demo_only_if_isolated(config, &provider.provider().isolation());
    let store = start::store(&config).await?;
    let accounts = start::accounts(&config, store.clone()).await?;
    let origins = origins(&config, addr.port());
    let sessions = start::sessions(&config, &provider, store, addr.port(), &origins).await?;
    let stopping = CancellationToken::new();
    for (template, _) in config.templates()? {
        tokio::spawn(prepare(Arc::clone(&provider), template, sessions.clone(), stopping.clone()));
    }

    let surface = Arc::new(Surface {
        trusted_proxy_hops: config.server.trusted_proxy_hops,
        secure_cookies: origins.iter().all(|origin| origin.starts_with("https://")),
        origins,
        preview_source: start::preview_source(&config, addr.port()),
        widget_sources: config.r#try.challenge.widget_sources(),
        simulated: config.sandbox.provider == ProviderName::Sim,
        templates: config.templates()?.into_iter().map(|(template, _)| template).collect(),
        frameworks: start::frameworks(&config)?,
    });
    let limits = Arc::new(config.limits.rates());
    let gateway = Gateway::new(sessions.clone(), Arc::clone(&limits), config.preview.bounds(), &surface)?;
    let state = AppState::new(AppParts {
        sessions: sessions.clone(),
        accounts,
        leptos: leptos_options(&config.server.site_dir, addr),
        surface,
        limits,
        stopping: stopping.clone(),
    });
    let service = http::service(state, Arc::new(gateway));
    let bounds = Bounds::behind(config.server.trusted_proxy_hops);
    let serving = tokio::spawn(connections::serve(listener, service, bounds, stopping.clone()));
    let on_shutdown = match config.server.on_shutdown {
        ShutdownChoice::End => OnShutdown::End,
        ShutdownChoice::Keep => OnShutdown::Keep,
    };
    Ok(Running { addr, sessions, on_shutdown, stopping, serving, sim })
}

/// Makes a template ready, so that its pool can fill; tries again as long as it can't.
async fn prepare(
    provider: Arc<ChosenProvider>,
    template: TemplateName,
    sessions: Sessions,
    stopping: CancellationToken,
) {
    loop {
        match provider.prepare(&template).await {
            Ok(()) => return sessions.nudge_pools(),
            Err(error) => {
                tracing::error!(template = %template, error = format!("{error:#}"), "a template can't be prepared");
            }
        }
        tokio::select! {
            () = tokio::time::sleep(PREPARE_RETRY) => {}
            () = stopping.cancelled() => return,
        }
    }
}

/// Where the app is reached: what is configured, else the address and `localhost`.
fn origins(config: &Config, port: u16) -> Vec<String> {
    if !config.server.public_origins.is_empty() {
        return config.server.public_origins.clone();
    }
    vec![format!("http://{}:{port}", config.server.addr.ip()), format!("http://localhost:{port}")]
}

/// Leptos' idea of where the site is. The hashed names are written beside the site's build.
fn leptos_options(site_dir: &Path, addr: SocketAddr) -> LeptosOptions {
    LeptosOptions::builder()
        .output_name("sandglass")
        .site_root(site_dir.display().to_string())
        .site_pkg_dir("pkg")
        .site_addr(addr)
        .hash_files(true)
        .build()
}
