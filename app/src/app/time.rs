//! Going through what happened, recordings, and notes about moments.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use egui::{Context, Ui};
use loopscope_runtime::trace::Sampling;
use loopscope_trace::lint::RULES;
use loopscope_trace::{Note, Past, PastError, why};

use super::profile::is_profile;
use super::{AfterSave, App, Ask, Purpose};
use crate::command::UiCommand;
use crate::film::{Film, Still};
use crate::panel;
use crate::state::document::Document;
use crate::state::exporting::Export;
use crate::state::failure;
use crate::state::open::is_run;
use crate::state::opening::Opening;
use crate::state::run::{News, Progress, Wake};
use crate::state::selection::{Picked, Selection};
use crate::state::settings::Look;
use crate::state::travel::Travel;
use crate::state::work::Work;
use crate::theme::size;

/// Longest time between two frames that counts while the past is played, in seconds.
const LONGEST_FRAME: f32 = 0.1;

/// Plays, and shows the moment at the cursor.
///
/// # Errors
/// When the past cannot be read as far as it is to be played.
pub(super) fn follow(
    travel: &mut Travel,
    selection: &mut Selection,
    past: &dyn Past,
    ui: &Ui,
) -> Result<(), PastError> {
    let (clock, elapsed) = ui.input(|input| (input.time, input.stable_dt.min(LONGEST_FRAME)));
    let Selection { cursor, time, .. } = selection;
    let played = travel.play(cursor, time, f64::from(elapsed), past);
    travel.follow(*cursor, *time, past, clock);
    // Whoever comes back to the moment comes back to its event.
    *time = time.filter(|time| Some(time.0) == *cursor);
    if travel.is_playing() {
        ui.request_repaint();
    }
    played
}

/// So long the window waits for a file that is opened: most are by then, and nothing flickers.
const GRACE: Duration = Duration::from_millis(60);

/// How strongly what the last step changed is lit.
pub(super) fn flash(travel: &Travel, motion: bool, ui: &Ui) -> f32 {
    if !motion {
        return 1.0;
    }
    let age = (ui.input(|input| input.time) - travel.reached()) as f32;
    let flash = (1.0 - age / size::FLASH).clamp(0.0, 1.0);
    if flash > 0.0 && travel.moment().is_some() {
        ui.request_repaint();
    }
    flash
}

/// What stands in place of a script that nobody kept.
const NO_SCRIPTS: &str =
    "// This file tells what happened in a run.\n// It does not hold the text of its scripts.\n";

/// The first of several sentences, and how many more there are.
fn all_of(sentences: &[String]) -> Option<String> {
    let first = sentences.first()?;
    let mut letters = first.chars();
    let capital = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    let first = format!("{capital}{}.", letters.as_str().trim_end_matches('.'));
    Some(match sentences.len() - 1 {
        0 => first,
        more => format!("{first} And {more} more: `loopscope show` lists them."),
    })
}

impl App {
    /// Moves the cursor, or plays.
    pub(super) fn go_through_past(&mut self, command: UiCommand) {
        let is_over = !self.is_going();
        let Some(running) = &self.running else { return };
        let model = running.model();
        match command {
            UiCommand::Travel(step) => match self.travel.step(self.selection.cursor, step, model.past()) {
                Ok(cursor) => self.selection.cursor = cursor,
                Err(failed) => self.notice = Some(failed.to_string()),
            },
            UiCommand::PlayBack => self.travel.toggle_back(&mut self.selection.cursor, model.past()),
            _ => self.travel.toggle(&mut self.selection.cursor, model.past(), is_over),
        }
    }

    /// Changes what the timeline shows.
    pub(super) fn in_timeline(&mut self, command: UiCommand) {
        match command {
            UiCommand::TimelineFit => self.memory.fit_timeline(),
            UiCommand::TimelineFollow => self.memory.follow_timeline(),
            UiCommand::TimelineNext => self.memory.jump_in_timeline(true),
            UiCommand::TimelinePrevious => self.memory.jump_in_timeline(false),
            UiCommand::Axis(mode) => self.memory.toggle_axis(mode),
            UiCommand::ZoomToMeasured if !self.memory.zoom_to_measured() => {
                self.told = Some("Nothing is measured: M does, or drag in the ruler.".to_owned());
            }
            UiCommand::Measure => {
                let Some(running) = &self.running else { return };
                let here =
                    self.travel.moment().map_or_else(|| running.model().now(), |moment| moment.state.now);
                self.memory.measure(here);
                self.bring_to_front(panel::PanelKind::Timeline);
            }
            _ => {}
        }
    }

    /// Which moment of the past is shown; `None` for now.
    pub(super) fn past_in_words(&self) -> Option<String> {
        let number = self.selection.cursor?;
        let all = self.running.as_ref()?.model().state().events;
        let number = number.min(all);
        // The moment itself is made with the next frame.
        let moment = self.travel.moment().filter(|moment| moment.number == number);
        let at = moment.map(|moment| loopscope_protocol::state::duration(moment.state.now));
        Some(at.map_or(format!("Event {number} of {all}"), |at| format!("Event {number} of {all}, at {at}")))
    }

    /// Selects who scheduled the selected callback, or the first one that it scheduled.
    pub(super) fn follow_cause(&mut self, backwards: bool) {
        let (Some(selected), Some(running)) = (self.selection.selected, &self.running) else { return };
        let model = running.model();
        let past = model.past();
        let until = match selected.ran {
            Some((_, ended)) => past.at_time(ended),
            None => Ok(past.len()),
        };
        let explained = until.and_then(|until| why::why(past, selected.task, until));
        let found = explained.and_then(|explained| {
            let Some(explained) = explained else { return Ok(None) };
            if backwards {
                return Ok(explained.causes.into_iter().next());
            }
            match explained.children.first() {
                Some((child, _)) => why::life(past, *child, past.len()),
                None => Ok(None),
            }
        });
        match found {
            Ok(Some(life)) => {
                let picked = panel::picked(&life);
                self.selection.selected = Some(picked);
                self.memory.reveal(&picked);
            }
            Ok(None) => {
                let text =
                    if backwards { "Nothing of the script scheduled it." } else { "It scheduled nothing." };
                self.told = Some(text.to_owned());
            }
            Err(failed) => self.notice = Some(failed.to_string()),
        }
    }

    /// Opens a script or a recording.
    pub(super) fn open_any(&mut self, path: &Path, context: &Context) {
        (self.opening, self.opened) = (None, None);
        if is_profile(path) {
            self.open_profile(path.to_owned(), context);
        } else if is_run(path) {
            self.open_recording(path, context);
        } else {
            self.open_file(path);
        }
    }

    pub(super) fn wake(context: &Context) -> Wake {
        let context = context.clone();
        Arc::new(move || context.request_repaint())
    }

    fn open_recording(&mut self, path: &Path, context: &Context) {
        let opening = Opening::begin(path, Self::wake(context));
        self.opening = Some(opening);
        self.take_opened(GRACE, context);
    }

    /// Shows the run that was being opened, once it is read.
    pub(super) fn take_opened(&mut self, patience: Duration, context: &Context) {
        let Some(opening) = &self.opening else { return };
        let path = opening.path().to_owned();
        if opening.work().is_cancelled() {
            self.opening = None;
            self.told = Some(format!("{} was not opened.", path.display()));
            return;
        }
        let Some(answer) = opening.take(patience) else { return };
        self.opening = None;
        match answer {
            Ok(opened) => {
                self.opened = Some((path, opened));
                // Something may have been typed meanwhile.
                self.unless_unsaved(AfterSave::ShowOpened, context);
            }
            Err(failed) => self.notice = Some(failure::told(&failed)),
        }
    }

    /// Shows the run that was opened.
    pub(super) fn show_opened(&mut self) {
        let Some((path, opened)) = self.opened.take() else { return };
        let path = &*path;
        self.selection = Selection::default();
        self.memory.forget_run();
        self.travel.forget_run();
        self.notes.clear();
        self.looked = false;
        if let Some(recorded) = opened.recorded() {
            self.notes.clone_from(&recorded.notes);
            self.script = recorded.meta.script.first().cloned().unwrap_or_default();
            let is_main = |source: &&loopscope_trace::Source| source.path == self.script;
            let source = recorded.sources.iter().find(is_main).or(recorded.sources.first()).cloned();
            self.notice = all_of(&recorded.problems);
            self.told = all_of(&recorded.meta.remarks);
            let document = match source {
                Some(source) => {
                    self.script.clone_from(&source.path);
                    Document::recorded(&source.path, &source.text)
                }
                None => Document::recorded(&path.to_string_lossy(), NO_SCRIPTS),
            };
            self.show_document(document);
        }
        self.running = Some(opened);
        self.settings.remember(path);
        self.remember();
    }

    /// Shows a script as the recording kept it; false, with a notice, when it did not: the file may be another one by now.
    pub(super) fn show_recorded_script(&mut self, script: &str) -> bool {
        if self.document.recorded && self.document.script_name() == script {
            return true;
        }
        let recorded = self.running.as_ref().and_then(|running| running.recorded());
        let found = recorded.and_then(|recorded| {
            let is_meant = |source: &&loopscope_trace::Source| {
                source.path.strip_prefix("file://").unwrap_or(&source.path) == script
            };
            let source = recorded.sources.iter().find(is_meant)?;
            Some(Document::recorded(&source.path, &source.text))
        });
        match found {
            Some(document) => self.show_document(document),
            None => self.notice = Some(format!("The recording does not hold the text of {script}.")),
        }
        self.document.recorded && self.document.script_name() == script
    }

    /// Opens the file of a script that came with a recording; false, with a notice, when it cannot be.
    pub(super) fn open_recorded_script(&mut self) -> bool {
        // Another one of its scripts may be shown than the one that was run.
        let script = self.script.strip_prefix("file://").unwrap_or(&self.script);
        let recorded = self.running.as_ref().and_then(|running| running.recorded());
        let is_known = recorded.is_some_and(|known| known.sources.iter().any(|one| one.path == self.script));
        let path =
            if is_known { PathBuf::from(script) } else { self.document.path.clone().unwrap_or_default() };
        if is_run(&path) {
            self.notice = Some("There is no script to run: open one.".to_owned());
            return false;
        }
        match Document::open(&path) {
            Ok(document) => {
                self.show_document(document);
                true
            }
            Err(failed) => {
                self.notice = Some(format!(
                    "{failed} To run the script of the recording, save it under another name first."
                ));
                false
            }
        }
    }

    /// Whether there is a run to save, and its name for that.
    fn recording_name(&self) -> Option<String> {
        self.running.as_ref()?;
        let name = self.document.name();
        let stem = Path::new(&name).file_stem().unwrap_or_default().to_string_lossy().into_owned();
        Some(format!("{stem}.loopscope"))
    }

    pub(super) fn ask_where_to_save_recording(&mut self, purpose: Purpose, context: &Context) {
        match self.recording_name() {
            Some(name) => self.ask(Ask::SaveRecording(name), purpose, context),
            None => self.notice = Some("There is no run to save yet: run the script first (F5).".to_owned()),
        }
    }

    pub(super) fn save_recording(&mut self, path: PathBuf, context: &Context) {
        if self.is_written(&path) {
            return;
        }
        if let Some(running) = &self.running {
            let job = running.save(path, self.notes.clone(), Self::wake(context));
            self.jobs.add(job);
        }
    }

    /// Begins to record the run that goes on, or ends that.
    pub(super) fn toggle_recording(&mut self, context: &Context) {
        match &self.running {
            Some(running) if running.is_recording() => running.stop_recording(self.notes.clone()),
            _ if self.is_going() => self.ask_where_to_save_recording(Purpose::Record, context),
            _ => {
                self.notice = Some(
                    "Nothing runs that could be recorded. Save the run instead, or run the script."
                        .to_owned(),
                );
            }
        }
    }

    /// How often the stack of a run is looked at, in microseconds; 0 for never.
    pub(super) fn sampling(&self) -> u32 {
        if self.settings.sampling { Sampling::USUAL } else { 0 }
    }

    pub(super) fn toggle_sampling(&mut self) {
        self.settings.sampling = !self.settings.sampling;
        self.remember();
        if let Some(running) = &self.running {
            running.sample(self.sampling());
        }
        let text = match (self.settings.sampling, self.is_going()) {
            (true, true) => "The stack is looked at every millisecond from now on.",
            (true, false) => "From the next run on the stack is looked at every millisecond.",
            (false, _) => "The stack is looked at no longer.",
        };
        self.told = Some(text.to_owned());
    }

    pub(super) fn record_to(&mut self, path: PathBuf) {
        if let Some(running) = self.running.as_ref().filter(|_| self.is_going()) {
            running.record(path);
        }
    }

    /// Asks the rules about the run so far.
    pub(super) fn look(&mut self, context: &Context) {
        if let Some(running) = &self.running {
            running.look(Self::wake(context));
            self.bring_to_front(panel::PanelKind::Findings);
        }
    }

    /// Asks the rules about a run that is over, once.
    pub(super) fn look_at_end(&mut self, context: &Context) {
        let Some(running) = &self.running else { return };
        let is_over = matches!(running.progress(), Progress::Ended(_) | Progress::Recorded);
        if is_over && !self.looked {
            self.looked = true;
            running.look(Self::wake(context));
        }
    }

    /// A rule says nothing any more, or speaks again.
    pub(super) fn silence(&mut self, number: usize) {
        let Some(rule) = RULES.get(number) else { return };
        let before = self.settings.silenced.len();
        self.settings.silenced.retain(|known| known != rule.id);
        if self.settings.silenced.len() == before {
            self.settings.silenced.push(rule.id.to_owned());
        }
        self.remember();
    }

    pub(super) fn ask_what_to_compare(&mut self, context: &Context) {
        if self.running.is_some() {
            self.ask(Ask::OpenRecording, Purpose::Compare, context);
        } else {
            self.notice =
                Some("There is no run to compare yet: run the script or open a recording.".to_owned());
        }
    }

    pub(super) fn compare_with(&mut self, path: PathBuf, context: &Context) {
        if let Some(running) = &self.running {
            running.compare(path, Self::wake(context));
            self.comparison = panel::CompareMemory::default();
        }
    }

    /// The window with the comparison, and where its rows lead.
    pub(super) fn show_comparison(&mut self, context: &Context) {
        let Some(running) = &self.running else { return };
        let comparing = running.comparing();
        // A recording goes by the name of its file, as the other one does.
        let file = running.recorded().and_then(|recorded| recorded.file.file_name());
        let name = file.map_or_else(|| self.document.name(), |file| file.to_string_lossy().into_owned());
        let asked = panel::compare(&comparing, &name, &mut self.comparison, context);
        if asked.close {
            running.stop_comparing();
        }
        if let Some((task, at)) = asked.go {
            let model = running.model();
            self.selection.go_to_time(&model, at);
            self.selection.selected = Picked::find(&model, task).or(self.selection.selected);
        }
    }

    pub(super) fn ask_where_to_export(&mut self, what: Export, context: &Context) {
        match self.recording_name() {
            Some(name) => {
                let name = name.replace(".loopscope", &format!(".{}", what.ending()));
                self.ask(Ask::Export(name), Purpose::Export(what), context);
            }
            None => {
                self.notice = Some("There is no run to export yet: run the script first (F5).".to_owned())
            }
        }
    }

    pub(super) fn export_to(&mut self, what: Export, path: PathBuf, context: &Context) {
        if self.is_written(&path) {
            return;
        }
        let Some(running) = &self.running else { return };
        let model = running.model();
        let end = model.timeline.end.max(model.state().now);
        let (seen, attached) = (self.memory.seen(&model.timeline, end), model.timeline.inferred);
        drop(model);
        let look = if context.global_style().visuals.dark_mode { Look::Dark } else { Look::Light };
        let mut film = Film { script: self.script.clone(), attached, look, ..Film::default() };
        if what == Export::Png {
            film.size.0 = (context.content_rect().width() as u16).clamp(film.size.0, size::PICTURE_WIDEST);
            let (set_up, notes) = (self.memory.timeline_set_up(), self.notes.clone());
            film.still = Some(Still { fits: true, set_up, notes });
        }
        let job = running.export(what, Box::new(film), seen, path, Self::wake(context));
        self.jobs.add(job);
    }

    /// Whether a file is being written already; says so.
    fn is_written(&mut self, path: &Path) -> bool {
        let is_written = self.jobs.has(path);
        if is_written {
            let path = path.display();
            self.notice = Some(format!("{path} is being written already: wait for that, or cancel it."));
        }
        is_written
    }

    /// What goes on beside the window, in the order in which that began.
    pub(super) fn works(&self) -> Vec<Work> {
        let opening = self.opening.as_ref().map(Opening::work).filter(|work| !work.is_finished());
        let reading = self.running.as_ref().and_then(|running| running.reading());
        self.jobs.works().chain(opening).chain(reading).cloned().collect()
    }

    /// Ends what goes on beside the window: that of a number, or what was begun last.
    pub(super) fn cancel_work(&mut self, number: Option<u64>) {
        let works = self.works();
        let meant = match number {
            Some(number) => works.iter().find(|work| work.id() == number),
            None => works.iter().max_by_key(|work| work.id()),
        };
        match meant {
            Some(work) => work.cancel(),
            None if number.is_none() => {
                self.told = Some("Nothing goes on that could be cancelled.".to_owned());
            }
            // It is done.
            None => {}
        }
    }

    /// Says what came of recordings.
    pub(super) fn take_news(&mut self) {
        let mut all = self.jobs.take_news();
        all.extend(self.running.iter().flat_map(|running| running.take_news()));
        let (mut told, mut failed) = (Vec::new(), Vec::new());
        for news in all {
            match news {
                News::Saved(path) => told.push(format!("The run is saved in {}.", path.display())),
                News::Failed(text) => failed.push(text),
            }
        }
        // What came last is said, and of what came together all of it.
        match (failed.is_empty(), told.is_empty()) {
            (true, true) => {}
            (true, false) => (self.notice, self.told) = (None, Some(told.join(" "))),
            (false, _) => {
                failed.extend(told);
                self.notice = Some(failed.join(" "));
            }
        }
    }

    /// Shows the next moment that was marked, or the one before.
    pub(super) fn go_to_note(&mut self, forward: bool) {
        let shown = self.travel.moment();
        let here = shown.map_or((u64::MAX, 0), |moment| (moment.number, moment.state.now));
        let next = if forward {
            self.notes.iter().find(|note| (note.moment, note.at) > here)
        } else {
            self.notes.iter().rev().find(|note| (note.moment, note.at) < here)
        };
        match next {
            Some(note) => self.selection.go_to_note(note),
            None => self.told = Some("There is no further note that way; Ctrl+M makes one.".to_owned()),
        }
    }

    /// Marks the moment that is shown.
    pub(super) fn add_note(&mut self) {
        let Some(running) = &self.running else { return };
        let model = running.model();
        let (moment, at) = match self.travel.moment() {
            Some(moment) => (moment.number, moment.state.now),
            None => (model.state().events, model.state().now),
        };
        drop(model);
        let place = self.notes.partition_point(|note| (note.moment, note.at) < (moment, at));
        if self.notes.get(place).is_none_or(|note| (note.moment, note.at) != (moment, at)) {
            self.notes.insert(place, Note { moment, at, text: String::new() });
        }
        self.memory.edit_note(place);
    }
}
