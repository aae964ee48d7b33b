//! One connection as a machine that knows no sockets: bytes go in, bytes and text come out.

use std::io::{Cursor, Read as _, Write as _};
use std::rc::Rc;
use std::sync::Arc;

use rustls::pki_types::ServerName;
use rustls::server::{Accepted, Acceptor};
use rustls::{ClientConnection, Connection, ServerConnection};

use super::context::{Context, ServerKind};
use super::tickets::Tickets;

/// What a connection is at.
enum Stage {
    /// A server waits for the client's first message.
    Waiting(Box<Acceptor>),
    /// That message is there; the server has to choose a context.
    Greeted(Box<Accepted>),
    /// The handshake, and what comes after it.
    Open(Box<Connection>),
    /// Nothing works any more.
    Broken,
}

/// What came of some bytes.
#[derive(Default)]
pub struct Fed {
    /// Text for the script.
    pub plain: Vec<u8>,
    /// Bytes for the other side.
    pub out: Vec<u8>,
    /// The handshake is over.
    pub open: bool,
    /// The other side has said that nothing more comes.
    pub ended: bool,
    /// A server has to choose a context now.
    pub greeted: bool,
    /// The server gave something to come back with.
    pub ticket: bool,
    /// Why it cannot go on.
    pub failed: Option<rustls::Error>,
}

/// One connection.
pub struct Session {
    stage: Stage,
    /// The context it uses.
    pub context: Option<Rc<Context>>,
    /// What came after the client's first message, before there was a context.
    early: Vec<u8>,
    ended: bool,
    /// What the server gave to come back with.
    pub tickets: Arc<Tickets>,
    seen: u64,
}

impl Session {
    /// A client's side. `name` is what the server is called; it is only shown to the server when `shows_name` says so.
    ///
    /// # Errors
    /// When context and name allow no connection.
    pub fn client(
        context: Rc<Context>,
        name: &str,
        shows_name: bool,
        protocols: Vec<Vec<u8>>,
        tickets: Arc<Tickets>,
    ) -> Result<Self, rustls::Error> {
        let name = ServerName::try_from(name.to_owned())
            .or_else(|_| ServerName::try_from("localhost".to_owned()))
            .map_err(|_| rustls::Error::UnsupportedNameType)?;
        let seen = tickets.received();
        let config = context.client(protocols, shows_name, Arc::clone(&tickets))?;
        let mut connection = ClientConnection::new(config, name)?;
        connection.set_buffer_limit(None);
        let stage = Stage::Open(Box::new(Connection::Client(connection)));
        Ok(Self { stage, context: Some(context), early: Vec::new(), ended: false, tickets, seen })
    }

    /// A server's side.
    pub fn server() -> Self {
        let stage = Stage::Waiting(Box::default());
        let tickets = Arc::default();
        Self { stage, context: None, early: Vec::new(), ended: false, tickets, seen: 0 }
    }

    /// The name the client asked for, and the protocols it offers.
    pub fn greeting(&self) -> Option<(String, Vec<Vec<u8>>)> {
        let Stage::Greeted(accepted) = &self.stage else { return None };
        let hello = accepted.client_hello();
        let protocols = hello.alpn().map(|list| list.map(<[u8]>::to_vec).collect());
        Some((hello.server_name().unwrap_or_default().to_owned(), protocols.unwrap_or_default()))
    }

    /// The server has chosen a context.
    pub fn choose(&mut self, context: Rc<Context>, kind: ServerKind) -> Fed {
        let Stage::Greeted(accepted) = std::mem::replace(&mut self.stage, Stage::Broken) else {
            return Fed::default();
        };
        let mut fed = Fed::default();
        let config = match context.server(kind) {
            Ok(config) => config,
            Err(failed) => {
                fed.failed = Some(failed);
                return fed;
            }
        };
        self.context = Some(context);
        match accepted.into_connection(Arc::clone(&config)) {
            Ok(connection) => {
                let mut connection: ServerConnection = connection;
                connection.set_buffer_limit(None);
                self.stage = Stage::Open(Box::new(Connection::Server(connection)));
                let early = std::mem::take(&mut self.early);
                self.feed(&early)
            }
            Err((failed, mut alert)) => {
                // What is written into memory is written.
                drop(alert.write_all(&mut fed.out));
                fed.failed = Some(failed);
                without_certificate(&mut fed);
                fed
            }
        }
    }

    /// Bytes came from the other side.
    pub fn feed(&mut self, bytes: &[u8]) -> Fed {
        let mut fed = Fed::default();
        match &mut self.stage {
            Stage::Waiting(acceptor) => {
                let mut input = Cursor::new(bytes);
                while (input.position() as usize) < bytes.len() {
                    if acceptor.read_tls(&mut input).is_err() {
                        break;
                    }
                    match acceptor.accept() {
                        Ok(None) => {}
                        Ok(Some(accepted)) => {
                            self.early.extend_from_slice(&bytes[input.position() as usize..]);
                            self.stage = Stage::Greeted(Box::new(accepted));
                            fed.greeted = true;
                            return fed;
                        }
                        Err((failed, mut alert)) => {
                            drop(alert.write_all(&mut fed.out));
                            fed.failed = Some(failed);
                            self.stage = Stage::Broken;
                            return fed;
                        }
                    }
                }
            }
            Stage::Greeted(_) => self.early.extend_from_slice(bytes),
            Stage::Open(connection) => {
                let mut input = Cursor::new(bytes);
                loop {
                    let at_end = input.position() as usize >= bytes.len();
                    if !at_end && connection.read_tls(&mut input).is_err() {
                        break;
                    }
                    match connection.process_new_packets() {
                        Ok(state) => {
                            self.ended |= state.peer_has_closed();
                            let start = fed.plain.len();
                            fed.plain.resize(start + state.plaintext_bytes_to_read(), 0);
                            let read = connection.reader().read(&mut fed.plain[start..]).unwrap_or(0);
                            fed.plain.truncate(start + read);
                        }
                        Err(failed) => {
                            fed.failed = Some(failed);
                            break;
                        }
                    }
                    if at_end || self.ended {
                        break;
                    }
                }
                fed.open = !connection.is_handshaking();
                fed.ended = self.ended;
                take(connection, &mut fed.out);
                without_certificate(&mut fed);
                let received = self.tickets.received();
                fed.ticket = received > self.seen;
                self.seen = received;
            }
            Stage::Broken => {}
        }
        if fed.failed.is_some() {
            self.stage = Stage::Broken;
        }
        fed
    }

    /// Text for the other side; returns the bytes to send.
    pub fn write(&mut self, chunks: &[&[u8]]) -> Vec<u8> {
        let mut out = Vec::new();
        if let Stage::Open(connection) = &mut self.stage {
            for chunk in chunks {
                // Without a limit the buffer takes everything.
                drop(connection.writer().write_all(chunk));
            }
            take(connection, &mut out);
        }
        out
    }

    /// What is to be sent already.
    pub fn pending(&mut self) -> Vec<u8> {
        self.write(&[])
    }

    /// Nothing more comes from here; returns the bytes that say so.
    pub fn end(&mut self) -> Vec<u8> {
        let mut out = Vec::new();
        if let Stage::Open(connection) = &mut self.stage {
            connection.send_close_notify();
            take(connection, &mut out);
        }
        out
    }

    /// The connection, once there is one.
    pub fn connection(&self) -> Option<&Connection> {
        match &self.stage {
            Stage::Open(connection) => Some(connection),
            _ => None,
        }
    }

    /// The connection, to ask it for keys.
    pub fn connection_mut(&mut self) -> Option<&mut Connection> {
        match &mut self.stage {
            Stage::Open(connection) => Some(connection),
            _ => None,
        }
    }
}

/// A server without a fitting certificate says so as OpenSSL does: the handshake has failed.
fn without_certificate(fed: &mut Fed) {
    const ACCESS_DENIED: [u8; 7] = [21, 3, 3, 0, 2, 2, 49];
    if matches!(fed.failed, Some(rustls::Error::General(_))) && fed.out == ACCESS_DENIED {
        fed.out[6] = 40;
    }
}

/// Takes the bytes that are to be sent.
fn take(connection: &mut Connection, out: &mut Vec<u8>) {
    while connection.wants_write() {
        // What is written into memory is written.
        if connection.write_tls(out).is_err() {
            break;
        }
    }
}
