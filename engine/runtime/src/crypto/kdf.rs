//! Keys out of passwords and other secrets.

use super::hash::Algorithm;
use super::mac::Hmac;

/// PBKDF2 with HMAC (RFC 8018).
pub fn pbkdf2(algorithm: Algorithm, password: &[u8], salt: &[u8], iterations: u32, length: usize) -> Vec<u8> {
    let mac = Hmac::new(algorithm, password);
    let mut key = vec![0; length];
    for (index, block) in (1_u32..).zip(key.chunks_mut(algorithm.size())) {
        let mut last = mac.of(&[salt, &index.to_be_bytes()]);
        let mut sum = last.clone();
        for _ in 1..iterations {
            last = mac.of(&[&last]);
            sum.iter_mut().zip(&last).for_each(|(sum, byte)| *sum ^= byte);
        }
        block.copy_from_slice(&sum[..block.len()]);
    }
    key
}

/// HKDF (RFC 5869). `None` when the length is more than the function can give.
pub fn hkdf(algorithm: Algorithm, key: &[u8], salt: &[u8], info: &[u8], length: usize) -> Option<Vec<u8>> {
    if length > 255 * algorithm.size() {
        return None;
    }
    // A missing salt counts as zeros, which is what an empty HMAC key is filled up with anyway.
    let extracted = Hmac::new(algorithm, salt).of(&[key]);
    let mac = Hmac::new(algorithm, &extracted);
    let mut out = Vec::with_capacity(length + algorithm.size());
    let mut last = Vec::new();
    for index in 1..=u8::MAX {
        if out.len() >= length {
            break;
        }
        last = mac.of(&[&last, info, &[index]]);
        out.extend_from_slice(&last);
    }
    out.truncate(length);
    Some(out)
}

/// scrypt (RFC 7914) with 2 to the power of `log_cost` as its cost. `None` when the parameters are none it can take.
pub fn scrypt(
    password: &[u8],
    salt: &[u8],
    log_cost: u8,
    block_size: u32,
    parallelization: u32,
    length: usize,
) -> Option<Vec<u8>> {
    let parameters = scrypt::Params::new(log_cost, block_size, parallelization).ok()?;
    let mut key = vec![0; length];
    if length > 0 {
        scrypt::scrypt(password, salt, &parameters, &mut key).ok()?;
    }
    Some(key)
}

/// What Argon2 is given beside the password.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Argon2Options {
    /// `argon2d`, `argon2i` or `argon2id`.
    pub variant: String,
    /// Salt.
    pub nonce: Vec<u8>,
    /// A key beside the password.
    pub secret: Vec<u8>,
    /// What belongs to it.
    pub associated_data: Vec<u8>,
    /// Lanes.
    pub parallelism: u32,
    /// Memory in KiB.
    pub memory: u32,
    /// Passes over the memory.
    pub passes: u32,
    /// Length of the result.
    pub length: usize,
}

/// Argon2 (RFC 9106). `None` when the parameters are none it can take.
pub fn argon2(password: &[u8], options: &Argon2Options) -> Option<Vec<u8>> {
    let algorithm = argon2::Algorithm::new(&options.variant).ok()?;
    let mut builder = argon2::ParamsBuilder::new();
    builder
        .m_cost(options.memory)
        .t_cost(options.passes)
        .p_cost(options.parallelism)
        .output_len(options.length);
    if !options.associated_data.is_empty() {
        builder.data(argon2::AssociatedData::new(&options.associated_data).ok()?);
    }
    let parameters = builder.build().ok()?;
    let hasher =
        argon2::Argon2::new_with_secret(&options.secret, algorithm, argon2::Version::V0x13, parameters)
            .ok()?;
    let mut key = vec![0; options.length];
    hasher.hash_password_into(password, &options.nonce, &mut key).ok()?;
    Some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_vectors_of_the_rfcs() {
        let key = pbkdf2(Algorithm::Sha1, b"password", b"salt", 2, 20);
        assert_eq!(key[..4], [0xea, 0x6c, 0x01, 0x4d]);
        let salt: Vec<u8> = (0..=12).collect();
        let info: Vec<u8> = (0xf0..=0xf9).collect();
        let key = hkdf(Algorithm::Sha256, &[0x0b; 22], &salt, &info, 42).expect("42 bytes are not too many");
        assert_eq!(key[..4], [0x3c, 0xb2, 0x5f, 0x25]);
        assert_eq!(hkdf(Algorithm::Sha256, b"", b"", b"", 255 * 32).map(|key| key.len()), Some(255 * 32));
        assert_eq!(hkdf(Algorithm::Sha256, b"", b"", b"", 255 * 32 + 1), None);
    }
}
