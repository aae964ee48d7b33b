//! Breakpoints in the code, kept by file; they move with edits.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use super::Drift;
use super::anchors::{Anchors, Change, piece};

/// Where a breakpoint is in its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct At {
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1, in UTF-16 units as V8 counts; 0 for the first place on the line.
    pub column: u32,
}

impl From<u32> for At {
    fn from(line: u32) -> Self {
        Self { line, column: 0 }
    }
}

/// As people write places: `12`, `12:5`.
impl std::fmt::Display for At {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.column {
            0 => write!(formatter, "{}", self.line),
            column => write!(formatter, "{}:{column}", self.line),
        }
    }
}

/// A breakpoint on a line, or at a place in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Breakpoint {
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1, in UTF-16 units; 0 for the first place on the line.
    #[serde(default, skip_serializing_if = "is_first")]
    pub column: u32,
    /// Whether it is on.
    pub enabled: bool,
    /// Holds the run only while this expression is true; empty for always.
    #[serde(default)]
    pub condition: String,
    /// Instead of holding the run it writes this, with expressions in braces; empty for none.
    #[serde(default)]
    pub log: String,
    /// How often it has to be reached first: `5` from the fifth time on, `=5` only then, `<5` before, `%5` every fifth time;
    /// empty for always.
    #[serde(default)]
    pub hits: String,
}

/// Settings of a breakpoint on a whole line say nothing of columns, as before there were any.
fn is_first(column: &u32) -> bool {
    *column == 0
}

impl Breakpoint {
    /// A breakpoint that always holds the run.
    pub fn new(at: impl Into<At>) -> Self {
        let At { line, column } = at.into();
        let (condition, log, hits) = Default::default();
        Self { line, column, enabled: true, condition, log, hits }
    }

    /// Where it is.
    pub fn at(&self) -> At {
        At { line: self.line, column: self.column }
    }

    /// What its text is when it is reached, as V8 evaluates it; empty for none.
    pub fn log_expression(&self) -> String {
        if self.log.is_empty() { String::new() } else { format!("`{}`", template(&self.log)) }
    }

    /// What is evaluated, in a word.
    pub fn evaluates(&self) -> &'static str {
        if self.condition.is_empty() { "text" } else { "condition" }
    }

    /// All that is evaluated, to see whether it can be.
    pub fn expression(&self) -> String {
        match (&self.condition, self.log_expression()) {
            (condition, log) if log.is_empty() => condition.clone(),
            (condition, log) if condition.is_empty() => log,
            (condition, log) => format!("({condition}\n) && ({log}\n)"),
        }
    }
}

/// Where a column of a line is after the line was changed: in front of what it was in front of.
pub(super) fn moved(column: u32, before: &str, after: &str) -> u32 {
    let units = |text: &str| text.encode_utf16().collect::<Vec<_>>();
    let (old, new) = (units(before), units(after));
    let same = |pair: &(&u16, &u16)| pair.0 == pair.1;
    let least = old.len().min(new.len());
    let head = old.iter().zip(&new).take_while(same).count();
    let tail = old.iter().rev().zip(new.iter().rev()).take_while(same).count().min(least - head);
    let index = column as usize;
    let to = match index.checked_sub(1) {
        None => 0,
        Some(offset) if offset < head => index,
        Some(offset) if offset >= old.len() - tail => index + new.len() - old.len(),
        Some(_) => index.min(new.len() - tail + 1),
    };
    u32::try_from(to).unwrap_or(u32::MAX)
}

/// A template literal's inside for a text with expressions in braces.
fn template(text: &str) -> String {
    let mut made = String::new();
    let mut depth = 0;
    for character in text.chars() {
        match character {
            '{' => {
                if depth == 0 {
                    made.push('$');
                }
                depth += 1;
                made.push('{');
            }
            '}' if depth > 0 => {
                depth -= 1;
                made.push('}');
            }
            '`' | '\\' if depth == 0 => {
                made.push('\\');
                made.push(character);
            }
            '$' if depth == 0 => made.push_str("\\$"),
            other => made.push(other),
        }
    }
    made
}

/// All breakpoints, by the script's path (`[eval]` for text without a file).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Breakpoints {
    files: BTreeMap<String, Vec<Breakpoint>>,
    /// Texts that were edited since the run began.
    #[serde(skip)]
    drifts: HashMap<String, Drift>,
    /// What breakpoints stand on.
    #[serde(skip)]
    anchors: HashMap<String, Anchors>,
}

impl Breakpoints {
    /// Those of a file, by line.
    pub fn of(&self, path: &str) -> &[Breakpoint] {
        self.files.get(path).map_or(&[], Vec::as_slice)
    }

    /// The files that have some.
    pub fn files(&self) -> impl Iterator<Item = (&str, &[Breakpoint])> {
        self.files.iter().map(|(path, list)| (path.as_str(), list.as_slice()))
    }

    /// The one at a place.
    pub fn at(&self, path: &str, at: impl Into<At>) -> Option<&Breakpoint> {
        let at = at.into();
        self.of(path).iter().find(|breakpoint| breakpoint.at() == at)
    }

    /// The one at a place, to be changed.
    pub fn at_mut(&mut self, path: &str, at: impl Into<At>) -> Option<&mut Breakpoint> {
        let at = at.into();
        self.files.get_mut(path)?.iter_mut().find(|breakpoint| breakpoint.at() == at)
    }

    /// Puts one at a place, or takes it away.
    pub fn toggle(&mut self, path: &str, at: impl Into<At>) {
        let at = at.into();
        if self.at(path, at).is_some() {
            self.remove(path, at);
        } else {
            if let Some(anchors) = self.anchors.get_mut(path) {
                anchors.forget(at.line);
            }
            let list = self.files.entry(path.to_owned()).or_default();
            list.push(Breakpoint::new(at));
            list.sort_by_key(Breakpoint::at);
        }
    }

    /// Takes one away.
    pub fn remove(&mut self, path: &str, at: impl Into<At>) {
        let at = at.into();
        if let Some(list) = self.files.get_mut(path) {
            list.retain(|breakpoint| breakpoint.at() != at);
            if list.is_empty() {
                self.files.remove(path);
            }
        }
    }

    /// Takes all away.
    pub fn clear(&mut self) {
        self.files.clear();
    }

    /// Texts that were edited since the run began.
    pub fn drifts(&self) -> &HashMap<String, Drift> {
        &self.drifts
    }

    /// The text of a file was edited: a run that goes on began with another one.
    pub fn note_edit(&mut self, path: &str, before: &str, after: &str) {
        let drift = self.drifts.get(path);
        let mut changed = drift.cloned().unwrap_or_default();
        changed.note(before, after);
        self.drifts.insert(path.to_owned(), changed);
    }

    /// A run begins with the texts as they are.
    pub fn forget_edits(&mut self) {
        self.drifts.clear();
    }

    /// The text of a file was saved.
    pub fn save_edits(&mut self, path: &str) {
        if let Some(drift) = self.drifts.get_mut(path) {
            drift.save();
        }
    }

    /// What was not saved of a text is given up: breakpoints are where they were.
    pub fn give_up_edits(&mut self, path: &str) {
        let Some(undone) = self.drifts.get_mut(path).map(Drift::give_up) else { return };
        let Some(list) = self.files.get_mut(path) else { return };
        list.retain_mut(|breakpoint| {
            let line = undone.then(breakpoint.line);
            breakpoint.line = line.unwrap_or(breakpoint.line);
            line.is_some()
        });
        list.sort_by_key(Breakpoint::at);
        list.dedup_by_key(|breakpoint| breakpoint.at());
        if list.is_empty() {
            self.files.remove(path);
        }
    }

    /// The text of a file changed: breakpoints stay with their lines. What was on lines that are gone is on the line
    /// where they were. Returns whether any moved.
    pub fn follow_edit(&mut self, path: &str, before: &str, after: &str) -> bool {
        let Some(list) = self.files.get_mut(path) else { return false };
        let change = Change::between(before, after);
        let anchored = self.anchors.entry(path.to_owned()).or_default().follow(&change);
        let (removed, added) = change.replaced();
        let Change { old, new, head, tail } = &change;
        let places = |list: &[Breakpoint]| list.iter().map(Breakpoint::at).collect::<Vec<_>>();
        let was = places(list);
        for breakpoint in list.iter_mut() {
            let index = breakpoint.line as usize - 1;
            if index >= old.len() - tail {
                breakpoint.line = u32::try_from(index + new.len() - old.len() + 1).unwrap_or(u32::MAX);
            } else if index >= *head {
                if let ([line], Some(1..)) = (removed, added.len().checked_sub(1)) {
                    // Broken in two: it is on that part on which its text is.
                    breakpoint.line += match breakpoint.column.checked_sub(1) {
                        None => anchored,
                        Some(column) => u32::try_from(piece(line, added, column as usize).0).unwrap_or(0),
                    };
                }
                // Inside what was changed: as near as there is a line.
                let last = (new.len() - tail).max(head + 1).min(new.len());
                breakpoint.line = breakpoint.line.min(u32::try_from(last).unwrap_or(u32::MAX));
                let line = new.get(breakpoint.line as usize - 1).copied().unwrap_or_default();
                breakpoint.column = moved(breakpoint.column, old[index], line);
            }
        }
        list.sort_by_key(Breakpoint::at);
        list.dedup_by_key(|breakpoint| breakpoint.at());
        places(list) != was
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(breakpoints: &Breakpoints) -> Vec<u32> {
        breakpoints.of("a.js").iter().map(|breakpoint| breakpoint.line).collect()
    }

    fn with(wanted: &[u32]) -> Breakpoints {
        let mut breakpoints = Breakpoints::default();
        for &line in wanted {
            breakpoints.toggle("a.js", line);
        }
        breakpoints
    }

    #[test]
    fn a_breakpoint_comes_and_goes() {
        let mut breakpoints = with(&[3, 1]);
        assert_eq!(lines(&breakpoints), [1, 3]);
        breakpoints.toggle("a.js", 1);
        breakpoints.toggle("a.js", 3);
        assert_eq!(breakpoints, Breakpoints::default());
    }

    #[test]
    fn breakpoints_move_with_the_lines_they_are_on() {
        let mut breakpoints = with(&[1, 2, 4]);
        assert!(breakpoints.follow_edit("a.js", "a\nb\nc\nd", "a\nnew\nb\nc\nd"));
        assert_eq!(lines(&breakpoints), [1, 3, 5]);
        assert!(breakpoints.follow_edit("a.js", "a\nnew\nb\nc\nd", "a\nd"));
        assert_eq!(lines(&breakpoints), [1, 2]);
        assert!(!breakpoints.follow_edit("a.js", "a\nd", "a\ndd"));
        assert_eq!(lines(&breakpoints), [1, 2]);
        assert!(!breakpoints.follow_edit("b.js", "a", "b"));
    }

    #[test]
    fn breakpoints_stay_with_their_text_when_a_line_is_broken_in_two() {
        let mut breakpoints = with(&[2]);
        let edits =
            ["a\n  b(); c();", "a\n  x; b(); c();", "a\n  x;\n  b(); c();", "a\n  x;\n  b();\n  c();"];
        let moved = edits.windows(2).map(|pair| breakpoints.follow_edit("a.js", pair[0], pair[1]));
        assert_eq!(moved.collect::<Vec<_>>(), [false, true, false]);
        assert_eq!(lines(&breakpoints), [3]);
        // One that is set where something was typed before belongs with that.
        let mut breakpoints = with(&[2]);
        breakpoints.follow_edit("a.js", edits[0], edits[1]);
        breakpoints.toggle("a.js", 2);
        breakpoints.toggle("a.js", 2);
        breakpoints.follow_edit("a.js", edits[1], edits[2]);
        assert_eq!(lines(&breakpoints), [2]);
        // At a column.
        let mut breakpoints = Breakpoints::default();
        breakpoints.toggle("a.js", At { line: 2, column: 8 });
        breakpoints.follow_edit("a.js", edits[0], "a\n  b();\n  c();");
        assert_eq!(breakpoints.of("a.js")[0].at(), At { line: 3, column: 3 });
    }

    #[test]
    fn breakpoints_come_back_when_an_edit_is_not_saved() {
        let mut breakpoints = with(&[2]);
        let (before, saved, after) = ("a\nb", "a\nb\nc", "new\na\nb\nc");
        for (before, after) in [(before, saved), (saved, after)] {
            breakpoints.follow_edit("a.js", before, after);
            breakpoints.note_edit("a.js", before, after);
            if after == saved {
                breakpoints.save_edits("a.js");
            }
        }
        breakpoints.toggle("a.js", 1);
        assert_eq!(lines(&breakpoints), [1, 3]);
        breakpoints.give_up_edits("a.js");
        assert_eq!(lines(&breakpoints), [2], "the other one's line is gone");
    }

    #[test]
    fn breakpoints_at_a_column_move_with_what_they_are_in_front_of() {
        let mut breakpoints = Breakpoints::default();
        breakpoints.toggle("a.js", At { line: 2, column: 6 });
        breakpoints.toggle("a.js", 2);
        let at = |breakpoints: &Breakpoints| -> Vec<_> {
            breakpoints.of("a.js").iter().map(|one| one.at().to_string()).collect()
        };
        assert_eq!(at(&breakpoints), ["2", "2:6"]);
        assert!(breakpoints.follow_edit("a.js", "x\na(); b();", "x\né.a(); b();"));
        assert_eq!(at(&breakpoints), ["2", "2:8"]);
        assert!(!breakpoints.follow_edit("a.js", "x\né.a(); b();", "x\né.a(); b(c);"));
        assert!(breakpoints.follow_edit("a.js", "x\né.a(); b(c);", "x\nb(c);"));
        assert_eq!(at(&breakpoints), ["2", "2:1"]);
        assert_eq!(serde_json::to_value(Breakpoint::new(2)).unwrap().get("column"), None);
    }

    #[test]
    fn what_is_logged_is_written_as_a_template() {
        let mut breakpoint = Breakpoint::new(1);
        assert_eq!(breakpoint.expression(), "");
        breakpoint.condition = "n > 2".to_owned();
        assert_eq!(breakpoint.expression(), "n > 2");
        breakpoint.log = "n is {n}, `$5`".to_owned();
        assert_eq!(breakpoint.log_expression(), "`n is ${n}, \\`\\$5\\``");
        assert!(breakpoint.expression().contains(") && ("), "{}", breakpoint.expression());
    }
}
