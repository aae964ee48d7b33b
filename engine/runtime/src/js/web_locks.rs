//! Web locks (<https://w3c.github.io/web-locks/>): one table for all threads of the process, because a lock that a worker
//! holds is held for the others, too.
//!
//! Each thread that asks for locks is a client. What becomes of a request is *news* for its client, which takes it when
//! it comes to it; a client on another thread is told through the host's [`Reporter`] that there is some.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::host::{HostEvent, OpId, Reporter, Response};

/// What became of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// It holds its lock.
    Granted(u64),
    /// Another one took its lock away.
    Stolen(u64),
}

/// How a request behaves when its lock is not free.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Demand {
    /// It waits for its turn.
    Wait,
    /// It goes away again.
    IfAvailable,
    /// It takes the lock from whoever holds it.
    Steal,
}

/// One request, as [`Client::query`] shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    id: u64,
    client: u64,
    /// Name of the lock.
    pub name: String,
    /// Whether others that share it can hold it at the same time.
    pub is_shared: bool,
    /// How its client is called.
    pub client_name: String,
}

impl Request {
    fn excludes(&self, other: &Self) -> bool {
        self.name == other.name && !(self.is_shared && other.is_shared)
    }
}

struct Listener {
    reporter: Reporter,
    op: OpId,
}

#[derive(Default)]
struct Table {
    held: Vec<Request>,
    /// In the order in which they came.
    pending: Vec<Request>,
    news: HashMap<u64, Vec<News>>,
    listeners: HashMap<u64, Listener>,
}

static TABLE: Mutex<Option<Table>> = Mutex::new(None);
static NEXT: AtomicU64 = AtomicU64::new(1);

/// A lock that a panic left behind guards a whole table: every change to it is one call.
fn table() -> MutexGuard<'static, Option<Table>> {
    TABLE.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Table {
    fn tell(&mut self, client: u64, news: News, by: u64) {
        self.news.entry(client).or_default().push(news);
        if client != by
            && let Some(Listener { reporter, op }) = self.listeners.get(&client)
        {
            reporter(HostEvent::Completed { op: *op, result: Ok(Response::Unit), last: false });
        }
    }

    /// Grants what can be granted now; a request waits for those before it that exclude it.
    fn advance(&mut self, by: u64) {
        let mut waiting: Vec<Request> = Vec::new();
        for request in std::mem::take(&mut self.pending) {
            if self.held.iter().chain(&waiting).any(|other| request.excludes(other)) {
                waiting.push(request);
            } else {
                self.tell(request.client, News::Granted(request.id), by);
                self.held.push(request);
            }
        }
        self.pending = waiting;
    }

    fn request(&mut self, request: Request, demand: Demand) -> bool {
        let client = request.client;
        let is_free = !self.held.iter().chain(&self.pending).any(|other| request.excludes(other));
        match demand {
            Demand::IfAvailable if !is_free => return false,
            Demand::Steal => {
                let (stolen, held) = std::mem::take(&mut self.held)
                    .into_iter()
                    .partition::<Vec<_>, _>(|other| other.name == request.name);
                self.held = held;
                for other in stolen {
                    self.tell(other.client, News::Stolen(other.id), client);
                }
                self.tell(client, News::Granted(request.id), client);
                self.held.push(request);
            }
            Demand::Wait | Demand::IfAvailable => {
                self.pending.push(request);
                self.advance(client);
            }
        }
        true
    }
}

/// A thread that asks for locks; dropping it gives back what it holds.
pub struct Client(u64);

impl Default for Client {
    fn default() -> Self {
        Self(NEXT.fetch_add(1, Ordering::Relaxed))
    }
}

impl Client {
    /// Has `reporter` told with `op` when something from another thread changes what this one asked for.
    pub fn listen(&self, reporter: Reporter, op: OpId) {
        table().get_or_insert_default().listeners.insert(self.0, Listener { reporter, op });
    }

    /// Asks for a lock; returns the number of the request, or `None` when it was only to be had at once and is not free.
    pub fn request(&self, name: String, is_shared: bool, demand: Demand, client_name: String) -> Option<u64> {
        let id = NEXT.fetch_add(1, Ordering::Relaxed);
        let request = Request { id, client: self.0, name, is_shared, client_name };
        table().get_or_insert_default().request(request, demand).then_some(id)
    }

    /// Gives a lock back, or takes back the request for it.
    pub fn release(&self, id: u64) {
        let mut guard = table();
        let table = guard.get_or_insert_default();
        table.held.retain(|other| other.id != id);
        table.pending.retain(|other| other.id != id);
        table.advance(self.0);
    }

    /// What became of this client's requests since it last asked.
    pub fn news(&self) -> Vec<News> {
        table().get_or_insert_default().news.remove(&self.0).unwrap_or_default()
    }

    /// This client's requests: those that hold a lock, the newest first, and those that wait, in their order. Those of
    /// other threads are not shown, as Node.js does not.
    pub fn query(&self) -> (Vec<Request>, Vec<Request>) {
        let mut guard = table();
        let table = guard.get_or_insert_default();
        let own = |request: &&Request| request.client == self.0;
        (
            table.held.iter().rev().filter(own).cloned().collect(),
            table.pending.iter().filter(own).cloned().collect(),
        )
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let mut guard = table();
        let Some(table) = guard.as_mut() else { return };
        table.listeners.remove(&self.0);
        table.held.retain(|other| other.client != self.0);
        table.pending.retain(|other| other.client != self.0);
        table.advance(self.0);
        table.news.remove(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(client: &Client, name: &str, is_shared: bool, demand: Demand) -> Option<u64> {
        client.request(name.to_owned(), is_shared, demand, "a".to_owned())
    }

    #[test]
    fn locks_of_one_client_keep_another_waiting_until_it_is_gone() {
        let (first, second) = (Client::default(), Client::default());
        let held = ask(&first, "gone", false, Demand::Wait).expect("waits");
        assert_eq!(first.news(), [News::Granted(held)]);
        let waiting = ask(&second, "gone", true, Demand::Wait).expect("waits");
        assert_eq!((second.news(), ask(&second, "gone", true, Demand::IfAvailable)), (vec![], None));
        drop(first);
        assert_eq!(second.news(), [News::Granted(waiting)]);
    }

    #[test]
    fn who_shares_does_not_overtake_who_waits() {
        let client = Client::default();
        let first = ask(&client, "order", true, Demand::Wait).expect("waits");
        let second = ask(&client, "order", false, Demand::Wait).expect("waits");
        let third = ask(&client, "order", true, Demand::Wait).expect("waits");
        assert_eq!(client.news(), [News::Granted(first)]);
        client.release(second);
        assert_eq!(client.news(), [News::Granted(third)]);
    }

    #[test]
    fn who_steals_has_the_lock_and_the_other_hears_of_it() {
        let (first, second) = (Client::default(), Client::default());
        let held = ask(&first, "steal", false, Demand::Wait).expect("waits");
        let stolen = ask(&second, "steal", false, Demand::Steal).expect("has it");
        assert_eq!(first.news(), [News::Granted(held), News::Stolen(held)]);
        assert_eq!(second.news(), [News::Granted(stolen)]);
        first.release(held);
        assert_eq!(second.query().0.iter().filter(|request| request.name == "steal").count(), 1);
    }
}
