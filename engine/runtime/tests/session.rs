//! Watched runs: what comes out, and that commands reach a run wherever it is.
#![allow(clippy::unwrap_used, reason = "helpers of tests fail the test as assertions do")]

use std::time::{Duration, Instant};

use loopscope_protocol::{
    Command, ConsoleStream, EventKind, ExitReason, LoopState, Record, Speed, StepUnit, TaskId, TaskKind,
};
use loopscope_runtime::js;
use loopscope_runtime::options::{Main, Options};
use loopscope_runtime::session::{Session, Start};

/// Longer than any of these runs takes.
const PATIENCE: Duration = Duration::from_secs(20);

fn start(source: &str, paused: bool) -> Session {
    js::initialize(&[]);
    let mut options = Options::file("", Vec::new());
    options.main = Main::Eval { source: source.to_owned(), name: "[eval]", print: false };
    Session::start(Start { options, folder: None, paused, speed: Speed::Full, inspect: false, sampling: 0 })
        .expect("it starts")
}

/// Follows the run until `until` says so of the state, checking the state after every record. False at the end.
fn follow(session: &Session, state: &mut LoopState, mut until: impl FnMut(&LoopState) -> bool) -> bool {
    let deadline = Instant::now() + PATIENCE;
    if until(state) {
        return true;
    }
    while Instant::now() < deadline {
        match session.records().recv_timeout(Duration::from_millis(20)) {
            Ok(batch) => {
                for record in &batch {
                    apply(state, record);
                }
                if until(state) {
                    return true;
                }
            }
            Err(crossbeam_channel::RecvTimeoutError::Timeout) => session.control().request_records(),
            Err(crossbeam_channel::RecvTimeoutError::Disconnected) => return false,
        }
    }
    panic!("the run takes too long; so far: {}", state.why());
}

fn apply(state: &mut LoopState, record: &Record) {
    state.apply(record);
    state.check().unwrap_or_else(|broken| panic!("after {record:?}: {}", broken.0));
    assert_eq!(state.contradictions, 0, "after {record:?}: {:?}", state.first_contradictions);
}

fn end(session: Session, state: &mut LoopState) -> i32 {
    follow(&session, state, |_| false);
    session.finish().expect("the run could start")
}

/// What was seen of the stack in a run: the loop, when, and the functions from the innermost one outwards.
fn sampled(
    source: &str,
    mut watch: impl FnMut(&Session, &LoopState),
) -> (LoopState, Vec<(u16, u64, Vec<String>)>) {
    let session = start(source, false);
    let (mut state, mut seen) = (LoopState::default(), Vec::new());
    loop {
        match session.records().recv_timeout(Duration::from_millis(20)) {
            Ok(batch) => {
                for record in &batch {
                    apply(&mut state, record);
                    let Record::Samples(samples) = record else { continue };
                    assert!(samples.is_sound(), "{samples:?}");
                    for sample in &samples.samples {
                        let mut stack = Vec::new();
                        samples.stack(sample.frame, |place| stack.push(state.names.describe(place)));
                        seen.push((samples.on.0, sample.at, stack));
                    }
                }
                watch(&session, &state);
            }
            Err(crossbeam_channel::RecvTimeoutError::Timeout) => session.control().request_records(),
            Err(crossbeam_channel::RecvTimeoutError::Disconnected) => break,
        }
    }
    session.finish().expect("the run could start");
    (state, seen)
}

#[test]
fn functions_inside_callbacks_are_sampled_when_that_is_asked_for() {
    const SCRIPT: &str = "
        const { Worker, isMainThread } = require('worker_threads');
        function inner(until) { while (Date.now() < until) JSON.stringify([until]); }
        function outer() { inner(Date.now() + 150); }
        setTimeout(function late() { outer(); }, 20);
        new Worker('(' + (() => {
            function theirs(until) { while (Date.now() < until) JSON.stringify([until]); }
            setTimeout(function late() { theirs(Date.now() + 150); }, 20);
        }) + ')()', { eval: true });";
    let (_, none) = sampled(SCRIPT, |_, _| {});
    assert_eq!(none, [], "nobody asked");
    let mut asked = false;
    let (state, seen) = sampled(SCRIPT, |session, _| {
        if !std::mem::replace(&mut asked, true) {
            session.control().sample(500);
        }
    });
    assert!(state.ended.is_some());
    let of = |on: u16, name: &str| {
        let found = seen.iter().filter(|(known, _, stack)| {
            *known == on && stack.iter().any(|function| function.starts_with(name))
        });
        found.collect::<Vec<_>>()
    };
    let inner = of(0, "inner ");
    assert!(!inner.is_empty(), "{seen:?}");
    let outwards = |stack: &[String]| {
        stack.iter().map(|name| name.split(' ').next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert!(
        inner
            .iter()
            .any(|(_, _, stack)| outwards(stack).ends_with(&["inner", "outer", "late"].map(str::to_owned))),
        "{inner:?}"
    );
    assert!(!of(1, "theirs ").is_empty(), "{seen:?}");
    assert!(of(1, "inner ").is_empty() && of(0, "theirs ").is_empty());
}

#[test]
fn a_run_ends_with_everything_told() {
    let session = start(
        "setTimeout(() => {}, 5); setImmediate(() => {}); process.nextTick(() => {}); Promise.resolve().then(() => {});
         const i = setInterval(() => { if (++n === 3) clearInterval(i); }, 1); let n = 0; process.stdout.write('hello\\n');",
        false,
    );
    let mut state = LoopState::default();
    assert_eq!(end(session, &mut state), 0);
    assert_eq!(state.ended.unwrap().reason, ExitReason::NothingLeft);
    for kind in [TaskKind::Timeout, TaskKind::Immediate, TaskKind::NextTick, TaskKind::PromiseReaction] {
        assert!(state.total(kind).started >= 1, "{kind:?}");
    }
    assert_eq!(state.total(TaskKind::Interval).started, 3);
    assert!(state.tasks.is_empty(), "{:?}", state.tasks);
    let line = state.log.lines.front().unwrap();
    assert_eq!(state.names.text(line.text), "hello\n");
}

#[test]
fn stop_ends_a_loop_without_end() {
    let session = start("process.stdout.write('on'); for (;;) {}", false);
    let mut state = LoopState::default();
    assert!(
        follow(&session, &mut state, |state| !state.log.lines.is_empty()),
        "records come during a callback"
    );
    let asked = Instant::now();
    session.control().send(Command::Stop);
    end(session, &mut state);
    assert_eq!(state.ended.unwrap().reason, ExitReason::Stopped);
    assert!(asked.elapsed() < Duration::from_secs(5));
}

#[test]
fn stop_ends_microtasks_without_end() {
    let source = "process.stdout.write('on'); const again = () => Promise.resolve().then(again); again();";
    let session = start(source, false);
    let mut state = LoopState::default();
    assert!(follow(&session, &mut state, |state| !state.log.lines.is_empty()));
    session.control().send(Command::Stop);
    end(session, &mut state);
    assert_eq!(state.ended.unwrap().reason, ExitReason::Stopped);
}

#[test]
fn a_run_can_begin_paused_and_go_on_in_steps() {
    let session = start("setTimeout(function later() {}, 1); process.nextTick(function soon() {});", true);
    let mut state = LoopState::default();
    let mut kinds = Vec::new();
    // A batch may hold both the end of one step and the next stop.
    let mut stopped = TaskId::NONE;
    while follow(&session, &mut state, |state| state.paused.is_some_and(|paused| paused.1 != stopped)) {
        stopped = state.paused.unwrap().1;
        kinds.push(state.tasks[&stopped].kind);
        session.control().send(Command::Step(StepUnit::Task));
    }
    assert_eq!(kinds, [TaskKind::MainScript, TaskKind::NextTick, TaskKind::Timeout]);
    end(session, &mut state);
    assert_eq!(state.ended.unwrap().code, 0);
}

#[test]
fn the_script_s_end_is_not_the_process_s() {
    let session = start("process.on('exit', () => process.stdout.write('bye')); process.exit(7);", false);
    let mut state = LoopState::default();
    assert_eq!(end(session, &mut state), 7);
    assert_eq!(state.ended.unwrap().reason, ExitReason::ProcessExit);
}

#[test]
fn what_a_child_inherits_is_output_of_the_run() {
    let source = "const { spawn, spawnSync } = require('child_process');
        const line = 'cat; echo out; echo err >&2';
        const ran = spawnSync('sh', ['-c', line], { stdio: 'inherit' });
        console.log(ran.status, ran.output);
        const child = spawn('sh', ['-c', line], { stdio: 'inherit' });
        child.on('close', (code) => console.log('closed', code, child.stdout));";
    let session = start(source, false);
    let mut state = LoopState::default();
    let mut written = [String::new(), String::new()];
    let deadline = Instant::now() + PATIENCE;
    while let Ok(batch) = session.records().recv_deadline(deadline) {
        for record in &batch {
            apply(&mut state, record);
            let Record::Event(event) = record else { continue };
            if let EventKind::Console { stream, text, .. } = event.kind {
                written[usize::from(stream == ConsoleStream::Stderr)].push_str(state.names.text(text));
            }
        }
    }
    assert_eq!(session.finish().expect("the run could start"), 0);
    assert_eq!(written[0], "out\n0 [ null, null, null ]\nout\nclosed 0 null\n");
    assert_eq!(written[1], "err\nerr\n");
}

#[test]
fn dropping_a_session_ends_its_run() {
    let session =
        start("setInterval(() => {}, 1); for (let i = 0; ; i++) process.nextTick(() => {});", false);
    let first = session.records().recv_timeout(PATIENCE).unwrap();
    assert!(first.iter().any(
        |record| matches!(record, Record::Event(event) if matches!(event.kind, EventKind::TaskCreated { .. }))
    ));
    drop(session);
}

#[test]
fn the_first_worker_of_every_run_in_a_process_has_the_number_one() {
    let source = "const { Worker } = require('worker_threads');\n\
         const worker = new Worker('', { eval: true });\n\
         console.log('thread ' + worker.threadId);";
    for _ in 0..2 {
        let session = start(source, false);
        let mut state = LoopState::default();
        assert_eq!(end(session, &mut state), 0);
        let written: Vec<_> = state.log.lines.iter().map(|line| state.names.text(line.text)).collect();
        assert_eq!(written, ["thread 1\n"]);
    }
}

/// Errors and functions that were seen on the stack named the bundle, and the texts that it was made from were nowhere.
#[test]
fn what_was_made_from_another_text_is_named_by_that_and_the_text_is_told_first() {
    let folder = std::env::temp_dir().join(format!("loopscope-made-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let original = "type Until = number;\nsetTimeout(function late() {\n  const until: Until = Date.now() + 150;\n  \
        while (Date.now() < until) JSON.stringify([until]);\n  throw new Error('late');\n}, 5);\n";
    let map = serde_json::json!({ "version": 3, "sources": ["webpack://app/./late.ts"],
        "sourcesContent": [original], "mappings": "AACA;AACA;AACA;AACA;AACA" });
    std::fs::write(folder.join("bundle.js.map"), map.to_string()).unwrap();
    let built = "setTimeout(function late() {\n  const until = Date.now() + 150;\n  \
        while (Date.now() < until) JSON.stringify([until]);\n  throw new Error('late');\n}, 5);\n\
        //# sourceMappingURL=bundle.js.map\n";
    let file = folder.join("bundle.js");
    std::fs::write(&file, built).unwrap();
    js::initialize(&[]);
    let options = Options::file(file.to_str().unwrap(), Vec::new());
    let start =
        Start { options, folder: None, paused: false, speed: Speed::Full, inspect: false, sampling: 500 };
    let session = Session::start(start).expect("it starts");
    let (mut state, mut told, mut seen, mut errors) =
        (LoopState::default(), Vec::new(), Vec::new(), Vec::new());
    let at = |state: &LoopState, place| {
        let place = state.names.place(place).unwrap();
        (state.names.text(place.script).to_owned(), place.line)
    };
    while let Ok(batch) = session.records().recv_timeout(PATIENCE) {
        for record in &batch {
            apply(&mut state, record);
            match record {
                Record::Source(source) => told.push((source.path.clone(), source.text == original)),
                Record::Place { id, .. } if at(&state, *id).0.starts_with("webpack:") => {
                    assert_eq!(told.len(), 1, "the text comes before the first place in it");
                }
                Record::Samples(samples) => {
                    let places = samples.frames.iter().map(|frame| frame.place);
                    seen.extend(places.map(|place| state.names.describe(place)));
                }
                Record::Event(event) => {
                    if let EventKind::Exception { place, .. } = event.kind {
                        errors.push(at(&state, place));
                    }
                }
                Record::Text { .. } | Record::Place { .. } => {}
            }
        }
    }
    assert_eq!(session.finish().expect("the run could start"), 1);
    let script = "webpack://app/late.ts".to_owned();
    assert_eq!((told, errors), (vec![(script.clone(), true)], vec![(script, 5)]));
    assert!(seen.iter().any(|function| function == "late late.ts:2"), "{seen:?}");
    std::fs::remove_dir_all(&folder).unwrap();
}
