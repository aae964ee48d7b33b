//! `loopscope inspect`: the debugger in the terminal, to be typed to or scripted through standard input.

mod command;
mod input;
mod print;
mod threads;

use std::cell::RefCell;
use std::path::Path;
use std::process::ExitCode;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use crossbeam_channel::{RecvTimeoutError, never, select};
use loopscope::state::debugger::{At, Breakpoints, CodeStep, Debugger, FunctionBreakpoint, Ignored, Said};
use loopscope_protocol::{
    Command as RunCommand, EventKind, LoopBreakpoint, LoopState, Nanos, Record, Speed, When,
};
use loopscope_runtime::options::Options;
use loopscope_runtime::program;
use loopscope_runtime::session::{Session, Start, V8_OPTION};
use serde_json::json;

use super::InspectArgs;
use command::Command;
use input::{Input, Wanted};
use threads::{Everywhere, Pauses, Thread};

/// How long a quiet run is left alone before it is asked for what it has not told.
const QUIET: Duration = Duration::from_millis(16);

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long a run may take to end that is ended.
const PATIENCE_AT_THE_END: Duration = Duration::from_secs(3);

/// How long one of a thread that is not looked at: it may be waiting for the one that is (`spawnSync`).
const PATIENCE_ELSEWHERE: Duration = Duration::from_millis(500);

/// Debugs a script.
///
/// # Errors
/// When the script cannot be found or the run cannot begin.
pub fn run(args: InspectArgs) -> Result<ExitCode> {
    let mut words = args.script.into_iter();
    let file = words.next().context("name a script")?;
    let path = std::fs::canonicalize(&file)
        .with_context(|| format!("{file} cannot be found; name an existing script"))?
        .to_string_lossy()
        .into_owned();
    loopscope_runtime::js::initialize(&[V8_OPTION.to_owned()]);
    let arguments: Vec<_> = words.collect();
    let mut terminal = Terminal {
        session: start(&path, &arguments)?,
        arguments,
        debugger: Debugger::default(),
        thread: Thread::main(),
        others: Vec::new(),
        gone_pauses: Pauses::default(),
        last_thread: 0,
        everywhere: Everywhere::default(),
        unsettled: Vec::new(),
        state: LoopState::default(),
        breakpoints: Breakpoints::default(),
        temporary: None,
        watches: Vec::new(),
        loop_breakpoints: Vec::new(),
        functions: Vec::new(),
        ignored: Ignored { node_modules: false, patterns: Vec::new() },
        last_breakpoint: 0,
        path,
        said: Vec::new(),
        pauses: 0,
        has_begun: false,
        is_over: false,
        interrupted: Arc::default(),
    };
    terminal.attach();
    println!("{} waits before its first line; 'run' starts it, 'help' lists the commands.", terminal.name());
    let flag = Arc::clone(&terminal.interrupted);
    // A program that writes the commands is ended by it, as all are.
    let _guard =
        Input::is_typed().then(|| program::on_interrupts(move || flag.store(true, Ordering::Relaxed)));
    // While a line is typed it is asked for names, otherwise it follows what was typed.
    let terminal = Rc::new(RefCell::new(terminal));
    let asked = Rc::clone(&terminal);
    let mut input = Input::new(Box::new(move |wanted| asked.borrow_mut().known(wanted)))?;
    let mut last = None;
    while let Some(line) = input.line()? {
        // An empty line does the last command again, as in other debuggers.
        let command = if line.trim().is_empty() { last.clone() } else { Some(command::parse(line.trim())) };
        match command {
            None => {}
            Some(Err(wrong)) => println!("{wrong}"),
            Some(Ok(Command::Quit)) => break,
            Some(Ok(command)) => {
                terminal.borrow_mut().follow(&command);
                last = command.repeats().then_some(Ok(command));
            }
        }
    }
    drop(input);
    let terminal = Rc::into_inner(terminal).context("the input is gone")?;
    Ok(terminal.into_inner().quit())
}

/// Starts a run, which waits before its first line.
fn start(path: &str, arguments: &[String]) -> Result<Session> {
    let start = Start {
        options: Options::file(path.to_owned(), arguments.to_vec()),
        folder: None,
        paused: false,
        speed: Speed::Full,
        inspect: true,
        sampling: 0,
    };
    Ok(Session::start(start)?)
}

/// The debugger and its run.
struct Terminal {
    session: Session,
    arguments: Vec<String>,
    /// That of the thread that is looked at.
    debugger: Debugger,
    thread: Thread,
    /// The other threads.
    others: Vec<(Thread, Debugger)>,
    /// How often threads have stood still that are over.
    gone_pauses: Pauses,
    /// The number of the thread that came last.
    last_thread: u64,
    everywhere: Everywhere,
    /// Expressions whose values come when the run goes on, by the thread and the number in its console.
    unsettled: Vec<(u64, u64)>,
    state: LoopState,
    breakpoints: Breakpoints,
    /// A breakpoint that is taken away once the run stands still.
    temporary: Option<(String, At)>,
    watches: Vec<String>,
    loop_breakpoints: Vec<LoopBreakpoint>,
    functions: Vec<FunctionBreakpoint>,
    ignored: Ignored,
    last_breakpoint: u32,
    path: String,
    /// What breakpoints have said that is not shown yet: it comes in between what the script writes.
    said: Vec<Said>,
    /// Pauses that the records told of.
    pauses: u64,
    has_begun: bool,
    is_over: bool,
    /// Ctrl+C was pressed.
    interrupted: Arc<AtomicBool>,
}

impl Terminal {
    fn name(&self) -> &str {
        Path::new(&self.path).file_name().and_then(|name| name.to_str()).unwrap_or(&self.path)
    }

    /// A script by what was typed: the one that runs when nothing was, a file beside it otherwise.
    fn script(&self, typed: Option<&str>) -> String {
        let Some(typed) = typed.filter(|typed| *typed != self.name()) else { return self.path.clone() };
        let beside = Path::new(&self.path).with_file_name(typed);
        std::fs::canonicalize(&beside).unwrap_or(beside).to_string_lossy().into_owned()
    }

    fn follow(&mut self, command: &Command) {
        match command {
            Command::Help => print::help(),
            Command::Quit => {}
            Command::Break { file, at, condition, hits, temporary } => {
                let path = self.script(file.as_deref());
                if self.breakpoints.at(&path, *at).is_none() {
                    self.breakpoints.toggle(&path, *at);
                }
                if let Some(breakpoint) = self.breakpoints.at_mut(&path, *at) {
                    breakpoint.condition.clone_from(condition);
                    breakpoint.hits.clone_from(hits);
                }
                if *temporary {
                    self.temporary = Some((path.clone(), *at));
                }
                self.send_breakpoints(&path);
                print::breakpoint(&self.breakpoints, &self.debugger, &path, *at);
            }
            Command::Log { file, at, text } => {
                let path = self.script(file.as_deref());
                if self.breakpoints.at(&path, *at).is_none() {
                    self.breakpoints.toggle(&path, *at);
                }
                if let Some(breakpoint) = self.breakpoints.at_mut(&path, *at) {
                    breakpoint.log.clone_from(text);
                }
                self.send_breakpoints(&path);
                print::breakpoint(&self.breakpoints, &self.debugger, &path, *at);
            }
            Command::Delete { file, at } => {
                let path = self.script(file.as_deref());
                if self.breakpoints.at(&path, *at).is_some() {
                    self.breakpoints.remove(&path, *at);
                    self.send_breakpoints(&path);
                } else {
                    println!("There is no breakpoint on line {at}.");
                }
            }
            Command::Breakpoints => {
                print::breakpoints(&self.breakpoints, &self.debugger, &self.loop_breakpoints);
                print::functions(&self.functions, &self.debugger);
            }
            Command::BreakIn(name) => self.break_in(name.as_deref()),
            Command::Ignore(pattern) => self.ignore(pattern.as_deref()),
            Command::Targets => {
                self.find_targets();
                print::targets(&self.debugger);
            }
            Command::StepInto(number) => {
                self.find_targets();
                let is_one =
                    self.debugger.targets().is_some_and(|all| (1..=all.calls.len()).contains(number));
                let number = *number;
                if is_one {
                    self.go_on(|debugger| debugger.step_into(number - 1));
                } else {
                    println!("There is no call {number} on this line; 'targets' lists them.");
                }
            }
            Command::Catch(exceptions) => {
                self.everywhere.exceptions = *exceptions;
                self.debuggers().for_each(|debugger| debugger.set_exceptions(*exceptions));
                self.settle();
            }
            Command::BreakOn(when) => self.break_on(when),
            Command::Run if self.has_begun => println!("It has begun; 'continue' goes on."),
            Command::Run | Command::Continue if !self.has_begun => {
                self.has_begun = true;
                self.debugger.let_go();
                self.go();
            }
            Command::Run => {}
            Command::Continue => self.go_on_by(true, Debugger::resume),
            Command::Next => self.go_on(|debugger| debugger.step(CodeStep::Over)),
            Command::Step => self.go_on(|debugger| debugger.step(CodeStep::Into)),
            Command::Finish => self.go_on(|debugger| debugger.step(CodeStep::Out)),
            Command::Until(line) => {
                let here = self.debugger.frame().map(|frame| frame.1.spot.script.clone());
                let path = here.unwrap_or_else(|| self.path.clone());
                self.go_on(|debugger| debugger.run_to(&path, *line));
            }
            Command::NextInLoop(unit) => {
                let unit = *unit;
                self.go_on(|debugger| debugger.step_loop(unit));
            }
            Command::ToTask(task) => {
                let task = *task;
                self.go_on(|debugger| debugger.run_to_task(task));
            }
            Command::ToScheduled(task) => self.run_to_scheduled(*task),
            Command::ToResume => self.go_on(Debugger::run_to_resume),
            Command::Pause => self.pause(),
            Command::RestartFrame => self.go_on(Debugger::restart_frame),
            Command::Restart => self.restart(),
            Command::Threads => self.list_threads(),
            Command::Thread(number) => {
                if self.look_at_thread(*number) {
                    if self.debugger.paused().is_some() {
                        print::place(&self.debugger);
                    } else {
                        println!("It runs.");
                    }
                } else {
                    println!("There is no thread {number}; 'threads' lists them.");
                }
            }
            Command::Print(expression) => {
                self.debugger.evaluate(expression);
                self.settle();
                self.print_last_value();
            }
            Command::Watch(expression) => {
                self.watches.push(expression.clone());
                let watches = self.watches.clone();
                self.debuggers().for_each(|debugger| debugger.set_watches(&watches));
                self.settle();
                print::watches(&self.debugger);
            }
            Command::Backtrace => print::backtrace(&self.debugger),
            Command::Frame(number) => {
                if self.has_frame(*number) {
                    self.debugger.select_frame(*number);
                    self.settle();
                    print::place(&self.debugger);
                } else {
                    println!("There is no frame {number}; 'backtrace' lists them.");
                }
            }
            Command::Scopes => self.scopes(),
            Command::List => print::place(&self.debugger),
            Command::Queues => print::queues(&self.state),
            Command::Tasks => print::tasks(&self.state),
        }
        if let Some(problem) = self.debugger.take_problem() {
            println!("{problem}");
        }
    }

    fn send_breakpoints(&mut self, path: &str) {
        let wanted = self.breakpoints.of(path).to_vec();
        self.debuggers().for_each(|debugger| debugger.set_breakpoints(path, &wanted));
        self.settle();
    }

    /// Stands still in functions of a name from now on, or no longer.
    fn break_in(&mut self, name: Option<&str>) {
        if let Some(name) = name {
            match self.functions.iter().position(|one| one.name == name) {
                Some(index) => drop(self.functions.remove(index)),
                None => {
                    self.functions.push(FunctionBreakpoint { name: name.to_owned(), enabled: true });
                }
            }
            let wanted = self.functions.clone();
            self.debuggers().for_each(|debugger| debugger.set_function_breakpoints(&wanted));
            self.settle();
            if self.debugger.has_problem() {
                self.functions.retain(|one| one.name != name);
                return;
            }
        }
        if self.functions.is_empty() {
            println!("No function holds the run.");
        }
        print::functions(&self.functions, &self.debugger);
    }

    /// Passes over scripts from now on, or no longer.
    fn ignore(&mut self, pattern: Option<&str>) {
        if let Some(pattern) = pattern {
            match self.ignored.patterns.iter().position(|one| one == pattern) {
                Some(index) => drop(self.ignored.patterns.remove(index)),
                None if pattern == "node_modules" => {
                    self.ignored.node_modules = !self.ignored.node_modules;
                }
                None => self.ignored.patterns.push(pattern.to_owned()),
            }
            let wanted = self.ignored.clone();
            self.debuggers().for_each(|debugger| debugger.set_ignored(&wanted));
            self.settle();
        }
        print::ignored(&self.ignored);
    }

    /// Asks which calls of the line can be stepped into.
    fn find_targets(&mut self) {
        self.debugger.list_targets();
        self.settle();
    }

    fn break_on(&mut self, when: &When) {
        if let Some(fault) = when.fault() {
            println!("It would never hold the run: {fault}.");
            return;
        }
        self.last_breakpoint += 1;
        let id = format!("loop {}", self.last_breakpoint);
        self.loop_breakpoints.push(LoopBreakpoint { id: id.clone(), enabled: true, when: when.clone() });
        if let Some(wanted) = self.wanted_loops() {
            let ask = |debugger: &mut Debugger| {
                debugger.request("Loopscope.setLoopBreakpoints", wanted.clone());
            };
            self.debuggers().for_each(ask);
        }
        self.settle();
        println!("{id}: when {when}");
    }

    /// The breakpoints of the loop as they are asked for; none without any.
    fn wanted_loops(&self) -> Option<serde_json::Value> {
        let all = &self.loop_breakpoints;
        (!all.is_empty()).then(|| json!({ "breakpoints": all }))
    }

    /// Attaches to a run that has just been started, with everything that was set.
    fn attach(&mut self) {
        self.debugger = Debugger::attach(&self.breakpoints, self.everywhere.exceptions, &self.watches);
        self.debugger.set_ignored(&self.ignored);
        self.debugger.set_function_breakpoints(&self.functions);
        if let Some(wanted) = self.wanted_loops() {
            self.debugger.request("Loopscope.setLoopBreakpoints", wanted);
        }
        self.debugger.follow_workers();
        self.settle();
    }

    /// Ends the run and starts it again; it waits before its first line. Returns whether it could be started.
    fn start_again(&mut self) -> bool {
        match start(&self.path, &self.arguments) {
            Ok(session) => self.session = session,
            Err(failed) => {
                println!("The script cannot be started again: {failed}");
                return false;
            }
        }
        self.thread = Thread::main();
        self.others.clear();
        self.unsettled.clear();
        self.state = LoopState::default();
        (self.gone_pauses, self.last_thread, self.pauses) = (Pauses::default(), 0, 0);
        (self.has_begun, self.is_over) = (false, false);
        self.attach();
        true
    }

    fn restart(&mut self) {
        if self.start_again() {
            println!("{} waits before its first line again.", self.name());
        }
    }

    /// Goes on to where a callback is scheduled; runs again when that was before.
    fn run_to_scheduled(&mut self, task: u64) {
        if self.has_begun {
            if !self.is_over {
                self.debugger.run_to_scheduled(task);
                self.settle();
                if self.debugger.take_problem().is_none() {
                    self.go();
                    return;
                }
            }
            println!("It was scheduled already: the script runs again.");
            if !self.start_again() {
                return;
            }
        }
        self.debugger.run_to_scheduled(task);
        self.has_begun = true;
        self.debugger.let_go();
        self.go();
    }

    /// What may be typed where the run stands.
    fn known(&mut self, wanted: Wanted) -> Vec<String> {
        let object = match wanted {
            Wanted::Names => None,
            Wanted::Properties(object) => Some(object),
            Wanted::Files => return self.files(),
            Wanted::Breakpoints => return self.places(),
        };
        if self.debugger.paused().is_none() {
            return Vec::new();
        }
        // The variables are asked for first, then what they are called.
        for _ in 0..2 {
            self.debugger.complete(object);
            self.settle();
        }
        self.debugger.complete(object).iter().map(|candidate| candidate.name.clone()).collect()
    }

    /// Scripts beside the one that runs.
    fn files(&self) -> Vec<String> {
        let beside = Path::new(&self.path).parent().and_then(|folder| std::fs::read_dir(folder).ok());
        let beside = beside.into_iter().flatten().flatten().map(|entry| entry.file_name());
        let names = beside.map(|name| name.to_string_lossy().into_owned());
        let is_script = |name: &String| {
            ["js", "mjs", "cjs", "ts", "mts", "cts"]
                .iter()
                .any(|kind| name.rsplit_once('.').is_some_and(|parts| parts.1 == *kind))
        };
        let mut names: Vec<_> = names.filter(is_script).collect();
        names.sort();
        names
    }

    /// Where breakpoints are, in the words of the command that takes them away.
    fn places(&self) -> Vec<String> {
        let all =
            self.breakpoints.files().flat_map(|(path, list)| list.iter().map(move |one| (path, one.at())));
        let all = all.map(|(path, at)| match Path::new(path).file_name() {
            Some(name) if *path != self.path => format!("{}:{at}", name.to_string_lossy()),
            _ => at.to_string(),
        });
        all.collect()
    }

    /// What came of the last expression; the value of a promise comes when the run goes on.
    fn print_last_value(&mut self) {
        match self.debugger.entries().last().filter(|entry| entry.waits) {
            Some(entry) => {
                self.unsettled.push((self.thread.number, entry.number));
                println!("It waits for a promise: the value comes when the run goes on.");
            }
            None => print::last_value(&self.debugger),
        }
    }

    /// Shows the values that have come since.
    fn show_settled(&mut self) {
        let unsettled = std::mem::take(&mut self.unsettled);
        for (thread, number) in unsettled {
            let entries = self.debugger_of(thread).map_or(&[][..], Debugger::entries);
            match entries.iter().find(|entry| entry.number == number) {
                Some(entry) if entry.result.is_some() => print::entry(entry),
                Some(_) => self.unsettled.push((thread, number)),
                None => {}
            }
        }
    }

    /// Whether the stack has a frame of this number that belongs to the script.
    fn has_frame(&self, number: usize) -> bool {
        let frame = self.debugger.paused().and_then(|paused| paused.frames.get(number));
        frame.is_some_and(|frame| !frame.is_internal())
    }

    /// The variables of the selected frame, without those that every script has.
    fn scopes(&mut self) {
        let Some((_, frame)) = self.debugger.frame() else {
            println!("Nothing is on the stack.");
            return;
        };
        let scopes = frame.scopes.clone();
        for scope in scopes.iter().filter(|scope| scope.kind != "global") {
            self.debugger.variables(&scope.object);
            self.settle();
            print::scope(scope, self.debugger.variables(&scope.object));
        }
    }

    /// Lets a run go on that stands still, and shows where it stands next.
    fn go_on(&mut self, ask: impl FnOnce(&mut Debugger)) {
        self.go_on_by(false, ask);
    }

    /// As [`Terminal::go_on`]; between two callbacks V8 has nothing to resume.
    fn go_on_by(&mut self, resumes: bool, ask: impl FnOnce(&mut Debugger)) {
        if self.is_over {
            println!("The run is over.");
        } else if !self.has_begun {
            println!("It has not begun; 'run' starts it.");
        } else {
            if resumes && self.debugger.paused().is_none() {
                // It runs: what there is to do is to see where a thread comes to stand.
                return self.go();
            }
            let is_between =
                self.debugger.paused().is_some_and(|one| one.frames.is_empty() && one.unhandled.is_none());
            if is_between && resumes {
                self.session.control().send(RunCommand::Resume);
            } else {
                ask(&mut self.debugger);
            }
            self.go();
        }
    }

    /// Has the thread that is looked at stand still where it is.
    fn pause(&mut self) {
        if self.is_over || !self.has_begun || self.debugger.paused().is_some() {
            return println!("It does not run.");
        }
        self.debugger.pause();
        self.go();
    }

    /// Follows the run until one of its threads stands still or it is over.
    fn go(&mut self) {
        let mut interrupted: Option<Instant> = None;
        let before = self.all_pauses();
        self.send();
        // A pause is told twice; the records say what happened before it.
        while !(self.is_over || self.has_unseen() && self.pauses >= self.all_pauses().told) {
            self.hear();
            if self.interrupted.swap(false, Ordering::Relaxed) {
                self.debugger.pause();
                self.send();
                interrupted = Some(Instant::now());
            }
            if interrupted.is_some_and(|at| at.elapsed() > PATIENCE_ELSEWHERE) {
                self.debugger.cancel_pause();
                self.settle();
                println!("Nothing runs: it waits. 'next-task' stands still in its next callback.");
                return;
            }
            // It has not moved, because it cannot.
            if !self.debugger.waits() && self.debugger.has_problem() && self.all_pauses() == before {
                return;
            }
        }
        if self.is_over {
            self.show_settled();
            print::ended(&self.state);
            return;
        }
        if let Some((path, at)) = self.temporary.take() {
            self.breakpoints.remove(&path, at);
            self.send_breakpoints(&path);
        }
        self.show_settled();
        self.look_at_unseen();
        self.settle();
        print::pause(&self.debugger, &self.loop_breakpoints);
        if !self.watches.is_empty() {
            print::watches(&self.debugger);
        }
    }

    /// Sends what is to be asked and waits for the answers, but not for ever.
    fn settle(&mut self) {
        self.send();
        let begun = Instant::now();
        while self.debuggers().any(|debugger| debugger.waits()) && !self.is_over {
            self.hear();
            let waited = begun.elapsed();
            if waited > PATIENCE_ELSEWHERE && !self.debugger.waits() {
                return;
            }
            if waited > PATIENCE {
                println!("No answer so far: the run is busy or waits for another thread.");
                return;
            }
        }
    }

    /// Takes what the run tells next.
    fn hear(&mut self) {
        let inspector = if self.is_over { never() } else { self.session.inspector().clone() };
        select! {
            recv(self.session.records()) -> batch => match batch {
                Ok(batch) => {
                    // What breakpoints said before any of this was told before.
                    self.take_texts();
                    self.take(&batch);
                    self.session.give_back(batch);
                }
                Err(_) => {
                    self.take_texts();
                    self.show_said(Nanos::MAX);
                    self.is_over = true;
                    self.debuggers().for_each(Debugger::end);
                }
            },
            recv(inspector) -> message => {
                if let Ok(message) = message {
                    self.take_text(&message);
                }
            },
            default(QUIET) => self.session.control().request_records(),
        }
    }

    /// Takes what the inspector has said so far.
    fn take_texts(&mut self) {
        while let Ok(message) = self.session.inspector().try_recv() {
            self.take_text(&message);
        }
    }

    /// Shows what breakpoints have said until a time.
    fn show_said(&mut self, until: Nanos) {
        let (shown, later) = std::mem::take(&mut self.said).into_iter().partition(|said| said.at < until);
        self.said = later;
        for said in shown {
            println!("{}", said.text);
        }
    }

    fn take_text(&mut self, message: &str) {
        if let Ok(message) = serde_json::from_str(message) {
            self.take_message(message);
        }
    }

    fn take(&mut self, batch: &[Record]) {
        for record in batch {
            self.state.apply(record);
            if let Record::Event(event) = record {
                self.show_said(event.at);
                match event.kind {
                    EventKind::Console { text, .. } => print!("{}", self.state.names.text(text)),
                    EventKind::Paused { .. } => self.pauses += 1,
                    _ => {}
                }
            }
        }
    }

    /// Ends the run; its exit code is the program's when it ended by itself.
    fn quit(self) -> ExitCode {
        let Self { session, is_over, .. } = self;
        if !is_over {
            session.control().send(RunCommand::Stop);
            let until = Instant::now() + PATIENCE_AT_THE_END;
            while let Err(RecvTimeoutError::Timeout) | Ok(_) = session.records().recv_deadline(until) {
                if Instant::now() > until {
                    // It is where V8 itself cannot end it; with the process it ends all the same.
                    std::process::exit(0);
                }
            }
            drop(session);
            return ExitCode::SUCCESS;
        }
        let code = session.finish().unwrap_or(1);
        ExitCode::from(u8::try_from(code & 0xff).unwrap_or(1))
    }
}
