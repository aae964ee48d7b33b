//! What the debugger shows of values in the window, and how what is open is closed again.
#![allow(clippy::unwrap_used, reason = "helpers of tests fail the test as assertions do")]

mod harness;

use std::time::{Duration, Instant};

use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
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

const ORIGINAL: &str = "interface Item { price: number; count: number }
function double(price: number): number {
  return price * 2;
}
function cost({ price, count }: Item): number {
  const sum = double(price) * count;
  return sum;
}
process.exitCode = cost({ price: 3, count: 4 });
";

/// Made from it by a bundler.
const BUILT: &str = "// shop.ts
function double(price) {
  return price * 2;
}
function cost({ price, count }) {
  const sum = double(price) * count;
  return sum;
}
process.exitCode = cost({ price: 3, count: 4 });
//# sourceMappingURL=data:application/json;base64,ewogICJ2ZXJzaW9uIjogMywKICAic291cmNlcyI6IFsic2hvcC50cyJdLAogICJtYXBwaW5ncyI6ICI7QUFDQSxTQUFTLE9BQU8sT0FBdUI7QUFDckMsU0FBTyxRQUFRO0FBQ2pCO0FBQ0EsU0FBUyxLQUFLLEVBQUUsT0FBTyxNQUFNLEdBQWlCO0FBQzVDLFFBQU0sTUFBTSxPQUFPLEtBQUssSUFBSTtBQUM1QixTQUFPO0FBQ1Q7QUFDQSxRQUFRLFdBQVcsS0FBSyxFQUFFLE9BQU8sR0FBRyxPQUFPLEVBQUUsQ0FBQzsiLAogICJuYW1lcyI6IFtdCn0K
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

/// Whether something is shown beside a line.
fn is_beside(window: &Window, text: &str) -> bool {
    window.harness.query_all_by_label_contains(text).next().is_some()
}

#[test]
fn values_beside_a_built_file_s_original_are_those_of_their_function() {
    let folder = Folder::new("values-original");
    let original = folder.file("shop.ts", ORIGINAL);
    let built = folder.file("out.js", BUILT);
    let mut window = Window::open(Some(&original));
    window.click("Set a breakpoint on line 7");
    *window.answer.lock().unwrap() = Some(built);
    window.press(Modifiers::COMMAND, Key::O);
    window.press(Modifiers::NONE, Key::F5);
    window.until("the breakpoint", |app| stands(app) && app.document().name() == "shop.ts");
    window.sees("Line 6: price is 3");
    window.sees("Line 5: price is 3");
    // Names of types and of another function's variables.
    assert!(
        !is_beside(&window, "Line 1: ") && !is_beside(&window, "Line 2: ") && !is_beside(&window, "Line 3: ")
    );
    window.press(Modifiers::NONE, Key::F5);
    assert_eq!(window.until_ended(), 24);
}

#[test]
fn what_was_thrown_is_looked_into() {
    let folder = Folder::new("values-thrown");
    let file = folder.file(
        "a.js",
        "function check(age) {
  throw Object.assign(new RangeError('too old'), { limit: 150 });
}
try { check(200); } catch {}
",
    );
    let mut window = Window::open(Some(&file));
    window.press(Modifiers::COMMAND, Key::Num9);
    window.click("All");
    window.press(Modifiers::NONE, Key::F5);
    window.until("the exception", stands);
    window.sees("exception: RangeError: too old");
    window.click("exception: RangeError: too old");
    window.sees("limit: 150");
    window.press(Modifiers::NONE, Key::F5);
    assert_eq!(window.until_ended(), 0);
}

#[test]
fn a_long_row_that_gets_the_keyboard_does_not_move_sideways() {
    let folder = Folder::new("values-wide");
    let file = folder.file("a.js", "debugger;\n");
    let mut window = Window::open(Some(&file));
    window.press(Modifiers::NONE, Key::F5);
    window.until("the statement", stands);
    window.sees_part("module: Module {");
    let row = |window: &Window| window.harness.get_by_label_contains("module: Module {").rect();
    let before = row(&window);
    let panel = window.harness.get_by_label("Watch an expression").rect();
    assert!(before.width() > panel.width(), "it is wider than what is seen");
    window.harness.get_by_label_contains("module: Module {").focus();
    window.harness.run_steps(10);
    assert_eq!(row(&window).left(), before.left());
}

#[test]
fn the_key_of_the_debugger_brings_the_keyboard_to_it_and_back() {
    let folder = Folder::new("values-keyboard");
    let mut window = paused(&folder, 6);
    window.harness.get_by_label("Script").focus();
    window.harness.run_steps(2);
    window.press(Modifiers::COMMAND, Key::Num9);
    let focused = |window: &Window, name: &str| {
        window.harness.get_by_label_contains(name).accesskit_node().is_focused()
    };
    assert!(focused(&window, "Frame later, a.js:6"));
    window.press(Modifiers::COMMAND, Key::J);
    window.type_text("first + 1");
    window.press(Modifiers::NONE, Key::Enter);
    window.sees("11");
    window.press(Modifiers::COMMAND, Key::Num1);
    assert!(focused(&window, "Script"));
    window.press(Modifiers::NONE, Key::F5);
    window.until_ended();
    window.press(Modifiers::COMMAND, Key::Num9);
    assert!(focused(&window, "Breakpoints"));
}
