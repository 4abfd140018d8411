//! What noun phrases say without a verb: appositions, titles and offices, places, ages,
//! possession.

use crate::fact::Modality;
use crate::text::dependency::Relation as R;
use crate::text::lexicon::{NounClass, is_in_class};
use crate::text::reader::is_rank;
use crate::text::tag::{FineTag, UniversalTag};

use super::argument::{self, Argument, Part, Times};
use super::attribution;
use super::clause::Source;
use super::event;
use super::lexicon;
use super::origin;
use super::part;
use super::phrase::{self, Phrase};
use super::possession;
use super::predicate;
use super::proposition::{Proposition, Rule, Word};
use super::tree::Tree;

mod apposition;

use apposition::{apposition, others_named};

/// Everything that the noun phrases of a sentence say.
pub(super) fn propositions(tree: &Tree<'_>, times: &Times) -> Vec<Proposition> {
    let mut found = Vec::new();
    for index in 0..tree.len() {
        found.extend(title(tree, index));
        found.extend(event::events(tree, index, times));
        found.extend(origin::employer(tree, index));
        found.extend(origin::in_brackets(tree, index));
        match tree.relation(index) {
            R::Apposition if are_places(tree, index) => found.extend(location(tree, index)),
            R::Apposition => found.extend(apposition(tree, index, times)),
            R::PossessiveModifier => found.extend(possession::possession(tree, index, times)),
            R::UnmarkedNominalModifier => found.extend(location(tree, index)),
            R::NominalModifier => {
                found.extend(example(tree, index));
                found.extend(part::of_whole(tree, index));
                found.extend(part::place_in_place(tree, index));
            }
            R::AdjectivalModifier | R::AdnominalClause => {
                found.extend(quality(tree, index));
                found.extend(origin::nationality(tree, index));
                found.extend(origin::described(tree, index));
            }
            R::Oblique | R::AdverbialClause => found.extend(capacity(tree, index)),
            _ => {}
        }
    }
    found
}

pub(super) fn proposition(
    tree: &Tree<'_>,
    rule: Rule,
    subject: Phrase,
    predicate: Vec<Word>,
    argument: Argument,
) -> Proposition {
    let head = argument
        .alternatives
        .first()
        .map_or(subject.head, |phrase| phrase.head);
    Proposition {
        rule,
        predicate,
        name: match rule {
            Rule::Possession => "have",
            Rule::Nationality => "be_from",
            Rule::PartOf => "be_part_of",
            Rule::Employer => "work_for",
            _ => "be",
        }
        .to_owned(),
        head,
        // What is told beside a speaker's name nobody says: "the Irish brewer Orvel said".
        speech: attribution::speech(tree, subject.head).filter(|speech| {
            !is_beside(rule)
                && !tree.is_below(subject.head, speech.speaker)
                && !tree.is_below(head, speech.speaker)
        }),
        subjects: vec![subject],
        arguments: vec![argument],
        negated: false,
        modality: Modality::Asserted,
        is_passive: false,
        embedding: 0.0,
    }
}

/// "He said that the port operator, Orvel, had bid": who Orvel is, whoever writes tells.
fn is_beside(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::Apposition | Rule::Title | Rule::Location | Rule::Age
    )
}

pub(super) fn complement(alternatives: Vec<Phrase>) -> Argument {
    Argument {
        part: Part::Complement,
        preposition: Vec::new(),
        alternatives,
        is_time: false,
    }
}

/// "is" or "are", after the number of the noun.
fn be(tree: &Tree<'_>, noun: usize) -> Vec<Word> {
    let is_plural = matches!(
        tree.fine(noun),
        FineTag::PluralNoun | FineTag::PluralProperNoun
    );
    vec![Word::Understood(if is_plural { "are" } else { "is" })]
}

/// "Foreign Minister Ann Lee": Ann Lee is foreign minister.
fn title(tree: &Tree<'_>, head: usize) -> Vec<Proposition> {
    if !tree.is_nominal(head) {
        return Vec::new();
    }
    if let Some(name) = phrase::name_after_title(tree, head) {
        return title_of(tree, head, name).into_iter().collect();
    }
    title_before(tree, head).unwrap_or_default()
}

/// "Foreign Minister Ann Lee": the name is the head, the title stands before it.
fn title_before(tree: &Tree<'_>, head: usize) -> Option<Vec<Proposition>> {
    let has_title = tree
        .children_by(
            head,
            &[R::DescriptiveModifier, R::Compound, R::AdjectivalModifier],
        )
        .any(|child| child < head && is_title_word(tree, child));
    let (mut first, last) = tree.name_range(head)?;
    while first < head && tree.relation(first) == R::DescriptiveModifier {
        first += 1;
    }
    if !has_title || !tree.is_person(first) {
        return None;
    }
    let words = without_ranks(tree, words_before(tree, head, first));
    if is_one_of_many(tree, head, &words) || is_honorific(tree, &words) {
        return None;
    }
    // "the group Orvel's Ann Lee": whose she is tells no office.
    let end = words.last().copied()?;
    if tree.is_mark(end) {
        return None;
    }
    let words = phrase::tidy(tree, end, words)?;
    if words
        .tokens
        .iter()
        .all(|&token| !is_title_word(tree, token))
    {
        return None;
    }
    let subject = Phrase {
        head,
        tokens: (first..=last).collect(),
    };
    let is_plural = matches!(
        tree.fine(end),
        FineTag::PluralNoun | FineTag::PluralProperNoun
    );
    // "President Ann Lee of Peru": what stands behind the name tells of what.
    let is_title = is_in_class(&tree.lemma(end).to_lowercase(), NounClass::Title);
    let with_body = |name: usize| {
        let mut words = words.clone();
        words.tokens.extend(
            body_behind(tree, name)
                .filter(|_| is_title)
                .into_iter()
                .flatten(),
        );
        words
    };
    let mut names = vec![subject];
    // "senators Ann Lee and Bo Ek": both are.
    if is_plural {
        names.extend(others_named(tree, head));
    }
    let found = names
        .into_iter()
        .map(|name| {
            let description = with_body(name.head);
            proposition(
                tree,
                Rule::Title,
                name,
                be(tree, head),
                complement(vec![description]),
            )
        })
        .collect();
    Some(found)
}

/// The words before a name, from `first` on, without its preposition and style of address.
fn words_before(tree: &Tree<'_>, head: usize, first: usize) -> Vec<usize> {
    let outside = |token: usize| token < first && !is_article(tree, token);
    let mut words: Vec<usize> = tree
        .subtree(head, |child| {
            tree.relation(child) == R::Case && tree.head(child) == Some(head) && child < head || {
                tree.head(child) == Some(head) && tree.relation(child) == R::Apposition
            }
        })
        .into_iter()
        .filter(|&token| outside(token))
        .collect();
    // "Among those present were chemist Ann Lee": the office stands behind the verb.
    let verb = words.iter().rposition(|&word| {
        tree.is_verb(word) && matches!(tree.fine(word), FineTag::PastVerb | FineTag::PresentVerb)
            || tree.tag(word) == UniversalTag::Auxiliary
    });
    if let Some(verb) = verb {
        words.drain(..=verb);
    }
    // The preposition may hang on the title.
    while words
        .first()
        .is_some_and(|&word| tree.relation(word) == R::Case)
    {
        words.remove(0);
    }
    // "Her Excellency President Ann Lee", "co-author Dr. Ann Lee": the style of address is no
    // office.
    let is_style = |word: Option<&usize>| {
        word.is_some_and(|&word| lexicon::is_courtesy(tree.lower(word)) || tree.is_mark(word))
    };
    while is_style(words.first()) {
        words.remove(0);
    }
    while is_style(words.last()) {
        words.pop();
    }
    words
}

/// "Chief Ade Okoro": an address that stands alone before a name tells no office.
fn is_honorific(tree: &Tree<'_>, words: &[usize]) -> bool {
    matches!(words, [only] if tree
        .token(*only)
        .is_some_and(|token| lexicon::is_honorific(&token.form)))
}

/// "Ann Lee of Peru": the words behind a name that tell of what somebody is president.
fn body_behind(tree: &Tree<'_>, name: usize) -> Option<Vec<usize>> {
    let body = tree
        .children_by(name, &[R::NominalModifier])
        .find(|&body| {
            body > name
                && tree.tag(body) == UniversalTag::ProperNoun
                && tree
                    .children_by(body, &[R::Case])
                    .any(|case| tree.lower(case) == "of")
        })?;
    Some(tree.subtree(body, |below| {
        matches!(
            tree.relation(below),
            R::Apposition | R::RelativeClause | R::Conjunct | R::Coordination | R::Punctuation
        )
    }))
}

/// "a secondhand Leica", "a defiant Lee": what one of many is like tells no office.
fn is_one_of_many(tree: &Tree<'_>, name: usize, words: &[usize]) -> bool {
    tree.children_by(name, &[R::Determiner])
        .any(|word| matches!(tree.lower(word), "a" | "an"))
        && words.iter().all(|&word| {
            tree.relation(word) != R::DescriptiveModifier
                && !is_in_class(&tree.lemma(word).to_lowercase(), NounClass::Person)
        })
}

/// "Council leader Coun Ann Lee": the rank between office and name is no part of the office.
fn without_ranks(tree: &Tree<'_>, mut words: Vec<usize>) -> Vec<usize> {
    let is_abbreviated = |word: usize| tree.token(word).is_some_and(|token| is_rank(&token.form));
    while let [.., before, last] = *words
        && (is_abbreviated(last) || is_rank_behind_office(tree, before, last))
    {
        words.pop();
    }
    words
}

/// "Army spokesman General Ann Lee": she speaks for the army, and has a rank besides.
fn is_rank_behind_office(tree: &Tree<'_>, office: usize, rank: usize) -> bool {
    let is_large = |word: usize| {
        tree.token(word)
            .is_some_and(|token| token.form.starts_with(char::is_uppercase))
    };
    matches!(
        tree.lower(rank),
        "general"
            | "colonel"
            | "major"
            | "captain"
            | "lieutenant"
            | "brigadier"
            | "admiral"
            | "commander"
            | "sergeant"
            | "inspector"
            | "superintendent"
    ) && is_large(rank)
        && !is_large(office)
        && tree.fine(office) == FineTag::Noun
        && is_in_class(tree.lemma(office), NounClass::Person)
}

/// "Deputy Speaker of the Council Ann Lee": the title is the head, the name hangs on it.
fn title_of(tree: &Tree<'_>, head: usize, name: usize) -> Option<Proposition> {
    let (first, last) = tree.name_range(name)?;
    let subject = Phrase {
        head: name,
        tokens: (first..=last).collect(),
    };
    if lexicon::is_courtesy(tree.lower(head)) {
        return None;
    }
    let mut words = phrase::alone(tree, head)?;
    words.tokens.retain(|&token| {
        !tree.is_below(token, name)
            && !(first..=last).contains(&token)
            && (token >= head || !lexicon::is_courtesy(tree.lower(token)))
    });
    // "under the lead of H.E. Ann Lee": the style of address behind another noun is no office.
    if words
        .tokens
        .last()
        .is_some_and(|&last| last != head && lexicon::is_courtesy(tree.lower(last)))
    {
        return None;
    }
    let mut words = phrase::tidy(tree, head, words.tokens)?;
    words.tokens = without_ranks(tree, words.tokens);
    if let Some(&last) = words
        .tokens
        .last()
        .filter(|_| !words.tokens.contains(&words.head))
    {
        words.head = last;
    }
    if is_honorific(tree, &words.tokens) {
        return None;
    }
    // A title has no verb of its own: "this led host Ann Lee to sing" is no title.
    let has_verb = words.tokens.iter().any(|&word| {
        matches!(
            tree.fine(word),
            FineTag::PastVerb | FineTag::PresentVerbThird
        )
    });
    if has_verb || apposition::is_broken(tree, &words) {
        return None;
    }
    let predicate = be(tree, name);
    let mut found = proposition(
        tree,
        Rule::Title,
        subject,
        predicate,
        complement(vec![words]),
    );
    // "ministers Ann Lee and Bo Ek": both are.
    if tree.fine(head) == FineTag::PluralNoun {
        found.subjects.extend(others_named(tree, name));
    }
    Some(found)
}

fn is_article(tree: &Tree<'_>, token: usize) -> bool {
    matches!(tree.lower(token), "the" | "a" | "an")
}

/// Whether a word in front of a name tells an office or trade: a noun that is no courtesy.
fn is_title_word(tree: &Tree<'_>, index: usize) -> bool {
    let is_courtesy = lexicon::is_courtesy(tree.lower(index));
    // "chief executive" is often taken for two adjectives.
    let is_noun = tree.relation(index) == R::DescriptiveModifier
        || tree.tag(index) == UniversalTag::Noun
        || is_in_class(tree.lower(index), NounClass::Person);
    is_noun && !is_courtesy
}

/// "firms, including Acme and Zenith": firms include Acme.
fn example(tree: &Tree<'_>, index: usize) -> Option<Proposition> {
    let head = tree
        .head(index)
        .filter(|&head| head < index && tree.is_nominal(head))?;
    let words: Vec<usize> = tree
        .children_by(index, &[R::Case])
        .filter(|&c| {
            matches!(tree.lower(c), "including" | "such")
                || tree.lower(c) == "among" && matches!(tree.lower(c + 1), "them" | "which")
        })
        .flat_map(|c| tree.subtree(c, |below| tree.relation(below) != R::Fixed))
        .collect();
    words.first()?;
    let subject = phrase::alone(tree, head)?;
    let mut alternatives = phrase::distributed(tree, index);
    for found in &mut alternatives {
        found
            .tokens
            .retain(|&token| token >= index || tree.relation(token) != R::Unspecified);
    }
    // "including for women": who is meant lies in another way to it.
    let has_other_case = tree
        .children_by(index, &[R::Case])
        .any(|case| !words.contains(&case) && words.iter().all(|&word| word < case));
    if alternatives.is_empty() || has_other_case {
        return None;
    }
    let mut found = proposition(
        tree,
        Rule::Example,
        subject,
        words.into_iter().map(Word::Token).collect(),
        Argument {
            part: Part::Object,
            ..complement(alternatives)
        },
    );
    found.name = "include".to_owned();
    Some(found)
}

/// The prepositions that adjectives behind nouns govern: "familiar with", "close to".
const QUALITIES: [&str; 7] = ["with", "to", "for", "about", "from", "in", "by"];

/// "people familiar with the plan": an adjective behind its noun says something of it.
fn quality(tree: &Tree<'_>, index: usize) -> Option<Proposition> {
    let head = tree
        .head(index)
        .filter(|&head| head < index && tree.is_nominal(head))?;
    if tree.tag(index) != UniversalTag::Adjective {
        return None;
    }
    let place = tree.children_by(index, &[R::Oblique]).find(|&place| {
        let mut cases = tree.children_by(place, &[R::Case]).peekable();
        place > index
            && !tree.is_relative(place)
            && cases.peek().is_some()
            && cases.all(|case| QUALITIES.contains(&tree.lower(case)))
    })?;
    let mut subject = phrase::alone(tree, head)?;
    subject.tokens.retain(|&token| !tree.is_below(token, index));
    let subject = phrase::tidy(tree, head, subject.tokens)?;
    let alternatives = phrase::distributed(tree, place);
    if alternatives.is_empty() || tree.tag(head) == UniversalTag::Pronoun {
        return None;
    }
    let argument = Argument {
        part: Part::Oblique,
        preposition: argument::preposition(tree, place),
        alternatives,
        is_time: false,
    };
    let mut predicate = be(tree, head);
    predicate.push(Word::Token(index));
    let mut found = proposition(
        tree,
        Rule::Clause(Source::Participle),
        subject,
        predicate,
        argument,
    );
    found.name = format!("be_{}", predicate::lemma(tree, index));
    found.negated = tree
        .children_by(index, &[R::AdverbialModifier])
        .any(|adverb| lexicon::is_negation(tree.lower(adverb)));
    Some(found)
}

/// "As a partner of France, Spain supports …": Spain is a partner of France.
fn capacity(tree: &Tree<'_>, index: usize) -> Option<Proposition> {
    let verb = tree.head(index)?;
    let subject = tree.child(verb, &[R::NominalSubject, R::PassiveNominalSubject])?;
    let is_as = tree
        .children_by(index, &[R::Case])
        .any(|case| tree.lower(case) == "as" && !tree.has_child(case, &[R::Fixed]));
    let has_article = tree
        .children_by(index, &[R::Determiner])
        .any(|word| is_article(tree, word));
    let is_name_like = tree.tag(subject) != UniversalTag::Pronoun && !tree.is_relative(subject);
    if !is_as || !has_article || index > subject || !tree.is_nominal(index) || !is_name_like {
        return None;
    }
    let alternatives = phrase::distributed(tree, index);
    let subject = phrase::whole(tree, subject).filter(|_| !alternatives.is_empty())?;
    let predicate = be(tree, subject.head);
    Some(proposition(
        tree,
        Rule::Apposition,
        subject,
        predicate,
        complement(alternatives),
    ))
}

/// Whether a name of a place stands behind another one.
fn are_places(tree: &Tree<'_>, index: usize) -> bool {
    let is_place = |name: usize| tree.name_kind(name) == Some(crate::fact::EntityKind::Place);
    tree.head(index)
        .is_some_and(|head| head < index && is_place(head) && is_place(index))
}

/// "Lyon, France": Lyon is in France.
fn location(tree: &Tree<'_>, index: usize) -> Option<Proposition> {
    let head = tree.head(index)?;
    let after_comma = index > 0 && tree.lower(index - 1) == ",";
    let are_names =
        tree.tag(index) == UniversalTag::ProperNoun && tree.tag(head) == UniversalTag::ProperNoun;
    // "To Lyon, Nice and Metz": a list.
    let end = tree.name_range(index).map_or(index, |(_, last)| last);
    let is_listed = matches!(tree.lower(end + 1), "and" | "or") && tree.is_capital(end + 2);
    if !after_comma || !are_names || head > index || is_listed {
        return None;
    }
    let mut subject = phrase::alone(tree, head)?;
    subject.tokens.retain(|&token| !tree.is_below(token, index));
    let subject = phrase::tidy(tree, head, subject.tokens)?;
    let place = phrase::alone(tree, index)?;
    let argument = Argument {
        part: Part::Region,
        preposition: Vec::new(),
        alternatives: vec![place],
        is_time: false,
    };
    let predicate = vec![Word::Understood("is"), Word::Understood("in")];
    Some(proposition(
        tree,
        Rule::Location,
        subject,
        predicate,
        argument,
    ))
}
