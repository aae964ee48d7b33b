//! A moment of the past: the loop as it was, what had just happened, and what that changed.

use std::collections::{HashMap, HashSet};

use loopscope_protocol::state::Line;
use loopscope_protocol::{Event, EventKind, HandleId, LoopState, Nanos, OpId, TaskId};
use loopscope_trace::{Past, PastError};

/// Events that are folded onto a moment that is known rather than starting from a keyframe.
const NEAR: u64 = 4096;

/// Steps of at most so many events are looked through for what they changed.
const TOLD: u64 = 20_000;

/// Something that a step changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Thing {
    /// A callback.
    Task(TaskId),
    /// An operation.
    Op(OpId),
    /// A long-lived thing.
    Handle(HandleId),
}

/// What happens to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It comes.
    Came,
    /// It goes.
    Went,
    /// It is elsewhere, or different.
    Moved,
}

impl Change {
    /// The mark beside the thing.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Came => "+",
            Self::Went => "−",
            Self::Moved => "•",
        }
    }
}

/// What a step changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    things: HashMap<Thing, Change>,
    /// Lines that were added to the console, or taken away.
    pub lines: usize,
}

impl Changes {
    /// What the step did to a thing.
    pub fn of(&self, thing: Thing) -> Option<Change> {
        self.things.get(&thing).copied()
    }

    /// Takes an event of a step.
    fn take(&mut self, event: &Event, forward: bool) {
        if let EventKind::OpStarted { task, .. } = event.kind {
            self.note(Thing::Task(task), Change::Moved);
        }
        let Some((thing, change)) = change_of(event) else {
            self.lines += usize::from(Line::of(event).is_some());
            return;
        };
        let change = match (change, forward) {
            (Change::Came, false) => Change::Went,
            (Change::Went, false) => Change::Came,
            (change, _) => change,
        };
        self.note(thing, change);
    }

    /// What comes and moves in one step has come; what goes has gone, whatever was before.
    fn note(&mut self, thing: Thing, change: Change) {
        self.things
            .entry(thing)
            .and_modify(|known| {
                if change != Change::Moved {
                    *known = change;
                }
            })
            .or_insert(change);
    }
}

/// What an event changes, and how, as time goes.
fn change_of(event: &Event) -> Option<(Thing, Change)> {
    Some(match event.kind {
        EventKind::TaskCreated { task, .. } => (Thing::Task(task), Change::Came),
        EventKind::TaskEnded { task, .. } | EventKind::TaskCancelled { task } => {
            (Thing::Task(task), Change::Went)
        }
        EventKind::TaskArmed { task, .. }
        | EventKind::TaskReady { task, .. }
        | EventKind::TaskStarted { task }
        | EventKind::TaskRef { task, .. } => (Thing::Task(task), Change::Moved),
        EventKind::OpStarted { op, .. } => (Thing::Op(op), Change::Came),
        EventKind::OpCompleted { op, .. } => (Thing::Op(op), Change::Went),
        EventKind::OpProgress { op, .. } | EventKind::SlotTaken { op, .. } => (Thing::Op(op), Change::Moved),
        EventKind::HandleOpened { handle, .. } => (Thing::Handle(handle), Change::Came),
        EventKind::HandleClosed { handle } => (Thing::Handle(handle), Change::Went),
        EventKind::HandleProgress { handle, .. }
        | EventKind::HandleTarget { handle, .. }
        | EventKind::HandleRef { handle, .. } => (Thing::Handle(handle), Change::Moved),
        _ => return None,
    })
}

/// Whether there is such a thing at a moment.
fn has(state: &LoopState, thing: Thing) -> bool {
    let is_there = |state: &LoopState| match thing {
        Thing::Task(task) => state.tasks.contains_key(&task),
        Thing::Op(op) => state.io.ops.contains_key(&op),
        Thing::Handle(handle) => state.io.handles.contains_key(&handle),
    };
    is_there(state) || state.workers.values().any(|worker| is_there(&worker.state))
}

/// A moment of the past.
#[derive(Debug, Default)]
pub struct Moment {
    /// Its number: that of the events before it.
    pub number: u64,
    /// The loop, at the time that is shown: that of the last event, or later, until the next one.
    pub state: LoopState,
    /// When the last event happened.
    pub since: Nanos,
    /// What had just happened.
    pub event: Option<Event>,
    /// That in words.
    pub words: Option<String>,
    /// What the last step changed.
    pub changes: Changes,
    /// What of the past cannot be read.
    pub problem: Option<String>,
}

impl Moment {
    /// Moment `number` of a past; `known` is the one that was shown before.
    pub fn at(past: &dyn Past, number: u64, known: Option<Self>) -> Self {
        let number = number.min(past.len());
        let known = known.filter(|known| known.problem.is_none());
        let step = known.as_ref().map(|known| Step::between(past, known, number)).unwrap_or_default();
        let mut moment = Self::fold(past, number, known).unwrap_or_else(|failed| Self {
            number,
            problem: Some(failed.to_string()),
            ..Self::default()
        });
        moment.changes = step.changes(&moment.state);
        moment.since = moment.state.now;
        moment
    }

    /// Shows it as it was at a time between the last event and the next one; without one as the last event left it.
    pub fn set_time(&mut self, time: Option<Nanos>) {
        self.state.now = time.unwrap_or(0).max(self.since);
    }

    fn fold(past: &dyn Past, number: u64, known: Option<Self>) -> Result<Self, PastError> {
        let Some(last) = number.checked_sub(1) else {
            return Ok(Self { state: past.state_at(0)?, ..Self::default() });
        };
        let near = known.filter(|known| known.number <= last && last - known.number <= NEAR);
        let mut state = match near {
            Some(known) => {
                let mut state = known.state;
                state.names = past.names()?;
                past.each(known.number..last, &mut |_, event| state.event(event))?;
                state
            }
            None => past.state_at(last)?,
        };
        let event = past.event(last)?;
        let words = state.narrate(&event);
        state.event(&event);
        Ok(Self { number, state, event: Some(event), words, ..Self::default() })
    }
}

/// What lies between two moments, as the way from the first to the second.
#[derive(Default)]
struct Step {
    events: Vec<Event>,
    forward: bool,
    /// What of that was there before.
    before: HashSet<Thing>,
}

impl Step {
    fn between(past: &dyn Past, known: &Moment, to: u64) -> Self {
        let range = known.number.min(to)..known.number.max(to);
        if range.end - range.start > TOLD {
            return Self::default();
        }
        // What cannot be read has been told of with the state.
        let mut events: Vec<Event> =
            past.events(range).map_while(Result::ok).map(|(_, event)| event).collect();
        let forward = known.number <= to;
        if !forward {
            events.reverse();
        }
        let things = events.iter().filter_map(change_of).map(|(thing, _)| thing);
        let before = things.filter(|thing| has(&known.state, *thing)).collect();
        Self { events, forward, before }
    }

    /// What it changed; `after` is the state behind it.
    fn changes(&self, after: &LoopState) -> Changes {
        let mut changes = Changes::default();
        for event in &self.events {
            changes.take(event, self.forward);
        }
        for (thing, change) in &mut changes.things {
            // Whatever happened between: an interval ends and waits again.
            *change = match (self.before.contains(thing), has(after, *thing)) {
                (true, true) => Change::Moved,
                (false, true) => Change::Came,
                (true, false) => Change::Went,
                (false, false) => *change,
            };
        }
        changes
    }
}

#[cfg(test)]
mod tests {
    use loopscope_protocol::{Outcome, PlaceId, Queue, Record, TaskKind};
    use loopscope_trace::History;

    use super::*;

    fn history() -> History {
        let mut history = History::default();
        for number in 1..=50 {
            let task = TaskId(number);
            let (callback, site) = (PlaceId::NONE, PlaceId::NONE);
            let created = EventKind::TaskCreated {
                task,
                parent: TaskId::NONE,
                kind: TaskKind::NextTick,
                callback,
                site,
            };
            for kind in [
                created,
                EventKind::TaskReady { task, queue: Queue::NextTick },
                EventKind::TaskStarted { task },
                EventKind::TaskEnded { task, outcome: Outcome::Returned },
            ] {
                history.apply(&Record::Event(Event { at: number * 10, kind }));
            }
        }
        history
    }

    #[test]
    fn every_way_leads_to_the_same_moment() {
        let history = history();
        let mut known = None;
        for number in [0, 3, 4, 199, 2, 150, 151, 200, 1, 0] {
            let moment = Moment::at(&history, number, known);
            let wanted = history.state_at(number).unwrap();
            assert_eq!(moment.state.keyframe(), wanted.keyframe(), "moment {number}");
            assert_eq!(moment.number, number);
            known = Some(moment);
        }
    }

    #[test]
    fn a_step_tells_what_came_and_went() {
        let history = history();
        let task = Thing::Task(TaskId(2));
        let step = |from, to| {
            let known = Moment::at(&history, from, None);
            Moment::at(&history, to, Some(known)).changes.of(task)
        };
        assert_eq!(step(4, 5), Some(Change::Came));
        assert_eq!(step(5, 6), Some(Change::Moved));
        assert_eq!(step(7, 8), Some(Change::Went));
        assert_eq!(step(8, 7), Some(Change::Came));
        assert_eq!(step(5, 4), Some(Change::Went));
        assert_eq!(step(8, 9), None);
    }

    /// It ran and waits for its next time: it has not gone.
    #[test]
    fn an_interval_that_ran_has_moved() {
        let mut history = History::default();
        let task = TaskId(1);
        let (callback, site) = (PlaceId::NONE, PlaceId::NONE);
        let kind = TaskKind::Interval;
        for (at, kind) in [
            (0, EventKind::TaskCreated { task, parent: TaskId::NONE, kind, callback, site }),
            (0, EventKind::TaskArmed { task, due: 10 }),
            (10, EventKind::TaskReady { task, queue: Queue::Timers }),
            (10, EventKind::TaskStarted { task }),
            (12, EventKind::TaskEnded { task, outcome: Outcome::Returned }),
            (12, EventKind::TaskArmed { task, due: 22 }),
        ] {
            history.apply(&Record::Event(Event { at, kind }));
        }
        let step = |from, to| {
            let known = Moment::at(&history, from, None);
            Moment::at(&history, to, Some(known)).changes.of(Thing::Task(task))
        };
        assert_eq!(step(4, 6), Some(Change::Moved));
        assert_eq!(step(6, 2), Some(Change::Moved));
        assert_eq!(step(0, 6), Some(Change::Came));
        assert_eq!(step(6, 0), Some(Change::Went));
    }
}
