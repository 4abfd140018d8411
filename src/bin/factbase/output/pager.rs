//! Long tables go through the user's pager.

use std::io::Write;
use std::process::{Command, Stdio};

/// Shows a text through `$PAGER`, or `less`, where it is longer than the terminal.
///
/// Returns `false` where no pager could be started: the caller prints then.
pub(crate) fn page(text: &str, lines: usize) -> bool {
    if text.lines().count() < lines {
        return false;
    }
    let wanted = std::env::var("FACTBASE_PAGER").or_else(|_| std::env::var("PAGER"));
    let wanted = wanted.unwrap_or_else(|_| "less".to_owned());
    let mut words = wanted.split_whitespace();
    let Some(program) = words.next() else {
        return false;
    };
    let started = Command::new(program)
        .args(words)
        // Colours are kept, short output is left on the screen, long lines are not folded.
        .env(
            "LESS",
            std::env::var("LESS").unwrap_or_else(|_| "FRSX".to_owned()),
        )
        .stdin(Stdio::piped())
        .spawn();
    let Ok(mut child) = started else {
        return false;
    };
    if let Some(mut input) = child.stdin.take() {
        // Whoever leaves the pager early has seen enough.
        let _ = input.write_all(text.as_bytes());
    }
    child.wait().is_ok()
}
