//! Tokens: one for each callback, which slide to where they are next.

use std::collections::HashMap;

use egui::{
    Align2, Color32, CornerRadius, FontFamily, FontId, Painter, Pos2, Rect, Sense, Stroke, StrokeKind, Ui,
    Vec2,
};
use loopscope_protocol::TaskId;

use crate::panel::View;
use crate::state::moment::Thing;
use crate::state::selection::Picked;
use crate::theme::{self, size};
use crate::widget::mark;

/// Where tokens are.
#[derive(Default)]
pub struct TokenMemory {
    places: HashMap<Key, Pos2>,
    /// Those drawn in this frame.
    drawn: HashMap<Key, Pos2>,
}

impl TokenMemory {
    /// The frame is over: tokens that were not drawn are forgotten.
    pub fn end_frame(&mut self) {
        self.places = std::mem::take(&mut self.drawn);
    }
}

/// What a token says.
pub struct Token<'a> {
    /// The callback.
    pub picked: Picked,
    /// Name and line.
    pub text: &'a str,
    /// What is said at the right end: the time left, the bytes.
    pub note: &'a str,
    /// How far it is, from 0 to 1, if that can be told.
    pub progress: Option<f32>,
    /// Whether it does not keep the loop alive.
    pub faint: bool,
    /// Tells several tokens of one callback apart: an interval runs many times. 0 for the one that is still alive.
    pub run: u64,
}

/// What a token is known by.
type Key = (TaskId, u64);

/// Draws a token at `rect`, or on its way there.
pub fn show(view: &mut View, token: &Token, rect: Rect, ui: &mut Ui) {
    let palette = theme::of(ui);
    let shown = Rect::from_min_size(slide(view, (token.picked.task, token.run), rect.min, ui), rect.size());
    let emphasized = view.selection.emphasizes(token.picked.task);
    let tint = theme::tint(palette, token.picked.kind);
    let painter = ui.painter();
    let round = CornerRadius::same(size::ROUND_SMALL);
    painter.rect_filled(shown, round, if emphasized { palette.selection } else { palette.card });
    if let Some(progress) = token.progress {
        let mut done = shown;
        done.set_width(shown.width() * progress.clamp(0.0, 1.0));
        painter.rect_filled(done, round, tint.gamma_multiply(0.22));
    }
    let outline = if emphasized { palette.accent } else { palette.line };
    painter.rect_stroke(shown, round, Stroke::new(size::LINE, outline), StrokeKind::Inside);
    let middle = Pos2::new(shown.left() + size::NEAR + size::MARK / 2.0, shown.center().y);
    mark::kind(painter, middle, size::MARK, token.picked.kind, palette);
    let ink = if token.faint { palette.dim } else { palette.text };
    let left = middle.x + size::MARK + size::TIGHT + size::THICK;
    let right = note(painter, token.note, shown, palette.dim);
    words(painter, token.text, Rect::from_x_y_ranges(left..=right, shown.y_range()), ink);
    changed(view, Thing::Task(token.picked.task), shown, painter);
    let response =
        ui.interact(shown, ui.scope_id().with(("token", token.picked.task, token.run)), Sense::click());
    let name = format!("{} {} {}", token.picked.kind.name(), token.text, token.note);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, name.trim()));
    if response.hovered() {
        view.selection.hovered = Some(token.picked);
    }
    if response.clicked() || response.has_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter)) {
        view.selection.selected = Some(token.picked);
    }
}

/// Lights up what the last step of the cursor changed, and marks how.
pub fn changed(view: &View, thing: Thing, rect: Rect, painter: &Painter) {
    let Some(change) = view.change(thing) else { return };
    let palette = theme::for_visuals(&painter.ctx().global_style().visuals);
    let color = theme::change(palette, change);
    let round = CornerRadius::same(size::ROUND_SMALL);
    painter.rect_filled(rect, round, color.gamma_multiply(0.3 * view.flash));
    painter.rect_stroke(rect, round, Stroke::new(size::LINE * 1.5, color), StrokeKind::Inside);
    let center = rect.left_top() + Vec2::splat(size::THICK);
    painter.circle_filled(center, size::BADGE, color);
    let font = FontId::new(size::TEXT_SMALL, FontFamily::Name(theme::STRONG.into()));
    painter.text(center, Align2::CENTER_CENTER, change.sign(), font, palette.surface);
}

/// Where a token is on its way to `target`.
fn slide(view: &mut View, key: Key, target: Pos2, ui: &Ui) -> Pos2 {
    let memory = &mut view.memory.loop_view.tokens;
    // What has just ended comes from where it ran.
    let known = memory.places.get(&key).or_else(|| memory.places.get(&(key.0, 0)));
    let from = known.copied().filter(|_| view.motion).unwrap_or(target);
    let dt = ui.input(|input| input.stable_dt).min(0.1);
    let mut place = from + (target - from) * (1.0 - (-dt / (size::MOVE / 3.0)).exp());
    if place.distance(target) < 0.5 {
        place = target;
    } else {
        ui.ctx().request_repaint();
    }
    memory.drawn.insert(key, place);
    place
}

/// Draws the note at the right end; returns where it begins.
fn note(painter: &Painter, text: &str, rect: Rect, ink: Color32) -> f32 {
    let right = rect.right() - size::NEAR;
    if text.is_empty() {
        return right;
    }
    let font = FontId::new(size::TEXT_SMALL, FontFamily::Proportional);
    let at = Pos2::new(right, rect.center().y);
    painter.text(at, Align2::RIGHT_CENTER, text, font, ink).left() - size::TIGHT
}

/// Draws one line of code-like text, cut at the end of `rect`.
pub fn words(painter: &Painter, text: &str, rect: Rect, ink: Color32) {
    let font = FontId::new(size::CODE_SMALL, FontFamily::Monospace);
    let mut job = egui::text::LayoutJob::simple_singleline(text.to_owned(), font, ink);
    job.wrap = egui::text::TextWrapping::truncate_at_width(rect.width().max(0.0));
    let galley = painter.ctx().fonts_mut(|fonts| fonts.layout_job(job));
    let top = rect.center().y - galley.size().y / 2.0;
    painter.galley(Pos2::new(rect.left(), top), galley, ink);
}

/// Many callbacks as marks without words; returns the height used.
pub fn chips(view: &mut View, picked: &[Picked], area: Rect, ui: &mut Ui) -> f32 {
    let palette = theme::of(ui);
    let columns = ((area.width() / size::CHIP) as usize).max(1);
    for (index, picked) in picked.iter().enumerate() {
        let cell = Vec2::new((index % columns) as f32, (index / columns) as f32) * size::CHIP;
        let rect = Rect::from_min_size(area.min + cell, Vec2::splat(size::CHIP));
        if rect.bottom() > area.bottom() {
            break;
        }
        mark::kind(ui.painter(), rect.center(), size::MARK * 0.8, picked.kind, palette);
        if ui.rect_contains_pointer(rect) {
            view.selection.hovered = Some(*picked);
        }
    }
    picked.len().div_ceil(columns) as f32 * size::CHIP
}
