//! `extract` and `annotate`: what a document says and how it is read, without a store.

use std::io::{BufWriter, Write};
use std::path::PathBuf;

use factbase::extraction::sentence_rows;
use factbase::text::document::AnnotatedDocument;
use factbase::text::{conllu, json};
use factbase::{EnglishReader, Error, Extractor};

use crate::args::Given;
use crate::failure::Failure;
use crate::ingest::{self, Documents, Settings};
use crate::session::read_script;

/// The file a command reads; standard input where none is named.
fn path(given: &Given) -> PathBuf {
    given.path("FILE").unwrap_or_else(|| "-".into())
}

/// `factbase extract FILE`
///
/// # Errors
///
/// A file that cannot be read.
pub(crate) fn extract(given: &Given) -> Result<(), Failure> {
    let reader = ingest::english(given)?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    if given.text("format") == Some("openie") {
        return for_each_annotated(given, &reader, |document| {
            for row in sentence_rows(document) {
                let line = serde_json::to_string(&row).map_err(std::io::Error::other)?;
                writeln!(out, "{line}")?;
            }
            Ok(out.flush()?)
        });
    }
    if given.has("sentences") || given.has("pretokenized") {
        return for_each_annotated(given, &reader.with_second_reading()?, |document| {
            let extractor = factbase::EnglishExtractor;
            for fact in factbase::extraction::Extractor::extract(&extractor, document) {
                writeln!(out, "{}", fact.to_json())?;
            }
            Ok(out.flush()?)
        });
    }
    for document in Documents::new(vec![path(given)], Settings::of(given)?) {
        let document = document?;
        let mut stopped = None;
        let read = reader.read_parts(&document, &mut |mut reading| {
            let written = reading.facts.iter_mut().try_for_each(|fact| {
                for evidence in &mut fact.evidence {
                    document.name().clone_into(&mut evidence.document);
                }
                writeln!(out, "{}", fact.to_json())
            });
            written.map_err(|error| {
                let action = "cannot write".to_owned();
                let kind = error.kind();
                stopped = Some(error);
                let source = kind.into();
                Error::Io { action, source }
            })
        });
        match stopped {
            Some(error) => return Err(error.into()),
            None => read?,
        }
    }
    Ok(out.flush()?)
}

/// `factbase annotate FILE`
///
/// # Errors
///
/// A file that cannot be read.
pub(crate) fn annotate(given: &Given) -> Result<(), Failure> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    let is_json = given.text("format") == Some("json");
    let name = path(given).display().to_string();
    for_each_annotated(given, &ingest::english(given)?, |document| {
        if is_json {
            writeln!(out, "{}", json::write(document, &name))?;
        } else {
            out.write_all(conllu::write(document, &name).as_bytes())?;
        }
        Ok(out.flush()?)
    })
}

/// Hands over the analysed documents of the input, in the form the flags say; long ones in parts.
fn for_each_annotated(
    given: &Given,
    reader: &EnglishReader,
    mut take: impl FnMut(&AnnotatedDocument) -> Result<(), Failure>,
) -> Result<(), Failure> {
    if given.has("pretokenized") {
        let text = read_script(&path(given))?;
        if !is_conllu(&text) {
            return take(&reader.annotate_pretokenized(&text));
        }
        for mut document in conllu::read(&text)? {
            reader.complete(&mut document);
            take(&document)?;
        }
        return Ok(());
    }
    if given.has("sentences") {
        let text = read_script(&path(given))?;
        return take(&reader.annotate_sentences(&text));
    }
    for document in Documents::new(vec![path(given)], Settings::of(given)?) {
        reader
            .annotate_parts(&document?)
            .try_for_each(|part| take(&part))?;
    }
    Ok(())
}

/// Whether a text is CoNLL-U: comments or lines of ten columns.
fn is_conllu(text: &str) -> bool {
    let first = text.lines().find(|line| !line.trim().is_empty());
    first.is_some_and(|line| line.starts_with("# ") || line.split('\t').count() == 10)
}
