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
    let is_of_noun = sentence.tokens.get(index).is_some_and(|token| {
        matches!(
            token.relation,
            Relation::NominalModifier
                | Relation::PossessiveModifier
                | Relation::UnmarkedNominalModifier
                | Relation::Compound
        )
    });
    if follows_past(sentence, index) {
        return Tense::Past;
    }
    for _ in 0..HIGHEST {
        let Some(token) = sentence.tokens.get(place) else {
            break;
        };
        // "adjourned the case until Monday", "booked a hall for May": what is set is to come.
        let sets = || {
            sets_a_time(token)
                || has_before(sentence, index, &["until", "till"])
                    && is_passive(sentence, place, token)
        };
        if place != index && is_border(sentence, index) && sets() {
            return Tense::Coming;
        }
        let mut tense = tense_of(sentence, place, token);
        // "Tuesday's attack is the third": the present says nothing of a day of the noun's own.
        if tense == Tense::Coming && is_of_noun && is_plain_present(sentence, place) {
            tense = Tense::Unknown;
        }
        let is_open = tense == Tense::Coming && is_bare_infinitive(sentence, place);
        // "failed to appear on Tuesday": whether he did lies in the past with the failing.
        if tense != Tense::Unknown && !(is_open && is_below_outcome(sentence, token)) {
            return tense;
        }
        match token.head {
            Some(head) => place = head,
            None => break,
        }
    }
    Tense::Unknown
}

/// A gerund of what somebody is blamed for, or of what came before: "accused of hitting him".
fn is_done_already(sentence: &Sentence, place: usize, token: &Token) -> bool {
    if token.fine_tag != FineTag::Gerund {
        return false;
    }
    let has = |words: &[&str]| {
        sentence.tokens.iter().any(|other| {
            other.head == Some(place)
                && matches!(other.relation, Relation::Marker | Relation::Case)
                && words.contains(&other.form.to_lowercase().as_str())
        })
    };
    let above = token.head.and_then(|head| sentence.tokens.get(head));
    let is_blamed = above.is_some_and(|verb| verb.fine_tag == FineTag::PastParticiple);
    has(&["after", "since"]) || is_blamed && has(&["of", "with", "for"])
}

/// "said on Tuesday it will close": a time right behind a verb in the past is that verb's, whatever
/// it hangs on.
fn follows_past(sentence: &Sentence, index: usize) -> bool {
    let on = usize::from(has_before(sentence, index, &["on", "late", "early", "in"]));
    let verb = index
        .checked_sub(1 + on)
        .and_then(|place| sentence.tokens.get(place));
    verb.is_some_and(|verb| {
        verb.universal_tag == UniversalTag::Verb && verb.fine_tag == FineTag::PastVerb
    })
}

/// Whether one of some words stands right before a token.
fn has_before(sentence: &Sentence, index: usize, words: &[&str]) -> bool {
    let before = index
        .checked_sub(1)
        .and_then(|place| sentence.tokens.get(place));
    before.is_some_and(|word| words.contains(&word.form.to_lowercase().as_str()))
}

/// "was suspended": what is done to something until a day mostly lasts still.
fn is_passive(sentence: &Sentence, place: usize, token: &Token) -> bool {
    token.fine_tag == FineTag::PastParticiple
        && sentence
            .tokens
            .iter()
            .any(|other| other.head == Some(place) && other.relation == Relation::PassiveAuxiliary)
}

/// Verbs that set a time for something, or put it off.
fn sets_a_time(token: &Token) -> bool {
    token.universal_tag == UniversalTag::Verb
        && matches!(
            token.lemma.as_str(),
            "adjourn"
                | "book"
                | "defer"
                | "delay"
                | "extend"
                | "give"
                | "move"
                | "plan"
                | "postpone"
                | "push"
                | "remand"
                | "reschedule"
                | "schedule"
                | "set"
                | "slate"
                | "suspend"
        )
}

/// Whether a time is the border or the aim of something: "until Monday", "to Friday", "for May".
fn is_border(sentence: &Sentence, index: usize) -> bool {
    has_before(sentence, index, &["until", "till", "to", "for"])
}

/// Whether a clause stands in the present and its verb says nothing of what is to come.
fn is_plain_present(sentence: &Sentence, place: usize) -> bool {
    let own = || {
        sentence
            .tokens
            .iter()
            .filter(move |other| other.head == Some(place))
    };
    let is_present = |token: &Token| {
        matches!(
            token.fine_tag,
            FineTag::PresentVerb | FineTag::PresentVerbThird
        )
    };
    let verb = sentence.tokens.get(place);
    let tells_plan = verb.is_some_and(|verb| {
        sets_a_time(verb) || matches!(verb.lemma.as_str(), "expect" | "due" | "forecast")
    });
    let is_open = own().any(|word| matches!(word.fine_tag, FineTag::Modal | FineTag::To));
    !tells_plan && !is_open && (own().any(is_present) || verb.is_some_and(is_present))
}

/// Whether the verb at a place has "to" and nothing else that tells its tense.
fn is_bare_infinitive(sentence: &Sentence, place: usize) -> bool {
    let mut own = sentence
        .tokens
        .iter()
        .filter(|other| other.head == Some(place));
    own.any(|word| word.relation == Relation::Marker && word.fine_tag == FineTag::To)
}

/// Whether a clause hangs on a verb that says how it came out, or that it was tried.
fn is_below_outcome(sentence: &Sentence, token: &Token) -> bool {
    let above = token.head.and_then(|head| sentence.tokens.get(head));
    token.relation == Relation::OpenClausalComplement
        && above.is_some_and(|verb| {
            matches!(
                verb.lemma.as_str(),
                "appear"
                    | "attempt"
                    | "begin"
                    | "come"
                    | "continue"
                    | "decline"
                    | "fail"
                    | "force"
                    | "go"
                    | "have"
                    | "help"
                    | "manage"
                    | "refuse"
                    | "seem"
                    | "start"
                    | "struggle"
                    | "try"
                    | "use"
            )
        })
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
            (FineTag::Modal, "would") if has_perfect => return Tense::Past,
            // "said he would travel on Thursday": from then on it is to come.
            (
                FineTag::Modal,
                "will" | "would" | "shall" | "can" | "may" | "'ll" | "'d" | "should" | "must",
            ) => {
                return Tense::Coming;
            }
            (FineTag::Modal, _) => tense = Tense::Unknown,
            (FineTag::PastVerb, _) => return Tense::Past,
            (FineTag::PresentVerbThird | FineTag::PresentVerb, "have") => return Tense::Past,
            // "is open until May", "are expected on Monday", "is meeting them on Friday".
            (FineTag::PresentVerbThird | FineTag::PresentVerb, "be") => tense = Tense::Coming,
            (FineTag::To, _) => is_infinitive = true,
            _ => {}
        }
    }
    // "is believed to have fled on Friday", "is accused of hitting him on Sunday".
    if has_perfect || is_done_already(sentence, place, token) {
        return Tense::Past;
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
        // "The trial resumes on Monday": with a day, the present speaks of what is set.
        FineTag::PresentVerb | FineTag::PresentVerbThird if !has_helper && !reports(token) => {
            Tense::Coming
        }
        _ => tense,
    }
}

/// Verbs whose present tense tells of what somebody said or showed, or of what came before it.
fn reports(token: &Token) -> bool {
    matches!(
        token.lemma.as_str(),
        "add"
            | "argue"
            | "believe"
            | "claim"
            | "come"
            | "explain"
            | "feel"
            | "follow"
            | "indicate"
            | "insist"
            | "know"
            | "mark"
            | "note"
            | "recall"
            | "remember"
            | "reveal"
            | "say"
            | "seem"
            | "show"
            | "suggest"
            | "tell"
            | "think"
            | "understand"
            | "write"
    )
}
