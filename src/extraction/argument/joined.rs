//! Arguments that are one, or two that a parser took for one: objects side by side, rates, wishes.

use crate::text::dependency::Relation as R;
use crate::text::tag::UniversalTag;

use super::super::clause::{self, Clause};
use super::super::lexicon::{self, Report};
use super::super::phrase::{self, Phrase};
use super::super::tree::Tree;
use super::{Argument, Part};

/// A verb has one object. Two nouns side by side are recipient and thing ("gave the village a
/// library") or thing and name ("elected Lee president"); pieces of one word are joined again.
pub(super) fn one_object(
    tree: &Tree<'_>,
    clause: &Clause,
    mut found: Vec<Argument>,
) -> Vec<Argument> {
    let places: Vec<usize> = (0..found.len())
        .filter(|&i| {
            found
                .get(i)
                .is_some_and(|argument| argument.part == Part::Object)
        })
        .collect();
    let [first, .., last] = places.as_slice() else {
        return found;
    };
    if last - first + 1 != places.len() {
        return found;
    }
    let head_of = |place: usize| {
        found
            .get(place)
            .and_then(|argument| argument.alternatives.first())
            .map(|phrase| phrase.head)
    };
    if let ([_, _], Some(thing), Some(next)) = (places.as_slice(), head_of(*first), head_of(*last))
    {
        let is_broken =
            (thing + 1..next).any(|between| tree.tag(between) == UniversalTag::Punctuation);
        // "called the plan a mistake": verbs of naming have no recipient.
        let names = clause
            .links
            .last()
            .is_some_and(|&link| lexicon::is_naming(tree.lemma(link)));
        // "owes banks 210 million": an amount is what is owed.
        let is_amount = matches!(tree.tag(next), UniversalTag::Numeral | UniversalTag::Symbol)
            || tree.has_child(next, &[R::NumericModifier]);
        let has_article =
            !names && (is_amount || tree.has_child(next, &[R::Determiner, R::PossessiveModifier]));
        let change = match (is_broken, has_article) {
            (false, true) => Some((*first, Part::Recipient)),
            (false, false) => Some((*last, Part::Complement)),
            (true, _) => None,
        };
        if let Some((place, part)) = change {
            if let Some(argument) = found.get_mut(place) {
                argument.part = part;
            }
            return found;
        }
    }
    let joined: Vec<Argument> = found.splice(*first..=*last, None).collect();
    let phrases: Vec<&Phrase> = joined
        .iter()
        .flat_map(|argument| &argument.alternatives)
        .collect();
    let tokens = phrases.iter().flat_map(|phrase| &phrase.tokens);
    let range = tokens.clone().min().zip(tokens.max());
    let (Some((&from, &to)), Some(head)) = (range, phrases.last().map(|phrase| phrase.head)) else {
        return found;
    };
    if let Some(whole) = phrase::tidy(tree, head, (from..=to).collect()) {
        found.insert(
            *first,
            Argument {
                part: Part::Object,
                preposition: Vec::new(),
                alternatives: vec![whole],
                is_time: false,
            },
        );
    }
    found
}

/// "carries 900 cars a day": the rate belongs to the amount in front of it.
pub(super) fn rates(tree: &Tree<'_>, mut found: Vec<Argument>) -> Vec<Argument> {
    let place = found.iter().position(|argument| {
        argument.part == Part::Oblique
            && argument.preposition.is_empty()
            && argument
                .alternatives
                .iter()
                .all(|phrase| is_rate(tree, phrase))
    });
    let Some(place) = place.filter(|&place| place > 0) else {
        return found;
    };
    let start = found.get(place).map_or(0, Argument::start);
    let before = found.get_mut(place - 1).and_then(|argument| {
        argument
            .alternatives
            .last_mut()
            .filter(|phrase| phrase.tokens.last().is_some_and(|&last| last + 1 == start))
    });
    let Some(amount) = before else {
        return found;
    };
    amount.tokens.extend([start, start + 1]);
    found.remove(place);
    found
}

/// "a day", "each year".
fn is_rate(tree: &Tree<'_>, phrase: &Phrase) -> bool {
    let [first, second] = phrase.tokens.as_slice() else {
        return false;
    };
    matches!(tree.lower(*first), "a" | "an" | "each" | "every" | "per")
        && matches!(
            tree.lower(*second),
            "second" | "minute" | "hour" | "day" | "night" | "week" | "month" | "quarter" | "year"
        )
}

/// "want parliament to vote": what is wanted is not parliament, but that it votes.
pub(super) fn wishes(tree: &Tree<'_>, clause: &Clause, mut found: Vec<Argument>) -> Vec<Argument> {
    let is_wish = clause
        .links
        .last()
        .is_some_and(|&link| lexicon::report(tree.lemma(link)) == Report::Wants);
    let place = found
        .iter()
        .position(|argument| argument.part == Part::Object && argument.alternatives.len() == 1);
    let Some(place) = place.filter(|_| is_wish) else {
        return found;
    };
    let is_wanted = found.get(place + 1).is_some_and(|argument| {
        argument.part == Part::Clause
            && argument
                .alternatives
                .iter()
                .all(|phrase| clause::has_to(tree, phrase.head))
    });
    if is_wanted {
        let object = found.remove(place);
        let who = object
            .alternatives
            .first()
            .map_or(&[][..], |phrase| phrase.tokens.as_slice());
        if let Some(wanted) = found.get_mut(place) {
            for phrase in &mut wanted.alternatives {
                phrase.tokens.splice(0..0, who.iter().copied());
            }
        }
    }
    found
}

/// "told a meeting that it grows": whom it is told is no object beside what is told.
pub(super) fn told(tree: &Tree<'_>, clause: &Clause, mut found: Vec<Argument>) -> Vec<Argument> {
    let tells = clause
        .links
        .last()
        .is_some_and(|&link| lexicon::is_telling(tree.lemma(link)));
    let has_content = found.iter().any(|argument| {
        argument.part == Part::Clause
            && argument
                .alternatives
                .iter()
                .all(|phrase| !clause::has_to(tree, phrase.head))
    });
    if tells && has_content {
        for argument in &mut found {
            if argument.part == Part::Object {
                argument.part = Part::Recipient;
            }
        }
    }
    // "warned the growers": who is told is the object where nothing else is.
    let has_object = found.iter().any(|argument| {
        matches!(
            argument.part,
            Part::Object | Part::Clause | Part::Complement
        )
    });
    let is_tell = clause
        .links
        .last()
        .is_some_and(|&link| tree.lemma(link) == "tell");
    if tells && !is_tell && !has_object {
        for argument in &mut found {
            if argument.part == Part::Recipient && argument.preposition.is_empty() {
                argument.part = Part::Object;
            }
        }
    }
    found
}

/// "Malta and Spain together own it", "jointly run it": neither does it alone.
pub(in super::super) fn is_done_together(tree: &Tree<'_>, verb: usize) -> bool {
    tree.children_by(verb, &[R::AdverbialModifier])
        .any(|word| matches!(tree.lower(word), "together" | "jointly" | "collectively"))
}

/// "The case turned on a letter": what stands behind a preposition that the verb's name holds is
/// its object.
pub(super) fn objects_of_particles(
    tree: &Tree<'_>,
    clause: &Clause,
    mut found: Vec<Argument>,
) -> Vec<Argument> {
    let has_object = found
        .iter()
        .any(|argument| matches!(argument.part, Part::Object | Part::Clause));
    let last = clause.links.last().copied().unwrap_or(clause.head);
    let held: Vec<usize> = tree.children_by(last, &[R::VerbParticle]).collect();
    let first = found.iter_mut().find(|argument| {
        argument.part == Part::Oblique
            && argument.preposition.is_empty()
            && !argument.is_time
            && argument
                .alternatives
                .iter()
                .all(|phrase| !tree.has_child(phrase.head, &[R::NumericModifier]))
            && held.contains(&argument.start().saturating_sub(1))
    });
    if let Some(argument) = first.filter(|_| !has_object) {
        argument.part = Part::Object;
    }
    found
}
