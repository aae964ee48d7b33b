//! The switch that lets other debuggers attach, and where they do.

use egui::{RichText, Ui};

use super::super::View;
use crate::state::debugger::Door;
use crate::theme::{self, size};

/// Draws the switch.
pub fn show(view: &mut View, ui: &mut Ui) {
    let palette = theme::of(ui);
    let hint = "As --inspect does: Chrome DevTools (chrome://inspect), VS Code and others debug the run beside this window.";
    ui.checkbox(view.door, "Let them attach").on_hover_text(hint);
    let said = |text: &str, color| RichText::new(text).size(size::TEXT_SMALL).color(color);
    ui.horizontal(|ui| {
        ui.add_space(size::FAR + size::TIGHT);
        // A long address makes no column wider.
        ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Truncate);
        match view.door_at {
            Door::Open(url) => {
                let link = RichText::new(url).monospace().size(size::CODE_SMALL).color(palette.text);
                let response = ui.add(egui::Link::new(link));
                if response.on_hover_text(format!("Copy {url}")).clicked() {
                    ui.copy_text(url.clone());
                }
            }
            Door::Failed(why) => {
                ui.add(egui::Label::new(said(why, palette.error)).wrap());
            }
            Door::Closed if *view.door && !view.debugger.is_live() => {
                ui.add(egui::Label::new(said("at the next run", palette.dim)).truncate());
            }
            Door::Closed => {}
        }
    });
}
