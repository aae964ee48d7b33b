//! ML-KEM (FIPS 203): a secret for the owner of a key, which quantum computers do not find out. A private key is the
//! seed it was made of.

use crypto_bigint::rand_core::CryptoRng;
use ml_kem::{
    Ciphertext, Decapsulate, DecapsulationKey, Encapsulate, EncapsulationKey, KeyExport, MlKem512, MlKem768,
    MlKem1024, TryKeyInit,
};
use serde::{Deserialize, Serialize};

/// A set of parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Strength {
    /// ML-KEM-512.
    Of512,
    /// ML-KEM-768.
    Of768,
    /// ML-KEM-1024.
    Of1024,
}

impl Strength {
    /// The set that OpenSSL knows by this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "ml-kem-512" => Self::Of512,
            "ml-kem-768" => Self::Of768,
            "ml-kem-1024" => Self::Of1024,
            _ => return None,
        })
    }

    /// Its name in OpenSSL.
    pub fn name(self) -> &'static str {
        match self {
            Self::Of512 => "ml-kem-512",
            Self::Of768 => "ml-kem-768",
            Self::Of1024 => "ml-kem-1024",
        }
    }
}

/// Does the same with the parameters of each strength, under the name `$parameters`.
macro_rules! with_parameters {
    ($strength:expr, $parameters:ident => $body:block) => {
        match $strength {
            Strength::Of512 => {
                type $parameters = MlKem512;
                $body
            }
            Strength::Of768 => {
                type $parameters = MlKem768;
                $body
            }
            Strength::Of1024 => {
                type $parameters = MlKem1024;
                $body
            }
        }
    };
}

/// The public key of a seed.
pub fn public(strength: Strength, seed: &[u8]) -> Option<Vec<u8>> {
    with_parameters!(strength, P => {
        let key = DecapsulationKey::<P>::from_seed(seed.try_into().ok()?);
        Some(key.encapsulation_key().to_bytes().to_vec())
    })
}

/// A new secret: itself, and what its receiver finds it out from.
pub fn encapsulate(
    random: &mut impl CryptoRng,
    strength: Strength,
    public: &[u8],
) -> Option<(Vec<u8>, Vec<u8>)> {
    with_parameters!(strength, P => {
        let key = EncapsulationKey::<P>::new_from_slice(public).ok()?;
        let (sealed, secret) = key.encapsulate_with_rng(random);
        Some((secret.to_vec(), sealed.to_vec()))
    })
}

/// The secret again. What was not made for this key gives a secret that nobody knows.
pub fn decapsulate(strength: Strength, seed: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
    with_parameters!(strength, P => {
        let key = DecapsulationKey::<P>::from_seed(seed.try_into().ok()?);
        let sealed = Ciphertext::<P>::try_from(sealed).ok()?;
        Some(key.decapsulate(&sealed).to_vec())
    })
}
