//! V8's CPU profile (`.cpuprofile`): callbacks as functions, by what they ran inside of.

use std::collections::HashMap;
use std::io::Write;

use loopscope_protocol::state::Names;
use loopscope_protocol::{EventKind, LoopId, Nanos, PlaceId, TaskKind};
use serde_json::{Value, json};

use super::{Drawn, ExportError, Part};
use crate::runs::Runs;

/// What a node stands for: the node it is inside of, a kind, a function.
type Key = (usize, TaskKind, PlaceId);

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

/// See the module.
pub fn write(part: &Part<'_>, out: &mut dyn Write) -> Result<(), ExportError> {
    let drawn = Drawn::of(part)?;
    let mut tree = Tree::default();
    let mut runs = Runs::default();
    let (mut samples, mut deltas) = (Vec::new(), Vec::new());
    let mut stack: Vec<usize> = Vec::new();
    let mut last: Nanos = drawn.from;
    part.past.each(part.range.clone(), &mut |number, event| {
        let changes = match event.kind {
            EventKind::TaskStarted { task } | EventKind::TaskEnded { task, .. } => task.on() == LoopId::MAIN,
            _ => false,
        };
        if changes && event.at > last {
            let node = stack.last().copied().unwrap_or(IDLE);
            samples.push(node);
            deltas.push((event.at - last) / 1000);
            // What is left of a microsecond belongs to the next sample.
            last += (event.at - last) / 1000 * 1000;
            *tree.hits.entry(node).or_default() += 1;
        }
        runs.take(number, event);
        if changes {
            stack.clear();
            let mut inside = ROOT;
            for task in runs.stack() {
                if let Some(run) = runs.get(*task) {
                    let place = if run.callback.is_some() { run.callback } else { run.site };
                    inside = tree.node((inside, run.kind, place));
                    stack.push(inside);
                }
            }
        }
    })?;
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

fn frame_of(names: &Names, kind: TaskKind, place: PlaceId) -> Value {
    let Some(known) = names.place(place) else { return frame(&format!("({})", kind.name()), "", 0, 0) };
    let function = match names.text(known.function) {
        "" => format!("({})", kind.name()),
        function => format!("{function} ({})", kind.name()),
    };
    let path = names.text(known.script);
    let url = if path.starts_with('/') { format!("file://{path}") } else { path.to_owned() };
    frame(&function, &url, known.line.into(), known.column.into())
}
