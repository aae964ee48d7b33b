//! Ops of the module `zlib`.

use crate::compression::crc32;
use crate::host::Request;
use crate::host::request::CompressRequest;
use crate::js::convert;
use crate::js::ops::{self as op, Args, OpDecl, OpError, OpResult, Ret};
use crate::ops;

/// The table.
pub const OPS: &[OpDecl] = ops![zlib_close, zlib_crc32, zlib_open, zlib_reset, zlib_step, zlib_tune];

fn at_once(scope: &mut v8::PinScope, request: CompressRequest, ret: Ret) -> OpResult {
    let undefined = v8::undefined(scope).into();
    op::request(scope, Request::Compress(request), undefined, ret)
}

fn stream(args: Args) -> u64 {
    convert::offset(args.get(0)).unwrap_or(0)
}

/// `(mode, numbers, dictionary or undefined, size or undefined, whether what follows the end is an error) → stream`, or
/// `[message, code, number]`.
fn zlib_open(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let numbers = v8::Local::<v8::Array>::try_from(args.get(1))
        .map_err(|_| OpError::Type("an op expected an array".to_owned()))?;
    let numbers =
        (0..numbers.length()).filter_map(|index| numbers.get_index(scope, index)).map(convert::int).collect();
    let request = CompressRequest::Open {
        mode: convert::int(args.get(0)),
        numbers,
        dictionary: convert::view_bytes(args.get(2)).unwrap_or_default(),
        size: convert::offset(args.get(3)),
        strict_end: args.get(4).is_true(),
    };
    at_once(scope, request, ret)
}

/// `(stream, flush, bytes, room, callback) → [bytes, used, ended]`, or `[message, code, number]`.
fn zlib_step(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let request = CompressRequest::Step {
        stream: stream(args),
        flush: convert::int(args.get(1)),
        input: convert::view_bytes(args.get(2)).unwrap_or_default(),
        room: convert::number(args.get(3)) as usize,
    };
    op::request(scope, Request::Compress(request), args.get(4), ret)
}

/// `(stream, level, strategy)`.
fn zlib_tune(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let (level, strategy) = (convert::int(args.get(1)), convert::int(args.get(2)));
    at_once(scope, CompressRequest::Tune { stream: stream(args), level, strategy }, ret)
}

/// `(stream)`.
fn zlib_reset(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    at_once(scope, CompressRequest::Reset { stream: stream(args) }, ret)
}

/// `(stream)`.
fn zlib_close(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    at_once(scope, CompressRequest::Close { stream: stream(args) }, ret)
}

/// `(text or view, value before) → value`.
fn zlib_crc32(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let bytes =
        convert::view_bytes(args.get(0)).unwrap_or_else(|| convert::text(scope, args.get(0)).into_bytes());
    let sum = crc32(convert::number(args.get(1)) as u32, &bytes);
    ret.set_double(f64::from(sum));
    Ok(())
}
