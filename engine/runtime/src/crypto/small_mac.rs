//! Message authentication codes of their own making: keyed BLAKE2 (RFC 7693), SipHash-2-4
//! (<https://www.aumasson.jp/siphash/siphash.pdf>) and Poly1305 (RFC 8439), each of one whole message.

use blake2::digest::Output;
use blake2::digest::block_api::{Buffer, UpdateCore, VariableOutputCore};
use blake2::{Blake2bVarCore, Blake2sVarCore};
use ghash::universal_hash::KeyInit;
use poly1305::Poly1305;
use siphasher::{sip, sip128};

/// Keyed BLAKE2b. Key and digest have at most 64 bytes, salt and personalization 16.
pub fn blake2b(key: &[u8], salt: &[u8], personal: &[u8], length: usize, message: &[u8]) -> Vec<u8> {
    blake2(Blake2bVarCore::new_with_params(salt, personal, key.len(), length), key, length, message)
}

/// Keyed BLAKE2s. Key and digest have at most 32 bytes, salt and personalization 8.
pub fn blake2s(key: &[u8], salt: &[u8], personal: &[u8], length: usize, message: &[u8]) -> Vec<u8> {
    blake2(Blake2sVarCore::new_with_params(salt, personal, key.len(), length), key, length, message)
}

fn blake2<C: UpdateCore + VariableOutputCore>(
    mut core: C,
    key: &[u8],
    length: usize,
    message: &[u8],
) -> Vec<u8> {
    let mut buffer = Buffer::<C>::default();
    // The key stands in a block of its own.
    let mut first = key.to_vec();
    first.resize(key.len().next_multiple_of(C::block_size()), 0);
    for part in [&*first, message] {
        buffer.digest_blocks(part, |blocks| core.update_blocks(blocks));
    }
    let mut digest = Output::<C>::default();
    core.finalize_variable_core(&mut buffer, &mut digest);
    digest[..length].to_vec()
}

/// SipHash-2-4 with a digest of 8 bytes, or of 16.
pub fn siphash(key: [u8; 16], long: bool, message: &[u8]) -> Vec<u8> {
    if long {
        sip128::SipHasher24::new_with_key(&key).hash(message).as_bytes().to_vec()
    } else {
        sip::SipHasher24::new_with_key(&key).hash(message).to_le_bytes().to_vec()
    }
}

/// Poly1305; the key is for one message only.
pub fn poly1305(key: [u8; 32], message: &[u8]) -> Vec<u8> {
    Poly1305::new(&key.into()).compute_unpadded(message).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    #[test]
    fn blake2b_is_that_of_the_standard() {
        let digest = blake2b(&[], &[], &[], 64, b"abc");
        assert!(hex(&digest).starts_with("ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1"));
        assert!(hex(&blake2s(&[], &[], &[], 32, b"abc")).starts_with("508c5e8c327c14e2e1a72ba34eeb452f"));
    }

    #[test]
    fn siphash_is_that_of_its_authors() {
        let key: [u8; 16] = std::array::from_fn(|index| u8::try_from(index).unwrap_or(0));
        let message: Vec<u8> = (0..15).collect();
        assert_eq!(hex(&siphash(key, false, &message)), "e545be4961ca29a1");
    }

    #[test]
    fn messages_of_whole_blocks_have_no_empty_one_behind_them() {
        let one = blake2b(b"key", &[], &[], 32, &[7; 128]);
        let two = blake2b(b"key", &[], &[], 32, &[7; 129]);
        assert_ne!(one, two);
        assert_eq!(one.len(), 32);
    }
}
