//! URLs by the letter of the URL standard (<https://url.spec.whatwg.org>): the record, its text and its setters.
//!
//! Hosts are the crate `url`'s work. Its own parser departs from the standard in ways that scripts can see (slashes in
//! `file:` URLs, backslashes behind other schemes, several setters), which is why the state machine is here.

mod escape;
mod parser;
#[cfg(test)]
mod tests;

use url::Host;

use escape::EscapeSet;
use parser::State;

/// Not a URL, or a value that a part refuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refused;

/// Path of a URL.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Path {
    /// Text without structure: `mailto:a@b`.
    Opaque(String),
    /// What stands between slashes.
    Segments(Vec<String>),
}

/// A URL, taken apart (<https://url.spec.whatwg.org/#concept-url>).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebUrl {
    scheme: String,
    username: String,
    password: String,
    host: Option<String>,
    port: Option<u16>,
    path: Path,
    query: Option<String>,
    fragment: Option<String>,
}

/// Where the parts stand in the text of a URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offsets {
    /// End of the scheme.
    pub scheme_end: usize,
    /// End of the user name.
    pub username_end: usize,
    /// Start of the host.
    pub host_start: usize,
    /// End of the host.
    pub host_end: usize,
    /// The port itself.
    pub port: Option<u16>,
    /// Start of the path.
    pub path_start: usize,
    /// Place of the question mark.
    pub query_start: Option<usize>,
    /// Place of the number sign.
    pub fragment_start: Option<usize>,
}

/// A part that can be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The scheme.
    Protocol,
    /// The user name.
    Username,
    /// The password.
    Password,
    /// Host and port.
    Host,
    /// The host alone.
    Hostname,
    /// The port.
    Port,
    /// The path.
    Pathname,
    /// The query.
    Search,
    /// The fragment.
    Hash,
}

fn default_port(scheme: &str) -> Option<u16> {
    match scheme {
        "http" | "ws" => Some(80),
        "https" | "wss" => Some(443),
        "ftp" => Some(21),
        _ => None,
    }
}

fn is_special(scheme: &str) -> bool {
    scheme == "file" || default_port(scheme).is_some()
}

/// The host that `text` means.
fn parse_host(text: &str, special: bool) -> Result<String, Refused> {
    if !special {
        if text.is_empty() {
            return Ok(String::new());
        }
        return Host::parse_opaque(text).map(|host| host.to_string()).map_err(|_| Refused);
    }
    if is_plain_domain(text) {
        return Ok(text.to_owned());
    }
    match Host::parse(text) {
        Ok(host) => Ok(host.to_string()),
        Err(_) => invalid_punycode(text).ok_or(Refused),
    }
}

/// Whether a host is what it looks like, which most are: lower-case labels, no Punycode, no address.
fn is_plain_domain(text: &str) -> bool {
    let is_label = |label: &str| {
        !label.starts_with("xn--")
            && label.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    let last = text.rsplit('.').next().unwrap_or_default();
    last.starts_with(|first: char| first.is_ascii_lowercase()) && text.split('.').all(is_label)
}

/// ASCII names with labels that only look like Punycode are taken as they are, as Node takes them.
fn invalid_punycode(text: &str) -> Option<String> {
    let name = String::from_utf8(escape::unescape(text)).ok()?.to_ascii_lowercase();
    let is_plain = name.bytes().all(|byte| byte.is_ascii_graphic() && !b"#/:<>?@[\\]^|%".contains(&byte));
    let last = name.rsplit('.').find(|label| !label.is_empty())?;
    let digits = last.strip_prefix("0x").unwrap_or(last);
    let is_number = digits.bytes().all(|byte| byte.is_ascii_digit()) || digits.len() < last.len();
    (is_plain && !is_number && name.split('.').any(|label| label.starts_with("xn--"))).then_some(name)
}

impl WebUrl {
    /// Parses `input`, relative to `base` if there is one.
    ///
    /// # Errors
    /// When it is no URL.
    pub fn parse(input: &str, base: Option<&Self>) -> Result<Self, Refused> {
        parser::parse(input, base)
    }

    /// Sets a part. Values that the part ignores change nothing.
    ///
    /// # Errors
    /// When the value is refused; the URL is then as it was.
    pub fn set(&mut self, part: Part, value: &str) -> Result<(), Refused> {
        match part {
            Part::Protocol => self.run(&format!("{value}:"), State::SchemeStart),
            Part::Username | Part::Password | Part::Port if self.cannot_have_port() => Ok(()),
            Part::Username => {
                self.username = escape::escape(value, EscapeSet::UserInfo);
                Ok(())
            }
            Part::Password => {
                self.password = escape::escape(value, EscapeSet::UserInfo);
                Ok(())
            }
            Part::Port if value.is_empty() => {
                self.port = None;
                Ok(())
            }
            Part::Port => self.run(value, State::Port),
            Part::Host | Part::Hostname | Part::Pathname if self.is_opaque() => Ok(()),
            Part::Host => self.run(value, State::Host),
            Part::Hostname => self.run(value, State::Hostname),
            Part::Pathname => {
                self.path = Path::Segments(Vec::new());
                self.run(value, State::PathStart)
            }
            Part::Search | Part::Hash => self.set_tail(part, value),
        }
    }

    fn set_tail(&mut self, part: Part, value: &str) -> Result<(), Refused> {
        let is_query = part == Part::Search;
        let (field, mark, state) = if is_query {
            (&mut self.query, '?', State::Query)
        } else {
            (&mut self.fragment, '#', State::Fragment)
        };
        if value.is_empty() {
            *field = None;
            self.strip_opaque_path();
            return Ok(());
        }
        *field = Some(String::new());
        self.run(value.strip_prefix(mark).unwrap_or(value), state)
    }

    /// Spaces at the end of an opaque path would get lost when nothing follows them any more.
    fn strip_opaque_path(&mut self) {
        if self.query.is_some() || self.fragment.is_some() {
            return;
        }
        if let Path::Opaque(path) = &mut self.path {
            path.truncate(path.trim_end_matches(' ').len());
        }
    }

    fn run(&mut self, value: &str, state: State) -> Result<(), Refused> {
        let changed = parser::set(self.clone(), value, state)?;
        *self = changed;
        Ok(())
    }

    fn is_opaque(&self) -> bool {
        matches!(self.path, Path::Opaque(_))
    }

    fn is_special(&self) -> bool {
        is_special(&self.scheme)
    }

    fn has_credentials(&self) -> bool {
        !self.username.is_empty() || !self.password.is_empty()
    }

    fn cannot_have_port(&self) -> bool {
        self.host.as_ref().is_none_or(String::is_empty) || self.scheme == "file"
    }

    /// The text, and where its parts are.
    pub fn serialize(&self) -> (String, Offsets) {
        let mut text = String::with_capacity(128);
        text.push_str(&self.scheme);
        text.push(':');
        let scheme_end = self.scheme.len();
        let (mut username_end, mut host_start, mut host_end) = (text.len(), text.len(), text.len());
        if let Some(host) = &self.host {
            text.push_str("//");
            text.push_str(&self.username);
            username_end = text.len();
            if !self.password.is_empty() {
                text.push(':');
                text.push_str(&self.password);
            }
            if self.has_credentials() {
                text.push('@');
            }
            host_start = text.len();
            text.push_str(host);
            host_end = text.len();
            if let Some(port) = self.port {
                text.push_str(&format!(":{port}"));
            }
        }
        let path_start;
        match &self.path {
            Path::Opaque(path) => {
                path_start = text.len();
                text.push_str(path);
            }
            Path::Segments(segments) => {
                // Without a host, two slashes at the start of a path would look like one.
                if self.host.is_none() && segments.len() > 1 && segments[0].is_empty() {
                    text.push_str("/.");
                }
                path_start = text.len();
                for segment in segments {
                    text.push('/');
                    text.push_str(segment);
                }
            }
        }
        let query_start = self.query.as_ref().map(|query| {
            let start = text.len();
            text.push('?');
            text.push_str(query);
            start
        });
        let fragment_start = self.fragment.as_ref().map(|fragment| {
            let start = text.len();
            text.push('#');
            text.push_str(fragment);
            start
        });
        let port = self.port;
        let offsets = Offsets {
            scheme_end,
            username_end,
            host_start,
            host_end,
            port,
            path_start,
            query_start,
            fragment_start,
        };
        (text, offsets)
    }
}
