//! Bytes that are to be written.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// Memory of somebody else's, which that one may change meanwhile.
///
/// # Safety
/// What `bytes` leads to stays where it is, and can be read, for as long as the value lives.
pub unsafe trait Memory: Send + Sync {
    /// The bytes.
    fn bytes(&self) -> *const [u8];
}

/// Bytes of the request's own or, when they are many, where they are already.
#[derive(Clone, Serialize, Deserialize)]
#[serde(from = "Vec<u8>", into = "Vec<u8>")]
pub enum Content {
    /// Of its own.
    Own(Vec<u8>),
    /// Memory of a script's, for example: what it changes before the bytes are written is written changed.
    Elsewhere(Arc<dyn Memory>),
}

impl Content {
    /// The bytes, for the system to read.
    pub fn bytes(&self) -> *const [u8] {
        match self {
            Self::Own(bytes) => &raw const **bytes,
            Self::Elsewhere(memory) => memory.bytes(),
        }
    }
}

impl From<Vec<u8>> for Content {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Own(bytes)
    }
}

impl From<Content> for Vec<u8> {
    fn from(content: Content) -> Self {
        match content {
            Content::Own(bytes) => bytes,
            // SAFETY: the memory can be read as long as `memory` lives. Whoever writes to it at the same time has a race
            // of its own choice, in which any byte is as good as another.
            Content::Elsewhere(memory) => unsafe { &*memory.bytes() }.to_vec(),
        }
    }
}

impl PartialEq for Content {
    fn eq(&self, other: &Self) -> bool {
        Vec::from(self.clone()) == Vec::from(other.clone())
    }
}

impl fmt::Debug for Content {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        write!(formatter, "Content({} bytes)", self.bytes().len())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{Content, Memory};

    struct Fixed(&'static [u8]);

    // SAFETY: what is static stays.
    unsafe impl Memory for Fixed {
        fn bytes(&self) -> *const [u8] {
            self.0
        }
    }

    #[test]
    fn content_is_the_same_wherever_it_lies() {
        let elsewhere = Content::Elsewhere(Arc::new(Fixed(b"text")));
        assert_eq!(elsewhere, Content::Own(b"text".to_vec()));
        assert_ne!(elsewhere, Content::Own(b"other".to_vec()));
        assert_eq!(format!("{elsewhere:?}"), "Content(4 bytes)");
    }

    #[test]
    fn content_is_plain_data_when_it_is_handed_on() {
        let elsewhere = Content::Elsewhere(Arc::new(Fixed(b"text")));
        let data = serde_json::to_string(&elsewhere).expect("bytes can be written down");
        assert_eq!(data, "[116,101,120,116]");
        let read: Content = serde_json::from_str(&data).expect("and read");
        assert_eq!(read, elsewhere);
    }
}
