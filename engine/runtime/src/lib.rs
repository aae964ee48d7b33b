//! The JavaScript runtime of Loopscope: V8, an event loop in libuv's order and Node.js's built-in modules.

pub mod event_loop;
pub mod host;
pub mod js;
mod node;
pub mod options;
