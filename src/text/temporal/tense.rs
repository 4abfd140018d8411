//! The tense of the clause that a time stands in.

use crate::text::dependency::Relation;
use crate::text::document::{Sentence, Token};
use crate::text::tag::{FineTag, UniversalTag};

/// When a clause says that something happens, seen from the document's day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Coming,
    Unknown,
}

/// Heads above a time that are looked at; deeper trees say nothing more of it.
const HIGHEST: usize = 8;

/// The tense of the nearest clause above a token that has one.
pub(super) fn tense_at(sentence: &Sentence, index: usize) -> Tense {
    let mut place = index;
    for _ in 0..HIGHEST {
        let Some(token) = sentence.tokens.get(place) else {
            break;
        };
        let tense = tense_of(sentence, place, token);
        if tense != Tense::Unknown {
            return tense;
        }
        match token.head {
            Some(head) => place = head,
            None => break,
        }
    }
    Tense::Unknown
}

/// The tense of a token as head of a clause.
fn tense_of(sentence: &Sentence, place: usize, token: &Token) -> Tense {
    let is_verbal = matches!(
        token.universal_tag,
        UniversalTag::Verb | UniversalTag::Auxiliary
    );
    let window = sentence.tokens.iter().enumerate();
    let mut helpers = window.filter(|(_, other)| {
        other.head == Some(place)
            && matches!(
                other.relation,
                Relation::Auxiliary
                    | Relation::PassiveAuxiliary
                    | Relation::Copula
                    | Relation::Marker
            )
    });
    let mut tense = Tense::Unknown;
    let mut is_infinitive = false;
    let mut has_helper = false;
    // "should have begun in June": the June before.
    let has_perfect = sentence.tokens.iter().any(|other| {
        other.head == Some(place)
            && other.relation == Relation::Auxiliary
            && other.fine_tag == FineTag::BaseVerb
            && other.lemma == "have"
    });
    for (_, helper) in helpers.by_ref() {
        has_helper |= helper.relation != Relation::Marker;
        match (helper.fine_tag, helper.lemma.as_str()) {
            (FineTag::Modal, "can" | "may" | "should" | "must" | "could" | "might")
                if has_perfect =>
            {
                return Tense::Past;
            }
            (FineTag::Modal, "will" | "shall" | "can" | "may" | "'ll" | "should" | "must") => {
                return Tense::Coming;
            }
            (FineTag::Modal, _) => tense = Tense::Unknown,
            (FineTag::PastVerb, _) => return Tense::Past,
            (FineTag::PresentVerbThird | FineTag::PresentVerb, "have") => return Tense::Past,
            (FineTag::To, _) => is_infinitive = true,
            _ => {}
        }
    }
    if is_infinitive {
        return Tense::Coming;
    }
    if !is_verbal {
        return tense;
    }
    match token.fine_tag {
        FineTag::PastVerb => Tense::Past,
        // "the talks held on Monday" are past; "is held" is not.
        FineTag::PastParticiple if !has_helper => Tense::Past,
        FineTag::PresentVerb | FineTag::PresentVerbThird if is_of_plans(token) => Tense::Coming,
        _ => tense,
    }
}

/// Verbs whose present tense speaks of what is to come.
fn is_of_plans(token: &Token) -> bool {
    matches!(
        token.lemma.as_str(),
        "plan"
            | "intend"
            | "aim"
            | "expect"
            | "hope"
            | "begin"
            | "start"
            | "open"
            | "leave"
            | "arrive"
            | "meet"
    )
}
