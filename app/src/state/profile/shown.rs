//! Profiles that the window shows: read beside the window's thread, kept until the next one.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crossbeam_channel::{Receiver, Sender, bounded};
use serde_json::Value;

use super::coverage::Lines;
use super::flame::Flame;
use super::heap::{self, Class};
use super::{Function, Kind, allocations};

/// Profiles that are being read.
const WAITING: usize = 8;

/// The largest file that is read, in bytes.
const LARGEST: u64 = 1 << 30;

/// What a profile says.
#[derive(Debug, Clone)]
pub enum Content {
    /// Where the time went.
    Cpu(Flame),
    /// Functions with the bytes they allocated that are in use, most first.
    Allocations(Vec<(Function, u64)>),
    /// Lines that ran, by the scripts' paths.
    Coverage(BTreeMap<String, Lines>),
    /// What there is of each class, what takes most first.
    Heap(Vec<Class>),
}

/// A profile as V8 made it.
#[derive(Debug, Clone)]
enum Raw {
    Json(Arc<Value>),
    /// Heap snapshots are too large to be taken apart.
    Text(Arc<Vec<u8>>),
}

/// A profile.
#[derive(Debug, Clone)]
pub struct Made {
    /// As V8 made it.
    raw: Raw,
    /// What it says.
    pub content: Arc<Content>,
    /// Its number among those of the window.
    pub number: u64,
}

impl Made {
    /// What kind of profile it is.
    pub fn kind(&self) -> Kind {
        match *self.content {
            Content::Cpu(_) => Kind::Cpu,
            Content::Allocations(_) => Kind::Allocations,
            Content::Coverage(_) => Kind::Coverage,
            Content::Heap(_) => Kind::Heap,
        }
    }
}

/// What came of work beside the window.
enum Done {
    Read(Box<Made>),
    Saved(PathBuf),
    Failed(String),
}

/// The profiles of a window: the last one of each kind.
pub struct Shown {
    made: BTreeMap<Kind, Made>,
    /// The kind that is looked at.
    pub kind: Kind,
    count: u64,
    sender: Sender<Done>,
    done: Receiver<Done>,
    working: usize,
}

impl Default for Shown {
    fn default() -> Self {
        let (sender, done) = bounded(WAITING);
        Self { made: BTreeMap::new(), kind: Kind::Cpu, count: 0, sender, done, working: 0 }
    }
}

/// Wakes the window.
pub type Wake = Box<dyn FnOnce() + Send>;

impl Shown {
    /// The last profile of a kind.
    pub fn made(&self, kind: Kind) -> Option<&Made> {
        self.made.get(&kind)
    }

    /// The one that is looked at.
    pub fn current(&self) -> Option<&Made> {
        self.made.get(&self.kind)
    }

    /// Lines of a script that ran, when coverage was taken.
    pub fn coverage(&self, path: &str) -> Option<&Lines> {
        match &*self.made.get(&Kind::Coverage)?.content {
            Content::Coverage(files) => files.get(path),
            Content::Cpu(_) | Content::Allocations(_) | Content::Heap(_) => None,
        }
    }

    /// Whether something is being read or written.
    pub fn is_working(&self) -> bool {
        self.working > 0
    }

    /// Forgets a profile.
    pub fn forget(&mut self, kind: Kind) {
        self.made.remove(&kind);
    }

    /// Takes a profile that V8 made. Coverage has the scripts' texts in `sources`, by V8's numbers of scripts.
    pub fn take(&mut self, kind: Kind, profile: Value, wake: Wake) {
        self.count += 1;
        let number = self.count;
        self.beside(wake, move || match read(kind, profile, number) {
            Some(made) => Done::Read(Box::new(made)),
            None => Done::Failed(format!("{} cannot be read.", kind.name())),
        });
    }

    /// Reads a profile from a file.
    pub fn open(&mut self, path: PathBuf, wake: Wake) {
        self.count += 1;
        let number = self.count;
        self.beside(wake, move || match open(&path, number) {
            Ok(made) => Done::Read(Box::new(made)),
            Err(failed) => Done::Failed(failed),
        });
    }

    /// Writes the profile that is looked at.
    pub fn save(&mut self, path: PathBuf, wake: Wake) {
        let Some(raw) = self.current().map(|made| made.raw.clone()) else { return };
        self.beside(wake, move || {
            let written = File::create(&path).and_then(|file| {
                let mut out = BufWriter::new(file);
                match &raw {
                    Raw::Json(profile) => serde_json::to_writer(&mut out, &**profile)?,
                    Raw::Text(text) => out.write_all(text)?,
                }
                out.flush()
            });
            match written {
                Ok(()) => Done::Saved(path),
                Err(failed) => Done::Failed(format!("{} cannot be written: {failed}.", path.display())),
            }
        });
    }

    /// Takes a heap snapshot that V8 made.
    pub fn take_snapshot(&mut self, text: String, wake: Wake) {
        self.count += 1;
        let number = self.count;
        self.beside(wake, move || match read_heap(text.into_bytes(), number) {
            Ok(made) => Done::Read(Box::new(made)),
            Err(failed) => Done::Failed(format!("The heap snapshot cannot be read: {failed}.")),
        });
    }

    fn beside(&mut self, wake: Wake, work: impl FnOnce() -> Done + Send + 'static) {
        self.working += 1;
        let sender = self.sender.clone();
        let thread = std::thread::Builder::new().name("profile".to_owned()).spawn(move || {
            // Nobody may be there any more to hear of it.
            drop(sender.send(work()));
            wake();
        });
        if thread.is_err() {
            self.working -= 1;
        }
    }

    /// What was done meanwhile: the file that was written, or what went wrong.
    pub fn news(&mut self) -> Vec<Result<PathBuf, String>> {
        let mut news = Vec::new();
        while let Ok(done) = self.done.try_recv() {
            self.working -= 1;
            match done {
                Done::Read(made) => {
                    self.kind = made.kind();
                    self.made.insert(made.kind(), *made);
                }
                Done::Saved(path) => news.push(Ok(path)),
                Done::Failed(text) => news.push(Err(text)),
            }
        }
        news
    }
}

fn read(kind: Kind, mut profile: Value, number: u64) -> Option<Made> {
    let content = match kind {
        Kind::Cpu => Content::Cpu(Flame::read(&profile)?),
        Kind::Allocations => Content::Allocations(allocations::read(&profile)),
        Kind::Coverage => Content::Coverage(covered(&mut profile)),
        Kind::Heap => return None,
    };
    Some(Made { raw: Raw::Json(Arc::new(profile)), content: Arc::new(content), number })
}

fn read_heap(text: Vec<u8>, number: u64) -> Result<Made, String> {
    let classes = heap::read(&text).map_err(|failed| failed.to_string())?;
    let content = Content::Heap(classes.ok_or("parts of it are missing")?);
    Ok(Made { raw: Raw::Text(Arc::new(text)), content: Arc::new(content), number })
}

/// Lines of scripts; the texts are taken out of the profile.
fn covered(profile: &mut Value) -> BTreeMap<String, Lines> {
    let sources = profile.as_object_mut().and_then(|fields| fields.remove("sources")).unwrap_or_default();
    let scripts = profile["result"].as_array().into_iter().flatten();
    let lines = scripts.filter_map(|script| {
        let url = script["url"].as_str().filter(|url| !url.is_empty() && !url.starts_with("node:"))?;
        let path = url::Url::parse(url).ok().and_then(|url| url.to_file_path().ok());
        let path = path.map_or_else(|| url.to_owned(), |path| path.to_string_lossy().into_owned());
        let kept = script["scriptId"].as_str().and_then(|id| sources[id].as_str()).map(str::to_owned);
        let source = kept.or_else(|| fs::read_to_string(&path).ok())?;
        Some((path, Lines::read(script, &source)))
    });
    lines.collect()
}

fn open(path: &Path, number: u64) -> Result<Made, String> {
    let failed = |why: &dyn std::fmt::Display| format!("{} cannot be read: {why}.", path.display());
    let length = fs::metadata(path).map_err(|error| failed(&error))?.len();
    if length > LARGEST {
        return Err(failed(&"it is larger than 1 GiB"));
    }
    let text = fs::read(path).map_err(|error| failed(&error))?;
    if heap::is_snapshot(&text) {
        return read_heap(text, number).map_err(|error| failed(&error));
    }
    let profile: Value = serde_json::from_slice(&text).map_err(|error| failed(&error))?;
    let kind = if profile["nodes"].is_array() && profile["samples"].is_array() {
        Kind::Cpu
    } else if profile["head"].is_object() {
        Kind::Allocations
    } else if profile["result"].is_array() {
        Kind::Coverage
    } else {
        return Err(failed(
            &"it is no CPU profile, no profile of allocations, no coverage and no heap snapshot",
        ));
    };
    read(kind, profile, number).ok_or_else(|| failed(&"parts of the profile are missing"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn files_are_told_apart_by_what_is_in_them() {
        let folder = std::env::temp_dir().join(format!("loopscope-profiles-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let kind = |text: &str| {
            let path = folder.join("file");
            fs::write(&path, text).unwrap();
            open(&path, 1).map(|made| made.kind())
        };
        assert_eq!(kind(r#"{ "nodes": [], "samples": [], "timeDeltas": [] }"#), Ok(Kind::Cpu));
        assert_eq!(kind(r#"{ "head": {} }"#), Ok(Kind::Allocations));
        assert_eq!(kind(r#"{ "result": [] }"#), Ok(Kind::Coverage));
        assert!(kind("{}").is_err_and(|text| text.contains("no CPU profile")));
        assert!(kind("nothing").is_err());
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn texts_of_scripts_are_not_kept_in_coverage() {
        let mut profile = json!({
            "result": [{ "scriptId": "3", "url": "file:///a.js", "functions": [{ "ranges": [{ "startOffset": 0, "endOffset": 2, "count": 4 }] }] },
                { "scriptId": "4", "url": "node:fs", "functions": [] }],
            "sources": { "3": "f;" },
        });
        let files = covered(&mut profile);
        assert_eq!(files["/a.js"].counts, [Some(4)]);
        assert_eq!(files.len(), 1);
        assert!(profile.get("sources").is_none());
    }
}
