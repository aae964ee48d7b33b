//! ECB and CBC: whole blocks, the last one filled up as in PKCS #7.

use super::block::BlockCipher;
use super::{Failure, Mode, xor};

/// ECB without, CBC with a block to begin with.
pub struct Blocks {
    cipher: BlockCipher,
    last: Option<Vec<u8>>,
    encrypt: bool,
    padding: bool,
    /// What came in since the last whole block; when decrypting with padding also a whole block that may be the last.
    kept: Vec<u8>,
}

impl Blocks {
    /// `iv` has the length of a block.
    pub fn new(cipher: BlockCipher, iv: Option<&[u8]>, encrypt: bool) -> Self {
        Self { cipher, last: iv.map(<[u8]>::to_vec), encrypt, padding: true, kept: Vec::new() }
    }

    fn run(&mut self, data: &mut [u8]) {
        let size = self.cipher.size();
        let Some(last) = self.last.as_mut() else {
            return if self.encrypt { self.cipher.encrypt(data) } else { self.cipher.decrypt(data) };
        };
        if self.encrypt {
            for block in data.chunks_exact_mut(size) {
                xor(block, last);
                self.cipher.encrypt(block);
                last.copy_from_slice(block);
            }
            return;
        }
        let Some(end) = data.len().checked_sub(size) else { return };
        let before = data[..end].to_vec();
        let next = data[end..].to_vec();
        self.cipher.decrypt(data);
        xor(&mut data[..size], last);
        xor(&mut data[size..], &before);
        *last = next;
    }
}

impl Mode for Blocks {
    fn update(&mut self, data: &[u8]) -> Result<Vec<u8>, Failure> {
        let size = self.cipher.size();
        let total = self.kept.len() + data.len();
        let mut whole = total - total % size;
        if !self.encrypt && self.padding && whole == total && whole > 0 {
            whole -= size;
        }
        if whole == 0 {
            self.kept.extend_from_slice(data);
            return Ok(Vec::new());
        }
        let mut out = std::mem::take(&mut self.kept);
        let rest = data.len() - (total - whole);
        out.extend_from_slice(&data[..rest]);
        self.kept.extend_from_slice(&data[rest..]);
        self.run(&mut out);
        Ok(out)
    }

    fn finish(&mut self) -> Result<Vec<u8>, Failure> {
        let size = self.cipher.size();
        let mut block = std::mem::take(&mut self.kept);
        if !self.padding {
            return if block.is_empty() { Ok(block) } else { Err(Failure::WrongFinalBlockLength) };
        }
        if self.encrypt {
            let missing = size - block.len();
            block.resize(size, u8::try_from(missing).unwrap_or(0));
            self.run(&mut block);
            return Ok(block);
        }
        if block.len() != size {
            return Err(Failure::WrongFinalBlockLength);
        }
        self.run(&mut block);
        let filled = usize::from(block[size - 1]);
        let is_filled = (1..=size).contains(&filled)
            && block[size - filled..].iter().all(|byte| usize::from(*byte) == filled);
        if !is_filled {
            return Err(Failure::BadDecrypt);
        }
        block.truncate(size - filled);
        Ok(block)
    }

    fn set_padding(&mut self, on: bool) {
        self.padding = on;
    }
}
