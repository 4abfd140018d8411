//! The auxiliaries that a verb shares with the one it is joined to.

use crate::fact::Modality;
use crate::text::dependency::Relation as R;
use crate::text::tag::FineTag;

use super::super::clause;
use super::super::lexicon;
use super::super::tree::Tree;
use super::auxiliary_modality;

/// "will speed up and complete", "could lose and be left to pay", "could have stayed and waited":
/// the second form goes on with the auxiliary of the first.
pub(super) fn shared_modality(tree: &Tree<'_>, head: usize) -> Modality {
    let Some(first) = tree
        .head(head)
        .filter(|_| tree.relation(head) == R::Conjunct && !tree.has_child(head, &clause::SUBJECTS))
    else {
        return Modality::Asserted;
    };
    let helper = tree
        .children_by(head, &[R::Auxiliary, R::PassiveAuxiliary, R::Copula])
        .next();
    let is_open = match helper {
        // "and be left", "and have been paid": a bare form is helped by what stands before it.
        Some(helper) => matches!(tree.lower(helper), "be" | "have") && !clause::has_to(tree, head),
        None => goes_on(tree, first, head),
    };
    if is_open {
        auxiliary_modality(tree, first)
    } else {
        Modality::Asserted
    }
}

/// Whether a bare form or participle goes on with a form of its kind. Behind "could have" a past
/// form is a participle.
fn goes_on(tree: &Tree<'_>, first: usize, head: usize) -> bool {
    let is_bare = matches!(tree.fine(head), FineTag::BaseVerb | FineTag::PastParticiple);
    let has_have = tree
        .children_by(first, &[R::Auxiliary])
        .any(|have| tree.lower(have) == "have");
    // "will be based in Oslo and keep a shop"
    let has_be = tree
        .children_by(first, &[R::PassiveAuxiliary, R::Copula])
        .any(|be| tree.lower(be) == "be");
    is_bare && tree.fine(first) == tree.fine(head)
        || has_be && tree.fine(head) == FineTag::BaseVerb
        || has_have
            && tree.fine(first) == FineTag::PastParticiple
            && tree.fine(head) == FineTag::PastVerb
        // "may sign the deal and begin work": the form is that of the present plural too.
        || tree.fine(first) == FineTag::BaseVerb && tree.fine(head) == FineTag::PresentVerb
}

/// "would have been built", he said: it was not.
pub(super) fn is_unreal(tree: &Tree<'_>, head: usize) -> bool {
    tree.children_by(head, &[R::Auxiliary])
        .any(|have| tree.lower(have) == "have")
}

/// "tasked them with finding it", "charged him with stealing it": that they do is not said.
pub(super) fn is_handed_over(tree: &Tree<'_>, child: usize, lemma: &str) -> bool {
    lexicon::hands_over(lemma)
        && lemma != "credit"
        && clause::is_gerund(tree, child)
        && tree
            .children_by(child, &[R::Marker, R::Case])
            .any(|mark| tree.lower(mark) == "with")
}
