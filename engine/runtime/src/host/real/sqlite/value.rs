//! Values on their way into and out of SQLite.

use std::ffi::c_int;

use libsqlite3_sys as ffi;

use crate::host::databases::SqlValue;

/// Gives a parameter its value.
pub fn bind(statement: *mut ffi::sqlite3_stmt, index: c_int, value: &SqlValue) -> c_int {
    // SAFETY: texts and blobs are as long as said, and SQLite copies them.
    unsafe {
        match value {
            SqlValue::Null => ffi::sqlite3_bind_null(statement, index),
            SqlValue::Int(value) => ffi::sqlite3_bind_int64(statement, index, *value),
            SqlValue::Real(value) => ffi::sqlite3_bind_double(statement, index, *value),
            SqlValue::Text(text) => ffi::sqlite3_bind_text64(
                statement,
                index,
                text.as_ptr().cast(),
                text.len() as u64,
                ffi::SQLITE_TRANSIENT(),
                ffi::SQLITE_UTF8 as u8,
            ),
            // An empty slice may have no address, which would stand for NULL.
            SqlValue::Blob(bytes) if bytes.is_empty() => ffi::sqlite3_bind_zeroblob(statement, index, 0),
            SqlValue::Blob(bytes) => ffi::sqlite3_bind_blob64(
                statement,
                index,
                bytes.as_ptr().cast(),
                bytes.len() as u64,
                ffi::SQLITE_TRANSIENT(),
            ),
        }
    }
}

/// What a function came to.
pub fn set_result(context: *mut ffi::sqlite3_context, result: &Result<SqlValue, String>) {
    // SAFETY: texts and blobs are as long as said, and SQLite copies them.
    unsafe {
        match result {
            Ok(SqlValue::Null) => ffi::sqlite3_result_null(context),
            Ok(SqlValue::Int(value)) => ffi::sqlite3_result_int64(context, *value),
            Ok(SqlValue::Real(value)) => ffi::sqlite3_result_double(context, *value),
            Ok(SqlValue::Text(text)) => ffi::sqlite3_result_text64(
                context,
                text.as_ptr().cast(),
                text.len() as u64,
                ffi::SQLITE_TRANSIENT(),
                ffi::SQLITE_UTF8 as u8,
            ),
            Ok(SqlValue::Blob(bytes)) if bytes.is_empty() => {
                ffi::sqlite3_result_zeroblob(context, 0);
            }
            Ok(SqlValue::Blob(bytes)) => ffi::sqlite3_result_blob64(
                context,
                bytes.as_ptr().cast(),
                bytes.len() as u64,
                ffi::SQLITE_TRANSIENT(),
            ),
            Err(message) => {
                let length = c_int::try_from(message.len()).unwrap_or(0);
                ffi::sqlite3_result_error(context, message.as_ptr().cast(), length);
            }
        }
    }
}

/// The row that a statement stands at.
pub fn row(statement: *mut ffi::sqlite3_stmt) -> Vec<SqlValue> {
    // SAFETY: the statement stands at a row.
    let count = unsafe { ffi::sqlite3_column_count(statement) };
    // SAFETY: indices are below the count; values live until the next step and are copied.
    (0..count).map(|index| of(unsafe { ffi::sqlite3_column_value(statement, index) })).collect()
}

/// A copy of a value of SQLite's.
pub fn of(value: *mut ffi::sqlite3_value) -> SqlValue {
    // SAFETY: the value is alive; texts and blobs are as long as said.
    unsafe {
        let bytes = |start: *const u8| {
            let length = usize::try_from(ffi::sqlite3_value_bytes(value)).unwrap_or(0);
            if start.is_null() || length == 0 {
                Vec::new()
            } else {
                std::slice::from_raw_parts(start, length).to_vec()
            }
        };
        match ffi::sqlite3_value_type(value) {
            ffi::SQLITE_INTEGER => SqlValue::Int(ffi::sqlite3_value_int64(value)),
            ffi::SQLITE_FLOAT => SqlValue::Real(ffi::sqlite3_value_double(value)),
            ffi::SQLITE_TEXT => {
                let text = bytes(ffi::sqlite3_value_text(value));
                SqlValue::Text(
                    String::from_utf8(text)
                        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()),
                )
            }
            ffi::SQLITE_BLOB => SqlValue::Blob(bytes(ffi::sqlite3_value_blob(value).cast())),
            _ => SqlValue::Null,
        }
    }
}
