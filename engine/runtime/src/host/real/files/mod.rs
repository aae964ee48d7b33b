//! Files and folders through the system's own calls.

mod c_path;
mod content;
mod copy;
mod folders;
mod links;
mod meta;
mod remove;

use std::mem::ManuallyDrop;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};

use super::breaking;
use super::errno::{error, last_error};
use crate::host::request::FileRequest;
use crate::host::{HostError, Response};

use c_path::CPath;
pub use folders::kind::FOLDER;

/// Names in a folder with their kinds.
pub fn list(path: &[u8]) -> Result<Vec<(Vec<u8>, u8)>, HostError> {
    folders::list(path, "scandir")
}

/// What every operation ends in.
type Outcome = Result<Response, HostError>;

/// Does the operation, blocking the calling thread.
pub fn run(request: FileRequest) -> Outcome {
    use FileRequest as R;
    match request {
        R::Open { path, flags, mode } => {
            let fd = ManuallyDrop::new(open(&path, flags, mode, "open")?);
            Ok(Response::Number(f64::from(fd.as_raw_fd())))
        }
        R::Close { fd } | R::CloseFolder { fd } => close(fd),
        R::Read { fd, length, position, .. } => content::read(fd, length, position).map(Response::Bytes),
        R::ReadFile { path, flags, text } => content::read_file(&path, flags, text),
        R::ReadToEnd { fd, text } => content::read_to_end(fd, text),
        R::Write { fd, bytes, position, .. } => {
            content::write(fd, &bytes, 0, position).map(|count| Response::Number(count as f64))
        }
        R::WriteFile { path, bytes, flags, mode, flush } => {
            content::write_file(&path, &bytes, flags, mode, flush)
        }
        R::WriteAll { fd, bytes, flush } => content::write_all(fd, &bytes, flush),
        R::Kind { path } => Ok(Response::Number(meta::kind(&path))),
        R::Stat { path, follow, bigint, required } => meta::stat(&path, follow, bigint, required),
        R::StatDescriptor { fd, bigint } => meta::stat_descriptor(fd, bigint),
        R::StatFs { path, bigint } => meta::stat_fs(&path, bigint),
        R::Exists { path } => Ok(Response::Bool(meta::exists(&path))),
        R::Access { path, mode } => meta::access(&path, mode),
        R::ReadFolder { path, text, types, recursive } => folders::read(&path, text, types, recursive),
        R::OpenFolder { path } => folders::open(&path),
        R::NextNames { fd, text } => folders::next_names(fd, text),
        R::MakeFolder { path, mode, recursive: false } => folders::make(&path, mode),
        R::MakeFolder { path, mode, recursive: true } => folders::make_all(&path, mode),
        R::MakeTemporary { prefix, text } => folders::make_temporary(prefix, text),
        R::RemoveFolder { path } => remove::folder(&path),
        R::Remove { path, recursive, force, retries, delay } => {
            remove::any(&path, recursive, force, remove::Patience { retries, delay })
        }
        R::Unlink { path } => remove::name(&path),
        R::Rename { path, dest } => links::rename(&path, &dest),
        R::CopyFile { path, dest, mode } => copy::file(&path, &dest, mode),
        R::Copy { path, dest, options } => copy::any(&path, &dest, options),
        R::Link { path, dest } => links::link(&path, &dest),
        R::SymbolicLink { target, path } => links::symbolic(&target, &path),
        R::ReadLink { path, text } => links::read(&path).map(|target| name_response(target, text)),
        R::RealPath { path, text, native: true } => links::real_path(&path, text),
        R::RealPath { path, text, native: false } => {
            links::resolve(&path).map(|found| name_response(found, text))
        }
        R::Truncate { path, length } => content::truncate(&path, length),
        R::TruncateDescriptor { fd, length } => content::truncate_descriptor(fd, length),
        R::ChangeMode { path, mode } => meta::change_mode(&path, mode),
        R::ChangeModeDescriptor { fd, mode } => meta::change_mode_descriptor(fd, mode),
        R::ChangeOwner { path, uid, gid, follow } => meta::change_owner(&path, uid, gid, follow),
        R::ChangeOwnerDescriptor { fd, uid, gid } => meta::change_owner_descriptor(fd, uid, gid),
        R::SetTimes { path, accessed, modified, follow } => {
            meta::set_times(&path, accessed, modified, follow)
        }
        R::SetTimesDescriptor { fd, accessed, modified } => {
            meta::set_times_descriptor(fd, accessed, modified)
        }
        R::Sync { fd, data } => content::sync(fd, data),
        // The host itself keeps the watches; no pool thread ever sees them.
        R::WatchOpen { path, .. } => Err(error(libc::ENOSYS, "watch", Some(&path), None)),
        R::WatchEvents { .. } => Err(error(libc::ENOSYS, "watch", None, None)),
    }
}

/// A path for the system.
fn c_path(path: &[u8], syscall: &str) -> Result<CPath, HostError> {
    CPath::new(path).ok_or_else(|| error(libc::EINVAL, syscall, Some(path), None))
}

/// `Unit`, or the error of the call that just returned `result`.
fn check(result: libc::c_int, syscall: &str, path: Option<&[u8]>, dest: Option<&[u8]>) -> Outcome {
    if result < 0 { Err(last_error(syscall, path, dest)) } else { Ok(Response::Unit) }
}

/// Whether a request is about a pipe, a terminal or the like, where others have to come or write.
pub fn may_wait(request: &FileRequest) -> bool {
    match request {
        FileRequest::Open { path, .. }
        | FileRequest::ReadFile { path, .. }
        | FileRequest::WriteFile { path, .. } => meta::is_special(Ok(path)),
        FileRequest::Read { fd, .. } | FileRequest::ReadToEnd { fd, .. } => meta::is_special(Err(*fd)),
        _ => false,
    }
}

/// Does a call again as long as signals interrupt it and the thread's calls were not ended.
fn retry(mut call: impl FnMut() -> libc::ssize_t) -> Result<usize, i32> {
    loop {
        if breaking::ended() {
            return Err(libc::EINTR);
        }
        if let Ok(count) = usize::try_from(call()) {
            return Ok(count);
        }
        let errno = errno();
        if errno != libc::EINTR {
            return Err(errno);
        }
    }
}

/// Why the last call on this thread failed.
fn errno() -> i32 {
    std::io::Error::last_os_error().raw_os_error().unwrap_or(libc::EIO)
}

/// Opens a path; `syscall` names the failure.
fn open(path: &[u8], flags: i32, mode: u32, syscall: &str) -> Result<OwnedFd, HostError> {
    let name = c_path(path, syscall)?;
    let opened = retry(|| {
        // SAFETY: `name` is a NUL-terminated string that outlives the call.
        let fd = unsafe { libc::open(name.as_ptr(), flags | libc::O_CLOEXEC, mode) };
        fd as libc::ssize_t
    });
    match opened {
        // SAFETY: the descriptor was just opened, and nobody else knows it. The system's descriptors are 32 bits wide.
        Ok(fd) => Ok(unsafe { OwnedFd::from_raw_fd(fd as i32) }),
        Err(errno) => Err(error(errno, syscall, Some(path), None)),
    }
}

fn close(fd: i32) -> Outcome {
    // SAFETY: closing a descriptor number touches no memory; a wrong one fails with EBADF.
    check(unsafe { libc::close(fd) }, "close", None, None)
}

/// A file name as it was asked for.
fn name_response(name: Vec<u8>, text: bool) -> Response {
    if text { Response::Text(into_text(name)) } else { Response::Bytes(name) }
}

/// UTF-8, without a copy when it is.
fn into_text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|wrong| String::from_utf8_lossy(wrong.as_bytes()).into_owned())
}

/// `folder/name`.
pub fn join(folder: &[u8], name: &[u8]) -> Vec<u8> {
    let mut path = Vec::with_capacity(folder.len() + 1 + name.len());
    path.extend_from_slice(folder);
    if !folder.ends_with(b"/") {
        path.push(b'/');
    }
    path.extend_from_slice(name);
    path
}
