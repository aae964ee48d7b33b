//! The panels: they draw the state and send commands.

mod charts;
mod code;
mod compare;
mod console;
mod debugger;
mod drop_hint;
mod evaluate;
mod film;
mod findings;
mod gallery;
mod layout;
mod loop_view;
mod loops;
mod menus;
mod palette;
mod path_prompt;
mod pending_io;
mod profile;
mod status;
mod timeline;
mod toolbar;
mod why;

use std::collections::VecDeque;

use loopscope_protocol::{LoopState, Nanos, TaskId};
use loopscope_trace::Note;
use serde::{Deserialize, Serialize};

use crate::command::UiCommand;
use crate::state::debugger::threads::Listed;
use crate::state::debugger::{
    At, Breakpoints, Debugger, Door, Exceptions, FunctionBreakpoint, Ignored, LoopBreakpoint, Said,
};
use crate::state::document::Document;
use crate::state::findings::Findings;
use crate::state::model::Model;
use crate::state::moment::{Change, Moment, Thing};
use crate::state::profile::shown::Shown as Profiles;
use crate::state::run::Progress;
use crate::state::selection::{Picked, Selection};
use crate::state::timeline::Timeline;
use crate::state::timeline::axis::AxisMode;
use crate::state::travel::Pace;

pub use self::why::picked;
pub use compare::{CompareMemory, compare};
pub use drop_hint::drop_hint;
pub use film::{film, timeline_picture};
pub use gallery::gallery;
pub use layout::{Layout, default_layout, read_layout, show_panels, write_layout};
pub use palette::{Palette, keys_window};
pub use path_prompt::{Prompted, path_prompt};
pub use status::status;
pub use timeline::TimelineSetUp;
pub use toolbar::{Toolbar, change_speed, speed, toolbar};

/// A panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum PanelKind {
    /// The script's text.
    Code,
    /// Ring and lanes.
    Loop,
    /// Operations in flight.
    PendingIo,
    /// What happened when.
    Timeline,
    /// What the script wrote.
    Console,
    /// Why callbacks ran, and what keeps the loop alive.
    Why,
    /// Numbers over time.
    Charts,
    /// What is worth a look.
    Findings,
    /// Stack, variables and breakpoints.
    Debugger,
    /// Expressions evaluated in the run.
    Evaluate,
    /// Where the time goes, what is allocated, which lines ran.
    Profile,
}

impl PanelKind {
    /// All panels.
    pub const ALL: [Self; 11] = [
        Self::Code,
        Self::Loop,
        Self::PendingIo,
        Self::Timeline,
        Self::Console,
        Self::Why,
        Self::Charts,
        Self::Findings,
        Self::Debugger,
        Self::Evaluate,
        Self::Profile,
    ];

    /// Title.
    pub fn title(self) -> &'static str {
        match self {
            Self::Code => "Code",
            Self::Loop => "Event loop",
            Self::PendingIo => "Pending I/O",
            Self::Timeline => "Timeline",
            Self::Console => "Console",
            Self::Why => "Why",
            Self::Charts => "Charts",
            Self::Findings => "Findings",
            Self::Debugger => "Debugger",
            Self::Evaluate => "Evaluate",
            Self::Profile => "Profile",
        }
    }
}

/// What the panels remember from frame to frame.
#[derive(Default)]
pub struct Memory {
    code: code::CodeMemory,
    loop_view: loop_view::LoopMemory,
    timeline: timeline::TimelineMemory,
    console: console::ConsoleMemory,
    why: why::WhyMemory,
    findings: findings::FindingsMemory,
    debugger: debugger::DebuggerMemory,
    evaluate: evaluate::EvaluateMemory,
    profile: profile::ProfileMemory,
    /// A place in a script that is to be shown: path and line.
    spot: Option<(String, u32)>,
}

impl Memory {
    /// Another run begins.
    pub fn forget_run(&mut self) {
        self.loop_view = loop_view::LoopMemory::default();
        self.timeline.forget_run();
        self.console.forget_run();
        self.code.forget_run();
        self.why = why::WhyMemory::default();
        self.findings = findings::FindingsMemory::default();
    }

    /// The thread of this number is looked at; whether that is another one than before.
    pub fn look_at_thread(&mut self, number: u64) -> bool {
        self.debugger.look_at_thread(number)
    }

    /// A panel that was asked for by its key has the keyboard: with Tab alone nobody comes out of the text.
    pub fn take_keyboard(&mut self, panel: PanelKind) {
        match panel {
            PanelKind::Code => self.code.take_keyboard(),
            PanelKind::Debugger => self.debugger.take_keyboard(),
            PanelKind::Evaluate => self.evaluate.take_keyboard(),
            _ => {}
        }
    }

    /// Another text is in the editor.
    pub fn forget_text(&mut self) {
        self.code = code::CodeMemory::default();
    }

    /// How the timeline's axis goes.
    pub fn set_axis(&mut self, mode: AxisMode) {
        self.timeline.set_axis(mode);
    }

    /// Zooms in the timeline around a time.
    pub fn zoom_timeline(&mut self, timeline: &Timeline, end: Nanos, factor: f64, about: Nanos) {
        self.timeline.move_by(timeline, end, (factor, 0.0), about);
    }

    /// The panels are drawn into a picture: the timeline shows this stretch and nothing that could be clicked.
    pub fn show_picture_of(
        &mut self,
        timeline: &Timeline,
        stretch: std::ops::Range<Nanos>,
        set_up: &TimelineSetUp,
    ) {
        self.timeline.show_picture_of(timeline, stretch, set_up);
    }

    /// Whether the panels are drawn for a picture: nobody points at anything.
    pub fn is_picture(&self) -> bool {
        self.timeline.is_picture()
    }

    /// Height of a picture of the timeline in which no row is cut off.
    pub fn picture_height(&self, timeline: &Timeline, state: &LoopState, notes: &[Note]) -> f32 {
        self.timeline.picture_height(timeline, state, notes)
    }

    /// The whole run fits into the timeline.
    pub fn fit_timeline(&mut self) {
        self.timeline.fit();
    }

    /// The timeline goes to the next or the previous thing that fits what is looked for.
    pub fn jump_in_timeline(&mut self, forward: bool) {
        self.timeline.jump(forward);
    }

    /// The timeline's axis goes so, or by the clock if it does already.
    pub fn toggle_axis(&mut self, mode: AxisMode) {
        self.timeline.toggle_axis(mode);
    }

    /// Measures in the timeline from a time to wherever the cursor goes, or leaves the measured stretch as it is.
    pub fn measure(&mut self, from: Nanos) {
        self.timeline.measure(from);
    }

    /// The measured stretch fills the timeline; false when there is none.
    pub fn zoom_to_measured(&mut self) -> bool {
        self.timeline.zoom_to_measured()
    }

    /// What is looked for in the timeline can be typed.
    pub fn search_timeline(&mut self) {
        self.timeline.search();
    }

    /// The words of a note can be typed.
    pub fn edit_note(&mut self, number: usize) {
        self.timeline.edit_note(number);
    }

    /// Shows a line in the code, counted from 1.
    pub fn go_to_line(&mut self, line: u32) {
        self.code.go_to_line(line);
    }

    /// How the timeline is set up.
    pub fn timeline_set_up(&self) -> TimelineSetUp {
        self.timeline.set_up()
    }

    /// The times that the timeline shows, in a run that is `end` long.
    pub fn seen(&self, timeline: &Timeline, end: Nanos) -> std::ops::Range<Nanos> {
        self.timeline.seen(timeline, end)
    }

    /// Shows a line of a script, which is opened when it is another one.
    pub fn go_to_spot(&mut self, path: &str, line: u32) {
        self.spot = Some((path.to_owned(), line));
    }

    /// The place that is to be shown, once.
    pub fn take_spot(&mut self) -> Option<(String, u32)> {
        self.spot.take()
    }

    /// The line of the code in which the text cursor is, from 1.
    pub fn cursor_line(&self) -> Option<u32> {
        self.code.cursor_line()
    }

    /// Where the text cursor is in the code: its line, and the column at which its word begins.
    pub fn cursor_at(&self) -> Option<At> {
        self.code.cursor_at()
    }

    /// What floats above the code goes away.
    pub fn dismiss(&mut self) {
        self.code.dismiss();
    }

    /// Brings what a callback did into view in the timeline.
    pub fn reveal(&mut self, picked: &Picked) {
        self.timeline.reveal(picked);
    }

    /// Nothing is measured in the timeline.
    pub fn stop_measuring(&mut self) {
        self.timeline.stop_measuring();
    }

    /// The timeline follows the end.
    pub fn follow_timeline(&mut self) {
        self.timeline.follow();
    }
}

/// What a panel draws, and what it may point at and remember.
pub struct View<'a> {
    /// The run; empty before the first one.
    pub model: &'a Model,
    /// All loops at the moment that is shown: now, or at the cursor.
    pub all: &'a LoopState,
    /// The one of them that ring and queues show.
    pub state: &'a LoopState,
    /// The moment of the past that is shown; `None` for now.
    pub moment: Option<&'a Moment>,
    /// How strongly what the last step changed is lit, from 0 to 1.
    pub flash: f32,
    /// How the past is played.
    pub playback: Playback,
    /// Whether the stack of runs is looked at now and then.
    pub is_sampling: bool,
    /// How far the run is; `None` before the first one.
    pub progress: Option<&'a Progress>,
    /// Script of the loop that is shown, as places name it; empty before the first run.
    pub script: &'a str,
    /// The text in the editor.
    pub document: &'a mut Document,
    /// What all views point at.
    pub selection: &'a mut Selection,
    /// What the panels remember.
    pub memory: &'a mut Memory,
    /// Whether things may slide and pulse.
    pub motion: bool,
    /// What is worth a look in the run.
    pub findings: &'a Findings,
    /// Rules that are not to say anything.
    pub silenced: &'a [String],
    /// What was noted about moments.
    pub notes: &'a mut Vec<Note>,
    /// What the user asks for.
    pub commands: &'a mut Vec<UiCommand>,
    /// Profiles that were taken or opened.
    pub profiles: &'a mut Profiles,
    /// The threads of the run, the main one first; none before the first one.
    pub threads: &'a [Listed],
    /// Whether other debuggers may attach to runs.
    pub door: &'a mut bool,
    /// Where they attach to this one.
    pub door_at: &'a Door,
    /// What breakpoints have said, oldest first.
    pub said: &'a VecDeque<Said>,
    /// The debugger of the thread that is looked at; one that is over before the first run.
    pub debugger: &'a mut Debugger,
    /// Breakpoints in all files.
    pub breakpoints: &'a mut Breakpoints,
    /// Breakpoints on functions.
    pub functions: &'a mut Vec<FunctionBreakpoint>,
    /// Scripts that steps pass over.
    pub ignored: &'a mut Ignored,
    /// Breakpoints of the event loop.
    pub loop_breakpoints: &'a mut Vec<LoopBreakpoint>,
    /// Which exceptions hold the run.
    pub exceptions: &'a mut Exceptions,
    /// Watched expressions.
    pub watches: &'a mut Vec<String>,
}

/// How the past is played.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Playback {
    /// Whether it is.
    pub is_playing: bool,
    /// Whether it is from later to earlier.
    pub is_backwards: bool,
    /// How fast.
    pub pace: Pace,
}

impl View<'_> {
    /// The name under which the run and the breakpoints know the text in the editor.
    pub fn path(&self) -> String {
        self.document.script_name()
    }

    /// The run's clock at the moment that is shown.
    pub fn now(&self) -> Nanos {
        if self.moment.is_some() { self.state.now } else { self.model.now() }
    }

    /// How long a callback has run that started at `since`, without the time in which the run stood still.
    pub fn runs_for(&self, since: Nanos) -> Nanos {
        self.state.stood.ran(since, self.now())
    }

    /// The callback before which the run stands at the moment.
    pub fn next_callback(&self) -> Option<String> {
        let (_, task) = self.state.paused.filter(|_| self.moment.is_none())?;
        self.state.tasks.contains_key(&task).then(|| self.state.name_task(task))
    }

    /// A callback that may have ended, however long ago: not for every frame.
    pub fn find(&self, task: TaskId) -> Option<Picked> {
        let known = Picked::alive(self.all, task).or_else(|| Picked::find(self.model, task));
        let past = self.model.past();
        let life = || loopscope_trace::why::life(past, task, past.len()).ok().flatten();
        known.or_else(|| Some(picked(&life()?)))
    }

    /// What the last step of the cursor did to a thing.
    pub fn change(&self, thing: Thing) -> Option<Change> {
        self.moment?.changes.of(thing)
    }
}
