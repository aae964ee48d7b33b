//! Rejected promises that nobody handles.
//!
//! V8 stands still where a promise is rejected that has no handler so far, and calls that uncaught. Many get one later: then
//! nothing was wrong. For clients that want it (`Loopscope.enable {rejections: true}`) the run goes on there unseen, and the
//! stack is kept. It stands still when nobody has handled the promise after all, where the process tells of that.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use loopscope_protocol::{PauseReason, TaskId};
use serde::Deserialize;
use serde_json::{Value, json};
use v8::inspector::{Inspectable, InspectableImpl, StringView};

use super::session::Session;
use super::{Inspector, peer};
use crate::js::state::State;

/// Where V8 says that a promise was rejected.
const REJECTED: &str = r#""reason":"promiseRejection""#;

/// How many stacks are kept: a promise can be rejected with something that was thrown long before.
const KEPT: usize = 256;

/// Which exceptions a session wants the run to stand still for, see `Debugger.setPauseOnExceptions`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Wanted {
    /// None.
    #[default]
    None,
    /// Those that are caught.
    Caught,
    /// Those that are not.
    Uncaught,
    /// All.
    All,
}

impl Wanted {
    /// What a request wants; `None` when V8 will refuse it.
    pub fn read(request: &str) -> Option<Self> {
        let request: Value = serde_json::from_str(request).ok()?;
        Self::deserialize(&request["params"]["state"]).ok()
    }

    /// Whether promises count that nobody handles.
    fn has_unhandled(self) -> bool {
        matches!(self, Self::Uncaught | Self::All)
    }
}

/// What was thrown.
enum Thrown {
    Object(v8::Weak<v8::Value>),
    /// Anything else, as a text.
    Plain(String),
}

impl Thrown {
    fn is(&self, scope: &v8::PinScope, value: v8::Local<v8::Value>) -> bool {
        match self {
            Self::Object(thrown) => thrown.to_local(scope).is_some_and(|thrown| thrown.strict_equals(value)),
            Self::Plain(text) => !value.is_object() && *text == value.to_rust_string_lossy(scope),
        }
    }
}

/// Something that was thrown, with the stack then.
struct Seen {
    thrown: Thrown,
    /// A `Runtime.StackTrace` of the protocol.
    stack: Value,
    /// The clients know of it: the run stood still for it.
    shown: bool,
}

/// What is known of promises that were rejected.
#[derive(Default)]
pub struct Rejections {
    seen: RefCell<VecDeque<Seen>>,
    /// V8 stands still, and is to go on unseen: the session that was told first, and what it was told.
    passed: RefCell<Option<(Rc<Session>, Value)>>,
    /// The run stands still for a promise that nobody handles.
    stands: Cell<bool>,
}

impl Rejections {
    /// Forgets what belongs to the isolate.
    pub fn clear(&self) {
        self.seen.borrow_mut().clear();
        self.passed.take();
    }

    fn keep(&self, thrown: Thrown, stack: Value, shown: bool) {
        let mut seen = self.seen.borrow_mut();
        if seen.len() == KEPT {
            seen.pop_front();
        }
        seen.push_back(Seen { thrown, stack, shown });
    }

    /// The stack of something that was thrown, and whether the clients know of it; from now on they do.
    fn find(&self, scope: &v8::PinScope, value: v8::Local<v8::Value>) -> Option<(Value, bool)> {
        let mut seen = self.seen.borrow_mut();
        let found = seen.iter_mut().rev().find(|seen| seen.thrown.is(scope, value))?;
        let was_shown = std::mem::replace(&mut found.shown, true);
        Some((found.stack.clone(), was_shown))
    }
}

/// The value that a console calls `$0`.
struct Inspected(v8::Global<v8::Value>);

impl InspectableImpl for Inspected {
    fn get<'s>(
        &self,
        scope: &mut v8::PinScope<'s, '_>,
        _context: v8::Local<'s, v8::Context>,
    ) -> v8::Local<'s, v8::Value> {
        v8::Local::new(scope, &self.0)
    }
}

impl Inspector {
    /// What V8 says of a pause concerns a promise whose rejection may still be handled, and the run is to go on unseen.
    pub fn passes_rejection(&self, session: &Rc<Session>, text: &str) -> bool {
        if !text.contains(REJECTED) || !self.waits_for_handlers() {
            return false;
        }
        let Ok(mut message) = serde_json::from_str::<Value>(text) else { return false };
        let mut params = message["params"].take();
        if params["reason"] != "promiseRejection" || params["data"]["uncaught"] != true {
            return false;
        }
        session.desk.pass_over(&mut params);
        let mut passed = self.rejections.passed.borrow_mut();
        if passed.is_none() || session.hears_loop.get() {
            *passed = Some((Rc::clone(session), params));
        }
        true
    }

    /// Whether all sessions that want to hear of rejections only want to hear of those that nobody handles.
    fn waits_for_handlers(&self) -> bool {
        let sessions = self.sessions.borrow();
        let mut wanting = sessions.values().filter(|one| one.debugs() && one.wanted.get() != Wanted::None);
        let waits = |one: &Rc<Session>| one.hears_rejections.get() && one.wanted.get() == Wanted::Uncaught;
        wanting.next().is_some_and(waits) && wanting.all(waits)
    }

    fn hears_rejections(&self) -> bool {
        let sessions = self.sessions.borrow();
        sessions.values().any(|one| one.hears_rejections.get() && one.wanted.get() != Wanted::None)
    }

    /// V8 has come to stand for such a rejection: keeps what was on the stack and lets it go on. False when it stands for
    /// something else.
    pub fn pass_rejection(&self, state: &State) -> bool {
        let Some((session, params)) = self.rejections.passed.take() else { return false };
        self.keep_thrown(state, &session, &params, false);
        session.request("Debugger.resume", &json!({}));
        true
    }

    /// The run stands still for an exception: the promise that it rejects needs not be told of once more.
    pub fn stands_for_exception(&self, state: &State) {
        if !self.hears_rejections() {
            return;
        }
        let Some(session) = self.debugging() else { return };
        let told = serde_json::from_str::<Value>(&session.desk.stood());
        if let Ok(mut told) = told {
            self.keep_thrown(state, &session, &told["params"].take(), true);
        }
    }

    fn keep_thrown(&self, state: &State, session: &Session, params: &Value, shown: bool) {
        let data = &params["data"];
        let thrown = match data["objectId"].as_str() {
            Some(object) => peer::enter(state, self.isolate, |scope| {
                let value = session.unwrap(scope, object)?;
                Some(Thrown::Object(v8::Weak::new(scope, value)))
            }),
            None => Some(Some(Thrown::Plain(plain(data)))),
        };
        if let Some(thrown) = thrown.flatten() {
            self.rejections.keep(thrown, stack_of(params), shown);
        }
    }

    /// Nobody has handled a rejection, which happened in `task`: holds the run when a client wants that.
    pub fn unhandled(
        &self,
        scope: &mut v8::PinScope,
        state: &State,
        task: TaskId,
        reason: v8::Local<v8::Value>,
    ) {
        let sessions: Vec<_> = self.sessions.borrow().values().cloned().collect();
        let wants = |one: &&Rc<Session>| one.hears_rejections.get() && one.wanted.get().has_unhandled();
        let wanting: Vec<_> = sessions.iter().filter(wants).collect();
        if wanting.is_empty() || state.stop.load(std::sync::atomic::Ordering::Relaxed) {
            return;
        }
        let stack = match self.rejections.find(scope, reason) {
            Some((_, true)) => return,
            Some((stack, false)) => stack,
            None => {
                let stack = own_stack(scope, reason);
                let thrown = if reason.is_object() {
                    Thrown::Object(v8::Weak::new(scope, reason))
                } else {
                    Thrown::Plain(reason.to_rust_string_lossy(scope))
                };
                self.rejections.keep(thrown, stack.clone(), true);
                stack
            }
        };
        for session in wanting {
            session.inspected(Inspectable::new(Box::new(Inspected(v8::Global::new(scope, reason)))));
            session.desk.tell_unhandled(task, stack.clone());
        }
        self.rejections.stands.set(true);
        self.pause(state, PauseReason::Exception);
        self.rejections.stands.set(false);
        self.tell_of_resuming();
    }

    /// Whether the run stands still for a promise that nobody handles: V8 knows nothing of that.
    pub fn stands_unhandled(&self) -> bool {
        self.rejections.stands.get()
    }
}

impl Session {
    /// The value behind V8's name for an object.
    fn unwrap<'s>(&self, scope: &mut v8::PinScope<'s, '_>, object: &str) -> Option<v8::Local<'s, v8::Value>> {
        let found = self.v8.unwrap_object(scope, StringView::from(object.as_bytes()));
        found.ok().map(|found| found.0)
    }

    /// What the client's console calls `$0`.
    fn inspected(&self, value: Inspectable) {
        self.v8.add_inspected_object(value);
    }
}

/// The text of a `Runtime.RemoteObject` that is no object.
fn plain(data: &Value) -> String {
    let text = |key: &str| data[key].as_str().map(str::to_owned);
    match &data["value"] {
        Value::String(value) => value.clone(),
        Value::Null if data["type"] == "undefined" => "undefined".to_owned(),
        Value::Null => match text("unserializableValue") {
            // Those of big integers have an `n` at their end.
            Some(value) if data["type"] == "bigint" => value.trim_end_matches('n').to_owned(),
            Some(value) => value,
            None => "null".to_owned(),
        },
        value => value.to_string(),
    }
}

/// The stack of a pause as that of something in the past.
fn stack_of(params: &Value) -> Value {
    let frames = params["callFrames"].as_array().into_iter().flatten().map(|frame| {
        let at = &frame["location"];
        json!({
            "functionName": frame["functionName"], "scriptId": at["scriptId"], "url": frame["url"],
            "lineNumber": at["lineNumber"], "columnNumber": at["columnNumber"],
        })
    });
    let mut stack = json!({ "callFrames": frames.collect::<Vec<_>>() });
    if params["asyncStackTrace"].is_object() {
        stack["parent"] = params["asyncStackTrace"].clone();
    }
    stack
}

/// The stack that an error has since it was made, which its description says.
fn own_stack(scope: &v8::PinScope, error: v8::Local<v8::Value>) -> Value {
    let stack = if error.is_object() { v8::Exception::get_stack_trace(scope, error) } else { None };
    let Some(stack) = stack else { return json!({ "callFrames": [] }) };
    let text = |text: Option<v8::Local<v8::String>>| text.map(|text| text.to_rust_string_lossy(scope));
    let frames =
        (0..stack.get_frame_count()).filter_map(|index| stack.get_frame(scope, index)).map(|frame| {
            let name = text(frame.get_script_name_or_source_url(scope)).unwrap_or_default();
            json!({
                "functionName": text(frame.get_function_name(scope)).unwrap_or_default(),
                "scriptId": frame.get_script_id().to_string(),
                "url": url::Url::from_file_path(&name).map_or(name, String::from),
                "lineNumber": frame.get_line_number().saturating_sub(1),
                "columnNumber": frame.get_column().saturating_sub(1),
            })
        });
    json!({ "description": "made", "callFrames": frames.collect::<Vec<_>>() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_say_what_is_wanted() {
        let read = |state: &str| {
            let params = json!({ "state": state });
            Wanted::read(&json!({ "method": "Debugger.setPauseOnExceptions", "params": params }).to_string())
        };
        assert_eq!(read("uncaught"), Some(Wanted::Uncaught));
        assert_eq!(read("all"), Some(Wanted::All));
        assert_eq!(read("none"), Some(Wanted::None));
        assert_eq!(read("nothing"), None);
        assert_eq!(Wanted::read("no JSON"), None);
    }

    #[test]
    fn what_is_no_object_is_known_by_its_text() {
        let text = |data: Value| plain(&data);
        assert_eq!(text(json!({ "type": "string", "value": "a" })), "a");
        assert_eq!(text(json!({ "type": "number", "value": 1.5 })), "1.5");
        assert_eq!(text(json!({ "type": "bigint", "unserializableValue": "10n" })), "10");
        assert_eq!(text(json!({ "type": "number", "unserializableValue": "NaN" })), "NaN");
        assert_eq!(text(json!({ "type": "undefined" })), "undefined");
        assert_eq!(text(json!({ "type": "object", "subtype": "null", "value": null })), "null");
    }

    #[test]
    fn the_stack_of_a_pause_keeps_places_and_what_led_there() {
        let frame = json!({ "callFrameId": "1", "functionName": "f", "url": "file:///a.js",
            "location": { "scriptId": "7", "lineNumber": 2, "columnNumber": 3 }, "scopeChain": [] });
        let parent = json!({ "description": "await", "callFrames": [] });
        let stack = stack_of(&json!({ "callFrames": [frame], "asyncStackTrace": parent }));
        let told = json!({ "functionName": "f", "scriptId": "7", "url": "file:///a.js", "lineNumber": 2, "columnNumber": 3 });
        assert_eq!(stack, json!({ "callFrames": [told], "parent": parent }));
    }
}
