//! The toolbar: the menus, the commands of a run, and how fast it goes.

use egui::{Align, Button, Layout, RichText, Ui, Vec2};
use egui_material_icons::icons;
use loopscope_protocol::Speed;

use super::menus;
use crate::command::{UiCommand, keys_text};
use crate::theme::{self, size};

/// Least times between callbacks that can be chosen, in milliseconds.
pub const SPEEDS: [u32; 9] = [0, 1, 5, 20, 50, 100, 250, 500, 1000];

/// What the toolbar shows.
pub struct Toolbar<'a> {
    /// Whether a script is running or paused.
    pub is_going: bool,
    /// Whether it stands still.
    pub is_paused: bool,
    /// Whether it stands still in the middle of a callback.
    pub in_code: bool,
    /// Whether the run is being written into a file.
    pub is_recording: bool,
    /// Least time between callbacks in milliseconds.
    pub slowness: u32,
    /// Which moment of the past is shown; `None` for now.
    pub past: Option<String>,
    /// Files that were open, newest first.
    pub recent: &'a [std::path::PathBuf],
}

/// The speed that a slowness stands for.
pub fn speed(slowness: u32) -> Speed {
    if slowness == 0 { Speed::Full } else { Speed::Slow(slowness) }
}

/// The next slower (`1`) or faster (`-1`) choice.
pub fn change_speed(slowness: u32, by: isize) -> u32 {
    let index = SPEEDS.partition_point(|speed| *speed < slowness).min(SPEEDS.len() - 1);
    SPEEDS[index.saturating_add_signed(by).min(SPEEDS.len() - 1)]
}

/// Words for a slowness.
pub fn speed_name(slowness: u32) -> String {
    match slowness {
        0 => "Full speed".to_owned(),
        1000 => "1 callback a second".to_owned(),
        millis => format!("{millis} ms a callback"),
    }
}

/// Draws the toolbar; returns the slowness that was chosen, if one was.
pub fn toolbar(bar: &Toolbar, commands: &mut Vec<UiCommand>, ui: &mut Ui) -> Option<u32> {
    let mut chosen = None;
    ui.horizontal_centered(|ui| {
        ui.add_space(size::TIGHT);
        menus::show(bar.recent, commands, ui);
        ui.separator();
        let go = if bar.is_going && !bar.is_paused { UiCommand::Pause } else { UiCommand::Run };
        primary(go, bar, commands, ui);
        let room = Room::of(bar, ui.available_width());
        for (command, enabled) in [
            (UiCommand::StepOver, bar.is_paused || !bar.is_going),
            (UiCommand::StepInto, bar.is_paused || !bar.is_going),
            (UiCommand::StepOut, bar.in_code),
            (UiCommand::StepTask, bar.is_paused || !bar.is_going),
            (UiCommand::StepMacrotask, bar.is_paused),
            (UiCommand::StepPhase, bar.is_paused),
            (UiCommand::StepTurn, bar.is_paused),
            (UiCommand::Restart, bar.is_going),
            (UiCommand::Stop, bar.is_going),
        ] {
            // What is left out is in the menu.
            if room != Room::Little || NEEDED.contains(&command) {
                icon(command, enabled, commands, ui);
            }
        }
        if room != Room::Little {
            record(bar, commands, ui);
        }
        if room >= Room::Some {
            chosen = speeds(bar, room, ui);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(size::TIGHT);
            icon(UiCommand::NextLook, true, commands, ui);
            icon(UiCommand::Keys, true, commands, ui);
            icon(UiCommand::Palette, true, commands, ui);
            if let Some(past) = &bar.past {
                moment(past, commands, ui);
            }
        });
    });
    chosen
}

/// What a narrow toolbar keeps.
const NEEDED: [UiCommand; 4] =
    [UiCommand::StepOver, UiCommand::StepInto, UiCommand::StepTask, UiCommand::Stop];

/// How much room the toolbar has behind its first button.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Room {
    /// For the most needed buttons.
    Little,
    /// For all buttons.
    Buttons,
    /// For the choice of speeds as well.
    Some,
    /// For its name, too.
    Much,
}

impl Room {
    fn of(bar: &Toolbar, width: f32) -> Self {
        let buttons = |count: f32| count * (size::BUTTON + size::FAR);
        let past = if bar.past.is_some() { size::PRIMARY + size::NEAR } else { 0.0 };
        let left = width - buttons(13.0) - past - size::FAR;
        match left {
            ..0.0 => Self::Little,
            0.0..size::SPEED => Self::Buttons,
            size::SPEED..size::SPEED_NAMED => Self::Some,
            _ => Self::Much,
        }
    }
}

/// The choice of speeds; returns what was chosen.
fn speeds(bar: &Toolbar, room: Room, ui: &mut Ui) -> Option<u32> {
    let mut chosen = None;
    ui.separator();
    if room == Room::Much {
        ui.label(RichText::new("Speed").color(theme::of(ui).dim));
    }
    egui::ComboBox::from_id_salt("speed")
        .selected_text(speed_name(bar.slowness))
        .width(if room == Room::Much { size::SPEED } else { size::PRIMARY })
        .show_ui(ui, |ui| {
            for slowness in SPEEDS {
                if ui.selectable_label(slowness == bar.slowness, speed_name(slowness)).clicked() {
                    chosen = Some(slowness);
                }
            }
        })
        .response
        .widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, "Speed"));
    chosen
}

/// The switch that writes the run into a file while it goes on.
fn record(bar: &Toolbar, commands: &mut Vec<UiCommand>, ui: &mut Ui) {
    let palette = theme::of(ui);
    let picture = RichText::from(icons::ICON_RADIO_BUTTON_CHECKED).size(size::ICON);
    let picture = if bar.is_recording { picture.color(palette.error) } else { picture };
    let button = Button::new(picture)
        .selected(bar.is_recording)
        .frame_when_inactive(bar.is_recording)
        .min_size(Vec2::splat(size::BUTTON));
    let response = ui.add_enabled(bar.is_going, button);
    let name = if bar.is_recording { "Stop recording" } else { "Record the run" };
    response
        .widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, bar.is_going, bar.is_recording, name));
    let text = "Record\nWrite the run into a file while it goes on; it survives a crash. \
                A run that is over is saved with File, Save recording.";
    if response.on_hover_text(text).on_disabled_hover_text(text).clicked() {
        commands.push(UiCommand::Record);
    }
}

/// The moment of the past that is shown, as a button that leads back to now.
fn moment(past: &str, commands: &mut Vec<UiCommand>, ui: &mut Ui) {
    let palette = theme::of(ui);
    // Where there is little room the time has to do.
    let (full, past) =
        (past, past.rsplit(", at ").next().filter(|_| ui.available_width() < size::ROOMY / 2.0));
    let past = past.unwrap_or(full);
    let icon = RichText::from(icons::ICON_HISTORY).size(size::ICON).color(palette.on_accent);
    let text = RichText::new(past).color(palette.on_accent);
    let button = Button::new((icon, text)).fill(palette.accent).min_size(Vec2::new(0.0, size::BUTTON));
    let response = ui.add(button.truncate());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, format!("The past: {full}")));
    if response.on_hover_text("All views show this moment. Click to go back to now (Ctrl+End).").clicked() {
        commands.push(UiCommand::Live);
    }
}

/// The command that is most likely wanted next, with its name.
fn primary(command: UiCommand, bar: &Toolbar, commands: &mut Vec<UiCommand>, ui: &mut Ui) {
    let Some(spec) = command.spec() else { return };
    let palette = theme::of(ui);
    let label = match command {
        UiCommand::Pause => "Pause",
        _ if bar.is_paused => "Continue",
        _ => "Run",
    };
    let icon = RichText::from(spec.icon).size(size::ICON).color(palette.on_accent);
    let text = RichText::new(label).color(palette.on_accent);
    let button =
        Button::new((icon, text)).fill(palette.accent).min_size(Vec2::new(size::PRIMARY, size::BUTTON));
    let response = ui.add(button);
    // The menu has the short name already.
    let name = if label == "Run" { "Run the script" } else { label };
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, name));
    if response.clicked() {
        commands.push(command);
    }
    response.on_hover_text(hint(spec, ui));
}

fn hint(spec: &crate::command::Spec, ui: &Ui) -> String {
    let keys = spec.keys.map(|keys| format!("  ({})", keys_text(keys, ui.ctx())));
    format!("{}{}", spec.hint, keys.unwrap_or_default())
}

fn icon(command: UiCommand, enabled: bool, commands: &mut Vec<UiCommand>, ui: &mut Ui) {
    let Some(spec) = command.spec() else { return };
    let picture = RichText::from(spec.icon).size(size::ICON);
    let button = Button::new(picture).frame_when_inactive(false).min_size(Vec2::splat(size::BUTTON));
    let response = ui.add_enabled(enabled, button);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, enabled, spec.label));
    if response.clicked() {
        commands.push(command);
    }
    let text = format!("{}\n{}", spec.label, hint(spec, ui));
    response.on_hover_text(text.clone()).on_disabled_hover_text(text);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speeds_go_up_and_down_to_their_ends() {
        assert_eq!(change_speed(0, -1), 0);
        assert_eq!(change_speed(0, 1), 1);
        assert_eq!(change_speed(100, 1), 250);
        assert_eq!(change_speed(100, -1), 50);
        assert_eq!(change_speed(1000, 1), 1000);
        assert_eq!(change_speed(3, 1), 20, "a value from a settings file that is no choice");
    }
}
