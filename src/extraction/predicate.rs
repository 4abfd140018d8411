//! Predicates: the words of a clause's predicate as they stand, and its canonical name.

use crate::text::dependency::Relation as R;
use crate::text::tag::{FineTag, UniversalTag};

use super::clause::{self, Clause};
use super::lexicon::{self, Governor};
use super::modality;
use super::tree::Tree;

/// The tokens of a predicate in order: auxiliaries, negation, short adverbs, verbs, particles.
pub(super) fn tokens(tree: &Tree<'_>, clause: &Clause) -> Vec<usize> {
    let mut found = Vec::new();
    for (position, &link) in clause.links.iter().enumerate() {
        let is_first = position == 0;
        if clause.is_inner {
            inner_tokens(tree, link, &mut found);
        } else {
            link_tokens(tree, link, is_first, &mut found);
        }
        if !is_first && !clause::has_to(tree, link) {
            // "agreed to strengthen and promote": the marker of the first infinitive serves both.
            let shared = (position == clause.borrowed)
                .then(|| tree.head(link))
                .flatten()
                .and_then(|first| {
                    tree.children_by(first, &[R::Marker])
                        .find(|&mark| tree.lower(mark) == "to")
                });
            found.extend(shared);
        }
    }
    if let Some(&first) = clause.links.first() {
        share_auxiliaries(tree, first, &mut found);
    }
    found.sort_unstable();
    found.dedup();
    found
}

fn link_tokens(tree: &Tree<'_>, link: usize, is_first: bool, found: &mut Vec<usize>) {
    for &child in tree.children(link) {
        match tree.relation(child) {
            R::Auxiliary | R::PassiveAuxiliary | R::Copula => found.push(child),
            R::VerbParticle => found.push(child),
            R::AdverbialModifier if is_particle(tree, link, child) => found.push(child),
            R::Marker if !is_first && tree.lower(child) == "to" => found.push(child),
            R::AdverbialModifier if belongs_to_predicate(tree, link, child) => {
                found.extend(modality::no_before(tree, child));
                found.push(child);
            }
            _ => {}
        }
    }
    if is_word_of_predicate(tree, link) {
        found.push(link);
        found.extend(written_with(tree, link));
    }
}

/// The words of a clause that stands after a copula: what lies between its subject and its verb.
fn inner_tokens(tree: &Tree<'_>, link: usize, found: &mut Vec<usize>) {
    let subject = tree
        .child(link, &[R::NominalSubject, R::PassiveNominalSubject])
        .unwrap_or(link);
    found.push(link);
    found.extend(tree.children(link).iter().copied().filter(|&child| {
        child > subject
            && (child < link
                && matches!(
                    tree.relation(child),
                    R::Auxiliary | R::PassiveAuxiliary | R::AdverbialModifier
                )
                || tree.relation(child) == R::VerbParticle)
    }));
}

/// Whether the head of a link is itself a word of the predicate, not its complement.
pub(super) fn is_word_of_predicate(tree: &Tree<'_>, link: usize) -> bool {
    let has_copula = tree.has_child(link, &[R::Copula]);
    if tree.tag(link) == UniversalTag::Adjective {
        return !has_copula || has_adjective_complement(tree, link);
    }
    !has_copula
}

/// "famous for X", "ready to go": the adjective governs something and belongs to the predicate.
pub(super) fn has_adjective_complement(tree: &Tree<'_>, adjective: usize) -> bool {
    // "is worth a million": the only adjectives with an object.
    let complements = [
        R::Oblique,
        R::OpenClausalComplement,
        R::ClausalComplement,
        R::Object,
    ];
    !tree.has_child(adjective, &[R::Conjunct])
        && tree
            .children_by(adjective, &complements)
            .any(|child| child > adjective)
}

/// "walked out", "went down": a bare adverb of direction right behind the verb is its particle.
pub(super) fn is_particle(tree: &Tree<'_>, link: usize, adverb: usize) -> bool {
    adverb == link + 1
        && tree.is_verb(link)
        && tree.relation(adverb) == R::AdverbialModifier
        && tree.children(adverb).is_empty()
        && matches!(
            tree.lower(adverb),
            "up" | "down"
                | "out"
                | "off"
                | "away"
                | "over"
                | "back"
                | "in"
                | "on"
                | "apart"
                | "aside"
                | "along"
                | "together"
        )
}

/// Negation anywhere, and adverbs between the first auxiliary and the verb.
fn belongs_to_predicate(tree: &Tree<'_>, link: usize, adverb: usize) -> bool {
    if modality::denies(tree, adverb) {
        return adverb < link;
    }
    if adverb > link || !tree.children(adverb).is_empty() {
        return false;
    }
    if matches!(
        tree.lower(adverb),
        "when" | "where" | "how" | "why" | "however" | "thus"
    ) {
        return false;
    }
    let copula = tree.children_by(link, &[R::Copula]).last();
    if let Some(copula) = copula.filter(|_| !is_word_of_predicate(tree, link)) {
        // "is usually half right": "usually" is of the statement, "half" of what is said.
        return adverb < copula || lexicon::is_statement_adverb(tree.lower(adverb));
    }
    (adverb + 1..link).all(|between| {
        tree.head(between) == Some(link)
            && matches!(
                tree.relation(between),
                R::Auxiliary | R::PassiveAuxiliary | R::Copula | R::AdverbialModifier
            )
            || written_with(tree, link).contains(&between)
    })
}

/// "re-elected": the tokens before a verb that are written together with it.
fn written_with(tree: &Tree<'_>, link: usize) -> Vec<usize> {
    let mut found = Vec::new();
    let mut first = link;
    while tree.is_glued(first) && tree.is_below(first - 1, link) {
        first -= 1;
        found.push(first);
    }
    found
}

/// "was built and opened": the second participle takes the auxiliaries of the first.
fn share_auxiliaries(tree: &Tree<'_>, head: usize, found: &mut Vec<usize>) {
    if tree.relation(head) != R::Conjunct
        || tree.has_child(head, &[R::Auxiliary, R::PassiveAuxiliary, R::Copula])
        || tree.has_child(head, &clause::SUBJECTS)
    {
        return;
    }
    let Some(first) = tree.head(head) else { return };
    let is_bare = matches!(
        tree.fine(head),
        FineTag::PastParticiple | FineTag::BaseVerb | FineTag::Gerund
    );
    if is_bare && tree.fine(first) == tree.fine(head) {
        found.extend(tree.children(first).iter().copied().filter(|&child| {
            matches!(tree.relation(child), R::Auxiliary | R::PassiveAuxiliary)
                || lexicon::is_negation(tree.lower(child)) && child < first
        }));
    }
}

/// The canonical name of a chain of predicates: lemmas joined by `_`, without what is only
/// modality or aspect. A passive keeps its participle, as people read and ask it: `be_born`,
/// `be_held`, and `be_founded` beside `be_found`.
pub(super) fn name(tree: &Tree<'_>, clause: &Clause) -> String {
    let mut words: Vec<String> = Vec::new();
    let last = clause.links.len().saturating_sub(1);
    for (position, &link) in clause.links.iter().enumerate() {
        let is_named = matches!(
            clause::governor(tree, link),
            Governor::Named | Governor::Begins
        );
        if position < last && !is_named {
            continue;
        }
        link_name(tree, link, clause.is_inner, &mut words);
    }
    words.join("_")
}

fn link_name(tree: &Tree<'_>, link: usize, is_inner: bool, words: &mut Vec<String>) {
    let has_copula = tree.has_child(link, &[R::Copula]) && !is_inner;
    if has_copula || clause::is_passive(tree, link) {
        words.push("be".to_owned());
    }
    if is_inner || is_word_of_predicate(tree, link) {
        let mut word: String = written_with(tree, link)
            .iter()
            .rev()
            .filter(|&&token| tree.tag(token) != UniversalTag::Punctuation)
            .map(|&token| format!("{}_", tree.lower(token)))
            .collect();
        word.extend(downtoner(tree, link).map(|adverb| format!("{}_", tree.lower(adverb))));
        if clause::is_passive(tree, link) {
            word.push_str(&participle(tree, link));
        } else {
            word.push_str(&lemma(tree, link));
        }
        words.push(word);
        words.extend(
            tree.children_by(link, &[R::VerbParticle, R::AdverbialModifier])
                .filter(|&child| {
                    tree.relation(child) == R::VerbParticle || is_particle(tree, link, child)
                })
                .map(|particle| tree.lower(particle).to_owned()),
        );
    }
}

/// "was little changed", "hardly grew", "was less reserved": the adverb right before a verb or an
/// adjective that takes most of it back.
fn downtoner(tree: &Tree<'_>, link: usize) -> Option<usize> {
    let adverb = link.checked_sub(1)?;
    let denies = matches!(
        tree.lower(adverb),
        "little" | "less" | "least" | "hardly" | "barely" | "scarcely" | "almost" | "nearly"
    );
    let is_bare = tree.head(adverb) == Some(link)
        && tree.relation(adverb) == R::AdverbialModifier
        && tree.children(adverb).is_empty();
    (denies && is_bare).then_some(adverb)
}

/// A lemma fit for a name: lower case, without spaces.
pub(super) fn lemma(tree: &Tree<'_>, index: usize) -> String {
    let lemma = tree.lemma(index);
    let lemma = if is_have_got(tree, index) {
        "have"
    } else if lemma.is_empty() || lemma == "_" {
        tree.lower(index)
    } else {
        lemma
    };
    lemma.to_lowercase().replace([' ', '-'], "_")
}

/// "I've got two shops": I have them. "Had got" tells of getting.
fn is_have_got(tree: &Tree<'_>, index: usize) -> bool {
    tree.lower(index) == "got"
        && tree.tag(index) == UniversalTag::Verb
        && tree.has_child(index, &[R::Object])
        && !tree.has_child(index, &[R::VerbParticle, R::OpenClausalComplement])
        && tree.children_by(index, &[R::Auxiliary]).any(|have| {
            matches!(
                tree.lower(have),
                "have" | "has" | "'ve" | "’ve" | "'s" | "’s"
            )
        })
}

/// A participle fit for a name.
fn participle(tree: &Tree<'_>, index: usize) -> String {
    tree.lower(index).replace([' ', '-'], "_")
}

/// The name of the active clause that says the same as a passive one: `be_led` is `lead`.
pub(super) fn active_name(tree: &Tree<'_>, passive: &str, verb: usize) -> String {
    let participle = participle(tree, verb);
    let words = passive.strip_prefix("be_").unwrap_or(passive).split('_');
    let active: Vec<String> = words
        .map(|word| match word == participle {
            true => lemma(tree, verb),
            false => word.to_owned(),
        })
        .collect();
    active.join("_")
}

/// Verbs that make one predicate with a bare object: `take_part`, `play_role`.
const LIGHT: [(&str, &str); 11] = [
    ("take", "part"),
    ("take", "place"),
    ("take", "care"),
    ("take", "advantage"),
    ("take", "note"),
    ("make", "use"),
    ("pay", "attention"),
    ("pay", "heed"),
    ("give", "rise"),
    ("have", "access"),
    ("take", "effect"),
];

/// Whether a verb makes one predicate with a bare object, both given as lemmas.
pub(super) fn is_light(verb: &str, object: &str) -> bool {
    LIGHT.contains(&(verb, object))
}

/// Whether an object stands bare behind a verb that makes one predicate with it.
pub(super) fn light_object(tree: &Tree<'_>, verb: usize, object: usize) -> bool {
    let has_words = tree.has_child(
        object,
        &[
            R::Determiner,
            R::AdjectivalModifier,
            R::PossessiveModifier,
            R::Conjunct,
        ],
    );
    !has_words && is_light(tree.lemma(verb), tree.lemma(object))
}
