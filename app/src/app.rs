//! The window: takes what was typed and clicked, and lets the panels draw.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crossbeam_channel::Receiver;
use egui::{Context, Frame, Margin, Panel, ThemePreference, Ui, ViewportCommand};
use loopscope_protocol::{Command, LoopId, Nanos, StepUnit};
use loopscope_trace::Note;

use crate::command::{UiCommand, hand_on, take_keys};
use crate::dialogs::{Answer, Ask, Dialogs};
use crate::panel::{self, Layout, Memory, Palette, PanelKind, Toolbar, View};
use crate::state::debugger::{CodeStep, Debugger};
use crate::state::document::Document;
use crate::state::exporting::Export;
use crate::state::jobs::Jobs;
use crate::state::model::Model;
use crate::state::opening::Opening;
use crate::state::path_prompt::PathPrompt;
use crate::state::profile::Kind;
use crate::state::profile::shown::Shown as Profiles;
use crate::state::run::{Looked, Progress, Running, Script};
use crate::state::selection::Selection;
use crate::state::settings::{Look, Settings};
use crate::state::travel::{Pace, Travel};
use crate::theme::{self, size};

/// How the window begins.
pub struct Begin {
    /// The file to open; what came with the program when there is none.
    pub file: Option<PathBuf>,
    /// Its arguments.
    pub args: Vec<String>,
    /// Whether to run it at once.
    pub run: bool,
    /// Where the settings are kept; `None` keeps none.
    pub settings_file: Option<PathBuf>,
    /// Where copies of examples are kept.
    pub examples: Option<PathBuf>,
    /// Light or dark, whatever the settings say.
    pub look: Option<Look>,
    /// Least time between callbacks in milliseconds, whatever the settings say.
    pub slowness: Option<u32>,
    /// Look at the stack of runs now and then.
    pub sampling: bool,
    /// Shows dialogs.
    pub dialogs: Box<dyn Dialogs>,
}

mod debug;
mod files;
mod profile;
mod time;

/// How long files that are being written are waited for when the window is closed: only until they are gone.
const LAST_PATIENCE: Duration = Duration::from_secs(2);

/// Text that the window shows when nothing was opened.
const WELCOME: &str = include_str!("../../assets/examples/first-look.js");

/// What waits for the user's answer.
enum Question {
    /// There are unsaved changes, and the user wants this.
    Unsaved(AfterSave),
    /// The system shows no dialog: the path is typed, for this.
    Path(PathPrompt, Purpose),
}

/// What is to be done once the text is saved or given up.
#[derive(Debug, Clone, PartialEq, Eq)]
enum AfterSave {
    /// Nothing more.
    Nothing,
    /// Run the script.
    Run(bool),
    /// Open this file.
    OpenFile(PathBuf),
    /// Open the example of this number, and run it if wanted.
    Example(usize, bool),
    /// Show the run that was opened meanwhile.
    ShowOpened,
    /// Choose a file.
    Open,
    /// An empty text.
    New,
    /// Close the window.
    Quit,
}

/// Whether a command lets the script go on, so that the views have to show it as it is now.
fn goes_on(command: UiCommand) -> bool {
    matches!(
        command,
        UiCommand::Run
            | UiCommand::RunPaused
            | UiCommand::StepOver
            | UiCommand::StepInto
            | UiCommand::StepOut
            | UiCommand::RunToCursor
            | UiCommand::RunToResume
            | UiCommand::RestartFrame
            | UiCommand::StepTask
            | UiCommand::StepMacrotask
            | UiCommand::StepPhase
            | UiCommand::StepTurn
    )
}

/// A dialog that is open.
struct Asked {
    answer: Receiver<Answer>,
    ask: Ask,
    purpose: Purpose,
}

/// What is done with the answer of a dialog.
enum Purpose {
    /// The file is opened.
    Open,
    /// The text is saved there, and this is done then.
    Save(AfterSave),
    /// The run so far is saved there.
    SaveRecording,
    /// The run is recorded there while it goes on.
    Record,
    /// The run is compared with it.
    Compare,
    /// The profile in it is looked at.
    OpenProfile,
    /// The profile that is looked at is saved there.
    SaveProfile,
    /// The run is exported there.
    Export(Export),
}

/// The window.
pub struct App {
    settings: Settings,
    settings_file: Option<PathBuf>,
    dialogs: Box<dyn Dialogs>,
    document: Document,
    args: Vec<String>,
    running: Option<Running>,
    /// Script of the run as its places name it.
    script: String,
    /// The script that runs, while the editor shows another file because the debugger went there.
    left: Option<PathBuf>,
    /// The place that is to be shown when the text of its script has come, which is in no file.
    awaited: Option<(String, u32)>,
    /// The thread whose script is shown that is in no file.
    made_in: Option<u64>,
    selection: Selection,
    memory: Memory,
    layout: Layout,
    travel: Travel,
    palette: Palette,
    keys_open: bool,
    gallery_open: bool,
    examples: Option<PathBuf>,
    question: Option<Question>,
    asked: Option<Asked>,
    /// What went wrong last.
    notice: Option<String>,
    /// What was done, to be said in the status line.
    told: Option<String>,
    /// What the window with the comparison remembers.
    comparison: panel::CompareMemory,
    /// Whether the rules have been asked about the run.
    looked: bool,
    /// Files that are written beside the window.
    jobs: Jobs,
    /// The run that is being opened.
    opening: Option<Opening>,
    /// The run that was, until it is shown.
    opened: Option<(PathBuf, Running)>,
    /// What was noted about moments of the run.
    notes: Vec<Note>,
    commands: Vec<UiCommand>,
    /// Profiles that were taken or opened.
    profiles: Profiles,
    /// The callback to whose birth the next run goes.
    next_scheduled: Option<u64>,
    /// What is recorded from the first line of the next run on.
    next_profile: Option<Kind>,
    /// Whether other debuggers may attach to runs of this window. Not kept: who opens a port should know of it.
    door: bool,
    /// The debugger before the first run.
    no_debugger: Debugger,
    may_close: bool,
    /// The window's title.
    title: String,
    nothing: Model,
}

impl App {
    /// A window; `context` gets its look.
    pub fn new(context: &Context, begin: Begin) -> Self {
        theme::install_fonts(context);
        theme::apply(context);
        // The program has keys of its own for this.
        context.options_mut(|options| options.zoom_with_keyboard = false);
        let mut settings = Settings::load(begin.settings_file.as_deref());
        settings.look = begin.look.unwrap_or(settings.look);
        settings.slowness = begin.slowness.unwrap_or(settings.slowness);
        settings.sampling |= begin.sampling;
        let layout =
            settings.layout.as_ref().and_then(panel::read_layout).unwrap_or_else(panel::default_layout);
        let mut app = Self {
            settings,
            settings_file: begin.settings_file,
            dialogs: begin.dialogs,
            document: Document::with_text(WELCOME),
            args: begin.args,
            running: None,
            script: String::new(),
            left: None,
            awaited: None,
            made_in: None,
            selection: Selection::default(),
            memory: Memory::default(),
            layout,
            travel: Travel::default(),
            palette: Palette::default(),
            keys_open: false,
            gallery_open: false,
            examples: begin.examples,
            question: None,
            asked: None,
            notice: None,
            told: None,
            comparison: panel::CompareMemory::default(),
            looked: false,
            jobs: Jobs::default(),
            opening: None,
            opened: None,
            notes: Vec::new(),
            commands: Vec::new(),
            profiles: Profiles::default(),
            next_profile: None,
            next_scheduled: None,
            door: false,
            no_debugger: Debugger::over(),
            may_close: false,
            title: String::new(),
            nothing: Model::default(),
        };
        app.dress(context);
        if let Some(file) = begin.file {
            app.open_any(&file, context);
        }
        let is_recording = app.running.is_some() || app.opening.is_some();
        if begin.run && !is_recording && app.notice.is_none() {
            app.start(false, context);
        }
        app
    }

    /// The run, for tests and pictures.
    pub fn running(&self) -> Option<&Running> {
        self.running.as_ref()
    }

    /// The moment of the past that the views show; `None` for now.
    pub fn shown_moment(&self) -> Option<u64> {
        self.travel.moment().map(|moment| moment.number)
    }

    /// The time of the past that the views show; `None` for now.
    pub fn shown_time(&self) -> Option<Nanos> {
        self.travel.moment().map(|moment| moment.state.now)
    }

    /// The loop that ring and queues show.
    pub fn shown_loop(&self) -> LoopId {
        self.selection.on
    }

    /// Asks for a command as if it had been clicked.
    pub fn ask_for(&mut self, command: UiCommand) {
        self.commands.push(command);
    }

    /// The text in the editor.
    pub fn document(&self) -> &Document {
        &self.document
    }

    fn is_going(&self) -> bool {
        self.running.as_ref().is_some_and(|running| running.progress() == Progress::Going)
    }

    fn is_paused(&self) -> bool {
        self.is_going() && self.running.as_ref().is_some_and(Running::stands)
    }

    /// Gives `context` the look that the settings say.
    fn dress(&self, context: &Context) {
        context.set_theme(match self.settings.look {
            Look::System => ThemePreference::System,
            Look::Dark => ThemePreference::Dark,
            Look::Light => ThemePreference::Light,
        });
        context.set_zoom_factor(self.settings.zoom);
    }

    fn follow(&mut self, command: UiCommand, context: &Context) {
        (self.notice, self.told) = (None, None);
        if goes_on(command) {
            self.selection.cursor = None;
        }
        match command {
            UiCommand::New => self.unless_unsaved(AfterSave::New, context),
            UiCommand::Open => self.unless_unsaved(AfterSave::Open, context),
            UiCommand::OpenRecent(index) => {
                if let Some(path) = self.settings.recent.get(index).cloned() {
                    self.unless_unsaved(AfterSave::OpenFile(path), context);
                }
            }
            UiCommand::Examples => self.gallery_open = true,
            UiCommand::OpenExample(index) => self.unless_unsaved(AfterSave::Example(index, false), context),
            UiCommand::RunExample(index) => self.unless_unsaved(AfterSave::Example(index, true), context),
            UiCommand::Save => self.save(AfterSave::Nothing, context),
            UiCommand::SaveAs => self.ask_where_to_save(AfterSave::Nothing, context),
            UiCommand::Run if self.is_going() => self.send(Command::Resume),
            UiCommand::Run => self.run(false, context),
            UiCommand::RunPaused => self.run(true, context),
            UiCommand::Pause => self.pause(),
            UiCommand::StepOver => self.step_in_code(CodeStep::Over, context),
            UiCommand::StepInto => self.step_in_code(CodeStep::Into, context),
            UiCommand::StepOut => self.debug(|debugger| debugger.step(CodeStep::Out)),
            UiCommand::StepIntoChoice => self.debug(Debugger::find_targets),
            UiCommand::RunToCursor => self.run_to_cursor(),
            UiCommand::RunToResume => self.run_to_resume(),
            UiCommand::RunToScheduled => self.run_to_scheduled(context),
            UiCommand::RestartFrame => self.debug(Debugger::restart_frame),
            UiCommand::ToggleBreakpoint => self.toggle_breakpoint(),
            UiCommand::ToggleColumnBreakpoint => self.toggle_column_breakpoint(),
            UiCommand::Attachable => {
                self.door = !self.door;
                self.bring_to_front(PanelKind::Debugger);
            }
            UiCommand::ClearBreakpoints => self.settings.breakpoints.clear(),
            UiCommand::ShowFrame(index) => self.show_frame(index, context),
            UiCommand::ShowThread(number) => self.show_thread(number, context),
            UiCommand::StepTask if !self.is_going() => self.run(true, context),
            UiCommand::StepTask => self.send(Command::Step(StepUnit::Task)),
            UiCommand::StepMacrotask => self.send(Command::Step(StepUnit::Macrotask)),
            UiCommand::StepPhase => self.send(Command::Step(StepUnit::Phase)),
            UiCommand::StepTurn => self.send(Command::Step(StepUnit::Turn)),
            UiCommand::Profile(kind) => self.toggle_profile(kind, context),
            UiCommand::OpenProfile => self.ask(Ask::OpenProfile, Purpose::OpenProfile, context),
            UiCommand::SaveProfile => self.ask_where_to_save_profile(context),
            UiCommand::HeapSnapshot => self.take_heap_snapshot(),
            UiCommand::Stop => self.send(Command::Stop),
            UiCommand::Restart => self.run(false, context),
            UiCommand::Slower => self.set_slowness(panel::change_speed(self.settings.slowness, 1)),
            UiCommand::Faster => self.set_slowness(panel::change_speed(self.settings.slowness, -1)),
            UiCommand::Travel(_) | UiCommand::PlayPast | UiCommand::PlayBack => self.go_through_past(command),
            UiCommand::SetPace(index) => {
                self.travel.pace = Pace::ALL.get(index).copied().unwrap_or(self.travel.pace);
            }
            UiCommand::SaveRecording => self.ask_where_to_save_recording(Purpose::SaveRecording, context),
            UiCommand::Compare => self.ask_what_to_compare(context),
            UiCommand::Export(what) => self.ask_where_to_export(what, context),
            UiCommand::CancelWork => self.cancel_work(None),
            UiCommand::CancelThis(work) => self.cancel_work(Some(work)),
            UiCommand::Record => self.toggle_recording(context),
            UiCommand::Sample => self.toggle_sampling(),
            UiCommand::AddNote => self.add_note(),
            UiCommand::GoToNote(forward) => self.go_to_note(forward),
            UiCommand::Look => self.look(context),
            UiCommand::Silence(rule) => self.silence(rule),
            UiCommand::Live => {
                self.travel.stop();
                self.selection.cursor = None;
            }
            UiCommand::TimelineFind => {
                self.bring_to_front(PanelKind::Timeline);
                self.memory.search_timeline();
            }
            UiCommand::TimelineFit
            | UiCommand::TimelineFollow
            | UiCommand::TimelineNext
            | UiCommand::TimelinePrevious
            | UiCommand::Measure
            | UiCommand::ZoomToMeasured
            | UiCommand::Axis(_) => self.in_timeline(command),
            UiCommand::Deselect => {
                self.selection.selected = None;
                self.memory.stop_measuring();
                self.memory.dismiss();
                self.debug(Debugger::forget_targets);
            }
            UiCommand::Cause | UiCommand::Effect => self.follow_cause(command == UiCommand::Cause),
            UiCommand::Palette => self.palette.open(),
            UiCommand::Keys => self.keys_open = !self.keys_open,
            UiCommand::NextLook => {
                self.settings.look = match self.settings.look {
                    Look::System => Look::Dark,
                    Look::Dark => Look::Light,
                    Look::Light => Look::System,
                };
                self.dress(context);
            }
            UiCommand::ReducedMotion => self.settings.reduced_motion = !self.settings.reduced_motion,
            UiCommand::ZoomIn => self.zoom(self.settings.zoom + size::ZOOM_STEP, context),
            UiCommand::ZoomOut => self.zoom(self.settings.zoom - size::ZOOM_STEP, context),
            UiCommand::ZoomReset => self.zoom(1.0, context),
            UiCommand::ResetLayout => self.layout = panel::default_layout(),
            UiCommand::Show(kind) => {
                self.bring_to_front(kind);
                self.memory.take_keyboard(kind);
            }
            UiCommand::Quit => context.send_viewport_cmd(ViewportCommand::Close),
        }
    }

    fn zoom(&mut self, factor: f32, context: &Context) {
        self.settings.zoom = factor.clamp(size::ZOOM_LEAST, size::ZOOM_MOST);
        self.dress(context);
    }

    fn bring_to_front(&mut self, kind: PanelKind) {
        self.layout.make_active(|_, tile| matches!(tile, egui_tiles::Tile::Pane(other) if *other == kind));
    }

    fn set_slowness(&mut self, slowness: u32) {
        self.settings.slowness = slowness;
        self.send(Command::SetSpeed(panel::speed(slowness)));
    }

    /// Runs what the editor shows: a file is saved first, text without a file runs as it is.
    fn run(&mut self, paused: bool, context: &Context) {
        if self.document.recorded && !self.open_recorded_script() {
            return;
        }
        if self.document.made && self.left.is_none() {
            self.notice = Some("There is no script to run: open one.".to_owned());
            return;
        }
        if self.document.is_dirty() && self.document.path.is_some() {
            self.save(AfterSave::Run(paused), context);
        } else {
            self.start(paused, context);
        }
    }

    fn start(&mut self, paused: bool, context: &Context) {
        if !self.back_to_script() {
            return;
        }
        let script = match &self.document.path {
            Some(path) => Script::File(path.to_string_lossy().into_owned(), self.args.clone()),
            None => Script::Text(self.document.text.clone()),
        };
        self.script = match &script {
            Script::File(path, _) => path.clone(),
            Script::Text(_) => "[eval]".to_owned(),
        };
        (self.opening, self.opened) = (None, None);
        // The old run ends before the new one begins: they share the process's current folder.
        self.running = None;
        self.selection = Selection::default();
        self.settings.breakpoints.forget_edits();
        self.memory.forget_run();
        self.travel.forget_run();
        self.notes.clear();
        self.looked = false;
        let context = context.clone();
        let wake = Arc::new(move || context.request_repaint());
        let debugger = self.begin_debugger();
        let speed = panel::speed(self.settings.slowness);
        self.running = Some(Running::start(script, paused, (speed, self.sampling()), debugger, wake));
    }

    fn panels(&mut self, ui: &mut Ui) {
        let progress = self.running.as_ref().map(Running::progress);
        let findings = self.running.as_ref().map(Running::findings).unwrap_or_default();
        let mut debugger = self.running.as_ref().map(Running::debugger);
        let mut threads = debugger.as_ref().map(Looked::list).unwrap_or_default();
        if let Some(main) = threads.first_mut() {
            main.path.clone_from(&self.script);
        }
        let door_at = debugger.as_ref().map(Looked::door).unwrap_or_default();
        let said = debugger.as_ref().map(Looked::said).unwrap_or_default();
        let guard = self.running.as_ref().map(Running::model);
        let model = guard.as_deref().unwrap_or(&self.nothing);
        let motion = !self.settings.reduced_motion;
        let shown = self.travel.moment().map(|moment| moment.number);
        let followed = time::follow(&mut self.travel, &mut self.selection, model.past(), ui);
        if self.travel.moment().is_some_and(|moment| Some(moment.number) != shown) {
            // The status line is for what happened at that moment.
            (self.notice, self.told) = (None, None);
        }
        if let Err(failed) = followed {
            self.notice = Some(failed.to_string());
        }
        let moment = self.travel.moment();
        let flash = time::flash(&self.travel, motion, ui);
        let unreadable = moment.and_then(|moment| moment.problem.clone());
        let problem = unreadable.or_else(|| model.problem().map(str::to_owned));
        let notice = self.notice.clone().or(problem);
        let all = moment.map_or(model.state(), |moment| &moment.state);
        let on = self.selection.on;
        let worker = if on == LoopId::MAIN { None } else { all.seen_from(on) };
        let works = self.works();
        let mut view = View {
            model,
            all,
            state: worker.as_ref().unwrap_or(all),
            moment,
            flash,
            is_sampling: self.settings.sampling,
            playback: panel::Playback {
                is_playing: self.travel.is_playing(),
                is_backwards: self.travel.is_playing_back(),
                pace: self.travel.pace,
            },
            profiles: &mut self.profiles,
            commands: &mut self.commands,
            threads: &threads,
            door: &mut self.door,
            door_at: &door_at,
            said: &said,
            debugger: debugger.as_deref_mut().unwrap_or(&mut self.no_debugger),
            breakpoints: &mut self.settings.breakpoints,
            functions: &mut self.settings.functions,
            ignored: &mut self.settings.ignored,
            loop_breakpoints: &mut self.settings.loop_breakpoints,
            exceptions: &mut self.settings.exceptions,
            watches: &mut self.settings.watches,
            findings: &findings,
            silenced: &self.settings.silenced,
            notes: &mut self.notes,
            progress: progress.as_ref(),
            script: threads.iter().find(|thread| thread.on == Some(on)).map_or(&self.script, |one| &one.path),
            document: &mut self.document,
            selection: &mut self.selection,
            memory: &mut self.memory,
            motion,
        };
        let bar = Frame::new().inner_margin(Margin::ZERO);
        Panel::bottom("status").frame(bar).exact_size(size::STATUS).show_separator_line(false).show(
            ui,
            |ui| {
                panel::status(&mut view, notice.as_deref(), self.told.as_deref(), &works, ui);
            },
        );
        let sides = size::GAP as i8;
        let around = Frame::new().inner_margin(Margin { left: sides, right: sides, top: 0, bottom: 0 });
        egui::CentralPanel::default().frame(around).show(ui, |ui| {
            panel::show_panels(&mut self.layout, view, ui);
        });
    }

    fn toolbar(&mut self, ui: &mut Ui) {
        let bar = Toolbar {
            is_going: self.is_going(),
            is_paused: self.is_paused(),
            in_code: self.running.as_ref().is_some_and(|running| running.debugger().stands_in_code()),
            is_recording: self.running.as_ref().is_some_and(Running::is_recording),
            slowness: self.settings.slowness,
            recent: &self.settings.recent,
            past: self.past_in_words(),
        };
        let frame = Frame::new();
        let chosen = Panel::top("toolbar")
            .frame(frame)
            .exact_size(size::TOOLBAR)
            .show_separator_line(false)
            .show(ui, |ui| panel::toolbar(&bar, &mut self.commands, ui))
            .inner;
        if let Some(slowness) = chosen {
            self.set_slowness(slowness);
        }
    }
}

/// What the window is cleared with before anything is drawn; nothing paints it again, which would cost as much as all else
/// where no graphics card draws.
pub fn background(visuals: &egui::Visuals) -> egui::Color32 {
    theme::for_visuals(visuals).base
}

impl eframe::App for App {
    fn logic(&mut self, context: &Context, _frame: &mut eframe::Frame) {
        self.prepare(context);
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.draw(ui);
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        background(visuals).to_normalized_gamma_f32()
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.remember();
        // Half a file is of no use.
        self.jobs.end(LAST_PATIENCE);
        // The script ends with the window.
        self.running = None;
    }
}

impl App {
    /// Takes what came from outside since the last frame: answers of dialogs, dropped files, the wish to close.
    pub fn prepare(&mut self, context: &Context) {
        self.guard_close(context);
        self.take_answer(context);
        self.take_opened(Duration::ZERO, context);
        self.take_dropped(context);
        self.take_news();
        self.follow_profiles(context);
        self.look_at_end(context);
        let title = self.title();
        if title != self.title {
            context.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }

    /// Name of the file, how the run stands, and the program's name.
    fn title(&self) -> String {
        let stands = match self.running.as_ref().map(Running::progress) {
            None => String::new(),
            Some(Progress::Going) if self.is_paused() => " — paused".to_owned(),
            Some(Progress::Going) => " — running".to_owned(),
            Some(Progress::Ended(code)) => format!(" — ended with code {code}"),
            Some(Progress::Failed(_)) => " — failed".to_owned(),
            Some(Progress::Reading(percent)) => format!(" — recording, {percent} % read"),
            Some(Progress::Recorded) => " — recording".to_owned(),
        };
        let mark = if self.document.is_dirty() { "● " } else { "" };
        format!("{mark}{}{stands} — Loopscope", self.document.name())
    }

    /// Draws the window and does what the user asked for in this frame.
    pub fn draw(&mut self, ui: &mut Ui) {
        let context = ui.ctx().clone();
        self.selection.begin_frame();
        hand_on(&context);
        if !self.palette.open && !self.gallery_open && self.question.is_none() {
            let keys = take_keys(&context);
            self.commands.extend(keys);
        }
        self.toolbar(ui);
        let before = self.debugged();
        self.panels(ui);
        self.follow_debugger(&context);
        let chosen = self.palette.show(&context);
        self.commands.extend(chosen);
        panel::keys_window(&mut self.keys_open, &context);
        self.commands.extend(panel::gallery(&mut self.gallery_open, &context));
        self.show_comparison(&context);
        self.show_question(&context);
        panel::drop_hint(&context);
        for command in std::mem::take(&mut self.commands) {
            self.follow(command, &context);
            context.request_repaint();
        }
        self.tell_debugger(&before);
        if self.selection.hovered != self.selection.shown {
            // The other views show it in the next frame.
            context.request_repaint();
        }
    }
}
