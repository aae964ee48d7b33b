//! Child processes.

mod run;
mod spawn;
mod wait;

use std::os::fd::IntoRawFd as _;

use crate::host::request::ProcessRequest;
use crate::host::{HostError, Response};
pub use wait::Children;

/// Does a request at once.
///
/// # Errors
/// When the child cannot be started.
pub fn call(request: ProcessRequest) -> Result<Response, HostError> {
    match request {
        ProcessRequest::Spawn(what) => {
            let spawned = spawn::spawn(&what)?;
            let ends = spawned.pipes.into_iter().map(|pipe| pipe.map_or(-1, |fd| fd.into_raw_fd()));
            Ok(Response::Numbers(std::iter::once(spawned.pid).chain(ends).map(f64::from).collect()))
        }
        ProcessRequest::Run { spawn, input, limits } => run::run(&spawn, input, &limits),
        ProcessRequest::Exit { .. } => Err(super::errno::error(libc::EINVAL, request.name(), None, None)),
    }
}
