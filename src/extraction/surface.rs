//! The words of a phrase as they stand in the document.

use crate::provenance::Span;
use crate::text::document::AnnotatedDocument;

use super::phrase;
use super::proposition::Word;
use super::tree::Tree;

/// The words of the given tokens: neighbours as in the text, parts that are apart with a space.
pub(super) fn words(document: &AnnotatedDocument, tree: &Tree<'_>, tokens: &[usize]) -> String {
    let mut text = String::new();
    let mut previous: Option<Span> = None;
    for (index, token) in tokens
        .iter()
        .filter_map(|&index| Some((index, tree.token(index)?)))
    {
        if !text.is_empty() && phrase::is_possessive_mark(tree, tokens, index) {
            text.push_str("'s");
            continue;
        }
        let is_joined = previous.is_some_and(|before| before.end == token.span.start);
        if !is_joined && !text.is_empty() {
            text.push(' ');
        }
        let written = token.span.of(&document.text);
        // Two words may share one span ("cannot"); then only their forms tell them apart.
        let is_shared = previous.is_some_and(|before| before.start == token.span.start);
        text.push_str(if written.is_empty() || is_shared {
            &token.form
        } else {
            written
        });
        previous = Some(token.span);
    }
    text
}

/// The words of a predicate, with those that are understood.
pub(super) fn predicate(
    document: &AnnotatedDocument,
    tree: &Tree<'_>,
    predicate: &[Word],
) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut run: Vec<usize> = Vec::new();
    for word in predicate {
        match word {
            Word::Token(index) => run.push(*index),
            Word::Understood(understood) => {
                if !run.is_empty() {
                    parts.push(words(document, tree, &run));
                    run.clear();
                }
                parts.push((*understood).to_owned());
            }
        }
    }
    if !run.is_empty() {
        parts.push(words(document, tree, &run));
    }
    parts.join(" ")
}

/// From the first byte of the first token to the last of the last.
pub(super) fn span(tree: &Tree<'_>, tokens: &[usize]) -> Option<Span> {
    let first = tree.token(tokens.iter().copied().min()?)?;
    let last = tree.token(tokens.iter().copied().max()?)?;
    Some(Span::new(first.span.start, last.span.end))
}
