//! The event loop: the ring of its phases, and the lanes in which callbacks wait, run and end.

mod details;
mod lanes;
mod ring;
mod token;

pub use token::{changed, words};

use std::time::Duration;

use egui::{Rect, Ui, Vec2};

use super::{View, layout, loops};
use crate::theme::size;

/// What the panel remembers.
#[derive(Default)]
pub struct LoopMemory {
    ring: ring::RingMemory,
    tokens: token::TokenMemory,
}

/// Part of the panel's width that the ring may take.
const RING_SHARE: f32 = 0.32;

/// Draws the panel.
pub fn show(view: &mut View, ui: &mut Ui) {
    if view.progress.is_none() {
        layout::empty(ui, "Run the script (F5) to see its event loop.");
        return;
    }
    loops::show(view, ui);
    let mut area = ui.available_rect_before_wrap().intersect(ui.max_rect()).shrink(size::NEAR);
    let picked = view.selection.emphasized();
    // The room for the line stays free where there is enough: nothing moves when the pointer comes over something.
    if picked.is_some() || area.height() > size::RING_LEAST && !view.memory.is_picture() {
        area.max.y -= size::ROW;
    }
    if let Some(picked) = picked {
        let strip =
            Rect::from_min_max(egui::Pos2::new(area.min.x, area.max.y + size::TIGHT), ui.max_rect().max);
        details::show(view, &picked, strip, ui);
    }
    let side = (area.width() * RING_SHARE).min(area.height() + 2.0 * size::FAR).min(size::RING_MOST);
    let mut lanes = area;
    if side >= size::RING_LEAST {
        let ring = Rect::from_min_size(area.min, Vec2::new(side, area.height()));
        ring::show(view, ring, ui);
        lanes.min.x = ring.max.x + size::NEAR;
    }
    lanes::show(view, lanes, ui);
}

/// Times between two frames while only clocks move: the nearer the next timer, the more often. What is less than the
/// first time away is drawn again after the second.
const CLOCKS: [(Duration, Duration); 3] = [
    (Duration::from_secs(2), Duration::from_millis(33)),
    (Duration::from_secs(20), Duration::from_millis(250)),
    (Duration::MAX, Duration::from_secs(1)),
];

/// Draws again soon, because a clock is on the screen and goes on.
pub fn keep_time(view: &View, ui: &Ui) {
    let state = view.state;
    if view.moment.is_some() || state.ended.is_some() || state.paused.is_some() {
        return;
    }
    let now = view.now();
    let away = match state.timers.first() {
        _ if !state.stack.is_empty() => Duration::ZERO,
        Some((due, _)) => Duration::from_nanos(due.saturating_sub(now)),
        None => CLOCKS[0].0,
    };
    let quickest = usize::from(!view.motion);
    let clock = CLOCKS[quickest..].iter().find(|(limit, _)| away < *limit);
    ui.ctx().request_repaint_after(clock.map_or(CLOCKS[2].1, |clock| clock.1));
}
