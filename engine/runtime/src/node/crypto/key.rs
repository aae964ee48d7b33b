//! Ops of asymmetric keys. Keys come as arrays of their parts: the numbers of RSA, or number and point.

use super::{algorithm, data, length};
use crate::crypto::key::ec::{self, Curve};
use crate::crypto::key::ml_dsa::{self, Strength};
use crate::crypto::key::ml_kem;
use crate::crypto::key::{Message, Padding, Scheme, curve448, curve25519, rsa};
use crate::host::{Agreement, CryptoRequest, NewKey, Request, RsaOperation};
use crate::js::ops::{self as op, Args, OpDecl, OpError, OpResult, Ret};
use crate::js::{bytes, convert};
use crate::ops;

/// The table.
pub const OPS: &[OpDecl] = ops![
    crypto_agree,
    crypto_decapsulate,
    crypto_ec_point,
    crypto_ec_public,
    crypto_encapsulate,
    crypto_generate_key,
    crypto_okp_public,
    crypto_power,
    crypto_prime_check,
    crypto_prime_generate,
    crypto_rsa,
    crypto_rsa_complete,
    crypto_sign,
    crypto_verify,
];

fn request(
    scope: &mut v8::PinScope,
    request: CryptoRequest,
    callback: v8::Local<v8::Value>,
    ret: Ret,
) -> OpResult {
    op::request(scope, Request::Crypto(request), callback, ret)
}

fn wrong(what: &str) -> OpError {
    OpError::Type(format!("an op was given a wrong {what}"))
}

/// An array of views.
fn parts(scope: &mut v8::PinScope, value: v8::Local<v8::Value>) -> Result<Vec<Vec<u8>>, OpError> {
    let list = v8::Local::<v8::Array>::try_from(value).map_err(|_| wrong("key"))?;
    let mut parts = Vec::with_capacity(list.length() as usize);
    for index in 0..list.length() {
        let part = list.get_index(scope, index).ok_or(OpError::Thrown)?;
        parts.push(bytes::read(part, <[u8]>::to_vec)?);
    }
    Ok(parts)
}

fn optional(scope: &mut v8::PinScope, value: v8::Local<v8::Value>) -> Result<Option<Vec<u8>>, OpError> {
    if value.is_undefined() { Ok(None) } else { data(scope, value).map(Some) }
}

fn curve(scope: &v8::PinScope, value: v8::Local<v8::Value>) -> Result<Curve, OpError> {
    Curve::from_name(&convert::text(scope, value)).ok_or_else(|| wrong("curve"))
}

/// Three arguments from `first` on: scheme (`rsa`, `rsa-pss`, `ed25519` or a curve), digest, and for PSS
/// `[digest of the mask, length of the salt]`.
fn scheme(scope: &mut v8::PinScope, args: Args, first: i32) -> Result<Scheme, OpError> {
    let name = convert::text(scope, args.get(first));
    let digest = algorithm(scope, args.get(first + 1));
    let digest = move || digest.ok_or_else(|| wrong("digest"));
    Ok(match name.as_str() {
        "ed25519" => Scheme::Ed25519,
        "ed448" => Scheme::Ed448,
        "rsa" => Scheme::RsaPkcs1(digest()?),
        "rsa-pss" => {
            let list = v8::Local::<v8::Array>::try_from(args.get(first + 2)).map_err(|_| wrong("padding"))?;
            let mask = list.get_index(scope, 0).ok_or(OpError::Thrown)?;
            let salt = list.get_index(scope, 1).ok_or(OpError::Thrown)?;
            let mask = algorithm(scope, mask).ok_or_else(|| wrong("digest"))?;
            Scheme::RsaPss { digest: digest()?, mask, salt: convert::int(salt) }
        }
        name if name.starts_with("ml-dsa") => {
            Scheme::MlDsa(Strength::from_name(name).ok_or_else(|| wrong("key"))?)
        }
        _ => Scheme::Ecdsa(curve(scope, args.get(first))?, digest()?),
    })
}

fn message(scope: &mut v8::PinScope, args: Args, first: i32) -> Result<Message, OpError> {
    // The argument for a padding is the context where there is none.
    let context = convert::view_bytes(args.get(2)).unwrap_or_default();
    Ok(Message { data: data(scope, args.get(first))?, digested: args.get(first + 1).is_true(), context })
}

/// `(scheme, digest, padding, key, data, whether it is the digest, callback) → bytes, or what failed`.
fn crypto_sign(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let asked = CryptoRequest::Sign {
        scheme: scheme(scope, args, 0)?,
        key: parts(scope, args.get(3))?,
        message: message(scope, args, 4)?,
    };
    request(scope, asked, args.get(6), ret)
}

/// `(scheme, digest, padding, key, data, whether it is the digest, signature, callback) → whether it is right`.
fn crypto_verify(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let asked = CryptoRequest::Verify {
        scheme: scheme(scope, args, 0)?,
        key: parts(scope, args.get(3))?,
        message: message(scope, args, 4)?,
        signature: data(scope, args.get(6))?,
    };
    request(scope, asked, args.get(7), ret)
}

/// `(operation, padding, digest, digest of the mask, label, key, data, callback) → bytes, or what failed`.
fn crypto_rsa(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let operation = match convert::int(args.get(0)) {
        0 => RsaOperation::PublicEncrypt,
        1 => RsaOperation::PrivateDecrypt,
        2 => RsaOperation::PrivateEncrypt,
        _ => RsaOperation::PublicDecrypt,
    };
    let padding = match convert::text(scope, args.get(1)).as_str() {
        "none" => Padding::None,
        "oaep" => Padding::Oaep {
            digest: algorithm(scope, args.get(2)).ok_or_else(|| wrong("digest"))?,
            mask: algorithm(scope, args.get(3)).ok_or_else(|| wrong("digest"))?,
            label: data(scope, args.get(4))?,
        },
        _ => Padding::Pkcs1,
    };
    let asked = CryptoRequest::Rsa {
        operation,
        padding,
        key: parts(scope, args.get(5))?,
        data: data(scope, args.get(6))?,
    };
    request(scope, asked, args.get(7), ret)
}

/// `(kind or curve, bits, exponent, callback) → parts of the key, or null`.
fn crypto_generate_key(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let asked = match convert::text(scope, args.get(0)).as_str() {
        "rsa" => NewKey::Rsa {
            bits: convert::number(args.get(1)) as u32,
            exponent: convert::number(args.get(2)) as u32,
        },
        "ed25519" => NewKey::Ed25519,
        "x25519" => NewKey::X25519,
        "ed448" => NewKey::Ed448,
        "x448" => NewKey::X448,
        name if name.starts_with("ml-kem") => NewKey::MlKem(kem_strength(scope, args.get(0))?),
        name if name.starts_with("ml-dsa") => {
            NewKey::MlDsa(Strength::from_name(name).ok_or_else(|| wrong("key"))?)
        }
        _ => NewKey::Ec(curve(scope, args.get(0))?),
    };
    request(scope, CryptoRequest::GenerateKey(asked), args.get(3), ret)
}

/// `(curve or x25519, secret, public key, callback) → the shared secret, or null`.
fn crypto_agree(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let agreement = match convert::text(scope, args.get(0)).as_str() {
        "x25519" => Agreement::X25519,
        "x448" => Agreement::X448,
        _ => Agreement::Ec(curve(scope, args.get(0))?),
    };
    let asked = CryptoRequest::Agree {
        agreement,
        secret: data(scope, args.get(1))?,
        public: data(scope, args.get(2))?,
    };
    request(scope, asked, args.get(3), ret)
}

fn kem_strength(scope: &v8::PinScope, value: v8::Local<v8::Value>) -> Result<ml_kem::Strength, OpError> {
    ml_kem::Strength::from_name(&convert::text(scope, value)).ok_or_else(|| wrong("key"))
}

/// `(kind, public key, callback) → [the secret, what it is found out from], or null`.
fn crypto_encapsulate(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let asked = CryptoRequest::Encapsulate {
        strength: kem_strength(scope, args.get(0))?,
        public: data(scope, args.get(1))?,
    };
    request(scope, asked, args.get(2), ret)
}

/// `(kind, seed, what the secret is found out from, callback) → the secret, or null`.
fn crypto_decapsulate(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let asked = CryptoRequest::Decapsulate {
        strength: kem_strength(scope, args.get(0))?,
        seed: data(scope, args.get(1))?,
        sealed: data(scope, args.get(2))?,
    };
    request(scope, asked, args.get(3), ret)
}

/// `(base, exponent, modulus, callback) → the power, or null`.
fn crypto_power(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let asked = CryptoRequest::Power {
        base: data(scope, args.get(0))?,
        exponent: data(scope, args.get(1))?,
        modulus: data(scope, args.get(2))?,
    };
    request(scope, asked, args.get(3), ret)
}

/// `(bits, safe, add, rem, callback) → bytes, or null`.
fn crypto_prime_generate(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let asked = CryptoRequest::GeneratePrime {
        bits: length(args.get(0)).try_into().unwrap_or(u32::MAX),
        safe: args.get(1).is_true(),
        add: optional(scope, args.get(2))?,
        rem: optional(scope, args.get(3))?,
    };
    request(scope, asked, args.get(4), ret)
}

/// `(candidate, callback) → whether it is prime`.
fn crypto_prime_check(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let asked = CryptoRequest::CheckPrime { candidate: data(scope, args.get(0))? };
    request(scope, asked, args.get(1), ret)
}

fn answer(scope: &mut v8::PinScope, out: Option<Vec<u8>>, ret: Ret) {
    if let Some(out) = out.and_then(|out| convert::bytes(scope, out)) {
        ret.set(out.into());
    }
}

/// `(curve, number) → point`, undefined for a number that is none of the curve.
fn crypto_ec_public(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let (curve, secret) = (curve(scope, args.get(0))?, data(scope, args.get(1))?);
    answer(scope, ec::public(curve, &secret), ret);
    Ok(())
}

/// `(curve, point, compressed) → point`, undefined for what is none of the curve.
fn crypto_ec_point(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let (curve, point) = (curve(scope, args.get(0))?, data(scope, args.get(1))?);
    answer(scope, ec::converted(curve, &point, args.get(2).is_true()), ret);
    Ok(())
}

/// `(ed25519, x25519, ed448 or x448, secret) → public key`, undefined for a wrong length.
fn crypto_okp_public(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let (kind, secret) = (convert::text(scope, args.get(0)), data(scope, args.get(1))?);
    let public = match kind.as_str() {
        "ed25519" => curve25519::signing_public(&secret),
        "ed448" => curve448::signing_public(&secret),
        "x448" => curve448::agreement_public(&secret),
        name if name.starts_with("ml-kem") => {
            ml_kem::Strength::from_name(name).and_then(|strength| ml_kem::public(strength, &secret))
        }
        name if name.starts_with("ml-dsa") => {
            Strength::from_name(name).and_then(|strength| ml_dsa::public(strength, &secret))
        }
        _ => curve25519::agreement_public(&secret),
    };
    answer(scope, public, ret);
    Ok(())
}

/// `(d, p, q) → [dp, dq, qi]`, undefined when they are no numbers of a key.
fn crypto_rsa_complete(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let (d, p, q) = (data(scope, args.get(0))?, data(scope, args.get(1))?, data(scope, args.get(2))?);
    let Some(parts) = rsa::completed(&d, &p, &q) else { return Ok(()) };
    let mut values: Vec<v8::Local<v8::Value>> = Vec::with_capacity(parts.len());
    for part in parts {
        values.extend(convert::bytes(scope, part).map(v8::Local::<v8::Value>::from));
    }
    ret.set(v8::Array::new_with_elements(scope, &values).into());
    Ok(())
}
