//! The timeline by its accessible names: finding, measuring, zooming, folding.
#![allow(clippy::unwrap_used, reason = "helpers of tests fail the test as assertions do")]

mod harness;

use egui::{Event, Key, Modifiers, PointerButton, Pos2, Rect, Vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use harness::{Folder, Window};
use loopscope::app::App;
use loopscope::command::UiCommand;
use loopscope::state::comparing::Comparing;
use loopscope::state::exporting::Export;
use loopscope::state::run::Progress;
use loopscope::state::timeline::axis::AxisMode;
use loopscope_protocol::Record;
use loopscope_trace::recording::definitions;
use loopscope_trace::{Past as _, Recording, Writer};

const BUSY: &str = "
const fs = require('fs');
function wait(ms) { const end = process.hrtime.bigint() + BigInt(ms) * 1000000n; while (process.hrtime.bigint() < end); }
setTimeout(function slow() { wait(12); }, 5);
for (let i = 0; i < 6; i++) setImmediate(function quick() {});
fs.readFile(__filename, function read() { process.stdout.write('done\\n'); });
";

/// Saves the run as a recording.
fn save(window: &mut Window, file: &std::path::Path) {
    *window.answer.lock().unwrap() = Some(file.to_owned());
    window.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::R);
    window.until("saving", |_| file.exists());
}

fn ran(folder: &Folder) -> Window {
    let file = folder.file("a.js", BUSY);
    let mut window = Window::open(Some(&file));
    window.click("Run the script");
    assert_eq!(window.until_ended(), 0);
    window
}

#[test]
fn functions_inside_callbacks_lie_below_the_stack_when_it_is_sampled() {
    let folder = Folder::new("sampled");
    let file = folder.file("a.js", &BUSY.replace("wait(12)", "wait(200)"));
    let mut window = Window::open(Some(&file));
    window.app_mut().ask_for(UiCommand::Sample);
    window.sees_part("From the next run on the stack is looked at");
    window.click("Run the script");
    assert_eq!(window.until_ended(), 0);
    window.click("Fold sampled");
    window.click("Unfold sampled");
    find(&mut window, "wait kind:sampled");
    window.harness.run_steps(5);
    window.sees_part("Next match");
    window.harness.run_steps(5);
    assert!(window.harness.query_by_label("nothing fits").is_none(), "it is found");
    window.click("Sample the stack: which functions run inside the callbacks");
    window.click("Run the script");
    assert_eq!(window.until_ended(), 0);
    assert!(window.harness.query_by_label("Fold sampled").is_none(), "nothing is sampled any more");
}

fn find(window: &mut Window, text: &str) {
    window.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::Slash);
    window.press(Modifiers::COMMAND, Key::A);
    window.type_text(text);
}

/// Where the lanes and the ruler are.
fn timeline(window: &Window) -> Rect {
    window.harness.get_by_label_contains("Timeline: ").rect()
}

fn drag(window: &mut Window, from: Pos2, to: Pos2, modifiers: Modifiers) {
    let button =
        |pos, pressed| Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers };
    let steps = [
        Event::PointerMoved(from),
        button(from, true),
        Event::PointerMoved(from + (to - from) * 0.5),
        Event::PointerMoved(to),
        button(to, false),
    ];
    for step in steps {
        if modifiers.shift {
            window.harness.event_modifiers(step, modifiers);
        } else {
            window.harness.event(step);
        }
        window.harness.step();
    }
    window.harness.run_steps(3);
}

#[test]
fn callbacks_are_found_and_jumped_to() {
    let folder = Folder::new("find");
    let mut window = ran(&folder);
    find(&mut window, "quick");
    window.harness.get_by_label("6 matches");
    window.press(Modifiers::NONE, Key::F3);
    window.harness.get_by_label("1 of 6");
    window.press(Modifiers::NONE, Key::F3);
    window.harness.get_by_label("2 of 6");
    window.press(Modifiers::SHIFT, Key::F3);
    window.press(Modifiers::SHIFT, Key::F3);
    window.harness.get_by_label("6 of 6");
    window.harness.get_by_label_contains("Selected: immediate quick");
    find(&mut window, ">10ms kind:timers");
    window.harness.get_by_label("1 match");
    find(&mut window, "op:readFile threw");
    window.harness.get_by_label("nothing fits");
}

#[test]
fn one_looks_for_something_else_after_escape() {
    let folder = Folder::new("find-again");
    let mut window = ran(&folder);
    find(&mut window, "never");
    window.harness.get_by_label("nothing fits");
    window.press(Modifiers::NONE, Key::Escape);
    find(&mut window, "quick");
    window.harness.get_by_label("6 matches");
}

#[test]
fn a_stretch_is_measured_by_dragging_in_the_ruler() {
    let folder = Folder::new("measure");
    let mut window = ran(&folder);
    let area = timeline(&window);
    let at = |part: f32| Pos2::new(area.left() + area.width() * part, area.top() + 8.0);
    drag(&mut window, at(0.001), at(0.999), Modifiers::NONE);
    let node = window.harness.get_by_label_contains("Measured: ");
    let words = node.accesskit_node().value().unwrap();
    assert!(words.contains(" callbacks   ·   ran ") && words.contains("   ·   longest "), "{words}");
    window.click("Stop measuring");
    assert!(window.harness.query_by_label_contains("Measured: ").is_none());
}

#[test]
fn a_stretch_is_measured_with_the_keyboard() {
    let folder = Folder::new("measure-keys");
    let mut window = ran(&folder);
    window.press(Modifiers::NONE, Key::Z);
    window.harness.get_by_label_contains("Nothing is measured");
    window.press(Modifiers::NONE, Key::Home);
    window.press(Modifiers::NONE, Key::M);
    window.press(Modifiers::NONE, Key::End);
    let words = |window: &Window| {
        let sums = window.harness.get_by_label_contains("Measured: ");
        sums.accesskit_node().value().unwrap_or_default()
    };
    let all = words(&window);
    assert!(all.contains("9 callbacks") && all.contains("longest "), "{all}");
    window.press(Modifiers::NONE, Key::M);
    window.press(Modifiers::NONE, Key::Home);
    assert_eq!(words(&window), all, "the stretch is kept");
    window.press(Modifiers::NONE, Key::Z);
    window.press(Modifiers::NONE, Key::Escape);
    assert!(window.harness.query_by_label_contains("Measured: ").is_none());
    window.app_mut().ask_for(UiCommand::Axis(AxisMode::Order));
    window.harness.run_steps(4);
    let is_chosen = |window: &Window| {
        let button = window.harness.get_by_label("Every event is one step wide");
        button.accesskit_node().toggled().is_some_and(|toggled| toggled == egui::accesskit::Toggled::True)
    };
    assert!(is_chosen(&window));
    window.app_mut().ask_for(UiCommand::Axis(AxisMode::Order));
    window.harness.run_steps(4);
    assert!(!is_chosen(&window));
}

#[test]
fn all_views_go_back_in_time_and_return() {
    let folder = Folder::new("scrub");
    let mut window = ran(&folder);
    let number = |window: &Window| window.app().shown_moment();
    let all = window.app().running().unwrap().model().state().events;
    assert_eq!(number(&window), None);
    window.press(Modifiers::NONE, Key::ArrowLeft);
    assert_eq!(number(&window), Some(all - 1));
    window.press(Modifiers::COMMAND, Key::ArrowLeft);
    window.harness.get_by_label_contains("The past: Event ");
    window.press(Modifiers::NONE, Key::Home);
    assert_eq!(number(&window), Some(0));
    assert!(window.harness.query_by_label("done").is_none(), "the console is empty again");
    window.press(Modifiers::COMMAND, Key::ArrowRight);
    assert!(window.harness.get_all_by_label_contains("main script a.js").count() > 0, "it runs again");
    window.press(Modifiers::SHIFT, Key::ArrowRight);
    let before = number(&window).unwrap();
    window.click("Forward one event");
    assert_eq!(number(&window), Some(before + 1));
    window.press(Modifiers::NONE, Key::End);
    assert_eq!(number(&window), Some(all));
    window.harness.get_by_label("done");
    window.click("Back to now");
    assert_eq!(number(&window), None);
}

#[test]
fn dragging_in_the_lanes_goes_through_time() {
    let folder = Folder::new("drag");
    let mut window = ran(&folder);
    let area = timeline(&window);
    let at = |part: f32| area.left_top() + Vec2::new(area.width() * part, area.height() * 0.95);
    // Nearly all of a run may go by before the script begins.
    drag(&mut window, at(0.5), at(0.999), Modifiers::NONE);
    let late = window.app().shown_moment().unwrap();
    drag(&mut window, at(0.5), at(0.01), Modifiers::NONE);
    assert!(window.app().shown_moment().unwrap() < late);
    window.press(Modifiers::NONE, Key::Space);
    window.until("playing", |app| app.shown_moment().is_some_and(|moment| moment > 2));
    window.click("Stop playing the run");
    window.press(Modifiers::COMMAND, Key::End);
    assert_eq!(window.app().shown_moment(), None);
}

#[test]
fn a_run_is_saved_and_opened_again_with_its_notes() {
    let folder = Folder::new("save");
    let mut window = ran(&folder);
    window.press(Modifiers::NONE, Key::Home);
    window.press(Modifiers::COMMAND, Key::ArrowRight);
    let moment = window.app().shown_moment().unwrap();
    window.press(Modifiers::COMMAND, Key::M);
    window.type_text("it begins");
    window.press(Modifiers::NONE, Key::Enter);
    window.harness.get_by_label_contains("it begins");
    let recording = folder.0.join("a.loopscope");
    save(&mut window, &recording);
    let events = window.app().running().unwrap().model().state().events;
    drop(window);

    let mut window = Window::open(Some(&recording));
    window.until("reading", is_read);
    let model = window.app().running().unwrap().model();
    assert_eq!(model.state().events, events);
    assert_eq!(model.timeline.console.len(), 1);
    drop(model);
    assert_eq!(window.app().document().text, BUSY);
    assert!(!window.app().document().editable);
    let copy = folder.0.join("copy.js");
    *window.answer.lock().unwrap() = Some(copy.clone());
    window.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::S);
    assert_eq!(std::fs::read_to_string(&copy).unwrap(), BUSY);
    assert!(window.app().document().editable && window.app().document().name() == "copy.js");
    window.harness.get_by_label_contains("Status: Ended with code 0");
    let flag = window.harness.get_by_label_contains("it begins");
    flag.click();
    window.harness.run_steps(3);
    assert_eq!(window.app().shown_moment(), Some(moment));
    window.harness.get_by_label_contains("The past: Event ");
}

#[test]
fn a_run_is_recorded_while_it_goes_on() {
    let folder = Folder::new("record");
    let file = folder.file("a.js", "setInterval(function tick() {}, 2);");
    let mut window = Window::open(Some(&file));
    let recording = folder.0.join("live.loopscope");
    *window.answer.lock().unwrap() = Some(recording.clone());
    window.click("Run the script");
    window.until("a start", |app| app.running().unwrap().model().state().events > 50);
    window.click("Record the run");
    window.until("recording", |app| app.running().unwrap().is_recording());
    window.until("a file", |_| recording.metadata().is_ok_and(|meta| meta.len() > 2000));
    window.click("Stop recording");
    window.until("the end of the recording", |app| !app.running().unwrap().is_recording());
    let opened = loopscope::state::open::open(&recording).unwrap();
    assert!(opened.complete && opened.past.len() > 50);
    window.click("Record the run");
    window.until("recording", |app| app.running().unwrap().is_recording());
    window.press(Modifiers::SHIFT, Key::F5);
    window.until_ended();
    let events = window.app().running().unwrap().model().state().events;
    let opened = loopscope::state::open::open(&recording).unwrap();
    assert!(opened.complete);
    assert_eq!(opened.past.len(), events);
}

#[test]
fn a_recording_that_ends_in_the_middle_opens_as_far_as_it_goes() {
    let folder = Folder::new("cut");
    let mut window = ran(&folder);
    let recording = folder.0.join("a.loopscope");
    save(&mut window, &recording);
    let bytes = std::fs::read(&recording).unwrap();
    std::fs::write(&recording, &bytes[..bytes.len() - 20]).unwrap();
    window.press(Modifiers::COMMAND, Key::O);
    window.until("reading", is_read);
    window
        .harness
        .get_by_label_contains("The recording was not closed properly, or is still being written: ");
    let model = window.app().running().unwrap().model();
    assert!(model.state().events > 20 && model.timeline.end > 0);
    drop(model);
    let mut garbage = bytes[..bytes.len() - 30].to_vec();
    garbage.resize(garbage.len() + 5000, 0x33);
    std::fs::write(&recording, &garbage).unwrap();
    window.press(Modifiers::COMMAND, Key::O);
    window.until("reading", is_read);
    window.harness.get_by_label_contains("Status: The file breaks at byte ");
    let mut newer = bytes;
    newer[8] = 2;
    std::fs::write(&recording, &newer).unwrap();
    window.press(Modifiers::COMMAND, Key::O);
    window.until("an answer", |app| app.running().is_some());
    window.harness.get_by_label_contains("has format version 2; this program reads up to version 1");
}

#[test]
fn a_recording_with_a_damaged_part_shows_the_rest() {
    let folder = Folder::new("hole");
    let file = folder.file("a.js", "let n = 0; (function tick() { if (++n < 8000) setImmediate(tick); })();");
    let mut window = Window::open(Some(&file));
    window.click("Run the script");
    window.until_ended();
    let recording = folder.0.join("a.loopscope");
    save(&mut window, &recording);
    let mut bytes = std::fs::read(&recording).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 100].fill(0x55);
    std::fs::write(&recording, &bytes).unwrap();
    window.press(Modifiers::COMMAND, Key::O);
    window.until("reading", is_read);
    let model = window.app().running().unwrap().model();
    let shown = model.timeline.lane(loopscope::state::timeline::Lane::Immediates).len();
    assert!((1000..8000).contains(&shown), "{shown} callbacks");
    drop(model);
    window.sees_part("Status: Some of it is missing: events ");
    window.press(Modifiers::NONE, Key::Home);
    window.press(Modifiers::COMMAND, Key::ArrowRight);
    assert!(window.app().shown_moment().is_some());
}

fn is_read(app: &App) -> bool {
    app.running().is_some_and(|run| run.progress() == Progress::Recorded)
}

#[test]
fn a_large_trace_is_read_beside_the_window_and_can_be_given_up() {
    let folder = Folder::new("large");
    // Timers from one number to another.
    let timers = |numbers: std::ops::Range<u32>| {
        let mut trace = String::new();
        for number in numbers {
            let (id, at) = (format!("0x{number:x}"), number * 100);
            let common = r#""pid":1,"tid":1,"cat":"node,node.async_hooks""#;
            let ran = format!(r#""name":"Timeout_CALLBACK","id":"{id}""#);
            trace += &format!(
                "{{{common},\"ts\":{at},\"ph\":\"b\",\"name\":\"Timeout\",\"id\":\"{id}\",\"args\":{{}}}},\n\
                 {{{common},\"ts\":{},\"ph\":\"b\",{ran}}},\n{{{common},\"ts\":{},\"ph\":\"e\",{ran}}},\n",
                at + 10,
                at + 20
            );
        }
        trace
    };
    let trace = |timers: &str| format!("{{\"traceEvents\":[\n{timers}{{}}]}}");
    // More than can be read before the button is clicked.
    let file = folder.file("node_trace.1.log", &trace(&timers(2..4000).repeat(40)));
    let mut window = Window::open(Some(&file));
    assert!(window.app().running().is_none(), "the window did not wait for the trace");
    assert!(window.harness.query_all_by_label_contains("Opening node_trace.1.log: ").next().is_some());
    window.click("Cancel");
    window.harness.get_by_label_contains("node_trace.1.log was not opened.");
    assert!(window.app().running().is_none());
    *window.answer.lock().unwrap() = Some(folder.file("node_trace.1.log", &trace(&timers(2..4000))));
    window.press(Modifiers::COMMAND, Key::O);
    window.until("reading", is_read);
    window.harness.get_by_label_contains("Timeline: 3998 callbacks");
}

#[test]
fn a_large_recording_without_its_end_tells_how_much_is_read_and_can_be_given_up() {
    let folder = Folder::new("endless");
    let mut window = ran(&folder);
    let recording = folder.0.join("a.loopscope");
    save(&mut window, &recording);
    let events = window.app().running().unwrap().model().state().events;
    // Far more than anyone waits for, though it takes no room on the disk: all of it has to be looked through.
    let file = std::fs::OpenOptions::new().write(true).open(&recording).unwrap();
    file.set_len(file.metadata().unwrap().len() - 20).unwrap();
    file.set_len(64 << 30).unwrap();
    window.press(Modifiers::COMMAND, Key::O);
    let progress = "Opening a.loopscope: 0 % of 68.7 GB";
    assert!(window.harness.query_all_by_label_contains(progress).next().is_some());
    window.click("Cancel");
    window.harness.get_by_label_contains("a.loopscope was not opened.");
    let shown = window.app().running().unwrap().model().state().events;
    assert_eq!(shown, events, "the run that was shown still is");
}

#[test]
fn the_timeline_of_a_recording_can_be_left_unfinished() {
    let folder = Folder::new("unfinished");
    let recording = folder.0.join("long.loopscope");
    let mut writer =
        loopscope_trace::Writer::new(std::fs::File::create(&recording).unwrap(), &Default::default())
            .unwrap();
    let beat = |at| loopscope_protocol::EventKind::Heap { used: at, total: at };
    for at in 0..1_000_000 {
        let event = loopscope_protocol::Event { at: at * 1000, kind: beat(at) };
        writer.record(&loopscope_protocol::Record::Event(event)).unwrap();
    }
    writer.finish().unwrap();
    let mut window = Window::open(Some(&recording));
    window.until("opening", |app| app.running().is_some());
    assert!(window.harness.query_all_by_label_contains("Reading long.loopscope: ").next().is_some());
    window.click("Cancel");
    window.until("the end of reading", is_read);
    window.harness.get_by_label_contains("Status: The timeline ends at ");
    window.press(Modifiers::NONE, Key::End);
    window.press(Modifiers::NONE, Key::ArrowLeft);
    assert_eq!(window.app().shown_moment(), Some(999_999), "every moment can be shown");
}

#[test]
fn a_trace_of_node_opens_without_its_scripts() {
    let folder = Folder::new("node");
    let trace = r#"{"traceEvents":[
{"pid":1,"tid":1,"ts":1000,"ph":"b","cat":"node,node.async_hooks","name":"Timeout","id":"0x2","args":{"data":{"executionAsyncId":1,"triggerAsyncId":1}}},
{"pid":1,"tid":1,"ts":3000,"ph":"b","cat":"node,node.async_hooks","name":"Timeout_CALLBACK","id":"0x2","args":{}},
{"pid":1,"tid":1,"ts":3500,"ph":"e","cat":"node,node.async_hooks","name":"Timeout_CALLBACK","id":"0x2","args":{}}
]}"#;
    let file = folder.file("node_trace.1.log", trace);
    let mut window = Window::open(Some(&file));
    window.until("reading", is_read);
    assert_eq!(window.app().document().name(), "node_trace.1.log");
    window.harness.get_by_label_contains("Timeline: 1 callbacks");
    window.click("Run the script");
    window.harness.get_by_label_contains("There is no script to run");
}

#[test]
fn a_recording_that_another_program_changes_is_told_of() {
    let folder = Folder::new("changed");
    let file =
        folder.file("a.js", "let n = 0; (function tick() { if (++n < 20000) setImmediate(tick); })();");
    let mut window = Window::open(Some(&file));
    window.click("Run the script");
    window.until_ended();
    let recording = folder.0.join("a.loopscope");
    save(&mut window, &recording);
    window.press(Modifiers::COMMAND, Key::O);
    window.until("reading", is_read);
    let all = window.app().running().unwrap().model().state().events;
    // In place, as a program that writes it anew does: the window reads from the same file.
    for damage in [0, 1] {
        let changed = std::fs::OpenOptions::new().write(true).open(&recording).unwrap();
        if damage == 0 {
            let whole = changed.metadata().unwrap().len();
            changed.set_len(whole / 10).unwrap();
        } else {
            std::io::Write::write_all(&mut &changed, &[0x55; 4096]).unwrap();
        }
        drop(changed);
        window.press(Modifiers::NONE, Key::Home);
        for _ in 0..12 {
            window.press(Modifiers::SHIFT, Key::ArrowRight);
        }
        window.press(Modifiers::NONE, Key::End);
        window.press(Modifiers::NONE, Key::ArrowLeft);
        window.press(Modifiers::COMMAND, Key::ArrowLeft);
    }
    let middle = timeline(&window).center();
    drag(&mut window, middle, middle + Vec2::new(4.0, 0.0), Modifiers::NONE);
    let model = window.app().running().unwrap().model();
    assert_eq!(model.past().len(), all);
    assert!(model.past().state_at(all / 2).is_err(), "what is gone is not made up");
    drop(model);
    window.harness.get_by_label_contains("cannot be read");
}

#[test]
fn a_run_that_goes_on_is_looked_at_in_its_past() {
    let folder = Folder::new("live");
    let file = folder.file("a.js", "setInterval(function tick() {}, 2);");
    let mut window = Window::open(Some(&file));
    window.click("Run the script");
    let events = |app: &loopscope::app::App| app.running().map_or(0, |run| run.model().state().events);
    window.until("a start", |app| events(app) > 50);
    window.press(Modifiers::COMMAND, Key::ArrowLeft);
    let shown = window.app().shown_moment().unwrap();
    let before = events(window.app());
    window.until("more events", |app| events(app) > before + 50);
    assert_eq!(window.app().shown_moment(), Some(shown), "the view stands still");
    window.press(Modifiers::COMMAND, Key::M);
    window.press(Modifiers::NONE, Key::Enter);
    window.press(Modifiers::NONE, Key::Home);
    window.press(Modifiers::ALT, Key::ArrowRight);
    assert_eq!(window.app().shown_moment(), Some(shown), "back at the note");
    window.click("Back to now");
    assert_eq!(window.app().shown_moment(), None);
    window.press(Modifiers::SHIFT, Key::F5);
    window.until_ended();
}

#[test]
fn keys_of_time_are_left_to_whoever_types() {
    let folder = Folder::new("typing");
    let mut window = ran(&folder);
    window.harness.get_by_label("Script").focus();
    window.harness.run_steps(2);
    for (modifiers, key) in [
        (Modifiers::NONE, Key::ArrowLeft),
        (Modifiers::COMMAND, Key::ArrowRight),
        (Modifiers::NONE, Key::Home),
        (Modifiers::NONE, Key::Space),
        (Modifiers::NONE, Key::OpenBracket),
    ] {
        window.press(modifiers, key);
        assert_eq!(window.app().shown_moment(), None, "{key:?} goes through time");
    }
    window.press(Modifiers::NONE, Key::Escape);
    window.press(Modifiers::NONE, Key::Home);
    assert_eq!(window.app().shown_moment(), Some(0));
}

#[test]
fn a_run_is_played_backwards() {
    let folder = Folder::new("backwards");
    let mut window = ran(&folder);
    let all = window.app().running().unwrap().model().state().events;
    window.press(Modifiers::SHIFT, Key::Space);
    window.until("going back", |app| app.shown_moment().is_some_and(|moment| moment < all - 2));
    window.click("Stop playing the run");
    let here = window.app().shown_moment().unwrap();
    window.harness.run_steps(20);
    assert_eq!(window.app().shown_moment(), Some(here));
    window.click("Play the run backwards");
    window.until("going back", |app| app.shown_moment().is_some_and(|moment| moment < here));
    window.press(Modifiers::NONE, Key::Space);
    let turned = window.app().shown_moment().unwrap();
    window.until("going on", |app| app.shown_moment().is_some_and(|moment| moment > turned));
}

#[test]
fn the_keyboard_alone_goes_through_the_timeline() {
    let folder = Folder::new("keyboard");
    let mut window = ran(&folder);
    window.harness.get_by_label_contains("Timeline: ").focus();
    window.harness.run_steps(2);
    window.press(Modifiers::NONE, Key::ArrowLeft);
    window.press(Modifiers::NONE, Key::ArrowLeft);
    let all = window.app().running().unwrap().model().state().events;
    assert_eq!(window.app().shown_moment(), Some(all - 2));
    window.press(Modifiers::NONE, Key::ArrowUp);
    window.harness.get_by_label("Overview of the run: 80 % is in view").focus();
    window.harness.run_steps(2);
    window.press(Modifiers::NONE, Key::ArrowUp);
    window.harness.get_by_label("Overview of the run: 64 % is in view");
    assert_eq!(window.app().shown_moment(), Some(all - 2), "its arrows move what is seen");
}

#[test]
fn two_runs_are_compared_side_by_side() {
    let folder = Folder::new("compare");
    let first = folder.file("a.js", "setImmediate(function one() {}); console.log('x');");
    let mut window = Window::open(Some(&first));
    window.click("Run the script");
    window.until_ended();
    let recording = folder.0.join("a.loopscope");
    save(&mut window, &recording);
    let second = folder.file("b.js", "setImmediate(function two() {}); console.log('x');");
    *window.answer.lock().unwrap() = Some(second);
    window.press(Modifiers::COMMAND, Key::O);
    window.click("Run the script");
    window.until_ended();
    *window.answer.lock().unwrap() = Some(recording);
    window.app_mut().ask_for(UiCommand::Compare);
    window.until("comparing", |app| {
        !matches!(app.running().unwrap().comparing(), Comparing::None | Comparing::Working)
    });
    window.harness.get_by_label("They differ in one place.");
    window.click("immediate two b.js:1 here, nothing there");
    window.harness.get_by_label_contains("Selected: immediate two");
    window.app_mut().ask_for(UiCommand::Deselect);
    window.harness.run_steps(4);
    assert!(window.harness.query_by_label_contains("Selected: immediate two").is_none());
    // What only the other run did leads to what this one had done before.
    window.click("nothing here, immediate one a.js:1 there");
    window.harness.get_by_label_contains("Selected: immediate two");
}

#[test]
fn a_run_is_exported() {
    let folder = Folder::new("export");
    let mut window = ran(&folder);
    for (what, begins) in [
        (Export::Perfetto, "{"),
        (Export::Chrome, "{"),
        (Export::Profile, "{"),
        (Export::Svg, "<svg"),
        (Export::Page, "<!"),
    ] {
        let file = folder.0.join(format!("out.{}", what.ending()));
        *window.answer.lock().unwrap() = Some(file.clone());
        window.app_mut().ask_for(UiCommand::Export(what));
        window.harness.run_steps(3);
        window.until("the export", |_| file.exists());
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(text.trim_start().to_lowercase().starts_with(begins), "{what:?}: {}", &text[..40]);
        std::fs::remove_file(&file).unwrap();
    }
}

#[test]
fn a_run_that_cannot_be_saved_says_so() {
    let folder = Folder::new("nowhere");
    let mut window = ran(&folder);
    *window.answer.lock().unwrap() = Some(folder.0.join("no such folder/a.loopscope"));
    window.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::R);
    let said = |window: &Window| window.harness.query_by_label_contains("cannot be written").is_some();
    for _ in 0..200 {
        window.harness.step();
        if said(&window) {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    panic!("nothing is said");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_ends_the_recording_and_not_the_run() {
    let folder = Folder::new("full");
    let file = folder.file("a.js", "setInterval(function tick() {}, 2);");
    let mut window = Window::open(Some(&file));
    window.click("Run the script");
    *window.answer.lock().unwrap() = Some("/dev/full".into());
    window.click("Record the run");
    window.until("the failure", |app| !app.running().unwrap().is_recording());
    window.harness.run_steps(3);
    window.harness.get_by_label_contains("cannot be written");
    let events = |app: &loopscope::app::App| app.running().map_or(0, |run| run.model().state().events);
    let before = events(window.app());
    window.until("more events", |app| events(app) > before + 20);
    window.press(Modifiers::SHIFT, Key::F5);
    window.until_ended();
}

/// The window gave up a recording of which a part in the middle was damaged, and said that the rest could be read.
#[test]
fn of_a_recording_that_is_damaged_in_the_middle_the_rest_is_shown() {
    let folder = Folder::new("damaged-anywhere");
    let mut window = ran(&folder);
    let file = folder.0.join("a.loopscope");
    save(&mut window, &file);
    // With as many parts as if it had been written while the run went on.
    let recording = Recording::open(std::fs::File::open(&file).unwrap()).unwrap();
    let mut whole = Vec::new();
    let mut writer = Writer::with_block(&mut whole, recording.meta(), 8).unwrap();
    for record in definitions(&recording).unwrap() {
        writer.record(&record).unwrap();
    }
    recording
        .each(0..recording.len(), &mut |_, event| writer.record(&Record::Event(*event)).unwrap())
        .unwrap();
    writer.finish().unwrap();
    let (mut tried, mut shown) = (0, 0);
    // Wherever it is, behind the names.
    for from in (whole.len() / 3..whole.len() * 4 / 5).step_by(whole.len() / 20) {
        tried += 1;
        let mut bytes = whole.clone();
        bytes[from..from + 6].iter_mut().for_each(|byte| *byte ^= 0x5a);
        let damaged = folder.0.join(format!("damaged-{from}.loopscope"));
        std::fs::write(&damaged, bytes).unwrap();
        *window.answer.lock().unwrap() = Some(damaged.clone());
        window.press(Modifiers::COMMAND, Key::O);
        let is_shown = |app: &App| {
            let recorded = app.running().and_then(|run| run.recorded());
            recorded.is_some_and(|recorded| recorded.file == damaged)
        };
        window.until("opening", is_shown);
        window.until("reading", |app| app.running().is_some_and(|run| run.progress() == Progress::Recorded));
        shown += usize::from(
            window.app().running().unwrap().model().timeline.lanes.iter().any(|lane| !lane.is_empty()),
        );
    }
    assert!(tried > 5 && shown == tried, "{shown} of {tried}");
}

#[test]
fn what_is_no_recording_is_refused_in_words() {
    let folder = Folder::new("damaged");
    let mut window = ran(&folder);
    let damaged = folder.0.join("b.loopscope");
    std::fs::write(&damaged, b"LOOPSCOP but nothing else").unwrap();
    *window.answer.lock().unwrap() = Some(damaged);
    window.press(Modifiers::COMMAND, Key::O);
    assert_eq!(window.app().document().name(), "a.js");
    window.harness.get_by_label_contains("is neither a recording");
}

#[test]
fn a_box_is_zoomed_into_and_the_whole_run_comes_back() {
    let folder = Folder::new("box");
    let mut window = ran(&folder);
    window.harness.get_by_label("Overview of the run: 100 % is in view");
    let area = timeline(&window);
    let at = |part: f32| area.left_top() + Vec2::new(area.width() * part, area.height() * 0.6);
    drag(&mut window, at(0.4), at(0.5), Modifiers::SHIFT);
    window.harness.get_by_label("Overview of the run: 10 % is in view");
    window.click("Show the whole run");
    window.harness.get_by_label("Overview of the run: 100 % is in view");
    for way in ["Every event is one step wide", "Shorten idle times"] {
        window.click(way);
        window.harness.get_by_label("Overview of the run: 100 % is in view");
    }
}

#[test]
fn what_a_trace_of_node_does_not_tell_is_said_to_be_inferred() {
    let folder = Folder::new("inferred");
    let trace = r#"{"traceEvents":[
{"pid":1,"tid":1,"ts":1000,"ph":"b","cat":"node,node.async_hooks","name":"PBKDF2REQUEST","id":"0x2","args":{"data":{"executionAsyncId":1}}},
{"pid":1,"tid":1,"ts":9000,"ph":"b","cat":"node,node.async_hooks","name":"PBKDF2REQUEST_CALLBACK","id":"0x2"},
{"pid":1,"tid":1,"ts":9500,"ph":"e","cat":"node,node.async_hooks","name":"PBKDF2REQUEST_CALLBACK","id":"0x2"}
]}"#;
    let file = folder.file("node_trace.1.log", trace);
    let mut window = Window::open(Some(&file));
    window.until("reading", is_read);
    assert!(window.app().running().unwrap().model().timeline.inferred);
    let area = timeline(&window);
    let mut said = None;
    for row in 0..40 {
        let at = Pos2::new(area.left() + area.width() * 0.3, area.top() + 10.0 * row as f32);
        window.harness.event(Event::PointerMoved(at));
        window.harness.run_steps(40);
        said = said.or(window.harness.query_by_label_contains("its end is inferred").map(|_| row));
    }
    assert!(said.is_some(), "the operation says that its end is inferred");
}
