//! Things that panels draw, without any knowledge of the application.

pub mod mark;
