//! Confidence: how likely a proposition is read rightly, from the rule that read it and the
//! parser's margins; and how much a row of the sentence form is worth beside the others.

use crate::fact::Modality;
use crate::text::dependency::Relation;
use crate::text::tag::FineTag;

use super::clause::{self, Source};
use super::lexicon;
use super::proposition::{Proposition, Rule};
use super::tree::Tree;

/// Subjects longer than so many tokens are often cut wrongly, and so are longer arguments.
const LONG_SUBJECT: usize = 5;
const LONG_ARGUMENT: usize = 6;

/// Lengths beyond these are wrong in no other way than those at them.
const MOST_EXCESS: usize = 20;

/// A participle or governed verb without arguments is mostly a noun or adjective read as a verb:
/// such facts are kept, but weak.
const BARE_ASIDE: f32 = 0.3;

fn is_by_the_way(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::Clause(Source::Participle | Source::Adverbial | Source::Governed)
    )
}

/// How likely a proposition is read rightly, 0.01–0.99.
///
/// The log-odds are a sum of weights. Their proportions are those of a logistic regression on
/// which rows of the sentence form match the facts that annotators wrote for CaRB dev and BenchIE
/// dev (`training/confidence.py`); slope and level are set by facts read against their sentences,
/// for the annotators left out much that is right (docs/EXTRACTION.md, "Confidence").
pub(super) fn confidence(tree: &Tree<'_>, proposition: &Proposition) -> f32 {
    let weights = Signals::of(tree, proposition).weigh() + rule_weight(proposition.rule);
    let likely = 1.0 / (1.0 + (-(LEVEL + SLOPE * weights)).exp());
    let is_bare = proposition.arguments.is_empty() && is_by_the_way(proposition.rule)
        || is_consequence(tree, proposition)
        || is_vague(tree, proposition);
    let likely = if is_bare { likely * BARE_ASIDE } else { likely };
    likely.clamp(0.01, 0.99)
}

/// "Nations covered by the ban": what a participle says of things that nothing else tells apart.
fn is_vague(tree: &Tree<'_>, proposition: &Proposition) -> bool {
    proposition.rule == Rule::Clause(Source::Participle)
        && proposition.subjects.iter().all(|subject| {
            subject.tokens.len() == 1
                && matches!(tree.fine(subject.head), FineTag::Noun | FineTag::PluralNoun)
        })
}

/// "The bridge was hit, causing a fire": not the bridge caused it, but that it was hit.
fn is_consequence(tree: &Tree<'_>, proposition: &Proposition) -> bool {
    let verb = proposition.head;
    proposition.rule == Rule::Clause(Source::Adverbial)
        && tree.relation(verb) == Relation::AdverbialClause
        && tree.fine(verb) == FineTag::Gerund
        && lexicon::is_consequence(tree.lemma(verb))
        && tree
            .head(verb)
            .is_some_and(|main| main < verb && clause::is_passive(tree, main))
}
/// Log-odds of a clause with its own subject, apart from its weight, and what one unit of the
/// regression is worth: both from facts read by hand.
const LEVEL: f32 = 2.5;
const SLOPE: f32 = 0.75;

/// What speaks against a proposition.
#[derive(Debug, Clone, Copy)]
pub(super) struct Signals {
    /// One less the parser's margin at the predicate's head, 0–1.
    predicate: f32,
    /// The same at the first subject.
    subject: f32,
    /// The same at the least sure head of an argument.
    arguments: f32,
    /// Tokens of the longest subject beyond [`LONG_SUBJECT`].
    subject_excess: usize,
    /// Tokens of the longest argument beyond [`LONG_ARGUMENT`].
    argument_excess: usize,
    is_negated: bool,
    is_modal: bool,
}

impl Signals {
    fn of(tree: &Tree<'_>, proposition: &Proposition) -> Self {
        let doubt = |index: usize| 1.0 - tree.margin(index).clamp(0.0, 1.0);
        let subject = proposition.subjects.first();
        let phrases = || {
            let arguments = proposition.arguments.iter();
            arguments.flat_map(|argument| &argument.alternatives)
        };
        let longest = phrases().map(|phrase| phrase.tokens.len()).max();
        let excess = |length: usize, most: usize| length.saturating_sub(most).min(MOST_EXCESS);
        Self {
            predicate: doubt(proposition.head),
            subject: subject.map_or(0.0, |phrase| doubt(phrase.head)),
            arguments: phrases()
                .map(|phrase| doubt(phrase.head))
                .fold(0.0, f32::max),
            subject_excess: excess(longest_subject(proposition), LONG_SUBJECT),
            argument_excess: excess(longest.unwrap_or(0), LONG_ARGUMENT),
            is_negated: proposition.negated,
            is_modal: proposition.modality != Modality::Asserted,
        }
    }

    /// The weights of the regression; the lengths are a token each.
    fn weigh(self) -> f32 {
        let flag = |is: bool| if is { 1.0 } else { 0.0 };
        -1.07 * self.predicate
            - 0.75 * self.subject
            - 0.24 * self.arguments
            - 0.086 * self.subject_excess as f32
            - 0.074 * self.argument_excess as f32
            - 0.45 * flag(self.is_negated)
            - 0.33 * flag(self.is_modal)
    }

    /// The signals as numbers, in the order of `training/confidence.py`.
    pub(super) fn numbers(tree: &Tree<'_>, proposition: &Proposition) -> Vec<f32> {
        let signals = Self::of(tree, proposition);
        let flag = |is: bool| if is { 1.0 } else { 0.0 };
        vec![
            signals.predicate,
            signals.subject,
            signals.arguments,
            signals.subject_excess as f32,
            signals.argument_excess as f32,
            flag(signals.is_negated),
            flag(signals.is_modal),
            proposition.embedding,
            flag(proposition.arguments.is_empty()),
        ]
    }
}

/// The weights of the rules in the same regression; those of derived facts, which the sentence
/// form does not have, are from reading alone.
fn rule_weight(rule: Rule) -> f32 {
    match rule {
        Rule::Clause(source) => match source {
            Source::Own | Source::Shared => 0.5,
            Source::Existential => 0.2,
            Source::Relative | Source::Clausal => 0.0,
            Source::Participle => -0.4,
            Source::Adverbial => -0.5,
            Source::Governed => -0.7,
        },
        Rule::Apposition | Rule::Location => 0.5,
        Rule::Title | Rule::Age => 0.2,
        Rule::Example => -0.9,
        Rule::Nationality => 0.4,
        Rule::Event | Rule::Within | Rule::PartOf | Rule::Employer => -0.2,
        Rule::Possession => -0.7,
    }
}

/// The margin of the least sure of the two words everything hangs on: predicate and subject.
fn least_margin(tree: &Tree<'_>, proposition: &Proposition) -> f32 {
    let subject = proposition
        .subjects
        .first()
        .map_or(proposition.head, |phrase| phrase.head);
    tree.margin(proposition.head)
        .min(tree.margin(subject))
        .clamp(0.0, 1.0)
}

fn longest_subject(proposition: &Proposition) -> usize {
    proposition
        .subjects
        .iter()
        .map(|phrase| phrase.tokens.len())
        .max()
        .unwrap_or(0)
}

/// The order of rows in the sentence form, 0.01–0.99: what is said in the main clause, with
/// arguments, tells more than what is said by the way (weights from CaRB dev).
pub(super) fn rank(tree: &Tree<'_>, proposition: &Proposition) -> f32 {
    let mut score = weight(proposition.rule) - proposition.embedding;
    if proposition.arguments.is_empty() {
        score -= 0.25;
    }
    score -= 0.01 * longest_subject(proposition).saturating_sub(5) as f32;
    score -= 0.1 * (1.0 - least_margin(tree, proposition));
    score.clamp(0.01, 0.99)
}

fn weight(rule: Rule) -> f32 {
    match rule {
        Rule::Clause(source) => match source {
            Source::Own => 0.9,
            Source::Shared => 0.8,
            Source::Relative => 0.75,
            Source::Participle => 0.65,
            Source::Adverbial | Source::Existential => 0.6,
            Source::Governed | Source::Clausal => 0.5,
        },
        Rule::Apposition | Rule::Age | Rule::Example => 0.6,
        Rule::Title | Rule::Location => 0.5,
        _ => 0.3,
    }
}
