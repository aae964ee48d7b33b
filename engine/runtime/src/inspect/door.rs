//! Who may talk to the inspector's server, and what its pages say
//! (<https://nodejs.org/api/cli.html#--inspecthostport>): plain bytes in, plain bytes out.

use serde_json::{Value, json};

use super::{protocol, websocket};

/// The only page of Chrome's that may connect from a server: the front end that `chrome://inspect` opens in old versions.
const FRONT_END: &str = "https://chrome-devtools-frontend.appspot.com";

/// The line below an address.
const HELP: &str = "For help, see: https://nodejs.org/learn/getting-started/debugging\n";

/// Where the server listens, and how.
#[derive(Debug, Clone, Copy)]
pub struct Address<'a> {
    /// The address.
    pub host: &'a str,
    /// The port; 0 for any that is free.
    pub port: u16,
    /// Whether its pages tell of the run.
    pub lists: bool,
}

/// What the server tells of the run.
#[derive(Debug, Clone)]
pub struct Facts {
    /// The random name of the run, the path of its WebSocket.
    pub id: String,
    /// Where the server listens: `127.0.0.1:9229`.
    pub address: String,
    /// The title of the run: its script, or the program with its process id.
    pub title: String,
    /// The script's URL.
    pub url: String,
    /// Whether its pages tell of it.
    pub lists: bool,
}

impl Facts {
    /// Where clients connect.
    pub fn socket_url(&self) -> String {
        format!("ws://{}/{}", self.address, self.id)
    }
}

/// Where clients come in. Dropping it without [`Door::close`] leaves it open until the process ends.
pub struct Door {
    /// What the server tells.
    pub facts: Facts,
    close: Box<dyn FnOnce() + Send>,
}

impl Door {
    /// A door that `close` closes: it ends all conversations and gives the address back.
    pub fn new(facts: Facts, close: Box<dyn FnOnce() + Send>) -> Self {
        Self { facts, close }
    }

    /// Lets nobody in any more and sends everybody away.
    pub fn close(self) {
        (self.close)();
    }
}

impl Facts {
    /// What is written to standard error when clients may come.
    pub fn announcement(&self) -> String {
        format!("Debugger listening on {}\n{HELP}", self.socket_url())
    }

    /// What is written when the last client has gone.
    pub fn farewell(&self) -> String {
        format!("Debugger ending on {}\n{HELP}", self.socket_url())
    }

    /// The port, 0 when the address has none.
    pub fn port(&self) -> u16 {
        self.address.rsplit(':').next().and_then(|port| port.parse().ok()).unwrap_or(0)
    }
}

/// How Rust's library begins to tell that a name has no address; what follows are the system's words.
const NOT_RESOLVED: &str = "failed to lookup address information: ";

/// What is written to standard error when nobody can be let in there.
pub fn refusal_text(host: &str, port: u16, failed: &std::io::Error) -> String {
    let known = failed.raw_os_error().and_then(crate::host::real::errno::text_of);
    let words = failed.to_string();
    if let Some(why) = words.strip_prefix(NOT_RESOLVED).filter(|_| known.is_none()) {
        let why = match why {
            "Name or service not known" => "unknown node or service",
            "Temporary failure in name resolution" => "temporary failure",
            other => other,
        };
        return format!("Unable to resolve \"{host}\": {why}\n");
    }
    let text = known.map_or_else(|| failed.to_string(), str::to_owned);
    format!("Starting inspector on {host}:{port} failed: {text}\n")
}

/// What comes of a request.
#[derive(Debug, PartialEq, Eq)]
pub enum Answer {
    /// A whole response; the connection ends with it.
    Page(String),
    /// The handshake of a WebSocket.
    Socket(String),
}

/// Answers the head of a request.
pub fn answer(head: &[u8], facts: &Facts) -> Answer {
    let mut headers = [httparse::EMPTY_HEADER; 64];
    let mut request = httparse::Request::new(&mut headers);
    if !matches!(request.parse(head), Ok(httparse::Status::Complete(_))) || request.method != Some("GET") {
        return refusal();
    }
    let header = |name: &str| {
        let found = request.headers.iter().find(|header| header.name.eq_ignore_ascii_case(name))?;
        std::str::from_utf8(found.value).ok()
    };
    if !header("host").is_none_or(is_local) || !header("origin").is_none_or(may_connect) {
        return refusal();
    }
    let path = request.path.unwrap_or_default();
    if header("upgrade").is_some_and(|upgrade| upgrade.eq_ignore_ascii_case("websocket")) {
        return match header("sec-websocket-key") {
            Some(key) if path.strip_prefix('/') == Some(&facts.id) => Answer::Socket(format!(
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
                 Sec-WebSocket-Accept: {}\r\n\r\n",
                websocket::accept_key(key)
            )),
            _ => refusal(),
        };
    }
    match path.trim_end_matches('/') {
        "/json" | "/json/list" | "/json/protocol" if !facts.lists => not_listed(),
        "/json" | "/json/list" => page(&json!([target(facts, header("host").unwrap_or(&facts.address))])),
        "/json/protocol" => page(&protocol::description()),
        "/json/version" => {
            page(&json!({ "Browser": format!("node.js/{}", crate::NODE_VERSION), "Protocol-Version": "1.1" }))
        }
        _ => refusal(),
    }
}

/// What is told of the run; `address` is the one by which the client came, perhaps through a tunnel.
fn target(facts: &Facts, address: &str) -> Value {
    let front_end = |page: &str| {
        format!(
            "devtools://devtools/bundled/{page}.html?experiments=true&v8only=true&ws={address}/{}",
            facts.id
        )
    };
    json!({
        "description": "node.js instance",
        "devtoolsFrontendUrl": front_end("js_app"),
        "devtoolsFrontendUrlCompat": front_end("inspector"),
        "faviconUrl": "https://nodejs.org/static/images/favicons/favicon.ico",
        "id": facts.id,
        "title": facts.title,
        "type": "node",
        "url": facts.url,
        "webSocketDebuggerUrl": format!("ws://{address}/{}", facts.id),
    })
}

fn page(value: &Value) -> Answer {
    let text = format!("{value:#}\n");
    Answer::Page(format!(
        "HTTP/1.0 200 OK\r\nContent-Type: application/json; charset=UTF-8\r\nCache-Control: no-cache\r\n\
         Content-Length: {}\r\n\r\n{text}",
        text.len()
    ))
}

/// The answer of Node.js when `--inspect-publish-uid` leaves the pages out.
fn not_listed() -> Answer {
    Answer::Page(
        "HTTP/1.0 404 OK\r\nContent-Type: application/json; charset=UTF-8\r\nCache-Control: no-cache\r\n\
         Content-Length: 0\r\n\r\n"
            .to_owned(),
    )
}

fn refusal() -> Answer {
    Answer::Page(
        "HTTP/1.0 400 Bad Request\r\nContent-Type: text/html; charset=UTF-8\r\n\r\nWebSockets request was expected\r\n"
            .to_owned(),
    )
}

/// Whether a `Host` header names an address or this machine: any other name may have been made to lead here by a page that
/// wants to reach programs on its visitor's machine.
fn is_local(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        // Colons in brackets belong to the address.
        Some((name, port)) if !port.ends_with(']') => name,
        _ => host,
    };
    match url::Host::parse(name) {
        Ok(url::Host::Domain(name)) => name == "localhost",
        // `1` and `0x7f000001` are names to whoever asks for them.
        Ok(url::Host::Ipv4(address)) => address.to_string() == name,
        Ok(url::Host::Ipv6(_)) => true,
        Err(_) => false,
    }
}

/// Whether a page from this origin may connect: pages of websites may not.
fn may_connect(origin: &str) -> bool {
    let Some((scheme, host)) = origin.split_once("://") else { return false };
    match scheme {
        "http" | "https" => origin == FRONT_END || is_local(host),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts() -> Facts {
        let text = str::to_owned;
        Facts {
            id: text("a-b"),
            address: text("127.0.0.1:9229"),
            title: text("t"),
            url: text("file:///t.js"),
            lists: true,
        }
    }

    fn ask(path: &str, headers: &str) -> Answer {
        answer(format!("GET {path} HTTP/1.1\r\n{headers}\r\n").as_bytes(), &facts())
    }

    #[test]
    fn pages_are_for_this_machine() {
        let listed =
            |headers: &str| matches!(ask("/json", headers), Answer::Page(page) if page.contains("/a-b\""));
        assert!(listed(""));
        assert!(listed("Host: localhost:9229\r\n"));
        let through = ask("/json", "Host: localhost:8000\r\n");
        assert!(matches!(through, Answer::Page(page) if page.contains("\"ws://localhost:8000/a-b\"")));
        assert!(listed("Host: [::1]:9229\r\n"));
        for name in ["example.com", "1", "0x7f000001", "127.1", "localhost.example.com", "a.localhost", "::1"]
        {
            assert!(!listed(&format!("Host: {name}\r\n")), "{name}");
        }
        assert!(!listed("Host: localhost\r\nOrigin: http://example.com\r\n"));
        assert!(!listed("Host: localhost\r\nOrigin: null\r\n"));
        assert!(listed("Host: localhost\r\nOrigin: devtools://devtools\r\n"));
        let hidden = answer(b"GET /json HTTP/1.1\r\n\r\n", &Facts { lists: false, ..facts() });
        assert_eq!(hidden, not_listed());
    }

    #[test]
    fn sockets_open_only_for_those_who_know_the_name() {
        let upgrade = "Host: localhost\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\n";
        assert!(matches!(ask("/a-b", upgrade), Answer::Socket(_)));
        assert_eq!(ask("/a-c", upgrade), refusal());
        assert_eq!(ask("/a-b", "Host: localhost\r\nUpgrade: websocket\r\n"), refusal());
        assert_eq!(answer(b"\x16\x03\x01", &facts()), refusal());
    }
}
