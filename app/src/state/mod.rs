//! What the window knows. Nothing in here draws.

pub mod ansi;
pub mod document;
pub mod examples;
pub mod model;
pub mod moment;
pub mod run;
pub mod selection;
pub mod settings;
pub mod syntax;
pub mod timeline;
pub mod travel;
