//! A CPU profile in time: callers above, what they called below.

use egui::{Align2, Color32, CornerRadius, FontFamily, FontId, Pos2, Rect, Sense, Ui, Vec2};

use super::super::View;
use super::{go_to, millis};
use crate::state::profile::Function;
use crate::state::profile::flame::{Flame, Span};
use crate::theme::{self, Palette, size};
use loopscope_trace::axis;

/// How much a step of the wheel zooms.
const WHEEL: f32 = 0.004;

/// The least that is shown, in microseconds.
const LEAST: f64 = 20.0;

/// Nanoseconds of a microsecond: the ruler counts in them.
const NANOS: f64 = 1e3;

/// What is remembered of the view.
#[derive(Default)]
pub struct FlameMemory {
    /// What is seen, in microseconds; everything at first.
    seen: Option<(f64, f64)>,
    /// How far it is scrolled down.
    scroll: f32,
}

/// Draws the chart.
pub fn show(view: &mut View, flame: &Flame, ui: &mut Ui) {
    let palette = theme::of(ui);
    let (rect, response) = ui.allocate_exact_size(ui.available_size(), Sense::click_and_drag());
    let about = format!("CPU profile, {} of {} busy", millis(flame.busy), millis(flame.end));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, about.clone()));
    let all = (flame.end as f64).max(LEAST);
    let memory = &mut view.memory.profile.flame;
    let (mut from, mut to) = memory.seen.unwrap_or((0.0, all));
    let per_point = (to - from) / f64::from(rect.width().max(1.0));
    let height = flame.rows.len() as f32 * size::TRACK;
    let overflow = (height - (rect.height() - size::RULER)).max(0.0);
    let pointer = response.hover_pos();
    if let Some(pointer) = pointer {
        let (scroll, pinch, held) =
            ui.input(|input| (input.smooth_scroll_delta(), input.zoom_delta(), input.modifiers.command));
        let zooms = held || overflow == 0.0;
        let zoom = f64::from(if pinch != 1.0 {
            pinch
        } else if zooms {
            (scroll.y * WHEEL).exp()
        } else {
            1.0
        });
        if !zooms {
            memory.scroll -= scroll.y;
        }
        let about = from + f64::from(pointer.x - rect.left()) * per_point;
        (from, to) = (about - (about - from) / zoom, about + (to - about) / zoom);
        let pan = -f64::from(scroll.x + response.drag_delta().x) * per_point;
        (from, to) = (from + pan, to + pan);
        memory.scroll -= response.drag_delta().y;
    }
    let length = (to - from).clamp(LEAST.min(all), all);
    let from = from.clamp(0.0, all - length);
    let to = from + length;
    memory.scroll = memory.scroll.clamp(0.0, overflow);
    let is_all = response.double_clicked() || length >= all;
    memory.seen = (!is_all).then_some((from, to));
    let top = rect.top() + size::RULER - memory.scroll;
    let x = |micros: f64| rect.left() + ((micros - from) / length) as f32 * rect.width();
    let lanes = Rect::from_min_max(Pos2::new(rect.left(), rect.top() + size::RULER), rect.max);
    ruler(rect, (from, length), ui);
    let painter = ui.painter_at(lanes);
    let mut hit: Option<Span> = None;
    for (depth, row) in flame.rows.iter().enumerate() {
        let y = top + depth as f32 * size::TRACK;
        if y + size::TRACK < lanes.top() || y > lanes.bottom() {
            continue;
        }
        let mut index = row.partition_point(|span| (span.to as f64) < from);
        while let Some(span) = row.get(index).filter(|span| (span.from as f64) <= to) {
            let (left, right) = (x(span.from as f64), x(span.to as f64));
            let bar = Rect::from_min_max(
                Pos2::new(left.max(lanes.left()), y),
                Pos2::new(right.min(lanes.right()).max(left + size::LINE), y + size::TRACK - size::LINE),
            );
            if pointer.is_some_and(|at| bar.contains(at) && lanes.contains(at)) {
                hit = Some(*span);
            }
            draw(&painter, bar, &flame.nodes[span.node].function, hit == Some(*span), palette, ui);
            // What lies on the same point is not drawn again.
            let next =
                from + f64::from(bar.right() - rect.left()) * length / f64::from(rect.width().max(1.0));
            let behind = row.partition_point(|span| (span.to as f64) <= next);
            index = behind.max(index + 1);
        }
    }
    if let Some(span) = hit {
        let node = &flame.nodes[span.node];
        if response.clicked() {
            go_to(view, &node.function);
        }
        let text = format!(
            "{}\n{} here, from {}\n{} in all calls from there, {} of it itself",
            node.function.text(),
            millis(span.to - span.from),
            millis(span.from),
            millis(node.total),
            millis(node.own),
        );
        response.on_hover_text_at_pointer(text);
    }
}

fn draw(painter: &egui::Painter, bar: Rect, function: &Function, is_hit: bool, palette: &Palette, ui: &Ui) {
    let color = tint(palette, function);
    let strength = if is_hit { 0.6 } else { 0.34 };
    let round =
        if bar.width() > size::ROUNDED { CornerRadius::same(size::ROUND_TINY) } else { CornerRadius::ZERO };
    painter.rect_filled(bar, round, palette.surface.lerp_to_gamma(color, strength));
    let edge =
        Rect::from_min_max(bar.min, Pos2::new((bar.left() + size::THICK).min(bar.right()), bar.bottom()));
    painter.rect_filled(edge, CornerRadius::ZERO, color);
    if bar.width() < size::SLICE_NAME {
        return;
    }
    let font = FontId::new(size::CODE_SMALL, FontFamily::Monospace);
    let inside = Rect::from_min_max(bar.min + Vec2::new(size::TIGHT + size::THICK, 0.0), bar.max);
    let mut job = egui::text::LayoutJob::simple_singleline(function.name.clone(), font, palette.text);
    job.wrap = egui::text::TextWrapping::truncate_at_width(inside.width());
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let at = Align2::LEFT_CENTER.anchor_size(inside.left_center(), galley.size());
    painter.with_clip_rect(inside.intersect(painter.clip_rect())).galley(at.min, galley, palette.text);
}

/// Functions of one script have one colour; what is no script of the user's is grey.
fn tint(palette: &Palette, function: &Function) -> Color32 {
    if function.name == "(garbage collector)" {
        return palette.error;
    }
    if function.is_internal() {
        return palette.sync;
    }
    let colors =
        [palette.io, palette.immediate, palette.timer, palette.promise, palette.close, palette.next_tick];
    let sum =
        function.url.bytes().fold(7_usize, |sum, byte| sum.wrapping_mul(31).wrapping_add(usize::from(byte)));
    colors[sum % colors.len()]
}

fn ruler(rect: Rect, (from, length): (f64, f64), ui: &Ui) {
    let palette = theme::of(ui);
    let font = FontId::new(size::TEXT_SMALL, FontFamily::Proportional);
    let step = axis::step((length * NANOS) as u64, (rect.width() / size::RULER_STEP) as usize);
    let first = (from * NANOS / step as f64).ceil() as u64;
    for mark in first.. {
        let at = mark.saturating_mul(step);
        let x = rect.left() + ((at as f64 / NANOS - from) / length) as f32 * rect.width();
        if x > rect.right() {
            break;
        }
        let line = [Pos2::new(x, rect.top()), Pos2::new(x, rect.bottom())];
        ui.painter().line_segment(line, egui::Stroke::new(size::LINE, palette.line));
        let text = axis::label(at, step);
        let galley = ui.fonts_mut(|fonts| fonts.layout_no_wrap(text, font.clone(), palette.dim));
        let at = Pos2::new(x + size::TIGHT, rect.top() + (size::RULER - galley.size().y) / 2.0);
        if at.x + galley.size().x < rect.right() {
            ui.painter().galley(at, galley, palette.dim);
        }
    }
}
