//! The debugger's console: expressions that were typed, with what came of them.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::names::{self, is_unfinished};
use super::{Debugger, Purpose, Shown, outcome, thrown};

/// How long an expression may run, in milliseconds, before V8 ends it.
pub(super) const EVALUATION_MOST: u32 = 2000;

/// What V8 answers then, and when the run ends meanwhile.
pub(super) const TERMINATED: &str = "Execution was terminated";

/// How long an expression may run whose value is only shown while it is typed.
const PREVIEW_MOST: u32 = 100;

/// Lines of the debugger's console that are kept.
const ENTRIES_KEPT: usize = 1000;

/// What is said of a promise that did not settle.
const NO_VALUE: &str = "The run ended before there was a value.";

/// How V8 says that.
const DESTROYED: &str = "context was destroyed";

/// What is said when there is nothing to ask.
const OVER: &str = "The run is over; start it again to evaluate.";

/// A line of the debugger's console.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Its number, from the first one of the run.
    pub number: u64,
    /// What was typed.
    pub expression: String,
    /// Its value, once it is known; the error's text when it threw.
    pub result: Option<Result<Shown, String>>,
    /// Whether its value is a promise that can settle only when the run goes on.
    pub waits: bool,
}

/// The console of a run.
#[derive(Default)]
pub(super) struct Console {
    entries: Vec<Entry>,
    /// Entries so far.
    count: u64,
    /// What is being typed, and its value if evaluating it changes nothing.
    preview: Option<(String, Option<Shown>)>,
}

impl Console {
    fn entry(&mut self, number: u64) -> Option<&mut Entry> {
        self.entries.iter_mut().find(|entry| entry.number == number)
    }

    pub(super) fn add(&mut self, expression: &str) -> u64 {
        if self.entries.len() == ENTRIES_KEPT {
            self.entries.remove(0);
        }
        self.count += 1;
        let expression = expression.to_owned();
        self.entries.push(Entry { number: self.count, expression, result: None, waits: false });
        self.count
    }

    /// What came of an expression.
    pub(super) fn settle(&mut self, number: u64, result: Result<Shown, String>) {
        let result = result.map_err(|text| if text.contains(DESTROYED) { NO_VALUE.to_owned() } else { text });
        if let Some(entry) = self.entry(number) {
            (entry.result, entry.waits) = (Some(result), false);
        }
    }

    /// Nothing is answered any more.
    pub(super) fn end(&mut self) {
        for entry in self.entries.iter_mut().filter(|entry| entry.result.is_none()) {
            entry.result = Some(Err(NO_VALUE.to_owned()));
            entry.waits = false;
        }
        self.preview = None;
    }
}

/// An expression with which what was typed can be evaluated: an object in braces is one and no block; where nothing can be
/// waited for, `await` is put into a function that can be.
fn readings(typed: &str, waits: bool) -> Vec<String> {
    let trimmed = typed.trim();
    let is_object = trimmed.starts_with('{') && trimmed.ends_with('}');
    let mut all = Vec::new();
    if waits {
        all.push(format!("(async () => ({typed}\n))()"));
        all.push(format!("(async () => {{ {typed}\n}})()"));
    } else {
        if is_object {
            all.push(format!("({typed}\n)"));
        }
        all.push(typed.to_owned());
    }
    all
}

/// What is said of an expression that was asked for at some time and that V8 has ended, if that was because of the time.
pub(super) fn ended(text: &str, since: Instant) -> Option<String> {
    let most = Duration::from_millis(EVALUATION_MOST.into());
    let took_long = text == TERMINATED && since.elapsed() >= most;
    took_long.then(|| format!("Ended, because it took longer than {} seconds", most.as_secs()))
}

impl Debugger {
    /// Evaluates what was typed, in the selected frame or globally.
    pub fn evaluate(&mut self, expression: &str) {
        let number = self.console.add(expression);
        if self.is_over {
            self.console.settle(number, Err(OVER.to_owned()));
            return;
        }
        self.console.preview = None;
        // Nothing settles while the run stands still, or before it begins.
        let waits = (self.paused().is_some() || !self.is_let_go) && names::awaits(expression);
        self.try_readings(number, readings(expression, waits), waits);
    }

    /// Evaluates the first of these that V8 can read.
    fn try_readings(&mut self, number: u64, mut readings: Vec<String>, waits: bool) {
        let first = readings.remove(0);
        if readings.is_empty() {
            self.evaluate_for(&first, false, Purpose::Console { number, waits });
            return;
        }
        let params = json!({ "expression": first, "sourceURL": "", "persistScript": false });
        let purpose = Purpose::Reading { number, first, others: readings, waits };
        self.ask("Runtime.compileScript", params, purpose);
    }

    pub(super) fn hear_reading(
        &mut self,
        result: &Value,
        number: u64,
        first: &str,
        others: Vec<String>,
        waits: bool,
    ) {
        if thrown(result).is_none() {
            self.evaluate_for(first, false, Purpose::Console { number, waits });
        } else {
            self.try_readings(number, others, waits);
        }
    }

    pub(super) fn hear_value(&mut self, number: u64, result: &Value, waits: bool) {
        let promise = result["result"]["objectId"].as_str().filter(|_| waits && thrown(result).is_none());
        if let Some(promise) = promise {
            if let Some(entry) = self.console.entry(number) {
                entry.waits = true;
            }
            let params = json!({ "promiseObjectId": promise, "generatePreview": true });
            self.ask("Runtime.awaitPromise", params, Purpose::Settled(number));
            return;
        }
        self.console.settle(number, outcome(result));
        // What was evaluated may have changed what is shown.
        self.refresh();
        self.evaluate_watches();
    }

    pub(super) fn evaluate_for(&mut self, expression: &str, pure: bool, purpose: Purpose) {
        let mut params = json!({
            "expression": expression,
            "objectGroup": "console",
            "generatePreview": true,
            "throwOnSideEffect": pure,
            "timeout": if pure { PREVIEW_MOST } else { EVALUATION_MOST },
            "silent": pure,
        });
        match self.frame().map(|(_, frame)| frame.id.clone()) {
            Some(frame) => {
                params["callFrameId"] = frame.into();
                params["keep"] = matches!(purpose, Purpose::Console { .. }).into();
                self.ask("Debugger.evaluateOnCallFrame", params, purpose);
            }
            None => {
                // Nothing settles while the run stands still, not even what wraps a value in that mode.
                let goes_on = self.paused.is_none() && self.is_let_go && !pure;
                (params["replMode"], params["awaitPromise"]) = (goes_on.into(), goes_on.into());
                self.ask("Runtime.evaluate", params, purpose);
            }
        }
    }

    /// What was typed and what came of it.
    pub fn entries(&self) -> &[Entry] {
        &self.console.entries
    }

    /// Forgets what was typed.
    pub fn clear_entries(&mut self) {
        self.console.entries.clear();
        self.request("Runtime.releaseObjectGroup", json!({ "objectGroup": "console" }));
    }

    /// The value of what is being typed, while the run stands still in the code and if evaluating it changes nothing.
    pub fn preview(&mut self, typed: &str) -> Option<&Shown> {
        let typed = typed.trim();
        let is_known = self.console.preview.as_ref().is_some_and(|(known, _)| known == typed);
        if !is_known {
            self.console.preview = Some((typed.to_owned(), None));
            let can = self.stands_in_code() && !typed.is_empty() && !is_unfinished(typed);
            if can && !names::awaits(typed) {
                let reading = readings(typed, false).remove(0);
                self.evaluate_for(&reading, true, Purpose::Preview(typed.to_owned()));
            }
        }
        self.console.preview.as_ref()?.1.as_ref()
    }

    pub(super) fn hear_preview(&mut self, typed: &str, result: &Value) {
        if let Some((known, value)) = &mut self.console.preview
            && known == typed
        {
            *value = outcome(result).ok();
        }
    }

    /// The value of what is being typed is asked for again: the run stands elsewhere.
    pub(super) fn forget_preview(&mut self) {
        self.console.preview = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn braces_are_an_object_before_they_are_a_block() {
        assert_eq!(readings(" { a: 1 } ", false), ["( { a: 1 } \n)", " { a: 1 } "]);
        assert_eq!(readings("a", false), ["a"]);
        let waiting = readings("await a", true);
        assert_eq!(waiting[0], "(async () => (await a\n))()");
    }
}
