//! Workers of a run and its child processes, which are threads of their own: each has a debugger of its own, whose messages go
//! through that of the thread that started it, those of processes through that of the run's main thread (protocol domain
//! `NodeWorker`).

use loopscope_protocol::LoopId;
use serde_json::{Value, json};

use super::{Debugger, Purpose};

/// The numbers of requests that carry others; their answers matter to nobody.
const FIRST_CARRIER: i64 = 1 << 30;

/// What was told of a worker.
#[derive(Debug, Clone, PartialEq)]
pub enum WorkerTold {
    /// It is there, and can be debugged.
    Attached {
        /// Its name in the protocol.
        session: String,
        /// Its number in the process.
        number: u64,
        /// Its loop in the stream of events; none when it is in none.
        on: Option<LoopId>,
        /// Its name.
        title: String,
        /// Path of its script.
        path: String,
        /// It waits before its first line, until [`Debugger::let_go`].
        waits: bool,
        /// The id of the process that it is; none for a worker.
        pid: Option<u32>,
    },
    /// It said something, which is for its own debugger.
    Said {
        /// Which.
        session: String,
        /// The message.
        message: Value,
    },
    /// It is over.
    Gone {
        /// Which.
        session: String,
    },
}

impl Debugger {
    /// Hears of workers and child processes from now on; each waits before its first line.
    pub fn follow_workers(&mut self) {
        self.ask(
            "NodeWorker.enable",
            json!({ "waitForDebuggerOnStart": true, "standOnStart": false, "processes": true }),
            Purpose::Nothing,
        );
    }

    /// Sends a request to a worker.
    pub fn send_to_worker(&mut self, session: &str, request: &str) {
        if self.is_over {
            return;
        }
        self.last_carrier += 1;
        let params = json!({ "sessionId": session, "message": request });
        let message = json!({
            "id": FIRST_CARRIER + self.last_carrier,
            "method": "NodeWorker.sendMessageToWorker",
            "params": params,
        });
        self.requests.push(message.to_string());
    }

    /// What was told of workers since the last call, in order.
    pub fn take_told(&mut self) -> Vec<WorkerTold> {
        std::mem::take(&mut self.told)
    }

    /// Hears a notification, of workers or not.
    pub(super) fn hear_worker(&mut self, method: &str, params: &Value) {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let session = text(&params["sessionId"]);
        let told = match method {
            "NodeWorker.attachedToWorker" => {
                let about = &params["workerInfo"];
                WorkerTold::Attached {
                    session,
                    number: text(&about["workerId"]).parse().unwrap_or(0),
                    on: about["loop"].as_u64().and_then(|id| u16::try_from(id).ok()).map(LoopId),
                    title: text(&about["title"]),
                    path: super::path_of(&text(&about["url"])),
                    waits: params["waitingForDebugger"] == true,
                    pid: about["pid"].as_u64().and_then(|pid| u32::try_from(pid).ok()),
                }
            }
            "NodeWorker.receivedMessageFromWorker" => {
                let message = params["message"].as_str().unwrap_or_default();
                let Ok(message) = serde_json::from_str(message) else { return };
                WorkerTold::Said { session, message }
            }
            "NodeWorker.detachedFromWorker" => WorkerTold::Gone { session },
            _ => return,
        };
        self.told.push(told);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_workers_say_is_kept_for_their_own_debuggers() {
        let mut debugger = Debugger::default();
        debugger.follow_workers();
        debugger.hear(json!({ "method": "NodeWorker.attachedToWorker", "params": {
            "sessionId": "1", "waitingForDebugger": true,
            "workerInfo": { "workerId": "4", "loop": 2, "title": "[worker 4] sums", "url": "file:///s.js" } } }));
        debugger.hear(json!({ "method": "NodeWorker.receivedMessageFromWorker",
            "params": { "sessionId": "1", "message": "{\"id\":1}" } }));
        debugger.hear(json!({ "method": "NodeWorker.detachedFromWorker", "params": { "sessionId": "1" } }));
        let session = || "1".to_owned();
        let wanted = [
            WorkerTold::Attached {
                session: session(),
                number: 4,
                on: Some(LoopId(2)),
                title: "[worker 4] sums".to_owned(),
                path: "/s.js".to_owned(),
                waits: true,
                pid: None,
            },
            WorkerTold::Said { session: session(), message: json!({ "id": 1 }) },
            WorkerTold::Gone { session: session() },
        ];
        assert_eq!(debugger.take_told(), wanted);
        debugger.send_to_worker("1", "{}");
        assert!(debugger.take_requests()[1].contains("sendMessageToWorker"));
    }
}
