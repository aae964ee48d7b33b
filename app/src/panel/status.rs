//! The status line: what happened last and why, and how the run stands.

use egui::{Align, Layout, RichText, Ui};
use loopscope_protocol::state::duration;

use super::View;
use crate::command::UiCommand;
use crate::state::run::Progress;
use crate::state::work::Work;
use crate::theme::{self, size};

/// So much of what goes on beside the window there is room for; the rest is in a menu.
const WORKS: usize = 2;

/// Draws the status line.
pub fn status(view: &mut View, notice: Option<&str>, told: Option<&str>, works: &[Work], ui: &mut Ui) {
    let palette = theme::of(ui);
    let small = |text: String| RichText::new(text).size(size::TEXT_SMALL);
    ui.horizontal_centered(|ui| {
        ui.add_space(size::GAP + size::NEAR);
        let (shown, more) = works.split_at(works.len().min(WORKS));
        shown.iter().for_each(|work| working(work, view, ui));
        if !more.is_empty() {
            let name = RichText::new(format!("{} more", more.len())).size(size::TEXT_SMALL);
            ui.menu_button(name, |ui| {
                for work in more {
                    ui.horizontal(|ui| working(work, view, ui));
                }
            });
        }
        if !works.is_empty() {
            ui.separator();
        }
        let state = view.state;
        let (text, ink) = match (notice, view.progress) {
            (None, _) if told.is_some() => (told.unwrap_or_default().to_owned(), palette.success),
            (Some(notice), _) => (notice.to_owned(), palette.error),
            (None, Some(Progress::Reading(_))) if view.moment.is_none() => {
                ("The timeline grows while the recording is read.".to_owned(), palette.dim)
            }
            (None, None) => ("Ready. F5 runs the script.".to_owned(), palette.dim),
            (None, Some(Progress::Failed(text))) => (text.clone(), palette.error),
            (None, Some(_)) if view.moment.is_some_and(|moment| moment.words.is_some()) => {
                let words = view.moment.and_then(|moment| moment.words.clone());
                (words.unwrap_or_default(), palette.text)
            }
            (None, Some(_)) if view.moment.is_some() => (state.why(), palette.text),
            (None, Some(_)) if state.ended.is_some() => {
                let failed = state.ended.is_some_and(|ended| ended.code != 0);
                (state.why(), if failed { palette.error } else { palette.success })
            }
            (None, Some(_)) => {
                let text = match view.next_callback() {
                    Some(next) => format!("Stands before {next}"),
                    // What happened last is told while the run stands in the middle of it.
                    None => {
                        let last = view.model.words.get(&view.selection.on).cloned();
                        last.unwrap_or_else(|| state.why())
                    }
                };
                (text, palette.text)
            }
        };
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(size::GAP + size::NEAR);
            if view.progress.is_some() {
                ui.label(small(facts(view).join("   ")).color(palette.dim));
                ui.add_space(size::GAP);
            }
            // The words have what room is left.
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let label = ui.add(egui::Label::new(small(text.clone()).color(ink)).truncate());
                label.widget_info(|| {
                    egui::WidgetInfo::labeled(egui::Role::Label, true, format!("Status: {text}"))
                });
            });
        });
    });
}

/// Figures about the run.
fn facts(view: &View) -> Vec<String> {
    let state = view.state;
    let callbacks: u64 = state.totals.iter().map(|total| total.started).sum();
    let mut facts = vec![
        duration(view.now()),
        format!("turn {}", state.turn),
        format!("{callbacks} callbacks"),
        format!("{} events", state.events),
    ];
    if state.collections.heap_used > 0 {
        facts.push(format!("heap {} MB", state.collections.heap_used >> 20));
    }
    facts
}

/// How far something is that goes on beside the window, and a button that ends it.
fn working(work: &Work, view: &mut View, ui: &mut Ui) {
    // It tells nobody when it has come further.
    ui.ctx().request_repaint_after(size::WORK_SEEN);
    let text = work.text();
    let bar = egui::ProgressBar::new(work.percent() as f32 / 100.0)
        .desired_width(size::WORK)
        .desired_height(size::NEAR)
        .fill(theme::of(ui).accent);
    let response = ui.add(bar);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ProgressIndicator, true, text.clone()));
    // Ahead of the words, which get longer and shorter: it stays under the pointer.
    if ui.small_button("Cancel").clicked() {
        view.commands.push(UiCommand::CancelThis(work.id()));
    }
    ui.label(RichText::new(text).size(size::TEXT_SMALL));
}
