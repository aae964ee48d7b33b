//! Kinds of breakpoints, steps into a chosen call and scripts that are passed over, in the window without a display.
#![allow(clippy::unwrap_used, reason = "helpers of tests fail the test as assertions do")]

mod harness;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use harness::{Folder, Window, line, stands};
use loopscope::app::App;
use loopscope::state::debugger::Binding;
use loopscope::state::settings::Look;

const SCRIPT: &str = "const { each } = require('pack');
function twice(x) {
  return x * 2;
}
function sum(a, b) {
  return a + b;
}
let total = 0;
for (let i = 1; i <= 6; i++) {
  total = sum(total, twice(i));
}
each([1, 2], (item) => {
  total += item;
});
process.stdout.write('total ' + total + '\\n');
";

const PACKAGE: &str = "exports.each = function each(list, act) {
  for (const item of list) inner(item, act);
};
function inner(item, act) {
  return act(item);
}
";

fn script(folder: &Folder) -> std::path::PathBuf {
    std::fs::create_dir_all(folder.0.join("node_modules/pack")).unwrap();
    folder.file("node_modules/pack/index.js", PACKAGE);
    folder.file("a.js", SCRIPT)
}

fn value(app: &App, name: &str) -> String {
    let run = app.running().unwrap();
    run.debug(|debugger| debugger.evaluate(name));
    for _ in 0..500 {
        let result = run.debugger().entries().last().and_then(|entry| entry.result.clone());
        if let Some(result) = result {
            return result.map_or_else(|text| text, |shown| shown.text);
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    panic!("no value of {name}");
}

fn add(window: &mut Window, field: &str, text: &str) {
    window.harness.get_by_role_and_label(Role::TextInput, field).focus();
    window.harness.run_steps(2);
    window.harness.event(egui::Event::Text(text.to_owned()));
    window.harness.run_steps(2);
    window.press(Modifiers::NONE, Key::Enter);
}

#[test]
fn a_breakpoint_counts_how_often_it_is_reached() {
    let folder = Folder::new("breakpoints-hits");
    let file = script(&folder);
    let mut window = Window::open(Some(&file));
    window.click("Set a breakpoint on line 10");
    window.harness.get_by_role_and_label(Role::Button, "Breakpoint on line 10").click_secondary();
    window.harness.run_steps(3);
    window.click("Condition, hits or log…");
    add(&mut window, "Only from the nth time", "%4");
    window.press(Modifiers::NONE, Key::Escape);
    window.harness.get_by_role_and_label(Role::Button, "Breakpoint on line 10, time %4");
    window.press(Modifiers::NONE, Key::F5);
    window.until("the fourth time", stands);
    assert_eq!(value(window.app(), "i"), "4");
    window.press(Modifiers::NONE, Key::F5);
    assert_eq!(window.until_ended(), 0);
    window.harness.get_by_label("total 45");
    let hits = window.app().running().unwrap().debugger().hits(&file.to_string_lossy(), 10);
    assert_eq!(hits, 6);
}

#[test]
fn a_click_into_a_field_of_a_breakpoint_leaves_the_fields_open() {
    let folder = Folder::new("breakpoints-fields");
    let mut window = Window::open(Some(&script(&folder)));
    window.click("Set a breakpoint on line 10");
    window.harness.get_by_role_and_label(Role::Button, "Breakpoint on line 10").click_secondary();
    window.harness.run_steps(3);
    window.click("Condition, hits or log…");
    // The first one has the keyboard at once.
    window.harness.event(egui::Event::Text("i > ".to_owned()));
    window.harness.run_steps(2);
    let field = |window: &mut Window, name: &str| {
        window.harness.get_by_role_and_label(Role::TextInput, name).click();
        window.harness.run_steps(3);
    };
    field(&mut window, "Only from the nth time");
    window.harness.event(egui::Event::Text("2".to_owned()));
    field(&mut window, "Only if");
    window.press(Modifiers::NONE, Key::End);
    window.harness.event(egui::Event::Text("3".to_owned()));
    window.harness.run_steps(2);
    window.press(Modifiers::NONE, Key::Enter);
    assert!(window.harness.query_by_role_and_label(Role::TextInput, "Only if").is_none(), "Enter ends it");
    window.harness.get_by_role_and_label(Role::Button, "Breakpoint on line 10, if i > 3, time 2");
}

#[test]
fn a_breakpoint_is_set_at_the_text_cursor_in_the_middle_of_a_line() {
    let folder = Folder::new("breakpoints-column");
    let text = "const one = (n) => n; const two = (n) => n * 2;\none(1); two(2); one(3);\n";
    let file = folder.file("line.js", text);
    let mut window = Window::open(Some(&file));
    window.harness.get_by_label("Script").focus();
    window.harness.run_steps(2);
    // The cursor is behind the end.
    window.press(Modifiers::NONE, Key::ArrowUp);
    for _ in 0.."one(1); tw".len() {
        window.press(Modifiers::NONE, Key::ArrowRight);
    }
    window.press(Modifiers::SHIFT, Key::F9);
    window.harness.get_by_role_and_label(Role::Button, "Breakpoint on line 2, column 9");
    window.press(Modifiers::NONE, Key::F5);
    window.until("the breakpoint", stands);
    let column = |app: &App| {
        let run = app.running().unwrap();
        run.debugger().frame().map(|(_, frame)| (frame.spot.line, frame.spot.column))
    };
    assert_eq!(column(window.app()), Some((2, 9)));
    window.harness.get_by_label("Breakpoint line.js:2:9");
    window.press(Modifiers::NONE, Key::F11);
    window.until("the step", |app| matches!(column(app), Some((1, 23..))));
    // One that is set with the key while the run stands holds it, too.
    window.harness.get_by_label("Script").focus();
    window.harness.run_steps(2);
    for _ in 0.."o(2); o".len() {
        window.press(Modifiers::NONE, Key::ArrowRight);
    }
    window.press(Modifiers::SHIFT, Key::F9);
    window.press(Modifiers::NONE, Key::F5);
    window.until("the second breakpoint", |app| column(app) == Some((2, 17)));
    window.click("Breakpoint on line 2, column 9");
    window.press(Modifiers::NONE, Key::F5);
    assert_eq!(window.until_ended(), 0);
}

#[test]
fn a_large_text_has_breakpoints_and_the_running_line_comes_into_view() {
    let folder = Folder::new("breakpoints-large");
    let mut text = String::from("let n = 0;\n");
    for line in 2..40_000 {
        text.push_str(if line == 30_000 { "debugger; // here\n" } else { "n += 1; // and more\n" });
    }
    let file = folder.file("large.js", &text);
    let mut window = Window::open(Some(&file));
    window.click("Set a breakpoint on line 5");
    window.press(Modifiers::NONE, Key::F5);
    window.until("the breakpoint", |app| stands(app) && line(app) == 5);
    window.press(Modifiers::NONE, Key::F5);
    window.until("the statement", |app| stands(app) && line(app) == 30_000);
    window.sees("Set a breakpoint on line 30000");
    window.click("Set a breakpoint on line 30002");
    window.press(Modifiers::NONE, Key::F5);
    window.until("the second breakpoint", |app| stands(app) && line(app) == 30_002);
    // The keys know the line that was clicked.
    window.click("Line 30005");
    window.press(Modifiers::NONE, Key::F9);
    window.harness.get_by_label("Breakpoint on line 30005");
    window.press(Modifiers::CTRL | Modifiers::COMMAND, Key::F9);
    window.until("the line of the cursor", |app| stands(app) && line(app) == 30_005);
    window.press(Modifiers::NONE, Key::F5);
    assert_eq!(window.until_ended(), 0);
}

#[test]
fn functions_are_broken_in_by_their_names() {
    let folder = Folder::new("breakpoints-functions");
    let file = script(&folder);
    let mut window = Window::open(Some(&file));
    window.press(Modifiers::COMMAND, Key::Num9);
    add(&mut window, "Name of a function", "twice");
    add(&mut window, "Name of a function", "nothing");
    window.press(Modifiers::NONE, Key::F5);
    window.until("the function", stands);
    assert_eq!(line(window.app()), 3);
    let reason = |app: &App| app.running().and_then(|run| Some(run.debugger().paused()?.reason.clone()));
    assert_eq!(reason(window.app()).as_deref(), Some("Function twice"));
    window.harness.get_by_label("none found so far");
    window.click("Remove: Break in function twice");
    // One of a package, which is found while the run stands.
    add(&mut window, "Name of a function", "each");
    window.press(Modifiers::NONE, Key::F5);
    window.until("the other function", |app| stands(app) && line(app) == 2);
    window.harness.get_by_label_contains("Frame each, index.js:2");
    window.press(Modifiers::NONE, Key::F5);
    assert_eq!(window.until_ended(), 0);
}

#[test]
fn one_function_after_the_other_is_added_without_the_mouse() {
    let folder = Folder::new("breakpoints-functions-typed");
    let file = script(&folder);
    let mut window = Window::open(Some(&file));
    window.press(Modifiers::COMMAND, Key::Num9);
    window.harness.get_by_role_and_label(Role::TextInput, "Name of a function").focus();
    window.harness.run_steps(2);
    for name in ["twice", "sum"] {
        window.type_text(name);
        window.press(Modifiers::NONE, Key::Enter);
    }
    window.harness.get_by_label("Break in function twice");
    window.harness.get_by_label("Break in function sum");
}

#[test]
fn what_is_long_on_the_left_leaves_the_variables_their_room() {
    let folder = Folder::new("breakpoints-long");
    let file = folder.file("a.js", "debugger;\n");
    let mut window = Window::open(Some(&file));
    window.press(Modifiers::COMMAND, Key::Num9);
    add(&mut window, "Name of a function", &"long".repeat(30));
    add(&mut window, "Part of a path, * for anything", &"/long".repeat(30));
    window.reach("Let them attach");
    window.click("Let them attach");
    window.press(Modifiers::NONE, Key::F5);
    window.until("the statement", stands);
    window.sees_part("ws://");
    window.harness.run_steps(5);
    // The stack has two fifths of the panel, which ends where the console begins.
    let left = |name: &str| window.harness.get_by_label(name).rect().left();
    let (variables, console) = (left("Watch an expression"), left("Filter the console"));
    assert!(variables < console * 0.45, "{variables} of {console}");
}

#[test]
fn an_edit_while_the_run_stands_leaves_everything_with_its_line() {
    let folder = Folder::new("breakpoints-edited");
    let file = script(&folder);
    let mut window = Window::open(Some(&file));
    window.click("Set a breakpoint on line 10");
    window.press(Modifiers::NONE, Key::F5);
    window.until("the breakpoint", stands);
    window.sees("Line 10: total is 0");
    window.harness.get_by_label("Script").focus();
    window.harness.run_steps(2);
    window.press(Modifiers::COMMAND, Key::ArrowUp);
    window.press(Modifiers::NONE, Key::Enter);
    window.harness.get_by_label("Breakpoint on line 11");
    window.harness.get_by_label_contains("Frame (anonymous), a.js:11");
    window.sees("Line 11: total is 0");
    window.click("Set a breakpoint on line 1");
    window.sees("Breakpoint on line 1: the run began without this line: it counts from the next run on");
    // V8 was asked for nothing: the run comes to the same line again.
    let path = file.to_str().unwrap().to_owned();
    let hits = move |app: &App| app.running().unwrap().debugger().hits(&path, 11);
    assert_eq!(hits(window.app()), 1);
    window.press(Modifiers::NONE, Key::F5);
    window.until("the next round", |app| stands(app) && hits(app) == 2);
    assert_eq!(line(window.app()), 10, "the run has its own text");
    // It is given up: all is where it was.
    *window.answer.lock().unwrap() = Some(folder.file("b.js", ""));
    window.press(Modifiers::COMMAND, Key::O);
    window.click("Don't save");
    window.until("the other file", |app| app.document().name() == "b.js");
    window.harness.get_by_label("Breakpoint a.js:10");
    window.press(Modifiers::SHIFT, Key::F5);
    assert_eq!(window.until_ended(), 130);
}

#[test]
fn one_of_several_calls_is_stepped_into() {
    let folder = Folder::new("breakpoints-into");
    let file = script(&folder);
    for look in [Look::Dark, Look::Light] {
        let mut window = Window::drawn(Some(&file), [1280.0, 800.0], look);
        window.click("Set a breakpoint on line 10");
        window.press(Modifiers::NONE, Key::F5);
        window.until("the breakpoint", stands);
        window.press(Modifiers::ALT, Key::F11);
        window.until("the choice", |app| app.running().unwrap().debugger().targets().is_some());
        window.harness.run_steps(4);
        window.picture(&format!("targets-{look:?}"));
        window.click("Step into sum(total, twice(i))");
        window.until("the call", |app| stands(app) && line(app) == 6);
        assert_eq!(value(window.app(), "b"), "2");
        window.press(Modifiers::SHIFT, Key::F5);
        window.until_ended();
    }
}

#[test]
fn steps_pass_over_packages_and_their_frames_are_folded() {
    let folder = Folder::new("breakpoints-ignored");
    let file = script(&folder);
    for look in [Look::Dark, Look::Light] {
        let mut window = Window::drawn(Some(&file), [1280.0, 800.0], look);
        window.click("Set a breakpoint on line 12");
        window.press(Modifiers::NONE, Key::F5);
        window.until("the breakpoint", stands);
        window.press(Modifiers::NONE, Key::F11);
        window.until("the step", |app| stands(app) && line(app) == 13);
        window.harness.run_steps(20);
        window.picture(&format!("ignored-{look:?}"));
        window.click("Show 2 ignored frames");
        window.harness.get_by_label_contains("Frame inner, index.js:5");
        window.press(Modifiers::SHIFT, Key::F5);
        window.until_ended();
    }
}

#[test]
fn a_breakpoint_that_cannot_be_says_why() {
    let folder = Folder::new("breakpoints-why");
    let file = folder.file("a.js", "let a = 1;\n\n// nothing\n\nsetTimeout(() => { a; }, 1);\n// the end\n");
    let mut window = Window::open(Some(&file));
    window.click("Set a breakpoint on line 2");
    window.click("Set a breakpoint on line 5");
    window.harness.get_by_role_and_label(Role::Button, "Breakpoint on line 5").click_secondary();
    window.harness.run_steps(3);
    window.click("Condition, hits or log…");
    add(&mut window, "Only from the nth time", "often");
    window.press(Modifiers::NONE, Key::Escape);
    window.press(Modifiers::NONE, Key::F5);
    window.until("the breakpoint", stands);
    let binding = |app: &App, line: u32| {
        let run = app.running().unwrap();
        let debugger = run.debugger();
        debugger.binding(&file.to_string_lossy(), line).cloned()
    };
    assert_eq!(binding(window.app(), 2), Some(Binding::At(5)));
    window.harness.get_by_label("Breakpoint on line 2, bound to line 5");
    let why = "Breakpoint on line 5, time often: 'often' is no number of hits: write 5, or one of >= > == < <= % and a number";
    window.harness.get_by_label(why);
    window.press(Modifiers::NONE, Key::F5);
    window.until("the end", |app| {
        app.running().unwrap().progress() != loopscope::state::run::Progress::Going || stands(app)
    });
}

#[test]
fn a_condition_that_throws_is_said_at_the_breakpoint() {
    let folder = Folder::new("breakpoints-throws");
    let file = script(&folder);
    let mut window = Window::drawn(Some(&file), [1280.0, 1000.0], Look::Dark);
    window.press(Modifiers::COMMAND, Key::Num9);
    window.click("Set a breakpoint on line 10");
    window.harness.get_by_role_and_label(Role::Button, "Breakpoint on line 10").click_secondary();
    window.harness.run_steps(3);
    window.click("Condition, hits or log…");
    add(&mut window, "Only if", "i.nothing.there");
    window.press(Modifiers::NONE, Key::F5);
    assert_eq!(window.until_ended(), 0);
    window.harness.run_steps(3);
    let why =
        "its condition cannot be evaluated: TypeError: Cannot read properties of undefined (reading 'there')";
    window.harness.get_by_label(why);
    window.harness.get_by_label(&format!("Breakpoint on line 10, if i.nothing.there: {why}"));
}
