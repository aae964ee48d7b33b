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
    /// The file, and its path while it has one.
    file: Option<(File, Option<PathBuf>)>,
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
            // Where open files may lose their names nothing is left behind however the program ends.
            let gone = cfg!(unix) && fs::remove_file(&path).is_ok();
            self.file = Some((file, (!gone).then_some(path)));
        }
        match &mut self.file {
            Some((file, _)) => Ok(file),
            None => Err(io::ErrorKind::NotFound.into()),
        }
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if let Some((file, Some(path))) = self.file.take() {
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
    fn nothing_is_left_of_the_file() {
        let mut store = Temporary::default();
        store.write_all(b"past").unwrap();
        store.seek(SeekFrom::Start(1)).unwrap();
        let mut rest = String::new();
        store.read_to_string(&mut rest).unwrap();
        assert_eq!(rest, "ast");
        let path = store.file.as_ref().unwrap().1.clone();
        assert_eq!(path.is_none(), cfg!(unix), "a program that is killed leaves nothing behind");
        drop(store);
        assert!(path.is_none_or(|path| !path.exists()));
    }
}
