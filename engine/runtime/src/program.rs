//! What `loopscope-node` and `loopscope run` do: a run that nobody watches, with the process for itself.

use std::io::{IsTerminal as _, Read as _};
use std::sync::{Arc, OnceLock};

use crate::command_line::{
    Asked, EXIT_MODE, EXIT_USAGE, UsageError, completion, help, of_file, parse, words,
};
use crate::host::HostError;
use crate::host::real::{RealHost, debugged, inspect_server};
use crate::inspect::{self, Attach, Attended, Begin, Incoming, Reach};
use crate::js::{self, Program, Stopper};
use crate::options::{Main, Options};
use crate::session::{self, STACK_SIZE, SessionError};
use crate::trace::Observer;

/// Why the program ends without having run a script.
#[derive(Debug, thiserror::Error)]
pub enum ProgramError {
    /// The command line cannot be followed.
    #[error(transparent)]
    Usage(#[from] UsageError),
    /// Standard input holds no program text.
    #[error("cannot read the program from standard input: {0}")]
    Input(std::io::Error),
    /// The runtime did not start.
    #[error(transparent)]
    Session(#[from] SessionError),
}

impl ProgramError {
    /// The exit code that says so.
    pub fn exit_code(&self) -> i32 {
        match self {
            Self::Usage(UsageError::Mode(_)) => EXIT_MODE,
            Self::Usage(_) => EXIT_USAGE,
            _ => 1,
        }
    }
}

/// Follows a command line of `node` (without the program's name, `name` is for the help) and returns the exit code;
/// a script that runs to its end ends the process itself.
///
/// # Errors
/// When no script could be run.
pub fn run(name: &str, args: Vec<String>) -> Result<i32, ProgramError> {
    let debugger = debugged::take_address();
    let variable = std::env::var("NODE_OPTIONS").ok().or_else(|| options_of_files(&args));
    let environment = words(&variable.unwrap_or_default())?;
    let (options, mut v8_options) = match parse(environment, args, !std::io::stdin().is_terminal())? {
        Asked::Run(options, v8) => (options, v8),
        Asked::RunStdin(mut options, v8) => {
            let mut source = String::new();
            std::io::stdin().read_to_string(&mut source).map_err(ProgramError::Input)?;
            options.main = Main::Eval { source, name: "[stdin]", print: false };
            (options, v8)
        }
        Asked::Version => {
            println!("{}", crate::NODE_VERSION);
            return Ok(0);
        }
        Asked::Help => {
            print!("{}", help(name));
            return Ok(0);
        }
        Asked::Completion => {
            print!("{}", completion(name));
            return Ok(0);
        }
    };
    v8_options.extend(share_of_memory(&options.settings));
    begin(&v8_options)?;
    let is_deaf = options.settings.iter().any(|setting| setting == "--disable-sigusr1");
    execute_below(
        debugger,
        *options,
        || None,
        move |stopper| {
            if is_deaf {
                // Where that cannot be, the signal ends the process.
                drop(crate::host::real::ignore_debug_signal());
            } else {
                // Without the thread for it the program runs as well; only the signal ends it.
                drop(crate::host::real::on_debug_signal(Box::new(move || {
                    stopper.inspect(Incoming::Listen);
                })));
            }
        },
    )
}

/// What the files of `--env-file` say of NODE_OPTIONS; the last one counts.
fn options_of_files(args: &[String]) -> Option<String> {
    let options = args.iter().take_while(|arg| arg.starts_with('-'));
    let files = options.filter_map(|arg| {
        arg.strip_prefix("--env-file=").or_else(|| arg.strip_prefix("--env-file-if-exists="))
    });
    files.filter_map(|file| of_file(&crate::host::real::text_of(file)?)).last()
}

/// V8's limit for `--max-old-space-size-percentage`.
fn share_of_memory(settings: &[String]) -> Option<String> {
    let name = "--max-old-space-size-percentage=";
    let value = settings.iter().rev().find_map(|setting| setting.strip_prefix(name))?;
    let share: f64 = value.parse().ok()?;
    let available = js::memory::available(&mut RealHost::new().ok()?);
    Some(format!("--max-old-space-size={}", (available as f64 / 1024.0 / 1024.0 * share / 100.0) as u64))
}

/// Starts V8 with its own options, on the main thread, for runs that somebody watches and may want to stop.
///
/// # Errors
/// With the first option that V8 does not know.
pub fn start_v8(options: &[String]) -> Result<(), UsageError> {
    let always = [session::V8_OPTION.to_owned()];
    begin(&[options, &always].concat())
}

fn begin(options: &[String]) -> Result<(), UsageError> {
    match js::initialize(options).into_iter().next() {
        Some(unknown) => Err(UsageError::Unknown(unknown)),
        None => Ok(()),
    }
}

/// Calls `then` on a thread of its own for the first interruption (Ctrl+C) that the script does not listen to; the next one
/// ends the process.
///
/// # Errors
/// When the system gives no thread or no pipe for it.
pub fn on_interrupt(then: impl FnOnce() + Send + 'static) -> Result<(), HostError> {
    crate::host::real::on_interrupt(Box::new(then))
}

/// Calls `then` on a thread of its own for every interruption (Ctrl+C), which then ends nothing, until the guard is dropped.
///
/// # Errors
/// When the system gives no thread or no pipe for it.
pub fn on_interrupts(then: impl Fn() + Send + 'static) -> Result<Box<dyn std::any::Any>, HostError> {
    Ok(Box::new(crate::host::real::intercept(Box::new(then))?))
}

/// Runs a script with the process for itself and returns its exit code. `observer` is made on the runtime's thread.
///
/// # Errors
/// When the runtime cannot start.
pub fn execute(
    options: Options,
    observer: impl FnOnce() -> Option<Box<dyn Observer>> + Send + 'static,
) -> Result<i32, ProgramError> {
    execute_with(options, observer, |_| ())
}

/// As [`execute`]; `on_start` is given the means to reach the run from other threads.
///
/// # Errors
/// When the runtime cannot start.
pub fn execute_with(
    options: Options,
    observer: impl FnOnce() -> Option<Box<dyn Observer>> + Send + 'static,
    on_start: impl FnOnce(Stopper) + Send + 'static,
) -> Result<i32, ProgramError> {
    execute_below(None, options, observer, on_start)
}

/// As [`execute_with`] for a run that another one has started, whose debugger is at this address.
fn execute_below(
    debugger: Option<String>,
    options: Options,
    observer: impl FnOnce() -> Option<Box<dyn Observer>> + Send + 'static,
    on_start: impl FnOnce(Stopper) + Send + 'static,
) -> Result<i32, ProgramError> {
    let runtime = std::thread::Builder::new().name("runtime".to_owned()).stack_size(STACK_SIZE);
    let thread = runtime
        .spawn(move || -> Result<i32, SessionError> {
            let host = RealHost::new().map_err(SessionError::Poller)?;
            let mut observer = observer();
            let stopper = Arc::new(OnceLock::new());
            let reach = reach(&stopper);
            // Without the other run, which may be over, this one is as any other.
            let below = debugger.and_then(|address| come(&address, &options, Arc::clone(&reach)));
            let opened = options.inspect.begin.and_then(|begin| open(begin, &options, below.as_ref(), reach));
            let is_below = below.is_some();
            let inspect = opened.map(|attach| Attach { is_below, ..attach }).or(below);
            if let Some(attach) = &inspect {
                observer = Some(Box::new(Attended::new(observer, attach.inbox.bell.clone())));
            }
            let on_start = move |begun: Stopper| {
                // This is called once.
                let _ = stopper.set(begun.clone());
                on_start(begun);
            };
            let program = Program {
                observer,
                on_start: Some(Box::new(on_start)),
                inspect,
                ..Program::new(options, Box::new(host))
            };
            Ok(js::run(program)?.code)
        })
        .map_err(SessionError::Thread)?;
    Ok(thread.join().map_err(|_| SessionError::Panicked)??)
}

/// Makes a run look at what has arrived, once `stopper` is there; until then it does so by itself.
fn reach(stopper: &Arc<OnceLock<Stopper>>) -> Reach {
    let run = Arc::clone(stopper);
    Arc::new(move || {
        if let Some(stopper) = run.get() {
            stopper.request_dispatch();
        }
    })
}

/// Has the debugger of the run that has started this one debug it, too; `None` when that is gone.
fn come(address: &str, options: &Options, reach: Reach) -> Option<Attach> {
    let (name, url) = match &options.main {
        Main::File(path) => {
            let whole = std::path::absolute(path).unwrap_or_else(|_| path.into());
            let name = whole.file_name().unwrap_or_default().to_string_lossy().into_owned();
            (name, url::Url::from_file_path(whole).map_or_else(|()| path.clone(), String::from))
        }
        other => (other.name(), String::new()),
    };
    debugged::come(address, name, url, options.inspect.begin.unwrap_or(Begin::AtOnce), reach).ok()
}

/// Lets debuggers attach to a run, which has a way to its inspector already when it is debugged by the one `below`
/// which it is. When that fails, the run goes on without them, as with `node`.
fn open(begin: Begin, options: &Options, below: Option<&Attach>, reach: Reach) -> Option<Attach> {
    let (link, inbox) = match below {
        Some(attach) => (attach.link.clone(), attach.inbox.clone()),
        None => inspect::link(begin),
    };
    let at = &options.inspect;
    let script = match &options.main {
        Main::File(path) => Some(path.as_str()),
        _ => None,
    };
    let address = inspect::door::Address { host: &at.host, port: at.port, lists: at.lists };
    match inspect_server::listen(address, script, link.clone(), reach) {
        Ok(door) => {
            if at.tells {
                eprint!("{}", door.facts.announcement());
            }
            Some(Attach::expected(link, inbox, Some(door)))
        }
        Err(failed) => {
            eprint!("{}", inspect::door::refusal_text(&at.host, at.port, &failed));
            None
        }
    }
}
