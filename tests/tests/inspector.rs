//! Clients of the inspector that do not keep to the rules: they get clear errors, and the run goes on.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail the test as assertions do")]

use std::io::{Read as _, Write as _};
use std::time::{Duration, Instant};

use loopscope_tests::inspected::{Client, PATIENCE, Run, TEXT};
use serde_json::json;

#[test]
fn what_is_no_request_is_answered_with_an_error() {
    let run = Run::new(&[], "setInterval(() => {}, 50)");
    let mut client = run.client();
    let deep = "[".repeat(100_000);
    for garbage in ["garbage", "", "{}", "[]", "7", r#"{"id":"x","method":"a"}"#, r#"{"id":1}"#, &deep] {
        client.frame(TEXT, garbage.as_bytes()).unwrap();
        let code = client.message()["error"]["code"].as_i64();
        assert!(code.is_some_and(|code| code < 0), "{garbage}");
    }
    for (id, method, params) in [
        (2, "No.such", json!({})),
        (3, "Loopscope.such", json!({})),
        (4, "Loopscope.runToTask", json!({ "task": "x" })),
        (5, "Loopscope.runToScheduled", json!({})),
        (6, "Loopscope.setFunctionBreakpoints", json!({ "breakpoints": 7 })),
        (7, "NodeWorker.sendMessageToWorker", json!({ "sessionId": 7 })),
        (8, "Debugger.setBreakpointByUrl", json!({ "lineNumber": 1, "url": "a", "hitCondition": "often" })),
        (9, "Loopscope.runToResume", json!({})),
        (10, "Debugger.setScriptSource", json!({ "scriptId": "1", "scriptSource": "x" })),
    ] {
        client.send(&json!({ "id": id, "method": method, "params": params }));
        let answer = client.answer(id);
        let text = answer["error"]["message"].as_str().unwrap_or_default();
        assert!(!text.is_empty(), "{method}: {answer}");
    }
    assert!(run.is_well());
}

#[test]
fn what_is_no_message_ends_the_conversation() {
    let run = Run::new(&[], "setInterval(() => {}, 50)");
    let mut client = run.client();
    client.frame(TEXT, &[0xFF, 0xFE]).unwrap();
    assert_eq!(client.end(), 1007, "no UTF-8");
    let mut client = run.client();
    client.stream.write_all(&[0x81, 1, b'x']).unwrap();
    assert_eq!(client.end(), 1002, "not masked");
    let mut client = run.client();
    client.stream.write_all(b"\x81\xFE").unwrap();
    drop(client);
    assert!(run.is_well());
}

#[test]
fn a_message_of_a_hundred_megabytes_is_refused() {
    let run = Run::new(&[], "setInterval(() => {}, 50)");
    let mut client = run.client();
    client.frame(TEXT, &vec![b' '; 100 << 20]).unwrap();
    assert_eq!(client.end(), 1009);
    assert!(run.is_well());
}

#[test]
fn what_is_no_request_of_a_page_is_refused_at_once() {
    let run = Run::new(&[], "setInterval(() => {}, 50)");
    let gzip = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0];
    for garbage in
        [&b"\x16\x03\x01\x02\x00\x01\x00"[..], &[0; 300], b"garbage", b"POST /json HTTP/1.1\r\n", &gzip]
    {
        let mut stream = run.connect();
        let began = Instant::now();
        stream.write_all(garbage).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.0 400 "), "{answer}");
        assert!(began.elapsed() < Duration::from_secs(8), "it waits for the end of a head");
    }
    assert!(run.is_well());
}

#[test]
fn clients_come_and_go() {
    let run = Run::new(&[], "setInterval(() => {}, 50)");
    for _ in 0..50 {
        let mut client = run.client();
        client.ask(1, "Runtime.enable", &json!({}));
        client.ask(2, "Debugger.enable", &json!({}));
    }
    let mut together: Vec<_> = (0..50).map(|_| run.client()).collect();
    for client in &mut together {
        let two = client.ask(3, "Runtime.evaluate", &json!({ "expression": "1 + 1" }));
        assert_eq!(two["result"]["result"]["value"], 2);
    }
    drop(together);
    assert!(run.is_well());
}

#[test]
fn a_client_that_never_reads_does_not_hold_the_run() {
    let script = "setTimeout(() => { for (let n = 0; n < 8000; n++) console.log('x'.repeat(4000)); }, 500)";
    let mut run = Run::new(&[], script);
    let mut client = run.client();
    client.send(&json!({ "id": 1, "method": "Runtime.enable" }));
    let began = Instant::now();
    let status = loop {
        if let Some(status) = run.child.try_wait().unwrap() {
            break status;
        }
        assert!(began.elapsed() < PATIENCE, "the run waits for a client that does not read");
        std::thread::sleep(Duration::from_millis(50));
    };
    assert_eq!(status.code(), Some(0));
    drop(client);
}

#[test]
fn a_client_that_never_reads_costs_little_memory() {
    // The exit code tells how much it was at most, in units of 4 MB.
    let script = "const text = 'x'.repeat(1 << 20);
    let n = 0;
    setTimeout(function log() {
        console.log(text + n);
        if (++n < 300) setImmediate(log);
        else process.exitCode = Math.min(255, process.resourceUsage().maxRSS >> 12);
    }, 500)";
    let mut run = Run::new(&[], script);
    let mut client = run.client();
    client.send(&json!({ "id": 1, "method": "Runtime.enable" }));
    let code = run.child.wait().unwrap().code().unwrap();
    assert!(code < 55, "{} MB", code * 4);
    drop(client);
}

#[test]
fn a_client_that_goes_away_lets_a_standing_run_go_on() {
    let mut run = Run::new(&[], "setTimeout(() => { debugger; process.exitCode = 3; }, 300)");
    let mut client = run.client();
    client.send(&json!({ "id": 1, "method": "Debugger.enable" }));
    loop {
        let message = client.message();
        if message["method"] == "Debugger.paused" {
            break;
        }
    }
    drop(client);
    assert_eq!(run.child.wait().unwrap().code(), Some(3));
}

#[test]
fn a_getter_that_never_ends_is_ended_while_the_run_stands() {
    let mut run = Run::new(
        &[],
        "globalThis.endless = { get forever() { for (;;); }, get exits() { process.exit(5); } };
         setTimeout(() => { debugger; process.exitCode = 3; }, 300)",
    );
    let mut client = run.client();
    client.ask(1, "Debugger.enable", &json!({}));
    let paused = client.notice("Debugger.paused");
    let frame = &paused["params"]["callFrames"][0]["callFrameId"];
    let found = client.ask(
        2,
        "Debugger.evaluateOnCallFrame",
        &json!({ "callFrameId": frame, "expression": "endless" }),
    );
    let object = &found["result"]["result"]["objectId"];
    let mut call = |id: i64, function: &str| {
        let params = json!({ "objectId": object, "functionDeclaration": function, "timeout": 300 });
        client.ask(id, "Runtime.callFunctionOn", &params)
    };
    let ended = call(3, "function () { return this.forever; }");
    assert_eq!(ended["error"]["message"], "Execution was terminated", "{ended}");
    let after = call(4, "function () { return 6 * 7; }");
    assert_eq!(after["result"]["result"]["value"], 42, "{after}");
    let params = json!({ "objectId": object, "functionDeclaration": "function () { return this.exits; }" });
    client.send(&json!({ "id": 5, "method": "Runtime.callFunctionOn", "params": params }));
    assert_eq!(run.child.wait().unwrap().code(), Some(5));
}

/// A client that wants the run to stand still for exceptions nobody catches.
fn catching(run: &Run, rejections: bool) -> Client {
    let mut client = run.client();
    client.ask(1, "Debugger.enable", &json!({}));
    if rejections {
        client.ask(2, "Loopscope.enable", &json!({ "rejections": true }));
    }
    client.ask(3, "Debugger.setPauseOnExceptions", &json!({ "state": "uncaught" }));
    client
}

/// Has the script reject promises, once it was read.
fn begin(client: &mut Client) {
    loop {
        let begun =
            client.ask(4, "Runtime.evaluate", &json!({ "expression": "globalThis.begin?.() ?? 'not yet'" }));
        if begun["result"]["result"]["value"] == "begun" {
            return;
        }
    }
}

/// Rejects a promise that gets its handler a turn later, which V8 does not foresee, and one that gets none.
const REJECTS: &str = "process.on('unhandledRejection', () => {});
    globalThis.begin = () => { setTimeout(() => {
        const later = Promise.reject(new Error('later'));
        queueMicrotask(() => later.catch(() => {}));
        setTimeout(() => { Promise.reject(new Error('lost')); }, 1);
    }, 1); return 'begun'; };
    setInterval(() => {}, 1000);";

#[test]
fn other_clients_stop_at_each_rejection_as_in_node() {
    let run = Run::new(&[], REJECTS);
    let mut client = catching(&run, false);
    begin(&mut client);
    for reason in ["Error: later", "Error: lost"] {
        let paused = client.notice("Debugger.paused");
        assert_eq!(paused["params"]["reason"], "promiseRejection");
        let told = paused["params"]["data"]["description"].as_str().unwrap_or_default();
        assert!(told.starts_with(reason), "{told}");
        client.ask(5, "Debugger.resume", &json!({}));
    }
    assert!(run.is_well());
}

#[test]
fn who_asks_for_it_stops_only_where_nobody_handles_a_rejection() {
    let run = Run::new(&[], REJECTS);
    let mut client = catching(&run, true);
    begin(&mut client);
    let paused = client.notice("paused");
    assert_eq!(paused["method"], "Loopscope.paused");
    let params = &paused["params"];
    assert_eq!((&params["reason"], &params["between"]), (&json!("rejection"), &json!(true)));
    let told = params["exception"]["description"].as_str().unwrap_or_default();
    assert!(told.starts_with("Error: lost"), "{told}");
    assert_eq!(params["stackTrace"]["callFrames"][0]["lineNumber"], 4);
    let message = json!({ "objectId": params["exception"]["objectId"], "ownProperties": true });
    let inside = client.ask(5, "Runtime.getProperties", &message);
    let names = inside["result"]["result"].as_array().unwrap();
    assert!(names.iter().any(|one| one["name"] == "message" && one["value"]["value"] == "lost"), "{inside}");
    assert_eq!(client.ask(6, "Debugger.resume", &json!({}))["result"], json!({}));
    client.notice("Loopscope.resumed");
    assert!(run.is_well());
}

#[test]
fn one_client_that_wants_every_rejection_is_enough() {
    let run = Run::new(&[], REJECTS);
    let mut waiting = catching(&run, true);
    let mut plain = catching(&run, false);
    begin(&mut plain);
    for _ in 0..2 {
        let paused = plain.notice("Debugger.paused");
        assert_eq!(paused["params"]["reason"], "promiseRejection");
        assert_eq!(waiting.notice("paused")["method"], "Debugger.paused");
        plain.ask(5, "Debugger.resume", &json!({}));
    }
    // What both have seen is not told again.
    assert!(run.is_well());
}

#[test]
fn a_client_ends_what_runs_and_the_program_goes_on() {
    let endless = "globalThis.begun = true; for (;;);";
    let wrapped = ["", "setTimeout", "setImmediate", "queueMicrotask", "process.nextTick"];
    for wrapper in wrapped {
        let script =
            if wrapper.is_empty() { endless.to_owned() } else { format!("{wrapper}(() => {{ {endless} }})") };
        let run =
            Run::new(&[], &format!("globalThis.turns = 0; setInterval(() => {{ turns++; }}, 1); {script}"));
        let mut client = run.client();
        // It is in the loop for sure once that has begun: `begun` is set right before it.
        loop {
            let begun = client.ask(2, "Runtime.evaluate", &json!({ "expression": "globalThis.begun" }));
            if begun["result"]["result"]["value"] == true {
                break;
            }
        }
        client.ask(4, "Runtime.terminateExecution", &json!({}));
        let began = Instant::now();
        loop {
            let turns = client.ask(5, "Runtime.evaluate", &json!({ "expression": "turns" }));
            if turns["result"]["result"]["value"].as_u64().is_some_and(|turns| turns > 2) {
                break;
            }
            assert!(began.elapsed() < PATIENCE, "{script}: {turns}");
            std::thread::sleep(Duration::from_millis(20));
        }
        assert!(run.is_well());
    }
}
