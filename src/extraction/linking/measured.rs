//! Phrases that a measure opens: "two years after the fire", "200 metres behind the station".

use crate::fact::{Argument, Content};
use crate::text::dependency::Relation as R;

use super::super::lexicon;
use super::super::phrase::Phrase;
use super::super::surface;
use super::super::tree::Tree;
use super::{Linked, Linker, Reference, UNRESOLVED};

impl Linker<'_> {
    /// How long or far from what: the measure stays as it is told, and the noun behind the
    /// preposition is told by what it means.
    pub(super) fn measured_from(&self, tree: &Tree<'_>, phrase: &Phrase) -> Option<Linked> {
        let case = measuring_case(tree, phrase)?;
        let (opening, inner): (Vec<usize>, Vec<usize>) = phrase
            .tokens
            .iter()
            .partition(|&&token| token <= case || tree.is_below(token, case));
        let article = inner
            .first()
            .filter(|&&token| matches!(tree.lower(token), "the" | "a" | "an"));
        let known = self.link(
            tree,
            &Phrase {
                head: phrase.head,
                tokens: inner.clone(),
            },
        );
        let known = known.into_iter().next()?;
        let name = match &known.argument.content {
            Content::Entity { name, .. } | Content::Phrase { name } => name.clone(),
            Content::Value(_) => known.argument.text.clone(),
        };
        let keeps = |article: &&usize| {
            !name
                .to_lowercase()
                .starts_with(&format!("{} ", tree.lower(**article)))
        };
        let article = article.filter(keeps).map(|&token| tree.lower(token));
        let measure = surface::words(self.document, tree, &opening);
        let name = [
            measure.to_lowercase().as_str(),
            article.unwrap_or(""),
            &name,
        ]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
        let text = surface::words(self.document, tree, &phrase.tokens);
        if known.confidence <= UNRESOLVED {
            let open = Argument::phrase(text, name);
            return Some(Linked::new(open, UNRESOLVED, Reference::Unresolved));
        }
        Some(Linked {
            bare_within: usize::from(known.reference == Reference::Bare),
            ..Linked::new(
                Argument::phrase(text, name),
                known.confidence,
                Reference::Words,
            )
        })
    }
}

/// The preposition inside a phrase that a measure opens.
pub(super) fn measuring_case(tree: &Tree<'_>, phrase: &Phrase) -> Option<usize> {
    let case = tree
        .children_by(phrase.head, &[R::Case])
        .find(|&case| phrase.tokens.contains(&case) && lexicon::measures_from(tree.lower(case)))?;
    phrase
        .tokens
        .first()
        .is_some_and(|&first| first < case)
        .then_some(case)
}
