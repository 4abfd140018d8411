//! Events told by a noun, as derived facts: "the arrest of Ann Lee by the police" says that the
//! police arrested her, "the firm's refusal to pay" that it did not pay.
//!
//! Only nouns of a list are read (`event/table.rs`), and only where nothing around them takes back
//! that the event took place: "planned", "called for", "if", "would".

mod table;
mod told;

use crate::fact::{EntityKind, Modality};
use crate::text::dependency::Relation as R;
use crate::text::lexicon::{NounClass, is_in_class};
use crate::text::tag::UniversalTag;

use super::argument::{self, Argument, Part, Times};
use super::clause::{self, Clause, Source};
use super::nominal;
use super::phrase::{self, Phrase};
use super::proposition::{self, Proposition, Rule, Word};
use super::tree::Tree;

use table::{Event, Role};

/// Whether a noun tells an event or an intention, so that its owner does not own it.
pub(super) fn is_event(tree: &Tree<'_>, noun: usize) -> bool {
    table::events(tree.lemma(noun)).next().is_some() || intention(tree, noun).is_some()
}

/// What a noun says happened.
pub(super) fn events(tree: &Tree<'_>, noun: usize, times: &Times) -> Vec<Proposition> {
    if !matches!(tree.tag(noun), UniversalTag::Noun) || !told::is_told(tree, noun) {
        return Vec::new();
    }
    if let Some(found) = intended(tree, noun, times) {
        return vec![found];
    }
    table::events(tree.lemma(noun))
        .find_map(|event| happening(tree, noun, event, times))
        .unwrap_or_default()
}

/// Who did it, to whom, and what else the phrase tells.
struct Parts {
    agent: Vec<Phrase>,
    patient: Vec<Phrase>,
    by: Option<usize>,
    rest: Vec<Argument>,
}

fn happening(
    tree: &Tree<'_>,
    noun: usize,
    event: &Event,
    times: &Times,
) -> Option<Vec<Proposition>> {
    let direct = direct_object(tree, noun, event);
    if event.direct.is_some() && direct.is_none() {
        return None;
    }
    let parts = parts(tree, noun, event, direct, times)?;
    let build = |name: String, subjects: Vec<Phrase>, arguments: Vec<Argument>| {
        let mut found = nominal::proposition(
            tree,
            Rule::Event,
            subjects.first()?.clone(),
            vec![Word::Token(noun)],
            arguments.first().cloned()?,
        );
        found.name = name;
        found.subjects = subjects;
        found.arguments = arguments;
        found.head = noun;
        Some(found)
    };
    let told = |name: String, subjects: Vec<Phrase>, arguments: Vec<Argument>| {
        if arguments.is_empty() {
            return bare(tree, noun, name, subjects);
        }
        build(name, subjects, arguments)
    };
    let mut found = Vec::new();
    match (
        &event.participle,
        parts.agent.is_empty(),
        parts.patient.is_empty(),
    ) {
        (_, false, false) => {
            let object = object(parts.patient.clone());
            let mut arguments = vec![object];
            arguments.extend(parts.rest.iter().cloned());
            found.extend(build(event.verb.clone(), parts.agent.clone(), arguments));
            if let (Some(participle), Some(by)) = (&event.participle, parts.by) {
                let mut arguments = vec![agent(tree, by, parts.agent.clone())];
                arguments.extend(parts.rest);
                let name = format!("be_{participle}");
                found.extend(build(name, parts.patient, arguments));
            }
        }
        (Some(participle), true, false) => {
            found.extend(told(format!("be_{participle}"), parts.patient, parts.rest));
        }
        (None, false, true) => {
            found.extend(told(event.verb.clone(), parts.agent, parts.rest));
        }
        _ => return None,
    }
    Some(found)
}

fn bare(tree: &Tree<'_>, noun: usize, name: String, subjects: Vec<Phrase>) -> Option<Proposition> {
    let object = object(vec![subjects.first()?.clone()]);
    let words = vec![Word::Token(noun)];
    let subject = subjects.first()?.clone();
    let mut found = nominal::proposition(tree, Rule::Event, subject, words, object);
    found.name = name;
    found.subjects = subjects;
    found.arguments = Vec::new();
    found.head = noun;
    Some(found)
}

fn object(alternatives: Vec<Phrase>) -> Argument {
    Argument {
        part: Part::Object,
        preposition: Vec::new(),
        alternatives,
        is_time: false,
    }
}

fn agent(tree: &Tree<'_>, by: usize, alternatives: Vec<Phrase>) -> Argument {
    Argument {
        part: Part::Oblique,
        preposition: argument::preposition(tree, by),
        alternatives,
        is_time: false,
    }
}

/// "visit to Oslo": what the preposition of the event marks as its patient.
fn direct_object(tree: &Tree<'_>, noun: usize, event: &Event) -> Option<usize> {
    let preposition = event.direct.as_deref()?;
    modifiers(tree, noun).find(|&child| case(tree, child) == preposition)
}

fn parts(
    tree: &Tree<'_>,
    noun: usize,
    event: &Event,
    direct: Option<usize>,
    times: &Times,
) -> Option<Parts> {
    let mut found = Parts {
        agent: Vec::new(),
        patient: direct.map_or_else(Vec::new, |child| phrase::distributed(tree, child)),
        by: None,
        rest: Vec::new(),
    };
    let strays: Vec<usize> = modifiers(tree, noun)
        .flat_map(|child| modifiers(tree, child))
        .filter(|&child| is_stray(tree, child, times))
        .collect();
    let own = modifiers(tree, noun).filter(|&child| Some(child) != direct);
    for child in own.chain(strays.iter().copied()) {
        let is_time = times.is_time(tree, child);
        match case(tree, child) {
            "of" if is_time => found.rest.push(time(tree, child)),
            "of" if !is_definite(tree, child) => return None,
            "of" => {
                let phrases = phrase::distributed(tree, child);
                match event.of {
                    Role::Agent => found.agent = phrases,
                    Role::Patient if found.patient.is_empty() => found.patient = phrases,
                    _ => return None,
                }
            }
            "by" if !is_time && tree.is_nominal(child) => {
                found.agent = phrase::distributed(tree, child);
                found.by = Some(child);
            }
            _ => found.rest.push(oblique(tree, child, is_time)),
        }
    }
    add_owner(tree, noun, event, times, &mut found)?;
    found.patient = without(tree, found.patient, &strays);
    found.agent = without(tree, found.agent, &strays);
    for argument in &mut found.rest {
        argument.alternatives = without(tree, std::mem::take(&mut argument.alternatives), &strays);
    }
    found
        .rest
        .retain(|argument| !argument.alternatives.is_empty());
    let is_person = |phrases: &[Phrase]| phrases.iter().all(|one| is_person(tree, one.head));
    let is_known = event.is_of_person && !is_person(&found.patient) && !found.patient.is_empty();
    (!is_known).then_some(found)
}

/// "Lee's arrest by the police": the owner has the part that is left.
fn add_owner(
    tree: &Tree<'_>,
    noun: usize,
    event: &Event,
    times: &Times,
    found: &mut Parts,
) -> Option<()> {
    let Some(owner) = tree.child(noun, &[R::PossessiveModifier]) else {
        return Some(());
    };
    if times.is_time(tree, owner) {
        found.rest.push(time(tree, owner));
        return Some(());
    }
    let owner = vec![owner_phrase(tree, owner)?];
    let is_free = (found.agent.is_empty(), found.patient.is_empty());
    match (is_free, event.owner) {
        ((true, true), Role::Agent) | ((true, false), _) => found.agent = owner,
        ((true, true), Role::Patient) | ((false, true), _) => found.patient = owner,
        _ => return None,
    }
    Some(())
}

/// "the arrest of Ann Lee by the police", "accession to the union in 2004": what belongs to the
/// event, though the parser gave it to the noun before it.
fn is_stray(tree: &Tree<'_>, child: usize, times: &Times) -> bool {
    match case(tree, child) {
        "by" | "as" => true,
        "in" | "on" => times.is_time(tree, child),
        _ => false,
    }
}

/// Phrases without what lies below some tokens of theirs.
fn without(tree: &Tree<'_>, phrases: Vec<Phrase>, strays: &[usize]) -> Vec<Phrase> {
    let is_stray = |token: usize, head: usize| {
        strays
            .iter()
            .any(|&stray| tree.is_below(token, stray) && !tree.is_below(head, stray))
    };
    let cut = |mut phrase: Phrase| {
        phrase.tokens.retain(|&token| !is_stray(token, phrase.head));
        phrase::tidy(tree, phrase.head, phrase.tokens)
    };
    phrases.into_iter().filter_map(cut).collect()
}

/// What hangs on a noun by a preposition, behind it.
fn modifiers<'t>(tree: &'t Tree<'_>, noun: usize) -> impl Iterator<Item = usize> + 't {
    tree.children_by(noun, &[R::NominalModifier, R::UnmarkedNominalModifier])
        .filter(move |&child| child > noun && tree.is_nominal(child) && !tree.is_relative(child))
}

/// The first word of its preposition.
fn case<'t>(tree: &'t Tree<'_>, child: usize) -> &'t str {
    tree.children_by(child, &[R::Case])
        .find(|&case| !tree.is_mark(case))
        .map_or("", |case| tree.lower(case))
}

fn oblique(tree: &Tree<'_>, child: usize, is_time: bool) -> Argument {
    Argument {
        part: Part::Oblique,
        preposition: argument::preposition(tree, child),
        alternatives: phrase::distributed(tree, child),
        is_time,
    }
}

/// "last week's arrest", "the death of 1999": when it was.
fn time(tree: &Tree<'_>, child: usize) -> Argument {
    let mut words = phrase::alone(tree, child);
    if let Some(words) = &mut words {
        words.tokens.retain(|&token| !tree.is_mark(token));
    }
    Argument {
        part: Part::Oblique,
        preposition: Vec::new(),
        alternatives: words.into_iter().collect(),
        is_time: true,
    }
}

/// The owner of an event without the mark of the possessive; "my" and "our" name nobody.
pub(super) fn owner_phrase(tree: &Tree<'_>, owner: usize) -> Option<Phrase> {
    if tree.is_relative(owner) || matches!(tree.lower(owner), "whose" | "my" | "our" | "your") {
        return None;
    }
    let mut found = phrase::alone(tree, owner)?;
    found.tokens.retain(|&token| !tree.is_mark(token));
    (!found.tokens.is_empty()).then_some(found)
}

/// A name, or a noun that is told apart: "the bridge", "two men", "its leader".
fn is_definite(tree: &Tree<'_>, noun: usize) -> bool {
    tree.name_kind(noun).is_some()
        || tree.tag(noun) == UniversalTag::ProperNoun
        || tree.has_child(
            noun,
            &[R::Determiner, R::PossessiveModifier, R::NumericModifier],
        )
}

/// A person's name, a noun for people, or a pronoun for them.
fn is_person(tree: &Tree<'_>, noun: usize) -> bool {
    match tree.name_kind(noun) {
        Some(kind) => kind == EntityKind::Person,
        None => {
            is_in_class(tree.lemma(noun), NounClass::Person)
                || matches!(
                    tree.lower(noun),
                    "his" | "her" | "their" | "people" | "him" | "them"
                )
        }
    }
}

/// The sense in which the owner of an intention does what the infinitive tells, and whether it
/// does not do it: "Lee's refusal to pay".
fn intention(tree: &Tree<'_>, noun: usize) -> Option<(usize, Modality, bool)> {
    let verb = tree
        .children_by(noun, &[R::AdnominalClause])
        .find(|&verb| verb > noun && clause::has_to(tree, verb))?;
    let (modality, is_negated) = table::intention(tree.lemma(noun))?;
    Some((verb, modality, is_negated))
}

/// "Russia's readiness to share experience": Russia intends to share experience.
fn intended(tree: &Tree<'_>, noun: usize, times: &Times) -> Option<Proposition> {
    let (verb, modality, is_negated) = intention(tree, noun)?;
    let owner = tree.child(noun, &[R::PossessiveModifier])?;
    if times.is_time(tree, owner) {
        return None;
    }
    let clause = Clause {
        head: verb,
        links: vec![verb],
        borrowed: 0,
        subjects: vec![owner_phrase(tree, owner)?],
        source: Source::Governed,
        antecedent: None,
        is_inner: false,
    };
    let mut found = proposition::from_clause(tree, &clause, times)?;
    found.rule = Rule::Event;
    found.modality = modality;
    found.negated = found.negated != is_negated;
    Some(found)
}
