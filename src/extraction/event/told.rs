//! Whether a sentence takes it that an event took place.

use crate::fact::Modality;
use crate::text::dependency::Relation as R;
use crate::text::word_list::WordList;

use super::super::clause;
use super::super::lexicon::{self, Report};
use super::super::modality;
use super::super::tree::Tree;

/// Whether nothing around a noun takes back what it tells: "the planned sale", "called for his
/// resignation", "if the arrest", "would follow the death".
pub(super) fn is_told(tree: &Tree<'_>, noun: usize) -> bool {
    if is_unreal_phrase(tree, noun) || modality::around(tree, noun) != Modality::Asserted {
        return false;
    }
    let mut current = noun;
    while let Some(parent) = tree.head(current) {
        let is_argument = !matches!(
            tree.relation(current),
            R::Conjunct | R::RelativeClause | R::Apposition | R::Parataxis | R::AdnominalClause
        );
        if is_argument && tree.is_nominal(current) && takes_back(tree, current, parent) {
            return false;
        }
        // After what is taken for granted, nothing matters that lies further up.
        if tree.relation(current) == R::RelativeClause || is_factive(tree, current) {
            return true;
        }
        current = parent;
    }
    true
}

/// "any arrest", "the possible sale".
fn is_unreal_phrase(tree: &Tree<'_>, noun: usize) -> bool {
    tree.children_by(
        noun,
        &[
            R::AdjectivalModifier,
            R::Determiner,
            R::Compound,
            R::AdverbialModifier,
        ],
    )
    .any(|word| {
        matches!(
            tree.lower(word),
            "any"
                | "no"
                | "every"
                | "each"
                | "either"
                | "planned"
                | "proposed"
                | "possible"
                | "potential"
                | "alleged"
                | "attempted"
                | "expected"
                | "upcoming"
                | "forthcoming"
                | "future"
                | "eventual"
                | "hypothetical"
                | "suspected"
                | "likely"
                | "next"
                | "intended"
                | "imminent"
                | "prospective"
                | "would-be"
                | "supposed"
                | "threatened"
                | "desired"
                | "scheduled"
                | "immediate"
                | "near"
                | "early"
                | "further"
                | "failed"
                | "assisted"
                | "what"
                | "which"
                | "another"
                | "speedy"
                | "rumoured"
                | "rumored"
        )
    })
}

/// "after the arrest", "since his death": it happened.
fn is_factive(tree: &Tree<'_>, noun: usize) -> bool {
    tree.children_by(noun, &[R::Case]).any(|case| {
        matches!(
            tree.lower(case),
            "after" | "since" | "following" | "despite" | "because" | "due" | "upon"
        )
    })
}

/// Whether a word makes no fact of the noun below it.
fn takes_back(tree: &Tree<'_>, noun: usize, parent: usize) -> bool {
    let lemma = tree.lemma(parent);
    if !tree.is_verb(parent) {
        return is_unreal_noun(lemma) || is_unreal_phrase(tree, parent);
    }
    let is_subject = clause::SUBJECTS.contains(&tree.relation(noun));
    let is_infinitive = clause::has_to(tree, parent) && !is_factive(tree, noun);
    let is_unreal = !is_subject
        && (matches!(
            lexicon::report(lemma),
            Report::Requests | Report::Wants | Report::Denies
        ) || is_unreal_verb(lemma));
    let is_negated = tree
        .children_by(parent, &[R::AdverbialModifier])
        .any(|adverb| lexicon::is_negation(tree.lower(adverb)));
    let has_modal = modality::around(tree, parent) != Modality::Asserted;
    is_infinitive || is_unreal || is_negated || has_modal
}

/// Nouns under which an event is only thought of: "plans for", "a call for".
fn is_unreal_noun(lemma: &str) -> bool {
    static NOUNS: WordList = WordList::new(
        "plan proposal call demand possibility prospect threat risk chance hope \
        fear request offer bid attempt effort intention idea talk negotiation preparation support \
        opposition speculation rumour rumor allegation claim suspicion charge condition vote \
        deadline likelihood probability need option appeal warning prediction question debate \
        discussion scenario ban right favour favor petition motion agreement consideration \
        conspiracy plot crime desire dream goal aim interest opportunity way means cost price \
        limit limitation absence lack prevention avoidance advocate supporter opponent referendum \
        schedule delay date permission approval application",
    );
    NOUNS.contains(lemma)
}

/// Verbs of which the object need not take place.
fn is_unreal_verb(lemma: &str) -> bool {
    static VERBS: WordList = WordList::new(
        "seek predict avoid block oppose consider discuss authorise authorize \
        support threaten await postpone cancel delay prohibit anticipate envisage envision \
        contemplate debate negotiate pursue foresee attempt promise pledge offer schedule aim try \
        accuse suspect allege charge deter resist risk justify favour favor imply involve \
        advocate foil thwart stop mull hint back approve define entail facilitate simulate \
        campaign pray push vote plot conspire agree mean aspire look prepare protect guard",
    );
    VERBS.contains(lemma)
}
