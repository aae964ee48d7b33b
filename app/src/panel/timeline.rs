//! The timeline: what ran when, from the whole run down to nanoseconds. Scroll to pan, Ctrl and scroll to zoom.

use egui::{
    Align2, Color32, CornerRadius, FontFamily, FontId, Key, Pos2, Rect, Response, Sense, Stroke, Ui, Vec2,
};
use loopscope_protocol::state::{Stage, duration};
use loopscope_protocol::{Nanos, Phase, PlaceId};

use super::{View, layout};
use crate::state::selection::Picked;
use crate::state::timeline::{OpRun, Run, Track, is_micro};
use crate::theme::{self, Palette, size};
use crate::widget::axis;

/// Shortest stretch of time that can be seen.
const CLOSEST: f64 = 200.0;

/// Room at the end of a run that fits as a whole, as a part of it.
const MARGIN: f64 = 0.02;

/// How much a step of the wheel zooms.
const WHEEL: f32 = 0.004;

/// How much a key zooms, and which part of the view a key moves.
const KEY_ZOOM: f64 = 1.25;
const KEY_PAN: f64 = 0.1;

/// What the timeline shows.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
enum Shown {
    /// All of the run, also while it grows.
    #[default]
    Whole,
    /// The last stretch of this length.
    End(f64),
    /// From here, this long.
    Part(f64, f64),
}

/// What the timeline remembers.
#[derive(Default)]
pub struct TimelineMemory {
    shown: Shown,
}

impl TimelineMemory {
    /// Shows the whole run.
    pub fn fit(&mut self) {
        self.shown = Shown::Whole;
    }

    /// Keeps the end in view: at the present zoom, or the whole run if that was in view.
    pub fn follow(&mut self) {
        if let Shown::Part(_, length) = self.shown {
            self.shown = Shown::End(length);
        }
    }
}

/// From when, and nanoseconds per point.
#[derive(Debug, Clone, Copy)]
struct Scale {
    from: f64,
    per_point: f64,
    left: f32,
}

impl Scale {
    fn x(&self, at: Nanos) -> f32 {
        self.left + ((at as f64 - self.from) / self.per_point) as f32
    }

    fn time(&self, x: f32) -> f64 {
        self.from + f64::from(x - self.left) * self.per_point
    }
}

/// Draws the panel.
pub fn show(view: &mut View, ui: &mut Ui) {
    if view.progress.is_none() {
        layout::empty(ui, "Every callback of the run, as it happens.");
        return;
    }
    let area = ui.max_rect().shrink(size::TIGHT);
    let tracks = Rect::from_min_max(Pos2::new(area.left() + size::TRACK_NAME, area.top()), area.max);
    if tracks.width() <= size::RULER_STEP {
        return;
    }
    let response = ui.interact(tracks, ui.scope_id().with("timeline"), Sense::click_and_drag());
    let end = view.model.timeline.end.max(view.model.state.now);
    let text = spoken(view);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, text.clone()));
    let scale = navigate(view, &response, tracks, end, ui);
    let palette = theme::of(ui);
    ruler(scale, tracks, palette, ui);
    let pointer = response.hover_pos();
    let mut rows =
        Rows { view, ui, area, tracks, scale, palette, pointer, top: tracks.top() + size::RULER, hit: None };
    rows.all();
    let hit = rows.hit.take();
    if let Some(hit) = hit {
        if let Some(picked) = hit.picked {
            view.selection.hovered = Some(picked);
            if response.clicked() {
                view.selection.selected = Some(picked);
            }
        }
        response.on_hover_text_at_pointer(hit.text);
    }
}

/// What a screen reader says of the timeline.
fn spoken(view: &View) -> String {
    let timeline = &view.model.timeline;
    format!(
        "Timeline: {} callbacks, {} next ticks and microtasks, {} operations, {} in all",
        timeline.callbacks.len(),
        timeline.microtasks.len(),
        timeline.io.iter().map(Track::len).sum::<usize>(),
        duration(timeline.end)
    )
}

/// The shown stretch: where it begins and how long it is.
fn stretch(shown: Shown, end: f64) -> (f64, f64) {
    match shown {
        Shown::Whole => (0.0, (end * (1.0 + MARGIN)).max(CLOSEST)),
        Shown::End(length) => ((end - length * (1.0 - MARGIN)).max(0.0), length),
        Shown::Part(from, length) => (from, length),
    }
}

/// Follows wheel, drag and keys; returns where things are to be drawn.
fn navigate(view: &mut View, response: &Response, tracks: Rect, end: Nanos, ui: &Ui) -> Scale {
    let end = end as f64;
    let memory = &mut view.memory.timeline;
    let (mut from, mut length) = stretch(memory.shown, end);
    let per_point = |length: f64| length / f64::from(tracks.width());
    let (mut zoom, mut pan, mut about) = (1.0, 0.0, 0.5);
    if response.hovered() {
        let (scroll, pinch, held) =
            ui.input(|input| (input.smooth_scroll_delta(), input.zoom_delta(), input.modifiers.command));
        zoom = f64::from(pinch);
        if !held {
            // A wheel without a sideways direction pans, too: there is nothing to scroll up and down.
            pan = -f64::from(scroll.x + scroll.y) * per_point(length);
        } else if pinch == 1.0 {
            zoom = f64::from((scroll.y * WHEEL).exp());
        }
        if let Some(pointer) = response.hover_pos() {
            about = f64::from((pointer.x - tracks.left()) / tracks.width());
        }
    }
    if response.dragged() {
        pan -= f64::from(response.drag_delta().x) * per_point(length);
    }
    if response.has_focus() {
        ui.input(|input| {
            let pressed = |key| input.num_presses(key) as i32;
            zoom *= KEY_ZOOM.powi(
                pressed(Key::Plus) + pressed(Key::ArrowUp) - pressed(Key::Minus) - pressed(Key::ArrowDown),
            );
            pan += length * KEY_PAN * f64::from(pressed(Key::ArrowRight) - pressed(Key::ArrowLeft));
        });
    }
    if response.double_clicked() {
        memory.shown = Shown::Whole;
        (from, length) = stretch(memory.shown, end);
    } else if zoom != 1.0 || pan != 0.0 {
        let longest = (end * (1.0 + MARGIN)).max(CLOSEST);
        let wanted = (length / zoom).clamp(CLOSEST.min(longest), longest);
        from += (length - wanted) * about + pan;
        length = wanted;
        from = from.clamp(0.0, (longest - length).max(0.0));
        let is_whole = length >= longest * (1.0 - 1e-9);
        let at_end = from + length >= end && pan >= 0.0;
        memory.shown = match (is_whole, at_end) {
            (true, _) => Shown::Whole,
            (false, true) => Shown::End(length),
            (false, false) => Shown::Part(from, length),
        };
        (from, length) = stretch(memory.shown, end);
    }
    Scale { from, per_point: per_point(length), left: tracks.left() }
}

fn ruler(scale: Scale, tracks: Rect, palette: &Palette, ui: &Ui) {
    let painter = ui.painter_at(tracks);
    let length = (f64::from(tracks.width()) * scale.per_point) as u64;
    let step = axis::step(length, (tracks.width() / size::RULER_STEP) as usize);
    let font = FontId::new(size::TEXT_SMALL, FontFamily::Proportional);
    let mut at = (scale.from as u64).div_ceil(step) * step;
    while scale.x(at) <= tracks.right() {
        let x = scale.x(at);
        painter.vline(x, tracks.y_range(), Stroke::new(size::LINE, palette.line));
        let label = Pos2::new(x + size::TIGHT, tracks.top() + size::RULER / 2.0);
        painter.text(label, Align2::LEFT_CENTER, axis::label(at, step), font.clone(), palette.dim);
        at += step;
    }
}

/// What lies under the pointer.
struct Hit {
    picked: Option<Picked>,
    text: String,
}

struct Rows<'r, 'v> {
    view: &'r View<'v>,
    ui: &'r Ui,
    area: Rect,
    tracks: Rect,
    scale: Scale,
    palette: &'static Palette,
    pointer: Option<Pos2>,
    top: f32,
    hit: Option<Hit>,
}

/// What one drawn part looks like and says.
struct Look {
    color: Color32,
    /// Colour of the name on it.
    ink: Color32,
    name: String,
    hatched: bool,
    emphasized: bool,
}

impl Rows<'_, '_> {
    fn all(&mut self) {
        let timeline = &self.view.model.timeline;
        self.phases();
        self.runs("callbacks", &timeline.callbacks, false);
        self.runs("microtasks", &timeline.microtasks, true);
        self.operations();
        self.collections();
        self.moments();
    }

    /// The next row; `None` when there is no room left.
    fn row(&mut self, name: &str) -> Option<Rect> {
        if self.top + size::TRACK > self.area.bottom() {
            return None;
        }
        let rect = Rect::from_x_y_ranges(self.tracks.x_range(), self.top..=self.top + size::TRACK);
        self.top += size::TRACK + size::THICK;
        let font = FontId::new(size::TEXT_SMALL, FontFamily::Proportional);
        let left = Pos2::new(self.area.left() + size::TIGHT, rect.center().y);
        self.ui.painter().text(left, Align2::LEFT_CENTER, name, font, self.palette.dim);
        let line = Stroke::new(size::LINE, self.palette.line);
        self.ui.painter_at(self.area).hline(self.area.x_range(), rect.bottom() + size::LINE, line);
        Some(rect)
    }

    fn range(&self) -> (Nanos, Nanos) {
        let from = self.scale.from.max(0.0) as Nanos;
        let to = self.scale.time(self.tracks.right()).max(0.0) as Nanos;
        (from, to)
    }

    /// Draws a track. `look` says how an item looks and, where there is room for it, its name; `hit` says what stands under
    /// the pointer.
    fn track<T>(
        &mut self,
        row: Rect,
        track: &Track<T>,
        look: impl Fn(&T, bool) -> Look,
        hit: impl Fn(&T, Nanos, Nanos) -> Hit,
    ) {
        let (from, to) = self.range();
        let resolution = self.scale.per_point.max(1.0) as Nanos;
        let painter = self.ui.painter_at(row);
        let round = CornerRadius::same(size::ROUND_SMALL / 2);
        let font = FontId::new(size::CODE_SMALL, FontFamily::Monospace);
        let mut under = None;
        let mut covered = f32::NEG_INFINITY;
        track.visit(from, to, resolution, |piece| {
            let (x0, x1) =
                (self.scale.x(piece.start), self.scale.x(piece.end).max(self.scale.x(piece.start) + 1.0));
            let rect = Rect::from_x_y_ranges(x0..=x1, row.top() + size::LINE..=row.bottom() - size::LINE);
            let pointed = self
                .pointer
                .is_some_and(|pointer| rect.expand2(Vec2::new(size::LINE, 0.0)).contains(pointer));
            if pointed {
                under = Some((piece.index, piece.count, piece.start, piece.end));
            }
            let named = piece.count == 1 && rect.width() >= size::SLICE_NAME;
            let look = look(piece.item, named);
            // What lies within a pixel that is drawn already would not be seen, but it would cost.
            if x1 < covered + size::LINE / 2.0 && !look.hatched && !look.emphasized {
                return;
            }
            covered = covered.max(x1);
            let round = if rect.width() < size::ROUNDED { CornerRadius::ZERO } else { round };
            let strength = 0.35 + 0.65 * piece.busy;
            painter.rect_filled(rect, round, look.color.gamma_multiply(strength));
            if look.hatched {
                painter.hline(rect.x_range(), rect.bottom(), Stroke::new(size::THICK, self.palette.error));
            }
            if look.emphasized && piece.count == 1 {
                let stroke = Stroke::new(size::THICK, self.palette.text);
                painter.rect_stroke(rect, round, stroke, egui::StrokeKind::Inside);
            }
            if named {
                let inside = rect.intersect(row).shrink2(Vec2::new(size::TIGHT, 0.0));
                let clipped = self.ui.painter_at(inside);
                let at = inside.left_center();
                clipped.text(at, Align2::LEFT_CENTER, &look.name, font.clone(), look.ink);
            }
        });
        if let Some((index, count, start, end)) = under {
            if count == 1
                && let Some((start, end, item)) = track.get(index)
            {
                self.hit = Some(hit(item, start, end));
            } else {
                let text = format!("{count} in {}\nZoom in to tell them apart.", duration(end - start));
                self.hit = Some(Hit { picked: None, text });
            }
        }
    }

    fn phases(&mut self) {
        let Some(row) = self.row("phases") else { return };
        let palette = self.palette;
        let color = |phase: &Phase| theme::phase_tint(palette, *phase);
        let name = |phase: &Phase| format!("{phase:?}").to_lowercase();
        let track = &self.view.model.timeline.phases;
        self.track(
            row,
            track,
            |phase, named| Look {
                color: palette.surface.lerp_to_gamma(color(phase), 0.45),
                ink: palette.text,
                name: if named { name(phase) } else { String::new() },
                hatched: false,
                emphasized: false,
            },
            |phase, start, end| Hit {
                picked: None,
                text: format!("phase {}: {}", name(phase), duration(end - start)),
            },
        );
        // The phase that has not ended.
        if let Some(inside) = self.view.model.state.phase
            && self.view.model.state.ended.is_none()
        {
            let x = self.scale.x(inside.since)..=self.scale.x(self.view.model.now());
            let rect = Rect::from_x_y_ranges(*x.start()..=x.end().max(x.start() + 1.0), row.y_range());
            let color = palette.surface.lerp_to_gamma(color(&inside.phase), 0.35);
            self.ui.painter_at(row).rect_filled(rect.intersect(row), CornerRadius::ZERO, color);
        }
    }

    fn runs(&mut self, name: &str, track: &Track<Run>, micro: bool) {
        let Some(row) = self.row(name) else { return };
        let (palette, names) = (self.palette, &self.view.model.state.names);
        let selection = *self.view.selection;
        let describe = |run: &Run| {
            let text = names.describe(run.callback);
            if text.is_empty() { run.kind.name().to_owned() } else { text }
        };
        let short = |run: &Run| {
            let function = names.place(run.callback).map_or("", |place| names.text(place.function));
            if function.is_empty() { describe(run) } else { function.to_owned() }
        };
        self.track(
            row,
            track,
            |run, named| Look {
                color: theme::tint(palette, run.kind),
                ink: palette.surface,
                name: if named { short(run) } else { String::new() },
                hatched: run.threw,
                emphasized: selection.emphasizes(run.task),
            },
            |run, start, end| {
                let picked = Picked::ended(run, start, end);
                let from = if run.site == PlaceId::NONE {
                    String::new()
                } else {
                    format!("\nscheduled at {}", names.describe(run.site))
                };
                let threw = if run.threw { "\nthrew" } else { "" };
                let text = format!(
                    "{} {}\nran for {}, from {}{from}{threw}",
                    run.kind.name(),
                    describe(run),
                    duration(end - start),
                    duration(start)
                );
                Hit { picked: Some(picked), text }
            },
        );
        self.running(row, micro);
    }

    /// What has not ended yet.
    fn running(&self, row: Rect, micro: bool) {
        let state = &self.view.model.state;
        for task in &state.stack {
            let Some(entry) = state.tasks.get(task).filter(|entry| is_micro(entry.kind) == micro) else {
                continue;
            };
            let Stage::Running { since } = entry.stage else { continue };
            let x0 = self.scale.x(since);
            let x1 = self.scale.x(self.view.model.now()).max(x0 + 1.0);
            let rect = Rect::from_x_y_ranges(x0..=x1, row.top() + size::LINE..=row.bottom() - size::LINE);
            let tint = theme::tint(self.palette, entry.kind);
            self.ui.painter_at(row).rect_filled(
                rect.intersect(row),
                CornerRadius::ZERO,
                tint.gamma_multiply(0.7),
            );
        }
    }

    fn operations(&mut self) {
        let timeline = &self.view.model.timeline;
        let (palette, names) = (self.palette, &self.view.model.state.names);
        let selection = *self.view.selection;
        for (index, track) in timeline.io.iter().enumerate() {
            let Some(row) = self.row(if index == 0 { "I/O" } else { "" }) else { return };
            self.track(
                row,
                track,
                |op: &OpRun, named| Look {
                    color: palette.surface.lerp_to_gamma(palette.io, 0.45),
                    ink: palette.text,
                    name: if named { names.text(op.name).to_owned() } else { String::new() },
                    hatched: op.failed,
                    emphasized: selection.emphasizes(op.task),
                },
                |op, start, end| {
                    let failed = if op.failed { "\nfailed" } else { "" };
                    let text = format!(
                        "{} {}\n{} for {} bytes{failed}",
                        names.text(op.name),
                        names.text(op.target),
                        duration(end - start),
                        op.bytes
                    );
                    Hit { picked: None, text }
                },
            );
        }
    }

    fn collections(&mut self) {
        let track = &self.view.model.timeline.collections;
        if track.is_empty() {
            return;
        }
        let Some(row) = self.row("garbage") else { return };
        let color = self.palette.faint;
        self.track(
            row,
            track,
            |(), _| Look { color, ink: color, name: String::new(), hatched: false, emphasized: false },
            |(), start, end| Hit {
                picked: None,
                text: format!("garbage collection: {}", duration(end - start)),
            },
        );
    }

    /// Console lines and errors as ticks.
    fn moments(&mut self) {
        let timeline = &self.view.model.timeline;
        if timeline.console.is_empty() && timeline.errors.is_empty() {
            return;
        }
        let Some(row) = self.row("output") else { return };
        let (dim, error) = (self.palette.dim, self.palette.error);
        let look = |color: Color32| {
            move |(): &(), _| Look {
                color,
                ink: color,
                name: String::new(),
                hatched: false,
                emphasized: false,
            }
        };
        let said = |what: &'static str| {
            move |(): &(), start: Nanos, _| Hit {
                picked: None,
                text: format!("{what} at {}", duration(start)),
            }
        };
        self.track(row, &timeline.console, look(dim), said("output"));
        self.track(row, &timeline.errors, look(error), said("error"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shown_stretch_follows_what_was_chosen() {
        assert_eq!(stretch(Shown::Whole, 1000.0), (0.0, 1020.0));
        assert_eq!(stretch(Shown::Part(10.0, 500.0), 1000.0), (10.0, 500.0));
        let (from, length) = stretch(Shown::End(500.0), 1000.0);
        assert_eq!(length, 500.0);
        assert!((from - 510.0).abs() < 1e-9);
        assert_eq!(stretch(Shown::Whole, 0.0), (0.0, CLOSEST));
    }

    #[test]
    fn following_keeps_the_zoom() {
        let mut memory = TimelineMemory { shown: Shown::Part(3.0, 7.0) };
        memory.follow();
        assert_eq!(memory.shown, Shown::End(7.0));
        memory.fit();
        memory.follow();
        assert_eq!(memory.shown, Shown::Whole);
    }
}
