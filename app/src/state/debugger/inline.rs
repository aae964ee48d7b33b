//! Values beside the code: of the variables that the lines of the selected frame's function use.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::names::{self, Name};
use super::{Children, Debugger, Property, Scope, Shown};

/// Scopes whose variables are not shown beside the code: too large, and hardly what the line is about.
const PASSED_OVER: [&str; 2] = ["global", "with"];

/// Values beside one line.
const LINE_MOST: usize = 8;

/// The value of a variable beside a line.
#[derive(Debug, Clone, PartialEq)]
pub struct Beside {
    /// Name of the variable.
    pub name: String,
    /// Its value.
    pub shown: Shown,
    /// Whether it was another one when the run last stood in the function.
    pub is_changed: bool,
}

/// Values beside lines, which count from 1.
pub type Inline = BTreeMap<u32, Vec<Beside>>;

/// What the values beside the code were made from.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Origin {
    pauses: u64,
    frame: usize,
    epoch: u64,
    text: (u64, usize),
}

/// Values beside the code, and those of the pause before.
#[derive(Default)]
pub(super) struct InlineMemory {
    made: Option<(Origin, Arc<Inline>)>,
    /// Values of variables by function and name, when the run stood there last and before that.
    last: HashMap<(String, String), String>,
    before: HashMap<(String, String), String>,
    pauses: u64,
}

impl Debugger {
    /// Values beside the code of `path`, whose text is `source`; `text` changes with it. Empty unless the run stands in it.
    pub fn inline(&mut self, path: &str, source: &str, text: (u64, usize)) -> Arc<Inline> {
        let Some((index, frame)) = self.frame().filter(|(_, frame)| frame.spot.script == path) else {
            return Arc::default();
        };
        let origin = Origin { pauses: self.pauses(), frame: index, epoch: self.epoch, text };
        if let Some((known, inline)) = &self.inline.made
            && *known == origin
        {
            return Arc::clone(inline);
        }
        let (here, function) = ((frame.spot.line, u32::MAX), frame.function.clone());
        let scopes: Vec<_> = frame.scopes.clone();
        let local = scopes.iter().find(|scope| scope.kind == "local").and_then(|scope| scope.reach);
        let from = local.map_or(1, |[from, _]| from.0);
        let variables: Vec<_> = scopes
            .into_iter()
            .filter(|scope| !PASSED_OVER.contains(&&*scope.kind))
            .filter_map(|scope| match self.variables(&scope.object)? {
                Children::Known(all) => Some((scope, all.clone())),
                Children::Asked | Children::Failed(_) => None,
            })
            .collect();
        if self.inline.pauses != origin.pauses {
            self.inline.pauses = origin.pauses;
            self.inline.before.extend(std::mem::take(&mut self.inline.last));
        }
        let mut inline = Inline::new();
        for mut name in names::names(source) {
            // The run knows the lines that its text has.
            let shown_at = name.place.0;
            let Some(then) = self.line_then(path, shown_at) else { continue };
            name.place.0 = then;
            if name.place.0 < from || name.place > here {
                continue;
            }
            let Some(shown) = value_of(&name, &variables) else { continue };
            let line = inline.entry(shown_at).or_default();
            if line.len() == LINE_MOST || line.iter().any(|known: &Beside| known.name == name.text) {
                continue;
            }
            let key = (function.clone(), name.text.to_owned());
            let is_changed = self.inline.before.get(&key).is_some_and(|before| *before != shown.text);
            self.inline.last.insert(key, shown.text.clone());
            line.push(Beside { name: name.text.to_owned(), shown: shown.clone(), is_changed });
        }
        let inline = Arc::new(inline);
        // What was asked for meanwhile comes with another epoch.
        self.inline.made = Some((origin, Arc::clone(&inline)));
        inline
    }
}

/// The value that a name has in the innermost scope around it which knows it.
fn value_of<'a>(name: &Name, variables: &'a [(Scope, Vec<Property>)]) -> Option<&'a Shown> {
    let around = variables.iter().filter(|(scope, _)| scope.holds(name.place));
    let found = around.flat_map(|(_, all)| all).find(|variable| variable.name == name.text)?;
    let says_nothing = match found.shown.kind.as_str() {
        // A variable that has no value yet; a function, whose text stands in the code.
        "undefined" => found.shown.text == "<uninitialized>",
        "function" => true,
        _ => false,
    };
    (!says_nothing).then_some(&found.shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scope(kind: &str, reach: Option<[(u32, u32); 2]>) -> Scope {
        Scope { kind: kind.to_owned(), name: String::new(), object: kind.to_owned(), reach }
    }

    fn variable(name: &str, text: &str, kind: &str) -> Property {
        let shown = Shown::said(text, kind);
        Property { name: name.to_owned(), shown, ..Property::default() }
    }

    #[test]
    fn a_name_has_the_value_of_the_scope_around_it() {
        let variables = [
            (scope("block", Some([(3, 1), (5, 2)])), vec![variable("n", "2", "number")]),
            (
                scope("local", Some([(1, 1), (9, 2)])),
                vec![variable("n", "1", "number"), variable("f", "[Function: f]", "function")],
            ),
        ];
        let value = |text, place| {
            let name = Name { text, place, is_called: false };
            value_of(&name, &variables).map(|shown| shown.text.as_str())
        };
        assert_eq!(value("n", (4, 1)), Some("2"));
        assert_eq!(value("n", (2, 1)), Some("1"));
        assert_eq!(value("f", (2, 1)), None);
        assert_eq!(value("other", (2, 1)), None);
    }
}
