//! What stands behind a mark and still belongs to the phrase: the rest of a quotation, and what a
//! motion or report is about.

use crate::text::dependency::Relation as R;
use crate::text::tag::UniversalTag;

use super::super::tree::Tree;

/// "We do not ask for help; we offer it," Lee said: what stands behind a semicolon or dash within
/// one quotation belongs to what is said.
pub(super) fn goes_on(tree: &Tree<'_>, head: usize, child: usize) -> bool {
    let is_mark = |token: usize| matches!(tree.lower(token), "\"" | "“" | "”" | "``" | "''" | "»");
    let first = tree
        .subtree(child, |_| false)
        .into_iter()
        .find(|&token| tree.tag(token) != UniversalTag::Punctuation)
        .unwrap_or(child);
    let is_joined =
        first > 0 && matches!(tree.lower(first - 1), ";" | "–" | "—" | "--" | "-" | ":");
    let is_one_quotation = head < child && !(head..child).any(is_mark);
    let is_quoted = (0..head).filter(|&token| is_mark(token)).count() % 2 == 1
        || (child..tree.len()).filter(|&token| is_mark(token)).count() % 2 == 1;
    is_joined && is_one_quotation && is_quoted
}

/// "A second motion, on the calendar of elections,": what it is about, right behind the noun.
pub(super) fn is_topic(tree: &Tree<'_>, child: usize, head: usize, first: usize) -> bool {
    first == head + 2
        && tree.lower(first) == "on"
        && tree.tag(child) == UniversalTag::Noun
        && tree.has_child(child, &[R::Determiner, R::NominalModifier])
        && tree
            .children_by(head, &[R::Determiner])
            .any(|word| matches!(tree.lower(word), "a" | "an" | "another"))
}

/// "Everything it learned", "those who left": a pronoun that only its clause gives a meaning, with
/// no comma between.
pub(super) fn needs_clause(tree: &Tree<'_>, head: usize, clause: usize) -> bool {
    let is_open = matches!(
        tree.lower(head),
        "everything"
            | "anything"
            | "something"
            | "nothing"
            | "those"
            | "everyone"
            | "anyone"
            | "all"
    );
    let is_object = matches!(tree.relation(head), R::Object | R::Oblique);
    is_open
        && is_object
        && clause > head
        && !(head..clause).any(|between| tree.tag(between) == UniversalTag::Punctuation)
}
