//! ChaCha20, alone and with Poly1305 (RFC 8439).

use chacha20::{
    ChaCha20,
    cipher::{KeyIvInit, StreamCipher, StreamCipherSeek},
};
use ghash::universal_hash::KeyInit;
use poly1305::Poly1305;

use super::gcm::Feeder;
use super::{Failure, Mode, same_tag};

/// The stream cipher alone. As OpenSSL has it, the vector begins with the number of the first block.
pub struct Plain(ChaCha20);

impl Plain {
    /// `None` when key or vector have a wrong length.
    pub fn new(key: &[u8], iv: &[u8]) -> Option<Self> {
        let (counter, nonce) = iv.split_first_chunk::<4>()?;
        let mut stream = ChaCha20::new_from_slices(key, nonce).ok()?;
        stream.try_seek(u64::from(u32::from_le_bytes(*counter)) * 64).ok()?;
        Some(Self(stream))
    }
}

impl Mode for Plain {
    fn update(&mut self, data: &[u8]) -> Result<Vec<u8>, Failure> {
        let mut out = data.to_vec();
        self.0.try_apply_keystream(&mut out).map_err(|_| Failure::Refused)?;
        Ok(out)
    }

    fn finish(&mut self) -> Result<Vec<u8>, Failure> {
        Ok(Vec::new())
    }
}

/// With a tag.
pub struct Poly {
    stream: ChaCha20,
    hash: Feeder<Poly1305>,
    encrypt: bool,
    aad_length: u64,
    length: u64,
    tag_length: usize,
    tag: Option<Vec<u8>>,
}

impl Poly {
    /// `None` when key or nonce have a wrong length.
    pub fn new(key: &[u8], nonce: &[u8], encrypt: bool, tag_length: usize) -> Option<Self> {
        let mut stream = ChaCha20::new_from_slices(key, nonce).ok()?;
        let mut once = [0; 64];
        stream.apply_keystream(&mut once);
        let hash = Feeder::new(Poly1305::new_from_slice(&once[..32]).ok()?);
        Some(Self { stream, hash, encrypt, aad_length: 0, length: 0, tag_length, tag: None })
    }
}

impl Mode for Poly {
    fn update(&mut self, data: &[u8]) -> Result<Vec<u8>, Failure> {
        if self.length == 0 {
            self.hash.pad();
        }
        self.length += data.len() as u64;
        let mut out = data.to_vec();
        if !self.encrypt {
            self.hash.update(data);
        }
        self.stream.try_apply_keystream(&mut out).map_err(|_| Failure::Refused)?;
        if self.encrypt {
            self.hash.update(&out);
        }
        Ok(out)
    }

    fn finish(&mut self) -> Result<Vec<u8>, Failure> {
        self.hash.pad();
        self.hash.update(&self.aad_length.to_le_bytes());
        self.hash.update(&self.length.to_le_bytes());
        let tag = self.hash.finish();
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
