//! Drawing a track: bars while things ran, thin lines while they waited for that.

use egui::epaint::RectShape;
use egui::{
    Align2, Color32, CornerRadius, FontFamily, FontId, Mesh, Pos2, Rect, Shape, Stroke, StrokeKind, Ui, Vec2,
};
use loopscope_protocol::state::duration;
use loopscope_protocol::{Nanos, TaskId};

use super::scale::Scale;
use super::stands::{self, Stood};
use crate::state::selection::Picked;
use crate::state::timeline::{Item, Piece, Span, Track};
use crate::theme::{Palette, size};

/// How strong what does not fit the filter is drawn.
const UNFIT: f32 = 0.16;

/// How strong waiting is drawn, and the time before that.
const WAITING: f32 = 0.75;

/// How strong what was inferred is filled; its frame is dashed.
const INFERRED: f32 = 0.35;

/// What lies under the pointer.
#[derive(Debug, Clone)]
pub struct Hit {
    /// The callback, if it is one.
    pub picked: Option<Picked>,
    /// What is said of it.
    pub text: String,
    /// Where it lies.
    pub span: Span,
}

/// What one drawn part looks like and says.
pub struct Look {
    /// Its colour.
    pub color: Color32,
    /// Colour of the name on it.
    pub ink: Color32,
    /// The name.
    pub name: String,
    /// Whether something went wrong.
    pub hatched: bool,
    /// Whether the views point at it.
    pub emphasized: bool,
    /// Whether it fits what is looked for.
    pub fits: bool,
    /// Whether where it begins or ends was inferred.
    pub inferred: bool,
    /// Where the run stood still in it.
    pub stood: Vec<Stood>,
}

impl Look {
    /// Something in a colour, without a name.
    pub fn plain(color: Color32) -> Self {
        Self {
            color,
            ink: color,
            name: String::new(),
            hatched: false,
            emphasized: false,
            fits: true,
            inferred: false,
            stood: Vec::new(),
        }
    }
}

/// What is drawn on.
pub struct Canvas<'a> {
    /// For painting.
    pub ui: &'a Ui,
    /// From moments to points.
    pub scale: Scale<'a>,
    /// The colours.
    pub palette: &'static Palette,
    /// Where the pointer is, if it is here.
    pub pointer: Option<Pos2>,
    /// What lies under it.
    pub hit: Option<Hit>,
    /// The callback that the views point at.
    pub emphasized: Option<TaskId>,
    /// The lanes: nothing is drawn outside.
    pub clip: Rect,
    /// Whether the run does not tell since when things waited.
    pub inferred: bool,
}

/// The part of a row that bars take; below them lies the line of waiting. Low rows have none.
fn bars(row: Rect) -> Rect {
    if row.height() < size::TRACK {
        return row.with_max_y(row.bottom() - size::LINE);
    }
    Rect::from_x_y_ranges(row.x_range(), row.top() + size::THICK..=row.bottom() - size::TIGHT)
}

/// A dashed line.
fn dashes(x: std::ops::RangeInclusive<f32>, y: f32, stroke: Stroke) -> Vec<Shape> {
    Shape::dashed_line(&[Pos2::new(*x.start(), y), Pos2::new(*x.end(), y)], stroke, size::TIGHT, size::TIGHT)
}

/// A dashed frame.
fn frame(rect: Rect, color: Color32) -> Vec<Shape> {
    let rect = rect.shrink(size::LINE / 2.0);
    let path = [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom(), rect.left_top()];
    Shape::dashed_line(&path, Stroke::new(size::LINE, color), size::TIGHT, size::TIGHT)
}

impl Canvas<'_> {
    fn painter(&self, row: Rect) -> egui::Painter {
        self.ui.painter_at(row.intersect(self.clip))
    }

    /// Draws a track into `row`. `look` is asked for every part with whether there is room for a name, and `None`
    /// leaves it out; `hit` is asked for what lies under the pointer.
    pub fn track<T: Item>(
        &mut self,
        row: Rect,
        track: &Track<T>,
        mut look: impl FnMut(&Piece<T>, bool) -> Option<Look>,
        hit: impl FnOnce(&T, Span) -> Hit,
    ) {
        let (painter, scale) = (self.painter(row), self.scale);
        let font = FontId::new(size::TEXT_SMALL, FontFamily::Proportional);
        let round = CornerRadius::same(size::ROUND_SMALL / 2);
        let bars = bars(row);
        let middle = row.bottom() - size::THICK;
        let emphasized = self.emphasized.filter(|task| task.is_some()).unwrap_or(TaskId(u64::MAX));
        // Right end of what has been drawn last, of bars and of lines, and when that line's callback started.
        let (mut covered, mut lined, mut lined_at) = (f32::NEG_INFINITY, f32::NEG_INFINITY, 0);
        let mut under: Option<(usize, usize, Span)> = None;
        let pointer = self.pointer.filter(|pointer| row.contains(*pointer) && self.clip.contains(*pointer));
        // Very many parts are as narrow as a pixel: they are painted together, the others over them.
        let mut narrow = Mesh::default();
        let mut wide: Vec<Shape> = Vec::new();
        let mut names: Vec<(Rect, Look)> = Vec::new();
        track.visit(
            scale.window(),
            |span| scale.is_small(span),
            |piece| {
                let (x0, x1) = scale.ends(&piece.span);
                let x1 = x1.max(x0 + size::LINE);
                let rect = Rect::from_x_y_ranges(x0..=x1, bars.y_range());
                let is_under = pointer.is_some_and(|at| rect.x_range().expand(size::LINE).contains(at.x));
                // What lies within a pixel that is drawn already would not be seen, but it would cost.
                let is_covered = x1 < covered + size::LINE / 2.0 && !is_under;
                // Groups do not stand out.
                let is_plain = || !piece.item.stands_out() && piece.item.task() != emphasized;
                if is_covered && (piece.count > 1 || is_plain()) {
                    return;
                }
                let named = piece.count == 1 && rect.width() >= size::SLICE_NAME;
                let Some(look) = look(&piece, named) else { return };
                if is_under {
                    under = Some((piece.index, piece.count, piece.span));
                }
                let strength = if look.fits { 1.0 } else { UNFIT };
                if piece.since < piece.span.start {
                    // Where a line would begin takes long to find out: what lies under the last one needs no more.
                    let is_lined = piece.count > 1 && piece.since <= lined_at;
                    let is_short = piece.since > lined_at && x0 - lined < size::THICK;
                    let since = match (is_lined, is_short) {
                        (true, _) => lined,
                        (_, true) => x0,
                        _ => scale.x(piece.since),
                    };
                    let waits = |at: Pos2| at.y > bars.bottom() && (since..=x0).contains(&at.x);
                    if piece.count == 1 && pointer.is_some_and(waits) {
                        under = Some((piece.index, 1, piece.span));
                    }
                    if (x0 - since >= size::THICK || is_lined) && x0 > lined {
                        let color = look.color.gamma_multiply(WAITING * strength);
                        let half = size::THICK / 2.0;
                        let line = |x: std::ops::RangeInclusive<f32>, up: f32, down: f32| {
                            Rect::from_x_y_ranges(x, middle - up..=middle + down)
                        };
                        if self.inferred {
                            let x = since.max(lined).max(self.clip.left())..=x0.min(self.clip.right());
                            wide.extend(dashes(x, middle, Stroke::new(size::THICK, color)));
                        } else {
                            narrow.add_colored_rect(line(since.max(lined)..=x0, half, half), color);
                        }
                        if !is_lined {
                            let tick = since - size::LINE / 2.0..=since + size::LINE / 2.0;
                            narrow.add_colored_rect(line(tick, size::THICK, size::LINE), color);
                        }
                        (lined, lined_at) = (x0, piece.span.start);
                    }
                }
                covered = covered.max(x1);
                let shade = (0.35 + 0.65 * piece.busy) * strength;
                let color = look.color.gamma_multiply(shade);
                if look.inferred {
                    narrow.add_colored_rect(rect, color.gamma_multiply(INFERRED));
                    if rect.width() >= size::ROUNDED {
                        let ink =
                            look.color.lerp_to_gamma(self.palette.text, INFERRED).gamma_multiply(strength);
                        wide.extend(frame(rect.intersect(self.clip.expand(size::FAR)), ink));
                    }
                } else if rect.width() < size::ROUNDED {
                    narrow.add_colored_rect(rect, color);
                } else {
                    wide.push(RectShape::filled(rect, round, color).into());
                }
                stands::paint(rect.intersect(self.clip), &look.stood, color, self.palette, &mut wide);
                if look.hatched {
                    let stroke = Stroke::new(size::THICK, self.palette.error);
                    wide.push(Shape::hline(rect.x_range(), rect.bottom(), stroke));
                }
                if look.emphasized && piece.count == 1 {
                    let stroke = Stroke::new(size::THICK, self.palette.text);
                    let round = if rect.width() < size::ROUNDED { CornerRadius::ZERO } else { round };
                    wide.push(RectShape::stroke(rect, round, stroke, StrokeKind::Inside).into());
                }
                if named && look.fits {
                    names.push((rect, look));
                }
            },
        );
        painter.add(narrow);
        painter.extend(wide);
        for (rect, look) in &names {
            self.name(*rect, look, &font);
        }
        let Some((index, count, span)) = under else { return };
        self.hit = match track.get(index).filter(|_| count == 1) {
            Some((_, _, item)) => Some(hit(&item, span)),
            None => {
                let text = format!("{count} in {}\nZoom in to tell them apart.", duration(span.length()));
                Some(Hit { picked: None, text, span })
            }
        };
    }

    /// Writes the name of a bar onto it, as far as it can be seen.
    fn name(&self, rect: Rect, look: &Look, font: &FontId) {
        let (room, stood) = stands::room(rect.intersect(self.clip), &look.stood);
        let inside = room.shrink2(Vec2::new(size::TIGHT, 0.0));
        if inside.width() < size::SLICE_NAME - 2.0 * size::TIGHT {
            return;
        }
        let ink = if stood { self.palette.text } else { look.ink };
        let mut job = egui::text::LayoutJob::simple_singleline(look.name.clone(), font.clone(), ink);
        job.wrap = egui::text::TextWrapping::truncate_at_width(inside.width());
        let galley = self.ui.fonts_mut(|fonts| fonts.layout_job(job));
        let at = Pos2::new(inside.left(), rect.center().y - galley.size().y / 2.0);
        self.ui.painter_at(inside).galley(at, galley, ink);
    }

    /// A bar for something that has not ended.
    pub fn open(&mut self, row: Rect, span: Span, look: &Look, hit: impl FnOnce() -> Hit) {
        let (x0, x1) = self.scale.ends(&span);
        let rect = Rect::from_x_y_ranges(x0..=x1.max(x0 + size::LINE), bars(row).y_range());
        if !rect.intersects(self.clip) {
            return;
        }
        let strength = if look.fits { 0.75 } else { UNFIT };
        let round = CornerRadius { nw: 2, sw: 2, ..CornerRadius::ZERO };
        let color = look.color.gamma_multiply(strength);
        self.painter(row).rect_filled(rect, round, color);
        let mut shapes = Vec::new();
        stands::paint(rect.intersect(self.clip), &look.stood, color, self.palette, &mut shapes);
        self.painter(row).extend(shapes);
        if look.emphasized {
            let stroke = Stroke::new(size::THICK, self.palette.text);
            self.painter(row).rect_stroke(rect, round, stroke, StrokeKind::Inside);
        }
        if rect.width() >= size::SLICE_NAME {
            self.name(rect, look, &FontId::new(size::TEXT_SMALL, FontFamily::Proportional));
        }
        let is_under =
            |at: Pos2| self.clip.contains(at) && rect.expand2(Vec2::new(size::LINE, 0.0)).contains(at);
        if self.pointer.is_some_and(is_under) {
            self.hit = Some(hit());
        }
    }

    /// A line for something that waits for its start.
    pub fn waits(&self, row: Rect, from: Nanos, to: Nanos, color: Color32) {
        let (x0, x1) = (self.scale.x(from), self.scale.x(to));
        let y = row.bottom() - size::THICK;
        let stroke = Stroke::new(size::THICK, color.gamma_multiply(WAITING));
        self.painter(row).hline(x0..=x1, y, stroke);
        self.painter(row).vline(x0, y - size::THICK..=y + size::LINE, Stroke::new(size::LINE, color));
    }

    /// The whole life of a callback that the views point at: created, ready, started.
    pub fn life(&self, row: Rect, created: Nanos, ready: Nanos, start: Nanos, color: Color32) {
        let painter = self.painter(row);
        let y = row.bottom() - size::THICK;
        let (x0, x1, x2) = (self.scale.x(created), self.scale.x(ready), self.scale.x(start));
        let from = Pos2::new(x0.max(row.left() - size::FAR), y);
        let dashes = egui::Shape::dashed_line(
            &[from, Pos2::new(x1.min(row.right()), y)],
            Stroke::new(size::LINE, color),
            size::TIGHT,
            size::TIGHT,
        );
        painter.extend(dashes);
        painter.circle_filled(Pos2::new(x0, y), size::THICK, color);
        painter.hline(x1..=x2, y, Stroke::new(size::THICK + size::LINE, color));
        painter.vline(x1, row.bottom() - size::NEAR..=row.bottom(), Stroke::new(size::THICK, color));
    }

    /// A word in the middle of a stretch, if there is room.
    pub fn word(&self, x: std::ops::RangeInclusive<f32>, y: f32, text: &str, ink: Color32) {
        let font = FontId::new(size::TEXT_SMALL, FontFamily::Proportional);
        let galley = self.ui.fonts_mut(|fonts| fonts.layout_no_wrap(text.to_owned(), font, ink));
        let middle = x.start().midpoint(*x.end());
        if galley.size().x + size::TIGHT <= x.end() - x.start() {
            let at = Align2::CENTER_CENTER.anchor_size(Pos2::new(middle, y), galley.size());
            self.ui.painter_at(self.clip).galley(at.min, galley, ink);
        }
    }
}
