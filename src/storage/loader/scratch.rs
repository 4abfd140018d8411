//! Files in which a load puts aside what does not fit into its memory.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// Files are read and written so many bytes at a time.
const BUFFER_BYTES: usize = 128 << 10;
/// No key is longer; a length beyond it means that the file is not what was written.
const KEY_BYTES_MAX: usize = 256 << 20;

/// A directory for files that nobody needs when the load has ended.
pub(super) struct Scratch {
    directory: PathBuf,
    files: u32,
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What cannot be removed now is removed when the store is next opened.
        let _ = fs::remove_dir_all(&self.directory);
    }
}

fn io_error(path: &Path) -> impl FnOnce(io::Error) -> Error {
    let action = format!("put triples aside in {}", path.display());
    |source| Error::Io { action, source }
}

impl Scratch {
    pub(super) fn new(directory: PathBuf) -> Result<Self> {
        fs::create_dir_all(&directory).map_err(io_error(&directory))?;
        Ok(Self {
            directory,
            files: 0,
        })
    }

    /// A new file.
    pub(super) fn file(&mut self) -> Result<ScratchWriter> {
        self.files += 1;
        let path = self.directory.join(self.files.to_string());
        let file = File::create_new(&path).map_err(io_error(&path))?;
        Ok(ScratchWriter {
            file: BufWriter::with_capacity(BUFFER_BYTES, file),
            path,
        })
    }
}

/// Writes a file.
pub(super) struct ScratchWriter {
    file: BufWriter<File>,
    path: PathBuf,
}

impl ScratchWriter {
    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.file.write_all(bytes).map_err(io_error(&self.path))
    }

    /// Writes a key with its length.
    pub(super) fn write_key(&mut self, key: &[u8]) -> Result<()> {
        let length = u32::try_from(key.len()).unwrap_or(u32::MAX);
        self.write(&length.to_le_bytes())?;
        self.write(key)
    }

    pub(super) fn write_numbers(&mut self, numbers: &[u32]) -> Result<()> {
        numbers
            .iter()
            .try_for_each(|number| self.write(&number.to_le_bytes()))
    }

    pub(super) fn finish(mut self) -> Result<ScratchFile> {
        self.file.flush().map_err(io_error(&self.path))?;
        Ok(ScratchFile { path: self.path })
    }
}

/// A file that was written and can be read once.
pub(super) struct ScratchFile {
    path: PathBuf,
}

impl ScratchFile {
    pub(super) fn read(self) -> Result<ScratchReader> {
        let file = File::open(&self.path).map_err(io_error(&self.path))?;
        Ok(ScratchReader {
            file: BufReader::with_capacity(BUFFER_BYTES, file),
            path: self.path,
        })
    }
}

/// Reads a file; it is removed when that ends.
pub(super) struct ScratchReader {
    file: BufReader<File>,
    path: PathBuf,
}

impl Drop for ScratchReader {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
    }
}

impl ScratchReader {
    /// The next bytes; `None` at the end.
    pub(super) fn read<const N: usize>(&mut self) -> Result<Option<[u8; N]>> {
        let mut bytes = [0; N];
        match self.file.read_exact(&mut bytes) {
            Ok(()) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(None),
            Err(error) => Err(io_error(&self.path)(error)),
        }
    }

    /// The next bytes, fewer only at the end.
    pub(super) fn read_up_to(&mut self, bytes: usize) -> Result<Vec<u8>> {
        let mut read = Vec::with_capacity(bytes);
        let taken = self.file.by_ref().take(bytes as u64).read_to_end(&mut read);
        taken.map_err(io_error(&self.path))?;
        Ok(read)
    }

    /// The next key; `None` at the end.
    pub(super) fn read_key(&mut self) -> Result<Option<Vec<u8>>> {
        let Some(length) = self.read()? else {
            return Ok(None);
        };
        let length = u32::from_le_bytes(length) as usize;
        let error = io_error(&self.path);
        if length > KEY_BYTES_MAX {
            return Err(error(io::ErrorKind::InvalidData.into()));
        }
        let mut key = vec![0; length];
        self.file.read_exact(&mut key).map_err(error)?;
        Ok(Some(key))
    }

    pub(super) fn read_number(&mut self) -> Result<Option<u32>> {
        Ok(self.read()?.map(u32::from_le_bytes))
    }
}

/// Sorted sources as one: the smallest item of all comes next, with the number of its source.
pub(super) struct Merged<T, S> {
    heads: BinaryHeap<Reverse<(T, usize)>>,
    sources: Vec<S>,
}

impl<T: Ord, S: FnMut() -> Result<Option<T>>> Merged<T, S> {
    pub(super) fn new(sources: Vec<S>) -> Result<Self> {
        let mut merged = Self {
            heads: BinaryHeap::with_capacity(sources.len()),
            sources,
        };
        for (number, source) in merged.sources.iter_mut().enumerate() {
            if let Some(item) = source()? {
                merged.heads.push(Reverse((item, number)));
            }
        }
        Ok(merged)
    }

    /// What comes next, without taking it.
    pub(super) fn peek(&self) -> Option<&T> {
        self.heads.peek().map(|Reverse((item, _))| item)
    }

    pub(super) fn next_item(&mut self) -> Result<Option<(T, usize)>> {
        let Some(mut head) = self.heads.peek_mut() else {
            return Ok(None);
        };
        let number = head.0.1;
        let next = match self.sources.get_mut(number) {
            Some(source) => source()?,
            None => None,
        };
        Ok(Some(match next {
            Some(item) => (std::mem::replace(&mut head.0.0, item), number),
            None => std::collections::binary_heap::PeekMut::pop(head).0,
        }))
    }
}

/// Gives sorted keys, one with each call.
pub(super) type KeySource = Box<dyn FnMut() -> Result<Option<Vec<u8>>>>;

/// Sorts keys, some of which may be put aside.
pub(super) struct KeySorter {
    held: Vec<Vec<u8>>,
    held_bytes: usize,
    held_bytes_max: usize,
    files: Vec<ScratchFile>,
}

/// What a key takes beside its bytes.
const KEY_OVERHEAD: usize = 40;

impl KeySorter {
    /// Holds so many bytes of keys and puts others aside.
    pub(super) fn new(held_bytes_max: usize) -> Self {
        Self {
            held: Vec::new(),
            held_bytes: 0,
            held_bytes_max,
            files: Vec::new(),
        }
    }

    pub(super) fn push(&mut self, key: Vec<u8>, scratch: &mut Scratch) -> Result<()> {
        self.held_bytes += key.len() + KEY_OVERHEAD;
        self.held.push(key);
        if self.held_bytes >= self.held_bytes_max {
            self.held.sort_unstable();
            let mut file = scratch.file()?;
            for key in self.held.drain(..) {
                file.write_key(&key)?;
            }
            self.files.push(file.finish()?);
            self.held_bytes = 0;
        }
        Ok(())
    }

    /// All keys in order.
    pub(super) fn sorted(mut self) -> Result<impl FnMut() -> Result<Option<Vec<u8>>>> {
        self.held.sort_unstable();
        let mut held = self.held.into_iter();
        let mut sources: Vec<KeySource> = Vec::new();
        for file in self.files {
            let mut reader = file.read()?;
            sources.push(Box::new(move || reader.read_key()));
        }
        sources.push(Box::new(move || Ok(held.next())));
        let mut merged = Merged::new(sources)?;
        Ok(move || Ok(merged.next_item()?.map(|(key, _)| key)))
    }
}
