//! A failed system call, as Node.js names it.

use serde::{Deserialize, Serialize};

/// A failed operation: what libuv calls the error, and on what it happened.
///
/// Codes and messages are libuv's: <https://docs.libuv.org/en/v1.x/errors.html>.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{code}: {message}, {syscall}{}{}", quoted(" ", .path), quoted(" -> ", .dest))]
pub struct HostError {
    /// Negative number of the error, e.g. -2.
    pub errno: i32,
    /// Name, e.g. `ENOENT`.
    pub code: Box<str>,
    /// Text, e.g. `no such file or directory`.
    pub message: Box<str>,
    /// Name of the call, e.g. `open`.
    pub syscall: Box<str>,
    /// The path it was made on, where there is one.
    pub path: Option<Box<str>>,
    /// The second path (rename, link, copy), where there is one.
    pub dest: Option<Box<str>>,
}

fn quoted(before: &str, path: &Option<Box<str>>) -> String {
    path.as_ref().map_or_else(String::new, |path| format!("{before}'{path}'"))
}
