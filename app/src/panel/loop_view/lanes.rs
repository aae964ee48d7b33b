//! The lanes, from left to right as a callback lives: waiting, ready, on the stack, done.

use egui::{Align2, CornerRadius, FontFamily, FontId, Pos2, Rect, Ui, Vec2};
use loopscope_protocol::state::duration;
use loopscope_protocol::{LoopState, Nanos, PlaceId, Queue, TaskId, TaskKind};

use super::token::{self, Token};
use crate::panel::View;
use crate::state::selection::Picked;
use crate::theme::{self, Palette, size};

/// More callbacks than this in a lane are marks without words.
const CARDS: usize = 30;

/// More than this are a bar with a number.
const CHIPS: usize = 500;

/// Queues in the order in which they are emptied after a callback and in a turn, with the names people use.
const READY: [(Queue, &str); 8] = [
    (Queue::Main, "script"),
    (Queue::NextTick, "next ticks"),
    (Queue::Microtask, "microtasks"),
    (Queue::Pending, "pending"),
    (Queue::Poll, "I/O completed"),
    (Queue::Check, "immediates"),
    (Queue::Closing, "closing"),
    (Queue::Timers, "timers due"),
];

/// Queues that are shown only when something is in them.
const RARE: [Queue; 3] = [Queue::Main, Queue::Pending, Queue::Closing];

/// Draws the lanes.
pub fn show(view: &mut View, area: Rect, ui: &mut Ui) {
    let gap = size::NEAR;
    let width = (area.width() - 2.0 * gap) / 3.0;
    let column = |index: f32| {
        Rect::from_min_size(area.min + Vec2::new(index * (width + gap), 0.0), Vec2::new(width, area.height()))
    };
    waiting(view, column(0.0), ui);
    ready(view, column(1.0), ui);
    stack_and_done(view, column(2.0), ui);
    view.memory.loop_view.tokens.end_frame();
}

/// A column that is filled from the top.
struct Column<'a> {
    area: Rect,
    top: f32,
    palette: &'a Palette,
}

impl<'a> Column<'a> {
    fn new(area: Rect, title: &str, ui: &Ui) -> Self {
        let palette = theme::of(ui);
        ui.painter().rect_filled(area, CornerRadius::same(size::ROUND), palette.base.gamma_multiply(0.45));
        let mut column = Self { area: area.shrink(size::TIGHT), top: area.top() + size::TIGHT, palette };
        let font = FontId::new(size::TEXT_SMALL, FontFamily::Name(theme::STRONG.into()));
        let at = Pos2::new(column.area.left() + size::TIGHT, column.top + size::ROW / 2.0);
        ui.painter().text(at, Align2::LEFT_CENTER, title, font, palette.text);
        column.top += size::ROW;
        column
    }

    fn left(&self) -> f32 {
        self.area.bottom() - self.top
    }

    /// The name of a queue with the number of callbacks in it.
    fn heading(&mut self, name: &str, count: usize, ui: &Ui) {
        let height = size::ROW - size::TIGHT;
        if self.left() < height {
            return;
        }
        let font = FontId::new(size::TEXT_SMALL, FontFamily::Proportional);
        let middle = self.top + height / 2.0;
        let ink = if count == 0 { self.palette.faint } else { self.palette.dim };
        let left = Pos2::new(self.area.left() + size::TIGHT, middle);
        ui.painter().text(left, Align2::LEFT_CENTER, name, font.clone(), ink);
        if count > 0 {
            let right = Pos2::new(self.area.right() - size::TIGHT, middle);
            ui.painter().text(right, Align2::RIGHT_CENTER, count, font, self.palette.text);
        }
        self.top += height;
    }

    /// Room for a token; `None` when the column is full.
    fn row(&mut self) -> Option<Rect> {
        if self.left() < size::TOKEN {
            return None;
        }
        let min = Pos2::new(self.area.left(), self.top);
        self.top += size::TOKEN + size::THICK;
        Some(Rect::from_min_size(min, Vec2::new(self.area.width(), size::TOKEN)))
    }

    /// How many tokens fit when `below` points are to stay free.
    fn room(&self, below: f32) -> usize {
        (((self.left() - below) / (size::TOKEN + size::THICK)).max(0.0)) as usize
    }

    /// How many there are besides those that are drawn.
    fn more(&mut self, count: usize, ui: &Ui) {
        if count == 0 || self.left() < size::ROW - size::NEAR {
            return;
        }
        let font = FontId::new(size::TEXT_SMALL, FontFamily::Proportional);
        let at = Pos2::new(self.area.left() + size::NEAR, self.top + size::NEAR);
        ui.painter().text(at, Align2::LEFT_CENTER, format!("and {count} more"), font, self.palette.dim);
        self.top += size::ROW - size::NEAR;
    }

    /// A bar for very many callbacks: its length grows with the logarithm of their number.
    fn density(&mut self, count: usize, kind: TaskKind, ui: &Ui) {
        let Some(rect) = self.row() else { return };
        let tint = theme::tint(self.palette, kind);
        let part = ((count as f32).log10() / 7.0).clamp(0.1, 1.0);
        let mut bar = rect.shrink(size::THICK);
        bar.set_width(bar.width() * part);
        let round = CornerRadius::same(size::ROUND_SMALL);
        ui.painter().rect_filled(rect, round, self.palette.raised);
        ui.painter().rect_filled(bar, round, tint.gamma_multiply(0.55));
        let font = FontId::new(size::TEXT_SMALL, FontFamily::Name(theme::STRONG.into()));
        let text = format!("{count} × {}", kind.name());
        ui.painter().text(rect.center(), Align2::CENTER_CENTER, text, font, self.palette.text);
    }
}

/// What a token says of a callback: its function's name and line. The script's own name would say nothing new.
pub fn text(view: &View, picked: &Picked) -> String {
    let names = &view.state.names;
    if picked.kind == TaskKind::MainScript {
        let script = names.script(picked.callback);
        return script.rsplit(['/', '\\']).next().unwrap_or(script).to_owned();
    }
    let short = |place| {
        let text = names.describe(place);
        let script = names.script(place);
        if script != view.script {
            return text;
        }
        let file = script.rsplit(['/', '\\']).next().unwrap_or(script);
        let text = text.replacen(&format!("{file}:"), ":", 1);
        text.strip_prefix(':').map_or(text.clone(), |line| format!("line {line}"))
    };
    let callback = short(picked.callback);
    if !callback.is_empty() {
        return callback;
    }
    let site = short(picked.site);
    if site.is_empty() { picked.kind.name().to_owned() } else { format!("{}, {site}", picked.kind.name()) }
}

fn waiting(view: &mut View, area: Rect, ui: &mut Ui) {
    let mut column = Column::new(area, "Waiting", ui);
    let below = 2.0 * size::ROW;
    let timers = view.state.timers.len();
    let fit = column.room(below + size::ROW).clamp(1, CARDS);
    let first: Vec<_> = view.state.timers.iter().take(fit).copied().collect();
    column.heading("timers", timers, ui);
    for &(due, task) in &first {
        timer(view, due, task, &mut column, ui);
    }
    column.more(timers - first.len(), ui);
    let ops: Vec<_> = view.state.io.ops.iter().take(CARDS).map(|(_, op)| op.clone()).collect();
    let in_flight = view.state.io.ops.len();
    column.heading("I/O in flight", in_flight, ui);
    let fit = column.room(size::ROW);
    for op in ops.iter().take(fit) {
        let state = view.state;
        let Some(picked) = Picked::alive(state, op.task) else { continue };
        let target = state.names.text(op.target);
        let text = format!("{} {}", state.names.text(op.name), target.rsplit('/').next().unwrap_or(target));
        let Some(rect) = column.row() else { break };
        let note = op.slot.map_or_else(String::new, |slot| format!("thread {slot}"));
        let token = Token { picked, text: &text, note: &note, progress: None, faint: false, run: 0 };
        token::show(view, &token, rect, ui);
    }
    column.more(in_flight - ops.len().min(fit), ui);
    let state = view.state;
    let elsewhere = state.timers.len() + state.stack.len() + in_flight;
    let queued: usize = READY.iter().map(|(queue, _)| state.queue(*queue).len()).sum();
    column.heading("promises pending", state.tasks.len().saturating_sub(elsewhere + queued), ui);
}

fn timer(view: &mut View, due: u64, task: TaskId, column: &mut Column, ui: &mut Ui) {
    let state = view.state;
    let now = view.now();
    let (Some(picked), Some(entry)) = (Picked::alive(state, task), state.tasks.get(&task)) else { return };
    let faint = !entry.refd;
    let left = due.saturating_sub(now);
    let progress = waits_since(state, task).map(|since| {
        let whole = due.saturating_sub(since).max(1);
        (1.0 - left as f64 / whole as f64) as f32
    });
    let note = if left == 0 { "due".to_owned() } else { duration(left.div_ceil(1_000_000) * 1_000_000) };
    let text = text(view, &picked);
    let Some(rect) = column.row() else { return };
    let token = Token { picked, text: &text, note: &note, progress, faint, run: 0 };
    token::show(view, &token, rect, ui);
}

/// Since when a timer waits: an interval since it last ran, as far back as that is known.
fn waits_since(state: &LoopState, task: TaskId) -> Option<Nanos> {
    let entry = state.tasks.get(&task)?;
    if entry.runs == 0 {
        return Some(entry.created);
    }
    state.finished.iter().rev().find(|done| done.task == task).map(|done| done.ended)
}

fn ready(view: &mut View, area: Rect, ui: &mut Ui) {
    let mut column = Column::new(area, "Ready", ui);
    let heading = size::ROW - size::TIGHT;
    let shown: Vec<_> = READY
        .into_iter()
        .filter(|(queue, _)| !RARE.contains(queue) || view.state.queue(*queue).len() > 0)
        .collect();
    for (index, (queue, name)) in shown.iter().enumerate() {
        let count = view.state.queue(*queue).len();
        column.heading(name, count, ui);
        if count == 0 {
            continue;
        }
        let below = (shown.len() - index - 1) as f32 * heading + heading;
        let fit = column.room(below).max(1);
        let tasks: Vec<TaskId> = view.state.queue(*queue).take(CHIPS).collect();
        let picked: Vec<Picked> = tasks.iter().filter_map(|task| Picked::alive(view.state, *task)).collect();
        let Some(first) = picked.first() else { continue };
        if count > CHIPS {
            column.density(count, first.kind, ui);
            continue;
        }
        let cards = if count > CARDS { fit.min(2) } else { fit };
        for picked in picked.iter().take(cards) {
            let text = text(view, picked);
            let Some(rect) = column.row() else { break };
            let token =
                Token { picked: *picked, text: &text, note: "", progress: None, faint: false, run: 0 };
            token::show(view, &token, rect, ui);
        }
        let rest = &picked[cards.min(picked.len())..];
        if !rest.is_empty() {
            let room = Rect::from_min_max(
                Pos2::new(column.area.left(), column.top),
                Pos2::new(column.area.right(), column.area.bottom() - below.min(column.left() / 2.0)),
            );
            column.top += token::chips(view, rest, room, ui).min(room.height());
        }
    }
}

fn stack_and_done(view: &mut View, area: Rect, ui: &mut Ui) {
    let mut column = Column::new(area, "Stack", ui);
    let state = view.state;
    let stack: Vec<_> = state.stack.iter().rev().filter_map(|task| Picked::alive(state, *task)).collect();
    let about = state.paused.and_then(|paused| Picked::alive(state, paused.1));
    if stack.is_empty() && about.is_none() {
        column.heading("empty", 0, ui);
    }
    if let Some(picked) = about {
        let text = text(view, &picked);
        if let Some(rect) = column.row() {
            let token = Token { picked, text: &text, note: "is next", progress: None, faint: true, run: 1 };
            token::show(view, &token, rect, ui);
        }
    }
    for picked in &stack {
        let since = match view.state.tasks.get(&picked.task).map(|task| task.stage) {
            Some(loopscope_protocol::state::Stage::Running { since }) => duration(view.runs_for(since)),
            _ => String::new(),
        };
        let text = text(view, picked);
        let Some(rect) = column.row() else { break };
        let token =
            Token { picked: *picked, text: &text, note: &since, progress: None, faint: false, run: 0 };
        token::show(view, &token, rect, ui);
    }
    let state = view.state;
    let ran: u64 = state.totals.iter().map(|total| total.started).sum();
    column.heading("done", usize::try_from(ran).unwrap_or(usize::MAX).saturating_sub(state.stack.len()), ui);
    let finished: Vec<_> = state.finished.iter().rev().take(column.room(0.0)).copied().collect();
    for done in finished {
        let ran = Some((done.started, done.ended));
        let (site, parent) = (PlaceId::NONE, TaskId::NONE);
        let picked = Picked { task: done.task, kind: done.kind, callback: done.callback, site, parent, ran };
        let text = text(view, &picked);
        let took = duration(view.state.stood.ran(done.started, done.ended));
        let note = if done.threw { format!("threw, {took}") } else { took };
        let Some(rect) = column.row() else { break };
        let token = Token { picked, text: &text, note: &note, progress: None, faint: true, run: done.ended };
        token::show(view, &token, rect, ui);
    }
}

#[cfg(test)]
mod tests {
    use loopscope_protocol::{Event, EventKind, Outcome, Record};

    use super::*;

    #[test]
    fn an_interval_waits_since_it_last_ran() {
        let task = TaskId(1);
        let none = PlaceId::NONE;
        let created = EventKind::TaskCreated {
            task,
            parent: TaskId::NONE,
            kind: TaskKind::Interval,
            callback: none,
            site: none,
        };
        let mut state = LoopState::default();
        let mut happens = |at, kind| {
            state.apply(&Record::Event(Event { at, kind }));
            waits_since(&state, task)
        };
        happens(5, created);
        assert_eq!(happens(5, EventKind::TaskArmed { task, due: 15 }), Some(5));
        happens(15, EventKind::TaskReady { task, queue: Queue::Timers });
        happens(15, EventKind::TaskStarted { task });
        happens(17, EventKind::TaskEnded { task, outcome: Outcome::Returned });
        assert_eq!(happens(17, EventKind::TaskArmed { task, due: 27 }), Some(17));
    }
}
