//! From annotated documents to facts.
//!
//! A sentence becomes a tree one can walk (`tree`); its clauses (`clause`) get predicates
//! (`predicate`), arguments (`argument`) and subjects, its noun phrases give statements without a
//! verb (`nominal`). Together they are propositions, still in the words of the sentence. Of them
//! come the rows of the sentence form (`openie`) and, with negation and modality (`modality`),
//! speakers (`attribution`) and entities (`linking`), the facts of the document (`assembly`).
//!
//! The relations are those of Universal Dependencies 2 as its English treebanks use them.

mod antecedent;
mod argument;
mod assembly;
mod attribution;
mod clause;
mod confidence;
mod event;
mod lexicon;
mod linking;
mod mending;
mod modality;
mod nominal;
mod openie;
mod origin;
mod part;
mod phrase;
mod possession;
mod predicate;
mod proposition;
mod setting;
mod surface;
mod tree;

#[cfg(test)]
mod tests;

pub use openie::Extraction;

use crate::fact::{Entity, Fact};
use crate::text::document::{AnnotatedDocument, SentenceKind};

use antecedent::Antecedents;
use argument::Times;
use assembly::Assembler;
use confidence::{Reckoning, SecondOpinion};
use linking::Linker;
use setting::Setting;
use tree::Tree;

/// Turns an annotated document into facts.
///
/// The store takes any extractor; [`EnglishExtractor`] is the one it comes with.
pub trait Extractor {
    /// The facts of a document, in the order of its sentences. Evidence holds the sentence and the
    /// byte spans; the name of the document is left empty for the store to fill in.
    fn extract(&self, document: &AnnotatedDocument) -> Vec<Fact>;
}

/// The rules for English, over Universal Dependencies.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct EnglishExtractor;

impl Extractor for EnglishExtractor {
    fn extract(&self, document: &AnnotatedDocument) -> Vec<Fact> {
        let mut facts: Vec<Fact> = read(document).into_iter().map(|(fact, _)| fact).collect();
        if let Some(opinion) = second_opinion(document) {
            facts.iter_mut().for_each(|fact| opinion.reconsider(fact));
        }
        merged(facts)
    }
}

/// What the second reading of a document tells, where there is one.
fn second_opinion(document: &AnnotatedDocument) -> Option<SecondOpinion> {
    let second = read(document.second.as_deref()?);
    Some(SecondOpinion::of(second.iter().map(|(fact, _)| fact)))
}

/// The facts of each sentence, with what their confidence is reckoned from.
fn read(document: &AnnotatedDocument) -> Vec<(Fact, Reckoning)> {
    let mut found = Vec::new();
    walk(document, |number, tree, linker, _| {
        let Some(sentence) = document.sentences.get(number) else {
            return;
        };
        let times = Times::new(tree.len(), linker.times());
        let propositions = proposition::propositions(tree, &times);
        let assembler = Assembler {
            document,
            number,
            sentence,
            tree,
            linker,
        };
        for proposition in &propositions {
            found.extend(assembler.facts(proposition));
        }
    });
    found
}

/// Goes through the sentences of a document with what was told up to each of them.
fn walk(
    document: &AnnotatedDocument,
    mut visit: impl FnMut(usize, &Tree<'_>, &Linker<'_>, &Antecedents),
) {
    let mut antecedents = Antecedents::default();
    let setting = Setting::of(document);
    for (number, sentence) in document.sentences.iter().enumerate() {
        if sentence.kind == SentenceKind::Heading {
            let linker = Linker::new(document, number);
            antecedents.note_named(&linker, number);
            antecedents.note_things(&Tree::new(sentence), &linker, number);
        }
        if !matches!(sentence.kind, SentenceKind::Body | SentenceKind::Caption) {
            continue;
        }
        let tree = Tree::new(sentence);
        let linker = Linker::new(document, number);
        antecedents.note(&tree, &linker, number);
        let linker = linker.with(&antecedents).within(&setting);
        visit(number, &tree, &linker, &antecedents);
    }
}

/// A definite noun of a document and something told before that it may mean, for those who
/// measure how that is chosen: `examples/measure_antecedents.rs`.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The index of the sentence.
    pub sentence: usize,
    /// The place of the noun in the sentence.
    pub place: usize,
    /// What the rules say that the noun means.
    pub by_rule: Option<String>,
    /// The words of the definite noun.
    pub text: String,
    /// What is told for it where the candidate is chosen.
    pub name: String,
    /// The numbers of its features.
    pub numbers: Vec<f32>,
}

/// The features of a candidate, in the order of [`Candidate::numbers`].
#[must_use]
pub fn features() -> Vec<&'static str> {
    antecedent::features().collect()
}

/// What the definite nouns of a document may mean.
#[must_use]
pub fn candidates(document: &AnnotatedDocument) -> Vec<Candidate> {
    let mut found = Vec::new();
    walk(document, |number, tree, linker, antecedents| {
        for head in 0..tree.len() {
            let Some(phrase) = phrase::alone(tree, head) else {
                continue;
            };
            let text = surface::words(document, tree, &phrase.tokens);
            let by_rule = linker.by_rule(tree, antecedents, &phrase);
            let ranked = antecedents.ranked(tree, number, &phrase, by_rule.as_deref());
            found.extend(ranked.into_iter().map(|ranked| Candidate {
                sentence: number,
                place: head,
                by_rule: by_rule.clone(),
                text: text.clone(),
                name: ranked.name,
                numbers: ranked.numbers.to_vec(),
            }));
        }
    });
    found
}

/// What confidence is reckoned from, in the order of [`measured`].
#[must_use]
pub fn signals() -> Vec<&'static str> {
    let agreement = confidence::SECOND_OPINION.iter().map(|(name, _, _)| *name);
    let signals = confidence::SIGNALS.iter().map(|(name, _)| *name);
    signals.chain(agreement).collect()
}

/// The facts of each sentence, each with the numbers that its confidence is reckoned from, for
/// those who measure it: `examples/measure_confidence.rs`.
#[must_use]
pub fn measured(document: &AnnotatedDocument) -> Vec<(Fact, Vec<f32>)> {
    let opinion = second_opinion(document);
    let with_numbers = |(mut fact, reckoning): (Fact, Reckoning)| {
        let mut numbers = reckoning.0.to_vec();
        if let Some(opinion) = &opinion {
            numbers.extend(opinion.numbers(&fact));
            opinion.reconsider(&mut fact);
        } else {
            numbers.extend(confidence::SECOND_OPINION.map(|_| 0.0));
        }
        (fact, numbers)
    };
    read(document).into_iter().map(with_numbers).collect()
}

/// The same statement from several sentences is one fact with several pieces of evidence.
fn merged(facts: Vec<Fact>) -> Vec<Fact> {
    let mut places: std::collections::HashMap<String, usize> = std::collections::HashMap::new();
    let mut found: Vec<Fact> = Vec::with_capacity(facts.len());
    for fact in facts {
        let key = format!("{fact}\u{1}{}", fact.derived);
        let known = places.get(&key).and_then(|&place| found.get_mut(place));
        match known {
            Some(known) => {
                known.confidence = known.confidence.max(fact.confidence);
                for evidence in fact.evidence {
                    if !known.evidence.contains(&evidence) {
                        known.evidence.push(evidence);
                    }
                }
            }
            None => {
                places.insert(key, found.len());
                found.push(fact);
            }
        }
    }
    found
}

/// The named entities of a document, with the other names it uses for them.
#[must_use]
pub fn entities(document: &AnnotatedDocument) -> Vec<Entity> {
    document
        .entities
        .iter()
        .filter(|entity| entity.is_named)
        .map(|entity| {
            let mut aliases = entity.aliases.clone();
            aliases.sort();
            aliases.dedup();
            Entity {
                name: entity.name.clone(),
                kind: entity.kind,
                aliases,
            }
        })
        .collect()
}

/// What the sentences of a document say, each on its own and in its own words: the form in which
/// open information extraction is compared.
#[must_use]
pub fn sentence_rows(document: &AnnotatedDocument) -> Vec<Extraction> {
    let mut found = Vec::new();
    for (number, sentence) in document.sentences.iter().enumerate() {
        let tree = Tree::new(sentence);
        let linker = Linker::new(document, number);
        let times = Times::new(tree.len(), linker.times());
        let propositions = proposition::propositions(&tree, &times);
        found.extend(openie::rows(document, sentence, &tree, &propositions));
    }
    found
}
