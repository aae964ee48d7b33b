//! The cursor: the moment that all views show.

use egui::{Pos2, Rect, Shape, Stroke, Ui, Vec2};
use loopscope_protocol::Nanos;
use loopscope_protocol::state::duration;

use super::TimelineMemory;
use super::ruler;
use super::scale::{Scale, Shown};
use crate::state::timeline::axis::AxisMode;
use crate::theme::{self, size};

/// Where in the view the cursor is put when it has left it, as a part of the width.
const COMES_AT: f64 = 0.3;

/// The least width of a ruler on which a number and a time have room side by side.
const ROOM: f32 = 3.0 * size::RULER_STEP;

/// What the cursor says: the time, or the number of the moment where the axis counts those.
pub fn words(mode: AxisMode, (number, at): (u64, Nanos), ruler: Rect) -> String {
    match mode {
        AxisMode::Wall | AxisMode::Busy => duration(at),
        AxisMode::Order if ruler.width() < ROOM => format!("№ {number}"),
        AxisMode::Order => format!("№ {number}  ·  {}", duration(at)),
    }
}

/// Draws the cursor at `x` with its words.
pub fn show(x: f32, words: &str, ruler: Rect, lanes: Rect, ui: &Ui) {
    if x < lanes.left() - size::LINE || x > lanes.right() + size::LINE {
        return;
    }
    let palette = theme::of(ui);
    let painter = ui.painter_at(ruler.union(lanes));
    painter.vline(x, ruler.bottom()..=lanes.bottom(), Stroke::new(size::THICK, palette.accent));
    let tip = Pos2::new(x, ruler.bottom() + size::TIGHT);
    let corners =
        vec![tip, tip + Vec2::new(-size::TIGHT, -size::NEAR), tip + Vec2::new(size::TIGHT, -size::NEAR)];
    painter.add(Shape::convex_polygon(corners, palette.accent, Stroke::NONE));
    ruler::label(words.to_owned(), x, ruler, palette, ui);
}

/// Moves the view so that the cursor is in it, once for every place it goes to.
pub fn keep_in_view(memory: &mut TimelineMemory, scale: &Scale, x: f32, end: f64) {
    let position = scale.position(x);
    if memory.followed == Some(position as f32) {
        return;
    }
    memory.followed = Some(position as f32);
    let is_seen = x >= scale.left && x <= scale.right;
    if !is_seen && memory.drag.is_none() {
        let length = scale.length();
        memory.shown = Shown::chosen(position - length * COMES_AT, length, end, scale.axis.mode(), false);
    }
}
