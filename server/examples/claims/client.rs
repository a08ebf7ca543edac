//! HTTP/1.1 over one connection that stays open, as little of it as is needed: the client's time is in the figures.
#![expect(clippy::unwrap_used, reason = "a harness that is run by hand")]

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// One client.
pub struct Client {
    stream: TcpStream,
    read: Vec<u8>,
}

impl Client {
    pub async fn connect(addr: SocketAddr) -> Self {
        let stream = TcpStream::connect(addr).await.unwrap();
        stream.set_nodelay(true).unwrap();
        Self { stream, read: Vec::with_capacity(16 * 1024) }
    }

    /// The body of the answer.
    pub async fn send(&mut self, method: &str, path: &str, headers: &str) -> String {
        let request = format!("{method} {path} HTTP/1.1\r\nhost: localhost\r\n{headers}\r\n");
        self.stream.write_all(request.as_bytes()).await.unwrap();
        self.read.clear();
        loop {
            assert!(
                self.stream.read_buf(&mut self.read).await.unwrap() > 0,
                "the server closed the connection"
            );
            let Some(head_bytes) = self.read.windows(4).position(|four| four == b"\r\n\r\n") else {
                continue;
            };
            let head = String::from_utf8_lossy(&self.read[..head_bytes]).to_ascii_lowercase();
            let length = head.split("content-length: ").nth(1).and_then(|rest| rest.split("\r\n").next());
            let body_bytes: usize = length.map_or(0, |text| text.trim().parse().unwrap());
            if self.read.len() >= head_bytes + 4 + body_bytes {
                return String::from_utf8_lossy(&self.read[head_bytes + 4..]).into_owned();
            }
        }
    }
}
