//! A phrase with what it denotes, and how it came to denote it.

use crate::fact::{Argument, Content, EntityKind};
use crate::text::document::{Mention, MentionKind};
use crate::value::Value;

use super::shape::Shape;

/// How sure a pronoun is that refers to nothing known: the fact is kept, but weak.
pub(in super::super) const UNRESOLVED: f32 = 0.25;

/// How the words of an argument came to mean what they mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in super::super) enum Reference {
    /// The words themselves: a description, a value.
    Words,
    /// A name of the document.
    Name,
    /// A description of something that has a name.
    Description,
    /// A pronoun that means something told before.
    Pronoun,
    /// The speaker of a quotation.
    Speaker,
    /// A bare definite noun, which means a fuller phrase told before.
    Antecedent,
    /// A bare definite noun of which the document does not tell more.
    Bare,
    /// "This plan", of which the document does not tell which.
    Deictic,
    /// A pronoun or demonstrative that refers to nothing known.
    Unresolved,
}

impl Reference {
    /// How a mention refers.
    pub(super) fn of(mention: &Mention) -> Self {
        match mention.kind {
            MentionKind::Name => Self::Name,
            MentionKind::Nominal => Self::Description,
            MentionKind::Pronoun => Self::Pronoun,
        }
    }
}

/// A phrase with what it denotes.
#[derive(Debug, Clone)]
pub(in super::super) struct Linked {
    pub(in super::super) argument: Argument,
    /// How sure the reference is, 0–1; low for pronouns that refer to nothing known.
    pub(in super::super) confidence: f32,
    /// How the words came to mean it.
    pub(in super::super) reference: Reference,
    /// Whether something else was told that the words may mean.
    pub(in super::super) competed: bool,
    /// Whether it is a statement with a pronoun in it that nothing told resolves.
    pub(in super::super) is_open: bool,
    /// Pronouns in a statement of which only a guess tells what they mean.
    pub(in super::super) loose_within: usize,
    /// Bare definite nouns in a statement of which the document does not tell more.
    pub(in super::super) bare_within: usize,
    /// How much of an owner its nouns lack, each by how often such a noun has one.
    pub(in super::super) owners_lacking: f32,
    /// The form of the words.
    pub(in super::super) shape: Shape,
    /// What a description of several is of one of them: "guards" is "guard".
    pub(in super::super) of_one: Option<Argument>,
    /// Whether it describes several, by the number of its noun.
    pub(in super::super) is_of_several: bool,
    /// The head of the phrase that "its" in it means, where nothing told names the owner.
    pub(in super::super) owner: Option<usize>,
}

impl Linked {
    pub(in super::super) fn new(argument: Argument, confidence: f32, reference: Reference) -> Self {
        Self {
            argument,
            confidence,
            reference,
            competed: false,
            is_open: false,
            bare_within: 0,
            loose_within: 0,
            owners_lacking: 0.0,
            shape: Shape::default(),
            of_one: None,
            is_of_several: false,
            owner: None,
        }
    }

    /// The kind of thing, where it is an entity.
    pub(in super::super) fn entity_kind(&self) -> Option<EntityKind> {
        match self.argument.content {
            Content::Entity { kind, .. } => Some(kind),
            _ => None,
        }
    }

    /// "The meeting", "two sides": a noun that nothing tells from others of its kind.
    pub(in super::super) fn is_vague(&self) -> bool {
        matches!(self.argument.content, Content::Phrase { .. })
            && self.shape.is_vague()
            && !matches!(self.reference, Reference::Antecedent | Reference::Pronoun)
    }

    /// Whether it is the words of somebody, or of a clause.
    pub(in super::super) fn is_statement(&self) -> bool {
        matches!(self.argument.content, Content::Value(Value::Text(_)))
    }

    /// "84 % had grown": a share of what is not told.
    pub(in super::super) fn is_bare_share(&self) -> bool {
        match &self.argument.content {
            Content::Value(Value::Quantity(share)) => share.unit == "%",
            _ => false,
        }
    }

    /// Whether it is a pronoun or description that refers to nothing known.
    pub(in super::super) fn is_unresolved(&self) -> bool {
        self.confidence <= UNRESOLVED
    }
}
