//! The parts of a run: numbered blocks, each with its length and checksum, in the back end.

use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_64;

use super::backend::{Backend, Change};
use crate::error::{Error, Result};

/// The first letter of the keys of runs.
pub(super) const RUN: u8 = b'R';
/// A value of the back end holds at most so many bytes of a block.
const CHUNK_BYTES: usize = 8_000;
/// Length and checksum before the first chunk.
const HEADER: usize = 12;
/// No block is greater; a length beyond it is damage and is not allocated.
const BLOCK_BYTES_MAX: usize = 256 << 20;
/// Blocks are handed to the back end in batches of at most so many bytes and keys.
const BATCH_BYTES: usize = 1 << 20;
const BATCH_KEYS: usize = 500;

/// The dictionary's sorted keys.
pub(super) const DICTIONARY: u8 = 0x20;
/// For each term its place among the sorted keys.
pub(super) const POSITIONS: u8 = 0x21;
/// The table.
pub(super) const TABLE: u8 = 0x22;
/// How often each predicate is used.
pub(super) const STATISTICS: u8 = 0x23;
/// The index of a part has this bit set and is one block.
pub(super) const INDEX: u8 = 0x80;

/// The key of one chunk of a block.
fn key(run: u32, part: u8, block: u32, chunk: u16) -> Vec<u8> {
    let mut key = Vec::with_capacity(12);
    key.push(RUN);
    key.extend_from_slice(&run.to_be_bytes());
    key.push(part);
    key.extend_from_slice(&block.to_be_bytes());
    key.extend_from_slice(&chunk.to_be_bytes());
    key
}

/// The key of a run before all its blocks.
pub(super) fn first_key(run: u32) -> Vec<u8> {
    let mut key = vec![RUN];
    key.extend_from_slice(&run.to_be_bytes());
    key
}

/// The run a key belongs to.
pub(super) fn run_of(key: &[u8]) -> Option<u32> {
    let (_, rest) = key.split_first()?;
    rest.first_chunk().map(|bytes| u32::from_be_bytes(*bytes))
}

/// The name of a part as messages give it.
pub(super) fn name(run: u32, part: u8, block: u32) -> String {
    let index = if part & INDEX == 0 { "" } else { "index of " };
    let part = match part & !INDEX {
        DICTIONARY => "dictionary".to_owned(),
        POSITIONS => "positions".to_owned(),
        TABLE => "table".to_owned(),
        STATISTICS => "statistics".to_owned(),
        rows => {
            let order = ["SPO", "POS", "OSP"];
            let order = order.get(usize::from(rows % 3)).copied().unwrap_or("");
            let set = if rows / 6 == 0 { "plain" } else { "marked" };
            let sign = if rows / 3 % 2 == 0 {
                "added"
            } else {
                "removed"
            };
            format!("{set} rows {sign}, order {order}")
        }
    };
    format!("segment {run}, {index}{part}, block {block}")
}

/// Reads the blocks of one run.
#[derive(Clone)]
pub(super) struct Blocks {
    pub(super) backend: Arc<dyn Backend>,
    pub(super) run: u32,
}

impl Blocks {
    /// The bytes of a block.
    ///
    /// # Errors
    ///
    /// `Damaged` where it is missing or its checksum is wrong.
    pub(super) fn read(&self, part: u8, block: u32) -> Result<Vec<u8>> {
        let damaged = |message: &str| Error::Damaged {
            part: name(self.run, part, block),
            message: message.to_owned(),
        };
        let get = |chunk: u16| {
            let value = self.backend.get(&key(self.run, part, block, chunk))?;
            value.ok_or_else(|| damaged("it is missing"))
        };
        let first = get(0)?;
        let Some((header, data)) = first.split_first_chunk::<HEADER>() else {
            return Err(damaged("it is cut short"));
        };
        let [a, b, c, d, checksum @ ..] = *header;
        let length = u32::from_le_bytes([a, b, c, d]) as usize;
        if length > BLOCK_BYTES_MAX {
            return Err(damaged("its length makes no sense"));
        }
        let mut bytes = data.to_vec();
        let mut chunk = 0;
        while bytes.len() < length {
            chunk += 1;
            let more = get(chunk)?;
            if more.is_empty() {
                return Err(damaged("it is cut short"));
            }
            bytes.extend_from_slice(&more);
        }
        if bytes.len() != length || xxh3_64(&bytes) != u64::from_le_bytes(checksum) {
            return Err(damaged("its checksum is wrong"));
        }
        Ok(bytes)
    }

    /// The error for a block whose checksum is right and whose content makes no sense.
    pub(super) fn damaged(&self, part: u8, block: u32, message: &str) -> Error {
        Error::Damaged {
            part: name(self.run, part, block),
            message: message.to_owned(),
        }
    }
}

/// Writes the blocks of one run, in steps that hold nobody up.
pub(super) struct BlockWriter {
    blocks: Blocks,
    batch: Vec<Change>,
    batch_bytes: usize,
    written_bytes: u64,
}

impl BlockWriter {
    /// A writer of a run that has no blocks yet.
    pub(super) fn new(backend: Arc<dyn Backend>, run: u32) -> Self {
        Self {
            blocks: Blocks { backend, run },
            batch: Vec::new(),
            batch_bytes: 0,
            written_bytes: 0,
        }
    }

    /// Where the blocks can be read.
    pub(super) fn blocks(&self) -> &Blocks {
        &self.blocks
    }

    /// How many bytes were written.
    pub(super) fn written_bytes(&self) -> u64 {
        self.written_bytes
    }

    /// Writes a block.
    pub(super) fn write(&mut self, part: u8, block: u32, bytes: &[u8]) -> Result<()> {
        let too_long = || Error::Limit {
            what: name(self.blocks.run, part, block),
            limit: format!("{BLOCK_BYTES_MAX} bytes"),
        };
        if bytes.len() > BLOCK_BYTES_MAX {
            return Err(too_long());
        }
        let length = u32::try_from(bytes.len()).map_err(|_| too_long())?;
        let head = bytes.len().min(CHUNK_BYTES);
        let (head, rest) = bytes.split_at_checked(head).unwrap_or((bytes, &[]));
        let mut first = Vec::with_capacity(HEADER + head.len());
        first.extend_from_slice(&length.to_le_bytes());
        first.extend_from_slice(&xxh3_64(bytes).to_le_bytes());
        first.extend_from_slice(head);
        self.put(key(self.blocks.run, part, block, 0), first)?;
        for (chunk, bytes) in (1..).zip(rest.chunks(CHUNK_BYTES)) {
            self.put(key(self.blocks.run, part, block, chunk), bytes.to_vec())?;
        }
        Ok(())
    }

    fn put(&mut self, key: Vec<u8>, value: Vec<u8>) -> Result<()> {
        self.batch_bytes += value.len();
        self.written_bytes += value.len() as u64;
        self.batch.push((key, Some(value)));
        if self.batch_bytes >= BATCH_BYTES || self.batch.len() >= BATCH_KEYS {
            self.flush_batch()?;
        }
        Ok(())
    }

    /// Hands everything to the back end; it is durable after the next flush of that.
    pub(super) fn flush_batch(&mut self) -> Result<()> {
        self.batch_bytes = 0;
        let batch = std::mem::take(&mut self.batch);
        self.blocks.backend.write(batch)
    }
}

/// Removes all blocks of a run, in small steps.
pub(super) fn remove_run(backend: &dyn Backend, run: u32) -> Result<()> {
    let (from, to) = (first_key(run), first_key(run.saturating_add(1)));
    loop {
        let pairs = backend.range(&from, &to, BATCH_KEYS, false)?;
        if pairs.is_empty() {
            return Ok(());
        }
        backend.write(pairs.into_iter().map(|(key, _)| (key, None)).collect())?;
    }
}
