//! The timeline: what ran when and what it waited for, from the whole run down to nanoseconds.

mod bar;
mod cursor;
mod jump;
mod lanes;
mod navigate;
mod notes;
mod overview;
mod rows;
mod ruler;
mod scale;
mod seen;
mod slices;
mod stands;
mod sums;
mod transport;

use egui::{Pos2, Rect, Sense, Ui};
use loopscope_protocol::state::duration;
use loopscope_protocol::{LoopState, Nanos};
use loopscope_trace::Note;

use super::{View, layout};
use crate::command::UiCommand;
use crate::state::run::Progress;
use crate::state::selection::Picked;
use crate::state::timeline::axis::{Axis, AxisMode};
use crate::state::timeline::find::Finder;
use crate::state::timeline::{Span, Timeline, Track};
use crate::theme::{self, size};
use jump::{go_to, reveal};
use navigate::{Areas, Drag};
use rows::LoopRow;
use scale::{Scale, Shown};
use slices::{Canvas, Hit};

/// The part of the view that a thing takes when the view goes to it.
const GOES_TO: f64 = 0.4;

/// What the timeline remembers.
#[derive(Default)]
pub struct TimelineMemory {
    shown: Shown,
    mode: AxisMode,
    /// How far down the lanes are scrolled.
    scroll: f32,
    folded: rows::Folded,
    search: String,
    /// The search field is to take the keyboard.
    wants_search: bool,
    finder: Finder,
    /// The measured stretch.
    measured: Option<(Nanos, Nanos)>,
    /// Where it begins, while its other end is the moment that is shown.
    measures_from: Option<Nanos>,
    /// The measured stretch is to fill the view.
    zooms_to_measured: bool,
    /// How the axis is to go, or by the clock if it does already.
    wanted_axis: Option<AxisMode>,
    drag: Option<Drag>,
    overview: Option<overview::Handle>,
    /// The note whose words are being typed.
    editing: Option<usize>,
    /// The field for them is to take the keyboard.
    fresh_note: bool,
    /// Nothing that could be clicked is drawn.
    is_picture: bool,
    /// What is to be brought into view.
    revealed: Option<(Nanos, Nanos)>,
    /// Of which rows one is to be brought into view: the first one, unless another is seen already.
    wanted_rows: Vec<LoopRow>,
    /// Where the cursor was last brought into view.
    followed: Option<f32>,
    /// Whether the pointer was over something in the last frame.
    over_something: bool,
    /// Where the views are to go in the next frame.
    jump: Option<Jump>,
}

/// Where to go next.
#[derive(Debug, Clone, Copy)]
enum Jump {
    Next,
    Previous,
}

impl TimelineMemory {
    /// Shows the whole run.
    pub fn fit(&mut self) {
        self.shown = Shown::Whole;
    }

    /// Keeps the end in view: at the present zoom, or the whole run if that was in view.
    pub fn follow(&mut self) {
        self.shown = self.shown.following();
    }

    /// Another run begins.
    pub fn forget_run(&mut self) {
        self.follow();
        self.finder.forget_run();
        self.stop_measuring();
        self.editing = None;
    }

    /// Goes to the next thing that fits what is looked for, or to the one before; without anything to look for the
    /// field for that gets the keyboard.
    pub fn jump(&mut self, forward: bool) {
        if self.finder.is_active() {
            self.jump = Some(if forward { Jump::Next } else { Jump::Previous });
        } else {
            self.wants_search = true;
        }
    }

    /// The field for what is looked for gets the keyboard.
    pub fn search(&mut self) {
        self.wants_search = true;
    }

    /// The words of a note can be typed.
    pub fn edit_note(&mut self, number: usize) {
        self.editing = Some(number);
        self.fresh_note = true;
    }

    /// Sets how the axis goes.
    pub fn set_axis(&mut self, mode: AxisMode) {
        self.mode = mode;
        self.shown = Shown::Whole;
    }

    /// How the timeline is set up.
    pub fn set_up(&self) -> TimelineSetUp {
        TimelineSetUp { mode: self.mode, folded: self.folded.clone() }
    }

    /// Shows a stretch of time, and nothing that could be clicked.
    pub fn show_picture_of(
        &mut self,
        timeline: &Timeline,
        stretch: std::ops::Range<Nanos>,
        set_up: &TimelineSetUp,
    ) {
        self.is_picture = true;
        self.mode = set_up.mode;
        self.folded = set_up.folded.clone();
        let end = timeline.end;
        let axis = Axis::new(self.mode, &timeline.idle, &timeline.moments, end);
        let (from, to) = (axis.position(stretch.start), axis.position(stretch.end));
        // What was before is not known here: nothing of it is shown.
        let length = (to - from) * (1.0 + scale::MARGIN);
        self.shown = Shown::chosen(from, length, axis.position(end), self.mode, false);
    }

    /// Whether nothing that could be clicked is drawn.
    pub fn is_picture(&self) -> bool {
        self.is_picture
    }

    /// Height of a picture of the timeline in which no row is cut off.
    pub fn picture_height(&self, timeline: &Timeline, state: &LoopState, notes: &[Note]) -> f32 {
        let words = if have_words(notes) { size::NOTE_WORDS } else { 0.0 };
        size::RULER + words + rows::height(&rows::all(timeline, state, &self.folded)) + 2.0 * size::TIGHT
    }

    /// Brings what a callback did into view.
    pub fn reveal(&mut self, picked: &Picked) {
        self.revealed = picked.ran;
        self.wanted_rows = jump::rows_of(picked);
    }

    /// The times that are seen, in a run that is `end` long, and how the axis goes.
    pub fn seen(&self, timeline: &Timeline, end: Nanos) -> std::ops::Range<Nanos> {
        let axis = Axis::new(self.mode, &timeline.idle, &timeline.moments, end);
        let (from, length) = self.shown.stretch(axis.position(end), self.mode);
        axis.time(from)..axis.time(from + length)
    }

    /// Zooms around a time and moves on by a part of what is seen.
    pub fn move_by(&mut self, timeline: &Timeline, end: Nanos, (zoom, pan): (f64, f64), about: Nanos) {
        let axis = Axis::new(self.mode, &timeline.idle, &timeline.moments, end);
        let whole = axis.position(end);
        let (from, length) = self.shown.stretch(whole, self.mode);
        let wanted = length / zoom;
        let part = ((axis.position(about) - from) / length).clamp(0.0, 1.0);
        let from = from + (length - wanted) * part + pan * length;
        self.shown = Shown::chosen(from, wanted, whole, self.mode, pan >= 0.0);
    }

    /// Nothing is measured.
    pub fn stop_measuring(&mut self) {
        (self.measured, self.measures_from) = (None, None);
    }

    /// Measures from a time to the moment that is shown, whichever that will be; or leaves the stretch as it is.
    pub fn measure(&mut self, from: Nanos) {
        self.measures_from = if self.measures_from.is_some() { None } else { Some(from) };
    }

    /// The measured stretch fills the view; false when there is none.
    pub fn zoom_to_measured(&mut self) -> bool {
        self.zooms_to_measured = self.measured.is_some_and(|(from, to)| from < to);
        self.zooms_to_measured
    }

    /// The axis goes so, or by the clock if it does already.
    pub fn toggle_axis(&mut self, mode: AxisMode) {
        self.wanted_axis = Some(mode);
    }
}

/// How a timeline is set up, apart from what of the run it shows.
#[derive(Debug, Clone)]
pub struct TimelineSetUp {
    mode: AxisMode,
    folded: rows::Folded,
}

impl Default for TimelineSetUp {
    /// Idle times are shortened, and all rows are there.
    fn default() -> Self {
        Self { mode: AxisMode::Busy, folded: rows::Folded::default() }
    }
}

/// Whether there are notes with words, which take room.
fn have_words(notes: &[Note]) -> bool {
    notes.iter().any(|note| !note.text.is_empty())
}

/// Draws the panel.
pub fn show(view: &mut View, ui: &mut Ui) {
    if view.progress.is_none() {
        layout::empty(ui, "Every callback of the run, as it happens.");
        return;
    }
    let area = ui.max_rect().shrink(size::TIGHT);
    if area.width() <= size::TRACK_NAME + size::RULER_STEP || area.height() <= 2.0 * size::RULER {
        return;
    }
    let places = Places::new(area, view.memory.timeline.is_picture, have_words(view.notes));
    let model = view.model;
    let timeline = &model.timeline;
    let end = timeline.end.max(model.state().now);
    let axis = Axis::new(view.memory.timeline.mode, &timeline.idle, &timeline.moments, end);
    let length = axis.position(end);
    let memory = &mut view.memory.timeline;
    memory.finder.update(timeline, &model.state().names);
    if memory.finder.is_active() && !memory.finder.is_done {
        ui.ctx().request_repaint();
    }
    let scale = Scale::new(axis, memory.shown.stretch(length, axis.mode()), places.lanes);
    if let Some(mode) = memory.wanted_axis.take() {
        let wanted = if mode == memory.mode { AxisMode::Wall } else { mode };
        bar::change(memory, &scale, wanted, end);
        ui.ctx().request_repaint();
    }
    let from = match view.moment {
        Some(moment) => moment.state.now,
        None => scale.window().start,
    };
    if memory.is_picture {
        draw(view, &places, end, ui);
        return;
    }
    let (playback, is_past) = (view.playback, view.moment.is_some());
    let commands = &mut *view.commands;
    let transport = |ui: &mut Ui| transport::show(playback, is_past, commands, ui);
    if bar::show(memory, &scale, end, places.bar, transport, view.is_sampling, ui) {
        view.commands.push(UiCommand::Sample);
    }
    if memory.finder.is_done || !memory.finder.is_active() {
        let found = match memory.jump.take() {
            Some(Jump::Next) => memory.finder.next(from),
            Some(Jump::Previous) => memory.finder.previous(from),
            None => None,
        };
        if let Some(found) = found {
            go_to(view, found, length);
        }
    } else if memory.jump.is_some() {
        // What is near may not have been found yet.
        ui.ctx().request_repaint();
    }
    draw(view, &places, end, ui);
}

/// Where the parts of the panel are.
struct Places {
    bar: Rect,
    ruler: Rect,
    names: Rect,
    lanes: Rect,
    overview: Rect,
}

impl Places {
    /// `has_words` is whether there are notes with words, which stand between the ruler and the lanes.
    fn new(area: Rect, is_picture: bool, has_words: bool) -> Self {
        let (bar, overview) =
            if is_picture { (0.0, 0.0) } else { (size::TRACK_BAR, size::OVERVIEW + size::TIGHT) };
        let (bar, rest) = area.split_top_bottom_at_y(area.top() + bar);
        let (ruler, rest) = rest.split_top_bottom_at_y(rest.top() + size::RULER);
        let words = if has_words { size::NOTE_WORDS } else { 0.0 };
        let (_, rest) = rest.split_top_bottom_at_y((rest.top() + words).min(rest.bottom()));
        let (rows, overview) = rest.split_top_bottom_at_y((rest.bottom() - overview).max(rest.top()));
        let (names, lanes) = rows.split_left_right_at_x(rows.left() + size::TRACK_NAME);
        let right_of_names = |rect: Rect| Rect::from_min_max(Pos2::new(lanes.left(), rect.top()), rect.max);
        let mut overview = right_of_names(overview);
        overview.min.y += size::TIGHT;
        Self { bar, ruler: right_of_names(ruler), names, lanes, overview }
    }
}

/// Ruler, lanes and overview.
fn draw(view: &mut View, places: &Places, end: Nanos, ui: &mut Ui) {
    let (model, palette) = (view.model, theme::of(ui));
    let timeline = &model.timeline;
    let memory = &mut view.memory.timeline;
    let axis = Axis::new(memory.mode, &timeline.idle, &timeline.moments, end);
    let length = axis.position(end);
    if let Some(from) = memory.measures_from {
        let here = view.moment.map_or(end, |moment| moment.state.now);
        memory.measured = Some((from.min(here), from.max(here)));
    }
    if let Some((from, to)) = memory.measured.filter(|_| std::mem::take(&mut memory.zooms_to_measured)) {
        let from = axis.position(from);
        memory.shown = Shown::chosen(from, axis.position(to) - from, length, axis.mode(), false);
    }
    if let Some((start, end)) = memory.revealed.take() {
        reveal(memory, axis, (start, end), length);
    }
    let rows = rows::all(timeline, model.state(), &memory.folded);
    let content = places.ruler.union(places.lanes);
    let response = ui.interact(content, ui.scope_id().with("timeline"), Sense::click_and_drag());
    let moment = view.moment.map(|moment| format!(", the cursor is at {}", duration(moment.state.now)));
    let text = format!("{}{}", spoken(timeline), moment.unwrap_or_default());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, text.clone()));
    let before = Scale::new(axis, memory.shown.stretch(length, axis.mode()), places.lanes);
    let overflow = rows::height(&rows) - places.lanes.height();
    memory.scroll +=
        rows::scroll_to(&rows, &std::mem::take(&mut memory.wanted_rows), places.lanes, memory.scroll);
    if response.clicked() || response.drag_started() {
        // Keys are for going through time now, and not for the field of the search.
        ui.memory_mut(egui::Memory::stop_text_input);
    }
    let areas = Areas { ruler: places.ruler, lanes: places.lanes, overflow };
    let asked = navigate::follow(memory, &response, &areas, &before, length, ui);
    let scale = Scale::new(axis, memory.shown.stretch(length, axis.mode()), places.lanes);
    rows::names(&rows, &mut memory.folded, (timeline, model.state()), places.names, memory.scroll, ui);
    // What stands out on the ruler.
    let cursor = view.moment.map(|moment| {
        let here = (moment.number, moment.state.now);
        (scale.moment(here.0, here.1), cursor::words(axis.mode(), here, places.ruler))
    });
    let measured =
        memory.measured.map(|(from, to)| (scale.x(from).midpoint(scale.x(to)), duration(to - from)));
    let covered: Vec<Rect> = cursor
        .iter()
        .cloned()
        .chain(measured)
        .map(|(x, words)| ruler::label_at(words, x, places.ruler, palette, ui).0)
        .chain(notes::places(view.notes, &scale, places.ruler))
        .collect();
    ruler::show(scale, places.ruler, places.lanes, &covered, ui);
    let pointer = response.hover_pos().filter(|_| memory.drag.is_none());
    let emphasized = view.selection.emphasized().map(|picked| picked.task);
    let inferred = timeline.inferred;
    let mut canvas =
        Canvas { ui, scale, palette, pointer, hit: None, emphasized, clip: places.lanes, inferred };
    let mut source = lanes::Source {
        model,
        timeline,
        state: model.state(),
        selection: *view.selection,
        finder: &mut memory.finder,
        folded: &memory.folded,
    };
    lanes::show(&mut source, &mut canvas, &rows, places.lanes, memory.scroll);
    let hit = canvas.hit.take();
    memory.scroll += rows::scroll_bar(&rows, places.lanes, memory.scroll, ui);
    if let Some(zoom_box) = asked.zoom_box {
        ruler::zoom_box(zoom_box, places.lanes, ui);
    }
    if !memory.is_picture {
        overview::show(memory, timeline, &scale, length, places.overview, ui);
    }
    if let Some(x) = asked.cursor {
        go_to_point(view, &scale, x);
    }
    // Below the cursor: its time is to be read.
    notes::show(view, &scale, places.ruler, places.lanes, ui);
    let memory = &mut view.memory.timeline;
    if let Some((x, words)) = cursor {
        cursor::show(x, &words, places.ruler, places.lanes, ui);
        cursor::keep_in_view(memory, &scale, x, length);
    }
    if let Some(measured) = memory.measured {
        ruler::measured(measured, scale, places.ruler, places.lanes, ui);
        let words = sums::words(timeline, &model.state().names, measured);
        if sums::show(&words, places.lanes, ui) {
            memory.stop_measuring();
        }
    }
    // While the run goes on a callback that is clicked is chosen, and now stays in view.
    let is_over = view.moment.is_some() || !matches!(view.progress, Some(Progress::Going));
    let is_click = response.clicked() && (is_over || hit.as_ref().is_none_or(|hit| hit.picked.is_none()));
    if let Some(at) = response.interact_pointer_pos().filter(|at| is_click && places.lanes.contains(*at)) {
        go_to_point(view, &scale, at.x);
    }
    let id = response.id;
    ui.ctx().data_mut(|data| data.insert_temp(crate::command::travelling(), id));
    if response.has_focus() {
        let stroke = egui::Stroke::new(size::LINE, palette.accent);
        ui.painter().rect_stroke(content, size::ROUND_SMALL as f32, stroke, egui::StrokeKind::Inside);
        let filter =
            egui::EventFilter { horizontal_arrows: true, vertical_arrows: true, ..Default::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    }
    view.memory.timeline.over_something = hit.is_some();
    if let Some(hit) = hit {
        point_at(view, &response, hit, length, axis);
    }
}

/// Goes to the moment at a point on the screen.
fn go_to_point(view: &mut View, scale: &Scale, x: f32) {
    match scale.axis.mode() {
        AxisMode::Order => view.selection.cursor = Some(scale.position(x).round().max(0.0) as u64),
        _ => view.selection.go_to_time(view.model, scale.time(x)),
    }
}

/// Follows the pointer over something in the lanes.
fn point_at(view: &mut View, response: &egui::Response, hit: Hit, end: f64, axis: Axis) {
    if let Some(picked) = hit.picked {
        view.selection.hovered = Some(picked);
        if response.clicked() {
            view.selection.selected = Some(picked);
        }
    }
    if response.double_clicked() {
        view.memory.timeline.shown = around(&hit.span, axis, end);
    }
    response.clone().on_hover_text_at_pointer(hit.text);
}

/// A stretch in which `span` takes a good part.
fn around(span: &Span, axis: Axis, whole: f64) -> Shown {
    let (from, to) = axis.ends(span);
    let length = (to - from).max(1.0) / GOES_TO;
    Shown::chosen((from + to - length) / 2.0, length, whole, axis.mode(), false)
}

/// What a screen reader says of the timeline.
fn spoken(timeline: &Timeline) -> String {
    use crate::state::timeline::Lane;
    let micro: usize = [Lane::NextTicks, Lane::Promises].map(|lane| timeline.lane(lane).len()).iter().sum();
    let all: usize = timeline.lanes.iter().map(Track::len).sum();
    format!(
        "Timeline: {} callbacks, {micro} next ticks and microtasks, {} operations, {} in all",
        all - micro,
        timeline.io.len(),
        duration(timeline.end)
    )
}
