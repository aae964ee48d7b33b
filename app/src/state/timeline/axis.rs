//! Where on the timeline's axis a moment lies: by the clock, by the clock without the times in which nothing ran, or by
//! its number.

use loopscope_protocol::Nanos;

use super::times::Moments;
use super::track::Span;

/// A time in which nothing ran is worth shortening from here on.
const IDLE_LEAST: Nanos = 500_000;

/// How the axis goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum AxisMode {
    /// By the clock.
    #[default]
    Wall,
    /// By the clock; times in which nothing ran are shortened.
    Busy,
    /// Every event is one step wide.
    Order,
}

/// Parts of the run for which it is known where their gaps begin in the list.
const PARTS: usize = 1 << 16;

/// Length of such a part at first, in nanoseconds.
const FIRST_PART: Nanos = 1 << 20;

/// Times in which nothing was on the stack.
#[derive(Debug)]
pub struct Idle {
    gaps: Vec<Gap>,
    /// Number of the first gap that begins in each part of the run, or after it. A run of hours has millions of gaps, and
    /// every frame looks many thousand of them up.
    parts: Vec<u32>,
    /// How long a part is.
    part: Nanos,
    /// When the stack became empty last, unless something runs.
    since: Option<Nanos>,
}

/// Such a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// When it began.
    pub start: Nanos,
    /// When something started.
    pub end: Nanos,
    /// Length of all gaps before it.
    before: Nanos,
}

impl Default for Idle {
    fn default() -> Self {
        Self { gaps: Vec::new(), parts: Vec::new(), part: FIRST_PART, since: None }
    }
}

impl Idle {
    /// Something starts on an empty stack.
    pub fn starts(&mut self, at: Nanos) {
        // Threads tell of their loops one after the other: a bit of time may be told twice.
        let start = self.since.take().unwrap_or(0).max(self.gaps.last().map_or(0, |gap| gap.end));
        if at.saturating_sub(start) >= IDLE_LEAST {
            let before = self.total();
            while usize::try_from(start / self.part).unwrap_or(usize::MAX) >= PARTS {
                self.part *= 2;
                self.parts = self.parts.iter().step_by(2).copied().collect();
            }
            let number = u32::try_from(self.gaps.len()).unwrap_or(u32::MAX);
            self.parts.resize(self.parts.len().max((start / self.part) as usize + 1), number);
            self.gaps.push(Gap { start, end: at, before });
        }
    }

    /// How many gaps begin before `at`.
    fn before(&self, at: Nanos) -> usize {
        let part = usize::try_from(at / self.part).unwrap_or(usize::MAX);
        let edge = |part: usize| self.parts.get(part).map_or(self.gaps.len(), |number| *number as usize);
        let (from, to) = (edge(part), edge(part.saturating_add(1)));
        from + self.gaps[from..to.max(from)].partition_point(|gap| gap.start < at)
    }

    /// The stack is empty.
    pub fn ends(&mut self, at: Nanos) {
        self.since = Some(at);
    }

    fn total(&self) -> Nanos {
        self.gaps.last().map_or(0, |gap| gap.before + (gap.end - gap.start))
    }

    /// The gaps that lie in a stretch of time.
    pub fn within(&self, from: Nanos, to: Nanos) -> &[Gap] {
        let first = self.gaps.partition_point(|gap| gap.end < from);
        let last = self.gaps.partition_point(|gap| gap.start <= to);
        &self.gaps[first..last.max(first)]
    }
}

/// An axis: from moments to positions and back. Positions are nanoseconds, or steps by number.
#[derive(Debug, Clone, Copy)]
pub struct Axis<'a> {
    mode: AxisMode,
    idle: &'a Idle,
    moments: &'a Moments,
    /// Length on the axis of every shortened gap.
    gap: f64,
}

impl<'a> Axis<'a> {
    /// The axis of a run that is `end` long.
    pub fn new(mode: AxisMode, idle: &'a Idle, moments: &'a Moments, end: Nanos) -> Self {
        // All gaps together take a third of the axis at most, and no gap becomes longer than it is.
        let busy = end.saturating_sub(idle.total()) as f64;
        let gap = (busy / (2 * idle.gaps.len().max(1)) as f64).clamp(1.0, IDLE_LEAST as f64);
        Self { mode, idle, moments, gap }
    }

    /// The same run on another axis.
    pub fn with_mode(self, mode: AxisMode) -> Self {
        Self { mode, ..self }
    }

    /// How it goes.
    pub fn mode(&self) -> AxisMode {
        self.mode
    }

    /// Where a moment lies.
    pub fn position(&self, at: Nanos) -> f64 {
        match self.mode {
            AxisMode::Wall => at as f64,
            AxisMode::Busy => {
                let index = self.idle.before(at);
                let Some(before) = index.checked_sub(1) else { return at as f64 };
                let gap = self.idle.gaps[before];
                let length = (gap.end - gap.start) as f64;
                let gone = (at.min(gap.end) - gap.start) as f64 / length;
                let start = (gap.start - gap.before) as f64 + before as f64 * self.gap;
                start + gone * self.gap + at.saturating_sub(gap.end) as f64
            }
            AxisMode::Order => self.moments.number(at) as f64,
        }
    }

    /// Where a stretch begins and ends. By number this is exact also for events at one time.
    pub fn ends(&self, span: &Span) -> (f64, f64) {
        match self.mode {
            AxisMode::Order => (f64::from(span.from), f64::from(span.to)),
            _ => (self.position(span.start), self.position(span.end)),
        }
    }

    /// The time at a position.
    pub fn time(&self, position: f64) -> Nanos {
        let position = position.max(0.0);
        match self.mode {
            AxisMode::Wall => position as Nanos,
            AxisMode::Busy => {
                let start =
                    |index: usize, gap: &Gap| (gap.start - gap.before) as f64 + index as f64 * self.gap;
                let (mut low, mut high) = (0, self.idle.gaps.len());
                while low < high {
                    let middle = low.midpoint(high);
                    if start(middle, &self.idle.gaps[middle]) <= position {
                        low = middle + 1;
                    } else {
                        high = middle;
                    }
                }
                let Some(index) = low.checked_sub(1) else { return position as Nanos };
                let gap = self.idle.gaps[index];
                let past = position - start(index, &gap);
                if past <= self.gap {
                    gap.start + (past / self.gap * (gap.end - gap.start) as f64) as Nanos
                } else {
                    gap.end + (past - self.gap) as Nanos
                }
            }
            AxisMode::Order => self.moments.time(position.round() as usize),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: Nanos = 1_000_000;

    fn idle() -> Idle {
        let mut idle = Idle::default();
        // Runs at 0–1, 11–12, 12.1–13 and 113–114 ms.
        for (start, end) in [(0, MS), (11 * MS, 12 * MS), (12 * MS + MS / 10, 13 * MS), (113 * MS, 114 * MS)]
        {
            idle.starts(start);
            idle.ends(end);
        }
        idle
    }

    #[test]
    fn positions_lead_back_to_their_moments() {
        let (idle, mut steps) = (idle(), Moments::default());
        (0..100).for_each(|number| steps.push(number * MS));
        for mode in [AxisMode::Wall, AxisMode::Busy, AxisMode::Order] {
            let axis = Axis::new(mode, &idle, &steps, 114 * MS);
            let mut last = -1.0;
            for at in 0..100 {
                let position = axis.position(at * MS);
                assert!(position >= last, "{mode:?} goes back at {at} ms");
                last = position;
                assert!(axis.time(position).abs_diff(at * MS) < 1000, "{mode:?} at {at} ms");
            }
        }
    }

    #[test]
    fn idle_times_take_little_room() {
        let idle = idle();
        let steps = Moments::default();
        let axis = Axis::new(AxisMode::Busy, &idle, &steps, 114 * MS);
        assert_eq!(idle.within(0, 200 * MS).len(), 2);
        let (busy, gaps) = (4 * MS, 2.0 * axis.gap);
        assert!((axis.position(114 * MS) - (busy as f64 + gaps)).abs() < 1e-3);
    }

    #[test]
    fn gaps_are_found_in_runs_of_any_length() {
        let (mut idle, mut at) = (Idle::default(), 0);
        for number in 0..3000_u64 {
            let length = if number % 1000 == 999 { 40_000 * MS } else { MS + number * 17_000 };
            idle.starts(at + length);
            at += length + 300;
            idle.ends(at);
        }
        assert_eq!((idle.gaps.len(), idle.part > FIRST_PART), (3000, true));
        for time in (0..at + MS).step_by(1_234_567).chain(idle.gaps.iter().map(|gap| gap.start)) {
            let wanted = idle.gaps.partition_point(|gap| gap.start < time);
            assert_eq!(idle.before(time), wanted, "at {time}");
        }
    }

    #[test]
    fn every_event_is_one_step_wide() {
        let (idle, mut steps) = (Idle::default(), Moments::default());
        [1, 2, 1000, 1001].into_iter().for_each(|at| steps.push(at));
        let axis = Axis::new(AxisMode::Order, &idle, &steps, 1001);
        assert_eq!([1, 2, 1000, 1001].map(|at| axis.position(at)), [1.0, 2.0, 3.0, 4.0]);
        assert_eq!(axis.ends(&Span::new((5, 7), (5, 9))), (7.0, 9.0));
    }
}
