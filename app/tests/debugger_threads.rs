//! Worker threads in the window's debugger, by their accessible names, with real scripts, without a display.
#![allow(clippy::unwrap_used, reason = "helpers of tests fail the test as assertions do")]

mod harness;

use std::path::PathBuf;

use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use harness::{Folder, Window, stands};
use loopscope::app::App;
use loopscope::command::UiCommand;
use loopscope::panel::PanelKind;
use loopscope_protocol::LoopId;

const MAIN: &str = "const { Worker } = require('node:worker_threads');
const worker = new Worker(require('node:path').join(__dirname, 'sums.js'), { name: 'sums', workerData: 20 });
worker.on('message', (sum) => process.stdout.write('sum ' + sum + '\\n'));
worker.on('exit', (code) => process.stdout.write('exit ' + code + '\\n'));
";

const WORKER: &str = "const { parentPort, workerData } = require('node:worker_threads');
function add(a, b) {
  const sum = a + b;
  return sum;
}
parentPort.postMessage(add(workerData, 22));
";

/// Both scripts, with a breakpoint on line 3 of the worker's; the main one is open.
fn open(folder: &Folder) -> Window {
    let (worker, main) = (folder.file("sums.js", WORKER), folder.file("main.js", MAIN));
    let mut window = Window::open(Some(&worker));
    window.click("Set a breakpoint on line 3");
    open_in(&mut window, main);
    window
}

fn open_in(window: &mut Window, file: PathBuf) {
    *window.answer.lock().unwrap() = Some(file);
    window.press(Modifiers::COMMAND, Key::O);
    window.harness.run_steps(3);
}

fn stands_at(line: u32) -> impl Fn(&App) -> bool {
    move |app| {
        app.running()
            .is_some_and(|run| run.debugger().frame().is_some_and(|(_, frame)| frame.spot.line == line))
    }
}

fn threads(app: &App) -> usize {
    app.running().map_or(0, |run| run.debugger().list().len())
}

#[test]
fn a_breakpoint_in_a_worker_brings_its_thread_to_the_front() {
    let folder = Folder::new("debugger-threads");
    let mut window = open(&folder);
    window.press(Modifiers::NONE, Key::F5);
    window.until("the breakpoint", stands_at(3));
    window.harness.get_by_label("Thread sums, sums.js, stands still");
    window.harness.get_by_label("Thread main thread, main.js, runs");
    window.harness.get_by_label_contains("Frame add, sums.js:3");
    assert_eq!(window.app().document().name(), "sums.js");
    window.sees("a: 20");
    window.sees("b: 22");
    // Evaluated there.
    window.press(Modifiers::COMMAND, Key::J);
    window.click("Evaluate in add");
    window.harness.get_by_label("Evaluate in add").type_text("'' + a + b");
    window.harness.run_steps(2);
    window.press(Modifiers::NONE, Key::Enter);
    window.sees("'2022'");
    window.press(Modifiers::NONE, Key::F10);
    window.until("the step", stands_at(4));
    window.press(Modifiers::COMMAND, Key::Num9);
    window.sees("sum: 42");
    // The main thread and back.
    window.click("Thread main thread, main.js, runs");
    assert!(window.harness.query_by_label_contains("Frame add").is_none());
    window.harness.get_by_label("Thread sums, sums.js, stands still").focus();
    window.press(Modifiers::NONE, Key::Enter);
    window.harness.get_by_label_contains("Frame add, sums.js:4");
    window.press(Modifiers::NONE, Key::F5);
    assert_eq!(window.until_ended(), 0);
    window.app_mut().ask_for(UiCommand::Show(PanelKind::Console));
    window.harness.run_steps(3);
    window.harness.get_by_label("sum 42");
    window.harness.get_by_label("exit 0");
    assert_eq!(threads(window.app()), 1);
    let worker = folder.0.join("sums.js");
    let worker = worker.to_str().unwrap();
    {
        let debugger = window.app().running().unwrap().debugger();
        assert_eq!((debugger.hits(worker, 3), debugger.unbound(worker, 3)), (1, None));
    }
    assert!(window.harness.query_by_label_contains("Thread sums").is_none());
}

#[test]
fn the_thread_that_is_chosen_leads_the_whole_window() {
    let folder = Folder::new("debugger-threads-lead");
    folder.file(
        "later.js",
        "const { parentPort } = require('node:worker_threads');
setTimeout(function inWorker() {}, 5e6).unref();
parentPort.on('message', () => {});
setImmediate(function stop() {
  debugger;
  process.exit(0);
});
",
    );
    let main = folder.file(
        "main.js",
        "const { Worker } = require('node:worker_threads');
new Worker(require('node:path').join(__dirname, 'later.js'), { name: 'later' });
setTimeout(function inMain() {}, 5e6).unref();
",
    );
    let mut window = Window::open(Some(&main));
    window.press(Modifiers::NONE, Key::F5);
    window.until("the statement", stands_at(5));
    let status = |window: &Window| {
        let label = window.harness.get_by_label_contains("Status: ");
        label.accesskit_node().value().unwrap()
    };
    let waits = |window: &Window, function: &str| {
        window.harness.query_all_by_label_contains(&format!("{function} ")).next().is_some()
    };
    // It stands, so all of the window shows its loop.
    assert_eq!(window.app().shown_loop(), LoopId(1));
    assert!(status(&window).starts_with("Status: later: immediate stop"), "{}", status(&window));
    assert!(waits(&window, "inWorker") && !waits(&window, "inMain"));
    window.click("Thread main thread, main.js, runs");
    assert_eq!(window.app().shown_loop(), LoopId::MAIN);
    assert!(!status(&window).contains("later: "), "{}", status(&window));
    assert!(waits(&window, "inMain") && !waits(&window, "inWorker"));
    assert_eq!(window.app().document().name(), "main.js");
    // The other way round: who looks at the loop debugs its thread.
    window.harness.get_all_by_label("later").next().unwrap().click();
    window.harness.run_steps(3);
    window.harness.get_by_label_contains("Frame stop, later.js:5");
    assert_eq!(window.app().shown_loop(), LoopId(1));
    window.press(Modifiers::NONE, Key::F5);
    assert_eq!(window.until_ended(), 0);
    assert_eq!(window.app().shown_loop(), LoopId::MAIN);
}

#[test]
fn a_run_is_stopped_while_a_worker_stands() {
    let folder = Folder::new("debugger-threads-stop");
    let mut window = open(&folder);
    window.press(Modifiers::NONE, Key::F5);
    window.until("the breakpoint", stands_at(3));
    window.press(Modifiers::SHIFT, Key::F5);
    assert_eq!(window.until_ended(), 130);
    assert_eq!(threads(window.app()), 1);
}

#[test]
fn workers_of_workers_are_threads_too() {
    let folder = Folder::new("debugger-threads-nested");
    folder.file(
        "outer.js",
        "const { Worker } = require('node:worker_threads');
new Worker(require('node:path').join(__dirname, 'inner.js'), { name: 'inner' });
",
    );
    folder.file("inner.js", "const depth = 2;\ndebugger;\nprocess.exitCode = 0;\n");
    let main = folder.file(
        "main.js",
        "const { Worker } = require('node:worker_threads');
new Worker(require('node:path').join(__dirname, 'outer.js'), { name: 'outer' });
",
    );
    let mut window = Window::open(Some(&main));
    window.press(Modifiers::NONE, Key::F5);
    window.until("the statement", stands_at(2));
    window.harness.get_by_label("Thread outer, outer.js, runs");
    window.harness.get_by_label("Thread inner, inner.js, stands still");
    window.sees("depth: 2");
    window.press(Modifiers::NONE, Key::F5);
    assert_eq!(window.until_ended(), 0);
    assert_eq!(threads(window.app()), 1);
}

#[test]
fn a_busy_worker_is_paused_and_a_breakpoint_set_meanwhile() {
    let folder = Folder::new("debugger-threads-busy");
    let busy = folder.file("busy.js", "let turns = 0;\nfor (;;) {\n  turns += 1;\n  turns -= 1;\n}\n");
    let main = folder.file(
        "main.js",
        "const { Worker } = require('node:worker_threads');
new Worker(require('node:path').join(__dirname, 'busy.js'), { name: 'busy' });
",
    );
    let mut window = Window::open(Some(&main));
    window.press(Modifiers::NONE, Key::F5);
    window.until("the worker", |app| threads(app) == 2);
    window.press(Modifiers::COMMAND, Key::Num9);
    window.click("Thread busy, busy.js, runs");
    window.press(Modifiers::NONE, Key::F6);
    window.until("the pause", stands);
    window.harness.get_by_label("Thread busy, busy.js, stands still");
    assert_eq!(window.app().document().path.as_deref(), Some(&*busy));
    window.press(Modifiers::NONE, Key::F5);
    window.until("going on", |app| app.running().is_some_and(|run| !run.debugger().stands_in_code()));
    window.click("Set a breakpoint on line 4");
    window.until("the breakpoint", stands_at(4));
    window.click("Breakpoint on line 4");
    window.press(Modifiers::NONE, Key::F5);
    window.until("going on again", |app| app.running().is_some_and(|run| !run.debugger().stands_in_code()));
    window.press(Modifiers::SHIFT, Key::F5);
    assert_eq!(window.until_ended(), 130);
}

#[test]
fn texts_that_workers_were_given_are_told_apart() {
    let folder = Folder::new("debugger-threads-texts");
    let main = folder.file(
        "main.js",
        "const { Worker } = require('node:worker_threads');
for (const name of ['one', 'two']) new Worker(`setInterval(() => {}, 20); // ${name}`, { eval: true, name });
",
    );
    let mut window = Window::open(Some(&main));
    window.press(Modifiers::NONE, Key::F5);
    window.until("the workers", |app| {
        let run = app.running().unwrap();
        let began = |worker: &loopscope_protocol::state::Worker| !worker.state.timers.is_empty();
        threads(app) == 3 && run.model().state().workers.values().filter(|worker| began(worker)).count() == 2
    });
    window.press(Modifiers::COMMAND, Key::Num9);
    // The rows move as it comes to be known what each thread runs.
    for thread in ["main thread, main.js", "one, [worker eval]", "two, [worker eval]"] {
        window.sees(&format!("Thread {thread}, runs"));
    }
    for name in ["one", "two", "one"] {
        window.click(&format!("Thread {name}, [worker eval], runs"));
        window.until("its text", |app| app.document().text.ends_with(&format!("// {name}")));
    }
    window.click("Thread main thread, main.js, runs");
    assert_eq!(window.app().document().name(), "main.js");
    window.press(Modifiers::SHIFT, Key::F5);
    assert_eq!(window.until_ended(), 130);
}

#[test]
fn many_threads_stand_in_rows_inside_of_the_panel() {
    let folder = Folder::new("debugger-threads-many");
    let main = folder.file(
        "main.js",
        "const { Worker } = require('node:worker_threads');
for (let i = 0; i < 12; i++) new Worker('setInterval(() => {}, 20);', { eval: true, name: 'number-' + i });
",
    );
    let mut window = Window::open(Some(&main));
    window.press(Modifiers::NONE, Key::F5);
    window.until("the workers", |app| threads(app) == 13);
    window.press(Modifiers::COMMAND, Key::Num9);
    window.harness.run_steps(3);
    let console = window.harness.get_by_label("Filter the console").rect().left();
    for number in 0..12 {
        let label = format!("Thread number-{number}, [worker eval], runs");
        let button = window.harness.get_by_label(&label).rect();
        assert!(button.height() < 40.0 && button.right() < console, "{label}: {button}");
    }
    window.press(Modifiers::SHIFT, Key::F5);
    assert_eq!(window.until_ended(), 130);
}

#[test]
fn a_child_process_is_a_thread_that_is_stopped_stepped_and_asked() {
    let folder = Folder::new("debugger-threads-child");
    let child = folder.file(
        "child.js",
        "function double(n) {
  let result = n * 2;
  return [result].pop();
}
setInterval(function turn() {
  process.exitCode = double(3);
  if (process.argv[2] === 'end') process.exit();
}, 5);
const { Worker } = require('node:worker_threads');
new Worker('setInterval(() => {}, 5)', { eval: true, name: 'helper' }).unref();
",
    );
    let main = folder.file(
        "main.js",
        &format!(
            "const {{ spawn }} = require('node:child_process');
const child = spawn({:?}, ['run', {:?}, 'end'], {{ stdio: 'inherit' }});
child.on('exit', (code) => process.stdout.write('child left with ' + code + '\\n'));
",
            env!("CARGO_BIN_EXE_loopscope"),
            child,
        ),
    );
    let mut window = Window::open(Some(&child));
    window.click("Set a breakpoint on line 2");
    open_in(&mut window, main);
    window.press(Modifiers::NONE, Key::F5);
    window.until("the breakpoint", stands_at(2));
    let listed = |app: &App| app.running().map(|run| run.debugger().list()).unwrap_or_default();
    let process = listed(window.app()).into_iter().find(|thread| thread.is_chosen).unwrap();
    let pid = process.pid.expect("it is a process");
    assert_eq!(process.on, None);
    window.harness.get_by_label(&format!("Thread process {pid}, child.js, stands still"));
    window.harness.get_by_label("Thread main thread, main.js, runs");
    window
        .harness
        .get_by_label_contains("Ring, queues and timeline are those of the process that was started");
    window.harness.get_by_label_contains("Frame double, child.js:2");
    window.sees("n: 3");
    window.until("its worker", |app| listed(app).len() == 3);
    window.harness.get_by_label_contains(&format!(" in {pid}, runs"));
    window.press(Modifiers::NONE, Key::F10);
    window.until("the step", stands_at(3));
    window.sees("result: 6");
    window.press(Modifiers::COMMAND, Key::J);
    window.click("Evaluate in double");
    window.harness.get_by_label("Evaluate in double").type_text("result = 40 + n");
    window.harness.run_steps(2);
    window.press(Modifiers::NONE, Key::Enter);
    window.sees("43");
    window.app_mut().ask_for(UiCommand::Show(PanelKind::Debugger));
    window.harness.run_steps(3);
    window.click("Thread main thread, main.js, runs");
    assert_eq!(window.app().document().name(), "main.js");
    window.click(&format!("Thread process {pid}, child.js, stands still"));
    window.harness.get_by_label_contains("Frame double, child.js:3");
    window.press(Modifiers::NONE, Key::F5);
    assert_eq!(window.until_ended(), 0);
    window.app_mut().ask_for(UiCommand::Show(PanelKind::Console));
    window.harness.run_steps(3);
    window.harness.get_by_label("child left with 43");
    assert_eq!(threads(window.app()), 1);
}

#[test]
fn a_busy_child_process_is_chosen_and_paused() {
    let folder = Folder::new("debugger-threads-busy-child");
    let child = folder.file("busy.js", "let turns = 0;\nfor (;;) {\n  turns += 1;\n}\n");
    let main = folder.file(
        "main.js",
        &format!(
            "require('node:child_process').spawn({:?}, ['run', {:?}]).on('exit', (code, signal) => process.stdout.write(signal));
",
            env!("CARGO_BIN_EXE_loopscope"),
            child,
        ),
    );
    let mut window = Window::open(Some(&main));
    window.press(Modifiers::NONE, Key::F5);
    window.until("the child", |app| threads(app) == 2);
    window.press(Modifiers::COMMAND, Key::Num9);
    let pid = window.app().running().unwrap().debugger().list()[1].pid.unwrap();
    window.click(&format!("Thread process {pid}, busy.js, runs"));
    assert_eq!(window.app().document().name(), "busy.js");
    window.press(Modifiers::NONE, Key::F6);
    window.until("the pause", stands);
    window.harness.get_by_label_contains("Frame (anonymous), busy.js:");
    window.press(Modifiers::COMMAND, Key::J);
    window.click("Evaluate in this frame");
    window.harness.get_by_label("Evaluate in this frame").type_text("process.kill(process.pid, 'SIGKILL')");
    window.harness.run_steps(2);
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!(window.until_ended(), 0);
    window.app_mut().ask_for(UiCommand::Show(PanelKind::Console));
    window.harness.run_steps(3);
    window.harness.get_by_label("SIGKILL");
}
