//! Rows that name a callback or a place, and lead there.

use egui::{Align2, CornerRadius, FontFamily, FontId, Pos2, Rect, Role, Sense, Ui, Vec2};
use loopscope_protocol::{PlaceId, TaskId};

use crate::panel::View;
use crate::panel::loop_view::words;
use crate::state::selection::Picked;
use crate::theme::{self, size};
use crate::widget::mark;

/// The title of a part.
pub fn heading(text: &str, ui: &mut Ui) {
    ui.add_space(size::NEAR);
    let font = FontId::new(size::TEXT_SMALL, FontFamily::Name(theme::STRONG.into()));
    ui.label(egui::RichText::new(text).font(font).color(theme::of(ui).dim));
}

/// The name of the callback that is explained; a click goes to its source.
pub fn title(view: &mut View, picked: &Picked, name: &str, ui: &mut Ui) {
    let palette = theme::of(ui);
    let (rect, response) = line(ui, size::ROW + size::TIGHT);
    let font = FontId::new(size::TEXT_TITLE, FontFamily::Name(theme::STRONG.into()));
    mark::kind(
        ui.painter(),
        Pos2::new(rect.left() + size::NEAR, rect.center().y),
        size::MARK,
        picked.kind,
        palette,
    );
    let mut job = egui::text::LayoutJob::simple_singleline(name.to_owned(), font, palette.text);
    job.wrap = egui::text::TextWrapping::truncate_at_width((rect.width() - size::FAR).max(0.0));
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let at = Pos2::new(rect.left() + size::FAR + size::TIGHT, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, palette.text);
    response.widget_info(|| egui::WidgetInfo::labeled(Role::Button, true, format!("Explained: {name}")));
    if response.on_hover_text("Show it in the code").clicked() {
        let callback = picked.callback;
        let is_shown = callback.is_some() && !view.state.names.is_runtimes(callback);
        go(view, if is_shown { callback } else { picked.site });
    }
}

fn line(ui: &mut Ui, height: f32) -> (Rect, egui::Response) {
    let wanted = Vec2::new(ui.available_width(), height);
    ui.allocate_exact_size(wanted, Sense::click())
}

/// Shows a place of the script in the code.
pub fn go(view: &mut View, place: PlaceId) {
    if let Some(place) = view.state.names.place(place) {
        let path = view.state.names.text(place.script);
        view.memory.go_to_spot(path, place.line);
    }
}

/// Draws what lies under the pointer or is pointed at.
fn back(rect: Rect, emphasized: bool, response: &egui::Response, ui: &Ui) {
    let palette = theme::of(ui);
    let round = CornerRadius::same(size::ROUND_SMALL);
    if emphasized {
        ui.painter().rect_filled(rect, round, palette.selection);
    } else if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, round, palette.hovered);
    }
}

/// Words with a note at the right end.
fn text(rect: Rect, name: &str, note: &str, ui: &Ui) {
    let palette = theme::of(ui);
    let font = FontId::new(size::TEXT_SMALL, FontFamily::Proportional);
    let right = Pos2::new((rect.right() - size::TIGHT).min(rect.left() + size::NOTED), rect.center().y);
    let noted = ui.painter().text(right, Align2::RIGHT_CENTER, note, font, palette.dim);
    let inside = Rect::from_x_y_ranges(rect.left()..=noted.left() - size::NEAR, rect.y_range());
    words(ui.painter(), name, inside, palette.text);
}

/// A callback; a click selects it.
pub fn task(view: &mut View, picked: Picked, name: &str, note: &str, ui: &mut Ui) {
    let (rect, response) = line(ui, size::ROW);
    back(rect, view.selection.emphasizes(picked.task), &response, ui);
    let palette = theme::of(ui);
    mark::kind(
        ui.painter(),
        Pos2::new(rect.left() + size::NEAR, rect.center().y),
        size::MARK,
        picked.kind,
        palette,
    );
    let inside = Rect::from_min_max(Pos2::new(rect.left() + size::FAR + size::TIGHT, rect.top()), rect.max);
    text(inside, name, note, ui);
    response.widget_info(|| egui::WidgetInfo::labeled(Role::Button, true, format!("{name} {note}").trim()));
    if response.hovered() {
        view.selection.hovered = Some(picked);
    }
    if response.clicked() {
        view.selection.selected = Some(picked);
        view.memory.reveal(&picked);
    }
}

/// Something that is no callback, with the place where it began; a click goes there and selects who began it.
pub fn thing(view: &mut View, (name, note): (&str, &str), place: PlaceId, by: TaskId, ui: &mut Ui) {
    let (rect, response) = line(ui, size::ROW);
    back(rect, false, &response, ui);
    let inside = Rect::from_min_max(Pos2::new(rect.left() + size::TIGHT, rect.top()), rect.max);
    text(inside, name, note, ui);
    response.widget_info(|| egui::WidgetInfo::labeled(Role::Button, true, format!("{name} {note}").trim()));
    if response.clicked() {
        go(view, place);
        if let Some(picked) = view.find(by) {
            view.selection.selected = Some(picked);
        }
    }
}
