//! The process and the machine, through the system's own calls.

use std::ffi::CString;
use std::path::PathBuf;

use super::errno::{error, last_error};
use super::{facts, identity, machine};
use crate::host::request::SystemRequest;
use crate::host::{HostError, Response};

/// How long to wait for room in an output before it is looked whether the run was ended, in milliseconds.
const WAIT: i32 = 100;

/// Does the operation.
pub fn run(request: SystemRequest) -> Result<Response, HostError> {
    match request {
        SystemRequest::Cwd => cwd(),
        SystemRequest::Chdir { path } => chdir(&path),
        SystemRequest::Environment => Ok(environment()),
        SystemRequest::SetEnvironment { name, value } => set_environment(&name, value.as_deref()),
        SystemRequest::ProcessIds => {
            // SAFETY: getppid(2) cannot fail and touches no memory of ours.
            let parent = unsafe { libc::getppid() };
            Ok(Response::Numbers(vec![f64::from(std::process::id()), f64::from(parent)]))
        }
        SystemRequest::ExecutablePath => std::env::current_exe()
            .map(windowless)
            .map(|path| Response::Text(path.to_string_lossy().into_owned()))
            .map_err(|failed| error(failed.raw_os_error().unwrap_or(libc::EIO), "uv_exepath", None, None)),
        SystemRequest::InvokedAs => Ok(Response::Text(invoked_as())),
        SystemRequest::ResidentMemory => Ok(Response::Number(resident_memory())),
        SystemRequest::CpuUsage => {
            let usage = usage();
            Ok(Response::Numbers(vec![micros(usage.ru_utime), micros(usage.ru_stime)]))
        }
        SystemRequest::ResourceUsage => Ok(resource_usage()),
        SystemRequest::WriteStandard { fd, bytes } => write_standard(fd, &bytes),
        // SAFETY: isatty(3) only looks at the descriptor.
        SystemRequest::IsTerminal { fd } => Ok(Response::Bool(unsafe { libc::isatty(fd) } == 1)),
        SystemRequest::TerminalSize { fd } => Ok(terminal_size(fd)),
        SystemRequest::DescriptorKind { fd } => Ok(Response::Text(descriptor_kind(fd).to_owned())),
        SystemRequest::SetRawMode { fd, raw } => super::input::set_raw_mode(fd, raw),
        SystemRequest::ReadInput { length } => super::input::read(length),
        // A blocking call cannot report anything later.
        SystemRequest::WatchSignal { .. } => Err(error(libc::ENOSYS, "uv_signal_start", None, None)),
        SystemRequest::Execute { path, args, environment } => execute(&path, args, environment),
        SystemRequest::Kill { pid, signal } => kill(pid, signal),
        SystemRequest::Umask { mask } => Ok(umask(mask)),
        SystemRequest::UserIds => Ok(user_ids()),
        SystemRequest::SetId { group, effective, id } => identity::set_id(group, effective, id),
        SystemRequest::SetGroups { ids } => identity::set_groups(&ids),
        SystemRequest::InitGroups { user, group } => identity::init_groups(&user, group),
        SystemRequest::FindId { group, name } => Ok(identity::find(group, &name)),
        SystemRequest::SetTitle { title } => Ok(facts::set_title(&title)),
        SystemRequest::LocalTime => Ok(facts::local_time()),
        SystemRequest::ResourceLimits => Ok(facts::resource_limits()),
        SystemRequest::LibraryVersion => Ok(facts::library_version()),
        SystemRequest::SharedObjects => Ok(facts::shared_objects()),
        SystemRequest::Uptime => Ok(Response::Number(machine::uptime())),
        SystemRequest::MemoryLimits => Ok(memory_limits()),
        SystemRequest::Cpus => Ok(machine::cpus()),
        SystemRequest::Interfaces => machine::interfaces(),
        SystemRequest::LoadAverage => Ok(machine::load_average()),
        SystemRequest::Memory => Ok(machine::memory()),
        SystemRequest::Parallelism => Ok(machine::parallelism()),
        SystemRequest::SystemNames => machine::system_names(),
        SystemRequest::User => machine::user(),
        SystemRequest::GetPriority { pid } => machine::priority(pid),
        SystemRequest::SetPriority { pid, priority } => machine::set_priority(pid, priority),
        SystemRequest::Abort => std::process::abort(),
        SystemRequest::Exit { code } => {
            super::input::restore_mode();
            std::process::exit(code)
        }
    }
}

/// The program that stands in for `node`: beside the one with the window, which scripts must not start again.
/// What stood first on the command line; where this program only hosts the script, the path of the one that stands in.
fn invoked_as() -> String {
    let own = std::env::current_exe().unwrap_or_default();
    let program = windowless(own.clone());
    let name = if program == own { std::env::args_os().next() } else { None };
    name.unwrap_or_else(|| program.into_os_string()).to_string_lossy().into_owned()
}

fn windowless(program: PathBuf) -> PathBuf {
    let sibling = program.with_file_name(format!("loopscope-node{}", std::env::consts::EXE_SUFFIX));
    if sibling.is_file() { sibling } else { program }
}

fn io_error(failed: &std::io::Error, syscall: &str, path: Option<&str>) -> HostError {
    error(failed.raw_os_error().unwrap_or(libc::EIO), syscall, path.map(str::as_bytes), None)
}

fn cwd() -> Result<Response, HostError> {
    std::env::current_dir()
        .map(|path| Response::Text(path.to_string_lossy().into_owned()))
        .map_err(|failed| io_error(&failed, "uv_cwd", None))
}

fn chdir(path: &str) -> Result<Response, HostError> {
    let Err(failed) = std::env::set_current_dir(path) else { return Ok(Response::Unit) };
    let mut error = io_error(&failed, "chdir", Some(path));
    if let Ok(current) = std::env::current_dir() {
        error.dest = error.path.take();
        error.path = Some(current.to_string_lossy().into());
    }
    Err(error)
}

fn environment() -> Response {
    let text = |value: std::ffi::OsString| Response::Text(value.to_string_lossy().into_owned());
    Response::List(std::env::vars_os().flat_map(|(name, value)| [text(name), text(value)]).collect())
}

fn set_environment(name: &str, value: Option<&str>) -> Result<Response, HostError> {
    if name.is_empty() || name.contains(['=', '\0']) || value.is_some_and(|value| value.contains('\0')) {
        return Err(error(libc::EINVAL, "setenv", None, None));
    }
    // SAFETY: the environment is changed by the runtime thread only; no other thread of this program reads it after
    // start-up except through the runtime.
    unsafe {
        match value {
            Some(value) => std::env::set_var(name, value),
            None => std::env::remove_var(name),
        }
    }
    Ok(Response::Unit)
}

/// Second field of `/proc/self/statm` is the resident set in pages.
fn resident_memory() -> f64 {
    let pages = std::fs::read_to_string("/proc/self/statm")
        .ok()
        .and_then(|text| text.split_whitespace().nth(1).and_then(|field| field.parse::<f64>().ok()));
    // SAFETY: sysconf(3) touches no memory of ours.
    let page_size = unsafe { libc::sysconf(libc::_SC_PAGESIZE) };
    match pages {
        Some(pages) => pages * page_size as f64,
        None => usage().ru_maxrss as f64 * 1024.0,
    }
}

fn usage() -> libc::rusage {
    // SAFETY: rusage is plain numbers, for which zero bytes are valid.
    let mut usage: libc::rusage = unsafe { std::mem::zeroed() };
    // SAFETY: `usage` is valid for writing.
    unsafe { libc::getrusage(libc::RUSAGE_SELF, &raw mut usage) };
    usage
}

fn micros(time: libc::timeval) -> f64 {
    time.tv_sec as f64 * 1e6 + time.tv_usec as f64
}

fn resource_usage() -> Response {
    let usage = usage();
    let counts = [
        usage.ru_maxrss,
        usage.ru_ixrss,
        usage.ru_idrss,
        usage.ru_isrss,
        usage.ru_minflt,
        usage.ru_majflt,
        usage.ru_nswap,
        usage.ru_inblock,
        usage.ru_oublock,
        usage.ru_msgsnd,
        usage.ru_msgrcv,
        usage.ru_nsignals,
        usage.ru_nvcsw,
        usage.ru_nivcsw,
    ];
    let times = [micros(usage.ru_utime), micros(usage.ru_stime)];
    Response::Numbers(times.into_iter().chain(counts.into_iter().map(|count| count as f64)).collect())
}

/// Writes everything, also where another process that has the same pipe does not want to wait for its reader.
fn write_standard(fd: i32, bytes: &[u8]) -> Result<Response, HostError> {
    let fd = if fd == 1 { 1 } else { 2 };
    let mut rest = bytes;
    while !rest.is_empty() {
        // SAFETY: the rest is valid for its length.
        let written = unsafe { libc::write(fd, rest.as_ptr().cast(), rest.len()) };
        match usize::try_from(written) {
            Ok(written) => rest = &rest[written..],
            Err(_) => match std::io::Error::last_os_error().raw_os_error() {
                Some(libc::EINTR) if !super::breaking::ended() => {}
                Some(libc::EAGAIN) if !super::breaking::ended() => {
                    let mut poll = libc::pollfd { fd, events: libc::POLLOUT, revents: 0 };
                    // SAFETY: the one element is valid.
                    unsafe { libc::poll(&raw mut poll, 1, WAIT) };
                }
                _ => return Err(last_error("write", None, None)),
            },
        }
    }
    Ok(Response::Unit)
}

fn terminal_size(fd: i32) -> Response {
    // SAFETY: winsize is plain numbers, for which zero bytes are valid.
    let mut size: libc::winsize = unsafe { std::mem::zeroed() };
    // SAFETY: `size` is valid for writing.
    let failed = unsafe { libc::ioctl(fd, libc::TIOCGWINSZ, &raw mut size) } < 0;
    if failed {
        return Response::Null;
    }
    Response::Numbers(vec![f64::from(size.ws_col), f64::from(size.ws_row)])
}

fn kill(pid: i32, signal: i32) -> Result<Response, HostError> {
    let is_own = u32::try_from(pid) == Ok(std::process::id());
    // SAFETY: these calls touch no memory of ours. To itself the process sends a signal by way of the calling thread, so
    // that it has arrived when the call returns.
    let failed = unsafe { if is_own { libc::raise(signal) != 0 } else { libc::kill(pid, signal) < 0 } };
    if failed {
        return Err(last_error("kill", None, None));
    }
    Ok(Response::Unit)
}

/// As libuv's `uv_guess_handle` tells them apart.
fn descriptor_kind(fd: i32) -> &'static str {
    // SAFETY: stat is plain numbers, for which zero bytes are valid.
    let mut stat: libc::stat = unsafe { std::mem::zeroed() };
    // SAFETY: isatty(3) only looks at the descriptor; `stat` is valid for writing.
    unsafe {
        if libc::isatty(fd) == 1 {
            return "TTY";
        }
        if libc::fstat(fd, &raw mut stat) < 0 {
            return "INVALID";
        }
    }
    match stat.st_mode & libc::S_IFMT {
        libc::S_IFREG | libc::S_IFCHR => "FILE",
        libc::S_IFIFO => "PIPE",
        libc::S_IFSOCK => socket_kind(fd),
        _ => "UNKNOWN",
    }
}

fn socket_kind(fd: i32) -> &'static str {
    let option = |name: i32| {
        let mut value: i32 = 0;
        let mut size = libc::socklen_t::try_from(size_of::<i32>()).unwrap_or(4);
        // SAFETY: `value` is valid for writing and `size` is its size.
        let failed =
            unsafe { libc::getsockopt(fd, libc::SOL_SOCKET, name, (&raw mut value).cast(), &raw mut size) }
                < 0;
        if failed { -1 } else { value }
    };
    match (option(libc::SO_DOMAIN), option(libc::SO_TYPE)) {
        (libc::AF_INET | libc::AF_INET6, libc::SOCK_STREAM) => "TCP",
        (libc::AF_INET | libc::AF_INET6, libc::SOCK_DGRAM) => "UDP",
        (libc::AF_UNIX, libc::SOCK_STREAM) => "PIPE",
        _ => "UNKNOWN",
    }
}

fn execute(path: &str, args: Vec<String>, environment: Vec<String>) -> Result<Response, HostError> {
    let invalid = || error(libc::EINVAL, "execve", None, None);
    let texts = |list: Vec<String>| {
        list.into_iter().map(CString::new).collect::<Result<Vec<_>, _>>().map_err(|_| invalid())
    };
    let program = CString::new(path).map_err(|_| invalid())?;
    let (args, environment) = (texts(args)?, texts(environment)?);
    let pointers = |list: &[CString]| -> Vec<*const libc::c_char> {
        list.iter().map(|text| text.as_ptr()).chain([std::ptr::null()]).collect()
    };
    for fd in 0..3 {
        // SAFETY: fcntl(2) touches no memory of ours. The new program needs its standard descriptors.
        unsafe { libc::fcntl(fd, libc::F_SETFD, 0) };
    }
    // SAFETY: the strings end with NUL and the lists with a null pointer; all outlive the call.
    unsafe { libc::execve(program.as_ptr(), pointers(&args).as_ptr(), pointers(&environment).as_ptr()) };
    Err(last_error("execve", None, None))
}

fn umask(mask: Option<u32>) -> Response {
    // SAFETY: umask(2) cannot fail and touches no memory of ours.
    let previous = unsafe { libc::umask(mask.unwrap_or(0)) };
    if mask.is_none() {
        // SAFETY: as above. The mask can be read only by setting it.
        unsafe { libc::umask(previous) };
    }
    Response::Number(f64::from(previous))
}

fn user_ids() -> Response {
    // SAFETY: these four calls cannot fail and touch no memory of ours.
    let ids = unsafe { [libc::getuid(), libc::geteuid(), libc::getgid(), libc::getegid()] };
    let mut groups = vec![0; 1024];
    // SAFETY: the buffer holds 1024 ids, which is what the call is told.
    let count = unsafe { libc::getgroups(1024, groups.as_mut_ptr()) };
    groups.truncate(usize::try_from(count).unwrap_or(0));
    Response::Numbers(ids.into_iter().chain(groups).map(f64::from).collect())
}

/// What the kernel thinks can be had, the limit of the control group (0 for none), and what the machine has.
fn memory_limits() -> Response {
    let text = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let bytes = |name: &str| {
        let line = text.lines().find(|line| line.starts_with(name))?;
        line.split_whitespace().nth(1)?.parse::<f64>().ok().map(|kilobytes| kilobytes * 1024.0)
    };
    let limit =
        std::fs::read_to_string("/sys/fs/cgroup/memory.max").ok().and_then(|text| text.trim().parse().ok());
    let (available, total) = (bytes("MemAvailable:"), bytes("MemTotal:"));
    Response::Numbers(vec![available.unwrap_or(0.0), limit.unwrap_or(0.0), total.unwrap_or(0.0)])
}
