//! Messages with damage in them, always the same ones: nothing panics, and cutting the input makes no difference.

use super::tests::told;

/// What is damaged; each was once of interest.
const CORPUS: [&str; 12] = [
    "GET /a?b HTTP/1.1\r\nHost: x\r\nAccept: */*\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhelloGET /2 HTTP/1.0\r\n\r\n",
    "PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5;a=\"b;\\\"\"\r\nhello\r\nA\r\n0123456789\r\n0\r\nX: y\r\n\r\n",
    "POST / HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\nConnection: close\r\n\r\n0\r\n\r\n",
    "POST / HTTP/1.1\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\n\r\n",
    "GET /ws HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\nRAW",
    "CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n",
    "OPTIONS * HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
    "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nX:\r\n\r\nabcHTTP/1.1 204\r\n\r\n",
    "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 \r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n",
    "HTTP/1.0 200 OK\r\n\r\nuntil the end",
    "HTTP/1.1 101 Switching\r\nConnection: upgrade\r\nUpgrade: y\r\n\r\n\x01\x02",
];

/// Bytes that mean something.
const MEANINGFUL: &[u8] = b"\r\n\t :;,\"\\0123456789aAfF+-/\0\x7f\xff%{}";

/// Numbers that look random (xorshift).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end.max(1) as u64).unwrap()
    }
}

fn damaged(numbers: &mut Numbers) -> Vec<u8> {
    let mut bytes = CORPUS[numbers.below(CORPUS.len())].as_bytes().to_vec();
    for _ in 0..=numbers.below(4) {
        let at = numbers.below(bytes.len());
        let byte = MEANINGFUL[numbers.below(MEANINGFUL.len())];
        match numbers.below(6) {
            0 => bytes.insert(at, byte),
            1 if !bytes.is_empty() => drop(bytes.remove(at)),
            2 if !bytes.is_empty() => bytes[at] = byte,
            3 => bytes.truncate(at),
            4 => {
                let end = at + numbers.below(bytes.len() - at);
                let part = bytes[at..end].to_vec();
                bytes.splice(at..at, part);
            }
            _ => {
                let other = CORPUS[numbers.below(CORPUS.len())].as_bytes();
                bytes.truncate(at);
                bytes.extend_from_slice(&other[numbers.below(other.len())..]);
            }
        }
    }
    bytes
}

#[test]
fn damage_is_survived_and_cutting_makes_no_difference() {
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    for _ in 0..4000 {
        let bytes = damaged(&mut numbers);
        for requests in [true, false] {
            let whole = told(&bytes, requests, bytes.len().max(1));
            let piece = 1 + numbers.below(9);
            let cut = told(&bytes, requests, piece);
            let shown = String::from_utf8_lossy(&bytes);
            let is_refused = |told: &[String]| told.last().is_some_and(|last| last.starts_with("HPE_"));
            // A refusal may name another of several faults; what comes before it must be the same.
            if is_refused(&whole) {
                assert!(is_refused(&cut), "pieces of {piece} are let pass: {shown:?}\n{whole:?}\n{cut:?}");
            } else {
                assert_eq!(cut, whole, "pieces of {piece}: {shown:?}");
            }
        }
    }
}
