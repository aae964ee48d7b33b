//! Asymmetric keys: what can be done with them. Keys are numbers and points as bytes, biggest digit first; how they are
//! written in files is the business of the module.

pub mod curve25519;
pub mod curve448;
pub mod ec;
pub mod ml_dsa;
pub mod ml_kem;
pub mod number;
mod padding;
pub mod rsa;

use crypto_bigint::rand_core::CryptoRng;
use serde::{Deserialize, Serialize};

use super::hash::Algorithm;
use ec::Curve;

/// What OpenSSL says of what fails: `error:CODE:library::reason`.
pub type Failure = &'static str;

/// How a message is signed.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum Scheme {
    /// RSASSA-PKCS1-v1_5.
    RsaPkcs1(Algorithm),
    /// RSASSA-PSS. A salt of -1 is as long as the digest, one of -2 as long as it can be.
    RsaPss {
        /// Digest of the message.
        digest: Algorithm,
        /// Digest of the mask.
        mask: Algorithm,
        /// Length of the salt.
        salt: i32,
    },
    /// ECDSA; signatures are the two numbers one after the other.
    Ecdsa(Curve, Algorithm),
    /// Ed25519.
    Ed25519,
    /// Ed448.
    Ed448,
    /// ML-DSA.
    MlDsa(ml_dsa::Strength),
}

impl Scheme {
    /// As it is shown.
    pub fn name(self) -> &'static str {
        match self {
            Self::RsaPkcs1(_) => "rsa",
            Self::RsaPss { .. } => "rsa-pss",
            Self::Ecdsa(curve, _) => curve.name(),
            Self::Ed25519 => "ed25519",
            Self::Ed448 => "ed448",
            Self::MlDsa(strength) => strength.name(),
        }
    }
}

/// How RSA encrypts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Padding {
    /// Nothing is added.
    None,
    /// PKCS #1 v1.5.
    Pkcs1,
    /// OAEP.
    Oaep {
        /// Digest of the label.
        digest: Algorithm,
        /// Digest of the mask.
        mask: Algorithm,
        /// Label.
        label: Vec<u8>,
    },
}

/// A message to be signed, or its digest.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Message {
    /// The bytes.
    pub data: Vec<u8>,
    /// They are the digest already.
    pub digested: bool,
    /// What belongs to a signature of Ed448 or ML-DSA beside the message.
    pub context: Vec<u8>,
}

impl Message {
    fn digest(self, algorithm: Algorithm) -> Vec<u8> {
        if self.digested { self.data } else { algorithm.digest(&self.data) }
    }
}

/// Signs with a private key.
///
/// # Errors
/// When the key cannot sign such a message.
pub fn sign(
    random: &mut impl CryptoRng,
    scheme: Scheme,
    key: &[Vec<u8>],
    message: Message,
) -> Result<Vec<u8>, Failure> {
    match scheme {
        Scheme::RsaPkcs1(digest) => {
            let key = rsa::Private::new(key)?;
            let hash = message.digest(digest);
            let block = padding::signed_pkcs1(digest, &hash, key.size())?;
            key.apply(&block)
        }
        Scheme::RsaPss { digest, mask, salt } => {
            let key = rsa::Private::new(key)?;
            let hash = message.digest(digest);
            let block = padding::signed_pss(random, digest, mask, salt, &hash, key.bits())?;
            key.apply(&padding::widened(block, key.size()))
        }
        Scheme::Ecdsa(curve, digest) => {
            let hash = message.digest(digest);
            let secret = key.first().map_or(&[][..], Vec::as_slice);
            ec::sign(curve, secret, &hash).ok_or("error:10000079:elliptic curve routines::invalid key")
        }
        Scheme::Ed25519 => {
            let secret = key.first().map_or(&[][..], Vec::as_slice);
            curve25519::sign(secret, &message.data).ok_or("error:1C800069:Provider routines::invalid key")
        }
        Scheme::MlDsa(strength) => {
            let secret = key.first().map_or(&[][..], Vec::as_slice);
            ml_dsa::sign(random, strength, secret, &message.context, &message.data)
                .ok_or("error:1C800069:Provider routines::invalid key")
        }
        Scheme::Ed448 => {
            let secret = key.first().map_or(&[][..], Vec::as_slice);
            curve448::sign(secret, &message.context, &message.data)
                .ok_or("error:1C800069:Provider routines::invalid key")
        }
    }
}

/// Whether a signature belongs to a message.
pub fn verify(scheme: Scheme, key: &[Vec<u8>], message: Message, signature: &[u8]) -> bool {
    let first = key.first().map_or(&[][..], Vec::as_slice);
    match scheme {
        Scheme::RsaPkcs1(digest) => {
            let Ok(key) = rsa::Public::new(key) else { return false };
            let Ok(block) = padding::signed_pkcs1(digest, &message.digest(digest), key.size()) else {
                return false;
            };
            signature.len() == key.size() && key.apply(signature).is_ok_and(|found| found == block)
        }
        Scheme::RsaPss { digest, mask, salt } => {
            let Ok(key) = rsa::Public::new(key) else { return false };
            if signature.len() != key.size() {
                return false;
            }
            let Ok(block) = key.apply(signature) else { return false };
            padding::verified_pss(digest, mask, salt, &message.digest(digest), &block, key.bits())
        }
        Scheme::Ecdsa(curve, digest) => ec::verify(curve, first, &message.digest(digest), signature),
        Scheme::Ed25519 => curve25519::verify(first, &message.data, signature),
        Scheme::Ed448 => curve448::verify(first, &message.context, &message.data, signature),
        Scheme::MlDsa(strength) => {
            ml_dsa::verify(strength, first, &message.context, &message.data, signature)
        }
    }
}

/// Encrypts for the owner of a private key.
///
/// # Errors
/// When the data is too long.
pub fn encrypt(
    random: &mut impl CryptoRng,
    padding: &Padding,
    key: &[Vec<u8>],
    data: &[u8],
) -> Result<Vec<u8>, Failure> {
    let key = rsa::Public::new(key)?;
    let block = match padding {
        Padding::None => padding::exact(data, key.size())?,
        Padding::Pkcs1 => padding::encrypted_pkcs1(random, data, key.size())?,
        Padding::Oaep { digest, mask, label } => {
            padding::encrypted_oaep(random, *digest, *mask, label, data, key.size())?
        }
    };
    key.apply(&block)
}

/// Decrypts what was encrypted for this key.
///
/// # Errors
/// When it was not.
pub fn decrypt(padding: &Padding, key: &[Vec<u8>], data: &[u8]) -> Result<Vec<u8>, Failure> {
    let private = rsa::Private::new(key)?;
    if data.len() > private.size() {
        return Err("error:0200006C:rsa routines::data greater than mod len");
    }
    let block = private.apply(data)?;
    match padding {
        Padding::None => Ok(block),
        Padding::Pkcs1 => {
            Ok(padding::decrypted_pkcs1(&block, key.get(2).map_or(&[][..], Vec::as_slice), data))
        }
        Padding::Oaep { digest, mask, label } => padding::decrypted_oaep(*digest, *mask, label, &block),
    }
}

/// "Encrypts" with the private key: a signature without a digest.
///
/// # Errors
/// When the data is too long.
pub fn private_encrypt(padding: &Padding, key: &[Vec<u8>], data: &[u8]) -> Result<Vec<u8>, Failure> {
    let key = rsa::Private::new(key)?;
    let block = match padding {
        Padding::None => padding::exact(data, key.size())?,
        _ => padding::filled_pkcs1(data, key.size())?,
    };
    key.apply(&block)
}

/// What the owner of the private key "encrypted" with it.
///
/// # Errors
/// When it was not the owner.
pub fn public_decrypt(padding: &Padding, key: &[Vec<u8>], data: &[u8]) -> Result<Vec<u8>, Failure> {
    let key = rsa::Public::new(key)?;
    if data.len() > key.size() {
        return Err("error:0200006C:rsa routines::data greater than mod len");
    }
    let block = key.apply(data)?;
    match padding {
        Padding::None => Ok(block),
        _ => padding::unfilled_pkcs1(&block),
    }
}
