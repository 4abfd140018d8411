//! Coreference: which mentions of a document mean the same, by a sieve that prefers no answer to
//! a wrong one.
//!
//! After Lee et al. 2013, "Deterministic Coreference Resolution Based on Entity-Centric,
//! Precision-Ranked Rules": exact and partial names, acronyms, titles and appositions, definite
//! descriptions of a kind the document has once, then pronouns. One pass in the order of the
//! text over entities that grow; what stays unsafe stays unresolved.

mod alias;
mod called;
mod completion;
mod group;
mod holder;
mod nominal;
mod numbered;
mod pronoun;
mod role;
mod subject;
mod thing;

use std::collections::{BTreeSet, HashMap};

use crate::fact::{EntityKind, is_legal_form};
use crate::provenance::Span;
use crate::text::document::{
    AnnotatedDocument, DocumentEntity, Mention, MentionKind, Sentence, SentenceKind,
};
use crate::text::entity::{Name, head_of, names};
use crate::text::lexicon::{Gender, country_of, fold, is_place, is_style_of_address};

/// An entity while the document is read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Growing {
    /// Its names as written, each with how often.
    names: Vec<(String, usize)>,
    /// Its names as they compare.
    folded: Vec<String>,
    kind: EntityKind,
    is_named: bool,
    gender: Option<Gender>,
    /// Words of its titles, offices and descriptions, in small letters.
    roles: BTreeSet<String>,
    /// The nouns among them that say what it is.
    nouns: BTreeSet<String>,
    /// The description of one that has no name.
    description: String,
    members: Vec<usize>,
    is_plural: bool,
}

impl Growing {
    /// Whether any of its names satisfies a condition on the folded name.
    fn has_name(&self, condition: impl Fn(&str) -> bool) -> bool {
        self.folded.iter().any(|name| condition(name))
    }

    fn note_name(&mut self, name: &str) {
        match self.names.iter_mut().find(|(known, _)| known == name) {
            Some((_, count)) => *count += 1,
            None => {
                self.names.push((name.to_owned(), 1));
                self.folded.push(fold(name));
            }
        }
    }
}

/// A mention with its entity, as the pass leaves it.
#[derive(Debug, Clone, Copy)]
struct Placed {
    sentence: usize,
    first: usize,
    last: usize,
    head: usize,
    kind: MentionKind,
    entity: usize,
    confidence: f32,
    is_subject: bool,
    /// Whether it is the subject of a verb of saying.
    is_speaker: bool,
}

/// The state of the pass.
struct Resolution<'a> {
    sentences: &'a [Sentence],
    text: &'a str,
    entities: Vec<Growing>,
    /// The mentions so far, in the order of the text.
    placed: Vec<Placed>,
    /// Entities by folded name.
    by_name: HashMap<String, Vec<usize>>,
    /// Groups by their members.
    groups: HashMap<Vec<usize>, usize>,
    /// Where the mentions of each sentence begin in `placed`.
    sentence_starts: Vec<usize>,
    /// The kinds of names by vote over the document.
    kinds: HashMap<String, EntityKind>,
    /// Short names with the long name that they stand for, and its kind.
    long_names: HashMap<String, (String, EntityKind)>,
    /// Nouns that described something with a name, and the kind of that.
    described_kinds: HashMap<String, EntityKind>,
}

/// How sure each rule is, after the share of its links that are right on GUM dev with predicted
/// trees (docs/EXTRACTION.md, "Confidence").
mod confidence {
    pub(super) const NAME: f32 = 0.95;
    pub(super) const PARTIAL: f32 = 0.9;
    pub(super) const NOMINAL: f32 = 0.8;
    pub(super) const PRONOUN: f32 = 0.88;
    pub(super) const GROUP: f32 = 0.8;
}

/// Fills in the entities and mentions of an analysed document.
pub(crate) fn resolve(document: &mut AnnotatedDocument) {
    let (entities, mentions) = {
        let mut resolution = Resolution::new(document);
        resolution.run();
        resolution.finish()
    };
    document.entities = entities;
    document.mentions = mentions;
}

impl<'a> Resolution<'a> {
    fn new(document: &'a AnnotatedDocument) -> Self {
        Self {
            sentences: &document.sentences,
            text: &document.text,
            entities: Vec::new(),
            placed: Vec::new(),
            by_name: HashMap::new(),
            groups: HashMap::new(),
            sentence_starts: Vec::new(),
            kinds: HashMap::new(),
            long_names: HashMap::new(),
            described_kinds: HashMap::new(),
        }
    }

    fn run(&mut self) {
        let mut all: Vec<Vec<Name>> = self
            .sentences
            .iter()
            .map(|sentence| match sentence.kind {
                SentenceKind::Furniture => Vec::new(),
                _ => names(sentence),
            })
            .collect();
        completion::complete(self.sentences, &mut all);
        self.vote_on_kinds(&all);
        self.note_short_names(&all);
        for (index, found) in all.iter().enumerate() {
            self.sentence_starts.push(self.placed.len());
            if self
                .sentences
                .get(index)
                .is_some_and(|s| s.kind != SentenceKind::Furniture)
            {
                self.sentence(index, found);
            }
        }
        // The second time, what the first has told of others.
        self.complete_numbered();
        self.complete_numbered();
    }

    /// Takes the mentions of a sentence in the order of their heads.
    fn sentence(&mut self, index: usize, found: &[Name]) {
        let Some(sentence) = self.sentences.get(index) else {
            return;
        };
        let start = self.placed.len();
        for name in found {
            self.name(index, sentence, name);
        }
        self.define_acronyms(index, sentence);
        self.define_terms(index, sentence);
        self.note_roles(index, sentence, start);
        let mut done: Vec<usize> = Vec::new();
        for (head, token) in sentence.tokens.iter().enumerate() {
            if self.is_placed_since(start, head) {
                continue;
            }
            if done.contains(&head) {
                continue;
            }
            // "Her Excellency" means who is told with it, not whose.
            let styles = sentence.tokens.get(head + 1).is_some_and(|next| {
                next.form.starts_with(char::is_uppercase)
                    && is_style_of_address(&next.form.to_lowercase())
            });
            if pronoun::is_pronoun(token) && !styles {
                // "In her speech, the minister said": whoever is told behind comes first.
                let behind = pronoun::subject_behind(&sentence.tokens, head);
                if let Some(behind) = behind.filter(|&behind| self.may_refer(sentence, behind))
                    && !self.is_placed_since(start, behind)
                {
                    self.nominal(index, sentence, behind);
                    done.push(behind);
                }
                self.pronoun(index, sentence, head);
            } else if self.may_refer(sentence, head) {
                self.nominal(index, sentence, head);
            }
        }
        if let Some(mentions) = self.placed.get_mut(start..) {
            mentions.sort_by_key(|mention| (mention.first, std::cmp::Reverse(mention.last)));
        }
    }

    fn is_placed_since(&self, start: usize, head: usize) -> bool {
        let mentions = self.placed.get(start..).unwrap_or(&[]);
        mentions.iter().any(|mention| {
            mention.kind == MentionKind::Name && (mention.first..=mention.last).contains(&head)
        })
    }

    /// The text of some tokens, with single spaces.
    fn span_text(&self, sentence: &Sentence, first: usize, last: usize) -> String {
        let tokens = sentence.tokens.get(first..=last).unwrap_or(&[]);
        let (Some(head), Some(tail)) = (tokens.first(), tokens.last()) else {
            return String::new();
        };
        let text = Span::new(head.span.start, tail.span.end).of(self.text);
        let words: Vec<&str> = text.split_whitespace().collect();
        words.join(" ")
    }

    fn place(&mut self, mention: Placed) {
        self.placed.push(mention);
    }

    /// A mention of an entity, with its head and whether it is a subject.
    fn mention(
        &self,
        sentence: usize,
        (first, last): (usize, usize),
        kind: MentionKind,
        (entity, confidence): (usize, f32),
    ) -> Option<Placed> {
        let tokens = &self.sentences.get(sentence)?.tokens;
        let head = head_of(tokens, first, last);
        Some(Placed {
            sentence,
            first,
            last,
            head,
            kind,
            entity,
            confidence,
            is_subject: role::is_subject(tokens, head),
            is_speaker: role::is_speaker(tokens, head),
        })
    }

    /// The mentions before a place, latest first.
    fn before(&self) -> impl Iterator<Item = &Placed> {
        self.placed.iter().rev()
    }

    fn finish(self) -> (Vec<DocumentEntity>, Vec<Mention>) {
        let mut used: Vec<usize> = self.placed.iter().map(|mention| mention.entity).collect();
        used.extend(
            self.entities
                .iter()
                .flat_map(|entity| entity.members.iter().copied()),
        );
        used.sort_unstable();
        used.dedup();
        let index_of = |entity: usize| used.binary_search(&entity).unwrap_or(0);
        let entities = used
            .iter()
            .filter_map(|&entity| self.entities.get(entity))
            .map(|entity| finished(entity, index_of))
            .collect();
        let mentions = self.placed.iter().map(|mention| Mention {
            sentence: mention.sentence,
            first: mention.first,
            last: mention.last,
            head: mention.head,
            kind: mention.kind,
            entity: index_of(mention.entity),
            confidence: mention.confidence,
        });
        (entities, mentions.collect())
    }
}

/// The entity with its best name: for people the fullest, for places the most used, else the
/// longest that is no acronym.
fn finished(entity: &Growing, index_of: impl Fn(usize) -> usize) -> DocumentEntity {
    let rank = |(name, count): &&(String, usize)| match entity.kind {
        EntityKind::Person => (name.split_whitespace().count(), *count),
        EntityKind::Place => (*count, name.len()),
        _ => (name.split_whitespace().count(), *count),
    };
    let best = entity.names.iter().max_by_key(rank);
    let name = best.map_or_else(|| entity.description.clone(), |(name, _)| canonical(name));
    let mut aliases: Vec<String> = entity
        .names
        .iter()
        .map(|(name, _)| canonical(name))
        .collect();
    aliases.retain(|alias| *alias != name);
    aliases.sort();
    aliases.dedup();
    DocumentEntity {
        name,
        kind: entity.kind,
        aliases,
        is_named: entity.is_named,
        members: entity
            .members
            .iter()
            .map(|&member| index_of(member))
            .collect(),
    }
}

/// A name without article and possessive ending.
fn canonical(name: &str) -> String {
    let name = name
        .strip_prefix("the ")
        .or_else(|| name.strip_prefix("The "))
        .unwrap_or(name);
    // The model may take a possessive ending for part of a name, as in "Wendy's".
    let stem = name
        .trim_end_matches("'s")
        .trim_end_matches("’s")
        .trim_end();
    let is_owner = is_place(stem) || country_of(stem).is_some();
    let name = if is_owner { stem } else { name };
    name.trim_matches(|letter: char| matches!(letter, '"' | '“' | '”' | ',' | ' '))
        .to_owned()
}

/// The key by which names compare: countries by their common name.
fn key_of(name: &str) -> String {
    match country_of(name).filter(|_| !crate::text::lexicon::is_nationality(name)) {
        Some(country) => fold(country),
        None => without_legal_form(&fold(&canonical(name))),
    }
}

/// A firm's name without its legal form: "Orvel" and "Orvel plc" are one.
fn without_legal_form(key: &str) -> String {
    let mut stem = key;
    // "Orvel Co., Ltd." has two.
    while let Some((rest, _)) = stem
        .trim_end_matches(',')
        .rsplit_once(' ')
        .filter(|(rest, last)| is_legal_form(last) && !rest.is_empty())
    {
        stem = rest;
    }
    stem.trim_end_matches(',').to_owned()
}

/// The one entity that all of them are, if they are one.
fn only(found: Vec<usize>) -> Option<usize> {
    let first = *found.first()?;
    found
        .into_iter()
        .all(|entity| entity == first)
        .then_some(first)
}

#[cfg(test)]
mod tests;
