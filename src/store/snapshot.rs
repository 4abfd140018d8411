//! What the store knows at one moment, for readers.

use std::sync::Arc;

use super::AsOf;
use crate::error::Result;
use crate::fact::{Content, Entity, Fact, is_safe_alias};
use crate::provenance::DocumentRecord;
use crate::query::Naming;
use crate::storage::{self, Snapshot as Stored, Term, TermId, TransactionId};
use crate::value::Time;

/// Everything the store knew at one moment.
///
/// A snapshot never changes and never blocks a writer. It is cheap to clone and can be sent to
/// other threads. It keeps what it sees on disk from being cleaned up, so that it should not be
/// kept for days.
#[derive(Clone)]
pub struct Snapshot {
    inner: Arc<Inner>,
}

struct Inner {
    stored: Stored,
    engine: super::run::EngineCache,
}

impl std::fmt::Debug for Snapshot {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Snapshot")
            .field("transaction", &self.transaction())
            .finish()
    }
}

/// A predicate and how often it is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PredicateSummary {
    /// Its name.
    pub name: String,
    /// How many plain facts and qualifiers it has.
    pub facts: u64,
}

/// A document and how much of it there is.
#[derive(Debug, Clone, PartialEq)]
pub struct DocumentSummary {
    /// What is known of it.
    pub record: DocumentRecord,
    /// How many sentences it has.
    pub sentences: u32,
    /// How many facts it supports.
    pub facts: u64,
}

impl Snapshot {
    pub(super) fn new(stored: Stored) -> Self {
        Self {
            inner: Arc::new(Inner {
                stored,
                engine: super::run::EngineCache::default(),
            }),
        }
    }

    pub(crate) fn stored(&self) -> &Stored {
        &self.inner.stored
    }

    pub(super) fn engine_cache(&self) -> &super::run::EngineCache {
        &self.inner.engine
    }

    /// The last transaction it sees.
    #[must_use]
    pub fn transaction(&self) -> TransactionId {
        self.stored().transaction()
    }

    /// What was known after an earlier transaction.
    ///
    /// # Errors
    ///
    /// [`Error::Limit`](crate::Error::Limit) if more has changed since than fits into memory.
    pub fn as_of(&self, transaction: TransactionId) -> Result<Self> {
        Ok(Self::new(self.stored().as_of(transaction)?))
    }

    /// What was known at a past moment; a day means its end.
    ///
    /// # Errors
    ///
    /// As [`Snapshot::as_of`].
    ///
    /// # Examples
    ///
    /// ```
    /// use factbase::{AsOf, Store};
    ///
    /// # fn main() -> factbase::Result<()> {
    /// let store = Store::in_memory()?;
    /// store.execute("assert Ada know Charles")?;
    /// let long_ago = store.snapshot().at(AsOf::Time("1990-01-01".parse().unwrap()))?;
    /// assert_eq!(long_ago.facts().iter().count(), 0);
    /// # Ok(())
    /// # }
    /// ```
    pub fn at(&self, moment: AsOf) -> Result<Self> {
        let transaction = match moment {
            AsOf::Transaction(transaction) => transaction,
            AsOf::Time(time) => self.stored().transaction_at(time.bounds().1)?,
        };
        self.as_of(transaction)
    }

    /// The predicates, the most used first.
    ///
    /// # Errors
    ///
    /// [`Error::Damaged`](crate::Error::Damaged) if the store is, as everywhere below.
    pub fn predicates(&self) -> Result<Vec<PredicateSummary>> {
        let mut found = Vec::new();
        for (id, facts) in self.stored().predicates_by_use()? {
            found.push(PredicateSummary {
                name: term_text(self.stored().term(id)?),
                facts,
            });
        }
        Ok(found)
    }

    /// The entities in the order of their names.
    ///
    /// # Errors
    ///
    /// Each item says for itself.
    pub fn entities(&self) -> impl Iterator<Item = Result<Entity>> + use<> {
        self.stored().entities()
    }

    /// The entity with this name or alias.
    ///
    /// # Errors
    ///
    /// As [`Snapshot::predicates`].
    pub fn entity(&self, name: &str) -> Result<Option<Entity>> {
        if let Some(entity) = self.stored().entity(name)? {
            return Ok(Some(entity));
        }
        for id in self.stored().names_like(name)? {
            let name = term_text(self.stored().term(id)?);
            if let Some(entity) = self.stored().entity(&name)? {
                return Ok(Some(entity));
            }
        }
        Ok(None)
    }

    /// The entities of a kind with this one whose names are names of this one that the store did
    /// not know for such: that a later document tells "ASEAN" to be short for something joins what
    /// earlier ones said of ASEAN. A name that several entities claim joins none.
    pub(crate) fn also_named(&self, entity: &Entity) -> Result<Vec<String>> {
        let stored = self.stored();
        let before = stored.entity(&entity.name)?;
        let is_known = |alias: &String| {
            let mut known = before.iter().flat_map(|known| &known.aliases);
            known.any(|known| known == alias)
        };
        let mut found = Vec::new();
        for alias in entity.aliases.iter().filter(|alias| !is_known(alias)) {
            let Some(other) = stored.entity(alias)? else {
                continue;
            };
            let claimants = stored.names_like(alias)?.len();
            let is_own = other.name == entity.name;
            if !is_own
                && claimants == 1
                && is_safe_alias(alias, &entity.name)
                && other.kind.is_compatible(entity.kind)
            {
                found.push(other.name);
            }
        }
        Ok(found)
    }

    /// Names that begin so, without case and diacritics: what completion offers.
    ///
    /// # Errors
    ///
    /// As [`Snapshot::predicates`].
    pub fn names_with_prefix(&self, prefix: &str, limit: usize) -> Result<Vec<String>> {
        self.stored().names_with_prefix(prefix, limit)
    }

    /// The documents in the order of their names.
    ///
    /// # Errors
    ///
    /// As [`Snapshot::predicates`].
    pub fn documents(&self) -> Result<Vec<DocumentSummary>> {
        let mut found = Vec::new();
        for entry in self.stored().documents() {
            let entry = entry?;
            let facts = self.stored().facts_of_document(entry.id)?.len() as u64;
            found.push(DocumentSummary {
                facts: facts + entry.triples,
                sentences: entry.sentences,
                record: entry.record,
            });
        }
        Ok(found)
    }

    /// What is known of a document.
    ///
    /// # Errors
    ///
    /// As [`Snapshot::predicates`].
    pub fn document(&self, name: &str) -> Result<Option<DocumentRecord>> {
        Ok(self.stored().document(name)?.map(|entry| entry.record))
    }

    /// The rules as they are written, in the order of the predicates they define.
    ///
    /// # Errors
    ///
    /// As [`Snapshot::predicates`].
    pub fn rules(&self) -> Result<Vec<String>> {
        let texts = self.stored().rules().map(|rule| Ok(rule?.1));
        texts.collect()
    }

    /// The numbers of a predicate as a person writes it: of the exact name, else of its canonical
    /// form, and of the passive it may mean.
    pub(super) fn find_predicate(&self, name: &str) -> Result<Vec<TermId>> {
        let mut found = Vec::new();
        let exact = self.stored().find(&Term::name(name))?;
        let canonical = || self.stored().find(&Term::name(canonical_predicate(name)));
        found.extend(match exact {
            Some(id) => Some(id),
            None => canonical()?,
        });
        if let Some(passive) = passive_predicate(name) {
            found.extend(self.stored().find(&Term::name(passive))?);
        }
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }
}

/// A term as a text.
fn term_text(term: Term) -> String {
    match term {
        Term::Name(name) => name,
        Term::Value(value) => value.to_string(),
    }
}

/// The canonical form of a predicate: lemmas joined by `_`; an IRI stays what it is.
pub(crate) fn canonical_predicate(name: &str) -> String {
    if storage::is_iri(name) {
        return name.to_owned();
    }
    #[cfg(feature = "english")]
    let name = crate::text::lemma::predicate_name(name);
    #[cfg(not(feature = "english"))]
    let name = name
        .to_lowercase()
        .split([' ', '_'])
        .collect::<Vec<_>>()
        .join("_");
    name
}

/// How the words of predicates are understood.
pub(crate) const NAMING: Naming = Naming {
    canonical: canonical_predicate,
    passive: passive_predicate,
};

/// The passive that a participle may mean, and the other way round.
#[cfg(feature = "english")]
fn passive_predicate(name: &str) -> Option<String> {
    crate::text::lemma::passive_name(name)
}

/// Without English nothing is known of participles.
#[cfg(not(feature = "english"))]
fn passive_predicate(_: &str) -> Option<String> {
    None
}

/// What storage is told about the language of the texts.
#[cfg(feature = "english")]
pub(super) fn english_options() -> storage::Options {
    storage::Options {
        lemma: crate::text::lemma::lemma_of_word,
        lemma_name: "english/1",
        ..storage::Options::default()
    }
}

/// What storage is told about the language of the texts.
#[cfg(not(feature = "english"))]
pub(super) fn english_options() -> storage::Options {
    storage::Options::default()
}

impl Fact {
    /// Where the fact comes from.
    ///
    /// # Examples
    ///
    /// ```
    /// use factbase::Fact;
    ///
    /// let fact = Fact::new("Ada", "know", "Charles").with_document("letters.txt");
    /// assert_eq!(fact.provenance().document(), Some("letters.txt"));
    /// ```
    #[must_use]
    pub fn provenance(&self) -> Provenance<'_> {
        Provenance { fact: self }
    }

    /// Every name in the fact: subject, object and qualifiers.
    pub(crate) fn names_mut(&mut self) -> impl Iterator<Item = &mut String> {
        let qualifiers = self.qualifiers.iter_mut().map(|known| &mut known.argument);
        let arguments = std::iter::once(&mut self.subject)
            .chain(self.object.iter_mut())
            .chain(qualifiers);
        arguments.filter_map(|argument| match &mut argument.content {
            Content::Entity { name, .. } | Content::Phrase { name } => Some(name),
            Content::Value(_) => None,
        })
    }
}

/// Where a fact comes from: the evidence of it, the best first.
#[derive(Debug, Clone, Copy)]
pub struct Provenance<'a> {
    fact: &'a Fact,
}

impl<'a> Provenance<'a> {
    fn best(&self) -> Option<&'a crate::Evidence> {
        let evidence = self.fact.evidence.iter();
        evidence.max_by(|a, b| a.confidence.total_cmp(&b.confidence))
    }

    /// The sentence it was read from; empty where a person asserted it.
    #[must_use]
    pub fn sentence(&self) -> &'a str {
        self.best().map_or("", |best| best.text.as_str())
    }

    /// The document it comes from.
    #[must_use]
    pub fn document(&self) -> Option<&'a str> {
        self.best().map(|best| best.document.as_str())
    }

    /// Who says so, where it is not the document itself.
    #[must_use]
    pub fn speaker(&self) -> Option<&'a str> {
        let attribution = self.fact.attribution.as_ref();
        attribution.map(|known| known.speaker.as_str())
    }

    /// When it was the case, as far as the text tells.
    #[must_use]
    pub fn valid_time(&self) -> Option<Time> {
        self.fact.valid_time()
    }

    /// How likely the fact is read rightly, 0–1.
    #[must_use]
    pub fn confidence(&self) -> f32 {
        self.fact.confidence
    }

    /// All evidence.
    #[must_use]
    pub fn evidence(&self) -> &'a [crate::Evidence] {
        &self.fact.evidence
    }
}
