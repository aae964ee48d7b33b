//! Machine addresses that tell one call site from another, far cheaper than a stack trace with lines and names.
//!
//! The addresses come from V8's interface for sampling profilers (`v8-isolate.h`, `Isolate::GetStackSample`), which
//! walks frames without looking anything up. The `v8` crate does not wrap it, so it is declared here by its C++ name;
//! where names are made another way (Windows) there are no addresses, and whoever asks falls back to stack traces.

use crate::trace::CallSite;

/// The return addresses of the innermost `depth` frames on the stack, those of bytecode included; `None` when V8 tells
/// nothing.
///
/// The same addresses mean the same places until V8 collects old objects, when code can move or make room for other code.
#[cfg(not(windows))]
pub fn call_site(isolate: &v8::Isolate, depth: usize) -> Option<CallSite> {
    native::sample(isolate, depth)
}

/// No addresses are known on this system.
#[cfg(windows)]
pub fn call_site(_isolate: &v8::Isolate, _depth: usize) -> Option<CallSite> {
    None
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

    use crate::trace::CallSite;

    /// Frames that there is room for.
    const DEPTH: usize = size_of::<CallSite>() / size_of::<usize>();

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

    unsafe extern "C" {
        /// `void v8::Isolate::GetStackSample(const RegisterState&, void**, size_t, SampleInfo*)`
        #[link_name = "_ZN2v87Isolate14GetStackSampleERKNS_13RegisterStateEPPvmPNS_10SampleInfoE"]
        fn get_stack_sample(
            isolate: v8::UnsafeRawIsolatePtr,
            state: *const RegisterState,
            frames: *mut usize,
            limit: usize,
            info: *mut SampleInfo,
        );

        /// `int v8::Function::GetScriptStartPosition() const`
        #[link_name = "_ZNK2v88Function22GetScriptStartPositionEv"]
        fn get_script_start_position(function: *const v8::Function) -> i32;
    }

    pub fn start_position(function: v8::Local<v8::Function>) -> i32 {
        // SAFETY: a handle is a pointer to the slot that V8's methods expect as `this`; the method only reads.
        unsafe { get_script_start_position(&raw const *function) }
    }

    pub fn sample(isolate: &v8::Isolate, depth: usize) -> Option<CallSite> {
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
        (info.frames_count > 0).then_some(CallSite(frames))
    }
}
