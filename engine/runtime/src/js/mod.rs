//! V8: the isolate, the table of native functions, the built-in modules and the bridge to the event loop.

pub mod async_operation;
pub mod builtin;
pub mod bytes;
mod call_site;
pub mod collections;
pub mod compile_cache;
pub mod contextify;
pub mod convert;
pub mod direct;
pub mod drain;
mod elsewhere;
pub mod error;
pub mod flags;
#[cfg(not(windows))]
mod frames;
pub mod kept;
pub mod lasting;
pub mod memory;
pub mod module;
pub mod ops;
pub mod originals;
pub mod owned;
pub mod plain;
pub mod platform;
pub mod port;
pub mod promise_hook;
mod promise_number;
mod promises;
mod realm;
mod rejection;
mod run;
pub mod stack;
pub mod state;
pub mod trace;
pub mod watchdog;
pub mod web_locks;
pub mod worker;

pub use platform::initialize;
pub use run::{Outcome, Program, RunError, Stopper, run};
