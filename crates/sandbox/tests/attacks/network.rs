//! Out through the network: to the host, a neighbour, the cloud's metadata, anywhere.

use std::net::{TcpListener, UdpSocket};

use sandbox::Port;

use crate::arena::{Arena, python};
use crate::support::{path, shell};

/// J1
#[tokio::test]
async fn nothing_but_its_own_loopback_is_reached() {
    let arena = Arena::new().await;
    arena
        .contains(&[
            python(
                "metadata, name servers, the internet, private networks",
                r"
metadata, names = ('169.254.169.254', 80), ('8.8.8.8', 53)
private = (('10.0.0.1', 80), ('172.17.0.1', 2375), ('192.168.0.1', 80), ('100.100.100.200', 80))
for host, port in (metadata, names, ('1.1.1.1', 443), *private):
    attempt(socket.create_connection, (host, port), 3)
    attempt(socket.socket(2, 2).sendto, b'x', (host, port))
",
                "ENETUNREACH\n".repeat(14),
            ),
            python(
                "version 6: the internet, metadata, everybody on the link",
                r"
for host in ('2001:4860:4860::8888', 'fd00:ec2::254', 'ff02::1', 'fe80::1'):
    attempt(socket.socket(10, 2).sendto, b'x', (host, 53))
",
                "ENETUNREACH\n".repeat(4),
            ),
            python(
                "groups and everybody",
                r"
s = socket.socket(2, 2); s.setsockopt(1, 6, 1)
for host in ('224.0.0.251', '239.255.255.250', '255.255.255.255'):
    attempt(s.sendto, b'x', (host, 5353))
",
                "ENETUNREACH\nENETUNREACH\nENETUNREACH\n",
            ),
            python(
                "a name",
                r"
try: socket.getaddrinfo('example.com', 80); print('found')
except socket.gaierror: print('not found')
",
                "not found\n",
            ),
            python(
                "an address that is not its own",
                "attempt(socket.socket().bind, ('192.0.2.1', 80))",
                "EADDRNOTAVAIL\n",
            ),
            python(
                "through another interface",
                "attempt(socket.socket().setsockopt, 1, 25, b'eth0\\0')",
                "ENODEV\n",
            ),
        ])
        .await;
}

/// J1
#[tokio::test]
async fn the_hosts_ports_are_not_its_own_however_they_are_called() {
    let arena = Arena::new().await;
    let listener = TcpListener::bind("0.0.0.0:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    // No packet is sent: which address the host would use is all that is asked. Without any network there is none.
    let route = UdpSocket::bind("0.0.0.0:0").and_then(|socket| {
        socket.connect("192.0.2.1:9")?;
        socket.local_addr()
    });
    let host = route.map_or("192.0.2.7".to_owned(), |address| address.ip().to_string());
    let program = format!(
        "for host in ('127.0.0.1', 'localhost', '::1', '0.0.0.0'):\n    \
         attempt(socket.create_connection, (host, {port}), 3)\n\
         attempt(socket.create_connection, ('{host}', {port}), 3)"
    );
    let output = arena.python(&program).await;
    assert_eq!(output.text, "ECONNREFUSED\nECONNREFUSED\nECONNREFUSED\nECONNREFUSED\nENETUNREACH\n");
    listener.set_nonblocking(true).unwrap();
    assert!(listener.accept().is_err(), "nobody came");
    arena.assert_unharmed("the host's ports").await;
}

/// J1
#[tokio::test]
async fn a_neighbours_ports_are_reached_by_nobody_but_its_server() {
    let arena = Arena::new().await;
    let listens = r"
from http.server import *
import os, threading
os.mkfifo('tried')
s = ThreadingHTTPServer(('127.0.0.1', 7777), SimpleHTTPRequestHandler)
open('listening', 'w').close()
threading.Thread(target=s.serve_forever, daemon=True).start()
open('tried').read()
";
    arena.neighbour.write(&path("listen.py"), listens.into()).await.unwrap();
    let tries = async {
        while arena.neighbour.read(&path("listening")).await.is_err() {
            tokio::task::yield_now().await;
        }
        arena.neighbour.connect(Port::Tcp(7777)).await.unwrap();
        let output = arena.python("attempt(socket.create_connection, ('127.0.0.1', 7777), 3)").await;
        assert!(!shell(&*arena.neighbour, ": > tried").await.timed_out);
        output
    };
    let (_, output) = futures::future::join(shell(&*arena.neighbour, "python3 listen.py"), tries).await;
    assert_eq!(output.text, "ECONNREFUSED\n");
    arena.assert_unharmed("a neighbour's ports").await;
}
