//! Scripts that were made from other texts: their source maps, and the places in those texts by which the trace names what
//! happens.

use std::cell::{OnceCell, RefCell};
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::state::State;
use super::trace::script_path;
use crate::host::{FileRequest, Request, Response};
use crate::inspect::Renames;
use crate::source::source_map::{At, SourceMap, inline_text};

/// What a script was made from.
pub struct MadeFrom {
    /// From its places to theirs.
    pub map: SourceMap,
    /// The URL of each of them.
    pub urls: Vec<String>,
}

impl MadeFrom {
    /// Reads the map of the script with this URL; `map` is where the script says that it is.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub fn read(state: &State, url: &str, map: &str) -> Result<Self, String> {
        let base = url::Url::parse(url).ok();
        let (text, base) = match inline_text(map) {
            Some(text) => (text, base),
            None => {
                let url = base.and_then(|base| base.join(map).ok());
                let path = url.as_ref().and_then(|url| url.to_file_path().ok());
                let path = path.ok_or_else(|| format!("the source map {map} is no file"))?;
                (read(state, &path.to_string_lossy())?, url)
            }
        };
        let map = SourceMap::parse(&text).map_err(|wrong| wrong.to_string())?;
        let whole = |source: &String| match &base {
            Some(base) => base.join(source).map_or_else(|_| source.clone(), String::from),
            None => source.clone(),
        };
        let urls = map.sources.iter().map(whole).collect();
        Ok(Self { map, urls })
    }
}

fn read(state: &State, path: &str) -> Result<String, String> {
    let request =
        FileRequest::ReadFile { path: path.as_bytes().to_vec(), flags: libc::O_RDONLY, text: false };
    let Ok(mut host) = state.host.try_borrow_mut() else {
        return Err(format!("{path} cannot be read at the moment"));
    };
    match host.call(Request::File(request)) {
        Ok(Response::Bytes(bytes)) => {
            String::from_utf8(bytes).map_err(|_| format!("the source map {path} is no UTF-8"))
        }
        Ok(_) => Err(format!("the source map {path} is too large")),
        Err(failed) => Err(format!("the source map {path} cannot be read: {}", failed.message)),
    }
}

/// A place in a script as V8 tells of it.
pub struct Place<'a> {
    /// V8's number of the script.
    pub script: i32,
    /// Its name.
    pub name: &'a str,
    /// Where it says that its source map is; empty when it says nothing or that was noted.
    pub map: &'a str,
    /// The place itself.
    pub at: At,
    /// The function there, if it has a name.
    pub function: &'a str,
    /// Whether it is where that begins, and not somewhere in it.
    pub begins: bool,
}

/// The same in the text that the script was made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Original {
    /// Path of the text, or its URL.
    pub script: String,
    /// Where it is there.
    pub at: At,
    /// What the function was called.
    pub function: String,
    /// The whole text, when the map has it and it is asked for the first time.
    pub text: Option<String>,
}

/// A script with what is read of it when it is first needed.
struct Known {
    made: MadeFrom,
    renames: OnceCell<Option<Renames>>,
    /// Numbers of the texts that were given away.
    given: RefCell<HashSet<usize>>,
}

/// The scripts of a run that were made from others, by V8's numbers.
#[derive(Default)]
pub struct Originals {
    /// None for those whose map cannot be used.
    known: RefCell<HashMap<i32, Option<Rc<Known>>>>,
    /// Where scripts say that their maps are, until those are read: V8's profiler does not tell.
    maps: RefCell<HashMap<i32, String>>,
    /// Numbers of those scripts by name, of the last one of each: errors tell nothing else.
    numbers: RefCell<HashMap<String, i32>>,
}

impl Originals {
    /// A script was compiled that says where its map is.
    pub fn note(&self, script: i32, name: &str, map: String) {
        if !map.is_empty() {
            self.maps.borrow_mut().insert(script, map);
            self.numbers.borrow_mut().insert(name.to_owned(), script);
        }
    }

    /// The script of this name that says where its map is.
    pub fn noted(&self, name: &str) -> Option<i32> {
        self.numbers.borrow().get(name).copied()
    }

    /// Where a place comes from, as far as a map tells.
    pub fn of(&self, state: &State, place: &Place) -> Option<Original> {
        let known = self.known(state, place)?;
        let (source, at) = known.made.map.original(place.at)?;
        let script = script_path(known.made.urls.get(source)?.clone());
        let before = || {
            if place.function.is_empty() || !known.made.map.has_names() {
                return None;
            }
            let renames = known.renames.get_or_init(|| {
                let text = read(state, &script_path(place.name.to_owned())).ok()?;
                // ES modules are named by their URL.
                Renames::of(&text, place.name.starts_with("file:"), &known.made.map)
            });
            let renames = renames.as_ref()?;
            if place.begins {
                renames.function(place.function, place.at)
            } else {
                renames.function_around(place.function, place.at)
            }
            .map(str::to_owned)
        };
        let function = before().unwrap_or_else(|| place.function.to_owned());
        let is_new = known.given.borrow_mut().insert(source);
        let text = if is_new { known.made.map.contents.get(source).cloned().flatten() } else { None };
        Some(Original { script, at, function, text })
    }

    fn known(&self, state: &State, place: &Place) -> Option<Rc<Known>> {
        if let Some(known) = self.known.borrow().get(&place.script) {
            return known.clone();
        }
        let noted = self.maps.borrow();
        let map = match place.map {
            "" => noted.get(&place.script)?,
            map => map,
        };
        // Another time, when files can be read.
        drop(state.host.try_borrow_mut().ok()?);
        let url = match url::Url::from_file_path(place.name) {
            Ok(url) => String::from(url),
            Err(()) => place.name.to_owned(),
        };
        // Debuggers are told what is wrong with a map.
        let made = MadeFrom::read(state, &url, map).ok();
        let known =
            made.map(|made| Rc::new(Known { made, renames: OnceCell::new(), given: RefCell::default() }));
        drop(noted);
        self.maps.borrow_mut().remove(&place.script);
        self.known.borrow_mut().insert(place.script, known.clone());
        known
    }
}
