//! Texts of scripts that are in no file: those made while the run goes on, and originals that only a source map has.

use serde_json::{Value, json};

use super::{Debugger, Purpose, url_of};

impl Debugger {
    /// Asks for the text of a script, or of one that scripts were made from; [`Debugger::take_source`] gives it.
    pub fn want_source(&mut self, path: &str) {
        if self.is_over {
            self.problem = Some(format!("{path} is in no file, and the run that had it is over."));
            return;
        }
        let purpose = Purpose::Source(path.to_owned());
        if self.originals.contains(path) {
            self.ask("Loopscope.getOriginal", json!({ "url": url_of(path) }), purpose);
            return;
        }
        // The one that was loaded last.
        let found = self.scripts.iter().filter(|entry| entry.1 == path).map(|entry| entry.0);
        match found.max_by_key(|id| id.parse::<u64>().unwrap_or(0)).cloned() {
            Some(id) => self.ask("Debugger.getScriptSource", json!({ "scriptId": id }), purpose),
            None => self.problem = Some(format!("{path} is in no file, and no script of this thread.")),
        }
    }

    /// A text that was asked for, once: path and text.
    pub fn take_source(&mut self) -> Option<(String, String)> {
        self.source.take()
    }

    pub(super) fn hear_source(&mut self, path: String, result: &Value) {
        let text = result["text"].as_str().or(result["scriptSource"].as_str()).unwrap_or_default();
        self.source = Some((path, text.to_owned()));
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Breakpoints, Exceptions};
    use super::*;

    #[test]
    fn the_script_that_was_loaded_last_is_asked_for() {
        let mut debugger = Debugger::attach(&Breakpoints::default(), Exceptions::Never, &[]);
        for id in ["9", "10"] {
            debugger.hear(
                json!({ "method": "Debugger.scriptParsed", "params": { "scriptId": id, "url": "made.js" } }),
            );
        }
        debugger.take_requests();
        debugger.want_source("made.js");
        let asked: Value = serde_json::from_str(&debugger.take_requests().pop().unwrap()).unwrap();
        assert_eq!(asked["params"]["scriptId"], "10");
        debugger.hear(json!({ "id": asked["id"], "result": { "scriptSource": "1;" } }));
        assert_eq!(debugger.take_source(), Some(("made.js".to_owned(), "1;".to_owned())));
        debugger.want_source("other.js");
        assert!(debugger.take_requests().is_empty() && debugger.has_problem());
    }
}
