//! Addresses as the system takes and gives them.

use std::net::{IpAddr, Ipv6Addr, SocketAddr, SocketAddrV6};
use std::os::unix::ffi::{OsStrExt as _, OsStringExt as _};

use socket2::{SockAddr, SockAddrStorage, socklen_t};

use super::super::errno::error;
use crate::host::request::NetAddress;
use crate::host::{HostError, Response};

/// The number of a network interface, given by name or number; 0 when there is none.
fn zone_number(zone: &str) -> u32 {
    if let Ok(number) = zone.parse() {
        return number;
    }
    let Ok(name) = std::ffi::CString::new(zone) else { return 0 };
    // SAFETY: the name is a NUL-terminated string.
    unsafe { libc::if_nametoindex(name.as_ptr()) }
}

/// The name of a network interface, or its number where it has none.
fn zone_name(number: u32) -> String {
    let mut name = [0_u8; libc::IF_NAMESIZE];
    // SAFETY: the buffer has the length the call asks for.
    let found = unsafe { libc::if_indextoname(number, name.as_mut_ptr().cast()) };
    let end = name.iter().position(|&byte| byte == 0).unwrap_or(0);
    if found.is_null() { number.to_string() } else { String::from_utf8_lossy(&name[..end]).into_owned() }
}

/// An IP address with its zone.
pub fn parse_ip(host: &str, port: u16) -> Option<SocketAddr> {
    if let Ok(ip) = host.parse::<IpAddr>() {
        return Some(SocketAddr::new(ip, port));
    }
    let (address, zone) = host.split_once('%')?;
    let ip: Ipv6Addr = address.parse().ok()?;
    Some(SocketAddr::V6(SocketAddrV6::new(ip, port, 0, zone_number(zone))))
}

/// The address for the system.
///
/// # Errors
/// EINVAL for what is no address, ENAMETOOLONG for a long path.
pub fn system(address: &NetAddress, syscall: &str) -> Result<SockAddr, HostError> {
    match address {
        NetAddress::Ip { host, port } => {
            parse_ip(host, *port).map(SockAddr::from).ok_or_else(|| error(libc::EINVAL, syscall, None, None))
        }
        NetAddress::Path(path) => {
            if path.len() > 107 {
                return Err(error(libc::EINVAL, syscall, None, None));
            }
            SockAddr::unix(std::ffi::OsStr::from_bytes(path))
                .map_err(|failed| error(failed.raw_os_error().unwrap_or(libc::EINVAL), syscall, None, None))
        }
    }
}

/// The parts of an address.
pub fn response(address: &SockAddr) -> Response {
    if let Some(address) = address.as_socket() {
        let (host, family) = match address {
            SocketAddr::V4(address) => (address.ip().to_string(), "IPv4"),
            SocketAddr::V6(address) if address.scope_id() != 0 => {
                (format!("{}%{}", address.ip(), zone_name(address.scope_id())), "IPv6")
            }
            SocketAddr::V6(address) => (address.ip().to_string(), "IPv6"),
        };
        let port = f64::from(address.port());
        return Response::List(vec![
            Response::Text(host),
            Response::Number(port),
            Response::Text(family.to_owned()),
        ]);
    }
    let path = address.as_pathname().map(|path| path.as_os_str().as_bytes().to_vec());
    let path = path.or_else(|| {
        let name = address.as_abstract_namespace()?;
        Some([b"\0", name].concat())
    });
    let path = std::ffi::OsString::from_vec(path.unwrap_or_default());
    Response::List(vec![Response::Text(path.to_string_lossy().into_owned())])
}

/// What getsockname(2) or getpeername(2) says of a descriptor.
///
/// # Errors
/// What the call failed with.
pub fn of_descriptor(fd: i32, peer: bool) -> Result<SockAddr, HostError> {
    let mut storage = SockAddrStorage::zeroed();
    let mut length = storage.size_of();
    // SAFETY: an all-zero storage is a valid one for any kind of address.
    let place = unsafe { storage.view_as::<libc::sockaddr_storage>() };
    let place: *mut libc::sockaddr = std::ptr::from_mut(place).cast();
    // SAFETY: the storage is valid for writing and `length` is its size.
    let failed = unsafe {
        if peer {
            libc::getpeername(fd, place, &raw mut length)
        } else {
            libc::getsockname(fd, place, &raw mut length)
        }
    };
    if failed < 0 {
        let call = if peer { "getpeername" } else { "getsockname" };
        return Err(super::super::errno::last_error(call, None, None));
    }
    let length: socklen_t = length;
    // SAFETY: the system has filled the storage with an address of this length.
    Ok(unsafe { SockAddr::new(storage, length) })
}
