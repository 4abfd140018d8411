//! What the words of a phrase tell by themselves, whatever they refer to.

use crate::text::dependency::Relation as R;
use crate::text::lexicon::{NounClass, is_in_class};
use crate::text::tag::{FineTag, UniversalTag};
use crate::text::word_list::WordList;

use super::super::antecedent;
use super::super::lexicon;
use super::super::phrase::Phrase;
use super::super::tree::Tree;
use super::owner::is_ownerless;

/// The form of a phrase, as far as it speaks for or against being understood alone.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::extraction) struct Shape {
    /// A common noun heads it.
    pub(in crate::extraction) is_common: bool,
    pub(in crate::extraction) is_plural: bool,
    /// "The", "this", "both": it has been told.
    pub(in crate::extraction) is_definite: bool,
    /// "A", "another", "some".
    pub(in crate::extraction) is_indefinite: bool,
    /// "Two", "many", "several".
    pub(in crate::extraction) is_counted: bool,
    /// An owner, a name or something behind the noun says whose or which it is.
    pub(in crate::extraction) has_complement: bool,
    /// How many words before the noun tell it from others of its kind.
    pub(in crate::extraction) marks: usize,
    /// What somebody is to somebody or something: "chairwoman", "contractor".
    pub(in crate::extraction) is_relational: bool,
    /// "The largest contract", "the next round", "the remaining funds": of a set that nothing
    /// tells.
    pub(in crate::extraction) is_ordered: bool,
    /// A noun that is always of something, which nothing tells: "the cost".
    pub(in crate::extraction) lacks_complement: bool,
    /// A measure, deed or result of which nothing tells of what: "construction", "sales".
    pub(in crate::extraction) is_ownerless: bool,
    /// A common noun with no word beside it but an article.
    pub(in crate::extraction) is_single: bool,
    /// People, by the noun.
    pub(in crate::extraction) is_person: bool,
    /// An organization, place, event or work by its noun.
    pub(in crate::extraction) is_thing: bool,
}

impl Shape {
    /// The form of a phrase.
    pub(super) fn of(tree: &Tree<'_>, phrase: &Phrase) -> Self {
        let head = phrase.head;
        let stands = |child: usize| phrase.tokens.contains(&child);
        let lower = |child: &usize| tree.lower(*child).to_owned();
        let children: Vec<usize> = tree
            .children(head)
            .iter()
            .copied()
            .filter(|&child| stands(child))
            .collect();
        let determiners: Vec<String> = children
            .iter()
            .filter(|&&child| matches!(tree.relation(child), R::Determiner | R::Predeterminer))
            .map(lower)
            .collect();
        let has = |words: &[&str]| {
            determiners
                .iter()
                .any(|word| words.contains(&word.as_str()))
        };
        let says_which = |child: usize| match tree.relation(child) {
            R::PossessiveModifier => true,
            R::NominalModifier | R::AdnominalClause | R::RelativeClause | R::Flat => child > head,
            _ => tree.is_inside_name(child) || tree.name_kind(child).is_some(),
        };
        let is_quantifier = |child: usize| {
            tree.relation(child) == R::NumericModifier
                || matches!(
                    tree.lower(child),
                    "many" | "several" | "some" | "few" | "various" | "all" | "most" | "both"
                )
        };
        let is_mark = |child: usize| {
            child < head
                && matches!(tree.relation(child), R::AdjectivalModifier | R::Compound)
                && antecedent::is_identifying(tree.lower(child))
        };
        let lemma = tree.lemma(head).to_lowercase();
        let is_common = tree.tag(head) == UniversalTag::Noun && tree.name_kind(head).is_none();
        let has_complement = phrase
            .tokens
            .iter()
            .any(|&token| tree.head(token) == Some(head) && says_which(token));
        let orders = |child: usize| {
            child < head
                && tree.relation(child) == R::AdjectivalModifier
                && (tree.fine(child) == FineTag::Superlative || is_ordering(tree.lower(child)))
        };
        let is_free = is_common && !has_complement;
        let is_article = |child: usize| tree.relation(child) == R::Determiner;
        Self {
            is_common,
            is_ordered: is_free && children.iter().any(|&child| orders(child)),
            lacks_complement: is_free && lexicon::is_relational(&lemma),
            is_ownerless: is_free && is_ownerless(tree, phrase),
            is_single: is_free && children.iter().all(|&child| is_article(child)),
            is_plural: matches!(
                tree.fine(head),
                FineTag::PluralNoun | FineTag::PluralProperNoun
            ),
            is_definite: has(&["the", "this", "that", "these", "those", "both", "all"]),
            is_indefinite: has(&["a", "an", "another", "some", "any", "each", "every"]),
            is_counted: children.iter().any(|&child| is_quantifier(child)),
            has_complement,
            marks: children.iter().filter(|&&child| is_mark(child)).count(),
            is_person: lemma == "people" || is_in_class(&lemma, NounClass::Person),
            is_relational: is_in_class(&lemma, NounClass::Person),
            is_thing: lexicon::is_thing(&lemma),
        }
    }

    /// The same without what speaks against a phrase only where there are other sentences.
    pub(super) fn of_sentence(self, is_alone: bool) -> Self {
        Self {
            is_ordered: self.is_ordered && !is_alone,
            lacks_complement: self.lacks_complement && !is_alone,
            is_ownerless: self.is_ownerless && !is_alone,
            is_single: self.is_single && !is_alone,
            ..self
        }
    }

    /// "The meeting", "the two sides", "participants": a common noun that nothing tells from
    /// others of its kind.
    pub(in crate::extraction) fn is_vague(&self) -> bool {
        self.is_common && !self.has_complement && self.marks == 0
    }
}

/// Words that order things, or tell them from others that were told.
fn is_ordering(lower: &str) -> bool {
    static ORDERING: WordList = WordList::new(
        "first second third fourth fifth next last previous other remaining \
        same final following further additional similar subsequent latter former",
    );
    ORDERING.contains(lower)
}
