//! How sure a fact is: log-odds of what is known of its words, its tree and its references.

use crate::fact::{Argument, Content, Qualifier};

use super::super::clause::Source;
use super::super::linking::{Linked, Reference};
use super::super::proposition::Rule;
use super::Signals;

/// How many numbers a fact's confidence is reckoned from.
const COUNT: usize = 52;

/// Where "bare aside" stands.
const ASIDE: usize = 9;

/// What they are, in their order.
pub(crate) const NAMES: [&str; COUNT] = [
    "doubt of predicate",
    "doubt of subject",
    "doubt of arguments",
    "doubt of words",
    "subject excess",
    "argument excess",
    "negated",
    "modal",
    "embedded",
    "bare aside",
    "clause as object",
    "listed",
    "long sentence",
    "said by somebody",
    "subject pronoun",
    "subject description",
    "subject antecedent",
    "subject bare",
    "subject unresolved",
    "subject words",
    "subject competed",
    "object pronoun",
    "object description",
    "object antecedent",
    "object bare",
    "object unresolved",
    "object absent",
    "open subject",
    "open object",
    "open qualifier",
    "nothing named",
    "subject not named",
    "few words",
    "pointing word",
    "quoted by nobody",
    "plural subject",
    "own subject",
    "shared subject",
    "relative clause",
    "participle",
    "adverbial clause",
    "governed clause",
    "clausal subject",
    "existential",
    "apposition",
    "title",
    "location",
    "age",
    "example",
    "possession",
    "nationality",
    "other derived",
];

/// The numbers of one fact.
#[derive(Debug, Clone)]
pub(crate) struct Reckoning(pub(crate) [f32; COUNT]);

impl Reckoning {
    /// Gathers the numbers.
    pub(crate) fn of(
        signals: &Signals,
        subject: &Linked,
        object: Option<&Linked>,
        qualifiers: &[Qualifier],
        is_said: bool,
    ) -> Self {
        let flag = |is: bool| if is { 1.0 } else { 0.0 };
        let refers = |linked: &Linked, reference| flag(linked.reference == reference);
        let of_object = |reference| object.map_or(0.0, |linked| refers(linked, reference));
        let is_named = |linked: &Linked| is_anchor(&linked.argument);
        let has_name = is_named(subject)
            || object.is_some_and(is_named)
            || qualifiers.iter().any(|known| is_anchor(&known.argument));
        let arguments = || {
            let objects = object.into_iter().map(|linked| &linked.argument);
            let qualifiers = qualifiers.iter().map(|known| &known.argument);
            std::iter::once(&subject.argument)
                .chain(objects)
                .chain(qualifiers)
        };
        let words: usize = arguments()
            .map(|a| a.to_string().split_whitespace().count())
            .sum();
        let mut numbers = [0.0; COUNT];
        let first = [
            signals.predicate,
            signals.subject,
            signals.arguments,
            signals.words,
            signals.subject_excess as f32 / 10.0,
            signals.argument_excess as f32 / 10.0,
            flag(signals.is_negated),
            flag(signals.is_modal),
            signals.embedding,
            flag(signals.is_aside),
            flag(signals.has_clause),
            signals.listed.min(6) as f32 / 4.0,
            signals.sentence_length.min(80) as f32 / 40.0,
            flag(is_said),
            refers(subject, Reference::Pronoun),
            refers(subject, Reference::Description),
            refers(subject, Reference::Antecedent),
            refers(subject, Reference::Bare),
            refers(subject, Reference::Unresolved),
            refers(subject, Reference::Words),
            flag(subject.competed),
            of_object(Reference::Pronoun),
            of_object(Reference::Description),
            of_object(Reference::Antecedent),
            of_object(Reference::Bare),
            of_object(Reference::Unresolved),
            flag(object.is_none()),
            flag(is_open(&subject.argument)),
            flag(object.is_some_and(|linked| is_open(&linked.argument))),
            flag(qualifiers.iter().any(|known| is_open(&known.argument))),
            flag(!has_name),
            flag(!is_named(subject)),
            (6.0 - words.min(6) as f32) / 6.0,
            flag(arguments().any(is_pointing)),
            flag(signals.is_quoted && !is_said),
            flag(signals.is_plural && !is_named(subject)),
        ];
        for (number, value) in numbers.iter_mut().zip(first) {
            *number = value;
        }
        if let Some(number) = numbers.get_mut(first.len() + place_of(signals.rule)) {
            *number = 1.0;
        }
        Self(numbers)
    }

    fn is_aside(&self) -> bool {
        self.0.get(ASIDE).is_some_and(|&flag| flag > 0.0)
    }

    /// How likely the fact is right and can be understood, 0.01–0.99.
    pub(crate) fn confidence(&self) -> f32 {
        let odds: f32 = self
            .0
            .iter()
            .zip(WEIGHTS)
            .map(|(number, weight)| number * weight)
            .sum();
        let likely = 1.0 / (1.0 + (-(LEVEL + odds)).exp());
        (if self.is_aside() {
            likely * BARE_ASIDE
        } else {
            likely
        })
        .clamp(0.01, 0.99)
    }
}

/// A participle or governed verb without arguments is mostly a noun or adjective read as a verb:
/// such facts are kept, but weak.
const BARE_ASIDE: f32 = 0.3;

const LEVEL: f32 = 1.63;
const WEIGHTS: [f32; COUNT] = [
    -0.54, -0.22, -0.09, -0.17, 0.05, -0.32, -0.21, -0.11, -0.07, 0.0, --0.4, -0.16, -0.47, 0.03,
    -0.17, 0.33, 0.0, 0.33, -0.64, 0.37, 0.04, 0.0, 0.0, 0.0, 0.39, -0.17, -0.59, -1.03, -0.66,
    -0.36, -0.82, -0.5, -0.14, -0.45, -0.28, -0.14, 0.33, 0.07, -0.29, -0.14, -0.39, 0.11, -0.02,
    0.01, -0.2, 0.61, 0.13, 0.05, -0.02, -0.31, 0.5, 0.5,
];

/// Where a rule stands among the rules in [`NAMES`].
fn place_of(rule: Rule) -> usize {
    match rule {
        Rule::Clause(source) => match source {
            Source::Own => 0,
            Source::Shared => 1,
            Source::Relative => 2,
            Source::Participle => 3,
            Source::Adverbial => 4,
            Source::Governed => 5,
            Source::Clausal => 6,
            Source::Existential => 7,
        },
        Rule::Apposition => 8,
        Rule::Title => 9,
        Rule::Location => 10,
        Rule::Age => 11,
        Rule::Example => 12,
        Rule::Possession => 13,
        Rule::Nationality => 14,
        Rule::Event | Rule::Within | Rule::PartOf | Rule::Employer => 15,
    }
}

/// Whether an argument names something or tells a value.
fn is_anchor(argument: &Argument) -> bool {
    match &argument.content {
        Content::Entity { .. } => true,
        Content::Value(crate::value::Value::Text(text)) => has_capital(text),
        Content::Value(_) => true,
        Content::Phrase { name } => has_capital(name),
    }
}

/// Whether a word behind the first begins with a capital, or the first of a normal form.
fn has_capital(text: &str) -> bool {
    text.split_whitespace()
        .any(|word| word.starts_with(char::is_uppercase) && word != "I")
}

/// Whether an argument begins with "this", "that", "these" or "those", or is "there" or "here".
fn is_pointing(argument: &Argument) -> bool {
    let text = argument.name().unwrap_or(&argument.text).to_lowercase();
    matches!(
        text.split_whitespace().next(),
        Some("this" | "that" | "these" | "those" | "there" | "here" | "such")
    )
}

/// Whether the words of an argument hold one that points out of the fact: "its", "this", "we".
fn is_open(argument: &Argument) -> bool {
    const OPEN: &str = " it its they them their theirs this that these those there here such \
        similar other another we us our ours i me my you your he him his she her hers former \
        latter both same ";
    let text = argument.name().unwrap_or(&argument.text).to_lowercase();
    text.split(|letter: char| !letter.is_alphanumeric())
        .any(|word| !word.is_empty() && OPEN.split(' ').any(|open| open == word))
}
