//! Colour and shape of each kind of callback: the shape says the same for those who cannot tell the colours apart.

use egui::Color32;
use loopscope_protocol::{Phase, TaskKind};

use super::Palette;

/// The mark of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Timers.
    Circle,
    /// Operations.
    Square,
    /// Immediates.
    Triangle,
    /// Next ticks.
    Diamond,
    /// Promise reactions and microtasks.
    Hexagon,
    /// Close callbacks.
    Cross,
    /// What the engine starts by itself.
    Bar,
}

/// The mark of a kind.
pub fn shape(kind: TaskKind) -> Shape {
    match kind {
        TaskKind::Timeout | TaskKind::Interval => Shape::Circle,
        TaskKind::IoCompletion | TaskKind::Message | TaskKind::Signal => Shape::Square,
        TaskKind::Immediate => Shape::Triangle,
        TaskKind::NextTick => Shape::Diamond,
        TaskKind::Microtask | TaskKind::PromiseReaction => Shape::Hexagon,
        TaskKind::Close | TaskKind::Finalizer => Shape::Cross,
        TaskKind::MainScript | TaskKind::ModuleEvaluation | TaskKind::Event => Shape::Bar,
    }
}

/// The colour of a kind.
pub fn tint(palette: &Palette, kind: TaskKind) -> Color32 {
    match shape(kind) {
        Shape::Circle => palette.timer,
        Shape::Square => palette.io,
        Shape::Triangle => palette.immediate,
        Shape::Diamond => palette.next_tick,
        Shape::Hexagon => palette.promise,
        Shape::Cross => palette.close,
        Shape::Bar => palette.sync,
    }
}

/// The colour of a phase.
pub fn phase_tint(palette: &Palette, phase: Phase) -> Color32 {
    match phase {
        Phase::Timers => palette.timer,
        Phase::Pending => palette.sync,
        Phase::Poll => palette.io,
        Phase::Check => palette.immediate,
        Phase::Closing => palette.close,
    }
}

/// The colour of what a step did.
pub fn change(palette: &Palette, change: crate::state::moment::Change) -> Color32 {
    use crate::state::moment::Change;
    match change {
        Change::Came => palette.success,
        Change::Went => palette.error,
        Change::Moved => palette.accent,
    }
}

/// A colour of terminals, readable on panels of this theme.
pub fn ansi(palette: &Palette, color: crate::state::ansi::Color) -> Color32 {
    use crate::state::ansi::Color;
    match color {
        Color::Named(0 | 8) => palette.faint,
        Color::Named(1 | 9) => palette.error,
        Color::Named(2 | 10) => palette.code_string,
        Color::Named(3 | 11) => palette.warning,
        Color::Named(4 | 12) => palette.code_function,
        Color::Named(5 | 13) => palette.code_keyword,
        Color::Named(6 | 14) => palette.io,
        Color::Named(_) => palette.text,
        Color::Exact(red, green, blue) => Color32::from_rgb(red, green, blue),
    }
}
