//! The way between a debugged run and its child processes: sockets on this machine; what goes over them is in
//! [`crate::inspect::frames`] and [`crate::inspect::processes`].

use std::collections::HashMap;
use std::io;
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crossbeam_channel::bounded;

use super::inspect_server::random_name;
use super::visitors::{Visitors, let_in, lock, thread};
use crate::inspect::frames::{Frame, Hello, VARIABLE};
use crate::inspect::processes::{Gate, Processes, Then};
use crate::inspect::{
    Attach, Begin, Client, Inbox, Incoming, Link, Reach, SessionId, link_with, new_session,
};

/// Child processes at the same time.
const CHILDREN: usize = 256;

/// Frames on their way to a child.
const FRAMES: usize = 1024;

/// How long the two may take to find each other.
const PATIENCE: Duration = Duration::from_secs(10);

/// What all conversations share.
struct Shared {
    word: String,
    processes: Arc<Processes>,
    visitors: Arc<Visitors>,
}

/// Lets child processes come, on threads of its own.
///
/// # Errors
/// When the system gives no socket, no thread or no randomness.
pub fn gate(processes: &Arc<Processes>) -> io::Result<Gate> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let local = listener.local_addr()?;
    let word = random_name()?;
    let address = format!("{local}/{word}");
    let visitors = Arc::new(Visitors::default());
    let shared = Shared { word, processes: Arc::clone(processes), visitors: Arc::clone(&visitors) };
    let close = let_in("processes", listener, CHILDREN, visitors, move |stream| shared.converse(stream))?;
    Ok(Gate { address, close: Box::new(close) })
}

impl Shared {
    /// Everything that is said with one child, until one side ends it.
    fn converse(&self, stream: TcpStream) -> io::Result<()> {
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        let mut reader = io::BufReader::new(stream.try_clone()?);
        let Frame::Hello(text) = Frame::read(&mut reader)? else { return Err(stranger()) };
        let hello: Hello = serde_json::from_str(&text)?;
        if hello.word != self.word {
            return Err(stranger());
        }
        stream.set_read_timeout(None)?;
        if !self.visitors.stay(&stream)? {
            return Ok(());
        }
        let (frames, wanted) = bounded::<(Frame, Option<Then>)>(FRAMES);
        let mut out = stream.try_clone()?;
        thread("process-out", move || {
            for (frame, then) in wanted {
                if frame.write(&mut out).is_err() {
                    break;
                }
                if let Some(then) = then {
                    then();
                }
            }
            drop(out.shutdown(Shutdown::Both));
        })?;
        let post = move |frame, then| frames.try_send((frame, then)).is_ok();
        let Some(number) = self.processes.come(hello, Box::new(post)) else { return Ok(()) };
        while let Ok(frame) = Frame::read(&mut reader) {
            if let Frame::Message(session, text) = frame {
                self.processes.said(session, text);
            }
        }
        self.processes.gone(number);
        self.visitors.leave(&stream);
        Ok(())
    }
}

fn stranger() -> io::Error {
    io::Error::new(io::ErrorKind::PermissionDenied, "a stranger wants to be debugged")
}

/// Where the debugger of the run is that has started this process, if it has one; the environment does not say so any more.
pub fn take_address() -> Option<String> {
    let address = std::env::var(VARIABLE).ok()?;
    // SAFETY: the program has just begun and has no other thread.
    unsafe { std::env::remove_var(VARIABLE) };
    Some(address)
}

/// Comes to the debugger of the run that has started this process. `name` and `url` say what is run here, `begin` is how the
/// run is to begin at least, `reach` makes it look at what has arrived.
///
/// # Errors
/// When nobody is there any more.
pub fn come(address: &str, name: String, url: String, begin: Begin, reach: Reach) -> io::Result<Attach> {
    let nowhere = || io::Error::new(io::ErrorKind::InvalidInput, "the debugger's address is none");
    let (at, word) = address.split_once('/').ok_or_else(nowhere)?;
    let at: SocketAddr = at.parse().map_err(|_| nowhere())?;
    let mut stream = TcpStream::connect_timeout(&at, PATIENCE)?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    let hello = Hello { word: word.to_owned(), pid: std::process::id(), name, url };
    Frame::Hello(serde_json::to_string(&hello)?).write(&mut stream)?;
    let mut reader = io::BufReader::new(stream.try_clone()?);
    let Frame::Begin(wanted) = Frame::read(&mut reader)? else { return Err(stranger()) };
    stream.set_read_timeout(None)?;
    let processes = Arc::new(Processes::inheriting(address.to_owned()));
    let (link, inbox): (Link, Inbox) = link_with(begin.max(wanted), processes);
    let own = link.clone();
    thread("debugger", move || listen(reader, stream, &own, &reach))?;
    Ok(Attach { is_below: true, ..Attach::expected(link, inbox, None) })
}

/// Takes what the clients of the other run say, until that is over.
fn listen(mut reader: io::BufReader<TcpStream>, stream: TcpStream, link: &Link, reach: &Reach) {
    let out = Arc::new(Mutex::new(stream));
    // Their numbers are those of the other process.
    let mut sessions: HashMap<SessionId, SessionId> = HashMap::new();
    while let Ok(frame) = Frame::read(&mut reader) {
        let incoming = match frame {
            Frame::Connect(session) => {
                let own = new_session();
                sessions.insert(session, own);
                let out = Arc::clone(&out);
                let client = Client::relayed(move |text| {
                    // When it fails, the other side is gone, which this thread's reading shows.
                    drop(Frame::Message(session, text).write(&mut *lock(&out)));
                });
                Incoming::Connect { session: own, client }
            }
            Frame::Message(session, text) => match sessions.get(&session) {
                Some(&session) => Incoming::Message { session, text },
                None => continue,
            },
            Frame::Disconnect(session) => match sessions.remove(&session) {
                Some(session) => Incoming::Disconnect { session },
                None => continue,
            },
            Frame::Hello(_) | Frame::Begin(_) => break,
        };
        link.post_patiently(incoming);
        reach();
    }
    for session in sessions.into_values() {
        link.post_patiently(Incoming::Disconnect { session });
    }
    link.post_patiently(Incoming::Abandoned);
    reach();
}
