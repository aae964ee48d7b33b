//! What the debugger in the terminal shows.

use std::path::Path;

use loopscope::state::debugger::{
    At, Binding, Breakpoint, Breakpoints, Children, Debugger, Entry, FunctionBreakpoint, Ignored, Paused,
    Scope, Spot, Watch,
};
use loopscope_protocol::state::Stage;
use loopscope_protocol::{LoopBreakpoint, LoopState, PlaceId, QUEUE_NAMES, Queue, TaskId, When};

use super::command::TABLE;

/// Lines shown before and after the one where the run stands.
const AROUND: usize = 2;

/// The queues in the order in which the loop looks at them.
const ORDER: [Queue; 8] = [
    Queue::Main,
    Queue::NextTick,
    Queue::Microtask,
    Queue::Pending,
    Queue::Poll,
    Queue::Check,
    Queue::Closing,
    Queue::Timers,
];

/// The list of commands.
pub fn help() {
    for (name, short, arguments, purpose) in TABLE {
        let names = if short.is_empty() { (*name).to_owned() } else { format!("{name}, {short}") };
        println!("{:44} {purpose}", format!("{names} {arguments}"));
    }
}

/// A place without the folders.
fn place_text(spot: &Spot) -> String {
    format!("{}:{}", file(&spot.script), spot.line)
}

fn file(path: &str) -> &str {
    Path::new(path).file_name().and_then(|name| name.to_str()).unwrap_or(path)
}

fn function(name: &str) -> &str {
    if name.is_empty() { "(anonymous)" } else { name }
}

/// Why the run stands still, and where.
pub fn pause(debugger: &Debugger, loop_breakpoints: &[LoopBreakpoint]) {
    let Some(paused) = debugger.paused() else { return };
    let reason = paused.reason.strip_suffix('.').unwrap_or(&paused.reason);
    let hit = loop_breakpoints.iter().find(|one| Some(&one.id) == paused.breakpoint.as_ref());
    match hit {
        Some(hit) if hit.when != When::Exit => println!("{reason}: when {}", hit.when),
        _ => println!("{reason}"),
    }
    place(debugger);
}

/// The code around the selected frame's line.
pub fn place(debugger: &Debugger) {
    let thrown = debugger.paused().and_then(|paused| paused.unhandled.as_ref());
    let thrown = thrown.and_then(|thrown| Some((thrown.spot.as_ref()?, thrown.is_made)));
    let spot = match (debugger.frame(), thrown) {
        (Some((_, frame)), _) => {
            println!("{} in {}", place_text(&frame.spot), function(&frame.function));
            &frame.spot
        }
        (None, Some((spot, is_made))) => {
            let how = if is_made { "the error was made at" } else { "rejected at" };
            println!("{how} {}; nothing is on the stack any more", place_text(spot));
            spot
        }
        (None, None) => {
            println!("Nothing is on the stack.");
            return;
        }
    };
    let Ok(text) = std::fs::read_to_string(&spot.script) else { return };
    let at = spot.line as usize;
    let first = at.saturating_sub(AROUND).max(1);
    for (number, line) in text.lines().enumerate().map(|(index, line)| (index + 1, line)) {
        if number < first || number > at + AROUND {
            continue;
        }
        let mark = if number == at { '>' } else { ' ' };
        println!("{mark}{number:4} {line}");
        if number == at {
            println!("      {:>width$}", '^', width = spot.column.max(1) as usize);
        }
    }
    if let Some(returns) = debugger.frame().and_then(|(_, frame)| frame.returns.as_ref()) {
        println!("returns {}", returns.text);
    }
}

/// How the run ended.
pub fn ended(state: &LoopState) {
    match &state.ended {
        Some(ended) => println!("The run ended with code {}.", ended.code),
        None => println!("The run is over."),
    }
}

/// The stack and its origins.
pub fn backtrace(debugger: &Debugger) {
    let paused = debugger.paused();
    if paused.is_none_or(|paused| paused.frames.is_empty()) {
        println!("Nothing is on the stack.");
    }
    let Some(Paused { frames, origins, .. }) = paused else { return };
    let selected = debugger.frame().map(|frame| frame.0);
    for (number, frame) in frames.iter().enumerate().filter(|entry| !entry.1.is_internal()) {
        let mark = if selected == Some(number) { '>' } else { ' ' };
        println!("{mark}{number:3} {} {}", function(&frame.function), place_text(&frame.spot));
        if let Some((by, spot)) = &frame.listens {
            println!("     listens since {} {}", function(by), place_text(spot));
        }
    }
    for part in origins {
        println!("     {}", part.by);
        for (name, spot) in &part.frames {
            println!("     {} {}", function(name), place_text(spot));
        }
    }
}

/// Functions that hold the run.
pub fn functions(functions: &[FunctionBreakpoint], debugger: &Debugger) {
    for one in functions {
        let found = match debugger.functions_found(&one.name) {
            0 => ", not found so far".to_owned(),
            1 => String::new(),
            count => format!(", found {count} times"),
        };
        println!("function {}{found}", one.name);
    }
}

/// Scripts that steps pass over.
pub fn ignored(ignored: &Ignored) {
    let packages = ignored.node_modules.then_some("node_modules");
    let all: Vec<_> = packages.into_iter().chain(ignored.patterns.iter().map(String::as_str)).collect();
    if all.is_empty() {
        println!("Steps pass over no script.");
    } else {
        println!("Steps pass over scripts of {}.", all.join(", "));
    }
}

/// The calls of the line.
pub fn targets(debugger: &Debugger) {
    let Some(targets) = debugger.targets().filter(|targets| !targets.calls.is_empty()) else {
        println!("There is no call to come on this line.");
        return;
    };
    let frame = debugger.frame().map(|frame| frame.1.spot.script.clone()).unwrap_or_default();
    let text = std::fs::read_to_string(frame).unwrap_or_default();
    for (index, call) in targets.calls.iter().enumerate() {
        let line = text.lines().nth(call.place.0 as usize - 1).unwrap_or_default();
        let rest: Vec<_> = line.encode_utf16().skip(call.place.1 as usize - 1).collect();
        println!("{:3} {}", index + 1, String::from_utf16_lossy(&rest));
    }
}

/// What came of the last expression.
pub fn last_value(debugger: &Debugger) {
    match debugger.entries().last().and_then(|entry| entry.result.as_ref()) {
        Some(Ok(shown)) => println!("{}", shown.text),
        Some(Err(text)) => println!("{text}"),
        None => println!("The run ended before it answered."),
    }
}

/// An expression whose value has come late.
pub fn entry(entry: &Entry) {
    match &entry.result {
        Some(Ok(shown)) => println!("{} = {}", entry.expression, shown.text),
        Some(Err(text)) => println!("{}: {text}", entry.expression),
        None => {}
    }
}

/// Watched expressions.
pub fn watches(debugger: &Debugger) {
    for Watch { expression, value, .. } in debugger.watches() {
        match value {
            Some(Ok(shown)) => println!("{expression} = {}", shown.text),
            Some(Err(text)) => println!("{expression}: {text}"),
            None => println!("{expression} is evaluated when the run stands still"),
        }
    }
}

/// The variables of a scope.
pub fn scope(scope: &Scope, children: Option<&Children>) {
    match &*scope.name {
        "" => println!("{}", scope.kind),
        name => println!("{} of {name}", scope.kind),
    }
    match children {
        Some(Children::Known(all)) => {
            for one in all.iter().filter(|one| !one.is_internal) {
                println!("  {}: {}", one.name, one.shown.text);
            }
        }
        Some(Children::Failed(text)) => println!("  {text}"),
        Some(Children::Asked) | None => {}
    }
}

/// A breakpoint and what came of it.
pub fn breakpoint(breakpoints: &Breakpoints, debugger: &Debugger, path: &str, at: At) {
    let Some(breakpoint) = breakpoints.at(path, at) else { return };
    let place = format!("{}:{at}", file(path));
    let more = match breakpoint {
        Breakpoint { log, condition, .. } if !log.is_empty() && !condition.is_empty() => {
            format!(" writes '{log}' if {condition}")
        }
        Breakpoint { log, .. } if !log.is_empty() => format!(" writes '{log}'"),
        Breakpoint { condition, .. } if !condition.is_empty() => format!(" if {condition}"),
        _ => String::new(),
    };
    let hits = match breakpoint.hits.trim() {
        "" => String::new(),
        hits => format!(" hits {hits}"),
    };
    let bound = match debugger.binding(path, at) {
        Some(Binding::At(line)) if *line != at.line => format!(", bound to line {line}"),
        Some(Binding::At(_)) | None => String::new(),
        Some(Binding::Waiting) => ", waits for its script".to_owned(),
        Some(Binding::Failed(why)) => format!(", cannot be: {why}"),
    };
    println!("breakpoint {place}{more}{hits}{bound}");
}

/// All breakpoints.
pub fn breakpoints(breakpoints: &Breakpoints, debugger: &Debugger, in_loop: &[LoopBreakpoint]) {
    if breakpoints.files().next().is_none() && in_loop.is_empty() {
        println!("There are none.");
    }
    for (path, list) in breakpoints.files() {
        for one in list {
            breakpoint(breakpoints, debugger, path, one.at());
        }
    }
    for one in in_loop {
        println!("{}: when {}", one.id, one.when);
    }
}

fn name_of(state: &LoopState, task: TaskId) -> String {
    let Some(known) = state.tasks.get(&task) else { return String::new() };
    let place = |id: PlaceId| {
        let place = state.names.place(id)?;
        let name = state.names.text(place.function);
        let name = if name.is_empty() { String::new() } else { format!("{name} ") };
        Some(format!("{name}{}:{}", file(state.names.text(place.script)), place.line))
    };
    let place = place(known.callback).or_else(|| place(known.site)).unwrap_or_default();
    format!("{} {place}", known.kind.name())
}

/// What waits in the loop.
pub fn queues(state: &LoopState) {
    if let Some(running) = state.running() {
        println!("running: {}", name_of(state, running));
    }
    let mut is_empty = true;
    for queue in ORDER {
        let name = QUEUE_NAMES.iter().find(|entry| entry.1 == queue).map_or("", |entry| entry.0);
        let waiting: Vec<_> = state.queue(queue).map(|task| name_of(state, task)).collect();
        if !waiting.is_empty() {
            is_empty = false;
            println!("{name}: {}", waiting.join(", "));
        }
    }
    let armed: Vec<_> = state.timers.iter().map(|timer| name_of(state, timer.1)).collect();
    if !armed.is_empty() {
        is_empty = false;
        println!("timers that are not due: {}", armed.join(", "));
    }
    if is_empty {
        println!("Nothing waits.");
    }
}

/// Every callback that has not ended.
pub fn tasks(state: &LoopState) {
    let mut all: Vec<_> = state.tasks.keys().copied().collect();
    all.sort_unstable();
    for task in all {
        let stage = match state.tasks[&task].stage {
            Stage::Waiting => "waits",
            Stage::Armed { .. } => "armed",
            Stage::Ready { .. } => "ready",
            Stage::Running { .. } => "running",
        };
        println!("#{} {} {stage}", task, name_of(state, task));
    }
}
