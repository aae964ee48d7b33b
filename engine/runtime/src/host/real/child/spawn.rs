//! Starting a child process.

use std::ffi::OsStr;
use std::fs::File;
use std::os::fd::{AsRawFd as _, FromRawFd as _, OwnedFd, RawFd};
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command};

use super::super::errno::{error, last_error};
use crate::host::HostError;
use crate::host::request::{ChildStdio, Spawn};
use crate::inspect::frames::VARIABLE;

/// A child that runs, and this process's ends of its pipes.
pub struct Spawned {
    /// Its id.
    pub pid: i32,
    /// By descriptor of the child's.
    pub pipes: Vec<Option<OwnedFd>>,
}

/// Two ends of a pipe for both directions: ours and the child's.
fn pair() -> Result<(OwnedFd, OwnedFd), HostError> {
    let mut ends = [0; 2];
    // SAFETY: `ends` has room for the two descriptors.
    if unsafe {
        libc::socketpair(libc::AF_UNIX, libc::SOCK_STREAM | libc::SOCK_CLOEXEC, 0, ends.as_mut_ptr())
    } < 0
    {
        return Err(last_error("socketpair", None, None));
    }
    // SAFETY: both were just opened, and nobody else knows them.
    Ok(unsafe { (OwnedFd::from_raw_fd(ends[0]), OwnedFd::from_raw_fd(ends[1])) })
}

/// Keeps the numbers that the child's descriptors will have from being given to something that the start itself needs.
fn reserve(count: usize) -> Vec<OwnedFd> {
    let mut reserved = Vec::new();
    let Ok(nothing) = File::open("/dev/null") else { return reserved };
    for _ in 3..count {
        // SAFETY: touches no memory of ours.
        let raw = unsafe { libc::fcntl(nothing.as_raw_fd(), libc::F_DUPFD_CLOEXEC, 3) };
        if raw < 0 {
            break;
        }
        // SAFETY: the descriptor was just made.
        reserved.push(unsafe { OwnedFd::from_raw_fd(raw) });
        if usize::try_from(raw).is_ok_and(|raw| raw >= count) {
            break;
        }
    }
    reserved
}

/// Starts the child.
///
/// # Errors
/// When the system does not let it.
pub fn spawn(spawn: &Spawn) -> Result<Spawned, HostError> {
    let reserved = reserve(spawn.stdio.len());
    let nothing = File::options()
        .read(true)
        .write(true)
        .open("/dev/null")
        .map_err(|failed| error(failed.raw_os_error().unwrap_or(libc::EIO), "open", None, None))?;
    let mut pipes = Vec::new();
    let mut theirs = Vec::new();
    let mut sources: Vec<RawFd> = Vec::new();
    for stdio in &spawn.stdio {
        let (pipe, source) = match *stdio {
            ChildStdio::Ignore => (None, nothing.as_raw_fd()),
            ChildStdio::Descriptor(fd) => (None, fd),
            ChildStdio::Pipe => {
                let (ours, other) = pair()?;
                let raw = other.as_raw_fd();
                theirs.push(other);
                (Some(ours), raw)
            }
        };
        pipes.push(pipe);
        sources.push(source);
    }
    let mut command = Command::new(OsStr::from_bytes(&spawn.file));
    let mut args = spawn.args.iter().map(|arg| OsStr::from_bytes(arg));
    if let Some(name) = args.next() {
        command.arg0(name);
    }
    command.args(args);
    if let Some(environment) = &spawn.environment {
        command.env_clear();
        for entry in environment {
            let at = entry.iter().position(|&byte| byte == b'=').unwrap_or(entry.len());
            let value = entry.get(at + 1..).unwrap_or_default();
            if at > 0 {
                command.env(OsStr::from_bytes(&entry[..at]), OsStr::from_bytes(value));
            }
        }
    }
    if let Some(debugger) = &spawn.debugger {
        command.env(VARIABLE, debugger);
    }
    if let Some(folder) = &spawn.folder {
        command.current_dir(OsStr::from_bytes(folder));
    }
    if let Some(uid) = spawn.uid {
        command.uid(uid);
    }
    if let Some(gid) = spawn.gid {
        command.gid(gid);
    }
    let detached = spawn.detached;
    // SAFETY: between fork and exec only calls that signal handlers may make are made, and nothing is allocated.
    unsafe {
        command.pre_exec(move || {
            if detached {
                libc::setsid();
            }
            put_descriptors(&sources)
        });
    }
    let started = command.spawn();
    drop((reserved, theirs, nothing));
    let child: Child =
        started.map_err(|failed| error(failed.raw_os_error().unwrap_or(libc::EIO), "spawn", None, None))?;
    // Its end is noticed through a descriptor of its own; dropping the handle neither waits nor kills.
    let pid = i32::try_from(child.id()).unwrap_or(i32::MAX);
    Ok(Spawned { pid, pipes })
}

/// Gives the descriptors the numbers 0, 1, 2 … in the child.
fn put_descriptors(sources: &[RawFd]) -> std::io::Result<()> {
    let count = RawFd::try_from(sources.len()).unwrap_or(RawFd::MAX);
    for (target, &source) in (0..).zip(sources) {
        if source < count && source != target {
            // It stands where another one belongs: everything goes out of the way first.
            return put_descriptors_apart(sources, count);
        }
    }
    for (target, &source) in (0..).zip(sources) {
        put(source, target)?;
    }
    Ok(())
}

fn put_descriptors_apart(sources: &[RawFd], count: RawFd) -> std::io::Result<()> {
    // More than this nobody has; there must be no allocation here.
    let mut apart = [-1; 64];
    for (slot, &source) in apart.iter_mut().zip(sources) {
        // SAFETY: touches no memory.
        *slot = unsafe { libc::fcntl(source, libc::F_DUPFD_CLOEXEC, count) };
        if *slot < 0 {
            return Err(std::io::Error::last_os_error());
        }
    }
    for (target, (&source, _)) in (0..).zip(apart.iter().zip(sources)) {
        put(source, target)?;
    }
    Ok(())
}

fn put(source: RawFd, target: RawFd) -> std::io::Result<()> {
    // SAFETY: neither call touches memory.
    let result = unsafe {
        if source == target {
            let flags = libc::fcntl(source, libc::F_GETFD);
            if flags < 0 { flags } else { libc::fcntl(source, libc::F_SETFD, flags & !libc::FD_CLOEXEC) }
        } else {
            libc::dup2(source, target)
        }
    };
    if result < 0 {
        return Err(std::io::Error::last_os_error());
    }
    if target <= 2 {
        // Programs expect these to wait.
        // SAFETY: as above.
        unsafe {
            let flags = libc::fcntl(target, libc::F_GETFL);
            libc::fcntl(target, libc::F_SETFL, flags & !libc::O_NONBLOCK);
        }
    }
    Ok(())
}
