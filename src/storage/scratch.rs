//! Scratch files: numbers written once and read once by a query that runs out of its memory. They
//! stand in the folder for temporary files, never in the store, and are gone with their owner.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::error::{Error, Result};

/// Numbers are written and read in pieces of so many bytes: a query may have dozens of files.
const BUFFER_BYTES: usize = 16 << 10;

/// The next scratch file of this process has this number.
static NEXT: AtomicU64 = AtomicU64::new(0);

/// A file that is being written.
pub(crate) struct Scratch {
    writer: BufWriter<File>,
    name: Name,
    numbers: u64,
}

/// A file that is being read, from its beginning.
pub(crate) struct ScratchReader {
    reader: BufReader<File>,
    name: Name,
    left: u64,
}

/// The path of a file that has to be removed.
struct Name(PathBuf);

impl Drop for Name {
    fn drop(&mut self) {
        // Where files without a name can be, it is gone already.
        let _ = fs::remove_file(&self.0);
    }
}

fn failed(source: io::Error, path: &std::path::Path) -> Error {
    Error::Io {
        action: format!("using the temporary file {}", path.display()),
        source,
    }
}

impl Scratch {
    /// An empty file.
    ///
    /// # Errors
    ///
    /// `Io` where no temporary file can be made.
    pub(crate) fn new() -> Result<Self> {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("factbase-{}-{number}.scratch", std::process::id());
        let path = std::env::temp_dir().join(name);
        let mut options = OpenOptions::new();
        options.read(true).write(true).create_new(true);
        let file = options.open(&path).map_err(|error| failed(error, &path))?;
        let name = Name(path);
        // A file without a name is gone whatever happens to the process.
        #[cfg(unix)]
        let _ = fs::remove_file(&name.0);
        Ok(Self {
            writer: BufWriter::with_capacity(BUFFER_BYTES, file),
            name,
            numbers: 0,
        })
    }

    /// Appends numbers.
    ///
    /// # Errors
    ///
    /// `Io` where the disk is full.
    pub(crate) fn push(&mut self, numbers: &[u64]) -> Result<()> {
        for number in numbers {
            let written = self.writer.write_all(&number.to_le_bytes());
            written.map_err(|error| failed(error, &self.name.0))?;
        }
        self.numbers += numbers.len() as u64;
        Ok(())
    }

    /// Ends writing and begins reading.
    ///
    /// # Errors
    ///
    /// `Io` where the disk is full.
    pub(crate) fn read(self) -> Result<ScratchReader> {
        let Self {
            writer,
            name,
            numbers,
        } = self;
        let file = writer.into_inner().map_err(io::IntoInnerError::into_error);
        let rewound = file.and_then(|mut file| {
            file.seek(SeekFrom::Start(0))?;
            Ok(file)
        });
        let file = rewound.map_err(|error| failed(error, &name.0))?;
        Ok(ScratchReader {
            reader: BufReader::with_capacity(BUFFER_BYTES, file),
            name,
            left: numbers,
        })
    }
}

impl ScratchReader {
    /// Replaces numbers by the next ones; false at the end.
    ///
    /// # Errors
    ///
    /// `Io` where the file cannot be read.
    pub(crate) fn next(&mut self, numbers: &mut [u64]) -> Result<bool> {
        let wanted = numbers.len() as u64;
        if wanted == 0 || self.left < wanted {
            return Ok(false);
        }
        self.left -= wanted;
        let mut bytes = [0; 8];
        for number in numbers {
            let read = self.reader.read_exact(&mut bytes);
            read.map_err(|error| failed(error, &self.name.0))?;
            *number = u64::from_le_bytes(bytes);
        }
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back_as_they_were_written_and_the_file_is_gone() {
        let mut scratch = Scratch::new().unwrap();
        let path = scratch.name.0.clone();
        for number in 0..10_000 {
            scratch.push(&[number, number * number]).unwrap();
        }
        let mut reader = scratch.read().unwrap();
        let mut pair = [0; 2];
        for number in 0..10_000 {
            assert!(reader.next(&mut pair).unwrap());
            assert_eq!(pair, [number, number * number]);
        }
        assert!(!reader.next(&mut pair).unwrap());
        drop(reader);
        assert!(!path.exists());
    }
}
