//! Two debuggers of one run: one that knows of the loop, as the window, and one that does not, as Chrome's.

use loopscope_tests::inspected::{Client, Run};
use serde_json::{Value, json};

/// A debugger.
struct Debugger {
    client: Client,
    /// V8's number of the script.
    script: Value,
}

impl Debugger {
    fn new(client: Client) -> Self {
        Self { client, script: Value::Null }
    }

    fn ask(&mut self, method: &str, params: &Value) -> Value {
        self.client.ask(1, method, params)
    }

    /// What is told of the next pause in the code.
    fn paused(&mut self) -> Value {
        loop {
            let mut message = self.client.notice("");
            let params = message["params"].take();
            match message["method"].as_str() {
                Some("Debugger.scriptParsed") if params["url"] == "[eval]" => {
                    self.script = params["scriptId"].clone();
                }
                Some("Debugger.paused") => return params,
                _ => {}
            }
        }
    }

    /// The innermost function of the script's own, and its line from 0.
    fn place(&self, paused: &Value) -> String {
        let mut frames = paused["callFrames"].as_array().into_iter().flatten();
        let own = frames.find(|frame| frame["location"]["scriptId"] == self.script);
        own.map_or_else(String::new, |frame| {
            format!(
                "{}:{}",
                frame["functionName"].as_str().unwrap_or_default(),
                frame["location"]["lineNumber"]
            )
        })
    }
}

/// A run that waits, and its two debuggers; the first of them attaches last when that is wanted.
fn attached(script: &str, last: bool) -> (Run, Debugger, Debugger) {
    let run = Run::new(&["--inspect-wait"], script);
    let (one, other) = (Debugger::new(run.client()), Debugger::new(run.client()));
    let (mut own, mut plain) = if last { (other, one) } else { (one, other) };
    own.ask("Loopscope.enable", &json!({}));
    for debugger in [&mut own, &mut plain] {
        debugger.ask("Runtime.enable", &json!({}));
        debugger.ask("Debugger.enable", &json!({}));
    }
    (run, own, plain)
}

/// Where both are told that the run stands, and what the first one is told of why.
fn stands(own: &mut Debugger, plain: &mut Debugger) -> (String, Value) {
    let (told, seen) = (own.paused(), plain.paused());
    assert_eq!(own.place(&told), plain.place(&seen));
    let (ours, theirs) = (&told["data"]["loopscope"], &seen["data"]["loopscope"]);
    assert_eq!(ours["reason"], theirs["reason"]);
    assert_eq!(theirs["breakpointId"], Value::Null, "a breakpoint of the other one");
    (own.place(&told), ours.clone())
}

fn begin(debugger: &mut Debugger) {
    debugger.ask("Runtime.runIfWaitingForDebugger", &json!({}));
}

#[test]
fn both_stand_where_a_callback_is_scheduled() {
    for last in [false, true] {
        let script = "setTimeout(function one() {\n  setTimeout(function two() {}, 1);\n}, 1);";
        let (mut run, mut own, mut plain) = attached(script, last);
        let task = own.ask("Loopscope.runToScheduled", &json!({ "task": 3 }));
        assert_eq!(task["result"], json!({}), "{task}");
        begin(&mut plain);
        let (place, why) = stands(&mut own, &mut plain);
        assert_eq!((&*place, &why["reason"], &why["task"]), ("one:1", &json!("scheduled"), &json!(3)));
        plain.ask("Debugger.resume", &json!({}));
        own.client.notice("Debugger.resumed");
        drop((own, plain));
        assert_eq!(run.child.wait().map(|status| status.code()).ok(), Some(Some(0)));
    }
}

#[test]
fn both_step_out_of_where_a_callback_is_scheduled() {
    let script = "function plan() {\n  setTimeout(function later() {}, 1);\n  done();\n}\nfunction done() {}\nplan();\n1;";
    for (method, at) in [("Debugger.stepOver", "plan:2"), ("Debugger.stepOut", ":6")] {
        let (_run, mut own, mut plain) = attached(script, false);
        own.ask("Loopscope.runToScheduled", &json!({ "task": 2 }));
        begin(&mut own);
        assert_eq!(stands(&mut own, &mut plain).0, "plan:1");
        own.ask(method, &json!({}));
        let paused = own.paused();
        assert_eq!(own.place(&paused), at, "{method}");
    }
}

#[test]
fn both_see_steps_of_the_loop() {
    let script = "setImmediate(function first() { Promise.resolve().then(function reaction() { 1; }); });
setImmediate(function second() { 2; });
process.nextTick(function tick() { 3; });
debugger;
(async function main() { await null; await null; later(); })();
function later() {}";
    for last in [false, true] {
        let (_run, mut own, mut plain) = attached(script, last);
        begin(&mut own);
        stands(&mut own, &mut plain);
        plain.ask("Debugger.stepOver", &json!({}));
        assert_eq!(stands(&mut own, &mut plain).0, ":4");
        plain.ask("Debugger.stepInto", &json!({}));
        assert_eq!(stands(&mut own, &mut plain).0, "main:4");
        own.ask("Loopscope.runToResume", &json!({}));
        let (place, why) = stands(&mut own, &mut plain);
        assert_eq!((&*place, &why["reason"]), ("main:4", &json!("resumption")));
        own.ask("Loopscope.step", &json!({ "unit": "macrotask" }));
        assert_eq!(stands(&mut own, &mut plain).0, "first:0");
        own.ask("Loopscope.step", &json!({ "unit": "microtask" }));
        assert_eq!(stands(&mut own, &mut plain).0, "reaction:0");
        own.ask("Loopscope.step", &json!({ "unit": "task", "at": "before" }));
        let between = own.client.notice("Loopscope.paused");
        assert_eq!(between["params"]["reason"], "step");
        assert_eq!(plain.ask("Debugger.resume", &json!({}))["result"], json!({}));
        own.client.notice("Loopscope.resumed");
    }
}

#[test]
fn breakpoints_of_the_loop_are_told_by_name_to_whom_they_belong() {
    let script = "setTimeout(function timer() { for (let i = 0; i < 4; i++) process.nextTick(function tick() { i; }); }, 1);
setImmediate(function busy() { globalThis.go = true; while (globalThis.go); });";
    let (mut run, mut own, mut other) = attached(script, false);
    other.ask("Loopscope.enable", &json!({}));
    let timers = json!([{ "id": "0", "when": { "type": "task", "kind": "timeout" } },
        { "id": "1", "when": { "type": "blocked", "ms": 300 } }]);
    own.ask("Loopscope.setLoopBreakpoints", &json!({ "breakpoints": timers }));
    let ticks = json!([{ "id": "0", "when": { "type": "queue", "queue": "nextTick", "longerThan": 2 } },
        { "id": "2", "when": { "type": "exit" } }]);
    other.ask("Loopscope.setLoopBreakpoints", &json!({ "breakpoints": ticks }));
    begin(&mut own);
    let mut seen = Vec::new();
    for _ in 0..3 {
        let (ours, theirs) = (own.paused(), other.paused());
        let name = ours["callFrames"][0]["functionName"].as_str().unwrap_or_default();
        let id = |paused: &Value| {
            let about = &paused["data"]["loopscope"];
            assert_eq!(about["reason"], "breakpoint");
            about["breakpointId"].as_str().unwrap_or("-").to_owned()
        };
        seen.push(format!("{name} {} {}", id(&ours), id(&theirs)));
        if name == "busy" {
            own.ask("Runtime.evaluate", &json!({ "expression": "globalThis.go = false" }));
        }
        other.ask("Debugger.resume", &json!({}));
    }
    seen.sort();
    assert_eq!(seen, ["busy 1 -", "tick - 0", "timer 0 -"]);
    let [ours, theirs] =
        [&mut own, &mut other].map(|debugger| debugger.client.notice("Loopscope.paused")["params"].take());
    assert_eq!((&ours["reason"], &ours["breakpointId"]), (&json!("exit"), &Value::Null));
    assert_eq!((&theirs["reason"], &theirs["breakpointId"]), (&json!("exit"), &json!("2")));
    own.ask("Debugger.resume", &json!({}));
    drop((own, other));
    assert_eq!(run.child.wait().map(|status| status.code()).ok(), Some(Some(0)));
}
