//! The log on disk: records of transactions in files of fixed size, appended and synced.
//!
//! A commit waits for the disk once. That is quickest where the file's size and place do not
//! change with it: a file is filled with zeros and synced when it is made, so that a record is
//! written in place and the file system has nothing of its own to note. Files whose records all
//! stand in the runs are removed whole.
//!
//! A record is there if its checksum is right, and that depends on all records of the file
//! before it: what a torn write leaves behind never follows a later record.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use xxhash_rust::xxh3::xxh3_64_with_seed;

/// What the names of the files begin with; their number follows.
const PREFIX: &str = "log.";
/// The first bytes of a file.
const MAGIC: [u8; 8] = *b"factlog\x01";
/// The first file has this size, or that of its only record: hundreds of small transactions, and
/// little to fill with zeros. Each has twice that of the one before, up to the greatest.
const FILE_BYTES_MIN: u64 = 128 << 10;
const FILE_BYTES_MAX: u64 = 1 << 20;
/// Length, transaction and checksum before a record.
const HEADER: usize = 20;
/// Zeros are written so many at a time.
static ZEROS: [u8; 64 << 10] = [0; 64 << 10];

/// The records of the transactions that stand in no run.
pub(super) struct LogFiles {
    directory: PathBuf,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// Oldest first; records are appended to the last.
    files: Vec<LogFile>,
    /// By transaction.
    places: BTreeMap<u64, Place>,
    /// The highest number a file ever had: a new file never has the name of one that goes.
    highest: u64,
}

struct LogFile {
    number: u64,
    path: PathBuf,
    /// Open for writing, once it was written to.
    opened: Option<Arc<File>>,
    /// Open for reading, once it was read from.
    reading: Option<File>,
    /// Where the next record goes, and where the file ends.
    end: u64,
    bytes: u64,
    /// The checksum of the last record.
    chain: u64,
    /// The last transaction in it.
    last: u64,
    /// Whether nothing but zeros follows the last record.
    is_clean: bool,
}

#[derive(Debug, Clone, Copy)]
struct Place {
    file: u64,
    start: u64,
    length: usize,
}

impl LogFiles {
    /// Reads the log in a directory; none there is an empty one.
    pub(super) fn open(directory: &Path) -> io::Result<Self> {
        let mut numbers = Vec::new();
        for entry in std::fs::read_dir(directory)? {
            let name = entry?.file_name();
            let number = name.to_str().and_then(|name| name.strip_prefix(PREFIX));
            numbers.extend(number.and_then(|number| number.parse::<u64>().ok()));
        }
        numbers.sort_unstable();
        let mut state = State {
            highest: numbers.last().copied().unwrap_or(0),
            ..State::default()
        };
        for number in numbers {
            let path = path_of(directory, number);
            let bytes = std::fs::read(&path)?;
            let file = read_file(number, path, &bytes, &mut state.places);
            state.files.push(file);
        }
        Ok(Self {
            directory: directory.to_owned(),
            state: Mutex::new(state),
        })
    }

    /// Appends a record; it survives a power cut after the next [`LogFiles::sync`].
    pub(super) fn append(&self, transaction: u64, record: &[u8]) -> io::Result<()> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let state = &mut *state;
        let length = u32::try_from(record.len()).map_err(|_| too_long())?;
        let needed = (HEADER + record.len()) as u64;
        let has_room = state
            .files
            .last()
            .is_some_and(|file| file.end + needed <= file.bytes);
        if !has_room {
            if let Some(full) = state.files.last_mut() {
                full.opened()?.sync_data()?;
                full.opened = None;
            }
            state.highest += 1;
            let bytes = state
                .files
                .last()
                .map_or(FILE_BYTES_MIN, |last| 2 * last.bytes);
            let bytes = bytes.clamp(FILE_BYTES_MIN, FILE_BYTES_MAX);
            let file = LogFile::create(&self.directory, state.highest, bytes, needed)?;
            state.files.push(file);
        }
        let Some(file) = state.files.last_mut() else {
            return Ok(());
        };
        let checksum = checksum(file.chain, transaction, record);
        let mut bytes = Vec::with_capacity(HEADER + record.len());
        bytes.extend_from_slice(&length.to_le_bytes());
        bytes.extend_from_slice(&transaction.to_le_bytes());
        bytes.extend_from_slice(&checksum.to_le_bytes());
        bytes.extend_from_slice(record);
        let end = file.end;
        let mut opened = file.opened()?;
        opened.seek(SeekFrom::Start(end))?;
        opened.write_all(&bytes)?;
        let place = Place {
            file: file.number,
            start: file.end + HEADER as u64,
            length: record.len(),
        };
        file.end += needed;
        file.chain = checksum;
        file.last = transaction;
        state.places.insert(transaction, place);
        Ok(())
    }

    /// Returns when everything appended before survives a power cut.
    pub(super) fn sync(&self) -> io::Result<()> {
        let opened = {
            let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            state.files.last().and_then(|file| file.opened.clone())
        };
        // Others may append while the disk works.
        opened.map_or(Ok(()), |file| file.sync_data())
    }

    /// The record of a transaction, where it stands here.
    pub(super) fn read(&self, transaction: u64) -> io::Result<Option<Vec<u8>>> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(place) = state.places.get(&transaction).copied() else {
            return Ok(None);
        };
        let mut files = state.files.iter_mut();
        let Some(file) = files.find(|file| file.number == place.file) else {
            return Ok(None);
        };
        let reading = match &mut file.reading {
            Some(reading) => reading,
            closed => closed.insert(File::open(&file.path)?),
        };
        reading.seek(SeekFrom::Start(place.start))?;
        let mut record = vec![0; place.length];
        reading.read_exact(&mut record)?;
        Ok(Some(record))
    }

    /// The last transaction that stands here.
    pub(super) fn last(&self) -> Option<u64> {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.places.last_key_value().map(|(&last, _)| last)
    }

    /// Whether there is a file that holds nothing after a transaction.
    pub(super) fn has_file_until(&self, merged: u64) -> bool {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.files.first().is_some_and(|file| file.last <= merged)
    }

    /// Removes the files that hold nothing after a transaction.
    pub(super) fn trim(&self, merged: u64) -> io::Result<()> {
        let full: Vec<PathBuf> = {
            let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            state.places = state.places.split_off(&(merged + 1));
            let kept = state.files.iter().position(|file| file.last > merged);
            let kept = kept.unwrap_or(state.files.len());
            state.files.drain(..kept).map(|file| file.path).collect()
        };
        // Others may append while they go.
        full.iter().try_for_each(std::fs::remove_file)
    }
}

impl LogFile {
    /// Makes a file with room for a record, filled with zeros and synced.
    fn create(directory: &Path, number: u64, bytes: u64, needed: u64) -> io::Result<Self> {
        let path = path_of(directory, number);
        let start = MAGIC.len() as u64;
        let bytes = (start + needed).max(bytes);
        let fill = |path: &Path| -> io::Result<File> {
            let mut options = OpenOptions::new();
            let mut file = options.write(true).create(true).truncate(true).open(path)?;
            file.write_all(&MAGIC)?;
            write_zeros(&mut file, bytes - start)?;
            file.sync_all()?;
            File::open(directory)?.sync_all()?;
            Ok(file)
        };
        let file = fill(&path).inspect_err(|_| {
            // A file without room for the record is of no use; whether it can be removed or
            // not, the next opening finds no record in it.
            let _ = std::fs::remove_file(&path);
        })?;
        Ok(Self {
            number,
            path,
            opened: Some(Arc::new(file)),
            reading: None,
            end: start,
            bytes,
            chain: number,
            last: 0,
            is_clean: true,
        })
    }

    /// The file, ready to be written to: what a torn write left is made zero first.
    fn opened(&mut self) -> io::Result<&File> {
        if self.opened.is_none() {
            let mut file = OpenOptions::new().write(true).open(&self.path)?;
            if !self.is_clean {
                file.set_len(self.end)?;
                file.set_len(self.bytes)?;
                file.seek(SeekFrom::Start(self.end))?;
                write_zeros(&mut file, self.bytes - self.end)?;
                file.sync_all()?;
                self.is_clean = true;
            }
            self.opened = Some(Arc::new(file));
        }
        self.opened.as_deref().ok_or_else(too_long)
    }
}

fn path_of(directory: &Path, number: u64) -> PathBuf {
    directory.join(format!("{PREFIX}{number:08}"))
}

/// Writes so many zeros at the place the file stands.
fn write_zeros(file: &mut File, mut left: u64) -> io::Result<()> {
    while left > 0 {
        let step = left.min(ZEROS.len() as u64);
        let zeros = usize::try_from(step).unwrap_or(ZEROS.len());
        file.write_all(ZEROS.get(..zeros).unwrap_or(&ZEROS))?;
        left -= step;
    }
    Ok(())
}

fn too_long() -> io::Error {
    io::Error::other("the record of a transaction is too long")
}

fn checksum(chain: u64, transaction: u64, record: &[u8]) -> u64 {
    xxh3_64_with_seed(record, chain ^ transaction.rotate_left(32))
}

/// Finds the records of a file, up to the first that is not whole.
fn read_file(
    number: u64,
    path: PathBuf,
    bytes: &[u8],
    places: &mut BTreeMap<u64, Place>,
) -> LogFile {
    let mut file = LogFile {
        number,
        path,
        opened: None,
        reading: None,
        end: MAGIC.len() as u64,
        bytes: bytes.len() as u64,
        chain: number,
        last: 0,
        is_clean: true,
    };
    let Some(mut rest) = bytes.strip_prefix(&MAGIC) else {
        // Cut off while it was made: nothing was ever written behind.
        file.end = 0;
        file.bytes = 0;
        return file;
    };
    while let Some((transaction, sum, record)) = split_record(rest, file.chain) {
        places.insert(
            transaction,
            Place {
                file: number,
                start: file.end + HEADER as u64,
                length: record.len(),
            },
        );
        let length = HEADER + record.len();
        rest = rest.get(length..).unwrap_or(&[]);
        file.end += length as u64;
        file.chain = sum;
        file.last = transaction;
    }
    file.is_clean = rest.iter().all(|byte| *byte == 0);
    file
}

/// The first record of some bytes: transaction, checksum, content.
fn split_record(bytes: &[u8], chain: u64) -> Option<(u64, u64, &[u8])> {
    let (length, rest) = bytes.split_first_chunk()?;
    let (transaction, rest) = rest.split_first_chunk()?;
    let (sum, rest) = rest.split_first_chunk()?;
    let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
    let transaction = u64::from_le_bytes(*transaction);
    let sum = u64::from_le_bytes(*sum);
    let record = rest.get(..length).filter(|record| !record.is_empty())?;
    (checksum(chain, transaction, record) == sum).then_some((transaction, sum, record))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(log: &LogFiles) -> Vec<(u64, Vec<u8>)> {
        let numbers: Vec<u64> = log.state.lock().unwrap().places.keys().copied().collect();
        let read = |number: u64| (number, log.read(number).unwrap().unwrap());
        numbers.into_iter().map(read).collect()
    }

    #[test]
    fn records_read_back_in_order_over_many_files() {
        let folder = tempfile::tempdir().unwrap();
        let log = LogFiles::open(folder.path()).unwrap();
        let expected: Vec<(u64, Vec<u8>)> = (1..40_u8)
            .map(|number| (u64::from(number), vec![number; usize::from(number) * 1_500]))
            .collect();
        for (number, record) in &expected {
            log.append(*number, record).unwrap();
        }
        log.sync().unwrap();
        assert!(log.state.lock().unwrap().files.len() > 1);
        assert_eq!(records(&LogFiles::open(folder.path()).unwrap()), expected);
        log.trim(38).unwrap();
        assert_eq!(records(&log), expected[38..]);
        log.trim(39).unwrap();
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        log.append(40, b"again").unwrap();
        assert_eq!(log.last(), Some(40));
    }

    #[test]
    fn a_record_greater_than_a_file_gets_a_file_of_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let log = LogFiles::open(folder.path()).unwrap();
        let great = vec![7; 3 << 20];
        log.append(1, b"small").unwrap();
        log.append(2, &great).unwrap();
        log.append(3, b"small").unwrap();
        let again = LogFiles::open(folder.path()).unwrap();
        assert_eq!(again.read(2).unwrap(), Some(great));
        assert_eq!(again.last(), Some(3));
    }

    #[test]
    fn what_a_torn_write_left_never_comes_back() {
        let folder = tempfile::tempdir().unwrap();
        {
            let log = LogFiles::open(folder.path()).unwrap();
            for number in 1..=3_u64 {
                log.append(number, format!("record {number}").as_bytes())
                    .unwrap();
            }
        }
        let path = path_of(folder.path(), 1);
        let mut bytes = std::fs::read(&path).unwrap();
        let second = MAGIC.len() + HEADER + 8 + HEADER;
        bytes[second] ^= 1;
        std::fs::write(&path, &bytes).unwrap();
        let log = LogFiles::open(folder.path()).unwrap();
        assert_eq!(records(&log), [(1, b"record 1".to_vec())]);
        log.append(2, b"record z").unwrap();
        let again = LogFiles::open(folder.path()).unwrap();
        assert_eq!(
            records(&again),
            [(1, b"record 1".to_vec()), (2, b"record z".to_vec())]
        );
    }

    #[test]
    fn a_file_cut_off_anywhere_keeps_the_records_before() {
        let folder = tempfile::tempdir().unwrap();
        {
            let log = LogFiles::open(folder.path()).unwrap();
            for number in 1..=3_u64 {
                log.append(number, &[5; 10]).unwrap();
            }
        }
        let path = path_of(folder.path(), 1);
        let bytes = std::fs::read(&path).unwrap();
        let record = HEADER + 10;
        for length in 0..MAGIC.len() + 3 * record {
            std::fs::write(&path, &bytes[..length]).unwrap();
            let log = LogFiles::open(folder.path()).unwrap();
            let whole = length.saturating_sub(MAGIC.len()) / record;
            assert_eq!(records(&log).len(), whole, "cut at {length}");
            log.append(9, b"more").unwrap();
            let again = LogFiles::open(folder.path()).unwrap();
            assert_eq!(records(&again).len(), whole + 1, "cut at {length}");
            std::fs::remove_file(path_of(folder.path(), 2)).ok();
        }
    }
}
