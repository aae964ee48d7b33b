//! Which rows there are, where they are, and what they are called.

use egui::{Align2, FontFamily, FontId, Pos2, Rect, Role, Sense, Stroke, Ui, WidgetInfo};
use loopscope_protocol::{LoopId, LoopState};

use crate::state::timeline::{Lane, Timeline};
use crate::theme::{self, size};

/// A row and the loop that it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LoopRow {
    /// The loop.
    pub on: LoopId,
    /// What it shows of it.
    pub row: Row,
}

/// What a row shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    /// The phases.
    Phases,
    /// What was on the stack; deeper ones are callbacks inside callbacks.
    Stack(usize),
    /// Functions that were seen on the stack, by depth.
    Seen(usize),
    /// A lane of callbacks.
    Lane(Lane),
    /// A thread of the pool.
    Slot(usize),
    /// Operations.
    Io(usize),
    /// Sockets, servers, watchers.
    Handle(usize),
    /// Garbage collection.
    Garbage,
    /// What the script wrote.
    Output,
}

/// Rows that can be folded into one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// The stack.
    Stack,
    /// Functions that were seen on the stack.
    Seen,
    /// The threads of the pool.
    Slots,
    /// Operations.
    Io,
    /// Sockets, servers, watchers.
    Handles,
    /// Everything of a worker but what was on its stack.
    Worker(LoopId),
}

/// So many workers are shown with all their rows; of more each has one until it is unfolded.
const UNFOLDED_WORKERS: usize = 3;

impl Group {
    fn name(self) -> &'static str {
        match self {
            Self::Worker(_) => "worker",
            Self::Stack => "stack",
            Self::Seen => "sampled",
            Self::Slots => "thread pool",
            Self::Io => "operations",
            Self::Handles => "handles",
        }
    }
}

/// Which groups are folded.
#[derive(Debug, Clone, Default)]
pub struct Folded(Vec<Group>);

impl Folded {
    /// Whether a group is.
    pub fn has(&self, group: Group) -> bool {
        self.0.contains(&group)
    }

    /// Whether the rows of a worker are folded into one.
    pub fn has_worker(&self, id: LoopId, state: &LoopState) -> bool {
        self.has(Group::Worker(id)) != (state.workers.len() > UNFOLDED_WORKERS)
    }

    fn toggle(&mut self, group: Group) {
        if self.has(group) {
            self.0.retain(|other| *other != group);
        } else {
            self.0.push(group);
        }
    }
}

impl Row {
    /// How high it is.
    pub fn height(self) -> f32 {
        match self {
            Self::Seen(_) => size::TRACK_SEEN,
            _ => size::TRACK,
        }
    }

    /// With the line below it; functions lie close to those that called them.
    fn step(self) -> f32 {
        match self {
            Self::Seen(_) => self.height(),
            _ => self.height() + size::THICK,
        }
    }
}

/// The rows that have something to show: those of the main thread's loop, then those of workers.
pub fn all(timeline: &Timeline, state: &LoopState, folded: &Folded) -> Vec<LoopRow> {
    let mut rows = Vec::new();
    of_loop(LoopId::MAIN, timeline, state, folded, &mut rows);
    if !timeline.console.is_empty() || !timeline.errors.is_empty() {
        rows.push(LoopRow { on: LoopId::MAIN, row: Row::Output });
    }
    let nothing = Timeline::default();
    for (id, worker) in &state.workers {
        let timeline = timeline.on(*id).unwrap_or(&nothing);
        if folded.has_worker(*id, state) {
            rows.push(LoopRow { on: *id, row: Row::Stack(0) });
        } else {
            of_loop(*id, timeline, &worker.state, folded, &mut rows);
        }
    }
    rows
}

/// The rows of one loop. That of a worker begins with its stack, which bears its name.
fn of_loop(on: LoopId, timeline: &Timeline, state: &LoopState, folded: &Folded, rows: &mut Vec<LoopRow>) {
    let mut row = |row| rows.push(LoopRow { on, row });
    if on == LoopId::MAIN {
        row(Row::Phases);
    }
    row(Row::Stack(0));
    let deeper = timeline.nested.len().max(state.stack.len().saturating_sub(1));
    let group = |group, count: usize| if folded.has(group) { count.min(1) } else { count };
    if !folded.has(Group::Stack) {
        (1..=deeper).map(Row::Stack).for_each(&mut row);
    }
    (0..group(Group::Seen, timeline.sampled.len())).map(Row::Seen).for_each(&mut row);
    if on != LoopId::MAIN {
        row(Row::Phases);
    }
    for (index, lane) in Lane::ALL.into_iter().enumerate() {
        let is_running = || {
            let of = |task| state.tasks.get(task).map(|task| Lane::of(task.kind));
            state.stack.iter().any(|task| of(task) == Some(lane))
        };
        let waits = lane == Lane::Timers && !state.timers.is_empty();
        if waits || !timeline.lanes[index].is_empty() || is_running() {
            row(Row::Lane(lane));
        }
    }
    let slots = timeline.slots.len().max(state.io.slots.len());
    (0..group(Group::Slots, slots)).map(Row::Slot).for_each(&mut row);
    (0..group(Group::Io, timeline.io.tracks.len())).map(Row::Io).for_each(&mut row);
    (0..group(Group::Handles, timeline.handles.tracks.len())).map(Row::Handle).for_each(&mut row);
    if !timeline.collections.is_empty() {
        row(Row::Garbage);
    }
}

/// Height of all rows.
pub fn height(rows: &[LoopRow]) -> f32 {
    rows.iter().map(|row| row.row.step()).sum()
}

/// The rows with the places where they are, when the lanes are scrolled down by `scroll`.
pub fn placed(rows: &[LoopRow], lanes: Rect, scroll: f32) -> impl Iterator<Item = (LoopRow, Rect)> {
    let mut top = lanes.top() - scroll;
    rows.iter().map(move |row| {
        let place = Rect::from_x_y_ranges(lanes.x_range(), top..=top + row.row.height());
        top += row.row.step();
        (*row, place)
    })
}

/// How much further down the lanes are to be scrolled so that one of `wanted` can be seen: the first one, unless one is seen
/// already.
pub fn scroll_to(rows: &[LoopRow], wanted: &[LoopRow], lanes: Rect, scroll: f32) -> f32 {
    let place =
        |wanted: &LoopRow| placed(rows, lanes, scroll).find(|(row, _)| row == wanted).map(|(_, place)| place);
    let is_seen = |place: &Rect| place.top() >= lanes.top() - 0.5 && place.bottom() <= lanes.bottom() + 0.5;
    if wanted.iter().filter_map(place).any(|place| is_seen(&place)) {
        return 0.0;
    }
    match wanted.iter().find_map(place) {
        Some(place) if place.top() < lanes.top() => place.top() - lanes.top(),
        // With what lies around it.
        Some(place) => place.bottom() - lanes.bottom() + lanes.height() / 3.0,
        None => 0.0,
    }
}

/// The group that a row begins, and whether it has further rows.
fn begins(LoopRow { on, row }: LoopRow, timeline: &Timeline, state: &LoopState) -> Option<(Group, bool)> {
    match row {
        Row::Stack(0) if on != LoopId::MAIN => Some((Group::Worker(on), true)),
        Row::Stack(0) => Some((Group::Stack, !timeline.nested.is_empty())),
        Row::Seen(0) => Some((Group::Seen, timeline.sampled.len() > 1)),
        Row::Slot(0) => Some((Group::Slots, timeline.slots.len().max(state.io.slots.len()) > 1)),
        Row::Io(0) => Some((Group::Io, timeline.io.tracks.len() > 1)),
        Row::Handle(0) => Some((Group::Handles, timeline.handles.tracks.len() > 1)),
        _ => None,
    }
}

/// Writes the names of the rows into `names`; a click folds and unfolds groups.
pub fn names(
    rows: &[LoopRow],
    folded: &mut Folded,
    (timeline, state): (&Timeline, &LoopState),
    names: Rect,
    scroll: f32,
    ui: &Ui,
) {
    let palette = theme::of(ui);
    let painter = ui.painter_at(names);
    for (index, (row, rect)) in placed(rows, names, scroll).enumerate() {
        if !rect.intersects(names) {
            continue;
        }
        let left = Pos2::new(rect.left() + size::TIGHT, rect.center().y);
        let is_main = row.on == LoopId::MAIN;
        let known = (timeline.on(row.on), state.workers.get(&row.on));
        let group = match known {
            _ if is_main => begins(row, timeline, state),
            (Some(timeline), Some(worker)) => begins(row, timeline, &worker.state),
            _ => None,
        };
        let left =
            if is_main || row.row == Row::Stack(0) { left } else { left + egui::vec2(size::NEAR, 0.0) };
        let name = match &row.row {
            Row::Stack(0) if !is_main => state.name_worker(row.on),
            Row::Phases => "phases".to_owned(),
            Row::Lane(lane) => lane.name().to_owned(),
            Row::Garbage => "garbage".to_owned(),
            Row::Output => "output".to_owned(),
            Row::Slot(slot) if !folded.has(Group::Slots) => format!("pool thread {slot}"),
            _ => group.map_or("", |(group, _)| group.name()).to_owned(),
        };
        let Some((group, true)) = group else {
            write(&painter, left, name, names.right() - left.x, palette.dim);
            continue;
        };
        let is_folded = match group {
            Group::Worker(id) => folded.has_worker(id, state),
            group => folded.has(group),
        };
        let said =
            if let Group::Worker(id) = group { state.name_worker(id) } else { group.name().to_owned() };
        let response =
            ui.interact(rect.intersect(names), ui.scope_id().with(("fold", index)), Sense::click());
        let verb = if is_folded { "Unfold" } else { "Fold" };
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{verb} {said}")));
        let ink = if response.hovered() || response.has_focus() { palette.text } else { palette.dim };
        let written = write(&painter, left, name, names.right() - left.x - size::FAR, ink);
        arrow(&painter, Pos2::new(written + size::NEAR, left.y), is_folded, ink);
        if response.clicked() {
            folded.toggle(group);
        }
    }
}

/// Writes a name as far as there is room for it; returns where it ends.
fn write(painter: &egui::Painter, left: Pos2, name: String, room: f32, ink: egui::Color32) -> f32 {
    let font = FontId::new(size::TEXT_SMALL, FontFamily::Proportional);
    let mut job = egui::text::LayoutJob::simple_singleline(name, font, ink);
    job.wrap = egui::text::TextWrapping::truncate_at_width(room.max(0.0));
    let galley = painter.layout_job(job);
    let at = Align2::LEFT_CENTER.anchor_size(left, galley.size());
    painter.galley(at.min, galley, ink);
    at.right()
}

/// Shows how far the lanes are scrolled, when they do not fit; returns how much further a drag scrolls them.
pub fn scroll_bar(rows: &[LoopRow], lanes: Rect, scroll: f32, ui: &Ui) -> f32 {
    let all = height(rows);
    if all <= lanes.height() {
        return 0.0;
    }
    let palette = theme::of(ui);
    let length = (lanes.height() * lanes.height() / all).max(size::FAR);
    let (hidden, room) = (all - lanes.height(), lanes.height() - length);
    let top = lanes.top() + room * scroll / hidden;
    let right = lanes.right() - size::THICK;
    let bar = Rect::from_x_y_ranges(right - size::TIGHT..=right, top..=top + length);
    let response = ui.interact(bar.expand(size::THICK), ui.scope_id().with("rows"), Sense::drag());
    response.widget_info(|| WidgetInfo::labeled(Role::ScrollBar, true, "Rows of the timeline"));
    let is_held = response.hovered() || response.dragged();
    let ink = if is_held { palette.dim } else { palette.outline };
    ui.painter_at(lanes).rect_filled(bar, egui::CornerRadius::same(size::ROUND_SMALL / 2), ink);
    if room > 0.0 { response.drag_delta().y * hidden / room } else { 0.0 }
}

/// A small arrow: down when there are rows below, right when they are folded.
fn arrow(painter: &egui::Painter, center: Pos2, is_folded: bool, ink: egui::Color32) {
    let side = size::TIGHT * 0.75;
    let points = if is_folded {
        [(-0.6, -1.0), (0.8, 0.0), (-0.6, 1.0)]
    } else {
        [(-1.0, -0.6), (0.0, 0.8), (1.0, -0.6)]
    };
    let points = points.map(|(x, y)| center + egui::Vec2::new(x, y) * side).to_vec();
    painter.add(egui::Shape::line(points, Stroke::new(size::LINE * 1.5, ink)));
}
