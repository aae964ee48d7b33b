//! Whatever is read as a value that was cloned: there is a value or an error, and the program lives on.
//!
//! V8 is not instrumented, so nothing is gained by having it in this process: the bytes go to a `loopscope-node` (named
//! by the variable `LOOPSCOPE_NODE`, or the debug build) that reads them one after the other.
#![no_main]

use std::io::{Read as _, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Mutex, OnceLock};

use libfuzzer_sys::fuzz_target;

/// The program with the pipes to it.
struct Program {
    child: Child,
    input: ChildStdin,
    output: ChildStdout,
}

impl Program {
    fn start() -> Self {
        let folder = env!("CARGO_MANIFEST_DIR");
        let program = std::env::var("LOOPSCOPE_NODE")
            .unwrap_or_else(|_| format!("{folder}/../target/debug/loopscope-node"));
        let mut child = Command::new(&program)
            .arg(format!("{folder}/fuzz_targets/structured_clone.js"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| {
                panic!("{program} cannot be started ({error}): build it, or name one with LOOPSCOPE_NODE")
            });
        let input = child.stdin.take().expect("its input is a pipe");
        let output = child.stdout.take().expect("its output is a pipe");
        Self { child, input, output }
    }

    fn read(&mut self, bytes: &[u8]) {
        let length = u32::try_from(bytes.len()).expect("inputs are small").to_le_bytes();
        let mut answer = [0];
        let result = self
            .input
            .write_all(&length)
            .and_then(|()| self.input.write_all(bytes))
            .and_then(|()| self.output.read_exact(&mut answer));
        if let Err(error) = result {
            panic!("the program is gone ({error}): {:?}", self.child.wait());
        }
    }
}

/// Version 15 of the format, that of this V8; bytes without it are mostly refused at once.
const HEADER: [u8; 2] = [0xff, 15];

fuzz_target!(|input: (bool, Vec<u8>)| {
    static PROGRAM: OnceLock<Mutex<Program>> = OnceLock::new();
    let (with_header, mut bytes) = input;
    if with_header {
        bytes.splice(0..0, HEADER);
    }
    let program = PROGRAM.get_or_init(|| Mutex::new(Program::start()));
    program.lock().expect("it has not failed before").read(&bytes);
});
