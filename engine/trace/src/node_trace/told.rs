//! What the threads of a trace tell, put into one order as the events of a run.

use std::cmp::{Ordering, Reverse};
use std::collections::{BinaryHeap, HashMap};

use loopscope_protocol::{Event, EventKind, LoopId, Nanos, Place, PlaceId, Record, TextId};

use crate::history::History;

/// Something that happens, before everything is in order.
struct Step {
    at: Nanos,
    /// Among steps at the same time, lower ones come first, and then those that were told of first.
    rank: u8,
    number: u64,
    on: LoopId,
    kind: EventKind,
}

impl Step {
    fn order(&self) -> (Nanos, u8, u64) {
        (self.at, self.rank, self.number)
    }
}

impl PartialEq for Step {
    fn eq(&self, other: &Self) -> bool {
        self.order() == other.order()
    }
}

impl Eq for Step {}

impl PartialOrd for Step {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Step {
    fn cmp(&self, other: &Self) -> Ordering {
        self.order().cmp(&other.order())
    }
}

/// The run so far. Steps may be told of ahead of their time, never behind it.
pub struct Told {
    /// What is certain.
    pub history: History,
    origin: f64,
    /// What cannot be told yet: something earlier may come.
    steps: BinaryHeap<Reverse<Step>>,
    number: u64,
    texts: HashMap<String, TextId>,
    places: u32,
    /// The loop of the last event.
    on: LoopId,
}

impl Told {
    /// Nothing yet; the run begins at `origin` on the trace's clock.
    pub fn new(history: History, origin: f64) -> Self {
        Self {
            history,
            origin,
            steps: BinaryHeap::new(),
            number: 0,
            texts: HashMap::new(),
            places: 0,
            on: LoopId::MAIN,
        }
    }

    /// The run's clock at a time of the trace's.
    pub fn at(&self, ts: f64) -> Nanos {
        ((ts - self.origin).max(0.0) * 1000.0) as Nanos
    }

    /// Something happens on a loop.
    pub fn step(&mut self, on: LoopId, ts: f64, rank: u8, kind: EventKind) {
        self.step_at(on, self.at(ts), rank, kind);
    }

    /// The same at a time of the run's clock.
    pub fn step_at(&mut self, on: LoopId, at: Nanos, rank: u8, kind: EventKind) {
        self.number += 1;
        self.steps.push(Reverse(Step { at, rank, number: self.number, on, kind }));
    }

    /// Tells what lies before `until`: nothing earlier can come.
    pub fn tell(&mut self, until: Option<Nanos>) {
        while self.steps.peek().is_some_and(|step| until.is_none_or(|until| step.0.at < until)) {
            let Some(Reverse(step)) = self.steps.pop() else { return };
            // What Node goes on with while it cleans up is no part of the run.
            let state = self.history.state();
            let is_over =
                |on: &LoopId| state.workers.get(on).is_some_and(|worker| worker.state.ended.is_some());
            if state.ended.is_some() || is_over(&step.on) {
                continue;
            }
            if self.on != step.on {
                self.on = step.on;
                self.tell_event(step.at, EventKind::LoopEntered { id: step.on });
            }
            self.tell_event(step.at, step.kind);
        }
    }

    fn tell_event(&mut self, at: Nanos, kind: EventKind) {
        self.history.apply(&Record::Event(Event { at, kind }));
    }

    /// The number of a text.
    pub fn text(&mut self, text: &str) -> TextId {
        if text.is_empty() {
            return TextId::NONE;
        }
        if let Some(known) = self.texts.get(text) {
            return *known;
        }
        let id = TextId(u32::try_from(self.texts.len()).unwrap_or(u32::MAX).saturating_add(1));
        self.texts.insert(text.to_owned(), id);
        self.history.apply(&Record::Text { id, text: text.into() });
        id
    }

    /// The number of a script's first line, or of nowhere when its path is unknown.
    pub fn script(&mut self, path: &str) -> PlaceId {
        let place = Place {
            script: self.text(path),
            function: TextId::NONE,
            line: u32::from(!path.is_empty()),
            column: 0,
        };
        self.places += 1;
        let id = PlaceId(self.places);
        self.history.apply(&Record::Place { id, place });
        id
    }
}
