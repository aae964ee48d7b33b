//! Message ports: two ends of a channel, or members of a group that hear each other (broadcast channels), which may
//! lie on different threads (<https://html.spec.whatwg.org/multipage/web-messaging.html#message-channels>).
//!
//! A message is plain bytes beside what is moved or shared. It waits at its port until the owner takes it; the owner's
//! loop is told through the host's [`Reporter`], once for each message.

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use loopscope_protocol::TaskId;

use crate::host::{HostEvent, OpId, Reporter, Response};

/// Memory of an array buffer on its way from one isolate to another.
#[derive(Clone)]
pub struct Store(pub v8::SharedRef<v8::BackingStore>);

// SAFETY: V8 counts the references to a backing store atomically and lets any isolate of the process use it.
unsafe impl Send for Store {}

/// What a message shares with its sender or takes from it, beside its bytes.
pub enum Part {
    /// Nothing that another thread can have.
    Nothing,
    /// The memory of a SharedArrayBuffer.
    Memory(Store),
    /// A compiled WebAssembly module.
    Wasm(Arc<v8::CompiledWasmModule>),
    /// A port that moves with the message; `None` once it has been taken out.
    Port(Option<PortHandle>),
}

impl Part {
    /// A copy for another receiver; ports have only one.
    fn copy(&self) -> Self {
        match self {
            Self::Memory(store) => Self::Memory(store.clone()),
            Self::Wasm(module) => Self::Wasm(Arc::clone(module)),
            Self::Nothing | Self::Port(_) => Self::Nothing,
        }
    }
}

/// A message.
pub struct Message {
    /// The value in V8's format.
    pub bytes: Vec<u8>,
    /// What the bytes name by number.
    pub parts: Vec<Part>,
    /// Memory that moves with the message.
    pub buffers: Vec<Store>,
    /// The callback that sends it, when the run is traced.
    pub from: TaskId,
}

/// What a port receives.
pub enum Item {
    /// A message.
    Message(Message),
    /// The other end is gone.
    Close,
}

/// Whom a port talks to.
enum Peers {
    Nobody,
    One(Weak<Port>),
    Group(String),
}

/// Who is told of messages.
struct Listener {
    reporter: Reporter,
    op: OpId,
}

struct PortState {
    queue: VecDeque<Item>,
    peers: Peers,
    listener: Option<Listener>,
    /// Messages are wanted; before that they wait.
    receiving: bool,
}

/// One end.
struct Port(Mutex<PortState>);

/// Broadcast channels by name.
static GROUPS: Mutex<Option<HashMap<String, Vec<Weak<Port>>>>> = Mutex::new(None);

/// A lock that a panic left behind guards whole queues: every change to them is one call.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn report(listener: &Listener) {
    (listener.reporter)(HostEvent::Completed { op: listener.op, result: Ok(Response::Unit), last: false });
}

impl Port {
    fn new(peers: Peers) -> Arc<Self> {
        Arc::new(Self(Mutex::new(PortState {
            queue: VecDeque::new(),
            peers,
            listener: None,
            receiving: false,
        })))
    }

    fn deliver(&self, item: Item) {
        let mut state = lock(&self.0);
        // That the other end is gone is told even to who takes no messages, unless messages wait before it.
        let is_wanted = state.receiving || (matches!(item, Item::Close) && state.queue.is_empty());
        state.queue.push_back(item);
        if is_wanted && let Some(listener) = &state.listener {
            report(listener);
        }
    }
}

/// The owner's hold on a port; dropping it closes the port.
pub struct PortHandle(Arc<Port>);

/// Why a message was not sent.
#[derive(Debug, PartialEq, Eq)]
pub enum PostError {
    /// The receiving end was itself part of the message: nobody can receive it any more.
    Lost,
}

impl PortHandle {
    /// Two ports that talk to each other.
    pub fn pair() -> (Self, Self) {
        let first = Port::new(Peers::Nobody);
        let second = Port::new(Peers::One(Arc::downgrade(&first)));
        lock(&first.0).peers = Peers::One(Arc::downgrade(&second));
        (Self(first), Self(second))
    }

    /// A member of the group of this name.
    pub fn member(name: &str) -> Self {
        let port = Port::new(Peers::Group(name.to_owned()));
        let mut groups = lock(&GROUPS);
        let members = groups.get_or_insert_default().entry(name.to_owned()).or_default();
        members.retain(|member| member.strong_count() > 0);
        members.push(Arc::downgrade(&port));
        Self(port)
    }

    /// Sends a message to the other end, or to every other member of the group.
    ///
    /// # Errors
    /// When the other end is part of the message.
    pub fn post(&self, message: Message) -> Result<(), PostError> {
        let group = {
            let state = lock(&self.0.0);
            match &state.peers {
                Peers::Nobody => return Ok(()),
                Peers::One(peer) => {
                    let Some(peer) = peer.upgrade() else { return Ok(()) };
                    drop(state);
                    let holds_peer = message.parts.iter().any(|part| match part {
                        Part::Port(Some(port)) => Arc::ptr_eq(&port.0, &peer),
                        _ => false,
                    });
                    if holds_peer {
                        return Err(PostError::Lost);
                    }
                    peer.deliver(Item::Message(message));
                    return Ok(());
                }
                Peers::Group(name) => name.clone(),
            }
        };
        let members = lock(&GROUPS).as_ref().and_then(|groups| groups.get(&group).cloned());
        for member in members.unwrap_or_default().iter().filter_map(Weak::upgrade) {
            if !Arc::ptr_eq(&member, &self.0) {
                let parts = message.parts.iter().map(Part::copy).collect();
                let copy =
                    Message { bytes: message.bytes.clone(), parts, buffers: Vec::new(), from: message.from };
                member.deliver(Item::Message(copy));
            }
        }
        Ok(())
    }

    /// Takes what waits first. Without `any`, messages stay until they are wanted.
    pub fn take(&self, any: bool) -> Option<Item> {
        let mut state = lock(&self.0.0);
        if any || state.receiving || matches!(state.queue.front(), Some(Item::Close)) {
            return state.queue.pop_front();
        }
        None
    }

    /// Says who is told of what arrives, which is no message before [`PortHandle::receive`].
    pub fn listen(&self, reporter: Reporter, op: OpId) {
        let mut state = lock(&self.0.0);
        let listener = Listener { reporter, op };
        if matches!(state.queue.front(), Some(Item::Close)) {
            report(&listener);
        }
        state.listener = Some(listener);
    }

    /// Whether the other end is still there.
    fn is_heard(&self) -> bool {
        matches!(&lock(&self.0.0).peers, Peers::One(peer) if peer.strong_count() > 0)
    }

    /// Whether messages are wanted.
    pub fn receive(&self, on: bool) {
        let mut state = lock(&self.0.0);
        if on
            && !state.receiving
            && let Some(listener) = &state.listener
        {
            for _ in 0..state.queue.len() {
                report(listener);
            }
        }
        state.receiving = on;
    }

    /// Nobody is told any more; what arrives waits for the next owner.
    pub fn leave(&self) {
        let mut state = lock(&self.0.0);
        state.listener = None;
        state.receiving = false;
    }
}

impl Drop for PortHandle {
    fn drop(&mut self) {
        let (peers, queue) = {
            let mut state = lock(&self.0.0);
            state.listener = None;
            (std::mem::replace(&mut state.peers, Peers::Nobody), std::mem::take(&mut state.queue))
        };
        // Ports within messages that nobody will receive close, too.
        drop(queue);
        match peers {
            Peers::One(peer) => {
                if let Some(peer) = peer.upgrade() {
                    lock(&peer.0).peers = Peers::Nobody;
                    peer.deliver(Item::Close);
                }
            }
            Peers::Group(name) => {
                let mut groups = lock(&GROUPS);
                if let Some(members) = groups.as_mut().and_then(|groups| groups.get_mut(&name)) {
                    members.retain(|member| {
                        member.strong_count() > 0 && !member.ptr_eq(&Arc::downgrade(&self.0))
                    });
                }
            }
            Peers::Nobody => {}
        }
    }
}

/// Where the threads of the process take messages from each other, by the threads' numbers.
static INBOXES: Mutex<Option<HashMap<u64, PortHandle>>> = Mutex::new(None);

/// Makes an inbox for a thread, in place of the one it had. Messages wait in the port returned.
pub fn open_inbox(thread: u64) -> PortHandle {
    let (sending, receiving) = PortHandle::pair();
    let before = lock(&INBOXES).get_or_insert_default().insert(thread, sending);
    drop(before);
    receiving
}

/// Sends a message to another thread; false when there is no such thread, or it takes none.
pub fn post_to_thread(thread: u64, message: Message) -> bool {
    let inboxes = lock(&INBOXES);
    let found = inboxes.as_ref().and_then(|inboxes| inboxes.get(&thread));
    let Some(inbox) = found.filter(|inbox| inbox.is_heard()) else { return false };
    inbox.post(message).is_ok()
}

/// The ports of one runtime by number.
#[derive(Default)]
pub struct Ports {
    last: Cell<u32>,
    ports: RefCell<HashMap<u32, PortHandle>>,
}

impl Ports {
    /// Keeps a port; returns its number.
    pub fn add(&self, port: PortHandle) -> u32 {
        let number = self.last.get() + 1;
        self.last.set(number);
        self.ports.borrow_mut().insert(number, port);
        number
    }

    /// Gives a port away.
    pub fn remove(&self, number: u32) -> Option<PortHandle> {
        self.ports.borrow_mut().remove(&number)
    }

    /// Does something with a port, if it is still here.
    pub fn with<R>(&self, number: u32, act: impl FnOnce(&PortHandle) -> R) -> Option<R> {
        self.ports.borrow().get(&number).map(act)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Message {
        Message {
            bytes: text.as_bytes().to_vec(),
            parts: Vec::new(),
            buffers: Vec::new(),
            from: TaskId::NONE,
        }
    }

    fn taken(port: &PortHandle) -> String {
        match port.take(true) {
            Some(Item::Message(message)) => String::from_utf8(message.bytes).expect("text"),
            Some(Item::Close) => "close".to_owned(),
            None => "nothing".to_owned(),
        }
    }

    fn counter() -> (Reporter, Arc<Mutex<u32>>) {
        let count = Arc::new(Mutex::new(0));
        let counted = Arc::clone(&count);
        (Arc::new(move |_| *lock(&counted) += 1), count)
    }

    #[test]
    fn messages_wait_in_order_and_the_end_comes_last() {
        let (first, second) = PortHandle::pair();
        first.post(text("a")).expect("sent");
        first.post(text("b")).expect("sent");
        drop(first);
        assert_eq!(
            [taken(&second), taken(&second), taken(&second), taken(&second)],
            ["a", "b", "close", "nothing"]
        );
        assert_eq!(second.post(text("c")), Ok(()));
    }

    #[test]
    fn who_listens_is_told_of_each_message_once_it_wants_them() {
        let (first, second) = PortHandle::pair();
        let (reporter, count) = counter();
        second.listen(reporter, OpId(1));
        first.post(text("a")).expect("sent");
        first.post(text("b")).expect("sent");
        assert_eq!(*lock(&count), 0);
        assert!(second.take(false).is_none());
        second.receive(true);
        assert_eq!(*lock(&count), 2);
        first.post(text("c")).expect("sent");
        assert_eq!(*lock(&count), 3);
    }

    #[test]
    fn the_end_is_told_to_who_takes_no_messages() {
        let (first, second) = PortHandle::pair();
        let (reporter, count) = counter();
        second.listen(reporter, OpId(1));
        drop(first);
        assert_eq!(*lock(&count), 1);
        assert!(matches!(second.take(false), Some(Item::Close)));
    }

    #[test]
    fn a_port_cannot_be_sent_to_itself() {
        let (first, second) = PortHandle::pair();
        let message = Message {
            bytes: Vec::new(),
            parts: vec![Part::Port(Some(second))],
            buffers: Vec::new(),
            from: TaskId::NONE,
        };
        assert_eq!(first.post(message), Err(PostError::Lost));
    }

    #[test]
    fn members_of_a_group_hear_each_other_but_not_themselves() {
        let [first, second, third] = ["unit-a", "unit-a", "unit-b"].map(PortHandle::member);
        first.post(text("x")).expect("sent");
        assert_eq!([taken(&first), taken(&second), taken(&third)], ["nothing", "x", "nothing"]);
    }
}
