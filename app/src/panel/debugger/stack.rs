//! The stack, and below it the parts of earlier stacks that led here.

use egui::{Align, FontFamily, FontId, Layout, Response, RichText, Sense, Ui, Vec2};

use super::super::View;
use crate::command::UiCommand;
use crate::state::debugger::{Frame, Paused, Spot};
use crate::theme::{self, size};

/// Draws the frames.
pub fn show(view: &mut View, paused: &Paused, ui: &mut Ui) {
    if paused.frames.is_empty() {
        ui.label(RichText::new("Nothing is on the stack.").color(theme::of(ui).dim));
    }
    let selected = view.debugger.frame().map(|frame| frame.0);
    let mut folded = 0;
    ui.spacing_mut().item_spacing.y = 0.0;
    for (index, frame) in paused.frames.iter().enumerate().filter(|entry| !entry.1.is_internal()) {
        let is_ignored = view.debugger.is_ignored(frame);
        if is_ignored && !view.memory.debugger.shows_ignored && selected != Some(index) {
            folded += 1;
            continue;
        }
        fold(view, std::mem::take(&mut folded), index, ui);
        let spot = now(view, &frame.spot);
        let response = row(name(frame), &spot, selected == Some(index), is_ignored, ui);
        if selected == Some(index) && std::mem::take(&mut view.memory.debugger.wants_focus) {
            response.request_focus();
        }
        if response.clicked() {
            view.commands.push(UiCommand::ShowFrame(index));
        }
        response.context_menu(|ui| menu(view, paused, index, ui));
        if let Some((by, spot)) = &frame.listens {
            listens(view, index, by, spot, ui);
        }
    }
    fold(view, folded, paused.frames.len(), ui);
    for part in &paused.origins {
        ui.add_space(size::TIGHT);
        ui.horizontal(|ui| {
            let palette = theme::of(ui);
            ui.label(RichText::new(&part.by).size(size::TEXT_SMALL).italics().color(palette.dim));
        });
        for (function, spot) in &part.frames {
            if row(function_name(function), &now(view, spot), false, false, ui).clicked() {
                view.memory.go_to_spot(&spot.script, spot.line);
            }
        }
    }
}

/// What can be done with a frame.
fn menu(view: &mut View, paused: &Paused, index: usize, ui: &mut Ui) {
    let frame = &paused.frames[index];
    if ui.button("Begin this function again").clicked() {
        view.debugger.select_frame(index);
        view.commands.push(UiCommand::RestartFrame);
        ui.close();
    }
    if ui.button("Copy the stack").clicked() {
        ui.copy_text(text(paused));
        ui.close();
    }
    let script = &frame.spot.script;
    if !view.debugger.is_ignored(frame) && ui.button("Pass over this script").clicked() {
        view.ignored.patterns.push(script.clone());
        ui.close();
    }
}

/// The stack as a text, as errors have it.
fn text(paused: &Paused) -> String {
    let mut text = String::new();
    let line = |function: &str, spot: &Spot| {
        let Spot { script, line, column } = spot;
        format!("    at {function} ({script}:{line}:{column})\n")
    };
    for frame in paused.frames.iter().filter(|frame| !frame.is_internal()) {
        text.push_str(&line(name(frame), &frame.spot));
        if let Some((by, spot)) = &frame.listens {
            text.push_str(&format!("    -- listens since\n{}", line(function_name(by), spot)));
        }
    }
    for part in &paused.origins {
        text.push_str(&format!("    -- {}\n", part.by));
        for (function, spot) in &part.frames {
            text.push_str(&line(function_name(function), spot));
        }
    }
    text
}

/// A place where it is in the text as it is edited.
fn now(view: &View, spot: &Spot) -> Spot {
    let line = view.debugger.line_now(&spot.script, spot.line).unwrap_or(spot.line);
    Spot { line, ..spot.clone() }
}

fn function_name(function: &str) -> &str {
    if function.is_empty() { "(anonymous)" } else { function }
}

/// Since when the function of a frame listens to events: where that was said. A click shows the place.
fn listens(view: &mut View, index: usize, by: &str, spot: &Spot, ui: &mut Ui) {
    let palette = theme::of(ui);
    let file = spot.script.rsplit('/').next().unwrap_or_default();
    let text = format!("listens since {}, {file}:{}", function_name(by), spot.line);
    ui.push_id(("listens", index), |ui| {
        ui.horizontal(|ui| {
            ui.add_space(size::INDENT);
            let shown = RichText::new(&text).size(size::TEXT_SMALL).italics().color(palette.dim);
            let response = ui.add(egui::Label::new(shown).truncate().selectable(false).sense(Sense::click()));
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, text.clone()));
            if response.clicked() {
                view.memory.go_to_spot(&spot.script, spot.line);
            }
        });
    });
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
    function_name(&frame.function)
}

/// A frame: the function on the left, the place on the right.
fn row(function: &str, spot: &Spot, selected: bool, faint: bool, ui: &mut Ui) -> Response {
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
    response.on_hover_text(format!("{}:{}:{}", spot.script, spot.line, spot.column))
}
