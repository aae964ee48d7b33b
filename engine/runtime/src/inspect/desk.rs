//! What lies between a client and V8's debugger: breakpoints on functions by name, breakpoints and stacks in the text that
//! scripts were made from, and requests of the runtime's own.

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet};
use std::rc::{Rc, Weak};

use loopscope_protocol::{Nanos, TaskId};
use serde::Deserialize;
use serde_json::{Value, json};

use super::Inspector;
use super::hits::Hits;
use super::leash::PATIENCE;
use super::originals::{self, Originals};
use super::reach;
use super::request::{self, SERVER_ERROR};
use super::restart::{Restart, Stepped};
use super::session::{self, Session};
use crate::js::state::State;
use crate::source::functions;

/// How the messages begin that are looked at.
const PARSED: &str = r#"{"method":"Debugger.scriptParsed""#;
const PAUSED: &str = r#"{"method":"Debugger.paused""#;
const RESUMED: &str = r#"{"method":"Debugger.resumed""#;

/// Where V8 says which breakpoints a pause is for, behind the stack.
const HIT: &str = r#""hitBreakpoints":["#;

/// The first number, counted downwards, of requests whose answers are looked at; -1 is for the others of the runtime's own.
const FIRST_OWN: i32 = -2;

/// A breakpoint on every function of a name.
#[derive(Debug, Clone, Deserialize)]
pub struct FunctionBreakpoint {
    /// The client's name for it.
    pub id: String,
    /// `name`, or `Owner.name` for a method.
    pub name: String,
    /// Whether it is on.
    #[serde(default = "yes")]
    pub enabled: bool,
    /// Holds the run only while this is true.
    #[serde(default)]
    pub condition: String,
}

fn yes() -> bool {
    true
}

impl FunctionBreakpoint {
    /// What is wrong with it, if anything.
    pub fn fault(&self) -> Option<String> {
        let is_word = |word: &str| {
            let mut characters = word.trim_start_matches('#').chars();
            characters.next().is_some_and(|first| first.is_alphabetic() || first == '_' || first == '$')
                && characters.all(|one| one.is_alphanumeric() || one == '_' || one == '$')
        };
        (!self.name.split('.').all(is_word)).then(|| format!("'{}' is no name of a function", self.name))
    }
}

/// A script that V8 told of.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Script {
    /// V8's number.
    pub script_id: String,
    /// Its URL.
    pub url: String,
    /// Where its source map is; empty without one.
    #[serde(default, rename = "sourceMapURL")]
    pub map: String,
    /// Whether it is an ES module.
    #[serde(default)]
    pub is_module: bool,
}

#[derive(Deserialize)]
struct Parsed {
    params: Script,
}

/// See the module.
pub struct Desk {
    session: RefCell<Weak<Session>>,
    state: Weak<State>,
    last_own: Cell<i32>,
    /// The number of the own request that V8 follows just now.
    asked: Cell<Option<i32>>,
    /// Answers to own requests, by number.
    answers: RefCell<HashMap<i32, String>>,
    scripts: RefCell<Vec<Script>>,
    /// V8's numbers of scripts of the runtime itself.
    internal: RefCell<HashSet<String>>,
    /// Those of scripts in which the runtime has V8 stand still.
    stands: RefCell<HashSet<String>>,
    functions: RefCell<Vec<FunctionBreakpoint>>,
    /// Those of V8's breakpoints that are on functions, with the client's name for each.
    on_functions: RefCell<HashMap<String, String>>,
    /// Counters by the breakpoints that have one.
    counters: RefCell<HashMap<String, usize>>,
    /// The client's breakpoints by the numbers of their conditions.
    leashed: RefCell<HashMap<usize, String>>,
    /// The texts that scripts were made from, for clients that want them.
    pub originals: RefCell<Originals>,
    /// The last pause as V8 told of it, while it lasts.
    stood: RefCell<String>,
    /// A step leads out of a script in which the runtime has V8 stand still, and one more out of the function below.
    leaves_stand: Cell<bool>,
    /// Why V8 is about to pause, when the runtime has asked for that.
    explained: RefCell<Option<Value>>,
    /// How many asynchronous parents stacks have once a script was read that stops by itself; none when that was arranged.
    parents: Cell<Option<u64>>,
    /// A step that is to be made again before the client hears of the pause.
    again: Cell<Option<&'static str>>,
    /// What V8 said of the pause then, when the client would have heard of it without such a step.
    withheld: RefCell<Option<Value>>,
    /// The client does not hear that the run goes on for such a step.
    is_repeating: Cell<bool>,
    /// A function that is to be begun again.
    restart: Restart,
}

impl Desk {
    /// The desk of a session of a run.
    pub fn new(state: Weak<State>) -> Self {
        Self {
            session: RefCell::default(),
            state,
            last_own: Cell::new(FIRST_OWN + 1),
            asked: Cell::new(None),
            answers: RefCell::default(),
            scripts: RefCell::default(),
            internal: RefCell::default(),
            stands: RefCell::default(),
            functions: RefCell::default(),
            on_functions: RefCell::default(),
            counters: RefCell::default(),
            leashed: RefCell::default(),
            originals: RefCell::default(),
            stood: RefCell::default(),
            leaves_stand: Cell::new(false),
            explained: RefCell::default(),
            parents: Cell::new(None),
            again: Cell::new(None),
            withheld: RefCell::default(),
            is_repeating: Cell::new(false),
            restart: Restart::default(),
        }
    }

    /// Says whose desk it is.
    pub fn belongs_to(&self, session: &Rc<Session>) {
        *self.session.borrow_mut() = Rc::downgrade(session);
    }

    /// The session, while there is one.
    pub fn session(&self) -> Option<Rc<Session>> {
        self.session.borrow().upgrade()
    }

    /// The client hears nothing of a pause that V8 tells of, nor that the run goes on.
    pub fn pass_over(&self, params: &mut Value) {
        self.is_repeating.set(true);
        self.leave_out_stands(params);
    }

    /// Tells the client of a rejection that nobody has handled. The reason is what its console calls `$0`.
    pub fn tell_unhandled(&self, task: TaskId, mut stack: Value) {
        self.originals.borrow().translate_trace(&mut stack);
        let params = json!({ "expression": "$0", "includeCommandLineAPI": true, "generatePreview": true,
            "objectGroup": "backtrace", "silent": true });
        let reason = self.ask("Runtime.evaluate", &params).unwrap_or_default();
        let params = json!({
            "reason": "rejection", "between": true, "task": task.0, "exception": reason["result"], "stackTrace": stack,
        });
        self.tell("Loopscope.paused", &params);
    }

    /// Takes the answer to an own request; false when it is the client's, which may have such numbers, too.
    pub fn take_answer(&self, number: i32, text: impl FnOnce() -> String) -> bool {
        let is_own = self.asked.get() == Some(number);
        if is_own && number <= FIRST_OWN {
            self.answers.borrow_mut().insert(number, text());
        }
        is_own
    }

    /// Makes a request of the runtime's own, which V8 answers at once, by its number.
    pub fn own(&self, number: i32, dispatch: impl FnOnce()) {
        let before = self.asked.replace(Some(number));
        dispatch();
        self.asked.set(before);
    }

    /// Makes a request that V8 answers at once; `None` when it fails.
    fn ask(&self, method: &str, params: &Value) -> Option<Value> {
        let session = self.session.borrow().upgrade()?;
        let number = self.last_own.get() - 1;
        self.last_own.set(number);
        let request = json!({ "id": number, "method": method, "params": params }).to_string();
        self.own(number, || session.dispatch(&request));
        let text = self.answers.borrow_mut().remove(&number)?;
        let mut answer: Value = serde_json::from_str(&text).ok()?;
        answer.get_mut("result").map(Value::take)
    }

    /// Forgets what belongs to V8's debugger, which the client has turned off.
    pub fn clear(&self) {
        self.scripts.borrow_mut().clear();
        self.internal.borrow_mut().clear();
        self.stands.borrow_mut().clear();
        self.functions.borrow_mut().clear();
        self.on_functions.borrow_mut().clear();
        self.counters.borrow_mut().clear();
        self.leashed.borrow_mut().clear();
        *self.originals.borrow_mut() = Originals::default();
    }

    /// Whether a pause is told of as V8 does.
    fn has_nothing(&self) -> bool {
        self.on_functions.borrow().is_empty()
            && self.counters.borrow().is_empty()
            && self.originals.borrow().is_empty()
            && self.explained.borrow().is_none()
    }

    /// Whether a script of V8's number is one of the runtime itself.
    pub fn is_internal(&self, script: &str) -> bool {
        self.internal.borrow().contains(script) || self.stands.borrow().contains(script)
    }

    /// Whether the run stands in a script in which the runtime has V8 stand still.
    fn is_in_stand(&self) -> bool {
        let stands = self.stands.borrow();
        !stands.is_empty() && {
            let paused: Value = serde_json::from_str(&self.stood.borrow()).unwrap_or_default();
            let script = paused["params"]["callFrames"][0]["location"]["scriptId"].as_str();
            script.is_some_and(|script| stands.contains(script))
        }
    }

    /// The step that is to be made again because the one before only left such a script.
    fn step_from_stand(&self) -> Option<&'static str> {
        if self.leaves_stand.replace(false) {
            return Some("Debugger.stepOut");
        }
        (self.explained.borrow().is_none() && self.is_in_stand()).then_some("Debugger.stepOver")
    }

    /// Takes away the frames in which the runtime has V8 stand still.
    fn leave_out_stands(&self, params: &mut Value) {
        let stands = self.stands.borrow();
        let is_one = |frame: &Value| {
            frame["location"]["scriptId"].as_str().is_some_and(|script| stands.contains(script))
        };
        if let Some(frames) = params["callFrames"].as_array_mut() {
            frames.retain(|frame| !is_one(frame));
        }
    }

    /// What V8 said when the run came to stand; empty while it runs.
    pub fn stood(&self) -> String {
        self.stood.borrow().clone()
    }

    /// Whether V8 stands still.
    pub fn stands(&self) -> bool {
        !self.stood.borrow().is_empty()
    }

    /// Says why V8 is about to pause, or that it did not.
    pub fn explain(&self, why: Option<Value>) {
        *self.explained.borrow_mut() = why;
    }

    /// What the client is to hear instead of a message of V8's; `None` for nothing.
    pub fn pass(&self, text: String) -> Option<String> {
        if text.starts_with(RESUMED) {
            self.stood.borrow_mut().clear();
            self.originals.borrow_mut().leave();
            if self.is_repeating.replace(false) {
                return None;
            }
        }
        if text.starts_with(PARSED) && text.contains(reach::STAND) {
            if let Ok(Parsed { params: script }) = serde_json::from_str(&text) {
                self.stands.borrow_mut().insert(script.script_id);
            }
            return None;
        }
        if text.starts_with(PAUSED) {
            if let Some(inspector) = self.state.upgrade().and_then(|state| state.any_inspector()) {
                inspector.entering.end();
            }
            self.stood.borrow_mut().clone_from(&text);
            match self.restart.stands(&text) {
                Stepped::Other => {}
                Stepped::Ready => return None,
                Stepped::Gone(id) => {
                    let refused =
                        (SERVER_ERROR, "The function ended before it could be begun again".to_owned());
                    self.say(request::answer(id, Err(refused)));
                }
            }
            if let Some(step) = self.step_from_stand() {
                self.again.set(Some(step));
                return None;
            }
        }
        let inspector = self.state.upgrade().and_then(|state| state.any_inspector());
        let inspector = inspector.filter(|inspector| !inspector.listeners.borrow().is_empty());
        let inspector = inspector.filter(|_| self.hears_loop());
        if !text.starts_with(PAUSED) || self.has_nothing() && inspector.is_none() {
            return Some(text);
        }
        let Ok(mut message) = serde_json::from_str::<Value>(&text) else { return Some(text) };
        let step = self.originals.borrow_mut().step_again(&message["params"]);
        if step.is_some() {
            self.again.set(step);
            *self.withheld.borrow_mut() = Some(message);
            return None;
        }
        self.translate(&mut message["params"], inspector.as_deref());
        Some(message.to_string())
    }

    /// Puts into what V8 says of a pause what the client is to hear.
    fn translate(&self, params: &mut Value, inspector: Option<&Inspector>) {
        if let Some(inspector) = inspector {
            self.tell_listeners(params, inspector);
        }
        self.originals.borrow_mut().translate(params);
        if let Some(why) = self.explained.take() {
            self.leave_out_stands(params);
            tell_why(params, why);
        }
        self.name_function(params);
        self.tell_hits(params);
    }

    /// Whether the run has come to a breakpoint of the client's.
    pub fn is_at_breakpoint(&self) -> bool {
        let stood = self.stood.borrow();
        let hit = stood.rfind(HIT).and_then(|at| stood[at + HIT.len()..].chars().next());
        hit.is_some_and(|first| first != ']')
    }

    /// The step is not made again, because another client wants the run to stand here.
    pub fn tell_withheld(&self) {
        let Some(mut message) = self.withheld.take() else { return };
        self.again.set(None);
        let inspector = self.state.upgrade().and_then(|state| state.any_inspector());
        self.translate(&mut message["params"], inspector.filter(|_| self.hears_loop()).as_deref());
        self.say(message.to_string());
    }

    /// Whether the client hears what the domain `Loopscope` tells.
    pub fn hears_loop(&self) -> bool {
        self.session.borrow().upgrade().is_some_and(|session| session.hears_loop.get())
    }

    /// Says of frames whose function the runtime called as a listener where that was added.
    fn tell_listeners(&self, params: &mut Value, inspector: &Inspector) {
        let Some(frames) = params["callFrames"].as_array_mut() else { return };
        let script = |frame: &Value| frame["location"]["scriptId"].as_str().unwrap_or_default().to_owned();
        for index in 1..frames.len() {
            if self.is_internal(&script(&frames[index]))
                && let Some(since) = inspector.listeners.borrow().of(&frames[index - 1])
            {
                frames[index - 1]["listensSince"] = since;
            }
        }
    }

    fn name_function(&self, params: &mut Value) {
        let known = self.on_functions.borrow();
        let hit = params["hitBreakpoints"].as_array().into_iter().flatten();
        let Some(own) = hit.filter_map(|id| known.get(id.as_str()?)).next() else { return };
        tell_why(params, json!({ "reason": "breakpoint", "functionBreakpointId": own }));
    }

    /// Adds how often the breakpoints were reached that have counters.
    fn tell_hits(&self, params: &mut Value) {
        let counters = self.counters.borrow();
        let inspector = self.state.upgrade().and_then(|state| state.any_inspector());
        let Some(inspector) = inspector.filter(|_| !counters.is_empty()) else { return };
        let hit = params["hitBreakpoints"].as_array().into_iter().flatten();
        let hits = hit.filter_map(|id| {
            let id = id.as_str()?;
            Some((id.to_owned(), inspector.hits_of(*counters.get(id)?).into()))
        });
        let hits: serde_json::Map<_, _> = hits.collect();
        if !hits.is_empty() {
            params["hits"] = hits.into();
        }
    }

    /// Tells the client how often each breakpoint was reached that has a counter.
    pub fn tell_all_hits(&self, hits: &Hits) {
        let counters = self.counters.borrow();
        let all: serde_json::Map<_, _> =
            counters.iter().map(|(id, counter)| (id.clone(), hits.of(*counter).into())).collect();
        drop(counters);
        if !all.is_empty() {
            self.tell("Loopscope.breakpointHits", &json!({ "hits": all }));
        }
    }

    /// Makes a step again when that is to be; returns whether it was, and the run is to go on.
    pub fn step_again(&self) -> bool {
        let Some(session) = self.session.borrow().upgrade() else { return false };
        if let Some(request) = self.restart.take() {
            session.dispatch(&request);
            return true;
        }
        let Some(method) = self.again.take() else { return false };
        self.withheld.take();
        self.is_repeating.set(true);
        session.request(method, &json!({}));
        true
    }

    /// Whether the innermost function, which is to be begun again by this request, can be so only after a step.
    pub fn restart_later(&self, request: &str) -> bool {
        let later = self.restart.ask(request, &self.stood.borrow());
        self.is_repeating.set(self.is_repeating.get() || later);
        later
    }

    /// Whether [`Desk::after`] is to be called with a message of V8's.
    pub fn listens_for(&self, text: &str) -> bool {
        text.starts_with(PARSED)
    }

    /// The client has heard of a script: breakpoints may wait for it.
    pub fn after(&self, text: &str) {
        let Ok(Parsed { params: script }) = serde_json::from_str(text) else { return };
        if script.url.starts_with("node:") {
            self.internal.borrow_mut().insert(script.script_id);
            return;
        }
        if script.url.is_empty() {
            return;
        }
        self.scripts.borrow_mut().push(script.clone());
        let wanted = self.functions.borrow().clone();
        self.look_for(&script, &wanted);
        self.look_at_map(&script);
        self.look_for_stops(&script);
    }

    /// Stacks have so many asynchronous parents as soon as a script was read that stops by itself.
    pub fn keep_parents(&self, depth: u64) {
        self.parents.set(Some(depth));
        let scripts = self.scripts.borrow().clone();
        scripts.iter().for_each(|script| self.look_for_stops(script));
    }

    /// The client itself says how many they have.
    pub fn leave_parents(&self) {
        self.parents.set(None);
    }

    fn look_for_stops(&self, script: &Script) {
        let Some(depth) = self.parents.get() else { return };
        let state = self.state.upgrade();
        // A large file is read much more quickly than V8 says what is in it.
        let found = match state.and_then(|state| originals::file(&state, &script.url)) {
            Some(text) => stops(&text),
            None => {
                let source = self.ask("Debugger.getScriptSource", &json!({ "scriptId": script.script_id }));
                let stops =
                    |source: Value| source["scriptSource"].as_str().map(|text| stops(text.as_bytes()));
                source.and_then(stops).unwrap_or(false)
            }
        };
        if found {
            self.parents.set(None);
            if let Some(state) = self.state.upgrade() {
                session::keep_origins(&state);
            }
            self.ask("Debugger.setAsyncCallStackDepth", &json!({ "maxDepth": depth }));
        }
    }

    /// Replaces the breakpoints on functions. Returns what is wrong with some: name and text.
    pub fn set_functions(&self, wanted: Vec<FunctionBreakpoint>) -> Vec<(String, String)> {
        for id in self.on_functions.take().into_keys() {
            self.ask("Debugger.removeBreakpoint", &json!({ "breakpointId": id }));
        }
        let (wrong, wanted): (Vec<_>, Vec<_>) = wanted.into_iter().partition(|one| one.fault().is_some());
        self.functions.borrow_mut().clone_from(&wanted);
        let scripts = self.scripts.borrow().clone();
        for script in &scripts {
            self.look_for(script, &wanted);
        }
        wrong
            .into_iter()
            .filter_map(|one| Some((one.fault()?, one.id)))
            .map(|(text, id)| (id, text))
            .collect()
    }

    /// Sets the breakpoints on functions that a script has.
    fn look_for(&self, script: &Script, wanted: &[FunctionBreakpoint]) {
        if !wanted.iter().any(|one| one.enabled) {
            return;
        }
        let Some(found) = self.ask("Debugger.getScriptSource", &json!({ "scriptId": script.script_id }))
        else {
            return;
        };
        let source = found["scriptSource"].as_str().unwrap_or_default();
        let is_there = |one: &&FunctionBreakpoint| {
            one.enabled && source.contains(one.name.rsplit('.').next().unwrap_or_default())
        };
        let wanted: Vec<_> = wanted.iter().filter(is_there).collect();
        if wanted.is_empty() {
            return;
        }
        for function in functions(source, script.is_module) {
            for one in wanted.iter().filter(|one| function.is_meant_by(&one.name)) {
                let location = json!({
                    "scriptId": script.script_id,
                    "lineNumber": function.body.line,
                    "columnNumber": function.body.column,
                });
                let state = self.state.upgrade();
                let inspector = state.as_ref().and_then(|state| state.any_inspector()).zip(state.as_ref());
                let leashed = inspector.and_then(|(inspector, state)| {
                    inspector.leashed(state, &one.condition, self.hears_loop())
                });
                let (condition, leash) = leashed
                    .map_or((one.condition.clone(), None), |(condition, number)| (condition, Some(number)));
                let params = json!({ "location": location, "condition": condition });
                let Some(set) = self.ask("Debugger.setBreakpoint", &params) else { continue };
                let Some(id) = set["breakpointId"].as_str() else { continue };
                self.leash(leash, &one.id);
                self.on_functions.borrow_mut().insert(id.to_owned(), one.id.clone());
                let mut at = set["actualLocation"].clone();
                self.originals.borrow().translate_location(&mut at);
                let params = json!({ "id": one.id, "url": script.url, "location": at });
                self.tell("Loopscope.functionBreakpointResolved", &params);
            }
        }
    }

    /// Turns on that the client hears of the texts that scripts were made from.
    pub fn show_originals(&self) {
        self.originals.borrow_mut().turn_on();
        let scripts = self.scripts.borrow().clone();
        for script in &scripts {
            self.look_at_map(script);
        }
    }

    /// A text that scripts were made from, when a source map holds it.
    pub fn original(&self, url: &str) -> Option<String> {
        self.originals.borrow().content(url)
    }

    fn look_at_map(&self, script: &Script) {
        if script.map.is_empty() || !self.originals.borrow().is_on() {
            return;
        }
        let Some(state) = self.state.upgrade() else { return };
        let text = || {
            let source = self.ask("Debugger.getScriptSource", &json!({ "scriptId": script.script_id }))?;
            source["scriptSource"].as_str().map(str::to_owned)
        };
        let added = self.originals.borrow_mut().add(script, &state, text);
        match added {
            Ok(waiting) => {
                let urls = self.originals.borrow().urls_of(&script.script_id);
                let params = json!({ "scriptId": script.script_id, "urls": urls });
                self.tell("Loopscope.originalsFound", &params);
                for id in waiting {
                    self.bind_original(&id);
                }
            }
            Err(text) => {
                let params = json!({ "scriptId": script.script_id, "url": script.url, "text": text });
                self.tell("Loopscope.sourceMapFailed", &params);
            }
        }
    }

    /// Sets V8's breakpoints for one that a client has set in a text that scripts were made from.
    fn bind_original(&self, id: &str) {
        let places = self.originals.borrow().places(id);
        for (location, condition) in places {
            let params = json!({ "location": location, "condition": condition });
            let Some(set) = self.ask("Debugger.setBreakpoint", &params) else { continue };
            let Some(own) = set["breakpointId"].as_str() else { continue };
            let script = location["scriptId"].as_str().unwrap_or_default();
            self.originals.borrow_mut().bound(id, script, own);
            let mut at = set["actualLocation"].clone();
            self.originals.borrow().translate_location(&mut at);
            self.tell("Debugger.breakpointResolved", &json!({ "breakpointId": id, "location": at }));
        }
    }

    /// Looks at a request of the client's that V8 has to be given in another form, or that concerns more than V8. Returns the
    /// text to be given to V8, or `None` as it is.
    pub fn request(&self, method: &str, text: &str) -> Option<String> {
        if method == "Debugger.stepOut" && self.is_in_stand() {
            self.leaves_stand.set(true);
        }
        if !self.originals.borrow().is_on() {
            return None;
        }
        match method {
            "Debugger.stepOver" | "Debugger.stepInto" | "Debugger.stepOut" => {
                self.originals.borrow_mut().step_begins(method);
                None
            }
            "Debugger.resume" | "Debugger.pause" => {
                self.originals.borrow_mut().step_begins("");
                None
            }
            "Debugger.continueToLocation" | "Debugger.getPossibleBreakpoints" => {
                self.originals.borrow_mut().step_begins("");
                let mut message: Value = serde_json::from_str(text).ok()?;
                let params = message.get_mut("params")?;
                let originals = self.originals.borrow();
                let mut changed = false;
                for key in ["location", "start", "end"] {
                    let Some(location) = params.get_mut(key) else { continue };
                    let is_made = originals.is_source(location);
                    changed |= is_made;
                    if is_made && !originals.to_script(location) && key == "end" {
                        // Nothing was made from what is behind it.
                        params.as_object_mut()?.remove(key);
                    }
                }
                changed.then(|| message.to_string())
            }
            _ => None,
        }
    }

    /// Answers `Debugger.getPossibleBreakpoints` in a text that scripts were made from; `None` elsewhere.
    pub fn possible(&self, text: &str) -> Option<String> {
        let message: Value = serde_json::from_str(text).ok()?;
        let start = message["params"]["start"].clone();
        if !self.originals.borrow().is_source(&start) {
            return None;
        }
        let changed = self.request("Debugger.getPossibleBreakpoints", text)?;
        let (mut answer, text) = self.ask_for_client(serde_json::from_str(&changed).ok()?)?;
        let end = message["params"]["end"]["lineNumber"].as_u64();
        let Some(locations) = answer["result"]["locations"].as_array_mut() else { return Some(text) };
        let originals = self.originals.borrow();
        locations.retain_mut(|location| {
            originals.translate_location(location) && {
                let line = location["lineNumber"].as_u64();
                line >= start["lineNumber"].as_u64() && end.is_none_or(|end| line < Some(end))
            }
        });
        Some(answer.to_string())
    }

    /// A client has set a breakpoint by URL, and V8 has answered.
    pub fn breakpoint_set(&self, request: &Value, id: &str, counter: Option<usize>) {
        if let Some(counter) = counter {
            self.counters.borrow_mut().insert(id.to_owned(), counter);
        }
        if self.originals.borrow_mut().want(id, request) {
            self.bind_original(id);
        }
    }

    /// Notes the number of the condition that a client's breakpoint has.
    pub fn leash(&self, number: Option<usize>, id: &str) {
        if let Some(number) = number {
            self.leashed.borrow_mut().insert(number, id.to_owned());
        }
    }

    /// A condition of this number had to be ended.
    pub fn condition_ended(&self, number: usize) {
        let Some(id) = self.leashed.borrow().get(&number).cloned() else { return };
        if self.hears_loop() {
            let seconds = PATIENCE.as_secs();
            let text = format!("took longer than {seconds} seconds and is not evaluated any more");
            self.tell("Loopscope.breakpointFailed", &json!({ "breakpointId": id, "text": text }));
        }
    }

    /// A condition of this number has thrown something, at this time of the run.
    pub fn condition_threw(&self, number: usize, text: &str, at: Nanos) {
        self.tell_of(number, "Loopscope.breakpointThrew", text, at);
    }

    /// Something is to be told at a breakpoint instead of standing still.
    pub fn logged(&self, number: usize, text: &str, at: Nanos) {
        self.tell_of(number, "Loopscope.logged", text, at);
    }

    fn tell_of(&self, number: usize, method: &str, text: &str, at: Nanos) {
        if let Some(id) = self.leashed.borrow().get(&number) {
            self.tell(method, &json!({ "breakpointId": id, "text": text, "at": at }));
        }
    }

    /// A client has taken one away.
    pub fn breakpoint_removed(&self, id: &str) {
        self.counters.borrow_mut().remove(id);
        let own = self.originals.borrow_mut().forget(id);
        for id in own {
            self.ask("Debugger.removeBreakpoint", &json!({ "breakpointId": id }));
        }
    }

    fn tell(&self, method: &str, params: &Value) {
        self.say(json!({ "method": method, "params": params }).to_string());
    }

    fn say(&self, message: String) {
        if let Some(session) = self.session.borrow().upgrade() {
            session.client.send(message);
        }
    }

    /// As [`Desk::ask`] for a request of a client's under the client's own number; returns V8's answer as it is.
    pub fn ask_for_client(&self, mut message: Value) -> Option<(Value, String)> {
        let session = self.session.borrow().upgrade()?;
        let number = self.last_own.get() - 1;
        self.last_own.set(number);
        let id = message["id"].take();
        message["id"] = number.into();
        self.own(number, || session.dispatch(&message.to_string()));
        let text = self.answers.borrow_mut().remove(&number)?;
        let mut answer: Value = serde_json::from_str(&text).ok()?;
        answer["id"] = id;
        let text = answer.to_string();
        Some((answer, text))
    }
}

/// Whether a script may have the statement `debugger`: the word with nothing behind it that belongs to an expression. Text and
/// comments count, too, which costs nothing but speed.
fn stops(source: &[u8]) -> bool {
    const STATEMENT: &[u8] = b"debugger";
    let is_part = |one: u8| one.is_ascii_alphanumeric() || !one.is_ascii() || b"_$.#".contains(&one);
    memchr::memmem::find_iter(source, STATEMENT).any(|at| {
        let mut behind = source[at + STATEMENT.len()..].iter().skip_while(|one| b" \t".contains(one));
        !source[..at].last().is_some_and(|one| is_part(*one))
            && behind.next().is_none_or(|one| b";}\n\r/".contains(one))
    })
}

/// Puts into what `Debugger.paused` says why the runtime has the run stand still.
fn tell_why(params: &mut Value, why: Value) {
    if !params["data"].is_object() {
        params["data"] = json!({});
    }
    params["data"]["loopscope"] = why;
}

#[cfg(test)]
mod tests {
    use super::stops;

    #[test]
    fn scripts_that_stop_by_themselves_are_known_by_a_statement() {
        for source in
            ["debugger", "if (a) debugger;", "{ debugger }", "a()\ndebugger\nb()", "debugger // here"]
        {
            assert!(stops(source.as_bytes()), "{source}");
        }
        for source in
            ["", "require('./debugger.js')", "a.debugger;", "{ debugger: 1 }", "debuggers;", "my_debugger;"]
        {
            assert!(!stops(source.as_bytes()), "{source}");
        }
    }
}
