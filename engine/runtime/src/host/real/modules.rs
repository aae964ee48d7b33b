//! Modules and packages on disk, by Node's resolution algorithm
//! (<https://nodejs.org/api/esm.html#resolution-algorithm-specification>).

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{LazyLock, Mutex, PoisonError};

use oxc_resolver::{ResolveError, ResolveOptions, Resolver};

use crate::host::request::ModuleRequest;
use crate::host::{HostError, Response};

/// Resolvers by (import, conditions, whether links are kept); each caches what it saw of the file system.
type Resolvers = HashMap<(bool, Vec<String>, bool), Resolver>;

static RESOLVERS: LazyLock<Mutex<Resolvers>> = LazyLock::new(Mutex::default);

/// Answers the question.
pub fn run(request: ModuleRequest) -> Result<Response, HostError> {
    Ok(match request {
        ModuleRequest::Resolve { specifier, folder, import, conditions, keep_links } => {
            let found = resolve(&specifier, &folder, import, conditions.clone(), keep_links);
            if import && is_missing(&found) && is_package_name(&specifier) {
                // A package without `exports` may leave the extension of its `main` out (LEGACY_MAIN_RESOLVE).
                let legacy = resolve(&specifier, &folder, false, conditions, keep_links);
                if is_missing(&legacy) { found } else { legacy }
            } else {
                found
            }
        }
        ModuleRequest::PackageType { path } => package_type(&path),
        ModuleRequest::FindPackage { path } => nearest_package(Path::new(&path))
            .map_or(Response::Null, |path| Response::Text(path.to_string_lossy().into_owned())),
    })
}

fn options(import: bool, conditions: Vec<String>, keep_links: bool) -> ResolveOptions {
    let kind = if import { "import" } else { "require" };
    let defaults = ["node", kind, "module-sync", "node-addons"].map(str::to_owned);
    let extensions: &[&str] = if import { &[] } else { &[".js", ".json", ".node"] };
    ResolveOptions {
        condition_names: defaults.into_iter().chain(conditions).collect(),
        extensions: extensions.iter().map(|&text| text.to_owned()).collect(),
        fully_specified: import,
        main_files: vec!["index".to_owned()],
        builtin_modules: false,
        symlinks: !keep_links,
        ..ResolveOptions::default()
    }
}

fn resolve(
    specifier: &str,
    folder: &str,
    import: bool,
    conditions: Vec<String>,
    keep_links: bool,
) -> Response {
    let mut resolvers = RESOLVERS.lock().unwrap_or_else(PoisonError::into_inner);
    let resolver = resolvers
        .entry((import, conditions.clone(), keep_links))
        .or_insert_with(|| Resolver::new(options(import, conditions, keep_links)));
    let mut result = resolver.resolve(folder, specifier);
    if result.is_err() {
        // The file may have been made since the resolver looked.
        resolver.clear_cache();
        result = resolver.resolve(folder, specifier);
    }
    match result {
        Ok(found) => texts(&["found", &found.path().to_string_lossy()]),
        Err(failed) => failure(&failed),
    }
}

/// Whether a resolver found nothing at all.
fn is_missing(response: &Response) -> bool {
    matches!(response, Response::List(parts)
        if matches!(&parts[..], [_, Response::Text(kind), ..] if kind == "not-found"))
}

/// Whether a specifier is the name of a package without a path in it.
fn is_package_name(specifier: &str) -> bool {
    let parts = specifier.split('/').count();
    let wanted = if specifier.starts_with('@') { 2 } else { 1 };
    parts == wanted && !specifier.starts_with(['.', '#', '/']) && !specifier.contains(':')
}

fn texts(parts: &[&str]) -> Response {
    Response::List(parts.iter().map(|&part| Response::Text(part.to_owned())).collect())
}

fn failure(failed: &ResolveError) -> Response {
    match failed {
        ResolveError::PackagePathNotExported { subpath, package_json_path, .. } => {
            texts(&["failed", "not-exported", &package_json_path.to_string_lossy(), subpath])
        }
        ResolveError::PackageImportNotDefined(specifier, path) => {
            texts(&["failed", "import-not-defined", &path.to_string_lossy(), specifier])
        }
        ResolveError::InvalidPackageTarget(target, _, path) => {
            texts(&["failed", "invalid-target", &path.to_string_lossy(), target])
        }
        ResolveError::InvalidModuleSpecifier(specifier, path) => {
            texts(&["failed", "invalid-specifier", &path.to_string_lossy(), specifier])
        }
        ResolveError::InvalidPackageConfig(path) => {
            texts(&["failed", "invalid-config", &path.to_string_lossy(), ""])
        }
        _ => texts(&["failed", "not-found", "", &failed.to_string()]),
    }
}

/// The package.json that governs a file: the nearest above it, but none beyond a `node_modules` folder.
fn nearest_package(file: &Path) -> Option<PathBuf> {
    for folder in file.parent()?.ancestors() {
        if folder.file_name().is_some_and(|name| name == "node_modules") {
            return None;
        }
        let candidate = folder.join("package.json");
        if candidate.is_file() {
            return Some(candidate);
        }
    }
    None
}

fn package_type(file: &str) -> Response {
    let text = nearest_package(Path::new(file)).and_then(|path| std::fs::read_to_string(path).ok());
    let json: Option<serde_json::Value> = text.and_then(|text| serde_json::from_str(&text).ok());
    match json.as_ref().and_then(|json| json.get("type")).and_then(|value| value.as_str()) {
        Some(kind @ ("module" | "commonjs")) => Response::Text(kind.to_owned()),
        _ => Response::Null,
    }
}
