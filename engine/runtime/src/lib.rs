//! The JavaScript runtime of Loopscope: V8, an event loop in libuv's order and Node.js's built-in modules.
