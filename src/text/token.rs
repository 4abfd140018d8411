//! The tokenizer: words, numbers, marks and addresses, in the conventions of the English Web
//! Treebank 2.16.
//!
//! A text is cut at white space into chunks, and each chunk from left to right into tokens:
//! clitics stand alone (`do|n't`, `Ada|'s`), compounds are cut at their hyphens except behind
//! prefixes (`well|-|known`, `non-profit`), currency signs and units leave their number.
//! Linear time: a token's rule looks at the rest of its chunk only within `LONGEST_CHUNK`.

mod abbreviation;
mod address;
mod number;
mod period;
mod starter;
mod word;

pub(crate) use abbreviation::{is_abbreviation, is_title};
pub(crate) use starter::{begins_sentence, is_starter};

use crate::provenance::Span;

/// Chunks are looked at in windows of so many characters, so that a megabyte without a space
/// costs linear time.
const LONGEST_CHUNK: usize = 2_048;

/// Appends the tokens of a range of a text, as spans of the text. The range should hold whole
/// paragraphs: its end is taken for the end of a sentence.
///
/// # Examples
///
/// ```
/// let text = "She didn't pay $5.";
/// let tokens = factbase::text::token::tokenize(text, 0, text.len());
/// let words: Vec<&str> = tokens.iter().map(|span| span.of(text)).collect();
/// assert_eq!(words, ["She", "did", "n't", "pay", "$", "5", "."]);
/// ```
#[must_use]
pub fn tokenize(text: &str, start: usize, end: usize) -> Vec<Span> {
    let block = text.get(start..end).unwrap_or("");
    let mut tokenizer = Tokenizer {
        block,
        offset: start,
        chunk: Vec::with_capacity(64),
        tokens: Vec::with_capacity(block.len() / 5 + 1),
    };
    let mut rest = block;
    while let Some(begin) = rest.find(|letter| !is_space(letter)) {
        let from = block.len() - rest.len() + begin;
        let tail = rest.get(begin..).unwrap_or("");
        let length = chunk_length(tail);
        tokenizer.chunk(from, from + length);
        rest = tail.get(length..).unwrap_or("");
    }
    tokenizer.tokens
}

/// Whether a character separates chunks: white space, no-break and zero-width spaces, and
/// control characters.
pub(crate) fn is_space(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '\u{200B}' | '\u{FEFF}') || letter.is_control()
}

/// The bytes up to the next space, or to the end of the window.
fn chunk_length(text: &str) -> usize {
    for (count, (place, letter)) in text.char_indices().enumerate() {
        if is_space(letter) || count == LONGEST_CHUNK {
            return place;
        }
    }
    text.len()
}

/// The state of tokenizing a block.
struct Tokenizer<'a> {
    block: &'a str,
    /// Where the block begins in the text.
    offset: usize,
    /// The characters of the current chunk with their places in the block.
    chunk: Vec<(usize, char)>,
    tokens: Vec<Span>,
}

/// What the characters of a chunk are asked for; `'\0'` stands for "no character".
struct Chunk<'a> {
    letters: &'a [(usize, char)],
    /// The bytes after the chunk, for a look at the next word.
    after: &'a str,
    /// The bytes before the chunk, for a look at the word before.
    before: &'a str,
}

impl Chunk<'_> {
    fn at(&self, index: usize) -> char {
        self.letters.get(index).map_or('\0', |&(_, letter)| letter)
    }

    /// The character before an index.
    fn before(&self, index: usize) -> char {
        index.checked_sub(1).map_or('\0', |index| self.at(index))
    }

    fn len(&self) -> usize {
        self.letters.len()
    }

    /// The characters of a range, in lower case, at most 24 of them.
    fn lower(&self, from: usize, to: usize) -> String {
        let letters = self.letters.get(from..to.min(from + 24)).unwrap_or(&[]);
        letters
            .iter()
            .flat_map(|(_, letter)| letter.to_lowercase())
            .map(plain_apostrophe)
            .collect()
    }

    /// The characters of a range as they are, at most 24 of them.
    fn text(&self, from: usize, to: usize) -> String {
        let letters = self.letters.get(from..to.min(from + 24)).unwrap_or(&[]);
        letters.iter().map(|(_, letter)| *letter).collect()
    }

    /// The end of the run of characters that satisfy a condition.
    fn run(&self, from: usize, mut condition: impl FnMut(char) -> bool) -> usize {
        let tail = self.letters.get(from..).unwrap_or(&[]);
        from + tail
            .iter()
            .take_while(|(_, letter)| condition(*letter))
            .count()
    }

    /// The word after the chunk, if it stands in the same block.
    fn next_word(&self) -> &str {
        self.word_after(0)
    }

    /// The word so many words behind the next one.
    fn word_after(&self, skipped: usize) -> &str {
        let mut words = self.after.split(is_space).filter(|word| !word.is_empty());
        words.nth(skipped).unwrap_or("")
    }
}

/// An apostrophe of any style as the typewriter's.
pub(crate) fn plain_apostrophe(letter: char) -> char {
    match letter {
        '’' | '‘' | 'ʼ' | '`' | '´' | '＇' => '\'',
        other => other,
    }
}

/// Whether a character is an apostrophe of any style.
fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '’' | '‘' | 'ʼ' | '`' | '´' | '＇')
}

/// Whether a character belongs inside words: letters, digits, combining marks, soft hyphens,
/// joiners.
pub(crate) fn is_word_letter(letter: char) -> bool {
    letter.is_alphanumeric()
        || matches!(letter, '_' | '\u{AD}' | '\u{200C}' | '\u{200D}')
        || is_mark(letter)
}

/// Whether a character is a combining mark, which belongs to the letter before it.
fn is_mark(letter: char) -> bool {
    !letter.is_ascii() && unicode_normalization::char::is_combining_mark(letter)
}

impl<'a> Tokenizer<'a> {
    /// Cuts one chunk into tokens.
    fn chunk(&mut self, from: usize, to: usize) {
        let block: &'a str = self.block;
        let mut letters = std::mem::take(&mut self.chunk);
        letters.clear();
        let bytes = block.get(from..to).unwrap_or("");
        letters.extend(bytes.char_indices().map(|(i, letter)| (from + i, letter)));
        let chunk = Chunk {
            letters: &letters,
            after: block.get(to..).unwrap_or(""),
            before: block.get(..from).unwrap_or(""),
        };
        let mut index = 0;
        while index < chunk.len() {
            let end = next_token(&chunk, index, &mut |middle| {
                self.push(&chunk, index, middle);
                index = middle;
            });
            let end = end.max(index + 1);
            self.push(&chunk, index, end);
            index = end;
        }
        self.chunk = letters;
    }

    fn push(&mut self, chunk: &Chunk<'_>, from: usize, to: usize) {
        let place = |index: usize| {
            chunk.letters.get(index).map_or_else(
                || {
                    chunk
                        .letters
                        .last()
                        .map_or(0, |(i, letter)| i + letter.len_utf8())
                },
                |(i, _)| *i,
            )
        };
        if from < to {
            let (start, end) = (self.offset + place(from), self.offset + place(to));
            let fits = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
            self.tokens.push(Span::new(fits(start), fits(end)));
        }
    }
}

/// The end of the token that starts at an index. Where a word falls in two, `cut` takes the
/// border, and the end of the second part is returned.
fn next_token(chunk: &Chunk<'_>, index: usize, cut: &mut dyn FnMut(usize)) -> usize {
    let letter = chunk.at(index);
    if let Some(end) = address::address(chunk, index) {
        return end;
    }
    if letter.is_numeric() || number::starts_with_sign(chunk, index) {
        return number::number(chunk, index);
    }
    if is_word_letter(letter) {
        return word::word(chunk, index, cut);
    }
    if is_apostrophe(letter)
        && let Some(end) = word::leading_apostrophe(chunk, index)
    {
        return end;
    }
    marks(chunk, index)
}

/// The end of a mark or a run of marks that is one token.
fn marks(chunk: &Chunk<'_>, index: usize) -> usize {
    let letter = chunk.at(index);
    let same = chunk.run(index, |other| other == letter);
    let count = same - index;
    match letter {
        '.' if count >= 2 => same,
        '!' | '?' => chunk.run(index, |other| matches!(other, '!' | '?')),
        '-' | '=' | '_' | '*' | '~' | '+' | '<' | '>' if count >= 2 => {
            if matches!(letter, '<' | '>') {
                index + 2
            } else {
                same
            }
        }
        '\'' | '`' | '’' | '‘' if count >= 2 => index + 2,
        '\u{201C}' | '\u{201D}' | '"' => index + 1,
        ':' | ';' | '=' => smiley(chunk, index).unwrap_or(index + 1),
        '[' if chunk.lower(index, index + 5) == "[...]" => index + 5,
        _ => {
            // A mark keeps its combining marks and variation selectors.
            chunk.run(index + 1, |other| is_mark(other) || other == '\u{200D}')
        }
    }
}

/// The end of a face such as `:-)`, where the chunk ends with it.
fn smiley(chunk: &Chunk<'_>, index: usize) -> Option<usize> {
    let nose = index + 1 + usize::from(chunk.at(index + 1) == '-');
    let is_mouth = matches!(chunk.at(nose), ')' | '(' | 'D' | 'P' | 'p' | '/' | '|');
    let end = chunk.run(nose, |other| other == chunk.at(nose));
    let is_end = end == chunk.len() || matches!(chunk.at(end), '.' | ',' | '!');
    // ":)" that closes an opened bracket is no face.
    let opens = chunk.letters.get(..index)?.iter().any(|(_, l)| *l == '(');
    (is_mouth && is_end && !opens && (chunk.at(nose) != '/' || nose > index + 1)).then_some(end)
}

#[cfg(test)]
mod tests;
