//! One client's session.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;

use loopscope_protocol::StepUnit;
use serde::Deserialize;
use v8::inspector::{Channel, StringView, V8Inspector, V8InspectorClientTrustLevel, V8InspectorSession};

use super::breakpoint::Placed;
use super::channel::{Outgoing, Standing};
use super::desk::Desk;
use super::hits::HitCondition;
use super::pause::{Aim, Where};
use super::peer::Peer;
use super::rejections::Wanted;
use super::{GROUP, Inspector, SessionId, domain, leash, node_domains, strings, workers};
use crate::js::flags::Flag;
use crate::js::state::State;

/// Scripts of the runtime itself: nobody steps into them.
const INTERNAL: &str = "^node:";

/// The beginning of every request.
#[derive(Deserialize)]
struct Head<'a> {
    #[serde(borrow)]
    method: std::borrow::Cow<'a, str>,
}

/// What is looked at of a request that evaluates something.
#[derive(Deserialize)]
struct Evaluation {
    params: Limits,
}

/// When V8 ends an evaluation.
#[derive(Deserialize)]
struct Limits {
    /// When it has an effect.
    #[serde(rename = "throwOnSideEffect", default)]
    pure: bool,
    /// After so many milliseconds.
    timeout: Option<f64>,
}

impl Limits {
    /// Whether nothing else may be evaluated in the middle of it: V8 cannot look for effects twice at once, and the end of one
    /// whose time is over would take that of the other away, which then went on for ever.
    fn are_alone(&self) -> bool {
        self.pure || self.timeout.is_some()
    }
}

/// One client's session.
pub struct Session {
    /// Its number.
    pub id: SessionId,
    pub(super) v8: V8InspectorSession,
    /// Where answers go.
    pub client: Rc<Peer>,
    /// What lies between it and V8's debugger.
    pub desk: Rc<Desk>,
    debugs: Cell<bool>,
    /// Domains of Node's own that are on.
    pub domains: RefCell<BTreeSet<&'static str>>,
    /// The client wants to hear of the loop.
    pub hears_loop: Cell<bool>,
    /// It waits for rejections that nobody handles instead of those that nobody has handled so far.
    pub hears_rejections: Cell<bool>,
    /// The exceptions that it wants the run to stand still for.
    pub wanted: Cell<Wanted>,
    /// Its loop breakpoints.
    pub breakpoints: RefCell<Vec<Placed>>,
    /// Its sessions in workers.
    pub workers: RefCell<workers::Sessions>,
}

impl Session {
    /// Connects a client to V8.
    pub fn connect(id: SessionId, v8: &V8Inspector, client: Peer, standing: Rc<Standing>) -> Rc<Self> {
        let client = Rc::new(client);
        let desk = Rc::new(Desk::new(standing.state.clone()));
        let outgoing = Outgoing::new(Rc::clone(&client), standing, Rc::clone(&desk));
        let channel = Channel::new(Box::new(outgoing));
        let trust = V8InspectorClientTrustLevel::FullyTrusted;
        let session = Rc::new(Self {
            id,
            desk,
            v8: v8.connect(GROUP, channel, StringView::empty(), trust),
            client,
            debugs: Cell::new(false),
            domains: RefCell::default(),
            hears_loop: Cell::new(false),
            hears_rejections: Cell::new(false),
            wanted: Cell::default(),
            breakpoints: RefCell::default(),
            workers: RefCell::default(),
        });
        session.desk.belongs_to(&session);
        session
    }

    /// Whether its debugger is on.
    pub fn debugs(&self) -> bool {
        self.debugs.get()
    }

    /// Follows a request.
    pub fn follow(&self, inspector: &Inspector, state: &State, text: &str) {
        // What is no request gets its answer from V8.
        let head = serde_json::from_str::<Head>(text);
        let method = head.as_ref().map_or("", |head| &*head.method);
        if matches!(method, "Runtime.evaluate" | "Debugger.evaluateOnCallFrame") {
            inspector.evaluate(state, text, || self.follow_method(inspector, state, method, text));
        } else {
            self.follow_method(inspector, state, method, text);
        }
    }

    fn follow_method(&self, inspector: &Inspector, state: &State, method: &str, text: &str) {
        if method.starts_with(domain::PREFIX) {
            self.client.send(domain::answer(self, inspector, state, text));
            return;
        }
        if let Some(answer) = workers::answer(self, inspector, state, method, text) {
            self.client.send(answer);
            return;
        }
        if let Some(answer) = node_domains::answer(self, inspector, state, method, text) {
            self.client.send(answer);
            return;
        }
        let renamed = match method {
            "Debugger.evaluateOnCallFrame" => self.desk.in_made_names(text),
            _ => None,
        };
        let text = renamed.as_deref().unwrap_or(text);
        let named = if method == "Debugger.evaluateOnCallFrame" && self.hears_loop.get() {
            inspector.with_names(state, text)
        } else {
            None
        };
        let text = named.as_deref().unwrap_or(text);
        match method {
            "HeapProfiler.takeHeapSnapshot"
            | "HeapProfiler.stopTrackingHeapObjects"
            | "HeapProfiler.collectGarbage" => {
                inspector.expect_tasks();
                match &*self.client {
                    Peer::Here(here) => here.quietly(|| self.dispatch(text)),
                    Peer::Away(_) => self.dispatch(text),
                }
            }
            "Debugger.setAsyncCallStackDepth" => {
                self.desk.leave_parents();
                keep_origins(state);
                self.dispatch(text);
            }
            "Runtime.terminateExecution" => {
                inspector.ending.set(true);
                self.dispatch(text);
            }
            "Debugger.setPauseOnExceptions" => {
                if let Some(wanted) = Wanted::read(text) {
                    self.wanted.set(wanted);
                }
                self.dispatch(text);
            }
            "Debugger.resume" if self.stands_outside(inspector) => {
                inspector.go_on(state);
                inspector.quit.set(true);
                self.client.send(super::request::answer(request_id(text), Ok(serde_json::json!({}))));
            }
            "Debugger.stepInto" | "Debugger.stepOver" if self.stands_outside(inspector) => {
                let is_into = method == "Debugger.stepInto";
                let (aim, at) = if is_into {
                    (Aim::Into, Where::Statement)
                } else {
                    (Aim::Step(StepUnit::Task), Where::Before)
                };
                inspector.aim_at(state, aim, at);
                inspector.quit.set(true);
                self.client.send(super::request::answer(request_id(text), Ok(serde_json::json!({}))));
            }
            "Debugger.pause" => {
                inspector.pause_asked.set(true);
                self.desk.request(method, text);
                self.dispatch(text);
            }
            "Debugger.stepInto" => {
                inspector.entering.begin();
                self.desk.request(method, text);
                self.dispatch(text);
            }
            "Debugger.restartFrame" if inspector.stands_asked.get() && self.desk.restart_later(text) => {
                self.request("Debugger.stepOver", &serde_json::json!({}));
            }
            "Debugger.setBlackboxPatterns" => {
                // What V8 says of wrong patterns names those of the client alone.
                let set = with_internal(text).and_then(|message| self.desk.ask_for_client(message));
                match set.filter(|(answer, _)| answer.get("error").is_none()) {
                    Some((_, answer)) => self.client.send(answer),
                    None => self.dispatch(text),
                }
            }
            "Debugger.enable" => {
                self.dispatch(text);
                self.debugs.set(true);
                self.request("Debugger.setBlackboxPatterns", &serde_json::json!({ "patterns": [INTERNAL] }));
            }
            "Debugger.setBreakpointByUrl"
            | "Debugger.setBreakpoint"
            | "Debugger.setBreakpointOnFunctionCall" => {
                self.set_breakpoint(inspector, state, text);
            }
            "Debugger.getPossibleBreakpoints" => match self.desk.possible(text) {
                Some(answer) => self.client.send(answer),
                None => self.dispatch(text),
            },
            "Runtime.getProperties" => match self.desk.properties(text) {
                Some(answer) => self.client.send(answer),
                None => self.dispatch(text),
            },
            "Debugger.removeBreakpoint" => {
                self.dispatch(text);
                if let Ok(request) = serde_json::from_str::<serde_json::Value>(text)
                    && let Some(id) = request["params"]["breakpointId"].as_str()
                {
                    self.desk.breakpoint_removed(id);
                }
            }
            "Debugger.disable" => {
                self.desk.clear();
                self.debugs.set(false);
                self.wanted.set(Wanted::None);
                self.dispatch(text);
            }
            _ if serde_json::from_str(text).is_ok_and(|request: Evaluation| request.params.are_alone()) => {
                let before = inspector.looks.replace(true);
                self.call(inspector, state, method, text);
                inspector.looks.set(before);
            }
            "Runtime.callFunctionOn" | "Runtime.evaluate" => self.call(inspector, state, method, text),
            "Debugger.resume" if text.contains("terminateOnResume") => {
                inspector.ending.set(true);
                self.desk.request(method, text);
                self.dispatch(text);
            }
            _ => match self.desk.request(method, text) {
                Some(changed) => self.dispatch(&changed),
                None => self.dispatch(text),
            },
        }
    }

    /// A breakpoint on a line, which may hold only some of the times it is reached, or be in a text that scripts were made
    /// from.
    fn set_breakpoint(&self, inspector: &Inspector, state: &State, text: &str) {
        let Ok(mut message) = serde_json::from_str::<serde_json::Value>(text) else {
            return self.dispatch(text);
        };
        let params = &mut message["params"];
        let word = |key: &str| params[key].as_str().unwrap_or_default().to_owned();
        let mut counter = None;
        let (condition, hits, log) = (word("condition"), word("hitCondition"), word("log"));
        if !hits.is_empty() {
            let Some(wanted) = HitCondition::parse(&hits) else {
                let text =
                    format!("'{hits}' is no number of hits: write 5, or one of >= > == < <= % and a number");
                let id = message["id"].clone();
                self.client.send(super::request::answer(id, Err((super::request::INVALID_PARAMS, text))));
                return;
            };
            let (expression, number) = inspector.count_hits(state, wanted, &condition, &log);
            params["condition"] = expression.into();
            counter = Some(number);
        } else if !log.is_empty() {
            let when = if condition.is_empty() { String::new() } else { format!("({condition}\n) && ") };
            params["condition"] = format!("({when}{})", leash::log(&log)).into();
        }
        let condition = params["condition"].as_str().unwrap_or_default();
        let leashed = inspector.leashed(state, condition, self.hears_loop.get());
        let leash = leashed.map(|(expression, number)| {
            params["condition"] = expression.into();
            number
        });
        let params = params.clone();
        let Some((answer, text)) = self.desk.ask_for_client(message) else { return self.dispatch(text) };
        self.client.send(text);
        if let Some(id) = answer["result"]["breakpointId"].as_str() {
            self.desk.leash(leash, id);
            self.desk.breakpoint_set(&params, id, counter);
        }
    }

    /// Whether the run stands where V8 has no code to step in: between two callbacks, and not in something that is evaluated
    /// there, or for a rejection that nobody has handled.
    fn stands_outside(&self, inspector: &Inspector) -> bool {
        inspector.stands_unhandled() || inspector.stands_between() && self.desk.stood().is_empty()
    }

    /// Makes a request of the runtime's own; its answer is for nobody.
    pub fn request(&self, method: &str, params: &serde_json::Value) {
        let request = serde_json::json!({ "id": -1, "method": method, "params": params }).to_string();
        self.desk.own(-1, || self.dispatch(&request));
    }

    /// Has V8 follow a request that runs code of the script's. V8 knows no limit for functions that are called.
    fn call(&self, inspector: &Inspector, state: &State, method: &str, text: &str) {
        let limit = match method {
            "Runtime.callFunctionOn" => {
                let request = serde_json::from_str(text).ok();
                request.and_then(|request: Evaluation| request.params.timeout)
            }
            "Runtime.evaluate" => None,
            _ => return self.dispatch(text),
        };
        leash::act(inspector.isolate, state, limit, || self.dispatch(text));
    }

    /// Has V8 follow a request.
    pub fn dispatch(&self, text: &str) {
        self.v8.dispatch_protocol_message(StringView::from(text.as_bytes()));
    }

    /// V8 stands still at the next statement of the script, and says why with `detail`.
    pub fn aim(&self, detail: &serde_json::Value) {
        let detail = detail.to_string();
        strings::with_view("other", |reason| {
            strings::with_view(&detail, |detail| self.v8.schedule_pause_on_next_statement(reason, detail));
        });
    }

    /// V8 stands still at the first statement of the script.
    pub fn aim_at_start(&self) {
        strings::with_view("Break on start", |reason| {
            self.v8.schedule_pause_on_next_statement(reason, StringView::empty());
        });
    }

    /// Takes [`Session::aim`] back.
    pub fn miss(&self) {
        self.v8.cancel_pause_on_next_statement();
    }
}

/// From now on resources keep where they were made: stacks are to have asynchronous parents.
pub(super) fn keep_origins(state: &State) {
    state.shared.set_flag(Flag::AsyncStacks, 1);
}

/// The number of a request.
fn request_id(text: &str) -> serde_json::Value {
    let request: serde_json::Value = serde_json::from_str(text).unwrap_or_default();
    request["id"].clone()
}

/// The request with the runtime's own scripts added to its patterns.
fn with_internal(text: &str) -> Option<serde_json::Value> {
    let mut message: serde_json::Value = serde_json::from_str(text).ok()?;
    message.get_mut("params")?.get_mut("patterns")?.as_array_mut()?.push(INTERNAL.into());
    Some(message)
}

#[cfg(test)]
mod tests {
    use super::with_internal;

    #[test]
    fn patterns_of_clients_never_open_the_runtime_itself() {
        let text = r#"{"id":3,"method":"Debugger.setBlackboxPatterns","params":{"patterns":["x"]}}"#;
        let changed = with_internal(text).expect("a request with patterns").to_string();
        assert!(changed.contains(r#"["x","^node:"]"#), "{changed}");
        assert_eq!(with_internal(r#"{"id":3,"method":"Debugger.setBlackboxPatterns"}"#), None);
    }
}
