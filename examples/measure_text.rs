//! Measures the rule side of the reader against treebanks: tokens and sentences from raw text,
//! lemmas from gold tags, coreference against GUM's chains, and speed.
//!
//! ```text
//! cargo run --release --example measure_text -- ewt-dev.conllu gum-dev.conllu [--errors]
//! ```

use std::collections::HashSet;
use std::time::Instant;

use factbase::text::document::AnnotatedDocument;
use factbase::text::{conllu, lemma, sentence, token};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let shows_errors = arguments.iter().any(|argument| argument == "--errors");
    let paths = arguments
        .iter()
        .filter(|argument| !argument.starts_with("--"));
    for path in paths {
        let text = std::fs::read_to_string(path)?;
        let documents = conllu::read(&text)?;
        println!("{path}: {} documents", documents.len());
        measure_segmentation(&documents, shows_errors);
        measure_lemmas(&documents, shows_errors);
    }
    Ok(())
}

/// Counts for an F1 score.
#[derive(Default)]
struct Score {
    right: usize,
    found: usize,
    expected: usize,
}

impl Score {
    fn add(&mut self, found: &HashSet<(u32, u32)>, expected: &HashSet<(u32, u32)>) {
        self.right += found.intersection(expected).count();
        self.found += found.len();
        self.expected += expected.len();
    }
}

impl std::fmt::Display for Score {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let percent = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
        write!(
            formatter,
            "F1 {:.2} (precision {:.2}, recall {:.2})",
            percent(2 * self.right, self.found + self.expected),
            percent(self.right, self.found),
            percent(self.right, self.expected)
        )
    }
}

/// Tokens and sentences from the raw text of each document.
fn measure_segmentation(documents: &[AnnotatedDocument], shows_errors: bool) {
    let (mut tokens, mut sentences) = (Score::default(), Score::default());
    let mut elapsed = std::time::Duration::ZERO;
    let mut count = 0;
    for document in documents {
        let start = Instant::now();
        let (mut found_tokens, mut found_sentences) = (HashSet::new(), HashSet::new());
        let mut parts = Vec::new();
        let mut place = 0;
        for paragraph in document.text.split("\n\n") {
            let spans = token::tokenize(&document.text, place, place + paragraph.len());
            let ranges = sentence::split(&document.text, &spans);
            place += paragraph.len() + 2;
            parts.push((spans, ranges));
        }
        elapsed += start.elapsed();
        for (spans, ranges) in &parts {
            count += spans.len();
            found_tokens.extend(spans.iter().map(|span| (span.start, span.end)));
            found_sentences.extend(ranges.iter().filter_map(|range| {
                let spans = spans.get(range.clone())?;
                Some((spans.first()?.start, spans.last()?.end))
            }));
        }
        let gold = document.sentences.iter().flat_map(|s| &s.tokens);
        let expected_tokens = gold
            .map(|token| (token.span.start, token.span.end))
            .collect();
        let expected_sentences = document.sentences.iter();
        let expected_sentences = expected_sentences
            .map(|s| (s.span.start, s.span.end))
            .collect();
        tokens.add(&found_tokens, &expected_tokens);
        sentences.add(&found_sentences, &expected_sentences);
        if shows_errors {
            show_differences(document, &found_tokens, &expected_tokens);
            show_differences(document, &found_sentences, &expected_sentences);
        }
    }
    println!("  tokens     {tokens}");
    println!("  sentences  {sentences}");
    println!(
        "  speed      {:.0} tokens/s",
        f64::from(u32::try_from(count).unwrap_or(u32::MAX)) / elapsed.as_secs_f64()
    );
}

/// Lemmas from the treebank's tags and trees.
fn measure_lemmas(documents: &[AnnotatedDocument], shows_errors: bool) {
    let (mut right, mut all) = (0, 0);
    for gold in documents.iter().flat_map(|document| &document.sentences) {
        let mut sentence = gold.clone();
        lemma::lemmatize(&mut sentence);
        for (token, gold) in sentence.tokens.iter().zip(&gold.tokens) {
            all += 1;
            if token.lemma == gold.lemma {
                right += 1;
            } else if shows_errors {
                let (form, tag) = (&gold.form, gold.fine_tag);
                println!("    lemma {form} {tag}: {} for {}", token.lemma, gold.lemma);
            }
        }
    }
    println!(
        "  lemmas     {:.2} % of {all}",
        100.0 * right as f64 / all as f64
    );
}

/// Prints what was found and not expected, and the other way round.
fn show_differences(
    document: &AnnotatedDocument,
    found: &HashSet<(u32, u32)>,
    expected: &HashSet<(u32, u32)>,
) {
    let mut differences: Vec<(u32, u32, char)> = Vec::new();
    differences.extend(found.difference(expected).map(|&(a, b)| (a, b, '+')));
    differences.extend(expected.difference(found).map(|&(a, b)| (a, b, '-')));
    differences.sort_unstable();
    for (start, end, sign) in differences {
        let text = document
            .text
            .get(start as usize..end as usize)
            .unwrap_or("");
        let shown: String = text.chars().take(160).collect();
        println!("    {sign} {start:6} {shown:?}");
    }
}
