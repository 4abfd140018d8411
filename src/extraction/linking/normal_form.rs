//! The normal form of a phrase: the words by which it is known.

use crate::text::dependency::Relation as R;
use crate::text::document::{MentionKind, NameTag};
use crate::text::lexicon::is_nationality;
use crate::text::tag::{FineTag, UniversalTag};

use super::super::lexicon;
use super::super::phrase;
use super::super::surface;
use super::super::tree::Tree;
use super::Linker;

impl Linker<'_> {
    /// The normal form of a phrase: without article and quotation marks, in lower case but for
    /// names, with the owner's name for "her" and "its" where that is known.
    pub(in crate::extraction) fn normal_form(&self, tree: &Tree<'_>, tokens: &[usize]) -> String {
        let leading = tokens
            .iter()
            .take_while(|&&token| matches!(tree.lower(token), "the" | "a" | "an" | "no"))
            .count();
        let words = tokens
            .get(leading..)
            .filter(|rest| !rest.is_empty())
            .unwrap_or(tokens);
        let mut text = String::new();
        for (position, &token) in words.iter().enumerate() {
            if position > 0 && phrase::is_whose(tree, token) {
                text.push_str("'s");
                continue;
            }
            let is_next = position > 0 && words.get(position - 1).is_some_and(|&p| p + 1 == token);
            if position > 0 && !(is_next && tree.is_glued(token)) {
                text.push(' ');
            }
            if let Some(owner) = self.owner(tree, token) {
                text.push_str(&owner);
                text.push_str("'s");
            } else if is_name_word(tree, token) {
                text.push_str(&surface::words(self.document, tree, &[token]));
            } else {
                text.push_str(tree.lower(token));
            }
        }
        text
    }

    /// The name of the owner that "her" or "its" means.
    fn owner(&self, tree: &Tree<'_>, token: usize) -> Option<String> {
        if tree.relation(token) != R::PossessiveModifier || tree.tag(token) != UniversalTag::Pronoun
        {
            return None;
        }
        if matches!(tree.lower(token), "my") {
            let speaker = self.quotation(tree, token)?.speaker?;
            let entity = self.document.entities.get(speaker)?;
            return entity.is_named.then(|| entity.name.clone());
        }
        let mention = self
            .mentions
            .iter()
            .find(|mention| mention.head == token && mention.kind == MentionKind::Pronoun)?;
        let entity = self.document.entities.get(mention.entity)?;
        entity.is_named.then(|| entity.name.clone())
    }
}

fn is_name_word(tree: &Tree<'_>, index: usize) -> bool {
    let Some(token) = tree.token(index) else {
        return false;
    };
    token.name != NameTag::Outside
        || matches!(
            token.fine_tag,
            FineTag::ProperNoun | FineTag::PluralProperNoun
        )
        || token.form == "I"
        || lexicon::is_calendar_name(&token.form)
        || is_nationality(&token.form)
        || begins_title(tree, index)
        || token.form.chars().skip(1).any(char::is_uppercase)
        || !starts_sentence(tree, index) && token.form.starts_with(char::is_uppercase)
}

/// "Foreign Minister": a capital at the start of a sentence belongs to the title where the next
/// word has one too.
fn begins_title(tree: &Tree<'_>, index: usize) -> bool {
    let is_capital = |place: usize| {
        tree.token(place).is_some_and(|token| {
            token.form.starts_with(char::is_uppercase)
                && matches!(
                    token.universal_tag,
                    UniversalTag::Noun | UniversalTag::ProperNoun | UniversalTag::Adjective
                )
        })
    };
    is_capital(index) && is_capital(index + 1) && tree.name_kind(index + 1).is_none()
}

/// Whether a capital letter may be there only because a sentence begins.
fn starts_sentence(tree: &Tree<'_>, index: usize) -> bool {
    (0..index).all(|before| tree.tag(before) == UniversalTag::Punctuation)
        || index > 0 && matches!(tree.lower(index - 1), ":" | "\"" | "“" | "``" | ";")
}
