//! The line editor: multi-line entries, highlighting, completion, hints, history.

use std::borrow::Cow;
use std::path::PathBuf;

use factbase::language::Catalog as _;
use factbase::language::{self, Class, Completeness, MOST_CANDIDATES, completeness};
use rustyline::completion::{Completer, Pair};
use rustyline::error::ReadlineError;
use rustyline::highlight::{CmdKind, Highlighter};
use rustyline::hint::Hinter;
use rustyline::history::{FileHistory, History};
use rustyline::validate::{ValidationContext, ValidationResult, Validator};
use rustyline::{
    Cmd, CompletionType, Config, Context, Event, Helper, KeyCode, KeyEvent, Modifiers,
};

use crate::catalog::StoreCatalog;
use crate::command::COMMANDS;
use crate::failure::Failure;
use crate::output::{Format, Palette};

/// The editor of the prompt.
pub(crate) type Editor = rustyline::Editor<Prompt, FileHistory>;

/// Entries of the history kept.
const HISTORY_MAX: usize = 2_000;

/// An editor with the history of earlier sessions.
///
/// # Errors
///
/// A terminal that cannot be set up.
pub(crate) fn new(palette: Palette) -> Result<Editor, Failure> {
    let failed = |error: ReadlineError| Failure::from(std::io::Error::other(error.to_string()));
    let config = Config::builder()
        .completion_type(CompletionType::List)
        .max_history_size(HISTORY_MAX)
        .map_err(failed)?
        .history_ignore_space(true)
        .history_ignore_dups(true)
        .map_err(failed)?
        .bracketed_paste(true)
        .build();
    let mut editor = Editor::with_config(config).map_err(failed)?;
    editor.set_helper(Some(Prompt {
        palette,
        catalog: StoreCatalog::default(),
    }));
    let newline = Cmd::Newline;
    let alt_enter = KeyEvent(KeyCode::Enter, Modifiers::ALT);
    editor.bind_sequence(Event::KeySeq(vec![alt_enter]), newline.clone());
    // Some terminals send Ctrl-J for Alt-Enter's plain newline.
    let alt_return = KeyEvent(KeyCode::Char('\r'), Modifiers::ALT);
    editor.bind_sequence(Event::KeySeq(vec![alt_return]), newline);
    if let Some(path) = history_path() {
        // The first session has no history.
        let _ = editor.load_history(&path);
    }
    Ok(editor)
}

/// Adds an entry to the history, whole, however many lines it has.
pub(crate) fn remember(editor: &mut Editor, text: &str) {
    let _ = editor.add_history_entry(text.trim_end());
    save(editor);
}

/// Writes the history. A home that cannot be written is no reason to disturb the user.
pub(crate) fn save(editor: &mut Editor) {
    let Some(path) = history_path() else {
        return;
    };
    if editor.history().is_empty() {
        return;
    }
    if let Some(folder) = path.parent() {
        let _ = std::fs::create_dir_all(folder);
    }
    let _ = editor.save_history(&path);
}

/// Where the history is: the state directory of the XDG base directories.
fn history_path() -> Option<PathBuf> {
    let state = match std::env::var_os("XDG_STATE_HOME").filter(|path| !path.is_empty()) {
        Some(path) => PathBuf::from(path),
        None => PathBuf::from(std::env::var_os("HOME")?)
            .join(".local")
            .join("state"),
    };
    Some(state.join("factbase").join("history"))
}

/// What the editor asks while the user types.
pub(crate) struct Prompt {
    palette: Palette,
    catalog: StoreCatalog,
}

impl Prompt {
    /// Completion asks this store from now on.
    pub(crate) fn set_catalog(&mut self, catalog: StoreCatalog) {
        self.catalog = catalog;
    }
}

impl Helper for Prompt {}

impl Validator for Prompt {
    /// Enter runs what is complete, or wrong beyond mending; else it begins a new line.
    fn validate(&self, context: &mut ValidationContext<'_>) -> rustyline::Result<ValidationResult> {
        let text = context.input();
        if text.trim_start().starts_with('.') {
            return Ok(ValidationResult::Valid(None));
        }
        Ok(match completeness(text) {
            // An empty line at the end runs it all the same: the mistake is shown then.
            Completeness::Incomplete if !text.ends_with("\n") => ValidationResult::Incomplete,
            _ => ValidationResult::Valid(None),
        })
    }
}

impl Completer for Prompt {
    type Candidate = Pair;

    fn complete(
        &self,
        line: &str,
        cursor: usize,
        _context: &Context<'_>,
    ) -> rustyline::Result<(usize, Vec<Pair>)> {
        Ok(self.candidates(line, cursor))
    }
}

impl Prompt {
    /// Where the candidates begin, and the candidates.
    fn candidates(&self, line: &str, cursor: usize) -> (usize, Vec<Pair>) {
        let before = line.get(..cursor).unwrap_or_default();
        if let Some(found) = self.dot_candidates(before) {
            return found;
        }
        let candidates = language::complete(line, cursor, &self.catalog);
        let start = candidates
            .first()
            .map_or(cursor, |candidate| candidate.span.start);
        let pairs = candidates
            .into_iter()
            .map(|candidate| Pair {
                display: match candidate.doc {
                    "" => candidate.text.clone(),
                    doc => format!("{}  {}", candidate.text, self.palette.faint(doc)),
                },
                replacement: candidate.text,
            })
            .collect();
        (start, pairs)
    }

    /// Dot-commands and their arguments.
    fn dot_candidates(&self, before: &str) -> Option<(usize, Vec<Pair>)> {
        let words = before.strip_prefix('.')?;
        let pair = |text: &str, doc: &str| Pair {
            display: format!("{text}  {}", self.palette.faint(doc)),
            replacement: text.to_owned(),
        };
        let Some((name, argument)) = words.split_once(' ') else {
            let fitting = COMMANDS
                .iter()
                .filter(|command| command.name.starts_with(words));
            let pairs = fitting.map(|command| pair(command.name, command.help));
            return Some((1, pairs.collect()));
        };
        let start = before.len() - argument.len();
        let command = crate::command::find(name).ok()?;
        let names: Vec<String> = match command.name {
            "format" => Format::NAMES
                .iter()
                .map(|(name, _)| (*name).to_owned())
                .collect(),
            "sources" | "timer" => vec!["on".to_owned(), "off".to_owned()],
            "help" => COMMANDS.iter().map(|known| known.name.to_owned()).collect(),
            "predicates" | "tables" | "schema" => {
                self.catalog.predicates(argument, MOST_CANDIDATES)
            }
            "entities" => self.catalog.names(argument, MOST_CANDIDATES),
            "documents" => self.catalog.documents(argument, MOST_CANDIDATES),
            "explain" => {
                let (place, pairs) = self.candidates(argument, argument.len());
                return Some((start + place, pairs));
            }
            "read" | "ingest" | "import" | "export" => return Some(paths(before, start)),
            _ => Vec::new(),
        };
        let fitting = names.iter().filter(|name| name.starts_with(argument));
        Some((start, fitting.map(|name| pair(name, "")).collect()))
    }
}

/// The paths that go on from the last word.
fn paths(before: &str, start: usize) -> (usize, Vec<Pair>) {
    let word = before
        .rfind(' ')
        .map_or(start, |place| place + 1)
        .max(start);
    let typed = before.get(word..).unwrap_or_default();
    let (folder, beginning) = match typed.rfind('/') {
        Some(place) => typed.split_at(place + 1),
        None => ("", typed),
    };
    let listed = std::fs::read_dir(if folder.is_empty() { "." } else { folder });
    let mut found: Vec<Pair> = listed
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let is_hidden = name.starts_with('.') && !beginning.starts_with('.');
            if is_hidden || !name.starts_with(beginning) {
                return None;
            }
            let slash = if entry.path().is_dir() { "/" } else { "" };
            Some(Pair {
                display: format!("{name}{slash}"),
                replacement: format!("{folder}{name}{slash}"),
            })
        })
        .collect();
    found.sort_unstable_by(|a, b| a.replacement.cmp(&b.replacement));
    (word, found)
}

impl Hinter for Prompt {
    type Hint = String;

    /// The rest of the only word that fits, in faint letters.
    fn hint(&self, line: &str, cursor: usize, _context: &Context<'_>) -> Option<String> {
        if cursor < line.len() || line.trim().is_empty() {
            return None;
        }
        let is_in_word = line.ends_with(|last: char| last.is_alphanumeric() || last == '_');
        if !is_in_word {
            return None;
        }
        let (start, pairs) = self.candidates(line, cursor);
        let typed = line.get(start..cursor)?;
        if typed.chars().count() < 2 {
            return None;
        }
        let first = pairs.first()?;
        let rest = first.replacement.strip_prefix(typed)?;
        (!rest.is_empty()).then(|| rest.to_owned())
    }
}

impl Highlighter for Prompt {
    fn highlight<'l>(&self, line: &'l str, _cursor: usize) -> Cow<'l, str> {
        if !self.palette.is_colored() {
            return Cow::Borrowed(line);
        }
        if line.starts_with('.') {
            let end = line.find(' ').unwrap_or(line.len());
            let (name, rest) = line.split_at(end);
            return Cow::Owned(format!("{}{rest}", self.palette.keyword(name)));
        }
        let mut shown = String::with_capacity(line.len() * 2);
        let mut done = 0;
        for (span, class) in language::highlight(line) {
            shown.push_str(line.get(done..span.start).unwrap_or_default());
            let text = span.text(line);
            shown.push_str(&match class {
                Class::Keyword => self.palette.keyword(text),
                Class::Variable | Class::Parameter => self.palette.variable(text),
                Class::Text | Class::Number | Class::Time => self.palette.literal(text),
                Class::Function => self.palette.function(text),
                Class::Comment => self.palette.faint(text),
                Class::Invalid => self.palette.error(text),
                _ => text.to_owned(),
            });
            done = span.end;
        }
        shown.push_str(line.get(done..).unwrap_or_default());
        Cow::Owned(shown)
    }

    fn highlight_prompt<'b, 's: 'b, 'p: 'b>(
        &'s self,
        prompt: &'p str,
        _default: bool,
    ) -> Cow<'b, str> {
        Cow::Owned(self.palette.strong(prompt))
    }

    fn highlight_hint<'h>(&self, hint: &'h str) -> Cow<'h, str> {
        Cow::Owned(self.palette.faint(hint))
    }

    fn highlight_char(&self, _line: &str, _cursor: usize, _kind: CmdKind) -> bool {
        self.palette.is_colored()
    }
}
