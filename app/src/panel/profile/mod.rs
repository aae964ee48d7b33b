//! Profiles: where the time of the run goes, what it allocates, which lines ran.

mod flame;
mod lists;
mod table;

use std::collections::HashSet;

use egui::{Button, RichText, Ui, Vec2};

use super::{View, layout};
use crate::command::UiCommand;
use crate::state::profile::shown::Content;
use crate::state::profile::{Function, Kind};
use crate::theme::{self, size};

/// How a CPU profile is looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Sight {
    /// In time.
    #[default]
    Flame,
    /// By what takes most, with who called it.
    BottomUp,
    /// By calls, from the outside.
    TopDown,
}

/// What the panel remembers.
#[derive(Default)]
pub struct ProfileMemory {
    sight: Sight,
    flame: flame::FlameMemory,
    /// What is open in the tables.
    open: HashSet<String>,
    /// The profile that this is about.
    number: u64,
}

/// Kinds in words.
const KINDS: [(Kind, &str, &str); 4] = [
    (Kind::Cpu, "CPU", "Record and run: where the time goes appears here."),
    (
        Kind::Allocations,
        "Allocations",
        "Record and run: which functions allocate what is in use appears here.",
    ),
    (Kind::Coverage, "Coverage", "Record and run: which lines ran appears here and beside the code."),
    (
        Kind::Heap,
        "Heap",
        "Run and take a snapshot: what is in use, by the class of the objects, appears here.",
    ),
];

/// Draws the panel.
pub fn show(view: &mut View, ui: &mut Ui) {
    egui::Frame::new().inner_margin(size::NEAR).show(ui, |ui| {
        bar(view, ui);
        ui.add_space(size::TIGHT);
        let Some(made) = view.profiles.current().cloned() else {
            let hint = KINDS.iter().find(|kind| kind.0 == view.profiles.kind).map_or("", |kind| kind.2);
            let text = match recording(view) {
                Some(_) => "Recording. It ends with Stop, or with the run.",
                None => hint,
            };
            layout::empty(ui, text);
            return;
        };
        if view.memory.profile.number != made.number {
            let sight = view.memory.profile.sight;
            view.memory.profile = ProfileMemory { number: made.number, sight, ..ProfileMemory::default() };
        }
        match &*made.content {
            Content::Cpu(profile) => match view.memory.profile.sight {
                Sight::Flame => flame::show(view, profile, ui),
                Sight::BottomUp => table::bottom_up(view, profile, ui),
                Sight::TopDown => table::top_down(view, profile, ui),
            },
            Content::Allocations(list) => lists::allocations(view, list, ui),
            Content::Coverage(files) => lists::coverage(view, files, ui),
            Content::Heap(classes) => lists::heap(classes, ui),
        }
    });
}

/// What is being recorded, of whichever thread.
fn recording(view: &View) -> Option<Kind> {
    view.threads.iter().find_map(|thread| thread.recording)
}

fn bar(view: &mut View, ui: &mut Ui) {
    let palette = theme::of(ui);
    ui.horizontal_wrapped(|ui| {
        for (kind, name, _) in KINDS {
            ui.selectable_value(&mut view.profiles.kind, kind, name);
        }
        ui.separator();
        let recording = recording(view);
        let kind = recording.unwrap_or(view.profiles.kind);
        let goes = view.progress == Some(&crate::state::run::Progress::Going);
        let can_take = goes && !view.debugger.takes_snapshot();
        let (text, name, hint) = match (recording, kind) {
            (Some(_), _) => ("■ Stop", "Stop the profile", "The profile is shown then"),
            (None, Kind::Heap) => ("● Take", "Take a snapshot", "What is in use now; something has to run"),
            _ => ("● Record", "Record a profile", "From now on; from the first line when nothing runs"),
        };
        let is_enabled = kind != Kind::Heap || can_take;
        let record = ui.add_enabled(is_enabled, Button::new(RichText::new(text).color(palette.error)));
        record.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, is_enabled, name));
        if record.on_hover_text(hint).on_disabled_hover_text(hint).clicked() {
            view.commands.push(UiCommand::Profile(kind));
        }
        let is_made = view.profiles.current().is_some();
        for (command, enabled) in [
            (UiCommand::OpenProfile, true),
            (UiCommand::SaveProfile, is_made),
            (UiCommand::HeapSnapshot, can_take),
        ] {
            icon(view, command, enabled, ui);
        }
        if view.profiles.kind == Kind::Cpu && is_made {
            if ui.available_size_before_wrap().x < size::SIGHTS {
                ui.end_row();
            } else {
                ui.separator();
            }
            let sight = &mut view.memory.profile.sight;
            ui.selectable_value(sight, Sight::Flame, "In time");
            ui.selectable_value(sight, Sight::BottomUp, "Heaviest");
            ui.selectable_value(sight, Sight::TopDown, "By calls");
        }
        if view.profiles.is_working() {
            ui.spinner();
        }
    });
}

/// A command as a picture.
fn icon(view: &mut View, command: UiCommand, enabled: bool, ui: &mut Ui) {
    let Some(spec) = command.spec() else { return };
    let picture = RichText::from(spec.icon).size(size::ICON_SMALL);
    let button = Button::new(picture).frame_when_inactive(false).min_size(Vec2::splat(size::BUTTON));
    let response = ui.add_enabled(enabled, button);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, enabled, spec.label));
    if response.clicked() {
        view.commands.push(command);
    }
    let text = format!("{}\n{}", spec.label, spec.hint);
    response.on_hover_text(text.clone()).on_disabled_hover_text(text);
}

/// Shows the code of a function, when it is one of a script.
fn go_to(view: &mut View, function: &Function) {
    if function.line > 0
        && let Some(path) = path_of(function)
    {
        view.memory.go_to_spot(&path, u32::try_from(function.line).unwrap_or(1));
    }
}

/// The path of a function's script.
fn path_of(function: &Function) -> Option<String> {
    let url = url::Url::parse(&function.url).ok().filter(|url| url.scheme() == "file")?;
    Some(url.to_file_path().ok()?.to_string_lossy().into_owned())
}

/// Milliseconds of microseconds, in words.
fn millis(micros: u64) -> String {
    format!("{:.1} ms", micros as f64 / 1e3)
}
