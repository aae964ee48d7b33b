//! The keys of commands, and when they are left to whoever has the keyboard.

use egui::{Event, Key, KeyboardShortcut, Modifiers};

use super::{SPECS, Spec, UiCommand, held};

/// A key as people read it.
pub fn keys_text(keys: KeyboardShortcut, context: &egui::Context) -> String {
    let text = context.format_shortcut(&keys);
    let signs =
        [("OpenBracket", "["), ("CloseBracket", "]"), ("Slash", "/"), ("Comma", ","), ("Period", ".")];
    signs.into_iter().fold(text, |text, (name, sign)| text.replace(name, sign))
}

/// Names the widget in which keys without modifiers go through time although it has the keyboard.
pub fn travelling() -> egui::Id {
    egui::Id::unique("travelling with the keyboard")
}

/// Who has the keyboard.
#[derive(Clone, Copy)]
struct Keyboard {
    /// Text is being edited.
    typing: bool,
    /// Something else takes keys.
    focused: bool,
    /// A menu or a list of choices is open.
    open: bool,
}

impl Keyboard {
    fn of(context: &egui::Context) -> Self {
        let travelling = context.data(|data| data.get_temp(travelling()));
        let focused = context.memory(egui::Memory::focused);
        let open = egui::Popup::is_any_open(context);
        // The key that ends typing takes the keyboard away before anybody sees it.
        let id = egui::Id::unique("typing in the last frame");
        let typed = context.data(|data| data.get_temp(id)).unwrap_or(false);
        let types = context.text_edit_focused();
        context.data_mut(|data| data.insert_temp(id, types));
        let escapes = typed && context.input(|input| input.key_pressed(Key::Escape));
        Self { typing: types || escapes, focused: open || focused.is_some() && focused != travelling, open }
    }

    /// Whether a key is left to whom has the keyboard.
    fn keeps(self, key: Key, modifiers: Modifiers) -> bool {
        let moves = matches!(
            key,
            Key::ArrowLeft
                | Key::ArrowRight
                | Key::ArrowUp
                | Key::ArrowDown
                | Key::Home
                | Key::End
                | Key::Space
                | Key::Enter
        );
        let letter = !moves && !modifiers.command && !modifiers.alt && key.name().len() == 1;
        match self {
            // That is how it is closed.
            Self { open: true, .. } if key == Key::Escape => true,
            Self { typing: true, .. } => moves && !modifiers.alt || letter || is_text(key, modifiers),
            Self { focused: true, .. } => moves && modifiers.is_none(),
            _ => false,
        }
    }
}

/// Whether a key writes or ends text.
fn is_text(key: Key, modifiers: Modifiers) -> bool {
    key == Key::Escape
        || !modifiers.command
            && !modifiers.alt
            && matches!(key, Key::OpenBracket | Key::CloseBracket | Key::Slash | Key::Comma | Key::Period)
}

/// Takes the keys of commands out of the input, in the order in which they were pressed: a slow frame may hold several.
/// While text is being edited, the keys that are for that stay.
pub fn take_keys(context: &egui::Context) -> Vec<UiCommand> {
    let keyboard = Keyboard::of(context);
    let mut commands = Vec::new();
    // What is typed after a command that opens a field.
    let mut kept = None;
    context.input_mut(|input| {
        input.events.retain(|event| {
            if let Some(kept) = kept.as_mut().filter(|_| held::is_typed(event)) {
                Vec::push(kept, event.clone());
                return false;
            }
            let Event::Key { key, pressed: true, repeat, modifiers, .. } = *event else { return true };
            let told = key;
            let key = with_shift(key, modifiers);
            // When Shift is let go first, the key that goes up is another one, and this one seems to stay down.
            let repeat = repeat && key == told;
            let Some(spec) = pressed(key, modifiers).filter(|_| !keyboard.keeps(key, modifiers)) else {
                return true;
            };
            if !repeat || repeats(spec.command) {
                commands.push(spec.command);
                kept = held::opens_field(spec.command).then(Vec::new);
            }
            false
        });
    });
    if let Some(kept) = kept {
        held::keep(context, kept);
    }
    commands
}

/// The key that commands name: with Shift some keyboards tell the sign above it.
fn with_shift(key: Key, modifiers: Modifiers) -> Key {
    if key == Key::Questionmark && modifiers.command && modifiers.shift { Key::Slash } else { key }
}

/// The command of a key. The one with the most modifiers counts: `Ctrl+F5` is not `F5`.
fn pressed(key: Key, modifiers: Modifiers) -> Option<&'static Spec> {
    let held = |keys: KeyboardShortcut| {
        let wanted = keys.modifiers;
        u8::from(wanted.shift) + u8::from(wanted.command) + u8::from(wanted.alt)
    };
    SPECS
        .iter()
        .filter_map(|spec| Some((spec.keys?, spec)))
        .filter(|(keys, _)| keys.logical_key == key && modifiers.matches_logically(keys.modifiers))
        .max_by_key(|(keys, _)| held(*keys))
        .map(|(_, spec)| spec)
}

/// Whether holding the key does it again and again.
fn repeats(command: UiCommand) -> bool {
    matches!(
        command,
        UiCommand::StepOver
            | UiCommand::StepInto
            | UiCommand::StepOut
            | UiCommand::StepTask
            | UiCommand::StepMacrotask
            | UiCommand::StepPhase
            | UiCommand::StepTurn
            | UiCommand::Travel(_)
            | UiCommand::TimelineNext
            | UiCommand::TimelinePrevious
            | UiCommand::ZoomIn
            | UiCommand::ZoomOut
            | UiCommand::Slower
            | UiCommand::Faster
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_found_whichever_of_its_signs_the_keyboard_tells() {
        let held = Modifiers::COMMAND | Modifiers::SHIFT;
        let found = |key| pressed(with_shift(key, held), held).map(|spec| spec.command);
        assert_eq!(found(Key::Slash), Some(UiCommand::TimelineFind));
        assert_eq!(found(Key::Questionmark), found(Key::Slash));
    }

    #[test]
    fn a_key_of_which_shift_was_let_go_first_works_again() {
        let context = egui::Context::default();
        let held = Modifiers::COMMAND | Modifiers::SHIFT;
        let mut pressed = 0;
        for (key, is_down, modifiers) in [
            (Key::Questionmark, true, held),
            (Key::Slash, false, Modifiers::NONE),
            (Key::Questionmark, true, held),
        ] {
            let event = Event::Key {
                key,
                physical_key: Some(Key::Slash),
                pressed: is_down,
                repeat: false,
                modifiers,
            };
            let input = egui::RawInput { events: vec![event], ..egui::RawInput::default() };
            let mut output = context.run_ui(input, |ui| {
                let found = take_keys(ui.ctx());
                pressed += found.iter().filter(|command| **command == UiCommand::TimelineFind).count();
            });
            output.textures_delta.clear();
        }
        assert_eq!(pressed, 2);
    }

    #[test]
    fn keys_are_followed_in_the_order_in_which_they_were_pressed() {
        let context = egui::Context::default();
        let event =
            |key, modifiers, repeat| Event::Key { key, physical_key: None, pressed: true, repeat, modifiers };
        // A key that is pressed while it is down repeats.
        let events = vec![
            event(Key::F10, Modifiers::NONE, true),
            event(Key::F10, Modifiers::NONE, true),
            event(Key::F6, Modifiers::NONE, true),
            event(Key::F5, Modifiers::SHIFT, true),
            event(Key::F11, Modifiers::NONE, true),
            event(Key::A, Modifiers::NONE, true),
        ];
        let mut found = Vec::new();
        let input = egui::RawInput { events, ..egui::RawInput::default() };
        let mut output = context.run_ui(input, |ui| {
            found.extend(take_keys(ui.ctx()));
            let is_a = |event: &Event| matches!(event, Event::Key { key: Key::A, .. });
            assert!(ui.input(|input| input.events.iter().any(is_a)), "other keys stay");
        });
        output.textures_delta.clear();
        let step = UiCommand::StepOver;
        assert_eq!(found, [step, step, UiCommand::Pause, UiCommand::Stop, UiCommand::StepInto]);
    }
}
