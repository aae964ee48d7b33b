//! Databases by SQLite, which is part of the program.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::ffi::{CStr, CString, c_char, c_int};
use std::ptr;

use libsqlite3_sys as ffi;

use crate::host::databases::{
    Databases, OpenDatabase, SqlAggregate, SqlAuthorizer, SqlColumn, SqlError, SqlFunction, SqlSignature,
    SqlValue,
};

mod callbacks;
mod value;

type Raw = *mut ffi::sqlite3;
type RawStatement = *mut ffi::sqlite3_stmt;

struct Database {
    raw: Raw,
    /// Calls into SQLite that have not returned.
    depth: u32,
    /// Asked what statements may do.
    authorizer: Option<Box<SqlAuthorizer>>,
}

struct Statement {
    raw: RawStatement,
    database: usize,
    runs: bool,
}

struct Backup {
    raw: *mut ffi::sqlite3_backup,
    target: Raw,
    /// The database that is copied.
    source: usize,
}

/// The databases of one thread.
#[derive(Default)]
pub struct Sqlite {
    databases: RefCell<HashMap<usize, Database>>,
    statements: RefCell<HashMap<usize, Statement>>,
    backups: RefCell<HashMap<usize, Backup>>,
    last: Cell<usize>,
}

/// Text for C; what stands behind a zero is not seen by SQLite either.
fn c_text(text: &str) -> CString {
    let end = text.find('\0').unwrap_or(text.len());
    CString::new(&text[..end]).unwrap_or_default()
}

/// Text from C.
fn from_c(text: *const c_char) -> Option<String> {
    // SAFETY: SQLite gives NULL or a string that ends with a zero.
    (!text.is_null()).then(|| unsafe { CStr::from_ptr(text) }.to_string_lossy().into_owned())
}

fn error_of(raw: Raw) -> SqlError {
    // SAFETY: the connection is open, or NULL when there was no memory for it, which these functions take.
    let (code, message) = unsafe { (ffi::sqlite3_extended_errcode(raw), from_c(ffi::sqlite3_errmsg(raw))) };
    SqlError { code, message: message.unwrap_or_default(), meaning: meaning(code) }
}

fn error_by(code: c_int) -> SqlError {
    SqlError { code, message: meaning(code), meaning: meaning(code) }
}

fn meaning(code: c_int) -> String {
    // SAFETY: any number is allowed.
    from_c(unsafe { ffi::sqlite3_errstr(code) }).unwrap_or_default()
}

impl Sqlite {
    fn number(&self) -> usize {
        self.last.set(self.last.get() + 1);
        self.last.get()
    }

    /// The connection of a number; NULL for one that is closed, which SQLite refuses.
    fn raw(&self, database: usize) -> Raw {
        self.databases.borrow().get(&database).map_or(ptr::null_mut(), |one| one.raw)
    }

    fn statement(&self, statement: usize) -> RawStatement {
        self.statements.borrow().get(&statement).map_or(ptr::null_mut(), |one| one.raw)
    }

    /// The same, NULL also while it runs: a function that it calls must not begin it anew.
    fn resting(&self, statement: usize) -> RawStatement {
        self.statements
            .borrow()
            .get(&statement)
            .filter(|one| !one.runs)
            .map_or(ptr::null_mut(), |one| one.raw)
    }

    /// Does something that can call the script while the connection stays open.
    fn held<T>(&self, database: usize, act: impl FnOnce(Raw) -> T) -> T {
        let raw = self.raw(database);
        self.count(database, 1);
        let result = act(raw);
        self.count(database, -1);
        result
    }

    fn count(&self, database: usize, by: i32) {
        if let Some(one) = self.databases.borrow_mut().get_mut(&database) {
            one.depth = one.depth.saturating_add_signed(by);
        }
    }

    fn checked(&self, raw: Raw, code: c_int) -> Result<(), SqlError> {
        if code == ffi::SQLITE_OK { Ok(()) } else { Err(error_of(raw)) }
    }
}

fn switch(raw: Raw, what: c_int, on: bool) {
    // SAFETY: these switches take a number and where to put the new state, which nobody wants.
    unsafe { ffi::sqlite3_db_config(raw, what, c_int::from(on), ptr::null_mut::<c_int>()) };
}

fn open(path: &str, flags: c_int) -> Result<Raw, SqlError> {
    let mut raw = ptr::null_mut();
    let path = c_text(path);
    // SAFETY: both pointers live as long as the call.
    let code = unsafe { ffi::sqlite3_open_v2(path.as_ptr(), &raw mut raw, flags, ptr::null()) };
    if code == ffi::SQLITE_OK {
        return Ok(raw);
    }
    let error = if raw.is_null() { error_by(code) } else { error_of(raw) };
    // SAFETY: also what could not be opened is to be closed; NULL is allowed.
    unsafe { ffi::sqlite3_close(raw) };
    Err(error)
}

impl Databases for Sqlite {
    fn open(&self, asked: &OpenDatabase) -> Result<usize, SqlError> {
        let access = if asked.read_only {
            ffi::SQLITE_OPEN_READONLY
        } else {
            ffi::SQLITE_OPEN_READWRITE | ffi::SQLITE_OPEN_CREATE
        };
        let raw = open(&asked.path, access | ffi::SQLITE_OPEN_URI)?;
        switch(raw, ffi::SQLITE_DBCONFIG_ENABLE_FKEY, asked.foreign_keys);
        switch(raw, ffi::SQLITE_DBCONFIG_DQS_DML, asked.double_quoted);
        switch(raw, ffi::SQLITE_DBCONFIG_DQS_DDL, asked.double_quoted);
        switch(raw, ffi::SQLITE_DBCONFIG_DEFENSIVE, asked.defensive);
        switch(raw, ffi::SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, asked.extensions);
        // SAFETY: the connection has just been opened.
        unsafe { ffi::sqlite3_busy_timeout(raw, asked.timeout) };
        let number = self.number();
        self.databases.borrow_mut().insert(number, Database { raw, depth: 0, authorizer: None });
        Ok(number)
    }

    fn close(&self, database: usize) -> bool {
        if self.databases.borrow().get(&database).is_none_or(|one| one.depth > 0) {
            return false;
        }
        let own: Vec<usize> = {
            let statements = self.statements.borrow();
            statements.iter().filter(|(_, one)| one.database == database).map(|(number, _)| *number).collect()
        };
        for statement in own {
            self.finalize(statement);
        }
        self.backups.borrow_mut().retain(|_, backup| {
            if backup.source == database {
                // SAFETY: it ends here, once.
                unsafe {
                    ffi::sqlite3_backup_finish(backup.raw);
                    ffi::sqlite3_close(backup.target);
                }
            }
            backup.source != database
        });
        let Some(closed) = self.databases.borrow_mut().remove(&database) else { return false };
        // SAFETY: its statements are gone and nothing of it runs.
        unsafe { ffi::sqlite3_close(closed.raw) };
        true
    }

    fn exec(&self, database: usize, sql: &str) -> Result<(), SqlError> {
        let sql = c_text(sql);
        self.held(database, |raw| {
            // SAFETY: the connection is open; nobody wants rows, and the message is asked for afterwards.
            let code =
                unsafe { ffi::sqlite3_exec(raw, sql.as_ptr(), None, ptr::null_mut(), ptr::null_mut()) };
            self.checked(raw, code)
        })
    }

    fn prepare(&self, database: usize, sql: &str) -> Result<Option<usize>, SqlError> {
        let mut statement = ptr::null_mut();
        let length = c_int::try_from(sql.len()).unwrap_or(c_int::MAX);
        self.held(database, |raw| {
            // SAFETY: the text is as long as said, and the statement is put into a place of ours.
            let code = unsafe {
                ffi::sqlite3_prepare_v2(raw, sql.as_ptr().cast(), length, &raw mut statement, ptr::null_mut())
            };
            self.checked(raw, code)
        })?;
        if statement.is_null() {
            return Ok(None);
        }
        let number = self.number();
        self.statements.borrow_mut().insert(number, Statement { raw: statement, database, runs: false });
        Ok(Some(number))
    }

    fn finalize(&self, statement: usize) -> bool {
        if self.statements.borrow().get(&statement).is_none_or(|one| one.runs) {
            return false;
        }
        let Some(ended) = self.statements.borrow_mut().remove(&statement) else { return false };
        // SAFETY: it was prepared and does not run.
        unsafe { ffi::sqlite3_finalize(ended.raw) };
        true
    }

    fn parameters(&self, statement: usize) -> Vec<Option<String>> {
        let raw = self.statement(statement);
        // SAFETY: indices begin at 1; the names live as long as the statement.
        let count = unsafe { ffi::sqlite3_bind_parameter_count(raw) };
        (1..=count).map(|index| from_c(unsafe { ffi::sqlite3_bind_parameter_name(raw, index) })).collect()
    }

    fn bind(&self, statement: usize, index: i32, value: &SqlValue) -> Result<(), SqlError> {
        let raw = self.resting(statement);
        if raw.is_null() {
            return Err(error_by(ffi::SQLITE_MISUSE));
        }
        let code = value::bind(raw, index, value);
        // SAFETY: the statement is there; its connection is open.
        if code == ffi::SQLITE_OK { Ok(()) } else { Err(error_of(unsafe { ffi::sqlite3_db_handle(raw) })) }
    }

    fn reset(&self, statement: usize, clear: bool) {
        let raw = self.resting(statement);
        // SAFETY: NULL is harmless.
        unsafe { ffi::sqlite3_reset(raw) };
        if clear && !raw.is_null() {
            // SAFETY: the statement is there.
            unsafe { ffi::sqlite3_clear_bindings(raw) };
        }
    }

    fn step(&self, statement: usize) -> Result<Option<Vec<SqlValue>>, SqlError> {
        let (raw, database) = {
            let mut statements = self.statements.borrow_mut();
            let Some(one) = statements.get_mut(&statement) else { return Err(error_by(ffi::SQLITE_MISUSE)) };
            if one.runs {
                return Err(error_by(ffi::SQLITE_MISUSE));
            }
            one.runs = true;
            (one.raw, one.database)
        };
        // SAFETY: the statement cannot be ended while it runs.
        let code = self.held(database, |_| unsafe { ffi::sqlite3_step(raw) });
        if let Some(one) = self.statements.borrow_mut().get_mut(&statement) {
            one.runs = false;
        }
        match code {
            ffi::SQLITE_ROW => Ok(Some(value::row(raw))),
            ffi::SQLITE_DONE => Ok(None),
            _ => Err(error_of(self.raw(database))),
        }
    }

    fn columns(&self, statement: usize) -> Vec<SqlColumn> {
        let raw = self.statement(statement);
        // SAFETY: indices are below the count; the texts are copied at once.
        let count = unsafe { ffi::sqlite3_column_count(raw) };
        let column = |index| unsafe {
            (
                from_c(ffi::sqlite3_column_name(raw, index)).unwrap_or_default(),
                [
                    from_c(ffi::sqlite3_column_origin_name(raw, index)),
                    from_c(ffi::sqlite3_column_table_name(raw, index)),
                    from_c(ffi::sqlite3_column_database_name(raw, index)),
                    from_c(ffi::sqlite3_column_decltype(raw, index)),
                ],
            )
        };
        (0..count).map(column).collect()
    }

    fn sql(&self, statement: usize, expanded: bool) -> String {
        let raw = self.statement(statement);
        if !expanded {
            // SAFETY: the text lives as long as the statement and is copied at once.
            return from_c(unsafe { ffi::sqlite3_sql(raw) }).unwrap_or_default();
        }
        // SAFETY: the text is ours and is given back.
        unsafe {
            let text = ffi::sqlite3_expanded_sql(raw);
            let copy = from_c(text).unwrap_or_default();
            ffi::sqlite3_free(text.cast());
            copy
        }
    }

    fn status(&self, statement: usize, counter: i32, reset: bool) -> i32 {
        let raw = self.statement(statement);
        // SAFETY: it was prepared; SQLite knows of counters that it has not.
        unsafe { ffi::sqlite3_stmt_status(raw, counter, i32::from(reset)) }
    }

    fn changes(&self, database: usize) -> (i64, i64) {
        let raw = self.raw(database);
        // SAFETY: the connection is open.
        unsafe { (ffi::sqlite3_changes64(raw), ffi::sqlite3_last_insert_rowid(raw)) }
    }

    fn in_transaction(&self, database: usize) -> bool {
        // SAFETY: the connection is open.
        unsafe { ffi::sqlite3_get_autocommit(self.raw(database)) == 0 }
    }

    fn location(&self, database: usize, name: &str) -> Option<String> {
        let name = c_text(name);
        // SAFETY: the connection is open; the text is copied at once.
        from_c(unsafe { ffi::sqlite3_db_filename(self.raw(database), name.as_ptr()) })
            .filter(|path| !path.is_empty())
    }

    fn limit(&self, database: usize, kind: i32, value: i32) -> i32 {
        // SAFETY: the connection is open; unknown kinds give -1.
        unsafe { ffi::sqlite3_limit(self.raw(database), kind, value) }
    }

    fn set_defensive(&self, database: usize, on: bool) {
        switch(self.raw(database), ffi::SQLITE_DBCONFIG_DEFENSIVE, on);
    }

    fn enable_extensions(&self, database: usize, on: bool) {
        switch(self.raw(database), ffi::SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, on);
    }

    fn load_extension(&self, database: usize, path: &str, entry: Option<&str>) -> Result<(), SqlError> {
        let (path, entry) = (c_text(path), entry.map(c_text));
        let mut message = ptr::null_mut();
        let entry = entry.as_ref().map_or(ptr::null(), |entry| entry.as_ptr());
        self.held(database, |raw| {
            // SAFETY: all texts live as long as the call; the message is given back.
            unsafe {
                let code = ffi::sqlite3_load_extension(raw, path.as_ptr(), entry, &raw mut message);
                let text = from_c(message);
                ffi::sqlite3_free(message.cast());
                match text {
                    Some(message) if code != ffi::SQLITE_OK => {
                        Err(SqlError { code, message, meaning: meaning(code) })
                    }
                    _ => self.checked(raw, code),
                }
            }
        })
    }

    fn function(
        &self,
        database: usize,
        name: &str,
        signature: SqlSignature,
        function: SqlFunction,
    ) -> Result<(), SqlError> {
        let raw = self.raw(database);
        self.checked(raw, callbacks::function(raw, &c_text(name), signature, function))
    }

    fn aggregate(
        &self,
        database: usize,
        name: &str,
        signature: SqlSignature,
        aggregate: SqlAggregate,
    ) -> Result<(), SqlError> {
        let raw = self.raw(database);
        self.checked(raw, callbacks::aggregate(raw, &c_text(name), signature, aggregate))
    }

    fn authorize(&self, database: usize, authorizer: Option<SqlAuthorizer>) {
        let raw = self.raw(database);
        let authorizer = authorizer.map(Box::new);
        callbacks::authorize(raw, authorizer.as_deref());
        if let Some(one) = self.databases.borrow_mut().get_mut(&database) {
            one.authorizer = authorizer;
        }
    }

    fn serialize(&self, database: usize, name: &str) -> Result<Vec<u8>, SqlError> {
        let (raw, name) = (self.raw(database), c_text(name));
        let mut size = 0;
        // SAFETY: the memory is ours and is given back; it is as long as said.
        unsafe {
            let bytes = ffi::sqlite3_serialize(raw, name.as_ptr(), &raw mut size, 0);
            if bytes.is_null() {
                return if size == 0 { Ok(Vec::new()) } else { Err(error_of(raw)) };
            }
            let copy = std::slice::from_raw_parts(bytes, usize::try_from(size).unwrap_or_default()).to_vec();
            ffi::sqlite3_free(bytes.cast());
            Ok(copy)
        }
    }

    fn deserialize(&self, database: usize, name: &str, bytes: &[u8]) -> Result<(), SqlError> {
        let (raw, name) = (self.raw(database), c_text(name));
        let flags = ffi::SQLITE_DESERIALIZE_FREEONCLOSE | ffi::SQLITE_DESERIALIZE_RESIZEABLE;
        // SAFETY: the memory comes from SQLite's own allocator, which frees it in every case.
        let code = unsafe {
            let memory = ffi::sqlite3_malloc64(bytes.len().max(1) as u64).cast::<u8>();
            if memory.is_null() {
                return Err(error_by(ffi::SQLITE_NOMEM));
            }
            ptr::copy_nonoverlapping(bytes.as_ptr(), memory, bytes.len());
            let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
            ffi::sqlite3_deserialize(raw, name.as_ptr(), memory, size, size, flags)
        };
        self.checked(raw, code)
    }

    fn backup(&self, database: usize, path: &str, source: &str, target: &str) -> Result<usize, SqlError> {
        let other = open(path, ffi::SQLITE_OPEN_READWRITE | ffi::SQLITE_OPEN_CREATE | ffi::SQLITE_OPEN_URI)?;
        let (source, target) = (c_text(source), c_text(target));
        // SAFETY: both connections are open.
        let raw =
            unsafe { ffi::sqlite3_backup_init(other, target.as_ptr(), self.raw(database), source.as_ptr()) };
        if raw.is_null() {
            let error = error_of(other);
            // SAFETY: nothing uses it any more.
            unsafe { ffi::sqlite3_close(other) };
            return Err(error);
        }
        let number = self.number();
        self.backups.borrow_mut().insert(number, Backup { raw, target: other, source: database });
        Ok(number)
    }

    fn backup_step(&self, backup: usize, pages: i32) -> Result<(bool, i32, i32), SqlError> {
        let Some((raw, target)) = self.backups.borrow().get(&backup).map(|one| (one.raw, one.target)) else {
            return Err(error_by(ffi::SQLITE_MISUSE));
        };
        // SAFETY: the backup has not ended.
        let (code, left, all) = unsafe {
            let code = ffi::sqlite3_backup_step(raw, pages);
            (code, ffi::sqlite3_backup_remaining(raw), ffi::sqlite3_backup_pagecount(raw))
        };
        if matches!(code, ffi::SQLITE_OK | ffi::SQLITE_BUSY | ffi::SQLITE_LOCKED) {
            return Ok((false, left, all));
        }
        self.backups.borrow_mut().remove(&backup);
        // SAFETY: it ends here, once; its target belongs to nobody else.
        let error = unsafe {
            ffi::sqlite3_backup_finish(raw);
            let error = error_of(target);
            ffi::sqlite3_close(target);
            error
        };
        if code == ffi::SQLITE_DONE { Ok((true, left, all)) } else { Err(error) }
    }
}

impl Drop for Sqlite {
    fn drop(&mut self) {
        for (_, backup) in self.backups.borrow_mut().drain() {
            // SAFETY: each ends once.
            unsafe {
                ffi::sqlite3_backup_finish(backup.raw);
                ffi::sqlite3_close(backup.target);
            }
        }
        for (_, statement) in self.statements.borrow_mut().drain() {
            // SAFETY: nothing runs any more.
            unsafe { ffi::sqlite3_finalize(statement.raw) };
        }
        for (_, database) in self.databases.borrow_mut().drain() {
            // SAFETY: its statements are gone.
            unsafe { ffi::sqlite3_close(database.raw) };
        }
    }
}
