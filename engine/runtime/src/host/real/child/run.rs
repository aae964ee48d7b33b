//! A child that is waited for, with what goes into its pipes and comes out of them.

use std::os::fd::{AsRawFd as _, OwnedFd};
use std::time::{Duration, Instant};

use super::super::breaking;
use super::super::errno::error;
use super::spawn::spawn;
use super::wait::{Ended, reap};
use crate::host::request::{Limits, Spawn};
use crate::host::{HostError, Response};

/// Bytes read at once.
const BUFFER: usize = 64 * 1024;

/// How long to wait at most before the child is looked at again, in milliseconds.
const LOOK: i32 = 20;

/// How long a child that was killed has to be gone.
const GRACE: Duration = Duration::from_millis(5);

/// A pipe to the child.
struct Pipe {
    fd: Option<OwnedFd>,
    input: Vec<u8>,
    written: usize,
    output: Vec<u8>,
}

impl Pipe {
    fn wants(&self) -> i16 {
        let write = if self.written < self.input.len() { libc::POLLOUT } else { 0 };
        libc::POLLIN | write
    }

    /// Closes the direction to the child once everything is written.
    fn written_out(&self) {
        if let Some(fd) = &self.fd {
            // SAFETY: touches no memory of ours.
            unsafe { libc::shutdown(fd.as_raw_fd(), libc::SHUT_WR) };
        }
    }

    fn write(&mut self) {
        let Some(fd) = &self.fd else { return };
        let rest = &self.input[self.written..];
        // SAFETY: the rest is valid for its length. A child that is gone must not end this process.
        let count = unsafe {
            libc::send(
                fd.as_raw_fd(),
                rest.as_ptr().cast(),
                rest.len(),
                libc::MSG_NOSIGNAL | libc::MSG_DONTWAIT,
            )
        };
        match usize::try_from(count) {
            Ok(count) => self.written += count,
            Err(_) if would_block() => {}
            // It does not want to read.
            Err(_) => self.written = self.input.len(),
        }
        if self.written >= self.input.len() {
            self.written_out();
        }
    }

    /// Reads what is there; false when the pipe is at its end.
    fn read(&mut self, buffer: &mut [u8]) -> bool {
        let Some(fd) = &self.fd else { return false };
        // SAFETY: the buffer is valid for its length.
        let count = unsafe {
            libc::recv(fd.as_raw_fd(), buffer.as_mut_ptr().cast(), buffer.len(), libc::MSG_DONTWAIT)
        };
        match usize::try_from(count) {
            Ok(0) => false,
            Ok(count) => {
                self.output.extend_from_slice(&buffer[..count]);
                true
            }
            Err(_) => would_block(),
        }
    }
}

fn would_block() -> bool {
    matches!(std::io::Error::last_os_error().raw_os_error(), Some(libc::EAGAIN | libc::EINTR))
}

/// Runs the child to its end. See [`crate::host::request::ProcessRequest::Run`].
///
/// # Errors
/// When it cannot be started.
pub fn run(what: &Spawn, input: Vec<Option<Vec<u8>>>, limits: &Limits) -> Result<Response, HostError> {
    let spawned = spawn(what)?;
    let mut input = input.into_iter();
    let mut pipes: Vec<Pipe> = spawned
        .pipes
        .into_iter()
        .map(|fd| Pipe {
            fd,
            input: input.next().flatten().unwrap_or_default(),
            written: 0,
            output: Vec::new(),
        })
        .collect();
    for pipe in &pipes {
        if pipe.input.is_empty() {
            pipe.written_out();
        }
    }
    let deadline = limits.time.map(|millis| Instant::now() + Duration::from_millis(millis));
    let mut failed: Option<i32> = None;
    let mut ended: Option<Ended> = None;
    let mut buffer = vec![0; BUFFER];
    while ended.is_none() || pipes.iter().any(|pipe| pipe.fd.is_some()) {
        if breaking::ended() {
            end(spawned.pid, libc::SIGKILL);
            // It is gone by then, or the system cannot end it at once.
            std::thread::sleep(GRACE);
            reap(spawned.pid);
            return Err(error(libc::EINTR, "spawnSync", None, None));
        }
        if ended.is_none() {
            ended = reap(spawned.pid);
        }
        if failed.is_none() && deadline.is_some_and(|deadline| Instant::now() >= deadline) {
            failed = Some(libc::ETIMEDOUT);
            end(spawned.pid, limits.signal);
            pipes.iter_mut().for_each(|pipe| pipe.fd = None);
        }
        exchange(&mut pipes, &mut buffer, deadline);
        let is_too_much = |pipe: &Pipe| limits.output.is_some_and(|most| pipe.output.len() as u64 > most);
        if failed.is_none() && pipes.iter().any(is_too_much) {
            failed = Some(libc::ENOBUFS);
            end(spawned.pid, limits.signal);
            pipes.iter_mut().for_each(|pipe| pipe.fd = None);
        }
    }
    let ended = ended.unwrap_or_default();
    let outputs = what.stdio.iter().zip(pipes).map(|(stdio, pipe)| match stdio {
        // All that was read, which may be more than the limit.
        crate::host::request::ChildStdio::Pipe => Response::Bytes(pipe.output),
        _ => Response::Null,
    });
    let number = |value: i32| Response::Number(f64::from(value));
    Ok(Response::List(vec![
        number(spawned.pid),
        if ended.signal == 0 { number(ended.code) } else { Response::Null },
        if ended.signal == 0 { Response::Null } else { number(ended.signal) },
        failed.map_or(Response::Null, |code| number(-code)),
        Response::List(outputs.collect()),
    ]))
}

fn end(pid: i32, signal: i32) {
    // SAFETY: touches no memory. A child that is gone already needs no end.
    unsafe { libc::kill(pid, signal) };
}

/// Waits until something can be read or written, and does so.
fn exchange(pipes: &mut [Pipe], buffer: &mut [u8], deadline: Option<Instant>) {
    let mut polls: Vec<_> = pipes
        .iter()
        .map(|pipe| libc::pollfd {
            fd: pipe.fd.as_ref().map_or(-1, |fd| fd.as_raw_fd()),
            events: pipe.wants(),
            revents: 0,
        })
        .collect();
    let left = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()).as_millis());
    let wait = left.map_or(LOOK, |left| LOOK.min(i32::try_from(left).unwrap_or(LOOK)));
    // SAFETY: the list is valid for its length.
    if unsafe { libc::poll(polls.as_mut_ptr(), polls.len() as libc::nfds_t, wait) } <= 0 {
        return;
    }
    for (pipe, poll) in pipes.iter_mut().zip(&polls) {
        if poll.revents & libc::POLLOUT != 0 && pipe.written < pipe.input.len() {
            pipe.write();
        }
        if poll.revents & (libc::POLLIN | libc::POLLHUP | libc::POLLERR) != 0 && !pipe.read(buffer) {
            pipe.fd = None;
        }
    }
}
