//! Finding what fits a filter in a run that may be long and may go on, a piece in every frame.

use loopscope_protocol::state::Names;
use loopscope_protocol::{LoopId, Nanos};

use super::filter::Filter;
use super::{Item, Lane, Timeline, Track};

/// Things that are looked at in one frame.
const BUDGET: usize = 200_000;

/// Things that fit of which more is remembered than their number.
const KEPT: usize = 500_000;

/// Where something lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// In the lane of this number.
    Lane(usize),
    /// In the lane of this number of a worker.
    Worker(LoopId, usize),
    /// Among the functions seen on the stack of a loop, at this depth.
    Seen(LoopId, usize),
    /// In this row of operations of a loop.
    Io(LoopId, usize),
    /// In this row of handles of a loop.
    Handle(LoopId, usize),
    /// Among the output.
    Output,
    /// Among the errors.
    Error,
}

/// Something that fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// When it begins.
    pub start: Nanos,
    /// The row it lies in.
    pub source: Source,
    /// Its number there.
    pub index: usize,
}

/// What has been found so far.
#[derive(Debug, Default)]
pub struct Finder {
    text: String,
    filter: Filter,
    seen: Vec<(Source, usize)>,
    found: Vec<Found>,
    /// How many fit, also those that are not remembered.
    pub count: usize,
    /// Whether everything has been looked at.
    pub is_done: bool,
    /// Where the last jump went.
    current: Option<Found>,
}

impl Finder {
    /// Another run begins.
    pub fn forget_run(&mut self) {
        *self = Self { text: std::mem::take(&mut self.text), ..Self::default() };
        self.filter = Filter::read(&self.text);
    }

    /// Looks for something else.
    pub fn set(&mut self, text: &str) {
        if self.text != text {
            text.clone_into(&mut self.text);
            self.forget_run();
        }
    }

    /// Whether something is looked for.
    pub fn is_active(&self) -> bool {
        !self.filter.is_empty()
    }

    /// The filter, for what is drawn.
    pub fn filter(&mut self) -> Option<&mut Filter> {
        Some(&mut self.filter).filter(|filter| !filter.is_empty())
    }

    /// Looks at what has come since, as far as a frame allows.
    pub fn update(&mut self, timeline: &Timeline, names: &Names) {
        if !self.is_active() {
            return;
        }
        let mut left = BUDGET;
        let before = self.found.len();
        for (index, lane) in timeline.lanes.iter().enumerate() {
            self.look(Source::Lane(index), lane, &mut left, |filter, run, length| {
                filter.run(run, length, names)
            });
        }
        for (id, worker) in &timeline.workers {
            for (index, lane) in worker.lanes.iter().enumerate() {
                self.look(Source::Worker(*id, index), lane, &mut left, |filter, run, length| {
                    filter.run(run, length, names)
                });
            }
        }
        let workers = timeline.workers.iter().map(|(id, worker)| (*id, worker));
        for (id, known) in std::iter::once((LoopId::MAIN, timeline)).chain(workers) {
            for (depth, track) in known.sampled.iter().enumerate() {
                let fits = |filter: &mut Filter, seen: &_, length| filter.seen(seen, length, names);
                self.look(Source::Seen(id, depth), track, &mut left, fits);
            }
            for (row, track) in known.io.tracks.iter().enumerate() {
                let fits = |filter: &mut Filter, op: &_, length| filter.op(op, length, names);
                self.look(Source::Io(id, row), track, &mut left, fits);
            }
            for (row, track) in known.handles.tracks.iter().enumerate() {
                let fits = |filter: &mut Filter, handle: &_, length| filter.handle(handle, length, names);
                self.look(Source::Handle(id, row), track, &mut left, fits);
            }
        }
        let mark = |is_error| move |filter: &mut Filter, mark: &_, _| filter.mark(mark, is_error, names);
        self.look(Source::Output, &timeline.console, &mut left, mark(false));
        self.look(Source::Error, &timeline.errors, &mut left, mark(true));
        self.is_done = left > 0;
        if self.found.len() > before {
            self.found.sort();
        }
    }

    fn look<T: Item>(
        &mut self,
        source: Source,
        track: &Track<T>,
        left: &mut usize,
        mut fits: impl FnMut(&mut Filter, &T, Nanos) -> bool,
    ) {
        let entry = match self.seen.iter().position(|(known, _)| *known == source) {
            Some(entry) => entry,
            None => {
                self.seen.push((source, 0));
                self.seen.len() - 1
            }
        };
        let from = self.seen[entry].1;
        let to = track.len().min(from + *left);
        for index in from..to {
            let Some((start, end, item)) = track.get(index) else { break };
            if fits(&mut self.filter, &item, end - start) {
                self.count += 1;
                if self.found.len() < KEPT {
                    self.found.push(Found { start, source, index });
                }
            }
        }
        self.seen[entry].1 = to;
        *left -= to - from;
    }

    /// The next one after the last jump, or after `from` if there was none; the first one after the last.
    pub fn next(&mut self, from: Nanos) -> Option<Found> {
        let index = match self.current {
            Some(current) => self.found.partition_point(|found| *found <= current),
            None => self.found.partition_point(|found| found.start < from),
        };
        self.jump(self.found.get(index).or(self.found.first()).copied())
    }

    /// The one before; the last one before the first.
    pub fn previous(&mut self, from: Nanos) -> Option<Found> {
        let index = match self.current {
            Some(current) => self.found.partition_point(|found| *found < current),
            None => self.found.partition_point(|found| found.start < from),
        };
        let before = index.checked_sub(1).and_then(|index| self.found.get(index));
        self.jump(before.or(self.found.last()).copied())
    }

    fn jump(&mut self, to: Option<Found>) -> Option<Found> {
        self.current = to.or(self.current);
        to
    }

    /// Which of those that fit the last jump went to, from 1.
    pub fn place(&self) -> Option<usize> {
        let current = self.current?;
        Some(self.found.partition_point(|found| *found < current) + 1)
    }

    /// Whether something that fits begins in this stretch.
    pub fn has_between(&self, from: Nanos, to: Nanos) -> bool {
        let first = self.found.partition_point(|found| found.start < from);
        self.found.get(first).is_some_and(|found| found.start <= to)
    }

    /// What fits and begins in this stretch, in order.
    pub fn between(&self, from: Nanos, to: Nanos) -> &[Found] {
        let first = self.found.partition_point(|found| found.start < from);
        let last = self.found.partition_point(|found| found.start <= to);
        &self.found[first..last.max(first)]
    }
}

/// The lane of a source, if it is one.
pub fn lane(source: Source) -> Option<Lane> {
    match source {
        Source::Lane(index) | Source::Worker(_, index) => Lane::ALL.get(index).copied(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use loopscope_protocol::TaskKind;

    use super::super::{Run, Span};
    use super::*;

    fn timeline(count: u64) -> Timeline {
        let mut timeline = Timeline::default();
        for number in 0..count {
            let (kind, length) =
                if number % 10 == 0 { (TaskKind::Timeout, 2_000_000) } else { (TaskKind::NextTick, 10) };
            let run = Run::plain(number + 1, kind);
            let lane = Lane::ALL.iter().position(|lane| *lane == Lane::of(kind)).unwrap();
            let start = number * 3_000_000;
            timeline.lanes[lane].push(Span::new((start, 0), (start + length, 0)), run);
        }
        timeline
    }

    #[test]
    fn jumps_go_round_through_what_fits() {
        let (timeline, names) = (timeline(40), Names::default());
        let mut finder = Finder::default();
        finder.set(">1ms");
        finder.update(&timeline, &names);
        assert_eq!((finder.count, finder.is_done), (4, true));
        let starts = |found: Option<Found>| found.unwrap().start / 30_000_000;
        assert_eq!([0; 5].map(|_| starts(finder.next(0))), [0, 1, 2, 3, 0]);
        assert_eq!(finder.place(), Some(1));
        assert_eq!(starts(finder.previous(0)), 3);
        assert!(finder.has_between(0, 1) && !finder.has_between(1, 29_000_000));
    }

    #[test]
    fn a_long_run_is_looked_through_over_several_frames() {
        let (timeline, names) = (timeline(500_000), Names::default());
        let mut finder = Finder::default();
        finder.set("kind:timers");
        let mut frames = 0;
        while !finder.is_done {
            finder.update(&timeline, &names);
            frames += 1;
        }
        assert_eq!((finder.count, frames), (50_000, 3));
    }
}
