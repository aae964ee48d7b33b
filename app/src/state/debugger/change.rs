//! Values that the user changes, or takes along.

use serde_json::{Value, json};

use super::console::EVALUATION_MOST;
use super::value::{self, Shown};
use super::{Children, Debugger, Purpose, outcome, thrown};

/// What gets another value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A variable of a scope, by the scope's number in the selected frame.
    Variable {
        /// Number of the scope.
        scope: usize,
        /// The variable.
        name: String,
    },
    /// A property of an object.
    Property {
        /// V8's name for the object.
        object: String,
        /// The property.
        name: String,
    },
    /// What the innermost function is about to return.
    Returned,
}

/// A value as an argument of a call.
fn argument(remote: &Value) -> Value {
    for key in ["objectId", "unserializableValue"] {
        if let Some(text) = remote[key].as_str() {
            return json!({ key: text });
        }
    }
    match remote.get("value") {
        Some(value) => json!({ "value": value }),
        None => json!({}),
    }
}

impl Debugger {
    /// Runs the getter of a property of `receiver`; its value takes the getter's place in what is known under the key.
    pub fn run_getter(&mut self, receiver: &str, getter: &str, key: &str) {
        let params = json!({
            "objectId": receiver,
            "functionDeclaration": "function (getter) { return Reflect.apply(getter, this, []); }",
            "arguments": [{ "objectId": getter }],
            "objectGroup": "console",
            "generatePreview": true,
            "timeout": EVALUATION_MOST,
        });
        let purpose = Purpose::Got { key: key.to_owned(), getter: getter.to_owned() };
        self.ask("Runtime.callFunctionOn", params, purpose);
    }

    /// A getter has run.
    pub(super) fn hear_got(&mut self, key: &str, getter: &str, got: Result<Shown, String>) {
        let Some(Children::Known(all)) = self.nodes.get_mut(key) else { return };
        if let Some(property) = all.iter_mut().find(|property| property.getter.as_deref() == Some(getter)) {
            property.shown = got.unwrap_or_else(|text| Shown::said(text, "error"));
            property.getter = None;
            self.epoch += 1;
        }
        // It may have changed something.
        self.evaluate_watches();
    }

    /// Gives something another value: that of an expression in the selected frame.
    pub fn assign(&mut self, place: Place, expression: &str) {
        match place {
            Place::Variable { scope, name } => {
                let scope = self.frame().and_then(|(_, frame)| frame.scopes.get(scope));
                let scope = scope.map(|scope| scope.object.clone()).unwrap_or_default();
                // Names of variables are expressions; assigning evaluates both sides in the frame.
                let expression = format!("{name} = ({expression}\n)");
                self.evaluate_for(&expression, false, Purpose::Assigned { scope, name });
            }
            place => self.evaluate_for(&format!("({expression}\n)"), false, Purpose::Value(place)),
        }
    }

    /// The value is there that something is to get.
    pub(super) fn hear_new_value(&mut self, place: Place, result: &Value) {
        if let Some(text) = thrown(result) {
            self.problem = Some(text);
            return;
        }
        let value = argument(&result["result"]);
        match place {
            Place::Property { object, name } => {
                let params = json!({
                    "objectId": object,
                    "functionDeclaration": "function (name, value) { this[name] = value; }",
                    "arguments": [{ "value": name }, value],
                });
                self.ask("Runtime.callFunctionOn", params, Purpose::Changed);
            }
            Place::Returned => {
                let shown = value::shown(&result["result"]);
                let purpose = Purpose::Returned(shown);
                self.ask("Debugger.setReturnValue", json!({ "newValue": value }), purpose);
            }
            Place::Variable { .. } => {}
        }
    }

    /// The innermost function returns something else.
    pub(super) fn hear_returned(&mut self, shown: Shown) {
        if let Some(frame) = self.paused.as_mut().and_then(|paused| paused.frames.first_mut()) {
            frame.returns = Some(shown);
        }
    }

    /// A variable of the scope with this object has another value.
    pub(super) fn hear_assigned(&mut self, scope: &str, name: &str, result: &Value) {
        match outcome(result) {
            Ok(value) => {
                // V8's picture of the scope stays as it was when the run came to stand.
                if let Some(Children::Known(all)) = self.nodes.get_mut(scope)
                    && let Some(variable) = all.iter_mut().find(|variable| variable.name == name)
                {
                    variable.shown = value;
                    self.epoch += 1;
                }
                self.evaluate_watches();
            }
            Err(text) => self.problem = Some(text),
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
    use super::super::{Breakpoints, Exceptions};
    use super::*;

    #[test]
    fn the_value_of_a_getter_takes_its_place() {
        let mut debugger = Debugger::attach(&Breakpoints::default(), Exceptions::Never, &[]);
        let asked = |debugger: &mut Debugger| -> Value {
            serde_json::from_str(debugger.take_requests().last().unwrap()).unwrap()
        };
        let class = Shown {
            object: Some("class".into()),
            text: "{ a: 1 }".into(),
            kind: "object".into(),
            content: None,
        };
        debugger.children(&class, None);
        let question = asked(&mut debugger);
        let get = json!({ "name": "total", "get": { "objectId": "getter" } });
        let secret = json!({ "name": "#secret", "value": { "type": "number", "value": 4 } });
        debugger.hear(
            json!({ "id": question["id"], "result": { "result": [get], "privateProperties": [secret] } }),
        );
        debugger.run_getter("instance", "getter", "class");
        let call = asked(&mut debugger);
        assert_eq!(call["params"]["objectId"], "instance");
        debugger
            .hear(json!({ "id": call["id"], "result": { "result": { "type": "number", "value": 2501 } } }));
        let Some(Children::Known(all)) = debugger.children(&class, None) else { panic!("known") };
        let told: Vec<_> = all.iter().map(|one| (&*one.name, &*one.shown.text, one.is_private)).collect();
        assert_eq!(told, [("#secret", "4", true), ("total", "2501", false)]);
    }

    #[test]
    fn a_property_gets_the_value_of_an_expression_in_the_frame() {
        let mut debugger = Debugger::attach(&Breakpoints::default(), Exceptions::Never, &[]);
        let asked = |debugger: &mut Debugger| -> Value {
            serde_json::from_str(debugger.take_requests().last().unwrap()).unwrap()
        };
        asked(&mut debugger);
        debugger.assign(Place::Property { object: "o".into(), name: "a".into() }, "b + 1");
        let question = asked(&mut debugger);
        assert_eq!(question["params"]["expression"], "(b + 1\n)");
        debugger.hear(json!({ "id": question["id"], "result": { "result": { "type": "bigint", "unserializableValue": "4n" } } }));
        let call = asked(&mut debugger);
        assert_eq!(call["params"]["arguments"], json!([{ "value": "a" }, { "unserializableValue": "4n" }]));
        assert_eq!(argument(&json!({ "type": "undefined" })), json!({}));
        assert_eq!(argument(&json!({ "type": "object", "value": null })), json!({ "value": null }));
    }
}
