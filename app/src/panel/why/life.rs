//! The life of a callback: created, ready, started, ended, with the times between.

use egui::{Align2, FontFamily, FontId, Pos2, Rect, Role, Sense, Shape, Stroke, Ui, Vec2};
use loopscope_protocol::Nanos;
use loopscope_protocol::state::duration;
use loopscope_trace::why::Life;

use crate::theme::{self, size};

/// A point in it: its name, its time and the moment behind it, if it came to that.
type Station = (&'static str, Option<(Nanos, Option<u64>)>);

/// Draws the life as a line of stations. Their distances are the same, whatever the times: those stand above. Returns
/// the station that was clicked: its time, and the moment where that is known. `inferred` is whether the run was read from a
/// trace that does not tell when things were ready.
pub fn show(life: &Life, inferred: bool, ui: &mut Ui) -> Option<(Nanos, Option<u64>)> {
    let palette = theme::of(ui);
    let last: Station = match life.cancelled {
        Some(cancelled) if life.started.is_none() => ("cancelled", Some(behind(cancelled))),
        _ => ("ended", life.ended.map(behind)),
    };
    let could = life.could_start().map(|at| (at, None)).or(life.ready.map(|(at, _)| behind(at)));
    let stations: [Station; 4] = [
        ("created", Some(behind(life.created))),
        (if life.armed.is_some() { "due" } else { "ready" }, could),
        ("started", life.started.map(behind)),
        last,
    ];
    let wanted = Vec2::new(ui.available_width().min(size::LIFE), 3.0 * size::FAR + size::TIGHT);
    let (rect, response) = ui.allocate_exact_size(wanted, Sense::hover());
    let spoken: Vec<String> =
        stations.iter().filter_map(|(name, at)| Some(format!("{name} at {}", duration((*at)?.0)))).collect();
    response.widget_info(|| egui::WidgetInfo::labeled(Role::Label, true, spoken.join(", ")));
    let inner = rect.shrink2(Vec2::new(size::FAR + size::NEAR, 0.0));
    let x = |index: usize| inner.left() + inner.width() * index as f32 / 3.0;
    let y = rect.top() + size::FAR + size::TIGHT;
    let color = theme::tint(palette, life.kind);
    let small = FontId::new(size::TEXT_SMALL, FontFamily::Proportional);
    let mut known: Option<(usize, Nanos)> = None;
    let mut clicked = None;
    for (index, (name, station)) in stations.into_iter().enumerate() {
        let Some((at, moment)) = station else { continue };
        if let Some((from, since)) = known {
            segment(Rect::from_x_y_ranges(x(from)..=x(index), y..=y), from, (color, inferred), ui);
            let middle = Pos2::new(x(from).midpoint(x(index)), y - size::TIGHT - size::THICK);
            let took = duration(at.saturating_sub(since));
            ui.painter().text(middle, Align2::CENTER_BOTTOM, took, small.clone(), palette.text);
        }
        known = Some((index, at));
        let center = Pos2::new(x(index), y);
        let area = Rect::from_center_size(center, Vec2::splat(size::ROW));
        let response = ui.interact(area, ui.scope_id().with(("station", index)), Sense::click());
        response.widget_info(|| {
            egui::WidgetInfo::labeled(Role::Button, true, format!("Go to when it was {name}"))
        });
        let pointed = response.hovered() || response.has_focus();
        ui.painter().circle_filled(center, size::MARK + if pointed { size::THICK } else { 0.0 }, color);
        if response.on_hover_text("Show the loop at this moment").clicked() {
            clicked = Some((at, moment));
        }
        let below = Pos2::new(x(index), y + size::TIGHT + size::THICK);
        ui.painter().text(below, Align2::CENTER_TOP, name, small.clone(), palette.dim);
        let lower = below + Vec2::DOWN * (size::FAR - size::THICK);
        ui.painter().text(lower, Align2::CENTER_TOP, duration(at), small.clone(), palette.dim);
    }
    clicked
}

/// Time of an event, and the moment behind it.
fn behind(at: (u64, Nanos)) -> (Nanos, Option<u64>) {
    (at.1, Some(at.0 + 1))
}

/// What lies between two stations: dashes before it could run, a line while it waited, a bar while it ran.
fn segment(rect: Rect, from: usize, (color, inferred): (egui::Color32, bool), ui: &Ui) {
    let ends = [rect.left_center(), rect.right_center()];
    let painter = ui.painter();
    match from {
        0 => {
            let stroke = Stroke::new(size::LINE, color);
            painter.extend(Shape::dashed_line(&ends, stroke, size::TIGHT, size::TIGHT));
        }
        1 if inferred => {
            let stroke = Stroke::new(size::THICK, color);
            painter.extend(Shape::dashed_line(&ends, stroke, size::TIGHT, size::TIGHT));
        }
        1 => {
            painter.line_segment(ends, Stroke::new(size::THICK, color));
        }
        _ => {
            painter.line_segment(ends, Stroke::new(size::NEAR, color));
        }
    }
}
