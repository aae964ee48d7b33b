//! Ops of `internal/url`: the parser of the URL standard (<https://url.spec.whatwg.org>).

use url::quirks;

use crate::js::convert;
use crate::js::ops::{Args, OpDecl, OpError, OpResult, Ret};
use crate::ops;
use crate::web_url::{Part, WebUrl};

/// The table.
pub const OPS: &[OpDecl] =
    ops![url_can_parse, url_domain_to_ascii, url_domain_to_unicode, url_parse, url_set];

/// Stands in the offsets for a part that the URL does not have.
const ABSENT: u32 = u32::MAX;

fn parse(scope: &v8::PinScope, input: v8::Local<v8::Value>, base: v8::Local<v8::Value>) -> Option<WebUrl> {
    let input = convert::text(scope, input);
    if base.is_undefined() {
        return WebUrl::parse(&input, None).ok();
    }
    let base = WebUrl::parse(&convert::text(scope, base), None).ok()?;
    WebUrl::parse(&input, Some(&base)).ok()
}

/// Writes the offsets of the parts into the script's `Uint32Array` and returns the whole text.
fn answer(scope: &mut v8::PinScope, url: &WebUrl, offsets: v8::Local<v8::Value>, ret: Ret) -> OpResult {
    let wrong = || OpError::Type("the offsets of a URL need a Uint32Array of 8".to_owned());
    let array = v8::Local::<v8::Uint32Array>::try_from(offsets).map_err(|_| wrong())?;
    let (text, parts) = url.serialize();
    let place = |offset: usize| u32::try_from(offset).unwrap_or(ABSENT);
    let numbers = [
        place(parts.scheme_end),
        place(parts.username_end),
        place(parts.host_start),
        place(parts.host_end),
        parts.port.map_or(ABSENT, u32::from),
        place(parts.path_start),
        parts.query_start.map_or(ABSENT, place),
        parts.fragment_start.map_or(ABSENT, place),
    ];
    let buffer = array.buffer(scope).ok_or_else(wrong)?.get_backing_store();
    let start = array.byte_offset();
    let cells = buffer.get(start..start + array.byte_length()).ok_or_else(wrong)?;
    let bytes = numbers.iter().flat_map(|number| number.to_ne_bytes());
    for (cell, byte) in cells.iter().zip(bytes) {
        cell.set(byte);
    }
    // A serialized URL is ASCII.
    let href = v8::String::new_from_one_byte(scope, text.as_bytes(), v8::NewStringType::Normal);
    ret.set(href.unwrap_or_else(|| v8::String::empty(scope)).into());
    Ok(())
}

/// `(input, base or undefined, offsets) → href, or undefined when it is no URL`. The offsets are those of the end of
/// the scheme, the end of the user name, the start and end of the host, then the port itself, and the start of path,
/// query and fragment.
fn url_parse(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    match parse(scope, args.get(0), args.get(1)) {
        Some(url) => answer(scope, &url, args.get(2), ret),
        None => Ok(()),
    }
}

/// `(input, base or undefined) → whether it is a URL`.
fn url_can_parse(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    ret.set_bool(parse(scope, args.get(0), args.get(1)).is_some());
    Ok(())
}

/// `(href, field, value, offsets) → the new href, or undefined when the value is refused`.
fn url_set(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let value = convert::text(scope, args.get(2));
    let part = match convert::int(args.get(1)) {
        0 => {
            return match WebUrl::parse(&value, None) {
                Ok(url) => answer(scope, &url, args.get(3), ret),
                Err(_) => Ok(()),
            };
        }
        1 => Part::Protocol,
        2 => Part::Username,
        3 => Part::Password,
        4 => Part::Host,
        5 => Part::Hostname,
        6 => Part::Port,
        7 => Part::Pathname,
        8 => Part::Search,
        9 => Part::Hash,
        other => return Err(OpError::Type(format!("a URL has no field {other}"))),
    };
    let href = convert::text(scope, args.get(0));
    let mut url =
        WebUrl::parse(&href, None).map_err(|_| OpError::Type("not the href of a URL".to_owned()))?;
    match url.set(part, &value) {
        Ok(()) => answer(scope, &url, args.get(3), ret),
        Err(_) => Ok(()),
    }
}

/// `(domain) → its ASCII form, empty when it is not valid`.
fn url_domain_to_ascii(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let ascii = quirks::domain_to_ascii(&convert::text(scope, args.get(0)));
    ret.set(convert::string(scope, &ascii).into());
    Ok(())
}

/// `(domain) → its Unicode form, empty when it is not valid`.
fn url_domain_to_unicode(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let unicode = quirks::domain_to_unicode(&convert::text(scope, args.get(0)));
    ret.set(convert::string(scope, &unicode).into());
    Ok(())
}
