//! The connections of the server: how many are open, of one network and in all, and how long one may say nothing.
//!
//! Whoever opens a stream of events and never closes it, or sends a request's header a letter a minute, holds a connection and
//! nothing else: bounding those bounds them all. It must not know what is asked.

use std::collections::HashMap;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use sessions::Visitor;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt as _;

/// Connections at once; more wait in the socket's queue.
const CONNECTIONS_MAX: usize = 8_192;
/// Connections of one network at once; one more is closed. A browser opens six to a host, so this is an office or a school.
const CONNECTIONS_PER_NETWORK_MAX: usize = 512;
/// How long a connection may take to begin a request and send all of its header. Proxies let go of connections they keep after
/// 60 s, and must be first.
const HEADER_TIMEOUT: Duration = Duration::from_secs(65);
/// How long to wait when no connection can be accepted, for want of descriptors for example.
const ACCEPT_RETRY: Duration = Duration::from_millis(100);

/// What is bounded.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bounds {
    in_all: usize,
    /// `None` where every connection is a proxy's.
    per_network: Option<usize>,
}

impl Bounds {
    /// By how many proxies are in front.
    pub(crate) fn behind(trusted_proxy_hops: u32) -> Self {
        let per_network = (trusted_proxy_hops == 0).then_some(CONNECTIONS_PER_NETWORK_MAX);
        Self { in_all: CONNECTIONS_MAX, per_network }
    }
}

/// Serves until told to stop, and until all that was asked by then is answered.
pub(crate) async fn serve(listener: TcpListener, app: Router, bounds: Bounds, stopping: CancellationToken) {
    let all = Arc::new(Semaphore::new(bounds.in_all));
    let networks = Networks::default();
    // Each connection holds a receiver: once there is none, all are closed.
    let (open, held) = watch::channel(());
    loop {
        let accepted = tokio::select! {
            accepted = accept(&listener, &all) => accepted,
            () = stopping.cancelled() => break,
        };
        let (stream, peer, place) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::warn!(error = format!("{error:#}"), "a connection can't be accepted");
                tokio::time::sleep(ACCEPT_RETRY).await;
                continue;
            }
        };
        let Some(of_network) = networks.enter(peer.ip(), bounds.per_network) else {
            tracing::debug!("a network has too many connections open");
            continue;
        };
        let (app, stopping, held) = (app.clone(), stopping.clone(), held.clone());
        tokio::spawn(async move {
            let _held = (place, of_network, held);
            answer(stream, peer, app, stopping).await;
        });
    }
    drop((listener, held));
    open.closed().await;
}

async fn accept(
    listener: &TcpListener,
    all: &Arc<Semaphore>,
) -> io::Result<(TcpStream, SocketAddr, OwnedSemaphorePermit)> {
    let place = Arc::clone(all).acquire_owned().await.map_err(io::Error::other)?;
    let (stream, peer) = listener.accept().await?;
    // Small answers go out at once; one that can't be set is only slower.
    let _ = stream.set_nodelay(true);
    Ok((stream, peer, place))
}

/// Answers what is asked on one connection until it ends.
async fn answer(stream: TcpStream, peer: SocketAddr, app: Router, stopping: CancellationToken) {
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        let app = app.clone();
        async move { app.oneshot(request).await }
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEADER_TIMEOUT);
    let mut connection = pin!(http.serve_connection(TokioIo::new(stream), service).with_upgrades());
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = stopping.cancelled() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        // Clients leave when they like.
        tracing::trace!(error = format!("{error:#}"), "a connection broke off");
    }
}

/// How many connections each network has open.
#[derive(Debug, Clone, Default)]
struct Networks(Arc<Mutex<HashMap<IpAddr, usize>>>);

/// One connection of a network, counted until it is dropped.
#[derive(Debug)]
struct OfNetwork {
    networks: Networks,
    network: IpAddr,
}

impl Networks {
    /// `None` when the network has as many as it may.
    fn enter(&self, address: IpAddr, max: Option<usize>) -> Option<OfNetwork> {
        let network = Visitor { address, fingerprint: None }.network();
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = open.entry(network).or_default();
        if max.is_some_and(|max| *count >= max) {
            return None;
        }
        *count += 1;
        Some(OfNetwork { networks: self.clone(), network })
    }
}

impl Drop for OfNetwork {
    fn drop(&mut self) {
        let mut open = self.networks.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = open.get_mut(&self.network) {
            *count -= 1;
            if *count == 0 {
                open.remove(&self.network);
            }
        }
    }
}

#[cfg(test)]
mod tests;
