//! Operations on datagram sockets (UDP). Their handles are numbered together with those of streams, and `NetRequest`'s
//! `Close`, `Name` and `Descriptor` take them, too.

use serde::{Deserialize, Serialize};

use super::net::NetAddress;

/// A setting of a datagram socket. Interfaces are named by an address of theirs, empty for the system's choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum DgramOption {
    /// Hops a packet may take.
    Ttl(u32),
    /// The same for groups.
    MulticastTtl(u32),
    /// What is sent to a group comes back to members on this machine.
    MulticastLoop(bool),
    /// Sending to everybody is allowed.
    Broadcast(bool),
    /// The interface that groups are reached through.
    MulticastInterface(String),
    /// Joins or leaves a group.
    Membership {
        /// Join.
        join: bool,
        /// Group.
        group: String,
        /// Interface.
        interface: String,
        /// Only what this sender sends.
        source: Option<String>,
    },
}

/// An operation on a datagram socket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum DgramRequest {
    /// A socket with an address of its own → `Number` (handle). Only at once.
    Bind {
        /// Address.
        address: NetAddress,
        /// Share the address with sockets that ask for it, too.
        reuse_address: bool,
        /// An IPv6 socket that takes no IPv4.
        ipv6_only: bool,
        /// Share the port, each socket getting a part of what arrives.
        reuse_port: bool,
    },
    /// A handle for a descriptor that is open already → `Number` (handle). Only at once.
    Adopt {
        /// Descriptor.
        fd: i32,
    },
    /// Sends to one address only from now on, or (with `None`) to any again → `Unit`. Only at once.
    Connect {
        /// Handle.
        handle: u64,
        /// Address.
        address: Option<NetAddress>,
    },
    /// Sends one datagram → `Number` (bytes). At once it fails with EAGAIN when the system takes none at the moment;
    /// started it waits.
    Send {
        /// Handle.
        handle: u64,
        /// Where to, unless the socket is connected.
        address: Option<NetAddress>,
        /// The datagram.
        bytes: Vec<u8>,
    },
    /// Reports every datagram → `List`: `Bytes`, then address, port and family of the sender, many times.
    Receive {
        /// Handle.
        handle: u64,
        /// What is shown.
        label: String,
    },
    /// Sets something → `Unit`. Only at once.
    Set {
        /// Handle.
        handle: u64,
        /// What.
        option: DgramOption,
    },
    /// The size of a buffer of the system's, after setting it unless it is 0 → `Number`. Only at once.
    BufferSize {
        /// Handle.
        handle: u64,
        /// For sending.
        send: bool,
        /// Bytes.
        size: u32,
    },
}

impl DgramRequest {
    /// Name as it is shown.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Bind { .. } => "dgram.bind",
            Self::Adopt { .. } => "dgram.open",
            Self::Connect { .. } => "dgram.connect",
            Self::Send { .. } => "dgram.send",
            Self::Receive { .. } => "dgram.socket",
            Self::Set { .. } => "dgram.set",
            Self::BufferSize { .. } => "dgram.bufferSize",
        }
    }

    /// What it works on.
    pub fn target(&self) -> String {
        match self {
            Self::Bind { address, .. }
            | Self::Connect { address: Some(address), .. }
            | Self::Send { address: Some(address), .. } => address.text(),
            Self::Receive { label, .. } => label.clone(),
            _ => String::new(),
        }
    }
}
