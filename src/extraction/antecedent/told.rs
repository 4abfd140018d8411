//! What a noun phrase tells of its noun: the phrase in its normal form, short enough to stand for
//! the thing, and the words that tell the thing from others.

use std::collections::BTreeSet;

use crate::fact::EntityKind;
use crate::text::dependency::Relation as R;
use crate::text::lexicon::{NounClass, country_of, is_in_class};
use crate::text::tag::{FineTag, UniversalTag};

use super::super::clause;
use super::super::lexicon;
use super::super::linking::Linker;
use super::super::phrase;
use super::super::tree::Tree;
use super::{Told, is_plural, marks};

/// A phrase longer than this does not serve as a name: it is cut to what "of" adds, then to what
/// stands before the noun.
const LONGEST_NAME: usize = 8;

/// But where only what stands behind the noun tells what it is, it may have so many words.
const LONGEST_CONTENT: usize = 20;

/// What a noun phrase tells of its noun.
pub(super) fn told(
    tree: &Tree<'_>,
    linker: &Linker<'_>,
    sentence: usize,
    head: usize,
) -> Option<Told> {
    let short = short_phrase(tree, head);
    // What stands behind the noun was too long, and before it there is one word at most.
    let is_told = short.as_ref().is_some_and(|tokens| {
        let known = marks(tree, tokens, head);
        let goes_on = |&token: &usize| token > head && tree.tag(token) != UniversalTag::Punctuation;
        known.len() > 1 || known.len() == 1 && tokens.iter().any(goes_on)
    });
    let tokens = match with_content(tree, linker, head).filter(|_| !is_told) {
        Some(longer) => longer,
        None => short?,
    };
    // "Their bridge": whose, is not known. "The quarter-final" is no final.
    let is_unknown = |&token: &usize| is_unknown(tree, linker, token);
    let is_joined = head > 0 && matches!(tree.lower(head - 1), "-" | "–");
    let is_denied = tokens
        .first()
        .is_some_and(|&first| matches!(tree.lower(first), "not" | "no" | "neither" | "any"));
    if is_joined || is_denied || tokens.iter().any(is_unknown) {
        return None;
    }
    let marks = marks(tree, &tokens, head);
    // "The Danish club" tells of one told before by what it is, not which it is.
    let is_of_country = !marks.is_empty() && marks.iter().all(|mark| country_of(mark).is_some());
    let is_body = is_in_class(&tree.lemma(head).to_lowercase(), NounClass::Organization);
    if is_of_country && is_body && is_definite(tree, head) {
        return None;
    }
    let name = linker.normal_form(tree, &tokens);
    Some(Told {
        sentence,
        head,
        is_plural: is_plural(tree, head),
        is_definite: is_definite(tree, head),
        marks,
        words: words(tree, &tokens),
        name,
    })
}

/// A thing told by its own name: "the network" is the "Network of Rivers".
pub(super) fn named(
    tree: &Tree<'_>,
    linker: &Linker<'_>,
    sentence: usize,
    head: usize,
) -> Option<Told> {
    let is_thing = !matches!(
        tree.name_kind(head),
        Some(EntityKind::Person | EntityKind::Place)
    );
    let lemma = tree.lemma(head).to_lowercase();
    let is_thing = is_thing
        && !is_in_class(&lemma, NounClass::Person)
        && !is_in_class(&lemma, NounClass::Title);
    let is_head = tree.tag(head) == UniversalTag::ProperNoun
        && !matches!(tree.relation(head), R::Compound | R::Flat | R::Fixed);
    if !is_thing || !is_head || !tree.is_capital(head) {
        return None;
    }
    let mention = linker.named_with_head(head);
    let tokens: Vec<usize> = match mention {
        Some(mention) => (mention.first..=mention.last).collect(),
        None => short_phrase(tree, head)?,
    };
    let marks = marks(tree, &tokens, head);
    if marks.is_empty() || !tokens.contains(&head) {
        return None;
    }
    Some(Told {
        sentence,
        head,
        is_plural: is_plural(tree, head),
        is_definite: true,
        marks,
        words: words(tree, &tokens),
        name: match mention.and_then(|mention| linker.name_of(mention)) {
            Some(name) => name.to_owned(),
            None => linker.normal_form(tree, &tokens),
        },
    })
}

fn words(tree: &Tree<'_>, tokens: &[usize]) -> BTreeSet<String> {
    tokens
        .iter()
        .map(|&token| tree.lemma(token).to_lowercase())
        .collect()
}

fn is_definite(tree: &Tree<'_>, head: usize) -> bool {
    tree.children_by(head, &[R::Determiner, R::PossessiveModifier])
        .any(|child| {
            let lower = tree.lower(child);
            tree.relation(child) == R::PossessiveModifier
                || lower == "the"
                || lexicon::is_demonstrative(lower)
        })
}

/// The words of a phrase, short enough for a name, and without owners nobody knows.
fn short_phrase(tree: &Tree<'_>, head: usize) -> Option<Vec<usize>> {
    let whole = phrase::alone(tree, head)?.tokens;
    let hangs_on = |token: usize, child: usize| token == child || tree.is_below(token, child);
    let keeps = |token: usize, what: &dyn Fn(usize) -> bool| {
        token == head
            || tree
                .children(head)
                .iter()
                .any(|&child| hangs_on(token, child) && what(child))
    };
    let is_of = |child: usize| {
        tree.child(child, &[R::Case])
            .is_some_and(|case| tree.lower(case) == "of")
    };
    // "The toys called Kermie": what is told by the way is not part of a name.
    let is_clause = |child: usize| tree.relation(child) == R::AdnominalClause;
    let cuts: [&dyn Fn(usize) -> bool; 3] = [
        &|child| !is_clause(child),
        &|child| child < head || is_of(child) && !is_clause(child),
        &|child| child < head,
    ];
    let short = |cut: &&dyn Fn(usize) -> bool| {
        let tokens: Vec<usize> = whole
            .iter()
            .copied()
            .filter(|&token| keeps(token, cut))
            .collect();
        let tokens = phrase::tidy(tree, head, tokens)?.tokens;
        let is_short = words_in(tree, &tokens) <= LONGEST_NAME;
        (is_short && !is_broken(tree, &tokens)).then_some(tokens)
    };
    cuts.iter().find_map(short)
}

fn words_in(tree: &Tree<'_>, tokens: &[usize]) -> usize {
    tokens.iter().filter(|&&token| !tree.is_mark(token)).count()
}

fn is_broken(tree: &Tree<'_>, tokens: &[usize]) -> bool {
    tokens
        .iter()
        .any(|&token| matches!(tree.lower(token), "," | ";" | "("))
}

/// "A motion calling on the states to act", "an invitation from Lee to the minister": what stands
/// behind the noun tells what it is, as far as it fits.
fn with_content(tree: &Tree<'_>, linker: &Linker<'_>, head: usize) -> Option<Vec<usize>> {
    let is_bad = |words: &[usize]| {
        is_broken(tree, words) || words.iter().any(|&token| is_unknown(tree, linker, token))
    };
    let whole = phrase::alone(tree, head)?.tokens;
    let mut tokens: Vec<usize> = whole
        .iter()
        .copied()
        .filter(|&token| token <= head)
        .collect();
    // "A painted panel that hung in a hall" is told well enough by what it is.
    let is_bare = marks(tree, &tokens, head).is_empty();
    for &child in tree.children(head).iter().filter(|&&child| child > head) {
        let is_clause = is_bare && is_restrictive(tree, child);
        let mut piece: Vec<usize> = match is_clause {
            true => tree.subtree(child, |_| false),
            false => whole
                .iter()
                .copied()
                .filter(|&token| token == child || tree.is_below(token, child))
                .collect(),
        };
        piece.sort_unstable();
        let is_content = match tree.relation(child) {
            R::NominalModifier => true,
            R::AdnominalClause => {
                clause::has_to(tree, child) || tree.fine(child) == FineTag::Gerund || is_clause
            }
            _ => is_clause,
        };
        if !is_content
            || piece.is_empty()
            || tokens
                .last()
                .is_none_or(|&last| last + 1 != first_of(&piece))
        {
            break;
        }
        let room = LONGEST_CONTENT.saturating_sub(tokens.len());
        shorten(tree, child, &mut piece, room, is_bad);
        // "Drops manufactured by a firm in …": cut to the bare participle, it tells nothing.
        if piece.len() > room || is_bad(&piece) || is_clause && piece.len() < 2 {
            break;
        }
        tokens.extend(piece);
    }
    tokens.extend(asked(tree, head, &tokens, &is_bad));
    let tokens = phrase::tidy(tree, head, tokens)?.tokens;
    (tokens.last() > Some(&head) && !is_broken(tree, &tokens)).then_some(tokens)
}

/// "A study that followed 40 moths", "a pill taken once a month": a clause right behind a noun says
/// which it is.
fn is_restrictive(tree: &Tree<'_>, child: usize) -> bool {
    let is_clause = match tree.relation(child) {
        R::RelativeClause => true,
        R::AdnominalClause => tree.fine(child) == FineTag::PastParticiple,
        _ => false,
    };
    is_clause && !super::is_by_the_way(tree, child)
}

/// "Passed a motion calling on the states to act": what they are called on to do often hangs on the
/// verb of the sentence.
fn asked(
    tree: &Tree<'_>,
    head: usize,
    tokens: &[usize],
    is_bad: &dyn Fn(&[usize]) -> bool,
) -> Vec<usize> {
    let is_gerund = |child: usize| {
        tree.fine(child) == FineTag::Gerund && tokens.contains(&child) && child > head
    };
    let has_gerund = tree.children_by(head, &[R::AdnominalClause]).any(is_gerund);
    let next = tokens.last().map_or(0, |&last| last + 1);
    let clause = tree.head(head).and_then(|verb| {
        tree.children_by(verb, &[R::AdverbialClause])
            .find(|&clause| clause > head && clause::has_to(tree, clause))
    });
    let Some(clause) = clause.filter(|_| has_gerund) else {
        return Vec::new();
    };
    let mut piece = tree.subtree(clause, |_| false);
    piece.sort_unstable();
    let room = LONGEST_CONTENT.saturating_sub(tokens.len());
    shorten(tree, clause, &mut piece, room, is_bad);
    let fits = first_of(&piece) == next && piece.len() <= room && !is_bad(&piece);
    if fits { piece } else { Vec::new() }
}

/// "Their bridge": whose, is not known; "the largest of its kind" owns nothing.
fn is_unknown(tree: &Tree<'_>, linker: &Linker<'_>, token: usize) -> bool {
    tree.tag(token) == UniversalTag::Pronoun
        && !tree.is_relative(token)
        && linker.owner(tree, token).is_none()
        && !is_of_kind(tree, token)
}

/// "Of its kind", "a life of its own".
pub(in super::super) fn is_of_kind(tree: &Tree<'_>, owner: usize) -> bool {
    tree.relation(owner) == R::PossessiveModifier
        && tree
            .head(owner)
            .is_some_and(|noun| matches!(tree.lower(noun), "own" | "kind" | "sort"))
}

fn first_of(piece: &[usize]) -> usize {
    piece.first().copied().unwrap_or(0)
}

/// Takes circumstances off the end of a piece until it fits.
fn shorten(
    tree: &Tree<'_>,
    top: usize,
    piece: &mut Vec<usize>,
    room: usize,
    is_bad: impl Fn(&[usize]) -> bool,
) {
    while piece.len() > room || is_bad(piece) {
        let Some(&last) = piece.last() else {
            return;
        };
        let is_circumstance = |token: usize| {
            matches!(
                tree.relation(token),
                R::Oblique
                    | R::UnmarkedOblique
                    | R::AdverbialClause
                    | R::AdverbialModifier
                    | R::NominalModifier
                    | R::RelativeClause
                    | R::AdnominalClause
                    | R::Apposition
                    | R::Punctuation
            )
        };
        let mut cut = last;
        while !is_circumstance(cut) {
            match tree.head(cut) {
                Some(above) if above != top && (cut != top || cut == last) => {
                    cut = above;
                }
                _ => return,
            }
        }
        // "Heads of bodies of one side and assemblies of the other": half of the second says less
        // than none of it.
        cut = tree
            .head(cut)
            .filter(|&joined| joined != top && tree.relation(joined) == R::Conjunct)
            .unwrap_or(cut);
        if cut == top {
            return;
        }
        let before = piece.len();
        piece.retain(|&token| token != cut && !tree.is_below(token, cut));
        if piece.len() == before {
            return;
        }
    }
}
