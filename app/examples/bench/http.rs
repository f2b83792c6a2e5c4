//! A small HTTP client: one connection for latencies, many on one thread for load.

use std::cell::Cell;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::rc::Rc;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};

/// A request for a page with a cookie.
pub fn get(path: &str, cookie: &str) -> Vec<u8> {
    let cookie = if cookie.is_empty() { String::new() } else { format!("Cookie: {cookie}\r\n") };
    format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/html\r\n{cookie}\r\n").into_bytes()
}

/// Where the head of an answer ends, and how long its body is.
fn head(bytes: &[u8]) -> Option<(usize, usize)> {
    let end = bytes.windows(4).position(|w| w == b"\r\n\r\n")? + 4;
    let text = String::from_utf8_lossy(&bytes[..end]).to_ascii_lowercase();
    assert!(text.starts_with("http/1.1 200"), "an answer that is no page: {}", text.lines().next().unwrap_or_default());
    let length = text.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok());
    Some((end, length.expect("an answer of known length")))
}

/// A connection that is kept.
pub struct Connection(BufReader<TcpStream>);

impl Connection {
    pub fn open(port: u16) -> Self {
        let stream = TcpStream::connect(("127.0.0.1", port)).expect("the server answers");
        stream.set_nodelay(true).expect("a socket option");
        Self(BufReader::with_capacity(1 << 16, stream))
    }

    /// The body of the answer.
    pub fn ask(&mut self, request: &[u8]) -> Vec<u8> {
        self.0.get_mut().write_all(request).expect("a request goes out");
        let mut lines = Vec::new();
        while !lines.ends_with(b"\r\n\r\n") {
            assert!(self.0.read_until(b'\n', &mut lines).expect("an answer") > 0, "the server closed the connection");
        }
        let (_, length) = head(&lines).expect("a head");
        let mut body = vec![0; length];
        self.0.read_exact(&mut body).expect("a body");
        body
    }
}

/// Whether something answers 200 there, on a connection of its own.
pub fn is_there(port: u16, path: &str) -> bool {
    let ask = || -> std::io::Result<bool> {
        let mut stream = TcpStream::connect(("127.0.0.1", port))?;
        write!(stream, "GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")?;
        let mut text = Vec::new();
        stream.read_to_end(&mut text)?;
        Ok(text.starts_with(b"HTTP/1.1 200"))
    };
    ask().unwrap_or(false)
}

/// Waits until it answers; gives how long that took.
pub fn wait_for(port: u16, path: &str, from: Instant) -> Duration {
    while !is_there(port, path) {
        assert!(from.elapsed() < Duration::from_secs(120), "no answer from {path}");
        std::thread::sleep(Duration::from_millis(1));
    }
    from.elapsed()
}

/// What a server stood.
#[derive(Clone, Copy, Debug)]
pub struct Load {
    pub answers: f64,
    pub seconds: f64,
    /// 99 of 100 answers came within, milliseconds.
    pub p99: f64,
    /// Bytes of an answer on average.
    pub bytes: f64,
}

/// Connections at once.
const CONNECTIONS: usize = 16;

/// Asks on 16 connections from one thread, one request after the other on each, for so long.
pub fn load(port: u16, requests: &[Vec<u8>], seconds: f64) -> Load {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let requests: Rc<[Vec<u8>]> = requests.into();
    let next = Rc::new(Cell::new(0));
    let start = Instant::now();
    let until = start + Duration::from_secs_f64(seconds);
    let tasks = tokio::task::LocalSet::new();
    let asking: Vec<_> =
        (0..CONNECTIONS).map(|_| tasks.spawn_local(one(port, requests.clone(), next.clone(), until))).collect();
    let done = runtime.block_on(tasks.run_until(async {
        let mut done = Vec::new();
        for task in asking {
            done.push(task.await.expect("a connection"));
        }
        done
    }));
    let seconds = start.elapsed().as_secs_f64();
    let mut times: Vec<f64> = done.iter().flat_map(|d| d.0.iter().copied()).collect();
    times.sort_by(f64::total_cmp);
    let bytes: usize = done.iter().map(|d| d.1).sum();
    let answers = times.len() as f64;
    let p99 = times.get(times.len() * 99 / 100).copied().unwrap_or(0.0);
    Load { answers, seconds, p99, bytes: bytes as f64 / answers.max(1.0) }
}

async fn one(port: u16, requests: Rc<[Vec<u8>]>, next: Rc<Cell<usize>>, until: Instant) -> (Vec<f64>, usize) {
    let mut stream = tokio::net::TcpStream::connect(("127.0.0.1", port)).await.expect("the server answers");
    stream.set_nodelay(true).expect("a socket option");
    let (mut times, mut bytes) = (Vec::new(), 0);
    let mut buffer = vec![0; 1 << 18];
    while Instant::now() < until {
        let at = next.get();
        next.set(at + 1);
        let start = Instant::now();
        stream.write_all(&requests[at % requests.len()]).await.expect("a request goes out");
        let mut filled = 0;
        let mut whole = None;
        while whole.is_none_or(|whole| filled < whole) {
            let more = stream.read(&mut buffer[filled..]).await.expect("an answer");
            assert!(more > 0, "the server closed the connection");
            filled += more;
            whole = whole.or_else(|| head(&buffer[..filled]).map(|(end, length)| end + length));
            if let Some(whole) = whole.filter(|whole| *whole > buffer.len()) {
                buffer.resize(whole, 0);
            }
        }
        times.push(start.elapsed().as_secs_f64() * 1e3);
        bytes += filled;
    }
    (times, bytes)
}
