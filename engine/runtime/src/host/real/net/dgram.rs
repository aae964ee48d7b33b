//! Datagram sockets.

use std::collections::VecDeque;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::os::fd::{AsRawFd as _, OwnedFd};

use socket2::{InterfaceIndexOrAddress, SockAddr, SockAddrStorage, SockRef};

use super::super::errno::{error, last_error};
use super::socket::failed;
use super::stream::done;
use super::{address, owned};
use crate::host::request::{DgramOption, NetAddress};
use crate::host::{HostError, HostEvent, OpId, Response};

/// Datagrams taken at once.
const ROUNDS: usize = 32;

/// A datagram socket.
pub struct Dgram {
    /// The descriptor.
    pub fd: OwnedFd,
    /// Another process may have it, too: what is taken here must be wanted here.
    pub shared: bool,
    /// Who receives.
    pub receiver: Option<OpId>,
    /// Datagrams that wait until the system takes more.
    queue: VecDeque<(OpId, Option<SockAddr>, Vec<u8>)>,
    /// What the poller watches: reading, writing.
    pub registered: (bool, bool),
}

/// A socket with an address of its own.
pub fn bind(
    address: &NetAddress,
    reuse_address: bool,
    ipv6_only: bool,
    reuse_port: bool,
) -> Result<Dgram, HostError> {
    let to = address::system(address, "bind")?;
    let kind = libc::SOCK_DGRAM | libc::SOCK_NONBLOCK | libc::SOCK_CLOEXEC;
    // SAFETY: touches no memory of ours.
    let fd = owned(unsafe { libc::socket(i32::from(to.family()), kind, 0) }, "bind")?;
    let socket = SockRef::from(&fd);
    let mut set = Ok(());
    if reuse_address {
        set = socket.set_reuse_address(true);
    }
    if reuse_port {
        set = set.and_then(|()| socket.set_reuse_port(true));
    }
    if ipv6_only && to.is_ipv6() {
        set = set.and_then(|()| socket.set_only_v6(true));
    }
    set.and_then(|()| socket.bind(&to)).map_err(|error| failed(&error, "bind"))?;
    Ok(Dgram::new(fd))
}

impl Dgram {
    pub fn new(fd: OwnedFd) -> Self {
        Self { fd, shared: false, receiver: None, queue: VecDeque::new(), registered: (false, false) }
    }

    /// What the poller has to watch: reading, writing.
    pub fn wanted(&self) -> (bool, bool) {
        (self.receiver.is_some(), !self.queue.is_empty())
    }

    /// Sends to one address only, or to any.
    pub fn connect(&self, to: Option<&NetAddress>) -> Result<Response, HostError> {
        let code = match to {
            Some(to) => {
                let to = address::system(to, "connect")?;
                // SAFETY: the address is valid for its length.
                unsafe { libc::connect(self.fd.as_raw_fd(), to.as_ptr().cast(), to.len()) }
            }
            None => {
                // SAFETY: sockaddr is plain numbers, for which zero bytes are valid.
                let mut nobody: libc::sockaddr = unsafe { std::mem::zeroed() };
                nobody.sa_family = libc::AF_UNSPEC as u16;
                let length = size_of::<libc::sockaddr>() as libc::socklen_t;
                // SAFETY: the address is valid for its length.
                unsafe { libc::connect(self.fd.as_raw_fd(), &raw const nobody, length) }
            }
        };
        if code < 0 { Err(last_error("connect", None, None)) } else { Ok(Response::Unit) }
    }

    /// Sends one datagram.
    pub fn send(&self, to: Option<&SockAddr>, bytes: &[u8]) -> Result<Response, HostError> {
        loop {
            let (place, length) = to.map_or((std::ptr::null(), 0), |to| (to.as_ptr(), to.len()));
            // SAFETY: the bytes and the address, if there is one, are valid for their lengths.
            let count = unsafe {
                libc::sendto(self.fd.as_raw_fd(), bytes.as_ptr().cast(), bytes.len(), 0, place.cast(), length)
            };
            if count >= 0 {
                return Ok(Response::Number(count as f64));
            }
            let failed = last_error("send", None, None);
            if failed.errno != -libc::EINTR {
                return Err(failed);
            }
        }
    }

    /// Sends one datagram as soon as the system takes it.
    pub fn send_later(&mut self, op: OpId, to: Option<SockAddr>, bytes: Vec<u8>) {
        self.queue.push_back((op, to, bytes));
    }

    /// Sends what waits. Returns the operations that are over.
    pub fn writable(&mut self, events: &mut Vec<HostEvent>, over: &mut Vec<OpId>) {
        while let Some((op, to, bytes)) = self.queue.front() {
            let result = self.send(to.as_ref(), bytes);
            if result.as_ref().is_err_and(|failed| failed.errno == -libc::EAGAIN) {
                return;
            }
            over.push(*op);
            events.push(done(*op, result));
            self.queue.pop_front();
        }
    }

    /// Takes the datagrams that are there.
    pub fn readable(&mut self, buffer: &mut [u8], events: &mut Vec<HostEvent>) {
        let Some(op) = self.receiver else { return };
        let rounds = if self.shared { 1 } else { ROUNDS };
        for _ in 0..rounds {
            let mut storage = SockAddrStorage::zeroed();
            let mut length = storage.size_of();
            // SAFETY: an all-zero storage is a valid one for any kind of address.
            let place = unsafe { storage.view_as::<libc::sockaddr_storage>() };
            // SAFETY: the buffer and the storage are valid for their lengths.
            let count = unsafe {
                libc::recvfrom(
                    self.fd.as_raw_fd(),
                    buffer.as_mut_ptr().cast(),
                    buffer.len(),
                    0,
                    std::ptr::from_mut(place).cast(),
                    &raw mut length,
                )
            };
            let result = match usize::try_from(count) {
                Ok(count) => {
                    // SAFETY: the system has filled the storage with an address of this length.
                    let from = unsafe { SockAddr::new(storage, length) };
                    let mut parts = vec![Response::Bytes(buffer[..count].to_vec())];
                    if let Response::List(from) = address::response(&from) {
                        parts.extend(from);
                    }
                    Ok(Response::List(parts))
                }
                Err(_) => {
                    let failed = last_error("recvmsg", None, None);
                    match -failed.errno {
                        libc::EAGAIN => return,
                        libc::EINTR => continue,
                        _ => Err(failed),
                    }
                }
            };
            events.push(HostEvent::Completed { op, result, last: false });
        }
    }

    /// Forgets an operation that was cancelled.
    pub fn cancel(&mut self, op: OpId) {
        if self.receiver == Some(op) {
            self.receiver = None;
        }
        self.queue.retain(|entry| entry.0 != op);
    }

    /// Sets something.
    pub fn set(&self, option: DgramOption) -> Result<Response, HostError> {
        let socket = SockRef::from(&self.fd);
        let is_v6 = address::of_descriptor(self.fd.as_raw_fd(), false).is_ok_and(|name| name.is_ipv6());
        let invalid = || error(libc::EINVAL, "setsockopt", None, None);
        let result = match option {
            DgramOption::Ttl(0) | DgramOption::Ttl(256..) => return Err(invalid()),
            DgramOption::Ttl(ttl) if is_v6 => socket.set_unicast_hops_v6(ttl),
            DgramOption::Ttl(ttl) => socket.set_ttl_v4(ttl),
            DgramOption::MulticastTtl(256..) => return Err(invalid()),
            DgramOption::MulticastTtl(ttl) if is_v6 => socket.set_multicast_hops_v6(ttl),
            DgramOption::MulticastTtl(ttl) => socket.set_multicast_ttl_v4(ttl),
            DgramOption::MulticastLoop(on) if is_v6 => socket.set_multicast_loop_v6(on),
            DgramOption::MulticastLoop(on) => socket.set_multicast_loop_v4(on),
            DgramOption::Broadcast(on) => socket.set_broadcast(on),
            DgramOption::MulticastInterface(name) if is_v6 && name.is_empty() => return Err(invalid()),
            DgramOption::MulticastInterface(name) if is_v6 => {
                let number = scope_of(&name).ok_or_else(invalid)?;
                socket.set_multicast_if_v6(number)
            }
            DgramOption::MulticastInterface(name) => {
                let interface = if name.is_empty() {
                    Ipv4Addr::UNSPECIFIED
                } else {
                    name.parse().map_err(|_| invalid())?
                };
                socket.set_multicast_if_v4(&interface)
            }
            DgramOption::Membership { join, group, interface, source } => {
                return self.member(join, &group, &interface, source.as_deref());
            }
        };
        result.map_err(|error| failed(&error, "setsockopt"))?;
        Ok(Response::Unit)
    }

    fn member(
        &self,
        join: bool,
        group: &str,
        interface: &str,
        source: Option<&str>,
    ) -> Result<Response, HostError> {
        let socket = SockRef::from(&self.fd);
        let invalid = || error(libc::EINVAL, "setsockopt", None, None);
        let parse = |text: &str| address::parse_ip(text, 0).map(|address| address.ip());
        let group_ip = parse(group).ok_or_else(invalid)?;
        let result = match (group_ip, source.map(|source| parse(source).ok_or_else(invalid)).transpose()?) {
            (IpAddr::V4(group), None) => {
                let through = if interface.is_empty() {
                    Ipv4Addr::UNSPECIFIED
                } else {
                    interface.parse().map_err(|_| invalid())?
                };
                let through = InterfaceIndexOrAddress::Address(through);
                if join {
                    socket.join_multicast_v4_n(&group, &through)
                } else {
                    socket.leave_multicast_v4_n(&group, &through)
                }
            }
            (IpAddr::V4(group), Some(IpAddr::V4(source))) => {
                let through = if interface.is_empty() {
                    Ipv4Addr::UNSPECIFIED
                } else {
                    interface.parse().map_err(|_| invalid())?
                };
                if join {
                    socket.join_ssm_v4(&source, &group, &through)
                } else {
                    socket.leave_ssm_v4(&source, &group, &through)
                }
            }
            (IpAddr::V6(group), None) => {
                let number = scope_of(interface).ok_or_else(invalid)?;
                if join {
                    socket.join_multicast_v6(&group, number)
                } else {
                    socket.leave_multicast_v6(&group, number)
                }
            }
            _ => return Err(invalid()),
        };
        result.map_err(|error| failed(&error, "setsockopt"))?;
        Ok(Response::Unit)
    }

    /// The size of a buffer of the system's, after setting it unless it is 0.
    pub fn buffer_size(&self, send: bool, size: u32) -> Result<Response, HostError> {
        let socket = SockRef::from(&self.fd);
        let call = if send { "uv_send_buffer_size" } else { "uv_recv_buffer_size" };
        let bytes = size as usize;
        let result = match (send, size > 0) {
            (true, true) => socket.set_send_buffer_size(bytes).map(|()| bytes),
            (true, false) => socket.send_buffer_size(),
            (false, true) => socket.set_recv_buffer_size(bytes).map(|()| bytes),
            (false, false) => socket.recv_buffer_size(),
        };
        result.map(|bytes| Response::Number(bytes as f64)).map_err(|error| failed(&error, call))
    }
}

/// The number of the interface that an IPv6 address names by its zone; 0 without one.
fn scope_of(text: &str) -> Option<u32> {
    if text.is_empty() {
        return Some(0);
    }
    match address::parse_ip(text, 0)? {
        SocketAddr::V6(address) => Some(address.scope_id()),
        SocketAddr::V4(_) => None,
    }
}
