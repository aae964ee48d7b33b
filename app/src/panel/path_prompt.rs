//! Asks for a path where the system shows no dialog for choosing files.

use std::path::PathBuf;

use egui::{Context, Id, Key, Modal, Modifiers, RichText, TextEdit, TextStyle};

use crate::state::path_prompt::{Fits, PathPrompt};
use crate::theme::{self, size};

/// What the user did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Prompted {
    /// Took this path.
    Path(PathBuf),
    /// Wants nothing any more.
    Nothing,
}

/// Draws it; `None` while the user is still typing.
pub fn path_prompt(prompt: &mut PathPrompt, context: &Context) -> Option<Prompted> {
    let mut prompted = None;
    let modal = Modal::new(Id::unique("path")).show(context, |ui| {
        let palette = theme::of(ui);
        ui.set_width(size::GALLERY);
        ui.heading(prompt.ask.title());
        ui.add_space(size::NEAR);
        ui.colored_label(
            palette.dim,
            if prompt.ask.name().is_some() {
                "The system shows no dialog for this here, so type where to save it. Tab completes."
            } else {
                "The system shows no dialog for this here, so type where the file is. Tab completes."
            },
        );
        ui.add_space(size::NEAR);
        let id = Id::unique("path field");
        // Tab is for completing here, not for leaving the field.
        if ui.memory(|memory| memory.has_focus(id))
            && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Tab))
        {
            prompt.complete();
            put_cursor_at_end(ui, id, &prompt.text);
        }
        let field = TextEdit::singleline(&mut prompt.text)
            .id(id)
            .font(TextStyle::Monospace)
            .desired_width(f32::INFINITY);
        let response = ui.add(field.lock_focus(true));
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Path of the file"));
        let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        if !response.has_focus() {
            response.request_focus();
        }
        let mut taken = None;
        for suggestion in prompt.suggestions() {
            let text = RichText::new(suggestion).text_style(TextStyle::Monospace);
            if ui.add(egui::Button::new(text).frame(false)).clicked() {
                taken = Some(suggestion.clone());
            }
        }
        if let Some(taken) = taken {
            prompt.text = taken;
            put_cursor_at_end(ui, id, &prompt.text);
        }
        ui.add_space(size::FAR);
        let fits = prompt.fits();
        let (label, told) = match fits {
            Fits::Yes => (if prompt.ask.name().is_some() { "Save" } else { "Open" }, ""),
            Fits::Replaces => ("Replace", "There is such a file: it will be replaced."),
            Fits::Incomplete => ("Open", ""),
            Fits::Missing => ("Open", "There is no such file."),
            Fits::NoFolder => ("Save", "There is no such folder."),
        };
        ui.horizontal(|ui| {
            let may = matches!(fits, Fits::Yes | Fits::Replaces);
            let text = RichText::new(label);
            let button = if may {
                egui::Button::new(text.color(palette.on_accent)).fill(palette.accent)
            } else {
                egui::Button::new(text)
            };
            let clicked = ui.add_enabled(may, button).clicked();
            // Nothing is replaced by a key that was only meant to complete: that takes the button.
            if clicked || entered && fits == Fits::Yes {
                prompted = Some(Prompted::Path(prompt.path()));
            }
            if ui.button("Cancel").clicked() {
                prompted = Some(Prompted::Nothing);
            }
            ui.colored_label(palette.dim, told);
        });
    });
    if modal.should_close() && prompted.is_none() {
        prompted = Some(Prompted::Nothing);
    }
    prompted
}

fn put_cursor_at_end(ui: &egui::Ui, id: Id, text: &str) {
    if let Some(mut state) = egui::text_edit::TextEditState::load(ui.ctx(), id) {
        let end = egui::text::CCursor::new(text.chars().count());
        state.cursor.set_char_range(Some(egui::text::CCursorRange::one(end)));
        state.store(ui.ctx(), id);
    }
}
