//! What a watched script finds instead of the process that hosts it: an environment of its own, signals that reach only
//! itself, no standard input.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::host::request::signal_name;
use crate::host::{HostError, HostEvent, OpId, Request, Response, SystemRequest};

/// The process as the script sees it.
#[derive(Default)]
pub struct Guest {
    /// A copy of the environment, made when it is first asked for; the script's threads share it.
    environment: Environment,
    /// Signals the script listens to.
    watchers: Vec<(i32, OpId)>,
    /// What is to be reported at the next poll.
    pub events: Vec<HostEvent>,
}

/// The environment of a script.
type Environment = Arc<Mutex<Option<BTreeMap<String, String>>>>;

/// Signals that do nothing by default.
const IGNORED: [&str; 4] = ["SIGCHLD", "SIGCONT", "SIGURG", "SIGWINCH"];

/// Signals that only stop a process; a run stands still by other means.
const STOPPING: [&str; 4] = ["SIGSTOP", "SIGTSTP", "SIGTTIN", "SIGTTOU"];

impl Guest {
    /// The answer to what must not reach the process; `None` for everything else. `ask` reaches the process. What the
    /// script writes was reported to the watcher already.
    pub fn answer(
        &mut self,
        request: &Request,
        ask: &mut dyn FnMut(SystemRequest) -> Result<Response, HostError>,
    ) -> Option<Result<Response, HostError>> {
        let Request::System(request) = request else { return None };
        Some(Ok(match request {
            SystemRequest::WriteStandard { .. } | SystemRequest::Exit { .. } | SystemRequest::Abort => {
                Response::Unit
            }
            SystemRequest::IsTerminal { .. } => Response::Bool(false),
            SystemRequest::TerminalSize { .. } => Response::Null,
            SystemRequest::DescriptorKind { .. } => Response::Text("PIPE".to_owned()),
            SystemRequest::ReadInput { .. } => Response::Bytes(Vec::new()),
            SystemRequest::Execute { .. } => return Some(Err(refused("execve"))),
            SystemRequest::Kill { pid, signal } if Self::is_own(*pid) => return Some(self.kill(*signal)),
            SystemRequest::Environment => self.environment(ask, |environment| {
                let pairs = environment.iter().flat_map(|(name, value)| [name.clone(), value.clone()]);
                Response::List(pairs.map(Response::Text).collect())
            }),
            SystemRequest::SetEnvironment { name, value } => self.environment(ask, |environment| {
                match value {
                    Some(value) => environment.insert(name.clone(), value.clone()),
                    None => environment.remove(name),
                };
                Response::Unit
            }),
            _ => return None,
        }))
    }

    /// Starts what [`Guest::answer`] answers or what concerns signals; false for everything else.
    pub fn start(
        &mut self,
        op: OpId,
        request: &Request,
        ask: &mut dyn FnMut(SystemRequest) -> Result<Response, HostError>,
    ) -> bool {
        if let Request::System(SystemRequest::WatchSignal { signal }) = request {
            self.watchers.push((*signal, op));
            return true;
        }
        let Some(result) = self.answer(request, ask) else { return false };
        self.events.push(HostEvent::Completed { op, result, last: true });
        true
    }

    /// Ends the reports of a signal to `op`; false when there were none.
    pub fn cancel(&mut self, op: OpId) -> bool {
        let before = self.watchers.len();
        self.watchers.retain(|watcher| watcher.1 != op);
        self.watchers.len() < before
    }

    /// Does something with the environment.
    fn environment<R>(
        &self,
        ask: &mut dyn FnMut(SystemRequest) -> Result<Response, HostError>,
        act: impl FnOnce(&mut BTreeMap<String, String>) -> R,
    ) -> R {
        // Whoever panicked with the lock has left a whole map.
        let mut environment = self.environment.lock().unwrap_or_else(PoisonError::into_inner);
        act(environment.get_or_insert_with(|| {
            let Ok(Response::List(list)) = ask(SystemRequest::Environment) else { return BTreeMap::new() };
            let mut texts = list.into_iter().map(|value| match value {
                Response::Text(text) => text,
                _ => String::new(),
            });
            let mut environment = BTreeMap::new();
            while let (Some(name), Some(value)) = (texts.next(), texts.next()) {
                environment.insert(name, value);
            }
            environment
        }))
    }

    /// The guest on another thread of the same script.
    pub fn for_thread(&self) -> Self {
        Self { environment: Arc::clone(&self.environment), ..Self::default() }
    }

    /// Whether kill(2) with this argument means the process itself.
    fn is_own(pid: i32) -> bool {
        pid == 0 || pid == -1 || pid.unsigned_abs() == std::process::id()
    }

    /// What a signal does to the script.
    fn kill(&mut self, signal: i32) -> Result<Response, HostError> {
        let name = signal_name(signal);
        if signal != 0 && name.is_empty() {
            return Err(HostError {
                errno: -22,
                code: "EINVAL".into(),
                message: "invalid argument".into(),
                syscall: "kill".into(),
                path: None,
                dest: None,
            });
        }
        let mut heard = false;
        for &(_, op) in self.watchers.iter().filter(|watcher| watcher.0 == signal) {
            heard = true;
            let result = Ok(Response::Number(f64::from(signal)));
            self.events.push(HostEvent::Completed { op, result, last: false });
        }
        if heard || signal == 0 || IGNORED.contains(&name) || STOPPING.contains(&name) {
            return Ok(Response::Unit);
        }
        Ok(Response::Number(f64::from(128 + signal)))
    }
}

/// A call that would replace the process.
fn refused(syscall: &str) -> HostError {
    HostError {
        errno: -1,
        code: "EPERM".into(),
        message: "operation not permitted".into(),
        syscall: syscall.into(),
        path: None,
        dest: None,
    }
}
