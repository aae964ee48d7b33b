//! What the server says of the protocol (`/json/protocol`), in the shape of
//! <https://chromedevtools.github.io/devtools-protocol/>: domains with their commands and events.

use serde_json::{Value, json};

/// A domain begins with `domain NAME`; `>` is before a command, `<` before an event, with `name:type` for each parameter and
/// a question mark after the name of one that may be missing.
const TEXT: &str = include_str!("protocol.txt");

/// The description as JSON.
pub fn description() -> Value {
    let mut domains: Vec<Value> = Vec::new();
    for line in TEXT.lines() {
        let mut words = line.split_whitespace();
        let (Some(first), Some(name)) = (words.next(), words.next()) else { continue };
        if first == "domain" {
            domains.push(json!({ "domain": name, "commands": [], "events": [] }));
            continue;
        }
        let parameters: Vec<_> = words.filter_map(parameter).collect();
        let mut entry = json!({ "name": name });
        if !parameters.is_empty() {
            entry["parameters"] = parameters.into();
        }
        let list = if first == ">" { "commands" } else { "events" };
        if let Some(list) = domains.last_mut().and_then(|domain| domain[list].as_array_mut()) {
            list.push(entry);
        }
    }
    json!({ "version": { "major": "1", "minor": "0" }, "domains": domains })
}

fn parameter(word: &str) -> Option<Value> {
    let (name, kind) = word.split_once(':')?;
    let mut parameter = json!({ "name": name.trim_end_matches('?'), "type": kind });
    if name.ends_with('?') {
        parameter["optional"] = true.into();
    }
    Some(parameter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_have_their_parameters() {
        let protocol = description();
        let domains = protocol["domains"].as_array().expect("domains");
        let debugger = domains.iter().find(|domain| domain["domain"] == "Debugger").expect("the debugger");
        let commands = debugger["commands"].as_array().expect("commands");
        let set = commands.iter().find(|command| command["name"] == "setBreakpoint").expect("a command");
        assert_eq!(set["parameters"][1], json!({ "name": "condition", "type": "string", "optional": true }));
        assert!(debugger["events"].as_array().is_some_and(|events| events.len() == 4));
    }
}
