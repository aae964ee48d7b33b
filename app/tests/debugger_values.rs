//! What the debugger shows of values in the window, and how what is open is closed again.
#![allow(clippy::unwrap_used, reason = "helpers of tests fail the test as assertions do")]

mod harness;

use std::time::{Duration, Instant};

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use harness::{Folder, Window, line, stands};
use loopscope::state::settings::Look;

const SCRIPT: &str = "function add(a, b) {
  return a + b;
}
const map = new Map([['one', { two: 3 }]]);
setTimeout(function later(first) {
  const total = add(first, 1) + add(first, 2);
  process.stdout.write('total ' + total + map.size + '\\n');
}, 1, 10, 20);
setTimeout((first) => {
  add(first, 1);
}, 2, 30);
";

/// A window that stands at line 6 or 10.
fn paused(folder: &Folder, at: u32) -> Window {
    let file = folder.file("a.js", SCRIPT);
    let mut window = Window::drawn(Some(&file), [1280.0, 1200.0], Look::Dark);
    window.click(&format!("Set a breakpoint on line {at}"));
    window.press(Modifiers::NONE, Key::F5);
    window.until("the breakpoint", stands);
    window
}

fn watch(window: &mut Window, expression: &str) {
    window.click("Watch an expression");
    window.type_text(expression);
    window.press(Modifiers::NONE, Key::Enter);
}

#[test]
fn the_frame_of_a_callback_has_what_it_was_called_with() {
    let folder = Folder::new("values-arguments");
    let mut window = paused(&folder, 6);
    window.sees("arguments: (2) [ 10, 20 ]");
    window.press(Modifiers::NONE, Key::F11);
    window.until("the step", |app| stands(app) && line(app) == 2);
    window.sees("a: 10");
    assert!(window.harness.query_by_label_contains("arguments: ").is_none(), "another function");
    window.click("Frame later, a.js:6");
    window.sees("arguments: (2) [ 10, 20 ]");
    window.click("arguments: (2) [ 10, 20 ]");
    window.sees("1: 20");
    window.press(Modifiers::NONE, Key::F5);
    assert_eq!(window.until_ended(), 0);
}

#[test]
fn arrow_functions_have_only_what_they_name() {
    let folder = Folder::new("values-arrow");
    let mut window = paused(&folder, 10);
    window.sees("first: 30");
    window.harness.run_steps(10);
    assert!(window.harness.query_by_label_contains("arguments: ").is_none());
    window.press(Modifiers::SHIFT, Key::F5);
    window.until_ended();
}

#[test]
fn what_is_in_a_map_is_seen_at_once_and_functions_say_where_they_are() {
    let folder = Folder::new("values-map");
    let mut window = paused(&folder, 6);
    watch(&mut window, "map");
    window.sees("map: Map(1) { 'one' => { two: 3 } }");
    window.click("map: Map(1) { 'one' => { two: 3 } }");
    window.sees("[[Entries]]: Array(1)");
    window.sees("0: 'one' => Object");
    window.click("[[Entries]]: Array(1)");
    assert!(window.harness.query_by_label("0: 'one' => Object").is_none(), "it is closed as others are");
    watch(&mut window, "add");
    window.sees("add: [Function: add]");
    window.click("add: [Function: add]");
    window.sees("[[FunctionLocation]]: a.js:1");
    window.press(Modifiers::SHIFT, Key::F5);
    window.until_ended();
}

#[test]
fn a_watch_that_never_ends_holds_up_one_step_only() {
    let folder = Folder::new("values-endless");
    let mut window = paused(&folder, 6);
    let ended =
        "(() => { for (;;); })(): Ended, because it took longer than 2 seconds, and is not evaluated again";
    watch(&mut window, "(() => { for (;;); })()");
    watch(&mut window, "first * 2");
    window.sees(ended);
    window.sees("first * 2: 20");
    let began = Instant::now();
    for (key, at) in [(Key::F11, 2), (Key::F10, 2), (Key::F10, 6)] {
        window.press(Modifiers::NONE, key);
        window.until("the step", |app| stands(app) && line(app) == at);
    }
    window.sees("first * 2: 20");
    assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
    window.sees(ended);
    window.press(Modifiers::SHIFT, Key::F5);
    window.until_ended();
}

#[test]
fn escape_closes_what_is_open() {
    let folder = Folder::new("values-escape");
    let mut window = paused(&folder, 6);
    window.harness.get_by_label("Frame later, a.js:6").click_secondary();
    window.harness.run_steps(3);
    window.harness.get_by_label("Begin this function again");
    window.press(Modifiers::NONE, Key::Escape);
    assert!(window.harness.query_by_label("Begin this function again").is_none(), "a menu");
    window.reach("Kind of callback: any kind");
    window.click("Kind of callback: any kind");
    window.harness.run_steps(2);
    window.harness.get_by_label("immediate");
    window.press(Modifiers::NONE, Key::Escape);
    assert!(window.harness.query_by_label("immediate").is_none(), "a choice");
    window.press(Modifiers::ALT, Key::F11);
    window.sees("Step into add(first, 2)");
    window.press(Modifiers::NONE, Key::Escape);
    assert!(window.harness.query_by_label("Step into add(first, 2)").is_none(), "calls");
    window.press(Modifiers::SHIFT, Key::F5);
    window.until_ended();
}
