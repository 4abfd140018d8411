//! How many tokens a second each model of the reader analyses, by length of the sentences.
//!
//! ```text
//! cargo bench --bench reader
//! ```

use divan::counter::ItemsCount;
use factbase::text::document::AnnotatedDocument;
use factbase::text::reader::{Reader, ReaderChoice};

/// A sentence of 24 tokens; longer ones repeat it, shorter ones take its beginning.
const SENTENCE: &str = "The harbour master of Esbjerg , who had watched the storm since dawn , \
                        told the crew of the last ferry to wait until noon .";

/// Tokens of a document, whatever the length of its sentences.
const TOKENS: usize = 1_920;

fn main() {
    divan::main();
}

/// A document of sentences with so many tokens each, without analysis.
fn document(tokens_a_sentence: usize) -> AnnotatedDocument {
    let mut rows = String::new();
    for (number, word) in SENTENCE
        .split(' ')
        .cycle()
        .take(tokens_a_sentence)
        .enumerate()
    {
        rows.push_str(&format!("{}\t{word}\t_\t_\t_\t_\t_\t_\t_\t_\n", number + 1));
    }
    rows.push('\n');
    let text = rows.repeat(TOKENS / tokens_a_sentence);
    let documents = factbase::text::conllu::read(&text).unwrap_or_default();
    documents.into_iter().next().unwrap_or_default()
}

fn analyze(bencher: divan::Bencher<'_, '_>, choice: ReaderChoice, tokens_a_sentence: usize) {
    let Ok(reader) = Reader::new(choice) else {
        return;
    };
    let document = document(tokens_a_sentence);
    bencher
        .counter(ItemsCount::new(TOKENS))
        .with_inputs(|| document.clone())
        .bench_local_refs(|document| reader.analyze(document));
}

#[divan::bench(args = [8, 24, 96])]
fn accurate(bencher: divan::Bencher<'_, '_>, tokens_a_sentence: usize) {
    analyze(bencher, ReaderChoice::Accurate, tokens_a_sentence);
}

#[divan::bench(args = [8, 24, 96])]
fn fast(bencher: divan::Bencher<'_, '_>, tokens_a_sentence: usize) {
    analyze(bencher, ReaderChoice::Fast, tokens_a_sentence);
}
