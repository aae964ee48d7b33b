//! V8 itself, once per process.

use std::sync::Once;

static START: Once = Once::new();

/// Starts V8. Must be called on the main thread before any isolate is made; later calls do nothing.
///
/// `flags` are V8's own options (`--max-old-space-size=100`); those it does not know are returned.
pub fn initialize(flags: &[String]) -> Vec<String> {
    let mut unknown = Vec::new();
    START.call_once(|| {
        if !flags.is_empty() {
            let arguments = std::iter::once("loopscope".to_owned()).chain(flags.iter().cloned()).collect();
            unknown = v8::V8::set_flags_from_command_line(arguments).split_off(1);
        }
        // The runtime's isolates live on threads of their own, which protected allocations do not allow.
        let platform = v8::new_unprotected_default_platform(0, false).make_shared();
        v8::V8::initialize_platform(platform);
        v8::V8::initialize();
    });
    unknown
}
