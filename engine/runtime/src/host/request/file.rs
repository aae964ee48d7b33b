//! Operations on files and folders.

use serde::{Deserialize, Serialize};

use super::Content;

/// What `cp` is to do with what is there already, and how it treats links and times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CopyOptions {
    /// Follow symbolic links instead of copying them.
    pub dereference: bool,
    /// With `force` off: fail when the target exists.
    pub error_on_exist: bool,
    /// Overwrite what exists.
    pub force: bool,
    /// Keep the times of the source.
    pub preserve_timestamps: bool,
    /// Copy folders with what is in them.
    pub recursive: bool,
    /// Copy the target of symbolic links as it is written.
    pub verbatim_symlinks: bool,
    /// `COPYFILE_*` for every file.
    pub mode: i32,
    /// Copy only this one thing: of a folder only the folder itself.
    pub single: bool,
}

/// An operation on files and folders. Paths are bytes, because file names need not be UTF-8. Where a name comes back,
/// `text` asks for it as `Text` (what is not UTF-8 replaced) instead of `Bytes`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum FileRequest {
    /// open(2) → `Number` (descriptor).
    Open {
        /// Path.
        path: Vec<u8>,
        /// `O_*` flags.
        flags: i32,
        /// Permission bits of a new file.
        mode: u32,
    },
    /// close(2) → `Unit`.
    Close {
        /// Descriptor.
        fd: i32,
    },
    /// read(2), or pread(2) with a position → `Bytes`.
    Read {
        /// Descriptor.
        fd: i32,
        /// At most this many bytes.
        length: usize,
        /// Offset in the file; `None` reads at the descriptor's own position.
        position: Option<u64>,
        /// For several buffers, which the caller fills one after the other.
        vector: bool,
    },
    /// Reads a whole file → `Bytes`; `Text` if asked for; `Number` (the size) when it is too large for that.
    ReadFile {
        /// Path.
        path: Vec<u8>,
        /// `O_*` flags.
        flags: i32,
        /// The content is UTF-8 text.
        text: bool,
    },
    /// Reads from an open file to its end → as `ReadFile`.
    ReadToEnd {
        /// Descriptor.
        fd: i32,
        /// The content is UTF-8 text.
        text: bool,
    },
    /// write(2), or pwrite(2) with a position → `Number` (bytes written).
    Write {
        /// Descriptor.
        fd: i32,
        /// What to write.
        bytes: Content,
        /// Offset in the file; `None` writes at the descriptor's own position.
        position: Option<u64>,
        /// The bytes of several buffers, one after the other.
        vector: bool,
    },
    /// Opens a file, writes all bytes, closes it → `Unit`.
    WriteFile {
        /// Path.
        path: Vec<u8>,
        /// What to write.
        bytes: Content,
        /// `O_*` flags.
        flags: i32,
        /// Permission bits of a new file.
        mode: u32,
        /// Wait until the bytes are on the disk.
        flush: bool,
    },
    /// Writes all bytes to an open file → `Unit`.
    WriteAll {
        /// Descriptor.
        fd: i32,
        /// What to write.
        bytes: Content,
        /// Wait until the bytes are on the disk.
        flush: bool,
    },
    /// What kind of thing a path leads to → `Number`: 0 file, 1 folder, -1 nothing that can be reached.
    Kind {
        /// Path.
        path: Vec<u8>,
    },
    /// statx(2) → `Numbers`, or `BigInts`: dev, mode, nlink, uid, gid, rdev, blksize, ino, size, blocks, then seconds
    /// and nanoseconds of access, modification, change and birth. `Unit` when it need not exist and does not.
    Stat {
        /// Path.
        path: Vec<u8>,
        /// Of what a symbolic link leads to, rather than of the link.
        follow: bool,
        /// As `BigInts`.
        bigint: bool,
        /// Fail when there is nothing.
        required: bool,
    },
    /// fstat(2) → as `Stat`.
    StatDescriptor {
        /// Descriptor.
        fd: i32,
        /// As `BigInts`.
        bigint: bool,
    },
    /// statfs(2) → `Numbers` or `BigInts`: type, bsize, frsize, blocks, bfree, bavail, files, ffree.
    StatFs {
        /// Path.
        path: Vec<u8>,
        /// As `BigInts`.
        bigint: bool,
    },
    /// Whether something can be reached at a path → `Bool`.
    Exists {
        /// Path.
        path: Vec<u8>,
    },
    /// access(2) → `Unit`.
    Access {
        /// Path.
        path: Vec<u8>,
        /// `R_OK`, `W_OK`, `X_OK`.
        mode: i32,
    },
    /// Names in a folder, sorted → `List` of names; with `types` `List` of three: names, `Numbers` (`UV_DIRENT_*`), and
    /// the `List` of folders they are in.
    ReadFolder {
        /// Path.
        path: Vec<u8>,
        /// Names as text.
        text: bool,
        /// Also what each name stands for.
        types: bool,
        /// Also what is in the folders in it, level by level.
        recursive: bool,
    },
    /// Opens a folder to read it piece by piece → `Number` (descriptor).
    OpenFolder {
        /// Path.
        path: Vec<u8>,
    },
    /// The next names of an open folder, unsorted → `List` of two: names and `Numbers` (`UV_DIRENT_*`); empty at the end.
    NextNames {
        /// Descriptor.
        fd: i32,
        /// Names as text.
        text: bool,
    },
    /// Closes an open folder → `Unit`.
    CloseFolder {
        /// Descriptor.
        fd: i32,
    },
    /// mkdir(2) → `Unit`; recursive: also the folders above it → the first one made, or `Unit` when it was there.
    MakeFolder {
        /// Path.
        path: Vec<u8>,
        /// Permission bits.
        mode: u32,
        /// With the folders above.
        recursive: bool,
    },
    /// mkdtemp(3) → the path made.
    MakeTemporary {
        /// Beginning of the path.
        prefix: Vec<u8>,
        /// The path as text.
        text: bool,
    },
    /// rmdir(2) → `Unit`.
    RemoveFolder {
        /// Path.
        path: Vec<u8>,
    },
    /// Removes whatever is there → `Unit`; a folder without `recursive` fails with `EISDIR`, call `rm`.
    Remove {
        /// Path.
        path: Vec<u8>,
        /// With what is in it.
        recursive: bool,
        /// Nothing there is no failure.
        force: bool,
        /// So often again when something keeps it busy.
        retries: u32,
        /// Milliseconds before the first repetition; each time so many more.
        delay: u32,
    },
    /// unlink(2) → `Unit`.
    Unlink {
        /// Path.
        path: Vec<u8>,
    },
    /// rename(2) → `Unit`.
    Rename {
        /// Path.
        path: Vec<u8>,
        /// New path.
        dest: Vec<u8>,
    },
    /// Copies one file → `Unit`.
    CopyFile {
        /// Path.
        path: Vec<u8>,
        /// Path of the copy.
        dest: Vec<u8>,
        /// `COPYFILE_*`.
        mode: i32,
    },
    /// Copies whatever is there → `Bool`: whether it was a folder whose content is to be copied, too (`single`). What
    /// goes against the rules of `cp` fails with call `cp`, the name of the rule as `code` and the text as `message`.
    Copy {
        /// Path.
        path: Vec<u8>,
        /// Path of the copy.
        dest: Vec<u8>,
        /// How.
        options: CopyOptions,
    },
    /// link(2) → `Unit`.
    Link {
        /// Path.
        path: Vec<u8>,
        /// Second path.
        dest: Vec<u8>,
    },
    /// symlink(2) → `Unit`.
    SymbolicLink {
        /// What the link says.
        target: Vec<u8>,
        /// Path of the link.
        path: Vec<u8>,
    },
    /// readlink(2) → the name.
    ReadLink {
        /// Path.
        path: Vec<u8>,
        /// The name as text.
        text: bool,
    },
    /// The path without symbolic links → the name.
    RealPath {
        /// Path; absolute and without `..` unless `native`.
        path: Vec<u8>,
        /// The name as text.
        text: bool,
        /// By realpath(3), rather than step by step.
        native: bool,
    },
    /// Sets the length of a file → `Unit`.
    Truncate {
        /// Path.
        path: Vec<u8>,
        /// Bytes.
        length: u64,
    },
    /// ftruncate(2) → `Unit`.
    TruncateDescriptor {
        /// Descriptor.
        fd: i32,
        /// Bytes.
        length: u64,
    },
    /// chmod(2) → `Unit`.
    ChangeMode {
        /// Path.
        path: Vec<u8>,
        /// Permission bits.
        mode: u32,
    },
    /// fchmod(2) → `Unit`.
    ChangeModeDescriptor {
        /// Descriptor.
        fd: i32,
        /// Permission bits.
        mode: u32,
    },
    /// chown(2) or lchown(2) → `Unit`.
    ChangeOwner {
        /// Path.
        path: Vec<u8>,
        /// User.
        uid: u32,
        /// Group.
        gid: u32,
        /// Of what a symbolic link leads to, rather than of the link.
        follow: bool,
    },
    /// fchown(2) → `Unit`.
    ChangeOwnerDescriptor {
        /// Descriptor.
        fd: i32,
        /// User.
        uid: u32,
        /// Group.
        gid: u32,
    },
    /// utimensat(2) → `Unit`.
    SetTimes {
        /// Path.
        path: Vec<u8>,
        /// Access, in seconds.
        accessed: f64,
        /// Modification, in seconds.
        modified: f64,
        /// Of what a symbolic link leads to, rather than of the link.
        follow: bool,
    },
    /// futimens(3) → `Unit`.
    SetTimesDescriptor {
        /// Descriptor.
        fd: i32,
        /// Access, in seconds.
        accessed: f64,
        /// Modification, in seconds.
        modified: f64,
    },
    /// fsync(2) or fdatasync(2) → `Unit`.
    Sync {
        /// Descriptor.
        fd: i32,
        /// Only the content.
        data: bool,
    },
    /// Begins to watch → `Number` (the watch). What it sees waits for `WatchEvents`.
    WatchOpen {
        /// Path.
        path: Vec<u8>,
        /// With the folders in it.
        recursive: bool,
    },
    /// What a watch sees, result after result → `List` of `Number` (0: content or attributes, 1: the name came or went)
    /// and `Bytes` (the name). Cancelling it ends the watch.
    WatchEvents {
        /// The watch.
        watch: u64,
        /// What it looks at.
        path: Vec<u8>,
    },
}

impl FileRequest {
    /// Name as it is shown.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Open { .. } => "fs.open",
            Self::Close { .. } => "fs.close",
            Self::Read { vector: false, .. } => "fs.read",
            Self::Read { vector: true, .. } => "fs.readv",
            Self::ReadFile { .. } | Self::ReadToEnd { .. } => "fs.readFile",
            Self::Write { vector: false, .. } => "fs.write",
            Self::Write { vector: true, .. } => "fs.writev",
            Self::WriteFile { flags, .. } if flags & libc::O_APPEND != 0 => "fs.appendFile",
            Self::WriteFile { .. } | Self::WriteAll { .. } => "fs.writeFile",
            Self::Kind { .. } => "fs.kind",
            Self::Stat { follow: true, .. } => "fs.stat",
            Self::Stat { follow: false, .. } => "fs.lstat",
            Self::StatDescriptor { .. } => "fs.fstat",
            Self::StatFs { .. } => "fs.statfs",
            Self::Exists { .. } => "fs.exists",
            Self::Access { .. } => "fs.access",
            Self::ReadFolder { .. } => "fs.readdir",
            Self::OpenFolder { .. } => "fs.opendir",
            Self::NextNames { .. } => "fs.dir.read",
            Self::CloseFolder { .. } => "fs.dir.close",
            Self::MakeFolder { .. } => "fs.mkdir",
            Self::MakeTemporary { .. } => "fs.mkdtemp",
            Self::RemoveFolder { .. } => "fs.rmdir",
            Self::Remove { .. } => "fs.rm",
            Self::Unlink { .. } => "fs.unlink",
            Self::Rename { .. } => "fs.rename",
            Self::CopyFile { .. } => "fs.copyFile",
            Self::Copy { .. } => "fs.cp",
            Self::Link { .. } => "fs.link",
            Self::SymbolicLink { .. } => "fs.symlink",
            Self::ReadLink { .. } => "fs.readlink",
            Self::RealPath { .. } => "fs.realpath",
            Self::Truncate { .. } => "fs.truncate",
            Self::TruncateDescriptor { .. } => "fs.ftruncate",
            Self::ChangeMode { .. } => "fs.chmod",
            Self::ChangeModeDescriptor { .. } => "fs.fchmod",
            Self::ChangeOwner { follow: true, .. } => "fs.chown",
            Self::ChangeOwner { follow: false, .. } => "fs.lchown",
            Self::ChangeOwnerDescriptor { .. } => "fs.fchown",
            Self::SetTimes { follow: true, .. } => "fs.utimes",
            Self::SetTimes { follow: false, .. } => "fs.lutimes",
            Self::SetTimesDescriptor { .. } => "fs.futimes",
            Self::Sync { data: false, .. } => "fs.fsync",
            Self::Sync { data: true, .. } => "fs.fdatasync",
            Self::WatchOpen { .. } | Self::WatchEvents { .. } => "fs.watch",
        }
    }

    /// The path or descriptor it works on.
    pub fn target(&self) -> String {
        match self {
            Self::Open { path, .. }
            | Self::ReadFile { path, .. }
            | Self::WriteFile { path, .. }
            | Self::Kind { path }
            | Self::Stat { path, .. }
            | Self::StatFs { path, .. }
            | Self::Exists { path }
            | Self::Access { path, .. }
            | Self::ReadFolder { path, .. }
            | Self::OpenFolder { path }
            | Self::MakeFolder { path, .. }
            | Self::MakeTemporary { prefix: path, .. }
            | Self::RemoveFolder { path }
            | Self::Remove { path, .. }
            | Self::Unlink { path }
            | Self::Rename { path, .. }
            | Self::CopyFile { path, .. }
            | Self::Copy { path, .. }
            | Self::Link { path, .. }
            | Self::SymbolicLink { path, .. }
            | Self::ReadLink { path, .. }
            | Self::RealPath { path, .. }
            | Self::Truncate { path, .. }
            | Self::ChangeMode { path, .. }
            | Self::ChangeOwner { path, .. }
            | Self::SetTimes { path, .. }
            | Self::WatchOpen { path, .. }
            | Self::WatchEvents { path, .. } => String::from_utf8_lossy(path).into_owned(),
            Self::Close { fd }
            | Self::Read { fd, .. }
            | Self::ReadToEnd { fd, .. }
            | Self::Write { fd, .. }
            | Self::WriteAll { fd, .. }
            | Self::StatDescriptor { fd, .. }
            | Self::NextNames { fd, .. }
            | Self::CloseFolder { fd }
            | Self::TruncateDescriptor { fd, .. }
            | Self::ChangeModeDescriptor { fd, .. }
            | Self::ChangeOwnerDescriptor { fd, .. }
            | Self::SetTimesDescriptor { fd, .. }
            | Self::Sync { fd, .. } => format!("fd {fd}"),
        }
    }
}
