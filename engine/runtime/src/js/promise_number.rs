//! The numbers that promises carry in their internal field, read where they lie in memory.
//!
//! V8's interface takes as long for one as everything else that is done for a promise. Where the field lies V8's headers do
//! not tell, so that is learned from a promise of which it is known what its field holds; if it cannot be, V8 is asked.

use std::cell::Cell;

/// Machine words of a promise among which the field is.
const WORDS: usize = 8;

/// What pointers to objects have that small integers have not (`v8-internal.h`, `kHeapObjectTag`).
const TAG: usize = 1;

/// Small integers stand in the upper half of a word (`v8-internal.h`, `kSmiShiftSize` without pointer compression).
const SMI: u32 = 32;

/// Two numbers that are no part of anything else.
const MARKS: [u32; 2] = [0x2ead_beef, 0x1cad_f00d];

/// Where the field is.
#[derive(Debug, Default)]
pub struct Numbers {
    /// Which word of a promise it is, once that was learned.
    word: Cell<Option<usize>>,
}

impl Numbers {
    /// Learns where the field is.
    pub fn learn(&self, scope: &mut v8::PinScope) {
        let Some(resolver) = v8::PromiseResolver::new(scope) else { return };
        let promise = resolver.get_promise(scope);
        let found = MARKS.map(|mark| {
            ask_to_keep(scope, promise, mark);
            // SAFETY: a promise is larger than its header and the fields that every promise has, which are `WORDS` words
            // with the last of its internal ones; nothing moves it meanwhile.
            (0..WORDS).find(|&word| unsafe { field(promise, word).read() } == encoded(mark))
        });
        if let [Some(first), Some(second)] = found
            && first == second
        {
            self.word.set(Some(first));
        }
        ask_to_keep(scope, promise, 0);
    }

    /// Whether that is known.
    pub fn are_known(&self) -> bool {
        self.word.get().is_some()
    }

    /// The number of a promise; 0 when it has none, or when only V8 could tell and there is no scope to ask in.
    #[inline]
    pub fn of(&self, scope: Option<&v8::PinScope>, promise: v8::Local<v8::Promise>) -> u32 {
        let Some(word) = self.word.get() else { return scope.map_or(0, |scope| ask(scope, promise)) };
        // SAFETY: that is where every promise has its internal field.
        let value = unsafe { field(promise, word).read() };
        // A field that nobody has written to may hold an object.
        if value & TAG == 0 { (value >> SMI) as u32 } else { 0 }
    }

    /// Gives a promise its number, if that can be done without a scope or there is one.
    #[inline]
    pub fn give(&self, scope: Option<&v8::PinScope>, promise: v8::Local<v8::Promise>, number: u32) {
        match self.word.get() {
            // SAFETY: as above; V8's garbage collector need not hear of small integers.
            Some(word) => unsafe { field(promise, word).write(encoded(number)) },
            None => {
                if let Some(scope) = scope {
                    ask_to_keep(scope, promise, number);
                }
            }
        }
    }
}

#[inline]
fn encoded(number: u32) -> usize {
    (number as usize) << SMI
}

/// A word of the promise.
///
/// # Safety
/// It has so many words.
#[inline]
unsafe fn field(promise: v8::Local<v8::Promise>, word: usize) -> *mut usize {
    // SAFETY: a handle points to a slot with the address of the object and the tag of objects.
    unsafe {
        let slot: *const usize = (&raw const *promise).cast();
        std::ptr::with_exposed_provenance_mut::<usize>(slot.read() - TAG).add(word)
    }
}

fn ask(scope: &v8::PinScope, promise: v8::Local<v8::Promise>) -> u32 {
    let field = v8::Local::<v8::Object>::from(promise).get_internal_field(scope, 0);
    let number = field.and_then(|data| v8::Local::<v8::Value>::try_from(data).ok());
    number.and_then(|value| v8::Local::<v8::Uint32>::try_from(value).ok()).map_or(0, |number| number.value())
}

fn ask_to_keep(scope: &v8::PinScope, promise: v8::Local<v8::Promise>, number: u32) {
    let number = v8::Integer::new_from_unsigned(scope, number);
    v8::Local::<v8::Object>::from(promise).set_internal_field(0, number.into());
}
