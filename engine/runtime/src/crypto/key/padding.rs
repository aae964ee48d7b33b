//! How messages become numbers for RSA (RFC 8017).

use crypto_bigint::rand_core::CryptoRng;

use super::Failure;
use crate::crypto::hash::{Algorithm, Hasher};
use crate::crypto::mac::Hmac;

const TOO_LARGE: Failure = "error:0200006E:rsa routines::data too large for key size";
const TOO_SMALL: Failure = "error:0200007A:rsa routines::data too small for key size";
const DIGEST_TOO_BIG: Failure = "error:02000070:rsa routines::digest too big for rsa key";
const OAEP_DECODING: Failure = "error:02000079:rsa routines::oaep decoding error";
const INVALID_PADDING: Failure = "error:0200008A:rsa routines::invalid padding";

/// Data that has the length of the modulus already.
pub fn exact(data: &[u8], size: usize) -> Result<Vec<u8>, Failure> {
    match data.len().cmp(&size) {
        std::cmp::Ordering::Less => Err(TOO_SMALL),
        std::cmp::Ordering::Equal => Ok(data.to_vec()),
        std::cmp::Ordering::Greater => Err(TOO_LARGE),
    }
}

/// Zeros in front up to this length.
pub fn widened(block: Vec<u8>, size: usize) -> Vec<u8> {
    let mut out = vec![0; size.saturating_sub(block.len())];
    out.extend_from_slice(&block);
    out
}

/// The name of the digest as it stands in front of one that is signed. `None` for those without.
fn digest_info(algorithm: Algorithm) -> Option<Vec<u8>> {
    let nist = |last: u8| Some(vec![0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, last]);
    let oid = match algorithm {
        Algorithm::Md5Sha1 => return Some(Vec::new()),
        Algorithm::Md5 => Some(vec![0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x02, 0x05]),
        Algorithm::Sha1 => Some(vec![0x2b, 0x0e, 0x03, 0x02, 0x1a]),
        Algorithm::Ripemd160 => Some(vec![0x2b, 0x24, 0x03, 0x02, 0x01]),
        Algorithm::Sha256 => nist(1),
        Algorithm::Sha384 => nist(2),
        Algorithm::Sha512 => nist(3),
        Algorithm::Sha224 => nist(4),
        Algorithm::Sha512Cut224 => nist(5),
        Algorithm::Sha512Cut256 => nist(6),
        Algorithm::Sha3Of224 => nist(7),
        Algorithm::Sha3Of256 => nist(8),
        Algorithm::Sha3Of384 => nist(9),
        Algorithm::Sha3Of512 => nist(10),
        _ => None,
    }?;
    let byte = |length: usize| u8::try_from(length).unwrap_or(u8::MAX);
    let size = algorithm.size();
    let mut out = vec![0x30, byte(oid.len() + size + 8), 0x30, byte(oid.len() + 4), 0x06, byte(oid.len())];
    out.extend_from_slice(&oid);
    out.extend_from_slice(&[0x05, 0x00, 0x04, byte(size)]);
    Some(out)
}

/// A digest for a signature of PKCS #1 v1.5.
pub fn signed_pkcs1(algorithm: Algorithm, hash: &[u8], size: usize) -> Result<Vec<u8>, Failure> {
    let mut data = digest_info(algorithm).ok_or("error:02000075:rsa routines::unknown algorithm type")?;
    data.extend_from_slice(hash);
    filled_pkcs1(&data, size).map_err(|_| DIGEST_TOO_BIG)
}

/// Data filled up with ones, as signatures are.
pub fn filled_pkcs1(data: &[u8], size: usize) -> Result<Vec<u8>, Failure> {
    let room = size.checked_sub(data.len() + 3).filter(|room| *room >= 8).ok_or(TOO_LARGE)?;
    let mut block = vec![0, 1];
    block.resize(2 + room, 0xff);
    block.push(0);
    block.extend_from_slice(data);
    Ok(block)
}

/// The data again.
pub fn unfilled_pkcs1(block: &[u8]) -> Result<Vec<u8>, Failure> {
    let [0, 1, rest @ ..] = block else { return Err(INVALID_PADDING) };
    let ones = rest.iter().take_while(|byte| **byte == 0xff).count();
    match &rest[ones..] {
        [0, data @ ..] if ones >= 8 => Ok(data.to_vec()),
        _ => Err(INVALID_PADDING),
    }
}

/// Data filled up with random bytes.
pub fn encrypted_pkcs1(random: &mut impl CryptoRng, data: &[u8], size: usize) -> Result<Vec<u8>, Failure> {
    let room = size.checked_sub(data.len() + 3).filter(|room| *room >= 8).ok_or(TOO_LARGE)?;
    let mut block = vec![0, 2];
    while block.len() < 2 + room {
        let mut byte = [0];
        random.fill_bytes(&mut byte);
        if byte[0] != 0 {
            block.push(byte[0]);
        }
    }
    block.push(0);
    block.extend_from_slice(data);
    Ok(block)
}

/// The data again. Who sends something that is no encrypted data must not be told so (Bleichenbacher's attack): the
/// answer is then data that follows from the key and from what was sent.
pub fn decrypted_pkcs1(block: &[u8], secret: &[u8], sent: &[u8]) -> Vec<u8> {
    let mac = Hmac::new(Algorithm::Sha256, &Algorithm::Sha256.digest(secret));
    let key = mac.of(&[sent]);
    let stream = Hmac::new(Algorithm::Sha256, &key);
    let mut instead = Vec::new();
    for index in 0_u16.. {
        if instead.len() >= block.len() {
            break;
        }
        instead.extend_from_slice(&stream.of(&[b"message", &index.to_be_bytes()]));
    }
    let longest = block.len().saturating_sub(11);
    let length = stream.of(&[b"length"]);
    let length = usize::from(u16::from_be_bytes([length[0], length[1]])) % (longest + 1);
    let zero = block.iter().skip(2).position(|byte| *byte == 0);
    match (block, zero) {
        ([0, 2, rest @ ..], Some(zero)) if zero >= 8 => rest[zero + 1..].to_vec(),
        _ => instead[..length].to_vec(),
    }
}

/// The mask generation function of PKCS #1.
fn mask(algorithm: Algorithm, seed: &[u8], out: &mut [u8]) {
    for (index, part) in (0_u32..).zip(out.chunks_mut(algorithm.size())) {
        let mut hasher = Hasher::new(algorithm);
        hasher.update(seed);
        hasher.update(&index.to_be_bytes());
        part.iter_mut().zip(hasher.finish()).for_each(|(byte, with)| *byte ^= with);
    }
}

/// Data for OAEP.
pub fn encrypted_oaep(
    random: &mut impl CryptoRng,
    digest: Algorithm,
    mask_digest: Algorithm,
    label: &[u8],
    data: &[u8],
    size: usize,
) -> Result<Vec<u8>, Failure> {
    let hash = digest.size();
    let room = size.checked_sub(2 * hash + 2).ok_or("error:020000A5:rsa routines::key size too small")?;
    if data.len() > room {
        return Err(TOO_LARGE);
    }
    let mut block = vec![0; size];
    let (head, body) = block.split_at_mut(1 + hash);
    body[..hash].copy_from_slice(&digest.digest(label));
    let start = body.len() - data.len();
    body[start - 1] = 1;
    body[start..].copy_from_slice(data);
    let seed = &mut head[1..];
    random.fill_bytes(seed);
    mask(mask_digest, seed, body);
    mask(mask_digest, body, seed);
    Ok(block)
}

/// The data again.
pub fn decrypted_oaep(
    digest: Algorithm,
    mask_digest: Algorithm,
    label: &[u8],
    block: &[u8],
) -> Result<Vec<u8>, Failure> {
    let hash = digest.size();
    if block.len() < 2 * hash + 2 {
        return Err(OAEP_DECODING);
    }
    let mut block = block.to_vec();
    let (head, body) = block.split_at_mut(1 + hash);
    let (first, seed) = head.split_at_mut(1);
    mask(mask_digest, body, seed);
    mask(mask_digest, seed, body);
    // All checks are made, whichever fails.
    let wrong = digest.digest(label).iter().zip(body.iter()).fold(first[0], |sum, (a, b)| sum | (a ^ b));
    let start = body[hash..].iter().position(|byte| *byte != 0);
    match start {
        Some(start) if wrong == 0 && body[hash + start] == 1 => Ok(body[hash + start + 1..].to_vec()),
        _ => Err(OAEP_DECODING),
    }
}

/// A digest for a signature of PSS, in a number with one bit less than the modulus.
pub fn signed_pss(
    random: &mut impl CryptoRng,
    digest: Algorithm,
    mask_digest: Algorithm,
    salt: i32,
    hash: &[u8],
    modulus_bits: usize,
) -> Result<Vec<u8>, Failure> {
    let bits = modulus_bits - 1;
    let length = bits.div_ceil(8);
    let room = length.checked_sub(hash.len() + 2).ok_or(TOO_LARGE)?;
    let salt_length = match salt {
        -1 => hash.len(),
        salt => usize::try_from(salt).unwrap_or(room),
    };
    if salt_length > room {
        return Err(TOO_LARGE);
    }
    let mut salt = vec![0; salt_length];
    random.fill_bytes(&mut salt);
    let hash = pss_hash(digest, hash, &salt);
    let mut block = vec![0; length - hash.len() - 1];
    let start = block.len() - salt.len();
    block[start - 1] = 1;
    block[start..].copy_from_slice(&salt);
    mask(mask_digest, &hash, &mut block);
    block[0] &= 0xff >> (8 * length - bits);
    block.extend_from_slice(&hash);
    block.push(0xbc);
    Ok(block)
}

fn pss_hash(digest: Algorithm, hash: &[u8], salt: &[u8]) -> Vec<u8> {
    let mut hasher = Hasher::new(digest);
    hasher.update(&[0; 8]);
    hasher.update(hash);
    hasher.update(salt);
    hasher.finish()
}

/// Whether a number is that of a signature of PSS. A salt of -2 may have any length.
pub fn verified_pss(
    digest: Algorithm,
    mask_digest: Algorithm,
    salt: i32,
    hash: &[u8],
    block: &[u8],
    modulus_bits: usize,
) -> bool {
    let bits = modulus_bits - 1;
    let length = bits.div_ceil(8);
    let (zeros, block) = block.split_at(block.len() - length);
    let size = digest.size();
    if zeros.iter().any(|byte| *byte != 0) || length < size + 2 || block[length - 1] != 0xbc {
        return false;
    }
    let (masked, rest) = block.split_at(length - size - 1);
    let unused = 8 * length - bits;
    if u16::from(masked[0]) >> (8 - unused) != 0 {
        return false;
    }
    let mut body = masked.to_vec();
    mask(mask_digest, &rest[..size], &mut body);
    body[0] &= 0xff >> unused;
    let Some(start) = body.iter().position(|byte| *byte != 0) else { return false };
    if body[start] != 1 {
        return false;
    }
    let found = &body[start + 1..];
    let has_length = match salt {
        -2 => true,
        -1 => found.len() == hash.len(),
        salt => usize::try_from(salt).is_ok_and(|salt| salt == found.len()),
    };
    has_length && pss_hash(digest, hash, found) == rest[..size]
}
