//! Ops of `os`.

use crate::host::{Request, SystemRequest};
use crate::js::convert;
use crate::js::ops::{self as op, Args, OpDecl, OpResult, Ret};
use crate::ops;

/// The table.
pub const OPS: &[OpDecl] = ops![
    os_cpus,
    os_get_priority,
    os_interfaces,
    os_load_average,
    os_memory,
    os_parallelism,
    os_set_priority,
    os_system_names,
    os_uptime,
    os_user,
];

fn answer(scope: &mut v8::PinScope, request: SystemRequest, ret: Ret) -> OpResult {
    let undefined = v8::undefined(scope).into();
    op::request(scope, Request::System(request), undefined, ret)
}

/// `() → [[model, speed, user, nice, sys, idle, irq], …]`.
fn os_cpus(scope: &mut v8::PinScope, _args: Args, ret: Ret) -> OpResult {
    answer(scope, SystemRequest::Cpus, ret)
}

/// `(pid) → priority`.
fn os_get_priority(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    answer(scope, SystemRequest::GetPriority { pid: convert::int(args.get(0)) }, ret)
}

/// `() → [[name, address, netmask, family, mac, internal, scope, prefix or null], …]`.
fn os_interfaces(scope: &mut v8::PinScope, _args: Args, ret: Ret) -> OpResult {
    answer(scope, SystemRequest::Interfaces, ret)
}

/// `() → [1 minute, 5 minutes, 15 minutes]`.
fn os_load_average(scope: &mut v8::PinScope, _args: Args, ret: Ret) -> OpResult {
    answer(scope, SystemRequest::LoadAverage, ret)
}

/// `() → [total, free]` in bytes.
fn os_memory(scope: &mut v8::PinScope, _args: Args, ret: Ret) -> OpResult {
    answer(scope, SystemRequest::Memory, ret)
}

/// `() → number of processors this process may use`.
fn os_parallelism(scope: &mut v8::PinScope, _args: Args, ret: Ret) -> OpResult {
    answer(scope, SystemRequest::Parallelism, ret)
}

/// `(pid, priority)`.
fn os_set_priority(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let (pid, priority) = (convert::int(args.get(0)), convert::int(args.get(1)));
    answer(scope, SystemRequest::SetPriority { pid, priority }, ret)
}

/// `() → [system, host, release, version, machine]`.
fn os_system_names(scope: &mut v8::PinScope, _args: Args, ret: Ret) -> OpResult {
    answer(scope, SystemRequest::SystemNames, ret)
}

/// `() → seconds`.
fn os_uptime(scope: &mut v8::PinScope, _args: Args, ret: Ret) -> OpResult {
    answer(scope, SystemRequest::Uptime, ret)
}

/// `() → [uid, gid, name, home, shell]`, the last three as bytes.
fn os_user(scope: &mut v8::PinScope, _args: Args, ret: Ret) -> OpResult {
    answer(scope, SystemRequest::User, ret)
}
