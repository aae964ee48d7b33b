//! What watched runs report fits together, whatever the script does.

mod watched;

use loopscope_protocol::{Drain, EventKind, ExitReason, TaskKind};
use loopscope_runtime::options::Options;
use watched::{follow, run, start_with};

#[derive(Debug, PartialEq, Eq)]
enum Step {
    In(Drain),
    Out(Drain),
    Task(TaskKind),
}

/// Drains and starts of tasks, in order.
fn steps(source: &str) -> Vec<Step> {
    let watched = run(source);
    let mut kinds = std::collections::HashMap::new();
    watched.pick(|kind| match kind {
        EventKind::TaskCreated { task, kind, .. } => {
            kinds.insert(*task, *kind);
            None
        }
        EventKind::TaskStarted { task } => Some(Step::Task(kinds[task])),
        EventKind::DrainEntered { drain } => Some(Step::In(*drain)),
        EventKind::DrainLeft { drain } => Some(Step::Out(*drain)),
        _ => None,
    })
}

#[test]
fn drains_are_reported_where_something_ran() {
    use Drain::{Microtasks, NextTicks};
    use Step::{In, Out, Task};
    assert_eq!(steps("0"), [Task(TaskKind::MainScript)]);
    let source = "process.nextTick(() => {}); queueMicrotask(() => process.nextTick(() => {})); setTimeout(() => {}, 1);";
    assert_eq!(
        steps(source),
        [
            Task(TaskKind::MainScript),
            In(NextTicks),
            Task(TaskKind::NextTick),
            Out(NextTicks),
            In(Microtasks),
            Task(TaskKind::Microtask),
            Out(Microtasks),
            In(NextTicks),
            Task(TaskKind::NextTick),
            Out(NextTicks),
            Task(TaskKind::Timeout),
        ]
    );
    assert_eq!(
        steps("setImmediate(async () => { await null; })"),
        [
            Task(TaskKind::MainScript),
            Task(TaskKind::Immediate),
            In(Microtasks),
            Task(TaskKind::PromiseReaction),
            Out(Microtasks),
        ]
    );
}

#[test]
fn errors_in_every_place_fit() {
    let watched = run("
        let left = 5;
        process.on('uncaughtException', () => { if (--left === 0) process.exit(3); });
        const fail = () => { throw new Error('here'); };
        setTimeout(fail, 1);
        setImmediate(fail);
        process.nextTick(fail);
        process.nextTick(() => queueMicrotask(fail));
        Promise.resolve().then(() => process.nextTick(fail));
        setTimeout(() => {}, 1000);");
    assert_eq!(watched.code, 3);
    let errors = watched.pick(|kind| matches!(kind, EventKind::Exception { .. }).then_some(()));
    assert_eq!(errors.len(), 5);
    // Each belongs to the callback that threw it, also where that has ended with it.
    let kinds: std::collections::HashMap<_, _> = watched
        .pick(|kind| match kind {
            EventKind::TaskCreated { task, kind, .. } => Some((*task, *kind)),
            _ => None,
        })
        .into_iter()
        .collect();
    let mut threw = watched.pick(|kind| match kind {
        EventKind::Exception { task, .. } => Some(kinds.get(task).copied()),
        _ => None,
    });
    threw.sort();
    let [timeout, immediate, tick, microtask] =
        [TaskKind::Timeout, TaskKind::Immediate, TaskKind::NextTick, TaskKind::Microtask].map(Some);
    assert_eq!(threw, [timeout, immediate, tick, tick, microtask]);
}

#[test]
fn the_end_in_the_middle_fits() {
    for source in [
        "process.exit(0)",
        "process.nextTick(() => process.exit(0)); process.nextTick(() => {})",
        "Promise.resolve().then(() => process.exit(0)).then(() => {})",
        "setTimeout(() => { process.nextTick(() => process.exit(0)); }, 1); setInterval(() => {}, 1)",
        "setImmediate(() => { (async () => { await 1; process.exit(0); })(); })",
        "process.on('exit', () => { process.exit(0); })",
    ] {
        assert_eq!(run(source).code, 0, "{source}");
    }
    assert_eq!(run("process.nextTick(() => { throw 1; })").code, 1);
    assert_eq!(run("queueMicrotask(() => { throw 1; })").code, 1);
    assert_eq!(
        run("throw new Error('at once')").state.ended.map(|end| end.reason),
        Some(ExitReason::UncaughtException)
    );
}

#[test]
fn rejections_are_reported_with_the_task_that_made_them() {
    let watched = run("
        process.on('unhandledRejection', () => {});
        setTimeout(async function late() { throw new TypeError('nobody cares'); }, 1);
        Promise.reject(1).catch(() => {});");
    assert_eq!(watched.code, 0);
    let tasks = watched.pick(|kind| match kind {
        EventKind::UnhandledRejection { task, text, .. } => Some((*task, *text)),
        _ => None,
    });
    let [(task, text)] = tasks[..] else { panic!("{tasks:?}") };
    assert_eq!(watched.state.names.text(text), "TypeError: nobody cares");
    let kinds = watched.pick(|kind| match kind {
        EventKind::TaskCreated { task: other, kind, .. } if *other == task => Some(*kind),
        _ => None,
    });
    assert_eq!(kinds, [TaskKind::Timeout]);

    let fatal = run("Promise.reject(new Error('end'))");
    assert_eq!((fatal.code, fatal.state.log.errors), (1, 1));
    assert_eq!(fatal.state.ended.map(|end| end.reason), Some(ExitReason::UnhandledRejection));
}

#[test]
fn operations_on_files_fit() {
    let watched = run("
        const fs = require('fs');
        const file = require('path').join(fs.mkdtempSync(require('os').tmpdir() + '/trace-'), 'x');
        fs.writeFile(file, 'text', () => fs.readFile(file, (error, bytes) => {
          process.stdout.write(bytes);
          fs.stat('/no/such/file', () => process.nextTick(() => fs.rmSync(file)));
        }));
        fs.promises.readFile('/no/such/file').catch(() => {});
        const unread = fs.watch(require('path').dirname(file), () => {});
        setTimeout(() => unread.close(), 30);");
    assert_eq!((watched.code, watched.output().as_str()), (0, "text"));
    let ops = |pick: fn(&EventKind) -> Option<()>| watched.pick(pick).len();
    let started = ops(|kind| matches!(kind, EventKind::OpStarted { .. }).then_some(()));
    assert_eq!(started, 4);
    assert_eq!(ops(|kind| matches!(kind, EventKind::OpCompleted { .. }).then_some(())), started);
    assert_eq!(ops(|kind| matches!(kind, EventKind::SlotTaken { .. }).then_some(())), started);
    assert_eq!((watched.state.io.completed, watched.state.io.failed), (4, 2));
    assert!(
        watched.state.io.handles.is_empty() && watched.state.tasks.is_empty(),
        "{:?}",
        watched.state.tasks
    );
}

#[test]
fn the_size_of_the_heap_is_reported_now_and_then() {
    let watched = run("
        const kept = []; const began = Date.now();
        (function grow() { kept.push(new Array(1000).fill(kept.length)); if (Date.now() - began < 220) setImmediate(grow); })();");
    let sizes = watched.pick(|kind| match kind {
        EventKind::Heap { used, total } => Some((*used, *total)),
        _ => None,
    });
    assert!((2..=6).contains(&sizes.len()), "{sizes:?}");
    assert!(sizes.iter().all(|(used, total)| *used > 0 && used <= total), "{sizes:?}");
}

#[test]
fn the_main_script_has_a_place() {
    let folder = std::env::temp_dir().join(format!("loopscope-trace-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder can be made");
    for (name, source) in
        [("main.js", "setTimeout(function late() {}, 1)"), ("main.mjs", "setTimeout(function late() {}, 1)")]
    {
        let path = folder.join(name);
        std::fs::write(&path, source).expect("the file can be written");
        let path = path.to_string_lossy().into_owned();
        let watched = follow(start_with(Options::file(path.as_str(), Vec::new())), |_, _| {});
        assert_eq!(watched.code, 0);
        let places = watched.pick(|kind| match kind {
            EventKind::TaskCreated { callback, kind: TaskKind::MainScript | TaskKind::Timeout, .. } => {
                let place = watched.state.names.place(*callback).expect("it has a place");
                Some((watched.state.names.text(place.script).to_owned(), place.line))
            }
            _ => None,
        });
        assert_eq!(places, [(path.clone(), 1), (path, 1)]);
    }
    std::fs::remove_dir_all(&folder).expect("the folder can be removed");
}

#[test]
fn signals_of_a_watched_script_reach_only_the_script() {
    let watched = run("
        process.on('SIGINT', (name, number) => {
          process.stdout.write(`${name} ${number}`);
          if (process.listenerCount('SIGINT') === 1) process.removeAllListeners('SIGINT');
          process.kill(process.pid, 'SIGTERM');
        });
        process.kill(process.pid, 'SIGINT');
        process.kill(process.pid, 0);
        setTimeout(() => {}, 10_000);");
    assert_eq!(watched.output(), "SIGINT 2");
    assert_eq!(watched.code, 143);
    let signals = watched
        .pick(|kind| matches!(kind, EventKind::TaskCreated { kind: TaskKind::Signal, .. }).then_some(()));
    assert_eq!(signals.len(), 1);
    assert!(watched.state.io.handles.is_empty());
}

#[test]
fn the_environment_of_a_watched_script_is_its_own() {
    let watched = run(
        "process.env.LOOPSCOPE_TRACE_TEST = 'x'; process.stdout.write(process.env.LOOPSCOPE_TRACE_TEST);",
    );
    assert_eq!(watched.output(), "x");
    assert!(std::env::var_os("LOOPSCOPE_TRACE_TEST").is_none());
}

#[test]
fn to_make_a_stream_that_compresses_is_no_wait_for_an_operation() {
    let watched = run("
        const zlib = require('zlib');
        setTimeout(() => { zlib.createGzip().destroy(); zlib.gzipSync('x'); }, 1);");
    let waited = watched.pick(|kind| match kind {
        EventKind::SyncOp { name, .. } => Some(watched.state.names.text(*name).to_owned()),
        _ => None,
    });
    assert!(!waited.is_empty() && waited.iter().all(|name| name == "zlib"), "{waited:?}");
}

#[test]
fn files_that_are_looked_at_and_read_into_a_buffer_at_once_are_waited_for() {
    let watched = run("
        const fs = require('fs');
        const fd = fs.openSync('/dev/zero');
        setTimeout(() => {
          fs.statSync('/dev');
          fs.lstatSync('/dev');
          fs.fstatSync(fd);
          fs.readSync(fd, Buffer.alloc(8));
          fs.closeSync(fd);
        }, 1);");
    let waited = watched.pick(|kind| match kind {
        EventKind::SyncOp { name, .. } => Some(watched.state.names.text(*name).to_owned()),
        _ => None,
    });
    assert_eq!(waited, ["fs.open", "fs.stat", "fs.lstat", "fs.fstat", "fs.read", "fs.close"]);
}

#[test]
fn an_event_is_told_where_the_script_listens_and_not_where_only_the_runtime_does() {
    let events = |source: &str| {
        let watched = run(source);
        let events = watched
            .pick(|kind| matches!(kind, EventKind::TaskCreated { kind: TaskKind::Event, .. }).then_some(()));
        events.len()
    };
    let worker = "const { Worker } = require('worker_threads'); new Worker(";
    assert_eq!(events(&format!("{worker}'0', {{ eval: true }});")), 0);
    assert_eq!(events(&format!("{worker}'process.on(\"exit\", () => {{}})', {{ eval: true }});")), 1);
    assert_eq!(events("process.on('beforeExit', () => {}); process.on('exit', () => {});"), 2);
}

#[test]
fn a_worker_is_a_handle_from_its_start_to_its_end() {
    let watched = run("
        const { Worker } = require('worker_threads');
        const worker = new Worker('process.exit(0)', { eval: true });
        worker.on('exit', () => {});
    ");
    let opened: Vec<(u64, String)> = watched.pick(|kind| match kind {
        EventKind::HandleOpened { handle, name, target } if watched.state.names.text(*name) == "worker" => {
            Some((handle.0, watched.state.names.text(*target).to_owned()))
        }
        _ => None,
    });
    assert_eq!(opened.len(), 1);
    assert_eq!(opened[0].1, "[worker eval]");
    let closed = watched.pick(|kind| match kind {
        EventKind::HandleClosed { handle } if handle.0 == opened[0].0 => Some(()),
        _ => None,
    });
    assert_eq!(closed.len(), 1);
}

/// Often enough that V8 optimizes the functions and calls the engine directly from them.
const OFTEN: usize = 20_000;

#[test]
fn what_optimized_code_tells_directly_has_its_kind_its_place_and_its_end() {
    let watched = run(&format!(
        "let left = {OFTEN};
        function odd() {{ if (--left > 0) process.nextTick(even); }}
        function even() {{ if (--left > 0) process.nextTick(odd); }}
        async function turns() {{
            for (let i = 0; i < {OFTEN} / 2; i++) {{
                await i;
                await null;
            }}
        }}
        process.nextTick(odd);
        turns();"
    ));
    let line = |place| watched.state.names.place(place).map_or(0, |place| place.line);
    let created = |wanted| {
        watched.pick(|event| match *event {
            EventKind::TaskCreated { task, kind, callback, site, .. } if kind == wanted => {
                Some((task, line(callback), line(site)))
            }
            _ => None,
        })
    };
    let ticks = created(TaskKind::NextTick);
    let expected = |index: usize| match index {
        0 => (2, 10),
        odd if odd % 2 == 1 => (3, 2),
        _ => (2, 3),
    };
    assert_eq!(ticks.len(), OFTEN);
    for (index, &(_, callback, site)) in ticks.iter().enumerate() {
        assert_eq!((callback, site), expected(index), "tick {index}");
    }
    let turns = created(TaskKind::PromiseReaction);
    assert_eq!(turns.len(), OFTEN);
    for (index, &(_, _, site)) in turns.iter().enumerate() {
        assert_eq!(site, 6 + index as u32 % 2, "await {index}");
    }
    // The state was checked after every record: what started was ready. Here nothing is told twice or left out.
    for tasks in [ticks, turns] {
        let mine: std::collections::HashSet<_> = tasks.iter().map(|task| task.0).collect();
        let ready = watched.pick(|event| match event {
            EventKind::TaskReady { task, .. } if mine.contains(task) => Some(*task),
            _ => None,
        });
        let started = watched.pick(|event| match event {
            EventKind::TaskStarted { task } if mine.contains(task) => Some(*task),
            _ => None,
        });
        let ended = watched.pick(|event| match event {
            EventKind::TaskEnded { task, .. } if mine.contains(task) => Some(*task),
            _ => None,
        });
        let tasks: Vec<_> = tasks.iter().map(|task| task.0).collect();
        assert_eq!((ready, started, ended), (tasks.clone(), tasks.clone(), tasks));
    }
}

#[test]
fn a_full_stack_in_the_midst_of_awaits_is_the_scripts_own_matter() {
    let watched = run("
        async function f(n) { return await f(n + 1); }
        f(0).catch((error) => console.log(error instanceof RangeError));
        process.on('uncaughtException', (error) => console.log('uncaught', error.message));
        setTimeout(async () => { await null; console.log('end'); }, 10);");
    let output = watched.output();
    // V8 itself writes that it cannot tell of rejections there.
    assert!(watched.code == 0 && output.ends_with("true\nend\n") && !output.contains("uncaught"), "{output}");
}
