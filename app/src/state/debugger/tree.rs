//! What is inside of objects, fetched when it is opened.

use std::collections::HashMap;

use serde_json::Value;

use super::Debugger;
use super::parts::Part;
use super::value::{self, Shown};

/// A property, an element, an internal slot or a range of elements.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Property {
    /// Its name.
    pub name: String,
    /// Its value; a getter is not run.
    pub shown: Shown,
    /// Whether it belongs to the language rather than to the script: the prototype, a promise's state.
    pub is_internal: bool,
    /// The getter behind it.
    pub getter: Option<String>,
    /// Only methods of its class can reach it.
    pub is_private: bool,
    /// It stands for a part of what is inside.
    pub range: Option<Part>,
}

/// What is known of the inside of an object.
#[derive(Debug, Clone, PartialEq)]
pub enum Children {
    /// It has been asked for.
    Asked,
    /// All of it.
    Known(Vec<Property>),
    /// It cannot be read: why.
    Failed(String),
}

impl Children {
    /// The answer to `Runtime.getProperties`.
    pub fn read(result: &Value, key: &str, scripts: &HashMap<String, String>) -> Self {
        let list = |key: &str| result[key].as_array().into_iter().flatten();
        let is_range = key.contains(' ');
        let private = |entry| Some(Property { is_private: true, ..property(entry)? });
        let mut all: Vec<_> = list("privateProperties").filter_map(private).collect();
        all.extend(list("result").filter_map(property));
        if is_range {
            all.retain(|property| !property.is_internal && property.name != "__proto__");
        } else {
            let mut slots: Vec<_> =
                list("internalProperties").filter_map(|entry| slot(entry, scripts)).collect();
            // What is in the object comes before what all of its kind have.
            slots.sort_by_key(|slot| slot.name == "[[Prototype]]");
            all.extend(slots);
        }
        Self::Known(all)
    }
}

/// An internal slot.
fn slot(entry: &Value, scripts: &HashMap<String, String>) -> Option<Property> {
    let property = property(entry)?;
    let name = format!("[[{}]]", bare(&property.name));
    let shown =
        place(&entry["value"], scripts).map(|text| Shown::said(text, "object")).unwrap_or(property.shown);
    Some(Property { is_internal: true, name, shown, ..property })
}

/// Where a function is, when the value says that: file and line.
fn place(value: &Value, scripts: &HashMap<String, String>) -> Option<String> {
    if value["subtype"] != "internal#location" {
        return None;
    }
    let place = &value["value"];
    let path = scripts.get(place["scriptId"].as_str()?)?;
    let file = path.rsplit('/').next().unwrap_or_default();
    Some(format!("{file}:{}", place["lineNumber"].as_u64()? + 1))
}

/// A name without the brackets that V8 already puts around names of internal slots.
fn bare(name: &str) -> &str {
    name.strip_prefix("[[").and_then(|name| name.strip_suffix("]]")).unwrap_or(name)
}

fn property(entry: &Value) -> Option<Property> {
    let name = entry["name"].as_str()?.to_owned();
    let getter = entry["get"]["objectId"].as_str().map(str::to_owned);
    let shown = match entry.get("value") {
        Some(value) => value::shown(value),
        None if getter.is_some() => Shown::said("(…)", "accessor"),
        None if entry.get("set").is_some() => Shown::said("[Setter]", "accessor"),
        // A variable that has no value yet.
        None => Shown::said("<uninitialized>", "undefined"),
    };
    Some(Property { name, shown, getter, ..Property::default() })
}

impl Debugger {
    /// What is inside of a value; asks for it when it is not known. `None` for what has no inside.
    pub fn children(&mut self, shown: &Shown, range: Option<Part>) -> Option<&Children> {
        let object = shown.object.as_deref()?;
        let key = Self::node(object, range);
        if self.stale.remove(&key) || !self.nodes.contains_key(&key) {
            self.fetch(object, &key, shown, range);
        }
        self.nodes.get(&key)
    }

    /// Under what the inside of an object, or a part of it, is known.
    pub fn node(object: &str, range: Option<Part>) -> String {
        range.map_or_else(|| object.to_owned(), |range| range.key(object))
    }

    /// The variables of a scope.
    pub fn variables(&mut self, object: &str) -> Option<&Children> {
        let shown = Shown { object: Some(object.to_owned()), ..Shown::default() };
        self.children(&shown, None)
    }

    /// What is in the global scope, which may be large.
    pub fn globals(&mut self, object: &str) -> Option<&Children> {
        let shown = Shown { object: Some(object.to_owned()), kind: "object".to_owned(), ..Shown::default() };
        self.children(&shown, None)
    }

    /// Something is asked for; what was known of it is shown until it is there.
    pub(super) fn expect(&mut self, key: &str) {
        self.nodes.entry(key.to_owned()).or_insert(Children::Asked);
    }

    fn fetch(&mut self, object: &str, key: &str, shown: &Shown, range: Option<Part>) {
        if self.fetch_part(object, key, shown, range) {
            return;
        }
        if self.is_over {
            let why = "The run is over: what is inside is gone with it.".to_owned();
            self.nodes.insert(key.to_owned(), Children::Failed(why));
            return;
        }
        self.expect(key);
        self.fetch_all(object.to_owned(), object.to_owned());
    }
}
