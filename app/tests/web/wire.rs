//! S21 and S22 below the router: raw bytes on a socket of the real server.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use tokio::sync::watch;

use crate::visitor::wait;
use crate::world::World;

/// The server on a port of its own, until dropped.
struct Server {
    address: SocketAddr,
    stop: watch::Sender<bool>,
    _world: World,
}

impl Server {
    fn start() -> Self {
        let world = World::new();
        let (stop, stopped) = watch::channel(false);
        let router = world.router.clone();
        let address = wait(async {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
            let address = listener.local_addr().unwrap();
            tokio::spawn(chibo_web::server::serve(listener, router, stopped));
            address
        });
        Self { address, stop, _world: world }
    }

    /// Sends bytes and reads until the server has no more to say; the first line.
    fn say(&self, bytes: &[u8]) -> String {
        let mut socket = TcpStream::connect(self.address).unwrap();
        socket.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        // The server may close before it has read everything: that is an answer too.
        let _ = socket.write_all(bytes);
        let _ = socket.shutdown(std::net::Shutdown::Write);
        let mut answer = Vec::new();
        let _ = socket.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).lines().next().unwrap_or_default().to_owned()
    }

    fn is_alive(&self) -> bool {
        self.say(b"GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n") == "HTTP/1.1 200 OK"
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.stop.send(true);
    }
}

#[test]
fn s22_raw_nonsense_is_refused_and_the_server_lives() {
    let server = Server::start();
    assert!(server.is_alive());
    let head = |extra: &str| format!("GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{extra}\r\n");
    let long = "a".repeat(1 << 20);
    let headers: String = (0..5_000).map(|n| format!("x-{n}: 1\r\n")).collect();
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("a header of 1 MiB", head(&format!("x: {long}\r\n")).into_bytes()),
        ("a cookie of 1 MiB", head(&format!("cookie: {long}\r\n")).into_bytes()),
        ("5,000 headers", head(&headers).into_bytes()),
        ("an address of 1 MiB", format!("GET /{long} HTTP/1.1\r\nhost: x\r\n\r\n").into_bytes()),
        ("10⁵ parameters", format!("GET /sign-in?{} HTTP/1.1\r\nhost: x\r\n\r\n", "a=1&".repeat(100_000)).into_bytes()),
        ("two lengths", head("content-length: 1\r\ncontent-length: 2\r\n").into_bytes()),
        (
            "length and chunks",
            b"POST /sign-in HTTP/1.1\r\nhost: x\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n"
                .to_vec(),
        ),
        ("a bad chunk", b"POST /sign-in HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n".to_vec()),
        (
            "a chunk of 2^64",
            b"POST /sign-in HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nffffffffffffffff\r\nx".to_vec(),
        ),
        ("a negative length", head("content-length: -1\r\n").into_bytes()),
        ("a NUL in a header", head("x: a\0b\r\n").into_bytes()),
        ("a NUL in the address", b"GET /\0 HTTP/1.1\r\nhost: x\r\n\r\n".to_vec()),
        ("a space in a name", head("x y: 1\r\n").into_bytes()),
        ("a folded header", head("x: a\r\n b\r\n").into_bytes()),
        ("no version", b"GET /\r\n\r\n".to_vec()),
        ("another version", b"GET / HTTP/9.9\r\nhost: x\r\n\r\n".to_vec()),
        ("TLS", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".to_vec()),
        ("nothing", Vec::new()),
        ("bytes", (0..=255).cycle().take(4_096).collect()),
        ("CONNECT", b"CONNECT evil:443 HTTP/1.1\r\nhost: evil\r\n\r\n".to_vec()),
        (
            "an absolute address",
            b"GET http://evil.example/ HTTP/1.1\r\nhost: evil.example\r\nconnection: close\r\n\r\n".to_vec(),
        ),
        ("PRI", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec()),
        ("*", b"OPTIONS * HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n".to_vec()),
    ];
    for (name, bytes) in cases {
        let line = server.say(&bytes);
        // Closing without a word is an answer to what is no HTTP.
        let fine =
            line.is_empty() || ["HTTP/1.1 4", "HTTP/1.1 3", "HTTP/1.0 4"].iter().any(|start| line.starts_with(start));
        assert!(fine, "{name}: {line}");
        println!("{name}: {}", if line.is_empty() { "closed" } else { &line });
    }
    assert!(server.is_alive());
}

#[test]
fn s21_many_idle_connections_do_not_keep_others_out() {
    let server = Server::start();
    let idle: Vec<_> = (0..200)
        .map(|_| {
            let mut socket = TcpStream::connect(server.address).unwrap();
            socket.write_all(b"GET /healthz HTTP/1.1\r\nhost:").unwrap();
            socket
        })
        .collect();
    assert!(server.is_alive());
    drop(idle);
    assert!(server.is_alive());
}
