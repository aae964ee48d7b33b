//! A door that lets a limited number of connections in, each on a thread of its own, and ends them all when it is closed.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

/// The connections of one listener.
#[derive(Default)]
pub struct Visitors {
    count: AtomicUsize,
    is_closed: AtomicBool,
    /// The conversations, to be ended when the door is closed.
    streams: Mutex<Vec<TcpStream>>,
}

impl Visitors {
    /// A conversation has begun that is to be ended when the door is closed; false when it is closed already.
    ///
    /// # Errors
    /// When the system gives no second handle of the connection.
    pub fn stay(&self, stream: &TcpStream) -> io::Result<bool> {
        lock(&self.streams).push(stream.try_clone()?);
        Ok(!self.is_closed.load(Ordering::Relaxed))
    }

    /// It is over.
    pub fn leave(&self, stream: &TcpStream) {
        let own = ends(stream);
        lock(&self.streams).retain(|other| ends(other) != own);
    }

    fn close(&self) {
        for stream in lock(&self.streams).drain(..) {
            // Whoever ended it before has it so already.
            drop(stream.shutdown(Shutdown::Both));
        }
    }
}

/// Lets up to `most` connections in at a time: `serve` is called with each of them on a thread `NAME-in`. What is returned
/// closes the door and ends those that stay.
///
/// # Errors
/// When the system gives no thread or the listener has no address.
pub fn let_in(
    name: &str,
    listener: TcpListener,
    most: usize,
    visitors: Arc<Visitors>,
    serve: impl Fn(TcpStream) -> io::Result<()> + Send + Sync + 'static,
) -> io::Result<impl FnOnce() + Send + Sync + 'static> {
    let local = listener.local_addr()?;
    let closing = Arc::clone(&visitors);
    let serve = Arc::new(serve);
    let inside = format!("{name}-in");
    let listening = thread(name, move || {
        for stream in listener.incoming().flatten() {
            if visitors.is_closed.load(Ordering::Relaxed) {
                break;
            }
            if visitors.count.fetch_add(1, Ordering::Relaxed) >= most {
                visitors.count.fetch_sub(1, Ordering::Relaxed);
                continue;
            }
            let (own, serve) = (Arc::clone(&visitors), Arc::clone(&serve));
            let begun = thread(&inside, move || {
                // A connection that fails is over; the other side knows.
                drop(serve(stream));
                own.count.fetch_sub(1, Ordering::Relaxed);
            });
            if begun.is_err() {
                visitors.count.fetch_sub(1, Ordering::Relaxed);
            }
        }
    })?;
    Ok(move || {
        closing.is_closed.store(true, Ordering::Relaxed);
        // Whoever waits for connections notices with the next one.
        if TcpStream::connect(reachable(local)).is_ok() {
            // It only waits for connections and cannot panic.
            drop(listening.join());
        }
        closing.close();
    })
}

/// Both addresses of a connection.
fn ends(stream: &TcpStream) -> Option<(SocketAddr, SocketAddr)> {
    stream.local_addr().ok().zip(stream.peer_addr().ok())
}

/// An address at which a listener on `local` is reached from this machine.
fn reachable(local: SocketAddr) -> SocketAddr {
    let ip = match local.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, local.port())
}

/// Starts a thread of this name.
///
/// # Errors
/// When the system gives none.
pub fn thread(name: &str, body: impl FnOnce() + Send + 'static) -> io::Result<JoinHandle<()>> {
    std::thread::Builder::new().name(name.to_owned()).spawn(body)
}

/// Waits for what threads share.
pub fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    // Whoever panicked with the lock has at worst written half a frame.
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}
