//! The window by its accessible names, with real scripts, without a display.
#![allow(clippy::unwrap_used, reason = "helpers of tests fail the test as assertions do")]

mod harness;

use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use harness::{Folder, Window};
use loopscope::app::App;
use loopscope::command::UiCommand;
use loopscope_protocol::TaskKind;
use loopscope_protocol::state::LineKind;

const STEPS: &str = "setTimeout(function later() { process.stdout.write('later\\n'); }, 5);
process.nextTick(function soon() {});
Promise.resolve().then(function reaction() {});
";

#[test]
fn a_script_is_run_with_a_click() {
    let folder = Folder::new("run");
    let file = folder.file("a.js", STEPS);
    let mut window = Window::open(Some(&file));
    window.harness.get_by_label_contains("Ready.");
    window.click("Run the script");
    assert_eq!(window.until_ended(), 0);
    window.harness.get_by_label_contains("Status: Ended with code 0");
    window.harness.get_by_label("later");
    window.harness.get_by_label_contains("Timeline: 2 callbacks, 2 next ticks and microtasks");
}

#[test]
fn menus_are_gone_through_with_the_keyboard_and_give_it_back() {
    let folder = Folder::new("menus");
    let file = folder.file("a.js", STEPS);
    let mut window = Window::open(Some(&file));
    window.harness.get_by_label("Script").focus();
    window.harness.run_steps(2);
    let has_focus = |window: &Window, name: &str| {
        let found = window.harness.query_by_label(name);
        found.is_some_and(|node| node.accesskit_node().is_focused())
    };
    let (key, repeat, modifiers) = (Key::T, false, Modifiers::ALT);
    let events = &mut window.harness.input_mut().events;
    events.push(Event::Key { key, physical_key: None, pressed: true, repeat, modifiers });
    events.push(Event::Text("t".to_owned()));
    window.harness.run_steps(4);
    assert!(has_focus(&window, "Back one event"));
    window.press(Modifiers::NONE, Key::ArrowDown);
    window.harness.run_steps(2);
    assert!(has_focus(&window, "Forward one event"));
    window.press(Modifiers::NONE, Key::ArrowLeft);
    window.harness.run_steps(4);
    assert!(window.harness.query_by_label("Back one event").is_none());
    assert!(window.harness.query_by_label("Run, paused at the start").is_some());
    window.press(Modifiers::NONE, Key::Escape);
    window.harness.run_steps(4);
    assert!(window.harness.query_by_label("Run, paused at the start").is_none());
    assert!(has_focus(&window, "Script"));
    assert_eq!(window.app().document().text, STEPS, "the letter was not written");
}

#[test]
fn files_held_over_the_window_are_named() {
    let folder = Folder::new("drop");
    let file = folder.file("b.js", STEPS);
    let mut window = Window::open(None);
    let over = egui::HoveredFile { path: Some(file.clone()), ..egui::HoveredFile::default() };
    window.harness.input_mut().hovered_files.push(over);
    window.harness.run_steps(2);
    window.harness.get_by_label("Drop to open b.js");
    window.harness.input_mut().hovered_files.clear();
    window.harness.run_steps(2);
    assert!(window.harness.query_by_label_contains("Drop to").is_none());
}

#[test]
fn steps_go_from_callback_to_callback() {
    let folder = Folder::new("steps");
    let file = folder.file("a.js", STEPS);
    let mut window = Window::open(Some(&file));
    window.click("Step to the next callback");
    let mut kinds = Vec::new();
    loop {
        let events = |app: &App| app.running().map_or(0, |run| run.model().state().events);
        window.until("the step", |app| {
            let run = app.running().unwrap();
            let model = run.model();
            model.state().paused.is_some() || model.state().ended.is_some()
        });
        if window.app().running().unwrap().model().state().ended.is_some() {
            break;
        }
        kinds.push(window.next_kind());
        let before = events(window.app());
        window.press(Modifiers::NONE, Key::F8);
        window.until("the step", |app| events(app) > before);
    }
    let wanted = [TaskKind::MainScript, TaskKind::NextTick, TaskKind::PromiseReaction, TaskKind::Timeout];
    assert_eq!(kinds, wanted);
}

#[test]
fn a_loop_without_end_is_paused_never_and_stopped_at_once() {
    let folder = Folder::new("stop");
    let file = folder.file("a.js", "process.stdout.write('on\\n');\nfor (;;) {}\n");
    let mut window = Window::open(Some(&file));
    window.press(Modifiers::NONE, Key::F5);
    window.until("the first output", |app| !app.running().unwrap().model().state().log.lines.is_empty());
    assert!(window.harness.get_all_by_label_contains("main script a.js").count() >= 2, "ring and token");
    window.press(Modifiers::SHIFT, Key::F5);
    window.until_ended();
    window.harness.get_by_label_contains("Status: Ended with code 130 because it was stopped");
}

#[test]
fn a_paused_run_goes_on() {
    let folder = Folder::new("pause");
    let file = folder
        .file("a.js", "let n = 0; const i = setInterval(() => { if (++n === 200) clearInterval(i); }, 1);");
    let mut window = Window::open(Some(&file));
    window.click("Run the script");
    window.until("a start", |app| app.running().unwrap().model().state().events > 20);
    window.click("Pause");
    window.until_paused();
    window.harness.get_by_label_contains("is next");
    window.click("Continue");
    assert_eq!(window.until_ended(), 0);
}

#[test]
fn an_error_is_shown_in_code_and_console() {
    let folder = Folder::new("error");
    let file =
        folder.file("a.js", "function fails() {\n  throw new Error('no luck');\n}\nsetTimeout(fails, 1);\n");
    let mut window = Window::open(Some(&file));
    window.click("Run the script");
    assert_eq!(window.until_ended(), 1);
    let model = window.app().running().unwrap().model();
    assert!(model.state().log.lines.iter().any(|line| line.kind == LineKind::Exception));
    drop(model);
    window.harness.get_by_label_contains("Error in line 2");
    window.harness.get_by_label_contains("Status: Ended with code 1 because nobody caught an exception");
}

#[test]
fn files_that_cannot_be_opened_leave_the_text_alone() {
    let folder = Folder::new("open");
    let file = folder.file("a.js", "// mine\n");
    let binary = folder.file("b.js", "\0\0\0");
    let mut window = Window::open(Some(&file));
    for (path, said) in [
        (folder.0.join("none.js"), "does not exist"),
        (folder.0.clone(), "is a folder"),
        (binary, "not a text file"),
    ] {
        *window.answer.lock().unwrap() = Some(path);
        window.press(Modifiers::COMMAND, Key::O);
        window.harness.get_by_label_contains(said);
        assert_eq!(window.app().document().text, "// mine\n");
    }
    let other = folder.file("c.js", "// other\n");
    *window.answer.lock().unwrap() = Some(other);
    window.press(Modifiers::COMMAND, Key::O);
    assert_eq!(window.app().document().text, "// other\n");
}

#[test]
fn edits_are_asked_for_before_they_are_lost() {
    let folder = Folder::new("edits");
    let file = folder.file("a.js", "1;\n");
    let other = folder.file("b.js", "2;\n");
    let mut window = Window::open(Some(&file));
    window.harness.get_by_label("Script").focus();
    window.harness.run_steps(2);
    window.harness.event(Event::Text("0;".to_owned()));
    window.harness.run_steps(2);
    assert!(window.app().document().is_dirty());
    *window.answer.lock().unwrap() = Some(other);
    window.press(Modifiers::COMMAND, Key::O);
    window.click("Cancel");
    assert!(window.app().document().is_dirty());
    window.press(Modifiers::COMMAND, Key::S);
    assert!(!window.app().document().is_dirty());
    assert!(std::fs::read_to_string(&file).unwrap().contains("0;"));
    window.press(Modifiers::COMMAND, Key::O);
    assert_eq!(window.app().document().name(), "b.js");
}

#[test]
fn where_the_system_shows_no_dialog_the_path_is_typed() {
    let folder = Folder::new("prompt");
    let file = folder.file("begin.js", "1;\n");
    let mut window = Window::open(None);
    window.has_no_dialogs.store(true, std::sync::atomic::Ordering::Relaxed);
    let type_path = |window: &mut Window, text: &str| {
        window.press(Modifiers::COMMAND, Key::A);
        window.type_text(text);
    };
    // Enter does nothing while there is no such file, Tab completes.
    window.press(Modifiers::COMMAND, Key::O);
    window.harness.get_by_label("Open a script or a recording");
    type_path(&mut window, &folder.0.join("beg").to_string_lossy());
    window.harness.get_by_label("There is no such file.");
    window.press(Modifiers::NONE, Key::Enter);
    window.press(Modifiers::NONE, Key::Tab);
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!(window.app().document().name(), "begin.js");
    assert!(window.harness.query_by_label("Open a script or a recording").is_none());

    // A text that was never saved is not lost, and nothing is replaced unasked.
    window.app_mut().ask_for(UiCommand::New);
    window.harness.run_steps(3);
    window.harness.get_by_label("Script").focus();
    window.harness.run_steps(2);
    window.type_text("mine;");
    window.press(Modifiers::COMMAND, Key::S);
    type_path(&mut window, &file.to_string_lossy());
    window.press(Modifiers::NONE, Key::Enter);
    window.harness.get_by_label("There is such a file: it will be replaced.");
    type_path(&mut window, &folder.0.join("new.js").to_string_lossy());
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!(std::fs::read_to_string(folder.0.join("new.js")).unwrap(), "mine;");
    assert_eq!(std::fs::read_to_string(file).unwrap(), "1;\n");

    // Escape gives it up.
    window.press(Modifiers::COMMAND, Key::O);
    window.press(Modifiers::NONE, Key::Escape);
    assert!(window.harness.query_by_label("Open a script or a recording").is_none());
}

#[test]
fn commands_are_found_in_the_palette() {
    let mut window = Window::open(None);
    window.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::P);
    window.harness.event(Event::Text("keys".to_owned()));
    window.harness.run_steps(2);
    window.press(Modifiers::NONE, Key::Enter);
    window.harness.get_by_label("Ctrl+Shift+F5");
}

#[test]
fn an_example_is_run_from_the_gallery() {
    let folder = Folder::new("gallery");
    let mut window = Window::open_with(None, Some(&folder.0));
    window.press(Modifiers::COMMAND, Key::E);
    window.click("Run the example Who comes first?");
    assert_eq!(window.app().document().name(), "order-of-queues.js");
    assert_eq!(window.until_ended(), 0);
    window.harness.get_by_label_contains("5. timeout");
    assert!(window.harness.query_by_label("Close the gallery").is_none());
}

#[test]
fn without_a_folder_an_example_says_what_to_do() {
    let mut window = Window::open(None);
    window.press(Modifiers::COMMAND, Key::E);
    window.click("Open the example A blocked loop");
    window.harness.get_by_label_contains("LOOPSCOPE_DATA_DIR");
}
