//! The word index of a load: the lists of all words of its new texts, sorted by word.

use super::super::term::TermKind;
use super::super::view::Found;
use super::super::{key, names, text_index};
use super::interner::Interner;
use super::scratch::{Merged, Scratch, ScratchFile, ScratchReader};
use crate::error::Result;

/// A chunk of a word's list holds so many numbers.
const POSTINGS_A_CHUNK: usize = 1_024;

/// Takes texts in the order of their places among the new terms.
pub(super) struct WordCollector {
    lemma: fn(&str) -> String,
    forms: Interner,
    /// Word and place of the text.
    pairs: Vec<(u32, u32)>,
    files: Vec<ScratchFile>,
}

/// A word with the places of its texts.
type WordList = (Vec<u8>, Vec<u32>);

impl WordCollector {
    pub(super) fn new(lemma: fn(&str) -> String) -> Self {
        Self {
            lemma,
            forms: Interner::default(),
            pairs: Vec::new(),
            files: Vec::new(),
        }
    }

    /// Takes a text.
    pub(super) fn push_text(&mut self, text: &str, place: u32) {
        let Self { forms, pairs, .. } = self;
        each_word(text, |word| {
            pairs.push((forms.intern(TermKind::Text, word), place))
        });
    }

    /// Puts the lists aside where they take more than so many bytes.
    pub(super) fn bound(&mut self, held_bytes_max: usize, scratch: &mut Scratch) -> Result<()> {
        if self.pairs.len() * 8 + self.forms.bytes() < held_bytes_max {
            return Ok(());
        }
        let mut file = scratch.file()?;
        for (word, places) in self.sorted() {
            file.write_key(&word)?;
            let count = u32::try_from(places.len()).unwrap_or(u32::MAX);
            file.write_numbers(&[count])?;
            file.write_numbers(&places)?;
        }
        self.files.push(file.finish()?);
        Ok(())
    }

    /// The lists of what was taken since the last time, sorted by word.
    fn sorted(&mut self) -> SortedLists {
        let mut pairs = std::mem::take(&mut self.pairs);
        let forms = std::mem::take(&mut self.forms);
        let (lemmas, lemma_of) = lemmas_of(&forms, self.lemma);
        for (form, _) in &mut pairs {
            *form = lemma_of.get(*form as usize).copied().unwrap_or(0);
        }
        pairs.sort_unstable();
        pairs.dedup();
        SortedLists {
            pairs,
            place: 0,
            lemmas,
        }
    }

    /// The entries of the table, in order; the number of a text is its place behind that of the
    /// first new term.
    pub(super) fn entries(mut self, first_term: u64) -> Result<WordEntries> {
        let mut held = self.sorted();
        let mut sources: Vec<ListSource> = Vec::new();
        for (number, file) in (0..).zip(self.files) {
            let mut reader = file.read()?;
            sources.push(Box::new(move || {
                Ok(read_list(&mut reader)?.map(|(word, places)| (word, number, places)))
            }));
        }
        sources.push(Box::new(move || {
            Ok(held.next().map(|(word, places)| (word, u32::MAX, places)))
        }));
        Ok(WordEntries {
            lists: Merged::new(sources)?,
            word: String::new(),
            places: Vec::new().into_iter(),
            first_term,
        })
    }
}

/// A word, which of the sources it comes from, and the places.
type OrderedList = (Vec<u8>, u32, Vec<u32>);
type ListSource = Box<dyn FnMut() -> Result<Option<OrderedList>>>;

fn read_list(reader: &mut ScratchReader) -> Result<Option<WordList>> {
    let Some(word) = reader.read_key()? else {
        return Ok(None);
    };
    let count = reader.read_number()?.unwrap_or(0);
    let mut places = Vec::new();
    for _ in 0..count {
        places.extend(reader.read_number()?);
    }
    Ok(Some((word, places)))
}

/// Gives the entries of the table for the words, in order.
pub(super) struct WordEntries {
    lists: Merged<OrderedList, ListSource>,
    word: String,
    /// Those of the word that were not handed out yet.
    places: std::vec::IntoIter<u32>,
    first_term: u64,
}

impl WordEntries {
    pub(super) fn next_entry(&mut self) -> Result<Option<Found>> {
        if self.places.as_slice().is_empty() {
            let Some(((word, _, mut places), _)) = self.lists.next_item()? else {
                return Ok(None);
            };
            // Texts came in order, so that the lists of one word follow each other.
            while self.lists.peek().is_some_and(|(next, ..)| *next == word) {
                if let Some(((_, _, more), _)) = self.lists.next_item()? {
                    places.extend(more);
                }
            }
            self.word = String::from_utf8_lossy(&word).into_owned();
            self.places = places.into_iter();
        }
        let numbers: Vec<u64> = self
            .places
            .by_ref()
            .take(POSTINGS_A_CHUNK)
            .map(|place| self.first_term + u64::from(place))
            .collect();
        let Some(&first) = numbers.first() else {
            return Ok(None);
        };
        let entry = key::word(&self.word, text_index::TERMS, first);
        Ok(Some((entry, Some(text_index::write_chunk(&numbers)))))
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

/// Words with their places, both in order.
struct SortedLists {
    /// Lemma, by its place among the sorted lemmas, and place of the text, sorted, each once.
    pairs: Vec<(u32, u32)>,
    place: usize,
    lemmas: Vec<String>,
}

impl Iterator for SortedLists {
    type Item = WordList;

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.pairs.get(self.place..)?;
        let &(lemma, _) = rest.first()?;
        let same = rest.iter().take_while(|pair| pair.0 == lemma);
        let places: Vec<u32> = same.map(|pair| pair.1).collect();
        self.place += places.len();
        let word = self.lemmas.get(lemma as usize)?.as_bytes().to_vec();
        Some((word, places))
    }
}
