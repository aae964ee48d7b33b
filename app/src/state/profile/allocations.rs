//! What a profile of allocations says in short.

use std::collections::HashMap;

use serde_json::Value;

use super::Function;

/// The functions that allocated what is still in use, with bytes, most first. Reads V8's tree: `head` with `callFrame`,
/// `selfSize` and `children`.
pub fn read(profile: &Value) -> Vec<(Function, u64)> {
    let mut sizes: HashMap<Function, u64> = HashMap::new();
    let mut open = vec![&profile["head"]];
    while let Some(node) = open.pop() {
        match node["selfSize"].as_f64() {
            Some(size) if size >= 1.0 => {
                *sizes.entry(Function::read(&node["callFrame"])).or_default() += size as u64
            }
            _ => {}
        }
        open.extend(node["children"].as_array().into_iter().flatten());
    }
    let mut sizes: Vec<_> = sizes.into_iter().collect();
    sizes.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    sizes
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn sizes_of_a_function_are_added_up() {
        let frame = |name: &str| json!({ "functionName": name, "url": "file:///x/a.js", "lineNumber": 0 });
        let leaf =
            |name: &str, size: u64| json!({ "callFrame": frame(name), "selfSize": size, "children": [] });
        let head = json!({ "callFrame": frame("(root)"), "selfSize": 0, "children": [leaf("a", 10), leaf("b", 30), leaf("a", 25)] });
        let found = read(&json!({ "head": head }));
        let found: Vec<_> = found.iter().map(|(function, size)| (function.name.as_str(), *size)).collect();
        assert_eq!(found, [("a", 35), ("b", 30)]);
        assert!(read(&json!(null)).is_empty());
    }
}
