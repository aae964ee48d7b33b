//! What the rows show.

use egui::{Color32, Pos2, Rect, Stroke};
use loopscope_protocol::state::{Names, Stage, duration};
use loopscope_protocol::{LoopId, LoopState, Nanos, Phase, PlaceId, TaskId, TaskKind};

use super::rows::{self, Folded, Group, LoopRow, Row};
use super::seen;
use super::slices::{Canvas, Hit, Look};
use super::stands::{self, Stood};
use crate::state::model::Model;
use crate::state::selection::{Picked, Selection};
use crate::state::timeline::find::Finder;
use crate::state::timeline::{HandleRun, Lane, Mark, OpRun, Run, Span, Stand, Timeline, Track};
use crate::theme::{self, size};

/// Callbacks that wait and are drawn as lines.
const WAITING_SHOWN: usize = 200;

/// Characters of a line of output that are said of it.
const OUTPUT_SAID: usize = 200;

/// What the rows are drawn from.
pub struct Source<'a> {
    /// The run.
    pub model: &'a Model,
    /// The loop whose rows are drawn: what happened when, and how it stands.
    pub timeline: &'a Timeline,
    /// See above.
    pub state: &'a LoopState,
    /// What the views point at.
    pub selection: Selection,
    /// What is looked for.
    pub finder: &'a mut Finder,
    /// Which groups are folded.
    pub folded: &'a Folded,
}

/// Draws all rows that can be seen.
pub fn show(source: &mut Source, canvas: &mut Canvas, rows: &[LoopRow], lanes: Rect, scroll: f32) {
    idle(source, canvas, lanes);
    for (row, place) in rows::placed(rows, lanes, scroll) {
        if !place.intersects(lanes) {
            continue;
        }
        let line = Stroke::new(size::LINE, canvas.palette.line);
        if !matches!(row.row, Row::Seen(_)) {
            canvas.ui.painter_at(lanes).hline(lanes.x_range(), place.bottom() + size::LINE, line);
        }
        let model = source.model;
        if row.on == LoopId::MAIN {
            (source.timeline, source.state) = (&model.timeline, model.state());
        } else {
            let Some(worker) = model.state().workers.get(&row.on) else { continue };
            let Some(timeline) = model.timeline.on(row.on) else { continue };
            (source.timeline, source.state) = (timeline, &worker.state);
            if row.row == Row::Stack(0) {
                let strong = Stroke::new(size::LINE, canvas.palette.outline);
                canvas.ui.painter_at(lanes).hline(lanes.x_range(), place.top() - size::LINE, strong);
            }
        }
        match row.row {
            Row::Phases => phases(source, canvas, place),
            Row::Stack(depth) => stack(source, canvas, place, depth),
            Row::Seen(depth) => seen::row(source, canvas, place, depth),
            Row::Lane(lane) => lane_of(source, canvas, place, lane),
            Row::Slot(slot) => slots(source, canvas, place, slot),
            Row::Io(row) => operations(source, canvas, place, row),
            Row::Handle(row) => handles(source, canvas, place, row),
            Row::Garbage => garbage(source, canvas, place),
            Row::Output => output(source, canvas, place),
        }
    }
}

/// Times in which nothing ran, where the axis shortens them.
fn idle(source: &Source, canvas: &Canvas, lanes: Rect) {
    if canvas.scale.axis.mode() != crate::state::timeline::axis::AxisMode::Busy {
        return;
    }
    let window = canvas.scale.window();
    let painter = canvas.ui.painter_at(lanes);
    let mut last = f32::NEG_INFINITY;
    for gap in source.model.timeline.idle.within(window.start, window.end) {
        let (x0, x1) = (canvas.scale.x(gap.start), canvas.scale.x(gap.end));
        if x1 < last + size::LINE {
            continue;
        }
        last = x1;
        let rect = Rect::from_x_y_ranges(x0..=x1, lanes.y_range());
        painter.rect_filled(rect, 0.0, canvas.palette.raised);
        canvas.word(x0..=x1, lanes.bottom() - size::FAR, &duration(gap.end - gap.start), canvas.palette.dim);
    }
}

fn phases(source: &Source, canvas: &mut Canvas, row: Rect) {
    let palette = canvas.palette;
    let name = |phase: Phase| format!("{phase:?}").to_lowercase();
    let color = |phase| palette.surface.lerp_to_gamma(theme::phase_tint(palette, phase), 0.45);
    let (model, window, scale) = (source.model, canvas.scale.window(), canvas.scale);
    let (timeline, pointer) = (source.timeline, canvas.pointer);
    let stood = |span: &Span| stands::within(&scale, &timeline.stood, span, None);
    canvas.track(
        row,
        &timeline.phases,
        |piece, named| {
            let phase = piece.item;
            let name = if named { name(phase) } else { String::new() };
            let stood = if piece.count == 1 { stood(&piece.span) } else { Vec::new() };
            Some(Look { ink: palette.text, name, stood, ..Look::plain(color(phase)) })
        },
        |phase, span| {
            let mut text = format!("phase {}: {}", name(*phase), timeline.ran_for(span.start, span.end));
            say_stood(&mut text, &stood(&span), pointer);
            Hit { picked: None, text, span }
        },
    );
    let state = source.state;
    if let Some(inside) = state.phase.filter(|_| state.ended.is_none() && window.end >= state.now) {
        let (since, now) = (inside.since, model.now());
        let span = lasting((source.model, source.state), since, None);
        let stood = stands::within(&scale, &timeline.stood, &span, present_stand(source));
        let mut text =
            format!("phase {}: {} so far", name(inside.phase), duration(state.stood.ran(since, now)));
        say_stood(&mut text, &stood, pointer);
        let look =
            Look { ink: palette.text, name: name(inside.phase), stood, ..Look::plain(color(inside.phase)) };
        canvas.open(row, span, &look, || Hit { picked: None, text, span });
    }
}

/// A stretch that has not ended, or only with its loop; `from` is the moment at which it began, if that is known.
fn lasting((model, state): (&Model, &LoopState), since: Nanos, from: Option<u32>) -> Span {
    let moments = &model.timeline.moments;
    let from = from.unwrap_or_else(|| moments.number(since) as u32);
    let end = match &state.ended {
        Some(ended) => (ended.at, moments.number(ended.at) as u32),
        None => (model.now(), moments.len() as u32),
    };
    Span::new((since, from), end)
}

/// Where the loop stands still now, if it does.
fn present_stand(source: &Source) -> Option<(Span, Stand)> {
    let (since, (reason, _)) = (source.state.stood.since()?, source.state.paused?);
    Some((lasting((source.model, source.state), since, None), Stand { reason }))
}

/// Says why the run stood still where the pointer is.
fn say_stood(text: &mut String, parts: &[Stood], pointer: Option<Pos2>) {
    let under = pointer.and_then(|at| parts.iter().find(|part| part.x.contains(at.x)));
    if let Some(part) = under {
        text.push('\n');
        text.push_str(&part.words());
    }
}

/// A callback by name and line, or by its kind.
fn describe(run: &Run, names: &Names) -> String {
    let text = names.describe(run.callback);
    if text.is_empty() { run.kind.name().to_owned() } else { text }
}

/// A callback by the name of its function, if it has one.
fn short(kind: TaskKind, callback: PlaceId, names: &Names) -> String {
    let function = names.place(callback).map_or("", |place| names.text(place.function));
    if !function.is_empty() {
        return function.to_owned();
    }
    let text = names.describe(callback);
    if text.is_empty() { kind.name().to_owned() } else { text }
}

/// Whether a trace of Node does not tell since when such a callback was ready, not even from when it was created.
fn is_ready_unknown(kind: TaskKind) -> bool {
    !matches!(kind, TaskKind::Immediate | TaskKind::NextTick | TaskKind::Microtask)
}

fn run_hit(timeline: &Timeline, run: &Run, span: Span, names: &Names, inferred: bool) -> Hit {
    let Span { start, end, .. } = span;
    let mut text = format!("{} {}\n", run.kind.name(), describe(run, names));
    let (created, ready) = (run.created(start), run.ready(start));
    // An interval was created once and runs many times: of a later one the first is not told.
    let is_again = run.kind == TaskKind::Interval && created == ready;
    if created < start && !is_again {
        text.push_str(&format!("created at {}", duration(created)));
        if run.site != PlaceId::NONE {
            text.push_str(&format!(" in {}", names.describe(run.site)));
        }
        text.push('\n');
    }
    match inferred {
        true if run.kind == TaskKind::MainScript => {
            text.push_str("inferred: the trace does not tell where the script begins and ends\n");
        }
        true if is_ready_unknown(run.kind) => {
            text.push_str("the trace does not tell since when it was ready\n")
        }
        _ => {
            let (at, waited) = (duration(ready), duration(start - ready));
            let how = if inferred { " (inferred)" } else { "" };
            let since =
                if matches!(run.kind, TaskKind::Timeout | TaskKind::Interval) { "due" } else { "ready" };
            text.push_str(&format!("{since} at {at}{how}, waited {waited} for the stack\n"));
        }
    }
    text.push_str(&format!("ran at {} for {}", duration(start), timeline.ran_for(start, end)));
    if run.threw {
        text.push_str("\nthrew");
    }
    Hit { picked: Some(Picked::ended(run, start, end)), text, span }
}

/// Draws callbacks; `keeps` says which.
fn runs(
    source: &mut Source,
    canvas: &mut Canvas,
    row: Rect,
    track: &Track<Run>,
    is_stack: bool,
    keeps: impl Fn(&Run) -> bool,
) {
    let palette = canvas.palette;
    let (selection, finder) = (source.selection, &mut *source.finder);
    let (names, inferred, timeline) = (&source.model.state().names, canvas.inferred, source.timeline);
    let (scale, pointer) = (canvas.scale, canvas.pointer);
    let stood = |span: &Span| stands::within(&scale, &timeline.stood[..1], span, None);
    let mut life = None;
    canvas.track(
        row,
        track,
        |piece, named| {
            let run = &piece.item;
            if piece.count == 1 && !keeps(run) {
                return None;
            }
            let emphasized = selection.emphasizes(run.task);
            if emphasized && piece.count == 1 {
                life = Some((
                    run.created(piece.span.start),
                    run.ready(piece.span.start),
                    piece.span.start,
                    run.kind,
                ));
            }
            let fits = match piece.count {
                1 => finder.filter().is_none_or(|filter| filter.run(run, piece.span.length(), names)),
                _ => !finder.is_active() || finder.has_between(piece.span.start, piece.span.end),
            };
            let inferred = inferred && run.kind == TaskKind::MainScript;
            Some(Look {
                color: theme::tint(palette, run.kind),
                ink: if inferred { palette.text } else { palette.surface },
                name: if named { short(run.kind, run.callback, names) } else { String::new() },
                hatched: run.threw,
                emphasized,
                fits,
                inferred,
                stood: if piece.count == 1 { stood(&piece.span) } else { Vec::new() },
            })
        },
        |run, span| {
            let mut hit = run_hit(timeline, run, span, names, inferred);
            say_stood(&mut hit.text, &stood(&span), pointer);
            hit
        },
    );
    if let Some((created, ready, start, kind)) = life.filter(|_| !is_stack) {
        canvas.life(row, created, ready, start, theme::tint(palette, kind));
    }
}

/// What was on the stack, whatever its kind.
fn stack(source: &mut Source, canvas: &mut Canvas, row: Rect, depth: usize) {
    let timeline = source.timeline;
    match depth.checked_sub(1) {
        None => {
            for track in &timeline.lanes {
                runs(source, canvas, row, track, true, |run| run.depth == 0);
            }
        }
        Some(deeper) => {
            if let Some(track) = timeline.nested.get(deeper) {
                runs(source, canvas, row, track, true, |_| true);
            }
        }
    }
    let state = source.state;
    if let Some(task) = state.stack.get(depth) {
        running(source, canvas, row, *task);
    }
}

fn lane_of(source: &mut Source, canvas: &mut Canvas, row: Rect, lane: Lane) {
    waiting(source, canvas, row, lane);
    runs(source, canvas, row, source.timeline.lane(lane), false, |_| true);
    let state = source.state;
    for task in &state.stack {
        if state.tasks.get(task).is_some_and(|entry| Lane::of(entry.kind) == lane) {
            running(source, canvas, row, *task);
        }
    }
}

/// A callback that runs.
fn running(source: &Source, canvas: &mut Canvas, row: Rect, task: TaskId) {
    let (model, names) = (source.model, &source.model.state().names);
    let Some(entry) = source.state.tasks.get(&task) else { return };
    let Stage::Running { since } = entry.stage else { return };
    let now = model.now();
    let name = short(entry.kind, entry.callback, names);
    let ran = source.state.stood.ran(since, now);
    let mut text = format!("{} {name}\nruns for {} so far", entry.kind.name(), duration(ran));
    let span = lasting((model, source.state), since, None);
    let stood = stands::within(&canvas.scale, &source.timeline.stood[..1], &span, present_stand(source));
    say_stood(&mut text, &stood, canvas.pointer);
    let look = Look {
        ink: canvas.palette.surface,
        name,
        emphasized: source.selection.emphasizes(task),
        stood,
        ..Look::plain(theme::tint(canvas.palette, entry.kind))
    };
    let picked = Picked::alive(model.state(), task);
    canvas.open(row, span, &look, || Hit { picked, text, span });
}

/// Lines for callbacks that have not run: timers that are not due, and what is ready.
fn waiting(source: &Source, canvas: &Canvas, row: Rect, lane: Lane) {
    let (model, state) = (source.model, source.state);
    let color = theme::tint(canvas.palette, lane.kind());
    let now = model.now();
    if lane == Lane::Timers {
        let armed = state.timers.iter().take(WAITING_SHOWN).filter_map(|(_, task)| state.tasks.get(task));
        for task in armed.filter(|task| task.runs == 0) {
            canvas.waits(row, task.created, now, color.gamma_multiply(0.5));
        }
    }
    for task in ready(state, lane) {
        canvas.waits(row, task, now, color);
    }
}

/// Since when the callbacks of a lane that are ready wait.
fn ready(state: &LoopState, lane: Lane) -> impl Iterator<Item = Nanos> {
    use loopscope_protocol::Queue;
    let queue = match lane {
        Lane::Script => Queue::Main,
        Lane::Timers => Queue::Timers,
        Lane::Immediates => Queue::Check,
        Lane::Io | Lane::Messages => Queue::Poll,
        Lane::NextTicks => Queue::NextTick,
        Lane::Promises => Queue::Microtask,
        Lane::Close => Queue::Closing,
    };
    state.queue(queue).take(WAITING_SHOWN).filter_map(|task| match state.tasks.get(&task)?.stage {
        Stage::Ready { since, .. } => Some(since),
        _ => None,
    })
}

fn op_color(canvas: &Canvas) -> Color32 {
    canvas.palette.surface.lerp_to_gamma(canvas.palette.io, 0.45)
}

fn op_hit(op: &OpRun, span: Span, model: &Model) -> Hit {
    let names = &model.state().names;
    let mut text = format!("{} {}\n", names.text(op.name), names.text(op.target));
    text.push_str(&format!("from {} for {}", duration(span.start), duration(span.length())));
    if op.bytes > 0 {
        text.push_str(&format!("\n{} bytes", op.bytes));
    }
    if op.failed {
        text.push_str("\nfailed");
    }
    if model.timeline.inferred {
        text.push_str("\nits end is inferred: the trace tells when its callback began");
    }
    Hit { picked: Picked::find(model, op.task), text, span }
}

fn ops(source: &mut Source, canvas: &mut Canvas, row: Rect, track: &Track<OpRun>) {
    let (color, ink) = (op_color(canvas), canvas.palette.text);
    let (model, selection, finder) = (source.model, source.selection, &mut *source.finder);
    let (names, inferred) = (&model.state().names, canvas.inferred);
    canvas.track(
        row,
        track,
        |piece, named| {
            let op = &piece.item;
            let fits = match piece.count {
                1 => finder.filter().is_none_or(|filter| filter.op(op, piece.span.length(), names)),
                _ => !finder.is_active() || finder.has_between(piece.span.start, piece.span.end),
            };
            Some(Look {
                color,
                ink,
                name: if named {
                    with_target(names.text(op.name), names.text(op.target))
                } else {
                    String::new()
                },
                hatched: op.failed,
                emphasized: selection.emphasizes(op.task),
                fits,
                inferred,
                stood: Vec::new(),
            })
        },
        |op, span| op_hit(op, span, model),
    );
}

/// A name with what it works on; of files the last part is enough, of requests and command lines it is not.
fn with_target(name: &str, target: &str) -> String {
    let is_file = name.starts_with("fs.") || name == "worker";
    let shown = if is_file { target.rsplit(['/', '\\']).next().unwrap_or(target) } else { target };
    if shown.is_empty() { name.to_owned() } else { format!("{name} {shown}") }
}

fn slots(source: &mut Source, canvas: &mut Canvas, row: Rect, slot: usize) {
    let timeline = source.timeline;
    let all = if source.folded.has(Group::Slots) {
        &timeline.slots[..]
    } else {
        timeline.slots.get(slot..=slot).unwrap_or(&[])
    };
    for track in all {
        ops(source, canvas, row, track);
    }
}

fn operations(source: &mut Source, canvas: &mut Canvas, row: Rect, index: usize) {
    let timeline = source.timeline;
    let is_folded = source.folded.has(Group::Io);
    let rows = if is_folded { 0..timeline.io.tracks.len() } else { index..index + 1 };
    for index in rows {
        ops(source, canvas, row, &timeline.io.tracks[index]);
        let Some(open) = timeline.io.open.get(index).copied().flatten() else { continue };
        let model = source.model;
        let (names, now) = (&model.state().names, model.now());
        let Some(entry) = source.state.io.ops.get(&open.key) else { continue };
        let look = Look {
            ink: canvas.palette.text,
            name: with_target(names.text(entry.name), names.text(entry.target)),
            emphasized: source.selection.emphasizes(entry.task),
            ..Look::plain(op_color(canvas))
        };
        let span = lasting((model, source.state), entry.since, Some(open.from));
        canvas.open(row, span, &look, || {
            let (name, target) = (names.text(entry.name), names.text(entry.target));
            let took = duration(now.saturating_sub(entry.since));
            let text = format!("{name} {target}\nin flight for {took}");
            Hit { picked: Picked::alive(model.state(), entry.task), text, span }
        });
    }
}

fn handles(source: &mut Source, canvas: &mut Canvas, row: Rect, index: usize) {
    let model = source.model;
    let (timeline, names) = (source.timeline, &model.state().names);
    let palette = canvas.palette;
    let color = palette.surface.lerp_to_gamma(palette.close, 0.4);
    let is_folded = source.folded.has(Group::Handles);
    let rows = if is_folded { 0..timeline.handles.tracks.len() } else { index..index + 1 };
    for index in rows {
        let finder = &mut *source.finder;
        canvas.track(
            row,
            &timeline.handles.tracks[index],
            |piece, named| {
                let handle: &HandleRun = &piece.item;
                let length = piece.span.length();
                let fits = match piece.count {
                    1 => finder.filter().is_none_or(|filter| filter.handle(handle, length, names)),
                    _ => !finder.is_active() || finder.has_between(piece.span.start, piece.span.end),
                };
                let name = if named {
                    with_target(names.text(handle.name), names.text(handle.target))
                } else {
                    String::new()
                };
                Some(Look { ink: palette.text, name, fits, ..Look::plain(color) })
            },
            |handle, span| {
                let (name, target) = (names.text(handle.name), names.text(handle.target));
                let text = format!(
                    "{name} {target}\nopen for {}\nread {} bytes, wrote {}",
                    duration(span.length()),
                    handle.read,
                    handle.written
                );
                Hit { picked: None, text, span }
            },
        );
        let Some(open) = timeline.handles.open.get(index).copied().flatten() else { continue };
        let Some(entry) = source.state.io.handles.get(&open.key) else { continue };
        let now = model.now();
        let (name, target) = (names.text(entry.name), names.text(entry.target));
        let look = Look { ink: palette.text, name: with_target(name, target), ..Look::plain(color) };
        let text = match &source.state.ended {
            Some(ended) => format!(
                "{name} {target}\nopen for {}, until the loop ended",
                duration(ended.at.saturating_sub(entry.since))
            ),
            None => format!("{name} {target}\nopen for {} so far", duration(now.saturating_sub(entry.since))),
        };
        let span = lasting((model, source.state), entry.since, Some(open.from));
        canvas.open(row, span, &look, || Hit { picked: None, text, span });
    }
}

fn garbage(source: &Source, canvas: &mut Canvas, row: Rect) {
    let color = canvas.palette.sync;
    canvas.track(
        row,
        &source.timeline.collections,
        |_, _| Some(Look::plain(color)),
        |(), span| Hit {
            picked: None,
            text: format!("garbage collection: {}", duration(span.length())),
            span,
        },
    );
}

/// Console lines and errors as ticks.
fn output(source: &mut Source, canvas: &mut Canvas, row: Rect) {
    let model = source.model;
    let names = &model.state().names;
    let tracks = [
        (&model.timeline.console, canvas.palette.dim, false),
        (&model.timeline.errors, canvas.palette.error, true),
    ];
    for (track, color, is_error) in tracks {
        let finder = &mut *source.finder;
        canvas.track(
            row,
            track,
            |piece, _| {
                let mark: &Mark = &piece.item;
                let fits = match piece.count {
                    1 => finder.filter().is_none_or(|filter| filter.mark(mark, is_error, names)),
                    _ => !finder.is_active() || finder.has_between(piece.span.start, piece.span.end),
                };
                Some(Look { fits, ..Look::plain(color) })
            },
            |mark, span| {
                let text: String = names.text(mark.text).trim_end().chars().take(OUTPUT_SAID).collect();
                let what = if is_error { "error" } else { "output" };
                let text = format!("{what} at {}\n{text}", duration(span.start));
                Hit { picked: Picked::find(model, mark.task), text, span }
            },
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_named_by_their_last_part_and_requests_are_not() {
        for (name, target, shown) in [
            ("fs.readFile", "/a/b.js", "fs.readFile b.js"),
            ("worker", "/a/b.js", "worker b.js"),
            ("http.request", "GET localhost:80/a/b → 200", "http.request GET localhost:80/a/b → 200"),
            ("child", "/bin/sh -c cat /etc/hosts", "child /bin/sh -c cat /etc/hosts"),
            ("fs.read", "", "fs.read"),
        ] {
            assert_eq!(with_target(name, target), shown);
        }
    }

    #[test]
    fn a_later_run_of_an_interval_does_not_say_that_it_was_created_then() {
        let run = |kind, created_before| {
            let run = Run { ready_before: 5.0, created_before, ..Run::plain(1, kind) };
            let span = Span::new((100, 1), (110, 2));
            let text = run_hit(&Timeline::default(), &run, span, &Names::default(), false).text;
            text.contains("created at ")
        };
        assert!(run(TaskKind::Timeout, 50.0) && run(TaskKind::Interval, 50.0));
        assert!(!run(TaskKind::Interval, 5.0));
    }
}
