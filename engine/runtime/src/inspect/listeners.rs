//! Where the listeners of events were added, for clients that are told so of the frames on a stack.

use std::collections::HashMap;

use serde_json::{Value, json};

use crate::js::convert;

/// Functions that are kept; more only a program has that never removes its listeners.
const MOST: usize = 4096;

/// How often it is looked from where the same function is added; stacks cost time.
const LOOKS: u32 = 8;

/// Frames that are looked through for one of the script's own.
const FRAMES: usize = 12;

/// A function by its script and where it begins there, or a place; line and column from 0.
type Place = (i32, u32, u32);

/// Where a listener was added.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Added {
    /// The function that did.
    by: String,
    at: Place,
}

/// See the module.
#[derive(Default)]
pub struct Listeners {
    /// With how often it was looked; `None` for what was added in several places: nobody can tell which of them it was.
    all: HashMap<Place, (Option<Added>, u32)>,
    /// Whether a script is one of the runtime itself.
    internal: HashMap<i32, bool>,
}

fn script(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(0)
}

impl Listeners {
    /// Whether none was added.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Notes that a listener is being added by the function of the script's that called the runtime.
    pub fn add(&mut self, scope: &v8::PinScope, listener: v8::Local<v8::Function>) {
        let script = listener.script_id();
        let is_internal = *self.internal.entry(script).or_insert_with(|| {
            let name = listener.get_script_origin(scope).resource_name();
            name.is_none_or(|name| convert::text(scope, name).starts_with("node:"))
        });
        let begin = listener.get_script_line_number().zip(listener.get_script_column_number());
        let Some((line, column)) = begin.filter(|_| !is_internal) else { return };
        let function = (script, line, column);
        if self.all.get(&function).is_some_and(|(_, looks)| *looks >= LOOKS) {
            return;
        }
        if let Some(added) = added(scope) {
            self.note(function, added);
        }
    }

    fn note(&mut self, function: Place, added: Added) {
        if let Some((known, looks)) = self.all.get_mut(&function) {
            *looks += 1;
            if known.as_ref() != Some(&added) {
                (*known, *looks) = (None, LOOKS);
            }
        } else if self.all.len() < MOST {
            self.all.insert(function, (Some(added), 1));
        }
    }

    /// What is told of a frame of `Debugger.paused` whose function is such a listener.
    pub fn of(&self, frame: &Value) -> Option<Value> {
        let function = &frame["functionLocation"];
        let number = |key: &str| function[key].as_u64().and_then(|number| u32::try_from(number).ok());
        let script = function["scriptId"].as_str()?.parse().ok()?;
        let added = self.all.get(&(script, number("lineNumber")?, number("columnNumber")?))?.0.as_ref()?;
        let (script, line, column) = added.at;
        Some(json!({
            "functionName": added.by,
            "scriptId": script.to_string(),
            "lineNumber": line,
            "columnNumber": column,
        }))
    }
}

/// The innermost place on the stack that is the script's own.
fn added(scope: &v8::PinScope) -> Option<Added> {
    let stack = v8::StackTrace::current_stack_trace(scope, FRAMES)?;
    let mut frames = (0..stack.get_frame_count()).filter_map(|index| stack.get_frame(scope, index));
    let own = frames.find(|frame| {
        let name = frame.get_script_name(scope).map(|name| name.to_rust_string_lossy(scope));
        name.is_some_and(|name| !name.starts_with("node:"))
    })?;
    let from_0 = |number: usize| u32::try_from(number).unwrap_or(0).saturating_sub(1);
    Some(Added {
        by: own.get_function_name(scope).map(|name| name.to_rust_string_lossy(scope)).unwrap_or_default(),
        at: (script(own.get_script_id()), from_0(own.get_line_number()), from_0(own.get_column())),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listener_that_was_added_in_several_places_says_none() {
        let mut listeners = Listeners::default();
        let added = |line: u32| Added { by: "subscribe".to_owned(), at: (7, line, 2) };
        listeners.note((7, 1, 4), added(3));
        listeners.note((7, 1, 4), added(3));
        let frame = json!({ "functionLocation": { "scriptId": "7", "lineNumber": 1, "columnNumber": 4 } });
        let told = listeners.of(&frame).expect("one place");
        assert_eq!(
            (told["functionName"].as_str(), told["lineNumber"].as_u64()),
            (Some("subscribe"), Some(3))
        );
        listeners.note((7, 1, 4), added(5));
        assert_eq!(listeners.of(&frame), None);
        assert_eq!(listeners.of(&json!({})), None);
    }
}
