//! The value of the expression under the pointer, while the run stands in the code.

use std::ops::Range;

use egui::text::CCursorRange;
use egui::{Area, Frame, Galley, Key, Order, Pos2, Rect, Response, ScrollArea, Ui, Vec2};

use super::super::View;
use super::super::debugger::tree::{self, Row};
use crate::state::debugger::{Shown, names};
use crate::theme::{self, size};

/// The way to what is under the pointer begins with this.
const KEY: &str = "hover";

/// An expression, and where it is.
#[derive(Debug, Clone, PartialEq)]
struct Target {
    expression: String,
    /// Where it stands in the text.
    range: Range<usize>,
    /// Where it stands on the screen.
    rect: Rect,
}

/// What is remembered of the pointer.
#[derive(Default)]
pub struct HoverMemory {
    /// What is under the pointer, since when.
    resting: Option<(Target, f64)>,
    /// What is shown, and the room that it takes.
    shown: Option<(Target, Rect)>,
    /// What is not to be shown again before the pointer was elsewhere.
    dismissed: Option<Range<usize>>,
}

impl HoverMemory {
    /// Shows nothing until the pointer is on something else.
    pub fn dismiss(&mut self) {
        self.resting = None;
        self.dismissed = self.shown.take().map(|(target, _)| target.range);
    }
}

/// Where the text was drawn.
pub struct Texts<'a> {
    /// The text.
    pub galley: &'a Galley,
    /// Its upper left corner.
    pub origin: Pos2,
    /// Width of the gutter, which lies above the text.
    pub gutter: f32,
}

impl Texts<'_> {
    /// Offset of the character at a point, in characters, and its line's number from 0.
    fn character(&self, at: Pos2) -> Option<(usize, usize)> {
        let at = at - self.origin.to_vec2();
        let mut from = 0;
        for (line, row) in self.galley.rows.iter().enumerate() {
            if row.rect().y_range().contains(at.y) {
                let x = at.x - row.pos.x;
                let column = row
                    .row
                    .glyphs
                    .iter()
                    .position(|glyph| glyph.pos.x <= x && x < glyph.pos.x + glyph.advance_width)?;
                return Some((from + column, line));
            }
            from += row.char_count_including_newline().0;
        }
        None
    }

    /// Where some characters of a line are.
    fn rect(&self, line: usize, columns: Range<usize>) -> Option<Rect> {
        let row = self.galley.rows.get(line)?;
        let (first, last) =
            (row.row.glyphs.get(columns.start)?, row.row.glyphs.get(columns.end.checked_sub(1)?)?);
        let left = row.pos.x + first.pos.x;
        let right = row.pos.x + last.pos.x + last.advance_width;
        let rect = Rect::from_x_y_ranges(left..=right, row.rect().y_range());
        Some(rect.translate(self.origin.to_vec2()))
    }
}

/// Takes the pointer, and shows the value.
pub fn show(
    view: &mut View,
    texts: &Texts,
    response: &Response,
    selected: Option<CCursorRange>,
    ui: &mut Ui,
) {
    let mut memory = std::mem::take(&mut view.memory.code.hover);
    if !view.debugger.stands_in_code() || view.moment.is_some() {
        return;
    }
    let now = ui.input(|input| input.time);
    let pointer = ui.input(|input| input.pointer.hover_pos());
    let is_busy = ui.input(|input| input.pointer.any_down() || input.pointer.any_pressed());
    let under = pointer
        .filter(|at| response.contains_pointer() && !is_busy && at.x > ui.clip_rect().left() + texts.gutter)
        .and_then(|at| target(&view.document.text, texts, at, selected));
    let is_kept = memory.shown.as_ref().is_some_and(|(target, room)| {
        let near = |rect: &Rect| pointer.is_some_and(|at| rect.expand(size::HOVER_MARGIN).contains(at));
        near(room) || near(&target.rect)
    });
    if memory.dismissed.is_some() && memory.dismissed != under.as_ref().map(|under| under.range.clone()) {
        memory.dismissed = None;
    }
    let other =
        under.filter(|under| memory.shown.as_ref().is_none_or(|(shown, _)| shown.range != under.range));
    let other = other.filter(|_| memory.dismissed.is_none());
    match other {
        Some(other) => {
            let since = match &memory.resting {
                Some((known, since)) if *known == other => *since,
                _ => now,
            };
            if now - since >= size::HOVER_DELAY {
                view.debugger.hover(&other.expression);
                view.memory.debugger.forget(KEY);
                memory.shown = Some((other, Rect::NOTHING));
                memory.resting = None;
            } else {
                memory.resting = Some((other, since));
                let left = std::time::Duration::from_secs_f64(size::HOVER_DELAY - (now - since));
                ui.ctx().request_repaint_after(left);
            }
        }
        None => memory.resting = None,
    }
    let is_over = !is_kept && memory.shown.as_ref().is_some_and(|(_, room)| *room != Rect::NOTHING);
    if ui.input(|input| input.key_pressed(Key::Escape)) || response.changed() {
        memory.dismiss();
    }
    if is_over {
        memory.shown = None;
    }
    if memory.shown.is_none() {
        view.debugger.stop_hover();
    }
    if let Some((target, room)) = &mut memory.shown {
        *room = popup(view, target, ui);
    }
    view.memory.code.hover = memory;
}

/// The expression at a point: what is selected there, or a name with its objects.
fn target(source: &str, texts: &Texts, at: Pos2, selected: Option<CCursorRange>) -> Option<Target> {
    let (character, line) = texts.character(at)?;
    let offset_of = |wanted: usize| source.char_indices().nth(wanted).map_or(source.len(), |found| found.0);
    let chosen = selected.map(|range| range.as_sorted_char_range()).map(|range| range.start.0..range.end.0);
    let range = match chosen.filter(|range| range.contains(&character)) {
        Some(range) => offset_of(range.start)..offset_of(range.end),
        None => names::expression_at(source, offset_of(character))?,
    };
    let text = source.get(range.clone())?;
    if text.trim().is_empty() || text.contains('\n') {
        return None;
    }
    let start = source[..range.start].rfind('\n').map_or(0, |at| at + 1);
    let from = source[start..range.start].chars().count();
    let rect = texts.rect(line, from..from + text.chars().count())?;
    Some(Target { expression: text.to_owned(), range, rect })
}

/// Draws the value; the room that it takes.
fn popup(view: &mut View, target: &Target, ui: &mut Ui) -> Rect {
    let palette = theme::of(ui);
    let Some(hovered) = view.debugger.hovered().cloned() else { return target.rect };
    let shown = match hovered.result {
        None => return target.rect,
        // A name that is none of a variable: nothing to say.
        Some(Err(text)) if text.starts_with("ReferenceError") || text.starts_with("SyntaxError") => {
            return target.rect;
        }
        Some(Err(text)) => Shown::said(text, "error"),
        Some(Ok(shown)) => shown,
    };
    ui.painter().rect_stroke(
        target.rect.expand2(Vec2::new(size::LINE, 0.0)),
        size::ROUND_SMALL,
        egui::Stroke::new(size::LINE, palette.accent),
        egui::StrokeKind::Outside,
    );
    let mut memory = std::mem::take(&mut view.memory.debugger);
    if memory.greet(KEY) {
        memory.open(KEY);
    }
    let mut rows = Vec::new();
    let path = Some(hovered.expression.clone());
    let row = Row { path, ..Row::root(KEY, &hovered.expression, shown, &memory) };
    tree::push(view.debugger, &memory, row, None, &mut rows);
    let area = Area::new(egui::Id::unique("value under the pointer"))
        .order(Order::Foreground)
        .fixed_pos(target.rect.left_bottom() + Vec2::new(0.0, size::LINE))
        .constrain(true);
    let response = area.show(ui.ctx(), |ui| {
        Frame::popup(ui.style()).show(ui, |ui| {
            let [most, height] = size::HOVER;
            let width = tree::width(&rows, ui).min(most);
            ui.set_max_width(width);
            ui.spacing_mut().item_spacing.y = 0.0;
            let height = height.min(rows.len() as f32 * size::ROW_SMALL);
            let area = ScrollArea::both().id_salt("hovered").max_height(height).min_scrolled_height(height);
            area.max_width(width).show_rows(ui, size::ROW_SMALL, rows.len(), |ui, range| {
                for row in &rows[range] {
                    tree::draw(view, &mut memory, row, ui);
                }
            });
        });
    });
    view.memory.debugger = memory;
    response.response.rect
}
