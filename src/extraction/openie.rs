//! The sentence form: one row a proposition, in surface words, as open information extraction
//! has it. Pronouns stay as they stand.

use serde::Serialize;

use crate::text::document::{AnnotatedDocument, Sentence};

use super::argument::{Argument, Part};
use super::clause::Source;
use super::confidence;
use super::phrase::{self, Phrase};
use super::proposition::{Proposition, Rule, Word};
use super::surface;
use super::tree::Tree;

/// Coordinated arguments give at most so many rows.
const MOST_ROWS: usize = 16;

/// A row without objects says so little that it ranks below all others.
const BARE: f32 = 0.25;

/// A statement of a sentence in its own words.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Extraction {
    /// The sentence as it stands.
    pub sentence: String,
    /// The subject's words.
    pub subject: String,
    /// The predicate's words.
    pub predicate: String,
    /// The arguments' words, each with its preposition; the first one's preposition belongs to
    /// the predicate.
    pub objects: Vec<String>,
    /// How likely it is read rightly, 0–1.
    pub confidence: f32,
    /// The name of the rule that read it.
    #[serde(skip)]
    pub rule: &'static str,
}

/// The rows of one sentence of a document.
pub(super) fn rows(
    document: &AnnotatedDocument,
    sentence: &Sentence,
    tree: &Tree<'_>,
    propositions: &[Proposition],
) -> Vec<Extraction> {
    let text = sentence.span.of(&document.text).trim().to_owned();
    let mut found: Vec<Extraction> = Vec::new();
    for proposition in propositions
        .iter()
        .filter(|proposition| !proposition.is_derived())
    {
        let score = confidence::rank(tree, proposition);
        for row in proposition_rows(tree, proposition) {
            let predicate = surface::predicate(document, tree, &row.predicate);
            let objects: Vec<String> = row
                .objects
                .iter()
                .map(|words| surface::words(document, tree, words))
                .filter(|words| !words.is_empty())
                .collect();
            let subject = if row.is_existential {
                "There".to_owned()
            } else {
                surface::words(document, tree, &row.subject)
            };
            let is_known = found.iter().any(|known| {
                known.subject == subject && known.predicate == predicate && known.objects == objects
            });
            if !is_known {
                let sentence = text.clone();
                found.push(Extraction {
                    sentence,
                    subject,
                    predicate,
                    objects,
                    confidence: if row.objects.is_empty() {
                        score * BARE
                    } else {
                        score
                    },
                    rule: proposition.rule.name(),
                });
            }
        }
    }
    found
}

struct Row {
    subject: Vec<usize>,
    predicate: Vec<Word>,
    objects: Vec<Vec<usize>>,
    is_existential: bool,
}

fn proposition_rows(tree: &Tree<'_>, proposition: &Proposition) -> Vec<Row> {
    let ordered = ordered(proposition);
    let mut combinations: Vec<Vec<&Phrase>> = vec![Vec::new()];
    for argument in &ordered {
        let mut longer = Vec::new();
        for combination in &combinations {
            for phrase in &argument.alternatives {
                let mut next = combination.clone();
                next.push(phrase);
                longer.push(next);
            }
        }
        longer.truncate(MOST_ROWS);
        combinations = longer;
    }
    let mut rows = Vec::new();
    for subject in &proposition.subjects {
        for combination in &combinations {
            rows.push(row(tree, proposition, subject, &ordered, combination));
        }
    }
    rows
}

fn row(
    tree: &Tree<'_>,
    proposition: &Proposition,
    subject: &Phrase,
    ordered: &[&Argument],
    combination: &[&Phrase],
) -> Row {
    let mut predicate: Vec<Word> = proposition.predicate.iter().map(without_tense).collect();
    let mut objects = Vec::new();
    // "There is hope": what there is stands as the object.
    let is_existential = proposition.rule == Rule::Clause(Source::Existential);
    if is_existential {
        let (front, tails) = phrase::split_tail(tree, subject);
        objects.push(front);
        objects.extend(tails);
    }
    let beside = (ordered.len() > 1)
        .then(|| adverb_beside(proposition))
        .flatten();
    let ordered: Vec<&Argument> = ordered.to_vec();
    let pairs = ordered
        .iter()
        .zip(combination)
        .filter(|(_, phrase)| beside.is_none_or(|adverb| phrase.tokens != [adverb]));
    predicate.extend(beside.map(Word::Token));
    for (position, (argument, phrase)) in pairs.enumerate() {
        let is_first = position == 0 && !is_existential;
        if is_first && !phrase.tokens.is_empty() {
            predicate.extend(argument.preposition.iter().copied().map(Word::Token));
            let (front, tails) = if argument.part == Part::Clause {
                (phrase.tokens.clone(), Vec::new())
            } else {
                phrase::split_tail(tree, phrase)
            };
            objects.push(front);
            objects.extend(tails);
        } else {
            let mut words = argument.preposition.clone();
            words.extend(phrase.tokens.iter().copied());
            objects.push(words);
        }
    }
    Row {
        subject: subject.tokens.clone(),
        predicate,
        objects,
        is_existential,
    }
}

/// A copula that is understood has no tense in the text: it stands as the lemma, as in the facts.
fn without_tense(word: &Word) -> Word {
    match word {
        Word::Understood("is" | "are") => Word::Understood("be"),
        word => *word,
    }
}

/// "relies heavily on": an adverb right after the verb belongs to the words of the predicate.
fn adverb_beside(proposition: &Proposition) -> Option<usize> {
    let last = proposition.predicate.iter().filter_map(|word| match word {
        Word::Token(index) => Some(*index),
        Word::Understood(_) => None,
    });
    let next = last.max()? + 1;
    let is_beside = |argument: &&Argument| {
        argument.part == Part::Adverb
            && !argument.is_time
            && argument.preposition.is_empty()
            && argument
                .alternatives
                .iter()
                .all(|phrase| phrase.tokens == [next])
    };
    proposition.arguments.iter().find(is_beside).map(|_| next)
}

/// Objects and complements first, then the rest as in the text, times last.
fn ordered(proposition: &Proposition) -> Vec<&Argument> {
    let rank = |argument: &Argument| match argument.part {
        Part::Object | Part::Recipient | Part::Complement | Part::Clause => 0,
        _ if argument.is_time => 3,
        _ if argument.start() < proposition.head => 2,
        _ => 1,
    };
    let mut arguments: Vec<&Argument> = proposition
        .arguments
        .iter()
        .filter(|argument| argument.part != Part::Setting)
        .collect();
    arguments.sort_by_key(|argument| (rank(argument), argument.start()));
    arguments
}
