//! Breakpoints in the gutter: set and removed with a click, changed with their menu.

use egui::{Pos2, Rect, Response, Sense, Shape, Stroke, TextEdit, Ui, Vec2};

use super::super::View;
use super::{Edited, columns};
use crate::command::UiCommand;
use crate::state::debugger::{At, Binding, Breakpoint};
use crate::theme::{self, Palette, size};

/// Draws the breakpoint of a line, if there is one, and takes clicks there and on the number, up to `right`. Whether there is one.
pub fn show(view: &mut View, line: u32, cell: Rect, right: f32, ui: &mut Ui) -> bool {
    let palette = theme::of(ui);
    let path = view.path();
    let breakpoint = view.breakpoints.at(&path, line).cloned();
    let place = Rect::from_x_y_ranges(cell.left()..=right, cell.y_range());
    let response = ui.interact(place, ui.scope_id().with(("breakpoint", line)), Sense::click());
    let about = match &breakpoint {
        Some(breakpoint) => about(view, &path, breakpoint),
        None => format!("Set a breakpoint on line {line}"),
    };
    let role = egui::Role::Button;
    response.widget_info(|| egui::WidgetInfo::selected(role, true, breakpoint.is_some(), about.clone()));
    if let Some(breakpoint) = &breakpoint {
        let is_hopeless = view.debugger.is_hopeless(&path, line);
        mark(ui, cell.center(), size::MARK + 1.0, breakpoint, is_hopeless, palette);
    } else if response.hovered() {
        ui.painter().circle_filled(cell.center(), size::MARK, palette.error.gamma_multiply(0.35));
    }
    if response.clicked() {
        view.breakpoints.toggle(&path, line);
    }
    response.context_menu(|ui| menu(view, &path, line.into(), breakpoint.as_ref(), ui));
    fields(view, &path, line.into(), &response);
    // The number may have a text of its own.
    if response.hover_pos().is_some_and(|at| cell.contains(at)) {
        response.on_hover_text(about);
    }
    breakpoint.is_some()
}

/// Draws the fields of a breakpoint while they are edited.
pub fn fields(view: &mut View, path: &str, at: At, response: &Response) {
    if let Some(edited) = view.memory.code.edited.as_mut().filter(|edited| edited.at == at)
        && let Some(changed) = view.breakpoints.at_mut(path, at)
    {
        let is_new = std::mem::take(&mut edited.is_new);
        let mut is_open = true;
        let shown = egui::Popup::from_response(response)
            .id(response.id.with("edit"))
            .open_bool(&mut is_open)
            .close_behavior(egui::PopupCloseBehavior::CloseOnClickOutside)
            .show(|ui| edit(changed, is_new, ui));
        if !is_open || shown.is_some_and(|shown| shown.inner) {
            view.memory.code.edited = None;
        }
    }
}

/// What is said of a breakpoint in words.
pub fn about(view: &View, path: &str, breakpoint: &Breakpoint) -> String {
    let At { line, column } = breakpoint.at();
    let place = if column == 0 { format!("line {line}") } else { format!("line {line}, column {column}") };
    let mut text = match (&*breakpoint.log, breakpoint.enabled) {
        (_, false) => format!("Breakpoint on {place}, off"),
        ("", true) => format!("Breakpoint on {place}"),
        (log, true) => format!("Log point on {place}: {log}"),
    };
    if !breakpoint.condition.is_empty() {
        text.push_str(&format!(", if {}", breakpoint.condition));
    }
    if !breakpoint.hits.is_empty() {
        text.push_str(&format!(", time {}", breakpoint.hits));
    }
    let why = view.debugger.unbound(path, breakpoint.at());
    match (view.debugger.binding(path, breakpoint.at()), why) {
        (Some(Binding::At(at)), _) if *at != line => text.push_str(&format!(", bound to line {at}")),
        (_, Some(why)) => text.push_str(&format!(": {why}")),
        _ => {}
    }
    if let Some(complaint) = view.debugger.complaint(path, breakpoint.at()) {
        text.push_str(&format!(": {complaint}"));
    }
    text
}

/// A disc; a diamond for log points, a ring when it is off or cannot be, with a bar when it has a condition.
pub fn mark(ui: &Ui, center: Pos2, side: f32, breakpoint: &Breakpoint, failed: bool, palette: &Palette) {
    let color = palette.error;
    let is_hollow = !breakpoint.enabled || failed;
    let fill = if is_hollow { palette.surface } else { color };
    let stroke = Stroke::new(size::LINE * 1.5, color);
    if breakpoint.log.is_empty() {
        ui.painter().circle(center, side, fill, stroke);
    } else {
        let points = [Vec2::UP, Vec2::RIGHT, Vec2::DOWN, Vec2::LEFT].map(|to| center + to * (side + 1.0));
        ui.painter().add(Shape::convex_polygon(points.to_vec(), fill, stroke));
    }
    if !breakpoint.condition.is_empty() || !breakpoint.hits.is_empty() {
        let color = if is_hollow { palette.error } else { palette.surface };
        let half = Vec2::new(side * 0.5, 0.0);
        ui.painter().line_segment([center - half, center + half], Stroke::new(size::THICK, color));
    }
}

/// What can be done with a breakpoint, or a line that has none.
pub fn menu(view: &mut View, path: &str, at: At, breakpoint: Option<&Breakpoint>, ui: &mut Ui) {
    let line = at.line;
    let Some(breakpoint) = breakpoint else {
        if ui.button("Breakpoint").clicked() {
            view.breakpoints.toggle(path, line);
            ui.close();
        }
        if ui.button("Breakpoint with condition, hits or log…").clicked() {
            view.breakpoints.toggle(path, line);
            view.memory.code.edited = Some(Edited { at, is_new: true });
            ui.close();
        }
        at_cursor(view, path, line, ui);
        way_on(view, path, line, ui);
        return;
    };
    if ui.button("Condition, hits or log…").clicked() {
        view.memory.code.edited = Some(Edited { at, is_new: true });
        ui.close();
    }
    let turn = if breakpoint.enabled { "Turn off" } else { "Turn on" };
    if ui.button(turn).clicked() {
        if let Some(changed) = view.breakpoints.at_mut(path, at) {
            changed.enabled = !changed.enabled;
        }
        ui.close();
    }
    if ui.button("Remove").clicked() {
        view.breakpoints.remove(path, at);
        ui.close();
    }
    at_cursor(view, path, line, ui);
    way_on(view, path, line, ui);
}

/// One more where the text cursor is, when that is on the line.
fn at_cursor(view: &mut View, path: &str, line: u32, ui: &mut Ui) {
    if let Some(here) = columns::here(view, line)
        && ui.button(format!("Breakpoint at the text cursor, column {}", here.column)).clicked()
    {
        view.breakpoints.toggle(path, here);
        ui.close();
    }
}

/// Where the run can go on to from here, while it stands.
fn way_on(view: &mut View, path: &str, line: u32, ui: &mut Ui) {
    if view.debugger.stands_in_code() && ui.button("Run to here").clicked() {
        view.debugger.run_to(path, line);
        ui.close();
    }
    let is_here = view.debugger.paused().and_then(|paused| paused.frames.first()).is_some_and(|frame| {
        frame.spot.script == path && view.debugger.line_now(path, frame.spot.line) == Some(line)
    });
    if is_here && ui.button("Step into…").clicked() {
        view.commands.push(UiCommand::StepIntoChoice);
        ui.close();
    }
}

/// The fields of a breakpoint. Whether Enter was pressed in one of them.
fn edit(breakpoint: &mut Breakpoint, is_new: bool, ui: &mut Ui) -> bool {
    ui.set_width(size::BREAKPOINT);
    let mut is_done = false;
    // The text of a log point is what is changed of one.
    let first = if breakpoint.log.is_empty() { 0 } else { 2 };
    let fields = [
        ("Only if", "an expression", &mut breakpoint.condition),
        ("Only from the nth time", "5, or >5, =5, <5, %5 for every fifth", &mut breakpoint.hits),
        ("Write instead of pausing", "text with {expressions}", &mut breakpoint.log),
    ];
    for (index, (title, hint, text)) in fields.into_iter().enumerate() {
        ui.label(title);
        let field = TextEdit::singleline(text).font(egui::TextStyle::Monospace).hint_text(hint);
        let response = ui.add(field.desired_width(f32::INFINITY));
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, title));
        if is_new && index == first {
            response.request_focus();
        }
        is_done |= response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
    }
    is_done
}
