//! The JavaScript runtime of Loopscope: V8, an event loop in libuv's order and Node.js's built-in modules.

pub mod command_line;
mod compression;
mod crypto;
pub mod event_loop;
pub mod host;
mod http_parser;
pub mod inspect;
pub mod js;
mod node;
pub mod options;
pub mod program;
pub mod session;
mod source;
pub mod trace;
mod web_url;

/// The Node.js release whose behaviour is followed, as `process.version` names it.
pub const NODE_VERSION: &str = "v26.10.0";
