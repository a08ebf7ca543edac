//! The browser's end of Vite's live updates: a WebSocket that is only read.

use std::time::Duration;

use sandbox::{BoxIo, Port, Sandbox};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::time::timeout;

/// How long an update may take to come.
const WAIT_MS_MAX: u64 = 20_000;

/// A connection to the dev server's live updates.
pub struct Updates(BufReader<BoxIo>);

impl Updates {
    /// Connects and waits for Vite's greeting.
    pub async fn connect(sandbox: &dyn Sandbox) -> Self {
        let mut io = sandbox.connect(Port::DevServer).await.unwrap();
        let handshake = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
             Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
             Sec-WebSocket-Protocol: vite-hmr\r\n\r\n";
        io.write_all(handshake.as_bytes()).await.unwrap();
        let mut reader = BufReader::new(io);
        let mut line = String::new();
        reader.read_line(&mut line).await.unwrap();
        assert!(line.starts_with("HTTP/1.1 101"), "{line}");
        while line != "\r\n" {
            line.clear();
            reader.read_line(&mut line).await.unwrap();
        }
        let mut updates = Self(reader);
        assert_eq!(updates.message().await["type"], "connected");
        updates
    }

    /// The next message that is not a sign of life or a plugin's own.
    pub async fn next(&mut self) -> serde_json::Value {
        let waiting = async {
            loop {
                let message = self.message().await;
                if message["type"] != "ping" && message["type"] != "custom" {
                    return message;
                }
            }
        };
        // An update that does not come is a failure with a name, not a test that never ends.
        timeout(Duration::from_millis(WAIT_MS_MAX), waiting).await.unwrap()
    }

    /// One unmasked text frame.
    async fn message(&mut self) -> serde_json::Value {
        let _opcode = self.0.read_u8().await.unwrap();
        let length = match self.0.read_u8().await.unwrap() {
            126 => self.0.read_u16().await.unwrap().into(),
            127 => self.0.read_u64().await.unwrap(),
            short => short.into(),
        };
        let mut payload = vec![0; usize::try_from(length).unwrap()];
        self.0.read_exact(&mut payload).await.unwrap();
        serde_json::from_slice(&payload).unwrap()
    }
}
