//! Values in the code under the pointer. They are evaluated so that V8 stops at whatever would have an effect.

use serde_json::{Value, json};

use super::console::TERMINATED;
use super::{Debugger, Purpose, Shown, outcome};

/// Objects that are only looked at under the pointer, by V8's name for the group.
const GROUP: &str = "hover";

/// How long such an expression may run, in milliseconds.
const MOST: u32 = 200;

/// What V8 says when an expression would have an effect.
const EFFECT: &str = "EvalError: Possible side-effect in debug-evaluate";

/// An expression under the pointer.
#[derive(Debug, Clone, PartialEq)]
pub struct Hovered {
    /// The expression.
    pub expression: String,
    /// Its value, once it is known; why there is none.
    pub result: Option<Result<Shown, String>>,
}

impl Debugger {
    /// Asks for the value of an expression in the selected frame. Nothing happens but looking: getters with effects and
    /// calls that change something are not run.
    pub fn hover(&mut self, expression: &str) {
        if self.hovered.as_ref().is_some_and(|known| known.expression == expression) {
            return;
        }
        self.stop_hover();
        let Some(frame) = self.frame().map(|(_, frame)| frame.id.clone()) else { return };
        self.hovered = Some(Hovered { expression: expression.to_owned(), result: None });
        let params = json!({
            "callFrameId": frame,
            "expression": format!("({expression}\n)"),
            "objectGroup": GROUP,
            "generatePreview": true,
            "throwOnSideEffect": true,
            "silent": true,
            "timeout": MOST,
        });
        self.ask("Debugger.evaluateOnCallFrame", params, Purpose::Hover(expression.to_owned()));
    }

    /// The expression under the pointer.
    pub fn hovered(&self) -> Option<&Hovered> {
        self.hovered.as_ref()
    }

    /// Nothing is under the pointer any more.
    pub fn stop_hover(&mut self) {
        if self.hovered.take().is_some() {
            self.ask("Runtime.releaseObjectGroup", json!({ "objectGroup": GROUP }), Purpose::Nothing);
        }
    }

    pub(super) fn hear_hovered(&mut self, expression: &str, result: Result<&Value, String>) {
        let Some(hovered) = self.hovered.as_mut().filter(|known| known.expression == expression) else {
            return;
        };
        hovered.result = Some(match result.and_then(outcome) {
            Err(text) if text.starts_with(EFFECT) => {
                Err("Not evaluated here: that would change something. The console does it.".to_owned())
            }
            Err(text) if text == TERMINATED => {
                Err("Not evaluated here: that takes too long. The console does it.".to_owned())
            }
            other => other,
        });
    }
}
