//! Ops of `navigator.locks`.

use super::port::number;
use crate::js::ops::{Args, OpDecl, OpError, OpResult, Ret};
use crate::js::state::State;
use crate::js::web_locks::{Demand, News, Request};
use crate::js::{convert, lasting};
use crate::ops;

/// The table.
pub const OPS: &[OpDecl] = ops![locks_listen, locks_news, locks_query, locks_release, locks_request];

/// `(callback)`: `callback(null)` when something from another thread changed what this one asked for; [`locks_news`] then
/// has it. Does not keep the loop alive.
fn locks_listen(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    let state = State::of(scope);
    let callback = convert::function(args.get(0))?;
    let id = lasting::open(scope, &state, ("LockManager", "LOCKMANAGER"), "", callback, false);
    state.locks.listen(state.host.borrow().reporter(), id);
    Ok(())
}

/// `() → [number …]`: requests that have their locks now, and with a minus those that have theirs no more.
fn locks_news(scope: &mut v8::PinScope, _args: Args, ret: Ret) -> OpResult {
    let numbers: Vec<v8::Local<v8::Value>> = State::of(scope)
        .locks
        .news()
        .into_iter()
        .map(|news| match news {
            News::Granted(id) => v8::Number::new(scope, id as f64).into(),
            News::Stolen(id) => v8::Number::new(scope, -(id as f64)).into(),
        })
        .collect();
    ret.set(v8::Array::new_with_elements(scope, &numbers).into());
    Ok(())
}

/// `() → [held, pending]`, each `[name, is shared, client …]`.
fn locks_query(scope: &mut v8::PinScope, _args: Args, ret: Ret) -> OpResult {
    let (held, pending) = State::of(scope).locks.query();
    let lists = [held, pending].map(|requests| {
        let mut values: Vec<v8::Local<v8::Value>> = Vec::with_capacity(requests.len() * 3);
        for Request { name, is_shared, client_name, .. } in &requests {
            values.push(convert::string(scope, name).into());
            values.push(v8::Boolean::new(scope, *is_shared).into());
            values.push(convert::string(scope, client_name).into());
        }
        v8::Array::new_with_elements(scope, &values).into()
    });
    ret.set(v8::Array::new_with_elements(scope, &lists).into());
    Ok(())
}

/// `(number)`: gives the lock back, or takes back the request for it.
fn locks_release(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    State::of(scope).locks.release(convert::number(args.get(0)) as u64);
    Ok(())
}

/// `(name, is shared, 0 to wait or 1 for at once or 2 to steal, client) → number` of the request, 0 when it is not free.
fn locks_request(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let demand = match number(args.get(2)) {
        0 => Demand::Wait,
        1 => Demand::IfAvailable,
        2 => Demand::Steal,
        other => return Err(OpError::Type(format!("there is no demand {other}"))),
    };
    let name = convert::text(scope, args.get(0));
    let client = convert::text(scope, args.get(3));
    let id = State::of(scope).locks.request(name, args.get(1).is_true(), demand, client);
    ret.set_double(id.unwrap_or(0) as f64);
    Ok(())
}
