//! The end of a child process, noticed through a descriptor of its own (pidfd_open(2)), which the poller watches.

use std::collections::HashMap;
use std::os::fd::{FromRawFd as _, OwnedFd};
use std::sync::Arc;

use polling::{Event, PollMode, Poller};

use super::super::errno::{error, last_error};
use crate::host::{HostError, HostEvent, OpId, Response};

/// How a child ended.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ended {
    /// Exit code.
    pub code: i32,
    /// The signal that ended it, or 0.
    pub signal: i32,
}

/// How the child ended; `None` while it runs.
pub fn reap(pid: i32) -> Option<Ended> {
    let mut status = 0;
    // SAFETY: `status` is valid for writing.
    let found = unsafe { libc::waitpid(pid, &raw mut status, libc::WNOHANG) };
    if found == 0 {
        return None;
    }
    if found < 0 {
        // Somebody else has waited for it; how it ended cannot be known any more.
        return Some(Ended::default());
    }
    let signal = if libc::WIFSIGNALED(status) { libc::WTERMSIG(status) } else { 0 };
    Some(Ended { code: if signal == 0 { libc::WEXITSTATUS(status) } else { 0 }, signal })
}

struct Waited {
    op: OpId,
    fd: OwnedFd,
}

/// The children whose end is waited for.
pub struct Children {
    poller: Arc<Poller>,
    /// What the poller calls child 0.
    first_key: usize,
    waited: HashMap<i32, Waited>,
}

impl Children {
    /// None yet.
    pub fn new(poller: Arc<Poller>, first_key: usize) -> Self {
        Self { poller, first_key, waited: HashMap::new() }
    }

    /// Waits for the end of a child.
    ///
    /// # Errors
    /// When the system has no descriptor left.
    pub fn wait(&mut self, op: OpId, pid: i32) -> Result<(), HostError> {
        // SAFETY: touches no memory of ours.
        let raw = unsafe { libc::syscall(libc::SYS_pidfd_open, pid, 0) };
        let raw = i32::try_from(raw).unwrap_or(-1);
        if raw < 0 {
            return Err(last_error("pidfd_open", None, None));
        }
        // SAFETY: the descriptor was just opened.
        let fd = unsafe { OwnedFd::from_raw_fd(raw) };
        let key = self.first_key + usize::try_from(pid).unwrap_or(0);
        // SAFETY: the descriptor is taken out of the poller before it is closed.
        unsafe { self.poller.add_with_mode(&fd, Event::readable(key), PollMode::Level) }
            .map_err(|failed| error(failed.raw_os_error().unwrap_or(libc::EIO), "epoll_ctl", None, None))?;
        self.waited.insert(pid, Waited { op, fd });
        Ok(())
    }

    /// The poller has news.
    pub fn ready(&mut self, key: usize, events: &mut Vec<HostEvent>) {
        let pid = i32::try_from(key - self.first_key).unwrap_or(0);
        let Some(ended) = reap(pid) else { return };
        let Some(Waited { op, fd }) = self.waited.remove(&pid) else { return };
        drop(self.poller.delete(&fd));
        let result = Ok(Response::Numbers(vec![f64::from(ended.code), f64::from(ended.signal)]));
        events.push(HostEvent::Completed { op, result, last: true });
    }

    /// Waits for a child no more.
    pub fn cancel(&mut self, op: OpId) -> bool {
        let Some(pid) = self.waited.iter().find(|entry| entry.1.op == op).map(|entry| *entry.0) else {
            return false;
        };
        if let Some(Waited { fd, .. }) = self.waited.remove(&pid) {
            drop(self.poller.delete(&fd));
        }
        true
    }
}
