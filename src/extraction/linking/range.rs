//! Ranges of amounts, of which a phrase may tell one end; choices, of which a name is one.

use crate::text::dependency::Relation as R;
use crate::text::document::{Mention, ValueMention};
use crate::value::{Amount, Money, Quantity, Value};

use super::super::phrase::Phrase;
use super::super::tree::Tree;

/// "rose from 40 to 75": each end of the range is an amount of its own, where it is told apart.
pub(super) fn end_of_range(
    tree: &Tree<'_>,
    phrase: &Phrase,
    mention: &ValueMention,
) -> Option<Value> {
    let is_from = tree.lower(mention.first) == "from" || {
        mention.first > 0 && tree.lower(mention.first - 1) == "from"
    };
    let to = (mention.first..=mention.last).find(|&word| tree.lower(word) == "to")?;
    let is_lower = phrase.tokens.iter().all(|&token| token < to);
    let is_upper = phrase.tokens.iter().all(|&token| token > to);
    if !is_from || !is_lower && !is_upper {
        return None;
    }
    let end = |amount: Amount| {
        let number = if is_lower {
            Some(amount.number)
        } else {
            amount.upper
        };
        number.map(Amount::exact)
    };
    match mention.value.clone()? {
        Value::Quantity(Quantity { amount, unit }) => {
            let amount = end(amount)?;
            Some(Value::Quantity(Quantity { amount, unit }))
        }
        Value::Money(Money { amount, currency }) => {
            let amount = end(amount)?;
            Some(Value::Money(Money { amount, currency }))
        }
        _ => None,
    }
}

/// "Riverton or Kestrel", "Riverton and Kestrel together": a phrase that holds what stands beside
/// its head is no mention of the head.
pub(super) fn goes_beyond(tree: &Tree<'_>, found: &Phrase, mention: &Mention) -> bool {
    mention.head == found.head
        && found.tokens.iter().any(|&token| {
            token > mention.last
                && tree.relation(token) == R::Conjunct
                && tree.head(token) == Some(found.head)
        })
}

/// Whether the phrase goes on after the name: "the ASEAN meeting" is not ASEAN.
pub(super) fn has_later_words(phrase: &Phrase, mention: &Mention, tree: &Tree<'_>) -> bool {
    phrase.head != mention.last
        && phrase.tokens.iter().any(|&token| {
            token > mention.last
                && tree.head(token) == Some(phrase.head)
                && tree.relation(token) == R::Compound
        })
}
