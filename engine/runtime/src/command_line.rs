//! The command line of `node` (<https://nodejs.org/api/cli.html>), as far as Loopscope takes it.

use crate::inspect::Begin;
use crate::options::{InspectAt, Main, Options, UNHANDLED_REJECTION_MODES};

mod environment;
mod names;

pub use environment::{in_environment, of_file, words};

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
    /// Print a script with which bash completes options.
    Completion,
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
    /// A port that nobody may listen on without asking.
    #[error("must be 0 or in range 1024 to 65535.")]
    Port,
    /// Two options that exclude each other.
    #[error("either {0} or {1} can be used, not both")]
    Conflict(&'static str, &'static str),
    /// An option that only the command line may hold.
    #[error("{0} is not allowed in NODE_OPTIONS")]
    NotInEnvironment(String),
    /// `--no-` in front of an option that is not on or off.
    #[error("{0} is an invalid negation because it is not a boolean option")]
    Negation(String),
    /// `NODE_OPTIONS` cannot be cut into words; the text says why.
    #[error("invalid value for NODE_OPTIONS ({0})\n")]
    Environment(&'static str),
    /// A mode that an option does not have.
    #[error("invalid mode passed to {0}")]
    Mode(&'static str),
    /// A value that an option does not take, in words of its own.
    #[error("{0}")]
    Value(String),
    /// A kind of program text that does not exist.
    #[error("--input-type must be \"module\",\"commonjs\", \"module-typescript\" or \"commonjs-typescript\"")]
    InputType,
}

/// Exit code of [`UsageError::Mode`].
pub const EXIT_MODE: i32 = 12;

/// Exit code of every other [`UsageError`].
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
    Completion,
    Eval,
    Interactive,
    Print,
    Check,
    Require,
    Import,
    InputType,
    UnhandledRejections,
    Conditions,
    Test,
    RunScript,
    Watch,
    /// Where debuggers attach, and how the run begins.
    Inspect(Option<Begin>),
    /// Where their address is told.
    InspectPublish,
    /// Scripts find it in `process.execArgv`; the built-in modules look for it there.
    Noted,
    /// Part of `node`'s command line with no bearing here: what it asks for is so anyway.
    Always,
}

const SPECS: &[Spec] = &[
    spec(&["-v", "--version"], None, "print the version", Effect::Version),
    spec(&["-h", "--help"], None, "print this help", Effect::Help),
    spec(
        &["--completion-bash"],
        None,
        "print a script with which bash completes options",
        Effect::Completion,
    ),
    spec(&["-e", "--eval"], Some("script"), "evaluate the script", Effect::Eval),
    spec(&["-p", "--print"], Some("script"), "evaluate the script and print the result", Effect::Print),
    spec(
        &["-i", "--interactive"],
        None,
        "evaluate what is typed, although standard input is no terminal",
        Effect::Interactive,
    ),
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
    spec(
        &["--inspect"],
        None,
        "[=[host:]port] let debuggers attach (127.0.0.1:9229)",
        Effect::Inspect(Some(Begin::AtOnce)),
    ),
    spec(
        &["--inspect-brk"],
        None,
        "the same; wait for one and stand still at the first line",
        Effect::Inspect(Some(Begin::Standing)),
    ),
    spec(
        &["--inspect-wait"],
        None,
        "the same; wait for one before the first line",
        Effect::Inspect(Some(Begin::WhenAsked)),
    ),
    spec(
        &["--inspect-port", "--debug-port"],
        Some("[host:]port"),
        "where, for the three options above",
        Effect::Inspect(None),
    ),
    spec(
        &["--inspect-publish-uid"],
        Some("ways"),
        "'stderr' and 'http', or one of them: where the address is told",
        Effect::InspectPublish,
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
    spec(&["--enable-source-maps"], None, "show positions of the source in stack traces", Effect::Noted),
    spec(&["--disable-warning"], Some("code or type"), "print no such warnings", Effect::Noted),
    spec(&["--pending-deprecation"], None, "warn of what will be deprecated, too", Effect::Noted),
    spec(&["--redirect-warnings"], Some("file"), "write warnings to a file", Effect::Noted),
    spec(&["--env-file"], Some("file"), "set environment variables from a file", Effect::Noted),
    spec(&["--env-file-if-exists"], Some("file"), "the same, without the file nothing", Effect::Noted),
    spec(&["--run"], Some("script"), "run a script of package.json", Effect::RunScript),
    spec(&["--watch"], None, "start again when a file of the script changes", Effect::Watch),
    spec(&["--watch-path"], Some("path"), "watch these paths instead (may be repeated)", Effect::Watch),
    spec(&["--watch-preserve-output"], None, "do not clear the terminal when starting again", Effect::Noted),
    spec(&["--watch-kill-signal"], Some("signal"), "what ends the script: SIGTERM", Effect::Noted),
    spec(&["--cpu-prof"], None, "write a profile of the processor's time at the end", Effect::Noted),
    spec(&["--cpu-prof-dir"], Some("folder"), "where to", Effect::Noted),
    spec(&["--cpu-prof-interval"], Some("us"), "time between its samples: 1000", Effect::Noted),
    spec(&["--cpu-prof-name"], Some("file"), "its name; ${pid} stands for the process", Effect::Noted),
    spec(&["--heap-prof"], None, "write a profile of allocations at the end", Effect::Noted),
    spec(&["--heap-prof-dir"], Some("folder"), "where to", Effect::Noted),
    spec(&["--heap-prof-interval"], Some("bytes"), "between its samples: 524288", Effect::Noted),
    spec(&["--heap-prof-name"], Some("file"), "its name", Effect::Noted),
    spec(
        &["--heapsnapshot-signal"],
        Some("signal"),
        "write a snapshot of the heap at a signal",
        Effect::Noted,
    ),
    spec(
        &["--heapsnapshot-near-heap-limit"],
        Some("number"),
        "write so many when the heap is nearly full",
        Effect::Noted,
    ),
    spec(
        &["--disable-proto"],
        Some("mode"),
        "Object.prototype.__proto__: 'delete' or 'throw'",
        Effect::Noted,
    ),
    spec(&["--frozen-intrinsics"], None, "freeze what the language itself has", Effect::Noted),
    spec(&["--title"], Some("title"), "name of the process", Effect::Noted),
    spec(&["--trace-exit"], None, "print where process.exit was called", Effect::Noted),
    spec(
        &["--trace-sync-io"],
        None,
        "print where synchronous calls are made after the first turn",
        Effect::Noted,
    ),
    spec(&["--trace-sigint"], None, "print the stack at SIGINT", Effect::Noted),
    spec(&["--trace-env"], None, "print which environment variables are used", Effect::Noted),
    spec(&["--preserve-symlinks"], None, "modules are where the link is", Effect::Noted),
    spec(&["--preserve-symlinks-main"], None, "so is the main script", Effect::Noted),
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

/// Options that V8 itself takes and that `NODE_OPTIONS` may hold; other options that nobody knows are left to V8, too.
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

/// Reads the arguments behind the program's name. `environment` are the words of `NODE_OPTIONS` ([`words`]). `piped` says
/// that standard input is no terminal: without a script it holds the program.
///
/// # Errors
/// On options nobody knows and on missing or invalid values.
pub fn parse(environment: Vec<String>, args: Vec<String>, piped: bool) -> Result<Asked, UsageError> {
    let mut taken = Taken { options: Options::file("", Vec::new()), ..Taken::default() };
    environment::check(&environment)?;
    if let Some(asked) = taken.read(&mut environment.into_iter().peekable(), false)? {
        return Ok(asked);
    }
    let mut rest = args.into_iter().peekable();
    if let Some(asked) = taken.read(&mut rest, true)? {
        return Ok(asked);
    }
    taken.finish(rest.collect(), piped)
}

type Arguments = std::iter::Peekable<std::vec::IntoIter<String>>;

/// What was read so far.
struct Taken {
    options: Options,
    v8: Vec<String>,
    source: Option<String>,
    print: bool,
    test: bool,
    interactive: bool,
    watch: bool,
    script: Option<String>,
}

impl Default for Taken {
    fn default() -> Self {
        Self {
            options: Options::file("", Vec::new()),
            v8: Vec::new(),
            source: None,
            print: false,
            test: false,
            interactive: false,
            watch: false,
            script: None,
        }
    }
}

impl Taken {
    /// Reads options up to the first argument that is none.
    fn read(&mut self, rest: &mut Arguments, noted: bool) -> Result<Option<Asked>, UsageError> {
        while let Some(arg) = rest.next_if(|arg| arg.starts_with('-') && arg != "-") {
            if arg == "--" {
                break;
            }
            if noted {
                self.options.exec_args.push(arg.clone());
            }
            let (written, value) = split(&arg);
            let name = plain(written);
            let spec = SPECS.iter().find(|spec| spec.names.contains(&name.as_str()));
            let takes = match spec {
                Some(spec) => spec.value.is_some(),
                None => match kind(&name) {
                    Some(takes) => takes,
                    None if is_negated_value(&name) => return Err(UsageError::Negation(arg)),
                    // V8 says whether it knows it.
                    None if name.starts_with("--") => {
                        self.options.settings.push(arg.clone());
                        self.v8.push(arg);
                        continue;
                    }
                    None => return Err(UsageError::Unknown(arg)),
                },
            };
            let mut given = value;
            if takes && given.is_none() {
                // What looks like an option is no value, unless a backslash says so.
                let missing = || UsageError::MissingValue(written.to_owned());
                let one = rest.next_if(|next| !next.starts_with('-') || next == "-").ok_or_else(missing)?;
                if noted {
                    self.options.exec_args.push(one.clone());
                }
                given = Some(if one.starts_with("\\-") { one[1..].to_owned() } else { one });
            } else if given.as_deref() == Some("")
                && (takes || spec.is_some_and(|spec| matches!(spec.does, Effect::Inspect(_))))
            {
                return Err(UsageError::MissingValue(format!("{written}=")));
            }
            let setting = match &given {
                Some(value) if takes => format!("{name}={value}"),
                _ => name.clone(),
            };
            self.options.settings.push(setting);
            let value = given.unwrap_or_default();
            if let Some(asked) = self.follow(spec.map_or(Effect::Noted, |spec| spec.does), written, value)? {
                return Ok(Some(asked));
            }
        }
        Ok(None)
    }

    fn follow(&mut self, does: Effect, name: &str, value: String) -> Result<Option<Asked>, UsageError> {
        let options = &mut self.options;
        match does {
            Effect::Version => return Ok(Some(Asked::Version)),
            Effect::Help => return Ok(Some(Asked::Help)),
            Effect::Completion => return Ok(Some(Asked::Completion)),
            Effect::Eval => self.source = Some(value),
            Effect::Interactive => self.interactive = true,
            Effect::Print => {
                self.source = Some(value);
                self.print = true;
            }
            Effect::Check => options.check = true,
            Effect::Require => options.requires.push(value),
            Effect::Import => options.imports.push(value),
            Effect::InputType => match value.as_str() {
                "module" | "commonjs" | "module-typescript" | "commonjs-typescript" => {
                    options.input_type = Some(value);
                }
                _ => return Err(UsageError::InputType),
            },
            Effect::UnhandledRejections if UNHANDLED_REJECTION_MODES.contains(&value.as_str()) => {
                options.unhandled_rejections = value;
            }
            Effect::UnhandledRejections => return Err(UsageError::InvalidValue(name.to_owned())),
            Effect::Conditions => options.conditions.push(value),
            Effect::Test => self.test = true,
            Effect::RunScript => self.script = Some(value),
            Effect::Watch => self.watch = true,
            Effect::Inspect(begin) => inspect_at(&mut options.inspect, begin, &value)?,
            Effect::InspectPublish => inspect_publish(&mut options.inspect, &value)?,
            Effect::Noted | Effect::Always => check_value(&plain(name), &value)?,
        }
        Ok(None)
    }

    /// What to run, from the arguments behind the options.
    fn finish(self, mut rest: Vec<String>, piped: bool) -> Result<Asked, UsageError> {
        let Self { mut options, v8, source, print, test, interactive, watch, script } = self;
        let is_on = |name: &str| options.settings.iter().any(|setting| setting == name);
        if is_on("--tls-min-v1.3") && is_on("--tls-max-v1.2") {
            return Err(UsageError::Conflict("--tls-min-v1.3", "--tls-max-v1.2"));
        }
        let other = source.as_ref().map(|_| "--eval");
        if options.check
            && let Some(other) = other
        {
            return Err(UsageError::Conflict("--check", other));
        }
        if test {
            if let Some(other) = other.or(options.check.then_some("--check")) {
                return Err(UsageError::Conflict("--test", other));
            }
            options.args = rest;
            options.main = Main::Tests;
            return Ok(Asked::Run(Box::new(options), v8));
        }
        if watch {
            if let Some(other) = options.check.then_some("--check").or(other) {
                return Err(UsageError::Conflict("--watch", other));
            }
            options.args = rest;
            options.main = Main::Watch;
            return Ok(Asked::Run(Box::new(options), v8));
        }
        if let Some(script) = script {
            options.args = rest;
            options.main = Main::PackageScript(script);
            return Ok(Asked::Run(Box::new(options), v8));
        }
        if interactive && (source.is_some() || rest.is_empty()) {
            options.main = Main::Repl(source);
            options.args = rest;
            return Ok(Asked::Run(Box::new(options), v8));
        }
        if let Some(source) = source {
            options.main = Main::Eval { source, name: "[eval]", print };
            options.args = rest;
            return Ok(Asked::Run(Box::new(options), v8));
        }
        if rest.first().is_none_or(|first| first == "-") {
            if rest.is_empty() && !piped {
                options.main = Main::Repl(None);
                return Ok(Asked::Run(Box::new(options), v8));
            }
            // The hyphen stands in `process.argv` where a script's path would.
            options.args = rest;
            return Ok(Asked::RunStdin(Box::new(options), v8));
        }
        options.args = rest.split_off(1);
        options.main = Main::File(rest.swap_remove(0));
        Ok(Asked::Run(Box::new(options), v8))
    }
}

/// Values that can be told to be wrong before anything runs.
fn check_value(name: &str, value: &str) -> Result<(), UsageError> {
    let is_power = |value: &str| value.parse::<u64>().is_ok_and(u64::is_power_of_two);
    let wrong = match name {
        "--disable-proto" if !matches!(value, "delete" | "throw") => {
            return Err(UsageError::Mode("--disable-proto"));
        }
        "--secure-heap" if !is_power(value) => "--secure-heap must be a power of 2".to_owned(),
        "--secure-heap-min" if !is_power(value) => "--secure-heap-min must be a power of 2".to_owned(),
        "--max-old-space-size-percentage"
            if !value.parse::<f64>().is_ok_and(|share| share > 0.0 && share <= 100.0) =>
        {
            format!("{name} must be greater than 0 and up to 100. Got: {value}")
        }
        _ => return Ok(()),
    };
    Err(UsageError::Value(wrong))
}

/// A script with which bash completes the options.
pub fn completion(program: &str) -> String {
    let specs = SPECS.iter().flat_map(|spec| spec.names.iter().copied());
    let others = [names::SWITCHES, names::IDLE_SWITCHES, names::VALUES, names::IDLE_VALUES];
    let others = others.into_iter().flat_map(str::split_ascii_whitespace);
    let mut all: Vec<&str> = specs.chain(others).collect();
    all.sort_unstable();
    all.dedup();
    format!(
        "_node_complete() {{\n  local cur_word options\n  cur_word=\"${{COMP_WORDS[COMP_CWORD]}}\"\n  \
         if [[ \"${{cur_word}}\" == -* ]] ; then\n    COMPREPLY=( $(compgen -W '{}' -- \"${{cur_word}}\") )\n    \
         return 0\n  else\n    COMPREPLY=( $(compgen -f \"${{cur_word}}\") )\n    return 0\n  fi\n}}\n\
         complete -o filenames -o nospace -o bashdefault -F _node_complete {program}\n",
        all.join(" ")
    )
}

/// Whether an option that is in no [`Spec`] takes a value; `None` when `node` does not know it.
fn kind(name: &str) -> Option<bool> {
    if is_value(name) {
        return Some(true);
    }
    let positive = name.strip_prefix("--no-").map(|name| format!("--{name}"));
    let is_switch = |name: &str| {
        names::has(names::SWITCHES, name)
            || names::has(names::IDLE_SWITCHES, name)
            || SPECS.iter().any(|spec| spec.value.is_none() && spec.names.contains(&name))
    };
    (is_switch(name) || positive.is_some_and(|name| is_switch(&name) || names::has(names::ABSENT, &name)))
        .then_some(false)
}

fn is_value(name: &str) -> bool {
    names::has(names::VALUES, name) || names::has(names::IDLE_VALUES, name)
}

fn is_negated_value(name: &str) -> bool {
    let Some(name) = name.strip_prefix("--no-") else { return false };
    let name = format!("--{name}");
    is_value(&name) || SPECS.iter().any(|spec| spec.value.is_some() && spec.names.contains(&name.as_str()))
}

/// An option's name with dashes for underscores.
fn plain(name: &str) -> String {
    if name.starts_with("--") { name.replace('_', "-") } else { name.to_owned() }
}

/// Notes an option that lets debuggers attach.
fn inspect_at(at: &mut InspectAt, begin: Option<Begin>, value: &str) -> Result<(), UsageError> {
    // Whatever stands behind it, an option that waits is followed.
    at.begin = at.begin.max(begin);
    let (host, port) = match value.rsplit_once(':') {
        // Colons in brackets belong to the address.
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) => ("", Some(value)),
        _ => (value, None),
    };
    if !host.is_empty() {
        at.host = host.trim_start_matches('[').trim_end_matches(']').to_owned();
    }
    if let Some(port) = port {
        // The digits in front count, and without one any port that is free.
        let digits = port.bytes().take_while(u8::is_ascii_digit).count();
        let number = if digits == 0 { Ok(0) } else { port[..digits].parse() };
        at.port = number.ok().filter(|&port| port == 0 || port >= 1024).ok_or(UsageError::Port)?;
    }
    Ok(())
}

/// Notes where the address is told at which debuggers may attach.
fn inspect_publish(at: &mut InspectAt, value: &str) -> Result<(), UsageError> {
    (at.tells, at.lists) = (false, false);
    for way in value.split(',') {
        match way {
            "stderr" => at.tells = true,
            "http" => at.lists = true,
            _ => {
                let text = "--inspect-publish-uid destination can be stderr or http";
                return Err(UsageError::Value(text.to_owned()));
            }
        }
    }
    Ok(())
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
        let name = plain(name);
        arg.starts_with('-')
            && (is_v8_option(arg)
                || PROCESS_OPTIONS.contains(&name.as_str())
                || (kind(&name).is_none() && !SPECS.iter().any(|spec| spec.names.contains(&name.as_str()))))
    };
    let bad: Vec<String> = args.iter().filter(|arg| is_bad(arg)).cloned().collect();
    if !bad.is_empty() {
        return Err(bad);
    }
    let all = args.iter().cloned().chain(["-".to_owned()]).collect();
    match parse(Vec::new(), all, false) {
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
        parse(Vec::new(), args.iter().map(|&arg| arg.to_owned()).collect(), true)
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
    fn debuggers_attach_where_the_options_say() {
        let at = |args: &[&str]| {
            let (options, _) = run(&[args, &["a.js"]].concat());
            (options.inspect.begin, format!("{}|{}", options.inspect.host, options.inspect.port))
        };
        assert_eq!(at(&[]), (None, "127.0.0.1|9229".to_owned()));
        assert_eq!(at(&["--inspect"]), (Some(Begin::AtOnce), "127.0.0.1|9229".to_owned()));
        assert_eq!(at(&["--inspect-wait", "--inspect=0"]).0, Some(Begin::WhenAsked));
        assert_eq!(at(&["--inspect-brk=0"]), (Some(Begin::Standing), "127.0.0.1|0".to_owned()));
        assert_eq!(at(&["--inspect-wait=[::1]:2000"]), (Some(Begin::WhenAsked), "::1|2000".to_owned()));
        assert_eq!(at(&["--inspect-port=2000", "--inspect=[::1]"]).1, "::1|2000");
        for refused in ["80", "70000", "127.0.0.1:12x", "::1", "99999999999"] {
            let option = format!("--inspect={refused}");
            assert_eq!(parsed(&[&option, "a.js"]).unwrap_err(), UsageError::Port, "{refused}");
        }
        // As Node.js reads ports: the digits in front of anything else, and any port without one.
        for (value, read) in [
            ("x:y", "x|0"),
            (":9334abc", "127.0.0.1|9334"),
            ("[::1]:x", "::1|0"),
            ("localhost:", "localhost|0"),
            ("127.0.0.1:-1", "127.0.0.1|0"),
            ("9335abc", "9335abc|9229"),
        ] {
            assert_eq!(at(&[&format!("--inspect={value}")]).1, read, "{value}");
        }
        let nothing = parsed(&["--inspect=", "a.js"]).unwrap_err();
        assert_eq!(nothing, UsageError::MissingValue("--inspect=".to_owned()));
        let tells = |value: &str| {
            let (options, _) = run(&[&format!("--inspect-publish-uid={value}"), "a.js"]);
            (options.inspect.tells, options.inspect.lists)
        };
        assert_eq!(tells("http"), (false, true));
        assert_eq!(tells("stderr,http"), (true, true));
        assert!(parsed(&["--inspect-publish-uid=mail", "a.js"]).is_err());
    }

    #[test]
    fn unknown_options_and_values_are_refused() {
        assert_eq!(parsed(&["-Z"]).unwrap_err(), UsageError::Unknown("-Z".to_owned()));
        assert_eq!(run(&["--nonsense", "a.js"]).1, ["--nonsense"]);
        assert_eq!(parsed(&["-e"]).unwrap_err(), UsageError::MissingValue("-e".to_owned()));
        let refused = parsed(&["--unhandled-rejections=maybe", "a.js"]).unwrap_err();
        assert_eq!(refused, UsageError::InvalidValue("--unhandled-rejections".to_owned()));
    }

    #[test]
    fn the_environment_comes_first_and_may_not_hold_everything() {
        let words = words("--no-warnings \"--title=a b\"").unwrap();
        let args = vec!["--title=c".to_owned(), "a.js".to_owned()];
        let Ok(Asked::Run(options, _)) = parse(words, args, true) else { panic!("expected a run") };
        assert_eq!(options.settings, ["--no-warnings", "--title=a b", "--title=c"]);
        assert_eq!(options.exec_args, ["--title=c"]);
        let refused = parse(vec!["--eval=1".to_owned()], Vec::new(), true).unwrap_err();
        assert_eq!(refused, UsageError::NotInEnvironment("--eval=".to_owned()));
    }

    #[test]
    fn switches_can_be_negated_and_values_cannot() {
        assert_eq!(
            run(&["--no-addons", "--trace_warnings", "a.js"]).0.settings,
            ["--no-addons", "--trace-warnings"]
        );
        assert_eq!(parsed(&["--no-eval"]).unwrap_err(), UsageError::Negation("--no-eval".to_owned()));
    }

    #[test]
    fn without_a_script_standard_input_is_the_program() {
        assert!(matches!(parsed(&["-", "x"]), Ok(Asked::RunStdin(options, _)) if options.args == ["-", "x"]));
        let Ok(Asked::Run(options, _)) = parse(Vec::new(), Vec::new(), false) else { panic!("no run") };
        assert_eq!(options.main, Main::Repl(None));
    }
}
