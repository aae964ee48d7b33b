//! The strip below the lanes: the whole run, and which part of it is seen.

use egui::{CornerRadius, CursorIcon, Key, Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2};

use super::scale::{Scale, Shown};
use super::{TimelineMemory, stands};
use crate::state::timeline::{Lane, Span, Timeline};
use crate::theme::{self, size};

/// What a drag in the strip does.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Handle {
    /// Moves the seen stretch; the number is where in it the pointer took hold.
    Middle(f64),
    /// Moves where it begins.
    Left,
    /// Moves where it ends.
    Right,
    /// Chooses another stretch, from here.
    New(f64),
}

/// How much an arrow key moves the seen stretch, as a part of it, and how much it zooms.
const KEY_PAN: f64 = 0.1;
const KEY_ZOOM: f64 = 1.25;

/// How near to an edge the pointer takes hold of it.
const GRIP: f32 = size::NEAR;

/// Draws the strip and follows the pointer in it.
pub fn show(memory: &mut TimelineMemory, timeline: &Timeline, scale: &Scale, end: f64, strip: Rect, ui: &Ui) {
    let palette = theme::of(ui);
    let mode = scale.axis.mode();
    let whole = Scale::new(scale.axis, Shown::Whole.stretch(end, mode), strip);
    let response = ui.interact(strip, ui.scope_id().with("overview"), Sense::click_and_drag());
    let part = 100.0 * (scale.length() / whole.length()).min(1.0);
    response.widget_info(|| {
        egui::WidgetInfo::labeled(Role::Slider, true, format!("Overview of the run: {part:.0} % is in view"))
    });
    let painter = ui.painter_at(strip);
    painter.rect_filled(strip, CornerRadius::same(size::ROUND_SMALL), palette.raised);
    let inner = strip.shrink2(Vec2::new(0.0, size::THICK));
    let mut bars = egui::Mesh::default();
    for (lane, track) in Lane::ALL.into_iter().zip(&timeline.lanes) {
        let tint = theme::tint(palette, lane.kind()).gamma_multiply(0.8);
        let mut covered = f32::NEG_INFINITY;
        track.visit(
            whole.window(),
            |span| whole.is_small(span),
            |piece| {
                let (x0, x1) = whole.ends(&piece.span);
                let x1 = x1.max(x0 + size::LINE);
                if x1 < covered + size::LINE / 2.0 {
                    return;
                }
                covered = x1;
                let height = inner.height() * (0.3 + 0.7 * piece.busy);
                let rect = Rect::from_x_y_ranges(x0..=x1, inner.bottom() - height..=inner.bottom());
                bars.add_colored_rect(rect, tint);
            },
        );
    }
    painter.add(bars);
    // Callbacks lay on the stack then, but did not run.
    let run = Span::new((0, 0), (timeline.end, timeline.moments.len() as u32));
    let stood = stands::within(&whole, &timeline.stood[..1], &run, None);
    let mut shapes = Vec::new();
    stands::paint(inner, &stood, palette.dim, palette, &mut shapes);
    painter.extend(shapes);
    let x = |position: f64| strip.left() + ((position - whole.from) / whole.per_point) as f32;
    let seen = Rect::from_x_y_ranges(x(scale.from)..=x(scale.from + scale.length()), strip.y_range());
    let seen = seen.intersect(strip);
    // However little is seen, where that is can be seen.
    let seen = Rect::from_center_size(seen.center(), seen.size().max(Vec2::new(size::TIGHT, 0.0)));
    let veil = palette.surface.gamma_multiply(0.62);
    let left = Rect::from_x_y_ranges(strip.left()..=seen.left(), strip.y_range());
    let right = Rect::from_x_y_ranges(seen.right()..=strip.right(), strip.y_range());
    painter.rect_filled(left, CornerRadius::ZERO, veil);
    painter.rect_filled(right, CornerRadius::ZERO, veil);
    let ink = if response.hovered() || response.dragged() || response.has_focus() {
        palette.accent
    } else {
        palette.outline
    };
    painter.rect_stroke(
        seen,
        CornerRadius::same(size::ROUND_SMALL),
        Stroke::new(size::LINE * 1.5, ink),
        StrokeKind::Inside,
    );
    for grip in [seen.left() + size::THICK, seen.right() - size::THICK] {
        let y = seen.center().y;
        painter.vline(grip, y - size::TIGHT..=y + size::TIGHT, Stroke::new(size::THICK, ink));
    }
    follow(memory, &response, scale, &whole, end, seen, ui);
}

/// Moves the seen stretch with the arrows.
fn keys(memory: &mut TimelineMemory, scale: &Scale, end: f64, ui: &Ui) {
    let pressed = |key| ui.input(|input| input.num_presses(key)) as i32;
    let pan = f64::from(pressed(Key::ArrowRight) - pressed(Key::ArrowLeft)) * KEY_PAN;
    let zoom = KEY_ZOOM.powi(pressed(Key::ArrowUp) - pressed(Key::ArrowDown));
    if pan != 0.0 || zoom != 1.0 {
        let length = scale.length() / zoom;
        let from = scale.from + (scale.length() - length) / 2.0 + pan * scale.length();
        memory.shown = Shown::chosen(from, length, end, scale.axis.mode(), pan >= 0.0);
    }
}

fn follow(
    memory: &mut TimelineMemory,
    response: &egui::Response,
    scale: &Scale,
    whole: &Scale,
    end: f64,
    seen: Rect,
    ui: &Ui,
) {
    if let Some(at) = response.hover_pos() {
        let near = |x: f32| (at.x - x).abs() <= GRIP / 2.0;
        let edge = near(seen.left()) || near(seen.right());
        let inside = if memory.shown == Shown::Whole { CursorIcon::Crosshair } else { CursorIcon::Grab };
        ui.ctx().set_cursor_icon(if edge { CursorIcon::ResizeHorizontal } else { inside });
    }
    if response.has_focus() {
        let filter =
            egui::EventFilter { horizontal_arrows: true, vertical_arrows: true, ..Default::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        keys(memory, scale, end, ui);
    }
    let Some(pointer) = response.interact_pointer_pos() else { return };
    let here = whole.position(pointer.x);
    let (from, length) = (scale.from, scale.length());
    if response.drag_started() || response.clicked() {
        let origin = ui.input(|input| input.pointer.press_origin()).unwrap_or(pointer).x;
        let position = whole.position(origin);
        // Of a short stretch the middle can be held as well.
        let inside = GRIP.min(seen.width() / 4.0);
        memory.overview = Some(if (-GRIP..=inside).contains(&(origin - seen.left())) {
            Handle::Left
        } else if (-inside..=GRIP).contains(&(origin - seen.right())) {
            Handle::Right
        } else if memory.shown == Shown::Whole && response.drag_started() {
            // There is nothing to move.
            Handle::New(position)
        } else if (seen.left()..=seen.right()).contains(&origin) {
            Handle::Middle((position - from).clamp(0.0, length))
        } else {
            Handle::Middle(length / 2.0)
        });
    }
    let mode = scale.axis.mode();
    memory.shown = match memory.overview {
        Some(Handle::Middle(hold)) => Shown::chosen(here - hold, length, end, mode, true),
        Some(Handle::Left) => {
            let to = from + length;
            let here = here.min(to - 1.0).max(0.0);
            Shown::chosen(here, to - here, end, mode, true)
        }
        Some(Handle::Right) => Shown::chosen(from, (here - from).max(1.0), end, mode, true),
        Some(Handle::New(origin)) => Shown::chosen(origin.min(here), (here - origin).abs(), end, mode, true),
        None => memory.shown,
    };
    if response.drag_stopped() || response.clicked() {
        memory.overview = None;
    }
}
