//! Files and folders through the system's own calls.

use std::ffi::{CString, OsStr};
use std::os::unix::ffi::{OsStrExt, OsStringExt};

use super::errno::{error, last_error};
use crate::host::request::FileRequest;
use crate::host::{HostError, Response};

/// Does the operation, blocking the calling thread.
pub fn run(request: FileRequest) -> Result<Response, HostError> {
    match request {
        FileRequest::Open { path, flags, mode } => open(&path, flags, mode),
        FileRequest::Close { fd } => close(fd),
        FileRequest::Read { fd, length, position } => read(fd, length, position).map(Response::Bytes),
        FileRequest::ReadFile { path } => read_file(&path),
        FileRequest::Write { fd, bytes, position } => write(fd, &bytes, position),
        FileRequest::Kind { path } => Ok(Response::Number(kind(&path))),
        FileRequest::RealPath { path } => real_path(&path),
    }
}

fn c_path(path: &[u8], syscall: &str) -> Result<CString, HostError> {
    CString::new(path).map_err(|_| error(libc::EINVAL, syscall, Some(path), None))
}

fn open(path: &[u8], flags: i32, mode: u32) -> Result<Response, HostError> {
    let name = c_path(path, "open")?;
    // SAFETY: `name` is a NUL-terminated string that outlives the call.
    let fd = unsafe { libc::open(name.as_ptr(), flags | libc::O_CLOEXEC, mode) };
    if fd < 0 {
        return Err(last_error("open", Some(path), None));
    }
    Ok(Response::Number(f64::from(fd)))
}

fn close(fd: i32) -> Result<Response, HostError> {
    // SAFETY: closing a descriptor number touches no memory; a wrong one fails with EBADF.
    if unsafe { libc::close(fd) } < 0 {
        return Err(last_error("close", None, None));
    }
    Ok(Response::Unit)
}

fn read(fd: i32, length: usize, position: Option<u64>) -> Result<Vec<u8>, HostError> {
    let mut bytes = vec![0_u8; length];
    let count = loop {
        // SAFETY: the buffer is valid for `length` bytes.
        let count = unsafe {
            match position {
                None => libc::read(fd, bytes.as_mut_ptr().cast(), length),
                Some(offset) => libc::pread(fd, bytes.as_mut_ptr().cast(), length, offset.cast_signed()),
            }
        };
        if count >= 0 {
            break count.cast_unsigned();
        }
        let failed = last_error("read", None, None);
        if failed.errno != -libc::EINTR {
            return Err(failed);
        }
    };
    bytes.truncate(count);
    Ok(bytes)
}

fn read_file(path: &[u8]) -> Result<Response, HostError> {
    std::fs::read(OsStr::from_bytes(path)).map(Response::Bytes).map_err(|failed| {
        let errno = failed.raw_os_error().unwrap_or(libc::EIO);
        // A folder opens, and only reading it fails.
        if errno == libc::EISDIR {
            error(errno, "read", None, None)
        } else {
            error(errno, "open", Some(path), None)
        }
    })
}

fn write(fd: i32, bytes: &[u8], position: Option<u64>) -> Result<Response, HostError> {
    loop {
        // SAFETY: the buffer is valid for its length.
        let count = unsafe {
            match position {
                None => libc::write(fd, bytes.as_ptr().cast(), bytes.len()),
                Some(offset) => libc::pwrite(fd, bytes.as_ptr().cast(), bytes.len(), offset.cast_signed()),
            }
        };
        if count >= 0 {
            return Ok(Response::Number(count as f64));
        }
        let failed = last_error("write", None, None);
        if failed.errno != -libc::EINTR {
            return Err(failed);
        }
    }
}

fn kind(path: &[u8]) -> f64 {
    match std::fs::metadata(OsStr::from_bytes(path)) {
        Ok(meta) if meta.is_dir() => 1.0,
        Ok(_) => 0.0,
        Err(_) => -1.0,
    }
}

fn real_path(path: &[u8]) -> Result<Response, HostError> {
    std::fs::canonicalize(OsStr::from_bytes(path))
        .map(|found| Response::Bytes(found.into_os_string().into_vec()))
        .map_err(|failed| error(failed.raw_os_error().unwrap_or(libc::EIO), "realpath", Some(path), None))
}
