//! What V8 says in a session, on its way to the client.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use loopscope_protocol::PauseReason;
use serde_json::json;

use super::desk::Desk;
use super::link::SessionId;
use super::peer::Peer;
use super::strings;
use crate::js::state::State;

/// How V8 begins the message that a run stands still.
const PAUSED: &str = r#"{"method":"Debugger.paused""#;

/// Where it says that there are several reasons.
const AMBIGUOUS: &str = r#""reason":"ambiguous""#;

/// Where it says that nothing in the code is why, and nothing more.
const REQUESTED: &str = r#""reason":"other","hitBreakpoints":[]"#;

/// How messages begin that carry a time.
const STAMPED: [&str; 2] =
    [r#"{"method":"Runtime.consoleAPICalled""#, r#"{"method":"Runtime.exceptionThrown""#];

/// What the sessions of a run tell of its standing still.
pub struct Standing {
    /// Why V8 is about to pause, read from what it told the clients.
    pub reason: Cell<Option<PauseReason>>,
    /// The loop breakpoint for which V8 was asked to pause: something takes too long.
    pub blocked: RefCell<Option<(SessionId, String)>>,
    /// The run, whose clock V8 has no way to ask.
    pub state: Weak<State>,
}

impl Standing {
    /// A session was told why V8 pauses. Those that did not want it are told less.
    pub fn told(&self, reason: PauseReason) {
        if reason != PauseReason::Statement || self.reason.get().is_none() {
            self.reason.set(Some(reason));
        }
    }

    /// The text of a notification with the time that V8 left out of it.
    fn stamped(&self, text: String) -> String {
        const NONE: &str = r#""timestamp":0"#;
        if !STAMPED.iter().any(|start| text.starts_with(start)) {
            return text;
        }
        let Some(state) = self.state.upgrade() else { return text };
        let Some(at) = text.rfind(NONE) else { return text };
        let now = state.host.try_borrow().map_or(0, |host| host.wall_clock()) as f64 / 1e6;
        format!(r#"{}"timestamp":{now}{}"#, &text[..at], &text[at + NONE.len()..])
    }

    /// The message that V8 pauses, with the loop breakpoint behind it, which its own client knows by name.
    fn named(&self, text: String, session: Option<SessionId>) -> String {
        let blocked = self.blocked.borrow();
        let (Some((of, id)), Some(at)) = (&*blocked, text.rfind(REQUESTED)) else { return text };
        let mut about = json!({ "loopscope": { "reason": "breakpoint" } });
        if session == Some(*of) {
            about["loopscope"]["breakpointId"] = id.as_str().into();
        }
        format!(r#"{}"data":{about},{}"#, &text[..at], &text[at..])
    }
}

/// The way from V8 to a client.
pub struct Outgoing {
    client: Rc<Peer>,
    standing: Rc<Standing>,
    desk: Rc<Desk>,
}

impl Outgoing {
    /// A way to `client`.
    pub fn new(client: Rc<Peer>, standing: Rc<Standing>, desk: Rc<Desk>) -> Self {
        Self { client, standing, desk }
    }
}

impl Outgoing {
    /// Whether the client is not to hear of a pause: the promise may still get a handler.
    fn passes_rejection(&self, text: &str) -> bool {
        let inspector = self.standing.state.upgrade().and_then(|state| state.any_inspector());
        let session = self.desk.session();
        inspector.zip(session).is_some_and(|(inspector, session)| inspector.passes_rejection(&session, text))
    }
}

impl v8::inspector::ChannelImpl for Outgoing {
    fn send_response(&self, call_id: i32, message: v8::UniquePtr<v8::inspector::StringBuffer>) {
        let Some(message) = message.as_ref() else { return };
        // Answers to requests of the runtime's own are not for the client.
        if !self.desk.take_answer(call_id, || strings::text(&message.string())) {
            self.client.send(strings::text(&message.string()));
        }
    }

    fn send_notification(&self, message: v8::UniquePtr<v8::inspector::StringBuffer>) {
        let Some(message) = message.as_ref() else { return };
        let text = strings::text(&message.string());
        let text = if text.starts_with(PAUSED) {
            if self.passes_rejection(&text) {
                return;
            }
            let text = told_apart(text);
            let text = self.standing.named(text, self.desk.session().map(|session| session.id));
            self.standing.told(reason(&text));
            text
        } else {
            text
        };
        let Some(text) = self.desk.pass(self.standing.stamped(text)) else { return };
        if self.desk.listens_for(&text) {
            self.client.send(text.clone());
            self.desk.after(&text);
        } else {
            self.client.send(text);
        }
    }

    fn flush_protocol_notifications(&self) {}
}

/// The message of a pause that has several reasons with the one of the loop's alone, when that is among them: what it leads to
/// counts, whatever else V8 would have stood still for at the same statement.
fn told_apart(text: String) -> String {
    if !text.contains(AMBIGUOUS) {
        return text;
    }
    let Ok(mut message) = serde_json::from_str::<serde_json::Value>(&text) else { return text };
    let params = &mut message["params"];
    let reasons = params["data"]["reasons"].as_array_mut();
    let own = reasons.and_then(|all| all.iter_mut().find(|one| one["auxData"]["loopscope"].is_object()));
    let Some(own) = own.map(serde_json::Value::take) else { return text };
    params["reason"] = own["reason"].clone();
    params["data"] = own["auxData"].clone();
    message.to_string()
}

/// Why V8 pauses, by the end of its message: the call frames before it can be long.
fn reason(message: &str) -> PauseReason {
    #[derive(serde::Deserialize)]
    struct Message<'a> {
        #[serde(borrow)]
        params: Params<'a>,
    }
    #[derive(serde::Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Params<'a> {
        #[serde(borrow)]
        reason: std::borrow::Cow<'a, str>,
        #[serde(default)]
        hit_breakpoints: Vec<serde::de::IgnoredAny>,
        data: Option<serde_json::Value>,
    }
    let Ok(message) = serde_json::from_str::<Message>(message) else { return PauseReason::Requested };
    let params = message.params;
    if let Some(own) = params.data.as_ref().and_then(|data| data.get("loopscope")) {
        return match own.get("reason").and_then(serde_json::Value::as_str) {
            Some("step" | "scheduled" | "resumption") => PauseReason::Step,
            _ => PauseReason::LoopBreakpoint,
        };
    }
    match &*params.reason {
        "exception" | "promiseRejection" | "assert" | "OOM" => PauseReason::Exception,
        "step" => PauseReason::Step,
        "Break on start" => PauseReason::Entry,
        _ if !params.hit_breakpoints.is_empty() => PauseReason::Breakpoint,
        _ => PauseReason::Statement,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_read_from_the_message() {
        let message =
            |rest: &str| format!(r#"{{"method":"Debugger.paused","params":{{"callFrames":[],{rest}}}}}"#);
        let read = |rest: &str| reason(&message(rest));
        assert_eq!(read(r#""reason":"other","hitBreakpoints":["1"]"#), PauseReason::Breakpoint);
        assert_eq!(read(r#""reason":"exception","data":{"uncaught":true}"#), PauseReason::Exception);
        assert_eq!(read(r#""reason":"other","hitBreakpoints":[]"#), PauseReason::Statement);
        assert_eq!(read(r#""reason":"other","data":{"loopscope":{"reason":"step"}}"#), PauseReason::Step);
        let own = r#""reason":"other","data":{"loopscope":{"reason":"breakpoint","breakpointId":"3"}}"#;
        assert_eq!(read(own), PauseReason::LoopBreakpoint);
        assert_eq!(reason("no JSON"), PauseReason::Requested);
    }

    #[test]
    fn of_several_reasons_that_of_the_loop_counts() {
        let both = r#"{"method":"Debugger.paused","params":{"callFrames":[],"reason":"ambiguous","data":{"reasons":[
            {"reason":"other"},{"reason":"other","auxData":{"loopscope":{"reason":"step","task":4}}}]}}}"#;
        assert_eq!(reason(&told_apart(both.to_owned())), PauseReason::Step);
        let others = both.replace("loopscope", "another");
        assert_eq!(told_apart(others.clone()), others);
    }
}
