//! A moment in words: every queue, what is pending, what keeps the loop alive.

use std::fmt::Write as _;

use anyhow::Result;
use loopscope_protocol::state::duration;
use loopscope_protocol::{LoopState, Queue, TaskId};
use loopscope_trace::Past;
use loopscope_trace::why::{holders, unsettled};

/// Callbacks of one queue that are listed.
const LISTED: usize = 20;

/// The moment after the first `n` events as text.
///
/// # Errors
/// When it cannot be read.
pub fn describe(past: &dyn Past, n: u64) -> Result<String> {
    let state = past.state_at(n)?;
    let mut text = String::new();
    let phase = match (state.phase, state.ended) {
        (_, Some(_)) => "ended".to_owned(),
        (Some(inside), _) => format!("{:?} of turn {}", inside.phase, state.turn),
        (None, _) => "before the first phase".to_owned(),
    };
    // Writing into memory cannot fail.
    let _ = writeln!(text, "moment #{n} at {:.3} ms: {phase}", state.now as f64 / 1e6);
    if let Some(last) = n.checked_sub(1) {
        let event = past.event(last)?;
        if let Some(words) = past.state_at(last)?.narrate(&event) {
            let _ = writeln!(text, "just now: {words}");
        }
    }
    let mut list = |title: &str, tasks: Vec<TaskId>| {
        if tasks.is_empty() {
            return;
        }
        let _ = writeln!(text, "\n{title} ({})", tasks.len());
        for task in tasks.iter().take(LISTED) {
            let _ = writeln!(text, "  {}", describe_task(&state, *task));
        }
        if tasks.len() > LISTED {
            let _ = writeln!(text, "  and {} more", tasks.len() - LISTED);
        }
    };
    list("on the stack, innermost first", state.stack.iter().rev().copied().collect());
    let queues = [
        (Queue::NextTick, "next ticks"),
        (Queue::Microtask, "microtasks"),
        (Queue::Timers, "due timers"),
        (Queue::Pending, "put off to this turn"),
        (Queue::Poll, "completed operations"),
        (Queue::Check, "immediates"),
        (Queue::Closing, "close callbacks"),
        (Queue::Main, "scripts"),
    ];
    for (queue, title) in queues {
        list(title, state.queue(queue).collect());
    }
    list("timers, soonest first", state.timers.iter().map(|entry| entry.1).collect());
    pending(&state, &mut text);
    let _ = writeln!(text, "\n{}", state.why());
    for held in holders(past, n)?.iter().take(LISTED) {
        let _ = writeln!(text, "  {}", held.text(&state.names));
    }
    let unsettled = unsettled(&state);
    if !unsettled.is_empty() && state.ended.is_some() {
        let _ = writeln!(text, "\nwaits for a promise that was never settled ({})", unsettled.len());
        for (task, place, _) in unsettled.iter().take(LISTED) {
            let _ = writeln!(text, "  #{} {}", task, state.names.describe(*place));
        }
    }
    Ok(text)
}

fn describe_task(state: &LoopState, task: TaskId) -> String {
    let mut text = format!("#{} {}", task, state.name_task(task));
    let Some(known) = state.tasks.get(&task) else { return text };
    let site = state.names.describe(known.site);
    if !site.is_empty() {
        let _ = write!(text, ", scheduled at {site}");
    }
    match known.due {
        Some(due) if due > state.now => {
            let _ = write!(text, ", due in {}", duration(due - state.now));
        }
        Some(due) if due < state.now => {
            let _ = write!(text, ", due since {}", duration(state.now - due));
        }
        _ => {}
    }
    if !known.refd {
        text.push_str(", unref'd");
    }
    text
}

fn pending(state: &LoopState, text: &mut String) {
    if !state.io.ops.is_empty() {
        let _ = writeln!(text, "\noperations in flight ({})", state.io.ops.len());
    }
    for op in state.io.ops.values().take(LISTED) {
        let slot = op.slot.map_or(String::new(), |slot| format!(", on pool thread {slot}"));
        let _ = writeln!(
            text,
            "  {} {} for {}{slot}, callback #{}",
            state.names.text(op.name),
            state.names.text(op.target),
            duration(state.now.saturating_sub(op.since)),
            op.task.0
        );
    }
    if !state.io.handles.is_empty() {
        let _ = writeln!(text, "\nopen handles ({})", state.io.handles.len());
    }
    for handle in state.io.handles.values().take(LISTED) {
        let refd = if handle.refd { "" } else { ", unref'd" };
        let _ = writeln!(
            text,
            "  {} {} for {}{refd}, {} bytes in, {} out",
            state.names.text(handle.name),
            state.names.text(handle.target),
            duration(state.now.saturating_sub(handle.since)),
            handle.read,
            handle.written
        );
    }
}
