//! What children of a watched script inherit: never the terminal or the files of the process that hosts it.

use crate::host::Request;
use crate::host::request::{ChildStdio, ProcessRequest};

/// Standard input inherited is none; an output inherited becomes a pipe, and what comes out of it is passed on by the
/// script's side as its own output.
pub fn keep_apart(request: &mut Request) {
    let Request::Process(request) = request else { return };
    match request {
        ProcessRequest::Spawn(spawn) => {
            redirect(&mut spawn.stdio);
        }
        ProcessRequest::Run { spawn, limits, .. } => {
            let collects = spawn.stdio.iter().skip(1).any(|&stdio| stdio == ChildStdio::Pipe);
            if redirect(&mut spawn.stdio) && !collects {
                // What is inherited has no limit.
                limits.output = None;
            }
        }
        ProcessRequest::Exit { .. } => {}
    }
}

/// True when an output became a pipe.
fn redirect(stdio: &mut [ChildStdio]) -> bool {
    let mut piped = false;
    for stdio in stdio {
        match *stdio {
            ChildStdio::Descriptor(0) => *stdio = ChildStdio::Ignore,
            ChildStdio::Descriptor(1 | 2) => {
                *stdio = ChildStdio::Pipe;
                piped = true;
            }
            ChildStdio::Descriptor(_) | ChildStdio::Pipe | ChildStdio::Ignore => {}
        }
    }
    piped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn standard_descriptors_are_not_handed_out() {
        let mut stdio = [0, 1, 2, 7].map(ChildStdio::Descriptor);
        assert!(redirect(&mut stdio));
        let wanted = [ChildStdio::Ignore, ChildStdio::Pipe, ChildStdio::Pipe, ChildStdio::Descriptor(7)];
        assert_eq!(stdio, wanted);
        assert!(!redirect(&mut [ChildStdio::Ignore, ChildStdio::Pipe, ChildStdio::Descriptor(0)]));
    }
}
