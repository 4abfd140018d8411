//! How often the plain set says a triple again: rows that agree in subject, predicate and object
//! and belong to different facts.
//!
//! A question about triples counts each once, and reads faster where it need not look for
//! repetitions. So their number is kept for every predicate: each transaction works out what it
//! changes, from the rows it touches and the index; a compaction counts anew. A store written
//! before these counts were kept has none until it is compacted.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::identifier::{FactId, Permutation, Row, RowSet, TermId};
use super::overlay::{Changes, RowKey};
use super::transaction::WriteTransaction;
use super::view::View;
use super::{key, varint};
use crate::error::{Error, Result};

/// How many rows repeat a triple that another row says already.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Repeats {
    /// Those with an object.
    pub(crate) with_object: u64,
    /// Those without.
    pub(crate) without_object: u64,
}

impl Repeats {
    /// Whether every triple stands in one row.
    pub(crate) fn is_none(self) -> bool {
        self == Self::default()
    }

    fn of(&mut self, object: u64) -> &mut u64 {
        if TermId::from_raw(object).is_absent() {
            &mut self.without_object
        } else {
            &mut self.with_object
        }
    }

    fn to_bytes(self) -> Vec<u8> {
        let mut bytes = Vec::new();
        varint::push(&mut bytes, self.with_object);
        varint::push(&mut bytes, self.without_object);
        bytes
    }

    fn from_bytes(mut bytes: &[u8]) -> Option<Self> {
        let with_object = varint::take(&mut bytes)?;
        let without_object = varint::take(&mut bytes)?;
        bytes.is_empty().then_some(Self {
            with_object,
            without_object,
        })
    }
}

/// The counts of all predicates that have repetitions.
#[derive(Debug, Clone, Default)]
pub(super) struct Counts {
    /// Whether the table says that they are kept.
    is_marked: bool,
    by_predicate: BTreeMap<u64, Repeats>,
}

impl Counts {
    fn of(&self, predicate: Option<u64>) -> Repeats {
        match predicate {
            Some(predicate) => self
                .by_predicate
                .get(&predicate)
                .copied()
                .unwrap_or_default(),
            None => {
                let all = self.by_predicate.values();
                all.fold(Repeats::default(), |sum, more| Repeats {
                    with_object: sum.with_object + more.with_object,
                    without_object: sum.without_object + more.without_object,
                })
            }
        }
    }

    fn take(&mut self, entry: &[u8], value: Option<&[u8]>) -> Result<()> {
        let damaged = || Error::Damaged {
            part: "counts of repeated triples".to_owned(),
            message: "they cannot be read".to_owned(),
        };
        if entry.len() == 1 {
            self.is_marked = true;
            return Ok(());
        }
        let predicate = key::last_number(entry).ok_or_else(damaged)?;
        match value {
            Some(bytes) => {
                let counted = Repeats::from_bytes(bytes).ok_or_else(damaged)?;
                self.by_predicate.insert(predicate, counted);
            }
            None => {
                self.by_predicate.remove(&predicate);
            }
        }
        Ok(())
    }
}

/// The counts of a view, read when first asked for; `None` where they are not kept.
pub(super) type KnownCounts = Arc<OnceLock<Option<Arc<Counts>>>>;

/// The counts of a view that has none.
pub(super) fn not_counted() -> KnownCounts {
    Arc::new(OnceLock::from(None))
}

/// The counts of the view after a transaction.
pub(super) fn after(known: &KnownCounts, changes: &Changes) -> KnownCounts {
    let from = key::repeats_prefix();
    let changed = changes.table.range(from.clone()..);
    let mut changed = changed
        .take_while(|(entry, _)| entry.starts_with(&from))
        .peekable();
    if changed.peek().is_none() {
        return Arc::clone(known);
    }
    let Some(Some(counts)) = known.get() else {
        return Arc::default();
    };
    let mut counts = Counts::clone(counts);
    for (entry, value) in changed {
        if counts.take(entry, value.as_deref()).is_err() {
            return Arc::default();
        }
    }
    Arc::new(OnceLock::from(Some(Arc::new(counts))))
}

impl View {
    /// How many plain rows repeat a triple, of one predicate or of all; `None` where that is not
    /// known.
    pub(super) fn repeats(&self, predicate: Option<TermId>) -> Result<Option<Repeats>> {
        let counts = self.repeat_counts()?;
        Ok(counts.map(|counts| counts.of(predicate.map(TermId::raw))))
    }

    /// Whether repetitions are counted: not in a store of an early release.
    pub(super) fn counts_repeats(&self) -> Result<bool> {
        Ok(self.repeat_counts()?.is_some())
    }

    fn repeat_counts(&self) -> Result<Option<Arc<Counts>>> {
        if let Some(known) = self.repeats.get() {
            return Ok(known.clone());
        }
        let mut counts = Counts::default();
        let mut scan = self.scan(&key::repeats_prefix(), &[]);
        while let Some((entry, value)) = scan.next_entry()? {
            counts.take(&entry, Some(&value))?;
        }
        // Bare triples alone are never repeated: a load leaves out what is known.
        let counters = &self.counters;
        let has_facts = counters.next_fact > FactId::FIRST_RECORDED || counters.merges > 0;
        let counts = (counts.is_marked || !has_facts).then(|| Arc::new(counts));
        Ok(self.repeats.get_or_init(|| counts).clone())
    }
}

impl WriteTransaction {
    /// Works out what the changed rows do to the counts.
    pub(super) fn count_repeats(&mut self) -> Result<()> {
        let Some(known) = self.base().repeat_counts()? else {
            return Ok(());
        };
        let mut counts = Counts::clone(&known);
        for (predicate, repeated) in std::mem::take(&mut self.repeated_by_load) {
            let count = counts.by_predicate.entry(predicate).or_default();
            count.with_object += repeated;
        }
        let plain = self.changes.rows.iter();
        let plain = plain.take_while(|(key, _)| key.set == RowSet::Plain);
        let mut triples: Vec<([u64; 3], i64, bool)> = Vec::new();
        for (RowKey { row, .. }, sign) in plain {
            let [subject, predicate, object, _] = *row;
            let triple = [subject, predicate, object];
            match triples.last_mut() {
                Some((last, sum, grows)) if *last == triple => {
                    *sum += i64::from(*sign);
                    *grows |= *sign > 0;
                }
                _ => triples.push((triple, i64::from(*sign), *sign > 0)),
            }
        }
        for (triple, sum, grows) in triples {
            let [_, predicate, object] = triple;
            if !grows && counts.of(Some(predicate)).is_none() {
                continue;
            }
            let before = self.rows_of_triple(triple)?;
            let after = before.saturating_add_signed(sum);
            let (before, after) = (before.saturating_sub(1), after.saturating_sub(1));
            if before != after {
                let count = counts.by_predicate.entry(predicate).or_default();
                let count = count.of(object);
                *count = (*count + after).saturating_sub(before);
            }
        }
        counts.by_predicate.retain(|_, count| !count.is_none());
        for (entry, value) in changed_entries(&known, &counts) {
            self.changes.table.insert(entry, value.map(Arc::from));
        }
        Ok(())
    }

    /// How many rows the base has for a triple; one with a new term has none.
    fn rows_of_triple(&self, triple: [u64; 3]) -> Result<u64> {
        let base = self.base();
        let triple = triple.map(TermId::from_raw);
        let next = TermId::from_raw(base.counters.next_term);
        if triple.iter().any(|id| !id.is_inline() && *id >= next) {
            return Ok(0);
        }
        base.count(RowSet::Plain, Permutation::Spo, &triple)
    }
}

/// The entries of the table that lead from some counts to others; the first transaction of a
/// store also says that counts are kept.
fn changed_entries(before: &Counts, after: &Counts) -> Vec<(Vec<u8>, Option<Vec<u8>>)> {
    let mut entries = Vec::new();
    if !before.is_marked {
        entries.push((key::repeats_prefix(), Some(Vec::new())));
    }
    for (&predicate, count) in &after.by_predicate {
        if before.by_predicate.get(&predicate) != Some(count) {
            entries.push((key::repeats(predicate), Some(count.to_bytes())));
        }
    }
    for &predicate in before.by_predicate.keys() {
        if !after.by_predicate.contains_key(&predicate) {
            entries.push((key::repeats(predicate), None));
        }
    }
    entries
}

/// Counts the repetitions of rows that pass in the order SPO.
#[derive(Debug, Default)]
pub(super) struct RepeatCounter {
    last: Option<[u64; 3]>,
    counts: Counts,
}

impl RepeatCounter {
    /// Takes the next row.
    pub(super) fn push(&mut self, row: Row) {
        let [subject, predicate, object, _] = row;
        let triple = [subject, predicate, object];
        if self.last == Some(triple) {
            let count = self.counts.by_predicate.entry(predicate).or_default();
            *count.of(object) += 1;
        }
        self.last = Some(triple);
    }

    /// The entries of the table for what was counted, sorted.
    pub(super) fn entries(&self) -> Vec<(Vec<u8>, Option<Vec<u8>>)> {
        changed_entries(&Counts::default(), &self.counts)
    }

    /// What was counted, by predicate.
    pub(super) fn counted(&self) -> &BTreeMap<u64, Repeats> {
        &self.counts.by_predicate
    }
}

impl View {
    /// Where the kept counts differ from those of the rows: the predicates.
    pub(super) fn wrong_repeats(&self, counted: &RepeatCounter) -> Result<Vec<u64>> {
        let Some(known) = self.repeat_counts()? else {
            return Ok(Vec::new());
        };
        let known = &known.by_predicate;
        let all = known.keys().chain(counted.counted().keys()).copied();
        let mut wrong: Vec<u64> = all
            .filter(|predicate| known.get(predicate) != counted.counted().get(predicate))
            .collect();
        wrong.sort_unstable();
        wrong.dedup();
        Ok(wrong)
    }
}
