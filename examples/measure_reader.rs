//! Measures the reader against a treebank: speed, memory, tags, lemmas and trees with gold tokens
//! and from raw text, and names where a file in IOB2 gives them.
//!
//! ```text
//! cargo run --release --example measure_reader -- en_ewt-ud-dev.conllu [--fast] [--names FILE]
//! ```
//!
//! Speeds are tokens a second of one thread's processor time, which other work on the machine
//! disturbs less than the clock does.

use std::collections::{HashMap, HashSet};
use std::error::Error;

use factbase::text::conllu;
use factbase::text::dependency::Relation;
use factbase::text::document::{AnnotatedDocument, NameTag, Sentence, SentenceKind, Token};
use factbase::text::layout::{Layout, Paragraph};
use factbase::text::reader::{Reader, ReaderChoice, segment};
use factbase::text::tag::UniversalTag;

/// The corpus is read so many times; the best time counts.
const REPETITIONS: usize = 3;

fn main() -> Result<(), Box<dyn Error>> {
    let mut choice = ReaderChoice::Accurate;
    let (mut treebank, mut names) = (None, None);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--fast" => choice = ReaderChoice::Fast,
            "--names" => names = arguments.next(),
            _ => treebank = Some(argument),
        }
    }
    let treebank = treebank.ok_or("give a treebank in CoNLL-U")?;
    let gold = conllu::read(&std::fs::read_to_string(&treebank)?)?;
    let names = names.map(std::fs::read_to_string).transpose()?;

    let memory_before = resident_megabytes();
    let start = std::time::Instant::now();
    let reader = Reader::new(choice)?;
    println!("load      {:.0} ms", start.elapsed().as_secs_f64() * 1e3);

    let mut found = gold.clone();
    let mut best_seconds = f64::INFINITY;
    for _ in 0..REPETITIONS {
        let start = processor_seconds();
        for document in &mut found {
            reader.analyze(document);
        }
        best_seconds = best_seconds.min(processor_seconds() - start);
    }
    let tokens = gold.iter().flat_map(|document| &document.sentences);
    let tokens: usize = tokens.map(|sentence| sentence.tokens.len()).sum();
    println!(
        "memory    {:.0} MB more than before",
        resident_megabytes() - memory_before
    );
    println!(
        "speed     {:.0} tokens/s, tokens given",
        tokens as f64 / best_seconds
    );
    measure_given(&gold, &found);
    if let Some(names) = names {
        measure_names(&gold, &found, &names);
    }
    measure_raw(&reader, &gold);
    Ok(())
}

fn pairs<'a>(
    gold: &'a [AnnotatedDocument],
    found: &'a [AnnotatedDocument],
) -> impl Iterator<Item = (&'a Sentence, &'a Sentence)> {
    let gold = gold.iter().flat_map(|document| &document.sentences);
    gold.zip(found.iter().flat_map(|document| &document.sentences))
}

fn percent(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole.max(1) as f64
}

/// Shares of right tags, lemmas, heads and relations, the tokens being given.
fn measure_given(gold: &[AnnotatedDocument], found: &[AnnotatedDocument]) {
    let tokens = pairs(gold, found).flat_map(|(gold, found)| gold.tokens.iter().zip(&found.tokens));
    let tokens: Vec<(&Token, &Token)> = tokens.collect();
    let count = |tokens: &[(&Token, &Token)], is_right: fn(&Token, &Token) -> bool| {
        let right = tokens
            .iter()
            .filter(|(gold, found)| is_right(gold, found))
            .count();
        percent(right, tokens.len())
    };
    let has_head = |gold: &Token, found: &Token| gold.head == found.head;
    let has_arc =
        |gold: &Token, found: &Token| (gold.head, gold.relation) == (found.head, found.relation);
    println!(
        "UPOS      {:.2} %",
        count(&tokens, |gold, found| gold.universal_tag
            == found.universal_tag)
    );
    println!(
        "XPOS      {:.2} %",
        count(&tokens, |gold, found| gold.fine_tag == found.fine_tag)
    );
    println!(
        "lemmas    {:.2} %",
        count(&tokens, |gold, found| gold.lemma == found.lemma)
    );
    println!(
        "UAS / LAS {:.2} / {:.2}",
        count(&tokens, has_head),
        count(&tokens, has_arc)
    );
    let words: Vec<_> = tokens
        .into_iter()
        .filter(|(gold, _)| gold.universal_tag != UniversalTag::Punctuation)
        .collect();
    println!(
        "UAS / LAS {:.2} / {:.2} without punctuation",
        count(&words, has_head),
        count(&words, has_arc)
    );
    measure_margins(&words);
}

/// Whether margins are probabilities: for each tenth, the share of right arcs.
fn measure_margins(words: &[(&Token, &Token)]) {
    let mut bins = [(0, 0); 10];
    for (gold, found) in words {
        let bin = ((found.margin * 10.0) as usize).min(9);
        if let Some((right, all)) = bins.get_mut(bin) {
            *all += 1;
            *right += usize::from((gold.head, gold.relation) == (found.head, found.relation));
        }
    }
    let shares = bins
        .iter()
        .map(|(right, all)| format!("{:.0}", percent(*right, *all)));
    println!(
        "margins   {} % right in each tenth",
        shares.collect::<Vec<_>>().join(" ")
    );
}

type Spans = HashSet<(usize, usize, NameTag)>;

/// Names as first token, end and kind.
fn spans(tags: &[NameTag]) -> Spans {
    let mut spans = HashSet::new();
    for (start, tag) in tags.iter().enumerate() {
        if let NameTag::Begin(kind) = tag {
            let rest = tags.iter().skip(start + 1);
            let inside = rest
                .take_while(|tag| **tag == NameTag::Inside(*kind))
                .count();
            spans.insert((start, start + 1 + inside, *tag));
        }
    }
    spans
}

/// Strict scores of names against IOB2 lines: number, word, tag.
fn measure_names(gold: &[AnnotatedDocument], found: &[AnnotatedDocument], iob2: &str) {
    let mut expected: HashMap<String, Vec<NameTag>> = HashMap::new();
    for block in iob2.split("\n\n") {
        let rows = block.lines().filter(|line| !line.starts_with('#'));
        let rows: Vec<Vec<&str>> = rows.map(|line| line.split('\t').collect()).collect();
        let words: Vec<&str> = rows.iter().filter_map(|row| row.get(1).copied()).collect();
        let tags = rows
            .iter()
            .filter_map(|row| row.get(2).copied())
            .map(conllu::name_tag);
        expected.insert(words.join("\t"), tags.collect());
    }
    let (mut right, mut all_found, mut all_expected, mut unknown) = (0, 0, 0, 0);
    for (gold, found) in pairs(gold, found) {
        let words: Vec<&str> = gold
            .tokens
            .iter()
            .map(|token| token.form.as_str())
            .collect();
        let Some(expected) = expected.get(&words.join("\t")) else {
            unknown += 1;
            continue;
        };
        let tags: Vec<NameTag> = found.tokens.iter().map(|token| token.name).collect();
        let (found, expected) = (spans(&tags), spans(expected));
        right += found.intersection(&expected).count();
        all_found += found.len();
        all_expected += expected.len();
    }
    println!(
        "names     F1 {:.2} (precision {:.2}, recall {:.2}; {unknown} sentences without names)",
        percent(2 * right, all_found + all_expected),
        percent(right, all_found),
        percent(right, all_expected)
    );
}

/// A token as bytes of its document, with those of its head (the root has none).
type Arc = ((u32, u32), Option<(u32, u32)>, Relation);

fn arcs(document: &AnnotatedDocument) -> Vec<Arc> {
    let mut arcs = Vec::new();
    for sentence in &document.sentences {
        for token in &sentence.tokens {
            let head = token.head.and_then(|head| sentence.tokens.get(head));
            let place = |token: &Token| (token.span.start, token.span.end);
            arcs.push((place(token), head.map(place), token.relation));
        }
    }
    arcs
}

/// F1 scores of tokens and arcs from the texts of the documents, as in the CoNLL 2018 task.
fn measure_raw(reader: &Reader, gold: &[AnnotatedDocument]) {
    let (mut right, mut tokens, mut found_count, mut gold_count) = (0, 0, 0, 0);
    let mut sentences = [0; 3];
    let mut seconds = 0.0;
    for document in gold {
        let start = processor_seconds();
        let mut found = segment(paragraphs(&document.text));
        reader.analyze(&mut found);
        seconds += processor_seconds() - start;
        let (gold_arcs, found_arcs) = (arcs(document), arcs(&found));
        let expected: HashMap<(u32, u32), &Arc> =
            gold_arcs.iter().map(|arc| (arc.0, arc)).collect();
        for arc in &found_arcs {
            let expected = expected.get(&arc.0);
            tokens += usize::from(expected.is_some());
            right += usize::from(expected == Some(&arc));
        }
        found_count += found_arcs.len();
        gold_count += gold_arcs.len();
        let places = |document: &AnnotatedDocument| -> HashSet<(u32, u32)> {
            document
                .sentences
                .iter()
                .map(|s| (s.span.start, s.span.end))
                .collect()
        };
        let (expected, found) = (places(document), places(&found));
        sentences[0] += expected.intersection(&found).count();
        sentences[1] += expected.len();
        sentences[2] += found.len();
    }
    println!(
        "speed     {:.0} tokens/s, from raw text",
        found_count as f64 / seconds
    );
    println!(
        "raw text  tokens F1 {:.2}, sentences F1 {:.2}, LAS F1 {:.2}",
        percent(2 * tokens, found_count + gold_count),
        percent(2 * sentences[0], sentences[1] + sentences[2]),
        percent(2 * right, found_count + gold_count)
    );
}

/// A treebank's text, its paragraphs as they are.
fn paragraphs(text: &str) -> Layout {
    let mut place = 0;
    let paragraphs = text.split("\n\n").map(|paragraph| {
        let range = place..place + paragraph.len();
        place += paragraph.len() + 2;
        Paragraph {
            range,
            kind: SentenceKind::Body,
        }
    });
    Layout {
        paragraphs: paragraphs.collect(),
        text: text.to_owned(),
        metadata: Default::default(),
    }
}

/// Seconds that this thread has computed; the clock where the system does not tell.
fn processor_seconds() -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|line| line.split(' ').next()?.parse::<f64>().ok());
    nanoseconds.map_or_else(
        || {
            std::time::UNIX_EPOCH
                .elapsed()
                .map_or(0.0, |time| time.as_secs_f64())
        },
        |nanoseconds| nanoseconds / 1e9,
    )
}

/// Memory of the process; 0 where the system does not tell.
fn resident_megabytes() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<f64>().ok());
    kilobytes.unwrap_or_default() / 1e3
}
