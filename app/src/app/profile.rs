//! The profiles' part of the window: commands, and what follows from what V8 made.

use std::path::{Path, PathBuf};

use egui::Context;
use loopscope_protocol::Command;

use super::{App, Purpose};
use crate::dialogs::Ask;
use crate::panel::PanelKind;
use crate::state::debugger::{Debugger, threads};
use crate::state::profile::Kind;

/// Whether a file is a profile by its name.
pub(super) fn is_profile(path: &Path) -> bool {
    let endings = ["cpuprofile", "heapprofile", "heapsnapshot"];
    path.extension().is_some_and(|extension| endings.iter().any(|ending| extension == *ending))
}

impl App {
    /// Takes a profile from now on, or from the first line of a new run; ends the one that is being taken.
    pub(super) fn toggle_profile(&mut self, kind: Kind, context: &Context) {
        if kind == Kind::Heap {
            return self.take_heap_snapshot();
        }
        self.bring_to_front(PanelKind::Profile);
        let is_stopped = self.running.as_ref().is_some_and(|running| {
            running.threads(|threads| {
                let recording = threads.debuggers().find(|thread| thread.1.recording().is_some());
                recording.map(|thread| thread.1.stop_profile()).is_some()
            })
        });
        if is_stopped {
            return;
        }
        self.profiles.kind = kind;
        self.profiles.forget(kind);
        if self.is_going() {
            self.debug(|debugger| debugger.start_profile(kind));
        } else {
            self.next_profile = Some(kind);
            self.run(false, context);
        }
    }

    pub(super) fn open_profile(&mut self, path: PathBuf, context: &Context) {
        self.bring_to_front(PanelKind::Profile);
        self.profiles.open(path, once(context));
    }

    pub(super) fn save_profile(&mut self, path: PathBuf, context: &Context) {
        self.profiles.save(path, once(context));
    }

    fn named(&self, ending: &str) -> String {
        let name = self.document.name();
        let stem = Path::new(&name).file_stem().map_or_else(|| "run".into(), |stem| stem.to_string_lossy());
        format!("{stem}.{ending}")
    }

    pub(super) fn ask_where_to_save_profile(&mut self, context: &Context) {
        let Some(made) = self.profiles.current() else {
            self.notice = Some("There is no profile yet: record one first.".to_owned());
            return;
        };
        let ending = match made.kind() {
            Kind::Cpu => "cpuprofile",
            Kind::Allocations => "heapprofile",
            Kind::Coverage => "coverage.json",
            Kind::Heap => "heapsnapshot",
        };
        self.ask(Ask::SaveProfile(self.named(ending)), Purpose::SaveProfile, context);
    }

    pub(super) fn take_heap_snapshot(&mut self) {
        if self.is_going() {
            self.debug(Debugger::take_heap_snapshot);
            self.told = Some("Taking a heap snapshot…".to_owned());
        } else {
            self.notice = Some("Nothing runs: a heap snapshot is taken of a run that goes on.".to_owned());
        }
    }

    /// Takes what V8 made, and what was read or written meanwhile.
    pub(super) fn follow_profiles(&mut self, context: &Context) {
        let heard = self.running.as_ref().map(|running| {
            running.threads(|threads| {
                let take = |(number, debugger): (u64, &mut Debugger)| {
                    let goes_on = debugger.take_going_on();
                    if goes_on && number != threads::MAIN {
                        debugger.resume();
                    }
                    (debugger.take_profile(), debugger.take_snapshot(), goes_on && number == threads::MAIN)
                };
                threads.debuggers().map(take).collect::<Vec<_>>()
            })
        });
        for (profile, snapshot, goes_on) in heard.into_iter().flatten() {
            if let Some((kind, profile)) = profile {
                self.profiles.take(kind, profile, once(context));
            }
            if let Some(text) = snapshot {
                self.told = None;
                self.bring_to_front(PanelKind::Profile);
                self.profiles.take_snapshot(text, once(context));
            }
            if goes_on && let Some(running) = &self.running {
                running.send(Command::Resume);
            }
        }
        for news in self.profiles.news() {
            match news {
                Ok(path) => self.told = Some(format!("Saved {}.", path.display())),
                Err(failed) => self.notice = Some(failed),
            }
        }
    }
}

fn once(context: &Context) -> Box<dyn FnOnce() + Send> {
    let context = context.clone();
    Box::new(move || context.request_repaint())
}
