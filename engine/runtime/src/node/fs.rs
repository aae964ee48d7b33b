//! Ops of `fs`. Each takes a callback as its last argument, or `undefined` to work at once.

use crate::host::request::Content;
use crate::host::{CopyOptions, FileRequest, Request, Response};
use crate::js::ops::{self as op, Args, OpDecl, OpError, OpResult, Ret};
use crate::js::state::State;
use crate::js::{convert, kept};
use crate::ops;

/// The table.
pub const OPS: &[OpDecl] = ops![
    fs_access,
    fs_chmod,
    fs_chown,
    fs_close,
    fs_closedir,
    fs_copy_file,
    fs_cp,
    fs_dir_next,
    fs_exists,
    fs_fchmod,
    fs_fchown,
    fs_fstat,
    fs_fstat_into,
    fs_fsync,
    fs_ftruncate,
    fs_futimes,
    fs_link,
    fs_mkdir,
    fs_mkdtemp,
    fs_open,
    fs_opendir,
    fs_read,
    fs_read_file,
    fs_read_into,
    fs_read_to_end,
    fs_readdir,
    fs_readlink,
    fs_realpath,
    fs_rename,
    fs_rm,
    fs_rmdir,
    fs_stat,
    fs_stat_into,
    fs_statfs,
    fs_symlink,
    fs_truncate,
    fs_unlink,
    fs_utimes,
    fs_watch_events,
    fs_watch_open,
    fs_write,
    fs_write_all,
    fs_write_file,
];

/// Numbers that describe a file.
const STAT_NUMBERS: usize = 18;

fn request(
    scope: &mut v8::PinScope,
    request: FileRequest,
    callback: v8::Local<v8::Value>,
    ret: Ret,
) -> OpResult {
    op::request(scope, Request::File(request), callback, ret)
}

/// A number without sign; negative ones count from the end of the range, as the system takes user ids.
fn unsigned(value: v8::Local<v8::Value>) -> u32 {
    convert::number(value) as i64 as u32
}

/// Text (as UTF-8) or bytes to write.
fn content(scope: &v8::PinScope, value: v8::Local<v8::Value>) -> Content {
    kept::content(scope, value).unwrap_or_else(|| convert::path(scope, value).into())
}

/// `(path, mode)`.
fn fs_access(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let path = convert::path(scope, args.get(0));
    let mode = convert::int(args.get(1));
    request(scope, FileRequest::Access { path, mode }, args.get(2), ret)
}

/// `(path, mode)`.
fn fs_chmod(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let path = convert::path(scope, args.get(0));
    let mode = unsigned(args.get(1));
    request(scope, FileRequest::ChangeMode { path, mode }, args.get(2), ret)
}

/// `(path, uid, gid, follow)`.
fn fs_chown(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let path = convert::path(scope, args.get(0));
    let (uid, gid, follow) = (unsigned(args.get(1)), unsigned(args.get(2)), args.get(3).is_true());
    request(scope, FileRequest::ChangeOwner { path, uid, gid, follow }, args.get(4), ret)
}

/// `(fd)`.
fn fs_close(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let fd = convert::int(args.get(0));
    request(scope, FileRequest::Close { fd }, args.get(1), ret)
}

/// `(fd of a folder)`.
fn fs_closedir(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let fd = convert::int(args.get(0));
    request(scope, FileRequest::CloseFolder { fd }, args.get(1), ret)
}

/// `(path, dest, mode)`.
fn fs_copy_file(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let path = convert::path(scope, args.get(0));
    let dest = convert::path(scope, args.get(1));
    let mode = convert::int(args.get(2));
    request(scope, FileRequest::CopyFile { path, dest, mode }, args.get(3), ret)
}

/// `(path, dest, dereference, error on exist, force, preserve timestamps, recursive, verbatim symlinks, mode, single) →
/// whether the content of a folder is left to copy`.
fn fs_cp(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let path = convert::path(scope, args.get(0));
    let dest = convert::path(scope, args.get(1));
    let options = CopyOptions {
        dereference: args.get(2).is_true(),
        error_on_exist: args.get(3).is_true(),
        force: args.get(4).is_true(),
        preserve_timestamps: args.get(5).is_true(),
        recursive: args.get(6).is_true(),
        verbatim_symlinks: args.get(7).is_true(),
        mode: convert::int(args.get(8)),
        single: args.get(9).is_true(),
    };
    request(scope, FileRequest::Copy { path, dest, options }, args.get(10), ret)
}

/// `(fd of a folder, names as text) → [names, kinds]`, both empty at the end.
fn fs_dir_next(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let (fd, text) = (convert::int(args.get(0)), args.get(1).is_true());
    request(scope, FileRequest::NextNames { fd, text }, args.get(2), ret)
}

/// `(path) → boolean`.
fn fs_exists(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let path = convert::path(scope, args.get(0));
    request(scope, FileRequest::Exists { path }, args.get(1), ret)
}

/// `(fd, mode)`.
fn fs_fchmod(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let (fd, mode) = (convert::int(args.get(0)), unsigned(args.get(1)));
    request(scope, FileRequest::ChangeModeDescriptor { fd, mode }, args.get(2), ret)
}

/// `(fd, uid, gid)`.
fn fs_fchown(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let (fd, uid, gid) = (convert::int(args.get(0)), unsigned(args.get(1)), unsigned(args.get(2)));
    request(scope, FileRequest::ChangeOwnerDescriptor { fd, uid, gid }, args.get(3), ret)
}

/// `(fd, as BigInts) → numbers`.
fn fs_fstat(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let (fd, bigint) = (convert::int(args.get(0)), args.get(1).is_true());
    request(scope, FileRequest::StatDescriptor { fd, bigint }, args.get(2), ret)
}

/// `(fd, Float64Array)`: fills the array at once.
fn fs_fstat_into(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    let fd = convert::int(args.get(0));
    let stat = Request::File(FileRequest::StatDescriptor { fd, bigint: false });
    let response = op::at_once(scope, &State::of(scope), stat)?;
    fill(scope, args.get(1), &response)?;
    Ok(())
}

/// `(fd, only the content)`.
fn fs_fsync(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let (fd, data) = (convert::int(args.get(0)), args.get(1).is_true());
    request(scope, FileRequest::Sync { fd, data }, args.get(2), ret)
}

/// `(fd, length)`.
fn fs_ftruncate(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let fd = convert::int(args.get(0));
    let length = convert::offset(args.get(1)).unwrap_or(0);
    request(scope, FileRequest::TruncateDescriptor { fd, length }, args.get(2), ret)
}

/// `(fd, accessed, modified)`, in seconds.
fn fs_futimes(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let fd = convert::int(args.get(0));
    let (accessed, modified) = (convert::number(args.get(1)), convert::number(args.get(2)));
    request(scope, FileRequest::SetTimesDescriptor { fd, accessed, modified }, args.get(3), ret)
}

/// `(path, new path)`.
fn fs_link(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let path = convert::path(scope, args.get(0));
    let dest = convert::path(scope, args.get(1));
    request(scope, FileRequest::Link { path, dest }, args.get(2), ret)
}

/// `(path, mode, recursive) → undefined, or the first folder made`.
fn fs_mkdir(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let path = convert::path(scope, args.get(0));
    let (mode, recursive) = (unsigned(args.get(1)), args.get(2).is_true());
    request(scope, FileRequest::MakeFolder { path, mode, recursive }, args.get(3), ret)
}

/// `(prefix, as text) → path`.
fn fs_mkdtemp(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let prefix = convert::path(scope, args.get(0));
    let text = args.get(1).is_true();
    request(scope, FileRequest::MakeTemporary { prefix, text }, args.get(2), ret)
}

/// `(path, flags, mode) → fd`.
fn fs_open(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let path = convert::path(scope, args.get(0));
    let (flags, mode) = (convert::int(args.get(1)), unsigned(args.get(2)));
    request(scope, FileRequest::Open { path, flags, mode }, args.get(3), ret)
}

/// `(path) → fd of the folder`.
fn fs_opendir(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let path = convert::path(scope, args.get(0));
    request(scope, FileRequest::OpenFolder { path }, args.get(1), ret)
}

/// `(fd, length, position, for several buffers) → Uint8Array`.
fn fs_read(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let fd = convert::int(args.get(0));
    let length = convert::number(args.get(1)) as usize;
    let (position, vector) = (convert::offset(args.get(2)), args.get(3).is_true());
    request(scope, FileRequest::Read { fd, length, position, vector }, args.get(4), ret)
}

/// `(path, flags, as text) → Uint8Array, text, or the size of what is too large`.
fn fs_read_file(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let path = convert::path(scope, args.get(0));
    let (flags, text) = (convert::int(args.get(1)), args.get(2).is_true());
    request(scope, FileRequest::ReadFile { path, flags, text }, args.get(3), ret)
}

/// `(fd, view, offset, length, position) → number of bytes`: reads into the view at once.
fn fs_read_into(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let fd = convert::int(args.get(0));
    let offset = convert::number(args.get(2)) as usize;
    let length = convert::number(args.get(3)) as usize;
    let position = convert::offset(args.get(4));
    let read = FileRequest::Read { fd, length, position, vector: false };
    let Response::Bytes(bytes) = op::at_once(scope, &State::of(scope), Request::File(read))? else {
        return Err(OpError::Other("the host answered a read without bytes".to_owned()));
    };
    copy_into(scope, args.get(1), offset, &bytes)?;
    ret.set_double(bytes.len() as f64);
    Ok(())
}

/// `(fd, as text) → as fs_read_file`.
fn fs_read_to_end(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let (fd, text) = (convert::int(args.get(0)), args.get(1).is_true());
    request(scope, FileRequest::ReadToEnd { fd, text }, args.get(2), ret)
}

/// `(path, names as text, with kinds, recursive) → names, or [names, kinds, folders]`.
fn fs_readdir(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let path = convert::path(scope, args.get(0));
    let (text, types, recursive) = (args.get(1).is_true(), args.get(2).is_true(), args.get(3).is_true());
    request(scope, FileRequest::ReadFolder { path, text, types, recursive }, args.get(4), ret)
}

/// `(path, as text) → what the link says`.
fn fs_readlink(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let path = convert::path(scope, args.get(0));
    let text = args.get(1).is_true();
    request(scope, FileRequest::ReadLink { path, text }, args.get(2), ret)
}

/// `(path, as text, by realpath(3)) → path`.
fn fs_realpath(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let path = convert::path(scope, args.get(0));
    let (text, native) = (args.get(1).is_true(), args.get(2).is_true());
    request(scope, FileRequest::RealPath { path, text, native }, args.get(3), ret)
}

/// `(path, new path)`.
fn fs_rename(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let path = convert::path(scope, args.get(0));
    let dest = convert::path(scope, args.get(1));
    request(scope, FileRequest::Rename { path, dest }, args.get(2), ret)
}

/// `(path, recursive, force, retries, delay)`.
fn fs_rm(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let path = convert::path(scope, args.get(0));
    let (recursive, force) = (args.get(1).is_true(), args.get(2).is_true());
    let (retries, delay) = (unsigned(args.get(3)), unsigned(args.get(4)));
    request(scope, FileRequest::Remove { path, recursive, force, retries, delay }, args.get(5), ret)
}

/// `(path)`.
fn fs_rmdir(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let path = convert::path(scope, args.get(0));
    request(scope, FileRequest::RemoveFolder { path }, args.get(1), ret)
}

/// `(path, follow links, as BigInts, must exist) → numbers, or undefined`.
fn fs_stat(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let path = convert::path(scope, args.get(0));
    let (follow, bigint, required) = (args.get(1).is_true(), args.get(2).is_true(), args.get(3).is_true());
    request(scope, FileRequest::Stat { path, follow, bigint, required }, args.get(4), ret)
}

/// `(path, follow links, must exist, Float64Array) → whether there is something`: fills the array at once.
fn fs_stat_into(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let path = convert::path(scope, args.get(0));
    let (follow, required) = (args.get(1).is_true(), args.get(2).is_true());
    let stat = FileRequest::Stat { path, follow, bigint: false, required };
    let response = op::at_once(scope, &State::of(scope), Request::File(stat))?;
    let there = fill(scope, args.get(3), &response)?;
    ret.set_bool(there);
    Ok(())
}

/// `(path, as BigInts) → numbers`.
fn fs_statfs(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let path = convert::path(scope, args.get(0));
    let bigint = args.get(1).is_true();
    request(scope, FileRequest::StatFs { path, bigint }, args.get(2), ret)
}

/// `(what the link says, path)`.
fn fs_symlink(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let target = convert::path(scope, args.get(0));
    let path = convert::path(scope, args.get(1));
    request(scope, FileRequest::SymbolicLink { target, path }, args.get(2), ret)
}

/// `(path, length)`.
fn fs_truncate(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let path = convert::path(scope, args.get(0));
    let length = convert::offset(args.get(1)).unwrap_or(0);
    request(scope, FileRequest::Truncate { path, length }, args.get(2), ret)
}

/// `(path)`.
fn fs_unlink(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let path = convert::path(scope, args.get(0));
    request(scope, FileRequest::Unlink { path }, args.get(1), ret)
}

/// `(path, accessed, modified, follow links)`, times in seconds.
fn fs_utimes(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let path = convert::path(scope, args.get(0));
    let (accessed, modified) = (convert::number(args.get(1)), convert::number(args.get(2)));
    let follow = args.get(3).is_true();
    request(scope, FileRequest::SetTimes { path, accessed, modified, follow }, args.get(4), ret)
}

/// `(watch, path)`: the callback is called with `[0 change or 1 rename, name]` again and again, until the operation is cancelled.
fn fs_watch_events(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let watch = convert::offset(args.get(0)).unwrap_or(0);
    let path = convert::path(scope, args.get(1));
    request(scope, FileRequest::WatchEvents { watch, path }, args.get(2), ret)
}

/// `(path, recursive) → watch`, only at once.
fn fs_watch_open(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let path = convert::path(scope, args.get(0));
    let recursive = args.get(1).is_true();
    let undefined = v8::undefined(scope).into();
    request(scope, FileRequest::WatchOpen { path, recursive }, undefined, ret)
}

/// `(fd, text or view, position, several buffers) → number of bytes`.
fn fs_write(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let fd = convert::int(args.get(0));
    let bytes = content(scope, args.get(1));
    let (position, vector) = (convert::offset(args.get(2)), args.get(3).is_true());
    request(scope, FileRequest::Write { fd, bytes, position, vector }, args.get(4), ret)
}

/// `(fd, text or view, flush)`.
fn fs_write_all(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let fd = convert::int(args.get(0));
    let bytes = content(scope, args.get(1));
    let flush = args.get(2).is_true();
    request(scope, FileRequest::WriteAll { fd, bytes, flush }, args.get(3), ret)
}

/// `(path, text or view, flags, mode, flush)`.
fn fs_write_file(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let path = convert::path(scope, args.get(0));
    let bytes = content(scope, args.get(1));
    let (flags, mode, flush) = (convert::int(args.get(2)), unsigned(args.get(3)), args.get(4).is_true());
    request(scope, FileRequest::WriteFile { path, bytes, flags, mode, flush }, args.get(5), ret)
}

/// Puts the numbers of a file into the array; false when there are none.
fn fill(scope: &v8::PinScope, array: v8::Local<v8::Value>, response: &Response) -> Result<bool, OpError> {
    let Response::Numbers(numbers) = response else { return Ok(false) };
    let mut bytes = [0_u8; STAT_NUMBERS * size_of::<f64>()];
    for (slot, number) in bytes.chunks_exact_mut(size_of::<f64>()).zip(numbers) {
        slot.copy_from_slice(&number.to_ne_bytes());
    }
    copy_into(scope, array, 0, &bytes)?;
    Ok(true)
}

/// Copies bytes into a view, as far as there is room behind `offset`.
fn copy_into(
    scope: &v8::PinScope,
    view: v8::Local<v8::Value>,
    offset: usize,
    bytes: &[u8],
) -> Result<(), OpError> {
    let view = v8::Local::<v8::ArrayBufferView>::try_from(view)
        .map_err(|_| OpError::Type("an op expected a view of bytes".to_owned()))?;
    let room = view.byte_length().saturating_sub(offset);
    let count = bytes.len().min(room);
    let Some(start) = view.buffer(scope).and_then(|buffer| buffer.data()) else { return Ok(()) };
    if count > 0 {
        // SAFETY: the buffer is at least as long as the view's offset and length say, `count` bytes fit behind
        // `offset`, and `bytes` is memory of our own.
        unsafe {
            let target = start.cast::<u8>().as_ptr().add(view.byte_offset() + offset);
            std::ptr::copy_nonoverlapping(bytes.as_ptr(), target, count);
        }
    }
    Ok(())
}
