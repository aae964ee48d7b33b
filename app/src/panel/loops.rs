//! Which loop ring and queues show, in runs that have several: that of the main thread, and those of workers.

use egui::{ComboBox, RichText, Ui};
use loopscope_protocol::LoopId;

use super::View;
use crate::command::UiCommand;
use crate::theme::size;

/// So many loops are chosen with a click; of more there is a list.
const SIDE_BY_SIDE: usize = 4;

/// Draws the choice, if there is any.
pub fn show(view: &mut View, ui: &mut Ui) {
    let all = view.all;
    if all.workers.is_empty() {
        return;
    }
    let on = view.selection.on;
    let loops: Vec<LoopId> = std::iter::once(LoopId::MAIN).chain(all.workers.keys().copied()).collect();
    let name = |id: LoopId| {
        let ended = all.workers.get(&id).is_some_and(|worker| worker.state.ended.is_some());
        let text = all.name_worker(id);
        RichText::new(if ended { format!("{text} (ended)") } else { text }).size(size::TEXT_SMALL)
    };
    let mut choice = |id: LoopId, ui: &mut Ui| {
        if ui.selectable_label(id == on, name(id)).clicked() {
            view.selection.on = id;
            // The debugger goes along, while there is something to be debugged.
            if let Some(thread) = view.threads.iter().find(|thread| thread.on == Some(id)) {
                view.commands.push(UiCommand::ShowThread(thread.number));
            }
        }
    };
    ui.horizontal(|ui| {
        ui.add_space(size::NEAR);
        if loops.len() <= SIDE_BY_SIDE {
            loops.into_iter().for_each(|id| choice(id, ui));
            return;
        }
        ComboBox::from_id_salt("loops")
            .selected_text(name(on))
            .show_ui(ui, |ui| loops.into_iter().for_each(|id| choice(id, ui)))
            .response
            .widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, "Loop that is shown"));
    });
}
