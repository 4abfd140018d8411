//! Ranges of amounts, of which a phrase may tell one end.

use crate::text::document::ValueMention;
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
