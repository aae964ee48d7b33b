//! Keys that are typed before the field is there that they are for: a command that opens a field is followed at the end of its
//! frame, and the field has the keyboard only after it was drawn. A slow frame may hold the first letters already.

use egui::{Context, Event, Id};

use super::UiCommand;

/// Frames after which what was typed goes wherever the keyboard is: there is no such field after all.
const PATIENCE: u8 = 4;

/// What is kept for a field.
#[derive(Debug, Clone, Default)]
struct Held {
    events: Vec<Event>,
    /// What had the keyboard before.
    before: Option<Id>,
    /// Frames that it is still waited for.
    frames: u8,
}

fn id() -> Id {
    Id::unique("keys for a field that opens")
}

/// Whether a command opens a field in which one goes on typing.
pub fn opens_field(command: UiCommand) -> bool {
    use crate::panel::PanelKind;
    matches!(
        command,
        UiCommand::AddNote
            | UiCommand::TimelineFind
            | UiCommand::Palette
            | UiCommand::Show(PanelKind::Evaluate)
    )
}

/// Whether an event is for whoever has the keyboard.
pub fn is_typed(event: &Event) -> bool {
    matches!(event, Event::Key { .. } | Event::Text(_) | Event::Paste(_) | Event::Ime(_))
}

/// Keeps what was typed after a command that opens a field.
pub fn keep(context: &Context, events: Vec<Event>) {
    let before = context.memory(egui::Memory::focused);
    context.data_mut(|data| data.insert_temp(id(), Held { events, before, frames: PATIENCE }));
}

/// Hands what was kept to the field once it has the keyboard; before that, keeps what comes. To be called before anything
/// looks at the input.
pub fn hand_on(context: &Context) {
    let Some(mut held) = context.data_mut(|data| data.remove_temp::<Held>(id())) else { return };
    let focused = context.memory(egui::Memory::focused);
    let is_there = context.text_edit_focused() && focused != held.before;
    if is_there || held.frames == 0 {
        context.input_mut(|input| drop(input.events.splice(0..0, held.events)));
        return;
    }
    held.frames -= 1;
    context.input_mut(|input| {
        input.events.retain(|event| {
            if is_typed(event) {
                held.events.push(event.clone());
            }
            !is_typed(event)
        });
    });
    context.data_mut(|data| data.insert_temp(id(), held));
    context.request_repaint();
}
