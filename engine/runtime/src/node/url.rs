//! Ops of `internal/url`: the parser of the URL standard (<https://url.spec.whatwg.org>).

use url::{Position, Url, quirks};

use crate::js::convert;
use crate::js::ops::{Args, OpDecl, OpError, OpResult, Ret};
use crate::ops;

/// The table.
pub const OPS: &[OpDecl] =
    ops![url_can_parse, url_domain_to_ascii, url_domain_to_unicode, url_parse, url_set];

/// Stands in the offsets for a part that the URL does not have.
const ABSENT: u32 = u32::MAX;

/// What of a URL is set: the second argument of `url_set`.
mod field {
    pub const HREF: i32 = 0;
    pub const PROTOCOL: i32 = 1;
    pub const USERNAME: i32 = 2;
    pub const PASSWORD: i32 = 3;
    pub const HOST: i32 = 4;
    pub const HOSTNAME: i32 = 5;
    pub const PORT: i32 = 6;
    pub const PATHNAME: i32 = 7;
    pub const SEARCH: i32 = 8;
    pub const HASH: i32 = 9;
}

fn parse(scope: &v8::PinScope, input: v8::Local<v8::Value>, base: v8::Local<v8::Value>) -> Option<Url> {
    let input = convert::text(scope, input);
    if base.is_undefined() {
        return Url::parse(&input).ok().map(corrected);
    }
    let base = Url::parse(&convert::text(scope, base)).ok()?;
    base.join(without_extra_slashes(&base, &input)).ok().map(corrected)
}

/// `///host` means `//host` after a base with a host; the crate would look for an empty host.
fn without_extra_slashes<'a>(base: &Url, input: &'a str) -> &'a str {
    let text = input.trim_matches(|character: char| character <= ' ');
    let rest = text.trim_start_matches(['/', '\\']);
    let slashes = text.len() - rest.len();
    let has_host = matches!(base.scheme(), "http" | "https" | "ws" | "wss" | "ftp");
    if has_host && slashes > 2 { &text[slashes - 2..] } else { input }
}

/// What the crate does otherwise than the standard: `^` in a path, and `|` behind the letter of a drive.
fn corrected(mut url: Url) -> Url {
    if url.cannot_be_a_base() || !url.path().contains(['^', '|']) {
        return url;
    }
    let mut path = url.path().replace('^', "%5E");
    let bytes = path.as_bytes();
    let has_drive = url.scheme() == "file"
        && bytes.len() > 2
        && bytes[1].is_ascii_alphabetic()
        && bytes[2] == b'|'
        && bytes.get(3).is_none_or(|&next| next == b'/');
    if has_drive {
        path.replace_range(2..3, ":");
    }
    url.set_path(&path);
    url
}

/// Writes the offsets of the parts into the script's `Uint32Array` and returns the whole text.
fn answer(scope: &mut v8::PinScope, url: &Url, offsets: v8::Local<v8::Value>, ret: Ret) -> OpResult {
    let wrong = || OpError::Type("the offsets of a URL need a Uint32Array of 8".to_owned());
    let array = v8::Local::<v8::Uint32Array>::try_from(offsets).map_err(|_| wrong())?;
    let until = |position| u32::try_from(url[..position].len()).unwrap_or(ABSENT);
    let numbers = [
        until(Position::AfterScheme),
        until(Position::AfterUsername),
        until(Position::BeforeHost),
        until(Position::AfterHost),
        url.port().map_or(ABSENT, u32::from),
        until(Position::BeforePath),
        url.query().map_or(ABSENT, |_| until(Position::AfterPath)),
        url.fragment().map_or(ABSENT, |_| until(Position::AfterQuery)),
    ];
    let buffer = array.buffer(scope).ok_or_else(wrong)?.get_backing_store();
    let start = array.byte_offset();
    let cells = buffer.get(start..start + array.byte_length()).ok_or_else(wrong)?;
    let bytes = numbers.iter().flat_map(|number| number.to_ne_bytes());
    for (cell, byte) in cells.iter().zip(bytes) {
        cell.set(byte);
    }
    ret.set(convert::string(scope, url.as_str()).into());
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
    let href = convert::text(scope, args.get(0));
    let mut url = Url::parse(&href).map_err(|_| OpError::Type("not the href of a URL".to_owned()))?;
    let value = convert::text(scope, args.get(2));
    let taken = match convert::int(args.get(1)) {
        field::HREF => quirks::set_href(&mut url, &value).is_ok(),
        field::PROTOCOL => quirks::set_protocol(&mut url, &value).is_ok(),
        field::USERNAME => quirks::set_username(&mut url, &value).is_ok(),
        field::PASSWORD => quirks::set_password(&mut url, &value).is_ok(),
        field::HOST => quirks::set_host(&mut url, &value).is_ok(),
        field::HOSTNAME => quirks::set_hostname(&mut url, &value).is_ok(),
        field::PORT => quirks::set_port(&mut url, &value).is_ok(),
        field::PATHNAME => {
            quirks::set_pathname(&mut url, &value);
            true
        }
        field::SEARCH => {
            quirks::set_search(&mut url, &value);
            true
        }
        field::HASH => {
            quirks::set_hash(&mut url, &value);
            true
        }
        other => return Err(OpError::Type(format!("a URL has no field {other}"))),
    };
    if taken { answer(scope, &corrected(url), args.get(3), ret) } else { Ok(()) }
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
