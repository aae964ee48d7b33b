//! Modes that make a block cipher a stream cipher: CTR, OFB, CFB.

use super::block::BlockCipher;
use super::{Failure, Mode, xor};

/// Blocks of the stream made at once.
const BATCH: usize = 64;

/// A stream from a counter of 128 bits, or of 32 as GCM and CCM have it.
pub struct Counter {
    pub cipher: BlockCipher,
    counter: [u8; 16],
    wide: bool,
    stream: [u8; 16 * BATCH],
    used: usize,
    made: usize,
}

impl Counter {
    /// `None` when `start` is no block.
    pub fn new(cipher: BlockCipher, start: &[u8], wide: bool) -> Option<Self> {
        let counter = start.try_into().ok()?;
        Some(Self { cipher, counter, wide, stream: [0; 16 * BATCH], used: 0, made: 0 })
    }

    /// Encrypts or decrypts.
    pub fn apply(&mut self, mut data: &mut [u8]) {
        while !data.is_empty() {
            if self.used == self.made {
                self.refill(data.len());
            }
            let length = data.len().min(self.made - self.used);
            let (now, rest) = data.split_at_mut(length);
            xor(now, &self.stream[self.used..self.used + length]);
            self.used += length;
            data = rest;
        }
    }

    fn refill(&mut self, wanted: usize) {
        let blocks = wanted.div_ceil(16).clamp(1, BATCH);
        for block in self.stream[..16 * blocks].chunks_exact_mut(16) {
            block.copy_from_slice(&self.counter);
            let number = u128::from_be_bytes(self.counter);
            let next = if self.wide {
                number.wrapping_add(1)
            } else {
                let low = (number as u32).wrapping_add(1);
                (number & !u128::from(u32::MAX)) | u128::from(low)
            };
            self.counter = next.to_be_bytes();
        }
        self.cipher.encrypt(&mut self.stream[..16 * blocks]);
        self.made = 16 * blocks;
        self.used = 0;
    }
}

impl Mode for Counter {
    fn update(&mut self, data: &[u8]) -> Result<Vec<u8>, Failure> {
        let mut out = data.to_vec();
        self.apply(&mut out);
        Ok(out)
    }

    fn finish(&mut self) -> Result<Vec<u8>, Failure> {
        Ok(Vec::new())
    }
}

/// What is fed back.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The stream itself.
    Ofb,
    /// The encrypted data, a block at a time.
    Cfb,
    /// The encrypted data, a byte at a time.
    Cfb8,
    /// The encrypted data, a bit at a time.
    Cfb1,
}

/// OFB and CFB.
pub struct Feedback {
    cipher: BlockCipher,
    kind: Kind,
    encrypt: bool,
    register: Vec<u8>,
    used: usize,
}

impl Feedback {
    /// `iv` has the length of a block.
    pub fn new(cipher: BlockCipher, iv: &[u8], kind: Kind, encrypt: bool) -> Self {
        let used = cipher.size();
        Self { cipher, kind, encrypt, register: iv.to_vec(), used }
    }

    fn byte(&mut self, byte: u8) -> u8 {
        if self.kind == Kind::Cfb8 {
            let mut block = self.register.clone();
            self.cipher.encrypt(&mut block);
            let out = byte ^ block[0];
            self.register.remove(0);
            self.register.push(if self.encrypt { out } else { byte });
            return out;
        }
        if self.used == self.register.len() {
            self.cipher.encrypt(&mut self.register);
            self.used = 0;
        }
        let place = &mut self.register[self.used];
        let out = byte ^ *place;
        if self.kind == Kind::Cfb {
            *place = if self.encrypt { out } else { byte };
        }
        self.used += 1;
        out
    }

    fn bits(&mut self, byte: u8) -> u8 {
        let mut out = 0;
        for shift in (0..8).rev() {
            let mut block = self.register.clone();
            self.cipher.encrypt(&mut block);
            let given = byte >> shift & 1;
            let made = given ^ block[0] >> 7;
            out |= made << shift;
            let mut carry = if self.encrypt { made } else { given };
            for place in self.register.iter_mut().rev() {
                let next = *place >> 7;
                *place = *place << 1 | carry;
                carry = next;
            }
        }
        out
    }
}

impl Mode for Feedback {
    fn update(&mut self, data: &[u8]) -> Result<Vec<u8>, Failure> {
        if self.kind == Kind::Cfb1 {
            return Ok(data.iter().map(|byte| self.bits(*byte)).collect());
        }
        Ok(data.iter().map(|byte| self.byte(*byte)).collect())
    }

    fn finish(&mut self) -> Result<Vec<u8>, Failure> {
        Ok(Vec::new())
    }
}
