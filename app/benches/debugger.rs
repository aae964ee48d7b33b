//! What debugging costs: `cargo bench -p loopscope --bench debugger`. Prints how long a breakpoint takes from going on to
//! the next hit that is drawn, how long a large object takes to open, and how much slower a script is with the debugger
//! enabled; nothing here passes or fails.
#![allow(clippy::unwrap_used, reason = "what fails here is to end the measurement")]

#[path = "../tests/harness/mod.rs"]
mod harness;

use std::time::{Duration, Instant};

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use harness::{Folder, Window};
use loopscope::app::App;
use loopscope::command::UiCommand;
use loopscope::state::debugger::{Breakpoints, Debugger, Exceptions, Ignored, Wanted};
use loopscope_protocol::Speed;
use loopscope_runtime::options::Options;
use loopscope_runtime::session::{Session, Start};

/// Breakpoints that are hit.
const HITS: usize = 50;

/// Runs of each script with and without the debugger.
const ROUNDS: usize = 5;

/// In which Linux tells the time that a process took, in a second.
const TICKS: u64 = 100;

/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(120);

const HIT: &str = "function hit(at) {
  return at * 2;
}
for (let at = 0; ; at++) hit(at);
";

const LARGE: &str = "function fill(large) {
  for (let i = 0; i < 100000; i++) large['key' + i] = { i, text: 'x' + i };
  debugger;
}
fill({});
";

/// Scripts that are run with and without the debugger.
const SCRIPTS: [(&str, &str); 4] = [
    ("numbers", "function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); } fib(41);"),
    (
        "objects",
        "const all = new Map(); for (let i = 0; i < 9000000; i++) all.set('key' + i % 5000, { i, list: [i, i + 1] });
        JSON.parse(JSON.stringify([...all]));",
    ),
    (
        "awaits",
        "async function one(i) { await null; return i; }
        (async () => { let sum = 0; for (let i = 0; i < 150000; i++) sum += await one(i); })();",
    ),
    (
        "timers",
        "let left = 200000; function next() { if (--left > 0) setImmediate(next); } setImmediate(next);
        let more = 100; function later() { if (--more > 0) setTimeout(later, 0); } later();",
    ),
];

fn stands(app: &App) -> bool {
    app.running().is_some_and(|run| run.debugger().stands_in_code())
}

fn pauses(app: &App) -> u64 {
    app.running().map_or(0, |run| run.debugger().pauses())
}

/// Draws until `done`; how long that took, and the longest frame.
fn until(window: &mut Window, done: impl Fn(&Window) -> bool) -> (Duration, Duration) {
    let (began, mut longest) = (Instant::now(), Duration::ZERO);
    loop {
        let frame = Instant::now();
        window.harness.step();
        longest = longest.max(frame.elapsed());
        if done(window) {
            return (began.elapsed(), longest);
        }
        assert!(began.elapsed() < PATIENCE, "it takes too long");
        // A window sleeps until something happens.
        std::thread::sleep(Duration::from_micros(200));
    }
}

fn told(mut times: Vec<Duration>) -> String {
    times.sort();
    let at = |part: usize| times[(times.len() - 1) * part / 100].as_secs_f64() * 1e3;
    format!("median {:.1} ms, 95 % below {:.1} ms, longest {:.1} ms", at(50), at(95), at(100))
}

fn hits() {
    let folder = Folder::new("bench-hits");
    let file = folder.file("a.js", HIT);
    let mut window = Window::open(Some(&file));
    window.click("Set a breakpoint on line 2");
    window.press(Modifiers::NONE, Key::F5);
    window.until("the breakpoint", stands);
    let (mut lines, mut values) = (Vec::new(), Vec::new());
    for number in 1..=HITS {
        let before = pauses(window.app());
        let began = Instant::now();
        window.app_mut().ask_for(UiCommand::Run);
        until(&mut window, |window| pauses(window.app()) > before && stands(window.app()));
        // The frame in which it is seen.
        window.harness.step();
        lines.push(began.elapsed());
        let value = format!("at: {number}");
        until(&mut window, |window| window.harness.query_by_label(&value).is_some());
        values.push(began.elapsed());
    }
    println!("from going on to the next hit of a breakpoint, line and stack drawn: {}", told(lines));
    println!("    with the values of its variables: {}", told(values));
}

fn large() {
    let folder = Folder::new("bench-large");
    let file = folder.file("a.js", LARGE);
    let mut window = Window::open(Some(&file));
    window.press(Modifiers::NONE, Key::F5);
    window.until("the statement", stands);
    let sees = |part: &'static str| {
        move |window: &Window| window.harness.query_all_by_label_contains(part).next().is_some()
    };
    until(&mut window, sees("large: {"));
    for (click, then) in [
        ("large: {", "[key0 … key9999]"),
        ("[key0 … key9999]", "[key100 … key199]"),
        ("[key100 … key199]", "key100: {"),
    ] {
        window.harness.get_all_by_label_contains(click).next().unwrap().click();
        let (took, longest) = until(&mut window, sees(then));
        println!(
            "100,000 properties, {click} opened: {:.1} ms, longest frame {:.1} ms",
            took.as_secs_f64() * 1e3,
            longest.as_secs_f64() * 1e3
        );
    }
}

/// How much work a script is in a session, its start included.
fn run(file: &str, folder: &str, debugged: bool) -> Duration {
    let start = Start {
        options: Options::file(file, Vec::new()),
        folder: Some(folder.to_owned()),
        paused: false,
        speed: Speed::Full,
        inspect: debugged,
        sampling: 0,
    };
    let before = processor_time();
    let session = Session::start(start).unwrap();
    if debugged {
        let mut debugger = Debugger::begin(&Wanted {
            breakpoints: &Breakpoints::default(),
            functions: &[],
            loops: &[],
            exceptions: Exceptions::Never,
            watches: &[],
            ignored: &Ignored::default(),
            profile: None,
            scheduled: None,
            door: false,
        });
        for request in debugger.take_requests() {
            session.control().inspect(request);
        }
    }
    let inspector = session.inspector().clone();
    let listener = std::thread::Builder::new()
        .name("listener".to_owned())
        .spawn(move || inspector.iter().count())
        .unwrap();
    session.records().iter().for_each(drop);
    assert_eq!(session.finish().unwrap(), 0);
    drop(listener.join());
    processor_time() - before
}

/// Time that the processor worked for this process: other than that on a clock, it does not depend on what else the machine
/// does.
fn processor_time() -> Duration {
    let text = std::fs::read_to_string("/proc/self/stat").unwrap();
    let fields: Vec<&str> = text.rsplit(") ").next().unwrap().split(' ').collect();
    let ticks: u64 = fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap();
    Duration::from_millis(ticks * 1000 / TICKS)
}

fn slower() {
    let folder = Folder::new("bench-slower");
    for (name, text) in SCRIPTS {
        let file = folder.file(&format!("{name}.js"), text).to_string_lossy().into_owned();
        let place = folder.0.to_string_lossy().into_owned();
        let (mut without, mut with) = (Vec::new(), Vec::new());
        run(&file, &place, false);
        for round in 0..ROUNDS {
            // Who goes first changes.
            for debugged in [round % 2 == 0, round % 2 != 0] {
                let times = if debugged { &mut with } else { &mut without };
                times.push(run(&file, &place, debugged));
            }
        }
        // Whatever else the machine does makes runs slower, never faster.
        let least = |times: &[Duration]| times.iter().min().map_or(0.0, |time| time.as_secs_f64() * 1e3);
        let (without, with) = (least(&without), least(&with));
        let more = (with / without - 1.0) * 100.0;
        println!("{name}: {without:.0} ms without the debugger, {with:.0} ms with it enabled ({more:+.1} %)");
    }
}

fn main() {
    loopscope_runtime::program::start_v8(&[]).unwrap();
    let wanted: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with('-')).collect();
    let all: [(&str, fn()); 3] = [("hits", hits), ("large", large), ("slower", slower)];
    for (name, measure) in all {
        if wanted.is_empty() || wanted.iter().any(|one| one == name) {
            measure();
        }
    }
}
