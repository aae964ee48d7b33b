//! Operations in their blocking form: the same code serves synchronous calls and the pool's threads.

use super::{child, compress, crypto, errno, files, modules, names, system};
use crate::host::{HostError, Request, Response};

/// Does the operation on the calling thread.
pub fn run(request: Request) -> Result<Response, HostError> {
    match request {
        Request::Compress(request) => compress::run(request),
        Request::Crypto(request) => crypto::run(request),
        Request::Dns(request) => names::run(request),
        Request::File(request) => files::run(request),
        Request::Module(request) => modules::run(request),
        Request::System(request) => system::run(request),
        // Sockets belong to the loop's thread, which answers for them itself.
        Request::Dgram(request) => Err(errno::error(libc::EINVAL, request.name(), None, None)),
        Request::Process(request) => child::call(request),
        Request::Net(request) => Err(errno::error(libc::EINVAL, request.name(), None, None)),
    }
}
