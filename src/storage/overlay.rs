//! What has been committed since the last merge, in memory: a few sorted layers.
//!
//! Each commit adds a layer. A layer at least half as large as the one before it is merged with
//! it at once, so that there are never more than a logarithm of layers, and a row is copied only
//! so often (the logarithmic method of Bentley and Saxe).

use std::collections::BTreeMap;
use std::sync::Arc;

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
    table: Vec<(Arc<[u8]>, Entry)>,
    bytes: usize,
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
        };
        layer.bytes = layer.measure();
        layer
    }

    /// Two layers in one; `newer` has the word where both hold an entry of the table.
    pub(super) fn merge(older: &Self, newer: &Self) -> Self {
        let mut sums: BTreeMap<RowKey, i8> = BTreeMap::new();
        for (key, sign) in older.signed_rows().chain(newer.signed_rows()) {
            *sums.entry(key).or_default() += sign;
        }
        let rows: Vec<(RowKey, i8)> = sums.into_iter().filter(|(_, sum)| *sum != 0).collect();
        let mut terms = older.terms.clone();
        terms.extend(newer.terms.iter().cloned());
        let first_term = if older.terms.is_empty() {
            newer.first_term
        } else {
            older.first_term
        };
        let table: BTreeMap<&Arc<[u8]>, &Entry> = older
            .table
            .iter()
            .chain(&newer.table)
            .map(|(key, value)| (key, value))
            .collect();
        let table = table
            .into_iter()
            .map(|(key, value)| (Arc::clone(key), value.clone()))
            .collect();
        Self::build(first_term, terms, &rows, table)
    }

    /// All rows with their signs.
    pub(super) fn signed_rows(&self) -> impl Iterator<Item = (RowKey, i8)> + '_ {
        RowSet::ALL.into_iter().flat_map(move |set| {
            let rows = self.rows(set, Permutation::Spo);
            [(1, &rows.added), (-1, &rows.removed)]
                .into_iter()
                .flat_map(move |(sign, block)| {
                    (0..block.len())
                        .filter_map(|place| block.row(place))
                        .map(move |row| (RowKey { set, row }, sign))
                })
        })
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

    /// The number of the term with this key.
    pub(super) fn find_term(&self, key: &[u8]) -> Option<TermId> {
        let known = |&place: &u32| self.terms.get(place as usize).map_or(&[][..], |term| term);
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
        let rows: usize = self
            .rows
            .iter()
            .map(|[spo, ..]| spo.added.len() + spo.removed.len())
            .sum();
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
        while let Some(before) = layers.pop_if(|before| before.bytes() < 2 * last.bytes()) {
            last = Arc::new(Layer::merge(&before, &last));
        }
        layers.push(last);
        Self { layers }
    }

    /// About how many bytes of memory it takes.
    pub(super) fn bytes(&self) -> usize {
        self.layers.iter().map(|layer| layer.bytes()).sum()
    }
}

impl SignedRows {
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
