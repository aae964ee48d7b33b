//! Cryptography: randomness from the system, the rest from `crate::crypto`.

use super::errno;
use crate::crypto::kdf;
use crate::host::{CryptoRequest, HostError, Response};

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
        CryptoRequest::Digest { algorithm, length, data, .. } => {
            let mut hasher = crate::crypto::hash::Hasher::new(algorithm);
            hasher.update(&data);
            Response::Bytes(hasher.finish_long(length))
        }
    })
}
