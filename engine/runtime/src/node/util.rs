//! Ops that look at values in ways JavaScript cannot.

use crate::js::ops::{Args, OpDecl, OpError, OpResult, Ret};
use crate::js::{convert, direct, plain};
use crate::ops;

/// The table.
pub const OPS: &[OpDecl] = ops![
    util_call_sites,
    util_constructor_name,
    util_detail_text,
    util_external_address,
    util_is_error,
    util_is_proxy,
    util_kind => direct::KIND,
    util_lazy_property,
    util_mark_handled,
    util_names,
    util_preview,
    util_promise,
    util_proxy,
];

/// `(value) → text`, made without running any of the script's code: `s`, `#<Map>`, `[object Array]`.
fn util_detail_text(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let text = args.get(0).to_detail_string(scope).ok_or(OpError::Thrown)?;
    ret.set(text.into());
    Ok(())
}

/// `(value) → whether it is an Error of any realm`.
fn util_is_error(_scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    ret.set_bool(args.get(0).is_native_error());
    Ok(())
}

/// `(value) → whether it is a Proxy`.
fn util_is_proxy(_scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    ret.set_bool(args.get(0).is_proxy());
    Ok(())
}

/// `(object, name, load, enumerable)`: gives the object a property that is a plain value for everybody who looks at it,
/// and that `load` is asked for when it is first read or described. What it throws is thrown by the access.
fn util_lazy_property(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    let Ok(object) = v8::Local::<v8::Object>::try_from(args.get(0)) else { return Ok(()) };
    let Ok(name) = v8::Local::<v8::Name>::try_from(args.get(1)) else { return Ok(()) };
    let attributes =
        if args.get(3).is_true() { v8::PropertyAttribute::NONE } else { v8::PropertyAttribute::DONT_ENUM };
    // Reading is no side effect worth telling of, so that a debugger can look at the property.
    let (read, written) = (v8::SideEffectType::HasNoSideEffect, v8::SideEffectType::HasSideEffect);
    object
        .set_lazy_data_property_with_data(
            scope,
            name,
            lazy_value_asked,
            args.get(2),
            attributes,
            read,
            written,
        )
        .ok_or(OpError::Thrown)?;
    Ok(())
}

fn lazy_value_asked(
    scope: &mut v8::PinScope,
    _name: v8::Local<v8::Name>,
    args: v8::PropertyCallbackArguments,
    mut ret: v8::ReturnValue<v8::Value>,
) {
    let Ok(load) = v8::Local::<v8::Function>::try_from(args.data()) else { return };
    let this = v8::undefined(scope).into();
    if let Some(value) = load.call(scope, this, &[]) {
        ret.set(value);
    }
}

/// `(value) → number`: what kind of object the value is, whatever its prototype says; 0 for a plain object and for what
/// is no object. The numbers have names in `internal/util/kinds`.
fn util_kind(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    plain::learn(scope);
    ret.set_int32(kind(args.get(0)));
    Ok(())
}

/// The number for a value.
pub fn kind(value: v8::Local<v8::Value>) -> i32 {
    if plain::is_known(value) {
        return 0;
    }
    if !value.is_object() {
        // `is_object` says no to what an embedder wraps; an External is such a thing.
        return if value.is_external() { 25 } else { 0 };
    }
    if value.is_function() {
        return function_kind(value);
    }
    CHECKS.iter().find(|(is, _)| is(&value)).map_or(0, |(_, kind)| *kind)
}

type Check = (fn(&v8::Value) -> bool, i32);

/// The kinds, frequent ones first.
const CHECKS: [Check; 26] = [
    (v8::Value::is_array, 1),
    (v8::Value::is_proxy, 2),
    (v8::Value::is_map, 3),
    (v8::Value::is_set, 4),
    (v8::Value::is_typed_array, 5),
    (v8::Value::is_native_error, 6),
    (v8::Value::is_promise, 7),
    (v8::Value::is_date, 8),
    (v8::Value::is_reg_exp, 9),
    (v8::Value::is_array_buffer, 10),
    (v8::Value::is_shared_array_buffer, 11),
    (v8::Value::is_data_view, 12),
    (v8::Value::is_map_iterator, 13),
    (v8::Value::is_set_iterator, 14),
    (v8::Value::is_weak_map, 15),
    (v8::Value::is_weak_set, 16),
    (v8::Value::is_number_object, 17),
    (v8::Value::is_string_object, 18),
    (v8::Value::is_boolean_object, 19),
    (v8::Value::is_big_int_object, 20),
    (v8::Value::is_symbol_object, 21),
    (v8::Value::is_generator_object, 22),
    (v8::Value::is_module_namespace_object, 23),
    (v8::Value::is_arguments_object, 24),
    (v8::Value::is_external, 25),
    (v8::Value::is_wasm_module_object, 26),
];

/// 32 for a function that is neither async nor a generator; 1 more for an async one, 2 more for a generator. A callable
/// proxy is a proxy.
fn function_kind(value: v8::Local<v8::Value>) -> i32 {
    if value.is_proxy() {
        return 2;
    }
    32 + i32::from(value.is_async_function()) + 2 * i32::from(value.is_generator_function())
}

/// `(value) → the name of the constructor that V8 remembers for an object`, whatever its prototype is now.
fn util_constructor_name(_scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let object = object(args.get(0))?;
    ret.set(object.get_constructor_name().into());
    Ok(())
}

/// `(value, whether only enumerable ones) → the own property keys that are no array index`, symbols included.
fn util_names(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let mut filter = v8::PropertyFilter::ALL_PROPERTIES;
    if args.get(1).is_true() {
        filter = filter | v8::PropertyFilter::ONLY_ENUMERABLE;
    }
    let wanted = v8::GetPropertyNamesArgs {
        mode: v8::KeyCollectionMode::OwnOnly,
        property_filter: filter,
        index_filter: v8::IndexFilter::SkipIndices,
        key_conversion: v8::KeyConversionMode::KeepNumbers,
    };
    let names = object(args.get(0))?.get_property_names(scope, wanted).ok_or(OpError::Thrown)?;
    ret.set(names.into());
    Ok(())
}

/// `(iterator or weak collection) → [entries, whether these are keys and values in turn]` without moving the iterator;
/// undefined for anything else.
fn util_preview(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let (entries, is_pairs) = object(args.get(0))?.preview_entries(scope);
    if let Some(entries) = entries {
        let is_pairs = v8::Boolean::new(scope, is_pairs);
        ret.set(v8::Array::new_with_elements(scope, &[entries.into(), is_pairs.into()]).into());
    }
    Ok(())
}

/// `(promise) → undefined while it is pending, else [whether it is fulfilled, its value or reason]`.
fn util_promise(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let promise = promise(args.get(0))?;
    let state = promise.state();
    if state != v8::PromiseState::Pending {
        let fulfilled = v8::Boolean::new(scope, state == v8::PromiseState::Fulfilled);
        let result = promise.result(scope);
        ret.set(v8::Array::new_with_elements(scope, &[fulfilled.into(), result]).into());
    }
    Ok(())
}

/// `(promise)`: its rejection, if there is one, counts as handled.
fn util_mark_handled(_scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    promise(args.get(0))?.mark_as_handled();
    Ok(())
}

/// `(proxy) → [target, handler]`, both null when it was revoked; undefined for what is no proxy.
fn util_proxy(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    if let Ok(proxy) = v8::Local::<v8::Proxy>::try_from(args.get(0)) {
        let parts = [proxy.get_target(scope), proxy.get_handler(scope)];
        ret.set(v8::Array::new_with_elements(scope, &parts).into());
    }
    Ok(())
}

/// `(external) → its address in hexadecimal digits`.
fn util_external_address(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let external = v8::Local::<v8::External>::try_from(args.get(0))
        .map_err(|_| OpError::Type("an op expected an external value".to_owned()))?;
    let digits = format!("{:x}", external.value() as usize);
    ret.set(convert::string(scope, &digits).into());
    Ok(())
}

/// `(count) → [function, script, id, line, column, …]` of the callers, nearest first, the built-in ones included.
fn util_call_sites(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let count = usize::try_from(convert::int(args.get(0))).unwrap_or(0);
    let Some(trace) = v8::StackTrace::current_stack_trace(scope, count) else { return Ok(()) };
    let mut parts: Vec<v8::Local<v8::Value>> = Vec::with_capacity(trace.get_frame_count() * 5);
    for index in 0..trace.get_frame_count() {
        let Some(frame) = trace.get_frame(scope, index) else { break };
        let empty = v8::String::empty(scope);
        parts.push(frame.get_function_name(scope).unwrap_or(empty).into());
        parts.push(frame.get_script_name_or_source_url(scope).unwrap_or(empty).into());
        for number in [frame.get_script_id(), frame.get_line_number(), frame.get_column()] {
            parts.push(v8::Number::new(scope, number as f64).into());
        }
    }
    ret.set(v8::Array::new_with_elements(scope, &parts).into());
    Ok(())
}

fn object<'s>(value: v8::Local<'s, v8::Value>) -> Result<v8::Local<'s, v8::Object>, OpError> {
    v8::Local::<v8::Object>::try_from(value).map_err(|_| OpError::Type("an op expected an object".to_owned()))
}

fn promise<'s>(value: v8::Local<'s, v8::Value>) -> Result<v8::Local<'s, v8::Promise>, OpError> {
    v8::Local::<v8::Promise>::try_from(value)
        .map_err(|_| OpError::Type("an op expected a promise".to_owned()))
}
