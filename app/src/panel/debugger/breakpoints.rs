//! All breakpoints, and which exceptions hold the run.

use egui::{RichText, Ui};

use super::super::View;
use crate::state::debugger::{Binding, Exceptions};
use crate::theme::{self, size};

/// Draws the list.
pub fn show(view: &mut View, ui: &mut Ui) {
    super::title("Pause on exceptions", ui);
    ui.horizontal(|ui| {
        for exceptions in Exceptions::ALL {
            ui.selectable_value(view.exceptions, exceptions, exceptions.name());
        }
    });
    ui.add_space(size::TIGHT);
    super::title("Breakpoints", ui);
    let all: Vec<_> = view
        .breakpoints
        .files()
        .flat_map(|(path, list)| list.iter().map(|breakpoint| (path.to_owned(), breakpoint.clone())))
        .collect();
    if all.is_empty() {
        ui.label(RichText::new("None.").color(theme::of(ui).dim));
    }
    for (path, breakpoint) in all {
        let palette = theme::of(ui);
        let file = path.rsplit('/').next().unwrap_or_default();
        let place = format!("{file}:{}", breakpoint.line);
        ui.horizontal(|ui| {
            let mut enabled = breakpoint.enabled;
            let check = ui.checkbox(&mut enabled, "");
            let name = format!("Breakpoint {place}");
            check.widget_info(|| {
                egui::WidgetInfo::selected(egui::Role::CheckBox, true, enabled, name.clone())
            });
            if check.changed()
                && let Some(changed) = view.breakpoints.at_mut(&path, breakpoint.line)
            {
                changed.enabled = enabled;
            }
            if ui.link(RichText::new(place).monospace().size(size::CODE_SMALL).color(palette.text)).clicked()
            {
                view.memory.go_to_spot(&path, breakpoint.line);
            }
            let mut more = match (&*breakpoint.log, &*breakpoint.condition) {
                ("", "") => String::new(),
                ("", condition) => format!("if {condition}"),
                (log, _) => format!("log {log}"),
            };
            if !breakpoint.hits.is_empty() {
                more.push_str(&format!(" time {}", breakpoint.hits));
            }
            match view.debugger.hits(&path, breakpoint.line) {
                0 => {}
                count => more.push_str(&format!(" · {count}×")),
            }
            if let Some(Binding::At(at)) = view.debugger.binding(&path, breakpoint.line)
                && *at != breakpoint.line
            {
                more.push_str(&format!(" → line {at}"));
            }
            ui.add(
                egui::Label::new(RichText::new(more).size(size::TEXT_SMALL).color(palette.dim)).truncate(),
            );
        });
        if let Some(why) = view.debugger.unbound(&path, breakpoint.line) {
            let is_hopeless = view.debugger.is_hopeless(&path, breakpoint.line);
            let color = if is_hopeless { palette.error } else { palette.dim };
            ui.horizontal(|ui| {
                ui.add_space(size::FAR + size::TIGHT);
                ui.add(egui::Label::new(RichText::new(why).size(size::TEXT_SMALL).color(color)).wrap());
            });
        }
    }
    ui.add_space(size::TIGHT);
    super::functions::show(view, ui);
    ui.add_space(size::TIGHT);
    super::loops::show(view, ui);
    ui.add_space(size::TIGHT);
    super::ignored::show(view, ui);
}
