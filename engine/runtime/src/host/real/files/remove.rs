//! Removing files and folders.

use std::time::Duration;

use super::{Outcome, c_path, check, folders, join, links, meta};
use crate::host::HostError;
use crate::host::real::breaking;
use crate::host::real::errno::error;

/// What keeps a file busy may let go of it.
const TRANSIENT: [i32; 5] = [libc::EBUSY, libc::EMFILE, libc::ENFILE, libc::ENOTEMPTY, libc::EPERM];

/// How often to try again, and after how many milliseconds.
#[derive(Clone, Copy)]
pub struct Patience {
    pub retries: u32,
    pub delay: u32,
}

impl Patience {
    fn insist(self, mut act: impl FnMut() -> Outcome) -> Outcome {
        let mut tries = 0;
        loop {
            let result = act();
            let Err(failed) = &result else { return result };
            if tries == self.retries || !TRANSIENT.contains(&-failed.errno) || breaking::ended() {
                return result;
            }
            tries += 1;
            breaking::sleep(Duration::from_millis(u64::from(self.delay) * u64::from(tries)));
        }
    }
}

/// rmdir(2).
pub fn folder(path: &[u8]) -> Outcome {
    let name = c_path(path, "rmdir")?;
    // SAFETY: `name` is a NUL-terminated string that outlives the call.
    check(unsafe { libc::rmdir(name.as_ptr()) }, "rmdir", Some(path), None)
}

/// unlink(2).
pub fn name(path: &[u8]) -> Outcome {
    let name = c_path(path, "unlink")?;
    // SAFETY: `name` is a NUL-terminated string that outlives the call.
    check(unsafe { libc::unlink(name.as_ptr()) }, "unlink", Some(path), None)
}

fn is_folder(meta: &libc::statx) -> bool {
    u32::from(meta.stx_mode) & libc::S_IFMT == libc::S_IFDIR
}

fn gone(failed: &HostError) -> bool {
    failed.errno == -libc::ENOENT
}

/// Whatever is there.
pub fn any(path: &[u8], recursive: bool, force: bool, patience: Patience) -> Outcome {
    let meta = match meta::look(path, false) {
        Err(failed) if force && gone(&failed) => return links::DONE,
        result => result?,
    };
    if !is_folder(&meta) {
        return patience.insist(|| name(path));
    }
    if !recursive {
        return Err(error(libc::EISDIR, "rm", Some(path), None));
    }
    tree(path, patience)
}

/// A folder with everything in it. What somebody else removes meanwhile is removed, too.
fn tree(path: &[u8], patience: Patience) -> Outcome {
    patience.insist(|| {
        let names = match folders::list(path, "scandir") {
            Err(failed) if gone(&failed) => return links::DONE,
            result => result?,
        };
        for (entry, kind) in names {
            if breaking::ended() {
                return Err(error(libc::EINTR, "rm", Some(path), None));
            }
            let entry = join(path, &entry);
            let folder = match kind {
                folders::kind::UNKNOWN => meta::look(&entry, false).is_ok_and(|meta| is_folder(&meta)),
                kind => kind == folders::kind::FOLDER,
            };
            let removed = if folder { tree(&entry, patience) } else { patience.insist(|| name(&entry)) };
            if let Err(failed) = removed
                && !gone(&failed)
            {
                return Err(failed);
            }
        }
        match folder(path) {
            Err(failed) if gone(&failed) => links::DONE,
            result => result,
        }
    })
}
