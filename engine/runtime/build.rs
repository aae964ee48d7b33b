//! Lists the JavaScript side of the built-in modules for embedding.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from("js");
    let mut files = Vec::new();
    collect(&root, &mut files)?;
    let mut entries = Vec::new();
    for file in &files {
        let relative = file.strip_prefix(&root).map_err(io::Error::other)?;
        let id = relative.with_extension("").to_string_lossy().replace('\\', "/");
        entries.push((id, fs::canonicalize(file)?));
    }
    // The program searches by halves: by id, which is another order than that of the paths.
    entries.sort();
    let mut table = String::from("[\n");
    for (id, path) in entries {
        table += &format!("    ({id:?}, include_str!({:?})),\n", path.to_string_lossy());
    }
    table += "]\n";
    let out = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo sets OUT_DIR"))?;
    fs::write(Path::new(&out).join("builtins.rs"), table)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    println!("cargo::rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "js") {
            files.push(path);
        }
    }
    Ok(())
}
