//! Expressions that are evaluated in the run: in the selected frame while it stands still, globally otherwise.

use egui::{FontFamily, FontId, Key, RichText, ScrollArea, TextEdit, Ui};

use super::{View, layout};
use crate::theme::{self, size};

/// What the panel remembers.
#[derive(Default)]
pub struct EvaluateMemory {
    /// What is being typed.
    text: String,
    /// What was typed before, oldest first.
    history: Vec<String>,
    /// Which of it is shown.
    shown: Option<usize>,
}

impl EvaluateMemory {
    /// Shows what was typed before or after.
    fn recall(&mut self, back: bool) {
        let last = self.history.len();
        let at = self.shown.unwrap_or(last);
        let at = if back { at.saturating_sub(1) } else { (at + 1).min(last) };
        self.shown = (at < last).then_some(at);
        self.text = self.history.get(at).cloned().unwrap_or_default();
    }
}

/// Draws the panel.
pub fn show(view: &mut View, ui: &mut Ui) {
    if view.progress.is_none() {
        layout::empty(ui, "Expressions are evaluated in the run once there is one.");
        return;
    }
    let palette = theme::of(ui);
    let font = FontId::new(size::CODE, FontFamily::Monospace);
    let bottom = size::BUTTON + size::NEAR;
    egui::Frame::new().inner_margin(size::NEAR).show(ui, |ui| {
        let height = (ui.available_height() - bottom).max(size::ROW);
        ScrollArea::both()
            .id_salt("evaluated")
            .auto_shrink(false)
            .max_height(height)
            .stick_to_bottom(true)
            .show(ui, |ui| {
                for entry in view.debugger.entries() {
                    ui.label(
                        RichText::new(format!("> {}", entry.expression))
                            .font(font.clone())
                            .color(palette.dim),
                    );
                    match &entry.result {
                        None => ui.label(RichText::new("…").font(font.clone()).color(palette.faint)),
                        Some(Ok(shown)) => {
                            let color = super::debugger::color(palette, &shown.kind);
                            ui.label(RichText::new(&shown.text).font(font.clone()).color(color))
                        }
                        Some(Err(text)) => {
                            ui.label(RichText::new(text).font(font.clone()).color(palette.error))
                        }
                    };
                }
            });
        ui.separator();
        field(view, &font, ui);
    });
}

fn field(view: &mut View, font: &FontId, ui: &mut Ui) {
    let place = match view.debugger.frame() {
        Some((_, frame)) if !frame.function.is_empty() => format!("Evaluate in {}", frame.function),
        Some(_) => "Evaluate in this frame".to_owned(),
        None => "Evaluate".to_owned(),
    };
    let memory = &mut view.memory.evaluate;
    let id = ui.scope_id().with("expression");
    if ui.memory(|memory| memory.has_focus(id)) {
        let (up, down) = ui.input_mut(|input| {
            let none = egui::Modifiers::NONE;
            (input.consume_key(none, Key::ArrowUp), input.consume_key(none, Key::ArrowDown))
        });
        if up || down {
            memory.recall(up);
        }
    }
    let edit = TextEdit::singleline(&mut memory.text)
        .id(id)
        .font(font.clone())
        .hint_text(place.clone())
        .desired_width(f32::INFINITY);
    let response = ui.add(edit);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, place.clone()));
    let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    if entered && !memory.text.trim().is_empty() {
        let text = std::mem::take(&mut memory.text);
        memory.history.retain(|known| *known != text);
        memory.history.push(text.clone());
        memory.shown = None;
        view.debugger.evaluate(&text);
        response.request_focus();
    }
}
