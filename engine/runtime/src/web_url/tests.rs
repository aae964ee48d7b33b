//! The standard's examples, and where parsers commonly differ.

use super::{Part, Refused, WebUrl};

fn parsed(input: &str, base: &str) -> Result<String, Refused> {
    let base = if base.is_empty() { None } else { Some(WebUrl::parse(base, None)?) };
    Ok(WebUrl::parse(input, base.as_ref())?.serialize().0)
}

#[test]
fn texts_become_urls() {
    let cases = [
        ("https:example.org", "", "https://example.org/"),
        ("https://////example.com///", "", "https://example.com///"),
        ("https://example.com/././foo", "", "https://example.com/foo"),
        ("hello:world", "https://example.com", "hello:world"),
        ("https:example.org", "https://example.com", "https://example.com/example.org"),
        (r"\\example\..\demo/.\", "https://example.com", "https://example/demo/"),
        ("example", "https://example.com/demo", "https://example.com/example"),
        ("file:///C|/demo", "", "file:///C:/demo"),
        ("..", "file:///C:/demo", "file:///C:/"),
        ("file://loc%61lhost/", "", "file:///"),
        ("file:////x", "", "file:////x"),
        ("https://user:password@example.org/", "", "https://user:password@example.org/"),
        ("https://example.org/foo bar", "", "https://example.org/foo%20bar"),
        ("https://EXAMPLE.com/../x", "", "https://example.com/x"),
        ("http://0x7f.1/^", "", "http://127.0.0.1/%5E"),
        ("web+demo:/.//not-a-host/", "", "web+demo:/.//not-a-host/"),
        ("///x", "http://a/b", "http://x/"),
        ("\\x", "foo://h/p/q", "foo://h/p/\\x"),
    ];
    for (input, base, expected) in cases {
        assert_eq!(parsed(input, base).as_deref(), Ok(expected), "{input} on {base}");
    }
}

#[test]
fn what_is_no_url_is_refused() {
    for (input, base) in [
        ("https://ex ample.org/", ""),
        ("example", ""),
        ("https://example.com:demo", ""),
        ("http://[www.example.com]/", ""),
        ("https://example.org:65536", ""),
        ("https://#fragment", ""),
        ("https://:443", ""),
        ("x", "mailto:a@b"),
    ] {
        assert_eq!(parsed(input, base), Err(Refused), "{input} on {base}");
    }
}

#[test]
fn setters_follow_the_standard() {
    let cases = [
        ("http://a/", Part::Protocol, "file", Some("file://a/")),
        ("http://u@a/", Part::Protocol, "file", Some("http://u@a/")),
        ("http://a/", Part::Port, "80", Some("http://a/")),
        ("http://a/", Part::Port, "8x", Some("http://a:8/")),
        ("http://a/", Part::Port, "65536", None),
        ("http://a:1/", Part::Hostname, "b:2", None),
        ("http://a:1/", Part::Host, "b:2", Some("http://b:2/")),
        ("file:///a", Part::Pathname, "//w", Some("file:////w")),
        ("foo:/x", Part::Pathname, "//w", Some("foo:/.//w")),
        ("mailto:x", Part::Pathname, "y", Some("mailto:x")),
        ("http://a/?b#c", Part::Search, "", Some("http://a/#c")),
        ("http://a/", Part::Hash, "#é", Some("http://a/#%C3%A9")),
    ];
    for (href, part, value, expected) in cases {
        let mut url = WebUrl::parse(href, None).expect("the case is a URL");
        let outcome = url.set(part, value).ok().map(|()| url.serialize().0);
        assert_eq!(outcome.as_deref(), expected, "{href} {part:?} {value}");
    }
}

#[test]
fn offsets_name_the_parts() {
    let url = WebUrl::parse("https://user:pass@example.com:8080/a?b#c", None).expect("the case is a URL");
    let (text, at) = url.serialize();
    assert_eq!(&text[..at.scheme_end], "https");
    assert_eq!(&text[at.scheme_end + 3..at.username_end], "user");
    assert_eq!(&text[at.username_end + 1..at.host_start - 1], "pass");
    assert_eq!(&text[at.host_start..at.host_end], "example.com");
    assert_eq!(at.port, Some(8080));
    assert_eq!(&text[at.path_start..at.query_start.unwrap_or(0)], "/a");
    assert_eq!(&text[at.query_start.unwrap_or(0)..at.fragment_start.unwrap_or(0)], "?b");
}
