//! The stack, and below it the parts of earlier stacks that led here.

use egui::{Align, FontFamily, FontId, Layout, RichText, Sense, Ui, Vec2};

use super::super::View;
use crate::command::UiCommand;
use crate::state::debugger::{Frame, Paused, Spot};
use crate::theme::{self, size};

/// Draws the frames.
pub fn show(view: &mut View, paused: &Paused, ui: &mut Ui) {
    super::title("Stack", ui);
    if paused.frames.is_empty() {
        ui.label(RichText::new("Nothing is on the stack.").color(theme::of(ui).dim));
    }
    let selected = view.debugger.frame().map(|frame| frame.0);
    let mut folded = 0;
    for (index, frame) in paused.frames.iter().enumerate().filter(|entry| !entry.1.is_internal()) {
        let is_ignored = view.debugger.is_ignored(frame);
        if is_ignored && !view.memory.debugger.shows_ignored && selected != Some(index) {
            folded += 1;
            continue;
        }
        fold(view, std::mem::take(&mut folded), index, ui);
        if row(name(frame), &frame.spot, selected == Some(index), is_ignored, ui) {
            view.commands.push(UiCommand::ShowFrame(index));
        }
    }
    fold(view, folded, paused.frames.len(), ui);
    for part in &paused.origins {
        ui.add_space(size::TIGHT);
        let by = if part.by.is_empty() { "await" } else { &part.by };
        ui.horizontal(|ui| {
            let palette = theme::of(ui);
            ui.label(
                RichText::new(format!("scheduled by {by}"))
                    .size(size::TEXT_SMALL)
                    .italics()
                    .color(palette.dim),
            );
        });
        for (function, spot) in &part.frames {
            let function = if function.is_empty() { "(top level)" } else { function };
            if row(function, spot, false, false, ui) {
                view.memory.go_to_spot(&spot.script, spot.line);
            }
        }
    }
}

/// A row for frames of scripts that are passed over; a click shows them.
fn fold(view: &mut View, count: usize, before: usize, ui: &mut Ui) {
    if count == 0 {
        return;
    }
    let text = if count == 1 { "1 ignored frame".to_owned() } else { format!("{count} ignored frames") };
    let palette = theme::of(ui);
    ui.push_id(("folded", before), |ui| {
        let shown = RichText::new(&text).size(size::TEXT_SMALL).italics().color(palette.dim);
        let response = ui.add(egui::Label::new(shown).selectable(false).sense(Sense::click()));
        let name = format!("Show {text}");
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, name.clone()));
        if response.on_hover_text("Scripts that steps pass over. A click shows them.").clicked() {
            view.memory.debugger.shows_ignored = true;
        }
    });
}

fn name(frame: &Frame) -> &str {
    if frame.function.is_empty() { "(anonymous)" } else { &frame.function }
}

/// A frame: the function on the left, the place on the right. Whether it was clicked.
fn row(function: &str, spot: &Spot, selected: bool, faint: bool, ui: &mut Ui) -> bool {
    let palette = theme::of(ui);
    let font = FontId::new(size::CODE_SMALL, FontFamily::Monospace);
    let (rect, response) =
        ui.allocate_exact_size(Vec2::new(ui.available_width(), size::ROW_SMALL), Sense::click());
    let file = spot.script.rsplit('/').next().unwrap_or_default();
    let place = format!("{file}:{}", spot.line);
    let name = format!("Frame {function}, {place}");
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, selected, name.clone()));
    if selected || response.hovered() || response.has_focus() {
        let fill = if selected { palette.selection } else { palette.hovered };
        ui.painter().rect_filled(rect, size::ROUND_SMALL, fill);
    }
    let mut inside = ui.new_child(
        egui::UiBuilder::new()
            .max_rect(rect.shrink2(Vec2::new(size::TIGHT, 0.0)))
            .layout(Layout::right_to_left(Align::Center)),
    );
    inside
        .add(egui::Label::new(RichText::new(place).font(font.clone()).color(palette.dim)).selectable(false));
    inside.with_layout(Layout::left_to_right(Align::Center), |ui| {
        let color = if faint { palette.dim } else { palette.text };
        let text = RichText::new(function).font(font).color(color);
        ui.add(egui::Label::new(text).truncate().selectable(false));
    });
    response.clicked()
}
