//! The part that somebody has in what a verb tells, by which nouns take them up later: who is
//! charged is "the defendant", who sues "the plaintiff", who is killed "the victim".

use crate::fact::EntityKind;
use crate::text::dependency::Relation as R;
use crate::text::lexicon::{NounClass, is_in_class};
use crate::text::tag::{FineTag, UniversalTag};
use crate::text::taxonomy;

use super::super::clause;
use super::super::tree::Tree;

/// Verbs, each group with the nouns for those to whom it is done.
const PATIENTS: [(&str, &str); 9] = [
    (
        "charge indict prosecute try convict sentence jail remand acquit",
        "accused defendant",
    ),
    ("accuse", "accused"),
    ("sue", "defendant respondent"),
    ("arrest detain apprehend charge", "suspect"),
    ("arrest detain jail imprison", "detainee"),
    (
        "kill murder stab shoot rape assault abduct kidnap defraud rob attack",
        "victim",
    ),
    ("kill murder", "deceased"),
    ("kidnap abduct", "hostage"),
    ("nominate", "nominee"),
];

/// Verbs, each group with the nouns for those who do it.
const DOERS: [(&str, &str); 8] = [
    ("sue", "plaintiff claimant complainant applicant petitioner"),
    ("appeal", "appellant"),
    ("kill murder stab shoot attack", "attacker assailant killer"),
    ("shoot", "gunman shooter"),
    ("die", "victim deceased"),
    ("win", "winner"),
    ("buy acquire purchase", "buyer"),
    ("sell", "seller"),
];

/// What is done before a court with a thing: verbs, things, and the nouns for who does it.
const IN_COURT: [(&str, &str, &str); 6] = [
    ("plead", "guilty", "accused defendant"),
    ("stand", "trial", "accused defendant"),
    ("go", "trial", "accused defendant"),
    ("appear", "court", "accused defendant"),
    (
        "file bring lodge",
        "suit lawsuit claim complaint petition action",
        "plaintiff claimant complainant applicant petitioner",
    ),
    ("file lodge", "appeal", "appellant"),
];

fn has(words: &str, word: &str) -> bool {
    words.split_whitespace().any(|known| known == word)
}

/// The nouns that take up somebody for their part in what a sentence tells.
pub(super) fn roles(tree: &Tree<'_>, head: usize) -> Vec<&'static str> {
    let mut found = Vec::new();
    if !is_somebody(tree, head) {
        return found;
    }
    let nouns = |table: &[(&'static str, &'static str)], verb: usize| {
        let lemma = tree.lemma(verb).to_lowercase();
        let rows = table.iter().filter(move |(verbs, _)| has(verbs, &lemma));
        let nouns: Vec<&'static str> = rows.flat_map(|(_, nouns)| nouns.split(' ')).collect();
        nouns
    };
    let Some(verb) = tree.head(head) else {
        return found;
    };
    match tree.relation(head) {
        R::Object if tree.is_verb(verb) => found.extend(nouns(&PATIENTS, verb)),
        R::NominalSubject | R::PassiveNominalSubject => {
            for verb in verbs_with(tree, verb) {
                if clause::is_passive(tree, verb) {
                    found.extend(nouns(&PATIENTS, verb));
                } else {
                    found.extend(nouns(&DOERS, verb));
                    found.extend(in_court(tree, verb));
                }
            }
        }
        _ => {}
    }
    // "A man charged with theft".
    let told = tree
        .children_by(head, &[R::AdnominalClause])
        .filter(|&clause| tree.fine(clause) == FineTag::PastParticiple);
    found.extend(told.flat_map(|clause| nouns(&PATIENTS, clause)));
    found.sort_unstable();
    found.dedup();
    found
}

/// A person or a body.
fn is_somebody(tree: &Tree<'_>, head: usize) -> bool {
    let lemma = tree.lemma(head).to_lowercase();
    match tree.name_kind(head) {
        Some(kind) => matches!(kind, EntityKind::Person | EntityKind::Organization),
        None if tree.tag(head) == UniversalTag::Pronoun => true,
        None => {
            taxonomy::is_person(&lemma)
                || is_in_class(&lemma, NounClass::Person)
                || is_in_class(&lemma, NounClass::Organization)
        }
    }
}

/// A verb and those joined to it that have no subject of their own.
fn verbs_with(tree: &Tree<'_>, verb: usize) -> Vec<usize> {
    let joined = tree.children_by(verb, &[R::Conjunct]).filter(|&other| {
        tree.is_verb(other)
            && !tree.has_child(other, &[R::NominalSubject, R::PassiveNominalSubject])
    });
    std::iter::once(verb)
        .filter(|&verb| tree.is_verb(verb))
        .chain(joined)
        .collect()
}

fn in_court(tree: &Tree<'_>, verb: usize) -> impl Iterator<Item = &'static str> {
    let lemma = tree.lemma(verb).to_lowercase();
    let things: Vec<String> = tree
        .children(verb)
        .iter()
        .filter(|&&child| child > verb)
        .map(|&child| tree.lemma(child).to_lowercase())
        .collect();
    IN_COURT
        .iter()
        .filter(move |(verbs, what, _)| {
            has(verbs, &lemma) && things.iter().any(|thing| has(what, thing))
        })
        .flat_map(|(_, _, nouns)| nouns.split(' '))
}
