//! Propositions: what a sentence says, still in the words of the sentence. The facts of a
//! document and the rows of the sentence form are both made from them.

use crate::fact::Modality;
use crate::text::dependency::Relation as R;

use super::argument::{self, Argument, Part, Times};
use super::attribution::{self, Speech};
use super::clause::{self, Clause, Source};
use super::modality;
use super::nominal;
use super::phrase::{self, Phrase};
use super::predicate;
use super::tree::Tree;

/// A word of a predicate: from the sentence, or understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    Token(usize),
    Understood(&'static str),
}

/// The rule that read a proposition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Rule {
    /// A clause, by where its subject comes from.
    Clause(Source),
    /// "Ann Lee, a chemist".
    Apposition,
    /// "President Lee".
    Title,
    /// "Lyon, France".
    Location,
    /// "Ann Lee, 52".
    Age,
    /// "firms, including Acme".
    Example,
    /// "her brother", "Lee's novel".
    Possession,
    /// "the Irish brewer Orvel".
    Nationality,
    /// "the arrest of Ann Lee".
    Event,
    /// "Kenya's Tana River".
    Within,
    /// "the ministry's press office".
    PartOf,
    /// "Acme spokesman Bo Ek".
    Employer,
}

impl Rule {
    /// The rule's name, for measuring.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Clause(source) => source.name(),
            Self::Apposition => "apposition",
            Self::Title => "title",
            Self::Location => "location",
            Self::Age => "age",
            Self::Example => "example",
            Self::Possession => "possession",
            Self::Nationality => "nationality",
            Self::Event => "event",
            Self::Within => "within",
            Self::PartOf => "part of",
            Self::Employer => "employer",
        }
    }
}

/// What a sentence says of something.
#[derive(Debug, Clone)]
pub(super) struct Proposition {
    pub(super) rule: Rule,
    /// One for each coordinated subject; never empty.
    pub(super) subjects: Vec<Phrase>,
    /// The words of the predicate in order.
    pub(super) predicate: Vec<Word>,
    /// The canonical name of the predicate.
    pub(super) name: String,
    /// The token that stands for the whole: the last verb of the chain.
    pub(super) head: usize,
    /// In the order of the text.
    pub(super) arguments: Vec<Argument>,
    pub(super) negated: bool,
    pub(super) modality: Modality,
    pub(super) is_passive: bool,
    pub(super) speech: Option<Speech>,
    /// How many clauses it is embedded in, and of what weight; lowers confidence.
    pub(super) embedding: f32,
}

impl Proposition {
    /// Whether it is concluded from the form of a phrase rather than said.
    pub(super) fn is_derived(&self) -> bool {
        matches!(
            self.rule,
            Rule::Possession
                | Rule::Nationality
                | Rule::Event
                | Rule::Within
                | Rule::PartOf
                | Rule::Employer
        )
    }
}

/// Everything a sentence says.
pub(super) fn propositions(tree: &Tree<'_>, times: &Times) -> Vec<Proposition> {
    let mut found: Vec<Proposition> = clause::clauses(tree)
        .iter()
        .filter_map(|clause| from_clause(tree, clause, times))
        .collect();
    found.extend(nominal::propositions(tree, times));
    found.retain(|proposition| !is_of_nobody(tree, proposition) && !is_within_itself(proposition));
    found
}

/// "Everything it learned": what the clause of a pronoun says, the phrase around it says.
fn is_within_itself(proposition: &Proposition) -> bool {
    matches!(proposition.rule, Rule::Clause(_))
        && proposition
            .arguments
            .iter()
            .filter(|argument| argument.part == Part::Object)
            .flat_map(|argument| &argument.alternatives)
            .any(|phrase| {
                phrase.head != proposition.head && phrase.tokens.contains(&proposition.head)
            })
}

/// "whose wife": without the noun that "whose" means, nobody knows whose.
fn is_of_nobody(tree: &Tree<'_>, proposition: &Proposition) -> bool {
    let starts_with_whose = |phrase: &Phrase| {
        phrase
            .tokens
            .first()
            .is_some_and(|&token| phrase::is_whose(tree, token))
    };
    proposition.subjects.iter().any(starts_with_whose)
        || proposition
            .arguments
            .iter()
            .any(|argument| argument.alternatives.iter().any(starts_with_whose))
}

/// What a clause says.
pub(super) fn from_clause(tree: &Tree<'_>, clause: &Clause, times: &Times) -> Option<Proposition> {
    let mut arguments = argument::arguments(tree, clause, times);
    let last = clause.links.last().copied()?;
    let mut name = predicate::name(tree, clause);
    let mut words: Vec<Word> = predicate::tokens(tree, clause)
        .into_iter()
        .map(Word::Token)
        .collect();
    if clause.source == Source::Existential {
        if arguments.is_empty() && !tree.is_verb(last) {
            return None;
        }
        if name == "be" || name.is_empty() {
            name = "exist".to_owned();
        }
        arguments.retain(|argument| argument.part != Part::Complement);
    }
    if words.is_empty() {
        words.push(Word::Understood("is"));
    }
    if clause.subjects.is_empty() || arguments.is_empty() && asks_what(tree, clause) {
        return None;
    }
    drop_repeated(&mut arguments, &words);
    merge_light_object(tree, times, last, &mut arguments, &mut words, &mut name);
    let is_passive = clause::is_passive(tree, last);
    Some(Proposition {
        rule: Rule::Clause(clause.source),
        subjects: clause.subjects.clone(),
        predicate: words,
        name,
        head: last,
        arguments,
        negated: modality::is_negated(tree, clause),
        modality: modality::modality(tree, clause),
        is_passive,
        speech: attribution::speech_of(tree, clause),
        embedding: embedding(tree, clause.head),
    })
}

/// "knows what they want": what is wanted is asked, so that nothing is said.
fn asks_what(tree: &Tree<'_>, clause: &Clause) -> bool {
    clause.links.iter().any(|&link| {
        tree.children_by(link, &[R::Object])
            .any(|object| object < link && tree.is_relative(object))
    })
}

/// What is a word of the predicate is not an argument too.
fn drop_repeated(arguments: &mut Vec<Argument>, words: &[Word]) {
    arguments.retain(|argument| {
        !argument.alternatives.iter().all(|phrase| {
            phrase
                .tokens
                .iter()
                .all(|&token| words.contains(&Word::Token(token)))
        })
    });
}

/// "took part": the bare object of a light verb belongs to the predicate.
fn merge_light_object(
    tree: &Tree<'_>,
    times: &Times,
    verb: usize,
    arguments: &mut Vec<Argument>,
    words: &mut Vec<Word>,
    name: &mut String,
) {
    let place = arguments.iter().position(|argument| {
        argument.part == Part::Object
            && argument.alternatives.len() == 1
            && argument.alternatives.iter().all(|phrase| {
                phrase.head > verb && predicate::light_object(tree, verb, phrase.head)
            })
    });
    if let Some(place) = place {
        let object = arguments.remove(place);
        arguments.extend(argument::of_light_object(tree, &object, times));
        arguments.sort_by_key(Argument::start);
        for phrase in &object.alternatives {
            words.push(Word::Token(phrase.head));
            name.push('_');
            name.push_str(&predicate::lemma(tree, phrase.head));
        }
    }
}

/// How deep a clause lies in conditions and other clauses, as a penalty.
fn embedding(tree: &Tree<'_>, head: usize) -> f32 {
    let mut penalty: f32 = 0.0;
    let mut current = Some(head);
    while let Some(place) = current {
        penalty += match tree.relation(place) {
            R::ClausalComplement | R::ClausalSubject => 0.12,
            R::AdverbialClause => 0.06,
            R::RelativeClause | R::AdnominalClause if place != head => 0.06,
            _ => 0.0,
        };
        current = tree.head(place);
    }
    penalty.min(0.4)
}
