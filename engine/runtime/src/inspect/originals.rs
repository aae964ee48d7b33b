//! The texts that scripts were made from: their places in what a client hears and says.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::rc::Rc;

use serde_json::{Value, json};

use super::desk::Script;
use super::renames::{Frame, Renames};
use crate::host::{FileRequest, Request, Response};
use crate::js::originals::MadeFrom;
use crate::js::state::State;
use crate::source::source_map::{At, SourceMap};

/// Steps in a row that are made for one of a client's, at most.
const STEPS: u32 = 200;

/// A script that was made from other texts.
struct Made {
    map: SourceMap,
    /// The URL of each source.
    urls: Vec<String>,
    /// Its own text, when the map tells names that were replaced, and whether it is a module.
    text: Option<(String, bool)>,
    /// Read from that when it is first needed.
    renames: OnceCell<Option<Renames>>,
}

impl Made {
    fn renames(&self) -> Option<&Renames> {
        let (text, is_module) = self.text.as_ref()?;
        self.renames.get_or_init(|| Renames::of(text, *is_module, &self.map)).as_ref()
    }
}

/// A breakpoint of a client's that may be in such a text.
struct Wanted {
    url: String,
    line: u32,
    column: u32,
    condition: String,
    /// V8's breakpoints for it, with the script of each.
    own: Vec<(String, String)>,
}

/// Where a step began.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Begun {
    method: &'static str,
    /// Source, line and depth of the stack; `None` when it began elsewhere.
    from: Option<(String, u32, usize)>,
    steps: u32,
}

/// See the module.
#[derive(Default)]
pub struct Originals {
    is_on: bool,
    /// By V8's number of the script.
    made: HashMap<String, Rc<Made>>,
    wanted: HashMap<String, Wanted>,
    step: Option<Begun>,
    /// Where the run stood last.
    stood: Option<(String, u32, usize)>,
    /// The frames of the stack there in scripts whose variables were renamed.
    frames: Vec<Frame>,
}

fn number(value: &Value, key: &str) -> u32 {
    value[key].as_u64().and_then(|number| u32::try_from(number).ok()).unwrap_or(0)
}

/// The place that a location names.
pub fn at(location: &Value) -> At {
    At { line: number(location, "lineNumber"), column: number(location, "columnNumber") }
}

impl Originals {
    /// The client wants to hear of the texts.
    pub fn turn_on(&mut self) {
        self.is_on = true;
    }

    /// Whether it does.
    pub fn is_on(&self) -> bool {
        self.is_on
    }

    /// Whether no script was made from anything.
    pub fn is_empty(&self) -> bool {
        self.made.is_empty()
    }

    /// Reads the map of a script; returns the breakpoints that may be in its sources, or what is wrong with the map.
    pub fn add(
        &mut self,
        script: &Script,
        state: &State,
        own_text: impl FnOnce() -> Option<String>,
    ) -> Result<Vec<String>, String> {
        let MadeFrom { map, urls } = MadeFrom::read(state, &script.url, &script.map)?;
        let waiting = self.wanted.iter().filter(|(_, one)| urls.contains(&one.url));
        let waiting = waiting.map(|(id, _)| id.clone()).collect();
        let text = if map.has_names() { own_text().map(|text| (text, script.is_module)) } else { None };
        let made = Made { map, urls, text, renames: OnceCell::new() };
        self.made.insert(script.script_id.clone(), Rc::new(made));
        Ok(waiting)
    }

    /// The URLs of the sources of a script.
    pub fn urls_of(&self, script: &str) -> Vec<String> {
        self.made.get(script).map(|made| made.urls.clone()).unwrap_or_default()
    }

    /// The text of a source, when a map holds it.
    pub fn content(&self, url: &str) -> Option<String> {
        self.made.values().find_map(|made| {
            let source = made.urls.iter().position(|one| one == url)?;
            made.map.contents.get(source)?.clone()
        })
    }

    /// Notes a breakpoint of a client's; returns whether it is to be set.
    pub fn want(&mut self, id: &str, request: &Value) -> bool {
        let Some(url) = request["url"].as_str().filter(|_| self.is_on) else { return false };
        let wanted = Wanted {
            url: url.to_owned(),
            line: number(request, "lineNumber"),
            column: number(request, "columnNumber"),
            condition: request["condition"].as_str().unwrap_or_default().to_owned(),
            own: Vec::new(),
        };
        self.wanted.insert(id.to_owned(), wanted);
        self.made.values().any(|made| made.urls.iter().any(|one| one == url))
    }

    /// Forgets a breakpoint; returns V8's for it.
    pub fn forget(&mut self, id: &str) -> Vec<String> {
        let own = self.wanted.remove(id).map(|wanted| wanted.own).unwrap_or_default();
        own.into_iter().map(|(_, own)| own).collect()
    }

    /// Notes one of V8's for a breakpoint, in a script.
    pub fn bound(&mut self, id: &str, script: &str, own: &str) {
        if let Some(wanted) = self.wanted.get_mut(id) {
            wanted.own.push((script.to_owned(), own.to_owned()));
        }
    }

    /// Where in scripts a breakpoint is, with its condition; without those where it was set already. A file that is loaded
    /// again is another script.
    pub fn places(&self, id: &str) -> Vec<(Value, String)> {
        let Some(wanted) = self.wanted.get(id) else { return Vec::new() };
        let of = |(script, made): (&String, &Rc<Made>)| {
            if wanted.own.iter().any(|(bound, _)| bound == script) {
                return None;
            }
            let source = made.urls.iter().position(|url| *url == wanted.url)?;
            let place = made.map.made_from(source, wanted.line, wanted.column)?;
            let condition = made.renames().and_then(|renames| renames.made(&wanted.condition, place));
            Some((location(script, place), condition.unwrap_or_else(|| wanted.condition.clone())))
        };
        self.made.iter().filter_map(of).collect()
    }

    /// Whether a location is one in a text that scripts were made from.
    pub fn is_source(&self, location: &Value) -> bool {
        let url = location["url"].as_str();
        url.is_some_and(|url| self.made.values().any(|made| made.urls.iter().any(|one| one == url)))
    }

    /// Turns a place in a source (with `url`) into the one in the script; returns whether it was one.
    pub fn to_script(&self, location: &mut Value) -> bool {
        let script = location["scriptId"].as_str().unwrap_or_default().to_owned();
        let Some(url) = location["url"].as_str() else { return false };
        let found = self.made.iter().filter(|entry| script.is_empty() || *entry.0 == script);
        let found = found.filter_map(|(script, made)| {
            let source = made.urls.iter().position(|one| one == url)?;
            let At { line, column } = at(location);
            Some((script, made.map.made_from(source, line, column)?))
        });
        // The one that was loaded last: V8 keeps older ones, too.
        let found = found.max_by_key(|(script, _)| script.parse::<u64>().unwrap_or(0));
        match found.map(|(script, at)| self::location(script, at)) {
            Some(place) => {
                *location = place;
                true
            }
            None => false,
        }
    }

    /// The source and the place there of a place in a script.
    fn original(&self, script: &str, made: At) -> Option<(&str, At)> {
        let script = self.made.get(script)?;
        let (source, at) = script.map.original(made)?;
        Some((&script.urls[source], at))
    }

    /// The frames of the stack in scripts whose variables were renamed, while the run stands.
    pub fn frames(&self) -> &[Frame] {
        &self.frames
    }

    /// The names that variables of a script had before.
    pub fn renames(&self, script: &str) -> Option<&Renames> {
        self.made.get(script)?.renames()
    }

    /// The run goes on.
    pub fn leave(&mut self) {
        self.frames.clear();
    }

    /// Puts the place in the source into a location.
    pub fn translate_location(&self, location: &mut Value) -> bool {
        let script = location["scriptId"].as_str().unwrap_or_default().to_owned();
        let Some((url, place)) = self.original(&script, at(location)) else { return false };
        location["url"] = url.into();
        location["lineNumber"] = place.line.into();
        location["columnNumber"] = place.column.into();
        true
    }

    /// Puts the places in the sources into what `Debugger.paused` says.
    pub fn translate(&mut self, params: &mut Value) {
        self.stood = self.place_of(params);
        self.step = None;
        self.frames.clear();
        for id in params["hitBreakpoints"].as_array_mut().into_iter().flatten() {
            let own = id.as_str().unwrap_or_default();
            let of = self.wanted.iter().find(|entry| entry.1.own.iter().any(|(_, one)| one == own));
            if let Some((client_s, _)) = of {
                *id = client_s.clone().into();
            }
        }
        for frame in params["callFrames"].as_array_mut().into_iter().flatten() {
            let script = frame["location"]["scriptId"].as_str().unwrap_or_default();
            if let Some(renames) = self.made.get(script).and_then(|made| made.renames()) {
                self.frames.push(Frame::read(frame));
                Frame::rename(frame, renames);
            }
            if !self.translate_location(&mut frame["location"]) {
                continue;
            }
            frame["url"] = frame["location"]["url"].clone();
            if frame["listensSince"].is_object() {
                self.translate_location(&mut frame["listensSince"]);
            }
            self.translate_location(&mut frame["functionLocation"]);
            let url = frame["url"].clone();
            for scope in frame["scopeChain"].as_array_mut().into_iter().flatten() {
                self.translate_reach(scope, url.as_str().unwrap_or_default());
            }
        }
        self.translate_trace(&mut params["asyncStackTrace"]);
    }

    /// Says of a scope from where to where it reaches in the source; nothing when that is not known.
    fn translate_reach(&self, scope: &mut Value, url: &str) {
        let ends = ["startLocation", "endLocation"];
        let [from, to] = ends.map(|end| at(&scope[end]));
        let script = scope["startLocation"]["scriptId"].as_str().and_then(|script| self.made.get(script));
        let reach = script.and_then(|script| {
            let source = script.urls.iter().position(|one| one == url)?;
            script.map.reach(source, [from, to])
        });
        let Some(scope) = scope.as_object_mut() else { return };
        for (end, place) in ends.into_iter().zip(reach.map_or([None, None], |reach| reach.map(Some))) {
            match (place, scope.get_mut(end)) {
                (Some(place), Some(location)) => {
                    location["lineNumber"] = place.line.into();
                    location["columnNumber"] = place.column.into();
                }
                _ => drop(scope.remove(end)),
            }
        }
    }

    /// Puts the places in the sources into a `Runtime.StackTrace`.
    pub fn translate_trace(&self, trace: &mut Value) {
        let mut part = trace;
        while part.is_object() {
            for frame in part["callFrames"].as_array_mut().into_iter().flatten() {
                let renames = frame["scriptId"].as_str().and_then(|script| self.renames(script));
                let name = frame["functionName"].as_str().unwrap_or_default();
                if let Some(before) = renames.and_then(|renames| renames.function_around(name, at(frame))) {
                    frame["functionName"] = before.into();
                }
                self.translate_location(frame);
            }
            part = &mut part["parent"];
        }
    }

    /// Source, line and depth of where the run stands, when that was made from something.
    fn place_of(&self, params: &Value) -> Option<(String, u32, usize)> {
        let frames = params["callFrames"].as_array()?;
        let location = &frames.first()?["location"];
        let script = location["scriptId"].as_str()?;
        let (url, place) = self.original(script, at(location))?;
        Some((url.to_owned(), place.line, frames.len()))
    }

    /// The client asks for a step, or for something else when `method` is no step.
    pub fn step_begins(&mut self, method: &str) {
        let method = match method {
            "Debugger.stepOver" => "Debugger.stepOver",
            "Debugger.stepInto" => "Debugger.stepInto",
            "Debugger.stepOut" => "Debugger.stepOut",
            _ => {
                self.step = None;
                return;
            }
        };
        self.step = Some(Begun { method, from: self.stood.clone(), steps: 0 });
    }

    /// The step that is to be made before the client hears of a pause: a line of the source may have become several
    /// statements, and some of the script comes from no line at all.
    pub fn step_again(&mut self, params: &Value) -> Option<&'static str> {
        let is_over = params["hitBreakpoints"].as_array().is_some_and(|hit| !hit.is_empty());
        let reason = params["reason"].as_str().unwrap_or_default();
        let script = params["callFrames"][0]["location"]["scriptId"].as_str().unwrap_or_default();
        let is_made = self.made.contains_key(script);
        let here = self.place_of(params);
        let step = self.step.as_mut()?;
        if is_over || !is_made || !matches!(reason, "other" | "step") || step.steps >= STEPS {
            return None;
        }
        let is_same = here.is_some() && here == step.from;
        if !is_same && here.is_some() {
            return None;
        }
        step.steps += 1;
        // What comes from no line is passed over, not entered.
        Some(if is_same { step.method } else { "Debugger.stepOver" })
    }
}

fn location(script: &str, at: At) -> Value {
    json!({ "scriptId": script, "lineNumber": at.line, "columnNumber": at.column })
}

/// What is in the file of a script's URL; `None` for what is no file, or cannot be read twice.
pub fn file(state: &State, url: &str) -> Option<Vec<u8>> {
    let path = url::Url::parse(url).ok().filter(|url| url.scheme() == "file")?.to_file_path().ok()?;
    if ["/dev", "/proc"].iter().any(|folder| path.starts_with(folder)) {
        return None;
    }
    let path = path.to_string_lossy().into_owned().into_bytes();
    let request = FileRequest::ReadFile { path, flags: libc::O_RDONLY | libc::O_NONBLOCK, text: false };
    match state.host.try_borrow_mut().ok()?.call(Request::File(request)) {
        Ok(Response::Bytes(bytes)) if !bytes.is_empty() => Some(bytes),
        _ => None,
    }
}
