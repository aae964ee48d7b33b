//! Breakpoints on functions by their names: the runtime looks for them in every script.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Debugger, Purpose};

/// A breakpoint on all functions of a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FunctionBreakpoint {
    /// `name`, or `Class.method`.
    pub name: String,
    /// Whether it is on.
    pub enabled: bool,
}

/// Those of a run.
#[derive(Default)]
pub(super) struct Functions {
    wanted: Vec<String>,
    /// How many functions of each name were found.
    found: HashMap<String, usize>,
}

impl Debugger {
    /// Holds the run when a function of one of these names is called.
    pub fn set_function_breakpoints(&mut self, wanted: &[FunctionBreakpoint]) {
        let on = wanted.iter().filter(|one| one.enabled && !one.name.trim().is_empty());
        let names: Vec<_> = on.map(|one| one.name.trim().to_owned()).collect();
        if self.functions.wanted == names {
            return;
        }
        let list: Vec<_> = names.iter().map(|name| json!({ "id": name, "name": name })).collect();
        self.functions = Functions { wanted: names, found: HashMap::new() };
        self.ask("Loopscope.setFunctionBreakpoints", json!({ "breakpoints": list }), Purpose::Functions);
        if !list.is_empty() {
            self.want_parents();
        }
    }

    /// How many functions of a name have been found.
    pub fn functions_found(&self, name: &str) -> usize {
        self.functions.found.get(name.trim()).copied().unwrap_or(0)
    }

    pub(super) fn hear_function(&mut self, params: &Value) {
        if let Some(name) = params["id"].as_str() {
            *self.functions.found.entry(name.to_owned()).or_default() += 1;
        }
    }

    pub(super) fn hear_function_faults(&mut self, result: &Value) {
        if let Some(text) = result["faults"][0]["text"].as_str() {
            self.problem = Some(format!("{text}: write a name, or Class.method."));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_are_counted_as_they_are_found() {
        let mut debugger = Debugger::default();
        let wanted = FunctionBreakpoint { name: "K.f ".to_owned(), enabled: true };
        debugger.set_function_breakpoints(std::slice::from_ref(&wanted));
        debugger.set_function_breakpoints(&[wanted]);
        let asked = debugger.take_requests();
        let of = |method: &str| asked.iter().filter(|request| request.contains(method)).count();
        assert_eq!(of("Loopscope.setFunctionBreakpoints"), 1, "once is enough");
        let found = json!({ "method": "Loopscope.functionBreakpointResolved", "params": { "id": "K.f" } });
        debugger.hear(found.clone());
        debugger.hear(found);
        assert_eq!(debugger.functions_found("K.f"), 2);
        debugger.hear(json!({ "id": 1, "result": { "faults": [{ "id": "1x", "text": "no name" }] } }));
        assert!(debugger.take_problem().is_some_and(|text| text.starts_with("no name")));
    }
}
