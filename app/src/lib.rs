//! The window of Loopscope: panels that draw the state of a run and send commands.

pub mod app;
pub mod command;
pub mod dialogs;
pub mod film;
pub mod panel;
pub mod state;
pub mod theme;
mod widget;
