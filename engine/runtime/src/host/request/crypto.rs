//! Cryptography that takes long or needs randomness.

use serde::{Deserialize, Serialize};

use crate::crypto::hash::Algorithm;
use crate::crypto::kdf::Argon2Options;
use crate::crypto::key::ec::Curve;
use crate::crypto::key::ml_dsa::Strength;
use crate::crypto::key::ml_kem;
use crate::crypto::key::{Message, Padding, Scheme};

/// A new key to be made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum NewKey {
    /// → `List` of `Bytes`: n, e, d, p, q, dp, dq, qi.
    Rsa {
        /// Bits of the modulus.
        bits: u32,
        /// Public exponent.
        exponent: u32,
    },
    /// → `List` of `Bytes`: number and point.
    Ec(Curve),
    /// → `List` of `Bytes`: secret and public key.
    Ed25519,
    /// → `List` of `Bytes`: secret and public key.
    X25519,
    /// → `List` of `Bytes`: secret and public key.
    Ed448,
    /// → `List` of `Bytes`: secret and public key.
    X448,
    /// → `List` of `Bytes`: seed and public key.
    MlDsa(Strength),
    /// → `List` of `Bytes`: seed and public key.
    MlKem(ml_kem::Strength),
}

/// An operation of RSA on a short piece of data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum RsaOperation {
    /// With the public key, for the owner of the private one.
    PublicEncrypt,
    /// With the private key.
    PrivateDecrypt,
    /// With the private key, as a signature.
    PrivateEncrypt,
    /// With the public key, as a signature is checked.
    PublicDecrypt,
}

/// With whom a secret is shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Agreement {
    /// On a curve.
    Ec(Curve),
    /// X25519.
    X25519,
    /// X448.
    X448,
}

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
    /// → the parts of the key as [`NewKey`] says, or `Null` when there can be none.
    GenerateKey(NewKey),
    /// → `Bytes`, or `Text` (what failed).
    Sign {
        /// How.
        scheme: Scheme,
        /// Parts of the private key.
        key: Vec<Vec<u8>>,
        /// What is signed.
        message: Message,
    },
    /// → `Bool`.
    Verify {
        /// How.
        scheme: Scheme,
        /// Parts of the public key.
        key: Vec<Vec<u8>>,
        /// What was signed.
        message: Message,
        /// The signature.
        signature: Vec<u8>,
    },
    /// → `Bytes`, or `Text` (what failed).
    Rsa {
        /// What.
        operation: RsaOperation,
        /// How the data is filled up.
        padding: Padding,
        /// Parts of the key.
        key: Vec<Vec<u8>>,
        /// The data.
        data: Vec<u8>,
    },
    /// A shared secret → `Bytes`, or `Null` for a public key that is none.
    Agree {
        /// How.
        agreement: Agreement,
        /// The own private key.
        secret: Vec<u8>,
        /// The other's public key.
        public: Vec<u8>,
    },
    /// A new secret for the owner of a key → `List` of `Bytes`: the secret, and what it is found out from; or `Null` for
    /// what is no key.
    Encapsulate {
        /// Parameters of the key.
        strength: ml_kem::Strength,
        /// Public key.
        public: Vec<u8>,
    },
    /// The secret again → `Bytes`, or `Null` for what is no key or was not made for one of this kind.
    Decapsulate {
        /// Parameters of the key.
        strength: ml_kem::Strength,
        /// Private key.
        seed: Vec<u8>,
        /// What the secret is found out from.
        sealed: Vec<u8>,
    },
    /// A power → `Bytes`, or `Null` for a modulus that is even.
    Power {
        /// Base.
        base: Vec<u8>,
        /// Exponent.
        exponent: Vec<u8>,
        /// Modulus.
        modulus: Vec<u8>,
    },
    /// A random prime → `Bytes`, or `Null` when there can be none.
    GeneratePrime {
        /// How many bits it has.
        bits: u32,
        /// Whether half of it is to be prime, too.
        safe: bool,
        /// By what it is divided.
        add: Option<Vec<u8>>,
        /// What is left then.
        rem: Option<Vec<u8>>,
    },
    /// → `Bool`.
    CheckPrime {
        /// The number.
        candidate: Vec<u8>,
    },
    /// Encrypts or decrypts a whole message → `Bytes`, or `Null` when it cannot be done.
    Cipher {
        /// `aes` or `chacha20`.
        family: String,
        /// `cbc`, `gcm` …
        mode: String,
        /// Key.
        key: Vec<u8>,
        /// Initialization vector or nonce.
        iv: Vec<u8>,
        /// Encrypt rather than decrypt.
        encrypt: bool,
        /// Length of the tag, 0 for none.
        tag_length: usize,
        /// Data that is not encrypted but protected.
        aad: Vec<u8>,
        /// The message.
        data: Vec<u8>,
    },
    /// → `Bytes`: the code.
    Kmac {
        /// 128 or 256.
        bits: u32,
        /// Key.
        key: Vec<u8>,
        /// What it is for.
        customization: Vec<u8>,
        /// Length of the code.
        length: usize,
        /// The message.
        data: Vec<u8>,
    },
    /// → `Bytes`: the code.
    Hmac {
        /// Digest.
        algorithm: Algorithm,
        /// Its name, as the script gave it.
        name: String,
        /// Key.
        key: Vec<u8>,
        /// The message.
        data: Vec<u8>,
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
            Self::Cipher { encrypt: true, .. } => "crypto.encrypt",
            Self::Cipher { .. } => "crypto.decrypt",
            Self::Hmac { .. } => "crypto.hmac",
            Self::Kmac { .. } => "crypto.kmac",
            Self::Digest { .. } => "crypto.digest",
            Self::GenerateKey(_) => "crypto.generateKeyPair",
            Self::Sign { .. } => "crypto.sign",
            Self::Verify { .. } => "crypto.verify",
            Self::Rsa { operation: RsaOperation::PublicEncrypt, .. } => "crypto.publicEncrypt",
            Self::Rsa { operation: RsaOperation::PrivateDecrypt, .. } => "crypto.privateDecrypt",
            Self::Rsa { operation: RsaOperation::PrivateEncrypt, .. } => "crypto.privateEncrypt",
            Self::Rsa { operation: RsaOperation::PublicDecrypt, .. } => "crypto.publicDecrypt",
            Self::Agree { .. } | Self::Power { .. } => "crypto.diffieHellman",
            Self::Encapsulate { .. } => "crypto.encapsulate",
            Self::Decapsulate { .. } => "crypto.decapsulate",
            Self::GeneratePrime { .. } => "crypto.generatePrime",
            Self::CheckPrime { .. } => "crypto.checkPrime",
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
            Self::GenerateKey(NewKey::Rsa { bits, .. }) => format!("rsa, {bits} bits"),
            Self::GenerateKey(NewKey::Ec(curve)) => curve.name().to_owned(),
            Self::GenerateKey(NewKey::Ed25519) => "ed25519".to_owned(),
            Self::GenerateKey(NewKey::X25519) => "x25519".to_owned(),
            Self::GenerateKey(NewKey::Ed448) => "ed448".to_owned(),
            Self::GenerateKey(NewKey::X448) => "x448".to_owned(),
            Self::GenerateKey(NewKey::MlKem(strength)) => strength.name().to_owned(),
            Self::GenerateKey(NewKey::MlDsa(strength)) => strength.name().to_owned(),
            Self::Sign { scheme, message, .. } | Self::Verify { scheme, message, .. } => {
                format!("{}, {} bytes", scheme.name(), message.data.len())
            }
            Self::Rsa { data, .. } => format!("rsa, {} bytes", data.len()),
            Self::Agree { agreement: Agreement::Ec(curve), .. } => curve.name().to_owned(),
            Self::Agree { agreement: Agreement::X25519, .. } => "x25519".to_owned(),
            Self::Agree { agreement: Agreement::X448, .. } => "x448".to_owned(),
            Self::Power { modulus, .. } => format!("{} bits", 8 * modulus.len()),
            Self::Encapsulate { strength, .. } | Self::Decapsulate { strength, .. } => {
                strength.name().to_owned()
            }
            Self::GeneratePrime { bits, .. } => format!("{bits} bits"),
            Self::CheckPrime { candidate } => format!("{} bits", 8 * candidate.len()),
            Self::Cipher { family, mode, key, data, .. } => {
                format!("{family}-{}-{mode}, {} bytes", 8 * key.len(), data.len())
            }
            Self::Kmac { bits, data, .. } => format!("kmac{bits}, {} bytes", data.len()),
            Self::Hmac { name, data, .. } => format!("{name}, {} bytes", data.len()),
            Self::Digest { name, data, .. } => format!("{name}, {} bytes", data.len()),
        }
    }
}
