//! Just enough of DER (<https://www.itu.int/rec/T-REC-X.690>) to take a certificate apart into what a signature covers.

/// A value and what follows it.
fn split(bytes: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let &first = bytes.get(1)?;
    let (header, length) = if first < 0x80 {
        (2, usize::from(first))
    } else {
        let count = usize::from(first & 0x7f);
        if count == 0 || count > 4 {
            return None;
        }
        let digits = bytes.get(2..2 + count)?;
        (2 + count, digits.iter().fold(0, |length, &digit| length << 8 | usize::from(digit)))
    };
    let end = header.checked_add(length)?;
    let whole = bytes.get(..end)?;
    Some((whole, &whole[header..], &bytes[end..]))
}

/// The parts of a certificate's outermost sequence.
pub struct Signed<'a> {
    /// What is signed.
    pub content: &'a [u8],
    /// Content of the algorithm's identifier.
    pub algorithm: &'a [u8],
    /// The signature.
    pub signature: &'a [u8],
}

/// Takes a certificate apart.
pub fn signed(certificate: &[u8]) -> Option<Signed<'_>> {
    let (_, inner, _) = split(certificate)?;
    let (content, _, rest) = split(inner)?;
    let (_, algorithm, rest) = split(rest)?;
    let (_, bits, _) = split(rest)?;
    // The first byte of a bit string counts the bits that its last one lacks.
    Some(Signed { content, algorithm, signature: bits.get(1..)? })
}

/// Content of the algorithm's identifier, and the key itself, of a public key's outermost sequence.
pub fn public_key(info: &[u8]) -> Option<(&[u8], &[u8])> {
    let (_, inner, _) = split(info)?;
    public_key_content(inner)
}

/// The same of what stands inside of the outermost sequence.
pub fn public_key_content(inner: &[u8]) -> Option<(&[u8], &[u8])> {
    let (_, algorithm, rest) = split(inner)?;
    let (_, bits, _) = split(rest)?;
    Some((algorithm, bits.get(1..)?))
}

/// What stands inside of an outermost sequence.
pub fn content(bytes: &[u8]) -> Option<&[u8]> {
    split(bytes).map(|parts| parts.1)
}

#[cfg(test)]
mod tests {
    use super::{content, public_key};

    #[test]
    fn lengths_of_several_bytes() {
        let mut long = vec![0x30, 0x82, 0x01, 0x00];
        long.extend([7; 256]);
        assert_eq!(content(&long), Some(&[7; 256][..]));
        assert_eq!(content(&long[..200]), None);
        assert_eq!(content(&[0x30, 0x80]), None);
    }

    #[test]
    fn a_key_and_its_algorithm() {
        let key = [0x30, 9, 0x30, 2, 1, 2, 3, 3, 0, 8, 9];
        assert_eq!(public_key(&key), Some((&[1, 2][..], &[8, 9][..])));
    }
}
