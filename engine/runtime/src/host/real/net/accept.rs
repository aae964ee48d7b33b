//! New connections.

use std::os::fd::AsRawFd as _;

use super::super::errno::last_error;
use super::stream::Stream;
use super::{Net, owned};
use crate::host::{HostEvent, Response};

/// A flood of connections must not keep all the others waiting.
const ROUNDS: usize = 128;

impl Net {
    /// Takes the connections that wait at a listening socket.
    pub(super) fn accept(&mut self, handle: u64, events: &mut Vec<HostEvent>) {
        let shared = self.streams.get(&handle).is_some_and(|stream| stream.shared);
        for _ in 0..if shared { 1 } else { ROUNDS } {
            let Some(stream) = self.streams.get(&handle) else { return };
            let (Some(op), listener) = (stream.acceptor, stream.fd.as_raw_fd()) else { return };
            self.keep_reserve();
            match take(listener) {
                Ok(fd) => {
                    let handle = self.add(Stream::new(fd));
                    let result = Ok(Response::Number(handle as f64));
                    events.push(HostEvent::Completed { op, result, last: false });
                }
                Err(libc::EINTR | libc::ECONNABORTED) => {}
                Err(libc::EMFILE | libc::ENFILE) => {
                    // As libuv does: a connection that cannot be served is closed, rather than left to make the
                    // poller report it for ever.
                    if self.reserve.take().is_none() {
                        return;
                    }
                    while take(listener).is_ok() {}
                    self.keep_reserve();
                }
                Err(_) => return,
            }
        }
    }

    pub(super) fn keep_reserve(&mut self) {
        if self.reserve.is_none() {
            // SAFETY: the path is a NUL-terminated string.
            let raw = unsafe { libc::open(c"/dev/null".as_ptr(), libc::O_RDONLY | libc::O_CLOEXEC) };
            self.reserve = owned(raw, "open").ok();
        }
    }
}

fn take(listener: i32) -> Result<std::os::fd::OwnedFd, i32> {
    // SAFETY: no address is asked for.
    let raw = unsafe {
        libc::accept4(
            listener,
            std::ptr::null_mut(),
            std::ptr::null_mut(),
            libc::SOCK_NONBLOCK | libc::SOCK_CLOEXEC,
        )
    };
    if raw < 0 {
        return Err(-last_error("accept", None, None).errno);
    }
    owned(raw, "accept").map_err(|failed| -failed.errno)
}
