//! Ops of `process`.

use loopscope_protocol::{EventKind, ExitReason};

use crate::host::{HostError, Request, Response, SystemRequest};
use crate::js::error::EXIT_ABORTED;
use crate::js::ops::{self as op, Args, OpDecl, OpError, OpResult, Ret};
use crate::js::state::State;
use crate::js::{convert, trace};
use crate::ops;

/// The table.
pub const OPS: &[OpDecl] = ops![
    active_resources,
    env_all,
    env_set,
    heap_usage,
    memory_limits,
    process_abort,
    process_chdir,
    process_cpu_usage,
    process_cwd,
    process_execve,
    process_exit,
    process_facts,
    process_kill,
    process_resource_usage,
    process_rss,
    process_umask,
    process_uptime,
    process_user_ids,
    signal_watch,
    time_now_ns,
    time_wall_ms,
    time_zone_changed,
    trace_exception,
];

/// Does a request at once.
fn answer(scope: &mut v8::PinScope, request: SystemRequest, ret: Ret) -> OpResult {
    let undefined = v8::undefined(scope).into();
    op::request(scope, Request::System(request), undefined, ret)
}

fn ask(state: &State, request: SystemRequest) -> Result<Response, HostError> {
    state.call(Request::System(request))
}

/// `() → a name for each operation in flight that keeps the loop alive`.
fn active_resources(scope: &mut v8::PinScope, _args: Args, ret: Ret) -> OpResult {
    let state = State::of(scope);
    let mut found: Vec<_> = {
        let pending = state.pending.borrow();
        pending.iter().filter(|entry| entry.1.refd).map(|entry| (*entry.0, entry.1.name)).collect()
    };
    found.sort_unstable();
    let names = found.into_iter().flat_map(|entry| resources(entry.1)).copied();
    let names: Vec<v8::Local<v8::Value>> = names.map(|name| convert::name(scope, name).into()).collect();
    ret.set(v8::Array::new_with_elements(scope, &names).into());
    Ok(())
}

/// What Node.js calls that which waits for an operation.
fn resources(operation: &str) -> &'static [&'static str] {
    match operation {
        "dns.lookup" => &["GetAddrInfoReqWrap"],
        "dns.lookupService" => &["GetNameInfoReqWrap"],
        "dgram.send" => &["SendWrap"],
        "dgram.socket" => &["UDPWrap"],
        "fs.watch" => &["FSEventWrap"],
        "net.connect" => &["TCPSocketWrap", "ConnectWrap"],
        "net.end" => &["ShutdownWrap"],
        "net.server" => &["TCPServerWrap"],
        "net.socket" => &["TCPSocketWrap"],
        "net.write" => &["WriteWrap"],
        "child" => &["ProcessWrap"],
        "MessagePort" => &["MessagePort"],
        "worker" => &["Worker"],
        _ => &["FSReqCallback"],
    }
}

/// `() → [name, value, name, value …]`.
fn env_all(scope: &mut v8::PinScope, _args: Args, ret: Ret) -> OpResult {
    answer(scope, SystemRequest::Environment, ret)
}

/// `(name, value or null)`.
fn env_set(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let name = convert::text(scope, args.get(0));
    let value = (!args.get(1).is_null()).then(|| convert::text(scope, args.get(1)));
    answer(scope, SystemRequest::SetEnvironment { name, value }, ret)
}

/// `() → [heap total, heap used, external, array buffers]` in bytes.
fn heap_usage(scope: &mut v8::PinScope, _args: Args, ret: Ret) -> OpResult {
    let heap = scope.get_heap_statistics();
    let numbers =
        [heap.total_heap_size(), heap.used_heap_size(), heap.external_memory(), heap.malloced_memory()];
    let value = Response::Numbers(numbers.iter().map(|&bytes| bytes as f64).collect());
    ret.set(convert::response(scope, value).ok_or(OpError::Thrown)?);
    Ok(())
}

/// `() → [available, constrained, total]` in bytes.
fn memory_limits(scope: &mut v8::PinScope, _args: Args, ret: Ret) -> OpResult {
    answer(scope, SystemRequest::MemoryLimits, ret)
}

/// `()`: ends the process with SIGABRT, or the run where the process has other things to do.
fn process_abort(scope: &mut v8::PinScope, _args: Args, _ret: Ret) -> OpResult {
    let state = State::of(scope);
    ask(&state, SystemRequest::Abort)?;
    state.exit_reason.set(ExitReason::Aborted);
    end(scope, &state, EXIT_ABORTED)
}

/// Ends the run at once.
fn end(scope: &mut v8::PinScope, state: &State, code: i32) -> OpResult {
    state.exit.set(Some(code));
    if state.exit_reason.get() == ExitReason::NothingLeft {
        state.exit_reason.set(ExitReason::ProcessExit);
    }
    if let Some(inspector) = state.inspector() {
        inspector.before_exit(state);
        inspector.farewell(state, scope.get_current_context());
    }
    state.compile_cache.flush(scope, state);
    trace::report_exit(scope, state, code);
    state.workers.stop_all();
    ask(state, SystemRequest::Exit { code })?;
    scope.terminate_execution();
    Ok(())
}

/// `(path)`.
fn process_chdir(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let path = convert::text(scope, args.get(0));
    answer(scope, SystemRequest::Chdir { path }, ret)
}

/// `() → [user, system]` in microseconds.
fn process_cpu_usage(scope: &mut v8::PinScope, _args: Args, ret: Ret) -> OpResult {
    answer(scope, SystemRequest::CpuUsage, ret)
}

/// `() → path`.
fn process_cwd(scope: &mut v8::PinScope, _args: Args, ret: Ret) -> OpResult {
    answer(scope, SystemRequest::Cwd, ret)
}

/// `(code, reason)`: ends the run, because of an exception (1), a rejection (2) or because the script wants it. Where the
/// host is the process itself, this does not return; elsewhere JavaScript is interrupted.
fn process_exit(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    let state = State::of(scope);
    match convert::int(args.get(1)) {
        1 => state.exit_reason.set(ExitReason::UncaughtException),
        2 => state.exit_reason.set(ExitReason::UnhandledRejection),
        _ => {}
    }
    end(scope, &state, convert::int(args.get(0)))
}

/// `(path, [arguments], [NAME=value …])`: another program takes the place of this one.
fn process_execve(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let path = convert::text(scope, args.get(0));
    let (arguments, environment) = (convert::texts(scope, args.get(1))?, convert::texts(scope, args.get(2))?);
    answer(scope, SystemRequest::Execute { path, args: arguments, environment }, ret)
}

/// `() → { execPath, argv0, pid, ppid, title, argv, execArgv, arch, platform, version, nodeVersion,
/// v8Version }`.
fn process_facts(scope: &mut v8::PinScope, _args: Args, ret: Ret) -> OpResult {
    let state = State::of(scope);
    let path = ask(&state, SystemRequest::ExecutablePath)?;
    let name = ask(&state, SystemRequest::InvokedAs)?;
    let (pid, ppid) = match ask(&state, SystemRequest::ProcessIds)? {
        Response::Numbers(ids) => (ids.first().copied().unwrap_or(0.0), ids.get(1).copied().unwrap_or(0.0)),
        _ => (0.0, 0.0),
    };
    let file = match &state.options.main {
        crate::options::Main::File(path) => Some(path.clone()),
        _ => None,
    };
    let texts = |list: &[String]| Response::List(list.iter().cloned().map(Response::Text).collect());
    let argv: Vec<String> = file.into_iter().chain(state.options.args.iter().cloned()).collect();
    let facts = [
        ("execPath", path),
        ("title", name.clone()),
        ("argv0", name),
        ("pid", Response::Number(pid)),
        ("ppid", Response::Number(ppid)),
        ("argv", texts(&argv)),
        ("execArgv", texts(&state.options.exec_args)),
        ("arch", Response::Text(node_arch().to_owned())),
        ("platform", Response::Text(node_platform().to_owned())),
        ("version", Response::Text(env!("CARGO_PKG_VERSION").to_owned())),
        ("nodeVersion", Response::Text(crate::NODE_VERSION.to_owned())),
        ("v8Version", Response::Text(v8::VERSION_STRING.to_owned())),
        ("sqliteVersion", Response::Text(libsqlite3_sys::SQLITE_VERSION.to_string_lossy().into_owned())),
    ];
    let object = v8::Object::new(scope);
    for (key, value) in facts {
        let key = convert::name(scope, key);
        let value = convert::response(scope, value).ok_or(OpError::Thrown)?;
        object.set(scope, key.into(), value);
    }
    ret.set(object.into());
    Ok(())
}

/// Node's name for the processor (<https://nodejs.org/api/process.html#processarch>).
fn node_arch() -> &'static str {
    match std::env::consts::ARCH {
        "x86_64" => "x64",
        "aarch64" => "arm64",
        "x86" => "ia32",
        other => other,
    }
}

/// Node's name for the system (<https://nodejs.org/api/process.html#processplatform>).
fn node_platform() -> &'static str {
    match std::env::consts::OS {
        "macos" => "darwin",
        "windows" => "win32",
        other => other,
    }
}

/// `(pid, signal number)`.
fn process_kill(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    let (pid, signal) = (convert::int(args.get(0)), convert::int(args.get(1)));
    let state = State::of(scope);
    match ask(&state, SystemRequest::Kill { pid, signal })? {
        Response::Number(code) => end(scope, &state, code as i32),
        _ => Ok(()),
    }
}

/// `(signal number, callback) → id`: `callback(null, number)` for every arrival, until `op_cancel(id)`.
fn signal_watch(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let signal = convert::int(args.get(0));
    op::request(scope, Request::System(SystemRequest::WatchSignal { signal }), args.get(1), ret)
}

/// `()`: the time zone may have changed.
fn time_zone_changed(scope: &mut v8::PinScope, _args: Args, _ret: Ret) -> OpResult {
    scope.date_time_configuration_change_notification(v8::TimeZoneDetection::Redetect);
    Ok(())
}

/// `() → 16 numbers`, as [`SystemRequest::ResourceUsage`] says.
fn process_resource_usage(scope: &mut v8::PinScope, _args: Args, ret: Ret) -> OpResult {
    answer(scope, SystemRequest::ResourceUsage, ret)
}

/// `() → bytes`.
fn process_rss(scope: &mut v8::PinScope, _args: Args, ret: Ret) -> OpResult {
    answer(scope, SystemRequest::ResidentMemory, ret)
}

/// `(mask or null) → previous mask`.
fn process_umask(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let mask = (!args.get(0).is_null()).then(|| convert::number(args.get(0)) as u32);
    answer(scope, SystemRequest::Umask { mask }, ret)
}

/// `() → seconds since the process began`.
fn process_uptime(scope: &mut v8::PinScope, _args: Args, ret: Ret) -> OpResult {
    let state = State::of(scope);
    let nanos = state.host.borrow().now() - state.origin.began;
    ret.set_double(nanos as f64 / 1e9);
    Ok(())
}

/// `() → Float64Array of uid, euid, gid, egid, groups …`.
fn process_user_ids(scope: &mut v8::PinScope, _args: Args, ret: Ret) -> OpResult {
    answer(scope, SystemRequest::UserIds, ret)
}

/// `() → BigInt`: the monotonic clock in nanoseconds.
fn time_now_ns(scope: &mut v8::PinScope, _args: Args, ret: Ret) -> OpResult {
    let now = State::of(scope).host.borrow().now();
    ret.set(v8::BigInt::new_from_u64(scope, now).into());
    Ok(())
}

/// `() → milliseconds since 1970, with fraction`.
fn time_wall_ms(scope: &mut v8::PinScope, _args: Args, ret: Ret) -> OpResult {
    let now = State::of(scope).host.borrow().wall_clock();
    ret.set_double(now as f64 / 1e6);
    Ok(())
}

/// `(error)`: an exception reached the engine.
fn trace_exception(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    let state = State::of(scope);
    if state.tracer.borrow().is_none() {
        return Ok(());
    }
    let (text, place) = trace::describe(scope, args.get(0));
    trace::with(scope, &state, |tracer| {
        let (task, text, place) = (tracer.thrower(), tracer.text_once(&text), place.define(&state, tracer));
        tracer.emit(EventKind::Exception { task, text, place });
    });
    Ok(())
}
