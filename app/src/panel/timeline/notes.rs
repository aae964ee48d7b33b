//! Notes about moments: flags on the ruler with their words.

use egui::{Align2, FontFamily, FontId, Key, Popup, Pos2, Rect, Role, Sense, Shape, Stroke, Ui, Vec2};
use loopscope_protocol::state::duration;

use super::scale::Scale;
use crate::panel::View;
use crate::theme::{self, size};

/// Draws the flags and follows clicks on them.
pub fn show(view: &mut View, scale: &Scale, ruler: Rect, lanes: Rect, ui: &Ui) {
    for number in 0..view.notes.len() {
        flag(view, number, scale, ruler, lanes, ui);
    }
    edit(view, scale, ruler, ui);
}

fn flag(view: &mut View, number: usize, scale: &Scale, ruler: Rect, lanes: Rect, ui: &Ui) {
    let palette = theme::of(ui);
    let note = &view.notes[number];
    let x = scale.moment(note.moment, note.at);
    if x < ruler.left() - size::NEAR || x > ruler.right() + size::NEAR {
        return;
    }
    let painter = ui.painter_at(ruler.union(lanes));
    let ink = palette.warning;
    painter.vline(x, ruler.top()..=lanes.bottom(), Stroke::new(size::LINE, ink.gamma_multiply(0.7)));
    let top = Pos2::new(x, ruler.top() + size::THICK);
    let corners = [Vec2::ZERO, Vec2::new(size::FLAG, size::FLAG * 0.4), Vec2::new(0.0, size::FLAG * 0.8)];
    painter.add(Shape::convex_polygon(corners.map(|corner| top + corner).to_vec(), ink, Stroke::NONE));
    let rect =
        Rect::from_min_size(top - Vec2::new(size::THICK, size::THICK), Vec2::splat(size::FLAG + size::TIGHT));
    let response = ui.interact(rect, ui.scope_id().with(("note", number)), Sense::click());
    let words = if note.text.is_empty() { "Bookmark" } else { &note.text };
    let name = format!("Note at {}: {words}", duration(note.at));
    response.widget_info(|| egui::WidgetInfo::labeled(Role::Button, true, name.clone()));
    if !note.text.is_empty() && view.memory.timeline.editing != Some(number) {
        let font = FontId::new(size::TEXT_SMALL, FontFamily::Proportional);
        let at = Pos2::new(x + size::TIGHT, lanes.top() + size::NEAR);
        let mut job = egui::text::LayoutJob::simple_singleline(note.text.clone(), font, palette.text);
        job.wrap = egui::text::TextWrapping::truncate_at_width(size::NOTE_SHOWN);
        let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
        // At the right end there is room on the other side only.
        let has_room = at.x + galley.size().x <= lanes.right() || x - lanes.left() < galley.size().x;
        let (side, at) = if has_room {
            (Align2::LEFT_CENTER, at)
        } else {
            (Align2::RIGHT_CENTER, Pos2::new(x - size::TIGHT, at.y))
        };
        let back = side.anchor_size(at, galley.size()).expand(size::THICK);
        painter.rect_filled(back, size::ROUND_SMALL as f32, palette.raised);
        painter.galley(back.min + Vec2::splat(size::THICK), galley, palette.text);
    }
    if response.clicked() {
        view.selection.cursor = Some(note.moment);
        view.memory.timeline.edit_note(number);
    }
    response.on_hover_text(name);
}

/// The field in which the words of a note are typed.
fn edit(view: &mut View, scale: &Scale, ruler: Rect, ui: &Ui) {
    let memory = &mut view.memory.timeline;
    let Some(number) = memory.editing else { return };
    let Some(note) = view.notes.get_mut(number) else {
        memory.editing = None;
        return;
    };
    let x = scale.moment(note.moment, note.at).clamp(ruler.left(), ruler.right());
    let at = Pos2::new(x, ruler.bottom());
    let fresh = std::mem::take(&mut memory.fresh_note);
    let (mut done, mut delete) = (false, false);
    let id = ui.scope_id().with("edit note");
    let shown = Popup::new(id, ui.ctx().clone(), at, ui.layer_id()).open(true).show(|ui| {
        ui.horizontal(|ui| {
            let field = egui::TextEdit::singleline(&mut note.text)
                .hint_text("What is to be noted here")
                .desired_width(size::NOTE - size::PRIMARY)
                .show(ui)
                .response
                .response;
            field.widget_info(|| egui::WidgetInfo::labeled(Role::TextInput, true, "Words of the note"));
            if fresh {
                field.request_focus();
            }
            let ended = ui.input(|input| input.key_pressed(Key::Enter) || input.key_pressed(Key::Escape));
            done = field.lost_focus() && ended;
            delete = ui.button("Delete").on_hover_text("Take the note away").clicked();
        });
    });
    let outside = shown.is_some_and(|shown| shown.response.clicked_elsewhere()) && !fresh;
    if delete {
        view.notes.remove(number);
    }
    if done || delete || outside {
        memory.editing = None;
    }
}
