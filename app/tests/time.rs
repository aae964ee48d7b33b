//! What the views of time show at a second look: marks, places and words that stay where they can be read.
#![allow(clippy::unwrap_used, reason = "helpers of tests fail the test as assertions do")]

mod harness;

use egui::{Event, Key, Modifiers, PointerButton, Pos2, Rect, Shape, Vec2};
use egui_kittest::kittest::Queryable as _;
use harness::{Folder, Window};
use loopscope::command::UiCommand;
use loopscope::panel::PanelKind;
use loopscope::state::exporting::Export;
use loopscope::state::run::Progress;
use loopscope::state::timeline::Lane;
use loopscope::state::timeline::axis::AxisMode;

/// A callback far below that blocks the loop while an interval waits, and one that nothing is found about.
fn long_script() -> String {
    let empty = "\n".repeat(90);
    format!(
        "const beat = setInterval(() => {{}}, 10); setImmediate(function beat_on() {{}});\n{empty}\
         setTimeout(function slow() {{ const end = Date.now() + 90; while (Date.now() < end); clearInterval(beat); }}, 5);\n"
    )
}

fn ran(folder: &Folder, script: &str) -> Window {
    let file = folder.file("a.js", script);
    let mut window = Window::open(Some(&file));
    window.click("Run the script");
    assert_eq!(window.until_ended(), 0);
    window
}

fn find(window: &mut Window, text: &str) {
    window.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::Slash);
    window.press(Modifiers::COMMAND, Key::A);
    window.type_text(text);
    window.press(Modifiers::NONE, Key::F3);
}

fn drag(window: &mut Window, from: Pos2, to: Pos2, modifiers: Modifiers) {
    let button = PointerButton::Primary;
    for step in [
        Event::PointerMoved(from),
        Event::PointerButton { pos: from, button, pressed: true, modifiers },
        Event::PointerMoved(from + (to - from) * 0.5),
        Event::PointerMoved(to),
        Event::PointerButton { pos: to, button, pressed: false, modifiers },
    ] {
        window.harness.event_modifiers(step, modifiers);
        window.harness.step();
    }
    window.harness.run_steps(3);
}

/// Words that are drawn, with where they are.
fn words(window: &Window) -> Vec<(String, Rect)> {
    fn collect(shape: &Shape, found: &mut Vec<(String, Rect)>) {
        match shape {
            // An empty one is nowhere.
            Shape::Text(text) if !text.galley.text().is_empty() => {
                found.push((text.galley.text().to_owned(), text.visual_bounding_rect()));
            }
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| collect(shape, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    window.harness.output().shapes.iter().for_each(|clipped| collect(&clipped.shape, &mut found));
    found
}

#[test]
fn a_callback_that_is_selected_brings_its_line_into_view() {
    let folder = Folder::new("selected-line");
    let mut window = ran(&folder, &long_script());
    let is_seen = |window: &Window| window.harness.query_by_label_contains("Finding in line 92: ").is_some();
    window.harness.run_steps(5);
    assert!(!is_seen(&window));
    find(&mut window, "slow");
    window.harness.run_steps(20);
    window.harness.get_by_label_contains("Selected: timeout slow");
    assert!(is_seen(&window), "the line of the selected callback is in view");
}

#[test]
fn a_callback_of_a_recording_that_is_selected_brings_its_line_into_view() {
    let folder = Folder::new("selected-recorded");
    let mut window = ran(&folder, &long_script());
    let recording = folder.0.join("a.loopscope");
    *window.answer.lock().unwrap() = Some(recording.clone());
    window.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::R);
    window.until("saving", |_| recording.exists());
    let mut window = Window::open(Some(&recording));
    window.until("reading", |app| app.running().is_some_and(|run| run.progress() == Progress::Recorded));
    let top = |window: &Window, line: &str| window.harness.query_by_label(line).map(|node| node.rect().top());
    assert_eq!(top(&window, "Line 92"), None);
    find(&mut window, "slow");
    window.harness.run_steps(5);
    let there = top(&window, "Line 92");
    assert!(there.is_some());
    window.sees_part("Finding in line 92: ");
    // What is seen already stays where it is.
    find(&mut window, "beat_on");
    window.harness.run_steps(5);
    let first = top(&window, "Line 1");
    assert!(first.is_some());
    window.press(Modifiers::NONE, Key::F3);
    window.harness.run_steps(5);
    assert_eq!(top(&window, "Line 1"), first);
}

#[test]
fn nothing_moves_when_the_pointer_comes_over_something() {
    let folder = Folder::new("hovered");
    let mut window = ran(&folder, "setTimeout(function late() {}, 1);");
    window.harness.run_steps(60);
    let token = |window: &Window| {
        // The line below the lanes names it, too.
        let tops = window.harness.get_all_by_label_contains("timeout late :1").map(|node| node.rect());
        tops.min_by(|one, other| one.top().total_cmp(&other.top())).unwrap()
    };
    let others = |window: &Window| {
        let at = ["Ready", "timers due", "poll"];
        words(window).into_iter().filter(|(text, _)| at.contains(&text.as_str())).collect::<Vec<_>>()
    };
    let (before, around) = (token(&window), others(&window));
    assert!(around.len() >= 3, "{around:?}");
    window.harness.event(Event::PointerMoved(before.center()));
    window.harness.run_steps(60);
    window.harness.get_by_label_contains("Selected: timeout late");
    assert_eq!((token(&window), others(&window)), (before, around));
}

#[test]
fn no_time_on_the_ruler_is_half_hidden() {
    let folder = Folder::new("ruler");
    let mut window = ran(&folder, &long_script());
    let area = window.harness.get_by_label_contains("Timeline: ").rect();
    for part in 0..40 {
        let at = area.left_top() + Vec2::new(area.width() * (part as f32 + 0.5) / 40.0, area.height() - 4.0);
        for pressed in [true, false] {
            let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
            window.harness.event(Event::PointerMoved(at));
            window.harness.event(Event::PointerButton { pos: at, button, pressed, modifiers });
            window.harness.step();
        }
        window.harness.run_steps(2);
        assert!(window.app().shown_moment().is_some());
        let ruler = Rect::from_min_size(area.min, Vec2::new(area.width(), 22.0));
        let times: Vec<_> =
            words(&window).into_iter().filter(|(_, rect)| ruler.contains(rect.center())).collect();
        assert!(times.len() > 1, "{times:?}");
        for (index, (text, rect)) in times.iter().enumerate() {
            let over = times[index + 1..].iter().find(|(_, other)| other.intersects(*rect));
            assert!(over.is_none(), "{text} lies below {over:?}");
        }
    }
}

#[test]
fn one_who_types_fast_is_led_to_what_is_found() {
    let folder = Folder::new("fast");
    let mut window = ran(&folder, "setTimeout(function late() {}, 1);");
    window.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::Slash);
    // Within one frame: nothing of the run has been looked at yet.
    let key = |pressed| Event::Key {
        key: Key::Enter,
        physical_key: None,
        pressed,
        repeat: false,
        modifiers: Modifiers::NONE,
    };
    let events = [Event::Text("late".to_owned()), key(true), key(false)];
    window.harness.input_mut().events.extend(events);
    window.harness.run_steps(6);
    window.harness.get_by_label("1 of 1");
    window.harness.get_by_label_contains("Selected: timeout late");
}

#[test]
fn the_words_of_notes_do_not_lie_upon_each_other() {
    let folder = Folder::new("notes");
    let mut window = ran(&folder, &long_script());
    let area = window.harness.get_by_label_contains("Timeline: ").rect();
    for part in [0.9, 0.95, 0.999] {
        let at = area.left_top() + Vec2::new(area.width() * part, area.height() - 4.0);
        drag(&mut window, at - Vec2::new(20.0, 0.0), at, Modifiers::NONE);
        window.press(Modifiers::COMMAND, Key::M);
        window.press(Modifiers::COMMAND, Key::A);
        window.type_text("words of a note");
        window.press(Modifiers::NONE, Key::Enter);
    }
    let noted = window.harness.get_all_by_label_contains("words of a note").count();
    assert!(noted > 1, "they are about different moments");
    let shown: Vec<_> = words(&window).into_iter().filter(|(text, _)| text.starts_with("wor")).collect();
    let phases = words(&window).into_iter().find(|(text, _)| text == "phases").unwrap().1;
    for (index, (_, rect)) in shown.iter().enumerate() {
        let over = shown[index + 1..].iter().find(|(_, other)| other.intersects(*rect));
        assert!(over.is_none(), "{rect} lies below {over:?}");
        assert!(rect.bottom() <= phases.top() + 2.0, "{rect} hides the phases beside {phases}");
    }
}

#[test]
fn rows_that_do_not_fit_are_scrolled_with_their_bar() {
    let folder = Folder::new("rows");
    let script = "const fs = require('fs'); for (let i = 0; i < 8; i++) fs.readFile(__filename, () => {});";
    let mut window = ran(&folder, script);
    let bar = window.harness.get_by_label("Rows of the timeline").rect();
    let begins = |window: &Window| words(window).iter().any(|(text, _)| text == "phases");
    assert!(begins(&window));
    drag(&mut window, bar.center(), bar.center() + Vec2::new(0.0, 30.0), Modifiers::NONE);
    assert!(!begins(&window), "the rows below come into view");
    assert_eq!(window.app().shown_moment(), None, "no time is gone to");
    let bar = window.harness.get_by_label("Rows of the timeline").rect();
    drag(&mut window, bar.center(), bar.center() - Vec2::new(0.0, 200.0), Modifiers::NONE);
    assert!(begins(&window));
}

#[test]
fn a_drag_in_the_strip_chooses_a_stretch_while_the_whole_run_is_in_view() {
    let folder = Folder::new("strip");
    let mut window = ran(&folder, "setTimeout(function late() {}, 1);");
    let strip = window.harness.get_by_label("Overview of the run: 100 % is in view").rect();
    let at = |part: f32| Pos2::new(strip.left() + strip.width() * part, strip.center().y);
    drag(&mut window, at(0.5), at(0.25), Modifiers::NONE);
    window.harness.get_by_label("Overview of the run: 25 % is in view");
}

#[test]
fn a_very_short_stretch_is_moved_in_the_strip() {
    let folder = Folder::new("short-stretch");
    let mut window = ran(&folder, "setTimeout(function late() {}, 1);");
    let area = window.harness.get_by_label_contains("Timeline: ").rect();
    let at = |part: f32| area.left_top() + Vec2::new(area.width() * part, area.height() * 0.6);
    for _ in 0..2 {
        drag(&mut window, at(0.5), at(0.6), Modifiers::SHIFT);
    }
    let seen = "Overview of the run: 1 % is in view";
    let strip = window.harness.get_by_label(seen).rect();
    let at = |part: f32| Pos2::new(strip.left() + strip.width() * part, strip.center().y);
    let before = words(&window);
    drag(&mut window, at(0.555), at(0.2), Modifiers::NONE);
    window.harness.get_by_label(seen);
    assert_ne!(words(&window), before, "another stretch is seen");
}

#[test]
fn the_field_for_what_is_looked_for_leaves_room_for_the_buttons_beside_it() {
    let folder = Folder::new("narrow");
    let file = folder.file("a.js", "setTimeout(function late() {}, 1);");
    let mut window = Window::sized(Some(&file), [760.0, 480.0]);
    window.app_mut().ask_for(UiCommand::Run);
    window.harness.run_steps(3);
    assert_eq!(window.until_ended(), 0);
    let field = window.harness.get_by_label("Find in the timeline").rect();
    let button = window.harness.get_by_label_contains("Sample the stack: ").rect();
    assert!(field.right() <= button.left(), "{field} lies below {button}");
}

#[test]
fn what_is_said_of_a_cause_stands_near_to_it() {
    let folder = Folder::new("noted");
    let file = folder.file("a.js", "setTimeout(function late() {}, 1);");
    let mut window = Window::sized(Some(&file), [2560.0, 1440.0]);
    window.click("Run the script");
    assert_eq!(window.until_ended(), 0);
    window.app_mut().ask_for(UiCommand::Show(PanelKind::Why));
    find(&mut window, "late");
    window.harness.run_steps(10);
    let cause = window.harness.get_by_label_contains("main script a.js:1 at a.js:1").rect();
    let note = words(&window).into_iter().find(|(text, _)| text == "at a.js:1").unwrap().1;
    assert!(cause.width() > 900.0, "the panel is wide");
    assert!(note.right() < cause.left() + 640.0, "{note} is far from where {cause} begins");
}

/// In a callback that takes long nothing happens for long: its start was shown wherever one clicked.
#[test]
fn a_click_in_a_long_callback_shows_the_moment_of_the_click() {
    let folder = Folder::new("within");
    let mut window = ran(&folder, &long_script());
    find(&mut window, "slow");
    let (start, ends) = {
        let model = window.app().running().unwrap().model();
        let slow = model.timeline.lane(Lane::Timers);
        slow.iter().map(|(start, end, _)| (start, end)).max_by_key(|(start, end)| end - start).unwrap()
    };
    let lanes = window.harness.get_by_label_contains("Timeline: ").rect();
    let end = window.app().running().unwrap().model().timeline.end as f32 * 1.02;
    let left = lanes.left();
    let at = |time: f32, down: f32| Pos2::new(left + lanes.width() * time / end, lanes.top() + down);
    let middle = (start + (ends - start) / 2) as f32;
    // On its bar on the stack, and beside it, where there is nothing.
    for down in [55.0, lanes.height() - 10.0] {
        let place = at(middle, down);
        drag(&mut window, place, place, Modifiers::NONE);
        let shown = window.app().shown_time().unwrap() as f32;
        assert!((shown - middle).abs() < end / 100.0, "{shown} is not at {middle}");
    }
    window.harness.get_by_label_contains("the cursor is at ");
    let (here, within) = (window.app().shown_moment(), window.app().shown_time());
    // A step goes to the next event and comes back to the one that began this moment.
    window.press(Modifiers::NONE, Key::ArrowRight);
    window.press(Modifiers::NONE, Key::ArrowLeft);
    assert_eq!(window.app().shown_moment(), here);
    assert!(window.app().shown_time() < within);
}

/// The picture was what the screen showed: in a low panel the last rows were missing.
#[test]
fn a_picture_of_the_timeline_has_all_rows_and_the_notes() {
    let folder = Folder::new("png");
    let all_kinds = "const fs = require('fs'); for (let i = 0; i < 4; i++) fs.readFile(__filename, () => {});
        require('net').createServer().listen(0, function () { this.close(); });
        setImmediate(() => process.nextTick(() => Promise.resolve().then(() => process.stdout.write('there\\n'))));
        setTimeout(() => {}, 3);";
    let mut window = ran(&folder, all_kinds);
    let shown = window.harness.get_by_label_contains("Timeline: ").rect();
    let export = |window: &mut Window, name: &str| {
        let path = folder.0.join(name);
        *window.answer.lock().unwrap() = Some(path.clone());
        window.app_mut().ask_for(UiCommand::Export(Export::Png));
        window.until("the picture", |_| path.exists());
        image::open(&path).unwrap().into_rgb8()
    };
    let plain = export(&mut window, "a.png");
    assert!(plain.height() as f32 > shown.height() + 40.0, "{} rows of pixels", plain.height());
    // The row at the bottom says what was written: its mark is there.
    let background = *plain.get_pixel(plain.width() - 3, plain.height() - 3);
    let last_row = plain.height() - 16..plain.height() - 4;
    let drawn = last_row.flat_map(|y| (200..plain.width() - 20).map(move |x| (x, y)));
    assert!(drawn.clone().any(|(x, y)| *plain.get_pixel(x, y) != background), "the last row is empty");
    window.press(Modifiers::NONE, Key::Home);
    window.press(Modifiers::COMMAND, Key::M);
    window.type_text("it begins");
    window.press(Modifiers::NONE, Key::Enter);
    let noted = export(&mut window, "b.png");
    assert!(noted.height() > plain.height(), "notes with words have a row of their own");
}

/// A slow frame may hold the key of a command and the letters that were typed after it.
#[test]
fn what_is_typed_in_the_frame_of_a_command_goes_into_the_field_that_it_opens() {
    let folder = Folder::new("typed");
    let mut window = ran(&folder, "setTimeout(function once() {}, 1)");
    let key =
        |key, modifiers| Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers };
    let text = |text: &str| Event::Text(text.to_owned());
    window.press(Modifiers::NONE, Key::Home);
    let m = key(Key::M, Modifiers::COMMAND);
    for event in [m, key(Key::O, Modifiers::NONE), text("o"), key(Key::K, Modifiers::NONE), text("k")] {
        window.harness.event(event);
    }
    window.harness.step();
    // The next frame comes before the field has the keyboard, too.
    window.harness.event(text("!"));
    window.harness.run_steps(6);
    window.press(Modifiers::NONE, Key::Enter);
    window.harness.get_by_label_contains("Note at 0 ns: ok!");
    let p = key(Key::P, Modifiers::COMMAND | Modifiers::SHIFT);
    for event in [p, text("Find in the timeline"), key(Key::Enter, Modifiers::NONE)] {
        window.harness.event(event);
    }
    window.harness.run_steps(10);
    window.type_text("once");
    window.harness.get_by_label("1 match");
}

#[test]
fn where_events_are_counted_the_cursor_says_its_number() {
    let folder = Folder::new("cursor-number");
    let mut window = ran(&folder, "setTimeout(function late() {}, 1); setImmediate(() => {});");
    window.app_mut().ask_for(UiCommand::Axis(AxisMode::Order));
    window.press(Modifiers::NONE, Key::Home);
    (0..12).for_each(|_| window.press(Modifiers::NONE, Key::ArrowRight));
    window.harness.run_steps(4);
    let shown = words(&window);
    let text = |part: &str| shown.iter().find(|(text, _)| text.starts_with(part));
    let (number, label) = text("№ 12  ·  ").unwrap();
    let (counted, _) = text("Event 12 of ").unwrap();
    // Both say the same time.
    assert_eq!(number.rsplit("·  ").next(), counted.rsplit("at ").next());
    // It stands between the numbers of the ruler that are around it.
    let ruler = shown.iter().filter_map(|(text, at)| {
        let number: u64 = text.strip_prefix("№ ")?.parse().ok()?;
        Some((number, at.left()))
    });
    let wrong: Vec<_> = ruler.filter(|(number, x)| (*number <= 12) != (*x <= label.center().x)).collect();
    assert_eq!(wrong, []);
    window.app_mut().ask_for(UiCommand::Axis(AxisMode::Wall));
    window.harness.run_steps(4);
    assert!(!words(&window).iter().any(|(text, _)| text.starts_with('№')));
}

#[test]
fn a_second_export_runs_beside_the_first() {
    let folder = Folder::new("two-exports");
    let script = "let left = 6; (function next() { if (left--) setImmediate(next); })();";
    let mut window = ran(&folder, script);
    let export = |window: &mut Window, name: &str| {
        let file = folder.0.join(name);
        *window.answer.lock().unwrap() = Some(file.clone());
        window.app_mut().ask_for(UiCommand::Export(Export::Gif));
        window.harness.run_steps(3);
        file
    };
    let (one, two) = (export(&mut window, "one.gif"), export(&mut window, "two.gif"));
    for name in ["Exporting one.gif: ", "Exporting two.gif: "] {
        assert!(words(&window).iter().any(|(text, _)| text.starts_with(name)), "{name}");
    }
    // The same file cannot be written twice at the same time.
    assert_eq!(export(&mut window, "two.gif"), two);
    window.sees_part("two.gif is being written already: wait for that, or cancel it.");
    // Another script is opened and run meanwhile.
    let other = folder.file("b.js", "");
    *window.answer.lock().unwrap() = Some(other);
    window.app_mut().ask_for(UiCommand::Open);
    window.until("opening", |app| app.document().name() == "b.js");
    window.click("Run the script");
    window.harness.get_all_by_label("Cancel").next().unwrap().click();
    window.sees_part("one.gif was not written: the export was cancelled.");
    window.until("the second", |_| two.exists());
    window.sees_part("two.gif.");
    assert_eq!((one.exists(), two.exists()), (false, true));
    let left = std::fs::read_dir(&folder.0).unwrap().filter_map(Result::ok);
    let left: Vec<_> =
        left.map(|entry| entry.file_name()).filter(|name| name.to_string_lossy().contains("gif")).collect();
    assert_eq!(left, ["two.gif"]);
}

#[test]
fn the_flag_of_a_note_hides_no_time() {
    let folder = Folder::new("flags");
    let mut window = ran(&folder, &long_script());
    let area = window.harness.get_by_label_contains("Timeline: ").rect();
    let top = words(&window).into_iter().find(|(text, _)| text == "0 ms").map(|(_, at)| at).unwrap();
    let mut hidden = 0;
    for (text, at) in words(&window) {
        if text.ends_with("ms") && area.contains(at.center()) && (at.top() - top.top()).abs() < 2.0 {
            // Right on a time.
            for pressed in [true, false] {
                let pos = Pos2::new(at.center().x, area.bottom() - 4.0);
                let button = PointerButton::Primary;
                window.harness.event(Event::PointerMoved(pos));
                window.harness.event(Event::PointerButton {
                    pos,
                    button,
                    pressed,
                    modifiers: Modifiers::NONE,
                });
                window.harness.step();
            }
            window.press(Modifiers::COMMAND, Key::M);
            window.press(Modifiers::NONE, Key::Enter);
            hidden += 1;
        }
    }
    assert!(hidden > 2, "{hidden}");
    window.app_mut().ask_for(UiCommand::Live);
    window.harness.run_steps(4);
    let flags: Vec<_> =
        window.harness.get_all_by_label_contains("Note at ").map(|node| node.rect()).collect();
    assert_eq!(flags.len(), hidden);
    let shown = words(&window);
    let under = shown
        .iter()
        .filter(|(text, at)| text.ends_with("ms") && flags.iter().any(|flag| flag.intersects(*at)));
    assert_eq!(under.collect::<Vec<_>>(), Vec::<&(String, Rect)>::new());
}

/// The line was said as if it were one of the file that ran.
#[test]
fn what_another_file_has_scheduled_is_said_to_come_from_there() {
    let folder = Folder::new("scheduled-elsewhere");
    folder.file("b.js", "exports.begin = () => {\n\n  setTimeout(function late() {}, 1);\n};\n");
    let mut window = ran(&folder, "require('./b.js').begin();\nsetTimeout(function own() {}, 2);\n");
    find(&mut window, "late");
    window.sees_part("scheduled by main script a.js in b.js:3");
    find(&mut window, "own");
    window.sees_part("scheduled by main script a.js in line 2");
}
