//! One stream: what waits to be written, who reads, and what the poller has to watch for it.

use std::collections::VecDeque;
use std::io::IoSlice;
use std::os::fd::{AsRawFd, IntoRawFd as _, OwnedFd};

use super::super::errno::{error, last_error};
use super::carry;
use crate::host::{HostError, HostEvent, OpId, Response};

/// At most so many parts go into one system call.
const PARTS: usize = 64;

/// A socket or pipe.
pub struct Stream {
    /// The descriptor.
    pub fd: OwnedFd,
    /// What waits to be written.
    queue: VecDeque<Vec<u8>>,
    /// Bytes of the first part that are written.
    offset: usize,
    /// Bytes that were queued in all, and those of them that are done.
    pub queued: u64,
    done: u64,
    /// Descriptors that go with what waits, each by the number of bytes in the stream before it.
    carried: VecDeque<(u64, OwnedFd)>,
    /// Descriptors that come with what is read are taken.
    pub takes_descriptors: bool,
    /// Who waits for the queue to be written up to some number of bytes.
    flushes: VecDeque<(u64, OpId)>,
    /// Who waits for the end of the writing side.
    shutdown: Option<OpId>,
    /// Who reads.
    pub reader: Option<OpId>,
    /// What arrives is to wait.
    pub paused: bool,
    /// Another process may have it, too: connections that are taken here must be wanted here.
    pub shared: bool,
    /// Who listens for connections.
    pub acceptor: Option<OpId>,
    /// The connection is being made, and who waits for it.
    pub connecting: bool,
    pub connected: Option<OpId>,
    /// Why the connection failed at once, which is told as if it had taken some time.
    pub refused: Option<HostError>,
    /// What the poller watches: reading, writing.
    pub registered: (bool, bool),
}

impl Stream {
    pub fn new(fd: OwnedFd) -> Self {
        Self {
            fd,
            queue: VecDeque::new(),
            offset: 0,
            queued: 0,
            done: 0,
            carried: VecDeque::new(),
            takes_descriptors: false,
            flushes: VecDeque::new(),
            shutdown: None,
            reader: None,
            paused: false,
            shared: false,
            acceptor: None,
            connecting: false,
            connected: None,
            refused: None,
            registered: (false, false),
        }
    }

    /// What the poller has to watch: reading, writing.
    pub fn wanted(&self) -> (bool, bool) {
        if self.connecting {
            return (false, self.connected.is_some());
        }
        (self.acceptor.is_some() || (self.reader.is_some() && !self.paused), !self.queue.is_empty())
    }

    /// Writes what the system takes. Returns the number of bytes that wait now.
    pub fn write(&mut self, chunks: Vec<Vec<u8>>) -> Result<u64, HostError> {
        let waits = self.connecting || !self.queue.is_empty();
        let length: usize = chunks.iter().map(Vec::len).sum();
        self.queued += length as u64;
        self.queue.extend(chunks.into_iter().filter(|chunk| !chunk.is_empty()));
        if !waits && let Err(failed) = self.push() {
            self.forget();
            return Err(failed);
        }
        Ok(self.queued - self.done)
    }

    /// Like [`Stream::write`]; the descriptor goes with the first byte.
    pub fn send(&mut self, chunk: Vec<u8>, carried: OwnedFd) -> Result<u64, HostError> {
        self.carried.push_back((self.queued, carried));
        self.write(vec![chunk])
    }

    /// Drops what waits.
    fn forget(&mut self) {
        self.carried.clear();
        self.queue.clear();
        self.offset = 0;
        self.done = self.queued;
    }

    /// Writes until the queue is empty or the system takes no more.
    fn push(&mut self) -> Result<(), HostError> {
        while !self.queue.is_empty() {
            let fd = self.fd.as_raw_fd();
            let carried = self.carried.front().map(|entry| (entry.0 == self.done, &entry.1));
            let count = if let Some((true, carried)) = carried {
                carry::send(fd, &self.queue[0], carried.as_raw_fd())
            } else if self.queue.len() == 1 || carried.is_some() {
                let rest = &self.queue[0][self.offset..];
                // SAFETY: the bytes are valid for their length.
                unsafe { libc::write(fd, rest.as_ptr().cast(), rest.len()) }
            } else {
                let mut skip = self.offset;
                let parts: Vec<IoSlice> = self
                    .queue
                    .iter()
                    .take(PARTS)
                    .map(|part| IoSlice::new(&part[std::mem::take(&mut skip)..]))
                    .collect();
                // SAFETY: an IoSlice is an iovec, and each is valid for its length.
                unsafe { libc::writev(fd, parts.as_ptr().cast(), parts.len() as i32) }
            };
            let Ok(count) = usize::try_from(count) else {
                let failed = last_error("write", None, None);
                match -failed.errno {
                    libc::EINTR => continue,
                    libc::EAGAIN | libc::ENOBUFS => return Ok(()),
                    _ => return Err(failed),
                }
            };
            if self.carried.front().is_some_and(|entry| entry.0 == self.done) && count > 0 {
                self.carried.pop_front();
            }
            self.take(count);
        }
        Ok(())
    }

    /// So many bytes of the queue are written.
    fn take(&mut self, mut count: usize) {
        self.done += count as u64;
        while let Some(first) = self.queue.front() {
            let left = first.len() - self.offset;
            if count < left {
                self.offset += count;
                return;
            }
            count -= left;
            self.offset = 0;
            self.queue.pop_front();
        }
    }

    /// Reports to `op` when everything given to [`Stream::write`] so far is written.
    pub fn flush(&mut self, op: OpId, events: &mut Vec<HostEvent>) {
        if self.queue.is_empty() && !self.connecting {
            events.push(done(op, Ok(Response::Unit)));
        } else {
            self.flushes.push_back((self.queued, op));
        }
    }

    /// Ends the writing side once nothing waits. True when that is the case already: then [`Stream::end_writing`] is
    /// for the pending phase, as in libuv.
    pub fn shut_down(&mut self, op: OpId) -> bool {
        let idle = self.queue.is_empty() && !self.connecting;
        if !idle {
            self.shutdown = Some(op);
        }
        idle
    }

    /// Ends the writing side: what was written is all.
    pub fn end_writing(&self) -> Result<Response, HostError> {
        // SAFETY: touches no memory of ours.
        if unsafe { libc::shutdown(self.fd.as_raw_fd(), libc::SHUT_WR) } < 0 {
            let failed = last_error("shutdown", None, None);
            // A pipe's writing side ends when it is closed.
            if failed.errno != -libc::ENOTSOCK {
                return Err(failed);
            }
        }
        Ok(Response::Unit)
    }

    /// The descriptor can be written: ends the making of the connection, or goes on writing. Returns the operations
    /// that are over.
    pub fn writable(&mut self, events: &mut Vec<HostEvent>, over: &mut Vec<OpId>) {
        if self.connecting {
            let Some(op) = self.connected.take() else { return };
            over.push(op);
            self.connecting = false;
            match self.connection_error() {
                0 => events.push(done(op, Ok(Response::Unit))),
                errno => {
                    events.push(done(op, Err(error(errno, "connect", None, None))));
                    self.fail(&error(libc::ECANCELED, "write", None, None), events, over);
                    return;
                }
            }
        }
        if let Err(failed) = self.push() {
            self.fail(&failed, events, over);
            return;
        }
        while let Some(&(mark, op)) = self.flushes.front()
            && mark <= self.done
        {
            self.flushes.pop_front();
            over.push(op);
            events.push(done(op, Ok(Response::Unit)));
        }
        if self.queue.is_empty()
            && let Some(op) = self.shutdown.take()
        {
            over.push(op);
            events.push(done(op, self.end_writing()));
        }
    }

    fn fail(&mut self, failed: &HostError, events: &mut Vec<HostEvent>, over: &mut Vec<OpId>) {
        self.forget();
        let flushes = self.flushes.drain(..).map(|entry| entry.1);
        for op in flushes.chain(self.shutdown.take()) {
            over.push(op);
            events.push(done(op, Err(failed.clone())));
        }
    }

    fn connection_error(&self) -> i32 {
        let mut number: i32 = 0;
        let mut length = size_of::<i32>() as libc::socklen_t;
        // SAFETY: the number and its length are valid for writing.
        let failed = unsafe {
            libc::getsockopt(
                self.fd.as_raw_fd(),
                libc::SOL_SOCKET,
                libc::SO_ERROR,
                (&raw mut number).cast(),
                &raw mut length,
            )
        };
        if failed < 0 { libc::EIO } else { number }
    }

    /// Reads what is there into events; true when the reader is done. The end is not reported together with what came
    /// before it, as in libuv 1.52: the next wait brings it. Only a channel of a child that has `hung_up` is read to its
    /// end, because our children are gone as soon as they have closed it, and their end must not come first.
    pub fn readable(&mut self, hung_up: bool, buffer: &mut [u8], events: &mut Vec<HostEvent>) -> bool {
        /// A fast sender must not keep all the others waiting.
        const ROUNDS: usize = 4;
        let Some(op) = self.reader else { return false };
        for _ in 0..ROUNDS {
            let fd = self.fd.as_raw_fd();
            let mut came = Vec::new();
            let count = if self.takes_descriptors {
                carry::receive(fd, buffer, &mut came)
            } else {
                // SAFETY: the buffer is valid for its length.
                unsafe { libc::read(fd, buffer.as_mut_ptr().cast(), buffer.len()) }
            };
            let result = match usize::try_from(count) {
                Ok(0) => Ok(Response::Null),
                Ok(count) => {
                    let bytes = Response::Bytes(buffer[..count].to_vec());
                    let came_any = !came.is_empty();
                    let result = Ok(if came_any {
                        let numbers = came.into_iter().map(|fd| f64::from(fd.into_raw_fd())).collect();
                        Response::List(vec![bytes, Response::Numbers(numbers)])
                    } else {
                        bytes
                    });
                    events.push(HostEvent::Completed { op, result, last: false });
                    // A descriptor ends a piece, however much waits behind it.
                    if count < buffer.len() && !came_any && !(hung_up && self.takes_descriptors) {
                        return false;
                    }
                    continue;
                }
                Err(_) => {
                    let failed = last_error("read", None, None);
                    match -failed.errno {
                        libc::EINTR => continue,
                        libc::EAGAIN => return false,
                        _ => Err(failed),
                    }
                }
            };
            self.reader = None;
            events.push(done(op, result));
            return true;
        }
        false
    }

    /// Forgets an operation that was cancelled.
    pub fn cancel(&mut self, op: OpId) {
        for waiting in [&mut self.reader, &mut self.acceptor, &mut self.connected, &mut self.shutdown] {
            if *waiting == Some(op) {
                *waiting = None;
            }
        }
        self.flushes.retain(|entry| entry.1 != op);
    }
}

/// The last result of an operation.
pub fn done(op: OpId, result: Result<Response, HostError>) -> HostEvent {
    HostEvent::Completed { op, result, last: true }
}
