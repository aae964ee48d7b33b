//! Rules about promises.

use std::collections::{HashMap, HashSet};

use loopscope_protocol::state::{Stage, duration};
use loopscope_protocol::{Event, EventKind, ExitReason, Nanos, PlaceId, TaskId, TaskKind, TextId};

use super::rounds::are_independent;
use super::{ByPlace, Check, Context, Found};
use crate::recording::Source;
use crate::runs::Run;

/// Rounds of a loop that make a sequence.
const ROUNDS: u64 = 3;

/// Time that the rounds must have waited together, in nanoseconds.
const ROUNDS_WAIT: Nanos = 20_000_000;

/// Rejections that nobody handled.
#[derive(Default)]
pub struct Unhandled {
    found: ByPlace,
}

impl Check for Unhandled {
    fn event(&mut self, context: &Context<'_>, event: &Event, _ended: Option<&Run>) {
        let EventKind::UnhandledRejection { task, text, place } = event.kind else { return };
        let text = context.names().text(text);
        let first = text.lines().next().unwrap_or("");
        let place = if place.is_some() {
            place
        } else {
            context.state.tasks.get(&task).map_or(PlaceId::NONE, |task| task.callback)
        };
        self.found.add(Found {
            place,
            others: Vec::new(),
            task,
            moment: context.number + 1,
            at: event.at,
            message: format!("nobody handled the rejection with {first}"),
            weight: 0,
            count: 1,
        });
    }

    fn finish(&mut self, _context: &Context<'_>) -> Vec<Found> {
        self.found.take()
    }
}

/// Reactions that were still waiting at the end.
#[derive(Default)]
pub struct NeverSettled {
    /// Calls whose promises race: one of the reactions made there at once has run. That does not say anything of `await`,
    /// which may stand in a function that was called several times at once.
    settled: HashSet<(PlaceId, TaskId)>,
}

impl Check for NeverSettled {
    fn event(&mut self, _context: &Context<'_>, _event: &Event, ended: Option<&Run>) {
        if let Some(run) = ended.filter(|run| run.kind == TaskKind::PromiseReaction) {
            self.settled.insert((run.site, run.parent));
        }
    }

    fn finish(&mut self, context: &Context<'_>) -> Vec<Found> {
        let by_itself = context.state.ended.is_some_and(|ended| {
            matches!(ended.reason, ExitReason::NothingLeft | ExitReason::UnsettledTopLevelAwait)
        });
        if !by_itself {
            return Vec::new();
        }
        let mut found = ByPlace::default();
        let mut waiting: Vec<_> = context.state.tasks.iter().collect();
        waiting.sort_unstable_by_key(|entry| entry.0);
        for (id, task) in waiting {
            let waits = waits(context, task.site);
            if task.kind != TaskKind::PromiseReaction
                || task.stage != Stage::Waiting
                || task.site == PlaceId::NONE
                || waits == Some(Waits::Inside)
                || waits != Some(Waits::Await) && self.settled.contains(&(task.site, task.parent))
            {
                continue;
            }
            let at = context.names().describe(task.site);
            found.add(Found {
                place: task.site,
                others: Vec::new(),
                task: *id,
                moment: context.number,
                at: task.created,
                message: format!("the promise that {at} waits for was never settled"),
                weight: 0,
                count: 1,
            });
        }
        found.take()
    }
}

/// Who waits for a promise at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Waits {
    /// The script, with `await` or `yield`.
    Await,
    /// The script, with a reaction.
    Reaction,
    /// A function of the runtime that is called there.
    Inside,
}

/// Who waits at a place; `None` when the source is not known.
fn waits(context: &Context<'_>, place: PlaceId) -> Option<Waits> {
    let (before, after) = context.source_at(place)?;
    let before = before.trim_end();
    let ends = |words: &[&str]| words.iter().any(|word| before.ends_with(word));
    // Places of `for await` lie behind its parenthesis.
    let in_loop = before.rsplit([';', '{', '}']).next().is_some_and(|last| last.contains("for await"));
    let called =
        before.ends_with('.') && ["then", "catch", "finally"].iter().any(|word| after.starts_with(word));
    Some(match () {
        () if ends(&["await", "yield"]) || in_loop => Waits::Await,
        () if ends(&[".then", ".catch", ".finally"]) || called => Waits::Reaction,
        () => Waits::Inside,
    })
}

/// A sequence of awaits at one place, each begun by the one before.
#[derive(Clone)]
struct Sequence {
    rounds: u64,
    waited: Nanos,
    longest: Nanos,
    name: TextId,
    /// What the operations worked on.
    targets: HashSet<TextId>,
    moment: u64,
    at: Nanos,
}

/// Awaits in a loop that waited for operations one after the other.
#[derive(Default)]
pub struct Sequential {
    /// The operation of the I/O callback that runs, or ran last: microtasks after it are its doing.
    op: Option<(TextId, TextId)>,
    ops: HashMap<TaskId, (TextId, TextId)>,
    /// Reactions that an operation has settled: with which operation.
    settled: HashMap<TaskId, (TextId, TextId)>,
    sequences: HashMap<TaskId, Sequence>,
    /// Reactions that the running callback has made, by their place.
    made: HashMap<(TaskId, PlaceId), TaskId>,
    /// How many reactions wait at a place.
    waiting: HashMap<PlaceId, usize>,
    /// Places at which several waited at once: so much runs together as is meant to.
    together: HashSet<PlaceId>,
    found: ByPlace,
}

impl Check for Sequential {
    fn event(&mut self, context: &Context<'_>, event: &Event, ended: Option<&Run>) {
        match event.kind {
            EventKind::OpStarted { task, name, target, .. } => {
                self.ops.insert(task, (name, target));
            }
            EventKind::TaskStarted { task } => {
                let kind = context.runs.get(task).map(|run| run.kind);
                if kind.is_some_and(|kind| !kind.is_micro()) {
                    self.op = self.ops.remove(&task);
                }
            }
            EventKind::TaskCreated { task, parent, kind: TaskKind::PromiseReaction, site, .. } => {
                self.made.insert((parent, site), task);
                let waiting = self.waiting.entry(site).or_default();
                *waiting += 1;
                if *waiting > 1 {
                    self.together.insert(site);
                }
            }
            EventKind::TaskReady { task, .. } => {
                let reaction = context.runs.get(task).filter(|run| run.kind == TaskKind::PromiseReaction);
                if let Some(waiting) = reaction.and_then(|run| self.waiting.get_mut(&run.site)) {
                    *waiting = waiting.saturating_sub(1);
                }
                if let (Some(op), Some(_)) = (self.op, reaction) {
                    self.settled.insert(task, op);
                }
            }
            _ => {}
        }
        if let Some(run) = ended.filter(|run| run.kind == TaskKind::PromiseReaction) {
            self.ended(context, run);
        }
        if ended.is_some() {
            self.made.clear();
        }
    }

    fn finish(&mut self, context: &Context<'_>) -> Vec<Found> {
        let mut found = self.found.take();
        // Whether they need each other's results only the text can tell.
        found.retain(|found| {
            let is_known = found.place.is_some() && !self.together.contains(&found.place);
            is_known
                && context
                    .source_at(found.place)
                    .is_none_or(|(before, behind)| are_independent(before, behind))
        });
        found
    }
}

impl Sequential {
    fn ended(&mut self, context: &Context<'_>, run: &Run) {
        let sequence = self.sequences.remove(&run.task);
        let Some(op) = self.settled.remove(&run.task) else { return };
        let mut sequence = sequence.unwrap_or(Sequence {
            rounds: 0,
            waited: 0,
            longest: 0,
            name: op.0,
            targets: HashSet::new(),
            moment: run.first,
            at: run.created,
        });
        if sequence.name != op.0 {
            return;
        }
        let waited = run.ready.saturating_sub(run.created);
        sequence.rounds += 1;
        sequence.waited = sequence.waited.saturating_add(waited);
        sequence.longest = sequence.longest.max(waited);
        sequence.targets.insert(op.1);
        let name = context.names().text(op.0);
        // Reading on in one file or stream is no independent operation; deriving keys always is.
        let is_stream = context.names().text(op.1).starts_with("fd ");
        let by_target = !is_stream && ["fs.", "dns."].iter().any(|kind| name.starts_with(kind));
        let independent =
            name.starts_with("crypto.") || by_target && sequence.targets.len() as u64 == sequence.rounds;
        if sequence.rounds >= ROUNDS && sequence.waited >= ROUNDS_WAIT && independent {
            self.found.add(Found {
                place: run.site,
                others: Vec::new(),
                task: run.task,
                moment: sequence.moment,
                at: sequence.at,
                message: format!(
                    "{} awaits here waited one after the other for their own {name}: {} in all, the longest {}",
                    sequence.rounds,
                    duration(sequence.waited),
                    duration(sequence.longest)
                ),
                weight: sequence.waited,
                count: 0,
            });
        }
        // The next round is a reaction at the same place that this run has created.
        if let Some(next) = self.made.get(&(run.task, run.site)) {
            self.sequences.insert(*next, sequence);
        }
    }
}

/// `forEach` with an async function that awaits.
#[derive(Default)]
pub struct ForEachAsync {
    /// By path: from where to where the functions go that are handed over.
    calls: HashMap<TextId, Vec<(At, At)>>,
    /// Reactions by place and the run that made them.
    made: HashMap<(PlaceId, TaskId), u64>,
    found: ByPlace,
}

impl Check for ForEachAsync {
    fn event(&mut self, context: &Context<'_>, event: &Event, _ended: Option<&Run>) {
        let EventKind::TaskCreated { task, parent, kind: TaskKind::PromiseReaction, site, .. } = event.kind
        else {
            return;
        };
        let Some(place) = context.names().place(site) else { return };
        let calls = self
            .calls
            .entry(place.script)
            .or_insert_with(|| find_calls(context.sources, context.names().text(place.script)));
        let at = (place.line, place.column);
        let Some(call) = calls.iter().find(|call| (call.0..=call.1).contains(&at)) else { return };
        let count = self.made.entry((site, parent)).or_default();
        *count += 1;
        // A single item shows nothing: it may be how the array happened to be.
        if *count != 2 {
            return;
        }
        self.found.add(Found {
            place: site,
            others: Vec::new(),
            task,
            moment: context.number + 1,
            at: event.at,
            message: format!(
                "the forEach in line {} does not wait for its async function, which waits here",
                call.0.0
            ),
            weight: 0,
            count: 1,
        });
    }

    fn finish(&mut self, _context: &Context<'_>) -> Vec<Found> {
        self.found.take()
    }
}

/// A line and a column, as places count.
type At = (u32, u32);

/// Where the functions begin and end that calls of `forEach` are given, if they are async.
fn find_calls(sources: &[Source], path: &str) -> Vec<(At, At)> {
    let Some(source) = sources.iter().find(|source| source.path == path) else { return Vec::new() };
    let text = source.text.as_str();
    let place = |at: usize| {
        let line = text[..at].matches('\n').count() as u32 + 1;
        let start = text[..at].rfind('\n').map_or(0, |at| at + 1);
        (line, text[start..at].encode_utf16().count() as u32 + 1)
    };
    let mut calls = Vec::new();
    for (at, _) in text.match_indices(".forEach(") {
        let open = at + ".forEach".len();
        if text[open + 1..].trim_start().starts_with("async") {
            calls.push((place(open), place(closing(text, open))));
        }
    }
    calls
}

/// Where the parenthesis that opens at `open` closes; strings are passed over as well as it goes without a parser.
fn closing(text: &str, open: usize) -> usize {
    let mut depth = 0_u32;
    let mut quote = None;
    let mut escaped = false;
    for (at, letter) in text[open..].char_indices() {
        match (quote, letter) {
            _ if escaped => escaped = false,
            (Some(_), '\\') => escaped = true,
            (Some(open), letter) if open == letter => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'' | '`') => quote = Some(letter),
            (None, '(') => depth += 1,
            (None, ')') => {
                depth -= 1;
                if depth == 0 {
                    return open + at;
                }
            }
            _ => {}
        }
    }
    text.len()
}
