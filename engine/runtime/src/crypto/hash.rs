//! Digests by name.

use blake2::{Blake2b512, Blake2s256};
use digest::Digest;
use md4::Md4;
use md5::Md5;
use ripemd::Ripemd160;
use serde::{Deserialize, Serialize};
use sha1::Sha1;
use sha2::{Sha224, Sha256, Sha384, Sha512, Sha512_224, Sha512_256};

use super::keccak::{Padding, Sponge};

/// A digest function.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Algorithm {
    /// MD4, under a name of its own because OpenSSL has it only when asked for.
    Md4,
    /// MD5.
    Md5,
    /// MD5 and SHA-1 one after the other, as TLS 1.0 used them.
    Md5Sha1,
    /// RIPEMD-160.
    Ripemd160,
    /// SHA-1.
    Sha1,
    /// SHA-224.
    Sha224,
    /// SHA-256.
    Sha256,
    /// SHA-256 cut to 192 bits.
    Sha256Cut192,
    /// SHA-384.
    Sha384,
    /// SHA-512.
    Sha512,
    /// SHA-512/224.
    Sha512Cut224,
    /// SHA-512/256.
    Sha512Cut256,
    /// SHA3-224.
    Sha3Of224,
    /// SHA3-256.
    Sha3Of256,
    /// SHA3-384.
    Sha3Of384,
    /// SHA3-512.
    Sha3Of512,
    /// Keccak-224.
    Keccak224,
    /// Keccak-256.
    Keccak256,
    /// Keccak-384.
    Keccak384,
    /// Keccak-512.
    Keccak512,
    /// SHAKE128.
    Shake128,
    /// SHAKE256.
    Shake256,
    /// BLAKE2b with 512 bits.
    Blake2b512,
    /// BLAKE2s with 256 bits.
    Blake2s256,
}

impl Algorithm {
    /// The algorithm that OpenSSL knows by this name, in any case.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::from_lowercase(name).or_else(|| Self::from_lowercase(&name.to_ascii_lowercase()))
    }

    fn from_lowercase(name: &str) -> Option<Self> {
        Some(match name {
            "legacy-md4" => Self::Md4,
            "md5" | "ssl3-md5" | "rsa-md5" | "md5withrsaencryption" => Self::Md5,
            "md5-sha1" => Self::Md5Sha1,
            "ripemd" | "ripemd160" | "ripemd-160" | "rmd160" | "rsa-ripemd160" | "ripemd160withrsa" => {
                Self::Ripemd160
            }
            "sha1" | "sha-1" | "ssl3-sha1" | "rsa-sha1" | "rsa-sha1-2" | "sha1withrsaencryption" => {
                Self::Sha1
            }
            "sha224" | "sha-224" | "sha2-224" | "rsa-sha224" | "sha224withrsaencryption" => Self::Sha224,
            "sha256" | "sha-256" | "sha2-256" | "rsa-sha256" | "sha256withrsaencryption" => Self::Sha256,
            "sha256-192" | "sha-256/192" | "sha2-256/192" => Self::Sha256Cut192,
            "sha384" | "sha-384" | "sha2-384" | "rsa-sha384" | "sha384withrsaencryption" => Self::Sha384,
            "sha512" | "sha-512" | "sha2-512" | "rsa-sha512" | "sha512withrsaencryption" => Self::Sha512,
            "sha512-224"
            | "sha-512/224"
            | "sha2-512/224"
            | "rsa-sha512/224"
            | "sha512-224withrsaencryption" => Self::Sha512Cut224,
            "sha512-256"
            | "sha-512/256"
            | "sha2-512/256"
            | "rsa-sha512/256"
            | "sha512-256withrsaencryption" => Self::Sha512Cut256,
            "sha3-224" | "rsa-sha3-224" | "id-rsassa-pkcs1-v1_5-with-sha3-224" => Self::Sha3Of224,
            "sha3-256" | "rsa-sha3-256" | "id-rsassa-pkcs1-v1_5-with-sha3-256" => Self::Sha3Of256,
            "sha3-384" | "rsa-sha3-384" | "id-rsassa-pkcs1-v1_5-with-sha3-384" => Self::Sha3Of384,
            "sha3-512" | "rsa-sha3-512" | "id-rsassa-pkcs1-v1_5-with-sha3-512" => Self::Sha3Of512,
            "keccak-224" => Self::Keccak224,
            "keccak-256" => Self::Keccak256,
            "keccak-384" => Self::Keccak384,
            "keccak-512" => Self::Keccak512,
            "shake128" | "shake-128" => Self::Shake128,
            "shake256" | "shake-256" => Self::Shake256,
            "blake2b512" | "blake2b-512" => Self::Blake2b512,
            "blake2s256" | "blake2s-256" => Self::Blake2s256,
            _ => return None,
        })
    }

    /// Bytes of a digest; for functions with any length, what OpenSSL takes when none is given.
    pub fn size(self) -> usize {
        match self {
            Self::Md4 | Self::Md5 | Self::Shake128 => 16,
            Self::Sha1 | Self::Ripemd160 => 20,
            Self::Sha256Cut192 => 24,
            Self::Sha224 | Self::Sha512Cut224 | Self::Sha3Of224 | Self::Keccak224 => 28,
            Self::Sha256
            | Self::Sha512Cut256
            | Self::Sha3Of256
            | Self::Keccak256
            | Self::Shake256
            | Self::Blake2s256 => 32,
            Self::Md5Sha1 => 36,
            Self::Sha384 | Self::Sha3Of384 | Self::Keccak384 => 48,
            Self::Sha512 | Self::Sha3Of512 | Self::Keccak512 | Self::Blake2b512 => 64,
        }
    }

    /// Bytes that the function takes in at a time, which is what HMAC fills its key up to.
    pub fn block_size(self) -> usize {
        match self {
            Self::Md4
            | Self::Md5
            | Self::Md5Sha1
            | Self::Ripemd160
            | Self::Sha1
            | Self::Sha224
            | Self::Sha256
            | Self::Sha256Cut192
            | Self::Blake2s256 => 64,
            Self::Sha384 | Self::Sha512 | Self::Sha512Cut224 | Self::Sha512Cut256 | Self::Blake2b512 => 128,
            Self::Shake128 => 168,
            Self::Shake256 => 136,
            _ => 200 - 2 * self.size(),
        }
    }

    /// Whether a digest may have any length.
    pub fn is_extendable(self) -> bool {
        matches!(self, Self::Shake128 | Self::Shake256)
    }

    /// The digest of `data` in the usual length.
    pub fn digest(self, data: &[u8]) -> Vec<u8> {
        let mut hasher = Hasher::new(self);
        hasher.update(data);
        hasher.finish()
    }
}

#[derive(Clone)]
enum State {
    Md4(Md4),
    Md5(Md5),
    Md5Sha1(Md5, Sha1),
    Ripemd160(Ripemd160),
    Sha1(Sha1),
    Sha224(Sha224),
    Sha256(Sha256),
    Sha384(Sha384),
    Sha512(Sha512),
    Sha512Cut224(Sha512_224),
    Sha512Cut256(Sha512_256),
    Sponge(Sponge),
    Blake2b512(Blake2b512),
    Blake2s256(Blake2s256),
}

/// A digest in the making.
#[derive(Clone)]
pub struct Hasher {
    algorithm: Algorithm,
    state: State,
}

impl Hasher {
    /// A digest of nothing yet.
    pub fn new(algorithm: Algorithm) -> Self {
        let state = match algorithm {
            Algorithm::Md4 => State::Md4(Md4::new()),
            Algorithm::Md5 => State::Md5(Md5::new()),
            Algorithm::Md5Sha1 => State::Md5Sha1(Md5::new(), Sha1::new()),
            Algorithm::Ripemd160 => State::Ripemd160(Ripemd160::new()),
            Algorithm::Sha1 => State::Sha1(Sha1::new()),
            Algorithm::Sha224 => State::Sha224(Sha224::new()),
            Algorithm::Sha256 | Algorithm::Sha256Cut192 => State::Sha256(Sha256::new()),
            Algorithm::Sha384 => State::Sha384(Sha384::new()),
            Algorithm::Sha512 => State::Sha512(Sha512::new()),
            Algorithm::Sha512Cut224 => State::Sha512Cut224(Sha512_224::new()),
            Algorithm::Sha512Cut256 => State::Sha512Cut256(Sha512_256::new()),
            Algorithm::Sha3Of224 | Algorithm::Sha3Of256 | Algorithm::Sha3Of384 | Algorithm::Sha3Of512 => {
                State::Sponge(Sponge::new(2 * algorithm.size(), Padding::Sha3))
            }
            Algorithm::Keccak224 | Algorithm::Keccak256 | Algorithm::Keccak384 | Algorithm::Keccak512 => {
                State::Sponge(Sponge::new(2 * algorithm.size(), Padding::Keccak))
            }
            Algorithm::Shake128 => State::Sponge(Sponge::new(32, Padding::Shake)),
            Algorithm::Shake256 => State::Sponge(Sponge::new(64, Padding::Shake)),
            Algorithm::Blake2b512 => State::Blake2b512(Blake2b512::new()),
            Algorithm::Blake2s256 => State::Blake2s256(Blake2s256::new()),
        };
        Self { algorithm, state }
    }

    /// Takes in `data`.
    pub fn update(&mut self, data: &[u8]) {
        match &mut self.state {
            State::Md4(state) => state.update(data),
            State::Md5(state) => state.update(data),
            State::Md5Sha1(first, second) => {
                first.update(data);
                second.update(data);
            }
            State::Ripemd160(state) => state.update(data),
            State::Sha1(state) => state.update(data),
            State::Sha224(state) => state.update(data),
            State::Sha256(state) => state.update(data),
            State::Sha384(state) => state.update(data),
            State::Sha512(state) => state.update(data),
            State::Sha512Cut224(state) => state.update(data),
            State::Sha512Cut256(state) => state.update(data),
            State::Sponge(state) => state.update(data),
            State::Blake2b512(state) => state.update(data),
            State::Blake2s256(state) => state.update(data),
        }
    }

    /// The digest in its usual length.
    pub fn finish(self) -> Vec<u8> {
        let size = self.algorithm.size();
        self.finish_long(size)
    }

    /// The digest; with `size` bytes if the function allows any length.
    pub fn finish_long(self, size: usize) -> Vec<u8> {
        let usual = self.algorithm.size();
        let mut digest = match self.state {
            State::Md4(state) => state.finalize().to_vec(),
            State::Md5(state) => state.finalize().to_vec(),
            State::Md5Sha1(first, second) => {
                let mut both = first.finalize().to_vec();
                both.extend_from_slice(&second.finalize());
                both
            }
            State::Ripemd160(state) => state.finalize().to_vec(),
            State::Sha1(state) => state.finalize().to_vec(),
            State::Sha224(state) => state.finalize().to_vec(),
            State::Sha256(state) => state.finalize().to_vec(),
            State::Sha384(state) => state.finalize().to_vec(),
            State::Sha512(state) => state.finalize().to_vec(),
            State::Sha512Cut224(state) => state.finalize().to_vec(),
            State::Sha512Cut256(state) => state.finalize().to_vec(),
            State::Sponge(state) => {
                let mut out = vec![0; if self.algorithm.is_extendable() { size } else { usual }];
                state.finish(&mut out);
                return out;
            }
            State::Blake2b512(state) => state.finalize().to_vec(),
            State::Blake2s256(state) => state.finalize().to_vec(),
        };
        digest.truncate(usual);
        digest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    #[test]
    fn sponges_take_pieces_of_any_length() {
        let data: Vec<u8> = (0..1000).map(|index| index as u8).collect();
        let whole = Algorithm::Sha3Of256.digest(&data);
        for step in [1, 7, 8, 135, 136, 137, 300] {
            let mut hasher = Hasher::new(Algorithm::Sha3Of256);
            data.chunks(step).for_each(|piece| hasher.update(piece));
            assert_eq!(hasher.finish(), whole, "pieces of {step}");
        }
    }

    #[test]
    fn digests_of_nothing() {
        assert_eq!(hex(&Algorithm::Md5.digest(b"")), "d41d8cd98f00b204e9800998ecf8427e");
        assert_eq!(hex(&Algorithm::Shake128.digest(b"")), "7f9c2ba4e88f827d616045507605853e");
        assert_eq!(
            hex(&Algorithm::Sha3Of256.digest(b"")),
            "a7ffc6f8bf1ed76651c14756a061d662f580ff4de43b49fa82d80a4b80f8434a"
        );
    }
}
