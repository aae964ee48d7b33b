//! Names that are declared in the console while the run stands in the code.
//!
//! V8 forgets what `let`, `const` and `class` declare with the end of each evaluation in a frame. For clients that ask for it
//! (`keep`) they last as long as the pause: an object has accessors to them, and later evaluations see its properties as names.

use std::cell::Cell;

use serde_json::Value;

use super::{Inspector, peer};
use crate::js::convert;
use crate::js::state::State;
use crate::source::declared;

/// The property of the global object that holds the names, while the run stands still.
const NAME: &str = "loopscope.console";

/// What is known of names.
#[derive(Default)]
pub struct Kept {
    /// There are some.
    any: Cell<bool>,
}

/// The expression with names kept from before, and those that it declares kept from now on.
fn expression(text: &str, declares: &[String]) -> String {
    let place = format!("globalThis['{NAME}']");
    let keep = if declares.is_empty() {
        String::new()
    } else {
        let each = declares.iter();
        let each =
            each.map(|name| format!("get {name}() {{ return {name}; }}, set {name}($) {{ {name} = $; }}"));
        let each = each.collect::<Vec<_>>().join(", ");
        // A declaration has no value of its own: that of the expression remains.
        format!("; const loopscope$kept = {place} && ({place} = {{ __proto__: {place}, {each} }});")
    };
    format!("with ({place} ?? {{ __proto__: null }}) {{ {text}\n{keep} }}")
}

impl Inspector {
    /// What V8 is to evaluate in a frame instead of what a client asks for; `None` for just that.
    pub fn with_names(&self, state: &State, request: &str) -> Option<String> {
        if !self.kept.any.get() && !request.contains("\"keep\"") {
            return None;
        }
        let mut request: Value = serde_json::from_str(request).ok()?;
        let params = &mut request["params"];
        let text = params["expression"].as_str()?;
        let keeps = params["keep"] == true && params["throwOnSideEffect"] != true;
        let names = declared(text)?;
        let names = if keeps { &*names } else { &[] };
        if !self.kept.any.get() {
            if names.is_empty() {
                return None;
            }
            self.begin_names(state);
        }
        params["expression"] = expression(text, names).into();
        Some(request.to_string())
    }

    /// Puts an object without names on the global object, where scripts do not see it by listing; they do not run meanwhile.
    fn begin_names(&self, state: &State) {
        self.kept.any.set(true);
        peer::enter(state, self.isolate, |scope| {
            let nothing = v8::null(scope).into();
            let object = v8::Object::with_prototype_and_properties(scope, nothing, &[], &[]);
            let name = convert::string(scope, NAME);
            let global = scope.get_current_context().global(scope);
            // A global object that takes no property leaves names that do not last.
            let _ = global.define_own_property(
                scope,
                name.into(),
                object.into(),
                v8::PropertyAttribute::DONT_ENUM,
            );
        });
    }

    /// The run goes on: no name lasts longer.
    pub fn forget_names(&self, state: &State) {
        if self.kept.any.take() {
            peer::enter(state, self.isolate, |scope| {
                let name = convert::string(scope, NAME);
                let global = scope.get_current_context().global(scope);
                // It was defined so that it can be deleted.
                let _ = global.delete(scope, name.into());
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::expression;

    #[test]
    fn what_is_declared_gets_accessors() {
        let plain = expression("x + 1 // why", &[]);
        assert!(plain.ends_with("{ x + 1 // why\n }"), "{plain}");
        let declares = expression("let x = 1", &["x".to_owned()]);
        assert!(declares.contains("get x() { return x; }, set x($) { x = $; }"), "{declares}");
    }
}
