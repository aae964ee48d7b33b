//! AES-XTS (IEEE 1619). Each update is a unit of its own, as OpenSSL has it.

use super::block::BlockCipher;
use super::{Failure, Mode, xor};

/// A sector of a disk.
pub struct Xts {
    cipher: BlockCipher,
    tweak: [u8; 16],
    encrypt: bool,
}

fn doubled(tweak: [u8; 16]) -> [u8; 16] {
    let number = u128::from_le_bytes(tweak);
    let carried = if number >> 127 == 1 { 0x87 } else { 0 };
    (number << 1 ^ carried).to_le_bytes()
}

impl Xts {
    /// `None` when key or vector have a wrong length.
    pub fn new(key: &[u8], iv: &[u8], encrypt: bool) -> Option<Self> {
        if key.len() == 48 {
            return None;
        }
        let (first, second) = key.split_at(key.len() / 2);
        let mut tweak: [u8; 16] = iv.try_into().ok()?;
        BlockCipher::new("aes", second)?.encrypt(&mut tweak);
        Some(Self { cipher: BlockCipher::new("aes", first)?, tweak, encrypt })
    }

    fn block(&self, block: &mut [u8], tweak: &[u8; 16]) {
        xor(block, tweak);
        if self.encrypt {
            self.cipher.encrypt(block);
        } else {
            self.cipher.decrypt(block);
        }
        xor(block, tweak);
    }
}

impl Mode for Xts {
    fn update(&mut self, data: &[u8]) -> Result<Vec<u8>, Failure> {
        if data.len() < 16 {
            return Err(Failure::Refused);
        }
        let mut out = data.to_vec();
        let mut tweak = self.tweak;
        let rest = data.len() % 16;
        let whole = data.len() - rest - if rest > 0 { 16 } else { 0 };
        for block in out[..whole].chunks_exact_mut(16) {
            self.block(block, &tweak);
            tweak = doubled(tweak);
        }
        if rest > 0 {
            // The last whole block lends its end to the rest.
            let next = doubled(tweak);
            let (before, after) = if self.encrypt { (tweak, next) } else { (next, tweak) };
            let tail = &mut out[whole..];
            self.block(&mut tail[..16], &before);
            let (block, end) = tail.split_at_mut(16);
            block[..rest].swap_with_slice(end);
            self.block(block, &after);
        }
        Ok(out)
    }

    fn finish(&mut self) -> Result<Vec<u8>, Failure> {
        Ok(Vec::new())
    }
}
