//! Pending I/O: every operation in flight, on what, for how long, and which thread of the pool works on it.

use egui::{Align2, CornerRadius, FontFamily, FontId, Pos2, Rect, ScrollArea, Sense, Ui, Vec2};
use loopscope_protocol::state::{Op, duration};
use loopscope_protocol::{HandleId, OpId};

use super::{View, layout, loops};
use crate::panel::loop_view;
use crate::state::moment::Thing;
use crate::state::selection::Picked;
use crate::theme::{self, size};

/// Parts of the width that the columns begin at: operation, on what, bytes, time, thread.
const COLUMNS: [(f32, &str); 5] =
    [(0.0, "operation"), (0.24, "on"), (0.66, "bytes"), (0.78, "for"), (0.9, "thread")];

/// Draws the panel.
pub fn show(view: &mut View, ui: &mut Ui) {
    if view.progress.is_none() {
        layout::empty(ui, "Files, timers and sockets the script waits for.");
        return;
    }
    loops::show(view, ui);
    slots(view, ui);
    let io = &view.state.io;
    if io.ops.is_empty() && io.handles.is_empty() {
        let palette = theme::of(ui);
        let text = match (io.completed, io.failed) {
            (0, _) => "Nothing in flight.".to_owned(),
            (1, 1) => "Nothing in flight. The only operation failed.".to_owned(),
            (completed, 0) => format!("Nothing in flight. {completed} completed."),
            (completed, failed) => {
                format!("Nothing in flight. {completed} completed, {failed} of them failed.")
            }
        };
        let font = FontId::new(size::TEXT, FontFamily::Proportional);
        let at = Pos2::new(ui.max_rect().left() + size::FAR, ui.cursor().top() + size::ROW);
        ui.painter().text(at, Align2::LEFT_CENTER, text, font, palette.dim);
        return;
    }
    header(ui);
    let ops: Vec<(OpId, Op)> = io.ops.iter().map(|(id, op)| (*id, op.clone())).collect();
    let handles: Vec<_> = io.handles.iter().map(|(id, handle)| (*id, handle.clone())).collect();
    let count = ops.len() + handles.len();
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::vertical().id_salt("pending").auto_shrink(false).show_rows(
        ui,
        size::ROW,
        count,
        |ui, rows| {
            for index in rows {
                match ops.get(index) {
                    Some((id, op)) => operation(view, *id, op, ui),
                    None => {
                        let (id, open) = &handles[index - ops.len()];
                        handle(view, *id, open, ui);
                    }
                }
            }
        },
    );
}

/// The threads of the pool, busy ones filled.
fn slots(view: &View, ui: &mut Ui) {
    let palette = theme::of(ui);
    let state = view.state;
    let wanted = Vec2::new(ui.available_width(), size::ROW + size::TIGHT);
    let (rect, response) = ui.allocate_exact_size(wanted, Sense::hover());
    let font = FontId::new(size::TEXT_SMALL, FontFamily::Proportional);
    let left = Pos2::new(rect.left() + size::FAR, rect.center().y);
    let name = ui.painter().text(left, Align2::LEFT_CENTER, "Thread pool", font.clone(), palette.dim);
    let busy = state.io.slots.iter().filter(|slot| slot.is_some()).count();
    let text = format!("Thread pool: {busy} of {} threads seen are busy", state.io.slots.len());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, text.clone()));
    if state.io.slots.is_empty() {
        let at = name.right_center() + Vec2::new(size::NEAR, 0.0);
        ui.painter().text(at, Align2::LEFT_CENTER, "no thread was busy", font.clone(), palette.faint);
    }
    for (index, slot) in state.io.slots.iter().enumerate() {
        let side = size::ROW - size::NEAR;
        let x = name.right() + size::NEAR + index as f32 * (side + size::TIGHT);
        if x + side > rect.right() {
            break;
        }
        let cell = Rect::from_min_size(Pos2::new(x, rect.center().y - side / 2.0), Vec2::splat(side));
        let fill = if slot.is_some() { palette.io } else { palette.raised };
        let ink = if slot.is_some() { palette.base } else { palette.dim };
        ui.painter().rect_filled(cell, CornerRadius::same(size::ROUND_SMALL), fill);
        ui.painter().text(cell.center(), Align2::CENTER_CENTER, index, font.clone(), ink);
    }
    response.on_hover_text("File operations run on threads of the pool (UV_THREADPOOL_SIZE, 4 unless set).");
}

fn header(ui: &mut Ui) {
    let texts = COLUMNS.map(|(_, name)| name.to_owned());
    let (rect, _) =
        ui.allocate_exact_size(Vec2::new(ui.available_width(), size::ROW - size::TIGHT), Sense::hover());
    cells(&texts, rect, theme::of(ui).faint, FontFamily::Proportional, ui);
}

fn cells(texts: &[String; 5], rect: Rect, ink: egui::Color32, family: FontFamily, ui: &Ui) {
    let inner = rect.shrink2(Vec2::new(size::FAR, 0.0));
    for (index, text) in texts.iter().enumerate() {
        let left = inner.left() + inner.width() * COLUMNS[index].0;
        let right = COLUMNS
            .get(index + 1)
            .map_or(inner.right(), |next| inner.left() + inner.width() * next.0 - size::NEAR);
        let cell = Rect::from_x_y_ranges(left..=right, rect.y_range());
        let font = if family == FontFamily::Proportional { size::TEXT_SMALL } else { size::CODE_SMALL };
        let mut job =
            egui::text::LayoutJob::simple_singleline(text.clone(), FontId::new(font, family.clone()), ink);
        job.wrap = egui::text::TextWrapping::truncate_at_width(cell.width().max(0.0));
        let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
        let top = cell.center().y - galley.size().y / 2.0;
        ui.painter().galley(Pos2::new(cell.left(), top), galley, ink);
    }
}

fn operation(view: &mut View, id: OpId, op: &Op, ui: &mut Ui) {
    let palette = theme::of(ui);
    let state = view.state;
    let name = state.names.text(op.name).to_owned();
    let target = state.names.text(op.target).to_owned();
    let took = duration(view.now().saturating_sub(op.since));
    let bytes = if op.bytes == 0 { String::new() } else { op.bytes.to_string() };
    // Whatever is on no thread although one is free does not wait for one, such as what sockets do.
    let all_busy = !state.io.slots.is_empty() && state.io.slots.iter().all(Option::is_some);
    let thread = match op.slot {
        Some(slot) => slot.to_string(),
        None if all_busy => "queued".to_owned(),
        None => String::new(),
    };
    let (rect, response) = ui.allocate_exact_size(Vec2::new(ui.available_width(), size::ROW), Sense::click());
    let spoken = format!("{name} {target}, for {took}");
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, spoken.clone()));
    if view.selection.emphasizes(op.task) {
        ui.painter().rect_filled(rect, CornerRadius::ZERO, palette.selection);
    } else if response.hovered() {
        ui.painter().rect_filled(rect, CornerRadius::ZERO, palette.hovered);
    }
    loop_view::changed(view, Thing::Op(id), rect.shrink(size::LINE), ui.painter());
    cells(&[name, target.clone(), bytes, took, thread], rect, palette.text, FontFamily::Monospace, ui);
    if let Some(picked) = Picked::alive(state, op.task) {
        if response.hovered() {
            view.selection.hovered = Some(picked);
        }
        if response.clicked() {
            view.selection.selected = Some(picked);
        }
    }
    response.on_hover_text(format!("operation {} on {target}", id.0));
    loop_view::keep_time(view, ui);
}

/// Bytes in and out; nothing while there are none.
fn both_ways(read: u64, written: u64) -> String {
    match (read, written) {
        (0, 0) => String::new(),
        (read, 0) => format!("↓{read}"),
        (0, written) => format!("↑{written}"),
        (read, written) => format!("↓{read} ↑{written}"),
    }
}

fn handle(view: &View, id: HandleId, handle: &loopscope_protocol::state::Handle, ui: &mut Ui) {
    let palette = theme::of(ui);
    let names = &view.state.names;
    let (rect, response) = ui.allocate_exact_size(Vec2::new(ui.available_width(), size::ROW), Sense::hover());
    let took = duration(view.now().saturating_sub(handle.since));
    let name = names.text(handle.name).to_owned();
    let spoken = format!("{name} {}", names.text(handle.target));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, spoken.clone()));
    loop_view::changed(view, Thing::Handle(id), rect.shrink(size::LINE), ui.painter());
    let note = if handle.refd { String::new() } else { "unref'd".to_owned() };
    let ink = if handle.refd { palette.text } else { palette.dim };
    cells(
        &[name, names.text(handle.target).to_owned(), both_ways(handle.read, handle.written), took, note],
        rect,
        ink,
        FontFamily::Monospace,
        ui,
    );
}
