//! Ops of `tls`: the record layer and the handshake as pure computation. Bytes of the network go in and come out; who
//! carries them is the business of the built-in module.

mod certificate;
mod chain;
mod context;
mod der;
mod names;
mod session;
mod tickets;
mod verifier;

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;
use std::sync::Arc;

use crate::host::Response;
use crate::js::ops::{Args, OpDecl, OpError, OpResult, Ret};
use crate::js::state::State;
use crate::js::{bytes, convert};
use crate::ops;
use chain::Purpose;
use context::{Context, Refused, ServerKind, Wanted};
use session::{Fed, Session};
use tickets::Tickets;

/// The table.
pub const OPS: &[OpDecl] = ops![
    tls_accept,
    tls_certificate,
    tls_certificates,
    tls_ciphers,
    tls_client,
    tls_context,
    tls_context_free,
    tls_end,
    tls_export,
    tls_feed,
    tls_free,
    tls_greeting,
    tls_own_certificates,
    tls_roots,
    tls_server,
    tls_session,
    tls_start,
    tls_status,
    tls_verify,
    tls_write,
];

/// Contexts and connections of one runtime.
#[derive(Default)]
struct Tables {
    contexts: HashMap<u64, Rc<Context>>,
    sessions: HashMap<u64, Session>,
    /// What clients may come back with; the oldest are forgotten.
    tickets: BTreeMap<u64, Arc<Tickets>>,
    last: u64,
}

impl Tables {
    fn number(&mut self) -> u64 {
        self.last += 1;
        self.last
    }
}

type Shared = Rc<RefCell<Tables>>;

fn tables(scope: &mut v8::PinScope) -> Shared {
    if let Some(tables) = scope.get_slot::<Shared>() {
        return Rc::clone(tables);
    }
    let tables = Shared::default();
    scope.set_slot(Rc::clone(&tables));
    tables
}

fn id(value: v8::Local<v8::Value>) -> u64 {
    convert::offset(value).unwrap_or(0)
}

fn give(scope: &mut v8::PinScope, response: Response, ret: Ret) -> OpResult {
    let value = convert::response(scope, response);
    ret.set(value.ok_or_else(|| OpError::Other("the result is larger than JavaScript can hold".to_owned()))?);
    Ok(())
}

/// Bytes that may be none; null then.
fn some(bytes: Vec<u8>) -> Response {
    if bytes.is_empty() { Response::Null } else { Response::Bytes(bytes) }
}

/// The items of an array of strings and views, as bytes.
fn list(scope: &mut v8::PinScope, value: v8::Local<v8::Value>) -> Vec<Vec<u8>> {
    let Ok(array) = v8::Local::<v8::Array>::try_from(value) else { return Vec::new() };
    (0..array.length())
        .filter_map(|index| array.get_index(scope, index))
        .map(|item| convert::path(scope, item))
        .collect()
}

/// `(chains, keys, trusted or undefined, trusted in addition, partial, lowest version, highest version, ciphers) →
/// context, or [code, message]`.
fn tls_context(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let version = |index| u16::try_from(convert::int(args.get(index))).unwrap_or(0);
    let trusted = args.get(2);
    let wanted = Wanted {
        certificates: list(scope, args.get(0)),
        keys: list(scope, args.get(1)),
        trusted: trusted.is_array().then(|| list(scope, trusted)),
        more: list(scope, args.get(3)),
        partial: args.get(4).is_true(),
        versions: (version(5), version(6)),
        ciphers: convert::texts(scope, args.get(7))?,
    };
    match Context::new(wanted) {
        Ok(context) => {
            let tables = tables(scope);
            let mut tables = tables.borrow_mut();
            let number = tables.number();
            tables.contexts.insert(number, Rc::new(context));
            ret.set_double(number as f64);
            Ok(())
        }
        Err(Refused(code, message)) => {
            let parts = [code, message].map(|text| Response::Text(text.to_owned()));
            give(scope, Response::List(parts.into()), ret)
        }
    }
}

/// `(context)`: no new connection will use it.
fn tls_context_free(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    tables(scope).borrow_mut().contexts.remove(&id(args.get(0)));
    Ok(())
}

fn context(tables: &Tables, value: v8::Local<v8::Value>) -> Result<Rc<Context>, OpError> {
    let found = tables.contexts.get(&id(value)).cloned();
    found.ok_or_else(|| OpError::Type("there is no such context".to_owned()))
}

fn keep(tables: &mut Tables, session: Session, ret: &mut Ret) {
    let number = tables.number();
    tables.sessions.insert(number, session);
    ret.set_double(number as f64);
}

/// `(context, name of the server, whether to show it, protocols, number of an earlier session or undefined) → connection, or [code, reason]`.
fn tls_client(scope: &mut v8::PinScope, args: Args, mut ret: Ret) -> OpResult {
    read_clock(scope);
    let name = convert::text(scope, args.get(1));
    let shows_name = args.get(2).is_true();
    let protocols = list(scope, args.get(3));
    let tables = tables(scope);
    let made = {
        let tables = tables.borrow();
        let tickets = tables.tickets.get(&id(args.get(4))).cloned().unwrap_or_default();
        Session::client(context(&tables, args.get(0))?, &name, shows_name, protocols, tickets)
    };
    match made {
        Ok(session) => keep(&mut tables.borrow_mut(), session, &mut ret),
        Err(failed) => {
            let (code, reason) = names::failure(&failed);
            return give(scope, Response::List(vec![Response::Text(code), Response::Text(reason)]), ret);
        }
    }
    Ok(())
}

/// Sessions that clients may come back to are kept for so many connections.
const KEPT: usize = 1024;

/// `(connection) → number of its session`.
fn tls_session(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let tickets = with(scope, args.get(0), |session| Arc::clone(&session.tickets))?;
    let tables = tables(scope);
    let mut tables = tables.borrow_mut();
    let known = tables.tickets.iter().find(|entry| Arc::ptr_eq(entry.1, &tickets)).map(|entry| *entry.0);
    let number = known.unwrap_or_else(|| {
        let number = tables.number();
        tables.tickets.insert(number, tickets);
        number
    });
    if tables.tickets.len() > KEPT {
        tables.tickets.pop_first();
    }
    ret.set_double(number as f64);
    Ok(())
}

/// `() → connection` that waits for a client.
fn tls_server(scope: &mut v8::PinScope, _args: Args, mut ret: Ret) -> OpResult {
    keep(&mut tables(scope).borrow_mut(), Session::server(), &mut ret);
    Ok(())
}

fn with<R>(
    scope: &mut v8::PinScope,
    value: v8::Local<v8::Value>,
    act: impl FnOnce(&mut Session) -> R,
) -> Result<R, OpError> {
    let tables = tables(scope);
    let mut tables = tables.borrow_mut();
    let session = tables.sessions.get_mut(&id(value));
    session.map(act).ok_or_else(|| OpError::Type("there is no such connection".to_owned()))
}

/// The library asks for the time now and then.
fn read_clock(scope: &mut v8::PinScope) {
    context::set_time(State::of(scope).host.borrow().wall_clock() / 1_000_000_000);
}

const OPEN: f64 = 1.0;
const ENDED: f64 = 2.0;
const GREETED: f64 = 4.0;
const TICKET: f64 = 8.0;

/// What came of some bytes: `[text or null, bytes to send or null, flags, code, reason]`. Flags: 1 the handshake is
/// over, 2 nothing more comes, 4 a server has to choose a context, 8 there is something to come
/// back with.
fn fed(fed: Fed) -> Response {
    let mut flags = 0.0;
    for (is_set, flag) in [(fed.open, OPEN), (fed.ended, ENDED), (fed.greeted, GREETED), (fed.ticket, TICKET)]
    {
        if is_set {
            flags += flag;
        }
    }
    let mut parts = vec![some(fed.plain), some(fed.out), Response::Number(flags)];
    if let Some(failed) = fed.failed {
        let (code, reason) = names::failure(&failed);
        parts.extend([Response::Text(code), Response::Text(reason)]);
    }
    Response::List(parts)
}

/// `(connection, view) → what came of it`.
fn tls_feed(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    read_clock(scope);
    let input = bytes::read(args.get(1), <[u8]>::to_vec)?;
    let result = with(scope, args.get(0), |session| session.feed(&input))?;
    give(scope, fed(result), ret)
}

/// `(connection) → [name the client asked for, protocols it offers]`.
fn tls_greeting(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let (name, protocols) = with(scope, args.get(0), |session| session.greeting())?.unwrap_or_default();
    let protocols = protocols.into_iter().map(|name| Response::Text(latin1(&name))).collect();
    give(scope, Response::List(vec![Response::Text(name), Response::List(protocols)]), ret)
}

fn latin1(bytes: &[u8]) -> String {
    bytes.iter().map(|&byte| char::from(byte)).collect()
}

/// `(connection, context, false, true to ask the client for a certificate, 'required' to insist on it, protocols) → what came of it`.
fn tls_accept(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    read_clock(scope);
    let kind = ServerKind {
        request_certificate: !args.get(2).is_false(),
        require_certificate: args.get(2).is_string(),
        protocols: list(scope, args.get(3)),
    };
    let context = context(&tables(scope).borrow(), args.get(1))?;
    let result = with(scope, args.get(0), |session| session.choose(context, kind))?;
    give(scope, fed(result), ret)
}

/// `(connection) → bytes to send first, or null`.
fn tls_start(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let out = with(scope, args.get(0), Session::pending)?;
    give(scope, some(out), ret)
}

/// `(connection, [views and strings]) → bytes to send`.
fn tls_write(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let chunks = list(scope, args.get(1));
    let chunks: Vec<&[u8]> = chunks.iter().map(Vec::as_slice).collect();
    let out = with(scope, args.get(0), |session| session.write(&chunks))?;
    give(scope, some(out), ret)
}

/// `(connection) → bytes that say that nothing more comes, or null`.
fn tls_end(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let out = with(scope, args.get(0), Session::end)?;
    give(scope, some(out), ret)
}

/// `(connection)`: it is not needed any more.
fn tls_free(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    tables(scope).borrow_mut().sessions.remove(&id(args.get(0)));
    Ok(())
}

/// `(connection) → [version, cipher, cipher's name in the standards, protocol above or null, whether it resumes an
/// earlier one, name of the group]`, each empty before the handshake.
fn tls_status(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let status = with(scope, args.get(0), |session| {
        let connection = session.connection()?;
        let suite = connection.negotiated_cipher_suite().map(|suite| suite.suite());
        let group = connection.negotiated_key_exchange_group().map(|group| format!("{:?}", group.name()));
        let resumed = connection.handshake_kind() == Some(rustls::HandshakeKind::Resumed);
        Some(Response::List(vec![
            Response::Text(names::protocol(connection.protocol_version()).to_owned()),
            Response::Text(suite.map(names::cipher).unwrap_or_default().to_owned()),
            Response::Text(suite.map(names::standard_cipher).unwrap_or_default()),
            connection.alpn_protocol().map_or(Response::Null, |name| Response::Text(latin1(name))),
            Response::Bool(resumed),
            Response::Text(group.unwrap_or_default()),
        ]))
    })?;
    give(scope, status.unwrap_or(Response::Null), ret)
}

fn peer_certificates(session: &Session) -> Vec<Vec<u8>> {
    let shown = session.connection().and_then(|connection| connection.peer_certificates());
    shown.unwrap_or_default().iter().map(|certificate| certificate.to_vec()).collect()
}

/// `(connection) → certificates of the other side, as bytes`.
fn tls_certificates(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let found = with(scope, args.get(0), |session| {
        let mut chain = peer_certificates(session);
        if let Some(context) = &session.context
            && !chain.is_empty()
        {
            context.trust.complete(&mut chain);
        }
        chain
    })?;
    give(scope, Response::List(found.into_iter().map(Response::Bytes).collect()), ret)
}

/// `(connection) → own certificates, as bytes`.
fn tls_own_certificates(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let found = with(scope, args.get(0), |session| {
        session.context.as_ref().map(|context| context.own_certificates()).unwrap_or_default()
    })?;
    give(scope, Response::List(found.into_iter().map(Response::Bytes).collect()), ret)
}

/// `(connection, the other side is a client) → code of what is wrong with its certificates, or null`.
fn tls_verify(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    read_clock(scope);
    let purpose = if args.get(1).is_true() { Purpose::Client } else { Purpose::Server };
    let verdict = with(scope, args.get(0), |session| {
        let certificates = peer_certificates(session);
        let now = i64::try_from(context::time()).unwrap_or(i64::MAX);
        let context = session.context.as_ref()?;
        chain::verify(&certificates, &context.trust, now, purpose)
    })?;
    let verdict = verdict.map_or(Response::Null, |code| Response::Text(code.to_owned()));
    give(scope, verdict, ret)
}

/// `(connection, length, label, context or undefined) → keys for another protocol, or null`.
fn tls_export(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let length = convert::number(args.get(1)) as usize;
    let label = convert::path(scope, args.get(2));
    let context = convert::view_bytes(args.get(3));
    let keys = with(scope, args.get(0), |session| {
        let keys = vec![0; length];
        let exported = match session.connection_mut()? {
            rustls::Connection::Client(client) => {
                client.export_keying_material(keys, &label, context.as_deref())
            }
            rustls::Connection::Server(server) => {
                server.export_keying_material(keys, &label, context.as_deref())
            }
        };
        exported.ok()
    })?;
    give(scope, keys.map_or(Response::Null, Response::Bytes), ret)
}

/// `(bytes of a certificate) → its parts, as internal/tls/certificate takes them, or null`.
fn tls_certificate(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let parts = bytes::read(args.get(0), certificate::describe)?;
    give(scope, parts.unwrap_or(Response::Null), ret)
}

/// `() → names of ciphers, best first`.
fn tls_ciphers(scope: &mut v8::PinScope, _args: Args, ret: Ret) -> OpResult {
    let suites = rustls::crypto::ring::default_provider().cipher_suites;
    let names = suites.iter().map(|suite| Response::Text(names::cipher(suite.suite()).to_owned()));
    give(scope, Response::List(names.collect()), ret)
}

/// `() → certificates of the roots that come with the program`.
fn tls_roots(scope: &mut v8::PinScope, _args: Args, ret: Ret) -> OpResult {
    let roots = webpki_root_certs::TLS_SERVER_ROOT_CERTS.iter().map(|root| Response::Bytes(root.to_vec()));
    give(scope, Response::List(roots.collect()), ret)
}
