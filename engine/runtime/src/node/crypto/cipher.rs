//! Ops of ciphers. What fails is told by a word, from which the module makes the error.

use super::{data, length};
use crate::crypto::cipher::{Cipher, Failure, Setup};
use crate::js::ops::{Args, OpDecl, OpResult, Ret};
use crate::js::{bytes, convert, owned};
use crate::ops;

/// The table.
pub const OPS: &[OpDecl] = ops![
    crypto_cipher_aad,
    crypto_cipher_final,
    crypto_cipher_new,
    crypto_cipher_padding,
    crypto_cipher_set_tag,
    crypto_cipher_tag,
    crypto_cipher_update,
];

fn word(failure: Failure) -> &'static str {
    match failure {
        Failure::WrongFinalBlockLength => "wrong final block length",
        Failure::BadDecrypt => "bad decrypt",
        Failure::Refused => "refused",
        Failure::NotAuthentic => "not authentic",
    }
}

fn answer(scope: &mut v8::PinScope, result: Result<Vec<u8>, Failure>, ret: Ret) {
    match result {
        Ok(out) => {
            if let Some(out) = convert::bytes(scope, out) {
                ret.set(out.into());
            }
        }
        Err(failure) => ret.set(convert::string(scope, word(failure)).into()),
    }
}

/// `(family, mode, key, iv, encrypt, tag length) → handle`, undefined for what there is not.
fn crypto_cipher_new(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let setup = Setup {
        family: &convert::text(scope, args.get(0)),
        mode: &convert::text(scope, args.get(1)),
        key: &data(scope, args.get(2))?,
        iv: &data(scope, args.get(3))?,
        encrypt: args.get(4).is_true(),
        tag_length: length(args.get(5)).min(16),
    };
    if let Some(cipher) = Cipher::new(&setup) {
        ret.set(owned::new(scope, cipher));
    }
    Ok(())
}

/// `(handle, view) → bytes or what failed`.
fn crypto_cipher_update(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let handle = args.get(0);
    let result =
        bytes::read(args.get(1), |data| owned::with(handle, |cipher: &mut Cipher| cipher.update(data)))??;
    answer(scope, result, ret);
    Ok(())
}

/// `(handle) → bytes or what failed`.
fn crypto_cipher_final(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let result = owned::with(args.get(0), Cipher::finish)?;
    answer(scope, result, ret);
    Ok(())
}

/// `(handle, view, length of the message or undefined)`.
fn crypto_cipher_aad(_scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    let (handle, length) = (args.get(0), convert::offset(args.get(2)));
    let length = length.and_then(|length| usize::try_from(length).ok());
    bytes::read(args.get(1), |aad| owned::with(handle, |cipher: &mut Cipher| cipher.set_aad(aad, length)))?
}

/// `(handle) → the tag`, undefined when there is none.
fn crypto_cipher_tag(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let tag = owned::with(args.get(0), |cipher: &mut Cipher| cipher.tag())?;
    if let Some(tag) = tag.and_then(|tag| convert::bytes(scope, tag)) {
        ret.set(tag.into());
    }
    Ok(())
}

/// `(handle, view)`.
fn crypto_cipher_set_tag(_scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    let handle = args.get(0);
    bytes::read(args.get(1), |tag| owned::with(handle, |cipher: &mut Cipher| cipher.set_tag(tag)))?
}

/// `(handle, on)`.
fn crypto_cipher_padding(_scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    let on = args.get(1).is_true();
    owned::with(args.get(0), |cipher: &mut Cipher| cipher.set_padding(on))
}
