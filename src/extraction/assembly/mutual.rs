//! What two do with each other: each is told with the other.

use crate::fact::{Argument, Content, Qualifier};
use crate::provenance::Span;
use crate::text::dependency::Relation as R;
use crate::text::tag::{FineTag, UniversalTag};
use crate::text::word_list::WordList;

use super::super::argument::{self, Part};
use super::super::lexicon;
use super::super::linking::{Linked, Linker};
use super::super::phrase::{self, Phrase};
use super::super::proposition::Proposition;
use super::super::tree::Tree;
use super::Frame;
use super::qualifying::push;

/// "Ann Lee and Bo Ek held talks": Lee held them with Ek, and Ek with Lee.
pub(super) fn with_other(
    frame: &Frame,
    subjects: &[(Linked, Option<Span>)],
    place: usize,
) -> Frame {
    let mut frame = frame.clone();
    if let Some((subject, _)) = subjects.get(place) {
        without_itself(&mut frame, subject);
    }
    let has_partner = frame
        .qualifiers
        .iter()
        .any(|known| matches!(known.role.as_str(), "with" | "between"));
    if let ([first, second], true, false) = (subjects, frame.is_mutual, has_partner) {
        let (other, _) = if place == 0 { second } else { first };
        if other.entity_kind().is_some() {
            push(&mut frame, "with".to_owned(), other.argument.clone());
        }
    }
    frame
}

/// "After talks with Ann Lee, the ministers signed": not Ann Lee after talks with herself. What
/// somebody is told to do with or against himself is read wrongly.
fn without_itself(frame: &mut Frame, subject: &Linked) {
    let Some(own) = subject
        .argument
        .name()
        .filter(|_| subject.entity_kind().is_some())
    else {
        return;
    };
    let own = own.to_owned();
    let tells_own = |argument: &Argument| {
        let is_phrase = matches!(argument.content, Content::Phrase { .. });
        let text = argument.name().unwrap_or_default();
        is_phrase && text.ends_with(&format!(" with {own}"))
    };
    let is_own = |known: &Qualifier| {
        matches!(known.role.as_str(), "with" | "against" | "between")
            && known.argument.content == subject.argument.content
    };
    if frame.qualifiers.iter().any(is_own) {
        frame.most = frame.most.min(WITH_ITSELF);
    }
    frame.qualifiers.retain(|known| !tells_own(&known.argument));
}

/// "Adopted the Plan for Ports in the Digital Age": what stands in the object's name is no
/// circumstance as well.
pub(super) fn without(frame: &Frame, object: &Linked) -> Frame {
    let mut frame = frame.clone();
    if object.entity_kind().is_some() {
        frame
            .qualifiers
            .retain(|known| known.argument.content != object.argument.content);
    }
    frame
}

/// How sure a fact is of what somebody does with himself.
const WITH_ITSELF: f32 = 0.2;

/// Whether a clause tells what two subjects do with each other.
pub(super) fn is_mutual(tree: &Tree<'_>, proposition: &Proposition) -> bool {
    let object = proposition
        .arguments
        .iter()
        .find(|argument| argument.part == Part::Object)
        .and_then(|object| object.alternatives.first());
    let thing = object.map(|phrase| tree.lemma(phrase.head).to_lowercase());
    // "celebrate 30 years of diplomatic relations": with each other.
    let ends_in_bond = object
        .and_then(|phrase| phrase.tokens.last())
        .is_some_and(|&last| lexicon::is_bond(tree.lemma(last)));
    !proposition.is_passive
        && (ends_in_bond
            || comes_to_a_sum(tree, proposition)
            || lexicon::is_mutual(tree.lemma(proposition.head), thing.as_deref()))
}

/// "Ann Lee and Bo Ek collected 9,000 names": nobody says that each of them did.
fn comes_to_a_sum(tree: &Tree<'_>, proposition: &Proposition) -> bool {
    /// Of what these tell, each may have as much as the sentence says.
    static OF_EACH: WordList = WordList::new(
        " have own get receive serve spend wait score gain lose win rise fall \
        cost weigh last average face reach pay earn drop climb hit hold need run live work ",
    );
    let lemma = tree.lemma(proposition.head).to_lowercase();
    let objects: Vec<&Phrase> = proposition
        .arguments
        .iter()
        .filter(|argument| argument.part == Part::Object)
        .flat_map(|argument| &argument.alternatives)
        .collect();
    let is_sum = |phrase: &Phrase| {
        tree.children_by(phrase.head, &[R::NumericModifier])
            .any(|number| !matches!(tree.lower(number), "one" | "1"))
    };
    let says_each = tree
        .subtree(proposition.head, |_| false)
        .into_iter()
        .any(|word| {
            matches!(
                tree.lower(word),
                "each" | "both" | "respectively" | "apiece"
            )
        });
    matches!(objects.as_slice(), [only] if is_sum(only)) && !says_each && !OF_EACH.contains(&lemma)
}

/// "Fees and commissions rose to 12 million": what they come to, they come to together.
pub(super) fn together(
    tree: &Tree<'_>,
    linker: &Linker<'_>,
    proposition: &Proposition,
) -> Option<Phrase> {
    let [first, .., last] = proposition.subjects.as_slice() else {
        return None;
    };
    let is_plain = |phrase: &Phrase| {
        tree.tag(phrase.head) == UniversalTag::Noun
            && tree.name_kind(phrase.head).is_none()
            && !tree.has_child(phrase.head, &[R::NumericModifier, R::PossessiveModifier])
    };
    let is_amount = |phrase: &Phrase| {
        linker
            .value_at(phrase.head)
            .is_some_and(|value| matches!(value.kind, "money" | "quantity" | "number"))
    };
    let has_amount = proposition
        .arguments
        .iter()
        .any(|argument| !argument.is_time && argument.alternatives.iter().all(is_amount));
    let has_article = tree.has_child(last.head, &[R::Determiner]);
    let is_one = has_amount && !has_article && proposition.subjects.iter().all(is_plain)
        || lexicon::is_collective(&proposition.name)
        || argument::is_done_together(tree, proposition.head)
        || is_of_all(tree, proposition)
        || are_one_thing(tree, proposition);
    phrase::whole(tree, first.head).filter(|_| is_one && proposition.subjects.len() > 1)
}

/// "with a combined stake of 60 percent": what all come to is nobody's alone.
fn is_of_all(tree: &Tree<'_>, proposition: &Proposition) -> bool {
    proposition
        .arguments
        .iter()
        .flat_map(|argument| &argument.alternatives)
        .any(|phrase| {
            tree.children_by(phrase.head, &[R::AdjectivalModifier])
                .any(|word| matches!(tree.lower(word), "combined" | "collective"))
        })
}

/// Who does what a passive clause says: all of them as one, where they come to one amount.
pub(super) fn agents(
    tree: &Tree<'_>,
    proposition: &Proposition,
    alternatives: &[Phrase],
) -> Vec<Phrase> {
    let whole = alternatives
        .first()
        .filter(|_| alternatives.len() > 1 && is_of_all(tree, proposition))
        .and_then(|first| phrase::whole(tree, first.head));
    whole.map_or_else(|| alternatives.to_vec(), |whole| vec![whole])
}

/// "The dam, the canal and the port will become the largest project": the one that they are.
fn are_one_thing(tree: &Tree<'_>, proposition: &Proposition) -> bool {
    let is_linking = tree.has_child(proposition.head, &[R::Copula])
        || matches!(
            tree.lemma(proposition.head),
            "become" | "form" | "represent" | "remain"
        );
    let is_one = |phrase: &Phrase| {
        tree.fine(phrase.head) == FineTag::Noun
            && tree
                .children_by(phrase.head, &[R::Determiner, R::PossessiveModifier])
                .any(|word| !matches!(tree.lower(word), "no" | "each" | "every"))
    };
    let mut complements = proposition
        .arguments
        .iter()
        .filter(|argument| matches!(argument.part, Part::Complement | Part::Object));
    is_linking
        && !proposition.is_passive
        && complements.next().is_some_and(
            |argument| matches!(argument.alternatives.as_slice(), [only] if is_one(only)),
        )
}
