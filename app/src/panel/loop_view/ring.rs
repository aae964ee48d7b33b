//! The ring: the phases of a turn in libuv's order, with a hand at the present one; inside it next ticks and
//! microtasks, which run after every callback.

use std::f32::consts::{FRAC_PI_2, PI, TAU};

use egui::{Align2, Color32, FontFamily, FontId, Painter, Pos2, Rect, Sense, Shape, Stroke, Ui, Vec2};
use loopscope_protocol::state::duration;
use loopscope_protocol::{Drain, LoopState, Nanos, Phase, PollTimeout, Queue, TaskKind};

use crate::panel::View;
use crate::theme::{self, Palette, size};

/// The phases in the order of a turn, with the part of the ring that each takes. Poll is where the loop spends its
/// time.
const PHASES: [(Phase, Queue, &str, f32); 5] = [
    (Phase::Pending, Queue::Pending, "pending", 0.13),
    (Phase::Poll, Queue::Poll, "poll", 0.32),
    (Phase::Check, Queue::Check, "check", 0.19),
    (Phase::Closing, Queue::Closing, "close", 0.14),
    (Phase::Timers, Queue::Timers, "timers", 0.22),
];

/// How far out the inner ring is, as a part of the outer one.
const INNER: f32 = 0.52;

/// Where the numbers of next ticks and microtasks stand, in radians from the top to either side.
const COUNT_ANGLE: f32 = 0.85;

/// Parts of an arc when it is drawn as lines.
const ARC_STEPS: usize = 28;

/// What the ring remembers.
#[derive(Default)]
pub struct RingMemory {
    /// Where the hand is, in radians from the top, counted on over the turns.
    hand: Option<f32>,
    /// Next ticks and microtasks that had run when the ring was last drawn.
    micro_seen: [u64; 2],
    /// When next ticks and microtasks last ran, in seconds of the window's clock.
    pulsed: [f64; 2],
}

/// Begin and length of a phase's arc, in turns from the top.
fn arc_of(phase: Phase) -> (f32, f32) {
    let mut begin = 0.0;
    for (other, _, _, part) in PHASES {
        if other == phase {
            return (begin, part);
        }
        begin += part;
    }
    (0.0, 0.0)
}

/// Draws the ring in the middle of `area`.
pub fn show(view: &mut View, area: Rect, ui: &mut Ui) {
    let palette = theme::of(ui);
    // The names of the phases stand outside, and they are wider than high.
    let radius = (area.width() / 2.0 - size::RING_NAMES).min(area.height() / 2.0 - size::FAR - size::NEAR);
    let square = Rect::from_center_size(area.center(), Vec2::splat(radius * 2.0));
    let painter = ui.painter_at(area);
    let geometry = Geometry { center: square.center(), radius, band: radius * size::RING_BAND };
    let state = view.state;
    for (phase, queue, name, _) in PHASES {
        geometry.phase(&painter, state, phase, queue, name, palette);
    }
    geometry.start_mark(&painter, palette);
    let now = ui.input(|input| input.time);
    let memory = &mut view.memory.loop_view.ring;
    let pulses = pulses(memory, state, now, view.motion);
    geometry.inner(&painter, state, pulses, palette);
    if pulses.iter().any(|pulse| *pulse > 0.0) {
        ui.request_repaint();
    }
    if let Some(target) = hand_target(view) {
        let memory = &mut view.memory.loop_view.ring;
        let dt = ui.input(|input| input.stable_dt).min(0.1);
        let angle = move_hand(memory, target, dt, view.motion);
        geometry.hand(&painter, angle, palette);
        if (angle - target).rem_euclid(TAU).min((target - angle).rem_euclid(TAU)) > 0.01 {
            ui.request_repaint();
        }
    }
    geometry.words(&painter, view, palette);
    let response = ui.interact(square, ui.scope_id().with("ring"), Sense::hover());
    let text = spoken(view);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, text.clone()));
    if !view.state.timers.is_empty() || view.state.running().is_some() {
        super::keep_time(view, ui);
    }
}

/// What a screen reader says of the ring.
fn spoken(view: &View) -> String {
    let state = view.state;
    let phase =
        state.phase.map_or_else(|| "between phases".to_owned(), |inside| format!("phase {:?}", inside.phase));
    format!("Event loop: turn {}, {phase}. {}", state.turn, state.why())
}

/// How strongly next ticks and microtasks are lit, from 0 to 1.
fn pulses(memory: &mut RingMemory, state: &LoopState, now: f64, motion: bool) -> [f32; 2] {
    let ran = [
        state.total(TaskKind::NextTick).started,
        state.total(TaskKind::Microtask).started + state.total(TaskKind::PromiseReaction).started,
    ];
    let mut lit = [0.0; 2];
    for index in 0..2 {
        if memory.micro_seen[index] != ran[index] {
            memory.micro_seen[index] = ran[index];
            memory.pulsed[index] = now;
        }
        let age = (now - memory.pulsed[index]) as f32;
        if motion && memory.pulsed[index] > 0.0 {
            lit[index] = (1.0 - age / size::PULSE).clamp(0.0, 1.0);
        }
    }
    lit
}

/// Where the hand should be, in radians from the top. In poll it moves along while the timeout runs down.
fn hand_target(view: &View) -> Option<f32> {
    let state = view.state;
    let inside = state.phase?;
    let (begin, length) = arc_of(inside.phase);
    let part = match inside.timeout {
        PollTimeout::Millis(millis) if inside.phase == Phase::Poll && millis > 0 => {
            let slept = view.now().saturating_sub(inside.since) as f64;
            (slept / (f64::from(millis) * 1e6)).clamp(0.05, 0.95) as f32
        }
        _ => 0.5,
    };
    Some((begin + length * part) * TAU)
}

/// Moves the hand the short way round, forwards where both ways are alike.
fn move_hand(memory: &mut RingMemory, target: f32, dt: f32, motion: bool) -> f32 {
    let Some(from) = memory.hand.filter(|_| motion) else {
        memory.hand = Some(target);
        return target;
    };
    let ahead = (target - from).rem_euclid(TAU);
    let way = if ahead > PI * 1.5 { ahead - TAU } else { ahead };
    let angle = from + way * (1.0 - (-dt / (size::MOVE / 3.0)).exp());
    memory.hand = Some(angle.rem_euclid(TAU));
    angle
}

struct Geometry {
    center: Pos2,
    radius: f32,
    band: f32,
}

impl Geometry {
    /// A point at an angle (radians from the top, clockwise) and a distance from the centre.
    fn at(&self, angle: f32, distance: f32) -> Pos2 {
        self.center + distance * Vec2::angled(angle - FRAC_PI_2)
    }

    fn arc(&self, painter: &Painter, from: f32, to: f32, distance: f32, stroke: Stroke) {
        let points = (0..=ARC_STEPS)
            .map(|step| self.at(from + (to - from) * step as f32 / ARC_STEPS as f32, distance))
            .collect();
        painter.add(Shape::line(points, stroke));
    }

    fn phase(
        &self,
        painter: &Painter,
        state: &LoopState,
        phase: Phase,
        queue: Queue,
        name: &str,
        palette: &Palette,
    ) {
        let (begin, length) = arc_of(phase);
        let (from, to) = (begin * TAU + size::RING_GAP, (begin + length) * TAU - size::RING_GAP);
        let waiting = state.queue(queue).len();
        let is_here = state.phase.is_some_and(|inside| inside.phase == phase);
        let tint = theme::phase_tint(palette, phase);
        let strength = if is_here { 1.0 } else { 0.28 };
        let middle = self.radius - self.band / 2.0;
        self.arc(
            painter,
            from,
            to,
            middle,
            Stroke::new(self.band, palette.surface.lerp_to_gamma(tint, strength)),
        );
        if is_here {
            self.arc(painter, from, to, self.radius + size::THICK, Stroke::new(size::THICK, tint));
        }
        let angle = f32::midpoint(from, to);
        if waiting > 0 {
            let font = FontId::new(size::TEXT_SMALL, FontFamily::Name(theme::STRONG.into()));
            let ink = if is_here { palette.base } else { palette.text };
            painter.text(self.at(angle, middle), Align2::CENTER_CENTER, waiting, font, ink);
        }
        let out = self.at(angle, self.radius + size::NEAR);
        let sideways = (angle - FRAC_PI_2).cos();
        let align = if sideways.abs() < 0.35 {
            if out.y < self.center.y { Align2::CENTER_BOTTOM } else { Align2::CENTER_TOP }
        } else if sideways > 0.0 {
            Align2::LEFT_CENTER
        } else {
            Align2::RIGHT_CENTER
        };
        let family = if is_here { FontFamily::Name(theme::STRONG.into()) } else { FontFamily::Proportional };
        let ink = if is_here { palette.text } else { palette.dim };
        painter.text(out, align, name, FontId::new(size::TEXT_SMALL, family), ink);
    }

    /// Where a turn begins: before pending, after timers.
    fn start_mark(&self, painter: &Painter, palette: &Palette) {
        let stroke = Stroke::new(size::THICK, palette.text);
        painter.line_segment(
            [self.at(0.0, self.radius - self.band - size::THICK), self.at(0.0, self.radius + size::TIGHT)],
            stroke,
        );
    }

    fn hand(&self, painter: &Painter, angle: f32, palette: &Palette) {
        let tip = self.at(angle, self.radius - self.band - size::THICK);
        let foot = self.radius - self.band * 1.9;
        let spread = 0.09;
        let points = vec![tip, self.at(angle - spread, foot), self.at(angle + spread, foot)];
        painter.add(Shape::convex_polygon(points, palette.text, Stroke::NONE));
    }

    /// Next ticks on the left, microtasks on the right: the two halves of the drain.
    fn inner(&self, painter: &Painter, state: &LoopState, pulses: [f32; 2], palette: &Palette) {
        let distance = self.radius * INNER;
        let running = state.running().and_then(|task| state.tasks.get(&task)).map(|task| task.kind);
        let running_micro = running.filter(|kind| kind.is_micro());
        let halves = [
            (Drain::NextTicks, Queue::NextTick, palette.next_tick, PI + 0.12, TAU - 0.12, pulses[0]),
            (Drain::Microtasks, Queue::Microtask, palette.promise, 0.12, PI - 0.12, pulses[1]),
        ];
        for (drain, queue, tint, from, to, pulse) in halves {
            let runs =
                running_micro.is_some_and(|kind| (kind == TaskKind::NextTick) == (drain == Drain::NextTicks));
            let lit = if runs || state.drain == Some(drain) { 1.0 } else { 0.25 + 0.75 * pulse };
            let width = size::THICK * 2.0;
            self.arc(
                painter,
                from,
                to,
                distance,
                Stroke::new(width, palette.surface.lerp_to_gamma(tint, lit)),
            );
            let waiting = state.queue(queue).len();
            if waiting > 0 {
                let font = FontId::new(size::TEXT_SMALL, FontFamily::Name(theme::STRONG.into()));
                // Beside the upper half of the arc: the words stand inside, the hand mostly points elsewhere.
                let upper = if drain == Drain::NextTicks { TAU - COUNT_ANGLE } else { COUNT_ANGLE };
                let at = self.at(upper, distance + size::NEAR);
                painter.text(at, Align2::CENTER_CENTER, waiting, font, palette.text);
            }
        }
    }

    /// The turn, and what the loop is doing.
    fn words(&self, painter: &Painter, view: &View, palette: &Palette) {
        let state = view.state;
        let large = FontId::new(size::TEXT_TITLE, FontFamily::Name(theme::STRONG.into()));
        let small = FontId::new(size::TEXT_SMALL, FontFamily::Proportional);
        let turn = if state.turn == 0 { "start".to_owned() } else { format!("turn {}", state.turn) };
        let up = Vec2::new(0.0, size::NEAR);
        self.word(painter, self.center - up, turn, large, palette.text);
        self.word(painter, self.center + up, doing(view.state, view.now()), small, palette.dim);
    }

    /// A word in the middle, smaller when it would touch the inner ring.
    fn word(&self, painter: &Painter, at: Pos2, text: String, font: FontId, color: Color32) {
        let side = self.radius * INNER - size::THICK * 2.0;
        let off = (at.y - self.center.y).abs() + size::TIGHT;
        let room = 2.0 * (side * side - off * off).max(0.0).sqrt();
        let galley = painter.layout_no_wrap(text.clone(), font.clone(), color);
        let part = room / galley.size().x.max(1.0);
        if part >= 1.0 {
            painter.text(at, Align2::CENTER_CENTER, text, font, color);
        } else {
            // Whole sizes: others would each be drawn into the font's picture anew.
            let font = FontId::new((font.size * part).floor().max(size::TEXT_LEAST), font.family);
            painter.text(at, Align2::CENTER_CENTER, text, font, color);
        }
    }
}

/// What the loop is doing, in two or three words.
fn doing(state: &LoopState, now: Nanos) -> String {
    if let Some(ended) = state.ended {
        return format!("exit {}", ended.code);
    }
    if state.paused.is_some() {
        return "paused".to_owned();
    }
    if state.running().is_some() {
        return "running".to_owned();
    }
    let Some(inside) = state.phase.filter(|inside| inside.timeout != PollTimeout::Zero) else {
        return idle(state);
    };
    // What is ready ended the sleep, however long it was meant to be.
    if [Queue::Poll, Queue::NextTick, Queue::Microtask].into_iter().any(|queue| state.queue(queue).len() > 0)
    {
        return "woke up".to_owned();
    }
    match inside.timeout {
        PollTimeout::Millis(millis) => {
            let slept = now.saturating_sub(inside.since);
            let left = (u64::from(millis) * 1_000_000).saturating_sub(slept);
            format!("sleeps {}", duration(left / 1_000_000 * 1_000_000))
        }
        PollTimeout::Infinite | PollTimeout::Zero => "waits for I/O".to_owned(),
    }
}

fn idle(state: &LoopState) -> String {
    if state.idle_turns > 1 { format!("idle ×{}", state.idle_turns) } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use loopscope_protocol::{Event, EventKind, PlaceId, TaskId};

    #[test]
    fn the_phases_fill_the_ring() {
        let whole: f32 = PHASES.iter().map(|phase| phase.3).sum();
        assert!((whole - 1.0).abs() < 1e-6);
        assert_eq!(arc_of(Phase::Pending).0, 0.0);
    }

    #[test]
    fn a_loop_with_something_to_call_does_not_sleep() {
        let mut state = LoopState::default();
        let (task, none) = (TaskId(1), PlaceId::NONE);
        let created = EventKind::TaskCreated {
            task,
            parent: TaskId::NONE,
            kind: TaskKind::IoCompletion,
            callback: none,
            site: none,
        };
        let entered =
            EventKind::PhaseEntered { phase: Phase::Poll, turn: 1, timeout: PollTimeout::Millis(50) };
        for kind in [created, entered] {
            state.event(&Event { at: 0, kind });
        }
        assert_eq!(doing(&state, 20_000_000), "sleeps 30 ms");
        state.event(&Event { at: 20_000_000, kind: EventKind::TaskReady { task, queue: Queue::Poll } });
        assert_eq!(doing(&state, 21_000_000), "woke up");
        state.event(&Event { at: 22_000_000, kind: EventKind::TaskStarted { task } });
        assert_eq!(doing(&state, 22_000_000), "running");
    }

    #[test]
    fn the_hand_goes_forwards_except_for_small_steps_back() {
        let mut memory = RingMemory { hand: Some(0.1), ..RingMemory::default() };
        assert!(move_hand(&mut memory, 3.0, 0.02, true) > 0.1);
        memory.hand = Some(0.2);
        assert!(move_hand(&mut memory, 0.1, 0.02, true) < 0.2);
        memory.hand = Some(6.0);
        assert!(move_hand(&mut memory, 0.3, 0.02, true) > 6.0);
        memory.hand = Some(6.0);
        assert_eq!(move_hand(&mut memory, 0.3, 0.02, false), 0.3);
    }
}
