//! The threads of a run: the main one, its workers and its child processes, each with a debugger of its own. One of them is
//! looked at.
//!
//! What is asked of a worker's debugger goes through that of the thread that started it, as do the answers.

use std::collections::VecDeque;
use std::sync::Arc;

use loopscope_protocol::LoopId;
use serde_json::Value;

use super::binding::Elsewhere;
use super::{
    Breakpoints, Debugger, Door, Exceptions, FunctionBreakpoint, Ignored, LoopBreakpoint, Said, Wanted,
    WorkerTold,
};
use crate::state::profile::Kind;

/// The number of the main thread.
pub const MAIN: u64 = 0;

/// The number of the first thread that is another process or in one; the run tells nothing of its loop.
pub const FOREIGN: u64 = 1 << 32;

/// Things said by breakpoints that are kept.
const SAID_KEPT: usize = 10_000;

/// The name of workers that were given none.
const NAMELESS: &str = "WorkerThread";

/// What the debugger of every thread is told.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Settings {
    /// Breakpoints in all files.
    pub breakpoints: Breakpoints,
    /// Breakpoints on functions.
    pub functions: Vec<FunctionBreakpoint>,
    /// Breakpoints of the event loop.
    pub loops: Vec<LoopBreakpoint>,
    /// Which exceptions hold a thread.
    pub exceptions: Exceptions,
    /// Watched expressions.
    pub watches: Vec<String>,
    /// Scripts that steps pass over.
    pub ignored: Ignored,
    /// Whether other debuggers may attach to the run.
    pub door: bool,
}

impl Settings {
    fn wanted(&self) -> Wanted<'_> {
        Wanted {
            breakpoints: &self.breakpoints,
            functions: &self.functions,
            loops: &self.loops,
            exceptions: self.exceptions,
            watches: &self.watches,
            ignored: &self.ignored,
            profile: None,
            scheduled: None,
            // Who attaches to the main thread reaches the others from there.
            door: false,
        }
    }
}

/// A thread.
struct Thread {
    number: u64,
    /// Its loop in the stream of events; none when it is in none.
    on: Option<LoopId>,
    name: String,
    /// Path of its script; empty when that is not known.
    path: String,
    /// The thread that started it, and its name there; none for the main one.
    starter: Option<(u64, String)>,
    /// The id of the process that it is; none for threads of the run itself and for workers in other processes.
    pid: Option<u32>,
    debugger: Debugger,
    /// How often it had stood still when that was last looked at.
    seen: u64,
    /// It came to stand while another one stood that was looked at.
    is_late: bool,
}

impl Thread {
    fn main(debugger: Debugger) -> Self {
        Self {
            number: MAIN,
            on: Some(LoopId::MAIN),
            name: "main thread".to_owned(),
            path: String::new(),
            starter: None,
            pid: None,
            debugger,
            seen: 0,
            is_late: false,
        }
    }

    fn stands(&self) -> bool {
        self.debugger.paused().is_some()
    }
}

/// A thread as it is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its number: [`MAIN`], or that of the worker.
    pub number: u64,
    /// Its loop in the stream of events; none when it is in none.
    pub on: Option<LoopId>,
    /// What it is called.
    pub name: String,
    /// Path of its script; empty when that is not known.
    pub path: String,
    /// The id of the process that it is; none for threads in one.
    pub pid: Option<u32>,
    /// The id of the other process that it is a worker of.
    pub within: Option<u32>,
    /// Whether it stands still.
    pub stands: bool,
    /// Whether it is the one that is looked at.
    pub is_chosen: bool,
    /// What is being recorded of it.
    pub recording: Option<Kind>,
}

/// The threads of a run.
pub struct Threads {
    /// By their numbers; the main one is always there.
    all: Vec<Thread>,
    chosen: u64,
    settings: Settings,
    /// What was known of breakpoints by threads that are over.
    gone: Elsewhere,
    /// What breakpoints of all threads have said, oldest first.
    said: Arc<VecDeque<Said>>,
    /// The thread that is looked at was let go, and not for a step: another one that stands may take its place.
    goes_on: bool,
}

impl Default for Threads {
    fn default() -> Self {
        Self::of(Debugger::default(), Settings::default())
    }
}

impl Threads {
    fn of(main: Debugger, settings: Settings) -> Self {
        Self {
            all: vec![Thread::main(main)],
            chosen: MAIN,
            settings,
            gone: Elsewhere::default(),
            said: Arc::default(),
            goes_on: true,
        }
    }

    /// Those of a run that waits before its first line, which is let go with everything set: what is recorded from there on,
    /// and the callback at whose birth it stands still.
    pub fn begin(settings: Settings, profile: Option<Kind>, scheduled: Option<u64>) -> Self {
        let door = settings.door;
        let main = Debugger::begin(&Wanted { profile, scheduled, door, ..settings.wanted() });
        Self::of(main, settings)
    }

    fn find(&self, number: u64) -> Option<usize> {
        self.all.iter().position(|thread| thread.number == number)
    }

    fn at(&self) -> usize {
        self.find(self.chosen).unwrap_or(0)
    }

    /// The debugger of the thread that is looked at.
    pub fn debugger(&self) -> &Debugger {
        &self.all[self.at()].debugger
    }

    /// The debugger of the thread that is looked at.
    pub fn debugger_mut(&mut self) -> &mut Debugger {
        let at = self.at();
        &mut self.all[at].debugger
    }

    /// The debuggers of all threads with their numbers, the main one's first.
    pub fn debuggers(&mut self) -> impl Iterator<Item = (u64, &mut Debugger)> {
        self.all.iter_mut().map(|thread| (thread.number, &mut thread.debugger))
    }

    /// The number of the thread that is looked at.
    pub fn chosen(&self) -> u64 {
        self.chosen
    }

    /// Where other debuggers attach to the run.
    pub fn door(&self) -> &Door {
        self.all[0].debugger.door()
    }

    /// The loop of the thread that is looked at; none when it is in no stream of events.
    pub fn chosen_loop(&self) -> Option<LoopId> {
        self.all[self.at()].on
    }

    /// All threads, the main one first.
    pub fn list(&self) -> Vec<Listed> {
        let listed = |thread: &Thread| Listed {
            number: thread.number,
            on: thread.on,
            name: thread.name.clone(),
            path: thread.path.clone(),
            pid: thread.pid,
            within: self.within(thread),
            stands: thread.stands(),
            is_chosen: thread.number == self.chosen,
            recording: thread.debugger.recording(),
        };
        self.all.iter().map(listed).collect()
    }

    /// The other process that a worker belongs to.
    fn within(&self, thread: &Thread) -> Option<u32> {
        let starter = thread.starter.as_ref().filter(|_| thread.pid.is_none() && thread.number >= FOREIGN)?;
        let starter = &self.all[self.find(starter.0)?];
        starter.pid.or_else(|| self.within(starter))
    }

    /// Looks at a thread; one that is over leaves everything as it is.
    pub fn choose(&mut self, number: u64) {
        if let Some(index) = self.find(number) {
            let thread = &mut self.all[index];
            (thread.seen, thread.is_late) = (thread.debugger.pauses(), false);
            (self.chosen, self.goes_on) = (number, false);
        }
    }

    /// The thread that is looked at is let go: another one that stands may take its place.
    pub fn go_on(&mut self) {
        self.goes_on = true;
    }

    /// Looks at a thread that came to stand since the last call, if there is one. The one that is looked at keeps its place
    /// while it stands, and during its steps.
    pub fn take_arrival(&mut self) -> bool {
        let is_new = |thread: &Thread| thread.stands() && thread.debugger.pauses() > thread.seen;
        let at = self.at();
        let stands = self.all[at].stands();
        let found = if is_new(&self.all[at]) {
            Some(at)
        } else if stands {
            None
        } else {
            let late = |thread: &Thread| self.goes_on && thread.is_late && thread.stands();
            self.all.iter().position(is_new).or_else(|| self.all.iter().position(late))
        };
        for (index, thread) in self.all.iter_mut().enumerate() {
            let is_new = thread.stands() && thread.debugger.pauses() > thread.seen;
            thread.is_late = thread.stands() && (thread.is_late || is_new) && Some(index) != found;
            thread.seen = thread.debugger.pauses();
        }
        if let Some(index) = found {
            (self.chosen, self.goes_on) = (self.all[index].number, false);
        }
        found.is_some()
    }

    /// Lets the debugger that is looked at know what the other threads know of breakpoints.
    pub fn share(&mut self) {
        let at = self.at();
        let mut elsewhere = self.gone.clone();
        let others = self.all.iter().enumerate().filter(|(index, _)| *index != at);
        others.for_each(|(_, thread)| elsewhere.add(&thread.debugger));
        self.all[at].debugger.know(elsewhere);
    }

    /// Tells all threads what was changed, and those that are still to come.
    pub fn set(&mut self, settings: Settings) {
        let before = std::mem::replace(&mut self.settings, settings);
        let after = &self.settings;
        self.gone.retain(|path, at| before.breakpoints.at(path, at) == after.breakpoints.at(path, at));
        if before.door != after.door {
            self.all[0].debugger.set_door(after.door);
        }
        let files = before.breakpoints.files().chain(after.breakpoints.files());
        let files: Vec<_> = files.map(|(path, _)| path.to_owned()).collect();
        for thread in &mut self.all {
            let debugger = &mut thread.debugger;
            if before.functions != after.functions {
                debugger.set_function_breakpoints(&after.functions);
            }
            if before.ignored != after.ignored {
                debugger.set_ignored(&after.ignored);
            }
            if before.loops != after.loops {
                debugger.set_loop_breakpoints(&after.loops);
            }
            if before.exceptions != after.exceptions {
                debugger.set_exceptions(after.exceptions);
            }
            if before.watches != after.watches {
                debugger.set_watches(&after.watches);
            }
            debugger.set_drifts(after.breakpoints.drifts());
            for path in &files {
                debugger.set_breakpoints(path, after.breakpoints.of(path));
            }
        }
    }

    /// Takes a message of the main thread's inspector, which may be one of a worker's.
    pub fn hear(&mut self, message: Value) {
        self.hear_in(MAIN, message);
    }

    fn hear_in(&mut self, number: u64, message: Value) {
        let Some(index) = self.find(number) else { return };
        let debugger = &mut self.all[index].debugger;
        debugger.hear(message);
        let (said, told) = (debugger.take_said(), debugger.take_told());
        self.keep_said(number, said);
        for told in told {
            match told {
                WorkerTold::Attached { session, number: told, on, title, path, pid, .. } => {
                    let is_foreign = pid.is_some() || number >= FOREIGN;
                    let own = if is_foreign { self.foreign() } else { told };
                    self.all.push(Thread {
                        number: own,
                        on: on.filter(|_| !is_foreign),
                        name: name_of(on.map_or(told, |on| u64::from(on.0)), &title),
                        path,
                        starter: Some((number, session)),
                        pid,
                        // It waits, like the run itself did.
                        debugger: Debugger::begin(&self.settings.wanted()),
                        seen: 0,
                        is_late: false,
                    });
                    self.all.sort_by_key(|thread| thread.number);
                }
                WorkerTold::Said { session, message } => {
                    if let Some(worker) = self.worker(number, &session) {
                        self.hear_in(worker, message);
                    }
                }
                WorkerTold::Gone { session } => {
                    if let Some(worker) = self.worker(number, &session) {
                        self.forget(worker);
                    }
                }
            }
        }
    }

    /// What breakpoints have said, oldest first.
    pub fn said(&self) -> Arc<VecDeque<Said>> {
        Arc::clone(&self.said)
    }

    fn keep_said(&mut self, number: u64, said: Vec<Said>) {
        if said.is_empty() {
            return;
        }
        let all = Arc::make_mut(&mut self.said);
        for mut said in said {
            said.number = all.back().map_or(0, |last| last.number + 1);
            if number >= FOREIGN {
                // The clock of another process began at another time.
                said.at = all.back().map_or(0, |last| last.at);
            }
            if all.len() == SAID_KEPT {
                all.pop_front();
            }
            all.push_back(said);
        }
    }

    /// The number for a thread of another process.
    fn foreign(&self) -> u64 {
        self.all.iter().map(|thread| thread.number + 1).fold(FOREIGN, u64::max)
    }

    /// The worker that a thread knows by this name.
    fn worker(&self, starter: u64, session: &str) -> Option<u64> {
        let is_it = |thread: &&Thread| {
            thread.starter.as_ref().is_some_and(|known| known.0 == starter && known.1 == session)
        };
        self.all.iter().find(is_it).map(|thread| thread.number)
    }

    /// A worker is over, and with it those that it started.
    fn forget(&mut self, number: u64) {
        if let Some(index) = self.find(number).filter(|index| *index > 0) {
            self.gone.add(&self.all.remove(index).debugger);
        }
        let started = |thread: &&Thread| thread.starter.as_ref().is_some_and(|known| known.0 == number);
        while let Some(worker) = self.all.iter().find(started).map(|thread| thread.number) {
            self.forget(worker);
        }
        if self.chosen == number {
            (self.chosen, self.goes_on) = (MAIN, true);
        }
    }

    /// What is to be sent to the main thread's inspector, in order.
    pub fn take_requests(&mut self) -> Vec<String> {
        // A worker's number is greater than that of the thread that started it.
        for index in (1..self.all.len()).rev() {
            let requests = self.all[index].debugger.take_requests();
            let Some((starter, session)) = self.all[index].starter.clone() else { continue };
            let Some(starter) = self.find(starter) else { continue };
            for request in requests {
                self.all[starter].debugger.send_to_worker(&session, &request);
            }
        }
        self.all[0].debugger.take_requests()
    }

    /// What is to be said to the user, once: of the thread that is looked at first.
    pub fn take_problem(&mut self) -> Option<String> {
        let own = self.debugger_mut().take_problem();
        own.or_else(|| self.all.iter_mut().find_map(|thread| thread.debugger.take_problem()))
    }

    /// The run is over: only the main thread is left, and nothing is asked any more.
    pub fn end(&mut self) {
        while let Some(last) = self.all.last().map(|thread| thread.number).filter(|number| *number != MAIN) {
            self.forget(last);
        }
        self.all[0].debugger.end();
        self.chosen = MAIN;
    }
}

/// What a worker is called whose title in the protocol is this: its name, if it was given one.
fn name_of(number: u64, title: &str) -> String {
    match title.split_once("] ").map_or(title, |parts| parts.1) {
        "" | NAMELESS => format!("worker {number}"),
        name => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn attach(session: &str, number: u64) -> Value {
        json!({ "method": "NodeWorker.attachedToWorker", "params": {
            "sessionId": session, "waitingForDebugger": true, "workerInfo": {
                "workerId": number.to_string(), "title": format!("[worker {number}] WorkerThread"),
                "url": "file:///w.js" } } })
    }

    fn said(session: &str, message: &Value) -> Value {
        json!({ "method": "NodeWorker.receivedMessageFromWorker",
            "params": { "sessionId": session, "message": message.to_string() } })
    }

    fn stands() -> Value {
        json!({ "method": "Debugger.paused", "params": { "callFrames": [], "reason": "other" } })
    }

    fn threads() -> Threads {
        let mut threads = Threads::begin(Settings::default(), None, None);
        threads.hear(attach("1", 1));
        threads.hear(attach("2", 2));
        threads
    }

    #[test]
    fn the_run_hears_of_workers_before_it_is_let_go_and_lets_them_go() {
        let mut threads = Threads::begin(Settings::default(), None, None);
        let asked = threads.take_requests();
        let at = |method: &str| asked.iter().position(|request| request.contains(method)).unwrap();
        assert!(at("NodeWorker.enable") < at("Runtime.runIfWaitingForDebugger"));
        threads.hear(attach("1", 1));
        // One that a worker starts is reached through that.
        threads.hear(said("1", &attach("1", 3)));
        let asked = threads.take_requests();
        let sent = |request: &String| request.contains("sendMessageToWorker");
        assert!(asked.iter().all(sent));
        let let_go = |request: &&String| request.contains("runIfWaitingForDebugger");
        assert_eq!(asked.iter().filter(let_go).count(), 2);
        assert_eq!(threads.list()[2].name, "worker 3");
        assert_eq!(threads.list()[2].path, "/w.js");
        threads.hear(json!({ "method": "NodeWorker.detachedFromWorker", "params": { "sessionId": "1" } }));
        assert_eq!(threads.list().len(), 1, "with the one that it had started");
    }

    #[test]
    fn a_thread_that_comes_to_stand_is_looked_at_unless_another_one_stands() {
        let mut threads = threads();
        threads.hear(said("2", &stands()));
        assert!(threads.take_arrival());
        assert_eq!(threads.chosen(), 2);
        threads.hear(said("1", &stands()));
        assert!(!threads.take_arrival());
        let goes = json!({ "method": "Debugger.resumed", "params": {} });
        // A step.
        threads.hear(said("2", &goes));
        assert!(!threads.take_arrival());
        threads.hear(said("2", &stands()));
        assert!(threads.take_arrival());
        assert_eq!(threads.chosen(), 2);
        threads.go_on();
        threads.hear(said("2", &goes));
        assert!(threads.take_arrival());
        assert_eq!(threads.chosen(), 1);
        threads.hear(json!({ "method": "NodeWorker.detachedFromWorker", "params": { "sessionId": "1" } }));
        assert!(!threads.take_arrival());
        assert_eq!(threads.chosen(), MAIN);
    }

    #[test]
    fn what_is_set_holds_in_every_thread() {
        let mut threads = threads();
        threads.take_requests();
        let mut settings = Settings::default();
        settings.breakpoints.toggle("/w.js", 3);
        threads.set(settings);
        let asked = threads.take_requests();
        let sets = |request: &&String| request.contains("setBreakpointByUrl");
        assert_eq!(asked.iter().filter(sets).count(), 3);
        // What is known of it outlives the thread that has the file.
        let at = json!({ "scriptId": "7", "lineNumber": 2, "columnNumber": 0 });
        let hears = |threads: &mut Threads, id: usize| {
            let answer = json!({ "id": id, "result": { "breakpointId": "b", "locations": [at] } });
            threads.hear(said("2", &answer));
        };
        // One of its requests set the breakpoint.
        (1..30).for_each(|id| hears(&mut threads, id));
        threads.share();
        assert_eq!(threads.debugger().unbound("/w.js", 3), None);
        threads.end();
        threads.share();
        assert_eq!(threads.debugger().unbound("/w.js", 3), None);
        assert_eq!(threads.list().len(), 1);
        assert!(threads.take_requests().is_empty());
    }
}
