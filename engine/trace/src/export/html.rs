//! A page that plays the run in a browser: one file, no network.

use std::io::Write;

use loopscope_protocol::state::{Names, Stage};
use loopscope_protocol::{
    ConsoleStream, Event, EventKind, LoopId, LoopState, Outcome, PlaceId, TaskId, TextId,
};
use serde_json::{Value, json};

use super::{Drawn, ExportError, Part, flames};
use crate::past::PastError;
use crate::runs::Runs;
use crate::sampled::Callbacks;
use crate::wire::kind_number;

/// The page, without the run.
const PLAYER: &str = include_str!("player.html");

/// Where the run belongs.
const HERE: &str = "/*DATA*/";

/// Events that a page can hold: some 10 MB.
const MOST: u64 = 250_000;

/// Sampled functions that a page can hold; of more the first ones are shown.
const MOST_SEEN: usize = 150_000;

/// The page's own numbers for what concerns loops.
const WORKER_STARTED: i32 = -1;
const LOOP_ENTERED: i32 = -2;

/// See the module.
pub fn write(part: &Part<'_>, out: &mut dyn Write) -> Result<(), ExportError> {
    let found = part.range.end.saturating_sub(part.range.start);
    if found > MOST {
        return Err(ExportError::TooLong { found, most: MOST });
    }
    let drawn = Drawn::of(part)?;
    let names = &drawn.names;
    let mut state = part.past.state_at(part.range.start)?;
    let (mut runs, mut callbacks) = (Runs::from_state(&state), Callbacks::default());
    let mut events: Vec<Value> = Vec::new();
    beginning(&state, &mut events);
    let mut extra = Vec::new();
    part.past.each(part.range.clone(), &mut |number, event| {
        if let Some(run) = runs.take(number, event) {
            callbacks.take(&run);
        }
        if let EventKind::Exit { code, .. } = event.kind {
            // Words that no text of the run holds.
            extra.push(state.narrate(event).unwrap_or_default());
            let words = names.text_count() as usize + extra.len();
            events.push(json!([micros(event.at), 27, code, words]));
        } else {
            events.extend(row(event));
        }
        state.event(event);
    })?;
    runs.unfinished(drawn.to).iter().for_each(|run| callbacks.take(run));
    let (sampled, until) = seen(part, &drawn, &callbacks)?;
    let texts: Vec<&str> = (1..=names.text_count())
        .map(|id| names.text(TextId(id)))
        .chain(extra.iter().map(String::as_str))
        .collect();
    let places: Vec<Value> = (1..=names.place_count()).map(|id| place(names, PlaceId(id))).collect();
    let kinds: Vec<&str> = loopscope_protocol::TaskKind::ALL.iter().map(|kind| kind.name()).collect();
    let script = part.meta.script.first().map_or("", String::as_str);
    let data = json!({"script": script, "from": micros(drawn.from), "texts": texts, "places": places,
        "kinds": kinds, "inferred": part.meta.is_attached(), "events": events,
        "sampled": sampled, "sampledUntil": until.map(micros)});
    // A `</script>` in a text of the run must not end the data.
    let data = serde_json::to_string(&data).map_err(std::io::Error::from)?.replace('<', "\\u003c");
    let (head, tail) = PLAYER.split_once(HERE).unwrap_or((PLAYER, ""));
    out.write_all(head.as_bytes())?;
    out.write_all(data.as_bytes())?;
    out.write_all(tail.as_bytes())?;
    Ok(())
}

/// Functions that were seen on the stack: loop, depth, from when to when, function, how often, and of which kind the callback
/// was, -1 for what the runtime did. When there are more than a page can hold: from when on they are missing.
fn seen(
    part: &Part<'_>,
    drawn: &Drawn,
    callbacks: &Callbacks,
) -> Result<(Vec<Value>, Option<u64>), PastError> {
    let mut all = Vec::new();
    for (on, depths) in flames::seen(part, drawn, callbacks)? {
        all.extend(depths.into_iter().flatten().map(|flame| (on, flame)));
    }
    // Callers come before what they call.
    all.sort_by_key(|(_, flame)| (flame.bar.start, flame.bar.depth));
    let until = all.get(MOST_SEEN).map(|(_, flame)| flame.bar.start);
    all.truncate(MOST_SEEN);
    let row = |(on, flame): &(LoopId, flames::Flame)| {
        let bar = flame.bar;
        let kind = flame.kind.filter(|_| drawn.names.is_own(bar.place)).map_or(-1, |kind| kind as i32);
        json!([on.0, bar.depth, micros(bar.start), micros(bar.end), bar.place.0, bar.count, kind])
    };
    Ok((all.iter().map(row).collect(), until))
}

/// Microseconds with three digits behind the point.
fn micros(at: u64) -> f64 {
    super::micros(at)
}

/// The number of a callback, operation or handle in a page. Scripts know no numbers as large as those of workers are.
fn id(id: u64) -> Value {
    let task = TaskId(id);
    if task.on() == LoopId::MAIN { json!(id) } else { json!(task.to_string()) }
}

fn place(names: &Names, id: PlaceId) -> Value {
    match names.place(id) {
        Some(place) => json!([place.script.0, place.function.0, place.line]),
        None => json!([0, 0, 0]),
    }
}

/// An event as the page reads it: time, number of its kind, what it says; `None` for what the page does not show.
fn row(event: &Event) -> Option<Value> {
    let at = micros(event.at);
    let number = kind_number(&event.kind);
    Some(match event.kind {
        EventKind::TaskCreated { task, parent, kind, callback, site } => {
            json!([at, number, id(task.0), id(parent.0), kind as u8, callback.0, site.0])
        }
        EventKind::TaskArmed { task, due } => json!([at, number, id(task.0), micros(due)]),
        EventKind::TaskReady { task, queue } => json!([at, number, id(task.0), queue as u8]),
        EventKind::TaskStarted { task } | EventKind::TaskCancelled { task } => {
            json!([at, number, id(task.0)])
        }
        EventKind::TaskEnded { task, outcome } => {
            json!([at, number, id(task.0), u8::from(outcome == Outcome::Threw)])
        }
        EventKind::PhaseEntered { phase, turn, .. } => json!([at, number, phase as u8, turn]),
        EventKind::PhaseLeft { phase } => json!([at, number, phase as u8]),
        EventKind::OpStarted { op, task, name, target } => {
            json!([at, number, id(op.0), id(task.0), name.0, target.0])
        }
        EventKind::OpCompleted { op, bytes, error } => json!([at, number, id(op.0), bytes, error.0]),
        EventKind::HandleOpened { handle, name, target } => {
            json!([at, number, id(handle.0), name.0, target.0])
        }
        EventKind::HandleClosed { handle } => json!([at, number, id(handle.0)]),
        EventKind::Console { stream, task, text, .. } => {
            json!([at, number, u8::from(stream == ConsoleStream::Stderr), id(task.0), text.0])
        }
        EventKind::Exception { task, text, .. } | EventKind::UnhandledRejection { task, text, .. } => {
            json!([at, number, id(task.0), text.0])
        }
        EventKind::WorkerStarted { id: loop_id, task, name } => {
            json!([at, WORKER_STARTED, loop_id.0, id(task.0), name.0])
        }
        EventKind::LoopEntered { id } => json!([at, LOOP_ENTERED, id.0]),
        EventKind::Gc { duration, .. } => json!([at, number, micros(duration)]),
        _ => return None,
    })
}

/// What was there on all loops at the start of the part.
fn beginning(state: &LoopState, events: &mut Vec<Value>) {
    let mut add = |event: Event| events.extend(row(&event));
    alive(state).into_iter().for_each(&mut add);
    let at = state.now;
    let mut workers: Vec<_> = state.workers.iter().collect();
    workers.sort_unstable_by_key(|worker| worker.0);
    for (&id, worker) in workers {
        add(Event { at, kind: EventKind::WorkerStarted { id, task: worker.starter, name: worker.name } });
        add(Event { at, kind: EventKind::LoopEntered { id } });
        alive(&worker.state).into_iter().for_each(|event| add(Event { at, ..event }));
    }
    add(Event { at, kind: EventKind::LoopEntered { id: state.on } });
}

/// Events that lead to what was there at the start of the part.
fn alive(state: &LoopState) -> Vec<Event> {
    let mut events = Vec::new();
    let at = state.now;
    let mut tasks: Vec<_> = state.tasks.iter().collect();
    tasks.sort_unstable_by_key(|entry| entry.0);
    for &(&task, known) in &tasks {
        let (parent, kind, callback, site) = (known.parent, known.kind, known.callback, known.site);
        events.push(Event { at, kind: EventKind::TaskCreated { task, parent, kind, callback, site } });
        if let Stage::Armed { due } = known.stage {
            events.push(Event { at, kind: EventKind::TaskArmed { task, due } });
        }
    }
    let mut ready: Vec<(u64, TaskId, loopscope_protocol::Queue)> = Vec::new();
    for &(&task, known) in &tasks {
        if let Stage::Ready { queue, order, .. } = known.stage {
            ready.push((order, task, queue));
        }
    }
    ready.sort_unstable_by_key(|entry| entry.0);
    events.extend(
        ready.into_iter().map(|(_, task, queue)| Event { at, kind: EventKind::TaskReady { task, queue } }),
    );
    events.extend(state.stack.iter().map(|&task| Event { at, kind: EventKind::TaskStarted { task } }));
    for (&op, known) in &state.io.ops {
        let (task, name, target) = (known.task, known.name, known.target);
        events.push(Event { at, kind: EventKind::OpStarted { op, task, name, target } });
    }
    for (&handle, known) in &state.io.handles {
        let (name, target) = (known.name, known.target);
        events.push(Event { at, kind: EventKind::HandleOpened { handle, name, target } });
    }
    events
}
