//! Lemmas of words without a tag, for the names of predicates.

use super::{apply_table, exception};
use crate::text::tag::FineTag;

/// Words that look inflected and are not, or whose own base form is meant more often.
const BASE_FORMS: &[&str] = &[
    "according",
    "accusing",
    "always",
    "anything",
    "as",
    "bed",
    "bias",
    "bleed",
    "bless",
    "born",
    "breed",
    "bring",
    "bus",
    "bypass",
    "canvas",
    "ceiling",
    "class",
    "cling",
    "compass",
    "cross",
    "discuss",
    "dress",
    "during",
    "embed",
    "evening",
    "everything",
    "exceed",
    "express",
    "feed",
    "fling",
    "focus",
    "found",
    "gas",
    "guess",
    "harass",
    "heed",
    "his",
    "hundred",
    "impress",
    "indeed",
    "its",
    "king",
    "kiss",
    "lay",
    "less",
    "loss",
    "mass",
    "miss",
    "morning",
    "need",
    "nothing",
    "of",
    "pass",
    "perhaps",
    "plus",
    "possess",
    "press",
    "proceed",
    "process",
    "red",
    "ring",
    "sacred",
    "seed",
    "series",
    "shed",
    "sing",
    "sled",
    "sling",
    "something",
    "species",
    "speed",
    "spring",
    "sting",
    "stress",
    "string",
    "succeed",
    "swing",
    "thing",
    "this",
    "thus",
    "toss",
    "various",
    "versus",
    "vs",
    "wed",
    "weed",
    "wing",
    "witness",
    "wound",
    "address",
    "access",
    "assess",
    "confess",
    "progress",
    "suppress",
    "regress",
    "across",
    "besides",
    "towards",
];

/// The lemma of a word as a verb, else as a noun.
///
/// # Examples
///
/// ```
/// use factbase::text::lemma::lemma_of_word;
///
/// assert_eq!(lemma_of_word("took"), "take");
/// assert_eq!(lemma_of_word("members"), "member");
/// assert_eq!(lemma_of_word("during"), "during");
/// ```
#[must_use]
pub fn lemma_of_word(word: &str) -> String {
    let lower = word.to_lowercase();
    if BASE_FORMS.contains(&lower.as_str()) || lower.chars().count() < 2 {
        return lower;
    }
    let tags = [
        FineTag::PastVerb,
        FineTag::PresentVerbThird,
        FineTag::PastParticiple,
        FineTag::Gerund,
        FineTag::PresentVerb,
        FineTag::BaseVerb,
    ];
    let irregular = tags.into_iter().find_map(|tag| exception(&lower, tag));
    if let Some(lemma) = irregular.filter(|lemma| *lemma != lower) {
        return lemma;
    }
    if let Some(lemma) = exception(&lower, FineTag::PluralNoun) {
        return lemma;
    }
    regular(&lower)
}

/// The lemma by the word's ending, where what remains can be a word.
fn regular(lower: &str) -> String {
    let tag = if lower.ends_with("ing") {
        FineTag::Gerund
    } else if lower.ends_with("ed") {
        FineTag::PastVerb
    } else if lower.ends_with('s') && !lower.ends_with("ss") && !lower.ends_with("us") {
        FineTag::PresentVerbThird
    } else {
        return lower.to_owned();
    };
    let lemma = apply_table(lower, tag);
    let is_vowel = |letter: char| matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    let is_word = lemma.chars().count() >= 2 && lemma.chars().any(is_vowel);
    if is_word { lemma } else { lower.to_owned() }
}

/// The canonical name of a predicate: the lemmas of its words joined by `_`; a participle behind
/// "be" stays one.
///
/// `took_part_in`, `take_part_in` and `taking part in` are the same predicate, and so are
/// `was_held_in` and `has_been_held_in`.
///
/// # Examples
///
/// ```
/// use factbase::text::lemma::predicate_name;
///
/// assert_eq!(predicate_name("took_part_in"), "take_part_in");
/// assert_eq!(predicate_name("Taking part"), "take_part");
/// assert_eq!(predicate_name("was_held_in"), "be_held_in");
/// ```
#[must_use]
pub fn predicate_name(text: &str) -> String {
    let words = text.split(|letter: char| letter == '_' || letter.is_whitespace());
    let mut lemmas: Vec<String> = Vec::new();
    for word in words.filter(|word| !word.is_empty()) {
        let lower = word.to_lowercase();
        let is_behind_be = lemmas.last().is_some_and(|last| last == "be");
        if is_behind_be && is_participle(&lower) {
            lemmas.push(lower);
            continue;
        }
        let lemma = lemma_of_word(word);
        if lemma == "be" && lemmas.last().is_some_and(|last| last == "have") {
            lemmas.pop();
        }
        lemmas.push(lemma);
    }
    lemmas.join("_")
}

/// The other name of a predicate whose first verb is a participle: "born_in" and "be_born_in"
/// say the same. `None` where it is no participle, or one that stands alone and is rather the
/// past tense ("visited").
///
/// # Examples
///
/// ```
/// use factbase::text::lemma::passive_name;
///
/// assert_eq!(passive_name("born_in").as_deref(), Some("be_born_in"));
/// assert_eq!(passive_name("was_based_in").as_deref(), Some("base_in"));
/// assert_eq!(passive_name("visited"), None);
/// ```
#[must_use]
pub fn passive_name(text: &str) -> Option<String> {
    let lower = text.to_lowercase().replace(char::is_whitespace, "_");
    let name = predicate_name(&lower);
    if let Some(rest) = name.strip_prefix("be_") {
        let verb = rest.split('_').next()?;
        let other = predicate_name(rest);
        // "be_written" is the contrary of "write", but "be_written_in" is "write_in".
        let is_meant = is_participle(verb) && (rest.contains('_') || other == rest);
        return is_meant.then_some(other);
    }
    let (verb, has_more) = match lower.split_once('_') {
        Some((verb, _)) => (verb, true),
        None => (lower.as_str(), false),
    };
    let is_past = exception(verb, FineTag::PastVerb).is_some() || verb.ends_with("ed");
    let is_meant = is_participle(verb) && (has_more || !is_past);
    is_meant.then(|| format!("be_{lower}"))
}

/// Whether a word can be a past participle.
fn is_participle(lower: &str) -> bool {
    let is_regular = lower.ends_with("ed") && regular(lower) != lower;
    is_regular || exception(lower, FineTag::PastParticiple).is_some()
}
