//! Sockets and pipes without blocking, on the host's poller.

mod accept;
mod address;
mod carry;
mod datagrams;
mod dgram;
mod socket;
mod stream;

use std::collections::HashMap;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::sync::Arc;

use polling::{Event, PollMode, Poller};
use rustc_hash::FxHashMap;

use super::errno::{error, last_error};
use crate::host::request::NetRequest;
use crate::host::{HostError, HostEvent, OpId, Response};
pub use address::parse_ip;
use dgram::Dgram;
use stream::{Stream, done};

/// What the poller calls handle 0; the lower keys belong to others.
pub const FIRST_KEY: usize = 16;

/// Bytes read at once.
const BUFFER: usize = 64 * 1024;

/// All sockets and pipes of a host.
pub struct Net {
    poller: Arc<Poller>,
    /// Boxed: the table has empty places, and a stream is large.
    streams: FxHashMap<u64, Box<Stream>>,
    dgrams: HashMap<u64, Dgram>,
    last: u64,
    /// Operations in flight with their handles. Those of a handle that was closed stay until they are cancelled.
    ops: FxHashMap<OpId, u64>,
    /// Results that are there already.
    events: Vec<HostEvent>,
    /// Writing sides that end in the pending phase: what asked for it, and the handle.
    ending: Vec<(OpId, u64)>,
    /// Where bytes arrive before they get a place of their own; made when first needed.
    buffer: Vec<u8>,
    /// Given up for a moment when no descriptor is left, to get rid of connections that cannot be served.
    reserve: Option<OwnedFd>,
}

impl Net {
    /// None yet.
    pub fn new(poller: Arc<Poller>) -> Self {
        Self {
            poller,
            streams: FxHashMap::default(),
            dgrams: HashMap::new(),
            last: 0,
            ops: FxHashMap::default(),
            events: Vec::new(),
            ending: Vec::new(),
            buffer: Vec::new(),
            reserve: None,
        }
    }

    fn add(&mut self, stream: Stream) -> u64 {
        self.last += 1;
        self.streams.insert(self.last, Box::new(stream));
        self.last
    }

    fn stream(&mut self, handle: u64, syscall: &str) -> Result<&mut Stream, HostError> {
        let found = self.streams.get_mut(&handle).map(Box::as_mut);
        found.ok_or_else(|| error(libc::EBADF, syscall, None, None))
    }

    fn descriptor(&mut self, handle: u64, syscall: &str) -> Result<i32, HostError> {
        if let Some(dgram) = self.dgrams.get(&handle) {
            return Ok(dgram.fd.as_raw_fd());
        }
        Ok(self.stream(handle, syscall)?.fd.as_raw_fd())
    }

    /// Does a request at once.
    ///
    /// # Errors
    /// What the system call failed with.
    pub fn call(&mut self, request: NetRequest) -> Result<Response, HostError> {
        match request {
            NetRequest::Bind { address, ipv6_only, reuse_port } => {
                let fd = socket::bind(&address, ipv6_only, reuse_port)?;
                Ok(number(self.add(Stream::new(fd))))
            }
            NetRequest::Listen { handle, backlog, access } => {
                self.keep_reserve();
                let stream = self.stream(handle, "listen")?;
                socket::listen(stream.fd.as_raw_fd(), backlog, access)
            }
            NetRequest::Connect { handle, address } => self.connect(handle, &address),
            NetRequest::Pause { handle, paused } => {
                self.stream(handle, "read")?.paused = paused;
                self.watch(handle)
            }
            NetRequest::Write { handle, chunks } => {
                let left = self.stream(handle, "write")?.write(chunks)?;
                if left > 0 {
                    self.watch(handle)?;
                }
                Ok(number(left))
            }
            NetRequest::Send { handle, chunk, carried } => {
                let carried = carry::duplicate(self.descriptor(carried, "write")?)?;
                let left = self.stream(handle, "write")?.send(chunk, carried)?;
                if left > 0 {
                    self.watch(handle)?;
                }
                Ok(number(left))
            }
            NetRequest::Written { handle } => Ok(number(self.stream(handle, "write")?.queued)),
            NetRequest::Close { handle, reset } => {
                let Some(stream) = self.streams.remove(&handle) else {
                    self.close_dgram(handle);
                    return Ok(Response::Unit);
                };
                if stream.registered != (false, false) {
                    // The descriptor may live on in another process, so that closing it would not be enough.
                    drop(self.poller.delete(&stream.fd));
                }
                if reset { socket::break_off(stream.fd) } else { Ok(Response::Unit) }
            }
            NetRequest::Adopt { fd } => {
                let mut stream = Stream::new(socket::adopt(fd)?);
                stream.shared = true;
                Ok(number(self.add(stream)))
            }
            NetRequest::Descriptor { handle } => {
                Ok(Response::Number(f64::from(self.descriptor(handle, "fd")?)))
            }
            NetRequest::Name { handle, peer } => {
                let call = if peer { "getpeername" } else { "getsockname" };
                let fd = self.descriptor(handle, call)?;
                Ok(address::response(&address::of_descriptor(fd, peer)?))
            }
            NetRequest::Set { handle, option } => socket::set(&self.stream(handle, "setsockopt")?.fd, option),
            NetRequest::TypeOfService { handle } => {
                socket::type_of_service(&self.stream(handle, "getsockopt")?.fd)
            }
            NetRequest::Pair => socket::pair(),
            NetRequest::Accept { .. }
            | NetRequest::Connected { .. }
            | NetRequest::Read { .. }
            | NetRequest::Flush { .. }
            | NetRequest::Shutdown { .. } => Err(error(libc::EINVAL, request.name(), None, None)),
        }
    }

    fn connect(
        &mut self,
        handle: Option<u64>,
        address: &crate::host::request::NetAddress,
    ) -> Result<Response, HostError> {
        let to = address::system(address, "connect")?;
        let handle = match handle {
            Some(handle) => handle,
            None => {
                let fd = socket::new(&to)?;
                self.add(Stream::new(fd))
            }
        };
        let stream = self.stream(handle, "connect")?;
        match socket::connect(stream.fd.as_raw_fd(), &to) {
            Ok(at_once) => {
                stream.connecting = !at_once;
                Ok(number(handle))
            }
            // As libuv: a closed port on this machine answers at once, a distant one later; both are told later.
            Err(failed) if to.is_unix() || failed.errno == -libc::ECONNREFUSED => {
                stream.refused = Some(failed);
                Ok(number(handle))
            }
            Err(failed) => {
                self.streams.remove(&handle);
                Err(failed)
            }
        }
    }

    /// Starts an operation.
    pub fn start(&mut self, op: OpId, request: NetRequest) {
        let (NetRequest::Accept { handle, .. }
        | NetRequest::Connected { handle, .. }
        | NetRequest::Read { handle, .. }
        | NetRequest::Flush { handle, .. }
        | NetRequest::Shutdown { handle, .. }) = request
        else {
            let result = self.call(request);
            self.events.push(done(op, result));
            return;
        };
        let Self { streams, events, ops, .. } = self;
        let Some(stream) = streams.get_mut(&handle) else {
            events.push(done(op, Err(error(libc::EBADF, request.name(), None, None))));
            return;
        };
        ops.insert(op, handle);
        let before = events.len();
        match request {
            NetRequest::Accept { .. } => stream.acceptor = Some(op),
            NetRequest::Read { descriptors, .. } => {
                stream.reader = Some(op);
                stream.takes_descriptors = descriptors;
                stream.paused = false;
            }
            NetRequest::Connected { .. } if stream.refused.is_some() => {
                events.extend(stream.refused.take().map(|failed| done(op, Err(failed))));
            }
            NetRequest::Connected { .. } if stream.connecting => stream.connected = Some(op),
            NetRequest::Flush { .. } => stream.flush(op, events),
            NetRequest::Shutdown { .. } => {
                if stream.shut_down(op) {
                    self.ending.push((op, handle));
                }
            }
            _ => events.push(done(op, Ok(Response::Unit))),
        }
        if events.len() > before {
            ops.remove(&op);
        } else if let Err(failed) = self.watch(handle) {
            self.cancel(op);
            self.events.push(done(op, Err(failed)));
        }
    }

    /// Ends an operation; false when there is none.
    pub fn cancel(&mut self, op: OpId) -> bool {
        let Some(handle) = self.ops.remove(&op) else { return false };
        if let Some(stream) = self.streams.get_mut(&handle) {
            stream.cancel(op);
            // Watching less cannot fail.
            drop(self.watch(handle));
        } else if let Some(dgram) = self.dgrams.get_mut(&handle) {
            dgram.cancel(op);
            drop(self.watch_dgram(handle));
        }
        true
    }

    /// Whether results wait already.
    pub fn has_results(&self) -> bool {
        !self.events.is_empty() || self.ending.iter().any(|(op, _)| self.ops.contains_key(op))
    }

    /// Moves the results that wait to `events`.
    pub fn take_results(&mut self, events: &mut Vec<HostEvent>) {
        events.append(&mut self.events);
        for (op, handle) in std::mem::take(&mut self.ending) {
            // It may have been closed meanwhile.
            if let Some(stream) = self.streams.get(&handle)
                && self.ops.remove(&op).is_some()
            {
                events.push(done(op, stream.end_writing()));
            }
        }
    }

    /// Has the poller watch what the stream needs. In level mode it goes on until that changes.
    fn watch(&mut self, handle: u64) -> Result<Response, HostError> {
        let Some(stream) = self.streams.get_mut(&handle) else { return Ok(Response::Unit) };
        let wanted = stream.wanted();
        register(&self.poller, &stream.fd, handle, &mut stream.registered, wanted)
    }

    /// The poller has news about a handle.
    pub fn ready(&mut self, key: usize, readable: bool, writable: bool, events: &mut Vec<HostEvent>) {
        let handle = (key - FIRST_KEY) as u64;
        let Some(stream) = self.streams.get_mut(&handle) else {
            self.dgram_ready(handle, readable, writable, events);
            return;
        };
        if stream.acceptor.is_some() {
            self.accept(handle, events);
            return;
        }
        let mut over = Vec::new();
        if writable && (stream.registered.1) {
            stream.writable(events, &mut over);
        }
        if readable && stream.registered.0 && !stream.paused && stream.reader.is_some() {
            if self.buffer.is_empty() {
                self.buffer.resize(BUFFER, 0);
            }
            let reader = stream.reader;
            // A stream that is ready for writing although nobody asked is broken.
            let hung_up = writable && !stream.registered.1;
            if stream.readable(hung_up, &mut self.buffer, events) {
                over.extend(reader);
            }
        }
        for op in over {
            self.ops.remove(&op);
        }
        drop(self.watch(handle));
    }
}

/// Has the poller watch a descriptor for reading and writing as `wanted`, which `registered` says it is watched for now.
fn register(
    poller: &Poller,
    fd: &OwnedFd,
    handle: u64,
    registered: &mut (bool, bool),
    wanted: (bool, bool),
) -> Result<Response, HostError> {
    if wanted == *registered {
        return Ok(Response::Unit);
    }
    let interest = Event::new(FIRST_KEY + handle as usize, wanted.0, wanted.1);
    let result = match (*registered, wanted) {
        // Without any interest the poller would still tell of a hang-up, again and again.
        (_, (false, false)) => poller.delete(fd),
        // SAFETY: the descriptor is taken out of the poller before it is closed.
        ((false, false), _) => unsafe { poller.add_with_mode(fd, interest, PollMode::Level) },
        _ => poller.modify_with_mode(fd, interest, PollMode::Level),
    };
    result.map_err(|failed| error(failed.raw_os_error().unwrap_or(libc::EIO), "epoll_ctl", None, None))?;
    *registered = wanted;
    Ok(Response::Unit)
}

/// The descriptor that the system just gave.
fn owned(raw: i32, syscall: &str) -> Result<OwnedFd, HostError> {
    if raw < 0 {
        return Err(last_error(syscall, None, None));
    }
    // SAFETY: the descriptor was just opened, and nobody else knows it.
    Ok(unsafe { OwnedFd::from_raw_fd(raw) })
}

/// A handle for JavaScript.
fn number(value: u64) -> Response {
    Response::Number(value as f64)
}
