//! Lints over a run: small rules, each with an explanation, that point at places in the source.
//!
//! A rule says only what the run shows. One that would have to guess stays silent: a false alarm is a bug.

mod io;
mod promises;
mod rounds;
mod time;

use std::collections::{BTreeMap, HashSet};

use loopscope_protocol::state::Names;
use loopscope_protocol::{Event, LoopId, LoopState, Nanos, PlaceId, TaskId};

use crate::handlers::source_at;
use crate::past::{On, Past, PastError};
use crate::recording::Source;
use crate::runs::{Run, Runs};
use crate::sampled::hottest;
use crate::summary::each_readable;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth a look.
    Hint,
    /// It costs time or memory.
    Warning,
    /// It is wrong.
    Error,
}

impl Severity {
    /// As people read it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Hint => "hint",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A rule.
pub struct Rule {
    /// Short name, to silence it with.
    pub id: &'static str,
    /// What it finds, in a few words.
    pub title: &'static str,
    /// Why that matters and what to do.
    pub explanation: &'static str,
    /// How bad it is.
    pub severity: Severity,
    make: fn() -> Box<dyn Check>,
}

/// The rule about callbacks that hold the stack; samples of it tell what they did.
const BLOCKED: &str = "loop-blocked";

/// All rules.
pub const RULES: &[Rule] = &[
    Rule {
        id: BLOCKED,
        title: "the loop was blocked",
        explanation: "While a callback runs nothing else can: timers are late and answers to requests wait. \
                      Do long work in slices with setImmediate, or in a worker thread.",
        severity: Severity::Warning,
        make: || Box::<time::Blocked>::default(),
    },
    Rule {
        id: "starved",
        title: "next ticks or microtasks kept the loop from going on",
        explanation: "All next ticks and microtasks run before the loop goes on, also those that are added \
                      meanwhile. Use setImmediate for work that goes on for long, so that others get their turn.",
        severity: Severity::Warning,
        make: || Box::<time::Starved>::default(),
    },
    Rule {
        id: "late-timer",
        title: "a timer ran late",
        explanation: "A delay is the least time, not the exact one: a timer runs when it is due and the stack is \
                      free. The callback named here was in its way.",
        severity: Severity::Hint,
        make: || Box::<time::Late>::default(),
    },
    Rule {
        id: "sync-io",
        title: "a callback waited for an operation",
        explanation: "A function whose name ends with Sync holds the loop until the system has answered. In a \
                      callback use the one without Sync, or its promise.",
        severity: Severity::Warning,
        make: || Box::<io::SyncIo>::default(),
    },
    Rule {
        id: "pool-exhausted",
        title: "operations waited for a thread of the pool",
        explanation: "Files, compression, key derivation and dns.lookup share the threads of one pool, 4 unless \
                      UV_THREADPOOL_SIZE says otherwise. What comes next waits until one of them is free.",
        severity: Severity::Hint,
        make: || Box::<io::Pool>::default(),
    },
    Rule {
        id: "handle-left-open",
        title: "something was still open when the script ended itself",
        explanation: "process.exit() ends the program whatever is under way: data that was not written yet is \
                      lost. Close servers and sockets, then the program ends by itself.",
        severity: Severity::Hint,
        make: || Box::<io::LeftOpen>::default(),
    },
    Rule {
        id: "listener-leak",
        title: "more and more listeners were added",
        explanation: "Every listener of an event is kept until it is removed. Add it once outside the loop, or \
                      use once(); setMaxListeners() says that so many are meant.",
        severity: Severity::Warning,
        make: || Box::<io::Listeners>::default(),
    },
    Rule {
        id: "unhandled-rejection",
        title: "nobody handled a rejection",
        explanation: "A promise that is rejected without a catch() or an await inside try ends the program. \
                      Await every promise, or give it a catch().",
        severity: Severity::Error,
        make: || Box::<promises::Unhandled>::default(),
    },
    Rule {
        id: "never-settled",
        title: "a promise was never settled",
        explanation: "The program ended while code still waited for a promise: what follows never ran, a \
                      finally included. A pending promise does not keep the program alive.",
        severity: Severity::Warning,
        make: || Box::<promises::NeverSettled>::default(),
    },
    Rule {
        id: "sequential-awaits",
        title: "awaits in a loop waited one after the other",
        explanation: "Each round waits for its operation before the next one begins. If they do not need each \
                      other's results, start them all and await Promise.all().",
        severity: Severity::Hint,
        make: || Box::<promises::Sequential>::default(),
    },
    Rule {
        id: "for-each-async",
        title: "forEach with an async function",
        explanation: "forEach ignores the promises it is given: what follows runs before the work is done, and \
                      an error in it is a rejection that nobody handles. Use for…of with await, or await \
                      Promise.all(items.map(async …)).",
        severity: Severity::Warning,
        make: || Box::<promises::ForEachAsync>::default(),
    },
];

/// The rule of this name.
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.id == id)
}

/// What a rule found at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule.
    pub rule: &'static str,
    /// What happened there, as a sentence without its full stop; the worst case when it happened several times.
    pub message: String,
    /// Where.
    pub place: PlaceId,
    /// Other places that have to do with it.
    pub others: Vec<PlaceId>,
    /// The task, in the worst case.
    pub task: TaskId,
    /// The moment, in the worst case.
    pub moment: u64,
    /// Its time.
    pub at: Nanos,
    /// How often it happened there.
    pub count: u64,
}

/// What rules see of the run at an event.
struct Context<'a> {
    /// Scripts, where they are known.
    sources: &'a [Source],
    /// The state before the event.
    state: &'a LoopState,
    /// Tasks before the event.
    runs: &'a Runs,
    /// When the run stood still: nobody is to blame for that.
    pauses: &'a [(Nanos, Nanos)],
    /// Number of the event.
    number: u64,
}

impl Context<'_> {
    fn names(&self) -> &Names {
        &self.state.names
    }

    /// A task's function as people name it.
    fn name(&self, task: TaskId) -> String {
        self.state.name_task(task)
    }

    /// The source before and behind a place.
    fn source_at(&self, place: PlaceId) -> Option<(&str, &str)> {
        source_at(self.names(), self.sources, place)
    }

    /// How much of a time the run stood still.
    fn paused(&self, from: Nanos, to: Nanos) -> Nanos {
        let recent = self.pauses.iter().rev().take_while(|pause| pause.1 > from);
        recent.map(|pause| pause.1.min(to).saturating_sub(pause.0.max(from))).sum()
    }

    /// Things that could go on if the stack were free, at this time. Nobody can have come to a server or socket yet that was only
    /// opened after `since`.
    fn waiting(&self, since: Nanos, now: Nanos) -> usize {
        use loopscope_protocol::Queue;
        let state = self.state;
        let due = state.timers.iter().take_while(|entry| entry.0 <= now).count();
        let ready: usize = [Queue::Timers, Queue::Poll, Queue::Check, Queue::Closing, Queue::Pending]
            .map(|queue| state.queue(queue).len())
            .iter()
            .sum();
        let handles = state.io.handles.values().filter(|handle| handle.refd && handle.since < since);
        due + ready + state.io.ops.len() + handles.count()
    }
}

/// What a rule looks at, and what it has found.
trait Check {
    /// An event; `ended` is the run that ends with it.
    fn event(&mut self, context: &Context<'_>, event: &Event, ended: Option<&Run>);

    /// The end of the run; returns what was found.
    fn finish(&mut self, context: &Context<'_>) -> Vec<Found>;
}

/// A finding before it is named and counted.
struct Found {
    place: PlaceId,
    others: Vec<PlaceId>,
    task: TaskId,
    moment: u64,
    at: Nanos,
    message: String,
    /// How bad it was, to choose the worst.
    weight: u64,
    count: u64,
}

/// Findings by place: the worst one stands for all.
#[derive(Default)]
struct ByPlace(BTreeMap<PlaceId, Found>);

impl ByPlace {
    fn add(&mut self, new: Found) {
        match self.0.get_mut(&new.place) {
            None => {
                self.0.insert(new.place, new);
            }
            Some(known) => {
                let count = known.count + new.count;
                if new.weight > known.weight {
                    *known = new;
                }
                known.count = count;
            }
        }
    }

    fn take(&mut self) -> Vec<Found> {
        std::mem::take(&mut self.0).into_values().collect()
    }
}

/// Looks at a whole run. `silent` are ids of rules that are not asked; a comment `loopscope-ignore RULE` on the line of a
/// finding or the one above silences it there.
///
/// # Errors
/// When names cannot be read; events that cannot are passed over.
pub fn lint(past: &dyn Past, sources: &[Source], silent: &[String]) -> Result<Vec<Finding>, PastError> {
    let names = past.names()?;
    let silent: HashSet<&str> = silent.iter().map(String::as_str).collect();
    let mut checks: Vec<(&Rule, Box<dyn Check>)> =
        RULES.iter().filter(|rule| !silent.contains(rule.id)).map(|rule| (rule, (rule.make)())).collect();
    let mut state = LoopState::default();
    state.names = names;
    let mut runs = Runs::default();
    let mut last = 0;
    let mut pauses: Vec<(Nanos, Nanos)> = Vec::new();
    let mut stands = None;
    let mut on = On::default();
    each_readable(past, &mut |number, event| {
        // A run that ends is one the rules may still look up.
        let ended = match event.kind {
            loopscope_protocol::EventKind::TaskEnded { task, .. } => {
                runs.get(task).copied().map(|run| Run { ended: event.at, ..run })
            }
            _ => None,
        };
        match event.kind {
            loopscope_protocol::EventKind::Paused { .. } => stands = Some(event.at),
            loopscope_protocol::EventKind::Resumed => {
                pauses.extend(stands.take().map(|since| (since, event.at)));
            }
            _ => {}
        }
        // Workers may hold their loops for as long as they like: that is what they are for.
        let is_main = on.is_main(event);
        let context = Context { sources, state: &state, runs: &runs, pauses: &pauses, number };
        for (_, check) in checks.iter_mut().filter(|_| is_main) {
            check.event(&context, event, ended.as_ref());
        }
        runs.take(number, event);
        state.event(event);
        last = number + 1;
    });
    let context = Context { sources, state: &state, runs: &runs, pauses: &pauses, number: last };
    let mut findings = Vec::new();
    for (rule, check) in &mut checks {
        for found in check.finish(&context) {
            if !is_ignored(&state.names, sources, found.place, rule.id) {
                let mut message = found.message;
                let stretch = found.at..found.at.saturating_add(found.weight);
                if rule.id == BLOCKED
                    && let Some(place) = hottest(past, &state.names, LoopId::MAIN, &stretch)
                    && state.names.describe(place) != state.names.describe(found.place)
                {
                    message.push_str(&format!(", most of it in {}", state.names.describe(place)));
                }
                findings.push(Finding {
                    rule: rule.id,
                    message,
                    place: found.place,
                    others: found.others,
                    task: found.task,
                    moment: found.moment,
                    at: found.at,
                    count: found.count,
                });
            }
        }
    }
    let severity = |finding: &Finding| rule(finding.rule).map(|rule| rule.severity);
    findings.sort_by_key(|finding| (std::cmp::Reverse(severity(finding)), finding.moment));
    Ok(findings)
}

/// Whether a comment in the source silences a rule at a place.
fn is_ignored(names: &Names, sources: &[Source], place: PlaceId, rule: &str) -> bool {
    let Some(known) = names.place(place) else { return false };
    let path = names.text(known.script);
    let Some(source) = sources.iter().find(|source| source.path == path) else { return false };
    let line = (known.line as usize).saturating_sub(1);
    let near = source.text.lines().enumerate().skip(line.saturating_sub(1)).take(2);
    near.filter(|(index, _)| *index <= line).any(|(_, text)| {
        let words = text.split_once("loopscope-ignore").map(|(_, rest)| rest);
        words.is_some_and(|rest| rest.split([' ', ',', ':']).any(|word| word == rule))
    })
}

impl Finding {
    /// In words: place, how bad, what.
    pub fn text(&self, names: &Names) -> String {
        let place = match names.place(self.place) {
            Some(place) => format!("{}:{}: ", names.text(place.script), place.line),
            None => String::new(),
        };
        let severity = rule(self.rule).map_or("", |rule| rule.severity.name());
        let times = if self.count > 1 { format!(" ({} times)", self.count) } else { String::new() };
        let at = self.at as f64 / 1e6;
        format!("{place}{severity}: {}{times} [{}] at {at:.1} ms", self.message, self.rule)
    }
}
