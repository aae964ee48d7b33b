//! The threads of the run, when it has more than the main one. The one that is chosen is the one that the debugger shows.

use egui::{Button, Margin, RichText, Ui};

use super::super::View;
use crate::command::UiCommand;
use crate::state::debugger::threads::Listed;
use crate::theme::{self, size};

/// Draws the choice, if there is any.
pub fn show(view: &mut View, ui: &mut Ui) {
    if view.threads.len() < 2 {
        return;
    }
    let near = size::NEAR as i8;
    let around = Margin { left: near, right: near, top: near, bottom: 0 };
    egui::Frame::new().inner_margin(around).show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            for thread in view.threads {
                if button(thread, ui) {
                    view.commands.push(UiCommand::ShowThread(thread.number));
                }
            }
        });
    });
}

/// A thread: its name, its file, what it does. Whether it was chosen.
fn button(thread: &Listed, ui: &mut Ui) -> bool {
    let (palette, path) = (theme::of(ui), &thread.path);
    let file = path.rsplit('/').next().unwrap_or_default();
    let does = if thread.stands { "stands still" } else { "runs" };
    let small = |text: String, color| RichText::new(text).size(size::TEXT_SMALL).color(color);
    let about = if file.is_empty() { String::new() } else { format!("{file} ") };
    let color = if thread.stands { palette.text } else { palette.dim };
    let texts = (
        small(thread.name.clone(), palette.text).strong(),
        small(about, palette.dim),
        small(does.to_owned(), color),
    );
    let response = ui.push_id(thread.number, |ui| ui.add(Button::selectable(thread.is_chosen, texts))).inner;
    let mut name = format!("Thread {}, ", thread.name);
    if !file.is_empty() {
        name.push_str(&format!("{file}, "));
    }
    name.push_str(does);
    let selected = thread.is_chosen;
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, selected, name.clone()));
    response.on_hover_text(if path.is_empty() { &thread.name } else { path }).clicked()
}
