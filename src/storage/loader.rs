//! Loading triples in bulk: interned as they come, sorted once, written as one run.
//!
//! A load that fits into its memory is sorted there. Of a greater one, sorted chunks are put aside
//! in files and merged at the end, so that memory stays bounded and there is one run all the same.

mod chunk;
mod interner;
mod scratch;
mod words;

use super::database::{Database, Loaded};
use super::dictionary::RankedRange;
use super::identifier::{DocumentId, FactId, Permutation, RowSet, TermId};
use super::run::RunEntry;
use super::term::{Term, TermKind};
use super::transaction::{DocumentChange, WriteTransaction};
use super::view::View;
use super::{key, names};
use crate::error::Result;
use crate::fact::Fact;
use crate::provenance::DocumentRecord;
use crate::value::Value;

use chunk::{Chunk, Load, rotate};
use interner::Interner;
use scratch::Scratch;
use words::WordCollector;

/// So many rows, or so many bytes of terms, are held in memory; then they are put aside. Sorting
/// them takes up to three times as much for a moment.
const ROWS_MAX: usize = 4 << 20;
const TERM_BYTES_MAX: usize = 128 << 20;
/// So many bytes of words, and of names, are held when what was put aside is merged.
const HELD_BYTES_MAX: usize = 48 << 20;

/// A term, borrowed from whoever reads a file.
#[derive(Debug, Clone, Copy)]
pub(crate) enum TermRef<'a> {
    /// A name.
    Name(&'a str),
    /// Plain text.
    Text(&'a str),
    /// Any other value.
    Value(&'a Value),
}

/// What a load added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct LoadReport {
    /// Triples the store did not have.
    pub(crate) added: u64,
    /// Triples it had: they gained the document as evidence.
    pub(crate) known: u64,
}

/// Takes triples in any order and makes them visible together, or not at all.
pub(crate) struct BulkLoader {
    transaction: WriteTransaction,
    database: Database,
    /// The base of the transaction.
    view: View,
    record: DocumentRecord,
    document: DocumentId,
    terms: Interner,
    rows: Vec<[u32; 3]>,
    /// So many rows are held at once.
    rows_max: usize,
    /// So many bytes of words, and of names, are held when what was put aside is merged.
    held_bytes_max: usize,
    chunks: Vec<Chunk>,
    scratch: Option<Scratch>,
    report: LoadReport,
    /// Triples the store has.
    known: Vec<[TermId; 3]>,
    /// Triples that the store has as part of what a fact with more to it says.
    beside: Vec<[TermId; 3]>,
}

impl Database {
    /// Begins to load the triples of a file; `None` where the store has exactly this file. Other
    /// writers wait until the loader is finished or dropped.
    ///
    /// # Errors
    ///
    /// As [`Database::begin`].
    pub(crate) fn bulk_loader(&self, record: &DocumentRecord) -> Result<Option<BulkLoader>> {
        let mut transaction = self.begin_load()?;
        if transaction.put_document(record, &[])? == DocumentChange::Unchanged {
            return Ok(None);
        }
        let document = transaction.document_number(&record.name)?;
        let view = transaction.base().clone();
        Ok(Some(BulkLoader {
            transaction,
            database: self.clone(),
            view,
            record: record.clone(),
            document,
            terms: Interner::default(),
            rows: Vec::new(),
            rows_max: ROWS_MAX,
            held_bytes_max: HELD_BYTES_MAX,
            chunks: Vec::new(),
            scratch: None,
            report: LoadReport::default(),
            known: Vec::new(),
            beside: Vec::new(),
        }))
    }
}

impl BulkLoader {
    /// Holds so little that even a small load is put aside.
    #[cfg(test)]
    pub(super) fn bound_to(&mut self, rows: usize, bytes: usize) {
        self.rows_max = rows;
        self.held_bytes_max = bytes;
    }

    /// Takes one triple.
    ///
    /// # Errors
    ///
    /// As the back end, where a run must be written to bound memory.
    pub(crate) fn push(
        &mut self,
        subject: TermRef<'_>,
        predicate: TermRef<'_>,
        object: TermRef<'_>,
    ) -> Result<()> {
        let row = [
            self.terms.intern_ref(subject),
            self.terms.intern_ref(predicate),
            self.terms.intern_ref(object),
        ];
        self.rows.push(row);
        if self.rows.len() >= self.rows_max || self.terms.bytes() >= TERM_BYTES_MAX {
            self.put_aside()?;
        }
        Ok(())
    }

    /// Writes everything and makes it visible.
    ///
    /// # Errors
    ///
    /// As the back end; then nothing of the load is kept.
    pub(crate) fn finish(mut self) -> Result<LoadReport> {
        let loaded = if self.chunks.is_empty() {
            self.write_held()?
        } else {
            self.put_aside()?;
            self.write_chunks()?
        };
        self.known.sort_unstable();
        self.known.dedup();
        self.report.known = self.known.len() as u64;
        for [subject, predicate, object] in std::mem::take(&mut self.known) {
            let mut fact = Fact::without_object(
                argument(self.view.term(subject)?),
                self.view.term(predicate)?.to_string(),
            );
            fact.object = Some(argument(self.view.term(object)?));
            self.transaction
                .assert(&fact.with_document(&self.record.name))?;
        }
        self.beside.sort_unstable();
        self.beside.dedup();
        for [_, predicate, _] in std::mem::take(&mut self.beside) {
            let repeated = &mut self.transaction.repeated_by_load;
            *repeated.entry(predicate.raw()).or_default() += 1;
        }
        let report = self.report;
        let loaded = loaded.into_iter().collect();
        self.transaction
            .add_load(&self.record.name, self.document, report.added, loaded)?;
        self.transaction.commit()?;
        Ok(report)
    }

    /// Writes the rows held as a run.
    fn write_held(&mut self) -> Result<Option<Loaded>> {
        let rows = std::mem::take(&mut self.rows);
        let terms = std::mem::take(&mut self.terms);
        let ranking = Ranking::new(&self.view, &terms)?;
        let codes = self.sorted_codes(rows, &ranking)?;
        self.report.added = codes.len() as u64;
        if codes.is_empty() {
            return Ok(None);
        }
        self.write(&terms, &ranking, codes).map(Some)
    }

    /// The rows without those the store has, in the order SPO, each once.
    fn sorted_codes(&mut self, rows: Vec<[u32; 3]>, ranking: &Ranking) -> Result<Vec<u128>> {
        let mut codes: Vec<u128> = rows
            .into_iter()
            .map(|row| pack(row.map(|arrival| ranking.code(arrival))))
            .collect();
        codes.sort_unstable();
        codes.dedup();
        self.take_known(&mut codes, ranking)?;
        Ok(codes)
    }

    /// Puts what is held aside, sorted; a store without a directory keeps it.
    fn put_aside(&mut self) -> Result<()> {
        if self.rows.is_empty() {
            return Ok(());
        }
        if self.scratch.is_none() {
            let Some(directory) = self.database.scratch() else {
                self.rows_max = usize::MAX;
                return Ok(());
            };
            self.scratch = Some(Scratch::new(directory)?);
        }
        let rows = std::mem::take(&mut self.rows);
        let terms = std::mem::take(&mut self.terms);
        let ranking = Ranking::new(&self.view, &terms)?;
        let Some(mut scratch) = self.scratch.take() else {
            return Ok(());
        };
        let mut chunk = Chunk::of_terms(&terms, &ranking, &mut scratch)?;
        drop(terms);
        let codes = self.sorted_codes(rows, &ranking)?;
        drop(ranking);
        chunk.put_rows(codes, &mut scratch)?;
        self.chunks.push(chunk);
        self.scratch = Some(scratch);
        Ok(())
    }

    /// Writes what was put aside as a run.
    fn write_chunks(&mut self) -> Result<Option<Loaded>> {
        let Some(scratch) = self.scratch.take() else {
            return Ok(None);
        };
        let chunks = std::mem::take(&mut self.chunks);
        let first = self.view.counters.next_term;
        let load = Load {
            first_term: first,
            document: self.document,
            lemma: self.database.options().lemma,
            held_bytes_max: self.held_bytes_max,
        };
        let mut writer = self.database.run_writer(first);
        let written = chunk::write(chunks, &mut writer, load, scratch)?;
        self.report.added = written.rows;
        let entry = writer.finish()?;
        let counts = written.kinds;
        let ranked = RankedRange { first, counts };
        Ok((written.rows > 0).then_some(Loaded { entry, ranked }))
    }

    /// Takes out the rows the store has already.
    fn take_known(&mut self, codes: &mut Vec<u128>, ranking: &Ranking) -> Result<()> {
        if self.view.runs.is_empty() && self.view.overlay.layers().is_empty() {
            return Ok(());
        }
        let mut failed = None;
        let first_term = TermId::from_raw(ranking.first_term);
        codes.retain(|&code| {
            let ids = unpack(code).map(|code| TermId::from_raw(ranking.id(code)));
            let is_new = |id: &TermId| !id.is_inline() && *id >= first_term;
            if failed.is_some() || ids.iter().any(is_new) {
                return true;
            }
            match is_known(&self.view, &self.transaction, ids) {
                Ok(Known::No) => true,
                Ok(Known::Beside) => {
                    self.beside.push(ids);
                    true
                }
                Ok(Known::Before) => {
                    self.known.push(ids);
                    false
                }
                Err(error) => {
                    failed = Some(error);
                    true
                }
            }
        });
        failed.map_or(Ok(()), Err)
    }

    fn write(&self, terms: &Interner, ranking: &Ranking, mut codes: Vec<u128>) -> Result<Loaded> {
        let mut writer = self.database.run_writer(ranking.first_term);
        let mut order = ranking.order.iter();
        let count = ranking.order.len() as u64;
        writer.ranked_dictionary(|| Ok(order.next().map(|&arrival| terms.key(arrival))))?;
        let fact = self.document.bare_fact().raw();
        let row = |code: u128| {
            let [first, second, third] = unpack(code).map(|code| ranking.id(code));
            ([first, second, third, fact], 1)
        };
        for permutation in [Permutation::Spo, Permutation::Pos, Permutation::Osp] {
            if permutation != Permutation::Spo {
                rotate(&mut codes);
            }
            let mut rows = codes.iter();
            let next = || Ok(rows.next().map(|&code| row(code)));
            writer.rows(RowSet::Plain, permutation, next)?;
        }
        drop(codes);
        let mut words = WordCollector::new(self.database.options().lemma);
        for ((term, _), place) in ranking.new_terms(terms).zip(0..) {
            if let Some((&kind, text)) = term.split_first()
                && kind == TermKind::Text as u8
            {
                words.push_text(std::str::from_utf8(text).unwrap_or_default(), place);
            }
        }
        let mut words = words.entries(ranking.first_term)?;
        let mut folded = folded_names(ranking, terms).into_iter();
        writer.table(|| match folded.next() {
            Some(entry) => Ok(Some(entry)),
            None => words.next_entry(),
        })?;
        let entry: RunEntry = writer.finish()?;
        let mut counts = [0; 6];
        for &arrival in &ranking.order {
            let kind = terms.key(arrival).first().copied().unwrap_or(1);
            if let Some(count) = counts.get_mut(usize::from(kind).saturating_sub(1)) {
                *count += 1;
            }
        }
        debug_assert_eq!(counts.iter().sum::<u64>(), count);
        let ranked = RankedRange {
            first: ranking.first_term,
            counts,
        };
        Ok(Loaded { entry, ranked })
    }
}

/// Whether the store has a triple.
enum Known {
    No,
    /// Only as part of what a fact with more to it says.
    Beside,
    Before,
}

fn is_known(view: &View, transaction: &WriteTransaction, ids: [TermId; 3]) -> Result<Known> {
    let mut cursor = view.cursor(RowSet::Plain, Permutation::Spo, &ids)?;
    let mut known = Known::No;
    while let Some(columns) = cursor.next_block()? {
        for row in columns.rows() {
            let is_bare = FactId::from_raw(row[3]).is_bare();
            if is_bare && transaction.keeps(RowSet::Plain, row) {
                return Ok(Known::Before);
            }
            if !is_bare && transaction.is_simple(FactId::from_raw(row[3]))? {
                return Ok(Known::Before);
            }
            if transaction.keeps(RowSet::Plain, row) {
                known = Known::Beside;
            }
        }
    }
    Ok(known)
}

fn argument(term: Term) -> crate::fact::Argument {
    match term {
        Term::Name(name) => name.into(),
        Term::Value(value) => value.into(),
    }
}

/// From the order of arrival to final numbers: codes are places among all numbers of the load,
/// so that sorting codes sorts rows.
struct Ranking {
    /// The number of the first new term.
    first_term: u64,
    /// The new terms, in their order.
    order: Vec<u32>,
    /// By arrival, the code.
    codes: Vec<u32>,
    /// By code, the number.
    ids: Vec<u64>,
    /// How many of the first codes are of terms the store had.
    old: usize,
}

impl Ranking {
    fn new(view: &View, terms: &Interner) -> Result<Self> {
        let first_term = view.counters.next_term;
        let has_terms = first_term > 1;
        let mut order = terms.sorted();
        // Terms the store has, and values carried by their numbers, come with numbers.
        let mut given: Vec<(u64, u32)> = terms.inline().collect();
        if has_terms {
            let mut new = Vec::with_capacity(order.len());
            for arrival in order {
                match view.find_key(terms.key(arrival))? {
                    Some(id) => given.push((id.raw(), arrival)),
                    None => new.push(arrival),
                }
            }
            order = new;
        }
        given.sort_unstable();
        let old = given.partition_point(|(id, _)| *id < first_term);
        let (before, after) = given.split_at_checked(old).unwrap_or((&given, &[]));
        let new = order
            .iter()
            .zip(first_term..)
            .map(|(&arrival, id)| (id, arrival));
        let all = before
            .iter()
            .copied()
            .chain(new)
            .chain(after.iter().copied());
        let mut codes = vec![0; terms.len()];
        let mut ids = Vec::with_capacity(terms.len());
        for (code, (id, arrival)) in (0_u32..).zip(all) {
            if let Some(slot) = codes.get_mut(arrival as usize) {
                *slot = code;
            }
            ids.push(id);
        }
        Ok(Self {
            first_term,
            order,
            codes,
            ids,
            old,
        })
    }

    fn code(&self, arrival: u32) -> u32 {
        self.codes.get(arrival as usize).copied().unwrap_or(0)
    }

    fn id(&self, code: u32) -> u64 {
        self.ids.get(code as usize).copied().unwrap_or(0)
    }

    /// The new terms with their numbers, in their order.
    fn new_terms<'a>(&'a self, terms: &'a Interner) -> impl Iterator<Item = (&'a [u8], u64)> {
        let numbered = self.order.iter().zip(self.first_term..);
        numbered.map(|(&arrival, id)| (terms.key(arrival), id))
    }
}

/// Entries of the table that find the new names without case and diacritics, in order.
fn folded_names(ranking: &Ranking, terms: &Interner) -> Vec<(Vec<u8>, Option<Vec<u8>>)> {
    let mut entries = Vec::new();
    for (term, id) in ranking.new_terms(terms) {
        let Some((&kind, text)) = term.split_first() else {
            continue;
        };
        if kind != TermKind::Name as u8 {
            break;
        }
        let name = std::str::from_utf8(text).unwrap_or_default();
        if !names::is_iri(name) {
            let entry = key::folded_name(&names::fold(name), id);
            entries.push((entry, Some(Vec::new())));
        }
    }
    entries.sort_unstable();
    entries
}

fn pack([first, second, third]: [u32; 3]) -> u128 {
    u128::from(first) << 64 | u128::from(second) << 32 | u128::from(third)
}

fn unpack(code: u128) -> [u32; 3] {
    [(code >> 64) as u32, (code >> 32) as u32, code as u32]
}

impl Interner {
    fn intern_ref(&mut self, term: TermRef<'_>) -> u32 {
        match term {
            TermRef::Name(name) => self.intern(TermKind::Name, name),
            TermRef::Text(text) => self.intern(TermKind::Text, text),
            TermRef::Value(Value::Text(text)) => self.intern(TermKind::Text, text),
            TermRef::Value(value) => {
                let term = Term::Value(value.clone());
                match term.inline() {
                    Some(id) => self.intern_inline(id.raw()),
                    None => {
                        let key = term.to_key();
                        let kind = key.first().copied().and_then(TermKind::from_byte);
                        let text = key.get(1..).map(String::from_utf8_lossy);
                        let kind = kind.unwrap_or(TermKind::Text);
                        self.intern(kind, &text.unwrap_or_default())
                    }
                }
            }
        }
    }
}
