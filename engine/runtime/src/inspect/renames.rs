//! Variables under the names that they had before a bundler gave them shorter ones, as far as source maps tell them: in scopes,
//! in what is evaluated in a frame, in conditions, and as names of functions.

use std::collections::HashMap;

use serde_json::Value;

use super::desk::Desk;
use crate::source::source_map::{At, SourceMap};
use crate::source::{Bindings, with_names};

/// The names of the variables of a script.
pub struct Renames {
    source: String,
    /// Where each line begins, and whether all before it in bytes is as much in UTF-16 units.
    lines: Vec<(usize, bool)>,
    bindings: Bindings,
    /// What each variable was called before; `None` for those that kept their name.
    before: Vec<Option<String>>,
}

impl Renames {
    /// Those of a script with a map; `None` when nothing was renamed, as far as can be told.
    pub fn of(source: &str, is_module: bool, map: &SourceMap) -> Option<Self> {
        let bindings = Bindings::of(source, is_module)?;
        let mut start = 0;
        let lines = source.split_inclusive('\n').map(|line| {
            let from = start;
            start += line.len();
            (from, line.is_ascii())
        });
        let lines = lines.collect();
        let mut all = Self { source: source.to_owned(), lines, bindings, before: Vec::new() };
        let names: HashMap<u32, &str> =
            map.named().filter_map(|(at, name)| Some((all.offset(at)?, name))).collect();
        let before = all.bindings.all.iter().map(|one| {
            let name = one.places.iter().find_map(|place| names.get(place))?;
            (*name != one.name).then(|| (*name).to_owned())
        });
        all.before = before.collect();
        all.before.iter().any(Option::is_some).then_some(all)
    }

    /// The offset of a place.
    fn offset(&self, at: At) -> Option<u32> {
        let (start, is_ascii) = *self.lines.get(at.line as usize)?;
        let column = if is_ascii {
            at.column as usize
        } else {
            let mut left = at.column as usize;
            let until = self.source[start..].char_indices().find(|(_, one)| {
                let is_there = left == 0;
                left = left.saturating_sub(one.len_utf16());
                is_there
            });
            until.map_or(self.source.len() - start, |(column, _)| column)
        };
        u32::try_from(start + column).ok()
    }

    fn size(&self, part: usize) -> u32 {
        let (from, to) = self.bindings.parts[part].span;
        to - from
    }

    /// What variables of one of V8's scopes were called before, by their names.
    fn of_scope(&self, reach: Option<[At; 2]>) -> HashMap<&str, &str> {
        let ends = reach.map(|ends| ends.map(|end| self.offset(end)));
        let (from, to) = match ends {
            Some([from, to]) => (from.unwrap_or(0), to.unwrap_or(u32::MAX)),
            None => (0, u32::MAX),
        };
        // Of several with one name, those of parts within are other variables.
        let mut outermost: HashMap<&str, usize> = HashMap::new();
        for (index, one) in self.bindings.all.iter().enumerate() {
            if one.places.first().is_some_and(|place| (from..=to).contains(place)) {
                let known = outermost.entry(&one.name).or_insert(index);
                if self.size(one.part) > self.size(self.bindings.all[*known].part) {
                    *known = index;
                }
            }
        }
        outermost
            .into_iter()
            .filter_map(|(name, index)| Some((name, self.before[index].as_deref()?)))
            .collect()
    }

    /// What is to be written for the variables that can be reached from a place, by their names before.
    fn at(&self, at: At) -> HashMap<String, String> {
        let mut names: HashMap<String, Option<String>> = HashMap::new();
        let mut taken = Vec::new();
        let mut part = self.offset(at).and_then(|place| self.bindings.part_at(place));
        while let Some(here) = part {
            let own: Vec<_> =
                self.bindings.all.iter().enumerate().filter(|(_, one)| one.part == here).collect();
            for (index, one) in &own {
                // Another variable within may hide it: then nothing reaches it.
                let is_hidden = taken.contains(&&*one.name);
                let before = self.before[*index].as_ref().unwrap_or(&one.name);
                names.entry(before.clone()).or_insert_with(|| (!is_hidden).then(|| one.name.clone()));
            }
            taken.extend(own.iter().map(|(_, one)| &*one.name));
            part = self.bindings.parts[here].parent;
        }
        let others = names.into_iter().filter_map(|(before, now)| Some((before, now?)));
        others.filter(|(before, now)| before != now).collect()
    }

    /// What a function was called before whose code begins at a place.
    pub fn function(&self, name: &str, at: At) -> Option<&str> {
        /// What may stand between the name of a function and its parameters.
        const BETWEEN: [&str; 4] = ["=", "async", "function", "*"];
        let place = self.offset(at)?;
        let is_between = |from: usize| {
            let mut rest = self.source.get(from..place as usize).map_or("?", str::trim);
            while let Some(after) = BETWEEN.iter().find_map(|word| rest.strip_prefix(word)) {
                rest = after.trim_start();
            }
            rest.is_empty()
        };
        let before = self.source.get(..place as usize)?;
        let is_built = before.trim_end().ends_with("constructor");
        let found = self.bindings.all.iter().enumerate().rev().find(|(_, one)| {
            let (from, to) = self.bindings.parts[one.part].span;
            let is_around = (from..to).contains(&place);
            one.name == name
                && is_around
                && (is_built || one.places.iter().any(|at| is_between(*at as usize + name.len())))
        });
        self.before[found?.0].as_deref()
    }

    /// What a function was called before that is at work at a place: the innermost of that name around it.
    pub fn function_around(&self, name: &str, at: At) -> Option<&str> {
        let place = self.offset(at)?;
        let is_function = |from: usize| {
            let before = self.source[..from].trim_end().trim_end_matches('*').trim_end();
            let behind = self.source[from + name.len()..].trim_start();
            let value = behind.strip_prefix('=').filter(|value| !value.starts_with('=')).map(str::trim_start);
            before.ends_with("function")
                || before.ends_with("class")
                || value.is_some_and(|value| {
                    ["function", "async", "class", "("].iter().any(|word| value.starts_with(word))
                        || value.trim_start_matches(|one: char| one.is_alphanumeric()).starts_with("=>")
                })
        };
        let found = self.bindings.all.iter().enumerate().filter(|(_, one)| {
            let (from, to) = self.bindings.parts[one.part].span;
            one.name == name
                && (from..to).contains(&place)
                && one.places.iter().any(|at| is_function(*at as usize))
        });
        self.before[found.min_by_key(|(_, one)| self.size(one.part))?.0].as_deref()
    }

    /// An expression in the names before, in those of the script.
    pub fn made(&self, expression: &str, at: At) -> Option<String> {
        let names = self.at(at);
        if names.is_empty() { None } else { with_names(expression, &names) }
    }
}

/// A frame of the stack in a script whose variables were renamed.
pub struct Frame {
    id: String,
    script: String,
    at: At,
    /// V8's names of its scopes, and from where to where they reach.
    scopes: Vec<(String, Option<[At; 2]>)>,
}

impl Frame {
    /// One as V8 tells of it.
    pub fn read(frame: &Value) -> Self {
        let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let end = |location: &Value| location.is_object().then(|| super::originals::at(location));
        let scopes = frame["scopeChain"].as_array().into_iter().flatten().map(|scope| {
            let reach = end(&scope["startLocation"]).zip(end(&scope["endLocation"])).map(<[_; 2]>::from);
            (word(&scope["object"]["objectId"]), reach)
        });
        Self {
            id: word(&frame["callFrameId"]),
            script: word(&frame["location"]["scriptId"]),
            at: super::originals::at(&frame["location"]),
            scopes: scopes.collect(),
        }
    }

    /// Puts the names that functions had before into a frame as V8 tells of it.
    pub fn rename(frame: &mut Value, renames: &Renames) {
        let now = frame["functionName"].as_str().unwrap_or_default().to_owned();
        let place = frame.get("functionLocation").map(super::originals::at);
        let before = place.and_then(|place| renames.function(&now, place)).map(str::to_owned);
        for scope in frame["scopeChain"].as_array_mut().into_iter().flatten() {
            let Some(name) = scope["name"].as_str() else { continue };
            let place = scope.get("startLocation").map(super::originals::at);
            let other = || renames.function(name, place?).map(str::to_owned);
            if let Some(name) = if name == now { before.clone() } else { other() } {
                scope["name"] = name.into();
            }
        }
        if let Some(before) = before {
            frame["functionName"] = before.into();
        }
    }
}

impl Desk {
    /// A request to evaluate something in a frame with the names that the script has; `None` when it stays as it is.
    pub fn in_made_names(&self, request: &str) -> Option<String> {
        let originals = self.originals.borrow();
        if originals.frames().is_empty() {
            return None;
        }
        let mut request: Value = serde_json::from_str(request).ok()?;
        let params = &mut request["params"];
        let frame = originals.frames().iter().find(|frame| params["callFrameId"] == *frame.id)?;
        let renames = originals.renames(&frame.script)?;
        params["expression"] = renames.made(params["expression"].as_str()?, frame.at)?.into();
        Some(request.to_string())
    }

    /// Answers `Runtime.getProperties` of a scope in which variables were renamed; `None` for everything else.
    pub fn properties(&self, request: &str) -> Option<String> {
        if self.originals.borrow().frames().is_empty() {
            return None;
        }
        let request: Value = serde_json::from_str(request).ok()?;
        let object = request["params"]["objectId"].as_str()?.to_owned();
        let (script, reach) = {
            let originals = self.originals.borrow();
            let scopes = originals.frames().iter().flat_map(|frame| {
                frame.scopes.iter().map(|(object, reach)| (object, (frame.script.clone(), *reach)))
            });
            scopes.into_iter().find(|(scope, _)| **scope == object)?.1
        };
        let (mut answer, text) = self.ask_for_client(request)?;
        let originals = self.originals.borrow();
        let names = originals.renames(&script)?.of_scope(reach);
        for property in answer["result"]["result"].as_array_mut().into_iter().flatten() {
            if let Some(before) = property["name"].as_str().and_then(|name| names.get(name)) {
                property["name"] = (*before).into();
            }
        }
        Some(if names.is_empty() { text } else { answer.to_string() })
    }
}
