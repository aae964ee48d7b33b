//! Making sockets and setting them up.

use std::os::fd::{AsRawFd as _, IntoRawFd as _, OwnedFd};
use std::time::Duration;

use socket2::{SockAddr, SockRef, TcpKeepalive};

use super::super::errno::{error, last_error};
use super::{address, owned};
use crate::host::request::{NetAddress, NetOption};
use crate::host::{HostError, Response};

/// The error of a call of socket2's.
pub fn failed(failed: &std::io::Error, syscall: &str) -> HostError {
    error(failed.raw_os_error().unwrap_or(libc::EIO), syscall, None, None)
}

/// A stream socket for addresses of this kind.
pub fn new(address: &SockAddr) -> Result<OwnedFd, HostError> {
    let kind = libc::SOCK_STREAM | libc::SOCK_NONBLOCK | libc::SOCK_CLOEXEC;
    // SAFETY: touches no memory of ours.
    owned(unsafe { libc::socket(i32::from(address.family()), kind, 0) }, "socket")
}

/// A stream socket with an address of its own.
pub fn bind(address: &NetAddress, ipv6_only: bool, reuse_port: bool) -> Result<OwnedFd, HostError> {
    let to = address::system(address, "bind")?;
    let fd = new(&to)?;
    let socket = SockRef::from(&fd);
    let mut set = Ok(());
    if !to.is_unix() {
        set = socket.set_reuse_address(true);
    }
    if to.is_ipv6() {
        set = set.and_then(|()| socket.set_only_v6(ipv6_only));
    }
    if reuse_port {
        set = set.and_then(|()| socket.set_reuse_port(true));
    }
    set.and_then(|()| socket.bind(&to)).map_err(|error| failed(&error, "bind"))?;
    Ok(fd)
}

/// Begins to listen.
pub fn listen(fd: i32, backlog: i32, access: u32) -> Result<Response, HostError> {
    if access != 0
        && let Ok(name) = address::of_descriptor(fd, false)
        && let Some(path) = name.as_pathname()
    {
        use std::os::unix::ffi::OsStrExt as _;
        let path = std::ffi::CString::new(path.as_os_str().as_bytes());
        let path = path.map_err(|_| error(libc::EINVAL, "chmod", None, None))?;
        // SAFETY: the path is a NUL-terminated string.
        if unsafe { libc::chmod(path.as_ptr(), access) } < 0 {
            return Err(last_error("chmod", None, None));
        }
    }
    // SAFETY: touches no memory of ours.
    if unsafe { libc::listen(fd, backlog) } < 0 {
        return Err(last_error("listen", None, None));
    }
    Ok(Response::Unit)
}

/// Begins to connect; true when that was done at once.
pub fn connect(fd: i32, to: &SockAddr) -> Result<bool, HostError> {
    loop {
        // SAFETY: the address is valid for its length.
        if unsafe { libc::connect(fd, to.as_ptr().cast(), to.len()) } == 0 {
            return Ok(true);
        }
        let failed = last_error("connect", None, None);
        match -failed.errno {
            libc::EINPROGRESS => return Ok(false),
            libc::EINTR => {}
            _ => return Err(failed),
        }
    }
}

/// Takes over a descriptor that is open already.
pub fn adopt(fd: i32) -> Result<OwnedFd, HostError> {
    // SAFETY: touches no memory of ours.
    let flags = unsafe { libc::fcntl(fd, libc::F_GETFL) };
    if flags < 0 {
        return Err(last_error("open", None, None));
    }
    // SAFETY: as above.
    if unsafe { libc::fcntl(fd, libc::F_SETFL, flags | libc::O_NONBLOCK) } < 0 {
        return Err(last_error("open", None, None));
    }
    owned(fd, "open")
}

/// Closes in a way that the other side sees as an error.
pub fn break_off(fd: OwnedFd) -> Result<Response, HostError> {
    SockRef::from(&fd).set_linger(Some(Duration::ZERO)).map_err(|error| failed(&error, "setsockopt"))?;
    Ok(Response::Unit)
}

/// Sets something.
pub fn set(fd: &OwnedFd, option: NetOption) -> Result<Response, HostError> {
    let socket = SockRef::from(fd);
    let result = match option {
        NetOption::NoDelay(on) => socket.set_tcp_nodelay(on),
        NetOption::KeepAlive { on, delay, interval, count } => {
            let seconds = |count: u32| Duration::from_secs(u64::from(count));
            let mut keep = TcpKeepalive::new();
            if delay > 0 {
                keep = keep.with_time(seconds(delay));
            }
            if interval > 0 {
                keep = keep.with_interval(seconds(interval));
            }
            if count > 0 {
                keep = keep.with_retries(count);
            }
            socket.set_keepalive(on).and_then(|()| if on { socket.set_tcp_keepalive(&keep) } else { Ok(()) })
        }
        NetOption::TypeOfService(value) => {
            if is_ipv6(fd) {
                socket.set_tclass_v6(u32::from(value))
            } else {
                socket.set_tos_v4(u32::from(value))
            }
        }
    };
    result.map_err(|error| failed(&error, "setsockopt"))?;
    Ok(Response::Unit)
}

fn is_ipv6(fd: &OwnedFd) -> bool {
    address::of_descriptor(fd.as_raw_fd(), false).is_ok_and(|name| name.is_ipv6())
}

/// The type of service of the packets.
pub fn type_of_service(fd: &OwnedFd) -> Result<Response, HostError> {
    let socket = SockRef::from(fd);
    let value = if is_ipv6(fd) { socket.tclass_v6() } else { socket.tos_v4() };
    value.map(|value| Response::Number(f64::from(value))).map_err(|error| failed(&error, "getsockopt"))
}

/// Two connected sockets.
pub fn pair() -> Result<Response, HostError> {
    let mut ends = [0; 2];
    let kind = libc::SOCK_STREAM | libc::SOCK_CLOEXEC;
    // SAFETY: `ends` has room for the two descriptors.
    if unsafe { libc::socketpair(libc::AF_UNIX, kind, 0, ends.as_mut_ptr()) } < 0 {
        return Err(last_error("socketpair", None, None));
    }
    let first = owned(ends[0], "socketpair")?;
    Ok(Response::Numbers(vec![f64::from(first.into_raw_fd()), f64::from(ends[1])]))
}
