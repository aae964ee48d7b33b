//! What can be wrong with a message, with the codes that Node.js gives such errors
//! (<https://nodejs.org/api/errors.html#http-parser-errors>).

/// Why a message is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Parse Error: {reason}")]
pub struct ParseError {
    /// `HPE_…`.
    pub code: &'static str,
    /// In words.
    pub reason: &'static str,
}

macro_rules! errors {
    ($($name:ident $code:literal $reason:literal;)*) => {
        $(#[doc = $reason] pub const $name: ParseError = ParseError { code: $code, reason: $reason };)*
    };
}

errors! {
    INVALID_METHOD "HPE_INVALID_METHOD" "Invalid method encountered";
    INVALID_URL "HPE_INVALID_URL" "Invalid characters in url";
    EXPECTED_HTTP "HPE_INVALID_CONSTANT" "Expected HTTP/, RTSP/ or ICE/";
    INVALID_VERSION "HPE_INVALID_VERSION" "Invalid HTTP version";
    INVALID_STATUS "HPE_INVALID_STATUS" "Invalid status code";
    INVALID_TOKEN "HPE_INVALID_HEADER_TOKEN" "Invalid header token";
    INVALID_VALUE "HPE_INVALID_HEADER_TOKEN" "Invalid header value char";
    SPACE_AFTER_START "HPE_INVALID_HEADER_TOKEN" "Unexpected space after start line";
    UNEXPECTED_SPACE "HPE_INVALID_HEADER_TOKEN" "Unexpected whitespace after header value";
    HEADER_OVERFLOW "HPE_HEADER_OVERFLOW" "Header overflow";
    CR_EXPECTED "HPE_CR_EXPECTED" "Missing expected CR after header value";
    CR_EXPECTED_VERSION "HPE_INVALID_VERSION" "Expected CRLF after version";
    LF_EXPECTED "HPE_LF_EXPECTED" "Missing expected LF after header value";
    LENGTH_TWICE "HPE_UNEXPECTED_CONTENT_LENGTH" "Duplicate Content-Length";
    LENGTH_AND_CODING "HPE_INVALID_CONTENT_LENGTH" "Content-Length can't be present with Transfer-Encoding";
    CODING_AND_LENGTH "HPE_INVALID_TRANSFER_ENCODING" "Transfer-Encoding can't be present with Content-Length";
    INVALID_CODING "HPE_INVALID_TRANSFER_ENCODING" "Request has invalid `Transfer-Encoding`";
    INVALID_CODING_VALUE "HPE_INVALID_TRANSFER_ENCODING" "Invalid `Transfer-Encoding` header value";
    INVALID_LENGTH "HPE_INVALID_CONTENT_LENGTH" "Invalid character in Content-Length";
    LENGTH_OVERFLOW "HPE_INVALID_CONTENT_LENGTH" "Content-Length overflow";
    CHUNK_SIZE "HPE_INVALID_CHUNK_SIZE" "Invalid character in chunk size";
    CHUNK_SIZE_OVERFLOW "HPE_INVALID_CHUNK_SIZE" "Chunk size overflow";
    CHUNK_EXTENSION "HPE_STRICT" "Invalid character in chunk extensions";
    CHUNK_EXTENSIONS_OVERFLOW "HPE_CHUNK_EXTENSIONS_OVERFLOW" "Chunk extensions overflow";
    CHUNK_SIZE_CR_MISSING "HPE_CR_EXPECTED" "Missing expected CR after chunk size";
    CHUNK_EXTENSION_CR_MISSING "HPE_CR_EXPECTED" "Missing expected CR after chunk extension name";
    CHUNK_DATA_CR_MISSING "HPE_CR_EXPECTED" "Missing expected CR after chunk data";
    CHUNK_CR "HPE_STRICT" "Expected LF after chunk size";
    CHUNK_DATA_CR "HPE_STRICT" "Expected LF after chunk data";
    CLOSED "HPE_CLOSED_CONNECTION" "Data after `Connection: close`";
    EOF "HPE_INVALID_EOF_STATE" "Invalid EOF state";
}
