//! The protocol domain `Loopscope`: debugging by the event loop.
//!
//! Requests:
//! - `Loopscope.enable {sourceMaps?, parents?, rejections?}`, `Loopscope.disable`: whether the client hears the notifications below. With
//!   `parents` stacks have up to so many asynchronous parents from the first script on that has the statement `debugger`, as
//!   if the client had asked for `Debugger.setAsyncCallStackDepth` then; without such a script nothing is paid for them. With
//!   `sourceMaps` the client sees the texts that scripts were made from: `Debugger.setBreakpointByUrl` takes their URLs, frames
//!   in `Debugger.paused` have their URLs and places, steps go from line to line there, and a location in
//!   `Debugger.continueToLocation` may have a `url` of theirs. With
//!   `rejections` a promise that is rejected without a handler does not hold the run when only uncaught exceptions do
//!   (`Debugger.setPauseOnExceptions`), unless another session wants them as V8 has them: it may get a handler. The run stands
//!   still when the process finds that it got none, see `Loopscope.paused`.
//! - `Loopscope.setFunctionBreakpoints {breakpoints: [{id, name, enabled?, condition?}]}` replaces the session's breakpoints on
//!   functions, wherever scripts have one of the name (`name`, or `Owner.name`), also those still to be loaded. The answer is as
//!   the next one's; pauses have `data.loopscope.functionBreakpointId`.
//! - `Loopscope.setLoopBreakpoints {breakpoints: [{id, enabled?, when}]}` replaces the session's loop breakpoints; `when` is
//!   one of `{type: "task", kind?, target?}`, `{type: "queue", queue, longerThan}`, `{type: "blocked", ms}` and
//!   `{type: "exit"}`. A queue holds the run once when it has grown past the number, and again after it fell to it or below. The answer's `faults: [{id, text}]` names those that can never hold the run.
//! - `Loopscope.step {unit, at?}`: on to the next callback; `unit` is `task`, `macrotask`, `microtask`, `phase` or `turn`, `at`
//!   is `statement` (the default: the first statement of the callback) or `before` (between two callbacks).
//! - `Loopscope.runToTask {task, at?}`: on to a callback by its number.
//! - `Loopscope.runToScheduled {task}`: on to where a callback is scheduled that is still to come. For one that exists, the run
//!   is to be begun again, and this to be asked for before `Runtime.runIfWaitingForDebugger`.
//! - `Loopscope.runToResume {callFrameId?}`: on to where the next `await` in the function of a frame (the innermost one of the
//!   script, by default) resumes. Whatever holds the run before ends both of these.
//! - `Loopscope.getOriginal {url}`: the `text` that scripts were made from, as far as a source map holds it.
//! - `Loopscope.listen {host?, port?}` lets other clients in there, as `--inspect` does (a port of 0 is any that is free); the
//!   answer's `url` says where, also when that was so already. `Loopscope.close {}` sends them away.
//! - `Loopscope.cancelPause {}` takes `Debugger.pause` back while no JavaScript has run since.
//!
//! While the run stands between two callbacks, `Debugger.stepInto` goes on to the first statement of the callback that is about
//! to start, and `Debugger.stepOver` over it, to before the next one.
//!
//! `Debugger.setBreakpointByUrl` takes two fields more: `hitCondition` (`5`, `>= 5`, `> 5`, `== 5`, `< 5`, `<= 5`, `% 5`; a number
//! alone means at least so many; `Debugger.paused` has `hits: {breakpointId: times}`) and `log`, an expression whose value is told in
//! `Loopscope.logged` instead of standing still: the script writes nothing.
//!
//! `Debugger.evaluateOnCallFrame` takes `keep`: what the expression declares with `let`, `const` and `class` at its top can be used by
//! what is evaluated later in the same pause, in whichever frame. It is forgotten when the run goes on.
//!
//! A frame in `Debugger.paused` whose function is a listener of events that the runtime called has `listensSince: {functionName,
//! scriptId, lineNumber, columnNumber}`, when it was added in one place only.
//!
//! Notifications:
//! - `Loopscope.paused {reason, breakpointId?, task, between: true, ended?}`: the run stands between two callbacks
//!   (`breakpointId` is told to the client whose breakpoint it is; `ended` when that is for a callback that blocked, which
//!   ended before it could be stopped); `reason` is `entry` (before the script begins), `step`, `breakpoint`, `requested`, `exit` or `rejection`: nobody has handled a promise that was rejected in `task`, with
//!   the reason `exception` (a `RemoteObject`) and what was on the stack then in `stackTrace` (when V8 has seen nothing of that,
//!   the stack that the error has since it was made, and its `description` is `made`); `Debugger.resume` goes on. In the middle of JavaScript `Debugger.paused` comes instead, with
//!   `data.loopscope` saying the same.
//!   With `reason` `scheduled` there, the run stands where callback `task` is scheduled, with `resumption` where an `await`
//!   resumes.
//! - `Loopscope.resumed {}`.
//! - `Loopscope.functionBreakpointResolved {id, url, location}`: a function of the name was found.
//! - `Loopscope.breakpointHits {hits: {breakpointId: times}}`: how often the breakpoints were reached that have a
//!   `hitCondition`; told now and then, and at the end.
//! - `Loopscope.breakpointFailed {breakpointId, text}`: what is evaluated at a breakpoint took too long; the breakpoint does not
//!   hold the run any more. `breakpointId` is the client's own for one on a function.
//! - `Loopscope.breakpointThrew {breakpointId, text, at}`: what is evaluated at a breakpoint has thrown, and does not hold the run. `at`
//!   is the time since the run began, in nanoseconds, as in the events that the run's watcher is told.
//! - `Loopscope.logged {breakpointId, text, at}`: a breakpoint with `log` was reached.
//! - `Loopscope.originalsFound {scriptId, urls}`: a script has a source map with these sources.
//! - `Loopscope.sourceMapFailed {scriptId, url, text}`: its source map cannot be used, and why.

use loopscope_protocol::{LoopBreakpoint, StepUnit, TaskId};
use serde::Deserialize;
use serde_json::{Value, json};

use super::Inspector;
use super::breakpoint::Placed;
use super::desk::FunctionBreakpoint;
use super::door;
use super::pause::{Aim, Where};
use super::request::{self, INVALID_PARAMS, Refused, Request, SERVER_ERROR, params};
use super::session::Session;
use crate::js::flags::Flag;
use crate::js::state::State;

/// What the methods of the domain begin with.
pub const PREFIX: &str = "Loopscope.";

/// The protocol's code for a method that does not exist (JSON-RPC 2.0, section 5.1).
const METHOD_NOT_FOUND: i32 = -32601;

#[derive(Deserialize)]
struct Breakpoints {
    breakpoints: Vec<LoopBreakpoint>,
}

#[derive(Deserialize)]
struct FunctionBreakpoints {
    breakpoints: Vec<FunctionBreakpoint>,
}

#[derive(Deserialize)]
struct Step {
    unit: StepUnit,
    #[serde(default)]
    at: Where,
}

#[derive(Deserialize)]
struct Original {
    url: String,
}

#[derive(Deserialize)]
struct ListenAt {
    host: Option<String>,
    port: Option<u16>,
}

#[derive(Deserialize)]
struct RunTo {
    task: u64,
    #[serde(default)]
    at: Where,
}

#[derive(Deserialize)]
struct ToScheduled {
    task: u64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ToResume {
    call_frame_id: Option<String>,
}

/// Follows a request; returns the answer.
pub fn answer(session: &Session, inspector: &Inspector, state: &State, text: &str) -> String {
    match serde_json::from_str::<Request>(text) {
        Ok(request) => request::answer(request.id, follow(session, inspector, state, request)),
        Err(wrong) => request::answer(0, Err((INVALID_PARAMS, wrong.to_string()))),
    }
}

fn follow(
    session: &Session,
    inspector: &Inspector,
    state: &State,
    request: Request,
) -> Result<Value, Refused> {
    match &*request.method {
        "Loopscope.enable" => {
            session.hears_loop.set(true);
            session.hears_rejections.set(request.params["rejections"] == true);
            state.shared.set_flag(Flag::Listeners, 1);
            if let Some(depth) = request.params["parents"].as_u64() {
                session.desk.keep_parents(depth);
            }
            if request.params["sourceMaps"] == true {
                session.desk.show_originals();
            }
        }
        "Loopscope.setFunctionBreakpoints" => {
            let wanted: FunctionBreakpoints = params(request.params)?;
            let faults = session.desk.set_functions(wanted.breakpoints).into_iter();
            let faults: Vec<_> = faults.map(|(id, text)| json!({ "id": id, "text": text })).collect();
            return Ok(json!({ "faults": faults }));
        }
        "Loopscope.disable" => {
            session.hears_loop.set(false);
            session.hears_rejections.set(false);
            session.breakpoints.borrow_mut().clear();
            inspector.look_at_breakpoints(state);
        }
        "Loopscope.setLoopBreakpoints" => {
            let wanted: Breakpoints = params(request.params)?;
            let fault = |breakpoint: &LoopBreakpoint| {
                breakpoint.when.fault().map(|text| json!({ "id": breakpoint.id, "text": text }))
            };
            let faults: Vec<_> = wanted.breakpoints.iter().filter_map(fault).collect();
            let mut placed = session.breakpoints.borrow_mut();
            let list = wanted.breakpoints.into_iter().map(|one| Placed::new(one, &placed)).collect();
            *placed = list;
            drop(placed);
            inspector.look_at_breakpoints(state);
            return Ok(json!({ "faults": faults }));
        }
        "Loopscope.step" => {
            let step: Step = params(request.params)?;
            inspector.aim_at(state, Aim::Step(step.unit), step.at);
        }
        "Loopscope.runToTask" => {
            let to: RunTo = params(request.params)?;
            inspector.aim_at(state, Aim::Task(TaskId(to.task)), to.at);
        }
        "Loopscope.runToScheduled" => {
            let to: ToScheduled = params(request.params)?;
            let aimed = inspector.aim_at_birth(state, TaskId(to.task));
            aimed.map_err(|why| (SERVER_ERROR, why))?;
        }
        "Loopscope.runToResume" => {
            let to: ToResume = params(request.params)?;
            let aimed = inspector.aim_at_resumption(session, state, to.call_frame_id.as_deref());
            aimed.map_err(|why| (SERVER_ERROR, why))?;
        }
        "Loopscope.getOriginal" => {
            let of: Original = params(request.params)?;
            let text = session.desk.original(&of.url);
            let text = text.ok_or_else(|| (SERVER_ERROR, "no source map holds this text".to_owned()))?;
            return Ok(json!({ "text": text }));
        }
        "Loopscope.listen" => {
            let at: ListenAt = params(request.params)?;
            if inspector.url().is_none() {
                let own = &state.options.inspect;
                let (host, port) = (at.host.as_ref().unwrap_or(&own.host), at.port.unwrap_or(own.port));
                let opened = inspector.open_door(state, host, port);
                opened.map_err(|failed| {
                    (SERVER_ERROR, door::refusal_text(host, port, &failed).trim_end().to_owned())
                })?;
            }
            return Ok(json!({ "url": inspector.url() }));
        }
        "Loopscope.close" => inspector.close_door(state),
        "Loopscope.cancelPause" => {
            inspector.pause_asked.set(false);
            session.miss();
        }
        other => return Err((METHOD_NOT_FOUND, format!("'{other}' wasn't found"))),
    }
    Ok(json!({}))
}
