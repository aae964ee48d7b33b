//! HMAC (RFC 2104) and KMAC (<https://csrc.nist.gov/pubs/sp/800/185/final>).

use super::hash::{Algorithm, Hasher};
use super::keccak::{Padding, Sponge};

/// A keyed digest in the making.
#[derive(Clone)]
pub struct Hmac {
    inner: Hasher,
    outer: Hasher,
}

impl Hmac {
    /// An HMAC of nothing yet.
    pub fn new(algorithm: Algorithm, key: &[u8]) -> Self {
        let mut block = vec![0; algorithm.block_size()];
        if key.len() > block.len() {
            let digest = algorithm.digest(key);
            block[..digest.len()].copy_from_slice(&digest);
        } else {
            block[..key.len()].copy_from_slice(key);
        }
        let keyed = |mask: u8| {
            let mut hasher = Hasher::new(algorithm);
            hasher.update(&block.iter().map(|byte| byte ^ mask).collect::<Vec<_>>());
            hasher
        };
        Self { inner: keyed(0x36), outer: keyed(0x5c) }
    }

    /// Takes in `data`.
    pub fn update(&mut self, data: &[u8]) {
        self.inner.update(data);
    }

    /// The code.
    pub fn finish(self) -> Vec<u8> {
        let mut outer = self.outer;
        outer.update(&self.inner.finish());
        outer.finish()
    }

    /// The code of `parts`, one after the other; this one can be used again.
    pub fn of(&self, parts: &[&[u8]]) -> Vec<u8> {
        let mut copy = self.clone();
        parts.iter().for_each(|part| copy.update(part));
        copy.finish()
    }
}

/// A length in front of what it is the length of.
fn left_encoded(number: u64) -> Vec<u8> {
    let bytes = number.to_be_bytes();
    let zeros = (number.leading_zeros() / 8).min(7) as usize;
    let mut out = vec![u8::try_from(8 - zeros).unwrap_or(8)];
    out.extend_from_slice(&bytes[zeros..]);
    out
}

fn encoded(text: &[u8]) -> Vec<u8> {
    let mut out = left_encoded(8 * text.len() as u64);
    out.extend_from_slice(text);
    out
}

/// Filled up with zeros to whole blocks.
fn block_padded(rate: usize, text: &[u8]) -> Vec<u8> {
    let mut out = left_encoded(rate as u64);
    out.extend_from_slice(text);
    out.resize(out.len().next_multiple_of(rate), 0);
    out
}

/// KMAC128 or KMAC256 with a code of any length.
pub fn kmac(bits: u32, key: &[u8], customization: &[u8], length: usize, message: &[u8]) -> Vec<u8> {
    let capacity = if bits == 128 { 32 } else { 64 };
    let rate = 200 - capacity;
    let mut sponge = Sponge::new(capacity, Padding::CustomShake);
    sponge.update(&block_padded(rate, &[encoded(b"KMAC"), encoded(customization)].concat()));
    sponge.update(&block_padded(rate, &encoded(key)));
    sponge.update(message);
    // The length of the code stands at the end, in front of the length of its number.
    let mut end = left_encoded(8 * length as u64);
    let count = end.remove(0);
    end.push(count);
    sponge.update(&end);
    let mut out = vec![0; length];
    sponge.finish(&mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_sample_of_kmac() {
        let key: Vec<u8> = (0x40..=0x5f).collect();
        let code = kmac(128, &key, b"", 32, &[0, 1, 2, 3]);
        assert_eq!(code[..8], [0xe5, 0x78, 0x0b, 0x0d, 0x3e, 0xa6, 0xf7, 0xd3]);
    }
}
