//! Ops of the module `http`: parsers of messages.

use std::cell::RefCell;
use std::rc::Rc;

use crate::http_parser::{Event, METHODS, ParseError, Parser, Settings};
use crate::js::convert;
use crate::js::ops::{Args, OpDecl, OpError, OpResult, Ret};
use crate::ops;

/// The table.
pub const OPS: &[OpDecl] = ops![
    http_methods,
    http_parser_close,
    http_parser_expect,
    http_parser_finish,
    http_parser_go_on,
    http_parser_new,
    http_parser_read,
];

/// What the entries of a result begin with.
const HEAD: i32 = 1;
const BODY: i32 = 2;
const END: i32 = 3;
const ERROR: i32 = 4;

/// The parsers of an isolate, by number.
#[derive(Default)]
struct Parsers(RefCell<Table>);

/// Numbers of parsers that are gone are used again, the last one first.
#[derive(Default)]
struct Table {
    parsers: Vec<Option<Parser>>,
    free: Vec<usize>,
}

fn parsers(scope: &mut v8::PinScope) -> Rc<Parsers> {
    if let Some(parsers) = scope.get_slot::<Rc<Parsers>>() {
        return parsers.clone();
    }
    let parsers = Rc::new(Parsers::default());
    scope.set_slot(parsers.clone());
    parsers
}

fn with<R>(scope: &mut v8::PinScope, args: Args, act: impl FnOnce(&mut Parser) -> R) -> Result<R, OpError> {
    let index = convert::number(args.get(0)) as usize;
    let parsers = parsers(scope);
    let mut table = parsers.0.borrow_mut();
    let parser = table.parsers.get_mut(index).and_then(Option::as_mut);
    parser.map(act).ok_or_else(|| OpError::Type("there is no such parser".to_owned()))
}

/// `() → names`.
fn http_methods(scope: &mut v8::PinScope, _args: Args, ret: Ret) -> OpResult {
    let names: Vec<_> = METHODS.iter().map(|name| convert::name(scope, name).into()).collect();
    ret.set(v8::Array::new_with_elements(scope, &names).into());
    Ok(())
}

/// `(of requests, lenient, most bytes of a head) → number`.
fn http_parser_new(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let settings = Settings {
        requests: args.get(0).is_true(),
        lenient: args.get(1).is_true(),
        most: convert::number(args.get(2)) as usize,
    };
    let parsers = parsers(scope);
    let mut table = parsers.0.borrow_mut();
    let parser = Some(Parser::new(settings));
    let index = if let Some(index) = table.free.pop() {
        table.parsers[index] = parser;
        index
    } else {
        table.parsers.push(parser);
        table.parsers.len() - 1
    };
    ret.set_double(index as f64);
    Ok(())
}

/// `(number)`.
fn http_parser_close(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    let index = convert::number(args.get(0)) as usize;
    let parsers = parsers(scope);
    let mut table = parsers.0.borrow_mut();
    if table.parsers.get_mut(index).is_some_and(|slot| slot.take().is_some()) {
        table.free.push(index);
    }
    Ok(())
}

/// `(number, method)`: which request the next response answers.
fn http_parser_expect(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    let method = convert::text(scope, args.get(1));
    with(scope, args, |parser| parser.expect(&method))
}

/// `(number, bytes) → [bytes read, whether nothing of another message has come, …what was found]`.
fn http_parser_read(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let view = v8::Local::<v8::ArrayBufferView>::try_from(args.get(1))
        .map_err(|_| OpError::Type("an op expected a view of bytes".to_owned()))?;
    let mut storage = [0; v8::TYPED_ARRAY_MAX_SIZE_IN_HEAP];
    let bytes = view.get_contents(&mut storage);
    let mut events = Vec::new();
    let (result, idle) = with(scope, args, |parser| {
        let result = parser.read(bytes, &mut events);
        (result, parser.is_between_messages())
    })?;
    let (read, failed) = match result {
        Ok(read) => (read, None),
        Err((failed, read)) => (read, Some(failed)),
    };
    report(scope, read, idle, events, failed, ret);
    Ok(())
}

/// `(number, whether another protocol takes over) → as http_parser_read`.
fn http_parser_go_on(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let upgrade = args.get(1).is_true();
    let mut events = Vec::new();
    with(scope, args, |parser| parser.go_on(upgrade, &mut events))?;
    report(scope, 0, true, events, None, ret);
    Ok(())
}

/// `(number) → as http_parser_read`: the connection is at its end.
fn http_parser_finish(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let mut events = Vec::new();
    let failed = with(scope, args, |parser| parser.finish(&mut events))?.err();
    report(scope, 0, true, events, failed, ret);
    Ok(())
}

/// Puts what was found into one flat array, whose entries are:
///
/// | kind | then |
/// | --- | --- |
/// | `HEAD` | method or status, target or words, version (11 for 1.1), keep alive, upgrade, headers |
/// | `BODY` | begin, end |
/// | `END` | trailers |
/// | `ERROR` | code, reason |
fn report(
    scope: &mut v8::PinScope,
    read: usize,
    idle: bool,
    events: Vec<Event>,
    failed: Option<ParseError>,
    ret: Ret,
) {
    let mut out: Vec<v8::Local<v8::Value>> = Vec::with_capacity(2 + events.len() * 4);
    out.push(v8::Number::new(scope, read as f64).into());
    out.push(v8::Boolean::new(scope, idle).into());
    for event in events {
        match event {
            Event::Head { head, keep_alive, upgrade } => {
                let text = if head.method.is_empty() { &head.reason } else { &head.target };
                let text = latin1(scope, text, v8::NewStringType::Normal);
                let first: v8::Local<v8::Value> = if head.method.is_empty() {
                    v8::Integer::new(scope, i32::from(head.status)).into()
                } else {
                    convert::name(scope, &head.method).into()
                };
                let headers = texts(scope, &head.headers);
                out.extend([
                    v8::Integer::new(scope, HEAD).into(),
                    first,
                    text,
                    v8::Integer::new(scope, i32::from(head.major) * 10 + i32::from(head.minor)).into(),
                    v8::Boolean::new(scope, keep_alive).into(),
                    v8::Boolean::new(scope, upgrade).into(),
                    headers,
                ]);
            }
            Event::Body(range) => out.extend::<[v8::Local<v8::Value>; 3]>([
                v8::Integer::new(scope, BODY).into(),
                v8::Number::new(scope, range.start as f64).into(),
                v8::Number::new(scope, range.end as f64).into(),
            ]),
            Event::End(trailers) => {
                let trailers = texts(scope, &trailers);
                out.extend([v8::Integer::new(scope, END).into(), trailers]);
            }
        }
    }
    if let Some(failed) = failed {
        out.extend::<[v8::Local<v8::Value>; 3]>([
            v8::Integer::new(scope, ERROR).into(),
            convert::name(scope, failed.code).into(),
            convert::name(scope, failed.reason).into(),
        ]);
    }
    ret.set(v8::Array::new_with_elements(scope, &out).into());
}

/// Names and values in turn. Names come again and again: V8 keeps each only once.
fn texts<'s>(scope: &mut v8::PinScope<'s, '_>, lines: &[Vec<u8>]) -> v8::Local<'s, v8::Value> {
    let kind = |index: usize| {
        if index.is_multiple_of(2) { v8::NewStringType::Internalized } else { v8::NewStringType::Normal }
    };
    let values: Vec<_> =
        lines.iter().enumerate().map(|(index, line)| latin1(scope, line, kind(index))).collect();
    v8::Array::new_with_elements(scope, &values).into()
}

fn latin1<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    bytes: &[u8],
    kind: v8::NewStringType,
) -> v8::Local<'s, v8::Value> {
    v8::String::new_from_one_byte(scope, bytes, kind).unwrap_or_else(|| v8::String::empty(scope)).into()
}
