//! Beside the lines and behind them: breakpoints, what runs, waits, failed or was found, and what the views point at. The same for
//! a text that is edited and for one that is only shown.

use egui::{Color32, CornerRadius, FontId, Rect, Sense, Shape, Stroke, Ui, Vec2};

use super::{Marks, breakpoints};
use crate::command::UiCommand;
use crate::panel::{PanelKind, View};
use crate::theme::{self, Palette, size};
use crate::widget::mark;

/// Width of the gutter: marks, then as many digits as the last line's number has.
pub fn width(ui: &Ui, font: &FontId, lines: usize) -> f32 {
    let digits = lines.to_string().len().max(2);
    let digit = ui.fonts_mut(|fonts| fonts.glyph_width(font, '0'));
    size::GUTTER_MARKS + digit * digits as f32 + size::NEAR
}

/// Lines with the colours behind them, the lower ones first.
pub fn bands<'a>(marks: &'a Marks, palette: &'a Palette) -> impl Iterator<Item = (u32, Color32)> + 'a {
    let errors = marks.errors.keys().map(|line| (*line, palette.error_soft));
    let pointed = marks.emphasized.iter().map(|line| (*line, palette.selection.gamma_multiply(0.55)));
    let running = marks.running.map(|line| (line, palette.running));
    errors.chain(pointed).chain(running)
}

/// The marks of a line: in `cell`, and its coverage up to `right`, where its number ends.
pub fn show(view: &mut View, marks: &Marks, line: u32, (cell, right): (Rect, f32), ui: &mut Ui) {
    let is_marked = breakpoints::show(view, line, cell, right, ui);
    let coverage = view.profiles.coverage(&view.path());
    let count = coverage.and_then(|lines| lines.counts.get(index_of(line)).copied().flatten());
    if let Some(count) = count {
        let number = Rect::from_x_y_ranges(cell.right()..=right, cell.y_range());
        covered(line, count, number, ui);
    }
    if marks.running == Some(line) {
        arrow(ui, cell, marks, is_marked);
    } else if is_marked {
        // The breakpoint is the more important mark.
    } else if let Some(text) = marks.errors.get(&line) {
        let response = ui.interact(cell, ui.scope_id().with(("error", line)), Sense::hover());
        mark::error(ui.painter(), cell.center(), theme::of(ui));
        let name = format!("Error in line {line}: {text}");
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, name.clone()));
        response.on_hover_text(text);
    } else if let Some(text) = marks.findings.get(&line) {
        finding(view, line, text, cell, ui);
    } else if let Some(here) = marks.waiting.get(&line) {
        waiting(view, here, line, cell, ui);
    }
}

/// The mark of callbacks that wait; a click selects one.
fn waiting(view: &mut View, waiting: &[super::marks::Waiting], line: u32, cell: Rect, ui: &mut Ui) {
    let Some(first) = waiting.first() else { return };
    let palette = theme::of(ui);
    mark::kind(ui.painter(), cell.center(), size::MARK, first.picked.kind, palette);
    let text: Vec<_> =
        waiting.iter().map(|one| format!("{} × {}", one.count, one.picked.kind.name())).collect();
    let text = format!("waiting: {}", text.join(", "));
    let response = ui.interact(cell, ui.scope_id().with(("waiting", line)), Sense::click());
    let name = format!("Line {line}, {text}");
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, name.clone()));
    if response.hovered() {
        view.selection.hovered = Some(first.picked);
    }
    if response.clicked() {
        view.selection.selected = Some(first.picked);
    }
    response.on_hover_text(text);
}

/// Place of a line in lists that begin with the first one.
fn index_of(line: u32) -> usize {
    usize::try_from(line).unwrap_or(usize::MAX).saturating_sub(1)
}

/// The mark of a line that ran, or did not.
fn covered(line: u32, count: u64, number: Rect, ui: &Ui) {
    let palette = theme::of(ui);
    let bar =
        Rect::from_x_y_ranges(number.right() - size::TIGHT..=number.right() - size::LINE, number.y_range());
    let color = if count > 0 { palette.success } else { palette.error };
    ui.painter().rect_filled(bar, CornerRadius::ZERO, color);
    let about = match count {
        0 => format!("Line {line} did not run"),
        1 => format!("Line {line} ran once"),
        count => format!("Line {line} ran {count} times"),
    };
    let response = ui.interact(number, ui.scope_id().with(("covered", line)), Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, about.clone()));
    response.on_hover_text(about);
}

/// The mark of a finding; a click shows all findings.
fn finding(view: &mut View, line: u32, text: &str, cell: Rect, ui: &Ui) {
    let palette = theme::of(ui);
    let response = ui.interact(cell, ui.scope_id().with(("finding", line)), Sense::click());
    mark::warning(ui.painter(), cell.center(), palette);
    let name = format!("Finding in line {line}: {text}");
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, name.clone()));
    if response.clicked() {
        view.commands.push(UiCommand::Show(PanelKind::Findings));
    }
    response.on_hover_text(text);
}

/// The arrow at the running line; hollow while the run stands still before it.
fn arrow(ui: &Ui, cell: Rect, marks: &Marks, is_marked: bool) {
    let palette = theme::of(ui);
    let (center, side) = (cell.center(), size::MARK + 1.0);
    let points = vec![
        center + Vec2::new(-side, -side),
        center + Vec2::new(side, 0.0),
        center + Vec2::new(-side, side),
    ];
    let hollow = marks.is_outer || marks.paused && !marks.in_code;
    let fill = if hollow { palette.running } else { palette.warning };
    // On a breakpoint it needs an edge of its own.
    let edge = if is_marked {
        Stroke::new(size::THICK, palette.surface)
    } else {
        Stroke::new(size::LINE, palette.warning)
    };
    ui.painter().add(Shape::convex_polygon(points, fill, edge));
}
