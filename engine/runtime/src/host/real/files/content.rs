//! The content of files: reading, writing, length.

use std::os::fd::{AsRawFd, RawFd};

use super::{Outcome, check, errno, into_text, meta, open, retry};
use crate::host::real::errno::error;
use crate::host::request::Content;
use crate::host::{HostError, Response};

/// The largest file that is read in one piece: what one read(2) can return.
const MAX_WHOLE: u64 = 0x7fff_ffff;
/// The most characters a string of V8 holds.
const MAX_TEXT: u64 = 0x1fff_ffe8;
/// Bytes to ask for when the size is not known.
const CHUNK: usize = 64 * 1024;

/// At most `length` bytes, from `position` or from the descriptor's own.
pub fn read(fd: RawFd, length: usize, position: Option<u64>) -> Result<Vec<u8>, HostError> {
    let mut bytes = Vec::with_capacity(length);
    read_into(fd, &mut bytes, length, position).map_err(|errno| error(errno, "read", None, None))?;
    Ok(bytes)
}

/// Appends what one call reads. There must be room for it.
fn read_into(fd: RawFd, bytes: &mut Vec<u8>, length: usize, position: Option<u64>) -> Result<usize, i32> {
    let spare = bytes.spare_capacity_mut();
    let length = length.min(spare.len());
    let target = spare.as_mut_ptr().cast();
    let count = retry(|| {
        // SAFETY: the spare capacity is valid for writing `length` bytes.
        unsafe {
            match position {
                None => libc::read(fd, target, length),
                Some(offset) => libc::pread(fd, target, length, offset.cast_signed()),
            }
        }
    })?;
    // SAFETY: the call wrote `count` bytes behind the old length.
    unsafe { bytes.set_len(bytes.len() + count) };
    Ok(count)
}

/// Reads a whole file.
pub fn read_file(path: &[u8], flags: i32, text: bool) -> Outcome {
    let file = open(path, flags, 0o666, "open")?;
    read_rest(file.as_raw_fd(), text).map_err(|errno| error(errno, "read", None, None))
}

/// Reads from the descriptor's position to the end.
pub fn read_to_end(fd: RawFd, text: bool) -> Outcome {
    // A descriptor that is none fails when it is looked at, before it is read.
    meta::size(fd).map_err(|errno| error(errno, "fstat", None, None))?;
    read_rest(fd, text).map_err(|errno| error(errno, "read", None, None))
}

fn read_rest(fd: RawFd, text: bool) -> Result<Response, i32> {
    // Zero for everything but regular files, and for files that are made up while they are read.
    let size = meta::size(fd)?;
    if size > MAX_WHOLE || (text && size > MAX_TEXT) {
        return Ok(Response::Number(size as f64));
    }
    let size = usize::try_from(size).unwrap_or(0);
    let mut bytes = Vec::with_capacity(if size == 0 { CHUNK } else { size });
    loop {
        if bytes.len() == bytes.capacity() {
            if bytes.len() == size {
                break;
            }
            bytes.reserve(bytes.len().max(CHUNK));
        }
        if read_into(fd, &mut bytes, usize::MAX, None)? == 0 {
            break;
        }
    }
    Ok(if text { Response::Text(into_text(bytes)) } else { Response::Bytes(bytes) })
}

/// Writes what one call takes of the bytes behind the first `done`.
pub fn write(fd: RawFd, content: &Content, done: usize, position: Option<u64>) -> Result<usize, HostError> {
    let bytes = content.bytes();
    let length = bytes.len().saturating_sub(done);
    let start = bytes.cast::<u8>().wrapping_add(done).cast();
    retry(|| {
        // SAFETY: that many bytes can be read there for as long as the content lives.
        unsafe {
            match position {
                None => libc::write(fd, start, length),
                Some(offset) => libc::pwrite(fd, start, length, offset.cast_signed()),
            }
        }
    })
    .map_err(|errno| error(errno, "write", None, None))
}

/// Writes all of it.
pub fn write_all(fd: RawFd, content: &Content, flush: bool) -> Outcome {
    let mut done = 0;
    while done < content.bytes().len() {
        done += write(fd, content, done, None)?;
    }
    if flush { sync(fd, false) } else { Ok(Response::Unit) }
}

/// Opens, writes all of it, closes.
pub fn write_file(path: &[u8], content: &Content, flags: i32, mode: u32, flush: bool) -> Outcome {
    let file = open(path, flags, mode, "open")?;
    write_all(file.as_raw_fd(), content, flush)
}

/// fsync(2), fdatasync(2).
pub fn sync(fd: RawFd, data: bool) -> Outcome {
    if data {
        // SAFETY: touches no memory of ours.
        check(unsafe { libc::fdatasync(fd) }, "fdatasync", None, None)
    } else {
        // SAFETY: as above.
        check(unsafe { libc::fsync(fd) }, "fsync", None, None)
    }
}

/// Opens the file and sets its length.
pub fn truncate(path: &[u8], length: u64) -> Outcome {
    let file = open(path, libc::O_RDWR, 0o666, "open")?;
    truncate_descriptor(file.as_raw_fd(), length)
}

/// ftruncate(2).
pub fn truncate_descriptor(fd: RawFd, length: u64) -> Outcome {
    // SAFETY: touches no memory of ours.
    let result = unsafe { libc::ftruncate(fd, length.cast_signed()) };
    if result < 0 { Err(error(errno(), "ftruncate", None, None)) } else { Ok(Response::Unit) }
}
