//! Folders: making them and reading their names.

use std::ffi::OsStr;
use std::fs::FileType;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::os::unix::fs::FileTypeExt;

use super::{Outcome, c_path, check, errno, join, meta, name_response, retry};
use crate::host::real::errno::error;
use crate::host::{HostError, Response};

/// Numbers of kinds of files: `fs.constants.UV_DIRENT_*`.
pub mod kind {
    pub const UNKNOWN: u8 = 0;
    pub const FILE: u8 = 1;
    pub const FOLDER: u8 = 2;
    pub const LINK: u8 = 3;
    pub const FIFO: u8 = 4;
    pub const SOCKET: u8 = 5;
    pub const CHARACTER: u8 = 6;
    pub const BLOCK: u8 = 7;
}

/// Bytes of names to ask the system for at once.
const BUFFER: usize = 32 * 1024;
/// Where the fields of a `linux_dirent64` lie.
const RECORD_LENGTH: usize = 16;
const RECORD_TYPE: usize = 18;
const RECORD_NAME: usize = 19;

fn number(kind: FileType) -> u8 {
    if kind.is_file() {
        kind::FILE
    } else if kind.is_dir() {
        kind::FOLDER
    } else if kind.is_symlink() {
        kind::LINK
    } else if kind.is_fifo() {
        kind::FIFO
    } else if kind.is_socket() {
        kind::SOCKET
    } else if kind.is_char_device() {
        kind::CHARACTER
    } else if kind.is_block_device() {
        kind::BLOCK
    } else {
        kind::UNKNOWN
    }
}

/// Names in a folder with their kinds, in order of their bytes.
pub fn list(path: &[u8], syscall: &str) -> Result<Vec<(Vec<u8>, u8)>, HostError> {
    let failed =
        |failed: std::io::Error| error(failed.raw_os_error().unwrap_or(libc::EIO), syscall, Some(path), None);
    let mut names = Vec::new();
    for entry in std::fs::read_dir(OsStr::from_bytes(path)).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let kind = entry.file_type().map_or(kind::UNKNOWN, number);
        names.push((entry.file_name().into_vec(), kind));
    }
    names.sort_unstable();
    Ok(names)
}

/// Names in a folder, and in those below it level by level.
pub fn read(path: &[u8], text: bool, types: bool, recursive: bool) -> Outcome {
    let mut names = Vec::new();
    let mut kinds = Vec::new();
    let mut parents = Vec::new();
    // Folders to read: where they are, and how their names begin in the result.
    let mut folders = std::collections::VecDeque::from([(path.to_vec(), Vec::new())]);
    while let Some((folder, prefix)) = folders.pop_front() {
        for (name, kind) in list(&folder, "scandir")? {
            let relative = if prefix.is_empty() { name.clone() } else { join(&prefix, &name) };
            // A link to a folder is gone into, too; circles end where the system has enough of them.
            let leads_on = recursive
                && (kind == kind::FOLDER || (kind == kind::LINK && meta::kind(&join(&folder, &name)) == 1.0));
            if leads_on {
                folders.push_back((join(&folder, &name), relative.clone()));
            }
            if types {
                names.push(name_response(name, text));
                kinds.push(f64::from(kind));
                parents.push(name_response(prefix.clone(), text));
            } else {
                names.push(name_response(relative, text));
            }
        }
    }
    let names = Response::List(names);
    if !types {
        return Ok(names);
    }
    Ok(Response::List(vec![names, Response::Numbers(kinds), Response::List(parents)]))
}

/// Opens a folder.
pub fn open(path: &[u8]) -> Outcome {
    let flags = libc::O_RDONLY | libc::O_DIRECTORY;
    let fd = super::open(path, flags, 0, "opendir")?;
    Ok(Response::Number(f64::from(std::os::fd::IntoRawFd::into_raw_fd(fd))))
}

/// The next names of an open folder.
pub fn next_names(fd: i32, text: bool) -> Outcome {
    let mut names = Vec::new();
    let mut kinds = Vec::new();
    let mut buffer = vec![0_u8; BUFFER];
    while names.is_empty() {
        // SAFETY: the buffer is valid for its length.
        let count = retry(|| unsafe {
            libc::syscall(libc::SYS_getdents64, fd, buffer.as_mut_ptr(), buffer.len()) as libc::ssize_t
        })
        .map_err(|errno| error(errno, "scandir", None, None))?;
        if count == 0 {
            break;
        }
        let mut rest = &buffer[..count];
        while rest.len() > RECORD_NAME {
            let length = usize::from(u16::from_ne_bytes([rest[RECORD_LENGTH], rest[RECORD_LENGTH + 1]]));
            let record = &rest[..length.clamp(RECORD_NAME, rest.len())];
            let name = record[RECORD_NAME..].split(|&byte| byte == 0).next().unwrap_or_default();
            if name != b"." && name != b".." {
                kinds.push(f64::from(entry_kind(fd, name, record[RECORD_TYPE])));
                names.push(name_response(name.to_vec(), text));
            }
            rest = &rest[record.len()..];
        }
    }
    Ok(Response::List(vec![Response::List(names), Response::Numbers(kinds)]))
}

fn entry_kind(folder: i32, name: &[u8], found: u8) -> u8 {
    let by_mode = |mode: u16| (u32::from(mode) & libc::S_IFMT) >> 12;
    let kind = if found == libc::DT_UNKNOWN {
        let meta = c_path(name, "lstat")
            .ok()
            .and_then(|name| meta::statx(folder, &name, libc::AT_SYMLINK_NOFOLLOW).ok());
        meta.map_or(0, |meta| by_mode(meta.stx_mode) as u8)
    } else {
        found
    };
    match kind {
        libc::DT_REG => kind::FILE,
        libc::DT_DIR => kind::FOLDER,
        libc::DT_LNK => kind::LINK,
        libc::DT_FIFO => kind::FIFO,
        libc::DT_SOCK => kind::SOCKET,
        libc::DT_CHR => kind::CHARACTER,
        libc::DT_BLK => kind::BLOCK,
        _ => kind::UNKNOWN,
    }
}

/// mkdir(2).
pub fn make(path: &[u8], mode: u32) -> Outcome {
    let name = c_path(path, "mkdir")?;
    // SAFETY: `name` is a NUL-terminated string that outlives the call.
    check(unsafe { libc::mkdir(name.as_ptr(), mode) }, "mkdir", Some(path), None)
}

/// Makes a folder and those above it that are missing; the first one made is the result.
pub fn make_all(path: &[u8], mode: u32) -> Outcome {
    let fail = |errno: i32| error(errno, "mkdir", Some(path), None);
    let mut missing = vec![path.to_vec()];
    let mut first = None;
    while let Some(folder) = missing.pop() {
        let Err(failed) = make(&folder, mode) else {
            first.get_or_insert(folder);
            continue;
        };
        match -failed.errno {
            // Above it something is missing, too; what has nothing above it cannot be made.
            libc::ENOENT => match parent(&folder) {
                Some(above) if first.is_none() => missing.extend([folder, above]),
                _ => return Err(fail(libc::ENOENT)),
            },
            libc::EEXIST | libc::EISDIR | libc::EROFS | libc::EPERM | libc::EACCES => {
                let is_folder = meta::kind(&folder) == 1.0;
                if !is_folder {
                    // A file in the place of a folder above is not a folder; in the place of the last, it is there.
                    let errno = if missing.is_empty() { -failed.errno } else { libc::ENOTDIR };
                    return Err(fail(errno));
                }
                if -failed.errno != libc::EEXIST && -failed.errno != libc::EISDIR && !missing.is_empty() {
                    continue;
                }
            }
            other => return Err(fail(other)),
        }
    }
    Ok(first.map_or(Response::Unit, |first| Response::Text(String::from_utf8_lossy(&first).into_owned())))
}

/// The path without its last part; `None` when there is nothing above.
fn parent(path: &[u8]) -> Option<Vec<u8>> {
    let end = path.iter().rposition(|&byte| byte != b'/')? + 1;
    let slash = path[..end].iter().rposition(|&byte| byte == b'/')?;
    let above = &path[..slash];
    let end = above.iter().rposition(|&byte| byte != b'/')? + 1;
    Some(above[..end].to_vec())
}

/// mkdtemp(3).
pub fn make_temporary(prefix: Vec<u8>, text: bool) -> Outcome {
    let mut template = prefix;
    template.extend_from_slice(b"XXXXXX");
    let name = c_path(&template, "mkdtemp")?;
    let mut bytes = name.to_bytes_with_nul().to_vec();
    // SAFETY: the template is NUL-terminated and writable.
    let made = unsafe { libc::mkdtemp(bytes.as_mut_ptr().cast()) };
    if made.is_null() {
        return Err(error(errno(), "mkdtemp", Some(&template), None));
    }
    bytes.pop();
    Ok(name_response(bytes, text))
}
