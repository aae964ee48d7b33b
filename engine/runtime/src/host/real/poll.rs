//! Waiting in the poller, and ending the wait.
//!
//! `Poller::wait` arms a timer and its own wake-up anew every time, five system calls in all. A loop that serves
//! sockets or waits for threads does little else than wait, so this asks the poller's descriptor itself, and has a
//! wake-up of its own.

use std::os::fd::{AsRawFd as _, FromRawFd as _, OwnedFd};
use std::sync::Arc;
use std::time::Duration;

use polling::{Event, PollMode, Poller};

use crate::host::{BeforeSleep, Waker};

/// What the poller calls the wake-up.
const WAKE_KEY: usize = 3;

/// A wait that is over sooner is none to speak of, in milliseconds: telling of it wakes who watches, and a server that has much
/// to do waits like that all the time.
const MOMENT: i32 = 1;

/// Events taken at once.
const CAPACITY: usize = 1024;

/// The poller's events and the wake-up.
pub struct Ready {
    raw: Vec<libc::epoll_event>,
    found: Vec<(usize, bool, bool)>,
    /// eventfd(2): readable when somebody wants the sleeper awake.
    wake: Arc<OwnedFd>,
    /// The thread's signal mask with the profilers' signal, which would wake it a thousand times a second; from the first wait.
    mask: Option<libc::sigset_t>,
}

/// The calling thread's signal mask and SIGPROF.
fn mask() -> libc::sigset_t {
    let mut mask = std::mem::MaybeUninit::<libc::sigset_t>::zeroed();
    // SAFETY: the set is valid, and all zeros is a set; without a second one the call only asks.
    unsafe {
        libc::pthread_sigmask(libc::SIG_BLOCK, std::ptr::null(), mask.as_mut_ptr());
        libc::sigaddset(mask.as_mut_ptr(), libc::SIGPROF);
        mask.assume_init()
    }
}

impl Ready {
    /// Opens the wake-up.
    ///
    /// # Errors
    /// When the system refuses another descriptor.
    pub fn new(poller: &Poller) -> std::io::Result<Self> {
        // SAFETY: touches no memory of ours.
        let raw = unsafe { libc::eventfd(0, libc::EFD_CLOEXEC | libc::EFD_NONBLOCK) };
        if raw < 0 {
            return Err(std::io::Error::last_os_error());
        }
        // SAFETY: the descriptor was just opened, and nobody else knows it.
        let wake = unsafe { OwnedFd::from_raw_fd(raw) };
        // SAFETY: the descriptor lives at least as long as the host, with which the poller goes.
        unsafe { poller.add_with_mode(&wake, Event::readable(WAKE_KEY), PollMode::Level)? };
        Ok(Self {
            raw: vec![libc::epoll_event { events: 0, u64: 0 }; CAPACITY],
            found: Vec::new(),
            wake: Arc::new(wake),
            mask: None,
        })
    }

    /// Ends the wait, from any thread.
    pub fn waker(&self) -> Waker {
        let wake = Arc::clone(&self.wake);
        Arc::new(move || {
            let one = 1_u64.to_ne_bytes();
            // SAFETY: the bytes are valid for their length. It only fails when many wake-ups wait already.
            unsafe { libc::write(wake.as_raw_fd(), one.as_ptr().cast(), one.len()) };
        })
    }

    /// Waits until something happens or `timeout` is over. Returns what happened: key, readable, writable.
    pub fn wait(
        &mut self,
        poller: &Poller,
        timeout: Option<Duration>,
        before_sleep: BeforeSleep,
    ) -> &[(usize, bool, bool)] {
        self.found.clear();
        // A timer must not be early: what is left of a millisecond counts as a whole one.
        let millis = timeout
            .map_or(-1, |timeout| i32::try_from(timeout.as_nanos().div_ceil(1_000_000)).unwrap_or(i32::MAX));
        let count = match before_sleep {
            Some(before_sleep) if !(0..=MOMENT).contains(&millis) => match self.ask(poller, MOMENT) {
                0 => {
                    before_sleep();
                    self.ask(poller, if millis < 0 { millis } else { millis - MOMENT })
                }
                count => count,
            },
            _ => self.ask(poller, millis),
        };
        // A signal interrupted it. What the signal brought is there now; any other failure is a wait without events.
        let count = if count < 0 { self.ask(poller, 0) } else { count };
        let count = usize::try_from(count).unwrap_or(0);
        for event in &self.raw[..count] {
            let (key, flags) = (event.u64 as usize, event.events.cast_signed());
            if key == WAKE_KEY {
                let mut number = [0_u8; 8];
                // SAFETY: the buffer is valid for its length. The number counts wake-ups, which are all the same.
                unsafe { libc::read(self.wake.as_raw_fd(), number.as_mut_ptr().cast(), number.len()) };
                continue;
            }
            let broken = flags & (libc::EPOLLHUP | libc::EPOLLERR) != 0;
            let readable = broken || flags & (libc::EPOLLIN | libc::EPOLLPRI | libc::EPOLLRDHUP) != 0;
            self.found.push((key, readable, broken || flags & libc::EPOLLOUT != 0));
        }
        &self.found
    }

    fn ask(&mut self, poller: &Poller, millis: i32) -> i32 {
        let (raw, mask) = (&mut self.raw, self.mask.get_or_insert_with(mask));
        // SAFETY: list and mask are valid for the call.
        unsafe { libc::epoll_pwait(poller.as_raw_fd(), raw.as_mut_ptr(), CAPACITY as i32, millis, mask) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_wait_of_more_than_a_moment_is_told() {
        let poller = Poller::new().unwrap();
        let mut ready = Ready::new(&poller).unwrap();
        let mut told = |millis: u64, wakes: bool| {
            if wakes {
                ready.waker()();
            }
            let mut is_told = false;
            let timeout = Some(Duration::from_millis(millis));
            ready.wait(&poller, timeout, Some(&mut || is_told = true));
            is_told
        };
        let moment = MOMENT.unsigned_abs().into();
        assert!(!told(0, false) && !told(moment, false), "that is over at once");
        assert!(told(moment + 1, false));
        assert!(!told(60_000, true), "there is something already");
    }
}
