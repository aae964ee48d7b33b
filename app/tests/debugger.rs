//! The debugger in the window by its accessible names, with real scripts, without a display.
#![allow(clippy::unwrap_used, reason = "helpers of tests fail the test as assertions do")]

mod harness;

use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use harness::{Folder, Window, line, stands};
use loopscope::app::App;
use loopscope::command::UiCommand;
use loopscope::state::run::Progress;
use loopscope::state::settings::Look;
use loopscope_protocol::TaskKind;

const SCRIPT: &str = "function add(a, b) {
  let sum = a + b;
  return sum;
}
const basket = { apples: 2, owner: { name: 'Ada' }, list: [1, 2, 3] };
setTimeout(function later() {
  const total = add(basket.apples, 40);
  process.stdout.write('total ' + total + '\\n');
}, 1);
";

#[test]
fn a_breakpoint_is_set_with_a_click_and_the_code_is_stepped_through() {
    let folder = Folder::new("debugger-step");
    let file = folder.file("a.js", SCRIPT);
    let mut window = Window::open(Some(&file));
    window.click("Set a breakpoint on line 7");
    window.harness.get_by_label("Breakpoint on line 7");
    window.press(Modifiers::NONE, Key::F5);
    window.until("the breakpoint", stands);
    assert_eq!(line(window.app()), 7);
    window.harness.get_by_label_contains("Frame later, a.js:7");
    window.press(Modifiers::NONE, Key::F11);
    window.until("the step", |app| stands(app) && line(app) == 2);
    window.harness.get_by_label_contains("Frame add, a.js:2");
    window.sees("a: 2");
    window.press(Modifiers::NONE, Key::F10);
    window.until("the step over", |app| stands(app) && line(app) == 3);
    window.sees("sum: 42");
    window.press(Modifiers::SHIFT, Key::F11);
    window.until("the step out", |app| stands(app) && line(app) == 8);
    window.press(Modifiers::NONE, Key::F5);
    assert_eq!(window.until_ended(), 0);
    window.harness.get_by_label("total 42");
}

const CALLBACKS: &str = "const n = 1;
setTimeout(function first() {
  process.stdout.write('first ' + n + '\\n');
  Promise.resolve().then(function between() {
    process.stdout.write('between\\n');
  });
}, 1);
setTimeout(function second() {
  process.stdout.write('second\\n');
}, 2);
";

/// Whether the run stands before a callback of this kind, and the debugger has heard of it.
fn stands_before(kind: TaskKind) -> impl Fn(&App) -> bool {
    move |app| {
        app.running().is_some_and(|run| {
            let between = run.debugger().paused().is_some_and(|paused| paused.frames.is_empty());
            let model = run.model();
            let state = model.state();
            let before = state.paused.and_then(|(_, task)| Some(state.tasks.get(&task)?.kind));
            between && before == Some(kind)
        })
    }
}

#[test]
fn steps_lead_from_before_the_script_into_its_first_line() {
    let folder = Folder::new("debugger-entry");
    let common = folder.file("a.js", CALLBACKS);
    folder.file("part.mjs", "export const part = 1;\n");
    let module = folder.file("a.mjs", "import { part } from './part.mjs';\nlet own = part + 1;\nown += 1;\n");
    // What a module imports runs before it.
    let cases = [(&common, "a.js", Key::F11), (&common, "a.js", Key::F10), (&module, "part.mjs", Key::F11)];
    for (file, first, key) in cases {
        let mut window = Window::open(Some(file));
        window.press(Modifiers::NONE, key);
        window.until("the start", stands_before(TaskKind::MainScript));
        window.press(Modifiers::COMMAND, Key::Num9);
        window.harness.get_by_label_contains("Before the first line");
        window.press(Modifiers::NONE, key);
        window.until("the first line", |app| stands(app) && line(app) == 1);
        assert_eq!(window.app().document().name(), first);
        if file == &common {
            window.press(Modifiers::NONE, Key::F10);
            window.until("the next line", |app| stands(app) && line(app) == 2);
        }
        window.press(Modifiers::NONE, Key::F5);
        assert_eq!(window.until_ended(), 0);
    }
}

#[test]
fn between_callbacks_step_into_leads_into_the_next_one_and_step_over_behind_it() {
    let folder = Folder::new("debugger-between");
    let file = folder.file("a.js", CALLBACKS);
    let mut window = Window::open(Some(&file));
    window.press(Modifiers::NONE, Key::F8);
    window.until("the start", stands_before(TaskKind::MainScript));
    window.press(Modifiers::NONE, Key::F8);
    window.until("the first timeout", stands_before(TaskKind::Timeout));
    window.press(Modifiers::NONE, Key::F11);
    window.until("the first timeout's own line", |app| stands(app) && line(app) == 3);
    // Over the rest of it, and over the reaction as a whole.
    window.press(Modifiers::NONE, Key::F8);
    window.until("the reaction", stands_before(TaskKind::PromiseReaction));
    window.press(Modifiers::NONE, Key::F10);
    window.until("the second timeout", stands_before(TaskKind::Timeout));
    window.harness.get_by_label("between");
    window.press(Modifiers::NONE, Key::F11);
    window.until("the second timeout's own line", |app| stands(app) && line(app) == 9);
    window.press(Modifiers::NONE, Key::F5);
    assert_eq!(window.until_ended(), 0);
}

#[test]
fn values_are_opened_and_changed() {
    let folder = Folder::new("debugger-values");
    let file = folder.file("a.js", SCRIPT);
    let mut window = Window::open(Some(&file));
    window.click("Set a breakpoint on line 2");
    window.press(Modifiers::NONE, Key::F5);
    window.until("the breakpoint", stands);
    window.sees("a: 2");
    // With the keyboard: F2 changes what has the focus.
    window.harness.get_by_label("a: 2").focus();
    window.press(Modifiers::NONE, Key::F2);
    window.sees("New value");
    window.type_text("b + 1");
    window.press(Modifiers::NONE, Key::Enter);
    window.sees("a: 41");
    window.press(Modifiers::NONE, Key::F5);
    assert_eq!(window.until_ended(), 0);
    window.harness.get_by_label("total 81");
}

#[test]
fn expressions_are_evaluated_where_the_run_stands() {
    let folder = Folder::new("debugger-evaluate");
    let file = folder.file("a.js", SCRIPT);
    let mut window = Window::open(Some(&file));
    window.click("Set a breakpoint on line 3");
    window.press(Modifiers::NONE, Key::F5);
    window.until("the breakpoint", stands);
    window.press(Modifiers::COMMAND, Key::J);
    window.click("Evaluate in add");
    window.harness.get_by_label("Evaluate in add").type_text("basket.owner.name + sum");
    window.harness.run_steps(2);
    window.press(Modifiers::NONE, Key::Enter);
    window.sees("'Ada42'");
    window.press(Modifiers::NONE, Key::F5);
    assert_eq!(window.until_ended(), 0);
}

#[test]
fn a_stopped_run_leaves_its_pause() {
    let folder = Folder::new("debugger-stop");
    let file = folder.file("a.js", SCRIPT);
    let mut window = Window::open(Some(&file));
    window.click("Set a breakpoint on line 7");
    window.press(Modifiers::NONE, Key::F5);
    window.until("the breakpoint", stands);
    window.press(Modifiers::SHIFT, Key::F5);
    assert_eq!(window.until_ended(), 130);
    assert!(!stands(window.app()));
    window.click("Breakpoint on line 7");
    window.press(Modifiers::NONE, Key::F5);
    assert_eq!(window.until_ended(), 0);
}

#[test]
fn an_edit_of_a_script_that_runs_says_when_it_counts() {
    let folder = Folder::new("debugger-edit");
    let file = folder.file("a.js", SCRIPT);
    let mut window = Window::open(Some(&file));
    let why = "The run keeps the text it began with";
    window.click("Set a breakpoint on line 7");
    window.press(Modifiers::NONE, Key::F5);
    window.until("the breakpoint", stands);
    assert!(window.harness.query_by_label_contains(why).is_none());
    window.harness.get_by_label("Script").focus();
    window.harness.run_steps(2);
    window.type_text("// more");
    window.harness.get_by_label_contains(why);
    window.press(Modifiers::SHIFT, Key::F5);
    window.until_ended();
    window.harness.run_steps(2);
    assert!(window.harness.query_by_label_contains(why).is_none());
}

#[test]
fn the_loop_holds_the_run_when_it_is_asked_to() {
    let folder = Folder::new("debugger-loops");
    let file = folder.file("a.js", SCRIPT);
    let mut window = Window::drawn(Some(&file), [1280.0, 1000.0], Look::Dark);
    window.press(Modifiers::COMMAND, Key::Num9);
    window.click("Kind of callback: any kind");
    window.harness.run_steps(2);
    window.click("timeout");
    window.harness.run_steps(2);
    window.click("Add the loop breakpoint");
    window.harness.get_by_label("Break when a timeout callback starts");
    window.reach("Break when: a callback starts");
    window.click("Break when: a callback starts");
    window.harness.run_steps(2);
    window.click("the program is about to end");
    window.harness.run_steps(2);
    window.reach("Add the loop breakpoint");
    window.click("Add the loop breakpoint");
    window.press(Modifiers::NONE, Key::F5);
    window.until("the timeout", stands);
    assert_eq!(line(window.app()), 7);
    let reason =
        |app: &App| app.running().and_then(|run| run.debugger().paused().map(|paused| paused.reason.clone()));
    assert_eq!(reason(window.app()).as_deref(), Some("Break when a timeout callback starts"));
    window.reach("Remove: Break when a timeout callback starts");
    window.click("Remove: Break when a timeout callback starts");
    window.press(Modifiers::NONE, Key::F5);
    window.until("the end", |app| reason(app).as_deref() == Some("Break when the program is about to end"));
    window.press(Modifiers::NONE, Key::F5);
    assert_eq!(window.until_ended(), 0);
    window.harness.get_by_label("total 42");
}

/// The middle of a character of the code, found by the value that is shown behind its line.
fn in_code(window: &Window, line: &str, character: usize, beside: &str) -> egui::Pos2 {
    let font = egui::FontId::new(loopscope::theme::size::CODE, egui::FontFamily::Monospace);
    let width = window.harness.ctx.fonts_mut(|fonts| fonts.glyph_width(&font, '0'));
    let value = window.harness.get_by_label(beside).rect();
    let left = value.left() - loopscope::theme::size::FAR - width * line.chars().count() as f32;
    egui::pos2(left + width * (character as f32 + 0.5), value.center().y)
}

#[test]
fn values_stand_beside_the_code_and_under_the_pointer() {
    let folder = Folder::new("debugger-inline");
    let file = folder.file("a.js", SCRIPT);
    for look in [Look::Dark, Look::Light] {
        let mut window = Window::drawn(Some(&file), [1280.0, 800.0], look);
        window.click("Set a breakpoint on line 3");
        window.press(Modifiers::NONE, Key::F5);
        window.until("the breakpoint", stands);
        window.sees("Line 2: sum is 42");
        window.harness.get_by_label("Line 2: a is 2");
        window.harness.get_by_label("Line 3: sum is 42");
        assert!(window.harness.query_by_label_contains("Line 6").is_none(), "another function");
        window.picture(&format!("inline-{look:?}"));
        // The frame that called: its own variables.
        window.click("Frame later, a.js:7");
        window.sees("Line 7: basket is { apples: 2, owner: Object, list: Array(3) }");
        let line = "  const total = add(basket.apples, 40);";
        let beside = "Line 7: basket is { apples: 2, owner: Object, list: Array(3) }";
        let at = in_code(&window, line, line.find("apples").unwrap(), beside);
        window.harness.hover_at(at);
        window.sees("basket.apples: 2");
        let at = in_code(&window, line, line.find("basket").unwrap(), beside);
        window.harness.hover_at(at);
        window.sees("basket: { apples: 2, owner: Object, list: Array(3) }");
        window.sees("list: (3) [ 1, 2, 3 ]");
        window.harness.run_steps(4);
        window.picture(&format!("hover-{look:?}"));
        window.press(Modifiers::NONE, Key::Escape);
        assert!(window.harness.query_by_label_contains("owner: {").is_none());
        window.press(Modifiers::NONE, Key::F5);
        assert_eq!(window.until_ended(), 0);
        assert!(window.harness.query_by_label("Line 2: sum is 42").is_none());
    }
}

fn entry(app: &App) -> String {
    let debugger = app.running().unwrap().debugger();
    match debugger.entries().last().and_then(|entry| entry.result.clone()) {
        Some(Ok(shown)) => shown.text,
        Some(Err(text)) => text,
        None => String::new(),
    }
}

#[test]
fn the_console_completes_goes_on_over_lines_and_remembers() {
    let folder = Folder::new("debugger-console");
    let file = folder.file("a.js", SCRIPT);
    for look in [Look::Dark, Look::Light] {
        let mut window = Window::drawn(Some(&file), [1280.0, 800.0], look);
        window.click("Set a breakpoint on line 3");
        window.press(Modifiers::NONE, Key::F5);
        window.until("the breakpoint", stands);
        window.press(Modifiers::COMMAND, Key::J);
        window.click("Evaluate in add");
        window.type_text("bask");
        window.sees("basket variable");
        window.press(Modifiers::NONE, Key::Tab);
        window.type_text(".o");
        window.sees("owner own");
        window.press(Modifiers::NONE, Key::Tab);
        window.type_text(".name.toU");
        window.sees("toUpperCase inherited");
        window.picture(&format!("complete-{look:?}"));
        window.press(Modifiers::NONE, Key::ArrowDown);
        window.press(Modifiers::NONE, Key::Enter);
        window.type_text("()");
        window.sees("= 'ADA'");
        window.press(Modifiers::NONE, Key::Enter);
        window.until("the value", |app| entry(app) == "'ADA'");
        // Open brackets go on; Shift+Enter always does.
        window.type_text("[a, b].map((one) => {");
        window.press(Modifiers::NONE, Key::Enter);
        window.type_text("  return { one };");
        window.press(Modifiers::SHIFT, Key::Enter);
        window.type_text("})");
        window.press(Modifiers::NONE, Key::Enter);
        window.until("the list", |app| entry(app).starts_with("(2) ["));
        window.type_text("{ sum, a }");
        window.press(Modifiers::NONE, Key::Enter);
        window.until("the object", |app| entry(app) == "{ sum: 42, a: 2 }");
        window.click("{ sum: 42, a: 2 }");
        window.sees("[[Prototype]]: Object");
        window.click("Evaluate in add");
        window.type_text("await Promise.resolve(sum * 2)");
        window.press(Modifiers::NONE, Key::Enter);
        window.sees("waits until the run goes on");
        for _ in 0..2 {
            window.press(Modifiers::NONE, Key::ArrowUp);
        }
        window.sees("= { sum: 42, a: 2 }");
        window.picture(&format!("console-{look:?}"));
        window.press(Modifiers::NONE, Key::F5);
        assert_eq!(window.until_ended(), 0);
        assert_eq!(entry(window.app()), "84");
    }
}

#[test]
fn what_is_large_opens_in_parts() {
    let folder = Folder::new("debugger-large");
    let text = "function fill(large, list) {
  for (let i = 0; i < 100000; i++) large['key' + i] = { i };
  for (let i = 0; i < 20500; i++) list.push(i);
  debugger;
}
fill({}, []);
";
    let file = folder.file("a.js", text);
    let mut window = Window::open(Some(&file));
    window.press(Modifiers::NONE, Key::F5);
    window.until("the word", stands);
    window.sees("The statement debugger");
    window.sees_part("large: {");
    let began = std::time::Instant::now();
    click_part(&mut window, "large: {");
    window.sees("[key0 … key9999]");
    click_part(&mut window, "[key0 … key9999]");
    window.sees("[key100 … key199]");
    click_part(&mut window, "[key100 … key199]");
    window.sees("key100: { i: 100 }");
    assert!(began.elapsed().as_secs() < 20, "{:?}", began.elapsed());
    // A property is changed by an expression in the frame.
    window.harness.get_by_label("key100: { i: 100 }").focus();
    window.press(Modifiers::NONE, Key::F2);
    window.sees("New value");
    window.type_text("list.length");
    window.press(Modifiers::NONE, Key::Enter);
    window.sees("key100: 20500");
    // The keyboard goes through the rows, opens and closes.
    window.press(Modifiers::NONE, Key::ArrowDown);
    window.press(Modifiers::NONE, Key::ArrowRight);
    window.sees("i: 101");
    window.press(Modifiers::NONE, Key::ArrowLeft);
    assert!(window.harness.query_by_label("i: 101").is_none());
    window.press(Modifiers::NONE, Key::F5);
    assert_eq!(window.until_ended(), 0);
}

fn click_part(window: &mut Window, text: &str) {
    window.harness.get_all_by_label_contains(text).next().unwrap().click();
    window.harness.run_steps(3);
}

#[test]
fn watches_are_changed_and_removed_with_the_keyboard() {
    let folder = Folder::new("debugger-watch");
    let file = folder.file("a.js", SCRIPT);
    let mut window = Window::open(Some(&file));
    window.click("Set a breakpoint on line 3");
    window.press(Modifiers::NONE, Key::F5);
    window.until("the breakpoint", stands);
    window.click("Watch an expression");
    window.type_text("sum * 2");
    window.press(Modifiers::NONE, Key::Enter);
    window.sees("sum * 2: 84");
    // What a function returns is changed, too.
    window.sees("returns: 42");
    window.harness.get_by_label("returns: 42").focus();
    window.press(Modifiers::NONE, Key::F2);
    window.sees("New value");
    window.type_text("sum + 1");
    window.press(Modifiers::NONE, Key::Enter);
    window.sees("returns: 43");
    window.harness.get_by_label("sum * 2: 84").focus();
    window.press(Modifiers::NONE, Key::F2);
    window.sees("Watched expression");
    window.type_text("(() => { for (;;); })()");
    window.press(Modifiers::NONE, Key::Enter);
    // A watch that does not end is given up; the rest of the window goes on meanwhile.
    window.sees_part("(() => { for (;;); })(): ");
    window.harness.get_all_by_label_contains("for (;;)").next().unwrap().focus();
    window.press(Modifiers::NONE, Key::Delete);
    assert!(window.harness.query_by_label_contains("for (;;)").is_none());
    window.press(Modifiers::NONE, Key::F5);
    assert_eq!(window.until_ended(), 0);
    window.harness.get_by_label("total 43");
}

#[test]
fn the_run_goes_to_where_an_await_resumes_and_a_callback_is_scheduled() {
    let folder = Folder::new("debugger-reach");
    let text = "async function wait() {
  const later = new Promise((done) => setTimeout(done, 1));
  await later;
  return 'there';
}
function begin() {
  setTimeout(function tick() {
    process.stdout.write('tick\\n');
  }, 5);
}
wait().then(begin);
";
    let file = folder.file("a.js", text);
    let mut window = Window::open(Some(&file));
    window.click("Set a breakpoint on line 2");
    window.click("Set a breakpoint on line 8");
    window.press(Modifiers::NONE, Key::F5);
    window.until("the first breakpoint", |app| stands(app) && line(app) == 2);
    window.press(Modifiers::ALT, Key::F10);
    window.until("the await", |app| stands(app) && line(app) >= 3);
    window.harness.get_by_label("The await resumes");
    window.press(Modifiers::NONE, Key::F5);
    window.until("the second breakpoint", |app| stands(app) && line(app) == 8);
    // The callback that runs: where it came from, in another run.
    window.click("Breakpoint on line 2");
    window.press(Modifiers::ALT, Key::F9);
    window.until("where it is scheduled", |app| stands(app) && line(app) == 7);
    window.sees_part("Frame begin, a.js:7");
    window.press(Modifiers::NONE, Key::F5);
    window.until("the second breakpoint", |app| stands(app) && line(app) == 8);
    window.press(Modifiers::NONE, Key::F5);
    assert_eq!(window.until_ended(), 0);
}

#[test]
fn a_breakpoint_in_a_file_that_is_never_loaded_says_so() {
    let folder = Folder::new("debugger-never");
    let other = folder.file("other.js", "console.log('never');\n");
    let file = folder.file("a.js", SCRIPT);
    let mut window = Window::open(Some(&other));
    window.click("Set a breakpoint on line 1");
    *window.answer.lock().unwrap() = Some(file);
    window.app_mut().ask_for(UiCommand::Open);
    window.until("the file", |app| app.document().name() == "a.js");
    window.press(Modifiers::NONE, Key::F5);
    assert_eq!(window.until_ended(), 0);
    window.press(Modifiers::COMMAND, Key::Num9);
    window.sees_part("Breakpoint other.js:1");
    window.sees_part("its file was not loaded in this run");
}

#[test]
fn a_value_under_the_pointer_has_no_effect() {
    let folder = Folder::new("debugger-pure");
    let text = "let count = 0;
const box = { get next() { return ++count; } };
function look(it) {
  return it.next + 0;
}
debugger;
process.stdout.write('next ' + look(box) + '\\n');
";
    let file = folder.file("a.js", text);
    let mut window = Window::open(Some(&file));
    window.click("Set a breakpoint on line 4");
    window.press(Modifiers::NONE, Key::F5);
    window.until("the statement", stands);
    window.press(Modifiers::NONE, Key::F5);
    window.until("the breakpoint", |app| stands(app) && line(app) == 4);
    window.sees_part("Line 3: it is {");
    // What the pointer is on is asked for; the getter would count.
    let text = "  return it.next + 0;";
    let beside = "Line 4: it is { next: [Getter] }";
    window.sees(beside);
    let at = in_code(&window, text, text.find("next").unwrap(), beside);
    window.harness.hover_at(at);
    window.sees("it.next: Not evaluated here: that would change something. The console does it.");
    window.press(Modifiers::NONE, Key::F5);
    assert_eq!(window.until_ended(), 0);
    window.harness.get_by_label("next 1");
}

#[test]
fn a_listener_tells_since_when_it_listens() {
    let folder = Folder::new("debugger-listens");
    let text = "const { EventEmitter } = require('events');
const emitter = new EventEmitter();
function subscribe() {
  emitter.on('go', function heard() {
    debugger;
  });
}
subscribe();
setTimeout(() => emitter.emit('go'), 1);
";
    let file = folder.file("a.js", text);
    let mut window = Window::open(Some(&file));
    window.press(Modifiers::NONE, Key::F5);
    window.until("the statement", stands);
    window.sees("Frame heard, a.js:5");
    window.sees("listens since subscribe, a.js:4");
    window.press(Modifiers::NONE, Key::F5);
    assert_eq!(window.until_ended(), 0);
}

#[test]
fn the_script_that_ran_runs_again_after_the_debugger_went_to_another_file() {
    let folder = Folder::new("debugger-again");
    folder.file("b.js", "debugger;\nconsole.log('from b');\n");
    let file = folder.file("a.js", "console.log('from a');\nrequire('./b.js');\n");
    let mut window = Window::open(Some(&file));
    for _ in 0..2 {
        window.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::F5);
        window.until("the statement in b.js", stands);
        window.sees("b.js");
        window.press(Modifiers::NONE, Key::F5);
        assert_eq!(window.until_ended(), 0);
        window.harness.get_by_label("from a");
        window.harness.get_by_label("from b");
    }
}

/// What a page of the server for debuggers at `url` says; nothing when nobody listens there.
fn listed(url: &str) -> Option<String> {
    use std::io::{Read as _, Write as _};
    let address = url.strip_prefix("ws://")?.split('/').next()?;
    let mut stream = std::net::TcpStream::connect(address).ok()?;
    write!(stream, "GET /json/list HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").ok()?;
    let mut text = String::new();
    stream.read_to_string(&mut text).ok()?;
    Some(text)
}

#[test]
fn a_switch_lets_other_debuggers_attach_while_the_run_goes_on() {
    let folder = Folder::new("debugger-door");
    let file = folder.file("a.js", "setInterval(function tick() {}, 5);\n");
    let mut window = Window::open(Some(&file));
    window.press(Modifiers::COMMAND, Key::Num9);
    window.reach("Let them attach");
    window.click("Let them attach");
    window.harness.get_by_label("at the next run");
    window.press(Modifiers::NONE, Key::F5);
    let url = |app: &App| match app.running()?.debugger().door() {
        loopscope::state::debugger::Door::Open(url) => Some(url),
        _ => None,
    };
    window.until("the door", |app| url(app).is_some());
    let first = url(window.app()).unwrap();
    window.harness.get_by_label(&first);
    assert!(listed(&first).unwrap().contains("a.js"));
    window.click("Let them attach");
    window.until("the closed door", |_| listed(&first).is_none());
    // Once more while it runs, from the menu.
    window.app_mut().ask_for(UiCommand::Attachable);
    window.harness.run_steps(3);
    window.until("the other door", |app| url(app).is_some_and(|url| listed(&url).is_some()));
    let second = url(window.app()).unwrap();
    window.press(Modifiers::SHIFT, Key::F5);
    assert_eq!(window.until_ended(), 130);
    assert_eq!(listed(&second), None, "nobody listens when the run is over");
}

#[test]
fn what_is_copied_is_whole_or_says_why_it_cannot_be() {
    let folder = Folder::new("debugger-copy");
    let text = "const long = 'it is \\n'.repeat(80) + 'the end';\nconst ring = { name: 'r' };\nring.self = ring;\ndebugger;\nlong.at(0);\n";
    let mut window = Window::open(Some(&folder.file("a.js", text)));
    window.press(Modifiers::NONE, Key::F5);
    window.until("the statement", stands);
    let copied = |window: &mut Window, row: &str, entry: &str| {
        window.sees_part(row);
        window.harness.get_by_label_contains(row).scroll_to_me();
        window.harness.run_steps(3);
        window.harness.get_by_label_contains(row).click_secondary();
        window.harness.run_steps(3);
        window.harness.get_all_by_label(entry).next().unwrap().click();
        for _ in 0..200 {
            window.harness.step();
            let commands = &window.harness.output().platform_output.commands;
            let text = commands.iter().find_map(|command| match command {
                egui::OutputCommand::CopyText(text) => Some(text.clone()),
                _ => None,
            });
            if text.is_some()
                || window.harness.query_all_by_label_contains("cannot be copied").next().is_some()
            {
                return text;
            }
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        None
    };
    let whole = copied(&mut window, "long: 'it is", "Copy").unwrap();
    assert!(whole.len() == 80 * 7 + 7 && whole.ends_with("the end"), "{whole}");
    assert_eq!(copied(&mut window, "ring: { name: 'r', self: Object }", "Copy as JSON"), None);
    window.harness.get_by_label_contains("Converting circular structure to JSON");
    window.press(Modifiers::SHIFT, Key::F5);
    window.until_ended();
}

#[test]
fn scripts_that_are_in_no_file_are_shown_as_the_run_has_them() {
    let folder = Folder::new("debugger-made");
    // The original of this one is in its source map only: line for line.
    let original =
        "type Text = string;\nfunction greet(who: Text) {\n  debugger;\n  return who;\n}\ngreet('you');\n";
    let map = format!(
        "{{\"version\":3,\"sources\":[\"lost/greet.ts\"],\"sourcesContent\":[{original:?}],\"mappings\":\";AACA;EACE;EACA;AACF;AACA\"}}"
    );
    folder.file("greet.js.map", &map);
    let built = "'use strict';\nfunction greet(who) {\n  debugger;\n  return who;\n}\ngreet('you');\n//# sourceMappingURL=greet.js.map\n";
    folder.file("greet.js", built);
    let main = "require('./greet.js');\neval('let made = 1;\\\\ndebugger;\\\\nmade += 1;\\\\n//# sourceURL=made.js');\n";
    let file = folder.file("main.js", &main.replace("\\\\", "\\"));
    let mut window = Window::open(Some(&file));
    window.press(Modifiers::NONE, Key::F5);
    window.until("the original", |app| stands(app) && app.document().name() == "greet.ts");
    assert_eq!((line(window.app()), &*window.app().document().text), (3, original));
    window.harness.get_by_label_contains("In no file");
    // A breakpoint there holds.
    window.click("Set a breakpoint on line 4");
    window.press(Modifiers::NONE, Key::F5);
    window.until("the breakpoint", |app| stands(app) && line(app) == 4);
    window.press(Modifiers::NONE, Key::F5);
    window.until("the made script", |app| stands(app) && app.document().name() == "made.js");
    assert_eq!(line(window.app()), 2);
    window.press(Modifiers::NONE, Key::F10);
    window.until("the step", |app| stands(app) && line(app) == 3);
    window.press(Modifiers::NONE, Key::F5);
    assert_eq!(window.until_ended(), 0);
    // The next run is that of the script that ran.
    window.press(Modifiers::NONE, Key::F5);
    window.until("the statement", stands);
    window.press(Modifiers::SHIFT, Key::F5);
    assert_eq!(window.until_ended(), 130);
}

/// Once the run was over, and in its recording, such an original could not be shown any more.
#[test]
fn an_original_that_is_in_no_file_is_shown_when_the_run_is_over_and_in_its_recording() {
    let folder = Folder::new("debugger-original");
    let original = "type Text = string;\nfunction greet(who: Text) {\n  throw new Error(who);\n}\nsetTimeout(() => greet('you'), 1);\n";
    let map = format!(
        "{{\"version\":3,\"sources\":[\"webpack://app/./greet.ts\"],\"sourcesContent\":[{original:?}],\"mappings\":\";AACA;EACE;AACF;AACA\"}}"
    );
    folder.file("greet.js.map", &map);
    let built = "process.on('uncaughtException', () => {});\nfunction greet(who) {\n  throw new Error(who);\n}\nsetTimeout(() => greet('you'), 1);\n//# sourceMappingURL=greet.js.map\n";
    let file = folder.file("greet.js", built);
    let mut window = Window::open(Some(&file));
    window.press(Modifiers::NONE, Key::F5);
    assert_eq!(window.until_ended(), 0);
    window.click("Error: you");
    window.until("the original", |app| app.document().name() == "greet.ts");
    assert_eq!(&*window.app().document().text, original);
    let recording = folder.0.join("a.loopscope");
    *window.answer.lock().unwrap() = Some(recording.clone());
    window.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::R);
    window.until("saving", |_| recording.exists());
    drop(window);
    // What is saved of a recording keeps what that says of the run, and its texts.
    for name in ["greet.js", "greet.js.map"] {
        std::fs::remove_file(folder.0.join(name)).unwrap();
    }
    let again = folder.0.join("b.loopscope");
    for file in [&recording, &again] {
        let mut window = Window::open(Some(file));
        window.until("reading", |app| app.running().is_some_and(|run| run.progress() == Progress::Recorded));
        assert_eq!(window.app().document().name(), "greet.js");
        window.click("Error: you");
        window.until("the original", |app| app.document().name() == "greet.ts");
        *window.answer.lock().unwrap() = Some(again.clone());
        window.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::R);
        window.until("saving", |_| again.exists());
    }
}

/// The time at a breakpoint was counted as the callback's own in the list of what is done and in what is said of it.
#[test]
fn a_callback_in_which_the_run_stood_has_not_run_meanwhile() {
    let folder = Folder::new("debugger-stood");
    let file = folder.file("a.js", "setTimeout(function quick() {\n  debugger;\n}, 1);\n");
    let mut window = Window::open(Some(&file));
    window.press(Modifiers::NONE, Key::F5);
    window.until("the statement", stands);
    let since = std::time::Instant::now();
    window.until("some time", |_| since.elapsed().as_millis() > 1200);
    window.press(Modifiers::NONE, Key::F5);
    assert_eq!(window.until_ended(), 0);
    let found: Vec<_> = window.harness.get_all_by_label_contains("timeout quick").collect();
    let told: Vec<_> = found.iter().filter_map(|node| node.accesskit_node().label()).collect();
    let in_seconds = |text: &String| text.ends_with(" s");
    assert!(told.iter().any(|text| text.ends_with("s")) && !told.iter().any(in_seconds), "{told:?}");
}
