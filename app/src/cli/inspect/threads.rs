//! The threads of the run: the main one, its workers and its child processes, each with a debugger of its own. One of them is
//! looked at.

use loopscope::state::debugger::threads::MAIN;
use loopscope::state::debugger::{Debugger, Exceptions, WorkerTold};
use serde_json::Value;

use super::Terminal;

/// A thread.
pub struct Thread {
    /// [`MAIN`], or how many were there before it.
    pub number: u64,
    /// Its name.
    pub title: String,
    /// The thread that knows it, and its name there; none for the main one.
    starter: Option<(u64, String)>,
    /// It is another process, or in one: the run's records tell nothing of it.
    is_apart: bool,
    /// How often it had stood still when that was shown last.
    seen: u64,
}

impl Thread {
    /// The main thread.
    pub fn main() -> Self {
        Self { number: MAIN, title: "main thread".to_owned(), starter: None, is_apart: false, seen: 0 }
    }

    fn is_known_as(&self, starter: u64, session: &str) -> bool {
        self.starter.as_ref().is_some_and(|known| known.0 == starter && known.1 == session)
    }
}

/// How often threads have stood still.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pauses {
    /// Those that the run's records tell of.
    pub told: u64,
    /// Those of other processes.
    pub apart: u64,
}

impl Pauses {
    fn add(&mut self, thread: &Thread, debugger: &Debugger) {
        *if thread.is_apart { &mut self.apart } else { &mut self.told } += debugger.pauses();
    }
}

/// What every thread's debugger is told.
#[derive(Default)]
pub struct Everywhere {
    /// Which exceptions hold the run.
    pub exceptions: Exceptions,
}

impl Terminal {
    /// The debuggers of all threads.
    pub fn debuggers(&mut self) -> impl Iterator<Item = &mut Debugger> {
        std::iter::once(&mut self.debugger).chain(self.others.iter_mut().map(|other| &mut other.1))
    }

    /// Thread and debugger of a number.
    fn find(&mut self, number: u64) -> Option<(&mut Thread, &mut Debugger)> {
        if self.thread.number == number {
            return Some((&mut self.thread, &mut self.debugger));
        }
        let other = self.others.iter_mut().find(|other| other.0.number == number);
        other.map(|(thread, debugger)| (thread, debugger))
    }

    /// That of a thread.
    pub fn debugger_of(&self, number: u64) -> Option<&Debugger> {
        self.threads().find(|(thread, _)| thread.number == number).map(|(_, debugger)| debugger)
    }

    fn threads(&self) -> impl Iterator<Item = (&Thread, &Debugger)> {
        let others = self.others.iter().map(|(thread, debugger)| (thread, debugger));
        std::iter::once((&self.thread, &self.debugger)).chain(others)
    }

    /// Looks at another thread.
    fn switch(&mut self, index: usize) {
        let other = &mut self.others[index];
        std::mem::swap(&mut self.thread, &mut other.0);
        std::mem::swap(&mut self.debugger, &mut other.1);
        self.others.sort_by_key(|other| other.0.number);
    }

    /// How often all threads together have stood still.
    pub fn all_pauses(&self) -> Pauses {
        let mut all = self.gone_pauses;
        self.threads().for_each(|(thread, debugger)| all.add(thread, debugger));
        all
    }

    /// Whether a thread stands still and nothing was shown of it yet.
    pub fn has_unseen(&self) -> bool {
        let is_unseen = |thread: &Thread, debugger: &Debugger| {
            debugger.paused().is_some() && debugger.pauses() > thread.seen
        };
        self.threads().any(|(thread, debugger)| is_unseen(thread, debugger))
    }

    /// Looks at a thread that stands still and was not shown yet, the present one first; says which, if there are several.
    pub fn look_at_unseen(&mut self) {
        if self.debugger.paused().is_none() || self.debugger.pauses() <= self.thread.seen {
            let unseen = self.others.iter().position(|(thread, debugger)| {
                debugger.paused().is_some() && debugger.pauses() > thread.seen
            });
            if let Some(index) = unseen {
                self.switch(index);
                println!("In thread {}, {}:", self.thread.number, self.thread.title);
            }
        }
        self.thread.seen = self.debugger.pauses();
    }

    /// Sends everything that is to be asked, each to its thread: through the one that knows it, whose number is less.
    pub fn send(&mut self) {
        let mut numbers: Vec<_> = self.threads().map(|(thread, _)| thread.number).collect();
        numbers.sort_unstable_by(|one, other| other.cmp(one));
        for number in numbers {
            let Some((thread, debugger)) = self.find(number) else { continue };
            let (starter, requests) = (thread.starter.clone(), debugger.take_requests());
            match starter {
                None => {
                    for request in requests {
                        self.session.control().inspect(request);
                    }
                }
                Some((starter, session)) => {
                    if let Some((_, starter)) = self.find(starter) {
                        requests.iter().for_each(|request| starter.send_to_worker(&session, request));
                    }
                }
            }
        }
    }

    /// Takes what the main thread's inspector says, for itself and for others.
    pub fn take_message(&mut self, message: Value) {
        self.hear_in(MAIN, message);
        let notices: Vec<_> =
            self.debuggers().flat_map(|debugger| std::iter::from_fn(|| debugger.take_notice())).collect();
        for notice in notices {
            println!("{notice}");
        }
        self.send();
    }

    fn hear_in(&mut self, number: u64, message: Value) {
        let Some((_, debugger)) = self.find(number) else { return };
        debugger.hear(message);
        let said = debugger.take_said();
        self.said.extend(said);
        let Some((_, debugger)) = self.find(number) else { return };
        for told in debugger.take_told() {
            self.hear_worker(number, told);
        }
    }

    fn hear_worker(&mut self, starter: u64, told: WorkerTold) {
        match told {
            WorkerTold::Attached { session, title, pid, .. } => {
                let mut debugger =
                    Debugger::attach(&self.breakpoints, self.everywhere.exceptions, &self.watches);
                debugger.set_ignored(&self.ignored);
                debugger.set_function_breakpoints(&self.functions);
                if let Some(wanted) = self.wanted_loops() {
                    debugger.request("Loopscope.setLoopBreakpoints", wanted);
                }
                debugger.follow_workers();
                debugger.let_go();
                self.last_thread += 1;
                let is_apart = pid.is_some() || self.find(starter).is_some_and(|one| one.0.is_apart);
                let thread = Thread {
                    number: self.last_thread,
                    title,
                    starter: Some((starter, session)),
                    is_apart,
                    seen: 0,
                };
                self.others.push((thread, debugger));
                self.others.sort_by_key(|other| other.0.number);
            }
            WorkerTold::Said { session, message } => {
                let known = self.threads().find(|(thread, _)| thread.is_known_as(starter, &session));
                if let Some(number) = known.map(|(thread, _)| thread.number) {
                    self.hear_in(number, message);
                }
            }
            WorkerTold::Gone { session } => {
                let known = self.threads().find(|(thread, _)| thread.is_known_as(starter, &session));
                if let Some(number) = known.map(|(thread, _)| thread.number) {
                    self.forget(number);
                }
            }
        }
    }

    /// A thread is over, and with it those that it knows.
    fn forget(&mut self, number: u64) {
        if self.thread.number == number {
            println!("Thread {number} is over.");
            self.debugger.end();
            if let Some(main) = self.others.iter().position(|other| other.0.number == MAIN) {
                self.switch(main);
            }
        }
        if let Some(index) = self.others.iter().position(|other| other.0.number == number) {
            let (thread, debugger) = self.others.remove(index);
            self.gone_pauses.add(&thread, &debugger);
        }
        let is_its = |thread: &Thread| thread.starter.as_ref().is_some_and(|known| known.0 == number);
        let known: Vec<_> =
            self.threads().filter(|(thread, _)| is_its(thread)).map(|one| one.0.number).collect();
        known.into_iter().for_each(|known| self.forget(known));
    }

    /// Lists the threads.
    pub fn list_threads(&self) {
        let mut lines: Vec<_> = self.threads().collect();
        lines.sort_by_key(|line| line.0.number);
        for (thread, debugger) in lines {
            let number = thread.number;
            let is_current = number == self.thread.number;
            let mark = if is_current { '>' } else { ' ' };
            let does = if debugger.paused().is_some() { "stands still" } else { "runs" };
            println!("{mark}{number:3} {}, {does}", thread.title);
        }
    }

    /// Looks at the thread of a number; false when there is none.
    pub fn look_at_thread(&mut self, number: u64) -> bool {
        if self.thread.number == number {
            return true;
        }
        let Some(index) = self.others.iter().position(|other| other.0.number == number) else { return false };
        self.switch(index);
        self.thread.seen = self.debugger.pauses();
        true
    }
}
