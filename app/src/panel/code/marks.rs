//! What is known about lines of the script: which one runs, where callbacks wait, where something went wrong.

use std::collections::BTreeMap;

use loopscope_protocol::state::{LineKind, Stage};
use loopscope_protocol::{LoopState, PlaceId, TaskId, TaskKind};

use crate::panel::View;
use crate::state::selection::Picked;

/// Waiting callbacks that are looked at in one frame: more cannot be told apart anyway.
const LOOKED_AT: usize = 2000;

/// Writes behind an error among which is its stack: listeners of `exit` may write before it is printed.
const PRINTED_AFTER: usize = 16;

/// Callbacks that wait and were defined on one line.
#[derive(Debug, Clone, Copy)]
pub struct Waiting {
    /// How many.
    pub count: usize,
    /// One of them.
    pub picked: Picked,
}

/// What the gutter and the background of lines show. Lines count from 1.
#[derive(Debug, Default)]
pub struct Marks {
    /// The line of the callback that runs, or before which the run stands still.
    pub running: Option<u32>,
    /// Whether the run stands still before it.
    pub paused: bool,
    /// Whether it stands in the middle of a callback, at this line.
    pub in_code: bool,
    /// Whether the line is one of a frame that called the innermost one.
    pub is_outer: bool,
    /// The lines of what the views point at: the function, and where it was scheduled.
    pub emphasized: Vec<u32>,
    /// The callback that is selected, with its line: that of its function, or else where it was scheduled.
    pub selected: Option<(TaskId, u32)>,
    /// Callbacks that wait, by line and kind.
    pub waiting: BTreeMap<u32, Vec<Waiting>>,
    /// Lines where something went wrong, with the message.
    pub errors: BTreeMap<u32, String>,
    /// Lines about which there is a finding, with its words.
    pub findings: BTreeMap<u32, String>,
    /// The line of the error that ended the run.
    pub fatal: Option<u32>,
}

impl Marks {
    /// Everything known about the lines of the document.
    pub fn collect(view: &View) -> Self {
        let mut marks = Self::default();
        // The text may have been changed since the run began; its lines are still the best guess there is.
        let path = view.path();
        let state = view.state;
        let now = |line: u32| view.debugger.line_now(&path, line);
        let line = |place: PlaceId| line_of(state, place, &path).and_then(now);
        marks.paused = state.paused.is_some();
        let task = state.paused.map(|paused| paused.1).or(state.running());
        let task = task.filter(|_| state.ended.is_none());
        marks.running = task.and_then(|task| state.tasks.get(&task)).and_then(|task| line(task.callback));
        if let Some((index, frame)) = view.debugger.frame() {
            // The debugger knows better than the start of the callback.
            marks.in_code = true;
            let is_here = frame.spot.script == path;
            marks.running = is_here.then_some(frame.spot.line).and_then(now);
            marks.is_outer = index > 0;
        } else if let Some(spot) = view.debugger.spot() {
            // The line is past: nothing of it is on the stack any more.
            marks.in_code = true;
            marks.running = (spot.script == path).then_some(spot.line).and_then(now);
            marks.is_outer = true;
        }
        if let Some(picked) = view.selection.emphasized() {
            marks.emphasized.extend(line(picked.callback));
            marks.emphasized.extend(line(picked.site));
        }
        marks.selected = view.selection.selected.and_then(|picked| {
            let line = line(picked.callback).or_else(|| line(picked.site))?;
            Some((picked.task, line))
        });
        for finding in view.findings.list() {
            let is_silent = view.silenced.iter().any(|rule| rule == finding.rule);
            if let Some(line) = line(finding.place).filter(|_| !is_silent) {
                let text = marks.findings.entry(line).or_default();
                if !text.is_empty() {
                    text.push('\n');
                }
                text.push_str(&finding.message);
            }
        }
        for (&id, task) in state.tasks.iter().take(LOOKED_AT) {
            if matches!(task.stage, Stage::Running { .. }) || task.kind == TaskKind::MainScript {
                continue;
            }
            let (Some(line), Some(picked)) = (line(task.callback), Picked::alive(state, id)) else {
                continue;
            };
            let here = marks.waiting.entry(line).or_default();
            match here.iter_mut().find(|waiting| waiting.picked.kind == task.kind) {
                Some(waiting) => {
                    waiting.count += 1;
                    // The same one in every frame, whatever the order of the map.
                    if picked.task < waiting.picked.task {
                        waiting.picked = picked;
                    }
                }
                None => here.push(Waiting { count: 1, picked }),
            }
        }
        for here in marks.waiting.values_mut() {
            here.sort_by_key(|waiting| waiting.picked.kind);
        }
        let lines = &state.log.lines;
        for (index, entry) in lines.iter().enumerate().rev().take(LOOKED_AT) {
            if matches!(entry.kind, LineKind::Written(_)) {
                continue;
            }
            let text = state.names.text(entry.text);
            // An error of a function of the language has no place in the script; the stack that is printed leads there.
            let mut printed =
                lines.iter().skip(index + 1).take(PRINTED_AFTER).map(|next| state.names.text(next.text));
            let place = line(entry.place).or_else(|| line_in_stack(text, &path));
            if let Some(line) = place.or_else(|| printed.find_map(|text| line_in_stack(text, &path))) {
                marks.fatal = marks.fatal.or(Some(line).filter(|_| state.ended.is_some()));
                let message = text.lines().find(|line| !line.trim().is_empty()).unwrap_or("");
                marks.errors.insert(line, message.to_owned());
            }
        }
        marks
    }
}

fn line_of(state: &LoopState, place: PlaceId, path: &str) -> Option<u32> {
    let place = state.names.place(place)?;
    let script = state.names.text(place.script);
    let script = script.strip_prefix("file://").unwrap_or(script);
    (script == path && place.line > 0).then_some(place.line)
}

/// The first line of `path` that a stack trace names.
fn line_in_stack(text: &str, path: &str) -> Option<u32> {
    let found = text.match_indices(path).find_map(|(at, _)| {
        let rest = text[at + path.len()..].strip_prefix(':')?;
        let digits = rest.find(|character: char| !character.is_ascii_digit()).unwrap_or(rest.len());
        rest[..digits].parse().ok()
    });
    found.filter(|line| *line > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stack_trace_leads_to_its_line() {
        let text = "Error: no\n    at f (/a/b.js:12:5)\n    at /a/c.js:3:1";
        assert_eq!(line_in_stack(text, "/a/b.js"), Some(12));
        assert_eq!(line_in_stack(text, "/a/c.js"), Some(3));
        assert_eq!(line_in_stack(text, "/a/d.js"), None);
    }
}
