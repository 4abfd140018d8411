//! `.why`: the facts behind a row, each with its sentence, document, date and speaker.

use std::collections::BTreeSet;
use std::io::Write;

use factbase::{DocumentRecord, Error, Evidence, Fact, Row, Snapshot, Span};

use crate::failure::Failure;
use crate::output::{Palette, Source};

/// The evidence behind a row, for the output formats.
///
/// # Errors
///
/// What the store says.
pub(crate) fn sources(row: &Row) -> Result<Vec<Source>, Error> {
    let snapshot = row.snapshot();
    let mut found = Vec::new();
    for fact in row.facts()? {
        let line = fact.to_string();
        // A fact may rest on two places of one sentence; the sentence is told once.
        let mut told = BTreeSet::new();
        for evidence in &fact.evidence {
            if !told.insert((&evidence.document, evidence.sentence, &evidence.text)) {
                continue;
            }
            let record = snapshot.document(&evidence.document)?;
            found.push(Source {
                fact: line.clone(),
                document: evidence.document.clone(),
                title: record.as_ref().and_then(|record| record.title.clone()),
                sentence: evidence.sentence,
                text: evidence.text.clone(),
                published: record.as_ref().and_then(published),
                speaker: fact.attribution.as_ref().map(|known| known.speaker.clone()),
                confidence: evidence.confidence,
            });
        }
    }
    Ok(found)
}

/// When a document was published.
fn published(record: &DocumentRecord) -> Option<String> {
    record.published.map(|time| time.to_string())
}

/// Writes everything that is known about why a row is there.
///
/// # Errors
///
/// What the store or the output says.
pub(crate) fn explain(row: &Row, palette: Palette, out: &mut dyn Write) -> Result<(), Failure> {
    let facts = row.facts()?;
    let proof = row.proof()?;
    if facts.is_empty() && proof.is_none() {
        writeln!(
            out,
            "no single fact is behind this row: it was computed from many"
        )?;
        return Ok(());
    }
    if let Some(proof) = proof {
        writeln!(out, "{}", proof.trim_end())?;
    }
    for fact in &facts {
        write_fact(row.snapshot(), fact, palette, out)?;
    }
    Ok(())
}

/// Writes a fact with all its evidence.
pub(crate) fn write_fact(
    snapshot: &Snapshot,
    fact: &Fact,
    palette: Palette,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    writeln!(out, "{}", palette.strong(&fact.to_string()))?;
    if fact.evidence.is_empty() {
        writeln!(out, "    {}", palette.faint("asserted without a source"))?;
    }
    for evidence in &fact.evidence {
        if !evidence.text.is_empty() {
            writeln!(out, "    “{}”", underlined(evidence, palette))?;
        }
        let record = snapshot.document(&evidence.document)?;
        let mut origin = vec![evidence.document.clone()];
        if let Some(title) = record.as_ref().and_then(|record| record.title.as_ref()) {
            origin.insert(0, format!("“{title}”"));
        }
        if let Some(number) = evidence.sentence {
            origin.push(format!("sentence {}", number + 1));
        }
        if let Some(date) = record.as_ref().and_then(published) {
            origin.push(date);
        }
        if let Some(known) = &fact.attribution {
            let verb = if known.verb.is_empty() {
                "said by"
            } else {
                known.verb.as_str()
            };
            origin.push(format!("{}: {verb}", known.speaker));
        }
        origin.push(format!("confidence {:.2}", evidence.confidence));
        writeln!(out, "    {}", palette.faint(&origin.join(" · ")))?;
    }
    Ok(())
}

/// The sentence with the words of the fact underlined, where colours are shown.
fn underlined(evidence: &Evidence, palette: Palette) -> String {
    let mut spans: Vec<Span> = [evidence.subject, evidence.predicate, evidence.object]
        .into_iter()
        .flatten()
        .collect();
    spans.sort_unstable_by_key(|span| (span.start, span.end));
    let mut shown = String::new();
    let mut done = evidence.span.start;
    let text = |start: u32, end: u32| {
        let start = start.saturating_sub(evidence.span.start) as usize;
        let end = end.saturating_sub(evidence.span.start) as usize;
        evidence.text.get(start..end).unwrap_or_default()
    };
    for span in spans {
        let start = span.start.max(done);
        if span.end <= start || text(start, span.end).is_empty() {
            continue;
        }
        shown.push_str(text(done, start));
        if palette.is_colored() {
            shown.push_str(&palette.underlined(text(start, span.end)));
        } else {
            shown.push_str(text(start, span.end));
        }
        done = span.end;
    }
    let rest = done.saturating_sub(evidence.span.start) as usize;
    shown.push_str(evidence.text.get(rest..).unwrap_or_default());
    shown.replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_a_fact_are_underlined_wherever_they_stand() {
        let mut evidence = Evidence::document_only("a.txt");
        evidence.text = "Ada wrote notes.".to_owned();
        evidence.span = Span::new(10, 26);
        evidence.subject = Some(Span::new(10, 13));
        evidence.object = Some(Span::new(20, 25));
        let colored = crate::output::ColorChoice::Always.palette(false);
        let expected = "\u{1b}[4mAda\u{1b}[0m wrote \u{1b}[4mnotes\u{1b}[0m.";
        assert_eq!(underlined(&evidence, colored), expected);
        assert_eq!(underlined(&evidence, Palette::PLAIN), evidence.text);
        evidence.subject = Some(Span::new(0, 99));
        assert_eq!(underlined(&evidence, Palette::PLAIN), evidence.text);
    }
    #[test]
    fn a_sentence_is_told_once_where_a_fact_stands_in_it_twice() {
        let store = factbase::Store::in_memory().unwrap();
        let mut evidence = Evidence::document_only("a.txt");
        evidence.text = "Ada met Eva and Eva.".to_owned();
        evidence.sentence = Some(0);
        let mut fact = Fact::new("Ada", "meet", "Eva");
        for (start, sentence) in [(8, 0), (16, 0), (8, 1)] {
            evidence.object = Some(Span::new(start, start + 3));
            evidence.sentence = Some(sentence);
            fact.evidence.push(evidence.clone());
        }
        let mut batch = store.batch();
        batch.assert(fact);
        batch.commit().unwrap();
        let row = store.query("Ada meet ?who").unwrap().next().unwrap();
        let told = sources(&row.unwrap()).unwrap();
        let sentences: Vec<_> = told.iter().map(|source| source.sentence).collect();
        assert_eq!(sentences, [Some(0), Some(1)]);
    }
}
