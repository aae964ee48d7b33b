//! The inspector's server: threads and sockets; what it says is in [`crate::inspect`].

use std::io::{self, Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use super::visitors::{Visitors, let_in, lock, thread};
use crate::inspect::door::{Address, Answer, Door, Facts, answer};
use crate::inspect::websocket::{Broken, CLOSE, Message, PONG, Reader, TEXT, frame};
use crate::inspect::{Client, Incoming, Link, Reach, new_session};

/// Connections at the same time.
const CONNECTIONS: usize = 64;

/// How all requests begin that are answered.
const METHOD: &[u8] = b"GET ";

/// The largest head of a request, in bytes.
const HEAD: usize = 16 * 1024;

/// How long a client may take to say what it wants, and to take what it is sent.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long a client that was refused may send nothing before it is cut off.
const LINGERING: Duration = Duration::from_secs(1);

/// Bytes of a frame that a client takes in that time, at least.
const SLOWEST: usize = 64 << 10;

/// What all connections share.
struct Server {
    facts: Facts,
    link: Link,
    reach: Reach,
    visitors: Arc<Visitors>,
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
    let visitors = Arc::new(Visitors::default());
    let server = Server { facts: facts.clone(), link, reach, visitors: Arc::clone(&visitors) };
    let close = let_in("inspector", listener, CONNECTIONS, visitors, move |stream| server.serve(stream))?;
    Ok(Door::new(facts, Box::new(close)))
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
        if !self.visitors.stay(stream)? {
            return Ok(());
        }
        let session = new_session();
        let (client, messages, load) = Client::weighed();
        let writer = Arc::new(Mutex::new(stream.try_clone()?));
        let out = Arc::clone(&writer);
        thread("inspector-out", move || {
            for message in messages {
                if send(&out, TEXT, message.as_bytes()).is_err() {
                    // The client is gone, or does not read. The other thread sees the end of the stream.
                    load.end();
                    drop(lock(&out).shutdown(Shutdown::Both));
                    return;
                }
                load.take(message.len());
            }
            // The session is over; what the client still says is for the other thread.
            drop(lock(&out).shutdown(Shutdown::Write));
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
        let is_refused = last.as_ref().is_some_and(|code| !code.is_empty());
        if let Some(code) = last {
            drop(send(&writer, CLOSE, &code));
        }
        self.tell(Incoming::Disconnect { session });
        if is_refused {
            drop(linger(stream));
        }
        self.visitors.leave(stream);
        Ok(())
    }

    fn tell(&self, what: Incoming) -> bool {
        let told = self.link.post_patiently(what);
        (self.reach)();
        told
    }
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

/// Takes what a client still sends that was told why the conversation ends: the system tells it nothing any more once it
/// throws away what was sent, and a client may send all before it reads.
fn linger(mut stream: &TcpStream) -> io::Result<()> {
    stream.shutdown(Shutdown::Write)?;
    stream.set_read_timeout(Some(LINGERING))?;
    let (mut piece, until) = ([0; 64 << 10], Instant::now() + PATIENCE);
    while stream.read(&mut piece)? > 0 && Instant::now() < until {}
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
        // Whoever speaks another protocol waits for no end of a head.
        if !head.starts_with(&METHOD[..head.len().min(METHOD.len())]) {
            return Ok((head, Vec::new()));
        }
        if let Some(end) = memchr::memmem::find(&head, b"\r\n\r\n") {
            let rest = head.split_off(end + 4);
            return Ok((head, rest));
        }
    }
}
