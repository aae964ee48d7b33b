//! Runs that let clients attach, and clients that say whatever a test wants.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail the test as assertions do")]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

use crate::program;

/// Longer than any answer takes.
pub const PATIENCE: Duration = Duration::from_secs(40);

/// Code of a frame with a message (RFC 6455, section 5.2).
pub const TEXT: u8 = 1;

/// Code of the frame that ends a conversation.
const CLOSE: u8 = 8;

/// A run that clients may attach to.
pub struct Run {
    /// Its process.
    pub child: Child,
    /// Where: host and port, and the path.
    at: (String, String),
}

impl Run {
    /// Starts a script with options.
    pub fn new(options: &[&str], script: &str) -> Self {
        let mut child = Command::new(program::loopscope_node().unwrap())
            .args(options)
            .args(["--inspect=0", "-e", script])
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let url = lines.find_map(|line| Some(line.unwrap().split_once("ws://")?.1.to_owned())).unwrap();
        // Whoever writes there must not wait for a reader.
        let reader = std::thread::Builder::new().name("reader".to_owned());
        reader.spawn(move || lines.for_each(drop)).unwrap();
        let (host, path) = url.split_once('/').unwrap();
        Self { child, at: (host.to_owned(), format!("/{path}")) }
    }

    /// A connection on which nothing was said.
    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.at.0).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// A client that is attached.
    pub fn client(&self) -> Client {
        let mut stream = self.connect();
        write!(
            stream,
            "GET {} HTTP/1.1\r\nHost: {}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
             Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
            self.at.1, self.at.0
        )
        .unwrap();
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            stream.read_exact(&mut byte).unwrap();
            head.push(byte[0]);
        }
        assert!(head.starts_with(b"HTTP/1.1 101"), "{}", String::from_utf8_lossy(&head));
        Client { stream, kept: Vec::new() }
    }

    /// Whether the run still does what a client asks for.
    pub fn is_well(&self) -> bool {
        let mut client = self.client();
        client.send(&json!({ "id": 7, "method": "Runtime.evaluate", "params": { "expression": "6 * 7" } }));
        client.answer(7)["result"]["result"]["value"] == 42
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// A client.
pub struct Client {
    /// Its socket.
    pub stream: TcpStream,
    /// Notifications that came before an answer.
    kept: Vec<Value>,
}

impl Client {
    /// Sends a frame of a code, masked with zeros.
    pub fn frame(&mut self, code: u8, payload: &[u8]) -> std::io::Result<()> {
        let mut head = vec![0x80 | code];
        match payload.len() {
            length @ ..126 => head.push(0x80 | length as u8),
            length @ 126..65536 => {
                head.push(0x80 | 126);
                head.extend_from_slice(&(length as u16).to_be_bytes());
            }
            length => {
                head.push(0x80 | 127);
                head.extend_from_slice(&(length as u64).to_be_bytes());
            }
        }
        head.extend_from_slice(&[0; 4]);
        self.stream.write_all(&head)?;
        self.stream.write_all(payload)
    }

    /// Sends a message.
    pub fn send(&mut self, message: &Value) {
        self.frame(TEXT, message.to_string().as_bytes()).unwrap();
    }

    /// The next frame: its code and what is in it.
    fn next(&mut self) -> (u8, Vec<u8>) {
        let mut head = [0; 2];
        self.stream.read_exact(&mut head).unwrap();
        let length = match head[1] & 0x7F {
            126 => {
                let mut length = [0; 2];
                self.stream.read_exact(&mut length).unwrap();
                u64::from(u16::from_be_bytes(length))
            }
            127 => {
                let mut length = [0; 8];
                self.stream.read_exact(&mut length).unwrap();
                u64::from_be_bytes(length)
            }
            length => u64::from(length),
        };
        let mut payload = vec![0; usize::try_from(length).unwrap()];
        self.stream.read_exact(&mut payload).unwrap();
        (head[0] & 0x0F, payload)
    }

    /// The next message.
    pub fn message(&mut self) -> Value {
        let (code, payload) = self.next();
        assert_eq!(code, TEXT, "{}", String::from_utf8_lossy(&payload));
        serde_json::from_slice(&payload).unwrap()
    }

    /// The answer to a request; notifications before it are kept.
    pub fn answer(&mut self, id: i64) -> Value {
        loop {
            let message = self.message();
            if message["id"] == id {
                return message;
            }
            self.kept.push(message);
        }
    }

    /// Makes a request and returns the answer.
    pub fn ask(&mut self, id: i64, method: &str, params: &Value) -> Value {
        self.send(&json!({ "id": id, "method": method, "params": params }));
        self.answer(id)
    }

    /// The next notification whose method ends like this; others before it are passed over.
    pub fn notice(&mut self, method: &str) -> Value {
        loop {
            let message = if self.kept.is_empty() { self.message() } else { self.kept.remove(0) };
            if message["method"].as_str().is_some_and(|one| one.ends_with(method)) {
                return message;
            }
        }
    }

    /// The code with which the run ends the conversation.
    pub fn end(&mut self) -> u16 {
        loop {
            let (code, payload) = self.next();
            if code == CLOSE {
                return u16::from_be_bytes([payload[0], payload[1]]);
            }
        }
    }
}
