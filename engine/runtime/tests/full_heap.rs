//! Scripts that fill the heap: the run ends with a message, the process lives on. A program of its own, because the limit
//! of the heap is set for all isolates of a process.

mod watched;

use loopscope_protocol::ExitReason;
use loopscope_runtime::program;
use watched::run;

#[test]
fn a_full_heap_ends_the_run_only() {
    program::start_v8(&["--max-old-space-size=60".to_owned()]).expect("V8 knows the option");
    for source in [
        "const kept = []; for (;;) kept.push(new Array(1000).fill(kept.length + 0.5));",
        "const kept = []; try { for (;;) kept.push({}); } catch {} finally { process.stdout.write('never'); }",
        "const kept = []; (async () => { for (;;) { kept.push(new Array(1000).fill({})); await null; } })();",
        "const kept = []; setInterval(() => { for (let i = 0; i < 1e5; i++) kept.push([i]); }, 0);",
        "let text = 'x'; const kept = []; for (;;) { kept.push(text + kept.length); kept.push([...kept.at(-1)]); text += 'y'; }",
        "const map = new Map(); for (let i = 0; ; i++) map.set(i, { i });",
    ] {
        let watched = run(source);
        assert_eq!(watched.state.ended.map(|end| end.reason), Some(ExitReason::OutOfMemory), "{source}");
        assert_eq!(watched.code, 134);
        assert!(watched.output().contains("JavaScript heap out of memory"), "{}", watched.output());
        assert!(!watched.output().contains("never"));
    }
}
