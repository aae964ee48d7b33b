//! Ops of `node:http2`: headers compressed by HPACK (<https://www.rfc-editor.org/rfc/rfc7541>). A connection has a pair of
//! tables, by number.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use loona_hpack::{Decoder, Encoder};

use crate::js::convert;
use crate::js::ops::{Args, OpDecl, OpResult, Ret};
use crate::ops;

/// The table.
pub const OPS: &[OpDecl] =
    ops![http2_decode, http2_encode, http2_tables_free, http2_tables_limit, http2_tables_new];

struct Tables {
    encoder: Encoder<'static>,
    decoder: Decoder<'static>,
}

thread_local! {
    static TABLES: RefCell<HashMap<u32, Tables>> = RefCell::default();
    static LAST: Cell<u32> = const { Cell::new(0) };
}

fn number(args: &Args) -> u32 {
    convert::number(args.get(0)) as u32
}

/// `() → tables`.
fn http2_tables_new(_scope: &mut v8::PinScope, _args: Args, ret: Ret) -> OpResult {
    let number = LAST.with(|last| {
        last.set(last.get().wrapping_add(1));
        last.get()
    });
    let tables = Tables { encoder: Encoder::new(), decoder: Decoder::new() };
    TABLES.with_borrow_mut(|all| all.insert(number, tables));
    ret.set_uint32(number);
    Ok(())
}

/// `(tables)`.
fn http2_tables_free(_scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    TABLES.with_borrow_mut(|all| all.remove(&number(&args)));
    Ok(())
}

/// `(tables, bytes the peer may keep, bytes kept here)`; negative for no change.
fn http2_tables_limit(_scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    let (theirs, ours) = (convert::number(args.get(1)), convert::number(args.get(2)));
    TABLES.with_borrow_mut(|all| {
        let Some(tables) = all.get_mut(&number(&args)) else { return };
        if theirs >= 0.0 {
            tables.encoder.set_max_table_size(theirs as usize);
        }
        if ours >= 0.0 {
            tables.decoder.set_max_allowed_table_size(ours as usize);
        }
    });
    Ok(())
}

fn latin1<'s>(scope: &v8::PinScope<'s, '_>, bytes: &[u8]) -> v8::Local<'s, v8::Value> {
    v8::String::new_from_one_byte(scope, bytes, v8::NewStringType::Normal)
        .map_or_else(|| v8::String::empty(scope).into(), Into::into)
}

/// The bytes of a text whose letters are bytes.
fn bytes(scope: &v8::PinScope, value: v8::Local<v8::Value>) -> Vec<u8> {
    convert::text(scope, value)
        .chars()
        .map(|letter| u8::try_from(u32::from(letter)).unwrap_or(b'?'))
        .collect()
}

/// `(tables, [name, value, …]) → bytes`.
fn http2_encode(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let Ok(list) = v8::Local::<v8::Array>::try_from(args.get(1)) else { return Ok(()) };
    let texts: Vec<Vec<u8>> = (0..list.length())
        .filter_map(|index| list.get_index(scope, index))
        .map(|text| bytes(scope, text))
        .collect();
    let encoded = TABLES.with_borrow_mut(|all| {
        let tables = all.get_mut(&number(&args))?;
        Some(
            tables.encoder.encode(texts.chunks_exact(2).map(|pair| (pair[0].as_slice(), pair[1].as_slice()))),
        )
    });
    if let Some(bytes) = encoded.and_then(|encoded| convert::bytes(scope, encoded)) {
        ret.set(bytes.into());
    }
    Ok(())
}

/// `(tables, bytes, most headers, most bytes) → [name, value, …], null` for what is no HPACK, `false` for too much.
fn http2_decode(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let block = convert::view_bytes(args.get(1)).unwrap_or_default();
    let (most, room) = (convert::number(args.get(2)), convert::number(args.get(3)));
    let mut pairs: Vec<(Vec<u8>, Vec<u8>)> = Vec::new();
    let mut size = 0.0;
    let mut is_too_much = false;
    // A small block can stand for very much: no more is kept than there may be.
    let decoded = TABLES.with_borrow_mut(|all| {
        let tables = all.get_mut(&number(&args))?;
        let outcome = tables.decoder.decode_with_cb(&block, |name, value| {
            size += (name.len() + value.len() + 32) as f64;
            if pairs.len() as f64 >= most || size > room {
                is_too_much = true;
            } else {
                pairs.push((name.into_owned(), value.into_owned()));
            }
        });
        Some(outcome)
    });
    match decoded {
        Some(Ok(())) if is_too_much => ret.set_bool(false),
        Some(Ok(())) => {
            let texts: Vec<_> =
                pairs.iter().flat_map(|(name, value)| [latin1(scope, name), latin1(scope, value)]).collect();
            ret.set(v8::Array::new_with_elements(scope, &texts).into());
        }
        _ => ret.set_null(),
    }
    Ok(())
}
