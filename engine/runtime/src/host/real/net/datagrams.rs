//! Requests about datagram sockets, and the poller's news of them.

use super::dgram::{self, Dgram};
use super::stream::done;
use super::{BUFFER, Net, address, number, register, socket};
use crate::host::request::DgramRequest;
use crate::host::{HostError, HostEvent, OpId, Response};

use super::super::errno::error;

impl Net {
    fn add_dgram(&mut self, dgram: Dgram) -> Response {
        self.last += 1;
        self.dgrams.insert(self.last, dgram);
        number(self.last)
    }

    fn dgram(&self, handle: u64, syscall: &str) -> Result<&Dgram, HostError> {
        self.dgrams.get(&handle).ok_or_else(|| error(libc::EBADF, syscall, None, None))
    }

    /// Does a request at once.
    ///
    /// # Errors
    /// What the system call failed with.
    pub fn call_dgram(&mut self, request: DgramRequest) -> Result<Response, HostError> {
        match request {
            DgramRequest::Bind { address, reuse_address, ipv6_only, reuse_port } => {
                let dgram = dgram::bind(&address, reuse_address, ipv6_only, reuse_port)?;
                Ok(self.add_dgram(dgram))
            }
            DgramRequest::Adopt { fd } => {
                let mut dgram = Dgram::new(socket::adopt(fd)?);
                dgram.shared = true;
                Ok(self.add_dgram(dgram))
            }
            DgramRequest::Connect { handle, address } => {
                self.dgram(handle, "connect")?.connect(address.as_ref())
            }
            DgramRequest::Send { handle, address, bytes } => {
                let to = address.map(|address| address::system(&address, "send")).transpose()?;
                self.dgram(handle, "send")?.send(to.as_ref(), &bytes)
            }
            DgramRequest::Receive { .. } => Err(error(libc::EINVAL, "recvmsg", None, None)),
            DgramRequest::Set { handle, option } => self.dgram(handle, "setsockopt")?.set(option),
            DgramRequest::BufferSize { handle, send, size } => {
                let call = if send { "uv_send_buffer_size" } else { "uv_recv_buffer_size" };
                self.dgram(handle, call)?.buffer_size(send, size)
            }
        }
    }

    /// Starts an operation.
    pub fn start_dgram(&mut self, op: OpId, request: DgramRequest) {
        let handle = match &request {
            DgramRequest::Receive { handle, .. } | DgramRequest::Send { handle, .. } => *handle,
            _ => {
                let result = self.call_dgram(request);
                self.events.push(done(op, result));
                return;
            }
        };
        let name = request.name();
        let Some(dgram) = self.dgrams.get_mut(&handle) else {
            self.events.push(done(op, Err(error(libc::EBADF, name, None, None))));
            return;
        };
        self.ops.insert(op, handle);
        match request {
            DgramRequest::Send { address, bytes, .. } => {
                let to = address.map(|address| address::system(&address, "send")).transpose();
                match to {
                    Ok(to) => dgram.send_later(op, to, bytes),
                    Err(failed) => {
                        self.ops.remove(&op);
                        self.events.push(done(op, Err(failed)));
                    }
                }
            }
            _ => dgram.receiver = Some(op),
        }
        // A socket can be watched; if it could not, nothing would ever arrive.
        drop(self.watch_dgram(handle));
    }

    /// Closes; nothing happens when there is no such handle.
    pub(super) fn close_dgram(&mut self, handle: u64) {
        if let Some(dgram) = self.dgrams.remove(&handle)
            && dgram.registered != (false, false)
        {
            drop(self.poller.delete(&dgram.fd));
        }
    }

    pub(super) fn watch_dgram(&mut self, handle: u64) -> Result<Response, HostError> {
        let Some(dgram) = self.dgrams.get_mut(&handle) else { return Ok(Response::Unit) };
        let wanted = dgram.wanted();
        register(&self.poller, &dgram.fd, handle, &mut dgram.registered, wanted)
    }

    /// The poller has news about a handle.
    pub(super) fn dgram_ready(
        &mut self,
        handle: u64,
        readable: bool,
        writable: bool,
        events: &mut Vec<HostEvent>,
    ) {
        let Some(dgram) = self.dgrams.get_mut(&handle) else { return };
        let mut over = Vec::new();
        if readable && dgram.registered.0 {
            if self.buffer.is_empty() {
                self.buffer.resize(BUFFER, 0);
            }
            dgram.readable(&mut self.buffer, events);
        }
        if writable && dgram.registered.1 {
            dgram.writable(events, &mut over);
        }
        for op in over {
            self.ops.remove(&op);
        }
        drop(self.watch_dgram(handle));
    }
}
