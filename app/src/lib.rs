//! The window of Loopscope: panels that draw the state of a run and send commands.

pub mod state;
pub mod theme;
