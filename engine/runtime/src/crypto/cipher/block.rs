//! The block ciphers under all modes.

use aes::{Aes128, Aes192, Aes256};
use cipher::array::{Array, ArraySize};
use cipher::{BlockCipherDecrypt, BlockCipherEncrypt, KeyInit};
use des::{TdesEde2, TdesEde3};

/// A block cipher with its key.
pub enum BlockCipher {
    Aes128(Aes128),
    Aes192(Aes192),
    Aes256(Aes256),
    Des2(TdesEde2),
    Des3(TdesEde3),
}

fn encrypt<C: BlockCipherEncrypt>(cipher: &C, data: &mut [u8]) {
    cipher.encrypt_blocks(blocks(data));
}

fn decrypt<C: BlockCipherDecrypt>(cipher: &C, data: &mut [u8]) {
    cipher.decrypt_blocks(blocks(data));
}

fn blocks<N: ArraySize>(data: &mut [u8]) -> &mut [Array<u8, N>] {
    Array::slice_as_chunks_mut(data).0
}

impl BlockCipher {
    /// `None` when the key has not the right length.
    pub fn new(family: &str, key: &[u8]) -> Option<Self> {
        match (family, key.len()) {
            ("aes", 16) => Aes128::new_from_slice(key).ok().map(Self::Aes128),
            ("aes", 24) => Aes192::new_from_slice(key).ok().map(Self::Aes192),
            ("aes", 32) => Aes256::new_from_slice(key).ok().map(Self::Aes256),
            ("des", 16) => TdesEde2::new_from_slice(key).ok().map(Self::Des2),
            ("des", 24) => TdesEde3::new_from_slice(key).ok().map(Self::Des3),
            _ => None,
        }
    }

    /// Bytes of a block.
    pub fn size(&self) -> usize {
        if matches!(self, Self::Des2(_) | Self::Des3(_)) { 8 } else { 16 }
    }

    /// Encrypts whole blocks, each for itself.
    pub fn encrypt(&self, data: &mut [u8]) {
        match self {
            Self::Aes128(cipher) => encrypt(cipher, data),
            Self::Aes192(cipher) => encrypt(cipher, data),
            Self::Aes256(cipher) => encrypt(cipher, data),
            Self::Des2(cipher) => encrypt(cipher, data),
            Self::Des3(cipher) => encrypt(cipher, data),
        }
    }

    /// Decrypts whole blocks, each for itself.
    pub fn decrypt(&self, data: &mut [u8]) {
        match self {
            Self::Aes128(cipher) => decrypt(cipher, data),
            Self::Aes192(cipher) => decrypt(cipher, data),
            Self::Aes256(cipher) => decrypt(cipher, data),
            Self::Des2(cipher) => decrypt(cipher, data),
            Self::Des3(cipher) => decrypt(cipher, data),
        }
    }
}
