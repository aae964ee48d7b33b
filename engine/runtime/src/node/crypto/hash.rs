//! Ops of digests and HMAC: natively held state that takes in the bytes of views where they are.

use super::{algorithm, data, length};
use crate::crypto::hash::Hasher;
use crate::crypto::mac::Hmac;
use crate::crypto::small_mac;
use crate::js::ops::{Args, OpDecl, OpError, OpResult, Ret};
use crate::js::{bytes, convert, owned};
use crate::ops;

/// The table.
pub const OPS: &[OpDecl] = ops![
    crypto_hash_copy,
    crypto_hash_digest,
    crypto_hash_new,
    crypto_hash_once,
    crypto_hash_size,
    crypto_hash_update,
    crypto_hmac_new,
    crypto_equal,
    crypto_small_mac,
];

/// `('blake2b', 'blake2s', 'poly1305' or 'siphash', key, salt, customization, length, message) → bytes`; lengths have been
/// checked. Salt and customization are BLAKE2's.
fn crypto_small_mac(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let kind = convert::text(scope, args.get(0));
    let key = data(scope, args.get(1))?;
    let size = length(args.get(4));
    let message = data(scope, args.get(5))?;
    let wrong = || OpError::Type(format!("there is no {kind} with a key of {} bytes", key.len()));
    let code = match kind.as_str() {
        "blake2b" | "blake2s" => {
            let (salt, personal) = (data(scope, args.get(2))?, data(scope, args.get(3))?);
            let code = if kind == "blake2b" { small_mac::blake2b } else { small_mac::blake2s };
            code(&key, &salt, &personal, size, &message)
        }
        "poly1305" => small_mac::poly1305(key.as_slice().try_into().map_err(|_| wrong())?, &message),
        "siphash" => {
            small_mac::siphash(key.as_slice().try_into().map_err(|_| wrong())?, size == 16, &message)
        }
        _ => return Err(wrong()),
    };
    if let Some(code) = convert::bytes(scope, code) {
        ret.set(code.into());
    }
    Ok(())
}

/// What a handle of a script holds.
enum Digesting {
    Hash(Box<Hasher>),
    Hmac(Box<Hmac>),
    /// The digest was taken.
    Done,
}

/// Text of at most this many bytes is put on the stack.
const SHORT: usize = 1024;

/// Calls `with` with the bytes of a view, or of a string in UTF-8.
fn with_data<R>(
    scope: &mut v8::PinScope,
    value: v8::Local<v8::Value>,
    with: impl FnOnce(&[u8]) -> R,
) -> Result<R, crate::js::ops::OpError> {
    let Ok(text) = v8::Local::<v8::String>::try_from(value) else { return bytes::read(value, with) };
    if text.length() <= SHORT / 3 {
        let mut storage = [0; SHORT];
        let length = bytes::write_utf8(scope, text, &mut storage);
        return Ok(with(&storage[..length]));
    }
    Ok(with(&bytes::utf8(scope, text)))
}

/// `(name) → the usual length of its digests`, negative when any length is possible, undefined for an unknown one.
fn crypto_hash_size(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    if let Some(algorithm) = algorithm(scope, args.get(0)) {
        let size = algorithm.size() as f64;
        ret.set_double(if algorithm.is_extendable() { -size } else { size });
    }
    Ok(())
}

/// `(name) → handle`, undefined for an unknown one.
fn crypto_hash_new(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    if let Some(algorithm) = algorithm(scope, args.get(0)) {
        ret.set(owned::new(scope, Digesting::Hash(Box::new(Hasher::new(algorithm)))));
    }
    Ok(())
}

/// `(name, key) → handle`, undefined for an unknown one.
fn crypto_hmac_new(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    if let Some(algorithm) = algorithm(scope, args.get(0)) {
        let hmac = with_data(scope, args.get(1), |key| Hmac::new(algorithm, key))?;
        ret.set(owned::new(scope, Digesting::Hmac(Box::new(hmac))));
    }
    Ok(())
}

/// `(handle) → handle` of a copy.
fn crypto_hash_copy(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let copy = owned::with(args.get(0), |state: &mut Digesting| match state {
        Digesting::Hash(hasher) => Digesting::Hash(hasher.clone()),
        Digesting::Hmac(hmac) => Digesting::Hmac(hmac.clone()),
        Digesting::Done => Digesting::Done,
    })?;
    ret.set(owned::new(scope, copy));
    Ok(())
}

/// `(handle, view or string)`.
fn crypto_hash_update(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    let handle = args.get(0);
    with_data(scope, args.get(1), |bytes| {
        owned::with(handle, |state: &mut Digesting| match state {
            Digesting::Hash(hasher) => hasher.update(bytes),
            Digesting::Hmac(hmac) => hmac.update(bytes),
            Digesting::Done => {}
        })
    })?
}

/// `(handle, length, whether as hexadecimal text) → digest`. The length counts for functions that allow any.
fn crypto_hash_digest(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let size = length(args.get(1));
    let digest =
        owned::with(args.get(0), |state: &mut Digesting| match std::mem::replace(state, Digesting::Done) {
            Digesting::Hash(hasher) => hasher.finish_long(size),
            Digesting::Hmac(hmac) => hmac.finish(),
            Digesting::Done => Vec::new(),
        })?;
    give(scope, digest, args.get(2).is_true(), ret);
    Ok(())
}

/// Gives a digest as bytes, or at once as the text that most programs want: a view of memory of its own costs more than
/// hashing a few bytes.
fn give(scope: &mut v8::PinScope, digest: Vec<u8>, is_text: bool, ret: Ret) {
    if is_text {
        let digits = b"0123456789abcdef";
        let mut text = vec![0; digest.len() * 2];
        for (byte, pair) in digest.iter().zip(text.chunks_exact_mut(2)) {
            pair.copy_from_slice(&[digits[usize::from(byte >> 4)], digits[usize::from(byte & 15)]]);
        }
        if let Some(text) = v8::String::new_from_one_byte(scope, &text, v8::NewStringType::Normal) {
            ret.set(text.into());
        }
    } else if let Some(digest) = convert::bytes(scope, digest) {
        ret.set(digest.into());
    }
}

/// `(name, view or string, length, whether as hexadecimal text) → digest`, undefined for an unknown one.
fn crypto_hash_once(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let Some(algorithm) = algorithm(scope, args.get(0)) else { return Ok(()) };
    let size = length(args.get(2));
    let digest = with_data(scope, args.get(1), |bytes| {
        let mut hasher = Hasher::new(algorithm);
        hasher.update(bytes);
        hasher.finish_long(size)
    })?;
    give(scope, digest, args.get(3).is_true(), ret);
    Ok(())
}

/// `(view, view) → whether they have the same bytes`, in a time that only depends on the length.
fn crypto_equal(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let (left, right) = (data(scope, args.get(0))?, data(scope, args.get(1))?);
    let difference = left.iter().zip(&right).fold(0, |sum, (a, b)| sum | std::hint::black_box(a ^ b));
    ret.set_bool(left.len() == right.len() && std::hint::black_box(difference) == 0);
    Ok(())
}
