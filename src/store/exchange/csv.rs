//! A table of facts, one a line, for spreadsheets. It keeps the main things; the export that
//! keeps all is JSON lines.

use std::io::{Read, Write};

use crate::error::{Error, Result};
use crate::fact::{Argument, Content, EntityKind, Fact};
use crate::value::Value;

/// The columns. Those an import does not find are empty.
const COLUMNS: [&str; 15] = [
    "subject",
    "subject_kind",
    "predicate",
    "object",
    "object_kind",
    "qualifiers",
    "negated",
    "modality",
    "speaker",
    "confidence",
    "derived",
    "weak",
    "document",
    "sentence",
    "text",
];

/// Writes facts as lines of a table.
pub(crate) struct Writer<W: Write> {
    inner: csv::Writer<W>,
}

fn failed(error: csv::Error) -> Error {
    Error::Io {
        action: "cannot write the export".to_owned(),
        source: error.into(),
    }
}

impl<W: Write> Writer<W> {
    /// Begins with the line of names.
    pub(crate) fn new(out: W) -> Result<Self> {
        let mut inner = csv::Writer::from_writer(out);
        inner.write_record(COLUMNS).map_err(failed)?;
        Ok(Self { inner })
    }

    /// Writes a fact with its best evidence, and whether it is weak in its store.
    pub(crate) fn write(&mut self, fact: &Fact, weak: bool) -> Result<()> {
        let best = fact
            .evidence
            .iter()
            .max_by(|a, b| a.confidence.total_cmp(&b.confidence));
        let qualifiers: Vec<String> = fact
            .qualifiers
            .iter()
            .map(|known| format!("{}={}", known.role, known.argument))
            .collect();
        let object = fact.object.as_ref();
        let speaker = fact.attribution.as_ref();
        let number = best.and_then(|best| best.sentence);
        let record = [
            fact.subject.to_string(),
            fact.subject.kind().to_owned(),
            fact.predicate.name.clone(),
            object.map_or_else(String::new, ToString::to_string),
            object.map_or("", Argument::kind).to_owned(),
            qualifiers.join("; "),
            fact.negated.to_string(),
            fact.modality.to_string(),
            speaker.map_or_else(String::new, |known| known.speaker.clone()),
            fact.confidence.to_string(),
            fact.derived.to_string(),
            weak.to_string(),
            best.map_or_else(String::new, |best| best.document.clone()),
            number.map_or_else(String::new, |number| number.to_string()),
            best.map_or_else(String::new, |best| best.text.clone()),
        ];
        self.inner.write_record(record).map_err(failed)
    }

    /// Writes what is buffered.
    pub(crate) fn finish(mut self) -> Result<()> {
        self.inner.flush().map_err(|error| failed(error.into()))
    }
}

/// Reads a table with a line of names; it needs `subject` and `predicate`.
pub(crate) fn read<R: Read>(input: R, name: &str) -> impl Iterator<Item = Result<Fact>> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(input);
    let columns = match reader.headers() {
        Ok(headers) => Columns::of(headers, name),
        Err(error) => Err(wrong(name, &error)),
    };
    let (columns, problem) = match columns {
        Ok(columns) => (Some(columns), None),
        Err(error) => (None, Some(Err(error))),
    };
    let name = name.to_owned();
    let facts = columns.map(|columns| {
        reader.into_records().map(move |record| {
            let record = record.map_err(|error| wrong(&name, &error))?;
            let line = record.position().map_or(0, csv::Position::line);
            columns.read(&record, &format!("{name}, line {line}"))
        })
    });
    problem.into_iter().chain(facts.into_iter().flatten())
}

fn wrong(name: &str, error: &csv::Error) -> Error {
    let line = error.position().map_or(0, csv::Position::line);
    Error::input(format!("{name}, line {line}"), error.to_string())
}

/// Where each column stands.
struct Columns {
    places: [Option<usize>; COLUMNS.len()],
}

impl Columns {
    fn of(headers: &csv::StringRecord, name: &str) -> Result<Self> {
        let find = |column| headers.iter().position(|header| header.trim() == column);
        let columns = Self {
            places: COLUMNS.map(find),
        };
        for column in ["subject", "predicate"] {
            if find(column).is_none() {
                return Err(Error::input(
                    format!("{name}, line 1"),
                    format!("no column {column:?}"),
                )
                .with_help(format!("the columns are {}", COLUMNS.join(", "))));
            }
        }
        Ok(columns)
    }

    fn field<'a>(&self, record: &'a csv::StringRecord, column: &str) -> &'a str {
        let place = COLUMNS.iter().position(|known| *known == column);
        let place = place.and_then(|place| self.places.get(place).copied().flatten());
        place.and_then(|place| record.get(place)).unwrap_or("")
    }

    fn read(&self, record: &csv::StringRecord, place: &str) -> Result<Fact> {
        let field = |column| self.field(record, column);
        let (subject, predicate) = (field("subject"), field("predicate"));
        if subject.is_empty() || predicate.is_empty() {
            return Err(Error::input(
                place,
                "a fact needs a subject and a predicate",
            ));
        }
        let mut fact = Fact::without_object(
            argument(subject, field("subject_kind"), place)?,
            predicate.to_owned(),
        );
        if !field("object").is_empty() {
            fact.object = Some(argument(field("object"), field("object_kind"), place)?);
        }
        for known in field("qualifiers").split("; ") {
            if let Some((role, text)) = known.split_once('=') {
                let value = crate::store::value_from_text(text);
                fact = match value {
                    Value::Text(name) => fact.with_qualifier(role, name),
                    value => fact.with_qualifier(role, value),
                };
            }
        }
        fact.negated = field("negated") == "true";
        fact.derived = field("derived") == "true";
        if !field("modality").is_empty() {
            fact.modality = field("modality").parse()?;
        }
        if let Ok(confidence) = field("confidence").parse::<f32>() {
            fact.confidence = confidence.clamp(0.0, 1.0);
        }
        if !field("speaker").is_empty() {
            fact = fact.with_speaker(field("speaker"));
        }
        if !field("document").is_empty() {
            fact = fact.with_document(field("document"));
            let confidence = fact.confidence;
            if let Some(evidence) = fact.evidence.last_mut() {
                evidence.sentence = field("sentence").parse().ok();
                field("text").clone_into(&mut evidence.text);
                evidence.confidence = confidence;
            }
        }
        Ok(fact)
    }
}

/// An argument of a kind; without one, what a person types.
fn argument(text: &str, kind: &str, place: &str) -> Result<Argument> {
    let content = match kind {
        "phrase" => Content::Phrase {
            name: text.to_owned(),
        },
        "" => match crate::store::value_from_text(text) {
            Value::Text(name) => Content::Entity {
                name,
                kind: EntityKind::Other,
            },
            value => Content::Value(value),
        },
        "text" | "number" | "quantity" | "money" | "time" | "boolean" => {
            let value = Value::parse(kind, text);
            Content::Value(
                value.ok_or_else(|| Error::input(place, format!("{text:?} is no {kind}")))?,
            )
        }
        kind => Content::Entity {
            name: text.to_owned(),
            kind: kind.parse()?,
        },
    };
    let mut argument = Argument {
        text: String::new(),
        content,
    };
    argument.text = argument.to_string();
    Ok(argument)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_written_table_reads_back() {
        let fact = Fact::new("Ada Lovelace", "write", Value::from("a, \"b\"\nc"))
            .with_qualifier("when", Value::parse("time", "1843-10").unwrap())
            .with_speaker("Charles Babbage")
            .with_document("notes.txt");
        let mut table = Vec::new();
        let mut writer = Writer::new(&mut table).unwrap();
        writer.write(&fact, false).unwrap();
        writer.finish().unwrap();
        let read: Vec<Fact> = read(table.as_slice(), "test.csv")
            .map(Result::unwrap)
            .collect();
        assert_eq!(read, [fact]);
    }

    #[test]
    fn a_table_needs_only_subject_and_predicate() {
        let table = "predicate,subject,object\nborn_in,Ada,London\nborn_on,Ada,1815-12-10\n";
        let facts: Vec<Fact> = read(table.as_bytes(), "t.csv")
            .map(Result::unwrap)
            .collect();
        assert_eq!(facts[0], Fact::new("Ada", "born_in", "London"));
        assert_eq!(facts[1].object.as_ref().unwrap().kind(), "time");
    }

    #[test]
    fn a_mistake_is_named_with_its_line() {
        for (table, expected) in [
            ("object\nx\n", "t.csv, line 1: no column \"subject\""),
            ("subject,predicate\nAda,\n", "t.csv, line 2: "),
            (
                "subject,predicate,object,object_kind\na,b,x,number\n",
                "t.csv, line 2: \"x\"",
            ),
        ] {
            let error = read(table.as_bytes(), "t.csv")
                .find_map(Result::err)
                .unwrap();
            assert!(error.to_string().starts_with(expected), "{error}");
        }
    }
}
