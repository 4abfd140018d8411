//! Clauses: which words head one, the chain of verbs that forms its predicate, and its subject,
//! be it its own, shared, or the noun that a relative clause or participle describes.

use crate::fact::Modality;
use crate::text::dependency::Relation as R;
use crate::text::tag::{FineTag, UniversalTag};

use super::lexicon::{self, Governor, Report};
use super::phrase::{self, Phrase};
use super::tree::Tree;

mod subject;

use subject::subjects;
pub(super) use subject::{antecedent, has_relative_subject, is_asked, is_asked_of, is_gerund};

/// How deep subjects are looked for through conjuncts and governing clauses.
const DEEPEST: usize = 8;

/// Subjects of any kind.
pub(super) const SUBJECTS: [R; 6] = [
    R::NominalSubject,
    R::PassiveNominalSubject,
    R::OuterNominalSubject,
    R::ClausalSubject,
    R::PassiveClausalSubject,
    R::OuterClausalSubject,
];

/// Where a clause's subject comes from; the rules' reliability differs by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Source {
    /// The clause has its own subject.
    Own,
    /// Shared with the verb it is coordinated with.
    Shared,
    /// The noun before a relative clause.
    Relative,
    /// The noun before a participle: "a bridge built in 1900".
    Participle,
    /// The subject of the clause that an adverbial clause belongs to.
    Adverbial,
    /// The subject or object of the verb that governs an infinitive.
    Governed,
    /// A clause: "what he did".
    Clausal,
    /// What "there is".
    Existential,
}

impl Source {
    /// The name of the source, for measuring.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Own => "own subject",
            Self::Shared => "shared subject",
            Self::Relative => "relative clause",
            Self::Participle => "participle",
            Self::Adverbial => "adverbial clause",
            Self::Governed => "governed clause",
            Self::Clausal => "clausal subject",
            Self::Existential => "existential",
        }
    }
}

/// A clause with everything needed to read its predicate and arguments.
#[derive(Debug, Clone)]
pub(super) struct Clause {
    /// The word that heads the clause: the first link of its own.
    pub(super) head: usize,
    /// The chain of predicates: "agreed", "strengthen" in "agreed to strengthen".
    pub(super) links: Vec<usize>,
    /// How many links at the front belong to the clause this one is coordinated with.
    pub(super) borrowed: usize,
    /// The subjects, one for each coordinated phrase.
    pub(super) subjects: Vec<Phrase>,
    pub(super) source: Source,
    /// The noun of a relative clause, where it is not the subject.
    pub(super) antecedent: Option<usize>,
    /// Whether the clause stands after a copula, which then is not its own.
    pub(super) is_inner: bool,
}

/// All clauses of a sentence, in the order of their heads.
pub(super) fn clauses(tree: &Tree<'_>) -> Vec<Clause> {
    let mut chained = vec![false; tree.len()];
    let mut found = Vec::new();
    for head in 0..tree.len() {
        if !is_clause_head(tree, head) {
            continue;
        }
        let chain = chain(tree, head);
        for &link in chain.iter().skip(1) {
            if let Some(flag) = chained.get_mut(link) {
                *flag = true;
            }
        }
        found.push((head, chain));
    }
    found
        .into_iter()
        .filter(|(head, _)| !chained.get(*head).copied().unwrap_or(false))
        .flat_map(|(head, chain)| {
            let inner = inner_clause(tree, head);
            clause(tree, head, chain).into_iter().chain(inner)
        })
        .collect()
}

/// "The difference is that one costs more": the clause after the copula says something itself.
fn inner_clause(tree: &Tree<'_>, head: usize) -> Option<Clause> {
    tree.child(head, &OUTER_SUBJECTS)?;
    let subject = tree
        .child(head, &[R::NominalSubject, R::PassiveNominalSubject])
        .filter(|_| tree.is_verb(head))?;
    Some(Clause {
        head,
        links: vec![head],
        borrowed: 0,
        subjects: phrase::distributed(tree, subject),
        source: Source::Own,
        antecedent: None,
        is_inner: true,
    })
}

/// Subjects of a predicate that is itself a clause.
const OUTER_SUBJECTS: [R; 2] = [R::OuterNominalSubject, R::OuterClausalSubject];

fn clause(tree: &Tree<'_>, head: usize, chain: Vec<usize>) -> Option<Clause> {
    let prefix = borrowed_links(tree, head, 0);
    let (subjects, source) = subjects(tree, head, 0)?;
    let borrowed = prefix.len();
    let mut links = prefix;
    links.extend(chain);
    let antecedent = (tree.relation(head) == R::RelativeClause && source == Source::Own)
        .then(|| tree.head(head))
        .flatten();
    // "what he does", "all it learned" tell nothing without knowing what.
    if antecedent.is_some_and(|noun| tree.is_relative(noun) || is_anything(tree, noun)) {
        return None;
    }
    // "fell to 3 %, which it blames on the rain": not the percentage, but that it fell.
    if tells_of_amount(tree, head) || is_bare_frame(tree, head) || ends_time(tree, head) {
        return None;
    }
    Some(Clause {
        head,
        links,
        borrowed,
        subjects,
        source,
        antecedent,
        is_inner: false,
    })
}

/// "everything", "those", of which nobody knows what or who it is.
fn is_anything(tree: &Tree<'_>, noun: usize) -> bool {
    (phrase::is_open_pronoun(tree, noun) || tree.lower(noun) == "whatever")
        && tree.child(noun, &[R::NominalModifier]).is_none()
}

/// "…, it was announced": "it" is what was said, not something that was announced.
fn is_bare_frame(tree: &Tree<'_>, head: usize) -> bool {
    tree.relation(head) == R::Parataxis
        && lexicon::is_speech(tree.lemma(head))
        && is_passive(tree, head)
        && tree
            .child(head, &SUBJECTS)
            .is_some_and(|subject| tree.lower(subject) == "it")
}

/// "the three months ended June 30": that names the months and tells nothing of them.
fn ends_time(tree: &Tree<'_>, head: usize) -> bool {
    tree.relation(head) == R::AdnominalClause
        && matches!(tree.lower(head), "ended" | "ending")
        && tree
            .head(head)
            .is_some_and(|noun| matches!(tree.lemma(noun), "month" | "year" | "quarter" | "week"))
}

/// Whether a relative clause behind a comma has "which" for a bare percentage.
fn tells_of_amount(tree: &Tree<'_>, head: usize) -> bool {
    let is_which = tree
        .children_by(head, &[R::Object, R::NominalSubject])
        .any(|word| tree.lower(word) == "which" && word > 0 && tree.lower(word - 1) == ",");
    tree.relation(head) == R::RelativeClause
        && is_which
        && tree.head(head).is_some_and(|noun| {
            matches!(tree.lemma(noun), "%" | "percent" | "per cent" | "cent")
                && !tree.has_child(noun, &[R::NominalModifier])
        })
}

/// Whether a word heads a clause: a verb in a clausal relation, or anything with a copula.
pub(super) fn is_clause_head(tree: &Tree<'_>, index: usize) -> bool {
    if tree.has_child(index, &[R::Copula]) {
        // "more than they were a year ago": what they were is not a year ago.
        return !tree
            .children_by(index, &[R::Marker])
            .any(|mark| tree.lower(mark) == "than");
    }
    match tree.relation(index) {
        R::Root
        | R::ClausalComplement
        | R::OpenClausalComplement
        | R::AdverbialClause
        | R::AdnominalClause
        | R::RelativeClause
        | R::AdverbialRelativeClause
        | R::ClausalSubject
        | R::PassiveClausalSubject
        | R::OuterClausalSubject
        | R::Parataxis
        | R::Conjunct
        | R::List
        | R::Unspecified => {}
        _ => return false,
    }
    // "everything they could": an auxiliary whose verb is left out says nothing by itself.
    let is_bare_auxiliary = tree.fine(index) == FineTag::Modal
        || tree.tag(index) == UniversalTag::Auxiliary && matches!(tree.lemma(index), "do" | "be");
    // "more than do the others": the verb stands for the one before.
    let is_substitute = matches!(tree.lemma(index), "do" | "be" | "have")
        && tree.is_verb(index)
        && tree
            .children_by(index, &[R::Marker, R::Case])
            .any(|mark| tree.lower(mark) == "than");
    // "rose 5 %, compared with a year ago": nobody compares anything.
    let is_comparison = tree.relation(index) == R::AdverbialClause
        && tree.lower(index) == "compared"
        && !tree.has_child(index, &SUBJECTS);
    if is_bare_auxiliary || is_substitute || is_comparison {
        return false;
    }
    if tree.is_verb(index) {
        return true;
    }
    // A verb mistaken for a noun still has its subject.
    tree.has_child(index, &[R::NominalSubject, R::PassiveNominalSubject])
        && tree.has_child(index, &[R::Auxiliary, R::PassiveAuxiliary, R::Object])
}

/// The predicates that one statement runs through: each governs the next as an infinitive.
fn chain(tree: &Tree<'_>, head: usize) -> Vec<usize> {
    let mut links = vec![head];
    let mut current = head;
    while let Some(next) = next_link(tree, current) {
        links.push(next);
        current = next;
        if links.len() > DEEPEST {
            break;
        }
    }
    links
}

/// The infinitive or gerund that a predicate governs, when both have one subject.
fn next_link(tree: &Tree<'_>, current: usize) -> Option<usize> {
    let next = tree
        .children_by(current, &[R::OpenClausalComplement])
        .find(|&child| {
            child > current && (tree.is_verb(child) || tree.has_child(child, &[R::Copula]))
        })?;
    let has_object = tree
        .children_by(current, &[R::Object, R::IndirectObject])
        .any(|object| object < next && !is_reflexive(tree, object));
    let is_passive = is_passive(tree, current);
    // "wants to be among the winners": before what stands behind a copula there may be one.
    let has_case = tree.has_child(next, &[R::Case]) && !tree.has_child(next, &[R::Copula]);
    let is_infinitive = is_adjective_link(tree, next)
        || has_to(tree, next)
        || matches!(tree.fine(next), FineTag::BaseVerb | FineTag::Gerund)
        || tree.has_child(next, &[R::Copula]);
    // "discussed building a bridge": the gerund is what was discussed.
    let is_topic = tree.fine(next) == FineTag::Gerund
        && (governor(tree, current) == Governor::Named || is_proposal(tree, next, current))
        && !tree.has_child(next, &[R::Copula]);
    (is_infinitive
        && !is_topic
        && (!has_object || is_passive)
        && !has_case
        && !is_asked_of(tree, next, current)
        && !is_purpose(tree, current))
    .then_some(next)
}

/// What a predicate, with its particle, does to the verb it governs: "ended up paying" is paying.
pub(super) fn governor(tree: &Tree<'_>, link: usize) -> Governor {
    let lemma = tree.lemma(link).to_lowercase();
    let has = |particle: &str| {
        tree.children_by(link, &[R::VerbParticle, R::AdverbialModifier])
            .any(|word| word == link + 1 && tree.lower(word) == particle)
    };
    match lemma.as_str() {
        "end" | "wind" if has("up") => Governor::Aspect,
        "go" | "keep" | "carry" if has("on") => Governor::Aspect,
        // "was called on to act"
        "call" if (has("on") || has("upon")) && is_passive(tree, link) => {
            Governor::Modal(Modality::Requested)
        }
        // "has yet to reply"
        "have" if has("yet") => Governor::Negative,
        lemma => lexicon::governor(lemma),
    }
}

/// "suggested holding talks": who suggests it is not who would hold them.
fn is_proposal(tree: &Tree<'_>, gerund: usize, verb: usize) -> bool {
    tree.fine(gerund) == FineTag::Gerund && lexicon::report(tree.lemma(verb)) == Report::Requests
}

/// "Steps were taken to help": the infinitive of a passive verb without a class tells why.
pub(super) fn is_purpose(tree: &Tree<'_>, verb: usize) -> bool {
    let lemma = tree.lemma(verb);
    is_passive(tree, verb)
        && lexicon::governor(lemma) == Governor::Named
        && matches!(lexicon::report(lemma), Report::Says | Report::Brings)
        && !matches!(lemma, "allow" | "enable" | "permit" | "force" | "compel")
}

/// "became famous for": the adjective governs something, so it is a word of the predicate.
fn is_adjective_link(tree: &Tree<'_>, index: usize) -> bool {
    tree.tag(index) == UniversalTag::Adjective
        && !tree.has_child(index, &[R::Conjunct])
        && tree
            .children_by(index, &[R::Oblique, R::OpenClausalComplement])
            .any(|child| child > index)
}

fn is_reflexive(tree: &Tree<'_>, index: usize) -> bool {
    tree.lower(index).ends_with("self") || tree.lower(index).ends_with("selves")
}

/// "rose to close 2 % higher", "recovered to finish third": what came of it, and no aim.
pub(super) fn is_outcome(tree: &Tree<'_>, head: usize) -> bool {
    let comes_of = tree.head(head).is_some_and(|verb| {
        lexicon::tells_change(tree.lemma(verb))
            || matches!(
                tree.lemma(verb),
                "rebound" | "rally" | "reverse" | "pare" | "return" | "survive" | "live" | "come"
            )
    });
    comes_of
        && has_to(tree, head)
        && matches!(
            tree.lemma(head),
            "close" | "finish" | "end" | "settle" | "trade" | "hit" | "reach" | "stand" | "become"
        )
}

/// Whether a word has "to" in front of it.
pub(super) fn has_to(tree: &Tree<'_>, index: usize) -> bool {
    // "contributing to building trust": before a gerund "to" is a preposition.
    !is_gerund(tree, index)
        && tree
            .children_by(index, &[R::Marker])
            .any(|mark| tree.lower(mark) == "to")
}

/// Whether a predicate is a passive participle.
pub(super) fn is_passive(tree: &Tree<'_>, index: usize) -> bool {
    if tree.has_child(
        index,
        &[R::PassiveAuxiliary, R::PassiveNominalSubject, R::Agent],
    ) {
        return true;
    }
    if tree.fine(index) != FineTag::PastParticiple {
        return false;
    }
    match tree.relation(index) {
        // "a bridge built by them": a participle without auxiliary after a noun.
        // "as the nation prospered": what joins a clause with a subject begins no participle.
        R::AdnominalClause | R::AdverbialClause => {
            let is_finite =
                tree.has_child(index, &[R::NominalSubject]) && tree.has_child(index, &[R::Marker]);
            !is_finite && !tree.has_child(index, &[R::Auxiliary])
        }
        R::Conjunct => {
            !tree.has_child(index, &[R::Auxiliary, R::NominalSubject])
                && tree.head(index).is_some_and(|head| {
                    tree.fine(head) == FineTag::PastParticiple && is_passive_shallow(tree, head)
                })
        }
        R::OpenClausalComplement => !tree.has_child(index, &[R::Auxiliary]),
        // "the largest ever offered": without an auxiliary the form is no perfect.
        R::RelativeClause => !tree.has_child(index, &[R::Auxiliary, R::Object, R::Copula]),
        _ => false,
    }
}

fn is_passive_shallow(tree: &Tree<'_>, index: usize) -> bool {
    tree.has_child(index, &[R::PassiveAuxiliary, R::PassiveNominalSubject])
        || matches!(
            tree.relation(index),
            R::AdnominalClause | R::AdverbialClause
        ) && !tree.has_child(index, &[R::Auxiliary])
}

/// "agreed to strengthen and promote": the second infinitive runs through "agreed" too.
fn borrowed_links(tree: &Tree<'_>, head: usize, depth: usize) -> Vec<usize> {
    if tree.relation(head) != R::Conjunct || depth > DEEPEST || tree.has_child(head, &SUBJECTS) {
        return Vec::new();
    }
    let Some(first) = tree.head(head) else {
        return Vec::new();
    };
    if tree.relation(first) != R::OpenClausalComplement {
        return Vec::new();
    }
    let is_alike = tree.fine(first) == tree.fine(head) || has_to(tree, head);
    let mut links = Vec::new();
    let mut current = first;
    while tree.relation(current) == R::OpenClausalComplement && links.len() < DEEPEST {
        let Some(governor) = tree.head(current) else {
            break;
        };
        if next_link(tree, governor) != Some(current) {
            break;
        }
        links.push(governor);
        current = governor;
    }
    links.reverse();
    if is_alike { links } else { Vec::new() }
}
