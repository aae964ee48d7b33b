//! Memory of scripts that operations look at where it is.

use std::sync::Arc;

use crate::host::request::{Content, Memory};

/// Fewer bytes are copied: that takes no longer than to hold on to them.
const FEW: usize = 8 * 1024;

/// Some bytes of an ArrayBuffer.
struct Part {
    store: v8::SharedRef<v8::BackingStore>,
    offset: usize,
    length: usize,
}

// SAFETY: V8 counts the owners of a backing store with atomic numbers and frees it on whatever thread the last one ends, as
// its own collector does on threads of its own (`v8-array-buffer.h`). Nothing here is written to.
unsafe impl Send for Part {}
// SAFETY: as above.
unsafe impl Sync for Part {}

// SAFETY: a backing store whose length cannot change has one place in memory as long as it is owned, which `store` does
// when the ArrayBuffer is collected or transferred meanwhile. The part lies inside, as `content` has seen to.
unsafe impl Memory for Part {
    fn bytes(&self) -> *const [u8] {
        let start =
            self.store.data().map_or(std::ptr::null(), |start| start.as_ptr().cast_const().cast::<u8>());
        std::ptr::slice_from_raw_parts(start.wrapping_add(self.offset), self.length)
    }
}

/// The bytes of a view where they are; `None` of anything else, and of what is to be copied.
pub fn content(scope: &v8::PinScope, value: v8::Local<v8::Value>) -> Option<Content> {
    let view = v8::Local::<v8::ArrayBufferView>::try_from(value).ok()?;
    let (offset, length) = (view.byte_offset(), view.byte_length());
    if length < FEW {
        return None;
    }
    let store = view.buffer(scope)?.get_backing_store();
    let is_inside = offset.checked_add(length).is_some_and(|end| end <= store.byte_length());
    if !is_inside || store.is_resizable_by_user_javascript() {
        return None;
    }
    Some(Content::Elsewhere(Arc::new(Part { store, offset, length })))
}
