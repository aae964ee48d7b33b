//! The inspector's server: threads and sockets; what it says is in [`crate::inspect`].

use std::io::{self, Read as _, Write as _};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crate::inspect::door::{Address, Answer, Door, Facts, answer};
use crate::inspect::websocket::{Broken, CLOSE, Message, PONG, Reader, TEXT, frame};
use crate::inspect::{Client, Incoming, Link, Reach, new_session};

/// Connections at the same time.
const CONNECTIONS: usize = 64;

/// The largest head of a request, in bytes.
const HEAD: usize = 16 * 1024;

/// How long a client may take to say what it wants, and to take what it is sent.
const PATIENCE: Duration = Duration::from_secs(10);

/// Bytes of a frame that a client takes in that time, at least.
const SLOWEST: usize = 64 << 10;

/// What all connections share.
struct Server {
    facts: Facts,
    link: Link,
    reach: Reach,
    connections: AtomicUsize,
    closed: AtomicBool,
    /// The conversations, to be ended when the server is closed.
    streams: Mutex<Vec<TcpStream>>,
}

/// Listens for clients on threads of its own until the door is closed or the process ends.
///
/// # Errors
/// When the address cannot be listened on, or the system gives no thread or no randomness.
pub fn listen(at: Address, script: Option<&str>, link: Link, reach: Reach) -> io::Result<Door> {
    let Address { host, port, lists } = at;
    let listener = TcpListener::bind((host, port))?;
    let local = listener.local_addr()?;
    let name = if host.contains(':') { format!("[{host}]") } else { host.to_owned() };
    let address = format!("{name}:{}", local.port());
    let (title, url) = match script {
        Some(script) => {
            let whole = std::path::absolute(script).unwrap_or_else(|_| script.into());
            let url = url::Url::from_file_path(whole).map_or_else(|()| "file://".to_owned(), String::from);
            (script.to_owned(), url)
        }
        None => {
            let program = std::env::current_exe().unwrap_or_default();
            (format!("{}[{}]", program.display(), std::process::id()), "file://".to_owned())
        }
    };
    let facts = Facts { id: random_name()?, address, title, url, lists };
    let server = Arc::new(Server {
        facts: facts.clone(),
        link,
        reach,
        connections: AtomicUsize::new(0),
        closed: AtomicBool::new(false),
        streams: Mutex::default(),
    });
    let closing = Arc::clone(&server);
    let listening = thread("inspector", move || {
        for stream in listener.incoming().flatten() {
            if server.closed.load(Ordering::Relaxed) {
                break;
            }
            if server.connections.fetch_add(1, Ordering::Relaxed) >= CONNECTIONS {
                server.connections.fetch_sub(1, Ordering::Relaxed);
                continue;
            }
            let own = Arc::clone(&server);
            let begun = thread("inspector-in", move || {
                // A connection that fails is over; its client knows.
                drop(own.serve(stream));
                own.connections.fetch_sub(1, Ordering::Relaxed);
            });
            if begun.is_err() {
                server.connections.fetch_sub(1, Ordering::Relaxed);
            }
        }
    })?;
    let close = move || {
        closing.closed.store(true, Ordering::Relaxed);
        // Whoever waits for connections notices with the next one.
        let woken = TcpStream::connect(reachable(local));
        if woken.is_ok() {
            // It only waits for connections and cannot panic.
            drop(listening.join());
        }
        for stream in lock(&closing.streams).drain(..) {
            drop(stream.shutdown(Shutdown::Both));
        }
    };
    Ok(Door::new(facts, Box::new(close)))
}

/// An address at which a listener on `local` is reached from this machine.
fn reachable(local: SocketAddr) -> SocketAddr {
    let ip = match local.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, local.port())
}

/// Starts a thread of this name.
///
/// # Errors
/// When the system gives none.
pub fn thread(name: &str, body: impl FnOnce() + Send + 'static) -> io::Result<JoinHandle<()>> {
    std::thread::Builder::new().name(name.to_owned()).spawn(body)
}

/// A random UUID (version 4).
///
/// # Errors
/// When the system gives no randomness.
pub fn random_name() -> io::Result<String> {
    let mut bytes = [0; 16];
    super::crypto::random(&mut bytes).map_err(|failed| io::Error::other(failed.message.to_string()))?;
    bytes[6] = bytes[6] & 0x0F | 0x40;
    bytes[8] = bytes[8] & 0x3F | 0x80;
    let mut name = String::new();
    for (place, byte) in bytes.iter().enumerate() {
        if [4, 6, 8, 10].contains(&place) {
            name.push('-');
        }
        name += &format!("{byte:02x}");
    }
    Ok(name)
}

impl Server {
    fn serve(&self, mut stream: TcpStream) -> io::Result<()> {
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        let (head, rest) = read_head(&mut stream)?;
        match answer(&head, &self.facts) {
            Answer::Page(text) => stream.write_all(text.as_bytes()),
            Answer::Socket(text) => {
                stream.write_all(text.as_bytes())?;
                stream.set_read_timeout(None)?;
                self.converse(&stream, &rest)
            }
        }
    }

    /// A session of the inspector over a WebSocket, until one side ends it. `rest` was read with the head.
    fn converse(&self, stream: &TcpStream, rest: &[u8]) -> io::Result<()> {
        lock(&self.streams).push(stream.try_clone()?);
        if self.closed.load(Ordering::Relaxed) {
            return Ok(());
        }
        let session = new_session();
        let (client, messages) = Client::new(Arc::new(AtomicBool::new(false)));
        let writer = Arc::new(Mutex::new(stream.try_clone()?));
        let out = Arc::clone(&writer);
        thread("inspector-out", move || {
            for message in messages {
                if send(&out, TEXT, message.as_bytes()).is_err() {
                    // The client is gone, or does not read. The other thread sees the end of the stream.
                    drop(lock(&out).shutdown(Shutdown::Both));
                    return;
                }
            }
            drop(lock(&out).shutdown(Shutdown::Both));
        })?;
        if !self.tell(Incoming::Connect { session, client }) {
            return Ok(());
        }
        drop(writeln!(io::stderr(), "Debugger attached."));
        let mut reader = Reader::new(rest.chain(stream));
        let last = loop {
            match reader.message() {
                Ok(Message::Text(text)) => {
                    if !self.tell(Incoming::Message { session, text }) {
                        break Some(Vec::new());
                    }
                }
                Ok(Message::Ping(payload)) => send(&writer, PONG, &payload)?,
                Ok(Message::Close) => break Some(Vec::new()),
                Err(Broken::Protocol(code)) => break Some(code.to_be_bytes().to_vec()),
                Err(Broken::Stream(_)) => break None,
            }
        };
        if let Some(code) = last {
            drop(send(&writer, CLOSE, &code));
        }
        self.tell(Incoming::Disconnect { session });
        let own = stream.peer_addr().ok();
        lock(&self.streams).retain(|other| other.peer_addr().ok() != own);
        Ok(())
    }

    fn tell(&self, what: Incoming) -> bool {
        let told = self.link.post_patiently(what);
        (self.reach)();
        told
    }
}

/// Waits for what threads share.
pub fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    // Whoever panicked with the lock has at worst written half a frame.
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Sends a frame to a client that takes at least [`SLOWEST`] bytes of it in [`PATIENCE`]: the system lets a few bytes through now
/// and then even to one that does not read.
fn send(stream: &Mutex<TcpStream>, code: u8, payload: &[u8]) -> io::Result<()> {
    let (mut stream, frame) = (lock(stream), frame(code, payload));
    let (mut rest, mut goal, mut until) = (&*frame, SLOWEST, Instant::now() + PATIENCE);
    while !rest.is_empty() {
        let sent = match stream.write(rest) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(sent) => sent,
            Err(failed) if failed.kind() == io::ErrorKind::Interrupted => 0,
            Err(failed) => return Err(failed),
        };
        rest = &rest[sent..];
        if frame.len() - rest.len() >= goal {
            goal += SLOWEST;
            until = Instant::now() + PATIENCE;
        } else if Instant::now() > until {
            return Err(io::ErrorKind::TimedOut.into());
        }
    }
    Ok(())
}

/// The head of a request, and what came with it.
fn read_head(stream: &mut TcpStream) -> io::Result<(Vec<u8>, Vec<u8>)> {
    let mut head = Vec::new();
    let mut piece = [0; 2048];
    loop {
        let read = stream.read(&mut piece)?;
        if read == 0 || head.len() > HEAD {
            return Err(io::ErrorKind::InvalidData.into());
        }
        head.extend_from_slice(&piece[..read]);
        if let Some(end) = memchr::memmem::find(&head, b"\r\n\r\n") {
            let rest = head.split_off(end + 4);
            return Ok((head, rest));
        }
    }
}
