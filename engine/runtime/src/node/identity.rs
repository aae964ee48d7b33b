//! Ops of `process` that change whose process it is, its title, and what reports tell of it.

use crate::host::{Request, SystemRequest};
use crate::js::convert;
use crate::js::ops::{self as op, Args, OpDecl, OpResult, Ret};
use crate::ops;

/// The table.
pub const OPS: &[OpDecl] = ops![
    identity_find,
    identity_init_groups,
    identity_set,
    identity_set_groups,
    process_library_version,
    process_limits,
    process_local_time,
    process_lend_title,
    process_set_title,
    process_shared_objects,
];

fn answer(scope: &mut v8::PinScope, request: SystemRequest, ret: Ret) -> OpResult {
    let undefined = v8::undefined(scope).into();
    op::request(scope, Request::System(request), undefined, ret)
}

fn id(value: v8::Local<v8::Value>) -> u32 {
    convert::number(value) as u32
}

/// `(name, is a group) → number, or null`; `(number as text, false) → a user's name`.
fn identity_find(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let name = convert::text(scope, args.get(0));
    answer(scope, SystemRequest::FindId { group: args.get(1).is_true(), name }, ret)
}

/// `(user name, group number)`.
fn identity_init_groups(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let user = convert::text(scope, args.get(0));
    answer(scope, SystemRequest::InitGroups { user, group: id(args.get(1)) }, ret)
}

/// `(number, is a group, only the effective one)`.
fn identity_set(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let (group, effective) = (args.get(1).is_true(), args.get(2).is_true());
    answer(scope, SystemRequest::SetId { group, effective, id: id(args.get(0)) }, ret)
}

/// `(numbers)`.
fn identity_set_groups(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let list = v8::Local::<v8::Array>::try_from(args.get(0)).ok();
    let ids =
        list.iter().flat_map(|list| (0..list.length()).filter_map(|index| list.get_index(scope, index)));
    let ids = ids.map(id).collect();
    answer(scope, SystemRequest::SetGroups { ids }, ret)
}

/// `() → version of the C library`.
fn process_library_version(scope: &mut v8::PinScope, _args: Args, ret: Ret) -> OpResult {
    answer(scope, SystemRequest::LibraryVersion, ret)
}

/// `() → [[name, soft, hard] …]`, null for no limit.
fn process_limits(scope: &mut v8::PinScope, _args: Args, ret: Ret) -> OpResult {
    answer(scope, SystemRequest::ResourceLimits, ret)
}

/// `() → [year, month, day, hours, minutes, seconds]`.
fn process_local_time(scope: &mut v8::PinScope, _args: Args, ret: Ret) -> OpResult {
    answer(scope, SystemRequest::LocalTime, ret)
}

/// `(process, get, set)`: gives the object a property `title` that looks like a value and is asked of the functions.
fn process_lend_title(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    let Ok(process) = v8::Local::<v8::Object>::try_from(args.get(0)) else { return Ok(()) };
    let functions = v8::Array::new_with_elements(scope, &[args.get(1), args.get(2)]);
    let name = convert::string(scope, "title");
    let accessors = v8::AccessorConfiguration::new(title_asked).setter(title_set).data(functions.into());
    process.set_accessor_with_configuration(scope, name.into(), accessors);
    Ok(())
}

/// One of the two functions of [`process_lend_title`]; what they throw is thrown by the access.
fn call_lent<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    data: v8::Local<v8::Value>,
    index: u32,
    args: &[v8::Local<v8::Value>],
) -> Option<v8::Local<'s, v8::Value>> {
    let functions = v8::Local::<v8::Array>::try_from(data).ok()?;
    let function = v8::Local::<v8::Function>::try_from(functions.get_index(scope, index)?).ok()?;
    let this = v8::undefined(scope).into();
    function.call(scope, this, args)
}

fn title_asked(
    scope: &mut v8::PinScope,
    _name: v8::Local<v8::Name>,
    args: v8::PropertyCallbackArguments,
    mut ret: v8::ReturnValue<v8::Value>,
) {
    if let Some(title) = call_lent(scope, args.data(), 0, &[]) {
        ret.set(title);
    }
}

fn title_set(
    scope: &mut v8::PinScope,
    _name: v8::Local<v8::Name>,
    value: v8::Local<v8::Value>,
    args: v8::PropertyCallbackArguments,
    _ret: v8::ReturnValue<()>,
) {
    call_lent(scope, args.data(), 1, &[value]);
}

/// `(title)`.
fn process_set_title(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let title = convert::text(scope, args.get(0));
    answer(scope, SystemRequest::SetTitle { title }, ret)
}

/// `() → paths`.
fn process_shared_objects(scope: &mut v8::PinScope, _args: Args, ret: Ret) -> OpResult {
    answer(scope, SystemRequest::SharedObjects, ret)
}
