//! Watching files and folders through inotify(7).

use std::collections::{HashMap, VecDeque};
use std::ffi::CString;
use std::os::fd::{AsFd, AsRawFd, FromRawFd, OwnedFd};
use std::sync::Arc;

use polling::{Event, PollMode, Poller};

use super::errno::{error, last_error};
use crate::host::{HostError, HostEvent, OpId, Response};

/// What is told of.
const MASK: u32 = libc::IN_ATTRIB
    | libc::IN_CREATE
    | libc::IN_MODIFY
    | libc::IN_DELETE
    | libc::IN_DELETE_SELF
    | libc::IN_MOVE_SELF
    | libc::IN_MOVED_FROM
    | libc::IN_MOVED_TO;
/// What leaves the names as they are.
const CHANGE: u32 = libc::IN_ATTRIB | libc::IN_MODIFY;
const HEADER: usize = size_of::<libc::inotify_event>();

/// What one watch looks at.
struct Watch {
    /// The operation its events go to.
    op: Option<OpId>,
    /// Name of the watched thing itself.
    name: Vec<u8>,
    root: Vec<u8>,
    recursive: bool,
    /// Events that came before somebody asked for them.
    early: VecDeque<Response>,
}

/// A place where inotify looks: it serves every watch of the same file.
#[derive(Default)]
struct Place {
    /// Watches, each with the path of this place within it.
    watches: Vec<(u64, Vec<u8>)>,
}

/// All watches of a host.
pub struct Watches {
    poller: Arc<Poller>,
    /// What the poller calls the descriptor.
    key: usize,
    inotify: Option<OwnedFd>,
    places: HashMap<i32, Place>,
    watches: HashMap<u64, Watch>,
    last: u64,
}

impl Watches {
    /// None yet.
    pub fn new(poller: Arc<Poller>, key: usize) -> Self {
        Self { poller, key, inotify: None, places: HashMap::new(), watches: HashMap::new(), last: 0 }
    }

    /// The descriptor, opened when first needed.
    fn descriptor(&mut self) -> Result<i32, HostError> {
        if let Some(fd) = &self.inotify {
            return Ok(fd.as_raw_fd());
        }
        // SAFETY: touches no memory of ours.
        let raw = unsafe { libc::inotify_init1(libc::IN_NONBLOCK | libc::IN_CLOEXEC) };
        if raw < 0 {
            return Err(last_error("watch", None, None));
        }
        // SAFETY: the descriptor was just opened, and nobody else knows it.
        let fd = unsafe { OwnedFd::from_raw_fd(raw) };
        // SAFETY: the descriptor lives as long as `self`, and so does the poller.
        unsafe { self.poller.add_with_mode(raw, Event::readable(self.key), PollMode::Level) }
            .map_err(|failed| error(failed.raw_os_error().unwrap_or(libc::EIO), "watch", None, None))?;
        self.inotify = Some(fd);
        Ok(raw)
    }

    /// Begins to watch.
    pub fn open(&mut self, path: &[u8], recursive: bool) -> Result<Response, HostError> {
        let id = self.last + 1;
        self.look_at(id, path, Vec::new(), path)?;
        self.last = id;
        let name = path.rsplit(|&byte| byte == b'/').find(|part| !part.is_empty()).unwrap_or(b"/");
        let watch =
            Watch { op: None, name: name.to_vec(), root: path.to_vec(), recursive, early: VecDeque::new() };
        self.watches.insert(id, watch);
        if recursive {
            self.descend(id, &[]);
        }
        Ok(Response::Number(id as f64))
    }

    fn look_at(&mut self, id: u64, path: &[u8], within: Vec<u8>, shown: &[u8]) -> Result<(), HostError> {
        let fd = self.descriptor()?;
        let name = CString::new(path).map_err(|_| error(libc::EINVAL, "watch", Some(shown), None))?;
        // SAFETY: `name` is a NUL-terminated string that outlives the call.
        let place = unsafe { libc::inotify_add_watch(fd, name.as_ptr(), MASK) };
        if place < 0 {
            return Err(last_error("watch", Some(shown), None));
        }
        let place = self.places.entry(place).or_default();
        if !place.watches.contains(&(id, within.clone())) {
            place.watches.push((id, within));
        }
        Ok(())
    }

    /// Also looks at the folders below `within`; those that are gone meanwhile are left out. Returns the names found.
    fn descend(&mut self, id: u64, within: &[u8]) -> Vec<Vec<u8>> {
        let Some(root) = self.watches.get(&id).map(|watch| watch.root.clone()) else { return Vec::new() };
        let mut found = Vec::new();
        let mut folders = vec![within.to_vec()];
        while let Some(folder) = folders.pop() {
            let path = if folder.is_empty() { root.clone() } else { super::files::join(&root, &folder) };
            for (name, kind) in super::files::list(&path).unwrap_or_default() {
                let inner = if folder.is_empty() { name } else { super::files::join(&folder, &name) };
                if kind == super::files::FOLDER {
                    let path = super::files::join(&root, &inner);
                    if self.look_at(id, &path, inner.clone(), &path).is_ok() {
                        folders.push(inner.clone());
                    }
                }
                found.push(inner);
            }
        }
        found
    }

    /// The events of a watch go to `op` from now on. Returns those that came before.
    pub fn start(&mut self, id: u64, op: OpId) -> Vec<HostEvent> {
        let Some(watch) = self.watches.get_mut(&id) else {
            let result = Err(error(libc::EBADF, "watch", None, None));
            return vec![HostEvent::Completed { op, result, last: true }];
        };
        watch.op = Some(op);
        let early = watch.early.drain(..);
        early.map(|event| HostEvent::Completed { op, result: Ok(event), last: false }).collect()
    }

    /// Ends the watch whose events go to `op`; false when there is none.
    pub fn cancel(&mut self, op: OpId) -> bool {
        let Some(id) = self.watches.iter().find(|entry| entry.1.op == Some(op)).map(|entry| *entry.0) else {
            return false;
        };
        self.watches.remove(&id);
        let fd = self.inotify.as_ref().map(|fd| fd.as_fd().as_raw_fd());
        self.places.retain(|&place, looked| {
            looked.watches.retain(|entry| entry.0 != id);
            if let (true, Some(fd)) = (looked.watches.is_empty(), fd) {
                // SAFETY: touches no memory of ours. What it looked at may be gone already.
                unsafe { libc::inotify_rm_watch(fd, place) };
                return false;
            }
            true
        });
        true
    }

    /// Reads what happened.
    pub fn read(&mut self, events: &mut Vec<HostEvent>) {
        let Some(fd) = self.inotify.as_ref().map(AsRawFd::as_raw_fd) else { return };
        let mut buffer = [0_u8; 4096];
        loop {
            // SAFETY: the buffer is valid for its length.
            let count = unsafe { libc::read(fd, buffer.as_mut_ptr().cast(), buffer.len()) };
            let Ok(count @ 1..) = usize::try_from(count) else { return };
            let mut rest = &buffer[..count];
            while rest.len() >= HEADER {
                let number =
                    |at: usize| u32::from_ne_bytes([rest[at], rest[at + 1], rest[at + 2], rest[at + 3]]);
                let (place, mask, length) = (number(0).cast_signed(), number(4), number(12) as usize);
                let end = (HEADER + length).min(rest.len());
                let name = rest[HEADER..end].split(|&byte| byte == 0).next().unwrap_or_default().to_vec();
                rest = &rest[end..];
                self.happened(place, mask, &name, events);
            }
        }
    }

    fn happened(&mut self, place: i32, mask: u32, name: &[u8], events: &mut Vec<HostEvent>) {
        let Some(looked) = self.places.get(&place) else { return };
        let watches = looked.watches.clone();
        if mask & libc::IN_IGNORED != 0 {
            self.places.remove(&place);
        }
        for (id, within) in watches {
            let Some(watch) = self.watches.get(&id) else { continue };
            let inner = match (within.is_empty(), name.is_empty()) {
                (true, true) => watch.name.clone(),
                (true, false) => name.to_vec(),
                // The folder above tells the same of a folder itself.
                (false, true) => continue,
                (false, false) => super::files::join(&within, name),
            };
            let recursive = watch.recursive;
            if mask & CHANGE != 0 {
                self.tell(id, 0.0, &inner, events);
            }
            if mask & !(CHANGE | libc::IN_ISDIR) != 0 {
                self.tell(id, 1.0, &inner, events);
            }
            if recursive && mask & libc::IN_MOVED_FROM != 0 && mask & libc::IN_ISDIR != 0 {
                self.left(id, &inner);
            }
            let came = mask & (libc::IN_CREATE | libc::IN_MOVED_TO) != 0;
            if recursive && came && mask & libc::IN_ISDIR != 0 {
                self.entered(id, &inner, events);
            }
        }
    }

    /// A folder came into a recursive watch: what is in it already came with it.
    fn entered(&mut self, id: u64, folder: &[u8], events: &mut Vec<HostEvent>) {
        let Some(root) = self.watches.get(&id).map(|watch| watch.root.clone()) else { return };
        let path = super::files::join(&root, folder);
        if self.look_at(id, &path, folder.to_vec(), &path).is_err() {
            return;
        }
        for name in self.descend(id, folder) {
            self.tell(id, 1.0, &name, events);
        }
    }

    /// A folder was moved away: what happens in it has nothing to do with its old name any more.
    fn left(&mut self, id: u64, folder: &[u8]) {
        let inside = super::files::join(folder, b"");
        for looked in self.places.values_mut() {
            looked
                .watches
                .retain(|(watch, within)| *watch != id || (within != folder && !within.starts_with(&inside)));
        }
    }

    fn tell(&mut self, id: u64, kind: f64, name: &[u8], events: &mut Vec<HostEvent>) {
        let Some(watch) = self.watches.get_mut(&id) else { return };
        let event = Response::List(vec![Response::Number(kind), Response::Bytes(name.to_vec())]);
        match watch.op {
            Some(op) => events.push(HostEvent::Completed { op, result: Ok(event), last: false }),
            None => watch.early.push_back(event),
        }
    }
}
