//! Functions of the script that SQLite calls.

use std::cell::Cell;
use std::ffi::{CStr, c_char, c_int, c_void};

use libsqlite3_sys as ffi;

use super::{from_c, value};
use crate::host::databases::{SqlAggregate, SqlAuthorizer, SqlFunction, SqlSignature, SqlStep, SqlValue};

fn flags(signature: SqlSignature) -> c_int {
    let SqlSignature { deterministic, direct_only, .. } = signature;
    let mut flags = ffi::SQLITE_UTF8;
    if deterministic {
        flags |= ffi::SQLITE_DETERMINISTIC;
    }
    if direct_only {
        flags |= ffi::SQLITE_DIRECTONLY;
    }
    flags
}

/// The arguments of a call.
///
/// # Safety
/// `count` values stand at `values`.
unsafe fn arguments(count: c_int, values: *mut *mut ffi::sqlite3_value) -> Vec<SqlValue> {
    // SAFETY: the caller says so.
    (0..usize::try_from(count).unwrap_or(0)).map(|index| value::of(unsafe { *values.add(index) })).collect()
}

/// What the functions of a name have in common.
///
/// # Safety
/// The function was added with a box of this type.
unsafe fn own<'f, T>(context: *mut ffi::sqlite3_context) -> &'f T {
    // SAFETY: the caller says so; the box lives as long as the function.
    unsafe { &*ffi::sqlite3_user_data(context).cast::<T>() }
}

unsafe extern "C" fn drop_box<T>(data: *mut c_void) {
    // SAFETY: SQLite calls this once, for the box that it was given.
    drop(unsafe { Box::from_raw(data.cast::<T>()) });
}

unsafe extern "C" fn call(
    context: *mut ffi::sqlite3_context,
    count: c_int,
    values: *mut *mut ffi::sqlite3_value,
) {
    // SAFETY: `function` gave SQLite this box, and the values are those of this call.
    let (function, arguments) = unsafe { (own::<SqlFunction>(context), arguments(count, values)) };
    value::set_result(context, &function(&arguments));
}

/// Adds a function to a connection.
pub fn function(
    raw: *mut ffi::sqlite3,
    name: &CStr,
    signature: SqlSignature,
    function: SqlFunction,
) -> c_int {
    let data = Box::into_raw(Box::new(function)).cast();
    // SAFETY: the connection is open; the box is SQLite's from now on, also when this fails.
    unsafe {
        ffi::sqlite3_create_function_v2(
            raw,
            name.as_ptr(),
            signature.arguments,
            flags(signature),
            data,
            Some(call),
            None,
            None,
            Some(drop_box::<SqlFunction>),
        )
    }
}

/// An aggregate and how many groups it has had.
struct Groups {
    aggregate: SqlAggregate,
    last: Cell<u64>,
}

/// The number of the group that SQLite works on, and whether it is new.
///
/// # Safety
/// The context is that of an aggregate of [`Groups`].
unsafe fn group(context: *mut ffi::sqlite3_context, groups: &Groups) -> (u64, bool) {
    // SAFETY: SQLite keeps these bytes, zero at first, for each group.
    let number = unsafe { ffi::sqlite3_aggregate_context(context, size_of::<u64>() as c_int).cast::<u64>() };
    // SAFETY: NULL only without memory.
    let known = if number.is_null() { 0 } else { unsafe { *number } };
    if known != 0 {
        return (known, false);
    }
    groups.last.set(groups.last.get() + 1);
    if !number.is_null() {
        // SAFETY: as above; the bytes are aligned for any number.
        unsafe { *number = groups.last.get() };
    }
    (groups.last.get(), true)
}

/// Takes the row of a call in or out.
///
/// # Safety
/// As for [`group`]; `count` values stand at `values`.
unsafe fn take(
    context: *mut ffi::sqlite3_context,
    count: c_int,
    values: *mut *mut ffi::sqlite3_value,
    step: impl FnOnce(&SqlAggregate) -> Option<&SqlStep>,
) {
    // SAFETY: the caller says so.
    let (groups, arguments) = unsafe { (own::<Groups>(context), arguments(count, values)) };
    let Some(step) = step(&groups.aggregate) else { return };
    // SAFETY: the caller says so.
    let (number, is_new) = unsafe { group(context, groups) };
    if let Err(message) = step(number, is_new, &arguments) {
        value::set_result(context, &Err(message));
    }
}

unsafe extern "C" fn step(
    context: *mut ffi::sqlite3_context,
    count: c_int,
    values: *mut *mut ffi::sqlite3_value,
) {
    // SAFETY: SQLite calls this for what `aggregate` added.
    unsafe { take(context, count, values, |aggregate| Some(&aggregate.step)) };
}

unsafe extern "C" fn inverse(
    context: *mut ffi::sqlite3_context,
    count: c_int,
    values: *mut *mut ffi::sqlite3_value,
) {
    // SAFETY: SQLite calls this for what `aggregate` added.
    unsafe { take(context, count, values, |aggregate| aggregate.inverse.as_ref()) };
}

/// # Safety
/// As for [`group`].
unsafe fn tell(context: *mut ffi::sqlite3_context, is_over: bool) {
    // SAFETY: the caller says so.
    let groups = unsafe { own::<Groups>(context) };
    // SAFETY: the caller says so.
    let (number, is_new) = unsafe { group(context, groups) };
    value::set_result(context, &(groups.aggregate.total)(number, is_new, is_over));
}

unsafe extern "C" fn total(context: *mut ffi::sqlite3_context) {
    // SAFETY: SQLite calls this for what `aggregate` added.
    unsafe { tell(context, true) };
}

unsafe extern "C" fn so_far(context: *mut ffi::sqlite3_context) {
    // SAFETY: SQLite calls this for what `aggregate` added.
    unsafe { tell(context, false) };
}

/// Adds an aggregate to a connection.
pub fn aggregate(
    raw: *mut ffi::sqlite3,
    name: &CStr,
    signature: SqlSignature,
    aggregate: SqlAggregate,
) -> c_int {
    let windows = aggregate.inverse.is_some();
    let data = Box::into_raw(Box::new(Groups { aggregate, last: Cell::new(0) })).cast();
    // SAFETY: the connection is open; the box is SQLite's from now on, also when this fails.
    unsafe {
        ffi::sqlite3_create_window_function(
            raw,
            name.as_ptr(),
            signature.arguments,
            flags(signature),
            data,
            Some(step),
            Some(total),
            if windows { Some(so_far) } else { None },
            if windows { Some(inverse) } else { None },
            Some(drop_box::<Groups>),
        )
    }
}

unsafe extern "C" fn decide(
    data: *mut c_void,
    action: c_int,
    first: *const c_char,
    second: *const c_char,
    third: *const c_char,
    fourth: *const c_char,
) -> c_int {
    // SAFETY: `authorize` gave SQLite this pointer, and its owner takes it back before the function goes.
    let authorizer = unsafe { &*data.cast::<SqlAuthorizer>() };
    authorizer(action, [first, second, third, fourth].map(from_c))
}

/// Has a connection ask `authorizer`, which must live until another is set or the connection is closed.
pub fn authorize(raw: *mut ffi::sqlite3, authorizer: Option<&SqlAuthorizer>) {
    let data =
        authorizer.map_or(std::ptr::null_mut(), |function| std::ptr::from_ref(function).cast_mut().cast());
    let ask: Option<unsafe extern "C" fn(_, _, _, _, _, _) -> _> = authorizer.map(|_| decide as _);
    // SAFETY: the connection is open; the pointer lives long enough, as said above.
    unsafe { ffi::sqlite3_set_authorizer(raw, ask, data) };
}
