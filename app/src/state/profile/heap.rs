//! What a heap snapshot says in short: what there is of each class, and what it takes.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::Value;

/// The part of a `.heapsnapshot` that is read: edges are not.
#[derive(Deserialize)]
struct Snapshot {
    snapshot: Head,
    nodes: Vec<u64>,
    strings: Vec<String>,
}

#[derive(Deserialize)]
struct Head {
    meta: Meta,
}

#[derive(Deserialize)]
struct Meta {
    node_fields: Vec<String>,
    /// A list of names for a field that is one of them, a word otherwise.
    node_types: Vec<Value>,
}

/// Objects of one class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Class {
    /// Its name; in brackets what V8 keeps beside the script's objects.
    pub name: String,
    /// How many there are.
    pub count: u64,
    /// Bytes that they take themselves, without what they refer to.
    pub bytes: u64,
}

impl Class {
    /// Whether it is V8's own.
    pub fn is_internal(&self) -> bool {
        self.name.starts_with('(') || self.name.starts_with("system / ")
    }
}

/// Whether a text begins as a heap snapshot does.
pub fn is_snapshot(text: &[u8]) -> bool {
    text.trim_ascii_start()
        .strip_prefix(b"{")
        .is_some_and(|rest| rest.trim_ascii_start().starts_with(b"\"snapshot\""))
}

/// The classes of a snapshot, what takes most first. `None` when parts of it are missing.
///
/// # Errors
/// When it is no JSON.
pub fn read(text: &[u8]) -> Result<Option<Vec<Class>>, serde_json::Error> {
    Ok(classes(&serde_json::from_slice(text)?))
}

fn classes(snapshot: &Snapshot) -> Option<Vec<Class>> {
    let meta = &snapshot.snapshot.meta;
    let field = |name: &str| meta.node_fields.iter().position(|field| field == name);
    let (kind_at, name_at, size_at) = (field("type")?, field("name")?, field("self_size")?);
    let kinds = meta.node_types.get(kind_at)?.as_array()?;
    let mut sums: HashMap<&str, (u64, u64)> = HashMap::new();
    for node in snapshot.nodes.chunks_exact(meta.node_fields.len()) {
        let kind = usize::try_from(node[kind_at]).ok().and_then(|kind| kinds.get(kind))?.as_str()?;
        let name = || usize::try_from(node[name_at]).ok().and_then(|name| snapshot.strings.get(name));
        let class = match kind {
            "object" | "native" => name()?.as_str(),
            "closure" => "Function",
            "regexp" => "RegExp",
            "string" | "concatenated string" | "sliced string" => "(string)",
            "array" => "(array)",
            "code" => "(compiled code)",
            "number" => "(number)",
            "bigint" => "(bigint)",
            "symbol" => "(symbol)",
            // Roots and the like: no objects.
            "synthetic" => continue,
            _ => "(system)",
        };
        let sum = sums.entry(class).or_default();
        *sum = (sum.0 + 1, sum.1 + node[size_at]);
    }
    let mut classes: Vec<_> = sums
        .into_iter()
        .map(|(name, (count, bytes))| Class { name: name.to_owned(), count, bytes })
        .collect();
    classes.sort_by(|a, b| b.bytes.cmp(&a.bytes).then_with(|| a.name.cmp(&b.name)));
    Some(classes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_of_a_class_are_added_up() {
        let text = br#"{"snapshot":{"meta":{"node_fields":["type","name","id","self_size","edge_count"],
            "node_types":[["hidden","object","string","synthetic","closure"],"string","number"]}},
            "nodes":[3,0,1,9,0, 1,1,3,40,0, 2,2,5,24,0, 1,1,7,50,0, 4,2,9,64,0], "edges":[], "strings":["","Row","some text"]}"#;
        assert!(is_snapshot(text));
        let found = read(text).unwrap().unwrap();
        let found: Vec<_> = found.iter().map(|one| (one.name.as_str(), one.count, one.bytes)).collect();
        assert_eq!(found, [("Row", 2, 90), ("Function", 1, 64), ("(string)", 1, 24)]);
        assert!(!is_snapshot(br#"{"nodes":[]}"#));
        assert!(read(b"{\"snapshot\":").is_err());
        let wrong =
            br#"{"snapshot":{"meta":{"node_fields":["a"],"node_types":["x"]}},"nodes":[1],"strings":[]}"#;
        assert_eq!(read(wrong).unwrap(), None);
    }
}
