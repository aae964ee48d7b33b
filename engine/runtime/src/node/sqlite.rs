//! Ops of `node:sqlite` (<https://nodejs.org/api/sqlite.html>). Databases and statements are numbers; rows are arrays.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use crate::host::databases::{
    Databases, OpenDatabase, SqlAggregate, SqlError, SqlSignature, SqlStep, SqlValue,
};
use crate::js::convert;
use crate::js::ops::{Args, OpDecl, OpError, OpResult, Ret};
use crate::js::state::State;
use crate::ops;

/// The table.
pub const OPS: &[OpDecl] = ops![
    sqlite_aggregate,
    sqlite_authorize,
    sqlite_backup,
    sqlite_backup_step,
    sqlite_bind,
    sqlite_changes,
    sqlite_close,
    sqlite_columns,
    sqlite_defend,
    sqlite_deserialize,
    sqlite_exec,
    sqlite_extend,
    sqlite_finalize,
    sqlite_function,
    sqlite_in_transaction,
    sqlite_limit,
    sqlite_load,
    sqlite_location,
    sqlite_open,
    sqlite_parameters,
    sqlite_prepare,
    sqlite_reset,
    sqlite_rows,
    sqlite_serialize,
    sqlite_status,
    sqlite_text,
];

/// Integers that every number of JavaScript can be.
const MAX_SAFE: i64 = (1 << 53) - 1;

thread_local! {
    /// What a function of the script threw while a statement ran.
    static THROWN: RefCell<Option<v8::Global<v8::Value>>> = const { RefCell::new(None) };
}

fn databases(scope: &v8::PinScope) -> Rc<dyn Databases> {
    State::of(scope).host.borrow().databases()
}

fn number(args: &Args, index: i32) -> usize {
    convert::number(args.get(index)) as usize
}

/// Throws what a function of the script threw, or the error of SQLite.
fn fail(scope: &mut v8::PinScope, error: &SqlError) -> OpError {
    if let Some(thrown) = THROWN.with(RefCell::take) {
        let thrown = v8::Local::new(scope, thrown);
        scope.throw_exception(thrown);
        return OpError::Thrown;
    }
    let message = convert::string(scope, &error.message);
    let object = v8::Exception::error(scope, message);
    if let Ok(properties) = v8::Local::<v8::Object>::try_from(object) {
        let values: [(&str, v8::Local<v8::Value>); 3] = [
            ("code", convert::string(scope, "ERR_SQLITE_ERROR").into()),
            ("errcode", v8::Integer::new(scope, error.code).into()),
            ("errstr", convert::string(scope, &error.meaning).into()),
        ];
        for (name, value) in values {
            let name = convert::name(scope, name);
            properties.set(scope, name.into(), value);
        }
    }
    scope.throw_exception(object);
    OpError::Thrown
}

/// Hands on a result; functions of the script may have thrown although SQLite went on.
fn settle<T>(scope: &mut v8::PinScope, result: Result<T, SqlError>) -> Result<T, OpError> {
    result.map_err(|error| fail(scope, &error))
}

/// A value of SQLite's as one of JavaScript's. Integers that are no safe numbers are refused unless all are BigInts.
fn to_js<'s>(
    scope: &v8::PinScope<'s, '_>,
    value: SqlValue,
    bigints: bool,
) -> Result<v8::Local<'s, v8::Value>, String> {
    Ok(match value {
        SqlValue::Null => v8::null(scope).into(),
        SqlValue::Int(value) if bigints => v8::BigInt::new_from_i64(scope, value).into(),
        SqlValue::Int(value) if (-MAX_SAFE..=MAX_SAFE).contains(&value) => {
            v8::Number::new(scope, value as f64).into()
        }
        SqlValue::Int(value) => {
            return Err(format!("Value is too large to be represented as a JavaScript number: {value}"));
        }
        SqlValue::Real(value) => v8::Number::new(scope, value).into(),
        SqlValue::Text(text) => convert::string(scope, &text).into(),
        SqlValue::Blob(bytes) => match convert::bytes(scope, bytes) {
            Some(bytes) => bytes.into(),
            None => v8::null(scope).into(),
        },
    })
}

/// A value of JavaScript's as one of SQLite's; `None` for those that it has not.
fn from_js(scope: &v8::PinScope, value: v8::Local<v8::Value>) -> Option<SqlValue> {
    if value.is_null_or_undefined() {
        return Some(SqlValue::Null);
    }
    if value.is_number() {
        return Some(SqlValue::Real(convert::number(value)));
    }
    if value.is_boolean() {
        return Some(SqlValue::Int(i64::from(value.is_true())));
    }
    if value.is_string() {
        return Some(SqlValue::Text(convert::text(scope, value)));
    }
    if let Ok(big) = v8::Local::<v8::BigInt>::try_from(value) {
        let (value, is_whole) = big.i64_value();
        return is_whole.then_some(SqlValue::Int(value));
    }
    convert::view_bytes(value).map(SqlValue::Blob)
}

/// `(path, read only, foreign keys, double quoted strings, defensive, extensions, timeout) → database`.
fn sqlite_open(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let asked = OpenDatabase {
        path: convert::text(scope, args.get(0)),
        read_only: args.get(1).is_true(),
        foreign_keys: args.get(2).is_true(),
        double_quoted: args.get(3).is_true(),
        defensive: args.get(4).is_true(),
        extensions: args.get(5).is_true(),
        timeout: convert::int(args.get(6)),
    };
    let opened = databases(scope).open(&asked);
    ret.set_double(settle(scope, opened)? as f64);
    Ok(())
}

/// `(database) → whether it is closed`: not while one of its statements runs.
fn sqlite_close(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    ret.set_bool(databases(scope).close(number(&args, 0)));
    Ok(())
}

/// `(database, text)`.
fn sqlite_exec(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    let sql = convert::text(scope, args.get(1));
    let done = databases(scope).exec(number(&args, 0), &sql);
    settle(scope, done)
}

/// `(database, text) → statement`, undefined when there is none in the text.
fn sqlite_prepare(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let sql = convert::text(scope, args.get(1));
    let prepared = databases(scope).prepare(number(&args, 0), &sql);
    if let Some(statement) = settle(scope, prepared)? {
        ret.set_double(statement as f64);
    }
    Ok(())
}

/// `(statement) → whether it is ended`.
fn sqlite_finalize(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    ret.set_bool(databases(scope).finalize(number(&args, 0)));
    Ok(())
}

/// `(statement, counter, whether it begins anew) → number`.
fn sqlite_status(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let counter = convert::int(args.get(1));
    ret.set_int32(databases(scope).status(number(&args, 0), counter, args.get(2).is_true()));
    Ok(())
}

/// `(statement) → names, null for those without`.
fn sqlite_parameters(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let names = databases(scope).parameters(number(&args, 0));
    let names: Vec<_> = names.into_iter().map(|name| optional(scope, name.as_deref())).collect();
    ret.set(v8::Array::new_with_elements(scope, &names).into());
    Ok(())
}

fn optional<'s>(scope: &v8::PinScope<'s, '_>, text: Option<&str>) -> v8::Local<'s, v8::Value> {
    text.map_or_else(|| v8::null(scope).into(), |text| convert::string(scope, text).into())
}

/// `(statement, index, value) → whether there is such a value`.
fn sqlite_bind(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let Some(value) = from_js(scope, args.get(2)) else {
        ret.set_bool(false);
        return Ok(());
    };
    let bound = databases(scope).bind(number(&args, 0), convert::int(args.get(1)), &value);
    settle(scope, bound)?;
    ret.set_bool(true);
    Ok(())
}

/// `(statement, clear parameters)`.
fn sqlite_reset(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    databases(scope).reset(number(&args, 0), args.get(1).is_true());
    Ok(())
}

/// `(statement, most rows, BigInts, only count) → rows`, fewer than most after the last; `only count` keeps none of them.
fn sqlite_rows(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let (statement, most) = (number(&args, 0), convert::number(args.get(1)));
    let (bigints, none) = (args.get(2).is_true(), args.get(3).is_true());
    let databases = databases(scope);
    let rows = v8::Array::new(scope, 0);
    let mut count = 0;
    while f64::from(count) < most {
        let stepped = databases.step(statement);
        let Some(row) = settle(scope, stepped)? else { break };
        if none {
            continue;
        }
        v8::scope!(let inner, scope);
        let mut values = Vec::with_capacity(row.len());
        for value in row {
            match to_js(inner, value, bigints) {
                Ok(value) => values.push(value),
                Err(message) => return Err(out_of_range(inner, &message)),
            }
        }
        let row = v8::Array::new_with_elements(inner, &values);
        rows.set_index(inner, count, row.into());
        count += 1;
    }
    ret.set(rows.into());
    Ok(())
}

fn out_of_range(scope: &mut v8::PinScope, message: &str) -> OpError {
    let message = convert::string(scope, message);
    let error = v8::Exception::range_error(scope, message);
    if let Ok(object) = v8::Local::<v8::Object>::try_from(error) {
        let (key, code) = (convert::name(scope, "code"), convert::string(scope, "ERR_OUT_OF_RANGE"));
        object.set(scope, key.into(), code.into());
    }
    scope.throw_exception(error);
    OpError::Thrown
}

/// `(statement) → [name, column, table, database, type] of each column`.
fn sqlite_columns(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let columns = databases(scope).columns(number(&args, 0));
    let columns: Vec<v8::Local<v8::Value>> = columns
        .into_iter()
        .map(|(name, origins)| {
            let mut facts: Vec<v8::Local<v8::Value>> = vec![convert::string(scope, &name).into()];
            facts.extend(origins.iter().map(|origin| optional(scope, origin.as_deref())));
            v8::Array::new_with_elements(scope, &facts).into()
        })
        .collect();
    ret.set(v8::Array::new_with_elements(scope, &columns).into());
    Ok(())
}

/// `(statement, with values) → text`.
fn sqlite_text(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let text = databases(scope).sql(number(&args, 0), args.get(1).is_true());
    ret.set(convert::string(scope, &text).into());
    Ok(())
}

/// `(database) → [changed rows, last row]` as BigInts.
fn sqlite_changes(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let (changes, last) = databases(scope).changes(number(&args, 0));
    let pair = [changes, last].map(|value| v8::BigInt::new_from_i64(scope, value).into());
    ret.set(v8::Array::new_with_elements(scope, &pair).into());
    Ok(())
}

/// `(database) → boolean`.
fn sqlite_in_transaction(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    ret.set_bool(databases(scope).in_transaction(number(&args, 0)));
    Ok(())
}

/// `(database, name) → path, or null`.
fn sqlite_location(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let name = convert::text(scope, args.get(1));
    let path = databases(scope).location(number(&args, 0), &name);
    ret.set(optional(scope, path.as_deref()));
    Ok(())
}

/// `(database, kind, new value or -1) → value before`.
fn sqlite_limit(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let (kind, value) = (convert::int(args.get(1)), convert::int(args.get(2)));
    ret.set_int32(databases(scope).limit(number(&args, 0), kind, value));
    Ok(())
}

/// `(database, on)`: protects the file from what could damage it.
fn sqlite_defend(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    databases(scope).set_defensive(number(&args, 0), args.get(1).is_true());
    Ok(())
}

/// `(database, on)`: allows extensions.
fn sqlite_extend(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    databases(scope).enable_extensions(number(&args, 0), args.get(1).is_true());
    Ok(())
}

/// `(database, path, entry or undefined)`: loads an extension.
fn sqlite_load(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    let path = convert::text(scope, args.get(1));
    let entry = (!args.get(2).is_undefined()).then(|| convert::text(scope, args.get(2)));
    let loaded = databases(scope).load_extension(number(&args, 0), &path, entry.as_deref());
    settle(scope, loaded)
}

/// `(database, name) → bytes`.
fn sqlite_serialize(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let name = convert::text(scope, args.get(1));
    let bytes = databases(scope).serialize(number(&args, 0), &name);
    let bytes = settle(scope, bytes)?;
    ret.set(convert::bytes(scope, bytes).ok_or(OpError::Thrown)?.into());
    Ok(())
}

/// `(database, name, bytes)`.
fn sqlite_deserialize(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    let name = convert::text(scope, args.get(1));
    let bytes = convert::view_bytes(args.get(2)).unwrap_or_default();
    let done = databases(scope).deserialize(number(&args, 0), &name, &bytes);
    settle(scope, done)
}

/// `(database, path, source, target) → copy in the making`.
fn sqlite_backup(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let [path, source, target] = [1, 2, 3].map(|index| convert::text(scope, args.get(index)));
    let begun = databases(scope).backup(number(&args, 0), &path, &source, &target);
    ret.set_double(settle(scope, begun)? as f64);
    Ok(())
}

/// `(copy, pages) → [done, pages left, pages]`.
fn sqlite_backup_step(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let stepped = databases(scope).backup_step(number(&args, 0), convert::int(args.get(1)));
    let (done, left, all) = settle(scope, stepped)?;
    let facts: [v8::Local<v8::Value>; 3] = [
        v8::Boolean::new(scope, done).into(),
        v8::Integer::new(scope, left).into(),
        v8::Integer::new(scope, all).into(),
    ];
    ret.set(v8::Array::new_with_elements(scope, &facts).into());
    Ok(())
}

/// A function of the script that SQLite calls.
struct Callback {
    function: v8::Global<v8::Function>,
    isolate: v8::UnsafeRawIsolatePtr,
    bigints: bool,
}

const NOT_A_VALUE: &str = "Returned JavaScript value cannot be converted to a SQLite value";
const ASYNCHRONOUS: &str = "Asynchronous user-defined functions are not supported";

impl Callback {
    fn new(scope: &mut v8::PinScope, value: v8::Local<v8::Value>, bigints: bool) -> Result<Self, OpError> {
        let function = convert::function(value)?;
        // SAFETY: only used on this isolate's thread, while one of its ops runs.
        let isolate = unsafe { scope.as_raw_isolate_ptr() };
        Ok(Self { function: v8::Global::new(scope, function), isolate, bigints })
    }

    /// Calls the function with what `before` makes and `args`; `read` looks at the result. An error is text for SQLite, empty
    /// when the function has thrown.
    fn call<T>(
        &self,
        before: &[&v8::Global<v8::Value>],
        args: &[SqlValue],
        read: impl FnOnce(&mut v8::PinScope, v8::Local<v8::Value>) -> Result<T, String>,
    ) -> Result<T, String> {
        // SAFETY: SQLite calls this inside an op of this isolate, on its thread.
        let mut isolate = unsafe { v8::Isolate::from_raw_isolate_ptr(self.isolate) };
        let Some(state) = isolate.get_slot::<Rc<State>>().cloned() else { return Err(String::new()) };
        v8::scope!(let scope, &mut isolate);
        let Some(context) = state.contexts.main(scope) else { return Err(String::new()) };
        let scope = &mut v8::ContextScope::new(scope, context);
        v8::tc_scope!(let scope, scope);
        let mut values: Vec<v8::Local<v8::Value>> =
            before.iter().map(|value| v8::Local::new(scope, *value)).collect();
        for value in args {
            match to_js(scope, value.clone(), self.bigints) {
                Ok(value) => values.push(value),
                Err(message) => {
                    out_of_range(scope, &message);
                    keep_thrown(scope.exception().map(|thrown| v8::Global::new(scope, thrown)));
                    scope.reset();
                    return Err(String::new());
                }
            }
        }
        let function = v8::Local::new(scope, &self.function);
        let this = v8::undefined(scope).into();
        let Some(result) = function.call(scope, this, &values) else {
            keep_thrown(scope.exception().map(|thrown| v8::Global::new(scope, thrown)));
            scope.reset();
            return Err(String::new());
        };
        read(scope, result)
    }
}

fn keep_thrown(thrown: Option<v8::Global<v8::Value>>) {
    THROWN.with(|kept| *kept.borrow_mut() = thrown);
}

fn result_of(scope: &mut v8::PinScope, value: v8::Local<v8::Value>) -> Result<SqlValue, String> {
    if value.is_promise() {
        return Err(ASYNCHRONOUS.to_owned());
    }
    let is_big = value.is_big_int();
    from_js(scope, value).filter(|_| !value.is_boolean()).ok_or_else(|| {
        if is_big { "BigInt value is too large for SQLite".to_owned() } else { NOT_A_VALUE.to_owned() }
    })
}

fn signature(args: &Args) -> SqlSignature {
    SqlSignature {
        arguments: convert::int(args.get(2)),
        deterministic: args.get(3).is_true(),
        direct_only: args.get(4).is_true(),
    }
}

/// `(database, name, arguments, deterministic, direct only, BigInts, function)`.
fn sqlite_function(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    let name = convert::text(scope, args.get(1));
    let callback = Callback::new(scope, args.get(6), args.get(5).is_true())?;
    let function = Box::new(move |values: &[SqlValue]| callback.call(&[], values, result_of));
    let added = databases(scope).function(number(&args, 0), &name, signature(&args), function);
    settle(scope, added)
}

/// What the groups of an aggregate have come to.
struct Groups {
    values: RefCell<HashMap<u64, v8::Global<v8::Value>>>,
    /// Makes the first value of a group.
    start: Callback,
}

impl Groups {
    fn value(&self, group: u64, is_new: bool) -> Result<v8::Global<v8::Value>, String> {
        if let Some(value) = self.values.borrow().get(&group).filter(|_| !is_new) {
            return Ok(value.clone());
        }
        self.start.call(&[], &[], |scope, value| Ok(v8::Global::new(scope, value)))
    }

    fn take(&self, callback: &Callback, group: u64, is_new: bool, args: &[SqlValue]) -> Result<(), String> {
        let before = self.value(group, is_new)?;
        let after = callback.call(&[&before], args, |scope, value| Ok(v8::Global::new(scope, value)))?;
        self.values.borrow_mut().insert(group, after);
        Ok(())
    }
}

/// `(database, name, arguments, deterministic, direct only, BigInts, start, step, inverse or undefined, result)`.
fn sqlite_aggregate(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    let name = convert::text(scope, args.get(1));
    let bigints = args.get(5).is_true();
    let start = Callback::new(scope, args.get(6), bigints)?;
    let groups = Rc::new(Groups { values: RefCell::default(), start });
    let taking = |callback: Callback| -> SqlStep {
        let groups = Rc::clone(&groups);
        Box::new(move |group, is_new, args| groups.take(&callback, group, is_new, args))
    };
    let step = taking(Callback::new(scope, args.get(7), bigints)?);
    let inverse = if args.get(8).is_function() {
        Some(taking(Callback::new(scope, args.get(8), bigints)?))
    } else {
        None
    };
    let result = Callback::new(scope, args.get(9), bigints)?;
    let own = Rc::clone(&groups);
    let total = Box::new(move |group, is_new, is_over| {
        let value = own.value(group, is_new)?;
        if is_over {
            own.values.borrow_mut().remove(&group);
        }
        result.call(&[&value], &[], result_of)
    });
    let aggregate = SqlAggregate { step, inverse, total };
    let added = databases(scope).aggregate(number(&args, 0), &name, signature(&args), aggregate);
    settle(scope, added)
}

/// `(database, function or null)`: `function(action, …names) → decision`.
fn sqlite_authorize(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    /// SQLITE_DENY.
    const DENY: i32 = 1;
    let databases = databases(scope);
    if args.get(1).is_null() {
        databases.authorize(number(&args, 0), None);
        return Ok(());
    }
    let callback = Callback::new(scope, args.get(1), false)?;
    let decision = Cell::new(DENY);
    let authorizer = Box::new(move |action, names: [Option<String>; 4]| {
        let mut values = vec![SqlValue::Int(i64::from(action))];
        values.extend(names.into_iter().map(|name| name.map_or(SqlValue::Null, SqlValue::Text)));
        decision.set(DENY);
        // What was thrown is thrown on when the statement has failed.
        drop(callback.call(&[], &values, |_, value| {
            decision.set(convert::int(value));
            Ok(())
        }));
        decision.get()
    });
    databases.authorize(number(&args, 0), Some(authorizer));
    Ok(())
}
