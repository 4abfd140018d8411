//! Appositions: what stands beside a noun and says what it is, or how old.

use crate::fact::EntityKind;
use crate::text::dependency::Relation as R;
use crate::text::lexicon::{NounClass, is_in_class};
use crate::text::tag::{FineTag, UniversalTag};
use crate::text::word_list::WordList;

use super::super::argument::Times;
use super::super::lexicon;
use super::super::origin;
use super::super::phrase::{self, Phrase};
use super::super::proposition::{Proposition, Rule};
use super::super::tree::Tree;
use super::{be, complement, proposition};

/// "the University of Arno, Lund": a bare name behind that of a body is where it is.
fn is_seat(tree: &Tree<'_>, body: usize, name: usize) -> bool {
    let is_body = tree.name_kind(body) == Some(EntityKind::Organization);
    let is_apart = (body + 1..name).any(|mark| tree.lower(mark) == ",");
    let is_bare = tree.tag(name) == UniversalTag::ProperNoun
        && !tree.begins_person(name)
        && !tree.has_child(
            name,
            &[
                R::Determiner,
                R::NominalModifier,
                R::AdjectivalModifier,
                R::PossessiveModifier,
            ],
        );
    is_body && is_apart && is_bare
}

/// "Ann Lee, a chemist": Ann Lee is a chemist.
pub(super) fn apposition(tree: &Tree<'_>, index: usize, times: &Times) -> Option<Proposition> {
    let head = tree.head(index)?;
    let is_title = phrase::name_after_title(tree, head) == Some(index)
        || origin::person_before_bracket(tree, index).is_some();
    if is_title || !tree.is_nominal(head) || !tree.is_nominal(index) || is_acronym(tree, index) {
        return None;
    }
    let is_told = !is_part(tree, index)
        && !is_turn(tree, head, index)
        && !times.is_time(tree, index)
        && tree.tag(head) != UniversalTag::Pronoun;
    if !is_told {
        return None;
    }
    if is_of_next_name(tree, head, index)
        || is_one_of_counted(tree, head, index)
        || is_next_topic(tree, head, index)
        || is_seat(tree, head, index)
    {
        return None;
    }
    let head = place_beside(tree, head, index).unwrap_or_else(|| last_of_list(tree, head, index));
    let (subject, described) = sides(tree, head, index);
    if is_age(tree, index) {
        let subject = phrase::alone(tree, head)?;
        let age = phrase::alone(tree, index)?;
        return Some(proposition(
            tree,
            Rule::Age,
            subject,
            be(tree, head),
            complement(vec![age]),
        ));
    }
    if tells_nothing(tree, head, index)
        || is_topic_of_list(tree, head, index)
        || !describes(tree, head, index)
    {
        return None;
    }
    // "Ida and Bo Roth, a couple from Lund": neither of them is a couple.
    let is_pair = described == index && matches!(tree.lemma(index), "couple" | "duo" | "pair");
    if is_pair && tree.relation(subject) == R::Conjunct {
        return None;
    }
    let subject = phrase::alone(tree, subject)?;
    let alternatives = descriptions(tree, subject.head, described, index);
    let is_broken = |phrase: &Phrase| is_broken(tree, phrase);
    if alternatives.is_empty() || alternatives.iter().any(is_broken) {
        return None;
    }
    let words = be(tree, subject.head);
    let name = subject.head;
    let subject_is_person = tree.begins_person(name);
    let mut found = proposition(
        tree,
        Rule::Apposition,
        subject,
        words,
        complement(alternatives),
    );
    // "Ann Lee and Bo Ek, ministers": both are.
    if described == index && subject_is_person && is_plural_noun(tree, index) {
        found.subjects.extend(others_named(tree, name));
    }
    // "the ministers Ann Lee and Bo Ek": both are.
    if described == head && tree.fine(head) == FineTag::PluralNoun {
        found.subjects.extend(others_named(tree, name));
    }
    Some(found)
}

/// "Three people, a driver and two pupils,": three are no driver; he is one of them, or one more.
fn is_one_of_counted(tree: &Tree<'_>, head: usize, index: usize) -> bool {
    static GROUPS: WordList = WordList::new(
        " pair couple duo trio quartet group team set series crew family band mix \
        mixture combination record total number majority minority fraction rise increase drop \
        fall decline share sum fee price amount ",
    );
    let lemma = tree.lemma(index).to_lowercase();
    tree.fine(head) == FineTag::PluralNoun
        && tree.fine(index) == FineTag::Noun
        && tree.has_child(head, &[R::NumericModifier])
        && !lexicon::is_measure(tree.lemma(head))
        && !GROUPS.contains(&lemma)
        && tree
            .children_by(index, &[R::Determiner])
            .any(|word| matches!(tree.lower(word), "a" | "an"))
}

/// "a double feast – the birth of the king and the end of the war": one thing of two parts is
/// neither of them.
fn is_of_parts(tree: &Tree<'_>, head: usize, description: usize) -> bool {
    let is_thing = tree.fine(head) == FineTag::Noun
        && tree.name_kind(head).is_none()
        && !is_in_class(tree.lemma(head), NounClass::Person);
    let has_dash =
        (head..description).any(|mark| matches!(tree.lower(mark), "–" | "—" | ":" | "--"));
    is_thing && has_dash
}

/// "Minister of Peru, H.E. Ms.", "those present were Ann Lee": a description has no verb of its own
/// and does not end in a style of address.
pub(super) fn is_broken(tree: &Tree<'_>, phrase: &Phrase) -> bool {
    let is_finite = |&token: &usize| {
        matches!(
            tree.fine(token),
            FineTag::PastVerb | FineTag::PresentVerbThird
        )
    };
    let ends_in_address = phrase
        .tokens
        .last()
        .is_some_and(|&last| lexicon::is_courtesy(tree.lower(last)) && last != phrase.head);
    let has_verb = !tree.is_verb(phrase.head) && phrase.tokens.iter().any(is_finite);
    ends_in_address || has_verb
}

/// "views on the crisis in Chile, the reform of the board and trade": a country is no reform, and
/// bare stuff is no pact.
fn is_topic_of_list(tree: &Tree<'_>, head: usize, index: usize) -> bool {
    let lemma = tree.lemma(index);
    let is_deed = matches!(
        lemma,
        "reform" | "change" | "crisis" | "issue" | "fight" | "role"
    ) || is_in_class(lemma, NounClass::Event)
        || is_in_class(lemma, NounClass::Work)
        || ["ment", "ance", "ence", "ization", "isation", "ration"]
            .iter()
            .any(|ending| lemma.ends_with(ending));
    let is_place = tree.name_kind(head) == Some(EntityKind::Place);
    let is_bare = tree.fine(head) == FineTag::Noun
        && !tree.has_child(
            head,
            &[R::Determiner, R::PossessiveModifier, R::NumericModifier],
        )
        && tree.relation(head) == R::NominalModifier;
    is_deed && (is_place || is_bare)
}

/// What the subject of an apposition is told to be.
fn descriptions(tree: &Tree<'_>, subject: usize, described: usize, index: usize) -> Vec<Phrase> {
    if described == index {
        return match is_of_parts(tree, subject, described) {
            true => phrase::whole(tree, described).into_iter().collect(),
            false => phrase::distributed(tree, described),
        };
    }
    let without_name = |mut found: Phrase| {
        let name = tree.name_range(index).unwrap_or((index, index));
        found
            .tokens
            .retain(|&token| !tree.is_below(token, index) && !(name.0..=name.1).contains(&token));
        phrase::tidy(tree, described, found.tokens)
    };
    phrase::alone(tree, described)
        .and_then(without_name)
        .into_iter()
        .collect()
}

/// Measures, fields in brackets and styles of address describe nothing.
fn tells_nothing(tree: &Tree<'_>, head: usize, index: usize) -> bool {
    // "500 miles (800 km)" is one length; "Athens (Greek: …)" is another name.
    let are_measures = [head, index]
        .into_iter()
        .all(|noun| tree.has_child(noun, &[R::NumericModifier]));
    // "Ann Lee (tennis)": a bare word in brackets tells a field, not what she is.
    let is_field = index > 0
        && matches!(tree.lower(index - 1), "(" | "[")
        && is_small(tree, index)
        && tree.lower(index + 1) == ")";
    // "Ann Lee (Samoa)": where somebody is from.
    let is_origin = index > 0
        && matches!(tree.lower(index - 1), "(" | "[")
        && tree.name_kind(index) == Some(EntityKind::Place)
        && tree.name_kind(head) != Some(EntityKind::Place);
    // "His Excellency Bo Ek": a style of address tells nothing.
    let is_address = [head, index]
        .iter()
        .any(|&noun| lexicon::is_courtesy(tree.lower(noun)));
    let is_name = tree.tag(index) == UniversalTag::Numeral || tree.lower(index + 1) == ":";
    are_measures
        || is_field
        || is_origin
        || is_address
        || is_name
        || is_part_of_name_list(tree, head, index)
}

/// "Ann Lee, President of Peru, the Prime Minister of Norway, Ms. Ida Berg": the second office is
/// not Lee's.
fn is_of_next_name(tree: &Tree<'_>, head: usize, index: usize) -> bool {
    /// An office is told in no more words than this.
    const LONGEST: usize = 10;
    // "The engineer Ann Lee, the poet Bo Ek": the poet is named behind.
    let is_named_behind = tree.begins_person(head)
        && phrase::name_after_title(tree, index).is_some_and(|name| name != head);
    if is_named_behind {
        return true;
    }
    // "the minister, Bo Ek, the envoy to Oslo, Ann Lee": Ek has his office in front of him.
    let stands_for_office = tree.relation(head) == R::Apposition
        && tree
            .head(head)
            .is_some_and(|office| is_in_class(tree.lower(office), NounClass::Person));
    if index < head {
        return false;
    }
    let has_one = stands_for_office
        || tree
            .children_by(head, &[R::Apposition])
            .any(|other| (head < other && other < index) || is_office_before(tree, head, other));
    // "The minister, Ann Lee, the mayor, Ida Berg": nor where her office stands before her.
    let has_one = has_one || tree.relation(head) == R::Apposition;
    let comma = (index + 1..=index + LONGEST).find(|&place| tree.lower(place) == ",");
    let Some(comma) = comma.filter(|_| has_one && tree.begins_person(head)) else {
        return false;
    };
    let is_address = |&place: &usize| {
        lexicon::is_courtesy(tree.lower(place))
            || matches!(
                tree.lower(place),
                "his" | "her" | "excellency" | "the" | "honourable"
            )
    };
    let name = (comma + 1..comma + LONGEST).find(|place| !is_address(place));
    name.is_some_and(|name| tree.begins_person(name))
}

/// Whether an apposition is the office that stands before a name and a comma.
fn is_office_before(tree: &Tree<'_>, name: usize, office: usize) -> bool {
    office < name
        && is_in_class(tree.lower(office), NounClass::Person)
        && (office..name).any(|mark| tree.lower(mark) == ",")
}

/// "The airport in Lyon, the third largest city": the city is the place named last before the
/// comma.
fn place_beside(tree: &Tree<'_>, head: usize, index: usize) -> Option<usize> {
    let is_place = |noun: usize| tree.name_kind(noun) == Some(EntityKind::Place);
    let tells_place = is_in_class(tree.lemma(index), NounClass::Place)
        && tree.tag(index) == UniversalTag::Noun
        && tree.fine(index) == FineTag::Noun;
    let first = tree.subtree(index, |_| false).into_iter().min()?;
    let comma = first
        .checked_sub(1)
        .filter(|&comma| tree.lower(comma) == ",")?;
    let end = comma.checked_sub(1)?;
    let name = tree.name_range(end).map_or(end, |(first, _)| first);
    let is_within = |word: usize| word != head && tree.is_below(word, head);
    let top = (name..=end).find(|&word| {
        tree.head(word)
            .is_none_or(|above| !(name..=end).contains(&above))
    })?;
    (tells_place && !is_place(head) && is_place(top) && is_within(top)).then_some(top)
}

/// "The situation in Peru, the reform of the council and trade": topics in a list, of which none is
/// what the one before is.
fn is_next_topic(tree: &Tree<'_>, head: usize, index: usize) -> bool {
    let describes_body = [
        NounClass::Person,
        NounClass::Place,
        NounClass::Organization,
        NounClass::Business,
        NounClass::Event,
    ]
    .into_iter()
    .any(|class| is_in_class(tree.lemma(index), class));
    let is_agent = ["er", "or", "ist"]
        .iter()
        .any(|ending| tree.lemma(index).ends_with(ending));
    tree.relation(head) == R::NominalModifier
        && !tree.begins_person(head)
        && tree.has_child(index, &[R::Conjunct])
        && !describes_body
        && !is_agent
}

/// Which of two nouns beside each other the sentence is about, and which describes it.
fn sides(tree: &Tree<'_>, head: usize, index: usize) -> (usize, usize) {
    match (tree.tag(head), tree.tag(index)) {
        // "the novelist, Ann Lee": the name is what it is about.
        (UniversalTag::Noun, UniversalTag::ProperNoun) => (index, head),
        // "the Speaker of the Senate, Ann Lee": offices are often written large.
        (UniversalTag::ProperNoun, UniversalTag::ProperNoun)
            if tree.begins_person(index)
                && !tree.is_person(head)
                && is_in_class(tree.lower(head), NounClass::Person) =>
        {
            (index, head)
        }
        // "the Dakar club Jaraaf": the noun before the name, written small, tells what it is.
        (UniversalTag::ProperNoun, UniversalTag::ProperNoun)
            if head + 1 == index && is_small(tree, head) && !is_small(tree, index) =>
        {
            (index, head)
        }
        _ => (head, index),
    }
}

/// "Lee, Jr.", "apples, pears, etc.", "that day", "Dear Ann": turns of speech, no descriptions.
fn is_turn(tree: &Tree<'_>, head: usize, index: usize) -> bool {
    matches!(
        tree.lower(index).trim_end_matches('.'),
        "jr" | "sr" | "inc" | "ltd" | "etc"
    ) || matches!(tree.lemma(index), "time" | "day" | "year")
        || lexicon::is_courtesy(tree.lower(head))
        || follows_colon(tree, head, index)
}

/// "Kurds and Yazidis, a small minority": one description is of the name next to it.
fn last_of_list(tree: &Tree<'_>, head: usize, description: usize) -> usize {
    let is_one = tree
        .children_by(description, &[R::Determiner])
        .any(|word| matches!(tree.lower(word), "a" | "an"));
    let is_plural = !is_one
        && matches!(
            tree.fine(description),
            FineTag::PluralNoun | FineTag::PluralProperNoun
        );
    let joins_names = tree
        .children_by(head, &[R::Conjunct])
        .chain([head])
        .flat_map(|member| tree.children_by(member, &[R::Coordination]))
        .any(|word| tree.lower(word) == "&");
    if is_plural || joins_names || tree.fine(head) == FineTag::PluralNoun {
        return head;
    }
    let last = phrase::conjuncts(tree, head).last().copied();
    last.filter(|&last| last < description).unwrap_or(head)
}

/// The people whose names are coordinated with a name.
pub(super) fn others_named(tree: &Tree<'_>, name: usize) -> Vec<Phrase> {
    // "senators Ann Lee and Bo Ek, deputies Ida Roth and Jan Falk": up to the next office.
    let is_next_office = |other: usize| {
        tree.children_by(other, &[R::DescriptiveModifier, R::Compound])
            .any(|office| office < other && tree.fine(office) == FineTag::PluralNoun)
    };
    tree.children_by(name, &[R::Conjunct])
        .take_while(|&other| !is_next_office(other))
        .filter(|&other| tree.begins_person(other))
        .filter_map(|other| phrase::alone(tree, other))
        .collect()
}

/// "Ember: The Second City": the words behind a colon go on with a title or list.
fn follows_colon(tree: &Tree<'_>, head: usize, index: usize) -> bool {
    tree.tag(head) == UniversalTag::ProperNoun
        && (head..index).any(|between| tree.lower(between) == ":")
}

/// "the Committee on Trade, Energy and Water": words of one name, none of which tells what the
/// others are.
fn is_part_of_name_list(tree: &Tree<'_>, head: usize, index: usize) -> bool {
    let is_bare = !tree.has_child(
        index,
        &[R::Determiner, R::NominalModifier, R::AdjectivalModifier],
    );
    let is_field = |noun: usize| {
        noun < index
            && tree
                .children_by(noun, &[R::Case])
                .any(|case| matches!(tree.lower(case), "on" | "for" | "of"))
    };
    tree.is_capital(index)
        && tree.is_capital(head)
        && is_bare
        && !tree.is_person(index)
        && tree.has_child(index, &[R::Conjunct])
        && (is_field(head) || tree.children_by(head, &[R::NominalModifier]).any(is_field))
}

/// "people, most of them children", "paintings, among them works": a part, not the whole.
fn is_part(tree: &Tree<'_>, index: usize) -> bool {
    // "a start, not an answer": nothing is what it is not.
    tree.has_child(index, &[R::NominalSubject])
        || phrase::denies(tree, index)
        || tree
            .children(index)
            .iter()
            .any(|&word| tree.lower(word) == "among")
        || index > 1 && tree.lower(index - 2) == "among"
}

fn is_plural_noun(tree: &Tree<'_>, noun: usize) -> bool {
    matches!(
        tree.fine(noun),
        FineTag::PluralNoun | FineTag::PluralProperNoun
    )
}

fn is_small(tree: &Tree<'_>, index: usize) -> bool {
    tree.token(index)
        .is_some_and(|token| token.form.chars().all(char::is_lowercase))
}

/// Whether an apposition describes its noun.
fn describes(tree: &Tree<'_>, head: usize, index: usize) -> bool {
    // "all areas – trade, science, tourism" and "the leaders, President Lee and …" are lists, not
    // descriptions; "those" describes nothing.
    let goes_on = tree
        .children_by(index, &[R::Conjunct])
        .any(|next| (index + 1..next).any(|between| tree.lower(between) == ","));
    let is_list = tree.children_by(index, &[R::Conjunct]).count() > 1
        || goes_on && tree.tag(head) == UniversalTag::Noun && tree.tag(index) == UniversalTag::Noun;
    let is_noun = |noun: usize| {
        matches!(
            tree.tag(noun),
            UniversalTag::Noun | UniversalTag::ProperNoun
        )
    };
    let is_plural = |noun: usize| is_plural_noun(tree, noun);
    let has_more = tree.has_child(index, &[R::Conjunct]) || tree.has_child(head, &[R::Conjunct]);
    // Two bare nouns beside each other are parts of a list.
    let is_bare = tree.tag(head) == UniversalTag::Noun
        && tree.tag(index) == UniversalTag::Noun
        && !tree.has_child(
            index,
            &[
                R::Determiner,
                R::PossessiveModifier,
                R::NumericModifier,
                R::NominalModifier,
            ],
        );
    // "sugar or rice, the two products": none of a list is what all of them are.
    let is_of_all = tree.tag(head) == UniversalTag::Noun
        && is_plural(index)
        && !is_plural(head)
        && (tree.has_child(head, &[R::Conjunct]) || tree.relation(head) == R::Conjunct);
    // A person is no organization or place, whatever stands beside it.
    let kinds = tree.name_kind(head).zip(tree.name_kind(index));
    !is_list
        && !is_of_all
        && !is_bare
        && is_noun(head)
        && is_noun(index)
        && (is_plural(head) == is_plural(index) || has_more)
        && kinds.is_none_or(|(first, second)| first == second)
}

/// "(WHO)" after the full name: an alias, not a description.
fn is_acronym(tree: &Tree<'_>, index: usize) -> bool {
    let form = tree.token(index).map_or("", |token| token.form.as_str());
    let letters = form.chars().filter(|c| c.is_alphabetic()).count();
    letters > 1
        && form.chars().filter(|c| c.is_uppercase()).count() * 2 >= letters
        && index > 0
        && matches!(tree.lower(index - 1), "(" | "[" | "-lrb-")
}

/// "Ann Lee, 52,".
fn is_age(tree: &Tree<'_>, index: usize) -> bool {
    let number: Option<u32> = tree.lower(index).parse().ok();
    tree.tag(index) == UniversalTag::Numeral
        && tree.children_by(index, &[R::Case]).next().is_none()
        && number.is_some_and(|number| (1..=120).contains(&number))
        && tree
            .head(index)
            .is_some_and(|head| tree.tag(head) == UniversalTag::ProperNoun)
}
