//! Rust values that JavaScript holds: a built-in module is handed an External, and the value is dropped when that is
//! collected. Scripts never get to see the External.

use std::any::TypeId;
use std::cell::RefCell;

use super::ops::OpError;

/// What the pointer in the External leads to.
#[repr(C)]
struct Owned<T: 'static> {
    /// First in every one, whatever it holds, so that reading it does not depend on the type.
    kind: TypeId,
    value: RefCell<T>,
    /// Has the value dropped at the end.
    weak: Option<v8::Weak<v8::External>>,
}

/// An External that owns `value`.
pub fn new<'s, T: 'static>(scope: &mut v8::PinScope<'s, '_>, value: T) -> v8::Local<'s, v8::Value> {
    let owned = Box::new(Owned { kind: TypeId::of::<T>(), value: RefCell::new(value), weak: None });
    let pointer = Box::into_raw(owned);
    let external = v8::External::new(scope, pointer.cast());
    let finalizer = Box::new(move || {
        // SAFETY: the pointer came from `Box::into_raw`, and V8 calls the finalizer once, when nobody can reach the
        // External any more.
        drop(unsafe { Box::from_raw(pointer) });
    });
    let weak = v8::Weak::with_guaranteed_finalizer(scope, external, finalizer);
    // SAFETY: the box lives until the finalizer runs, and nothing else refers to it now.
    unsafe { (*pointer).weak = Some(weak) };
    external.into()
}

/// Calls `with` with the value that an External owns. It must not run JavaScript.
///
/// # Errors
/// When `value` is no External, or owns something else.
pub fn with<T: 'static, R>(
    value: v8::Local<v8::Value>,
    with: impl FnOnce(&mut T) -> R,
) -> Result<R, OpError> {
    let wrong = || OpError::Type("an op expected a native object".to_owned());
    let external = v8::Local::<v8::External>::try_from(value).map_err(|_| wrong())?;
    let pointer = external.value().cast::<Owned<T>>();
    // SAFETY: every External of this program is made by `new`, and its value lives as long as it does. The kind comes
    // first in all of them.
    let kind = unsafe { *pointer.cast::<TypeId>() };
    if kind != TypeId::of::<T>() {
        return Err(wrong());
    }
    // SAFETY: the kind says that it is of this type.
    let owned = unsafe { &*pointer };
    let mut borrowed = owned.value.try_borrow_mut().map_err(|_| wrong())?;
    Ok(with(&mut borrowed))
}
