//! Notes about moments: flags on the ruler with their words.

use egui::{Align2, FontFamily, FontId, Key, Popup, Pos2, Rect, Role, Sense, Shape, Stroke, Ui, Vec2};
use loopscope_protocol::state::duration;
use loopscope_trace::Note;

use super::scale::Scale;
use crate::panel::View;
use crate::theme::{self, size};

/// Draws the flags and follows clicks on them.
pub fn show(view: &mut View, scale: &Scale, ruler: Rect, lanes: Rect, ui: &Ui) {
    let flags: Vec<Flag> = view.notes.iter().map(|note| Flag::new(note, scale, lanes, ui)).collect();
    for number in 0..view.notes.len() {
        flag(view, number, &flags, (ruler, lanes), ui);
    }
    edit(view, scale, ruler, ui);
}

/// Where the flags of notes stand on the ruler: nothing else can be read there.
pub fn places(notes: &[Note], scale: &Scale, ruler: Rect) -> Vec<Rect> {
    notes.iter().map(|note| place(scale.moment(note.moment, note.at), ruler)).collect()
}

/// Where a flag at `x` stands.
fn place(x: f32, ruler: Rect) -> Rect {
    let top = Pos2::new(x, ruler.top() + size::THICK);
    Rect::from_min_size(top - Vec2::new(size::THICK, size::THICK), Vec2::splat(size::FLAG + size::TIGHT))
}

/// Where a note stands.
#[derive(Debug, Clone, Copy)]
struct Flag {
    x: f32,
    /// Where its words go: 1 to the right, −1 to the left.
    way: f32,
}

impl Flag {
    fn new(note: &Note, scale: &Scale, lanes: Rect, ui: &Ui) -> Self {
        let x = scale.moment(note.moment, note.at);
        let whole = layout(&note.text, size::NOTE_SHOWN, ui).size().x;
        // At the right end there is room on the other side only.
        let goes_right = x + size::TIGHT + whole <= lanes.right() || x - lanes.left() < whole;
        Self { x, way: if goes_right { 1.0 } else { -1.0 } }
    }

    /// Room for its words beside the others: words upon words cannot be read.
    fn room(self, flags: &[Self]) -> f32 {
        let rooms = flags.iter().filter_map(|other| {
            let away = (other.x - self.x) * self.way;
            // Between two whose words go to each other both have a half.
            let part = if other.way == self.way { 1.0 } else { 0.5 };
            (away > 0.0).then_some(away * part)
        });
        rooms.fold(f32::INFINITY, f32::min) - 2.0 * size::TIGHT
    }
}

/// The words of a note in at most so much room.
fn layout(text: &str, room: f32, ui: &Ui) -> std::sync::Arc<egui::Galley> {
    let font = FontId::new(size::TEXT_SMALL, FontFamily::Proportional);
    let mut job = egui::text::LayoutJob::simple_singleline(text.to_owned(), font, theme::of(ui).text);
    job.wrap = egui::text::TextWrapping::truncate_at_width(room.min(size::NOTE_SHOWN));
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}

/// The flag of a note; `flags` are those of all.
fn flag(view: &mut View, number: usize, flags: &[Flag], (ruler, lanes): (Rect, Rect), ui: &Ui) {
    let palette = theme::of(ui);
    let note = &view.notes[number];
    let Flag { x, way } = flags[number];
    if x < ruler.left() - size::NEAR || x > ruler.right() + size::NEAR {
        return;
    }
    let painter = ui.painter_at(ruler.union(lanes));
    let ink = palette.warning;
    painter.vline(x, ruler.top()..=lanes.bottom(), Stroke::new(size::LINE, ink.gamma_multiply(0.7)));
    let top = Pos2::new(x, ruler.top() + size::THICK);
    let corners = [Vec2::ZERO, Vec2::new(size::FLAG, size::FLAG * 0.4), Vec2::new(0.0, size::FLAG * 0.8)];
    painter.add(Shape::convex_polygon(corners.map(|corner| top + corner).to_vec(), ink, Stroke::NONE));
    let response = ui.interact(place(x, ruler), ui.scope_id().with(("note", number)), Sense::click());
    let words = if note.text.is_empty() { "Bookmark" } else { &note.text };
    let name = format!("Note at {}: {words}", duration(note.at));
    response.widget_info(|| egui::WidgetInfo::labeled(Role::Button, true, name.clone()));
    if !note.text.is_empty() && view.memory.timeline.editing != Some(number) {
        let room = flags[number].room(flags);
        if room >= size::SLICE_NAME {
            let galley = layout(&note.text, room, ui);
            let side = if way > 0.0 { Align2::LEFT_CENTER } else { Align2::RIGHT_CENTER };
            let at = Pos2::new(x + size::TIGHT * way, ruler.bottom() + size::NOTE_WORDS / 2.0);
            let back = side.anchor_size(at, galley.size()).expand(size::THICK);
            painter.rect_filled(back, size::ROUND_SMALL as f32, palette.raised);
            painter.galley(back.min + Vec2::splat(size::THICK), galley, palette.text);
        }
    }
    if response.clicked() {
        view.selection.go_to_note(note);
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
