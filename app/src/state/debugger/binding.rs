//! What becomes of breakpoints: where V8 put them, how often they were reached, why they cannot be.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::{At, Breakpoint, Debugger, Drift, Purpose, line, thrown, url_of};

/// What came of a breakpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Binding {
    /// Its script was not loaded yet.
    Waiting,
    /// It is at this line.
    At(u32),
    /// It cannot be: why.
    Failed(String),
}

/// Why a breakpoint cannot be on a line that was added while the run goes on.
const NEW: &str = "the run began without this line: it counts from the next run on";

/// A breakpoint that V8 knows.
pub(super) struct Bound {
    breakpoint: Breakpoint,
    /// Its line in the text that the run has; `None` when that has no such line.
    then: Option<u32>,
    /// The line where V8 has put it, in that text.
    placed: Option<u32>,
    pub(super) id: Option<String>,
    pub(super) binding: Binding,
    /// The column where V8 has put it, from 1.
    column: Option<u32>,
    /// How often it was reached with its condition true.
    hits: u64,
    /// What was thrown when its condition or text was evaluated last.
    pub(super) complaint: Option<String>,
}

impl Bound {
    /// V8 has put it at this location.
    fn bind(&mut self, location: &Value, drift: Option<&Drift>) {
        let placed = line(location);
        self.placed = Some(placed);
        self.binding = Binding::At(drift.map_or(Some(placed), |drift| drift.now(placed)).unwrap_or(placed));
        self.column = location["columnNumber"].as_u64().and_then(|column| u32::try_from(column + 1).ok());
    }
}

/// What other threads know of a breakpoint that is in code of theirs.
#[derive(Clone)]
struct Known {
    binding: Binding,
    hits: u64,
    complaint: Option<String>,
}

/// What threads know of breakpoints that are in code of theirs: where they are, and how often they were reached.
#[derive(Clone, Default)]
pub(super) struct Elsewhere(HashMap<(String, At), Known>);

impl Elsewhere {
    /// Adds what another thread knows.
    pub(super) fn add(&mut self, debugger: &Debugger) {
        for (key, bound) in &debugger.bound {
            if matches!(bound.binding, Binding::At(_)) {
                let (binding, complaint) = (bound.binding.clone(), None);
                let known = self.0.entry(key.clone()).or_insert(Known { binding, hits: 0, complaint });
                known.hits += bound.hits;
                known.complaint = known.complaint.take().or_else(|| bound.complaint.clone());
            }
        }
    }

    /// Forgets breakpoints that are not as they were.
    pub(super) fn retain(&mut self, is_kept: impl Fn(&str, At) -> bool) {
        self.0.retain(|(path, at), _| is_kept(path, *at));
    }
}

impl Debugger {
    /// What came of the breakpoint at a place, in this thread or else in another one.
    pub fn binding(&self, path: &str, at: impl Into<At>) -> Option<&Binding> {
        let key = (path.to_owned(), at.into());
        let own = self.bound.get(&key).map(|bound| &bound.binding)?;
        let elsewhere = || self.elsewhere.0.get(&key).map_or(own, |known| &known.binding);
        Some(if *own == Binding::Waiting { elsewhere() } else { own })
    }

    /// Hears what other threads know of breakpoints.
    pub(super) fn know(&mut self, elsewhere: Elsewhere) {
        self.elsewhere = elsewhere;
    }

    /// The column at which the breakpoint really is, from 1, when it is on the wanted line.
    pub fn column(&self, path: &str, at: At) -> Option<u32> {
        let bound = self.bound.get(&(path.to_owned(), at))?;
        bound.column.filter(|_| bound.binding == Binding::At(at.line))
    }

    /// How often the breakpoint at a place was reached in this run, in all threads, with its condition true.
    pub fn hits(&self, path: &str, at: impl Into<At>) -> u64 {
        let key = (path.to_owned(), at.into());
        let elsewhere = self.elsewhere.0.get(&key).map_or(0, |known| known.hits);
        self.bound.get(&key).map_or(0, |bound| bound.hits + elsewhere)
    }

    /// Why the breakpoint at a place does not hold the run, in words; `None` when it does.
    pub fn unbound(&self, path: &str, at: impl Into<At>) -> Option<String> {
        let at = at.into();
        let words = match self.binding(path, at)? {
            Binding::At(_) => return None,
            Binding::Failed(why) => return Some(why.clone()),
            // V8 is just looking.
            Binding::Waiting if self.is_loaded(path) && !self.is_answered(path, at) => return None,
            Binding::Waiting if self.is_loaded(path) => "there is no code on this line or below it",
            Binding::Waiting if self.is_over => "its file was not loaded in this run",
            Binding::Waiting => "its file has not been loaded yet",
        };
        Some(words.to_owned())
    }

    /// What is wrong with what is evaluated at the breakpoint: what it threw when it was reached last. It did not hold the run.
    pub fn complaint(&self, path: &str, at: impl Into<At>) -> Option<String> {
        let key = (path.to_owned(), at.into());
        let bound = self.bound.get(&key)?;
        let elsewhere = || self.elsewhere.0.get(&key)?.complaint.as_ref();
        let thrown = bound.complaint.as_ref().or_else(elsewhere)?;
        Some(format!("its {} cannot be evaluated: {thrown}", bound.breakpoint.evaluates()))
    }

    /// Whether a script of this path was loaded, or one that was made from it.
    fn is_loaded(&self, path: &str) -> bool {
        self.originals.contains(path) || self.scripts.values().any(|script| script == path)
    }

    /// Whether V8 has said what it made of the breakpoint at a place.
    fn is_answered(&self, path: &str, at: At) -> bool {
        self.bound.get(&(path.to_owned(), at)).is_some_and(|bound| bound.id.is_some())
    }

    /// Whether the breakpoint at a place cannot be, whatever the run does.
    pub fn is_hopeless(&self, path: &str, at: impl Into<At>) -> bool {
        let at = at.into();
        match self.binding(path, at) {
            Some(Binding::Failed(_)) => true,
            Some(Binding::Waiting) => self.is_loaded(path) && self.is_answered(path, at),
            Some(Binding::At(_)) | None => false,
        }
    }

    /// Where a line of a text that the run has is now, in the text as it is edited; `None` when it is gone.
    pub fn line_now(&self, path: &str, line: u32) -> Option<u32> {
        self.drifts.get(path).map_or(Some(line), |drift| drift.now(line))
    }

    /// Which line of the run's text a line is; `None` for one that the run does not have.
    pub fn line_then(&self, path: &str, line: u32) -> Option<u32> {
        self.drifts.get(path).map_or(Some(line), |drift| drift.then(line))
    }

    /// Texts were edited. V8 keeps what it has, under the lines where that is now.
    pub fn set_drifts(&mut self, drifts: &HashMap<String, Drift>) {
        if self.drifts == *drifts {
            return;
        }
        let before = std::mem::replace(&mut self.drifts, drifts.clone());
        let is_changed = |path: &String| before.get(path) != drifts.get(path);
        let all = std::mem::take(&mut self.bound);
        let (moved, kept): (HashMap<_, _>, HashMap<_, _>) =
            all.into_iter().partition(|(key, _)| is_changed(&key.0));
        self.bound = kept;
        // Values beside the code are on other lines.
        self.epoch += 1;
        for ((path, mut at), mut bound) in moved {
            let Some(line) = bound.then.and_then(|line| self.line_now(&path, line)) else {
                // Its line is gone, or was none of the run's: it is set anew where it is wanted.
                if let Some(id) = bound.id {
                    self.ask("Debugger.removeBreakpoint", json!({ "breakpointId": id }), Purpose::Nothing);
                }
                continue;
            };
            (at.line, bound.breakpoint.line) = (line, line);
            if let (Some(placed), Binding::At(_)) = (bound.placed, &bound.binding) {
                bound.binding = Binding::At(self.line_now(&path, placed).unwrap_or(placed));
            }
            self.bound.insert((path, at), bound);
        }
    }

    /// Gives a file these breakpoints.
    pub fn set_breakpoints(&mut self, path: &str, wanted: &[Breakpoint]) {
        if wanted.iter().any(|breakpoint| breakpoint.enabled && breakpoint.log.is_empty()) {
            self.want_parents();
        }
        let is_wanted = |bound: &Bound| wanted.contains(&bound.breakpoint);
        let gone: Vec<_> = self
            .bound
            .iter()
            .filter(|(key, bound)| key.0 == path && !is_wanted(bound))
            .map(|(key, _)| key.clone())
            .collect();
        for key in gone {
            if let Some(id) = self.bound.remove(&key).and_then(|bound| bound.id) {
                self.ask("Debugger.removeBreakpoint", json!({ "breakpointId": id }), Purpose::Nothing);
            }
        }
        for breakpoint in wanted.iter().filter(|breakpoint| breakpoint.enabled) {
            let at = breakpoint.at();
            let key = (path.to_owned(), at);
            if self.bound.contains_key(&key) {
                continue;
            }
            let then = self.line_then(path, at.line);
            let binding = if then.is_some() { Binding::Waiting } else { Binding::Failed(NEW.to_owned()) };
            let bound = Bound {
                breakpoint: breakpoint.clone(),
                then,
                placed: None,
                id: None,
                binding,
                column: None,
                hits: 0,
                complaint: None,
            };
            self.bound.insert(key, bound);
            let Some(line) = then else { continue };
            let mut params = json!({
                "url": url_of(path),
                "lineNumber": line - 1,
                "condition": breakpoint.condition,
                "hitCondition": breakpoint.hits.trim(),
                "log": breakpoint.log_expression(),
            });
            if let Some(column) = at.column.checked_sub(1) {
                params["columnNumber"] = column.into();
            }
            self.ask("Debugger.setBreakpointByUrl", params, Purpose::Bind { path: path.to_owned(), at });
            let expression = breakpoint.expression();
            if !expression.is_empty() {
                // Something that is no expression would never be told.
                let params = json!({ "expression": expression, "sourceURL": "", "persistScript": false });
                self.ask("Runtime.compileScript", params, Purpose::Check { path: path.to_owned(), at });
            }
        }
    }

    pub(super) fn hear_bound(&mut self, path: String, wanted: At, result: &Value) {
        let id = result["breakpointId"].as_str().map(str::to_owned);
        let drift = self.drifts.get(&path);
        match self.bound.get_mut(&(path.clone(), wanted)) {
            Some(bound) => {
                bound.id = id;
                if let (Some(location), Binding::Waiting) = (result["locations"].get(0), &bound.binding) {
                    bound.bind(location, drift);
                }
            }
            // It was taken away before V8 had given it a number.
            None => {
                if let Some(id) = id {
                    self.ask("Debugger.removeBreakpoint", json!({ "breakpointId": id }), Purpose::Nothing);
                }
            }
        }
    }

    pub(super) fn hear_resolved(&mut self, params: &Value) {
        let id = params["breakpointId"].as_str().unwrap_or_default();
        let found = self.bound.iter_mut().find(|(_, bound)| bound.id.as_deref() == Some(id));
        if let Some((key, bound)) = found
            && !matches!(bound.binding, Binding::Failed(_))
        {
            bound.bind(&params["location"], self.drifts.get(&key.0));
        }
    }

    pub(super) fn hear_check(&mut self, path: String, at: At, result: &Value) {
        let text = thrown(result);
        if let (Some(text), Some(bound)) = (text, self.bound.get_mut(&(path, at))) {
            bound.binding = Binding::Failed(text);
        }
    }

    /// What is evaluated at a breakpoint took too long: it does not hold the run any more.
    pub(super) fn hear_failed(&mut self, params: &Value) {
        let id = params["breakpointId"].as_str().unwrap_or_default();
        let text = params["text"].as_str().unwrap_or_default();
        let found = self.bound.iter_mut().find(|(_, bound)| bound.id.as_deref() == Some(id));
        let named = match found {
            Some(((_, line), bound)) => {
                let text = format!("its {} {text}; change it to try again", bound.breakpoint.evaluates());
                bound.binding = Binding::Failed(text.clone());
                format!("The breakpoint on line {line} does not hold the run any more: {text}.")
            }
            None => format!("The condition of the breakpoint in {id} {text}."),
        };
        self.notices.push_back(named);
    }

    /// Counts the breakpoints that were reached; the runtime counts for those that not every time holds.
    pub(super) fn count_hits(&mut self, ids: &[String], counted: &Value) {
        for bound in self.bound.values_mut() {
            let Some(id) = bound.id.as_ref().filter(|id| ids.contains(id)) else { continue };
            bound.hits = counted[id].as_u64().unwrap_or(bound.hits + 1);
        }
    }

    /// Takes the numbers that the runtime has counted.
    pub(super) fn hear_hits(&mut self, counted: &Value) {
        for bound in self.bound.values_mut() {
            let Some(id) = &bound.id else { continue };
            bound.hits = counted[id].as_u64().unwrap_or(bound.hits);
        }
    }
}
