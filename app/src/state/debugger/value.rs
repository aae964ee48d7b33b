//! Values as the protocol describes them, in one line as `node` prints them.

use std::sync::Arc;

use serde_json::Value;

/// What a `RemoteObject` of the protocol says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Shown {
    /// One line.
    pub text: String,
    /// What kind of value: `string`, `number`, `function`, `object`, `accessor` …
    pub kind: String,
    /// V8's name for the object, when there is something inside.
    pub object: Option<String>,
    /// All of a string, of which the line may show only the beginning.
    pub content: Option<Arc<str>>,
}

impl Shown {
    /// What is said instead of a value.
    pub fn said(text: impl Into<String>, kind: &str) -> Self {
        Self { text: text.into(), kind: kind.to_owned(), ..Self::default() }
    }

    /// The value as an expression of the language; `None` for what has none, or too long a one to be typed.
    pub fn literal(&self) -> Option<String> {
        match (&self.content, &self.object) {
            (Some(content), _) => (content.len() <= LITERAL_MOST).then(|| quoted_whole(content)),
            (None, Some(_)) => None,
            (None, None) => Some(self.text.clone()),
        }
    }
}

/// Longest string that can be changed by typing, in bytes.
const LITERAL_MOST: usize = 10_000;

/// Longest text shown of a string in a line, in characters.
const STRING_MOST: usize = 200;

/// A value of the protocol.
pub fn shown(remote: &Value) -> Shown {
    let text = |key: &str| remote[key].as_str().unwrap_or_default();
    let (kind, subtype) = (text("type"), text("subtype"));
    let object = remote["objectId"].as_str().map(str::to_owned);
    let line = match (kind, subtype) {
        ("undefined", _) => "undefined".to_owned(),
        (_, "null") => "null".to_owned(),
        ("string", _) => quoted(text("value")),
        ("number" | "boolean", _) => match &remote["value"] {
            Value::Null => text("unserializableValue").to_owned(),
            value => value.to_string(),
        },
        ("bigint", _) => text("unserializableValue").to_owned(),
        ("symbol", _) => text("description").to_owned(),
        ("function", _) => function(text("description")),
        (_, "error") => first_line(text("description")),
        (_, "internal#entry") => entry(&remote["preview"]).unwrap_or_else(|| text("description").to_owned()),
        _ if remote["preview"].is_object() => preview(&remote["preview"], text("description")),
        _ => text("description").to_owned(),
    };
    let kind = if subtype == "null" { "null" } else { kind };
    let content = (kind == "string").then(|| Arc::from(text("value")));
    Shown { text: line, kind: kind.to_owned(), object, content }
}

/// The head of a function's source.
fn function(source: &str) -> String {
    let is_class = source.starts_with("class");
    let head = source.split(['{', '\n']).next().unwrap_or_default().trim_end();
    let head = head.strip_suffix("=>").map_or(head, str::trim_end);
    if is_class {
        return format!("[{head}]");
    }
    let name = head.strip_prefix("async ").unwrap_or(head);
    let name = name.strip_prefix("function").unwrap_or(name).trim_start_matches(['*', ' ']);
    let name = name.split('(').next().unwrap_or_default().trim();
    if name.is_empty() { "[Function (anonymous)]".to_owned() } else { format!("[Function: {name}]") }
}

fn quoted(text: &str) -> String {
    let cut: String = text.chars().take(STRING_MOST).collect();
    let is_cut = cut.len() < text.len();
    let mut line = quoted_whole(&cut);
    if is_cut {
        line.insert(line.len() - 1, '…');
    }
    line
}

/// A string in the quotes that it does not contain.
fn quoted_whole(cut: &str) -> String {
    let quote = ['\'', '"', '`'].into_iter().find(|quote| !cut.contains(*quote)).unwrap_or('\'');
    let mut line = String::from(quote);
    for character in cut.chars() {
        match character {
            '\n' => line.push_str("\\n"),
            '\r' => line.push_str("\\r"),
            '\t' => line.push_str("\\t"),
            '\\' => line.push_str("\\\\"),
            other if other == quote => {
                line.push('\\');
                line.push(other);
            }
            other => line.push(other),
        }
    }
    line.push(quote);
    line
}

/// Descriptions of errors have their stack.
fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().to_owned()
}

/// A property of an `ObjectPreview`.
fn inside(property: &Value) -> String {
    let text = property["value"].as_str().unwrap_or_default();
    match property["type"].as_str() {
        Some("string") => quoted(text),
        Some("function") => "[Function]".to_owned(),
        Some("accessor") => "[Getter]".to_owned(),
        _ => first_line(text),
    }
}

/// Elements that a list does not have, in Node's words.
fn empty(count: u64) -> Option<String> {
    match count {
        0 => None,
        1 => Some("<1 empty item>".to_owned()),
        count => Some(format!("<{count} empty items>")),
    }
}

/// An entry of a map, as a key that leads to its value, or of a set.
fn entry(preview: &Value) -> Option<String> {
    let parts: Vec<_> = preview["properties"].as_array()?.iter().map(inside).collect();
    (!parts.is_empty()).then(|| parts.join(" => "))
}

/// What a promise has come to, in Node's words.
fn promise(preview: &Value) -> Option<String> {
    let slot = |name: &str| {
        let mut all = preview["properties"].as_array()?.iter();
        all.find(|property| property["name"] == name)
    };
    let result = slot("[[PromiseResult]]").map(inside).unwrap_or_default();
    Some(match slot("[[PromiseState]]")?["value"].as_str()? {
        "pending" => "Promise { <pending> }".to_owned(),
        "rejected" => format!("Promise {{ <rejected> {result} }}"),
        _ => format!("Promise {{ {result} }}"),
    })
}

/// An `ObjectPreview`.
fn preview(preview: &Value, description: &str) -> String {
    let subtype = preview["subtype"].as_str().unwrap_or_default();
    // What their class gives to each of them says nothing.
    if matches!(subtype, "date" | "regexp") {
        return description.to_owned();
    }
    if let Some(words) = (subtype == "promise").then(|| promise(preview)).flatten() {
        return words;
    }
    let mut parts: Vec<String> = Vec::new();
    let list = |key: &str| preview[key].as_array().into_iter().flatten();
    for entry in list("entries") {
        let inner = |value: &Value| {
            let text = value["description"].as_str().unwrap_or_default();
            match (value["type"].as_str(), value["subtype"].as_str()) {
                (Some("string"), _) => quoted(text),
                (Some("function"), _) => function(text),
                (Some("object"), None | Some("array")) => self::preview(value, text),
                _ => first_line(text),
            }
        };
        parts.push(match entry.get("key") {
            Some(key) => format!("{} => {}", inner(key), inner(&entry["value"])),
            None => inner(&entry["value"]),
        });
    }
    let is_list = matches!(subtype, "array" | "typedarray");
    let keyed = matches!(subtype, "map" | "set" | "weakmap" | "weakset");
    let mut next = 0;
    // As many as there are, when all of them are told.
    let count =
        description.strip_prefix("Array(").and_then(|rest| rest.strip_suffix(')')?.parse::<u64>().ok());
    let mut length = count.filter(|_| subtype == "array" && preview["overflow"] != true);
    for property in list("properties").filter(|_| !keyed) {
        let name = property["name"].as_str().unwrap_or_default();
        let index = name.parse::<u64>().ok().filter(|_| is_list);
        match index {
            Some(index) => {
                parts.extend(empty(index.saturating_sub(next)));
                next = index + 1;
                parts.push(inside(property));
            }
            // What the class gives to each of them.
            None if subtype == "typedarray" => {}
            None => {
                parts.extend(length.take().and_then(|length| empty(length.saturating_sub(next))));
                parts.push(format!("{name}: {}", inside(property)));
            }
        }
    }
    parts.extend(length.and_then(|length| empty(length.saturating_sub(next))));
    if preview["overflow"] == true {
        parts.push("…".to_owned());
    }
    let (open, close) = if is_list { ("[", "]") } else { ("{", "}") };
    let name = match description {
        "Object" => String::new(),
        other if subtype == "array" && other.starts_with("Array(") => other
            .strip_prefix("Array")
            .filter(|_| !parts.is_empty())
            .map_or(String::new(), |count| format!("{count} ")),
        other => format!("{other} "),
    };
    if parts.is_empty() {
        return format!("{name}{open}{close}");
    }
    let inside = parts.join(", ");
    if is_list { format!("{name}[ {inside} ]") } else { format!("{name}{{ {inside} }}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn line(remote: &Value) -> String {
        shown(remote).text
    }

    #[test]
    fn values_look_as_node_prints_them() {
        assert_eq!(line(&json!({ "type": "undefined" })), "undefined");
        assert_eq!(line(&json!({ "type": "object", "subtype": "null", "value": null })), "null");
        assert_eq!(line(&json!({ "type": "string", "value": "it's\n" })), "\"it's\\n\"");
        assert_eq!(
            line(&json!({ "type": "number", "unserializableValue": "-0", "description": "-0" })),
            "-0"
        );
        assert_eq!(line(&json!({ "type": "bigint", "unserializableValue": "5n" })), "5n");
        let function = |text: &str| line(&json!({ "type": "function", "description": text }));
        assert_eq!(function("async function* later(a) { x }"), "[Function: later]");
        assert_eq!(function("() => 1"), "[Function (anonymous)]");
        assert_eq!(function("class A extends B { }"), "[class A extends B]");
    }

    #[test]
    fn a_long_string_is_shown_in_part_and_kept_as_a_whole() {
        let long = shown(&json!({ "type": "string", "value": "it's\n".repeat(100) }));
        assert!(long.text.ends_with("…\"") && long.text.len() < 300, "{}", long.text);
        assert_eq!(long.content.as_deref().map(str::len), Some(500));
        assert_eq!(long.literal().unwrap().len(), 602);
        assert_eq!(shown(&json!({ "type": "number", "value": 4 })).literal().as_deref(), Some("4"));
        let object = json!({ "type": "object", "description": "Object", "objectId": "1" });
        assert_eq!(shown(&object).literal(), None);
    }

    #[test]
    fn objects_are_previewed_in_a_line() {
        let array = json!({ "type": "object", "subtype": "array", "description": "Array(2)", "objectId": "1",
            "preview": { "subtype": "array", "overflow": false, "properties": [
                { "name": "0", "type": "number", "value": "1" }, { "name": "1", "type": "string", "value": "b" }] } });
        assert_eq!(line(&array), "(2) [ 1, 'b' ]");
        let object = json!({ "type": "object", "description": "Object", "preview": { "overflow": true,
            "properties": [{ "name": "a", "type": "function", "value": "" }] } });
        assert_eq!(line(&object), "{ a: [Function], … }");
        let map = json!({ "type": "object", "subtype": "map", "description": "Map(1)", "preview": { "subtype": "map",
            "overflow": false, "properties": [{ "name": "size", "type": "number", "value": "1" }],
            "entries": [{ "key": { "type": "string", "description": "k" },
                "value": { "type": "number", "description": "3" } }] } });
        assert_eq!(line(&map), "Map(1) { 'k' => 3 }");
        let nested = json!({ "type": "object", "description": "Object", "overflow": false,
            "properties": [{ "name": "hits", "type": "number", "value": "1" }] });
        let map = json!({ "type": "object", "subtype": "map", "description": "Map(1)", "preview": { "subtype": "map",
            "overflow": false, "entries": [{ "key": { "type": "string", "description": "k" }, "value": nested }] } });
        assert_eq!(line(&map), "Map(1) { 'k' => { hits: 1 } }");
    }

    #[test]
    fn entries_lead_from_keys_to_values() {
        let entry = |properties: Value| {
            line(&json!({ "type": "object", "subtype": "internal#entry", "description": "{\"k\" => 1}",
                "preview": { "properties": properties } }))
        };
        let key = json!({ "name": "key", "type": "string", "value": "k" });
        let value = json!({ "name": "value", "type": "number", "value": "1" });
        assert_eq!(entry(json!([key, value])), "'k' => 1");
        assert_eq!(entry(json!([value])), "1");
        assert_eq!(entry(json!([])), "{\"k\" => 1}");
    }

    #[test]
    fn promises_and_lists_with_holes_look_as_in_node() {
        let promise = |state: &str, result: Value| {
            line(&json!({ "type": "object", "subtype": "promise", "description": "Promise", "preview": {
                "subtype": "promise", "overflow": false, "properties": [
                    { "name": "[[PromiseState]]", "type": "string", "value": state }, result] } }))
        };
        let none = json!({ "name": "[[PromiseResult]]", "type": "undefined", "value": "undefined" });
        assert_eq!(promise("pending", none), "Promise { <pending> }");
        let error = json!({ "name": "[[PromiseResult]]", "type": "object", "subtype": "error",
            "value": "TypeError: bad\n    at f (a.js:1:2)" });
        assert_eq!(promise("rejected", error), "Promise { <rejected> TypeError: bad }");
        let list = |subtype: &str, name: &str, properties: Value| {
            line(&json!({ "type": "object", "subtype": subtype, "description": name,
                "preview": { "subtype": subtype, "overflow": false, "properties": properties } }))
        };
        let number = |name: &str| json!({ "name": name, "type": "number", "value": name });
        assert_eq!(
            list("array", "Array(5)", json!([number("0"), number("3")])),
            "(5) [ 0, <2 empty items>, 3, <1 empty item> ]"
        );
        let typed = json!([number("0"), number("length")]);
        assert_eq!(list("typedarray", "Uint8Array(1)", typed), "Uint8Array(1) [ 0 ]");
    }
}
