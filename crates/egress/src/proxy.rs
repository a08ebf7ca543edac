//! Serves one connection from a sandbox: reads what is asked for, checks it, carries it.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::time::timeout;

use crate::allow::host_name;
use crate::carry::{Cut, both_ways};
use crate::hello::{HELLO_BYTES_MAX, ServerName, server_name};
use crate::network::Stream;
use crate::{AllowList, Allowance, Network, request};

/// How long a request, and then a handshake's first message, may take to arrive.
const ASK_TIMEOUT: Duration = Duration::from_secs(10);
/// How long looking a name up and connecting may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// How long nothing may move on a connection.
const IDLE_TIMEOUT: Duration = Duration::from_secs(60);
/// Why a connection of a session that has nothing left is cut.
const SPENT: &str = "the session has used all of the network it may";
/// Addresses of one name that are tried.
const ADDRESSES_TRIED_MAX: usize = 4;

/// The way out for the connections of one session.
pub struct Proxy {
    /// The names that may be reached.
    pub allowed: Arc<AllowList>,
    /// What the session may still carry.
    pub allowance: Allowance,
    /// What leads there.
    pub network: Arc<dyn Network>,
}

/// How serving a connection ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Closed {
    /// Both sides were done.
    Done,
    /// It was refused; the sentence is what the program inside was told, where it could still be told.
    Refused(String),
    /// It was cut: nothing moved, all was used up, or one side broke off.
    Cut(&'static str),
}

impl Proxy {
    /// Serves one connection until it is over.
    pub async fn serve(&self, mut inside: impl AsyncRead + AsyncWrite + Unpin) -> Closed {
        match self.lead(&mut inside).await {
            Ok((outside, hello)) => self.carry(inside, outside, hello).await,
            Err((status, sentence)) => {
                let length = sentence.len() + 1;
                let answer = format!(
                    "HTTP/1.1 {status}\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{sentence}\n"
                );
                // Who does not listen for the reason has it in our log.
                let _ = timeout(ASK_TIMEOUT, inside.write_all(answer.as_bytes())).await;
                Closed::Refused(sentence)
            }
        }
    }

    /// A connection to where the request wants to go, and the handshake's first bytes; or a status and why not.
    async fn lead(
        &self,
        inside: &mut (impl AsyncRead + AsyncWrite + Unpin),
    ) -> Result<(Box<dyn Stream>, Vec<u8>), (&'static str, String)> {
        let asked = timeout(ASK_TIMEOUT, request::read(inside)).await;
        let asked = asked.map_err(|_| ("408 Request Timeout", "The request took too long.".to_owned()))?;
        let asked = asked.map_err(|why| ("405 Method Not Allowed", why.to_string()))?;
        let name = host_name(&asked.name).filter(|name| self.allowed.allows(name)).ok_or_else(|| {
            let shown: String = asked.name.chars().filter(|c| !c.is_control()).take(80).collect();
            ("403 Forbidden", format!("This sandbox may not reach {shown}, only: {}.", self.allowed))
        })?;
        if self.allowance.left_bytes() == 0 {
            return Err(("403 Forbidden", "This sandbox has used all of the network it may.".into()));
        }
        let no_way = || ("502 Bad Gateway", format!("{name} can't be reached from here now."));
        let outside =
            timeout(CONNECT_TIMEOUT, self.connect(&name)).await.ok().flatten().ok_or_else(no_way)?;
        let established = b"HTTP/1.1 200 Connection established\r\n\r\n";
        let told = timeout(ASK_TIMEOUT, inside.write_all(established)).await;
        told.ok().and_then(Result::ok).ok_or_else(no_way)?;
        let hello = timeout(ASK_TIMEOUT, hello(inside, asked.early, &name)).await.ok().flatten();
        let other = || ("421 Misdirected Request", format!("What followed was no TLS handshake for {name}."));
        Ok((outside, hello.ok_or_else(other)?))
    }

    /// The first of a name's addresses that may be reached and answers.
    async fn connect(&self, name: &str) -> Option<Box<dyn Stream>> {
        let addresses = self.network.look_up(name).await.ok()?;
        let reachable = |address: &IpAddr| self.network.may_reach(*address);
        for address in addresses.into_iter().filter(reachable).take(ADDRESSES_TRIED_MAX) {
            match self.network.connect(address).await {
                Ok(stream) => return Some(stream),
                Err(error) => tracing::debug!(name, %address, error = %error, "an address did not answer"),
            }
        }
        None
    }

    async fn carry(
        &self,
        inside: impl AsyncRead + AsyncWrite + Unpin,
        mut outside: Box<dyn Stream>,
        hello: Vec<u8>,
    ) -> Closed {
        if !self.allowance.spend(hello.len()) {
            return Closed::Cut(SPENT);
        }
        match timeout(IDLE_TIMEOUT, outside.write_all(&hello)).await {
            Ok(Ok(())) => {}
            Ok(Err(_)) => return Closed::Cut("one side broke off"),
            Err(_) => return Closed::Cut("nothing moved"),
        }
        match both_ways(inside, outside, &self.allowance, IDLE_TIMEOUT).await {
            Ok(()) => Closed::Done,
            Err(Cut::Idle) => Closed::Cut("nothing moved"),
            Err(Cut::Spent) => Closed::Cut(SPENT),
            Err(Cut::Broken(_)) => Closed::Cut("one side broke off"),
        }
    }
}

/// The handshake's first bytes, when they are for `name`.
async fn hello(inside: &mut (impl AsyncRead + Unpin), early: Vec<u8>, name: &str) -> Option<Vec<u8>> {
    let mut bytes = early;
    loop {
        match server_name(&bytes) {
            ServerName::Named(wanted) => {
                return (host_name(&wanted).as_deref() == Some(name)).then_some(bytes);
            }
            ServerName::Unclear => return None,
            ServerName::Partial => {}
        }
        let mut part = [0; 2_048];
        let some = HELLO_BYTES_MAX.saturating_sub(bytes.len()).min(part.len());
        // No room left reads nothing, which ends it as a closed connection does.
        match inside.read(&mut part[..some]).await {
            Ok(0) | Err(_) => return None,
            Ok(count) => bytes.extend_from_slice(&part[..count]),
        }
    }
}

#[cfg(test)]
mod tests;
