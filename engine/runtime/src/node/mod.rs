//! The ops: every native function that the built-in modules call, by area.

mod bootstrap;
mod buffer;
mod child;
mod clone;
mod compile_cache;
mod crypto;
mod dgram;
mod dns;
mod dns_message;
mod encoding;
mod esm;
mod fs;
mod heap;
mod http;
mod http2;
mod identity;
mod inspect;
mod interrupt;
mod locks;
mod module;
mod net;
mod os;
mod performance;
mod plain_message;
mod port;
mod process;
mod promises;
mod sqlite;
mod stdio;
mod tasks;
mod tls;
mod trace;
pub mod trace_direct;
mod url;
pub mod util;
mod vm;
mod worker;
mod zlib;

use crate::js::ops::OpDecl;

pub use stdio::write_standard;

/// All tables of ops.
pub const TABLES: &[&[OpDecl]] = &[
    bootstrap::OPS,
    buffer::OPS,
    child::OPS,
    compile_cache::OPS,
    clone::OPS,
    crypto::CIPHER_OPS,
    crypto::DERIVE_OPS,
    crypto::HASH_OPS,
    crypto::KEY_OPS,
    dgram::OPS,
    dns::OPS,
    dns_message::OPS,
    encoding::OPS,
    esm::OPS,
    fs::OPS,
    heap::OPS,
    identity::OPS,
    http::OPS,
    http2::OPS,
    inspect::OPS,
    interrupt::OPS,
    module::OPS,
    net::OPS,
    os::OPS,
    performance::OPS,
    locks::OPS,
    port::OPS,
    process::OPS,
    promises::OPS,
    sqlite::OPS,
    stdio::OPS,
    tasks::BARE_OPS,
    tasks::OPS,
    tls::OPS,
    trace::OPS,
    trace_direct::OPS,
    url::OPS,
    util::OPS,
    zlib::OPS,
    vm::OPS,
    worker::OPS,
];
