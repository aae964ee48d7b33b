//! How messages of the Chrome DevTools Protocol reach a run from other threads: plain data, no V8.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crossbeam_channel::{Receiver, SendTimeoutError, Sender, TrySendError, bounded};

use super::door::Door;
use super::load::Load;
use super::processes::Processes;

/// Messages on their way to a run.
const INCOMING: usize = 1024;

/// Messages on their way from a run to one client.
const OUTGOING: usize = 4096;

/// How often a run that waits for a slow client looks whether it was stopped.
const LOOK: Duration = Duration::from_millis(20);

/// Number of a session with the inspector.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SessionId(pub u32);

/// What arrives at a run.
pub enum Incoming {
    /// A client wants a session.
    Connect {
        /// The session's number, which the client has chosen.
        session: SessionId,
        /// Where its messages go.
        client: Client,
    },
    /// A client says something.
    Message {
        /// Which.
        session: SessionId,
        /// A request as JSON.
        text: String,
    },
    /// A client is gone.
    Disconnect {
        /// Which.
        session: SessionId,
    },
    /// A session of the script's with its own runtime is told something by a worker.
    Relay {
        /// Which.
        session: SessionId,
        /// The message.
        text: String,
    },
    /// Somebody asks the run to listen for clients, where its options say.
    Listen,
    /// The run that has started this one is gone: nobody will come who could let it begin or go on.
    Abandoned,
}

/// The run's end of the way to a client.
#[derive(Clone)]
pub struct Client {
    way: Arc<Way>,
    /// Whether the run stands still for it.
    pub is_waited_for: bool,
    /// It is one of the run that has started this one, and stays there when this one ends.
    pub is_relayed: bool,
}

/// How messages leave the run.
enum Way {
    /// Through a channel; a run that is stopped waits for no client.
    Channel { messages: Sender<String>, stop: Arc<AtomicBool>, load: Option<Arc<Load>> },
    /// To somebody who takes each at once.
    Taken(Box<dyn Fn(String) + Send + Sync>),
    /// To a client of another run, in words that say which session it comes from.
    Through { way: Arc<Way>, session: String, wrap: fn(&str, &str) -> String, end: fn(&str) -> String },
}

impl Way {
    /// Sends a message, see [`Client::send`].
    fn send(&self, message: String) {
        let (messages, stop, load) = match self {
            Self::Channel { messages, stop, load } => (messages, stop, load),
            Self::Taken(take) => return take(message),
            Self::Through { way, session, wrap, .. } => return way.send(wrap(session, &message)),
        };
        let mut message = message;
        while load.as_ref().is_some_and(|load| !load.put(message.len(), LOOK)) {
            if stop.load(Ordering::Relaxed) {
                return;
            }
        }
        loop {
            match messages.send_timeout(message, LOOK) {
                Ok(()) | Err(SendTimeoutError::Disconnected(_)) => return,
                Err(SendTimeoutError::Timeout(_)) if stop.load(Ordering::Relaxed) => return,
                Err(SendTimeoutError::Timeout(unsent)) => message = unsent,
            }
        }
    }
}

impl Drop for Way {
    fn drop(&mut self) {
        if let Self::Through { way, session, end, .. } = self {
            way.send(end(session));
        }
    }
}

impl Client {
    /// A client whose messages come out of the receiver. A run that is stopped waits for no client.
    pub fn new(stop: Arc<AtomicBool>) -> (Self, Receiver<String>) {
        Self::through_channel(stop, None)
    }

    /// As [`Client::new`], for one who may be slow: who takes a message out of the receiver takes it off the load, too, and ends
    /// that when nothing more will be taken.
    pub fn weighed() -> (Self, Receiver<String>, Arc<Load>) {
        let load = Arc::<Load>::default();
        let (client, received) = Self::through_channel(Arc::default(), Some(Arc::clone(&load)));
        (client, received, load)
    }

    fn through_channel(stop: Arc<AtomicBool>, load: Option<Arc<Load>>) -> (Self, Receiver<String>) {
        let (messages, received) = bounded(OUTGOING);
        let way = Arc::new(Way::Channel { messages, stop, load });
        (Self { way, is_waited_for: true, is_relayed: false }, received)
    }

    /// A client on another thread of the same program, which takes its messages at once. The run never waits for it.
    pub fn taking(take: impl Fn(String) + Send + Sync + 'static) -> Self {
        Self { way: Arc::new(Way::Taken(Box::new(take))), is_waited_for: false, is_relayed: false }
    }

    /// A client of the run that has started this one, which takes its messages at once.
    pub fn relayed(take: impl Fn(String) + Send + Sync + 'static) -> Self {
        Self { is_waited_for: true, is_relayed: true, ..Self::taking(take) }
    }

    /// The same client, who is told by `wrap` which session a message comes from, and by `end` that the session is over.
    pub fn through(&self, session: String, wrap: fn(&str, &str) -> String, end: fn(&str) -> String) -> Self {
        let way = Way::Through { way: Arc::clone(&self.way), session, wrap, end };
        Self { way: Arc::new(way), is_waited_for: true, is_relayed: false }
    }

    /// Sends a message. Waits while the client does not read, so that nothing piles up, until the run is stopped.
    pub fn send(&self, message: String) {
        self.way.send(message);
    }
}

/// The clients' end of the way to a run.
#[derive(Clone)]
pub struct Link {
    incoming: Sender<Incoming>,
    bell: Sender<()>,
    /// The run's child processes, which clients reach past it.
    processes: Arc<Processes>,
}

/// How a run with an inspector begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Begin {
    /// At once.
    AtOnce,
    /// When a client asks for `Runtime.runIfWaitingForDebugger`.
    WhenAsked,
    /// Then, and it stands still at the first statement of the script.
    Standing,
}

/// The run's end of the way from its clients.
#[derive(Clone)]
pub struct Inbox {
    /// How the run begins.
    pub begin: Begin,
    /// What arrived.
    pub incoming: Receiver<Incoming>,
    /// Rings after something arrived.
    pub bell: Receiver<()>,
}

/// What a run's inspector is given.
pub struct Attach {
    /// The clients' end, for those that the run itself lets in.
    pub link: Link,
    /// The run's end.
    pub inbox: Inbox,
    /// Where clients come in already.
    pub door: Option<Door>,
    /// Clients are there or may come; without them the inspector only keeps itself ready.
    pub is_expected: bool,
    /// Its clients are those of the run that has started it, which stay when it ends.
    pub is_below: bool,
}

impl Attach {
    /// For clients that are there, or come through `door`.
    pub fn expected(link: Link, inbox: Inbox, door: Option<Door>) -> Self {
        Self { link, inbox, door, is_expected: true, is_below: false }
    }
}

impl Default for Attach {
    /// For a run that nobody has asked to debug yet.
    fn default() -> Self {
        let (link, inbox) = link(Begin::AtOnce);
        Self { is_expected: false, ..Self::expected(link, inbox, None) }
    }
}

/// A way to a run.
pub fn link(begin: Begin) -> (Link, Inbox) {
    link_with(begin, Arc::default())
}

/// A way to a run with these child processes.
pub fn link_with(begin: Begin, processes: Arc<Processes>) -> (Link, Inbox) {
    let (incoming, arrived) = bounded(INCOMING);
    let (bell, rings) = bounded(1);
    (Link { incoming, bell, processes }, Inbox { begin, incoming: arrived, bell: rings })
}

impl Link {
    /// The child processes that belong to the run.
    pub fn processes(&self) -> &Arc<Processes> {
        &self.processes
    }

    /// Puts something into the run's inbox; false when that is full or the run is over. The run has to be told then, see
    /// [`crate::js::Stopper::request_dispatch`].
    pub fn post(&self, incoming: Incoming) -> bool {
        let Some(incoming) = self.processes.take(incoming) else { return true };
        let posted = self.incoming.try_send(incoming).is_ok();
        self.ring();
        posted
    }

    /// As [`Link::post`], but waits for room: for threads that can keep their own client waiting.
    pub fn post_patiently(&self, incoming: Incoming) -> bool {
        let Some(incoming) = self.processes.take(incoming) else { return true };
        let posted = self.incoming.send(incoming).is_ok();
        self.ring();
        posted
    }

    fn ring(&self) {
        match self.bell.try_send(()) {
            // It is ringing already, or nobody hears it any more.
            Ok(()) | Err(TrySendError::Full(()) | TrySendError::Disconnected(())) => {}
        }
    }
}
