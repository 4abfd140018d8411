//! The export, one JSON object a line: everything the store knows, in a fixed order of fields.
//!
//! Documents come first, then entities, rules and merges, then facts, so that a reader of the
//! stream knows the documents before the facts that cite them.

mod short;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::fact::{
    Argument, Attribution, Content, Entity, EntityKind, Fact, Modality, Predicate, Qualifier,
};
use crate::provenance::{DocumentRecord, Evidence, Span};
use crate::value::{Time, Value};

/// A line of the export.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub(crate) enum Line {
    /// A document.
    Document(DocumentLine),
    /// A sentence of a document; facts carry their own, these keep the others.
    Sentence(SentenceLine),
    /// An entity with its aliases.
    Entity(EntityLine),
    /// A rule in its written form.
    Rule(RuleLine),
    /// Two entities that are one.
    Merge(MergeLine),
    /// A fact.
    Fact(Box<FactLine>),
}

/// A document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct DocumentLine {
    document: String,
    title: Option<String>,
    published: Option<String>,
    place: Option<String>,
    agency: Option<String>,
    #[serde(default)]
    sha256: String,
    ingested: Option<String>,
    #[serde(default)]
    speaker: Option<String>,
}

/// A sentence of a document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct SentenceLine {
    /// The document.
    pub(crate) document: String,
    /// The number of the sentence, from 0, without gaps.
    pub(crate) sentence: u32,
    /// The first byte in the document.
    pub(crate) start: u32,
    /// The byte after the last.
    pub(crate) end: u32,
    /// The sentence.
    pub(crate) text: String,
}

/// An entity.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct EntityLine {
    name: String,
    #[serde(default)]
    kind: EntityKind,
    #[serde(default)]
    aliases: Vec<String>,
}

/// A rule.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct RuleLine {
    /// The predicate it defines.
    pub(crate) rule: String,
    /// How it is written.
    pub(crate) text: String,
}

/// A merge.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct MergeLine {
    /// The name that became an alias.
    pub(crate) merged: String,
    /// The entity that stays.
    pub(crate) into: String,
}

/// A fact.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct FactLine {
    #[serde(default)]
    pub(crate) id: Option<u64>,
    #[serde(deserialize_with = "short::argument")]
    subject: ArgumentLine,
    #[serde(deserialize_with = "short::predicate")]
    predicate: PredicateLine,
    #[serde(default, deserialize_with = "short::object")]
    object: Option<ArgumentLine>,
    #[serde(default)]
    qualifiers: Vec<QualifierLine>,
    #[serde(default)]
    negated: bool,
    #[serde(default)]
    modality: Modality,
    #[serde(default)]
    attribution: Option<AttributionLine>,
    #[serde(default = "certain")]
    confidence: f32,
    #[serde(default)]
    derived: bool,
    /// Whether the confidence lies under the border, so that a plain question leaves the fact out.
    /// Told to who reads the line; a store that takes it in reckons with its own border.
    #[serde(skip_deserializing)]
    weak: bool,
    #[serde(default)]
    sources: Vec<SourceLine>,
    #[serde(default)]
    pub(crate) recorded: Option<String>,
    #[serde(default)]
    pub(crate) retracted: Option<String>,
}

fn certain() -> f32 {
    1.0
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct PredicateLine {
    #[serde(default)]
    text: Option<String>,
    name: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct ArgumentLine {
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    kind: Option<String>,
    #[serde(default)]
    value: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct QualifierLine {
    role: String,
    #[serde(flatten)]
    argument: ArgumentLine,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct AttributionLine {
    speaker: String,
    #[serde(default)]
    verb: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct SourceLine {
    document: String,
    #[serde(default)]
    sentence: Option<u32>,
    #[serde(default)]
    start: Option<u32>,
    #[serde(default)]
    end: Option<u32>,
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    subject: Option<(u32, u32)>,
    #[serde(default)]
    predicate: Option<(u32, u32)>,
    #[serde(default)]
    object: Option<(u32, u32)>,
    #[serde(default)]
    extractor: Option<String>,
    #[serde(default = "certain")]
    confidence: f32,
}

impl Line {
    /// A line of a document.
    pub(crate) fn of_document(record: &DocumentRecord) -> Self {
        Self::Document(DocumentLine {
            document: record.name.clone(),
            title: record.title.clone(),
            published: record.published.map(|time| time.to_string()),
            place: record.place.clone(),
            agency: record.agency.clone(),
            sha256: record.sha256.clone(),
            ingested: Some(record.ingested.to_string()),
            speaker: record.speaker.clone(),
        })
    }

    /// A line of an entity.
    pub(crate) fn of_entity(entity: &Entity) -> Self {
        Self::Entity(EntityLine {
            name: entity.name.clone(),
            kind: entity.kind,
            aliases: entity.aliases.clone(),
        })
    }

    /// A line of a fact, with its number in the export, whether it is weak there, and its times.
    pub(crate) fn of_fact(
        fact: &Fact,
        id: u64,
        weak: bool,
        recorded: Option<Time>,
        retracted: Option<Time>,
    ) -> Self {
        let qualifier = |known: &Qualifier| QualifierLine {
            role: known.role.clone(),
            argument: ArgumentLine::of(&known.argument),
        };
        Self::Fact(Box::new(FactLine {
            id: Some(id),
            subject: ArgumentLine::of(&fact.subject),
            predicate: PredicateLine {
                text: Some(fact.predicate.text.clone()),
                name: fact.predicate.name.clone(),
            },
            object: fact.object.as_ref().map(ArgumentLine::of),
            qualifiers: fact.qualifiers.iter().map(qualifier).collect(),
            negated: fact.negated,
            modality: fact.modality,
            attribution: fact.attribution.as_ref().map(|known| AttributionLine {
                speaker: known.speaker.clone(),
                verb: Some(known.verb.clone()),
            }),
            confidence: fact.confidence,
            derived: fact.derived,
            weak,
            sources: fact.evidence.iter().map(SourceLine::of).collect(),
            recorded: recorded.map(|time| time.to_string()),
            retracted: retracted.map(|time| time.to_string()),
        }))
    }

    /// The line as it is written, without its line end.
    pub(crate) fn to_json(&self) -> Result<String> {
        serde_json::to_string(self).map_err(|error| Error::input("export", error.to_string()))
    }

    /// Reads a line.
    ///
    /// # Errors
    ///
    /// [`Error::Input`] with the place, if the line is no JSON or not one of the known objects.
    pub(crate) fn read(text: &str, place: &str) -> Result<Self> {
        serde_json::from_str(text).map_err(|error| {
            Error::input(place, error.to_string())
                .with_help("a line is an object with \"type\": document, entity, fact, rule …")
        })
    }
}

impl Fact {
    /// The fact as a line of the export, without the times at which a store learned it.
    ///
    /// # Examples
    ///
    /// ```
    /// let line = factbase::Fact::new("Ada", "know", "Charles").to_json();
    /// assert!(line.starts_with(r#"{"type":"fact","id":null,"subject":{"text":"Ada""#), "{line}");
    /// ```
    #[must_use]
    pub fn to_json(&self) -> String {
        let Line::Fact(mut line) = Line::of_fact(self, 0, self.is_weak(), None, None) else {
            return String::new();
        };
        line.id = None;
        // Strings, numbers and lists: nothing here can fail to be written.
        serde_json::to_string(&Line::Fact(line)).unwrap_or_default()
    }
}

impl DocumentLine {
    /// The document; `now` stands for a missing time of ingestion.
    pub(crate) fn read(self, place: &str, now: Time) -> Result<DocumentRecord> {
        let ingested = read_time(self.ingested.as_deref(), place, "ingested")?;
        Ok(DocumentRecord {
            published: read_time(self.published.as_deref(), place, "published")?,
            name: self.document,
            title: self.title,
            place: self.place,
            agency: self.agency,
            speaker: self.speaker,
            sha256: self.sha256,
            ingested: ingested.unwrap_or(now),
        })
    }
}

impl EntityLine {
    /// The entity.
    pub(crate) fn read(self) -> Entity {
        Entity {
            name: self.name,
            kind: self.kind,
            aliases: self.aliases,
        }
    }
}

impl FactLine {
    /// The fact.
    ///
    /// # Errors
    ///
    /// [`Error::Input`] with the place, if a kind or a value is not known.
    pub(crate) fn read(self, place: &str) -> Result<Fact> {
        if self.predicate.name.trim().is_empty() {
            return Err(Error::input(place, "the predicate has no name"));
        }
        let mut qualifiers = Vec::with_capacity(self.qualifiers.len());
        for known in self.qualifiers {
            qualifiers.push(Qualifier {
                role: known.role,
                argument: known.argument.read(place)?,
            });
        }
        if !(0.0..=1.0).contains(&self.confidence) {
            return Err(Error::input(place, "a confidence lies between 0 and 1"));
        }
        let name = self.predicate.name;
        Ok(Fact {
            subject: self.subject.read(place)?,
            predicate: Predicate {
                text: self.predicate.text.unwrap_or_else(|| name.clone()),
                name,
            },
            object: self.object.map(|object| object.read(place)).transpose()?,
            qualifiers,
            negated: self.negated,
            modality: self.modality,
            attribution: self.attribution.map(|known| Attribution {
                speaker: known.speaker,
                verb: known.verb.unwrap_or_default(),
            }),
            confidence: self.confidence,
            derived: self.derived,
            evidence: self.sources.into_iter().map(SourceLine::read).collect(),
        })
    }

    /// When the fact was recorded and retracted.
    pub(crate) fn times(&self, place: &str) -> Result<(Option<Time>, Option<Time>)> {
        Ok((
            read_time(self.recorded.as_deref(), place, "recorded")?,
            read_time(self.retracted.as_deref(), place, "retracted")?,
        ))
    }
}

impl ArgumentLine {
    fn of(argument: &Argument) -> Self {
        let (name, value) = match &argument.content {
            Content::Entity { name, .. } | Content::Phrase { name } => (Some(name.clone()), None),
            Content::Value(value) => (None, Some(value.to_string())),
        };
        Self {
            text: Some(argument.text.clone()),
            name,
            kind: Some(argument.kind().to_owned()),
            value,
        }
    }

    fn read(self, place: &str) -> Result<Argument> {
        if self
            .name
            .as_deref()
            .is_some_and(|name| name.trim().is_empty())
        {
            return Err(Error::input(place, "an argument's name is empty"));
        }
        let content = match (self.kind.as_deref(), self.name, self.value) {
            (Some("phrase"), Some(name), _) => Content::Phrase { name },
            (Some(kind), Some(name), _) => Content::Entity {
                name,
                kind: kind.parse()?,
            },
            (None, Some(name), _) => Content::Entity {
                name,
                kind: EntityKind::Other,
            },
            (Some(kind), None, Some(value)) => {
                let read = Value::parse(kind, &value);
                Content::Value(read.ok_or_else(|| {
                    Error::input(place, format!("{value:?} is no value of kind {kind:?}"))
                })?)
            }
            (None, None, Some(value)) => Content::Value(Value::Text(value)),
            (_, None, None) => {
                return Err(Error::input(
                    place,
                    "an argument has neither name nor value",
                ));
            }
        };
        let mut argument = Argument {
            text: String::new(),
            content,
        };
        argument.text = self.text.unwrap_or_else(|| argument.to_string());
        Ok(argument)
    }
}

impl SourceLine {
    fn of(evidence: &Evidence) -> Self {
        let pair = |span: Span| (span.start, span.end);
        let has_sentence = evidence.sentence.is_some() || !evidence.span.is_empty();
        Self {
            document: evidence.document.clone(),
            sentence: evidence.sentence,
            start: has_sentence.then_some(evidence.span.start),
            end: has_sentence.then_some(evidence.span.end),
            text: (!evidence.text.is_empty()).then(|| evidence.text.clone()),
            subject: evidence.subject.map(pair),
            predicate: evidence.predicate.map(pair),
            object: evidence.object.map(pair),
            extractor: (!evidence.extractor.is_empty()).then(|| evidence.extractor.clone()),
            confidence: evidence.confidence,
        }
    }

    fn read(self) -> Evidence {
        let span = |(start, end)| Span::new(start, end);
        Evidence {
            document: self.document,
            sentence: self.sentence,
            span: Span::new(self.start.unwrap_or(0), self.end.unwrap_or(0)),
            text: self.text.unwrap_or_default(),
            subject: self.subject.map(span),
            predicate: self.predicate.map(span),
            object: self.object.map(span),
            extractor: self.extractor.unwrap_or_default(),
            confidence: self.confidence,
        }
    }
}

fn read_time(text: Option<&str>, place: &str, field: &str) -> Result<Option<Time>> {
    let Some(text) = text else {
        return Ok(None);
    };
    match text.parse() {
        Ok(time) => Ok(Some(time)),
        Err(error) => Err(Error::input(place, format!("{field}: {error}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fact() -> Fact {
        let mut fact = Fact::new("Ada Lovelace", "write", Value::from("notes"))
            .with_qualifier("when", Value::parse("time", "1843").unwrap())
            .with_speaker("Charles Babbage");
        fact.qualifiers.push(Qualifier {
            role: "in".into(),
            argument: Argument::entity("the city", "London", EntityKind::Place),
        });
        fact.evidence.push(Evidence {
            sentence: Some(2),
            span: Span::new(5, 40),
            text: "She wrote notes in the city.".into(),
            subject: Some(Span::new(5, 8)),
            extractor: "english/1".into(),
            confidence: 0.75,
            ..Evidence::document_only("notes.txt")
        });
        fact.confidence = 0.75;
        fact
    }

    #[test]
    fn a_fact_line_reads_back_to_the_same_fact() {
        let line = Line::of_fact(&fact(), 7, false, Some(Time::from_seconds(0)), None);
        let text = line.to_json().unwrap();
        let Line::Fact(read) = Line::read(&text, "line 1").unwrap() else {
            panic!("not a fact: {text}");
        };
        assert_eq!(read.id, Some(7));
        let (recorded, retracted) = read.times("line 1").unwrap();
        assert_eq!((recorded, retracted), (Some(Time::from_seconds(0)), None));
        assert_eq!(read.read("line 1").unwrap(), fact());
    }

    #[test]
    fn a_line_says_that_its_fact_is_weak() {
        let mut unsure = fact();
        unsure.confidence = 0.5;
        assert!(
            unsure.to_json().contains("\"weak\":true"),
            "{}",
            unsure.to_json()
        );
        unsure.confidence = 0.7;
        assert!(
            unsure.to_json().contains("\"weak\":false"),
            "{}",
            unsure.to_json()
        );
    }

    #[test]
    fn the_fields_stand_in_the_order_of_the_documentation() {
        let text = Line::of_fact(&fact(), 7, false, None, None)
            .to_json()
            .unwrap();
        let places: Vec<usize> = [
            "{\"type\":\"fact\",\"id\":7,\"subject\":{\"text\"",
            "\"predicate\":{\"text\":\"write\",\"name\":\"write\"}",
            "\"object\":{\"text\":\"notes\",\"name\":null,\"kind\":\"text\",\"value\":\"notes\"}",
            "\"qualifiers\":[{\"role\":\"when\",\"text\":\"1843\"",
            "\"negated\":false,\"modality\":\"asserted\",\"attribution\":{\"speaker\"",
            "\"confidence\":0.75,\"derived\":false,\"weak\":false,",
            "\"sources\":[{\"document\":\"notes.txt\"",
            "\"recorded\":null,\"retracted\":null}",
        ]
        .iter()
        .map(|part| {
            text.find(part)
                .unwrap_or_else(|| panic!("{part} in {text}"))
        })
        .collect();
        assert!(places.is_sorted(), "{text}");
    }

    #[test]
    fn a_short_hand_written_line_is_enough() {
        let text = r#"{"type":"fact","subject":{"name":"Ada"},"predicate":{"name":"know"},
            "object":{"kind":"number","value":"3"}}"#;
        let Line::Fact(line) = Line::read(text, "line 1").unwrap() else {
            panic!("not a fact");
        };
        let read = line.read("line 1").unwrap();
        assert_eq!(read, Fact::new("Ada", "know", Value::from(3)));
    }

    #[test]
    fn a_wrong_line_says_where_and_what() {
        for (text, expected) in [
            ("{", "EOF"),
            (r#"{"type":"thing"}"#, "unknown variant `thing`"),
        ] {
            let error = Line::read(text, "facts.jsonl, line 3").unwrap_err();
            let shown = error.to_string();
            assert!(shown.starts_with("facts.jsonl, line 3: "), "{shown}");
            assert!(shown.contains(expected), "{shown}");
        }
    }
}
