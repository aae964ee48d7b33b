//! Where the run stood still within a bar: pale and hatched, as nothing ran there.

use egui::{Color32, Mesh, Pos2, Rangef, Rect, Shape, Stroke};
use loopscope_protocol::state::duration;

use super::scale::Scale;
use crate::state::timeline::{Span, Stand, Track};
use crate::theme::{Palette, size};

/// How strongly a bar is paled.
const PALE: f32 = 0.8;

/// A part of a bar in which the run stood still, or several too close to each other to be told apart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stood {
    /// Where on the screen.
    pub x: Rangef,
    /// From when to when.
    span: Span,
    /// Why.
    stand: Stand,
    /// How many.
    count: usize,
}

impl Stood {
    /// What is said of it.
    pub fn words(&self) -> String {
        let (from, length) = (duration(self.span.start), duration(self.span.length()));
        match self.count {
            1 => format!("{}: from {from} on, for {length}", self.stand.words()),
            count => format!("stood still {count} times within {length} from {from} on"),
        }
    }
}

/// The parts of a bar in which the run stood still, from left to right. `present` is where it stands now.
pub fn within(
    scale: &Scale,
    tracks: &[Track<Stand>],
    bar: &Span,
    present: Option<(Span, Stand)>,
) -> Vec<Stood> {
    let window = scale.window();
    let window = bar.start.max(window.start)..bar.end.min(window.end);
    let mut parts = Vec::new();
    for track in tracks {
        track.visit(
            window.clone(),
            |span| scale.is_small(span),
            |piece| {
                // What lies in it may be one step and much that ran.
                if piece.busy >= 0.5 && piece.span.start >= bar.start && piece.span.end <= bar.end {
                    let x = range(scale, &piece.span);
                    parts.push(Stood { x, span: piece.span, stand: piece.item, count: piece.count });
                }
            },
        );
    }
    if let Some((span, stand)) = present {
        parts.push(Stood { x: range(scale, &span), span, stand, count: 1 });
    }
    parts.sort_by(|one, other| one.x.min.total_cmp(&other.x.min));
    let mut joined: Vec<Stood> = Vec::with_capacity(parts.len());
    for part in parts {
        match joined.last_mut() {
            Some(last) if part.x.min - last.x.max < size::LINE / 2.0 => {
                last.x.max = last.x.max.max(part.x.max);
                last.span.end = last.span.end.max(part.span.end);
                last.span.to = last.span.to.max(part.span.to);
                last.count += part.count;
            }
            _ => joined.push(part),
        }
    }
    joined.retain(|part| part.x.span() >= size::LINE);
    joined
}

fn range(scale: &Scale, span: &Span) -> Rangef {
    let (from, to) = scale.ends(span);
    Rangef::new(from, to)
}

/// Pales the parts of a bar and hatches them in its colour.
pub fn paint(bar: Rect, parts: &[Stood], color: Color32, palette: &Palette, shapes: &mut Vec<Shape>) {
    for part in parts {
        let rect = Rect::from_x_y_ranges(part.x, bar.y_range()).intersect(bar);
        if !rect.is_positive() {
            continue;
        }
        let mut pale = Mesh::default();
        pale.add_colored_rect(rect, palette.surface.gamma_multiply(PALE));
        shapes.push(pale.into());
        let stroke = Stroke::new(size::LINE, color);
        shapes.extend(slants(rect).map(|ends| Shape::line_segment(ends, stroke)));
    }
}

/// Slanted lines across a rectangle, at the same places wherever it begins.
fn slants(rect: Rect) -> impl Iterator<Item = [Pos2; 2]> {
    let (high, step) = (rect.height(), size::NEAR);
    let first = (rect.left() / step).ceil() as i64;
    let last = ((rect.right() + high) / step).floor() as i64;
    (first..=last).map(move |number| {
        // It goes from the lower left to the upper right, where it ends at `x`; both are cut off at the sides.
        let x = number as f32 * step;
        let top = (x - rect.right()).max(0.0);
        let bottom = (x - rect.left()).min(high);
        [Pos2::new(x - top, rect.top() + top), Pos2::new(x - bottom, rect.top() + bottom)]
    })
}

/// The part of what is seen of a bar that has most room for a name, and whether the run stood still there.
pub fn room(seen: Rect, parts: &[Stood]) -> (Rect, bool) {
    let mut best = (Rect::from_x_y_ranges(seen.left()..=seen.left(), seen.y_range()), false);
    let mut from = seen.left();
    let mut offer = |x: Rangef, stood: bool| {
        if x.span() > best.0.width() {
            best = (Rect::from_x_y_ranges(x, seen.y_range()), stood);
        }
    };
    for part in parts {
        let x = Rangef::new(part.x.min.max(from), part.x.max.min(seen.right()));
        offer(Rangef::new(from, x.min.min(seen.right())), false);
        offer(x, true);
        from = from.max(x.max);
    }
    offer(Rangef::new(from, seen.right()), false);
    best
}

#[cfg(test)]
mod tests {
    use loopscope_protocol::PauseReason;

    use super::*;
    use crate::state::timeline::Moments;
    use crate::state::timeline::axis::{Axis, AxisMode, Idle};
    use crate::theme::Palette;

    const HERE: Stand = Stand { reason: PauseReason::Breakpoint };

    fn span(start: u64, end: u64) -> Span {
        Span::new((start, start as u32), (end, end as u32))
    }

    /// Of a bar from 100 to 900 what lies in `times`, with a point on the screen for each `per_point` nanoseconds.
    fn stood(times: &[(u64, u64)], per_point: f32) -> Vec<Stood> {
        let (idle, moments) = (Idle::default(), Moments::default());
        let axis = Axis::new(AxisMode::Wall, &idle, &moments, 1000);
        let area = Rect::from_min_max(Pos2::ZERO, Pos2::new(1000.0 / per_point, 20.0));
        let scale = Scale::new(axis, (0.0, 1000.0), area);
        let mut track = Track::default();
        times.iter().for_each(|(start, end)| track.push(span(*start, *end), HERE));
        within(&scale, &[track], &span(100, 900), Some((span(850, 900), HERE)))
    }

    #[test]
    fn only_what_lies_in_the_bar_is_hatched_and_what_is_close_is_one() {
        let parts = stood(&[(10, 60), (200, 300), (301, 400), (950, 990)], 1.0);
        let places: Vec<_> = parts.iter().map(|part| (part.x.min, part.x.max)).collect();
        assert_eq!(places, [(200.0, 300.0), (301.0, 400.0), (850.0, 900.0)]);
        assert_eq!(parts[0].words(), "stood at a breakpoint: from 200 ns on, for 100 ns");
        let parts = stood(&[(10, 60), (200, 300), (301, 400), (950, 990)], 10.0);
        let places: Vec<_> = parts.iter().map(|part| (part.x.min, part.x.max, part.count)).collect();
        assert_eq!(places, [(20.0, 40.0, 2), (85.0, 90.0, 1)]);
        assert_eq!(parts[0].words(), "stood still 2 times within 200 ns from 200 ns on");
    }

    #[test]
    fn the_lines_stay_within_the_bar() {
        let parts = stood(&[(200, 211)], 1.0);
        let bar = Rect::from_min_max(Pos2::new(100.0, 4.0), Pos2::new(900.0, 20.0));
        let mut shapes = Vec::new();
        paint(bar, &parts, Palette::DARK.timer, &Palette::DARK, &mut shapes);
        let lines: Vec<_> = shapes
            .iter()
            .filter_map(|shape| match shape {
                Shape::LineSegment { points, .. } => Some(*points),
                _ => None,
            })
            .collect();
        assert!(lines.len() > 4, "{}", lines.len());
        let inside =
            |at: &Pos2| parts.iter().any(|part| part.x.contains(at.x)) && bar.y_range().contains(at.y);
        assert!(lines.iter().flatten().all(inside), "{lines:?}");
    }

    #[test]
    fn a_name_stands_where_there_is_most_room_for_it() {
        let seen = Rect::from_min_max(Pos2::new(100.0, 0.0), Pos2::new(900.0, 16.0));
        let room = |times: &[(u64, u64)]| {
            let (rect, stood) = room(seen, &stood(times, 1.0));
            (rect.left(), rect.right(), stood)
        };
        assert_eq!(room(&[]), (100.0, 850.0, false));
        assert_eq!(room(&[(110, 700)]), (110.0, 700.0, true));
        assert_eq!(room(&[(400, 500)]), (500.0, 850.0, false));
    }
}
