//! What the fast reader sees of a word: fixed and learned vectors, hashed parts, hashed shape.

use std::collections::HashMap;

use super::shape::is_digit;
use super::weights::{Config, Table, Weights, WeightsError};

/// Words whose vectors a thread keeps: more than a document's common words, less than 16 MB.
const KEPT_WORDS: usize = 16_384;

/// Bytes of a word that is kept; longer ones hardly come twice.
const LONGEST_KEPT_WORD: usize = 32;

/// Characters of a word that are read at all; beyond them only the end counts.
const LONGEST_READ_WORD: usize = 1_000;

/// The vectors of words.
#[derive(Debug)]
pub(super) struct Features {
    vocabulary: HashMap<&'static str, usize>,
    vectors: Table,
    learned: Table,
    parts: Table,
    shapes: Table,
    longest_word: usize,
    trigrams: usize,
    shape_length: usize,
}

/// Vectors of words that came before.
#[derive(Debug, Default)]
pub(super) struct FeatureCache {
    places: HashMap<Box<str>, usize>,
    vectors: Vec<f32>,
}

impl Features {
    /// The tables of a weights file.
    ///
    /// # Errors
    ///
    /// If a table is missing or the vocabulary is not UTF-8.
    pub(super) fn new(weights: &Weights) -> Result<Self, WeightsError> {
        let text = std::str::from_utf8(weights.bytes("vocabulary")?)
            .map_err(|_| WeightsError::Tensor("vocabulary".to_owned()))?;
        let vocabulary = text
            .split('\n')
            .enumerate()
            .map(|(row, word)| (word, row))
            .collect();
        let Config {
            longest_word,
            trigrams,
            shape_length,
            ..
        } = weights.header.config;
        Ok(Self {
            vocabulary,
            vectors: weights.table("vectors")?,
            learned: weights.table("learned")?,
            parts: weights.table("parts")?,
            shapes: weights.table("shapes")?,
            longest_word,
            trigrams,
            shape_length,
        })
    }

    /// The values of a word's vector.
    pub(super) fn width(&self) -> usize {
        self.vectors.columns + self.learned.columns + self.parts.columns + self.shapes.columns
    }

    /// Writes the vector of a word, from the cache if it came before.
    pub(super) fn write(&self, word: &str, cache: &mut FeatureCache, vector: &mut [f32]) {
        let width = self.width();
        if let Some(place) = cache.places.get(word) {
            let kept = cache.vectors.get(place * width..(place + 1) * width);
            vector
                .iter_mut()
                .zip(kept.unwrap_or_default())
                .for_each(|(to, from)| *to = *from);
            return;
        }
        vector.fill(0.0);
        self.add(word, vector);
        if cache.places.len() < KEPT_WORDS && word.len() <= LONGEST_KEPT_WORD {
            cache.places.insert(word.into(), cache.places.len());
            cache.vectors.extend_from_slice(vector);
        }
    }

    /// Adds everything known of a word to a vector of zeros.
    fn add(&self, word: &str, vector: &mut [f32]) {
        let normal = normalise(word);
        let row = self.vocabulary.get(normal.as_str()).copied();
        let (fixed, rest) = vector.split_at_mut(self.vectors.columns.min(vector.len()));
        let (learned, rest) = rest.split_at_mut(self.learned.columns.min(rest.len()));
        let (parts, shape) = rest.split_at_mut(self.parts.columns.min(rest.len()));
        if let Some(row) = row {
            self.vectors.add_row(row, fixed);
        }
        // The last learned vector is that of all rarer words.
        let rare = self.learned.rows.saturating_sub(1);
        self.learned.add_row(row.unwrap_or(rare).min(rare), learned);
        self.each_part(&normal, |hash| {
            self.parts
                .add_row(hash as usize % self.parts.rows.max(1), parts);
        });
        let pattern = shape_pattern(word, self.shape_length);
        self.shapes
            .add_row(fnv1a(&[&pattern]) as usize % self.shapes.rows.max(1), shape);
    }

    /// Hashes prefixes, suffixes and the first trigrams of the marked word.
    fn each_part(&self, normal: &str, mut part: impl FnMut(u32)) {
        let from_end = |count: usize| {
            let start = normal
                .char_indices()
                .rev()
                .nth(count - 1)
                .map_or(0, |(place, _)| place);
            normal.get(start..).unwrap_or_default()
        };
        for (name, count) in [("p1", 1), ("p2", 2), ("p3", 3)] {
            part(fnv1a(&[name, first_characters(normal, count)]));
        }
        for (name, count) in [("s1", 1), ("s2", 2), ("s3", 3), ("s4", 4)] {
            part(fnv1a(&[name, from_end(count)]));
        }
        let marked = format!("<{}>", first_characters(normal, self.longest_word));
        let places: Vec<usize> = marked
            .char_indices()
            .map(|(place, _)| place)
            .chain([marked.len()])
            .collect();
        for window in places.windows(4).take(self.trigrams) {
            if let [start, _, _, end] = window {
                part(fnv1a(&["g", marked.get(*start..*end).unwrap_or_default()]));
            }
        }
    }
}

fn first_characters(text: &str, count: usize) -> &str {
    let end = text
        .char_indices()
        .nth(count)
        .map_or(text.len(), |(place, _)| place);
    text.get(..end).unwrap_or(text)
}

/// Lower case, plain quotes and dashes, every ASCII digit 0, and runs of them 00.
fn normalise(word: &str) -> String {
    let mut normal = String::with_capacity(word.len());
    for character in first_characters(word, LONGEST_READ_WORD)
        .to_lowercase()
        .chars()
    {
        let character = match character {
            '“' | '”' => '"',
            '‘' | '’' => '\'',
            '–' | '—' => '-',
            '0'..='9' if normal.ends_with("00") => continue,
            '0'..='9' => '0',
            other => other,
        };
        normal.push(character);
    }
    normal
}

/// X for upper, x for lower case, d for digits, others as they are; at most two of a kind in a
/// row, and at most `length` characters.
fn shape_pattern(word: &str, length: usize) -> String {
    let mut pattern = String::new();
    let (mut count, mut last, mut before) = (0, None, None);
    for character in word.chars() {
        let kind = match character {
            _ if character.is_uppercase() => 'X',
            _ if character.is_lowercase() => 'x',
            _ if is_digit(character) => 'd',
            other => other,
        };
        if last == Some(kind) && before == last {
            continue;
        }
        if count == length {
            break;
        }
        pattern.push(kind);
        count += 1;
        (before, last) = (last, Some(kind));
    }
    pattern
}

/// The 32-bit FNV-1a hash of texts one after the other (Fowler, Noll and Vo).
fn fnv1a(texts: &[&str]) -> u32 {
    const BASIS: u32 = 0x811C_9DC5;
    const PRIME: u32 = 0x0100_0193;
    let bytes = texts.iter().flat_map(|text| text.bytes());
    bytes.fold(BASIS, |value, byte| {
        (value ^ u32::from(byte)).wrapping_mul(PRIME)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_normalised_as_in_training() {
        for (word, normal) in [
            ("Budget", "budget"),
            ("2024-05-01", "00-00-00"),
            ("7", "0"),
            ("10,000", "00,00"),
            ("“", "\""),
            ("’s", "'s"),
            ("", ""),
        ] {
            assert_eq!(normalise(word), normal);
        }
    }

    #[test]
    fn shapes_keep_at_most_two_of_a_kind_in_a_row() {
        for (word, pattern) in [
            ("McDonald", "XxXxx"),
            ("US$200", "XX$dd"),
            ("...", ".."),
            ("a1b2c3d4e5f6", "xdxdxdxdxd"),
        ] {
            assert_eq!(shape_pattern(word, 10), pattern);
        }
    }

    #[test]
    fn the_hash_is_the_published_one() {
        assert_eq!(fnv1a(&["a"]), 0xE40C_292C);
        assert_eq!(fnv1a(&["foo", "bar"]), 0xBF9C_F968);
    }
}
