//! Profiles in the window by its accessible names, with real scripts, without a display.
#![allow(clippy::unwrap_used, reason = "helpers of tests fail the test as assertions do")]

mod harness;

use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;
use harness::{Folder, Window};
use loopscope::command::UiCommand;
use loopscope::state::profile::Kind;
use loopscope::state::settings::Look;

const SCRIPT: &str = "function busy(ms) {
  const end = Date.now() + ms;
  let kept = [];
  while (Date.now() < end) kept.push({ at: kept.length });
  return kept.length;
}
function parse() {
  return busy(120);
}
function write() {
  return busy(60);
}
function never() {
  return 'never';
}
globalThis.all = [];
for (let i = 0; i < 20000; i++) all.push({ number: i, text: 'x'.repeat(i % 7) });
parse();
setTimeout(() => {
  write();
  if (process.argv.length > 9) never();
}, 20);
";

fn record(window: &mut Window, kind: Kind) {
    window.app_mut().ask_for(UiCommand::Profile(kind));
    window.harness.run_steps(3);
    assert_eq!(window.until_ended(), 0);
}

#[test]
fn a_profile_of_a_whole_run_is_looked_at_saved_and_opened() {
    let folder = Folder::new("profile-cpu");
    let file = folder.file("a.js", SCRIPT);
    let saved = folder.0.join("a.cpuprofile");
    for look in [Look::Dark, Look::Light] {
        let mut window = Window::drawn(Some(&file), [1280.0, 800.0], look);
        record(&mut window, Kind::Cpu);
        window.sees_part("CPU profile,");
        window.picture(&format!("flame-{look:?}"));
        window.click("Heaviest");
        window.sees_part("busy  a.js:1: ");
        window.harness.get_all_by_label_contains("busy  a.js:1: ").next().unwrap().click();
        window.harness.run_steps(3);
        window.sees_part("parse  a.js:7: ");
        window.picture(&format!("heaviest-{look:?}"));
        window.click("By calls");
        window.sees_part("(anonymous)  a.js:");
        *window.answer.lock().unwrap() = Some(saved.clone());
        window.click("Save the profile…");
        window.sees_part("Saved");
        let text = std::fs::read_to_string(&saved).unwrap();
        assert!(text.contains("\"nodes\"") && text.contains("\"timeDeltas\""));
        *window.answer.lock().unwrap() = Some(saved.clone());
        window.click("Open a profile…");
        window.click("In time");
        window.sees_part("CPU profile,");
    }
}

#[test]
fn allocations_and_coverage_are_told() {
    let folder = Folder::new("profile-lists");
    let file = folder.file("a.js", SCRIPT);
    for look in [Look::Dark, Look::Light] {
        let mut window = Window::drawn(Some(&file), [1280.0, 800.0], look);
        record(&mut window, Kind::Allocations);
        window.sees_part("still in use when the recording ended, by the function");
        window.picture(&format!("allocations-{look:?}"));
        record(&mut window, Kind::Coverage);
        window.sees_part("lines ran");
        window.harness.get_by_label("Line 14 did not run");
        window.sees_part("Line 1 ran");
        window.picture(&format!("coverage-{look:?}"));
    }
}

#[test]
fn a_running_script_is_profiled_and_its_heap_saved() {
    let folder = Folder::new("profile-live");
    let file = folder.file("a.js", "setInterval(function tick() { for (let i = 0; i < 1e5; i++); }, 1);\n");
    let mut window = Window::open(Some(&file));
    window.app_mut().ask_for(UiCommand::Run);
    window.harness.run_steps(3);
    window.until("the start", |app| app.running().is_some_and(|run| run.model().state().events > 50));
    window.app_mut().ask_for(UiCommand::Profile(Kind::Cpu));
    window.harness.run_steps(3);
    window.sees_part("Stop the profile");
    std::thread::sleep(std::time::Duration::from_millis(200));
    window.harness.get_by_role_and_label(Role::Button, "Stop the profile").click();
    window.sees_part("CPU profile,");
    let heap = folder.0.join("a.heapsnapshot");
    *window.answer.lock().unwrap() = Some(heap.clone());
    window.app_mut().ask_for(UiCommand::HeapSnapshot);
    window.sees_part("in use, by the class of the objects");
    window.sees_part("Function: ");
    window.app_mut().ask_for(UiCommand::SaveProfile);
    window.sees_part("Saved");
    assert!(std::fs::read_to_string(&heap).unwrap().starts_with("{\"snapshot\":"));
    window.app_mut().ask_for(UiCommand::Profile(Kind::Coverage));
    window.harness.run_steps(3);
    window.app_mut().ask_for(UiCommand::Profile(Kind::Coverage));
    window.sees_part("Lines that ran");
    window.app_mut().ask_for(UiCommand::OpenProfile);
    window.sees_part("in use, by the class of the objects");
    window.app_mut().ask_for(UiCommand::Stop);
    window.harness.run_steps(3);
    window.until_ended();
}
