//! Traces of Node, whatever they hold.
#![no_main]

use libfuzzer_sys::fuzz_target;
use loopscope_trace::node_trace::read_node_trace;

fuzz_target!(|bytes: &[u8]| drop(read_node_trace(bytes)));
