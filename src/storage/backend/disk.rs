//! The back end on disk: sled 0.34.7, with what has to be done around it.
//!
//! - `flush` of sled starts the write-back and does not wait for the disk: the file is synced
//!   through a handle of our own, and the directory after creation.
//! - A `snap.*.generating` left by a crash makes every open fail: it is removed first.
//! - A damaged snapshot file makes an open fail though the log replays to the same data: one
//!   retry is made without it.
//! - Another process's lock arrives as an I/O error and is told from others by its text.
//! - After an I/O error the handle is poisoned and refuses everything.
//! - A damaged log opens without an error, as far as it can be read: what was acknowledged is
//!   noted in a file beside it, so that a loss is told from a crash.
//! - Batches stop all readers: callers keep them small. Transactions are not used at all.
//! - It gives no space back: a compaction writes to a directory of its own ([`generation`]).

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use xxhash_rust::xxh3::xxh3_64;

use super::generation::{self, ACKNOWLEDGED, DATA, SNAPSHOT};
use super::log_files::LogFiles;
use super::{Backend, Batch, Change, Pair};
use crate::error::{Error, Result};

/// Pages sled keeps in memory; decoded blocks have a cache of their own above it.
const CACHE_BYTES: u64 = 16 << 20;
/// Values of 16 kB and more would go to files that are never cleaned up.
const VALUE_BYTES_MAX: usize = 16_000;

/// A lock is tried again so often: one who closes, or has just started another process, holds it
/// for a moment longer.
const LOCK_RETRIES: usize = 5;
const LOCK_PAUSE: Duration = Duration::from_millis(20);

/// A store on disk: a sled database of one generation, and what all generations share.
pub(in super::super) struct Disk {
    database: sled::Db,
    /// sled's file, to be synced.
    file: File,
    /// Where sled's files are.
    path: PathBuf,
    /// Removes them if they are of no use any more; behind the database, to be dropped after it.
    removal: Removal,
    shared: Arc<Shared>,
    is_poisoned: AtomicBool,
    /// Held while a precondition is checked and its batch applied.
    writing: Mutex<()>,
}

/// What the generations of a store share.
struct Shared {
    home: PathBuf,
    /// The transactions that stand in no run.
    log: LogFiles,
    /// The file of the last acknowledged transaction, once it was written to.
    notes: Mutex<Option<File>>,
    /// Locked for as long as anybody uses the store.
    _lock: File,
}

/// Removes the files of a generation when it is dropped, if it is due.
struct Removal {
    shared: Arc<Shared>,
    generation: u64,
    is_due: AtomicBool,
}

impl Drop for Removal {
    fn drop(&mut self) {
        if self.is_due.load(Ordering::Relaxed) {
            // What cannot be removed now is removed when the store is next opened.
            let _ = generation::remove(&self.shared.home, self.generation);
        }
    }
}

/// The file that is locked.
const LOCK: &str = "lock";

impl Disk {
    /// Opens the store in a directory, making both where they are missing.
    pub(in super::super) fn open(home: &Path) -> Result<Self> {
        let is_new = !generation::is_store(home);
        std::fs::create_dir_all(home).map_err(|error| io_error("make", home, error))?;
        let lock = retried(|| lock(home))?;
        let generation = generation::current(home)?;
        let log = LogFiles::open(home).map_err(|error| io_error("read the log of", home, error))?;
        generation::remove_others(home, generation)
            .map_err(|error| io_error("remove old data in", home, error))?;
        let shared = Shared {
            home: home.to_owned(),
            log,
            notes: Mutex::new(None),
            _lock: lock,
        };
        let disk = Self::open_generation(Arc::new(shared), generation)?;
        if is_new {
            sync_directories(home)?;
        }
        Ok(disk)
    }

    /// Whether there is a store in a directory, sound or not.
    pub(in super::super) fn is_store(home: &Path) -> bool {
        generation::is_store(home)
    }

    fn open_generation(shared: Arc<Shared>, generation: u64) -> Result<Self> {
        let path = generation::directory(&shared.home, generation);
        remove_snapshots(&path, |name| name.ends_with(".generating"))?;
        let open = || open_database(&path).map_err(|error| opening_error(&shared.home, error));
        let mut database = retried(open);
        if let Err(Error::Damaged { .. }) = database {
            remove_snapshots(&path, |_| true)?;
            database = open();
        }
        let database = database?;
        let file_path = path.join(DATA);
        let file = File::open(&file_path).map_err(|error| io_error("open", &file_path, error))?;
        Ok(Self {
            database,
            file,
            path,
            removal: Removal {
                shared: Arc::clone(&shared),
                generation,
                is_due: AtomicBool::new(false),
            },
            shared,
            is_poisoned: AtomicBool::new(false),
            writing: Mutex::new(()),
        })
    }

    fn check_open(&self) -> Result<()> {
        if self.is_poisoned.load(Ordering::Relaxed) {
            return Err(Error::Io {
                action: format!("use {} after an error", self.path.display()),
                source: io::Error::other("the store must be opened again"),
            });
        }
        Ok(())
    }

    /// What became of writing to a file of our own.
    fn check_file<T>(&self, action: &str, result: io::Result<T>) -> Result<T> {
        result.map_err(|error| {
            self.is_poisoned.store(true, Ordering::Relaxed);
            io_error(action, &self.shared.home, error)
        })
    }

    fn check<T>(&self, result: sled::Result<T>) -> Result<T> {
        self.check_open()?;
        result.map_err(|error| {
            self.is_poisoned.store(true, Ordering::Relaxed);
            convert(&self.path, error)
        })
    }
}

/// Locks a store; nobody else can have it open.
fn lock(home: &Path) -> Result<File> {
    let path = home.join(LOCK);
    let mut options = OpenOptions::new();
    let opened = options.write(true).create(true).truncate(false).open(&path);
    let file = opened.map_err(|error| io_error("open", &path, error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::InUse {
            path: home.to_owned(),
        }),
        Err(TryLockError::Error(error)) => Err(io_error("lock", &path, error)),
    }
}

/// Tries again for a moment what finds the store in use.
fn retried<T>(open: impl Fn() -> Result<T>) -> Result<T> {
    for _ in 0..LOCK_RETRIES {
        match open() {
            Err(Error::InUse { .. }) => std::thread::sleep(LOCK_PAUSE),
            other => return other,
        }
    }
    open()
}

fn open_database(path: &Path) -> sled::Result<sled::Db> {
    sled::Config::new()
        .path(path)
        .cache_capacity(CACHE_BYTES)
        .mode(sled::Mode::HighThroughput)
        // Every commit flushes by itself.
        .flush_every_ms(None)
        .open()
}

/// Removes sled's snapshot files whose name is chosen; its log holds the same data.
fn remove_snapshots(path: &Path, is_chosen: impl Fn(&str) -> bool) -> Result<()> {
    let Ok(entries) = std::fs::read_dir(path) else {
        return Ok(());
    };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with(SNAPSHOT) && is_chosen(&name) {
            let file = entry.path();
            std::fs::remove_file(&file).map_err(|error| io_error("remove", &file, error))?;
        }
    }
    Ok(())
}

/// Makes the names of new files survive: those in the directory, and the directory's own.
fn sync_directories(path: &Path) -> Result<()> {
    let sync = |directory: &Path| {
        let opened = File::open(directory).and_then(|opened| opened.sync_all());
        opened.map_err(|error| io_error("sync", directory, error))
    };
    sync(path)?;
    match path.parent() {
        Some(parent) if parent.as_os_str().is_empty() => sync(Path::new(".")),
        Some(parent) => sync(parent),
        None => Ok(()),
    }
}

fn io_error(action: &str, path: &Path, source: io::Error) -> Error {
    Error::Io {
        action: format!("{action} {}", path.display()),
        source,
    }
}

/// The error of opening: the lock of another process is told apart by its text.
fn opening_error(path: &Path, error: sled::Error) -> Error {
    if is_lock_error(&error) {
        return Error::InUse {
            path: path.to_owned(),
        };
    }
    convert(path, error)
}

fn is_lock_error(error: &sled::Error) -> bool {
    match error {
        sled::Error::Io(cause) => cause.to_string().contains("could not acquire lock"),
        _ => false,
    }
}

fn convert(path: &Path, error: sled::Error) -> Error {
    match error {
        sled::Error::Io(source) => io_error("read or write", path, source),
        sled::Error::Corruption { .. } => Error::Damaged {
            part: format!("the file {}", path.join(DATA).display()),
            message: "it cannot be read".to_owned(),
        },
        other => Error::Damaged {
            part: format!("the database {}", path.display()),
            message: other.to_string(),
        },
    }
}

fn checked_value(value: Vec<u8>) -> Result<Vec<u8>> {
    if value.len() >= VALUE_BYTES_MAX {
        return Err(Error::Limit {
            what: "a value of the back end".to_owned(),
            limit: format!("{VALUE_BYTES_MAX} bytes"),
        });
    }
    Ok(value)
}

impl Backend for Disk {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>> {
        let value = self.check(self.database.get(key))?;
        Ok(value.map(|value| value.to_vec()))
    }

    fn range(&self, from: &[u8], to: &[u8], limit: usize, backwards: bool) -> Result<Vec<Pair>> {
        if from >= to {
            return Ok(Vec::new());
        }
        let range = self.database.range(from..to);
        let copy = |pair: sled::Result<(sled::IVec, sled::IVec)>| {
            let (key, value) = self.check(pair)?;
            Ok((key.to_vec(), value.to_vec()))
        };
        if backwards {
            range.rev().take(limit).map(copy).collect()
        } else {
            range.take(limit).map(copy).collect()
        }
    }

    fn apply(&self, batch: Batch) -> Result<bool> {
        let _writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((key, expected)) = &batch.precondition
            && self.get(key)? != *expected
        {
            return Ok(false);
        }
        let mut changes = sled::Batch::default();
        for (key, value) in batch.changes {
            match value {
                Some(value) => changes.insert(key, checked_value(value)?),
                None => changes.remove(key),
            }
        }
        self.check(self.database.apply_batch(changes))?;
        Ok(true)
    }

    fn write(&self, changes: Vec<Change>) -> Result<()> {
        for (key, value) in changes {
            match value {
                Some(value) => self.check(self.database.insert(key, checked_value(value)?))?,
                None => self.check(self.database.remove(key))?,
            };
        }
        Ok(())
    }

    fn flush(&self) -> Result<()> {
        self.check(self.database.flush())?;
        self.check_file("sync", self.file.sync_data())
    }

    fn append(&self, transaction: u64, record: &[u8]) -> Result<()> {
        self.check_open()?;
        self.check_file(
            "write to the log of",
            self.shared.log.append(transaction, record),
        )
    }

    fn sync_log(&self) -> Result<()> {
        self.check_open()?;
        self.check_file("sync the log of", self.shared.log.sync())
    }

    fn record(&self, transaction: u64) -> Result<Option<Vec<u8>>> {
        let record = self.shared.log.read(transaction);
        record.map_err(|error| io_error("read the log of", &self.shared.home, error))
    }

    fn last_record(&self) -> Option<u64> {
        self.shared.log.last()
    }

    fn trim(&self, transaction: u64) -> Result<()> {
        if !self.shared.log.has_file_until(transaction) {
            return Ok(());
        }
        // What stands in the runs must survive before its records go.
        self.check_file("sync", self.file.sync_data())?;
        self.check_file("write to the log of", self.shared.log.trim(transaction))
    }

    fn note(&self, transaction: u64) -> Result<()> {
        let path = self.shared.home.join(ACKNOWLEDGED);
        let mut notes = self
            .shared
            .notes
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let mut bytes = transaction.to_le_bytes().to_vec();
        bytes.extend_from_slice(&xxh3_64(&bytes).to_le_bytes());
        let write = |file: &mut File| {
            file.seek(SeekFrom::Start(0))?;
            file.write_all(&bytes)
        };
        let written = match notes.as_mut() {
            Some(file) => write(file),
            None => {
                let mut options = OpenOptions::new();
                let opened = options.write(true).create(true).truncate(false).open(&path);
                opened.and_then(|mut file| {
                    write(&mut file)?;
                    *notes = Some(file);
                    Ok(())
                })
            }
        };
        written.map_err(|error| io_error("write", &path, error))
    }

    fn noted(&self) -> Option<u64> {
        let bytes = std::fs::read(self.shared.home.join(ACKNOWLEDGED)).ok()?;
        let (number, checksum) = bytes.split_first_chunk::<8>()?;
        let is_right = checksum == xxh3_64(number).to_le_bytes();
        is_right.then(|| u64::from_le_bytes(*number))
    }

    fn scratch(&self) -> Option<PathBuf> {
        Some(generation::scratch(&self.shared.home))
    }

    fn successor(&self) -> Result<Arc<dyn Backend>> {
        let home = &self.shared.home;
        let next = generation::next(home);
        let successor = Self::open_generation(Arc::clone(&self.shared), next)?;
        successor.removal.is_due.store(true, Ordering::Relaxed);
        Ok(Arc::new(successor))
    }

    fn activate(&self) -> Result<()> {
        let home = &self.shared.home;
        let sync = |path: &Path| File::open(path).and_then(|directory| directory.sync_all());
        let switch = sync(&self.path)
            .and_then(|()| sync(home))
            .and_then(|()| generation::switch(home, self.removal.generation));
        switch.map_err(|error| io_error("replace the data of", home, error))?;
        self.removal.is_due.store(false, Ordering::Relaxed);
        Ok(())
    }

    fn retire(&self) {
        self.removal.is_due.store(true, Ordering::Relaxed);
    }

    fn bytes(&self) -> u64 {
        self.file.metadata().map_or(0, |data| data.len())
    }
}
