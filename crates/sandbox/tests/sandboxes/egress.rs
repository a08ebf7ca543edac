//! The way out: a real proxy, a real TLS client in a real sandbox, and an internet of one host (J1).

use std::io;
use std::net::IpAddr;
use std::sync::Arc;

use egress::{AllowList, Allowance, Network, Proxy, ServerName, Stream, is_public, server_name};
use sandbox::{Provider, Sandbox, SandboxError};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::mpsc;

use crate::support::{Fixture, node, shell};

const NAME: &str = "registry.npmjs.org";

/// Every name is at one public address; whoever answers there tells what it heard first.
struct OneHost {
    heard: mpsc::UnboundedSender<ServerName>,
}

#[async_trait::async_trait]
impl Network for OneHost {
    async fn look_up(&self, _: &str) -> io::Result<Vec<IpAddr>> {
        Ok(vec![IpAddr::from([104, 16, 0, 35])])
    }

    fn may_reach(&self, address: IpAddr) -> bool {
        is_public(address)
    }

    async fn connect(&self, _: IpAddr) -> io::Result<Box<dyn Stream>> {
        let (ours, mut theirs) = tokio::io::duplex(64 * 1024);
        let heard = self.heard.clone();
        tokio::spawn(async move {
            let mut hello = vec![0; 16 * 1024];
            let count = theirs.read(&mut hello).await.unwrap();
            heard.send(server_name(&hello[..count])).unwrap();
            theirs.write_all(b"no TLS here").await
        });
        Ok(Box::new(ours))
    }
}

/// Leads every connection of a sandbox out, as a session does.
async fn lead(sandbox: Arc<dyn Sandbox>, proxy: Arc<Proxy>) -> SandboxError {
    loop {
        match sandbox.accept_egress().await {
            Ok(inside) => {
                let proxy = Arc::clone(&proxy);
                tokio::spawn(async move { proxy.serve(inside).await });
            }
            Err(error) => return error,
        }
    }
}

/// Asks the proxy of its environment for a way to each name, and speaks TLS where there is one.
const ASK: &str = r#"
import net from "node:net";
import tls from "node:tls";

const targets = [
  "registry.npmjs.org:443",
  "registry.npmjs.org:80",
  "evil.example:443",
  "127.0.0.1:443",
  "169.254.169.254:443",
];
const proxy = new URL(process.env.HTTPS_PROXY);
const ask = (target) => new Promise((resolve) => {
  const socket = net.connect(proxy.port, proxy.hostname, () => socket.write(`CONNECT ${target} HTTP/1.1\r\n\r\n`));
  socket.once("data", (answer) => {
    const status = String(answer).split(" ")[1];
    if (status !== "200") return resolve(`${target} ${status}`);
    const secure = tls.connect({ socket, servername: target.split(":")[0] });
    secure.on("error", (error) => resolve(`${target} ${status} ${error.code}`));
  });
  socket.on("error", (error) => resolve(`${target} ${error.code}`));
});
for (const target of targets) console.log(await ask(target));
process.exit();
"#;

/// J1
#[tokio::test]
async fn programs_reach_the_names_on_the_list_and_nothing_else() {
    let fixture = Fixture::new().await;
    let sandbox = fixture.sandbox().await;
    let closed = shell(&*sandbox, "echo \"proxy: $HTTPS_PROXY\"").await;
    assert_eq!(closed.text, "proxy: \n", "closed until it is opened");
    assert!(matches!(sandbox.accept_egress().await, Err(SandboxError::Unreachable { .. })));

    let (heard, mut hellos) = mpsc::unbounded_channel();
    let proxy = Proxy {
        allowed: Arc::new(AllowList::new([NAME]).unwrap()),
        allowance: Allowance::new(1_000_000),
        network: Arc::new(OneHost { heard }),
    };
    sandbox.open_egress().await.unwrap();
    let leading = tokio::spawn(lead(Arc::clone(&sandbox), Arc::new(proxy)));
    let asked = node(&*sandbox, ASK).await;
    let expected = "registry.npmjs.org:443 200 ERR_SSL_WRONG_VERSION_NUMBER
registry.npmjs.org:80 405
evil.example:443 403
127.0.0.1:443 403
169.254.169.254:443 403
";
    assert_eq!(asked.text, expected);
    assert_eq!(hellos.recv().await, Some(ServerName::Named(NAME.into())), "Node's own handshake was carried");

    fixture.provider.destroy(sandbox.id()).await.unwrap();
    assert!(matches!(leading.await.unwrap(), SandboxError::Gone(_) | SandboxError::Unreachable { .. }));
}
