//! A run that stands still: why, and on which stack.

use std::collections::HashMap;

use serde_json::Value;

use super::value::{self, Shown};

/// What calls the text of modules.
const MODULES: &str = "node:internal/modules/";

/// Where a run stands still.
#[derive(Debug, Clone, PartialEq)]
pub struct Paused {
    /// Why, in words.
    pub reason: String,
    /// Whether an exception is the reason.
    pub is_exception: bool,
    /// Whether the script has not begun.
    pub is_entry: bool,
    /// The breakpoint of the loop that was hit.
    pub breakpoint: Option<String>,
    /// V8's number of the innermost frame's script.
    pub script: String,
    /// The stack, innermost frame first; empty between two callbacks.
    pub frames: Vec<Frame>,
    /// How the callback came about, newest first.
    pub origins: Vec<AsyncPart>,
    /// What was thrown, or what a promise was rejected with, when the run stands still where that happens.
    pub thrown: Option<Shown>,
    /// The rejection that nobody has handled, while the run stands still for one.
    pub unhandled: Option<Unhandled>,
}

/// A rejection that nobody has handled.
#[derive(Debug, Clone, PartialEq)]
pub struct Unhandled {
    /// The reason.
    pub reason: Shown,
    /// Where it was thrown, as far as that is known; else where the error was made.
    pub spot: Option<Spot>,
    /// The place is where the error was made.
    pub is_made: bool,
}

/// A place in the code.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Spot {
    /// Path of the script, or its URL when it is no file.
    pub script: String,
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1.
    pub column: u32,
}

/// A frame of the stack.
#[derive(Debug, Clone, PartialEq)]
pub struct Frame {
    /// V8's name for it.
    pub id: String,
    /// Name of the function; empty for anonymous ones and top-level code.
    pub function: String,
    /// Where it is.
    pub spot: Spot,
    /// What can be seen from there, innermost first.
    pub scopes: Vec<Scope>,
    /// `this`.
    pub this: Shown,
    /// What the callback that runs was called with, once it is known: in its own frame only, and not in arrow functions,
    /// which have no list of it.
    pub arguments: Option<Shown>,
    /// What the function is about to return.
    pub returns: Option<Shown>,
    /// Where the function was added as a listener of the event that it is called for: by which function, and the place.
    pub listens: Option<(String, Spot)>,
}

impl Frame {
    /// Whether it belongs to the runtime itself.
    pub fn is_internal(&self) -> bool {
        self.spot.script.starts_with("node:")
    }
}

/// A scope.
#[derive(Debug, Clone, PartialEq)]
pub struct Scope {
    /// `local`, `closure`, `block`, `module`, `script`, `global` …
    pub kind: String,
    /// Name of its function, if it has one.
    pub name: String,
    /// V8's name for the object with its variables.
    pub object: String,
    /// From where to where in the script it reaches, as line and column from 1; `None` when V8 does not say.
    pub reach: Option<[(u32, u32); 2]>,
}

impl Scope {
    /// Whether a place in its script lies in it; one whose reach is not known holds everything.
    pub fn holds(&self, place: (u32, u32)) -> bool {
        self.reach.is_none_or(|[from, to]| from <= place && place <= to)
    }
}

/// A part of the stack that ended before this callback began: it scheduled what came after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AsyncPart {
    /// How it led to what came after it: `scheduled by setTimeout`.
    pub by: String,
    /// The frames then: function and place.
    pub frames: Vec<(String, Spot)>,
}

impl Paused {
    /// The reason when V8 gives none.
    pub const PLAIN: &'static str = "Paused";

    /// Number of the frame of the callback that runs: the outermost one of the script's, unless that is the text of a module.
    pub fn callback(&self) -> Option<usize> {
        let index = self.frames.iter().rposition(|frame| !frame.is_internal())?;
        let by = self.frames.get(index + 1).map(|frame| &*frame.spot.script);
        by.is_none_or(|by| !by.starts_with(MODULES)).then_some(index)
    }

    /// What `Debugger.paused` says.
    pub fn read(params: &Value, scripts: &HashMap<String, String>) -> Self {
        let frames: Vec<_> = list(&params["callFrames"]).map(|frame| read_frame(frame, scripts)).collect();
        let origins = origins(&params["asyncStackTrace"], scripts);
        let (reason, is_exception) = reason(params);
        let breakpoint = params["data"]["loopscope"]["breakpointId"].as_str().map(str::to_owned);
        let script = text(&params["callFrames"][0]["location"], "scriptId");
        let has_thrown = is_exception && params["data"]["type"].is_string();
        let thrown = has_thrown.then(|| value::shown(&params["data"]));
        let is_entry = false;
        Self { reason, is_exception, is_entry, breakpoint, script, frames, origins, thrown, unhandled: None }
    }

    /// What `Loopscope.paused` says.
    pub fn between(params: &Value, scripts: &HashMap<String, String>) -> Self {
        if params["reason"] == "rejection" {
            return Self::unhandled(params, scripts);
        }
        let reason = match params["reason"].as_str() {
            Some("exit") => "The program is about to end",
            Some("breakpoint") if params["ended"] == true => {
                "A breakpoint of the loop, whose callback ended before it could be stopped"
            }
            Some("breakpoint") => "A breakpoint of the loop, before a callback",
            Some("step") => "Before the next callback",
            Some("entry") => "Before the first line",
            _ => "Paused between two callbacks",
        };
        let breakpoint = params["breakpointId"].as_str().map(str::to_owned);
        Self {
            reason: reason.to_owned(),
            is_exception: false,
            is_entry: params["reason"] == "entry",
            breakpoint,
            script: String::new(),
            frames: Vec::new(),
            origins: Vec::new(),
            thrown: None,
            unhandled: None,
        }
    }

    /// Nobody has handled a rejection: what was on the stack then is past.
    fn unhandled(params: &Value, scripts: &HashMap<String, String>) -> Self {
        let mut origins = origins(&params["stackTrace"], scripts);
        let is_made = params["stackTrace"]["description"] == "made";
        let has_thrown = !part_frames(&params["stackTrace"], scripts).is_empty();
        if has_thrown {
            let by = if is_made { "the error was made in" } else { "rejected in" };
            by.clone_into(&mut origins[0].by);
        }
        let spot = origins.first().filter(|_| has_thrown).and_then(|part| part.frames.first());
        let spot = spot.map(|frame| frame.1.clone());
        let value = value::shown(&params["exception"]);
        let told = value.text.lines().next().unwrap_or_default();
        Self {
            reason: format!("Rejected, and nobody has handled it: {told}"),
            is_exception: true,
            is_entry: false,
            breakpoint: None,
            script: String::new(),
            frames: Vec::new(),
            thrown: None,
            unhandled: Some(Unhandled { reason: value, spot, is_made }),
            origins,
        }
    }
}

/// The frames of a part of a stack, without those of the runtime itself.
fn part_frames(part: &Value, scripts: &HashMap<String, String>) -> Vec<(String, Spot)> {
    let frames = list(&part["callFrames"])
        .map(|frame| (text(frame, "functionName"), spot(frame, &frame["scriptId"], scripts)));
    frames.filter(|frame| !frame.1.script.starts_with("node:")).collect()
}

/// The parts of a `Runtime.StackTrace` that have frames of the script's own.
fn origins(trace: &Value, scripts: &HashMap<String, String>) -> Vec<AsyncPart> {
    let mut origins = Vec::new();
    let mut part = trace;
    while part.is_object() {
        let by = text(part, "description");
        let by = match by.trim() {
            "" => "scheduled by await".to_owned(),
            by => format!("scheduled by {by}"),
        };
        origins.push(AsyncPart { by, frames: part_frames(part, scripts) });
        part = &part["parent"];
    }
    origins.retain(|part| !part.frames.is_empty());
    origins
}

/// V8's numbers of the breakpoints that were hit.
pub fn hit(params: &Value) -> Vec<String> {
    list(&params["hitBreakpoints"]).filter_map(|id| id.as_str().map(str::to_owned)).collect()
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value, key: &str) -> String {
    value[key].as_str().unwrap_or_default().to_owned()
}

fn spot(location: &Value, script: &Value, scripts: &HashMap<String, String>) -> Spot {
    let number =
        |key: &str| location[key].as_u64().and_then(|number| u32::try_from(number + 1).ok()).unwrap_or(0);
    let script = script.as_str().and_then(|script| scripts.get(script));
    Spot {
        // In texts that scripts were made from only the URL says where.
        script: match location["url"].as_str().filter(|url| !url.is_empty()) {
            Some(url) => super::path_of(url),
            None => script.cloned().unwrap_or_default(),
        },
        line: number("lineNumber"),
        column: number("columnNumber"),
    }
}

fn read_frame(frame: &Value, scripts: &HashMap<String, String>) -> Frame {
    let place = |location: &Value| {
        let number = |key: &str| location[key].as_u64().and_then(|number| u32::try_from(number + 1).ok());
        Some((number("lineNumber")?, number("columnNumber")?))
    };
    let scopes = list(&frame["scopeChain"]).map(|scope| Scope {
        kind: text(scope, "type"),
        name: text(scope, "name"),
        object: text(&scope["object"], "objectId"),
        reach: place(&scope["startLocation"]).zip(place(&scope["endLocation"])).map(<[_; 2]>::from),
    });
    Frame {
        id: text(frame, "callFrameId"),
        function: text(frame, "functionName"),
        spot: spot(&frame["location"], &frame["location"]["scriptId"], scripts),
        scopes: scopes.collect(),
        this: value::shown(&frame["this"]),
        arguments: None,
        returns: frame.get("returnValue").map(value::shown),
        listens: frame
            .get("listensSince")
            .map(|since| (text(since, "functionName"), spot(since, &since["scriptId"], scripts))),
    }
}

/// Why, in words, and whether it is an exception.
fn reason(params: &Value) -> (String, bool) {
    let data = &params["data"];
    let told = text(data, "description");
    let told = told.lines().next().unwrap_or_default();
    if let Some(own) = data.get("loopscope") {
        if let Some(name) = own["functionBreakpointId"].as_str() {
            return (format!("Function {name}"), false);
        }
        let words = match own["reason"].as_str() {
            Some("step") => "The next callback",
            Some("resumption") => "The await resumes",
            Some("scheduled") => return (format!("Callback {} is scheduled", own["task"]), false),
            _ => "A breakpoint of the loop",
        };
        return (words.to_owned(), false);
    }
    match params["reason"].as_str().unwrap_or_default() {
        "exception" if data["uncaught"] == true => (format!("Nobody catches: {told}"), true),
        "exception" => (format!("Thrown: {told}"), true),
        // Whether anybody will handle it nobody knows yet.
        "promiseRejection" if data["uncaught"] == true => {
            (format!("Rejected, not handled so far: {told}"), true)
        }
        "promiseRejection" => (format!("Rejected: {told}"), true),
        "OOM" => ("The heap is nearly full".to_owned(), true),
        _ if list(&params["hitBreakpoints"]).next().is_some() => ("A breakpoint".to_owned(), false),
        "step" => ("A step".to_owned(), false),
        _ => (Paused::PLAIN.to_owned(), false),
    }
}
