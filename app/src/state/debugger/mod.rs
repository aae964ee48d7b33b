//! The debugger as the views see it: what V8's inspector said, folded into a state, and what is to be asked of it.
//!
//! Nothing in here waits or sends: [`Debugger::hear`] takes a message of the Chrome DevTools Protocol, and
//! [`Debugger::take_requests`] gives what is to be sent. Methods and fields are those of the protocol's `Debugger` and
//! `Runtime` domains and of the runtime's own `Loopscope` domain.

mod anchors;
mod binding;
pub mod breakpoint;
mod callback;
mod change;
pub mod complete;
mod console;
mod destination;
mod door;
mod drift;
mod functions;
mod hover;
mod ignore;
mod inline;
mod loops;
pub mod names;
mod parts;
mod pause;
mod profiling;
mod said;
mod source;
mod targets;
pub mod threads;
mod tree;
pub mod value;
mod watches;
mod workers;

use std::collections::{HashMap, HashSet, VecDeque};
use std::time::Instant;

use loopscope_protocol::StepUnit;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::state::profile::Kind;

pub use binding::Binding;
pub use breakpoint::{At, Breakpoint, Breakpoints};
pub use change::Place;
pub use console::Entry;
pub use door::Door;
pub use drift::Drift;
pub use functions::FunctionBreakpoint;
pub use hover::Hovered;
pub use ignore::Ignored;
pub use inline::{Beside, Inline};
pub use loops::LoopBreakpoint;
pub use loopscope_protocol::{QUEUE_NAMES, When};
pub use parts::{Part, RANGE};
pub use pause::{AsyncPart, Frame, Paused, Scope, Spot, Unhandled};
pub use said::Said;
pub use targets::{Target, Targets};
pub use threads::{Settings, Threads};
pub use tree::{Children, Property};
pub use value::Shown;
pub use watches::Watch;
pub use workers::WorkerTold;

/// How many steps back stacks are told.
const ASYNC_DEPTH: u32 = 32;

/// Which exceptions hold the run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Exceptions {
    /// None.
    #[default]
    Never,
    /// Those that nobody catches.
    Uncaught,
    /// All.
    Always,
}

impl Exceptions {
    /// All of them, in order.
    pub const ALL: [Self; 3] = [Self::Never, Self::Uncaught, Self::Always];

    /// In words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Never => "Never",
            Self::Uncaught => "Uncaught",
            Self::Always => "All",
        }
    }

    fn state(self) -> &'static str {
        match self {
            Self::Never => "none",
            Self::Uncaught => "uncaught",
            Self::Always => "all",
        }
    }
}

/// A step in the code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CodeStep {
    /// Over calls.
    Over,
    /// Into the next call.
    Into,
    /// To the end of the function.
    Out,
}

/// What an answer is for.
enum Purpose {
    Nothing,
    /// Going on to a line.
    Destination,
    Loops,
    Bind {
        path: String,
        at: At,
    },
    /// Whether what a breakpoint evaluates is an expression.
    Check {
        path: String,
        at: At,
    },
    /// Breakpoints on functions.
    Functions,
    /// A profile begins.
    Begun,
    /// A profile.
    Profile(Kind),
    /// The text of a script in the coverage.
    Covered(String),
    /// The text of a script that is in no file.
    Source(String),
    /// A picture of the heap.
    Snapshot,
    /// The calls of a line.
    Targets,
    Children(String),
    Range(String),
    /// The parts of an object, which is kept under the key.
    Parts {
        key: String,
        object: String,
        is_whole: bool,
    },
    Prototype(String),
    /// A line of the console; whether its value is waited for.
    Console {
        number: u64,
        waits: bool,
    },
    /// The promise of a line of the console, which settles only when the run goes on.
    Settled(u64),
    /// Whether what was typed can be read as `first`.
    Reading {
        number: u64,
        first: String,
        others: Vec<String>,
        waits: bool,
    },
    /// The value of what is being typed.
    Preview(String),
    /// The object whose names are wanted.
    Complete(complete::Place),
    /// The names.
    Names(complete::Place),
    /// Names of global variables that are no properties.
    Lexical(complete::Place),
    /// A watched expression.
    Watch(String),
    /// What the callback was called with, in the frame of this name.
    Arguments(String),
    /// Other debuggers may attach; whether it is the first port that was tried.
    Door {
        is_first: bool,
    },
    /// The value of a property with this getter, in what is known under the key.
    Got {
        key: String,
        getter: String,
    },
    /// The expression under the pointer.
    Hover(String),
    Changed,
    /// A variable of the scope with this object has another value.
    Assigned {
        scope: String,
        name: String,
    },
    /// The value that something is to get.
    Value(Place),
    /// The innermost function returns this.
    Returned(Shown),
    Copy,
}

/// The debugger of one run.
#[derive(Default)]
pub struct Debugger {
    last: i64,
    requests: Vec<String>,
    /// What answers are for that are outstanding, since when.
    waiting: HashMap<i64, (Purpose, Instant)>,
    /// Paths of scripts by V8's numbers.
    scripts: HashMap<String, String>,
    /// Calls that can be stepped into are only to be told.
    lists_targets: bool,
    /// Paths of the texts that scripts were made from.
    originals: HashSet<String>,
    bound: HashMap<(String, At), binding::Bound>,
    /// Texts that were edited since the run began.
    drifts: HashMap<String, Drift>,
    /// What other threads know of breakpoints.
    elsewhere: binding::Elsewhere,
    functions: functions::Functions,
    ignored: Option<Ignored>,
    targets: Option<Targets>,
    profiling: profiling::Profiling,
    /// The call that is to be stepped into when the run stands there.
    aim: Option<(u32, u32)>,
    loops: loops::Loops,
    paused: Option<Paused>,
    frame: usize,
    nodes: HashMap<String, Children>,
    /// Those of them that are asked for again when they are looked at.
    stale: HashSet<String>,
    /// Changes with what is known of the inside of objects.
    epoch: u64,
    inline: inline::InlineMemory,
    destination: Option<destination::Destination>,
    hovered: Option<Hovered>,
    console: console::Console,
    completion: complete::Completion,
    watches: Vec<Watch>,
    /// What went wrong last, to be said to the user.
    problem: Option<String>,
    /// A text that was asked for.
    source: Option<(String, String)>,
    /// Where other debuggers attach.
    door: Door,
    /// What was told of workers.
    told: Vec<WorkerTold>,
    /// Requests to workers so far.
    last_carrier: i64,
    /// What the runtime told without being asked, to be said to the user.
    notices: VecDeque<String>,
    /// What breakpoints have said, to be shown.
    said: Vec<Said>,
    /// Text that is to be copied.
    copied: Option<String>,
    /// How often the run has stood still.
    pauses: u64,
    /// V8 has been asked for the asynchronous parents of stacks.
    has_parents: bool,
    /// The run has begun.
    is_let_go: bool,
    is_over: bool,
}

/// What a run begins with.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// Breakpoints in all files.
    pub breakpoints: &'a Breakpoints,
    /// Breakpoints on functions.
    pub functions: &'a [FunctionBreakpoint],
    /// Breakpoints of the event loop.
    pub loops: &'a [LoopBreakpoint],
    /// Which exceptions hold the run.
    pub exceptions: Exceptions,
    /// Watched expressions.
    pub watches: &'a [String],
    /// Scripts that steps pass over.
    pub ignored: &'a Ignored,
    /// What is recorded from the first line on.
    pub profile: Option<Kind>,
    /// The callback at whose birth the run stands still.
    pub scheduled: Option<u64>,
    /// Whether other debuggers may attach.
    pub door: bool,
}

/// The URL by which V8 knows a script.
fn url_of(path: &str) -> String {
    url::Url::from_file_path(path).map_or_else(|()| path.to_owned(), String::from)
}

/// The path behind such a URL.
fn path_of(url: &str) -> String {
    let path = url::Url::parse(url).ok().filter(|url| url.scheme() == "file");
    path.and_then(|url| url.to_file_path().ok())
        .map_or_else(|| url.to_owned(), |path| path.to_string_lossy().into_owned())
}

impl Debugger {
    /// A debugger for a run that waits before its first line; it is let go with everything set.
    pub fn begin(wanted: &Wanted) -> Self {
        let mut debugger = Self::enable(wanted.breakpoints, wanted.exceptions, wanted.watches);
        debugger.follow_workers();
        debugger.set_ignored(wanted.ignored);
        debugger.set_function_breakpoints(wanted.functions);
        if !wanted.loops.is_empty() {
            debugger.set_loop_breakpoints(wanted.loops);
        }
        if wanted.door {
            debugger.set_door(true);
        }
        if let Some(kind) = wanted.profile {
            debugger.start_profile(kind);
        }
        if let Some(task) = wanted.scheduled {
            debugger.want_parents();
            debugger.run_to_scheduled(task);
        }
        debugger.let_go();
        debugger
    }

    /// Lets a run begin that waits before its first line.
    pub fn let_go(&mut self) {
        self.is_let_go = true;
        self.ask("Runtime.runIfWaitingForDebugger", json!({}), Purpose::Nothing);
    }

    /// As [`Debugger::begin`], but the run waits for [`Debugger::let_go`], and stacks have their asynchronous parents from
    /// the beginning.
    pub fn attach(breakpoints: &Breakpoints, exceptions: Exceptions, watches: &[String]) -> Self {
        let mut debugger = Self::enable(breakpoints, exceptions, watches);
        debugger.want_parents();
        debugger
    }

    fn enable(breakpoints: &Breakpoints, exceptions: Exceptions, watches: &[String]) -> Self {
        let mut debugger = Self::default();
        for method in ["Runtime.enable", "Debugger.enable"] {
            debugger.ask(method, json!({}), Purpose::Nothing);
        }
        debugger.ask(
            "Loopscope.enable",
            json!({ "sourceMaps": true, "parents": ASYNC_DEPTH, "rejections": true }),
            Purpose::Nothing,
        );
        debugger.set_exceptions(exceptions);
        debugger.drifts = breakpoints.drifts().clone();
        for (path, list) in breakpoints.files() {
            debugger.set_breakpoints(path, list);
        }
        debugger.watches = watches.iter().map(|watch| Watch::new(watch)).collect();
        debugger
    }

    /// Has V8 keep the stack at every `await` and every call that schedules something. That makes scripts with many of
    /// them much slower, so it is asked for only when the run may come to stand. For the statement `debugger` the runtime
    /// sees to that itself (`parents`).
    fn want_parents(&mut self) {
        if !std::mem::replace(&mut self.has_parents, true) {
            let params = json!({ "maxDepth": ASYNC_DEPTH });
            self.ask("Debugger.setAsyncCallStackDepth", params, Purpose::Nothing);
        }
    }

    /// The debugger of a run that is over.
    pub fn over() -> Self {
        Self { is_over: true, ..Self::default() }
    }

    /// How often the run has stood still.
    pub fn pauses(&self) -> u64 {
        self.pauses
    }

    /// What is to be sent, in order.
    pub fn take_requests(&mut self) -> Vec<String> {
        std::mem::take(&mut self.requests)
    }

    fn ask(&mut self, method: &str, params: Value, purpose: Purpose) {
        if self.is_over {
            return;
        }
        self.last += 1;
        self.waiting.insert(self.last, (purpose, Instant::now()));
        self.requests.push(json!({ "id": self.last, "method": method, "params": params }).to_string());
    }

    /// The run is over: nothing is asked any more.
    pub fn end(&mut self) {
        self.is_over = true;
        self.miss_destination();
        self.door = Door::Closed;
        self.requests.clear();
        self.console.end();
        self.leave();
    }

    /// Where the run stands still in the code, or between two callbacks.
    pub fn paused(&self) -> Option<&Paused> {
        self.paused.as_ref()
    }

    /// Whether the run stands still in the middle of JavaScript.
    pub fn stands_in_code(&self) -> bool {
        self.paused.as_ref().is_some_and(|paused| !paused.frames.is_empty())
    }

    /// The frame that is looked at.
    pub fn frame(&self) -> Option<(usize, &Frame)> {
        let frame = self.paused.as_ref()?.frames.get(self.frame)?;
        Some((self.frame, frame))
    }

    /// The place that is to be shown: that of the frame, or where a rejection was thrown that nobody has handled.
    pub fn spot(&self) -> Option<&Spot> {
        let thrown = || self.paused.as_ref()?.unhandled.as_ref()?.spot.as_ref();
        self.frame().map(|(_, frame)| &frame.spot).or_else(thrown)
    }

    /// Looks at another frame.
    pub fn select_frame(&mut self, index: usize) {
        self.frame = index;
        self.forget_preview();
        self.ask_arguments();
        self.evaluate_watches();
    }

    /// Says which exceptions hold the run.
    pub fn set_exceptions(&mut self, exceptions: Exceptions) {
        if exceptions != Exceptions::Never {
            self.want_parents();
        }
        self.ask("Debugger.setPauseOnExceptions", json!({ "state": exceptions.state() }), Purpose::Nothing);
    }

    /// Goes on to the end of a step in the code.
    pub fn step(&mut self, step: CodeStep) {
        let method = match step {
            CodeStep::Over => "Debugger.stepOver",
            CodeStep::Into => "Debugger.stepInto",
            CodeStep::Out => "Debugger.stepOut",
        };
        // Into a function that a call only schedules, when that is what the line does.
        let params = if step == CodeStep::Into { json!({ "breakOnAsyncCall": true }) } else { json!({}) };
        self.ask(method, params, Purpose::Nothing);
    }

    /// Begins the selected frame's function again.
    pub fn restart_frame(&mut self) {
        if let Some((_, frame)) = self.frame() {
            let params = json!({ "callFrameId": frame.id, "mode": "StepInto" });
            self.ask("Debugger.restartFrame", params, Purpose::Nothing);
        }
    }

    /// Goes on to a callback at some distance.
    pub fn step_loop(&mut self, unit: StepUnit) {
        self.ask("Loopscope.step", json!({ "unit": unit }), Purpose::Nothing);
    }

    /// Makes a request whose answer matters only when it fails.
    pub fn request(&mut self, method: &str, params: Value) {
        self.ask(method, params, Purpose::Nothing);
    }

    /// Whether answers are outstanding; values of promises come when the run goes on.
    pub fn waits(&self) -> bool {
        self.waiting.values().any(|(purpose, _)| !matches!(purpose, Purpose::Settled(_)))
    }

    /// Goes on to a callback.
    pub fn run_to_task(&mut self, task: u64) {
        self.ask("Loopscope.runToTask", json!({ "task": task }), Purpose::Nothing);
    }

    /// Goes on to where a callback is scheduled that is still to come. It can be asked for before the run begins.
    pub fn run_to_scheduled(&mut self, task: u64) {
        self.ask("Loopscope.runToScheduled", json!({ "task": task }), Purpose::Nothing);
    }

    /// Goes on to where the next `await` of the selected frame's function resumes.
    pub fn run_to_resume(&mut self) {
        let params = match self.frame() {
            Some((_, frame)) => json!({ "callFrameId": frame.id }),
            None => json!({}),
        };
        self.ask("Loopscope.runToResume", params, Purpose::Nothing);
    }

    /// Goes on.
    pub fn resume(&mut self) {
        self.ask("Debugger.resume", json!({}), Purpose::Nothing);
    }

    /// Takes [`Debugger::pause`] back, which would hold an expression that is evaluated while nothing runs.
    pub fn cancel_pause(&mut self) {
        self.ask("Loopscope.cancelPause", json!({}), Purpose::Nothing);
    }

    /// Stands still in the middle of what runs.
    pub fn pause(&mut self) {
        self.want_parents();
        self.ask("Debugger.pause", json!({}), Purpose::Nothing);
    }

    /// Whether something that was asked for failed.
    pub fn has_problem(&self) -> bool {
        self.problem.is_some()
    }

    /// What failed, once, or the next thing that the runtime told by itself.
    pub fn take_problem(&mut self) -> Option<String> {
        self.problem.take().or_else(|| self.take_notice())
    }

    /// What the runtime told by itself, once.
    pub fn take_notice(&mut self) -> Option<String> {
        self.notices.pop_front()
    }

    /// Whether the run has begun and is not over.
    pub fn is_live(&self) -> bool {
        self.is_let_go && !self.is_over
    }

    /// What is to be copied, once.
    pub fn take_copied(&mut self) -> Option<String> {
        self.copied.take()
    }

    /// Takes a message of the inspector's.
    pub fn hear(&mut self, mut message: Value) {
        if let Some(id) = message["id"].as_i64() {
            let Some((purpose, since)) = self.waiting.remove(&id) else { return };
            let failed = message.get("error").map(|error| {
                let text = |key: &str| error[key].as_str().unwrap_or_default().to_owned();
                let data = text("data");
                if data.is_empty() { text("message") } else { data }
            });
            match failed {
                Some(text) => self.fail(purpose, text, since),
                None => self.answer(purpose, message["result"].take()),
            }
            return;
        }
        let params = message["params"].take();
        match message["method"].as_str().unwrap_or_default() {
            "Debugger.scriptParsed" => self.script(&params),
            "Debugger.breakpointResolved" => self.hear_resolved(&params),
            "Debugger.paused" => self.hear_paused(&params),
            "HeapProfiler.addHeapSnapshotChunk" => self.hear_chunk(&params),
            "Loopscope.paused" if self.ends_profile(&params) => {}
            "Loopscope.paused" => {
                let mut paused = Paused::between(&params, &self.scripts);
                self.name_reason(&params, &mut paused);
                self.enter(paused);
                self.evaluate_watches();
            }
            "Loopscope.functionBreakpointResolved" => self.hear_function(&params),
            "Loopscope.breakpointHits" => self.hear_hits(&params["hits"]),
            "Loopscope.breakpointFailed" => self.hear_failed(&params),
            "Loopscope.breakpointThrew" => self.hear_thrown(&params),
            "Loopscope.logged" => self.hear_logged(&params),
            "Loopscope.originalsFound" => {
                let urls = params["urls"].as_array().into_iter().flatten();
                self.originals.extend(urls.filter_map(|url| url.as_str().map(path_of)));
            }
            "Loopscope.sourceMapFailed" => {
                let of = params["url"].as_str().map(path_of).unwrap_or_default();
                self.notices.extend(params["text"].as_str().map(|text| format!("{of}: {text}.")));
            }
            "Debugger.resumed" | "Loopscope.resumed" => self.leave(),
            method => self.hear_worker(method, &params),
        }
    }

    fn script(&mut self, params: &Value) {
        let text = |key: &str| params[key].as_str().unwrap_or_default();
        if !text("url").is_empty() {
            self.scripts.insert(text("scriptId").to_owned(), path_of(text("url")));
        }
    }

    fn hear_paused(&mut self, params: &Value) {
        let mut paused = Paused::read(params, &self.scripts);
        let place = paused.frames.first().map(|frame| (frame.spot.line, frame.spot.column));
        let ids: Vec<String> = pause::hit(params);
        self.count_hits(&ids, &params["hits"]);
        if self.reaches_target(place) {
            return;
        }
        self.name_reason(&params["data"]["loopscope"], &mut paused);
        self.enter(paused);
        if !ids.is_empty() {
            // A breakpoint in a script that is passed over was wanted there.
            let frames = self.paused.iter().flat_map(|paused| &paused.frames);
            self.frame =
                frames.enumerate().find(|(_, frame)| !frame.is_internal()).map_or(0, |found| found.0);
        }
        self.ask_arguments();
        self.evaluate_watches();
    }

    fn enter(&mut self, paused: Paused) {
        self.want_parents();
        self.forget_nodes();
        self.hovered = None;
        self.targets = None;
        self.destination = None;
        self.forget_preview();
        self.pauses += 1;
        let is_own = |frame: &Frame| !frame.is_internal();
        let shown = paused.frames.iter().position(|frame| is_own(frame) && !self.is_ignored(frame));
        let own = || paused.frames.iter().position(is_own);
        self.frame = shown.or_else(own).unwrap_or(0);
        self.paused = Some(paused);
    }

    fn forget_nodes(&mut self) {
        self.nodes.clear();
        self.stale.clear();
    }

    fn leave(&mut self) {
        self.paused = None;
        self.stop_hover();
        self.forget_nodes();
        self.forget_watched();
    }

    /// What is inside of objects is fetched again. Scopes keep what is known of them: V8 made a picture of them when the
    /// run came to stand, which changes no more.
    fn refresh(&mut self) {
        let scopes = self.paused.iter().flat_map(|paused| &paused.frames).flat_map(|frame| &frame.scopes);
        let scopes: Vec<_> = scopes.map(|scope| scope.object.clone()).collect();
        self.stale.extend(self.nodes.keys().filter(|key| !scopes.contains(key)).cloned());
        self.epoch += 1;
    }

    fn answer(&mut self, purpose: Purpose, result: Value) {
        match purpose {
            Purpose::Nothing | Purpose::Destination => {}
            Purpose::Loops => self.hear_faults(&result),
            Purpose::Bind { path, at } => self.hear_bound(path, at, &result),
            Purpose::Check { path, at } => self.hear_check(path, at, &result),
            Purpose::Functions => self.hear_function_faults(&result),
            Purpose::Begun => {}
            Purpose::Profile(kind) => self.hear_profile(kind, result),
            Purpose::Covered(script) => self.hear_covered(&script, result["scriptSource"].clone()),
            Purpose::Source(path) => self.hear_source(path, &result),
            Purpose::Snapshot => self.hear_snapshot(),
            Purpose::Targets => self.hear_targets(&result),
            Purpose::Children(object) => {
                let children = Children::read(&result, &object, &self.scripts);
                self.nodes.insert(object, children);
                self.epoch += 1;
            }
            Purpose::Range(key) => {
                // The elements are the properties of an object that was made of them.
                match result["result"]["objectId"].as_str() {
                    Some(made) => {
                        let params =
                            json!({ "objectId": made, "ownProperties": true, "generatePreview": true });
                        self.ask("Runtime.getProperties", params, Purpose::Children(key));
                    }
                    None => {
                        self.nodes.insert(key, Children::Failed("The elements cannot be read.".to_owned()));
                    }
                }
            }
            Purpose::Parts { key, object, is_whole } => self.hear_parts(key, object, is_whole, &result),
            Purpose::Prototype(key) => self.hear_prototype(&key, &result),
            Purpose::Console { number, waits } => self.hear_value(number, &result, waits),
            Purpose::Settled(number) => self.hear_value(number, &result, false),
            Purpose::Reading { number, first, others, waits } => {
                self.hear_reading(&result, number, &first, others, waits);
            }
            Purpose::Preview(typed) => self.hear_preview(&typed, &result),
            Purpose::Complete(place) => self.hear_object(place, &result),
            Purpose::Names(place) => self.hear_names(&place, &result),
            Purpose::Lexical(place) => self.hear_lexical(&place, &result),
            Purpose::Watch(expression) => self.hear_watch(&expression, &result),
            Purpose::Arguments(frame) => self.hear_arguments(&frame, &result),
            Purpose::Door { .. } => self.hear_door(&result),
            Purpose::Got { key, getter } => self.hear_got(&key, &getter, outcome(&result)),
            Purpose::Hover(expression) => self.hear_hovered(&expression, Ok(&result)),
            Purpose::Changed => {
                if let Some(text) = thrown(&result) {
                    self.problem = Some(text);
                }
                self.refresh();
                self.evaluate_watches();
            }
            Purpose::Assigned { scope, name } => self.hear_assigned(&scope, &name, &result),
            Purpose::Value(place) => self.hear_new_value(place, &result),
            Purpose::Returned(shown) => self.hear_returned(shown),
            Purpose::Copy if thrown(&result).is_some() => {
                let why = thrown(&result).unwrap_or_default();
                self.problem = Some(format!("This cannot be copied as JSON. {why}."));
            }
            Purpose::Copy => {
                self.copied = Some(match &result["result"]["value"] {
                    Value::String(text) => text.clone(),
                    other => other.to_string(),
                });
            }
        }
    }

    fn fail(&mut self, purpose: Purpose, text: String, since: Instant) {
        match purpose {
            Purpose::Destination => self.fail_destination(text),
            Purpose::Nothing
            | Purpose::Loops
            | Purpose::Changed
            | Purpose::Assigned { .. }
            | Purpose::Value(_)
            | Purpose::Returned(_)
            | Purpose::Functions
            | Purpose::Targets
            | Purpose::Copy => self.problem = Some(text),
            Purpose::Begun | Purpose::Profile(_) | Purpose::Snapshot => self.fail_profile(&text),
            Purpose::Covered(script) => self.hear_covered(&script, Value::Null),
            Purpose::Bind { path, at } | Purpose::Check { path, at } => {
                if let Some(bound) = self.bound.get_mut(&(path, at)) {
                    bound.binding = Binding::Failed(text);
                }
            }
            Purpose::Parts { key, object, .. } => self.fetch_all(object, key),
            Purpose::Prototype(_) => {}
            Purpose::Children(object) | Purpose::Range(object) => {
                self.nodes.insert(object, Children::Failed(text));
            }
            Purpose::Console { number, .. } | Purpose::Reading { number, .. } | Purpose::Settled(number) => {
                self.console.settle(number, Err(console::ended(&text, since).unwrap_or(text)));
            }
            Purpose::Source(path) => self.problem = Some(format!("{path} is in no file, and {text}.")),
            // What cannot be told is not shown.
            Purpose::Preview(_)
            | Purpose::Complete(_)
            | Purpose::Names(_)
            | Purpose::Lexical(_)
            | Purpose::Arguments(_) => {}
            Purpose::Watch(expression) => self.fail_watch(&expression, text, since),
            Purpose::Door { is_first } => self.fail_door(is_first, text),
            Purpose::Got { key, getter } => {
                self.hear_got(&key, &getter, Err(console::ended(&text, since).unwrap_or(text)));
            }
            Purpose::Hover(expression) => self.hear_hovered(&expression, Err(text)),
        }
    }
}

/// Line, from 1, of a location of the protocol.
fn line(location: &Value) -> u32 {
    location["lineNumber"].as_u64().and_then(|line| u32::try_from(line + 1).ok()).unwrap_or(0)
}

/// What an evaluation threw.
fn thrown(result: &Value) -> Option<String> {
    let details = result.get("exceptionDetails")?;
    let text = details["exception"]["description"].as_str().or(details["text"].as_str()).unwrap_or_default();
    Some(text.lines().next().unwrap_or_default().to_owned())
}

fn outcome(result: &Value) -> Result<Shown, String> {
    match thrown(result) {
        Some(text) => Err(text),
        None => Ok(value::shown(&result["result"])),
    }
}

#[cfg(test)]
mod tests;
