//! Lemmas: the dictionary form of a word from its form and tag.
//!
//! A table of exceptions and suffix rules, made from treebanks by `training/lemma_table.py`,
//! embedded in the program. The longest suffix that matches a word decides, as in the guessers of
//! part-of-speech taggers (Schmid 1994, "Probabilistic Part-of-Speech Tagging Using Decision
//! Trees").

mod predicate;

use std::collections::HashMap;
use std::sync::OnceLock;

pub use predicate::{lemma_of_word, passive_name, predicate_name};

use crate::text::dependency::Relation;
use crate::text::document::Sentence;
use crate::text::lexicon::{is_given_name, is_nationality, is_place};
use crate::text::tag::FineTag;
use crate::text::token::plain_apostrophe;

static TABLE: &str = include_str!("../../seeds/lexicon/lemmas.tsv");

/// The longest suffix of a rule, in bytes.
const LONGEST_SUFFIX: usize = 12;

/// Where a word stands, as far as its lemma depends on it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Place {
    /// Whether it begins its sentence, so that its capital says nothing.
    pub is_first: bool,
    /// Whether its sentence is written in capitals.
    pub is_shouted: bool,
}

/// The lemma of a word.
///
/// # Examples
///
/// ```
/// use factbase::text::lemma::{Place, lemma};
/// use factbase::text::tag::FineTag;
///
/// assert_eq!(lemma("took", FineTag::PastVerb, Place::default()), "take");
/// assert_eq!(lemma("Cities", FineTag::PluralNoun, Place::default()), "city");
/// ```
#[must_use]
pub fn lemma(form: &str, tag: FineTag, place: Place) -> String {
    let written: String = form
        .chars()
        .filter(is_visible)
        .map(|letter| if letter == '’' { '\'' } else { letter })
        .collect();
    if let Some(edit) = table().written.get(&(tag, written.as_str())) {
        return apply(&written, *edit);
    }
    if tag == FineTag::Cardinal {
        return number(&written);
    }
    if tag == FineTag::ProperNoun {
        return proper_noun(written, place);
    }
    if is_literal(tag) {
        return written;
    }
    let lower = written.to_lowercase();
    // "broken" is of "break" also where it was taken for the past.
    let is_known = table().forms.contains_key(&(tag, lower.as_str()));
    let other = match tag {
        FineTag::PastVerb if !is_known => exception(&lower, FineTag::PastParticiple),
        FineTag::PastParticiple if !is_known => exception(&lower, FineTag::PastVerb),
        _ => None,
    };
    let lemma = other.unwrap_or_else(|| apply_table(&lower, tag));
    restore_case(&written, lemma, tag, place)
}

/// A number without the marks between its thousands; words of numbers in small letters.
fn number(written: &str) -> String {
    if written.len() > 2 && written.chars().all(char::is_alphabetic) {
        return written.to_lowercase();
    }
    written.replace(',', "")
}

/// A name as it would stand in running text, where its word is written all small or all in
/// capitals: places get their capital, shouted words lose theirs.
fn proper_noun(written: String, place: Place) -> String {
    let is_word = written.chars().all(char::is_alphabetic);
    if !is_word || !is_lower(&written) && !is_upper(&written) {
        return written;
    }
    let capitalised = capitalised(&written);
    let length = written.chars().count();
    let is_changed = if is_upper(&written) {
        // Shorter words in capitals are mostly acronyms.
        let is_known = || is_place(&capitalised) || is_given_name(&capitalised);
        place.is_shouted && length >= 4 || length >= 5 && is_known()
    } else {
        // The treebanks leave given names in small letters as they are.
        is_place(&capitalised)
    };
    if is_changed { capitalised } else { written }
}

/// A word with its first letter large and the others small.
fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters.flat_map(char::to_lowercase)).collect()
}

/// Whether a tag is of a verb.
fn is_verb(tag: FineTag) -> bool {
    use FineTag as Tag;
    matches!(
        tag,
        Tag::BaseVerb
            | Tag::PastVerb
            | Tag::Gerund
            | Tag::PastParticiple
            | Tag::PresentVerb
            | Tag::PresentVerbThird
    )
}

/// Fills in the lemmas of a sentence whose tags and tree stand.
pub fn lemmatize(sentence: &mut Sentence) {
    lemmatize_among(sentence, &[]);
}

/// The same where some tags are not sure: for each token the other tags it may have, each with
/// its probability as a share of its own tag's. Of the lemmas these give, the most probable wins.
pub(crate) fn lemmatize_among(sentence: &mut Sentence, rivals: &[Vec<(FineTag, f32)>]) {
    let place = Place {
        is_first: true,
        is_shouted: is_shouted(sentence),
    };
    let mut is_first = true;
    for (index, token) in sentence.tokens.iter_mut().enumerate() {
        let place = Place { is_first, ..place };
        token.lemma = lemma(&token.form, token.fine_tag, place);
        // A verb keeps the lemma of a verb, for it may be a predicate.
        if let Some(rivals) = rivals.get(index).filter(|_| !is_verb(token.fine_tag))
            && let Some(lemma) = likeliest(&token.form, &token.lemma, rivals, place)
        {
            token.lemma = lemma;
        }
        // The first word after quotation marks and brackets begins the sentence too.
        is_first = is_first && !token.form.chars().any(char::is_alphanumeric);
    }
    for index in 0..sentence.tokens.len() {
        let lemma = auxiliary_clitic(sentence, index).or_else(|| compared_adverb(sentence, index));
        if let Some(lemma) = lemma
            && let Some(token) = sentence.tokens.get_mut(index)
        {
            token.lemma = lemma.to_owned();
        }
    }
}

/// The lemma that is more probable than `own` when all tags are weighed, if there is one.
fn likeliest(form: &str, own: &str, rivals: &[(FineTag, f32)], place: Place) -> Option<String> {
    let mut lemmas: Vec<(String, f32)> = vec![(own.to_owned(), 1.0)];
    for (tag, share) in rivals {
        let found = lemma(form, *tag, place);
        match lemmas.iter_mut().find(|(known, _)| *known == found) {
            Some((_, sum)) => *sum += share,
            None => lemmas.push((found, *share)),
        }
    }
    let best = lemmas
        .into_iter()
        .reduce(|best, next| match next.1 > best.1 {
            true => next,
            false => best,
        });
    best.map(|(lemma, _)| lemma).filter(|lemma| lemma != own)
}

/// "'s" and "'d" are "have" before a participle of the perfect.
fn auxiliary_clitic(sentence: &Sentence, index: usize) -> Option<&'static str> {
    let token = sentence.tokens.get(index)?;
    let form: String = token.form.chars().map(plain_apostrophe).collect();
    let has_head_in_perfect = || {
        let head = token.head.and_then(|head| sentence.tokens.get(head));
        let is_participle = head.is_some_and(|head| head.fine_tag == FineTag::PastParticiple);
        token.relation == Relation::Auxiliary && is_participle
    };
    match (form.to_ascii_lowercase().as_str(), token.fine_tag) {
        ("'s", FineTag::PresentVerbThird) if has_head_in_perfect() => Some("have"),
        ("'s", FineTag::PresentVerbThird) => Some("be"),
        ("'d", _) if has_head_in_perfect() => Some("have"),
        _ => None,
    }
}

/// "Better" and "worst" that tell how something is done, whatever their tag.
fn compared_adverb(sentence: &Sentence, index: usize) -> Option<&'static str> {
    let token = sentence.tokens.get(index)?;
    let is_compared = matches!(token.fine_tag, FineTag::Comparative | FineTag::Superlative);
    if !is_compared || token.relation != Relation::AdverbialModifier {
        return None;
    }
    match token.form.to_ascii_lowercase().as_str() {
        "better" | "best" => Some("well"),
        "worse" | "worst" => Some("badly"),
        _ => None,
    }
}

/// Whether a sentence is written in capitals, so that they say nothing of its words.
fn is_shouted(sentence: &Sentence) -> bool {
    let words = sentence.tokens.iter().map(|token| token.form.as_str());
    let words: Vec<&str> = words.filter(|form| is_alphabetic(form)).collect();
    let shouted = words.iter().filter(|form| is_upper(form)).count();
    words.len() >= 3 && shouted * 10 >= words.len() * 7
}

fn is_alphabetic(form: &str) -> bool {
    form.chars().any(char::is_alphabetic)
}

fn is_lower(form: &str) -> bool {
    is_alphabetic(form) && !form.chars().any(char::is_uppercase)
}

fn is_upper(form: &str) -> bool {
    is_alphabetic(form) && !form.chars().any(char::is_lowercase)
}

/// Soft hyphens and joiners are no part of a lemma.
fn is_visible(letter: &char) -> bool {
    !matches!(
        letter,
        '\u{AD}' | '\u{200B}' | '\u{200C}' | '\u{200D}' | '\u{FEFF}'
    )
}

/// Tags whose lemma is the form as it is written.
fn is_literal(tag: FineTag) -> bool {
    use FineTag as Tag;
    matches!(
        tag,
        Tag::ProperNoun
            | Tag::Cardinal
            | Tag::Address
            | Tag::Symbol
            | Tag::ListMarker
            | Tag::Currency
            | Tag::SuperfluousPunctuation
            | Tag::GoesWith
            | Tag::ForeignWord
            | Tag::LeftBracket
            | Tag::RightBracket
            | Tag::SentenceEnd
            | Tag::Comma
            | Tag::Colon
            | Tag::OpeningQuote
            | Tag::ClosingQuote
            | Tag::Hyphen
    )
}

/// Rules and exceptions of all tags.
struct Table {
    /// Whole forms as they are written, by tag.
    written: HashMap<(FineTag, &'static str), Edit>,
    /// Whole forms in small letters, by tag.
    forms: HashMap<(FineTag, &'static str), Edit>,
    /// Suffixes by tag.
    suffixes: HashMap<(FineTag, &'static str), Edit>,
}

/// How a form becomes its lemma.
#[derive(Debug, Clone, Copy)]
enum Edit {
    /// Cut so many characters at the end and add these.
    End(usize, &'static str),
    /// The whole lemma.
    Whole(&'static str),
}

/// The table, read once.
fn table() -> &'static Table {
    static READ: OnceLock<Table> = OnceLock::new();
    READ.get_or_init(|| {
        let mut table = Table {
            written: HashMap::new(),
            forms: HashMap::new(),
            suffixes: HashMap::new(),
        };
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let mut columns = line.split('\t');
            let row = (columns.next(), columns.next(), columns.next());
            let (Some(tag), Some(form), Some(edit)) = row else {
                continue;
            };
            let (Some(tag), Some(edit)) = (FineTag::from_treebank(tag), read_edit(edit)) else {
                continue;
            };
            if let Some(form) = form.strip_prefix('^') {
                table.written.insert((tag, form), edit);
            } else if let Some(suffix) = form.strip_prefix('-') {
                table.suffixes.insert((tag, suffix), edit);
            } else {
                table.forms.insert((tag, form), edit);
            }
        }
        table
    })
}

fn read_edit(text: &'static str) -> Option<Edit> {
    if let Some(whole) = text.strip_prefix('=') {
        return Some(Edit::Whole(whole));
    }
    let digits = text.find(|letter: char| !letter.is_ascii_digit());
    let (cut, added) = text.split_at_checked(digits.unwrap_or(text.len()))?;
    Some(Edit::End(cut.parse().ok()?, added))
}

/// The exception for a whole form, where there is one.
fn exception(lower: &str, tag: FineTag) -> Option<String> {
    let forms = &table().forms;
    // "Buses" in a name is made as it is elsewhere.
    let as_noun = || match tag {
        FineTag::PluralProperNoun => forms.get(&(FineTag::PluralNoun, lower)),
        _ => None,
    };
    let edit = forms.get(&(tag, lower)).or_else(as_noun)?;
    Some(apply(lower, *edit))
}

fn apply_table(lower: &str, tag: FineTag) -> String {
    if let Some(lemma) = exception(lower, tag) {
        return lemma;
    }
    let earliest = lower.len().saturating_sub(LONGEST_SUFFIX);
    let places = lower
        .char_indices()
        .map(|(place, _)| place)
        .chain(std::iter::once(lower.len()));
    for place in places.filter(|&place| place >= earliest) {
        let suffix = lower.get(place..).unwrap_or("");
        if let Some(edit) = table().suffixes.get(&(tag, suffix)) {
            return apply(lower, *edit);
        }
    }
    lower.to_owned()
}

fn apply(lower: &str, edit: Edit) -> String {
    match edit {
        Edit::Whole(lemma) => lemma.to_owned(),
        Edit::End(cut, added) => {
            let kept = lower.chars().count().saturating_sub(cut);
            lower.chars().take(kept).chain(added.chars()).collect()
        }
    }
}

/// Endings of adjectives of peoples, places and beliefs, which have a capital of their own.
const NAME_ENDINGS: [&str; 7] = ["an", "ish", "ese", "ite", "i", "esque", "ist"];

/// Endings of adjectives that are hardly ever of a name: a capital is of a heading.
const PLAIN_ENDINGS: [&str; 14] = [
    "ive", "able", "ible", "ous", "ful", "less", "ed", "ing", "ent", "ant", "ary", "ory", "ate",
    "ical",
];

/// Gives a lemma the capitals that its word has for its own sake: "DVDs", "Russian".
fn restore_case(form: &str, lemma: String, tag: FineTag, place: Place) -> String {
    use FineTag as Tag;
    let is_name = tag == Tag::PluralProperNoun;
    let mut letters = form.chars();
    let first_is_capital = letters.next().is_some_and(char::is_uppercase);
    let rest_has_capital = letters.clone().any(char::is_uppercase);
    if tag == Tag::Adjective && is_nationality(&capitalised(form)) && !rest_has_capital {
        return capitalised(form);
    }
    let is_noun = matches!(
        tag,
        Tag::Noun | Tag::PluralNoun | Tag::Adjective | Tag::Affix
    );
    let has_ending = |endings: &[&str]| endings.iter().any(|ending| lower_ends_with(form, ending));
    let keeps = is_name
        || is_noun && !place.is_shouted && rest_has_capital
        || tag == Tag::Adjective
            && first_is_capital
            && !place.is_first
            && !place.is_shouted
            && has_ending(&NAME_ENDINGS)
            && !has_ending(&PLAIN_ENDINGS);
    if !keeps || lemma.chars().any(char::is_uppercase) {
        return lemma;
    }
    let mut same = true;
    let mut written = form.chars();
    lemma
        .chars()
        .map(|letter| {
            let original = written.next().unwrap_or(letter);
            same = same && original.to_lowercase().eq(letter.to_lowercase());
            if same { original } else { letter }
        })
        .collect()
}

fn lower_ends_with(form: &str, ending: &str) -> bool {
    let start = form.len().checked_sub(ending.len());
    let tail = start.and_then(|start| form.get(start..));
    tail.is_some_and(|tail| tail.eq_ignore_ascii_case(ending))
}

#[cfg(test)]
mod tests;
