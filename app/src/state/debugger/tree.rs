//! What is inside of objects, fetched when it is opened.

use serde_json::{Value, json};

use super::value::{self, Shown};
use super::{Debugger, Purpose};

/// Elements of long lists come in ranges of so many.
pub const RANGE: u64 = 100;

/// A property, an element, an internal slot or a range of elements.
#[derive(Debug, Clone, PartialEq)]
pub struct Property {
    /// Its name.
    pub name: String,
    /// Its value; a getter is not run.
    pub shown: Shown,
    /// Whether it belongs to the language rather than to the script: the prototype, a promise's state.
    pub is_internal: bool,
    /// The getter behind it.
    pub getter: Option<String>,
    /// It stands for the elements from the first to before the second number.
    pub range: Option<(u64, u64)>,
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

/// The name under which a range of a list's elements is kept.
fn range_key(object: &str, (from, to): (u64, u64)) -> String {
    format!("{object} {from} {to}")
}

impl Children {
    /// The answer to `Runtime.getProperties`.
    pub fn read(result: &Value, key: &str) -> Self {
        let list = |key: &str| result[key].as_array().into_iter().flatten();
        let is_range = key.contains(' ');
        let mut all: Vec<_> = list("result").filter_map(property).collect();
        if is_range {
            all.retain(|property| !property.is_internal && property.name != "__proto__");
        } else {
            all.extend(list("internalProperties").filter_map(|entry| {
                let property = property(entry)?;
                Some(Property {
                    is_internal: true,
                    name: format!("[[{}]]", bare(&property.name)),
                    ..property
                })
            }));
        }
        Self::Known(all)
    }
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
        None if getter.is_some() => {
            Shown { text: "(…)".to_owned(), kind: "accessor".to_owned(), object: None }
        }
        None if entry.get("set").is_some() => {
            Shown { text: "[Setter]".to_owned(), kind: "accessor".to_owned(), object: None }
        }
        // A variable that has no value yet.
        None => Shown { text: "<uninitialized>".to_owned(), kind: "undefined".to_owned(), object: None },
    };
    Some(Property { name, shown, is_internal: false, getter, range: None })
}

/// How many elements a list has, by V8's description of it: `Array(250)`, `Uint8Array(4)`.
fn length(shown: &Shown) -> Option<u64> {
    let text = &shown.text;
    let inside = |text: &str| text.split_once(')').and_then(|parts| parts.0.parse().ok());
    if let Some(rest) = text.strip_prefix('(') {
        return inside(rest);
    }
    let (name, rest) = text.split_once('(')?;
    name.ends_with("Array").then(|| inside(rest))?
}

impl Debugger {
    /// What is inside of a value; asks for it when it is not known. `None` for what has no inside.
    pub fn children(&mut self, shown: &Shown, range: Option<(u64, u64)>) -> Option<&Children> {
        let object = shown.object.as_deref()?;
        let key = range.map_or_else(|| object.to_owned(), |range| range_key(object, range));
        if !self.nodes.contains_key(&key) {
            self.fetch(object, &key, shown, range);
        }
        self.nodes.get(&key)
    }

    /// The variables of a scope.
    pub fn variables(&mut self, object: &str) -> Option<&Children> {
        let shown = Shown { object: Some(object.to_owned()), ..Shown::default() };
        self.children(&shown, None)
    }

    fn fetch(&mut self, object: &str, key: &str, shown: &Shown, range: Option<(u64, u64)>) {
        if let Some((from, to)) = range {
            self.nodes.insert(key.to_owned(), Children::Asked);
            let params = json!({
                "objectId": object,
                "functionDeclaration": "function (from, to) { const part = { __proto__: null };
                    for (let at = from; at < to; at++) if (at in this) part[at] = this[at]; return part; }",
                "arguments": [{ "value": from }, { "value": to }],
                "objectGroup": "console",
            });
            self.ask("Runtime.callFunctionOn", params, Purpose::Range(key.to_owned()));
            return;
        }
        if let Some(length) = length(shown).filter(|length| *length > RANGE) {
            let ranges = (0..length.div_ceil(RANGE)).map(|index| {
                let (from, to) = (index * RANGE, ((index + 1) * RANGE).min(length));
                let shown = Shown { text: String::new(), ..shown.clone() };
                let name = format!("[{from} … {}]", to - 1);
                Property { name, shown, is_internal: false, getter: None, range: Some((from, to)) }
            });
            self.nodes.insert(key.to_owned(), Children::Known(ranges.collect()));
            return;
        }
        if self.is_over {
            let why = "The run is over: what is inside is gone with it.".to_owned();
            self.nodes.insert(key.to_owned(), Children::Failed(why));
            return;
        }
        self.nodes.insert(key.to_owned(), Children::Asked);
        let params = json!({ "objectId": object, "ownProperties": true, "generatePreview": true });
        self.ask("Runtime.getProperties", params, Purpose::Children(object.to_owned()));
    }

    /// Runs a getter; its value takes its place.
    pub fn run_getter(&mut self, object: &str, name: &str) {
        let params = json!({
            "objectId": object,
            "functionDeclaration": "function (name) { Object.defineProperty(this, name, { ...Object.getOwnPropertyDescriptor(this, name) }); return this[name]; }",
            "arguments": [{ "value": name }],
            "objectGroup": "console",
            "generatePreview": true,
        });
        let number = self.console.add(&format!("get {name}"));
        let purpose = Purpose::Console { number, waits: false };
        self.ask("Runtime.callFunctionOn", params, purpose);
    }

    /// Gives a variable of a scope (by its number in the selected frame) or a property of an object another value, which
    /// is any expression.
    pub fn assign(&mut self, scope: Option<usize>, object: Option<&str>, name: &str, expression: &str) {
        match (scope, object) {
            (Some(scope), _) => {
                let scope = self.frame().and_then(|(_, frame)| frame.scopes.get(scope));
                let scope = scope.map(|scope| scope.object.clone()).unwrap_or_default();
                // Names of variables are expressions; assigning evaluates both sides in the frame.
                let purpose = Purpose::Assigned { scope, name: name.to_owned() };
                self.evaluate_for(&format!("{name} = ({expression}\n)"), false, purpose);
            }
            (None, Some(object)) => {
                let params = json!({
                    "objectId": object,
                    "functionDeclaration": format!("function (name) {{ this[name] = ({expression}\n); }}"),
                    "arguments": [{ "value": name }],
                });
                self.ask("Runtime.callFunctionOn", params, Purpose::Changed);
            }
            (None, None) => {}
        }
    }

    /// Copies a value as JSON, or its line when it has no inside.
    pub fn copy(&mut self, shown: &Shown) {
        let Some(object) = &shown.object else {
            self.copied = Some(shown.text.clone());
            return;
        };
        let params = json!({
            "objectId": object,
            "functionDeclaration": "function () { return JSON.stringify(this, null, 2) ?? String(this); }",
            "returnByValue": true,
        });
        self.ask("Runtime.callFunctionOn", params, Purpose::Copy);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lists_are_told_by_their_description() {
        let of = |text: &str| length(&Shown { text: text.to_owned(), ..Shown::default() });
        assert_eq!(of("(250) [ 1, 2, … ]"), Some(250));
        assert_eq!(of("Uint8Array(4) [ 1 ]"), Some(4));
        assert_eq!(of("Map(300) { }"), None);
        assert_eq!(of("{ a: 1 }"), None);
    }
}
