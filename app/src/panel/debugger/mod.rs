//! The debugger: why the run stands still, on which stack, with which variables; watched expressions and breakpoints.

mod breakpoints;
mod door;
mod functions;
mod ignored;
mod loops;
mod stack;
mod threads;
pub mod tree;
mod variables;

use std::collections::{HashMap, HashSet};

use egui::{Align, Color32, Layout, RichText, ScrollArea, Sense, TextWrapMode, Ui, Vec2};
use egui_material_icons::icons;

use super::View;
use super::code::from_column;
use crate::state::debugger::{Paused, When};
use crate::theme::{self, Palette, size};

/// Share of the panel's width that the stack takes.
const STACK_SHARE: f32 = 0.4;

/// The part with the frames.
const STACK: &str = "Stack";

/// Why the run stands still at the word `debugger`.
const STATEMENT: &str = "The statement debugger";

/// What the panel remembers.
#[derive(Default)]
pub struct DebuggerMemory {
    /// Keys of what is open in the tree of variables.
    open: HashSet<String>,
    /// Keys of scopes that were opened by themselves once.
    greeted: HashSet<String>,
    /// The thread that is looked at, and both of these of the other ones.
    thread: u64,
    /// Another one is looked at than before: it is to be seen in the list.
    reveals: bool,
    others: HashMap<u64, (HashSet<String>, HashSet<String>)>,
    /// The value that is being changed.
    edited: Option<tree::Edit>,
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
    /// The keyboard is to come here.
    wants_focus: bool,
    /// Titles of parts that are folded.
    folded: HashSet<&'static str>,
}

impl DebuggerMemory {
    /// The panel is to have the keyboard: the selected frame while the run stands in the code, else what comes first.
    pub fn take_keyboard(&mut self) {
        self.wants_focus = true;
    }

    /// Opens a row of a tree.
    pub fn open(&mut self, key: &str) {
        self.open.insert(key.to_owned());
    }

    /// Remembers what is open in the values of another thread; whether it is another one.
    pub fn look_at_thread(&mut self, number: u64) -> bool {
        if number == self.thread {
            return false;
        }
        let before = (std::mem::take(&mut self.open), std::mem::take(&mut self.greeted));
        self.others.insert(self.thread, before);
        (self.open, self.greeted) = self.others.remove(&number).unwrap_or_default();
        (self.thread, self.edited, self.reveals) = (number, None, true);
        true
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
    draw(view, ui);
    view.memory.debugger.wants_focus = false;
}

fn draw(view: &mut View, ui: &mut Ui) {
    threads::show(view, ui);
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
        let reason = if stands_at_statement(view, &paused) { STATEMENT } else { &paused.reason };
        // Between two callbacks the events say which one comes.
        let reason =
            match view.next_callback().filter(|_| paused.frames.is_empty() && paused.unhandled.is_none()) {
                Some(next) => format!("{reason}: {next}"),
                None => reason.to_owned(),
            };
        ui.add(egui::Label::new(RichText::new(reason).strong().color(color)).truncate());
        let width = ui.available_width();
        let height = ui.available_height();
        ui.horizontal_top(|ui| {
            let left = (width * STACK_SHARE).round();
            ui.allocate_ui(egui::Vec2::new(left, height), |ui| {
                ui.vertical(|ui| {
                    ui.set_width(left);
                    ScrollArea::vertical().id_salt("stack").auto_shrink(false).show(ui, |ui| {
                        part(view, STACK, ui, |view, ui| stack::show(view, &paused, ui));
                        breakpoints::show(view, ui);
                    });
                });
            });
            ui.separator();
            ui.vertical(|ui| variables::show(view, ui));
        });
    });
}

/// Whether the run stands at the word with which a script asks for it. V8 says no more than that it stands.
fn stands_at_statement(view: &View, paused: &Paused) -> bool {
    if paused.reason != Paused::PLAIN {
        return false;
    }
    let spot = paused.frames.first().map(|frame| &frame.spot).filter(|spot| spot.script == view.path());
    let rest = spot.and_then(|spot| {
        let line = view.debugger.line_now(&spot.script, spot.line)?;
        let line = view.document.text.lines().nth(usize::try_from(line).ok()?.checked_sub(1)?)?;
        Some(from_column(line, spot.column))
    });
    rest.is_some_and(|rest| rest.starts_with("debugger"))
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
fn cross(what: &str, ui: &mut Ui) -> bool {
    let cross = RichText::from(icons::ICON_CLOSE).size(size::TEXT).color(theme::of(ui).dim);
    let button = egui::Button::new(cross).frame_when_inactive(false).min_size(Vec2::splat(size::ROW_SMALL));
    let response = ui.add(button);
    let about = format!("Remove: {what}");
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, about.clone()));
    response.on_hover_text("Remove").clicked()
}

/// A row with such a button at its right edge; what does not fit beside it is cut. Whether it was clicked.
fn removable(what: &str, ui: &mut Ui, draw: impl FnOnce(&mut Ui)) -> bool {
    ui.horizontal(|ui| {
        let room = ui.available_width() - size::ROW_SMALL - ui.spacing().item_spacing.x;
        let room = Vec2::new(room, ui.spacing().interact_size.y);
        ui.allocate_ui_with_layout(room, Layout::left_to_right(Align::Center), |ui| {
            ui.style_mut().wrap_mode = Some(TextWrapMode::Truncate);
            ui.set_min_width(room.x);
            draw(ui);
        });
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| cross(what, ui)).inner
    })
    .inner
}

/// A part of the panel that can be folded.
fn part(view: &mut View, title: &'static str, ui: &mut Ui, show: impl FnOnce(&mut View, &mut Ui)) {
    let palette = theme::of(ui);
    // The parts are lists: their rows lie close to each other.
    (ui.spacing_mut().item_spacing.y, ui.spacing_mut().interact_size.y) = (size::THICK, size::ROW);
    let wide = Vec2::new(ui.available_width(), size::ROW_SMALL);
    let (rect, response) = ui.allocate_exact_size(wide, Sense::click());
    let is_first = title != STACK || !view.debugger.stands_in_code();
    if is_first && std::mem::take(&mut view.memory.debugger.wants_focus) {
        response.request_focus();
    }
    if response.has_focus() {
        ui.painter().rect_filled(rect, size::ROUND_SMALL, palette.hovered);
    }
    let folded = &mut view.memory.debugger.folded;
    if response.clicked() && !folded.remove(title) {
        folded.insert(title);
    }
    let is_open = !folded.contains(title);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, title));
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_expanded(is_open));
    let color = if response.hovered() || response.has_focus() { palette.text } else { palette.dim };
    tree::triangle(rect.left_center() + Vec2::new(size::MARK, 0.0), is_open, color, ui);
    let at = rect.left_center() + Vec2::new(size::MARK * 2.0 + size::TIGHT, 0.0);
    let font = egui::FontId::proportional(size::TEXT_SMALL);
    ui.painter().text(at, egui::Align2::LEFT_CENTER, title, font, color);
    if is_open {
        ui.scope(|ui| show(view, ui));
        ui.add_space(size::TIGHT);
    }
}

/// Draws the entries of a list apart from what comes behind it: the field in which one more is added keeps the keyboard only
/// as long as it counts as the same one, however many there are before it.
fn entries<R>(ui: &mut Ui, draw: impl FnOnce(&mut Ui) -> R) -> R {
    ui.scope(draw).inner
}

/// A field in which something is added with Enter: what was entered.
fn add_field(name: &str, text: &mut String, ui: &mut Ui) -> Option<String> {
    let edit = egui::TextEdit::singleline(text).hint_text(name).desired_width(f32::INFINITY);
    let response = ui.add(edit.font(egui::FontId::monospace(size::CODE_SMALL)));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, name));
    let entered = response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
    follow(&response, entered, ui);
    let text = entered.then(|| std::mem::take(text).trim().to_owned())?;
    response.request_focus();
    (!text.is_empty()).then_some(text)
}

/// Keeps what adds to a list in view: in the next frame the list is longer, and it is further down.
fn follow(response: &egui::Response, has_added: bool, ui: &Ui) {
    let id = response.id.with("has added");
    let added = ui.data_mut(|data| data.remove_temp::<bool>(id));
    if added.is_some() {
        response.scroll_to_me(None);
    }
    if has_added {
        ui.data_mut(|data| data.insert_temp(id, true));
    }
}

/// The title of a part.
pub fn title(text: &str, ui: &mut Ui) {
    ui.label(RichText::new(text).size(size::TEXT_SMALL).color(theme::of(ui).dim));
}
