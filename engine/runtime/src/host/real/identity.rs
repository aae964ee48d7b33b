//! Users and groups of the process.

use std::ffi::{CStr, CString};

use super::errno::{error, last_error};
use crate::host::{HostError, Response};

fn done(result: libc::c_int, syscall: &str) -> Result<Response, HostError> {
    if result < 0 { Err(last_error(syscall, None, None)) } else { Ok(Response::Unit) }
}

/// setuid(2) and its relatives.
pub fn set_id(group: bool, effective: bool, id: u32) -> Result<Response, HostError> {
    // SAFETY: the calls touch no memory of ours.
    unsafe {
        match (group, effective) {
            (false, false) => done(libc::setuid(id), "setuid"),
            (false, true) => done(libc::seteuid(id), "seteuid"),
            (true, false) => done(libc::setgid(id), "setgid"),
            (true, true) => done(libc::setegid(id), "setegid"),
        }
    }
}

/// setgroups(2).
pub fn set_groups(ids: &[u32]) -> Result<Response, HostError> {
    // SAFETY: the list is valid for its length.
    done(unsafe { libc::setgroups(ids.len(), ids.as_ptr()) }, "setgroups")
}

/// initgroups(3).
pub fn init_groups(user: &str, group: u32) -> Result<Response, HostError> {
    let name = CString::new(user).map_err(|_| error(libc::EINVAL, "initgroups", None, None))?;
    // SAFETY: the name is NUL-terminated.
    done(unsafe { libc::initgroups(name.as_ptr(), group) }, "initgroups")
}

/// The number behind a name, or a user's name behind a number.
pub fn find(group: bool, name: &str) -> Response {
    let Ok(c_name) = CString::new(name) else { return Response::Null };
    let mut buffer: Vec<libc::c_char> = vec![0; 16 * 1024];
    let (space, length) = (buffer.as_mut_ptr(), buffer.len());
    if group {
        // SAFETY: group is numbers and pointers, for which zero bytes are valid.
        let mut entry: libc::group = unsafe { std::mem::zeroed() };
        let mut found = std::ptr::null_mut();
        // SAFETY: every pointer is valid, and the buffer is as long as the call is told.
        unsafe { libc::getgrnam_r(c_name.as_ptr(), &raw mut entry, space, length, &raw mut found) };
        return if found.is_null() { Response::Null } else { Response::Number(f64::from(entry.gr_gid)) };
    }
    // SAFETY: passwd is numbers and pointers, for which zero bytes are valid.
    let mut entry: libc::passwd = unsafe { std::mem::zeroed() };
    let mut found = std::ptr::null_mut();
    if let Ok(id) = name.parse() {
        // SAFETY: every pointer is valid, and the buffer is as long as the call is told.
        unsafe { libc::getpwuid_r(id, &raw mut entry, space, length, &raw mut found) };
        if found.is_null() {
            return Response::Null;
        }
        // SAFETY: the field points to a C string in the buffer, which is still there.
        return Response::Text(unsafe { CStr::from_ptr(entry.pw_name) }.to_string_lossy().into_owned());
    }
    // SAFETY: as above.
    unsafe { libc::getpwnam_r(c_name.as_ptr(), &raw mut entry, space, length, &raw mut found) };
    if found.is_null() { Response::Null } else { Response::Number(f64::from(entry.pw_uid)) }
}
