//! GCM (NIST SP 800-38D), and how data in pieces goes into a universal hash.

use cipher::array::Array;
use ghash::GHash;
use ghash::universal_hash::UniversalHash;

use super::block::BlockCipher;
use super::keystream::Counter;
use super::{Failure, Mode, same_tag, xor};

/// A hash of blocks that takes pieces of any length.
pub struct Feeder<H: UniversalHash> {
    hash: H,
    partial: Vec<u8>,
}

impl<H: UniversalHash + Clone> Feeder<H> {
    /// A hash of nothing yet.
    pub fn new(hash: H) -> Self {
        Self { hash, partial: Vec::with_capacity(16) }
    }

    /// Takes in data.
    pub fn update(&mut self, mut data: &[u8]) {
        if !self.partial.is_empty() {
            let (now, rest) = data.split_at(data.len().min(16 - self.partial.len()));
            self.partial.extend_from_slice(now);
            data = rest;
            if self.partial.len() < 16 {
                return;
            }
            self.pad();
        }
        let (blocks, rest) = Array::slice_as_chunks(data);
        self.hash.update(blocks);
        self.partial.extend_from_slice(rest);
    }

    /// Fills the last block up with zeros.
    pub fn pad(&mut self) {
        if !self.partial.is_empty() {
            self.hash.update_padded(&self.partial);
            self.partial.clear();
        }
    }

    /// The hash.
    pub fn finish(&mut self) -> [u8; 16] {
        self.pad();
        let mut out = [0; 16];
        out.copy_from_slice(&self.hash.clone().finalize());
        out
    }
}

/// A message in GCM.
pub struct Gcm {
    stream: Counter,
    hash: Feeder<GHash>,
    /// What the hash is encrypted with.
    mask: [u8; 16],
    encrypt: bool,
    aad_length: u64,
    length: u64,
    tag_length: usize,
    tag: Option<Vec<u8>>,
}

impl Gcm {
    /// `None` for what is no AES, or for no nonce.
    pub fn new(cipher: BlockCipher, iv: &[u8], encrypt: bool, tag_length: usize) -> Option<Self> {
        if cipher.size() != 16 || iv.is_empty() {
            return None;
        }
        let mut key = [0; 16];
        cipher.encrypt(&mut key);
        let hash = GHash::new(&key.into());
        let mut start = [0; 16];
        if iv.len() == 12 {
            start[..12].copy_from_slice(iv);
            start[15] = 1;
        } else {
            let mut feeder = Feeder::new(hash.clone());
            feeder.update(iv);
            feeder.pad();
            feeder.update(&(iv.len() as u128 * 8).to_be_bytes());
            start = feeder.finish();
        }
        let mut stream = Counter::new(cipher, &start, false)?;
        let mut mask = [0; 16];
        stream.apply(&mut mask);
        Some(Self {
            stream,
            hash: Feeder::new(hash),
            mask,
            encrypt,
            aad_length: 0,
            length: 0,
            tag_length,
            tag: None,
        })
    }
}

impl Mode for Gcm {
    fn update(&mut self, data: &[u8]) -> Result<Vec<u8>, Failure> {
        if self.length == 0 {
            self.hash.pad();
        }
        self.length += data.len() as u64;
        let mut out = data.to_vec();
        if !self.encrypt {
            self.hash.update(data);
        }
        self.stream.apply(&mut out);
        if self.encrypt {
            self.hash.update(&out);
        }
        Ok(out)
    }

    fn finish(&mut self) -> Result<Vec<u8>, Failure> {
        self.hash.pad();
        let lengths = u128::from(self.aad_length * 8) << 64 | u128::from(self.length * 8);
        self.hash.update(&lengths.to_be_bytes());
        let mut tag = self.hash.finish();
        xor(&mut tag, &self.mask);
        if self.encrypt {
            self.tag = Some(tag[..self.tag_length].to_vec());
            return Ok(Vec::new());
        }
        match &self.tag {
            Some(wanted) if same_tag(wanted, &tag[..wanted.len().min(16)]) => Ok(Vec::new()),
            _ => Err(Failure::NotAuthentic),
        }
    }

    fn set_aad(&mut self, aad: &[u8], _length: Option<usize>) {
        self.aad_length += aad.len() as u64;
        self.hash.update(aad);
    }

    fn tag(&self) -> Option<Vec<u8>> {
        self.tag.clone()
    }

    fn set_tag(&mut self, tag: &[u8]) {
        self.tag = Some(tag.to_vec());
    }
}
