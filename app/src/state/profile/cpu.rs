//! What a CPU profile says in short.

use std::collections::HashMap;

use serde_json::Value;

use super::Function;

/// A function with its time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hot {
    /// The function.
    pub function: Function,
    /// Time in the function itself, without what it called, in microseconds.
    pub micros: u64,
}

/// What a CPU profile says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// All functions, the one that took most time first. Waiting is none.
    pub functions: Vec<Hot>,
    /// Time in which something ran, in microseconds.
    pub busy: u64,
    /// Time of the whole profile, in microseconds.
    pub total: u64,
}

impl Summary {
    /// Reads V8's profile: `nodes` with `id` and `callFrame`; `samples` (ids) with `timeDeltas` (microseconds).
    pub fn read(profile: &Value) -> Self {
        let list = |key: &str| profile[key].as_array().map_or(&[][..], Vec::as_slice);
        let nodes: HashMap<i64, &Value> = list("nodes")
            .iter()
            .filter_map(|node| Some((node["id"].as_i64()?, &node["callFrame"])))
            .collect();
        let mut by_node: HashMap<i64, u64> = HashMap::new();
        let deltas: Vec<_> = list("timeDeltas").iter().map(|delta| delta.as_i64().unwrap_or(0)).collect();
        for (index, sample) in list("samples").iter().enumerate() {
            // A sample holds until the next one.
            let delta = deltas.get(index + 1).copied().and_then(|delta| u64::try_from(delta).ok());
            if let (Some(id), Some(delta)) = (sample.as_i64(), delta) {
                *by_node.entry(id).or_default() += delta;
            }
        }
        let mut times: HashMap<Function, u64> = HashMap::new();
        for (id, micros) in by_node {
            if let Some(frame) = nodes.get(&id) {
                *times.entry(Function::read(frame)).or_default() += micros;
            }
        }
        let total = times.values().sum();
        times.retain(|function, _| !matches!(function.name.as_str(), "(idle)" | "(root)"));
        let mut functions: Vec<_> =
            times.into_iter().map(|(function, micros)| Hot { function, micros }).collect();
        functions.sort_by(|a, b| b.micros.cmp(&a.micros).then_with(|| a.function.cmp(&b.function)));
        Self { busy: functions.iter().map(|hot| hot.micros).sum(), functions, total }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn times_of_a_function_are_added_up() {
        let node = |id: i64, name: &str, line: i64| {
            let url = if line < 0 { "" } else { "file:///x/a.js" };
            json!({ "id": id, "callFrame": { "functionName": name, "url": url, "lineNumber": line } })
        };
        let profile = json!({
            "nodes": [node(1, "(root)", -1), node(2, "parse", 4), node(3, "(idle)", -1), node(4, "parse", 4), node(5, "", 0)],
            "samples": [2, 3, 4, 5, 9],
            "timeDeltas": [100, 10, 20, 30, 5],
        });
        let summary = Summary::read(&profile);
        let texts: Vec<_> = summary.functions.iter().map(|hot| (hot.function.text(), hot.micros)).collect();
        assert_eq!(texts, [("parse  a.js:5".to_owned(), 40), ("(anonymous)  a.js:1".to_owned(), 5)]);
        assert_eq!((summary.busy, summary.total), (45, 65));
        assert_eq!(Summary::read(&json!({ "nodes": 3 })), Summary::default());
    }
}
