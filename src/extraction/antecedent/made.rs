//! What somebody makes: "Orvel signed an agreement with Kestel" tells Orvel's agreement with
//! Kestel, though its verb stands between the words.

use crate::text::dependency::Relation as R;
use crate::text::lexicon::is_country;
use crate::text::tag::UniversalTag;
use crate::text::taxonomy;
use crate::text::word_list::WordList;

use super::super::clause;
use super::super::linking::Linker;
use super::super::tree::Tree;
use super::{Told, deed};

/// Verbs of which the object is a deed of the subject, or comes about by it.
static MAKING: WordList = WordList::new(
    "sign reach strike make file lodge submit launch open conduct announce \
    issue publish release win place impose propose present deliver give pay begin start \
    undertake conclude agree table adopt unveil complete mount stage carry draw seal clinch",
);

/// What so many words tell needs no more of them.
const LONGEST_NAME: usize = 6;

/// With so many marks a phrase tells of itself which thing is meant.
const MOST_MARKS: usize = 2;

/// Tells a thing that somebody makes by who makes it and with whom.
pub(super) fn made(tree: &Tree<'_>, linker: &Linker<'_>, head: usize, told: &mut Told) {
    let Some(verb) = tree.head(head).filter(|&verb| is_made(tree, head, verb)) else {
        return;
    };
    // "A memorandum on fishing" says what it is; "an agreement with Kestel" not whose.
    let is_told = !told.name.to_lowercase().ends_with(tree.lower(head))
        && ![" with ", " against "]
            .iter()
            .any(|link| told.name.contains(link));
    let is_full =
        is_told || told.marks.len() > MOST_MARKS || told.name.split(' ').count() > LONGEST_NAME;
    if is_full || told.is_definite || !is_deed(tree, head) {
        return;
    }
    let is_passive = tree.relation(head) == R::PassiveNominalSubject;
    let maker = tree
        .child(verb, &[R::NominalSubject])
        .filter(|&subject| !is_passive && !tree.is_relative(subject))
        // What two do together is not one's alone.
        .filter(|&subject| !tree.has_child(subject, &[R::Conjunct]))
        .and_then(|subject| deed::known(tree, linker, subject))
        .filter(|name| deed::may_own(name));
    let with = tree
        .children_by(verb, &[R::Oblique])
        .filter(|&other| other > head || is_passive && other > verb)
        .find_map(|other| with(tree, linker, other))
        .filter(|(_, link)| !told.name.contains(&format!(" {link} ")));
    let mut name = told.name.clone();
    if let Some(maker) = &maker {
        name = format!("{maker}'s {name}");
    }
    if let Some((other, link)) = &with {
        name = format!("{name} {link} {other}");
    }
    // Who goes to court is told in lower words too: their words are marks of the thing.
    let words = |text: &str| -> Vec<String> {
        let words = text.split(' ').map(str::to_lowercase);
        words.filter(|word| word.len() > 2).collect()
    };
    for text in maker.iter().chain(with.iter().map(|(other, _)| other)) {
        told.marks.extend(words(text));
        told.words.extend(words(text));
    }
    told.name = name;
}

/// Whether a noun is the object of making, as "an agreement" of signing.
fn is_made(tree: &Tree<'_>, head: usize, verb: usize) -> bool {
    let is_object = tree.relation(head) == R::Object && !clause::is_passive(tree, verb)
        || tree.relation(head) == R::PassiveNominalSubject;
    let lemma = tree.lemma(verb).to_lowercase();
    let is_denied = tree
        .children_by(verb, &[R::AdverbialModifier])
        .any(|word| matches!(tree.lower(word), "not" | "never" | "n't" | "n’t"));
    is_object && !is_denied && tree.is_verb(verb) && MAKING.contains(&lemma)
}

/// A deed or message without a word that makes it another: "an agreement", "two complaints".
fn is_deed(tree: &Tree<'_>, head: usize) -> bool {
    let is_new = tree
        .children_by(head, &[R::Determiner])
        .all(|word| matches!(tree.lower(word), "a" | "an"));
    let is_one_of_several = tree
        .children_by(head, &[R::AdjectivalModifier])
        .any(|word| matches!(tree.lower(word), "another" | "other" | "more" | "such"));
    is_new && !is_one_of_several && taxonomy::is_deed(&tree.lemma(head).to_lowercase())
}

/// "With Kestel", "against the town": whom it is made with, and by which word.
fn with<'t>(tree: &'t Tree<'_>, linker: &Linker<'_>, other: usize) -> Option<(String, &'t str)> {
    let case = tree.child(other, &[R::Case])?;
    let link = tree.lower(case);
    let is_named = tree.name_kind(other).is_some() || is_country(tree.lower(other));
    let is_link = match link {
        "with" | "against" | "into" | "between" => true,
        "on" | "to" => is_named && tree.tag(other) == UniversalTag::ProperNoun,
        _ => false,
    };
    let name = deed::known(tree, linker, other).filter(|_| is_link)?;
    let is_definite = tree
        .children_by(other, &[R::Determiner])
        .any(|word| tree.lower(word) == "the");
    // A name has its article or none; "the town" keeps its own.
    let is_lower = name.starts_with(char::is_lowercase);
    let article = if is_lower && is_definite { "the " } else { "" };
    Some((format!("{article}{name}"), link))
}
