//! WordPiece: the pieces of a word that the encoder has vectors for.
//!
//! Words are lower-cased and lose their accents, punctuation and ideographs become tokens of
//! their own, and each token is cut greedily into the longest pieces of the vocabulary (Devlin
//! et al. 2019; the uncased vocabulary).

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;
use unicode_properties::GeneralCategory;

use super::weights::{Config, Weights, WeightsError};

const CONTINUATION: &str = "##";

/// The vocabulary, and how words are cut with it.
#[derive(Debug)]
pub(super) struct WordPiece {
    beginnings: HashMap<&'static str, u32>,
    continuations: HashMap<&'static str, u32>,
    longest: usize,
    maximum_pieces: usize,
    maximum_characters: usize,
    unknown: u32,
    /// The piece before a sentence.
    pub(super) start: u32,
    /// The piece after a sentence.
    pub(super) end: u32,
}

impl WordPiece {
    /// The vocabulary of a weights file: its pieces, one a line, in the order of their vectors.
    ///
    /// # Errors
    ///
    /// If the vocabulary is missing, not UTF-8 or lacks a special piece.
    pub(super) fn new(weights: &Weights) -> Result<Self, WeightsError> {
        let wrong = || WeightsError::Tensor("vocabulary".to_owned());
        let text = std::str::from_utf8(weights.bytes("vocabulary")?).map_err(|_| wrong())?;
        let mut beginnings = HashMap::new();
        let mut continuations = HashMap::new();
        let mut longest = 0;
        for (index, piece) in (0..).zip(text.split('\n')) {
            longest = longest.max(piece.len());
            match piece.strip_prefix(CONTINUATION) {
                Some(continuation) if !continuation.is_empty() => {
                    continuations.insert(continuation, index);
                }
                _ => {
                    beginnings.insert(piece, index);
                }
            }
        }
        let special = |piece: &str| beginnings.get(piece).copied().ok_or_else(wrong);
        let Config {
            maximum_pieces,
            maximum_characters,
            ..
        } = weights.header.config;
        Ok(Self {
            unknown: special("[UNK]")?,
            start: special("[CLS]")?,
            end: special("[SEP]")?,
            beginnings,
            continuations,
            longest,
            maximum_pieces: maximum_pieces.max(1),
            maximum_characters,
        })
    }

    /// Appends the pieces of a word: at least one and at most `maximum_pieces`.
    pub(super) fn cut(&self, word: &str, pieces: &mut Vec<u32>) {
        let first = pieces.len();
        let last = first + self.maximum_pieces;
        if let Some(piece) = self.beginnings.get(word)
            && word.bytes().all(|byte| byte.is_ascii_lowercase())
        {
            pieces.push(*piece);
            return;
        }
        let mut token = String::new();
        // Pieces beyond the limit are not kept, so characters beyond all limits are not read.
        let limit = self.maximum_pieces * (self.maximum_characters + 1);
        let end = word
            .char_indices()
            .nth(limit)
            .map_or(word.len(), |(end, _)| end);
        let word = word.get(..end).unwrap_or(word).to_lowercase();
        for character in word.nfd() {
            if pieces.len() >= last {
                break;
            }
            match class(character) {
                Class::Dropped => {}
                Class::Space => self.cut_token(&mut token, pieces),
                Class::Alone => {
                    self.cut_token(&mut token, pieces);
                    token.push(character);
                    self.cut_token(&mut token, pieces);
                }
                Class::Letter => token.push(character),
            }
        }
        self.cut_token(&mut token, pieces);
        pieces.truncate(last);
        if pieces.len() == first {
            pieces.push(self.unknown);
        }
    }

    /// Appends the pieces of a token and empties it.
    fn cut_token(&self, token: &mut String, pieces: &mut Vec<u32>) {
        if token.is_empty() {
            return;
        }
        let first = pieces.len();
        let mut rest = token.as_str();
        let mut vocabulary = &self.beginnings;
        if token.chars().count() > self.maximum_characters {
            pieces.push(self.unknown);
            rest = "";
        }
        while !rest.is_empty() {
            let Some((piece, length)) = self.longest_piece(vocabulary, rest) else {
                pieces.truncate(first);
                pieces.push(self.unknown);
                break;
            };
            pieces.push(piece);
            rest = rest.get(length..).unwrap_or_default();
            vocabulary = &self.continuations;
        }
        token.clear();
    }

    fn longest_piece(
        &self,
        vocabulary: &HashMap<&'static str, u32>,
        text: &str,
    ) -> Option<(u32, usize)> {
        (1..=self.longest.min(text.len())).rev().find_map(|length| {
            let piece = vocabulary.get(text.get(..length)?)?;
            Some((*piece, length))
        })
    }
}

/// What a character of a word is to the vocabulary.
enum Class {
    Dropped,
    Space,
    Alone,
    Letter,
}

fn class(character: char) -> Class {
    use unicode_properties::{GeneralCategoryGroup as Group, UnicodeGeneralCategory};
    match character {
        'a'..='z' | '0'..='9' => return Class::Letter,
        '!'..='/' | ':'..='@' | '['..='`' | '{'..='~' => return Class::Alone,
        '\t' | '\n' | '\r' => return Class::Space,
        '\u{fffd}' => return Class::Dropped,
        _ if is_ideograph(character) => return Class::Alone,
        _ => {}
    }
    match character.general_category_group() {
        Group::Other => Class::Dropped,
        Group::Mark if character.general_category() == GeneralCategory::NonspacingMark => {
            Class::Dropped
        }
        Group::Separator => Class::Space,
        Group::Punctuation => Class::Alone,
        _ => Class::Letter,
    }
}

/// Whether the character is of the blocks of Chinese characters.
fn is_ideograph(character: char) -> bool {
    matches!(u32::from(character),
        0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF
        | 0x20000..=0x2A6DF | 0x2A700..=0x2CEAF | 0x2F800..=0x2FA1F)
}

#[cfg(test)]
mod tests;
