//! Deeds told by a verb that a noun takes up later: "Kenya proposed a summit … the proposal".

use crate::text::dependency::Relation as R;
use crate::text::tag::FineTag;

use super::super::argument;
use super::super::clause;
use super::super::linking::Linker;
use super::super::phrase;
use super::super::tree::Tree;

/// What is done may be told with at most so many words.
const LONGEST_OBJECT: usize = 10;

/// A doer told with more words than this owns nothing: "the bridge over the lake"
const LONGEST_OWNER: usize = 4;

/// What one verb told.
#[derive(Debug, Clone)]
pub(super) struct Deed {
    pub(super) sentence: usize,
    pub(super) verb: usize,
    pub(super) lemma: String,
    doer: Option<String>,
    /// What it is done to, or what is meant, with the word that joins it to the noun.
    object: Option<String>,
}

/// What a verb tells, where who does it or to whom is known.
pub(super) fn deed(
    tree: &Tree<'_>,
    linker: &Linker<'_>,
    sentence: usize,
    verb: usize,
) -> Option<Deed> {
    let subject = tree
        .child(verb, &[R::NominalSubject])
        .filter(|&subject| !tree.is_relative(subject));
    let is_passive = clause::is_passive(tree, verb);
    let patient = tree.child(verb, &[R::PassiveNominalSubject]);
    let known = |noun: usize| known(tree, linker, noun);
    let doer = subject.filter(|_| !is_passive).and_then(known);
    let object = if is_passive {
        patient.and_then(known).map(|name| format!("of {name}"))
    } else {
        content(tree, linker, verb).or_else(|| {
            // "Fined the firm two million crowns": the firm is fined.
            let object = tree
                .child(verb, &[R::IndirectObject])
                .or_else(|| tree.child(verb, &[R::Object]))?;
            known(object).map(|name| format!("of {name}"))
        })
    };
    (doer.is_some() || object.is_some()).then(|| Deed {
        sentence,
        verb,
        lemma: tree.lemma(verb).to_lowercase(),
        doer,
        object,
    })
}

/// What a noun phrase of few words means, where that is known.
pub(super) fn known(tree: &Tree<'_>, linker: &Linker<'_>, noun: usize) -> Option<String> {
    let phrase = phrase::alone(tree, noun)?;
    let [linked] = linker.link(tree, &phrase).try_into().ok()?;
    let linked: super::super::linking::Linked = linked;
    let is_short = phrase.tokens.len() <= LONGEST_OBJECT;
    let name = linked.argument.name()?.to_owned();
    (is_short && !linked.is_unresolved()).then_some(name)
}

/// Whether somebody can stand as an owner before a noun: "a court in Orvel" cannot.
pub(super) fn may_own(doer: &str) -> bool {
    let is_name = doer.starts_with(char::is_uppercase);
    let links = [" in ", " of ", " for ", " on ", " at "];
    doer.split(' ').count() <= LONGEST_OWNER
        && (is_name || !links.iter().any(|link| doer.contains(link)))
}

/// "Creating a platform", "to build a dam": what is proposed or decided.
fn content(tree: &Tree<'_>, linker: &Linker<'_>, verb: usize) -> Option<String> {
    let below = tree.child(verb, &[R::OpenClausalComplement, R::ClausalComplement])?;
    let is_infinitive = clause::has_to(tree, below);
    if tree.has_child(below, &[R::NominalSubject]) || below < verb {
        return None;
    }
    let whole = phrase::clause(tree, below, &[])?;
    let (conjunct, connective) = (R::Conjunct, R::Coordination);
    let end = tree
        .children_by(below, &[conjunct, connective])
        .chain(argument::preposition(tree, below))
        .filter(|&token| token > below)
        .min()
        .unwrap_or(usize::MAX);
    let tokens: Vec<usize> = whole
        .tokens
        .into_iter()
        .filter(|&token| token < end)
        .collect();
    let tokens = phrase::tidy(tree, below, tokens)?.tokens;
    let words = linker.normal_form(tree, &tokens);
    if tokens.len() > LONGEST_OBJECT + 2 {
        return None;
    }
    match tree.fine(below) {
        FineTag::Gerund => Some(format!("of {words}")),
        _ if is_infinitive => Some(words),
        _ => None,
    }
}

impl Deed {
    /// To whom it is done, where that is somebody or something with a name.
    pub(super) fn patient(&self) -> Option<&str> {
        let patient = self.object.as_deref()?.strip_prefix("of ")?;
        patient.starts_with(char::is_uppercase).then_some(patient)
    }

    /// The deed by the noun that takes it up: "Kenya's proposal of a summit".
    pub(super) fn told_as(&self, noun: &str) -> Option<String> {
        // "The deal" says nothing of what is done.
        let noun = if noun == "deal" { "takeover" } else { noun };
        let object = self.object.as_deref().map(|object| match noun {
            "attack" | "fine" | "penalty" | "raid" => object.replacen("of ", "on ", 1),
            "visit" => object.replacen("of ", "to ", 1),
            _ => object.to_owned(),
        });
        match (self.doer.as_ref().filter(|doer| may_own(doer)), object) {
            (Some(doer), Some(object)) => Some(format!("{doer}'s {noun} {object}")),
            (Some(doer), None) => Some(format!("{doer}'s {noun}")),
            (None, Some(object)) => Some(format!("{noun} {object}")),
            (None, None) => None,
        }
    }
}
