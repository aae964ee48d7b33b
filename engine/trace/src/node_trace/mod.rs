//! Reads the trace of real Node.js (`node --trace-events-enabled`) as a run, as far as its data goes.
//!
//! The format is Chrome's trace events; what Node writes in it is described at <https://nodejs.org/api/tracing.html>. Callbacks
//! come from the category `node.async_hooks`, phases from `node.environment`, file operations from `node.fs`, collections
//! from `v8`. Functions, source lines, delays of timers and the exit code are not in it.

use std::collections::HashMap;
use std::io::Read;

use self::entry::Common;
use self::objects::{Next, Objects};
use self::run::{Run, Workers};
use self::told::Told;
use crate::history::History;
use crate::past::Past as _;
use crate::recording::{ATTACHED, Meta};

mod entry;
mod objects;
mod run;
mod threads;
mod told;

/// A file may have this many bytes; what Node writes into one is far less, then it begins another one.
const MOST: u64 = 1 << 30;

/// Events between two looks at whether it is still wanted.
const LOOK: usize = 1 << 13;

/// How much of the work it is to read the file, from 0 to 1; the rest is putting it in order.
const READING: f64 = 0.7;

/// Why a trace cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum NodeTraceError {
    /// Reading failed.
    #[error("the trace cannot be read: {0}")]
    Io(#[from] std::io::Error),
    /// It is something else.
    #[error("this is no trace of Node: a list of events should begin with {{\"traceEvents\":[ or [")]
    NoTrace,
    /// There are no callbacks in it.
    #[error(
        "the trace holds no callbacks; record it with \
         `node --trace-event-categories node,v8,node.async_hooks FILE`"
    )]
    NoCallbacks,
    /// It is not wanted any more.
    #[error("it was cancelled")]
    Cancelled,
}

/// A run read from a trace.
#[derive(Debug)]
pub struct NodeTrace {
    /// The run.
    pub history: History,
    /// What is known of it.
    pub meta: Meta,
    /// What could not be read.
    pub problems: Vec<String>,
}

/// Whether a file that starts with these bytes, a few hundred or more, may be a trace.
pub fn is_trace(start: &[u8]) -> bool {
    let has = |key: &[u8]| start.windows(key.len()).any(|part| part == key);
    match start.trim_ascii_start().first() {
        Some(b'{') => has(b"\"traceEvents\""),
        Some(b'[') => has(b"\"ph\""),
        _ => false,
    }
}

/// Reads a trace, with its run in memory.
///
/// # Errors
/// When it cannot be read, is something else or holds nothing to show. Of a trace that was cut off the rest is read.
pub fn read_node_trace(input: impl Read) -> Result<NodeTrace, NodeTraceError> {
    read_node_trace_into(input, 0, History::default(), &mut |_| true)
}

/// Reads a trace of `length` bytes (0 when that is unknown) into an empty history. `watch` is told how much is done, from
/// 0 to 1, and ends it with false.
///
/// # Errors
/// When it cannot be read, is something else, holds nothing to show or is not wanted any more.
pub fn read_node_trace_into(
    input: impl Read,
    length: u64,
    history: History,
    watch: &mut dyn FnMut(f64) -> bool,
) -> Result<NodeTrace, NodeTraceError> {
    let mut go_on = |done: f64| if watch(done.min(1.0)) { Ok(()) } else { Err(NodeTraceError::Cancelled) };
    let mut objects = Objects::new(input.take(MOST))?.ok_or(NodeTraceError::NoTrace)?;
    let (mut common, mut entries, mut problems) = (Common::default(), Vec::new(), Vec::new());
    let (mut count, mut odd) = (0_usize, 0_u64);
    let is_whole = loop {
        match objects.next()? {
            Next::Object(bytes) => match common.read(bytes) {
                Ok(entry) => entries.extend(entry),
                Err(_) => odd += 1,
            },
            Next::End => break true,
            Next::Cut => break false,
        }
        count += 1;
        if count.is_multiple_of(LOOK) {
            go_on(READING * objects.read() as f64 / length.max(1) as f64)?;
        }
    };
    match is_whole {
        false if objects.read() >= MOST => {
            problems.push("of the trace only the first gigabyte is read".to_owned());
        }
        false => problems.push(format!("the trace ends in the middle, after {count} events")),
        true => {}
    }
    if odd > 0 {
        problems.push(format!("{odd} events of the trace look other than Node's and are left out"));
    }
    drop(objects);
    go_on(READING)?;
    entries.sort_by(|one, other| one.ts.total_cmp(&other.ts));
    let (threads, elsewhere) = threads::find(&entries, &common);
    if elsewhere > 0 {
        problems.push(format!("{elsewhere} callbacks ran in other processes and are left out"));
    }
    let numbers: HashMap<u32, usize> = threads.iter().map(|thread| thread.number).zip(0..).collect();
    let origin = entries.iter().filter(|entry| numbers.contains_key(&entry.thread)).map(|entry| entry.ts);
    let mut told = Told::new(history, origin.clone().find(|ts| *ts > 0.0).unwrap_or(0.0));
    let mut workers = Workers::of(&threads);
    let mut runs: Vec<_> = threads.iter().map(|thread| Run::new(thread.id, &common)).collect();
    for entry in &entries {
        if let Some(run) = numbers.get(&entry.thread).and_then(|at| runs.get_mut(*at)) {
            run.foresee(entry);
        }
    }
    runs.iter_mut().for_each(|run| run.begin(&mut told));
    for (number, entry) in entries.iter().enumerate() {
        let thread = numbers.get(&entry.thread).copied();
        if let Some((run, thread)) = thread.and_then(|at| runs.get_mut(at).zip(threads.get(at))) {
            told.tell(Some(told.at(entry.ts)));
            workers.heard(thread.id, entry.ts, &mut told);
            run.take(entry, &mut workers, &mut told);
        }
        if number.is_multiple_of(LOOK) {
            go_on(READING + (1.0 - READING) * number as f64 / entries.len() as f64)?;
        }
    }
    finish(runs, told, &common, problems)
}

/// The whole run of these threads, the main one first.
fn finish(
    mut runs: Vec<Run>,
    mut told: Told,
    common: &Common,
    mut problems: Vec<String>,
) -> Result<NodeTrace, NodeTraceError> {
    runs.iter_mut().for_each(|run| run.name_operation(None, &mut told));
    told.tell(None);
    let main = runs.first().filter(|run| run.has_run()).ok_or(NodeTraceError::NoCallbacks)?;
    if !main.has_ended() {
        problems.push("the trace does not tell how the run ended".to_owned());
    }
    if told.history.is_empty() {
        return Err(NodeTraceError::NoCallbacks);
    }
    let remarks = vec![
        "A trace of Node: it does not tell functions, source lines, delays of timers, phases other than timers and check, \
         messages between threads, nor the exit code, which is shown as 0."
            .to_owned(),
    ];
    let script = if main.script().is_empty() { Vec::new() } else { vec![main.script().to_owned()] };
    let meta = Meta { program: format!("{ATTACHED}{}", common.node), script, remarks, ..Meta::default() };
    Ok(NodeTrace { history: told.history, meta, problems })
}
