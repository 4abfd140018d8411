//! What is known of the terminal.

use std::io::IsTerminal;

use unicode_width::UnicodeWidthStr;

/// Whether answers go to a terminal.
pub(crate) fn is_stdout_terminal() -> bool {
    std::io::stdout().is_terminal()
}

/// Whether messages go to a terminal.
pub(crate) fn is_stderr_terminal() -> bool {
    std::io::stderr().is_terminal()
}

/// Whether a person types.
pub(crate) fn is_stdin_terminal() -> bool {
    std::io::stdin().is_terminal()
}

/// Columns and lines of the terminal, where there is one.
pub(crate) fn size() -> Option<(usize, usize)> {
    let (columns, lines) = terminal_size::terminal_size()?;
    Some((usize::from(columns.0), usize::from(lines.0)))
}

/// How many columns a text takes. Control characters take none: they are not shown.
pub(crate) fn width(text: &str) -> usize {
    text.width()
}

/// Whether the environment lets us use colours (<https://no-color.org>).
pub(crate) fn wants_color() -> bool {
    let is_refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let is_dumb = std::env::var_os("TERM").is_some_and(|value| value == "dumb");
    !is_refused && !is_dumb
}
