//! Operations on sockets: TCP, Unix-domain sockets and pipes as streams.
//!
//! Handles are numbers that the host gives. A stream's handle serves one reader at a time and any number of writers.

use serde::{Deserialize, Serialize};

/// Where a socket is bound or connected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum NetAddress {
    /// An IP address as text, perhaps with a zone (`fe80::1%eth0`), and a port.
    Ip {
        /// Address.
        host: String,
        /// Port.
        port: u16,
    },
    /// A path in the file system, or a name that begins with a zero byte.
    Path(Vec<u8>),
}

impl NetAddress {
    /// As it is shown: `127.0.0.1:80`, `[::1]:80`, a path.
    pub fn text(&self) -> String {
        match self {
            Self::Ip { host, port } if host.contains(':') => format!("[{host}]:{port}"),
            Self::Ip { host, port } => format!("{host}:{port}"),
            Self::Path(path) => String::from_utf8_lossy(path).replace('\0', "@"),
        }
    }
}

/// A setting of a socket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum NetOption {
    /// Send small writes at once.
    NoDelay(bool),
    /// Probe an idle connection, after so many seconds (0: as the system does).
    KeepAlive {
        /// Whether to.
        on: bool,
        /// Seconds before the first probe.
        delay: u32,
        /// Seconds between probes; 0 as the system does.
        interval: u32,
        /// Probes without an answer before the connection counts as broken; 0 as the system does.
        count: u32,
    },
    /// Type of service of the packets.
    TypeOfService(u8),
}

/// An operation on a socket. `label` says in the views what a handle leads to; it has no effect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum NetRequest {
    /// A socket with an address of its own → `Number` (handle). Only at once.
    Bind {
        /// Address.
        address: NetAddress,
        /// An IPv6 socket that takes no IPv4.
        ipv6_only: bool,
        /// Share the port with other sockets that ask for it.
        reuse_port: bool,
    },
    /// listen(2) → `Unit`. Only at once.
    Listen {
        /// Handle.
        handle: u64,
        /// Connections that may wait.
        backlog: i32,
        /// A new Unix-domain socket may be used by the group (1) or by everybody (2), bit by bit readable (4) or writable (8).
        access: u32,
    },
    /// Reports every new connection → `Number` (its handle), many times.
    Accept {
        /// Handle.
        handle: u64,
        /// What is shown.
        label: String,
    },
    /// Begins to connect → `Number` (handle). Only at once.
    Connect {
        /// A bound socket; `None` makes one.
        handle: Option<u64>,
        /// Where to.
        address: NetAddress,
    },
    /// Waits for a connection that was begun → `Unit`.
    Connected {
        /// Handle.
        handle: u64,
        /// What is shown.
        label: String,
    },
    /// Reports what arrives → `Bytes`, many times, then `Null` at the end.
    Read {
        /// Handle.
        handle: u64,
        /// Take descriptors that come along, too: such a piece is a `List` of `Bytes` and `Numbers`, the descriptors.
        descriptors: bool,
        /// What is shown.
        label: String,
    },
    /// Lets what arrives wait, or reports it again → `Unit`. Only at once.
    Pause {
        /// Handle.
        handle: u64,
        /// Whether to let it wait.
        paused: bool,
    },
    /// Writes what the system takes and keeps the rest to write it later → `Number` of bytes that
    /// wait now. Only at once.
    Write {
        /// Handle.
        handle: u64,
        /// What to write, in this order.
        chunks: Vec<Vec<u8>>,
    },
    /// Bytes given to `Write` in all → `Number`. Only at once.
    Written {
        /// Handle.
        handle: u64,
    },
    /// Like `Write`, on a Unix-domain socket, of one chunk that a descriptor goes with → `Number`. Only at once.
    Send {
        /// Handle.
        handle: u64,
        /// What to write; at least one byte.
        chunk: Vec<u8>,
        /// The handle, of whatever kind, whose descriptor goes with it; it stays open here.
        carried: u64,
    },
    /// Waits until everything given to `Write` so far is written → `Unit`.
    Flush {
        /// Handle.
        handle: u64,
        /// What is shown.
        label: String,
    },
    /// Ends the writing side after what waits is written → `Unit`.
    Shutdown {
        /// Handle.
        handle: u64,
        /// What is shown.
        label: String,
    },
    /// Closes → `Unit`. Operations on the handle give no result any more. Only at once.
    Close {
        /// Handle.
        handle: u64,
        /// Tell the other side that the connection is broken, rather than at its end.
        reset: bool,
    },
    /// A handle for a descriptor that is open already → `Number` (handle). Only at once.
    Adopt {
        /// Descriptor.
        fd: i32,
    },
    /// The descriptor of a handle → `Number`. Only at once.
    Descriptor {
        /// Handle.
        handle: u64,
    },
    /// The own or the other address → `List` of `Text`, `Number` and `Text`: address, port, `IPv4` or `IPv6`; of a
    /// Unix-domain socket only the path. Only at once.
    Name {
        /// Handle.
        handle: u64,
        /// The other side's.
        peer: bool,
    },
    /// Sets something → `Unit`. Only at once.
    Set {
        /// Handle.
        handle: u64,
        /// What.
        option: NetOption,
    },
    /// The type of service → `Number`. Only at once.
    TypeOfService {
        /// Handle.
        handle: u64,
    },
    /// Two connected streams → `Numbers`: two descriptors, the first for this process. Only at once.
    Pair,
}

impl NetRequest {
    /// Name as it is shown.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Bind { .. } => "net.bind",
            Self::Listen { .. } => "net.listen",
            Self::Accept { .. } => "net.server",
            Self::Connect { .. } | Self::Connected { .. } => "net.connect",
            Self::Read { .. } => "net.socket",
            Self::Pause { .. } => "net.pause",
            Self::Write { .. } | Self::Send { .. } | Self::Flush { .. } => "net.write",
            Self::Written { .. } => "net.bytesWritten",
            Self::Shutdown { .. } => "net.end",
            Self::Close { .. } => "net.close",
            Self::Adopt { .. } => "net.open",
            Self::Descriptor { .. } => "net.fd",
            Self::Name { .. } => "net.address",
            Self::Set { .. } => "net.set",
            Self::TypeOfService { .. } => "net.typeOfService",
            Self::Pair => "net.pair",
        }
    }

    /// What it works on.
    pub fn target(&self) -> String {
        match self {
            Self::Bind { address, .. } | Self::Connect { address, .. } => address.text(),
            Self::Accept { label, .. }
            | Self::Connected { label, .. }
            | Self::Read { label, .. }
            | Self::Flush { label, .. }
            | Self::Shutdown { label, .. } => label.clone(),
            _ => String::new(),
        }
    }

    /// Whether it has many results.
    pub fn is_lasting(&self) -> bool {
        matches!(self, Self::Accept { .. } | Self::Read { .. })
    }
}
