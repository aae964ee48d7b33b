//! The debugger: why the run stands still, on which stack, with which variables; watched expressions and breakpoints.

mod breakpoints;
mod functions;
mod ignored;
mod loops;
mod stack;
pub mod tree;
mod variables;

use std::collections::HashSet;

use egui::{Color32, RichText, ScrollArea, Ui};

use super::View;
use crate::state::debugger::When;
use crate::theme::{self, Palette, size};

/// Share of the panel's width that the stack takes.
const STACK_SHARE: f32 = 0.4;

/// What the panel remembers.
#[derive(Default)]
pub struct DebuggerMemory {
    /// Keys of what is open in the tree of variables.
    open: HashSet<String>,
    /// Keys of scopes that were opened by themselves once.
    greeted: HashSet<String>,
    /// The value that is being changed: its key and the expression.
    edited: Option<(String, String)>,
    /// The breakpoint of the loop that is being made.
    when: Option<When>,
    /// The expression that is to be watched.
    watch: String,
    /// The function in which the run is to be held.
    function: String,
    /// The path that is to be passed over.
    pattern: String,
    /// Whether frames are shown that are passed over.
    shows_ignored: bool,
}

impl DebuggerMemory {
    /// Opens a row of a tree.
    pub fn open(&mut self, key: &str) {
        self.open.insert(key.to_owned());
    }

    /// Whether a row is seen for the first time.
    pub fn greet(&mut self, key: &str) -> bool {
        self.greeted.insert(key.to_owned())
    }

    /// Forgets which rows of a tree are open.
    pub fn forget(&mut self, root: &str) {
        let is_of = |key: &String| key == root || key.starts_with(&format!("{root}/"));
        self.open.retain(|key| !is_of(key));
        self.greeted.retain(|key| !is_of(key));
    }
}

/// Draws the panel.
pub fn show(view: &mut View, ui: &mut Ui) {
    let Some(paused) = view.debugger.paused().cloned() else {
        ScrollArea::vertical().id_salt("debugger").auto_shrink(false).show(ui, |ui| {
            egui::Frame::new().inner_margin(size::NEAR).show(ui, |ui| {
                let text = "Stack and variables appear here while the run stands still. \
                            Click beside a line number, or press F9, for a breakpoint.";
                ui.label(RichText::new(text).color(theme::of(ui).dim));
                ui.add_space(size::NEAR);
                breakpoints::show(view, ui);
            });
        });
        return;
    };
    egui::Frame::new().inner_margin(size::NEAR).show(ui, |ui| {
        let palette = theme::of(ui);
        let color = if paused.is_exception { palette.error } else { palette.text };
        ui.label(RichText::new(&paused.reason).strong().color(color));
        let width = ui.available_width();
        let height = ui.available_height();
        ui.horizontal_top(|ui| {
            let left = (width * STACK_SHARE).round();
            ui.allocate_ui(egui::Vec2::new(left, height), |ui| {
                ui.vertical(|ui| {
                    ui.set_width(left);
                    ScrollArea::vertical().id_salt("stack").auto_shrink(false).show(ui, |ui| {
                        stack::show(view, &paused, ui);
                        ui.add_space(size::NEAR);
                        breakpoints::show(view, ui);
                    });
                });
            });
            ui.separator();
            ui.vertical(|ui| variables::show(view, ui));
        });
    });
}

/// Colour of a value of a kind.
pub fn color(palette: &Palette, kind: &str) -> Color32 {
    match kind {
        "string" => palette.code_string,
        "number" | "bigint" | "boolean" => palette.code_number,
        "function" => palette.code_function,
        "undefined" | "null" | "accessor" => palette.dim,
        _ => palette.text,
    }
}

/// A small button that takes something away. Whether it was clicked.
fn remove(what: &str, ui: &mut Ui) -> bool {
    let text = RichText::new("remove").size(size::TEXT_SMALL).color(theme::of(ui).dim);
    let response = ui.link(text);
    let about = format!("Remove: {what}");
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, about.clone()));
    response.clicked()
}

/// A field in which something is added with Enter: what was entered.
fn add_field(name: &str, text: &mut String, ui: &mut Ui) -> Option<String> {
    let edit = egui::TextEdit::singleline(text).hint_text(name).desired_width(f32::INFINITY);
    let response = ui.add(edit.font(egui::FontId::monospace(size::CODE_SMALL)));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, name));
    let entered = response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
    let text = entered.then(|| std::mem::take(text).trim().to_owned())?;
    response.request_focus();
    (!text.is_empty()).then_some(text)
}

/// The title of a part.
pub fn title(text: &str, ui: &mut Ui) {
    ui.label(RichText::new(text).size(size::TEXT_SMALL).color(theme::of(ui).dim));
}
