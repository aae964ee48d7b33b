//! Beginning the function again in which a run stands that was asked to pause. V8 ends the whole process when the code of that
//! function is optimized, which it is in a busy loop. After a step it is not: one is made first, and nobody hears of it.

use std::cell::RefCell;

use serde_json::Value;

/// A request to begin a function again that waits for the end of a step.
struct Asked {
    request: Value,
    /// Where the function is.
    function: Value,
}

/// What is to be begun again.
#[derive(Default)]
pub struct Restart {
    asked: RefCell<Option<Asked>>,
    ready: RefCell<Option<String>>,
}

/// What comes of a step.
#[derive(Debug, PartialEq, Eq)]
pub enum Stepped {
    /// Nothing was to be begun again.
    Other,
    /// The function can be begun again.
    Ready,
    /// It is over. The request is to be answered, which has this number.
    Gone(Value),
}

impl Restart {
    /// Looks at a request (`Debugger.restartFrame`) while the run stands as `stood` tells; true when a step is to be made first.
    pub fn ask(&self, request: &str, stood: &str) -> bool {
        let Ok(request) = serde_json::from_str::<Value>(request) else { return false };
        let Ok(mut stood) = serde_json::from_str::<Value>(stood) else { return false };
        let top = &mut stood["params"]["callFrames"][0];
        if request["params"]["callFrameId"] != top["callFrameId"] || top["functionLocation"].is_null() {
            return false;
        }
        let function = top["functionLocation"].take();
        *self.asked.borrow_mut() = Some(Asked { request, function });
        true
    }

    /// The run has come to stand, as `stood` tells.
    pub fn stands(&self, stood: &str) -> Stepped {
        let Some(Asked { mut request, function }) = self.asked.take() else { return Stepped::Other };
        let mut stood = serde_json::from_str::<Value>(stood).unwrap_or_default();
        let top = &mut stood["params"]["callFrames"][0];
        if top["functionLocation"] != function {
            return Stepped::Gone(request["id"].take());
        }
        request["params"]["callFrameId"] = top["callFrameId"].take();
        *self.ready.borrow_mut() = Some(request.to_string());
        Stepped::Ready
    }

    /// The request that V8 can follow now.
    pub fn take(&self) -> Option<String> {
        self.ready.take()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn stood(id: &str, line: u32) -> String {
        let frame = json!({ "callFrameId": id, "functionLocation": { "scriptId": "7", "lineNumber": line } });
        json!({ "method": "Debugger.paused", "params": { "callFrames": [frame] } }).to_string()
    }

    fn request(frame: &str) -> String {
        json!({ "id": 4, "method": "Debugger.restartFrame", "params": { "callFrameId": frame } }).to_string()
    }

    #[test]
    fn a_function_is_begun_again_after_a_step_in_it() {
        let restart = Restart::default();
        assert_eq!(restart.stands(&stood("a", 2)), Stepped::Other);
        assert!(!restart.ask(&request("b"), &stood("a", 2)), "not the innermost");
        assert!(restart.ask(&request("a"), &stood("a", 2)));
        assert_eq!(restart.take(), None);
        assert_eq!(restart.stands(&stood("c", 2)), Stepped::Ready);
        assert_eq!(restart.take(), Some(request("c")));
        assert!(restart.ask(&request("a"), &stood("a", 2)));
        assert_eq!(restart.stands(&stood("d", 9)), Stepped::Gone(json!(4)));
        assert_eq!(restart.take(), None);
    }
}
