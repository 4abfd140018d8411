//! Coordinated phrases: which are told apart, and which words belong to all of them.

use crate::fact::EntityKind;
use crate::text::dependency::Relation as R;
use crate::text::tag::{FineTag, UniversalTag};

use super::super::lexicon;
use super::super::tree::Tree;
use super::{Phrase, alone, tidy, whole};

/// A list of coordinated phrases longer than this is kept as one phrase, lest one long list
/// multiply every fact around it.
const MOST_CONJUNCTS: usize = 12;

/// One phrase for each coordinated head, or the whole where they cannot be told apart.
pub(in super::super) fn distributed(tree: &Tree<'_>, head: usize) -> Vec<Phrase> {
    let heads = conjuncts(tree, head);
    if let Some(quoted) = quoted_title(tree, &heads).or_else(|| quoted_whole(tree, head)) {
        return vec![quoted];
    }
    if heads.len() == 1
        || heads.len() > MOST_CONJUNCTS
        || shares_noun(tree, &heads)
        || are_counted_together(tree, &heads)
        || are_one_measure(tree, &heads)
        || joined_by_or(tree, &heads)
        || are_set_against(tree, &heads)
        || stand_between(tree, head)
        || measure_one_time(tree, &heads)
    {
        return whole(tree, head).into_iter().collect();
    }
    let mut phrases: Vec<Phrase> = heads
        .iter()
        .filter_map(|&conjunct| alone(tree, conjunct))
        .collect();
    share_modifiers(tree, &mut phrases);
    share_tail(tree, &mut phrases);
    share_owner(tree, &mut phrases);
    phrases
}

/// "sports and cultural ties": a bare noun before an adjective of kind may be of the ties, too, so
/// that the two are not told apart; "cross-border and inter-regional trade" is one of them surely.
fn shares_noun(tree: &Tree<'_>, heads: &[usize]) -> bool {
    let [first, second] = *heads else {
        return false;
    };
    let is_bare = tree.tag(first) == UniversalTag::Noun
        && tree.children(first).iter().all(|&word| {
            // "Closer trade and political relations": both are to be closer.
            word == second
                || tree.relation(word) == R::Case
                || tree.fine(word) == FineTag::Comparative
        });
    let is_of_kind = |word: usize| {
        tree.lower(word).contains('-')
            || ["al", "ic", "ary"]
                .iter()
                .any(|ending| tree.lower(word).ends_with(ending))
    };
    let adjective = tree
        .children_by(second, &[R::AdjectivalModifier])
        .next()
        .filter(|&word| word < second);
    is_bare
        && tree.tag(second) == UniversalTag::Noun
        && adjective.is_some_and(|word| is_of_kind(word) && word == first + 2)
}

/// "called it "a step, not a solution"": words that are quoted from mark to mark stay together.
fn quoted_whole(tree: &Tree<'_>, head: usize) -> Option<Phrase> {
    /// A quotation of more words than this is no name for anything.
    const LONGEST: usize = 24;
    let is_mark = |word: usize| lexicon::is_quotation_mark(tree.lower(word));
    let open = (head.saturating_sub(LONGEST)..head)
        .rev()
        .find(|&word| is_mark(word))?;
    let close = (head + 1..tree.len().min(head + LONGEST)).find(|&word| is_mark(word))?;
    let is_inside = |word: usize| open < word && word < close;
    // What hangs on the head and stands outside of the marks belongs to the clause around.
    let is_outside = |child: usize| {
        let is_around = matches!(
            tree.relation(child).universal(),
            "nsubj"
                | "cop"
                | "aux"
                | "mark"
                | "case"
                | "punct"
                | "cc"
                | "advmod"
                | "obl"
                | "advcl"
                | "expl"
                | "parataxis"
                | "csubj"
        );
        let words = tree.subtree(child, |_| false);
        match words.iter().any(|&word| is_inside(word)) {
            true => {
                tree.relation(child) == R::Punctuation
                    || words.iter().all(|&word| is_inside(word) || is_mark(word))
                        && !matches!(
                            tree.relation(child).universal(),
                            "nsubj" | "cop" | "aux" | "csubj" | "expl"
                        )
            }
            false => is_around,
        }
    };
    let is_whole = close > open + 2
        && tree.children(head).iter().all(|&child| is_outside(child))
        && (open + 1..close)
            .all(|word| tree.relation(word) == R::Punctuation || tree.is_below(word, head));
    is_whole
        .then(|| tidy(tree, head, (open + 1..close).collect()))
        .flatten()
}

/// "the theme is "Bread, Peace and Land"": what stands in one pair of quotation marks is one.
fn quoted_title(tree: &Tree<'_>, heads: &[usize]) -> Option<Phrase> {
    /// A title has no more words than this.
    const LONGEST: usize = 14;
    let (&head, &last) = heads.first().zip(heads.last())?;
    let is_mark = |word: usize| lexicon::is_quotation_mark(tree.lower(word));
    let open = (head.saturating_sub(LONGEST)..head)
        .rev()
        .find(|&word| is_mark(word))?;
    let close = (last + 1..tree.len().min(last + LONGEST)).find(|&word| is_mark(word))?;
    let is_inside = heads.len() > 1
        && close - open <= LONGEST
        && !(open + 1..close).any(is_mark)
        && tree.is_capital(open + 1)
        && (open + 1..close).all(|word| {
            tree.is_capital(word)
                || !tree.is_nominal(word)
                || matches!(tree.lower(word), "the" | "a" | "an")
        })
        && (open + 1..close).any(|word| tree.lower(word) == "and" || tree.lower(word) == ",");
    is_inside.then(|| Phrase {
        head: last,
        tokens: (open + 1..close).collect(),
    })
}

/// "38 nurses and doctors": the number is of both together, unless the second has its own.
fn are_counted_together(tree: &Tree<'_>, heads: &[usize]) -> bool {
    let [first, second] = *heads else {
        return false;
    };
    let is_counted = tree
        .children_by(first, &[R::NumericModifier])
        .any(|number| number + 1 == first && tree.tag(number) == UniversalTag::Numeral);
    // "the 45 clerks and family members"
    let is_bare = tree.children(second).iter().all(|&word| {
        word > second
            || word == first + 1 && tree.relation(word) == R::Coordination
            || word + 1 == second && tree.relation(word) == R::Compound
    });
    let are_plural = [first, second]
        .iter()
        .all(|&noun| tree.fine(noun) == FineTag::PluralNoun);
    is_counted && is_bare && are_plural && second <= first + 3
}

/// "nine years and four months", "on May 19 and 26": one measure, or two days of one month.
fn are_one_measure(tree: &Tree<'_>, heads: &[usize]) -> bool {
    let [first, second] = *heads else {
        return false;
    };
    let is_counted = |noun: usize| tree.has_child(noun, &[R::NumericModifier]);
    let is_time = |noun: usize| {
        lexicon::is_stretch_of_time(tree.lemma(noun))
            || matches!(tree.lemma(noun), "hour" | "minute" | "second")
    };
    let is_next = tree.lower(second - 1) != "," && tree.tag(first) != UniversalTag::ProperNoun;
    let are_times = is_counted(first)
        && is_counted(second)
        && is_time(first)
        && is_time(second)
        && tree.lemma(first) != tree.lemma(second);
    let has_month = tree
        .children(first)
        .iter()
        .chain([&first])
        .any(|&word| lexicon::is_calendar_name(tree.lower(word)));
    let is_bare_day = tree.tag(second) == UniversalTag::Numeral
        && tree
            .children(second)
            .iter()
            .all(|&word| tree.relation(word) == R::Coordination);
    is_next && are_times || has_month && is_bare_day
}

/// "by sea or rail": one of the two, nobody says which; but who owns no car or boat owns none of
/// them.
fn joined_by_or(tree: &Tree<'_>, heads: &[usize]) -> bool {
    let first = heads.first().copied().unwrap_or(0);
    let is_denied = tree.head(first).is_some_and(|verb| {
        tree.children_by(verb, &[R::AdverbialModifier])
            .any(|word| lexicon::is_negation(tree.lower(word)))
    }) || tree
        .children_by(first, &[R::Determiner])
        .any(|word| lexicon::is_negative_quantity(tree.lower(word)));
    if is_denied {
        return false;
    }
    heads.iter().skip(1).any(|&head| {
        tree.children_by(head, &[R::Coordination])
            .any(|word| tree.lower(word) == "or")
    })
}

/// "tyres rather than cars", "a start but not an answer": the one is told, the other denied.
fn are_set_against(tree: &Tree<'_>, heads: &[usize]) -> bool {
    heads.iter().skip(1).any(|&head| {
        super::denies(tree, head)
            || tree
                .children_by(head, &[R::Coordination])
                .any(|word| matches!(tree.lower(word), "rather" | "instead" | "not"))
    })
}

/// "nine years and four months": one stretch of time.
fn measure_one_time(tree: &Tree<'_>, heads: &[usize]) -> bool {
    heads.len() > 1
        && heads.iter().all(|&head| {
            tree.has_child(head, &[R::NumericModifier])
                && matches!(
                    tree.lemma(head),
                    "year" | "month" | "week" | "day" | "hour" | "minute" | "second"
                )
        })
}

/// "between 1640 and 1580": both ends together.
fn stand_between(tree: &Tree<'_>, head: usize) -> bool {
    tree.children_by(head, &[R::Case])
        .any(|case| case < head && tree.lower(case) == "between")
}

/// "Peru's role and contribution": the owner of the first has the others too, unless they have a
/// determiner of their own.
fn share_owner(tree: &Tree<'_>, phrases: &mut [Phrase]) {
    let Some((first, others)) = phrases.split_first_mut() else {
        return;
    };
    let owner = tree
        .child(first.head, &[R::PossessiveModifier])
        .filter(|&owner| owner < first.head);
    let Some(owner) = owner else {
        return;
    };
    let words: Vec<usize> = first
        .tokens
        .iter()
        .copied()
        .filter(|&token| tree.is_below(token, owner))
        .collect();
    for phrase in others {
        let is_own = tree.has_child(
            phrase.head,
            &[R::PossessiveModifier, R::Determiner, R::NumericModifier],
        );
        // "an opponent's mistakes and using them": what is done is not owned.
        let is_deed = tree.lower(phrase.head).ends_with("ing");
        if !is_own && !is_deed && tree.tag(phrase.head) == UniversalTag::Noun {
            phrase.tokens.splice(0..0, words.iter().copied());
        }
    }
}

/// "the founder and president of the firm": what stands behind the last belongs to all, unless
/// it is where the last is.
fn share_tail(tree: &Tree<'_>, phrases: &mut [Phrase]) {
    let (Some(first), Some(last)) = (phrases.first(), phrases.last()) else {
        return;
    };
    let (head, end) = (first.head, last.head);
    if let Some(tail) = tail_of_people(tree, &*phrases) {
        if let Some(first) = phrases.first_mut() {
            first.tokens.extend(tail);
        }
        return;
    }
    let tail: Vec<usize> = first
        .tokens
        .iter()
        .copied()
        .filter(|&token| {
            tree.children_by(head, &[R::NominalModifier])
                .filter(|&modifier| {
                    !tree
                        .children_by(modifier, &[R::Case])
                        .any(|case| tree.lower(case) == "in")
                })
                .any(|modifier| modifier > end && tree.is_below(token, modifier))
        })
        .collect();
    let is_bare = last.tokens.last() == Some(&end);
    if head == end || tail.is_empty() || !is_bare {
        return;
    }
    for phrase in phrases.iter_mut().filter(|phrase| phrase.head != head) {
        phrase.tokens.extend(tail.iter().copied());
    }
}

/// "The Government and the people of Peru": both are of Peru.
fn tail_of_people(tree: &Tree<'_>, phrases: &[Phrase]) -> Option<Vec<usize>> {
    let [first, last] = phrases else {
        return None;
    };
    let is_bare = |noun: usize| {
        tree.children(noun).iter().all(|&child| {
            matches!(
                tree.relation(child),
                R::Conjunct | R::Coordination | R::Case | R::Punctuation
            ) || tree.relation(child) == R::Determiner && tree.lower(child) == "the"
        })
    };
    let rules = matches!(
        tree.lemma(first.head).to_lowercase().as_str(),
        "government" | "president" | "parliament" | "authority" | "king" | "queen" | "leadership"
    );
    let of_place = tree
        .children_by(last.head, &[R::NominalModifier])
        .find(|&place| {
            place > last.head
                && tree.name_kind(place) == Some(EntityKind::Place)
                && tree
                    .children_by(place, &[R::Case])
                    .any(|case| tree.lower(case) == "of")
        })?;
    let is_theirs = rules
        && is_bare(first.head)
        && matches!(
            tree.lemma(last.head),
            "people" | "parliament" | "government" | "authority"
        );
    let words = last.tokens.iter().copied();
    is_theirs.then(|| {
        words
            .filter(|&token| tree.is_below(token, of_place))
            .collect()
    })
}

/// The heads coordinated with a nominal head, itself first.
pub(in super::super) fn conjuncts(tree: &Tree<'_>, head: usize) -> Vec<usize> {
    let mut heads = vec![head];
    heads.extend(
        tree.children_by(head, &[R::Conjunct])
            .filter(|&conjunct| is_nominal_conjunct(tree, head, conjunct)),
    );
    // "the London, Midland and Scottish Railway" is one name.
    let is_one_name = heads.last().is_some_and(|&last| {
        last > head && (head + 1..=last).all(|index| tree.is_inside_name(index))
    });
    if is_one_name { vec![head] } else { heads }
}

/// Whether a conjunct is a phrase like its head, not a clause of its own.
fn is_nominal_conjunct(tree: &Tree<'_>, head: usize, conjunct: usize) -> bool {
    if tree.has_child(
        conjunct,
        &[R::Copula, R::NominalSubject, R::PassiveNominalSubject],
    ) {
        return false;
    }
    match tree.tag(conjunct) {
        UniversalTag::Verb => tree.tag(head) == UniversalTag::Verb,
        UniversalTag::Adverb | UniversalTag::Interjection => tree.tag(head) == tree.tag(conjunct),
        UniversalTag::Adjective => {
            matches!(tree.tag(head), UniversalTag::Adjective | UniversalTag::Noun)
        }
        _ => true,
    }
}

/// "Japanese, Korean and Chinese ministers": a bare adjective before the noun it shares is no
/// phrase of its own; "the president and prime minister" needs nothing.
fn share_modifiers(tree: &Tree<'_>, phrases: &mut Vec<Phrase>) {
    if phrases.len() > 1 && tree.is_nominal(phrases.last().map_or(0, |phrase| phrase.head)) {
        phrases.retain(|phrase| tree.tag(phrase.head) != UniversalTag::Adjective);
    }
}
