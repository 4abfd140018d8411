//! Codes of stock exchanges in brackets, "Orvel (ASX: ORV) said": they say where a share is
//! traded, and nothing of what the sentence tells.

use crate::provenance::Span;

/// A code and its exchange have at most so many letters.
const LONGEST_CODE: usize = 8;

/// The tokens of a sentence without such codes and their brackets.
pub(super) fn without_codes(text: &str, spans: &[Span]) -> Vec<Span> {
    let form = |index: usize| spans.get(index).map_or("", |span| span.of(text));
    let mut kept = Vec::with_capacity(spans.len());
    let mut index = 0;
    while index < spans.len() {
        if form(index) == "("
            && index > 0
            && let Some(end) = codes(&form, index + 1)
        {
            index = end;
            continue;
        }
        kept.extend(spans.get(index));
        index += 1;
    }
    kept
}

/// The place behind the bracket that closes one or more codes.
fn codes<'t>(form: &impl Fn(usize) -> &'t str, start: usize) -> Option<usize> {
    let mut index = start;
    loop {
        if !is_code(form(index)) || form(index + 1) != ":" || !is_code(form(index + 2)) {
            return None;
        }
        index += 3;
        // "OV." is a code of its own, and its stop a token.
        index += usize::from(form(index) == ".");
        match form(index) {
            ")" => return Some(index + 1),
            "," | ";" => index += 1,
            _ => return None,
        }
    }
}

/// Capitals and figures, with a stop in between.
fn is_code(word: &str) -> bool {
    (1..=LONGEST_CODE).contains(&word.len())
        && word
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'.')
        && word.bytes().any(|byte| byte.is_ascii_alphanumeric())
}
