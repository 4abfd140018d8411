//! Numbers that stand alone for things counted before.

use crate::fact::Argument;
use crate::text::dependency::Relation as R;
use crate::text::document::{Mention, MentionKind, ValueMention};
use crate::text::numeral::ordinal;

use super::super::phrase::Phrase;
use super::super::tree::Tree;
use super::{ANTECEDENT, Linked, Linker, Reference, UNRESOLVED};

impl Linker<'_> {
    /// "Three" of what was counted before; as a subject, a number of nothing told is nobody.
    pub(super) fn counted(&self, tree: &Tree<'_>, phrase: &Phrase, text: &str) -> Option<Linked> {
        // "2030" is no number of things.
        let is_time = self
            .value_at(phrase.head)
            .is_some_and(|value| value.kind == "time");
        if is_time {
            return None;
        }
        let counted = self.antecedents?.counted(tree, self.sentence, phrase)?;
        if !counted.is_empty() {
            let argument = Argument::phrase(text, counted);
            return Some(Linked::new(argument, ANTECEDENT, Reference::Antecedent));
        }
        let name = self.normal_form(tree, &phrase.tokens);
        let is_subject = tree.relation(phrase.head) != R::Object;
        is_subject.then(|| {
            Linked::new(
                Argument::phrase(text, name),
                UNRESOLVED,
                Reference::Unresolved,
            )
        })
    }
}

/// "was fourth", "by a fifth", "two thirds": a place in a row is no number, and a share in words
/// is told in words.
pub(super) fn is_rank_or_share(tree: &Tree<'_>, mention: &ValueMention) -> bool {
    let last = tree.lower(mention.last);
    let is_word = last.ends_with(|letter: char| letter.is_alphabetic());
    mention.kind == "number"
        && is_word
        && (ordinal(last.trim_end_matches('s')).is_some()
            || matches!(last, "half" | "quarter" | "quarters" | "halves"))
}

/// "100 thousand Koreans": so many of those who are named, not all of them.
pub(super) fn is_counted(tree: &Tree<'_>, phrase: &Phrase, mention: &Mention) -> bool {
    // "One skipper, Ann Lee": she is named beside them.
    let is_noun = (mention.first..=mention.last).contains(&phrase.head);
    mention.kind == MentionKind::Name
        && is_noun
        && tree
            .children_by(phrase.head, &[R::NumericModifier])
            .any(|number| number < mention.first && phrase.tokens.contains(&number))
}

/// "southern Spain", "Upper Egypt": a part of the country, and not the country.
pub(super) fn is_region(tree: &Tree<'_>, phrase: &Phrase, mention: &Mention) -> bool {
    mention.kind == MentionKind::Name
        && (mention.first..=mention.last).contains(&phrase.head)
        && tree
            .children_by(phrase.head, &[R::AdjectivalModifier, R::Compound])
            .any(|word| {
                word < mention.first && phrase.tokens.contains(&word) && is_part_of_land(tree, word)
            })
}

/// "northern", "south-eastern", "central": words that cut a part out of a land or town.
fn is_part_of_land(tree: &Tree<'_>, word: usize) -> bool {
    let lower = tree.lower(word);
    matches!(
        lower,
        "central"
            | "upper"
            | "lower"
            | "inner"
            | "outer"
            | "mainland"
            | "rural"
            | "coastal"
            | "north"
            | "south"
            | "east"
            | "west"
    ) || ["northern", "southern", "eastern", "western"]
        .iter()
        .any(|ending| lower.ends_with(ending))
}
