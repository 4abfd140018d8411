//! Measures the rule side of the reader against treebanks: tokens and sentences from raw text,
//! lemmas, names against Universal NER, coreference against GUM's chains, and speed.
//!
//! ```text
//! cargo run --release --example measure_text -- [--fast] [--errors] [--sentences]
//!     [--boundaries=paragraphs] ewt-dev.conllu gum-dev.conllu uner-ewt-dev.iob2
//!     tests/text/values.tsv
//! ```
//!
//! `--sentences` measures nothing else; `--boundaries=NAME` prints the wrong boundaries of the
//! rebuilding whose name begins so.

// Rows and sentences are as long as the files they come from: a broken file may stop the program.
#![allow(clippy::indexing_slicing)]

mod segmentation;

use std::collections::HashSet;
use std::time::Instant;

use factbase::text::document::{AnnotatedDocument, Mention, NameTag, Sentence};
use factbase::text::layout::Format;
use factbase::text::reader::{Reader, ReaderChoice};
use factbase::text::{conllu, lemma};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let shows_errors = arguments.iter().any(|argument| argument == "--errors");
    let boundaries = arguments
        .iter()
        .find_map(|argument| argument.strip_prefix("--boundaries="))
        .map(str::to_owned);
    let paths = arguments
        .iter()
        .filter(|argument| !argument.starts_with("--"));
    let choice = match arguments.iter().any(|argument| argument == "--fast") {
        true => ReaderChoice::Fast,
        false => ReaderChoice::Accurate,
    };
    let reader = Reader::new(choice)?;
    for path in paths {
        if path.ends_with(".tsv") {
            println!("{path}");
            measure_values(path, &reader)?;
            continue;
        }
        if path.ends_with(".iob2") {
            println!("{path}");
            measure_names(path, &reader, shows_errors)?;
            continue;
        }
        let text = std::fs::read_to_string(path)?;
        let documents = conllu::read(&text)?;
        println!("{path}: {} documents", documents.len());
        segmentation::measure(&documents, boundaries.as_deref());
        if arguments.iter().any(|argument| argument == "--sentences") {
            continue;
        }
        measure_lemmas(&documents, shows_errors);
        let found = predicted(&documents, &reader);
        measure_rules(&found);
        measure_predicted_lemmas(&documents, &found);
        if text.contains("Entity=") {
            measure_coreference(&text, &documents, &found, shows_errors);
        }
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

/// Reads the documents with a model from their gold tokens, everything else predicted.
fn predicted(documents: &[AnnotatedDocument], reader: &Reader) -> Vec<AnnotatedDocument> {
    let read = |document: &AnnotatedDocument| {
        let mut document = document.clone();
        reader.analyze(&mut document);
        reader.annotate(&mut document);
        document
    };
    documents.iter().map(read).collect()
}

/// Lemmas with predicted tags.
fn measure_predicted_lemmas(gold: &[AnnotatedDocument], found: &[AnnotatedDocument]) {
    let tokens = |documents: &[AnnotatedDocument]| -> Vec<String> {
        let sentences = documents.iter().flat_map(|document| &document.sentences);
        let tokens = sentences.flat_map(|sentence| &sentence.tokens);
        tokens.map(|token| token.lemma.clone()).collect()
    };
    let (gold, found) = (tokens(gold), tokens(found));
    let right = gold.iter().zip(&found).filter(|(a, b)| a == b).count();
    let percent = 100.0 * right as f64 / gold.len().max(1) as f64;
    println!("  lemmas with predicted tags {percent:.2} %");
}

/// Precision of coreference links by the kind of the later mention, against GUM's chains.
fn measure_coreference(
    source: &str,
    gold: &[AnnotatedDocument],
    found: &[AnnotatedDocument],
    shows: bool,
) {
    let chains = gold_chains(source);
    let mut counts = std::collections::BTreeMap::new();
    for ((chains, gold), found) in chains.iter().zip(gold).zip(found) {
        let chain_of = |mention: &Mention| -> Option<&str> {
            let spans = chains.get(mention.sentence)?;
            let tokens = &gold.sentences.get(mention.sentence)?.tokens;
            let fits = |span: &&(usize, usize, String)| {
                let (first, last, _) = **span;
                let has_head = |index: &usize| {
                    let head = tokens.get(*index).and_then(|token| token.head);
                    head.is_none_or(|head| head < first || head > last)
                };
                (first..=last).contains(&mention.head)
                    && ((mention.first, mention.last) == (first, last) || has_head(&mention.head))
            };
            let best = spans.iter().filter(fits).min_by_key(|(first, last, _)| {
                (last - first).abs_diff(mention.last - mention.first)
            });
            best.map(|(_, _, chain)| chain.as_str())
        };
        let mut latest: std::collections::HashMap<usize, &Mention> = Default::default();
        for mention in &found.mentions {
            let Some(before) = latest.insert(mention.entity, mention) else {
                continue;
            };
            let (left, right) = (chain_of(before), chain_of(mention));
            let is_right = left.is_some() && left == right;
            let count: &mut (usize, usize) =
                counts.entry(format!("{:?}", mention.kind)).or_default();
            count.0 += usize::from(is_right);
            count.1 += 1;
            if shows && !is_right {
                let words = |mention: &Mention| {
                    let sentence = &found.sentences[mention.sentence];
                    let tokens = &sentence.tokens[mention.first..=mention.last];
                    let forms: Vec<&str> = tokens.iter().map(|token| token.form.as_str()).collect();
                    forms.join(" ")
                };
                println!(
                    "    coref {:?} s{} {:?} -> s{} {:?} ({left:?} {right:?}) in {:?}",
                    mention.kind,
                    mention.sentence,
                    words(mention),
                    before.sentence,
                    words(before),
                    found.sentences[mention.sentence].span.of(&found.text)
                );
            }
        }
    }
    let (mut right, mut all) = (0, 0);
    for (kind, (correct, total)) in &counts {
        println!(
            "  coreference {kind}: {:.1} % of {total}",
            100.0 * *correct as f64 / *total as f64
        );
        right += correct;
        all += total;
    }
    println!(
        "  coreference links: {:.1} % of {all}",
        100.0 * right as f64 / all.max(1) as f64
    );
}

/// The mentions of each sentence of each document: first and last token, chain.
fn gold_chains(source: &str) -> Vec<Vec<Vec<(usize, usize, String)>>> {
    let mut documents: Vec<Vec<Vec<(usize, usize, String)>>> = Vec::new();
    let mut spans: Vec<(usize, usize, String)> = Vec::new();
    let mut open: Vec<(String, usize)> = Vec::new();
    let mut place = 0;
    for line in source.lines() {
        if line.starts_with("# newdoc") {
            documents.push(Vec::new());
        }
        if line.is_empty() {
            if let Some(document) = documents.last_mut() {
                document.push(std::mem::take(&mut spans));
            }
            open.clear();
            place = 0;
            continue;
        }
        let columns: Vec<&str> = line.split('\t').collect();
        let is_word = columns
            .first()
            .is_some_and(|id| id.bytes().all(|b| b.is_ascii_digit()));
        if columns.len() != 10 || !is_word {
            continue;
        }
        let entity = columns[9]
            .split('|')
            .find_map(|part| part.strip_prefix("Entity="));
        for part in entity
            .unwrap_or("")
            .split_inclusive(['(', ')'])
            .flat_map(|p| p.split_inclusive('('))
        {
            let text = part.trim_matches(['(', ')']);
            let chain = text.split('-').next().unwrap_or("").to_owned();
            if chain.is_empty() {
                continue;
            }
            let closes = part.ends_with(')');
            let is_whole = text.contains('-');
            if is_whole {
                open.push((chain.clone(), place));
            }
            if closes && let Some(index) = open.iter().rposition(|(name, _)| *name == chain) {
                let (name, first) = open.remove(index);
                spans.push((first, place, name));
            }
        }
        place += 1;
    }
    documents
}

/// The words of sentences and their name tags.
type NamedSentences = (Vec<Vec<String>>, Vec<Vec<NameTag>>);

/// The words and name tags of each sentence of a file in IOB2.
fn read_names(path: &str) -> std::io::Result<NamedSentences> {
    let mut words: Vec<Vec<String>> = vec![Vec::new()];
    let mut tags: Vec<Vec<NameTag>> = vec![Vec::new()];
    for line in std::fs::read_to_string(path)?.lines() {
        let columns: Vec<&str> = line.split('\t').collect();
        if line.is_empty() {
            words.push(Vec::new());
            tags.push(Vec::new());
        } else if columns.len() >= 3
            && !line.starts_with("# ")
            && let (Some(sentence), Some(row)) = (words.last_mut(), tags.last_mut())
        {
            sentence.push(columns[1].replace(' ', "\u{a0}"));
            row.push(conllu::name_tag(columns[2]));
        }
    }
    Ok((words, tags))
}

/// Strict F1 of persons, organizations and places against Universal NER.
fn measure_names(path: &str, reader: &Reader, shows: bool) -> std::io::Result<()> {
    let (words, mut tags) = read_names(path)?;
    let text: Vec<String> = words
        .iter()
        .filter(|s| !s.is_empty())
        .map(|s| s.join(" "))
        .collect();
    tags.retain(|row| !row.is_empty());
    let mut document = reader.read_pretokenized(&text.join("\n"));
    let (mut raw, mut mended) = (Score::default(), Score::default());
    let spans = |tags: &[NameTag]| -> HashSet<(u32, u32, String)> {
        let mut found: Vec<(u32, u32, String)> = Vec::new();
        for (index, tag) in (0..).zip(tags) {
            match tag {
                NameTag::Begin(kind) => found.push((index, index, kind.to_string())),
                NameTag::Inside(_) => {
                    if let Some(last) = found.last_mut() {
                        last.1 = index;
                    }
                }
                NameTag::Outside => {}
            }
        }
        found.retain(|(_, _, kind)| matches!(kind.as_str(), "person" | "organization" | "place"));
        found.into_iter().collect()
    };
    let of = |document: &AnnotatedDocument| -> Vec<HashSet<(u32, u32, String)>> {
        let row = |sentence: &Sentence| -> Vec<NameTag> {
            sentence.tokens.iter().map(|token| token.name).collect()
        };
        document
            .sentences
            .iter()
            .map(|sentence| spans(&row(sentence)))
            .collect()
    };
    let after = of(&document);
    reader.analyze(&mut document);
    let before = of(&document);
    for (index, gold) in tags.iter().enumerate() {
        let gold = spans(gold);
        add(&mut raw, &before[index], &gold);
        add(&mut mended, &after[index], &gold);
        if shows && after[index] != gold {
            let sentence = &document.sentences[index];
            let show = |set: &HashSet<(u32, u32, String)>, other: &HashSet<(u32, u32, String)>| {
                let words = |&(first, last, ref kind): &(u32, u32, String)| {
                    let tokens = &sentence.tokens[first as usize..=last as usize];
                    let forms: Vec<&str> = tokens.iter().map(|t| t.form.as_str()).collect();
                    format!("{}/{kind}", forms.join(" "))
                };
                set.difference(other)
                    .map(words)
                    .collect::<Vec<_>>()
                    .join(", ")
            };
            println!(
                "    names found {} | missed {} | model {:?}",
                show(&after[index], &gold),
                show(&gold, &after[index]),
                before[index].difference(&after[index]).count()
            );
        }
    }
    println!("  names by the model {raw}");
    println!("  names after rules  {mended}");
    Ok(())
}

fn add(score: &mut Score, found: &HashSet<(u32, u32, String)>, gold: &HashSet<(u32, u32, String)>) {
    score.right += found.intersection(gold).count();
    score.found += found.len();
    score.expected += gold.len();
}

/// The share of sentences of a file (day, sentence, values) whose values are all found.
fn measure_values(path: &str, reader: &Reader) -> std::io::Result<()> {
    let (mut right, mut all) = (0, 0);
    for line in std::fs::read_to_string(path)?
        .lines()
        .filter(|line| !line.starts_with('#'))
    {
        let columns: Vec<&str> = line.split('\t').collect();
        let [day, sentence, expected] = columns.as_slice() else {
            continue;
        };
        let document = reader.read(sentence, Format::Plain, day.parse().ok());
        let shown: Vec<String> = document
            .values
            .iter()
            .map(|found| {
                let value = found.value.as_ref();
                let value = value.map_or_else(|| "_".to_owned(), ToString::to_string);
                format!("{} {value}", found.kind)
            })
            .collect();
        let shown = shown.join(";");
        all += 1;
        if shown == *expected {
            right += 1;
        } else {
            println!("    {sentence}\n        expected {expected}\n        found    {shown}");
        }
    }
    println!(
        "  values {:.1} % of {all}",
        100.0 * f64::from(right) / f64::from(all)
    );
    Ok(())
}

/// The speed of the rules over an analysed document: values, entities, quotations, coreference.
fn measure_rules(documents: &[AnnotatedDocument]) {
    let tokens: usize = documents
        .iter()
        .flat_map(|document| &document.sentences)
        .map(|sentence| sentence.tokens.len())
        .sum();
    let mut documents = documents.to_vec();
    let start = Instant::now();
    for document in &mut documents {
        factbase::text::reader::annotate(document);
    }
    let seconds = start.elapsed().as_secs_f64();
    println!("  rules over trees {:.0} tokens/s", tokens as f64 / seconds);
}
