//! Going to what was looked for or chosen elsewhere: the stretch of time and the row it lies in come into view.

use loopscope_protocol::{LoopId, Nanos};

use super::rows::{self, Folded, Group, LoopRow, Row};
use super::scale::Shown;
use super::{GOES_TO, TimelineMemory, around};
use crate::panel::View;
use crate::state::model::Model;
use crate::state::selection::Picked;
use crate::state::timeline::axis::Axis;
use crate::state::timeline::find::{Found, Source};
use crate::state::timeline::{Lane, Span, Timeline};

/// Rows in which a callback can be seen.
pub fn rows_of(picked: &Picked) -> Vec<LoopRow> {
    let on = picked.task.on();
    [Row::Stack(0), Row::Lane(Lane::of(picked.kind))].map(|row| LoopRow { on, row }).to_vec()
}

/// Moves the view so that a stretch of time is in it; the zoom stays unless the stretch is too long for it.
pub fn reveal(memory: &mut TimelineMemory, axis: Axis, (start, end): (Nanos, Nanos), whole: f64) {
    let (from, length) = memory.shown.stretch(whole, axis.mode());
    let (begins, ends) = (axis.position(start), axis.position(end));
    if begins >= from && ends <= from + length {
        return;
    }
    let length = length.max((ends - begins) / GOES_TO);
    memory.shown = Shown::chosen((begins + ends - length) / 2.0, length, whole, axis.mode(), false);
}

/// Goes to something that was looked for: selects it and brings it into view.
pub fn go_to(view: &mut View, found: Found, whole: f64) {
    let model = view.model;
    let timeline = &model.timeline;
    let memory = &mut view.memory.timeline;
    let axis = Axis::new(memory.mode, &timeline.idle, &timeline.moments, timeline.end);
    let (from, length) = memory.shown.stretch(whole, axis.mode());
    let Some(mut span) = span_of(timeline, found) else { return };
    let (start, end) = axis.ends(&span);
    let is_seen = start >= from && end <= from + length;
    // What is too small to be seen is not in view either.
    if !is_seen || (end - start) / length < 0.002 && length > 1e6 {
        // What took no time is shown with what was around it.
        span.end = span.end.max(span.start + 1000);
        memory.shown = around(&span, axis, whole);
    }
    let (on, row) = row_of(found, &memory.folded);
    // The row of a worker that is folded is its stack.
    let wanted = LoopRow { on, row };
    let is_shown = rows::all(timeline, model.state(), &memory.folded).contains(&wanted);
    memory.wanted_rows = vec![if is_shown { wanted } else { LoopRow { on, row: Row::Stack(0) } }];
    view.selection.selected = picked(model, found).or(view.selection.selected);
}

/// The row of something that was found, and its loop.
fn row_of(found: Found, folded: &Folded) -> (LoopId, Row) {
    let first = |group, number| if folded.has(group) { 0 } else { number };
    match found.source {
        Source::Lane(lane) => {
            (LoopId::MAIN, Lane::ALL.get(lane).map_or(Row::Stack(0), |lane| Row::Lane(*lane)))
        }
        Source::Worker(id, lane) => (id, Lane::ALL.get(lane).map_or(Row::Stack(0), |lane| Row::Lane(*lane))),
        Source::Seen(id, depth) => (id, Row::Seen(first(Group::Seen, depth))),
        Source::Io(id, row) => (id, Row::Io(first(Group::Io, row))),
        Source::Handle(id, row) => (id, Row::Handle(first(Group::Handles, row))),
        Source::Output | Source::Error => (LoopId::MAIN, Row::Output),
    }
}

/// Where something that was found lies.
fn span_of(timeline: &Timeline, found: Found) -> Option<Span> {
    match found.source {
        Source::Lane(lane) => timeline.lanes.get(lane)?.span(found.index),
        Source::Worker(id, lane) => timeline.on(id)?.lanes.get(lane)?.span(found.index),
        Source::Seen(id, depth) => timeline.on(id)?.sampled.get(depth)?.span(found.index),
        Source::Io(id, row) => timeline.on(id)?.io.tracks.get(row)?.span(found.index),
        Source::Handle(id, row) => timeline.on(id)?.handles.tracks.get(row)?.span(found.index),
        Source::Output => timeline.console.span(found.index),
        Source::Error => timeline.errors.span(found.index),
    }
}

/// The callback of something that was found.
fn picked(model: &Model, found: Found) -> Option<Picked> {
    let timeline = &model.timeline;
    match found.source {
        Source::Lane(lane) => {
            let (start, end, run) = timeline.lanes.get(lane)?.get(found.index)?;
            Some(Picked::ended(&run, start, end))
        }
        Source::Worker(id, lane) => {
            let (start, end, run) = timeline.on(id)?.lanes.get(lane)?.get(found.index)?;
            Some(Picked::ended(&run, start, end))
        }
        Source::Seen(id, depth) => {
            Picked::find(model, timeline.on(id)?.sampled.get(depth)?.get(found.index)?.2.task)
        }
        Source::Io(id, row) => {
            Picked::find(model, timeline.on(id)?.io.tracks.get(row)?.get(found.index)?.2.task)
        }
        Source::Output => Picked::find(model, timeline.console.get(found.index)?.2.task),
        Source::Error => Picked::find(model, timeline.errors.get(found.index)?.2.task),
        Source::Handle(..) => None,
    }
}
