//! The threads of the run, when it has more than the main one. The one that is chosen is the one that the debugger shows.

use egui::{Button, Margin, Response, RichText, ScrollArea, Ui};

use super::super::View;
use crate::command::UiCommand;
use crate::state::debugger::threads::{Listed, MAIN};
use crate::theme::{self, size};

/// What is said while the thread that is looked at has no part in what the other panels show.
const ELSEWHERE: &str =
    "Ring, queues and timeline are those of the process that was started, not of this one.";

/// Draws the choice, if there is any.
pub fn show(view: &mut View, ui: &mut Ui) {
    if view.threads.len() < 2 {
        return;
    }
    let reveals = std::mem::take(&mut view.memory.debugger.reveals);
    let near = size::NEAR as i8;
    let around = Margin { left: near, right: near, top: near, bottom: 0 };
    egui::Frame::new().inner_margin(around).show(ui, |ui| {
        ScrollArea::vertical().id_salt("threads").max_height(size::THREADS).show(ui, |ui| {
            // One that does not fit beside the others begins a row.
            ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Extend);
            ui.horizontal_wrapped(|ui| {
                for thread in view.threads {
                    let response = button(thread, ui);
                    if reveals && thread.is_chosen {
                        response.scroll_to_me(None);
                    }
                    if response.clicked() {
                        view.commands.push(UiCommand::ShowThread(thread.number));
                    }
                }
            });
        });
        if view.threads.iter().any(|thread| thread.is_chosen && thread.on.is_none()) {
            let text = RichText::new(ELSEWHERE).size(size::TEXT_SMALL).color(theme::of(ui).dim);
            ui.add(egui::Label::new(text).truncate());
        }
    });
}

/// What a thread is called.
fn called(thread: &Listed) -> String {
    thread.pid.map_or_else(|| thread.name.clone(), |pid| format!("process {pid}"))
}

/// Which thread it is, in words.
fn about(thread: &Listed) -> String {
    let what = match (thread.pid, thread.within) {
        _ if thread.number == MAIN => "The main thread".to_owned(),
        (Some(pid), _) => format!("The child process {pid}"),
        (None, Some(pid)) => format!("The worker {} of the child process {pid}", thread.name),
        (None, None) => format!("The worker {}", thread.name),
    };
    if thread.path.is_empty() { what } else { format!("{what}\n{}", thread.path) }
}

/// A thread: its name, its file, what it does.
fn button(thread: &Listed, ui: &mut Ui) -> Response {
    let palette = theme::of(ui);
    let file = thread.path.rsplit('/').next().unwrap_or_default();
    let does = if thread.stands { "stands still" } else { "runs" };
    let place = match thread.within {
        Some(pid) => format!("{file} in {pid}"),
        None => file.to_owned(),
    };
    let small = |text: &str, color| RichText::new(text).size(size::TEXT_SMALL).color(color);
    let color = if thread.stands { palette.text } else { palette.dim };
    let called = called(thread);
    let texts = (small(&called, palette.text).strong(), small(&place, palette.dim), small(does, color));
    let response = ui.add(Button::selectable(thread.is_chosen, texts));
    let parts: Vec<&str> = [&*called, &*place, does].into_iter().filter(|part| !part.is_empty()).collect();
    let name = format!("Thread {}", parts.join(", "));
    let selected = thread.is_chosen;
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, selected, name.clone()));
    response.on_hover_text(about(thread))
}
