//! The words of a sentence as the analyzer sees them.
//!
//! What a model has hardly met it reads badly: marks of lists, ranks in the abbreviations of one
//! country, currencies written as letters. It is shown their like that it knows; the document
//! keeps its own words.

use crate::text::document::{Sentence, Token};
use crate::text::lexicon::is_given_name;
use crate::text::numeral::is_currency_letter;

/// Abbreviated ranks and offices, and what they are read as before a name.
const RANKS: &[(&str, &str)] = &[
    ("coun", "Councillor"),
    ("cllr", "Councillor"),
    ("clr", "Councillor"),
    ("ald", "Councillor"),
    ("det", "Detective"),
    ("insp", "Inspector"),
    ("supt", "Superintendent"),
    ("const", "Constable"),
    ("cst", "Constable"),
    ("cpl", "Corporal"),
    ("engr", "Dr."),
    ("barr", "Dr."),
    ("adv", "Dr."),
    ("alhaji", "Mr."),
    ("hajia", "Ms."),
];

/// Offices in capitals, told right before a whole name: members of assemblies, police ranks.
const OFFICES: &[(&str, &str)] = &[
    ("MCA", "Senator"),
    ("MLA", "Senator"),
    ("MLC", "Senator"),
    ("MNA", "Senator"),
    ("MPP", "Senator"),
    ("MHA", "Senator"),
    ("MSP", "Senator"),
    ("MEC", "Senator"),
    ("TD", "Senator"),
    ("DSP", "Inspector"),
    ("ASP", "Inspector"),
    ("CSP", "Inspector"),
    ("SSP", "Inspector"),
    ("DCP", "Inspector"),
    ("DCI", "Inspector"),
    ("DSI", "Inspector"),
    ("IGP", "Inspector"),
    ("WPC", "Constable"),
];

/// Whether a word is such an abbreviated rank: "Coun", "Det."; it tells no office of its own.
pub(crate) fn is_rank(word: &str) -> bool {
    let plain = word.trim_end_matches('.').to_lowercase();
    word.starts_with(char::is_uppercase) && RANKS.iter().any(|(short, _)| *short == plain)
}

/// The words of a sentence as the analyzer reads them.
pub(super) fn seen(sentence: &Sentence) -> Vec<String> {
    let tokens = &sentence.tokens;
    let mut words: Vec<String> = Vec::with_capacity(tokens.len());
    for (index, token) in tokens.iter().enumerate() {
        let is_mark = matches!(token.form.as_str(), "*" | "·" | "‣" | "▪" | "●" | "◦" | ">");
        let known = match is_mark && index == 0 && tokens.len() > 2 {
            true => Some("-"),
            false => rank(tokens, index).or_else(|| currency(tokens, index)),
        };
        words.push(known.map_or_else(|| token.form.clone(), str::to_owned));
    }
    words
}

/// Whether a capitalised word that is no acronym stands at an index.
fn is_name_word(tokens: &[Token], index: usize) -> bool {
    tokens.get(index).is_some_and(|token| {
        let mut letters = token.form.chars();
        letters.next().is_some_and(char::is_uppercase) && letters.any(char::is_lowercase)
    })
}

/// "Coun Ada Reed", "Lund MLA Ada Reed": what is read for the rank.
fn rank(tokens: &[Token], index: usize) -> Option<&'static str> {
    let form = tokens.get(index)?.form.as_str();
    if !is_name_word(tokens, index + 1) {
        return None;
    }
    let plain = form.trim_end_matches('.').to_lowercase();
    let is_capital = form.starts_with(char::is_uppercase);
    if let Some((_, read)) = RANKS
        .iter()
        .find(|(short, _)| *short == plain && is_capital)
    {
        return Some(read);
    }
    let next = tokens.get(index + 1)?;
    // "TD Bank", "DCI Group": only a whole name tells that somebody is meant.
    let is_person = is_given_name(&next.form.to_lowercase())
        || index > 0 && is_name_word(tokens, index - 1) && is_name_word(tokens, index + 2);
    let office = OFFICES.iter().find(|(short, _)| *short == form)?;
    is_person.then_some(office.1)
}

/// "R 1.5 m", "Sh 900": a sign that the model knows.
fn currency(tokens: &[Token], index: usize) -> Option<&'static str> {
    let (sign, number) = (tokens.get(index)?, tokens.get(index + 1)?);
    let is_joined = sign.span.end == number.span.start;
    let is_number = number
        .form
        .starts_with(|letter: char| letter.is_ascii_digit());
    (is_joined && is_number && is_currency_letter(&sign.form)).then_some("$")
}
