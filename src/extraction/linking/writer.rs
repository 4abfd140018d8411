//! Words and names put together to a statement.

use crate::text::tag::{FineTag, UniversalTag};

use super::super::surface;
use super::super::tree::Tree;
use super::Linker;

/// What stands for a token.
pub(super) enum Meant {
    /// The word itself.
    Words,
    /// The word, which something told before in the statement may resolve.
    Guess,
    /// The word, which nothing told resolves.
    Nothing,
    /// A name.
    Name(String),
    /// A name for all words up to a token.
    Span(usize, String),
}

/// Puts words and names together.
#[derive(Default)]
pub(super) struct Writer {
    pub(super) text: String,
    pub(super) run: Vec<usize>,
}

impl Writer {
    pub(super) fn name(&mut self, linker: &Linker<'_>, tree: &Tree<'_>, name: &str) {
        self.end(linker, tree);
        self.push(name);
    }

    pub(super) fn end(&mut self, linker: &Linker<'_>, tree: &Tree<'_>) {
        let words = surface::words(linker.document, tree, &self.run);
        self.run.clear();
        self.push(&words);
    }

    pub(super) fn push(&mut self, part: &str) {
        let is_mark = part.starts_with([',', '.', ';', ':', '?', '!', ')', '’', '\'']);
        if !part.is_empty() && !self.text.is_empty() && !is_mark {
            self.text.push(' ');
        }
        self.text.push_str(part);
    }
}

/// The verb that is written together with a pronoun, in full.
pub(super) fn contracted(tree: &Tree<'_>, token: usize) -> Option<&'static str> {
    let next = (token + 1..tree.len())
        .find(|&next| tree.is_verb(next) || tree.tag(next) == UniversalTag::Auxiliary);
    let is_done = next.is_some_and(|next| tree.fine(next) == FineTag::PastParticiple);
    Some(match tree.lower(token) {
        "'d" | "’d" if is_done => "had",
        "'d" | "’d" => "would",
        "'ll" | "’ll" => "will",
        "'ve" | "’ve" => "have",
        "'re" | "’re" => "are",
        "'m" | "’m" => "am",
        _ => return None,
    })
}

/// A fuller phrase with the article of the noun it stands for: no article before an owner's name.
pub(super) fn with_article(tree: &Tree<'_>, first: usize, fuller: &str) -> String {
    let is_owned = fuller.starts_with(char::is_uppercase)
        && fuller
            .split(' ')
            .any(|word| word.ends_with("'s") || word.ends_with('’') || word.ends_with("’s"));
    let is_capital = tree
        .token(first)
        .is_some_and(|token| token.form.starts_with(char::is_uppercase));
    match (is_owned, is_capital) {
        (true, _) => fuller.to_owned(),
        (false, true) => format!("The {fuller}"),
        (false, false) => format!("the {fuller}"),
    }
}
