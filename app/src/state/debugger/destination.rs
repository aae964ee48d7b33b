//! Going on to a line.

use serde_json::json;

use super::{Debugger, Purpose, url_of};

/// What V8 says of a line that has no code, when there is none behind it, either.
const NO_CODE: &str = "Cannot continue to specified location";

/// The line that the run is on its way to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Destination {
    /// Name of the file, and the line as the user said it.
    file: String,
    line: u32,
}

impl Debugger {
    /// Goes on to a line of the script, or of a text that one was made from; to the next one with code when it has none.
    pub fn run_to(&mut self, path: &str, line: u32) {
        // The one that was loaded last: V8 keeps older ones, too.
        let found = self.scripts.iter().filter(|entry| entry.1 == path).map(|entry| entry.0);
        let found = found.max_by_key(|id| id.parse::<u64>().unwrap_or(0)).cloned();
        let is_original = self.originals.contains(path);
        let Some(script) = found.or_else(|| is_original.then(String::new)) else {
            self.problem = Some(format!("{path} has not been loaded: there is nothing to run to."));
            return;
        };
        let Some(then) = self.line_then(path, line) else {
            self.problem = Some(format!("The run cannot come to line {line}: it does not have it yet."));
            return;
        };
        let file = path.rsplit('/').next().unwrap_or_default().to_owned();
        self.destination = Some(Destination { file, line });
        let location = json!({
            "scriptId": script, "url": url_of(path), "lineNumber": then - 1, "columnNumber": 0,
        });
        self.ask("Debugger.continueToLocation", json!({ "location": location }), Purpose::Destination);
    }

    /// The run does not set out.
    pub(super) fn fail_destination(&mut self, text: String) {
        let to = self.destination.take();
        let no_code = to.filter(|_| text == NO_CODE).map(|Destination { file, line }| {
            format!("There is no code on line {line} of {file}, nor behind it: the run stays where it is.")
        });
        self.problem = Some(no_code.unwrap_or(text));
    }

    /// The run is over: it has never come there.
    pub(super) fn miss_destination(&mut self) {
        if let Some(Destination { file, line }) = self.destination.take() {
            self.notices.push_back(format!(
                "The run has not come to line {line} of {file}, nor to the code behind it."
            ));
        }
    }
}
