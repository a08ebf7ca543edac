use axum::routing::get;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use super::*;

const REQUEST: &[u8] = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n";

/// A server of its own, and where it is.
async fn served(bounds: Bounds) -> (SocketAddr, CancellationToken, tokio::task::JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap();
    let app = Router::new()
        .route("/", get(|ConnectInfo(peer): ConnectInfo<SocketAddr>| async move { peer.ip().to_string() }));
    let stopping = CancellationToken::new();
    (addr, stopping.clone(), tokio::spawn(serve(listener, app, bounds, stopping)))
}

/// Sends these bytes; what comes first, nothing when it is closed.
async fn says(stream: &mut TcpStream, bytes: &[u8]) -> String {
    // Who is refused may find the connection gone already.
    let _ = stream.write_all(bytes).await;
    let mut answer = vec![0; 4_096];
    let length = stream.read(&mut answer).await.unwrap_or(0);
    String::from_utf8_lossy(&answer[..length]).into_owned()
}

/// J4: one network holds its own connections and no more; nobody is counted where all of them are a proxy's.
#[tokio::test]
async fn a_network_has_no_more_connections_than_it_may() {
    let (addr, stopping, serving) = served(Bounds { in_all: 8, per_network: Some(2) }).await;
    let mut streams = Vec::new();
    for wanted in [true, true, false] {
        let mut stream = TcpStream::connect(addr).await.unwrap();
        let answer = says(&mut stream, REQUEST).await;
        assert_eq!(answer.ends_with("127.0.0.1"), wanted, "{answer}");
        assert_eq!(answer.is_empty(), !wanted, "{answer}");
        streams.push(stream);
    }
    stopping.cancel();
    serving.await.unwrap();
    assert_eq!(Bounds::behind(0).per_network, Some(CONNECTIONS_PER_NETWORK_MAX));
    assert_eq!(Bounds::behind(1).per_network, None);
}

/// J4
#[test]
fn a_connection_that_ends_makes_room_and_networks_are_forgotten() {
    let networks = Networks::default();
    let enter = |address: &str| networks.enter(address.parse().unwrap(), Some(2));
    let held = [enter("2001:db8::1"), enter("2001:db8::2")];
    assert!(held.iter().all(Option::is_some));
    assert!(enter("2001:db8::3").is_none(), "a /64 is one network");
    assert!(enter("2001:db8:0:1::1").is_some());
    drop(held);
    assert!(networks.0.lock().unwrap().is_empty());
    assert!(enter("2001:db8::3").is_some());
}

/// J4: who sends a header too slowly, or asks nothing, is let go.
#[tokio::test(start_paused = true)]
async fn a_header_that_does_not_end_holds_no_connection() {
    let (addr, ..) = served(Bounds { in_all: 8, per_network: None }).await;
    for begun in [&REQUEST[..20], b""] {
        let mut stream = TcpStream::connect(addr).await.unwrap();
        stream.write_all(begun).await.unwrap();
        let mut rest = Vec::new();
        let ended = tokio::time::timeout(2 * HEADER_TIMEOUT, stream.read_to_end(&mut rest)).await;
        assert!(ended.is_ok(), "it is still open after {begun:?}");
    }
}

/// I3: what was asked before the end is answered.
#[tokio::test]
async fn the_end_waits_for_connections_and_keeps_none_that_is_idle() {
    let (addr, stopping, serving) = served(Bounds { in_all: 8, per_network: None }).await;
    let mut stream = TcpStream::connect(addr).await.unwrap();
    assert!(says(&mut stream, REQUEST).await.starts_with("HTTP/1.1 200"));
    stopping.cancel();
    serving.await.unwrap();
    assert_eq!(says(&mut stream, REQUEST).await, "");
}
