//! Standard input: read when something is there, so that no thread of the pool waits for it.

use std::sync::{Arc, Mutex, PoisonError};

use polling::{Event, PollMode, Poller};

use super::errno::last_error;
use crate::host::{HostError, OpId, Response};

/// How a terminal was set before it was put into raw mode.
static BEFORE: Mutex<Option<(i32, libc::termios)>> = Mutex::new(None);

/// The descriptor.
const FD: i32 = 0;

/// Reads once, waiting if there is nothing.
pub fn read(length: usize) -> Result<Response, HostError> {
    let mut bytes = vec![0; length];
    loop {
        // SAFETY: the buffer is valid for its length.
        let count = unsafe { libc::read(FD, bytes.as_mut_ptr().cast(), bytes.len()) };
        if let Ok(count) = usize::try_from(count) {
            bytes.truncate(count);
            return Ok(Response::Bytes(bytes));
        }
        let failed = last_error("read", None, None);
        if failed.errno == -libc::EAGAIN {
            wait();
        } else if failed.errno != -libc::EINTR {
            return Err(failed);
        }
    }
}

/// Waits until there is something: whoever started the program may have made the descriptor non-blocking.
fn wait() {
    let mut poll = libc::pollfd { fd: FD, events: libc::POLLIN, revents: 0 };
    // SAFETY: one entry is passed, and it is valid for writing.
    unsafe { libc::poll(&raw mut poll, 1, -1) };
}

/// The read that waits for the poller.
#[derive(Default)]
pub struct Input {
    waiting: Option<(OpId, usize)>,
    added: bool,
}

impl Input {
    /// Waits for input. False when the descriptor leads to something that is always ready, such as a file.
    pub fn wait(&mut self, poller: &Arc<Poller>, key: usize, op: OpId, length: usize) -> bool {
        if self.waiting.is_some() {
            return false;
        }
        // SAFETY: the descriptor is borrowed for the call only.
        let fd = unsafe { std::os::fd::BorrowedFd::borrow_raw(FD) };
        let interest = Event::readable(key);
        let result = if self.added {
            poller.modify_with_mode(fd, interest, PollMode::Oneshot)
        } else {
            // SAFETY: standard input stays open as long as the process; the poller ends with it.
            unsafe { poller.add_with_mode(&fd, interest, PollMode::Oneshot) }
        };
        if result.is_err() {
            return false;
        }
        self.added = true;
        self.waiting = Some((op, length));
        true
    }

    /// Something is there: the operation and what it reads.
    pub fn ready(&mut self) -> Option<(OpId, Result<Response, HostError>)> {
        let (op, length) = self.waiting.take()?;
        Some((op, read(length)))
    }

    /// Ends the wait of an operation; false when it is not this one that waits.
    pub fn cancel(&mut self, op: OpId) -> bool {
        let is_it = self.waiting.is_some_and(|waiting| waiting.0 == op);
        if is_it {
            self.waiting = None;
        }
        is_it
    }
}

/// Puts a terminal into raw mode as libuv does (output is still processed), or back.
pub fn set_raw_mode(fd: i32, raw: bool) -> Result<Response, HostError> {
    let mut before = BEFORE.lock().unwrap_or_else(PoisonError::into_inner);
    if !raw {
        restore(&mut before);
        return Ok(Response::Unit);
    }
    // SAFETY: termios is plain numbers, for which zero bytes are valid.
    let mut mode: libc::termios = unsafe { std::mem::zeroed() };
    // SAFETY: `mode` is valid for writing.
    if unsafe { libc::tcgetattr(fd, &raw mut mode) } < 0 {
        return Err(last_error("uv_tty_set_mode", None, None));
    }
    before.get_or_insert((fd, mode));
    mode.c_iflag &= !(libc::BRKINT | libc::ICRNL | libc::INPCK | libc::ISTRIP | libc::IXON);
    mode.c_oflag |= libc::ONLCR;
    mode.c_cflag |= libc::CS8;
    mode.c_lflag &= !(libc::ECHO | libc::ICANON | libc::IEXTEN | libc::ISIG);
    mode.c_cc[libc::VMIN] = 1;
    mode.c_cc[libc::VTIME] = 0;
    // SAFETY: `mode` is valid for reading.
    if unsafe { libc::tcsetattr(fd, libc::TCSADRAIN, &raw const mode) } < 0 {
        return Err(last_error("uv_tty_set_mode", None, None));
    }
    Ok(Response::Unit)
}

/// Leaves the terminal as it was found.
pub fn restore_mode() {
    restore(&mut BEFORE.lock().unwrap_or_else(PoisonError::into_inner));
}

fn restore(before: &mut Option<(i32, libc::termios)>) {
    if let Some((fd, mode)) = before.take() {
        // SAFETY: `mode` is valid for reading. A terminal that is gone needs nothing.
        unsafe { libc::tcsetattr(fd, libc::TCSANOW, &raw const mode) };
    }
}
