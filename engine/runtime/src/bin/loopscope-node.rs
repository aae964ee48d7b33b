//! The windowless program: runs a script as `node` does.

use loopscope_runtime::program;

fn main() {
    let mut args = std::env::args_os().map(|arg| arg.to_string_lossy().into_owned());
    let name = args.next().unwrap_or_default();
    let code = program::run("loopscope-node", args.collect()).unwrap_or_else(|failed| {
        eprintln!("{name}: {failed}");
        failed.exit_code()
    });
    std::process::exit(code)
}
