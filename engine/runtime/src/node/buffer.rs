//! Ops of `buffer`: text to bytes and back, and what goes over many bytes at once
//! (<https://nodejs.org/api/buffer.html#buffers-and-character-encodings>).
//!
//! Arguments are checked in JavaScript; here a range that is too long is cut.

use std::borrow::Cow;

use memchr::memmem;
use v8::simdutf::{self, Base64Options, LastChunkHandling};

use crate::js::ops::{Args, OpDecl, OpError, OpResult, Ret};
use crate::js::{bytes, convert};
use crate::ops;

/// The table.
pub const OPS: &[OpDecl] = ops![
    buffer_atob,
    buffer_btoa,
    buffer_byte_length,
    buffer_compare,
    buffer_fill,
    buffer_from,
    buffer_index_of,
    buffer_is_ascii,
    buffer_is_utf8,
    buffer_slice,
    buffer_swap,
    buffer_write,
];

/// Text of at least this many bytes is given to V8 as it is, without another copy.
const EXTERNAL_MIN: usize = 1 << 20;

/// The two digits of every byte.
const HEX_PAIRS: [[u8; 2]; 256] = {
    let digits = b"0123456789abcdef";
    let mut pairs = [[0; 2]; 256];
    let mut byte = 0;
    while byte < 256 {
        pairs[byte] = [digits[byte >> 4], digits[byte & 15]];
        byte += 1;
    }
    pairs
};

/// The digits of four bytes, all computed at once in one number.
fn eight_digits(bytes: [u8; 4]) -> [u8; 8] {
    const EVERY_BYTE: u64 = 0x0101_0101_0101_0101;
    let mut digits = u64::from(u32::from_be_bytes(bytes));
    // Half a byte to every byte.
    digits = (digits | digits << 16) & 0x0000_ffff_0000_ffff;
    digits = (digits | digits << 8) & 0x00ff_00ff_00ff_00ff;
    digits = (digits | digits << 4) & 0x0f0f_0f0f_0f0f_0f0f;
    let are_letters = ((digits + 6 * EVERY_BYTE) >> 4) & EVERY_BYTE;
    let letters_after_nine = u64::from(b'a' - b'9' - 1);
    (digits + u64::from(b'0') * EVERY_BYTE + are_letters * letters_after_nine).to_be_bytes()
}

/// What is no hexadecimal digit, in [`HEX_VALUES`].
const NO_DIGIT: u8 = 0xff;

/// The value of every character as a hexadecimal digit.
const HEX_VALUES: [u8; 256] = {
    let mut values = [NO_DIGIT; 256];
    let mut value = 0;
    while value < 16 {
        let digit = HEX_PAIRS[value][1];
        values[digit as usize] = value as u8;
        values[digit.to_ascii_uppercase() as usize] = value as u8;
        value += 1;
    }
    values
};

/// An encoding, by the number that `internal/buffer/encodings` gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Utf8,
    Utf16Le,
    Latin1,
    Ascii,
    Base64,
    Base64Url,
    Hex,
}

impl Encoding {
    fn of(value: v8::Local<v8::Value>) -> Self {
        match convert::int(value) {
            1 => Self::Utf16Le,
            2 => Self::Latin1,
            3 => Self::Ascii,
            4 => Self::Base64,
            5 => Self::Base64Url,
            6 => Self::Hex,
            _ => Self::Utf8,
        }
    }
}

/// The part of `bytes` that two arguments name.
fn part(bytes: &[u8], start: v8::Local<v8::Value>, end: v8::Local<v8::Value>) -> (usize, usize) {
    let end = (convert::number(end) as usize).min(bytes.len());
    ((convert::number(start) as usize).min(end), end)
}

/// `(view, encoding, start, end) → text`, undefined when it is too long for a string.
fn buffer_slice(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let encoding = Encoding::of(args.get(1));
    let text = bytes::read(args.get(0), |all| {
        let (start, end) = part(all, args.get(2), args.get(3));
        decode(scope, encoding, &all[start..end])
    })?;
    if let Some(text) = text {
        ret.set(text.into());
    }
    Ok(())
}

fn decode<'s>(
    scope: &v8::PinScope<'s, '_>,
    encoding: Encoding,
    bytes: &[u8],
) -> Option<v8::Local<'s, v8::String>> {
    if bytes.is_empty() {
        return Some(v8::String::empty(scope));
    }
    let shortest = match encoding {
        Encoding::Utf8 => bytes.len() / 3,
        Encoding::Utf16Le => bytes.len() / 2,
        Encoding::Latin1 | Encoding::Ascii => bytes.len(),
        Encoding::Base64 | Encoding::Base64Url => bytes.len() / 3 * 4,
        Encoding::Hex => bytes.len() * 2,
    };
    // No memory is taken for a text that cannot be.
    if shortest > v8::String::MAX_LENGTH {
        return None;
    }
    match encoding {
        Encoding::Utf8 => v8::String::new_from_utf8(scope, bytes, v8::NewStringType::Normal),
        Encoding::Latin1 if bytes.len() < EXTERNAL_MIN => one_byte(scope, bytes),
        Encoding::Latin1 => own_one_byte(scope, bytes.to_vec()),
        Encoding::Ascii if bytes.is_ascii() && bytes.len() < EXTERNAL_MIN => one_byte(scope, bytes),
        Encoding::Ascii => own_one_byte(scope, bytes.iter().map(|byte| byte & 0x7f).collect()),
        Encoding::Utf16Le => {
            // SAFETY: any two bytes are a valid u16.
            let (before, units, _) = unsafe { bytes.align_to::<u16>() };
            if cfg!(target_endian = "little") && before.is_empty() {
                return v8::String::new_from_two_byte(scope, units, v8::NewStringType::Normal);
            }
            let units: Vec<u16> =
                bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
            v8::String::new_from_two_byte(scope, &units, v8::NewStringType::Normal)
        }
        Encoding::Base64 => own_one_byte(scope, base64(bytes, Base64Options::Default)),
        Encoding::Base64Url => own_one_byte(scope, base64(bytes, Base64Options::Url)),
        Encoding::Hex => {
            let mut text = vec![0; bytes.len() * 2];
            let (fours, rest) = bytes.as_chunks::<4>();
            let (text_of_fours, text_of_rest) = text.split_at_mut(fours.len() * 8);
            for (eight, four) in text_of_fours.chunks_exact_mut(8).zip(fours) {
                eight.copy_from_slice(&eight_digits(*four));
            }
            for (pair, byte) in text_of_rest.chunks_exact_mut(2).zip(rest) {
                pair.copy_from_slice(&HEX_PAIRS[usize::from(*byte)]);
            }
            own_one_byte(scope, text)
        }
    }
}

fn one_byte<'s>(scope: &v8::PinScope<'s, '_>, text: &[u8]) -> Option<v8::Local<'s, v8::String>> {
    v8::String::new_from_one_byte(scope, text, v8::NewStringType::Normal)
}

fn own_one_byte<'s>(scope: &v8::PinScope<'s, '_>, text: Vec<u8>) -> Option<v8::Local<'s, v8::String>> {
    if text.len() < EXTERNAL_MIN {
        return one_byte(scope, &text);
    }
    if text.len() > v8::String::MAX_LENGTH {
        return None;
    }
    v8::String::new_external_onebyte(scope, text.into_boxed_slice())
}

fn base64(bytes: &[u8], options: Base64Options) -> Vec<u8> {
    let mut text = vec![0; simdutf::base64_length_from_binary(bytes.len(), options)];
    // SAFETY: `text` is as long as the encoder says it will be.
    let length = unsafe { simdutf::binary_to_base64(bytes, &mut text, options) };
    text.truncate(length);
    text
}

/// `(view, text, encoding, offset, length) → number of bytes written`; only whole characters are.
fn buffer_write(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let text = string(args.get(1))?;
    let encoding = Encoding::of(args.get(2));
    let written = bytes::write(args.get(0), |all| {
        let offset = (convert::number(args.get(3)) as usize).min(all.len());
        let length = (convert::number(args.get(4)) as usize).min(all.len() - offset);
        encode(scope, text, encoding, &mut all[offset..offset + length])
    })?;
    ret.set_double(written as f64);
    Ok(())
}

fn string<'s>(value: v8::Local<'s, v8::Value>) -> Result<v8::Local<'s, v8::String>, OpError> {
    v8::Local::<v8::String>::try_from(value)
        .map_err(|_| OpError::Type("argument must be a string".to_owned()))
}

fn encode(scope: &mut v8::Isolate, text: v8::Local<v8::String>, encoding: Encoding, to: &mut [u8]) -> usize {
    match encoding {
        Encoding::Utf8 => bytes::write_utf8(scope, text, to),
        Encoding::Latin1 | Encoding::Ascii => {
            let length = text.length().min(to.len());
            text.write_one_byte_v2(scope, 0, &mut to[..length], v8::WriteFlags::empty());
            length
        }
        Encoding::Utf16Le => {
            let view = v8::ValueView::new(scope, text);
            let pairs = to.chunks_exact_mut(2);
            match view.data() {
                v8::ValueViewData::OneByte(units) => {
                    let length = units.len().min(pairs.len());
                    for (pair, unit) in pairs.zip(units) {
                        pair.copy_from_slice(&u16::from(*unit).to_le_bytes());
                    }
                    length * 2
                }
                v8::ValueViewData::TwoByte(units) => {
                    let length = units.len().min(pairs.len());
                    for (pair, unit) in pairs.zip(units) {
                        pair.copy_from_slice(&unit.to_le_bytes());
                    }
                    length * 2
                }
            }
        }
        Encoding::Base64 | Encoding::Base64Url => {
            let view = v8::ValueView::new(scope, text);
            from_base64(&truncated(&view), to)
        }
        Encoding::Hex => {
            let view = v8::ValueView::new(scope, text);
            from_hex(&truncated(&view), to)
        }
    }
}

/// The low bytes of the characters: more Node doesn't look at where it expects digits.
fn truncated<'a>(view: &'a v8::ValueView) -> Cow<'a, [u8]> {
    match view.data() {
        v8::ValueViewData::OneByte(units) => Cow::Borrowed(units),
        v8::ValueViewData::TwoByte(units) => Cow::Owned(units.iter().map(|unit| *unit as u8).collect()),
    }
}

/// The characters as bytes, `other` for those above U+00FF.
fn low_bytes<'a>(view: &'a v8::ValueView, other: u8) -> Cow<'a, [u8]> {
    match view.data() {
        v8::ValueViewData::OneByte(units) => Cow::Borrowed(units),
        v8::ValueViewData::TwoByte(units) => {
            Cow::Owned(units.iter().map(|unit| u8::try_from(*unit).unwrap_or(other)).collect())
        }
    }
}

fn from_hex(digits: &[u8], to: &mut [u8]) -> usize {
    let mut written = 0;
    for (pair, byte) in digits.chunks_exact(2).zip(to) {
        let (high, low) = (HEX_VALUES[usize::from(pair[0])], HEX_VALUES[usize::from(pair[1])]);
        if high == NO_DIGIT || low == NO_DIGIT {
            break;
        }
        *byte = high << 4 | low;
        written += 1;
    }
    written
}

/// Both alphabets; other characters are skipped, `=` ends, and so does a full `to`.
fn from_base64(text: &[u8], to: &mut [u8]) -> usize {
    if to.len() >= simdutf::maximal_binary_length_from_base64(text) {
        // SAFETY: `to` is as long as the decoder may need.
        let result =
            unsafe { simdutf::base64_to_binary(text, to, Base64Options::Default, LastChunkHandling::Loose) };
        if result.is_ok() {
            return result.count;
        }
    }
    let mut written = 0;
    let (mut bits, mut count) = (0_u32, 0);
    for digit in text {
        let value = match digit {
            b'A'..=b'Z' => digit - b'A',
            b'a'..=b'z' => digit - b'a' + 26,
            b'0'..=b'9' => digit - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => break,
            _ => continue,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            if written == to.len() {
                break;
            }
            count -= 8;
            to[written] = (bits >> count) as u8;
            written += 1;
        }
    }
    written
}

/// All the bytes of a text.
fn encoded(scope: &mut v8::Isolate, text: v8::Local<v8::String>, encoding: Encoding) -> Vec<u8> {
    let length = match encoding {
        Encoding::Utf8 => return bytes::utf8(scope, text),
        Encoding::Utf16Le => text.length() * 2,
        Encoding::Hex => text.length() / 2,
        // Room for the widest reading; what is not written is cut.
        Encoding::Base64 | Encoding::Base64Url => text.length() / 4 * 3 + 3,
        Encoding::Latin1 | Encoding::Ascii => text.length(),
    };
    let mut bytes = vec![0; length];
    let written = encode(scope, text, encoding, &mut bytes);
    bytes.truncate(written);
    bytes
}

/// Calls `with` with the bytes of a view, or of a text in `encoding`.
fn view_or_text<R>(
    scope: &mut v8::Isolate,
    value: v8::Local<v8::Value>,
    encoding: Encoding,
    with: impl FnOnce(&[u8]) -> R,
) -> Result<R, OpError> {
    match v8::Local::<v8::String>::try_from(value) {
        Ok(text) => Ok(with(&encoded(scope, text, encoding))),
        Err(_) => bytes::read(value, with),
    }
}

/// `(text, encoding) → ArrayBuffer` with exactly the bytes of the text.
fn buffer_from(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let text = string(args.get(0))?;
    let encoding = Encoding::of(args.get(1));
    let bytes = encoded(scope, text, encoding);
    let store = v8::ArrayBuffer::new_backing_store_from_vec(bytes).make_shared();
    ret.set(v8::ArrayBuffer::with_backing_store(scope, &store).into());
    Ok(())
}

/// `(text) → length in UTF-8`.
fn buffer_byte_length(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let text = string(args.get(0))?;
    ret.set_double(bytes::utf8_length(scope, text) as f64);
    Ok(())
}

/// `(a, b, aStart, aEnd, bStart, bEnd) → -1, 0 or 1`.
fn buffer_compare(_scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let order = bytes::read(args.get(0), |a| {
        bytes::read(args.get(1), |b| {
            let (a_start, a_end) = part(a, args.get(2), args.get(3));
            let (b_start, b_end) = part(b, args.get(4), args.get(5));
            a[a_start..a_end].cmp(&b[b_start..b_end])
        })
    })??;
    ret.set_int32(order as i32);
    Ok(())
}

/// `(view, pattern as view or text, encoding, start, end) → whether the pattern has bytes`: puts it there over and over.
fn buffer_fill(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    // A copy, because the pattern may be a part of what is filled.
    let pattern = view_or_text(scope, args.get(1), Encoding::of(args.get(2)), <[u8]>::to_vec)?;
    if pattern.is_empty() {
        ret.set_bool(false);
        return Ok(());
    }
    bytes::write(args.get(0), |all| {
        let (start, end) = part(all, args.get(3), args.get(4));
        let target = &mut all[start..end];
        let mut filled = pattern.len().min(target.len());
        target[..filled].copy_from_slice(&pattern[..filled]);
        while filled < target.len() {
            let more = filled.min(target.len() - filled);
            target.copy_within(..more, filled);
            filled += more;
        }
    })?;
    ret.set_bool(true);
    Ok(())
}

/// `(view, needle as view or text, encoding, from, forward) → position, -1 for none, -2 when the needle has no bytes`.
/// `from` is where the first or last match may begin; in UTF-16, matches begin at even positions.
fn buffer_index_of(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let encoding = Encoding::of(args.get(2));
    let from = convert::number(args.get(3)) as usize;
    let is_forward = args.get(4).is_true();
    let found = view_or_text(scope, args.get(1), encoding, |needle| {
        if needle.is_empty() {
            return Ok::<f64, OpError>(-2.0);
        }
        let found = bytes::read(args.get(0), |all| match encoding {
            // Whether it fits is decided, as in Node, before halves of units are left out.
            Encoding::Utf16Le
                if needle.len().saturating_add(if is_forward { from } else { 0 }) > all.len() & !1 =>
            {
                None
            }
            Encoding::Utf16Le => find_wide(all, &needle[..needle.len() & !1], from & !1, is_forward),
            _ => find(all, needle, from, is_forward),
        })?;
        Ok(found.map_or(-1.0, |at| at as f64))
    })?;
    ret.set_double(found?);
    Ok(())
}

fn find(all: &[u8], needle: &[u8], from: usize, is_forward: bool) -> Option<usize> {
    if is_forward {
        return memmem::find(all.get(from..)?, needle).map(|at| from + at);
    }
    memmem::rfind(&all[..from.saturating_add(needle.len()).min(all.len())], needle)
}

/// Skips matches that begin in the middle of a unit.
fn find_wide(all: &[u8], needle: &[u8], mut from: usize, is_forward: bool) -> Option<usize> {
    if needle.is_empty() {
        return None;
    }
    loop {
        let at = find(all, needle, from, is_forward)?;
        if at.is_multiple_of(2) {
            return Some(at);
        }
        from = if is_forward { at + 1 } else { at - 1 };
    }
}

/// `(view, size of a unit)`: turns the bytes of every unit around.
fn buffer_swap(_scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    let size = convert::int(args.get(1));
    bytes::write(args.get(0), |all| match size {
        2 => all.as_chunks_mut::<2>().0.iter_mut().for_each(|unit| unit.reverse()),
        4 => all.as_chunks_mut::<4>().0.iter_mut().for_each(|unit| unit.reverse()),
        _ => all.as_chunks_mut::<8>().0.iter_mut().for_each(|unit| unit.reverse()),
    })
}

/// `(view) → whether it is UTF-8`.
fn buffer_is_utf8(_scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    ret.set_bool(bytes::read(args.get(0), simdutf::validate_utf8)?);
    Ok(())
}

/// `(view) → whether it is ASCII`.
fn buffer_is_ascii(_scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    ret.set_bool(bytes::read(args.get(0), simdutf::validate_ascii)?);
    Ok(())
}

/// `(text) → base64`, undefined when it has characters above U+00FF.
fn buffer_btoa(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let text = string(args.get(0))?;
    if !text.contains_only_onebyte() {
        return Ok(());
    }
    let encoded = base64(&low_bytes(&v8::ValueView::new(scope, text), b'?'), Base64Options::Default);
    if let Some(text) = own_one_byte(scope, encoded) {
        ret.set(text.into());
    }
    Ok(())
}

/// `(base64) → text`, or a number for what is wrong: 1 for a character that may not be there, 2 for a length that
/// cannot be (<https://infra.spec.whatwg.org/#forgiving-base64-decode>).
fn buffer_atob(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let text = string(args.get(0))?;
    let decoded = forgiving_base64(&low_bytes(&v8::ValueView::new(scope, text), 0));
    match decoded {
        Ok(bytes) => {
            if let Some(text) = own_one_byte(scope, bytes) {
                ret.set(text.into());
            }
        }
        Err(what) => ret.set_int32(what),
    }
    Ok(())
}

fn forgiving_base64(text: &[u8]) -> Result<Vec<u8>, i32> {
    let mut bytes = vec![0; simdutf::maximal_binary_length_from_base64(text)];
    // SAFETY: `bytes` is as long as the decoder may need.
    let result = unsafe {
        simdutf::base64_to_binary(text, &mut bytes, Base64Options::Default, LastChunkHandling::Loose)
    };
    if result.is_ok() {
        bytes.truncate(result.count);
        return Ok(bytes);
    }
    Err(if result.error == simdutf::ErrorCode::Base64InputRemainder { 2 } else { 1 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_bytes_have_eight_digits() {
        assert_eq!(&eight_digits([0x00, 0x9a, 0xf0, 0x5c]), b"009af05c");
        for byte in 0..=255 {
            assert_eq!(&eight_digits([byte; 4])[..2], &HEX_PAIRS[usize::from(byte)]);
        }
    }

    #[test]
    fn hexadecimal_ends_at_the_first_bad_pair() {
        let mut to = [0; 4];
        assert_eq!(from_hex(b"a1B2x3c4", &mut to), 2);
        assert_eq!(to, [0xa1, 0xb2, 0, 0]);
        assert_eq!(from_hex(b"0102030405", &mut to), 4);
    }

    #[test]
    fn base64_skips_what_is_no_digit_and_ends_at_an_equals_sign() {
        let decode = |text: &[u8]| {
            let mut to = [0; 16];
            let length = from_base64(text, &mut to);
            to[..length].to_vec()
        };
        assert_eq!(decode(b"aGk="), b"hi");
        assert_eq!(decode(b"a*G\nk"), b"hi");
        assert_eq!(decode(b"aGk=aGk="), b"hi");
        assert_eq!(decode(b"a-_b"), [0x6b, 0xef, 0xdb]);
        assert_eq!(decode(b"a"), b"");
        let mut small = [0; 1];
        assert_eq!(from_base64(b"aGVsbG8=", &mut small), 1);
    }

    #[test]
    fn wide_matches_begin_at_even_places() {
        let all = [9, 1, 2, 9, 1, 2];
        assert_eq!(find_wide(&all, &[1, 2], 0, true), Some(4));
        assert_eq!(find_wide(&all, &[1, 2], 5, false), Some(4));
        assert_eq!(find_wide(&all[..4], &[1, 2], 0, true), None);
        assert_eq!(find_wide(&all[..4], &[1, 2], 4, false), None);
        assert_eq!(find(&all, &[1, 2], 2, true), Some(4));
        assert_eq!(find(&all, &[1, 2], 3, false), Some(1));
    }
}
