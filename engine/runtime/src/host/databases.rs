//! SQL databases as a host has them (SQLite, <https://www.sqlite.org/c3ref/intro.html>). They are apart from
//! [`Host`](super::Host) because a statement that runs can call functions of the script, which may ask the host for more.

/// A value in a database.
#[derive(Debug, Clone, PartialEq)]
pub enum SqlValue {
    /// NULL.
    Null,
    /// INTEGER.
    Int(i64),
    /// REAL.
    Real(f64),
    /// TEXT.
    Text(String),
    /// BLOB.
    Blob(Vec<u8>),
}

/// What SQLite says of a failure.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct SqlError {
    /// The extended result code.
    pub code: i32,
    /// What went wrong this time.
    pub message: String,
    /// What the code stands for.
    pub meaning: String,
}

/// How a database is opened.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OpenDatabase {
    /// A path, `:memory:` or a `file:` URL.
    pub path: String,
    /// Nothing is written.
    pub read_only: bool,
    /// Foreign keys are checked.
    pub foreign_keys: bool,
    /// Text in double quotes that names nothing is a string.
    pub double_quoted: bool,
    /// Nothing that could damage the file is allowed.
    pub defensive: bool,
    /// Extensions may be loaded.
    pub extensions: bool,
    /// How long to wait for a lock, in milliseconds.
    pub timeout: i32,
}

/// A function of the script: from arguments to a value. An error is text, or empty when the script has thrown.
pub type SqlFunction = Box<dyn Fn(&[SqlValue]) -> Result<SqlValue, String>>;

/// A step of an aggregate: the group, whether it is new, arguments.
pub type SqlStep = Box<dyn Fn(u64, bool, &[SqlValue]) -> Result<(), String>>;

/// The value of an aggregate: the group, whether it is new, whether it is over.
pub type SqlTotal = Box<dyn Fn(u64, bool, bool) -> Result<SqlValue, String>>;

/// Who decides what statements may do: the action's number, and up to four names.
pub type SqlAuthorizer = Box<dyn Fn(i32, [Option<String>; 4]) -> i32>;

/// The functions of an aggregate.
pub struct SqlAggregate {
    /// Takes a row in.
    pub step: SqlStep,
    /// Takes a row out again; with it the aggregate works on windows.
    pub inverse: Option<SqlStep>,
    /// What it comes to.
    pub total: SqlTotal,
}

/// How a function is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SqlSignature {
    /// How many arguments it takes; -1 for any number.
    pub arguments: i32,
    /// The same arguments give the same value.
    pub deterministic: bool,
    /// It cannot be called from a schema.
    pub direct_only: bool,
}

/// What a column of a result comes from: name, then column, table, database and declared type.
pub type SqlColumn = (String, [Option<String>; 4]);

/// Databases and their statements, by number.
pub trait Databases {
    /// Opens one.
    ///
    /// # Errors
    /// What SQLite says.
    fn open(&self, asked: &OpenDatabase) -> Result<usize, SqlError>;

    /// Closes one, with all its statements. False while a statement of it runs.
    fn close(&self, database: usize) -> bool;

    /// Runs all statements in a text.
    ///
    /// # Errors
    /// What SQLite says.
    fn exec(&self, database: usize, sql: &str) -> Result<(), SqlError>;

    /// Compiles the first statement in a text; `None` when there is none.
    ///
    /// # Errors
    /// What SQLite says.
    fn prepare(&self, database: usize, sql: &str) -> Result<Option<usize>, SqlError>;

    /// Ends a statement. False while it runs.
    fn finalize(&self, statement: usize) -> bool;

    /// Names of the parameters with their signs; `None` for those without.
    fn parameters(&self, statement: usize) -> Vec<Option<String>>;

    /// Gives the parameter at an index from 1 its value.
    ///
    /// # Errors
    /// What SQLite says.
    fn bind(&self, statement: usize, index: i32, value: &SqlValue) -> Result<(), SqlError>;

    /// Ends a run of the statement; its parameters are NULL again if so asked.
    fn reset(&self, statement: usize, clear: bool);

    /// Goes on to the next row; `None` after the last.
    ///
    /// # Errors
    /// What SQLite says.
    fn step(&self, statement: usize) -> Result<Option<Vec<SqlValue>>, SqlError>;

    /// What the columns are.
    fn columns(&self, statement: usize) -> Vec<SqlColumn>;

    /// The text, with the values in the place of parameters if so asked.
    fn sql(&self, statement: usize, expanded: bool) -> String;

    /// A counter of the statement (`SQLITE_STMTSTATUS_…`); with `reset` it is 0 from now on.
    fn status(&self, statement: usize, counter: i32, reset: bool) -> i32;

    /// Rows that the last statement changed, and the last row it added.
    fn changes(&self, database: usize) -> (i64, i64);

    /// Whether a transaction has begun.
    fn in_transaction(&self, database: usize) -> bool;

    /// The file of a database of the connection.
    fn location(&self, database: usize, name: &str) -> Option<String>;

    /// A limit (`SQLITE_LIMIT_…`), changed to a value that is not negative.
    fn limit(&self, database: usize, kind: i32, value: i32) -> i32;

    /// Switches the protection of the file.
    fn set_defensive(&self, database: usize, on: bool);

    /// Switches the loading of extensions.
    fn enable_extensions(&self, database: usize, on: bool);

    /// Loads an extension.
    ///
    /// # Errors
    /// What SQLite says.
    fn load_extension(&self, database: usize, path: &str, entry: Option<&str>) -> Result<(), SqlError>;

    /// Adds a function.
    ///
    /// # Errors
    /// What SQLite says.
    fn function(
        &self,
        database: usize,
        name: &str,
        signature: SqlSignature,
        function: SqlFunction,
    ) -> Result<(), SqlError>;

    /// Adds an aggregate.
    ///
    /// # Errors
    /// What SQLite says.
    fn aggregate(
        &self,
        database: usize,
        name: &str,
        signature: SqlSignature,
        aggregate: SqlAggregate,
    ) -> Result<(), SqlError>;

    /// Asks this from now on what statements may do.
    fn authorize(&self, database: usize, authorizer: Option<SqlAuthorizer>);

    /// A database as bytes.
    ///
    /// # Errors
    /// What SQLite says.
    fn serialize(&self, database: usize, name: &str) -> Result<Vec<u8>, SqlError>;

    /// Bytes in the place of a database.
    ///
    /// # Errors
    /// What SQLite says.
    fn deserialize(&self, database: usize, name: &str, bytes: &[u8]) -> Result<(), SqlError>;

    /// Begins to copy a database to a file.
    ///
    /// # Errors
    /// What SQLite says.
    fn backup(&self, database: usize, path: &str, source: &str, target: &str) -> Result<usize, SqlError>;

    /// Copies so many pages; returns whether all is done, the pages that are left and those there are.
    ///
    /// # Errors
    /// What SQLite says; the copy is over then.
    fn backup_step(&self, backup: usize, pages: i32) -> Result<(bool, i32, i32), SqlError>;
}
