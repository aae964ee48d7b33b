//! The host of a watched run: the real one, except that the script is a guest in somebody else's process.

use std::time::Duration;

use super::children::keep_apart;
use super::guest::Guest;
use crate::host::front::hand_on;
use crate::host::{BeforeSleep, Host, HostError, HostEvent, MakeHost, OpId, Request, Response};

/// Answers what concerns the process as a whole itself and hands everything else on.
pub struct SessionHost {
    inner: Box<dyn Host>,
    guest: Guest,
}

impl SessionHost {
    /// A guest in front of `inner`.
    pub fn new(inner: impl Host + 'static) -> Self {
        Self::with_guest(Box::new(inner), Guest::default())
    }

    fn with_guest(inner: Box<dyn Host>, guest: Guest) -> Self {
        Self { inner, guest }
    }
}

impl Host for SessionHost {
    hand_on!();

    fn call(&mut self, mut request: Request) -> Result<Response, HostError> {
        if matches!(request, Request::Net(_)) {
            // Nothing of it is the process's own, and servers call very often.
            return self.inner.call(request);
        }
        keep_apart(&mut request);
        let Self { inner, guest } = self;
        let answer = guest.answer(&request, &mut |request| inner.call(Request::System(request)));
        answer.unwrap_or_else(|| inner.call(request))
    }

    fn start(&mut self, op: OpId, request: Request) {
        let Self { inner, guest } = self;
        if !guest.start(op, &request, &mut |request| inner.call(Request::System(request))) {
            inner.start(op, request);
        }
    }

    fn cancel(&mut self, op: OpId) -> bool {
        self.guest.cancel(op) || self.inner.cancel(op)
    }

    fn poll(&mut self, timeout: Option<Duration>, events: &mut Vec<HostEvent>, before_sleep: BeforeSleep) {
        let timeout = if self.guest.events.is_empty() { timeout } else { Some(Duration::ZERO) };
        events.append(&mut self.guest.events);
        self.inner.poll(timeout, events, before_sleep);
    }

    fn for_thread(&self) -> MakeHost {
        let (make, guest) = (self.inner.for_thread(), self.guest.for_thread());
        Box::new(move || make().map(|inner| Box::new(Self::with_guest(inner, guest)) as Box<dyn Host>))
    }

    fn intercept_interrupts(
        &mut self,
        _then: Box<dyn Fn() + Send>,
    ) -> Result<Option<Box<dyn std::any::Any>>, HostError> {
        // Interruptions of the process are not meant for the script in it.
        Ok(None)
    }
}
