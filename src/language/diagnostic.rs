//! What is wrong with a text: where, what was expected, what helps. Data first, and a plain
//! rendering for terminals.

use std::fmt::Write;

use unicode_normalization::char::is_combining_mark;

use super::advice;
use super::expectation::{Expectations, Part};
use super::parser::parse_statement;
use super::statements::statements;
use super::syntax::Span;
use super::token::{Invalidity, Token, TokenKind, next_token};
use crate::error::Error;

/// Something wrong with a script, and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of mistake it is.
    pub kind: DiagnosticKind,
    /// What is wrong, one sentence without a full stop.
    pub message: String,
    /// Where it is wrong; empty at the end of a statement that breaks off.
    pub span: Span,
    /// A second place that belongs to it, such as the bracket that is still open.
    pub related: Option<Related>,
    /// What to do about it, where something can be said.
    pub help: Option<String>,
}

/// What kind of mistake a text has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DiagnosticKind {
    /// The grammar does not allow it.
    Syntax,
    /// The grammar allows it and it means nothing.
    Meaning,
    /// It exceeds a limit.
    Limit,
}

/// A second place of a diagnostic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// The place.
    pub span: Span,
    /// What is there.
    pub message: String,
}

/// A place for people: lines and columns from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
}

impl Place {
    /// The place of a byte offset.
    #[must_use]
    pub fn of(source: &str, offset: usize) -> Self {
        let before = source.get(..offset.min(source.len())).unwrap_or(source);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = before.bytes().filter(|&byte| byte == b'\n').count() + 1;
        let column = before.get(line_start..).unwrap_or_default().chars().count() + 1;
        Self { line, column }
    }
}

impl Diagnostic {
    pub(super) fn new(kind: DiagnosticKind, message: impl Into<String>, span: Span) -> Self {
        Self {
            kind,
            message: message.into(),
            span,
            related: None,
            help: None,
        }
    }

    #[must_use]
    pub(super) fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// A token in the wrong place, or the end of a statement too early.
    pub(super) fn syntax(
        source: &str,
        statement: Span,
        token: Token,
        expectations: Expectations,
    ) -> Self {
        let message = match token.kind {
            TokenKind::Invalid(why) => invalid(token.span.text(source), why),
            _ => {
                let expected = alternatives(&expectations.in_words());
                format!("expected {expected}, found {}", found(source, token))
            }
        };
        let mut diagnostic = Self::new(DiagnosticKind::Syntax, message, token.span);
        let scene = advice::Scene::new(source, statement, token, expectations);
        if let Some(first) = scene.wrong_beginning() {
            diagnostic.message = format!("no statement begins with `{}`", first.span.text(source));
            diagnostic.span = first.span;
        }
        diagnostic.help = scene.advice();
        diagnostic.related = scene.open_bracket().filter(|_| {
            let closing = [Part::RightBrace, Part::RightBracket, Part::RightParenthesis];
            closing.into_iter().any(|part| expectations.has(part))
        });
        diagnostic
    }

    /// The diagnostic as an error of the library.
    #[must_use]
    pub fn to_error(&self) -> Error {
        Error::Query {
            message: self.message.clone(),
            span: Some((self.span.start, self.span.end)),
            help: self.help.clone(),
        }
    }

    /// The diagnostic for a terminal: message, line with carets, help. With `is_coloured` it has
    /// ANSI colours.
    ///
    /// ```
    /// use factbase::language::parse;
    ///
    /// let source = "find ?who ?prize where ?who win ?prize";
    /// let text = parse(source).diagnostics[0].render(source, false);
    /// assert!(text.starts_with("error: expected `,`"), "{text}");
    /// assert!(text.contains("line 1, column 11"), "{text}");
    /// ```
    #[must_use]
    pub fn render(&self, source: &str, is_coloured: bool) -> String {
        let paint = Paint { is_coloured };
        let mut text = format!("{}: {}\n", paint.red("error"), paint.bold(&self.message));
        excerpt(&mut text, source, self.span, &paint);
        if let Some(Related { span, message }) = &self.related {
            let Place { line, column } = Place::of(source, span.start);
            let note = paint.blue("= note:");
            let _ = writeln!(text, "  {note} {message}: line {line}, column {column}");
        }
        if let Some(help) = &self.help {
            let _ = writeln!(text, "  {} {help}", paint.blue("= help:"));
        }
        text
    }
}

/// Whether a text can run: what a prompt asks when Enter is pressed.
#[derive(Clone, Debug, PartialEq)]
pub enum Completeness {
    /// Every statement can run, or there is none.
    Complete,
    /// The last statement breaks off; more lines may complete it.
    Incomplete,
    /// No further lines can mend it.
    Invalid(Vec<Diagnostic>),
}

/// Decides whether a text is complete, breaks off, or is wrong.
///
/// ```
/// use factbase::language::{Completeness, completeness};
///
/// assert_eq!(completeness("?who win ?prize"), Completeness::Complete);
/// assert_eq!(completeness("find ?who where"), Completeness::Incomplete);
/// assert!(matches!(completeness("find where"), Completeness::Invalid(_)));
/// ```
#[must_use]
pub fn completeness(source: &str) -> Completeness {
    let mut wrong = Vec::new();
    let mut breaks_off = false;
    for span in statements(source) {
        let (_, diagnostics) = parse_statement(source, span);
        let ends_text = next_token(source, span.end).kind == TokenKind::End;
        breaks_off = ends_text
            && diagnostics.iter().any(|diagnostic| {
                diagnostic.kind == DiagnosticKind::Syntax && diagnostic.span.start >= span.end
            });
        if !breaks_off {
            wrong.extend(diagnostics);
        }
    }
    match (wrong.is_empty(), breaks_off) {
        (false, _) => Completeness::Invalid(wrong),
        (true, true) => Completeness::Incomplete,
        (true, false) => Completeness::Complete,
    }
}

/// What an invalid token is.
fn invalid(text: &str, why: Invalidity) -> String {
    match why {
        Invalidity::Character => format!("`{text}` means nothing here"),
        Invalidity::UnclosedText => "the text that begins here has no closing quote".to_owned(),
        Invalidity::Escape => "the text has a backslash with no meaning".to_owned(),
        Invalidity::Joined => format!("`{text}` is neither a number nor a word"),
        Invalidity::Time => format!("`{text}` is not a date or a time"),
        Invalidity::Nameless => format!("`{text}` has no name"),
    }
}

/// How a message calls the token that was found.
fn found(source: &str, token: Token) -> String {
    match token.kind {
        TokenKind::End => match next_token(source, token.span.start).kind {
            TokenKind::Semicolon => "`;`".to_owned(),
            TokenKind::End => "the end of the text".to_owned(),
            _ => "the end of the statement".to_owned(),
        },
        TokenKind::Keyword(keyword) => format!("the keyword `{}`", keyword.word()),
        _ => {
            /// A longer token is cut, in characters.
            const LONGEST: usize = 30;
            let text = token.span.text(source);
            match text.char_indices().nth(LONGEST) {
                Some((end, _)) => format!("`{}…`", text.get(..end).unwrap_or(text)),
                None => format!("`{text}`"),
            }
        }
    }
}

/// "a, b or c"
fn alternatives(words: &[String]) -> String {
    match words {
        [] => "something else".to_owned(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

/// Colours, or none.
struct Paint {
    is_coloured: bool,
}

impl Paint {
    fn paint(&self, text: &str, code: &str) -> String {
        if self.is_coloured {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }

    fn red(&self, text: &str) -> String {
        self.paint(text, "1;31")
    }

    fn blue(&self, text: &str) -> String {
        self.paint(text, "1;34")
    }

    fn bold(&self, text: &str) -> String {
        self.paint(text, "1")
    }
}

/// A longer line is cut around the place, in characters.
const LONGEST_LINE: usize = 120;

/// Writes the line of a place with carets below it.
fn excerpt(text: &mut String, source: &str, span: Span, paint: &Paint) {
    let place = Place::of(source, span.start);
    let line = source.lines().nth(place.line - 1).unwrap_or_default();
    // A long line is shown from a little before the place.
    let skipped = if line.chars().count() > LONGEST_LINE {
        (place.column - 1).saturating_sub(LONGEST_LINE / 3)
    } else {
        0
    };
    let shown: String = line.chars().skip(skipped).take(LONGEST_LINE).collect();
    let before: String = line.chars().take(place.column - 1).skip(skipped).collect();
    let padding: String = before.chars().flat_map(blank).collect();
    let marked = span.text(source).lines().next().unwrap_or_default();
    let room = shown.chars().skip(before.chars().count());
    let width: usize = marked
        .chars()
        .zip(room)
        .map(|(character, _)| width(character))
        .sum::<usize>()
        .max(1);
    let number = place.line.to_string();
    let gutter = " ".repeat(number.len());
    let bar = paint.blue("|");
    let arrow = paint.blue("-->");
    let _ = writeln!(
        text,
        "{gutter}{arrow} line {}, column {}",
        place.line, place.column
    );
    let _ = writeln!(text, "{} {bar} {shown}", paint.blue(&number));
    let carets = paint.red(&"^".repeat(width));
    let _ = writeln!(text, "{gutter} {bar} {padding}{carets}");
}

/// Blank space as wide as a character; a tab stays one.
fn blank(character: char) -> impl Iterator<Item = char> {
    let (filling, count) = if character == '\t' {
        ('\t', 1)
    } else {
        (' ', width(character))
    };
    std::iter::repeat_n(filling, count)
}

/// How many columns of a terminal a character takes. East Asian wide characters take two,
/// combining marks none (the ranges of Unicode's East Asian Width, in blocks).
fn width(character: char) -> usize {
    match u32::from(character) {
        0x1100..=0x115f
        | 0x2e80..=0xa4cf
        | 0xac00..=0xd7a3
        | 0xf900..=0xfaff
        | 0xfe30..=0xfe6f
        | 0xff00..=0xff60
        | 0xffe0..=0xffe6
        | 0x1f300..=0x1faff
        | 0x20000..=0x3fffd => 2,
        _ if is_combining_mark(character) => 0,
        _ => 1,
    }
}

#[cfg(test)]
mod tests;
