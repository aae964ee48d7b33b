//! Paths as the system takes them.

use std::ffi::{CStr, CString};
use std::ops::Deref;

/// Most paths are shorter, and need no memory of their own.
const SHORT: usize = 256;

/// A path with a zero byte behind it.
#[expect(
    clippy::large_enum_variant,
    reason = "it is there for one call, on the stack, to need no memory elsewhere"
)]
pub enum CPath {
    /// The path and zeros.
    Short([u8; SHORT]),
    /// A longer one.
    Long(CString),
}

impl CPath {
    /// `None` for a path with a zero byte in it.
    pub fn new(path: &[u8]) -> Option<Self> {
        if path.len() >= SHORT {
            return CString::new(path).ok().map(Self::Long);
        }
        let mut bytes = [0; SHORT];
        bytes[..path.len()].copy_from_slice(path);
        (!path.contains(&0)).then_some(Self::Short(bytes))
    }
}

impl Deref for CPath {
    type Target = CStr;

    fn deref(&self) -> &CStr {
        match self {
            // There is a zero: the path is shorter than the array.
            Self::Short(bytes) => CStr::from_bytes_until_nul(bytes).unwrap_or_default(),
            Self::Long(path) => path,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{CPath, SHORT};

    #[test]
    fn paths_of_any_length_end_with_a_zero() {
        for length in [0, 1, SHORT - 1, SHORT, SHORT + 1, 3 * SHORT] {
            let path = vec![b'a'; length];
            let made = CPath::new(&path).expect("there is no zero in it");
            assert_eq!(made.to_bytes(), path, "{length} bytes");
        }
    }

    #[test]
    fn zeros_in_paths_are_refused() {
        for length in [10, SHORT + 10] {
            let mut path = vec![b'a'; length];
            path[5] = 0;
            assert!(CPath::new(&path).is_none(), "{length} bytes");
        }
    }
}
