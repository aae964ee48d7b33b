//! HMAC (RFC 2104).

use super::hash::{Algorithm, Hasher};

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
