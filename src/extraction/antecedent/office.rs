//! Offices: "Deputy Speaker Ann Lee" is deputy speaker of the chamber of which the document told
//! that she is its deputy speaker.

use std::collections::BTreeSet;

use crate::text::dependency::Relation as R;

use super::super::linking::Linker;
use super::super::phrase;
use super::super::tree::Tree;
use super::Antecedents;

/// An office is told in no more words than this.
const LONGEST_OFFICE: usize = 14;

/// The office of somebody, told with what it is of.
#[derive(Debug, Clone)]
pub(super) struct Office {
    /// The entity who holds it.
    holder: usize,
    /// The words before what it is of.
    words: BTreeSet<String>,
    /// The noun.
    lemma: String,
    name: String,
}

impl Antecedents {
    /// Notes the offices that a sentence tells with what they are of.
    pub(super) fn note_offices(&mut self, tree: &Tree<'_>, linker: &Linker<'_>) {
        for (head, holder) in linker.offices() {
            let Some(phrase) = phrase::alone(tree, head) else {
                continue;
            };
            let is_of = |&child: &usize| {
                child > head
                    && tree.relation(child) == R::NominalModifier
                    && tree
                        .child(child, &[R::Case])
                        .is_some_and(|case| tree.lower(case) == "of")
            };
            // "Harbour Board Deputy Chairwoman", "Peru's minister".
            let is_of_name = |&token: &usize| {
                token < head && (tree.name_kind(token).is_some() || tree.is_inside_name(token))
            };
            let children = tree.children(head).iter();
            let is_told = phrase.tokens.iter().any(is_of_name)
                || children
                    .into_iter()
                    .any(|child| is_of(child) && phrase.tokens.contains(child));
            if !is_told || phrase.tokens.len() > LONGEST_OFFICE {
                continue;
            }
            let office = Office {
                holder,
                words: words(tree, &phrase.tokens, head),
                lemma: tree.lemma(head).to_lowercase(),
                name: linker.normal_form(tree, &phrase.tokens),
            };
            self.offices.push(office);
        }
    }

    /// The fuller form of an office of somebody, where the document told only one that it may be.
    pub(in super::super) fn office(
        &self,
        tree: &Tree<'_>,
        tokens: &[usize],
        (head, holder): (usize, usize),
    ) -> Option<&str> {
        let own = words(tree, tokens, head);
        let lemma = tree.lemma(head).to_lowercase();
        let is_bare = tokens.last() == Some(&head);
        let mut told = self.offices.iter().filter(|office| {
            office.holder == holder && office.lemma == lemma && own.is_subset(&office.words)
        });
        let first = told.next()?;
        let is_one = told.all(|office| office.name == first.name);
        (is_bare && is_one).then_some(first.name.as_str())
    }
}

/// The words of an office up to its noun.
fn words(tree: &Tree<'_>, tokens: &[usize], head: usize) -> BTreeSet<String> {
    tokens
        .iter()
        .filter(|&&token| token <= head && tree.relation(token) != R::Determiner)
        .map(|&token| tree.lower(token).to_owned())
        .collect()
}
