//! Plain objects, told by what V8's description of an object says of it.
//!
//! V8's interface only answers questions like "is it a Map?", one call each, and a plain object is what none of them is true
//! of. Every object begins with a pointer to its map, and every map says by a number what kind of thing it is for
//! (`v8-internal.h`). The number of plain objects is learned from some, and used if no other kind has it; else V8 is asked.

use std::sync::OnceLock;

/// What pointers to objects have that small integers have not (`v8-internal.h`, `kHeapObjectTag`).
const TAG: usize = 1;

/// Where in a map the number stands (`v8-internal.h`, `kMapInstanceTypeOffset` without pointer compression).
const NUMBER: usize = 12;

/// The number of plain objects, once something was learned; `None` in it when there is none to rely on.
static PLAIN: OnceLock<Option<u16>> = OnceLock::new();

/// Learns the number, the first time. It is the same in all isolates.
pub fn learn(scope: &v8::PinScope) {
    PLAIN.get_or_init(|| find(scope));
}

fn find(scope: &v8::PinScope) -> Option<u16> {
    if cfg!(not(target_pointer_width = "64")) {
        return None;
    }
    let plain = number(v8::Object::new(scope).into())?;
    let null = v8::null(scope).into();
    let bare = v8::Object::with_prototype_and_properties(scope, null, &[], &[]);
    let message = v8::String::empty(scope);
    let others: [v8::Local<v8::Value>; 7] = [
        v8::Array::new(scope, 0).into(),
        v8::Map::new(scope).into(),
        v8::Set::new(scope).into(),
        v8::Date::new(scope, 0.0)?.into(),
        v8::Exception::error(scope, message),
        v8::ArrayBuffer::new(scope, 0).into(),
        v8::PromiseResolver::new(scope)?.get_promise(scope).into(),
    ];
    let is_theirs = number(bare.into()) == Some(plain);
    (is_theirs && others.iter().all(|&other| number(other).is_some_and(|number| number != plain)))
        .then_some(plain)
}

/// Whether this is known to be a plain object, or an instance of a class that builds on nothing of the language's own.
/// False says nothing.
#[inline]
pub fn is_known(value: v8::Local<v8::Value>) -> bool {
    PLAIN.get().copied().flatten().is_some_and(|plain| number(value) == Some(plain))
}

/// The number in the map of an object; `None` of a small integer.
#[inline]
fn number(value: v8::Local<v8::Value>) -> Option<u16> {
    // SAFETY: a handle points to a slot with a small integer or with the address of an object and the tag of objects;
    // every object begins with the tagged address of its map, which is larger than what is read of it.
    unsafe {
        let slot: *const usize = (&raw const *value).cast();
        let object = slot.read();
        if object & TAG == 0 {
            return None;
        }
        let map = std::ptr::with_exposed_provenance::<usize>(object - TAG).read();
        Some(std::ptr::with_exposed_provenance::<u16>(map - TAG + NUMBER).read())
    }
}
