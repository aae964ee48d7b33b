//! The bar above the ruler: what is looked for, and how the axis goes.

use egui::{Align, Button, Key, Layout, Rect, RichText, Ui, UiBuilder, Vec2};
use egui_material_icons::{MaterialIcon, icons};
use loopscope_protocol::Nanos;

use super::scale::{Scale, Shown};
use super::{Jump, TimelineMemory};
use crate::state::timeline::axis::{Axis, AxisMode};
use crate::theme::{self, size};

/// A small button with a picture and a name.
pub fn button(icon: MaterialIcon, name: &str, selected: bool, enabled: bool, ui: &mut Ui) -> bool {
    let palette = theme::of(ui);
    let ink = if selected { palette.accent } else { palette.text };
    let picture = RichText::from(icon).size(size::ICON_SMALL);
    let picture = if enabled { picture.color(ink) } else { picture };
    let button = Button::new(picture)
        .selected(selected)
        .frame_when_inactive(selected)
        .min_size(Vec2::splat(size::BUTTON_SMALL));
    let response = ui.add_enabled(enabled, button);
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, enabled, selected, name));
    response.on_hover_text(name).clicked()
}

/// Draws the bar with `transport` at its left end. Returns whether the stack is to be looked at now and then, or no longer.
pub fn show(
    memory: &mut TimelineMemory,
    scale: &Scale,
    end: Nanos,
    area: Rect,
    transport: impl FnOnce(&mut Ui),
    is_sampling: bool,
    ui: &mut Ui,
) -> bool {
    let mut samples = false;
    ui.scope_builder(UiBuilder::new().max_rect(area), |ui| {
        ui.spacing_mut().item_spacing.x = size::THICK;
        ui.spacing_mut().button_padding = Vec2::splat(size::THICK);
        ui.spacing_mut().interact_size.y = size::BUTTON_SMALL;
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            transport(ui);
            search(memory, ui);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                axis(memory, scale, end, ui);
                ui.separator();
                samples = button(icons::ICON_WATERFALL_CHART, SAMPLE, is_sampling, true, ui);
            });
        });
    });
    samples
}

fn search(memory: &mut TimelineMemory, ui: &mut Ui) {
    let palette = theme::of(ui);
    // The buttons at the right end come first.
    let room = (ui.available_width() - size::AXIS_BUTTONS).max(size::FAR);
    let width = (ui.available_width() * 0.34).clamp(size::SEARCH_LEAST, size::SEARCH_MOST).min(room);
    let field = egui::TextEdit::singleline(&mut memory.search)
        .hint_text("Find: name, >5ms, kind:timers, op:read…")
        .font(egui::FontId::new(size::TEXT_SMALL, egui::FontFamily::Proportional))
        .desired_width(width)
        .align(egui::Align2::LEFT_CENTER)
        .show(ui)
        .response
        .response;
    field.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Find in the timeline"));
    if std::mem::take(&mut memory.wants_search) {
        field.request_focus();
    }
    memory.finder.set(&memory.search);
    let (enter, back) = ui.input(|input| (input.key_pressed(Key::Enter), input.modifiers.shift));
    if field.lost_focus() && enter {
        field.request_focus();
        memory.jump = Some(if back { Jump::Previous } else { Jump::Next });
    }
    if !memory.finder.is_active() {
        field.on_hover_text(HELP);
        return;
    }
    let any = memory.finder.count > 0;
    if button(icons::ICON_KEYBOARD_ARROW_UP, "Previous match", false, any, ui) {
        memory.jump = Some(Jump::Previous);
    }
    if button(icons::ICON_KEYBOARD_ARROW_DOWN, "Next match", false, any, ui) {
        memory.jump = Some(Jump::Next);
    }
    let more = if memory.finder.is_done { "" } else { "…" };
    let count = memory.finder.count;
    let text = match memory.finder.place() {
        Some(place) => format!("{place} of {count}{more}"),
        None if count == 0 && memory.finder.is_done => "nothing fits".to_owned(),
        None if count == 1 => format!("1 match{more}"),
        None => format!("{count} matches{more}"),
    };
    ui.add_space(size::TIGHT);
    ui.add(egui::Label::new(RichText::new(text).size(size::TEXT_SMALL).color(palette.dim)).truncate());
}

/// What the switch does.
const SAMPLE: &str = "Sample the stack: which functions run inside the callbacks";

/// What can be typed.
const HELP: &str = "Words look in names, files and output. All of these have to fit:\n\
>5ms  <200us   lasts longer, less long\n\
kind:timers   the kind of callback\n\
file:app.js   the file of the callback\n\
op:read  on:/tmp   an operation, what it works on\n\
threw   what threw or failed\n\
F3 goes to the next match, Shift+F3 to the previous one.";

fn axis(memory: &mut TimelineMemory, scale: &Scale, end: Nanos, ui: &mut Ui) {
    let mode = memory.mode;
    let mut wanted = mode;
    if button(icons::ICON_FIT_WIDTH, "Show the whole run", memory.shown == Shown::Whole, true, ui) {
        memory.fit();
    }
    ui.separator();
    if button(icons::ICON_COMPRESS, "Shorten idle times", mode == AxisMode::Busy, true, ui) {
        wanted = if mode == AxisMode::Busy { AxisMode::Wall } else { AxisMode::Busy };
    }
    let order = "Every event is one step wide";
    if button(icons::ICON_FORMAT_LIST_NUMBERED, order, mode == AxisMode::Order, true, ui) {
        wanted = if mode == AxisMode::Order { AxisMode::Wall } else { AxisMode::Order };
    }
    if wanted != mode {
        change(memory, scale, wanted, end);
    }
}

/// The same stretch of time on another axis.
pub fn change(memory: &mut TimelineMemory, scale: &Scale, wanted: AxisMode, end: Nanos) {
    let window = scale.window();
    memory.mode = wanted;
    if memory.shown != Shown::Whole {
        let axis: Axis = scale.axis.with_mode(wanted);
        let from = axis.position(window.start);
        let length = axis.position(window.end) - from;
        memory.shown = Shown::chosen(from, length, axis.position(end), wanted, true);
    }
}
