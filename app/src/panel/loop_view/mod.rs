//! The event loop: the ring of its phases, and the lanes in which callbacks wait, run and end.

mod details;
mod lanes;
mod ring;
mod token;

use std::time::Duration;

use egui::{Rect, Ui, Vec2};

use super::{View, layout};
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
    let mut area = ui.max_rect().shrink(size::NEAR);
    if let Some(picked) = view.selection.emphasized() {
        area.max.y -= size::ROW;
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

/// Time between two frames while only clocks move.
const CLOCK: Duration = Duration::from_millis(33);

/// The same when nothing may move by itself.
const SLOW_CLOCK: Duration = Duration::from_millis(250);

/// Draws again soon, because a clock is on the screen and goes on.
pub fn keep_time(view: &View, ui: &Ui) {
    let state = &view.model.state;
    if state.ended.is_none() && state.paused.is_none() {
        ui.ctx().request_repaint_after(if view.motion { CLOCK } else { SLOW_CLOCK });
    }
}
