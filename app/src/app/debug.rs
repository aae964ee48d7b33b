//! The debugger's part of the window: commands, and what follows from what it says.

use std::path::{Path, PathBuf};

use egui::Context;
use loopscope_protocol::{Command, LoopId, Nanos};

use super::{AfterSave, App};
use crate::command::UiCommand;
use crate::panel::PanelKind;
use crate::state::debugger::{CodeStep, Debugger, Settings, Threads, threads};
use crate::state::document::Document;

/// A callback that has run for so long is paused in the middle instead of before the next one, in nanoseconds.
const LONG: Nanos = 100_000_000;

impl App {
    /// The debuggers of a run that is about to begin.
    pub(super) fn begin_debugger(&mut self) -> Threads {
        let (profile, scheduled) = (self.next_profile.take(), self.next_scheduled.take());
        Threads::begin(self.debugged(), profile, scheduled)
    }

    /// Sends a command to the run, or to the worker that is looked at.
    pub(super) fn send(&self, command: Command) {
        let Some(running) = &self.running else { return };
        let is_taken = running.threads(|threads| {
            if command == Command::Resume {
                threads.go_on();
            }
            if threads.chosen() == threads::MAIN {
                return false;
            }
            let worker = threads.debugger_mut();
            let stands = worker.paused().is_some();
            match command {
                Command::Resume if stands => worker.resume(),
                Command::Step(unit) if stands => worker.step_loop(unit),
                Command::Pause => worker.pause(),
                // One that runs has no next callback to go to, but the main thread may have to go on.
                Command::Step(_) => {}
                Command::Resume | Command::Stop | Command::SetSpeed(_) => return false,
            }
            true
        });
        if !is_taken {
            running.send(command);
        }
    }

    /// Looks at a thread: where it stands is shown.
    pub(super) fn show_thread(&mut self, number: u64, context: &Context) {
        let Some(running) = &self.running else { return };
        let (on, stands, listed) = running.threads(|threads| {
            threads.choose(number);
            (threads.chosen_loop(), threads.debugger().stands_in_code(), threads.list())
        });
        self.show_loop(on);
        if stands {
            self.show_selected_frame(context);
            return;
        }
        let path = match listed.into_iter().find(|thread| thread.number == number) {
            Some(thread) if number != threads::MAIN => thread.path,
            _ => self.script.clone(),
        };
        // Nobody asked for another text: changes stay where they are.
        if !self.document.is_dirty() {
            self.show_file(&path, context);
        }
    }

    /// Ring, queues and words follow the debugger; one whose loop is not among the events leaves them where they are.
    fn show_loop(&mut self, on: Option<LoopId>) {
        self.selection.on = on.unwrap_or(self.selection.on);
    }

    /// Asks something of the debugger of the thread that is looked at.
    pub(super) fn debug(&self, act: impl FnOnce(&mut Debugger)) {
        if let Some(running) = &self.running {
            running.debug(act);
        }
    }

    fn stands_in_code(&self) -> bool {
        self.running.as_ref().is_some_and(|running| running.debugger().stands_in_code())
    }

    /// Stands still before the next callback, or in the middle of one that goes on for long.
    pub(super) fn pause(&self) {
        let Some(running) = &self.running else { return };
        let is_long = {
            let model = running.model();
            let state = model.state();
            let started = state.running().and_then(|task| match state.tasks.get(&task)?.stage {
                loopscope_protocol::state::Stage::Running { since } => Some(since),
                _ => None,
            });
            started.is_some_and(|since| model.now() > since + LONG)
        };
        if is_long {
            running.debug(Debugger::pause);
        } else {
            self.send(Command::Pause);
        }
    }

    /// A step in the code. Between two callbacks it leads into the one that is about to start, or over it, and into the script
    /// when that has not begun.
    pub(super) fn step_in_code(&mut self, step: CodeStep, context: &Context) {
        let stands = self.running.as_ref().and_then(|running| {
            let looked = running.debugger();
            looked.paused().map(|paused| (!paused.frames.is_empty(), paused.is_entry))
        });
        match stands {
            Some((true, _)) => self.debug(|debugger| debugger.step(step)),
            Some((false, is_entry)) if is_entry || step == CodeStep::Into => {
                self.debug(|debugger| debugger.step(CodeStep::Into));
            }
            _ => self.follow(UiCommand::StepTask, context),
        }
    }

    pub(super) fn run_to_cursor(&self) {
        if let Some(line) = self.memory.cursor_line() {
            let path = self.document.script_name();
            self.debug(|debugger| debugger.run_to(&path, line));
        }
    }

    pub(super) fn run_to_resume(&mut self) {
        if self.stands_in_code() {
            self.debug(Debugger::run_to_resume);
        } else {
            self.notice =
                Some("Where an await resumes is known while the run stands in a function.".to_owned());
        }
    }

    /// Starts the run again and stands still where the selected callback, or the one that runs, is scheduled.
    pub(super) fn run_to_scheduled(&mut self, context: &Context) {
        let running = || self.running.as_ref()?.model().state().running();
        match self.selection.selected.map(|picked| picked.task).or_else(running) {
            Some(task) => {
                self.next_scheduled = Some(task.0);
                self.run(false, context);
            }
            None => {
                self.notice =
                    Some("Select the callback first: in the queues, the timeline or the console.".to_owned())
            }
        }
    }

    pub(super) fn toggle_breakpoint(&mut self) {
        if let Some(line) = self.memory.cursor_line() {
            self.settings.breakpoints.toggle(&self.document.script_name(), line);
            self.told = None;
        } else {
            self.notice = Some("Click into the line that is to have a breakpoint first.".to_owned());
        }
    }

    pub(super) fn toggle_column_breakpoint(&mut self) {
        if let Some(at) = self.memory.cursor_at() {
            self.settings.breakpoints.toggle(&self.document.script_name(), at);
            self.told = None;
        } else {
            self.notice = Some("Click into the code that is to have a breakpoint first.".to_owned());
        }
    }

    /// Looks at a frame: its line is shown, in its file.
    pub(super) fn show_frame(&mut self, index: usize, context: &Context) {
        self.debug(|debugger| debugger.select_frame(index));
        self.show_selected_frame(context);
    }

    fn show_selected_frame(&mut self, context: &Context) {
        let spot = self.running.as_ref().and_then(|running| running.debugger().spot().cloned());
        if let Some(spot) = spot {
            self.show_spot(&spot.script, spot.line, context);
        }
    }

    /// Shows a line of the text that the run has.
    fn show_spot(&mut self, script: &str, line: u32, context: &Context) {
        let script = script.strip_prefix("file://").unwrap_or(script);
        let now = self.running.as_ref().and_then(|running| running.debugger().line_now(script, line));
        let line = now.unwrap_or(line);
        if self.running.as_ref().is_some_and(|running| running.recorded().is_some()) {
            if self.show_recorded_script(script) {
                self.memory.go_to_line(line);
            }
        } else if self.show_file(script, context) {
            self.memory.go_to_line(line);
        } else {
            self.awaited = Some((script.to_owned(), line));
        }
    }

    /// Shows a script. False when it comes later, because only the run has it, or there are changes to be saved first.
    fn show_file(&mut self, script: &str, context: &Context) -> bool {
        // Threads may have different scripts of one name, such as texts that workers were given.
        let thread = self.looked_at();
        if script == self.document.script_name() && (!self.document.made || thread == self.made_in) {
            return true;
        }
        let path = Path::new(script);
        if !path.is_absolute() || !path.is_file() {
            let told = self.running.as_ref().and_then(|running| {
                let model = running.model();
                model.sources.iter().find(|source| source.path == script).map(|source| source.text.clone())
            });
            if self.document.is_dirty() {
                self.notice = Some(format!(
                    "Save your changes first: then {script} can be shown, which is in no file."
                ));
            } else if let Some(text) = told {
                self.show_source(script, &text);
                return true;
            } else if !script.starts_with("node:") {
                self.debug(|debugger| debugger.want_source(script));
            }
            return false;
        }
        if self.document.is_dirty() {
            self.unless_unsaved(AfterSave::OpenFile(path.to_owned()), context);
            return false;
        }
        let left = self.came_from();
        self.open_any(path, context);
        if self.document.script_name() == script {
            self.left = left.filter(|left| left != path);
        }
        true
    }

    /// Shows a script that is in no file once its text is there.
    fn show_source(&mut self, name: &str, text: &str) {
        if self.document.is_dirty() {
            return;
        }
        let left = self.came_from();
        self.show_document(Document::made(name, text));
        self.left = left;
        self.made_in = self.looked_at();
        if let Some((_, line)) = self.awaited.take().filter(|awaited| awaited.0 == name) {
            self.memory.go_to_line(line);
        }
    }

    /// The file to come back to from scripts that the debugger shows.
    fn came_from(&self) -> Option<PathBuf> {
        self.left.clone().or_else(|| self.document.file().map(Path::to_owned))
    }

    /// The thread that the debugger shows.
    fn looked_at(&self) -> Option<u64> {
        self.running.as_ref().map(|running| running.threads(|threads| threads.chosen()))
    }

    /// Shows the script that ran last again when the debugger went to another file: that is what is run. Says whether it
    /// could; the notice tells why not.
    pub(super) fn back_to_script(&mut self) -> bool {
        let Some(left) = self.left.take() else { return true };
        self.open_file(&left);
        self.document.path.as_ref() == Some(&left)
    }

    /// The debugger's settings before the panels are drawn.
    pub(super) fn debugged(&self) -> Settings {
        Settings {
            breakpoints: self.settings.breakpoints.clone(),
            functions: self.settings.functions.clone(),
            ignored: self.settings.ignored.clone(),
            loops: self.settings.loop_breakpoints.clone(),
            exceptions: self.settings.exceptions,
            watches: self.settings.watches.clone(),
            door: self.door,
        }
    }

    /// Shows what the debugger says.
    pub(super) fn follow_debugger(&mut self, context: &Context) {
        if let Some((path, line)) = self.memory.take_spot() {
            self.show_spot(&path, line, context);
        }
        let Some(running) = &self.running else { return };
        let (problem, copied, source, (thread, on), has_arrived, in_code) = running.threads(|threads| {
            let has_arrived = threads.take_arrival();
            threads.share();
            let (problem, thread, on) = (threads.take_problem(), threads.chosen(), threads.chosen_loop());
            let debugger = threads.debugger_mut();
            let (copied, source) = (debugger.take_copied(), debugger.take_source());
            (problem, copied, source, (thread, on), has_arrived, debugger.spot().is_some())
        });
        if let Some((name, text)) = source {
            self.show_source(&name, &text);
        }
        if self.memory.look_at_thread(thread) || has_arrived {
            self.show_loop(on);
        }
        if let Some(text) = copied {
            context.copy_text(text);
            self.told = Some("Copied.".to_owned());
        }
        if problem.is_some() {
            self.notice = problem;
        }
        if has_arrived && in_code {
            self.bring_to_front(PanelKind::Debugger);
            self.show_selected_frame(context);
        }
    }

    /// Tells the debugger what was changed in panels and by commands.
    pub(super) fn tell_debugger(&mut self, before: &Settings) {
        let after = self.debugged();
        if *before == after {
            return;
        }
        if let Some(running) = &self.running {
            running.threads(|threads| threads.set(after));
        }
        self.remember();
    }
}
