//! Stepping into one of several calls of a line.

use serde_json::{Value, json};

use super::{CodeStep, Debugger, Purpose};

/// A call that can be stepped into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Line from 1, column from 1 in UTF-16 units.
    pub place: (u32, u32),
}

/// The calls of the line at which the run stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Targets {
    /// V8's number of the script.
    script: String,
    /// Its URL.
    url: String,
    /// Line, from 1.
    pub line: u32,
    /// The calls that are still to come, in order.
    pub calls: Vec<Target>,
}

impl Debugger {
    /// Asks which calls of the line are still to come; without a choice it is stepped into at once.
    pub fn find_targets(&mut self) {
        let Some(paused) = self.paused() else { return };
        let Some(frame) = paused.frames.first() else { return };
        let line = frame.spot.line - 1;
        let script = paused.script.clone();
        let url = super::url_of(&frame.spot.script);
        let at = |line: u32| json!({ "scriptId": script, "url": url, "lineNumber": line, "columnNumber": 0 });
        let params = json!({ "start": at(line), "end": at(line + 1), "restrictToFunction": false });
        self.ask("Debugger.getPossibleBreakpoints", params, Purpose::Targets);
    }

    /// Asks which calls of the line are still to come, also when there is no choice.
    pub fn list_targets(&mut self) {
        self.targets = None;
        self.lists_targets = true;
        self.find_targets();
    }

    /// The calls that can be chosen from.
    pub fn targets(&self) -> Option<&Targets> {
        self.targets.as_ref()
    }

    /// Nothing is chosen.
    pub fn forget_targets(&mut self) {
        self.targets = None;
    }

    pub(super) fn hear_targets(&mut self, result: &Value) {
        let is_list = std::mem::take(&mut self.lists_targets);
        let Some(paused) = self.paused() else { return };
        let Some(frame) = paused.frames.first() else { return };
        let number = |location: &Value, key: &str| {
            location[key].as_u64().and_then(|number| u32::try_from(number + 1).ok()).unwrap_or(1)
        };
        let here = (frame.spot.line, frame.spot.column);
        let locations = result["locations"].as_array().into_iter().flatten();
        let calls: Vec<_> = locations
            .filter(|location| location["type"] == "call")
            .map(|location| Target {
                place: (number(location, "lineNumber"), number(location, "columnNumber")),
            })
            .filter(|target| target.place >= here)
            .collect();
        if calls.len() < 2 && !is_list {
            self.step(CodeStep::Into);
            return;
        }
        self.targets = Some(Targets {
            script: paused.script.clone(),
            url: super::url_of(&frame.spot.script),
            line: here.0,
            calls,
        });
    }

    /// Goes on into one of the calls.
    pub fn step_into(&mut self, index: usize) {
        let Some(targets) = self.targets.take() else { return };
        let Some(target) = targets.calls.get(index) else { return };
        let frame = self.paused().and_then(|paused| paused.frames.first());
        if frame.is_some_and(|frame| (frame.spot.line, frame.spot.column) == target.place) {
            self.step(CodeStep::Into);
            return;
        }
        let (line, column) = target.place;
        self.aim = Some(target.place);
        let location = json!({ "scriptId": targets.script, "url": targets.url, "lineNumber": line - 1, "columnNumber": column - 1 });
        let params = json!({ "location": location, "targetCallFrames": "current" });
        self.ask("Debugger.continueToLocation", params, Purpose::Nothing);
    }

    /// The run stands where it was to be stepped into a call: goes on into it. Whether it does.
    pub(super) fn reaches_target(&mut self, place: Option<(u32, u32)>) -> bool {
        let is_there = self.aim.take().is_some_and(|aim| place == Some(aim));
        if is_there {
            self.step(CodeStep::Into);
        }
        is_there
    }
}
