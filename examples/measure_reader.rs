//! Measures the reader against a treebank: speed, memory, tags, lemmas and trees with gold tokens
//! and from raw text, and names where a file in IOB2 gives them.
//!
//! ```text
//! cargo run --release --example measure_reader -- en_pud-ud-test.conllu [--fast] [--names FILE]
//!     [--instructions avx2|portable] [--speed-only]
//! ```
//!
//! Speeds are tokens a second of one thread's processor time, which other work on the machine
//! disturbs less than the clock does. `--instructions` keeps the reader from newer instructions
//! than these. A file that does not end in `.conllu` is plain text: its speed is measured.

use std::collections::{HashMap, HashSet};
use std::error::Error;

use factbase::text::conllu;
use factbase::text::dependency::Relation;
use factbase::text::document::{AnnotatedDocument, NameTag, Sentence, SentenceKind, Token};
use factbase::text::layout::{Format, Layout, Paragraph};
use factbase::text::reader::{Reader, ReaderChoice, segment};
use factbase::text::tag::UniversalTag;

/// The corpus is read so many times; the best time counts.
const REPETITIONS: usize = 3;

/// What the command line asks for.
#[derive(Default)]
struct Settings {
    choice: ReaderChoice,
    file: Option<String>,
    names: Option<String>,
    is_speed_only: bool,
}

fn main() -> Result<(), Box<dyn Error>> {
    let settings = settings()?;
    let file = settings
        .file
        .ok_or("give a treebank in CoNLL-U, or a text")?;
    let source = std::fs::read_to_string(&file)?;
    let names = settings.names.map(std::fs::read_to_string).transpose()?;

    let memory_before = resident_megabytes();
    let start = std::time::Instant::now();
    let reader = Reader::new(settings.choice)?;
    println!("load      {:.0} ms", start.elapsed().as_secs_f64() * 1e3);
    if !file.ends_with(".conllu") {
        measure_whole(&reader, &[source.as_str()]);
        return Ok(());
    }
    let gold = conllu::read(&source)?;
    let found = measure_network(&reader, &gold);
    println!(
        "memory    {:.0} MB more than before",
        resident_megabytes() - memory_before
    );
    let texts: Vec<&str> = gold.iter().map(|document| &*document.text).collect();
    measure_whole(&reader, &texts);
    if settings.is_speed_only {
        return Ok(());
    }
    measure_given(&gold, &found);
    if let Some(names) = names {
        measure_names("by the model", &gold, &found, &names);
        let mut annotated = found.clone();
        annotated
            .iter_mut()
            .for_each(|document| reader.annotate(document));
        measure_names("after rules", &gold, &annotated, &names);
    }
    measure_raw(&reader, &gold);
    Ok(())
}

fn settings() -> Result<Settings, Box<dyn Error>> {
    let mut settings = Settings::default();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--fast" => settings.choice = ReaderChoice::Fast,
            "--names" => settings.names = arguments.next(),
            "--speed-only" => settings.is_speed_only = true,
            "--instructions" => restrict(&arguments.next().unwrap_or_default())?,
            _ => settings.file = Some(argument),
        }
    }
    Ok(settings)
}

/// Keeps the reader from vector instructions above a level.
#[cfg(target_arch = "x86_64")]
fn restrict(level: &str) -> Result<(), Box<dyn Error>> {
    use archmage::{X64V3Token, X64V4xToken};
    match level {
        "avx2" => X64V4xToken::dangerously_disable_token_process_wide(true),
        "portable" => X64V3Token::dangerously_disable_token_process_wide(true)
            .and_then(|()| X64V4xToken::dangerously_disable_token_process_wide(true)),
        _ => return Err("the levels are avx2 and portable".into()),
    }
    .map_err(|_| "this program was built for newer instructions only".into())
}

#[cfg(not(target_arch = "x86_64"))]
fn restrict(_: &str) -> Result<(), Box<dyn Error>> {
    Err("only the instructions of x86-64 can be restricted".into())
}

/// The speed of tags, trees and name tags, the tokens being given, and what was found.
fn measure_network(reader: &Reader, gold: &[AnnotatedDocument]) -> Vec<AnnotatedDocument> {
    let mut found = gold.to_vec();
    let mut best_seconds = f64::INFINITY;
    for _ in 0..REPETITIONS {
        let start = processor_seconds();
        found
            .iter_mut()
            .for_each(|document| reader.analyze(document));
        best_seconds = best_seconds.min(processor_seconds() - start);
    }
    let sentences = gold.iter().flat_map(|document| &document.sentences);
    let tokens: usize = sentences.map(|sentence| sentence.tokens.len()).sum();
    println!(
        "speed     {:.0} tokens/s, tokens given",
        tokens as f64 / best_seconds
    );
    found
}

/// The speed of the whole reader: from text to names, values, quotations and coreference.
fn measure_whole(reader: &Reader, texts: &[&str]) {
    let (mut best_seconds, mut tokens) = (f64::INFINITY, 0);
    for _ in 0..REPETITIONS {
        let start = processor_seconds();
        tokens = 0;
        for part in texts
            .iter()
            .flat_map(|text| reader.parts(text, Format::Plain, None))
        {
            let sentences = part.sentences.iter();
            tokens += sentences
                .map(|sentence| sentence.tokens.len())
                .sum::<usize>();
        }
        best_seconds = best_seconds.min(processor_seconds() - start);
    }
    println!(
        "speed     {:.0} tokens/s, whole reader from text",
        tokens as f64 / best_seconds
    );
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
    // A lemma that the treebank leaves out counts as found, as in the CoNLL 2018 task.
    println!(
        "lemmas    {:.2} %, {:.2} % but for case",
        count(&tokens, |gold, found| gold.lemma == found.lemma
            || gold.lemma == "_"),
        count(&tokens, |gold, found| {
            gold.lemma == "_" || gold.lemma.to_lowercase() == found.lemma.to_lowercase()
        })
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

/// Whether a name is of a person, an organization or a place.
fn is_basic(tag: NameTag) -> bool {
    let known = ["B-PER", "B-ORG", "B-LOC"].map(conllu::name_tag);
    known.contains(&tag)
}

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

/// Strict scores of persons, organizations and places against IOB2 lines: number, word, tag.
fn measure_names(label: &str, gold: &[AnnotatedDocument], found: &[AnnotatedDocument], iob2: &str) {
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
        let (mut found, expected) = (spans(&tags), spans(expected));
        found.retain(|(_, _, tag)| is_basic(*tag));
        right += found.intersection(&expected).count();
        all_found += found.len();
        all_expected += expected.len();
    }
    println!(
        "names     F1 {:.2} {label} (precision {:.2}, recall {:.2}; {unknown} sentences unknown)",
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
    for document in gold {
        let mut found = segment(paragraphs(&document.text));
        reader.analyze(&mut found);
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
