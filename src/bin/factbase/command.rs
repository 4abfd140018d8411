//! Dot-commands: one table, from which help and completion come too.

mod actions;

use std::io::Write;

use crate::failure::Failure;
use crate::script::Flow;
use crate::session::Session;

/// What a command does with its argument.
type Action = fn(&mut Session, &str, &mut dyn Write) -> Result<Flow, Failure>;

/// A dot-command.
pub(crate) struct DotCommand {
    /// Its name without the dot.
    pub(crate) name: &'static str,
    /// Its argument, as the help shows it.
    pub(crate) argument: &'static str,
    /// One line of help.
    pub(crate) help: &'static str,
    action: Action,
}

macro_rules! commands {
    ($($name:literal $argument:literal $action:ident $help:literal;)*) => {
        /// The dot-commands, in the order of the help.
        pub(crate) const COMMANDS: &[DotCommand] = &[$(
            DotCommand { name: $name, argument: $argument, help: $help, action: actions::$action },
        )*];
    };
}

commands! {
    "help" "[COMMAND]" help "Show the commands, or how to use one; also the language in short";
    "why" "[ROW]" why "Show the facts behind a row: sentence, document, date, speaker";
    "predicates" "[TEXT]" predicates "List the predicates with their number of facts";
    "tables" "[TEXT]" predicates "The same as .predicates";
    "entities" "[TEXT]" entities "List the entities whose name begins so, with kind and aliases";
    "documents" "[TEXT]" documents "List the documents with date, sentences and facts";
    "rules" "" rules "List the rules";
    "synonyms" "[on|off]" synonyms "Relate predicates like buy and acquire, or list the rules";
    "schema" "[PREDICATE]" schema "Show what each predicate connects, with an example";
    "statistics" "" statistics "Show how much the store holds";
    "explain" "QUERY" explain "Show the plan of a question with estimates and actual counts";
    "read" "FILE" read "Run the statements of a file";
    "ingest" "FILES" ingest "Read documents into the store";
    "import" "FILE" import "Take in facts: jsonl, csv or N-Triples by the file's name";
    "export" "FILE" export "Write everything to a file: jsonl, csv or N-Triples by its name";
    "format" "[FORMAT]" format "Show or set the format: table, json, jsonl, csv, markdown";
    "sources" "[on|off]" sources "Show the sentences behind every row";
    "confidence" "[LEAST|default]" confidence "Show or set how sure the facts must be; 0 takes all";
    "timer" "[on|off]" timer "Show the time of each statement";
    "limit" "[time|rows|memory NUMBER]" limit "Show or set the limits of a statement; 0 is none";
    "quit" "" quit "Leave";
    "exit" "" quit "Leave";
}

/// Runs a line that begins with a dot.
///
/// # Errors
///
/// An unknown command, or what the command says.
pub(crate) fn run(session: &mut Session, line: &str, out: &mut dyn Write) -> Result<Flow, Failure> {
    let line = line.trim().trim_end_matches(';').trim_end();
    let words = line.strip_prefix('.').unwrap_or(line);
    let (name, argument) = match words.split_once(char::is_whitespace) {
        Some((name, argument)) => (name, argument.trim()),
        None => (words, ""),
    };
    let command = find(name).map_err(Failure::Command)?;
    (command.action)(session, argument, out)
}

/// The command with this name, or the only one that begins so.
///
/// # Errors
///
/// What there is instead, for the user.
pub(crate) fn find(name: &str) -> Result<&'static DotCommand, String> {
    let name = name.to_ascii_lowercase();
    if let Some(exact) = COMMANDS.iter().find(|command| command.name == name) {
        return Ok(exact);
    }
    let near: Vec<&DotCommand> = COMMANDS
        .iter()
        .filter(|command| !name.is_empty() && command.name.starts_with(name.as_str()))
        .collect();
    match near.as_slice() {
        [only] => Ok(only),
        [] => {
            let nearest =
                factbase::nearest_word(&name, COMMANDS.iter().map(|command| command.name));
            let hint = nearest.map_or_else(
                || ".help lists them".to_owned(),
                |nearest| format!("did you mean .{nearest}?"),
            );
            Err(format!("there is no command .{name}; {hint}"))
        }
        several => {
            let names: Vec<String> = several
                .iter()
                .map(|command| format!(".{}", command.name))
                .collect();
            Err(format!(".{name} may mean {}", names.join(" or ")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unique_beginning_is_enough() {
        assert_eq!(find("why").unwrap().name, "why");
        assert_eq!(find("doc").unwrap().name, "documents");
        assert_eq!(find("QUIT").unwrap().name, "quit");
    }

    #[test]
    fn an_unknown_command_is_answered_with_the_nearest() {
        let error = find("documnets").err().unwrap();
        assert_eq!(
            error,
            "there is no command .documnets; did you mean .documents?"
        );
        let error = find("zzzzzz").err().unwrap();
        assert_eq!(error, "there is no command .zzzzzz; .help lists them");
        let error = find("ex").err().unwrap();
        assert_eq!(error, ".ex may mean .explain or .export or .exit");
    }
}
