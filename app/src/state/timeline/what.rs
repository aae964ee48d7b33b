//! What lies on the tracks.

use loopscope_protocol::{HandleId, Nanos, OpId, PauseReason, Phase, PlaceId, TaskId, TaskKind, TextId};

use super::items::NUMBERS;
use super::track::Item;

/// A callback from start to end.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Run {
    /// Its task.
    pub task: TaskId,
    /// What kind.
    pub kind: TaskKind,
    /// The function.
    pub callback: PlaceId,
    /// Where it was scheduled.
    pub site: PlaceId,
    /// The callback that scheduled it.
    pub parent: TaskId,
    /// Whether it threw.
    pub threw: bool,
    /// How many callbacks it ran inside of.
    pub depth: u8,
    /// Nanoseconds from when it was ready to its start; long ones are rounded.
    pub ready_before: f32,
    /// Nanoseconds from its creation to its start; long ones are rounded.
    pub created_before: f32,
}

// There are as many as callbacks.
const _: () = assert!(size_of::<Run>() <= 40);

impl Run {
    /// When it was ready to run, given when it started.
    pub fn ready(&self, start: Nanos) -> Nanos {
        start.saturating_sub(self.ready_before as Nanos)
    }

    /// When it was created, given when it started.
    pub fn created(&self, start: Nanos) -> Nanos {
        start.saturating_sub(self.created_before as Nanos)
    }
}

#[cfg(test)]
impl Run {
    /// A callback of which nothing is known but its task and kind; it waited for nothing.
    pub fn plain(task: u64, kind: TaskKind) -> Self {
        let (callback, site, parent) = (PlaceId::NONE, PlaceId::NONE, TaskId::NONE);
        let (ready_before, created_before) = (0.0, 0.0);
        Self {
            task: TaskId(task),
            kind,
            callback,
            site,
            parent,
            threw: false,
            depth: 0,
            ready_before,
            created_before,
        }
    }
}

impl Item for Run {
    const NUMBERS: usize = 7;

    fn numbers(&self) -> [u64; NUMBERS] {
        let what = u64::from(self.kind as u8) | u64::from(self.threw) << 8 | u64::from(self.depth) << 16;
        let (ready, created) = (self.ready_before as u64, self.created_before as u64);
        let places = [self.callback, self.site].map(|place| u64::from(place.0));
        [self.task.0, what, places[0], places[1], self.parent.0, ready, created, 0]
    }

    fn of([task, what, callback, site, parent, ready, created, _]: [u64; NUMBERS]) -> Self {
        Self {
            task: TaskId(task),
            kind: TaskKind::ALL.get(usize::from(what as u8)).copied().unwrap_or(TaskKind::MainScript),
            callback: PlaceId(callback as u32),
            site: PlaceId(site as u32),
            parent: TaskId(parent),
            threw: what >> 8 & 1 == 1,
            depth: (what >> 16) as u8,
            ready_before: ready as f32,
            created_before: created as f32,
        }
    }

    fn since(&self, start: Nanos) -> Nanos {
        self.ready(start)
    }

    fn is_inside(&self) -> bool {
        self.depth > 0
    }

    fn stands_out(&self) -> bool {
        self.threw
    }

    fn task(&self) -> TaskId {
        self.task
    }
}

/// A function of the script on the stack, as far as it was seen there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// The function.
    pub place: PlaceId,
    /// The callback in which it was seen.
    pub task: TaskId,
    /// What kind that is.
    pub kind: TaskKind,
    /// How often it was seen.
    pub count: u32,
    /// How often one looked, in nanoseconds.
    pub interval: Nanos,
}

impl Item for Seen {
    const NUMBERS: usize = 4;

    fn numbers(&self) -> [u64; NUMBERS] {
        let what = u64::from(self.kind as u8) | u64::from(self.count) << 8;
        [u64::from(self.place.0), self.task.0, what, self.interval, 0, 0, 0, 0]
    }

    fn of([place, task, what, interval, ..]: [u64; NUMBERS]) -> Self {
        Self {
            place: PlaceId(place as u32),
            task: TaskId(task),
            kind: TaskKind::ALL.get(usize::from(what as u8)).copied().unwrap_or(TaskKind::MainScript),
            count: (what >> 8) as u32,
            interval,
        }
    }

    fn task(&self) -> TaskId {
        self.task
    }
}

impl Item for Phase {
    const NUMBERS: usize = 1;

    fn numbers(&self) -> [u64; NUMBERS] {
        [*self as u64, 0, 0, 0, 0, 0, 0, 0]
    }

    fn of(numbers: [u64; NUMBERS]) -> Self {
        let all = [Self::Pending, Self::Poll, Self::Check, Self::Closing, Self::Timers];
        all.into_iter().find(|phase| *phase as u64 == numbers[0]).unwrap_or(Self::Poll)
    }
}

/// An operation from start to completion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpRun {
    /// The operation.
    pub op: OpId,
    /// The task of its callback.
    pub task: TaskId,
    /// Its name.
    pub name: TextId,
    /// What it worked on.
    pub target: TextId,
    /// Bytes moved.
    pub bytes: u64,
    /// Whether it failed.
    pub failed: bool,
}

impl Item for OpRun {
    const NUMBERS: usize = 6;

    fn numbers(&self) -> [u64; NUMBERS] {
        let texts = [self.name, self.target].map(|text| u64::from(text.0));
        [self.op.0, self.task.0, texts[0], texts[1], self.bytes, u64::from(self.failed), 0, 0]
    }

    fn of([op, task, name, target, bytes, failed, ..]: [u64; NUMBERS]) -> Self {
        let (name, target) = (TextId(name as u32), TextId(target as u32));
        Self { op: OpId(op), task: TaskId(task), name, target, bytes, failed: failed == 1 }
    }

    fn stands_out(&self) -> bool {
        self.failed
    }

    fn task(&self) -> TaskId {
        self.task
    }
}

/// A long-lived thing from opening to closing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HandleRun {
    /// The thing.
    pub handle: HandleId,
    /// What it is.
    pub name: TextId,
    /// What it worked on.
    pub target: TextId,
    /// Bytes that came in through it.
    pub read: u64,
    /// Bytes that went out.
    pub written: u64,
}

impl Item for HandleRun {
    const NUMBERS: usize = 5;

    fn numbers(&self) -> [u64; NUMBERS] {
        let texts = [self.name, self.target].map(|text| u64::from(text.0));
        [self.handle.0, texts[0], texts[1], self.read, self.written, 0, 0, 0]
    }

    fn of([handle, name, target, read, written, ..]: [u64; NUMBERS]) -> Self {
        let (name, target) = (TextId(name as u32), TextId(target as u32));
        Self { handle: HandleId(handle), name, target, read, written }
    }
}

/// A time in which the run stood still.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stand {
    /// Why.
    pub reason: PauseReason,
}

impl Stand {
    /// What is said of it: that it stood, and where or why.
    pub fn words(self) -> &'static str {
        match self.reason {
            PauseReason::Requested => "stood still, as it was asked to",
            PauseReason::Step => "stood still after a step of the loop",
            PauseReason::Entry => "stood still at its beginning",
            PauseReason::Breakpoint => "stood at a breakpoint",
            PauseReason::Exception => "stood at an exception",
            PauseReason::Statement => "stood at a debugger statement or after a step",
            PauseReason::LoopBreakpoint => "stood at a breakpoint of the loop",
            PauseReason::Exit => "stood still at its end",
        }
    }
}

impl Item for Stand {
    const NUMBERS: usize = 1;

    fn numbers(&self) -> [u64; NUMBERS] {
        let number = PauseReason::ALL.iter().position(|reason| *reason == self.reason);
        [number.unwrap_or(0) as u64, 0, 0, 0, 0, 0, 0, 0]
    }

    fn of(numbers: [u64; NUMBERS]) -> Self {
        let reason = usize::try_from(numbers[0]).ok().and_then(|number| PauseReason::ALL.get(number));
        Self { reason: reason.copied().unwrap_or(PauseReason::Requested) }
    }
}

/// Something the script wrote or that went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// The callback that was running.
    pub task: TaskId,
    /// The text.
    pub text: TextId,
    /// Where in the source.
    pub place: PlaceId,
}

impl Item for Mark {
    const NUMBERS: usize = 3;

    fn numbers(&self) -> [u64; NUMBERS] {
        [self.task.0, u64::from(self.text.0), u64::from(self.place.0), 0, 0, 0, 0, 0]
    }

    fn of([task, text, place, ..]: [u64; NUMBERS]) -> Self {
        Self { task: TaskId(task), text: TextId(text as u32), place: PlaceId(place as u32) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_lead_back_to_what_they_were_made_of() {
        for (index, kind) in TaskKind::ALL.into_iter().enumerate() {
            let run = Run {
                callback: PlaceId(u32::MAX),
                site: PlaceId(7),
                parent: TaskId(1 << 60),
                threw: index % 2 == 1,
                depth: index as u8 * 18,
                ready_before: 1234.0,
                created_before: 98_765_432_109_876.0_f64 as f32,
                ..Run::plain(u64::MAX - index as u64, kind)
            };
            assert_eq!(Run::of(run.numbers()), run);
        }
        for phase in [Phase::Pending, Phase::Poll, Phase::Check, Phase::Closing, Phase::Timers] {
            assert_eq!(Phase::of(phase.numbers()), phase);
        }
        for reason in PauseReason::ALL {
            assert_eq!(Stand::of(Stand { reason }.numbers()), Stand { reason });
        }
        let (task, name, target) = (TaskId(5), TextId(6), TextId(u32::MAX));
        let op = OpRun { op: OpId(1 << 50), task, name, target, bytes: u64::MAX, failed: true };
        assert_eq!(OpRun::of(op.numbers()), op);
        let handle = HandleRun { handle: HandleId(9), name, target, read: 1, written: u64::MAX };
        assert_eq!(HandleRun::of(handle.numbers()), handle);
        let mark = Mark { task, text: target, place: PlaceId(3) };
        assert_eq!(Mark::of(mark.numbers()), mark);
    }
}
