//! Ops of randomness and key derivation. Those with a callback work on the pool.

use super::{algorithm, data, length};
use crate::crypto::kdf::Argon2Options;
use crate::host::{CryptoRequest, Request};
use crate::js::ops::{self as op, Args, OpDecl, OpError, OpResult, Ret};
use crate::js::state::State;
use crate::js::{bytes, convert};
use crate::ops;

/// The table.
pub const OPS: &[OpDecl] = ops![
    crypto_argon2,
    crypto_cipher_once,
    crypto_digest,
    crypto_hkdf,
    crypto_hmac,
    crypto_kmac,
    crypto_pbkdf2,
    crypto_random_bytes,
    crypto_random_fill,
    crypto_scrypt,
];

fn unsigned(value: v8::Local<v8::Value>) -> u32 {
    convert::number(value) as u32
}

fn request(
    scope: &mut v8::PinScope,
    request: CryptoRequest,
    callback: v8::Local<v8::Value>,
    ret: Ret,
) -> OpResult {
    op::request(scope, Request::Crypto(request), callback, ret)
}

fn unknown_digest() -> OpError {
    OpError::Type("an op was given an unknown digest".to_owned())
}

/// `(view)`: fills it with random bytes.
fn crypto_random_fill(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    let state = State::of(scope);
    bytes::write(args.get(0), |out| state.host.borrow_mut().random(out))??;
    Ok(())
}

/// `(length, callback) → bytes`.
fn crypto_random_bytes(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    request(scope, CryptoRequest::RandomBytes { length: length(args.get(0)) }, args.get(1), ret)
}

/// `(password, salt, iterations, length, digest, callback) → bytes`.
fn crypto_pbkdf2(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let asked = CryptoRequest::Pbkdf2 {
        password: data(scope, args.get(0))?,
        salt: data(scope, args.get(1))?,
        iterations: unsigned(args.get(2)),
        length: length(args.get(3)),
        algorithm: algorithm(scope, args.get(4)).ok_or_else(unknown_digest)?,
        name: convert::text(scope, args.get(4)),
    };
    request(scope, asked, args.get(5), ret)
}

/// `(digest, key, salt, info, length, callback) → bytes or null`.
fn crypto_hkdf(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let asked = CryptoRequest::Hkdf {
        algorithm: algorithm(scope, args.get(0)).ok_or_else(unknown_digest)?,
        name: convert::text(scope, args.get(0)),
        key: data(scope, args.get(1))?,
        salt: data(scope, args.get(2))?,
        info: data(scope, args.get(3))?,
        length: length(args.get(4)),
    };
    request(scope, asked, args.get(5), ret)
}

/// `(password, salt, logarithm of the cost, block size, parallelization, length, callback) → bytes or null`.
fn crypto_scrypt(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let asked = CryptoRequest::Scrypt {
        password: data(scope, args.get(0))?,
        salt: data(scope, args.get(1))?,
        log_cost: convert::number(args.get(2)) as u8,
        block_size: unsigned(args.get(3)),
        parallelization: unsigned(args.get(4)),
        length: length(args.get(5)),
    };
    request(scope, asked, args.get(6), ret)
}

/// `(variant, password, nonce, secret, associated data, parallelism, memory, passes, length, callback) → bytes or null`.
fn crypto_argon2(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let options = Argon2Options {
        variant: convert::text(scope, args.get(0)),
        nonce: data(scope, args.get(2))?,
        secret: data(scope, args.get(3))?,
        associated_data: data(scope, args.get(4))?,
        parallelism: unsigned(args.get(5)),
        memory: unsigned(args.get(6)),
        passes: unsigned(args.get(7)),
        length: length(args.get(8)),
    };
    let asked = CryptoRequest::Argon2 { password: data(scope, args.get(1))?, options };
    request(scope, asked, args.get(9), ret)
}

/// `(family, mode, key, iv, encrypt, tag length, aad or undefined, data, callback) → bytes or null`.
fn crypto_cipher_once(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let aad = args.get(6);
    let asked = CryptoRequest::Cipher {
        family: convert::text(scope, args.get(0)),
        mode: convert::text(scope, args.get(1)),
        key: data(scope, args.get(2))?,
        iv: data(scope, args.get(3))?,
        encrypt: args.get(4).is_true(),
        tag_length: length(args.get(5)).min(16),
        aad: if aad.is_undefined() { Vec::new() } else { data(scope, aad)? },
        data: data(scope, args.get(7))?,
    };
    request(scope, asked, args.get(8), ret)
}

/// `(128 or 256, key, customization, length, data, callback) → bytes`.
fn crypto_kmac(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let asked = CryptoRequest::Kmac {
        bits: unsigned(args.get(0)),
        key: data(scope, args.get(1))?,
        customization: data(scope, args.get(2))?,
        length: length(args.get(3)),
        data: data(scope, args.get(4))?,
    };
    request(scope, asked, args.get(5), ret)
}

/// `(digest, key, data, callback) → bytes`.
fn crypto_hmac(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let asked = CryptoRequest::Hmac {
        algorithm: algorithm(scope, args.get(0)).ok_or_else(unknown_digest)?,
        name: convert::text(scope, args.get(0)),
        key: data(scope, args.get(1))?,
        data: data(scope, args.get(2))?,
    };
    request(scope, asked, args.get(3), ret)
}

/// `(digest, bytes, length, callback) → bytes`.
fn crypto_digest(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let asked = CryptoRequest::Digest {
        algorithm: algorithm(scope, args.get(0)).ok_or_else(unknown_digest)?,
        name: convert::text(scope, args.get(0)),
        data: data(scope, args.get(1))?,
        length: length(args.get(2)),
    };
    request(scope, asked, args.get(3), ret)
}
