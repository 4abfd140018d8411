//! Things with names, with what the document has said that they are: "Orvel Kids, a charity for
//! sick children" may be taken up as "the charity".

use std::collections::{BTreeSet, HashMap};

use crate::fact::EntityKind;
use crate::text::dependency::Relation as R;
use crate::text::document::{DocumentEntity, Mention, MentionKind};
use crate::text::tag::UniversalTag;
use crate::text::taxonomy;

use super::super::linking::Linker;
use super::super::phrase;
use super::super::tree::Tree;
use super::{Antecedents, nouns, role};

/// The noun of a name stands before one of these.
const LINKS: [&str; 5] = ["of", "for", "on", "in", "at"];

/// A thing with a name, as far as the document has told of it.
#[derive(Debug, Clone)]
pub(super) struct Named {
    pub(super) name: String,
    pub(super) kind: EntityKind,
    /// The nouns that say what it is.
    pub(super) nouns: BTreeSet<String>,
    /// The words that stood with them, and the words of its names.
    pub(super) words: BTreeSet<String>,
    /// The nouns of its names: "court" for "Orvel High Court".
    pub(super) heads: BTreeSet<String>,
    pub(super) seen: Vec<Seen>,
}

/// The things with names, found by the words they may be taken up by.
#[derive(Debug, Clone, Default)]
pub(super) struct NamedThings {
    /// In the order in which the document first tells of them.
    all: Vec<Named>,
    by_entity: HashMap<usize, usize>,
    /// Their places by the words of their names and descriptions, and the wider nouns for these.
    by_word: HashMap<String, BTreeSet<usize>>,
}

/// One place where the document tells of a thing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen {
    pub(super) sentence: usize,
    pub(super) head: usize,
    pub(super) is_subject: bool,
}

impl Antecedents {
    /// Notes the things that a sentence or headline names or takes up.
    pub(in super::super) fn note_things(
        &mut self,
        tree: &Tree<'_>,
        linker: &Linker<'_>,
        sentence: usize,
    ) {
        for (mention, entity) in linker.mentioned() {
            if !entity.is_named || !entity.members.is_empty() {
                continue;
            }
            let place = self.named.place_of(mention.entity, entity);
            let Some(named) = self.named.all.get_mut(place) else {
                continue;
            };
            named.seen.push(Seen {
                sentence,
                head: mention.head,
                is_subject: is_subject(tree, mention.head),
            });
            let before = named.count_words();
            named.note_descriptions(tree, mention);
            let roles = role::roles(tree, mention.head);
            named.nouns.extend(roles.into_iter().map(str::to_owned));
            if named.seen.len() == 1 || named.count_words() > before {
                self.named.note_words(place);
            }
        }
    }
}

impl NamedThings {
    /// All that may be taken up by a noun for one of its words, or for what it is like.
    pub(super) fn taken_up_by<'n>(&'n self, noun: &str) -> Vec<&'n Named> {
        let places = self.by_word.get(noun).into_iter().flatten();
        places.filter_map(|&place| self.all.get(place)).collect()
    }

    /// All, in the order in which the document first tells of them.
    pub(super) fn all(&self) -> Vec<&Named> {
        self.all.iter().collect()
    }

    /// The place of an entity, which is noted with its names where it is new.
    fn place_of(&mut self, number: usize, entity: &DocumentEntity) -> usize {
        if let Some(&place) = self.by_entity.get(&number) {
            return place;
        }
        let mut named = Named {
            name: entity.name.clone(),
            kind: entity.kind,
            nouns: BTreeSet::new(),
            words: BTreeSet::new(),
            heads: BTreeSet::new(),
            seen: Vec::new(),
        };
        let names = entity.aliases.iter().chain(std::iter::once(&entity.name));
        names.for_each(|name| named.note_name(name));
        let place = self.all.len();
        self.by_entity.insert(number, place);
        self.all.push(named);
        place
    }

    /// Notes by what words the thing at a place may be taken up.
    fn note_words(&mut self, place: usize) {
        let Some(named) = self.all.get(place) else {
            return;
        };
        let nouns = named.nouns.iter().chain(&named.heads);
        let wider = nouns.flat_map(|noun| taxonomy::wider(noun));
        let wider = wider.map(|(word, _)| word);
        let own = named.nouns.iter().chain(&named.heads).chain(&named.words);
        for word in own.map(String::as_str).chain(wider) {
            match self.by_word.get_mut(word) {
                Some(places) => {
                    places.insert(place);
                }
                None => {
                    self.by_word
                        .insert(word.to_owned(), BTreeSet::from([place]));
                }
            }
        }
    }
}

impl Named {
    fn count_words(&self) -> usize {
        self.nouns.len() + self.words.len() + self.heads.len()
    }

    /// "Orvel Foods Ltd" is a company, whatever its trade.
    pub(super) fn has_legal_form(&self) -> bool {
        let mut heads = self.heads.iter();
        heads.any(|head| nouns::is_legal_form(head.trim_end_matches('.')))
    }

    fn note_name(&mut self, name: &str) {
        let lower = name.to_lowercase();
        let words: Vec<&str> = lower
            .split([' ', '-'])
            .filter(|word| !word.is_empty())
            .collect();
        let end = words
            .iter()
            .position(|word| LINKS.contains(word))
            .unwrap_or(words.len());
        // "Orvel" is a name of one word: that is no noun.
        if words.len() > 1 {
            self.heads.extend(
                end.checked_sub(1)
                    .and_then(|last| words.get(last))
                    .map(|word| (*word).to_owned()),
            );
        }
        self.words.extend(words.into_iter().map(str::to_owned));
    }

    /// Notes the appositions, predicates and nouns that stand beside a name.
    fn note_descriptions(&mut self, tree: &Tree<'_>, mention: &Mention) {
        let head = mention.head;
        let inside = mention.first..=mention.last;
        let mut nouns: Vec<usize> = tree
            .children_by(head, &[R::Apposition])
            .filter(|noun| !inside.contains(noun))
            .collect();
        let above = tree.head(head).filter(|above| !inside.contains(above));
        match (tree.relation(head), above) {
            (R::Apposition | R::Flat, Some(noun)) => nouns.push(noun),
            // "Lee is an envoy", but not "Lee was at the meeting".
            (R::NominalSubject, Some(noun))
                if tree.has_child(noun, &[R::Copula]) && !tree.has_child(noun, &[R::Case]) =>
            {
                nouns.push(noun);
            }
            // "The town of Orvel".
            (R::NominalModifier, Some(noun)) if is_name_of(tree, noun, mention.first) => {
                nouns.push(noun);
            }
            // "A programme called Orvel".
            (R::Object | R::OpenClausalComplement, Some(verb))
                if tree.relation(verb) == R::AdnominalClause
                    && matches!(tree.lower(verb), "called" | "named" | "titled" | "dubbed") =>
            {
                nouns.extend(tree.head(verb));
            }
            _ => {}
        }
        // "The shipbuilder Orvel", in whatever way they hang together.
        if mention.kind == MentionKind::Name {
            let before = mention.first.checked_sub(1);
            nouns.extend(before.filter(|&place| tree.tag(place) == UniversalTag::Noun));
        }
        let is_common = |noun: &usize| {
            tree.tag(*noun) == UniversalTag::Noun && tree.fine(*noun) != super::PLURAL
        };
        for noun in nouns.into_iter().filter(is_common) {
            self.nouns.insert(tree.lemma(noun).to_lowercase());
            let words = phrase::alone(tree, noun).map_or_else(Vec::new, |phrase| phrase.tokens);
            let words = words.into_iter().filter(|word| *word < noun);
            self.words
                .extend(words.map(|word| tree.lemma(word).to_lowercase()));
        }
        let is_taken_up = mention.kind == MentionKind::Nominal && self.kind != EntityKind::Person;
        if is_taken_up && is_common(&head) && !matches!(tree.lemma(head), "side" | "party") {
            self.nouns.insert(tree.lemma(head).to_lowercase());
        }
    }
}

/// Whether a name stands behind "of" right behind a noun that says what sort of place it is.
fn is_name_of(tree: &Tree<'_>, noun: usize, first: usize) -> bool {
    let is_place = matches!(
        tree.lemma(noun),
        "town" | "city" | "village" | "district" | "municipality" | "island" | "province" | "state"
    );
    is_place && first == noun + 2 && tree.lower(noun + 1) == "of"
}

pub(super) fn is_subject(tree: &Tree<'_>, head: usize) -> bool {
    matches!(
        tree.relation(head),
        R::NominalSubject | R::PassiveNominalSubject | R::OuterNominalSubject
    )
}
