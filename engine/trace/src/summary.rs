//! A run on one page.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

use loopscope_protocol::state::{Names, Totals, duration};
use loopscope_protocol::{
    Event, EventKind, LoopId, LoopState, Nanos, Outcome, PlaceId, TaskId, TaskKind, TextId,
};

use crate::past::{Past, PastError};
use crate::runs::{Run, Runs};
use crate::why::{count, unsettled};

/// Callbacks that are listed.
const LONGEST: usize = 8;

/// Places of promises that were not settled that are listed.
const UNSETTLED: usize = 5;

/// Operations of one name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ops {
    /// How many.
    pub count: u64,
    /// Those that failed.
    pub failed: u64,
    /// Bytes moved.
    pub bytes: u64,
    /// How long they took, added up.
    pub time: Nanos,
    /// The longest one.
    pub longest: Nanos,
}

/// A run on one page.
#[derive(Debug, Default)]
pub struct Summary {
    /// The state at its end.
    pub last: LoopState,
    /// Time in which a callback was on the stack.
    pub busy: Nanos,
    /// The longest callbacks, longest first.
    pub longest: Vec<Run>,
    /// Operations by name.
    pub ops: BTreeMap<TextId, Ops>,
    /// How often the stack was looked at, and the functions that ran by themselves then, the most frequent first.
    pub sampled: (u64, Vec<(PlaceId, u64)>),
    /// Of the callbacks on the main thread those that the runtime scheduled for itself, by kind.
    pub runtimes: BTreeMap<TaskKind, Totals>,
    /// Parts that could not be read.
    pub problems: Vec<String>,
}

/// Goes through a past once.
///
/// # Errors
/// When its names or its end cannot be read; damaged parts on the way are passed over.
pub fn summarize(past: &dyn Past) -> Result<Summary, PastError> {
    let mut summary = Summary::default();
    let mut runs = Runs::default();
    let mut open = BTreeMap::new();
    let names = past.names()?;
    let mut own: HashMap<TaskId, TaskKind> = HashMap::new();
    summary.problems = each_readable(past, &mut |number, event| {
        count_runtimes(&mut summary.runtimes, &mut own, &names, event);
        match event.kind {
            EventKind::OpStarted { op, name, .. } => {
                open.insert(op, (name, event.at));
            }
            EventKind::OpCompleted { op, bytes, error } => {
                if let Some((name, since)) = open.remove(&op) {
                    let took = event.at.saturating_sub(since);
                    let entry = summary.ops.entry(name).or_default();
                    entry.count += 1;
                    entry.failed += u64::from(error.is_some());
                    entry.bytes = entry.bytes.saturating_add(bytes);
                    entry.time = entry.time.saturating_add(took);
                    entry.longest = entry.longest.max(took);
                }
            }
            _ => {}
        }
        if let Some(run) = runs.take(number, event) {
            if run.depth == 0 && run.task.on() == LoopId::MAIN {
                summary.busy = summary.busy.saturating_add(run.ran());
            }
            keep_longest(&mut summary.longest, run);
        }
    });
    for run in runs.unfinished(past.end()) {
        if run.depth == 0 && run.task.on() == LoopId::MAIN {
            summary.busy = summary.busy.saturating_add(run.ran());
        }
        keep_longest(&mut summary.longest, run);
    }
    summary.last = last_state(past)?;
    summary.sampled = sampled(past, &summary.last.names, &mut summary.problems);
    Ok(summary)
}

/// Counts what the runtime schedules for itself; `own` are such callbacks that can still run.
fn count_runtimes(
    counts: &mut BTreeMap<TaskKind, Totals>,
    own: &mut HashMap<TaskId, TaskKind>,
    names: &Names,
    event: &Event,
) {
    match event.kind {
        // What listens to an event of the process is the script's.
        EventKind::TaskCreated { kind: TaskKind::Event, .. } => {}
        EventKind::TaskCreated { task, kind, callback, .. }
            if task.on() == LoopId::MAIN && names.is_runtimes(callback) =>
        {
            counts.entry(kind).or_default().created += 1;
            own.insert(task, kind);
        }
        // Most runs have none: then nothing is looked up.
        _ if own.is_empty() => {}
        EventKind::TaskStarted { task } => {
            if let Some(kind) = own.get(&task) {
                counts.entry(*kind).or_default().started += 1;
            }
        }
        EventKind::TaskEnded { task, outcome } => {
            let kind = if own.get(&task) == Some(&TaskKind::Interval) {
                Some(TaskKind::Interval)
            } else {
                own.remove(&task)
            };
            if let Some(kind) = kind.filter(|_| outcome == Outcome::Threw) {
                counts.entry(kind).or_default().threw += 1;
            }
        }
        EventKind::TaskCancelled { task } => {
            if let Some(kind) = own.remove(&task) {
                counts.entry(kind).or_default().cancelled += 1;
            }
        }
        _ => {}
    }
}

/// How often the stack was looked at, and what ran then.
fn sampled(past: &dyn Past, names: &Names, problems: &mut Vec<String>) -> (u64, Vec<(PlaceId, u64)>) {
    let (mut looks, mut counts) = (0, BTreeMap::<PlaceId, u64>::new());
    for number in 0..past.sampled().len() {
        match past.samples(number) {
            Ok(samples) => {
                looks += samples.samples.len() as u64;
                for sample in &samples.samples {
                    if let Some(frame) =
                        sample.frame.checked_sub(1).and_then(|at| samples.frames.get(at as usize))
                    {
                        *counts.entry(frame.place).or_default() += 1;
                    }
                }
            }
            Err(failed) => problems.push(failed.to_string()),
        }
    }
    // Every loop has places of its own, also for functions of one script.
    let mut same: BTreeMap<_, (PlaceId, u64)> = BTreeMap::new();
    for (place, count) in counts {
        let known = names.place(place);
        let key =
            known.map(|at| (names.text(at.script), names.text(at.function), at.line, at.column)).ok_or(place);
        same.entry(key).or_insert((place, 0)).1 += count;
    }
    let mut functions: Vec<_> = same.into_values().collect();
    functions.sort_by_key(|&(place, count)| (std::cmp::Reverse(count), place));
    (looks, functions)
}

/// The state at the end. Events that cannot be read are passed over where no later keyframe tells what came of them: it is as
/// good as what is left.
///
/// # Errors
/// When not even names can be read.
pub fn last_state(past: &dyn Past) -> Result<LoopState, PastError> {
    let len = past.len();
    match past.state_at(len) {
        Err(PastError::Damaged { .. }) => {}
        known => return known,
    }
    let begin = past.keyframe(len).ok().flatten().map_or(0, |(moment, _)| moment);
    let mut state = past.state_at(begin)?;
    each_readable_from(past, begin, &mut |number, event| {
        if number != state.events {
            state.lose();
        }
        state.event(event);
        state.events = number + 1;
    });
    Ok(state)
}

/// Calls `take` for every event that can be read; returns what cannot.
pub fn each_readable(past: &dyn Past, take: &mut dyn FnMut(u64, &Event)) -> Vec<String> {
    each_readable_from(past, 0, take)
}

/// As [`each_readable`], from this event on.
fn each_readable_from(past: &dyn Past, mut from: u64, take: &mut dyn FnMut(u64, &Event)) -> Vec<String> {
    let mut problems = Vec::new();
    while let Err(failed) = past.each(from..past.len(), &mut |number, event| {
        from = number + 1;
        take(number, event);
    }) {
        let next = match &failed {
            PastError::Damaged { last, .. } => last + 1,
            _ => past.len(),
        };
        problems.push(failed.to_string());
        from = next.max(from + 1);
    }
    problems
}

/// `all` without those of `some`.
fn less(all: &Totals, some: &Totals) -> Totals {
    Totals {
        created: all.created.saturating_sub(some.created),
        started: all.started.saturating_sub(some.started),
        cancelled: all.cancelled.saturating_sub(some.cancelled),
        threw: all.threw.saturating_sub(some.threw),
    }
}

fn keep_longest(longest: &mut Vec<Run>, run: Run) {
    let at = longest.partition_point(|other| other.ran() >= run.ran());
    if at < LONGEST {
        longest.insert(at, run);
        longest.truncate(LONGEST);
    }
}

/// A function as people name it: its place, or its kind when it has none.
pub fn name_run(names: &Names, run: &Run) -> String {
    let place = names.describe(if run.callback.is_some() { run.callback } else { run.site });
    if place.is_empty() { run.kind.name().to_owned() } else { format!("{} {place}", run.kind.name()) }
}

impl Summary {
    /// The page as text.
    pub fn text(&self) -> String {
        let mut text = String::new();
        self.write(&mut text);
        text
    }

    fn write(&self, out: &mut String) {
        let last = &self.last;
        let stood = last.stood.total(last.now);
        let share = match last.now.saturating_sub(stood) {
            0 => 0.0,
            lasted => self.busy as f64 / lasted as f64 * 100.0,
        };
        let mut line = |text: String| {
            out.push_str(&text);
            out.push('\n');
        };
        line(format!(
            "{} in {} turns, {} events; callbacks ran for {} ({share:.0} %)",
            duration(last.now),
            last.turn,
            last.events,
            duration(self.busy),
        ));
        if stood > 0 {
            line(format!("{} of that the run stood still, held by a debugger or a pause", duration(stood)));
        }
        line(last.why());
        for (id, worker) in &last.workers {
            let started = worker.state.totals.iter().map(|total| total.started).sum::<u64>();
            let end = match worker.state.ended {
                Some(ended) => format!("ended with code {} at {}", ended.code, duration(ended.at)),
                None => "had not ended".to_owned(),
            };
            line(format!(
                "{}, started at {}: {started} callbacks in {} turns, {end}",
                last.name_worker(*id),
                duration(worker.since),
                worker.state.turn
            ));
        }
        line(String::new());
        line(format!("{:<14} {:>9} {:>9} {:>9} {:>7}", "callbacks", "created", "ran", "cancelled", "threw"));
        let mut row = |name: &str, total: &Totals| {
            if total.created > 0 {
                line(format!(
                    "{name:<14} {:>9} {:>9} {:>9} {:>7}",
                    total.created, total.started, total.cancelled, total.threw
                ));
            }
        };
        let mut runtimes = Totals::default();
        for kind in TaskKind::ALL {
            let own = self.runtimes.get(&kind).copied().unwrap_or_default();
            row(kind.name(), &less(last.total(kind), &own));
            runtimes = Totals {
                created: runtimes.created + own.created,
                started: runtimes.started + own.started,
                cancelled: runtimes.cancelled + own.cancelled,
                threw: runtimes.threw + own.threw,
            };
        }
        row("of the runtime", &runtimes);
        if !self.longest.is_empty() {
            line(String::new());
            line(format!("{:<14} {:>9}  {:>8}", "longest", "at", "task"));
            for run in &self.longest {
                line(format!(
                    "{:<14} {:>9}  {:>8}  {}",
                    duration(run.ran()),
                    duration(run.started),
                    format!("#{}", run.task),
                    name_run(&last.names, run)
                ));
            }
        }
        if self.sampled.0 > 0 {
            line(String::new());
            let looks = format!("in {} looks at the stack", self.sampled.0);
            line(format!("{:<14} {:>9}  {looks}", "sampled", "seen"));
            let all = self.sampled.1.iter().map(|function| function.1).sum::<u64>().max(1);
            for (place, count) in self.sampled.1.iter().take(LONGEST) {
                let share = *count as f64 * 100.0 / all as f64;
                line(format!("{:<14} {count:>9}  {}", format!("{share:.1} %"), last.names.describe(*place)));
            }
        }
        if !self.ops.is_empty() {
            line(String::new());
            line(format!(
                "{:<24} {:>7} {:>7} {:>12} {:>9} {:>9}",
                "operations", "count", "failed", "bytes", "average", "longest"
            ));
            for (name, ops) in &self.ops {
                line(format!(
                    "{:<24} {:>7} {:>7} {:>12} {:>9} {:>9}",
                    last.names.text(*name),
                    ops.count,
                    ops.failed,
                    ops.bytes,
                    duration(ops.time / ops.count.max(1)),
                    duration(ops.longest)
                ));
            }
        }
        line(String::new());
        self.write_rest(out);
    }

    fn write_rest(&self, out: &mut String) {
        let last = &self.last;
        let lines = (last.log.dropped + last.log.lines.len() as u64).saturating_sub(last.log.errors);
        // Writing into memory cannot fail.
        let _ =
            writeln!(out, "{} to the console, {}", count(lines, "write"), count(last.log.errors, "error"));
        let gc = &last.collections;
        // Traces of other programs do not tell the size.
        let heap = match gc.heap_used {
            0 => String::new(),
            bytes => format!("; {:.1} MB of the heap in use", bytes as f64 / 1e6),
        };
        let _ = writeln!(out, "{} took {}{heap}", count(gc.count, "garbage collection"), duration(gc.time));
        let waiting = unsettled(last);
        if !waiting.is_empty() {
            let mut counted: Vec<(String, u64)> = Vec::new();
            for place in waiting.iter().map(|(_, place, _)| last.names.describe(*place)) {
                match counted.iter_mut().find(|known| known.0 == place) {
                    Some(known) => known.1 += 1,
                    None if !place.is_empty() => counted.push((place, 1)),
                    None => {}
                }
            }
            let told = |(place, count): (String, u64)| match count {
                1 => place,
                many => format!("{place} ({many} times)"),
            };
            let mut places: Vec<String> = counted.into_iter().map(told).collect();
            let more = if places.len() > UNSETTLED { ", …" } else { "" };
            places.truncate(UNSETTLED);
            let _ = writeln!(
                out,
                "{} for promises that were not settled: {}{more}",
                match waiting.len() {
                    1 => "1 reaction waits".to_owned(),
                    many => format!("{many} reactions wait"),
                },
                places.join(", ")
            );
        }
        if last.contradictions > 0 {
            let _ = writeln!(out, "{} events contradict others", last.contradictions);
        }
    }
}
