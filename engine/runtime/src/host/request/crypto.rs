//! Cryptography that takes long or needs randomness.

use serde::{Deserialize, Serialize};

use crate::crypto::hash::Algorithm;
use crate::crypto::kdf::Argon2Options;

/// An operation of `crypto`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum CryptoRequest {
    /// Bytes from the system's random source → `Bytes`.
    RandomBytes {
        /// How many.
        length: usize,
    },
    /// → `Bytes`.
    Pbkdf2 {
        /// Digest.
        algorithm: Algorithm,
        /// Its name, as the script gave it.
        name: String,
        /// Password.
        password: Vec<u8>,
        /// Salt.
        salt: Vec<u8>,
        /// Rounds.
        iterations: u32,
        /// Length of the key.
        length: usize,
    },
    /// → `Bytes`, or `Null` when the key would be too long.
    Hkdf {
        /// Digest.
        algorithm: Algorithm,
        /// Its name, as the script gave it.
        name: String,
        /// The secret.
        key: Vec<u8>,
        /// Salt.
        salt: Vec<u8>,
        /// What the key is for.
        info: Vec<u8>,
        /// Length of the key.
        length: usize,
    },
    /// → `Bytes`, or `Null` when the parameters cannot be taken.
    Scrypt {
        /// Password.
        password: Vec<u8>,
        /// Salt.
        salt: Vec<u8>,
        /// Logarithm to the base of 2 of the cost.
        log_cost: u8,
        /// Size of a block.
        block_size: u32,
        /// Blocks that are independent of each other.
        parallelization: u32,
        /// Length of the key.
        length: usize,
    },
    /// → `Bytes`, or `Null` when the parameters cannot be taken.
    Argon2 {
        /// Password.
        password: Vec<u8>,
        /// Everything else.
        options: Argon2Options,
    },
    /// → `Bytes`: the digest.
    Digest {
        /// Digest.
        algorithm: Algorithm,
        /// Its name, as the script gave it.
        name: String,
        /// Length for functions that allow any.
        length: usize,
        /// What is digested.
        data: Vec<u8>,
    },
}

impl CryptoRequest {
    /// Name as it is shown.
    pub fn name(&self) -> &'static str {
        match self {
            Self::RandomBytes { .. } => "crypto.randomBytes",
            Self::Pbkdf2 { .. } => "crypto.pbkdf2",
            Self::Hkdf { .. } => "crypto.hkdf",
            Self::Scrypt { .. } => "crypto.scrypt",
            Self::Argon2 { .. } => "crypto.argon2",
            Self::Digest { .. } => "crypto.digest",
        }
    }

    /// What it works on: never the secrets themselves.
    pub fn target(&self) -> String {
        match self {
            Self::RandomBytes { length } => format!("{length} bytes"),
            Self::Pbkdf2 { name, iterations, .. } => format!("{name}, {iterations} iterations"),
            Self::Hkdf { name, length, .. } => format!("{name}, {length} bytes"),
            Self::Scrypt { log_cost, .. } => format!("N = {}", 1_u64 << (log_cost & 63)),
            Self::Argon2 { options, .. } => format!("{}, {} KiB", options.variant, options.memory),
            Self::Digest { name, data, .. } => format!("{name}, {} bytes", data.len()),
        }
    }
}
