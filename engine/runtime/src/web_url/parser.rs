//! The state machine (<https://url.spec.whatwg.org/#concept-basic-url-parser>), state by state as the standard has it.

use super::escape::{self, EscapeSet};
use super::{Path, Refused, WebUrl, default_port, is_special, parse_host};

/// A state of the machine. A setter starts in one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    SchemeStart,
    Scheme,
    NoScheme,
    SpecialRelativeOrAuthority,
    PathOrAuthority,
    Relative,
    RelativeSlash,
    SpecialAuthoritySlashes,
    SpecialAuthorityIgnoreSlashes,
    Authority,
    Host,
    Hostname,
    Port,
    File,
    FileSlash,
    FileHost,
    PathStart,
    Path,
    OpaquePath,
    Query,
    Fragment,
}

/// Whether the machine goes on.
#[derive(PartialEq, Eq)]
enum Next {
    Run,
    Stop,
}

struct Machine<'a> {
    input: Vec<char>,
    /// Place in the input; a state that wants its character to be read again sets it back by one.
    pointer: isize,
    url: WebUrl,
    base: Option<&'a WebUrl>,
    /// The state in which a setter started.
    setter: Option<State>,
    state: State,
    buffer: String,
    at_sign_seen: bool,
    inside_brackets: bool,
    password_seen: bool,
}

/// Parses a whole URL.
pub fn parse(input: &str, base: Option<&WebUrl>) -> Result<WebUrl, Refused> {
    let url = WebUrl {
        scheme: String::new(),
        username: String::new(),
        password: String::new(),
        host: None,
        port: None,
        path: Path::Segments(Vec::new()),
        query: None,
        fragment: None,
    };
    let trimmed = input.trim_matches(|character: char| character <= ' ');
    Machine::new(url, trimmed, base, None).run()
}

/// Runs the machine from `state`, for a setter.
pub fn set(url: WebUrl, value: &str, state: State) -> Result<WebUrl, Refused> {
    Machine::new(url, value, None, Some(state)).run()
}

fn is_drive(text: &[char]) -> bool {
    matches!(text, [letter, ':' | '|'] if letter.is_ascii_alphabetic())
}

fn is_drive_text(text: &str) -> bool {
    matches!(text.as_bytes(), [letter, b':' | b'|'] if letter.is_ascii_alphabetic())
}

fn is_single_dot(segment: &str) -> bool {
    segment == "." || segment.eq_ignore_ascii_case("%2e")
}

fn is_double_dot(segment: &str) -> bool {
    matches!(segment.to_ascii_lowercase().as_str(), ".." | ".%2e" | "%2e." | "%2e%2e")
}

/// What the machine reads: tabs and line ends count for nothing.
fn characters(input: &str) -> Vec<char> {
    let mut characters = Vec::with_capacity(input.len());
    characters.extend(input.chars().filter(|character| !matches!(character, '\t' | '\n' | '\r')));
    characters
}

impl<'a> Machine<'a> {
    fn new(url: WebUrl, input: &str, base: Option<&'a WebUrl>, setter: Option<State>) -> Self {
        Self {
            input: characters(input),
            pointer: 0,
            url,
            base,
            setter,
            state: setter.unwrap_or(State::SchemeStart),
            buffer: String::with_capacity(32),
            at_sign_seen: false,
            inside_brackets: false,
            password_seen: false,
        }
    }

    fn at(&self, offset: isize) -> Option<char> {
        usize::try_from(self.pointer + offset).ok().and_then(|index| self.input.get(index)).copied()
    }

    /// The input from the pointer on.
    fn rest(&self) -> &[char] {
        usize::try_from(self.pointer).ok().and_then(|index| self.input.get(index..)).unwrap_or_default()
    }

    fn run(mut self) -> Result<WebUrl, Refused> {
        loop {
            if self.step(self.at(0))? == Next::Stop {
                break;
            }
            if usize::try_from(self.pointer).is_ok_and(|index| index >= self.input.len()) {
                break;
            }
            self.pointer += 1;
        }
        Ok(self.url)
    }

    fn go(&mut self, state: State) -> Result<Next, Refused> {
        self.state = state;
        Ok(Next::Run)
    }

    /// To another state, which reads the same character.
    fn again(&mut self, state: State) -> Result<Next, Refused> {
        self.pointer -= 1;
        self.go(state)
    }

    fn step(&mut self, c: Option<char>) -> Result<Next, Refused> {
        match self.state {
            State::SchemeStart => match c {
                Some(letter) if letter.is_ascii_alphabetic() => {
                    self.buffer.push(letter.to_ascii_lowercase());
                    self.go(State::Scheme)
                }
                _ if self.setter.is_none() => self.again(State::NoScheme),
                _ => Err(Refused),
            },
            State::Scheme => self.scheme(c),
            State::NoScheme => self.no_scheme(c),
            State::SpecialRelativeOrAuthority => {
                if c == Some('/') && self.at(1) == Some('/') {
                    self.pointer += 1;
                    return self.go(State::SpecialAuthorityIgnoreSlashes);
                }
                self.again(State::Relative)
            }
            State::PathOrAuthority if c == Some('/') => self.go(State::Authority),
            State::PathOrAuthority => self.again(State::Path),
            State::Relative => self.relative(c),
            State::RelativeSlash => self.relative_slash(c),
            State::SpecialAuthoritySlashes => {
                if c == Some('/') && self.at(1) == Some('/') {
                    self.pointer += 1;
                    return self.go(State::SpecialAuthorityIgnoreSlashes);
                }
                self.again(State::SpecialAuthorityIgnoreSlashes)
            }
            State::SpecialAuthorityIgnoreSlashes => match c {
                Some('/' | '\\') => Ok(Next::Run),
                _ => self.again(State::Authority),
            },
            State::Authority => self.authority(c),
            State::Host | State::Hostname => self.host(c),
            State::Port => self.port(c),
            State::File => self.file(c),
            State::FileSlash => self.file_slash(c),
            State::FileHost => self.file_host(c),
            State::PathStart => self.path_start(c),
            State::Path => self.path(c),
            State::OpaquePath => self.opaque_path(c),
            State::Query => self.query(c),
            State::Fragment => {
                if let (Some(character), Some(fragment)) = (c, &mut self.url.fragment) {
                    escape::push(fragment, character, EscapeSet::Fragment);
                }
                Ok(Next::Run)
            }
        }
    }

    fn scheme(&mut self, c: Option<char>) -> Result<Next, Refused> {
        match c {
            Some(character) if character.is_ascii_alphanumeric() || matches!(character, '+' | '-' | '.') => {
                self.buffer.push(character.to_ascii_lowercase());
                return Ok(Next::Run);
            }
            Some(':') => {}
            _ if self.setter.is_none() => {
                self.buffer.clear();
                self.pointer = -1;
                return self.go(State::NoScheme);
            }
            _ => return Err(Refused),
        }
        let scheme = std::mem::take(&mut self.buffer);
        if self.setter.is_some() {
            let url = &mut self.url;
            let becomes_file = scheme == "file" && (url.has_credentials() || url.port.is_some());
            let is_bare_file = url.scheme == "file" && url.host.as_ref().is_none_or(String::is_empty);
            if url.is_special() == is_special(&scheme) && !becomes_file && !is_bare_file {
                url.scheme = scheme;
                if url.port == default_port(&url.scheme) {
                    url.port = None;
                }
            }
            return Ok(Next::Stop);
        }
        self.url.scheme = scheme;
        if self.url.scheme == "file" {
            return self.go(State::File);
        }
        if self.url.is_special() {
            let same = self.base.is_some_and(|base| base.scheme == self.url.scheme);
            return self.go(if same {
                State::SpecialRelativeOrAuthority
            } else {
                State::SpecialAuthoritySlashes
            });
        }
        if self.at(1) == Some('/') {
            self.pointer += 1;
            return self.go(State::PathOrAuthority);
        }
        self.url.path = Path::Opaque(String::new());
        self.go(State::OpaquePath)
    }

    fn no_scheme(&mut self, c: Option<char>) -> Result<Next, Refused> {
        let base = self.base.ok_or(Refused)?;
        if base.is_opaque() {
            if c != Some('#') {
                return Err(Refused);
            }
            self.url.scheme.clone_from(&base.scheme);
            self.url.path = base.path.clone();
            self.url.query.clone_from(&base.query);
            return self.begin_fragment();
        }
        self.again(if base.scheme == "file" { State::File } else { State::Relative })
    }

    fn begin_query(&mut self) -> Result<Next, Refused> {
        self.url.query = Some(String::new());
        self.go(State::Query)
    }

    fn begin_fragment(&mut self) -> Result<Next, Refused> {
        self.url.fragment = Some(String::new());
        self.go(State::Fragment)
    }

    /// Whether `c` separates segments.
    fn is_slash(&self, c: Option<char>) -> bool {
        c == Some('/') || (c == Some('\\') && self.url.is_special())
    }

    /// Whether a host can end at `c`.
    fn ends_authority(&self, c: Option<char>) -> bool {
        matches!(c, None | Some('?' | '#')) || self.is_slash(c)
    }

    fn relative(&mut self, c: Option<char>) -> Result<Next, Refused> {
        let base = self.base.ok_or(Refused)?;
        self.url.scheme.clone_from(&base.scheme);
        if self.is_slash(c) {
            return self.go(State::RelativeSlash);
        }
        self.copy_authority(base);
        self.url.path = base.path.clone();
        self.url.query.clone_from(&base.query);
        match c {
            Some('?') => self.begin_query(),
            Some('#') => self.begin_fragment(),
            Some(_) => {
                self.url.query = None;
                self.shorten_path();
                self.again(State::Path)
            }
            None => Ok(Next::Run),
        }
    }

    fn copy_authority(&mut self, base: &WebUrl) {
        self.url.username.clone_from(&base.username);
        self.url.password.clone_from(&base.password);
        self.url.host.clone_from(&base.host);
        self.url.port = base.port;
    }

    fn relative_slash(&mut self, c: Option<char>) -> Result<Next, Refused> {
        if self.url.is_special() && self.is_slash(c) {
            return self.go(State::SpecialAuthorityIgnoreSlashes);
        }
        if c == Some('/') {
            return self.go(State::Authority);
        }
        self.copy_authority(self.base.ok_or(Refused)?);
        self.again(State::Path)
    }

    fn authority(&mut self, c: Option<char>) -> Result<Next, Refused> {
        if c == Some('@') {
            if self.at_sign_seen {
                self.buffer.insert_str(0, "%40");
            }
            self.at_sign_seen = true;
            for character in std::mem::take(&mut self.buffer).chars() {
                if character == ':' && !self.password_seen {
                    self.password_seen = true;
                    continue;
                }
                let part = if self.password_seen { &mut self.url.password } else { &mut self.url.username };
                escape::push(part, character, EscapeSet::UserInfo);
            }
            return Ok(Next::Run);
        }
        if self.ends_authority(c) {
            if self.at_sign_seen && self.buffer.is_empty() {
                return Err(Refused);
            }
            // Back to where the host begins.
            self.pointer -= isize::try_from(self.buffer.chars().count()).unwrap_or(0) + 1;
            self.buffer.clear();
            return self.go(State::Host);
        }
        self.buffer.extend(c);
        Ok(Next::Run)
    }

    fn host(&mut self, c: Option<char>) -> Result<Next, Refused> {
        if self.setter.is_some() && self.url.scheme == "file" {
            return self.again(State::FileHost);
        }
        let special = self.url.is_special();
        if c == Some(':') && !self.inside_brackets {
            if self.buffer.is_empty() || self.setter == Some(State::Hostname) {
                return Err(Refused);
            }
            self.url.host = Some(parse_host(&self.buffer, special)?);
            self.buffer.clear();
            return self.go(State::Port);
        }
        if self.ends_authority(c) {
            let keeps_host = self.setter.is_some() && (self.url.has_credentials() || self.url.port.is_some());
            if self.buffer.is_empty() && (special || keeps_host) {
                return Err(Refused);
            }
            self.url.host = Some(parse_host(&self.buffer, special)?);
            self.buffer.clear();
            if self.setter.is_some() {
                return Ok(Next::Stop);
            }
            return self.again(State::PathStart);
        }
        match c {
            Some('[') => self.inside_brackets = true,
            Some(']') => self.inside_brackets = false,
            _ => {}
        }
        self.buffer.extend(c);
        Ok(Next::Run)
    }

    fn port(&mut self, c: Option<char>) -> Result<Next, Refused> {
        if let Some(digit) = c.filter(char::is_ascii_digit) {
            self.buffer.push(digit);
            return Ok(Next::Run);
        }
        if !self.ends_authority(c) && self.setter.is_none() {
            return Err(Refused);
        }
        if !self.buffer.is_empty() {
            let digits = self.buffer.trim_start_matches('0');
            let port: u16 = if digits.is_empty() { 0 } else { digits.parse().map_err(|_| Refused)? };
            self.url.port = (default_port(&self.url.scheme) != Some(port)).then_some(port);
            self.buffer.clear();
            if self.setter.is_some() {
                return Ok(Next::Stop);
            }
        }
        if self.setter.is_some() {
            // `host` may name a host and an empty port.
            return if self.setter == Some(State::Host) { Ok(Next::Stop) } else { Err(Refused) };
        }
        self.again(State::PathStart)
    }

    fn file(&mut self, c: Option<char>) -> Result<Next, Refused> {
        "file".clone_into(&mut self.url.scheme);
        self.url.host = Some(String::new());
        if matches!(c, Some('/' | '\\')) {
            return self.go(State::FileSlash);
        }
        let Some(base) = self.base.filter(|base| base.scheme == "file") else {
            return self.again(State::Path);
        };
        self.url.host.clone_from(&base.host);
        self.url.path = base.path.clone();
        self.url.query.clone_from(&base.query);
        match c {
            Some('?') => self.begin_query(),
            Some('#') => self.begin_fragment(),
            Some(_) => {
                self.url.query = None;
                if self.begins_with_drive() {
                    self.url.path = Path::Segments(Vec::new());
                } else {
                    self.shorten_path();
                }
                self.again(State::Path)
            }
            None => Ok(Next::Run),
        }
    }

    /// <https://url.spec.whatwg.org/#start-with-a-windows-drive-letter>
    fn begins_with_drive(&self) -> bool {
        let rest = self.rest();
        rest.len() >= 2 && is_drive(&rest[..2]) && matches!(rest.get(2), None | Some('/' | '\\' | '?' | '#'))
    }

    fn file_slash(&mut self, c: Option<char>) -> Result<Next, Refused> {
        if matches!(c, Some('/' | '\\')) {
            return self.go(State::FileHost);
        }
        if let Some(base) = self.base.filter(|base| base.scheme == "file") {
            self.url.host.clone_from(&base.host);
            if let (Path::Segments(from), Path::Segments(to)) = (&base.path, &mut self.url.path)
                && let Some(drive) = from.first()
                && drive.ends_with(':')
                && is_drive_text(drive)
            {
                to.push(drive.clone());
            }
            if self.begins_with_drive() {
                self.url.path = Path::Segments(Vec::new());
            }
        }
        self.again(State::Path)
    }

    fn file_host(&mut self, c: Option<char>) -> Result<Next, Refused> {
        if !matches!(c, None | Some('/' | '\\' | '?' | '#')) {
            self.buffer.extend(c);
            return Ok(Next::Run);
        }
        if self.setter.is_none() && is_drive_text(&self.buffer) {
            // The buffer is the path's first segment.
            return self.again(State::Path);
        }
        let host = if self.buffer.is_empty() { String::new() } else { parse_host(&self.buffer, true)? };
        self.url.host = Some(if host == "localhost" { String::new() } else { host });
        self.buffer.clear();
        if self.setter.is_some() {
            return Ok(Next::Stop);
        }
        self.again(State::PathStart)
    }

    fn path_start(&mut self, c: Option<char>) -> Result<Next, Refused> {
        if self.url.is_special() {
            return if self.is_slash(c) { self.go(State::Path) } else { self.again(State::Path) };
        }
        match c {
            Some('?') if self.setter.is_none() => self.begin_query(),
            Some('#') if self.setter.is_none() => self.begin_fragment(),
            Some('/') => self.go(State::Path),
            Some(_) => self.again(State::Path),
            None => {
                if self.setter.is_some() && self.url.host.is_none() {
                    self.push_segment(String::new());
                }
                Ok(Next::Run)
            }
        }
    }

    fn push_segment(&mut self, segment: String) {
        if let Path::Segments(segments) = &mut self.url.path {
            segments.push(segment);
        }
    }

    /// <https://url.spec.whatwg.org/#shorten-a-urls-path>
    fn shorten_path(&mut self) {
        let Path::Segments(segments) = &mut self.url.path else { return };
        let is_drive = self.url.scheme == "file"
            && segments.len() == 1
            && segments[0].ends_with(':')
            && is_drive_text(&segments[0]);
        if !is_drive {
            segments.pop();
        }
    }

    fn path(&mut self, c: Option<char>) -> Result<Next, Refused> {
        let is_slash = self.is_slash(c);
        let is_end = c.is_none() || (self.setter.is_none() && matches!(c, Some('?' | '#')));
        if !is_slash && !is_end {
            if let Some(character) = c {
                escape::push(&mut self.buffer, character, EscapeSet::Path);
            }
            return Ok(Next::Run);
        }
        let mut segment = std::mem::take(&mut self.buffer);
        if is_double_dot(&segment) {
            self.shorten_path();
            if !is_slash {
                self.push_segment(String::new());
            }
        } else if is_single_dot(&segment) {
            if !is_slash {
                self.push_segment(String::new());
            }
        } else {
            let is_first = matches!(&self.url.path, Path::Segments(segments) if segments.is_empty());
            if self.url.scheme == "file" && is_first && is_drive_text(&segment) {
                segment.replace_range(1.., ":");
            }
            self.push_segment(segment);
        }
        match c {
            Some('?') => self.begin_query(),
            Some('#') => self.begin_fragment(),
            _ => Ok(Next::Run),
        }
    }

    fn opaque_path(&mut self, c: Option<char>) -> Result<Next, Refused> {
        let next = self.at(1);
        match c {
            Some('?') => return self.begin_query(),
            Some('#') => return self.begin_fragment(),
            _ => {}
        }
        if let (Some(character), Path::Opaque(path)) = (c, &mut self.url.path) {
            if character == ' ' && matches!(next, Some('?' | '#')) {
                path.push_str("%20");
            } else {
                escape::push(path, character, EscapeSet::Control);
            }
        }
        Ok(Next::Run)
    }

    fn query(&mut self, c: Option<char>) -> Result<Next, Refused> {
        if c == Some('#') && self.setter.is_none() {
            return self.begin_fragment();
        }
        let set = if self.url.is_special() { EscapeSet::SpecialQuery } else { EscapeSet::Query };
        if let (Some(character), Some(query)) = (c, &mut self.url.query) {
            escape::push(query, character, set);
        }
        Ok(Next::Run)
    }
}
