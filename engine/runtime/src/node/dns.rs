//! Ops of `dns` that the system answers.

use crate::host::{DnsRequest, Request};
use crate::js::convert;
use crate::js::ops::{self as op, Args, OpDecl, OpResult, Ret};
use crate::ops;

/// The table.
pub const OPS: &[OpDecl] = ops![dns_hosts, dns_lookup, dns_servers, dns_service];

/// `(name or address, callback) → addresses or names in the file of hosts`.
fn dns_hosts(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let name = convert::text(scope, args.get(0));
    op::request(scope, Request::Dns(DnsRequest::Hosts { name }), args.get(1), ret)
}

/// `(name, family, hints, callback) → addresses`.
fn dns_lookup(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let host = convert::text(scope, args.get(0));
    let family = u8::try_from(convert::int(args.get(1))).unwrap_or(0);
    let hints = convert::int(args.get(2));
    op::request(scope, Request::Dns(DnsRequest::Lookup { host, family, hints }), args.get(3), ret)
}

/// `() → addresses of name servers`.
fn dns_servers(scope: &mut v8::PinScope, _args: Args, ret: Ret) -> OpResult {
    let undefined = v8::undefined(scope).into();
    op::request(scope, Request::Dns(DnsRequest::Servers), undefined, ret)
}

/// `(address, port, callback) → [name, service]`.
fn dns_service(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let address = convert::text(scope, args.get(0));
    let port = u16::try_from(convert::int(args.get(1))).unwrap_or(0);
    op::request(scope, Request::Dns(DnsRequest::Service { address, port }), args.get(2), ret)
}
