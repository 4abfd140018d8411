//! The annotated document: everything the reader found in a text, in plain data.
//!
//! Sentences hold tokens, tokens hold their analysis; entities, mentions, values and quotations
//! point into them. All spans are byte ranges of `AnnotatedDocument::text`.

use std::sync::Arc;

use crate::fact::EntityKind;
use crate::provenance::Span;
use crate::text::dependency::Relation;
use crate::text::tag::{FineTag, UniversalTag};
use crate::value::{Time, Value};

/// A document as read: its text and all annotations.
#[derive(Debug, Clone, Default)]
pub struct AnnotatedDocument {
    /// The plain text that all spans refer to; the parts of a long document share it.
    pub text: Arc<str>,
    /// Headline, date, place, agency.
    pub metadata: Metadata,
    /// The sentences in order.
    pub sentences: Vec<Sentence>,
    /// How many sentences the parts before this one have; 0 where the document is whole.
    pub sentences_before: usize,
    /// The entities of the document, found by name or coreference.
    pub entities: Vec<DocumentEntity>,
    /// The mentions, ordered by sentence and first token.
    pub mentions: Vec<Mention>,
    /// Times, numbers, quantities and money, ordered by sentence and first token.
    pub values: Vec<ValueMention>,
    /// Quoted passages with their speakers.
    pub quotations: Vec<Quotation>,
    /// The same text as another reader reads it: facts that both tell are surer.
    pub second: Option<Box<AnnotatedDocument>>,
}

/// What the document says about itself.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Metadata {
    /// The headline.
    pub title: Option<String>,
    /// The day of publication.
    pub published: Option<Time>,
    /// The place of the dateline.
    pub place: Option<String>,
    /// The agency or source.
    pub agency: Option<String>,
    /// Who speaks where the text says "I" and names no one.
    pub speaker: Option<String>,
}

/// What part a sentence plays in the document. Only `Body` and `Caption` give facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SentenceKind {
    /// Running text.
    #[default]
    Body,
    /// The document's headline or a section head.
    Heading,
    /// The caption of a picture or the line under a headline.
    Caption,
    /// "See also", "Source: X", bylines, navigation: no facts.
    Furniture,
}

/// A sentence.
#[derive(Debug, Clone, Default)]
pub struct Sentence {
    /// Its bytes in the document.
    pub span: Span,
    /// What part it plays.
    pub kind: SentenceKind,
    /// The number of its paragraph, from 0.
    pub paragraph: u32,
    /// Its tokens in order.
    pub tokens: Vec<Token>,
}

/// A token and its analysis.
#[derive(Debug, Clone)]
pub struct Token {
    /// The form as the treebanks write it; mostly the bytes of the span.
    pub form: String,
    /// Its bytes in the document.
    pub span: Span,
    /// Its dictionary form.
    pub lemma: String,
    /// Its universal part of speech.
    pub universal_tag: UniversalTag,
    /// Its Penn Treebank tag.
    pub fine_tag: FineTag,
    /// The index of its head in the sentence; `None` for the root.
    pub head: Option<usize>,
    /// Its relation to the head.
    pub relation: Relation,
    /// How sure the parser is of head and relation, 0–1.
    pub margin: f32,
    /// The name tag of the model at this token: none, begin or inside, and the kind.
    pub name: NameTag,
}

/// A model's name tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum NameTag {
    /// Outside any name.
    #[default]
    Outside,
    /// The first token of a name.
    Begin(EntityKind),
    /// A later token of a name.
    Inside(EntityKind),
}

/// An entity of one document.
#[derive(Debug, Clone, PartialEq)]
pub struct DocumentEntity {
    /// The best name: the longest full name without title.
    pub name: String,
    /// What kind of thing it is.
    pub kind: EntityKind,
    /// Other names in the document: short forms, acronyms.
    pub aliases: Vec<String>,
    /// Whether it is known by a proper name; "the association" alone is not.
    pub is_named: bool,
    /// The members, where it is a group such as "the two sides"; indices of entities.
    pub members: Vec<usize>,
}

/// How a mention refers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MentionKind {
    /// By name: "Marie Curie".
    Name,
    /// By a noun phrase: "the senator".
    Nominal,
    /// By a pronoun: "she", "their".
    Pronoun,
}

/// A place where an entity is mentioned.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// The index of the sentence.
    pub sentence: usize,
    /// The first token of the mention.
    pub first: usize,
    /// The last token of the mention.
    pub last: usize,
    /// The syntactic head of the mention.
    pub head: usize,
    /// How it refers.
    pub kind: MentionKind,
    /// The index of the entity.
    pub entity: usize,
    /// How sure the reference is, 0–1.
    pub confidence: f32,
}

/// A time, number, quantity or sum of money in the text.
#[derive(Debug, Clone, PartialEq)]
pub struct ValueMention {
    /// The index of the sentence.
    pub sentence: usize,
    /// The first token.
    pub first: usize,
    /// The last token.
    pub last: usize,
    /// The normal value; `None` for "recent years", which is a time without a value.
    pub value: Option<Value>,
    /// The kind of the value, as [`Value::kind`] names it, also where there is no value.
    pub kind: &'static str,
}

/// A quoted passage.
#[derive(Debug, Clone, PartialEq)]
pub struct Quotation {
    /// The passage with its quotation marks.
    pub span: Span,
    /// The sentences it touches, first and last.
    pub sentences: (usize, usize),
    /// The index of the entity that speaks, where known.
    pub speaker: Option<usize>,
    /// The speaker's words where they are no entity: "a spokesman".
    pub speaker_text: Option<String>,
    /// The sentence and token of the verb of saying.
    pub verb: Option<(usize, usize)>,
}

impl Sentence {
    /// The indices of the tokens that hang directly on a token, in order.
    pub fn children(&self, head: usize) -> impl Iterator<Item = usize> + '_ {
        let is_child = move |token: &Token| token.head == Some(head);
        self.tokens
            .iter()
            .enumerate()
            .filter(move |(_, token)| is_child(token))
            .map(|(i, _)| i)
    }
}
