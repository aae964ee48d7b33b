//! Numbers over time in bounded memory: the longer a run is, the longer the stretches for which a number stands.

use std::ops::Range;

use loopscope_protocol::Nanos;

/// Stretches at most.
const MOST: usize = 1 << 15;

/// Length of a stretch at first, in nanoseconds.
const FIRST: Nanos = 1 << 12;

/// What a number did in a stretch.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Stretch {
    highest: f32,
    last: f32,
}

/// A number over time.
#[derive(Debug)]
pub struct Series {
    width: Nanos,
    stretches: Vec<Stretch>,
    /// Whether it keeps its value until it changes; otherwise it is 0 where nothing was told.
    keeps: bool,
    /// The highest value of all.
    pub highest: f32,
}

impl Series {
    /// A number that keeps its value until it changes, such as the length of a queue.
    pub fn level() -> Self {
        Self { width: FIRST, stretches: Vec::new(), keeps: true, highest: 0.0 }
    }

    /// A number that is told now and then, such as a delay.
    pub fn events() -> Self {
        Self { keeps: false, ..Self::level() }
    }

    /// Whether nothing was told.
    pub fn is_empty(&self) -> bool {
        self.stretches.is_empty()
    }

    /// The number is `value` at `at`; what is told late counts for the last stretch.
    pub fn push(&mut self, at: Nanos, value: f32) {
        self.highest = self.highest.max(value);
        while usize::try_from(at / self.width).unwrap_or(usize::MAX) >= MOST {
            self.halve();
        }
        let index = usize::try_from(at / self.width).unwrap_or(MOST - 1);
        let before = self.stretches.last().map_or(0.0, |stretch| stretch.last);
        let rest = if self.keeps { before } else { 0.0 };
        while self.stretches.len() <= index {
            self.stretches.push(Stretch { highest: rest, last: rest });
        }
        if let Some(stretch) = self.stretches.last_mut() {
            stretch.highest = stretch.highest.max(value);
            stretch.last = value;
        }
    }

    fn halve(&mut self) {
        self.width *= 2;
        let pairs = self.stretches.chunks(2).map(|pair| Stretch {
            highest: pair.iter().map(|stretch| stretch.highest).fold(0.0, f32::max),
            last: pair[pair.len() - 1].last,
        });
        self.stretches = pairs.collect();
    }

    /// Times and highest values in a window, at most about `most` of them, in order.
    pub fn points(&self, window: Range<Nanos>, most: usize) -> Vec<(Nanos, f32)> {
        let index = |at: Nanos| usize::try_from(at / self.width).unwrap_or(usize::MAX);
        let (from, to) = (index(window.start), index(window.end).saturating_add(1));
        let inside = to.min(self.stretches.len()).saturating_sub(from.min(self.stretches.len()));
        let group = inside.div_ceil(most.max(1)).max(1);
        let mut points = Vec::with_capacity(inside / group + 2);
        let shown = &self.stretches[from.min(self.stretches.len())..to.min(self.stretches.len())];
        for (number, group_of) in shown.chunks(group).enumerate() {
            let highest = group_of.iter().map(|stretch| stretch.highest).fold(0.0, f32::max);
            points.push(((from + number * group) as Nanos * self.width, highest));
        }
        if let Some(last) = self.stretches.last().filter(|_| self.keeps) {
            let end = self.stretches.len() as Nanos * self.width;
            if end < window.end {
                points.push((end.max(window.start), last.last));
                points.push((window.end, last.last));
            }
        }
        points
    }

    /// The value at a time.
    pub fn at(&self, at: Nanos) -> f32 {
        let index = usize::try_from(at / self.width).unwrap_or(usize::MAX);
        match self.stretches.get(index) {
            Some(stretch) => stretch.highest,
            None if self.keeps => self.stretches.last().map_or(0.0, |stretch| stretch.last),
            None => 0.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_keeps_its_value() {
        let mut series = Series::level();
        series.push(0, 2.0);
        series.push(10 * FIRST, 5.0);
        assert_eq!((series.at(5 * FIRST), series.at(10 * FIRST), series.at(99 * FIRST)), (2.0, 5.0, 5.0));
        assert_eq!(series.points(20 * FIRST..30 * FIRST, 100), [(20 * FIRST, 5.0), (30 * FIRST, 5.0)]);
    }

    #[test]
    fn a_long_run_takes_no_more_memory_and_loses_no_peak() {
        let mut series = Series::events();
        for number in 0..1_000_000_u64 {
            series.push(number * 100_000, if number == 777_777 { 9.0 } else { 1.0 });
        }
        assert!(series.stretches.len() <= MOST);
        let points = series.points(0..100_000_000_000, 500);
        assert!(points.len() <= 502);
        assert_eq!(points.iter().map(|point| point.1).fold(0.0, f32::max), 9.0);
        assert_eq!(series.highest, 9.0);
    }
}
