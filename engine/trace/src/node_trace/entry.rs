//! An event of the trace, as little of it as is needed: there are millions.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// What an event tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// The main script begins.
    Bootstrapped,
    /// The main script is over.
    LoopStarts,
    /// The loop is over.
    LoopEnds,
    /// The timers of a turn.
    Timers,
    /// The immediates of a turn.
    Check,
    /// A module is required; the name is its path.
    ModuleBegins,
    /// It has been.
    ModuleEnds,
    /// A synchronous operation on files begins.
    SyncBegins,
    /// It ends.
    SyncEnds,
    /// Name of the operation that was created before; `parent` is the number of its path's name, from 1.
    FileOperation,
    /// It is done; `parent` is its result as the system counts, which is below 0 for an error.
    FileResult,
    /// A resource of async_hooks was created; the name is its type.
    Created,
    /// It is no more.
    Destroyed,
    /// A callback of such a resource begins; the name is its type.
    Begins,
    /// It ends.
    Ends,
    /// A collection of the young objects.
    Scavenge,
    /// One of all objects.
    MarkCompact,
}

/// An event.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// Microseconds on the trace's clock.
    pub ts: f64,
    /// How long it took, in microseconds.
    pub dur: f64,
    /// The resource.
    pub id: u64,
    /// The resource in whose callback it was created; of file operations see [`What`].
    pub parent: u64,
    /// Number of the name.
    pub name: u32,
    /// Number of the thread.
    pub thread: u32,
    /// What it tells.
    pub what: What,
}

/// What events have in common.
#[derive(Debug, Default)]
pub struct Common {
    /// Names by their numbers.
    pub names: Vec<String>,
    known: HashMap<String, u32>,
    /// Process and thread by their number.
    pub threads: Vec<(u64, u64)>,
    numbers: HashMap<(u64, u64), u32>,
    /// Names of threads, by process and thread.
    pub thread_names: HashMap<(u64, u64), String>,
    /// Version of Node.
    pub node: String,
}

/// Names of threads that are kept: there are no more threads than that.
const NAMES: usize = 1 << 16;

#[derive(Deserialize)]
struct Raw<'a> {
    #[serde(borrow)]
    name: Cow<'a, str>,
    #[serde(borrow, default)]
    cat: Cow<'a, str>,
    #[serde(borrow)]
    ph: Cow<'a, str>,
    #[serde(default)]
    pid: Id,
    #[serde(default)]
    tid: Id,
    #[serde(default)]
    ts: f64,
    #[serde(default)]
    dur: f64,
    #[serde(default)]
    id: Id,
}

#[derive(Deserialize, Default)]
struct Created {
    #[serde(default)]
    args: CreatedArgs,
}

#[derive(Deserialize, Default)]
struct CreatedArgs {
    #[serde(default)]
    data: CreatedData,
}

#[derive(Deserialize, Default)]
struct CreatedData {
    #[serde(default, rename = "executionAsyncId")]
    parent: Id,
}

#[derive(Deserialize, Default)]
struct OfFile {
    #[serde(default)]
    args: FileArgs,
}

#[derive(Deserialize, Default)]
struct FileArgs {
    #[serde(default)]
    path: String,
    #[serde(default)]
    result: i64,
}

#[derive(Deserialize, Default)]
struct Version {
    args: VersionArgs,
}

#[derive(Deserialize, Default)]
struct VersionArgs {
    node: String,
}

#[derive(Deserialize, Default)]
struct Named {
    args: NamedArgs,
}

#[derive(Deserialize, Default)]
struct NamedArgs {
    name: String,
}

impl Common {
    /// Reads an event. `None` for those that tell nothing of interest; an error for those that are none.
    ///
    /// # Errors
    /// When it looks other than expected.
    pub fn read(&mut self, bytes: &[u8]) -> Result<Option<Entry>, serde_json::Error> {
        let raw: Raw = serde_json::from_slice(bytes)?;
        if raw.name == "version" && raw.ph == "M" {
            self.node = serde_json::from_slice::<Version>(bytes).unwrap_or_default().args.node;
        }
        if raw.name == "thread_name" && raw.ph == "M" && self.thread_names.len() < NAMES {
            let named = serde_json::from_slice::<Named>(bytes).unwrap_or_default();
            self.thread_names.insert((raw.pid.0, raw.tid.0), named.args.name);
        }
        let Some((what, name)) = what(&raw) else { return Ok(None) };
        let name = self.number(name);
        let thread = self.thread((raw.pid.0, raw.tid.0));
        let parent = match what {
            What::Created => serde_json::from_slice::<Created>(bytes).unwrap_or_default().args.data.parent.0,
            What::FileOperation => match of_file(bytes).path.as_str() {
                "" => 0,
                path => u64::from(self.number(path)) + 1,
            },
            What::FileResult => of_file(bytes).result.cast_unsigned(),
            _ => 0,
        };
        let (ts, dur) = (raw.ts, raw.dur.max(0.0));
        Ok(Some(Entry { ts, dur, id: raw.id.0, parent, name, thread, what }))
    }

    fn number(&mut self, name: &str) -> u32 {
        if let Some(known) = self.known.get(name) {
            return *known;
        }
        let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.names.push(name.to_owned());
        self.known.insert(name.to_owned(), number);
        number
    }

    fn thread(&mut self, thread: (u64, u64)) -> u32 {
        let next = u32::try_from(self.threads.len()).unwrap_or(u32::MAX);
        *self.numbers.entry(thread).or_insert_with(|| {
            self.threads.push(thread);
            next
        })
    }
}

fn of_file(bytes: &[u8]) -> FileArgs {
    serde_json::from_slice::<OfFile>(bytes).unwrap_or_default().args
}

fn what<'a>(raw: &'a Raw) -> Option<(What, &'a str)> {
    let has = |category: &str| raw.cat.split(',').any(|cat| cat == category);
    let (name, ph) = (&*raw.name, &*raw.ph);
    let what = match name {
        "bootstrapComplete" => What::Bootstrapped,
        "loopStart" => What::LoopStarts,
        "loopExit" => What::LoopEnds,
        "RunTimers" if ph == "X" => What::Timers,
        "CheckImmediate" if ph == "X" => What::Check,
        _ if has("node.async_hooks") => {
            return match (name.strip_suffix("_CALLBACK"), ph) {
                (None, "b") => Some((What::Created, name)),
                (None, "e") => Some((What::Destroyed, name)),
                (Some(name), "b" | "B") => Some((What::Begins, name)),
                (Some(name), "e" | "E") => Some((What::Ends, name)),
                _ => None,
            };
        }
        _ if has("node.module_timer") => {
            let path = name.strip_prefix("require('")?.trim_end_matches("')");
            return match ph {
                "b" => Some((What::ModuleBegins, path)),
                "e" => Some((What::ModuleEnds, path)),
                _ => None,
            };
        }
        _ if has("node.fs.sync") && ph == "B" => What::SyncBegins,
        _ if has("node.fs.sync") => What::SyncEnds,
        _ if has("node.fs.async") && ph == "b" => What::FileOperation,
        _ if has("node.fs.async") && ph == "e" => What::FileResult,
        "MinorGC" | "V8.GCScavenger" if ph == "X" && has("v8") => What::Scavenge,
        "MajorGC" | "V8.GCCompactor" | "V8.GCFinalizeMC" if ph == "X" && has("v8") => What::MarkCompact,
        _ => return None,
    };
    Some((what, name))
}

/// A number, also as hexadecimal text; 0 for everything else.
#[derive(Debug, Clone, Copy, Default)]
struct Id(u64);

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(IdVisitor)
    }
}

struct IdVisitor;

impl<'de> Visitor<'de> for IdVisitor {
    type Value = Id;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("an id")
    }

    fn visit_u64<E>(self, number: u64) -> Result<Id, E> {
        Ok(Id(number))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Id, E> {
        Ok(Id(u64::try_from(number).unwrap_or(0)))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Id, E> {
        Ok(Id(number as u64))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Id, E> {
        Ok(Id(0))
    }

    fn visit_unit<E>(self) -> Result<Id, E> {
        Ok(Id(0))
    }

    fn visit_str<E>(self, text: &str) -> Result<Id, E> {
        Ok(Id(u64::from_str_radix(text.trim_start_matches("0x"), 16).unwrap_or(0)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Id, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Id(0))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Id, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Id(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_told_apart_whatever_else_is_in_them() {
        let mut common = Common::default();
        let mut read = |text: &str| common.read(text.as_bytes()).map(|entry| entry.map(|entry| entry.what));
        let created = r#"{"ph":"b","cat":"node,node.async_hooks","name":"T\u0069meout","id":"0xff","tid":3,"args":{"data":{"executionAsyncId":7}}}"#;
        assert_eq!(read(created).unwrap(), Some(What::Created));
        assert_eq!(
            read(r#"{"ph":"E","cat":"node.async_hooks","name":"Timeout_CALLBACK","id":{"a":1}}"#).unwrap(),
            Some(What::Ends)
        );
        assert_eq!(read(r#"{"ph":"X","name":"other","args":{"data":"text"}}"#).unwrap(), None);
        assert!(read(r#"{"ph":"X","name":5}"#).is_err());
        assert!(read("{").is_err());
        let entry = common.read(created.as_bytes()).unwrap().unwrap();
        assert_eq!((entry.id, entry.parent, entry.thread), (255, 7, 0));
        assert_eq!((&*common.names[entry.name as usize], &common.threads[..1]), ("Timeout", &[(0, 3)][..]));
        let odd = r#"{"ph":"b","cat":"node.async_hooks","name":"A","id":4,"args":{"data":"text"}}"#;
        assert_eq!(common.read(odd.as_bytes()).unwrap().unwrap().parent, 0);
    }
}
