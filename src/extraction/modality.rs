//! Modality of a clause: its own auxiliaries, the verbs its infinitive hangs on, and
//! the clauses it lies in.

use crate::fact::Modality;
use crate::text::dependency::Relation as R;
use crate::text::tag::FineTag;

use super::attribution;
use super::clause::{self, Clause};
use super::lexicon::{self, Governor, Report};
use super::tree::Tree;

mod described;
mod negation;
mod shared;

use described::describes_any;
use negation::has_negation;
pub(super) use negation::{denies, denies_clause, is_negated, no_before};
use shared::shared_modality;

/// In what sense a clause is said.
pub(super) fn modality(tree: &Tree<'_>, clause: &Clause) -> Modality {
    let own = stronger(describes_any(tree, clause), chain_modality(tree, clause));
    let outer = context_modality(tree, clause.head);
    let own = if own == Modality::Conditional
        && outer == Modality::Asserted
        && is_reported_future(tree, clause.head)
    {
        Modality::Future
    } else {
        own
    };
    stronger(outer, own)
}

/// In what sense the clauses around a word, and the auxiliaries of its own, are said.
pub(super) fn around(tree: &Tree<'_>, word: usize) -> Modality {
    let asked = match is_question(tree) {
        true => Modality::Possible,
        false => Modality::Asserted,
    };
    let own = auxiliary_modality(tree, word);
    stronger(asked, stronger(context_modality(tree, word), own))
}

/// Whether a predicate is one of two that "or" joins.
fn is_alternative(tree: &Tree<'_>, head: usize) -> bool {
    let has_or = |verb: usize| {
        tree.relation(verb) == R::Conjunct
            && tree
                .children_by(verb, &[R::Coordination])
                .any(|word| tree.lower(word) == "or")
    };
    let is_denied = |verb: usize| has_negation(tree, verb);
    let first = tree.head(head).filter(|_| has_or(head));
    match first {
        Some(first) => tree.is_verb(first) && !is_denied(first),
        None => {
            tree.is_verb(head)
                && !is_denied(head)
                && tree
                    .children_by(head, &[R::Conjunct])
                    .any(|other| has_or(other) && tree.is_verb(other))
        }
    }
}

/// The modality that tells more: anything but asserted, and not-fact before future.
fn stronger(outer: Modality, own: Modality) -> Modality {
    match (outer, own) {
        (Modality::Asserted, own) => own,
        (outer, Modality::Asserted | Modality::Future) => outer,
        (Modality::Future, own) => own,
        (_, own) => own,
    }
}

fn chain_modality(tree: &Tree<'_>, clause: &Clause) -> Modality {
    let mut found = Modality::Asserted;
    for (position, &link) in clause.links.iter().enumerate() {
        found = stronger(found, auxiliary_modality(tree, link));
        let is_last = position + 1 == clause.links.len();
        if is_last {
            break;
        }
        if let Governor::Modal(modality) = governed_as(tree, link) {
            found = stronger(found, modality);
        }
    }
    if let Some(&first) = clause.links.first() {
        found = stronger(found, shared_modality(tree, first));
    }
    if is_question(tree) {
        found = stronger(Modality::Possible, found);
    }
    found
}

/// "is expected to" tells the future, "expects to" an intention.
fn governed_as(tree: &Tree<'_>, link: usize) -> Governor {
    let lemma = tree.lemma(link);
    let is_passive = clause::is_passive(tree, link);
    match (lemma, is_passive) {
        ("expect" | "plan" | "intend" | "schedule" | "set", true) => {
            Governor::Modal(Modality::Future)
        }
        ("ask" | "tell" | "order" | "urge" | "advise", true) => {
            Governor::Modal(Modality::Requested)
        }
        ("consider" | "find" | "know" | "elect" | "choose" | "prove", true) => Governor::Aspect,
        ("say" | "believe" | "think" | "report" | "suppose", false) => Governor::Named,
        ("go", _) if tree.fine(link) != FineTag::Gerund => Governor::Named,
        _ => clause::governor(tree, link),
    }
}

fn auxiliary_modality(tree: &Tree<'_>, link: usize) -> Modality {
    let mut found = Modality::Asserted;
    for child in tree.children_by(link, &[R::Auxiliary]) {
        let modality = lexicon::auxiliary(tree.lower(child));
        // "they'd seen it": before a participle that is "had".
        let is_had = matches!(tree.lower(child), "'d" | "’d")
            && tree.fine(link) == FineTag::PastParticiple
            && !tree.has_child(link, &[R::PassiveAuxiliary])
            && tree.children_by(link, &[R::Auxiliary]).count() == 1;
        if let Some(modality) = modality.filter(|_| tree.fine(child) == FineTag::Modal && !is_had) {
            found = modality;
        }
    }
    // "is to be held": an obligation or a plan.
    let to = tree
        .children_by(link, &[R::Marker])
        .find(|&mark| tree.lower(mark) == "to");
    let is_to = tree.is_verb(link)
        && !tree.has_child(link, &[R::OuterNominalSubject])
        && to.is_some_and(|to| {
            tree.children_by(link, &[R::Copula, R::Auxiliary, R::PassiveAuxiliary])
                .any(|be| be < to && tree.lemma(be) == "be")
        });
    // "was to have been finished": it was planned, and is not so.
    let is_past_plan = is_to
        && tree
            .children_by(link, &[R::Auxiliary])
            .any(|have| matches!(tree.lower(have), "have" | "had"));
    match (is_to, is_past_plan) {
        (true, true) => Modality::Intended,
        (true, false) => Modality::Future,
        _ => found,
    }
}

fn is_question(tree: &Tree<'_>) -> bool {
    (0..tree.len())
        .rev()
        .take_while(|&index| tree.relation(index) == R::Punctuation)
        .any(|index| tree.lower(index) == "?")
}

/// What the clauses around a clause make of it.
fn context_modality(tree: &Tree<'_>, head: usize) -> Modality {
    let mut found = Modality::Asserted;
    let mut current = head;
    while let Some(parent) = tree.head(current) {
        let step = step_modality(tree, current, parent);
        if found == Modality::Asserted || found == Modality::Future {
            found = stronger(step, found);
        }
        // What describes a noun is taken for granted, whatever is wished or planned around it.
        let is_description = match tree.relation(current) {
            R::RelativeClause | R::Apposition | R::Parataxis => true,
            R::AdverbialClause => {
                is_finite(tree, current) && !is_condition(tree, current) && !is_until(tree, current)
            }
            R::AdnominalClause => !clause::has_to(tree, current),
            _ => false,
        };
        if is_description {
            if found == Modality::Asserted {
                found = of_wanted(tree, current, parent);
            }
            break;
        }
        current = parent;
    }
    if found == Modality::Asserted && has_condition(tree, head) {
        return Modality::Conditional;
    }
    found
}

/// "wants to build a bridge that lasts": what is not there yet does not last.
fn of_wanted(tree: &Tree<'_>, clause: usize, noun: usize) -> Modality {
    let is_indefinite = tree
        .children_by(noun, &[R::Determiner])
        .any(|word| matches!(tree.lower(word), "a" | "an"));
    let has_comma = (noun..clause).any(|mark| tree.lower(mark) == ",");
    let verb = tree
        .head(noun)
        .filter(|_| tree.relation(noun) == R::Object && tree.relation(clause) == R::RelativeClause);
    // "will replace a line that was closed": that has happened.
    let is_past = |word: usize| tree.fine(word) == FineTag::PastVerb;
    let is_over = is_past(clause)
        || tree
            .children_by(clause, &[R::Auxiliary, R::PassiveAuxiliary, R::Copula])
            .any(|word| is_past(word) || matches!(tree.lower(word), "has" | "have" | "had"));
    let Some(verb) = verb.filter(|_| is_indefinite && !has_comma && !is_over) else {
        return Modality::Asserted;
    };
    // "The task is to build a bridge that …".
    let is_aim = clause::has_to(tree, verb) && tree.has_child(verb, &[R::Copula]);
    match stronger(context_modality(tree, verb), auxiliary_modality(tree, verb)) {
        Modality::Asserted if is_aim => Modality::Intended,
        found => found,
    }
}

/// "Without them we would be lost": the condition stands in a phrase.
fn has_lack(tree: &Tree<'_>, head: usize) -> bool {
    let is_would = tree
        .children_by(head, &[R::Auxiliary])
        .any(|word| matches!(tree.lower(word), "would" | "'d" | "’d" | "could" | "might"));
    is_would
        && tree.children_by(head, &[R::Oblique]).any(|phrase| {
            phrase < head
                && tree
                    .children_by(phrase, &[R::Case])
                    .any(|case| tree.lower(case) == "without")
        })
}

/// "If it rains, we stay": the main clause holds only under its condition.
fn has_condition(tree: &Tree<'_>, head: usize) -> bool {
    let mut main = head;
    if tree.relation(head) == R::Conjunct {
        main = tree.head(head).unwrap_or(head);
    }
    // "freed her on condition that she pays": she is free.
    let is_met = |child: usize| {
        tree.children_by(child, &[R::Marker])
            .any(|mark| tree.lower(mark) == "condition")
    };
    tree.children_by(main, &[R::AdverbialClause])
        .any(|child| is_condition(tree, child) && !is_met(child))
}

fn is_condition(tree: &Tree<'_>, child: usize) -> bool {
    // "Had it been kept dry": an auxiliary before its subject.
    let subject = tree.child(child, &[R::NominalSubject, R::PassiveNominalSubject]);
    let is_inverted = tree.children_by(child, &[R::Auxiliary]).any(|word| {
        matches!(tree.lower(word), "had" | "were" | "should")
            && subject.is_some_and(|subject| word < subject)
    });
    if is_inverted && tree.relation(child) == R::AdverbialClause {
        return true;
    }
    tree.children_by(child, &[R::Marker]).any(|mark| {
        let is_proviso = matches!(tree.lower(mark), "provided" | "providing" | "condition");
        lexicon::is_condition(tree.lower(mark))
            && (is_proviso || !tree.has_child(mark, &[R::Fixed]))
    })
}

fn step_modality(tree: &Tree<'_>, child: usize, parent: usize) -> Modality {
    let lemma = tree.lemma(parent);
    match tree.relation(child) {
        R::AdverbialClause if is_condition(tree, child) => Modality::Conditional,
        R::AdverbialClause if clause::is_asked_of(tree, child, parent) => Modality::Requested,
        R::AdnominalClause
            if clause::has_to(tree, child) && tree.has_child(child, &[R::PassiveAuxiliary]) =>
        {
            Modality::Future
        }
        R::AdverbialClause | R::AdnominalClause
            if clause::has_to(tree, child) && !clause::is_outcome(tree, child) =>
        {
            Modality::Intended
        }
        R::AdverbialClause | R::OpenClausalComplement | R::ClausalComplement
            if lexicon::is_suspicion(lemma)
                && clause::is_gerund(tree, child)
                && tree.has_child(child, &[R::Marker, R::Case]) =>
        {
            Modality::Possible
        }
        // "aimed at boosting trade", "interested in expanding it": nobody says that it is so.
        R::AdverbialClause | R::OpenClausalComplement | R::ClausalComplement
            if lexicon::looks_forward(lemma)
                && clause::is_gerund(tree, child)
                && tree
                    .children_by(child, &[R::Marker, R::Case])
                    .any(|mark| matches!(tree.lower(mark), "at" | "in" | "on" | "to" | "of")) =>
        {
            Modality::Intended
        }
        R::AdverbialClause if shared::is_handed_over(tree, child, lemma) => match lemma {
            "charge" => Modality::Possible,
            _ => Modality::Requested,
        },
        // "will stay until the road is mended": that is to come, too.
        R::AdverbialClause
            if is_until(tree, child)
                && auxiliary_modality(tree, parent) != Modality::Asserted
                && auxiliary_modality(tree, child) == Modality::Asserted =>
        {
            auxiliary_modality(tree, parent)
        }
        // "will hold talks before leaving": that is to come, too.
        R::AdverbialClause if clause::is_gerund(tree, child) && is_in_time(tree, child) => {
            match stronger(
                auxiliary_modality(tree, parent),
                shared_modality(tree, parent),
            ) {
                Modality::Future => Modality::Future,
                _ => Modality::Asserted,
            }
        }
        // "would close plants, cutting jobs": what follows holds as far as the main clause does.
        R::AdverbialClause if child > parent && is_bare_gerund(tree, child) => {
            auxiliary_modality(tree, parent)
        }
        // "rumours that it closed": the noun tells whether the clause is so.
        R::AdnominalClause
            if is_content(tree, child)
                && attribution::stated_in(tree, parent, child).is_none()
                && (!lexicon::is_fact_noun(lemma) || is_denied_noun(tree, parent)) =>
        {
            Modality::Possible
        }
        R::ClausalComplement | R::OpenClausalComplement => governed_modality(tree, child, parent),
        _ => Modality::Asserted,
    }
}

/// What a verb makes of the clause it governs.
fn governed_modality(tree: &Tree<'_>, child: usize, parent: usize) -> Modality {
    let lemma = tree.lemma(parent);
    let is_whether = is_condition(tree, child);
    let is_infinitive = clause::has_to(tree, child);
    let is_denied = has_negation(tree, parent) && tree.relation(child) == R::ClausalComplement;
    let is_thought = is_believed(tree, child, parent) || attribution::is_hearsay(tree, parent);
    match lexicon::report(lemma) {
        _ if is_whether || is_denied => Modality::Possible,
        // "You may say that it helps": nobody says so.
        Report::Says
            if lexicon::is_speech(lemma)
                && !is_infinitive
                && matches!(
                    auxiliary_modality(tree, parent),
                    Modality::Possible | Modality::Conditional
                ) =>
        {
            Modality::Possible
        }
        _ if is_thought && tree.relation(child) == R::ClausalComplement => Modality::Possible,
        // "that would mean that it had ties": nobody says that it had.
        _ if matches!(lemma, "mean" | "imply" | "entail" | "suggest")
            && auxiliary_modality(tree, parent) != Modality::Asserted =>
        {
            Modality::Conditional
        }
        Report::Says | Report::Requests if is_bare_gerund(tree, child) => Modality::Possible,
        Report::Requests if attribution::is_told_by_thing(tree, parent) => Modality::Asserted,
        // "insisted that he was sober": with a tense of its own the clause is a claim.
        Report::Requests if lemma == "insist" && has_tense(tree, child) => Modality::Asserted,
        Report::Requests => Modality::Requested,
        Report::Wants if is_infinitive => Modality::Intended,
        Report::Wants | Report::Denies => Modality::Possible,
        Report::Brings if matches!(lemma, "allow" | "enable" | "permit" | "let" | "help") => {
            Modality::Possible
        }
        Report::Brings if matches!(lemma, "ensure" | "guarantee") => Modality::Intended,
        Report::Says if is_infinitive && tree.relation(child) == R::OpenClausalComplement => {
            Modality::Intended
        }
        _ => Modality::Asserted,
    }
}

/// "He thought that it was over": who tells of a thought in the past leaves open whether it is so.
fn is_believed(tree: &Tree<'_>, clause: usize, verb: usize) -> bool {
    let is_past = tree.fine(verb) == FineTag::PastVerb;
    let is_guess = matches!(
        tree.lemma(verb),
        "assume" | "suspect" | "imagine" | "suppose" | "guess" | "speculate" | "pretend" | "dream"
    );
    let is_opinion = matches!(tree.lemma(verb), "think" | "believe");
    // "…," he thought: words in front are a quotation.
    verb < clause && (is_guess || is_opinion && is_past)
}

/// "that he was", "that it has", "that they left": no subjunctive.
fn has_tense(tree: &Tree<'_>, clause: usize) -> bool {
    let is_tensed = |word: usize| {
        matches!(
            tree.fine(word),
            FineTag::PastVerb | FineTag::PresentVerbThird
        ) || matches!(
            tree.lower(word),
            "are" | "were" | "am" | "have" | "do" | "will"
        )
    };
    is_tensed(clause)
        || tree
            .children_by(clause, &[R::Auxiliary, R::PassiveAuxiliary, R::Copula])
            .any(is_tensed)
}

/// "until the road is mended", "once it rains".
fn is_until(tree: &Tree<'_>, clause: usize) -> bool {
    tree.children_by(clause, &[R::Marker, R::AdverbialModifier])
        .any(|mark| {
            matches!(
                tree.lower(mark),
                "until" | "till" | "once" | "when" | "before"
            )
        })
}

/// "before leaving", "after visiting Lund".
fn is_in_time(tree: &Tree<'_>, clause: usize) -> bool {
    tree.children_by(clause, &[R::Marker, R::AdverbialModifier, R::Case])
        .any(|mark| matches!(tree.lower(mark), "before" | "after" | "when" | "while"))
}

/// "the claim that …": a clause that tells what its noun says.
fn is_content(tree: &Tree<'_>, head: usize) -> bool {
    tree.children_by(head, &[R::Marker])
        .any(|mark| tree.lower(mark) == "that")
}

/// "denied the fact that": the verb above takes back what its noun says.
fn is_denied_noun(tree: &Tree<'_>, noun: usize) -> bool {
    let has_no = tree
        .children_by(noun, &[R::Determiner])
        .any(|word| matches!(tree.lower(word), "no" | "little" | "any"));
    has_no
        || tree
            .head(noun)
            .is_some_and(|verb| lexicon::report(tree.lemma(verb)) == Report::Denies)
}

/// "when a court ruled": a clause with a tense of its own.
fn is_finite(tree: &Tree<'_>, head: usize) -> bool {
    tree.has_child(head, &clause::SUBJECTS) && !clause::has_to(tree, head)
}

/// "suggested moving": a gerund without the auxiliary that would make it a statement.
fn is_bare_gerund(tree: &Tree<'_>, verb: usize) -> bool {
    tree.fine(verb) == FineTag::Gerund
        && !tree.has_child(verb, &[R::Auxiliary, R::PassiveAuxiliary, R::Copula])
}

/// "noted that it would rise": "would" in past reported speech is the future of then.
fn is_reported_future(tree: &Tree<'_>, head: usize) -> bool {
    if shared::is_unreal(tree, head) {
        return false;
    }
    if attribution::is_framed_in_past(tree, head) {
        return !has_condition(tree, head) && !has_lack(tree, head);
    }
    let mut current = head;
    while let Some(parent) = tree.head(current) {
        if tree.relation(current) == R::ClausalComplement {
            // "It was announced that it would open".
            let was_told = tree
                .children_by(parent, &[R::PassiveAuxiliary])
                .any(|be| tree.lower(be) == "was");
            return (tree.fine(parent) == FineTag::PastVerb || was_told)
                && !has_condition(tree, head)
                && !has_lack(tree, head)
                && lexicon::report(tree.lemma(parent)) == Report::Says;
        }
        if tree.relation(current) != R::Conjunct {
            return false;
        }
        current = parent;
    }
    false
}
