//! The dictionary of a run: its terms sorted by key, and the way from a number to a key.
//!
//! Where the run is ranked, the number of a term is its place among the sorted keys. A run merged
//! from others keeps the numbers they gave; then each key has its number as value, and the places
//! stand beside, by number.

use std::sync::{Arc, OnceLock};

use super::cache::{Cache, Slots};
use super::identifier::TermId;
use super::packing::{self, Packed};
use super::part::{BlockWriter, Blocks, DICTIONARY, POSITIONS};
use super::segment::PartEntry;
use super::sorted::{PlaceReader, Sorted, SortedWalk, SortedWriter};
use super::varint;
use crate::error::Result;

/// So many places stand in one block.
const PLACES_A_BLOCK: usize = 2_048;

/// Writes the terms of a run, sorted by key.
pub(super) struct DictionaryWriter {
    keys: SortedWriter,
    first_term: u64,
    /// For each number the place of its key; empty where the run is ranked.
    places: Vec<u32>,
    is_ranked: bool,
    count: u32,
}

impl DictionaryWriter {
    /// `terms` is how many there will be; their numbers begin at `first_term`.
    pub(super) fn new(first_term: u64, terms: u64, is_ranked: bool) -> Self {
        let places = if is_ranked { 0 } else { terms };
        Self {
            keys: SortedWriter::new(DICTIONARY),
            first_term,
            places: vec![0; usize::try_from(places).unwrap_or(0)],
            is_ranked,
            count: 0,
        }
    }

    /// Adds the next term; its number is that of its place where the run is ranked.
    pub(super) fn push(&mut self, writer: &mut BlockWriter, key: &[u8], id: TermId) -> Result<()> {
        if self.is_ranked {
            return self.keys.push(writer, key, None);
        }
        let offset = id.raw().saturating_sub(self.first_term);
        let mut value = Vec::new();
        varint::push(&mut value, offset);
        let place = usize::try_from(offset).ok();
        if let Some(place) = place.and_then(|offset| self.places.get_mut(offset)) {
            *place = self.count;
        }
        self.count += 1;
        self.keys.push(writer, key, Some(&value))
    }

    pub(super) fn finish(self, writer: &mut BlockWriter) -> Result<Vec<PartEntry>> {
        let mut parts: Vec<PartEntry> = self.keys.finish(writer)?.into_iter().collect();
        let mut blocks = 0;
        for places in self.places.chunks(PLACES_A_BLOCK) {
            let places: Vec<u64> = places.iter().copied().map(u64::from).collect();
            let mut bytes = Vec::new();
            packing::encode(&mut bytes, &places);
            writer.write(POSITIONS, blocks, &bytes)?;
            blocks += 1;
        }
        if blocks > 0 {
            parts.push(PartEntry {
                part: POSITIONS,
                entries: self.places.len() as u64,
                blocks,
            });
        }
        Ok(parts)
    }
}

/// The terms of a run on disk.
pub(super) struct Dictionary {
    first_term: u64,
    keys: Arc<Sorted>,
    positions: Option<Positions>,
}

struct Positions {
    blocks: Blocks,
    entry: PartEntry,
    slots: Arc<Slots<Vec<u64>>>,
}

impl Positions {
    fn place(&self, offset: u64) -> Result<Option<u64>> {
        let Ok(offset) = usize::try_from(offset) else {
            return Ok(None);
        };
        let number = offset / PLACES_A_BLOCK;
        let places = self.slots.get(number, || {
            let block = u32::try_from(number).unwrap_or(u32::MAX);
            let bytes = self.blocks.read(POSITIONS, block)?;
            let before = number * PLACES_A_BLOCK;
            let total = usize::try_from(self.entry.entries).unwrap_or(usize::MAX);
            let count = total.saturating_sub(before).min(PLACES_A_BLOCK);
            let wrong = || self.blocks.damaged(POSITIONS, block, "it cannot be read");
            let packed = Packed::read(&mut bytes.as_slice(), count).ok_or_else(wrong)?;
            Ok((packed.unpack(count), count * 8))
        })?;
        Ok(places.get(offset % PLACES_A_BLOCK).copied())
    }
}

impl Dictionary {
    pub(super) fn new(
        blocks: &Blocks,
        first_term: u64,
        keys: PartEntry,
        positions: Option<PartEntry>,
        cache: &Arc<Cache>,
    ) -> Self {
        let positions = positions.map(|entry| Positions {
            blocks: blocks.clone(),
            entry,
            slots: Slots::new(cache, entry.blocks as usize),
        });
        Self {
            first_term,
            keys: Arc::new(Sorted::new(blocks.clone(), keys, cache)),
            positions,
        }
    }

    /// How many terms.
    pub(super) fn terms(&self) -> u64 {
        self.keys.entries()
    }

    /// The number after the last.
    pub(super) fn end_term(&self) -> u64 {
        self.first_term + self.terms()
    }

    pub(super) fn first_term(&self) -> u64 {
        self.first_term
    }

    fn has(&self, id: TermId) -> bool {
        (self.first_term..self.end_term()).contains(&id.raw())
    }

    /// The number of the term with this key.
    pub(super) fn find(&self, key: &[u8]) -> Result<Option<TermId>> {
        let Some((place, value)) = self.keys.get(key)? else {
            return Ok(None);
        };
        let offset = match &value {
            Some(value) => varint::take(&mut value.as_ref()).unwrap_or(place),
            None => place,
        };
        Ok(Some(TermId::from_raw(self.first_term + offset)))
    }

    /// The place of the key of a term among the sorted keys; `None` where it is not of this run.
    pub(super) fn place(&self, id: TermId) -> Result<Option<u64>> {
        if !self.has(id) {
            return Ok(None);
        }
        let offset = id.raw() - self.first_term;
        match &self.positions {
            Some(positions) => positions.place(offset),
            None => Ok(Some(offset)),
        }
    }

    /// The key of a term; `None` where it is not of this run.
    pub(super) fn key_of(&self, id: TermId) -> Result<Option<Vec<u8>>> {
        match self.place(id)? {
            Some(place) => self.keys.key_at(place),
            None => Ok(None),
        }
    }

    /// Reads keys at ascending places.
    pub(super) fn reader(&self) -> PlaceReader {
        self.keys.reader()
    }

    /// All terms, sorted by key.
    pub(super) fn walk(&self) -> Result<DictionaryWalk> {
        Ok(DictionaryWalk {
            first_term: self.first_term,
            place: 0,
            walk: self.keys.walk(&[])?,
        })
    }

    /// Checks checksums, order and that each number leads to its key.
    pub(super) fn verify(&self, wrong: &mut Vec<String>) -> Result<()> {
        self.keys.verify(wrong)?;
        if self.positions.is_none() {
            return Ok(());
        }
        let mut walk = self.walk()?;
        let mut place = 0;
        while let Some((_, id)) = walk.next_term()? {
            if self.place(id)? != Some(place) {
                wrong.push(format!("dictionary: term {} has a wrong place", id.raw()));
            }
            place += 1;
        }
        Ok(())
    }
}

/// Walks through the terms of a run in the order of their keys.
pub(super) struct DictionaryWalk {
    first_term: u64,
    place: u64,
    walk: SortedWalk,
}

impl DictionaryWalk {
    /// The next key with its number.
    pub(super) fn next_term(&mut self) -> Result<Option<(Vec<u8>, TermId)>> {
        let Some(key) = self.walk.next_key()?.map(<[u8]>::to_vec) else {
            return Ok(None);
        };
        let offset = match self.walk.value() {
            Some(mut value) => varint::take(&mut value).unwrap_or(self.place),
            None => self.place,
        };
        self.place += 1;
        Ok(Some((key, TermId::from_raw(self.first_term + offset))))
    }
}

/// How a range of numbers is ordered: the terms of one load, sorted by kind and key.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(super) struct RankedRange {
    /// The first number.
    pub(super) first: u64,
    /// How many terms of each kind, in the order of kinds.
    pub(super) counts: [u64; 6],
}

impl RankedRange {
    /// The number after the last.
    pub(super) fn end(&self) -> u64 {
        self.first + self.counts.iter().sum::<u64>()
    }

    /// The kind of the term as its place in the order of kinds; `None` where it lies outside.
    pub(super) fn kind_of(&self, id: TermId) -> Option<usize> {
        let mut rest = id.raw().checked_sub(self.first)?;
        for (kind, &count) in self.counts.iter().enumerate() {
            match rest.checked_sub(count) {
                Some(behind) => rest = behind,
                None => return Some(kind),
            }
        }
        None
    }
}

/// A lazily read part of the statistics: rows, subjects and objects by predicate.
pub(super) type Totals = OnceLock<Arc<Vec<[u64; 4]>>>;
