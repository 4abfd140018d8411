//! Things that were counted, for a number that stands alone behind them: "four of the seven members
//! voted for it, three against".

use crate::text::dependency::Relation as R;
use crate::text::lexicon::{NounClass, is_in_class};
use crate::text::tag::{FineTag, UniversalTag};

use super::super::lexicon;
use super::super::linking::Linker;
use super::super::phrase::{self, Phrase};
use super::super::tree::Tree;
use super::{Antecedents, FARTHEST, is_plural, nouns};

/// Things counted so few sentences before are those that are still counted.
const NEAR: usize = 1;

/// A noun that a number stood beside.
#[derive(Debug, Clone)]
pub(super) struct Counted {
    sentence: usize,
    head: usize,
    is_person: bool,
    /// The phrase without its number: "members of the council".
    name: String,
}

/// A noun with a number of things: "seven members of the council".
pub(super) fn counted(
    tree: &Tree<'_>,
    linker: &Linker<'_>,
    sentence: usize,
    head: usize,
) -> Option<Counted> {
    let number = tree
        .child(head, &[R::NumericModifier])
        .or_else(|| number_of(tree, head))?;
    let is_thing = tree.tag(head) == UniversalTag::Noun
        && is_plural(tree, head)
        && !lexicon::is_stretch_of_time(tree.lemma(head))
        && (!lexicon::is_measure(tree.lemma(head)) || tree.lemma(head) == "member");
    // "500 tonnes": what is measured is not counted.
    let is_count = tree.tag(number) == UniversalTag::Numeral
        && linker
            .value_at(number)
            .is_none_or(|value| value.kind != "time" && value.last < head);
    if !is_thing || !is_count {
        return None;
    }
    let is_of = |child: usize| {
        tree.children_by(child, &[R::Case])
            .any(|case| tree.lower(case) == "of")
    };
    let stays = |token: usize| {
        tree.children(head)
            .iter()
            .find(|&&child| tree.is_below(token, child))
            .is_none_or(|&child| match tree.relation(child) {
                R::NominalModifier => child > head && is_of(child),
                R::Compound => true,
                R::AdjectivalModifier => {
                    tree.fine(child) == FineTag::Adjective
                        && nouns::is_identifying(tree.lower(child))
                        && !matches!(tree.lower(child), "first" | "second" | "third")
                }
                _ => false,
            })
    };
    let whole = phrase::alone(tree, head)?;
    let tokens: Vec<usize> = whole
        .tokens
        .into_iter()
        .filter(|&token| stays(token))
        .collect();
    let tokens = phrase::tidy(tree, head, tokens)?.tokens;
    Some(Counted {
        sentence,
        head,
        is_person: is_in_class(tree.lemma(head), NounClass::Person),
        name: linker.normal_form(tree, &tokens),
    })
}

/// "Four of the members": the number that a noun behind "of" is counted by.
fn number_of(tree: &Tree<'_>, head: usize) -> Option<usize> {
    let number = tree
        .head(head)
        .filter(|&number| number < head && tree.relation(head) == R::NominalModifier)?;
    let is_of = tree
        .children_by(head, &[R::Case])
        .any(|case| tree.lower(case) == "of");
    is_of.then_some(number)
}

/// Verbs of which people are counted, whatever else was.
fn counts_people(lemma: &str) -> bool {
    matches!(
        lemma,
        "kill"
            | "injure"
            | "wound"
            | "hurt"
            | "arrest"
            | "detain"
            | "hospitalise"
            | "hospitalize"
            | "employ"
            | "displace"
            | "evacuate"
            | "die"
    )
}

impl Antecedents {
    /// "The three clerks" for "three clerks of the harbour office": so many of a noun as were told
    /// before, and no others.
    pub(super) fn counted_again(
        &self,
        tree: &Tree<'_>,
        sentence: usize,
        phrase: &Phrase,
    ) -> Option<String> {
        let head = phrase.head;
        let number = tree.child(head, &[R::NumericModifier])?;
        let is_definite = tree
            .children_by(head, &[R::Determiner])
            .any(|word| matches!(tree.lower(word), "the" | "these" | "those" | "all"));
        let is_bare = tree.children(head).iter().all(|&child| {
            child < head
                && (matches!(
                    tree.relation(child),
                    R::Determiner | R::NumericModifier | R::Case | R::Punctuation
                ) || !nouns::is_identifying(tree.lower(child)))
                || matches!(tree.relation(child), R::Punctuation | R::Case)
        });
        let is_noun = is_plural(tree, head) && tree.tag(head) == UniversalTag::Noun;
        if !is_definite || !is_bare || !is_noun {
            return None;
        }
        let place = (sentence, head);
        let lemma = tree.lemma(head).to_lowercase();
        let digits = in_digits(tree.lower(number));
        let told = self.before(place, std::iter::once(lemma.as_str()), FARTHEST);
        let mut fuller = told.iter().rev().filter(|told| {
            !told.marks.is_empty() && told.words.iter().any(|word| in_digits(word) == digits)
        });
        let nearest = fuller.next()?;
        let is_one = fuller.all(|other| other.agrees(nearest));
        is_one.then(|| nearest.name.clone())
    }
}

/// A small number in digits, however it is written.
fn in_digits(word: &str) -> &str {
    const WORDS: [&str; 11] = [
        "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    ];
    const DIGITS: [&str; 11] = ["2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"];
    let place = WORDS.iter().position(|known| *known == word);
    place
        .and_then(|place| DIGITS.get(place))
        .map_or(word, |digits| digits)
}

impl Antecedents {
    /// "Three" behind "four of the seven members": three members. Nothing where a phrase is no bare
    /// number; an empty name where nothing was counted before.
    pub(in super::super) fn counted(
        &self,
        tree: &Tree<'_>,
        sentence: usize,
        phrase: &Phrase,
    ) -> Option<String> {
        let head = phrase.head;
        let is_beside = |&token: &usize| {
            token == head
                || matches!(
                    tree.lower(token),
                    "the" | "next" | "first" | "last" | "other" | "another" | "all" | "only"
                )
        };
        let is_argument = matches!(
            tree.relation(head),
            R::NominalSubject | R::PassiveNominalSubject | R::Object
        );
        let is_number = tree.fine(head) == FineTag::Cardinal
            && tree.tag(head) == UniversalTag::Numeral
            && !tree.has_child(head, &[R::NominalModifier, R::RelativeClause, R::Flat]);
        if !is_argument || !is_number || !phrase.tokens.iter().all(is_beside) {
            return None;
        }
        let needs_people = tree
            .head(head)
            .is_some_and(|verb| counts_people(tree.lemma(verb)));
        let last = self
            .counted
            .iter()
            .filter(|counted| (counted.sentence, counted.head) < (sentence, head))
            .filter(|counted| sentence - counted.sentence <= NEAR)
            .filter(|counted| !needs_people || counted.is_person)
            .max_by_key(|counted| (counted.sentence, counted.head));
        let words: Vec<&str> = phrase
            .tokens
            .iter()
            .map(|&token| tree.lower(token))
            .filter(|&word| word != "the")
            .collect();
        let words = words.join(" ");
        Some(match last {
            Some(counted) if words == "one" => format!("one of the {}", counted.name),
            Some(counted) => format!("{words} {}", counted.name),
            None => String::new(),
        })
    }
}
