//! The menus, for the mouse and the keyboard: Alt with a menu's first letter opens it, the arrows go through it and from one to
//! the next, Escape closes it. Whoever had the keyboard gets it back.

use std::path::PathBuf;

use egui::containers::menu::MenuButton;
use egui::{Button, Event, Id, Key, Modifiers, Popup, Response, RichText, Ui};
use egui_material_icons::icons;

use crate::command::{Group, SPECS, Spec, UiCommand, keys_text};
use crate::state::exporting::Export;
use crate::theme::{self, size};

/// What the keyboard does in the menus.
#[derive(Debug, Clone, Copy, Default)]
struct Keyboard {
    /// The menu whose first entry is to have the keyboard, once it is there.
    wanted: Option<usize>,
    /// The menu that was open.
    open: Option<usize>,
    /// Who had the keyboard before the first menu was opened with it.
    before: Option<Id>,
}

/// Draws the menus beside each other.
pub fn show(recent: &[PathBuf], commands: &mut Vec<UiCommand>, ui: &mut Ui) {
    let own = Id::unique("menus");
    let mut keyboard: Keyboard = ui.data(|data| data.get_temp(own)).unwrap_or_default();
    let asked = asked(ui);
    let shown = keyboard.open;
    let mut responses = Vec::new();
    for (index, group) in Group::ALL.into_iter().enumerate() {
        let title = Button::new(group.name()).frame_when_inactive(false);
        let (response, _) = MenuButton::from_button(title).ui(ui, |ui| {
            let is_wanted = keyboard.wanted == Some(index);
            if list(group, recent, is_wanted, commands, ui) {
                keyboard.wanted = None;
            }
        });
        responses.push(response);
    }
    let is_open = |response: &Response| Popup::is_id_open(ui.ctx(), Popup::default_response_id(response));
    let open = responses.iter().position(is_open);
    let next = asked.or_else(|| next(ui, &responses, open));
    if let Some(next) = next {
        if shown.is_none() {
            keyboard.before = ui.memory(egui::Memory::focused);
        }
        keyboard.wanted = Some(next);
        Popup::open_id(ui.ctx(), Popup::default_response_id(&responses[next]));
    } else if let Some(hovered) = open.and_then(|open| hovered(&responses, open)) {
        // One that is open already follows the pointer.
        Popup::open_id(ui.ctx(), Popup::default_response_id(&responses[hovered]));
    }
    if shown.is_some() && open.is_none() && next.is_none() {
        // The one that had it may be gone.
        if let Some(before) = keyboard.before.take() {
            ui.memory_mut(|memory| memory.request_focus(before));
        }
        keyboard.wanted = None;
    }
    keyboard.open = next.or(open);
    ui.data_mut(|data| data.insert_temp(own, keyboard));
}

/// The menu that is asked for by its letter. What the letter would write is taken away with it.
fn asked(ui: &Ui) -> Option<usize> {
    let letters = Group::ALL.map(|group| group.name().chars().next().unwrap_or_default());
    ui.input_mut(|input| {
        let key = |letter: char| Key::from_name(&letter.to_string());
        let index = letters
            .into_iter()
            .position(|letter| key(letter).is_some_and(|key| input.consume_key(Modifiers::ALT, key)))?;
        let letter = letters[index].to_lowercase().to_string();
        input.events.retain(|event| !matches!(event, Event::Text(text) if text.to_lowercase() == letter));
        Some(index)
    })
}

/// The menu to which the keys go on: of the one that is open, or of a title that has the keyboard.
fn next(ui: &Ui, responses: &[Response], open: Option<usize>) -> Option<usize> {
    let pressed = |key| ui.input(|input| input.key_pressed(key) && input.modifiers.is_none());
    let Some(open) = open else {
        return responses.iter().position(|title| title.has_focus() && pressed(Key::ArrowDown));
    };
    let by_key = responses[open].clicked() && !ui.input(|input| input.pointer.any_click());
    let count = responses.len();
    if by_key {
        Some(open)
    } else if pressed(Key::ArrowRight) {
        Some((open + 1) % count)
    } else if pressed(Key::ArrowLeft) {
        Some((open + count - 1) % count)
    } else {
        None
    }
}

/// The title under the pointer, when it is another one's than that of the menu which is open.
fn hovered(responses: &[Response], open: usize) -> Option<usize> {
    let hovered = responses.iter().position(|title| title.hovered() && !title.clicked())?;
    (hovered != open).then_some(hovered)
}

/// What is in a menu. When it is wanted, its first entry gets the keyboard; returns whether it has it.
fn list(
    group: Group,
    recent: &[PathBuf],
    is_wanted: bool,
    commands: &mut Vec<UiCommand>,
    ui: &mut Ui,
) -> bool {
    ui.set_min_width(size::MENU);
    let room = ui.ctx().content_rect().height() - size::TOOLBAR - size::FAR;
    // What egui gives to something that floats is less.
    ui.set_max_height(room);
    let mut asks = is_wanted;
    let mut is_there = false;
    egui::ScrollArea::vertical().max_height(room).show(ui, |ui| {
        for spec in SPECS.iter().filter(|spec| spec.group == group) {
            match spec.command {
                UiCommand::Export(Export::Perfetto) => exports(commands, ui),
                UiCommand::Export(_) => {}
                _ => {
                    let response = entry(spec, commands, ui);
                    if std::mem::take(&mut asks) {
                        // Before a menu is measured nothing in it can have the keyboard: it is asked again.
                        is_there = response.has_focus();
                        response.request_focus();
                    }
                }
            }
            if spec.command == UiCommand::Open {
                open_recent(recent, commands, ui);
            }
        }
    });
    is_there
}

fn entry(spec: &Spec, commands: &mut Vec<UiCommand>, ui: &mut Ui) -> Response {
    let palette = theme::of(ui);
    let picture = RichText::from(spec.icon).size(size::ICON).color(palette.dim);
    let keys = spec.keys.map_or_else(String::new, |keys| keys_text(keys, ui.ctx()));
    let button = Button::new((picture, spec.label)).right_text(RichText::new(keys).color(palette.dim));
    let response = ui.add(button.frame_when_inactive(false));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, spec.label));
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    let response = response.on_hover_text(spec.hint);
    if response.clicked() {
        commands.push(spec.command);
        ui.close();
    }
    response
}

/// Formats of other programs, in a menu of their own.
fn exports(commands: &mut Vec<UiCommand>, ui: &mut Ui) {
    let picture = RichText::from(icons::ICON_EXPORT_NOTES).size(size::ICON).color(theme::of(ui).dim);
    ui.menu_button((picture, "Export"), |ui| {
        ui.set_min_width(size::MENU);
        for spec in SPECS.iter().filter(|spec| matches!(spec.command, UiCommand::Export(_))) {
            entry(spec, commands, ui);
        }
    });
}

fn open_recent(recent: &[PathBuf], commands: &mut Vec<UiCommand>, ui: &mut Ui) {
    if recent.is_empty() {
        return;
    }
    let picture = RichText::from(icons::ICON_HISTORY).size(size::ICON).color(theme::of(ui).dim);
    ui.menu_button((picture, "Open recent"), |ui| {
        for (index, path) in recent.iter().enumerate() {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if ui.button(name).on_hover_text(path.to_string_lossy()).clicked() {
                commands.push(UiCommand::OpenRecent(index));
                ui.close();
            }
        }
    });
}
