//! The threads of the run: the main one and its workers, each with a debugger of its own. One of them is looked at.

use loopscope::state::debugger::{Debugger, Exceptions, WorkerTold};
use serde_json::Value;

use super::Terminal;

/// A thread.
pub struct Thread {
    /// 0 for the main one, the worker's number otherwise.
    pub number: u64,
    /// Its name.
    pub title: String,
    /// The name of its session in the protocol; none for the main one.
    pub session: Option<String>,
    /// How often it had stood still when that was shown last.
    seen: u64,
}

impl Thread {
    /// The main thread.
    pub fn main() -> Self {
        Self { number: 0, title: "main thread".to_owned(), session: None, seen: 0 }
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

    fn main_debugger(&mut self) -> &mut Debugger {
        if self.thread.session.is_none() {
            return &mut self.debugger;
        }
        let main = self.others.iter_mut().find(|other| other.0.session.is_none());
        main.map_or(&mut self.debugger, |other| &mut other.1)
    }

    /// That of a thread.
    pub fn debugger_of(&self, number: u64) -> Option<&Debugger> {
        if self.thread.number == number {
            return Some(&self.debugger);
        }
        self.others.iter().find(|other| other.0.number == number).map(|other| &other.1)
    }

    /// Looks at another thread.
    fn switch(&mut self, index: usize) {
        let other = &mut self.others[index];
        std::mem::swap(&mut self.thread, &mut other.0);
        std::mem::swap(&mut self.debugger, &mut other.1);
        self.others.sort_by_key(|other| other.0.number);
    }

    /// How often all threads together have stood still.
    pub fn all_pauses(&self) -> u64 {
        let others: u64 = self.others.iter().map(|other| other.1.pauses()).sum();
        self.gone_pauses + self.debugger.pauses() + others
    }

    /// Whether a thread stands still and nothing was shown of it yet.
    pub fn has_unseen(&self) -> bool {
        let is_unseen = |thread: &Thread, debugger: &Debugger| {
            debugger.paused().is_some() && debugger.pauses() > thread.seen
        };
        is_unseen(&self.thread, &self.debugger)
            || self.others.iter().any(|(thread, debugger)| is_unseen(thread, debugger))
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

    /// Sends everything that is to be asked, each to its thread.
    pub fn send(&mut self) {
        let mut carried = Vec::new();
        if let Some(session) = self.thread.session.clone() {
            carried.extend(self.debugger.take_requests().into_iter().map(|one| (session.clone(), one)));
        }
        for (thread, debugger) in &mut self.others {
            if let Some(session) = &thread.session {
                carried.extend(debugger.take_requests().into_iter().map(|one| (session.clone(), one)));
            }
        }
        let main = self.main_debugger();
        for (session, request) in carried {
            main.send_to_worker(&session, &request);
        }
        for request in main.take_requests() {
            self.session.control().inspect(request);
        }
    }

    /// Takes what the main thread's inspector says, for itself and for workers.
    pub fn take_message(&mut self, message: Value) {
        let main = self.main_debugger();
        main.hear(message);
        for told in main.take_told() {
            self.hear_worker(told);
        }
        let notices: Vec<_> =
            self.debuggers().flat_map(|debugger| std::iter::from_fn(|| debugger.take_notice())).collect();
        for notice in notices {
            println!("{notice}");
        }
        self.send();
    }

    fn hear_worker(&mut self, told: WorkerTold) {
        match told {
            WorkerTold::Attached { session, number, title, .. } => {
                let mut debugger =
                    Debugger::attach(&self.breakpoints, self.everywhere.exceptions, &self.watches);
                debugger.set_ignored(&self.ignored);
                debugger.set_function_breakpoints(&self.functions);
                if let Some(wanted) = self.wanted_loops() {
                    debugger.request("Loopscope.setLoopBreakpoints", wanted);
                }
                debugger.let_go();
                self.others.push((Thread { number, title, session: Some(session), seen: 0 }, debugger));
                self.others.sort_by_key(|other| other.0.number);
            }
            WorkerTold::Said { session, message } => {
                let is_its = |thread: &Thread| thread.session.as_ref() == Some(&session);
                if is_its(&self.thread) {
                    self.debugger.hear(message);
                } else if let Some((_, debugger)) = self.others.iter_mut().find(|other| is_its(&other.0)) {
                    debugger.hear(message);
                }
            }
            WorkerTold::Gone { session } => {
                if self.thread.session.as_ref() == Some(&session) {
                    println!("Thread {} is over.", self.thread.number);
                    self.debugger.end();
                    if let Some(main) = self.others.iter().position(|other| other.0.session.is_none()) {
                        self.switch(main);
                    }
                }
                self.gone_pauses += self
                    .others
                    .iter()
                    .filter(|other| other.0.session.as_ref() == Some(&session))
                    .map(|other| other.1.pauses())
                    .sum::<u64>();
                self.others.retain(|other| other.0.session.as_ref() != Some(&session));
            }
        }
    }

    /// Lists the threads.
    pub fn list_threads(&self) {
        let mut lines = vec![(self.thread.number, true, &self.thread, &self.debugger)];
        lines.extend(self.others.iter().map(|(thread, debugger)| (thread.number, false, thread, debugger)));
        lines.sort_by_key(|line| line.0);
        for (number, is_current, thread, debugger) in lines {
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
