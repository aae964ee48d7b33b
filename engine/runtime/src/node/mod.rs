//! The ops: every native function that the built-in modules call, by area.

mod bootstrap;
mod buffer;
mod encoding;
mod esm;
mod fs;
mod module;
mod os;
mod process;
mod stdio;
mod tasks;
mod trace;
mod url;
mod util;

use crate::js::ops::OpDecl;

pub use stdio::write_standard;

/// All tables of ops.
pub const TABLES: &[&[OpDecl]] = &[
    bootstrap::OPS,
    buffer::OPS,
    encoding::OPS,
    esm::OPS,
    fs::OPS,
    module::OPS,
    os::OPS,
    process::OPS,
    stdio::OPS,
    tasks::OPS,
    trace::OPS,
    url::OPS,
    util::OPS,
];
