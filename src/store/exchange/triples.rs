//! N-Triples (<https://www.w3.org/TR/n-triples/>): an IRI is a name, a number or date of XML
//! Schema is a value, every other literal is a text.
//!
//! Most lines of real files have no escapes; those are cut by hand without copying anything. All
//! others, and all that is wrong, go to the full parser, which also words the error.

use std::borrow::Cow;
use std::io::{BufRead, Write};

use oxrdf::{Literal, NamedNode, NamedOrBlankNode, Term as RdfTerm, Triple};
use oxttl::{NTriplesParser, NTriplesSerializer};

use crate::error::{Error, Result};
use crate::fact::{Content, Fact};
use crate::value::{Moment, Number, Time, Value};

/// The longest line that is read, in bytes: a literal of a whole book fits, a file without line
/// ends does not fill the memory.
const LONGEST_LINE: usize = 64 << 20;

const SCHEMA: &str = "http://www.w3.org/2001/XMLSchema#";

/// A subject, predicate or object, borrowed from the line where that is possible.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum TripleTerm<'a> {
    /// An IRI, or a blank node with its `_:`.
    Name(Cow<'a, str>),
    /// A literal without a value of its own.
    Text(Cow<'a, str>),
    /// A number, a time, a truth value.
    Value(Value),
}

/// Reads a stream line by line and hands out its triples.
///
/// # Errors
///
/// [`Error::Input`] with the line, if the stream is no N-Triples; what `each` returns.
pub(crate) fn read(
    mut input: impl BufRead,
    source: &str,
    mut each: impl FnMut([TripleTerm<'_>; 3]) -> Result<()>,
) -> Result<()> {
    let mut buffer = Vec::new();
    let mut number = 0_u64;
    loop {
        number += 1;
        buffer.clear();
        let length = read_line(&mut input, &mut buffer, source)?;
        if length == 0 {
            return Ok(());
        }
        let place = || format!("{source}, line {number}");
        let line = std::str::from_utf8(&buffer)
            .map_err(|_| Error::input(place(), "the line is not UTF-8"))?;
        match cut(line) {
            Some(triple) => each(triple)?,
            None => read_fully(line, &place, &mut each)?,
        }
    }
}

/// Reads up to and including a line end; 0 at the end of the stream.
fn read_line(input: &mut impl BufRead, buffer: &mut Vec<u8>, name: &str) -> Result<usize> {
    loop {
        let available = input.fill_buf().map_err(|source| Error::Io {
            action: format!("cannot read {name}"),
            source,
        })?;
        if available.is_empty() {
            return Ok(buffer.len());
        }
        let end = available.iter().position(|&byte| byte == b'\n');
        let taken = end.map_or(available.len(), |place| place + 1);
        buffer.extend_from_slice(available.get(..taken).unwrap_or_default());
        input.consume(taken);
        if end.is_some() {
            return Ok(buffer.len());
        }
        if buffer.len() > LONGEST_LINE {
            return Err(Error::input(name, "a line is longer than 64 MB"));
        }
    }
}

/// The fast path: `<iri> <iri> <iri or plain literal> .` without escapes; `None` for the rest.
fn cut(line: &str) -> Option<[TripleTerm<'_>; 3]> {
    let (subject, rest) = cut_iri(line)?;
    let (predicate, rest) = cut_iri(rest.strip_prefix(' ')?)?;
    let rest = rest.strip_prefix(' ')?;
    let (object, rest) = match rest.strip_prefix('"') {
        None => {
            let (iri, rest) = cut_iri(rest)?;
            (name(Cow::Borrowed(iri)), rest)
        }
        Some(literal) => {
            let end = literal
                .bytes()
                .position(|byte| matches!(byte, b'"' | b'\\' | b'\n' | b'\r'))?;
            let (text, rest) = literal.split_at_checked(end)?;
            let rest = rest.strip_prefix('"')?;
            match rest.strip_prefix("^^") {
                Some(kind) => {
                    let (kind, rest) = cut_iri(kind)?;
                    (literal_term(Cow::Borrowed(text), kind), rest)
                }
                None => (TripleTerm::Text(Cow::Borrowed(text)), rest),
            }
        }
    };
    matches!(rest, " .\n" | " ." | " .\r\n").then_some([
        name(Cow::Borrowed(subject)),
        name(Cow::Borrowed(predicate)),
        object,
    ])
}

/// An IRI as a name; those that [`write`] made of names become what they were.
fn name(iri: Cow<'_, str>) -> TripleTerm<'_> {
    match iri.strip_prefix(NAMES).and_then(decoded) {
        Some(name) => TripleTerm::Name(Cow::Owned(name)),
        None => TripleTerm::Name(iri),
    }
}

/// Undoes percent-encoding.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((plain, coded)) = rest.split_once('%') {
        bytes.extend_from_slice(plain.as_bytes());
        let (digits, after) = coded.split_at_checked(2)?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        rest = after;
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8(bytes).ok()
}

/// Cuts `<…>` off; `None` where something in it needs a closer look.
fn cut_iri(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_prefix('<')?;
    let end = inner.bytes().position(|byte| {
        byte <= b' '
            || matches!(
                byte,
                b'>' | b'<' | b'"' | b'{' | b'}' | b'|' | b'^' | b'`' | b'\\'
            )
    })?;
    let (iri, rest) = inner.split_at_checked(end)?;
    // An absolute IRI begins with a scheme; others are refused by the full parser.
    let scheme = iri.bytes().position(|byte| byte == b':')?;
    let is_scheme = iri.bytes().take(scheme).enumerate().all(|(i, byte)| {
        byte.is_ascii_alphabetic()
            || (i > 0 && (byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.')))
    });
    (scheme > 0 && is_scheme).then_some((iri, rest.strip_prefix('>')?))
}

/// Any line: comments, blank nodes, escapes, language tags, mistakes.
fn read_fully(
    line: &str,
    place: &dyn Fn() -> String,
    each: &mut impl FnMut([TripleTerm<'_>; 3]) -> Result<()>,
) -> Result<()> {
    for triple in NTriplesParser::new().for_slice(line) {
        let triple = triple.map_err(|error| Error::input(place(), error.to_string()))?;
        let subject = match triple.subject {
            NamedOrBlankNode::NamedNode(node) => node.into_string(),
            NamedOrBlankNode::BlankNode(node) => node.to_string(),
        };
        let object = match triple.object {
            RdfTerm::NamedNode(node) => name(Cow::Owned(node.into_string())),
            RdfTerm::BlankNode(node) => TripleTerm::Name(Cow::Owned(node.to_string())),
            RdfTerm::Literal(literal) => {
                let kind = literal.datatype().as_str().to_owned();
                let (text, _, _) = literal.destruct();
                literal_term(Cow::Owned(text), &kind)
            }
        };
        each([
            name(Cow::Owned(subject)),
            name(Cow::Owned(triple.predicate.into_string())),
            object,
        ])?;
    }
    Ok(())
}

/// A literal by its type; one that does not fit its type is a text.
fn literal_term<'a>(text: Cow<'a, str>, kind: &str) -> TripleTerm<'a> {
    let value = match kind.strip_prefix(SCHEMA) {
        Some(
            "integer" | "int" | "long" | "short" | "byte" | "decimal" | "double" | "float"
            | "nonNegativeInteger" | "positiveInteger" | "negativeInteger" | "nonPositiveInteger"
            | "unsignedInt" | "unsignedLong" | "unsignedShort" | "unsignedByte",
        ) => read_number(&text).map(Value::Number),
        Some("date" | "dateTime" | "dateTimeStamp" | "gYear" | "gYearMonth") => {
            text.parse::<Time>().ok().map(Value::Time)
        }
        Some("boolean") => match text.as_ref() {
            "true" | "1" => Some(Value::Boolean(true)),
            "false" | "0" => Some(Value::Boolean(false)),
            _ => None,
        },
        _ => None,
    };
    value.map_or(TripleTerm::Text(text), TripleTerm::Value)
}

/// A number as XML Schema writes it; infinity and what is no number are texts.
fn read_number(text: &str) -> Option<Number> {
    let number: Number = text.strip_prefix('+').unwrap_or(text).parse().ok()?;
    number.as_f64().is_finite().then_some(number)
}

/// Where names that are no IRIs go: their characters percent-encoded behind this prefix.
const NAMES: &str = "urn:factbase:";

/// Writes a fact as triples: its object, and each qualifier under predicate and role.
///
/// # Errors
///
/// What the writer says.
pub(crate) fn write(fact: &Fact, out: &mut impl Write) -> std::io::Result<()> {
    let subject = match &fact.subject.content {
        Content::Entity { name, .. } | Content::Phrase { name } => resource(name),
        Content::Value(value) => resource(&value.to_string()),
    };
    let predicate = &fact.predicate.name;
    let mut triples = Vec::with_capacity(1 + fact.qualifiers.len());
    if let Some(object) = &fact.object {
        triples.push((resource(predicate), rdf_term(&object.content)));
    }
    for qualifier in &fact.qualifiers {
        let name = format!("{predicate}_{}", qualifier.role);
        triples.push((resource(&name), rdf_term(&qualifier.argument.content)));
    }
    let mut serializer = NTriplesSerializer::new().for_writer(out);
    for (predicate, object) in triples {
        let subject: NamedOrBlankNode = match name_of_blank(&fact.subject.content) {
            Some(blank) => blank.into(),
            None => subject.clone().into(),
        };
        serializer.serialize_triple(&Triple::new(subject, predicate, object))?;
    }
    Ok(())
}

fn name_of_blank(content: &Content) -> Option<oxrdf::BlankNode> {
    match content {
        Content::Entity { name, .. } | Content::Phrase { name } => {
            oxrdf::BlankNode::new(name.strip_prefix("_:")?).ok()
        }
        Content::Value(_) => None,
    }
}

fn rdf_term(content: &Content) -> RdfTerm {
    let typed = |text: String, kind: &str| {
        let kind = NamedNode::new_unchecked(format!("{SCHEMA}{kind}"));
        RdfTerm::Literal(Literal::new_typed_literal(text, kind))
    };
    match content {
        Content::Entity { name, .. } | Content::Phrase { name } => match name_of_blank(content) {
            Some(blank) => blank.into(),
            None => resource(name).into(),
        },
        Content::Value(value) => match value {
            Value::Boolean(truth) => typed(truth.to_string(), "boolean"),
            Value::Number(number) => match number.simplified() {
                Number::Integer(_) => typed(number.to_string(), "integer"),
                Number::Decimal(_) => typed(number.to_string(), "double"),
            },
            Value::Time(time @ Time::At(moment)) => match time_kind(moment) {
                Some(kind) => typed(time.to_string(), kind),
                None => RdfTerm::Literal(Literal::new_simple_literal(time.to_string())),
            },
            other => RdfTerm::Literal(Literal::new_simple_literal(other.to_string())),
        },
    }
}

fn time_kind(moment: &Moment) -> Option<&'static str> {
    moment.year?;
    Some(match (moment.month, moment.day, moment.second) {
        (None, None, None) => "gYear",
        (Some(_), None, None) => "gYearMonth",
        (Some(_), Some(_), None) => "date",
        (Some(_), Some(_), Some(_)) => "dateTime",
        _ => return None,
    })
}

/// The IRI of a name: itself where it is one.
fn resource(name: &str) -> NamedNode {
    if name.contains(':')
        && let Ok(node) = NamedNode::new(name)
    {
        return node;
    }
    let mut iri = NAMES.to_owned();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            iri.push(char::from(byte));
        } else {
            iri.push_str(&format!("%{byte:02X}"));
        }
    }
    NamedNode::new_unchecked(iri)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Result<Vec<[TripleTerm<'static>; 3]>> {
        let mut triples = Vec::new();
        read(text.as_bytes(), "test.nt", |triple| {
            triples.push(triple.map(|term| match term {
                TripleTerm::Name(name) => TripleTerm::Name(Cow::Owned(name.into_owned())),
                TripleTerm::Text(text) => TripleTerm::Text(Cow::Owned(text.into_owned())),
                TripleTerm::Value(value) => TripleTerm::Value(value),
            }));
            Ok(())
        })?;
        Ok(triples)
    }

    fn object(line: &str) -> TripleTerm<'static> {
        all(&format!("<a:b> <a:c> {line} .\n")).unwrap()[0][2].clone()
    }

    #[test]
    fn literals_have_the_value_of_their_type() {
        let schema = "http://www.w3.org/2001/XMLSchema#";
        for (line, expected) in [
            (format!("\"3\"^^<{schema}integer>"), Value::from(3)),
            (format!("\"2.5\"^^<{schema}decimal>"), Value::from(2.5)),
            (format!("\"true\"^^<{schema}boolean>"), Value::from(true)),
            (
                format!("\"2021-10-28\"^^<{schema}date>"),
                Value::parse("time", "2021-10-28").unwrap(),
            ),
        ] {
            assert_eq!(object(&line), TripleTerm::Value(expected), "{line}");
        }
        for (line, expected) in [
            ("\"x\"".to_owned(), "x"),
            ("\"x\"@en".to_owned(), "x"),
            ("\"a \\\"b\\\" \\u00E9\"".to_owned(), "a \"b\" é"),
            (format!("\"three\"^^<{schema}integer>"), "three"),
            ("\"x\"^^<http://example.org/unit>".to_owned(), "x"),
        ] {
            assert_eq!(object(&line), TripleTerm::Text(expected.into()), "{line}");
        }
    }

    #[test]
    fn names_comments_and_blank_nodes_are_read() {
        let text = "# a comment\n\n<a:b> <a:c> <a:d> . # and one more\n_:x <a:c> _:y .";
        let triples = all(text).unwrap();
        assert_eq!(triples[0][2], TripleTerm::Name("a:d".into()));
        assert_eq!(triples[1][0], TripleTerm::Name("_:x".into()));
        assert_eq!(triples[1][2], TripleTerm::Name("_:y".into()));
    }

    #[test]
    fn a_mistake_is_named_with_its_line() {
        for line in [
            "<a b> <a:c> <a:d> .",
            "<a:b> <a:c> .",
            "<a:b> <a:c> \"x .",
            "b c d",
        ] {
            let error = all(&format!("<a:b> <a:c> <a:d> .\n{line}\n")).unwrap_err();
            assert!(
                error.to_string().starts_with("test.nt, line 2: "),
                "{line}: {error}"
            );
        }
    }

    #[test]
    fn what_is_written_reads_back() {
        let fact = Fact::new("http://example.org/a", "born in", Value::from("a \"b\"\nc"));
        let mut out = Vec::new();
        write(&fact, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        let triples = all(&text).unwrap();
        assert_eq!(
            triples[0][0],
            TripleTerm::Name("http://example.org/a".into())
        );
        assert!(text.contains("<urn:factbase:born%20in>"), "{text}");
        assert_eq!(triples[0][1], TripleTerm::Name("born in".into()));
        assert_eq!(triples[0][2], TripleTerm::Text("a \"b\"\nc".into()));
    }
}
