//! What diagnostic reports tell of the process.

use std::ffi::CStr;

use crate::host::Response;

/// The limits of getrlimit(2) by the names that reports give them.
const LIMITS: [(&str, u32); 10] = [
    ("core_file_size_blocks", libc::RLIMIT_CORE),
    ("data_seg_size_bytes", libc::RLIMIT_DATA),
    ("file_size_blocks", libc::RLIMIT_FSIZE),
    ("max_locked_memory_bytes", libc::RLIMIT_MEMLOCK),
    ("max_memory_size_bytes", libc::RLIMIT_RSS),
    ("open_files", libc::RLIMIT_NOFILE),
    ("stack_size_bytes", libc::RLIMIT_STACK),
    ("cpu_time_seconds", libc::RLIMIT_CPU),
    ("max_user_processes", libc::RLIMIT_NPROC),
    ("virtual_memory_bytes", libc::RLIMIT_AS),
];

/// The name by which process lists show the process. The system keeps 15 bytes of it.
pub fn set_title(title: &str) -> Response {
    // A process whose name cannot be changed keeps the old one.
    drop(std::fs::write("/proc/self/comm", title));
    Response::Unit
}

/// Year, month, day, hours, minutes, seconds where the machine is.
pub fn local_time() -> Response {
    // SAFETY: `tm` is plain numbers and a pointer, for which zero bytes are valid.
    let mut parts: libc::tm = unsafe { std::mem::zeroed() };
    // SAFETY: a null pointer is allowed, and the result is valid for writing.
    unsafe {
        let now = libc::time(std::ptr::null_mut());
        libc::localtime_r(&raw const now, &raw mut parts);
    }
    let numbers =
        [parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec];
    Response::Numbers(numbers.iter().map(|&number| f64::from(number)).collect())
}

/// Every limit with its name, soft and hard.
pub fn resource_limits() -> Response {
    let number = |value: libc::rlim_t| {
        if value == libc::RLIM_INFINITY { Response::Null } else { Response::Number(value as f64) }
    };
    let limit = |&(name, resource): &(&str, u32)| {
        let mut limit = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
        // SAFETY: the limit is valid for writing.
        unsafe { libc::getrlimit(resource, &raw mut limit) };
        Response::List(vec![Response::Text(name.to_owned()), number(limit.rlim_cur), number(limit.rlim_max)])
    };
    Response::List(LIMITS.iter().map(limit).collect())
}

/// Version of the C library.
pub fn library_version() -> Response {
    // SAFETY: the call returns a C string that is there for ever.
    let version = unsafe { CStr::from_ptr(libc::gnu_get_libc_version()) };
    Response::Text(version.to_string_lossy().into_owned())
}

/// Programs and libraries that are mapped, each once.
pub fn shared_objects() -> Response {
    let mut found: Vec<String> = Vec::new();
    let maps = std::fs::read_to_string("/proc/self/maps").unwrap_or_default();
    for line in maps.lines().filter(|line| line.contains(" r-xp ")) {
        let Some(start) = line.find('/') else { continue };
        let path = &line[start..];
        if !found.iter().any(|known| known == path) {
            found.push(path.to_owned());
        }
    }
    Response::List(found.into_iter().map(Response::Text).collect())
}
