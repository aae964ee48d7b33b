//! Going on to where a callback is scheduled, and to where the next `await` of a function resumes.

use std::cell::{Cell, RefCell};

use loopscope_protocol::{PauseReason, TaskId};
use serde_json::{Value, json};

use super::pause::{Aim, Where, trace_of};
use super::session::Session;
use super::{Inspector, peer};
use crate::js::state::State;
use crate::js::{builtin, convert};

/// The name of the script in which the runtime has V8 stand still; clients do not see its frame.
pub const STAND: &str = "loopscope:stand";

/// A place in a script: line and column from 0.
type Place = (u32, u32);

/// A function of which an `await` is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Function {
    script: i32,
    name: String,
    /// Where it begins and ends.
    reach: [Place; 2],
}

/// What is to be reached.
#[derive(Default)]
pub struct Reach {
    /// The callback that is to be scheduled.
    birth: Cell<Option<TaskId>>,
    function: RefCell<Option<Function>>,
}

impl Reach {
    /// Nothing any more.
    pub fn forget(&self) {
        self.birth.set(None);
        self.function.take();
    }
}

/// The function of a frame of what `Debugger.paused` said, the first one of the script's own when `frame` is none.
fn function_of(
    paused: &str,
    frame: Option<&str>,
    is_internal: impl Fn(&str) -> bool,
) -> Result<Function, String> {
    let none =
        || "the run does not stand in the code: there is no function whose await could be meant".to_owned();
    let paused: Value = serde_json::from_str(paused).map_err(|_| none())?;
    let frames = paused["params"]["callFrames"].as_array().ok_or_else(none)?;
    let is_meant = |one: &&Value| match frame {
        Some(id) => one["callFrameId"] == id,
        None => !one["location"]["scriptId"].as_str().is_some_and(&is_internal),
    };
    let frame = frames.iter().find(is_meant).ok_or("there is no such frame")?;
    let place = |location: &Value| {
        let number = |key: &str| location[key].as_u64().and_then(|number| u32::try_from(number).ok());
        Some((number("lineNumber")?, number("columnNumber")?))
    };
    let scopes = frame["scopeChain"].as_array().into_iter().flatten();
    let own = scopes.into_iter().find(|scope| scope["type"] == "local" || scope["type"] == "module");
    let reach = own.and_then(|own| Some([place(&own["startLocation"])?, place(&own["endLocation"])?]));
    let script = frame["location"]["scriptId"].as_str().and_then(|script| script.parse().ok());
    Ok(Function {
        script: script.ok_or_else(none)?,
        name: frame["functionName"].as_str().unwrap_or_default().to_owned(),
        reach: reach.ok_or("V8 does not say where the function of this frame begins and ends")?,
    })
}

impl Inspector {
    /// A client wants to come to where a callback is scheduled.
    ///
    /// # Errors
    /// When it was scheduled already, or the run tells nothing of its callbacks.
    pub fn aim_at_birth(&self, state: &State, task: TaskId) -> Result<(), String> {
        let last = trace_of(state, |tracer| tracer.last_task())
            .ok_or("the run is not watched: nothing is known of its callbacks")?;
        if task <= last {
            return Err(format!(
                "callback {} was scheduled already; run again and ask for it before the run begins",
                task.0
            ));
        }
        self.reach.forget();
        self.reach.birth.set(Some(task));
        self.go_on(state);
        Ok(())
    }

    /// A client wants to come to where the next `await` of a frame's function resumes.
    ///
    /// # Errors
    /// When there is no such function.
    pub fn aim_at_resumption(
        &self,
        session: &Session,
        state: &State,
        frame: Option<&str>,
    ) -> Result<(), String> {
        let desk = &session.desk;
        let function = function_of(&desk.stood(), frame, |script| desk.is_internal(script))?;
        self.reach.forget();
        *self.reach.function.borrow_mut() = Some(function);
        self.go_on(state);
        Ok(())
    }

    /// A callback is being scheduled: holds the run when that was waited for.
    pub fn born(&self, state: &State, task: TaskId) {
        if self.reach.birth.get() != Some(task) {
            return;
        }
        self.reach.birth.set(None);
        let sessions: Vec<_> = self.sessions.borrow().values().filter(|one| one.debugs()).cloned().collect();
        if sessions.is_empty() {
            return;
        }
        for session in &sessions {
            session.desk.explain(Some(json!({ "reason": "scheduled", "task": task.0 })));
        }
        self.standing.told(PauseReason::Step);
        self.stand_here(state);
        // V8 passes over the statement when a client has turned breakpoints off.
        self.standing.reason.take();
        sessions.iter().for_each(|session| session.desk.explain(None));
    }

    /// Stands still in the middle of a call of the runtime. V8 itself can only be asked to do so at the next call of a
    /// function of the script's.
    fn stand_here(&self, state: &State) {
        peer::enter(state, self.isolate, |scope| {
            v8::tc_scope!(let scope, scope);
            let name = convert::string(scope, STAND).into();
            let origin = builtin::origin(scope, name, false);
            let source = convert::string(scope, "debugger;");
            if let Some(script) = v8::Script::compile(scope, source, Some(&origin)) {
                // It throws only when the run is ended meanwhile, which its caller hears of by itself.
                let _ = script.run(scope);
            }
        });
    }

    /// Whether a callback with this number, or an `await`, is waited for.
    pub fn looks_for(&self, task: TaskId) -> bool {
        self.reach.birth.get() == Some(task) || self.reach.function.borrow().is_some()
    }

    /// Whether the function on top of the stack awaits, and that is waited for.
    pub fn awaits_here(&self, scope: &v8::PinScope) -> bool {
        let function = self.reach.function.borrow();
        let Some(function) = &*function else { return false };
        let stack = v8::StackTrace::current_stack_trace(scope, 1);
        let Some(frame) = stack.and_then(|stack| stack.get_frame(scope, 0)) else { return false };
        let number = |number: usize| u32::try_from(number).unwrap_or(0).saturating_sub(1);
        let at = (number(frame.get_line_number()), number(frame.get_column()));
        let [from, to] = function.reach;
        let name = frame.get_function_name(scope).map(|name| name.to_rust_string_lossy(scope));
        i32::try_from(frame.get_script_id()) == Ok(function.script)
            && (from..=to).contains(&at)
            && name.unwrap_or_default() == function.name
            && frame.get_script_source(scope).is_some_and(|source| {
                let source = source.to_rust_string_lossy(scope);
                let line = source.lines().nth(at.0 as usize).unwrap_or_default();
                let rest: Vec<u16> = line.encode_utf16().skip(at.1 as usize).collect();
                !is_call(&String::from_utf16_lossy(&rest))
            })
    }

    /// The `await` that was waited for resumes in this callback, which is about to start.
    pub fn resumes_in(&self, state: &State, task: TaskId) {
        if self.reach.function.borrow().is_none() {
            // Something else has held the run meanwhile.
            return;
        }
        self.reach.forget();
        self.take_aim(state, Aim::Resumption(task), Where::Statement);
    }
}

/// Whether text begins with the call of a method of promises that makes a reaction of its own.
fn is_call(text: &str) -> bool {
    ["then", "catch", "finally"].iter().any(|name| {
        text.strip_prefix(name)
            .is_some_and(|rest| rest.trim_start().starts_with('(') || rest.starts_with('?'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_function_of_a_frame_is_known_by_its_scope() {
        let scope = |kind: &str| {
            json!({ "type": kind, "startLocation": { "lineNumber": 1, "columnNumber": 2 },
                "endLocation": { "lineNumber": 3, "columnNumber": 4 } })
        };
        let frame = |id: &str, script: &str, kind: &str| {
            json!({ "callFrameId": id, "functionName": id, "location": { "scriptId": script },
                "scopeChain": [scope(kind)] })
        };
        let frames = [frame("a", "3", "local"), frame("b", "7", "local"), frame("c", "7", "block")];
        let paused = json!({ "params": { "callFrames": frames } }).to_string();
        let of = |paused: &str, frame: Option<&str>| function_of(paused, frame, |script| script == "3");
        let found = of(&paused, None).expect("the first frame of the script's own");
        assert_eq!(found, Function { script: 7, name: "b".to_owned(), reach: [(1, 2), (3, 4)] });
        assert_eq!(of(&paused, Some("a")).map(|found| found.name), Ok("a".to_owned()));
        assert!(of(&paused, Some("c")).is_err());
        assert!(of("", None).is_err());
    }

    #[test]
    fn methods_of_promises_are_no_await() {
        assert!(is_call("then(f)"));
        assert!(is_call("catch (f)"));
        assert!(!is_call("await then(f)"));
        assert!(!is_call("thenable"));
    }
}
