//! Whatever comes over a connection: reading it neither panics nor depends on where it is cut.
#![no_main]
#![allow(dead_code, unused_imports, reason = "a part of the runtime, taken without the rest of it")]

#[path = "../../engine/runtime/src/http_parser/mod.rs"]
mod http_parser;

use http_parser::{Event, Parser, Settings};
use libfuzzer_sys::fuzz_target;

/// What a parser finds, and whether it refuses.
fn read(bytes: &[u8], settings: Settings, piece: usize) -> (Vec<String>, Vec<u8>, bool) {
    let mut parser = Parser::new(settings);
    let (mut heads, mut body) = (Vec::new(), Vec::new());
    for chunk in bytes.chunks(piece) {
        let mut events = Vec::new();
        let result = parser.read(chunk, &mut events);
        for event in events {
            match event {
                Event::Head { head, .. } => heads.push(format!("{head:?}")),
                Event::Body(range) => body.extend_from_slice(&chunk[range]),
                Event::End(trailers) => heads.push(format!("{trailers:?}")),
            }
        }
        if result.is_err() {
            return (heads, body, true);
        }
    }
    (heads, body, false)
}

fuzz_target!(|input: (bool, bool, u8, Vec<u8>)| {
    let (requests, lenient, piece, bytes) = input;
    let settings = Settings { requests, lenient, most: 16 * 1024 };
    let whole = read(&bytes, settings, bytes.len().max(1));
    let cut = read(&bytes, settings, usize::from(piece).max(1));
    assert_eq!(whole.2, cut.2);
    if !whole.2 {
        assert_eq!(whole, cut);
    }
});
