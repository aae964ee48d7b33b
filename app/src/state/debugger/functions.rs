//! Breakpoints on functions by their names: V8 stops before a script begins, its text is searched, and each function of a
//! wanted name gets a breakpoint at the beginning of its body.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::names::Tokens;
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
    /// V8's number of the stop before each script.
    stop: Option<String>,
    is_stop_asked: bool,
    /// V8's numbers of breakpoints by names.
    found: HashMap<String, Vec<String>>,
}

impl Functions {
    /// The name behind one of V8's numbers.
    pub(super) fn hit<'a>(&'a self, ids: &[String]) -> Option<&'a str> {
        let is_hit = |found: &&'a String| ids.contains(found);
        self.found.iter().find(|(_, own)| own.iter().any(|id| is_hit(&id))).map(|(name, _)| &**name)
    }
}

impl Debugger {
    /// Holds the run when a function of one of these names is called.
    pub fn set_function_breakpoints(&mut self, wanted: &[FunctionBreakpoint]) {
        let on = wanted.iter().filter(|one| one.enabled && !one.name.trim().is_empty());
        let names: Vec<_> = on.map(|one| one.name.trim().to_owned()).collect();
        let before = std::mem::replace(&mut self.functions.wanted, names.clone());
        for gone in before.iter().filter(|name| !names.contains(name)) {
            for id in self.functions.found.remove(gone).unwrap_or_default() {
                self.ask("Debugger.removeBreakpoint", json!({ "breakpointId": id }), Purpose::Nothing);
            }
        }
        if names.is_empty() {
            if let Some(id) = self.functions.stop.take() {
                self.ask("Debugger.removeBreakpoint", json!({ "breakpointId": id }), Purpose::Nothing);
            }
            self.functions.is_stop_asked = false;
        } else if !std::mem::replace(&mut self.functions.is_stop_asked, true) {
            let params = json!({ "instrumentation": "beforeScriptExecution" });
            self.ask("Debugger.setInstrumentationBreakpoint", params, Purpose::Stop);
        }
        let new: Vec<_> = names.into_iter().filter(|name| !before.contains(name)).collect();
        if !new.is_empty() {
            for script in self.scripts.keys().cloned().collect::<Vec<_>>() {
                self.search(&script, new.clone(), false);
            }
        }
    }

    /// How many functions of a name have been found.
    pub fn functions_found(&self, name: &str) -> usize {
        self.functions.found.get(name.trim()).map_or(0, Vec::len)
    }

    pub(super) fn hear_stop(&mut self, result: &Value) {
        self.functions.stop = result["breakpointId"].as_str().map(str::to_owned);
    }

    /// The run stands before a script begins.
    pub(super) fn before_script(&mut self, script: &str, goes_on: bool) {
        self.search(script, self.functions.wanted.clone(), goes_on);
    }

    fn search(&mut self, script: &str, names: Vec<String>, goes_on: bool) {
        let path = self.scripts.get(script);
        if names.is_empty() || path.is_none_or(|path| path.starts_with("node:")) {
            if goes_on {
                self.resume();
            }
            return;
        }
        let purpose = Purpose::Source { script: script.to_owned(), names, goes_on };
        self.ask("Debugger.getScriptSource", json!({ "scriptId": script }), purpose);
    }

    pub(super) fn hear_source(&mut self, script: &str, names: &[String], goes_on: bool, result: &Value) {
        let source = result["scriptSource"].as_str().unwrap_or_default();
        for name in names {
            for (line, column) in bodies(source, name) {
                let location = json!({ "scriptId": script, "lineNumber": line, "columnNumber": column });
                let purpose = Purpose::Function(name.clone());
                self.ask("Debugger.setBreakpoint", json!({ "location": location }), purpose);
            }
        }
        if goes_on {
            self.resume();
        }
    }

    pub(super) fn hear_function(&mut self, name: &str, result: &Value) {
        let Some(id) = result["breakpointId"].as_str() else { return };
        if self.functions.wanted.iter().any(|wanted| wanted == name) {
            self.functions.found.entry(name.to_owned()).or_default().push(id.to_owned());
        } else {
            self.ask("Debugger.removeBreakpoint", json!({ "breakpointId": id }), Purpose::Nothing);
        }
    }
}

/// Where the bodies of the functions of a name begin: lines and columns from 0, columns in UTF-16 units.
fn bodies(source: &str, wanted: &str) -> Vec<(u64, u64)> {
    let (owner, name) = match wanted.rsplit_once('.') {
        Some((owner, name)) => (Some(owner), name),
        None => (None, wanted),
    };
    if !source.contains(name) {
        return Vec::new();
    }
    let tokens = Tokens::of(source);
    let mut found = Vec::new();
    let mut classes: Vec<(&str, usize)> = Vec::new();
    let (mut depth, mut begun) = (0_usize, None);
    for index in 0..tokens.len() {
        match tokens.text(index) {
            "class" => begun = Some(tokens.text(index + 1)),
            "{" => {
                depth += 1;
                if let Some(class) = begun.take() {
                    classes.push((class, depth));
                }
            }
            "}" => {
                depth = depth.saturating_sub(1);
                classes.retain(|class| class.1 <= depth);
            }
            text if text == name && tokens.is_name(index) => {
                let class = classes.last().filter(|class| class.1 == depth).map(|class| class.0);
                let is_owned = owner.is_none_or(|owner| {
                    class == Some(owner) || tokens.is_property(index) && tokens.text(index - 2) == owner
                });
                found.extend(body(&tokens, index).filter(|_| is_owned));
            }
            _ => {}
        }
    }
    found.into_iter().map(|at| place(source, at)).collect()
}

/// Offset at which the body of the function begins whose name the token is; `None` when it is none of a function's.
fn body(tokens: &Tokens, name: usize) -> Option<usize> {
    let before = |back: usize| name.checked_sub(back).map_or("", |index| tokens.text(index));
    let is_declared = before(1) == "function" || before(1) == "*" && before(2) == "function";
    let next = tokens.text(name + 1);
    if next == "(" {
        let after = tokens.closing(name + 1)? + 1;
        let is_method = !is_declared && !matches!(before(1), "." | "new" | "function");
        return (tokens.text(after) == "{" && (is_declared || is_method)).then(|| tokens.end(after));
    }
    if !matches!(next, "=" | ":") || tokens.text(name + 2) == "=" {
        return None;
    }
    let mut at = name + 2;
    if tokens.text(at) == "async" {
        at += 1;
    }
    if tokens.text(at) == "function" {
        let open = (at..at + 4).find(|&index| tokens.text(index) == "(")?;
        let after = tokens.closing(open)? + 1;
        return (tokens.text(after) == "{").then(|| tokens.end(after));
    }
    let after = if tokens.text(at) == "(" { tokens.closing(at)? + 1 } else { at + 1 };
    let is_arrow = tokens.text(after) == "=" && tokens.text(after + 1) == ">";
    let first = after + 2;
    match tokens.text(first) {
        _ if !is_arrow => None,
        "{" => Some(tokens.end(first)),
        _ => tokens.start(first),
    }
}

fn place(source: &str, at: usize) -> (u64, u64) {
    let before = &source[..at];
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    (before.matches('\n').count() as u64, before[start..].encode_utf16().count() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(source: &str, name: &str) -> Vec<String> {
        let lines: Vec<_> = source.split('\n').collect();
        let rest = |(line, column): (u64, u64)| lines[line as usize][column as usize..].trim().to_owned();
        bodies(source, name).into_iter().map(rest).collect()
    }

    #[test]
    fn functions_are_found_however_they_are_written() {
        let source =
            "function a(x, { y } = {}) { 1; }\nasync function* b() { 2; }\nconst c = async (x) => { 3; };
const d = x => x + 4;\nexports.e = function named() { 5; };\nclass K { f(x) { 6; } static async g() { 7; } }
const o = { h() { 8; }, i: () => 9 };\na(1); c(2); if (a) { 10; }\nclass L { f() { 11; } }";
        assert_eq!(after(source, "a"), ["1; }"]);
        assert_eq!(after(source, "b"), ["2; }"]);
        assert_eq!(after(source, "c"), ["3; };"]);
        assert_eq!(after(source, "d"), ["x + 4;"]);
        assert_eq!(after(source, "e"), ["5; };"]);
        assert_eq!(after(source, "exports.e"), ["5; };"]);
        assert_eq!(after(source, "f"), ["6; } static async g() { 7; } }", "11; } }"]);
        assert_eq!(after(source, "K.f"), ["6; } static async g() { 7; } }"]);
        assert_eq!(after(source, "g"), ["7; } }"]);
        assert_eq!(after(source, "h"), ["8; }, i: () => 9 };"]);
        assert_eq!(after(source, "i"), ["9 };"]);
        assert!(after(source, "none").is_empty());
    }
}
