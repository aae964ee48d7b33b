//! AES key wrap (RFC 3394), and with padding (RFC 5649). A key comes as a whole.

use super::block::BlockCipher;
use super::{Failure, Mode, same_tag};

/// A key being wrapped or unwrapped.
pub struct Wrap {
    cipher: BlockCipher,
    iv: Vec<u8>,
    encrypt: bool,
    pad: bool,
}

impl Wrap {
    /// `None` when the vector has a wrong length.
    pub fn new(cipher: BlockCipher, iv: &[u8], encrypt: bool, pad: bool) -> Option<Self> {
        if cipher.size() != 16 || iv.len() != if pad { 4 } else { 8 } {
            return None;
        }
        Some(Self { cipher, iv: iv.to_vec(), encrypt, pad })
    }

    fn wrap(&self, first: [u8; 8], key: &[u8]) -> Vec<u8> {
        let mut out = [&first, key].concat();
        if key.len() == 8 {
            self.cipher.encrypt(&mut out);
            return out;
        }
        let mut block = [0; 16];
        block[..8].copy_from_slice(&first);
        let count = key.len() / 8;
        for step in 0..6 * count {
            let place = 8 * (step % count + 1);
            block[8..].copy_from_slice(&out[place..place + 8]);
            self.cipher.encrypt(&mut block);
            out[place..place + 8].copy_from_slice(&block[8..]);
            for (byte, with) in block[..8].iter_mut().zip((step as u64 + 1).to_be_bytes()) {
                *byte ^= with;
            }
        }
        out[..8].copy_from_slice(&block[..8]);
        out
    }

    fn unwrap(&self, data: &[u8]) -> ([u8; 8], Vec<u8>) {
        let mut out = data.to_vec();
        let mut block = [0; 16];
        if data.len() == 16 {
            self.cipher.decrypt(&mut out);
            block.copy_from_slice(&out);
        } else {
            block[..8].copy_from_slice(&data[..8]);
            let count = data.len() / 8 - 1;
            for step in (0..6 * count).rev() {
                let place = 8 * (step % count + 1);
                for (byte, with) in block[..8].iter_mut().zip((step as u64 + 1).to_be_bytes()) {
                    *byte ^= with;
                }
                block[8..].copy_from_slice(&out[place..place + 8]);
                self.cipher.decrypt(&mut block);
                out[place..place + 8].copy_from_slice(&block[8..]);
            }
        }
        let mut first = [0; 8];
        first.copy_from_slice(&block[..8]);
        (first, out.split_off(8))
    }
}

impl Mode for Wrap {
    fn update(&mut self, data: &[u8]) -> Result<Vec<u8>, Failure> {
        if self.encrypt {
            let mut first = [0; 8];
            first[..self.iv.len()].copy_from_slice(&self.iv);
            if !self.pad {
                let fits = data.len() >= 16 && data.len().is_multiple_of(8);
                return if fits { Ok(self.wrap(first, data)) } else { Err(Failure::Refused) };
            }
            let length = u32::try_from(data.len()).map_err(|_| Failure::Refused)?;
            if length == 0 {
                return Err(Failure::Refused);
            }
            first[4..].copy_from_slice(&length.to_be_bytes());
            let mut key = data.to_vec();
            key.resize(data.len().next_multiple_of(8), 0);
            return Ok(self.wrap(first, &key));
        }
        let least = if self.pad { 16 } else { 24 };
        if data.len() < least || !data.len().is_multiple_of(8) {
            return Err(Failure::Refused);
        }
        let (first, mut key) = self.unwrap(data);
        if !same_tag(&first[..self.iv.len()], &self.iv) {
            return Err(Failure::Refused);
        }
        if self.pad {
            let length = u32::from_be_bytes([first[4], first[5], first[6], first[7]]) as usize;
            if length > key.len() || length + 8 <= key.len() || key[length..].iter().any(|byte| *byte != 0) {
                return Err(Failure::Refused);
            }
            key.truncate(length);
        }
        Ok(key)
    }

    fn finish(&mut self) -> Result<Vec<u8>, Failure> {
        Ok(Vec::new())
    }
}
