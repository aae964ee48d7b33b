//! Ops of `crypto`.

mod cipher;
mod derive;
mod hash;
mod key;

pub use cipher::OPS as CIPHER_OPS;
pub use derive::OPS as DERIVE_OPS;
pub use hash::OPS as HASH_OPS;
pub use key::OPS as KEY_OPS;

use crate::crypto::hash::Algorithm;
use crate::js::ops::OpError;
use crate::js::{bytes, convert};

/// The bytes of a view, or of a string in UTF-8.
fn data(scope: &mut v8::PinScope, value: v8::Local<v8::Value>) -> Result<Vec<u8>, OpError> {
    if let Ok(text) = v8::Local::<v8::String>::try_from(value) {
        return Ok(bytes::utf8(scope, text));
    }
    convert::view_bytes(value).ok_or_else(|| OpError::Type("an op expected bytes".to_owned()))
}

/// A digest by its name.
fn algorithm(scope: &v8::PinScope, value: v8::Local<v8::Value>) -> Option<Algorithm> {
    Algorithm::from_name(&convert::text(scope, value))
}

fn length(value: v8::Local<v8::Value>) -> usize {
    convert::offset(value).and_then(|length| usize::try_from(length).ok()).unwrap_or(0)
}
