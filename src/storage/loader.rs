//! Loading triples in bulk: interned as they come, sorted once, written as one run.

mod interner;
mod words;

use std::collections::BTreeMap;

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

use interner::Interner;
use words::WordLists;

/// So many rows, or so many bytes of terms, are held in memory; then a run is written.
const ROWS_MAX: usize = 24 << 20;
const TERM_BYTES_MAX: usize = 640 << 20;

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
    /// The base of the transaction with the runs written so far.
    view: View,
    record: DocumentRecord,
    document: DocumentId,
    terms: Interner,
    rows: Vec<[u32; 3]>,
    loaded: Vec<Loaded>,
    report: LoadReport,
    known: Vec<[TermId; 3]>,
    /// By predicate, how many rows repeat a triple of a fact that says more.
    repeated: BTreeMap<u64, u64>,
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
            loaded: Vec::new(),
            report: LoadReport::default(),
            known: Vec::new(),
            repeated: BTreeMap::new(),
        }))
    }
}

impl BulkLoader {
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
        if self.rows.len() >= ROWS_MAX || self.terms.bytes() >= TERM_BYTES_MAX {
            self.write_run()?;
        }
        Ok(())
    }

    /// Writes everything and makes it visible.
    ///
    /// # Errors
    ///
    /// As the back end; then nothing of the load is kept.
    pub(crate) fn finish(mut self) -> Result<LoadReport> {
        self.write_run()?;
        for [subject, predicate, object] in std::mem::take(&mut self.known) {
            let mut fact = Fact::without_object(
                argument(self.view.term(subject)?),
                self.view.term(predicate)?.to_string(),
            );
            fact.object = Some(argument(self.view.term(object)?));
            self.transaction
                .assert(&fact.with_document(&self.record.name))?;
        }
        let report = self.report;
        self.transaction.repeated_by_load = self.repeated;
        self.transaction
            .add_load(&self.record.name, self.document, report.added, self.loaded)?;
        self.transaction.commit()?;
        Ok(report)
    }

    /// Writes the rows held so far as a run.
    fn write_run(&mut self) -> Result<()> {
        let rows = std::mem::take(&mut self.rows);
        let terms = std::mem::take(&mut self.terms);
        if rows.is_empty() {
            return Ok(());
        }
        let ranking = Ranking::new(&self.view, &terms)?;
        let mut codes: Vec<u128> = rows
            .into_iter()
            .map(|row| pack(row.map(|arrival| ranking.code(arrival))))
            .collect();
        codes.sort_unstable();
        codes.dedup();
        self.take_known(&mut codes, &ranking)?;
        if codes.is_empty() {
            return Ok(());
        }
        self.report.added += codes.len() as u64;
        let loaded = self.write(&terms, &ranking, codes)?;
        self.view.counters.next_term = ranking.first_term + ranking.order.len() as u64;
        self.view.runs.push(self.database.run(loaded.entry.clone()));
        self.loaded.push(loaded);
        Ok(())
    }

    /// Takes out the rows the store has already.
    fn take_known(&mut self, codes: &mut Vec<u128>, ranking: &Ranking) -> Result<()> {
        if self.view.runs.is_empty() && self.view.overlay.layers().is_empty() {
            return Ok(());
        }
        let mut failed = None;
        let first_term = TermId::from_raw(ranking.first_term);
        let own = self.document.bare_fact().raw();
        codes.retain(|&code| {
            let ids = unpack(code).map(|code| TermId::from_raw(ranking.id(code)));
            let is_new = |id: &TermId| !id.is_inline() && *id >= first_term;
            if failed.is_some() || ids.iter().any(is_new) {
                return true;
            }
            match is_known(&self.view, &self.transaction, ids, own) {
                Ok(Known::No) => true,
                Ok(Known::Beside) => {
                    let [_, predicate, _] = ids;
                    *self.repeated.entry(predicate.raw()).or_default() += 1;
                    true
                }
                Ok(Known::Here) => false,
                Ok(Known::Before) => {
                    self.report.known += 1;
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
                // Each order is the one before it with its first column moved to the end.
                for code in &mut codes {
                    let [first, second, third] = unpack(*code);
                    *code = pack([second, third, first]);
                }
                codes.sort_unstable();
            }
            let mut rows = codes.iter();
            let next = || Ok(rows.next().map(|&code| row(code)));
            writer.rows(RowSet::Plain, permutation, next)?;
        }
        drop(codes);
        let lists = WordLists::new(ranking, terms, self.database.options().lemma);
        let mut entries = folded_names(ranking, terms).into_iter().chain(lists);
        writer.table(|| Ok(entries.next()))?;
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
    /// An earlier run of this load has it.
    Here,
    Before,
}

fn is_known(
    view: &View,
    transaction: &WriteTransaction,
    ids: [TermId; 3],
    own: u64,
) -> Result<Known> {
    let mut cursor = view.cursor(RowSet::Plain, Permutation::Spo, &ids)?;
    let mut known = Known::No;
    while let Some(columns) = cursor.next_block()? {
        for row in columns.rows() {
            if row[3] == own {
                return Ok(Known::Here);
            }
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
