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
            let handler: extern "C" fn(i32) = debug_asked;
            let debugs = signal == libc::SIGUSR1 && DEBUG_END.load(Ordering::Relaxed) != UNHEARD;
            let action = if debugs { handler as libc::sighandler_t } else { libc::SIG_DFL };
            // It was possible to watch the signal, so this is, too.
            drop(set_action(signal, action));
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

/// Where the handler writes interruptions instead while somebody intercepts them; -1 while nobody does.
static INTERCEPTING_END: AtomicI32 = AtomicI32::new(-1);

/// While this lives, SIGINT calls a function on another thread and reaches nobody else.
pub struct Interception {
    write_end: OwnedFd,
    /// Where interruptions went before.
    before: i32,
    action: libc::sigaction,
    thread: Option<std::thread::JoinHandle<()>>,
}

/// Calls `then` for every SIGINT, on a thread of its own.
///
/// # Errors
/// When the system gives no pipe or no thread.
pub fn intercept(then: Box<dyn Fn() + Send>) -> Result<Interception, HostError> {
    let mut ends = [0; 2];
    // SAFETY: `ends` has room for the two descriptors.
    if unsafe { libc::pipe2(ends.as_mut_ptr(), libc::O_CLOEXEC) } < 0 {
        return Err(last_error("pipe2", None, None));
    }
    // SAFETY: the descriptors were just opened and belong to nobody else.
    let [read_end, write_end] = ends.map(|fd| unsafe { OwnedFd::from_raw_fd(fd) });
    let thread = std::thread::Builder::new().name("interrupts".to_owned()).spawn(move || {
        let mut number = 0_u8;
        // SAFETY: the buffer holds one byte.
        while unsafe { libc::read(read_end.as_raw_fd(), (&raw mut number).cast(), 1) } == 1 && number != 0 {
            then();
        }
    });
    let thread = thread.map_err(|failed| {
        error(failed.raw_os_error().unwrap_or(libc::EAGAIN), "pthread_create", None, None)
    })?;
    // SAFETY: sigaction is plain numbers, for which zero bytes are valid.
    let mut action: libc::sigaction = unsafe { std::mem::zeroed() };
    // SAFETY: the action is valid for writing.
    unsafe { libc::sigaction(libc::SIGINT, std::ptr::null(), &raw mut action) };
    let before = INTERCEPTING_END.swap(write_end.as_raw_fd(), Ordering::Relaxed);
    let handler: extern "C" fn(i32) = arrived;
    set_action(libc::SIGINT, handler as libc::sighandler_t)?;
    Ok(Interception { write_end, before, action, thread: Some(thread) })
}

impl Drop for Interception {
    fn drop(&mut self) {
        INTERCEPTING_END.store(self.before, Ordering::Relaxed);
        // SAFETY: the action is the one that was there; the byte is valid.
        unsafe {
            libc::sigaction(libc::SIGINT, &raw const self.action, std::ptr::null_mut());
            libc::write(self.write_end.as_raw_fd(), (&raw const END).cast(), 1);
        }
        if let Some(thread) = self.thread.take() {
            // What it called cannot panic: it ends a script.
            drop(thread.join());
        }
    }
}

/// Where the handler of [`on_interrupt`] writes; -1 before there is one.
static LAST_RESORT_END: AtomicI32 = AtomicI32::new(-1);

/// Calls `then` on a thread of its own for the first SIGINT that nobody else takes; the next one ends the process. Scripts
/// that listen to the signal take it before.
///
/// # Errors
/// When the system gives no pipe or no thread.
pub fn on_interrupt(then: Box<dyn FnOnce() + Send>) -> Result<(), HostError> {
    let mut ends = [0; 2];
    // SAFETY: `ends` has room for the two descriptors.
    if unsafe { libc::pipe2(ends.as_mut_ptr(), libc::O_CLOEXEC) } < 0 {
        return Err(last_error("pipe2", None, None));
    }
    // SAFETY: the descriptor was just opened and belongs to nobody else.
    let read_end = unsafe { OwnedFd::from_raw_fd(ends[0]) };
    let thread = std::thread::Builder::new().name("interrupts".to_owned()).spawn(move || {
        let mut number = 0_u8;
        // SAFETY: the buffer holds one byte.
        if unsafe { libc::read(read_end.as_raw_fd(), (&raw mut number).cast(), 1) } == 1 {
            // It was possible to set it, so this is, too.
            drop(set_action(libc::SIGINT, libc::SIG_DFL));
            then();
        }
    });
    thread.map_err(|failed| {
        error(failed.raw_os_error().unwrap_or(libc::EAGAIN), "pthread_create", None, None)
    })?;
    // The end for writing stays open as long as the process: the handler may run at any time.
    LAST_RESORT_END.store(ends[1], Ordering::Relaxed);
    let handler: extern "C" fn(i32) = interrupted;
    set_action(libc::SIGINT, handler as libc::sighandler_t)
}

/// Where the handler of [`on_debug_signal`] writes; [`UNHEARD`] before there is one, [`DEAF`] when there will be none.
static DEBUG_END: AtomicI32 = AtomicI32::new(UNHEARD);

/// SIGUSR1 does what it does by default.
const UNHEARD: i32 = -1;

/// It does nothing.
const DEAF: i32 = -2;

/// Stack of the thread that waits for [`on_debug_signal`], which does hardly anything.
const DEBUG_STACK: usize = 128 << 10;

/// Calls `then`, on a thread of its own, for every SIGUSR1 that no script listens to.
///
/// # Errors
/// When the system gives no pipe or no thread.
pub fn on_debug_signal(then: Box<dyn Fn() + Send>) -> Result<(), HostError> {
    let mut ends = [0; 2];
    // SAFETY: `ends` has room for the two descriptors.
    if unsafe { libc::pipe2(ends.as_mut_ptr(), libc::O_CLOEXEC) } < 0 {
        return Err(last_error("pipe2", None, None));
    }
    // SAFETY: the descriptor was just opened and belongs to nobody else.
    let read_end = unsafe { OwnedFd::from_raw_fd(ends[0]) };
    let thread = std::thread::Builder::new().name("debug-signal".to_owned()).stack_size(DEBUG_STACK);
    let thread = thread.spawn(move || {
        let mut number = 0_u8;
        // SAFETY: the buffer holds one byte.
        while unsafe { libc::read(read_end.as_raw_fd(), (&raw mut number).cast(), 1) } == 1 {
            then();
        }
    });
    thread.map_err(|failed| {
        error(failed.raw_os_error().unwrap_or(libc::EAGAIN), "pthread_create", None, None)
    })?;
    // The end for writing stays open as long as the process: the handler may run at any time.
    DEBUG_END.store(ends[1], Ordering::Relaxed);
    let handler: extern "C" fn(i32) = debug_asked;
    set_action(libc::SIGUSR1, handler as libc::sighandler_t)
}

/// SIGUSR1 does nothing unless a script listens to it. Children do not inherit that, as they would if it were ignored.
///
/// # Errors
/// When the system does not let it.
pub fn ignore_debug_signal() -> Result<(), HostError> {
    DEBUG_END.store(DEAF, Ordering::Relaxed);
    let handler: extern "C" fn(i32) = debug_asked;
    set_action(libc::SIGUSR1, handler as libc::sighandler_t)
}

/// Runs wherever the signal finds the process: only a write is allowed here.
extern "C" fn debug_asked(_signal: i32) {
    // What is no descriptor takes nothing.
    write_in_handler(DEBUG_END.load(Ordering::Relaxed), 1);
}

/// Runs wherever the signal finds the process: only a write is allowed here.
extern "C" fn interrupted(_signal: i32) {
    write_in_handler(LAST_RESORT_END.load(Ordering::Relaxed), 1);
}

/// Tells the thread of an interception that it is over; no signal has this number.
static END: u8 = 0;

/// Runs wherever the signal finds the process: only a write is allowed here.
extern "C" fn arrived(signal: i32) {
    let byte = u8::try_from(signal).unwrap_or(0);
    let intercepting = INTERCEPTING_END.load(Ordering::Relaxed);
    let end = if signal == libc::SIGINT && intercepting >= 0 {
        intercepting
    } else {
        WRITE_END.load(Ordering::Relaxed)
    };
    write_in_handler(end, byte);
}

/// Writes a byte from a signal handler.
fn write_in_handler(end: i32, byte: u8) {
    // SAFETY: write(2) may be called in a signal handler, the byte is valid, and errno is put back as it was. A full
    // pipe loses the signal, as the system itself merges signals that wait.
    unsafe {
        let errno = libc::__errno_location();
        let before = *errno;
        libc::write(end, (&raw const byte).cast(), 1);
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

/// Writing more than the limit of a file's size is an error and not the end of the process. A handler and not
/// `SIG_IGN`, which children would inherit.
///
/// # Errors
/// When the system refuses it.
pub fn survive_full_files() -> Result<(), HostError> {
    extern "C" fn nothing(_signal: i32) {}
    let handler: extern "C" fn(i32) = nothing;
    set_action(libc::SIGXFSZ, handler as libc::sighandler_t)
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
