//! What the command line asks for: the options of `node` that Loopscope takes, and what to run.

use crate::inspect::Begin;

/// How to treat rejections without a handler
/// (<https://nodejs.org/api/cli.html#--unhandled-rejectionsmode>).
pub const UNHANDLED_REJECTION_MODES: [&str; 5] = ["throw", "strict", "warn", "none", "warn-with-error-code"];

/// What to run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Main {
    /// A file.
    File(String),
    /// Program text; with `print` its value is printed.
    Eval {
        /// The text.
        source: String,
        /// What stack traces call it: `[eval]` or `[stdin]`.
        name: &'static str,
        /// `-p`.
        print: bool,
    },
    /// Files as tests (`--test`); the arguments are patterns for them.
    Tests,
    /// A script of package.json (`--run`).
    PackageScript(String),
    /// Whatever is typed (`-i`, or no script and a terminal), after this text.
    Repl(Option<String>),
    /// A file that is run anew when it changes (`--watch`); it is the first argument.
    Watch,
}

impl Main {
    /// What it is called: the file's path, or what stands for other programs.
    pub fn name(&self) -> String {
        match self {
            Self::File(path) => path.clone(),
            Self::Eval { name, .. } => (*name).to_owned(),
            Self::Tests => "tests".to_owned(),
            Self::PackageScript(name) => format!("--run {name}"),
            Self::Watch => "--watch".to_owned(),
            Self::Repl(_) => "REPL".to_owned(),
        }
    }
}

/// Where debuggers may attach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InspectAt {
    /// The address to listen on.
    pub host: String,
    /// The port; 0 for any that is free.
    pub port: u16,
    /// Listen from the beginning, and begin like this.
    pub begin: Option<Begin>,
    /// Standard error tells the address.
    pub tells: bool,
    /// So do the server's pages.
    pub lists: bool,
}

impl Default for InspectAt {
    fn default() -> Self {
        Self { host: "127.0.0.1".to_owned(), port: 9229, begin: None, tells: true, lists: true }
    }
}

/// How a runtime is to run.
#[derive(Debug, Clone)]
pub struct Options {
    /// What to run.
    pub main: Main,
    /// `process.argv` without the program and the script.
    pub args: Vec<String>,
    /// `process.execArgv`.
    pub exec_args: Vec<String>,
    /// Every option of `NODE_OPTIONS` and of the command line, in this order, as `--name` or `--name=value`.
    pub settings: Vec<String>,
    /// One of [`UNHANDLED_REJECTION_MODES`].
    pub unhandled_rejections: String,
    /// Extra `exports` conditions (`-C`).
    pub conditions: Vec<String>,
    /// CommonJS modules to load first (`-r`).
    pub requires: Vec<String>,
    /// ES modules to load first (`--import`).
    pub imports: Vec<String>,
    /// `module` or `commonjs` for program text (`--input-type`).
    pub input_type: Option<String>,
    /// Only check the syntax (`-c`).
    pub check: bool,
    /// Where debuggers may attach (`--inspect` and the like).
    pub inspect: InspectAt,
}

impl Options {
    /// Options that run a file with nothing else set.
    pub fn file(path: impl Into<String>, args: Vec<String>) -> Self {
        Self {
            main: Main::File(path.into()),
            args,
            exec_args: Vec::new(),
            settings: Vec::new(),
            unhandled_rejections: "throw".to_owned(),
            conditions: Vec::new(),
            requires: Vec::new(),
            imports: Vec::new(),
            input_type: None,
            check: false,
            inspect: InspectAt::default(),
        }
    }
}
