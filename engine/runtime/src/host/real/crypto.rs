//! Cryptography: randomness from the system, the rest from `crate::crypto`.

use super::errno;
use std::convert::Infallible;

use crypto_bigint::rand_core::{TryCryptoRng, TryRng};

use crate::crypto::cipher::{self, Setup};
use crate::crypto::kdf;
use crate::crypto::key::{self, curve448, curve25519, ec, ml_dsa, ml_kem, number, rsa};
use crate::crypto::mac::{Hmac, kmac};
use crate::host::{Agreement, CryptoRequest, HostError, NewKey, Response, RsaOperation};

/// Fills `out` from the system's random source.
///
/// # Errors
/// When the system has no randomness to give.
pub fn random(out: &mut [u8]) -> Result<(), HostError> {
    let mut filled = 0;
    while filled < out.len() {
        let rest = &mut out[filled..];
        // SAFETY: the buffer is valid for its length.
        let count = unsafe { libc::getrandom(rest.as_mut_ptr().cast(), rest.len(), 0) };
        match usize::try_from(count) {
            Ok(count) => filled += count,
            Err(_) => {
                let failed = errno::last_error("getrandom", None, None);
                if failed.errno != -libc::EINTR {
                    return Err(failed);
                }
            }
        }
    }
    Ok(())
}

/// The system's random source as the libraries want it. It fails only where there is no system call for it, and then
/// no key must be made.
struct SystemRandom;

impl TryRng for SystemRandom {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_ne_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_ne_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Infallible> {
        random(out).expect("the system has no randomness to give");
        Ok(())
    }
}

impl TryCryptoRng for SystemRandom {}

fn bytes_or_failure(result: Result<Vec<u8>, key::Failure>) -> Response {
    result.map_or_else(|failure| Response::Text(failure.to_owned()), Response::Bytes)
}

/// A random secret and its public key.
fn okp(length: usize, public: impl FnOnce(&[u8]) -> Option<Vec<u8>>) -> Option<Vec<Vec<u8>>> {
    let mut secret = vec![0; length];
    random(&mut secret).ok()?;
    let public = public(&secret)?;
    Some(vec![secret, public])
}

fn new_key(asked: NewKey) -> Option<Vec<Vec<u8>>> {
    match asked {
        NewKey::Rsa { bits, exponent } => rsa::generate(&mut SystemRandom, bits, exponent),
        NewKey::Ec(curve) => ec::generate(&mut SystemRandom, curve),
        NewKey::Ed25519 => okp(32, curve25519::signing_public),
        NewKey::X25519 => okp(32, curve25519::agreement_public),
        NewKey::Ed448 => okp(57, curve448::signing_public),
        NewKey::X448 => okp(56, curve448::agreement_public),
        NewKey::MlKem(strength) => okp(64, |seed| ml_kem::public(strength, seed)),
        NewKey::MlDsa(strength) => okp(32, |seed| ml_dsa::public(strength, seed)),
    }
}

fn bytes_or_null(bytes: Option<Vec<u8>>) -> Response {
    bytes.map_or(Response::Null, Response::Bytes)
}

/// Does the operation on the calling thread.
pub fn run(request: CryptoRequest) -> Result<Response, HostError> {
    Ok(match request {
        CryptoRequest::RandomBytes { length } => {
            let mut bytes = vec![0; length];
            random(&mut bytes)?;
            Response::Bytes(bytes)
        }
        CryptoRequest::Pbkdf2 { algorithm, password, salt, iterations, length, .. } => {
            Response::Bytes(kdf::pbkdf2(algorithm, &password, &salt, iterations, length))
        }
        CryptoRequest::Hkdf { algorithm, key, salt, info, length, .. } => {
            bytes_or_null(kdf::hkdf(algorithm, &key, &salt, &info, length))
        }
        CryptoRequest::Scrypt { password, salt, log_cost, block_size, parallelization, length } => {
            bytes_or_null(kdf::scrypt(&password, &salt, log_cost, block_size, parallelization, length))
        }
        CryptoRequest::Argon2 { password, options } => bytes_or_null(kdf::argon2(&password, &options)),
        CryptoRequest::GenerateKey(asked) => new_key(asked)
            .map_or(Response::Null, |parts| Response::List(parts.into_iter().map(Response::Bytes).collect())),
        CryptoRequest::Sign { scheme, key, message } => {
            bytes_or_failure(key::sign(&mut SystemRandom, scheme, &key, message))
        }
        CryptoRequest::Verify { scheme, key, message, signature } => {
            Response::Bool(key::verify(scheme, &key, message, &signature))
        }
        CryptoRequest::Rsa { operation, padding, key, data } => bytes_or_failure(match operation {
            RsaOperation::PublicEncrypt => key::encrypt(&mut SystemRandom, &padding, &key, &data),
            RsaOperation::PrivateDecrypt => key::decrypt(&padding, &key, &data),
            RsaOperation::PrivateEncrypt => key::private_encrypt(&padding, &key, &data),
            RsaOperation::PublicDecrypt => key::public_decrypt(&padding, &key, &data),
        }),
        CryptoRequest::Agree { agreement, secret, public } => bytes_or_null(match agreement {
            Agreement::Ec(curve) => ec::agree(curve, &secret, &public),
            Agreement::X25519 => curve25519::agree(&secret, &public),
            Agreement::X448 => curve448::agree(&secret, &public),
        }),
        CryptoRequest::Encapsulate { strength, public } => {
            ml_kem::encapsulate(&mut SystemRandom, strength, &public)
                .map_or(Response::Null, |(secret, sealed)| {
                    Response::List(vec![Response::Bytes(secret), Response::Bytes(sealed)])
                })
        }
        CryptoRequest::Decapsulate { strength, seed, sealed } => {
            bytes_or_null(ml_kem::decapsulate(strength, &seed, &sealed))
        }
        CryptoRequest::Power { base, exponent, modulus } => {
            bytes_or_null(number::power_of_bytes(&base, &exponent, &modulus))
        }
        CryptoRequest::GeneratePrime { bits, safe, add, rem } => {
            bytes_or_null(number::prime(&mut SystemRandom, bits, safe, add.as_deref(), rem.as_deref()))
        }
        CryptoRequest::CheckPrime { candidate } => Response::Bool(number::is_prime_number(&candidate)),
        CryptoRequest::Cipher { family, mode, key, iv, encrypt, tag_length, aad, data } => {
            let setup = Setup { family: &family, mode: &mode, key: &key, iv: &iv, encrypt, tag_length };
            bytes_or_null(cipher::whole(&setup, &aad, &data).ok())
        }
        CryptoRequest::Kmac { bits, key, customization, length, data } => {
            Response::Bytes(kmac(bits, &key, &customization, length, &data))
        }
        CryptoRequest::Hmac { algorithm, key, data, .. } => {
            Response::Bytes(Hmac::new(algorithm, &key).of(&[&data]))
        }
        CryptoRequest::Digest { algorithm, length, data, .. } => {
            let mut hasher = crate::crypto::hash::Hasher::new(algorithm);
            hasher.update(&data);
            Response::Bytes(hasher.finish_long(length))
        }
    })
}
