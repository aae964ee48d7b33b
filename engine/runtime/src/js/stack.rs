//! The stack of the running JavaScript as text.

use super::convert;

/// How many frames are shown.
const FRAMES: usize = 10;

/// A line `    at name (file:line:column)` for each frame.
pub fn text(scope: &v8::PinScope) -> String {
    v8::StackTrace::current_stack_trace(scope, FRAMES).map_or_else(String::new, |stack| lines(scope, stack))
}

/// Has messages of uncaught exceptions say where they were thrown.
pub fn keep_thrown(isolate: &mut v8::Isolate) {
    isolate.set_capture_stack_trace_for_uncaught_exceptions(true, FRAMES as i32);
}

/// The same for the frames of a stack.
pub fn lines(scope: &v8::PinScope, stack: v8::Local<v8::StackTrace>) -> String {
    let mut text = String::new();
    for index in 0..stack.get_frame_count() {
        let Some(frame) = stack.get_frame(scope, index) else { continue };
        let script = frame.get_script_name_or_source_url(scope).map(|name| convert::text(scope, name.into()));
        let place =
            format!("{}:{}:{}", script.unwrap_or_default(), frame.get_line_number(), frame.get_column());
        let name = frame.get_function_name(scope).map(|name| convert::text(scope, name.into()));
        match name.filter(|name| !name.is_empty()) {
            Some(name) => text += &format!("    at {name} ({place})\n"),
            None => text += &format!("    at {place}\n"),
        }
    }
    text
}
