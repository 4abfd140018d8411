//! Confidence: how likely a proposition is read rightly, from the rule that read it and the
//! parser's margins; and how much a row of the sentence form is worth beside the others.

use super::clause::Source;
use super::proposition::{Proposition, Rule};
use super::tree::Tree;

/// Subjects longer than this many tokens are often cut wrongly.
const LONG_SUBJECT: usize = 12;

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
pub(super) fn confidence(tree: &Tree<'_>, proposition: &Proposition) -> f32 {
    let doubt = 1.0 - least_margin(tree, proposition);
    let excess = longest_subject(proposition).saturating_sub(LONG_SUBJECT);
    let mut score = reliability(proposition.rule) * (1.0 - 0.35 * doubt) - 0.02 * excess as f32;
    if proposition.arguments.is_empty() && is_by_the_way(proposition.rule) {
        score *= BARE_ASIDE;
    }
    score.clamp(0.01, 0.99)
}

/// How reliable each rule is where the tree is right: the share of facts found right when read
/// against their sentences (docs/EXTRACTION.md).
fn reliability(rule: Rule) -> f32 {
    match rule {
        Rule::Clause(source) => match source {
            Source::Own => 0.95,
            Source::Shared | Source::Relative | Source::Existential => 0.9,
            Source::Participle => 0.85,
            Source::Adverbial | Source::Governed => 0.8,
            Source::Clausal => 0.7,
        },
        Rule::Title | Rule::Age => 0.93,
        Rule::Apposition | Rule::Location | Rule::Example => 0.85,
        Rule::Possession => 0.75,
        Rule::Nationality => 0.9,
        Rule::Event => 0.8,
        Rule::Within | Rule::PartOf | Rule::Employer => 0.85,
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
