//! The panels drawn without a window: the moments of a run as pictures.

use egui::{Color32, Context, Pos2, RawInput, Rect, ThemePreference, Vec2};
use loopscope_protocol::Nanos;
use loopscope_protocol::state::duration;
use loopscope_trace::{Note, Past, PastError};

use super::Shot;
use super::raster::Raster;
use crate::panel::{Memory, Playback, TimelineSetUp, View, film, timeline_picture};
use crate::state::debugger::{Breakpoints, Debugger, Exceptions};
use crate::state::document::Document;
use crate::state::findings::Findings;
use crate::state::model::Model;
use crate::state::moment::Moment;
use crate::state::run::Progress;
use crate::state::selection::Selection;
use crate::state::settings::Look;
use crate::state::travel::Pace;
use crate::state::work::Cancelled;
use crate::theme;

/// Events that are put into the timeline between two looks at whether that is still wanted.
const PIECE: u64 = 8192;

/// Times that the panels are laid out for a picture: what one of them learns about its size counts in the next.
const PASSES: usize = 2;

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum StageError {
    /// The run cannot be read.
    #[error(transparent)]
    Past(#[from] PastError),
    /// It is not wanted any more.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}

/// What the pictures show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scene {
    /// Ring, queues, timeline and console.
    Everything,
    /// The timeline alone.
    Timeline,
}

/// Draws moments of a run.
pub struct Stage {
    context: Context,
    raster: Raster,
    size: Vec2,
    model: Model,
    memory: Memory,
    script: String,
    shown: Option<Moment>,
    /// Where the pictures begin: number of events before them, and the time.
    begins: (u64, Nanos),
    /// What was noted about moments of them.
    notes: Vec<Note>,
    /// What happened last, as far as there are words for it.
    words: String,
    /// Pictures so far: the panels' clock.
    drawn: u32,
}

/// How pictures look.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    /// Points, which are pixels, across.
    pub width: u16,
    /// And down.
    pub height: u16,
    /// Light or dark; light when it is left to the system.
    pub look: Look,
}

impl Stage {
    /// A stage for a part of a past. The share of the work that this is, is from 0 to `share` in a hundred.
    ///
    /// # Errors
    /// When the past cannot be read or the work is cancelled.
    pub fn new(past: Box<dyn Past>, shot: &Shot<'_>, share: u64) -> Result<Self, StageError> {
        let (range, format, work) = (&shot.range, shot.format, shot.work);
        let context = Context::default();
        theme::install_fonts(&context);
        theme::apply(&context);
        context.set_theme(match format.look {
            Look::Dark => ThemePreference::Dark,
            Look::Light | Look::System => ThemePreference::Light,
        });
        let mut model = Model::recorded(past, shot.attached)?;
        let mut state = model.past().state_at(range.start)?;
        let mut from = range.start;
        while from < range.end {
            work.go_on()?;
            let to = (from + PIECE).min(range.end);
            let events: Result<Vec<_>, PastError> =
                model.past().events(from..to).map(|event| Ok(event?.1)).collect();
            model.index(&events?, &mut state);
            from = to;
            work.set((from - range.start) * share, (range.end - range.start).max(1) * 100);
        }
        for number in 0..model.past().sampled().len() {
            work.go_on()?;
            let samples = model.past().samples(number)?;
            model.see(&samples, &state);
        }
        let (begins, ends) = (model.past().time_of(range.start)?, model.past().time_of(range.end)?);
        let begins = if range.start == 0 { 0 } else { begins };
        let mut memory = Memory::default();
        memory.show_picture_of(&model.timeline, begins..ends, &TimelineSetUp::default());
        let (width, height) = (usize::from(format.width), usize::from(format.height));
        Ok(Self {
            context,
            raster: Raster::new(width, height),
            size: Vec2::new(f32::from(format.width), f32::from(format.height)),
            model,
            memory,
            script: shot.script.to_owned(),
            shown: None,
            begins: (range.start, begins),
            notes: Vec::new(),
            words: String::new(),
            drawn: 0,
        })
    }

    /// The run.
    pub fn past(&self) -> &dyn Past {
        self.model.past()
    }

    /// Has the timeline set up in another way, with what was noted about moments.
    pub fn set_up_timeline(&mut self, set_up: &TimelineSetUp, notes: &[Note]) {
        let timeline = &self.model.timeline;
        let (first, begins) = self.begins;
        self.memory.show_picture_of(timeline, begins..timeline.end, set_up);
        // Events are counted from the first one that is in the picture.
        let here = notes.iter().filter(|note| note.moment >= first && note.at <= timeline.end);
        self.notes = here.map(|note| Note { moment: note.moment - first, ..note.clone() }).collect();
    }

    /// Makes the pictures as high as the timeline needs to show all of its rows, if it is not too high.
    pub fn fit_timeline(&mut self, least: u16, most: u16) {
        let (timeline, state) = (&self.model.timeline, self.model.state());
        let needed = self.memory.picture_height(timeline, state, &self.notes).ceil();
        self.size.y = needed.clamp(f32::from(least), f32::from(most));
        self.raster = Raster::new(self.size.x as usize, self.size.y as usize);
    }

    /// Width and height of the pictures.
    pub fn size(&self) -> (u32, u32) {
        (self.size.x as u32, self.size.y as u32)
    }

    /// Draws moment `number`; the pixels, row by row.
    ///
    /// # Errors
    /// When the past cannot be read that far.
    pub fn picture(&mut self, number: u64, scene: Scene) -> Result<&[Color32], PastError> {
        if self.shown.as_ref().is_some_and(|shown| shown.number > number) {
            // What happened last then has not happened yet.
            self.words.clear();
        }
        let moment = Moment::at(self.model.past(), number, self.shown.take());
        if moment.problem.is_some() {
            // Reading it again tells why.
            self.model.past().state_at(number)?;
        }
        if let Some(words) = &moment.words {
            self.words.clone_from(words);
        }
        let title = self.title(&moment);
        self.drawn += 1;
        let mut output = None;
        for pass in 0..PASSES {
            let input = self.input(pass);
            let mut stands = Stands { notes: self.notes.clone(), ..Stands::default() };
            let full = self.context.run_ui(input, |ui| {
                let mut view = stands.view(&self.model, &moment, &mut self.memory, &self.script);
                match scene {
                    Scene::Everything => film(&mut view, &title, ui),
                    Scene::Timeline => {
                        // It shows a stretch and no moment of it: there is no cursor.
                        view.moment = None;
                        timeline_picture(&mut view, ui);
                    }
                }
            });
            self.raster.take_textures(full.textures_delta);
            output = Some((full.shapes, full.pixels_per_point));
        }
        if let Some((shapes, scale)) = output {
            let primitives = self.context.tessellate(shapes, scale);
            let background = theme::for_visuals(&self.context.global_style().visuals).base;
            self.raster.paint(&primitives, background);
        }
        self.shown = Some(moment);
        Ok(self.raster.pixels())
    }

    /// The line above the panels.
    fn title(&self, moment: &Moment) -> String {
        let name = self.script.rsplit(['/', '\\']).next().unwrap_or_default();
        let name = if name.is_empty() { "a run" } else { name };
        let mut parts = vec![name.to_owned(), duration(moment.state.now)];
        parts.extend(Some(self.words.clone()).filter(|words| !words.is_empty()));
        parts.join("   ·   ")
    }

    fn input(&self, pass: usize) -> RawInput {
        RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, self.size)),
            time: Some(f64::from(self.drawn) + pass as f64 / PASSES as f64),
            focused: false,
            ..RawInput::default()
        }
    }
}

/// What the panels want to hold although nobody types or clicks.
pub struct Stands {
    document: Document,
    selection: Selection,
    findings: Findings,
    notes: Vec<loopscope_trace::Note>,
    commands: Vec<crate::command::UiCommand>,
    debugger: Debugger,
    breakpoints: Breakpoints,
    profiles: crate::state::profile::shown::Shown,
    functions: Vec<crate::state::debugger::FunctionBreakpoint>,
    ignored: crate::state::debugger::Ignored,
    loop_breakpoints: Vec<crate::state::debugger::LoopBreakpoint>,
    exceptions: Exceptions,
    watches: Vec<String>,
    door: bool,
    said: std::collections::VecDeque<crate::state::debugger::Said>,
    progress: Progress,
}

impl Default for Stands {
    fn default() -> Self {
        Self {
            document: Document::with_text(""),
            selection: Selection::default(),
            findings: Findings::default(),
            notes: Vec::new(),
            commands: Vec::new(),
            debugger: Debugger::over(),
            breakpoints: Breakpoints::default(),
            profiles: crate::state::profile::shown::Shown::default(),
            functions: Vec::new(),
            ignored: crate::state::debugger::Ignored::default(),
            loop_breakpoints: Vec::new(),
            exceptions: Exceptions::default(),
            watches: Vec::new(),
            door: false,
            said: std::collections::VecDeque::new(),
            progress: Progress::Recorded,
        }
    }
}

impl Stands {
    /// What the panels draw.
    pub fn view<'a>(
        &'a mut self,
        model: &'a Model,
        moment: &'a Moment,
        memory: &'a mut Memory,
        script: &'a str,
    ) -> View<'a> {
        View {
            model,
            all: &moment.state,
            state: &moment.state,
            moment: Some(moment),
            flash: 1.0,
            is_sampling: false,
            playback: Playback { is_playing: false, is_backwards: false, pace: Pace::Events(1.0) },
            progress: Some(&self.progress),
            script,
            document: &mut self.document,
            selection: &mut self.selection,
            memory,
            motion: false,
            findings: &self.findings,
            silenced: &[],
            notes: &mut self.notes,
            commands: &mut self.commands,
            threads: &[],
            door: &mut self.door,
            door_at: &crate::state::debugger::Door::Closed,
            said: &self.said,
            debugger: &mut self.debugger,
            breakpoints: &mut self.breakpoints,
            profiles: &mut self.profiles,
            functions: &mut self.functions,
            ignored: &mut self.ignored,
            loop_breakpoints: &mut self.loop_breakpoints,
            exceptions: &mut self.exceptions,
            watches: &mut self.watches,
        }
    }
}

#[cfg(test)]
mod tests {
    use loopscope_protocol::{Event, EventKind, ExitReason, Record};
    use loopscope_trace::History;

    use super::*;
    use crate::state::work::Work;

    #[test]
    fn the_first_picture_does_not_tell_how_the_run_ends() {
        let mut history = History::default();
        let heap = EventKind::Heap { used: 1, total: 2 };
        let exit = EventKind::Exit { code: 0, reason: ExitReason::NothingLeft };
        for (at, kind) in [(1, heap), (2, exit)] {
            history.apply(&Record::Event(Event { at, kind }));
        }
        let work = Work::default();
        let format = Format { width: 400, height: 300, look: Look::Light };
        let shot = Shot { script: "a.js", attached: false, range: 0..2, format, work: &work };
        let mut stage = Stage::new(Box::new(history), &shot, 0).unwrap();
        // The colours of a film are taken from its last picture.
        stage.picture(2, Scene::Everything).unwrap();
        assert!(stage.words.starts_with("Ended with code 0"), "{}", stage.words);
        stage.picture(0, Scene::Everything).unwrap();
        assert_eq!(stage.words, "");
    }
}
