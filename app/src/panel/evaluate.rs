//! Expressions that are evaluated in the run: in the selected frame while it stands still, globally otherwise.

use std::sync::Arc;

use egui::{
    CompletionPopup, Event, FontFamily, FontId, Galley, Key, KeyboardShortcut, Modifiers, RichText,
    ScrollArea, Sense, Suggestion, TextBuffer, TextEdit, Ui,
};

use super::debugger::tree::{self, Row};
use super::{View, code, layout};
use crate::state::debugger::complete::fitting;
use crate::state::debugger::{Debugger, Shown, names};
use crate::theme::{self, size};

/// Names that are suggested.
const SUGGESTED: usize = 60;

/// Lines that are shown of what is being typed before it scrolls.
const LINES_MOST: usize = 8;

/// What the panel remembers.
#[derive(Default)]
pub struct EvaluateMemory {
    /// What is being typed.
    text: String,
    /// What was typed before, oldest first.
    history: Vec<String>,
    /// Which of it is shown.
    shown: Option<usize>,
    /// What was typed when history was first looked at.
    draft: String,
    /// Whether names are being suggested, and whether one was chosen with the arrows.
    suggests: bool,
    chose: bool,
    /// The keyboard is to come to the field.
    wants_focus: bool,
}

impl EvaluateMemory {
    /// The field is to have the keyboard.
    pub fn take_keyboard(&mut self) {
        self.wants_focus = true;
    }

    /// Shows what was typed before or after.
    fn recall(&mut self, back: bool) {
        let last = self.history.len();
        if self.shown.is_none() {
            self.draft.clone_from(&self.text);
        }
        let at = self.shown.unwrap_or(last);
        let at = if back { at.saturating_sub(1) } else { (at + 1).min(last) };
        self.shown = (at < last).then_some(at);
        self.text = self.history.get(at).cloned().unwrap_or_else(|| std::mem::take(&mut self.draft));
    }
}

/// A line of the list.
enum Line {
    /// A line of what was typed, and whether it is the first one.
    Typed(String, bool),
    /// A value, or a part of one.
    Value(Box<Row>),
    /// Something else that is said.
    Said(String),
}

/// Draws the panel.
pub fn show(view: &mut View, ui: &mut Ui) {
    if view.progress.is_none() {
        layout::empty(ui, "Expressions are evaluated in the run once there is one.");
        return;
    }
    egui::Frame::new().inner_margin(size::NEAR).show(ui, |ui| {
        egui::Panel::bottom("expression")
            .frame(egui::Frame::new())
            .resizable(false)
            .show_separator_line(false)
            .show(ui, |ui| {
                preview(view, ui);
                field(view, ui);
            });
        list(view, ui);
    });
}

/// What was typed, and what came of it.
fn list(view: &mut View, ui: &mut Ui) {
    let palette = theme::of(ui);
    let mut memory = std::mem::take(&mut view.memory.debugger);
    let lines = lines(view.debugger, &memory);
    ui.spacing_mut().item_spacing.y = 0.0;
    let area = ScrollArea::both().id_salt("evaluated").auto_shrink(false).stick_to_bottom(true);
    // Below the rows, which have menus of their own.
    let whole =
        ui.interact(ui.available_rect_before_wrap(), ui.scope_id().with("evaluated menu"), Sense::click());
    area.show_rows(ui, size::ROW_SMALL, lines.len(), |ui, range| {
        for line in &lines[range] {
            match line {
                Line::Value(row) => tree::draw(view, &mut memory, row, ui),
                Line::Typed(text, is_first) => typed(text, *is_first, ui),
                Line::Said(text) => {
                    ui.horizontal(|ui| {
                        ui.set_height(size::ROW_SMALL);
                        ui.add_space(size::MARK * 2.0);
                        let text = RichText::new(text).size(size::TEXT_SMALL).italics().color(palette.dim);
                        ui.label(text);
                    });
                }
            }
        }
    });
    view.memory.debugger = memory;
    whole.context_menu(|ui| {
        if ui.button("Clear").clicked() {
            view.debugger.clear_entries();
            ui.close();
        }
    });
}

fn lines(debugger: &mut Debugger, memory: &super::debugger::DebuggerMemory) -> Vec<Line> {
    let mut lines = Vec::new();
    for entry in debugger.entries().to_vec() {
        let typed = entry.expression.lines().enumerate();
        lines.extend(typed.map(|(index, line)| Line::Typed(line.to_owned(), index == 0)));
        match entry.result {
            None if entry.waits => lines.push(Line::Said("waits until the run goes on".to_owned())),
            None => lines.push(Line::Said("…".to_owned())),
            Some(Ok(shown)) => {
                let mut rows = Vec::new();
                let row = Row::root(&format!("e{}", entry.number), "", shown, memory);
                tree::push(debugger, memory, row, None, &mut rows);
                lines.extend(rows.into_iter().map(|row| Line::Value(Box::new(row))));
            }
            Some(Err(text)) => {
                let shown = Shown::said(text, "error");
                let row = Row::root(&format!("e{}", entry.number), "", shown, memory);
                lines.push(Line::Value(Box::new(row)));
            }
        }
    }
    lines
}

fn typed(text: &str, is_first: bool, ui: &mut Ui) {
    let palette = theme::of(ui);
    ui.spacing_mut().interact_size.y = size::ROW_SMALL;
    ui.horizontal(|ui| {
        ui.set_height(size::ROW_SMALL);
        ui.spacing_mut().item_spacing.x = size::TIGHT;
        let (rect, _) = ui.allocate_exact_size(egui::Vec2::splat(size::MARK * 2.0), Sense::hover());
        if is_first {
            let font = FontId::new(size::CODE_SMALL, FontFamily::Monospace);
            ui.painter().text(rect.center(), egui::Align2::CENTER_CENTER, "›", font, palette.accent);
        }
        ui.add(egui::Label::new(code::colored(text, size::CODE_SMALL, palette)).extend());
    });
}

/// The value of what is being typed, when it can be known without doing anything.
fn preview(view: &mut View, ui: &mut Ui) {
    let palette = theme::of(ui);
    let typed = &view.memory.evaluate.text;
    let shown = view.debugger.preview(typed).filter(|shown| shown.text != *typed).cloned();
    ui.horizontal(|ui| {
        ui.set_height(size::ROW_SMALL);
        let Some(shown) = shown else { return };
        ui.add_space(size::NEAR);
        let text = RichText::new(format!("= {}", shown.text)).size(size::CODE_SMALL).monospace();
        ui.add(egui::Label::new(text.color(palette.dim).italics()).truncate());
    });
}

fn field(view: &mut View, ui: &mut Ui) {
    let place = match view.debugger.frame() {
        Some((_, frame)) if !frame.function.is_empty() => format!("Evaluate in {}", frame.function),
        Some(_) => "Evaluate in this frame".to_owned(),
        None => "Evaluate".to_owned(),
    };
    let palette = theme::of(ui);
    let font = FontId::new(size::CODE, FontFamily::Monospace);
    let id = ui.scope_id().with("expression");
    let memory = &mut view.memory.evaluate;
    let has_focus = ui.memory(|memory| memory.has_focus(id));
    let entered = has_focus && keys(memory, id, ui);
    let debugger = &mut *view.debugger;
    let suggest = |query: &egui::CompletionQuery| suggestions(debugger, query);
    let rows = memory.text.split('\n').count().min(LINES_MOST);
    let mut layouter = |ui: &Ui, text: &dyn TextBuffer, _width: f32| -> Arc<Galley> {
        ui.fonts_mut(|fonts| fonts.layout_job(code::colored(text.as_str(), size::CODE, palette)))
    };
    let edit = TextEdit::multiline(&mut memory.text)
        .font(font)
        .hint_text(place.clone())
        .desired_rows(rows)
        .desired_width(f32::INFINITY)
        .return_key(KeyboardShortcut::new(Modifiers::SHIFT, Key::Enter))
        .layouter(&mut layouter);
    let is_word = |one: char| one.is_alphanumeric() || matches!(one, '_' | '$');
    let accept = if memory.chose { vec![Key::Tab, Key::Enter] } else { vec![Key::Tab] };
    let output = CompletionPopup::new(id)
        .word_boundary(move |one| !is_word(one))
        .accept_keys(accept)
        .show(ui, edit, suggest);
    let response = output.text_edit.response.response;
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, place.clone()));
    memory.suggests = output.is_open;
    if std::mem::take(&mut memory.wants_focus) {
        response.request_focus();
    }
    if response.changed() || output.accepted.is_some() {
        (memory.chose, memory.shown) = (false, None);
    }
    if entered {
        let text = std::mem::take(&mut memory.text);
        memory.history.retain(|known| *known != text);
        memory.history.push(text.clone());
        (memory.shown, memory.chose) = (None, false);
        view.debugger.evaluate(text.trim_end());
        response.request_focus();
    }
}

/// Takes the keys that the field does not know. Whether what was typed is to be evaluated.
fn keys(memory: &mut EvaluateMemory, id: egui::Id, ui: &Ui) -> bool {
    let pressed = |key| ui.input(|input| input.modifiers.is_none() && input.key_pressed(key));
    if memory.suggests {
        memory.chose |= pressed(Key::ArrowUp) || pressed(Key::ArrowDown);
        if memory.chose && pressed(Key::Enter) {
            return false;
        }
    } else {
        let cursor = egui::text_edit::TextEditState::load(ui.ctx(), id);
        let cursor = cursor.and_then(|state| state.cursor.char_range()).map(|range| range.primary.index.0);
        let lines_before = |at: usize| memory.text.chars().take(at).filter(|one| *one == '\n').count();
        let line = cursor.map_or(0, lines_before);
        let is_last = line == memory.text.matches('\n').count();
        let take = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let back = line == 0 && take(Key::ArrowUp);
        if back || is_last && take(Key::ArrowDown) {
            memory.recall(back);
            let end = egui::text::CCursor::new(memory.text.chars().count());
            if let Some(mut state) = egui::text_edit::TextEditState::load(ui.ctx(), id) {
                state.cursor.set_char_range(Some(egui::text::CCursorRange::one(end)));
                state.store(ui.ctx(), id);
            }
        }
    }
    if !pressed(Key::Enter) {
        return false;
    }
    let is_unfinished = names::is_unfinished(&memory.text);
    ui.input_mut(|input| {
        input.events.retain_mut(|event| match event {
            Event::Key { key: Key::Enter, pressed: true, modifiers, .. } => {
                // The field begins another line with Shift.
                *modifiers = Modifiers::SHIFT;
                is_unfinished
            }
            _ => true,
        });
    });
    !is_unfinished && !memory.text.trim().is_empty()
}

/// Names that go on with what was typed.
fn suggestions(debugger: &mut Debugger, query: &egui::CompletionQuery) -> Vec<Suggestion> {
    let at = query.word_range.end.0;
    let offset = query.text.char_indices().nth(at).map_or(query.text.len(), |found| found.0);
    let Some((object, _)) = names::completing(query.text, offset) else { return Vec::new() };
    if object.is_none() && query.word.is_empty() {
        return Vec::new();
    }
    let all = debugger.complete(object);
    fitting(&all, query.word)
        .into_iter()
        .take(SUGGESTED)
        .map(|candidate| {
            let name = RichText::new(&candidate.name).monospace().size(size::CODE_SMALL);
            let origin = RichText::new(candidate.origin.name()).size(size::TEXT_SMALL);
            Suggestion::new(candidate.name.clone()).content(name).description(origin)
        })
        .collect()
}
