//! Host names as the system knows them.

use std::ffi::{CStr, CString};
use std::net::IpAddr;

use socket2::SockAddr;

use crate::host::request::DnsRequest;
use crate::host::{HostError, Response};

/// Number, name and text of the failures of getaddrinfo(3), as libuv numbers them.
const FAILURES: [(i32, i32, &str, &str); 11] = [
    (libc::EAI_AGAIN, -3001, "EAI_AGAIN", "temporary failure"),
    (libc::EAI_BADFLAGS, -3002, "EAI_BADFLAGS", "bad ai_flags value"),
    (libc::EAI_FAIL, -3004, "EAI_FAIL", "permanent failure"),
    (libc::EAI_FAMILY, -3005, "EAI_FAMILY", "ai_family not supported"),
    (libc::EAI_MEMORY, -3006, "EAI_MEMORY", "out of memory"),
    (libc::EAI_NODATA, -3007, "EAI_NODATA", "no address"),
    (libc::EAI_NONAME, -3008, "EAI_NONAME", "unknown node or service"),
    (libc::EAI_OVERFLOW, -3009, "EAI_OVERFLOW", "argument buffer overflow"),
    (libc::EAI_SERVICE, -3010, "EAI_SERVICE", "service not available for socket type"),
    (libc::EAI_SOCKTYPE, -3011, "EAI_SOCKTYPE", "socket type not supported"),
    (-9, -3000, "EAI_ADDRFAMILY", "address family not supported"),
];

fn failure(code: i32, syscall: &str) -> HostError {
    if code == libc::EAI_SYSTEM {
        return super::errno::last_error(syscall, None, None);
    }
    let known = FAILURES.iter().find(|entry| entry.0 == code);
    let &(_, errno, name, text) = known.unwrap_or(&FAILURES[2]);
    HostError {
        errno,
        code: name.into(),
        message: text.into(),
        syscall: syscall.into(),
        path: None,
        dest: None,
    }
}

/// Answers a question, which may take long.
///
/// # Errors
/// What the system failed with.
pub fn run(request: DnsRequest) -> Result<Response, HostError> {
    match request {
        DnsRequest::Lookup { host, family, hints } => {
            let addresses = look_up(&host, family, hints)?;
            Ok(texts(addresses.into_iter().map(|address| address.to_string())))
        }
        DnsRequest::Service { address, port } => service(&address, port),
        DnsRequest::Servers => Ok(texts(servers().into_iter())),
        DnsRequest::Hosts { name } => Ok(texts(hosts(&name).into_iter())),
    }
}

fn texts(items: impl Iterator<Item = String>) -> Response {
    Response::List(items.map(Response::Text).collect())
}

/// The addresses of a name, each once.
fn look_up(host: &str, family: u8, hints: i32) -> Result<Vec<IpAddr>, HostError> {
    let name = CString::new(host).map_err(|_| failure(libc::EAI_NONAME, "getaddrinfo"))?;
    // SAFETY: addrinfo is plain numbers and pointers, for which zero bytes are valid.
    let mut wanted: libc::addrinfo = unsafe { std::mem::zeroed() };
    wanted.ai_family = match family {
        4 => libc::AF_INET,
        6 => libc::AF_INET6,
        _ => libc::AF_UNSPEC,
    };
    wanted.ai_socktype = libc::SOCK_STREAM;
    wanted.ai_flags = hints;
    let mut list: *mut libc::addrinfo = std::ptr::null_mut();
    // SAFETY: the name and the hints are valid for the call, and the place for the list is.
    let code =
        unsafe { libc::getaddrinfo(name.as_ptr(), std::ptr::null(), &raw const wanted, &raw mut list) };
    if code != 0 {
        return Err(failure(code, "getaddrinfo"));
    }
    let mut found = Vec::new();
    let mut next = list;
    while !next.is_null() {
        // SAFETY: the system made the list, which is not freed yet.
        let entry = unsafe { &*next };
        next = entry.ai_next;
        let address = match entry.ai_family {
            // SAFETY: the family says what kind of address it is.
            libc::AF_INET => {
                let address = unsafe { &*entry.ai_addr.cast::<libc::sockaddr_in>() };
                IpAddr::from(address.sin_addr.s_addr.to_ne_bytes())
            }
            // SAFETY: as above.
            libc::AF_INET6 => {
                let address = unsafe { &*entry.ai_addr.cast::<libc::sockaddr_in6>() };
                IpAddr::from(address.sin6_addr.s6_addr)
            }
            _ => continue,
        };
        if !found.contains(&address) {
            found.push(address);
        }
    }
    // SAFETY: the list came from getaddrinfo and is freed once.
    unsafe { libc::freeaddrinfo(list) };
    Ok(found)
}

fn service(address: &str, port: u16) -> Result<Response, HostError> {
    let address = super::net::parse_ip(address, port).map(SockAddr::from);
    let address = address.ok_or_else(|| failure(libc::EAI_NONAME, "getnameinfo"))?;
    let (mut host, mut service) = ([0_u8; 1025], [0_u8; 32]);
    // SAFETY: the address and both buffers are valid for their lengths.
    let code = unsafe {
        libc::getnameinfo(
            address.as_ptr().cast(),
            address.len(),
            host.as_mut_ptr().cast(),
            host.len() as libc::socklen_t,
            service.as_mut_ptr().cast(),
            service.len() as libc::socklen_t,
            libc::NI_NAMEREQD,
        )
    };
    if code != 0 {
        return Err(failure(code, "getnameinfo"));
    }
    let text = |bytes: &[u8]| {
        CStr::from_bytes_until_nul(bytes).map(|text| text.to_string_lossy().into_owned()).unwrap_or_default()
    };
    Ok(texts([text(&host), text(&service)].into_iter()))
}

/// resolv.conf(5): lines `nameserver ADDRESS`.
fn servers() -> Vec<String> {
    let text = std::fs::read_to_string("/etc/resolv.conf").unwrap_or_default();
    let lines = text.lines().filter_map(|line| line.trim().strip_prefix("nameserver"));
    let found: Vec<String> = lines
        .filter_map(|rest| rest.split_whitespace().next())
        .filter(|address| super::net::parse_ip(address, 53).is_some())
        .map(str::to_owned)
        .collect();
    if found.is_empty() { vec!["127.0.0.1".to_owned()] } else { found }
}

/// hosts(5): lines of an address and its names.
fn hosts(name: &str) -> Vec<String> {
    let text = std::fs::read_to_string("/etc/hosts").unwrap_or_default();
    let address: Option<IpAddr> = name.parse().ok();
    let mut found = Vec::new();
    for line in text.lines() {
        let mut words = line.split('#').next().unwrap_or_default().split_whitespace();
        let Some(first) = words.next() else { continue };
        match address {
            Some(address) if first.parse() == Ok(address) => found.extend(words.map(str::to_owned)),
            None if words.any(|word| word.eq_ignore_ascii_case(name)) => found.push(first.to_owned()),
            _ => {}
        }
    }
    found
}
