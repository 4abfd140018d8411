//! Sorted byte keys, with or without values, in front-coded blocks with a sparse index.
//!
//! In a block each key is written as the number of bytes it shares with the one before it and
//! the rest; every sixteenth is written whole, so that a key is found by halving. The index
//! holds, for each block, the shortest key that tells it from the block before it.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::cache::{Cache, Slots};
use super::part::{BlockWriter, Blocks, INDEX};
use super::segment::PartEntry;
use super::varint;
use crate::error::Result;

/// Every so many keys one is written whole.
const RESTART: usize = 16;
/// Room for most keys, so that putting one together need not make room again.
const KEY_BYTES: usize = 96;
/// A block is full at so many bytes.
const BLOCK_BYTES: usize = 7_400;

/// Writes sorted keys and values.
pub(super) struct SortedWriter {
    part: u8,
    bytes: Vec<u8>,
    restarts: Vec<u32>,
    count: usize,
    last: Vec<u8>,
    index: Vec<u8>,
    last_separator: Vec<u8>,
    blocks: u32,
    entries: u64,
}

fn shared_length(left: &[u8], right: &[u8]) -> usize {
    // Whole words first: keys often share a long beginning.
    let words = left.as_chunks::<8>().0.iter().zip(right.as_chunks().0);
    let whole = 8 * words.take_while(|(a, b)| a == b).count();
    let (left, right) = (left.get(whole..), right.get(whole..));
    let rest = left.into_iter().flatten().zip(right.into_iter().flatten());
    whole + rest.take_while(|(a, b)| a == b).count()
}

impl SortedWriter {
    pub(super) fn new(part: u8) -> Self {
        Self {
            part,
            bytes: Vec::new(),
            restarts: Vec::new(),
            count: 0,
            last: Vec::new(),
            index: Vec::new(),
            last_separator: Vec::new(),
            blocks: 0,
            entries: 0,
        }
    }

    /// Adds the next key, greater than all before, with its value; `None` marks a removal.
    pub(super) fn push(
        &mut self,
        writer: &mut BlockWriter,
        key: &[u8],
        value: Option<&[u8]>,
    ) -> Result<()> {
        if self.bytes.len() + value.map_or(0, <[u8]>::len) > BLOCK_BYTES {
            self.write_block(writer)?;
        }
        let shared = shared_length(&self.last, key);
        if self.count == 0 {
            // The shortest beginning of this key that is greater than the last key.
            let length = if self.blocks == 0 { 0 } else { shared + 1 };
            let separator = key.get(..length).unwrap_or(key);
            let common = shared_length(&self.last_separator, separator);
            let rest = separator.get(common..).unwrap_or(&[]);
            varint::push(&mut self.index, common as u64);
            varint::push(&mut self.index, rest.len() as u64);
            self.index.extend_from_slice(rest);
            self.last_separator = separator.to_vec();
        }
        let shared = if self.count.is_multiple_of(RESTART) {
            self.restarts
                .push(u32::try_from(self.bytes.len()).unwrap_or(u32::MAX));
            0
        } else {
            shared
        };
        let rest = key.get(shared..).unwrap_or(&[]);
        varint::push(&mut self.bytes, shared as u64);
        varint::push(&mut self.bytes, rest.len() as u64);
        varint::push(
            &mut self.bytes,
            value.map_or(0, |value| value.len() as u64 + 1),
        );
        self.bytes.extend_from_slice(rest);
        self.bytes.extend_from_slice(value.unwrap_or(&[]));
        self.last.truncate(shared);
        self.last.extend_from_slice(rest);
        self.count += 1;
        Ok(())
    }

    fn write_block(&mut self, writer: &mut BlockWriter) -> Result<()> {
        if self.count == 0 {
            return Ok(());
        }
        for restart in &self.restarts {
            self.bytes.extend_from_slice(&restart.to_le_bytes());
        }
        let count = u32::try_from(self.count).unwrap_or(u32::MAX);
        self.bytes.extend_from_slice(&count.to_le_bytes());
        writer.write(self.part, self.blocks, &self.bytes)?;
        varint::push(&mut self.index, self.count as u64);
        self.entries += self.count as u64;
        self.blocks += 1;
        self.bytes.clear();
        self.restarts.clear();
        self.count = 0;
        Ok(())
    }

    /// Writes what is left and the index; `None` where there were no keys at all.
    pub(super) fn finish(mut self, writer: &mut BlockWriter) -> Result<Option<PartEntry>> {
        self.write_block(writer)?;
        if self.blocks == 0 {
            return Ok(None);
        }
        writer.write(self.part | INDEX, 0, &self.index)?;
        Ok(Some(PartEntry {
            part: self.part,
            entries: self.entries,
            blocks: self.blocks,
        }))
    }
}

/// A block of keys and values, still front-coded.
pub(super) struct SortedBlock {
    bytes: Vec<u8>,
    /// Where the entries end.
    end: usize,
    count: usize,
}

/// The place of a key among all keys, and its value; `None` is a removal.
pub(super) type Placed = (u64, Option<Arc<[u8]>>);

/// One entry while walking through a block.
#[derive(Debug, Clone, Default)]
pub(super) struct Entry {
    /// The key.
    pub(super) key: Vec<u8>,
    /// Where the value stands in the block; `None` is a removal.
    value: Option<Range<usize>>,
    /// Where the next entry begins.
    next: usize,
}

/// Where the pieces of an entry stand in its block.
struct Head {
    /// So many bytes of the key before it begin this key too.
    shared: usize,
    /// The rest of the key.
    rest: Range<usize>,
    /// The value; `None` is a removal.
    value: Option<Range<usize>>,
    /// Where the next entry begins.
    next: usize,
}

impl SortedBlock {
    fn new(bytes: Vec<u8>) -> Option<Self> {
        let (rest, count) = bytes.split_last_chunk()?;
        let count = u32::from_le_bytes(*count) as usize;
        let restarts = count.div_ceil(RESTART).checked_mul(4)?;
        let end = rest.len().checked_sub(restarts)?;
        (count > 0).then_some(Self { bytes, end, count })
    }

    fn restart(&self, number: usize) -> Option<usize> {
        let start = self.end + number * 4;
        let bytes = self.bytes.get(start..start + 4)?.first_chunk()?;
        Some(u32::from_le_bytes(*bytes) as usize).filter(|place| *place < self.end)
    }

    /// The whole key at a restart.
    fn restart_key(&self, number: usize) -> Option<&[u8]> {
        let mut rest = self.bytes.get(self.restart(number)?..self.end)?;
        let _shared = varint::take(&mut rest)?;
        let length = usize::try_from(varint::take(&mut rest)?).ok()?;
        let _value = varint::take(&mut rest)?;
        rest.get(..length)
    }

    /// Goes on to the next entry; `None` at the end, or where the bytes make no sense.
    fn advance(&self, entry: &mut Entry) -> Option<()> {
        let head = self.head(entry.next)?;
        if head.shared > entry.key.len() {
            return None;
        }
        entry.key.truncate(head.shared);
        entry.key.extend_from_slice(self.bytes.get(head.rest)?);
        entry.value = head.value;
        entry.next = head.next;
        Some(())
    }

    pub(super) fn value(&self, entry: &Entry) -> Option<&[u8]> {
        self.bytes.get(entry.value.clone()?)
    }

    /// The last restart whose key is not greater, or the first.
    fn restart_before(&self, key: &[u8]) -> Option<usize> {
        let restarts = self.count.div_ceil(RESTART);
        let (mut low, mut high) = (0, restarts);
        while low < high {
            let middle = low.midpoint(high);
            if self.restart_key(middle)? <= key {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        Some(low.saturating_sub(1))
    }

    /// The place of a key in the block and where its value stands.
    ///
    /// No key is put together on the way: an entry that shares more with the one before it than
    /// that shares with the key compares as that did, and one that shares less is greater.
    fn find(&self, key: &[u8]) -> Option<(usize, Option<Range<usize>>)> {
        let restart = self.restart_before(key)?;
        let (mut place, mut at) = (restart * RESTART, self.restart(restart)?);
        // With so many bytes of the key the entry before begins, which is smaller.
        let mut matched = 0;
        loop {
            let head = self.head(at)?;
            if head.shared < matched {
                return None;
            }
            if head.shared == matched {
                let (rest, wanted) = (self.bytes.get(head.rest)?, key.get(matched..)?);
                let common = shared_length(rest, wanted);
                match (rest.get(common), wanted.get(common)) {
                    (None, None) => return Some((place, head.value)),
                    (Some(_), None) => return None,
                    (Some(known), Some(wanted)) if known > wanted => return None,
                    _ => matched += common,
                }
            }
            place += 1;
            at = head.next;
        }
    }

    /// The lengths at the beginning of an entry, and where its pieces stand.
    fn head(&self, at: usize) -> Option<Head> {
        let whole = self.bytes.get(at..self.end)?;
        let mut rest = whole;
        let shared = usize::try_from(varint::take(&mut rest)?).ok()?;
        let length = usize::try_from(varint::take(&mut rest)?).ok()?;
        let value = usize::try_from(varint::take(&mut rest)?).ok()?;
        let start = at + (whole.len() - rest.len());
        let end = start.checked_add(length)?;
        let next = end.checked_add(value.saturating_sub(1))?;
        (next <= self.end).then_some(Head {
            shared,
            rest: start..end,
            value: (value > 0).then_some(end..next),
            next,
        })
    }

    /// The first entry not smaller than the key, with its place in the block.
    fn seek(&self, key: &[u8]) -> Option<(usize, Entry)> {
        let restart = self.restart_before(key)?;
        let (mut place, mut entry) = (restart * RESTART, self.at_restart(restart)?);
        while entry.key.as_slice() < key {
            place += 1;
            self.advance(&mut entry)?;
        }
        Some((place, entry))
    }

    fn at_restart(&self, restart: usize) -> Option<Entry> {
        let mut entry = Entry {
            key: Vec::with_capacity(KEY_BYTES),
            next: self.restart(restart)?,
            value: None,
        };
        self.advance(&mut entry)?;
        Some(entry)
    }

    /// The entry at a place.
    fn at(&self, place: usize) -> Option<Entry> {
        let mut entry = self.at_restart(place / RESTART)?;
        for _ in 0..place % RESTART {
            self.advance(&mut entry)?;
        }
        Some(entry)
    }
}

/// Where each block begins: by key and by place.
struct Index {
    separators: Vec<u8>,
    ends: Vec<u32>,
    starts: Vec<u64>,
}

impl Index {
    fn separator(&self, place: usize) -> &[u8] {
        let start = match place.checked_sub(1) {
            Some(before) => self.ends.get(before).copied().unwrap_or(0),
            None => 0,
        };
        let end = self.ends.get(place).copied().unwrap_or(start);
        self.separators
            .get(start as usize..end as usize)
            .unwrap_or(&[])
    }

    /// The block that holds the key if any does.
    fn block_of(&self, key: &[u8]) -> usize {
        let (mut low, mut high) = (0, self.ends.len());
        while low < high {
            let middle = low.midpoint(high);
            if self.separator(middle) <= key {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low.saturating_sub(1)
    }

    /// The block that holds the key at a place, and the place within it.
    fn block_at(&self, place: u64) -> Option<(usize, usize)> {
        let block = self.starts.partition_point(|start| *start <= place);
        let block = block.checked_sub(1)?;
        let inside = place - self.starts.get(block)?;
        Some((block, usize::try_from(inside).ok()?))
    }

    fn read(mut bytes: &[u8], entry: PartEntry) -> Option<Self> {
        let count = entry.blocks as usize;
        let mut index = Self {
            separators: Vec::new(),
            ends: Vec::new(),
            starts: vec![0],
        };
        let mut last: Vec<u8> = Vec::new();
        let mut total = 0_u64;
        for _ in 0..count {
            let common = usize::try_from(varint::take(&mut bytes)?).ok()?;
            let length = usize::try_from(varint::take(&mut bytes)?).ok()?;
            if common > last.len() {
                return None;
            }
            let (rest, after) = bytes.split_at_checked(length)?;
            bytes = after;
            last.truncate(common);
            last.extend_from_slice(rest);
            index.separators.extend_from_slice(&last);
            index.ends.push(u32::try_from(index.separators.len()).ok()?);
            total = total.checked_add(varint::take(&mut bytes)?)?;
            index.starts.push(total);
        }
        (bytes.is_empty() && total == entry.entries).then_some(index)
    }
}

/// Sorted keys on disk.
pub(super) struct Sorted {
    blocks: Blocks,
    entry: PartEntry,
    index: OnceLock<Index>,
    slots: Arc<Slots<SortedBlock>>,
}

impl Sorted {
    pub(super) fn new(blocks: Blocks, entry: PartEntry, cache: &Arc<Cache>) -> Self {
        Self {
            blocks,
            entry,
            index: OnceLock::new(),
            slots: Slots::new(cache, entry.blocks as usize),
        }
    }

    /// How many keys.
    pub(super) fn entries(&self) -> u64 {
        self.entry.entries
    }

    fn index(&self) -> Result<&Index> {
        if let Some(index) = self.index.get() {
            return Ok(index);
        }
        let part = self.entry.part | INDEX;
        let bytes = self.blocks.read(part, 0)?;
        let wrong = || self.blocks.damaged(part, 0, "it does not fit the manifest");
        let index = Index::read(&bytes, self.entry).ok_or_else(wrong)?;
        Ok(self.index.get_or_init(|| index))
    }

    fn wrong(&self, block: usize) -> crate::error::Error {
        let number = u32::try_from(block).unwrap_or(u32::MAX);
        let part = self.entry.part;
        self.blocks.damaged(part, number, "its keys cannot be read")
    }

    fn block(&self, place: usize) -> Result<Arc<SortedBlock>> {
        self.slots.get(place, || {
            let number = u32::try_from(place).unwrap_or(u32::MAX);
            let bytes = self.blocks.read(self.entry.part, number)?;
            let size = bytes.len();
            let block = SortedBlock::new(bytes).ok_or_else(|| self.wrong(place))?;
            Ok((block, size))
        })
    }

    /// The place and value of a key; the inner `None` is a removal.
    pub(super) fn get(&self, key: &[u8]) -> Result<Option<Placed>> {
        let index = self.index()?;
        let number = index.block_of(key);
        let block = self.block(number)?;
        let Some((place, value)) = block.find(key) else {
            return Ok(None);
        };
        let start = index.starts.get(number).copied().unwrap_or(0);
        let value = value.and_then(|value| block.bytes.get(value));
        Ok(Some((start + place as u64, value.map(Arc::from))))
    }

    /// The key at a place.
    pub(super) fn key_at(&self, place: u64) -> Result<Option<Vec<u8>>> {
        let Some((number, inside)) = self.index()?.block_at(place) else {
            return Ok(None);
        };
        if number >= self.entry.blocks as usize {
            return Ok(None);
        }
        let entry = self.block(number)?.at(inside);
        Ok(Some(entry.ok_or_else(|| self.wrong(number))?.key))
    }

    /// The entries from a key on.
    pub(super) fn walk(self: &Arc<Self>, from: &[u8]) -> Result<SortedWalk> {
        let number = self.index()?.block_of(from);
        let block = self.block(number)?;
        let mut walk = SortedWalk {
            part: Arc::clone(self),
            number,
            left: 0,
            entry: Entry::default(),
            is_first: false,
            block,
        };
        match walk.block.seek(from) {
            Some((place, entry)) => {
                walk.left = walk.block.count - place;
                walk.entry = entry;
                walk.is_first = true;
            }
            None => walk.left = 0,
        }
        Ok(walk)
    }

    /// The keys at ascending places, read block by block.
    pub(super) fn reader(self: &Arc<Self>) -> PlaceReader {
        PlaceReader {
            part: Arc::clone(self),
            held: None,
        }
    }

    /// Checks every block: checksums, order of keys, counts.
    pub(super) fn verify(self: &Arc<Self>, wrong: &mut Vec<String>) -> Result<()> {
        let index = self.index()?;
        let mut last: Option<Vec<u8>> = None;
        for number in 0..self.entry.blocks as usize {
            let block = match self.block(number) {
                Ok(block) => block,
                Err(error) => {
                    wrong.push(error.to_string());
                    continue;
                }
            };
            let expected = index.starts.get(number + 1).zip(index.starts.get(number));
            let expected = expected.map(|(end, start)| end - start);
            let (mut entry, mut count) = (Entry::default(), 0_u64);
            let mut is_sorted = true;
            while block.advance(&mut entry).is_some() {
                count += 1;
                is_sorted &= last.as_ref().is_none_or(|last| *last < entry.key);
                last = Some(entry.key.clone());
            }
            if !is_sorted || Some(count) != expected || index.block_of(&entry.key) != number {
                wrong.push(self.wrong(number).to_string());
            }
        }
        Ok(())
    }
}

/// Walks through the entries of a part in order.
pub(super) struct SortedWalk {
    part: Arc<Sorted>,
    number: usize,
    block: Arc<SortedBlock>,
    /// Entries of the block not yet given, the current one included.
    left: usize,
    entry: Entry,
    is_first: bool,
}

impl SortedWalk {
    /// The next entry; its value with [`SortedWalk::value`].
    pub(super) fn next_key(&mut self) -> Result<Option<&[u8]>> {
        if std::mem::take(&mut self.is_first) {
            self.left = self.left.saturating_sub(1);
            return Ok(Some(&self.entry.key));
        }
        while self.left == 0 {
            self.number += 1;
            if self.number >= self.part.entry.blocks as usize {
                return Ok(None);
            }
            self.block = self.part.block(self.number)?;
            self.left = self.block.count;
            self.entry = Entry::default();
        }
        self.left -= 1;
        let wrong = || self.part.wrong(self.number);
        self.block.advance(&mut self.entry).ok_or_else(wrong)?;
        Ok(Some(&self.entry.key))
    }

    /// The value of the entry last given; `None` is a removal.
    pub(super) fn value(&self) -> Option<&[u8]> {
        self.block.value(&self.entry)
    }
}

/// Reads keys at ascending places without going back to a restart each time.
pub(super) struct PlaceReader {
    part: Arc<Sorted>,
    held: Option<(usize, usize, Arc<SortedBlock>, Entry)>,
}

impl PlaceReader {
    /// The key at a place.
    pub(super) fn key_at(&mut self, place: u64) -> Result<Option<&[u8]>> {
        let wanted = self.part.index()?.block_at(place);
        let Some((number, inside)) = wanted else {
            return Ok(None);
        };
        if number >= self.part.entry.blocks as usize {
            return Ok(None);
        }
        match &mut self.held {
            Some((held, at, block, entry))
                if *held == number && *at <= inside && inside - *at < RESTART =>
            {
                while *at < inside {
                    let moved = block.advance(entry);
                    moved.ok_or_else(|| self.part.wrong(number))?;
                    *at += 1;
                }
            }
            held => {
                let block = match held.take() {
                    Some((held, _, block, _)) if held == number => block,
                    _ => self.part.block(number)?,
                };
                let entry = block.at(inside).ok_or_else(|| self.part.wrong(number))?;
                *held = Some((number, inside, block, entry));
            }
        }
        Ok(self
            .held
            .as_ref()
            .map(|(_, _, _, entry)| entry.key.as_slice()))
    }
}
