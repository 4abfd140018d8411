//! The roles of times.

use crate::fact::{Argument, Content};

use super::super::argument::Argument as Phrases;
use super::super::phrase::Phrase;
use super::super::tree::Tree;

/// "Yesterday", of which nobody knows which day it is: it tells nothing.
pub(super) fn is_unknown_day(tree: &Tree<'_>, phrase: &Phrase, time: Option<&Argument>) -> bool {
    let is_known = time.is_some_and(|time| matches!(time.content, Content::Value(_)));
    let is_day = |word: usize| {
        matches!(
            tree.lower(word),
            "yesterday" | "today" | "tomorrow" | "tonight"
        )
    };
    !is_known && matches!(phrase.tokens.as_slice(), [only] if is_day(*only))
}

/// Prepositions that tell a border or an order, and so are roles themselves.
fn is_role(preposition: &str) -> bool {
    matches!(
        preposition,
        "since" | "until" | "till" | "before" | "after" | "by" | "for" | "prior_to"
    )
}

/// The words of the preposition that the text of a time keeps: none that is its role already.
pub(super) fn own_preposition<'a>(tree: &Tree<'_>, argument: &'a Phrases) -> &'a [usize] {
    let role = argument.role(tree);
    let is_past = argument.alternatives.iter().all(|phrase| {
        let last = phrase.tokens.last().map_or("", |&word| tree.lower(word));
        matches!(last, "earlier" | "ago" | "before")
    });
    if is_role(&role) || role == "from" && is_past {
        &[]
    } else {
        &argument.preposition
    }
}

/// The role of a time: `when`, unless the preposition tells a border or an order. What was a year
/// ago is what "rose from a year ago" compares with.
pub(super) fn time_role(tree: &Tree<'_>, argument: &Phrases, time: &Argument) -> String {
    let role = argument.role(tree);
    let is_past = ["earlier", "ago", "before"]
        .iter()
        .any(|word| time.text.ends_with(word));
    if is_role(&role) || role == "from" && is_past {
        role
    } else {
        "when".to_owned()
    }
}
