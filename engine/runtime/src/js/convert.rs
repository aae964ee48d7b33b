//! Plain data to and from JavaScript values.

use super::ops::OpError;
use crate::host::{HostError, Response};

/// A JavaScript string.
///
/// V8 refuses strings of 2^29 characters and more; those become an empty string.
pub fn string<'s>(scope: &v8::PinScope<'s, '_>, text: &str) -> v8::Local<'s, v8::String> {
    v8::String::new(scope, text).unwrap_or_else(|| v8::String::empty(scope))
}

/// A property name that V8 keeps only once.
pub fn name<'s>(scope: &v8::PinScope<'s, '_>, text: &str) -> v8::Local<'s, v8::String> {
    v8::String::new_from_utf8(scope, text.as_bytes(), v8::NewStringType::Internalized)
        .unwrap_or_else(|| v8::String::empty(scope))
}

/// A `Uint8Array` that owns `bytes`.
pub fn bytes<'s>(scope: &v8::PinScope<'s, '_>, bytes: Vec<u8>) -> Option<v8::Local<'s, v8::Uint8Array>> {
    let length = bytes.len();
    let store = v8::ArrayBuffer::new_backing_store_from_vec(bytes).make_shared();
    let buffer = v8::ArrayBuffer::with_backing_store(scope, &store);
    v8::Uint8Array::new(scope, buffer, 0, length)
}

/// What a host answered, as [`Response`] says for each kind.
pub fn response<'s>(scope: &v8::PinScope<'s, '_>, value: Response) -> Option<v8::Local<'s, v8::Value>> {
    Some(match value {
        Response::Unit => v8::undefined(scope).into(),
        Response::Null => v8::null(scope).into(),
        Response::Bool(value) => v8::Boolean::new(scope, value).into(),
        Response::Number(value) => v8::Number::new(scope, value).into(),
        Response::BigInt(value) => v8::BigInt::new_from_i64(scope, value).into(),
        Response::Text(text) => v8::String::new(scope, &text)?.into(),
        Response::Bytes(value) => bytes(scope, value)?.into(),
        Response::Numbers(values) => {
            let length = values.len();
            let raw = values.iter().flat_map(|value| value.to_ne_bytes()).collect();
            let store = v8::ArrayBuffer::new_backing_store_from_vec(raw).make_shared();
            let buffer = v8::ArrayBuffer::with_backing_store(scope, &store);
            v8::Float64Array::new(scope, buffer, 0, length)?.into()
        }
        Response::BigInts(values) => {
            let length = values.len();
            let raw = values.iter().flat_map(|value| value.to_ne_bytes()).collect();
            let store = v8::ArrayBuffer::new_backing_store_from_vec(raw).make_shared();
            let buffer = v8::ArrayBuffer::with_backing_store(scope, &store);
            v8::BigInt64Array::new(scope, buffer, 0, length)?.into()
        }
        Response::List(values) => {
            let mut items = Vec::with_capacity(values.len());
            for value in values {
                items.push(response(scope, value)?);
            }
            v8::Array::new_with_elements(scope, &items).into()
        }
    })
}

/// The `Error` that stands for a failed system call, with Node's message and properties
/// (<https://nodejs.org/api/errors.html#class-systemerror>).
pub fn host_error<'s>(scope: &v8::PinScope<'s, '_>, failed: &HostError) -> v8::Local<'s, v8::Value> {
    let message = string(scope, &failed.to_string());
    let error = v8::Exception::error(scope, message);
    let Some(object) = error.to_object(scope) else { return error };
    let number = v8::Integer::new(scope, failed.errno).into();
    let texts = [
        ("code", Some(&*failed.code)),
        ("syscall", Some(&*failed.syscall)),
        ("path", failed.path.as_deref()),
        ("dest", failed.dest.as_deref()),
    ];
    let key = name(scope, "errno");
    object.set(scope, key.into(), number);
    for (key, text) in texts {
        if let Some(text) = text {
            let (key, value) = (name(scope, key), string(scope, text));
            object.set(scope, key.into(), value.into());
        }
    }
    error
}

/// The argument as text, with lone surrogates replaced.
pub fn text(scope: &v8::PinScope, value: v8::Local<v8::Value>) -> String {
    value.to_rust_string_lossy(scope)
}

/// The argument as a list of texts.
///
/// # Errors
/// When it is no array.
pub fn texts(scope: &mut v8::PinScope, value: v8::Local<v8::Value>) -> Result<Vec<String>, OpError> {
    let list = v8::Local::<v8::Array>::try_from(value)
        .map_err(|_| OpError::Type("an op expected an array".to_owned()))?;
    Ok((0..list.length())
        .filter_map(|index| list.get_index(scope, index))
        .map(|value| text(scope, value))
        .collect())
}

/// The argument as a file path: the bytes of a string (UTF-8) or of a `Uint8Array`.
pub fn path(scope: &v8::PinScope, value: v8::Local<v8::Value>) -> Vec<u8> {
    if let Ok(text) = v8::Local::<v8::String>::try_from(value) {
        return text.to_rust_string_lossy(scope).into_bytes();
    }
    view_bytes(value).unwrap_or_else(|| text(scope, value).into_bytes())
}

/// A copy of the bytes of an `ArrayBufferView`; `None` for anything else.
pub fn view_bytes(value: v8::Local<v8::Value>) -> Option<Vec<u8>> {
    let view = v8::Local::<v8::ArrayBufferView>::try_from(value).ok()?;
    let mut copy = Vec::with_capacity(view.byte_length());
    let length = view.copy_contents_uninit(copy.spare_capacity_mut());
    // SAFETY: V8 has written so many bytes.
    unsafe { copy.set_len(length) };
    Some(copy)
}

/// The argument as a number; NaN for what is none.
pub fn number(value: v8::Local<v8::Value>) -> f64 {
    v8::Local::<v8::Number>::try_from(value).map_or(f64::NAN, |number| number.value())
}

/// The argument as a 32-bit integer; what is none counts as 0.
pub fn int(value: v8::Local<v8::Value>) -> i32 {
    number(value) as i32
}

/// The argument as an offset or length; `None` for `null`, `undefined` and negative numbers. BigInts are taken, too.
pub fn offset(value: v8::Local<v8::Value>) -> Option<u64> {
    if let Ok(big) = v8::Local::<v8::BigInt>::try_from(value) {
        let (value, lossless) = big.i64_value();
        return u64::try_from(value).ok().filter(|_| lossless);
    }
    let value = number(value);
    (value >= 0.0).then_some(value as u64)
}

/// The argument as a function.
///
/// # Errors
/// When it is none.
pub fn function<'s>(value: v8::Local<'s, v8::Value>) -> Result<v8::Local<'s, v8::Function>, OpError> {
    v8::Local::<v8::Function>::try_from(value)
        .map_err(|_| OpError::Type("an op expected a function".to_owned()))
}
