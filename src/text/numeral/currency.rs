//! Currencies: by code, by sign, and by names that several countries share.
//!
//! A rupee is of India, Pakistan or Nepal. The adjective before the word decides ("Nepali
//! rupees"), else the only such country that the sentence names, else the one of the document's
//! dateline, else the one that the document names most. Where nothing decides, the name stands
//! for the currency: no code is guessed.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::text::document::{AnnotatedDocument, Sentence, Token};
use crate::text::lexicon::country_of;
use crate::value::Value;

static TABLE: &str = include_str!("../../../seeds/lexicon/currencies.tsv");

/// Names of countries and places have at most so many words.
const LONGEST_NAME: usize = 3;
/// A country that is named so often is what the document is about.
const OFTEN: usize = 3;
/// Or one that so many sentences at its beginning name, and no other of the currency.
const LEAD: usize = 8;

/// A currency as texts name it.
#[derive(Debug)]
struct Currency {
    /// Its code where no country is told, or nothing.
    usual: Option<&'static str>,
    /// Codes with the countries and places that tell them.
    countries: Vec<(&'static str, Vec<&'static str>)>,
}

impl Currency {
    /// The code of the currency in a country or place.
    fn in_country(&self, place: &str) -> Option<&'static str> {
        let found = self
            .countries
            .iter()
            .find(|(_, names)| names.contains(&place));
        found.map(|(code, _)| *code)
    }
}

/// Currencies by their names, and names by all words and signs.
struct Table {
    currencies: HashMap<&'static str, Currency>,
    names: HashMap<&'static str, &'static str>,
}

fn table() -> &'static Table {
    static READ: OnceLock<Table> = OnceLock::new();
    READ.get_or_init(|| {
        let mut table = Table {
            currencies: HashMap::new(),
            names: HashMap::new(),
        };
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let columns: Vec<&'static str> = line.split('\t').collect();
            let [name, words, code, countries] = columns[..] else {
                continue;
            };
            for word in words.split_whitespace().filter(|word| *word != "-") {
                table.names.insert(word, name);
            }
            table.names.insert(name, name);
            let countries = countries.split(';').filter_map(|entry| {
                let (code, places) = entry.split_once(':')?;
                Some((code, places.split(',').collect()))
            });
            let currency = Currency {
                usual: (code != "-").then_some(code),
                countries: countries.collect(),
            };
            table.currencies.insert(name, currency);
        }
        table
    })
}

/// The code of a sign or word in small letters, or the name of a currency that countries share.
fn code_or_name(word: &str) -> Option<&'static str> {
    let name = *table().names.get(word)?;
    let currency = table().currencies.get(name)?;
    match currency.countries.is_empty() {
        true => currency.usual,
        false => Some(name),
    }
}

/// The currency of a sign or code before its number.
pub(super) fn before_number(sign: &str) -> Option<&'static str> {
    let is_sign = !sign.chars().all(char::is_alphabetic);
    if is_sign || matches!(sign, "rs" | "kr" | "ksh" | "kshs") {
        return code_or_name(sign);
    }
    iso_code(sign)
}

/// The currency of letters that touch their number: "N" in "N2,500", "Sh" in "Sh900".
pub(super) fn letters(form: &str) -> Option<&'static str> {
    let name = match form {
        "N" => "naira",
        "R" => "rand",
        "P" => "peso",
        "K" => "kwacha",
        "Sh" | "Shs" => "shilling",
        "Rs" => "rs",
        "Ksh" | "KSh" | "Kshs" | "KSHS" | "KSH" => "ksh",
        "Tsh" | "TSh" => return Some("TZS"),
        "Ush" | "USh" => return Some("UGX"),
        "Tk" => "taka",
        "Rp" => "rupiah",
        "RM" => "ringgit",
        "GHC" => "cedi",
        "UGX" => return Some("UGX"),
        "TZS" => return Some("TZS"),
        "GHS" => return Some("GHS"),
        code => return iso_code(&code.to_lowercase()).filter(|_| code.len() == 3),
    };
    code_or_name(name)
}

/// The currency of a word, sign or code behind its number.
pub(super) fn behind_number(word: &str) -> Option<&'static str> {
    code_or_name(word).or_else(|| iso_code(word))
}

/// The currency of "Nepali rupees", "US dollars", "Hong Kong dollars": the first words tell the
/// country. Returns how many words there are.
pub(super) fn with_country(tokens: &[Token]) -> Option<(&'static str, usize)> {
    (1..=LONGEST_NAME).find_map(|count| {
        let word = tokens.get(count)?.form.to_lowercase();
        let name = *table().names.get(word.as_str())?;
        let country = country(tokens.get(..count)?)?;
        let currency = table().currencies.get(name)?;
        let code = currency.in_country(country);
        // "Turkmen dollars" are some country's all the same: their name is kept.
        let is_shared = !currency.countries.is_empty();
        let code = code.or(if is_shared {
            Some(name)
        } else {
            currency.usual
        })?;
        Some((code, count + 1))
    })
}

/// The country or place that words name, also by its adjective.
fn country(tokens: &[Token]) -> Option<&'static str> {
    if !tokens.first()?.form.starts_with(char::is_uppercase) {
        return None;
    }
    let words: Vec<&str> = tokens.iter().map(|token| token.form.as_str()).collect();
    let words = words.join(" ");
    country_of(&words).or_else(|| place(&words))
}

/// A place of the table.
fn place(words: &str) -> Option<&'static str> {
    static READ: OnceLock<HashMap<&'static str, &'static str>> = OnceLock::new();
    let places = READ.get_or_init(|| {
        let all = table().currencies.values();
        let names = all.flat_map(|currency| &currency.countries);
        let names = names.filter_map(|(_, names)| Some((names, *names.first()?)));
        names
            .flat_map(|(names, country)| names.iter().map(move |name| (*name, country)))
            .collect()
    });
    places.get(words).copied()
}

/// A country or code, and how often a text names it.
type Named = (&'static str, usize);

/// How often the text names each country.
fn countries(sentences: &[Sentence]) -> Vec<Named> {
    let mut counts: Vec<Named> = Vec::new();
    for sentence in sentences {
        let mut index = 0;
        while index < sentence.tokens.len() {
            let found = (1..=LONGEST_NAME).rev().find_map(|count| {
                let words = sentence.tokens.get(index..index + count)?;
                Some((country(words)?, count))
            });
            let Some((country, count)) = found else {
                index += 1;
                continue;
            };
            match counts.iter_mut().find(|(known, _)| *known == country) {
                Some((_, count)) => *count += 1,
                None => counts.push((country, 1)),
            }
            index += count;
        }
    }
    counts
}

/// Gives amounts of money with the shared name of a currency the code that the text tells.
pub(crate) fn settle(document: &mut AnnotatedDocument) {
    let mut of_document = None;
    let signed = signed(&document.sentences);
    let mut values = std::mem::take(&mut document.values);
    for value in &mut values {
        let Some(Value::Money(money)) = &mut value.value else {
            continue;
        };
        let Some(currency) = table().currencies.get(money.currency.as_str()) else {
            continue;
        };
        let (lead, counts) = of_document.get_or_insert_with(|| {
            let lead = document.sentences.len().min(LEAD);
            let lead = document.sentences.get(..lead).unwrap_or(&[]);
            (countries(lead), countries(&document.sentences))
        });
        let dateline = document.metadata.place.as_deref();
        let dateline = dateline.and_then(|words| country_of(words).or_else(|| place(words)));
        let sentence = document.sentences.get(value.sentence);
        let near = sentence
            .map(|s| countries(std::slice::from_ref(s)))
            .unwrap_or_default();
        let chosen = chosen(currency, &near, dateline, (lead, counts));
        // A text that writes "C$" means other dollars by "$", and one that writes "US$" those of
        // its own country.
        let is_signed = |code: &str| signed.contains(&code);
        let of_dateline = || dateline.and_then(|country| currency.in_country(country));
        let chosen = chosen.map(|code| match currency.usual {
            Some(usual) if is_signed(code) && code != usual => usual,
            Some(usual) if is_signed(usual) => of_dateline().unwrap_or(code),
            _ => code,
        });
        if let Some(code) = chosen {
            code.clone_into(&mut money.currency);
        }
    }
    document.values = values;
}

/// The codes that signs with letters tell: "C$".
fn signed(sentences: &[Sentence]) -> Vec<&'static str> {
    let tokens = sentences.iter().flat_map(|sentence| &sentence.tokens);
    tokens
        .filter(|token| token.form.len() > 1 && token.form.ends_with('$'))
        .filter_map(|token| code_or_name(&token.form.to_lowercase()))
        .collect()
}

/// The code that the countries of the sentence, the dateline and the document choose.
fn chosen(
    currency: &Currency,
    near: &[Named],
    dateline: Option<&str>,
    (lead, document): (&[Named], &[Named]),
) -> Option<&'static str> {
    let codes = |counts: &[Named]| -> Vec<Named> {
        let of = |(country, count): &Named| Some((currency.in_country(country)?, *count));
        let mut codes: Vec<Named> = counts.iter().filter_map(of).collect();
        codes.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        codes
    };
    let all = codes(document);
    if let Some(usual) = currency.usual {
        // Dollars are told of all countries in American ones, unless the text is of another.
        let is_told = all.iter().any(|(code, _)| *code == usual);
        let most = document.iter().map(|(_, count)| *count).max();
        let is_only = all.len() == 1;
        let is_of_lead = |code: &str| codes(lead).iter().any(|(known, _)| *known == code);
        let rivals = document.iter().filter(|(_, count)| Some(*count) == most);
        let is_alone = rivals.count() == 1;
        let other = all.first().filter(|(code, count)| {
            let is_of_text = *count >= OFTEN || is_only && is_alone && is_of_lead(code);
            is_of_text && most == Some(*count)
        });
        // What is dated from Sydney may tell of America once, but not in the same sentence.
        let count = |code: &str| {
            let known = all.iter().find(|(known, _)| *known == code);
            known.map_or(0, |(_, count)| *count)
        };
        let is_near = codes(near).iter().any(|(code, _)| *code == usual);
        let of_dateline = dateline
            .and_then(|country| currency.in_country(country))
            .filter(|code| !is_near && count(usual) <= count(code).max(1));
        let other = other.map(|(code, _)| *code).filter(|_| !is_told);
        return of_dateline.or(other).or(Some(usual));
    }
    if let [(code, _)] = codes(near)[..] {
        return Some(code);
    }
    if let Some(code) = dateline.and_then(|country| currency.in_country(country)) {
        return Some(code);
    }
    match all[..] {
        [(code, _)] => Some(code),
        [(code, most), (_, next), ..] => (most > next).then_some(code),
        [] => None,
    }
}

/// Codes of ISO 4217 as they are written in small letters.
fn iso_code(word: &str) -> Option<&'static str> {
    const CODES: &[(&str, &str)] = &[
        ("usd", "USD"),
        ("eur", "EUR"),
        ("gbp", "GBP"),
        ("jpy", "JPY"),
        ("cny", "CNY"),
        ("rmb", "CNY"),
        ("rub", "RUB"),
        ("inr", "INR"),
        ("vnd", "VND"),
        ("krw", "KRW"),
        ("aud", "AUD"),
        ("cad", "CAD"),
        ("chf", "CHF"),
        ("sgd", "SGD"),
        ("hkd", "HKD"),
        ("idr", "IDR"),
        ("thb", "THB"),
        ("myr", "MYR"),
        ("php", "PHP"),
        ("brl", "BRL"),
        ("mxn", "MXN"),
        ("sek", "SEK"),
        ("nok", "NOK"),
        ("dkk", "DKK"),
        ("pln", "PLN"),
        ("czk", "CZK"),
        ("huf", "HUF"),
        ("try", "TRY"),
        ("zar", "ZAR"),
        ("nzd", "NZD"),
        ("uah", "UAH"),
        ("kzt", "KZT"),
        ("ils", "ILS"),
        ("aed", "AED"),
        ("sar", "SAR"),
        ("bdt", "BDT"),
        ("npr", "NPR"),
        ("pkr", "PKR"),
        ("lkr", "LKR"),
        ("ars", "ARS"),
        ("clp", "CLP"),
        ("cop", "COP"),
        ("egp", "EGP"),
        ("ngn", "NGN"),
        ("kes", "KES"),
        ("ron", "RON"),
        ("bgn", "BGN"),
        ("twd", "TWD"),
        ("isk", "ISK"),
        ("qar", "QAR"),
        ("kwd", "KWD"),
    ];
    let found = CODES.iter().find(|(code, _)| *code == word)?;
    (word != "try").then_some(found.1)
}

#[cfg(test)]
mod tests;
