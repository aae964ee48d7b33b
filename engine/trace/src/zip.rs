//! Compression of what is kept: zstd at its quickest level, with sizes that are checked before memory is asked for.

/// Nothing that is kept in one piece is longer than this once it is unpacked, in bytes.
pub const MOST: usize = 256 << 20;

/// Level of zstd: the quickest that is no special case. Packed events leave little for higher ones to find.
const LEVEL: i32 = 1;

/// Bytes that do not unpack to what they promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("compressed data is damaged")]
pub struct BadZip;

/// `plain`, compressed.
pub fn zip(plain: &[u8]) -> Vec<u8> {
    let mut zipped = Vec::with_capacity(zstd_safe::compress_bound(plain.len()));
    // There is room for the worst case: this cannot fail.
    if zstd_safe::compress(&mut zipped, plain, LEVEL).is_err() {
        zipped.clear();
    }
    zipped.shrink_to_fit();
    zipped
}

/// What [`zip`] compressed; `length` is how long it was.
///
/// # Errors
/// When it is something else or longer than [`MOST`].
pub fn unzip(zipped: &[u8], length: usize) -> Result<Vec<u8>, BadZip> {
    // zstd packs at most some 30,000 bytes into one; a length beyond that is a lie that would cost memory.
    if length > MOST || length / 40_000 > zipped.len() {
        return Err(BadZip);
    }
    let mut plain = Vec::with_capacity(length);
    zstd_safe::decompress(&mut plain, zipped).map_err(|_| BadZip)?;
    if plain.len() == length { Ok(plain) } else { Err(BadZip) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_that_lie_are_refused() {
        let plain = vec![7; 100_000];
        let zipped = zip(&plain);
        assert_eq!(unzip(&zipped, plain.len()), Ok(plain));
        assert_eq!(unzip(&zipped, 99_999), Err(BadZip));
        assert_eq!(unzip(&zipped, 100_001), Err(BadZip));
        assert_eq!(unzip(&zipped, usize::MAX), Err(BadZip));
        assert_eq!(unzip(&zipped[1..], 100_000), Err(BadZip));
    }
}
