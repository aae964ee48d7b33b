//! Ed25519 and X25519 (RFC 8032, RFC 7748).

use ed25519_dalek::{Signature, Signer, SigningKey, Verifier, VerifyingKey};

/// The public key of a secret for signatures.
pub fn signing_public(secret: &[u8]) -> Option<Vec<u8>> {
    Some(SigningKey::from_bytes(secret.try_into().ok()?).verifying_key().to_bytes().to_vec())
}

/// The public key of a secret for agreement.
pub fn agreement_public(secret: &[u8]) -> Option<Vec<u8>> {
    Some(x25519_dalek::x25519(secret.try_into().ok()?, x25519_dalek::X25519_BASEPOINT_BYTES).to_vec())
}

/// A signature.
pub fn sign(secret: &[u8], message: &[u8]) -> Option<Vec<u8>> {
    Some(SigningKey::from_bytes(secret.try_into().ok()?).sign(message).to_bytes().to_vec())
}

/// Whether a signature belongs to a message.
pub fn verify(public: &[u8], message: &[u8], signature: &[u8]) -> bool {
    let Ok(public) = public.try_into() else { return false };
    let (Ok(key), Ok(signature)) = (VerifyingKey::from_bytes(public), Signature::from_slice(signature))
    else {
        return false;
    };
    key.verify(message, &signature).is_ok()
}

/// The shared secret. `None` for a public key that gives always the same.
pub fn agree(secret: &[u8], public: &[u8]) -> Option<Vec<u8>> {
    let shared = x25519_dalek::x25519(secret.try_into().ok()?, public.try_into().ok()?);
    (shared != [0; 32]).then(|| shared.to_vec())
}
