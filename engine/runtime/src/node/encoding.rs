//! Ops of `TextEncoder` and `TextDecoder` (<https://encoding.spec.whatwg.org/>).

use std::collections::HashMap;

use encoding_rs::{Decoder, DecoderResult, Encoding, SHIFT_JIS};
use v8::simdutf;

use crate::js::ops::{Args, OpDecl, OpError, OpResult, Ret};
use crate::js::{bytes, convert};
use crate::ops;

/// The table.
pub const OPS: &[OpDecl] = ops![
    encoding_decode,
    encoding_decode_utf8,
    encoding_decoder_drop,
    encoding_decoder_new,
    encoding_encode_into,
    encoding_name,
];

/// Decoders in the middle of a stream, by number; kept in a slot of the isolate.
#[derive(Default)]
struct Decoders {
    last: u32,
    open: HashMap<u32, Open>,
}

struct Open {
    decoder: Decoder,
    is_fatal: bool,
}

impl Decoders {
    fn of(isolate: &mut v8::Isolate) -> &mut Self {
        if isolate.get_slot::<Self>().is_none() {
            isolate.set_slot(Self::default());
        }
        isolate.get_slot_mut::<Self>().expect("it was put there a moment ago")
    }
}

/// `(label) → name of the encoding in lower case`, undefined for an unknown label, `replacement` for one that must not
/// be decoded.
fn encoding_name(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let label = convert::text(scope, args.get(0));
    if let Some(encoding) = Encoding::for_label(label.as_bytes()) {
        let name = convert::string(scope, &encoding.name().to_ascii_lowercase());
        ret.set(name.into());
    }
    Ok(())
}

/// `(view, keep the byte order mark, fatal) → text`, undefined when `fatal` and not UTF-8, null when too long.
fn encoding_decode_utf8(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let (keeps_mark, is_fatal) = (args.get(1).is_true(), args.get(2).is_true());
    let text = bytes::read(args.get(0), |all| {
        let bytes = if keeps_mark { all } else { all.strip_prefix(b"\xef\xbb\xbf").unwrap_or(all) };
        if is_fatal && !simdutf::validate_utf8(bytes) {
            return None;
        }
        Some(v8::String::new_from_utf8(scope, bytes, v8::NewStringType::Normal))
    })?;
    match text {
        Some(Some(text)) => ret.set(text.into()),
        Some(None) => ret.set_null(),
        None => {}
    }
    Ok(())
}

/// `(name, keep the byte order mark, fatal) → number of a decoder`.
fn encoding_decoder_new(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let label = convert::text(scope, args.get(0));
    let encoding = Encoding::for_label_no_replacement(label.as_bytes())
        .ok_or_else(|| OpError::Other(format!("no encoding {label}")))?;
    let decoder = if args.get(1).is_true() {
        encoding.new_decoder_without_bom_handling()
    } else {
        encoding.new_decoder_with_bom_removal()
    };
    let decoders = Decoders::of(scope);
    decoders.last = decoders.last.wrapping_add(1);
    let number = decoders.last;
    decoders.open.insert(number, Open { decoder, is_fatal: args.get(2).is_true() });
    ret.set_uint32(number);
    Ok(())
}

/// `(number)`: forgets a decoder.
fn encoding_decoder_drop(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    Decoders::of(scope).open.remove(&(convert::number(args.get(0)) as u32));
    Ok(())
}

/// `(number, view, last piece) → text`, undefined when fatal and malformed, null when too long. The last piece and an
/// error forget the decoder.
fn encoding_decode(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let number = convert::number(args.get(0)) as u32;
    let is_last = args.get(2).is_true();
    let mut open = Decoders::of(scope)
        .open
        .remove(&number)
        .ok_or_else(|| OpError::Other("the decoder was dropped".to_owned()))?;
    let Some(units) = bytes::read(args.get(1), |piece| decode(&mut open, piece, is_last))? else {
        return Ok(());
    };
    if !is_last {
        Decoders::of(scope).open.insert(number, open);
    }
    if units.is_empty() {
        ret.set_empty_string();
        return Ok(());
    }
    match v8::String::new_from_two_byte(scope, &units, v8::NewStringType::Normal) {
        Some(text) => ret.set(text.into()),
        None => ret.set_null(),
    }
    Ok(())
}

fn decode(open: &mut Open, piece: &[u8], is_last: bool) -> Option<Vec<u16>> {
    let room = open.decoder.max_utf16_buffer_length(piece.len())?;
    let mut units = vec![0; room];
    let written = if open.is_fatal {
        let (result, _, written) =
            open.decoder.decode_to_utf16_without_replacement(piece, &mut units, is_last);
        if result != DecoderResult::InputEmpty {
            return None;
        }
        written
    } else {
        open.decoder.decode_to_utf16(piece, &mut units, is_last).2
    };
    units.truncate(written);
    if open.decoder.encoding() == SHIFT_JIS {
        // ICU, which Node decodes with, has no character for the byte 0x80.
        for unit in units.iter_mut().filter(|unit| **unit == 0x80) {
            if open.is_fatal {
                return None;
            }
            *unit = 0xfffd;
        }
    }
    Some(units)
}

/// `(text, Uint8Array) → [UTF-16 units read, bytes written]`, only whole characters.
fn encoding_encode_into(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let text = v8::Local::<v8::String>::try_from(args.get(0))
        .map_err(|_| OpError::Type("argument must be a string".to_owned()))?;
    let mut read = 0;
    let written = bytes::write(args.get(1), |to| {
        text.write_utf8_v2(scope, to, v8::WriteFlags::kReplaceInvalidUtf8, Some(&mut read))
    })?;
    let counts = [v8::Number::new(scope, read as f64).into(), v8::Number::new(scope, written as f64).into()];
    ret.set(v8::Array::new_with_elements(scope, &counts).into());
    Ok(())
}
