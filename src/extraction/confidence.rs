//! Confidence: how likely a proposition is read rightly, from the rule that read it, the parser's
//! margins, how deep it is embedded, and the shape of its arguments.

use super::clause::Source;
use super::proposition::{Proposition, Rule};
use super::tree::Tree;

/// The confidence of a proposition, 0.01–0.99.
pub(super) fn confidence(tree: &Tree<'_>, proposition: &Proposition) -> f32 {
    let mut score = base(proposition.rule) - proposition.embedding;
    if proposition.arguments.is_empty() {
        score -= 0.25;
    }
    let longest = proposition
        .subjects
        .iter()
        .map(|phrase| phrase.tokens.len())
        .max()
        .unwrap_or(0);
    score -= 0.01 * longest.saturating_sub(5) as f32;
    let head = proposition
        .subjects
        .first()
        .map_or(proposition.head, |phrase| phrase.head);
    score -= 0.1 * (1.0 - tree.margin(proposition.head).min(tree.margin(head)));
    score.clamp(0.01, 0.99)
}

/// How reliable each rule is.
fn base(rule: Rule) -> f32 {
    match rule {
        Rule::Clause(source) => match source {
            Source::Own => 0.9,
            Source::Shared => 0.8,
            Source::Relative => 0.75,
            Source::Participle => 0.65,
            Source::Adverbial => 0.6,
            Source::Governed => 0.5,
            Source::Clausal => 0.5,
            Source::Existential => 0.6,
        },
        Rule::Apposition => 0.6,
        Rule::Title => 0.5,
        Rule::Location => 0.5,
        Rule::Age => 0.6,
        Rule::Possession => 0.3,
    }
}
