//! The machine and its user, as libuv finds them on Linux (<https://docs.libuv.org/en/v1.x/misc.html>).

use std::ffi::CStr;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::errno::{error, last_error};
use crate::host::{HostError, Response};

/// Model, speed and times of every processor.
pub fn cpus() -> Response {
    let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
    let info = read("/proc/cpuinfo");
    let models: Vec<&str> = info
        .lines()
        .filter_map(|line| line.split_once(':'))
        .filter(|(name, _)| name.trim_end() == "model name")
        .map(|(_, model)| model.trim())
        .collect();
    // SAFETY: sysconf(3) touches no memory of ours.
    let ticks = unsafe { libc::sysconf(libc::_SC_CLK_TCK) }.max(1) as f64;
    let cpu = |(index, line): (usize, &str)| {
        let (name, times) = line.split_once(' ')?;
        let number: usize = name.strip_prefix("cpu")?.parse().ok()?;
        let times: Vec<f64> =
            times.split_whitespace().map(|time| time.parse().unwrap_or(0.0) * 1000.0 / ticks).collect();
        let speed =
            read(&format!("/sys/devices/system/cpu/cpu{number}/cpufreq/scaling_cur_freq")).trim().parse();
        let model = models.get(index).or(models.first()).copied().unwrap_or("unknown");
        let time = |index: usize| Response::Number(times.get(index).copied().unwrap_or(0.0));
        Some(Response::List(vec![
            Response::Text(model.to_owned()),
            Response::Number((speed.unwrap_or(0.0) / 1000.0_f64).trunc()),
            time(0),
            time(1),
            time(2),
            time(3),
            time(5),
        ]))
    };
    let stat = read("/proc/stat");
    let lines = stat.lines().filter(|line| {
        line.strip_prefix("cpu").is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_digit()))
    });
    Response::List(lines.enumerate().filter_map(cpu).collect())
}

/// One address of one network interface.
struct Address {
    name: String,
    address: IpAddr,
    netmask: IpAddr,
    internal: bool,
    scope: u32,
}

/// # Safety
/// `address` is null or points to a socket address as long as its family says.
unsafe fn ip_address(address: *const libc::sockaddr) -> Option<(IpAddr, u32)> {
    if address.is_null() {
        return None;
    }
    // SAFETY: the caller promises a socket address; its family says how to read it.
    unsafe {
        match i32::from((*address).sa_family) {
            libc::AF_INET => {
                let inner = address.cast::<libc::sockaddr_in>().read_unaligned();
                Some((Ipv4Addr::from(inner.sin_addr.s_addr.to_ne_bytes()).into(), 0))
            }
            libc::AF_INET6 => {
                let inner = address.cast::<libc::sockaddr_in6>().read_unaligned();
                Some((Ipv6Addr::from(inner.sin6_addr.s6_addr).into(), inner.sin6_scope_id))
            }
            _ => None,
        }
    }
}

/// Every address of every interface that is up.
pub fn interfaces() -> Result<Response, HostError> {
    let mut list: *mut libc::ifaddrs = std::ptr::null_mut();
    // SAFETY: `list` is valid for writing.
    if unsafe { libc::getifaddrs(&raw mut list) } != 0 {
        return Err(last_error("uv_interface_addresses", None, None));
    }
    let mut found = Vec::new();
    let mut hardware = Vec::new();
    let mut next = list;
    while !next.is_null() {
        // SAFETY: getifaddrs(3) made a list of valid entries that lives until freeifaddrs(3).
        let entry = unsafe { &*next };
        next = entry.ifa_next;
        let flags = entry.ifa_flags as i32;
        if flags & libc::IFF_UP == 0 || flags & libc::IFF_RUNNING == 0 || entry.ifa_addr.is_null() {
            continue;
        }
        // SAFETY: as above; the name is a C string.
        let name = unsafe { CStr::from_ptr(entry.ifa_name) }.to_string_lossy().into_owned();
        // SAFETY: as above; the address is not null.
        if i32::from(unsafe { (*entry.ifa_addr).sa_family }) == libc::AF_PACKET {
            // SAFETY: an address of this family is a `sockaddr_ll`.
            let link = unsafe { entry.ifa_addr.cast::<libc::sockaddr_ll>().read_unaligned() };
            let bytes: Vec<String> = link.sll_addr[..6].iter().map(|byte| format!("{byte:02x}")).collect();
            hardware.push((name, bytes.join(":")));
            continue;
        }
        // SAFETY: as above.
        let (address, netmask) = unsafe { (ip_address(entry.ifa_addr), ip_address(entry.ifa_netmask)) };
        if let Some((address, scope)) = address {
            let netmask = netmask.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |(mask, _)| mask);
            let internal = flags & libc::IFF_LOOPBACK != 0;
            found.push(Address { name, address, netmask, internal, scope });
        }
    }
    // SAFETY: `list` comes from getifaddrs(3) and is not used any more.
    unsafe { libc::freeifaddrs(list) };
    Ok(Response::List(found.into_iter().map(|address| interface(address, &hardware)).collect()))
}

fn interface(found: Address, hardware: &[(String, String)]) -> Response {
    let mac = hardware.iter().find(|(name, _)| *name == found.name).map(|(_, mac)| mac.clone());
    let (family, bits, width) = match found.netmask {
        IpAddr::V4(mask) => (4.0, u128::from(u32::from(mask)) << 96, 32),
        IpAddr::V6(mask) => (6.0, u128::from(mask), 128),
    };
    // A mask whose ones are not all at its start has no short form.
    let prefix = bits.leading_ones();
    let is_prefix = prefix == bits.count_ones() && prefix <= width;
    Response::List(vec![
        Response::Text(found.name),
        Response::Text(found.address.to_string()),
        Response::Text(found.netmask.to_string()),
        Response::Number(family),
        Response::Text(mac.unwrap_or_else(|| "00:00:00:00:00:00".to_owned())),
        Response::Bool(found.internal),
        Response::Number(f64::from(found.scope)),
        if is_prefix { Response::Number(f64::from(prefix)) } else { Response::Null },
    ])
}

/// Load of the last 1, 5 and 15 minutes.
pub fn load_average() -> Response {
    let mut loads = [0.0; 3];
    // SAFETY: the buffer holds the three numbers asked for.
    unsafe { libc::getloadavg(loads.as_mut_ptr(), 3) };
    // The kernel keeps hundredths.
    Response::Numbers(loads.iter().map(|load| (load * 100.0_f64).round() / 100.0).collect())
}

/// Total and available memory in bytes.
pub fn memory() -> Response {
    let text = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let field = |name: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(name))?;
        line.split_whitespace().next()?.parse::<f64>().ok()
    };
    let bytes = |name| Response::Number(field(name).unwrap_or(0.0) * 1024.0);
    Response::List(vec![bytes("MemTotal:"), bytes("MemAvailable:")])
}

/// How many processors the process may use.
pub fn parallelism() -> Response {
    Response::Number(std::thread::available_parallelism().map_or(1.0, |count| count.get() as f64))
}

/// Seconds since the machine started, as the kernel writes them: in hundredths.
pub fn uptime() -> f64 {
    let text = std::fs::read_to_string("/proc/uptime").unwrap_or_default();
    if let Some(seconds) = text.split_whitespace().next().and_then(|field| field.parse().ok()) {
        return seconds;
    }
    // SAFETY: timespec is plain numbers, for which zero bytes are valid.
    let mut time: libc::timespec = unsafe { std::mem::zeroed() };
    // SAFETY: `time` is valid for writing.
    unsafe { libc::clock_gettime(libc::CLOCK_BOOTTIME, &raw mut time) };
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}

/// uname(2).
pub fn system_names() -> Result<Response, HostError> {
    // SAFETY: utsname is plain bytes, for which zero is valid.
    let mut names: libc::utsname = unsafe { std::mem::zeroed() };
    // SAFETY: `names` is valid for writing.
    if unsafe { libc::uname(&raw mut names) } != 0 {
        return Err(last_error("uv_os_uname", None, None));
    }
    let text = |field: &[libc::c_char]| {
        // SAFETY: uname(2) ends every field with a zero byte.
        let text = unsafe { CStr::from_ptr(field.as_ptr()) };
        Response::Text(text.to_string_lossy().into_owned())
    };
    Ok(Response::List(vec![
        text(&names.sysname),
        text(&names.nodename),
        text(&names.release),
        text(&names.version),
        text(&names.machine),
    ]))
}

/// The entry of the password file for the user of the process.
pub fn user() -> Result<Response, HostError> {
    const CALL: &str = "uv_os_get_passwd";
    let mut buffer: Vec<libc::c_char> = vec![0; 2048];
    loop {
        // SAFETY: passwd is numbers and pointers, for which zero bytes are valid.
        let mut entry: libc::passwd = unsafe { std::mem::zeroed() };
        let mut result = std::ptr::null_mut();
        // SAFETY: every pointer is valid for writing; the buffer is as long as the call is told.
        let code = unsafe {
            let (space, length) = (buffer.as_mut_ptr(), buffer.len());
            libc::getpwuid_r(libc::geteuid(), &raw mut entry, space, length, &raw mut result)
        };
        match code {
            0 if result.is_null() => return Err(error(libc::ENOENT, CALL, None, None)),
            0 => {}
            libc::ERANGE => {
                buffer.resize(buffer.len() * 2, 0);
                continue;
            }
            libc::EINTR => continue,
            code => return Err(error(code, CALL, None, None)),
        }
        let bytes = |text: *const libc::c_char| {
            // SAFETY: the fields point to C strings in the buffer, which is still there.
            Response::Bytes(unsafe { CStr::from_ptr(text) }.to_bytes().to_vec())
        };
        return Ok(Response::List(vec![
            Response::Number(f64::from(entry.pw_uid)),
            Response::Number(f64::from(entry.pw_gid)),
            bytes(entry.pw_name),
            bytes(entry.pw_dir),
            bytes(entry.pw_shell),
        ]));
    }
}

/// getpriority(2) of a process.
pub fn priority(pid: i32) -> Result<Response, HostError> {
    // SAFETY: errno is this thread's own. -1 is a priority, too, so that only errno tells of a failure.
    unsafe { *libc::__errno_location() = 0 };
    // A negative id finds no process.
    // SAFETY: getpriority(2) touches no memory of ours.
    let priority = unsafe { libc::getpriority(libc::PRIO_PROCESS, pid.cast_unsigned()) };
    if priority == -1 && std::io::Error::last_os_error().raw_os_error() != Some(0) {
        return Err(last_error("uv_os_getpriority", None, None));
    }
    Ok(Response::Number(f64::from(priority)))
}

/// setpriority(2) of a process.
pub fn set_priority(pid: i32, priority: i32) -> Result<Response, HostError> {
    // SAFETY: setpriority(2) touches no memory of ours.
    if unsafe { libc::setpriority(libc::PRIO_PROCESS, pid.cast_unsigned(), priority) } != 0 {
        return Err(last_error("uv_os_setpriority", None, None));
    }
    Ok(Response::Unit)
}
