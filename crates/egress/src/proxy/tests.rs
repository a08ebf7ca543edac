use std::io;
use std::sync::Mutex;

use tokio::io::{DuplexStream, duplex};

use super::*;
use crate::hello::hello_for;

/// An internet of one name, whose host sends back what it hears.
#[derive(Default)]
struct OneHost {
    addresses: Vec<IpAddr>,
    dialled: Mutex<Vec<IpAddr>>,
}

#[async_trait::async_trait]
impl Network for OneHost {
    async fn look_up(&self, name: &str) -> io::Result<Vec<IpAddr>> {
        assert_eq!(name, NAME, "only allowed names are looked up");
        Ok(self.addresses.clone())
    }

    fn may_reach(&self, address: IpAddr) -> bool {
        crate::is_public(address)
    }

    async fn connect(&self, address: IpAddr) -> io::Result<Box<dyn Stream>> {
        self.dialled.lock().unwrap().push(address);
        if address == DEAD.parse::<IpAddr>().unwrap() {
            return Err(io::ErrorKind::ConnectionRefused.into());
        }
        let (ours, theirs) = duplex(64 * 1024);
        tokio::spawn(async move {
            let (mut read, mut write) = tokio::io::split(theirs);
            tokio::io::copy(&mut read, &mut write).await
        });
        Ok(Box::new(ours))
    }
}

const NAME: &str = "registry.npmjs.org";
const PUBLIC: &str = "104.16.0.35";
const DEAD: &str = "104.16.1.35";

fn proxy(addresses: &[&str], bytes_max: u64) -> (Arc<OneHost>, Arc<Proxy>) {
    let addresses = addresses.iter().map(|text| text.parse().unwrap()).collect();
    let network = Arc::new(OneHost { addresses, ..OneHost::default() });
    let proxy = Proxy {
        allowed: Arc::new(AllowList::new([NAME]).unwrap()),
        allowance: Allowance::new(bytes_max),
        network: Arc::clone(&network) as _,
    };
    (network, Arc::new(proxy))
}

/// Asks for a way to `authority` and answers what the proxy said, the stream, and how it ended.
async fn ask(proxy: &Arc<Proxy>, authority: &str) -> (String, DuplexStream, tokio::task::JoinHandle<Closed>) {
    let (mut inside, served) = duplex(64 * 1024);
    let proxy = Arc::clone(proxy);
    let serving = tokio::spawn(async move { proxy.serve(served).await });
    inside.write_all(format!("CONNECT {authority} HTTP/1.1\r\n\r\n").as_bytes()).await.unwrap();
    let mut answer = vec![0; 4_096];
    let count = inside.read(&mut answer).await.unwrap();
    (String::from_utf8_lossy(&answer[..count]).into_owned(), inside, serving)
}

/// J1
#[tokio::test]
async fn an_allowed_name_is_led_to_and_bytes_go_both_ways() {
    let (network, proxy) = proxy(&["10.0.0.1", DEAD, PUBLIC], 10_000);
    let (answer, mut inside, serving) = ask(&proxy, "Registry.npmjs.org:443").await;
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    let hello = hello_for(&[NAME]);
    inside.write_all(&hello).await.unwrap();
    inside.write_all(b"ping").await.unwrap();
    let mut echo = vec![0; hello.len() + 4];
    inside.read_exact(&mut echo).await.unwrap();
    assert!(echo.ends_with(b"ping"));
    inside.shutdown().await.unwrap();
    assert_eq!(serving.await.unwrap(), Closed::Done);
    let carried = 2 * echo.len() as u64;
    assert_eq!(
        proxy.allowance.left_bytes(),
        10_000 - carried,
        "both ways, the handshake's first message with all else"
    );
    let tried: Vec<IpAddr> = [DEAD, PUBLIC].map(|text| text.parse().unwrap()).to_vec();
    assert_eq!(*network.dialled.lock().unwrap(), tried, "the private address was passed over");
}

/// J1: a name that leads to the host, its network or a cloud's metadata leads nowhere.
#[tokio::test]
async fn a_name_that_resolves_to_somewhere_near_leads_nowhere() {
    let (network, proxy) = proxy(&["127.0.0.1", "169.254.169.254", "::ffff:10.0.0.1", "fd00::1"], 10_000);
    let (answer, _, serving) = ask(&proxy, "registry.npmjs.org:443").await;
    assert!(answer.starts_with("HTTP/1.1 502 "), "{answer}");
    assert!(matches!(serving.await.unwrap(), Closed::Refused(_)));
    assert_eq!(*network.dialled.lock().unwrap(), [] as [IpAddr; 0]);
}

/// J1
#[tokio::test]
async fn what_is_not_on_the_list_is_told_so_and_not_even_looked_up() {
    let (_, proxy) = proxy(&[PUBLIC], 10_000);
    for authority in
        ["evil.example:443", "127.0.0.1:443", "[::1]:443", "169.254.169.254:443", "localhost:443"]
    {
        let (answer, _, _) = ask(&proxy, authority).await;
        assert!(answer.starts_with("HTTP/1.1 403 "), "{answer}");
        assert!(answer.ends_with(&format!("only: {NAME}.\n")), "{answer}");
    }
    let (answer, _, _) = ask(&proxy, "registry.npmjs.org:22").await;
    assert!(answer.contains("leads to port 443 only"), "{answer}");
}

/// J1: behind an address may be more than the name that was asked for; the handshake has to be for that one.
#[tokio::test]
async fn a_handshake_for_another_name_is_not_carried() {
    for first in [hello_for(&["evil.example"]), b"GET / HTTP/1.1\r\nhost: evil.example\r\n\r\n".to_vec()] {
        let (_, proxy) = proxy(&[PUBLIC], 10_000);
        let (answer, mut inside, serving) = ask(&proxy, "registry.npmjs.org:443").await;
        assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
        inside.write_all(&first).await.unwrap();
        let expected = "What followed was no TLS handshake for registry.npmjs.org.";
        assert_eq!(serving.await.unwrap(), Closed::Refused(expected.into()));
    }
}

/// J1: the limit is the session's, not the connection's.
#[tokio::test]
async fn a_session_that_has_used_all_it_may_is_cut_and_then_refused() {
    let (_, proxy) = proxy(&[PUBLIC], 3_000);
    let (_, mut inside, serving) = ask(&proxy, "registry.npmjs.org:443").await;
    inside.write_all(&hello_for(&[NAME])).await.unwrap();
    inside.write_all(&[0; 4_000]).await.unwrap();
    assert_eq!(serving.await.unwrap(), Closed::Cut("the session has used all of the network it may"));
    let (answer, _, _) = ask(&proxy, "registry.npmjs.org:443").await;
    assert!(answer.ends_with("This sandbox has used all of the network it may.\n"), "{answer}");
}

/// J1
#[tokio::test(start_paused = true)]
async fn who_asks_for_nothing_does_not_hold_the_proxy() {
    let (_, proxy) = proxy(&[PUBLIC], 3_000);
    let (_inside, served) = duplex(64);
    assert_eq!(proxy.serve(served).await, Closed::Refused("The request took too long.".into()));
}
