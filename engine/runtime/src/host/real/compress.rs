//! Streams of compression: they work in memory, on the thread that asks or on one of the pool's.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use super::errno::error;
use crate::compression::{self, Codec, Failure, Mode, Setup};
use crate::host::request::CompressRequest;
use crate::host::{HostError, Response};

type Shared = Arc<Mutex<Box<dyn Codec>>>;

/// The streams of the process: any thread of the pool may work on any of them.
#[derive(Default)]
struct Streams {
    open: HashMap<u64, Shared>,
    last: u64,
}

static STREAMS: LazyLock<Mutex<Streams>> = LazyLock::new(Mutex::default);

/// A codec that failed is not used any more; the table is whole after every call.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn refused(failure: Failure) -> Response {
    let number = Response::Number(f64::from(failure.number));
    Response::List(vec![Response::Text(failure.message), Response::Text(failure.code), number])
}

fn told(result: Result<(), Failure>) -> Response {
    result.map_or_else(refused, |()| Response::Unit)
}

/// Does a request.
///
/// # Errors
/// When there is no such stream.
pub fn run(request: CompressRequest) -> Result<Response, HostError> {
    let gone = || error(libc::EBADF, "zlib", None, None);
    let find = |stream| lock(&STREAMS).open.get(&stream).cloned().ok_or_else(gone);
    Ok(match request {
        CompressRequest::Open { mode, numbers, dictionary, size, strict_end } => {
            let mode = Mode::from_number(mode).ok_or_else(|| error(libc::EINVAL, "zlib", None, None))?;
            match compression::open(mode, &Setup { numbers, dictionary, size, strict_end }) {
                Ok(codec) => {
                    let mut streams = lock(&STREAMS);
                    streams.last += 1;
                    let id = streams.last;
                    streams.open.insert(id, Arc::new(Mutex::new(codec)));
                    Response::Number(id as f64)
                }
                Err(failure) => refused(failure),
            }
        }
        CompressRequest::Step { stream, flush, input, room } => {
            let codec = find(stream)?;
            let mut output = Vec::new();
            match lock(&codec).step(flush, &input, &mut output, room) {
                Ok(step) => Response::List(vec![
                    Response::Bytes(output),
                    Response::Number(step.used as f64),
                    Response::Bool(step.ended),
                ]),
                Err(failure) => refused(failure),
            }
        }
        CompressRequest::Tune { stream, level, strategy } => {
            told(lock(&*find(stream)?).tune(level, strategy))
        }
        CompressRequest::Reset { stream } => told(lock(&*find(stream)?).reset()),
        CompressRequest::Close { stream } => {
            lock(&STREAMS).open.remove(&stream);
            Response::Unit
        }
    })
}
