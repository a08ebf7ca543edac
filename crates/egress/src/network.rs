//! The network outside, as the proxy uses it.

use std::io;
use std::net::{IpAddr, SocketAddr};

use async_trait::async_trait;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, lookup_host};

use crate::is_public;
use crate::request::PORT;

/// A connection to a host outside.
pub trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// Looks names up and connects.
#[async_trait]
pub trait Network: Send + Sync + 'static {
    /// A name's addresses, in the order in which to try them.
    ///
    /// # Errors
    /// When the name can't be looked up.
    async fn look_up(&self, name: &str) -> io::Result<Vec<IpAddr>>;

    /// Whether a sandbox may be led to an address.
    fn may_reach(&self, address: IpAddr) -> bool;

    /// A connection to an address that may be reached.
    ///
    /// # Errors
    /// When nobody answers there.
    async fn connect(&self, address: IpAddr) -> io::Result<Box<dyn Stream>>;
}

/// This machine's network. Reaches public addresses that are not the machine's own.
#[derive(Debug, Clone, Default)]
pub struct SystemNetwork {
    own: Vec<IpAddr>,
}

impl SystemNetwork {
    /// With the addresses of this machine, which no sandbox is led to.
    pub fn new(own: Vec<IpAddr>) -> Self {
        Self { own }
    }
}

#[async_trait]
impl Network for SystemNetwork {
    async fn look_up(&self, name: &str) -> io::Result<Vec<IpAddr>> {
        // The final dot keeps the machine's own search domains out of it.
        let addresses = lookup_host((format!("{name}."), PORT)).await?;
        Ok(addresses.map(|address| address.ip()).collect())
    }

    fn may_reach(&self, address: IpAddr) -> bool {
        is_public(address) && !self.own.contains(&address)
    }

    async fn connect(&self, address: IpAddr) -> io::Result<Box<dyn Stream>> {
        let stream = TcpStream::connect(SocketAddr::new(address, PORT)).await?;
        // A handshake is small messages back and forth; one that can't be set is only slower.
        let _ = stream.set_nodelay(true);
        Ok(Box::new(stream))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// J1
    #[test]
    fn the_machine_itself_is_not_reached_by_its_public_address_either() {
        let network = SystemNetwork::new(vec!["8.8.4.4".parse().unwrap()]);
        assert!(network.may_reach("8.8.8.8".parse().unwrap()));
        assert!(!network.may_reach("8.8.4.4".parse().unwrap()));
        assert!(!network.may_reach("169.254.169.254".parse().unwrap()));
    }
}
