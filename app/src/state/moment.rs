//! A moment of the past: the loop as it was, what had just happened, and what that changed.

use std::collections::HashMap;

use loopscope_protocol::state::Line;
use loopscope_protocol::{Event, EventKind, HandleId, LoopState, OpId, TaskId};
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

    fn take(&mut self, event: &Event, forward: bool) {
        let (thing, change) = match event.kind {
            EventKind::TaskCreated { task, .. } => (Thing::Task(task), Change::Came),
            EventKind::TaskEnded { task, .. } | EventKind::TaskCancelled { task } => {
                (Thing::Task(task), Change::Went)
            }
            EventKind::TaskArmed { task, .. }
            | EventKind::TaskReady { task, .. }
            | EventKind::TaskStarted { task }
            | EventKind::TaskRef { task, .. } => (Thing::Task(task), Change::Moved),
            EventKind::OpStarted { op, task, .. } => {
                self.note(Thing::Task(task), Change::Moved);
                (Thing::Op(op), if forward { Change::Came } else { Change::Went })
            }
            EventKind::OpCompleted { op, .. } => (Thing::Op(op), Change::Went),
            EventKind::OpProgress { op, .. } | EventKind::SlotTaken { op, .. } => {
                (Thing::Op(op), Change::Moved)
            }
            EventKind::HandleOpened { handle, .. } => (Thing::Handle(handle), Change::Came),
            EventKind::HandleClosed { handle } => (Thing::Handle(handle), Change::Went),
            EventKind::HandleProgress { handle, .. }
            | EventKind::HandleTarget { handle, .. }
            | EventKind::HandleRef { handle, .. } => (Thing::Handle(handle), Change::Moved),
            _ => {
                self.lines += usize::from(Line::of(event).is_some());
                return;
            }
        };
        let started = matches!(event.kind, EventKind::OpStarted { .. });
        let change = match (change, forward || started) {
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

/// A moment of the past.
#[derive(Debug, Default)]
pub struct Moment {
    /// Its number: that of the events before it.
    pub number: u64,
    /// The loop.
    pub state: LoopState,
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
        let from = known.as_ref().map(|known| known.number);
        let mut moment = Self::fold(past, number, known).unwrap_or_else(|failed| Self {
            number,
            problem: Some(failed.to_string()),
            ..Self::default()
        });
        moment.changes = from.map(|from| changes(past, from, number)).unwrap_or_default();
        moment
    }

    fn fold(past: &dyn Past, number: u64, known: Option<Self>) -> Result<Self, PastError> {
        let Some(last) = number.checked_sub(1) else {
            return Ok(Self { state: past.state_at(0)?, ..Self::default() });
        };
        let near = known
            .filter(|known| known.problem.is_none() && known.number <= last && last - known.number <= NEAR);
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
fn changes(past: &dyn Past, from: u64, to: u64) -> Changes {
    let mut changes = Changes::default();
    let range = from.min(to)..from.max(to);
    if range.end - range.start > TOLD {
        return changes;
    }
    // What cannot be read has been told of with the state.
    let events: Vec<Event> = past.events(range).map_while(Result::ok).map(|(_, event)| event).collect();
    if from <= to {
        events.iter().for_each(|event| changes.take(event, true));
    } else {
        events.iter().rev().for_each(|event| changes.take(event, false));
    }
    changes
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
}
