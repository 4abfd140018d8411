//! Tokens and sentences from raw text, the treebank's text being rebuilt in several ways.

use std::collections::HashSet;
use std::time::Instant;

use factbase::Span;
use factbase::text::document::AnnotatedDocument;
use factbase::text::layout::{Format, lay_out};
use factbase::text::reader::segment;

use super::Score;

/// Text files of treebanks are wrapped at so many characters.
const WRAPPED_COLUMNS: usize = 80;
/// So many bytes are shown on each side of a wrong boundary.
const CONTEXT_BYTES: usize = 70;

/// What stands between sentences and between paragraphs of a rebuilt text.
struct Rebuilding {
    name: &'static str,
    sentence: &'static str,
    paragraph: &'static str,
    is_wrapped: bool,
}

const REBUILDINGS: [Rebuilding; 5] = [
    rebuilding("paragraphs apart", " ", "\n\n", false),
    rebuilding("paragraphs as lines", " ", "\n", false),
    rebuilding("wrapped at 80 columns", " ", "\n\n", true),
    rebuilding("sentences as lines", "\n", "\n", false),
    rebuilding("one line", " ", " ", false),
];

const fn rebuilding(
    name: &'static str,
    sentence: &'static str,
    paragraph: &'static str,
    is_wrapped: bool,
) -> Rebuilding {
    Rebuilding {
        name,
        sentence,
        paragraph,
        is_wrapped,
    }
}

/// A text with the places of its tokens and sentences.
struct Rebuilt {
    text: String,
    tokens: HashSet<(u32, u32)>,
    sentences: HashSet<(u32, u32)>,
}

/// Prints the scores of every rebuilding; the wrong boundaries of the one with this name.
pub(crate) fn measure(documents: &[AnnotatedDocument], shown: Option<&str>) {
    for rebuilding in &REBUILDINGS {
        let shows_errors = shown.is_some_and(|shown| rebuilding.name.starts_with(shown));
        let (mut tokens, mut sentences) = (Score::default(), Score::default());
        let mut seconds = 0.0;
        for document in documents {
            let rebuilt = rebuild(document, rebuilding);
            let start = Instant::now();
            let found = segment(lay_out(&rebuilt.text, Format::Plain));
            seconds += start.elapsed().as_secs_f64();
            let all = found.sentences.iter().flat_map(|sentence| &sentence.tokens);
            tokens.add(&all.map(|t| places(t.span)).collect(), &rebuilt.tokens);
            let found = found.sentences.iter().map(|s| places(s.span)).collect();
            sentences.add(&found, &rebuilt.sentences);
            if shows_errors {
                show_boundaries(&rebuilt, &found);
            }
        }
        println!("  {}", rebuilding.name);
        println!("    tokens    {tokens}");
        println!("    sentences {sentences}");
        println!(
            "    speed     {:.0} tokens/s",
            tokens.found as f64 / seconds
        );
    }
}

fn places(span: Span) -> (u32, u32) {
    (span.start, span.end)
}

/// Puts the sentences of a document together anew.
fn rebuild(document: &AnnotatedDocument, how: &Rebuilding) -> Rebuilt {
    let mut text = String::new();
    let (mut tokens, mut sentences) = (HashSet::new(), HashSet::new());
    let mut paragraph = None;
    for sentence in &document.sentences {
        let is_same = paragraph.replace(sentence.paragraph) == Some(sentence.paragraph);
        if !text.is_empty() {
            text.push_str(if is_same { how.sentence } else { how.paragraph });
        }
        let start = u32::try_from(text.len()).unwrap_or(u32::MAX);
        let moved = |span: Span| {
            let before = sentence.span.start;
            (span.start - before + start, span.end - before + start)
        };
        sentences.insert(moved(sentence.span));
        tokens.extend(sentence.tokens.iter().map(|token| moved(token.span)));
        text.push_str(sentence.span.of(&document.text));
    }
    if how.is_wrapped {
        text = wrapped(&text);
    }
    Rebuilt {
        text,
        tokens,
        sentences,
    }
}

/// The text with line ends in place of spaces, so that lines are full.
fn wrapped(text: &str) -> String {
    let mut lines = String::with_capacity(text.len());
    let mut column = 0;
    for (index, word) in text.split(' ').enumerate() {
        let length = word.split('\n').next().unwrap_or("").chars().count();
        if index > 0 {
            let is_full = column + 1 + length > WRAPPED_COLUMNS;
            lines.push(if is_full { '\n' } else { ' ' });
            column = if is_full { 0 } else { column + 1 };
        }
        lines.push_str(word);
        column = match word.rsplit_once('\n') {
            Some((_, last)) => last.chars().count(),
            None => column + length,
        };
    }
    lines
}

/// Prints the ends of sentences that were found and are none (`+`), or were missed (`-`).
fn show_boundaries(rebuilt: &Rebuilt, found: &HashSet<(u32, u32)>) {
    let ends = |spans: &HashSet<(u32, u32)>| -> HashSet<u32> {
        spans.iter().map(|(_, end)| *end).collect()
    };
    let (found, expected) = (ends(found), ends(&rebuilt.sentences));
    let wrong = found.difference(&expected).map(|end| (*end, '+'));
    let missed = expected.difference(&found).map(|end| (*end, '-'));
    let mut places: Vec<(u32, char)> = wrong.chain(missed).collect();
    places.sort_unstable();
    for (place, sign) in places {
        let (before, after) = rebuilt
            .text
            .split_at_checked(place as usize)
            .unwrap_or_default();
        let from = before.len().saturating_sub(CONTEXT_BYTES);
        let from = (0..=from).rev().find(|&from| before.is_char_boundary(from));
        let before = before.get(from.unwrap_or(0)..).unwrap_or("");
        let after: String = after.chars().take(CONTEXT_BYTES).collect();
        println!("    {sign} {before:?} | {after:?}");
    }
}
