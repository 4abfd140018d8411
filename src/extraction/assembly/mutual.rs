//! What two do with each other: each is told with the other.

use crate::provenance::Span;

use super::super::argument::Part;
use super::super::lexicon;
use super::super::linking::Linked;
use super::super::proposition::Proposition;
use super::super::tree::Tree;
use super::{Frame, push};

/// "Ann Lee and Bo Ek held talks": Lee held them with Ek, and Ek with Lee.
pub(super) fn with_other(
    frame: &Frame,
    subjects: &[(Linked, Option<Span>)],
    place: usize,
) -> Frame {
    let mut frame = frame.clone();
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

/// Whether a clause tells what two subjects do with each other.
pub(super) fn is_mutual(tree: &Tree<'_>, proposition: &Proposition) -> bool {
    let object = proposition
        .arguments
        .iter()
        .find(|argument| argument.part == Part::Object)
        .and_then(|object| object.alternatives.first());
    let thing = object.map(|phrase| tree.lemma(phrase.head).to_lowercase());
    !proposition.is_passive && lexicon::is_mutual(tree.lemma(proposition.head), thing.as_deref())
}
