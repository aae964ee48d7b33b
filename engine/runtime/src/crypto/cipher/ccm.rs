//! CCM (RFC 3610). The whole message comes at once, because its length stands at its beginning.

use super::block::BlockCipher;
use super::keystream::Counter;
use super::{Failure, Mode, same_tag, xor};

/// A message in CCM.
pub struct Ccm {
    stream: Counter,
    /// The nonce behind the byte for flags, before the length.
    first: [u8; 16],
    mask: [u8; 16],
    encrypt: bool,
    aad: Vec<u8>,
    length: Option<usize>,
    tag_length: usize,
    tag: Option<Vec<u8>>,
    done: bool,
    failed: bool,
}

impl Ccm {
    /// `None` when the nonce has a wrong length.
    pub fn new(cipher: BlockCipher, iv: &[u8], encrypt: bool, tag_length: usize) -> Option<Self> {
        if cipher.size() != 16 || !(7..=13).contains(&iv.len()) {
            return None;
        }
        let mut first = [0; 16];
        first[0] = u8::try_from(14 - iv.len()).ok()?;
        first[1..=iv.len()].copy_from_slice(iv);
        let mut stream = Counter::new(cipher, &first, true)?;
        let mut mask = [0; 16];
        stream.apply(&mut mask);
        Some(Self {
            stream,
            first,
            mask,
            encrypt,
            aad: Vec::new(),
            length: None,
            tag_length,
            tag: None,
            done: false,
            failed: false,
        })
    }

    fn mac(&self, message: &[u8]) -> [u8; 16] {
        let mut sum = self.first;
        let tag_length = self.tag.as_ref().map_or(self.tag_length, Vec::len);
        sum[0] |= u8::try_from((tag_length.saturating_sub(2)) / 2 * 8).unwrap_or(0);
        if !self.aad.is_empty() {
            sum[0] |= 0x40;
        }
        let length_bytes = usize::from(self.first[0]) + 1;
        let length = (message.len() as u64).to_be_bytes();
        for (to, from) in sum[16 - length_bytes..].iter_mut().rev().zip(length.iter().rev()) {
            *to = *from;
        }
        self.stream.cipher.encrypt(&mut sum);
        let mut aad = Vec::new();
        if !self.aad.is_empty() {
            match u16::try_from(self.aad.len()) {
                Ok(length) if length < 0xff00 => aad.extend_from_slice(&length.to_be_bytes()),
                _ => {
                    aad.extend_from_slice(&[0xff, 0xfe]);
                    aad.extend_from_slice(&(self.aad.len() as u32).to_be_bytes());
                }
            }
            aad.extend_from_slice(&self.aad);
        }
        for block in aad.chunks(16).chain(message.chunks(16)) {
            xor(&mut sum, block);
            self.stream.cipher.encrypt(&mut sum);
        }
        xor(&mut sum, &self.mask);
        sum
    }
}

impl Mode for Ccm {
    fn update(&mut self, data: &[u8]) -> Result<Vec<u8>, Failure> {
        if self.done || self.length.is_some_and(|length| length != data.len()) {
            return Err(Failure::Refused);
        }
        self.done = true;
        let mut out = data.to_vec();
        if self.encrypt {
            self.tag = None;
            let tag = self.mac(data);
            self.stream.apply(&mut out);
            self.tag = Some(tag[..self.tag_length].to_vec());
            return Ok(out);
        }
        self.stream.apply(&mut out);
        let tag = self.mac(&out);
        if !self.tag.as_ref().is_some_and(|wanted| same_tag(wanted, &tag[..wanted.len().min(16)])) {
            // What is not authentic must not be seen.
            self.failed = true;
            return Ok(Vec::new());
        }
        Ok(out)
    }

    fn finish(&mut self) -> Result<Vec<u8>, Failure> {
        if !self.done {
            self.update(&[])?;
        }
        if self.failed { Err(Failure::NotAuthentic) } else { Ok(Vec::new()) }
    }

    fn set_aad(&mut self, aad: &[u8], length: Option<usize>) {
        self.aad.extend_from_slice(aad);
        self.length = length;
    }

    fn tag(&self) -> Option<Vec<u8>> {
        self.tag.clone()
    }

    fn set_tag(&mut self, tag: &[u8]) {
        self.tag = Some(tag.to_vec());
    }
}
