//! The host of a thread that a script started: what concerns the process as a whole is left to the main thread.

use std::time::Duration;

use super::front::hand_on;
use super::{BeforeSleep, Host, HostError, HostEvent, MakeHost, OpId, Request, Response, SystemRequest};

/// Hands everything to another host but what would end the process or listen to its signals.
pub struct ThreadHost {
    inner: Box<dyn Host>,
}

impl ThreadHost {
    /// A thread's view of `inner`.
    pub fn new(inner: Box<dyn Host>) -> Self {
        Self { inner }
    }
}

impl Host for ThreadHost {
    hand_on!();

    fn call(&mut self, request: Request) -> Result<Response, HostError> {
        match request {
            // The thread ends by returning; the process goes on.
            Request::System(SystemRequest::Exit { .. } | SystemRequest::Abort) => Ok(Response::Unit),
            request => self.inner.call(request),
        }
    }

    fn start(&mut self, op: OpId, request: Request) {
        if let Request::System(SystemRequest::WatchSignal { .. }) = request {
            // Signals go to the main thread (https://nodejs.org/api/worker_threads.html#class-worker).
            return;
        }
        self.inner.start(op, request);
    }

    fn cancel(&mut self, op: OpId) -> bool {
        self.inner.cancel(op)
    }

    fn poll(&mut self, timeout: Option<Duration>, events: &mut Vec<HostEvent>, before_sleep: BeforeSleep) {
        self.inner.poll(timeout, events, before_sleep);
    }

    fn for_thread(&self) -> MakeHost {
        self.inner.for_thread()
    }

    fn intercept_interrupts(
        &mut self,
        then: Box<dyn Fn() + Send>,
    ) -> Result<Option<Box<dyn std::any::Any>>, HostError> {
        self.inner.intercept_interrupts(then)
    }
}
