//! The door for other debuggers: where they may attach to the run.

use serde_json::{Value, json};

use super::{Debugger, Purpose};

/// Where other debuggers attach.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Door {
    /// Nowhere.
    #[default]
    Closed,
    /// At this address of a WebSocket.
    Open(String),
    /// Nowhere, although that was wanted: why.
    Failed(String),
}

impl Debugger {
    /// Lets other debuggers in, or sends them away.
    pub fn set_door(&mut self, is_open: bool) {
        if is_open {
            // The port that debuggers look for first, as with `--inspect`.
            self.ask("Loopscope.listen", json!({}), Purpose::Door { is_first: true });
        } else {
            self.ask("Loopscope.close", json!({}), Purpose::Nothing);
            self.door = Door::Closed;
        }
    }

    /// Where other debuggers attach.
    pub fn door(&self) -> &Door {
        &self.door
    }

    pub(super) fn hear_door(&mut self, result: &Value) {
        self.door = Door::Open(result["url"].as_str().unwrap_or_default().to_owned());
    }

    /// The port is taken, most likely by another program that is debugged: any other one will do.
    pub(super) fn fail_door(&mut self, is_first: bool, text: String) {
        if is_first {
            self.ask("Loopscope.listen", json!({ "port": 0 }), Purpose::Door { is_first: false });
        } else {
            self.door = Door::Failed(text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Breakpoints, Exceptions};
    use super::*;

    #[test]
    fn where_the_port_is_taken_another_one_is_asked_for() {
        let mut debugger = Debugger::attach(&Breakpoints::default(), Exceptions::Never, &[]);
        debugger.take_requests();
        let asked = |debugger: &mut Debugger| -> Value {
            serde_json::from_str(&debugger.take_requests().pop().unwrap()).unwrap()
        };
        debugger.set_door(true);
        let first = asked(&mut debugger);
        debugger.hear(json!({ "id": first["id"], "error": { "code": -32000, "message": "taken" } }));
        let second = asked(&mut debugger);
        assert_eq!((&second["method"], &second["params"]["port"]), (&json!("Loopscope.listen"), &json!(0)));
        debugger.hear(json!({ "id": second["id"], "result": { "url": "ws://127.0.0.1:5/x" } }));
        assert_eq!(*debugger.door(), Door::Open("ws://127.0.0.1:5/x".to_owned()));
        debugger.set_door(false);
        assert_eq!(
            (asked(&mut debugger)["method"].as_str(), debugger.door()),
            (Some("Loopscope.close"), &Door::Closed)
        );
    }
}
