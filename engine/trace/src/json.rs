//! JSON lines: a header, then one record per line.

use std::io::{BufRead, Read as _, Write};

use loopscope_protocol::Record;
use serde::{Deserialize, Serialize};

/// Version of the format; readers refuse others.
pub const FORMAT_VERSION: u32 = 1;

/// The first line.
#[derive(Debug, Serialize, Deserialize)]
struct Header {
    /// Always `loopscope-trace`.
    format: String,
    /// [`FORMAT_VERSION`].
    version: u32,
}

/// Longest line that is read, in bytes.
const LONGEST: u64 = 256 << 20;

const FORMAT: &str = "loopscope-trace";

/// Why a trace cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum JsonError {
    /// Reading or writing failed.
    #[error("the trace cannot be read or written: {0}")]
    Io(#[from] std::io::Error),
    /// A line is no record.
    #[error("line {line} of the trace is damaged: {source}")]
    Line {
        /// Its number, from 1.
        line: usize,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// The first line is not that of a trace.
    #[error("this is no Loopscope trace: its first line should be a header")]
    NoHeader,
    /// The trace was written by a version that this one does not know.
    #[error("the trace has format version {0}; this program reads version {FORMAT_VERSION}")]
    Version(u32),
    /// A line is longer than any that is written.
    #[error("line {0} of the trace has more than {LONGEST} bytes")]
    Long(usize),
}

fn line(value: &impl Serialize, out: &mut impl Write) -> Result<(), JsonError> {
    serde_json::to_writer(&mut *out, value).map_err(std::io::Error::from)?;
    out.write_all(b"\n")?;
    Ok(())
}

/// Writes the first line.
///
/// # Errors
/// When writing fails.
pub fn write_header(out: &mut impl Write) -> Result<(), JsonError> {
    line(&Header { format: FORMAT.to_owned(), version: FORMAT_VERSION }, out)
}

/// Writes one record.
///
/// # Errors
/// When writing fails.
pub fn write_record(record: &Record, out: &mut impl Write) -> Result<(), JsonError> {
    line(record, out)
}

/// Reads a whole trace.
///
/// # Errors
/// When reading fails, the header is missing or of another version, or a line is damaged.
pub fn read_json(input: impl BufRead) -> Result<Vec<Record>, JsonError> {
    match read_json_part(input)? {
        (records, None) => Ok(records),
        (_, Some(failed)) => Err(failed),
    }
}

/// Reads a trace up to its first damaged line, such as one whose writer was killed; also returns what is wrong there.
///
/// # Errors
/// When the header is missing or of another version.
pub fn read_json_part(input: impl BufRead) -> Result<(Vec<Record>, Option<JsonError>), JsonError> {
    let mut records = Vec::new();
    let failed = read_json_into(input, &mut |record, _| {
        records.push(record);
        true
    })?;
    Ok((records, failed))
}

/// Hands over the records of a trace up to its first damaged line, each with the number of bytes that were read so far,
/// until `take` wants no more. Returns what is wrong with that line.
///
/// # Errors
/// When the header is missing or of another version.
pub fn read_json_into(
    mut input: impl BufRead,
    take: &mut dyn FnMut(Record, u64) -> bool,
) -> Result<Option<JsonError>, JsonError> {
    let mut text = Vec::new();
    let mut next = |text: &mut Vec<u8>, number: usize| {
        text.clear();
        let length = (&mut input).take(LONGEST).read_until(b'\n', text)? as u64;
        if length == LONGEST { Err(JsonError::Long(number)) } else { Ok(length) }
    };
    let mut read = next(&mut text, 1)?;
    let header: Header = serde_json::from_slice(&text).map_err(|_| JsonError::NoHeader)?;
    if header.format != FORMAT {
        return Err(JsonError::NoHeader);
    }
    if header.version != FORMAT_VERSION {
        return Err(JsonError::Version(header.version));
    }
    for line in 2.. {
        match next(&mut text, line) {
            Ok(0) => break,
            Ok(length) => read += length,
            Err(failed) => return Ok(Some(failed)),
        }
        match serde_json::from_slice(&text) {
            Ok(record) => {
                if !take(record, read) {
                    break;
                }
            }
            Err(source) => return Ok(Some(JsonError::Line { line, source })),
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use loopscope_protocol::{Event, EventKind, ExitReason, Place, PlaceId, TextId};

    use super::*;

    fn records() -> Vec<Record> {
        vec![
            Record::Text { id: TextId(1), text: "a \"quoted\" line\n".into() },
            Record::Place {
                id: PlaceId(1),
                place: Place { script: TextId(1), function: TextId::NONE, line: 3, column: 7 },
            },
            Record::Event(Event { at: 12, kind: EventKind::Exit { code: 1, reason: ExitReason::Stopped } }),
        ]
    }

    fn written() -> Vec<u8> {
        let mut bytes = Vec::new();
        write_header(&mut bytes).unwrap();
        for record in records() {
            write_record(&record, &mut bytes).unwrap();
        }
        bytes
    }

    #[test]
    fn what_was_written_is_read() {
        assert_eq!(read_json(written().as_slice()).unwrap(), records());
    }

    #[test]
    fn other_files_and_versions_are_refused() {
        assert!(matches!(read_json(&b""[..]), Err(JsonError::NoHeader)));
        assert!(matches!(read_json(&b"{}\n"[..]), Err(JsonError::NoHeader)));
        let newer = String::from_utf8(written()).unwrap().replacen("\"version\":1", "\"version\":2", 1);
        assert!(matches!(read_json(newer.as_bytes()), Err(JsonError::Version(2))));
    }

    #[test]
    fn a_damaged_line_is_named() {
        let mut bytes = written();
        bytes.extend_from_slice(b"{\"Event\"\n");
        assert!(matches!(read_json(bytes.as_slice()), Err(JsonError::Line { line: 5, .. })));
        let (read, failed) = read_json_part(bytes.as_slice()).unwrap();
        assert_eq!(read, records());
        assert!(failed.is_some());
    }
}
