//! Phrases: which words of a subtree identify what an argument denotes.
//!
//! Relative clauses, appositions, parenthetical remarks and leading prepositions do not identify
//! and are cut; the head noun, its modifiers and its "of" phrases stay.

use crate::text::dependency::Relation as R;
use crate::text::tag::{FineTag, UniversalTag};

use super::lexicon;
use super::tree::Tree;

mod beyond;
mod coordinated;
mod relative;
mod restrictive;

pub(super) use beyond::within_quotation;
use beyond::{goes_on, is_topic};
pub(super) use coordinated::{conjuncts, distributed};
pub(super) use relative::{is_possessive_mark, is_whose};
use restrictive::identifies;
pub(super) use restrictive::{is_open_pronoun, is_part};

/// The words of an argument and its head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Phrase {
    /// The syntactic head.
    pub(super) head: usize,
    /// The tokens that stay, in order; never empty.
    pub(super) tokens: Vec<usize>,
}

/// Relations that never belong to the words of a noun phrase.
const OUTSIDE: [R; 21] = [
    R::RelativeClause,
    R::AdverbialRelativeClause,
    R::Apposition,
    R::Parataxis,
    R::AdverbialClause,
    R::Discourse,
    R::Vocative,
    R::Dislocated,
    R::Reparandum,
    R::NominalSubject,
    R::PassiveNominalSubject,
    R::OuterNominalSubject,
    R::ClausalSubject,
    R::OuterClausalSubject,
    R::PassiveClausalSubject,
    R::Copula,
    R::Auxiliary,
    R::PassiveAuxiliary,
    R::Expletive,
    R::Marker,
    R::Orphan,
];

/// The noun phrase of a head with its conjuncts.
pub(super) fn whole(tree: &Tree<'_>, head: usize) -> Option<Phrase> {
    noun_phrase(tree, head, true)
}

/// The noun phrase of a head alone, without what is coordinated with it.
pub(super) fn alone(tree: &Tree<'_>, head: usize) -> Option<Phrase> {
    noun_phrase(tree, head, false)
}

/// A phrase without the modifiers that end it, and these modifiers, each with its preposition:
/// "a justice", "of the court". The list is empty where nothing can be taken off.
pub(super) fn split_tail(tree: &Tree<'_>, phrase: &Phrase) -> (Vec<usize>, Vec<Vec<usize>>) {
    let whole = || (phrase.tokens.clone(), Vec::new());
    let tails: Vec<usize> = tree
        .children_by(phrase.head, &[R::NominalModifier, R::AdnominalClause])
        .filter(|&child| {
            child > phrase.head
                && phrase.tokens.contains(&child)
                && !tree
                    .children_by(child, &[R::Case])
                    .any(|case| tree.is_inside_name(case))
                && (tree.relation(child) == R::AdnominalClause || tree.has_child(child, &[R::Case]))
        })
        .collect();
    let Some(&first) = tails.first() else {
        return whole();
    };
    if lexicon::is_measure(tree.lemma(phrase.head)) {
        return whole();
    }
    let is_tail = |token: usize| tails.iter().position(|&tail| tree.is_below(token, tail));
    let Some(cut) = phrase
        .tokens
        .iter()
        .position(|&token| is_tail(token).is_some())
    else {
        return whole();
    };
    let (front, rest) = phrase.tokens.split_at(cut);
    if front.is_empty() || first < phrase.head || rest.iter().any(|&token| is_tail(token).is_none())
    {
        return whole();
    }
    let mut pieces: Vec<Vec<usize>> = vec![Vec::new(); tails.len()];
    for &token in rest {
        if let Some(piece) = is_tail(token).and_then(|place| pieces.get_mut(place)) {
            piece.push(token);
        }
    }
    pieces.retain(|piece| !piece.is_empty());
    (front.to_vec(), pieces)
}

fn noun_phrase(tree: &Tree<'_>, head: usize, with_conjuncts: bool) -> Option<Phrase> {
    let is_clause = is_predicate(tree, head);
    let tokens = tree.subtree(head, |child| {
        let relation = tree.relation(child);
        let parent = tree.head(child).unwrap_or(head);
        if parent == head {
            // "share everything it learned": without its clause the pronoun says nothing.
            if matches!(relation, R::RelativeClause | R::AdverbialRelativeClause)
                && identifies(tree, head, child)
            {
                return false;
            }
            // "for as long as necessary": how long is told by what it is set beside.
            if relation == R::AdverbialClause && is_equal_degree(tree, head, child) {
                return false;
            }
            if OUTSIDE.contains(&relation)
                && !(relation == R::Apposition && (is_tight(tree, child) || denies(tree, child)))
            {
                return true;
            }
            match relation {
                // "two planes each": so many for every one.
                _ if child > head && tree.lower(child) == "each" => return true,
                // "the locals all": what floats behind the noun is not part of its name.
                R::Determiner | R::Predeterminer if child > head => return true,
                R::Case => return is_leading(tree, child, head) && !is_postposed(tree, child),
                R::Conjunct => return !with_conjuncts || starts_clause(tree, child),
                R::Coordination | R::Preconjunction => return !with_conjuncts,
                R::NominalModifier if is_clause && is_fronted(tree, child, head) => return true,
                R::AdverbialModifier if is_clause && is_fronted(tree, child, head) => return true,
                // "only for members": the adverb stands outside the phrase.
                R::AdverbialModifier
                    if tree
                        .children_by(head, &[R::Case])
                        .any(|case| child < case && case < head) =>
                {
                    return true;
                }
                R::AdverbialModifier => {
                    return is_clause
                        && (tree.is_verb(head)
                            || lexicon::is_statement_adverb(tree.lower(child))
                            || lexicon::is_negation(tree.lower(child)))
                        || is_connective(tree, child);
                }
                R::Oblique if is_bare_complement(tree, head) && child > head => return true,
                // "two years after the fire", "40 metres below the road": how long or far from it
                // is no part of it.
                R::UnmarkedNominalModifier | R::UnmarkedOblique
                    if (lexicon::is_measure_of_time(tree.lemma(child))
                        || tree.has_child(child, &[R::NumericModifier]))
                        && !tree.has_child(head, &[R::Copula])
                        && tree.children_by(head, &[R::Case]).any(|case| {
                            child < case && case < head && lexicon::measures_from(tree.lower(case))
                        }) =>
                {
                    return true;
                }
                R::Oblique | R::UnmarkedOblique | R::Agent | R::ClausalComplement => {
                    // "is nine inches long": the measure belongs to the adjective.
                    return is_clause && (child > head || is_fronted(tree, child, head));
                }
                R::AdnominalClause => {
                    return is_loose(tree, child, head) || is_example(tree, child);
                }
                R::NominalModifier => {
                    return is_example(tree, child) || is_remark(tree, child, head);
                }
                R::List | R::Unspecified => return child > head,
                _ => {}
            }
            return false;
        }
        is_cut_below(tree, child, parent) || restrictive::is_circumstance(tree, child, parent)
    });
    tidy(tree, head, tokens).map(|found| relative::with_antecedent(tree, found))
}

/// "as long as necessary", "as many as came".
fn is_equal_degree(tree: &Tree<'_>, head: usize, clause: usize) -> bool {
    let is_as = |word: usize| tree.lower(word) == "as";
    head < clause
        && tree
            .children_by(head, &[R::AdverbialModifier])
            .any(|word| word + 1 == head && is_as(word))
        && tree.children_by(clause, &[R::Marker, R::Case]).any(is_as)
}

/// "became rare in the hills": what the adjective says holds of the subject, somewhere.
pub(super) fn is_bare_complement(tree: &Tree<'_>, head: usize) -> bool {
    tree.tag(head) == UniversalTag::Adjective && tree.relation(head) == R::OpenClausalComplement
}

/// Whether a word stands before the subject or copula of its predicate.
pub(super) fn is_fronted(tree: &Tree<'_>, child: usize, head: usize) -> bool {
    child < head
        && tree
            .children_by(
                head,
                &[R::Copula, R::NominalSubject, R::OuterNominalSubject],
            )
            .any(|mark| child < mark && mark < head)
}

/// "…, which opened in May": what stands aside in a quoted clause.
pub(super) fn is_aside(tree: &Tree<'_>, child: usize, parent: usize) -> bool {
    is_cut_below(tree, child, parent) && is_loose(tree, child, parent)
}

/// What is cut deeper in a phrase than at its head.
fn is_cut_below(tree: &Tree<'_>, child: usize, parent: usize) -> bool {
    match tree.relation(child) {
        R::RelativeClause | R::AdverbialRelativeClause => {
            tree.is_nominal(parent) && !identifies(tree, parent, child)
        }
        R::Parataxis | R::Discourse | R::Reparandum | R::Dislocated => true,
        R::Apposition => !is_tight(tree, child) && !denies(tree, child),
        R::AdnominalClause => is_loose(tree, child, parent) || is_example(tree, child),
        R::NominalModifier => is_example(tree, child),
        _ => false,
    }
}

/// "Deputy Speaker of the Council Ann Lee": the name that ends a title.
pub(super) fn name_after_title(tree: &Tree<'_>, head: usize) -> Option<usize> {
    if tree.begins_person(head) && tree.is_inside_name(head + 1) || !tree.is_title_noun(head) {
        return None;
    }
    let name_of = |holder: usize| {
        tree.children_by(holder, &[R::Apposition, R::Flat])
            .find(|&child| {
                child > holder
                    && tree.begins_person(child)
                    && !(holder + 1..child).any(|between| tree.relation(between) == R::Punctuation)
            })
    };
    if let Some(name) = name_of(head) {
        return Some(name);
    }
    // "Chair of the Council Ann Lee": a name that stands beside the organisation still is the
    // chair's, for a council is no person.
    let mut holder = head;
    for _ in 0..DEEPEST_TITLE {
        holder = tree
            .children_by(holder, &[R::NominalModifier])
            .filter(|&child| child > head)
            // "A report by Minister Ann Lee": she is no report.
            .filter(|&child| {
                tree.children_by(child, &[R::Case])
                    .all(|case| !matches!(tree.lower(case), "by" | "with" | "to" | "from"))
            })
            .last()?;
        // "A report by Minister Ann Lee": she is no report.
        if tree
            .children_by(holder, &[R::Case])
            .any(|case| matches!(tree.lower(case), "by" | "with" | "from" | "under"))
        {
            return None;
        }
        if tree.tag(holder) != UniversalTag::ProperNoun {
            continue;
        }
        if let Some(name) = name_of(holder) {
            return Some(name);
        }
    }
    None
}

/// How many "of" phrases a title may run through.
const DEEPEST_TITLE: usize = 4;

/// The words of a clause: the subtree without "that" in front of it, without remarks, and
/// without the given clauses and the conjunctions before them.
pub(super) fn clause(tree: &Tree<'_>, head: usize, without: &[usize]) -> Option<Phrase> {
    let tokens = tree.subtree(head, |child| {
        let relation = tree.relation(child);
        if without.contains(&child) {
            return true;
        }
        if tree.head(child) == Some(head) {
            let is_that = relation == R::Marker && tree.lower(child) == "that";
            return is_that && !is_inner(tree, head, child)
                || matches!(relation, R::Discourse | R::Vocative)
                || relation == R::Parataxis && !goes_on(tree, head, child);
        }
        let parent = tree.head(child).unwrap_or(head);
        // "all they get is …": without its clause a pronoun says nothing.
        let says_which = matches!(
            tree.tag(parent),
            UniversalTag::Pronoun | UniversalTag::Determiner
        ) && relation == R::RelativeClause;
        // "there are fears it may fail": without a comma the clause is of what is said.
        let is_said = matches!(
            relation,
            R::RelativeClause | R::AdverbialRelativeClause | R::AdnominalClause
        ) && !is_loose(tree, child, parent);
        // "Its rival, Orvel, had closed": without the name nobody knows which.
        let names = relation == R::Apposition
            && tree.tag(child) == UniversalTag::ProperNoun
            && tree.tag(parent) == UniversalTag::Noun;
        let is_joined = relation == R::Parataxis && goes_on(tree, parent, child);
        !says_which && !is_said && !names && !is_joined && is_cut_below(tree, child, parent)
    });
    tidy(tree, head, tokens)
}

/// "The idea was that it grows": whether a mark stands within its clause, behind the subject.
pub(super) fn is_inner(tree: &Tree<'_>, clause: usize, mark: usize) -> bool {
    tree.child(clause, &[R::OuterNominalSubject, R::OuterClausalSubject])
        .is_some_and(|subject| subject < mark)
}

/// Whether a token is a clause's predicate: it has a copula or a subject, or is a verb.
pub(super) fn is_predicate(tree: &Tree<'_>, head: usize) -> bool {
    tree.has_child(
        head,
        &[
            R::Copula,
            R::NominalSubject,
            R::PassiveNominalSubject,
            R::OuterNominalSubject,
        ],
    ) || tree.tag(head) == UniversalTag::Verb
}

/// A phrase of given words, without loose commas and marks at its edges.
pub(super) fn tidy(tree: &Tree<'_>, head: usize, tokens: Vec<usize>) -> Option<Phrase> {
    let tokens = whole_words(tree, trimmed(tree, without_orphans(tree, &tokens)));
    (!tokens.is_empty()).then_some(Phrase { head, tokens })
}

fn starts_clause(tree: &Tree<'_>, child: usize) -> bool {
    tree.has_child(
        child,
        &[R::Copula, R::NominalSubject, R::PassiveNominalSubject],
    ) || tree.tag(child) == UniversalTag::Verb
        && tree
            .head(child)
            .is_some_and(|head| tree.tag(head) != UniversalTag::Verb)
}

/// Whether a preposition stands in front of its whole phrase, not within: "99 out of 139 lines".
pub(super) fn is_leading(tree: &Tree<'_>, case: usize, head: usize) -> bool {
    case < head
        && !tree.children(head).iter().any(|&child| {
            child < case
                && matches!(
                    tree.relation(child),
                    R::NumericModifier | R::Determiner | R::AdjectivalModifier | R::Compound
                )
        })
}

/// A case marker after its noun: the possessive 's.
fn is_postposed(tree: &Tree<'_>, child: usize) -> bool {
    tree.fine(child) == FineTag::Possessive
}

fn is_connective(tree: &Tree<'_>, child: usize) -> bool {
    matches!(
        tree.lower(child),
        "however" | "therefore" | "thus" | "then" | "also" | "too" | "moreover" | "instead"
    )
}

/// A participle after a comma adds to the noun; one beside it tells which is meant.
fn is_loose(tree: &Tree<'_>, child: usize, parent: usize) -> bool {
    // "the summit to be held in Quito": a statement of its own.
    let is_future_passive = tree.has_child(child, &[R::PassiveAuxiliary])
        && tree
            .children_by(child, &[R::Marker])
            .any(|mark| tree.lower(mark) == "to");
    is_future_passive
        || child > parent
            && tree
                .children(child)
                .iter()
                .chain(tree.children(parent))
                .any(|&mark| {
                    tree.relation(mark) == R::Punctuation
                        && mark > parent
                        && mark < child
                        && matches!(tree.lower(mark), "," | "-" | "–" | "—" | "(")
                })
}

/// "the bank, with two thousand clerks": a phrase after a comma adds to the noun.
fn is_remark(tree: &Tree<'_>, child: usize, head: usize) -> bool {
    let first = tree.children_by(child, &[R::Case]).next().unwrap_or(child);
    child > head
        && first > 0
        && tree.lower(first - 1) == ","
        && !tree.has_child(child, &[R::Coordination])
        && !is_topic(tree, child, head, first)
}

/// An apposition without a comma: "the novel Dubliners", "Iowa 's capital Des Moines".
fn is_tight(tree: &Tree<'_>, child: usize) -> bool {
    let Some(parent) = tree.head(child) else {
        return false;
    };
    child > parent && !(parent + 1..child).any(|between| tree.relation(between) == R::Punctuation)
}

/// "a start, not an answer": what something is not belongs to what it is.
pub(super) fn denies(tree: &Tree<'_>, child: usize) -> bool {
    tree.children(child)
        .iter()
        .any(|&word| word < child && matches!(tree.lower(word), "not" | "rather"))
}

/// "…, including X", "such as X": examples do not identify.
fn is_example(tree: &Tree<'_>, child: usize) -> bool {
    matches!(tree.lower(child), "including" | "excluding")
        || tree.children_by(child, &[R::Case, R::Marker]).any(|case| {
            let word = tree.lower(case);
            let after_comma = case > 0 && tree.lower(case - 1) == ",";
            matches!(word, "including" | "excluding" | "among")
                && (word != "among" || matches!(tree.lower(case + 1), "them" | "which"))
                || word == "such"
                || (word == "like" && after_comma)
        })
}

/// "Secretary-General": what a hyphen joins is never cut at the hyphen.
fn whole_words(tree: &Tree<'_>, mut tokens: Vec<usize>) -> Vec<usize> {
    let is_joint =
        |index: usize| tree.lower(index) == "-" && tree.is_glued(index) && tree.is_glued(index + 1);
    while let Some(&first) = tokens.first() {
        if first > 0 && (is_joint(first) || is_joint(first - 1)) {
            tokens.insert(0, first - 1);
        } else {
            break;
        }
    }
    while let Some(&last) = tokens.last() {
        if last + 1 < tree.len() && (is_joint(last) || is_joint(last + 1)) {
            tokens.push(last + 1);
        } else {
            break;
        }
    }
    tokens
}

/// Drops commas, dashes and brackets whose neighbours were cut.
fn without_orphans(tree: &Tree<'_>, tokens: &[usize]) -> Vec<usize> {
    let has = |index: usize| tokens.binary_search(&index).is_ok();
    tokens
        .iter()
        .copied()
        .filter(|&index| {
            if tree.tag(index) != UniversalTag::Punctuation {
                return true;
            }
            match tree.lower(index) {
                // "The plan," she said, "has failed": the comma goes with the frame.
                "," if is_quote(tree, index + 1) => {
                    index > 0 && has(index - 1) && has(index + 1) && has(index + 2)
                }
                "," | ";" | ":" | "-" | "–" | "—" | "--" => {
                    index > 0 && has(index - 1) && has(index + 1)
                }
                "(" | "[" | "{" | "-lrb-" | "``" | "“" | "‘" => has(index + 1),
                ")" | "]" | "}" | "-rrb-" | "''" | "”" => index > 0 && has(index - 1),
                _ => true,
            }
        })
        .collect()
}

/// Takes edge punctuation and conjunctions off, and marks that do not close.
fn trimmed(tree: &Tree<'_>, mut tokens: Vec<usize>) -> Vec<usize> {
    tokens.retain(|&index| !is_quote(tree, index) && !is_ellipsis(tree, index));
    beyond::without_places_in_picture(tree, &mut tokens);
    for (open, close) in [("(", ")"), ("[", "]"), ("-lrb-", "-rrb-")] {
        let count = |mark: &str| {
            tokens
                .iter()
                .filter(|&&index| tree.lower(index) == mark)
                .count()
        };
        if count(open) != count(close) {
            tokens.retain(|&index| tree.lower(index) != open && tree.lower(index) != close);
        }
    }
    // "not only the coast": the coast too.
    if let [first, second, ..] = tokens.as_slice()
        && tree.lower(*first) == "not"
        && tree.lower(*second) == "only"
    {
        tokens.drain(..2);
    }
    // "fish and, increasingly, software": the remark is of the list.
    if let [adverb, comma, _, ..] = tokens.as_slice()
        && tree.tag(*adverb) == UniversalTag::Adverb
        && tree.lower(*comma) == ","
    {
        tokens.drain(..2);
    }
    while tokens
        .last()
        .is_some_and(|&last| is_edge(tree, last, &tokens, false))
    {
        tokens.pop();
    }
    let leading = tokens
        .iter()
        .take_while(|&&first| is_edge(tree, first, &tokens, true))
        .count();
    tokens.drain(..leading);
    tokens
}

/// Quotation marks tell how something is said, not what.
fn is_quote(tree: &Tree<'_>, index: usize) -> bool {
    matches!(
        tree.lower(index),
        "\"" | "“" | "”" | "„" | "``" | "''" | "«" | "»"
    ) || matches!(tree.lower(index), "'" | "‘" | "’") && !tree.is_mark(index)
}

/// "[...]": where words were left out of a quotation.
fn is_ellipsis(tree: &Tree<'_>, index: usize) -> bool {
    let is_dots = |place: usize| matches!(tree.lower(place), "..." | "…" | "sic");
    match tree.lower(index) {
        "[...]" | "[…]" | "(...)" => true,
        "[" => is_dots(index + 1),
        "]" => index > 0 && is_dots(index - 1),
        _ => is_dots(index) && index > 0 && tree.lower(index - 1) == "[",
    }
}

fn is_edge(tree: &Tree<'_>, index: usize, tokens: &[usize], is_start: bool) -> bool {
    let has = |mark: &str| {
        tokens
            .iter()
            .any(|&other| other != index && tree.lower(other) == mark)
    };
    match tree.lower(index) {
        "," | "." | ";" | ":" | "--" | "-" | "–" | "—" | "..." | "?" | "!" | "'" | "`" => true,
        "and" | "or" | "but" | "&" => tree.relation(index) == R::Coordination,
        "(" | "[" => !is_start || !(has(")") || has("]")),
        ")" | "]" => is_start || !(has("(") || has("[")),
        _ => false,
    }
}
