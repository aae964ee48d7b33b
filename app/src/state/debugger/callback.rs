//! What the callback that runs was called with, whether it names that or not.

use serde_json::Value;

use super::{Debugger, Purpose, outcome};

/// A list of it; looking has no effect.
const ARGUMENTS: &str = "[...arguments]";

impl Debugger {
    /// Asks for it, when the selected frame is the one of the callback.
    pub(super) fn ask_arguments(&mut self) {
        let callback = self.paused.as_ref().and_then(super::Paused::callback);
        let Some((index, frame)) = self.frame() else { return };
        if Some(index) == callback && frame.arguments.is_none() {
            let id = frame.id.clone();
            self.evaluate_for(ARGUMENTS, true, Purpose::Arguments(id));
        }
    }

    /// Something was answered; an arrow function has no such list.
    pub(super) fn hear_arguments(&mut self, frame: &str, result: &Value) {
        let frames = self.paused.iter_mut().flat_map(|paused| &mut paused.frames);
        let Some(frame) = frames.into_iter().find(|known| known.id == frame) else { return };
        // One without any says nothing.
        frame.arguments =
            outcome(result).ok().filter(|shown| !shown.text.starts_with("[]") && shown.object.is_some());
        self.epoch += 1;
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::{Breakpoints, Exceptions};
    use super::*;

    #[test]
    fn only_the_callback_is_asked_what_it_was_called_with() {
        let mut debugger = Debugger::attach(&Breakpoints::default(), Exceptions::Never, &[]);
        for (id, url) in
            [("1", "file:///a.js"), ("2", "node:internal/timers"), ("3", "node:internal/modules/cjs")]
        {
            debugger
                .hear(json!({ "method": "Debugger.scriptParsed", "params": { "scriptId": id, "url": url } }));
        }
        let asked = |debugger: &mut Debugger, scripts: &[&str]| {
            debugger.take_requests();
            let frame = |(index, script): (usize, &&str)| {
                json!({ "callFrameId": index.to_string(), "functionName": "f", "this": { "type": "undefined" },
                    "location": { "scriptId": script, "lineNumber": 0, "columnNumber": 0 }, "scopeChain": [] })
            };
            let frames: Vec<_> = scripts.iter().enumerate().map(frame).collect();
            debugger.hear(
                json!({ "method": "Debugger.paused", "params": { "reason": "other", "callFrames": frames } }),
            );
            let find = |text: String| {
                Some(serde_json::from_str::<Value>(&text).ok()?)
                    .filter(|one| one["params"]["expression"] == ARGUMENTS)
            };
            debugger.take_requests().into_iter().find_map(find)
        };
        assert_eq!(
            asked(&mut debugger, &["1", "3"]),
            None,
            "the text of a module is called with other things"
        );
        assert_eq!(asked(&mut debugger, &["1", "1", "2"]), None, "another frame is looked at");
        let question = asked(&mut debugger, &["1", "2"]).unwrap();
        assert_eq!(question["params"]["throwOnSideEffect"], true);
        let list = json!({ "type": "object", "subtype": "array", "objectId": "o", "description": "Array(1)",
            "preview": { "subtype": "array", "overflow": false,
                "properties": [{ "name": "0", "type": "number", "value": "7" }] } });
        debugger.hear(json!({ "id": question["id"], "result": { "result": list } }));
        let (_, frame) = debugger.frame().unwrap();
        assert_eq!(frame.arguments.as_ref().map(|shown| &*shown.text), Some("(1) [ 7 ]"));
        debugger.select_frame(0);
        assert!(debugger.take_requests().iter().all(|text| !text.contains(ARGUMENTS)), "it is known");
    }
}
