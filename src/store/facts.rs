//! The common lookup without query text.

use std::collections::{HashSet, VecDeque};

use super::{AsOf, Snapshot, Store};
use crate::error::Result;
use crate::fact::{Fact, Modality};
use crate::storage::{FactId, FactRecord, Permutation, RowSet, Snapshot as Stored, Term, TermId};

/// Looks facts up by what is known of them, and iterates over them.
///
/// Each method narrows the search. Names are found as in a query: canonical names and aliases,
/// without case and diacritics; predicates in any form (`took_part`, `take_part`). Only plain
/// facts are found, unless [`Facts::with_marked`] asks for the others.
///
/// # Examples
///
/// ```
/// use factbase::{Fact, Store};
///
/// # fn main() -> factbase::Result<()> {
/// let store = Store::in_memory()?;
/// let mut batch = store.batch();
/// batch.assert(Fact::new("Marie Curie", "win", "Nobel Prize").with_document("notes.txt"));
/// batch.commit()?;
/// for fact in store.facts().subject("marie curie").predicate("win") {
///     let fact = fact?;
///     assert_eq!(fact.provenance().document(), Some("notes.txt"));
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "a lookup does nothing until it is iterated"]
#[derive(Debug, Clone)]
pub struct Facts {
    snapshot: Snapshot,
    subject: Option<String>,
    predicate: Option<String>,
    object: Option<Term>,
    document: Option<String>,
    speaker: Option<String>,
    modality: Option<Modality>,
    negated: Option<bool>,
    has_marked: bool,
    as_of: Option<AsOf>,
}

impl Store {
    /// Looks facts up in what the store knows now.
    pub fn facts(&self) -> Facts {
        self.snapshot().facts()
    }
}

impl Snapshot {
    /// Looks facts up in this snapshot.
    pub fn facts(&self) -> Facts {
        Facts {
            snapshot: self.clone(),
            subject: None,
            predicate: None,
            object: None,
            document: None,
            speaker: None,
            modality: None,
            negated: None,
            has_marked: false,
            as_of: None,
        }
    }
}

impl Facts {
    /// Only facts about this.
    pub fn subject(mut self, name: impl Into<String>) -> Self {
        self.subject = Some(name.into());
        self
    }

    /// Only facts that say this.
    pub fn predicate(mut self, name: impl Into<String>) -> Self {
        self.predicate = Some(name.into());
        self
    }

    /// Only facts with this object: a name (`&str`) or a [`Value`](crate::Value).
    pub fn object(mut self, object: impl Into<crate::fact::Argument>) -> Self {
        self.object = Some(Term::of(&object.into()));
        self
    }

    /// Only facts that this document supports.
    pub fn document(mut self, name: impl Into<String>) -> Self {
        self.document = Some(name.into());
        self
    }

    /// Only facts that this speaker says.
    pub fn speaker(mut self, name: impl Into<String>) -> Self {
        self.speaker = Some(name.into());
        self
    }

    /// Only facts said in this sense.
    pub fn modality(mut self, modality: Modality) -> Self {
        self.modality = Some(modality);
        self.has_marked = true;
        self
    }

    /// Only facts that are denied, or only those that are not.
    pub fn negated(mut self, negated: bool) -> Self {
        self.negated = Some(negated);
        self.has_marked |= negated;
        self
    }

    /// Also facts that are denied, possible, wished for, weak or derived.
    pub fn with_marked(mut self) -> Self {
        self.has_marked = true;
        self
    }

    /// What the store knew at a past moment.
    pub fn as_of(mut self, moment: AsOf) -> Self {
        self.as_of = Some(moment);
        self
    }

    /// The facts.
    #[must_use]
    pub fn iter(&self) -> FactsIter {
        self.clone().into_iter()
    }

    fn start(self) -> Result<Search> {
        let snapshot = match self.as_of {
            Some(moment) => self.snapshot.at(moment)?,
            None => self.snapshot.clone(),
        };
        let stored = snapshot.stored().clone();
        let subjects = match &self.subject {
            Some(name) => Some(stored.names_like(name)?),
            None => None,
        };
        let predicate = match &self.predicate {
            Some(name) => Some(snapshot.find_predicate(name)?),
            None => None,
        };
        let objects = match &self.object {
            Some(Term::Name(name)) => {
                let mut found = stored.names_like(name)?;
                // A text can be asked for as it is written, as in a query.
                let text = Term::Value(crate::value::Value::Text(name.clone()));
                found.extend(stored.find(&text)?);
                Some(found)
            }
            Some(value) => Some(stored.find(value)?.into_iter().collect()),
            None => None,
        };
        let document = match &self.document {
            Some(name) => Some(documented(&stored, name)?),
            None => None,
        };
        let mut search = Search {
            prefixes: VecDeque::new(),
            has_predicate: predicate.is_some(),
            waiting: VecDeque::new(),
            seen: HashSet::new(),
            document,
            stored,
            wanted: self,
        };
        search.plan(
            subjects.as_deref(),
            predicate.as_deref(),
            objects.as_deref(),
        );
        Ok(search)
    }
}

/// The facts a document supports.
fn documented(stored: &Stored, name: &str) -> Result<HashSet<FactId>> {
    let Some(entry) = stored.document(name)? else {
        return Ok(HashSet::new());
    };
    let mut facts: HashSet<FactId> = stored.facts_of_document(entry.id)?.into_iter().collect();
    facts.insert(entry.id.bare_fact());
    Ok(facts)
}

impl IntoIterator for Facts {
    type Item = Result<Fact>;
    type IntoIter = FactsIter;

    fn into_iter(self) -> FactsIter {
        FactsIter {
            state: State::Waiting(Box::new(self)),
        }
    }
}

/// The facts of a lookup, one after the other.
#[derive(Debug)]
pub struct FactsIter {
    state: State,
}

#[derive(Debug)]
enum State {
    Waiting(Box<Facts>),
    Running(Box<Search>),
    Done,
}

impl Iterator for FactsIter {
    type Item = Result<Fact>;

    fn next(&mut self) -> Option<Self::Item> {
        if matches!(self.state, State::Waiting(_))
            && let State::Waiting(facts) = std::mem::replace(&mut self.state, State::Done)
        {
            match facts.start() {
                Ok(search) => self.state = State::Running(Box::new(search)),
                Err(error) => return Some(Err(error)),
            }
        }
        let State::Running(search) = &mut self.state else {
            return None;
        };
        match search.next() {
            Ok(Some(record)) => Some(Ok(record.fact)),
            Ok(None) => {
                self.state = State::Done;
                None
            }
            Err(error) => {
                self.state = State::Done;
                Some(Err(error))
            }
        }
    }
}

/// A lookup under way: prefixes of an order that are still to be read, rows that wait.
struct Search {
    stored: Stored,
    wanted: Facts,
    prefixes: VecDeque<(RowSet, Permutation, Vec<TermId>)>,
    has_predicate: bool,
    waiting: VecDeque<[u64; 4]>,
    seen: HashSet<FactId>,
    document: Option<HashSet<FactId>>,
}

impl std::fmt::Debug for Search {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Search").finish_non_exhaustive()
    }
}

impl Search {
    /// Chooses the order whose prefix holds all that is known.
    fn plan(
        &mut self,
        subjects: Option<&[TermId]>,
        predicates: Option<&[TermId]>,
        objects: Option<&[TermId]>,
    ) {
        let sets: &[RowSet] = if self.wanted.has_marked {
            &RowSet::ALL
        } else {
            &[RowSet::Plain]
        };
        let (permutation, parts) = match (subjects, predicates, objects) {
            (Some(s), None, Some(o)) => (Permutation::Osp, [Some(o), Some(s), None]),
            (Some(s), p, o) => (Permutation::Spo, [Some(s), p, o]),
            (None, Some(p), o) => (Permutation::Pos, [Some(p), o, None]),
            (None, None, Some(o)) => (Permutation::Osp, [Some(o), None, None]),
            (None, None, None) => (Permutation::Spo, [None; 3]),
        };
        let mut prefixes: Vec<Vec<TermId>> = vec![Vec::new()];
        for ids in parts.into_iter().flatten() {
            prefixes = prefixes
                .iter()
                .flat_map(|prefix| ids.iter().map(|&id| [prefix.as_slice(), &[id]].concat()))
                .collect();
        }
        for &set in sets {
            let each = prefixes.iter().cloned();
            self.prefixes
                .extend(each.map(|prefix| (set, permutation, prefix)));
        }
    }

    fn next(&mut self) -> Result<Option<FactRecord>> {
        loop {
            while let Some(row) = self.waiting.pop_front() {
                if let Some(record) = self.accept(row)? {
                    return Ok(Some(record));
                }
            }
            let Some((set, permutation, prefix)) = self.prefixes.pop_front() else {
                return Ok(None);
            };
            let mut cursor = self.stored.cursor(set, permutation, &prefix)?;
            while let Some(block) = cursor.next_block()? {
                let rows = block.rows().map(|row| permutation.restore(row));
                self.waiting.extend(rows);
            }
        }
    }

    /// The fact of a row, if it is one of those wanted and not given yet.
    fn accept(&mut self, row: [u64; 4]) -> Result<Option<FactRecord>> {
        let id = FactId::from_raw(row[3]);
        if self
            .document
            .as_ref()
            .is_some_and(|known| !known.contains(&id))
        {
            return Ok(None);
        }
        if !id.is_bare() && !self.seen.insert(id) {
            return Ok(None);
        }
        let record = self.stored.record_of_row(row)?;
        // A qualifier's row leads to its fact, which has a row of its own, unless the role is
        // what was asked for.
        if !self.has_predicate && !id.is_bare() && self.wanted.object.is_none() {
            let name = Term::name(record.fact.predicate.name.clone());
            let is_main = self.stored.find(&name)? == Some(TermId::from_raw(row[1]));
            if !is_main {
                self.seen.remove(&id);
                return Ok(None);
            }
        }
        let fact = &record.fact;
        let speaker = fact
            .attribution
            .as_ref()
            .map(|known| known.speaker.as_str());
        let is_wanted = self
            .wanted
            .negated
            .is_none_or(|wanted| wanted == fact.negated)
            && self
                .wanted
                .modality
                .is_none_or(|wanted| wanted == fact.modality)
            && match (&self.wanted.speaker, speaker) {
                (None, _) => true,
                (Some(wanted), Some(speaker)) => {
                    crate::storage::fold(wanted) == crate::storage::fold(speaker)
                }
                (Some(_), None) => false,
            };
        Ok(is_wanted.then_some(record))
    }
}
