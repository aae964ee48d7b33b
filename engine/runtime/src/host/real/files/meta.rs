//! What is known of a file beside its content: kind, size, owner, permissions, times.

use std::ffi::CStr;
use std::os::fd::RawFd;

use super::{CPath, Outcome, c_path, check, errno};
use crate::host::real::errno::error;
use crate::host::{HostError, Response};

/// Basic fields and the time of birth.
const WANTED: u32 = libc::STATX_BASIC_STATS | libc::STATX_BTIME;

/// Of `path` in the current folder, or of the descriptor itself when the path is empty.
pub fn statx(fd: RawFd, path: &CStr, flags: i32) -> Result<libc::statx, i32> {
    let mut found = std::mem::MaybeUninit::<libc::statx>::zeroed();
    // SAFETY: the path is NUL-terminated, the buffer valid for writing.
    let result = unsafe { libc::statx(fd, path.as_ptr(), flags, WANTED, found.as_mut_ptr()) };
    if result < 0 {
        return Err(errno());
    }
    // SAFETY: statx is plain numbers, for which the zero bytes were valid already.
    Ok(unsafe { found.assume_init() })
}

/// Of a path.
pub fn look(path: &[u8], follow: bool) -> Result<libc::statx, HostError> {
    let syscall = if follow { "stat" } else { "lstat" };
    let name = c_path(path, syscall)?;
    let flags = if follow { 0 } else { libc::AT_SYMLINK_NOFOLLOW };
    statx(libc::AT_FDCWD, &name, flags).map_err(|errno| error(errno, syscall, Some(path), None))
}

fn numbers(found: &libc::statx) -> [i64; 18] {
    let time = |time: libc::statx_timestamp| [time.tv_sec, i64::from(time.tv_nsec)];
    let [accessed, accessed_nanos] = time(found.stx_atime);
    let [modified, modified_nanos] = time(found.stx_mtime);
    let [changed, changed_nanos] = time(found.stx_ctime);
    let [born, born_nanos] = time(found.stx_btime);
    [
        libc::makedev(found.stx_dev_major, found.stx_dev_minor).cast_signed(),
        i64::from(found.stx_mode),
        i64::from(found.stx_nlink),
        i64::from(found.stx_uid),
        i64::from(found.stx_gid),
        libc::makedev(found.stx_rdev_major, found.stx_rdev_minor).cast_signed(),
        i64::from(found.stx_blksize),
        found.stx_ino.cast_signed(),
        found.stx_size.cast_signed(),
        found.stx_blocks.cast_signed(),
        accessed,
        accessed_nanos,
        modified,
        modified_nanos,
        changed,
        changed_nanos,
        born,
        born_nanos,
    ]
}

fn respond(values: &[i64], bigint: bool) -> Response {
    if bigint {
        Response::BigInts(values.to_vec())
    } else {
        Response::Numbers(values.iter().map(|&value| value as f64).collect())
    }
}

/// stat(2), lstat(2).
pub fn stat(path: &[u8], follow: bool, bigint: bool, required: bool) -> Outcome {
    match look(path, follow) {
        Ok(found) => Ok(respond(&numbers(&found), bigint)),
        // A file in the place of a folder counts as nothing there only where links are followed.
        Err(failed)
            if !required && (failed.errno == -libc::ENOENT || (follow && failed.errno == -libc::ENOTDIR)) =>
        {
            Ok(Response::Unit)
        }
        Err(failed) => Err(failed),
    }
}

/// fstat(2).
pub fn stat_descriptor(fd: RawFd, bigint: bool) -> Outcome {
    match statx(fd, c"", libc::AT_EMPTY_PATH) {
        Ok(found) => Ok(respond(&numbers(&found), bigint)),
        Err(errno) => Err(error(errno, "fstat", None, None)),
    }
}

/// Bytes of a regular file; 0 for anything else.
pub fn size(fd: RawFd) -> Result<u64, i32> {
    let found = statx(fd, c"", libc::AT_EMPTY_PATH)?;
    let regular = u32::from(found.stx_mode) & libc::S_IFMT == libc::S_IFREG;
    Ok(if regular { found.stx_size } else { 0 })
}

/// Whether a path or a descriptor is neither a file nor a folder.
pub fn is_special(what: Result<&[u8], RawFd>) -> bool {
    let found = match what {
        Ok(path) => match c_path(path, "statx") {
            Ok(name) => statx(libc::AT_FDCWD, &name, 0),
            Err(_) => return false,
        },
        Err(fd) => statx(fd, c"", libc::AT_EMPTY_PATH),
    };
    let kind = found.map_or(libc::S_IFREG, |found| u32::from(found.stx_mode) & libc::S_IFMT);
    !matches!(kind, libc::S_IFREG | libc::S_IFDIR)
}

/// statfs(2).
pub fn stat_fs(path: &[u8], bigint: bool) -> Outcome {
    let name = c_path(path, "statfs")?;
    let mut found = std::mem::MaybeUninit::<libc::statfs>::zeroed();
    // SAFETY: the path is NUL-terminated, the buffer valid for writing.
    check(unsafe { libc::statfs(name.as_ptr(), found.as_mut_ptr()) }, "statfs", Some(path), None)?;
    // SAFETY: statfs is plain numbers, for which the zero bytes were valid already.
    let found = unsafe { found.assume_init() };
    let values = [
        found.f_type,
        found.f_bsize,
        found.f_frsize,
        found.f_blocks.cast_signed(),
        found.f_bfree.cast_signed(),
        found.f_bavail.cast_signed(),
        found.f_files.cast_signed(),
        found.f_ffree.cast_signed(),
    ];
    Ok(respond(&values, bigint))
}

/// 0 file, 1 folder, -1 nothing.
pub fn kind(path: &[u8]) -> f64 {
    match look(path, true) {
        Ok(found) if u32::from(found.stx_mode) & libc::S_IFMT == libc::S_IFDIR => 1.0,
        Ok(_) => 0.0,
        Err(_) => -1.0,
    }
}

/// access(2).
pub fn access(path: &[u8], mode: i32) -> Outcome {
    let name = c_path(path, "access")?;
    // SAFETY: `name` is a NUL-terminated string that outlives the call.
    check(unsafe { libc::access(name.as_ptr(), mode) }, "access", Some(path), None)
}

/// Whether a path leads to something: as [`access`], without the error that nobody would look at.
pub fn exists(path: &[u8]) -> bool {
    // SAFETY: `name` is a NUL-terminated string that outlives the call.
    CPath::new(path).is_some_and(|name| unsafe { libc::access(name.as_ptr(), libc::F_OK) } == 0)
}

/// chmod(2).
pub fn change_mode(path: &[u8], mode: u32) -> Outcome {
    let name = c_path(path, "chmod")?;
    // SAFETY: `name` is a NUL-terminated string that outlives the call.
    check(unsafe { libc::chmod(name.as_ptr(), mode) }, "chmod", Some(path), None)
}

/// fchmod(2).
pub fn change_mode_descriptor(fd: RawFd, mode: u32) -> Outcome {
    // SAFETY: touches no memory of ours.
    check(unsafe { libc::fchmod(fd, mode) }, "fchmod", None, None)
}

/// chown(2), lchown(2).
pub fn change_owner(path: &[u8], uid: u32, gid: u32, follow: bool) -> Outcome {
    let syscall = if follow { "chown" } else { "lchown" };
    let name = c_path(path, syscall)?;
    // SAFETY: `name` is a NUL-terminated string that outlives the call.
    let result = unsafe {
        if follow { libc::chown(name.as_ptr(), uid, gid) } else { libc::lchown(name.as_ptr(), uid, gid) }
    };
    check(result, syscall, Some(path), None)
}

/// fchown(2).
pub fn change_owner_descriptor(fd: RawFd, uid: u32, gid: u32) -> Outcome {
    // SAFETY: touches no memory of ours.
    check(unsafe { libc::fchown(fd, uid, gid) }, "fchown", None, None)
}

/// Seconds as the system wants them; infinity is now, NaN leaves the time as it is.
fn timespec(seconds: f64) -> libc::timespec {
    if seconds.is_infinite() {
        return libc::timespec { tv_sec: 0, tv_nsec: libc::UTIME_NOW };
    }
    if seconds.is_nan() {
        return libc::timespec { tv_sec: 0, tv_nsec: libc::UTIME_OMIT };
    }
    let whole = seconds.trunc();
    let nanos = ((seconds - whole) * 1e9) as i64;
    if nanos < 0 {
        return libc::timespec { tv_sec: whole as i64 - 1, tv_nsec: nanos + 1_000_000_000 };
    }
    libc::timespec { tv_sec: whole as i64, tv_nsec: nanos }
}

/// utimensat(2).
pub fn set_times(path: &[u8], accessed: f64, modified: f64, follow: bool) -> Outcome {
    let syscall = if follow { "utime" } else { "lutime" };
    let name = c_path(path, syscall)?;
    let times = [timespec(accessed), timespec(modified)];
    let flags = if follow { 0 } else { libc::AT_SYMLINK_NOFOLLOW };
    // SAFETY: the path is NUL-terminated, `times` holds the two times the call reads.
    let result = unsafe { libc::utimensat(libc::AT_FDCWD, name.as_ptr(), times.as_ptr(), flags) };
    check(result, syscall, Some(path), None)
}

/// futimens(3).
pub fn set_times_descriptor(fd: RawFd, accessed: f64, modified: f64) -> Outcome {
    let times = [timespec(accessed), timespec(modified)];
    // SAFETY: `times` holds the two times the call reads.
    check(unsafe { libc::futimens(fd, times.as_ptr()) }, "futime", None, None)
}
