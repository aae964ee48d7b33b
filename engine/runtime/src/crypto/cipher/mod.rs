//! Symmetric ciphers that take their data in pieces.

mod block;
mod ccm;
mod chacha;
mod chained;
mod gcm;
mod keystream;
mod ocb;
mod wrap;
mod xts;

use block::BlockCipher;

/// Why a cipher stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// The data does not end with a block.
    WrongFinalBlockLength,
    /// What was decrypted does not end as it must.
    BadDecrypt,
    /// The data was changed, or it cannot be taken.
    Refused,
    /// The tag does not belong to the data, or there is none.
    NotAuthentic,
}

/// What every mode can do.
trait Mode {
    /// Takes data in; what can be said of the result so far.
    fn update(&mut self, data: &[u8]) -> Result<Vec<u8>, Failure>;

    /// The rest of the result.
    fn finish(&mut self) -> Result<Vec<u8>, Failure>;

    /// Data that is not encrypted but protected; `length` is that of the message, where the mode must know.
    fn set_aad(&mut self, _aad: &[u8], _length: Option<usize>) {}

    /// The tag, after the end.
    fn tag(&self) -> Option<Vec<u8>> {
        None
    }

    /// The tag that the data must have.
    fn set_tag(&mut self, _tag: &[u8]) {}

    /// Whether the last block is filled up.
    fn set_padding(&mut self, _on: bool) {}
}

/// One message on its way.
pub struct Cipher(Box<dyn Mode>);

/// How a cipher is set up.
pub struct Setup<'a> {
    /// `aes`, `des` or `chacha20`.
    pub family: &'a str,
    /// `cbc`, `gcm` …
    pub mode: &'a str,
    /// Key.
    pub key: &'a [u8],
    /// Initialization vector or nonce.
    pub iv: &'a [u8],
    /// Encrypt rather than decrypt.
    pub encrypt: bool,
    /// Length of the tag.
    pub tag_length: usize,
}

impl Cipher {
    /// `None` for what there is not, or for a key or vector of a wrong length.
    pub fn new(setup: &Setup) -> Option<Self> {
        let Setup { family, mode, key, iv, encrypt, tag_length } = *setup;
        if family == "chacha20" {
            return match mode {
                "poly1305" => Some(Self(Box::new(chacha::Poly::new(key, iv, encrypt, tag_length)?))),
                _ => Some(Self(Box::new(chacha::Plain::new(key, iv)?))),
            };
        }
        if mode == "xts" {
            return Some(Self(Box::new(xts::Xts::new(key, iv, encrypt)?)));
        }
        let cipher = BlockCipher::new(family, key)?;
        Some(Self(match mode {
            "ecb" => Box::new(chained::Blocks::new(cipher, None, encrypt)),
            "cbc" => Box::new(chained::Blocks::new(cipher, Some(iv), encrypt)),
            "ctr" => Box::new(keystream::Counter::new(cipher, iv, true)?),
            "ofb" => Box::new(keystream::Feedback::new(cipher, iv, keystream::Kind::Ofb, encrypt)),
            "cfb" => Box::new(keystream::Feedback::new(cipher, iv, keystream::Kind::Cfb, encrypt)),
            "cfb8" => Box::new(keystream::Feedback::new(cipher, iv, keystream::Kind::Cfb8, encrypt)),
            "cfb1" => Box::new(keystream::Feedback::new(cipher, iv, keystream::Kind::Cfb1, encrypt)),
            "gcm" => Box::new(gcm::Gcm::new(cipher, iv, encrypt, tag_length)?),
            "ccm" => Box::new(ccm::Ccm::new(cipher, iv, encrypt, tag_length)?),
            "ocb" => Box::new(ocb::Ocb::new(cipher, iv, encrypt, tag_length)?),
            "wrap" => Box::new(wrap::Wrap::new(cipher, iv, encrypt, false)?),
            "wrap-pad" => Box::new(wrap::Wrap::new(cipher, iv, encrypt, true)?),
            _ => return None,
        }))
    }

    /// Takes data in.
    ///
    /// # Errors
    /// When the mode cannot take it.
    pub fn update(&mut self, data: &[u8]) -> Result<Vec<u8>, Failure> {
        self.0.update(data)
    }

    /// Ends the message.
    ///
    /// # Errors
    /// When it is incomplete or not authentic.
    pub fn finish(&mut self) -> Result<Vec<u8>, Failure> {
        self.0.finish()
    }

    /// Data that is not encrypted but protected.
    pub fn set_aad(&mut self, aad: &[u8], length: Option<usize>) {
        self.0.set_aad(aad, length);
    }

    /// The tag, after the end.
    pub fn tag(&self) -> Option<Vec<u8>> {
        self.0.tag()
    }

    /// The tag that the data must have.
    pub fn set_tag(&mut self, tag: &[u8]) {
        self.0.set_tag(tag);
    }

    /// Whether the last block is filled up.
    pub fn set_padding(&mut self, on: bool) {
        self.0.set_padding(on);
    }
}

/// A whole message. An encrypted one has its tag at the end, if its mode has one.
///
/// # Errors
/// When key or vector have a wrong length, or the message is not authentic.
pub fn whole(setup: &Setup, aad: &[u8], data: &[u8]) -> Result<Vec<u8>, Failure> {
    let mut cipher = Cipher::new(setup).ok_or(Failure::Refused)?;
    if !aad.is_empty() {
        cipher.set_aad(aad, None);
    }
    let data = if setup.encrypt || setup.tag_length == 0 {
        data
    } else {
        let length = data.len().checked_sub(setup.tag_length).ok_or(Failure::NotAuthentic)?;
        cipher.set_tag(&data[length..]);
        &data[..length]
    };
    let mut out = cipher.update(data)?;
    out.append(&mut cipher.finish()?);
    if setup.encrypt && setup.tag_length > 0 {
        out.append(&mut cipher.tag().unwrap_or_default());
    }
    Ok(out)
}

/// Whether two tags are the same, in a time that does not say where they differ.
fn same_tag(left: &[u8], right: &[u8]) -> bool {
    left.len() == right.len()
        && left.iter().zip(right).fold(0, |sum, (a, b)| sum | std::hint::black_box(a ^ b)) == 0
}

/// `to ^= with`, as far as both go.
fn xor(to: &mut [u8], with: &[u8]) {
    to.iter_mut().zip(with).for_each(|(to, with)| *to ^= with);
}
