//! The windowless program: runs a script as `node` does.

use std::io::{IsTerminal as _, Read as _};

use anyhow::Context as _;
use loopscope_runtime::command_line::{Asked, EXIT_USAGE, help, parse};
use loopscope_runtime::host::real::RealHost;
use loopscope_runtime::js::{self, Program};
use loopscope_runtime::options::{Main, Options};

/// V8 keeps its own limit of about 1 MB for scripts; the rest is for native code that scripts call into.
const STACK_SIZE: usize = 16 * 1024 * 1024;

fn main() -> anyhow::Result<()> {
    let args = std::env::args_os().skip(1).map(|arg| arg.to_string_lossy().into_owned()).collect();
    let (options, v8_options) = match parse(args, !std::io::stdin().is_terminal()) {
        Ok(Asked::Run(options, v8)) => (options, v8),
        Ok(Asked::RunStdin(mut options, v8)) => {
            let mut source = String::new();
            std::io::stdin()
                .read_to_string(&mut source)
                .context("cannot read the program from standard input")?;
            options.main = Main::Eval { source, name: "[stdin]", print: false };
            (options, v8)
        }
        Ok(Asked::Version) => {
            println!("{}", loopscope_runtime::NODE_VERSION);
            return Ok(());
        }
        Ok(Asked::Help) => {
            print!("{}", help("loopscope-node"));
            return Ok(());
        }
        Err(failed) => {
            eprintln!("{}: {failed}", program_name());
            std::process::exit(EXIT_USAGE);
        }
    };
    std::process::exit(run(*options, &v8_options)?)
}

/// The program's name as it was typed, for messages about the command line.
fn program_name() -> String {
    std::env::args_os().next().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

fn run(options: Options, v8_options: &[String]) -> anyhow::Result<i32> {
    if let Some(unknown) = js::initialize(v8_options).first() {
        eprintln!("{}: bad option: {unknown}", program_name());
        return Ok(EXIT_USAGE);
    }
    let runtime = std::thread::Builder::new().name("runtime".to_owned()).stack_size(STACK_SIZE);
    let thread = runtime
        .spawn(move || -> anyhow::Result<i32> {
            let host = RealHost::new().context("the system gives no poller for the event loop")?;
            Ok(js::run(Program::new(options, Box::new(host)))?.code)
        })
        .context("the system gives no thread for the runtime")?;
    thread.join().map_err(|_| anyhow::anyhow!("the runtime thread failed; this is a bug in Loopscope"))?
}
