//! Messages as they should be, cut into pieces everywhere, and messages that must be refused.

use super::{Event, Parser, Settings};

fn settings(requests: bool) -> Settings {
    Settings { requests, lenient: false, most: 16 * 1024 }
}

/// What a parser makes of `input`, in a line for each thing found.
pub(super) fn told(input: &[u8], requests: bool, piece: usize) -> Vec<String> {
    let mut parser = Parser::new(settings(requests));
    let mut told: Vec<String> = Vec::new();
    for bytes in input.chunks(piece) {
        let mut events = Vec::new();
        let result = parser.read(bytes, &mut events);
        for event in events {
            match event {
                Event::Head { head, keep_alive, upgrade } => told.push(format!(
                    "head {}{} {} keep={keep_alive} upgrade={upgrade} headers={}",
                    head.method,
                    head.status,
                    String::from_utf8_lossy(&head.target),
                    head.headers.len() / 2
                )),
                Event::Body(range) => {
                    let text = String::from_utf8_lossy(&bytes[range]).into_owned();
                    match told.last_mut().filter(|last| last.starts_with("body ")) {
                        Some(last) => last.push_str(&text),
                        None => told.push(format!("body {text}")),
                    }
                }
                Event::End(trailers) => told.push(format!("end {}", trailers.len() / 2)),
            }
        }
        if let Err((failed, _)) = result {
            told.push(failed.code.to_owned());
            return told;
        }
    }
    told
}

/// The input tells the same however it is cut.
fn assert_told(input: &str, requests: bool, wanted: &[&str]) {
    for piece in [1, 2, 3, 7, 20, input.len().max(1)] {
        assert_eq!(told(input.as_bytes(), requests, piece), wanted, "pieces of {piece}: {input:?}");
    }
}

#[test]
fn messages_are_read_whole_and_in_pieces() {
    assert_told(
        "GET /a HTTP/1.1\r\nHost: x\r\n\r\n",
        true,
        &["head GET0 /a keep=true upgrade=false headers=1", "end 0"],
    );
    assert_told(
        "\r\nPOST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nhelloGET /2 HTTP/1.0\r\n\r\n",
        true,
        &[
            "head POST0 / keep=true upgrade=false headers=1",
            "body hello",
            "end 0",
            "head GET0 /2 keep=false upgrade=false headers=0",
            "end 0",
        ],
    );
    assert_told(
        "PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5;a=\"b;\\\"\"\r\nhello\r\nA\r\n0123456789\r\n0\r\nX: y\r\n\r\n",
        true,
        &["head PUT0 / keep=true upgrade=false headers=1", "body hello0123456789", "end 1"],
    );
    assert_told(
        "HTTP/1.1 200 OK\r\nContent-Type: a\r\n\r\nuntil the end",
        false,
        &["head 200  keep=false upgrade=false headers=1", "body until the end"],
    );
    assert_told(
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204\r\n\r\n",
        false,
        &[
            "head 100  keep=true upgrade=false headers=0",
            "end 0",
            "head 204  keep=true upgrade=false headers=0",
            "end 0",
        ],
    );
}

#[test]
fn another_protocol_gets_what_follows() {
    let input = b"GET /ws HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\nRAW";
    for (taken, rest) in [(true, 3), (false, 3)] {
        let mut parser = Parser::new(settings(true));
        let mut events = Vec::new();
        let read = parser.read(input, &mut events).unwrap();
        assert_eq!(input.len() - read, rest);
        assert!(matches!(events[..], [Event::Head { upgrade: true, .. }]));
        parser.go_on(taken, &mut events);
        assert!(matches!(events[..], [_, Event::End(_)]));
        assert_eq!(parser.read(b"GET / HTTP/1.1\r\n\r\n", &mut events).unwrap() > 0, !taken);
    }
}

#[test]
fn a_response_to_head_has_no_body() {
    let mut parser = Parser::new(settings(false));
    parser.expect("HEAD");
    let mut events = Vec::new();
    parser.read(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n", &mut events).unwrap();
    assert!(matches!(events[..], [Event::Head { keep_alive: true, .. }, Event::End(_)]));
}

/// Two readers of one message must not see two different messages.
#[test]
fn smuggling_is_refused() {
    const HEAD: &str = "POST / HTTP/1.1\r\nHost: x\r\n";
    for (rest, code) in [
        ("Content-Length: 1\r\nContent-Length: 2\r\n\r\n", "HPE_UNEXPECTED_CONTENT_LENGTH"),
        ("Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", "HPE_INVALID_TRANSFER_ENCODING"),
        ("Transfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n", "HPE_INVALID_CONTENT_LENGTH"),
        ("Transfer-Encoding: chunked, identity\r\n\r\n", "HPE_INVALID_TRANSFER_ENCODING"),
        ("Transfer-Encoding: xchunked\r\n\r\n", "HPE_INVALID_TRANSFER_ENCODING"),
        ("Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n\r\n", "HPE_INVALID_TRANSFER_ENCODING"),
        ("Content-Length: +1\r\n\r\n", "HPE_INVALID_CONTENT_LENGTH"),
        ("Content-Length: 0x1\r\n\r\n", "HPE_INVALID_CONTENT_LENGTH"),
        ("Content-Length: 1 1\r\n\r\n", "HPE_INVALID_CONTENT_LENGTH"),
        ("Content-Length: 99999999999999999999\r\n\r\n", "HPE_INVALID_CONTENT_LENGTH"),
        ("Content-Length : 1\r\n\r\n", "HPE_INVALID_HEADER_TOKEN"),
        ("A: b\r\n Content-Length: 1\r\n\r\n", "HPE_INVALID_HEADER_TOKEN"),
        ("A: b\nContent-Length: 1\r\n\r\n", "HPE_CR_EXPECTED"),
        ("A: b\rContent-Length: 1\r\n\r\n", "HPE_LF_EXPECTED"),
        ("A: b\0\r\n\r\n", "HPE_INVALID_HEADER_TOKEN"),
        ("Transfer-Encoding: chunked\r\n\r\n 5\r\nhello\r\n", "HPE_INVALID_CHUNK_SIZE"),
        ("Transfer-Encoding: chunked\r\n\r\n0x5\r\nhello\r\n", "HPE_INVALID_CHUNK_SIZE"),
        ("Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n", "HPE_INVALID_CHUNK_SIZE"),
        ("Transfer-Encoding: chunked\r\n\r\n11111111111111111\r\n", "HPE_INVALID_CHUNK_SIZE"),
        ("Transfer-Encoding: chunked\r\n\r\n5\r\nhelloXX", "HPE_STRICT"),
        ("Transfer-Encoding: chunked\r\n\r\n5;a\n\r\nhello", "HPE_CR_EXPECTED"),
    ] {
        for piece in [1, 9, 1000] {
            let told = told(format!("{HEAD}{rest}").as_bytes(), true, piece);
            assert_eq!(told.last().map(String::as_str), Some(code), "{rest:?} in pieces of {piece}");
        }
    }
}

#[test]
fn nonsense_is_refused_at_its_first_bytes() {
    assert_told("HELLO / HTTP/1.1\r\n\r\n", true, &["HPE_INVALID_METHOD"]);
    assert_told("\x16\x03\x01", true, &["HPE_INVALID_METHOD"]);
    assert_told("GET / HTTP/9.9\r\n\r\n", true, &["HPE_INVALID_VERSION"]);
    assert_told("GET / FTP/1.1\r\n\r\n", true, &["HPE_INVALID_CONSTANT"]);
    assert_told("ICY 200 OK\r\n\r\n", false, &["HPE_INVALID_CONSTANT"]);
}

#[test]
fn heads_have_a_most() {
    let long = format!("GET / HTTP/1.1\r\nA: {}\r\n\r\n", "x".repeat(20_000));
    for piece in [100, 50_000] {
        assert_eq!(told(long.as_bytes(), true, piece), ["HPE_HEADER_OVERFLOW"]);
    }
}

#[test]
fn nothing_may_follow_the_last_message() {
    let input = "GET / HTTP/1.1\r\nConnection: close\r\n\r\nGET / HTTP/1.1\r\n\r\n";
    let head = "head GET0 / keep=false upgrade=false headers=1";
    assert_told(input, true, &[head, "end 0", "HPE_CLOSED_CONNECTION"]);
}

#[test]
fn an_end_in_the_middle_is_an_error() {
    for (input, is_fine) in
        [("", true), ("GET / HT", false), ("POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\na", false)]
    {
        let mut parser = Parser::new(settings(true));
        parser.read(input.as_bytes(), &mut Vec::new()).unwrap();
        assert_eq!(parser.finish(&mut Vec::new()).is_ok(), is_fine, "{input:?}");
    }
}

/// Errors say how much of the input was as it should be.
#[test]
fn errors_have_their_place() {
    for (input, place) in [
        ("Oops / HTTP/1.1\r\n\r\n", 1),
        ("GET / FOO/1.1\r\n\r\n", 6),
        ("GET / HTTP/9.1\r\nHost: a\r\n\r\n", 14),
        ("GET / HTTP/1.1\nHost: a\n\n", 15),
        ("GET / HTTP/1.1\r\nHost: a\r\nBad Header: 1\r\n\r\n", 28),
        ("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 62),
        ("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 60),
        ("GET / HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n", 25),
        ("GET / HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n", 29),
    ] {
        let (_, at) = Parser::new(settings(true)).read(input.as_bytes(), &mut Vec::new()).unwrap_err();
        assert_eq!(at, place, "{input:?}");
    }
}

#[test]
fn other_versions_are_read() {
    for (text, version, keeps) in
        [("0.9", (0, 9), false), ("1.0", (1, 0), false), ("1.1", (1, 1), true), ("2.0", (2, 0), false)]
    {
        let mut events = Vec::new();
        let input = format!("GET / HTTP/{text}\r\nHost: a\r\n\r\n");
        Parser::new(settings(true)).read(input.as_bytes(), &mut events).unwrap();
        let Event::Head { head, keep_alive, .. } = &events[0] else { panic!("no head") };
        assert_eq!(((head.major, head.minor), *keep_alive), (version, keeps));
    }
}

/// A lenient parser gives values as they came, in one line.
#[test]
fn lenient_parsers_let_pass() {
    let mut events = Vec::new();
    let mut parser = Parser::new(Settings { requests: false, lenient: true, most: 1000 });
    parser
        .read(b"HTTP/1.1 200 OK\r\nA: b\x08c\r\nD: e;\r\n f\r\nContent-Length: 0\r\n\r\n", &mut events)
        .unwrap();
    let Event::Head { head, .. } = &events[0] else { panic!("no head") };
    assert_eq!(head.headers[1], b"b\x08c");
    assert_eq!(head.headers[3], b"e; f");
}

/// A request whose body has no end is told of, and then refused.
#[test]
fn a_body_without_an_end_is_refused() {
    let input = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\nGET / HTTP/1.1\r\n\r\n";
    assert_told(
        input,
        true,
        &["head POST0 / keep=true upgrade=false headers=2", "HPE_INVALID_TRANSFER_ENCODING"],
    );
}
