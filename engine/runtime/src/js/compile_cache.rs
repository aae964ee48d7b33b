//! V8's code cache of scripts' modules on disk (<https://nodejs.org/api/module.html#module-compile-cache>): one file per
//! module, believed only when it is whole and made of the very text that is to be compiled.

use std::cell::RefCell;

use sha2::{Digest as _, Sha256};

use super::state::State;
use crate::host::{FileRequest, Request, Response};

/// How every file begins, with the number of its layout.
const MAGIC: &[u8; 8] = b"LSCACHE\x01";

/// Bytes of a digest.
const DIGEST: usize = 32;

/// Length of what stands before V8's data: the mark, the digest of the text, the digest of the data.
const HEAD: usize = MAGIC.len() + 2 * DIGEST;

/// What a module is compiled as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The body of a function.
    CommonJs,
    /// An ES module.
    EsModule,
}

/// What V8 can write down.
enum Code {
    Function(v8::Global<v8::Function>),
    Module(v8::Global<v8::UnboundModuleScript>),
}

/// A module that has no file yet, or one that is of no use.
struct Entry {
    path: String,
    text: [u8; DIGEST],
    code: Code,
}

/// Where the files are, and what is to be written.
#[derive(Default)]
pub struct CompileCache {
    folder: RefCell<Option<Folder>>,
    fresh: RefCell<Vec<Entry>>,
}

struct Folder {
    path: String,
    /// Modules are named as seen from here, so that everything can be moved together.
    portable_from: Option<String>,
}

/// What was asked about a module that is about to be compiled.
pub struct Lookup {
    path: String,
    text: [u8; DIGEST],
    /// V8's data, when there is a file that fits.
    pub data: Option<Vec<u8>>,
}

/// What V8 is to compile, with the data that was found, and how.
pub fn source(
    text: v8::Local<v8::String>,
    origin: &v8::ScriptOrigin,
    asked: Option<&Lookup>,
) -> (v8::script_compiler::Source, v8::script_compiler::CompileOptions) {
    use v8::script_compiler::{CachedData, CompileOptions, Source};
    match asked.and_then(|asked| asked.data.as_deref()) {
        Some(data) => (
            Source::new_with_cached_data(text, Some(origin), CachedData::new(data)),
            CompileOptions::ConsumeCodeCache,
        ),
        None => (Source::new(text, Some(origin)), CompileOptions::NoCompileOptions),
    }
}

/// Whether V8 had no data or did not take it.
pub fn was_no_use(source: &v8::script_compiler::Source) -> bool {
    source.get_cached_data().is_none_or(|data| data.rejected())
}

fn digest(parts: &[&[u8]]) -> [u8; DIGEST] {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part);
    }
    hasher.finalize().into()
}

/// A short name for a module's file.
fn short_name(kind: Kind, name: &str) -> String {
    let digest = digest(&[&[kind as u8], name.as_bytes()]);
    digest[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Data that V8 may be given for a text, out of a file.
fn unpack(file: &[u8], text: &[u8; DIGEST]) -> Option<Vec<u8>> {
    let (head, data) = file.split_at_checked(HEAD)?;
    let fits = head.starts_with(MAGIC)
        && &head[MAGIC.len()..][..DIGEST] == text
        && head[MAGIC.len() + DIGEST..] == digest(&[data]);
    fits.then(|| data.to_vec())
}

fn pack(data: &[u8], text: &[u8; DIGEST]) -> Vec<u8> {
    [MAGIC.as_slice(), text, &digest(&[data]), data].concat()
}

impl CompileCache {
    /// The folder with the files, once there is one.
    pub fn folder(&self) -> Option<String> {
        self.folder.borrow().as_ref().map(|folder| folder.path.clone())
    }

    /// Whether there is one.
    pub fn is_on(&self) -> bool {
        self.folder.borrow().is_some()
    }

    /// Uses the files in a folder that exists. With `portable_from` modules are known by their place seen from there.
    pub fn enable(&self, path: String, portable_from: Option<String>) {
        *self.folder.borrow_mut() = Some(Folder { path, portable_from });
    }

    /// Looks for the file of a module; `None` when there is no cache or the module has no file name.
    pub fn look_up(
        &self,
        scope: &v8::PinScope,
        state: &State,
        kind: Kind,
        name: &str,
        source: v8::Local<v8::String>,
    ) -> Option<Lookup> {
        let path = {
            let folder = self.folder.borrow();
            let folder = folder.as_ref()?;
            let file = name.strip_prefix("file://").unwrap_or(name);
            if !file.starts_with('/') {
                return None;
            }
            let known_as =
                folder.portable_from.as_deref().map_or_else(|| name.to_owned(), |base| seen_from(base, file));
            format!("{}/{}", folder.path, short_name(kind, &known_as))
        };
        // The name is in the data, too: a file that was moved would show the old one in its stacks.
        let text = digest(&[name.as_bytes(), &[0], source.to_rust_string_lossy(scope).as_bytes()]);
        let read =
            FileRequest::ReadFile { path: path.clone().into_bytes(), flags: libc::O_RDONLY, text: false };
        let data = match state.call(Request::File(read)) {
            Ok(Response::Bytes(file)) => unpack(&file, &text),
            _ => None,
        };
        Some(Lookup { path, text, data })
    }

    /// Notes a function that was compiled without a fitting file.
    pub fn add_function(&self, scope: &v8::PinScope, asked: Lookup, function: v8::Local<v8::Function>) {
        self.add(asked, Code::Function(v8::Global::new(scope, function)));
    }

    /// Notes a module that was compiled without a fitting file.
    pub fn add_module(&self, scope: &v8::PinScope, asked: Lookup, module: v8::Local<v8::Module>) {
        let script = module.get_unbound_module_script(scope);
        self.add(asked, Code::Module(v8::Global::new(scope, script)));
    }

    fn add(&self, Lookup { path, text, .. }: Lookup, code: Code) {
        let mut fresh = self.fresh.borrow_mut();
        fresh.retain(|entry| entry.path != path);
        fresh.push(Entry { path, text, code });
    }

    /// Writes the files that are missing. What cannot be written is compiled anew the next time.
    pub fn flush(&self, scope: &v8::PinScope, state: &State) {
        for Entry { path, text, code } in self.fresh.take() {
            let data = match code {
                Code::Function(function) => v8::Local::new(scope, function).create_code_cache(),
                Code::Module(script) => v8::Local::new(scope, script).create_code_cache(),
            };
            let Some(data) = data else { continue };
            let mut mark = [0; 4];
            if state.host.borrow_mut().random(&mut mark).is_err() {
                continue;
            }
            // Nobody may see half a file.
            let temporary = format!("{path}.{:08x}", u32::from_ne_bytes(mark));
            let write = FileRequest::WriteFile {
                path: temporary.clone().into_bytes(),
                bytes: pack(&data, &text).into(),
                flags: libc::O_WRONLY | libc::O_CREAT | libc::O_EXCL,
                mode: 0o600,
                flush: false,
            };
            let written = state.call(Request::File(write)).and_then(|_| {
                let (path, dest) = (temporary.clone().into_bytes(), path.into_bytes());
                state.call(Request::File(FileRequest::Rename { path, dest }))
            });
            if written.is_err() {
                drop(state.call(Request::File(FileRequest::Unlink { path: temporary.into_bytes() })));
            }
        }
    }

    /// Lets go of what V8 holds for us.
    pub fn clear(&self) {
        self.fresh.borrow_mut().clear();
    }
}

/// A path as seen from a folder; both are absolute.
fn seen_from(base: &str, path: &str) -> String {
    let (base, path): (Vec<_>, Vec<_>) = (base.split('/').collect(), path.split('/').collect());
    let common = base.iter().zip(&path).take_while(|(a, b)| a == b).count();
    let up = base.len() - common;
    std::iter::repeat_n("..", up).chain(path[common..].iter().copied()).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_whole_and_of_the_same_text_is_used() {
        let text = digest(&[b"a"]);
        let file = pack(b"data", &text);
        assert_eq!(unpack(&file, &text).as_deref(), Some(b"data".as_slice()));
        assert_eq!(unpack(&file, &digest(&[b"b"])), None);
        for length in 0..file.len() {
            assert_eq!(unpack(&file[..length], &text), None);
        }
        for index in 0..file.len() {
            let mut broken = file.clone();
            broken[index] ^= 1;
            assert_eq!(unpack(&broken, &text), None);
        }
    }

    #[test]
    fn places_are_seen_from_the_folder() {
        assert_eq!(seen_from("/a/cache", "/a/src/x.js"), "../src/x.js");
        assert_eq!(seen_from("/a", "/a/x.js"), "x.js");
    }
}
