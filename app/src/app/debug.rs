//! The debugger's part of the window: commands, and what follows from what it says.

use std::path::Path;

use egui::Context;
use loopscope_protocol::{Command, Nanos};

use super::{AfterSave, App};
use crate::command::UiCommand;
use crate::panel::PanelKind;
use crate::state::debugger::{
    Breakpoints, CodeStep, Debugger, Exceptions, FunctionBreakpoint, Ignored, LoopBreakpoint, Wanted,
};

/// A callback that has run for so long is paused in the middle instead of before the next one, in nanoseconds.
const LONG: Nanos = 100_000_000;

/// What the panels may change of the debugger's settings.
#[derive(PartialEq)]
pub struct Debugged {
    breakpoints: Breakpoints,
    functions: Vec<FunctionBreakpoint>,
    ignored: Ignored,
    loops: Vec<LoopBreakpoint>,
    exceptions: Exceptions,
    watches: Vec<String>,
}

impl App {
    /// The debugger of a run that is about to begin.
    pub(super) fn begin_debugger(&mut self) -> Debugger {
        let (profile, scheduled) = (self.next_profile.take(), self.next_scheduled.take());
        let settings = &self.settings;
        Debugger::begin(&Wanted {
            breakpoints: &settings.breakpoints,
            functions: &settings.functions,
            loops: &settings.loop_breakpoints,
            exceptions: settings.exceptions,
            watches: &settings.watches,
            ignored: &settings.ignored,
            profile,
            scheduled,
            stops: self.document.text.contains("debugger"),
        })
    }

    /// Asks something of the run's debugger.
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
            running.send(Command::Pause);
        }
    }

    /// A step in the code, or one of the loop when the run does not stand in the code.
    pub(super) fn step_in_code(&mut self, step: CodeStep, otherwise: UiCommand, context: &Context) {
        if self.stands_in_code() {
            self.debug(|debugger| debugger.step(step));
        } else {
            self.follow(otherwise, context);
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

    /// Looks at a frame: its line is shown, in its file.
    pub(super) fn show_frame(&mut self, index: usize, context: &Context) {
        self.debug(|debugger| debugger.select_frame(index));
        self.show_selected_frame(context);
    }

    fn show_selected_frame(&mut self, context: &Context) {
        let spot = self
            .running
            .as_ref()
            .and_then(|running| running.debugger().frame().map(|(_, frame)| frame.spot.clone()));
        if let Some(spot) = spot {
            self.show_spot(&spot.script, spot.line, context);
        }
    }

    fn show_spot(&mut self, script: &str, line: u32, context: &Context) {
        if script != self.document.script_name() {
            let path = Path::new(script);
            if !path.is_absolute() {
                return;
            }
            if self.document.is_dirty() {
                self.unless_unsaved(AfterSave::OpenFile(path.to_owned()), context);
                return;
            }
            self.open_any(path, context);
        }
        self.memory.go_to_line(line);
    }

    /// The debugger's settings before the panels are drawn.
    pub(super) fn debugged(&self) -> Debugged {
        Debugged {
            breakpoints: self.settings.breakpoints.clone(),
            functions: self.settings.functions.clone(),
            ignored: self.settings.ignored.clone(),
            loops: self.settings.loop_breakpoints.clone(),
            exceptions: self.settings.exceptions,
            watches: self.settings.watches.clone(),
        }
    }

    /// Tells the debugger what was changed, and shows what it says.
    pub(super) fn follow_debugger(&mut self, before: &Debugged, context: &Context) {
        let after = self.debugged();
        self.tell_debugger(before, &after);
        if let Some((path, line)) = self.memory.take_spot() {
            self.show_spot(&path, line, context);
        }
        let Some(running) = &self.running else { return };
        let (problem, copied, pauses, in_code) = running.debug(|debugger| {
            (debugger.take_problem(), debugger.take_copied(), debugger.pauses(), debugger.stands_in_code())
        });
        if let Some(text) = copied {
            context.copy_text(text);
            self.told = Some("Copied.".to_owned());
        }
        if problem.is_some() {
            self.notice = problem;
        }
        if pauses > self.pauses {
            self.pauses = pauses;
            if in_code {
                self.bring_to_front(PanelKind::Debugger);
                self.show_selected_frame(context);
            }
        }
    }

    fn tell_debugger(&mut self, before: &Debugged, after: &Debugged) {
        if before == after {
            return;
        }
        if let Some(running) = &self.running {
            running.debug(|debugger| {
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
                let files = before.breakpoints.files().chain(after.breakpoints.files());
                for (path, _) in files {
                    debugger.set_breakpoints(path, after.breakpoints.of(path));
                }
            });
        }
        self.remember();
    }
}
