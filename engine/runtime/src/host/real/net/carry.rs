//! Descriptors that go from process to process with bytes on a Unix-domain socket (unix(7), SCM_RIGHTS).

use std::os::fd::{FromRawFd as _, OwnedFd, RawFd};

use super::owned;
use crate::host::HostError;

/// Descriptors taken at once; the kernel hands on those of one message at a time.
const MOST: usize = 16;

/// Room for the control data of [`MOST`] descriptors, aligned as the system wants it.
#[repr(C)]
union Control {
    header: libc::cmsghdr,
    // SAFETY: CMSG_SPACE only computes.
    bytes: [u8; unsafe { libc::CMSG_SPACE((MOST * size_of::<RawFd>()) as u32) } as usize],
}

impl Control {
    fn new() -> Self {
        // SAFETY: zero bytes are valid for both.
        unsafe { std::mem::zeroed() }
    }
}

fn message(part: &mut libc::iovec, control: &mut Control, length: usize) -> libc::msghdr {
    // SAFETY: msghdr is plain numbers and pointers, for which zero bytes are valid.
    let mut message: libc::msghdr = unsafe { std::mem::zeroed() };
    message.msg_iov = part;
    message.msg_iovlen = 1;
    message.msg_control = std::ptr::from_mut(control).cast();
    message.msg_controllen = length as _;
    message
}

/// A second descriptor for what `fd` is one for.
pub fn duplicate(fd: RawFd) -> Result<OwnedFd, HostError> {
    // SAFETY: touches no memory of ours.
    owned(unsafe { libc::fcntl(fd, libc::F_DUPFD_CLOEXEC, 0) }, "write")
}

/// Writes bytes with a descriptor. As write(2).
pub fn send(fd: RawFd, bytes: &[u8], carried: RawFd) -> isize {
    let mut part = libc::iovec { iov_base: bytes.as_ptr().cast_mut().cast(), iov_len: bytes.len() };
    let mut control = Control::new();
    // SAFETY: CMSG_SPACE only computes.
    let space = unsafe { libc::CMSG_SPACE(size_of::<RawFd>() as u32) } as usize;
    let message = message(&mut part, &mut control, space);
    // SAFETY: the control data has room for a header and one descriptor, and the bytes are valid for their length.
    unsafe {
        let header = libc::CMSG_FIRSTHDR(&raw const message);
        (*header).cmsg_level = libc::SOL_SOCKET;
        (*header).cmsg_type = libc::SCM_RIGHTS;
        (*header).cmsg_len = libc::CMSG_LEN(size_of::<RawFd>() as u32) as _;
        libc::CMSG_DATA(header).cast::<RawFd>().write_unaligned(carried);
        libc::sendmsg(fd, &raw const message, libc::MSG_NOSIGNAL)
    }
}

/// Reads bytes and adds the descriptors that came with them to `came`. As read(2).
pub fn receive(fd: RawFd, buffer: &mut [u8], came: &mut Vec<OwnedFd>) -> isize {
    let mut part = libc::iovec { iov_base: buffer.as_mut_ptr().cast(), iov_len: buffer.len() };
    let mut control = Control::new();
    let mut message = message(&mut part, &mut control, size_of::<Control>());
    // SAFETY: the buffer and the control data are valid for their lengths; every header that the system gives lies
    // inside the control data, with whole descriptors behind it that nobody else knows.
    unsafe {
        let count = libc::recvmsg(fd, &raw mut message, libc::MSG_CMSG_CLOEXEC);
        if count < 0 {
            return count;
        }
        let mut header = libc::CMSG_FIRSTHDR(&raw const message);
        while !header.is_null() {
            if (*header).cmsg_level == libc::SOL_SOCKET && (*header).cmsg_type == libc::SCM_RIGHTS {
                let length = (*header).cmsg_len as usize - libc::CMSG_LEN(0) as usize;
                let data = libc::CMSG_DATA(header).cast::<RawFd>();
                for index in 0..length / size_of::<RawFd>() {
                    came.push(OwnedFd::from_raw_fd(data.add(index).read_unaligned()));
                }
            }
            header = libc::CMSG_NXTHDR(&raw const message, header);
        }
        count
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::os::fd::AsRawFd as _;
    use std::os::unix::net::UnixStream;

    use super::*;

    #[test]
    fn a_descriptor_arrives_with_its_bytes() {
        let (here, there) = UnixStream::pair().expect("a pair");
        let (mut inner, outer) = UnixStream::pair().expect("a pair");
        assert_eq!(send(here.as_raw_fd(), b"take", outer.as_raw_fd()), 4);
        drop(outer);
        let mut buffer = [0; 16];
        let mut came = Vec::new();
        assert_eq!(receive(there.as_raw_fd(), &mut buffer, &mut came), 4);
        assert_eq!(&buffer[..4], b"take");
        let mut arrived = UnixStream::from(came.pop().expect("a descriptor"));
        arrived.write_all(b"through").expect("writing");
        drop(arrived);
        let mut text = String::new();
        inner.read_to_string(&mut text).expect("reading");
        assert_eq!(text, "through");
    }

    #[test]
    fn bytes_alone_bring_nothing() {
        let (mut here, there) = UnixStream::pair().expect("a pair");
        here.write_all(b"plain").expect("writing");
        let mut buffer = [0; 16];
        let mut came = Vec::new();
        assert_eq!(receive(there.as_raw_fd(), &mut buffer, &mut came), 5);
        assert!(came.is_empty());
    }
}
