//! The prompt: read a statement, run it, show the answer, until the user leaves.

use std::io::Write;

use rustyline::error::ReadlineError;

use crate::catalog::StoreCatalog;
use crate::editor;
use crate::failure::Failure;
use crate::output;
use crate::script::{self, Flow};
use crate::session::Session;

/// Runs the prompt until the user leaves.
///
/// # Errors
///
/// A terminal that cannot be read.
pub(crate) fn run(session: &mut Session) -> Result<(), Failure> {
    let mut editor = editor::new(session.palette)?;
    greet(session);
    loop {
        if let Some(helper) = editor.helper_mut() {
            helper.set_catalog(StoreCatalog::new(session.store().cloned()));
        }
        match editor.readline("> ") {
            Ok(text) if text.trim().is_empty() => {}
            Ok(text) => {
                editor::remember(&mut editor, &text);
                if answer(session, &text) == Flow::Quit {
                    break;
                }
            }
            // Ctrl-C empties the line, it never leaves.
            Err(ReadlineError::Interrupted) => {}
            Err(ReadlineError::Eof) => {
                println!();
                break;
            }
            Err(error) => {
                return Err(std::io::Error::other(error.to_string()).into());
            }
        }
    }
    editor::save(&mut editor);
    Ok(())
}

fn greet(session: &Session) {
    let palette = session.palette;
    println!(
        "factbase {} · {} · .help for help, Ctrl-D to leave",
        env!("CARGO_PKG_VERSION"),
        palette.strong(&session.path().display().to_string())
    );
    if session.store().is_none() {
        let note = "there is no store yet: it is made by the first assert, .ingest or .import";
        println!("{}", palette.faint(note));
    }
}

/// Runs what was typed and shows the answer; a failure ends nothing.
fn answer(session: &mut Session, text: &str) -> Flow {
    let mut out = Answer::new(session);
    let result = script::run(session, None, text, &mut out);
    let shown = out.finish();
    session.timer.flush();
    match result {
        Ok(flow) => {
            if let Err(error) = shown {
                eprintln!("error: cannot write the answer: {error}");
            }
            flow
        }
        Err(Failure::BrokenPipe) => Flow::Continue,
        Err(failure) => {
            eprint!("{}", failure.render(session.message_palette));
            Flow::Continue
        }
    }
}

/// An answer on its way to the terminal: short ones are printed, long ones go through the pager.
struct Answer {
    buffer: Vec<u8>,
    /// Lines of the terminal; `None` where there is no terminal to fill.
    lines: Option<usize>,
    is_streaming: bool,
}

/// An answer longer than this is not kept for the pager but printed as it comes, so that a
/// million rows take no memory.
const PAGED_BYTES_MAX: usize = 8 << 20;

impl Answer {
    fn new(session: &Session) -> Self {
        let lines = output::size().map(|(_, lines)| lines);
        Self {
            buffer: Vec::new(),
            lines: lines.filter(|_| session.is_interactive),
            is_streaming: false,
        }
    }

    fn finish(mut self) -> std::io::Result<()> {
        if let (Some(lines), false) = (self.lines, self.is_streaming) {
            let text = String::from_utf8_lossy(&self.buffer);
            if output::page(&text, lines) {
                return Ok(());
            }
        }
        self.pass_on()?;
        std::io::stdout().flush()
    }

    fn pass_on(&mut self) -> std::io::Result<()> {
        std::io::stdout().write_all(&self.buffer)?;
        self.buffer.clear();
        Ok(())
    }
}

impl Write for Answer {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.buffer.extend_from_slice(bytes);
        if self.is_streaming || self.buffer.len() > PAGED_BYTES_MAX {
            self.is_streaming = true;
            self.pass_on()?;
        }
        Ok(bytes.len())
    }

    /// Whoever flushes wants to write messages after this.
    fn flush(&mut self) -> std::io::Result<()> {
        if self.lines.is_none() || self.is_streaming {
            self.pass_on()?;
            return std::io::stdout().flush();
        }
        Ok(())
    }
}
