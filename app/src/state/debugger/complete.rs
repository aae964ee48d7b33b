//! What may come next while something is typed: variables of the selected frame, globals, properties of what is before the
//! dot. Nothing is evaluated that would have an effect.

use std::collections::HashSet;
use std::sync::Arc;

use serde_json::{Value, json};

use super::{Children, Debugger, Purpose, thrown};

/// How long V8 may look for names, in milliseconds.
const MOST: u32 = 200;

/// Names of an object and of what it inherits from: pairs of a name and how far up it is. Elements of lists are none.
const NAMES: &str = "function (start) {
    const found = [];
    let from = Object(this);
    for (let depth = start; from !== null && from !== undefined && depth < 32; depth++) {
        const isList = Array.isArray(from) || ArrayBuffer.isView(from);
        const names = isList && from.length > 1000 ? ['length'] : Object.getOwnPropertyNames(from);
        for (let at = 0; at < names.length && at < 5000; at++) found.push([names[at], depth]);
        from = Object.getPrototypeOf(from);
    }
    return found;
}";

/// Words of the language that begin or continue an expression.
const WORDS: [&str; 24] = [
    "async",
    "await",
    "class",
    "const",
    "delete",
    "else",
    "false",
    "for",
    "function",
    "if",
    "import",
    "in",
    "instanceof",
    "let",
    "new",
    "null",
    "return",
    "this",
    "throw",
    "true",
    "try",
    "typeof",
    "undefined",
    "void",
];

/// Where a name comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// A variable of the selected frame.
    Variable,
    /// The object's own.
    Own,
    /// A global.
    Global,
    /// The object has it from its class, or from one above: how many steps away.
    Inherited(u64),
    /// A word of the language.
    Word,
}

impl Origin {
    /// In a word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Variable => "variable",
            Self::Own => "own",
            Self::Global => "global",
            Self::Inherited(_) => "inherited",
            Self::Word => "keyword",
        }
    }
}

/// A name that may come next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Where it comes from.
    pub origin: Origin,
    /// The name.
    pub name: String,
}

/// Names of what is before the dot; of everything that is known when that is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Place {
    object: String,
    frame: Option<String>,
    /// Entries of the console: each may have made names.
    entries: usize,
    epoch: u64,
}

#[derive(Default)]
pub(super) struct Completion {
    place: Place,
    found: Arc<Vec<Candidate>>,
}

/// Whether it can be written behind a dot.
fn is_identifier(name: &str) -> bool {
    let starts = |first: char| first.is_alphabetic() || matches!(first, '_' | '$');
    name.starts_with(starts) && name.chars().all(|one| starts(one) || one.is_numeric())
}

impl Debugger {
    /// What may come behind the dot after `object`, or anywhere; best first. It may become more later.
    pub fn complete(&mut self, object: Option<&str>) -> Arc<Vec<Candidate>> {
        let frame = self.frame().map(|(_, frame)| frame.id.clone());
        let epoch = if object.is_none() { self.epoch } else { 0 };
        let place = Place {
            object: object.unwrap_or_default().to_owned(),
            frame,
            entries: self.entries().len(),
            epoch,
        };
        if self.completion.place != place {
            self.completion = Completion { place: place.clone(), found: Arc::default() };
            match object {
                Some(object) => {
                    let purpose = Purpose::Complete(place);
                    self.evaluate_for(&format!("({object}\n)"), true, purpose);
                }
                None => self.complete_names(place),
            }
        }
        Arc::clone(&self.completion.found)
    }

    fn complete_names(&mut self, place: Place) {
        let mut found: Vec<_> =
            WORDS.iter().map(|word| Candidate { origin: Origin::Word, name: (*word).to_owned() }).collect();
        let scopes: Vec<_> = self.frame().map(|(_, frame)| frame.scopes.clone()).unwrap_or_default();
        for scope in scopes.iter().filter(|scope| scope.kind != "global") {
            if let Some(Children::Known(all)) = self.variables(&scope.object) {
                let names = all.iter().filter(|variable| !variable.is_internal);
                found.extend(
                    names.map(|variable| Candidate { origin: Origin::Variable, name: variable.name.clone() }),
                );
            }
        }
        self.add_candidates(found);
        let params = json!({ "expression": "globalThis", "silent": true, "throwOnSideEffect": true, "objectGroup": "complete" });
        self.ask("Runtime.evaluate", params, Purpose::Complete(place.clone()));
        self.ask("Runtime.globalLexicalScopeNames", json!({}), Purpose::Lexical(place));
    }

    fn add_candidates(&mut self, more: Vec<Candidate>) {
        let mut found = (*self.completion.found).clone();
        found.extend(more);
        found.retain(|candidate| is_identifier(&candidate.name));
        // Names that begin so are those that are hardly ever meant.
        found.sort_by(|one, other| {
            let key = |candidate: &Candidate| (candidate.origin, candidate.name.starts_with("__"));
            key(one).cmp(&key(other)).then_with(|| one.name.cmp(&other.name))
        });
        let mut known = HashSet::new();
        found.retain(|candidate| known.insert(candidate.name.clone()));
        self.completion.found = Arc::new(found);
    }

    /// The object before the dot is known: its names are asked for.
    pub(super) fn hear_object(&mut self, place: Place, result: &Value) {
        let remote = &result["result"];
        if thrown(result).is_some() || self.completion.place != place {
            return;
        }
        let names = |object: &str| {
            json!({
                "objectId": object,
                "functionDeclaration": NAMES,
                "arguments": [{ "value": 0 }],
                "returnByValue": true,
                "silent": true,
                "throwOnSideEffect": true,
                "timeout": MOST,
            })
        };
        if let Some(object) = remote["objectId"].as_str() {
            self.ask("Runtime.callFunctionOn", names(object), Purpose::Names(place));
            return;
        }
        // A string, a number …: what its class has.
        let class = match remote["type"].as_str().unwrap_or_default() {
            "string" => "String",
            "number" => "Number",
            "boolean" => "Boolean",
            "symbol" => "Symbol",
            "bigint" => "BigInt",
            _ => return,
        };
        let params = json!({
            "expression": format!("({NAMES}).call({class}.prototype, 1)"),
            "returnByValue": true,
            "silent": true,
            "throwOnSideEffect": true,
            "timeout": MOST,
        });
        self.ask("Runtime.evaluate", params, Purpose::Names(place));
    }

    pub(super) fn hear_names(&mut self, place: &Place, result: &Value) {
        if self.completion.place != *place {
            return;
        }
        let is_global = place.object.is_empty();
        let pairs = result["result"]["value"].as_array().into_iter().flatten();
        let found = pairs.filter_map(|pair| {
            let origin = match pair[1].as_u64()? {
                _ if is_global => Origin::Global,
                0 => Origin::Own,
                steps => Origin::Inherited(steps),
            };
            Some(Candidate { origin, name: pair[0].as_str()?.to_owned() })
        });
        self.add_candidates(found.collect());
    }

    pub(super) fn hear_lexical(&mut self, place: &Place, result: &Value) {
        if self.completion.place == *place {
            let names = result["names"].as_array().into_iter().flatten().filter_map(Value::as_str);
            let found = names.map(|name| Candidate { origin: Origin::Global, name: name.to_owned() });
            self.add_candidates(found.collect());
        }
    }
}

/// Those that go on with what was typed: first those that are written in the same way.
pub fn fitting<'a>(candidates: &'a [Candidate], typed: &str) -> Vec<&'a Candidate> {
    let lower = typed.to_lowercase();
    let exact = candidates.iter().filter(|candidate| candidate.name.starts_with(typed));
    let loose = candidates.iter().filter(|candidate| {
        !candidate.name.starts_with(typed) && candidate.name.to_lowercase().starts_with(&lower)
    });
    exact.chain(loose).filter(|candidate| candidate.name != typed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_class_gives_comes_before_what_every_object_has() {
        let mut debugger = Debugger::default();
        let place = Place { object: "account".to_owned(), ..Place::default() };
        debugger.completion.place = place.clone();
        let names =
            json!([["name", 0], ["__secret__", 0], ["total", 1], ["__defineGetter__", 2], ["toString", 2]]);
        debugger.hear_names(&place, &json!({ "result": { "value": names } }));
        let found: Vec<_> = debugger.completion.found.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(found, ["name", "__secret__", "total", "toString", "__defineGetter__"]);
    }

    #[test]
    fn names_that_are_written_alike_come_first() {
        let candidate = |name: &str, origin| Candidate { name: name.to_owned(), origin };
        let all = [
            candidate("Buffer", Origin::Global),
            candidate("bump", Origin::Variable),
            candidate("bu", Origin::Own),
        ];
        let names: Vec<_> = fitting(&all, "bu").into_iter().map(|found| found.name.as_str()).collect();
        assert_eq!(names, ["bump", "Buffer"]);
        assert!(is_identifier("$a_1"));
        assert!(!is_identifier("a b") && !is_identifier("1a") && !is_identifier(""));
    }
}
