//! Child processes of a debugged run as its clients see them: threads of their own, as workers are, through the protocol
//! domain `NodeWorker`. Clients get them who ask for `NodeWorker.enable {processes: true}`, which is the runtime's own.
//!
//! A child that is a run of this program, too, finds the way to the debugger in its environment (see [`super::frames`]) and
//! takes it out there. All that are below a debugged run come to that run, whoever has started them: it hurts nobody when one
//! in between ends. What clients say to children, and what those say, goes past the run's own thread, which may be
//! waiting for the very child (`spawnSync`).

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::Deserialize;
use serde_json::json;

use super::frames::{Frame, Hello};
use super::link::{Begin, Client, Incoming, SessionId};
use super::workers::detached;
use super::{new_session, request};

/// How a client addresses a child.
const SEND: &str = "NodeWorker.sendMessageToWorker";

/// What is done once a frame was written.
pub type Then = Box<dyn FnOnce() + Send>;

/// The way to a child: takes a frame, and what is done once it was written; false when the child has too much to read or is
/// gone.
pub type Out = Box<dyn Fn(Frame, Option<Then>) -> bool + Send + Sync>;

/// Where children come in.
pub struct Gate {
    /// What they find in their environment.
    pub address: String,
    /// Closes it, and ends all conversations.
    pub close: Then,
}

/// A child process that is there.
struct Process {
    about: Hello,
    out: Out,
    /// It waits before its first line.
    waits: bool,
}

/// A client's wish.
struct Follower {
    client: Client,
    /// Children wait before their first line.
    waits: bool,
    last: u32,
    /// Its sessions in children, by the names that it knows: the child, and the session's number there.
    sessions: BTreeMap<String, (u64, SessionId)>,
}

#[derive(Default)]
struct Inner {
    gate: Option<Gate>,
    /// The run is over, or children have not been able to come.
    is_closed: bool,
    followers: BTreeMap<SessionId, Follower>,
    processes: BTreeMap<u64, Process>,
    /// Who hears what children say, by session.
    clients: BTreeMap<SessionId, Client>,
    last: u64,
}

/// See the module.
#[derive(Default)]
pub struct Processes {
    /// Somebody wants to hear of children: that costs a look for everybody else.
    is_followed: AtomicBool,
    /// What the run was told by its own debugged ancestor, which its children go to.
    inherited: Option<String>,
    inner: Mutex<Inner>,
}

/// The part of a request that says whom it is for.
#[derive(Deserialize)]
struct Message {
    id: i64,
    method: String,
    params: MessageParams,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct MessageParams {
    message: String,
    session_id: String,
}

impl Processes {
    /// Those of a run that is a child of a debugged one itself: they come to that, too.
    pub fn inheriting(address: String) -> Self {
        Self { inherited: Some(address), ..Self::default() }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        // Nothing panics between two changes that belong together.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What a child that is about to be started is told, when somebody wants to hear of it. `open` opens the gate.
    pub fn address(&self, open: impl FnOnce() -> std::io::Result<Gate>) -> Option<String> {
        if self.inherited.is_some() {
            return self.inherited.clone();
        }
        if !self.is_followed.load(Ordering::Relaxed) {
            return None;
        }
        let mut inner = self.lock();
        if inner.gate.is_none() && !inner.is_closed {
            // Without one the child runs as if nobody debugged.
            inner.gate = open().ok();
        }
        inner.gate.as_ref().map(|gate| gate.address.clone())
    }

    /// A client wants sessions in all children, those that are there first.
    pub fn follow(&self, session: SessionId, client: &Client, waits: bool) {
        if self.inherited.is_some() {
            // They are followed by those who follow this run.
            return;
        }
        let mut inner = self.lock();
        if inner.followers.contains_key(&session) {
            return;
        }
        let sessions = BTreeMap::new();
        inner.followers.insert(session, Follower { client: client.clone(), waits, last: 0, sessions });
        self.is_followed.store(true, Ordering::Relaxed);
        let there: Vec<_> = inner.processes.keys().copied().collect();
        drop(inner);
        for process in there {
            self.attach(session, process, false);
        }
    }

    /// A client's wish is over, and with it its sessions.
    pub fn leave(&self, session: SessionId) {
        let mut inner = self.lock();
        let Some(gone) = inner.followers.remove(&session) else { return };
        self.is_followed.store(!inner.followers.is_empty(), Ordering::Relaxed);
        let mut ended = Vec::new();
        for (process, own) in gone.sessions.into_values() {
            ended.extend(inner.end(process, own));
        }
        drop(inner);
        // A client is told, which may have to wait.
        drop(ended);
    }

    /// Ends one of a client's sessions; false when it has none of this name.
    pub fn detach(&self, session: SessionId, name: &str) -> bool {
        let mut inner = self.lock();
        let found = inner.followers.get_mut(&session).and_then(|one| one.sessions.remove(name));
        let ended = found.and_then(|(process, own)| inner.end(process, own));
        drop(inner);
        drop(ended);
        found.is_some()
    }

    /// Hands a client's message to a child; `None` when it has no session of this name, false when the child has too much to
    /// read. `then` is done once the message was written.
    pub fn send(
        &self,
        session: SessionId,
        name: &str,
        message: String,
        then: impl FnOnce(&Client) -> Option<Then>,
    ) -> Option<bool> {
        let inner = self.lock();
        let follower = inner.followers.get(&session)?;
        let (process, own) = follower.sessions.get(name)?;
        let process = inner.processes.get(process)?;
        Some((process.out)(Frame::Message(*own, message), then(&follower.client)))
    }

    /// Takes what is for a child from what comes to the run; returns everything else.
    pub fn take(&self, incoming: Incoming) -> Option<Incoming> {
        if !self.is_followed.load(Ordering::Relaxed) {
            return Some(incoming);
        }
        let Incoming::Message { session, text } = &incoming else { return Some(incoming) };
        if !text.contains(SEND) {
            return Some(incoming);
        }
        let Ok(Message { id, method, params }) = serde_json::from_str(text) else { return Some(incoming) };
        if method != SEND {
            return Some(incoming);
        }
        let answered = |client: &Client| -> Option<Then> {
            let client = client.clone();
            Some(Box::new(move || client.send(request::answer(id, Ok(json!({}))))))
        };
        match self.send(*session, &params.session_id, params.message, answered) {
            Some(true) => None,
            // The run answers that it cannot be done.
            Some(false) | None => Some(incoming),
        }
    }

    /// A child has come: it is told how to begin, and the clients get their sessions. Returns its number here.
    pub fn come(&self, about: Hello, out: Out) -> Option<u64> {
        let mut inner = self.lock();
        if inner.is_closed {
            return None;
        }
        let waits = inner.followers.values().any(|follower| follower.waits);
        if !out(Frame::Begin(if waits { Begin::WhenAsked } else { Begin::AtOnce }), None) {
            return None;
        }
        inner.last += 1;
        let number = inner.last;
        inner.processes.insert(number, Process { about, out, waits });
        let followers: Vec<_> = inner.followers.keys().copied().collect();
        drop(inner);
        for follower in followers {
            self.attach(follower, number, true);
        }
        Some(number)
    }

    /// Gives a client a session in a child, which says nothing before it is asked. The client is told outside the lock: it may
    /// have to be waited for.
    fn attach(&self, session: SessionId, number: u64, is_new: bool) {
        let Some((client, told, name)) = self.lock().begin(session, number, is_new) else { return };
        client.send(told);
        let inner = self.lock();
        let is_there = inner.followers.get(&session).is_some_and(|one| one.sessions.contains_key(&name));
        drop(inner);
        if !is_there {
            // It ended meanwhile, and perhaps the client heard of that before it had heard of the child.
            client.send(detached(&name));
        }
    }

    /// A child says something.
    pub fn said(&self, session: SessionId, text: String) {
        let client = self.lock().clients.get(&session).cloned();
        if let Some(client) = client {
            client.send(text);
        }
    }

    /// A child is gone.
    pub fn gone(&self, number: u64) {
        let mut inner = self.lock();
        inner.processes.remove(&number);
        let mut own = Vec::new();
        for follower in inner.followers.values_mut() {
            follower.sessions.retain(|_, (process, session)| {
                if *process == number {
                    own.push(*session);
                }
                *process != number
            });
        }
        let ended: Vec<_> = own.iter().filter_map(|session| inner.clients.remove(session)).collect();
        drop(inner);
        drop(ended);
    }

    /// The run is over: nobody comes any more, and those who are there go on by themselves.
    pub fn close(&self) {
        let mut inner = self.lock();
        inner.is_closed = true;
        let gate = inner.gate.take();
        let ended = (std::mem::take(&mut inner.followers), std::mem::take(&mut inner.clients));
        drop(inner);
        drop(ended);
        if let Some(gate) = gate {
            (gate.close)();
        }
    }
}

impl Inner {
    /// Begins a session in a child; returns the client, what it is to be told, and the session's name.
    fn begin(&mut self, session: SessionId, number: u64, is_new: bool) -> Option<(Client, String, String)> {
        let follower = self.followers.get_mut(&session)?;
        let process = self.processes.get(&number)?;
        if follower.sessions.values().any(|(known, _)| *known == number) {
            return None;
        }
        follower.last += 1;
        let name = format!("process-{}", follower.last);
        let own = new_session();
        follower.sessions.insert(name.clone(), (number, own));
        let Hello { pid, name: title, url, .. } = &process.about;
        let about = json!({
            "workerId": pid.to_string(),
            "type": "process",
            "pid": pid,
            "title": format!("[process {pid}] {title}"),
            "url": url,
        });
        let waits = follower.waits && is_new && process.waits;
        let params = json!({ "sessionId": name, "workerInfo": about, "waitingForDebugger": waits });
        let told = json!({ "method": "NodeWorker.attachedToWorker", "params": params }).to_string();
        let client = follower.client.clone();
        self.clients.insert(own, client.in_worker(name.clone()));
        (process.out)(Frame::Connect(own), None);
        Some((client, told, name))
    }

    /// Ends a session in a child; what it returns tells its client when it is dropped.
    fn end(&mut self, process: u64, own: SessionId) -> Option<Client> {
        if let Some(process) = self.processes.get(&process) {
            (process.out)(Frame::Disconnect(own), None);
        }
        self.clients.remove(&own)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::Value;

    use super::*;

    const CLIENT: SessionId = SessionId(0);

    fn hello(pid: u32) -> Hello {
        Hello { word: String::new(), pid, name: "child.js".to_owned(), url: "file:///child.js".to_owned() }
    }

    /// A client that wants children, and what it hears.
    fn followed() -> (Processes, crossbeam_channel::Receiver<String>) {
        let (client, heard) = Client::new(Arc::default());
        let processes = Processes::default();
        processes.follow(CLIENT, &client, true);
        (processes, heard)
    }

    /// A child, and what it reads.
    fn child(processes: &Processes, pid: u32) -> (u64, crossbeam_channel::Receiver<Frame>) {
        let (out, read) = crossbeam_channel::bounded(8);
        let number = processes.come(
            hello(pid),
            Box::new(move |frame, then| {
                let sent = out.try_send(frame).is_ok();
                if let Some(then) = then.filter(|_| sent) {
                    then();
                }
                sent
            }),
        );
        (number.unwrap(), read)
    }

    fn message(text: &str) -> Incoming {
        let params = json!({ "sessionId": "process-1", "message": text });
        let text = json!({ "id": 5, "method": SEND, "params": params }).to_string();
        Incoming::Message { session: CLIENT, text }
    }

    #[test]
    fn children_are_reached_past_the_run() {
        let (processes, heard) = followed();
        let hears = || -> Value { serde_json::from_str(&heard.try_recv().unwrap()).unwrap() };
        let (number, read) = child(&processes, 42);
        assert_eq!(read.try_recv(), Ok(Frame::Begin(Begin::WhenAsked)));
        let Ok(Frame::Connect(own)) = read.try_recv() else { panic!("no session") };
        let told = hears();
        assert_eq!(told["params"]["workerInfo"]["title"], "[process 42] child.js");
        assert_eq!(told["params"]["waitingForDebugger"], true);
        assert!(processes.take(message("{}")).is_none(), "not for the run");
        assert_eq!(read.try_recv(), Ok(Frame::Message(own, "{}".to_owned())));
        assert_eq!(hears()["id"], 5);
        processes.said(own, "hello".to_owned());
        assert_eq!(hears()["params"]["message"], "hello");
        processes.gone(number);
        assert_eq!(hears()["method"], "NodeWorker.detachedFromWorker");
        assert!(processes.take(message("{}")).is_some(), "the run says that it is gone");
    }

    #[test]
    fn children_go_on_without_those_who_leave() {
        let (processes, heard) = followed();
        let (_, read) = child(&processes, 42);
        assert_eq!(read.try_iter().count(), 2);
        processes.leave(CLIENT);
        assert!(matches!(read.try_recv(), Ok(Frame::Disconnect(_))));
        assert!(heard.try_iter().last().unwrap().contains("detachedFromWorker"));
        let no_gate = || -> std::io::Result<Gate> { panic!("nobody follows") };
        assert_eq!(processes.address(no_gate), None);
        let late = child(&processes, 43).1;
        assert_eq!(late.try_recv(), Ok(Frame::Begin(Begin::AtOnce)));
    }

    #[test]
    fn a_run_below_a_debugged_one_sends_its_children_there() {
        let processes = Processes::inheriting("there".to_owned());
        let no_gate = || -> std::io::Result<Gate> { panic!("it is there already") };
        assert_eq!(processes.address(no_gate), Some("there".to_owned()));
    }
}
