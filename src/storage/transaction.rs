//! Writing: one transaction at a time, nothing visible before it is committed.

mod document;
mod entity;
mod evidence;
mod fact;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::database::{Database, Loaded, WriterPermit};
use super::identifier::{DocumentId, FactId, TermId, TransactionId};
use super::overlay::Changes;
use super::record::Recorded;
use super::term::Term;
use super::view::{Counters, View};
use super::{codec, journal, key, names, text_index};
use crate::error::Result;
use crate::value::Value;

pub(crate) use document::DocumentChange;
#[cfg(test)]
pub(crate) use document::Forgotten;

/// Changes to the store that become visible together, or never.
///
/// While it lives no other transaction can begin. Dropped without `commit` it leaves no trace.
pub(crate) struct WriteTransaction {
    database: Database,
    base: Arc<View>,
    counters: Counters,
    pub(super) changes: Changes,
    new_terms: HashMap<Arc<[u8]>, TermId>,
    /// New facts by the documents they come from.
    document_facts: HashMap<u32, Vec<u64>>,
    /// Runs that become part of the store with this transaction.
    loaded: Vec<Loaded>,
    permit: WriterPermit,
    /// The confidence below which facts are weak in this store, once it was asked for.
    weak_below: Option<f32>,
    /// By predicate, how many rows of the runs repeat a triple.
    pub(super) repeated_by_load: BTreeMap<u64, u64>,
}

impl WriteTransaction {
    pub(super) fn new(database: Database, base: Arc<View>, permit: WriterPermit) -> Self {
        let mut counters = base.counters;
        counters.last = Recorded {
            transaction: counters.last.transaction.next(),
            // The clock may go back; the seconds of transactions do not.
            second: now().max(counters.last.second),
        };
        let changes = Changes {
            first_term: counters.next_term,
            ..Changes::default()
        };
        Self {
            database,
            base,
            counters,
            changes,
            new_terms: HashMap::new(),
            document_facts: HashMap::new(),
            loaded: Vec::new(),
            permit,
            weak_below: None,
            repeated_by_load: BTreeMap::new(),
        }
    }

    /// The number this transaction will have.
    pub(crate) fn id(&self) -> TransactionId {
        self.counters.last.transaction
    }

    /// Whether nothing was changed yet.
    pub(crate) fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.document_facts.is_empty()
    }

    /// Makes all changes visible and, as the store's durability asks, safe from a power cut.
    /// Without changes there is no transaction: the last one is given.
    ///
    /// # Errors
    ///
    /// `Io` where the disk refuses; then none of the changes is kept.
    pub(crate) fn commit(mut self) -> Result<TransactionId> {
        if self.is_empty() {
            return Ok(self.base.counters.last.transaction);
        }
        let transaction = self.id();
        for (document, mut facts) in std::mem::take(&mut self.document_facts) {
            facts.sort_unstable();
            facts.dedup();
            let mut bytes = Vec::new();
            super::varint::push_ascending(&mut bytes, &facts);
            let document = DocumentId::from_raw(document);
            self.put(key::document_facts(document, transaction), bytes);
        }
        self.changes.rows.retain(|_, sign| *sign != 0);
        self.count_repeats()?;
        journal::write(&mut self.changes, transaction);
        let second = codec::encode(&self.counters.last.second)?;
        self.put(key::transaction(transaction), second);
        let Self {
            database,
            base,
            counters,
            changes,
            loaded,
            permit,
            ..
        } = self;
        database.publish(&base, changes, counters, loaded, permit)?;
        Ok(transaction)
    }

    /// What was committed when it began.
    pub(super) fn base(&self) -> &View {
        &self.base
    }

    /// Takes over the runs a load has written, with the number of their triples.
    pub(super) fn add_load(
        &mut self,
        name: &str,
        document: DocumentId,
        triples: u64,
        loaded: Vec<Loaded>,
    ) -> Result<()> {
        if let Some(mut stored) = self.stored_document(name)? {
            stored.triples = triples;
            self.put(key::document(name), codec::encode(&stored)?);
        }
        let ends = loaded.iter().map(|load| load.ranked.end());
        let end = ends.fold(self.base.counters.next_term, u64::max);
        // New terms of this transaction come behind those of the runs: there are none yet.
        if self.changes.terms.is_empty() {
            self.counters.next_term = self.counters.next_term.max(end);
            self.changes.first_term = self.counters.next_term;
        }
        if triples > 0 {
            self.counters.imports += 1;
            let fact = document.bare_fact().raw();
            journal::write_import(&mut self.changes, self.counters.last.transaction, fact);
        }
        self.loaded = loaded;
        Ok(())
    }

    /// Remembers the text of a rule under its name; a rule of that name is replaced.
    pub(crate) fn put_rule(&mut self, name: &str, text: &str) {
        self.put(key::rule(name), text.as_bytes().to_vec());
    }

    /// Forgets a rule; whether there was one.
    pub(crate) fn remove_rule(&mut self, name: &str) -> Result<bool> {
        let key = key::rule(name);
        let is_known = self.get(&key)?.is_some();
        if is_known {
            self.remove(key);
        }
        Ok(is_known)
    }

    /// The entry of the table with this key, as this transaction sees it.
    fn get(&self, key: &[u8]) -> Result<Option<Arc<[u8]>>> {
        match self.changes.table.get(key) {
            Some(entry) => Ok(entry.clone()),
            None => self.base.get(key),
        }
    }

    fn put(&mut self, key: Vec<u8>, value: Vec<u8>) {
        self.changes.table.insert(key, Some(Arc::from(value)));
    }

    fn remove(&mut self, key: Vec<u8>) {
        self.changes.table.insert(key, None);
    }

    /// The number of a term, if it has one.
    fn find(&self, term: &Term) -> Result<Option<TermId>> {
        if let Some(id) = term.inline() {
            return Ok(Some(id));
        }
        let key = term.to_key();
        match self.new_terms.get(key.as_slice()) {
            Some(id) => Ok(Some(*id)),
            None => self.base.find_key(&key),
        }
    }

    /// The number of a term, a new one where it has none.
    fn find_or_add(&mut self, term: &Term) -> Result<TermId> {
        if let Some(id) = self.find(term)? {
            return Ok(id);
        }
        let id = TermId::from_raw(self.counters.next_term);
        self.counters.next_term += 1;
        let key: Arc<[u8]> = Arc::from(term.to_key());
        self.changes.terms.push(Arc::clone(&key));
        self.new_terms.insert(key, id);
        match term {
            Term::Name(name) if !names::is_iri(name) => {
                self.put(key::folded_name(&names::fold(name), id.raw()), Vec::new());
            }
            Term::Value(Value::Text(text)) => self.index(text, text_index::TERMS, id.raw()),
            _ => {}
        }
        Ok(id)
    }

    /// Enters the words of a text into the word index.
    fn index(&mut self, text: &str, space: u8, number: u64) {
        let lemma = self.database.options().lemma;
        for word in text_index::lemmas(text, lemma) {
            self.put(key::word(&word, space, number), Vec::new());
        }
    }

    fn next_fact(&mut self) -> FactId {
        let id = self.counters.next_fact;
        if id == FactId::FIRST_RECORDED {
            self.put(text_index::marker_of_stated(), Vec::new());
            let weak_below = self.database.options().weak_below;
            self.put(key::weak_below(), weak_below.to_le_bytes().to_vec());
            self.weak_below = Some(weak_below);
        }
        self.counters.next_fact = FactId::from_raw(id.raw() + 1);
        id
    }
}

/// The seconds since 1970 in UTC; 0 where the clock stands before.
fn now() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.map_or(0, |since| {
        i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
    })
}
