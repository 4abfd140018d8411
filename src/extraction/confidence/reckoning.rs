//! How sure a fact is: log-odds of what is known of its words, its tree and its references.

use crate::fact::{Argument, Content, EntityKind, Qualifier};
use crate::text::lexicon::{NounClass, is_in_class};
use crate::text::word_list::WordList;

use super::super::clause::Source;
use super::super::linking::{Linked, Reference, Shape};
use super::super::proposition::Rule;
use super::weights::{ASIDE, BARENESS, COUNT, LEVEL, SIGNALS};
use super::{Signals, is_untold};

/// The numbers of one fact.
#[derive(Debug, Clone)]
pub(crate) struct Reckoning(pub(crate) [f32; COUNT]);

impl Reckoning {
    /// Gathers the numbers.
    pub(crate) fn of(
        signals: &Signals,
        subject: &Linked,
        object: Option<&Linked>,
        qualifiers: &[Qualifier],
        speaker: Option<&str>,
    ) -> Self {
        let is_said = speaker.is_some();
        let refers = |linked: &Linked, reference| flag(linked.reference == reference);
        let of_object = |reference| object.map_or(0.0, |linked| refers(linked, reference));
        let is_named = |linked: &Linked| is_anchor(&linked.argument);
        let has_name = is_named(subject)
            || object.is_some_and(is_named)
            || qualifiers.iter().any(|known| is_anchor(&known.argument));
        let arguments = || arguments_of(subject, object, qualifiers);
        let words: usize = arguments()
            .map(|a| a.to_string().split_whitespace().count())
            .sum();
        let mut numbers = [0.0; COUNT];
        let first = [
            signals.predicate,
            signals.subject,
            signals.arguments,
            signals.words,
            signals.subject_excess as f32 / 10.0,
            signals.argument_excess as f32 / 10.0,
            flag(signals.is_negated),
            flag(signals.is_modal),
            signals.embedding,
            flag(signals.is_aside),
            flag(signals.has_clause),
            signals.listed.min(6) as f32 / 4.0,
            signals.sentence_length.min(80) as f32 / 40.0,
            flag(is_said),
            refers(subject, Reference::Pronoun),
            refers(subject, Reference::Description),
            refers(subject, Reference::Antecedent),
            refers(subject, Reference::Bare),
            refers(subject, Reference::Unresolved),
            refers(subject, Reference::Words),
            flag(subject.competed),
            of_object(Reference::Pronoun),
            of_object(Reference::Description),
            of_object(Reference::Antecedent),
            of_object(Reference::Bare),
            of_object(Reference::Unresolved),
            flag(object.is_none()),
            flag(is_open(&subject.argument)),
            flag(object.is_some_and(|linked| is_open(&linked.argument))),
            flag(qualifiers.iter().any(|known| is_open(&known.argument))),
            flag(!has_name),
            flag(!is_named(subject)),
            (6.0 - words.min(6) as f32) / 6.0,
            flag(arguments().any(is_pointing)),
            flag(signals.is_quoted && !is_said),
            flag(signals.is_plural && !is_named(subject)),
        ];
        for (number, value) in numbers.iter_mut().zip(first) {
            *number = value;
        }
        if let Some(number) = numbers.get_mut(first.len() + place_of(signals.rule)) {
            *number = 1.0;
        }
        let rest = form(signals, subject, object, (qualifiers, speaker));
        for (number, value) in numbers.iter_mut().skip(first.len() + RULES).zip(rest) {
            *number = value;
        }
        Self(numbers)
    }

    /// The same in a text of a few sentences, where a bare noun names its thing as well as
    /// anything could.
    pub(crate) fn in_short_text(mut self) -> Self {
        for (number, (name, _)) in self.0.iter_mut().zip(SIGNALS) {
            if BARENESS.contains(&name) {
                *number = 0.0;
            }
        }
        self
    }

    fn is_aside(&self) -> bool {
        self.0.get(ASIDE).is_some_and(|&flag| flag > 0.0)
    }

    /// How likely the fact is right and can be understood, 0.01–0.99.
    pub(crate) fn confidence(&self) -> f32 {
        let weighed = self.0.iter().zip(SIGNALS);
        let odds: f32 = weighed.map(|(number, (_, weight))| number * weight).sum();
        let likely = 1.0 / (1.0 + (-(LEVEL + odds)).exp());
        (if self.is_aside() {
            likely * BARE_ASIDE
        } else {
            likely
        })
        .clamp(0.01, 0.99)
    }
}

/// A participle or governed verb without arguments is mostly a noun or adjective read as a verb:
/// such facts are kept, but weak.
const BARE_ASIDE: f32 = 0.3;

/// "Ann Lee is a museum", "Orvel is a sister": what is said cannot be so.
pub(crate) fn clash(subject: &Linked, object: &Linked) -> bool {
    let is_person = |kind: EntityKind| kind == EntityKind::Person;
    match (subject.entity_kind(), object.entity_kind()) {
        (Some(kind), Some(other)) => {
            is_person(kind) != is_person(other)
                && kind != EntityKind::Other
                && other != EntityKind::Other
        }
        (Some(EntityKind::Person), None) => object.shape.is_thing && !object.shape.is_relational,
        (Some(EntityKind::Organization | EntityKind::Place), None) => object.shape.is_relational,
        _ => false,
    }
}

/// How many rules [`place_of`] tells apart.
const RULES: usize = 16;
/// The first of them are clauses.
const RULES_OF_CLAUSES: usize = 8;

/// So much of a whole, where more than that is no more.
fn ratio(count: usize, most: usize) -> f32 {
    count.min(most) as f32 / most as f32
}

fn flag(is: bool) -> f32 {
    if is { 1.0 } else { 0.0 }
}

/// Whether an argument is an entity of one of some kinds.
fn kind(linked: Option<&Linked>, kinds: &[EntityKind]) -> f32 {
    let kind = linked.and_then(Linked::entity_kind);
    flag(kind.is_some_and(|kind| kinds.contains(&kind)))
}

/// In what way a phrase names nothing, and what tells it from others.
fn vague(linked: Option<&Linked>) -> [f32; 7] {
    let shape = linked
        .filter(|linked| linked.is_vague())
        .map(|linked| linked.shape);
    let is = |what: &dyn Fn(&Shape) -> bool| flag(shape.as_ref().is_some_and(what));
    let is_free = |shape: &Shape| !shape.is_definite && !shape.is_counted && !shape.is_indefinite;
    [
        is(&|shape| shape.is_definite && !shape.is_counted),
        is(&|shape| shape.is_counted),
        is(&|shape| shape.is_indefinite),
        is(&|shape| is_free(shape) && shape.is_plural),
        is(&|shape| is_free(shape) && !shape.is_plural),
        linked.map_or(0.0, |linked| ratio(linked.shape.marks, 3)),
        flag(linked.is_some_and(|linked| linked.shape.has_complement)),
    ]
}

/// The numbers of the form of words and sentence.
fn form(
    signals: &Signals,
    subject: &Linked,
    object: Option<&Linked>,
    (qualifiers, speaker): (&[Qualifier], Option<&str>),
) -> Vec<f32> {
    let words = object.map_or(0, |linked| match &linked.argument.content {
        Content::Value(crate::value::Value::Text(text)) => text.split_whitespace().count(),
        _ => 0,
    });
    let is_office = object.is_some_and(|linked| {
        signals.is_copula && linked.shape.is_relational && linked.shape.is_common
    });
    let is_told = object.is_some_and(|linked| linked.shape.has_complement);
    let is_apposition = signals.rule == Rule::Apposition;
    let names_object = object.is_some_and(|linked| linked.entity_kind().is_some());
    let is_alone = object.is_none() && qualifiers.is_empty();
    let mut found = vec![
        ratio(signals.subject_distance, 20),
        ratio(signals.argument_distance, 20),
        signals.sentence,
        ratio(signals.verbs, 6),
        ratio(signals.joins, 5),
        ratio(signals.breaks, 3),
        ratio(signals.arguments_beyond, 4),
        flag(signals.is_passive),
        flag(signals.is_copula),
        flag(signals.is_speech),
        flag(signals.is_cut),
        flag(object.is_some_and(|linked| linked.is_open)),
        object.map_or(0.0, |linked| ratio(linked.bare_within, 2)),
        flag((1..5).contains(&words)),
        ratio(words, 40),
    ];
    found.extend(vague(Some(subject)));
    found.extend(vague(object));
    found.extend([
        flag(is_office && !is_told),
        flag(is_office && is_told),
        flag(signals.is_copula && !is_apposition && names_object),
        flag(is_apposition && names_object),
        flag(is_alone && !signals.is_passive),
        flag(is_alone && signals.is_passive),
        ratio(signals.bare_qualifiers, 2),
        ratio(qualifiers.len(), 4),
        kind(Some(subject), &[EntityKind::Person]),
        kind(Some(subject), &[EntityKind::Place]),
        kind(Some(subject), &[EntityKind::Work, EntityKind::Event]),
        kind(object, &[EntityKind::Person]),
        kind(object, &[EntityKind::Place]),
        flag(subject.reference == Reference::Pronoun && subject.entity_kind().is_none()),
        flag(signals.rule == Rule::Example && subject.is_vague()),
        flag(signals.is_copula && object.is_some_and(|object| clash(subject, object))),
        flag(matches!(subject.argument.content, Content::Value(_))),
        flag(speaker.is_some_and(|speaker| !has_capital(speaker))),
    ]);
    found.extend(loose(signals, subject, object, qualifiers));
    found
}

/// The subject, the object and the values of the qualifiers.
fn arguments_of<'f>(
    subject: &'f Linked,
    object: Option<&'f Linked>,
    qualifiers: &'f [Qualifier],
) -> impl Iterator<Item = &'f Argument> {
    let linked = std::iter::once(subject).chain(object);
    linked
        .map(|linked| &linked.argument)
        .chain(qualifiers.iter().map(|known| &known.argument))
}

/// What a fact leaves to be guessed.
fn loose(
    signals: &Signals,
    subject: &Linked,
    object: Option<&Linked>,
    qualifiers: &[Qualifier],
) -> [f32; 22] {
    let is_phrase = |linked: &Linked| {
        matches!(linked.argument.content, Content::Phrase { .. })
            && linked.reference != Reference::Antecedent
    };
    let shape = |linked: Option<&Linked>, is: &dyn Fn(&Shape) -> bool| {
        flag(linked.is_some_and(|linked| is_phrase(linked) && is(&linked.shape)))
    };
    let is_time = |known: &Qualifier| {
        known.role == "when" || matches!(known.argument.content, Content::Value(_))
    };
    let arguments = || arguments_of(subject, object, qualifiers);
    // "A dinner hosted by the mayor": the clause tells which, and has nothing else to tell.
    let is_told = matches!(
        signals.rule,
        Rule::Clause(Source::Participle | Source::Relative)
    ) && !signals.is_copula
        && qualifiers.len() <= 1;
    let is_bare =
        |linked: &Linked| linked.is_vague() && linked.shape.is_single && !linked.shape.is_definite;
    let is_single = is_told && (is_bare(subject) || object.is_some_and(is_bare));
    let no_names = [
        flag(says_no_name(&subject.argument)),
        flag(object.is_some_and(|linked| says_no_name(&linked.argument))),
    ];
    let subject = Some(subject);
    // "Orvel, the anti-corruption office": what tells what it is points at nothing.
    let is_complement = signals.is_copula || place_of(signals.rule) >= RULES_OF_CLAUSES;
    [
        object.map_or(0.0, |linked| ratio(linked.loose_within, 2)),
        shape(subject, &|shape| shape.is_ordered),
        shape(object, &|shape| shape.is_ordered),
        shape(subject, &|shape| shape.lacks_complement),
        shape(object.filter(|_| !signals.is_copula), &|shape| {
            shape.lacks_complement
        }),
        shape(subject, &|shape| shape.is_single),
        flag(signals.is_quoted),
        flag(arguments().any(is_pair)),
        flag(object.is_none() && !qualifiers.is_empty() && qualifiers.iter().all(is_time)),
        flag(is_single),
        flag(qualifiers.iter().any(is_unanchored)),
        flag(signals.is_restricted),
        shape(subject, &|shape| shape.is_ownerless),
        shape(object, &|shape| shape.is_ownerless),
        flag(subject.is_some_and(is_untold)),
        flag(object.is_some_and(is_untold) && !is_complement),
        no_names[0],
        no_names[1],
        subject.map_or(0.0, lacking),
        object
            .filter(|object| !object.is_statement())
            .map_or(0.0, lacking),
        object
            .filter(|object| object.is_statement())
            .map_or(0.0, lacking),
        signals.owners_lacking.min(MOST_LACKING) / MOST_LACKING,
    ]
}

/// Beyond so many owners a phrase cannot lack more.
const MOST_LACKING: f32 = 2.0;

/// How much of an owner the nouns of an argument lack, 0–1.
fn lacking(linked: &Linked) -> f32 {
    linked.owners_lacking.min(MOST_LACKING) / MOST_LACKING
}

/// "the week before", "the same day": a time counted from one that the fact does not tell.
fn is_unanchored(known: &Qualifier) -> bool {
    if !matches!(known.argument.content, Content::Phrase { .. })
        || !matches!(
            known.role.as_str(),
            "when" | "how" | "by" | "until" | "since"
        )
    {
        return false;
    }
    let text = known
        .argument
        .name()
        .unwrap_or(&known.argument.text)
        .to_lowercase();
    let words: Vec<&str> = text
        .split_whitespace()
        .filter(|word| *word != "the")
        .collect();
    let is_day = |word: &str| matches!(word, "day" | "morning" | "afternoon" | "evening" | "night");
    let is_unit = |word: &str| {
        is_day(word)
            || matches!(
                word.strip_suffix('s').unwrap_or(word),
                "day" | "week" | "month" | "year" | "decade"
            )
    };
    match words.as_slice() {
        ["then"] => true,
        ["following" | "previous" | "same", unit] => is_unit(unit),
        ["next", day] => is_day(day),
        [.., unit, "before" | "earlier" | "later"] => is_unit(unit),
        _ => false,
    }
}

/// "Both sides", "the two countries", "the parties": of whom the document tells no names.
fn is_pair(argument: &Argument) -> bool {
    static ONES: WordList = WordList::new(
        " sides countries chambers peoples parties states nations governments \
        parliaments ministers leaders companies firms ",
    );
    let text = argument.name().unwrap_or(&argument.text).to_lowercase();
    let words: Vec<&str> = text.split_whitespace().collect();
    words == ["parties"]
        || words
            .windows(2)
            .any(|pair| matches!(pair, ["two" | "both" | "three", of] if ONES.contains(of)))
}

/// Where a rule stands among the rules in [`SIGNALS`].
fn place_of(rule: Rule) -> usize {
    match rule {
        Rule::Clause(source) => match source {
            Source::Own => 0,
            Source::Shared => 1,
            Source::Relative => 2,
            Source::Participle => 3,
            Source::Adverbial => 4,
            Source::Governed => 5,
            Source::Clausal => 6,
            Source::Existential => 7,
        },
        Rule::Apposition => 8,
        Rule::Title => 9,
        Rule::Location => 10,
        Rule::Age => 11,
        Rule::Example => 12,
        Rule::Possession => 13,
        Rule::Nationality => 14,
        Rule::Event | Rule::Within | Rule::PartOf | Rule::Employer => 15,
    }
}

/// Whether an argument names something or tells a value.
fn is_anchor(argument: &Argument) -> bool {
    match &argument.content {
        Content::Entity { .. } => true,
        Content::Value(crate::value::Value::Text(text)) => has_capital(text),
        Content::Value(_) => true,
        Content::Phrase { name } => has_capital(name),
    }
}

/// Whether nothing in an argument tells one of its sort from the others: no name and no number.
fn says_no_name(argument: &Argument) -> bool {
    let tells = |letter: char| letter.is_uppercase() || letter.is_numeric();
    match &argument.content {
        Content::Phrase { name } => !name.contains(tells),
        // The first letter of a statement is large only because it begins one.
        Content::Value(crate::value::Value::Text(text)) => !text.chars().skip(1).any(tells),
        _ => false,
    }
}

/// Whether a word behind the first begins with a capital, or the first of a normal form.
pub(super) fn has_capital(text: &str) -> bool {
    /// "Chairman", "Government": written large, and yet no names.
    const OFFICES: [NounClass; 5] = [
        NounClass::Person,
        NounClass::Organization,
        NounClass::Place,
        NounClass::Event,
        NounClass::Work,
    ];
    let is_office = |word: &str| {
        let lower = word.to_lowercase();
        let stem = lower.strip_suffix('s').unwrap_or(&lower);
        OFFICES.into_iter().any(|class| is_in_class(stem, class))
    };
    text.split_whitespace()
        .any(|word| word.starts_with(char::is_uppercase) && word != "I" && !is_office(word))
}

/// Whether an argument begins with "this", "that", "these" or "those", or is "there" or "here".
fn is_pointing(argument: &Argument) -> bool {
    let text = argument.name().unwrap_or(&argument.text).to_lowercase();
    matches!(
        text.split_whitespace().next(),
        Some("this" | "that" | "these" | "those" | "there" | "here" | "such")
    )
}

/// Whether the words of an argument hold one that points out of the fact: "its", "this", "we".
fn is_open(argument: &Argument) -> bool {
    static OPEN: WordList = WordList::new(
        " it its they them their theirs this that these those there here such \
        similar other another we us our ours i me my you your he him his she her hers former \
        latter both same ",
    );
    /// In front of "that" these make it a word that points; behind a noun it begins a clause.
    static BEFORE: WordList = WordList::new(
        " of at in on for by with from to about under over after before during \
        through than as and or is was since until like near against toward towards between ",
    );
    let text = argument.name().unwrap_or(&argument.text).to_lowercase();
    let mut before = "";
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .any(|word| {
            let begins_clause = word == "that" && !before.is_empty() && !BEFORE.contains(before);
            before = word;
            !begins_clause && OPEN.contains(word)
        })
}
