//! What is looked for on the timeline: words, and conditions such as `>5ms`, `kind:timer`, `file:app.js`, `op:read`,
//! `on:/tmp`, `threw`.

use std::collections::HashMap;

use loopscope_protocol::state::Names;
use loopscope_protocol::{Nanos, PlaceId, TaskKind, TextId};

use super::{HandleRun, Lane, Mark, OpRun, Run, Seen};

/// A condition. Texts are in lower case.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Term {
    /// Lasts longer.
    Longer(Nanos),
    /// Lasts less long.
    Shorter(Nanos),
    /// Is of a kind whose name begins so.
    Kind(String),
    /// Its file's path contains this.
    File(String),
    /// Is an operation or handle whose name contains this.
    Op(String),
    /// Works on something whose name contains this.
    On(String),
    /// Threw or failed.
    Failed,
    /// Anything about it contains this.
    Word(String),
}

/// All conditions together, with what has been found out about names.
#[derive(Debug, Default)]
pub struct Filter {
    terms: Vec<Term>,
    callbacks: HashMap<(PlaceId, PlaceId, TaskKind), bool>,
    things: HashMap<(TextId, TextId), bool>,
    functions: HashMap<PlaceId, bool>,
    texts: HashMap<TextId, bool>,
}

/// A time such as `5ms`, `1.5 s`, `300us`; without a unit milliseconds.
fn time(text: &str) -> Option<Nanos> {
    let digits = text.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let factor = match unit {
        "ns" => 1.0,
        "us" | "µs" => 1e3,
        "ms" | "" => 1e6,
        "s" => 1e9,
        _ => return None,
    };
    Some((number.parse::<f64>().ok()? * factor) as Nanos)
}

impl Term {
    fn read(text: &str) -> Self {
        let text = text.to_lowercase();
        let part = |name: &str| text.strip_prefix(name).filter(|rest| !rest.is_empty()).map(str::to_owned);
        if let Some(longer) = text.strip_prefix('>').and_then(|rest| time(rest.trim_start_matches('='))) {
            return Self::Longer(longer);
        }
        if let Some(shorter) = text.strip_prefix('<').and_then(|rest| time(rest.trim_start_matches('='))) {
            return Self::Shorter(shorter);
        }
        if let Some(kind) = part("kind:") {
            return Self::Kind(kind);
        }
        if let Some(file) = part("file:") {
            return Self::File(file);
        }
        if let Some(op) = part("op:") {
            return Self::Op(op);
        }
        if let Some(target) = part("on:") {
            return Self::On(target);
        }
        if text == "threw" || text == "failed" {
            return Self::Failed;
        }
        Self::Word(text)
    }
}

fn contains(text: &str, part: &str) -> bool {
    text.to_lowercase().contains(part)
}

impl Filter {
    /// Reads what was typed; words in quotes are one.
    pub fn read(text: &str) -> Self {
        let mut terms = Vec::new();
        for (index, part) in text.split('"').enumerate() {
            if index % 2 == 1 {
                terms.push(Term::Word(part.to_lowercase()));
            } else {
                terms.extend(part.split_whitespace().map(Term::read));
            }
        }
        Self { terms, ..Self::default() }
    }

    /// Whether everything fits.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    fn lasts(&self, length: Nanos) -> bool {
        self.terms.iter().all(|term| match term {
            Term::Longer(least) => length >= *least,
            Term::Shorter(most) => length <= *most,
            _ => true,
        })
    }

    fn failed(&self, failed: bool) -> bool {
        failed || !self.terms.contains(&Term::Failed)
    }

    /// Whether a callback that ran this long fits.
    pub fn run(&mut self, run: &Run, length: Nanos, names: &Names) -> bool {
        if !self.lasts(length) || !self.failed(run.threw) {
            return false;
        }
        let terms = &self.terms;
        *self.callbacks.entry((run.callback, run.site, run.kind)).or_insert_with(|| {
            let callback = names.describe(run.callback);
            let kind = run.kind.name();
            terms.iter().all(|term| match term {
                Term::Kind(part) => {
                    let lane = Lane::of(run.kind).name();
                    kind.to_lowercase().starts_with(part) || lane.to_lowercase().starts_with(part)
                }
                Term::File(part) => contains(names.script(run.callback), part),
                Term::Op(_) | Term::On(_) => false,
                Term::Word(part) => {
                    contains(&callback, part)
                        || contains(kind, part)
                        || contains(&names.describe(run.site), part)
                }
                Term::Longer(_) | Term::Shorter(_) | Term::Failed => true,
            })
        })
    }

    /// Whether a function that was seen on the stack for this long fits.
    pub fn seen(&mut self, seen: &Seen, length: Nanos, names: &Names) -> bool {
        if !self.lasts(length) || !self.failed(false) {
            return false;
        }
        let terms = &self.terms;
        *self.functions.entry(seen.place).or_insert_with(|| {
            terms.iter().all(|term| match term {
                Term::Kind(part) => "sampled".starts_with(part.as_str()),
                Term::File(part) => contains(names.script(seen.place), part),
                Term::Op(_) | Term::On(_) => false,
                Term::Word(part) => contains(&names.describe(seen.place), part),
                Term::Longer(_) | Term::Shorter(_) | Term::Failed => true,
            })
        })
    }

    /// Whether a thing with a name that works on something fits.
    fn thing(&mut self, name: TextId, target: TextId, names: &Names) -> bool {
        let terms = &self.terms;
        *self.things.entry((name, target)).or_insert_with(|| {
            let (name, target) = (names.text(name), names.text(target));
            terms.iter().all(|term| match term {
                Term::Kind(part) => "i/o".starts_with(part.as_str()) || "op".starts_with(part.as_str()),
                Term::File(part) | Term::On(part) => contains(target, part),
                Term::Op(part) => contains(name, part),
                Term::Word(part) => contains(name, part) || contains(target, part),
                Term::Longer(_) | Term::Shorter(_) | Term::Failed => true,
            })
        })
    }

    /// Whether an operation that took this long fits.
    pub fn op(&mut self, op: &OpRun, length: Nanos, names: &Names) -> bool {
        self.lasts(length) && self.failed(op.failed) && self.thing(op.name, op.target, names)
    }

    /// Whether a handle that was open this long fits.
    pub fn handle(&mut self, handle: &HandleRun, length: Nanos, names: &Names) -> bool {
        self.lasts(length) && self.failed(false) && self.thing(handle.name, handle.target, names)
    }

    /// Whether a line of output fits.
    pub fn mark(&mut self, mark: &Mark, is_error: bool, names: &Names) -> bool {
        if !self.lasts(0) || !self.failed(is_error) {
            return false;
        }
        let terms = &self.terms;
        *self.texts.entry(mark.text).or_insert_with(|| {
            terms.iter().all(|term| match term {
                Term::Word(part) => contains(names.text(mark.text), part),
                Term::File(part) => contains(names.script(mark.place), part),
                Term::Kind(part) => {
                    "output".starts_with(part.as_str()) || "console".starts_with(part.as_str())
                }
                Term::Op(_) | Term::On(_) => false,
                Term::Longer(_) | Term::Shorter(_) | Term::Failed => true,
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use loopscope_protocol::{LoopState, OpId, Place, Record, TaskId};

    use super::*;

    fn names() -> LoopState {
        let mut state = LoopState::default();
        for (id, text) in [(1, "/app/server.js"), (2, "parseBody"), (3, "fs.read"), (4, "/tmp/a.txt")] {
            state.apply(&Record::Text { id: TextId(id), text: text.into() });
        }
        let place = Place { script: TextId(1), function: TextId(2), line: 7, column: 1 };
        state.apply(&Record::Place { id: PlaceId(1), place });
        state
    }

    fn run(kind: TaskKind) -> Run {
        Run {
            task: TaskId(1),
            kind,
            callback: PlaceId(1),
            site: PlaceId::NONE,
            parent: TaskId::NONE,
            threw: false,
            depth: 0,
            ready_before: 0.0,
            created_before: 0.0,
        }
    }

    #[test]
    fn callbacks_are_found_by_name_file_kind_and_duration() {
        let state = names();
        let fits = |text: &str, kind, length| Filter::read(text).run(&run(kind), length, &state.names);
        let ms = 1_000_000;
        for (text, wanted) in [
            ("", true),
            ("parse", true),
            ("PARSEBODY", true),
            ("file:server", true),
            ("file:client", false),
            ("kind:timeout", true),
            ("kind:timers", true),
            ("kind:promise", false),
            (">5ms", true),
            (">5ms parse", true),
            (">7ms", false),
            ("<7ms", true),
            (">5000us <0.1s", true),
            ("threw", false),
            ("op:read", false),
            ("nothing like it", false),
        ] {
            assert_eq!(fits(text, TaskKind::Timeout, 6 * ms), wanted, "{text:?}");
        }
    }

    #[test]
    fn operations_are_found_by_name_and_what_they_work_on() {
        let state = names();
        let (name, target) = (TextId(3), TextId(4));
        let op = OpRun { op: OpId(1), task: TaskId(1), name, target, bytes: 0, failed: true };
        let fits = |text: &str| Filter::read(text).op(&op, 10, &state.names);
        for (text, wanted) in [
            ("op:read", true),
            ("on:/tmp", true),
            ("a.txt", true),
            ("failed", true),
            ("op:write", false),
            (">1ms", false),
        ] {
            assert_eq!(fits(text), wanted, "{text:?}");
        }
    }
}
