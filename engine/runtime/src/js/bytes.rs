//! The bytes of views and strings, without copies where V8 allows it.

use v8::simdutf;

use super::ops::OpError;

fn view<'s>(value: v8::Local<'s, v8::Value>) -> Result<v8::Local<'s, v8::ArrayBufferView>, OpError> {
    v8::Local::<v8::ArrayBufferView>::try_from(value)
        .map_err(|_| OpError::Type("argument must be a buffer".to_owned()))
}

/// Calls `with` with the bytes of an `ArrayBufferView`.
///
/// # Errors
/// When it is none.
pub fn read<R>(value: v8::Local<v8::Value>, with: impl FnOnce(&[u8]) -> R) -> Result<R, OpError> {
    // Small arrays live in V8's heap and move; V8 copies those here.
    let mut storage = [0; v8::TYPED_ARRAY_MAX_SIZE_IN_HEAP];
    Ok(with(view(value)?.get_contents(&mut storage)))
}

/// Calls `with` with the bytes of an `ArrayBufferView`, to be changed. It must not run JavaScript.
///
/// # Errors
/// When it is none.
pub fn write<R>(value: v8::Local<v8::Value>, with: impl FnOnce(&mut [u8]) -> R) -> Result<R, OpError> {
    let view = view(value)?;
    let length = view.byte_length();
    if length == 0 {
        return Ok(with(&mut []));
    }
    // SAFETY: `data` moves the bytes out of V8's heap if they were there, and `view` keeps them alive. Nothing else
    // looks at them meanwhile: JavaScript of this thread doesn't run, and other threads may only share what scripts
    // declared as shared, where every access is a race by their own choice.
    Ok(with(unsafe { std::slice::from_raw_parts_mut(view.data().cast::<u8>(), length) }))
}

/// Whether a wide string has no half of a pair alone.
fn is_well_formed(units: &[u16]) -> bool {
    simdutf::validate_utf16le(units)
}

/// The length in UTF-8; a surrogate alone counts as U+FFFD.
pub fn utf8_length(isolate: &mut v8::Isolate, text: v8::Local<v8::String>) -> usize {
    {
        let view = v8::ValueView::new(isolate, text);
        match view.data() {
            v8::ValueViewData::OneByte(units) => return simdutf::utf8_length_from_latin1(units),
            v8::ValueViewData::TwoByte(units) if is_well_formed(units) => {
                return simdutf::utf8_length_from_utf16le(units);
            }
            v8::ValueViewData::TwoByte(_) => {}
        }
    }
    text.utf8_length(isolate)
}

/// Writes as much of the text as fits, in whole characters; returns the number of bytes.
pub fn write_utf8(isolate: &mut v8::Isolate, text: v8::Local<v8::String>, to: &mut [u8]) -> usize {
    {
        let view = v8::ValueView::new(isolate, text);
        match view.data() {
            v8::ValueViewData::OneByte(units) if units.len() <= to.len() => {
                if simdutf::validate_ascii(units) {
                    to[..units.len()].copy_from_slice(units);
                    return units.len();
                }
                if units.len() * 2 <= to.len() {
                    // SAFETY: a Latin-1 character takes at most two bytes.
                    return unsafe { simdutf::convert_latin1_to_utf8(units, to) };
                }
            }
            v8::ValueViewData::TwoByte(units) if units.len() * 3 <= to.len() && is_well_formed(units) => {
                // SAFETY: a unit takes at most three bytes, and the text is well formed.
                return unsafe { simdutf::convert_valid_utf16le_to_utf8(units, to) };
            }
            _ => {}
        }
    }
    text.write_utf8_v2(isolate, to, v8::WriteFlags::kReplaceInvalidUtf8, None)
}

/// The text in UTF-8; a surrogate alone becomes U+FFFD.
pub fn utf8(isolate: &mut v8::Isolate, text: v8::Local<v8::String>) -> Vec<u8> {
    let length = utf8_length(isolate, text);
    let mut bytes = vec![0; length];
    {
        let view = v8::ValueView::new(isolate, text);
        match view.data() {
            v8::ValueViewData::OneByte(units) => {
                if length == units.len() {
                    bytes.copy_from_slice(units);
                } else {
                    // SAFETY: `bytes` has the length that the text takes.
                    unsafe { simdutf::convert_latin1_to_utf8(units, &mut bytes) };
                }
                return bytes;
            }
            v8::ValueViewData::TwoByte(units) if is_well_formed(units) => {
                // SAFETY: `bytes` has the length that the text takes, and the text is well formed.
                unsafe { simdutf::convert_valid_utf16le_to_utf8(units, &mut bytes) };
                return bytes;
            }
            v8::ValueViewData::TwoByte(_) => {}
        }
    }
    text.write_utf8_v2(isolate, &mut bytes, v8::WriteFlags::kReplaceInvalidUtf8, None);
    bytes
}
