//! The host of a watched run: the real one, except that the script is a guest in somebody else's process.

use std::time::Duration;

use crate::host::{Host, HostError, HostEvent, OpId, Request, Response, SystemRequest, Waker};

/// Answers what concerns the process as a whole itself and hands everything else on.
pub struct SessionHost<H> {
    inner: H,
}

impl<H: Host> SessionHost<H> {
    /// A guest in front of `inner`.
    pub fn new(inner: H) -> Self {
        Self { inner }
    }
}

/// The answer to what must not reach the process. What the script writes was reported to the watcher already.
fn answer(request: &Request) -> Option<Response> {
    let Request::System(request) = request else { return None };
    Some(match request {
        SystemRequest::WriteStandard { .. } | SystemRequest::Exit { .. } => Response::Unit,
        SystemRequest::IsTerminal { .. } => Response::Bool(false),
        SystemRequest::TerminalSize { .. } => Response::Null,
        _ => return None,
    })
}

impl<H: Host> Host for SessionHost<H> {
    fn now(&self) -> u64 {
        self.inner.now()
    }

    fn wall_clock(&self) -> u64 {
        self.inner.wall_clock()
    }

    fn random(&mut self, out: &mut [u8]) -> Result<(), HostError> {
        self.inner.random(out)
    }

    fn call(&mut self, request: Request) -> Result<Response, HostError> {
        answer(&request).map_or_else(|| self.inner.call(request), Ok)
    }

    fn start(&mut self, op: OpId, request: Request) {
        self.inner.start(op, request);
    }

    fn cancel(&mut self, op: OpId) -> bool {
        self.inner.cancel(op)
    }

    fn poll(&mut self, timeout: Option<Duration>, events: &mut Vec<HostEvent>) {
        self.inner.poll(timeout, events);
    }

    fn waker(&self) -> Waker {
        self.inner.waker()
    }

    fn observe_slots(&mut self, on: bool) {
        self.inner.observe_slots(on);
    }
}
