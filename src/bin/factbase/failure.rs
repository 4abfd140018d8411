//! What went wrong, as the user sees it, and the exit status it means.

use std::fmt::Write as _;
use std::io;
use std::process::ExitCode;

use factbase::Error;
use factbase::language::{Diagnostic, DiagnosticKind, Span};

use crate::output::Palette;

/// A statement failed, or a document was skipped.
pub(crate) const FAILED: u8 = 1;
/// Wrong usage.
pub(crate) const USAGE: u8 = 2;
/// The store is missing, in use or damaged.
pub(crate) const STORE: u8 = 3;
/// No statement gave a row, and the user wants to know.
pub(crate) const EMPTY: u8 = 4;
/// Interrupted by the user.
pub(crate) const INTERRUPTED: u8 = 130;

/// Why the program ends before it is done.
#[derive(Debug)]
pub(crate) enum Failure {
    /// An error of the library.
    Library {
        /// The error.
        error: Box<Error>,
        /// The script it is about.
        text: Option<String>,
        /// The file of the script.
        file: Option<String>,
    },
    /// A statement that cannot be read.
    Statement {
        /// What is wrong, and where.
        diagnostic: Box<Diagnostic>,
        /// The script.
        text: String,
        /// The file of the script.
        file: Option<String>,
    },
    /// The command line is wrong.
    Usage(String),
    /// A dot-command cannot do what it was asked.
    Command(String),
    /// Everything was said already; only the status is left.
    Silent(u8),
    /// Nobody reads the output any more, which is a way to say "enough".
    BrokenPipe,
}

impl Failure {
    /// An error about a part of a script.
    pub(crate) fn in_text(error: Error, text: &str) -> Self {
        Self::from(error).with_text(text)
    }

    /// The same, where it is about a part of a script.
    pub(crate) fn with_text(mut self, script: &str) -> Self {
        if let Self::Library { error, text, .. } = &mut self
            && matches!(**error, Error::Query { .. })
        {
            *text = Some(script.to_owned());
        }
        self
    }

    /// The same, with the file of the script.
    pub(crate) fn in_file(mut self, name: Option<&str>) -> Self {
        if let Self::Library { file, .. } | Self::Statement { file, .. } = &mut self {
            *file = name.map(str::to_owned);
        }
        self
    }

    /// The exit status.
    pub(crate) fn status(&self) -> u8 {
        match self {
            Self::Usage(_) => USAGE,
            Self::Silent(status) => *status,
            Self::BrokenPipe => 0,
            Self::Statement { .. } | Self::Command(_) => FAILED,
            Self::Library { error, .. } => match **error {
                Error::Missing { .. }
                | Error::InUse { .. }
                | Error::Damaged { .. }
                | Error::NewerFormat { .. } => STORE,
                Error::Cancelled => INTERRUPTED,
                _ => FAILED,
            },
        }
    }

    /// Writes the message to standard error and gives the exit code.
    pub(crate) fn report(&self, palette: Palette) -> ExitCode {
        let message = self.render(palette);
        if !message.is_empty() {
            eprint!("{message}");
        }
        ExitCode::from(self.status())
    }

    /// The message, with the line, a caret and the help.
    pub(crate) fn render(&self, palette: Palette) -> String {
        match self {
            Self::Silent(_) | Self::BrokenPipe => String::new(),
            Self::Usage(message) => {
                let head = palette.error("error:");
                format!("{head} {message}\n\nTry 'factbase --help'.\n")
            }
            Self::Command(message) => format!("{} {message}\n", palette.error("error:")),
            Self::Library { error, text, file } => in_file(
                render_error(error, text.as_deref(), palette),
                file.as_deref(),
            ),
            Self::Statement {
                diagnostic,
                text,
                file,
            } => in_file(
                diagnostic.render(text, palette.is_colored()),
                file.as_deref(),
            ),
        }
    }
}

/// A message with the file it is about before its place.
fn in_file(message: String, file: Option<&str>) -> String {
    match file {
        Some(file) if message.contains("--> ") => {
            message.replacen("--> ", &format!("--> {file}, "), 1)
        }
        Some(file) if file != "-" => format!("{file}: {message}"),
        _ => message,
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::Io { ref source, .. } if source.kind() == io::ErrorKind::BrokenPipe => {
                Self::BrokenPipe
            }
            error => Self::Library {
                error: Box::new(error),
                text: None,
                file: None,
            },
        }
    }
}

impl From<io::Error> for Failure {
    fn from(source: io::Error) -> Self {
        Error::Io {
            action: "cannot write the output".to_owned(),
            source,
        }
        .into()
    }
}

/// An error with its help, and its place where it has one in a text.
pub(crate) fn render_error(error: &Error, text: Option<&str>, palette: Palette) -> String {
    if let (
        Error::Query {
            message,
            span: Some((start, end)),
            help,
        },
        Some(text),
    ) = (error, text)
    {
        let diagnostic = Diagnostic {
            kind: DiagnosticKind::Meaning,
            message: message.clone(),
            span: Span::new(*start, *end),
            related: None,
            help: help.clone(),
        };
        return diagnostic.render(text, palette.is_colored());
    }
    let mut out = format!("{} {error}\n", palette.error("error:"));
    let mut head = palette.help("  = help:");
    for line in error.help().unwrap_or_default().lines() {
        let _ = writeln!(out, "{head} {line}");
        head = "         ".to_owned();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_of_a_query_shows_its_line_a_caret_and_the_help() {
        let error = Error::Query {
            message: "nothing is called Marie Cury".into(),
            span: Some((14, 26)),
            help: Some("did you mean Marie Curie?".into()),
        };
        let text = "?x win ?y;\n?x \"Marie Cury\" ?y";
        let shown = render_error(&error, Some(text), Palette::PLAIN);
        assert!(
            shown.starts_with("error: nothing is called Marie Cury\n"),
            "{shown}"
        );
        assert!(shown.contains("^^^^^^^^^^^^"), "{shown}");
        assert!(shown.contains("help: did you mean Marie Curie?"), "{shown}");
    }

    #[test]
    fn an_error_without_a_place_shows_its_help() {
        let shown = render_error(&Error::ReadOnly, None, Palette::PLAIN);
        let expected = "error: the store is open for reading only\n  \
                        = help: open the store for writing\n";
        assert_eq!(shown, expected);
    }
}
