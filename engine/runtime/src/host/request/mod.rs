//! What the runtime asks of the host, and what comes back: plain data.

mod compress;
mod content;
mod crypto;
mod dgram;
mod dns;
mod file;
mod module;
mod net;
mod process;
mod system;

use loopscope_protocol::TaskKind;
use serde::{Deserialize, Serialize};

pub use compress::CompressRequest;
pub use content::{Content, Memory};
pub use crypto::{Agreement, CryptoRequest, NewKey, RsaOperation};
pub use dgram::{DgramOption, DgramRequest};
pub use dns::DnsRequest;
pub use file::{CopyOptions, FileRequest};
pub use module::ModuleRequest;
pub use net::{NetAddress, NetOption, NetRequest};
pub use process::{ChildStdio, Limits, ProcessRequest, Spawn};
pub use system::{SystemRequest, signal_name};

/// An operation on the world.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Request {
    /// Compression.
    Compress(CompressRequest),
    /// Cryptography that takes long or needs randomness.
    Crypto(CryptoRequest),
    /// Datagram sockets.
    Dgram(DgramRequest),
    /// Host names.
    Dns(DnsRequest),
    /// Files and folders.
    File(FileRequest),
    /// Modules and packages on disk.
    Module(ModuleRequest),
    /// Sockets and pipes.
    Net(NetRequest),
    /// Child processes.
    Process(ProcessRequest),
    /// The process and the machine.
    System(SystemRequest),
}

impl Request {
    /// Name of the operation as it is shown, e.g. `fs.open`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Compress(request) => request.name(),
            Self::Crypto(request) => request.name(),
            Self::Dgram(request) => request.name(),
            Self::Dns(request) => request.name(),
            Self::File(request) => request.name(),
            Self::Module(request) => request.name(),
            Self::Net(request) => request.name(),
            Self::Process(request) => request.name(),
            Self::System(request) => request.name(),
        }
    }

    /// What the operation works on, e.g. a path; empty when there is nothing to name.
    pub fn target(&self) -> String {
        match self {
            Self::Compress(request) => request.target(),
            Self::Crypto(request) => request.target(),
            Self::Dgram(request) => request.target(),
            Self::Dns(request) => request.target(),
            Self::File(request) => request.target(),
            Self::Module(request) => request.target(),
            Self::Net(request) => request.target(),
            Self::Process(request) => request.target(),
            Self::System(request) => request.target(),
        }
    }

    /// What each result of an operation with many results makes; `None` for the others, which have one.
    pub fn lasting(&self) -> Option<TaskKind> {
        match self {
            Self::System(SystemRequest::WatchSignal { .. }) => Some(TaskKind::Signal),
            Self::File(FileRequest::WatchEvents { .. }) => Some(TaskKind::IoCompletion),
            Self::Dgram(DgramRequest::Receive { .. }) => Some(TaskKind::IoCompletion),
            Self::Net(request) if request.is_lasting() => Some(TaskKind::IoCompletion),
            _ => None,
        }
    }
}

/// The result of an operation. How each operation uses it is said at its [`Request`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Response {
    /// Nothing but success; `undefined` in JavaScript.
    Unit,
    /// Absent; `null` in JavaScript.
    Null,
    /// A truth value.
    Bool(bool),
    /// A number that JavaScript holds exactly.
    Number(f64),
    /// A 64-bit integer; a BigInt in JavaScript.
    BigInt(i64),
    /// Text.
    Text(String),
    /// Bytes; a `Uint8Array` in JavaScript.
    Bytes(Vec<u8>),
    /// Numbers side by side; a `Float64Array` in JavaScript.
    Numbers(Vec<f64>),
    /// 64-bit integers side by side; a `BigInt64Array` in JavaScript.
    BigInts(Vec<i64>),
    /// Any results side by side; an array in JavaScript.
    List(Vec<Response>),
}

impl Response {
    /// Number of bytes of content, for the views.
    pub fn bytes(&self) -> u64 {
        match self {
            Self::Bytes(bytes) => bytes.len() as u64,
            Self::Text(text) => text.len() as u64,
            // A datagram with its sender.
            Self::List(parts) => match parts.first() {
                Some(Self::Bytes(bytes)) => bytes.len() as u64,
                _ => 0,
            },
            _ => 0,
        }
    }
}
