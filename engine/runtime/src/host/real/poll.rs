//! Waiting in the poller.
//!
//! `Poller::wait` arms a timer and its own wake-up anew every time, five system calls in all. A loop that serves
//! sockets does little else than wait, so this asks the poller's descriptor itself; the wake-up alone is left to it.

use std::os::fd::AsRawFd as _;
use std::time::Duration;

use polling::{Events, Poller};

/// What the poller calls its own wake-up.
const WAKE_KEY: usize = usize::MAX;

/// Events taken at once.
const CAPACITY: usize = 1024;

/// What happened: key, readable, writable.
pub struct Ready {
    raw: Vec<libc::epoll_event>,
    found: Vec<(usize, bool, bool)>,
    own: Events,
}

impl Default for Ready {
    fn default() -> Self {
        Self {
            raw: vec![libc::epoll_event { events: 0, u64: 0 }; CAPACITY],
            found: Vec::new(),
            own: Events::new(),
        }
    }
}

impl Ready {
    /// Waits until something happens or `timeout` is over.
    pub fn wait(&mut self, poller: &Poller, timeout: Option<Duration>) -> &[(usize, bool, bool)] {
        self.found.clear();
        // A timer must not be early: what is left of a millisecond counts as a whole one.
        let millis = timeout
            .map_or(-1, |timeout| i32::try_from(timeout.as_nanos().div_ceil(1_000_000)).unwrap_or(i32::MAX));
        let count = self.ask(poller, millis);
        // A signal interrupted it. What the signal brought is there now; any other failure is a wait without events.
        let count = if count < 0 { self.ask(poller, 0) } else { count };
        let count = usize::try_from(count).unwrap_or(0);
        let mut woken = false;
        for event in &self.raw[..count] {
            let (key, flags) = (event.u64 as usize, event.events.cast_signed());
            if key == WAKE_KEY {
                woken = true;
                continue;
            }
            let broken = flags & (libc::EPOLLHUP | libc::EPOLLERR) != 0;
            let readable = broken || flags & (libc::EPOLLIN | libc::EPOLLPRI | libc::EPOLLRDHUP) != 0;
            self.found.push((key, readable, broken || flags & libc::EPOLLOUT != 0));
        }
        if woken {
            // Clears the wake-up and makes it ready for the next time.
            self.own.clear();
            drop(poller.wait(&mut self.own, Some(Duration::ZERO)));
            for event in self.own.iter() {
                if !self.found.iter().any(|found| found.0 == event.key) {
                    self.found.push((event.key, event.readable, event.writable));
                }
            }
        }
        &self.found
    }

    fn ask(&mut self, poller: &Poller, millis: i32) -> i32 {
        // SAFETY: the list is valid for its length.
        unsafe { libc::epoll_wait(poller.as_raw_fd(), self.raw.as_mut_ptr(), CAPACITY as i32, millis) }
    }
}
