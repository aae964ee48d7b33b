//! The command line of `node` (<https://nodejs.org/api/cli.html>), as far as Loopscope takes it.

use crate::options::{Main, Options, UNHANDLED_REJECTION_MODES};

/// What the command line asks for.
#[derive(Debug)]
pub enum Asked {
    /// Run a program. The second part are V8's own options.
    Run(Box<Options>, Vec<String>),
    /// Run what standard input holds, with these options once it is read.
    RunStdin(Box<Options>, Vec<String>),
    /// Print the version.
    Version,
    /// Print the help.
    Help,
}

/// A command line that cannot be followed; the text is Node's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UsageError {
    /// An option that nobody knows.
    #[error("bad option: {0}")]
    Unknown(String),
    /// An option without the value it needs.
    #[error("{0} requires an argument")]
    MissingValue(String),
    /// A value that the option does not take.
    #[error("invalid value for {0}")]
    InvalidValue(String),
    /// Two options that exclude each other.
    #[error("either {0} or {1} can be used, not both")]
    Conflict(&'static str, &'static str),
}

/// Exit code of a [`UsageError`].
pub const EXIT_USAGE: i32 = 9;

/// How an option is written and what it does.
struct Spec {
    names: &'static [&'static str],
    value: Option<&'static str>,
    help: &'static str,
    does: Effect,
}

/// What an option does.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Effect {
    Version,
    Help,
    Eval,
    Print,
    Check,
    Require,
    Import,
    InputType,
    UnhandledRejections,
    Conditions,
    Test,
    /// Scripts find it in `process.execArgv`; the built-in modules look for it there.
    Noted,
    /// Part of `node`'s command line with no bearing here: what it asks for is so anyway.
    Always,
}

const SPECS: &[Spec] = &[
    spec(&["-v", "--version"], None, "print the version", Effect::Version),
    spec(&["-h", "--help"], None, "print this help", Effect::Help),
    spec(&["-e", "--eval"], Some("script"), "evaluate the script", Effect::Eval),
    spec(&["-p", "--print"], Some("script"), "evaluate the script and print the result", Effect::Print),
    spec(&["-c", "--check"], None, "check the syntax of the script without running it", Effect::Check),
    spec(
        &["-r", "--require"],
        Some("module"),
        "load a CommonJS module first (may be repeated)",
        Effect::Require,
    ),
    spec(&["--import"], Some("module"), "load an ES module first (may be repeated)", Effect::Import),
    spec(
        &["--input-type"],
        Some("type"),
        "'module' or 'commonjs' for --eval and standard input",
        Effect::InputType,
    ),
    spec(
        &["--unhandled-rejections"],
        Some("mode"),
        "throw (default), strict, warn, none or warn-with-error-code",
        Effect::UnhandledRejections,
    ),
    spec(
        &["-C", "--conditions"],
        Some("name"),
        "extra condition for package exports and imports",
        Effect::Conditions,
    ),
    spec(&["--test"], None, "run files as tests (see also the options --test-…)", Effect::Test),
    spec(&["--test-concurrency"], Some("number"), "test files at the same time", Effect::Noted),
    spec(&["--test-force-exit"], None, "end the process as soon as the tests have", Effect::Noted),
    spec(&["--test-global-setup"], Some("path"), "module to set up everything first", Effect::Noted),
    spec(
        &["--test-isolation", "--experimental-test-isolation"],
        Some("mode"),
        "'process' (default) or 'none'",
        Effect::Noted,
    ),
    spec(&["--test-name-pattern"], Some("pattern"), "run tests with such a name", Effect::Noted),
    spec(&["--test-only"], None, "run tests that are marked with 'only'", Effect::Noted),
    spec(
        &["--test-reporter"],
        Some("name"),
        "spec (default), tap, dot, junit, lcov or a module",
        Effect::Noted,
    ),
    spec(&["--test-reporter-destination"], Some("path"), "stdout, stderr or a file", Effect::Noted),
    spec(&["--test-shard"], Some("index/total"), "run a part of the test files", Effect::Noted),
    spec(&["--test-skip-pattern"], Some("pattern"), "do not run tests with such a name", Effect::Noted),
    spec(&["--test-timeout"], Some("ms"), "time that a test may take", Effect::Noted),
    spec(&["--test-update-snapshots"], None, "write the snapshots of tests anew", Effect::Noted),
    spec(&["--no-warnings"], None, "print no warnings", Effect::Noted),
    spec(&["--trace-warnings"], None, "print the stack of warnings", Effect::Noted),
    spec(&["--no-deprecation"], None, "print no deprecation warnings", Effect::Noted),
    spec(&["--trace-deprecation"], None, "print the stack of deprecation warnings", Effect::Noted),
    spec(&["--throw-deprecation"], None, "throw on deprecations", Effect::Noted),
    spec(&["--trace-uncaught"], None, "print where an uncaught exception was thrown", Effect::Noted),
    spec(&["--enable-source-maps"], None, "accepted; stack traces are not mapped", Effect::Noted),
    spec(&["--experimental-vm-modules"], None, "ES modules in node:vm", Effect::Noted),
    spec(
        &["--experimental-strip-types", "--strip-types"],
        None,
        "strip types from TypeScript (always on)",
        Effect::Always,
    ),
    spec(&["--experimental-require-module"], None, "require() of ES modules (always on)", Effect::Always),
    spec(
        &["--experimental-detect-module"],
        None,
        "tell ES modules by their syntax (always on)",
        Effect::Always,
    ),
];

const fn spec(
    names: &'static [&'static str],
    value: Option<&'static str>,
    help: &'static str,
    does: Effect,
) -> Spec {
    Spec { names, value, help, does }
}

/// Options that V8 itself takes.
const V8_OPTIONS: [&str; 8] = [
    "--max-old-space-size",
    "--max-semi-space-size",
    "--stack-size",
    "--stack-trace-limit",
    "--expose-gc",
    "--allow-natives-syntax",
    "--jitless",
    "--harmony",
];

/// The text of `--help`.
pub fn help(program: &str) -> String {
    let mut text = format!(
        "Usage: {program} [options] [script.js | -e \"script\" | -] [arguments]\n\n\
         Runs JavaScript as Node.js does.\n\nOptions:\n"
    );
    for spec in SPECS {
        let value = spec.value.map_or_else(String::new, |value| format!(" <{value}>"));
        text += &format!("  {:<34}{}\n", format!("{}{value}", spec.names.join(", ")), spec.help);
    }
    text += "\nOptions of V8 (--max-old-space-size=MB, --stack-size=KB, --expose-gc …) are taken, too.\n\
             Documentation of the options: https://nodejs.org/api/cli.html\n";
    text
}

/// Reads the arguments behind the program's name. `piped` says that standard input is no terminal: without a script
/// it holds the program.
///
/// # Errors
/// On options nobody knows and on missing or invalid values.
pub fn parse(args: Vec<String>, piped: bool) -> Result<Asked, UsageError> {
    let mut options = Options::file("", Vec::new());
    let mut v8 = Vec::new();
    let mut source = None;
    let mut print = false;
    let mut test = false;
    let mut rest = args.into_iter().peekable();
    while let Some(arg) = rest.next_if(|arg| arg.starts_with('-') && arg != "-") {
        if arg == "--" {
            break;
        }
        options.exec_args.push(arg.clone());
        if is_v8_option(&arg) {
            v8.push(arg);
            continue;
        }
        let (name, mut value) = split(&arg);
        let Some(spec) = SPECS.iter().find(|spec| spec.names.contains(&name)) else {
            return Err(UsageError::Unknown(arg));
        };
        if spec.value.is_some() && value.is_none() {
            // `-p` may stand behind `-e`, as in `-pe script`: then the script follows only once.
            let missing = || UsageError::MissingValue(name.to_owned());
            let taken = rest.next().ok_or_else(missing)?;
            options.exec_args.push(taken.clone());
            value = Some(taken);
        }
        let value = value.unwrap_or_default();
        match spec.does {
            Effect::Version => return Ok(Asked::Version),
            Effect::Help => return Ok(Asked::Help),
            Effect::Eval => source = Some(value),
            Effect::Print => {
                source = Some(value);
                print = true;
            }
            Effect::Check => options.check = true,
            Effect::Require => options.requires.push(value),
            Effect::Import => options.imports.push(value),
            Effect::InputType => match value.as_str() {
                "module" | "commonjs" => options.input_type = Some(value),
                _ => return Err(UsageError::InvalidValue(name.to_owned())),
            },
            Effect::UnhandledRejections if UNHANDLED_REJECTION_MODES.contains(&value.as_str()) => {
                options.unhandled_rejections = value;
            }
            Effect::UnhandledRejections => return Err(UsageError::InvalidValue(name.to_owned())),
            Effect::Conditions => options.conditions.push(value),
            Effect::Test => test = true,
            Effect::Noted | Effect::Always => {}
        }
    }
    let mut rest: Vec<String> = rest.collect();
    if test {
        if let Some(other) = source.as_ref().map(|_| "--eval").or(options.check.then_some("--check")) {
            return Err(UsageError::Conflict("--test", other));
        }
        options.args = rest;
        options.main = Main::Tests;
        return Ok(Asked::Run(Box::new(options), v8));
    }
    if let Some(source) = source {
        options.main = Main::Eval { source, name: "[eval]", print };
        options.args = rest;
        return Ok(Asked::Run(Box::new(options), v8));
    }
    if rest.first().is_none_or(|first| first == "-") {
        if rest.is_empty() && !piped {
            return Ok(Asked::Help);
        }
        // The hyphen stands in `process.argv` where a script's path would.
        options.args = rest;
        return Ok(Asked::RunStdin(Box::new(options), v8));
    }
    options.args = rest.split_off(1);
    options.main = Main::File(rest.swap_remove(0));
    Ok(Asked::Run(Box::new(options), v8))
}

/// Options of the process, which a worker cannot have for itself
/// (<https://nodejs.org/api/worker_threads.html#new-workerfilename-options>).
const PROCESS_OPTIONS: [&str; 2] = ["--title", "--secure-heap"];

/// The options of a worker from a list of arguments.
///
/// # Errors
/// With the arguments that a worker does not take.
pub fn worker_options(args: Vec<String>) -> Result<Options, Vec<String>> {
    let is_bad = |arg: &String| {
        let (name, _) = split(arg);
        arg.starts_with('-')
            && (is_v8_option(arg)
                || PROCESS_OPTIONS.contains(&name)
                || !SPECS.iter().any(|spec| spec.names.contains(&name)))
    };
    let bad: Vec<String> = args.iter().filter(|arg| is_bad(arg)).cloned().collect();
    if !bad.is_empty() {
        return Err(bad);
    }
    let all = args.iter().cloned().chain(["-".to_owned()]).collect();
    match parse(all, false) {
        Ok(Asked::RunStdin(options, _) | Asked::Run(options, _)) => Ok(*options),
        _ => Err(args),
    }
}

fn split(arg: &str) -> (&str, Option<String>) {
    match arg.split_once('=') {
        Some((name, value)) if name.starts_with("--") => (name, Some(value.to_owned())),
        _ if arg == "-pe" => ("-p", None),
        _ => (arg, None),
    }
}

fn is_v8_option(arg: &str) -> bool {
    let name = arg.split('=').next().unwrap_or(arg).replace('_', "-");
    V8_OPTIONS.iter().any(|option| name.starts_with(option))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(args: &[&str]) -> Result<Asked, UsageError> {
        parse(args.iter().map(|&arg| arg.to_owned()).collect(), true)
    }

    fn run(args: &[&str]) -> (Options, Vec<String>) {
        match parsed(args) {
            Ok(Asked::Run(options, v8)) => (*options, v8),
            other => panic!("expected a run, got {other:?}"),
        }
    }

    #[test]
    fn options_behind_the_script_belong_to_the_script() {
        let (options, _) = run(&["--no-warnings", "a.js", "--version", "x"]);
        assert_eq!(options.main, Main::File("a.js".to_owned()));
        assert_eq!(options.args, ["--version", "x"]);
        assert_eq!(options.exec_args, ["--no-warnings"]);
    }

    #[test]
    fn eval_takes_the_next_argument_and_print_prints() {
        let (options, _) = run(&["-p", "1 + 1", "a"]);
        assert_eq!(options.main, Main::Eval { source: "1 + 1".to_owned(), name: "[eval]", print: true });
        assert_eq!(options.args, ["a"]);
    }

    #[test]
    fn v8_options_are_passed_on() {
        let (options, v8) = run(&["--max-old-space-size=50", "--stack_size=200", "a.js"]);
        assert_eq!(v8, ["--max-old-space-size=50", "--stack_size=200"]);
        assert_eq!(options.exec_args, v8);
    }

    #[test]
    fn unknown_options_and_values_are_refused() {
        assert_eq!(parsed(&["--nonsense"]).unwrap_err(), UsageError::Unknown("--nonsense".to_owned()));
        assert_eq!(parsed(&["-e"]).unwrap_err(), UsageError::MissingValue("-e".to_owned()));
        let refused = parsed(&["--unhandled-rejections=maybe", "a.js"]).unwrap_err();
        assert_eq!(refused, UsageError::InvalidValue("--unhandled-rejections".to_owned()));
    }

    #[test]
    fn without_a_script_standard_input_is_the_program() {
        assert!(matches!(parsed(&["-", "x"]), Ok(Asked::RunStdin(options, _)) if options.args == ["-", "x"]));
        assert!(matches!(parse(Vec::new(), false), Ok(Asked::Help)));
    }
}
