//! What requests and answers of the domain `Network` consist of, kept until a debugger asks, and the resources that
//! programs give to debuggers (<https://nodejs.org/api/inspector.html#integration-with-devtools>).

use std::collections::{HashMap, VecDeque};

use serde_json::{Value, json};

use super::websocket::base64;

/// Bytes of all bodies together that are kept; the oldest go first.
const MOST: usize = 100 << 20;

/// Which bytes are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Way {
    /// Those of a request.
    Sent,
    /// Those of an answer.
    Received,
    /// Those of a resource, by its URL.
    Resource,
}

impl Way {
    /// By the name that the built-in modules use.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "sent" => Self::Sent,
            "received" => Self::Received,
            "resource" => Self::Resource,
            _ => return None,
        })
    }
}

/// Bytes by what they belong to.
#[derive(Default)]
pub struct Bodies {
    kept: HashMap<(Way, String), Vec<u8>>,
    order: VecDeque<(Way, String)>,
    size: usize,
    /// Resources that are being read, by the number of the stream, with how much was read.
    streams: HashMap<u32, (Vec<u8>, usize)>,
    last_stream: u32,
}

/// An answer, or what is wrong.
type Answer = Result<Value, String>;

impl Bodies {
    /// Adds bytes to a body. A resource takes the place of the one before it.
    pub fn keep(&mut self, way: Way, id: String, bytes: &[u8]) {
        let key = (way, id);
        if way == Way::Resource {
            self.forget(&key);
        }
        if !self.kept.contains_key(&key) {
            self.order.push_back(key.clone());
        }
        self.kept.entry(key).or_default().extend_from_slice(bytes);
        self.size += bytes.len();
        while self.size > MOST
            && let Some(oldest) = self.order.pop_front()
        {
            self.size -= self.kept.remove(&oldest).map_or(0, |bytes| bytes.len());
        }
    }

    fn forget(&mut self, key: &(Way, String)) {
        if let Some(bytes) = self.kept.remove(key) {
            self.size -= bytes.len();
            self.order.retain(|other| other != key);
        }
    }

    /// The answer to a method of the domains `Network` and `IO`; `None` for other methods.
    pub fn answer(&mut self, method: &str, params: &Value) -> Option<Answer> {
        Some(match method {
            "Network.getRequestPostData" => {
                self.text(Way::Sent, params).map(|(text, _)| json!({ "postData": text }))
            }
            "Network.getResponseBody" => self
                .text(Way::Received, params)
                .map(|(text, is_encoded)| json!({ "body": text, "base64Encoded": is_encoded })),
            "Network.streamResourceContent" => {
                self.find(Way::Received, params).map(|bytes| json!({ "bufferedData": base64(bytes) }))
            }
            "Network.loadNetworkResource" => self.load(params),
            "IO.read" => self.read(params),
            "IO.close" => match stream(params).and_then(|stream| self.streams.remove(&stream)) {
                Some(_) => Ok(json!({})),
                None => Err("Invalid stream handle".to_owned()),
            },
            _ => return None,
        })
    }

    fn find(&self, way: Way, params: &Value) -> Result<&[u8], String> {
        let id = params["requestId"].as_str().unwrap_or_default();
        let found = self.kept.get(&(way, id.to_owned()));
        found.map(Vec::as_slice).ok_or_else(|| "Request not found".to_owned())
    }

    /// A body as text, or in Base64 when it is none.
    fn text(&self, way: Way, params: &Value) -> Result<(String, bool), String> {
        let bytes = self.find(way, params)?;
        Ok(match std::str::from_utf8(bytes) {
            Ok(text) => (text.to_owned(), false),
            Err(_) => (base64(bytes), true),
        })
    }

    fn load(&mut self, params: &Value) -> Answer {
        let url = params["url"].as_str().unwrap_or_default();
        let Some(bytes) = self.kept.get(&(Way::Resource, url.to_owned())) else {
            return Ok(json!({ "resource": { "success": false } }));
        };
        self.last_stream += 1;
        self.streams.insert(self.last_stream, (bytes.clone(), 0));
        Ok(json!({ "resource": { "success": true, "stream": self.last_stream.to_string() } }))
    }

    fn read(&mut self, params: &Value) -> Answer {
        let found = stream(params).and_then(|stream| self.streams.get_mut(&stream));
        let Some((bytes, read)) = found else { return Err("Invalid stream handle".to_owned()) };
        let number = |key: &str| params[key].as_u64().and_then(|number| usize::try_from(number).ok());
        let from = number("offset").unwrap_or(*read).min(bytes.len());
        let until = number("size").map_or(bytes.len(), |size| from.saturating_add(size).min(bytes.len()));
        *read = until;
        let piece = &bytes[from..until];
        let eof = piece.is_empty();
        Ok(match std::str::from_utf8(piece) {
            Ok(text) => json!({ "data": text, "eof": eof, "base64Encoded": false }),
            Err(_) => json!({ "data": base64(piece), "eof": eof, "base64Encoded": true }),
        })
    }
}

fn stream(params: &Value) -> Option<u32> {
    params["handle"].as_str()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_are_given_as_text_or_in_base64() {
        let mut bodies = Bodies::default();
        bodies.keep(Way::Received, "1".to_owned(), b"a");
        bodies.keep(Way::Received, "1".to_owned(), b"b");
        let mut ask = |id: &str| bodies.answer("Network.getResponseBody", &json!({ "requestId": id }));
        assert_eq!(ask("1"), Some(Ok(json!({ "body": "ab", "base64Encoded": false }))));
        assert!(ask("2").is_some_and(|answer| answer.is_err()));
        bodies.keep(Way::Received, "2".to_owned(), &[0xFF]);
        let answer = bodies.answer("Network.getResponseBody", &json!({ "requestId": "2" }));
        assert_eq!(answer, Some(Ok(json!({ "body": "/w==", "base64Encoded": true }))));
    }

    #[test]
    fn resources_are_read_as_streams() {
        let mut bodies = Bodies::default();
        bodies.keep(Way::Resource, "u".to_owned(), b"abc");
        let loaded = bodies.answer("Network.loadNetworkResource", &json!({ "url": "u" }));
        assert_eq!(loaded, Some(Ok(json!({ "resource": { "success": true, "stream": "1" } }))));
        let mut read = |params: Value| bodies.answer("IO.read", &params).and_then(Result::ok);
        let piece = read(json!({ "handle": "1", "size": 2 })).unwrap_or_default();
        assert_eq!((piece["data"].as_str(), piece["eof"].as_bool()), (Some("ab"), Some(false)));
        let piece = read(json!({ "handle": "1" })).unwrap_or_default();
        assert_eq!((piece["data"].as_str(), piece["eof"].as_bool()), (Some("c"), Some(false)));
        let piece = read(json!({ "handle": "1" })).unwrap_or_default();
        assert_eq!(piece["eof"].as_bool(), Some(true));
    }
}
