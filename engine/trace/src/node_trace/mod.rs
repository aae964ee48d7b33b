//! Reads the trace of real Node.js (`node --trace-events-enabled`) as a run, as far as its data goes.
//!
//! The format is Chrome's trace events; what Node writes in it is described at <https://nodejs.org/api/tracing.html>. Callbacks
//! come from the category `node.async_hooks`, phases from `node.environment`, file operations from `node.fs`, collections
//! from `v8`. Functions, source lines, delays of timers and the exit code are not in it.

use std::io::Read;

use self::entry::{Common, Entry, What};
use self::objects::{Next, Objects};
use self::run::Run;
use crate::history::History;
use crate::recording::Meta;

mod entry;
mod objects;
mod run;

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
    let elsewhere = keep_main_thread(&mut entries, &common);
    if elsewhere > 0 {
        problems.push(format!(
            "{elsewhere} callbacks ran on other threads, such as workers, and are left out: their numbers are those of \
             other callbacks here"
        ));
    }
    go_on(READING)?;
    entries.sort_by(|one, other| one.ts.total_cmp(&other.ts));
    let mut run = Run::new(&entries, &common, history);
    for (number, entry) in entries.iter().enumerate() {
        run.take(entry);
        if number.is_multiple_of(LOOK) {
            go_on(READING + (1.0 - READING) * number as f64 / entries.len() as f64)?;
        }
    }
    run.finish(problems)
}

/// Leaves what the main thread did: that of the process's own number, or else the first one with callbacks. Returns how
/// many callbacks ran elsewhere.
fn keep_main_thread(entries: &mut Vec<Entry>, common: &Common) -> usize {
    let begins = |entry: &&Entry| entry.what == What::Begins;
    let is_main = |entry: &&Entry| {
        let known = common.threads.get(entry.thread as usize);
        known.is_some_and(|(process, thread)| process == thread)
    };
    let first = entries.iter().filter(begins).find(is_main).or_else(|| entries.iter().find(begins));
    let Some(main) = first.map(|entry| entry.thread) else { return 0 };
    let all = entries.iter().filter(begins).count();
    entries.retain(|entry| entry.thread == main);
    all - entries.iter().filter(begins).count()
}
