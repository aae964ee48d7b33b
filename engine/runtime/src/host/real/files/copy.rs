//! Copying files and folders.

use std::os::fd::{AsRawFd, RawFd};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Component, Path, PathBuf};

use super::{Outcome, errno, folders, join, links, meta, remove};
use crate::host::real::errno::error;
use crate::host::request::CopyOptions;
use crate::host::{HostError, Response};

/// `fs.constants.COPYFILE_*`.
const EXCLUSIVE: i32 = 1;
const CLONE: i32 = 2;
const CLONE_FORCE: i32 = 4;

/// Bytes for one call to copy.
const PIECE: usize = 1 << 30;

/// One file.
pub fn file(path: &[u8], dest: &[u8], mode: i32) -> Outcome {
    let fail = |errno: i32| error(errno, "copyfile", Some(path), Some(dest));
    let source = super::open(path, libc::O_RDONLY, 0, "copyfile").map_err(|failed| fail(-failed.errno))?;
    let from = meta::statx(source.as_raw_fd(), c"", libc::AT_EMPTY_PATH).map_err(fail)?;
    let exclusive = if mode & EXCLUSIVE == 0 { 0 } else { libc::O_EXCL };
    let flags = libc::O_WRONLY | libc::O_CREAT | exclusive;
    let permissions = u32::from(from.stx_mode);
    let target =
        super::open(dest, flags, permissions & 0o7777, "copyfile").map_err(|failed| fail(-failed.errno))?;
    let to = meta::statx(target.as_raw_fd(), c"", libc::AT_EMPTY_PATH).map_err(fail)?;
    if same(&from, &to) {
        return links::DONE;
    }
    let copied = content(source.as_raw_fd(), target.as_raw_fd(), permissions, mode, from.stx_size);
    copied.map_err(|errno| {
        // Half a copy is worse than none.
        drop(remove::name(dest));
        fail(errno)
    })?;
    links::DONE
}

fn content(source: RawFd, target: RawFd, permissions: u32, mode: i32, size: u64) -> Result<(), i32> {
    let done = |result: libc::c_int| if result < 0 { Err(errno()) } else { Ok(()) };
    // SAFETY: touches no memory of ours.
    done(unsafe { libc::ftruncate(target, 0) })?;
    // SAFETY: as above. Some file systems have no permissions to change.
    match done(unsafe { libc::fchmod(target, permissions & 0o7777) }) {
        Err(errno) if errno != libc::EPERM => return Err(errno),
        _ => {}
    }
    if mode & (CLONE | CLONE_FORCE) != 0 {
        // SAFETY: the call takes the descriptor by value.
        let cloned = done(unsafe { libc::ioctl(target, libc::FICLONE, source) });
        if cloned.is_ok() || mode & CLONE_FORCE != 0 {
            return cloned;
        }
    }
    // As libuv does: no more than the size says, so files that are made up while they are read have nothing to copy.
    let mut left = size;
    while left > 0 {
        let piece = usize::try_from(left).unwrap_or(PIECE).min(PIECE);
        let null = std::ptr::null_mut();
        // SAFETY: without offsets the call touches no memory of ours.
        match super::retry(|| unsafe { libc::copy_file_range(source, null, target, null, piece, 0) }) {
            Ok(0) => return Ok(()),
            Ok(count) => left = left.saturating_sub(count as u64),
            Err(libc::EXDEV | libc::EINVAL | libc::ENOSYS | libc::EOPNOTSUPP | libc::EPERM | libc::EBADF) => {
                return pieces(source, target);
            }
            Err(errno) => return Err(errno),
        }
    }
    Ok(())
}

/// Copies by reading and writing what is left.
fn pieces(source: RawFd, target: RawFd) -> Result<(), i32> {
    loop {
        let bytes = super::content::read(source, 64 * 1024, None).map_err(|failed| -failed.errno)?;
        if bytes.is_empty() {
            return Ok(());
        }
        super::content::write_all(target, &bytes.into(), false).map_err(|failed| -failed.errno)?;
    }
}

fn same(a: &libc::statx, b: &libc::statx) -> bool {
    (a.stx_ino, a.stx_dev_major, a.stx_dev_minor) == (b.stx_ino, b.stx_dev_major, b.stx_dev_minor)
}

fn kind(meta: &libc::statx) -> u32 {
    u32::from(meta.stx_mode) & libc::S_IFMT
}

fn is_folder(meta: &libc::statx) -> bool {
    kind(meta) == libc::S_IFDIR
}

/// `cp` does not do that.
fn forbidden(code: &str, errno: i32, message: String, path: &[u8]) -> HostError {
    HostError { code: code.into(), message: message.into(), ..error(errno, "cp", Some(path), None) }
}

fn shown(path: &[u8]) -> std::borrow::Cow<'_, str> {
    String::from_utf8_lossy(path)
}

/// The absolute path without `.` and `..`, by the text alone.
fn absolute(path: &[u8]) -> Vec<u8> {
    let path = Path::new(std::ffi::OsStr::from_bytes(path));
    let full = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut found = PathBuf::from("/");
    for part in full.components() {
        match part {
            Component::ParentDir => {
                found.pop();
            }
            Component::Normal(name) => found.push(name),
            _ => {}
        }
    }
    found.into_os_string().into_vec()
}

fn parent(path: &[u8]) -> Vec<u8> {
    let full = absolute(path);
    Path::new(std::ffi::OsStr::from_bytes(&full))
        .parent()
        .map_or_else(|| b"/".to_vec(), |parent| parent.as_os_str().as_bytes().to_vec())
}

/// Whether `inner` is `outer` or lies in it.
fn contains(outer: &[u8], inner: &[u8]) -> bool {
    let (outer, inner) = (absolute(outer), absolute(inner));
    let path = |bytes: &[u8]| PathBuf::from(std::ffi::OsString::from_vec(bytes.to_vec()));
    path(&inner).starts_with(path(&outer))
}

/// Whatever is there, by the rules of `cp`.
pub fn any(path: &[u8], dest: &[u8], options: CopyOptions) -> Outcome {
    let (source, target) = check(path, dest, options)?;
    // Nothing may be copied into itself, whatever the folders above are called.
    let mut above = parent(dest);
    let from = parent(path);
    while above != from && above != b"/" {
        if let Ok(folder) = meta::look(&above, true)
            && same(&source, &folder)
        {
            return Err(into_itself(path, dest));
        }
        above = parent(&above);
    }
    let folder = parent(dest);
    if meta::kind(&folder) < 0.0 {
        folders::make_all(&folder, 0o777)?;
    }
    copy(path, dest, options, &source, target.as_ref()).map(Response::Bool)
}

fn into_itself(path: &[u8], dest: &[u8]) -> HostError {
    let message = format!("cannot copy {} to a subdirectory of self {}", shown(path), shown(dest));
    forbidden("ERR_FS_CP_EINVAL", libc::EINVAL, message, dest)
}

/// What is at both ends, when one may be copied over the other.
fn check(
    path: &[u8],
    dest: &[u8],
    options: CopyOptions,
) -> Result<(libc::statx, Option<libc::statx>), HostError> {
    let source = meta::look(path, options.dereference)?;
    let target = match meta::look(dest, options.dereference) {
        Err(failed) if failed.errno == -libc::ENOENT => None,
        result => Some(result?),
    };
    if let Some(target) = &target {
        if same(&source, target) {
            let message = "src and dest cannot be the same".to_owned();
            return Err(forbidden("ERR_FS_CP_EINVAL", libc::EINVAL, message, dest));
        }
        let (from, to) = (shown(path), shown(dest));
        if is_folder(&source) && !is_folder(target) {
            let message = format!("cannot overwrite non-directory {to} with directory {from}");
            return Err(forbidden("ERR_FS_CP_DIR_TO_NON_DIR", libc::EISDIR, message, dest));
        }
        if !is_folder(&source) && is_folder(target) {
            let message = format!("cannot overwrite directory {to} with non-directory {from}");
            return Err(forbidden("ERR_FS_CP_NON_DIR_TO_DIR", libc::ENOTDIR, message, dest));
        }
    }
    if is_folder(&source) && contains(path, dest) {
        return Err(into_itself(path, dest));
    }
    Ok((source, target))
}

/// Copies; true when a folder's content is left to the caller.
fn copy(
    path: &[u8],
    dest: &[u8],
    options: CopyOptions,
    source: &libc::statx,
    target: Option<&libc::statx>,
) -> Result<bool, HostError> {
    let refuse = |code: &str, what: &str| {
        Err(forbidden(code, libc::EINVAL, format!("cannot copy {what}: {}", shown(dest)), dest))
    };
    match kind(source) {
        libc::S_IFDIR if !options.recursive => {
            let message = format!("{} is a directory (not copied)", shown(path));
            Err(forbidden("ERR_FS_EISDIR", libc::EISDIR, message, path))
        }
        libc::S_IFDIR => folder(path, dest, options, source, target),
        libc::S_IFREG | libc::S_IFCHR | libc::S_IFBLK => {
            one(path, dest, options, source, target.is_some()).map(|()| false)
        }
        libc::S_IFLNK => link(path, dest, options, target.is_some()).map(|()| false),
        libc::S_IFSOCK => refuse("ERR_FS_CP_SOCKET", "a socket file"),
        libc::S_IFIFO => refuse("ERR_FS_CP_FIFO_PIPE", "a FIFO pipe"),
        _ => refuse("ERR_FS_CP_UNKNOWN", "an unknown file type"),
    }
}

fn exists(dest: &[u8]) -> HostError {
    forbidden("ERR_FS_CP_EEXIST", libc::EEXIST, format!("{} already exists", shown(dest)), dest)
}

fn one(
    path: &[u8],
    dest: &[u8],
    options: CopyOptions,
    source: &libc::statx,
    there: bool,
) -> Result<(), HostError> {
    if there {
        if !options.force {
            return if options.error_on_exist { Err(exists(dest)) } else { Ok(()) };
        }
        remove::name(dest)?;
    }
    file(path, dest, options.mode)?;
    if options.preserve_timestamps {
        // Reading it has changed when it was accessed.
        let now = meta::look(path, true)?;
        let seconds = |time: libc::statx_timestamp| time.tv_sec as f64 + f64::from(time.tv_nsec) / 1e9;
        let writable = source.stx_mode & 0o200 != 0;
        if !writable {
            meta::change_mode(dest, u32::from(source.stx_mode) | 0o200)?;
        }
        meta::set_times(dest, seconds(now.stx_atime), seconds(now.stx_mtime), true)?;
        if !writable {
            meta::change_mode(dest, u32::from(source.stx_mode))?;
        }
    }
    Ok(())
}

fn folder(
    path: &[u8],
    dest: &[u8],
    options: CopyOptions,
    source: &libc::statx,
    target: Option<&libc::statx>,
) -> Result<bool, HostError> {
    if target.is_some() {
        if options.error_on_exist && !options.force {
            return Err(exists(dest));
        }
    } else {
        folders::make(dest, 0o777)?;
    }
    if options.single {
        return Ok(true);
    }
    for (name, _) in folders::list(path, "scandir")? {
        let (from, to) = (join(path, &name), join(dest, &name));
        let (source, target) = check(&from, &to, options)?;
        copy(&from, &to, options, &source, target.as_ref())?;
    }
    if target.is_none() {
        meta::change_mode(dest, u32::from(source.stx_mode) & 0o7777)?;
    }
    Ok(false)
}

/// The target of a link as the copy is to say it.
fn target_of(link: &[u8], verbatim: bool) -> Result<Vec<u8>, HostError> {
    let target = links::read(link)?;
    Ok(if verbatim || target.starts_with(b"/") { target } else { absolute(&join(&parent(link), &target)) })
}

fn link(path: &[u8], dest: &[u8], options: CopyOptions, there: bool) -> Result<(), HostError> {
    let from = target_of(path, options.verbatim_symlinks)?;
    if there {
        // Something else than a link stays, and says so itself.
        if let Ok(to) = target_of(dest, false) {
            let leads_to_folder = meta::kind(path) == 1.0;
            let (from_shown, to_shown) = (shown(&from), shown(&to));
            if leads_to_folder && contains(&from, &to) && from != to {
                let message = format!("cannot copy {from_shown} to a subdirectory of self {to_shown}");
                return Err(forbidden("ERR_FS_CP_EINVAL", libc::EINVAL, message, dest));
            }
            if leads_to_folder && contains(&to, &from) && from != to {
                let message = format!("cannot overwrite {to_shown} with {from_shown}");
                return Err(forbidden("ERR_FS_CP_SYMLINK_TO_SUBDIRECTORY", libc::EINVAL, message, dest));
            }
            remove::name(dest)?;
        }
    }
    links::symbolic(&from, dest)?;
    Ok(())
}
