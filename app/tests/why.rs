//! Why, by its accessible names: causes, waits, verdicts, what keeps the loop alive.
#![allow(clippy::unwrap_used, reason = "helpers of tests fail the test as assertions do")]

mod harness;

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use harness::{Folder, Window};

const CHAIN: &str = "
function wait(ms) { const end = Date.now() + ms; while (Date.now() < end); }
setTimeout(function outer() {
  setImmediate(function inner() { process.nextTick(function last() {}); });
  wait(30);
}, 2);
setTimeout(function late() { new Promise(() => {}).then(function never() {}); }, 5);
";

fn ran(folder: &Folder) -> Window {
    let file = folder.file("a.js", CHAIN);
    let mut window = Window::open(Some(&file));
    window.click("Run the script");
    assert_eq!(window.until_ended(), 0);
    window.press(Modifiers::COMMAND, Key::Num6);
    window
}

/// Selects a callback by finding it in the timeline.
fn select(window: &mut Window, name: &str) {
    window.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::Slash);
    window.press(Modifiers::COMMAND, Key::A);
    window.harness.event(egui::Event::Text(name.to_owned()));
    window.harness.run_steps(3);
    window.press(Modifiers::NONE, Key::F3);
    window.press(Modifiers::NONE, Key::Escape);
}

#[test]
fn a_callback_is_led_back_to_the_main_script() {
    let folder = Folder::new("why");
    let mut window = ran(&folder);
    select(&mut window, "last");
    window.harness.get_by_label("Explained: nextTick last a.js:4");
    window.harness.get_by_label_contains("Its place in the order: Guaranteed");
    window.harness.get_by_label("immediate inner a.js:4 at a.js:4");
    window.harness.get_by_label("timeout outer a.js:3 at a.js:4");
    window.harness.get_by_label_contains("main script a.js:1 at a.js:3");
    window.press(Modifiers::NONE, Key::OpenBracket);
    window.harness.get_by_label("Explained: immediate inner a.js:4");
    window.press(Modifiers::NONE, Key::OpenBracket);
    window.harness.get_by_label("Explained: timeout outer a.js:3");
    window.press(Modifiers::NONE, Key::CloseBracket);
    window.harness.get_by_label("Explained: immediate inner a.js:4");
}

#[test]
fn a_late_timer_names_who_held_the_stack() {
    let folder = Folder::new("late");
    let mut window = ran(&folder);
    select(&mut window, "late");
    window.harness.get_by_label("Explained: timeout late a.js:7");
    window.harness.get_by_label_contains("outer() at a.js:3 held the stack for");
    window.harness.get_by_label_contains("await at");
    window.click("Go to when it was started");
    window.harness.get_by_label_contains("The past: Event ");
    let model = window.app().running().unwrap().model();
    let state = model.past().state_at(window.app().shown_moment().unwrap()).unwrap();
    assert!(state.name_task(state.running().unwrap()).contains("late"));
}

#[test]
fn the_past_tells_what_kept_the_loop_alive() {
    let folder = Folder::new("alive");
    let mut window = ran(&folder);
    window.press(Modifiers::NONE, Key::Home);
    window.press(Modifiers::COMMAND, Key::ArrowRight);
    window.press(Modifiers::COMMAND, Key::ArrowRight);
    window.harness.get_by_label("Why the loop is alive");
    window.harness.get_by_label_contains("timeout late a.js:7 a.js:7, since");
}

#[test]
fn the_charts_are_beside_the_timeline() {
    let folder = Folder::new("charts");
    let mut window = ran(&folder);
    window.press(Modifiers::COMMAND, Key::Num7);
    window.harness.get_by_label_contains("Loop delay: delay");
    window.harness.get_by_label_contains("Utilization: running");
    window.harness.get_by_label_contains("Queues: ready 0");
}

#[test]
fn findings_lead_to_their_place_and_are_silenced() {
    let folder = Folder::new("findings");
    let mut window = ran(&folder);
    window.press(Modifiers::COMMAND, Key::Num8);
    window.until("looking", |app| !app.running().unwrap().findings().list().is_empty());
    let count = window.app().running().unwrap().findings().list().len();
    window.harness.get_by_label("A promise was never settled");
    window.harness.get_by_label_contains("Finding in line 7: ");
    window.click("Silence never-settled");
    assert!(window.harness.query_by_label("A promise was never settled").is_none());
    window.click("Let never-settled speak again");
    window.harness.get_by_label("A promise was never settled");
    assert!(count >= 1);
    let finding = window.app().running().unwrap().findings().list()[0].clone();
    let message = window.harness.get_all_by_role(egui::accesskit::Role::Link).next().unwrap();
    message.click();
    window.harness.run_steps(3);
    assert_eq!(window.app().shown_moment(), Some(finding.moment));
}

/// A script whose promise that is never settled waits in another file.
fn two_files(folder: &Folder) -> std::path::PathBuf {
    folder.file(
        "other.mjs",
        "// A line.\n\nexport async function waits() {\n  await new Promise(() => {});\n}\n",
    );
    folder.file(
        "main.mjs",
        "import { waits } from './other.mjs';\nsetTimeout(function later() { waits(); }, 2);\n",
    )
}

#[test]
fn a_finding_in_another_file_shows_that_file() {
    let folder = Folder::new("finding-elsewhere");
    let file = two_files(&folder);
    let mut window = Window::open(Some(&file));
    window.click("Run the script");
    assert_eq!(window.until_ended(), 0);
    window.press(Modifiers::COMMAND, Key::Num8);
    window.until("looking", |app| !app.running().unwrap().findings().list().is_empty());
    window.harness.get_all_by_role(egui::accesskit::Role::Link).next().unwrap().click();
    window.harness.run_steps(3);
    assert_eq!(window.app().document().name(), "other.mjs");
    assert!(window.app().document().editable, "it is the file");
}

#[test]
fn scripts_of_a_recording_are_shown_as_it_kept_them() {
    let folder = Folder::new("kept-elsewhere");
    let file = two_files(&folder);
    let mut window = Window::open(Some(&file));
    window.click("Run the script");
    assert_eq!(window.until_ended(), 0);
    let recording = folder.0.join("a.loopscope");
    *window.answer.lock().unwrap() = Some(recording.clone());
    window.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::R);
    window.until("saving", |_| recording.exists());
    drop(window);
    folder.file("other.mjs", "export function waits() {}\n");

    let mut window = Window::open(Some(&recording));
    window.until("reading", |app| app.running().is_some_and(|run| run.recorded().is_some()));
    assert_eq!(window.app().document().name(), "main.mjs");
    window.press(Modifiers::COMMAND, Key::Num6);
    window.sees_part("await at waits other.mjs:4");
    window.harness.get_all_by_label_contains("await at waits other.mjs:4").last().unwrap().click();
    window.harness.run_steps(3);
    let document = window.app().document();
    assert!(document.text.contains("await new Promise") && !document.editable, "{}", document.text);
    // What is run is the main script all the same.
    window.press(Modifiers::NONE, Key::F5);
    assert_eq!(window.until_ended(), 0);
    assert_eq!(window.app().document().name(), "main.mjs");
}
