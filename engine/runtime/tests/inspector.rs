//! Debugging a watched run: V8's inspector over the session, and the loop's own steps and breakpoints.

mod debugged;

use std::time::{Duration, Instant};

use debugged::Debugged;
use loopscope_protocol::{Command, PauseReason};
use serde_json::{Value, json};

/// Line (from 1) of the innermost frame.
fn line(paused: &Value) -> i64 {
    paused["callFrames"][0]["location"]["lineNumber"].as_i64().unwrap_or(-2) + 1
}

fn names(paused: &Value) -> Vec<String> {
    let frames = paused["callFrames"].as_array().into_iter().flatten();
    frames.map(|frame| frame["functionName"].as_str().unwrap_or_default().to_owned()).collect()
}

fn break_at(run: &mut Debugged, line: u32) -> Value {
    run.ask("Debugger.setBreakpointByUrl", json!({ "url": "[eval]", "lineNumber": line - 1 }))
}

#[test]
fn a_breakpoint_set_before_the_run_holds_it() {
    let mut run = Debugged::start("let a = 1;\na += 1;\nglobalThis.end = a;\n");
    let set = break_at(&mut run, 3);
    assert_eq!(set["locations"].as_array().map(Vec::len), Some(0), "the script is not there yet");
    run.begin();
    let paused = run.hear("Debugger.paused");
    assert_eq!(line(&paused), 3);
    assert_eq!(run.reason(), PauseReason::Breakpoint);
    assert_eq!(run.value(Some(&paused), "a"), 2);
    run.value(Some(&paused), "a = 40");
    run.ask("Debugger.resume", json!({}));
    assert_eq!(run.end(), 0);
    assert!(run.state.paused.is_none());
}

#[test]
fn stepping_never_shows_the_runtime_itself() {
    let source = "const { EventEmitter } = require('events');
const emitter = new EventEmitter();
emitter.on('x', function heard(value) {
  return value;
});
emitter.emit('x', 1);
setTimeout(function later() {
  process.exitCode = 3;
}, 1);
";
    let mut run = Debugged::start(source);
    break_at(&mut run, 6);
    run.begin();
    let paused = run.hear("Debugger.paused");
    assert_eq!(line(&paused), 6);
    run.ask("Debugger.stepInto", json!({}));
    let paused = run.hear("Debugger.paused");
    assert_eq!((line(&paused), names(&paused)[0].as_str()), (4, "heard"));
    let script = paused["callFrames"][0]["location"]["scriptId"].clone();
    let mut lines = Vec::new();
    for _ in 0..4 {
        run.ask("Debugger.stepOver", json!({}));
        let paused = run.hear("Debugger.paused");
        let frames = paused["callFrames"].as_array().into_iter().flatten();
        assert_eq!(frames.map(|frame| &frame["location"]["scriptId"]).next(), Some(&script));
        lines.push(line(&paused));
    }
    assert_eq!(lines, [4, 7, 10, 8]);
    run.ask("Debugger.resume", json!({}));
    assert_eq!(run.end(), 3);
}

#[test]
fn stacks_reach_back_to_where_callbacks_were_scheduled() {
    let source = "function start() { setTimeout(first, 1); }
function first() { setImmediate(second); }
function second() { process.nextTick(third); }
function third() { require('fs').stat('.', fourth); }
function fourth() { queueMicrotask(fifth); }
async function fifth() { await null; sixth(); }
function sixth() { debugger; }
start();
";
    let mut run = Debugged::start(source);
    run.begin();
    let paused = run.hear("Debugger.paused");
    let mut found = Vec::new();
    let mut trace = &paused["asyncStackTrace"];
    while trace.is_object() {
        let frames = trace["callFrames"].as_array().expect("frames");
        let own = frames.iter().find(|frame| frame["url"] == "[eval]");
        let name = own.map_or("", |frame| frame["functionName"].as_str().unwrap_or_default());
        found.push(format!("{} {}", trace["description"].as_str().unwrap_or_default(), name));
        trace = &trace["parent"];
    }
    assert_eq!(
        found,
        [
            "await ",
            "queueMicrotask fourth",
            "fs.stat third",
            "process.nextTick second",
            "setImmediate first",
            "setTimeout start"
        ]
    );
    assert_eq!(run.reason(), PauseReason::Statement);
    run.ask("Debugger.resume", json!({}));
    assert_eq!(run.end(), 0);
}

#[test]
fn a_busy_loop_stands_still_at_once_and_can_be_stopped_there() {
    let mut run = Debugged::start("let turns = 1; console.log('go'); while (true) turns++;");
    run.begin();
    run.follow("line of the console", |run| (!run.state.log.lines.is_empty()).then_some(()));
    let asked = Instant::now();
    run.ask("Debugger.pause", json!({}));
    let paused = run.hear("Debugger.paused");
    assert!(asked.elapsed() < Duration::from_secs(5));
    assert!(run.value(Some(&paused), "turns").as_f64().is_some_and(|turns| turns > 0.0));
    run.session().control().send(Command::Stop);
    assert_eq!(run.end(), 130);
}

#[test]
fn the_watcher_lets_a_run_go_on_that_stands_in_the_code() {
    let mut run = Debugged::start("debugger; process.exitCode = 5;");
    run.begin();
    run.hear("Debugger.paused");
    run.session().control().send(Command::Resume);
    run.hear("Debugger.resumed");
    assert_eq!(run.end(), 5);
}

#[test]
fn steps_of_the_loop_end_at_the_first_statement_of_a_callback() {
    let source = "setImmediate(function first() { Promise.resolve().then(function reaction() { 1; }); });
setImmediate(function second() { 2; });
process.nextTick(function tick() { 3; });
debugger;
";
    let mut run = Debugged::start(source);
    run.begin();
    run.hear("Debugger.paused");
    let mut reached = Vec::new();
    for unit in ["task", "macrotask", "microtask", "macrotask"] {
        run.ask("Loopscope.step", json!({ "unit": unit }));
        let paused = run.hear("Debugger.paused");
        assert_eq!(paused["data"]["loopscope"]["reason"], "step");
        reached.push(names(&paused)[0].clone());
    }
    assert_eq!(run.reason(), PauseReason::Step);
    assert_eq!(reached, ["tick", "first", "reaction", "second"]);
    run.ask("Debugger.resume", json!({}));
    assert_eq!(run.end(), 0);
}

#[test]
fn a_step_of_the_loop_can_end_before_the_callback() {
    let mut run =
        Debugged::start("globalThis.seen = 0; setImmediate(function later() { seen = 1; }); debugger;");
    run.begin();
    run.hear("Debugger.paused");
    run.ask("Loopscope.step", json!({ "unit": "task", "at": "before" }));
    let paused = run.hear("Loopscope.paused");
    assert_eq!((&paused["reason"], &paused["between"]), (&json!("step"), &json!(true)));
    assert_eq!(run.value(None, "seen"), 0);
    run.session().control().send(Command::Resume);
    run.hear("Loopscope.resumed");
    assert_eq!(run.end(), 0);
}

#[test]
fn loop_breakpoints_hold_the_run_by_kind_queue_and_end() {
    let source = "setTimeout(function timer() { for (let i = 0; i < 4; i++) process.nextTick(function tick() { i; }); }, 1);
setImmediate(function immediate() { 2; });
";
    let mut run = Debugged::start(source);
    let wanted = json!({ "breakpoints": [
        { "id": "kind", "when": { "type": "task", "kind": "timeout" } },
        { "id": "queue", "when": { "type": "queue", "queue": "nextTick", "longerThan": 2 } },
        { "id": "end", "when": { "type": "exit" } },
        { "id": "off", "enabled": false, "when": { "type": "task", "kind": "immediate" } },
        { "id": "wrong", "when": { "type": "task", "kind": "tiemout" } },
    ] });
    let set = run.ask("Loopscope.setLoopBreakpoints", wanted);
    assert_eq!(set["faults"].as_array().map(Vec::len), Some(1));
    assert_eq!(set["faults"][0]["id"], "wrong");
    run.begin();
    let mut hits = Vec::new();
    for _ in 0..2 {
        let paused = run.hear("Debugger.paused");
        let about = &paused["data"]["loopscope"];
        hits.push(format!("{} {}", about["breakpointId"].as_str().unwrap_or_default(), names(&paused)[0]));
        assert_eq!(run.reason(), PauseReason::LoopBreakpoint);
        run.ask("Debugger.resume", json!({}));
    }
    assert_eq!(hits, ["kind timer", "queue tick"]);
    let paused = run.hear("Loopscope.paused");
    assert_eq!((&paused["reason"], &paused["breakpointId"]), (&json!("exit"), &json!("end")));
    run.session().control().send(Command::Resume);
    assert_eq!(run.end(), 0);
}

#[test]
fn a_callback_that_blocks_the_loop_is_caught_in_the_act() {
    let source = "setImmediate(function busy() { globalThis.go = true; while (globalThis.go); });";
    let mut run = Debugged::start(source);
    let wanted = json!({ "breakpoints": [{ "id": "1", "when": { "type": "blocked", "ms": 400 } }] });
    run.ask("Loopscope.setLoopBreakpoints", wanted);
    run.begin();
    let paused = run.hear("Debugger.paused");
    assert_eq!(names(&paused)[0], "busy");
    run.value(Some(&paused), "globalThis.go = false");
    run.ask("Debugger.resume", json!({}));
    assert_eq!(run.end(), 0);
}

#[test]
fn exceptions_hold_the_run_where_they_are_thrown() {
    let source = "try { JSON.parse('{'); } catch {}
setTimeout(function timer() { throw new Error('lost'); }, 1);
";
    let mut run = Debugged::start(source);
    run.ask("Debugger.setPauseOnExceptions", json!({ "state": "uncaught" }));
    run.begin();
    let paused = run.hear("Debugger.paused");
    assert_eq!((paused["reason"].as_str(), names(&paused)[0].as_str()), (Some("exception"), "timer"));
    assert_eq!(paused["data"]["uncaught"], true);
    assert_eq!(run.reason(), PauseReason::Exception);
    run.ask("Debugger.resume", json!({}));
    assert_eq!(run.end(), 1);
}

#[test]
fn a_run_that_is_stopped_before_it_began_ends() {
    let mut run = Debugged::start("console.log('never')");
    run.session().control().send(Command::Stop);
    assert_eq!(run.end(), 130);
}

#[test]
fn a_run_that_is_to_begin_paused_stands_still_after_it_waited_for_its_debugger() {
    let mut run = Debugged::start_paused("process.exitCode = 4;");
    run.begin();
    assert_eq!(run.reason(), PauseReason::Entry);
    assert_eq!(run.hear("Loopscope.paused")["between"], true);
    run.session().control().send(Command::Resume);
    assert_eq!(run.end(), 4);
}

#[test]
fn nonsense_is_answered() {
    let mut run = Debugged::start("1;");
    assert!(run.session().control().inspect("no JSON at all".to_owned()));
    assert_eq!(run.ask("Nothing.atAll", json!({}))["code"], -32601);
    assert_eq!(run.ask("Loopscope.nothing", json!({}))["code"], -32601);
    assert_eq!(run.ask("Loopscope.step", json!({ "unit": "mile" }))["code"], -32602);
    run.begin();
    assert_eq!(run.end(), 0);
}

#[test]
fn parents_of_stacks_cost_nothing_before_a_script_has_the_statement_debugger() {
    let parents = |word: &str| {
        let source = format!(
            "function early() {{ setTimeout(late, 1); }}
             function late() {{ require('vm').runInThisContext('{word}', {{ filename: '/other.js' }}); }}
             early();
             async function waits() {{ await null; stop(); }}
             globalThis.stop = () => {{}};
             setTimeout(waits, 50);"
        );
        let mut run = Debugged::start(&source);
        run.ask("Debugger.setAsyncCallStackDepth", json!({ "maxDepth": 0 }));
        run.ask("Loopscope.enable", json!({ "parents": 8 }));
        break_at(&mut run, 4);
        run.begin();
        let mut paused = run.hear("Debugger.paused");
        if line(&paused) == 4 {
            run.ask("Debugger.removeBreakpoint", json!({ "breakpointId": "1:3:0:[eval]" }));
            run.ask("Debugger.stepOver", json!({}));
            paused = run.hear("Debugger.paused");
        }
        let known = paused["asyncStackTrace"].is_object();
        run.ask("Debugger.resume", json!({}));
        known
    };
    assert!(!parents("stop()"));
    assert!(parents("globalThis.stop = async () => { await null; debug' + 'ger; }; 1"));
}

/// Runs a script that has made its console useless, with these breakpoints on its third line; returns what was told of them and
/// how many callbacks of each kind there were.
fn with_breakpoints(wanted: &[Value]) -> (Vec<String>, Vec<(u64, u64)>) {
    let source = "console.log = console.error = process.stdout.write = () => { throw new Error('patched'); };
function step(n) {
  return n;
}
setTimeout(() => step(1), 1);
process.nextTick(() => step(2));
Promise.resolve(3).then(step);
";
    let mut run = Debugged::start(source);
    for params in wanted {
        run.ask("Debugger.setBreakpointByUrl", params.clone());
    }
    run.begin();
    let told = wanted.iter().flat_map(|params| {
        let method = if params["log"].is_string() { "Loopscope.logged" } else { "Loopscope.breakpointThrew" };
        (0..3)
            .map(|_| {
                let said = run.hear(method);
                assert!(said["at"].as_u64().is_some_and(|at| at > 0), "{said}");
                said["text"].as_str().unwrap_or_default().to_owned()
            })
            .collect::<Vec<_>>()
    });
    let told = told.collect();
    assert_eq!(run.end(), 0);
    assert!(run.state.log.lines.is_empty());
    (told, run.state.totals.iter().map(|totals| (totals.created, totals.started)).collect())
}

#[test]
fn what_breakpoints_say_is_no_work_of_the_script() {
    let (_, plain) = with_breakpoints(&[]);
    let log = json!({ "url": "[eval]", "lineNumber": 2, "log": "`n is ${n}`" });
    let wrong = json!({ "url": "[eval]", "lineNumber": 2, "columnNumber": 9, "condition": "nothing.here" });
    let (told, watched) = with_breakpoints(&[log, wrong]);
    assert_eq!(told[..3], ["n is 2", "n is 3", "n is 1"]);
    assert_eq!(told[3..], ["ReferenceError: nothing is not defined"; 3]);
    assert_eq!(watched, plain);
}
