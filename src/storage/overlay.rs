//! What has been committed since the last merge, in memory: a few sorted layers.
//!
//! Each commit adds a layer. A layer at least half as large as the one before it is merged with
//! it at once, so that there are never more than a logarithm of layers, and a row is copied only
//! so often (the logarithmic method of Bentley and Saxe).

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::block::{Block, Columns};
use super::identifier::{Permutation, Row, RowSet, TermId};

/// A row that appears or disappears.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct RowKey {
    pub(super) set: RowSet,
    /// Subject, predicate, object, fact.
    pub(super) row: Row,
}

/// A value of the table, or its removal.
pub(super) type Entry = Option<Arc<[u8]>>;
/// A key of the table with its value.
type TableEntry = (Arc<[u8]>, Entry);

/// Everything one transaction changes.
#[derive(Debug, Default)]
pub(super) struct Changes {
    /// The number of the first new term.
    pub(super) first_term: u64,
    /// The keys of the new terms in the order of their numbers.
    pub(super) terms: Vec<Arc<[u8]>>,
    /// Rows with how often they are added (1) or removed (-1).
    pub(super) rows: BTreeMap<RowKey, i8>,
    /// Changed entries of the table.
    pub(super) table: BTreeMap<Vec<u8>, Entry>,
}

impl Changes {
    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.table.is_empty()
    }

    /// Takes in what the next transaction changes, so that both make one layer. Gives it back where
    /// its new terms do not follow those before.
    pub(super) fn take_next(&mut self, next: Self) -> Option<Self> {
        let end = self.first_term + self.terms.len() as u64;
        if !self.terms.is_empty() && !next.terms.is_empty() && next.first_term != end {
            return Some(next);
        }
        if self.terms.is_empty() {
            self.first_term = next.first_term;
        }
        self.terms.extend(next.terms);
        for (key, sign) in next.rows {
            let sum = self.rows.entry(key).or_default();
            *sum += sign;
            if *sum == 0 {
                self.rows.remove(&key);
            }
        }
        self.table.extend(next.table);
        None
    }
}

/// Sorted rows of one set in one order: those added and those removed.
#[derive(Debug, Clone, Default)]
pub(super) struct SignedRows {
    pub(super) added: Arc<Block>,
    pub(super) removed: Arc<Block>,
}

/// One sorted layer.
#[derive(Debug, Default)]
pub(super) struct Layer {
    first_term: u64,
    terms: Vec<Arc<[u8]>>,
    /// Places in `terms`, sorted by key.
    by_key: Vec<u32>,
    rows: [[SignedRows; 3]; 2],
    table: Vec<TableEntry>,
    bytes: usize,
    totals: OnceLock<BTreeMap<u64, [u64; 2]>>,
}

impl Layer {
    /// The layer of one transaction.
    pub(super) fn new(changes: Changes) -> Self {
        let rows: Vec<(RowKey, i8)> = changes.rows.into_iter().collect();
        let table = changes
            .table
            .into_iter()
            .map(|(key, value)| (Arc::from(key), value))
            .collect();
        Self::build(changes.first_term, changes.terms, &rows, table)
    }

    fn build(
        first_term: u64,
        terms: Vec<Arc<[u8]>>,
        rows: &[(RowKey, i8)],
        table: Vec<(Arc<[u8]>, Entry)>,
    ) -> Self {
        let signed = |set: RowSet, permutation: Permutation| {
            let select = |sign: i8| {
                let mut selected: Vec<Row> = rows
                    .iter()
                    .filter(|(key, known)| key.set == set && *known == sign)
                    .map(|(key, _)| permutation.permute(key.row))
                    .collect();
                selected.sort_unstable();
                Arc::new(Block::from_rows(&selected))
            };
            SignedRows {
                added: select(1),
                removed: select(-1),
            }
        };
        let of_set = |set| Permutation::ALL.map(|permutation| signed(set, permutation));
        let rows = RowSet::ALL.map(of_set);
        let mut by_key: Vec<u32> = (0..).take(terms.len()).collect();
        by_key.sort_unstable_by_key(|&place| terms.get(place as usize));
        let mut layer = Self {
            first_term,
            terms,
            by_key,
            rows,
            table,
            bytes: 0,
            totals: OnceLock::new(),
        };
        layer.bytes = layer.measure();
        layer
    }

    /// Two layers in one; `newer` has the word where both hold an entry of the table.
    pub(super) fn merge(older: &Self, newer: &Self) -> Self {
        let of_set = |set| {
            Permutation::ALL
                .map(|order| SignedRows::merge(older.rows(set, order), newer.rows(set, order)))
        };
        let mut terms = older.terms.clone();
        terms.extend(newer.terms.iter().cloned());
        let first_term = if older.terms.is_empty() {
            newer.first_term
        } else {
            older.first_term
        };
        let mut layer = Self {
            first_term,
            by_key: merge_places(older, newer),
            terms,
            rows: RowSet::ALL.map(of_set),
            table: merge_tables(&older.table, &newer.table),
            bytes: 0,
            totals: OnceLock::new(),
        };
        layer.bytes = layer.measure();
        layer
    }

    /// The rows of a set in an order.
    pub(super) fn rows(&self, set: RowSet, permutation: Permutation) -> &SignedRows {
        let [plain, marked] = &self.rows;
        let [spo, pos, osp] = match set {
            RowSet::Plain => plain,
            RowSet::Marked => marked,
        };
        match permutation {
            Permutation::Spo => spo,
            Permutation::Pos => pos,
            Permutation::Osp => osp,
        }
    }

    /// By predicate of the plain set, how many rows it adds and how many distinct subjects they
    /// have. Counted once, however many snapshots ask.
    pub(super) fn totals(&self) -> &BTreeMap<u64, [u64; 2]> {
        self.totals.get_or_init(|| {
            let mut totals: BTreeMap<u64, [u64; 2]> = BTreeMap::new();
            let rows = &self.rows(RowSet::Plain, Permutation::Spo).added;
            let mut last = None;
            for pair in rows.column(0).iter().zip(rows.column(1)) {
                let [count, subjects] = totals.entry(*pair.1).or_default();
                *count += 1;
                *subjects += u64::from(last != Some(pair));
                last = Some(pair);
            }
            totals
        })
    }

    /// The number of the term with this key.
    pub(super) fn find_term(&self, key: &[u8]) -> Option<TermId> {
        let known = |&place: &u32| self.terms.get(place as usize).map_or(&[][..], |term| term);
        // Most keys that are looked up lie before or behind all of a small layer.
        let ends = self.by_key.first().zip(self.by_key.last());
        if ends.is_none_or(|(first, last)| key < known(first) || key > known(last)) {
            return None;
        }
        let found = self
            .by_key
            .binary_search_by(|place| known(place).cmp(key))
            .ok()?;
        let place = u64::from(*self.by_key.get(found)?);
        Some(TermId::from_raw(self.first_term + place))
    }

    /// The key of the term with this number.
    pub(super) fn term_key(&self, id: TermId) -> Option<&Arc<[u8]>> {
        let place = id.raw().checked_sub(self.first_term)?;
        self.terms.get(usize::try_from(place).ok()?)
    }

    /// The terms with their numbers, sorted by key.
    pub(super) fn sorted_terms(&self) -> impl Iterator<Item = (&Arc<[u8]>, TermId)> + '_ {
        self.by_key.iter().filter_map(|&place| {
            let id = TermId::from_raw(self.first_term + u64::from(place));
            Some((self.terms.get(place as usize)?, id))
        })
    }

    /// The entry of the table with this key; the inner `None` is a removal.
    pub(super) fn get(&self, key: &[u8]) -> Option<&Entry> {
        let place = self
            .table
            .binary_search_by(|(known, _)| known.as_ref().cmp(key))
            .ok()?;
        self.table.get(place).map(|(_, value)| value)
    }

    /// The place of the first entry of the table whose key is not smaller.
    pub(super) fn place_of(&self, key: &[u8]) -> usize {
        self.table
            .partition_point(|(known, _)| known.as_ref() < key)
    }

    /// The entry of the table at a place.
    pub(super) fn entry_at(&self, place: usize) -> Option<&(Arc<[u8]>, Entry)> {
        self.table.get(place)
    }

    /// Whether it brings new terms.
    pub(super) fn has_terms(&self) -> bool {
        !self.terms.is_empty()
    }

    /// The numbers of its terms: the first and the one after the last.
    pub(super) fn term_range(&self) -> (u64, u64) {
        (self.first_term, self.first_term + self.terms.len() as u64)
    }

    /// About how many bytes of memory it takes.
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    fn measure(&self) -> usize {
        // Three orders of four numbers a row; a term is kept once and pointed to.
        const ROW_BYTES: usize = 96;
        const POINTERS_BYTES: usize = 40;
        let rows: usize = self.rows.iter().map(|[spo, ..]| spo.len()).sum();
        let terms: usize = self.terms.iter().map(|term| term.len()).sum();
        let table: usize = self
            .table
            .iter()
            .map(|(key, value)| key.len() + value.as_ref().map_or(0, |bytes| bytes.len()))
            .sum();
        rows * ROW_BYTES + terms + table + (self.terms.len() + self.table.len()) * POINTERS_BYTES
    }
}

/// The layers of a moment, oldest first.
#[derive(Debug, Clone, Default)]
pub(super) struct Overlay {
    layers: Vec<Arc<Layer>>,
    /// So many of the oldest stay as they are: they are being written to a run.
    frozen: usize,
}

impl Overlay {
    /// The layers, oldest first.
    pub(super) fn layers(&self) -> &[Arc<Layer>] {
        &self.layers
    }

    /// The overlay with one layer more.
    pub(super) fn with(&self, layer: Layer) -> Self {
        let mut layers = self.layers.clone();
        let mut last = Arc::new(layer);
        while layers.len() > self.frozen
            && let Some(before) = layers.pop_if(|before| before.bytes() < 2 * last.bytes())
        {
            last = Arc::new(Layer::merge(&before, &last));
        }
        layers.push(last);
        Self {
            layers,
            frozen: self.frozen,
        }
    }

    /// The same overlay, whose layers stay as they are whatever comes behind them.
    pub(super) fn frozen(&self) -> Self {
        Self {
            layers: self.layers.clone(),
            frozen: self.layers.len(),
        }
    }

    /// The overlay without so many of its oldest layers, which were frozen.
    pub(super) fn without_oldest(&self, count: usize) -> Self {
        Self {
            layers: self.layers.get(count..).unwrap_or(&[]).to_vec(),
            frozen: self.frozen.saturating_sub(count),
        }
    }

    /// About how many bytes of memory it takes.
    pub(super) fn bytes(&self) -> usize {
        self.layers.iter().map(|layer| layer.bytes()).sum()
    }
}

/// The places of the terms of two layers, one behind the other, sorted by key.
fn merge_places(older: &Layer, newer: &Layer) -> Vec<u32> {
    let shift = u32::try_from(older.terms.len()).unwrap_or(u32::MAX);
    let key = |layer: &Layer, place: u32| layer.terms.get(place as usize).cloned();
    let mut places = Vec::with_capacity(older.by_key.len() + newer.by_key.len());
    let mut first = older.by_key.iter().copied().peekable();
    for &place in &newer.by_key {
        let next = key(newer, place);
        while let Some(before) = first.next_if(|&known| key(older, known) < next) {
            places.push(before);
        }
        places.push(place.saturating_add(shift));
    }
    places.extend(first);
    places
}

/// Two sorted tables in one; the newer has the word.
fn merge_tables(older: &[TableEntry], newer: &[TableEntry]) -> Vec<TableEntry> {
    let mut merged = Vec::with_capacity(older.len() + newer.len());
    let mut first = older.iter().peekable();
    for entry in newer {
        while let Some(before) = first.next_if(|known| known.0 < entry.0) {
            merged.push(before.clone());
        }
        let _ = first.next_if(|known| known.0 == entry.0);
        merged.push(entry.clone());
    }
    merged.extend(first.cloned());
    merged
}

impl SignedRows {
    /// The rows of two layers in one: a row added by one and removed by the other is gone.
    fn merge(older: &Self, newer: &Self) -> Self {
        if newer.len() == 0 {
            return older.clone();
        }
        if older.len() == 0 {
            return newer.clone();
        }
        let mut rows: Vec<(Row, i8)> = Vec::new();
        for (block, sign) in [
            (&older.added, 1),
            (&newer.added, 1),
            (&older.removed, -1),
            (&newer.removed, -1),
        ] {
            let own = (0..block.len()).filter_map(|place| block.row(place));
            rows.extend(own.map(|row| (row, sign)));
        }
        // Four sorted runs: a stable sort finds and merges them.
        rows.sort_by_key(|(row, _)| *row);
        let (mut added, mut removed) = (Vec::new(), Vec::new());
        for equal in rows.chunk_by(|left, right| left.0 == right.0) {
            let sum: i32 = equal.iter().map(|(_, sign)| i32::from(*sign)).sum();
            if let Some((row, _)) = equal.first() {
                match sum {
                    1.. => added.push(*row),
                    0 => {}
                    _ => removed.push(*row),
                }
            }
        }
        Self {
            added: Arc::new(Block::from_rows(&added)),
            removed: Arc::new(Block::from_rows(&removed)),
        }
    }

    /// How many rows are added or removed.
    fn len(&self) -> usize {
        self.added.len() + self.removed.len()
    }

    /// The rows that begin with a prefix: added and removed.
    pub(super) fn with_prefix(&self, prefix: &[u64]) -> (Columns, Columns) {
        let part = |block: &Arc<Block>| {
            let range = block.with_prefix(0..block.len(), prefix);
            if range.is_empty() {
                return Columns::default();
            }
            Columns::new(Arc::clone(block), range)
        };
        (part(&self.added), part(&self.removed))
    }
}
