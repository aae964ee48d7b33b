//! Workers as clients of the inspector see them: threads of their own, through the protocol domain `NodeWorker`
//! (<https://nodejs.org/api/inspector.html>, `node_protocol.pdl`).
//!
//! A session in a worker is one of the worker's own inspector, whose client is the starter's client: what the worker says goes
//! to it on the worker's own thread, so that it is heard while the starter is busy or stands still.
//!
//! Beside what Node.js has, `NodeWorker.enable` takes `standOnStart: false` (what waits does not stand still at its first
//! statement) and `processes: true` (child processes are wanted, too, see [`super::processes`]: their `workerInfo` has the type
//! `process` and a `pid`).

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use loopscope_protocol::LoopId;
use serde::Deserialize;
use serde_json::json;

use super::link::{Begin, Client, Incoming, Link};
use super::peer::Peer;
use super::request::{self, Request, SERVER_ERROR};
use super::session::Session;
use super::{Inspector, SessionId, new_session};
use crate::js::state::State;
use crate::js::worker::Shared;

/// What the methods of the domain begin with.
const PREFIX: &str = "NodeWorker.";

/// A worker that the run has started and that is not over.
pub struct Child {
    /// Its number in the process.
    pub id: u64,
    /// Its name.
    pub name: String,
    /// The URL of its script.
    pub url: String,
    /// Its loop in the stream of events; none when the run is not watched.
    pub on: Option<LoopId>,
    /// The way to its inspector.
    pub link: Link,
    /// Reaches its thread.
    pub shared: Arc<Shared>,
    /// It waits before its first line.
    pub waits: bool,
}

impl Child {
    /// Hands something to its inspector; false when that has too much to do or it is over.
    fn post(&self, what: Incoming) -> bool {
        let posted = self.link.post(what);
        self.shared.request_dispatch();
        posted
    }
}

/// A session's sessions in workers.
#[derive(Default)]
pub struct Sessions {
    /// The client wants one in each.
    wants: Option<Enable>,
    last: u32,
    /// The worker and its own inspector's number, by the name that the client knows.
    all: BTreeMap<String, (u64, SessionId)>,
}

impl Sessions {
    /// How a worker begins for this client.
    fn begin(&self) -> Begin {
        match self.wants {
            Some(Enable { wait_for_debugger_on_start: true, stand_on_start: true, .. }) => Begin::Standing,
            Some(Enable { wait_for_debugger_on_start: true, .. }) => Begin::WhenAsked,
            _ => Begin::AtOnce,
        }
    }
}

/// What `NodeWorker.enable` asks for.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Enable {
    wait_for_debugger_on_start: bool,
    /// A worker that waits also stands still at its first statement, as those of Node.js do; the window wants it not to.
    #[serde(default = "yes")]
    stand_on_start: bool,
    /// Child processes are wanted, too, see [`super::processes`].
    #[serde(default)]
    processes: bool,
}

fn yes() -> bool {
    true
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Send {
    message: String,
    session_id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Detach {
    session_id: String,
}

/// The answer to a request of the domain; `None` for what V8 answers.
pub fn answer(
    session: &Session,
    inspector: &Inspector,
    state: &State,
    method: &str,
    text: &str,
) -> Option<String> {
    let name = method.strip_prefix(PREFIX)?;
    let Request { id, params, .. } = serde_json::from_str(text).ok()?;
    let done = match name {
        "enable" => request::params(params).map(|wanted: Enable| {
            session.workers.borrow_mut().wants = Some(wanted);
            // Those of the whole program belong to its main thread.
            if let Peer::Away(client) = &*session.client
                && wanted.processes
                && state.worker.is_none()
            {
                inspector.processes().follow(session.id, client, wanted.wait_for_debugger_on_start);
            }
            // A script may start workers when it hears of one.
            let children: Vec<_> = inspector.children.borrow().values().cloned().collect();
            for child in children {
                attach(session, inspector, state, &child, false);
            }
        }),
        "disable" => {
            leave_all(session, inspector);
            Ok(())
        }
        "sendMessageToWorker" => request::params(params).and_then(|send: Send| {
            let found = session.workers.borrow().all.get(&send.session_id).copied();
            let posted = match found {
                Some((child, own)) => {
                    let children = inspector.children.borrow();
                    let message = Incoming::Message { session: own, text: send.message };
                    children.get(&child).map(|child| child.post(message))
                }
                None => inspector.processes().send(session.id, &send.session_id, send.message, |_| None),
            };
            // As in Node.js, nobody is told that a worker is gone.
            posted.unwrap_or(true).then_some(()).ok_or((
                SERVER_ERROR,
                "The worker has too many requests to follow; wait for answers".to_owned(),
            ))
        }),
        "detach" => request::params(params).map(|detach: Detach| {
            if !inspector.processes().detach(session.id, &detach.session_id) {
                let found = session.workers.borrow_mut().all.remove(&detach.session_id);
                leave(inspector, found);
            }
        }),
        _ => return None,
    };
    Some(request::answer(id, done.map(|()| json!({}))))
}

/// Gives a client a session in a worker.
pub fn attach(session: &Session, inspector: &Inspector, state: &State, child: &Child, is_new: bool) {
    let mut sessions = session.workers.borrow_mut();
    let Some(Enable { wait_for_debugger_on_start: waits, .. }) = sessions.wants else { return };
    if sessions.all.values().any(|(known, _)| *known == child.id) {
        return;
    }
    sessions.last += 1;
    let name = sessions.last.to_string();
    let own = new_session();
    sessions.all.insert(name.clone(), (child.id, own));
    drop(sessions);
    // The loop is nothing that Node.js tells.
    let about = json!({
        "loop": child.on.map(|on| on.0),
        "workerId": child.id.to_string(),
        "type": "worker",
        "title": format!("[worker {}] {}", child.id, child.name),
        "url": child.url,
    });
    let params = json!({
        "sessionId": name, "workerInfo": about, "waitingForDebugger": waits && is_new && child.waits,
    });
    let client = session.client.in_worker(&inspector.link, &state.stopper, session.id, name);
    let told = json!({ "method": "NodeWorker.attachedToWorker", "params": params }).to_string();
    if session.client.is_here() {
        // It may ask for something as soon as it hears of the worker, whose words wait until no JavaScript runs.
        child.post(Incoming::Connect { session: own, client });
        session.client.send(told);
    } else {
        session.client.send(told);
        child.post(Incoming::Connect { session: own, client });
    }
}

/// Ends a client's session in a worker.
fn leave(inspector: &Inspector, found: Option<(u64, SessionId)>) {
    let Some((child, own)) = found else { return };
    if let Some(child) = inspector.children.borrow().get(&child) {
        child.post(Incoming::Disconnect { session: own });
    }
}

/// Ends all of a client's sessions in workers.
pub fn leave_all(session: &Session, inspector: &Inspector) {
    let mut sessions = session.workers.borrow_mut();
    sessions.wants = None;
    inspector.processes().leave(session.id);
    let all = std::mem::take(&mut sessions.all);
    drop(sessions);
    for found in all.into_values() {
        leave(inspector, Some(found));
    }
}

impl Inspector {
    /// How a worker that is started now begins: it waits when a client wants that.
    pub fn begin_of_worker(&self) -> Begin {
        let sessions = self.sessions.borrow();
        let all = sessions.values().map(|session| session.workers.borrow().begin());
        all.max().unwrap_or(Begin::AtOnce)
    }

    /// A worker is about to be started: the clients that want it get sessions there.
    pub fn worker_begins(&self, state: &State, child: Child) {
        let child = Rc::new(child);
        self.children.borrow_mut().insert(child.id, Rc::clone(&child));
        let sessions: Vec<_> = self.sessions.borrow().values().cloned().collect();
        for session in sessions {
            attach(&session, self, state, &child, true);
        }
    }

    /// A worker is over.
    pub fn worker_ended(&self, id: u64) {
        self.children.borrow_mut().remove(&id);
        for session in self.sessions.borrow().values() {
            session.workers.borrow_mut().all.retain(|_, (child, _)| *child != id);
        }
    }
}

/// How a client is told something by a worker in which it has a session.
pub fn wrapped(session: &str, message: &str) -> String {
    let params = json!({ "sessionId": session, "message": message });
    json!({ "method": "NodeWorker.receivedMessageFromWorker", "params": params }).to_string()
}

/// How a client is told that a session in a worker is over.
pub fn detached(session: &str) -> String {
    json!({ "method": "NodeWorker.detachedFromWorker", "params": { "sessionId": session } }).to_string()
}

impl Client {
    /// The client of a session in a worker that this client's session has started.
    pub fn in_worker(&self, session: String) -> Self {
        self.through(session, wrapped, detached)
    }
}
