//! A few small pictures of the window in both themes. `UPDATE_SNAPSHOTS=1` makes them anew.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail the test as assertions do")]

use std::path::{Path, PathBuf};

use crossbeam_channel::{Receiver, bounded};
use egui::{Key, Modifiers, Vec2};
use egui_kittest::kittest::Queryable as _;
use egui_kittest::{Harness, SnapshotOptions};
use loopscope::app::{App, Begin, background};
use loopscope::dialogs::{Answer, Ask, Dialogs};
use loopscope::state::run::Progress;
use loopscope::state::settings::Look;
use loopscope::theme;
use loopscope_protocol::{
    ConsoleStream, Event, EventKind, HandleId, Nanos, OpId, Outcome, Phase, Place, PlaceId, PollTimeout,
    Queue, Record, TaskId, TaskKind, TextId,
};
use loopscope_trace::{Meta, Note, Source, Writer};

/// Differences in colour that no one sees; software renderers differ by processor.
const THRESHOLD: f32 = 2.0;

/// Pixels that may differ more: edges of letters.
const PIXELS: usize = 400;

struct NoDialogs;

impl Dialogs for NoDialogs {
    fn ask(&self, _ask: Ask, _folder: &Path, _wake: Box<dyn Fn() + Send>) -> Receiver<Answer> {
        bounded(0).1
    }
}

fn window(look: Look) -> Harness<'static, Option<App>> {
    window_of(look, None)
}

fn window_of(look: Look, file: Option<PathBuf>) -> Harness<'static, Option<App>> {
    let size = if file.is_some() { Vec2::new(1100.0, 720.0) } else { Vec2::new(900.0, 560.0) };
    let mut begin = Some(Begin {
        file,
        args: Vec::new(),
        run: false,
        settings_file: None,
        examples: None,
        look: Some(look),
        slowness: None,
        sampling: false,
        dialogs: Box::new(NoDialogs),
    });
    let draw = move |ui: &mut egui::Ui, app: &mut Option<App>| {
        let context = ui.ctx().clone();
        let app = app.get_or_insert_with(|| App::new(&context, begin.take().unwrap()));
        app.prepare(&context);
        ui.painter().rect_filled(ui.max_rect(), 0.0, background(ui.visuals()));
        app.draw(ui);
    };
    let mut harness = Harness::builder()
        .with_size(size)
        .with_context_setup(theme::install_fonts)
        .wgpu()
        .build_ui_state(draw, None);
    harness.run_steps(4);
    harness
}

fn compare(mut harness: Harness<'static, Option<App>>, name: &str) {
    let options = SnapshotOptions::new().threshold(THRESHOLD).max_failed_pixels(PIXELS);
    harness.snapshot_options(name, &options);
}

#[test]
fn the_window_at_first_in_dark() {
    compare(window(Look::Dark), "first-dark");
}

#[test]
fn the_window_at_first_in_light() {
    compare(window(Look::Light), "first-light");
}

#[test]
fn the_palette_of_commands() {
    let mut harness = window(Look::Dark);
    harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::P);
    harness.run_steps(6);
    compare(harness, "palette-dark");
}

/// A run that is the same on every machine: a script that blocks its loop, with a thread of the pool and a server.
fn synthetic() -> Vec<Record> {
    let mut records = Vec::new();
    let texts = [
        "/app/demo.js",
        "main",
        "work",
        "tick",
        "load",
        "fs.readFile",
        "/app/data.json",
        "server",
        "127.0.0.1:8080",
    ];
    for (number, text) in (1..).zip(texts.into_iter().chain(["ready\n"])) {
        records.push(Record::Text { id: TextId(number), text: text.into() });
    }
    for (number, line) in (1..).zip([1, 3, 7, 12]) {
        let (script, function) = (TextId(1), TextId(number + 1));
        records
            .push(Record::Place { id: PlaceId(number), place: Place { script, function, line, column: 1 } });
    }
    let mut now = 0;
    let mut event = |after: Nanos, kind| {
        now += after * 1000;
        records.push(Record::Event(Event { at: now, kind }));
    };
    let create = |task, parent, kind, place| EventKind::TaskCreated {
        task: TaskId(task),
        parent: TaskId(parent),
        kind,
        callback: PlaceId(place),
        site: PlaceId(place),
    };
    let ready = |task, queue| EventKind::TaskReady { task: TaskId(task), queue };
    let started = |task| EventKind::TaskStarted { task: TaskId(task) };
    let ended = |task| EventKind::TaskEnded { task: TaskId(task), outcome: Outcome::Returned };
    event(0, create(1, 0, TaskKind::MainScript, 1));
    event(0, ready(1, Queue::Main));
    event(200, started(1));
    let (handle, op) = (HandleId(1), OpId(1));
    event(300, EventKind::HandleOpened { handle, name: TextId(8), target: TextId(9) });
    event(100, create(2, 1, TaskKind::Interval, 3));
    event(0, EventKind::TaskArmed { task: TaskId(2), due: 4_000_000 });
    event(100, create(3, 1, TaskKind::IoCompletion, 4));
    event(0, EventKind::OpStarted { op, task: TaskId(3), name: TextId(6), target: TextId(7) });
    event(50, EventKind::SlotTaken { slot: 0, op });
    event(50, create(4, 1, TaskKind::Immediate, 2));
    event(0, ready(4, Queue::Check));
    event(100, create(5, 1, TaskKind::NextTick, 3));
    event(0, ready(5, Queue::NextTick));
    event(300, ended(1));
    event(0, started(5));
    event(200, ended(5));
    for phase in [Phase::Poll, Phase::Check] {
        event(10, EventKind::PhaseEntered { phase, turn: 1, timeout: PollTimeout::Zero });
        if phase == Phase::Check {
            event(5, started(4));
            let (stream, text) = (ConsoleStream::Stdout, TextId(10));
            event(2000, EventKind::Console { stream, task: TaskId(4), text, place: PlaceId(2) });
            event(100, EventKind::SlotFreed { slot: 0 });
            event(2500, ended(4));
        }
        event(5, EventKind::PhaseLeft { phase });
    }
    for turn in 2..6 {
        event(
            5,
            EventKind::PhaseEntered { phase: Phase::Timers, turn: turn - 1, timeout: PollTimeout::Zero },
        );
        event(0, ready(2, Queue::Timers));
        event(5, started(2));
        event(700, ended(2));
        event(0, EventKind::TaskArmed { task: TaskId(2), due: u64::from(turn) * 5_000_000 });
        event(5, EventKind::PhaseLeft { phase: Phase::Timers });
        event(5, EventKind::PhaseEntered { phase: Phase::Poll, turn, timeout: PollTimeout::Millis(3) });
        if turn == 2 {
            event(5, EventKind::OpCompleted { op, bytes: 4096, error: TextId::NONE });
            event(0, ready(3, Queue::Poll));
            event(5, started(3));
            event(1200, ended(3));
        }
        event(3000, EventKind::PhaseLeft { phase: Phase::Poll });
    }
    records
}

fn recorded(look: Look, name: &str) -> Harness<'static, Option<App>> {
    let file =
        std::env::temp_dir().join(format!("loopscope-snapshot-{name}-{}.loopscope", std::process::id()));
    let meta = Meta { script: vec!["/app/demo.js".to_owned()], ..Meta::default() };
    let mut writer = Writer::new(std::fs::File::create(&file).unwrap(), &meta).unwrap();
    let text = include_str!("../../assets/examples/a-blocked-loop.js").to_owned();
    writer.source(&Source { path: "/app/demo.js".to_owned(), text }).unwrap();
    synthetic().iter().for_each(|record| writer.record(record).unwrap());
    writer.notes(&[Note { moment: 16, at: 1_400_000, text: "here it blocks".to_owned() }]).unwrap();
    writer.finish().unwrap();
    let mut harness = window_of(look, Some(file.clone()));
    let is_read = |app: &App| app.running().is_some_and(|run| run.progress() == Progress::Recorded);
    while !is_read(harness.state().as_ref().unwrap()) {
        harness.step();
    }
    while harness.state().as_ref().unwrap().running().unwrap().findings().is_open() {
        harness.step();
    }
    std::fs::remove_file(file).unwrap();
    harness.run_steps(4);
    harness
}

fn past(look: Look, name: &str) {
    let mut harness = recorded(look, name);
    harness.key_press(Key::Home);
    harness.run_steps(2);
    for _ in 0..3 {
        harness.key_press_modifiers(Modifiers::COMMAND, Key::ArrowRight);
        harness.run_steps(2);
    }
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Num6);
    harness.run_steps(2);
    harness.get_by_label_contains("immediate work :3").click();
    harness.run_steps(60);
    compare(harness, name);
}

#[test]
fn the_past_of_a_recording_in_dark() {
    past(Look::Dark, "past-dark");
}

#[test]
fn the_past_of_a_recording_in_light() {
    past(Look::Light, "past-light");
}

#[test]
fn the_charts_and_findings_of_a_recording() {
    let mut harness = recorded(Look::Dark, "charts");
    for key in [Key::Num7, Key::Num8] {
        harness.key_press_modifiers(Modifiers::COMMAND, key);
        harness.run_steps(3);
    }
    compare(harness, "charts-dark");
}
