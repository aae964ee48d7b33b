//! ML-DSA (FIPS 204): signatures that quantum computers do not break. A private key is the seed it was made of.

use crypto_bigint::rand_core::CryptoRng;
use ml_dsa::{
    EncodedSignature, EncodedVerifyingKey, ExpandedSigningKey, MlDsa44, MlDsa65, MlDsa87, Signature,
    VerifyingKey,
};
use serde::{Deserialize, Serialize};

/// A set of parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Strength {
    /// ML-DSA-44.
    Of44,
    /// ML-DSA-65.
    Of65,
    /// ML-DSA-87.
    Of87,
}

impl Strength {
    /// The set that OpenSSL knows by this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "ml-dsa-44" => Self::Of44,
            "ml-dsa-65" => Self::Of65,
            "ml-dsa-87" => Self::Of87,
            _ => return None,
        })
    }

    /// Its name in OpenSSL.
    pub fn name(self) -> &'static str {
        match self {
            Self::Of44 => "ml-dsa-44",
            Self::Of65 => "ml-dsa-65",
            Self::Of87 => "ml-dsa-87",
        }
    }
}

/// Does the same with the parameters of each strength, under the name `$parameters`.
macro_rules! with_parameters {
    ($strength:expr, $parameters:ident => $body:block) => {
        match $strength {
            Strength::Of44 => {
                type $parameters = MlDsa44;
                $body
            }
            Strength::Of65 => {
                type $parameters = MlDsa65;
                $body
            }
            Strength::Of87 => {
                type $parameters = MlDsa87;
                $body
            }
        }
    };
}

/// The public key of a seed.
pub fn public(strength: Strength, seed: &[u8]) -> Option<Vec<u8>> {
    with_parameters!(strength, P => {
        let key = ExpandedSigningKey::<P>::from_seed(&seed.try_into().ok()?);
        Some(key.verifying_key().encode().to_vec())
    })
}

/// A signature; the context is text of up to 255 bytes that belongs to it.
pub fn sign(
    random: &mut impl CryptoRng,
    strength: Strength,
    seed: &[u8],
    context: &[u8],
    message: &[u8],
) -> Option<Vec<u8>> {
    with_parameters!(strength, P => {
        let key = ExpandedSigningKey::<P>::from_seed(&seed.try_into().ok()?);
        Some(key.sign_randomized(message, context, random).ok()?.encode().to_vec())
    })
}

/// Whether a signature belongs to a message.
pub fn verify(strength: Strength, public: &[u8], context: &[u8], message: &[u8], signature: &[u8]) -> bool {
    with_parameters!(strength, P => {
        let (Ok(public), Ok(signature)) =
            (EncodedVerifyingKey::<P>::try_from(public), EncodedSignature::<P>::try_from(signature))
        else {
            return false;
        };
        let Some(signature) = Signature::<P>::decode(&signature) else { return false };
        VerifyingKey::<P>::decode(&public).verify_with_context(message, context, &signature)
    })
}
