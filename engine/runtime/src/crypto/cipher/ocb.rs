//! OCB (RFC 7253).

use super::block::BlockCipher;
use super::{Failure, Mode, same_tag, xor};

/// A message in OCB.
pub struct Ocb {
    cipher: BlockCipher,
    encrypt: bool,
    star: [u8; 16],
    dollar: [u8; 16],
    offset: [u8; 16],
    checksum: [u8; 16],
    blocks: u64,
    kept: Vec<u8>,
    aad: Vec<u8>,
    tag_length: usize,
    tag: Option<Vec<u8>>,
}

fn doubled(block: [u8; 16]) -> [u8; 16] {
    let number = u128::from_be_bytes(block);
    let carried = if number >> 127 == 1 { 0x87 } else { 0 };
    (number << 1 ^ carried).to_be_bytes()
}

impl Ocb {
    /// `None` when the nonce has a wrong length.
    pub fn new(cipher: BlockCipher, iv: &[u8], encrypt: bool, tag_length: usize) -> Option<Self> {
        if cipher.size() != 16 || !(1..=15).contains(&iv.len()) {
            return None;
        }
        let mut star = [0; 16];
        cipher.encrypt(&mut star);
        let mut nonce = [0; 16];
        nonce[0] = u8::try_from(tag_length * 8 % 128).ok()? << 1;
        nonce[15 - iv.len()] |= 1;
        nonce[16 - iv.len()..].copy_from_slice(iv);
        let bottom = usize::from(nonce[15] & 0x3f);
        nonce[15] &= 0xc0;
        cipher.encrypt(&mut nonce);
        let mut stretch = nonce.to_vec();
        stretch.extend((0..8).map(|index| nonce[index] ^ nonce[index + 1]));
        let mut offset = [0; 16];
        for (index, byte) in offset.iter_mut().enumerate() {
            let place = index + bottom / 8;
            let pair = u16::from_be_bytes([stretch[place], stretch.get(place + 1).copied().unwrap_or(0)]);
            *byte = (pair << (bottom % 8) >> 8) as u8;
        }
        Some(Self {
            cipher,
            encrypt,
            star,
            dollar: doubled(star),
            offset,
            checksum: [0; 16],
            blocks: 0,
            kept: Vec::new(),
            aad: Vec::new(),
            tag_length,
            tag: None,
        })
    }

    /// The mask for the block of this number, from 1.
    fn mask(&self, number: u64) -> [u8; 16] {
        let mut mask = doubled(self.dollar);
        for _ in 0..number.trailing_zeros() {
            mask = doubled(mask);
        }
        mask
    }

    fn block(&mut self, block: &mut [u8]) {
        self.blocks += 1;
        let mask = self.mask(self.blocks);
        xor(&mut self.offset, &mask);
        if self.encrypt {
            xor(&mut self.checksum, block);
        }
        xor(block, &self.offset);
        if self.encrypt {
            self.cipher.encrypt(block);
        } else {
            self.cipher.decrypt(block);
        }
        xor(block, &self.offset);
        if !self.encrypt {
            xor(&mut self.checksum, block);
        }
    }

    fn hashed_aad(&self) -> [u8; 16] {
        let mut sum = [0; 16];
        let mut offset = [0; 16];
        let chunks = self.aad.chunks_exact(16);
        let rest = chunks.remainder();
        for (number, chunk) in (1..).zip(chunks) {
            xor(&mut offset, &self.mask(number));
            let mut block = offset;
            xor(&mut block, chunk);
            self.cipher.encrypt(&mut block);
            xor(&mut sum, &block);
        }
        if !rest.is_empty() {
            xor(&mut offset, &self.star);
            let mut block = offset;
            xor(&mut block, rest);
            block[rest.len()] ^= 0x80;
            self.cipher.encrypt(&mut block);
            xor(&mut sum, &block);
        }
        sum
    }
}

impl Mode for Ocb {
    fn update(&mut self, data: &[u8]) -> Result<Vec<u8>, Failure> {
        let mut out = std::mem::take(&mut self.kept);
        out.extend_from_slice(data);
        self.kept = out.split_off(out.len() - out.len() % 16);
        for block in out.chunks_exact_mut(16) {
            self.block(block);
        }
        Ok(out)
    }

    fn finish(&mut self) -> Result<Vec<u8>, Failure> {
        let mut out = std::mem::take(&mut self.kept);
        if !out.is_empty() {
            xor(&mut self.offset, &self.star);
            let mut pad = self.offset;
            self.cipher.encrypt(&mut pad);
            if self.encrypt {
                xor(&mut self.checksum, &out);
            }
            xor(&mut out, &pad);
            if !self.encrypt {
                xor(&mut self.checksum, &out);
            }
            self.checksum[out.len()] ^= 0x80;
        }
        let mut tag = self.checksum;
        xor(&mut tag, &self.offset);
        xor(&mut tag, &self.dollar);
        self.cipher.encrypt(&mut tag);
        xor(&mut tag, &self.hashed_aad());
        if self.encrypt {
            self.tag = Some(tag[..self.tag_length].to_vec());
            return Ok(out);
        }
        match &self.tag {
            Some(wanted) if same_tag(wanted, &tag[..wanted.len().min(16)]) => Ok(out),
            _ => Err(Failure::NotAuthentic),
        }
    }

    fn set_aad(&mut self, aad: &[u8], _length: Option<usize>) {
        self.aad.extend_from_slice(aad);
    }

    fn tag(&self) -> Option<Vec<u8>> {
        self.tag.clone()
    }

    fn set_tag(&mut self, tag: &[u8]) {
        self.tag = Some(tag.to_vec());
    }
}
