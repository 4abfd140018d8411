//! Word lists that ship with the reader: kinds of nouns, countries, places, given names.

mod relational;

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization;

use crate::text::word_list::WordList;

pub(crate) use relational::{owned_share, preposition_of_owner};

static NOUNS: &str = include_str!("../../seeds/lexicon/nouns.tsv");
static COUNTRIES: &str = include_str!("../../seeds/gazetteer/countries.tsv");
static PLACES: &str = include_str!("../../seeds/gazetteer/places.txt");
static GIVEN_NAMES: &str = include_str!("../../seeds/gazetteer/given_names.txt");

/// A class of nouns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum NounClass {
    /// Words that stand before a person's name: "President", "Mr.".
    Title,
    /// Nouns for people: "senator".
    Person,
    /// Nouns for women.
    Female,
    /// Nouns for men.
    Male,
    /// Nouns for organizations: "association".
    Organization,
    /// Nouns for companies, also those that name no organization when capitalised: "chain".
    Business,
    /// Nouns for places: "city".
    Place,
    /// Nouns for events: "summit".
    Event,
    /// Nouns that name an event whatever a model says: "war".
    StrictEvent,
    /// Nouns for works: "treaty".
    Work,
}

/// The names of the classes, in the order of [`NounClass`].
const CLASSES: [(&str, NounClass); 10] = [
    ("title", NounClass::Title),
    ("person", NounClass::Person),
    ("female", NounClass::Female),
    ("male", NounClass::Male),
    ("organization", NounClass::Organization),
    ("business", NounClass::Business),
    ("place", NounClass::Place),
    ("event", NounClass::Event),
    ("strict-event", NounClass::StrictEvent),
    ("work", NounClass::Work),
];

/// Whether a word in small letters belongs to a class.
pub(crate) fn is_in_class(word: &str, class: NounClass) -> bool {
    static READ: OnceLock<Vec<WordList>> = OnceLock::new();
    let classes = READ.get_or_init(|| {
        let words_of = |name: &str| {
            let mut lines = NOUNS.lines().filter_map(|line| line.split_once('\t'));
            lines.find(|(known, _)| *known == name)
        };
        let texts = CLASSES.map(|(name, _)| words_of(name).map_or("", |(_, words)| words));
        texts.into_iter().map(WordList::new).collect()
    });
    classes
        .get(class as usize)
        .is_some_and(|words| words.contains(word))
}

/// Whether a word in small letters is a style of address: nobody owns "her Excellency".
pub(crate) fn is_style_of_address(word: &str) -> bool {
    matches!(
        word,
        "excellency" | "holiness" | "majesty" | "highness" | "honour" | "eminence" | "lordship"
    )
}

/// A name without case, diacritics and article, with plain apostrophes and hyphens: the key by
/// which names compare.
pub(crate) fn fold(name: &str) -> String {
    if name.is_ascii() {
        return joined(&name.to_ascii_lowercase().replace('`', "'"));
    }
    let folded: String = name
        .nfd()
        .filter(|letter| !unicode_normalization::char::is_combining_mark(*letter))
        .flat_map(char::to_lowercase)
        .map(|letter| match letter {
            '’' | 'ʼ' | '`' => '\'',
            '–' | '—' | '\u{2010}' | '\u{2011}' => '-',
            'đ' => 'd',
            'ł' => 'l',
            'ø' => 'o',
            other => other,
        })
        .collect();
    joined(&folded)
}

/// The words of a name in small letters without its article, with single spaces.
fn joined(folded: &str) -> String {
    let words: Vec<&str> = folded.split_whitespace().collect();
    let words = match words.as_slice() {
        ["the", rest @ ..] if !rest.is_empty() => rest,
        all => all,
    };
    words.join(" ").replace(" - ", "-").replace(" 's", "'s")
}

/// Countries by the folded form of their names and adjectives.
fn countries() -> &'static HashMap<String, &'static str> {
    static READ: OnceLock<HashMap<String, &'static str>> = OnceLock::new();
    READ.get_or_init(|| {
        let mut countries = HashMap::new();
        for line in COUNTRIES.lines().filter(|line| !line.starts_with('#')) {
            let mut columns = line.split('\t');
            let name = columns.next().unwrap_or("");
            let adjectives = columns.next().unwrap_or("").split_whitespace();
            let others = columns.next().unwrap_or("").split('|');
            let adjectives = adjectives.map(|word| word.replace('-', " "));
            let all = adjectives
                .chain(others.map(str::to_owned))
                .chain([name.to_owned()]);
            for other in all.filter(|other| !other.is_empty()) {
                countries.insert(fold(&other), name);
            }
        }
        countries
    })
}

/// The country that a name or adjective means: "Russian", "Russian Federation" → "Russia".
pub(crate) fn country_of(name: &str) -> Option<&'static str> {
    countries().get(&fold(name)).copied()
}

/// Whether a name is that of a country, not an adjective.
pub(crate) fn is_country(name: &str) -> bool {
    country_of(name).is_some() && !is_nationality(name)
}

/// Whether a word is the adjective or people of a country: "Norwegian".
pub(crate) fn is_nationality(word: &str) -> bool {
    static READ: OnceLock<HashSet<&'static str>> = OnceLock::new();
    let adjectives = READ.get_or_init(|| {
        let lines = COUNTRIES.lines().filter(|line| !line.starts_with('#'));
        lines
            .filter_map(|line| line.split('\t').nth(1))
            .flat_map(str::split_whitespace)
            .collect()
    });
    let singular = word.strip_suffix('s').unwrap_or(word);
    adjectives.contains(word) || adjectives.contains(singular)
}

/// Whether a name is that of a place in the gazetteer.
pub(crate) fn is_place(name: &str) -> bool {
    static READ: OnceLock<HashSet<String>> = OnceLock::new();
    READ.get_or_init(|| PLACES.lines().map(fold).collect())
        .contains(&fold(name))
}

/// Whether a word is a given name of the gazetteer.
pub(crate) fn is_given_name(word: &str) -> bool {
    given_names().contains_key(word)
}

/// The given names of the census, each with the gender that it tells.
fn given_names() -> &'static HashMap<&'static str, Option<Gender>> {
    static READ: OnceLock<HashMap<&'static str, Option<Gender>>> = OnceLock::new();
    READ.get_or_init(|| {
        let lines = GIVEN_NAMES.lines().filter(|line| !line.starts_with('#'));
        lines
            .map(|line| match line.split_once('\t') {
                Some((name, "m")) => (name, Some(Gender::Male)),
                Some((name, _)) => (name, Some(Gender::Female)),
                None => (line, None),
            })
            .collect()
    })
}

/// Grammatical gender of people, as far as a word tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gender {
    /// "he"
    Male,
    /// "she"
    Female,
}

/// Common given names of men all over the world, before what the census of one country says.
static MALE_NAMES: WordList = WordList::new(
    "Aaron Abraham Adam Adrian Ahmed Alan Albert Alejandro Alex Alexander \
    Alexei Alexey Ali Anatoly Andre Andrei Andrew Andrey Angus Anthony Antonio Arnold Arthur \
    Barack \
    Benjamin Bernard Bill Bob Boris Brian Bruce Carl Carlos Charles Christian Christopher Craig \
    Daniel David Dennis Dmitri Dmitry Donald Douglas Edward Edwin Emmanuel Enrique Eric Ernest \
    Eugene Evan Fernando Francis Francisco Frank Frederick Gary Gavin Geoffrey George Gerald \
    Gordon \
    Graham Greg Gregory Grigory Harold Harry Henry Howard Hugh Igor Ilya Isaac Ivan Jack Jacob \
    James \
    Jason Jeff Jeffrey Jeremy Jesse Jim Joe John Jon Jonathan Jorge Jose Joseph José Joshua Juan \
    Julian Justin Karl Keith Kenneth Kevin Konstantin Larry Laurence Lawrence Leo Leonard Leonid \
    Louis Luis Luke Marcus Mario Mark Martin Matthew Max Michael Miguel Mikhail Mohamed Mohammed \
    Muhammad Nathan Neil Nicholas Nick Nigel Nikita Nikolai Nikolay Noah Oleg Oliver Oscar Patrick \
    Paul Pavel Pedro Peter Philip Ralph Raymond Richard Robert Roger Roman Ronald Roy Russell Ryan \
    Samuel Scott Sean Sergei Sergey Simon Stanley Stephen Steve Steven Stuart Ted Terry Theodore \
    Thomas Tim Timothy Tom Tony Valery Vasily Victor Viktor Vincent Vladimir Walter William \
    Winston \
    Yuri Yury Joshua Luca Nikita Ilya Mustafa Garry Tsutomu Kenji Hiroshi Shinzo Narendra Rajiv Xi",
);
/// Common given names of women.
static FEMALE_NAMES: WordList = WordList::new(
    "Abigail Agnes Aishwarya Alice Alison Amy Angela Ann Anne Annie Audrey \
    Beatrice Beth Betty Carol Caroline Catherine Charlotte Chloe Christine Claire Daisy Deborah \
    Diane Donna Doris Dorothy Edith Eleanor Elizabeth Ellen Emily Emma Esther Evelyn Florence \
    Frances Gillian Grace Hannah Harriet Heather Heidi Helen Hillary Irene Isabel Jacqueline Jane \
    Janet Janice Jean Jennifer Jessica Jill Joan Jocelyn Joyce Judith Judy Julie Karen Kate \
    Katherine Kathleen Kim Kimberly Laura Lauren Lily Linda Lisa Liz Louise Lucy Lynn Margaret \
    Maria \
    Marie Marilyn Mary Megan Michelle Mildred Miriam Nancy Naomi Natalie Nicole Olga Olivia Pamela \
    Patricia Paula Priscilla Rachel Rebecca Rosa Rose Ruth Sally Sarah Sharon Sheila Sophie Stella \
    Susan Suzanne Sylvia Theresa Tracy Valerie Vanessa Victoria Violet Virginia Vivian Wendy \
    Yvonne \
    Zoe Ursula Ingrid Astrid Angela Ngozi Aung Kamala Melania Ivanka",
);

/// The gender that a given name tells.
pub(crate) fn gender_of_name(given: &str) -> Option<Gender> {
    if MALE_NAMES.contains(given) {
        return Some(Gender::Male);
    }
    // "Stanisław", "Yaroslav": only men are so called.
    if ["sław", "slav", "slaw"]
        .iter()
        .any(|end| given.ends_with(end))
    {
        return Some(Gender::Male);
    }
    let of_census = || given_names().get(given).copied().flatten();
    match FEMALE_NAMES.contains(given) {
        true => Some(Gender::Female),
        false => of_census(),
    }
}

/// The gender that a noun or title tells, in small letters.
pub(crate) fn gender_of_noun(noun: &str) -> Option<Gender> {
    if is_in_class(noun, NounClass::Female) {
        return Some(Gender::Female);
    }
    is_in_class(noun, NounClass::Male).then_some(Gender::Male)
}

/// Whether a noun belongs to whoever stands before a court, never to those who judge, charge or
/// arrest: "the judge extended his bail".
pub(crate) fn is_of_accused(lemma: &str) -> bool {
    static ACCUSED: WordList = WordList::new(
        "bail plea sentence conviction trial appeal lawyer attorney counsel \
        barrister solicitor arrest detention custody remand extradition indictment acquittal \
        passport",
    );
    ACCUSED.contains(lemma)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_are_known_by_all_their_names() {
        for name in ["Russia", "Russian", "the Russian Federation"] {
            assert_eq!(country_of(name), Some("Russia"), "{name}");
        }
        assert_eq!(country_of("Việt Nam"), Some("Vietnam"));
        assert!(is_country("Việt Nam") && !is_country("Vietnamese"));
    }

    #[test]
    fn names_fold_to_one_key() {
        assert_eq!(fold("The  Đà Nẵng Café"), "da nang cafe");
        assert!(is_in_class("summit", NounClass::StrictEvent));
        assert!(is_place("Zurich"));
    }

    #[test]
    fn given_names_tell_gender_where_they_can() {
        assert_eq!(gender_of_name("Vladimir"), Some(Gender::Male));
        assert_eq!(gender_of_name("Valentina"), Some(Gender::Female));
        assert_eq!(gender_of_name("Robin"), None);
    }
}
