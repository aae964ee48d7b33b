//! Set-up of V8's archive with a small file in its place; `tests/setup.rs` has the test of a full disk.

use super::*;

/// SHA-256 of the bytes "archive", as `sha256sum` prints it.
const HASH: &str = "0eb3e36bfb24dcd9bb1d1bece1531216b59539a8fde17ee80224af0653c92aa3";

/// A folder of its own, removed when dropped.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        let folder = env::temp_dir().join(format!("loopscope-xtask-{}-{name}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    fn file(&self, name: &str, content: &[u8]) -> PathBuf {
        let path = self.0.join(name);
        fs::write(&path, content).unwrap();
        path
    }

    fn names(&self, folder: &str) -> Vec<String> {
        let entries = fs::read_dir(self.0.join(folder)).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).unwrap();
    }
}

#[test]
fn the_archive_is_the_one_for_the_locked_version_of_the_crate() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let lock = fs::read_to_string(root.join("Cargo.lock")).unwrap();
    assert!(lock.contains(&format!("name = \"v8\"\nversion = \"{VERSION}\"\n")), "Cargo.lock has another v8");
    let sums = fs::read_to_string(root.join("engine/v8/SHA256SUMS")).unwrap();
    assert!(listed(&sums, ARCHIVE).is_some_and(|hash| hash.len() == 64));
    assert_eq!(key(VERSION, ARCHIVE), "v152_2_0_librusty_v8_release_x86_64_unknown_linux_gnu_a_gz");
}

#[test]
fn a_good_archive_is_installed_once_and_a_bad_one_in_its_place_replaced() {
    let scratch = Scratch::new("good");
    let source = scratch.file("source", b"archive");
    let target = scratch.0.join("home/cache/key");
    assert_eq!(copy_verified(&source, HASH, &target).unwrap(), Outcome::Written);
    assert_eq!(copy_verified(&source, HASH, &target).unwrap(), Outcome::There);
    fs::write(&target, b"arch").unwrap();
    assert_eq!(copy_verified(&source, HASH, &target).unwrap(), Outcome::Written);
    assert_eq!(fs::read(&target).unwrap(), b"archive");
    assert_eq!(scratch.names("home/cache"), ["key"]);
}

#[test]
fn a_damaged_archive_is_refused_and_leaves_nothing() {
    let scratch = Scratch::new("damaged");
    let source = scratch.file("source", b"archivE");
    let error = copy_verified(&source, HASH, &scratch.0.join("cache/key")).unwrap_err();
    let text = format!("{error:#}");
    assert!(
        text.contains("is damaged") && text.contains(HASH) && text.contains("git checkout engine/v8"),
        "{text}"
    );
    assert_eq!(scratch.names("cache"), [""; 0]);
}

#[test]
fn a_missing_archive_says_how_to_get_it_back() {
    let scratch = Scratch::new("missing");
    let error = copy_verified(&scratch.0.join("source"), HASH, &scratch.0.join("cache/key")).unwrap_err();
    let text = format!("{error:#}");
    assert!(text.contains("source") && text.contains("git checkout engine/v8"), "{text}");
    assert_eq!(scratch.names("cache"), [""; 0]);
}

#[test]
fn a_folder_that_cannot_be_written_to_is_named() {
    let scratch = Scratch::new("unwritable");
    let source = scratch.file("source", b"archive");
    scratch.file("home", b"a file where a folder should be");
    let error = copy_verified(&source, HASH, &scratch.0.join("home/cache/key")).unwrap_err();
    let text = format!("{error:#}");
    assert!(text.contains("home/cache/key") && text.contains("can be written to"), "{text}");
}
