//! Ed448 and X448 (RFC 8032, RFC 7748).

use ed448_goldilocks::{Signature, SigningKey, VerifyingKey};

fn signing_key(secret: &[u8]) -> Option<SigningKey> {
    SigningKey::try_from(secret).ok()
}

/// The public key of a secret for signatures.
pub fn signing_public(secret: &[u8]) -> Option<Vec<u8>> {
    Some(signing_key(secret)?.verifying_key().to_bytes().to_vec())
}

/// The public key of a secret for agreement.
pub fn agreement_public(secret: &[u8]) -> Option<Vec<u8>> {
    let mut base = [0; 56];
    base[0] = 5;
    x448::x448(secret.try_into().ok()?, base).map(|public| public.to_vec())
}

/// A signature; the context is text of up to 255 bytes that belongs to it.
pub fn sign(secret: &[u8], context: &[u8], message: &[u8]) -> Option<Vec<u8>> {
    Some(signing_key(secret)?.sign_ctx(context, message).ok()?.to_bytes().to_vec())
}

/// Whether a signature belongs to a message.
pub fn verify(public: &[u8], context: &[u8], message: &[u8], signature: &[u8]) -> bool {
    let (Ok(public), Ok(signature)) = (public.try_into(), Signature::from_slice(signature)) else {
        return false;
    };
    VerifyingKey::from_bytes(&public).is_ok_and(|key| key.verify_ctx(&signature, context, message).is_ok())
}

/// The shared secret. `None` for a public key that gives always the same.
pub fn agree(secret: &[u8], public: &[u8]) -> Option<Vec<u8>> {
    let shared = x448::x448(secret.try_into().ok()?, public.try_into().ok()?)?;
    (shared != [0; 56]).then(|| shared.to_vec())
}
