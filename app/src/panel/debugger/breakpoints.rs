//! All breakpoints, and which exceptions hold the run.

use egui::{Align, Layout, RichText, Ui};

use super::super::View;
use crate::state::debugger::{Binding, Breakpoint, Exceptions};
use crate::theme::{self, size};

/// Draws the lists of what holds the run.
pub fn show(view: &mut View, ui: &mut Ui) {
    super::part(view, "Breakpoints", ui, list);
    super::part(view, "Pause on exceptions", ui, |view, ui| {
        ui.horizontal(|ui| {
            for exceptions in Exceptions::ALL {
                ui.selectable_value(view.exceptions, exceptions, exceptions.name());
            }
        });
    });
    super::part(view, "Break in functions", ui, super::functions::show);
    super::part(view, "Break when…", ui, super::loops::show);
    super::part(view, "Steps pass over", ui, super::ignored::show);
    super::part(view, "Other debuggers", ui, super::door::show);
}

fn list(view: &mut View, ui: &mut Ui) {
    let all: Vec<_> = view
        .breakpoints
        .files()
        .flat_map(|(path, list)| list.iter().map(|breakpoint| (path.to_owned(), breakpoint.clone())))
        .collect();
    if all.is_empty() {
        ui.label(RichText::new("None.").color(theme::of(ui).dim));
    }
    for (path, breakpoint) in &all {
        row(view, path, breakpoint, ui);
    }
    if all.len() > 1 {
        ui.horizontal(|ui| every(view, &all, ui));
    }
}

/// What can be done with all of them at once.
fn every(view: &mut View, all: &[(String, Breakpoint)], ui: &mut Ui) {
    let are_on = all.iter().any(|entry| entry.1.enabled);
    let link = |text: &str, ui: &mut Ui| {
        ui.link(RichText::new(text).size(size::TEXT_SMALL).color(theme::of(ui).dim)).clicked()
    };
    if link(if are_on { "Turn all off" } else { "Turn all on" }, ui) {
        for (path, breakpoint) in all {
            if let Some(changed) = view.breakpoints.at_mut(path, breakpoint.at()) {
                changed.enabled = !are_on;
            }
        }
    }
    if link("Remove all", ui) {
        for (path, breakpoint) in all {
            view.breakpoints.remove(path, breakpoint.at());
        }
    }
}

fn row(view: &mut View, path: &str, breakpoint: &Breakpoint, ui: &mut Ui) {
    let palette = theme::of(ui);
    let file = path.rsplit('/').next().unwrap_or_default();
    let place = format!("{file}:{}", breakpoint.at());
    let name = format!("Breakpoint {place}");
    ui.horizontal(|ui| {
        let mut enabled = breakpoint.enabled;
        let check = ui.checkbox(&mut enabled, "");
        check.widget_info(|| egui::WidgetInfo::selected(egui::Role::CheckBox, true, enabled, name.clone()));
        if check.changed()
            && let Some(changed) = view.breakpoints.at_mut(path, breakpoint.at())
        {
            changed.enabled = enabled;
        }
        let link = ui.link(RichText::new(place).monospace().size(size::CODE_SMALL).color(palette.text));
        if link.on_hover_text(path).clicked() {
            let line = view.debugger.line_then(path, breakpoint.line);
            view.memory.go_to_spot(path, line.unwrap_or(breakpoint.line));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if super::cross(&name, ui) {
                view.breakpoints.remove(path, breakpoint.at());
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let more = RichText::new(more(view, path, breakpoint)).size(size::TEXT_SMALL);
                ui.add(egui::Label::new(more.color(palette.dim)).truncate());
            });
        });
    });
    let at = breakpoint.at();
    let complaint = view.debugger.complaint(path, at);
    let is_hopeless = view.debugger.is_hopeless(path, at) || complaint.is_some();
    if let Some(why) = view.debugger.unbound(path, at).or(complaint) {
        let color = if is_hopeless { palette.error } else { palette.dim };
        ui.horizontal(|ui| {
            ui.add_space(size::FAR + size::TIGHT);
            ui.add(egui::Label::new(RichText::new(why).size(size::TEXT_SMALL).color(color)).wrap());
        });
    }
}

/// What is said of a breakpoint besides its place.
fn more(view: &View, path: &str, breakpoint: &Breakpoint) -> String {
    let mut parts = Vec::new();
    match (&*breakpoint.log, &*breakpoint.condition) {
        ("", "") => {}
        ("", condition) => parts.push(format!("if {condition}")),
        (log, _) => parts.push(format!("log {log}")),
    }
    if !breakpoint.hits.is_empty() {
        parts.push(format!("time {}", breakpoint.hits));
    }
    match view.debugger.hits(path, breakpoint.at()) {
        0 => {}
        count => parts.push(format!("{count}×")),
    }
    if let Some(Binding::At(at)) = view.debugger.binding(path, breakpoint.at())
        && *at != breakpoint.line
    {
        parts.push(format!("→ line {at}"));
    }
    if let Some(column) = view.debugger.column(path, breakpoint.at())
        && breakpoint.column > 0
        && column != breakpoint.column
    {
        parts.push(format!("→ column {column}"));
    }
    parts.join(" · ")
}
