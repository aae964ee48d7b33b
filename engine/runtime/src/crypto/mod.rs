//! Cryptography on bytes: digests, key derivation, ciphers and keys. Knows nothing of V8; what needs randomness is
//! given a source of it.

pub mod cipher;
pub mod hash;
pub mod kdf;
mod keccak;
pub mod key;
pub mod mac;
pub mod small_mac;
