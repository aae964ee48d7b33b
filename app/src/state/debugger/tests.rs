use serde_json::{Value, json};

use super::*;

fn requests(debugger: &mut Debugger) -> Vec<Value> {
    // What a callback was called with is asked for whenever the run comes to stand.
    let asked = debugger.take_requests().into_iter().filter(|text| !text.contains("[...arguments]"));
    asked.map(|text| serde_json::from_str(&text).expect("JSON")).collect()
}

fn methods(requests: &[Value]) -> Vec<&str> {
    requests.iter().map(|request| request["method"].as_str().unwrap_or_default()).collect()
}

fn begun() -> Debugger {
    let mut breakpoints = Breakpoints::default();
    breakpoints.toggle("/a.js", 3);
    let mut debugger = Debugger::begin(&Wanted {
        breakpoints: &breakpoints,
        functions: &[],
        loops: &[],
        exceptions: Exceptions::Uncaught,
        watches: &[],
        ignored: &Ignored::default(),
        profile: None,
        scheduled: None,
        door: false,
    });
    let asked = requests(&mut debugger);
    let set =
        asked.iter().find(|request| request["method"] == "Debugger.setBreakpointByUrl").expect("it is set");
    assert_eq!(set["params"]["url"], "file:///a.js");
    assert_eq!(set["params"]["lineNumber"], 2);
    assert_eq!(methods(&asked).last(), Some(&"Runtime.runIfWaitingForDebugger"));
    debugger.hear(json!({ "id": set["id"], "result": { "breakpointId": "b1", "locations": [] } }));
    debugger
}

fn pause(debugger: &mut Debugger) {
    debugger.hear(
        json!({ "method": "Debugger.scriptParsed", "params": { "scriptId": "9", "url": "file:///a.js" } }),
    );
    debugger.hear(json!({ "method": "Debugger.paused", "params": {
        "reason": "other", "hitBreakpoints": ["b1"],
        "callFrames": [{
            "callFrameId": "f1", "functionName": "sum", "location": { "scriptId": "9", "lineNumber": 2, "columnNumber": 4 },
            "scopeChain": [{ "type": "local", "object": { "type": "object", "objectId": "s1" } }],
            "this": { "type": "undefined" },
        }],
        "asyncStackTrace": { "description": "setTimeout", "callFrames": [
            { "functionName": "", "scriptId": "1", "url": "node:timers", "lineNumber": 1, "columnNumber": 1 },
            { "functionName": "start", "scriptId": "9", "url": "file:///a.js", "lineNumber": 7, "columnNumber": 0 },
        ] },
    } }));
}

#[test]
fn a_breakpoint_tells_where_it_was_bound() {
    let mut debugger = begun();
    assert_eq!(debugger.binding("/a.js", 3), Some(&Binding::Waiting));
    debugger.hear(json!({ "method": "Debugger.breakpointResolved",
        "params": { "breakpointId": "b1", "location": { "scriptId": "9", "lineNumber": 3 } } }));
    assert_eq!(debugger.binding("/a.js", 3), Some(&Binding::At(4)));
    debugger.set_breakpoints("/a.js", &[]);
    assert_eq!(methods(&requests(&mut debugger)), ["Debugger.removeBreakpoint"]);
    assert_eq!(debugger.binding("/a.js", 3), None);
}

#[test]
fn nothing_is_said_of_a_breakpoint_before_v8_has_looked() {
    let mut debugger = begun();
    debugger.hear(json!({ "method": "Debugger.scriptParsed",
        "params": { "scriptId": "9", "url": "file:///a.js", "endLine": 9 } }));
    debugger.set_breakpoints("/a.js", &[Breakpoint::new(7)]);
    let asked = requests(&mut debugger);
    let request = asked.iter().find(|one| one["method"] == "Debugger.setBreakpointByUrl").unwrap();
    assert_eq!((debugger.unbound("/a.js", 7), debugger.is_hopeless("/a.js", 7)), (None, false));
    debugger.hear(json!({ "id": request["id"], "result": { "breakpointId": "b7", "locations": [] } }));
    let reason = "there is no code on this line or below it".to_owned();
    assert_eq!((debugger.unbound("/a.js", 7), debugger.is_hopeless("/a.js", 7)), (Some(reason), true));
}

#[test]
fn a_changed_condition_sets_the_breakpoint_anew() {
    let mut debugger = begun();
    let changed = Breakpoint { condition: "n > 1".to_owned(), ..Breakpoint::new(3) };
    debugger.set_breakpoints("/a.js", std::slice::from_ref(&changed));
    let asked = requests(&mut debugger);
    let wanted = ["Debugger.removeBreakpoint", "Debugger.setBreakpointByUrl", "Runtime.compileScript"];
    assert_eq!(methods(&asked), wanted);
    assert!(asked[1]["params"]["condition"].as_str().is_some_and(|text| text.contains("n > 1")));
    let thrown = json!({ "text": "Uncaught", "exception": { "description": "SyntaxError: no" } });
    debugger.hear(json!({ "id": asked[2]["id"], "result": { "exceptionDetails": thrown } }));
    assert_eq!(debugger.binding("/a.js", 3), Some(&Binding::Failed("SyntaxError: no".to_owned())));
    debugger.set_breakpoints("/a.js", &[Breakpoint { enabled: false, ..changed }]);
    assert_eq!(methods(&requests(&mut debugger)), [] as [&str; 0], "it has no number yet, and is off");
}

#[test]
fn a_pause_has_its_stack_and_where_it_came_from() {
    let mut debugger = begun();
    pause(&mut debugger);
    let paused = debugger.paused().expect("paused");
    assert_eq!(paused.reason, "A breakpoint");
    assert_eq!((paused.frames[0].function.as_str(), paused.frames[0].spot.line), ("sum", 3));
    assert_eq!(paused.origins[0].by, "scheduled by setTimeout");
    assert_eq!(paused.origins[0].frames.len(), 1, "frames of the runtime itself are left out");
    assert!(debugger.stands_in_code());
    debugger.hear(json!({ "method": "Debugger.resumed", "params": {} }));
    assert!(debugger.paused().is_none());
}

#[test]
fn what_is_inside_is_asked_for_once_and_forgotten_with_the_pause() {
    let mut debugger = begun();
    pause(&mut debugger);
    assert_eq!(debugger.variables("s1"), Some(&Children::Asked));
    assert_eq!(debugger.variables("s1"), Some(&Children::Asked));
    let asked = requests(&mut debugger);
    assert_eq!(methods(&asked), ["Runtime.getProperties"]);
    debugger.hear(json!({ "id": asked[0]["id"], "result": {
        "result": [
            { "name": "n", "value": { "type": "number", "value": 4 } },
            { "name": "lazy", "get": { "type": "function", "objectId": "g" } },
            { "name": "later" },
        ],
        "internalProperties": [{ "name": "[[Prototype]]", "value": { "type": "object", "subtype": "null" } }],
    } }));
    let Some(Children::Known(all)) = debugger.variables("s1") else { panic!("known") };
    let lines: Vec<_> = all.iter().map(|one| (one.name.as_str(), one.shown.text.as_str())).collect();
    assert_eq!(lines, [("n", "4"), ("lazy", "(…)"), ("later", "<uninitialized>"), ("[[Prototype]]", "null")]);
    pause(&mut debugger);
    assert_eq!(debugger.variables("s1"), Some(&Children::Asked));
}

#[test]
fn long_lists_come_in_ranges() {
    let mut debugger = begun();
    pause(&mut debugger);
    let list = Shown { object: Some("o".to_owned()), ..Shown::said("(250) [ 1, … ]", "object") };
    let Some(Children::Known(ranges)) = debugger.children(&list, None).cloned() else { panic!("ranges") };
    assert_eq!(
        ranges.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(),
        ["[0 … 99]", "[100 … 199]", "[200 … 249]"]
    );
    assert!(requests(&mut debugger).is_empty(), "nothing is fetched before a range is opened");
    debugger.children(&ranges[2].shown, ranges[2].range);
    let asked = requests(&mut debugger);
    assert_eq!(asked[0]["params"]["arguments"], json!([{ "value": 200 }, { "value": 250 }]));
}

#[test]
fn expressions_are_evaluated_in_the_selected_frame() {
    let mut debugger = begun();
    debugger.evaluate("1 + 1");
    pause(&mut debugger);
    debugger.evaluate("n");
    let asked = requests(&mut debugger);
    assert_eq!(methods(&asked), ["Runtime.evaluate", "Debugger.evaluateOnCallFrame"]);
    assert_eq!(asked[1]["params"]["callFrameId"], "f1");
    debugger.hear(json!({ "id": asked[0]["id"], "result": { "result": { "type": "number", "value": 2 } } }));
    let thrown = json!({ "text": "Uncaught", "exception": { "description": "ReferenceError: n is not defined\n at" } });
    debugger.hear(json!({ "id": asked[1]["id"], "result": { "result": {}, "exceptionDetails": thrown } }));
    let results: Vec<_> =
        debugger.entries().iter().map(|entry| entry.result.clone().expect("known")).collect();
    assert_eq!(results[0].as_ref().map(|shown| shown.text.as_str()), Ok("2"));
    assert_eq!(results[1], Err("ReferenceError: n is not defined".to_owned()));
}

#[test]
fn a_run_that_is_over_is_asked_nothing() {
    let mut debugger = begun();
    debugger.end();
    debugger.evaluate("1");
    debugger.step(CodeStep::Over);
    assert!(debugger.take_requests().is_empty());
    assert!(matches!(debugger.entries()[0].result, Some(Err(_))));
}

#[test]
fn a_run_without_breakpoints_does_not_pay_for_the_parents_of_stacks() {
    let wanted = Wanted {
        breakpoints: &Breakpoints::default(),
        functions: &[],
        loops: &[],
        exceptions: Exceptions::Never,
        watches: &[],
        ignored: &Ignored::default(),
        profile: Some(Kind::Cpu),
        scheduled: None,
        door: false,
    };
    let asks = |debugger: &mut Debugger| {
        let asked = requests(debugger);
        methods(&asked).contains(&"Debugger.setAsyncCallStackDepth")
    };
    let mut debugger = Debugger::begin(&wanted);
    assert!(!asks(&mut debugger));
    debugger.pause();
    assert!(asks(&mut debugger));
    debugger.pause();
    assert!(!asks(&mut debugger), "once is enough");
    let mut breakpoints = Breakpoints::default();
    breakpoints.toggle("/a.js", 3);
    assert!(asks(&mut Debugger::begin(&Wanted { breakpoints: &breakpoints, ..wanted })));
    let functions = [FunctionBreakpoint { name: "f".into(), enabled: true }];
    assert!(asks(&mut Debugger::begin(&Wanted { functions: &functions, ..wanted })));
}

#[test]
fn a_rejection_that_nobody_handles_has_its_place_and_no_stack() {
    let mut debugger = Debugger::attach(&Breakpoints::default(), Exceptions::Uncaught, &[]);
    let parsed = json!({ "scriptId": "7", "url": "file:///a.js" });
    debugger.hear(json!({ "method": "Debugger.scriptParsed", "params": parsed }));
    let frame = |line: u32| json!({ "functionName": "f", "scriptId": "7", "url": "", "lineNumber": line, "columnNumber": 2 });
    let parent = json!({ "description": "await", "callFrames": [frame(9)] });
    let told = |stack: Value| {
        let reason = json!({ "type": "object", "subtype": "error", "description": "Error: lost\n    at f" });
        json!({ "method": "Loopscope.paused", "params": {
            "reason": "rejection", "between": true, "task": 3, "exception": reason, "stackTrace": stack,
        } })
    };
    debugger.hear(told(json!({ "callFrames": [frame(4)], "parent": parent })));
    let paused = debugger.paused().expect("it stands");
    assert_eq!(paused.reason, "Rejected, and nobody has handled it: Error: lost");
    assert!(paused.is_exception && paused.frames.is_empty());
    let by: Vec<_> = paused.origins.iter().map(|part| &*part.by).collect();
    assert_eq!(by, ["rejected in", "scheduled by await"]);
    assert_eq!(debugger.spot().map(|spot| (&*spot.script, spot.line)), Some(("/a.js", 5)));
    assert!(!debugger.stands_in_code());
    debugger.hear(json!({ "method": "Loopscope.resumed", "params": {} }));
    assert_eq!(debugger.spot(), None);
    debugger.hear(told(json!({ "description": "made", "callFrames": [frame(4)] })));
    let paused = debugger.paused().expect("it stands again");
    assert_eq!(paused.origins[0].by, "the error was made in");
    debugger.hear(told(json!({ "callFrames": [] })));
    assert_eq!(debugger.spot(), None);
}
