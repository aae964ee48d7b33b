//! The command line of `loopscope-node`: what it accepts, what it says about mistakes, and its exit codes.
//!
//! Every expectation here holds for Node.js 26 too; `LOOPSCOPE_NODE=…/node cargo test -p loopscope-tests --test cli`
//! checks that.

use std::collections::BTreeMap;
use std::fs;
use std::time::Duration;

use loopscope_tests::normalize::Normalizer;
use loopscope_tests::process::{self, Command, Outcome, RunError, Scratch};
use loopscope_tests::program;

/// A folder with scripts in which the program is run.
struct Folder(Scratch);

impl Folder {
    fn new(files: &[(&str, &[u8])]) -> Self {
        let scratch = Scratch::empty().expect("a folder for the scripts");
        for (name, content) in files {
            let path = scratch.dir().join(name);
            fs::create_dir_all(path.parent().expect("inside of the folder"))
                .expect("a folder for the script");
            fs::write(path, content).expect("a script");
        }
        Self(scratch)
    }

    fn try_run(&self, args: &[&str], stdin: &str, limit: Duration) -> Result<Outcome, RunError> {
        let program = program::loopscope_node().unwrap_or_else(|error| panic!("{error}"));
        let args: Vec<_> = args.iter().map(|&arg| arg.to_owned()).collect();
        let (dir, tmp, env) = (self.0.dir(), self.0.tmp(), BTreeMap::new());
        let command =
            Command { program: &program, args: &args, dir: &dir, tmp: &tmp, env: &env, stdin, limit };
        process::run(&command).map(|outcome| Normalizer::new(&dir, &tmp, &program).outcome(outcome))
    }

    #[track_caller]
    fn run(&self, args: &[&str]) -> Outcome {
        self.try_run(args, "", process::LIMIT).unwrap_or_else(|error| panic!("{error}"))
    }
}

/// Runs the program where there is no script.
#[track_caller]
fn run(args: &[&str]) -> Outcome {
    Folder::new(&[]).run(args)
}

#[track_caller]
fn run_with_stdin(args: &[&str], stdin: &str) -> Outcome {
    Folder::new(&[]).try_run(args, stdin, process::LIMIT).unwrap_or_else(|error| panic!("{error}"))
}

#[track_caller]
fn assert_prints(outcome: &Outcome, stdout: &str) {
    assert_eq!((outcome.stdout.as_str(), outcome.exit), (stdout, 0), "stderr:\n{}", outcome.stderr);
}

#[track_caller]
fn assert_fails(outcome: &Outcome, exit: i32, parts_of_stderr: &[&str]) {
    assert_eq!(outcome.exit, exit, "stdout:\n{}\nstderr:\n{}", outcome.stdout, outcome.stderr);
    for part in parts_of_stderr {
        assert!(outcome.stderr.contains(part), "no {part:?} in:\n{}", outcome.stderr);
    }
}

#[test]
fn version() {
    for option in ["--version", "-v"] {
        let outcome = run(&[option]);
        let version = outcome.stdout.trim_end().strip_prefix("v26.").expect(&outcome.stdout);
        assert!(version.split('.').all(|part| part.parse::<u32>().is_ok()), "{version}");
        assert_eq!((outcome.stderr.as_str(), outcome.exit), ("", 0));
        assert_prints(&run(&["-p", "process.version"]), &outcome.stdout);
    }
}

#[test]
fn help_names_the_options() {
    for option in ["--help", "-h"] {
        let outcome = run(&[option]);
        assert_eq!((outcome.stderr.as_str(), outcome.exit), ("", 0));
        for part in ["Usage: ", "--eval", "--print", "--version", "--require", "--unhandled-rejections"] {
            assert!(outcome.stdout.contains(part), "no {part:?} in:\n{}", outcome.stdout);
        }
    }
}

#[test]
fn missing_file() {
    let outcome = run(&["missing.js"]);
    assert_fails(
        &outcome,
        1,
        &["Error: Cannot find module '<DIR>/missing.js'\n", "code: 'MODULE_NOT_FOUND'"],
    );
}

#[test]
fn folder_without_an_index() {
    let outcome = Folder::new(&[("folder/readme.txt", b"")]).run(&["folder"]);
    assert_fails(&outcome, 1, &["Error: Cannot find module '<DIR>/folder'\n"]);
}

#[test]
fn folder_with_an_index() {
    let folder = Folder::new(&[("folder/index.js", b"console.log(__filename)")]);
    assert_prints(&folder.run(&["folder"]), "<DIR>/folder/index.js\n");
}

#[test]
fn name_without_extension() {
    let folder = Folder::new(&[("script.js", b"console.log(process.argv[1])")]);
    assert_prints(&folder.run(&["script"]), "<DIR>/script\n");
}

#[test]
fn binary_file() {
    let folder = Folder::new(&[("binary", b"\x7fELF\x02\x01\x01\x00\x00\xff\xfe\x00\x01")]);
    assert_fails(
        &folder.run(&["binary"]),
        1,
        &["<DIR>/binary:1\n", "SyntaxError: Invalid or unexpected token"],
    );
}

#[test]
fn empty_file() {
    assert_prints(&Folder::new(&[("empty.js", b"")]).run(&["empty.js"]), "");
}

#[test]
fn file_of_50_megabytes() {
    let mut script = "// A line of a comment that says nothing at all.\n".repeat(1_000_000).into_bytes();
    script.extend(b"console.log('the end', new Error().stack.split('\\n')[1].trim());\n");
    let outcome = Folder::new(&[("large.js", &script)]).run(&["large.js"]);
    assert_prints(&outcome, "the end at Object.<anonymous> (<DIR>/large.js:1000001:24)\n");
}

#[test]
fn unknown_option() {
    assert_fails(&run(&["--no-such-option", "x.js"]), 9, &["<EXE>: bad option: --no-such-option\n"]);
}

#[test]
fn option_without_its_value() {
    assert_fails(&run(&["-e"]), 9, &["<EXE>: -e requires an argument\n"]);
}

#[test]
fn option_with_a_wrong_value() {
    let folder = Folder::new(&[("a.js", b"")]);
    let outcome = folder.run(&["--unhandled-rejections=nope", "a.js"]);
    assert_fails(&outcome, 9, &["invalid value for --unhandled-rejections"]);
}

#[test]
fn eval() {
    let script =
        "console.log(__filename, module.id, require('fs') === fs, process.argv.slice(1), process.execArgv)";
    let expected = "[eval] [eval] true [ 'x', '-y' ] [ '-e', `SCRIPT` ]\n".replace("SCRIPT", script);
    let outcome = run(&["-e", script, "x", "-y"]);
    // The script stands in execArgv, quoted by util.inspect and broken over lines: compare without that.
    let squeezed = |text: &str| text.replace(['\n', '`', '\'', '"', ' ', '\\'], "");
    assert_eq!(squeezed(&outcome.stdout), squeezed(&expected), "{}", outcome.stderr);
}

#[test]
fn eval_waits_for_what_it_started() {
    assert_prints(&run(&["--eval", "setTimeout(() => console.log('timer'), 1)"]), "timer\n");
}

#[test]
fn eval_of_an_es_module() {
    let script = "console.log(import.meta.url, typeof require); await 1; console.log('after')";
    let outcome = run(&["--input-type=module", "-e", script]);
    assert_prints(&outcome, "file://<DIR>/[eval1] undefined\nafter\n");
    assert_prints(
        &run(&["-e", "await 5; console.log('found out by its syntax')"]),
        "found out by its syntax\n",
    );
}

#[test]
fn print() {
    assert_prints(&run(&["-p", "1 + 1"]), "2\n");
    assert_prints(&run(&["-pe", "[1, { a: 2 }]"]), "[ 1, { a: 2 } ]\n");
    assert_prints(&run(&["-p", "'text'"]), "text\n");
}

#[test]
fn errors_in_eval() {
    assert_fails(
        &run(&["-e", "let x = ;"]),
        1,
        &["[eval]:1\nlet x = ;\n        ^\n", "SyntaxError: Unexpected token ';'"],
    );
    let outcome = run(&["-p", "throw new Error('mine')"]);
    assert_fails(
        &outcome,
        1,
        &["[eval]:1\nthrow new Error('mine')\n^\n\nError: mine\n    at [eval]:1:7\n", "<VERSION>"],
    );
}

#[test]
fn script_from_standard_input() {
    let outcome = run_with_stdin(&[], "console.log(__filename, process.argv.length)");
    assert_prints(&outcome, "[stdin] 1\n");
    let outcome = run_with_stdin(&["-", "a", "b"], "console.log(__filename, process.argv.slice(1))");
    assert_prints(&outcome, "[stdin] [ '-', 'a', 'b' ]\n");
    assert_fails(
        &run_with_stdin(&[], "let x = ;"),
        1,
        &["[stdin]:1\nlet x = ;\n", "SyntaxError: Unexpected token ';'"],
    );
}

#[test]
fn check_only() {
    let folder = Folder::new(&[("good.js", b"console.log('never')"), ("bad.js", b"let x = ;")]);
    assert_prints(&folder.run(&["--check", "good.js"]), "");
    assert_fails(
        &folder.run(&["-c", "bad.js"]),
        1,
        &["<DIR>/bad.js:1\n", "SyntaxError: Unexpected token ';'"],
    );
}

#[test]
fn preloaded_modules() {
    let folder = Folder::new(&[
        ("first.js", b"console.log('first', require.main === undefined || require.main.filename)"),
        ("second.mjs", b"console.log('second')"),
        ("main.js", b"console.log('main')"),
    ]);
    let outcome = folder.run(&["-r", "./first.js", "--import", "./second.mjs", "main.js"]);
    assert_prints(&outcome, "first true\nsecond\nmain\n");
}

#[test]
fn arguments_after_the_script_are_the_script_s() {
    let folder = Folder::new(&[("a.js", b"console.log(process.argv.slice(2), process.execArgv)")]);
    assert_prints(
        &folder.run(&["a.js", "--version", "-e", "--", "x"]),
        "[ '--version', '-e', '--', 'x' ] []\n",
    );
    assert_prints(&folder.run(&["--", "a.js", "-v"]), "[ '-v' ] []\n");
}

#[test]
fn exit_codes() {
    for (script, exit) in [
        ("", 0),
        ("process.exit(7)", 7),
        ("process.exitCode = 3", 3),
        ("process.exit(256)", 0),
        ("process.exit(-1)", 255),
        ("throw 1", 1),
        ("Promise.reject(1)", 1),
        ("process.on('uncaughtException', () => { throw 2 }); throw 1", 7),
        ("process.kill(process.pid, 'SIGKILL'); setTimeout(() => {}, 20000)", 128 + 9),
        ("process.abort()", 128 + 6),
    ] {
        assert_eq!(run(&["-e", script]).exit, exit, "{script}");
    }
}

#[test]
fn endless_recursion_ends_in_a_range_error() {
    let outcome = run(&["-e", "(function f() { f(); })()"]);
    assert_fails(&outcome, 1, &["RangeError: Maximum call stack size exceeded\n"]);
}

#[test]
fn a_heap_bomb_ends_with_a_clear_message() {
    let outcome =
        run(&["--max-old-space-size=64", "-e", "const a = []; for (;;) a.push(new Array(1000).fill({}))"]);
    assert_fails(&outcome, 128 + 6, &["JavaScript heap out of memory"]);
}

#[test]
fn a_giant_array_buffer_is_a_range_error() {
    let outcome = run(&["-e", "new ArrayBuffer(Number.MAX_SAFE_INTEGER)"]);
    assert_fails(&outcome, 1, &["RangeError: Array buffer allocation failed\n"]);
}

#[test]
fn an_endless_loop_runs_until_it_is_killed() {
    for script in [
        "console.log('started'); for (;;);",
        "console.log('started'); (function f() { process.nextTick(f); })()",
    ] {
        match Folder::new(&[]).try_run(&["-e", script], "", Duration::from_secs(2)) {
            Err(RunError::Timeout { stdout, stderr, .. }) => {
                assert_eq!((stdout, stderr), ("started\n".into(), "".into()))
            }
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn a_script_that_starts_itself_again() {
    let script =
        "console.log(process.execPath === process.argv[0], require('fs').existsSync(process.execPath))";
    assert_prints(&run(&["-e", script]), "true true\n");
}

#[test]
fn a_closed_standard_output_is_an_error_of_the_stream() {
    let folder = Folder::new(&[("a.js", b"setInterval(() => console.log('line'), 1)")]);
    let program = program::loopscope_node().unwrap_or_else(|error| panic!("{error}"));
    let mut child = std::process::Command::new(program);
    child
        .arg("a.js")
        .current_dir(folder.0.dir())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped());
    let mut child = child.spawn().expect("the program");
    let mut stdout = child.stdout.take().expect("its output");
    std::io::Read::read_exact(&mut stdout, &mut [0; 5]).expect("a line");
    drop(stdout);
    let output = child.wait_with_output().expect("its end");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{stderr}");
    assert!(stderr.contains("Error: write EPIPE"), "{stderr}");
}

#[test]
fn a_full_heap_ends_the_process_as_abort_does() {
    let script = "const kept = []; for (;;) kept.push(new Array(1000).fill(kept.length + 0.5));";
    let parts = ["FATAL ERROR: ", "JavaScript heap out of memory"];
    assert_fails(&run(&["--max-old-space-size=50", "-e", script]), 134, &parts);
    let script = "process.on('exit', () => console.log('never')); process.abort()";
    let aborted = run(&["-e", script]);
    assert_eq!((aborted.exit, aborted.stdout.as_str()), (134, ""));
}

#[test]
fn memory_and_stack_that_are_too_much_are_errors_of_the_script() {
    let script = "for (const act of [() => new ArrayBuffer(2 ** 45), () => Buffer.alloc(2 ** 46), function deep() { deep(); }])
        try { act(); } catch (error) { console.log(error.name, error.message); }";
    let expected = "RangeError Array buffer allocation failed\nRangeError Array buffer allocation failed\n\
                    RangeError Maximum call stack size exceeded\n";
    assert_prints(&run(&["-e", script]), expected);
}

/// A script that says when it is ready, in a process that can be sent signals.
struct Started {
    child: std::process::Child,
    stdout: std::io::BufReader<std::process::ChildStdout>,
    _folder: Folder,
}

impl Started {
    fn new(script: &str) -> Self {
        let folder = Folder::new(&[("a.js", script.as_bytes())]);
        let program = program::loopscope_node().unwrap_or_else(|error| panic!("{error}"));
        let mut command = std::process::Command::new(program);
        command.arg("a.js").current_dir(folder.0.dir());
        command.stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::piped());
        let mut child = command.spawn().expect("the program");
        let stdout = std::io::BufReader::new(child.stdout.take().expect("its output"));
        let mut started = Self { child, stdout, _folder: folder };
        assert_eq!(started.line(), "ready\n");
        started
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        std::io::BufRead::read_line(&mut self.stdout, &mut line).expect("a line");
        line
    }

    fn signal(&self, number: libc::c_int) {
        // Not by the program `kill`, which a small system does not have.
        let pid = libc::pid_t::try_from(self.child.id()).expect("a process id");
        // SAFETY: kill(2) takes two numbers and touches no memory; the child is ours and not yet waited for.
        assert_eq!(unsafe { libc::kill(pid, number) }, 0);
    }

    fn end(mut self) -> std::process::ExitStatus {
        self.child.wait().expect("its end")
    }
}

#[test]
fn a_signal_from_outside_wakes_the_script() {
    let mut script = Started::new(
        "process.on('SIGINT', (name, number) => { console.log(name, number); process.exitCode = 5; clearInterval(keep); });
         const keep = setInterval(() => {}, 100_000); console.log('ready');",
    );
    script.signal(libc::SIGINT);
    assert_eq!(script.line(), "SIGINT 2\n");
    assert_eq!(script.end().code(), Some(5));
}

#[test]
fn a_signal_without_a_listener_ends_the_process() {
    use std::os::unix::process::ExitStatusExt as _;
    let script = Started::new(
        "process.on('SIGTERM', () => {}).removeAllListeners('SIGTERM'); process.on('exit', () => console.log('never'));
         setInterval(() => {}, 100_000); console.log('ready');",
    );
    script.signal(libc::SIGTERM);
    assert_eq!(script.end().signal(), Some(15));
}

#[test]
fn standard_input_comes_when_it_comes() {
    use std::io::Write as _;
    let mut script = Started::new(
        "process.stdin.setEncoding('utf8').on('data', (text) => console.log(JSON.stringify(text)))
           .on('end', () => console.log('end')); console.log('ready');",
    );
    let mut stdin = script.child.stdin.take().expect("its input");
    stdin.write_all(b"one\n").expect("it reads");
    assert_eq!(script.line(), "\"one\\n\"\n");
    stdin.write_all("zwölf".as_bytes()).expect("it reads");
    assert_eq!(script.line(), "\"zwölf\"\n");
    drop(stdin);
    assert_eq!(script.line(), "end\n");
    assert!(script.end().success());
}
