//! The word index of a load: the lists of all words of its new texts, sorted by word.

use super::super::term::TermKind;
use super::super::{key, names, text_index};
use super::Ranking;
use super::interner::Interner;

/// A chunk of a word's list holds so many numbers.
const POSTINGS_A_CHUNK: usize = 1_024;

/// Gives the entries of the table for the words, in order.
pub(super) struct WordLists {
    /// Lemma (by its place among the sorted lemmas) and number of the text, sorted, each once.
    pairs: Vec<(u32, u32)>,
    place: usize,
    lemmas: Vec<String>,
    first_term: u64,
}

impl WordLists {
    pub(super) fn new(ranking: &Ranking, terms: &Interner, lemma: fn(&str) -> String) -> Self {
        let mut forms = Interner::default();
        let mut pairs: Vec<(u32, u32)> = Vec::new();
        for (term, id) in ranking.new_terms(terms) {
            let Some((&kind, text)) = term.split_first() else {
                continue;
            };
            if kind != TermKind::Text as u8 {
                continue;
            }
            let text = std::str::from_utf8(text).unwrap_or_default();
            let offset = u32::try_from(id - ranking.first_term).unwrap_or(u32::MAX);
            each_word(text, |word| {
                pairs.push((forms.intern(TermKind::Text, word), offset));
            });
        }
        let (lemmas, lemma_of) = lemmas_of(&forms, lemma);
        for (form, _) in &mut pairs {
            *form = lemma_of.get(*form as usize).copied().unwrap_or(0);
        }
        pairs.sort_unstable();
        pairs.dedup();
        Self {
            pairs,
            place: 0,
            lemmas,
            first_term: ranking.first_term,
        }
    }
}

/// Calls with each folded word; plain small letters are folded already.
fn each_word(text: &str, mut take: impl FnMut(&str)) {
    if !text.is_ascii() {
        names::words(text).for_each(|word| take(&word));
        return;
    }
    let words = text.split(|letter: char| !letter.is_ascii_alphanumeric());
    for word in words.filter(|word| !word.is_empty()) {
        if word.bytes().any(|byte| byte.is_ascii_uppercase()) {
            take(&word.to_ascii_lowercase());
        } else {
            take(word);
        }
    }
}

/// The sorted distinct lemmas, and for each form the place of its lemma.
fn lemmas_of(forms: &Interner, lemma: fn(&str) -> String) -> (Vec<String>, Vec<u32>) {
    let mut found: Vec<(String, u32)> = (0..forms.len() as u32)
        .map(|form| {
            let text = forms.key(form).get(1..).unwrap_or(&[]);
            let text = std::str::from_utf8(text).unwrap_or_default();
            (text_index::indexed_lemma(text, lemma), form)
        })
        .collect();
    found.sort_unstable();
    let mut lemma_of = vec![0; found.len()];
    let mut lemmas: Vec<String> = Vec::new();
    for (lemma, form) in found {
        if lemmas.last() != Some(&lemma) {
            lemmas.push(lemma);
        }
        if let Some(slot) = lemma_of.get_mut(form as usize) {
            *slot = lemmas.len() as u32 - 1;
        }
    }
    (lemmas, lemma_of)
}

impl Iterator for WordLists {
    type Item = (Vec<u8>, Option<Vec<u8>>);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.pairs.get(self.place..)?;
        let &(lemma, _) = rest.first()?;
        let numbers: Vec<u64> = rest
            .iter()
            .take(POSTINGS_A_CHUNK)
            .take_while(|pair| pair.0 == lemma)
            .map(|pair| self.first_term + u64::from(pair.1))
            .collect();
        self.place += numbers.len();
        let word = self.lemmas.get(lemma as usize)?;
        let entry = key::word(word, text_index::TERMS, *numbers.first()?);
        Some((entry, Some(text_index::write_chunk(&numbers))))
    }
}
