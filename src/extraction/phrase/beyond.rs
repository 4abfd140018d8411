//! What stands behind a mark and still belongs to the phrase: the rest of a quotation, and what a
//! motion or report is about.

use crate::text::dependency::Relation as R;
use crate::text::tag::UniversalTag;
use crate::text::word_list::WordList;

use super::super::lexicon;
use super::super::tree::Tree;
use super::{Phrase, tidy};

/// "We do not ask for help; we offer it," Lee said: what stands behind a semicolon or dash within
/// one quotation belongs to what is said.
pub(super) fn goes_on(tree: &Tree<'_>, head: usize, child: usize) -> bool {
    let is_mark =
        |token: usize| lexicon::is_quotation_mark(tree.lower(token)) || tree.lower(token) == "»";
    let first = tree
        .subtree(child, |_| false)
        .into_iter()
        .find(|&token| tree.tag(token) != UniversalTag::Punctuation)
        .unwrap_or(child);
    let is_joined =
        first > 0 && matches!(tree.lower(first - 1), ";" | "–" | "—" | "--" | "-" | ":");
    // "It is late, so we go": what goes on behind a comma with a word that joins.
    let is_joined = is_joined
        || first > 0
            && tree.lower(first - 1) == ","
            && matches!(tree.lower(first), "so" | "but" | "and" | "yet" | "because");
    // "Once is luck, twice is a habit": what follows a comma as a sentence of its own.
    let is_joined =
        is_joined || first > 0 && tree.lower(first - 1) == "," && is_sentence(tree, child, first);
    let is_one_quotation = head < child && !(head..child).any(is_mark);
    let is_quoted = (0..head).filter(|&token| is_mark(token)).count() % 2 == 1
        || (child..tree.len()).filter(|&token| is_mark(token)).count() % 2 == 1;
    is_joined && is_one_quotation && is_quoted
}

/// "we offer it", "twice is a habit", and no remark by the way: "you know", "she said".
fn is_sentence(tree: &Tree<'_>, child: usize, first: usize) -> bool {
    let has_subject = tree
        .children_by(child, &[R::NominalSubject, R::PassiveNominalSubject])
        .any(|subject| subject < child)
        || tree
            .child(child, &[R::Copula])
            .is_some_and(|copula| first + 1 == copula);
    let is_remark = lexicon::is_speech(tree.lemma(child))
        || matches!(
            tree.lemma(child),
            "know" | "think" | "mean" | "guess" | "suppose" | "believe" | "see" | "hope"
        );
    has_subject && !is_remark && !tree.has_child(child, &[R::Marker])
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

/// "Ann Lee (second, left)": where somebody stands in a picture is no part of the name.
pub(super) fn without_places_in_picture(tree: &Tree<'_>, tokens: &mut Vec<usize>) {
    static PLACES: WordList = WordList::new(
        " left right centre center middle second third fourth from l r c pictured \
        front back row standing seated far , ",
    );
    let open = tokens.iter().position(|&token| tree.lower(token) == "(");
    let close = tokens.iter().position(|&token| tree.lower(token) == ")");
    let Some((open, close)) = open.zip(close).filter(|(open, close)| open < close) else {
        return;
    };
    let is_place = |&token: &usize| PLACES.contains(tree.lower(token));
    let inside = tokens.get(open + 1..close).unwrap_or_default();
    if !inside.is_empty() && inside.iter().all(is_place) {
        tokens.drain(open..=close);
    }
}

/// "…," said Ann Lee, who left: what stands behind the frame of a whole quotation and outside of
/// its marks is not quoted.
pub(in super::super) fn within_quotation(tree: &Tree<'_>, verb: usize, words: Phrase) -> Phrase {
    let is_mark = |token: usize| lexicon::is_quotation_mark(tree.lower(token));
    let Some(&first) = words.tokens.first().filter(|_| words.head < verb) else {
        return words;
    };
    let is_opened = first > 0 && is_mark(first - 1);
    let closing = (first + 1..verb)
        .find(|&token| is_mark(token))
        .filter(|&mark| words.head < mark && (is_opened || tree.is_glued(mark)));
    let Some(closing) = closing else {
        return words;
    };
    let is_said = |token: usize| {
        let marks = (closing + 1..token).filter(|&mark| is_mark(mark)).count();
        token < verb || marks % 2 == 1
    };
    let said = words.tokens.iter().copied().filter(|&token| is_said(token));
    tidy(tree, words.head, said.collect()).unwrap_or(words)
}
