//! Elliptic curves of NIST and secp256k1.

use crypto_bigint::rand_core::CryptoRng;
use serde::{Deserialize, Serialize};

/// A curve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Curve {
    /// P-256.
    P256,
    /// P-384.
    P384,
    /// P-521.
    P521,
    /// secp256k1.
    K256,
}

/// Does the same with the crate of each curve, under the name `$crate_of`.
macro_rules! with_curve {
    ($curve:expr, $crate_of:ident => $body:block) => {
        match $curve {
            Curve::P256 => {
                use p256 as $crate_of;
                $body
            }
            Curve::P384 => {
                use p384 as $crate_of;
                $body
            }
            Curve::P521 => {
                use p521 as $crate_of;
                $body
            }
            Curve::K256 => {
                use k256 as $crate_of;
                $body
            }
        }
    };
}

impl Curve {
    /// The curve that OpenSSL knows by this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "prime256v1" => Self::P256,
            "secp384r1" => Self::P384,
            "secp521r1" => Self::P521,
            "secp256k1" => Self::K256,
            _ => return None,
        })
    }

    /// Its name in OpenSSL.
    pub fn name(self) -> &'static str {
        match self {
            Self::P256 => "prime256v1",
            Self::P384 => "secp384r1",
            Self::P521 => "secp521r1",
            Self::K256 => "secp256k1",
        }
    }

    /// Bytes of a coordinate.
    pub fn size(self) -> usize {
        match self {
            Self::P256 | Self::K256 => 32,
            Self::P384 => 48,
            Self::P521 => 66,
        }
    }
}

/// A number in as many bytes as a coordinate has; `None` for one that does not fit.
fn fitted(curve: Curve, number: &[u8]) -> Option<Vec<u8>> {
    let zeros = number.iter().take_while(|byte| **byte == 0).count();
    let digits = &number[zeros..];
    let mut out = vec![0; curve.size().checked_sub(digits.len())?];
    out.extend_from_slice(digits);
    Some(out)
}

/// A digest as the curve takes it: the front part of a longer one.
fn shortened(curve: Curve, hash: &[u8]) -> Vec<u8> {
    fitted(curve, &hash[..hash.len().min(curve.size())]).unwrap_or_default()
}

/// The point of a private number, uncompressed. `None` for a number that is none of the curve.
pub fn public(curve: Curve, secret: &[u8]) -> Option<Vec<u8>> {
    let secret = fitted(curve, secret)?;
    with_curve!(curve, krate => {
        use krate::elliptic_curve::sec1::ToSec1Point;
        let key = krate::SecretKey::from_slice(&secret).ok()?;
        Some(key.public_key().to_sec1_point(false).as_bytes().to_vec())
    })
}

/// A point in another form. `None` for what is no point of the curve.
pub fn converted(curve: Curve, point: &[u8], compressed: bool) -> Option<Vec<u8>> {
    // The hybrid form says both coordinates and the sign.
    let plain = match point {
        [sign @ (6 | 7), rest @ ..] if rest.len() == 2 * curve.size() => {
            if rest.last()? & 1 != sign & 1 {
                return None;
            }
            let mut plain = point.to_vec();
            plain[0] = 4;
            plain
        }
        _ => point.to_vec(),
    };
    with_curve!(curve, krate => {
        use krate::elliptic_curve::sec1::ToSec1Point;
        let key = krate::PublicKey::from_sec1_bytes(&plain).ok()?;
        Some(key.to_sec1_point(compressed).as_bytes().to_vec())
    })
}

/// A new key: the number and its point.
pub fn generate(random: &mut impl CryptoRng, curve: Curve) -> Option<Vec<Vec<u8>>> {
    loop {
        let mut secret = vec![0; curve.size()];
        random.fill_bytes(&mut secret);
        if curve == Curve::P521 {
            secret[0] &= 1;
        }
        // Numbers beyond the order of the curve are thrown away.
        if let Some(point) = public(curve, &secret) {
            return Some(vec![secret, point]);
        }
    }
}

/// A signature of a digest: two numbers one after the other.
pub fn sign(curve: Curve, secret: &[u8], hash: &[u8]) -> Option<Vec<u8>> {
    let (secret, hash) = (fitted(curve, secret)?, shortened(curve, hash));
    with_curve!(curve, krate => {
        use krate::ecdsa::signature::hazmat::PrehashSigner;
        let key = krate::ecdsa::SigningKey::from_slice(&secret).ok()?;
        let signature: krate::ecdsa::Signature = key.sign_prehash(&hash).ok()?;
        Some(signature.to_bytes().to_vec())
    })
}

/// Whether a signature belongs to a digest.
pub fn verify(curve: Curve, point: &[u8], hash: &[u8], signature: &[u8]) -> bool {
    let hash = shortened(curve, hash);
    with_curve!(curve, krate => {
        use krate::ecdsa::signature::hazmat::PrehashVerifier;
        let (Ok(key), Ok(signature)) =
            (krate::ecdsa::VerifyingKey::from_sec1_bytes(point), krate::ecdsa::Signature::from_slice(signature))
        else {
            return false;
        };
        // Of the two signatures that are equally good, one crate takes only the lower one.
        let signature = if curve == Curve::K256 { signature.normalize_s() } else { signature };
        key.verify_prehash(&hash, &signature).is_ok()
    })
}

/// The secret shared by the owner of the number and the owner of the point.
pub fn agree(curve: Curve, secret: &[u8], point: &[u8]) -> Option<Vec<u8>> {
    let (secret, point) = (fitted(curve, secret)?, converted(curve, point, false)?);
    with_curve!(curve, krate => {
        let secret = krate::SecretKey::from_slice(&secret).ok()?;
        let point = krate::PublicKey::from_sec1_bytes(&point).ok()?;
        Some(secret.diffie_hellman(&point).raw_secret_bytes().to_vec())
    })
}
