//! Long lists and large objects in parts, so that opening one costs the same however much is inside.

use serde_json::{Value, json};

use super::tree::{Children, Property};
use super::value::Shown;
use super::{Debugger, Purpose};

/// What is inside comes in parts of so many.
pub const RANGE: u64 = 100;

/// Properties from which an object comes in parts.
const LARGE: u64 = 500;

/// Longest name of a property that a part is called by, in characters.
const NAME_MOST: u64 = 32;

/// The parts of an object by the names of its properties; nothing when it is not large. `to` is below 0 for the whole.
const PARTS: &str = "function (from, to, range, large, most) {
  const keys = Reflect.ownKeys(this), parts = [];
  if (to < 0 && (to = keys.length) <= large) return null;
  let step = range;
  while ((to - from) / step > range) step *= range;
  const name = (at) => { const name = String(keys[at]); return name.length > most ? name.slice(0, most) + '…' : name; };
  for (let at = from; at < to; at += step) {
    const end = Math.min(at + step, to);
    parts[parts.length] = [at, end, name(at), name(end - 1)];
  }
  return parts;
}";

/// Elements of a list in an object of their own.
const ELEMENTS: &str = "function (from, to) { const part = { __proto__: null };
  for (let at = from; at < to; at++) if (at in this) part[at] = this[at]; return part; }";

/// Properties of an object in an object of their own.
const PROPERTIES: &str = "function (from, to) { const part = { __proto__: null };
  for (const key of Reflect.ownKeys(this).slice(from, to))
    Object.defineProperty(part, key, Object.getOwnPropertyDescriptor(this, key));
  return part; }";

/// A part of a list or of an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// Number of the first element or property.
    pub from: u64,
    /// Number of the one behind the last.
    pub to: u64,
    /// Whether it consists of properties, which have names, rather than of elements.
    pub named: bool,
}

impl Part {
    /// The name under which it is kept.
    pub(super) fn key(self, object: &str) -> String {
        format!("{object} {} {}", self.from, self.to)
    }
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

/// Whether an object may have more properties than its line says. Those of a proxy are not to be asked for: that runs
/// code of the script.
fn may_be_large(shown: &Shown) -> bool {
    let says_all = shown.text.ends_with('}') && !shown.text.contains('…');
    shown.kind == "object" && !says_all && !shown.text.starts_with("Proxy(") && length(shown).is_none()
}

fn part(shown: &Shown, part: Part, name: String) -> Property {
    let shown = Shown { text: String::new(), ..shown.clone() };
    Property { name, shown, range: Some(part), ..Property::default() }
}

/// The parts of some elements of a list.
fn elements(shown: &Shown, from: u64, to: u64) -> Vec<Property> {
    let mut step = RANGE;
    while (to - from).div_ceil(step) > RANGE {
        step *= RANGE;
    }
    let starts = (from..to).step_by(usize::try_from(step).unwrap_or(usize::MAX));
    let parts = starts.map(|at| {
        let end = (at + step).min(to);
        part(shown, Part { from: at, to: end, named: false }, format!("[{at} … {}]", end - 1))
    });
    parts.collect()
}

impl Debugger {
    /// Finds out the parts of something, or asks for a part. `false` when it has none.
    pub(super) fn fetch_part(&mut self, object: &str, key: &str, shown: &Shown, range: Option<Part>) -> bool {
        if let Some(range) = range.filter(|range| range.to - range.from <= RANGE) {
            self.expect(key);
            let params = json!({
                "objectId": object,
                "functionDeclaration": if range.named { PROPERTIES } else { ELEMENTS },
                "arguments": [{ "value": range.from }, { "value": range.to }],
                "objectGroup": "console",
            });
            self.ask("Runtime.callFunctionOn", params, Purpose::Range(key.to_owned()));
            return true;
        }
        let list = match range {
            Some(range) => (!range.named).then_some((range.from, range.to)),
            None => length(shown).filter(|length| *length > RANGE).map(|length| (0, length)),
        };
        if let Some((from, to)) = list {
            self.nodes.insert(key.to_owned(), Children::Known(elements(shown, from, to)));
            return true;
        }
        if self.is_over || range.is_none() && !may_be_large(shown) {
            return false;
        }
        self.expect(key);
        let (from, to) = range.map_or((json!(0), json!(-1)), |range| (json!(range.from), json!(range.to)));
        let arguments = [from, to, json!(RANGE), json!(LARGE), json!(NAME_MOST)];
        let params = json!({
            "objectId": object,
            "functionDeclaration": PARTS,
            "arguments": arguments.map(|value| json!({ "value": value })),
            "returnByValue": true,
            "silent": true,
        });
        let purpose =
            Purpose::Parts { key: key.to_owned(), object: object.to_owned(), is_whole: range.is_none() };
        self.ask("Runtime.callFunctionOn", params, purpose);
        true
    }

    /// The parts of an object; when it is not large, everything in it is asked for.
    pub(super) fn hear_parts(&mut self, key: String, object: String, is_whole: bool, result: &Value) {
        let Some(parts) = result["result"]["value"].as_array() else {
            self.fetch_all(object, key);
            return;
        };
        let shown = Shown { object: Some(object.clone()), kind: "object".to_owned(), ..Shown::default() };
        let parts = parts.iter().filter_map(|one| {
            let range = Part { from: one[0].as_u64()?, to: one[1].as_u64()?, named: true };
            Some(part(&shown, range, format!("[{} … {}]", one[2].as_str()?, one[3].as_str()?)))
        });
        self.nodes.insert(key.clone(), Children::Known(parts.collect()));
        self.epoch += 1;
        if is_whole {
            let params = json!({
                "objectId": object,
                "functionDeclaration": "function () { return Object.getPrototypeOf(this); }",
                "objectGroup": "console",
                "generatePreview": true,
                "silent": true,
            });
            self.ask("Runtime.callFunctionOn", params, Purpose::Prototype(key));
        }
    }

    pub(super) fn hear_prototype(&mut self, key: &str, result: &Value) {
        if let (Ok(shown), Some(Children::Known(all))) = (super::outcome(result), self.nodes.get_mut(key)) {
            let name = "[[Prototype]]".to_owned();
            all.push(Property { name, shown, is_internal: true, ..Property::default() });
            self.epoch += 1;
        }
    }

    /// Asks for everything that is in an object.
    pub(super) fn fetch_all(&mut self, object: String, key: String) {
        let params = json!({ "objectId": object, "ownProperties": true, "generatePreview": true });
        self.ask("Runtime.getProperties", params, Purpose::Children(key));
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Breakpoints, Exceptions};
    use super::*;

    #[test]
    fn long_lists_are_told_by_their_description() {
        let of = |text: &str| length(&Shown { text: text.to_owned(), ..Shown::default() });
        assert_eq!(of("(250) [ 1, 2, … ]"), Some(250));
        assert_eq!(of("Uint8Array(4) [ 1 ]"), Some(4));
        assert_eq!(of("Map(300) { }"), None);
        assert_eq!(of("{ a: 1 }"), None);
    }

    #[test]
    fn no_level_of_a_long_list_has_more_than_a_hundred_parts() {
        let names = |from, to| {
            let parts = elements(&Shown::default(), from, to);
            (parts.len(), parts[0].name.clone(), parts[parts.len() - 1].name.clone())
        };
        let of = |count: usize, first: &str, last: &str| (count, first.to_owned(), last.to_owned());
        assert_eq!(names(0, 250), of(3, "[0 … 99]", "[200 … 249]"));
        assert_eq!(names(0, 100_000), of(10, "[0 … 9999]", "[90000 … 99999]"));
        assert_eq!(names(90_000, 100_000), of(100, "[90000 … 90099]", "[99900 … 99999]"));
        assert_eq!(names(0, 10_000_001), of(11, "[0 … 999999]", "[10000000 … 10000000]"));
    }

    #[test]
    fn large_objects_come_in_parts_with_names() {
        let mut debugger = Debugger::attach(&Breakpoints::default(), Exceptions::Never, &[]);
        debugger.take_requests();
        let asked = |debugger: &mut Debugger| -> Value {
            serde_json::from_str(debugger.take_requests().last().unwrap()).unwrap()
        };
        let large = Shown {
            text: "{ a: 1, … }".into(),
            kind: "object".into(),
            object: Some("o".into()),
            content: None,
        };
        assert_eq!(debugger.children(&large, None), Some(&Children::Asked));
        let question = asked(&mut debugger);
        let parts = json!([[0, 100, "a", "b"], [100, 150, "c", "d"]]);
        debugger.hear(json!({ "id": question["id"], "result": { "result": { "value": parts } } }));
        let question = asked(&mut debugger);
        debugger.hear(json!({ "id": question["id"], "result": { "result": { "type": "object", "description": "Object" } } }));
        let Some(Children::Known(all)) = debugger.children(&large, None).cloned() else { panic!("known") };
        let names: Vec<_> = all.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["[a … b]", "[c … d]", "[[Prototype]]"]);
        debugger.children(&all[1].shown, all[1].range);
        assert_eq!(asked(&mut debugger)["params"]["arguments"], json!([{ "value": 100 }, { "value": 150 }]));
        // One that turns out to be small is asked for as a whole.
        let small = Shown { object: Some("p".into()), ..large };
        debugger.children(&small, None);
        let question = asked(&mut debugger);
        debugger.hear(json!({ "id": question["id"], "result": { "result": { "value": null } } }));
        assert_eq!(asked(&mut debugger)["method"], "Runtime.getProperties");
    }
}
