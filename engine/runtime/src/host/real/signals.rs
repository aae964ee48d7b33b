//! Signals: the handler writes their number into a pipe, which the poller watches. As libuv does.

use std::os::fd::{AsRawFd as _, FromRawFd as _, OwnedFd};
use std::sync::Arc;
use std::sync::atomic::{AtomicI32, Ordering};

use polling::{Event, PollMode, Poller};

use super::errno::{error, last_error};
use crate::host::{HostError, HostEvent, OpId, Response};

/// Where the handler writes; -1 before the first signal is watched. Handlers know no host, so the process has one pipe.
static WRITE_END: AtomicI32 = AtomicI32::new(-1);

/// The signals that are watched, and for whom.
#[derive(Default)]
pub struct Signals {
    watchers: Vec<(i32, OpId)>,
    read_end: Option<OwnedFd>,
}

impl Signals {
    /// Reports every arrival of `signal` to `op` from now on.
    ///
    /// # Errors
    /// When there is no such signal or it cannot be caught.
    pub fn watch(
        &mut self,
        poller: &Arc<Poller>,
        key: usize,
        op: OpId,
        signal: i32,
    ) -> Result<(), HostError> {
        if self.read_end.is_none() {
            self.read_end = Some(open_pipe(poller, key)?);
        }
        if !self.watchers.iter().any(|watcher| watcher.0 == signal) {
            let handler: extern "C" fn(i32) = arrived;
            set_action(signal, handler as libc::sighandler_t)?;
        }
        self.watchers.push((signal, op));
        Ok(())
    }

    /// Ends the reports to `op`; after the last one the signal does again what it does by default.
    pub fn cancel(&mut self, op: OpId) -> bool {
        let Some(index) = self.watchers.iter().position(|watcher| watcher.1 == op) else { return false };
        let (signal, _) = self.watchers.swap_remove(index);
        if !self.watchers.iter().any(|watcher| watcher.0 == signal) {
            // It was possible to watch the signal, so this is, too.
            drop(set_action(signal, libc::SIG_DFL));
        }
        true
    }

    /// Reports what has arrived.
    pub fn take(&mut self, events: &mut Vec<HostEvent>) {
        let Some(fd) = &self.read_end else { return };
        let mut numbers = [0_u8; 256];
        loop {
            // SAFETY: the buffer is valid for its length.
            let count = unsafe { libc::read(fd.as_raw_fd(), numbers.as_mut_ptr().cast(), numbers.len()) };
            let Some(count) = usize::try_from(count).ok().filter(|&count| count > 0) else { return };
            for &number in &numbers[..count] {
                for &(signal, op) in self.watchers.iter().filter(|watcher| watcher.0 == i32::from(number)) {
                    let result = Ok(Response::Number(f64::from(signal)));
                    events.push(HostEvent::Completed { op, result, last: false });
                }
            }
        }
    }
}

/// Runs wherever the signal finds the process: only a write is allowed here.
extern "C" fn arrived(signal: i32) {
    let byte = u8::try_from(signal).unwrap_or(0);
    // SAFETY: write(2) may be called in a signal handler, the byte is valid, and errno is put back as it was. A full
    // pipe loses the signal, as the system itself merges signals that wait.
    unsafe {
        let errno = libc::__errno_location();
        let before = *errno;
        libc::write(WRITE_END.load(Ordering::Relaxed), (&raw const byte).cast(), 1);
        *errno = before;
    }
}

fn open_pipe(poller: &Arc<Poller>, key: usize) -> Result<OwnedFd, HostError> {
    let mut ends = [0; 2];
    // SAFETY: `ends` has room for the two descriptors.
    if unsafe { libc::pipe2(ends.as_mut_ptr(), libc::O_CLOEXEC | libc::O_NONBLOCK) } < 0 {
        return Err(last_error("pipe2", None, None));
    }
    // SAFETY: the descriptor was just opened and belongs to nobody else.
    let read_end = unsafe { OwnedFd::from_raw_fd(ends[0]) };
    // SAFETY: the descriptor is taken out of the poller by closing it, which happens with the poller's own end.
    let added = unsafe { poller.add_with_mode(&read_end, Event::readable(key), PollMode::Level) };
    added.map_err(|failed| error(failed.raw_os_error().unwrap_or(libc::EIO), "epoll_ctl", None, None))?;
    // The end for writing stays open as long as the process: a handler may run at any time.
    WRITE_END.store(ends[1], Ordering::Relaxed);
    Ok(read_end)
}

fn set_action(signal: i32, handler: libc::sighandler_t) -> Result<(), HostError> {
    // SAFETY: sigaction is plain numbers, for which zero bytes are valid.
    let mut action: libc::sigaction = unsafe { std::mem::zeroed() };
    action.sa_sigaction = handler;
    action.sa_flags = libc::SA_RESTART;
    // SAFETY: the set and the action are valid for the calls; the handler does what handlers may do.
    let failed = unsafe {
        libc::sigfillset(&raw mut action.sa_mask);
        libc::sigaction(signal, &raw const action, std::ptr::null_mut()) < 0
    };
    if failed { Err(last_error("uv_signal_start", None, None)) } else { Ok(()) }
}
