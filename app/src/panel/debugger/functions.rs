//! Breakpoints on functions, with the field in which one is added.

use egui::{RichText, Ui};

use super::super::View;
use crate::state::debugger::FunctionBreakpoint;
use crate::theme::{self, size};

/// Draws the list.
pub fn show(view: &mut View, ui: &mut Ui) {
    let gone = super::entries(ui, |ui| rows(view, ui));
    if let Some(index) = gone {
        view.functions.remove(index);
    }
    let added = super::add_field("Name of a function", &mut view.memory.debugger.function, ui);
    if let Some(name) = added
        && !view.functions.iter().any(|known| known.name == name)
    {
        view.functions.push(FunctionBreakpoint { name, enabled: true });
    }
}

/// Draws those that there are. The number of one that is to go.
fn rows(view: &mut View, ui: &mut Ui) -> Option<usize> {
    let mut gone = None;
    for (index, function) in view.functions.iter_mut().enumerate() {
        let palette = theme::of(ui);
        let name = format!("Break in function {}", function.name);
        let is_gone = super::removable(&name, ui, |ui| {
            let text = RichText::new(&function.name).monospace().size(size::CODE_SMALL);
            let check = ui.checkbox(&mut function.enabled, text);
            let enabled = function.enabled;
            check.widget_info(|| {
                egui::WidgetInfo::selected(egui::Role::CheckBox, true, enabled, name.clone())
            });
            if view.progress.is_some() && enabled {
                let said = match view.debugger.functions_found(&function.name) {
                    0 => "none found so far".to_owned(),
                    1 => String::new(),
                    count => format!("{count} found"),
                };
                ui.label(RichText::new(said).size(size::TEXT_SMALL).color(palette.dim));
            }
        });
        if is_gone {
            gone = Some(index);
        }
    }
    gone
}
