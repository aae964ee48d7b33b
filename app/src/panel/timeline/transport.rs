//! The buttons that go through the past.

use egui::{Button, ComboBox, RichText, Ui, Vec2};
use egui_material_icons::icons;

use super::bar::button;
use crate::command::UiCommand;
use crate::panel::Playback;
use crate::state::travel::{Pace, Step};
use crate::theme::{self, size};

/// Draws them; `is_past` is whether another moment than now is shown.
pub fn show(playback: Playback, is_past: bool, commands: &mut Vec<UiCommand>, ui: &mut Ui) {
    let mut step = |icon, step: Step, ui: &mut Ui| {
        let command = UiCommand::Travel(step);
        let name = command.spec().map_or("", |spec| spec.label);
        if button(icon, name, false, true, ui) {
            commands.push(command);
        }
    };
    step(icons::ICON_FIRST_PAGE, Step::First, ui);
    step(icons::ICON_KEYBOARD_DOUBLE_ARROW_LEFT, Step::Callback(false), ui);
    step(icons::ICON_CHEVRON_LEFT, Step::Event(false), ui);
    let way = |backwards, icon, name, ui: &mut Ui| {
        let is_on = playback.is_playing && playback.is_backwards == backwards;
        let (icon, name) = if is_on { (icons::ICON_PAUSE, "Stop playing the run") } else { (icon, name) };
        button(icon, name, is_on, true, ui)
    };
    let back = way(true, icons::ICON_FAST_REWIND, "Play the run backwards", ui);
    let play = way(false, icons::ICON_PLAY_ARROW, "Play the run in the views", ui);
    step(icons::ICON_CHEVRON_RIGHT, Step::Event(true), ui);
    step(icons::ICON_KEYBOARD_DOUBLE_ARROW_RIGHT, Step::Callback(true), ui);
    if play {
        commands.push(UiCommand::PlayPast);
    }
    if back {
        commands.push(UiCommand::PlayBack);
    }
    if ui.available_width() > size::ROOMY {
        pace(playback.pace, commands, ui);
    }
    live(is_past, commands, ui);
    ui.separator();
}

fn pace(pace: Pace, commands: &mut Vec<UiCommand>, ui: &mut Ui) {
    let small = |pace: Pace| RichText::new(pace.name()).size(size::TEXT_SMALL);
    ComboBox::from_id_salt("pace")
        .selected_text(small(pace))
        .width(size::PACE)
        .show_ui(ui, |ui| {
            for (index, other) in Pace::ALL.into_iter().enumerate() {
                if ui.selectable_label(other == pace, small(other)).clicked() {
                    commands.push(UiCommand::SetPace(index));
                }
            }
        })
        .response
        .on_hover_text("How fast the run is played in the views")
        .widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, "Pace of playing"));
}

/// The way back to now.
fn live(is_past: bool, commands: &mut Vec<UiCommand>, ui: &mut Ui) {
    let palette = theme::of(ui);
    let ink = if is_past { palette.on_accent } else { palette.dim };
    let text = RichText::new("Live").size(size::TEXT_SMALL).color(ink);
    let mut button = Button::new(text).min_size(Vec2::new(size::LIVE, size::BUTTON_SMALL));
    if is_past {
        button = button.fill(palette.accent);
    }
    let response = ui.add_enabled(is_past, button);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, is_past, "Back to now"));
    if response.on_hover_text("Show the loop as it is now (Ctrl+End)").clicked() {
        commands.push(UiCommand::Live);
    }
}
