//! The file in the editor.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// Files up to this size can be edited.
pub const EDITABLE: u64 = 2 << 20;

/// Files up to this size are shown.
pub const SHOWN: u64 = 64 << 20;

/// Bytes that are looked at to tell text from other data.
const PROBE: usize = 8192;

/// Why a file cannot be opened or saved. The texts say what to do.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// There is no such file.
    #[error("{0:?} does not exist. Check the name, or create the file first.")]
    Missing(PathBuf),
    /// It is a folder.
    #[error("{0:?} is a folder. Open a file in it.")]
    Folder(PathBuf),
    /// It is no text.
    #[error("{0:?} is not a text file. Open a JavaScript or TypeScript file.")]
    Binary(PathBuf),
    /// It is too large to be shown.
    #[error("{0:?} is {mb} MB large; files up to {most} MB can be shown. Run it with `loopscope run`.", mb = .1 >> 20, most = SHOWN >> 20)]
    TooLarge(PathBuf, u64),
    /// The system says no.
    #[error("{0:?} cannot be read: {1}.")]
    Read(PathBuf, io::Error),
    /// The system says no.
    #[error("{0:?} cannot be saved: {1}. Your text is unchanged; save it under another name.")]
    Write(PathBuf, io::Error),
}

/// The text in the editor and the file it belongs to.
#[derive(Debug, Default)]
pub struct Document {
    /// The file; `None` for text that was never saved.
    pub path: Option<PathBuf>,
    /// The text.
    pub text: String,
    /// The text as it is on disk.
    saved: String,
    /// Whether it may be edited: very large files may not.
    pub editable: bool,
    /// Whether it is a script as a recording kept it: the file may be another one by now.
    pub recorded: bool,
    /// Whether it is a script that is in no file: only the run has it.
    pub made: bool,
    /// Counts the texts that were loaded, so that views know when to forget theirs.
    pub generation: u64,
}

impl Document {
    /// An empty text without a file.
    pub fn empty() -> Self {
        Self { editable: true, ..Self::default() }
    }

    /// A text without a file that is no loss while it is unchanged.
    pub fn with_text(text: &str) -> Self {
        Self { text: text.to_owned(), saved: text.to_owned(), ..Self::empty() }
    }

    /// A script as a recording kept it. It is not edited: the file may be another one by now.
    pub fn recorded(path: &str, text: &str) -> Self {
        let path = PathBuf::from(path.strip_prefix("file://").unwrap_or(path));
        Self { path: Some(path), text: text.to_owned(), recorded: true, ..Self::default() }
    }

    /// The file that it is; none for a new text and for one that only a run has.
    pub fn file(&self) -> Option<&Path> {
        self.path.as_deref().filter(|_| !self.made)
    }

    /// A script that is in no file, under the name by which the run knows it. It cannot be edited.
    pub fn made(name: &str, text: &str) -> Self {
        Self { path: Some(name.into()), text: text.to_owned(), made: true, ..Self::default() }
    }

    /// Reads a file.
    ///
    /// # Errors
    /// When it is missing, a folder, no text, too large or not to be read.
    pub fn open(path: &Path) -> Result<Self, DocumentError> {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let read = |error: io::Error| match error.kind() {
            io::ErrorKind::NotFound => DocumentError::Missing(path.clone()),
            _ => DocumentError::Read(path.clone(), error),
        };
        let meta = fs::metadata(&path).map_err(read)?;
        if meta.is_dir() {
            return Err(DocumentError::Folder(path));
        }
        if meta.len() > SHOWN {
            return Err(DocumentError::TooLarge(path, meta.len()));
        }
        let bytes = fs::read(&path).map_err(read)?;
        if bytes[..bytes.len().min(PROBE)].contains(&0) {
            return Err(DocumentError::Binary(path));
        }
        let text = String::from_utf8(bytes).map_err(|_| DocumentError::Binary(path.clone()))?;
        let editable = meta.len() <= EDITABLE;
        // The copy for comparison is needed only where the text can change.
        let saved = if editable { text.clone() } else { String::new() };
        Ok(Self { path: Some(path), text, saved, editable, ..Self::default() })
    }

    /// Whether the text differs from the file's.
    pub fn is_dirty(&self) -> bool {
        self.editable && self.text != self.saved
    }

    /// The name under which a run knows the text: the file's path, or `[eval]`.
    pub fn script_name(&self) -> String {
        self.path.as_ref().map_or_else(|| "[eval]".to_owned(), |path| path.to_string_lossy().into_owned())
    }

    /// Name of the file without its folders.
    pub fn name(&self) -> String {
        let name = self.path.as_deref().and_then(Path::file_name);
        name.map_or_else(|| "untitled.js".to_owned(), |name| name.to_string_lossy().into_owned())
    }

    /// Writes the text to `path`, which becomes the document's file. The old file stays whole until the new one is.
    ///
    /// # Errors
    /// When the system does not let it.
    pub fn save_as(&mut self, path: &Path) -> Result<(), DocumentError> {
        let failed = |error| DocumentError::Write(path.to_owned(), error);
        // What cannot be edited is as it was in its own file.
        if self.editable || self.path.as_deref() != Some(path) {
            // A link is written through, as editors do; its target is what is replaced.
            let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
            let name = target.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let beside = target.with_file_name(format!(".{name}.loopscope-{}", std::process::id()));
            let result =
                write_whole(&beside, &self.text, &target).and_then(|()| fs::rename(&beside, &target));
            if let Err(error) = result {
                // What is left of the attempt is of no use; that it cannot be removed changes nothing.
                drop(fs::remove_file(&beside));
                return Err(failed(error));
            }
            self.saved.clone_from(&self.text);
        }
        self.path = Some(path.to_owned());
        Ok(())
    }
}

/// Writes `text` to a new file with the permissions of `like`, if that exists.
fn write_whole(path: &Path, text: &str, like: &Path) -> io::Result<()> {
    let mut file = fs::File::create(path)?;
    file.write_all(text.as_bytes())?;
    if let Ok(meta) = fs::metadata(like) {
        file.set_permissions(meta.permissions())?;
    }
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("loopscope-document-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    #[test]
    fn what_cannot_be_opened_says_why() {
        let folder = folder("open");
        let file = |name: &str, bytes: &[u8]| {
            let path = folder.join(name);
            fs::write(&path, bytes).unwrap();
            path
        };
        let open = |path: &Path| Document::open(path).unwrap_err();
        assert!(matches!(open(&folder.join("none.js")), DocumentError::Missing(_)));
        assert!(matches!(open(&folder), DocumentError::Folder(_)));
        assert!(matches!(open(&file("a.bin", b"\x7fELF\0\0")), DocumentError::Binary(_)));
        assert!(matches!(open(&file("latin1.js", b"// \xe4\n")), DocumentError::Binary(_)));
        let huge = fs::File::create(folder.join("huge.js")).unwrap();
        huge.set_len(SHOWN + 1).unwrap();
        assert!(matches!(open(&folder.join("huge.js")), DocumentError::TooLarge(..)));
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn what_is_saved_is_read_again() {
        let folder = folder("save");
        let path = folder.join("a.js");
        fs::write(&path, "1\n").unwrap();
        let mut document = Document::open(&path).unwrap();
        document.text.push_str("2\n");
        assert!(document.is_dirty());
        document.save_as(&path).unwrap();
        assert!(!document.is_dirty());
        assert_eq!(fs::read_to_string(&path).unwrap(), "1\n2\n");
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1, "nothing is left beside it");
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_failed_save_keeps_the_text() {
        let mut document = Document { text: "mine".to_owned(), ..Document::empty() };
        let failed = document.save_as(Path::new("/nowhere/at/all/a.js")).unwrap_err();
        assert!(matches!(failed, DocumentError::Write(..)));
        assert!(document.is_dirty());
        assert_eq!(document.text, "mine");
    }
}
