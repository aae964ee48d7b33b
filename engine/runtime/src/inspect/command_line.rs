//! What consoles of debuggers know beside V8's own command line API: `require`, wherever the code has no such name. It is there
//! only while something is evaluated for them.

use serde::Deserialize;

use super::{Inspector, peer};
use crate::js::convert;
use crate::js::state::{Hook, State};

const NAME: &str = "require";

/// What is looked at of a request that evaluates something.
#[derive(Deserialize)]
struct Evaluation {
    params: Console,
}

#[derive(Deserialize)]
struct Console {
    #[serde(rename = "includeCommandLineAPI", default)]
    is_one: bool,
}

/// Whether a request evaluates something for a console.
fn is_for_console(request: &str) -> bool {
    request.contains("includeCommandLineAPI")
        && serde_json::from_str(request).is_ok_and(|request: Evaluation| request.params.is_one)
}

impl Inspector {
    /// Follows a request that evaluates something.
    pub fn evaluate(&self, state: &State, request: &str, follow: impl FnOnce()) {
        let is_added = is_for_console(request) && self.add_require(state).unwrap_or(false);
        follow();
        if is_added {
            self.remove_require(state);
        }
    }

    /// Puts `require` on the global object, where scripts do not see it by listing; false when there is one.
    fn add_require(&self, state: &State) -> Option<bool> {
        peer::enter(state, self.isolate, |scope| {
            v8::tc_scope!(let scope, scope);
            let name = convert::string(scope, NAME).into();
            let global = scope.get_current_context().global(scope);
            if global.has_own_property(scope, name)? {
                return Some(false);
            }
            let hook = state.hook(scope, Hook::ConsoleRequire)?;
            let receiver = v8::undefined(scope).into();
            let require = hook.call(scope, receiver, &[])?;
            global.define_own_property(scope, name, require, v8::PropertyAttribute::DONT_ENUM)
        })?
    }

    /// Takes it away, unless the console has made something else of the name.
    fn remove_require(&self, state: &State) {
        peer::enter(state, self.isolate, |scope| {
            v8::tc_scope!(let scope, scope);
            let name: v8::Local<v8::Name> = convert::string(scope, NAME).into();
            let global = scope.get_current_context().global(scope);
            let hook = state.hook(scope, Hook::ConsoleRequire)?;
            let receiver = v8::undefined(scope).into();
            let require = hook.call(scope, receiver, &[])?;
            let now = global.get(scope, name.into())?;
            if now.strict_equals(require) { global.delete(scope, name.into()) } else { None }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::is_for_console;

    #[test]
    fn requests_of_consoles_say_so() {
        assert!(is_for_console(r#"{"id":1,"params":{"expression":"1","includeCommandLineAPI":true}}"#));
        assert!(!is_for_console(r#"{"id":1,"params":{"expression":"includeCommandLineAPI"}}"#));
        assert!(!is_for_console(r#"{"id":1,"params":{"includeCommandLineAPI":false}}"#));
        assert!(!is_for_console("no JSON includeCommandLineAPI"));
    }
}
