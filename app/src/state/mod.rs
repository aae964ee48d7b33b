//! What the window knows. Nothing in here draws.

pub mod ansi;
pub mod comparing;
pub mod debugger;
pub mod document;
pub mod examples;
pub mod exporting;
pub mod failure;
pub mod findings;
pub mod jobs;
pub mod model;
pub mod moment;
pub mod open;
pub mod opening;
pub mod path_prompt;
pub mod profile;
pub mod recorder;
pub mod run;
pub mod selection;
pub mod settings;
pub mod store;
pub mod syntax;
pub mod timeline;
pub mod travel;
pub mod work;
