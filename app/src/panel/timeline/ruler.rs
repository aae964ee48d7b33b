//! The ruler above the lanes: times or numbers, the measured stretch, and notes.

use egui::{Align2, CornerRadius, FontFamily, FontId, Pos2, Rect, Stroke, Ui};
use loopscope_protocol::Nanos;
use loopscope_protocol::state::duration;

use super::scale::Scale;
use crate::state::timeline::axis::{Axis, AxisMode};
use crate::theme::{self, Palette, size};
use loopscope_trace::axis;

/// Draws the labels into `ruler`, and lines down through `lanes`. Nothing is written where the words stand that stand out: of a
/// time that is half hidden the rest would be another one.
pub fn show(scale: Scale, ruler: Rect, lanes: Rect, covered: &[Rect], ui: &Ui) {
    let palette = theme::of(ui);
    let down = ruler.union(lanes);
    let painter = ui.painter_at(down);
    let font = FontId::new(size::TEXT_SMALL, FontFamily::Proportional);
    let labels = (ruler.width() / size::RULER_STEP) as usize;
    let tick = |x: f32, text: String| {
        painter.vline(x, down.y_range(), Stroke::new(size::LINE, palette.line));
        let words = painter.layout_no_wrap(text, font.clone(), palette.dim);
        let label = Pos2::new(x + size::TIGHT, ruler.center().y - words.size().y / 2.0);
        let place = Rect::from_min_size(label, words.size());
        // A time of which the end is missing is another one.
        if place.right() <= ruler.right() && !covered.iter().any(|other| other.intersects(place)) {
            painter.galley(label, words, palette.dim);
        }
    };
    match scale.axis.mode() {
        AxisMode::Wall => {
            let step = axis::step(scale.length() as u64, labels);
            let mut at = (scale.from.max(0.0) as u64).div_ceil(step) * step;
            while scale.x(at) <= ruler.right() {
                tick(scale.x(at), axis::label(at, step));
                at += step;
            }
        }
        // Where time does not go evenly, labels are as far from each other as else, at times that are as round as can be.
        AxisMode::Busy => {
            let step = axis::step(scale.length() as u64, labels);
            let first = (scale.from.max(0.0) / step as f64).ceil() as u64;
            let positions = (first..).map(|number| number * step);
            for position in positions.take_while(|at| *at as f64 <= scale.position(ruler.right())) {
                let at = round_near(&scale.axis, position as f64, step);
                tick(scale.x(at), axis::label(at, step));
            }
        }
        AxisMode::Order => {
            let step = axis::step(scale.length() as u64, labels);
            let first = (scale.from.max(0.0) / step as f64).ceil() as u64;
            let positions = (first..).map(|number| number * step);
            for position in positions.take_while(|at| *at as f64 <= scale.position(ruler.right())) {
                let x = scale.left + ((position as f64 - scale.from) / scale.per_point) as f32;
                tick(x, format!("№ {position}"));
            }
        }
    }
}

/// How far a label may be from where it would be, as a part of a step.
const ASIDE: f64 = 0.35;

/// A round time near a position, or the time there.
fn round_near(axis: &Axis, position: f64, step: u64) -> Nanos {
    let unit = (step / 2).max(1);
    let there = axis.time(position);
    let round = (there + unit / 2) / unit * unit;
    if (axis.position(round) - position).abs() <= step as f64 * ASIDE { round } else { there }
}

/// The measured stretch: a band over the lanes with its length in the ruler.
pub fn measured((from, to): (Nanos, Nanos), scale: Scale, ruler: Rect, lanes: Rect, ui: &Ui) {
    let palette = theme::of(ui);
    let (x0, x1) = (scale.x(from), scale.x(to));
    let band = Rect::from_x_y_ranges(x0..=x1, ruler.top()..=lanes.bottom());
    let painter = ui.painter_at(ruler.union(lanes));
    painter.rect_filled(band, CornerRadius::ZERO, palette.accent.gamma_multiply(0.10));
    let edge = Stroke::new(size::LINE, palette.accent);
    painter.vline(x0, band.y_range(), edge);
    painter.vline(x1, band.y_range(), edge);
    label(duration(to - from), band.center().x, ruler, palette, ui);
}

/// The box that is drawn to zoom into.
pub fn zoom_box((left, right): (f32, f32), lanes: Rect, ui: &Ui) {
    let palette = theme::of(ui);
    let rect = Rect::from_x_y_ranges(left..=right, lanes.y_range());
    let painter = ui.painter_at(lanes);
    painter.rect_filled(rect, CornerRadius::ZERO, palette.accent.gamma_multiply(0.16));
    let stroke = Stroke::new(size::LINE, palette.accent);
    painter.rect_stroke(rect, CornerRadius::ZERO, stroke, egui::StrokeKind::Inside);
}

/// A word on the ruler that stands out.
pub fn label(text: String, x: f32, ruler: Rect, palette: &Palette, ui: &Ui) {
    let (rect, galley) = label_at(text, x, ruler, palette, ui);
    let painter = ui.painter_at(ruler.expand(size::TIGHT));
    painter.rect_filled(rect, CornerRadius::same(size::ROUND_SMALL), palette.accent);
    let at = Align2::CENTER_CENTER.anchor_size(rect.center(), galley.size());
    painter.galley(at.min, galley, palette.on_accent);
}

/// Where such a word stands.
pub fn label_at(
    text: String,
    x: f32,
    ruler: Rect,
    palette: &Palette,
    ui: &Ui,
) -> (Rect, std::sync::Arc<egui::Galley>) {
    let font = FontId::new(size::TEXT_SMALL, FontFamily::Name(theme::STRONG.into()));
    let galley = ui.fonts_mut(|fonts| fonts.layout_no_wrap(text, font, palette.on_accent));
    let half = galley.size().x / 2.0 + size::TIGHT;
    let x = x.clamp(ruler.left() + half, (ruler.right() - half).max(ruler.left() + half));
    let rect = Rect::from_center_size(
        Pos2::new(x, ruler.center().y),
        galley.size() + egui::Vec2::new(size::NEAR, size::THICK),
    );
    (rect, galley)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::timeline::Moments;
    use crate::state::timeline::axis::Idle;

    const MS: Nanos = 1_000_000;

    #[test]
    fn times_are_round_also_where_idle_times_are_shortened() {
        let mut idle = Idle::default();
        // Nothing ran before 72 ms.
        idle.starts(72 * MS);
        idle.ends(1000 * MS);
        let moments = Moments::default();
        let axis = Axis::new(AxisMode::Busy, &idle, &moments, 1000 * MS);
        let step = 200 * MS;
        let labels: Vec<_> = (0..5).map(|number| round_near(&axis, (number * step) as f64, step)).collect();
        let all_round = labels.iter().all(|at| at % (100 * MS) == 0);
        assert!(all_round && labels.is_sorted_by(|one, next| one < next), "{labels:?}");
    }
}
