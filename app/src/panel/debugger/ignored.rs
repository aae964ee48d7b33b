//! Scripts that steps pass over, with the field in which a pattern is added.

use egui::{RichText, Ui};

use super::super::View;
use crate::theme::size;

/// Draws the list.
pub fn show(view: &mut View, ui: &mut Ui) {
    ui.checkbox(&mut view.ignored.node_modules, "packages (node_modules)");
    let gone = super::entries(ui, |ui| {
        let mut gone = None;
        for (index, pattern) in view.ignored.patterns.iter().enumerate() {
            let is_gone = super::removable(&format!("Pass over {pattern}"), ui, |ui| {
                ui.label(RichText::new(pattern).monospace().size(size::CODE_SMALL));
            });
            if is_gone {
                gone = Some(index);
            }
        }
        gone
    });
    if let Some(index) = gone {
        view.ignored.patterns.remove(index);
    }
    let added = super::add_field("Part of a path, * for anything", &mut view.memory.debugger.pattern, ui);
    if let Some(pattern) = added
        && !view.ignored.patterns.contains(&pattern)
    {
        view.ignored.patterns.push(pattern);
    }
}
