//! Runs: everything one merge or load wrote, immutable from then on.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use super::backend::Backend;
use super::cache::Cache;
use super::dictionary::{Dictionary, DictionaryWriter, Totals};
use super::identifier::{Permutation, Row, RowSet, TermId};
use super::part::{BlockWriter, Blocks, DICTIONARY, POSITIONS, STATISTICS, TABLE, first_key};
use super::segment::{PartEntry, Segment, SegmentWriter, part_number};
use super::sorted::{Sorted, SortedWriter};
use super::varint;
use crate::error::Result;

/// What the manifest knows of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct RunEntry {
    /// Its number, never given twice.
    pub(super) id: u32,
    /// The number of its first term.
    pub(super) first_term: u64,
    /// About how many bytes it takes.
    pub(super) bytes: u64,
    /// Its parts.
    pub(super) parts: Vec<PartEntry>,
}

impl RunEntry {
    fn part(&self, number: u8) -> Option<PartEntry> {
        self.parts
            .iter()
            .find(|known| known.part == number)
            .copied()
    }
}

/// The numbers of runs that nobody reads any more and whose blocks can go.
pub(super) type Garbage = Arc<Mutex<Vec<u32>>>;

/// A run that can be read.
pub(super) struct Run {
    pub(super) entry: RunEntry,
    blocks: Blocks,
    segments: [Option<Arc<Segment>>; 12],
    dictionary: Option<Dictionary>,
    table: Option<Arc<Sorted>>,
    totals: Totals,
    /// Set when a merge has replaced it.
    is_obsolete: AtomicBool,
    garbage: Garbage,
}

impl Drop for Run {
    fn drop(&mut self) {
        if self.is_obsolete.load(Ordering::Relaxed) {
            let garbage = self.garbage.lock();
            garbage
                .unwrap_or_else(PoisonError::into_inner)
                .push(self.entry.id);
        }
    }
}

impl Run {
    pub(super) fn new(
        backend: Arc<dyn Backend>,
        entry: RunEntry,
        cache: &Arc<Cache>,
        garbage: &Garbage,
    ) -> Self {
        let blocks = Blocks {
            backend,
            run: entry.id,
        };
        let segment = |part: usize| {
            let known = entry.part(u8::try_from(part).ok()?)?;
            Some(Arc::new(Segment::new(blocks.clone(), known, cache)))
        };
        let segments = std::array::from_fn(segment);
        let dictionary = entry.part(DICTIONARY).map(|keys| {
            let positions = entry.part(POSITIONS);
            Dictionary::new(&blocks, entry.first_term, keys, positions, cache)
        });
        let table = entry
            .part(TABLE)
            .map(|known| Arc::new(Sorted::new(blocks.clone(), known, cache)));
        Self {
            blocks,
            segments,
            dictionary,
            table,
            totals: Totals::new(),
            is_obsolete: AtomicBool::new(false),
            garbage: Arc::clone(garbage),
            entry,
        }
    }

    /// The blocks go when the last reader has gone.
    pub(super) fn make_obsolete(&self) {
        self.is_obsolete.store(true, Ordering::Relaxed);
    }

    /// Where its blocks stand.
    pub(super) fn backend(&self) -> &Arc<dyn Backend> {
        &self.blocks.backend
    }

    /// The keys of its blocks: the first and the one after the last.
    pub(super) fn key_range(&self) -> (Vec<u8>, Vec<u8>) {
        let id = self.entry.id;
        (first_key(id), first_key(id.saturating_add(1)))
    }

    /// The rows of a set in an order that the run adds, or removes.
    pub(super) fn segment(
        &self,
        set: RowSet,
        permutation: Permutation,
        is_added: bool,
    ) -> Option<&Arc<Segment>> {
        let part = part_number(set, permutation, is_added);
        self.segments.get(usize::from(part))?.as_ref()
    }

    pub(super) fn dictionary(&self) -> Option<&Dictionary> {
        self.dictionary.as_ref()
    }

    pub(super) fn table(&self) -> Option<&Arc<Sorted>> {
        self.table.as_ref()
    }

    /// Predicate, rows, subjects and objects of the plain set, by predicate.
    pub(super) fn totals(&self) -> Result<Arc<Vec<[u64; 4]>>> {
        if let Some(totals) = self.totals.get() {
            return Ok(Arc::clone(totals));
        }
        let mut totals = Vec::new();
        if self.entry.part(STATISTICS).is_some() {
            let bytes = self.blocks.read(STATISTICS, 0)?;
            let mut rest = bytes.as_slice();
            while !rest.is_empty() {
                let mut next = || varint::take(&mut rest);
                let all = [next(), next(), next(), next()];
                let wrong = || self.blocks.damaged(STATISTICS, 0, "it cannot be read");
                let [Some(predicate), Some(rows), Some(subjects), Some(objects)] = all else {
                    return Err(wrong());
                };
                totals.push([predicate, rows, subjects, objects]);
            }
        }
        let totals = Arc::new(totals);
        Ok(Arc::clone(self.totals.get_or_init(|| totals)))
    }

    /// Checks everything in it.
    pub(super) fn verify(&self, wrong: &mut Vec<String>) -> Result<()> {
        let note = |result: Result<()>, wrong: &mut Vec<String>| match result {
            Err(error @ crate::error::Error::Damaged { .. }) => {
                wrong.push(error.to_string());
                Ok(())
            }
            other => other,
        };
        for segment in self.segments.iter().flatten() {
            let result = segment.verify(wrong);
            note(result, wrong)?;
        }
        for set in RowSet::ALL {
            for is_added in [true, false] {
                let rows = Permutation::ALL.map(|permutation| {
                    let segment = self.segment(set, permutation, is_added);
                    segment.map_or(0, |segment| segment.rows())
                });
                let [spo, pos, osp] = rows;
                if spo != pos || pos != osp {
                    let id = self.entry.id;
                    wrong.push(format!("segment {id}: its orders have different counts"));
                }
            }
        }
        if let Some(dictionary) = &self.dictionary {
            let result = dictionary.verify(wrong);
            note(result, wrong)?;
        }
        if let Some(table) = &self.table {
            let result = table.verify(wrong);
            note(result, wrong)?;
        }
        Ok(())
    }
}

/// Writes a run: first the dictionary, then the rows, then the table.
pub(super) struct RunWriter {
    pub(super) writer: BlockWriter,
    parts: Vec<PartEntry>,
    first_term: u64,
    totals: HashMap<u64, [u64; 3]>,
}

impl RunWriter {
    pub(super) fn new(backend: Arc<dyn Backend>, id: u32, first_term: u64) -> Self {
        Self {
            writer: BlockWriter::new(backend, id),
            parts: Vec::new(),
            first_term,
            totals: HashMap::new(),
        }
    }

    /// Writes the sorted terms.
    pub(super) fn dictionary(
        &mut self,
        terms: u64,
        is_ranked: bool,
        mut next: impl FnMut() -> Result<Option<(Vec<u8>, TermId)>>,
    ) -> Result<()> {
        let mut dictionary = DictionaryWriter::new(self.first_term, terms, is_ranked);
        while let Some((key, id)) = next()? {
            dictionary.push(&mut self.writer, &key, id)?;
        }
        self.parts.extend(dictionary.finish(&mut self.writer)?);
        Ok(())
    }

    /// Writes the sorted keys of terms whose numbers follow that order.
    pub(super) fn ranked_dictionary<K: AsRef<[u8]>>(
        &mut self,
        mut next: impl FnMut() -> Result<Option<K>>,
    ) -> Result<()> {
        let mut dictionary = DictionaryWriter::new(self.first_term, 0, true);
        while let Some(key) = next()? {
            dictionary.push(&mut self.writer, key.as_ref(), TermId::ABSENT)?;
        }
        self.parts.extend(dictionary.finish(&mut self.writer)?);
        Ok(())
    }

    /// Writes the sorted rows of a set in an order, given in that order with their signs.
    pub(super) fn rows(
        &mut self,
        set: RowSet,
        permutation: Permutation,
        mut next: impl FnMut() -> Result<Option<(Row, i8)>>,
    ) -> Result<()> {
        let mut added = SegmentWriter::new(part_number(set, permutation, true));
        let mut removed = SegmentWriter::new(part_number(set, permutation, false));
        let mut last: Option<Row> = None;
        while let Some((row, sign)) = next()? {
            if sign < 0 {
                removed.push(&mut self.writer, row)?;
                continue;
            }
            added.push(&mut self.writer, row)?;
            if set == RowSet::Plain {
                self.count(permutation, row, last);
                last = Some(row);
            }
        }
        self.parts.extend(added.finish(&mut self.writer)?);
        self.parts.extend(removed.finish(&mut self.writer)?);
        Ok(())
    }

    /// Counts rows, subjects and objects by predicate as they pass in order.
    fn count(&mut self, permutation: Permutation, row: Row, last: Option<Row>) {
        let is_new_pair = last.is_none_or(|last| last[0] != row[0] || last[1] != row[1]);
        match permutation {
            Permutation::Spo if is_new_pair => {
                self.totals.entry(row[1]).or_default()[1] += 1;
            }
            Permutation::Pos => {
                let total = self.totals.entry(row[0]).or_default();
                total[0] += 1;
                total[2] += u64::from(is_new_pair);
            }
            _ => {}
        }
    }

    /// Writes the sorted table.
    pub(super) fn table(
        &mut self,
        mut next: impl FnMut() -> Result<Option<(Vec<u8>, Option<Vec<u8>>)>>,
    ) -> Result<()> {
        let mut table = SortedWriter::new(TABLE);
        while let Some((key, value)) = next()? {
            table.push(&mut self.writer, &key, value.as_deref())?;
        }
        self.parts.extend(table.finish(&mut self.writer)?);
        Ok(())
    }

    /// Writes the statistics and hands everything to the back end, not yet flushed.
    pub(super) fn finish(mut self) -> Result<RunEntry> {
        if !self.totals.is_empty() {
            let mut totals: Vec<_> = self.totals.iter().collect();
            totals.sort_unstable();
            let mut bytes = Vec::new();
            for (predicate, [rows, subjects, objects]) in totals {
                for number in [predicate, rows, subjects, objects] {
                    varint::push(&mut bytes, *number);
                }
            }
            self.writer.write(STATISTICS, 0, &bytes)?;
            self.parts.push(PartEntry {
                part: STATISTICS,
                entries: self.totals.len() as u64,
                blocks: 1,
            });
        }
        self.writer.flush_batch()?;
        Ok(RunEntry {
            id: self.writer.blocks().run,
            first_term: self.first_term,
            bytes: self.writer.written_bytes(),
            parts: self.parts,
        })
    }
}
