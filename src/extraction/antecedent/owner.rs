//! Owners: the thing that a noun without its complement belongs to, "turnout" to the election that
//! the document tells of.

use std::collections::BTreeSet;

use crate::text::taxonomy::{self, Nearness};
use crate::text::word_list::WordList;

use super::super::tree::Tree;
use super::deed::Deed;
use super::{Antecedents, FARTHEST_ONLY, Own, Told, only};

/// What was told so few sentences before is still being told.
const NEAR: usize = 1;

/// An owner has so many words that tell it from others: "the national vote" owns nothing.
const LEAST_MARKS: usize = 2;

/// An owner told with more words than this makes no phrase that anybody would read.
const LONGEST_OWNER: usize = 14;

/// A bare noun means what was told by it so many sentences before.
const FARTHEST_BARE: usize = 8;

/// What makes somebody the one who is charged and tried.
static ACCUSING: WordList = WordList::new(
    "accuse charge indict arrest detain try convict sentence jail imprison \
    acquit extradite",
);

/// What owns something, with the place where it was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct Owned {
    pub(in super::super) name: String,
    /// The sentence and the place in it; none where a verb told it.
    pub(in super::super) place: Option<(usize, usize)>,
}

impl Antecedents {
    /// The only thing of some nouns that another noun can belong to at a place: the one told just
    /// before, or the one that the document begins with.
    pub(in super::super) fn only_among(
        &self,
        (sentence, head): (usize, usize),
        nouns: &str,
        last_of_lead: usize,
    ) -> Option<Owned> {
        let before = self.before((sentence, head), nouns.split_whitespace(), FARTHEST_ONLY);
        let near = among(&before, |told| sentence - told.sentence <= NEAR);
        let told = match near.is_empty() {
            true => among(&before, |told| told.sentence <= last_of_lead),
            false => near,
        };
        let is_known = told.iter().any(|told| told.marks.len() >= LEAST_MARKS);
        owner(&told).filter(|_| is_known)
    }

    /// The only thing of some nouns that the document is about: no other is told near a place or in
    /// the lead, by a noun or by a verb.
    pub(in super::super) fn topic_among(
        &self,
        (sentence, head): (usize, usize),
        nouns: &str,
        last_of_lead: usize,
    ) -> Option<Owned> {
        let before = self.before((sentence, head), nouns.split_whitespace(), FARTHEST_ONLY);
        let is_here = |place: usize| place <= last_of_lead || sentence - place <= NEAR;
        let told = among(&before, |told| is_here(told.sentence) && !told.is_plural);
        if !told.is_empty() {
            return owner(&told);
        }
        let mut deeds = nouns.split_whitespace().flat_map(|noun| {
            let verbs: Vec<&str> = taxonomy::verbs(noun)
                .filter(|(_, nearness)| *nearness == Nearness::Listed)
                .map(|(verb, _)| verb)
                .collect();
            let is_told = move |deed: &&Deed| {
                verbs.contains(&deed.lemma.as_str())
                    && (deed.sentence, deed.verb) < (sentence, head)
                    && is_here(deed.sentence)
            };
            let found = self.deeds.iter().filter(is_told);
            found.filter_map(move |deed| deed.told_as(noun))
        });
        let name = deeds.next()?;
        let is_one = deeds.all(|other| other == name) && is_short(&name);
        is_one.then_some(Owned { name, place: None })
    }

    /// The only thing of a bare noun that was told with what it is of: "sanctions on Belarus".
    pub(in super::super) fn told_with_owner(
        &self,
        tree: &Tree<'_>,
        (sentence, head): (usize, usize),
    ) -> Option<Owned> {
        let lemma = tree.lemma(head).to_lowercase();
        let is_plural = super::is_plural(tree, head);
        let lemmas = std::iter::once(lemma.as_str());
        let mut before = self.before((sentence, head), lemmas, FARTHEST_BARE);
        before.retain(|told| told.is_plural == is_plural && told.sentence < sentence);
        let told: Vec<&Told> = before
            .into_iter()
            .filter(|told| !told.marks.is_empty())
            .collect();
        let is_owned = |told: &&Told| {
            let first = told.name.split(' ').next().unwrap_or("");
            let links = [
                " of ",
                " to ",
                " on ",
                " against ",
                " between ",
                " with ",
                " for ",
            ];
            let (noun, rest) = told.name.split_at(first.len());
            noun == tree.lower(head) && links.iter().any(|link| rest.starts_with(link))
        };
        told.iter().all(is_owned).then(|| owner(&told)).flatten()
    }

    /// The only person that the document told up to a sentence to be charged, tried or sentenced.
    pub(in super::super) fn accused(&self, sentence: usize) -> Option<String> {
        let is_accusing =
            |deed: &&Deed| deed.sentence <= sentence && ACCUSING.contains(deed.lemma.as_str());
        let mut patients = self
            .deeds
            .iter()
            .filter(is_accusing)
            .map(|deed| deed.patient());
        let name = patients.next()??;
        patients
            .all(|other| other == Some(name))
            .then(|| name.to_owned())
    }
}

/// The things told that something tells from others.
fn among<'t>(before: &[&'t Told], is: impl Fn(&Told) -> bool) -> Vec<&'t Told> {
    let told = before.iter().copied();
    told.filter(|told| is(told) && !told.marks.is_empty())
        .collect()
}

/// The one thing that all told agree in.
fn owner(told: &[&Told]) -> Option<Owned> {
    let own = Own {
        marks: BTreeSet::new(),
        modifiers: BTreeSet::new(),
    };
    let name = only(told, &own).filter(|name| is_short(name))?;
    let last = told.last()?;
    Some(Owned {
        name,
        place: Some((last.sentence, last.head)),
    })
}

fn is_short(name: &str) -> bool {
    name.split(' ').count() <= LONGEST_OWNER
}
