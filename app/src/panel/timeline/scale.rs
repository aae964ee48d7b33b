//! Which stretch of the axis is seen, and where on the screen its moments lie.

use egui::Rect;
use loopscope_protocol::Nanos;

use crate::state::timeline::Span;
use crate::state::timeline::axis::{Axis, AxisMode};

/// Room at the end of a run that fits as a whole, as a part of it.
pub const MARGIN: f64 = 0.02;

/// Shortest stretch that can be seen: nanoseconds, or steps.
fn closest(mode: AxisMode) -> f64 {
    match mode {
        AxisMode::Wall | AxisMode::Busy => 200.0,
        AxisMode::Order => 8.0,
    }
}

/// What the timeline shows, in positions on its axis.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Shown {
    /// All of the run, also while it grows.
    #[default]
    Whole,
    /// The last stretch of this length.
    End(f64),
    /// From here, this long.
    Part(f64, f64),
}

impl Shown {
    /// Where it begins and how long it is, on an axis that ends at `end`.
    pub fn stretch(self, end: f64, mode: AxisMode) -> (f64, f64) {
        match self {
            Self::Whole => (0.0, (end * (1.0 + MARGIN)).max(closest(mode))),
            Self::End(length) => ((end - length * (1.0 - MARGIN)).max(0.0), length),
            Self::Part(from, length) => (from, length),
        }
    }

    /// A stretch that was chosen, as far as the run goes. `keeps_end` is whether a stretch with the end in view stays
    /// with it.
    pub fn chosen(from: f64, length: f64, end: f64, mode: AxisMode, keeps_end: bool) -> Self {
        let longest = (end * (1.0 + MARGIN)).max(closest(mode));
        let length = length.clamp(closest(mode).min(longest), longest);
        let from = from.clamp(0.0, (longest - length).max(0.0));
        let is_whole = length >= longest * (1.0 - 1e-9);
        match (is_whole, keeps_end && from + length >= end) {
            (true, _) => Self::Whole,
            (false, true) => Self::End(length),
            (false, false) => Self::Part(from, length),
        }
    }

    /// Keeps the end in view: at the present zoom, or the whole run if that was in view.
    pub fn following(self) -> Self {
        match self {
            Self::Part(_, length) => Self::End(length),
            other => other,
        }
    }
}

/// From positions to points on the screen.
#[derive(Debug, Clone, Copy)]
pub struct Scale<'a> {
    /// The axis.
    pub axis: Axis<'a>,
    /// Position at the left end.
    pub from: f64,
    /// Length on the axis of a point on the screen.
    pub per_point: f64,
    /// The left end on the screen.
    pub left: f32,
    /// The right end.
    pub right: f32,
}

impl<'a> Scale<'a> {
    /// A scale that shows `from` and `length` of the axis in the width of `area`.
    pub fn new(axis: Axis<'a>, (from, length): (f64, f64), area: Rect) -> Self {
        let per_point = length / f64::from(area.width().max(1.0));
        Self { axis, from, per_point, left: area.left(), right: area.right() }
    }

    /// Length on the axis.
    pub fn length(&self) -> f64 {
        f64::from(self.right - self.left) * self.per_point
    }

    /// Where a position lies. What is far outside is given as a little outside: painters dislike huge numbers.
    fn point(&self, position: f64) -> f32 {
        const FAR_OUTSIDE: f64 = 1e5;
        let points = (position - self.from) / self.per_point;
        self.left + points.clamp(-FAR_OUTSIDE, FAR_OUTSIDE) as f32
    }

    /// Where a time lies.
    pub fn x(&self, at: Nanos) -> f32 {
        self.point(self.axis.position(at))
    }

    /// Where a stretch begins and ends.
    pub fn ends(&self, span: &Span) -> (f32, f32) {
        let (from, to) = self.axis.ends(span);
        (self.point(from), self.point(to))
    }

    /// Where moment `n` at a time lies.
    pub fn moment(&self, n: u64, at: Nanos) -> f32 {
        match self.axis.mode() {
            AxisMode::Order => self.point(n as f64),
            _ => self.x(at),
        }
    }

    /// Position on the axis of a point on the screen.
    pub fn position(&self, x: f32) -> f64 {
        self.from + f64::from(x - self.left) * self.per_point
    }

    /// The moment at a point on the screen.
    pub fn time(&self, x: f32) -> Nanos {
        self.axis.time(self.position(x))
    }

    /// The moments at both ends.
    pub fn window(&self) -> std::ops::Range<Nanos> {
        self.time(self.left)..self.time(self.right).saturating_add(1)
    }

    /// Whether a stretch is narrower than a point.
    pub fn is_small(&self, span: &Span) -> bool {
        match self.axis.mode() {
            AxisMode::Wall => span.length() as f64 <= self.per_point,
            // Idle times are only ever shortened.
            AxisMode::Busy if span.length() as f64 <= self.per_point => true,
            _ => {
                let (from, to) = self.axis.ends(span);
                to - from <= self.per_point
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WALL: AxisMode = AxisMode::Wall;

    #[test]
    fn the_shown_stretch_follows_what_was_chosen() {
        assert_eq!(Shown::Whole.stretch(1000.0, WALL), (0.0, 1020.0));
        assert_eq!(Shown::Part(10.0, 500.0).stretch(1000.0, WALL), (10.0, 500.0));
        let (from, length) = Shown::End(500.0).stretch(1000.0, WALL);
        assert_eq!(length, 500.0);
        assert!((from - 510.0).abs() < 1e-9);
        assert_eq!(Shown::Whole.stretch(0.0, WALL), (0.0, 200.0));
    }

    #[test]
    fn a_chosen_stretch_stays_inside_the_run() {
        assert_eq!(Shown::chosen(-50.0, 5000.0, 1000.0, WALL, true), Shown::Whole);
        assert_eq!(Shown::chosen(100.0, 300.0, 1000.0, WALL, true), Shown::Part(100.0, 300.0));
        assert_eq!(Shown::chosen(900.0, 300.0, 1000.0, WALL, true), Shown::End(300.0));
        assert_eq!(Shown::chosen(900.0, 300.0, 1000.0, WALL, false), Shown::Part(720.0, 300.0));
        assert_eq!(Shown::chosen(3.0, 1.0, 1000.0, AxisMode::Order, false), Shown::Part(3.0, 8.0));
    }

    #[test]
    fn following_keeps_the_zoom() {
        assert_eq!(Shown::Part(3.0, 7.0).following(), Shown::End(7.0));
        assert_eq!(Shown::Whole.following(), Shown::Whole);
    }
}
