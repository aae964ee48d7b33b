//! When the run stood still: at breakpoints, between steps, because somebody paused it. Nobody held the stack then.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use crate::ids::Nanos;

/// Times that are kept one by one.
const KEPT: usize = 512;

/// When the run stood still lately, and how long in all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stood {
    /// From when to when, in order.
    times: VecDeque<(Nanos, Nanos)>,
    /// Since when it does.
    since: Option<Nanos>,
    /// How long in all, the present time not counted.
    total: Nanos,
}

impl Stood {
    /// It stands still from now on.
    pub(super) fn begin(&mut self, at: Nanos) {
        self.since.get_or_insert(at);
    }

    /// It goes on.
    pub(super) fn end(&mut self, at: Nanos) {
        let Some(since) = self.since.take() else { return };
        if self.times.len() == KEPT {
            self.times.pop_front();
        }
        self.times.push_back((since, at));
        self.total = self.total.saturating_add(at.saturating_sub(since));
    }

    /// Since when it stands still; `None` while it does not.
    pub fn since(&self) -> Option<Nanos> {
        self.since
    }

    /// How long it has stood still until `now`.
    pub fn total(&self, now: Nanos) -> Nanos {
        self.total.saturating_add(self.since.map_or(0, |since| now.saturating_sub(since)))
    }

    /// How much of a stretch of time it stood still.
    pub fn within(&self, from: Nanos, to: Nanos) -> Nanos {
        let part = |since: Nanos, until: Nanos| until.min(to).saturating_sub(since.max(from));
        let recent = self.times.iter().rev().take_while(|time| time.1 > from);
        let past = recent.fold(0_u64, |sum, time| sum.saturating_add(part(time.0, time.1)));
        past.saturating_add(self.since.map_or(0, |since| part(since, to)))
    }

    /// How much of a stretch of time it went on.
    pub fn ran(&self, from: Nanos, to: Nanos) -> Nanos {
        to.saturating_sub(from).saturating_sub(self.within(from, to))
    }

    /// Whether it never stood still.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_lies_within_a_stretch_counts() {
        let mut stood = Stood::default();
        for (from, to) in [(10, 20), (30, 35)] {
            stood.begin(from);
            // It is told twice when the reason changes.
            stood.begin(from + 1);
            stood.end(to);
        }
        stood.begin(40);
        assert_eq!((stood.within(0, 50), stood.within(15, 33), stood.within(20, 30)), (25, 8, 0));
        assert_eq!((stood.ran(0, 50), stood.ran(15, 33), stood.ran(50, 0)), (25, 10, 0));
        assert_eq!((stood.total(45), stood.since()), (20, Some(40)));
        stood.end(40);
        stood.end(60);
        assert_eq!(stood.total(99), 15);
    }
}
