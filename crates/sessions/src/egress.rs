//! The way out of workspaces, where the operator allows one: to names on a list, for so many bytes a session (J1).

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use domain::SessionKind;
use egress::{AllowList, Allowance, Closed, Network, Proxy};
use sandbox::Sandbox;
use tokio::sync::Semaphore;

use crate::live::LiveSession;
use crate::{SessionError, Sessions};

/// Connections of one session that may be open at once; further ones wait.
const CONNECTIONS_MAX: usize = 64;
/// How long to wait before a sandbox that handed over no connection is asked again.
const RETRY: Duration = Duration::from_secs(1);

/// What workspaces may reach.
#[derive(Clone)]
pub struct WayOut {
    /// The names.
    pub allowed: Arc<AllowList>,
    /// How many bytes one session may carry, both directions together. A server that takes a session up counts anew.
    pub session_bytes_max: u64,
    /// What leads there.
    pub network: Arc<dyn Network>,
}

impl Sessions {
    /// Makes a sandbox ready for a program that is about to start: it goes on if it was stopped, and finds its way out.
    pub(crate) async fn ready_for_programs(
        &self,
        live: &LiveSession,
        sandbox: &dyn Sandbox,
    ) -> Result<(), SessionError> {
        self.let_go_on(live).await?;
        if self.inner.way_out.is_some() {
            sandbox.open_egress().await?;
        }
        Ok(())
    }

    /// Leads a workspace's connections out, beside all else, until its session is over. Other kinds have no way out.
    pub(crate) fn lead_out(&self, live: &Arc<LiveSession>) {
        let Some(way_out) = self.inner.way_out.clone() else { return };
        if live.look(|view| view.kind) != SessionKind::Workspace {
            return;
        }
        // A workspace that is given to its user is one already.
        if live.led_out.swap(true, Ordering::Relaxed) {
            return;
        }
        let (live, stop) = (Arc::clone(live), self.inner.stop.clone());
        self.inner.tasks.spawn(async move {
            tokio::select! {
                () = lead(&live, way_out) => {}
                () = live.ended.cancelled() => {}
                () = stop.cancelled() => {}
            }
        });
    }
}

/// Dropping it cuts every connection that it leads.
async fn lead(live: &LiveSession, way_out: WayOut) {
    let Some(sandbox) = live.sandbox.get() else { return };
    let WayOut { allowed, session_bytes_max, network } = way_out;
    let proxy = Arc::new(Proxy { allowed, allowance: Allowance::new(session_bytes_max), network });
    let places = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    let mut connections = tokio::task::JoinSet::new();
    if let Err(error) = sandbox.open_egress().await {
        tracing::warn!(session.id = %live.record.id, error = %error, "a workspace has no way out");
        return;
    }
    loop {
        while connections.try_join_next().is_some() {}
        // Never closed: it lives as long as this loop.
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
        match sandbox.accept_egress().await {
            Ok(inside) => {
                let (proxy, session) = (Arc::clone(&proxy), live.record.id);
                connections.spawn(async move {
                    let _held = place;
                    match proxy.serve(inside).await {
                        Closed::Done => {}
                        Closed::Refused(why) => {
                            tracing::info!(session.id = %session, why, "a way out was refused")
                        }
                        Closed::Cut(why) => {
                            tracing::info!(session.id = %session, why, "a connection out was cut")
                        }
                    }
                });
            }
            // Stopped for a while, or gone; if it is gone, so is its session soon.
            Err(_) => tokio::time::sleep(RETRY).await,
        }
    }
}
