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

/// What a fact's confidence is reckoned from, each with its weight.
///
/// The weights are a ridge regression on 581 facts of news read one by one against their sentences
/// and documents (`training/confidence.py`; docs/EXTRACTION.md, "Confidence"): right and to be
/// understood alone, or not. What those facts had no example of has its weight from readings of its
/// own: derived facts but possession, and definite nouns that several things compete for.
pub(crate) const SIGNALS: [(&str, f32); COUNT] = [
    ("doubt of predicate", -0.54),
    ("doubt of subject", -0.22),
    ("doubt of arguments", -0.09),
    ("doubt of words", -0.17),
    ("subject excess", 0.05),
    ("argument excess", -0.32),
    ("negated", -0.21),
    ("modal", -0.11),
    ("embedded", -0.07),
    ("bare aside", 0.0),
    ("clause as object", -0.04),
    ("listed", -0.16),
    ("long sentence", -0.47),
    ("said by somebody", 0.03),
    ("subject pronoun", -0.17),
    ("subject description", 0.33),
    ("subject antecedent", 0.0),
    ("subject bare", 0.33),
    ("subject unresolved", -0.64),
    ("subject words", 0.37),
    ("subject competed", -0.4),
    ("object pronoun", 0.0),
    ("object description", 0.0),
    ("object antecedent", 0.0),
    ("object bare", 0.39),
    ("object unresolved", -0.17),
    ("object absent", -0.59),
    ("open subject", -1.03),
    ("open object", -0.66),
    ("open qualifier", -0.36),
    ("nothing named", -0.82),
    ("subject not named", -0.5),
    ("few words", -0.14),
    ("pointing word", -0.45),
    ("quoted by nobody", -0.28),
    ("plural subject", -0.14),
    ("own subject", 0.33),
    ("shared subject", 0.07),
    ("relative clause", -0.29),
    ("participle", -0.14),
    ("adverbial clause", -0.39),
    ("governed clause", 0.11),
    ("clausal subject", -0.02),
    ("existential", 0.01),
    ("apposition", -0.2),
    ("title", 0.61),
    ("location", 0.13),
    ("age", 0.05),
    ("example", -0.02),
    ("possession", -0.31),
    ("nationality", 0.5),
    ("other derived", 0.5),
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
        let weighed = self.0.iter().zip(SIGNALS);
        let odds: f32 = weighed.map(|(number, (_, weight))| number * weight).sum();
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

/// The log-odds of a fact of which nothing of that is so.
const LEVEL: f32 = 1.63;

/// Where a rule stands among the rules in [`SIGNALS`].
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
