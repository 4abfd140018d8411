//! What the table holds about facts and documents, and how it becomes bytes.
//!
//! The types here are the form on disk: they change only with the format version, whatever
//! happens to the public types they stand for.

use serde::{Deserialize, Serialize};

use super::identifier::{DocumentId, FactId, TransactionId};
use crate::fact::{
    Argument, Attribution, Content, EntityKind, Fact, Modality, Predicate, Qualifier,
};
use crate::provenance::{DocumentRecord, Evidence, Span};
use crate::value::{Time, Value};

/// A fact as the store knows it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct FactRecord {
    /// Its number.
    pub(crate) id: FactId,
    /// What it says, with its evidence.
    pub(crate) fact: Fact,
    /// When the store learned it; `None` for a bare triple whose import is not known any more.
    pub(crate) recorded: Recorded,
    /// When it was retracted.
    pub(crate) retracted: Option<Recorded>,
}

/// A transaction and the second it was committed at, counted from 1970 in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct Recorded {
    /// The transaction.
    pub(crate) transaction: TransactionId,
    /// Its second.
    pub(crate) second: i64,
}

impl Recorded {
    /// The instant.
    pub(crate) fn time(&self) -> Time {
        Time::from_seconds(self.second)
    }
}

/// A sentence of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Sentence {
    /// Where it stands in the document.
    pub(crate) span: Span,
    /// Its text.
    pub(crate) text: String,
}

/// An argument on disk.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct StoredArgument {
    /// The words of the sentence, where they are not the normal form.
    text: Option<String>,
    /// 0–5 the kinds of entities, 6 a phrase, 10–15 the kinds of values.
    kind: u8,
    /// The canonical name, or the normal form of the value.
    content: String,
}

const PHRASE: u8 = 6;
const FIRST_VALUE: u8 = 10;
/// Kinds of values in the order of their numbers on disk.
const VALUE_KINDS: [&str; 6] = ["text", "number", "quantity", "money", "time", "boolean"];
/// Kinds of entities in the order of their numbers on disk.
const ENTITY_KINDS: [EntityKind; 6] = [
    EntityKind::Person,
    EntityKind::Organization,
    EntityKind::Place,
    EntityKind::Event,
    EntityKind::Work,
    EntityKind::Other,
];
/// Modalities in the order of their numbers on disk.
const MODALITIES: [Modality; 7] = [
    Modality::Asserted,
    Modality::Future,
    Modality::Possible,
    Modality::Necessary,
    Modality::Requested,
    Modality::Intended,
    Modality::Conditional,
];

/// The place of an item in a list of disk numbers; the lists are complete.
#[expect(
    clippy::cast_possible_truncation,
    reason = "the lists have less than ten items"
)]
fn place<T: PartialEq>(list: &[T], item: &T) -> u8 {
    list.iter().position(|known| known == item).unwrap_or(0) as u8
}

impl StoredArgument {
    fn of(argument: &Argument) -> Self {
        let (kind, content) = match &argument.content {
            Content::Entity { name, kind } => (place(&ENTITY_KINDS, kind), name.clone()),
            Content::Phrase { name } => (PHRASE, name.clone()),
            Content::Value(value) => (
                FIRST_VALUE + place(&VALUE_KINDS, &value.kind()),
                value.to_string(),
            ),
        };
        Self {
            text: (argument.text != content).then(|| argument.text.clone()),
            kind,
            content,
        }
    }

    fn read(self) -> Option<Argument> {
        let content = match self.kind {
            PHRASE => Content::Phrase {
                name: self.content.clone(),
            },
            kind if kind >= FIRST_VALUE => {
                let kind = VALUE_KINDS.get(usize::from(kind - FIRST_VALUE))?;
                Content::Value(Value::parse(kind, &self.content)?)
            }
            kind => Content::Entity {
                name: self.content.clone(),
                kind: *ENTITY_KINDS.get(usize::from(kind))?,
            },
        };
        Some(Argument {
            text: self.text.unwrap_or(self.content),
            content,
        })
    }
}

/// One piece of evidence on disk.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct StoredEvidence {
    pub(super) document: DocumentId,
    pub(super) sentence: Option<u32>,
    pub(super) span: Span,
    /// The sentence, where the document's own sentences do not have it.
    pub(super) text: Option<String>,
    subject: Option<Span>,
    predicate: Option<Span>,
    object: Option<Span>,
    extractor: String,
    pub(super) confidence: f32,
}

impl StoredEvidence {
    pub(super) fn of(evidence: &Evidence, document: DocumentId, text: Option<String>) -> Self {
        Self {
            document,
            sentence: evidence.sentence,
            span: evidence.span,
            text,
            subject: evidence.subject,
            predicate: evidence.predicate,
            object: evidence.object,
            extractor: evidence.extractor.clone(),
            confidence: evidence.confidence,
        }
    }

    /// The document as a whole, or nothing but a person's word where there is no document.
    pub(super) fn document_only(document: DocumentId, confidence: f32) -> Self {
        let mut evidence = Evidence::document_only("");
        evidence.confidence = confidence;
        Self::of(&evidence, document, None)
    }

    /// Whether two pieces point to the same words, whatever their confidence.
    pub(super) fn is_same_place(&self, other: &Self) -> bool {
        self.document == other.document
            && self.sentence == other.sentence
            && self.span == other.span
            && self.subject == other.subject
            && self.predicate == other.predicate
            && self.object == other.object
    }

    pub(super) fn read(self, document: String, text: String) -> Evidence {
        Evidence {
            document,
            sentence: self.sentence,
            span: self.span,
            text,
            subject: self.subject,
            predicate: self.predicate,
            object: self.object,
            extractor: self.extractor,
            confidence: self.confidence,
        }
    }
}

/// A record has so many pieces of evidence before others stand under keys of their own: a fact that
/// thousands of documents state is not written anew for each of them.
pub(super) const EVIDENCE_IN_RECORD: usize = 8;

/// A fact on disk.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct StoredFact {
    subject: StoredArgument,
    predicate_text: Option<String>,
    predicate: String,
    object: Option<StoredArgument>,
    qualifiers: Vec<(String, StoredArgument)>,
    negated: bool,
    modality: u8,
    attribution: Option<(String, String)>,
    derived: bool,
    pub(super) confidence: f32,
    pub(super) evidence: Vec<StoredEvidence>,
    pub(super) recorded: Recorded,
    pub(super) retracted: Option<Recorded>,
}

impl StoredFact {
    pub(super) fn of(fact: &Fact, recorded: Recorded) -> Self {
        let predicate = &fact.predicate;
        Self {
            subject: StoredArgument::of(&fact.subject),
            predicate_text: (predicate.text != predicate.name).then(|| predicate.text.clone()),
            predicate: predicate.name.clone(),
            object: fact.object.as_ref().map(StoredArgument::of),
            qualifiers: fact
                .qualifiers
                .iter()
                .map(|known| (known.role.clone(), StoredArgument::of(&known.argument)))
                .collect(),
            negated: fact.negated,
            modality: place(&MODALITIES, &fact.modality),
            attribution: fact
                .attribution
                .as_ref()
                .map(|known| (known.speaker.clone(), known.verb.clone())),
            derived: fact.derived,
            confidence: fact.confidence,
            evidence: Vec::new(),
            recorded,
            retracted: None,
        }
    }

    /// The subject alone.
    pub(super) fn into_subject(self) -> Option<Argument> {
        self.subject.read()
    }

    /// The fact without its evidence; `None` where the record makes no sense.
    pub(super) fn read(&self) -> Option<Fact> {
        Some(Fact {
            subject: self.subject.clone().read()?,
            predicate: Predicate {
                text: self
                    .predicate_text
                    .clone()
                    .unwrap_or_else(|| self.predicate.clone()),
                name: self.predicate.clone(),
            },
            object: match self.object.clone() {
                Some(object) => Some(object.read()?),
                None => None,
            },
            qualifiers: self
                .qualifiers
                .iter()
                .map(|(role, argument)| {
                    Some(Qualifier {
                        role: role.clone(),
                        argument: argument.clone().read()?,
                    })
                })
                .collect::<Option<_>>()?,
            negated: self.negated,
            modality: *MODALITIES.get(usize::from(self.modality))?,
            attribution: self
                .attribution
                .clone()
                .map(|(speaker, verb)| Attribution { speaker, verb }),
            confidence: self.confidence,
            derived: self.derived,
            evidence: Vec::new(),
        })
    }
}

/// A document on disk.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct StoredDocument {
    pub(super) id: DocumentId,
    title: Option<String>,
    published: Option<String>,
    place: Option<String>,
    agency: Option<String>,
    speaker: Option<String>,
    pub(super) sha256: String,
    ingested: String,
    /// How many sentences are kept.
    pub(super) sentences: u32,
    /// The transaction that brought it.
    pub(super) recorded: Recorded,
    /// How many bare triples were imported with it.
    pub(super) triples: u64,
}

impl StoredDocument {
    pub(super) fn of(id: DocumentId, document: &DocumentRecord, recorded: Recorded) -> Self {
        Self {
            id,
            title: document.title.clone(),
            published: document.published.map(|time| time.to_string()),
            place: document.place.clone(),
            agency: document.agency.clone(),
            speaker: document.speaker.clone(),
            sha256: document.sha256.clone(),
            ingested: document.ingested.to_string(),
            sentences: 0,
            recorded,
            triples: 0,
        }
    }

    pub(super) fn read(self, name: String) -> Option<DocumentRecord> {
        let published = match self.published {
            Some(text) => Some(text.parse().ok()?),
            None => None,
        };
        Some(DocumentRecord {
            name,
            title: self.title,
            published,
            place: self.place,
            agency: self.agency,
            speaker: self.speaker,
            sha256: self.sha256,
            ingested: self.ingested.parse().ok()?,
        })
    }
}

/// An entity on disk.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct StoredEntity {
    pub(super) kind: u8,
    pub(super) aliases: Vec<String>,
}

impl StoredEntity {
    pub(super) fn of(kind: EntityKind, aliases: Vec<String>) -> Self {
        Self {
            kind: place(&ENTITY_KINDS, &kind),
            aliases,
        }
    }

    pub(super) fn kind(&self) -> EntityKind {
        ENTITY_KINDS
            .get(usize::from(self.kind))
            .copied()
            .unwrap_or_default()
    }
}
