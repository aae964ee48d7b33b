//! The palette: find a command by a part of its name. And the window with all keys.

use egui::{Align2, Area, Frame, Id, Key, Order, RichText, ScrollArea, TextEdit, Vec2};

use crate::command::{Group, SPECS, Spec, UiCommand, keys_text};
use crate::theme::{self, size};

/// The palette's text and choice.
#[derive(Debug, Default)]
pub struct Palette {
    /// Whether it is shown.
    pub open: bool,
    text: String,
    chosen: usize,
    /// It has just been opened: the field takes the keyboard.
    fresh: bool,
}

/// How well `text` fits a name: every letter in order; lower is better. `None` when it does not fit.
fn fit(text: &str, name: &str) -> Option<usize> {
    let name: Vec<char> = name.to_lowercase().chars().collect();
    let (mut at, mut gaps) = (0, 0);
    for letter in text.to_lowercase().chars().filter(|letter| !letter.is_whitespace()) {
        let found = name[at..].iter().position(|other| *other == letter)?;
        gaps += found;
        at += found + 1;
    }
    Some(gaps)
}

fn found(text: &str) -> Vec<&'static Spec> {
    let whole = text.trim().to_lowercase();
    let fit = |spec: &'static Spec| {
        let fit = fit(text, spec.label)?;
        // Letters that are strewn over other words are no match for the word itself.
        Some((!spec.label.to_lowercase().contains(&whole), fit, spec))
    };
    let mut found: Vec<_> = SPECS.iter().filter_map(fit).collect();
    found.sort_by_key(|(is_strewn, fit, _)| (*is_strewn, *fit));
    found.into_iter().map(|(_, _, spec)| spec).collect()
}

impl Palette {
    /// Opens it, empty.
    pub fn open(&mut self) {
        *self = Self { open: true, fresh: true, ..Self::default() };
    }

    /// Draws it; returns the command that was chosen.
    pub fn show(&mut self, context: &egui::Context) -> Option<UiCommand> {
        if !self.open {
            return None;
        }
        let (up, down, enter, escape) = context.input_mut(|input| {
            let none = egui::Modifiers::NONE;
            (
                input.consume_key(none, Key::ArrowUp),
                input.consume_key(none, Key::ArrowDown),
                input.consume_key(none, Key::Enter),
                input.consume_key(none, Key::Escape),
            )
        });
        if escape {
            self.open = false;
            return None;
        }
        let mut command = None;
        let shown = Area::new(Id::unique("palette"))
            .order(Order::Foreground)
            .anchor(Align2::CENTER_TOP, Vec2::new(0.0, size::PALETTE_TOP))
            .show(context, |ui| {
                Frame::popup(ui.style()).show(ui, |ui| {
                    ui.set_width(size::PALETTE_WIDTH);
                    let field = TextEdit::singleline(&mut self.text)
                        .hint_text("Find a command")
                        .desired_width(f32::INFINITY);
                    let field = field.show(ui).response.response;
                    field.widget_info(|| {
                        egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Find a command")
                    });
                    if std::mem::take(&mut self.fresh) {
                        field.request_focus();
                    }
                    if field.changed() {
                        self.chosen = 0;
                    }
                    // After the field: a slow frame may hold letters and the key that is pressed after them.
                    let specs = found(&self.text);
                    let last = specs.len().saturating_sub(1);
                    self.chosen = (self.chosen + usize::from(down)).saturating_sub(usize::from(up)).min(last);
                    command = specs.get(self.chosen).filter(|_| enter).map(|spec| spec.command);
                    ui.separator();
                    let moved = up || down;
                    let list = ScrollArea::vertical().max_height(size::PALETTE_LIST);
                    list.show(ui, |ui| {
                        for (index, spec) in specs.iter().enumerate() {
                            if entry(spec, index == self.chosen, moved, ui) {
                                command = Some(spec.command);
                            }
                        }
                        if specs.is_empty() {
                            ui.colored_label(theme::of(ui).dim, "No command has such a name.");
                        }
                    });
                });
            });
        let outside = context.input(|input| input.pointer.any_pressed())
            && !self.fresh
            && context.pointer_interact_pos().is_some_and(|at| !shown.response.rect.contains(at));
        if command.is_some() || outside {
            self.open = false;
        }
        command
    }
}

fn entry(spec: &Spec, chosen: bool, moved: bool, ui: &mut egui::Ui) -> bool {
    let palette = theme::of(ui);
    let keys = spec.keys.map_or_else(String::new, |keys| keys_text(keys, ui.ctx()));
    let icon = RichText::from(spec.icon).size(size::ICON).color(palette.dim);
    let text = RichText::new(format!("{}: {}", spec.group.name(), spec.label));
    let button = egui::Button::new((icon, text))
        .right_text(RichText::new(keys).color(palette.dim))
        .selected(chosen)
        .frame_when_inactive(chosen)
        .min_size(Vec2::new(ui.available_width(), size::BUTTON));
    let response = ui.add(button);
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, chosen, spec.label));
    if chosen && moved {
        response.scroll_to_me(None);
    }
    response.on_hover_text(spec.hint).clicked()
}

/// The window with all keys.
pub fn keys_window(open: &mut bool, context: &egui::Context) {
    egui::Window::new("Keys")
        .open(open)
        .collapsible(false)
        .resizable(false)
        .anchor(Align2::CENTER_CENTER, Vec2::ZERO)
        .show(context, |ui| {
            ui.set_width(size::DIALOG);
            ScrollArea::vertical().max_height(size::KEYS_LIST).show(ui, |ui| {
                for group in Group::ALL {
                    ui.add_space(size::NEAR);
                    ui.heading(group.name());
                    egui::Grid::new(group.name()).num_columns(2).min_col_width(size::KEY_COLUMN).show(ui, |ui| {
                        for spec in SPECS.iter().filter(|spec| spec.group == group) {
                            let Some(keys) = spec.keys else { continue };
                            ui.monospace(keys_text(keys, ui.ctx()));
                            ui.label(spec.label);
                            ui.end_row();
                        }
                    });
                }
                ui.add_space(size::NEAR);
                ui.heading("Timeline");
                ui.label("Drag: go through time. Right drag or Shift and wheel: pan. Ctrl and wheel: zoom. Shift and drag: zoom into a box. Drag in the ruler: measure. Double click: the whole run, or a callback. With the keyboard: plus and minus.");
            });
        });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::exporting::Export;

    #[test]
    fn commands_are_found_by_their_letters() {
        assert_eq!(found("restart")[0].command, UiCommand::Restart);
        assert_eq!(found("step turn")[0].command, UiCommand::StepTurn);
        assert_eq!(
            found("gif")[0].command,
            UiCommand::Export(Export::Gif),
            "not the be-g-inn-i-ng o-f the run"
        );
        assert!(found("xyzzy").is_empty());
        assert_eq!(found("").len(), SPECS.len());
    }
}
