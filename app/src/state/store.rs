//! A temporary file for what of the past does not fit into memory.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use loopscope_trace::Store;

/// Names files that have not been needed yet.
static NUMBER: AtomicU32 = AtomicU32::new(0);

/// A file that comes to be when it is first written to, and is gone with this value.
#[derive(Debug, Default)]
pub struct Temporary {
    file: Option<(File, PathBuf)>,
}

impl Temporary {
    /// One for a run.
    pub fn store() -> Option<Box<dyn Store>> {
        Some(Box::new(Self::default()))
    }

    fn file(&mut self) -> io::Result<&mut File> {
        if self.file.is_none() {
            let number = NUMBER.fetch_add(1, Ordering::Relaxed);
            let name = format!("loopscope-past-{}-{number}", std::process::id());
            let path = std::env::temp_dir().join(name);
            let file = OpenOptions::new().read(true).write(true).create_new(true).open(&path)?;
            self.file = Some((file, path));
        }
        match &mut self.file {
            Some((file, _)) => Ok(file),
            None => Err(io::ErrorKind::NotFound.into()),
        }
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if let Some((file, path)) = self.file.take() {
            drop(file);
            // The system empties its folder of temporary files sooner or later.
            drop(fs::remove_file(path));
        }
    }
}

impl Read for Temporary {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        self.file()?.read(bytes)
    }
}

impl Write for Temporary {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file()?.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file()?.flush()
    }
}

impl Seek for Temporary {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file()?.seek(to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_gone_with_its_value() {
        let mut store = Temporary::default();
        store.write_all(b"past").unwrap();
        let path = store.file.as_ref().unwrap().1.clone();
        store.seek(SeekFrom::Start(1)).unwrap();
        let mut rest = String::new();
        store.read_to_string(&mut rest).unwrap();
        assert_eq!(rest, "ast");
        assert!(path.exists());
        drop(store);
        assert!(!path.exists());
    }
}
