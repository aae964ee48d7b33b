//! Message authentication codes of their own make: keyed BLAKE2 (RFC 7693), SipHash-2-4
//! (<https://www.aumasson.jp/siphash/siphash.pdf>) and Poly1305 (RFC 8439), each of one whole message.

use ghash::universal_hash::KeyInit;
use poly1305::Poly1305;

/// Order of the message's words in the rounds of both BLAKE2 functions.
const SIGMA: [[usize; 16]; 10] = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
    [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
    [11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4],
    [7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8],
    [9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13],
    [2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9],
    [12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11],
    [13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10],
    [6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5],
    [10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0],
];

/// The words that each call of the mixing function takes.
const MIXED: [[usize; 4]; 8] = [
    [0, 4, 8, 12],
    [1, 5, 9, 13],
    [2, 6, 10, 14],
    [3, 7, 11, 15],
    [0, 5, 10, 15],
    [1, 6, 11, 12],
    [2, 7, 8, 13],
    [3, 4, 9, 14],
];

macro_rules! blake2 {
    ($(#[$doc:meta])* $name:ident, $word:ty, $rounds:literal, $rotations:expr, $iv:expr) => {
        $(#[$doc])*
        pub fn $name(key: &[u8], salt: &[u8], personal: &[u8], length: usize, message: &[u8]) -> Vec<u8> {
            const WORD: usize = size_of::<$word>();
            const BLOCK: usize = 16 * WORD;
            const IV: [$word; 8] = $iv;
            let word = |bytes: &[u8], index: usize| {
                let mut all = [0; WORD];
                all.copy_from_slice(&bytes[index * WORD..(index + 1) * WORD]);
                <$word>::from_le_bytes(all)
            };
            // Length of the digest and of the key, and a tree of one leaf; then salt and personalization.
            let mut parameters = vec![0; 8 * WORD];
            parameters[0] = u8::try_from(length).unwrap_or(u8::MAX);
            parameters[1] = u8::try_from(key.len()).unwrap_or(u8::MAX);
            parameters[2] = 1;
            parameters[3] = 1;
            parameters[4 * WORD..4 * WORD + salt.len()].copy_from_slice(salt);
            parameters[6 * WORD..6 * WORD + personal.len()].copy_from_slice(personal);
            let mut state = IV;
            for (index, value) in state.iter_mut().enumerate() {
                *value ^= word(&parameters, index);
            }
            let mut whole = Vec::with_capacity(message.len() + BLOCK);
            if !key.is_empty() {
                whole.extend_from_slice(key);
                whole.resize(BLOCK, 0);
            }
            whole.extend_from_slice(message);
            let total = whole.len();
            let blocks = total.div_ceil(BLOCK).max(1);
            whole.resize(blocks * BLOCK, 0);
            for (number, block) in whole.chunks_exact(BLOCK).enumerate() {
                let is_last = number + 1 == blocks;
                let taken = if is_last { total } else { (number + 1) * BLOCK };
                let mut work = [0; 16];
                work[..8].copy_from_slice(&state);
                work[8..].copy_from_slice(&IV);
                // Messages are shorter than the address space, so the counter's upper half stays 0 for 64-bit words.
                let taken = taken as u128;
                work[12] ^= taken as $word;
                work[13] ^= (taken >> (WORD * 8)) as $word;
                if is_last {
                    work[14] = !work[14];
                }
                for round in 0..$rounds {
                    let order = &SIGMA[round % 10];
                    for (index, [a, b, c, d]) in MIXED.into_iter().enumerate() {
                        let (x, y) = (word(block, order[2 * index]), word(block, order[2 * index + 1]));
                        let [first, second, third, fourth] = $rotations;
                        work[a] = work[a].wrapping_add(work[b]).wrapping_add(x);
                        work[d] = (work[d] ^ work[a]).rotate_right(first);
                        work[c] = work[c].wrapping_add(work[d]);
                        work[b] = (work[b] ^ work[c]).rotate_right(second);
                        work[a] = work[a].wrapping_add(work[b]).wrapping_add(y);
                        work[d] = (work[d] ^ work[a]).rotate_right(third);
                        work[c] = work[c].wrapping_add(work[d]);
                        work[b] = (work[b] ^ work[c]).rotate_right(fourth);
                    }
                }
                for index in 0..8 {
                    state[index] ^= work[index] ^ work[index + 8];
                }
            }
            let mut digest: Vec<u8> = state.iter().flat_map(|value| value.to_le_bytes()).collect();
            digest.truncate(length);
            digest
        }
    };
}

blake2!(
    /// Keyed BLAKE2b. Key and digest have at most 64 bytes, salt and personalization 16.
    blake2b, u64, 12, [32, 24, 16, 63],
    [
        0x6a09_e667_f3bc_c908, 0xbb67_ae85_84ca_a73b, 0x3c6e_f372_fe94_f82b, 0xa54f_f53a_5f1d_36f1,
        0x510e_527f_ade6_82d1, 0x9b05_688c_2b3e_6c1f, 0x1f83_d9ab_fb41_bd6b, 0x5be0_cd19_137e_2179,
    ]
);
blake2!(
    /// Keyed BLAKE2s. Key and digest have at most 32 bytes, salt and personalization 8.
    blake2s, u32, 10, [16, 12, 8, 7],
    [
        0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a,
        0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
    ]
);

/// SipHash-2-4 with a digest of 8 bytes, or of 16.
pub fn siphash(key: [u8; 16], long: bool, message: &[u8]) -> Vec<u8> {
    let word = |bytes: &[u8]| {
        let mut all = [0; 8];
        all[..bytes.len()].copy_from_slice(bytes);
        u64::from_le_bytes(all)
    };
    let (low, high) = (word(&key[..8]), word(&key[8..]));
    let mut state = [
        low ^ 0x736f_6d65_7073_6575,
        high ^ 0x646f_7261_6e64_6f6d ^ if long { 0xee } else { 0 },
        low ^ 0x6c79_6765_6e65_7261,
        high ^ 0x7465_6462_7974_6573,
    ];
    let mut rounds = |state: &mut [u64; 4], count: u32| {
        for _ in 0..count {
            state[0] = state[0].wrapping_add(state[1]);
            state[2] = state[2].wrapping_add(state[3]);
            state[1] = state[1].rotate_left(13) ^ state[0];
            state[3] = state[3].rotate_left(16) ^ state[2];
            state[0] = state[0].rotate_left(32);
            state[2] = state[2].wrapping_add(state[1]);
            state[0] = state[0].wrapping_add(state[3]);
            state[1] = state[1].rotate_left(17) ^ state[2];
            state[3] = state[3].rotate_left(21) ^ state[0];
            state[2] = state[2].rotate_left(32);
        }
    };
    let take = |state: &mut [u64; 4], value: u64, rounds: &mut dyn FnMut(&mut [u64; 4], u32)| {
        state[3] ^= value;
        rounds(state, 2);
        state[0] ^= value;
    };
    let whole = message.chunks_exact(8);
    let rest = whole.remainder();
    for chunk in whole {
        take(&mut state, word(chunk), &mut rounds);
    }
    take(&mut state, word(rest) | (message.len() as u64) << 56, &mut rounds);
    state[2] ^= if long { 0xee } else { 0xff };
    rounds(&mut state, 4);
    let sum = |state: &[u64; 4]| (state[0] ^ state[1] ^ state[2] ^ state[3]).to_le_bytes();
    let mut digest = sum(&state).to_vec();
    if long {
        state[1] ^= 0xdd;
        rounds(&mut state, 4);
        digest.extend_from_slice(&sum(&state));
    }
    digest
}

/// Poly1305; the key is for one message only.
pub fn poly1305(key: [u8; 32], message: &[u8]) -> Vec<u8> {
    Poly1305::new(&key.into()).compute_unpadded(message).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    #[test]
    fn blake2b_is_that_of_the_standard() {
        let digest = blake2b(&[], &[], &[], 64, b"abc");
        assert!(hex(&digest).starts_with("ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1"));
        assert!(hex(&blake2s(&[], &[], &[], 32, b"abc")).starts_with("508c5e8c327c14e2e1a72ba34eeb452f"));
    }

    #[test]
    fn siphash_is_that_of_its_authors() {
        let key: [u8; 16] = std::array::from_fn(|index| u8::try_from(index).unwrap_or(0));
        let message: Vec<u8> = (0..15).collect();
        assert_eq!(hex(&siphash(key, false, &message)), "e545be4961ca29a1");
    }

    #[test]
    fn messages_of_whole_blocks_have_no_empty_one_behind_them() {
        let one = blake2b(b"key", &[], &[], 32, &[7; 128]);
        let two = blake2b(b"key", &[], &[], 32, &[7; 129]);
        assert_ne!(one, two);
        assert_eq!(one.len(), 32);
    }
}
