//! What the window asks of the engine.

use serde::{Deserialize, Serialize};

/// How far a step goes. Serialized it is what the debugger's protocol calls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum StepUnit {
    /// To the next callback of any kind.
    Task,
    /// To the next callback that is no next tick or microtask.
    Macrotask,
    /// To the next next tick or microtask.
    Microtask,
    /// To the first callback of the next phase.
    Phase,
    /// To the first callback of the next turn.
    Turn,
}

/// How fast callbacks follow each other. Code itself always runs at full speed.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum Speed {
    /// As fast as possible.
    Full,
    /// At least this many milliseconds from one callback to the next.
    Slow(u32),
}

/// What the window asks of the engine.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum Command {
    /// Stand still before the next callback.
    Pause,
    /// Go on.
    Resume,
    /// Go on and stand still again after a step.
    Step(StepUnit),
    /// Change the speed.
    SetSpeed(Speed),
    /// End the run, also in the middle of a callback.
    Stop,
}
