//! V8's CPU profile (`.cpuprofile`): callbacks as functions, by what they ran inside of, and inside them what was sampled.

use std::collections::HashMap;
use std::io::Write;

use loopscope_protocol::state::Names;
use loopscope_protocol::{EventKind, LoopId, Nanos, Place, PlaceId, Samples, TaskKind};
use serde_json::{Value, json};

use super::{Drawn, ExportError, Part};
use crate::past::{Past, PastError};
use crate::runs::Runs;

/// What a node stands for: the node it is inside of, its kind if it is a callback, a function.
type Key = (usize, Option<TaskKind>, PlaceId);

/// The tree of what ran inside of what.
#[derive(Default)]
struct Tree {
    /// Parent, kind and function of each node from number 3 on; 1 is the root, 2 is idle.
    nodes: Vec<Key>,
    known: HashMap<Key, usize>,
    hits: HashMap<usize, u64>,
}

const ROOT: usize = 1;
const IDLE: usize = 2;

impl Tree {
    fn node(&mut self, key: Key) -> usize {
        *self.known.entry(key).or_insert_with(|| {
            self.nodes.push(key);
            self.nodes.len() + IDLE
        })
    }
}

/// The profile so far.
#[derive(Default)]
struct Taken {
    tree: Tree,
    samples: Vec<usize>,
    deltas: Vec<Nanos>,
    /// Until when it goes.
    last: Nanos,
    /// The node of what runs.
    now: usize,
}

impl Taken {
    /// What ran did so until now.
    fn pass(&mut self, at: Nanos) {
        if at > self.last {
            self.samples.push(self.now);
            self.deltas.push((at - self.last) / 1000);
            // What is left of a microsecond belongs to the next sample.
            self.last += (at - self.last) / 1000 * 1000;
            *self.tree.hits.entry(self.now).or_default() += 1;
        }
    }

    /// What runs are the callbacks on the stack: their nodes and functions.
    fn callbacks(&mut self, runs: &Runs) -> Vec<(usize, PlaceId)> {
        let (mut stack, mut inside) = (Vec::new(), ROOT);
        for run in runs.stack().iter().filter_map(|task| runs.get(*task)) {
            let place = if run.callback.is_some() { run.callback } else { run.site };
            inside = self.tree.node((inside, Some(run.kind), place));
            stack.push((inside, run.callback));
        }
        self.now = stack.last().map_or(IDLE, |last| last.0);
        stack
    }

    /// These functions, the innermost first, were seen inside a callback.
    fn see(&mut self, inside: usize, callback: PlaceId, seen: &[PlaceId], names: &Names) {
        let same = |one: &Place, other: &Place| (one.script, one.function) == (other.script, other.function);
        let is_callback = |place: &PlaceId| {
            *place == callback
                || names.place(*place).zip(names.place(callback)).is_some_and(|(a, b)| same(a, b))
        };
        // The callback stands for its own function.
        let own = usize::from(seen.last().is_some_and(is_callback));
        self.now =
            seen.iter().rev().skip(own).fold(inside, |inside, place| self.tree.node((inside, None, *place)));
    }
}

/// What was seen of the main thread's stack, look by look.
struct Looks<'a> {
    past: &'a dyn Past,
    /// The stretch that comes next.
    next: usize,
    samples: Option<Samples>,
    at: usize,
}

impl Looks<'_> {
    /// The next look that was not later: when, and the functions from the innermost one outwards.
    fn next_until(&mut self, time: Nanos) -> Result<Option<(Nanos, Vec<PlaceId>)>, PastError> {
        loop {
            if let Some(samples) = &self.samples {
                if let Some(look) = samples.samples.get(self.at) {
                    if look.at > time {
                        return Ok(None);
                    }
                    self.at += 1;
                    let mut seen = Vec::new();
                    samples.stack(look.frame, |place| seen.push(place));
                    return Ok(Some((look.at, seen)));
                }
                self.samples = None;
            }
            let Some(head) = self.past.sampled().get(self.next) else { return Ok(None) };
            if head.on == LoopId::MAIN && head.from > time {
                return Ok(None);
            }
            if head.on == LoopId::MAIN {
                (self.samples, self.at) = (Some(self.past.samples(self.next)?), 0);
            }
            self.next += 1;
        }
    }
}

/// See the module.
pub fn write(part: &Part<'_>, out: &mut dyn Write) -> Result<(), ExportError> {
    let drawn = Drawn::of(part)?;
    let mut taken = Taken { last: drawn.from, now: IDLE, ..Taken::default() };
    let mut looks = Looks { past: part.past, next: 0, samples: None, at: 0 };
    let mut runs = Runs::from_state(&part.past.state_at(part.range.start)?);
    // Nodes and functions of the callbacks that run.
    let mut stack: Vec<(usize, PlaceId)> = taken.callbacks(&runs);
    let mut failed = None;
    part.past.scan(part.range.clone(), &mut |_| true, &mut |number, event| {
        loop {
            match looks.next_until(event.at) {
                Ok(Some((at, seen))) => {
                    if let Some(&(inside, callback)) = stack.last() {
                        taken.pass(at);
                        taken.see(inside, callback, &seen, &drawn.names);
                    }
                }
                Ok(None) => break,
                Err(error) => {
                    failed = Some(error);
                    return false;
                }
            }
        }
        let changes = match event.kind {
            EventKind::TaskStarted { task } | EventKind::TaskEnded { task, .. } => task.on() == LoopId::MAIN,
            _ => false,
        };
        if changes {
            taken.pass(event.at);
        }
        runs.take(number, event);
        if changes {
            stack = taken.callbacks(&runs);
        }
        true
    })?;
    if let Some(failed) = failed {
        return Err(failed.into());
    }
    taken.pass(drawn.to);
    let Taken { tree, samples, deltas, .. } = taken;
    let mut children: HashMap<usize, Vec<usize>> = HashMap::from([(ROOT, vec![IDLE])]);
    for (index, key) in tree.nodes.iter().enumerate() {
        children.entry(key.0).or_default().push(index + IDLE + 1);
    }
    let mut nodes = vec![
        node(&tree, &children, ROOT, frame("(root)", "", 0, 0)),
        node(&tree, &children, IDLE, frame("(idle)", "", 0, 0)),
    ];
    for (index, (_, kind, place)) in tree.nodes.iter().enumerate() {
        nodes.push(node(&tree, &children, index + IDLE + 1, frame_of(&drawn.names, *kind, *place)));
    }
    let profile = json!({
        "nodes": nodes,
        "startTime": drawn.from / 1000,
        "endTime": drawn.to / 1000,
        // A sample holds from the time before it: V8 counts from the start to the first sample, then on.
        "samples": samples,
        "timeDeltas": deltas,
    });
    serde_json::to_writer(out, &profile).map_err(std::io::Error::from)?;
    Ok(())
}

fn node(tree: &Tree, children: &HashMap<usize, Vec<usize>>, id: usize, frame: Value) -> Value {
    json!({"id": id, "callFrame": frame, "hitCount": tree.hits.get(&id).copied().unwrap_or(0),
        "children": children.get(&id).cloned().unwrap_or_default()})
}

fn frame(function: &str, url: &str, line: i64, column: i64) -> Value {
    json!({"functionName": function, "scriptId": "0", "url": url, "lineNumber": line - 1, "columnNumber": column - 1})
}

fn frame_of(names: &Names, kind: Option<TaskKind>, place: PlaceId) -> Value {
    let kind = kind.map(|kind| format!("({})", kind.name())).unwrap_or_default();
    let Some(known) = names.place(place) else { return frame(&kind, "", 0, 0) };
    let function = format!("{} {kind}", names.text(known.function)).trim().to_owned();
    let path = names.text(known.script);
    let url = if path.starts_with('/') { format!("file://{path}") } else { path.to_owned() };
    frame(&function, &url, known.line.into(), known.column.into())
}
