//! Classes of words: written as one text, found by a hash.

use std::sync::OnceLock;

/// A class of words, told by a text with spaces between them. The text is cut once, when the
/// first word is looked for.
#[derive(Debug)]
pub(crate) struct WordList {
    text: &'static str,
    /// The words, each at its hash or the next free place behind; free places are empty. At most
    /// half of the places are taken, so that a search ends.
    places: OnceLock<Vec<&'static str>>,
}

impl WordList {
    pub(crate) const fn new(text: &'static str) -> Self {
        Self {
            text,
            places: OnceLock::new(),
        }
    }

    /// The words in the order of the text.
    pub(crate) fn words(&self) -> impl Iterator<Item = &'static str> {
        self.text.split_whitespace()
    }

    /// Whether a word is one of the class, written as the class has it.
    pub(crate) fn contains(&self, word: &str) -> bool {
        let places = self.places.get_or_init(|| self.placed());
        places_from(word, places.len())
            .map_while(|place| places.get(place).filter(|known| !known.is_empty()))
            .any(|known| *known == word)
    }

    fn placed(&self) -> Vec<&'static str> {
        let count = (2 * self.words().count() + 1).next_power_of_two();
        let mut places = vec![""; count];
        for word in self.words() {
            let free = places_from(word, count)
                .find(|&place| places.get(place).is_some_and(|known| known.is_empty()));
            if let Some(place) = free.and_then(|place| places.get_mut(place)) {
                *place = word;
            }
        }
        places
    }
}

/// The places where a word may stand, its own first; their number is a power of two.
fn places_from(word: &str, count: usize) -> impl Iterator<Item = usize> {
    // Fowler, Noll and Vo: short words, and a table that nobody can fill with words of theirs.
    let hash = word.bytes().fold(0x811C_9DC5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    let first = (hash ^ hash >> 15) as usize;
    (0..count).map(move |step| first.wrapping_add(step) & (count - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_a_class_are_found_and_no_others() {
        static BIRDS: WordList = WordList::new(
            "crow finch gull heron \
             jay kite",
        );
        assert!(BIRDS.words().all(|word| BIRDS.contains(word)));
        assert_eq!(BIRDS.words().count(), 6);
        for other in ["", "Crow", "crow finch", "gul", "gulls", "wren"] {
            assert!(!BIRDS.contains(other), "{other}");
        }
        static NONE: WordList = WordList::new("");
        assert!(!NONE.contains("") && !NONE.contains("crow"));
    }
}
