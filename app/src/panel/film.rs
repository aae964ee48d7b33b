//! The panels as a film shows them: side by side, with a line of words above, and nothing to click.

use egui::{Align2, CornerRadius, FontFamily, FontId, Pos2, Rect, Ui, UiBuilder};

use super::{View, console, loop_view, timeline};
use crate::theme::{self, size};

/// Parts of the picture that the event loop takes from top to bottom, and the timeline from left to right.
const LOOP_SHARE: f32 = 0.5;
const TIMELINE_SHARE: f32 = 0.7;

/// Draws the event loop above timeline and console; `title` says what is seen.
pub fn film(view: &mut View, title: &str, ui: &mut Ui) {
    let palette = theme::of(ui);
    let all = ui.ctx().content_rect();
    ui.painter().rect_filled(all, 0.0, palette.base);
    let inner = all.shrink(size::GAP);
    let (top, rest) = inner.split_top_bottom_at_y(inner.top() + size::ROW);
    let font = FontId::new(size::TEXT, FontFamily::Proportional);
    let mut job = egui::text::LayoutJob::simple_singleline(title.to_owned(), font, palette.text);
    job.wrap = egui::text::TextWrapping::truncate_at_width(top.width() - 2.0 * size::NEAR);
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let at =
        Align2::LEFT_CENTER.anchor_size(Pos2::new(top.left() + size::NEAR, top.center().y), galley.size());
    ui.painter().galley(at.min, galley, palette.text);
    let (upper, lower) = rest.split_top_bottom_at_fraction(LOOP_SHARE);
    let (left, right) = lower.split_left_right_at_fraction(TIMELINE_SHARE);
    let gap = size::GAP / 2.0;
    inside(upper.with_max_y(upper.bottom() - gap), ui, |ui| loop_view::show(view, ui));
    let left = Rect::from_min_max(Pos2::new(left.left(), left.top() + gap), left.max - egui::vec2(gap, 0.0));
    inside(left, ui, |ui| timeline::show(view, ui));
    inside(Rect::from_min_max(right.min + egui::vec2(gap, gap), right.max), ui, |ui| {
        console::show_lines(view, ui)
    });
}

/// Draws the timeline alone, over all of the picture or window.
pub fn timeline_picture(view: &mut View, ui: &mut Ui) {
    let palette = theme::of(ui);
    let all = ui.ctx().content_rect();
    ui.painter().rect_filled(all, 0.0, palette.surface);
    inside(all, ui, |ui| timeline::show(view, ui));
}

/// Draws a panel into `rect`.
fn inside(rect: Rect, ui: &mut Ui, draw: impl FnOnce(&mut Ui)) {
    let palette = theme::of(ui);
    ui.painter().rect_filled(rect, CornerRadius::same(size::ROUND), palette.surface);
    ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| {
        ui.set_clip_rect(rect);
        draw(ui);
    });
}
