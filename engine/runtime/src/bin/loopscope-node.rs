//! The windowless program: runs a script as `node` does.

use std::process::ExitCode;

use anyhow::Context as _;
use loopscope_runtime::host::real::RealHost;
use loopscope_runtime::js;
use loopscope_runtime::options::Options;

/// V8 keeps its own limit of about 1 MB for scripts; the rest is for native code that scripts call into.
const STACK_SIZE: usize = 16 * 1024 * 1024;

fn main() -> anyhow::Result<ExitCode> {
    let mut args = std::env::args().skip(1);
    let file = args.next().context("name the script to run: loopscope-node FILE [ARGS…]")?;
    let options = Options::file(file, args.collect());
    js::initialize(&[]);
    let runtime = std::thread::Builder::new().name("runtime".to_owned()).stack_size(STACK_SIZE);
    let code = runtime
        .spawn(move || -> anyhow::Result<i32> {
            let host = RealHost::new().context("the system gives no poller for the event loop")?;
            Ok(js::run(options, Box::new(host))?.code)
        })
        .context("the system gives no thread for the runtime")?
        .join()
        .map_err(|_| anyhow::anyhow!("the runtime thread failed; this is a bug in Loopscope"))??;
    std::process::exit(code)
}
