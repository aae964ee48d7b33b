//! Ops of the module `v8`: what the engine says of its heap, and its flags.

use crate::host::Response;
use crate::js::ops::{Args, OpDecl, OpError, OpResult, Ret};
use crate::js::state::State;
use crate::js::{collections, convert, lasting, memory};
use crate::ops;

/// The table.
pub const OPS: &[OpDecl] = ops![
    gc_profile,
    gc_unwatch,
    gc_watch,
    heap_code_statistics,
    heap_flags_set,
    heap_spaces,
    heap_statistics,
    heap_version_tag,
    heap_is_one_byte,
    heap_near_limit,
    heap_snapshot,
];

fn numbers(scope: &mut v8::PinScope, numbers: &[usize], ret: Ret) -> OpResult {
    let value = Response::Numbers(numbers.iter().map(|&number| number as f64).collect());
    ret.set(convert::response(scope, value).ok_or(OpError::Thrown)?);
    Ok(())
}

/// `() → Float64Array` in the order of `v8.getHeapStatistics()`.
fn heap_statistics(scope: &mut v8::PinScope, _args: Args, ret: Ret) -> OpResult {
    let heap = scope.get_heap_statistics();
    let all = [
        heap.total_heap_size(),
        heap.total_heap_size_executable(),
        heap.total_physical_size(),
        heap.total_available_size(),
        heap.used_heap_size(),
        heap.heap_size_limit(),
        heap.malloced_memory(),
        heap.peak_malloced_memory(),
        usize::from(heap.does_zap_garbage()),
        heap.number_of_native_contexts(),
        heap.number_of_detached_contexts(),
        heap.total_global_handles_size(),
        heap.used_global_handles_size(),
        heap.external_memory(),
        usize::try_from(heap.total_allocated_bytes()).unwrap_or(usize::MAX),
    ];
    numbers(scope, &all, ret)
}

/// `() → [[name, size, used, available, physical], …]`.
fn heap_spaces(scope: &mut v8::PinScope, _args: Args, ret: Ret) -> OpResult {
    let mut spaces = Vec::new();
    for index in 0..scope.number_of_heap_spaces() {
        let Some(space) = scope.get_heap_space_statistics(index) else { continue };
        let sizes = [
            space.space_size(),
            space.space_used_size(),
            space.space_available_size(),
            space.physical_space_size(),
        ];
        let mut row = vec![Response::Text(space.space_name().to_string_lossy().into_owned())];
        row.extend(sizes.iter().map(|&size| Response::Number(size as f64)));
        spaces.push(Response::List(row));
    }
    ret.set(convert::response(scope, Response::List(spaces)).ok_or(OpError::Thrown)?);
    Ok(())
}

/// `() → Float64Array` in the order of `v8.getHeapCodeStatistics()`.
fn heap_code_statistics(scope: &mut v8::PinScope, _args: Args, ret: Ret) -> OpResult {
    let all = scope.get_heap_code_and_metadata_statistics().map_or([0; 4], |code| {
        [
            code.code_and_metadata_size(),
            code.bytecode_and_metadata_size(),
            code.external_script_source_size(),
            code.cpu_profiler_metadata_size(),
        ]
    });
    numbers(scope, &all, ret)
}

/// `(text)`: sets flags of V8 as its command line would.
fn heap_flags_set(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    v8::V8::set_flags_from_string(&convert::text(scope, args.get(0)));
    Ok(())
}

/// `() → number` that differs when cached code of another version or with other flags cannot be used.
fn heap_version_tag(_scope: &mut v8::PinScope, _args: Args, ret: Ret) -> OpResult {
    ret.set_uint32(v8::script_compiler::cached_data_version_tag());
    Ok(())
}

/// `(string) → whether V8 keeps it with one byte per character`.
fn heap_is_one_byte(_scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    ret.set_bool(v8::Local::<v8::String>::try_from(args.get(0)).is_ok_and(|text| text.is_onebyte()));
    Ok(())
}

/// `(begin)`: begins a profile of garbage collections, or ends it: `→ [[kind, microseconds, before, after] …]`, each heap as
/// `[Float64Array, [space, Float64Array …]]`.
fn gc_profile(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let state = State::of(scope);
    if let Some(list) = collections::profile(scope, &state, args.get(0).is_true()) {
        ret.set(convert::response(scope, list).ok_or(OpError::Thrown)?);
    }
    Ok(())
}

/// `(callback)`: it is called with `(null, [kind, flags, start, duration])` for every collection.
fn gc_watch(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    let state = State::of(scope);
    let callback = convert::function(args.get(0))?;
    let op = lasting::open(scope, &state, ("gc", "PERFORMANCEGC"), "", callback, false);
    if let Some(before) = collections::watch(scope, &state, Some(op)) {
        state.finish(before);
    }
    Ok(())
}

/// `()`: ends what `gc_watch` began.
fn gc_unwatch(scope: &mut v8::PinScope, _args: Args, _ret: Ret) -> OpResult {
    let state = State::of(scope);
    if let Some(op) = collections::watch(scope, &state, None) {
        state.finish(op);
    }
    Ok(())
}

/// `(count)`: so many snapshots are written when the heap comes close to its limit.
fn heap_near_limit(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    State::of(scope).near_limit.set((convert::number(args.get(0)) as u32, 0));
    Ok(())
}

/// `() → Uint8Array`: a snapshot of the heap as JSON.
fn heap_snapshot(scope: &mut v8::PinScope, _args: Args, ret: Ret) -> OpResult {
    let bytes = memory::snapshot(scope);
    ret.set(convert::response(scope, Response::Bytes(bytes)).ok_or(OpError::Thrown)?);
    Ok(())
}
