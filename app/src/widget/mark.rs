//! The marks of the kinds of callbacks: a shape and a colour.

use egui::{Color32, CornerRadius, Painter, Pos2, Rect, Shape, Stroke, Vec2};
use loopscope_protocol::TaskKind;

use crate::theme::{self, Palette, size};

/// Draws the mark of a kind.
pub fn kind(painter: &Painter, center: Pos2, radius: f32, kind: TaskKind, palette: &Palette) {
    painter.add(shape(center, radius, theme::shape(kind), theme::tint(palette, kind)));
}

/// The corners of a regular polygon of `corners`, the first one at the angle `turn`.
fn polygon(center: Pos2, radius: f32, corners: u16, turn: f32) -> Vec<Pos2> {
    (0..corners)
        .map(|corner| {
            let angle = turn + std::f32::consts::TAU * f32::from(corner) / f32::from(corners);
            center + radius * Vec2::angled(angle)
        })
        .collect()
}

/// A mark as a shape.
pub fn shape(center: Pos2, radius: f32, shape: theme::Shape, color: Color32) -> Shape {
    const UP: f32 = -std::f32::consts::FRAC_PI_2;
    let filled = |points| Shape::convex_polygon(points, color, Stroke::NONE);
    match shape {
        theme::Shape::Circle => Shape::circle_filled(center, radius, color),
        theme::Shape::Square => {
            let side = radius * 1.75;
            Shape::rect_filled(Rect::from_center_size(center, Vec2::splat(side)), CornerRadius::ZERO, color)
        }
        theme::Shape::Triangle => filled(polygon(center, radius * 1.25, 3, UP)),
        theme::Shape::Diamond => filled(polygon(center, radius * 1.25, 4, UP)),
        theme::Shape::Hexagon => filled(polygon(center, radius * 1.1, 6, 0.0)),
        theme::Shape::Cross => {
            let stroke = Stroke::new(size::THICK, color);
            let (a, b) = (Vec2::splat(radius), Vec2::new(radius, -radius));
            Shape::Vec(vec![
                Shape::line_segment([center - a, center + a], stroke),
                Shape::line_segment([center - b, center + b], stroke),
            ])
        }
        theme::Shape::Bar => {
            let bar = Vec2::new(radius * 0.9, radius * 2.2);
            Shape::rect_filled(Rect::from_center_size(center, bar), CornerRadius::ZERO, color)
        }
    }
}

/// The mark of something that went wrong: a filled circle with a bar and a dot, so that it is not told by colour alone.
pub fn error(painter: &Painter, center: Pos2, palette: &Palette) {
    let radius = size::MARK + size::LINE;
    painter.circle_filled(center, radius, palette.error);
    let stroke = Stroke::new(size::THICK, palette.surface);
    let (top, bottom, dot) = (radius * 0.6, radius * 0.1, radius * 0.55);
    painter.line_segment([center - Vec2::DOWN * top, center + Vec2::DOWN * bottom], stroke);
    painter.circle_filled(center + Vec2::DOWN * dot, stroke.width / 2.0, palette.surface);
}

/// The mark of something that is worth a look: a triangle with a bar in it.
pub fn warning(painter: &Painter, center: Pos2, palette: &Palette) {
    let side = size::MARK + size::THICK;
    let corners = vec![
        center + Vec2::new(0.0, -side),
        center + Vec2::new(side, side * 0.8),
        center + Vec2::new(-side, side * 0.8),
    ];
    painter.add(Shape::convex_polygon(corners, palette.warning, Stroke::NONE));
    let stroke = Stroke::new(size::LINE * 1.5, palette.surface);
    painter.line_segment([center - Vec2::DOWN * (side * 0.3), center + Vec2::DOWN * (side * 0.2)], stroke);
    painter.circle_filled(center + Vec2::DOWN * (side * 0.5), stroke.width / 2.0, palette.surface);
}
