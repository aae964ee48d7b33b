//! The methods that are understood (<https://nodejs.org/api/http.html#httpmethods>).

/// All methods, sorted.
pub const METHODS: [&str; 35] = [
    "ACL",
    "BIND",
    "CHECKOUT",
    "CONNECT",
    "COPY",
    "DELETE",
    "GET",
    "HEAD",
    "LINK",
    "LOCK",
    "M-SEARCH",
    "MERGE",
    "MKACTIVITY",
    "MKCALENDAR",
    "MKCOL",
    "MOVE",
    "NOTIFY",
    "OPTIONS",
    "PATCH",
    "POST",
    "PROPFIND",
    "PROPPATCH",
    "PURGE",
    "PUT",
    "QUERY",
    "REBIND",
    "REPORT",
    "SEARCH",
    "SOURCE",
    "SUBSCRIBE",
    "TRACE",
    "UNBIND",
    "UNLINK",
    "UNLOCK",
    "UNSUBSCRIBE",
];

/// Whether there is such a method.
pub fn is_known(method: &[u8]) -> bool {
    METHODS.binary_search_by(|known| known.as_bytes().cmp(method)).is_ok()
}

/// How many bytes are the beginning of some method.
pub fn shared_length(bytes: &[u8]) -> usize {
    METHODS.iter().map(|known| super::locate::shared(bytes, known.as_bytes())).max().unwrap_or(0)
}

/// Whether a method can begin like this.
pub fn can_begin(bytes: &[u8]) -> bool {
    METHODS.iter().any(|known| {
        let known = known.as_bytes();
        let shared = known.len().min(bytes.len());
        known[..shared] == bytes[..shared] && bytes.get(known.len()).is_none_or(|&next| next == b' ')
    })
}
