//! Facts: subject, predicate, object, qualifiers, flags and evidence.

mod argument;
mod entity;
mod modality;

use std::fmt;

use serde::{Deserialize, Serialize};

pub use argument::{Argument, Content};
#[cfg(feature = "english")]
pub(crate) use entity::is_legal_form;
pub(crate) use entity::is_safe_alias;
pub use entity::{Entity, EntityKind};
pub use modality::Modality;

use crate::provenance::Evidence;
use crate::value::Value;

/// Facts read from text with less confidence than this are kept but marked weak: plain patterns
/// do not answer with them. Of those that stand right at it seven in ten are right and understood
/// alone (docs/EXTRACTION.md, "Confidence"). A store keeps the border it was begun with.
pub(crate) const WEAK_BELOW: f32 = 0.7;

/// A predicate: its canonical name and the words it was read from.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Predicate {
    /// The words as they stand in the sentence ("took part in"); the name where there are none.
    pub text: String,
    /// The canonical name: lemma words joined by `_` (`take_part`).
    pub name: String,
}

/// A role and its value: where, when, how, with whom.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Qualifier {
    /// The preposition or one of `when`, `where`, `how`, `why`, `as`, `to`.
    pub role: String,
    /// The value.
    pub argument: Argument,
}

/// Who says so, where it is not the document itself.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Attribution {
    /// The speaker's canonical name.
    pub speaker: String,
    /// The lemma of the verb of saying ("stress"); empty where there is none.
    pub verb: String,
}

/// What a document says, or somebody asserts.
///
/// # Examples
///
/// ```
/// use factbase::Fact;
///
/// let fact = Fact::new("Marie Curie", "win", "Nobel Prize")
///     .with_qualifier("when", factbase::Value::parse("time", "1903").unwrap())
///     .with_document("notes.txt");
/// assert_eq!(fact.to_string(), "Marie Curie win Nobel Prize [when 1903]");
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fact {
    /// Whom or what the fact is about: an entity, or a phrase that was not resolved to one.
    pub subject: Argument,
    /// What is said of it.
    pub predicate: Predicate,
    /// The object; absent in "many activities will be organised".
    pub object: Option<Argument>,
    /// Further arguments with their roles, in the order of the text.
    pub qualifiers: Vec<Qualifier>,
    /// Whether the sentence denies it.
    pub negated: bool,
    /// Asserted, future, possible and so on.
    pub modality: Modality,
    /// Who says so; `None` where the document itself does.
    pub attribution: Option<Attribution>,
    /// How likely the fact is read rightly, 0–1.
    pub confidence: f32,
    /// Whether it was concluded (possessives, nationality) rather than stated.
    pub derived: bool,
    /// Where it comes from; empty only before the store has it.
    pub evidence: Vec<Evidence>,
}

impl Fact {
    /// An asserted fact about a named thing, with full confidence and no evidence yet.
    ///
    /// The object may be a name (`&str`) or a [`Value`].
    #[must_use]
    pub fn new(
        subject: impl Into<Argument>,
        predicate: impl Into<String>,
        object: impl Into<Argument>,
    ) -> Self {
        let mut fact = Self::without_object(subject, predicate);
        fact.object = Some(object.into());
        fact
    }

    /// An asserted fact without an object.
    #[must_use]
    pub fn without_object(subject: impl Into<Argument>, predicate: impl Into<String>) -> Self {
        let name: String = predicate.into();
        Self {
            subject: subject.into(),
            predicate: Predicate {
                text: name.clone(),
                name,
            },
            object: None,
            qualifiers: Vec::new(),
            negated: false,
            modality: Modality::Asserted,
            attribution: None,
            confidence: 1.0,
            derived: false,
            evidence: Vec::new(),
        }
    }

    /// The same fact with one more qualifier.
    #[must_use]
    pub fn with_qualifier(
        mut self,
        role: impl Into<String>,
        argument: impl Into<Argument>,
    ) -> Self {
        self.qualifiers.push(Qualifier {
            role: role.into(),
            argument: argument.into(),
        });
        self
    }

    /// The same fact with a document as evidence, without a sentence.
    #[must_use]
    pub fn with_document(mut self, name: impl Into<String>) -> Self {
        self.evidence.push(Evidence::document_only(name));
        self
    }

    /// The same fact, said by somebody.
    #[must_use]
    pub fn with_speaker(mut self, speaker: impl Into<String>) -> Self {
        self.attribution = Some(Attribution {
            speaker: speaker.into(),
            verb: String::new(),
        });
        self
    }

    /// Whether a plain pattern answers with this fact: it is stated, not denied, asserted or
    /// future, and not weak.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.is_plain_from(WEAK_BELOW)
    }

    /// Whether the fact is too unsure for a plain question: it is kept, and answers
    /// where a question asks for such facts, as `[confidence >= 0]` does.
    #[must_use]
    pub fn is_weak(&self) -> bool {
        self.confidence < WEAK_BELOW
    }

    /// The same in a store with a border of its own.
    pub(crate) fn is_plain_from(&self, weak_below: f32) -> bool {
        !self.negated
            && !self.derived
            && matches!(self.modality, Modality::Asserted | Modality::Future)
            && self.confidence >= weak_below
    }

    /// The first qualifier with this role.
    #[must_use]
    pub fn qualifier(&self, role: &str) -> Option<&Argument> {
        self.qualifiers
            .iter()
            .find(|known| known.role == role)
            .map(|known| &known.argument)
    }

    /// Its valid time: the qualifier `when`, where that is a time.
    #[must_use]
    pub fn valid_time(&self) -> Option<crate::value::Time> {
        self.qualifiers
            .iter()
            .filter(|qualifier| qualifier.role == "when")
            .find_map(|qualifier| match qualifier.argument.value() {
                Some(Value::Time(time)) => Some(*time),
                _ => None,
            })
    }
}

impl Fact {
    /// Qualifiers, modality and speaker in one line, as people read them; empty without any.
    pub(crate) fn notes(&self) -> String {
        let mut notes: Vec<String> = self
            .qualifiers
            .iter()
            .map(|qualifier| format!("{} {}", qualifier.role, qualifier.argument))
            .collect();
        if self.modality != Modality::Asserted {
            notes.push(self.modality.to_string());
        }
        if let Some(attribution) = &self.attribution {
            notes.push(format!("speaker {}", attribution.speaker));
        }
        notes.join(", ")
    }
}

impl fmt::Display for Fact {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} ", self.subject)?;
        if self.negated {
            formatter.write_str("not ")?;
        }
        formatter.write_str(&self.predicate.name)?;
        if let Some(object) = &self.object {
            write!(formatter, " {object}")?;
        }
        let notes = self.notes();
        if notes.is_empty() {
            Ok(())
        } else {
            write!(formatter, " [{notes}]")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::WEAK_BELOW;

    #[test]
    fn the_references_name_the_border_of_weak_facts() {
        let references = [
            (
                include_str!("../grammar/README.md"),
                format!("not weak (a confidence of {WEAK_BELOW} or more)"),
            ),
            (
                include_str!("../docs/EXTRACTION.md"),
                format!("Facts below {WEAK_BELOW} are weak"),
            ),
        ];
        for (text, sentence) in references {
            let words: Vec<&str> = text.split_whitespace().collect();
            assert!(words.join(" ").contains(&sentence), "{sentence}");
        }
    }
}
