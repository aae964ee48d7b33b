//! Names of files: renaming, links, and where they lead to.

use super::{Outcome, c_path, check, join, meta, name_response, retry};
use crate::host::real::errno::error;
use crate::host::{HostError, Response};

/// rename(2).
pub fn rename(path: &[u8], dest: &[u8]) -> Outcome {
    let (from, to) = (c_path(path, "rename")?, c_path(dest, "rename")?);
    // SAFETY: both are NUL-terminated strings that outlive the call.
    check(unsafe { libc::rename(from.as_ptr(), to.as_ptr()) }, "rename", Some(path), Some(dest))
}

/// link(2).
pub fn link(path: &[u8], dest: &[u8]) -> Outcome {
    let (from, to) = (c_path(path, "link")?, c_path(dest, "link")?);
    // SAFETY: both are NUL-terminated strings that outlive the call.
    check(unsafe { libc::link(from.as_ptr(), to.as_ptr()) }, "link", Some(path), Some(dest))
}

/// symlink(2).
pub fn symbolic(target: &[u8], path: &[u8]) -> Outcome {
    let (from, to) = (c_path(target, "symlink")?, c_path(path, "symlink")?);
    // SAFETY: both are NUL-terminated strings that outlive the call.
    check(unsafe { libc::symlink(from.as_ptr(), to.as_ptr()) }, "symlink", Some(target), Some(path))
}

/// readlink(2).
pub fn read(path: &[u8]) -> Result<Vec<u8>, HostError> {
    let name = c_path(path, "readlink")?;
    let mut target: Vec<u8> = Vec::with_capacity(libc::PATH_MAX as usize);
    // SAFETY: the path is NUL-terminated, the buffer valid for its capacity.
    let count =
        retry(|| unsafe { libc::readlink(name.as_ptr(), target.as_mut_ptr().cast(), target.capacity()) })
            .map_err(|errno| error(errno, "readlink", Some(path), None))?;
    // SAFETY: the call wrote `count` bytes.
    unsafe { target.set_len(count) };
    Ok(target)
}

/// realpath(3).
pub fn real_path(path: &[u8], text: bool) -> Outcome {
    let name = c_path(path, "realpath")?;
    let mut found = [0_u8; libc::PATH_MAX as usize];
    // SAFETY: the path is NUL-terminated; the buffer has the size the call asks for.
    if unsafe { libc::realpath(name.as_ptr(), found.as_mut_ptr().cast()) }.is_null() {
        return Err(error(super::errno(), "realpath", Some(path), None));
    }
    let length = found.iter().position(|&byte| byte == 0).unwrap_or(found.len());
    Ok(name_response(found[..length].to_vec(), text))
}

/// The path without symbolic links, found folder by folder, so that an error names the part that is wrong.
pub fn resolve(path: &[u8]) -> Result<Vec<u8>, HostError> {
    let mut rest: Vec<Vec<u8>> = parts(path);
    let mut found: Vec<u8> = Vec::new();
    while let Some(part) = rest.pop() {
        match &*part {
            b"" | b"." => continue,
            b".." => {
                let parent = found.iter().rposition(|&byte| byte == b'/').unwrap_or(0);
                found.truncate(parent);
                continue;
            }
            _ => {}
        }
        let base = join(&found, &part);
        let meta = meta::look(&base, false)?;
        if u32::from(meta.stx_mode) & libc::S_IFMT != libc::S_IFLNK {
            found = base;
            continue;
        }
        // A link into a circle or to nothing is an error of its own.
        meta::look(&base, true)?;
        let target = read(&base)?;
        if target.starts_with(b"/") {
            found.clear();
        }
        rest.extend(parts(&target));
    }
    if found.is_empty() {
        found.push(b'/');
    }
    Ok(found)
}

/// The parts of a path, the first one last.
fn parts(path: &[u8]) -> Vec<Vec<u8>> {
    path.split(|&byte| byte == b'/').rev().map(<[u8]>::to_vec).collect()
}

/// Success without a value.
pub const DONE: Outcome = Ok(Response::Unit);
