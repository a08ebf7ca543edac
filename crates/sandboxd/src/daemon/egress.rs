//! The inner end of the way out: programs connect to a port of the loopback, and each connection waits there until the outside
//! fetches it. What is on the other side, and where it leads, is decided outside.

use std::io;
use std::net::Ipv4Addr;

use sandboxd::wire::EGRESS_PORT;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::OnceCell;

/// What programs look at for a proxy; some know the small letters only, some the capitals.
const VARIABLES: [&str; 4] = ["HTTPS_PROXY", "https_proxy", "npm_config_proxy", "npm_config_https_proxy"];

/// Closed until it is opened, and open from then on.
#[derive(Default)]
pub(super) struct Egress {
    listener: OnceCell<TcpListener>,
}

impl Egress {
    /// Begins to listen. Opening it again changes nothing.
    pub(super) async fn open(&self) -> io::Result<()> {
        let listen = || TcpListener::bind((Ipv4Addr::LOCALHOST, EGRESS_PORT));
        self.listener.get_or_try_init(listen).await.map(drop)
    }

    /// The next connection; waits for one. `None` while it is closed.
    pub(super) async fn accept(&self) -> Option<io::Result<TcpStream>> {
        let listener = self.listener.get()?;
        Some(listener.accept().await.map(|(stream, _)| stream))
    }

    /// What a program has to be told to find it; nothing while it is closed.
    pub(super) fn environment(&self) -> impl Iterator<Item = (&'static str, String)> {
        let variables = if self.listener.initialized() { &VARIABLES[..] } else { &[] };
        variables.iter().map(|name| (*name, format!("http://127.0.0.1:{EGRESS_PORT}")))
    }
}
