//! The commands of the terminal, from one table.

use loopscope::state::debugger::{At, Exceptions};
use loopscope_protocol::{StepUnit, When};

/// What is to be done.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// List the commands.
    Help,
    /// End the run and the debugger.
    Quit,
    /// Stand still on a line, or at a place in it.
    Break { file: Option<String>, at: At, condition: String, hits: String, temporary: bool },
    /// Stand still in functions of a name, or list where.
    BreakIn(Option<String>),
    /// Pass over scripts, or list which.
    Ignore(Option<String>),
    /// The calls of the line that can be stepped into.
    Targets,
    /// Into one of them.
    StepInto(usize),
    /// Write something when a line is reached.
    Log { file: Option<String>, at: At, text: String },
    /// No breakpoint on a line any more.
    Delete { file: Option<String>, at: At },
    /// List the breakpoints.
    Breakpoints,
    /// Which exceptions hold the run.
    Catch(Exceptions),
    /// Stand still because of the loop.
    BreakOn(When),
    /// Start.
    Run,
    /// Go on.
    Continue,
    /// Over calls.
    Next,
    /// Into the next call.
    Step,
    /// To the end of the function.
    Finish,
    /// To a line.
    Until(u32),
    /// To a callback.
    NextInLoop(StepUnit),
    /// To a callback by its number.
    ToTask(u64),
    /// To where one is scheduled.
    ToScheduled(u64),
    /// To where the next `await` resumes.
    ToResume,
    /// Begin the selected frame's function again.
    RestartFrame,
    /// Stand still where the thread is.
    Pause,
    /// Start again.
    Restart,
    /// List the threads.
    Threads,
    /// Look at another thread.
    Thread(u64),
    /// Evaluate.
    Print(String),
    /// Evaluate whenever the run stands still.
    Watch(String),
    /// The stack.
    Backtrace,
    /// Look at a frame.
    Frame(usize),
    /// The variables.
    Scopes,
    /// The code around.
    List,
    /// The loop's queues.
    Queues,
    /// The callbacks that have not ended.
    Tasks,
}

impl Command {
    /// Whether an empty line does it again.
    pub fn repeats(&self) -> bool {
        matches!(self, Self::Next | Self::Step | Self::Finish | Self::Continue | Self::NextInLoop(_))
    }
}

/// Name, short name, arguments and purpose of every command.
pub const TABLE: &[(&str, &str, &str, &str)] = &[
    ("run", "r", "", "start the script"),
    ("continue", "c", "", "go on to the next breakpoint"),
    ("next", "n", "", "to the next line, over calls"),
    ("step", "s", "[NUMBER]", "into the next call, or one of the line's calls"),
    ("targets", "", "", "the calls of the line"),
    ("finish", "out", "", "to the end of the function"),
    ("until", "u", "LINE", "go on to a line"),
    ("next-task", "nt", "", "to the next callback of any kind"),
    ("next-macrotask", "nc", "", "to the next callback that is no next tick or microtask"),
    ("next-microtask", "nm", "", "to the next next tick or microtask"),
    ("next-phase", "np", "", "to the first callback of the next phase"),
    ("next-turn", "", "", "to the first callback of the next turn"),
    ("to-task", "tt", "NUMBER", "on to a callback of 'tasks'"),
    ("to-scheduled", "ts", "NUMBER", "to where a callback is scheduled, in another run if need be"),
    ("to-resume", "tr", "", "to where the next await of the function resumes"),
    ("pause", "", "", "stand still where the thread is, as Ctrl+C does while it runs"),
    ("restart-frame", "rf", "", "begin the selected frame's function again"),
    ("restart", "", "", "end the run and start it again"),
    ("threads", "", "", "list the main thread, the workers and the child processes"),
    ("thread", "t", "NUMBER", "look at another thread"),
    ("break", "b", "[FILE:]LINE[:COLUMN] [if EXPRESSION] [hits N]", "stand still on a line, or in it"),
    ("tbreak", "tb", "[FILE:]LINE[:COLUMN] [if EXPRESSION] [hits N]", "the same, once"),
    ("break-in", "bi", "[NAME | CLASS.METHOD]", "stand still in a function; again: no longer"),
    ("log", "", "[FILE:]LINE[:COLUMN] TEXT", "write the text, with {expressions}, instead of standing still"),
    ("delete", "d", "[FILE:]LINE[:COLUMN]", "take a breakpoint away"),
    ("breakpoints", "", "", "list them"),
    ("ignore", "", "[PART OF A PATH]", "pass over scripts when stepping; again: no longer"),
    ("catch", "", "never|uncaught|all", "which exceptions hold the run"),
    ("break-on", "bo", "KIND [TARGET] | queue NAME N | blocked MS | exit", "stand still because of the loop"),
    ("print", "p", "EXPRESSION", "evaluate in the selected frame"),
    ("watch", "w", "EXPRESSION", "evaluate whenever the run stands still"),
    ("backtrace", "bt", "", "the stack, and what scheduled it"),
    ("frame", "f", "NUMBER", "look at another frame"),
    ("scopes", "", "", "the variables of the frame"),
    ("list", "l", "", "the code around"),
    ("queues", "q", "", "what waits in the loop"),
    ("tasks", "", "", "every callback that has not ended"),
    ("help", "h", "", "this list"),
    ("quit", "", "", "end the run and the debugger"),
];

/// Reads a command.
pub fn parse(line: &str) -> Result<Command, String> {
    let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let rest = rest.trim();
    let found = TABLE.iter().find(|entry| entry.0 == word || !entry.1.is_empty() && entry.1 == word);
    let Some(entry) = found else { return Err(format!("There is no command '{word}'; 'help' lists them.")) };
    let usage = || format!("usage: {} {}", entry.0, entry.2);
    let needed = |text: &str| if text.is_empty() { Err(usage()) } else { Ok(text.to_owned()) };
    Ok(match entry.0 {
        "run" => Command::Run,
        "continue" => Command::Continue,
        "next" => Command::Next,
        "step" if rest.is_empty() => Command::Step,
        "step" => Command::StepInto(rest.parse().map_err(|_| usage())?),
        "targets" => Command::Targets,
        "break-in" => Command::BreakIn(some(rest)),
        "ignore" => Command::Ignore(some(rest)),
        "finish" => Command::Finish,
        "until" => Command::Until(rest.parse().map_err(|_| usage())?),
        "next-task" => Command::NextInLoop(StepUnit::Task),
        "next-macrotask" => Command::NextInLoop(StepUnit::Macrotask),
        "next-microtask" => Command::NextInLoop(StepUnit::Microtask),
        "next-phase" => Command::NextInLoop(StepUnit::Phase),
        "next-turn" => Command::NextInLoop(StepUnit::Turn),
        "to-task" => Command::ToTask(rest.parse().map_err(|_| usage())?),
        "to-scheduled" => Command::ToScheduled(rest.parse().map_err(|_| usage())?),
        "to-resume" => Command::ToResume,
        "pause" => Command::Pause,
        "restart-frame" => Command::RestartFrame,
        "restart" => Command::Restart,
        "threads" => Command::Threads,
        "thread" => Command::Thread(rest.parse().map_err(|_| usage())?),
        "break" | "tbreak" => {
            let (rest, hits) = rest.rsplit_once(" hits ").unwrap_or((rest, ""));
            let (place, condition) = rest.split_once(" if ").unwrap_or((rest, ""));
            let (file, at) = place_of(place).ok_or_else(usage)?;
            let condition = condition.trim().to_owned();
            let hits = hits.trim().to_owned();
            Command::Break { file, at, condition, hits, temporary: entry.0 == "tbreak" }
        }
        "log" => {
            let (place, text) = rest.split_once(' ').ok_or_else(usage)?;
            let (file, at) = place_of(place).ok_or_else(usage)?;
            Command::Log { file, at, text: needed(text.trim())? }
        }
        "delete" => {
            let (file, at) = place_of(rest).ok_or_else(usage)?;
            Command::Delete { file, at }
        }
        "breakpoints" => Command::Breakpoints,
        "catch" => Command::Catch(match rest {
            "never" => Exceptions::Never,
            "uncaught" => Exceptions::Uncaught,
            "all" => Exceptions::Always,
            _ => return Err(usage()),
        }),
        "break-on" => Command::BreakOn(when(rest).ok_or_else(usage)?),
        "print" => Command::Print(needed(rest)?),
        "watch" => Command::Watch(needed(rest)?),
        "backtrace" => Command::Backtrace,
        "frame" => Command::Frame(rest.parse().map_err(|_| usage())?),
        "scopes" => Command::Scopes,
        "list" => Command::List,
        "queues" => Command::Queues,
        "tasks" => Command::Tasks,
        "help" => Command::Help,
        _ => Command::Quit,
    })
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// `LINE` or `LINE:COLUMN`, perhaps behind `FILE:`.
fn place_of(text: &str) -> Option<(Option<String>, At)> {
    let number = |text: &str| text.parse().ok().filter(|number: &u32| *number > 0);
    let cut = |text: &str| match text.rsplit_once(':') {
        Some((rest, last)) => Some((Some(rest.to_owned()), number(last)?)),
        None => Some((None, number(text)?)),
    };
    let (before, last) = cut(text.trim())?;
    Some(match before.as_deref().and_then(cut) {
        Some((file, line)) => (file, At { line, column: last }),
        None => (before, last.into()),
    })
}

/// When the loop is to hold the run.
fn when(text: &str) -> Option<When> {
    let mut words = text.split_whitespace();
    Some(match words.next()? {
        "exit" => When::Exit,
        "blocked" => When::Blocked { ms: words.next()?.parse().ok()? },
        "queue" => {
            let queue = words.next()?.to_owned();
            When::Queue { queue, longer_than: words.next()?.parse().ok()? }
        }
        kind => {
            // What people call them.
            let kind = match kind {
                "timer" => "timeout",
                "io" => "I/O",
                "tick" => "nextTick",
                other => other,
            };
            When::Task { kind: kind.to_owned(), target: words.next().unwrap_or_default().to_owned() }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_read_by_both_names() {
        assert_eq!(parse("n"), Ok(Command::Next));
        assert_eq!(parse("next"), Ok(Command::Next));
        let wanted = Command::Break {
            file: Some("b.js".to_owned()),
            at: 4.into(),
            condition: "n > 2".to_owned(),
            hits: "% 3".to_owned(),
            temporary: false,
        };
        assert_eq!(parse("break b.js:4 if n > 2 hits % 3"), Ok(wanted));
        let place = |text: &str| place_of(text);
        assert_eq!(place("7:12"), Some((None, At { line: 7, column: 12 })));
        assert_eq!(place("a/b.js:7:12"), Some((Some("a/b.js".to_owned()), At { line: 7, column: 12 })));
        assert_eq!(place("a.js:0"), None);
        assert_eq!(parse("step 2"), Ok(Command::StepInto(2)));
        assert!(parse("break x").is_err_and(|wrong| wrong.starts_with("usage: break")));
        assert!(parse("fly").is_err_and(|wrong| wrong.contains("'fly'")));
        assert_eq!(
            parse("bo io a.txt"),
            Ok(Command::BreakOn(When::Task { kind: "I/O".to_owned(), target: "a.txt".to_owned() }))
        );
    }
}
