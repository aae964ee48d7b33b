//! What breakpoints say instead of holding the run: their texts, and what is wrong with their conditions.

use loopscope_protocol::Nanos;
use serde_json::Value;

use super::{At, Debugger};

/// Something that a breakpoint says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Its number, from 0, among all that breakpoints of the run have said.
    pub number: u64,
    /// When, by the run's clock.
    pub at: Nanos,
    /// What.
    pub text: String,
    /// Whether something is wrong with the breakpoint.
    pub is_complaint: bool,
    /// Path of the breakpoint's script; empty for one on a function.
    pub path: String,
    /// Where it is.
    pub place: At,
}

impl Debugger {
    /// A breakpoint was reached that tells a text.
    pub(super) fn hear_logged(&mut self, params: &Value) {
        let text = params["text"].as_str().unwrap_or_default().to_owned();
        self.say(params, text, false);
    }

    /// What is evaluated at a breakpoint has thrown: that is said once.
    pub(super) fn hear_thrown(&mut self, params: &Value) {
        let id = params["breakpointId"].as_str().unwrap_or_default();
        let thrown = params["text"].as_str().unwrap_or_default();
        let text = match self.bound.iter_mut().find(|(_, bound)| bound.id.as_deref() == Some(id)) {
            Some(((_, at), bound)) => {
                let before = bound.complaint.replace(thrown.to_owned());
                if before.as_deref() == Some(thrown) {
                    return;
                }
                format!("The breakpoint on line {at} cannot be evaluated: {thrown}")
            }
            None => format!("The condition of the breakpoint in {id} cannot be evaluated: {thrown}"),
        };
        self.say(params, text, true);
    }

    fn say(&mut self, params: &Value, text: String, is_complaint: bool) {
        let id = params["breakpointId"].as_str();
        let known = self.bound.iter().find(|(_, bound)| bound.id.as_deref() == id);
        let (path, place) = known.map_or_else(|| (String::new(), At::from(0)), |(key, _)| key.clone());
        let at = params["at"].as_u64().unwrap_or(0);
        self.said.push(Said { number: 0, at, text, is_complaint, path, place });
    }

    /// What breakpoints have said since this was asked last.
    pub fn take_said(&mut self) -> Vec<Said> {
        std::mem::take(&mut self.said)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_cannot_be_evaluated_is_said_once() {
        let mut debugger = Debugger::default();
        let mut hear = |method: &str, text: &str| {
            let params = json!({ "breakpointId": "f", "text": text, "at": 7 });
            debugger.hear(json!({ "method": method, "params": params }));
            debugger
                .take_said()
                .into_iter()
                .map(|said| (said.at, said.text, said.is_complaint))
                .collect::<Vec<_>>()
        };
        assert_eq!(hear("Loopscope.logged", "a is 1"), [(7, "a is 1".to_owned(), false)]);
        let thrown = hear("Loopscope.breakpointThrew", "ReferenceError: a");
        assert_eq!(
            thrown,
            [(
                7,
                "The condition of the breakpoint in f cannot be evaluated: ReferenceError: a".to_owned(),
                true
            )]
        );
    }
}
