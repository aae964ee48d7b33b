//! The observer of a run that clients of the inspector may hold.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use crossbeam_channel::{Receiver, RecvTimeoutError};
use loopscope_protocol::{Nanos, PauseReason, Record};

use crate::trace::{Moment, Observer, Sampling, Sink, Waited};

/// How often a run that is held looks whether it was stopped.
const LOOK: Duration = Duration::from_millis(50);

/// Holds a run for clients, and passes everything on to another observer.
pub struct Attended {
    inner: Option<Box<dyn Observer>>,
    bell: Receiver<()>,
    held: bool,
    /// What [`Attended::held`] was before each hold that is not released yet.
    before: Vec<bool>,
}

impl Attended {
    /// `bell` rings when a client wants something.
    pub fn new(inner: Option<Box<dyn Observer>>, bell: Receiver<()>) -> Self {
        Self { inner, bell, held: false, before: Vec::new() }
    }
}

impl Observer for Attended {
    fn records(&mut self, batch: &mut Vec<Record>) {
        match &mut self.inner {
            Some(inner) => inner.records(batch),
            None => batch.clear(),
        }
    }

    fn sink(&self) -> Option<Sink> {
        self.inner.as_ref()?.sink()
    }

    fn sampling(&self) -> Sampling {
        self.inner.as_ref().map(|inner| inner.sampling()).unwrap_or_default()
    }

    fn pause_before(&mut self, moment: Moment) -> Option<PauseReason> {
        let reason = self.inner.as_mut()?.pause_before(moment)?;
        self.held = true;
        Some(reason)
    }

    fn attention(&self) -> Option<Arc<AtomicBool>> {
        self.inner.as_ref().and_then(|inner| inner.attention())
    }

    fn hold(&mut self, _reason: PauseReason) {
        self.before.push(self.held);
        self.held = true;
    }

    fn release(&mut self) {
        if let Some(before) = self.before.pop() {
            self.held = before;
        }
    }

    fn go_on(&mut self) {
        self.before.clear();
        self.held = false;
    }

    fn wait(&mut self) -> Waited {
        if !self.held {
            return Waited::Over;
        }
        match self.bell.recv_timeout(LOOK) {
            Ok(()) | Err(RecvTimeoutError::Timeout) => Waited::Disturbed,
            Err(RecvTimeoutError::Disconnected) => {
                self.go_on();
                Waited::Over
            }
        }
    }

    fn delay(&mut self, moment: Moment, now: Nanos) -> Nanos {
        self.inner.as_mut().map_or(0, |inner| inner.delay(moment, now))
    }

    fn sleep(&mut self, nanos: Nanos) {
        if let Some(inner) = &mut self.inner {
            inner.sleep(nanos);
        }
    }
}
