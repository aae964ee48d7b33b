//! Machine addresses that tell one call site from another, far cheaper than a stack trace with lines and names.
//!
//! The addresses come from V8's interface for sampling profilers (`v8-isolate.h`, `Isolate::GetStackSample`), which
//! walks frames without looking anything up. The `v8` crate does not wrap it, so it is declared here by its C++ name;
//! where names are made another way (Windows) there are no addresses, and whoever asks falls back to stack traces.

use std::cell::Cell;
#[cfg(not(windows))]
use std::cell::{OnceCell, RefCell};

#[cfg(not(windows))]
use super::frames::Frames;
use crate::trace::{CallSite, DirectCall};

/// Tells the call sites of one isolate apart.
///
/// The same addresses mean the same places until V8 collects old objects, when code can move or make room for other code.
pub struct CallSites {
    #[cfg(not(windows))]
    above: usize,
    #[cfg(not(windows))]
    frames: OnceCell<RefCell<Frames>>,
    /// Sites that were known again.
    known: Cell<u32>,
}

impl CallSites {
    /// Those of a run on this stack, of which all frames of JavaScript will lie below the address `above`.
    #[cfg_attr(windows, expect(unused_variables, reason = "the stack is not read there"))]
    pub fn below(above: usize) -> Self {
        Self {
            #[cfg(not(windows))]
            above,
            #[cfg(not(windows))]
            frames: OnceCell::new(),
            known: Cell::new(0),
        }
    }

    /// Whether a site that was known again is to be looked at once more, now and then, to see that it is the one.
    pub fn is_due(&self) -> bool {
        self.known.set(self.known.get().wrapping_add(1));
        self.known.get() % 8 == 1
    }
}

#[cfg(not(windows))]
impl CallSites {
    /// The return addresses of the innermost `depth` frames on the stack, those of bytecode included, if they can be read
    /// from the stack.
    #[inline]
    pub fn read(&self, isolate: &v8::Isolate, depth: usize) -> Option<CallSite> {
        let frames = self.frames.get()?.try_borrow().ok()?;
        // SAFETY: the frames were made with the entries of this isolate, whose thread this is; natives called from
        // JavaScript ask.
        unsafe { frames.site(native::words(isolate), depth) }
    }

    /// As [`CallSites::read`], for a native function that optimized code called directly.
    ///
    /// # Safety
    /// `call` is the call of the native function that asks, on the isolate's own thread.
    #[inline]
    pub unsafe fn read_direct(
        &self,
        isolate: &v8::Isolate,
        call: DirectCall,
        depth: usize,
    ) -> Option<CallSite> {
        let frames = self.frames.get()?.try_borrow().ok()?;
        // SAFETY: as above, and as the caller promises.
        unsafe { frames.site_of(call, native::words(isolate), depth) }
    }

    /// As [`CallSites::read_direct`], asked later by the function that made the direct call, in one that it makes as usual.
    pub fn read_again(&self, isolate: &v8::Isolate, call: DirectCall, depth: usize) -> Option<CallSite> {
        let frames = self.frames.get()?.try_borrow().ok()?;
        // SAFETY: as in `read`; what called is still on the stack, since its frame is the same.
        unsafe {
            let isolate = native::words(isolate);
            let is_the_same = frames.caller(isolate)? == call.frame;
            if is_the_same { frames.site_of(call, isolate, depth) } else { None }
        }
    }

    /// As [`CallSites::read`], from V8's own walk, which takes longer; `None` when V8 tells nothing.
    pub fn ask(isolate: &v8::Isolate, depth: usize) -> Option<CallSite> {
        let sampled = native::sample(isolate, depth)?;
        let addresses = &sampled.frames[..sampled.count];
        Some(addresses.iter().fold(CallSite::EMPTY, |site, &address| site.and(address)))
    }

    /// How many addresses [`CallSites::read`] must look at to tell the stack's innermost `scripts` functions of scripts from
    /// all others; `None` when it cannot.
    pub fn depth_to_read(&self, isolate: &v8::Isolate, scripts: usize) -> Option<usize> {
        let chain = self.frames.get_or_init(|| RefCell::new(Frames::new(native::code(isolate), self.above)));
        let mut chain = chain.try_borrow_mut().ok()?;
        if chain.is_given_up() {
            return None;
        }
        let sampled = native::sample(isolate, usize::MAX)?;
        let sampled = &sampled.frames[..sampled.count];
        // SAFETY: as in `read`.
        unsafe { chain.compare(native::words(isolate), sampled, scripts) }
    }
}

#[cfg(windows)]
impl CallSites {
    /// No addresses are known on this system.
    pub fn read(&self, _isolate: &v8::Isolate, _depth: usize) -> Option<CallSite> {
        None
    }

    /// No addresses are known on this system.
    ///
    /// # Safety
    /// As elsewhere; nothing is read.
    pub unsafe fn read_direct(
        &self,
        _isolate: &v8::Isolate,
        _call: DirectCall,
        _depth: usize,
    ) -> Option<CallSite> {
        None
    }

    /// No addresses are known on this system.
    pub fn read_again(&self, _isolate: &v8::Isolate, _call: DirectCall, _depth: usize) -> Option<CallSite> {
        None
    }

    /// No addresses are known on this system.
    pub fn ask(_isolate: &v8::Isolate, _depth: usize) -> Option<CallSite> {
        None
    }

    /// No addresses are known on this system.
    pub fn depth_to_read(&self, _isolate: &v8::Isolate, _scripts: usize) -> Option<usize> {
        None
    }
}

/// Where something lies in memory until V8 next collects garbage.
#[inline]
pub fn place_of(value: v8::Local<v8::Value>) -> usize {
    // SAFETY: a handle is a pointer to the word that holds the address (`v8-local-handle.h`), which is only compared.
    unsafe { (&raw const *value).cast::<usize>().read() }
}

/// Where the text of a function begins in its script, counted in UTF-16 units from 0; `None` when it is not known.
#[cfg(not(windows))]
pub fn start_position(function: v8::Local<v8::Function>) -> Option<i32> {
    let position = native::start_position(function);
    (position >= 0).then_some(position)
}

/// Not known on this system.
#[cfg(windows)]
pub fn start_position(_function: v8::Local<v8::Function>) -> Option<i32> {
    None
}

#[cfg(not(windows))]
mod native {
    use std::ffi::c_void;
    use std::ptr;

    use crate::js::frames::Code;
    use crate::js::platform::address;
    use crate::trace::DEPTH;

    /// `v8::RegisterState` of `v8-unwinder.h`.
    #[repr(C)]
    struct RegisterState {
        pc: *mut c_void,
        sp: *mut c_void,
        fp: *mut c_void,
        lr: *mut c_void,
        callee_saved: *mut c_void,
    }

    /// `v8::SampleInfo` of `v8-unwinder.h`.
    #[repr(C)]
    struct SampleInfo {
        frames_count: usize,
        external_callback_entry: *mut c_void,
        context: *mut c_void,
        embedder_context: *mut c_void,
        vm_state: u16,
        embedder_state: u8,
    }

    /// What V8 tells of the stack.
    pub struct Sampled {
        /// The addresses, and zeros.
        pub frames: [usize; DEPTH],
        /// How many there are.
        pub count: usize,
    }

    /// `v8::MemoryRange` of `v8-unwinder.h`, which `v8::JSEntryStub` consists of.
    #[repr(C)]
    #[derive(Clone, Copy)]
    struct MemoryRange {
        start: usize,
        length: usize,
    }

    /// `v8::JSEntryStubs` of `v8-unwinder.h`.
    #[repr(C)]
    struct JSEntryStubs {
        entry: MemoryRange,
        construct_entry: MemoryRange,
        run_microtasks_entry: MemoryRange,
    }

    unsafe extern "C" {
        /// `v8::JSEntryStubs v8::Isolate::GetJSEntryStubs()`
        #[link_name = "_ZN2v87Isolate15GetJSEntryStubsEv"]
        fn get_js_entry_stubs(isolate: v8::UnsafeRawIsolatePtr) -> JSEntryStubs;

        /// `void v8::Isolate::GetStackSample(const RegisterState&, void**, size_t, SampleInfo*)`
        #[link_name = "_ZN2v87Isolate14GetStackSampleERKNS_13RegisterStateEPPvmPNS_10SampleInfoE"]
        fn get_stack_sample(
            isolate: v8::UnsafeRawIsolatePtr,
            state: *const RegisterState,
            frames: *mut usize,
            limit: usize,
            info: *mut SampleInfo,
        );

        /// `void v8::Isolate::GetEmbeddedCodeRange(const void**, size_t*)`
        #[link_name = "_ZN2v87Isolate20GetEmbeddedCodeRangeEPPKvPm"]
        fn get_embedded_code_range(isolate: v8::UnsafeRawIsolatePtr, start: *mut usize, size: *mut usize);

        /// `int v8::Function::GetScriptStartPosition() const`
        #[link_name = "_ZNK2v88Function22GetScriptStartPositionEv"]
        fn get_script_start_position(function: *const v8::Function) -> i32;
    }

    pub fn start_position(function: v8::Local<v8::Function>) -> i32 {
        // SAFETY: a handle is a pointer to the slot that V8's methods expect as `this`; the method only reads.
        unsafe { get_script_start_position(&raw const *function) }
    }

    /// The isolate as machine words.
    pub fn words(isolate: &v8::Isolate) -> *const usize {
        ptr::with_exposed_provenance(address(isolate))
    }

    /// The code that V8 brings along.
    pub fn code(isolate: &v8::Isolate) -> Code {
        let (mut start, mut size) = (0, 0);
        // SAFETY: the isolate is alive; what is returned is laid out as the header has it.
        let stubs = unsafe {
            let isolate = isolate.as_raw_isolate_ptr();
            get_embedded_code_range(isolate, &raw mut start, &raw mut size);
            get_js_entry_stubs(isolate)
        };
        let entries = [stubs.entry, stubs.construct_entry, stubs.run_microtasks_entry]
            .map(|code| (code.start, code.start + code.length));
        Code { entries, size }
    }

    pub fn sample(isolate: &v8::Isolate, depth: usize) -> Option<Sampled> {
        let mut frames = [0; DEPTH];
        let here = (&raw const frames).cast_mut().cast::<c_void>();
        // V8 starts at the exit frame it made when it called us; of our own registers it only needs where the stack ends.
        let state = RegisterState {
            pc: ptr::null_mut(),
            sp: here,
            fp: here,
            lr: ptr::null_mut(),
            callee_saved: ptr::null_mut(),
        };
        let mut info = SampleInfo {
            frames_count: 0,
            external_callback_entry: ptr::null_mut(),
            context: ptr::null_mut(),
            embedder_context: ptr::null_mut(),
            vm_state: 0,
            embedder_state: 0,
        };
        // SAFETY: the two structures are laid out as the header of this very V8 has them; `frames` has room for `DEPTH`
        // addresses; this is the isolate's thread, which does nothing else meanwhile. V8 only reads the stack above `sp`.
        unsafe {
            let isolate = isolate.as_raw_isolate_ptr();
            get_stack_sample(isolate, &raw const state, frames.as_mut_ptr(), depth.min(DEPTH), &raw mut info);
        }
        let count = info.frames_count.min(DEPTH);
        (count > 0).then_some(Sampled { frames, count })
    }
}
