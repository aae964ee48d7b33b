//! Scripts that want everything: each ends by itself or can be stopped, and the process lives on.

mod watched;

use std::time::{Duration, Instant};

use loopscope_protocol::{Command, ExitReason};
use watched::{Watched, follow, run, start};

/// Starts a script, stops it as soon as it has written something, and checks how long that took.
fn stop(source: &str) -> Watched {
    let session = start(source);
    let mut asked = None;
    let watched = follow(session, |session, state| {
        if asked.is_none() && !state.log.lines.is_empty() {
            asked = Some(Instant::now());
            session.control().send(Command::Stop);
        }
    });
    let took = asked.expect("it was stopped").elapsed();
    // 100 ms are wanted; the machine may be busy with other tests.
    assert!(took < Duration::from_secs(1), "{source} took {took:?} to stop");
    assert_eq!(watched.state.ended.map(|end| end.reason), Some(ExitReason::Stopped), "{source}");
    watched
}

#[test]
fn whatever_has_no_end_can_be_stopped() {
    for source in [
        "for (;;) {}",
        "for (;;) new Array(1000).fill(1);",
        "let kept = []; for (;;) { kept.push(new Array(1000).fill(kept.length + 0.5)); if (kept.length > 1000) kept = []; }",
        "try { for (;;) {} } finally { for (;;) {} }",
        "const again = () => { queueMicrotask(again); }; again();",
        "(async () => { for (;;) await null; })();",
        "const again = () => { process.nextTick(again); }; again();",
        "const again = () => { process.nextTick(() => queueMicrotask(again)); }; again();",
        "const again = () => { setImmediate(again); }; again();",
        "setInterval(() => {}, 1);",
        "setTimeout(() => {}, 1e9);",
        "/^(a+)+$/.test('a'.repeat(200) + 'b');",
        "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);",
        "[1, 2].sort(() => { for (;;) {} });",
        "process.on('exit', () => { for (;;) {} }); process.exit();",
        "process.on('uncaughtException', () => { for (;;) {} }); throw 1;",
        "new Promise(() => {}).then(); setInterval(() => { for (;;) {} }, 1);",
    ] {
        stop(&format!("process.stdout.write('on'); {source}"));
    }
}

#[test]
fn whatever_waits_for_somebody_else_can_be_stopped() {
    let folder = std::env::temp_dir().join(format!("loopscope-limits-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("there is a folder for the pipe");
    let pipe = folder.join("pipe");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.is_ok_and(|status| status.success()));
    let before = format!(
        "const fs = require('fs'), child = require('child_process'), {{ Worker }} = require('worker_threads');
        const pipe = {pipe:?};
        process.stdout.write('on');"
    );
    for source in [
        "fs.readFileSync(pipe);",
        "try { fs.readFileSync(pipe); } catch { fs.openSync(pipe); } finally { fs.readFileSync(pipe); }",
        "fs.openSync(pipe, 'r');",
        "fs.readSync(fs.openSync(pipe, 'r+'), Buffer.alloc(1));",
        "fs.readFile(pipe, () => {});",
        "fs.readFileSync('/dev/zero');",
        "child.execSync('sleep 1000');",
        "child.spawnSync('sleep', ['1000'], { stdio: 'inherit' });",
        "child.execFileSync('cat', { stdio: [fs.openSync(pipe, 'r+'), 'pipe', 'pipe'] });",
        "new Worker('require(\"fs\").readFileSync(require(\"worker_threads\").workerData)', { eval: true, workerData: pipe });",
        "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1e8);",
    ] {
        stop(&format!("{before} {source}"));
    }
    std::fs::remove_dir_all(&folder).expect("the folder can go");
}

#[test]
fn array_buffers_end_where_the_memory_does() {
    let watched = run("
        for (const make of [() => new ArrayBuffer(2 ** 45), () => new ArrayBuffer(2 ** 53), () => new SharedArrayBuffer(2 ** 45),
          () => { const kept = []; for (;;) kept.push(new ArrayBuffer(2 ** 32)); }]) {
          try { make(); } catch (error) { process.stdout.write(`${error.name}: ${error.message}\\n`); }
        }");
    assert_eq!(
        watched.output(),
        "RangeError: Array buffer allocation failed\nRangeError: Invalid array buffer length\n\
         RangeError: Array buffer allocation failed\nRangeError: Array buffer allocation failed\n"
    );
    assert_eq!(watched.code, 0);
}

#[test]
fn recursion_without_end_is_an_error_like_any_other() {
    let watched = run("
        const deep = () => deep() + 1;
        const nested = (n) => { let value = []; for (let i = 0; i < n; i++) value = [value]; return value; };
        for (const act of [deep, () => new (class A { constructor() { new A(); } })(),
          () => { const proxy = new Proxy({}, { get: () => proxy.x }); proxy.x; }, () => nested(1e6).toString()]) {
          try { act(); } catch (error) { process.stdout.write(`${error.name}: ${error.message}\\n`); }
        }");
    assert_eq!(watched.output(), "RangeError: Maximum call stack size exceeded\n".repeat(4));
    let uncaught = run("(function deep() { deep(); })()");
    assert_eq!(uncaught.code, 1);
    assert!(
        uncaught.output().contains("RangeError: Maximum call stack size exceeded"),
        "{}",
        uncaught.output()
    );
    // Again and again in promise reactions, next ticks and handlers of errors.
    let watched = run("
        let left = 20;
        process.on('uncaughtException', () => { if (--left > 0) process.nextTick(deep); });
        function deep() { deep(); }
        Promise.resolve().then(deep).catch(() => { setTimeout(deep, 1); });");
    assert_eq!(watched.code, 0);
}

#[test]
fn abort_ends_the_run_only() {
    let watched = run(
        "process.on('exit', () => process.stdout.write('never')); process.abort(); process.stdout.write('never');",
    );
    assert_eq!(watched.code, 134);
    assert_eq!(watched.output(), "");
    let killed = run("process.kill(process.pid, 'SIGKILL'); process.stdout.write('never');");
    assert_eq!(killed.code, 137);
    assert_eq!(killed.output(), "");
}
